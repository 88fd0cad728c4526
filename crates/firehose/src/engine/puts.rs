//! Direct PUT: records appended to the stream's own log, all of a request in one commit. Durable when acknowledged.

use bytes::Bytes;
use store::{Commit, CommitError, CommitId, LogId};

use super::error::{Error, Invalid, NotFound};
use super::streams::{Status, status};
use super::{Engine, sealing};
use crate::tables::{Destination, Source, StreamKey};

/// What became of one record of a request: its id, or the quota was met.
pub type Put = Result<String, Error>;

/// What became of a request.
#[derive(Debug)]
pub struct Puts {
    /// Its records, in order.
    pub outcomes: Vec<Put>,
    /// They were sealed.
    pub sealed: bool,
}

/// The service's words for what only streams of Direct PUT can do.
pub(super) fn not_permitted(source: &Source) -> Invalid {
    Invalid(format!("This operation is not permitted on {} delivery stream type.", source.kind()))
}

impl Engine {
    /// Appends records in order. Under strict limits those beyond the quota are refused one by one; everything else is for all or none.
    pub async fn put(&self, key: &StreamKey, mut records: Vec<Bytes>) -> Result<Puts, Error> {
        let not_found = || NotFound { name: key.name.clone(), account: key.account };
        let row = self.stream(key).await?.value;
        let (log, framed) = match &row.source {
            Source::Direct { log, framed, .. } => (LogId(*log), *framed == Some(true)),
            other @ (Source::Kinesis { .. } | Source::Kafka { .. }) => {
                return Err(not_permitted(other).into());
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
        let teller = self.teller(key, &row);
        let bytes: usize = records.iter().map(Bytes::len).sum();
        let sealed = row.encryption.as_ref().is_some_and(|encryption| encryption.enabled);
        if admitted > 0 {
            if unpacks_logs(&row.destination) {
                check_logs(&records)?;
            }
            let mut commit = Commit::new(CommitId(self.random.u128()));
            let frames = self.frames(key, row.id());
            let sealer = frames.sealer(row.encryption.as_ref()).await?;
            if let Some(sealer) = &sealer {
                sealer.join(&mut commit);
            }
            commit.append(
                log,
                if framed { sealing::frames(&records, sealer.as_ref(), &self.random) } else { records },
            );
            let first = match self.store.commit(commit).await {
                Ok(committed) => committed.appended[0].first,
                Err(CommitError::Log(_)) => return Err(not_found().into()),
                // An unknown outcome is answered as a failure: the client may repeat it, and records it twice, as on AWS.
                Err(error) => return Err(error.into()),
            };
            frames.stored(sealer.as_ref());
            outcomes.extend((0..admitted as u64).map(|n| Ok(record_id(log, first.0 + n))));
        }
        teller.measure("IncomingBytes", "Bytes", bytes as f64);
        teller.measure("IncomingRecords", "Count", admitted as f64);
        teller.measure("IncomingPutRequests", "Count", 1.0);
        if admitted < asked {
            teller.measure("ThrottledRecords", "Count", (asked - admitted) as f64);
        }
        outcomes.resize(asked, Err(Error::Throttled));
        Ok(Puts { outcomes, sealed })
    }
}

/// Whether a stream unpacks records of CloudWatch Logs.
fn unpacks_logs(destination: &Destination) -> bool {
    let processing = destination.processing().filter(|processing| processing.enabled == Some(true));
    let processors = processing.and_then(|processing| processing.processors.as_deref()).unwrap_or_default();
    processors.iter().any(|step| step.kind == "Decompression")
}

/// Records of a stream that unpacks those of CloudWatch Logs must be such.
fn check_logs(records: &[Bytes]) -> Result<(), Error> {
    const GZIP: [u8; 2] = [0x1f, 0x8b];
    if records.iter().all(|record| record.starts_with(&GZIP)) { Ok(()) } else { Err(Error::NotLogs) }
}

/// A record's id: its log and its place in it.
fn record_id(log: LogId, seq: u64) -> String {
    let mut bytes = [0; 24];
    bytes[..16].copy_from_slice(&log.0.to_be_bytes());
    bytes[16..].copy_from_slice(&seq.to_be_bytes());
    base64_simd::STANDARD.encode_to_string(bytes)
}
