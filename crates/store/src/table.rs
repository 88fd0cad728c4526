//! Typed tables: keys whose bytes sort as their meaning does, values that old readers skip and new readers default.
//!
//! A key is the table's number (u16, big-endian) and its parts: fixed-width numbers big-endian, texts with `0x00` escaped as
//! `0x00 0xff` and closed by `0x00 0x01`, so that a shorter text sorts before a longer one that it begins, and parts never run together.
//! A value is a minicbor struct with numbered fields.
//!
//! A room declares its tables once, in `tables.rs`:
//! ```
//! use store::{KeyReader, KeyWriter, ReadError, Table, TableKey, TableNumber};
//! struct StreamKey { account: u64, name: String }
//! impl TableKey for StreamKey {
//!     fn write(&self, key: &mut KeyWriter) { key.u64(self.account).text(&self.name); }
//!     fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> { Ok(Self { account: key.u64()?, name: key.text()? }) }
//! }
//! const STREAMS: Table<StreamKey, u32> = Table::new(TableNumber(0x7f01), "example.streams");
//! ```

use std::marker::PhantomData;

use bytes::Bytes;

use crate::ReadError;
use crate::commit::{Key, Version};
use crate::snapshot::{Scan, Snapshot};

/// A table's number: the first two bytes of its keys. `docs/formats.md` lists them all; 0x00.. belongs to the store itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TableNumber(pub u16);

/// A family of keys with one type of value.
pub struct Table<K, V> {
    number: TableNumber,
    name: &'static str,
    types: PhantomData<fn() -> (K, V)>,
}

impl<K, V> Clone for Table<K, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, V> Copy for Table<K, V> {}

/// A value that was read, and the version to check it by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row<V> {
    /// The position of the commit that wrote it.
    pub version: Version,
    /// The value.
    pub value: V,
}

/// A key's parts, written and read in order.
pub trait TableKey: Sized {
    /// Writes all parts.
    fn write(&self, key: &mut KeyWriter);
    /// Reads all parts.
    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError>;
}

/// A value's bytes.
pub trait TableValue: Sized {
    /// Encodes it.
    fn to_bytes(&self) -> Bytes;
    /// Decodes it.
    fn from_bytes(bytes: &[u8]) -> Result<Self, ReadError>;
}

impl<V> TableValue for V
where
    V: minicbor::Encode<()> + for<'b> minicbor::Decode<'b, ()>,
{
    fn to_bytes(&self) -> Bytes {
        minicbor::to_vec(self).expect("encoding into memory cannot fail").into()
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, ReadError> {
        Ok(minicbor::decode(bytes)?)
    }
}

impl<K: TableKey, V: TableValue> Table<K, V> {
    /// Declares a table. `name` is `room.table`, for messages.
    pub const fn new(number: TableNumber, name: &'static str) -> Self {
        Self { number, name, types: PhantomData }
    }

    /// `room.table`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Its number.
    pub const fn number(&self) -> TableNumber {
        self.number
    }

    /// The encoded key.
    pub fn key(&self, key: &K) -> Key {
        let mut writer = KeyWriter::new(self.number);
        key.write(&mut writer);
        writer.finish()
    }

    /// Decodes a key of this table.
    pub fn read_key(&self, bytes: &[u8]) -> Result<K, ReadError> {
        let mut reader = KeyReader::new(self.number, bytes)?;
        let key = K::read(&mut reader)?;
        reader.finish()?;
        Ok(key)
    }

    /// Reads one row.
    pub async fn get(&self, snapshot: &dyn Snapshot, key: &K) -> Result<Option<Row<V>>, ReadError> {
        let key = self.key(key);
        match snapshot.get(&key).await? {
            Some(found) => Ok(Some(Row { version: found.version, value: V::from_bytes(&found.value)? })),
            None => Ok(None),
        }
    }

    /// The range of all keys that begin with what `prefix` writes; `|_| {}` for the whole table.
    pub fn prefix(&self, prefix: impl FnOnce(&mut KeyWriter)) -> (Key, Key) {
        let mut writer = KeyWriter::new(self.number);
        prefix(&mut writer);
        let start = writer.finish();
        let end = after_prefix(&start);
        (start, end)
    }

    /// Reads rows from `start` (inclusive) to `end` (exclusive), in order, at most `limit`.
    pub async fn scan(
        &self,
        snapshot: &dyn Snapshot,
        (start, end): (Key, Key),
        limit: usize,
    ) -> Result<Vec<(K, Row<V>)>, ReadError> {
        self.read_range(snapshot, Scan { start, end, reverse: false, limit }).await
    }

    /// As [`Table::scan`], from the end backwards.
    pub async fn scan_back(
        &self,
        snapshot: &dyn Snapshot,
        (start, end): (Key, Key),
        limit: usize,
    ) -> Result<Vec<(K, Row<V>)>, ReadError> {
        self.read_range(snapshot, Scan { start, end, reverse: true, limit }).await
    }

    async fn read_range(&self, snapshot: &dyn Snapshot, scan: Scan) -> Result<Vec<(K, Row<V>)>, ReadError> {
        let found = snapshot.scan(scan).await?;
        let mut rows = Vec::with_capacity(found.len());
        for (key, versioned) in found {
            let value = V::from_bytes(&versioned.value)?;
            rows.push((self.read_key(&key)?, Row { version: versioned.version, value }));
        }
        Ok(rows)
    }
}

/// The first key after this one: where a scan goes on that has returned it.
pub fn key_after(key: &[u8]) -> Key {
    let mut next = Vec::with_capacity(key.len() + 1);
    next.extend_from_slice(key);
    next.push(0);
    next.into()
}

/// The first key after all keys that begin with `prefix`.
fn after_prefix(prefix: &[u8]) -> Key {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if last < 0xff {
            end.push(last + 1);
            return end.into();
        }
    }
    // All bytes were 0xff: no key sorts after this, since table numbers stay below 0xffff.
    vec![0xff; prefix.len() + 1].into()
}

