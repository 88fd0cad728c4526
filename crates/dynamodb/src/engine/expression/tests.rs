//! What expressions say, and what is refused with which words.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::engine::value::tests::items;

fn text(text: &str) -> Attr {
    Attr::S(text.to_owned())
}

fn number(text: &str) -> Attr {
    Attr::N(text.parse().unwrap())
}

fn entries(all: &[(&str, Attr)]) -> Item {
    all.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

fn item() -> Item {
    entries(&[
        ("a", text("abc")),
        ("n", number("5")),
        ("ll", Attr::L(vec![number("0"), Attr::M(entries(&[("x", text("deep"))])), number("2")])),
        ("mm", Attr::M(entries(&[("k", number("1")), ("l", text("v"))]))),
        ("ss", Attr::Ss(["p".to_owned(), "q".to_owned()].into())),
        ("flag", Attr::Bool(true)),
        ("none", Attr::Null),
        ("bytes", Attr::B(bytes::Bytes::from_static(b"\x00\x01\x02"))),
    ])
}

fn names() -> BTreeMap<String, String> {
    [("#a", "a"), ("#n", "n"), ("#status", "status"), ("#dotted", "a.b")]
        .into_iter()
        .map(|(key, name)| (key.to_owned(), name.to_owned()))
        .collect()
}

fn values() -> Item {
    entries(&[
        (":abc", text("abc")),
        (":ab", text("ab")),
        (":z", text("z")),
        (":five", number("5")),
        (":six", number("6.0")),
        (":one", number("1")),
        (":three", number("3")),
        (":S", text("S")),
        (":p", text("p")),
        (":q", Attr::Ss(["q".to_owned()].into())),
        (":r", Attr::Ss(["r".to_owned()].into())),
        (":pq", Attr::Ss(["p".to_owned(), "q".to_owned()].into())),
        (":list", Attr::L(vec![text("new")])),
        (":true", Attr::Bool(true)),
        (":map", Attr::M(Item::new())),
    ])
}

fn placeholders() -> Placeholders {
    Placeholders::new(Some(names()), Some(values())).unwrap()
}

fn holds(expression: &str) -> bool {
    placeholders()
        .condition(Parameter::Condition, expression)
        .unwrap_or_else(|refused| panic!("`{expression}`: {refused}"))
        .holds(&item())
}

fn refused(expression: &str) -> String {
    let refused = placeholders().condition(Parameter::Condition, expression).expect_err(expression);
    refused.0.strip_prefix("Invalid ConditionExpression: ").expect("the parameter is named").to_owned()
}

fn updated(expression: &str) -> Item {
    let update =
        placeholders().update(expression).unwrap_or_else(|refused| panic!("`{expression}`: {refused}"));
    update.apply(&item(), &Item::new()).unwrap_or_else(|refused| panic!("`{expression}`: {refused}"))
}

fn update_refused(expression: &str) -> String {
    let refused = match placeholders().update(expression) {
        Ok(update) => update.apply(&item(), &Item::new()).expect_err(expression),
        Err(refused) => refused,
    };
    refused.0.replace("Invalid UpdateExpression: ", "")
}

#[test]
fn conditions_hold_or_do_not() {
    for (expression, expected) in [
        ("a = :abc", true),
        ("#a = :abc AND #n = :five", true),
        ("#a = :abc and not #n = :six", true),
        ("a <> :abc", false),
        ("lost <> :abc", true),
        ("lost = :abc", false),
        ("lost < :abc OR lost >= :abc", false),
        ("n < :six", true),
        ("n < :abc", false),
        (":six > n", true),
        ("n BETWEEN :one AND :six", true),
        ("n between :six AND :six", false),
        ("a IN (:z, :ab, :abc)", true),
        ("a IN (:z)", false),
        ("attribute_exists(a) AND attribute_not_exists(lost)", true),
        ("attribute_exists (mm.k)", true),
        ("attribute_exists(ll[1].x) AND attribute_not_exists(ll[3]) AND attribute_not_exists(a.x)", true),
        ("attribute_not_exists(#dotted)", true),
        ("attribute_type(a, :S)", true),
        ("attribute_type(n, :S)", false),
        ("begins_with(a, :ab)", true),
        ("begins_with(lost, :ab)", false),
        ("contains(a, :ab) AND contains(ss, :p) AND NOT contains(ss, :abc)", true),
        ("contains(ll, :one)", false),
        ("size(a) = :three AND size(ll) >= :three AND size(bytes) = :three", true),
        ("size(n) = :one", false),
        ("size(lost) = :one OR size(ss) < :one", false),
        ("(a = :abc AND n = :six) OR n = :five", true),
        ("a = :abc AND (n = :six OR n = :one)", false),
        ("NOT (a = :abc AND n = :five)", false),
        ("NOT NOT a = :abc", true),
        ("(a) = (:abc)", true),
        ("a=:abc AND n=:five", true),
        ("ss = :pq", true),
        ("mm.k=mm.l", false),
        ("n\n=\t:five", true),
    ] {
        assert_eq!(holds(expression), expected, "{expression}");
    }
}

#[test]
fn what_is_no_condition_is_refused_in_the_words_of_aws() {
    for (expression, text) in [
        ("", "The expression can not be empty;"),
        ("  ", "The expression can not be empty;"),
        ("a", "Syntax error; token: \"<EOF>\", near: \"a\""),
        ("a b c", "Syntax error; token: \"b\", near: \"a b c\""),
        ("a = :abc AND", "Syntax error; token: \"<EOF>\", near: \"AND\""),
        ("a = = :abc", "Syntax error; token: \"=\", near: \"= = :abc\""),
        ("a = :abc)", "Syntax error; token: \")\", near: \":abc)\""),
        ("my-name = :abc", "Syntax error; token: \"-\", near: \"my-name\""),
        ("a ! :abc", "Syntax error; token: \"!\", near: \"a ! :abc\""),
        ("size(a)", "The function is not allowed to be used this way in an expression; function: size"),
        (
            "begins_with(a, :ab) = :true",
            "The function is not allowed to be used this way in an expression; function: begins_with",
        ),
        ("foo(a)", "Invalid function name; function: foo"),
        ("Attribute_exists(a)", "Invalid function name; function: Attribute_exists"),
        (
            "if_not_exists(a, :abc)",
            "The function is not allowed in a condition expression; function: if_not_exists",
        ),
        ("status = :abc", "Attribute name is a reserved keyword; reserved keyword: status"),
        ("a.Name = :abc", "Attribute name is a reserved keyword; reserved keyword: Name"),
        (
            "#x = :abc",
            "An expression attribute name used in the document path is not defined; attribute name: #x",
        ),
        ("a = :x", "An expression attribute value used in expression is not defined; attribute value: :x"),
        (
            "attribute_exists(a, n)",
            "Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2",
        ),
        (
            "attribute_exists(:abc)",
            "Operator or function requires a document path; operator or function: attribute_exists",
        ),
        (
            "begins_with(a, :five)",
            "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N",
        ),
        (
            "attribute_type(a, :abc)",
            "Invalid attribute type name found; type: abc, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}",
        ),
        (
            "a = a",
            "The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a]",
        ),
        (
            "n BETWEEN :six AND :five",
            "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: \
             {N:6}, upper bound operand: AttributeValue: {N:5}",
        ),
        (
            "n BETWEEN :abc AND :five",
            "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {S:abc}, upper \
             bound operand: AttributeValue: {N:5}",
        ),
        (
            "n < :true",
            "Incorrect operand type for operator or function; operator or function: <, operand type: BOOL",
        ),
        ("((a = :abc))", "The expression has redundant parentheses;"),
        ("a[x] = :abc", "Syntax error; token: \"x\", near: \"[x]\""),
        (
            "a[99999999999999999999] = :abc",
            "Syntax error; token: \"99999999999999999999\", near: \"[99999999999999999999]\"",
        ),
    ] {
        assert_eq!(refused(expression), text, "{expression}");
    }
    assert!(refused(&"(a = :abc) AND ".repeat(400)).starts_with("Expression size has exceeded"));
    assert!(refused(&format!("{}a = :abc", "NOT ".repeat(100))).starts_with("The expression is nested"));
    assert!(refused(&format!("{}a = :abc", "(".repeat(1_000))).starts_with("The expression is nested"));
}

#[test]
fn placeholders_that_are_wrong_or_unused_are_refused() {
    let new = |names: &[&str], values: &[&str]| {
        let names = names.iter().map(|key| ((*key).to_owned(), "a".to_owned())).collect::<BTreeMap<_, _>>();
        let values = values.iter().map(|key| ((*key).to_owned(), Attr::Null)).collect::<Item>();
        Placeholders::new(Some(names), Some(values))
    };
    let refused = |names: &[&str], values: &[&str]| new(names, values).unwrap_err().0;
    assert_eq!(refused(&[], &[":a"]), "ExpressionAttributeNames must not be empty");
    assert_eq!(refused(&["#a"], &[]), "ExpressionAttributeValues must not be empty");
    assert_eq!(
        refused(&["a"], &[":a"]),
        "ExpressionAttributeNames contains invalid key: Syntax error; key: \"a\""
    );
    assert_eq!(
        refused(&["#a"], &[":"]),
        "ExpressionAttributeValues contains invalid key: Syntax error; key: \":\""
    );
    let mut one = new(&["#a", "#b"], &[":a", ":b"]).unwrap();
    one.condition(Parameter::Condition, "#a = :a").unwrap();
    assert_eq!(
        one.finish().unwrap_err().0,
        "Value provided in ExpressionAttributeNames unused in expressions: keys: {#b}"
    );
    let mut one = new(&["#a"], &[":a", ":b"]).unwrap();
    one.condition(Parameter::Filter, "#a = :a").unwrap();
    assert_eq!(
        one.finish().unwrap_err().0,
        "Value provided in ExpressionAttributeValues unused in expressions: keys: {:b}"
    );
}

#[test]
fn updates_do_what_they_say() {
    let new = updated("SET n = n + :one, nu = if_not_exists(nu, :abc), a = if_not_exists(a, :z)");
    assert_eq!((&new["n"], &new["nu"], &new["a"]), (&number("6"), &text("abc"), &text("abc")));
    let new = updated("SeT n = :six - n remove a, lost");
    assert_eq!((&new["n"], new.get("a")), (&number("1"), None));
    let new = updated("SET mm.k = :abc, mm.m = :map, ll[1].x = :z REMOVE mm.l");
    assert_eq!(new["mm"], Attr::M(entries(&[("k", text("abc")), ("m", Attr::M(Item::new()))])));
    assert_eq!(
        Path(vec![Step::Name("ll".into()), Step::Index(1), Step::Name("x".into())]).find(&new),
        Some(&text("z"))
    );
    let new = updated("SET ll = list_append(:list, ll)");
    assert_eq!(new["ll"].measure(), Some(4));
    let new = updated("SET ll[9] = :z, ll[8] = :abc REMOVE ll[0], ll[2]");
    let Attr::L(ll) = &new["ll"] else { panic!("it is a ll") };
    assert_eq!(&ll[1..], [text("abc"), text("z")], "ss beyond the end in order, removed by their old places");
    let new = updated("ADD n :five, fresh :one, ss :r DELETE lost :q");
    assert_eq!((&new["n"], &new["fresh"]), (&number("10"), &number("1")));
    assert_eq!(new["ss"].measure(), Some(3));
    let new = updated("DELETE ss :q");
    assert_eq!(new["ss"].measure(), Some(1));
    let new = updated("DELETE ss :pq");
    assert_eq!(new.get("ss"), None, "an empty ss is none");
    let swapped = updated("SET a = n, n = a");
    assert_eq!(
        (&swapped["a"], &swapped["n"]),
        (&number("5"), &text("abc")),
        "operands are as they were before"
    );
}

#[test]
fn updates_that_cannot_be_are_refused_in_the_words_of_aws() {
    for (expression, text) in [
        ("SET a", "Syntax error; token: \"<EOF>\", near: \"a\""),
        ("UPSERT a = :abc", "Syntax error; token: \"UPSERT\", near: \"UPSERT a\""),
        ("SET a = :abc SET n = :one", "The \"SET\" section can only be used once in an update expression;"),
        ("SET name = :abc", "Attribute name is a reserved keyword; reserved keyword: name"),
        ("SET a = foo(a)", "Invalid function name; function: foo"),
        ("SET a = size(n)", "The function is not allowed in an update expression; function: size"),
        (
            "SET a = :abc, a = :z",
            "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]",
        ),
        (
            "SET mm = :abc REMOVE mm.k",
            "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [mm], path two: [mm, k]",
        ),
        (
            "SET mm.k = :abc, mm[0] = :z",
            "Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [mm, k], path two: [mm, [0]]",
        ),
        (
            "ADD a :abc",
            "Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND",
        ),
        (
            "DELETE n :one",
            "Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND",
        ),
        (
            "SET n = n + :abc",
            "Incorrect operand type for operator or function; operator or function: +, operand type: S",
        ),
        (
            "SET a = list_append(a, :abc)",
            "Incorrect operand type for operator or function; operator or function: list_append, operand type: S",
        ),
        ("SET n = a + :one", "An operand in the update expression has an incorrect data type"),
        ("ADD a :one", "An operand in the update expression has an incorrect data type"),
        ("SET a = lost", "The provided expression refers to an attribute that does not exist in the item"),
        ("SET lost.x = :abc", "The document path provided in the update expression is invalid for update"),
        ("SET a.x = :abc", "The document path provided in the update expression is invalid for update"),
        ("REMOVE lost.x", "The document path provided in the update expression is invalid for update"),
    ] {
        assert_eq!(update_refused(expression), text, "{expression}");
    }
}

#[test]
fn projections_keep_the_shape() {
    let parts = |expression: &str| placeholders().projection(expression).unwrap().apply(&item());
    assert_eq!(parts("a, lost"), entries(&[("a", text("abc"))]));
    assert_eq!(
        parts("ll[2], ll[0], mm.k"),
        entries(&[
            ("ll", Attr::L(vec![number("0"), number("2")])),
            ("mm", Attr::M(entries(&[("k", number("1"))])))
        ])
    );
    assert_eq!(parts("ll[7], a.b, mm.zz"), Item::new());
    let refused = placeholders().projection("mm, mm.k").unwrap_err().0;
    assert!(refused.starts_with("Invalid ProjectionExpression: Two document paths overlap"), "{refused}");
}

#[test]
fn key_conditions_say_where_to_look() {
    use crate::tables::{KeyAttribute, KeySchema, KeyType};
    let schema = KeySchema {
        hash: KeyAttribute { name: "a".to_owned(), kind: KeyType::S },
        range: Some(KeyAttribute { name: "n".to_owned(), kind: KeyType::N }),
    };
    let sought = |expression: &str| -> Result<_, String> {
        let keys = placeholders().key_conditions(expression).map_err(|refused| refused.0)?;
        keys.sought(&schema).map_err(|refused| refused.0)
    };
    assert_eq!(sought("a = :abc").unwrap().range, None);
    assert_eq!(sought(":abc = a AND :five <= n").unwrap(), sought("n >= :five AND a = :abc").unwrap());
    for (expression, text) in [
        ("n = :five", "Query condition missed key schema element: a"),
        ("a = :abc AND x = :five", "Query condition missed key schema element: n"),
        ("a > :abc", "Query key condition not supported"),
        (
            "a = :five",
            "One or more parameter values were invalid: Condition parameter type does not match schema type",
        ),
        ("a = :abc OR n = :five", "Invalid operator used in KeyConditionExpression: OR"),
        ("a = :abc AND NOT n = :five", "Invalid operator used in KeyConditionExpression: NOT"),
        ("a = :abc AND n <> :five", "Invalid operator used in KeyConditionExpression: <>"),
        ("a = :abc AND contains(n, :five)", "Invalid operator used in KeyConditionExpression: contains"),
        ("a = :abc AND size(n) = :five", "KeyConditionExpressions cannot contain nested operations"),
        ("a = :abc AND n.x = :five", "KeyConditionExpressions cannot have conditions on nested attributes"),
        ("a = :abc AND a = :z", "KeyConditionExpressions must only contain one condition per key"),
        (
            "a = n",
            "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition",
        ),
        (":abc = :z", "Invalid condition in KeyConditionExpression: No key attribute specified"),
    ] {
        assert_eq!(sought(expression).unwrap_err(), text, "{expression}");
    }
}

/// Conditions as text, out of what the parser knows and what it does not.
fn expressions() -> impl Strategy<Value = String> {
    let words = prop_oneof![
        Just("a"),
        Just("n"),
        Just("#a"),
        Just(":abc"),
        Just(":five"),
        Just("ll[1].x"),
        Just("("),
        Just(")"),
        Just("AND"),
        Just("OR"),
        Just("NOT"),
        Just("="),
        Just("<>"),
        Just("<"),
        Just("BETWEEN"),
        Just("IN"),
        Just(","),
        Just("size("),
        Just("contains("),
        Just("attribute_exists("),
        Just("SET"),
        Just("REMOVE"),
        Just("ADD"),
        Just("+"),
        Just("if_not_exists("),
        Just("."),
        Just("[0]"),
    ];
    prop_oneof![proptest::collection::vec(words, 0..14).prop_map(|words| words.join(" ")), "\\PC{0,30}",]
}

/// A condition that is one, with what it must say of an item, computed apart.
fn sound() -> impl Strategy<Value = (String, bool)> {
    let leaf = prop_oneof![
        Just(("a = :abc".to_owned(), true)),
        Just(("n > :six".to_owned(), false)),
        Just(("attribute_exists(mm.k)".to_owned(), true)),
        Just(("attribute_exists(mm.zz)".to_owned(), false)),
        Just(("n BETWEEN :one AND :six".to_owned(), true)),
        Just(("size(a) IN (:one, :six)".to_owned(), false)),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let ll = proptest::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            ll.clone().prop_map(|all| {
                let text = all.iter().map(|(text, _)| wrapped(text)).collect::<Vec<_>>().join(" AND ");
                (text, all.iter().all(|(_, holds)| *holds))
            }),
            ll.prop_map(|all| {
                let text = all.iter().map(|(text, _)| wrapped(text)).collect::<Vec<_>>().join(" or ");
                (text, all.iter().any(|(_, holds)| *holds))
            }),
            inner.prop_map(|(text, holds)| (format!("NOT {}", wrapped(&text)), !holds)),
        ]
    })
}

