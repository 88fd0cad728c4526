//! Channels: delivered when they are due, exactly once; dead letters; what is refused.

use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{World, slow, strict, text, world, world_over};
use crate::objects::objects;

const ROLE: &str = "arn:aws:iam::000000000000:role/delivery";

async fn stream(world: &World, name: &str) -> String {
    world.call("CreateStream", json!({"StreamName": name})).await.ok();
    text(&world.summary(name).await["StreamARN"])
}

fn asked(stream: &str, more: Value) -> Value {
    let storage = json!({"BucketARN": "arn:aws:s3:::lake", "ExpectedBucketOwner": "000000000000", "CompressionType": "NONE"});
    let mut input = json!({
        "ChannelName": "orders", "ServiceExecutionRoleARN": ROLE,
        "StreamConfigurationList": [{"StreamARN": stream, "RecordConfiguration": {"RecordFormatType": "JSON"}}],
        "S3DestinationConfiguration": {"StorageConfiguration": storage},
    });
    for (key, value) in more.as_object().unwrap() {
        input[key] = value.clone();
    }
    input
}

async fn channel(world: &World, stream: &str, more: Value) -> String {
    let answer = world.call("CreateChannel", asked(stream, more)).await.ok();
    text(&answer["ChannelDescription"]["ChannelARN"])
}

/// Lets what is due be delivered; packing happens on other threads.
async fn settle(world: &World, by: Duration, count: usize) -> Vec<(String, Vec<u8>)> {
    world.pass(by).await;
    for _ in 0..2_000 {
        if objects(&world.store).await.len() >= count {
            break;
        }
        tokio::task::spawn_blocking(std::thread::yield_now).await.unwrap();
    }
    world.pass(Duration::ZERO).await;
    objects(&world.store).await
}

#[tokio::test]
async fn records_are_delivered_when_the_oldest_has_waited_long_enough() {
    let world = world();
    let arn = stream(&world, "s").await;
    world.put("s", "k", "{\"before\":true}").await;
    channel(&world, &arn, json!({})).await;
    world.pass(Duration::from_secs(1_000)).await;
    assert_eq!(objects(&world.store).await, [], "there is no backfill");
    world.put("s", "a", "{\"n\":1}").await;
    world.pass(Duration::from_secs(299)).await;
    world.put("s", "b", "{\"n\":2}").await;
    assert_eq!(objects(&world.store).await, []);
    let delivered = settle(&world, Duration::from_secs(1), 1).await;
    assert_eq!(delivered.len(), 1);
    let (key, body) = &delivered[0];
    assert!(key.starts_with("lake/kinesis-channel/orders/") && key.ends_with(".json"), "{key}");
    let mut lines: Vec<&str> = std::str::from_utf8(body).unwrap().lines().collect();
    lines.sort_unstable();
    assert_eq!(lines, ["{\"n\":1}", "{\"n\":2}"]);
    assert!(world.buckets.by.lock().unwrap()[0].arn().unwrap().as_str().contains("delivery"));
    // And then no more.
    world.put("s", "c", "{\"n\":3}").await;
    let delivered = settle(&world, Duration::from_secs(300), 2).await;
    assert_eq!(delivered.len(), 2);
}

#[tokio::test]
async fn what_is_not_what_it_should_be_is_a_dead_letter_and_is_told() {
    let world = world();
    let arn = stream(&world, "s").await;
    let logging = json!({"CloudWatchLogs": {"Enabled": true}});
    let channel = channel(&world, &arn, json!({"LoggingConfiguration": logging})).await;
    world.put("s", "a", "not json").await;
    world.put("s", "b", "[1]").await;
    let delivered = settle(&world, Duration::from_secs(300), 2).await;
    let dead =
        delivered.iter().find(|(key, _)| key.starts_with("lake/kinesis-channel/errors/orders/")).unwrap();
    let letter: Value = serde_json::from_slice(&dead.1).unwrap();
    assert_eq!((&letter["rawData"], &letter["partitionKey"]), (&json!("bm90IGpzb24="), &json!("a")));
    let lines = world.listener.lines.lock().unwrap().clone();
    let id = channel.rsplit('/').next().unwrap();
    assert_eq!(lines.len(), 1);
    assert_eq!((&*lines[0].0, &*lines[0].1), (&*format!("/aws/kinesis/orders/{id}"), "DestinationDelivery"));
}