/// Writes a key's parts so that their bytes sort as they do.
pub struct KeyWriter(Vec<u8>);

impl KeyWriter {
    fn new(table: TableNumber) -> Self {
        let mut bytes = Vec::with_capacity(48);
        bytes.extend_from_slice(&table.0.to_be_bytes());
        Self(bytes)
    }

    fn finish(self) -> Key {
        self.0.into()
    }

    /// One byte.
    pub fn u8(&mut self, part: u8) -> &mut Self {
        self.0.push(part);
        self
    }

    /// Four bytes, big-endian.
    pub fn u32(&mut self, part: u32) -> &mut Self {
        self.0.extend_from_slice(&part.to_be_bytes());
        self
    }

    /// Eight bytes, big-endian.
    pub fn u64(&mut self, part: u64) -> &mut Self {
        self.0.extend_from_slice(&part.to_be_bytes());
        self
    }

    /// Eight bytes, big-endian, the sign bit flipped, so that negative numbers come first.
    pub fn i64(&mut self, part: i64) -> &mut Self {
        self.u64((part as u64) ^ (1 << 63))
    }

    /// Sixteen bytes, big-endian.
    pub fn u128(&mut self, part: u128) -> &mut Self {
        self.0.extend_from_slice(&part.to_be_bytes());
        self
    }

    /// Bytes of any kind, closed so that nothing runs into the next part.
    pub fn bytes(&mut self, part: &[u8]) -> &mut Self {
        self.escaped(part);
        self.0.extend_from_slice(&[0x00, 0x01]);
        self
    }

    /// The beginning of such bytes, for prefixes.
    pub fn bytes_start(&mut self, part: &[u8]) -> &mut Self {
        self.escaped(part);
        self
    }

    /// Bytes of any kind as the key's last part, neither escaped nor closed; or the beginning of such, for prefixes.
    pub fn tail(&mut self, part: &[u8]) -> &mut Self {
        self.0.extend_from_slice(part);
        self
    }

    /// A text or name, closed so that nothing runs into the next part.
    pub fn text(&mut self, part: &str) -> &mut Self {
        self.text_start(part);
        self.0.extend_from_slice(&[0x00, 0x01]);
        self
    }

    /// The beginning of a text, for prefixes: all texts that begin with it follow.
    pub fn text_start(&mut self, part: &str) -> &mut Self {
        self.escaped(part.as_bytes());
        self
    }

    fn escaped(&mut self, part: &[u8]) {
        for &byte in part {
            self.0.push(byte);
            if byte == 0x00 {
                self.0.push(0xff);
            }
        }
    }
}

/// Reads a key's parts in the order they were written.
pub struct KeyReader<'k>(&'k [u8]);

