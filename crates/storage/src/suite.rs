//! The conformance suite: what every [`store::Store`] must do, clause by clause, whatever lies beneath it.
//!
//! One suite runs over the model, the embedded engine on the simulated and on the real disk, and later the cluster's engine. A case
//! is a function that takes a fresh [`Fixture`] and panics where the store breaks its word; [`random`] draws commits and compares the
//! store with the [`Model`] after each. It is public so that engines in other crates can be held to it.

mod blobs;
pub mod draw;
mod logs;
pub mod random;
mod rows;

use std::sync::Arc;

use base::{Clock, Random};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use store::{
    Batch, BlobRef, Check, Commit, CommitError, CommitId, Committed, From, Limit, LogChange, LogId,
    ReadError, Seq, Store, Versioned, Write,
};

/// A store to try, and the clock it was given, which must be a manual one.
pub trait Fixture: Send {
    /// The store as it is open now.
    fn store(&self) -> Arc<dyn Store>;

    /// The manual clock that the store reads.
    fn clock(&self) -> Clock;

    /// Called between the steps of a random run, while nothing is in flight and no guard is held: fold, move, compact or reopen,
    /// as the draw says. Nothing of it may show.
    fn shake(&mut self, _draw: u64) {}
}

type Case = fn(Bench) -> BoxFuture<'static, ()>;

macro_rules! cases {
    ($($module:ident :: $case:ident),* $(,)?) => {
        &[$((stringify!($case), |bench| Box::pin($module::$case(bench)))),*]
    };
}

/// Every case, by name.
const CASES: &[(&str, Case)] = cases![
    rows::a_value_is_read_back_with_the_position_of_its_commit,
    rows::positions_rise_even_without_effects,
    rows::the_last_write_of_a_key_wins,
    rows::a_deleted_key_is_absent,
    rows::the_first_failed_check_names_itself,
    rows::checks_see_the_state_before_the_commit,
    rows::a_refused_commit_leaves_nothing,
    rows::a_version_check_holds_for_that_version_only,
    rows::a_snapshot_does_not_see_later_commits,
    rows::a_snapshot_sees_what_was_acknowledged,
    rows::a_scan_keeps_to_its_range_order_and_limit,
    rows::what_passes_a_bound_is_refused,
    rows::a_commit_at_its_bounds_is_taken,
    rows::of_two_commits_with_one_check_one_wins,
    rows::an_outcome_tells_what_happened,
    logs::records_get_numbers_and_times_in_order,
    logs::two_appends_of_one_commit_follow_each_other,
    logs::a_log_may_be_created_written_and_sealed_at_once,
    logs::an_absent_or_sealed_log_refuses_appends,
    logs::a_log_id_is_used_once,
    logs::changes_of_an_absent_log_are_refused,
    logs::sealing_twice_is_fine,
    logs::a_horizon_only_rises_and_stops_at_the_end,
    logs::a_read_keeps_to_its_limit_but_returns_one,
    logs::a_read_past_the_end_stays_where_it_is,
    logs::a_read_by_time_starts_at_the_first_record_of_it,
    logs::a_deleted_log_is_gone,
    logs::a_check_sees_whether_a_log_is_open,
    logs::a_tail_wakes_when_its_log_changes,
    logs::a_tail_sleeps_while_nothing_happens,
    logs::a_tail_reaches_a_number_or_the_end,
    logs::logs_do_not_mix,
    blobs::a_small_blob_travels_in_its_commit,
    blobs::a_large_blob_is_read_back_whole_and_in_ranges,
    blobs::a_small_blob_may_be_put_too,
    blobs::an_empty_blob_has_an_empty_range,
    blobs::a_range_beyond_the_end_is_refused,
    blobs::an_unknown_blob_is_not_found,
    blobs::a_guard_keeps_a_blob_and_no_guard_does_not,
    blobs::a_counted_blob_outlives_its_guard,
    blobs::a_blob_dies_with_its_last_reference,
    blobs::counts_of_one_commit_are_summed,
    blobs::a_count_of_an_unknown_blob_refuses_the_commit,
    blobs::a_broken_body_is_not_stored,
    blobs::an_open_body_outlives_its_blob,
    blobs::a_blob_is_the_same_wherever_it_is_placed,
];

