//! What is persisted of channels: what was asked for, and by the tables of [`super::queues`] where each stands.

use base::Tags;
use minicbor::{Decode, Encode};
use store::{Table, TableNumber};

use super::Transition;
use super::queues::{OfStream, ReaderKey, ReaderKeyRow, ReaderName};

/// Channels by id. Owner: `engine/channel.rs`.
pub const CHANNELS: Table<ReaderKey, ChannelRow> = Table::new(TableNumber(0x020e), "kinesis.channels");
/// Ids of channels by name. Owner: `engine/channel.rs`.
pub const CHANNEL_NAMES: Table<ReaderName, u128> = Table::new(TableNumber(0x020f), "kinesis.channel_names");
/// The channels of a stream. Owner: `engine/channel.rs`.
pub const STREAM_CHANNELS: Table<OfStream, ReaderKeyRow> =
    Table::new(TableNumber(0x0210), "kinesis.stream_channels");

/// A channel.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ChannelRow {
    /// Its name.
    #[n(0)]
    pub name: String,
    /// When it was created.
    #[n(1)]
    pub created_micros: i64,
    /// The role that writes.
    #[n(2)]
    pub role: String,
    /// The stream's id.
    #[n(3)]
    pub stream: u128,
    /// Whose stream that is.
    #[n(4)]
    pub stream_account: u64,
    /// The stream's region.
    #[n(5)]
    pub stream_region: String,
    /// The stream's name.
    #[n(6)]
    pub stream_name: String,
    /// When the stream was created.
    #[n(7)]
    pub stream_created_micros: i64,
    /// What records are.
    #[n(8)]
    pub format: RecordFormat,
    /// The longest that data may wait.
    #[n(9)]
    pub freshness_secs: u32,
    /// The bucket's ARN.
    #[n(10)]
    pub bucket: String,
    /// Whose bucket that is.
    #[n(11)]
    pub bucket_owner: String,
    /// How keys are made, if it was said.
    #[n(12)]
    pub key_template: Option<String>,
    /// The storage class of objects, if it was said.
    #[n(13)]
    pub storage_class: Option<String>,
    /// How objects are packed.
    #[n(14)]
    pub compression: ChannelCompression,
    /// Where records go that cannot be delivered, if it was said.
    #[n(15)]
    pub dead_letters: Option<DeadLetters>,
    /// The key of KMS that objects are encrypted under, if one was named.
    #[n(16)]
    pub kms_key: Option<String>,
    /// Whether what goes wrong is told to CloudWatch Logs.
    #[n(17)]
    pub logs: bool,
    /// Where it is told, if it was said.
    #[n(18)]
    pub log_group: Option<String>,
    /// The stream of it, if it was said.
    #[n(19)]
    pub log_stream: Option<String>,
    /// Its tags.
    #[n(20)]
    pub tags: Tags,
    /// A change under way, if there is one, and when it ends.
    #[n(21)]
    pub transition: Option<Transition>,
}

/// Where records go that cannot be delivered.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct DeadLetters {
    /// The bucket's ARN.
    #[n(0)]
    pub bucket: String,
    /// Whose bucket that is.
    #[n(1)]
    pub bucket_owner: String,
    /// What keys begin with, if it was said.
    #[n(2)]
    pub prefix: Option<String>,
}

/// What the records of a channel's stream are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum RecordFormat {
    /// JSON values.
    #[n(0)]
    Json,
    /// UTF-8 text.
    #[n(1)]
    Text,
    /// Any bytes.
    #[n(2)]
    Bytes,
}

/// How a channel's objects are packed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum ChannelCompression {
    /// As they are.
    #[n(0)]
    None,
    /// One gzip member.
    #[n(1)]
    Gzip,
    /// One Zstandard frame.
    #[n(2)]
    Zstd,
}

#[cfg(test)]
mod tests {
    use super::super::Change;
    use super::super::StreamId;
    use super::super::queues::ReaderId;
    use super::*;
    use base::AccountId;
    use proptest::option;
    use proptest::prelude::*;
    use store::TableValue;

    prop_compose! {
        fn channels()(
            (name, role, stream_region, stream_name, bucket, bucket_owner) in any::<(String, String, String, String, String, String)>(),
            (created_micros, stream, stream_account, stream_created_micros, freshness_secs, logs) in any::<(i64, u128, u64, i64, u32, bool)>(),
            format in prop_oneof![Just(RecordFormat::Json), Just(RecordFormat::Text), Just(RecordFormat::Bytes)],
            compression in prop_oneof![Just(ChannelCompression::None), Just(ChannelCompression::Gzip), Just(ChannelCompression::Zstd)],
            (key_template, storage_class, kms_key, log_group, log_stream) in any::<(Option<String>, Option<String>, Option<String>, Option<String>, Option<String>)>(),
            dead in option::of(any::<(String, String, Option<String>)>()),
            tags in proptest::collection::btree_map("[a-z]{1,8}", "\\PC{0,8}", 0..5),
            until in option::of(any::<i64>()),
        ) -> ChannelRow {
            ChannelRow {
                name, created_micros, role, stream, stream_account, stream_region, stream_name, stream_created_micros, format, freshness_secs,
                bucket, bucket_owner, key_template, storage_class, compression,
                dead_letters: dead.map(|(bucket, bucket_owner, prefix)| DeadLetters { bucket, bucket_owner, prefix }),
                kms_key, logs, log_group, log_stream, tags,
                transition: until.map(|until_micros| Transition { kind: Change::Creating, until_micros }),
            }
        }
    }

    proptest! {
        #[test]
        fn channel_rows_round_trip(row in channels()) {
            prop_assert_eq!(ChannelRow::from_bytes(&row.to_bytes()).unwrap(), row);
        }

        #[test]
        fn keys_round_trip(account in 0u64..1_000_000_000_000, region in "[a-z0-9-]{1,12}", name in "[a-zA-Z0-9_.-]{1,12}", id: u128, stream: u128) {
            let account = AccountId::from_u64(account).unwrap();
            let key = ReaderKey { account, region: region.clone(), id: ReaderId(id) };
            prop_assert_eq!(CHANNELS.read_key(&CHANNELS.key(&key)).unwrap(), key);
            let key = ReaderName { account, region, name };
            prop_assert_eq!(CHANNEL_NAMES.read_key(&CHANNEL_NAMES.key(&key)).unwrap(), key);
            let key = OfStream { stream: StreamId(stream), reader: ReaderId(id) };
            prop_assert_eq!(STREAM_CHANNELS.read_key(&STREAM_CHANNELS.key(&key)).unwrap(), key);
        }
    }
}
