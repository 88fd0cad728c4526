//! Files of Iceberg tables, as Parquet's own reader finds them.

use std::sync::Arc;

use bytes::Bytes;
use columnar::Columnar;
use parquet::file::reader::{FileReader, SerializedFileReader};
use ports::{CompiledTable, Converter as _, ParquetCompression, TableRows};

const SCHEMA: &str = r#"{"type":"struct","schema-id":0,"fields":[
    {"id":1,"name":"id","required":true,"type":"long"},
    {"id":2,"name":"at","required":false,"type":"timestamptz"},
    {"id":3,"name":"price","required":false,"type":"decimal(9,2)"},
    {"id":4,"name":"big","required":false,"type":"decimal(30,3)"},
    {"id":5,"name":"tags","required":false,"type":{"type":"list","element-id":6,"element-required":true,"element":"string"}},
    {"id":7,"name":"m","required":false,"type":{"type":"map","key-id":8,"key":"string","value-id":9,"value-required":false,"value":"int"}},
    {"id":10,"name":"place","required":false,"type":{"type":"struct","fields":[{"id":11,"name":"lat","required":true,"type":"double"}]}},
    {"id":12,"name":"u","required":false,"type":"uuid"},
    {"id":13,"name":"day","required":false,"type":"date"},
    {"id":14,"name":"b","required":false,"type":"binary"}]}"#;

fn table(only: Option<Vec<i32>>) -> Arc<dyn CompiledTable> {
    let rows = TableRows {
        schema: SCHEMA.to_owned(),
        only,
        compression: ParquetCompression::Snappy,
        block_bytes: 1 << 20,
    };
    Columnar.compile_table(&rows).unwrap()
}

const RICH: &str = r#"{"id":7,"at":1510871468000000,"price":"10.25","big":-12345678901234567890.125,"tags":["a","b"],"m":{"k":1,"n":null},
    "place":{"lat":0.5},"u":"f79c3e09-677c-4bbd-a479-3f349cb785e7","day":"2017-11-16","b":"AAEC"}"#;

#[test]
fn columns_have_the_ids_and_the_types_of_the_format() {
    let mut file = table(None).begin();
    file.push(RICH.as_bytes()).unwrap();
    file.push(br#"{"id":8,"tags":[]}"#).unwrap();
    assert_eq!(file.rows(), 2);
    let made = file.finish().unwrap();
    let reader = SerializedFileReader::new(Bytes::from(made.pieces.concat())).unwrap();
    let schema = reader.metadata().file_metadata().schema_descr();
    let text: Vec<String> = schema
        .columns()
        .iter()
        .map(|column| {
            let id = column.self_type().get_basic_info().id();
            format!("{} {id} {} {}", column.path().string(), column.physical_type(), column.max_def_level())
        })
        .collect();
    assert_eq!(
        text,
        [
            "id 1 INT64 0",
            "at 2 INT64 1",
            "price 3 INT32 1",
            "big 4 FIXED_LEN_BYTE_ARRAY 1",
            "tags.list.element 6 BYTE_ARRAY 2",
            "m.key_value.key 8 BYTE_ARRAY 2",
            "m.key_value.value 9 INT32 3",
            "place.lat 11 DOUBLE 1",
            "u 12 FIXED_LEN_BYTE_ARRAY 1",
            "day 13 INT32 1",
            "b 14 BYTE_ARRAY 1",
        ]
    );
    let rows: Vec<String> = reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect();
    assert!(rows[0].contains("at: 2017-11-16 22:31:08.000000 +00:00"), "{}", rows[0]);
    assert!(
        rows[0].contains("price: 10.25") && rows[0].contains("big: -12345678901234567890.125"),
        "{}",
        rows[0]
    );
    assert!(rows[0].contains("tags: [\"a\", \"b\"]") && rows[0].contains("lat: 0.5"), "{}", rows[0]);
    assert!(rows[1].contains("id: 8") && rows[1].contains("place: null"), "{}", rows[1]);
    let id = made.columns.iter().find(|column| column.id == 1).unwrap();
    assert_eq!((id.values, id.nulls), (2, 0));
    assert_eq!(id.lower.as_deref(), Some(&7_i64.to_le_bytes()[..]));
    assert_eq!(id.upper.as_deref(), Some(&8_i64.to_le_bytes()[..]));
    let price = made.columns.iter().find(|column| column.id == 3).unwrap();
    assert_eq!(price.lower.as_deref(), Some(&[4, 1][..]));
    assert_eq!(made.splits, [4]);
}

#[test]
fn what_does_not_fit_is_refused_and_says_how() {
    let mut file = table(None).begin();
    let mut code = |record: &str| file.push(record.as_bytes()).err().map(|error| error.code);
    assert_eq!(code("{"), Some("Iceberg.ParseError"));
    assert_eq!(code("{}"), Some("Iceberg.MissingColumnWithinRecord"));
    assert_eq!(code(r#"{"id":null}"#), Some("Iceberg.MissingColumnWithinRecord"));
    assert_eq!(code(r#"{"ID":1,"id":1}"#), Some("Iceberg.MissingColumnWithinRecord"));
    assert_eq!(code(r#"{"id":1,"place":{}}"#), Some("Iceberg.MissingColumnWithinRecord"));
    for wrong in [
        r#"{"id":"1"}"#,
        r#"{"id":1,"at":"yesterday"}"#,
        r#"{"id":1,"tags":"a"}"#,
        r#"{"id":1,"price":12345678.90}"#,
        r#"{"id":1,"u":"x"}"#,
        r#"{"id":1,"b":"\u0001"}"#,
    ] {
        assert_eq!(code(wrong), Some("Iceberg.SchemaTypeMismatch"), "{wrong}");
    }
    assert_eq!(code(r#"{"id":1,"place":{"lat":1,"more":2}}"#), None);
    assert_eq!(file.rows(), 1);
}

#[test]
fn values_are_found_as_they_would_be_written() {
    let mut values = table(None).values(&[1, 11, 3, 13]).unwrap();
    let found = values.of(RICH.as_bytes()).unwrap();
    let want = [
        7_i64.to_le_bytes().to_vec(),
        0.5_f64.to_le_bytes().to_vec(),
        vec![4, 1],
        17_486_i32.to_le_bytes().to_vec(),
    ];
    assert_eq!(found, want.map(Some));
    assert_eq!(values.of(br#"{"id":1}"#).unwrap()[1..], [None, None, None]);
    assert!(values.of(b"{}").is_err());
    assert!(values.of(br#"{"id":1}{"id":2}"#).is_err());
    assert!(table(None).values(&[5]).is_err());
    // Of keys alone, everything else is passed over.
    let keys = table(Some(vec![1]));
    assert_eq!(
        keys.values(&[1]).unwrap().of(br#"{"id":3,"z":[]}"#).unwrap(),
        [Some(3_i64.to_le_bytes().to_vec())]
    );
    assert!(keys.values(&[1]).unwrap().of(br#"{"z":1}"#).is_err());
}
