//! [`Embedded`] as a [`Store`]: what callers do before and after their turn.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use body::Body;
use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, ready};
use store::{
    Batch, BlobError, BlobGuard, BlobRef, Check, Commit, CommitError, CommitId, Committed, Fate, From, Key,
    Limit, LogChange, LogId, LogState, Place, PlaceError, ReadError, Scan, Snapshot, Store, StoredBlob, Tail,
    TailSource, Version, Versioned, Volume,
};
use tokio::sync::oneshot;

use super::queue::{Job, Pending, Warm};
use super::shared::{Guarded, Shared};
use super::{Embedded, records};
use crate::blobs::packs;
use crate::index::Row;
use crate::index::rows::{self, BlobPlace, BlobRow};
use crate::index::state::State;
use crate::pool::Pool;

/// How often a read of a small blob starts again because it was moved meanwhile.
const ATTEMPTS: usize = 8;

/// A permit covers so many bytes of queued commits.
const PERMIT_BYTES: usize = 1024;

/// How many permits a bound of bytes makes.
pub fn permits(bytes: usize) -> usize {
    bytes.div_ceil(PERMIT_BYTES).max(1)
}

impl Embedded {
    async fn commit_queued(&self, commit: Commit) -> Result<Committed, CommitError> {
        commit.within_bounds().map_err(CommitError::TooLarge)?;
        debug_assert!(
            commit.writes.iter().all(|write| write.key.len() >= 2 && write.key[0] != 0),
            "every key begins with the number of a room's table"
        );
        let bytes = permits(commit.payload_bytes() + commit.row_bytes()).min(self.permits);
        let permits = u32::try_from(bytes).expect("a commit has at most 20 MiB");
        let permit = self.queued.clone().acquire_many_owned(permits).await;
        let permit = permit.expect("the permits are never closed");
        let warm = self.warm(&commit).await?;
        let (answer, answered) = oneshot::channel();
        let pending = Pending::new(commit, warm, Some(permit), answer);
        self.shared.queue.push(Job::Commit(pending)).map_err(|_| CommitError::Closed)?;
        match answered.await {
            Ok(result) => result,
            Err(_) => Err(CommitError::Unknown("the journal's thread has stopped".to_owned())),
        }
    }

    /// Reads the rows that a commit needs and that are not in memory.
    async fn warm(&self, commit: &Commit) -> Result<Warm, CommitError> {
        let state = self.shared.state();
        let mut keys = Vec::new();
        needed(commit, &self.shared, |key| {
            if state.in_maps(&key).is_none() {
                keys.push(key);
            }
        });
        if keys.is_empty() {
            return Ok(Warm::default());
        }
        let failed = |error: ReadError| {
            self.shared.note_corrupt(&error);
            CommitError::Unknown(error.to_string())
        };
        if state.view.in_memory() {
            return warm(&state, keys).map_err(failed);
        }
        self.readers.run(move || warm(&state, keys)).await.map_err(failed)
    }

    async fn read_stored(&self, log: LogId, from: From, limit: Limit) -> Result<Batch, ReadError> {
        let (shared, archives) = (self.shared.clone(), self.archives.clone());
        let result = self.readers.run(move || records::read(&shared, &archives, log, from, limit)).await;
        result.inspect_err(|error| self.shared.note_corrupt(error))
    }

    async fn log_end(&self, log: LogId) -> Result<Arc<super::logs::LogEnd>, ReadError> {
        if let Some(end) = self.shared.logs.get(log) {
            return Ok(end);
        }
        if self.shared.state().view.in_memory() {
            return records::log_end(&self.shared, log);
        }
        let shared = self.shared.clone();
        self.readers.run(move || records::log_end(&shared, log)).await
    }

    async fn store_blob(&self, blob: BlobRef, body: Body) -> Result<(StoredBlob, BlobGuard), BlobError> {
        self.shared.guard(blob, Guarded::Writing);
        let shared = self.shared.clone();
        // Released also when the upload breaks off or is dropped half-way.
        let guard = BlobGuard::new(move || shared.release(blob));
        let bytes = self.blobs.put(blob, body).await?;
        self.shared.guard(blob, Guarded::Whole(bytes));
        Ok((StoredBlob { blob, bytes }, guard))
    }