/// In parentheses if it needs them: twice would be refused.
fn wrapped(text: &str) -> String {
    if text.contains(" AND ") || text.contains(" or ") { format!("({text})") } else { text.to_owned() }
}

proptest! {
    #[test]
    fn no_text_panics(expression in expressions()) {
        let _ = placeholders().condition(Parameter::Condition, &expression).map(|condition| condition.holds(&item()));
        let _ = placeholders().key_conditions(&expression);
        let _ = placeholders().projection(&expression).map(|parts| parts.apply(&item()));
        if let Ok(update) = placeholders().update(&expression) {
            let _ = update.apply(&item(), &Item::new());
        }
    }

    #[test]
    fn junctions_say_what_their_parts_say((expression, expected) in sound()) {
        let condition = placeholders().condition(Parameter::Condition, &expression);
        prop_assert_eq!(condition.map(|condition| condition.holds(&item())), Ok(expected), "{}", expression);
    }

    #[test]
    fn a_projection_of_all_attributes_is_the_item(item in items()) {
        let paths = item.keys().map(|name| Path::attribute(name.as_str())).collect();
        prop_assert_eq!(Projection::of(paths).apply(&item), item);
    }

    #[test]
    fn what_is_set_is_there(item in items(), value in crate::engine::value::tests::attrs()) {
        let ss = Action::Set(Path::attribute("fresh"), UpdateValue::One(UpdateOperand::Value(value.clone())));
        let update = Update { actions: vec![ss], is_legacy: false };
        let new = update.apply(&item, &Item::new()).unwrap();
        prop_assert_eq!(&new["fresh"], &value);
        let back = Update { actions: vec![Action::Remove(Path::attribute("fresh"))], is_legacy: false };
        prop_assert_eq!(back.apply(&new, &Item::new()).unwrap(), item);
    }
}
