//! A room over a store, and a caller.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use base::{AccountId, Arn, Clock, Random, Region, Secret, Timestamp};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use glue::{Glue, Parts};
use ports::{ListedObject, NewObject, ObjectPage, ObjectRef, ObjectStore, PortError, PreparedPut, Principal};
use serde_json::{Value, json};
use service::metering::Meter;
use service::{AnyRoom, Authorizer, Caller, Incoming, Room, RoomParts, RootOnly, Tasks, Timer, Tokens};
use storage::Model;
use store::Store;

/// 2026-01-02T00:00:00Z.
pub(crate) const START: Timestamp = Timestamp::from_secs(1_767_312_000);

pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) room: Arc<Room<Glue>>,
    pub(crate) _tasks: Tasks,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) objects: Arc<Objects>,
}

/// A world whose root may everything.
pub(crate) fn world() -> World {
    world_under(Arc::new(RootOnly))
}

pub(crate) fn world_under(authorizer: Arc<dyn Authorizer>) -> World {
    let clock = Clock::manual(START);
    let model = Model::new(clock.clone(), Random::seeded(1));
    world_over(model, clock, authorizer)
}

pub(crate) fn world_over(store: Arc<dyn Store>, clock: Clock, authorizer: Arc<dyn Authorizer>) -> World {
    let objects = Arc::new(Objects::default());
    let tasks = Tasks::new(Timer::new(clock.clone()));
    let parts = RoomParts { clock: clock.clone(), authorizer, meter: Arc::new(Meter::default()) };
    let room = glue::room(Parts {
        store: store.clone(),
        room: parts,
        random: Random::seeded(2),
        tokens: Tokens::new(Secret::new(*b"tokens")),
        tasks: tasks.clone(),
        principals: Arc::new(Everyone),
        objects: objects.clone(),
        metrics: Arc::new(ports::NoMetrics),
        secrets: Secret::new([3; 32]),
    });
    World { clock, room: Arc::new(room), _tasks: tasks, store, objects }
}

/// Buckets of plain bytes.
#[derive(Default)]
pub(crate) struct Objects(Mutex<BTreeMap<(String, String), Vec<u8>>>);

impl Objects {
    pub(crate) fn put(&self, bucket: &str, key: &str, bytes: impl Into<Vec<u8>>) {
        self.0.lock().unwrap().insert((bucket.to_owned(), key.to_owned()), bytes.into());
    }

    pub(crate) fn remove(&self, bucket: &str, key: &str) {
        self.0.lock().unwrap().remove(&(bucket.to_owned(), key.to_owned()));
    }
}

impl ObjectStore for Objects {
    fn prepare_put<'a>(
        &'a self,
        _: &'a Principal,
        _: &'a Region,
        _: NewObject,
    ) -> BoxFuture<'a, Result<PreparedPut, PortError>> {
        Box::pin(std::future::ready(Err(PortError::Unavailable("only read here".to_owned()))))
    }

    fn read_range<'a>(
        &'a self,
        _: &'a Principal,
        _: &'a Region,
        object: ObjectRef,
        range: Range<u64>,
    ) -> BoxFuture<'a, Result<Bytes, PortError>> {
        let all = self.0.lock().unwrap();
        let missing = PortError::NotFound { code: "NoSuchKey", message: "no such key".to_owned() };
        let found = all.get(&(object.bucket, object.key)).map(|bytes| {
            let place = |at: u64| usize::try_from(at).unwrap().min(bytes.len());
            Bytes::copy_from_slice(&bytes[place(range.start)..place(range.end)])
        });
        Box::pin(std::future::ready(found.ok_or(missing)))
    }

    fn list<'a>(
        &'a self,
        _: &'a Principal,
        _: &'a Region,
        bucket: &'a str,
        prefix: &'a str,
        after: Option<&'a str>,
    ) -> BoxFuture<'a, Result<ObjectPage, PortError>> {
        let all = self.0.lock().unwrap();
        let wanted = |key: &str| key.starts_with(prefix) && after.is_none_or(|after| key > after);
        let mine = all.iter().filter(|((there, key), _)| there == bucket && wanted(key));
        let mut objects: Vec<ListedObject> = mine
            .map(|((_, key), bytes)| ListedObject { key: key.clone(), bytes: bytes.len() as u64 })
            .collect();
        let more = objects.len() > 2;
        objects.truncate(2);
        Box::pin(std::future::ready(Ok(ObjectPage { objects, more })))
    }
}

/// Every user exists.
struct Everyone;

