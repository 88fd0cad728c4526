//! What is persisted of queues, and of whatever else reads a stream by itself: each reader's place in every shard.

use base::{AccountId, Tags};
use minicbor::{Decode, Encode};
use store::{KeyReader, KeyWriter, ReadError, Table, TableKey, TableNumber};

use super::{GraveRow, StreamId, Transition};

/// Queues by id. Owner: `engine/queue.rs`.
pub const QUEUES: Table<ReaderKey, QueueRow> = Table::new(TableNumber(0x0207), "kinesis.queues");
/// Ids of queues by name. Owner: `engine/queue.rs`.
pub const QUEUE_NAMES: Table<ReaderName, u128> = Table::new(TableNumber(0x0208), "kinesis.queue_names");
/// The queues of a stream. Owner: `engine/queue.rs`.
pub const STREAM_QUEUES: Table<OfStream, ReaderKeyRow> =
    Table::new(TableNumber(0x0209), "kinesis.stream_queues");
/// Where a queue or a channel stands in a shard. Owners: `engine/queue/receive.rs`, `engine/channel/deliver.rs`.
pub const PLACES: Table<PlaceKey, PlaceRow> = Table::new(TableNumber(0x020a), "kinesis.places");
/// Records that were received from a queue and not acknowledged. Owner: `engine/queue/held.rs`.
pub const HELD: Table<HeldKey, HeldRow> = Table::new(TableNumber(0x020b), "kinesis.held");
/// The same records by the time at which they become visible. Owner: `engine/queue/held.rs`.
pub const DUE: Table<DueKey, ()> = Table::new(TableNumber(0x020c), "kinesis.due");
/// Deleted queues and channels that still have rows. Owner: `engine/sweep.rs`.
pub const READER_GRAVES: Table<ReaderId, GraveRow> = Table::new(TableNumber(0x020d), "kinesis.reader_graves");

/// The id of a queue or channel: 128 random bits, drawn at creation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ReaderId(pub u128);

/// A queue or a channel.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ReaderKey {
    /// Whose it is.
    pub account: AccountId,
    /// Where it is.
    pub region: String,
    /// Which.
    pub id: ReaderId,
}

/// What a queue or a channel is called.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ReaderName {
    /// Whose it is.
    pub account: AccountId,
    /// Where it is.
    pub region: String,
    /// Its name.
    pub name: String,
}

/// One queue or channel of a stream.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct OfStream {
    /// The stream.
    pub stream: StreamId,
    /// The queue or channel.
    pub reader: ReaderId,
}

/// The rest of a [`ReaderKey`], where the id is in the row's key.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ReaderKeyRow {
    /// Whose it is.
    #[n(0)]
    pub account: u64,
    /// Where it is.
    #[n(1)]
    pub region: String,
}

/// A reader's place in one shard.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct PlaceKey {
    /// The queue or channel.
    pub reader: ReaderId,
    /// The shard's number.
    pub shard: u32,
}

/// Where a reader stands in a shard; without a row it stands at the shard's beginning.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct PlaceRow {
    /// The number of the next record in the shard's log.
    #[n(0)]
    pub next: u64,
    /// The shard is closed and read to its end.
    #[n(1)]
    pub ended: bool,
}

/// One record that was received and not acknowledged.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct HeldKey {
    /// The queue.
    pub queue: ReaderId,
    /// The shard's number.
    pub shard: u32,
    /// Its number in the shard's log.
    pub seq: u64,
}

/// What is kept of such a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct HeldRow {
    /// How often it was received since it came or was restored.
    #[n(0)]
    pub receives: u32,
    /// When it was first received.
    #[n(1)]
    pub first_micros: i64,
    /// When it is visible again.
    #[n(2)]
    pub visible_micros: i64,
    /// Whose turn it then is: a dead letter's, or that of a record like others.
    #[n(3)]
    pub dead: bool,
    /// The receipt that is good for it: each has another.
    #[n(4)]
    pub receipt: u64,
    /// Whether that receipt was given for a dead letter.
    #[n(5)]
    pub receipt_of_dead: bool,
}

