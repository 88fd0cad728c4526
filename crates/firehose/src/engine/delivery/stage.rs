//! The other sink of a delivery: what was counted is worked on and laid into pipes, in the commit that moves the cursors.

use std::collections::{BTreeMap, HashMap};

use base::{Random, Timestamp};
use bytes::Bytes;
use service::vault::Sealer;
use store::{Commit, CommitError, CommitId, LogId, Row};

use super::origin::{Origin, READ_BYTES_MAX};
use super::{Delivery, Ended, Failure, Span, Work};
use crate::engine::Engine;
use crate::engine::envelope::{Envelope, Failed};
use crate::engine::intake::{Intake, OUTPUT_BYTES_MAX, PROCESSING_FAILED, Part, Worked};
use crate::engine::pipes::{self, Note, Staged};
use crate::engine::sealing;
use crate::engine::streams;
use crate::tables::{PIPES, PipeKey, PipeKind, PipeRow};

/// Partitions that may be active at a time, unless the quota was raised.
const PARTITIONS_MAX: usize = 500;

/// A stream's way in.
pub(super) struct Stage {
    pub intake: Intake,
    /// Records are kept as they came.
    pub backs_up: bool,
    /// The pipes there are.
    pub pipes: HashMap<PipeKey, Row<PipeRow>>,
}

impl Delivery {
    /// Works on what was counted and commits it.
    pub(super) async fn stage(&mut self, work: &mut Work) -> Result<Option<Ended>, Failure> {
        let records = read(work.origin.clone(), work.spans()).await?;
        let sizes: usize = records.iter().map(|part| part.data.len()).sum();
        let raw: Vec<(Timestamp, Bytes)> =
            records.iter().map(|part| (part.arrival, part.data.clone())).collect();
        let Some(stage) = &work.stage else { return Ok(Some(Ended::Reload)) };
        let changed = &mut self.changed;
        let mut worked = tokio::select! {
            worked = stage.intake.work(records) => worked,
            // The function may have been replaced because it does not work.
            changed = changed.changed() => return Ok(Some(if changed.is_ok() { Ended::Reload } else { Ended::Gone })),
        };
        if worked.bytes() + sizes > OUTPUT_BYTES_MAX {
            if raw.len() > 1 {
                self.cap = (sizes / 2).max(1);
                return Ok(Some(Ended::Reload));
            }
            worked = too_large(&raw, self.engine.clock.now());
        }
        self.lay_down(work, worked, raw).await
    }

    async fn lay_down(
        &mut self,
        work: &mut Work,
        worked: Worked,
        raw: Vec<(Timestamp, Bytes)>,
    ) -> Result<Option<Ended>, Failure> {
        let engine = self.engine.clone();
        let frames = engine.frames(&self.key, self.id);
        let sealer = frames
            .sealer(work.row.value.encryption.as_ref())
            .await
            .map_err(crate::engine::error::Error::from)?;
        let mut commit = self.cursor_commit(work);
        if let Some(sealer) = &sealer {
            sealer.join(&mut commit);
        }
        let stage = work.stage.as_mut().expect("only a staged stream is laid down");
        let mut laying =
            Laying { engine: &engine, sealer: sealer.as_ref(), made: HashMap::new(), written: Vec::new() };
        // Partitions that have run empty make room for others.
        let mut removed = Vec::new();
        for key in self.board.take_drained() {
            if let Some(row) =
                PIPES.get(&*engine.store.snapshot(), &key).await.map_err(crate::engine::error::Error::from)?
            {
                let empty = engine.store.log_state(LogId(row.value.log)).await;
                if empty.is_ok_and(|state| state.next.0 == row.value.position)
                    && key.kind == PipeKind::Records
                    && !key.name.is_empty()
                {
                    removed.push((key, row));
                }
            }
        }
        let mut partitions: BTreeMap<BTreeMap<String, String>, Vec<Staged>> = BTreeMap::new();
        for (keys, staged) in worked.records {
            partitions.entry(keys).or_default().push(staged);
        }
        let mut errors = worked.errors;
        let mut refused = 0;
        for (keys, records) in partitions {
            let key =
                PipeKey { stream: self.id, kind: PipeKind::Records, name: pipes::partition_name(&keys) };
            removed.retain(|(gone, _)| *gone != key);
            let active =
                stage.pipes.keys().filter(|key| key.kind == PipeKind::Records).count() + laying.partitions();
            if !stage.pipes.contains_key(&key) && active >= PARTITIONS_MAX + removed.len() {
                refused += records.len();
                errors.extend(records.iter().map(|staged| over_quota(staged, engine.clock.now())));
                continue;
            }
            laying.append(&mut commit, stage, &key, keys, &records);
        }
        if refused > 0 {
            stage.intake.teller.measure("PartitionCountExceeded", "Count", 1.0);
            stage.intake.teller.failed(OVER_QUOTA, OVER_QUOTA_TEXT, Some("MetadataExtraction"));
        }
        if !errors.is_empty() {
            let key = PipeKey { stream: self.id, kind: PipeKind::Errors, name: PROCESSING_FAILED.to_owned() };
            laying.append(&mut commit, stage, &key, BTreeMap::new(), &lines(errors));
        }
        if stage.backs_up && !raw.is_empty() {
            let key = PipeKey { stream: self.id, kind: PipeKind::Backup, name: String::new() };
            let raw: Vec<Staged> = raw
                .into_iter()
                .map(|(arrival, data)| Staged { arrival, note: Note::default(), data })
                .collect();
            laying.append(&mut commit, stage, &key, BTreeMap::new(), &raw);
        }
        for (key, row) in &removed {
            pipes::remove(&mut commit, key, row);
        }
        let Laying { made, written, .. } = laying;
        match super::commit_surely(&engine, &self.timer, commit, &self.key.name).await {
            Ok(Some(committed)) => {
                frames.stored(sealer.as_ref());
                for (key, row) in made {
                    stage.pipes.insert(key, Row { version: committed.position, value: row });
                }
                for (key, _) in &removed {
                    stage.pipes.remove(key);
                }
                let partitions =
                    stage.pipes.keys().filter(|key| !key.name.is_empty() && key.kind == PipeKind::Records);
                stage.intake.teller.measure("PartitionCount", "Count", partitions.count() as f64);
                self.board.wrote(written.into_iter().chain(removed.into_iter().map(|(key, _)| key)));
                work.lanes.delivered(committed.position);
                self.failures = 0;
                self.conflicts = 0;
                self.cap = usize::MAX;
                Ok(None)
            }
            Ok(None) => {
                // It may have happened, and then nobody else tells of what was written.
                self.board.wrote(written);
                Ok(Some(Ended::Reload))
            }
            Err(CommitError::TooLarge(_)) => {
                self.cap = (self.cap / 2).clamp(1, READ_BYTES_MAX);
                Ok(Some(Ended::Reload))
            }
            Err(error) => self.conflicted(error),
        }
    }
}

