//! What is persisted, and how: every key family of the room.
//!
//! | number | table | key | value | changed by |
//! |---|---|---|---|---|
//! | 0x0201 | streams | account, region, name | [`StreamRow`] | every change of a stream or of its shard map |
//! | 0x0202 | shards | stream id, shard number | [`ShardRow`] | creation, resharding |
//! | 0x0203 | consumers | stream id, name | [`ConsumerRow`] | fan-out consumers come and go |
//! | 0x0204 | graves | stream id | [`GraveRow`] | deletion puts one; the sweep empties the stream's rows and logs and removes it |
//! | 0x0205 | accounts | account, region | [`AccountRow`] | UpdateAccountSettings |
//! | 0x0206 | data keys | stream id, number | [`DataKeyRow`] | the first put under a key; the sweep removes it |
//! | 0x0207.. | queues, and where readers stand | [`queues`] | | |
//! | 0x020e.. | channels | [`channels`] | | |
//!
//! The stream's row is written by every change of its shard map, so its version tells whether a map is still the right one. A stream's id is
//! drawn at creation: a stream created again under the same name shares nothing with its predecessor.
//! Records are in one log a shard; `engine/record.rs` draws their bytes. Times are microseconds since the epoch.

pub mod channels;
pub mod queues;

pub use crate::engine::scaling::Scaling;
use base::{AccountId, Tags, Timestamp};
use minicbor::{Decode, Encode};
use store::{KeyReader, KeyWriter, LogId, ReadError, Table, TableKey, TableNumber};

/// Streams by name. Owner: `engine/stream.rs`.
pub const STREAMS: Table<StreamKey, StreamRow> = Table::new(TableNumber(0x0201), "kinesis.streams");
/// Shards of a stream. Owner: `engine/stream.rs`, `engine/reshard.rs`.
pub const SHARDS: Table<ShardKey, ShardRow> = Table::new(TableNumber(0x0202), "kinesis.shards");
/// Fan-out consumers of a stream. Owner: `engine/consumer.rs`.
pub const CONSUMERS: Table<ConsumerKey, ConsumerRow> = Table::new(TableNumber(0x0203), "kinesis.consumers");
/// Deleted streams that still have rows and logs. Owner: `engine/sweep.rs`.
pub const GRAVES: Table<StreamId, GraveRow> = Table::new(TableNumber(0x0204), "kinesis.graves");

/// Data keys of encrypted streams. Owner: `engine/sealing.rs`.
pub const DATA_KEYS: Table<DataKeyId, DataKeyRow> = Table::new(TableNumber(0x0206), "kinesis.data_keys");
/// Settings of accounts. Owner: `engine/account.rs`.
pub const ACCOUNTS: Table<AccountKey, AccountRow> = Table::new(TableNumber(0x0205), "kinesis.accounts");

/// An account in a region.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct AccountKey {
    /// The account.
    pub account: AccountId,
    /// The region.
    pub region: String,
}

/// What a stream is called.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct StreamKey {
    /// Whose it is.
    pub account: AccountId,
    /// Where it is.
    pub region: String,
    /// Its name.
    pub name: String,
}

/// A stream's id: 128 random bits, drawn at creation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct StreamId(pub u128);

/// One shard of a stream.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ShardKey {
    /// The stream.
    pub stream: StreamId,
    /// The shard's number.
    pub number: u32,
}

/// One data key of a stream.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct DataKeyId {
    /// The stream.
    pub stream: StreamId,
    /// The key's number, drawn by chance.
    pub number: u64,
}

/// One consumer of a stream.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ConsumerKey {
    /// The stream.
    pub stream: StreamId,
    /// The consumer's name.
    pub name: String,
}

