//! The life of the journal's thread.
//!
//! It takes all that has come while the last frame was synced, decides and applies each commit, writes one frame, syncs it, publishes the
//! state, and answers. There is no timer: a batch is what arrived meanwhile. Answers go out only after the sync, refusals included,
//! since what they were refused for may be in the same frame.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use store::{Commit, CommitError, Committed};
use tokio::sync::oneshot;

use super::core::Core;
use super::fold::Fold;
use super::logs::LogEnd;
use super::queue::{Job, Pending};
use super::shared::{Counters, Shared};
use crate::index::rows::Checkpoint;
use crate::journal::frame::{self, Builder, HEADER, Header, PAGE};
use crate::journal::writer::Writer;

/// Bytes at which a frame takes no further commit: beyond, a sync costs more than it saves.
const FRAME_BYTES: usize = 4 << 20;

/// How often a frame is written again, each time in another segment, before the journal counts as failed.
const ATTEMPTS: usize = 3;

/// While a fold runs the memtable may grow to so many times the size at which a fold starts; then commits that bring data wait.
const MEMTABLES: usize = 8;

/// The same of the bytes at which a fold starts: with those of the fold that runs this is what a start reads again at the most.
const UNFOLDED: u64 = 3;

/// So many journal segments may be in use; then commits that bring data wait until the mover has taken one apart. Its own commits
/// and those that free space go on.
const SEGMENTS: usize = 8;

/// So often in the life of a segment it is looked whether the next one is being made ready.
const PREPARATIONS: u64 = 64;

/// Bytes of buffers kept for reuse.
const BUFFER_BYTES: usize = 8 << 20;

/// Sizes of buffers are multiples of this, so that one frame's fits the next one of about the same size.
const BUFFER_STEP: usize = 64 << 10;

/// When to fold, and how much to keep.
#[derive(Clone, Copy)]
pub struct Limits {
    /// Rows in the memtable.
    pub fold_rows: usize,
    /// Bytes of frames since the last checkpoint.
    pub fold_bytes: u64,
    /// Bytes of fresh frames.
    pub fresh_bytes: usize,
    /// Whether to fold when the store closes.
    pub fold_at_end: bool,
}

/// What the thread owns.
pub struct Turn {
    shared: Arc<Shared>,
    core: Core,
    writer: Writer,
    limits: Limits,
    fresh: FreshFrames,
    /// Bytes of frames since the last fold began.
    unfolded: u64,
    /// The checkpoint of the fold that is running.
    folding: Option<Checkpoint>,
    /// The place of the last checkpoint that is durable.
    checkpoint: u64,
    /// Who waits for the fold that is running, and who for the next.
    fold_waiters: Vec<oneshot::Sender<Result<(), String>>>,
    next_fold_waiters: Vec<oneshot::Sender<Result<(), String>>>,
    backlog: VecDeque<Job>,
    /// Commits that wait for the mover or a fold, and what must not be answered before them.
    parked: VecDeque<Job>,
    answers: Vec<(oneshot::Sender<Answer>, Answer)>,
}

type Answer = Result<Committed, CommitError>;

impl Turn {
    /// Goes on where replay ended; `replayed` is how many bytes of frames that was, from `checkpoint` on.
    pub fn new(
        shared: Arc<Shared>,
        core: Core,
        writer: Writer,
        limits: Limits,
        checkpoint: u64,
        replayed: u64,
    ) -> Self {
        Self {
            shared,
            core,
            writer,
            limits,
            fresh: FreshFrames::new(limits.fresh_bytes),
            unfolded: replayed,
            folding: None,
            checkpoint,
            fold_waiters: Vec::new(),
            next_fold_waiters: Vec::new(),
            backlog: VecDeque::new(),
            parked: VecDeque::new(),
            answers: Vec::new(),
        }
    }

