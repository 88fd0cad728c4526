//! Asynchronous events: none is lost, retries come when they are due, outcomes are told.

use std::time::Duration;

use serde_json::{Value, json};

use crate::world::{ECHO, World};

const PATH: &str = "/2015-03-31/functions/f/invocations";

impl World {
    async fn queue(&self, event: Value) -> u16 {
        self.send("POST", PATH, event.to_string().into(), &[("x-amz-invocation-type", "Event")]).await.status
    }

    fn runs(&self) -> usize {
        self.told.lines.lock().unwrap().iter().filter(|line| line.contains("END RequestId")).count()
    }

    fn told_objects(&self) -> Vec<Value> {
        let objects = self.told.objects.lock().unwrap();
        objects.iter().map(|(_, text)| serde_json::from_str(text).unwrap()).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_runs_after_it_was_accepted_and_its_success_is_told() {
    let world = World::new();
    world.create("f", ECHO, json!({})).await;
    let config = json!({ "DestinationConfig": { "OnSuccess": { "Destination": "arn:aws:s3:::told" } } });
    assert_eq!(world.put("/2019-09-25/functions/f/event-invoke-config", config).await.status, 200);
    assert_eq!(world.queue(json!({ "x": 7 })).await, 202);
    world.until("what is told", || !world.told_objects().is_empty()).await;
    let told = world.told_objects().remove(0);
    assert_eq!(told["requestContext"]["condition"], "Success");
    assert_eq!(
        told["requestContext"]["functionArn"],
        "arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST"
    );
    assert_eq!((&told["requestPayload"]["x"], &told["responsePayload"]["x"]), (&json!(7), &json!(7)));
    assert_eq!(told["responseContext"]["statusCode"], 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_event_is_tried_three_times_and_then_told() {
    let world = World::new();
    world.create("f", ECHO, json!({})).await;
    let config = json!({ "DestinationConfig": { "OnFailure": { "Destination": "arn:aws:s3:::told" } } });
    world.put("/2019-09-25/functions/f/event-invoke-config", config).await;
    world.queue(json!({ "raise": true })).await;
    world.until("the first run", || world.runs() == 1).await;
    world.clock.advance(Duration::from_secs(61));
    world.until("the second run", || world.runs() == 2).await;
    assert!(world.told_objects().is_empty());
    world.clock.advance(Duration::from_secs(121));
    world.until("what is told", || !world.told_objects().is_empty()).await;
    let told = world.told_objects().remove(0);
    assert_eq!(told["requestContext"]["condition"], "RetriesExhausted");
    assert_eq!(told["requestContext"]["approximateInvokeCount"], 3);
    assert_eq!(
        (&told["responseContext"]["functionError"], &told["responsePayload"]["errorType"]),
        (&json!("Unhandled"), &json!("ValueError"))
    );
    assert_eq!(world.runs(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn events_that_were_accepted_are_run_by_the_next_server() {
    let world = World::new();
    world.create("f", ECHO, json!({ "MemorySize": 256 })).await;
    // Nobody can run it: it waits.
    world.put("/2017-10-31/functions/f/concurrency", json!({ "ReservedConcurrentExecutions": 1 })).await;
    world.queue(json!({ "raise": true })).await;
    world.until("the first run", || world.runs() == 1).await;
    let world = world.reopened().await;
    assert_eq!(world.runs(), 1);
    world.clock.advance(Duration::from_secs(61));
    world.until("the retry", || world.runs() == 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_event_lies_in_a_blob_and_an_old_one_is_given_up() {
    let world = World::new();
    world
        .create("f", "def handler(e, c):\n    print('got', len(e))\n    raise ValueError\n", json!({}))
        .await;
    let config = json!({ "MaximumEventAgeInSeconds": 60, "DestinationConfig": { "OnFailure": { "Destination": "arn:aws:s3:::told" } } });
    world.put("/2019-09-25/functions/f/event-invoke-config", config).await;
    world.queue(Value::from("x".repeat(500_000))).await;
    world.until("the first run", || world.runs() == 1).await;
    world.clock.advance(Duration::from_secs(61));
    world.until("what is told", || !world.told_objects().is_empty()).await;
    let told = world.told_objects().remove(0);
    assert_eq!(told["requestContext"]["condition"], "EventAgeExceeded");
    assert_eq!(told["requestPayload"].as_str().unwrap().len(), 500_000);
    assert_eq!(world.runs(), 1);
    assert!(world.told.lines.lock().unwrap().iter().any(|line| line.contains("got 500000")));
}
