//! Data in, statistics out, and what becomes of them as time goes on.

use std::sync::Arc;

use base::{AccountId, Region, Timestamp};
use ports::{Measurement, Metrics, Principal};
use serde_json::{Value, json};
use service::RootOnly;

use crate::harness::{DAY, HOUR, MINUTE, START, World, secs, world, world_over};

async fn statistics(
    world: &World,
    metric: &str,
    start: Timestamp,
    end: Timestamp,
    period: u32,
    more: Value,
) -> Value {
    let mut input = json!({
        "Namespace": "N", "MetricName": metric, "StartTime": secs(start), "EndTime": secs(end), "Period": period,
        "Statistics": ["Sum", "SampleCount", "Minimum", "Maximum"],
    });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.call("GetMetricStatistics", input).await.ok()["Datapoints"].clone()
}

fn sums(points: &Value) -> Vec<f64> {
    points.as_array().unwrap().iter().map(|point| point["Sum"].as_f64().unwrap()).collect()
}

#[tokio::test]
async fn data_of_a_minute_are_one_datapoint_and_units_are_apart() {
    let world = world();
    for value in [1.0, 2.0, 4.0] {
        world.put("m", value).await;
    }
    let data = json!([{"MetricName": "m", "Value": 8, "Unit": "Bytes"}]);
    world.call("PutMetricData", json!({"Namespace": "N", "MetricData": data})).await.ok();
    let points = statistics(&world, "m", START, START.plus(MINUTE), 60, json!({})).await;
    let by_unit: Vec<_> = points
        .as_array()
        .unwrap()
        .iter()
        .map(|point| (point["Unit"].clone(), point["Sum"].clone()))
        .collect();
    assert_eq!(by_unit, [(json!("None"), json!(7.0)), (json!("Bytes"), json!(8.0))]);
    let points = statistics(&world, "m", START, START.plus(MINUTE), 60, json!({"Unit": "Bytes"})).await;
    assert_eq!(sums(&points), [8.0]);
    assert!(points[0].get("Average").is_none(), "what was not asked for is not told");
}

#[tokio::test]
async fn what_is_acknowledged_outlasts_the_process() {
    let world = world();
    world.put("m", 5.0).await;
    let again = world_over(world.store.clone(), world.clock.clone(), Arc::new(RootOnly));
    again.put("m", 6.0).await;
    let points = statistics(&again, "m", START, START.plus(MINUTE), 60, json!({})).await;
    assert_eq!(sums(&points), [11.0]);
}

#[tokio::test]
async fn seconds_last_three_hours_and_then_are_minutes() {
    let world = world();
    for second in 0..4i64 {
        let at = secs(START) + second * 30;
        let data =
            json!([{"MetricName": "fast", "Value": 1 << second, "StorageResolution": 1, "Timestamp": at}]);
        world.call("PutMetricData", json!({"Namespace": "N", "MetricData": data})).await.ok();
    }
    let ask = async |period| {
        sums(&statistics(&world, "fast", START, START.plus(2 * MINUTE), period, json!({})).await)
    };
    assert_eq!(ask(30).await, [1.0, 2.0, 4.0, 8.0]);
    assert_eq!(ask(60).await, [3.0, 12.0]);
    world.clock.advance(3 * HOUR + 3 * MINUTE);
    assert!(ask(30).await.is_empty());
    assert_eq!(ask(60).await, [3.0, 12.0]);
}

