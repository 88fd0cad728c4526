//! Builds an object's body as it is asked for: read, take apart, delimit, compress, a piece at a time.
//!
//! The order is the service's (Firehose facts section 5): KPL de-aggregation → record de-aggregation → Lambda → partition keys → format conversion
//! → compression. Here are the first and the last, and a newline behind each record; what needs more passes through pipes.
//!
//! A body holds one read and one packed piece, whatever the object's size. Compression runs on the blocking pool.

use std::collections::VecDeque;

use body::{Body, BodyError};
use bytes::Bytes;
use futures_util::stream;

use super::origin::{Origin, READ_BYTES_MAX};
use crate::engine::compression::{Compression, Packer};
use crate::engine::kpl;

/// Part of a shard: records from `from` up to `to`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::engine) struct Span {
    /// The shard.
    pub shard: String,
    /// The first record's place.
    pub from: u64,
    /// The place after the last.
    pub to: u64,
    /// How many records were counted between.
    pub records: u64,
}

/// What is done to each record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(in crate::engine) struct Steps {
    /// Take KPL aggregates apart.
    pub de_aggregate: bool,
    /// A newline after each record.
    pub delimit: bool,
}

impl Steps {
    /// Writes what becomes of one record.
    fn write(self, record: Bytes, packer: &mut Packer) {
        if self.de_aggregate {
            for part in kpl::de_aggregate(record) {
                self.write_one(&part, packer);
            }
        } else {
            self.write_one(&record, packer);
        }
    }

    fn write_one(self, data: &[u8], packer: &mut Packer) {
        packer.write(data);
        if self.delimit {
            packer.write(b"\n");
        }
    }
}

/// The body made of these spans, in their order.
pub(in crate::engine) fn body(
    origin: Origin,
    spans: Vec<Span>,
    steps: Steps,
    compression: Compression,
    entry: &str,
) -> Body {
    let builder = Builder {
        origin,
        spans: spans.into(),
        steps,
        compresses: compression != Compression::None,
        packer: Some(Packer::new(compression, entry)),
    };
    let pieces = stream::unfold(Some(builder), |builder| async move {
        let mut builder = builder?;
        match builder.next().await {
            Ok(Some(piece)) => Some((Ok(piece), Some(builder))),
            Ok(None) => None,
            Err(error) => Some((Err(error), None)),
        }
    });
    Body::from_stream(pieces, None)
}

struct Builder {
    origin: Origin,
    spans: VecDeque<Span>,
    steps: Steps,
    compresses: bool,
    /// Absent once the body is finished.
    packer: Option<Packer>,
}

impl Builder {
    /// The next piece; never an empty one.
    async fn next(&mut self) -> Result<Option<Bytes>, BodyError> {
        while let Some(span) = self.spans.front_mut() {
            let records_max = usize::try_from(span.records).unwrap_or(usize::MAX);
            let piece = self
                .origin
                .read(&span.shard, span.from, records_max, READ_BYTES_MAX)
                .await
                .map_err(|error| BodyError::Storage(error.to_string()))?;
            // What was trimmed after it was counted is missing here, and the count would reach beyond the span.
            if piece.next > span.to || piece.records.is_empty() {
                return Err(BodyError::Storage("records were trimmed while they were read".to_owned()));
            }
            span.from = piece.next;
            span.records = span.records.saturating_sub(piece.records.len() as u64);
            if span.from >= span.to || span.records == 0 {
                self.spans.pop_front();
            }
            let records = piece.records.into_iter().map(|record| record.data).collect();
            let packed = self.pack(records).await?;
            if !packed.is_empty() {
                return Ok(Some(packed.into()));
            }
        }
        let Some(packer) = self.packer.take() else { return Ok(None) };
        let rest = off_thread(self.compresses, move || packer.finish()).await?;
        Ok((!rest.is_empty()).then(|| rest.into()))
    }

    async fn pack(&mut self, records: Vec<Bytes>) -> Result<Vec<u8>, BodyError> {
        let mut packer = self.packer.take().expect("the packer is taken for good only after the last span");
        let steps = self.steps;
        let (packer, packed) = off_thread(self.compresses, move || {
            records.into_iter().for_each(|record| steps.write(record, &mut packer));
            let packed = packer.take();
            (packer, packed)
        })
        .await?;
        self.packer = Some(packer);
        Ok(packed)
    }
}

/// Runs a computation where it holds nobody up; a mere copy stays where it is.
async fn off_thread<T: Send + 'static>(
    heavy: bool,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, BodyError> {
    if !heavy {
        return Ok(work());
    }
    tokio::task::spawn_blocking(work).await.map_err(|error| BodyError::Storage(error.to_string()))
}
