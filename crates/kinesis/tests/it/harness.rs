//! A room over a store, and a caller.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use base::{AccountId, Clock, Random, Region, Secret, Timestamp};
use futures_util::future::BoxFuture;
use kinesis::{Kinesis, Limits, Parts, Settings};
use ports::Principal;
use serde_json::{Value, json};
use service::metering::Meter;
use service::{
    AnyRoom, AuthSource, Authorizer, Caller, Incoming, Room, RoomParts, RootOnly, Tasks, Timer, Tokens,
};
use storage::Model;
use store::Store;

use crate::keys::Keys;
use crate::objects::{Buckets, Listener};

/// 2026-01-02T00:00:00Z.
pub(crate) const START: Timestamp = Timestamp::from_secs(1_767_312_000);

pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) room: Arc<Room<Kinesis>>,
    pub(crate) tasks: Tasks,
    pub(crate) keys: Arc<Keys>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) buckets: Arc<Buckets>,
    pub(crate) listener: Arc<Listener>,
    /// Only set for a world over the model.
    pub(crate) model: Option<Arc<Model>>,
}

/// A world whose states settle at once and whose rates are not kept.
pub(crate) fn world() -> World {
    world_with(Settings::default())
}

pub(crate) fn strict() -> World {
    world_with(Settings { limits: Limits::Strict, ..Settings::default() })
}

pub(crate) fn slow() -> World {
    world_with(Settings { transitions: true, ..Settings::default() })
}

pub(crate) fn world_with(settings: Settings) -> World {
    let clock = Clock::manual(START);
    let model = Model::new(clock.clone(), Random::seeded(1));
    let mut world = world_over(model.clone(), clock, settings, 2);
    world.model = Some(model);
    world
}

/// A world that asks this one who may do what.
pub(crate) fn world_judged(authorizer: Arc<dyn Authorizer>) -> World {
    let clock = Clock::manual(START);
    let model = Model::new(clock.clone(), Random::seeded(1));
    made(model, clock, Settings::default(), 2, authorizer)
}

pub(crate) fn world_over(store: Arc<dyn Store>, clock: Clock, settings: Settings, seed: u64) -> World {
    made(store, clock, settings, seed, Arc::new(RootOnly))
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
    let keys = Arc::new(Keys::default());
    let (buckets, listener) = (Arc::new(Buckets::default()), Arc::new(Listener::default()));
    let room = kinesis::room(Parts {
        keys: keys.clone(),
        principals: Arc::new(Everyone),
        objects: buckets.clone(),
        metrics: listener.clone(),
        store: store.clone(),
        room: parts,
        random: Random::seeded(seed),
        tokens: Tokens::new(Secret::new(*b"tokens")),
        tasks: tasks.clone(),
        settings,
    });
    World { clock, room: Arc::new(room), tasks, keys, store, buckets, listener, model: None }
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
    pub(crate) fn refused(self, code: &str) -> String {
        assert_eq!(self.body["__type"], code, "{}", self.body);
        assert_eq!(self.status, 400, "{}", self.body);
        let text = self.body.get("message").or_else(|| self.body.get("Message"));
        text.and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}

impl World {
    pub(crate) async fn call(&self, operation: &str, input: Value) -> Answer {
        self.call_as(Principal::root(AccountId::DEFAULT), operation, input.to_string()).await
    }

    pub(crate) async fn call_as(&self, principal: Principal, operation: &str, body: String) -> Answer {
        let answer = self.room.call(incoming(principal, Region::us_east_1(), operation, body)).await;
        let status = answer.status;
        let bytes = answer.body.collect(64 << 20).await.unwrap();
        let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() };
        Answer { status, body }
    }

    /// Creates a provisioned stream.
    pub(crate) async fn create(&self, name: &str, shards: u32) {
        self.call("CreateStream", json!({"StreamName": name, "ShardCount": shards})).await.ok();
    }

    pub(crate) async fn summary(&self, name: &str) -> Value {
        self.call("DescribeStreamSummary", json!({"StreamName": name})).await.ok()["StreamDescriptionSummary"]
            .clone()
    }

    /// Puts one record. Returns its shard's number and its sequence number.
    pub(crate) async fn put(&self, name: &str, key: &str, data: &str) -> (u32, String) {
        let input = json!({"StreamName": name, "PartitionKey": key, "Data": base64(data)});
        let put = self.call("PutRecord", input).await.ok();
        (number(&put["ShardId"]), text(&put["SequenceNumber"]))
    }

    pub(crate) async fn iterator(&self, name: &str, shard: u32, more: Value) -> String {
        text(&self.call("GetShardIterator", iterator_input(name, shard, more)).await.ok()["ShardIterator"])
    }

    pub(crate) async fn get(&self, iterator: &str) -> Value {
        self.call("GetRecords", json!({"ShardIterator": iterator})).await.ok()
    }

    /// All data in a shard, from the trim horizon to its tip.
    pub(crate) async fn read(&self, name: &str, shard: u32) -> Vec<String> {
        let iterator = self.iterator(name, shard, json!({"ShardIteratorType": "TRIM_HORIZON"})).await;
        data(&self.get(&iterator).await)
    }

    pub(crate) async fn shards(&self, name: &str) -> Vec<Value> {
        let listed = self.call("ListShards", json!({"StreamName": name})).await.ok();
        listed["Shards"].as_array().unwrap().clone()
    }

    /// Lets the sweep run: it wakes when the clock moves.
    pub(crate) async fn pass(&self, by: Duration) {
        self.clock.pass(by);
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
    }
}