/// The roll-up changes rows, never what is seen.
#[tokio::test]
async fn what_is_seen_does_not_depend_on_the_roll_up() {
    let world = world();
    cloudwatch::start(&world.watch, &world.tasks);
    for minute in 0..10i64 {
        let at = secs(START) - 600 + minute * 60;
        let data = json!([{"MetricName": "m", "Value": 1, "Timestamp": at}, {"MetricName": "m", "Value": 3, "Timestamp": at}]);
        world.call("PutMetricData", json!({"Namespace": "N", "MetricData": data})).await.ok();
    }
    let from = Timestamp::from_secs(secs(START) - 600);
    for (days, kept_at) in [(1, 60), (20, 300), (100, 3_600), (400, 3_600)] {
        let ago = world.clock.now().since(START);
        world.clock.advance((days * DAY).saturating_sub(ago));
        for _ in 0..200 {
            tokio::task::yield_now().await;
        }
        for period in [60u32, 300, 3_600] {
            let points = statistics(
                &world,
                "m",
                from,
                START.plus(HOUR),
                period,
                json!({"ExtendedStatistics": ["p50"]}),
            )
            .await;
            let total: f64 = sums(&points).iter().sum();
            let expected = if period >= kept_at { 40.0 } else { 0.0 };
            assert_eq!(total, expected, "after {days} days by {period} s");
        }
    }
    world.clock.advance(60 * DAY);
    assert!(sums(&statistics(&world, "m", from, START.plus(HOUR), 3_600, json!({})).await).is_empty());
    assert!(world.tasks.stop(HOUR).await);
}

#[tokio::test]
async fn percentiles_are_told_of_values_and_not_of_statistic_sets() {
    let world = world();
    let data = json!([
        {"MetricName": "v", "Values": [1, 2, 3], "Counts": [1, 1, 2]},
        {"MetricName": "s", "StatisticValues": {"SampleCount": 4, "Sum": 9, "Minimum": 1, "Maximum": 3}},
    ]);
    world.call("PutMetricData", json!({"Namespace": "N", "MetricData": data})).await.ok();
    let ask = async |metric: &str| {
        let input = json!({
            "Namespace": "N", "MetricName": metric, "StartTime": secs(START), "EndTime": secs(START) + 60, "Period": 60,
            "ExtendedStatistics": ["p100", "p0", "tm100"],
        });
        world.call("GetMetricStatistics", input).await.ok()["Datapoints"].clone()
    };
    let told = ask("v").await;
    assert_eq!(told[0]["ExtendedStatistics"], json!({"p100": 3.0, "p0": 1.0, "tm100": 2.25}));
    assert_eq!(ask("s").await, json!([]));
}

#[tokio::test]
async fn data_are_refused_in_aws_words() {
    let world = world();
    let refused = async |datum: Value, code: &str| {
        world.call("PutMetricData", json!({"Namespace": "N", "MetricData": [datum]})).await.refused(code)
    };
    let old = secs(START) - 15 * 86_400;
    assert_eq!(
        refused(json!({"MetricName": "m", "Value": 1, "Timestamp": old}), "InvalidParameterValueException")
            .await,
        "The parameter MetricData.member.1.Timestamp must specify a time within the past two weeks."
    );
    let new = secs(START) + 3 * 3_600;
    refused(json!({"MetricName": "m", "Value": 1, "Timestamp": new}), "InvalidParameterValueException").await;
    assert_eq!(
        refused(
            json!({"MetricName": "m", "Value": 1, "Values": [1]}),
            "InvalidParameterCombinationException"
        )
        .await,
        "The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and you have specified both."
    );
    assert_eq!(
        refused(
            json!({"MetricName": "m", "Values": [1, 2], "Counts": [1]}),
            "InvalidParameterCombinationException"
        )
        .await,
        "The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size."
    );
    refused(json!({"MetricName": "m"}), "MissingRequiredParameterException").await;
    refused(json!({"MetricName": "m", "Value": 1e200}), "InvalidParameterValueException").await;
    refused(json!({"MetricName": "m", "Value": 1, "StorageResolution": 5}), "InvalidParameterValueException")
        .await;
    let text = refused(json!({"Value": 1}), "ValidationException").await;
    assert!(text.contains("Member must not be null"), "{text}");
    let input = json!({"Namespace": "N", "MetricName": "m", "StartTime": 0, "EndTime": 86_400, "Period": 1, "Statistics": ["Sum"]});
    assert_eq!(
        world.call("GetMetricStatistics", input).await.refused("InvalidParameterCombinationException"),
        "You have requested up to 86400 datapoints, which exceeds the limit of 1440. You may reduce the datapoints requested by increasing \
         Period, or decreasing the time range."
    );
}