impl ports::Principals for Everyone {
    fn find_key<'a>(
        &'a self,
        _: &'a str,
    ) -> BoxFuture<'a, Result<Option<ports::AccessKey>, ports::PortError>> {
        Box::pin(std::future::ready(Ok(None)))
    }

    fn unique_id<'a>(&'a self, arn: &'a str) -> BoxFuture<'a, Result<Option<String>, ports::PortError>> {
        let id = arn.rsplit('/').next().map(|name| format!("AIDA{:7<17}", name.to_uppercase()));
        Box::pin(std::future::ready(Ok(id)))
    }
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
        self.body.get("Message").and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}

pub(crate) fn root() -> Principal {
    Principal::root(AccountId::DEFAULT)
}

pub(crate) fn user(name: &str) -> Principal {
    user_of(AccountId::DEFAULT, name)
}

pub(crate) fn user_of(account: AccountId, name: &str) -> Principal {
    let user = Arn::global("iam", account, &format!("user/{name}"));
    let kind = ports::PrincipalKind::User { user, id: format!("AIDA{:7<17}", name.to_uppercase()) };
    Principal::new(account, kind)
}

impl World {
    pub(crate) async fn call(&self, operation: &str, input: Value) -> Answer {
        self.call_as(root(), operation, input).await
    }

    pub(crate) async fn call_as(&self, principal: Principal, operation: &str, input: Value) -> Answer {
        let incoming = Incoming {
            protocol: wire::Protocol::Json11,
            operation: self.room.service().operation(operation).expect("the service has it"),
            head: wire::Head {
                method: http::Method::POST,
                path: "/".into(),
                query: Vec::new(),
                headers: http::HeaderMap::new(),
                labels: Vec::new(),
            },
            body: input.to_string().into_bytes().into(),
            caller: Caller::internal(principal, Region::us_east_1()),
            request_id: "test".to_owned(),
            host_id: String::new(),
        };
        let answer = self.room.call(incoming).await;
        let body = answer.body.collect(64 << 20).await.expect("answers are whole");
        Answer { status: answer.status, body: serde_json::from_slice(&body).unwrap_or(Value::Null) }
    }

    #[track_caller]
    pub(crate) fn ok<'a>(&'a self, operation: &'a str, input: Value) -> BoxFuture<'a, Value> {
        Box::pin(async move { self.call(operation, input).await.ok() })
    }

    /// A database `db` and in it a table `t` with these keys.
    pub(crate) async fn table(&self, keys: &[(&str, &str)]) {
        let _ = self.call("CreateDatabase", json!({"DatabaseInput": {"Name": "db"}})).await;
        self.ok("CreateTable", json!({"DatabaseName": "db", "TableInput": table_input("t", keys)})).await;
    }

    pub(crate) async fn add(&self, table: &str, all_values: &[&[&str]]) {
        for some in all_values.chunks(100) {
            let list: Vec<Value> = some.iter().map(|values| json!({"Values": values})).collect();
            let input = json!({"DatabaseName": "db", "TableName": table, "PartitionInputList": list});
            assert_eq!(self.ok("BatchCreatePartition", input).await["Errors"], json!([]));
        }
    }

    /// The values of all partitions that meet an expression, page by page, joined by slashes.
    pub(crate) async fn found(&self, expression: &str, page: u32) -> Vec<String> {
        let mut found = Vec::new();
        let mut token = Value::Null;
        loop {
            let input = json!({"DatabaseName": "db", "TableName": "t", "Expression": expression,
                "MaxResults": page, "NextToken": token});
            let answer = self.ok("GetPartitions", input).await;
            for partition in answer["Partitions"].as_array().unwrap() {
                let values = partition["Values"].as_array().unwrap();
                let values: Vec<&str> = values.iter().map(|value| value.as_str().unwrap()).collect();
                found.push(values.join("/"));
            }
            match answer.get("NextToken") {
                Some(next) => token = next.clone(),
                None => return found,
            }
        }
    }
}

pub(crate) fn table_input(name: &str, keys: &[(&str, &str)]) -> Value {
    let keys: Vec<Value> = keys.iter().map(|(name, kind)| json!({"Name": name, "Type": kind})).collect();
    json!({"Name": name, "PartitionKeys": keys, "TableType": "EXTERNAL_TABLE", "Parameters": {"classification": "json"},
        "StorageDescriptor": {"Columns": [{"Name": "id", "Type": "bigint", "Comment": "c"}], "Location": "s3://b/t/",
            "SerdeInfo": {"SerializationLibrary": "x.Y", "Parameters": {"paths": "id"}}}})
}

/// Lets background work run that waits for nothing.
pub(crate) async fn settle() {
    for _ in 0..200 {
        tokio::task::yield_now().await;
    }
}
