//! A delivery: a log, a cursor and a sink (house page, "A record"). One runs for each stream.
//!
//! ```text
//!          ┌───────────── wait: a record, the interval, a change of the stream ◄──────────────┐
//!          ▼                                                                                   │
//!   count what there is ──not due──────────────────────────────────────────────────────────────┤
//!          │ due: size or interval, first met                                                  │
//!          ▼                                                                                   │
//!   build the object from the log ─► ObjectStore::prepare_put ─► one commit:                   │
//!                                     checks  stream and cursors as they were read             │
//!                                     object  what S3 prepared                                 │
//!                                     cursors moved, horizon of the log raised  ───────────────┘
//! ```
//!
//! The object appears and the cursor moves in the same commit: a record is delivered exactly once, whatever happens between. Nothing but
//! the cursor says what was delivered, so a delivery may be dropped at any await and begun again. When a commit conflicts, or its outcome
//! stayed unknown until it was asked for, everything in memory is thrown away and read anew.
//!
//! Records are counted where they lie and read a second time to build the object; in exchange no buffer is held in memory, be it of 128 MiB.
//!
//! A stream that is more than plain has another sink in place of the object: what was counted is worked on and laid into pipes (`stage`), from
//! which `engine/outlet.rs` takes it on.
//!
//! A delivery that fails is tried again after a pause that doubles up to half a minute. Direct PUT keeps what cannot be delivered for 24
//! hours; a Kinesis stream keeps it as long as its own retention says.

mod lanes;
pub(super) mod object;
pub(super) mod origin;
pub(super) mod stage;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use base::{Arn, Timestamp};
use body::Body;
use futures_util::future::{BoxFuture, FutureExt};
use futures_util::stream::{FuturesUnordered, StreamExt};
use ports::{NewObject, Principal};
use service::Timer;
use store::{Check, Commit, CommitError, CommitId, Committed, From, Limit, LogChange, LogId, Row, Seq};
use tokio::sync::watch;

use self::lanes::Lanes;
use self::object::{Span, Steps};
use self::origin::{Origin, OriginError, READ_BYTES_MAX};
use self::stage::Stage;
use super::Engine;
use super::buffering::{Hints, Verdict};
use super::error::{Error, NotFound};
use super::iceberg;
use super::intake::Intake;
use super::kafka::{Bootstrap, Topic};
use super::limits::RETENTION;
use super::naming::Naming;
use super::pipes::{self, Board};
use super::processing::Steps as Processors;
use super::streams;
use super::tell::Teller;
use crate::tables::{
    CURSORS, CursorKey, CursorRow, Destination, S3Destination, STREAMS, Source, StreamId, StreamKey,
    StreamRow,
};

/// The first pause after a failure, and the longest.
const PAUSE_MIN: Duration = Duration::from_secs(1);
const PAUSE_MAX: Duration = Duration::from_secs(30);
/// Conflicts in a row after which a delivery pauses as after a failure.
const CONFLICTS_MAX: u32 = 5;

/// How long a topic of Kafka is read before it is asked for its partitions again.
const TOPIC_LOOK: Duration = Duration::from_secs(300);

/// Delivers one stream until it is deleted.
pub struct Delivery {
    engine: Arc<Engine>,
    timer: Timer,
    key: StreamKey,
    id: StreamId,
    changed: watch::Receiver<()>,
    /// Failures since the last success.
    failures: u32,
    /// Conflicts since the last success.
    conflicts: u32,
    /// The time in the last object's name.
    delivered: Timestamp,
    /// Where the outlet is told what lies in the pipes.
    board: Arc<Board>,
    /// Bytes of a stretch that is worked on: less after one that became too large.
    cap: usize,
}

/// How a stretch of work ended.
enum Ended {
    /// The stream is gone: there is nothing more to do.
    Gone,
    /// What is in memory may be outdated: read everything anew.
    Reload,
}

