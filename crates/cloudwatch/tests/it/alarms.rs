//! Alarms: set, evaluated by the minute, told of.

use std::sync::{Arc, Mutex};

use base::Arn;
use bytes::Bytes;
use cloudwatch::Sinks;
use futures_util::future::BoxFuture;
use ports::{FunctionAnswer, Functions, PortError, Principal};
use serde_json::{Value, json};

use crate::harness::{DAY, HOUR, MINUTE, World, world};

fn alarm(name: &str, more: Value) -> Value {
    let mut input = json!({
        "AlarmName": name, "Namespace": "N", "MetricName": "m", "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 1, "Threshold": 5,
        "ComparisonOperator": "GreaterThanThreshold",
    });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

async fn described(world: &World, name: &str) -> Value {
    let input = json!({"AlarmNames": [name]});
    world.call("DescribeAlarms", input).await.ok()["MetricAlarms"][0].clone()
}

async fn pass(world: &World, time: std::time::Duration) {
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    world.clock.advance(time);
    for _ in 0..300 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn an_alarm_goes_off_comes_back_and_its_history_tells() {
    let world = world();
    cloudwatch::start(&world.watch, &world.tasks);
    world.call("PutMetricAlarm", alarm("a", json!({"TreatMissingData": "notBreaching"}))).await.ok();
    let new = described(&world, "a").await;
    assert_eq!(
        (&new["StateValue"], &new["StateReason"]),
        (&json!("INSUFFICIENT_DATA"), &json!("Unchecked: Initial alarm creation"))
    );
    assert_eq!(new["AlarmArn"], "arn:aws:cloudwatch:us-east-1:000000000000:alarm:a");
    assert_eq!(
        (&new["ActionsEnabled"], &new["Dimensions"], &new["Period"]),
        (&json!(true), &json!([]), &json!(60))
    );
    world.put("m", 10.0).await;
    pass(&world, MINUTE).await;
    let off = described(&world, "a").await;
    assert_eq!(off["StateValue"], "ALARM");
    assert_eq!(
        off["StateReason"],
        "Threshold Crossed: 1 out of the last 1 datapoints [10.0 (02/01/26 00:00:00)] was greater than the threshold (5.0) (minimum 1 datapoint \
         for OK -> ALARM transition)."
    );
    let data: Value = serde_json::from_str(off["StateReasonData"].as_str().unwrap()).unwrap();
    assert_eq!((&data["recentDatapoints"], &data["statistic"]), (&json!([10.0]), &json!("Sum")));
    pass(&world, 3 * MINUTE).await;
    assert_eq!(described(&world, "a").await["StateValue"], "OK");
    let history = world.call("DescribeAlarmHistory", json!({"AlarmName": "a"})).await.ok();
    let summaries: Vec<_> = history["AlarmHistoryItems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["HistorySummary"].as_str().unwrap())
        .collect();
    assert_eq!(
        summaries,
        [
            "Alarm updated from ALARM to OK",
            "Alarm updated from INSUFFICIENT_DATA to ALARM",
            "Alarm \"a\" created"
        ]
    );
    let page = json!({"AlarmName": "a", "HistoryItemType": "StateUpdate", "MaxRecords": 1, "ScanBy": "TimestampAscending"});
    let page = world.call("DescribeAlarmHistory", page).await.ok();
    assert_eq!(
        page["AlarmHistoryItems"][0]["HistorySummary"],
        "Alarm updated from INSUFFICIENT_DATA to ALARM"
    );
    assert!(page["NextToken"].is_string());
    pass(&world, 31 * DAY).await;
    let history = world.call("DescribeAlarmHistory", json!({})).await.ok();
    assert_eq!(history["AlarmHistoryItems"], json!([]));
    assert!(world.tasks.stop(HOUR).await);
}

/// Keeps what it is told.
#[derive(Default)]
struct Told(Mutex<Vec<(String, Value)>>);

impl Functions for Told {
    fn check<'a>(&'a self, _: &'a Principal, _: &'a Arn) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(std::future::ready(Ok(())))
    }

    fn invoke<'a>(
        &'a self,
        _: &'a Principal,
        _: &'a Arn,
        _: Bytes,
    ) -> BoxFuture<'a, Result<FunctionAnswer, PortError>> {
        Box::pin(std::future::ready(Err(PortError::Unavailable("not asked".to_owned()))))
    }

    fn enqueue<'a>(
        &'a self,
        _: &'a Principal,
        function: &'a Arn,
        payload: Bytes,
    ) -> BoxFuture<'a, Result<(), PortError>> {
        let event = serde_json::from_slice(&payload).unwrap();
        self.0.lock().unwrap().push((function.to_string(), event));
        Box::pin(std::future::ready(Ok(())))
    }
}

