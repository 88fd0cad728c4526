//! Several series at once.

use serde_json::{Value, json};

use crate::harness::{START, World, secs, world};

async fn with_data() -> World {
    let world = world();
    for minute in 0..5i64 {
        let at = secs(START) + minute * 60;
        let mut data = vec![json!({"MetricName": "all", "Value": 10 * (minute + 1), "Timestamp": at})];
        if minute % 2 == 0 {
            data.push(json!({"MetricName": "errors", "Value": minute + 1, "Timestamp": at}));
        }
        world.call("PutMetricData", json!({"Namespace": "N", "MetricData": data})).await.ok();
    }
    world
}

fn stat(id: &str, metric: &str, stat: &str) -> Value {
    let metric = json!({"Namespace": "N", "MetricName": metric});
    json!({"Id": id, "MetricStat": {"Metric": metric, "Period": 60, "Stat": stat}})
}

async fn ask(world: &World, queries: Value, more: Value) -> Value {
    let mut input = json!({"MetricDataQueries": queries, "StartTime": secs(START), "EndTime": secs(START) + 300, "ScanBy": "TimestampAscending"});
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.call("GetMetricData", input).await.ok()
}

#[tokio::test]
async fn series_and_expressions_come_in_the_order_of_their_queries() {
    let world = with_data().await;
    let queries = json!([
        {"Id": "rate", "Expression": "FILL(errors, 0) / total", "Label": "error rate"},
        stat("total", "all", "Sum"),
        {"Id": "errors", "MetricStat": {"Metric": {"Namespace": "N", "MetricName": "errors"}, "Period": 60, "Stat": "Sum"}, "ReturnData": false},
        {"Id": "best", "Expression": "MAX(METRICS())"},
    ]);
    let answer = ask(&world, queries.clone(), json!({})).await;
    let results = answer["MetricDataResults"].as_array().unwrap();
    let ids: Vec<&str> = results.iter().map(|result| result["Id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["rate", "total", "best"]);
    assert_eq!(results[0]["Values"], json!([0.1, 0.0, 0.1, 0.0, 0.1]));
    assert_eq!(
        (&results[0]["Label"], &results[1]["Label"], &results[0]["StatusCode"]),
        (&json!("error rate"), &json!("all"), &json!("Complete"))
    );
    assert_eq!(results[1]["Timestamps"][1], secs(START) + 60);
    assert_eq!(results[2]["Values"], json!([10.0, 20.0, 30.0, 40.0, 50.0]));
    let latest =
        ask(&world, json!([stat("total", "all", "Sum")]), json!({"ScanBy": "TimestampDescending"})).await;
    assert_eq!(latest["MetricDataResults"][0]["Values"][0], 50.0);
    // By pages of four points.
    let mut seen = 0;
    let mut token = Value::Null;
    loop {
        let page = ask(&world, queries.clone(), json!({"MaxDatapoints": 4, "NextToken": token})).await;
        for result in page["MetricDataResults"].as_array().unwrap() {
            seen += result["Values"].as_array().unwrap().len();
        }
        token = page["NextToken"].clone();
        if token.is_null() {
            break;
        }
    }
    assert_eq!(seen, 15);
}

#[tokio::test]
async fn labels_tell_the_statistic_where_it_differs() {
    let world = with_data().await;
    let answer = ask(&world, json!([stat("a", "all", "Sum"), stat("b", "all", "p50")]), json!({})).await;
    assert_eq!(answer["MetricDataResults"][0]["Label"], "all Sum");
    assert_eq!(answer["MetricDataResults"][1]["Label"], "all p50");
}

#[tokio::test]
async fn queries_that_make_no_sense_are_refused() {
    let world = with_data().await;
    for queries in [
        json!([stat("A", "all", "Sum")]),
        json!([stat("a", "all", "Sum"), stat("a", "all", "Sum")]),
        json!([stat("a", "all", "Median")]),
        json!([{"Id": "a"}]),
        json!([{"Id": "a", "Expression": "b + 1"}, {"Id": "b", "Expression": "a + 1"}]),
        json!([{"Id": "a", "Expression": "nothing + 1"}]),
        json!([{"Id": "a", "Expression": "SEARCH('{N}', 'Sum', 60)"}]),
        json!([{"Id": "a", "Expression": "SELECT AVG(x) FROM y"}]),
        json!([{"Id": "a", "Expression": "1 +"}]),
    ] {
        let input =
            json!({"MetricDataQueries": queries, "StartTime": secs(START), "EndTime": secs(START) + 300});
        world.call("GetMetricData", input).await.refused("ValidationException");
    }
    let input =
        json!({"MetricDataQueries": [], "StartTime": secs(START), "EndTime": secs(START), "NextToken": "x"});
    world.call("GetMetricData", input).await.refused("InvalidNextToken");
}