/// Why an object did not come to be.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}")]
    Origin(#[from] OriginError),
    #[error("{0}")]
    Engine(#[from] Error),
    #[error("{0}")]
    Object(#[from] ports::PortError),
    #[error("{0}")]
    Commit(CommitError),
    #[error("`{0}` is no ARN")]
    Arn(String),
    #[error("records were trimmed while they were read")]
    Trimmed,
}

impl Failure {
    /// As log lines name it.
    fn code(&self) -> &'static str {
        match self {
            Failure::Object(ports::PortError::NotFound { .. }) => "S3.NoSuchBucket",
            Failure::Object(ports::PortError::Denied(_)) => "S3.AccessDenied",
            Failure::Object(ports::PortError::Invalid { .. } | ports::PortError::Unavailable(_)) => {
                "S3.InternalError"
            }
            Failure::Origin(_)
            | Failure::Engine(_)
            | Failure::Commit(_)
            | Failure::Arn(_)
            | Failure::Trimmed => "Firehose.InternalError",
        }
    }
}

/// What the rows say, for one stretch of work.
struct Work {
    row: Row<StreamRow>,
    hints: Hints,
    steps: Steps,
    naming: Naming,
    bucket: String,
    principal: Principal,
    /// What is done instead of an object.
    stage: Option<Stage>,
    teller: Teller,
    origin: Origin,
    lanes: Lanes,
    waits: FuturesUnordered<BoxFuture<'static, (String, Result<(), OriginError>)>>,
}

impl Work {
    fn destination(&self) -> &S3Destination {
        self.row.value.destination.bucket()
    }

    /// What was counted.
    fn spans(&self) -> Vec<Span> {
        let spans = self.lanes.lanes.iter().filter(|lane| lane.buffered.records > 0);
        let span = |lane: &lanes::Lane| Span {
            shard: lane.shard.clone(),
            from: lane.start,
            to: lane.counted,
            records: lane.buffered.records,
        };
        spans.map(span).collect()
    }
}

impl Delivery {
    /// A delivery of the stream with this id. `changed` tells when the stream's row may have changed.
    pub fn new(
        engine: Arc<Engine>,
        timer: Timer,
        key: StreamKey,
        id: StreamId,
        changed: watch::Receiver<()>,
        board: Arc<Board>,
    ) -> Self {
        let delivered = Timestamp::EPOCH;
        Self { engine, timer, key, id, changed, failures: 0, conflicts: 0, delivered, board, cap: usize::MAX }
    }

    /// Delivers until the stream is deleted. May be dropped at any await.
    pub async fn run(mut self) {
        loop {
            self.changed.mark_unchanged();
            match self.stretch().await {
                Ok(Ended::Gone) => return,
                Ok(Ended::Reload) => {}
                // A deletion shows first as a log that is not there any more.
                Err(_) if self.is_gone().await => return,
                Err(failure) => self.pause(&failure).await,
            }
        }
    }

    async fn is_gone(&self) -> bool {
        match self.engine.stream(&self.key).await {
            Ok(row) => row.value.id() != self.id,
            Err(error) => matches!(error, Error::NotFound(_)),
        }
    }

    /// Works with what the rows say until they may say something else.
    async fn stretch(&mut self) -> Result<Ended, Failure> {
        let row = match self.engine.stream(&self.key).await {
            Ok(row) if row.value.id() == self.id => row,
            Ok(_) | Err(Error::NotFound(NotFound { .. })) => return Ok(Ended::Gone),
            Err(error) => return Err(error.into()),
        };
        if let Some(until) = row.value.deleting_until_micros {
            self.timer.sleep_until(Timestamp::from_micros(until)).await;
            return match self.engine.remove(&self.key, &row).await {
                Ok(()) => Ok(Ended::Gone),
                Err(CommitError::Check { .. }) => Ok(Ended::Reload),
                Err(error) => Err(Failure::Commit(error)),
            };
        }
        let mut work = self.prepare(row).await?;
        let looked = self.engine.clock.now();
        loop {
            work.take_wakes()?;
            work.count(&self.engine).await?;
            match work.hints.judge(work.lanes.buffered(), self.engine.clock.now()) {
                Verdict::Deliver => {
                    let ended = if work.stage.is_some() {
                        self.stage(&mut work).await?
                    } else {
                        self.deliver(&mut work).await?
                    };
                    if let Some(ended) = ended {
                        return Ok(ended);
                    }
                }
                Verdict::Empty => {
                    // Kafka tells nobody of partitions that were added.
                    let again = match &work.origin {
                        Origin::Kafka { .. } => Some(looked.plus(TOPIC_LOOK)),
                        Origin::Direct { .. } | Origin::Pipe { .. } | Origin::Kinesis { .. } => None,
                    };
                    if let Some(ended) = self.wait(&mut work, again).await? {
                        return Ok(ended);
                    }
                    if again.is_some_and(|again| again <= self.engine.clock.now()) {
                        return Ok(Ended::Reload);
                    }
                }
                Verdict::WaitUntil(due) => {
                    if let Some(ended) = self.wait(&mut work, Some(due)).await? {
                        return Ok(ended);
                    }
                }
            }
        }
    }

    async fn prepare(&self, row: Row<StreamRow>) -> Result<Work, Failure> {
        let engine = &self.engine;
        let destination = row.value.destination.bucket();
        let now = engine.clock.now();
        let naming = streams::naming(destination, &self.key.name, row.value.version, now, &engine.random)
            .map_err(Error::from)?;
        let origin = self.origin(&row.value.source)?;
        let rows = streams::cursors(&*engine.store.snapshot(), self.id).await.map_err(Error::from)?;
        let rows: HashMap<String, Row<CursorRow>> =
            rows.into_iter().map(|(key, row)| (key.shard, row)).collect();
        let lanes = match Lanes::load(&origin, rows).await {
            Ok(lanes) => lanes,
            Err(error) => {
                // A single shard may expire between two questions; only the stream's own absence counts.
                if let Err(OriginError::Gone(_)) = origin.shards().await {
                    self.forget_positions(&row).await?;
                }
                return Err(error.into());
            }
        };
        let teller = engine.teller(&self.key, &row.value);
        let (stage, hints) = match self.staging(&row.value, &naming, &teller).await? {
            Some((stage, hints)) => (Some(stage), hints),
            None => (None, Hints::new(destination.buffer_mb, destination.buffer_secs)),
        };
        Ok(Work {
            hints,
            stage,
            teller,
            steps: Steps { de_aggregate: origin.de_aggregates(), delimit: delimits(destination) },
            naming,
            bucket: bucket_name(&destination.bucket_arn).to_owned(),
            principal: self.principal(&destination.role_arn)?,
            origin,
            lanes,
            waits: FuturesUnordered::new(),
            row,
        })
    }

    /// How a stream is worked on that passes through pipes, and how long its records are gathered for it.
    async fn staging(
        &self,
        row: &StreamRow,
        naming: &Naming,
        teller: &Teller,
    ) -> Result<Option<(Stage, Hints)>, Failure> {
        if !stage::is_staged(row) {
            return Ok(None);
        }
        let steps = Processors::new(row.destination.processing()).map_err(Error::from)?;
        let role = row.destination.remote().and_then(|remote| remote.role_arn.clone());
        let role = role.unwrap_or_else(|| row.destination.bucket().role_arn.clone());
        let (bytes, interval) = match &steps.function {
            Some(function) => (function.bytes, function.interval),
            None => (READ_BYTES_MAX as u64, Duration::ZERO),
        };
        let size = base::ByteSize(bytes.min(self.cap as u64));
        let partitioned =
            matches!(&row.destination, Destination::S3(s3) if s3.partitioning_enabled == Some(true));
        let keys = naming.prefixes.partition_keys().into_iter().map(str::to_owned).collect();
        let intake = Intake {
            partition_keys: partitioned.then_some(keys),
            routes: match &row.destination {
                Destination::Iceberg(iceberg) => Some(iceberg::routes(iceberg)),
                Destination::S3(_)
                | Destination::Http(_)
                | Destination::Splunk(_)
                | Destination::Search(_)
                | Destination::Redshift(_) => None,
            },
            aggregates: matches!(row.source, Source::Kinesis { .. }),
            stream_arn: Arn::new(
                "firehose",
                &self.key.region,
                self.key.account,
                &format!("deliverystream/{}", self.key.name),
            ),
            region: self.key.region.clone(),
            source_arn: match &row.source {
                Source::Direct { .. } | Source::Kafka { .. } => None,
                Source::Kinesis { stream_arn, .. } => Some(stream_arn.clone()),
            },
            principal: self.principal(&role)?,
            functions: self.engine.functions.clone(),
            timer: self.timer.clone(),
            teller: teller.clone(),
            steps,
        };
        let all = pipes::all(&*self.engine.store.snapshot(), self.id).await.map_err(Error::from)?;
        let backs_up = streams::backup(&row.destination).is_some();
        Ok(Some((Stage { intake, backs_up, pipes: all.into_iter().collect() }, Hints { size, interval })))
    }

    fn origin(&self, source: &Source) -> Result<Origin, Failure> {
        Ok(match source {
            Source::Direct { log, framed, .. } => {
                let frames = (*framed == Some(true)).then(|| self.engine.frames(&self.key, self.id));
                Origin::Direct { store: self.engine.store.clone(), log: LogId(*log), frames }
            }
            Source::Kinesis { stream_arn, role_arn } => Origin::Kinesis {
                records: self.engine.records.clone(),
                principal: self.principal(role_arn)?,
                stream: stream_arn.parse().map_err(|_| Failure::Arn(stream_arn.clone()))?,
            },
            Source::Kafka { brokers, topic, .. } => {
                let bootstrap = Bootstrap::parse(brokers).ok_or_else(|| Failure::Arn(brokers.clone()))?;
                let topic = Topic::new(self.engine.outbound.clone(), bootstrap, topic.clone());
                Origin::Kafka { topic: Arc::new(topic) }
            }
        })
    }

    fn principal(&self, role_arn: &str) -> Result<Principal, Failure> {
        let role: Arn = role_arn.parse().map_err(|_| Failure::Arn(role_arn.to_owned()))?;
        Ok(Principal::role(self.key.account, role, &*self.key.name))
    }

    /// Waits for something to count, the time given, or a change of the stream.
    async fn wait(&mut self, work: &mut Work, due: Option<Timestamp>) -> Result<Option<Ended>, Failure> {
        let timer = &self.timer;
        let interval = async {
            match due {
                Some(due) => timer.sleep_until(due).await,
                None => std::future::pending().await,
            }
        };
        let record = async {
            match work.waits.next().await {
                Some(woken) => woken,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            (shard, woken) = record => {
                woken?;
                work.lanes.wake(&shard);
                Ok(None)
            }
            () = interval => Ok(None),
            changed = self.changed.changed() => match changed {
                Ok(()) => Ok(Some(Ended::Reload)),
                // The sender goes only when the delivery is over.
                Err(_) => Ok(Some(Ended::Gone)),
            },
        }
    }

    /// Makes one object of what was counted and moves the cursors, in one commit.
    async fn deliver(&mut self, work: &mut Work) -> Result<Option<Ended>, Failure> {
        let engine = self.engine.clone();
        let _permit = engine.deliveries.acquire().await.expect("the semaphore is never closed");
        let buffered = work.lanes.buffered();
        let arrival = buffered.oldest.unwrap_or_else(|| engine.clock.now());
        // Objects list in the order of their delivery, also those of one millisecond.
        self.delivered = engine.clock.now().max(self.delivered.plus(Duration::from_millis(1)));
        let key = work.naming.key(arrival, self.delivered, &engine.random);
        let body = work.body(&engine.random.uuid());
        let object = NewObject {
            bucket: work.bucket.clone(),
            key,
            body,
            content_type: Some("application/octet-stream".to_owned()),
            content_encoding: work.naming.compression.content_encoding().map(str::to_owned),
            metadata: Vec::new(),
            kms_key: work.destination().kms_key.clone(),
        };
        let name = object.key.clone();
        let prepared = engine.objects.prepare_put(&work.principal, &self.key.region, object).await?;
        let commit = self.cursor_commit(work).and(prepared.commit);
        let outcome = commit_surely(&engine, &self.timer, commit, &self.key.name).await;
        drop(prepared.guard);
        match outcome {
            Ok(Some(committed)) => {
                tracing::debug!(
                    stream = self.key.name,
                    object = name,
                    records = buffered.records,
                    bytes = buffered.bytes,
                    "delivered"
                );
                work.teller.delivered("S3", buffered, engine.clock.now());
                work.lanes.delivered(committed.position);
                self.failures = 0;
                self.conflicts = 0;
                Ok(None)
            }
            Ok(None) => Ok(Some(Ended::Reload)),
            Err(error) => self.conflicted(error),
        }
    }

    /// What a commit that did not happen means: read anew, or, after some in a row, a failure.
    fn conflicted(&mut self, error: CommitError) -> Result<Option<Ended>, Failure> {
        match error {
            CommitError::Check { .. } | CommitError::Log(_) | CommitError::Blob(_)
                if self.conflicts < CONFLICTS_MAX =>
            {
                self.conflicts += 1;
                Ok(Some(Ended::Reload))
            }
            error => Err(Failure::Commit(error)),
        }
    }

    /// The half of the commit that is ours.
    fn cursor_commit(&self, work: &Work) -> Commit {
        let mut commit = Commit::new(CommitId(self.engine.random.u128()));
        // The row's version says all: the stream exists, is the same one, and is still configured as this object was made.
        commit.unchanged(STREAMS, &self.key, Some(&work.row));
        for lane in work.lanes.lanes.iter().filter(|lane| lane.moves()) {
            let key = CursorKey { stream: self.id, shard: lane.shard.clone() };
            commit.unchanged(CURSORS, &key, lane.row.as_ref()).put(CURSORS, &key, &lane.row_after());
            if let Some(log) = work.row.value.source.log() {
                commit.log(LogChange::Horizon(log, Seq(lane.counted)));
            }
        }
        for shard in &work.lanes.stale {
            commit.delete(CURSORS, &CursorKey { stream: self.id, shard: shard.clone() });
        }
        commit
    }

    /// Pauses after a failure, and drops what has been kept too long.
    async fn pause(&mut self, failure: &Failure) {
        self.failures = self.failures.saturating_add(1);
        self.conflicts = 0;
        // Told ever more rarely, as the service samples errors that are frequent.
        if self.failures.is_power_of_two() {
            tracing::warn!(stream = self.key.name, account = %self.key.account, failures = self.failures, %failure,
                "delivery failed; it will be tried again");
            if let Ok(row) = self.engine.stream(&self.key).await {
                self.engine.teller(&self.key, &row.value).failed(failure.code(), &failure.to_string(), None);
            }
        }
        if let Err(error) = self.drop_expired().await {
            tracing::warn!(stream = self.key.name, %error, "expired records could not be dropped");
        }
        let doubled = PAUSE_MIN.saturating_mul(1 << (self.failures - 1).min(16));
        let timer = &self.timer;
        tokio::select! {
            () = timer.sleep(doubled.min(PAUSE_MAX)) => {}
            // A change may be the cure. An error means that nobody can change anything any more.
            Ok(()) = self.changed.changed() => {}
        }
    }

    /// Direct PUT loses what could not be delivered for 24 hours (Firehose facts section 2).
    async fn drop_expired(&self) -> Result<(), Error> {
        let engine = &self.engine;
        let snapshot = engine.store.snapshot();
        let Some(row) = STREAMS.get(&*snapshot, &self.key).await? else { return Ok(()) };
        let (true, Some(log)) = (row.value.id() == self.id, row.value.source.log()) else { return Ok(()) };
        let key = CursorKey { stream: self.id, shard: String::new() };
        let Some(cursor) = CURSORS.get(&*snapshot, &key).await? else { return Ok(()) };
        // A record is dropped when it has been kept for 24 hours to the microsecond, so the first one kept is later than this.
        let expired = engine.clock.now().minus(RETENTION);
        let one = Limit { records: 1, bytes: 1 };
        let kept = engine.store.read(log, From::Time(expired.plus(Duration::from_micros(1))), one).await?;
        let position = kept.records.first().map_or(kept.next, |record| record.seq).0;
        if position <= cursor.value.position {
            return Ok(());
        }
        let mut commit = Commit::new(CommitId(engine.random.u128()));
        commit.check(Check::Present(STREAMS.key(&self.key)));
        commit.unchanged(CURSORS, &key, Some(&cursor));
        commit.put(CURSORS, &key, &CursorRow { position, done: false });
        commit.log(LogChange::Horizon(log, Seq(position)));
        streams::settle(&*engine.store, commit).await?;
        let lost = position - cursor.value.position;
        tracing::error!(stream = self.key.name, account = %self.key.account, lost,
            "records could not be delivered for 24 hours and were dropped");
        Ok(())
    }

    /// The source is gone. Should one of its name come, it is another one, and is read from its beginning.
    async fn forget_positions(&self, row: &Row<StreamRow>) -> Result<(), Failure> {
        let cursors = streams::cursors(&*self.engine.store.snapshot(), self.id).await.map_err(Error::from)?;
        if cursors.is_empty() || row.value.source.log().is_some() {
            return Ok(());
        }
        let mut commit = Commit::new(CommitId(self.engine.random.u128()));
        commit.unchanged(STREAMS, &self.key, Some(row));
        for (key, _) in &cursors {
            commit.delete(CURSORS, key);
        }
        streams::settle(&*self.engine.store, commit).await.map_err(Failure::Commit)
    }
}

impl Work {
    /// Takes the wake-ups that have come, so that an object takes along what arrived until it was due.
    fn take_wakes(&mut self) -> Result<(), OriginError> {
        while let Some(Some((shard, woken))) = self.waits.next().now_or_never() {
            woken?;
            self.lanes.wake(&shard);
        }
        Ok(())
    }

    /// Counts what there is, up to the size hint, and sees to it that somebody waits for more.
    async fn count(&mut self, engine: &Engine) -> Result<(), Failure> {
        loop {
            let readable = self.lanes.readable();
            if readable.is_empty() {
                return Ok(());
            }
            let mut shard_ended = false;
            for index in readable {
                let room = usize::try_from(self.hints.room(self.lanes.buffered())).unwrap_or(usize::MAX);
                if room == 0 {
                    return Ok(());
                }
                let lane = &mut self.lanes.lanes[index];
                let bytes_max = room.min(READ_BYTES_MAX);
                let permit = engine.counts.acquire().await.expect("the semaphore is never closed");
                let piece = self.origin.read(&lane.shard, lane.counted, usize::MAX, bytes_max).await?;
                lane.count(&piece);
                drop((permit, piece));
                shard_ended |= lane.ended;
                if lane.drained && !lane.ended {
                    let (shard, from) = (lane.shard.clone(), lane.counted);
                    let wait = self.origin.wait(shard.clone(), from);
                    self.waits.push(wait.map(move |woken| (shard, woken)).boxed());
                }
            }
            if shard_ended {
                self.lanes.discover(&self.origin).await?;
            }
        }
    }

    /// The body of the object made of what was counted.
    fn body(&self, entry: &str) -> Body {
        object::body(self.origin.clone(), self.spans(), self.steps, self.naming.compression, entry)
    }
}

/// Commits. `None`: it is settled, but what memory holds is not known to fit; read anew.
pub(super) async fn commit_surely(
    engine: &Engine,
    timer: &Timer,
    commit: Commit,
    stream: &str,
) -> Result<Option<Committed>, CommitError> {
    let id = commit.id;
    match engine.store.commit(commit).await {
        Ok(committed) => Ok(Some(committed)),
        Err(CommitError::Unknown(why)) => {
            tracing::warn!(stream, why, "the outcome of a delivery is unknown; asking");
            // Until it is settled the commit may still happen, and to repeat it would deliver twice.
            let mut pause = PAUSE_MIN;
            while engine.store.outcome(id).await.is_err() {
                timer.sleep(pause).await;
                pause = (pause * 2).min(PAUSE_MAX);
            }
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// `arn:aws:s3:::NAME`.
pub(super) fn bucket_name(arn: &str) -> &str {
    arn.rsplit(':').next().unwrap_or_default()
}

/// Whether a newline follows each record.
fn delimits(destination: &S3Destination) -> bool {
    let processing = destination.processing.as_ref().filter(|processing| processing.enabled == Some(true));
    processing
        .and_then(|processing| processing.processors.as_ref())
        .is_some_and(|steps| steps.iter().any(|step| step.kind == "AppendDelimiterToRecord"))
}
