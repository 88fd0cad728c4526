//! The way out of what lies in pipes (`engine/pipes.rs`): into buckets, exactly once; to destinations outside, at least once.
//!
//! One loop for each stream looks after all its pipes: it counts what lies in each, and when a buffer is full or old enough starts its delivery, which
//! runs beside the others. So errors and backups go out while the destination keeps the records waiting, and each of five hundred partitions has
//! its own size and time. Nothing is held in memory but a count; a delivery reads its records when it makes the object or the request.
//!
//! What goes outside is a batch, whose id and end are stored before it is first sent: after a failure or a restart the same batch goes out
//! again under the same id, until its retry time has run out. Then it is filed among the errors, in the commit that moves on.

mod bucket;
mod http;
mod iceberg;
mod postgres;
mod redshift;
mod remote;
mod search;
mod splunk;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::{ByteSize, Timestamp};
use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt};
use ports::{PortError, Principal};
use service::Timer;
use store::{Check, Commit, CommitError, Limit, LogChange, LogId, Row, Seq};
use tokio::sync::watch;

use super::Engine;
use super::buffering::{Buffered, Hints, Verdict};
use super::convert::CONVERSION_FAILED;
use super::delivery::commit_surely;
use super::delivery::origin::{Origin, OriginError, READ_BYTES_MAX};
use super::delivery::stage::{commit_id, in_frames, lines};
use super::error::{Error, NotFound};
use super::limits::RETENTION;
use super::pipes::{self, Board};
use super::sealing::Frames;
use super::streams::{self, Status};
use super::tell::Teller;
use crate::tables::{
    Destination, PIPES, PipeKey, PipeKind, PipeRow, S3Destination, STREAMS, SearchFlavor, StreamId,
    StreamKey, StreamRow,
};

/// The first pause after a failure, and the longest.
const PAUSE_MIN: Duration = Duration::from_secs(1);
const PAUSE_MAX: Duration = Duration::from_secs(30);
/// Bytes of a batch that goes outside: it is held in memory while it is sent.
const REMOTE_BYTES_MAX: u64 = 16 << 20;
/// Records of a batch that goes outside (Firehose facts section 6, HTTP endpoint).
const REMOTE_RECORDS_MAX: u64 = 10_000;

/// The way out of one stream.
pub struct Outlet {
    engine: Arc<Engine>,
    timer: Timer,
    key: StreamKey,
    id: StreamId,
    changed: watch::Receiver<()>,
    board: Arc<Board>,
}

