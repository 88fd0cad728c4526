//! Streams that take records, for whoever sends something on: subscriptions of CloudWatch Logs. Served by Kinesis Data Streams and by Firehose.

use base::Arn;
use bytes::Bytes;
use futures_util::future::BoxFuture;

use crate::{PortError, Principal};

/// A record to be put.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SinkRecord {
    /// What decides about the shard, where there are shards.
    pub partition_key: String,
    /// Its bytes.
    pub data: Bytes,
}

/// Takes records.
pub trait RecordSink: Send + Sync + 'static {
    /// Puts a record, as the principal would. Durable when it returns. Fails with `NotFound` when there is no such stream, `Denied`,
    /// `Invalid` (a record that is too large, a stream that takes none), or `Unavailable` (throttled: try again).
    fn put<'a>(
        &'a self,
        principal: &'a Principal,
        stream: &'a Arn,
        record: SinkRecord,
    ) -> BoxFuture<'a, Result<(), PortError>>;
}