/// A stream.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct StreamRow {
    /// Its id.
    #[n(0)]
    pub id: u128,
    /// When it was created.
    #[n(1)]
    pub created_micros: i64,
    /// How its capacity is provided.
    #[n(2)]
    pub mode: Mode,
    /// How long records are kept.
    #[n(3)]
    pub retention_hours: u32,
    /// Records that arrived before this are gone, whatever the retention says now: raising it revives nothing.
    #[n(4)]
    pub trimmed_before_micros: i64,
    /// The largest record.
    #[n(5)]
    pub record_kib_max: u32,
    /// The number the next shard will have.
    #[n(6)]
    pub next_shard: u32,
    /// How many shards are open.
    #[n(7)]
    pub open_shards: u32,
    /// A change under way, if there is one, and when it ends.
    #[n(8)]
    pub transition: Option<Transition>,
    /// Shard-level metrics that are switched on: one bit each, in the order of `engine/metrics.rs`.
    #[n(9)]
    pub metrics: u8,
    /// Its tags.
    #[n(10)]
    pub tags: Tags,
    /// When UpdateShardCount was called in the last 24 hours, for its limit.
    #[n(11)]
    pub rescaled_micros: Vec<i64>,
    /// When UpdateStreamMode was called in the last 24 hours, for its limit.
    #[n(12)]
    pub mode_changed_micros: Vec<i64>,
    /// What decides which shard a record goes to.
    #[n(13)]
    #[cbor(default)]
    pub distribution: Distribution,
    /// Throughput that is kept ready, in MiB a second; 0 for none.
    #[n(14)]
    #[cbor(default)]
    pub warm_mib: u32,
    /// Its resource policy, as it was put.
    #[n(15)]
    pub policy: Option<String>,
    /// How records are encrypted, if they are.
    #[n(16)]
    pub encryption: Option<Encryption>,
    /// When encryption was switched on or off in the last 24 hours, for its limit.
    #[n(17)]
    #[cbor(default)]
    pub encryption_changed_micros: Vec<i64>,
    /// How many queues it has.
    #[n(18)]
    #[cbor(default)]
    pub queues: u32,
    /// How many channels it has.
    #[n(19)]
    #[cbor(default)]
    pub channels: u32,
    /// A scaling that takes more than one commit, as long as it is under way.
    #[n(20)]
    pub scaling: Option<Scaling>,
}

/// How a stream's records are encrypted.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Encryption {
    /// The key of KMS, as it was named.
    #[n(0)]
    pub key: String,
    /// The ARN it had then: an alias that is turned to another key later does not change what a stream is encrypted with.
    #[n(1)]
    pub arn: String,
}

/// A data key that records were sealed with, encrypted by KMS.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct DataKeyRow {
    /// What KMS takes to decrypt it.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub ciphertext: Vec<u8>,
    /// When it was made.
    #[n(1)]
    pub made_micros: i64,
}

/// What decides which shard a record goes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
#[cbor(index_only)]
pub enum Distribution {
    /// Its partition key.
    #[default]
    #[n(0)]
    UserPartitionKey,
    /// Chance, where it has none.
    #[n(1)]
    Auto,
}

/// What an account has agreed to in a region.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct AccountRow {
    /// The commitment to a minimum of throughput, if there ever was one.
    #[n(0)]
    pub commitment: Option<Commitment>,
}

/// A commitment to a minimum of throughput (MinimumThroughputBillingCommitment).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Commitment {
    /// Since when.
    #[n(0)]
    pub started_micros: i64,
    /// Until when, if it was ended: not before the earliest time allowed.
    #[n(1)]
    pub ended_micros: Option<i64>,
}

/// How capacity is provided.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Mode {
    /// By the number of shards.
    #[n(0)]
    Provisioned,
    /// By the service itself.
    #[n(1)]
    OnDemand,
}

/// A change that takes AWS a while.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Transition {
    /// Which.
    #[n(0)]
    pub kind: Change,
    /// When it ends.
    #[n(1)]
    pub until_micros: i64,
}

/// What kind of change.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Change {
    /// CREATING.
    #[n(0)]
    Creating,
    /// UPDATING.
    #[n(1)]
    Updating,
    /// DELETING.
    #[n(2)]
    Deleting,
}

/// A shard.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ShardRow {
    /// The log of its records.
    #[n(0)]
    pub log: u128,
    /// Its lowest hash key.
    #[n(1)]
    pub hash_first: u128,
    /// Its highest hash key.
    #[n(2)]
    pub hash_last: u128,
    /// When it was opened, in whole milliseconds; one later than its parents were closed.
    #[n(3)]
    pub opened_micros: i64,
    /// The creation second its sequence numbers carry; greater than its parents' closing seconds.
    #[n(4)]
    pub creation_second: u64,
    /// The shard that was split, or the first of the two that were merged.
    #[n(5)]
    pub parent: Option<u32>,
    /// The second of the two that were merged.
    #[n(6)]
    pub adjacent_parent: Option<u32>,
    /// Set when it was split or merged.
    #[n(7)]
    pub closed: Option<Closing>,
}

