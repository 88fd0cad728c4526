//! What surrounds the room in these tests: a clock that stands still, the model of the store behind a wrapper that can stop at any call, an
//! S3 that keeps objects as rows and blobs of the same store, and a Kinesis of plain vectors.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr};
use std::ops::Range;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::{AccountId, Arn, Clock, Random, Region, Secret, Timestamp};
use body::Body;
use bytes::Bytes;
use firehose::{Firehose, Neighbours, Parts, Settings};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use ports::{
    Catalog, CatalogColumn, CatalogTable, CompiledConversion, CompiledTable, Conversion, ConvertedFile,
    Converter, DataKey, FunctionAnswer, Functions, KeyError, KeyService, KeyUse, Measurement, Metrics,
    NewObject, NotConverted, ObjectRef, ObjectStore, PortError, PreparedPut, Principal, PrincipalKind,
    RecordSource, RowValues, ShardPosition, ShardStart, SourceBatch, SourceRecord, SourceShard, TableChange,
    TableFile, TableRef, TableRows, TableWriter,
};
use serde_json::{Value, json};
use service::metering::Meter;
use service::{AnyRoom, AuthSource, Caller, Incoming, Room, RoomParts, RootOnly, Tasks, Timer, Tokens};
use storage::Model;
use store::{
    Batch, BlobError, BlobGuard, BlobRef, Check, Commit, CommitError, CommitId, Committed, Fate, From, Key,
    Limit, LogId, LogState, ReadError, Scan, Snapshot, Store, StoredBlob, Tail,
};

pub const START: Timestamp = Timestamp::from_secs(1_783_141_200);
pub const ROLE: &str = "arn:aws:iam::000000000000:role/firehose";

/// What happens at a call that was singled out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mishap {
    /// The process dies: the call never returns, and was not made.
    DieBefore,
    /// The process dies after the call was made.
    DieAfter,
    /// A commit that happens is answered as unknown; any other call fails.
    Unknown,
    /// A commit that does not happen is answered as unknown; any other call fails.
    Lost,
    /// A commit is refused by a check; any other call fails.
    Conflict,
}

/// Counts calls and strikes at one of them.
#[derive(Default)]
pub struct Fates {
    /// Calls left until the strike; negative when none is armed.
    countdown: AtomicI64,
    mishap: Mutex<Option<Mishap>>,
    struck: AtomicU64,
}

impl Fates {
    /// The call after `calls` more runs into this.
    pub fn arm(&self, calls: i64, mishap: Mishap) {
        *self.mishap.lock().unwrap() = Some(mishap);
        self.countdown.store(calls, Ordering::SeqCst);
    }

    pub fn disarm(&self) {
        *self.mishap.lock().unwrap() = None;
    }

    pub fn struck(&self) -> bool {
        self.struck.load(Ordering::SeqCst) > 0
    }

    fn next(&self) -> Option<Mishap> {
        let mut mishap = self.mishap.lock().unwrap();
        let armed = (*mishap)?;
        if self.countdown.fetch_sub(1, Ordering::SeqCst) > 0 {
            return None;
        }
        self.struck.fetch_add(1, Ordering::SeqCst);
        *mishap = None;
        Some(armed)
    }
}

/// The model, with fates.
pub struct FateStore {
    pub model: Arc<Model>,
    pub fates: Arc<Fates>,
}

fn disk_error() -> ReadError {
    ReadError::Disk("struck".to_owned())
}

impl FateStore {
    async fn read_call<T>(&self, call: impl Future<Output = Result<T, ReadError>>) -> Result<T, ReadError> {
        match self.fates.next() {
            None => call.await,
            Some(Mishap::DieBefore) => std::future::pending().await,
            Some(Mishap::DieAfter) => {
                let _ = call.await;
                std::future::pending().await
            }
            Some(Mishap::Unknown | Mishap::Lost | Mishap::Conflict) => Err(disk_error()),
        }
    }
}

impl Store for FateStore {
    fn commit(&self, commit: Commit) -> BoxFuture<'_, Result<Committed, CommitError>> {
        async move {
            let unknown = || Err(CommitError::Unknown("struck".to_owned()));
            match self.fates.next() {
                None => self.model.commit(commit).await,
                Some(Mishap::DieBefore) => std::future::pending().await,
                Some(Mishap::DieAfter) => {
                    let _ = self.model.commit(commit).await;
                    std::future::pending().await
                }
                Some(Mishap::Unknown) => {
                    self.model.commit(commit).await?;
                    unknown()
                }
                Some(Mishap::Lost) => unknown(),
                Some(Mishap::Conflict) => Err(CommitError::Check { index: 0 }),
            }
        }
        .boxed()
    }

    fn outcome(&self, id: CommitId) -> BoxFuture<'_, Result<Fate, ReadError>> {
        self.read_call(self.model.outcome(id)).boxed()
    }

    fn snapshot(&self) -> Box<dyn Snapshot> {
        Box::new(FateSnapshot { inner: self.model.snapshot(), fates: self.fates.clone() })
    }

    fn read(&self, log: LogId, from: From, limit: Limit) -> BoxFuture<'_, Result<Batch, ReadError>> {
        self.read_call(self.model.read(log, from, limit)).boxed()
    }

    fn tail(&self, log: LogId) -> BoxFuture<'_, Result<Tail, ReadError>> {
        self.model.tail(log)
    }

    fn log_state(&self, log: LogId) -> BoxFuture<'_, Result<LogState, ReadError>> {
        self.read_call(self.model.log_state(log)).boxed()
    }

    fn put_blob(&self, body: Body) -> BoxFuture<'_, Result<(StoredBlob, BlobGuard), BlobError>> {
        self.model.put_blob(body)
    }

    fn put_named_blob(
        &self,
        blob: BlobRef,
        body: Body,
    ) -> BoxFuture<'_, Result<(StoredBlob, BlobGuard), BlobError>> {
        self.model.put_named_blob(blob, body)
    }

    fn get_blob(&self, blob: BlobRef, range: Range<u64>) -> BoxFuture<'_, Result<Body, ReadError>> {
        self.model.get_blob(blob, range)
    }

    fn full(&self) -> bool {
        self.model.full()
    }
}

