use serde_json::{Value, json};

use crate::transform::{ERRORS, b64, bytes, function, lines, processing, unb64};
use crate::world::World;

fn partitioned(prefix: &str, processors: &[(&str, &[(&str, &str)])], query: &str) -> Value {
    let mut processors = processing(processors);
    if !query.is_empty() {
        let parameters = [("MetadataExtractionQuery", query), ("JsonParsingEngine", "JQ-1.6")];
        let extraction = processing(&[("MetadataExtraction", &parameters)])["Processors"][0].clone();
        processors["Processors"].as_array_mut().unwrap().push(extraction);
    }
    json!({
        "Prefix": prefix, "ErrorOutputPrefix": ERRORS, "BufferingHints": {"SizeInMBs": 64, "IntervalInSeconds": 60},
        "DynamicPartitioningConfiguration": {"Enabled": true}, "ProcessingConfiguration": processors,
    })
}

#[tokio::test]
async fn each_partition_has_objects_of_its_own() {
    let mut world = World::new();
    let prefix = "customer=!{partitionKeyFromQuery:c}/device=!{partitionKeyFromQuery:d}/";
    world.create("s", partitioned(prefix, &[], "{c:.customer,d:.type.device}")).await;
    for (customer, device) in [("1", "mobile"), ("2", "mobile"), ("1", "desk"), ("1", "mobile")] {
        world
            .put("s", format!("{{\"customer\":{customer},\"type\":{{\"device\":\"{device}\"}}}}").as_bytes())
            .await;
    }
    world.settle().await;
    // What lies in the partitions survives.
    world.restart().await;
    world.pass(60);
    let objects = world.until_objects(3).await;
    let keys: Vec<&str> = objects.iter().map(|object| object.key.split("s-1-").next().unwrap()).collect();
    assert_eq!(keys, ["customer=1/device=desk/", "customer=1/device=mobile/", "customer=2/device=mobile/"]);
    let record = "{\"customer\":1,\"type\":{\"device\":\"mobile\"}}";
    assert_eq!(objects[1].bytes, format!("{record}{record}"));
}

#[tokio::test]
async fn records_without_keys_are_filed_and_stop_nothing() {
    let world = World::new();
    world.create("s", partitioned("k=!{partitionKeyFromQuery:k}/", &[], "{k:.k}")).await;
    for record in [b"{\"k\":\"a\"}".as_slice(), b"not json", b"{\"other\":1}", b"{\"k\":\"\"}"] {
        world.put("s", record).await;
    }
    world.settle().await;
    world.pass(60);
    world.until_objects(2).await;
    assert_eq!(bytes(&world, "b", "k=a/").await, b"{\"k\":\"a\"}");
    let errors = lines(&world, "b", "err/processing-failed/").await;
    assert_eq!(errors.len(), 3);
    assert_eq!(errors[0]["errorCode"], "DynamicPartitioning.MetadataExtractionFailed");
    assert_eq!(unb64(&errors[0]["rawData"]), b"not json");
}

#[tokio::test]
async fn records_of_several_documents_come_apart_first() {
    let world = World::new();
    let processors: [(&str, &[(&str, &str)]); 2] =
        [("RecordDeAggregation", &[("SubRecordType", "JSON")]), ("AppendDelimiterToRecord", &[])];
    world.create("s", partitioned("k=!{partitionKeyFromQuery:k}/", &processors, "{k:.k}")).await;
    world.put("s", b"{\"k\":\"a\",\"n\":1}{\"k\":\"b\",\"n\":2}\n{\"k\":\"a\",\"n\":3}").await;
    world.settle().await;
    world.pass(60);
    world.until_objects(2).await;
    assert_eq!(bytes(&world, "b", "k=a/").await, b"{\"k\":\"a\",\"n\":1}\n{\"k\":\"a\",\"n\":3}\n");
    assert_eq!(bytes(&world, "b", "k=b/").await, b"{\"k\":\"b\",\"n\":2}\n");
}

#[tokio::test]
async fn a_function_gives_keys_too() {
    let world = World::new();
    world.functions.each(|data| {
        let record: Value = serde_json::from_slice(data).unwrap();
        Some(
            json!({"result": "Ok", "data": b64(data), "metadata": {"partitionKeys": {"who": record["who"]}}}),
        )
    });
    let mut more = partitioned("who=!{partitionKeyFromLambda:who}/", &[], "");
    more["ProcessingConfiguration"] = function("3");
    world.create("s", more).await;
    world.put("s", b"{\"who\":\"ann\"}").await;
    world.put("s", b"{\"who\":\"bo\"}").await;
    world.pass(1);
    world.settle().await;
    world.pass(60);
    let objects = world.until_objects(2).await;
    assert!(objects[0].key.starts_with("who=ann/") && objects[1].key.starts_with("who=bo/"));
}

#[tokio::test]
async fn beyond_five_hundred_partitions_records_are_filed_until_some_run_empty() {
    let world = World::new();
    world.create("s", partitioned("k=!{partitionKeyFromQuery:k}/", &[], "{k:.k}")).await;
    for half in 0..2 {
        let records: Vec<Value> =
            (0..255).map(|n| json!({"Data": b64(format!("{{\"k\":\"{half}-{n}\"}}").as_bytes())})).collect();
        world.ok("PutRecordBatch", json!({"DeliveryStreamName": "s", "Records": records})).await;
    }
    world.settle().await;
    world.pass(60);
    world.until(async || world.objects("b").await.len() == 501).await;
    assert_eq!(lines(&world, "b", "err/").await.len(), 10);
    world.settle().await;
    world.put("s", b"{\"k\":\"late\"}").await;
    world.settle().await;
    world.pass(60);
    world.until(async || !bytes(&world, "b", "k=late/").await.is_empty()).await;
}

#[tokio::test]
async fn partitioning_is_refused_where_it_cannot_be() {
    let world = World::new();
    let good = || partitioned("k=!{partitionKeyFromQuery:k}/", &[], "{k:.k}");
    let cases: [(Value, &str); 8] = [
        (json!({"Prefix": "plain/"}), "should contain Dynamic Partitioning namespaces"),
        (json!({"ErrorOutputPrefix": null}), "ErrorOutputPrefix"),
        (json!({"BufferingHints": {"SizeInMBs": 63, "IntervalInSeconds": 60}}), "at least 64 when Dynamic"),
        (json!({"BufferingHints": {"SizeInMBs": 64, "IntervalInSeconds": 59}}), "at least 60 seconds"),
        (
            json!({"DynamicPartitioningConfiguration": {"Enabled": false}}),
            "when Dynamic Partitioning is enabled",
        ),
        (json!({"Prefix": "k=!{partitionKeyFromLambda:k}/"}), "Lambda processor"),
        (json!({"Prefix": "k=!{partitionKeyFromQuery:other}/"}), "can't contain keys that are not present"),
        (
            json!({"ProcessingConfiguration": {"Enabled": false}}),
            "MetadataExtraction processor should be present",
        ),
    ];
    for (more, expected) in cases {
        let mut destination = good();
        for (name, value) in more.as_object().unwrap() {
            destination[name] = value.clone();
        }
        let input = json!({
            "DeliveryStreamName": "s", "ExtendedS3DestinationConfiguration": crate::world::s3("b", destination),
        });
        let (code, text) = world.refused("CreateDeliveryStream", input).await;
        assert_eq!(code, "InvalidArgumentException", "{text}");
        assert!(text.contains(expected), "{text}");
    }
}
