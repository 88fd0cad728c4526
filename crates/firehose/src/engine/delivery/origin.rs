//! Where a delivery reads: the stream's own log, the shards of a Kinesis stream, or a pipe. One shape for all.

use std::sync::Arc;

use base::{Arn, Timestamp};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use ports::{PortError, Principal, RecordSource, ShardPosition, ShardStart};
use service::vault::VaultError;
use store::{From, Limit, LogId, ReadError, Record, Seq, Store};

use crate::engine::intake::Kinesis;
use crate::engine::kafka::{KafkaError, KafkaRecord, Moment, Topic};
use crate::engine::pipes::{Note, Staged};
use crate::engine::sealing::Frames;

/// Records of one read.
const READ_RECORDS_MAX: usize = 2_000;
/// Bytes of one read: what a delivery holds of its source at a time.
pub(in crate::engine) const READ_BYTES_MAX: usize = 1 << 20;

/// Where a delivery reads.
#[derive(Clone)]
pub(in crate::engine) enum Origin {
    /// The log of Direct PUT; its one shard has the empty id.
    Direct {
        /// The store.
        store: Arc<dyn Store>,
        /// The log.
        log: LogId,
        /// What opens its frames; `None` for a log without.
        frames: Option<Frames>,
    },
    /// A pipe of the stream's own; its one shard has the empty id.
    Pipe {
        /// The store.
        store: Arc<dyn Store>,
        /// The log.
        log: LogId,
        /// What opens its frames.
        frames: Frames,
    },
    /// A Kinesis data stream.
    Kinesis {
        /// Kinesis.
        records: Arc<dyn RecordSource>,
        /// On whose behalf.
        principal: Principal,
        /// The stream.
        stream: Arn,
    },
    /// A topic of Kafka; its shards are its partitions, by number.
    Kafka {
        /// The topic.
        topic: Arc<Topic>,
    },
}

/// Why a source could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::engine) enum OriginError {
    /// It does not exist (any more).
    #[error("the source does not exist: {0}")]
    Gone(String),
    /// For the moment, or until somebody repairs it.
    #[error("the source cannot be read: {0}")]
    Unreadable(String),
}

/// A shard there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::engine) struct Shard {
    /// Its id.
    pub id: String,
    /// They must be read to their end first.
    pub parents: Vec<String>,
}

/// A record, without what delivery does not need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::engine) struct Incoming {
    /// Its bytes.
    pub data: Bytes,
    /// When it arrived.
    pub arrival: Timestamp,
    /// Where it stood in a Kinesis stream.
    pub kinesis: Option<Arc<Kinesis>>,
    /// What else is known of it, in a pipe.
    pub note: Note,
}

/// What one read returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::engine) struct Piece {
    /// The records, in order.
    pub records: Vec<Incoming>,
    /// Where to go on.
    pub next: u64,
    /// The shard is over.
    pub ended: bool,
}

impl Origin {
    /// Whether records may be aggregates of the Kinesis Producer Library.
    pub fn de_aggregates(&self) -> bool {
        matches!(self, Origin::Kinesis { .. })
    }

    /// The shards there are, parents before children.
    pub async fn shards(&self) -> Result<Vec<Shard>, OriginError> {
        match self {
            Origin::Direct { .. } | Origin::Pipe { .. } => {
                Ok(vec![Shard { id: String::new(), parents: Vec::new() }])
            }
            Origin::Kinesis { records, principal, stream } => {
                let shards = records.shards(principal, stream).await?;
                Ok(shards.into_iter().map(|shard| Shard { id: shard.id, parents: shard.parents }).collect())
            }
            Origin::Kafka { topic } => {
                let shard = |number: i32| Shard { id: number.to_string(), parents: Vec::new() };
                Ok(topic.partitions().await?.into_iter().map(shard).collect())
            }
        }
    }

    /// Whether a shard that an answer lacks is gone. A broker of Kafka that starts, or was cut off, may know of fewer partitions than there are.
    pub fn tells_of_all_shards(&self) -> bool {
        match self {
            Origin::Direct { .. } | Origin::Pipe { .. } | Origin::Kinesis { .. } => true,
            Origin::Kafka { .. } => false,
        }
    }

    /// Where the oldest record of a shard stands that nothing is known of.
    pub async fn beginning(&self, shard: &str) -> Result<u64, OriginError> {
        match self {
            Origin::Direct { .. } | Origin::Pipe { .. } => Ok(0),
            Origin::Kinesis { records, principal, stream } => {
                Ok(records.position(principal, stream, shard, ShardStart::TrimHorizon).await?.0)
            }
            Origin::Kafka { topic } => Ok(topic.offset(partition(shard)?, Moment::Earliest).await?),
        }
    }

    /// Whether a shard is shorter than a position in it: then it is another shard of the same name, of a stream that was made anew.
    pub async fn is_before(&self, shard: &str, position: u64) -> Result<bool, OriginError> {
        match self {
            Origin::Direct { .. } | Origin::Pipe { .. } => Ok(false),
            Origin::Kinesis { records, principal, stream } => {
                Ok(records.position(principal, stream, shard, ShardStart::Latest).await?.0 < position)
            }
            Origin::Kafka { topic } => Ok(topic.offset(partition(shard)?, Moment::Latest).await? < position),
        }
    }

