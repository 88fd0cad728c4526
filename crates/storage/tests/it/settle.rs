//! Committing and finding out: each thing that can become of a commit is told apart.

use std::sync::Arc;

use base::{Clock, Random, Timestamp};
use bytes::Bytes;
use futures_executor::block_on;
use storage::{Mishap, Model};
use store::{
    Append, BlobRef, Bounds, Check, Commit, CommitId, Fate, LogId, Lost, Refusal, Settled, Store, Write,
    settle,
};

fn model() -> Arc<Model> {
    let clock = Clock::manual(Timestamp::from_secs(1_700_000_000));
    Model::new(clock, Random::seeded(1))
}

fn commit(id: u128) -> Commit {
    let mut commit = Commit::new(CommitId(id));
    commit.writes.push(Write { key: vec![1; 4].into(), value: Some(Bytes::from_static(b"x")) });
    commit
}

fn settled(model: &Model, commit: Commit) -> Settled {
    block_on(settle(model, commit))
}

#[test]
fn what_happens_is_done() {
    let settled = settled(&model(), commit(1));
    assert!(matches!(settled, Settled::Done(_)));
    assert!(settled.has_happened() && !settled.may_begin_again());
}

#[test]
fn a_lost_acknowledgement_is_found_out_and_a_lost_commit_too() {
    let model = model();
    model.upset_next(Mishap::AcknowledgementLost);
    let happened = settled(&model, commit(1));
    assert_eq!(happened, Settled::Happened);
    assert!(happened.has_happened() && !happened.may_begin_again());
    model.upset_next(Mishap::CommitLost);
    let absent = settled(&model, commit(2));
    assert!(matches!(absent, Settled::Absent(_)));
    assert!(!absent.has_happened() && absent.may_begin_again());
    assert_eq!(block_on(model.outcome(CommitId(2))), Ok(Fate::Absent));
}

#[test]
fn what_a_commit_relied_on_in_vain_is_named() {
    let model = model();
    let mut checked = commit(1);
    checked.check(Check::Absent(vec![9].into())).check(Check::Present(vec![9].into()));
    let mut appended = commit(2);
    appended.appends.push(Append { log: LogId(7), records: Vec::new() });
    let mut counted = commit(3);
    counted.count_blob(BlobRef(5), 1);
    let found = [checked, appended, counted].map(|commit| settled(&model, commit));
    assert_eq!(found, [Lost::Check(1), Lost::Log(LogId(7)), Lost::Blob(BlobRef(5))].map(Settled::Lost));
    assert!(found.iter().all(Settled::may_begin_again));
}

#[test]
fn what_would_be_refused_again_is_not_begun_again() {
    let model = model();
    let mut large = commit(1);
    large.writes[0].key = vec![1; Bounds::KEY + 1].into();
    let large = settled(&model, large);
    assert!(matches!(large, Settled::Refused(Refusal::TooLarge(_))));
    model.set_full(true);
    let full = settled(&model, commit(2));
    assert_eq!(full, Settled::Refused(Refusal::Full));
    assert!(!large.may_begin_again() && !full.may_begin_again() && !full.has_happened());
}