    /// Works until the queue is closed and empty.
    pub fn run(mut self) {
        self.recycle();
        self.fold_if_due();
        let mut jobs = Vec::new();
        while self.shared.queue.take(&mut jobs, self.folding.is_some()) {
            self.backlog.extend(jobs.drain(..));
            while let Some(job) = self.backlog.pop_front() {
                self.handle(job);
            }
            self.shared.counters.parked.store(self.parked.len() as u64, Ordering::Relaxed);
        }
        // What waits for the mover has not happened, and the mover commits no more either.
        self.refuse_parked(&CommitError::Closed);
        if self.limits.fold_at_end && self.unfolded > 0 && self.shared.failure.get().is_none() {
            self.begin_fold();
            while self.folding.is_some() && self.shared.queue.take(&mut jobs, true) {
                jobs.drain(..).for_each(|job| self.handle(job));
            }
        }
    }

    fn handle(&mut self, job: Job) {
        match job {
            Job::Commit(pending) if self.must_park(&pending) && self.is_stuck() => {
                self.answer(pending.answer, Err(CommitError::Full));
            }
            Job::Commit(pending) if self.must_park(&pending) => self.parked.push_back(Job::Commit(pending)),
            Job::Commit(pending) => {
                self.frame(pending);
                self.fold_if_due();
            }
            // All frames before it are durable.
            Job::Barrier { decided: false, answer } => drop(answer.send(())),
            Job::Barrier { answer, .. } if self.parked.is_empty() => drop(answer.send(())),
            barrier @ Job::Barrier { .. } => self.parked.push_back(barrier),
            Job::Fold(answer) => {
                self.next_fold_waiters.push(answer);
                self.fold_if_due();
            }
            Job::Folded(result) => self.end_fold(result),
            Job::Compacted => self.core.refresh_view(),
            Job::Stuck => self.refuse_if_stuck(),
        }
    }

    /// Whether what commits wait for fails all the time.
    fn is_stuck(&self) -> bool {
        let counters = &self.shared.counters;
        counters.mover_failing.is_failing() || counters.fold_failing.is_failing()
    }

    /// Commits do not wait for what does not come.
    fn refuse_if_stuck(&mut self) {
        if self.is_stuck() && !self.parked.is_empty() {
            tracing::error!(
                commits = self.parked.len(),
                "the mover or the fold fails all the time: new data is refused"
            );
            self.refuse_parked(&CommitError::Full);
        }
    }

    /// Whether a commit has to wait for the mover or a fold.
    fn must_park(&self, pending: &Pending) -> bool {
        !pending.own && brings_new_data(&pending.commit) && (!self.parked.is_empty() || self.is_behind())
    }

    /// Whether the mover or the fold has fallen too far behind.
    fn is_behind(&self) -> bool {
        let rows = self.limits.fold_rows * MEMTABLES;
        let bytes = self.limits.fold_bytes * UNFOLDED;
        let is_much = self.core.state.map.len() >= rows || self.unfolded >= bytes;
        self.segments_are_short() || (self.folding.is_some() && is_much)
    }

    fn segments_are_short(&self) -> bool {
        self.shared.segments.counts().0 > SEGMENTS
    }

    /// Answers all that is parked. A barrier among it is over then: all before it is decided.
    fn refuse_parked(&mut self, error: &CommitError) {
        for job in std::mem::take(&mut self.parked) {
            match job {
                Job::Commit(pending) => self.answer(pending.answer, Err(error.clone())),
                Job::Barrier { answer, .. } => drop(answer.send(())),
                Job::Fold(_) | Job::Folded(_) | Job::Compacted | Job::Stuck => {}
            }
        }
    }

    /// Lets what was parked go on, if it may.
    fn unpark(&mut self) {
        if !self.parked.is_empty() && !self.is_behind() {
            self.parked.extend(self.backlog.drain(..));
            std::mem::swap(&mut self.parked, &mut self.backlog);
        }
    }

