//! Out of a pipe to a destination outside: HTTP endpoints, Splunk, search clusters.
//!
//! ```text
//!   store the batch (id, end, now) ─► send ──all taken──► move on
//!                                      ▲   └─some not──► wait, 1 s × 2ⁿ ± 15 %, at most 120 s
//!                                      └───────────────────┘   until the retry time is over, then file them among the errors and move on
//! ```

use std::time::Duration;

use base::Timestamp;
use store::Commit;

use super::{Failure, Load, Shop, put_row};
use crate::engine::delivery::origin::{Incoming, READ_BYTES_MAX};
use crate::engine::delivery::stage::commit_id;
use crate::engine::envelope::{Envelope, Failed};
use crate::tables::{Batch, Destination, PipeRow};

/// The first pause between tries, and the longest (Firehose facts section 6).
const PAUSE_MIN: Duration = Duration::from_secs(1);
const PAUSE_MAX: Duration = Duration::from_secs(120);

/// A record of a batch.
pub(super) struct Doc {
    /// Its place in the pipe.
    pub seq: u64,
    /// The record.
    pub record: Incoming,
}

/// Why a record was not taken.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    /// `HttpEndpoint.DestinationException`.
    pub code: String,
    /// In words.
    pub message: String,
    /// Trying again may help.
    pub again: bool,
}

impl Trouble {
    pub(super) fn new(code: &str, message: impl Into<String>, again: bool) -> Self {
        Self { code: code.to_owned(), message: message.into(), again }
    }
}

/// What became of one try: the records that were not taken, by their place in what was sent.
pub(super) type Tried = Vec<(usize, Trouble)>;

/// All of a batch failed alike.
pub(super) fn all(docs: &[&Doc], trouble: &Trouble) -> Tried {
    (0..docs.len()).map(|at| (at, trouble.clone())).collect()
}

impl Shop {
    pub(super) async fn to_remote(&self, load: Load) -> Result<(), Failure> {
        let (load, batch) = self.begin_batch(load).await?;
        let docs = self.docs(&load, batch.to).await?;
        let retry = self.row.destination.remote().map_or(0, |remote| remote.retry_secs);
        let deadline = Timestamp::from_micros(batch.begun_micros).plus(Duration::from_secs(u64::from(retry)));
        let mut left: Vec<&Doc> = docs.iter().collect();
        let mut given_up: Vec<(Timestamp, String)> = Vec::new();
        let mut attempts = 0u32;
        let place = self.place();
        loop {
            attempts += 1;
            let (tried, waited) = match &self.row.destination {
                Destination::Http(http) => (self.try_http(http, &batch, &left).await, Duration::ZERO),
                Destination::Splunk(splunk) => self.try_splunk(splunk, &left).await,
                Destination::Search(search) => {
                    (self.try_search(search, load.row.value.log, &left).await, Duration::ZERO)
                }
                Destination::S3(_) | Destination::Redshift(_) | Destination::Iceberg(_) => {
                    return Err(Failure::Outdated);
                }
            };
            let now = self.engine.clock.now();
            // Waiting for an acknowledgement does not count as retrying.
            let over = now >= deadline.plus(waited);
            let mut again = Vec::new();
            if let Some((_, trouble)) = tried.first() {
                self.teller.not_delivered(place);
                self.teller.failed(&trouble.code, &trouble.message, None);
            }
            for (at, trouble) in tried {
                let doc = left[at];
                if trouble.again && !over {
                    again.push(doc);
                } else {
                    given_up.push((doc.record.arrival, self.line(&load, doc, attempts, &trouble, now)));
                }
            }
            if again.is_empty() {
                break;
            }
            left = again;
            self.timer.sleep(self.pause(attempts)).await;
        }
        let failed = given_up.len() as u64;
        let mut commit = self.commit_of(&load, batch.to);
        self.file(&mut commit, self.error_type(), given_up).await?;
        self.commit(commit).await?;
        if failed < docs.len() as u64 {
            self.teller.delivered(place, load.buffered, self.engine.clock.now());
        }
        Ok(())
    }

