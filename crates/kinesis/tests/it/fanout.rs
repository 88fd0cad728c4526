//! SubscribeToShard.

use std::time::Duration;

use base::{AccountId, Region};
use body::Body;
use bytes::{Bytes, BytesMut};
use serde_json::{Value, json};
use service::AnyRoom;
use wire::eventstream::{HeaderValue, read_frame};

use crate::harness::{World, incoming, text, world};

const ARN: &str = "arn:aws:kinesis:us-east-1:000000000000:stream/s";
const FIRST: &str = "shardId-000000000000";

/// A subscription: the type and payload of each event.
struct Subscription {
    body: Body,
    bytes: Bytes,
}

impl Subscription {
    async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some(frame) = read_frame(&mut self.bytes).unwrap() {
                let kind = frame.headers.iter().find_map(|(name, value)| match value {
                    HeaderValue::Text(text) if name == ":event-type" || name == ":exception-type" => {
                        Some(text.clone())
                    }
                    _ => None,
                });
                return Some((kind.unwrap(), serde_json::from_slice(&frame.payload).unwrap()));
            }
            let more = self.body.next().await?.unwrap();
            let mut all = BytesMut::from(&self.bytes[..]);
            all.extend_from_slice(&more);
            self.bytes = all.freeze();
        }
    }

    async fn event(&mut self) -> Value {
        let (kind, event) = self.next().await.expect("an event");
        assert_eq!(kind, "SubscribeToShardEvent", "{event}");
        event
    }

    async fn records(&mut self) -> Vec<String> {
        crate::harness::data(&self.event().await)
    }
}

async fn consumer(world: &World) -> String {
    let answer =
        world.call("RegisterStreamConsumer", json!({"StreamARN": ARN, "ConsumerName": "c"})).await.ok();
    text(&answer["Consumer"]["ConsumerARN"])
}

fn input(consumer: &str, position: Value) -> Value {
    json!({"ConsumerARN": consumer, "ShardId": FIRST, "StartingPosition": position})
}

async fn subscribe(world: &World, consumer: &str, position: Value) -> Subscription {
    let principal = ports::Principal::root(AccountId::DEFAULT);
    let body = input(consumer, position).to_string();
    let answer = world.room.call(incoming(principal, Region::us_east_1(), "SubscribeToShard", body)).await;
    assert_eq!(answer.status, 200);
    let mut subscription = Subscription { body: answer.body, bytes: Bytes::new() };
    assert_eq!(subscription.next().await.unwrap(), ("initial-response".to_owned(), json!({})));
    subscription
}

#[tokio::test]
async fn records_are_pushed_in_order_as_they_come() {
    let world = world();
    world.create("s", 1).await;
    let consumer = consumer(&world).await;
    world.put("s", "k", "1").await;
    world.put("s", "k", "2").await;
    let mut subscription = subscribe(&world, &consumer, json!({"Type": "TRIM_HORIZON"})).await;
    assert_eq!(subscription.records().await, ["1", "2"]);
    let (_, number) = world.put("s", "k", "3").await;
    let event = subscription.event().await;
    assert_eq!(crate::harness::data(&event), ["3"]);
    assert_eq!(event["ContinuationSequenceNumber"], number);
    assert_eq!(event["MillisBehindLatest"], 0);
    assert!(event.get("ChildShards").is_none());
}