/// Why something did not go out.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}")]
    Origin(#[from] OriginError),
    #[error("{0}")]
    Engine(#[from] Error),
    #[error("{0}")]
    Object(#[from] PortError),
    #[error("{0}")]
    Commit(CommitError),
    #[error("`{0}` is no ARN")]
    Arn(String),
    #[error("the pipe is another than it was")]
    Outdated,
    #[error("{0}")]
    File(String),
    #[error("{message}")]
    Table { code: &'static str, message: String },
}

enum Ended {
    Gone,
    Reload,
}

/// A pipe that is looked after.
struct Live {
    row: Row<PipeRow>,
    counted: u64,
    buffered: Buffered,
    /// Everything there is was counted.
    drained: bool,
    /// A delivery runs.
    busy: bool,
    failures: u32,
    /// Not before then.
    again: Option<Timestamp>,
}

impl Live {
    fn new(row: Row<PipeRow>) -> Self {
        let counted = row.value.position;
        let buffered = Buffered::default();
        Self { row, counted, buffered, drained: false, busy: false, failures: 0, again: None }
    }
}

/// What deliveries of one stream share, as it is configured.
struct Shop {
    engine: Arc<Engine>,
    timer: Timer,
    key: StreamKey,
    id: StreamId,
    row: StreamRow,
    frames: Frames,
    teller: Teller,
    board: Arc<Board>,
    /// The time in the last object's name.
    delivered: Mutex<Timestamp>,
}

/// What is to go out of a pipe: the records from the row's position up to `to`.
#[derive(Clone)]
struct Load {
    key: PipeKey,
    row: Row<PipeRow>,
    to: u64,
    buffered: Buffered,
}

type Delivered = (PipeKey, Result<(), Failure>);

impl Outlet {
    /// The way out of the stream with this id.
    pub fn new(
        engine: Arc<Engine>,
        timer: Timer,
        key: StreamKey,
        id: StreamId,
        changed: watch::Receiver<()>,
        board: Arc<Board>,
    ) -> Self {
        Self { engine, timer, key, id, changed, board }
    }

    /// Lets out what lies in the pipes until the stream is deleted. May be dropped at any await.
    pub async fn run(mut self) {
        let mut failures = 0u32;
        loop {
            self.changed.mark_unchanged();
            match self.stretch(&mut failures).await {
                Ok(Ended::Gone) => return,
                Ok(Ended::Reload) => {}
                Err(failure) => {
                    failures = failures.saturating_add(1);
                    if failures.is_power_of_two() {
                        tracing::warn!(stream = self.key.name, %failure, "the pipes cannot be read; tried again");
                    }
                    self.timer.sleep(pause(failures)).await;
                }
            }
        }
    }

    async fn stretch(&mut self, failures: &mut u32) -> Result<Ended, Failure> {
        let engine = self.engine.clone();
        let mut row = match engine.stream(&self.key).await {
            Ok(row) if row.value.id() == self.id => row.value,
            Ok(_) | Err(Error::NotFound(NotFound { .. })) => return Ok(Ended::Gone),
            Err(error) => return Err(error.into()),
        };
        if streams::status(&row, engine.clock.now()) == Status::Deleting {
            // The delivery removes it; then there is nothing left to be told of.
            return Ok(if self.changed.changed().await.is_ok() { Ended::Reload } else { Ended::Gone });
        }
        row.destination = engine.with_open_secrets(&self.key, self.id, &row.destination).await?;
        let shop = Arc::new(Shop {
            engine: engine.clone(),
            timer: self.timer.clone(),
            key: self.key.clone(),
            id: self.id,
            frames: engine.frames(&self.key, self.id),
            teller: engine.teller(&self.key, &row),
            board: self.board.clone(),
            delivered: Mutex::new(Timestamp::EPOCH),
            row,
        });
        self.board.take_written();
        let all = pipes::all(&*engine.store.snapshot(), self.id).await.map_err(Error::from)?;
        let mut pipes: BTreeMap<PipeKey, Live> =
            all.into_iter().map(|(key, row)| (key, Live::new(row))).collect();
        *failures = 0;
        let mut running: FuturesUnordered<BoxFuture<'static, Delivered>> = FuturesUnordered::new();
        loop {
            for key in self.board.take_written() {
                shop.look_again(&mut pipes, key).await?;
            }
            let next = shop.start_due(&mut pipes, &mut running).await?;
            let timer = &self.timer;
            let due = async {
                match next {
                    Some(next) => timer.sleep_until(next).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                Some((key, outcome)) = running.next() => shop.settle(&mut pipes, key, outcome).await?,
                () = due => {}
                () = self.board.written() => {}
                changed = self.changed.changed() => {
                    return Ok(if changed.is_ok() { Ended::Reload } else { Ended::Gone });
                }
            }
        }
    }
}

impl Shop {
    /// A pipe was written into, or is new, or gone.
    async fn look_again(&self, pipes: &mut BTreeMap<PipeKey, Live>, key: PipeKey) -> Result<(), Failure> {
        if let Some(live) = pipes.get_mut(&key) {
            live.drained = false;
        }
        match PIPES.get(&*self.engine.store.snapshot(), &key).await.map_err(Error::from)? {
            Some(row) => match pipes.get(&key) {
                // The same name under another log is another pipe.
                Some(live) if live.row.value.log == row.value.log => {}
                Some(_) | None => _ = pipes.insert(key, Live::new(row)),
            },
            None => _ = pipes.remove(&key),
        }
        Ok(())
    }

    /// Starts what is due, and says when something will be.
    async fn start_due(
        self: &Arc<Self>,
        pipes: &mut BTreeMap<PipeKey, Live>,
        running: &mut FuturesUnordered<BoxFuture<'static, Delivered>>,
    ) -> Result<Option<Timestamp>, Failure> {
        let mut next: Option<Timestamp> = None;
        let mut sooner = |when: Timestamp| next = Some(next.map_or(when, |next| next.min(when)));
        let mut gone = Vec::new();
        for (key, live) in pipes.iter_mut().filter(|(_, live)| !live.busy) {
            let now = self.engine.clock.now();
            if let Some(again) = live.again.filter(|again| *again > now) {
                sooner(again);
                continue;
            }
            let (hints, records_max) = self.hints(key.kind);
            match self.count(key, live, hints, records_max).await {
                Ok(()) => {}
                Err(Failure::Origin(OriginError::Gone(_))) => {
                    gone.push(key.clone());
                    continue;
                }
                Err(failure) => return Err(failure),
            }
            let full = live.buffered.records >= records_max || live.row.value.batch.is_some();
            let verdict = hints.judge(live.buffered, now);
            match verdict {
                Verdict::Empty => {
                    if key.kind == PipeKind::Records && !key.name.is_empty() {
                        self.board.is_drained(key.clone());
                    }
                }
                Verdict::WaitUntil(due) if !full => sooner(due),
                Verdict::WaitUntil(_) | Verdict::Deliver => {
                    live.busy = true;
                    let load = Load {
                        key: key.clone(),
                        row: live.row.clone(),
                        to: live.counted,
                        buffered: live.buffered,
                    };
                    let shop = self.clone();
                    running.push(Box::pin(async move {
                        let key = load.key.clone();
                        (key, shop.deliver(load).await)
                    }));
                }
            }
        }
        for key in gone {
            pipes.remove(&key);
        }
        Ok(next)
    }

    /// When what lies in a pipe is due, and how many records go together.
    fn hints(&self, kind: PipeKind) -> (Hints, u64) {
        let of = |s3: &S3Destination| Hints::new(s3.buffer_mb, s3.buffer_secs);
        let destination = &self.row.destination;
        match kind {
            PipeKind::Errors => (of(destination.bucket()), u64::MAX),
            PipeKind::Backup => (of(streams::backup(destination).unwrap_or(destination.bucket())), u64::MAX),
            PipeKind::Records => match destination {
                Destination::S3(s3) => (of(s3), u64::MAX),
                // Its records are staged as objects.
                Destination::Redshift(_) => (of(destination.bucket()), u64::MAX),
                // Its records become objects too.
                Destination::Iceberg(iceberg) => {
                    (Hints::new(iceberg.remote.buffer_mb, iceberg.remote.buffer_secs), u64::MAX)
                }
                Destination::Http(_) | Destination::Splunk(_) | Destination::Search(_) => {
                    let remote =
                        destination.remote().expect("a destination outside has what all of them have");
                    let hints = Hints::new(remote.buffer_mb, remote.buffer_secs);
                    let size = ByteSize(hints.size.0.min(REMOTE_BYTES_MAX));
                    (Hints { size, ..hints }, REMOTE_RECORDS_MAX)
                }
            },
        }
    }

    fn origin(&self, row: &PipeRow) -> Origin {
        Origin::Pipe { store: self.engine.store.clone(), log: LogId(row.log), frames: self.frames.clone() }
    }

    /// Counts what lies in a pipe, up to the size hint, or to the end of a batch that was begun.
    async fn count(
        &self,
        _key: &PipeKey,
        live: &mut Live,
        hints: Hints,
        records_max: u64,
    ) -> Result<(), Failure> {
        let origin = self.origin(&live.row.value);
        let batch_end = live.row.value.batch.as_ref().map(|batch| batch.to);
        while !live.drained {
            let (records, bytes) = match batch_end {
                Some(end) => (end.saturating_sub(live.counted), READ_BYTES_MAX as u64),
                None => (records_max.saturating_sub(live.buffered.records), hints.room(live.buffered)),
            };
            if records == 0 || bytes == 0 {
                return Ok(());
            }
            let records = usize::try_from(records).unwrap_or(usize::MAX);
            let bytes = usize::try_from(bytes).unwrap_or(usize::MAX).min(READ_BYTES_MAX);
            let _permit = self.engine.counts.acquire().await.expect("the semaphore is never closed");
            let piece = origin.read("", live.counted, records, bytes).await?;
            for record in &piece.records {
                live.buffered.add(record.data.len(), record.arrival);
            }
            live.counted = piece.next;
            live.drained = piece.records.is_empty();
        }
        Ok(())
    }

    async fn deliver(&self, load: Load) -> Result<(), Failure> {
        let destination = &self.row.destination;
        match (load.key.kind, destination) {
            (PipeKind::Errors, _) => match load.row.value.keys.get(iceberg::ERROR_PREFIX).cloned() {
                // Failures of one table may have a prefix of their own.
                Some(prefix) => {
                    let s3 = destination.bucket();
                    let s3 = S3Destination { error_output_prefix: Some(prefix), ..s3.clone() };
                    self.to_bucket(load, &s3).await
                }
                None => self.to_bucket(load, destination.bucket()).await,
            },
            (PipeKind::Backup, _) => {
                // A backup that was switched off since is still one.
                let s3 = streams::backup(destination).unwrap_or(destination.bucket());
                self.to_bucket(load, s3).await
            }
            (PipeKind::Records, Destination::S3(s3)) => {
                match s3.conversion.as_ref().filter(|on| on.is_on()) {
                    Some(conversion) => self.convert_to_bucket(load, s3, conversion).await,
                    None => self.to_bucket(load, s3).await,
                }
            }
            (PipeKind::Records, Destination::Http(_) | Destination::Splunk(_) | Destination::Search(_)) => {
                self.to_remote(load).await
            }
            (PipeKind::Records, Destination::Redshift(redshift)) => self.to_redshift(load, redshift).await,
            (PipeKind::Records, Destination::Iceberg(iceberg)) => self.to_iceberg(load, iceberg).await,
        }
    }

    /// A delivery is over.
    async fn settle(
        &self,
        pipes: &mut BTreeMap<PipeKey, Live>,
        key: PipeKey,
        outcome: Result<(), Failure>,
    ) -> Result<(), Failure> {
        let failures = match outcome {
            Ok(()) => 0,
            Err(Failure::Outdated) => pipes.get(&key).map_or(0, |live| live.failures),
            Err(failure) => {
                let failures = pipes.get(&key).map_or(0, |live| live.failures).saturating_add(1);
                if failures.is_power_of_two() {
                    tracing::warn!(stream = self.key.name, account = %self.key.account, failures, %failure,
                        "delivery failed; it will be tried again");
                    self.teller.failed(failure.code(), &failure.to_string(), None);
                }
                self.teller.not_delivered(match (key.kind, &self.row.destination) {
                    (PipeKind::Backup, _) => "Backup",
                    (PipeKind::Records, Destination::Iceberg(_)) => "Iceberg",
                    (PipeKind::Records | PipeKind::Errors, _) => "S3",
                });
                self.drop_expired(&key).await?;
                failures
            }
        };
        match PIPES.get(&*self.engine.store.snapshot(), &key).await.map_err(Error::from)? {
            Some(row) => {
                let mut live = Live::new(row);
                live.failures = failures;
                live.again = (failures > 0).then(|| self.engine.clock.now().plus(pause(failures)));
                pipes.insert(key, live);
            }
            None => _ = pipes.remove(&key),
        }
        Ok(())
    }

    /// What could not be delivered for 24 hours is lost (Firehose facts section 2).
    async fn drop_expired(&self, key: &PipeKey) -> Result<(), Failure> {
        let engine = &self.engine;
        let Some(row) = PIPES.get(&*engine.store.snapshot(), key).await.map_err(Error::from)? else {
            return Ok(());
        };
        let expired = engine.clock.now().minus(RETENTION).plus(Duration::from_micros(1));
        let one = Limit { records: 1, bytes: 1 };
        let kept = engine.store.read(LogId(row.value.log), store::From::Time(expired), one).await;
        let kept = kept.map_err(Error::from)?;
        let position = kept.records.first().map_or(kept.next, |record| record.seq).0;
        if position <= row.value.position {
            return Ok(());
        }
        let mut commit = Commit::new(commit_id(engine));
        pipes::advance(&mut commit, key, &row, position);
        match streams::settle(&*engine.store, commit).await {
            Ok(()) | Err(CommitError::Check { .. }) => {}
            Err(error) => return Err(Failure::Commit(error)),
        }
        let lost = position - row.value.position;
        tracing::error!(stream = self.key.name, account = %self.key.account, lost,
            "records could not be delivered for 24 hours and were dropped");
        Ok(())
    }

    /// A commit that moves a pipe's position, and whatever goes with it.
    fn commit_of(&self, load: &Load, to: u64) -> Commit {
        let mut commit = Commit::new(commit_id(&self.engine));
        commit.check(Check::Present(STREAMS.key(&self.key)));
        pipes::advance(&mut commit, &load.key, &load.row, to);
        commit
    }

    /// Has a commit file failures. Their pipe is made if it is not there.
    async fn file(
        &self,
        commit: &mut Commit,
        error_type: &str,
        errors: Vec<(Timestamp, String)>,
    ) -> Result<(), Failure> {
        self.file_under(commit, error_type, BTreeMap::new(), errors).await
    }

    /// The same into a pipe with these keys.
    async fn file_under(
        &self,
        commit: &mut Commit,
        name: &str,
        keys: BTreeMap<String, String>,
        errors: Vec<(Timestamp, String)>,
    ) -> Result<(), Failure> {
        if errors.is_empty() {
            return Ok(());
        }
        let key = PipeKey { stream: self.id, kind: PipeKind::Errors, name: name.to_owned() };
        let log = match PIPES.get(&*self.engine.store.snapshot(), &key).await.map_err(Error::from)? {
            Some(row) => LogId(row.value.log),
            None => pipes::create(commit, &key, keys, LogId(self.engine.random.u128())),
        };
        let sealer = self.frames.sealer(self.row.encryption.as_ref()).await.map_err(Error::from)?;
        if let Some(sealer) = &sealer {
            // The row may be there already: it is the same.
            sealer.join(commit);
        }
        commit.append(log, in_frames(&lines(errors), sealer.as_ref(), &self.engine.random));
        Ok(())
    }

    /// Commits, and calls for the pipes of failures to be looked at.
    async fn commit(&self, commit: Commit) -> Result<(), Failure> {
        self.commit_with(commit, self.error_pipes()).await
    }

    /// The same, with the pipes that the commit writes into.
    async fn commit_with(&self, commit: Commit, written: Vec<PipeKey>) -> Result<(), Failure> {
        let outcome = commit_surely(&self.engine, &self.timer, commit, &self.key.name).await;
        match outcome {
            Ok(Some(_)) => {
                self.board.wrote(written);
                Ok(())
            }
            Ok(None) | Err(CommitError::Check { .. } | CommitError::Log(_) | CommitError::Blob(_)) => {
                self.board.wrote(written);
                Err(Failure::Outdated)
            }
            Err(error) => Err(Failure::Commit(error)),
        }
    }

    /// The pipes of failures that deliveries write into.
    fn error_pipes(&self) -> Vec<PipeKey> {
        let key = |name: &str| PipeKey { stream: self.id, kind: PipeKind::Errors, name: name.to_owned() };
        vec![key(CONVERSION_FAILED), key(self.error_type())]
    }

    /// What failures of the destination are filed under.
    fn error_type(&self) -> &'static str {
        match &self.row.destination {
            Destination::S3(_) | Destination::Redshift(_) => super::intake::PROCESSING_FAILED,
            Destination::Iceberg(_) => iceberg::FAILED,
            Destination::Http(_) => "http-endpoint-failed",
            Destination::Splunk(_) => "splunk-failed",
            Destination::Search(search) => match search.flavor {
                SearchFlavor::OpenSearch => "AmazonOpenSearchService-failed",
                SearchFlavor::Elasticsearch => "elasticsearch-failed",
                SearchFlavor::Serverless => "AmazonOpenSearchServerless-failed",
            },
        }
    }

    /// A time for an object's name: objects list in the order of their delivery, also those of one millisecond.
    fn delivery_time(&self) -> Timestamp {
        let mut last = self.delivered.lock().expect("nothing panics while the time is held");
        *last = self.engine.clock.now().max(last.plus(Duration::from_millis(1)));
        *last
    }

    fn principal(&self, role_arn: &str) -> Result<Principal, Failure> {
        let role = role_arn.parse().map_err(|_| Failure::Arn(role_arn.to_owned()))?;
        Ok(Principal::role(self.key.account, role, &*self.key.name))
    }
}

impl Failure {
    /// As log lines name it.
    fn code(&self) -> &'static str {
        match self {
            Failure::Object(PortError::NotFound { .. }) => "S3.NoSuchBucket",
            Failure::Object(PortError::Denied(_)) => "S3.AccessDenied",
            Failure::Object(PortError::Invalid { .. } | PortError::Unavailable(_)) => "S3.InternalError",
            Failure::Origin(_)
            | Failure::Engine(_)
            | Failure::Commit(_)
            | Failure::Arn(_)
            | Failure::Outdated
            | Failure::File(_) => "Firehose.InternalError",
            Failure::Table { code, .. } => code,
        }
    }
}

fn pause(failures: u32) -> Duration {
    PAUSE_MIN.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(PAUSE_MAX)
}

/// Has a commit put a pipe's row as it is to be, without moving its position.
fn put_row(commit: &mut Commit, load: &Load, row: &PipeRow) {
    commit.unchanged(PIPES, &load.key, Some(&load.row));
    commit.put(PIPES, &load.key, row);
    // Nothing to drop yet: the horizon says so.
    commit.log(LogChange::Horizon(LogId(row.log), Seq(row.position)));
}