struct FateSnapshot {
    inner: Box<dyn Snapshot>,
    fates: Arc<Fates>,
}

impl FateSnapshot {
    /// A read from a snapshot dies or fails, but has no effect that could be lost.
    async fn strike(&self) -> Result<(), ReadError> {
        match self.fates.next() {
            None => Ok(()),
            Some(Mishap::DieBefore | Mishap::DieAfter) => std::future::pending().await,
            Some(Mishap::Unknown | Mishap::Lost | Mishap::Conflict) => Err(disk_error()),
        }
    }
}

impl Snapshot for FateSnapshot {
    fn position(&self) -> store::Version {
        self.inner.position()
    }

    fn get<'a>(&'a self, key: &'a [u8]) -> BoxFuture<'a, Result<Option<store::Versioned>, ReadError>> {
        async move {
            self.strike().await?;
            self.inner.get(key).await
        }
        .boxed()
    }

    fn scan<'a>(&'a self, scan: Scan) -> BoxFuture<'a, Result<Vec<(Key, store::Versioned)>, ReadError>> {
        async move {
            self.strike().await?;
            self.inner.scan(scan).await
        }
        .boxed()
    }
}

/// An object as the tests see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    pub key: String,
    pub bytes: Bytes,
    pub content_type: Option<String>,
    pub content_encoding: Option<String>,
}

/// `Content-Type` and `Content-Encoding`.
type Headers = (Option<String>, Option<String>);

/// An S3 whose objects are blobs of the store, named by rows `ffff|bucket|00|key`.
pub struct FakeObjects {
    store: Arc<Model>,
    random: Random,
    fates: Arc<Fates>,
    pub buckets: Mutex<BTreeSet<String>>,
    pub principals: Mutex<BTreeSet<String>>,
    /// Keys of KMS that objects were to be encrypted under.
    pub kms_keys: Mutex<BTreeSet<String>>,
    /// How many puts were prepared, and the greatest number of bytes that came at once.
    pub prepared: AtomicU64,
    pub largest_piece: AtomicU64,
    headers: Mutex<BTreeMap<String, Headers>>,
}

fn object_key(bucket: &str, key: &str) -> Key {
    [b"\x0f\x01", bucket.as_bytes(), b"\x00", key.as_bytes()].concat().into()
}

impl FakeObjects {
    async fn prepare(&self, principal: &Principal, mut object: NewObject) -> Result<PreparedPut, PortError> {
        let strike = self.fates.next();
        match strike {
            Some(Mishap::DieBefore) => return std::future::pending().await,
            Some(Mishap::Unknown | Mishap::Lost) => return Err(PortError::Unavailable("struck".to_owned())),
            Some(Mishap::DieAfter | Mishap::Conflict) | None => {}
        }
        assert!(matches!(principal.kind, PrincipalKind::Role { .. }), "deliveries act under a role");
        self.principals.lock().unwrap().insert(principal.arn().unwrap().to_string());
        self.kms_keys.lock().unwrap().extend(object.kms_key.take());
        if !self.buckets.lock().unwrap().contains(&object.bucket) {
            let message = "The specified bucket does not exist".to_owned();
            return Err(PortError::NotFound { code: "NoSuchBucket", message });
        }
        let mut bytes = Vec::new();
        while let Some(piece) = object.body.next().await {
            let piece = piece.map_err(|error| PortError::Unavailable(error.to_string()))?;
            self.largest_piece.fetch_max(piece.len() as u64, Ordering::SeqCst);
            bytes.extend_from_slice(&piece);
        }
        let (stored, guard) = self.store.put_blob(bytes.into()).await.expect("the model takes blobs");
        let key = object_key(&object.bucket, &object.key);
        let mut commit = Commit::new(CommitId(self.random.u128()));
        commit.check(match strike {
            Some(Mishap::Conflict) => Check::Present(key.clone()),
            _ => Check::Absent(key.clone()),
        });
        let value = [&stored.blob.0.to_be_bytes()[..], &stored.bytes.to_be_bytes()].concat();
        commit.writes.push(store::Write { key, value: Some(value.into()) });
        commit.count_blob(stored.blob, 1);
        self.headers.lock().unwrap().insert(object.key, (object.content_type, object.content_encoding));
        self.prepared.fetch_add(1, Ordering::SeqCst);
        if strike == Some(Mishap::DieAfter) {
            return std::future::pending().await;
        }
        Ok(PreparedPut { commit, guard: Some(guard), etag: "\"e\"".to_owned() })
    }
}

