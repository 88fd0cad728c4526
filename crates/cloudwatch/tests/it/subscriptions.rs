//! Subscriptions: events are sent on, also after a crash, and none waits for another's destination.

use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use base::Arn;
use base64_simd::STANDARD;
use bytes::Bytes;
use cloudwatch::Sinks;
use flate2::read::GzDecoder;
use futures_util::future::BoxFuture;
use ports::{FunctionAnswer, Functions, PortError, Principal, RecordSink, SinkRecord};
use serde_json::{Value, json};

use crate::harness::{START, World, world};

const STREAM: &str = "arn:aws:kinesis:us-east-1:000000000000:stream/s";
const DELIVERY_STREAM: &str = "arn:aws:firehose:us-east-1:000000000000:deliverystream/d";
const FUNCTION: &str = "arn:aws:lambda:us-east-1:000000000000:function:f";
const ROLE: &str = "arn:aws:iam::000000000000:role/r";

/// Keeps what it is sent; broken, it takes nothing.
#[derive(Default)]
struct Sink {
    taken: Mutex<Vec<(String, Value)>>,
    broken: AtomicBool,
}

impl Sink {
    fn take(&self, key: &str, packed: &[u8]) -> Result<(), PortError> {
        if self.broken.load(Ordering::Relaxed) {
            return Err(PortError::Unavailable("broken".to_owned()));
        }
        let mut text = String::new();
        GzDecoder::new(packed).read_to_string(&mut text).unwrap();
        self.taken.lock().unwrap().push((key.to_owned(), serde_json::from_str(&text).unwrap()));
        Ok(())
    }

    /// Messages of events that were taken, in their order.
    fn messages(&self) -> Vec<String> {
        let taken = self.taken.lock().unwrap();
        let data = taken.iter().filter(|(_, message)| message["messageType"] == "DATA_MESSAGE");
        let events = data.flat_map(|(_, message)| message["logEvents"].as_array().unwrap().clone());
        events.map(|event| event["message"].as_str().unwrap().to_owned()).collect()
    }
}

impl RecordSink for Sink {
    fn put<'a>(
        &'a self,
        principal: &'a Principal,
        _: &'a Arn,
        record: SinkRecord,
    ) -> BoxFuture<'a, Result<(), PortError>> {
        assert!(principal.arn().unwrap().as_str().ends_with(":assumed-role/r/CloudWatchLogs"));
        Box::pin(async move { self.take(&record.partition_key, &record.data) })
    }
}

impl Functions for Sink {
    fn invoke<'a>(
        &'a self,
        _: &'a Principal,
        _: &'a Arn,
        _: Bytes,
    ) -> BoxFuture<'a, Result<FunctionAnswer, PortError>> {
        unreachable!("subscriptions wait for no answer")
    }

    fn check<'a>(&'a self, _: &'a Principal, _: &'a Arn) -> BoxFuture<'a, Result<(), PortError>> {
        let broken = self.broken.load(Ordering::Relaxed);
        Box::pin(async move { if broken { Err(PortError::Denied("no".to_owned())) } else { Ok(()) } })
    }

    fn enqueue<'a>(
        &'a self,
        _: &'a Principal,
        _: &'a Arn,
        event: Bytes,
    ) -> BoxFuture<'a, Result<(), PortError>> {
        let event: Value = serde_json::from_slice(&event).unwrap();
        let packed = STANDARD.decode_to_vec(event["awslogs"]["data"].as_str().unwrap()).unwrap();
        Box::pin(async move { self.take("", &packed) })
    }
}

#[derive(Default)]
struct Far {
    streams: Arc<Sink>,
    delivery_streams: Arc<Sink>,
    functions: Arc<Sink>,
}

async fn with_sinks() -> (World, Far) {
    let (world, far) = (world(), Far::default());
    world.watch.connect(Sinks {
        functions: Some(far.functions.clone()),
        streams: Some(far.streams.clone()),
        delivery_streams: Some(far.delivery_streams.clone()),
    });
    world.logs("CreateLogGroup", json!({"logGroupName": "g"})).await.ok();
    world.logs("CreateLogStream", json!({"logGroupName": "g", "logStreamName": "s"})).await.ok();
    (world, far)
}

fn subscription(name: &str, pattern: &str, destination: &str, role: Option<&str>) -> Value {
    let mut input = json!({"logGroupName": "g", "filterName": name, "filterPattern": pattern, "destinationArn": destination});
    if let Some(role) = role {
        input["roleArn"] = Value::from(role);
    }
    input
}

async fn put(world: &World, messages: &[&str]) {
    let events: Vec<Value> =
        messages.iter().map(|message| json!({"timestamp": START.as_millis(), "message": message})).collect();
    let input = json!({"logGroupName": "g", "logStreamName": "s", "logEvents": events});
    world.logs("PutLogEvents", input).await.ok();
}

