use serde_json::{Value, json};

use crate::transform::{ERRORS, bytes, lines, unb64};
use crate::world::{ROLE, World};

fn conversion(table: &str) -> Value {
    json!({
        "SchemaConfiguration": {"RoleARN": ROLE, "DatabaseName": "db", "TableName": table},
        "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}},
        "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {}}},
    })
}

fn converted(conversion: Value) -> Value {
    json!({
        "Prefix": "data/", "ErrorOutputPrefix": ERRORS, "DataFormatConversionConfiguration": conversion,
        "BufferingHints": {"SizeInMBs": 64, "IntervalInSeconds": 60},
    })
}

#[tokio::test]
async fn records_become_files_and_what_does_not_fit_is_filed() {
    let world = World::new();
    world.create("s", converted(conversion("t"))).await;
    for record in [b"{\"a\":1}".as_slice(), b"oops", b"{\"a\":2}"] {
        world.put("s", record).await;
    }
    world.settle().await;
    world.pass(60);
    world.eventually(async || world.objects("b").await.len() == 2).await;
    let objects = world.objects("b").await;
    assert!(
        objects[0].key.starts_with("data/") && objects[0].key.ends_with(".parquet"),
        "{}",
        objects[0].key
    );
    assert_eq!(objects[0].content_encoding.as_deref(), Some("hadoop-snappy"));
    assert_eq!(bytes(&world, "b", "data/").await, b"{\"a\":1};{\"a\":2};");
    let errors = lines(&world, "b", "err/format-conversion-failed/").await;
    assert_eq!(errors.len(), 1);
    assert_eq!(
        (unb64(&errors[0]["rawData"]), &errors[0]["lastErrorCode"]),
        (b"oops".to_vec(), &json!("DataFormatConversion.ParseError"))
    );
    let table = &errors[0]["dataCatalogTable"];
    assert_eq!(
        (&table["databaseName"], &table["tableName"], &table["versionId"]),
        (&json!("db"), &json!("t"), &json!("0"))
    );
}

#[tokio::test]
async fn conversions_that_cannot_be_are_refused_in_the_services_words() {
    let world = World::new();
    let without = |member: &str| {
        let mut given = conversion("t");
        given.as_object_mut().unwrap().remove(member);
        given
    };
    let with = |member: &str, value: Value| {
        let mut given = conversion("t");
        given[member] = value;
        given
    };
    let two = json!({"Serializer": {"ParquetSerDe": {}, "OrcSerDe": {}}});
    for (given, expected) in [
        (without("InputFormatConfiguration"), "InputFormatConfiguration must not be null"),
        (without("OutputFormatConfiguration"), "OutputFormatConfiguration must not be null"),
        (without("SchemaConfiguration"), "SchemaConfiguration must not be null"),
        (with("InputFormatConfiguration", json!({"Deserializer": {}})), "Deserializer must not be null"),
        (
            with("OutputFormatConfiguration", two),
            "More than one serializer specified. Only one may be chosen.",
        ),
        (
            with("SchemaConfiguration", json!({"DatabaseName": "db"})),
            "SchemaConfiguration.RoleARN must not be null or empty",
        ),
        (conversion("nosuch"), "EntityNotFoundException"),
    ] {
        let destination = crate::world::s3("b", converted(given));
        let input = json!({"DeliveryStreamName": "s", "ExtendedS3DestinationConfiguration": destination});
        let (code, text) = world.refused("CreateDeliveryStream", input).await;
        assert_eq!(code, "InvalidArgumentException", "{text}");
        assert!(text.contains(expected), "{text}");
    }
}

#[tokio::test]
async fn an_update_merges_conversion_member_by_member() {
    let world = World::new();
    world.create("s", converted(conversion("t"))).await;
    let update = |version: &str, given: Value| {
        json!({
            "DeliveryStreamName": "s", "CurrentDeliveryStreamVersionId": version,
            "DestinationId": "destinationId-000000000001",
            "ExtendedS3DestinationUpdate": {"DataFormatConversionConfiguration": given},
        })
    };
    let orc = json!({"OutputFormatConfiguration": {"Serializer": {"OrcSerDe": {"Compression": "ZLIB"}}}});
    world.ok("UpdateDestination", update("1", orc)).await;
    let shown = world.ok("DescribeDeliveryStream", json!({"DeliveryStreamName": "s"})).await;
    let shown = &shown["DeliveryStreamDescription"]["Destinations"][0]["ExtendedS3DestinationDescription"];
    let shown = &shown["DataFormatConversionConfiguration"];
    assert_eq!(shown["SchemaConfiguration"]["TableName"], "t");
    assert_eq!(
        shown["OutputFormatConfiguration"],
        json!({"Serializer": {"OrcSerDe": {"Compression": "ZLIB"}}})
    );
    let gone = json!({"SchemaConfiguration": {"TableName": "nosuch"}});
    assert_eq!(world.refused("UpdateDestination", update("2", gone)).await.0, "InvalidArgumentException");
}
