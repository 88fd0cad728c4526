//! Streams of records, for whoever consumes them: the log half of "a log, and a cursor". The cursor is the consumer's own row.

use base::{Arn, Timestamp};
use bytes::Bytes;
use futures_util::future::BoxFuture;

use crate::{PortError, Principal};

/// A place in a shard: the number the next record to read has, or passes. Plain data, to be kept in the consumer's cursor row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ShardPosition(pub u64);

/// Where a consumer starts in a shard it has no cursor for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ShardStart {
    /// At the oldest record kept.
    TrimHorizon,
    /// After the newest record.
    Latest,
    /// At the first record that arrived then or later.
    At(Timestamp),
}

/// A shard, as a consumer sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceShard {
    /// `shardId-…`.
    pub id: String,
    /// The shards it came from. They must be read to their end first.
    pub parents: Vec<String>,
    /// No more records will come.
    pub closed: bool,
}

/// A record, as a consumer sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceRecord {
    /// Its sequence number, in decimal.
    pub sequence_number: String,
    /// Its partition key.
    pub partition_key: String,
    /// Its bytes.
    pub data: Bytes,
    /// When it arrived.
    pub arrival: Timestamp,
}

/// What one read returned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceBatch {
    /// The records, in order.
    pub records: Vec<SourceRecord>,
    /// Where to go on.
    pub next: ShardPosition,
    /// The shard is closed and everything in it has been returned: its children may begin.
    pub ended: bool,
}

/// Reads a stream shard by shard. Served by Kinesis Data Streams.
pub trait RecordSource: Send + Sync + 'static {
    /// The stream's shards that still hold records or may get some, parents before children.
    /// Fails with `NotFound` when the stream is gone.
    fn shards<'a>(
        &'a self,
        principal: &'a Principal,
        stream: &'a Arn,
    ) -> BoxFuture<'a, Result<Vec<SourceShard>, PortError>>;

    /// The position a start stands for. The consumer keeps it: `Latest` is decided once.
    fn position<'a>(
        &'a self,
        principal: &'a Principal,
        stream: &'a Arn,
        shard: &'a str,
        start: ShardStart,
    ) -> BoxFuture<'a, Result<ShardPosition, PortError>>;

    /// The records from a position on, at most `records` of them and about `bytes` of data (at least one record if there is one).
    fn read<'a>(
        &'a self,
        principal: &'a Principal,
        stream: &'a Arn,
        shard: &'a str,
        from: ShardPosition,
        records: usize,
        bytes: usize,
    ) -> BoxFuture<'a, Result<SourceBatch, PortError>>;

    /// Waits until a record stands at or after the position, or the shard was closed or deleted.
    fn wait<'a>(
        &'a self,
        stream: &'a Arn,
        shard: &'a str,
        from: ShardPosition,
    ) -> BoxFuture<'a, Result<(), PortError>>;
}
