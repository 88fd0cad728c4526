//! Retention, metrics, tags, mode, consumers.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{slow, strict, world};

const ARN: &str = "arn:aws:kinesis:us-east-1:000000000000:stream/s";

fn hours(hours: i64) -> Value {
    json!({"StreamName": "s", "RetentionPeriodHours": hours})
}

#[tokio::test]
async fn retention_has_bounds_and_directions() {
    let world = world();
    world.create("s", 1).await;
    let increase = async |to: i64| world.call("IncreaseStreamRetentionPeriod", hours(to)).await;
    let decrease = async |to: i64| world.call("DecreaseStreamRetentionPeriod", hours(to)).await;
    assert_eq!(
        increase(23).await.refused("InvalidArgumentException"),
        "Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short."
    );
    assert_eq!(
        increase(9_999).await.refused("InvalidArgumentException"),
        "Maximum allowed retention period is 8760 hours. Requested retention period (9999 hours) is too long."
    );
    increase(48).await.ok();
    increase(48).await.ok();
    assert_eq!(
        increase(25).await.refused("InvalidArgumentException"),
        "Requested retention period (25 hours) for stream s can not be shorter than existing retention period (48 hours). Use \
         DecreaseRetentionPeriod API."
    );
    assert_eq!(
        decrease(50).await.refused("InvalidArgumentException"),
        "Requested retention period (50 hours) for stream s can not be longer than existing retention period (48 hours). Use \
         IncreaseRetentionPeriod API."
    );
    decrease(24).await.ok();
    assert_eq!(world.summary("s").await["RetentionPeriodHours"], 24);
}

#[tokio::test]
async fn a_decrease_hides_at_once_and_an_increase_revives_nothing() {
    let world = world();
    world.create("s", 1).await;
    world.call("IncreaseStreamRetentionPeriod", hours(48)).await.ok();
    world.put("s", "k", "old").await;
    world.clock.pass(Duration::from_secs(30 * 3_600));
    world.put("s", "k", "new").await;
    assert_eq!(world.read("s", 0).await, ["old", "new"]);
    world.call("DecreaseStreamRetentionPeriod", hours(24)).await.ok();
    assert_eq!(world.read("s", 0).await, ["new"]);
    world.call("IncreaseStreamRetentionPeriod", hours(48)).await.ok();
    assert_eq!(world.read("s", 0).await, ["new"]);
    world.clock.pass(Duration::from_secs(24 * 3_600));
    assert_eq!(world.read("s", 0).await, ["new"], "kept for 48 hours now");
}

#[tokio::test]
async fn metrics_answer_with_the_sets_before_and_after() {
    let world = world();
    world.create("s", 1).await;
    let call = async |operation: &str, metrics: Value| {
        let answer =
            world.call(operation, json!({"StreamName": "s", "ShardLevelMetrics": metrics})).await.ok();
        (answer["CurrentShardLevelMetrics"].clone(), answer["DesiredShardLevelMetrics"].clone())
    };
    let (before, after) = call("EnableEnhancedMonitoring", json!(["OutgoingRecords", "IncomingBytes"])).await;
    assert_eq!((before, after), (json!([]), json!(["IncomingBytes", "OutgoingRecords"])));
    let (_, after) = call("DisableEnhancedMonitoring", json!(["IncomingBytes"])).await;
    assert_eq!(after, json!(["OutgoingRecords"]));
    let (_, after) = call("EnableEnhancedMonitoring", json!(["ALL"])).await;
    assert_eq!(after.as_array().unwrap().len(), 7);
    assert_eq!(world.summary("s").await["EnhancedMonitoring"][0]["ShardLevelMetrics"], after);
}

#[tokio::test]
async fn tags_of_a_stream_are_one_set_under_both_interfaces() {
    let world = world();
    world
        .call("CreateStream", json!({"StreamName": "s", "ShardCount": 1, "Tags": {"team": "data"}}))
        .await
        .ok();
    world.call("AddTagsToStream", json!({"StreamName": "s", "Tags": {"b": "2", "a": "1"}})).await.ok();
    world.call("TagResource", json!({"ResourceARN": ARN, "Tags": {"b": "two"}})).await.ok();
    let page = world.call("ListTagsForStream", json!({"StreamName": "s", "Limit": 2})).await.ok();
    let (a, b) = (json!({"Key": "a", "Value": "1"}), json!({"Key": "b", "Value": "two"}));
    assert_eq!(page, json!({"Tags": [a, b], "HasMoreTags": true}));
    let rest =
        world.call("ListTagsForStream", json!({"StreamName": "s", "ExclusiveStartTagKey": "b"})).await.ok();
    assert_eq!(rest, json!({"Tags": [{"Key": "team", "Value": "data"}], "HasMoreTags": false}));
    world.call("RemoveTagsFromStream", json!({"StreamName": "s", "TagKeys": ["a", "none"]})).await.ok();
    world.call("UntagResource", json!({"ResourceARN": ARN, "TagKeys": ["team"]})).await.ok();
    let all = world.call("ListTagsForResource", json!({"ResourceARN": ARN})).await.ok();
    assert_eq!(all, json!({"Tags": [b]}));
}

