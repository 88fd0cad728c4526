//! What is persisted, and how: every key family of the room.
//!
//! | number | table | key | value | changed by |
//! |---|---|---|---|---|
//! | 0x0601 | tables | account, region, name | [`TableRow`] | every change of a table or its indexes |
//! | 0x0602 | items | table id, partition, sort bytes | [`ItemRow`] | writes of items |
//! | 0x0603 | entries | table id, index number, partition, sort bytes, item digest | [`EntryRow`] | the same commits; the backfill of a new index |
//! | 0x0604 | graves | table id, index number or none | [`GraveRow`] | deletion puts one; the sweep empties what it names and removes it |
//! | 0x0605 | tokens | account, region, token | [`TokenRow`] | TransactWriteItems; the sweep removes them |
//!
//! A table's id is drawn at creation: one created again under the same name shares nothing with its predecessor. Every write of an item checks
//! that the table's row is the one it was decided on, so that an index misses nothing and nothing outlives its table.
//!
//! **Partition**: the first 16 bytes of SHA-256 over the hash key's type and value. Scans go in its order, and segments are ranges of it.
//! **Sort bytes**: the range key so that its bytes sort as its values do: a string's UTF-8, bytes as they are, a number as
//! `engine/number.rs` draws it; empty where there is none. The type is fixed by the table, so it is not stored.
//! **Entries** hold no attributes, only where the item is: an index cannot show another state than its table.

mod item;

use base::{AccountId, Tags};
use minicbor::{Decode, Encode};
use store::{KeyReader, KeyWriter, ReadError, Table, TableKey, TableNumber};

use crate::engine::value::Item;

/// Tables by name. Owner: `engine/table.rs`.
pub const TABLES: Table<NameKey, TableRow> = Table::new(TableNumber(0x0601), "dynamodb.tables");
/// Items. Owner: `engine/write.rs`.
pub const ITEMS: Table<ItemKey, ItemRow> = Table::new(TableNumber(0x0602), "dynamodb.items");
/// Entries of secondary indexes. Owner: `engine/index.rs`.
pub const ENTRIES: Table<EntryKey, EntryRow> = Table::new(TableNumber(0x0603), "dynamodb.entries");
/// Deleted tables and indexes that still have rows. Owner: `engine/sweep.rs`.
pub const GRAVES: Table<GraveKey, GraveRow> = Table::new(TableNumber(0x0604), "dynamodb.graves");
/// Transactions that were done lately, by their tokens. Owner: `engine/transact.rs`.
pub const TOKENS: Table<NameKey, TokenRow> = Table::new(TableNumber(0x0605), "dynamodb.tokens");

/// Something an account has in a region, by name: a table, a transaction's token.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct NameKey {
    /// Whose it is.
    pub account: AccountId,
    /// Where it is.
    pub region: String,
    /// Its name.
    pub name: String,
}

/// Where an item is.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ItemKey {
    /// The table's id.
    pub table: u128,
    /// Of its hash key.
    pub partition: u128,
    /// Of its range key.
    pub sort: Vec<u8>,
}

/// One item's place in an index.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct EntryKey {
    /// The table's id.
    pub table: u128,
    /// The index's number.
    pub index: u32,
    /// Of the index's hash key.
    pub partition: u128,
    /// Of the index's range key.
    pub sort: Vec<u8>,
    /// Of the item's place in the table, so that items with equal index keys stand beside each other.
    pub item: u128,
}

/// What is to be emptied.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct GraveKey {
    /// The table's id.
    pub table: u128,
    /// One index of it; everything if none.
    pub index: Option<u32>,
}

/// A table.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct TableRow {
    /// Its id.
    #[n(0)]
    pub id: u128,
    /// When it was created.
    #[n(1)]
    pub created_micros: i64,
    /// Its key.
    #[n(2)]
    pub schema: KeySchema,
    /// The attributes that were defined, in the order given: those of its keys and of its indexes' keys.
    #[n(3)]
    pub attributes: Vec<KeyAttribute>,
    /// How capacity is paid for.
    #[n(4)]
    pub billing: Billing,
    /// Capacity that was asked for; zero on demand.
    #[n(5)]
    pub throughput: Throughput,
    /// Its secondary indexes.
    #[n(6)]
    pub indexes: Vec<IndexRow>,
    /// The number the next index will have.
    #[n(7)]
    pub next_index: u32,
    /// Its tags.
    #[n(8)]
    pub tags: Tags,
    /// Whether DeleteTable is refused.
    #[n(9)]
    pub is_protected: bool,
    /// A change under way, if there is one.
    #[n(10)]
    pub transition: Option<Transition>,
    /// The attribute that says when an item expires, if any.
    #[n(11)]
    pub ttl_attribute: Option<String>,
    /// Whether point-in-time recovery was asked for, and for how many days.
    #[n(12)]
    pub recovery_days: Option<u32>,
    /// When it last was put on demand, if ever.
    #[n(13)]
    pub on_demand_micros: Option<i64>,
    /// Whether it is of the class for infrequent access.
    #[n(14)]
    pub is_infrequent: bool,
}