    /// Builds a frame of this commit and those behind it, makes it durable, and answers.
    fn frame(&mut self, first: Box<Pending>) {
        if let Some(what) = self.shared.failure.get() {
            return self.answer(first.answer, Err(CommitError::Unknown(what)));
        }
        let now_ms = self.shared.clock.now().as_millis();
        let mut full = None;
        let buffer = self.fresh.buffers.take(self.frame_size(&first));
        let mut builder = Builder::new(buffer, self.core.state.position + 1);
        let mut next = Some(first);
        while let Some(pending) = next.take() {
            match self.admit(&pending, &builder, &mut full) {
                Admission::Taken => {}
                Admission::NextFrame => {
                    self.backlog.push_front(Job::Commit(pending));
                    break;
                }
                Admission::Refused(error) => {
                    self.answers.push((pending.answer, Err(error)));
                    next = self.next_commit();
                    continue;
                }
            }
            let Pending { commit, warm, size, answer, permit, .. } = *pending;
            builder.reserve(size);
            let decided = self.core.decide(&commit, &warm);
            let place = self.writer.place();
            let result = decided.map(|plan| self.core.apply(commit, plan, &mut builder, place, now_ms));
            self.answers.push((answer, result));
            drop(permit);
            next = self.next_commit();
        }
        if builder.count() == 0 {
            self.fresh.buffers.give_back(builder.into_buffer());
        } else {
            self.finish(builder);
        }
        for (answer, result) in std::mem::take(&mut self.answers) {
            self.answer(answer, result);
        }
    }

    /// How large the frame will be that begins with this commit, at the most: all that it can take has come already.
    fn frame_size(&self, first: &Pending) -> usize {
        let mut size = HEADER + first.size;
        for job in &self.backlog {
            match job {
                Job::Commit(pending) if size + pending.size <= FRAME_BYTES => size += pending.size,
                Job::Commit(_)
                | Job::Barrier { .. }
                | Job::Fold(_)
                | Job::Folded(_)
                | Job::Compacted
                | Job::Stuck => {
                    break;
                }
            }
        }
        size + PAGE as usize
    }

    fn answer(&self, answer: oneshot::Sender<Answer>, result: Answer) {
        let counters = &self.shared.counters;
        Counters::add(if result.is_ok() { &counters.commits } else { &counters.refused }, 1);
        // Whoever asked may have gone away.
        drop(answer.send(result));
    }

    fn next_commit(&mut self) -> Option<Box<Pending>> {
        match self.backlog.pop_front() {
            Some(Job::Commit(pending)) if !self.must_park(&pending) => Some(pending),
            Some(other) => {
                self.backlog.push_front(other);
                None
            }
            None => None,
        }
    }

