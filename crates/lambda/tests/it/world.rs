//! What surrounds the room in these tests: the model of the store, a clock that can be moved, an S3 that only keeps what is delivered, and a Kinesis of
//! plain vectors.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use base::{AccountId, Arn, Clock, Random, Region, Secret, Timestamp};
use body::Body;
use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use lambda::engine::zip::archive_of;
use lambda::runtimes::Mode;
use lambda::{Lambda, Parts, Settings};
use ports::{
    Measurement, Metrics, NewObject, ObjectRef, ObjectStore, PortError, PreparedPut, Principal, Principals,
    RecordSource, ShardPosition, ShardStart, SourceBatch, SourceRecord, SourceShard,
};
use serde_json::{Value, json};
use service::metering::Meter;
use service::{AnyRoom, AuthSource, Caller, Incoming, Room, RoomParts, RootOnly, Tasks, Timer, Tokens};
use storage::Model;
use store::{Commit, CommitId};
use tokio::sync::Notify;

/// How functions run in these tests: in sandboxes, but on a machine that refuses namespaces without.
pub fn mode() -> Mode {
    static SANDBOXED: OnceLock<bool> = OnceLock::new();
    let probe = || {
        let made = Command::new("unshare")
            .args(["--mount", "--pid", "--ipc", "--uts", "--fork", "mount", "-t", "tmpfs", "none", "/mnt"])
            .args(["-o", "size=4k"])
            .stderr(Stdio::null())
            .status();
        made.is_ok_and(|status| status.success())
    };
    match SANDBOXED.get_or_init(probe) {
        true => Mode::Sandboxed,
        false => Mode::Trusted,
    }
}

/// Whether the machine lets sandboxes be made. Tests of what a sandbox keeps apart have nothing to test elsewhere.
pub fn has_sandboxes() -> bool {
    let has = matches!(mode(), Mode::Sandboxed);
    if !has {
        eprintln!("this machine refuses namespaces: the sandbox is not tested");
    }
    has
}

pub const ROLE: &str = "arn:aws:iam::000000000000:role/function";
pub const STREAM: &str = "arn:aws:kinesis:us-east-1:000000000000:stream/s";

/// A function that gives back what it is given, with a few things it can be told.
pub const ECHO: &str = r#"
import json, os, sys, time
N = 0
def handler(event, context):
    global N
    N += 1
    print("line", event.get("x"))
    if event.get("raise"): raise ValueError("told to")
    if event.get("exit"): os._exit(3)
    if event.get("spin"):
        while True: pass
    if event.get("eat"): return len(bytearray(event["eat"] << 20))
    if event.get("flood"):
        for _ in range(event["flood"]): print("x" * 1000)
    if event.get("fill"):
        try:
            with open("/tmp/big", "wb") as f:
                for _ in range(event["fill"]): f.write(b"x" * (1 << 20))
        except OSError as e: return e.errno
    if event.get("fork"):
        import subprocess
        return subprocess.Popen(["sleep", "600"], start_new_session=True).pid
    if event.get("write"):
        try: open(event["write"], "w").write("x")
        except OSError as e: return type(e).__name__
    return {"x": event.get("x"), "n": N, "arn": context.invoked_function_arn, "id": context.aws_request_id, "uid": os.getuid(),
            "env": os.environ.get("OWN"), "left": context.get_remaining_time_in_millis(), "secrets": [k for k in os.environ if "SERVER" in k]}
"#;

/// What was told and delivered.
#[derive(Default)]
pub struct Told {
    pub lines: Mutex<Vec<String>>,
    pub objects: Mutex<Vec<(String, String)>>,
    pub counts: Mutex<BTreeMap<String, f64>>,
}

impl Metrics for Told {
    fn record(&self, _: AccountId, _: &Region, measurement: Measurement<'_>) {
        if measurement.dimensions.is_empty() {
            *self.counts.lock().unwrap().entry(measurement.name.to_owned()).or_default() += measurement.value;
        }
    }

    fn log(&self, _: AccountId, _: &Region, group: &str, _: &str, _: Timestamp, message: String) {
        self.lines.lock().unwrap().push(format!("{group} {message}"));
    }
}

/// Keeps what is delivered, in the order of preparation.
pub struct Objects {
    told: Arc<Told>,
    random: Random,
}