async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..100_000 {
        if holds() {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("{what} did not come");
}

#[tokio::test]
async fn a_subscription_is_tried_out_shown_and_deleted() {
    let (world, far) = with_sinks().await;
    world.logs("PutSubscriptionFilter", subscription("a", "ERROR", STREAM, Some(ROLE))).await.ok();
    let tried = far.streams.taken.lock().unwrap()[0].1.clone();
    assert_eq!(
        (&tried["messageType"], &tried["owner"]),
        (&json!("CONTROL_MESSAGE"), &json!("CloudwatchLogs"))
    );
    let shown = world.logs("DescribeSubscriptionFilters", json!({"logGroupName": "g"})).await.ok();
    let wanted = json!([{
        "filterName": "a", "logGroupName": "g", "filterPattern": "ERROR", "destinationArn": STREAM, "roleArn": ROLE,
        "distribution": "ByLogStream", "creationTime": START.as_millis(),
    }]);
    assert_eq!(shown["subscriptionFilters"], wanted);
    let refused = async |input: Value| {
        world.logs("PutSubscriptionFilter", input).await.refused("InvalidParameterException")
    };
    assert_eq!(
        refused(subscription("b", "", STREAM, None)).await,
        "destinationArn for vendor kinesis cannot be used without roleArn"
    );
    far.streams.broken.store(true, Ordering::Relaxed);
    far.functions.broken.store(true, Ordering::Relaxed);
    let text = refused(subscription("b", "", STREAM, Some(ROLE))).await;
    assert!(text.starts_with("Could not deliver test message to specified Kinesis stream."), "{text}");
    assert!(
        refused(subscription("b", "", FUNCTION, None))
            .await
            .starts_with("Could not execute the lambda function.")
    );
    assert_eq!(refused(subscription("b", "{", DELIVERY_STREAM, Some(ROLE))).await, "Invalid filter pattern");
    world.logs("PutSubscriptionFilter", subscription("b", "", DELIVERY_STREAM, Some(ROLE))).await.ok();
    let third = world.logs("PutSubscriptionFilter", subscription("c", "", DELIVERY_STREAM, Some(ROLE))).await;
    assert_eq!(third.refused("LimitExceededException"), "Resource limit exceeded.");
    world.logs("DeleteSubscriptionFilter", json!({"logGroupName": "g", "filterName": "a"})).await.ok();
    let again = world.logs("DeleteSubscriptionFilter", json!({"logGroupName": "g", "filterName": "a"})).await;
    again.refused("ResourceNotFoundException");
}

#[tokio::test]
async fn events_that_match_are_sent_on_in_their_order() {
    let (world, far) = with_sinks().await;
    world.logs("PutSubscriptionFilter", subscription("a", "ERROR", DELIVERY_STREAM, Some(ROLE))).await.ok();
    world.logs("PutSubscriptionFilter", subscription("b", "", FUNCTION, None)).await.ok();
    // Nobody sends yet: as after a crash.
    put(&world, &["ERROR 1", "fine", "ERROR 2"]).await;
    cloudwatch::start(&world.watch, &world.tasks);
    until("what an earlier run left", || far.delivery_streams.messages().len() == 2).await;
    put(&world, &["ERROR 3"]).await;
    until("the third", || far.delivery_streams.messages().len() == 3).await;
    assert_eq!(far.delivery_streams.messages(), ["ERROR 1", "ERROR 2", "ERROR 3"]);
    until("all of them", || far.functions.messages().len() == 4).await;
    assert_eq!(far.functions.messages(), ["ERROR 1", "fine", "ERROR 2", "ERROR 3"]);
    let sent = far.functions.taken.lock().unwrap()[0].1.clone();
    assert_eq!(
        (&sent["owner"], &sent["logGroup"], &sent["logStream"], &sent["subscriptionFilters"]),
        (&json!("000000000000"), &json!("g"), &json!("s"), &json!(["b"]))
    );
    assert_eq!(sent["logEvents"][0]["timestamp"], START.as_millis());
    assert_eq!(sent["logEvents"][0]["id"].as_str().unwrap().len(), 56);
}

#[tokio::test]
async fn a_broken_destination_holds_up_no_other_and_gets_its_own_later() {
    let (world, far) = with_sinks().await;
    cloudwatch::start(&world.watch, &world.tasks);
    world.logs("PutSubscriptionFilter", subscription("a", "", STREAM, Some(ROLE))).await.ok();
    world.logs("PutSubscriptionFilter", subscription("b", "", FUNCTION, None)).await.ok();
    far.streams.broken.store(true, Ordering::Relaxed);
    put(&world, &["one"]).await;
    put(&world, &["two"]).await;
    until("the other's", || far.functions.messages() == ["one", "two"]).await;
    assert!(far.streams.messages().is_empty());
    far.streams.broken.store(false, Ordering::Relaxed);
    for _ in 0..3 {
        world.clock.advance(crate::harness::MINUTE);
        tokio::task::yield_now().await;
    }
    until("its own", || far.streams.messages() == ["one", "two"]).await;
    let keys: Vec<String> =
        far.streams.taken.lock().unwrap().iter().skip(1).map(|(key, _)| key.clone()).collect();
    assert!(keys.iter().all(|key| *key == keys[0]), "a stream's events keep to a shard: {keys:?}");
}
