//! A room over the model of the store, with a catalog, buckets and an engine that do as they are told.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use athena::{Athena, Parts};
use base::{AccountId, Arn, Clock, Random, Region, Secret, Timestamp};
use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use ports::{
    CatalogCalls, CatalogRefusal, CompiledConversion, Conversion, Converter, ListedObject, NewObject,
    NotConverted, ObjectPage, ObjectRef, ObjectStore, PortError, PreparedPut, Principal, QueryColumn,
    QueryEngine, QueryError, QueryProgress, QueryRun, QueryStatement, QueryTables, ValueForm,
};
use serde_json::{Value, json};
use service::metering::Meter;
use service::{AnyRoom, Authorizer, Caller, Incoming, Room, RoomParts, RootOnly, Tasks, Timer, Tokens};
use storage::Model;
use store::{Commit, CommitId, Store};

pub(crate) const START: Timestamp = Timestamp::from_secs(1_767_312_000);

pub(crate) struct World {
    pub(crate) room: Arc<Room<Athena>>,
    pub(crate) tasks: Tasks,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) objects: Arc<Objects>,
    pub(crate) clock: Clock,
}

pub(crate) fn world() -> World {
    let clock = Clock::manual(START);
    let store = Model::new(clock.clone(), Random::seeded(1));
    world_over(store, clock, Some(Arc::new(Scripted)), Arc::new(RootOnly))
}