struct Laying<'e> {
    engine: &'e Engine,
    sealer: Option<&'e Sealer>,
    made: HashMap<PipeKey, PipeRow>,
    written: Vec<PipeKey>,
}

impl Laying<'_> {
    fn partitions(&self) -> usize {
        self.made.keys().filter(|key| key.kind == PipeKind::Records).count()
    }

    /// Has the commit append records to a pipe, which it makes if need be.
    fn append(
        &mut self,
        commit: &mut Commit,
        stage: &Stage,
        key: &PipeKey,
        keys: BTreeMap<String, String>,
        records: &[Staged],
    ) {
        let log = match stage.pipes.get(key) {
            Some(row) => LogId(row.value.log),
            None => {
                let log = pipes::create(commit, key, keys.clone(), LogId(self.engine.random.u128()));
                self.made.insert(key.clone(), PipeRow { log: log.0, keys, position: 0, batch: None });
                log
            }
        };
        commit.append(log, in_frames(records, self.sealer, &self.engine.random));
        self.written.push(key.clone());
    }
}

/// Records as a pipe keeps them.
pub(in crate::engine) fn in_frames(
    records: &[Staged],
    sealer: Option<&Sealer>,
    random: &Random,
) -> Vec<Bytes> {
    let bytes: Vec<Bytes> = records.iter().map(Staged::to_bytes).collect();
    sealing::frames(&bytes, sealer, random)
}

/// Lines of failures as records.
pub(in crate::engine) fn lines(errors: Vec<(Timestamp, String)>) -> Vec<Staged> {
    let line =
        |(arrival, line): (Timestamp, String)| Staged { arrival, note: Note::default(), data: line.into() };
    errors.into_iter().map(line).collect()
}

const OVER_QUOTA: &str = "DynamicPartitioning.ActivePartitionLimitExceeded";
const OVER_QUOTA_TEXT: &str = "The number of active partitions exceeds the limit of the delivery stream.";

fn over_quota(staged: &Staged, now: Timestamp) -> (Timestamp, String) {
    let failed = Failed {
        attempts: 1,
        arrival: staged.arrival,
        code: OVER_QUOTA,
        message: OVER_QUOTA_TEXT,
        ended: now,
        data: &staged.data,
    };
    (staged.arrival, Envelope::new(&failed).line())
}

fn too_large(raw: &[(Timestamp, Bytes)], now: Timestamp) -> Worked {
    let mut worked = Worked::default();
    for (arrival, data) in raw {
        let failed = Failed {
            attempts: 1,
            arrival: *arrival,
            code: "Firehose.RecordTooLarge",
            message: "The record is too large once processed.",
            ended: now,
            data,
        };
        worked.errors.push((*arrival, Envelope::new(&failed).line()));
    }
    worked
}

/// What was counted.
async fn read(origin: Origin, spans: Vec<Span>) -> Result<Vec<Part>, Failure> {
    let mut all = Vec::new();
    for Span { shard, mut from, to, .. } in spans {
        while from < to {
            let records_max = usize::try_from(to - from).unwrap_or(usize::MAX);
            let piece = origin.read(&shard, from, records_max, READ_BYTES_MAX).await?;
            if piece.next > to || piece.records.is_empty() {
                // What was trimmed after it was counted is missing here.
                return Err(Failure::Trimmed);
            }
            from = piece.next;
            all.extend(piece.records.into_iter().map(|record| Part {
                arrival: record.arrival,
                data: record.data,
                kinesis: record.kinesis,
                sub_sequence: None,
                keys: BTreeMap::new(),
                route: BTreeMap::new(),
            }));
        }
    }
    Ok(all)
}

/// Whether a stream passes through pipes.
pub(super) fn is_staged(row: &crate::tables::StreamRow) -> bool {
    use crate::engine::processing::Steps;
    Steps::new(row.destination.processing()).is_ok_and(|steps| steps.is_staged(&row.destination))
        || streams::backup(&row.destination).is_some()
}

/// The new commit id of an engine.
pub(in crate::engine) fn commit_id(engine: &Engine) -> CommitId {
    CommitId(engine.random.u128())
}
