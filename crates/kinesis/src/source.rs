//! A stream as other rooms read it: [`RecordSource`], the log half of "a log, and a cursor".
//!
//! The same streams, shards and places as GetRecords; no iterators, no rate limits (the consumers are ours), and a wait that nobody polls.
//!
//! A position is `mark of the stream (16 bits) | number in the shard's log (48 bits)`. The mark is drawn with the stream's id, so that a cursor kept
//! from a stream that was deleted and created anew under the same name is told: it stands for the new stream's beginning.

use std::sync::Arc;

use base::{Arn, Region};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use ports::{
    PortError, Principal, RecordSource, ShardPosition, ShardStart, SourceBatch, SourceRecord, SourceShard,
};
use service::{Caller, json};
use store::{Limit, Seq};

use crate::engine::read::Start;
use crate::engine::sealing::By;
use crate::engine::shard_id::{parse_shard_id, shard_id};
use crate::engine::stream::Stream;
use crate::engine::{Error, Kind, Kinesis};
use crate::ops::{fault, target};
use crate::tables::StreamKey;

impl RecordSource for Kinesis {
    fn shards<'a>(
        &'a self,
        principal: &'a Principal,
        stream: &'a Arn,
    ) -> BoxFuture<'a, Result<Vec<SourceShard>, PortError>> {
        async move {
            let stream = source(self, principal, stream, "kinesis:ListShards").await?;
            // A child's number is greater than its parents', so the order of the numbers is that of descent.
            let shards = stream.listed(self.now()).map(|shard| SourceShard {
                id: shard_id(shard.number),
                parents: shard.parents().map(shard_id).collect(),
                closed: !shard.is_open(),
            });
            Ok(shards.collect())
        }
        .boxed()
    }

    fn position<'a>(
        &'a self,
        principal: &'a Principal,
        stream: &'a Arn,
        shard: &'a str,
        start: ShardStart,
    ) -> BoxFuture<'a, Result<ShardPosition, PortError>> {
        async move {
            let stream = source(self, principal, stream, "kinesis:GetShardIterator").await?;
            let shard = stream.shard(number_of(&stream, shard)?, self.now()).map_err(port_error)?;
            let start = match start {
                ShardStart::TrimHorizon => Start::TrimHorizon,
                ShardStart::Latest => Start::Latest,
                // A time to come stands for the end, as now does.
                ShardStart::At(time) => Start::Time(time.min(self.now())),
            };
            let seq = self.locate(&stream, shard, &start).await.map_err(port_error)?;
            Ok(position_of(&stream, seq))
        }
        .boxed()
    }

    fn read<'a>(
        &'a self,
        principal: &'a Principal,
        stream: &'a Arn,
        shard: &'a str,
        from: ShardPosition,
        records: usize,
        bytes: usize,
    ) -> BoxFuture<'a, Result<SourceBatch, PortError>> {
        async move {
            let stream = source(self, principal, stream, "kinesis:GetRecords").await?;
            let shard = stream.shard(number_of(&stream, shard)?, self.now()).map_err(port_error)?;
            let limit = Limit { records, bytes };
            let region = Region::new(&stream.key.region).unwrap_or_else(Region::us_east_1);
            let by = By { principal, region: &region };
            let reading = self.read_shard(&stream, shard, place_of(&stream, from), limit, by).await;
            let reading = reading.map_err(port_error)?;
            let records = reading.records.into_iter().map(|record| SourceRecord {
                sequence_number: record.sequence_number,
                partition_key: record.partition_key,
                data: record.data,
                arrival: record.arrival,
            });
            Ok(SourceBatch {
                records: records.collect(),
                next: position_of(&stream, reading.next),
                ended: reading.ended.is_some(),
            })
        }
        .boxed()
    }

    fn wait<'a>(
        &'a self,
        stream: &'a Arn,
        shard: &'a str,
        from: ShardPosition,
    ) -> BoxFuture<'a, Result<(), PortError>> {
        async move {
            let stream = self.usable_stream(&key_of(stream)?).await.map_err(port_error)?;
            let shard = stream.shard(number_of(&stream, shard)?, self.now()).map_err(port_error)?;
            let gone = || port_error(Error::ShardNotFound(stream.key.clone(), shard_id(shard.number)));
            let tail = self.tail(shard).await.map_err(port_error)?.ok_or_else(gone)?;
            tail.reaches(place_of(&stream, from)).await.map(|_| ()).ok_or_else(gone)
        }
        .boxed()
    }
}

/// Bits of a position that number the record. At a million records a second they last nine years.
const PLACE_BITS: u32 = 48;

fn mark_of(stream: &Stream) -> u64 {
    (stream.id().0 as u64) << PLACE_BITS
}

fn position_of(stream: &Stream, seq: Seq) -> ShardPosition {
    debug_assert!(seq.0 < 1 << PLACE_BITS, "a log's numbers stay below their bits");
    ShardPosition(mark_of(stream) | seq.0)
}

fn place_of(stream: &Stream, position: ShardPosition) -> Seq {
    let place = position.0 ^ mark_of(stream);
    if place < 1 << PLACE_BITS { Seq(place) } else { Seq(0) }
}

/// The stream, if the principal may read it. Until there are policies for roles, an account's streams are its own, and its roles'.
async fn source(
    kinesis: &Kinesis,
    principal: &Principal,
    stream: &Arn,
    action: &'static str,
) -> Result<Arc<Stream>, PortError> {
    let key = key_of(stream)?;
    let region = Region::new(&key.region).unwrap_or_else(Region::us_east_1);
    let caller = Caller::internal(principal.clone(), region);
    let access = target::of_stream(kinesis, action, &key).await;
    let allowed = kinesis.authorizer().allow(&caller, &access).await;
    allowed.map_err(|denied| PortError::Denied(json::denied(&denied).message.unwrap_or_default()))?;
    kinesis.usable_stream(&key).await.map_err(port_error)
}

/// The stream an ARN names.
fn key_of(stream: &Arn) -> Result<StreamKey, PortError> {
    target::stream_of(stream.as_str()).ok_or_else(|| PortError::Invalid {
        code: "InvalidArgumentException",
        message: format!("{stream} is not the ARN of a stream."),
    })
}

fn number_of(stream: &Stream, shard: &str) -> Result<u32, PortError> {
    parse_shard_id(shard)
        .ok_or_else(|| port_error(Error::ShardNotFound(stream.key.clone(), shard.to_owned())))
}

fn port_error(error: Error) -> PortError {
    let kind = error.kind();
    match kind {
        Kind::Gone => PortError::NotFound { code: "ResourceNotFoundException", message: fault::text(&error) },
        Kind::Later => PortError::Unavailable(error.to_string()),
        Kind::Wrong => PortError::Invalid { code: "InvalidArgumentException", message: fault::text(&error) },
    }
}
