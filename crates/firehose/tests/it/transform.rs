use serde_json::{Value, json};

use crate::world::{World, s3};

const ARN: &str = "arn:aws:lambda:us-east-1:000000000000:function:f";
pub const ERRORS: &str = "err/!{firehose:error-output-type}/";

pub fn b64(bytes: &[u8]) -> String {
    base64_simd::STANDARD.encode_to_string(bytes)
}

pub fn unb64(text: &Value) -> Vec<u8> {
    base64_simd::STANDARD.decode_to_vec(text.as_str().unwrap()).unwrap()
}

pub fn processing(processors: &[(&str, &[(&str, &str)])]) -> Value {
    let processors: Vec<Value> = processors
        .iter()
        .map(|(kind, parameters)| {
            let parameters: Vec<Value> = parameters
                .iter()
                .map(|(name, value)| json!({"ParameterName": name, "ParameterValue": value}))
                .collect();
            json!({"Type": kind, "Parameters": parameters})
        })
        .collect();
    json!({"Enabled": true, "Processors": processors})
}

pub fn function(retries: &str) -> Value {
    processing(&[(
        "Lambda",
        &[
            ("LambdaArn", ARN),
            ("NumberOfRetries", retries),
            ("BufferSizeInMBs", "1"),
            ("BufferIntervalInSeconds", "1"),
        ],
    )])
}

/// The lines of all objects under a prefix.
pub async fn lines(world: &World, bucket: &str, prefix: &str) -> Vec<Value> {
    let mut all = Vec::new();
    for object in world.objects(bucket).await.iter().filter(|object| object.key.starts_with(prefix)) {
        all.extend(
            serde_json::Deserializer::from_slice(&object.bytes)
                .into_iter::<Value>()
                .map(|line| line.unwrap()),
        );
    }
    all
}

/// Everything under a prefix, in the order of the keys.
pub async fn bytes(world: &World, bucket: &str, prefix: &str) -> Vec<u8> {
    let objects = world.objects(bucket).await;
    objects
        .iter()
        .filter(|object| object.key.starts_with(prefix))
        .flat_map(|object| object.bytes.to_vec())
        .collect()
}

/// Lets a second of the function's buffer pass, then a minute of the bucket's.
async fn pass_both(world: &World) {
    world.pass(1);
    world.settle().await;
    world.pass(60);
}

#[tokio::test]
async fn a_function_transforms_drops_fails_and_loses_records() {
    let world = World::new();
    world.functions.each(|data| match data {
        b"drop" => Some(json!({"result": "Dropped"})),
        b"fail" => Some(json!({"result": "ProcessingFailed", "data": b64(data)})),
        b"lose" => None,
        b"odd" => Some(json!({"result": "Ok"})),
        data => Some(json!({"result": "Ok", "data": b64(&[b"<", data, b">"].concat())})),
    });
    let more =
        json!({"Prefix": "ok/", "ErrorOutputPrefix": ERRORS, "ProcessingConfiguration": function("3")});
    world.create("s", more).await;
    for data in [b"one".as_slice(), b"drop", b"fail", b"lose", b"odd", b"two"] {
        world.put("s", data).await;
    }
    pass_both(&world).await;
    world.until(async || world.objects("b").await.len() == 2).await;
    assert_eq!(bytes(&world, "b", "ok/").await, b"<one><two>");
    let errors = lines(&world, "b", "err/processing-failed/").await;
    let codes: Vec<_> =
        errors.iter().map(|error| (unb64(&error["rawData"]), error["errorCode"].as_str().unwrap())).collect();
    assert_eq!(
        codes,
        [
            (b"fail".to_vec(), "Lambda.ProcessingFailedStatus"),
            (b"lose".to_vec(), "Lambda.MissingRecordId"),
            (b"odd".to_vec(), "Lambda.InvalidReturnFormat"),
        ]
    );
    assert_eq!((&errors[0]["attemptsMade"], &errors[0]["lambdaArn"]), (&json!(1), &json!(ARN)));
    let events = world.functions.events.lock().unwrap().clone();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["deliveryStreamArn"], "arn:aws:firehose:us-east-1:000000000000:deliverystream/s");
    assert_eq!(events[0]["region"], "us-east-1");
    assert_eq!(world.metrics.sum("SucceedProcessing.Records"), 2.0);
}