/// A request as the door hands it on.
pub(crate) fn incoming(principal: Principal, region: Region, operation: &str, body: String) -> Incoming {
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
        protocol: wire::Protocol::Json11,
        operation: kinesis::shapes::KINESIS.operation(operation).expect("the model has the operation"),
        head,
        body: body.into(),
        caller,
        request_id: "request".to_owned(),
        host_id: String::new(),
    }
}

pub(crate) fn iterator_input(name: &str, shard: u32, more: Value) -> Value {
    let mut input = json!({"StreamName": name, "ShardId": format!("shardId-{shard:012}")});
    for (key, value) in more.as_object().unwrap() {
        input[key] = value.clone();
    }
    input
}

pub(crate) fn base64(data: &str) -> String {
    base64_simd::STANDARD.encode_to_string(data)
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("`{value}` is no text")).to_owned()
}

/// The number in a shard id.
pub(crate) fn number(id: &Value) -> u32 {
    id.as_str().and_then(|id| id.strip_prefix("shardId-")).unwrap().parse().unwrap()
}

/// The data of the records in a GetRecords answer.
pub(crate) fn data(answer: &Value) -> Vec<String> {
    let decode = |record: &Value| {
        let bytes = base64_simd::STANDARD.decode_to_vec(text(&record["Data"])).unwrap();
        String::from_utf8(bytes).unwrap()
    };
    answer["Records"].as_array().unwrap().iter().map(decode).collect()
}

/// The ids' numbers of listed shards.
pub(crate) fn numbers(shards: &[Value]) -> Vec<u32> {
    shards.iter().map(|shard| number(&shard["ShardId"])).collect()
}

/// Knows every user and role but those named `nobody`: their ids tell their names.
struct Everyone;

const USERS: &str = "arn:aws:iam::000000000000:user/";

impl ports::Principals for Everyone {
    fn find_key<'a>(
        &'a self,
        _: &'a str,
    ) -> BoxFuture<'a, Result<Option<ports::AccessKey>, ports::PortError>> {
        Box::pin(std::future::ready(Ok(None)))
    }

    fn unique_id<'a>(&'a self, arn: &'a str) -> BoxFuture<'a, Result<Option<String>, ports::PortError>> {
        let name = arn.strip_prefix(USERS).filter(|name| *name != "nobody");
        Box::pin(std::future::ready(Ok(name.map(|name| format!("AIDA{:7<17}", name.to_uppercase())))))
    }

    fn arn_of<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Option<String>, ports::PortError>> {
        let name = id.strip_prefix("AIDA").map(|name| name.trim_end_matches('7'));
        Box::pin(std::future::ready(Ok(name.map(|name| format!("{USERS}{}", name.to_lowercase())))))
    }
}