impl ObjectStore for FakeObjects {
    fn prepare_put<'a>(
        &'a self,
        principal: &'a Principal,
        _: &'a Region,
        object: NewObject,
    ) -> BoxFuture<'a, Result<PreparedPut, PortError>> {
        self.prepare(principal, object).boxed()
    }

    fn read<'a>(
        &'a self,
        _: &'a Principal,
        _: &'a Region,
        object: ObjectRef,
        _: u64,
    ) -> BoxFuture<'a, Result<Bytes, PortError>> {
        async move {
            let row = self.store.snapshot().get(&object_key(&object.bucket, &object.key)).await.unwrap();
            let missing = || PortError::NotFound { code: "NoSuchKey", message: object.key.clone() };
            let row = row.ok_or_else(missing)?;
            let blob = BlobRef(u128::from_be_bytes(row.value[..16].try_into().unwrap()));
            let length = u64::from_be_bytes(row.value[16..].try_into().unwrap());
            let body = self.store.get_blob(blob, 0..length).await.unwrap();
            Ok(body.collect(1 << 30).await.unwrap())
        }
        .boxed()
    }
}

/// A Kinesis of vectors.
pub struct FakeRecords {
    clock: Clock,
    fates: Arc<Fates>,
    streams: Mutex<BTreeMap<String, Vec<FakeShard>>>,
    moved: tokio::sync::watch::Sender<u64>,
}

struct FakeShard {
    id: String,
    parents: Vec<String>,
    closed: bool,
    first: u64,
    records: Vec<(Bytes, Timestamp)>,
}

impl FakeShard {
    fn end(&self) -> u64 {
        self.first + self.records.len() as u64
    }
}

impl FakeRecords {
    fn new(clock: Clock, fates: Arc<Fates>) -> Self {
        Self { clock, fates, streams: Mutex::default(), moved: tokio::sync::watch::Sender::new(0) }
    }

    /// A question has no effect that could be lost.
    async fn answer<T>(&self, answer: Result<T, PortError>) -> Result<T, PortError> {
        match self.fates.next() {
            None => answer,
            Some(Mishap::DieBefore | Mishap::DieAfter) => std::future::pending().await,
            Some(Mishap::Unknown | Mishap::Lost | Mishap::Conflict) => {
                Err(PortError::Unavailable("struck".to_owned()))
            }
        }
    }

    pub fn arn(name: &str) -> String {
        format!("arn:aws:kinesis:us-east-1:000000000000:stream/{name}")
    }

    fn change<T>(&self, change: impl FnOnce(&mut BTreeMap<String, Vec<FakeShard>>) -> T) -> T {
        let result = change(&mut self.streams.lock().unwrap());
        self.moved.send_modify(|count| *count += 1);
        result
    }

    pub fn create(&self, name: &str) {
        self.change(|streams| streams.insert(Self::arn(name), Vec::new()));
    }

    pub fn delete(&self, name: &str) {
        self.change(|streams| streams.remove(&Self::arn(name)));
    }

    pub fn open(&self, name: &str, shard: &str, parents: &[&str]) {
        let parents = parents.iter().map(|&parent| parent.to_owned()).collect();
        let shard =
            FakeShard { id: shard.to_owned(), parents, closed: false, first: 100, records: Vec::new() };
        self.change(|streams| streams.get_mut(&Self::arn(name)).unwrap().push(shard));
    }

    fn with_shard<T>(&self, name: &str, shard: &str, change: impl FnOnce(&mut FakeShard) -> T) -> T {
        self.change(|streams| {
            let shards = streams.get_mut(&Self::arn(name)).unwrap();
            change(shards.iter_mut().find(|found| found.id == shard).unwrap())
        })
    }

    pub fn close(&self, name: &str, shard: &str) {
        self.with_shard(name, shard, |shard| shard.closed = true);
    }

    pub fn put(&self, name: &str, shard: &str, data: impl Into<Bytes>) {
        let now = self.clock.now();
        self.with_shard(name, shard, |shard| shard.records.push((data.into(), now)));
    }

    fn look<T>(&self, stream: &Arn, shard: &str, look: impl FnOnce(&FakeShard) -> T) -> Result<T, PortError> {
        let gone = || PortError::NotFound {
            code: "ResourceNotFoundException",
            message: format!("Stream {stream} not found."),
        };
        let streams = self.streams.lock().unwrap();
        let shards = streams.get(stream.as_str()).ok_or_else(gone)?;
        shards.iter().find(|found| found.id == shard).map(look).ok_or_else(gone)
    }
}

