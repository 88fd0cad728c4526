//! A bounded part of jq 1.6, for `MetadataExtractionQuery`: a query is parsed once, when a stream is configured, and asked of each record.
//!
//! What is here: paths, iteration and slices, pipes, commas, arithmetic, comparison, `and or not`, `//`, `?` and `try`, `if`, `reduce`, variables, string
//! interpolation and `@formats`, construction of arrays and objects, and the functions of [`functions`]. What is not: definitions of
//! functions, recursion, assignment, labels, input and output, modules. So every query ends; how long it may take is bounded by
//! [`FUEL`], and how deep it may nest by [`DEPTH_MAX`].
//!
//! Numbers are doubles, as in jq 1.6.

mod eval;
mod functions;
mod lex;
mod parse;

use serde_json::Value;

/// Steps one record may take.
const FUEL: u64 = 100_000;
/// Nesting of a query.
const DEPTH_MAX: usize = 64;
/// Elements and bytes that one value made by a query may have.
const SIZE_MAX: usize = 1 << 20;

/// Why a query does not parse.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Malformed(String);

/// Why a query has no answer for a record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Failed(String);

fn failed(text: impl Into<String>) -> Failed {
    Failed(text.into())
}

/// A query, understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    body: parse::Expr,
    paths: Option<Vec<(String, Vec<String>)>>,
}

impl Query {
    /// Parses a query.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let body = parse::parse(text)?;
        let paths = body.plain_paths();
        Ok(Self { body, paths })
    }

    /// The keys of the object that the query makes, as far as they are written out in it; `None` if it makes none.
    pub fn object_keys(&self) -> Option<Vec<&str>> {
        self.body.object_keys()
    }

    /// For a query that is an object of plain paths (`{a: .x.y, b: .z}`): the keys and their paths.
    pub fn plain_paths(&self) -> Option<&[(String, Vec<String>)]> {
        self.paths.as_deref()
    }

    /// The first answer of the query for a value.
    pub fn first(&self, input: &Value) -> Result<Value, Failed> {
        let mut fuel = eval::Fuel::new(FUEL);
        let answers = eval::eval(&self.body, &eval::Env::default(), input, &mut fuel)?;
        answers.into_iter().next().ok_or_else(|| failed("the query has no answer"))
    }
}