#[tokio::test]
async fn a_bucket_that_is_away_is_tried_again_and_nothing_is_lost_or_doubled() {
    let world = world();
    let arn = stream(&world, "s").await;
    channel(&world, &arn, json!({})).await;
    world.buckets.closed.store(true, Ordering::Relaxed);
    for record in 0..20 {
        world.put("s", &record.to_string(), &record.to_string()).await;
    }
    for _ in 0..10 {
        settle(&world, Duration::from_secs(100), 1).await;
    }
    assert_eq!(objects(&world.store).await, []);
    world.buckets.closed.store(false, Ordering::Relaxed);
    let delivered = settle(&world, Duration::from_secs(30), 1).await;
    let body: Vec<u8> = delivered.into_iter().flat_map(|(_, body)| body).collect();
    let mut lines: Vec<u32> =
        std::str::from_utf8(&body).unwrap().lines().map(|line| line.parse().unwrap()).collect();
    lines.sort_unstable();
    assert_eq!(lines, (0..20).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_room_opened_again_delivers_the_rest_once() {
    let world = world();
    let arn = stream(&world, "s").await;
    channel(&world, &arn, json!({})).await;
    world.put("s", "a", "1").await;
    settle(&world, Duration::from_secs(300), 1).await;
    world.put("s", "a", "2").await;
    assert!(world.tasks.stop(Duration::from_secs(5)).await);
    let again = world_over(world.store.clone(), world.clock.clone(), kinesis::Settings::default(), 3);
    let delivered = settle(&again, Duration::from_secs(300), 2).await;
    let bodies: Vec<&[u8]> = delivered.iter().map(|(_, body)| &body[..]).collect();
    assert_eq!(bodies, [&b"1\n"[..], b"2\n"]);
}

#[tokio::test]
async fn templates_compression_and_formats_are_kept() {
    let world = world();
    let arn = stream(&world, "s").await;
    let storage = json!({
        "BucketARN": "arn:aws:s3:::lake", "ExpectedBucketOwner": "000000000000", "CompressionType": "GZIP",
        "OutputKeyTemplate": "raw/!{stream-name}/day=!{dd}/x!{extension}", "StorageClass": "STANDARD",
    });
    let more = json!({
        "S3DestinationConfiguration": {"StorageConfiguration": storage, "DataFreshnessInSeconds": 900},
        "StreamConfigurationList": [{"StreamARN": arn, "RecordConfiguration": {"RecordFormatType": "BYTE_ARRAY"}}],
    });
    let channel = channel(&world, &arn, more).await;
    world.put("s", "a", "bytes").await;
    let delivered = settle(&world, Duration::from_secs(900), 1).await;
    assert!(delivered[0].0.starts_with("lake/raw/s/day=02/x-") && delivered[0].0.ends_with(".bin.gz"));
    let shown =
        world.call("DescribeChannel", json!({"ChannelARN": channel})).await.ok()["ChannelDescription"]
            .clone();
    let destination = &shown["S3DestinationConfiguration"];
    assert_eq!(destination["StorageConfiguration"]["StorageClass"], "STANDARD");
    assert_eq!(destination["DataFreshnessInSeconds"], 900);
    assert_eq!(shown["ChannelStatus"], "ACTIVE");
}

#[tokio::test]
async fn channels_are_changed_listed_counted_and_deleted() {
    let world = world();
    let arn = stream(&world, "s").await;
    let one = channel(&world, &arn, json!({})).await;
    channel(&world, &arn, json!({"ChannelName": "archive"})).await;
    let listed = world.call("ListChannels", json!({"StreamFilter": [{"StreamARN": arn}]})).await.ok();
    let names: Vec<String> =
        listed["ChannelSummaries"].as_array().unwrap().iter().map(|one| text(&one["ChannelName"])).collect();
    assert_eq!(names, ["archive", "orders"]);
    assert_eq!(world.summary("s").await["ChannelCount"], 2);
    assert_eq!(world.call("DescribeLimits", json!({})).await.ok()["ChannelCount"], 2);
    let update = json!({"ChannelARN": one, "S3DestinationConfiguration": {"DataFreshnessInSeconds": 600}});
    let updated = world.call("UpdateChannel", update).await.ok();
    assert_eq!(updated["ChannelDescription"]["S3DestinationConfiguration"]["DataFreshnessInSeconds"], 600);
    world.call("TagResource", json!({"ResourceARN": one, "Tags": {"a": "b"}})).await.ok();
    world.call("DeleteStream", json!({"StreamName": "s"})).await.refused("ResourceInUseException");
    world.call("DeleteChannel", json!({"ChannelARN": one})).await.ok();
    world.call("DescribeChannel", json!({"ChannelARN": one})).await.refused("ResourceNotFoundException");
}

#[tokio::test]
async fn what_is_wrong_is_refused() {
    let world = strict();
    let arn = stream(&world, "s").await;
    let refused = async |more: Value, code: &str| {
        world.clock.pass(Duration::from_secs(1));
        world.call("CreateChannel", asked(&arn, more)).await.refused(code);
    };
    let destination = |more: Value| {
        let mut destination = asked(&arn, json!({}))["S3DestinationConfiguration"].clone();
        for (key, value) in more.as_object().unwrap() {
            destination[key] = value.clone();
        }
        json!({"S3DestinationConfiguration": destination})
    };
    refused(destination(json!({"DataFreshnessInSeconds": 60})), "InvalidArgumentException").await;
    refused(destination(json!({"DataFreshnessInSeconds": 901})), "InvalidArgumentException").await;
    let storage = json!({"BucketARN": "arn:aws:s3:::lake", "ExpectedBucketOwner": "000000000000", "CompressionType": "NONE", "OutputKeyTemplate": "!{nonsense}"});
    refused(destination(json!({"StorageConfiguration": storage})), "InvalidArgumentException").await;
    let storage = json!({"BucketARN": "arn:aws:s3:::lake", "ExpectedBucketOwner": "000000000000", "CompressionType": "NONE", "StorageClass": "GLACIER_IR"});
    refused(destination(json!({"StorageConfiguration": storage})), "InvalidArgumentException").await;
    refused(json!({"S3DestinationConfiguration": null}), "InvalidArgumentException").await;
    let tables = json!({
        "S3DestinationConfiguration": null,
        "S3TablesDestinationConfiguration": {
            "DeadLetterQueueS3Configuration": {"BucketARN": "arn:aws:s3:::lake", "ExpectedBucketOwner": "000000000000"},
            "S3TablesConfigurationList": [{"TableBucketARN": "arn:aws:s3tables:us-east-1:000000000000:bucket/tables", "Namespace": "n", "TableName": "t", "CompressionType": "ZSTD"}],
        },
    });
    refused(tables, "ResourceNotFoundException").await;
    world.clock.pass(Duration::from_secs(1));
    world.create("provisioned", 1).await;
    let provisioned = text(&world.summary("provisioned").await["StreamARN"]);
    world.call("CreateChannel", asked(&provisioned, json!({}))).await.refused("InvalidArgumentException");
    world.clock.pass(Duration::from_secs(1));
    channel(&world, &arn, json!({})).await;
    refused(json!({}), "ResourceInUseException").await;
    refused(json!({"ChannelName": "second"}), "LimitExceededException").await;
}

#[tokio::test]
async fn states_take_their_time_where_they_are_asked_to() {
    let world = slow();
    world.call("CreateStream", json!({"StreamName": "s"})).await.ok();
    world.pass(Duration::from_secs(2)).await;
    let arn = text(&world.summary("s").await["StreamARN"]);
    let channel = channel(&world, &arn, json!({})).await;
    let state = async || {
        text(
            &world.call("DescribeChannel", json!({"ChannelARN": channel})).await.ok()["ChannelDescription"]["ChannelStatus"],
        )
    };
    assert_eq!(state().await, "CREATING");
    world.pass(Duration::from_secs(2)).await;
    assert_eq!(state().await, "ACTIVE");
}