#[tokio::test]
async fn a_function_that_fails_is_asked_again_and_then_its_batch_is_filed() {
    let world = World::new();
    *world.functions.behave.lock().unwrap() = Some(Box::new(|_| ports::FunctionAnswer {
        payload: "{\"errorMessage\":\"boom\"}".into(),
        error: Some("Unhandled".to_owned()),
        version: "$LATEST".to_owned(),
    }));
    let logging = json!({"Enabled": true, "LogGroupName": "g", "LogStreamName": "s"});
    let more = json!({
        "ErrorOutputPrefix": ERRORS, "ProcessingConfiguration": function("1"), "CloudWatchLoggingOptions": logging,
    });
    world.create("s", more).await;
    world.put("s", b"x").await;
    world.pass(1);
    world.until(async || world.functions.events.lock().unwrap().len() == 1).await;
    world.pass(1);
    world.until(async || world.functions.events.lock().unwrap().len() == 2).await;
    world.settle().await;
    world.pass(60);
    world.until_objects(1).await;
    let errors = lines(&world, "b", "err/processing-failed/").await;
    assert_eq!(
        (&errors[0]["errorCode"], &errors[0]["attemptsMade"]),
        (&json!("Lambda.FunctionError"), &json!(2))
    );
    assert!(errors[0]["errorMessage"].as_str().unwrap().contains("boom"));
    let lines = world.metrics.lines.lock().unwrap();
    assert_eq!(
        (&lines[0]["errorCode"], &lines[0]["processor"]),
        (&json!("Lambda.FunctionError"), &json!(ARN))
    );
}

#[tokio::test]
async fn what_a_function_did_is_not_done_again_after_a_restart() {
    let mut world = World::new();
    world.functions.each(|data| Some(json!({"result": "Ok", "data": b64(&data.to_ascii_uppercase())})));
    world.create("s", json!({"ProcessingConfiguration": function("3")})).await;
    world.put("s", b"abc").await;
    world.pass(1);
    world.until(async || world.functions.events.lock().unwrap().len() == 1).await;
    world.settle().await;
    world.restart().await;
    world.pass(60);
    world.until_objects(1).await;
    assert_eq!(world.delivered().await, b"ABC");
    assert_eq!(world.functions.events.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn records_are_backed_up_as_they_came() {
    let world = World::new();
    world.objects.buckets.lock().unwrap().insert("raw".to_owned());
    world.functions.each(|data| Some(json!({"result": "Ok", "data": b64(&data.to_ascii_uppercase())})));
    let more = json!({
        "ProcessingConfiguration": function("3"), "S3BackupMode": "Enabled", "S3BackupConfiguration": s3("raw", json!({"Prefix": "raw/"})),
    });
    world.create("s", more).await;
    world.put("s", b"abc").await;
    world.put("s", b"def").await;
    pass_both(&world).await;
    world
        .until(async || !world.objects("raw").await.is_empty() && !world.objects("b").await.is_empty())
        .await;
    assert_eq!(world.delivered().await, b"ABCDEF");
    assert_eq!(bytes(&world, "raw", "raw/").await, b"abcdef");
    let shown = world.ok("DescribeDeliveryStream", json!({"DeliveryStreamName": "s"})).await;
    let shown = &shown["DeliveryStreamDescription"]["Destinations"][0]["ExtendedS3DestinationDescription"];
    assert_eq!(shown["S3BackupDescription"]["Prefix"], "raw/");
    let update = json!({
        "DeliveryStreamName": "s", "CurrentDeliveryStreamVersionId": "1", "DestinationId": "destinationId-000000000001",
        "ExtendedS3DestinationUpdate": {"S3BackupMode": "Disabled"},
    });
    assert_eq!(world.refused("UpdateDestination", update).await.0, "InvalidArgumentException");
}

#[tokio::test]
async fn log_events_are_unpacked_and_others_refused() {
    use std::io::Write;
    let world = World::new();
    let more = json!({"ProcessingConfiguration": processing(&[
        ("Decompression", &[("CompressionFormat", "GZIP")]),
        ("CloudWatchLogProcessing", &[("DataMessageExtraction", "true")]),
    ])});
    world.create("s", more).await;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed
        .write_all(br#"{"messageType":"DATA_MESSAGE","logEvents":[{"message":"a"},{"message":"b"}]}"#)
        .unwrap();
    world.put("s", &packed.finish().unwrap()).await;
    let plain = json!({"DeliveryStreamName": "s", "Record": {"Data": b64(b"plain")}});
    assert_eq!(world.refused("PutRecord", plain).await.0, "InvalidSourceException");
    pass_both(&world).await;
    world.until_objects(1).await;
    assert_eq!(world.delivered().await, b"a\nb\n");
}

#[tokio::test]
async fn what_cannot_be_delivered_for_a_day_is_lost_from_pipes_too() {
    let world = World::new();
    world.objects.buckets.lock().unwrap().clear();
    let more = json!({"ProcessingConfiguration": processing(&[("RecordDeAggregation", &[("SubRecordType", "JSON")])])});
    world.create("s", more).await;
    world.put("s", b"{\"old\":1}").await;
    world.settle().await;
    world.pass(61);
    world.settle().await;
    world.pass(24 * 3_600);
    world.settle().await;
    world.objects.buckets.lock().unwrap().insert("b".to_owned());
    world.put("s", b"{\"new\":1}").await;
    world.eventually(async || !world.objects("b").await.is_empty()).await;
    assert_eq!(world.delivered().await, b"{\"new\":1}");
}
