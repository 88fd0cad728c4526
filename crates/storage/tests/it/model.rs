//! The suite over the model: what the other engines are compared with must itself keep every clause.

use std::sync::Arc;

use base::{Clock, Random, Timestamp};
use futures_executor::block_on;
use storage::suite::{self, Fixture};
use storage::{Mishap, Model};
use store::{Bounds, Commit, CommitError, CommitId, Fate, Store, Write};

struct Fresh {
    model: Arc<Model>,
    clock: Clock,
}

fn fresh() -> Fresh {
    let clock = Clock::manual(Timestamp::from_secs(1_700_000_000));
    Fresh { model: Model::new(clock.clone(), Random::seeded(1)), clock }
}

impl Fixture for Fresh {
    fn store(&self) -> Arc<dyn Store> {
        self.model.clone()
    }

    fn clock(&self) -> Clock {
        self.clock.clone()
    }
}

#[test]
fn the_model_keeps_every_clause() {
    block_on(suite::run(fresh));
}

#[test]
fn an_upset_model_loses_either_the_commit_or_its_acknowledgement() {
    let model = fresh().model;
    for (mishap, fate) in [(Mishap::AcknowledgementLost, Fate::Committed), (Mishap::CommitLost, Fate::Absent)]
    {
        model.upset_next(mishap);
        let id = CommitId(fate as u128);
        assert!(matches!(block_on(model.commit(Commit::new(id))), Err(CommitError::Unknown(_))));
        assert_eq!(block_on(model.outcome(id)), Ok(fate));
    }
}

#[test]
fn a_full_model_refuses_new_data_and_takes_deletes() {
    let model = fresh().model;
    model.set_full(true);
    let write = |value| {
        let mut commit = Commit::new(CommitId(1));
        commit.writes.push(Write { key: vec![1; Bounds::KEY].into(), value });
        block_on(model.commit(commit))
    };
    assert_eq!(write(Some(bytes::Bytes::new())), Err(CommitError::Full));
    assert!(write(None).is_ok());
    assert!(model.full());
}