/// A value as a partition key: a text as it is, anything else as its JSON.
pub fn key_text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            Some(functions::to_json(value))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn ask(query: &str, input: Value) -> Value {
        Query::parse(query).unwrap_or_else(|error| panic!("{query}: {error}")).first(&input).unwrap()
    }

    #[test]
    fn paths_find_what_they_name() {
        let record = json!({"a": {"b": [1, {"c": "x"}, 3]}, "d e": true, "n": null});
        assert_eq!(ask(".a.b[1].c", record.clone()), json!("x"));
        assert_eq!(ask(".a[\"b\"][-1]", record.clone()), json!(3));
        assert_eq!(ask(".\"d e\"", record.clone()), json!(true));
        assert_eq!(ask(".missing.deeper", record.clone()), json!(null));
        assert_eq!(ask(".a.b[1:]|length", record.clone()), json!(2));
        assert_eq!(ask("[.a.b[]|numbers]", record.clone()), json!([1, 3]));
        assert_eq!(ask(".", record.clone()), record);
    }

    #[test]
    fn objects_are_made_in_every_way_jq_has() {
        let record = json!({"id": 7, "type": {"device": "mobile"}, "k": "dyn"});
        assert_eq!(ask("{id, d: .type.device}", record.clone()), json!({"id": 7, "d": "mobile"}));
        assert_eq!(
            ask("{(.k): 1, \"q\": 2, \"a\\(.id)\": 3}", record.clone()),
            json!({"dyn": 1, "q": 2, "a7": 3})
        );
        assert_eq!(ask(".id as $x | {$x, y: $x}", record), json!({"x": 7, "y": 7}));
    }

    #[test]
    fn times_are_told_in_utc() {
        let record = json!({"ts": 1_565_382_027, "iso": "2019-08-09T20:20:27Z"});
        assert_eq!(ask(".ts|strftime(\"%Y/%m/%d %H\")", record.clone()), json!("2019/08/09 20"));
        assert_eq!(ask(".ts|todate", record.clone()), json!("2019-08-09T20:20:27Z"));
        assert_eq!(ask(".iso|fromdate", record.clone()), json!(1_565_382_027));
        assert_eq!(ask(".ts|gmtime|mktime", record.clone()), json!(1_565_382_027));
        assert_eq!(ask(".iso|strptime(\"%Y-%m-%dT%H:%M:%SZ\")|strftime(\"%d\")", record), json!("09"));
    }

    #[test]
    fn expressions_compute_as_jq_does() {
        for (query, want) in [
            ("1 + 2 * 3 - 4 / 2 % 3", json!(5)),
            ("\"a\" + \"b\"", json!("ab")),
            ("[1,2] + [3]", json!([1, 2, 3])),
            ("[1,2,3] - [2]", json!([1, 3])),
            ("{\"a\":1} + {\"b\":2}", json!({"a": 1, "b": 2})),
            ("{\"a\":{\"b\":1}} * {\"a\":{\"c\":2}}", json!({"a": {"b": 1, "c": 2}})),
            ("\"a,b\" / \",\"", json!(["a", "b"])),
            ("null // \"x\"", json!("x")),
            ("if 1 == 1.0 then \"y\" elif true then \"z\" else \"n\" end", json!("y")),
            ("if false then 1 else empty end // 3", json!(3)),
            ("[1,2,3] | map(select(. > 1)) | add", json!(5)),
            ("reduce (1,2,3) as $n (0; . + $n)", json!(6)),
            ("(\"x\"|tonumber)? // \"none\"", json!("none")),
            ("try error(\"bad\") catch .", json!("bad")),
            ("\"AbC\" | ascii_downcase, ascii_upcase", json!("abc")),
            ("\"a-b_c\" | split(\"-\") | join(\"+\")", json!("a+b_c")),
            ("\"x1y22\" | [match(\"[0-9]+\"; \"g\").string]", json!(["1", "22"])),
            ("\"2024-02-29\" | capture(\"(?<y>\\\\d+)-(?<m>\\\\d+)\")", json!({"y": "2024", "m": "02"})),
            ("\"aXbX\" | gsub(\"X\"; \"-\")", json!("a-b-")),
            ("\"abc\" | test(\"B\"; \"i\")", json!(true)),
            ("[3,1,2] | sort, min", json!([1, 2, 3])),
            ("{\"a\":1,\"b\":2} | to_entries | map(.key) | join(\",\")", json!("a,b")),
            ("[.[]?]", json!([])),
            ("\"é\" | @uri, @base64", json!("%C3%A9")),
            ("\"aGk=\" | @base64d", json!("hi")),
            ("@json \"v=\\([1])\"", json!("v=[1]")),
            ("1.5 | floor, ceil, round", json!(1)),
            ("\"abcdef\" | .[2:4]", json!("cd")),
            ("[1,[2,[3]]] | flatten", json!([1, 2, 3])),
            ("1 as $x | 2 as $y | [$x,$y] | first", json!(1)),
            ("-1 | fabs? // -(.)", json!(1)),
            ("17 | tostring | ltrimstr(\"1\")", json!("7")),
            ("not", json!(true)),
            ("[limit(2; 1,2,3)]", json!([1, 2])),
            ("{} | has(\"a\")", json!(false)),
            ("\"a\" | . as $v | [\"b\",\"a\"] | index($v)", json!(1)),
            ("[1,2] | contains([2])", json!(true)),
            ("\"x\" | type", json!("string")),
            ("[range(3)]", json!([0, 1, 2])),
            ("any([1,2][]; . > 1) and all([1,2][]; . > 0)", json!(true)),
        ] {
            assert_eq!(ask(query, Value::Null), want, "{query}");
        }
    }

    #[test]
    fn a_query_that_would_not_end_is_ended() {
        for query in [
            "[range(1e12)]",
            "reduce range(1e9) as $x (0; .+1)",
            "\"x\" * 100000000",
            "[range(1e5)|range(1e5)]",
        ] {
            let outcome = Query::parse(query).unwrap().first(&Value::Null);
            assert!(outcome.is_err(), "{query}");
        }
        for query in
            ["def f: f; f", "recurse(.)", "repeat(1)", "input", ".a = 1", ".a |= 1", "label $x | 1", "env"]
        {
            assert!(Query::parse(query).is_err(), "{query}");
        }
        let deep = "[".repeat(10_000);
        assert!(Query::parse(&deep).is_err());
        assert!(Query::parse(&format!("{}1", "-".repeat(10_000))).is_err());
    }

    #[test]
    fn the_keys_a_query_makes_are_known() {
        let query = Query::parse("{customer_id:.customer_id,device:.type.device}").unwrap();
        assert_eq!(query.object_keys().unwrap(), ["customer_id", "device"]);
        assert_eq!(query.plain_paths().unwrap()[1].1, ["type", "device"]);
        let query = Query::parse(".a | {y:(.ts|strftime(\"%Y\"))}").unwrap();
        assert_eq!(query.object_keys().unwrap(), ["y"]);
        assert!(query.plain_paths().is_none());
        assert!(Query::parse("42").unwrap().object_keys().is_none());
    }

    #[test]
    fn keys_are_told_as_text() {
        assert_eq!(key_text(&json!(42.0)), Some("42".to_owned()));
        assert_eq!(key_text(&json!("a b")), Some("a b".to_owned()));
        assert_eq!(key_text(&json!(true)), Some("true".to_owned()));
        assert_eq!(key_text(&json!(0.1)), Some("0.1".to_owned()));
        assert_eq!(key_text(&Value::Null), None);
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in "\\PC{0,60}") {
            let _ = Query::parse(&text);
        }

        #[test]
        fn no_query_makes_the_evaluator_panic(
            words in proptest::collection::vec(proptest::sample::select(vec![
                ".", ".a", "[", "]", "{", "}", "(", ")", "|", ",", "+", "-", "*", "/", "%", "1", "\"x\"", "null", "if", "then", "else",
                "end", "length", "keys", "map", "select", "range", ":", ";", "==", "<", "and", "//", "?", "..", "tostring", "split",
                "test", "strftime", "tojson", "as", "$x", "reduce", "sort", "implode", "explode", "fromjson", "ltrimstr", "1e300",
            ]), 0..12),
        ) {
            if let Ok(query) = Query::parse(&words.join(" ")) {
                let _ = query.first(&json!({"a": [1, "b", null, {"c": -1.5}]}));
            }
        }
    }
}
