//! Direct PUT: records appended to the stream's own log, all of a request in one commit. Durable when acknowledged.

use bytes::Bytes;
use store::{Commit, CommitError, CommitId, LogId};

use super::Engine;
use super::error::{Error, Invalid, NotFound};
use super::streams::{Status, status};
use crate::tables::{Source, StreamKey};

/// What became of one record of a request: its id, or the quota was met.
pub type Put = Result<String, Error>;

impl Engine {
    /// Appends records in order. Under strict limits those beyond the quota are refused one by one; everything else is for all or none.
    pub async fn put(&self, key: &StreamKey, mut records: Vec<Bytes>) -> Result<Vec<Put>, Error> {
        let not_found = || NotFound { name: key.name.clone(), account: key.account };
        let row = self.stream(key).await?.value;
        let log = match &row.source {
            Source::Direct { log, .. } => LogId(*log),
            Source::Kinesis { .. } => {
                let refusal =
                    "This operation is not permitted on KinesisStreamAsSource delivery stream type.";
                return Err(Invalid::new(refusal).into());
            }
        };
        match status(&row, self.clock.now()) {
            Status::Active => {}
            // A stream that is coming or going answers as if it were not there.
            Status::Creating | Status::Deleting => return Err(not_found().into()),
        }
        let asked = records.len();
        if self.settings.strict_limits {
            let sizes: Vec<usize> = records.iter().map(Bytes::len).collect();
            records.truncate(self.throttles.admit(row.id(), &key.region, &self.clock, &sizes));
        }
        let admitted = records.len();
        let mut outcomes = Vec::with_capacity(asked);
        if admitted > 0 {
            let mut commit = Commit::new(CommitId(self.random.u128()));
            commit.append(log, records);
            let first = match self.store.commit(commit).await {
                Ok(committed) => committed.appended[0].first,
                Err(CommitError::Log(_)) => return Err(not_found().into()),
                // An unknown outcome is answered as a failure: the client may repeat it, and records it twice, as on AWS.
                Err(error) => return Err(error.into()),
            };
            outcomes.extend((0..admitted as u64).map(|n| Ok(record_id(log, first.0 + n))));
        }
        outcomes.resize(asked, Err(Error::Throttled));
        Ok(outcomes)
    }
}

/// A record's id: its log and its place in it.
fn record_id(log: LogId, seq: u64) -> String {
    let mut bytes = [0; 24];
    bytes[..16].copy_from_slice(&log.0.to_be_bytes());
    bytes[16..].copy_from_slice(&seq.to_be_bytes());
    base64_simd::STANDARD.encode_to_string(bytes)
}