pub(crate) fn world_over(
    store: Arc<dyn Store>,
    clock: Clock,
    engine: Option<Arc<dyn QueryEngine>>,
    authorizer: Arc<dyn Authorizer>,
) -> World {
    let objects = Arc::new(Objects::default());
    let tasks = Tasks::new(Timer::new(clock.clone()));
    let room = athena::room(Parts {
        store: store.clone(),
        room: RoomParts { clock: clock.clone(), authorizer, meter: Arc::new(Meter::default()) },
        random: Random::seeded(u64::try_from(clock.now().as_micros()).unwrap_or(7)),
        tokens: Tokens::new(Secret::new(*b"tokens")),
        tasks: tasks.clone(),
        catalog: Arc::new(Catalog::default()),
        objects: objects.clone(),
        converter: Arc::new(Lines),
        engine,
    });
    World { room: Arc::new(room), tasks, store, objects, clock }
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

    #[track_caller]
    pub(crate) fn refused(self, code: &str) -> String {
        assert_eq!(self.body["__type"], code, "{}", self.body);
        assert_eq!(self.status, 400, "{}", self.body);
        let text = self.body.get("Message").or_else(|| self.body.get("message"));
        text.and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}

impl World {
    pub(crate) async fn call(&self, operation: &str, input: Value) -> Answer {
        self.call_as(Principal::root(AccountId::DEFAULT), operation, input).await
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

    pub(crate) async fn ok(&self, operation: &str, input: Value) -> Value {
        self.call(operation, input).await.ok()
    }

    /// Begins a query whose result goes to `s3://out/`.
    pub(crate) async fn start(&self, sql: &str) -> String {
        let input = json!({"QueryString": sql, "QueryExecutionContext": {"Database": "`db`"},
            "ResultConfiguration": {"OutputLocation": "s3://out/r/"}});
        let answer = self.ok("StartQueryExecution", input).await;
        answer["QueryExecutionId"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn query(&self, id: &str) -> Value {
        self.ok("GetQueryExecution", json!({"QueryExecutionId": id})).await["QueryExecution"].clone()
    }

    /// The query once it is in this state.
    #[track_caller]
    pub(crate) fn until<'a>(&'a self, id: &'a str, state: &'a str) -> BoxFuture<'a, Value> {
        Box::pin(async move {
            for _ in 0..2_000 {
                let query = self.query(id).await;
                if query["Status"]["State"] == state {
                    return query;
                }
                tokio::task::yield_now().await;
            }
            panic!("not {state}: {}", self.query(id).await["Status"]);
        })
    }

    /// Runs a statement to its end.
    pub(crate) async fn done(&self, sql: &str) -> Value {
        let id = self.start(sql).await;
        self.until(&id, "SUCCEEDED").await
    }

    /// The lines of a result.
    pub(crate) async fn lines(&self, sql: &str) -> Vec<String> {
        let query = self.done(sql).await;
        let id = query["QueryExecutionId"].as_str().unwrap();
        let result = self.ok("GetQueryResults", json!({"QueryExecutionId": id})).await;
        let rows = result["ResultSet"]["Rows"].as_array().unwrap();
        rows.iter()
            .map(|row| row["Data"][0]["VarCharValue"].as_str().unwrap_or_default().to_owned())
            .collect()
    }
}

/// Buckets of plain bytes. What is prepared is there at once.
#[derive(Default)]
pub(crate) struct Objects(Mutex<BTreeMap<(String, String), Bytes>>);

impl Objects {
    pub(crate) fn put(&self, bucket: &str, key: &str, bytes: &str) {
        self.0.lock().unwrap().insert((bucket.to_owned(), key.to_owned()), Bytes::from(bytes.to_owned()));
    }

    pub(crate) fn text(&self, location: &str) -> String {
        let (bucket, key) = location.strip_prefix("s3://").and_then(|rest| rest.split_once('/')).unwrap();
        let all = self.0.lock().unwrap();
        String::from_utf8(all[&(bucket.to_owned(), key.to_owned())].to_vec()).unwrap()
    }
}

impl ObjectStore for Objects {
    fn prepare_put<'a>(
        &'a self,
        _: &'a Principal,
        _: &'a Region,
        object: NewObject,
    ) -> BoxFuture<'a, Result<PreparedPut, PortError>> {
        Box::pin(async move {
            let bytes = object
                .body
                .collect(64 << 20)
                .await
                .map_err(|error| PortError::Unavailable(error.to_string()))?;
            self.0.lock().unwrap().insert((object.bucket, object.key), bytes);
            Ok(PreparedPut { commit: Commit::new(CommitId(0)), guard: None, etag: String::new() })
        })
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
            bytes.slice(place(range.start)..place(range.end))
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
        if bucket == "missing" {
            let missing = PortError::NotFound { code: "NoSuchBucket", message: "no such bucket".to_owned() };
            return Box::pin(std::future::ready(Err(missing)));
        }
        let all = self.0.lock().unwrap();
        let wanted = |key: &str| key.starts_with(prefix) && after.is_none_or(|after| key > after);
        let mine = all.iter().filter(|((there, key), _)| there == bucket && wanted(key));
        let objects = mine
            .map(|((_, key), bytes)| ListedObject { key: key.clone(), bytes: bytes.len() as u64 })
            .collect();
        Box::pin(std::future::ready(Ok(ObjectPage { objects, more: false })))
    }
}

/// Tables and partitions, by name.
#[derive(Default)]
pub(crate) struct Catalog {
    tables: Mutex<BTreeMap<String, Value>>,
    partitions: Mutex<Vec<Value>>,
}