/// The attributes of a key.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct KeySchema {
    /// Decides the partition.
    #[n(0)]
    pub hash: KeyAttribute,
    /// Decides the order in it.
    #[n(1)]
    pub range: Option<KeyAttribute>,
}

/// An attribute of a key.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct KeyAttribute {
    /// Its name.
    #[n(0)]
    pub name: String,
    /// Its type.
    #[n(1)]
    pub kind: KeyType,
}

/// What a key may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum KeyType {
    /// A string.
    #[n(0)]
    S,
    /// A number.
    #[n(1)]
    N,
    /// Bytes.
    #[n(2)]
    B,
}

/// How capacity is paid for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Billing {
    /// By what was asked for.
    #[n(0)]
    Provisioned,
    /// By request.
    #[n(1)]
    OnDemand,
}

/// Capacity, in units a second.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Throughput {
    /// Of 4 KiB.
    #[n(0)]
    pub read: u64,
    /// Of 1 KiB.
    #[n(1)]
    pub write: u64,
}

/// A secondary index.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct IndexRow {
    /// Its number in this table, never used again.
    #[n(0)]
    pub number: u32,
    /// Its name.
    #[n(1)]
    pub name: String,
    /// Whether it shares the table's hash key and came with the table.
    #[n(2)]
    pub is_local: bool,
    /// Its key.
    #[n(3)]
    pub schema: KeySchema,
    /// Which attributes it shows.
    #[n(4)]
    pub projection: Projection,
    /// Capacity that was asked for; zero on demand.
    #[n(5)]
    pub throughput: Throughput,
    /// Set while items that were there before it are still being entered.
    #[n(6)]
    pub is_backfilling: bool,
}

/// Which attributes an index shows, beside the keys of table and index.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Projection {
    /// All.
    #[n(0)]
    All,
    /// None.
    #[n(1)]
    KeysOnly,
    /// These.
    #[n(2)]
    Include(#[n(0)] Vec<String>),
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

/// An item. CBOR: a map of attributes.
///
/// ```text
/// S  text        B  bytes       BOOL, NULL  themselves     L  array     M  map
/// N  tag 4 [exponent, is negative, coefficient (an integer, or 16 bytes big-endian)]
/// SS, NS, BS  tag 258 [elements], never empty
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ItemRow(pub Item);

/// Where the item of an entry is.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct EntryRow {
    /// Of its hash key in the table.
    #[n(0)]
    pub partition: u128,
    /// Of its range key in the table.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub sort: Vec<u8>,
}

/// When something was deleted.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct GraveRow {
    /// Then.
    #[n(0)]
    pub deleted_micros: i64,
}

/// A transaction that was done.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct TokenRow {
    /// SHA-256 of the request.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub request: Vec<u8>,
    /// When it was done.
    #[n(1)]
    pub done_micros: i64,
}

impl TableKey for NameKey {
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

impl TableKey for ItemKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.table).u128(self.partition).tail(&self.sort);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { table: key.u128()?, partition: key.u128()?, sort: key.tail() })
    }
}

impl TableKey for EntryKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.table).u32(self.index).u128(self.partition).bytes(&self.sort).u128(self.item);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self {
            table: key.u128()?,
            index: key.u32()?,
            partition: key.u128()?,
            sort: key.bytes()?,
            item: key.u128()?,
        })
    }
}

