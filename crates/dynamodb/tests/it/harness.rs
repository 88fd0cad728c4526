//! A room over a store, and a caller.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use base::{AccountId, Clock, Random, Region, Timestamp};
use dynamodb::{DynamoDb, Parts, Settings};
use ports::Principal;
use serde_json::{Map, Value, json};
use service::metering::Meter;
use service::{AnyRoom, AuthSource, Authorizer, Caller, Incoming, Room, RoomParts, RootOnly, Tasks, Timer};
use storage::Model;
use store::Store;

/// 2026-01-02T00:00:00Z.
pub(crate) const START: Timestamp = Timestamp::from_secs(1_767_312_000);

pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) room: Arc<Room<DynamoDb>>,
    pub(crate) tasks: Tasks,
}

/// A world whose states settle at once.
pub(crate) fn world() -> World {
    world_with(Settings::default())
}

pub(crate) fn slow() -> World {
    world_with(Settings { transitions: true })
}

fn world_with(settings: Settings) -> World {
    let clock = Clock::manual(START);
    let model = Model::new(clock.clone(), Random::seeded(1));
    made(model, clock, settings, 2, Arc::new(RootOnly))
}

/// A world that asks this one who may do what.
pub(crate) fn world_judged(authorizer: Arc<dyn Authorizer>) -> World {
    let clock = Clock::manual(START);
    let model = Model::new(clock.clone(), Random::seeded(1));
    made(model, clock, Settings::default(), 2, authorizer)
}

pub(crate) fn world_over(store: Arc<dyn Store>, clock: Clock, seed: u64) -> World {
    made(store, clock, Settings::default(), seed, Arc::new(RootOnly))
}

fn made(
    store: Arc<dyn Store>,
    clock: Clock,
    settings: Settings,
    seed: u64,
    authorizer: Arc<dyn Authorizer>,
) -> World {
    let tasks = Tasks::new(Timer::new(clock.clone()));
    let parts = RoomParts { clock: clock.clone(), authorizer, meter: Arc::new(Meter::default()) };
    let random = Random::seeded(seed);
    let room = dynamodb::room(Parts { store, room: parts, random, tasks: tasks.clone(), settings });
    World { clock, room: Arc::new(room), tasks }
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Answer {
    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.body);
        self.body
    }

    /// Asserts that the call was refused, and returns the text.
    #[track_caller]
    pub(crate) fn refused(&self, code: &str) -> String {
        let kind = self.body["__type"].as_str().unwrap_or_default();
        assert_eq!(kind.rsplit('#').next(), Some(code), "{}", self.body);
        assert_eq!(self.status, 400, "{}", self.body);
        let text = self.body.get("message").or_else(|| self.body.get("Message"));
        text.and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}

impl World {
    pub(crate) async fn call(&self, operation: &str, input: Value) -> Answer {
        self.call_as(Principal::root(AccountId::DEFAULT), Region::us_east_1(), operation, input).await
    }

    pub(crate) async fn call_as(
        &self,
        principal: Principal,
        region: Region,
        operation: &str,
        input: Value,
    ) -> Answer {
        let answer = self.room.call(incoming(principal, region, operation, input.to_string())).await;
        let status = answer.status;
        let bytes = answer.body.collect(64 << 20).await.unwrap();
        let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() };
        Answer { status, body }
    }

    /// Creates a table on demand with a hash key `pk`, a string.
    pub(crate) async fn create(&self, name: &str) {
        self.call("CreateTable", hash_only(name)).await.ok();
    }

    /// Creates a table with a hash key `pk`, a string, and a range key `sk` of this type.
    pub(crate) async fn create_ranged(&self, name: &str, kind: &str) {
        let input = json!({
            "TableName": name, "BillingMode": "PAY_PER_REQUEST",
            "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": kind}],
        });
        self.call("CreateTable", input).await.ok();
    }

    pub(crate) async fn put(&self, table: &str, item: Value) {
        self.call("PutItem", json!({"TableName": table, "Item": item})).await.ok();
    }

    pub(crate) async fn get(&self, table: &str, key: Value) -> Value {
        let got = self.call("GetItem", json!({"TableName": table, "Key": key, "ConsistentRead": true})).await;
        got.ok().get("Item").cloned().unwrap_or(Value::Null)
    }

    pub(crate) async fn describe(&self, table: &str) -> Value {
        self.call("DescribeTable", json!({"TableName": table})).await.ok()["Table"].clone()
    }

    /// Lets the background work run: it wakes when the clock moves.
    pub(crate) async fn pass(&self, by: Duration) {
        self.clock.pass(by);
        self.settle().await;
    }

    /// Lets the background work run that is to be done now.
    pub(crate) async fn settle(&self) {
        for _ in 0..200 {
            tokio::task::yield_now().await;
        }
    }
}

pub(crate) fn hash_only(name: &str) -> Value {
    json!({
        "TableName": name, "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
    })
}

/// A request as the door hands it on.
fn incoming(principal: Principal, region: Region, operation: &str, body: String) -> Incoming {
    let caller = Caller {
        principal,
        access_key_id: Some("test".to_owned()),
        auth: AuthSource::HeaderV4,
        region,
        source_ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
        secure: false,
        user_agent: None,
        referer: None,
        signed_at: None,
    };
    let head = wire::Head {
        method: http::Method::POST,
        path: "/".to_owned(),
        query: Vec::new(),
        headers: http::HeaderMap::new(),
        labels: Vec::new(),
    };
    Incoming {
        protocol: wire::Protocol::Json10,
        operation: dynamodb::shapes::DYNAMODB.operation(operation).expect("the model has the operation"),
        head,
        body: body.into(),
        caller,
        request_id: "request".to_owned(),
        host_id: String::new(),
    }
}

/// `{"S": text}`.
pub(crate) fn s(text: impl Into<String>) -> Value {
    json!({"S": text.into()})
}

/// `{"N": number}`.
pub(crate) fn n(number: impl ToString) -> Value {
    json!({"N": number.to_string()})
}

/// `input` with further members.
pub(crate) fn with(mut input: Value, more: Value) -> Value {
    let more: Map<String, Value> = more.as_object().expect("an object").clone();
    input.as_object_mut().expect("an object").extend(more);
    input
}