impl RecordSource for FakeRecords {
    fn shards<'a>(
        &'a self,
        _: &'a Principal,
        stream: &'a Arn,
    ) -> BoxFuture<'a, Result<Vec<SourceShard>, PortError>> {
        let streams = self.streams.lock().unwrap();
        let shards = streams.get(stream.as_str()).map(|shards| {
            let shown = |shard: &FakeShard| SourceShard {
                id: shard.id.clone(),
                parents: shard.parents.clone(),
                closed: shard.closed,
            };
            shards.iter().map(shown).collect()
        });
        let gone = PortError::NotFound {
            code: "ResourceNotFoundException",
            message: format!("Stream {stream} not found."),
        };
        self.answer(shards.ok_or(gone)).boxed()
    }

    fn position<'a>(
        &'a self,
        _: &'a Principal,
        stream: &'a Arn,
        shard: &'a str,
        start: ShardStart,
    ) -> BoxFuture<'a, Result<ShardPosition, PortError>> {
        let place = self.look(stream, shard, |shard| match start {
            ShardStart::TrimHorizon | ShardStart::At(_) => shard.first,
            ShardStart::Latest => shard.end(),
        });
        self.answer(place.map(ShardPosition)).boxed()
    }

    fn read<'a>(
        &'a self,
        _: &'a Principal,
        stream: &'a Arn,
        shard: &'a str,
        from: ShardPosition,
        records: usize,
        bytes: usize,
    ) -> BoxFuture<'a, Result<SourceBatch, PortError>> {
        let batch = self.look(stream, shard, |shard| {
            let skipped = (from.0.max(shard.first) - shard.first) as usize;
            let mut taken = Vec::new();
            let mut size = 0;
            for (data, arrival) in shard.records.iter().skip(skipped).take(records) {
                size += data.len();
                if size > bytes && !taken.is_empty() {
                    break;
                }
                taken.push(SourceRecord {
                    sequence_number: (shard.first + taken.len() as u64).to_string(),
                    partition_key: "p".to_owned(),
                    data: data.clone(),
                    arrival: *arrival,
                });
            }
            let next = shard.first + (skipped + taken.len()) as u64;
            SourceBatch {
                next: ShardPosition(next),
                ended: shard.closed && next == shard.end(),
                records: taken,
            }
        });
        self.answer(batch).boxed()
    }

    fn wait<'a>(
        &'a self,
        stream: &'a Arn,
        shard: &'a str,
        from: ShardPosition,
    ) -> BoxFuture<'a, Result<(), PortError>> {
        async move {
            let mut moved = self.moved.subscribe();
            loop {
                moved.borrow_and_update();
                if self.look(stream, shard, |shard| shard.closed || shard.end() > from.0)? {
                    return Ok(());
                }
                let _ = moved.changed().await;
            }
        }
        .boxed()
    }
}

/// Everything, and one life of the room in it.
pub struct World {
    pub clock: Clock,
    pub random: Random,
    pub model: Arc<Model>,
    pub fates: Arc<Fates>,
    pub objects: Arc<FakeObjects>,
    pub records: Arc<FakeRecords>,
    pub keys: Arc<FakeKeys>,
    pub functions: Arc<FakeFunctions>,
    pub metrics: Arc<FakeMetrics>,
    pub catalog: Arc<FakeCatalog>,
    pub settings: Settings,
    room: Room<Firehose>,
    tasks: Tasks,
}

/// Keys that are kept in the ciphertext; those in `lost` cannot be used.
#[derive(Default)]
pub struct FakeKeys {
    pub lost: Mutex<BTreeSet<String>>,
    made: AtomicU64,
}

impl FakeKeys {
    fn check(&self, key: &str) -> Result<(), KeyError> {
        if self.lost.lock().unwrap().contains(key) {
            return Err(KeyError::Disabled(format!("{key} is disabled.")));
        }
        Ok(())
    }
}

impl KeyService for FakeKeys {
    fn generate<'a>(&'a self, key: &'a str, _: KeyUse<'a>) -> BoxFuture<'a, Result<DataKey, KeyError>> {
        async move {
            self.check(key)?;
            let number = self.made.fetch_add(1, Ordering::SeqCst) as u8;
            let plain = [number; 32];
            let ciphertext = [plain.as_slice(), key.as_bytes()].concat();
            let arn = "arn:aws:kms:us-east-1:000000000000:key/k".parse().unwrap();
            Ok(DataKey { plaintext: Secret::new(plain), ciphertext, key: arn })
        }
        .boxed()
    }

    fn decrypt<'a>(&'a self, ciphertext: &'a [u8], _: KeyUse<'a>) -> BoxFuture<'a, Result<Secret, KeyError>> {
        async move {
            let (plain, key) = ciphertext.split_at(32);
            self.check(std::str::from_utf8(key).unwrap())?;
            Ok(Secret::new(<[u8; 32]>::try_from(plain).unwrap()))
        }
        .boxed()
    }

    fn resolve<'a>(&'a self, key: &'a str, _: KeyUse<'a>) -> BoxFuture<'a, Result<Arn, KeyError>> {
        async move {
            self.check(key)?;
            Ok("arn:aws:kms:us-east-1:000000000000:key/k".parse().unwrap())
        }
        .boxed()
    }
}

