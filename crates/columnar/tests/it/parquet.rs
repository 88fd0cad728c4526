//! Parquet, read back by the reader of its library.

use ::parquet::file::reader::{FileReader as _, SerializedFileReader};
use ::parquet::record::Row;
use ports::RecordReader;

use crate::{begin, hive, open_x, parquet_format, whole};

/// The rows as the reader prints them.
fn rows(columns: &[(&str, &str)], reader: RecordReader, records: &[&str]) -> Vec<String> {
    let mut file = begin(columns, reader, parquet_format()).unwrap();
    for record in records {
        file.push(record.as_bytes()).unwrap();
    }
    let rows = file.rows();
    let reader = SerializedFileReader::new(whole(file)).unwrap();
    assert_eq!(reader.metadata().file_metadata().num_rows() as u64, rows);
    let found = reader.get_row_iter(None).unwrap();
    found.map(|row: Result<Row, _>| row.unwrap().to_string()).collect()
}

fn refusal(columns: &[(&str, &str)], reader: RecordReader, record: &str) -> (&'static str, String) {
    let mut file = begin(columns, reader, parquet_format()).unwrap();
    let error = file.push(record.as_bytes()).unwrap_err();
    assert_eq!(file.rows(), 0);
    (error.code, error.message)
}

#[test]
fn scalars_of_all_kinds_are_read_back() {
    let columns = [
        ("b", "boolean"),
        ("t", "tinyint"),
        ("s", "smallint"),
        ("i", "int"),
        ("l", "bigint"),
        ("f", "float"),
        ("d", "double"),
        ("c", "decimal(10,2)"),
        ("x", "string"),
        ("v", "varchar(3)"),
        ("day", "date"),
    ];
    let record = r#"{"b":true,"t":-3,"s":4,"i":7,"l":9007199254740993,"f":1.5,"d":0.25,"c":12345.67,"x":"héllo\n","v":"abcdef","day":"2024-02-29"}"#;
    let found = rows(&columns, open_x(), &[record, "{}"]);
    let expected = "{b: true, t: -3, s: 4, i: 7, l: 9007199254740993, f: 1.5, d: 0.25, c: 12345.67, x: \"héllo\n\", v: \"abc\", day: 2024-02-29}";
    assert_eq!(found[0], expected);
    assert!(found[1].matches("null").count() == columns.len(), "{}", found[1]);
}

#[test]
fn nested_values_keep_their_nulls_and_their_empty_lists() {
    let columns = [("a", "array<array<int>>"), ("m", "map<string,struct<p:int,q:array<string>>>")];
    let records = [
        r#"{"a":[[1,null],[],null],"m":{"k":{"p":1,"q":["x"]},"l":null}}"#,
        r#"{"a":[],"m":{}}"#,
        r#"{"a":null}"#,
    ];
    let found = rows(&columns, open_x(), &records);
    assert_eq!(found[0], r#"{a: [[1, null], [], null], m: {"k" -> {p: 1, q: ["x"]}, "l" -> null}}"#);
    assert_eq!(found[1], "{a: [], m: {}}");
    assert_eq!(found[2], "{a: null, m: null}");
}

#[test]
fn several_documents_of_one_record_are_rows() {
    let found = rows(&[("a", "int")], open_x(), &["{\"a\":1}{\"a\":2}\n {\"a\":3} "]);
    assert_eq!(found, ["{a: 1}", "{a: 2}", "{a: 3}"]);
}

#[test]
fn open_x_is_lenient() {
    let columns = [
        ("n", "int"),
        ("a", "array<int>"),
        ("s", "struct<x:int,y:string>"),
        ("t", "string"),
        ("m", "map<string,int>"),
    ];
    let record = r#"{"N":"12","A":5,"S":[1,"two"],"T":{"Key":[1, "B"]},"M":{"K":1}}"#;
    let found = rows(&columns, open_x(), &[record]);
    assert_eq!(found[0], r#"{n: 12, a: [5], s: {x: 1, y: "two"}, t: "{"key":[1,"B"]}", m: {"k" -> 1}}"#);
}

#[test]
fn keys_are_mapped_and_their_dots_replaced() {
    let mappings = [("time".to_owned(), "@ts".to_owned())].into();
    let reader = RecordReader::OpenX { case_insensitive: false, dots_to_underscores: true, mappings };
    let found = rows(&[("time", "int"), ("a_b", "int")], reader, &[r#"{"@ts":1,"a.b":2,"A.B":3}"#]);
    assert_eq!(found, ["{time: 1, a_b: 2}"]);
}

#[test]
fn of_a_key_that_stands_twice_the_last_counts() {
    assert_eq!(rows(&[("a", "int")], open_x(), &[r#"{"a":1,"a":2}"#]), ["{a: 2}"]);
}

#[test]
fn hive_is_strict() {
    let says = |kind: &str, record: &str| refusal(&[("a", kind)], hive(&[]), record).1;
    assert!(says("array<int>", r#"{"a":1}"#).ends_with("Start of Array expected"));
    assert!(says("int", r#"{"a":"1"}"#).contains("For input string: \"1\""));
    assert!(says("string", r#"{"a":{}}"#).contains("Exception when validating field (root)"));
    let found = rows(&[("a", "map<string,int>")], hive(&[]), &[r#"{"A":{"K":1}}"#]);
    assert_eq!(found, [r#"{a: {"K" -> 1}}"#]);
}

#[test]
fn refusals_carry_the_codes_of_firehose() {
    let (code, message) = refusal(&[("n", "int")], open_x(), "not json at all");
    assert_eq!(code, "DataFormatConversion.ParseError");
    assert!(message.starts_with("Encountered malformed JSON. "), "{message}");
    let (code, message) = refusal(&[("n", "int")], open_x(), r#"{"n":"oops"}"#);
    assert_eq!(code, "DataFormatConversion.MalformedData");
    assert_eq!(message, "Data does not match the schema. For input string: \"oops\"");
    assert_eq!(refusal(&[("n", "int")], open_x(), r#"[{"n":1}]"#).0, "DataFormatConversion.ParseError");
    let refused = begin(&[("n", "set<int>")], open_x(), parquet_format());
    assert_eq!(refused.err().map(|error| error.code), Some("DataFormatConversion.InvalidSchema"));
}

#[test]
fn a_refused_record_leaves_the_file_as_it_was() {
    let columns = [("a", "array<struct<x:int,m:map<string,int>>>"), ("s", "string"), ("n", "int")];
    let mut file = begin(&columns, open_x(), parquet_format()).unwrap();
    let good = r#"{"a":[{"x":1,"m":{"k":1}}],"s":"one","n":1}"#;
    file.push(good.as_bytes()).unwrap();
    for bad in [
        r#"{"a":[{"x":1,"m":{"k":2}},{"x":2,"m":{"k":3,"l":"no"}}],"s":"two","n":2}"#,
        r#"{"a":[{"x":1}],"s":"two","n":"no"}"#,
        r#"{"a":[],"s":"two","n":2}{"a":[{"x":"no"}]}"#,
    ] {
        assert!(file.push(bad.as_bytes()).is_err(), "{bad}");
        assert_eq!(file.rows(), 1);
    }
    file.push(good.as_bytes()).unwrap();
    let reader = SerializedFileReader::new(whole(file)).unwrap();
    let found: Vec<String> = reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect();
    assert_eq!(found, [r#"{a: [{x: 1, m: {"k" -> 1}}], s: "one", n: 1}"#; 2]);
}

#[test]
fn a_file_without_rows_is_a_file() {
    assert_eq!(rows(&[("a", "int")], open_x(), &[]), Vec::<String>::new());
}
