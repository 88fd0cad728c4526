//! The evaluator against a naive one, its ranges against itself, and AWS's refusals.

use proptest::prelude::*;

use super::*;

fn table_keys(kinds: &[(&str, &str)]) -> Vec<KeyColumn> {
    kinds.iter().map(|(name, kind)| KeyColumn { name: (*name).into(), kind: Some((*kind).into()) }).collect()
}

fn holds(kinds: &[(&str, &str)], expression: &str, values: &[&str]) -> bool {
    let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
    let compiled = Expression::compile(expression, &table_keys(kinds)).unwrap().unwrap();
    compiled.holds(&values).unwrap()
}

fn refusal(kinds: &[(&str, &str)], expression: &str) -> String {
    match Expression::compile(expression, &table_keys(kinds)) {
        Err(Error::Invalid(text)) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn literals_take_the_declared_type() {
    let keys = [("y", "int"), ("m", "string"), ("d", "date"), ("t", "timestamp"), ("x", "decimal(10,2)")];
    let values = ["2016", "01", "2024-02-29", "2024-01-01 00:00:00.500", "-1.50"];
    for yes in [
        "y = '2016'",
        "y = 02016",
        "m = '01'",
        "Y > 9 AND m <> 1",
        "d between '2024-02-01' and '2024-03-01'",
        "t = '2024-01-01 00:00:00.5'",
        "x = -1.5",
        "x < -1.4",
        "x > '-1.51'",
        "m LIKE '0_'",
        "m like '%1'",
        "y in (1, 2016)",
        "NOT (y = 1) and not m = '02'",
        "(y != 1)",
        "\"y\" = 2016",
        "y not in (1,2)",
        "m is not null",
        "not (m is null)",
        "m not like '1%'",
        "y not between 1 and 2015",
    ] {
        assert!(holds(&keys, yes, &values), "{yes}");
    }
    for no in ["m = 1", "m = '1'", "y <> 2016", "m is null", "x = 1.5", "d > '2024-02-29'", "y in (1)"] {
        assert!(!holds(&keys, no, &values), "{no}");
    }
}

#[test]
fn refusals_are_worded_as_on_aws() {
    let keys = [("y", "int"), ("d", "date"), ("t", "timestamp"), ("x", "decimal"), ("f", "float")];
    assert_eq!(refusal(&keys, "y = 'abc'"), "\"abc\" is not an integer.");
    assert_eq!(refusal(&keys, "d = 'x'"), "x is not a date.");
    assert_eq!(refusal(&keys, "x = 'x'"), "x is not a decimal.");
    assert_eq!(
        refusal(&keys, "t = 'x'"),
        "Timestamp format must be yyyy-mm-dd hh:mm:ss[.fffffffff] x is not a timestamp."
    );
    assert_eq!(refusal(&keys, "f = 1"), "Unknown type : 'float'");
    assert_eq!(refusal(&keys, "y like '1%'"), "Integral data type doesn't support operation 'LIKE'");
    assert_eq!(refusal(&keys, "nokey = 1"), "Invalid partition expression!");
    assert_eq!(refusal(&[], "y = 1"), "Invalid partition expression!");
    for bad in ["y =", "y = 1 and", "y = z", "1 = y", "y = 1 2", "f(y) = 1", "y = 'open", "y + 1 = 2", "()"] {
        assert_eq!(refusal(&keys, bad), format!("Unsupported expression '{bad}'"));
    }
    let deep = format!("{}y = 1{}", "(".repeat(1_000), ")".repeat(1_000));
    assert_eq!(refusal(&keys, &deep), format!("Unsupported expression '{deep}'"));
}

#[test]
fn a_stored_value_of_another_type_is_found_out_when_it_is_looked_at() {
    let keys = table_keys(&[("y", "int")]);
    let compiled = Expression::compile("y = 1", &keys).unwrap().unwrap();
    let text = "\"x\" is not an integer.".to_owned();
    assert_eq!(compiled.holds(&["x".to_owned()]), Err(Error::InvalidState(text)));
    assert_eq!(compiled.holds(&["__HIVE_DEFAULT_PARTITION__".to_owned()]), Ok(false));
    assert!(!holds(&[("y", "int")], "y <> 1", &["__HIVE_DEFAULT_PARTITION__"]));
}

/// A condition over `a int, b string, c date`, as a tree of our own.
#[derive(Clone, Debug)]
enum Tree {
    Leaf(usize, &'static str, Vec<String>),
    Not(Box<Tree>),
    Both(Box<Tree>, Box<Tree>),
    Either(Box<Tree>, Box<Tree>),
}

const NAMES: [&str; 3] = ["a", "b", "c"];
const KINDS: [(&str, &str); 3] = [("a", "int"), ("b", "string"), ("c", "date")];

impl Tree {
    fn text(&self) -> String {
        match self {
            Tree::Leaf(key, operator, values) => {
                let quoted: Vec<String> = values.iter().map(|value| format!("'{value}'")).collect();
                match *operator {
                    "in" => format!("{} in ({})", NAMES[*key], quoted.join(", ")),
                    "between" => format!("{} between {} and {}", NAMES[*key], quoted[0], quoted[1]),
                    operator => format!("{} {operator} {}", NAMES[*key], quoted[0]),
                }
            }
            Tree::Not(tree) => format!("not ({})", tree.text()),
            Tree::Both(a, b) => format!("({}) and ({})", a.text(), b.text()),
            Tree::Either(a, b) => format!("({}) or ({})", a.text(), b.text()),
        }
    }

    /// Compares by nothing but a number or a text.
    fn naive(&self, values: &[String]) -> bool {
        match self {
            Tree::Leaf(key, operator, literals) => {
                let order = |literal: &String| match key {
                    0 => values[0].parse::<i64>().unwrap().cmp(&literal.parse().unwrap()),
                    other => values[*other].cmp(literal),
                };
                match *operator {
                    "=" => order(&literals[0]).is_eq(),
                    "<>" => order(&literals[0]).is_ne(),
                    "<" => order(&literals[0]).is_lt(),
                    "<=" => order(&literals[0]).is_le(),
                    ">" => order(&literals[0]).is_gt(),
                    ">=" => order(&literals[0]).is_ge(),
                    "in" => literals.iter().any(|literal| order(literal).is_eq()),
                    "between" => order(&literals[0]).is_ge() && order(&literals[1]).is_le(),
                    other => unreachable!("{other}"),
                }
            }
            Tree::Not(tree) => !tree.naive(values),
            Tree::Both(a, b) => a.naive(values) && b.naive(values),
            Tree::Either(a, b) => a.naive(values) || b.naive(values),
        }
    }
}

fn value_of(key: usize) -> BoxedStrategy<String> {
    match key {
        0 => prop_oneof![(-12i64..12).prop_map(|n| n.to_string()), (0u8..12).prop_map(|n| format!("{n:02}"))]
            .boxed(),
        1 => "[ab0-2]{1,2}".boxed(),
        _ => (1u8..4, 1u8..4).prop_map(|(month, day)| format!("2024-{month:02}-{day:02}")).boxed(),
    }
}

fn trees() -> impl Strategy<Value = Tree> {
    let leaf = (0usize..3).prop_flat_map(|key| {
        let operator = proptest::sample::select(vec!["=", "<>", "<", "<=", ">", ">=", "in", "between"]);
        (operator, proptest::collection::vec(value_of(key), 2..4))
            .prop_map(move |(operator, values)| Tree::Leaf(key, operator, values))
    });
    leaf.prop_recursive(3, 12, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|tree| Tree::Not(Box::new(tree))),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Tree::Both(Box::new(a), Box::new(b))),
            (inner.clone(), inner).prop_map(|(a, b)| Tree::Either(Box::new(a), Box::new(b))),
        ]
    })
}