#[tokio::test]
async fn a_function_is_told_and_what_cannot_be_done_stands_in_the_history() {
    let world = world();
    let told = Arc::new(Told::default());
    world.watch.connect(Sinks { functions: Some(told.clone()), ..Sinks::default() });
    let function = "arn:aws:lambda:us-east-1:000000000000:function:f";
    let actions = json!({"AlarmActions": [function, "arn:aws:sns:us-east-1:000000000000:topic"]});
    world.call("PutMetricAlarm", alarm("a", actions)).await.ok();
    let set = json!({"AlarmName": "a", "StateValue": "ALARM", "StateReason": "by hand", "StateReasonData": "{\"x\":1}"});
    world.call("SetAlarmState", set.clone()).await.ok();
    {
        let told = told.0.lock().unwrap();
        assert_eq!((told.len(), told[0].0.as_str()), (1, function));
        assert_eq!(told[0].1["alarmData"]["state"]["value"], "ALARM");
        assert_eq!(told[0].1["alarmData"]["previousState"]["value"], "INSUFFICIENT_DATA");
    }
    let history = world.call("DescribeAlarmHistory", json!({"HistoryItemType": "Action"})).await.ok();
    let all = history["AlarmHistoryItems"].to_string();
    assert!(
        all.contains("Successfully executed action arn:aws:lambda")
            && all.contains("Failed to execute action arn:aws:sns"),
        "{all}"
    );
    // The same state again is no transition.
    world.call("SetAlarmState", set.clone()).await.ok();
    world.call("DisableAlarmActions", json!({"AlarmNames": ["a", "none"]})).await.ok();
    world.call("SetAlarmState", json!({"AlarmName": "a", "StateValue": "OK", "StateReason": ""})).await.ok();
    world.call("SetAlarmState", set).await.ok();
    assert_eq!(told.0.lock().unwrap().len(), 1);
    let missing = json!({"AlarmName": "none", "StateValue": "OK", "StateReason": ""});
    world.call("SetAlarmState", missing).await.refused("ResourceNotFound");
    let bad = json!({"AlarmName": "a", "StateValue": "OK", "StateReason": "", "StateReasonData": "{"});
    world.call("SetAlarmState", bad).await.refused("InvalidFormatFault");
}

#[tokio::test]
async fn an_alarm_on_an_expression_watches_what_is_returned() {
    let world = world();
    cloudwatch::start(&world.watch, &world.tasks);
    let stat =
        |name: &str| json!({"Metric": {"Namespace": "N", "MetricName": name}, "Period": 60, "Stat": "Sum"});
    let metrics = json!([
        {"Id": "errors", "MetricStat": stat("errors"), "ReturnData": false},
        {"Id": "all", "MetricStat": stat("all"), "ReturnData": false},
        {"Id": "rate", "Expression": "100 * errors / all", "Label": "error rate"},
    ]);
    let input = json!({"AlarmName": "rate", "Metrics": metrics, "EvaluationPeriods": 1, "Threshold": 10, "ComparisonOperator": "GreaterThanOrEqualToThreshold"});
    world.call("PutMetricAlarm", input).await.ok();
    world.put("errors", 1.0).await;
    world.put("all", 10.0).await;
    pass(&world, MINUTE).await;
    let alarm = described(&world, "rate").await;
    assert_eq!(alarm["StateValue"], "ALARM");
    assert_eq!(alarm["Metrics"][2]["Expression"], "100 * errors / all");
    assert!(alarm.get("MetricName").is_none());
    assert!(world.tasks.stop(HOUR).await);
}