/// A held record by the time at which it becomes visible.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct DueKey {
    /// The queue.
    pub queue: ReaderId,
    /// Whether it is a dead letter.
    pub dead: bool,
    /// When it is visible.
    pub visible_micros: i64,
    /// The shard's number.
    pub shard: u32,
    /// Its number in the shard's log.
    pub seq: u64,
}

/// A queue.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct QueueRow {
    /// Its name.
    #[n(0)]
    pub name: String,
    /// When it was created.
    #[n(1)]
    pub created_micros: i64,
    /// The stream's id.
    #[n(2)]
    pub stream: u128,
    /// Whose stream that is.
    #[n(3)]
    pub stream_account: u64,
    /// The stream's region.
    #[n(4)]
    pub stream_region: String,
    /// The stream's name.
    #[n(5)]
    pub stream_name: String,
    /// When the stream was created.
    #[n(6)]
    pub stream_created_micros: i64,
    /// Where delivery begins, as it was asked for.
    #[n(7)]
    pub position: Position,
    /// The time that was asked for, with [`Position::AtTime`].
    #[n(8)]
    pub asked_micros: Option<i64>,
    /// Where delivery begins, as a time.
    #[n(9)]
    pub begins_micros: i64,
    /// How long a received record is out of sight.
    #[n(10)]
    pub visibility_secs: u32,
    /// How often a record is received before it is a dead letter; 0: as often as it takes.
    #[n(11)]
    pub receives_max: u32,
    /// Its tags.
    #[n(12)]
    pub tags: Tags,
    /// Its resource policy, as it was put.
    #[n(13)]
    pub policy: Option<String>,
    /// A change under way, if there is one, and when it ends.
    #[n(14)]
    pub transition: Option<Transition>,
}

/// Where a queue begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Position {
    /// With what comes after its creation.
    #[n(0)]
    Latest,
    /// With the oldest record.
    #[n(1)]
    TrimHorizon,
    /// With the first record of a time or later.
    #[n(2)]
    AtTime,
}

impl TableKey for ReaderId {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.0);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self(key.u128()?))
    }
}

impl TableKey for ReaderKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u64(self.account.as_u64()).text(&self.region).u128(self.id.0);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { account: account(key.u64()?)?, region: key.text()?, id: ReaderId(key.u128()?) })
    }
}

impl TableKey for ReaderName {
    fn write(&self, key: &mut KeyWriter) {
        key.u64(self.account.as_u64()).text(&self.region).text(&self.name);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { account: account(key.u64()?)?, region: key.text()?, name: key.text()? })
    }
}

impl TableKey for OfStream {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.stream.0).u128(self.reader.0);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { stream: StreamId(key.u128()?), reader: ReaderId(key.u128()?) })
    }
}

impl TableKey for PlaceKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.reader.0).u32(self.shard);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { reader: ReaderId(key.u128()?), shard: key.u32()? })
    }
}

impl TableKey for HeldKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.queue.0).u32(self.shard).u64(self.seq);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { queue: ReaderId(key.u128()?), shard: key.u32()?, seq: key.u64()? })
    }
}

impl TableKey for DueKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.queue.0).u8(u8::from(self.dead)).i64(self.visible_micros).u32(self.shard).u64(self.seq);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        let queue = ReaderId(key.u128()?);
        let dead = match key.u8()? {
            0 => false,
            1 => true,
            _ => return Err(ReadError::Decode("a due record is dead or not".to_owned())),
        };
        Ok(Self { queue, dead, visible_micros: key.i64()?, shard: key.u32()?, seq: key.u64()? })
    }
}

impl HeldRow {
    /// Where the record stands among those that become visible.
    pub fn due(&self, key: &HeldKey) -> DueKey {
        DueKey {
            queue: key.queue,
            dead: self.dead,
            visible_micros: self.visible_micros,
            shard: key.shard,
            seq: key.seq,
        }
    }
}