impl ObjectStore for Objects {
    fn prepare_put<'a>(
        &'a self,
        _: &'a Principal,
        _: &'a Region,
        object: NewObject,
    ) -> BoxFuture<'a, Result<PreparedPut, PortError>> {
        Box::pin(async move {
            let body = object.body.collect(1 << 20).await.unwrap();
            let text = String::from_utf8(body.to_vec()).unwrap();
            self.told.objects.lock().unwrap().push((object.key, text));
            Ok(PreparedPut {
                commit: Commit::new(CommitId(self.random.u128())),
                guard: None,
                etag: String::new(),
            })
        })
    }

    fn read<'a>(
        &'a self,
        _: &'a Principal,
        _: &'a Region,
        object: ObjectRef,
        _: u64,
    ) -> BoxFuture<'a, Result<Bytes, PortError>> {
        let found = match object.key.as_str() {
            "code.zip" => Ok(zip(&[("app.py", ECHO)])),
            _ => Err(PortError::NotFound {
                code: "NoSuchKey",
                message: "The specified key does not exist.".to_owned(),
            }),
        };
        Box::pin(std::future::ready(found))
    }
}

/// One shard of plain records.
#[derive(Default)]
pub struct Shard {
    pub records: Mutex<Vec<SourceRecord>>,
    pub came: Notify,
}

impl Shard {
    pub fn put(&self, arrival: Timestamp, keyed: &[(&str, &str)]) {
        let mut records = self.records.lock().unwrap();
        for (key, data) in keyed {
            let sequence_number = (1_000 + records.len()).to_string();
            let (partition_key, data) = ((*key).to_owned(), Bytes::from((*data).to_owned()));
            records.push(SourceRecord { sequence_number, partition_key, data, arrival });
        }
        drop(records);
        self.came.notify_waiters();
    }
}

impl RecordSource for Shard {
    fn shards<'a>(
        &'a self,
        _: &'a Principal,
        stream: &'a Arn,
    ) -> BoxFuture<'a, Result<Vec<SourceShard>, PortError>> {
        let found = if stream.as_str() == STREAM {
            Ok(vec![SourceShard {
                id: "shardId-000000000000".to_owned(),
                parents: Vec::new(),
                closed: false,
            }])
        } else {
            Err(PortError::NotFound { code: "ResourceNotFoundException", message: String::new() })
        };
        Box::pin(std::future::ready(found))
    }

    fn position<'a>(
        &'a self,
        _: &'a Principal,
        _: &'a Arn,
        _: &'a str,
        start: ShardStart,
    ) -> BoxFuture<'a, Result<ShardPosition, PortError>> {
        let end = self.records.lock().unwrap().len() as u64;
        let at = if start == ShardStart::Latest { end } else { 0 };
        Box::pin(std::future::ready(Ok(ShardPosition(at))))
    }

    fn read<'a>(
        &'a self,
        _: &'a Principal,
        _: &'a Arn,
        _: &'a str,
        from: ShardPosition,
        records: usize,
        _: usize,
    ) -> BoxFuture<'a, Result<SourceBatch, PortError>> {
        let all = self.records.lock().unwrap();
        let from = usize::try_from(from.0).unwrap();
        let taken: Vec<_> = all.iter().skip(from).take(records).cloned().collect();
        let next = ShardPosition((from + taken.len()) as u64);
        Box::pin(std::future::ready(Ok(SourceBatch { records: taken, next, ended: false })))
    }

    fn wait<'a>(
        &'a self,
        _: &'a Arn,
        _: &'a str,
        from: ShardPosition,
    ) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(async move {
            loop {
                let came = self.came.notified();
                tokio::pin!(came);
                came.as_mut().enable();
                if self.records.lock().unwrap().len() as u64 > from.0 {
                    return Ok(());
                }
                came.await;
            }
        })
    }
}

struct Nobody;

impl Principals for Nobody {
    fn find_key<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<Option<ports::AccessKey>, PortError>> {
        Box::pin(std::future::ready(Ok(None)))
    }

    fn trusts<'a>(&'a self, role: &'a Arn, _: &'static str) -> BoxFuture<'a, Result<bool, PortError>> {
        Box::pin(std::future::ready(Ok(!role.as_str().ends_with("stranger"))))
    }
}

/// A server's worth of Lambda.
pub struct World {
    pub room: Room<Lambda>,
    pub clock: Clock,
    pub told: Arc<Told>,
    pub shard: Arc<Shard>,
    pub store: Arc<Model>,
    pub tasks: Tasks,
    random: Random,
    scratch: Arc<tempfile::TempDir>,
    transitions: bool,
}

/// An answer, read.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub bytes: Bytes,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    pub fn code(&self) -> &str {
        self.headers.get("x-amzn-errortype").map(String::as_str).unwrap_or_default()
    }

    pub fn message(&self) -> String {
        let json = self.json();
        let text = json.get("message").or_else(|| json.get("Message")).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    }
}

pub fn zip(files: &[(&str, &str)]) -> Bytes {
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_bytes(), 0o100_755)).collect();
    archive_of(&files).into()
}