/// What a fake function does with an event.
pub type Behave = Box<dyn Fn(&Value) -> FunctionAnswer + Send + Sync>;

/// One function, whatever it is called.
#[derive(Default)]
pub struct FakeFunctions {
    pub behave: Mutex<Option<Behave>>,
    pub events: Mutex<Vec<Value>>,
}

impl FakeFunctions {
    /// From now on each record becomes what `answer` says of it: `(result, data)`.
    pub fn each(&self, answer: impl Fn(&[u8]) -> Option<Value> + Send + Sync + 'static) {
        *self.behave.lock().unwrap() = Some(Box::new(move |event| {
            let mut records = Vec::new();
            for record in event["records"].as_array().unwrap() {
                let data = base64_simd::STANDARD.decode_to_vec(record["data"].as_str().unwrap()).unwrap();
                if let Some(mut answer) = answer(&data) {
                    answer["recordId"] = record["recordId"].clone();
                    records.push(answer);
                }
            }
            answered(&json!({"records": records}))
        }));
    }
}

/// A function's answer.
pub fn answered(payload: &Value) -> FunctionAnswer {
    FunctionAnswer { payload: payload.to_string().into(), error: None, version: "$LATEST".to_owned() }
}

impl Functions for FakeFunctions {
    fn invoke<'a>(
        &'a self,
        _: &'a Principal,
        _: &'a Arn,
        payload: Bytes,
    ) -> BoxFuture<'a, Result<FunctionAnswer, PortError>> {
        async move {
            let event: Value = serde_json::from_slice(&payload).unwrap();
            self.events.lock().unwrap().push(event.clone());
            let behave = self.behave.lock().unwrap();
            let none = || PortError::NotFound {
                code: "ResourceNotFoundException",
                message: "Function not found".to_owned(),
            };
            Ok(behave.as_ref().ok_or_else(none)?(&event))
        }
        .boxed()
    }

    fn check<'a>(&'a self, _: &'a Principal, _: &'a Arn) -> BoxFuture<'a, Result<(), PortError>> {
        async { Ok(()) }.boxed()
    }

    fn enqueue<'a>(&'a self, _: &'a Principal, _: &'a Arn, _: Bytes) -> BoxFuture<'a, Result<(), PortError>> {
        async { panic!("Firehose waits for its functions") }.boxed()
    }
}

/// A catalog of one table, `db.t`, whose version rises whenever it is told; and of the tables of `lake`, which are rows of the store: the
/// addresses of their metadata.
pub struct FakeCatalog {
    pub version: AtomicU64,
    store: Arc<Model>,
    random: Random,
}

fn table_key(table: &str) -> Key {
    [b"\x0f\x02", table.as_bytes()].concat().into()
}

impl FakeCatalog {
    fn new(store: Arc<Model>, random: Random) -> Self {
        Self { version: AtomicU64::new(0), store, random }
    }

    /// Has a table have this metadata.
    pub async fn point(&self, table: &str, metadata: &str) {
        let mut commit = Commit::new(CommitId(self.random.u128()));
        let value = Some(Bytes::from(metadata.to_owned()));
        commit.writes.push(store::Write { key: table_key(table), value });
        self.store.commit(commit).await.unwrap();
    }

    /// The address of a table's metadata, and its version.
    pub async fn pointer(&self, table: &str) -> Option<(String, u64)> {
        let row = self.store.snapshot().get(&table_key(table)).await.unwrap()?;
        Some((String::from_utf8(row.value.to_vec()).unwrap(), row.version.0))
    }
}

impl Catalog for FakeCatalog {
    fn table<'a>(
        &'a self,
        _: &'a Principal,
        table: &'a TableRef,
    ) -> BoxFuture<'a, Result<CatalogTable, PortError>> {
        async move {
            if table.database == "lake"
                && let Some((metadata, version)) = self.pointer(&table.table).await
            {
                let parameters = [("table_type", "ICEBERG".to_owned()), ("metadata_location", metadata)];
                let parameters = parameters.map(|(name, value)| (name.to_owned(), value)).into();
                let column = |name: &str| CatalogColumn { name: name.to_owned(), kind: None };
                let columns = vec![column("id"), column("s")];
                let version = version.to_string();
                return Ok(CatalogTable { version, parameters, columns, ..CatalogTable::default() });
            }
            if (table.database.as_str(), table.table.as_str()) != ("db", "t") {
                let message = "Entity Not Found".to_owned();
                return Err(PortError::NotFound { code: "EntityNotFoundException", message });
            }
            let columns = vec![CatalogColumn { name: "a".to_owned(), kind: Some("int".to_owned()) }];
            let version = self.version.load(Ordering::SeqCst).to_string();
            Ok(CatalogTable { version, columns, ..CatalogTable::default() })
        }
        .boxed()
    }

    fn prepare_update<'a>(
        &'a self,
        _: &'a Principal,
        table: &'a TableRef,
        version: &'a str,
        change: TableChange,
    ) -> BoxFuture<'a, Result<Commit, PortError>> {
        let mut commit = Commit::new(CommitId(self.random.u128()));
        let key = table_key(&table.table);
        commit.check(Check::VersionIs(key.clone(), store::Version(version.parse().unwrap())));
        let metadata = change.parameters["metadata_location"].clone();
        commit.writes.push(store::Write { key, value: Some(metadata.into()) });
        async { Ok(commit) }.boxed()
    }
}