    /// Stores what is about to be sent, unless it was stored before.
    pub(super) async fn begin_batch(&self, mut load: Load) -> Result<(Load, Batch), Failure> {
        if let Some(batch) = load.row.value.batch.clone() {
            return Ok((load, batch));
        }
        let batch = Batch {
            id: self.engine.random.u128(),
            to: load.to,
            begun_micros: self.engine.clock.now().as_micros(),
            staged: None,
        };
        let row = PipeRow { batch: Some(batch.clone()), ..load.row.value.clone() };
        let mut commit = Commit::new(commit_id(&self.engine));
        put_row(&mut commit, &load, &row);
        load.row = self.commit_row(&load, commit).await?;
        Ok((load, batch))
    }

    /// Commits, and reads the row of the pipe as it is then.
    pub(super) async fn commit_row(
        &self,
        load: &Load,
        commit: Commit,
    ) -> Result<store::Row<PipeRow>, Failure> {
        self.commit(commit).await?;
        let row = crate::tables::PIPES.get(&*self.engine.store.snapshot(), &load.key).await;
        row.map_err(crate::engine::error::Error::from)?.ok_or(Failure::Outdated)
    }

    /// The records of a load, in memory.
    pub(super) async fn docs(&self, load: &Load, to: u64) -> Result<Vec<Doc>, Failure> {
        let origin = self.origin(&load.row.value);
        let mut docs = Vec::new();
        let mut from = load.row.value.position;
        while from < to {
            let records_max = usize::try_from(to - from).unwrap_or(usize::MAX);
            let piece = origin.read("", from, records_max, READ_BYTES_MAX).await?;
            if piece.records.is_empty() || piece.next > to {
                return Err(Failure::Outdated);
            }
            let first = piece.next - piece.records.len() as u64;
            docs.extend(piece.records.into_iter().zip(first..).map(|(record, seq)| Doc { seq, record }));
            from = piece.next;
        }
        Ok(docs)
    }

    /// The destination in the names of metrics.
    fn place(&self) -> &'static str {
        match &self.row.destination {
            Destination::Http(_) => "HttpEndpoint",
            Destination::Splunk(_) => "Splunk",
            Destination::Search(_) => "AmazonOpenSearchService",
            Destination::Redshift(_) => "Redshift",
            Destination::Iceberg(_) => "Iceberg",
            Destination::S3(_) => "S3",
        }
    }

    /// 1 s × 2ⁿ ± 15 %, at most 120 s.
    fn pause(&self, attempts: u32) -> Duration {
        let whole = PAUSE_MIN.saturating_mul(1 << (attempts - 1).min(16)).min(PAUSE_MAX);
        // Between 850 and 1,150 thousandths.
        let thousandths = 850 + self.engine.random.u64() % 301;
        whole.mul_f64(thousandths as f64 / 1_000.0)
    }

    /// What stands for a record that was not taken.
    fn line(&self, load: &Load, doc: &Doc, attempts: u32, trouble: &Trouble, ended: Timestamp) -> String {
        let failed = Failed {
            attempts,
            arrival: doc.record.arrival,
            code: &trouble.code,
            message: &trouble.message,
            ended,
            data: &doc.record.data,
        };
        let envelope = Envelope::new(&failed);
        let id = document_id(load.row.value.log, doc);
        match &self.row.destination {
            Destination::Http(_) => envelope
                .with("subsequenceNumber", doc.record.note.sub_sequence.unwrap_or(0))
                .with("dataId", id)
                .line(),
            Destination::Splunk(_) => envelope.with("EventId", id).line(),
            Destination::Search(search) => super::search::envelope(envelope, search, doc, &id).line(),
            Destination::S3(_) | Destination::Redshift(_) | Destination::Iceberg(_) => envelope.line(),
        }
    }
}

/// The id of a record in a pipe: the same whenever it is sent.
pub(super) fn document_id(log: u128, doc: &Doc) -> String {
    format!("{log}.{}", doc.seq)
}