#[tokio::test]
async fn alarms_are_listed_found_tagged_and_deleted() {
    let world = world();
    for number in 0..5 {
        let more = json!({"Tags": [{"Key": "n", "Value": number.to_string()}], "AlarmActions": ["arn:aws:sns:us-east-1:000000000000:t"]});
        world.call("PutMetricAlarm", alarm(&format!("a{number}"), more)).await.ok();
    }
    world
        .call(
            "PutMetricAlarm",
            alarm("b", json!({"MetricName": "other", "Statistic": null, "ExtendedStatistic": "p99"})),
        )
        .await
        .ok();
    let page = world.call("DescribeAlarms", json!({"AlarmNamePrefix": "a", "MaxRecords": 3})).await.ok();
    assert_eq!(page["MetricAlarms"].as_array().unwrap().len(), 3);
    let rest = json!({"AlarmNamePrefix": "a", "MaxRecords": 3, "NextToken": page["NextToken"]});
    let rest = world.call("DescribeAlarms", rest).await.ok();
    assert_eq!(rest["MetricAlarms"].as_array().unwrap().len(), 2);
    assert!(rest.get("NextToken").is_none());
    let found =
        world.call("DescribeAlarmsForMetric", json!({"Namespace": "N", "MetricName": "other"})).await.ok();
    assert_eq!(found["MetricAlarms"][0]["ExtendedStatistic"], "p99");
    let by_action = world.call("DescribeAlarms", json!({"ActionPrefix": "arn:aws:sns"})).await.ok();
    assert_eq!(by_action["MetricAlarms"].as_array().unwrap().len(), 5);
    let arn = "arn:aws:cloudwatch:us-east-1:000000000000:alarm:a1";
    world.call("TagResource", json!({"ResourceARN": arn, "Tags": [{"Key": "x", "Value": "y"}]})).await.ok();
    world.call("UntagResource", json!({"ResourceARN": arn, "TagKeys": ["n"]})).await.ok();
    let tags = world.call("ListTagsForResource", json!({"ResourceARN": arn})).await.ok();
    assert_eq!(tags["Tags"], json!([{"Key": "x", "Value": "y"}]));
    world.call("DeleteAlarms", json!({"AlarmNames": ["a1", "none"]})).await.ok();
    world.call("ListTagsForResource", json!({"ResourceARN": arn})).await.refused("ResourceNotFoundException");
}

#[tokio::test]
async fn what_no_alarm_can_be_is_refused() {
    let world = world();
    for (more, code) in [
        (json!({"Period": 7}), "InvalidParameterValueException"),
        (json!({"Statistic": null}), "ValidationException"),
        (json!({"ExtendedStatistic": "p99"}), "InvalidParameterCombinationException"),
        (json!({"Statistic": null, "ExtendedStatistic": "q1"}), "InvalidParameterValueException"),
        (json!({"DatapointsToAlarm": 2}), "ValidationException"),
        (json!({"TreatMissingData": "nonsense"}), "ValidationException"),
        (json!({"Threshold": null}), "ValidationException"),
        (json!({"Period": 3_600, "EvaluationPeriods": 200}), "ValidationException"),
        (json!({"ComparisonOperator": "GreaterThanUpperThreshold"}), "ValidationException"),
        (json!({"Metrics": []}), "ValidationException"),
    ] {
        world.call("PutMetricAlarm", alarm("a", more)).await.refused(code);
    }
}