    async fn read_blob(&self, blob: BlobRef, range: Range<u64>) -> Result<Body, ReadError> {
        let mut seen = None;
        for _ in 0..ATTEMPTS {
            let place = self.blob_place(blob).await?;
            let bytes = place.bytes();
            if range.start > range.end || range.end > bytes {
                return Err(ReadError::Range { bytes });
            }
            let read = match place {
                BlobPlace::File { .. } | BlobPlace::Copy { .. } => {
                    let file = place.file(blob).expect("these places are files");
                    self.blobs.read_file(file, range.clone()).await
                }
                BlobPlace::Pack { pack, at, bytes, .. } => {
                    let place = packs::Place { pack, offset: at };
                    self.blobs.read_pack(blob, place, u64::from(bytes), range.clone()).await
                }
                BlobPlace::Journal { at, bytes, crc } => {
                    self.read_journal_blob(at, bytes, crc, range.clone()).await
                }
            };
            match read {
                Ok(body) => return Ok(body),
                // It was moved or removed meanwhile, unless its row still says the same.
                Err(error) if seen == Some(place) => {
                    let error = match error {
                        ReadError::NoBlob(_) => ReadError::Corrupt(format!(
                            "blob `{:032x}` is not where its row says: its file is missing",
                            blob.0
                        )),
                        other => other,
                    };
                    self.shared.note_corrupt(&error);
                    return Err(error);
                }
                Err(_) => seen = Some(place),
            }
        }
        Err(ReadError::Disk(format!("blob `{:032x}` is moved faster than it can be read", blob.0)))
    }

    async fn blob_place(&self, blob: BlobRef) -> Result<BlobPlace, ReadError> {
        if let Some(bytes) = self.shared.guarded(blob) {
            return Ok(BlobPlace::File { bytes });
        }
        let key = rows::blob_key(blob);
        let row = get(&self.shared.state(), &self.readers, &key).await?;
        let value = row.and_then(|row| row.value).ok_or(ReadError::NoBlob(blob))?;
        Ok(rows::decode::<BlobRow>(&value)?.place)
    }

    async fn read_journal_blob(
        &self,
        at: u64,
        bytes: u32,
        crc: u32,
        range: Range<u64>,
    ) -> Result<Body, ReadError> {
        let lost = move || ReadError::Corrupt(format!("blob in the journal at place `{at}`"));
        let (segment, offset) = self.shared.segments.at(at).ok_or_else(lost)?;
        let mut blob = vec![0; bytes as usize];
        if !segment.file().read_now(offset, &mut blob) {
            let read = move || segment.file().read_exact_at(offset, &mut blob).map(|()| blob);
            let failed = |error| ReadError::Disk(format!("journal at place `{at}`: {error}"));
            blob = self.readers.run(read).await.map_err(failed)?;
        }
        if crc32c::crc32c(&blob) != crc {
            return Err(lost());
        }
        Ok(Bytes::from(blob).slice(range.start as usize..range.end as usize).into())
    }
}

/// The keys that a commit's checks and effects look at.
fn needed(commit: &Commit, shared: &Shared, mut need: impl FnMut(Bytes)) {
    let need_log = |log: LogId, need: &mut dyn FnMut(Bytes)| {
        if shared.logs.get(log).is_none() {
            need(rows::log_key(log));
        }
    };
    for check in &commit.checks {
        match check {
            Check::Absent(key) | Check::Present(key) | Check::VersionIs(key, _) => need(key.clone()),
            Check::LogOpen(log) => need_log(*log, &mut need),
            Check::BlobLive(blob) => need(rows::blob_key(*blob)),
        }
    }
    for change in &commit.logs {
        let (LogChange::Create { log, .. }
        | LogChange::Seal(log)
        | LogChange::Horizon(log, _)
        | LogChange::Delete(log)) = *change;
        need_log(log, &mut need);
    }
    for append in &commit.appends {
        need_log(append.log, &mut need);
    }
    let new: HashSet<BlobRef> = commit.new_blobs.iter().map(|new| new.blob).collect();
    for (blob, _) in &commit.counts {
        if !new.contains(blob) {
            need(rows::blob_key(*blob));
        }
    }
}

fn warm(state: &State, keys: Vec<Bytes>) -> Result<Warm, ReadError> {
    let mut rows = HashMap::with_capacity(keys.len());
    for key in keys {
        let row = state.view.get(&key)?;
        rows.insert(key, row);
    }
    Ok(Warm { generation: state.generation, rows })
}

async fn get(state: &Arc<State>, readers: &Pool, key: &[u8]) -> Result<Option<Row>, ReadError> {
    if state.in_maps(key).is_some() || state.view.in_memory() {
        return state.get(key);
    }
    let (state, key) = (state.clone(), Bytes::copy_from_slice(key));
    readers.run(move || state.get(&key)).await
}