/// Files that are the records' own lines, of records that are JSON.
pub struct FakeConverter;

struct FakeFile(Vec<Bytes>);

impl Converter for FakeConverter {
    fn compile(&self, _: &Conversion) -> Result<Arc<dyn CompiledConversion>, NotConverted> {
        Ok(Arc::new(FakeConverter))
    }

    fn compile_table(&self, rows: &TableRows) -> Result<Arc<dyn CompiledTable>, NotConverted> {
        let schema: Value = serde_json::from_str(&rows.schema).unwrap();
        let mut columns = BTreeMap::new();
        for field in schema["fields"].as_array().unwrap() {
            let id = field["id"].as_i64().unwrap() as i32;
            if rows.only.as_ref().is_none_or(|only| only.contains(&id)) {
                columns.insert(field["name"].as_str().unwrap().to_owned(), id);
            }
        }
        Ok(Arc::new(FakeTable { columns, closed: rows.only.is_none() }))
    }
}

/// Rows as lines of JSON. Every column but those of keys may be absent; numbers are longs.
#[derive(Clone)]
struct FakeTable {
    columns: BTreeMap<String, i32>,
    closed: bool,
}

impl FakeTable {
    fn row(&self, record: &[u8]) -> Result<serde_json::Map<String, Value>, NotConverted> {
        let refused = |code, message: String| NotConverted { code, message };
        let row: Result<serde_json::Map<String, Value>, _> = serde_json::from_slice(record);
        let mut row = row.map_err(|error| refused("Iceberg.ParseError", error.to_string()))?;
        let lacks = |what: &str| refused("Iceberg.MissingColumnWithinRecord", what.to_owned());
        match self.closed {
            true => {
                if let Some(key) = row.keys().find(|key| !self.columns.contains_key(*key)) {
                    return Err(lacks(key));
                }
            }
            false => {
                row.retain(|key, _| self.columns.contains_key(key));
                if row.len() < self.columns.len() {
                    return Err(lacks("a key"));
                }
            }
        }
        Ok(row)
    }
}

impl CompiledTable for FakeTable {
    fn begin(&self) -> Box<dyn TableWriter> {
        Box::new(FakeRows(self.clone(), Vec::new()))
    }

    fn values(&self, fields: &[i32]) -> Result<Box<dyn RowValues>, NotConverted> {
        let name = |id: &i32| self.columns.iter().find(|(_, known)| *known == id).unwrap().0.clone();
        Ok(Box::new(FakeValues(self.clone(), fields.iter().map(name).collect())))
    }
}

struct FakeValues(FakeTable, Vec<String>);

impl RowValues for FakeValues {
    fn of(&mut self, record: &[u8]) -> Result<Vec<Option<Vec<u8>>>, NotConverted> {
        let row = self.0.row(record)?;
        let value = |name: &String| match row.get(name)? {
            Value::String(text) => Some(text.clone().into_bytes()),
            other => Some(other.as_i64().unwrap().to_le_bytes().to_vec()),
        };
        Ok(self.1.iter().map(value).collect())
    }
}

struct FakeRows(FakeTable, Vec<Bytes>);

impl TableWriter for FakeRows {
    fn push(&mut self, record: &[u8]) -> Result<(), NotConverted> {
        let row = Value::Object(self.0.row(record)?);
        self.1.push(format!("{row}\n").into());
        Ok(())
    }

    fn rows(&self) -> u64 {
        self.1.len() as u64
    }

    fn finish(self: Box<Self>) -> Result<TableFile, NotConverted> {
        Ok(TableFile { rows: self.rows(), pieces: self.1, ..TableFile::default() })
    }
}

impl CompiledConversion for FakeConverter {
    fn begin(&self) -> Box<dyn ConvertedFile> {
        Box::new(FakeFile(Vec::new()))
    }
}

impl ConvertedFile for FakeFile {
    fn push(&mut self, record: &[u8]) -> Result<(), NotConverted> {
        let document: Result<Value, _> = serde_json::from_slice(record);
        let document = document.map_err(|error| NotConverted {
            code: "DataFormatConversion.ParseError",
            message: error.to_string(),
        })?;
        self.0.push(format!("{document};").into());
        Ok(())
    }

    fn rows(&self) -> u64 {
        self.0.len() as u64
    }

    fn buffered(&self) -> usize {
        self.0.iter().map(Bytes::len).sum()
    }

    fn finish(self: Box<Self>) -> Result<Vec<Bytes>, NotConverted> {
        Ok(self.0)
    }
}

/// Sums of metrics, and log lines.
#[derive(Default)]
pub struct FakeMetrics {
    pub sums: Mutex<BTreeMap<String, f64>>,
    pub lines: Mutex<Vec<Value>>,
}