#[tokio::test]
async fn metrics_are_listed_by_what_they_are_and_forgotten_after_two_weeks() {
    let world = world();
    for chunk in 0..2 {
        let data: Vec<Value> = (0..600)
            .map(|number| {
                json!({"MetricName": format!("m{}", number % 3), "Value": 1,
                       "Dimensions": [{"Name": "n", "Value": (chunk * 600 + number).to_string()}, {"Name": "a", "Value": "x"}]})
            })
            .collect();
        world.call("PutMetricData", json!({"Namespace": "N", "MetricData": data})).await.ok();
    }
    let mut seen = 0;
    let mut token = Value::Null;
    loop {
        let page = world.call("ListMetrics", json!({"Namespace": "N", "NextToken": token})).await.ok();
        seen += page["Metrics"].as_array().unwrap().len();
        token = page["NextToken"].clone();
        if token.is_null() {
            break;
        }
    }
    assert_eq!(seen, 1_200);
    let filter = json!({"Namespace": "N", "MetricName": "m1", "Dimensions": [{"Name": "a"}, {"Name": "n", "Value": "601"}]});
    let found = world.call("ListMetrics", filter).await.ok();
    assert_eq!(
        found["Metrics"],
        json!([{"Namespace": "N", "MetricName": "m1", "Dimensions": [{"Name": "a", "Value": "x"}, {"Name": "n", "Value": "601"}]}])
    );
    world.call("ListMetrics", json!({"NextToken": "forged"})).await.refused("InvalidNextToken");
    let count =
        async |input: Value| world.call("ListMetrics", input).await.ok()["Metrics"].as_array().unwrap().len();
    world.clock.advance(4 * HOUR);
    world.put("new", 1.0).await;
    assert_eq!(count(json!({"RecentlyActive": "PT3H"})).await, 1);
    world.clock.advance(14 * DAY);
    assert_eq!(count(json!({})).await, 1);
}

#[tokio::test]
async fn what_services_tell_of_themselves_is_a_metric_when_the_minute_is_over() {
    let world = world();
    cloudwatch::start(&world.watch, &world.tasks);
    let region = Region::us_east_1();
    for value in [100.0, 20.0] {
        let dimensions = [("StreamName", "s")];
        let measured = Measurement {
            namespace: "AWS/Kinesis",
            name: "IncomingBytes",
            dimensions: &dimensions,
            unit: "Bytes",
            value,
        };
        world.watch.record(AccountId::DEFAULT, &region, measured);
    }
    world.watch.log(
        AccountId::DEFAULT,
        &region,
        "/aws/kinesisfirehose/f",
        "DestinationDelivery",
        START,
        "it broke".to_owned(),
    );
    // The tasks must stand at their clocks before these are moved.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    world.clock.advance(MINUTE);
    for _ in 0..200 {
        tokio::task::yield_now().await;
    }
    let input = json!({
        "Namespace": "AWS/Kinesis", "MetricName": "IncomingBytes", "Dimensions": [{"Name": "StreamName", "Value": "s"}],
        "StartTime": secs(START), "EndTime": secs(START) + 60, "Period": 60, "Statistics": ["Sum", "Maximum"],
    });
    let told = world.call("GetMetricStatistics", input).await.ok();
    assert_eq!(told["Datapoints"][0]["Sum"], 120.0);
    assert_eq!(told["Datapoints"][0]["Unit"], "Bytes");
    let input = json!({"logGroupName": "/aws/kinesisfirehose/f", "logStreamName": "DestinationDelivery"});
    let told = world.logs("GetLogEvents", input).await.ok();
    assert_eq!(told["events"][0]["message"], "it broke");
    assert!(world.tasks.stop(HOUR).await);
}

#[tokio::test]
async fn who_may_not_is_told_so() {
    let world = world();
    let user = base::Arn::global("iam", AccountId::DEFAULT, "user/u");
    let principal =
        Principal::new(AccountId::DEFAULT, ports::PrincipalKind::User { user, id: "AIDA".to_owned() });
    let data = json!({"Namespace": "N", "MetricData": [{"MetricName": "m", "Value": 1}]});
    let text = world.call_as(principal, "PutMetricData", data).await.refused("AccessDeniedException");
    assert!(text.contains("is not authorized to perform: cloudwatch:PutMetricData on resource: *"), "{text}");
}
