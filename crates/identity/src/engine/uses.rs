//! When long-lived keys were last used. Every request tells; memory keeps the last one of each key, and a row is written now and then,
//! so that a busy key costs no commits. What the last minutes held may be lost when the process is killed.

use std::collections::HashMap;
use std::sync::Mutex;

use base::Timestamp;
use store::{Commit, CommitId};

use super::Identity;
use super::draft::keep;
use super::error::Result;
use crate::tables::{IdKey, KEY_USES, KeyUseRow};

/// A use is noted again after this long, unless something about it differs.
const NOTED_SECS: i64 = 60;
/// Keys noted at the same time; beyond it further ones are let go.
const KEYS_MAX: usize = 10_000;

/// The last use of each key since the last flush, and whether it is on disk.
#[derive(Default)]
pub(crate) struct Uses(Mutex<HashMap<String, (KeyUseRow, bool)>>);

impl Uses {
    /// Notes a use.
    pub(crate) fn note(&self, id: &str, now: Timestamp, service: &str, region: &str) {
        let mut uses = self.0.lock().expect("nothing panics while the uses are held");
        let has_room = uses.len() < KEYS_MAX;
        match uses.get_mut(id) {
            Some((row, flushed)) => {
                let fresh = now.as_micros() - row.used_micros < NOTED_SECS * 1_000_000;
                if fresh && row.service == service && row.region == region {
                    return;
                }
                *row = use_row(now, service, region);
                *flushed = false;
            }
            None if has_room => {
                uses.insert(id.to_owned(), (use_row(now, service, region), false));
            }
            None => {}
        }
    }

    pub(super) fn forget(&self, id: &str) {
        self.0.lock().expect("nothing panics while the uses are held").remove(id);
    }

    fn get(&self, id: &str) -> Option<KeyUseRow> {
        let uses = self.0.lock().expect("nothing panics while the uses are held");
        uses.get(id).map(|(row, _)| row.clone())
    }

    fn take_fresh(&self) -> Vec<(String, KeyUseRow)> {
        let mut uses = self.0.lock().expect("nothing panics while the uses are held");
        let mut fresh = Vec::new();
        for (id, (row, flushed)) in uses.iter_mut().filter(|(_, (_, flushed))| !*flushed) {
            *flushed = true;
            fresh.push((id.clone(), row.clone()));
        }
        fresh
    }
}

fn use_row(now: Timestamp, service: &str, region: &str) -> KeyUseRow {
    KeyUseRow { used_micros: now.as_micros(), service: service.to_owned(), region: region.to_owned() }
}

impl Identity {
    /// When a key was last used.
    pub async fn last_use(&self, id: &str) -> Result<Option<KeyUseRow>> {
        if let Some(row) = self.uses.get(id) {
            return Ok(Some(row));
        }
        let row = KEY_USES.get(&*self.store.snapshot(), &IdKey(id.to_owned())).await?;
        Ok(row.map(|row| row.value))
    }

    /// Writes down what was noted since the last time.
    pub(crate) async fn flush_uses(&self) -> Result<()> {
        let fresh = self.uses.take_fresh();
        if fresh.is_empty() {
            return Ok(());
        }
        let mut commit = Commit::new(CommitId(self.random.u128()));
        for (id, row) in fresh {
            commit.put(KEY_USES, &IdKey(id), &row);
        }
        keep(&*self.store, commit).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_key_is_noted_once_a_minute() {
        let uses = Uses::default();
        let at = |secs: i64| Timestamp::from_secs(1_000 + secs);
        uses.note("AKIA", at(0), "s3", "us-east-1");
        assert_eq!(uses.take_fresh().len(), 1);
        uses.note("AKIA", at(59), "s3", "us-east-1");
        assert!(uses.take_fresh().is_empty());
        uses.note("AKIA", at(59), "kinesis", "us-east-1");
        assert_eq!(uses.take_fresh().len(), 1);
        uses.note("AKIA", at(120), "kinesis", "us-east-1");
        assert_eq!(uses.get("AKIA").unwrap().used_micros, at(120).as_micros());
    }
}