    /// The records from a position on, within the bounds of a read and those given.
    pub async fn read(
        &self,
        shard: &str,
        from: u64,
        records_max: usize,
        bytes_max: usize,
    ) -> Result<Piece, OriginError> {
        let count = records_max.clamp(1, READ_RECORDS_MAX);
        let bytes = bytes_max.clamp(1, READ_BYTES_MAX);
        match self {
            Origin::Direct { store, log, frames } => {
                let limit = Limit { records: count, bytes };
                let batch = store.read(*log, From::Seq(Seq(from)), limit).await?;
                let records = opened(batch.records, frames.as_ref()).await?;
                let incoming =
                    |(arrival, data)| Incoming { data, arrival, kinesis: None, note: Note::default() };
                Ok(Piece {
                    records: records.into_iter().map(incoming).collect(),
                    next: batch.next.0,
                    ended: false,
                })
            }
            Origin::Pipe { store, log, frames } => {
                let limit = Limit { records: count, bytes };
                let batch = store.read(*log, From::Seq(Seq(from)), limit).await?;
                let mut records = Vec::with_capacity(batch.records.len());
                for (_, bytes) in opened(batch.records, Some(frames)).await? {
                    let Staged { arrival, note, data } = Staged::from_bytes(bytes)?;
                    records.push(Incoming { data, arrival, kinesis: None, note });
                }
                Ok(Piece { records, next: batch.next.0, ended: false })
            }
            Origin::Kinesis { records, principal, stream } => {
                let from = ShardPosition(from);
                let batch = records.read(principal, stream, shard, from, count, bytes).await?;
                let incoming = |record: ports::SourceRecord| {
                    let (sequence_number, partition_key) = (record.sequence_number, record.partition_key);
                    let kinesis = Kinesis { sequence_number, partition_key, shard: shard.to_owned() };
                    let kinesis = Some(Arc::new(kinesis));
                    Incoming { data: record.data, arrival: record.arrival, kinesis, note: Note::default() }
                };
                let records = batch.records.into_iter().map(incoming).collect();
                Ok(Piece { records, next: batch.next.0, ended: batch.ended })
            }
            Origin::Kafka { topic } => {
                let fetched = topic.read(partition(shard)?, from, count, bytes).await?;
                let incoming = |record: KafkaRecord| Incoming {
                    data: record.value.unwrap_or_default(),
                    arrival: Timestamp::from_millis(record.millis.max(0)),
                    kinesis: None,
                    note: Note::default(),
                };
                let records = fetched.records.into_iter().map(incoming).collect();
                Ok(Piece { records, next: fetched.next, ended: false })
            }
        }
    }

    /// Returns once a record stands at or after the position, or none ever will.
    pub fn wait(&self, shard: String, from: u64) -> BoxFuture<'static, Result<(), OriginError>> {
        match self.clone() {
            Origin::Direct { store, log, .. } | Origin::Pipe { store, log, .. } => Box::pin(async move {
                let reached = store.tail(log).await?.reaches(Seq(from)).await;
                reached.map(drop).ok_or_else(|| OriginError::Gone(format!("log `{log:?}` was deleted")))
            }),
            Origin::Kinesis { records, stream, .. } => {
                Box::pin(async move { Ok(records.wait(&stream, &shard, ShardPosition(from)).await?) })
            }
            Origin::Kafka { topic } => {
                Box::pin(async move { Ok(topic.wait(partition(&shard)?, from).await?) })
            }
        }
    }
}

/// A partition of a topic, from its shard's id.
fn partition(shard: &str) -> Result<i32, OriginError> {
    shard.parse().map_err(|_| OriginError::Unreadable(format!("`{shard}` is no partition")))
}

impl std::convert::From<KafkaError> for OriginError {
    fn from(error: KafkaError) -> Self {
        match error {
            // A topic that is deleted may come again, and a broker that starts knows none: it is waited for.
            KafkaError::NoTopic(_) | KafkaError::Unreachable(_) => OriginError::Unreadable(error.to_string()),
        }
    }
}

/// When records arrived, and what is in them.
async fn opened(
    records: Vec<Record>,
    frames: Option<&Frames>,
) -> Result<Vec<(Timestamp, Bytes)>, OriginError> {
    let Some(frames) = frames else {
        return Ok(records.into_iter().map(|record| (record.time, record.payload)).collect());
    };
    let opened = stream::iter(records).then(|record| async move {
        let data = frames.open(record.payload).await?;
        Ok::<_, OriginError>((record.time, data))
    });
    opened.try_collect().await
}

impl std::convert::From<VaultError> for OriginError {
    fn from(error: VaultError) -> Self {
        OriginError::Unreadable(error.to_string())
    }
}

impl std::convert::From<ReadError> for OriginError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NoLog(_) => OriginError::Gone(error.to_string()),
            ReadError::NoBlob(_)
            | ReadError::Range { .. }
            | ReadError::Corrupt(_)
            | ReadError::Decode(_)
            | ReadError::Disk(_) => OriginError::Unreadable(error.to_string()),
        }
    }
}

impl std::convert::From<PortError> for OriginError {
    fn from(error: PortError) -> Self {
        match error {
            PortError::NotFound { .. } => OriginError::Gone(error.to_string()),
            PortError::Denied(_) | PortError::Invalid { .. } | PortError::Unavailable(_) => {
                OriginError::Unreadable(error.to_string())
            }
        }
    }
}
