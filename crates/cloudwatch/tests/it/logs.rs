//! Groups, streams, events.

use base::AccountId;
use ports::Principal;
use serde_json::{Value, json};

use crate::harness::{DAY, HOUR, MINUTE, START, World, secs, world, world_over};

const NOW: i64 = START.as_millis();

async fn with_stream() -> World {
    let world = world();
    world.logs("CreateLogGroup", json!({"logGroupName": "g"})).await.ok();
    world.logs("CreateLogStream", json!({"logGroupName": "g", "logStreamName": "s"})).await.ok();
    world
}

async fn put(world: &World, stream: &str, events: &[(i64, &str)]) -> Value {
    let events: Vec<Value> =
        events.iter().map(|(at, message)| json!({"timestamp": NOW + at, "message": message})).collect();
    let input = json!({"logGroupName": "g", "logStreamName": stream, "logEvents": events});
    world.logs("PutLogEvents", input).await.ok()
}

async fn get(world: &World, more: Value) -> Value {
    let mut input = json!({"logGroupName": "g", "logStreamName": "s"});
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.logs("GetLogEvents", input).await.ok()
}

fn messages(answer: &Value) -> Vec<String> {
    let events = answer["events"].as_array().unwrap();
    events.iter().map(|event| event["message"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn events_come_back_in_the_order_of_their_times_page_by_page_and_the_last_token_stays() {
    let world = with_stream().await;
    put(&world, "s", &[(-3_000, "c"), (-1_000, "e")]).await;
    put(&world, "s", &[(-5_000, "a"), (-2_000, "d"), (0, "f")]).await;
    put(&world, "s", &[(-4_000, "b")]).await;
    assert_eq!(messages(&get(&world, json!({"startFromHead": true})).await), ["a", "b", "c", "d", "e", "f"]);
    let mut seen = Vec::new();
    let mut page = get(&world, json!({"startFromHead": true, "limit": 2})).await;
    loop {
        seen.extend(messages(&page));
        let token = page["nextForwardToken"].clone();
        page = get(&world, json!({"limit": 2, "nextToken": token})).await;
        if page["nextForwardToken"] == token {
            assert!(messages(&page).is_empty());
            break;
        }
    }
    assert_eq!(seen, ["a", "b", "c", "d", "e", "f"]);
    // Without a direction the latest come first, each page in the order of time.
    let latest = get(&world, json!({"limit": 2})).await;
    assert_eq!(messages(&latest), ["e", "f"]);
    let before = get(&world, json!({"limit": 3, "nextToken": latest["nextBackwardToken"]})).await;
    assert_eq!(messages(&before), ["b", "c", "d"]);
    let on = get(&world, json!({"limit": 3, "nextToken": before["nextForwardToken"]})).await;
    assert_eq!(messages(&on), ["e", "f"]);
    // What comes later is found behind the last token.
    put(&world, "s", &[(1_000, "g")]).await;
    assert_eq!(messages(&get(&world, json!({"nextToken": on["nextForwardToken"]})).await), ["g"]);
    let range = json!({"startFromHead": true, "startTime": NOW - 4_000, "endTime": NOW - 2_000});
    assert_eq!(messages(&get(&world, range).await), ["b", "c"]);
}

#[tokio::test]
async fn what_is_acknowledged_outlasts_the_process() {
    let world = with_stream().await;
    put(&world, "s", &[(0, "kept")]).await;
    let again = world_over(world.store.clone(), world.clock.clone(), std::sync::Arc::new(service::RootOnly));
    assert_eq!(messages(&get(&again, json!({})).await), ["kept"]);
    put(&again, "s", &[(1, "more")]).await;
    assert_eq!(messages(&get(&again, json!({})).await), ["kept", "more"]);
}

#[tokio::test]
async fn a_group_is_searched_over_all_its_streams_in_the_order_of_time() {
    let world = with_stream().await;
    for stream in ["t", "u"] {
        world.logs("CreateLogStream", json!({"logGroupName": "g", "logStreamName": stream})).await.ok();
    }
    for number in 0..60i64 {
        let stream = ["s", "t", "u"][(number % 3) as usize];
        let message = format!("{} {number:02}", if number % 2 == 0 { "ERROR" } else { "INFO" });
        put(&world, stream, &[(number * 10 - 1_000, &message)]).await;
    }
    let mut seen = Vec::new();
    let mut ids = std::collections::BTreeSet::new();
    let mut token = Value::Null;
    loop {
        let input = json!({"logGroupName": "g", "filterPattern": "ERROR", "limit": 7, "nextToken": token});
        let page = world.logs("FilterLogEvents", input).await.ok();
        seen.extend(messages(&page));
        for event in page["events"].as_array().unwrap() {
            assert!(ids.insert(event["eventId"].to_string()));
        }
        token = page["nextToken"].clone();
        if token.is_null() {
            break;
        }
    }
    let expected: Vec<String> = (0..60).step_by(2).map(|number| format!("ERROR {number:02}")).collect();
    assert_eq!(seen, expected);
    let input =
        json!({"logGroupName": "g", "logStreamNames": ["t"], "startTime": NOW - 900, "endTime": NOW - 690});
    let found = world.logs("FilterLogEvents", input).await.ok();
    assert_eq!(
        messages(&found),
        ["ERROR 10", "INFO 13", "ERROR 16", "INFO 19", "ERROR 22", "INFO 25", "ERROR 28", "INFO 31"]
    );
    let input = json!({"logGroupName": "g", "filterPattern": "{ $.a = "});
    assert_eq!(
        world.logs("FilterLogEvents", input).await.refused("InvalidParameterException"),
        "Invalid filter pattern"
    );
}

#[tokio::test]
async fn events_beyond_the_bounds_of_time_are_told_and_left_out() {
    let world = with_stream().await;
    world.logs("PutRetentionPolicy", json!({"logGroupName": "g", "retentionInDays": 3})).await.ok();
    let days = 86_400_000;
    let answer = put(&world, "s", &[(-3 * days - 1, "expired"), (-3 * days + 5, "kept")]).await;
    assert_eq!(answer["rejectedLogEventsInfo"], json!({"expiredLogEventEndIndex": 1}));
    let answer = put(&world, "s", &[(0, "now"), (3 * 3_600_000, "too new")]).await;
    assert_eq!(answer["rejectedLogEventsInfo"], json!({"tooNewLogEventStartIndex": 1}));
    let answer = put(&world, "s", &[(-15 * days, "too old")]).await;
    assert_eq!(
        answer["rejectedLogEventsInfo"],
        json!({"tooOldLogEventEndIndex": 1, "expiredLogEventEndIndex": 1})
    );
    assert_eq!(messages(&get(&world, json!({})).await), ["kept", "now"]);
    world.clock.advance(DAY);
    assert_eq!(messages(&get(&world, json!({})).await), ["now"]);
    let put = json!({"logGroupName": "g", "logStreamName": "s",
        "logEvents": [{"timestamp": NOW, "message": "b"}, {"timestamp": NOW - 1, "message": "a"}]});
    assert_eq!(
        world.logs("PutLogEvents", put).await.refused("InvalidParameterException"),
        "Log events in a single PutLogEvents request must be in chronological order."
    );
    let text = world.logs("PutRetentionPolicy", json!({"logGroupName": "g", "retentionInDays": 4})).await;
    assert!(text.refused("InvalidParameterException").contains("Member must satisfy enum value set"));
}

#[tokio::test]
async fn expired_events_are_removed_and_so_is_what_was_deleted() {
    let world = with_stream().await;
    cloudwatch::start(&world.watch, &world.tasks);
    world.logs("PutRetentionPolicy", json!({"logGroupName": "g", "retentionInDays": 1})).await.ok();
    for number in 0..5 {
        put(&world, "s", &[(number, "old")]).await;
    }
    settle().await;
    world.clock.advance(2 * DAY);
    put_now(&world, "new").await;
    world.clock.advance(2 * HOUR);
    settle().await;
    let (_, row) = world.watch.stream(&key(), "s").await.unwrap();
    let state = world.store.log_state(store::LogId(row.value.id)).await.unwrap();
    assert_eq!((state.horizon.0, state.next.0), (5, 6));
    assert_eq!(messages(&get(&world, json!({})).await), ["new"]);
    world.logs("DeleteLogGroup", json!({"logGroupName": "g"})).await.ok();
    settle().await;
    assert!(world.store.log_state(store::LogId(row.value.id)).await.is_err());
    let text = world
        .logs("DescribeLogStreams", json!({"logGroupName": "g"}))
        .await
        .refused("ResourceNotFoundException");
    assert_eq!(text, "The specified log group does not exist.");
    assert!(world.tasks.stop(HOUR).await);
}

fn key() -> cloudwatch::tables::logs::GroupKey {
    let scope = cloudwatch::tables::Scope { account: AccountId::DEFAULT, region: base::Region::us_east_1() };
    cloudwatch::tables::logs::GroupKey { scope, name: "g".to_owned() }
}

async fn put_now(world: &World, message: &str) {
    let events = json!([{"timestamp": world.clock.now().as_millis(), "message": message}]);
    world
        .logs("PutLogEvents", json!({"logGroupName": "g", "logStreamName": "s", "logEvents": events}))
        .await
        .ok();
}

/// Lets the tasks do what is due.
async fn settle() {
    for _ in 0..300 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn groups_and_streams_are_listed_and_refused_in_aws_words() {
    let world = world();
    for number in 0..7 {
        let input = json!({"logGroupName": format!("/app/{number}"), "tags": {"n": number.to_string()}});
        world.logs("CreateLogGroup", input).await.ok();
    }
    let exists = world.logs("CreateLogGroup", json!({"logGroupName": "/app/1"})).await;
    assert_eq!(exists.refused("ResourceAlreadyExistsException"), "The specified log group already exists");
    let page = world.logs("DescribeLogGroups", json!({"logGroupNamePrefix": "/app", "limit": 5})).await.ok();
    assert_eq!(page["logGroups"].as_array().unwrap().len(), 5);
    let group = &page["logGroups"][0];
    assert_eq!(group["arn"], "arn:aws:logs:us-east-1:000000000000:log-group:/app/0:*");
    assert_eq!(group["logGroupArn"], "arn:aws:logs:us-east-1:000000000000:log-group:/app/0");
    assert_eq!((&group["storedBytes"], &group["metricFilterCount"]), (&json!(0), &json!(0)));
    assert!(group.get("retentionInDays").is_none());
    let rest = json!({"logGroupNamePrefix": "/app", "limit": 5, "nextToken": page["nextToken"]});
    let rest = world.logs("DescribeLogGroups", rest).await.ok();
    assert_eq!(rest["logGroups"].as_array().unwrap().len(), 2);
    assert!(rest.get("nextToken").is_none());
    let both = json!({"logGroupNamePrefix": "/app", "logGroupNamePattern": "x"});
    assert_eq!(
        world.logs("DescribeLogGroups", both).await.refused("InvalidParameterException"),
        "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters."
    );
    for (stream, at) in [("a", 3), ("b", 1), ("c", 2)] {
        world.logs("CreateLogStream", json!({"logGroupName": "/app/1", "logStreamName": stream})).await.ok();
        let events = json!([{"timestamp": NOW + at, "message": "m"}]);
        let input = json!({"logGroupName": "/app/1", "logStreamName": stream, "logEvents": events});
        world.logs("PutLogEvents", input).await.ok();
    }
    let names = async |more: Value| {
        let mut input = json!({"logGroupName": "/app/1"});
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let page = world.logs("DescribeLogStreams", input).await.ok();
        let names: Vec<String> = page["logStreams"]
            .as_array()
            .unwrap()
            .iter()
            .map(|stream| stream["logStreamName"].as_str().unwrap().to_owned())
            .collect();
        (names.concat(), page["nextToken"].clone())
    };
    assert_eq!(names(json!({})).await.0, "abc");
    let (first, token) = names(json!({"orderBy": "LastEventTime", "descending": true, "limit": 2})).await;
    assert_eq!(first, "ac");
    let more = json!({"orderBy": "LastEventTime", "descending": true, "limit": 2, "nextToken": token});
    assert_eq!(names(more).await, ("b".to_owned(), Value::Null));
    let missing = world.logs("GetLogEvents", json!({"logGroupName": "/app/1", "logStreamName": "x"})).await;
    assert_eq!(missing.refused("ResourceNotFoundException"), "The specified log stream does not exist.");
    let exists = world.logs("CreateLogStream", json!({"logGroupName": "/app/1", "logStreamName": "a"})).await;
    assert_eq!(exists.refused("ResourceAlreadyExistsException"), "The specified log stream already exists");
    let tags =
        json!({"resourceArn": "arn:aws:logs:us-east-1:000000000000:log-group:/app/1", "tags": {"x": "y"}});
    world.logs("TagResource", tags).await.ok();
    let tags = world.logs("ListTagsLogGroup", json!({"logGroupName": "/app/1"})).await.ok();
    assert_eq!(tags["tags"], json!({"n": "1", "x": "y"}));
}

#[tokio::test]
async fn a_metric_filter_counts_and_takes_values() {
    let world = with_stream().await;
    let put_filter = async |name: &str, pattern: &str, transformation: Value| {
        let input = json!({"logGroupName": "g", "filterName": name, "filterPattern": pattern, "metricTransformations": [transformation]});
        world.logs("PutMetricFilter", input).await
    };
    put_filter(
        "errors",
        "ERROR",
        json!({"metricName": "errors", "metricNamespace": "N", "metricValue": "1"}),
    )
    .await
    .ok();
    let latency = json!({"metricName": "latency", "metricNamespace": "N", "metricValue": "$.ms", "unit": "Milliseconds",
        "dimensions": {"path": "$.path"}});
    put_filter("latency", "{ $.ms > 0 }", latency).await.ok();
    put_filter("bad", "{", json!({"metricName": "x", "metricNamespace": "N", "metricValue": "1"}))
        .await
        .refused("InvalidParameterException");
    put(
        &world,
        "s",
        &[(0, "ERROR one"), (1, "fine"), (2, "ERROR two"), (3, r#"{"ms": 12.5, "path": "/x"}"#)],
    )
    .await;
    let sum = async |metric: &str, dimensions: Value| {
        let input = json!({"Namespace": "N", "MetricName": metric, "Dimensions": dimensions, "StartTime": secs(START),
            "EndTime": secs(START.plus(MINUTE)), "Period": 60, "Statistics": ["Sum"]});
        world.call("GetMetricStatistics", input).await.ok()["Datapoints"][0]["Sum"].clone()
    };
    assert_eq!(sum("errors", json!([])).await, 2.0);
    assert_eq!(sum("latency", json!([{"Name": "path", "Value": "/x"}])).await, 12.5);
    let listed = world
        .logs("DescribeMetricFilters", json!({"metricName": "errors", "metricNamespace": "N"}))
        .await
        .ok();
    assert_eq!(listed["metricFilters"][0]["filterName"], "errors");
    let groups = world.logs("DescribeLogGroups", json!({})).await.ok();
    assert_eq!(groups["logGroups"][0]["metricFilterCount"], 2);
    world.logs("DeleteMetricFilter", json!({"logGroupName": "g", "filterName": "errors"})).await.ok();
    let tested = json!({"filterPattern": "[a, b>1]", "logEventMessages": ["x 1", "y 2"]});
    let tested = world.logs("TestMetricFilter", tested).await.ok();
    assert_eq!(
        tested["matches"],
        json!([{"eventNumber": 2, "eventMessage": "y 2", "extractedValues": {"$a": "y", "$b": "2"}}])
    );
}

#[tokio::test]
async fn policies_are_asked_about_the_stream() {
    let world = with_stream().await;
    let user = base::Arn::global("iam", AccountId::DEFAULT, "user/u");
    let principal =
        Principal::new(AccountId::DEFAULT, ports::PrincipalKind::User { user, id: "AIDA".to_owned() });
    let events =
        json!({"logGroupName": "g", "logStreamName": "s", "logEvents": [{"timestamp": NOW, "message": "m"}]});
    let text = world.logs_as(principal, "PutLogEvents", events).await.refused("AccessDeniedException");
    let resource =
        "logs:PutLogEvents on resource: arn:aws:logs:us-east-1:000000000000:log-group:g:log-stream:s";
    assert!(text.contains(resource), "{text}");
}