/// Steps of each random run.
const RANDOM_STEPS: usize = 400;

/// Runs every case and a few random runs, each on a fixture of its own.
///
/// # Panics
/// When the store breaks a clause; the case's name stands in the message.
pub async fn run<F: Fixture>(make: impl Fn() -> F) {
    for (name, case) in CASES {
        tracing::debug!(case = name, "conformance");
        let fixture = make();
        let bench = Bench::new(name, &fixture);
        case(bench).await;
        drop(fixture);
    }
    for seed in 0..4 {
        random::run(make(), seed, RANDOM_STEPS).await;
    }
}

/// What a case works with: the store, its clock, and short names for what most cases do.
struct Bench {
    name: &'static str,
    store: Arc<dyn Store>,
    clock: Clock,
    random: Random,
}

impl Bench {
    fn new(name: &'static str, fixture: &impl Fixture) -> Self {
        Self {
            name,
            store: fixture.store(),
            clock: fixture.clock(),
            random: Random::seeded(name.len() as u64),
        }
    }

    fn commit_id(&self) -> CommitId {
        CommitId(self.random.u128())
    }

    fn new_commit(&self) -> Commit {
        Commit::new(self.commit_id())
    }

    async fn try_commit(&self, fill: impl FnOnce(&mut Commit)) -> Result<Committed, CommitError> {
        let mut commit = self.new_commit();
        fill(&mut commit);
        self.store.commit(commit).await
    }

    async fn commit(&self, fill: impl FnOnce(&mut Commit)) -> Committed {
        match self.try_commit(fill).await {
            Ok(committed) => committed,
            Err(error) => panic!("{}: a commit that should have happened did not: {error}", self.name),
        }
    }

    async fn get(&self, name: &str) -> Option<Versioned> {
        self.store.snapshot().get(&key(name)).await.expect("rows are readable")
    }

    async fn value(&self, name: &str) -> Option<Bytes> {
        self.get(name).await.map(|found| found.value)
    }

    async fn new_log(&self, number: u128) -> LogId {
        let log = LogId(number);
        self.commit(|commit| {
            commit.log(LogChange::Create { log, first: Seq(0) });
        })
        .await;
        log
    }

    async fn append(&self, log: LogId, texts: &[&'static str]) -> Committed {
        self.commit(|commit| {
            commit.append(log, payloads(texts));
        })
        .await
    }

    async fn read(&self, log: LogId, from: From) -> Batch {
        self.store
            .read(log, from, Limit { records: 1_000, bytes: 1 << 20 })
            .await
            .expect("the log is readable")
    }

    async fn read_blob(&self, blob: BlobRef, start: u64, end: u64) -> Result<Bytes, ReadError> {
        let body = self.store.get_blob(blob, start..end).await?;
        Ok(body.collect(u64::MAX).await.expect("the blob's bytes are readable"))
    }

    async fn is_live(&self, blob: BlobRef) -> bool {
        self.try_commit(|commit| {
            commit.check(Check::BlobLive(blob));
        })
        .await
        .is_ok()
    }
}

/// A table number no room has.
const TABLE: [u8; 2] = [0x7f, 0x01];

fn key(name: &str) -> Bytes {
    [&TABLE, name.as_bytes()].concat().into()
}

fn put(name: &str, value: &'static str) -> Write {
    Write { key: key(name), value: Some(Bytes::from_static(value.as_bytes())) }
}

fn delete(name: &str) -> Write {
    Write { key: key(name), value: None }
}

fn payloads(texts: &[&'static str]) -> Vec<Bytes> {
    texts.iter().map(|text| Bytes::from_static(text.as_bytes())).collect()
}
