//! What the lifecycle has done, bucket by bucket, for the log: one line a bucket and run.

use std::collections::BTreeMap;
use std::sync::Mutex;

/// What became of a bucket's versions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Current versions that ended, for good or under a marker.
    pub expired: u64,
    /// Older versions that ended.
    pub versions_expired: u64,
    /// Delete markers that ended, with nothing below them.
    pub markers_expired: u64,
    /// Versions that moved to another class.
    pub transitioned: u64,
    /// Uploads that were given up.
    pub uploads_aborted: u64,
}

impl Counts {
    fn add(&mut self, more: Counts) {
        self.expired += more.expired;
        self.versions_expired += more.versions_expired;
        self.markers_expired += more.markers_expired;
        self.transitioned += more.transitioned;
        self.uploads_aborted += more.uploads_aborted;
    }
}

/// Counts by the buckets' names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tally(BTreeMap<String, Counts>);

impl Tally {
    /// The counts of a bucket.
    pub fn of(&mut self, bucket: &str) -> &mut Counts {
        if !self.0.contains_key(bucket) {
            self.0.insert(bucket.to_owned(), Counts::default());
        }
        self.0.get_mut(bucket).expect("it was put there")
    }
}

/// What was done since it was last told. Only what was committed counts.
#[derive(Default)]
pub(in super::super) struct Run(Mutex<Tally>);

impl Run {
    /// Adds what a commit has done.
    pub fn add(&self, more: Tally) {
        let mut all = self.0.lock().expect("nothing panics while the tally is held");
        for (bucket, counts) in more.0 {
            all.of(&bucket).add(counts);
        }
    }

    /// Tells, and begins anew.
    pub fn tell(&self) {
        let all = std::mem::take(&mut *self.0.lock().expect("nothing panics while the tally is held"));
        for (bucket, counts) in all.0 {
            let Counts { expired, versions_expired, markers_expired, transitioned, uploads_aborted } = counts;
            tracing::info!(
                bucket,
                expired,
                versions_expired,
                markers_expired,
                transitioned,
                uploads_aborted,
                "the lifecycle was carried out"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_commits_have_done_is_added_up() {
        let run = Run::default();
        for (bucket, expired) in [("a", 1), ("b", 2), ("a", 3)] {
            let mut tally = Tally::default();
            tally.of(bucket).expired = expired;
            run.add(tally);
        }
        let all = run.0.lock().unwrap().clone();
        assert_eq!(all.0.values().map(|counts| counts.expired).collect::<Vec<_>>(), [4, 2]);
        run.tell();
    }
}