    /// Whether a commit goes into this frame, as far as space is concerned.
    fn admit(&mut self, pending: &Pending, builder: &Builder, full: &mut Option<bool>) -> Admission {
        let Pending { commit, own, size, .. } = pending;
        if !own && brings_new_data(commit) && *full.get_or_insert_with(|| self.shared.space.full_lately()) {
            return Admission::Refused(CommitError::Full);
        }
        if builder.count() > 0 {
            let room = self.writer.room().min(FRAME_BYTES as u64);
            let fits = frame::padded(builder.len() + size) <= room;
            return if fits { Admission::Taken } else { Admission::NextFrame };
        }
        let before = self.writer.number();
        match self.writer.make_room(frame::padded(HEADER + size), FRAME_BYTES as u64) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::StorageFull => {
                return Admission::Refused(CommitError::Full);
            }
            Err(error) => {
                tracing::error!(%error, "no journal segment could be made");
                return Admission::Refused(CommitError::Unknown(error.to_string()));
            }
        }
        if self.writer.number() != before {
            self.shared.keeper.prepare_segments(0);
            self.shared.mover.ring();
        }
        Admission::Taken
    }

    /// Makes a frame durable and shows what it did.
    fn finish(&mut self, builder: Builder) {
        self.core.settle();
        let used = self.writer.used();
        let (header, bytes, notes) = builder.finish(self.writer.place(), self.shared.segments.identity());
        let started = self.shared.clock.monotonic();
        let (header, frame) = match self.persist(header, bytes) {
            Ok(durable) => durable,
            Err(what) => return self.fail(what),
        };
        let counters = &self.shared.counters;
        Counters::add(&counters.journal_micros, micros(self.shared.clock.monotonic() - started));
        Counters::add(&counters.syncs, 1);
        Counters::add(&counters.journal_bytes, header.span());
        self.unfolded += header.span();
        let segment = self.writer.number();
        let is_first = header.place == segment * self.shared.segments.bytes();
        self.shared.notes.add(segment, is_first, header.place, &notes);
        let ends = self.core.publish(Some((&header, &frame)));
        self.fresh.keep(header.place, frame, ends);
        let part = (self.shared.segments.bytes() / PREPARATIONS).max(PAGE);
        if used / part != self.writer.used() / part && !self.shared.segments.are_ready() {
            self.shared.keeper.prepare_segments(self.writer.used());
        }
        let chores = self.core.take_chores();
        if chores.sweep || chores.trim {
            self.shared.mover.ring();
        }
        if chores.moved {
            self.recycle();
        }
    }

    /// Writes and syncs a frame; if that fails, again at a new place, whose effects are derived anew.
    fn persist(&mut self, mut header: Header, bytes: BytesMut) -> Result<(Header, Bytes), String> {
        let mut frame = bytes;
        let mut failure = match self.writer.append(&frame) {
            Ok(()) => return Ok((header, frame.freeze())),
            Err(error) => error,
        };
        for _ in 0..ATTEMPTS {
            Counters::add(&self.shared.counters.syncs_failed, 1);
            let place = self.writer.place();
            tracing::error!(error = %failure, place, "the journal could not be synced; writing again at a new place");
            if let Err(error) = self.writer.leave(header.span()) {
                return Err(format!(
                    "journal at place `{place}`: {failure}, and no new segment could be made: {error}"
                ));
            }
            header.place = self.writer.place();
            frame[..HEADER].copy_from_slice(&header.encode(self.shared.segments.identity()));
            let whole = frame.freeze();
            self.core.roll_back();
            self.core.apply_frame(&header, &whole).map_err(|error| error.to_string())?;
            self.core.settle();
            match self.writer.append(&whole) {
                Ok(()) => return Ok((header, whole)),
                Err(error) => failure = error,
            }
            frame = whole.into();
        }
        Err(format!("journal at place `{}`: {failure}", header.place))
    }

    /// The journal cannot be written any more. What was in the frame may be on disk or not.
    fn fail(&mut self, what: String) {
        self.core.roll_back();
        for (_, result) in &mut self.answers {
            if result.is_ok() {
                *result = Err(CommitError::Unknown(what.clone()));
            }
        }
        self.shared.failure.set(what);
        self.refuse_parked(&CommitError::Closed);
    }

    fn fold_if_due(&mut self) {
        if self.folding.is_some() || self.shared.failure.get().is_some() {
            return;
        }
        let due =
            self.core.state.map.len() >= self.limits.fold_rows || self.unfolded >= self.limits.fold_bytes;
        let wanted = !self.next_fold_waiters.is_empty() || self.segments_are_short();
        if due || (wanted && self.unfolded > 0) {
            self.begin_fold();
        } else {
            for answer in self.next_fold_waiters.drain(..) {
                drop(answer.send(Ok(())));
            }
        }
    }

    fn begin_fold(&mut self) {
        self.fold_waiters.append(&mut self.next_fold_waiters);
        let checkpoint = Checkpoint { place: self.writer.place(), position: self.core.state.position + 1 };
        let rows = self.core.begin_fold();
        let ids = self.shared.begin_fold_ids();
        self.folding = Some(checkpoint);
        self.unfolded = 0;
        self.shared.folds.ask(Fold { rows, checkpoint, ids });
    }

    fn end_fold(&mut self, result: Result<(), String>) {
        let checkpoint = self.folding.take().expect("one fold runs at a time, and it reports once");
        if result.is_ok() {
            self.checkpoint = checkpoint.place;
            self.core.end_fold();
            self.shared.end_fold_ids();
            self.recycle();
        }
        for answer in self.fold_waiters.drain(..) {
            drop(answer.send(result.clone()));
        }
        self.fold_if_due();
    }

    /// Gives back the segments that are needed neither for replay nor by a reader.
    fn recycle(&mut self) {
        let place = match self.core.moved() {
            Ok(moved) => moved.place.min(self.checkpoint),
            Err(error) => {
                return tracing::error!(%error, "the mover's row is unreadable: no segment is reused");
            }
        };
        if self.shared.segments.recycle_below(place / self.shared.segments.bytes()) > 0 {
            // They are made ready for their next life, and what is too many goes.
            self.shared.keeper.prepare_segments(self.writer.used());
            self.shared.mover.ring();
        }
        self.unpark();
    }
}

