//! Queries, from their beginning to their results.

use std::sync::Arc;
use std::time::Duration;

use base::{Clock, Random};
use serde_json::{Value, json};
use service::RootOnly;
use storage::Model;

use crate::harness::{START, Scripted, user, world, world_over};

#[tokio::test]
async fn a_query_is_answered_by_an_object() {
    let world = world();
    let query = world.done("SELECT k, n FROM t").await;
    assert_eq!(
        (query["StatementType"].as_str(), query["SubstatementType"].as_str()),
        (Some("DML"), Some("SELECT"))
    );
    let id = query["QueryExecutionId"].as_str().unwrap();
    let location = query["ResultConfiguration"]["OutputLocation"].as_str().unwrap();
    assert_eq!(location, format!("s3://out/r/{id}.csv"));
    assert_eq!(query["Statistics"]["DataScannedInBytes"], 100);
    let text = world.objects.text(location);
    assert!(text.starts_with("\"k\",\"n\"\n\"r\"\"0\",\"0\"\n,\"1\"\n"), "{text}");
    assert!(world.objects.text(&format!("{location}.metadata")).contains("bigint"));
}

#[tokio::test]
async fn results_come_in_pages_and_the_names_on_the_first() {
    let world = world();
    let query = world.done("SELECT k, n FROM t").await;
    let id = query["QueryExecutionId"].as_str().unwrap();
    let (mut rows, mut token, mut pages) = (Vec::new(), Value::Null, 0);
    loop {
        let input = json!({"QueryExecutionId": id, "MaxResults": 4, "NextToken": token});
        let answer = world.ok("GetQueryResults", input).await;
        rows.extend(answer["ResultSet"]["Rows"].as_array().unwrap().clone());
        pages += 1;
        assert_eq!(answer["ResultSet"]["ResultSetMetadata"]["ColumnInfo"][1]["Type"], "bigint");
        match answer.get("NextToken") {
            Some(next) => token = next.clone(),
            None => break,
        }
    }
    assert_eq!((pages, rows.len()), (2, 6));
    assert_eq!(rows[0]["Data"], json!([{"VarCharValue": "k"}, {"VarCharValue": "n"}]));
    assert_eq!(rows[2]["Data"], json!([{}, {"VarCharValue": "1"}]));
}

#[tokio::test]
async fn failures_say_why() {
    let world = world();
    let id = world.start("SELECT * FROM lost").await;
    let status = world.until(&id, "FAILED").await["Status"].clone();
    let reason = "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.db.t' does not exist";
    assert_eq!(status["StateChangeReason"], reason);
    assert_eq!(
        (status["AthenaError"]["ErrorCategory"].as_i64(), status["AthenaError"]["ErrorType"].as_i64()),
        (Some(2), Some(1110))
    );
    let id = world.start("SELECT broken").await;
    assert_eq!(
        world.until(&id, "FAILED").await["Status"]["StateChangeReason"],
        "DIVISION_BY_ZERO: Division by zero"
    );
    let text = world
        .call("GetQueryResults", json!({"QueryExecutionId": id}))
        .await
        .refused("InvalidRequestException");
    assert_eq!(text, "Query did not finish successfully. Final query state: FAILED");
}

#[tokio::test]
async fn what_does_not_parse_is_refused_at_the_start() {
    let world = world();
    for (sql, text) in [
        ("SELECT wrong", "line 1:8: mismatched input 'wrong'. Expecting: <expression>"),
        ("DROP TABLE", "line 1:11: mismatched input '<EOF>'. Expecting: <identifier>"),
        ("SELECT 'a", "Queries of this type are not supported"),
    ] {
        let input = json!({"QueryString": sql, "ResultConfiguration": {"OutputLocation": "s3://out/"}});
        let answer = world.call("StartQueryExecution", input).await;
        assert_eq!(answer.body["AthenaErrorCode"], "MALFORMED_QUERY");
        assert_eq!(answer.refused("InvalidRequestException"), text);
    }
}

#[tokio::test]
async fn a_location_is_needed_and_must_be_there() {
    let world = world();
    let start = |location: Value| json!({"QueryString": "SELECT 1", "ResultConfiguration": {"OutputLocation": location}});
    let text = world.call("StartQueryExecution", start(Value::Null)).await.refused("InvalidRequestException");
    assert!(text.starts_with("No output location provided."), "{text}");
    let text = world
        .call("StartQueryExecution", start(json!("s3://missing/")))
        .await
        .refused("InvalidRequestException");
    assert!(text.starts_with("The S3 location provided to save your query results is invalid."), "{text}");
    let text =
        world.call("StartQueryExecution", start(json!("/tmp"))).await.refused("InvalidRequestException");
    assert_eq!(text, "outputLocation is not a valid S3 path.");
}