fn rows() -> impl Strategy<Value = Vec<String>> {
    (value_of(0), value_of(1), value_of(2)).prop_map(|(a, b, c)| vec![a, b, c])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn the_evaluator_agrees_with_a_naive_one(tree in trees(), rows in proptest::collection::vec(rows(), 1..8)) {
        let compiled = Expression::compile(&tree.text(), &table_keys(&KINDS)).unwrap().unwrap();
        for row in rows {
            prop_assert_eq!(compiled.holds(&row).unwrap(), tree.naive(&row), "{} on {:?}", tree.text(), row);
        }
    }

    #[test]
    fn what_meets_an_expression_lies_in_its_ranges(
        tree in trees(),
        rows in proptest::collection::vec(rows(), 1..8),
        layout in proptest::sample::select(vec![
            vec![Order::Number, Order::Text, Order::Text],
            vec![Order::Text, Order::Text, Order::Text],
            vec![Order::Number, Order::Number, Order::Number],
        ]),
    ) {
        let compiled = Expression::compile(&tree.text(), &table_keys(&KINDS)).unwrap().unwrap();
        let ranges = compiled.ranges(&layout);
        for row in rows.into_iter().filter(|row| tree.naive(row)) {
            for (column, ranges) in ranges.iter().enumerate() {
                let mut value = Vec::new();
                keys::push_value(&mut value, layout[column], &row[column]);
                prop_assert_eq!(ranges.place(&value), keys::Stands::Inside, "{} on {:?}", tree.text(), row);
            }
        }
    }

    #[test]
    fn nothing_panics(text in "[a-c '()=<>0-9.,%_\"-]{0,40}", text2 in "\\PC{0,40}") {
        let _ = Expression::compile(&text, &table_keys(&KINDS));
        let _ = Expression::compile(&text2, &table_keys(&KINDS));
    }

    #[test]
    fn like_agrees_with_a_regular_expression(pattern in "[ab%_]{0,6}", text in "[ab]{0,6}") {
        let regex = format!("^(?s:{})$", pattern.replace('%', ".*").replace('_', "."));
        prop_assert_eq!(value::like(&pattern, &text), regex::Regex::new(&regex).unwrap().is_match(&text));
    }
}
