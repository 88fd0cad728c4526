//! What is persisted, and how: every key family of the room.
//!
//! | number | table | key | value | changed by |
//! |---|---|---|---|---|
//! | 0x0301 | streams | account, region, name | [`StreamRow`] | every change of a delivery stream |
//! | 0x0302 | cursors | stream id, shard | [`CursorRow`] | creation, then only by the commit that makes an object of what lies before it |
//!
//! A stream's id is drawn at creation: one created again under the same name shares nothing with its predecessor. Direct PUT records lie
//! in a log of the stream's own, a record's payload being the client's bytes and nothing else; its shard is the empty text. Times are
//! microseconds since the epoch.

use std::collections::BTreeMap;

use base::{AccountId, Region, Timestamp};
use minicbor::{Decode, Encode};
use store::{KeyReader, KeyWriter, LogId, ReadError, Table, TableKey, TableNumber};

use crate::engine::compression::Compression;

/// Delivery streams by name. Owner: `engine/streams.rs`.
pub const STREAMS: Table<StreamKey, StreamRow> = Table::new(TableNumber(0x0301), "firehose.streams");
/// How far each shard of a stream's source has been delivered. Owner: `engine/delivery`.
pub const CURSORS: Table<CursorKey, CursorRow> = Table::new(TableNumber(0x0302), "firehose.cursors");

/// What a delivery stream is called.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct StreamKey {
    /// Whose it is.
    pub account: AccountId,
    /// Where it is.
    pub region: Region,
    /// Its name.
    pub name: String,
}

/// A delivery stream's id: 128 random bits, drawn at creation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct StreamId(pub u128);

/// One shard of a stream's source.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct CursorKey {
    /// The stream.
    pub stream: StreamId,
    /// The shard's id; empty for the log of Direct PUT.
    pub shard: String,
}

/// A delivery stream.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct StreamRow {
    /// Its id.
    #[n(0)]
    pub id: u128,
    /// When it was created.
    #[n(1)]
    pub created_micros: i64,
    /// When its destination was last updated.
    #[n(2)]
    pub updated_micros: Option<i64>,
    /// Rises with every update; the first is 1.
    #[n(3)]
    pub version: u64,
    /// CREATING until then, if it is set.
    #[n(4)]
    pub creating_until_micros: Option<i64>,
    /// DELETING until then, if it is set; then the row goes.
    #[n(5)]
    pub deleting_until_micros: Option<i64>,
    /// Where its records come from.
    #[n(6)]
    pub source: Source,
    /// Where they go.
    #[n(7)]
    pub destination: Destination,
    /// Its tags.
    #[n(8)]
    pub tags: BTreeMap<String, String>,
}

impl StreamRow {
    /// Its id.
    pub fn id(&self) -> StreamId {
        StreamId(self.id)
    }

    /// When it was created.
    pub fn created(&self) -> Timestamp {
        Timestamp::from_micros(self.created_micros)
    }
}

/// Where a stream's records come from.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Source {
    /// PutRecord and PutRecordBatch.
    #[n(0)]
    Direct {
        /// The log of the stream's own.
        #[n(0)]
        log: u128,
        /// The hint given at creation, echoed.
        #[n(1)]
        throughput_hint_mb: Option<u32>,
    },
    /// A Kinesis data stream.
    #[n(1)]
    Kinesis {
        /// Its ARN.
        #[n(0)]
        stream_arn: String,
        /// The role it is read under.
        #[n(1)]
        role_arn: String,
    },
}

impl Source {
    /// The log of Direct PUT, if that is where records come from.
    pub fn log(&self) -> Option<LogId> {
        match self {
            Source::Direct { log, .. } => Some(LogId(*log)),
            Source::Kinesis { .. } => None,
        }
    }
}

/// Where a stream's records go. Exactly one place; others than S3 come as further variants.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Destination {
    /// A bucket.
    #[n(0)]
    S3(#[n(0)] S3Destination),
}

/// A bucket, and how objects in it are made. Optional members are kept as given and shown as given.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct S3Destination {
    /// The role objects are written under.
    #[n(0)]
    pub role_arn: String,
    /// The bucket's ARN.
    #[n(1)]
    pub bucket_arn: String,
    /// `Prefix`.
    #[n(2)]
    pub prefix: Option<String>,
    /// `ErrorOutputPrefix`.
    #[n(3)]
    pub error_output_prefix: Option<String>,
    /// `BufferingHints.SizeInMBs`.
    #[n(4)]
    pub buffer_mb: u32,
    /// `BufferingHints.IntervalInSeconds`.
    #[n(5)]
    pub buffer_secs: u32,
    /// `CompressionFormat`.
    #[n(6)]
    pub compression: Compression,
    /// `CloudWatchLoggingOptions`.
    #[n(7)]
    pub logging: Option<Logging>,
    /// `ProcessingConfiguration`.
    #[n(8)]
    pub processing: Option<Processing>,
    /// `S3BackupMode`, if it was given.
    #[n(9)]
    pub backup_mode: Option<String>,
    /// `FileExtension`.
    #[n(10)]
    pub file_extension: Option<String>,
    /// `CustomTimeZone`.
    #[n(11)]
    pub time_zone: Option<String>,
    /// `DataFormatConversionConfiguration.Enabled`, if the block was given; only `false` can be, so far.
    #[n(12)]
    pub conversion_enabled: Option<bool>,
    /// `DynamicPartitioningConfiguration.Enabled`, if the block was given; only `false` can be, so far.
    #[n(13)]
    pub partitioning_enabled: Option<bool>,
    /// `EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN`: objects are encrypted under it, not as the bucket says.
    #[n(14)]
    pub kms_key: Option<String>,
}