impl TableKey for GraveKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.table);
        match self.index {
            None => key.u8(0),
            Some(index) => key.u8(1).u32(index),
        };
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        let table = key.u128()?;
        let index = match key.u8()? {
            0 => None,
            1 => Some(key.u32()?),
            other => return Err(ReadError::Decode(format!("a grave of kind `{other}`"))),
        };
        Ok(Self { table, index })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::value::tests::items;
    use proptest::collection::{btree_map, vec};
    use proptest::option;
    use proptest::prelude::*;
    use store::TableValue;

    fn kinds() -> impl Strategy<Value = KeyType> {
        prop_oneof![Just(KeyType::S), Just(KeyType::N), Just(KeyType::B)]
    }

    fn key_attributes() -> impl Strategy<Value = KeyAttribute> {
        ("[a-z]{1,8}", kinds()).prop_map(|(name, kind)| KeyAttribute { name, kind })
    }

    fn schemas() -> impl Strategy<Value = KeySchema> {
        (key_attributes(), option::of(key_attributes())).prop_map(|(hash, range)| KeySchema { hash, range })
    }

    fn projections() -> impl Strategy<Value = Projection> {
        prop_oneof![
            Just(Projection::All),
            Just(Projection::KeysOnly),
            vec("[a-z]{1,5}", 0..4).prop_map(Projection::Include),
        ]
    }

    fn transitions() -> impl Strategy<Value = Transition> {
        let kinds = prop_oneof![Just(Change::Creating), Just(Change::Updating), Just(Change::Deleting)];
        (kinds, any::<i64>()).prop_map(|(kind, until_micros)| Transition { kind, until_micros })
    }

    prop_compose! {
        fn indexes()(
            number: u32, name in "[a-z]{3,9}", is_local: bool, schema in schemas(), projection in projections(),
            read: u64, write: u64, is_backfilling: bool,
        ) -> IndexRow {
            IndexRow { number, name, is_local, schema, projection, throughput: Throughput { read, write }, is_backfilling }
        }
    }

    prop_compose! {
        fn tables()(
            id: u128, created_micros: i64, schema in schemas(), attributes in vec(key_attributes(), 0..4),
            on_demand: bool, (read, write, next_index) in any::<(u64, u64, u32)>(), indexes in vec(indexes(), 0..3),
            tags in btree_map("[a-z]{1,8}", "\\PC{0,8}", 0..4), (is_protected, is_infrequent) in any::<(bool, bool)>(),
            transition in option::of(transitions()),
            (ttl_attribute, recovery_days, on_demand_micros) in any::<(Option<String>, Option<u32>, Option<i64>)>(),
        ) -> TableRow {
            let billing = if on_demand { Billing::OnDemand } else { Billing::Provisioned };
            TableRow {
                id, created_micros, schema, attributes, billing, throughput: Throughput { read, write }, indexes, next_index, tags,
                is_protected, transition, ttl_attribute, recovery_days, on_demand_micros, is_infrequent,
            }
        }
    }

    proptest! {
        #[test]
        fn table_rows_round_trip(row in tables()) {
            prop_assert_eq!(TableRow::from_bytes(&row.to_bytes()).unwrap(), row);
        }

        #[test]
        fn item_rows_round_trip(item in items()) {
            let row = ItemRow(item);
            prop_assert_eq!(ItemRow::from_bytes(&row.to_bytes()).unwrap(), row);
        }

        #[test]
        fn no_bytes_panic_as_an_item(bytes: Vec<u8>) {
            let _ = ItemRow::from_bytes(&bytes);
        }

        #[test]
        fn entry_rows_round_trip(partition: u128, sort: Vec<u8>) {
            let row = EntryRow { partition, sort };
            prop_assert_eq!(EntryRow::from_bytes(&row.to_bytes()).unwrap(), row);
        }

        #[test]
        fn grave_rows_round_trip(deleted_micros: i64) {
            let row = GraveRow { deleted_micros };
            prop_assert_eq!(GraveRow::from_bytes(&row.to_bytes()).unwrap(), row);
        }

        #[test]
        fn token_rows_round_trip(request: Vec<u8>, done_micros: i64) {
            let row = TokenRow { request, done_micros };
            prop_assert_eq!(TokenRow::from_bytes(&row.to_bytes()).unwrap(), row);
        }

        #[test]
        fn keys_round_trip(account in 0u64..1_000_000_000_000, region in "[a-z0-9-]{1,12}", name in "\\PC{1,12}", table: u128,
            (index, partition, item) in any::<(u32, u128, u128)>(), sort: Vec<u8>) {
            let account = AccountId::from_u64(account).unwrap();
            let key = NameKey { account, region, name };
            prop_assert_eq!(TABLES.read_key(&TABLES.key(&key)).unwrap(), key.clone());
            prop_assert_eq!(TOKENS.read_key(&TOKENS.key(&key)).unwrap(), key);
            let key = ItemKey { table, partition, sort: sort.clone() };
            prop_assert_eq!(ITEMS.read_key(&ITEMS.key(&key)).unwrap(), key);
            let key = EntryKey { table, index, partition, sort, item };
            prop_assert_eq!(ENTRIES.read_key(&ENTRIES.key(&key)).unwrap(), key);
            for index in [None, Some(index)] {
                let key = GraveKey { table, index };
                prop_assert_eq!(GRAVES.read_key(&GRAVES.key(&key)).unwrap(), key);
            }
        }

        #[test]
        fn items_and_entries_sort_by_their_sort_bytes(a in vec(0u8..3, 0..6), b in vec(0u8..3, 0..6), partition: u128) {
            let key = |sort: &[u8]| ITEMS.key(&ItemKey { table: 1, partition, sort: sort.to_vec() });
            prop_assert_eq!(key(&a).cmp(&key(&b)), a.cmp(&b));
            let key = |sort: &[u8]| ENTRIES.key(&EntryKey { table: 1, index: 2, partition, sort: sort.to_vec(), item: 3 });
            prop_assert_eq!(key(&a).cmp(&key(&b)), a.cmp(&b));
        }
    }
}