#[tokio::test]
async fn a_token_begins_one_query() {
    let world = world();
    let start = |sql: &str| json!({"QueryString": sql, "ClientRequestToken": "t".repeat(32), "ResultConfiguration": {"OutputLocation": "s3://out/"}});
    let first = world.ok("StartQueryExecution", start("SELECT 1")).await;
    assert_eq!(world.ok("StartQueryExecution", start("SELECT 1")).await, first);
    let text = world.call("StartQueryExecution", start("SELECT 2")).await.refused("InvalidRequestException");
    assert_eq!(text, "Idempotent parameters do not match");
}

#[tokio::test]
async fn a_stopped_query_is_cancelled_and_makes_room() {
    let world = world();
    let id = world.start("SELECT wait").await;
    world.until(&id, "RUNNING").await;
    let text = world
        .call("GetQueryResults", json!({"QueryExecutionId": id}))
        .await
        .refused("InvalidRequestException");
    assert_eq!(text, "Query has not yet finished. Current state: RUNNING");
    world.ok("StopQueryExecution", json!({"QueryExecutionId": id})).await;
    world.until(&id, "CANCELLED").await;
    // Once more is no mistake.
    world.ok("StopQueryExecution", json!({"QueryExecutionId": id})).await;
    world.done("SELECT 1").await;
}

#[tokio::test]
async fn a_query_that_takes_too_long_fails() {
    let world = world();
    let id = world.start("SELECT wait").await;
    world.until(&id, "RUNNING").await;
    world.clock.advance(Duration::from_secs(1_801));
    let status = world.until(&id, "FAILED").await["Status"].clone();
    assert_eq!(
        (status["StateChangeReason"].as_str(), status["AthenaError"]["ErrorType"].as_i64()),
        (Some("Query timeout"), Some(206))
    );
}

#[tokio::test]
async fn an_account_has_a_bound_of_queries() {
    let world = world();
    let mut ids = Vec::new();
    for _ in 0..200 {
        ids.push(world.start("SELECT wait").await);
    }
    let input = json!({"QueryString": "SELECT 1", "ResultConfiguration": {"OutputLocation": "s3://out/"}});
    let answer = world.call("StartQueryExecution", input).await;
    assert_eq!(answer.body["Reason"], "CONCURRENT_QUERY_LIMIT_EXCEEDED");
    answer.refused("TooManyRequestsException");
    // Those that wait for their turn end as those do that run.
    for id in &ids {
        world.ok("StopQueryExecution", json!({"QueryExecutionId": id})).await;
    }
    world.done("SELECT 1").await;
}

#[tokio::test]
async fn what_ran_when_the_server_went_has_failed() {
    let first = world();
    let id = first.start("SELECT wait").await;
    first.until(&id, "RUNNING").await;
    assert!(first.tasks.stop(Duration::from_secs(5)).await);
    let again =
        world_over(first.store.clone(), first.clock.clone(), Some(Arc::new(Scripted)), Arc::new(RootOnly));
    let status = again.until(&id, "FAILED").await["Status"].clone();
    assert!(status["StateChangeReason"].as_str().unwrap().contains("interrupted"), "{status}");
    assert_eq!(status["AthenaError"]["Retryable"], true);
    assert!(first.clock.now() >= START);
}

#[tokio::test]
async fn without_an_engine_what_reads_fails_by_name() {
    let clock = Clock::manual(START);
    let store = Model::new(clock.clone(), Random::seeded(1));
    let world = world_over(store, clock, None, Arc::new(RootOnly));
    let id = world.start("SELECT 1").await;
    let reason = world.until(&id, "FAILED").await["Status"]["StateChangeReason"].clone();
    assert!(reason.as_str().unwrap().contains("built without its query engine"), "{reason}");
    world.done("SHOW DATABASES").await;
}

#[tokio::test]
async fn the_newest_queries_are_listed_first() {
    let world = world();
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.insert(0, world.start("SELECT 1").await);
        world.clock.advance(Duration::from_secs(1));
    }
    let page = world.ok("ListQueryExecutions", json!({"MaxResults": 2})).await;
    assert_eq!(page["QueryExecutionIds"], json!(ids[..2]));
    let page =
        world.ok("ListQueryExecutions", json!({"MaxResults": 2, "NextToken": page["NextToken"]})).await;
    assert_eq!(page["QueryExecutionIds"], json!(ids[2..]));
    let batch = world.ok("BatchGetQueryExecution", json!({"QueryExecutionIds": [ids[0], "x"]})).await;
    assert_eq!(batch["QueryExecutions"][0]["QueryExecutionId"], ids[0].as_str());
    assert_eq!(batch["UnprocessedQueryExecutionIds"][0]["QueryExecutionId"], "x");
}

#[tokio::test]
async fn strangers_are_refused() {
    let world = world();
    let input = json!({"QueryString": "SELECT 1", "ResultConfiguration": {"OutputLocation": "s3://out/"}});
    let text =
        world.call_as(user("eve"), "StartQueryExecution", input).await.refused("AccessDeniedException");
    assert!(
        text.contains(
            "athena:StartQueryExecution on resource: arn:aws:athena:us-east-1:000000000000:workgroup/primary"
        ),
        "{text}"
    );
}