/// Where errors are to be reported.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Logging {
    /// `Enabled`.
    #[n(0)]
    pub enabled: Option<bool>,
    /// `LogGroupName`.
    #[n(1)]
    pub group: Option<String>,
    /// `LogStreamName`.
    #[n(2)]
    pub stream: Option<String>,
}

/// What is done to records before they are written.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Processing {
    /// `Enabled`; absent means no.
    #[n(0)]
    pub enabled: Option<bool>,
    /// `Processors`.
    #[n(1)]
    pub processors: Option<Vec<Processor>>,
}

/// One step of it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Processor {
    /// `Type`.
    #[n(0)]
    pub kind: String,
    /// `Parameters`: names and values.
    #[n(1)]
    pub parameters: Option<Vec<(String, String)>>,
}

/// How far a shard has been delivered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct CursorRow {
    /// The place of the first record that has not been delivered.
    #[n(0)]
    pub position: u64,
    /// The shard is closed and all of it has been delivered.
    #[n(1)]
    pub done: bool,
}

impl TableKey for StreamKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u64(self.account.as_u64()).text(self.region.as_str()).text(&self.name);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self {
            account: AccountId::from_u64(key.u64()?).map_err(|_| ReadError::Decode("account".to_owned()))?,
            region: Region::new(&key.text()?).ok_or_else(|| ReadError::Decode("region".to_owned()))?,
            name: key.text()?,
        })
    }
}

impl TableKey for CursorKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.stream.0).text(&self.shard);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { stream: StreamId(key.u128()?), shard: key.text()? })
    }
}

#[cfg(test)]
mod tests {
    use proptest::option::of;
    use proptest::prelude::*;
    use store::TableValue;

    use super::*;

    fn text() -> impl Strategy<Value = String> {
        "[a-zé/!{}:-]{0,12}"
    }

    fn source() -> impl Strategy<Value = Source> {
        prop_oneof![
            (any::<u128>(), of(1u32..=100))
                .prop_map(|(log, throughput_hint_mb)| Source::Direct { log, throughput_hint_mb }),
            (text(), text()).prop_map(|(stream_arn, role_arn)| Source::Kinesis { stream_arn, role_arn }),
        ]
    }

    fn processing() -> impl Strategy<Value = Processing> {
        let processor = (text(), of(proptest::collection::vec((text(), text()), 0..3)))
            .prop_map(|(kind, parameters)| Processor { kind, parameters });
        (of(any::<bool>()), of(proptest::collection::vec(processor, 0..3)))
            .prop_map(|(enabled, processors)| Processing { enabled, processors })
    }

    prop_compose! {
        fn destination()(
            (role_arn, bucket_arn) in (text(), text()),
            (prefix, error_output_prefix) in (of(text()), of(text())),
            (buffer_mb, buffer_secs) in (1u32..=128, 0u32..=900),
            compression in proptest::sample::select(Compression::ALL.to_vec()),
            logging in of((of(any::<bool>()), of(text()), of(text()))),
            processing in of(processing()),
            (backup_mode, file_extension, time_zone) in (of(text()), of(text()), of(text())),
            (conversion_enabled, partitioning_enabled, kms_key) in (of(any::<bool>()), of(any::<bool>()), of(text())),
        ) -> S3Destination {
            let logging = logging.map(|(enabled, group, stream)| Logging { enabled, group, stream });
            S3Destination {
                role_arn, bucket_arn, prefix, error_output_prefix, buffer_mb, buffer_secs, compression, logging,
                processing, backup_mode, file_extension, time_zone, conversion_enabled, partitioning_enabled,
                kms_key,
            }
        }
    }

    prop_compose! {
        fn stream()(
            (id, created_micros, updated_micros, version) in any::<(u128, i64, Option<i64>, u64)>(),
            (creating_until_micros, deleting_until_micros) in any::<(Option<i64>, Option<i64>)>(),
            source in source(),
            destination in destination(),
            tags in proptest::collection::btree_map(text(), text(), 0..4),
        ) -> StreamRow {
            StreamRow {
                id, created_micros, updated_micros, version, creating_until_micros, deleting_until_micros, source,
                destination: Destination::S3(destination), tags,
            }
        }
    }

    proptest! {
        #[test]
        fn streams_round_trip(row in stream()) {
            prop_assert_eq!(StreamRow::from_bytes(&row.to_bytes()).unwrap(), row);
        }

        #[test]
        fn stream_keys_round_trip(account in 0u64..1_000_000_000_000, name in "[a-zA-Z0-9_.-]{1,64}") {
            let account = AccountId::from_u64(account).unwrap();
            let key = StreamKey { account, region: Region::us_east_1(), name };
            prop_assert_eq!(STREAMS.read_key(&STREAMS.key(&key)).unwrap(), key);
        }

        #[test]
        fn cursors_round_trip(stream: u128, shard in text(), position: u64, done: bool) {
            let key = CursorKey { stream: StreamId(stream), shard };
            prop_assert_eq!(CURSORS.read_key(&CURSORS.key(&key)).unwrap(), key);
            let row = CursorRow { position, done };
            prop_assert_eq!(CursorRow::from_bytes(&row.to_bytes()).unwrap(), row);
        }
    }

    #[test]
    fn streams_of_a_region_list_in_the_order_of_their_names() {
        let key = |name: &str| {
            STREAMS.key(&StreamKey {
                account: AccountId::DEFAULT,
                region: Region::us_east_1(),
                name: name.to_owned(),
            })
        };
        assert!(key("A") < key("a") && key("a") < key("a-b") && key("a-b") < key("ab"));
    }
}