/// How a shard ended.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Closing {
    /// When, in whole milliseconds.
    #[n(0)]
    pub at_micros: i64,
    /// The second its ending sequence number carries.
    #[n(1)]
    pub second: u64,
    /// The shards that took its hash keys.
    #[n(2)]
    pub children: Vec<u32>,
}

/// A fan-out consumer.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ConsumerRow {
    /// When it was registered; its ARN shows the second.
    #[n(0)]
    pub created_micros: i64,
    /// CREATING until then, if it is set.
    #[n(1)]
    pub creating_until_micros: Option<i64>,
    /// Its tags.
    #[n(2)]
    pub tags: Tags,
    /// Its resource policy, as it was put.
    #[n(3)]
    pub policy: Option<String>,
}

/// What the sweep has left to do for a deleted stream.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct GraveRow {
    /// When it was deleted.
    #[n(0)]
    pub deleted_micros: i64,
}

impl ShardRow {
    /// The log of its records.
    pub fn log_id(&self) -> LogId {
        LogId(self.log)
    }

    /// When it was opened.
    pub fn opened(&self) -> Timestamp {
        Timestamp::from_micros(self.opened_micros)
    }
}

impl Closing {
    /// When it was closed.
    pub fn at(&self) -> Timestamp {
        Timestamp::from_micros(self.at_micros)
    }
}

impl TableKey for StreamKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u64(self.account.as_u64()).text(&self.region).text(&self.name);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        let account = AccountId::from_u64(key.u64()?);
        Ok(Self {
            account: account
                .map_err(|_| ReadError::Decode("account has more than twelve digits".to_owned()))?,
            region: key.text()?,
            name: key.text()?,
        })
    }
}

impl TableKey for AccountKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u64(self.account.as_u64()).text(&self.region);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        let account = AccountId::from_u64(key.u64()?);
        Ok(Self {
            account: account
                .map_err(|_| ReadError::Decode("account has more than twelve digits".to_owned()))?,
            region: key.text()?,
        })
    }
}

impl TableKey for StreamId {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.0);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self(key.u128()?))
    }
}

impl TableKey for ShardKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.stream.0).u32(self.number);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { stream: StreamId(key.u128()?), number: key.u32()? })
    }
}

impl TableKey for DataKeyId {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.stream.0).u64(self.number);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { stream: StreamId(key.u128()?), number: key.u64()? })
    }
}

impl TableKey for ConsumerKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.stream.0).text(&self.name);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { stream: StreamId(key.u128()?), name: key.text()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::{btree_map, vec};
    use proptest::option;
    use proptest::prelude::*;
    use store::TableValue;

    fn tags() -> impl Strategy<Value = Tags> {
        btree_map("[a-z]{1,8}", "\\PC{0,8}", 0..5)
    }

    fn transitions() -> impl Strategy<Value = Transition> {
        let kinds = prop_oneof![Just(Change::Creating), Just(Change::Updating), Just(Change::Deleting)];
        (kinds, any::<i64>()).prop_map(|(kind, until_micros)| Transition { kind, until_micros })
    }

    prop_compose! {
        fn streams()(
            id: u128, created_micros: i64, on_demand: bool, retention_hours: u32, trimmed_before_micros: i64,
            (record_kib_max, next_shard, open_shards, metrics) in any::<(u32, u32, u32, u8)>(),
            transition in option::of(transitions()), tags in tags(),
            (rescaled_micros, mode_changed_micros) in (vec(any::<i64>(), 0..4), vec(any::<i64>(), 0..4)),
            (auto, warm_mib, policy) in any::<(bool, u32, Option<String>)>(),
            (key, encryption_changed_micros) in (option::of("\\PC{1,20}"), vec(any::<i64>(), 0..4)),
            (queues, channels, scaling) in any::<(u32, u32, Option<(u32, u32, bool)>)>(),
        ) -> StreamRow {
            let distribution = if auto { Distribution::Auto } else { Distribution::UserPartitionKey };
            let mode = if on_demand { Mode::OnDemand } else { Mode::Provisioned };
            StreamRow {
                id, created_micros, mode, retention_hours, trimmed_before_micros, record_kib_max, next_shard,
                open_shards, transition, metrics, tags, rescaled_micros, mode_changed_micros, distribution, warm_mib, policy,
                encryption: key.map(|key| Encryption { arn: format!("arn:{key}"), key }), encryption_changed_micros, queues, channels,
                scaling: scaling.map(|(target, pass_first, splitting)| Scaling { target, pass_first, splitting }),
            }
        }
    }