#[tokio::test]
async fn an_idle_subscription_speaks_every_five_seconds_and_its_number_is_a_place() {
    let world = world();
    world.create("s", 1).await;
    let consumer = consumer(&world).await;
    world.put("s", "k", "before").await;
    let mut subscription = subscribe(&world, &consumer, json!({"Type": "LATEST"})).await;
    let first = subscription.event().await;
    assert_eq!(first["Records"], json!([]));
    let (event, ()) = tokio::join!(subscription.event(), async {
        tokio::task::yield_now().await;
        world.clock.pass(Duration::from_secs(5));
    });
    assert_eq!(event["Records"], json!([]));
    world.put("s", "k", "after").await;
    let position =
        json!({"Type": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": event["ContinuationSequenceNumber"]});
    let mut again = subscribe(&world, &consumer, position).await;
    assert_eq!(again.records().await, ["after"]);
}

#[tokio::test]
async fn the_last_event_of_a_closed_shard_names_its_children_and_no_number() {
    let world = world();
    world.create("s", 1).await;
    let consumer = consumer(&world).await;
    world.put("s", "k", "last").await;
    let mut subscription = subscribe(&world, &consumer, json!({"Type": "TRIM_HORIZON"})).await;
    assert_eq!(subscription.records().await, ["last"]);
    let split = json!({"StreamName": "s", "ShardToSplit": FIRST, "NewStartingHashKey": "1000"});
    world.call("SplitShard", split).await.ok();
    let end = subscription.event().await;
    assert_eq!(crate::harness::numbers(end["ChildShards"].as_array().unwrap()), [1, 2]);
    assert!(end.get("ContinuationSequenceNumber").is_none());
    assert!(subscription.next().await.is_none());
}

#[tokio::test]
async fn a_later_subscription_ends_the_earlier_one() {
    let world = world();
    world.create("s", 1).await;
    let consumer = consumer(&world).await;
    let trim = json!({"Type": "TRIM_HORIZON"});
    let mut first = subscribe(&world, &consumer, trim.clone()).await;
    first.event().await;
    let soon = world.call("SubscribeToShard", input(&consumer, trim.clone())).await;
    assert_eq!(
        soon.refused("ResourceInUseException"),
        "Another active subscription exists for this consumer"
    );
    world.clock.pass(Duration::from_secs(5));
    let mut second = subscribe(&world, &consumer, trim).await;
    assert!(first.next().await.is_none());
    second.event().await;
}

#[tokio::test]
async fn a_subscription_lasts_five_minutes() {
    let world = world();
    world.create("s", 1).await;
    let consumer = consumer(&world).await;
    let mut subscription = subscribe(&world, &consumer, json!({"Type": "LATEST"})).await;
    subscription.event().await;
    world.clock.pass(Duration::from_secs(300));
    assert!(subscription.next().await.is_none());
}

#[tokio::test]
async fn it_ends_with_its_consumer_and_with_its_stream() {
    let world = world();
    world.create("s", 1).await;
    let consumer_arn = consumer(&world).await;
    let mut subscription = subscribe(&world, &consumer_arn, json!({"Type": "LATEST"})).await;
    subscription.event().await;
    world.call("DeregisterStreamConsumer", json!({"ConsumerARN": consumer_arn})).await.ok();
    assert!(subscription.next().await.is_none());
    world.clock.pass(Duration::from_secs(1));
    let consumer_arn = consumer(&world).await;
    let mut subscription = subscribe(&world, &consumer_arn, json!({"Type": "LATEST"})).await;
    subscription.event().await;
    world.call("DeleteStream", json!({"StreamName": "s", "EnforceConsumerDeletion": true})).await.ok();
    let (kind, _) = subscription.next().await.unwrap();
    assert_eq!(kind, "ResourceNotFoundException");
    assert!(subscription.next().await.is_none());
}

#[tokio::test]
async fn nothing_is_pushed_to_nobody_or_from_nowhere() {
    let world = world();
    world.create("s", 1).await;
    let consumer = consumer(&world).await;
    let mut absent = input(&consumer, json!({"Type": "LATEST"}));
    absent["ShardId"] = json!("shardId-000000000009");
    world.call("SubscribeToShard", absent).await.refused("ResourceNotFoundException");
    let nobody = format!("{ARN}/consumer/none:1500000000");
    let refused = world.call("SubscribeToShard", input(&nobody, json!({"Type": "LATEST"}))).await;
    refused.refused("ResourceNotFoundException");
}

#[tokio::test]
async fn subscribers_of_a_shard_get_the_same_whoever_read_it() {
    let world = world();
    world.create("s", 1).await;
    let mut subscriptions = Vec::new();
    for name in ["one", "two", "three"] {
        let input = json!({"StreamARN": ARN, "ConsumerName": name});
        let registered = world.call("RegisterStreamConsumer", input).await.ok();
        let arn = text(&registered["Consumer"]["ConsumerARN"]);
        let mut subscription = subscribe(&world, &arn, json!({"Type": "LATEST"})).await;
        assert_eq!(subscription.event().await["Records"], json!([]));
        subscriptions.push(subscription);
    }
    let (late, rest) = subscriptions.split_last_mut().unwrap();
    for round in ["1", "2", "3"] {
        world.put("s", "k", round).await;
        let mut events = Vec::new();
        for subscription in rest.iter_mut() {
            events.push(subscription.event().await);
        }
        assert_eq!(events[0], events[1]);
        assert_eq!(crate::harness::data(&events[0]), [round]);
    }
    // Who lags is told all that it missed, and a page of another time is not said again.
    assert_eq!(late.records().await, ["1", "2", "3"]);
    world.put("s", "k", "4").await;
    assert_eq!(rest[0].records().await, ["4"]);
    world.clock.pass(Duration::from_secs(2));
    let event = rest[1].event().await;
    assert_eq!(crate::harness::data(&event), ["4"]);
    assert_eq!(late.records().await, ["4"]);
}