impl CatalogCalls for Catalog {
    fn call<'a>(
        &'a self,
        _: &'a Principal,
        _: &'a Region,
        operation: &'static str,
        input: String,
    ) -> BoxFuture<'a, Result<Bytes, CatalogRefusal>> {
        let input: Value = serde_json::from_str(&input).unwrap();
        let refusal = |code: &str| CatalogRefusal { code: code.to_owned(), message: format!("{code}.") };
        let missing = || refusal("EntityNotFoundException");
        let mut tables = self.tables.lock().unwrap();
        let named = |name: &str| input[name].as_str().unwrap_or_default().to_owned();
        let answer = match operation {
            "CreateTable" => {
                let name = input["TableInput"]["Name"].as_str().unwrap().to_owned();
                match tables.contains_key(&name) {
                    true => Err(refusal("AlreadyExistsException")),
                    false => {
                        tables.insert(name, input["TableInput"].clone());
                        Ok(json!({}))
                    }
                }
            }
            "GetTable" => tables.get(&named("Name")).map(|table| json!({"Table": table})).ok_or_else(missing),
            "GetTables" => Ok(json!({"TableList": tables.values().collect::<Vec<_>>()})),
            "UpdateTable" => {
                tables.insert(
                    input["TableInput"]["Name"].as_str().unwrap().to_owned(),
                    input["TableInput"].clone(),
                );
                Ok(json!({}))
            }
            "DeleteTable" => tables.remove(&named("Name")).map(|_| json!({})).ok_or_else(missing),
            "CreateDatabase" => Ok(json!({})),
            "GetDatabases" => Ok(json!({"DatabaseList": [{"Name": "db"}, {"Name": "other"}]})),
            "GetDatabase" => Err(missing()),
            "GetPartitions" => Ok(json!({"Partitions": *self.partitions.lock().unwrap()})),
            "BatchCreatePartition" => {
                let new = input["PartitionInputList"].as_array().unwrap().clone();
                self.partitions.lock().unwrap().extend(new);
                Ok(json!({"Errors": []}))
            }
            other => panic!("{other} is not scripted"),
        };
        Box::pin(std::future::ready(answer.map(|answer| answer.to_string().into())))
    }
}

/// Files that hold their records as they came.
struct Lines;

impl Converter for Lines {
    fn compile(&self, _: &Conversion) -> Result<Arc<dyn CompiledConversion>, NotConverted> {
        Err(NotConverted { code: "x", message: "column files are not written here".to_owned() })
    }
}

/// An engine whose answers stand in the statement.
pub(crate) struct Scripted;

impl QueryEngine for Scripted {
    fn check(&self, sql: &str) -> Result<(), QueryError> {
        match sql.contains("wrong") {
            true => {
                Err(QueryError::new("SYNTAX_ERROR", "mismatched input 'wrong'. Expecting: <expression>")
                    .at(1, 8))
            }
            false => Ok(()),
        }
    }

    fn run<'a>(
        &'a self,
        statement: QueryStatement,
        _: Arc<dyn QueryTables>,
    ) -> BoxFuture<'a, Result<QueryRun, QueryError>> {
        let column = |name: &str, kind: &'static str, hive: &str, precision| QueryColumn {
            name: name.to_owned(),
            kind,
            hive: hive.to_owned(),
            precision,
            scale: 0,
        };
        let columns = vec![column("k", "varchar", "string", i32::MAX), column("n", "bigint", "bigint", 19)];
        let progress = QueryProgress::default();
        progress.read_bytes(100);
        let sql = statement.sql;
        Box::pin(async move {
            if sql.contains("lost") {
                return Err(QueryError::new("TABLE_NOT_FOUND", "Table 'awsdatacatalog.db.t' does not exist")
                    .at(1, 15));
            }
            if sql.contains("wait") {
                std::future::pending::<()>().await;
            }
            let quote = |text: &str| {
                if statement.form == ValueForm::Json { format!("\"{text}\"") } else { text.to_owned() }
            };
            let rows: Vec<Vec<Option<String>>> = (0..5)
                .map(|n| vec![(n != 1).then(|| quote(&format!("r\"{n}"))), Some(n.to_string())])
                .collect();
            let rows = match sql.contains("broken") {
                true => vec![Ok(rows), Err(QueryError::new("DIVISION_BY_ZERO", "Division by zero"))],
                false => vec![Ok(rows)],
            };
            Ok(QueryRun { columns, rows: futures_util::stream::iter(rows).boxed(), progress })
        })
    }

    fn explain<'a>(
        &'a self,
        _: QueryStatement,
        _: Arc<dyn QueryTables>,
    ) -> BoxFuture<'a, Result<String, QueryError>> {
        Box::pin(std::future::ready(Ok("Scan\n  t".to_owned())))
    }
}

pub(crate) fn user(name: &str) -> Principal {
    let user = Arn::global("iam", AccountId::DEFAULT, &format!("user/{name}"));
    Principal::new(
        AccountId::DEFAULT,
        ports::PrincipalKind::User { user, id: format!("AIDA{:7<17}", name.to_uppercase()) },
    )
}