impl FakeMetrics {
    pub fn sum(&self, name: &str) -> f64 {
        self.sums.lock().unwrap().get(name).copied().unwrap_or(0.0)
    }
}

impl Metrics for FakeMetrics {
    fn record(&self, _: AccountId, _: &Region, measurement: Measurement<'_>) {
        *self.sums.lock().unwrap().entry(measurement.name.to_owned()).or_default() += measurement.value;
    }

    fn log(&self, _: AccountId, _: &Region, _: &str, _: &str, _: Timestamp, message: String) {
        self.lines.lock().unwrap().push(serde_json::from_str(&message).unwrap());
    }
}

impl World {
    pub fn new() -> Self {
        Self::with(Settings::default())
    }

    pub fn with(settings: Settings) -> Self {
        let clock = Clock::manual(START);
        let random = Random::seeded(1);
        let model = Model::new(clock.clone(), random.clone());
        let fates = Arc::new(Fates::default());
        let objects = Arc::new(FakeObjects {
            store: model.clone(),
            random: random.clone(),
            fates: fates.clone(),
            buckets: Mutex::new(BTreeSet::from(["b".to_owned()])),
            principals: Mutex::default(),
            kms_keys: Mutex::default(),
            prepared: AtomicU64::new(0),
            largest_piece: AtomicU64::new(0),
            headers: Mutex::default(),
        });
        let records = Arc::new(FakeRecords::new(clock.clone(), fates.clone()));
        let (keys, functions, metrics) = (Arc::default(), Arc::default(), Arc::default());
        let catalog = Arc::new(FakeCatalog::new(model.clone(), random.clone()));
        let beside = Beside { objects, records, keys, functions, metrics, catalog };
        let (room, tasks) = life(&clock, &random, &model, &fates, &beside, settings);
        let Beside { objects, records, keys, functions, metrics, catalog } = beside;
        Self {
            clock,
            random,
            model,
            fates,
            objects,
            records,
            keys,
            functions,
            metrics,
            catalog,
            settings,
            room,
            tasks,
        }
    }

    fn beside(&self) -> Beside {
        Beside {
            objects: self.objects.clone(),
            records: self.records.clone(),
            keys: self.keys.clone(),
            functions: self.functions.clone(),
            metrics: self.metrics.clone(),
            catalog: self.catalog.clone(),
        }
    }

    /// The process ends, in whatever state it is, and another begins on the same data.
    pub async fn restart(&mut self) {
        assert!(self.tasks.stop(Duration::from_secs(10)).await, "tasks end when asked");
        self.fates.disarm();
        (self.room, self.tasks) =
            life(&self.clock, &self.random, &self.model, &self.fates, &self.beside(), self.settings);
    }

    /// Calls an operation; the status and the answer.
    pub async fn call(&self, operation: &str, input: Value) -> (u16, Value) {
        self.call_as(AccountId::DEFAULT, operation, input).await
    }