impl Store for Embedded {
    fn commit(&self, commit: Commit) -> BoxFuture<'_, Result<Committed, CommitError>> {
        self.commit_queued(commit).boxed()
    }

    fn outcome(&self, id: CommitId) -> BoxFuture<'_, Result<Fate, ReadError>> {
        async move {
            self.shared.barrier().await;
            if let Some(what) = self.shared.failure.get() {
                return Err(ReadError::Disk(what));
            }
            if self.shared.has_recent_id(id) {
                return Ok(Fate::Committed);
            }
            let shared = self.shared.clone();
            self.readers.run(move || shared.stored_fate(id)).await
        }
        .boxed()
    }

    fn snapshot(&self) -> Box<dyn Snapshot> {
        Box::new(EmbeddedSnapshot {
            state: self.shared.state(),
            readers: self.readers.clone(),
            shared: self.shared.clone(),
        })
    }

    fn read(&self, log: LogId, from: From, limit: Limit) -> BoxFuture<'_, Result<Batch, ReadError>> {
        async move {
            let end = self.log_end(log).await?;
            match end.read_fresh(from, limit) {
                Some(read) => read.map_err(|error| ReadError::Corrupt(error.to_string())),
                None => self.read_stored(log, from, limit).await,
            }
        }
        .boxed()
    }

    fn tail(&self, log: LogId) -> BoxFuture<'_, Result<Tail, ReadError>> {
        async move {
            let end = self.log_end(log).await?;
            if end.state().is_none() {
                return Err(ReadError::NoLog(log));
            }
            Ok(Tail::new(end))
        }
        .boxed()
    }

    fn log_state(&self, log: LogId) -> BoxFuture<'_, Result<LogState, ReadError>> {
        async move { self.log_end(log).await?.state().ok_or(ReadError::NoLog(log)) }.boxed()
    }

    fn put_blob(&self, body: Body) -> BoxFuture<'_, Result<(StoredBlob, BlobGuard), BlobError>> {
        self.store_blob(self.blobs.name(), body).boxed()
    }

    fn put_named_blob(
        &self,
        blob: BlobRef,
        body: Body,
    ) -> BoxFuture<'_, Result<(StoredBlob, BlobGuard), BlobError>> {
        self.store_blob(blob, body).boxed()
    }

    fn get_blob(&self, blob: BlobRef, range: Range<u64>) -> BoxFuture<'_, Result<Body, ReadError>> {
        self.read_blob(blob, range).boxed()
    }

    fn full(&self) -> bool {
        self.shared.space.full()
    }

    fn place_blob(&self, blob: BlobRef, place: Place) -> BoxFuture<'_, Result<(), PlaceError>> {
        self.place(blob, place).boxed()
    }

    fn has_volume(&self, volume: Volume) -> bool {
        self.is_volume(volume)
    }
}

struct EmbeddedSnapshot {
    state: Arc<State>,
    readers: Arc<Pool>,
    shared: Arc<Shared>,
}

impl Snapshot for EmbeddedSnapshot {
    fn position(&self) -> Version {
        Version(self.state.position)
    }

    fn get<'a>(&'a self, key: &'a [u8]) -> BoxFuture<'a, Result<Option<Versioned>, ReadError>> {
        let versioned = |row: Option<Row>| {
            let row = row?;
            row.value.map(|value| Versioned { version: Version(row.version), value })
        };
        if let Some(row) = self.state.in_maps(key) {
            return ready(Ok(versioned(Some(row.clone())))).boxed();
        }
        if self.state.view.in_memory() {
            let found = self.state.view.get(key).inspect_err(|error| self.shared.note_corrupt(error));
            return ready(found.map(versioned)).boxed();
        }
        async move {
            let found = get(&self.state, &self.readers, key).await;
            found.inspect_err(|error| self.shared.note_corrupt(error)).map(versioned)
        }
        .boxed()
    }

    fn scan<'a>(&'a self, scan: Scan) -> BoxFuture<'a, Result<Vec<(Key, Versioned)>, ReadError>> {
        if self.state.view.in_memory() {
            let found = self.state.scan(&scan).inspect_err(|error| self.shared.note_corrupt(error));
            return ready(found).boxed();
        }
        let state = self.state.clone();
        async move {
            let found = self.readers.run(move || state.scan(&scan)).await;
            found.inspect_err(|error| self.shared.note_corrupt(error))
        }
        .boxed()
    }
}