    prop_compose! {
        fn closings()(at_micros: i64, second: u64, children in vec(any::<u32>(), 0..3)) -> Closing {
            Closing { at_micros, second, children }
        }
    }

    prop_compose! {
        fn shards()(
            log: u128, hash_first: u128, hash_last: u128, opened_micros: i64, creation_second: u64,
            parent: Option<u32>, adjacent_parent: Option<u32>, closed in option::of(closings()),
        ) -> ShardRow {
            ShardRow { log, hash_first, hash_last, opened_micros, creation_second, parent, adjacent_parent, closed }
        }
    }

    proptest! {
        #[test]
        fn stream_rows_round_trip(row in streams()) {
            prop_assert_eq!(StreamRow::from_bytes(&row.to_bytes()).unwrap(), row);
        }

        #[test]
        fn shard_rows_round_trip(row in shards()) {
            prop_assert_eq!(ShardRow::from_bytes(&row.to_bytes()).unwrap(), row);
        }

        #[test]
        fn consumer_rows_round_trip(created_micros: i64, creating_until_micros: Option<i64>, tags in tags(), policy: Option<String>) {
            let row = ConsumerRow { created_micros, creating_until_micros, tags, policy };
            prop_assert_eq!(ConsumerRow::from_bytes(&row.to_bytes()).unwrap(), row);
        }

        #[test]
        fn data_key_rows_round_trip(ciphertext: Vec<u8>, made_micros: i64) {
            let row = DataKeyRow { ciphertext, made_micros };
            prop_assert_eq!(DataKeyRow::from_bytes(&row.to_bytes()).unwrap(), row);
        }

        #[test]
        fn account_rows_round_trip(started_micros: i64, ended_micros: Option<i64>, some: bool) {
            let row = AccountRow { commitment: some.then_some(Commitment { started_micros, ended_micros }) };
            prop_assert_eq!(AccountRow::from_bytes(&row.to_bytes()).unwrap(), row);
        }

        #[test]
        fn grave_rows_round_trip(deleted_micros: i64) {
            let row = GraveRow { deleted_micros };
            prop_assert_eq!(GraveRow::from_bytes(&row.to_bytes()).unwrap(), row);
        }

        #[test]
        fn keys_round_trip(account in 0u64..1_000_000_000_000, region in "[a-z0-9-]{1,12}", name in "[a-zA-Z0-9_.-]{1,12}", id: u128, number: u32) {
            let account = AccountId::from_u64(account).unwrap();
            let settings = AccountKey { account, region: region.clone() };
            prop_assert_eq!(ACCOUNTS.read_key(&ACCOUNTS.key(&settings)).unwrap(), settings);
            let key = StreamKey { account, region, name: name.clone() };
            prop_assert_eq!(STREAMS.read_key(&STREAMS.key(&key)).unwrap(), key);
            let stream = StreamId(id);
            let shard = ShardKey { stream, number };
            prop_assert_eq!(SHARDS.read_key(&SHARDS.key(&shard)).unwrap(), shard);
            let data_key = DataKeyId { stream, number: u64::from(number) << 17 };
            prop_assert_eq!(DATA_KEYS.read_key(&DATA_KEYS.key(&data_key)).unwrap(), data_key);
            let consumer = ConsumerKey { stream, name };
            prop_assert_eq!(CONSUMERS.read_key(&CONSUMERS.key(&consumer)).unwrap(), consumer);
            prop_assert_eq!(GRAVES.read_key(&GRAVES.key(&stream)).unwrap(), stream);
        }

        #[test]
        fn streams_of_an_account_and_region_sort_by_name(a in "[a-zA-Z0-9_.-]{1,8}", b in "[a-zA-Z0-9_.-]{1,8}") {
            let key = |name: &str| StreamKey { account: AccountId::DEFAULT, region: "us-east-1".to_owned(), name: name.to_owned() };
            prop_assert_eq!(STREAMS.key(&key(&a)).cmp(&STREAMS.key(&key(&b))), a.cmp(&b));
        }
    }
}