impl World {
    pub fn new() -> Self {
        Self::with(Model::new(Clock::system(Duration::ZERO), Random::seeded(1)), false)
    }

    pub fn with(store: Arc<Model>, transitions: bool) -> Self {
        let scratch = Arc::new(tempfile::tempdir().unwrap());
        Self::open(
            store,
            Clock::system(Duration::ZERO),
            Arc::default(),
            Arc::default(),
            scratch,
            2,
            transitions,
        )
    }

    fn open(
        store: Arc<Model>,
        clock: Clock,
        told: Arc<Told>,
        shard: Arc<Shard>,
        scratch: Arc<tempfile::TempDir>,
        seed: u64,
        transitions: bool,
    ) -> Self {
        let random = Random::seeded(seed);
        let tasks = Tasks::new(Timer::new(clock.clone()));
        let room = lambda::room(Parts {
            store: store.clone(),
            room: RoomParts {
                clock: clock.clone(),
                authorizer: Arc::new(RootOnly),
                meter: Arc::new(Meter::default()),
            },
            random: random.clone(),
            tokens: Tokens::new(Secret::new(*b"tokens")),
            tasks: tasks.clone(),
            principals: Arc::new(Nobody),
            objects: Arc::new(Objects { told: told.clone(), random: random.clone() }),
            records: shard.clone(),
            metrics: told.clone(),
            settings: Settings {
                runtimes: lambda::runtimes::Settings {
                    mode: mode(),
                    helper: PathBuf::from(env!("CARGO_BIN_EXE_lambda-sandbox")),
                    scratch: scratch.path().join(format!("functions-{seed}")),
                    concurrency_max: 8,
                    search: std::env::var_os("PATH").iter().flat_map(std::env::split_paths).collect(),
                },
                endpoint: None,
                transitions,
            },
        });
        Self { room, clock, told, shard, store, tasks, random, scratch, transitions }
    }

    /// The server ends, however it may, and another one opens what it left.
    pub async fn reopened(self) -> Self {
        self.tasks.stop(Duration::from_secs(10)).await;
        let seed = self.random.u64();
        Self::open(self.store, self.clock, self.told, self.shard, self.scratch, seed, self.transitions)
    }

    /// Sends a request as the account's root.
    pub async fn send(&self, method: &str, path: &str, body: Bytes, headers: &[(&str, &str)]) -> Answer {
        let method: Method = method.parse().unwrap();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let query: Vec<(String, String)> = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(HeaderName::try_from(*name).unwrap(), HeaderValue::try_from(*value).unwrap());
        }
        let service = self.room.service();
        let (operation, labels) =
            wire::rest::route(service, &method, path, &query, &map).expect("an operation");
        let answer = self
            .room
            .call(Incoming {
                protocol: wire::Protocol::RestJson,
                operation,
                head: wire::Head { method, path: path.to_owned(), query, headers: map, labels },
                body: Body::from(body),
                caller: Caller {
                    principal: Principal::root(AccountId::DEFAULT),
                    access_key_id: None,
                    auth: AuthSource::HeaderV4,
                    region: Region::us_east_1(),
                    source_ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
                    secure: false,
                    user_agent: None,
                    referer: None,
                    signed_at: None,
                },
                request_id: self.random.uuid(),
                host_id: String::new(),
            })
            .await;
        let headers =
            answer.headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
        Answer {
            status: answer.status,
            headers: headers.collect(),
            bytes: answer.body.collect(64 << 20).await.unwrap(),
        }
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send("POST", path, body.to_string().into(), &[]).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send("PUT", path, body.to_string().into(), &[]).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, Bytes::new(), &[]).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, Bytes::new(), &[]).await
    }

    /// Makes a function of Python.
    pub async fn create(&self, name: &str, code: &str, more: Value) -> Answer {
        let code = base64_simd::STANDARD.encode_to_string(zip(&[("app.py", code)]));
        let mut body = json!({
            "FunctionName": name, "Runtime": "python3.12", "Role": ROLE, "Handler": "app.handler", "Code": { "ZipFile": code },
        });
        for (key, value) in more.as_object().unwrap() {
            body[key] = value.clone();
        }
        self.post("/2015-03-31/functions", body).await
    }

    pub async fn invoke(&self, name: &str, event: Value) -> Answer {
        let path = format!("/2015-03-31/functions/{name}/invocations");
        self.send("POST", &path, event.to_string().into(), &[("x-amz-log-type", "Tail")]).await
    }

    /// Waits until something holds; real functions take real time.
    pub async fn until(&self, what: &str, holds: impl Fn() -> bool) {
        let mut every = tokio::time::interval(Duration::from_millis(10));
        for _ in 0..3_000 {
            if holds() {
                return;
            }
            every.tick().await;
        }
        panic!("{what} did not come");
    }
}