impl<'k> KeyReader<'k> {
    fn new(table: TableNumber, bytes: &'k [u8]) -> Result<Self, ReadError> {
        match bytes.split_first_chunk::<2>() {
            Some((number, rest)) if *number == table.0.to_be_bytes() => Ok(Self(rest)),
            _ => Err(ReadError::Decode(format!("key is not of table `{:#06x}`", table.0))),
        }
    }

    fn finish(self) -> Result<(), ReadError> {
        if self.0.is_empty() { Ok(()) } else { Err(ReadError::Decode("key has bytes left over".to_owned())) }
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], ReadError> {
        let (part, rest) =
            self.0.split_first_chunk::<N>().ok_or_else(|| ReadError::Decode("key ends early".to_owned()))?;
        self.0 = rest;
        Ok(*part)
    }

    /// One byte.
    pub fn u8(&mut self) -> Result<u8, ReadError> {
        self.take::<1>().map(|[byte]| byte)
    }

    /// Four bytes, big-endian.
    pub fn u32(&mut self) -> Result<u32, ReadError> {
        self.take().map(u32::from_be_bytes)
    }

    /// Eight bytes, big-endian.
    pub fn u64(&mut self) -> Result<u64, ReadError> {
        self.take().map(u64::from_be_bytes)
    }

    /// See [`KeyWriter::i64`].
    pub fn i64(&mut self) -> Result<i64, ReadError> {
        self.u64().map(|part| (part ^ (1 << 63)) as i64)
    }

    /// Sixteen bytes, big-endian.
    pub fn u128(&mut self) -> Result<u128, ReadError> {
        self.take().map(u128::from_be_bytes)
    }

    /// See [`KeyWriter::bytes`].
    pub fn bytes(&mut self) -> Result<Vec<u8>, ReadError> {
        let mut bytes = Vec::new();
        loop {
            match self.u8()? {
                0x00 => match self.u8()? {
                    0x01 => return Ok(bytes),
                    0xff => bytes.push(0x00),
                    _ => return Err(ReadError::Decode("key has a bad escape".to_owned())),
                },
                byte => bytes.push(byte),
            }
        }
    }

    /// See [`KeyWriter::tail`]: all that is left.
    pub fn tail(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.0).to_vec()
    }

    /// See [`KeyWriter::text`].
    pub fn text(&mut self) -> Result<String, ReadError> {
        String::from_utf8(self.bytes()?).map_err(|_| ReadError::Decode("key text is not UTF-8".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Clone)]
    struct Sample {
        name: String,
        number: i64,
        id: u128,
    }

    impl TableKey for Sample {
        fn write(&self, key: &mut KeyWriter) {
            key.text(&self.name).i64(self.number).u128(self.id);
        }
        fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
            Ok(Self { name: key.text()?, number: key.i64()?, id: key.u128()? })
        }
    }

    const TABLE: Table<Sample, u32> = Table::new(TableNumber(0x0777), "test.sample");

    fn sample() -> impl Strategy<Value = Sample> {
        ("[\\x00-\\x02a-c\u{ff}]{0,4}", any::<i64>(), any::<u128>()).prop_map(|(name, number, id)| Sample {
            name,
            number,
            id,
        })
    }

    #[test]
    fn nothing_sorts_between_a_key_and_the_one_after_it() {
        assert!(key_after(b"a") > Key::from_static(b"a"));
        assert_eq!(key_after(b"a"), Key::from_static(b"a\0"));
    }

    proptest! {
        #[test]
        fn keys_round_trip(key in sample()) {
            prop_assert_eq!(TABLE.read_key(&TABLE.key(&key)).unwrap(), key);
        }

        #[test]
        fn keys_sort_as_their_parts(a in sample(), b in sample()) {
            prop_assert_eq!(TABLE.key(&a).cmp(&TABLE.key(&b)), a.cmp(&b));
        }

        #[test]
        fn a_prefix_holds_exactly_what_begins_with_it(key in sample(), prefix in "[\\x00-\\x02a-c\u{ff}]{0,2}") {
            let (start, end) = TABLE.prefix(|writer| { writer.text_start(&prefix); });
            let encoded = TABLE.key(&key);
            prop_assert_eq!(start <= encoded && encoded < end, key.name.starts_with(&prefix));
        }
    }
}
