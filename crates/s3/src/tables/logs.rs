//! Lines about requests that wait to be delivered to a bucket, and events that wait to be told.

use base::Timestamp;
use minicbor::{Decode, Encode};
use store::{KeyReader, KeyWriter, ReadError, Table, TableKey, TableNumber};

use super::{Id, codec};

/// Lines of access logs that wait to be delivered.
pub const LOG_LINES: Table<LinesKey, LogLines> = Table::new(TableNumber(0x0450), "s3.log_lines");
/// Events that wait to be told, in their order.
pub const EVENTS: Table<Id, Event> = Table::new(TableNumber(0x0451), "s3.events");

/// When lists of buckets are due.
pub const INVENTORIES: Table<InventoryKey, Inventory> = Table::new(TableNumber(0x0452), "s3.inventories");

/// Key of [`INVENTORIES`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct InventoryKey {
    /// When.
    pub at: Timestamp,
    /// The bucket.
    pub bucket: Id,
    /// The configuration's id.
    pub id: String,
}

/// That a list is due.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Inventory {
    /// The bucket's name.
    #[n(0)]
    pub bucket: String,
}

/// Key of [`LOG_LINES`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct LinesKey {
    /// The bucket that was asked for something.
    pub bucket: Id,
    /// Orders them by time.
    pub at: Id,
}

/// Some lines about requests of one day.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct LogLines {
    /// The bucket's name.
    #[n(0)]
    pub bucket: String,
    /// The midnight that the day of the requests begins with.
    #[cbor(n(1), with = "codec::time")]
    pub day: Timestamp,
    /// The lines, each with its end.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub lines: Vec<u8>,
}

/// Something that happened to an object, for one who wants to be told.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Event {
    /// AWS's name of it, without `s3:`.
    #[n(0)]
    pub name: String,
    /// When.
    #[cbor(n(1), with = "codec::time")]
    pub time: Timestamp,
    /// The bucket's name.
    #[n(2)]
    pub bucket: String,
    /// Whose it is.
    #[cbor(n(3), with = "codec::account")]
    pub owner: base::AccountId,
    /// Where it is.
    #[cbor(n(4), with = "codec::region")]
    pub region: base::Region,
    /// The key.
    #[n(5)]
    pub key: String,
    /// The object's size, where there is one.
    #[n(6)]
    pub bytes: Option<u64>,
    /// Its ETag without quotes.
    #[n(7)]
    pub etag: Option<String>,
    /// Its version, where versions are kept.
    #[n(8)]
    pub version: Option<String>,
    /// Orders the events of a key.
    #[n(9)]
    pub sequencer: String,
    /// Who did it, and by which request.
    #[n(10)]
    pub cause: Cause,
    /// The configuration that wants it told.
    #[n(11)]
    pub configuration: String,
    /// The function that is told.
    #[n(12)]
    pub function: String,
    /// What more there is to tell.
    #[n(13)]
    #[cbor(default)]
    pub more: EventMore,
}

/// Who did something, and by which request.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Cause {
    /// `AWS:AIDA…`, or the service that did it by itself.
    #[n(0)]
    pub principal: String,
    /// The peer's address.
    #[n(1)]
    pub source_ip: String,
    /// The request's ids.
    #[n(2)]
    pub request_id: String,
    /// S3's second id.
    #[n(3)]
    pub host_id: String,
}

/// What some kinds of events tell beside.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub enum EventMore {
    /// Nothing.
    #[default]
    #[n(0)]
    Nothing,
    /// A restored copy is there.
    #[n(1)]
    Restored {
        /// Until then.
        #[cbor(n(0), with = "codec::time")]
        until: Timestamp,
        /// The class it is archived in.
        #[n(1)]
        class: String,
    },
    /// It was moved to another class.
    #[n(2)]
    Moved(#[n(0)] String),
    /// It was moved to an archive tier.
    #[n(3)]
    Tiered(#[n(0)] String),
}

impl TableKey for LinesKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.bucket.0).u128(self.at.0);
    }
    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { bucket: Id(key.u128()?), at: Id(key.u128()?) })
    }
}

impl TableKey for InventoryKey {
    fn write(&self, key: &mut KeyWriter) {
        key.i64(self.at.as_micros()).u128(self.bucket.0).text(&self.id);
    }
    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        let (at, bucket) = (Timestamp::from_micros(key.i64()?), Id(key.u128()?));
        Ok(Self { at, bucket, id: key.text()? })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use store::TableValue;

    use super::*;

    proptest! {
        #[test]
        fn rows_round_trip(
            bucket: u128, at: u128, text in ".{0,12}", micros: i64, lines: Vec<u8>, bytes: Option<u64>, kind in 0..4,
        ) {
            let key = LinesKey { bucket: Id(bucket), at: Id(at) };
            prop_assert_eq!(LOG_LINES.read_key(&LOG_LINES.key(&key)).unwrap(), key);
            let time = Timestamp::from_micros(micros);
            let due = InventoryKey { at: time, bucket: Id(bucket), id: text.clone() };
            prop_assert_eq!(INVENTORIES.read_key(&INVENTORIES.key(&due)).unwrap(), due);
            let row = Inventory { bucket: text.clone() };
            prop_assert_eq!(Inventory::from_bytes(&row.to_bytes()).unwrap(), row);
            let row = LogLines { bucket: text.clone(), day: time, lines };
            prop_assert_eq!(LogLines::from_bytes(&row.to_bytes()).unwrap(), row);
            let more = match kind {
                0 => EventMore::Nothing,
                1 => EventMore::Restored { until: time, class: text.clone() },
                2 => EventMore::Moved(text.clone()),
                _ => EventMore::Tiered(text.clone()),
            };
            let cause = Cause {
                principal: text.clone(),
                source_ip: text.clone(),
                request_id: text.clone(),
                host_id: text.clone(),
            };
            let event = Event {
                name: text.clone(),
                time,
                bucket: text.clone(),
                owner: base::AccountId::DEFAULT,
                region: base::Region::us_east_1(),
                key: text.clone(),
                bytes,
                etag: bytes.map(|bytes| bytes.to_string()),
                version: None,
                sequencer: text.clone(),
                cause,
                configuration: text.clone(),
                function: text,
                more,
            };
            prop_assert_eq!(Event::from_bytes(&event.to_bytes()).unwrap(), event);
        }
    }
}
