//! Resource policies: kept as put, asked by the authorizer.

use std::sync::{Arc, Mutex};

use futures_util::future::BoxFuture;
use ports::RecordSource;
use serde_json::{Value, json};
use service::{Access, Authorizer, Caller, Denied};
use store::Store;

use crate::harness::{world, world_judged};

const ARN: &str = "arn:aws:kinesis:us-east-1:000000000000:stream/s";

fn policy() -> String {
    json!({"Version": "2012-10-17", "Statement": [{"Sid": "s", "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::000000000042:root"}, "Action": "kinesis:PutRecord", "Resource": ARN}]})
    .to_string()
}

#[tokio::test]
async fn a_policy_reads_back_as_it_was_put_and_goes_once() {
    let world = world();
    world.create("s", 1).await;
    let read = async || {
        let answer = world.call("GetResourcePolicy", json!({"ResourceARN": ARN})).await.ok();
        answer["Policy"].as_str().unwrap().to_owned()
    };
    assert_eq!(read().await, "{}");
    world.call("PutResourcePolicy", json!({"ResourceARN": ARN, "Policy": policy()})).await.ok();
    assert_eq!(read().await, policy());
    world.call("DeleteResourcePolicy", json!({"ResourceARN": ARN})).await.ok();
    assert_eq!(read().await, "{}");
    let again = world.call("DeleteResourcePolicy", json!({"ResourceARN": ARN})).await;
    again.refused("ResourceNotFoundException");
    let nowhere = json!({"ResourceARN": format!("{ARN}-none"), "Policy": policy()});
    world.call("PutResourcePolicy", nowhere).await.refused("ResourceNotFoundException");
    let wrong = json!({"ResourceARN": ARN, "Policy": "{\"Version\": 1}"});
    world.call("PutResourcePolicy", wrong).await.refused("InvalidArgumentException");
}

#[tokio::test]
async fn a_consumer_has_a_policy_of_its_own() {
    let world = world();
    world.create("s", 1).await;
    let input = json!({"StreamARN": ARN, "ConsumerName": "c"});
    let consumer = world.call("RegisterStreamConsumer", input).await.ok();
    let arn = consumer["Consumer"]["ConsumerARN"].as_str().unwrap();
    world.call("PutResourcePolicy", json!({"ResourceARN": arn, "Policy": policy()})).await.ok();
    let of = async |arn: &str| -> Value {
        let answer = world.call("GetResourcePolicy", json!({"ResourceARN": arn})).await.ok();
        serde_json::from_str(answer["Policy"].as_str().unwrap()).unwrap()
    };
    assert_eq!(of(arn).await["Statement"][0]["Sid"], "s");
    assert_eq!(of(ARN).await, json!({}));
}

#[tokio::test]
async fn users_are_kept_by_their_ids_and_shown_by_their_arns() {
    let world = world();
    world.create("s", 1).await;
    let of = |user: &str| {
        let principal = json!({"AWS": format!("arn:aws:iam::000000000000:user/{user}")});
        json!({"Statement": [{"Effect": "Allow", "Principal": principal, "Action": "kinesis:PutRecord",
            "Resource": ARN}]})
    };
    let put = |policy: &Value| json!({"ResourceARN": ARN, "Policy": policy.to_string()});
    world.call("PutResourcePolicy", put(&of("nobody"))).await.refused("InvalidArgumentException");
    world.call("PutResourcePolicy", put(&of("jo"))).await.ok();
    let model = world.model.as_ref().unwrap();
    let (start, end) = kinesis::tables::STREAMS.prefix(|_| ());
    let rows = model.snapshot().scan(store::Scan { start, end, limit: 10, reverse: false }).await.unwrap();
    let text = String::from_utf8_lossy(&rows[0].1.value).into_owned();
    assert!(text.contains("AIDAJO") && !text.contains("user/jo"), "{text}");
    let shown = world.call("GetResourcePolicy", json!({"ResourceARN": ARN})).await.ok();
    let shown: Value = serde_json::from_str(shown["Policy"].as_str().unwrap()).unwrap();
    assert_eq!(shown, of("jo"));
}

/// Remembers what it was asked.
#[derive(Default)]
struct Judge(Mutex<Vec<Access>>);

impl Authorizer for Judge {
    fn allow<'a>(&'a self, _: &'a Caller, access: &'a Access) -> BoxFuture<'a, Result<(), Denied>> {
        self.0.lock().unwrap().push(access.clone());
        Box::pin(std::future::ready(Ok(())))
    }
}

#[tokio::test]
async fn the_authorizer_is_shown_the_policy_and_the_tags() {
    let judge = Arc::new(Judge::default());
    let world = world_judged(judge.clone());
    world.create("s", 1).await;
    world.call("PutResourcePolicy", json!({"ResourceARN": ARN, "Policy": policy()})).await.ok();
    world.call("AddTagsToStream", json!({"StreamName": "s", "Tags": {"team": "a"}})).await.ok();
    world.put("s", "k", "x").await;
    let asked = judge.0.lock().unwrap().pop().unwrap();
    assert_eq!((asked.action, asked.resource.as_str()), ("kinesis:PutRecord", ARN));
    assert_eq!(asked.resource_side.policy.unwrap().text(), policy());
    assert_eq!(asked.context, [("aws:ResourceTag/team".into(), "a".to_owned())]);

    let delivery = ports::Principal::role(
        base::AccountId::DEFAULT,
        "arn:aws:iam::000000000000:role/delivery".parse().unwrap(),
        "session",
    );
    world.room.state().shards(&delivery, &ARN.parse().unwrap()).await.unwrap();
    let asked = judge.0.lock().unwrap().pop().unwrap();
    assert_eq!(asked.action, "kinesis:ListShards");
    assert!(asked.resource_side.policy.is_some());
}