#[tokio::test]
async fn a_resource_has_fifty_tags_and_none_of_aws_own() {
    let world = world();
    world.create("s", 1).await;
    let tags = |from: usize, to: usize| -> Value {
        (from..to).map(|at| (format!("k{at}"), json!("v"))).collect::<serde_json::Map<_, _>>().into()
    };
    world.call("AddTagsToStream", json!({"StreamName": "s", "Tags": tags(0, 50)})).await.ok();
    world.call("AddTagsToStream", json!({"StreamName": "s", "Tags": tags(0, 10)})).await.ok();
    let refused = world.call("AddTagsToStream", json!({"StreamName": "s", "Tags": tags(50, 51)})).await;
    assert!(refused.refused("InvalidArgumentException").contains("tags associated with it"));
    let refused = world.call("TagResource", json!({"ResourceARN": ARN, "Tags": {"aws:x": "1"}})).await;
    refused.refused("InvalidArgumentException");
}

#[tokio::test]
async fn the_mode_changes_twice_a_day_and_leaves_the_shards() {
    let world = strict();
    world.create("s", 3).await;
    let change = async |mode: &str| {
        world
            .call("UpdateStreamMode", json!({"StreamARN": ARN, "StreamModeDetails": {"StreamMode": mode}}))
            .await
    };
    change("ON_DEMAND").await.ok();
    assert_eq!(world.summary("s").await["StreamModeDetails"]["StreamMode"], "ON_DEMAND");
    assert_eq!(world.summary("s").await["OpenShardCount"], 3);
    change("PROVISIONED").await.ok();
    change("ON_DEMAND").await.refused("LimitExceededException");
    world.clock.pass(Duration::from_secs(86_401));
    change("ON_DEMAND").await.ok();
}

#[tokio::test]
async fn consumers_are_registered_once_and_found_by_both_names() {
    let world = world();
    world.create("s", 1).await;
    let register = async |name: &str| {
        world
            .call(
                "RegisterStreamConsumer",
                json!({"StreamARN": ARN, "ConsumerName": name, "Tags": {"p": "q"}}),
            )
            .await
    };
    let consumer = register("c").await.ok()["Consumer"].clone();
    assert_eq!(consumer["ConsumerARN"], format!("{ARN}/consumer/c:1767312000"));
    assert_eq!(consumer["ConsumerStatus"], "ACTIVE");
    register("c").await.refused("ResourceInUseException");
    register("a").await.ok();
    let by_arn =
        world.call("DescribeStreamConsumer", json!({"ConsumerARN": consumer["ConsumerARN"]})).await.ok();
    let by_name =
        world.call("DescribeStreamConsumer", json!({"StreamARN": ARN, "ConsumerName": "c"})).await.ok();
    assert_eq!(by_arn, by_name);
    assert_eq!(by_arn["ConsumerDescription"]["StreamARN"], ARN);
    let tags = world.call("ListTagsForResource", json!({"ResourceARN": consumer["ConsumerARN"]})).await.ok();
    assert_eq!(tags, json!({"Tags": [{"Key": "p", "Value": "q"}]}));
    assert_eq!(
        world.call("ListTagsForResource", json!({"ResourceARN": ARN})).await.ok(),
        json!({"Tags": []})
    );
    let first = world.call("ListStreamConsumers", json!({"StreamARN": ARN, "MaxResults": 1})).await.ok();
    assert_eq!(first["Consumers"][0]["ConsumerName"], "a");
    let rest = world
        .call("ListStreamConsumers", json!({"StreamARN": ARN, "NextToken": first["NextToken"]}))
        .await
        .ok();
    assert_eq!(rest["Consumers"][0]["ConsumerName"], "c");
    assert!(rest.get("NextToken").is_none());
    world.call("DeregisterStreamConsumer", json!({"ConsumerARN": consumer["ConsumerARN"]})).await.ok();
    let gone = world.call("DescribeStreamConsumer", json!({"StreamARN": ARN, "ConsumerName": "c"})).await;
    gone.refused("ResourceNotFoundException");
    assert_eq!(world.summary("s").await["ConsumerCount"], 1);
}

#[tokio::test]
async fn a_consumer_of_an_older_registration_is_another() {
    let world = world();
    world.create("s", 1).await;
    let input = json!({"StreamARN": ARN, "ConsumerName": "c"});
    let old =
        world.call("RegisterStreamConsumer", input.clone()).await.ok()["Consumer"]["ConsumerARN"].clone();
    world.call("DeregisterStreamConsumer", input.clone()).await.ok();
    world.clock.pass(Duration::from_secs(1));
    world.call("RegisterStreamConsumer", input).await.ok();
    let refused = world.call("DescribeStreamConsumer", json!({"ConsumerARN": old})).await;
    refused.refused("ResourceNotFoundException");
}

#[tokio::test]
async fn a_stream_has_twenty_consumers() {
    let world = world();
    world.create("s", 1).await;
    for at in 0..20 {
        world
            .call("RegisterStreamConsumer", json!({"StreamARN": ARN, "ConsumerName": format!("c{at}")}))
            .await
            .ok();
    }
    let one_more =
        world.call("RegisterStreamConsumer", json!({"StreamARN": ARN, "ConsumerName": "c20"})).await;
    one_more.refused("LimitExceededException");
}

#[tokio::test]
async fn consumers_take_their_time_where_transitions_are_asked_for() {
    let world = slow();
    world.create("s", 1).await;
    world.clock.pass(Duration::from_secs(2));
    let consumer =
        world.call("RegisterStreamConsumer", json!({"StreamARN": ARN, "ConsumerName": "c"})).await.ok();
    assert_eq!(consumer["Consumer"]["ConsumerStatus"], "CREATING");
    world.clock.pass(Duration::from_secs(2));
    let described =
        world.call("DescribeStreamConsumer", json!({"StreamARN": ARN, "ConsumerName": "c"})).await.ok();
    assert_eq!(described["ConsumerDescription"]["ConsumerStatus"], "ACTIVE");
}
