//! When keys were last used, and how (GetKeyLastUsage).
//!
//! Every successful use tells; memory keeps the last one of each key, and rows are written now and then, so that a busy key costs no commits.
//! What the last minutes held may be lost when the process is killed; AWS is an hour late itself.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use service::{Stop, Timer};
use store::Commit;

use super::{Error, Kms};
use crate::tables::{KeyRef, USES, UseRow};

/// How often uses are written down.
const FLUSH_EVERY: Duration = Duration::from_secs(60);
/// Rows of one commit.
const SLICE: usize = 500;
/// Keys noted at the same time; beyond it further ones are let go until those are written.
const KEYS_MAX: usize = 10_000;

/// The last use of each key since the last flush.
#[derive(Default)]
pub(super) struct Uses(Mutex<HashMap<KeyRef, UseRow>>);

impl Kms {
    /// Notes that a key was used.
    pub fn note_use(&self, at: &KeyRef, operation: &'static str, request_id: &str) {
        let now = self.now().as_micros();
        let row = UseRow {
            used_micros: now,
            operation: operation.to_owned(),
            event: self.random.uuid(),
            request: request_id.to_owned(),
        };
        let mut uses = self.uses.0.lock().expect("nothing panics while the uses are held");
        let has_room = uses.len() < KEYS_MAX;
        match uses.get_mut(at) {
            Some(there) => *there = row,
            None if has_room => {
                uses.insert(at.clone(), row);
            }
            None => {}
        }
    }

    /// How a key was last used; `None` if it never was.
    pub async fn last_use(&self, at: &KeyRef) -> Result<Option<UseRow>, Error> {
        let noted = self.uses.0.lock().expect("nothing panics while the uses are held").get(at).cloned();
        match noted {
            Some(row) => Ok(Some(row)),
            None => Ok(USES.get(&*self.store.snapshot(), at).await?.map(|row| row.value)),
        }
    }

    /// Writes down what was noted since the last time.
    pub async fn flush_uses(&self) -> Result<(), Error> {
        let noted: Vec<(KeyRef, UseRow)> = {
            let uses = self.uses.0.lock().expect("nothing panics while the uses are held");
            uses.iter().map(|(at, row)| (at.clone(), row.clone())).collect()
        };
        for slice in noted.chunks(SLICE) {
            let mut commit = Commit::new(self.new_commit_id());
            for (at, row) in slice {
                commit.put(USES, at, row);
            }
            self.store.commit(commit).await?;
        }
        let mut uses = self.uses.0.lock().expect("nothing panics while the uses are held");
        for (at, row) in noted {
            if uses.get(&at) == Some(&row) {
                uses.remove(&at);
            }
        }
        Ok(())
    }

    /// Forgets how a key was used: it is removed.
    pub(super) fn forget_use(&self, commit: &mut Commit, at: &KeyRef) {
        self.uses.0.lock().expect("nothing panics while the uses are held").remove(at);
        commit.delete(USES, at);
    }

    /// Writes uses down every minute, until told to end.
    pub async fn write_uses(&self, timer: Timer, stop: Stop) -> Result<(), Error> {
        while stop.unless(timer.sleep(FLUSH_EVERY)).await.is_some() {
            self.flush_uses().await?;
        }
        self.flush_uses().await
    }
}