fn account(number: u64) -> Result<AccountId, ReadError> {
    AccountId::from_u64(number)
        .map_err(|_| ReadError::Decode("account has more than twelve digits".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::Change;
    use super::*;
    use proptest::option;
    use proptest::prelude::*;
    use store::TableValue;

    prop_compose! {
        fn queues()(
            name in "\\PC{1,9}", (created_micros, stream, stream_account, stream_created_micros) in any::<(i64, u128, u64, i64)>(),
            stream_region in "[a-z]{1,9}", stream_name in "[a-z]{1,9}",
            position in prop_oneof![Just(Position::Latest), Just(Position::TrimHorizon), Just(Position::AtTime)],
            (asked_micros, begins_micros, visibility_secs, receives_max) in any::<(Option<i64>, i64, u32, u32)>(),
            tags in proptest::collection::btree_map("[a-z]{1,8}", "\\PC{0,8}", 0..5), policy in option::of("\\PC{0,20}"),
            until in option::of(any::<i64>()),
        ) -> QueueRow {
            QueueRow {
                name, created_micros, stream, stream_account, stream_region, stream_name, stream_created_micros, position, asked_micros,
                begins_micros, visibility_secs, receives_max, tags, policy,
                transition: until.map(|until_micros| Transition { kind: Change::Updating, until_micros }),
            }
        }
    }

    proptest! {
        #[test]
        fn queue_rows_round_trip(row in queues()) {
            prop_assert_eq!(QueueRow::from_bytes(&row.to_bytes()).unwrap(), row);
        }

        #[test]
        fn small_rows_round_trip(next: u64, ended: bool, account: u64, region in "[a-z]{1,9}",
            (receives, first_micros, visible_micros, dead, receipt, receipt_of_dead) in any::<(u32, i64, i64, bool, u64, bool)>()
        ) {
            let place = PlaceRow { next, ended };
            prop_assert_eq!(PlaceRow::from_bytes(&place.to_bytes()).unwrap(), place);
            let held = HeldRow { receives, first_micros, visible_micros, dead, receipt, receipt_of_dead };
            prop_assert_eq!(HeldRow::from_bytes(&held.to_bytes()).unwrap(), held);
            let key = ReaderKeyRow { account, region };
            prop_assert_eq!(ReaderKeyRow::from_bytes(&key.to_bytes()).unwrap(), key);
        }

        #[test]
        fn keys_round_trip(account in 0u64..1_000_000_000_000, region in "[a-z0-9-]{1,12}", name in "[a-zA-Z0-9_.-]{1,12}", id: u128,
            (stream, shard, seq, dead, visible_micros) in any::<(u128, u32, u64, bool, i64)>()
        ) {
            let account = AccountId::from_u64(account).unwrap();
            let id = ReaderId(id);
            let key = ReaderKey { account, region: region.clone(), id };
            prop_assert_eq!(QUEUES.read_key(&QUEUES.key(&key)).unwrap(), key);
            let key = ReaderName { account, region, name };
            prop_assert_eq!(QUEUE_NAMES.read_key(&QUEUE_NAMES.key(&key)).unwrap(), key);
            let key = OfStream { stream: StreamId(stream), reader: id };
            prop_assert_eq!(STREAM_QUEUES.read_key(&STREAM_QUEUES.key(&key)).unwrap(), key);
            let key = PlaceKey { reader: id, shard };
            prop_assert_eq!(PLACES.read_key(&PLACES.key(&key)).unwrap(), key);
            let key = HeldKey { queue: id, shard, seq };
            prop_assert_eq!(HELD.read_key(&HELD.key(&key)).unwrap(), key);
            let key = DueKey { queue: id, dead, visible_micros, shard, seq };
            prop_assert_eq!(DUE.read_key(&DUE.key(&key)).unwrap(), key);
            prop_assert_eq!(READER_GRAVES.read_key(&READER_GRAVES.key(&id)).unwrap(), id);
        }

        #[test]
        fn what_is_visible_sooner_comes_first(a: i64, b: i64, dead: bool) {
            let key = |visible_micros| DUE.key(&DueKey { queue: ReaderId(7), dead, visible_micros, shard: 1, seq: 1 });
            prop_assert_eq!(key(a).cmp(&key(b)), a.cmp(&b));
        }
    }
}