    pub async fn call_as(&self, account: AccountId, operation: &str, input: Value) -> (u16, Value) {
        let incoming = Incoming {
            protocol: wire::Protocol::Json11,
            operation: self.room.service().operation(operation).expect("an operation of the model"),
            head: wire::Head {
                method: http::Method::POST,
                path: "/".to_owned(),
                query: Vec::new(),
                headers: http::HeaderMap::new(),
                labels: Vec::new(),
            },
            body: Body::from(input.to_string()),
            caller: Caller {
                principal: Principal::root(account),
                access_key_id: Some("test".to_owned()),
                auth: AuthSource::HeaderV4,
                region: Region::us_east_1(),
                source_ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
                secure: false,
                user_agent: None,
                referer: None,
                signed_at: None,
            },
            request_id: "id".to_owned(),
            host_id: String::new(),
        };
        let answer = self.room.call(incoming).await;
        let bytes = answer.body.collect(1 << 24).await.unwrap();
        let value = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() };
        (answer.status, value)
    }

    /// Calls an operation that must succeed.
    pub async fn ok(&self, operation: &str, input: Value) -> Value {
        let (status, answer) = self.call(operation, input).await;
        assert_eq!(status, 200, "{operation}: {answer}");
        answer
    }

    /// Calls an operation that must be refused; the code and the text.
    pub async fn refused(&self, operation: &str, input: Value) -> (String, String) {
        let (status, answer) = self.call(operation, input).await;
        assert!((400..600).contains(&status), "{operation} was not refused: {answer}");
        let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
        (text("__type"), text("message"))
    }

    /// Creates a stream of Direct PUT into bucket `b`.
    pub async fn create(&self, name: &str, more: Value) {
        self.ok(
            "CreateDeliveryStream",
            json!({
                "DeliveryStreamName": name,
                "ExtendedS3DestinationConfiguration": s3("b", more),
            }),
        )
        .await;
    }

    pub async fn put(&self, name: &str, data: &[u8]) -> String {
        let record = json!({"Data": base64_simd::STANDARD.encode_to_string(data)});
        let answer = self.ok("PutRecord", json!({"DeliveryStreamName": name, "Record": record})).await;
        answer["RecordId"].as_str().unwrap().to_owned()
    }

    /// Stores an object as somebody else would.
    pub async fn store_object(&self, bucket: &str, key: &str, bytes: Bytes) {
        let (stored, _guard) = self.model.put_blob(bytes.to_vec().into()).await.unwrap();
        let value = [&stored.blob.0.to_be_bytes()[..], &stored.bytes.to_be_bytes()].concat();
        let mut commit = Commit::new(CommitId(self.random.u128()));
        commit.writes.push(store::Write { key: object_key(bucket, key), value: Some(value.into()) });
        commit.count_blob(stored.blob, 1);
        self.objects.headers.lock().unwrap().insert(key.to_owned(), (None, None));
        self.model.commit(commit).await.unwrap();
    }

    /// All objects of a bucket, by key, as committed.
    pub async fn objects(&self, bucket: &str) -> Vec<Object> {
        let prefix = object_key(bucket, "");
        let end = object_key(&format!("{bucket}\x00"), "");
        let mut end = end.to_vec();
        end.truncate(prefix.len() - 1);
        end.push(1);
        let scan = Scan { start: prefix.clone(), end: end.into(), reverse: false, limit: 100_000 };
        let mut objects = Vec::new();
        for (key, row) in self.model.snapshot().scan(scan).await.unwrap() {
            let key = String::from_utf8(key[prefix.len()..].to_vec()).unwrap();
            let blob = BlobRef(u128::from_be_bytes(row.value[..16].try_into().unwrap()));
            let length = u64::from_be_bytes(row.value[16..].try_into().unwrap());
            let body = self.model.get_blob(blob, 0..length).await.unwrap();
            let bytes = body.collect(1 << 30).await.unwrap();
            let (content_type, content_encoding) = self.objects.headers.lock().unwrap()[&key].clone();
            objects.push(Object { key, bytes, content_type, content_encoding });
        }
        objects
    }

    /// Everything in bucket `b`, in the order of the keys.
    pub async fn delivered(&self) -> Vec<u8> {
        self.objects("b").await.iter().flat_map(|object| object.bytes.to_vec()).collect()
    }

    /// Lets the tasks run until the bucket holds that many objects.
    pub async fn until_objects(&self, count: usize) -> Vec<Object> {
        self.until(async || self.objects("b").await.len() >= count).await;
        self.objects("b").await
    }

    /// Lets the tasks run until something is so.
    pub async fn until(&self, mut so: impl AsyncFnMut() -> bool) {
        for _ in 0..200_000 {
            if so().await {
                return;
            }
            tokio::task::yield_now().await;
        }
        panic!("it never came to be");
    }

    /// Lets the tasks run, and seconds pass, until something is so: for what waits for sockets and for the clock in turn.
    pub async fn eventually(&self, mut so: impl AsyncFnMut() -> bool) {
        for _ in 0..300 {
            if so().await {
                return;
            }
            self.settle().await;
            self.pass(1);
        }
        panic!("it never came to be");
    }

    /// Lets the tasks run for a while in which nothing is expected of them.
    pub async fn settle(&self) {
        for _ in 0..500 {
            tokio::task::yield_now().await;
        }
    }

    pub fn pass(&self, secs: u64) {
        self.clock.pass(Duration::from_secs(secs));
    }
}

/// The rooms beside.
struct Beside {
    objects: Arc<FakeObjects>,
    records: Arc<FakeRecords>,
    keys: Arc<FakeKeys>,
    functions: Arc<FakeFunctions>,
    metrics: Arc<FakeMetrics>,
    catalog: Arc<FakeCatalog>,
}

fn life(
    clock: &Clock,
    random: &Random,
    model: &Arc<Model>,
    fates: &Arc<Fates>,
    beside: &Beside,
    settings: Settings,
) -> (Room<Firehose>, Tasks) {
    let tasks = Tasks::new(Timer::new(clock.clone()));
    let room = firehose::room(Parts {
        store: Arc::new(FateStore { model: model.clone(), fates: fates.clone() }),
        room: RoomParts {
            clock: clock.clone(),
            authorizer: Arc::new(RootOnly),
            meter: Arc::new(Meter::default()),
        },
        random: random.clone(),
        tokens: Tokens::new(Secret::new(*b"tokens")),
        tasks: tasks.clone(),
        neighbours: Neighbours {
            objects: beside.objects.clone(),
            records: beside.records.clone(),
            keys: beside.keys.clone(),
            functions: Some(beside.functions.clone()),
            catalog: Some(beside.catalog.clone()),
            converter: Some(Arc::new(FakeConverter)),
            metrics: beside.metrics.clone(),
            outbound: outbound::Client::new(outbound::Rules::public().with_loopback(true)),
        },
        settings,
    });
    (room, tasks)
}

/// A destination in a bucket: an interval of 60 seconds and a size of 1 MiB, and what else is given.
pub fn s3(bucket: &str, more: Value) -> Value {
    let mut destination = json!({
        "RoleARN": ROLE,
        "BucketARN": format!("arn:aws:s3:::{bucket}"),
        "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 60},
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        destination[name] = value.clone();
    }
    destination
}