enum Admission {
    Taken,
    NextFrame,
    Refused(CommitError),
}

/// Whether a full disk refuses it. Deletes, seals, horizons and counts go on.
fn brings_new_data(commit: &Commit) -> bool {
    commit.payload_bytes() > 0 || commit.writes.iter().any(|write| write.value.is_some())
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

/// The frames whose records are in memory, oldest first; and buffers for new ones.
struct FreshFrames {
    frames: VecDeque<(u64, Bytes, Vec<Arc<LogEnd>>)>,
    bytes: usize,
    bytes_max: usize,
    buffers: Buffers,
}

impl FreshFrames {
    fn new(bytes_max: usize) -> Self {
        Self { frames: VecDeque::new(), bytes: 0, bytes_max, buffers: Buffers::default() }
    }

    /// Keeps a frame while there is room, if any log has records in it.
    fn keep(&mut self, place: u64, frame: Bytes, ends: Vec<Arc<LogEnd>>) {
        if ends.is_empty() {
            return self.buffers.reuse(frame);
        }
        self.bytes += frame.len();
        self.frames.push_back((place, frame, ends));
        while self.bytes > self.bytes_max {
            let Some((place, frame, ends)) = self.frames.pop_front() else { break };
            self.bytes -= frame.len();
            ends.iter().for_each(|end| end.forget(place));
            self.buffers.reuse(frame);
        }
    }
}

/// Buffers to be used again, by their size: what the system has given once need not be faulted in anew.
#[derive(Default)]
struct Buffers {
    free: BTreeMap<usize, Vec<BytesMut>>,
    bytes: usize,
}

impl Buffers {
    /// A buffer with room for so many bytes, and for not many more.
    fn take(&mut self, bytes: usize) -> BytesMut {
        let fitting = self.free.range_mut(bytes..=(2 * bytes).max(BUFFER_STEP)).next();
        let Some((&size, same)) = fitting else {
            return BytesMut::with_capacity(
                bytes.next_multiple_of(BUFFER_STEP.min(bytes.next_power_of_two())),
            );
        };
        let buffer = same.pop().expect("no size is kept without a buffer");
        if same.is_empty() {
            self.free.remove(&size);
        }
        self.bytes -= size;
        buffer
    }

    fn give_back(&mut self, mut buffer: BytesMut) {
        buffer.clear();
        let size = buffer.capacity();
        if size > 0 && self.bytes + size <= BUFFER_BYTES {
            self.bytes += size;
            self.free.entry(size).or_default().push(buffer);
        }
    }

    /// A frame that no reader holds any more is a buffer again.
    fn reuse(&mut self, frame: Bytes) {
        if let Ok(buffer) = frame.try_into_mut() {
            self.give_back(buffer);
        }
    }
}
