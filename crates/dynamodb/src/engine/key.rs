//! Keys: which attributes of an item say where it is, and the place they say.

use std::cmp::Ordering;

use super::error::Invalid;
use super::value::{Attr, Item, Type};
use crate::tables::{ItemKey, KeyAttribute, KeySchema, KeyType};

/// The longest hash key (AWS quota).
const HASH_BYTES_MAX: usize = 2_048;
/// The longest range key (AWS quota).
const RANGE_BYTES_MAX: usize = 1_024;

/// The values of a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Key {
    /// Decides the partition.
    pub hash: Attr,
    /// Decides the order in it; none if the schema has none.
    pub range: Option<Attr>,
}

impl KeyType {
    /// As a type of values.
    pub const fn as_type(self) -> Type {
        match self {
            KeyType::S => Type::S,
            KeyType::N => Type::N,
            KeyType::B => Type::B,
        }
    }

    /// The type of that name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "S" => Some(KeyType::S),
            "N" => Some(KeyType::N),
            "B" => Some(KeyType::B),
            _ => None,
        }
    }
}

impl KeySchema {
    /// Its attributes, the hash key's first.
    pub fn attributes(&self) -> impl Iterator<Item = &KeyAttribute> {
        std::iter::once(&self.hash).chain(&self.range)
    }

    /// Whether an attribute is part of the key.
    pub fn has(&self, name: &str) -> bool {
        self.attributes().any(|attribute| attribute.name == name)
    }

    /// The key in an item that has one; `None` if an attribute is missing or of another type.
    pub fn of(&self, item: &Item) -> Option<Key> {
        let part = |attribute: &KeyAttribute| {
            item.get(&attribute.name).filter(|value| value.kind() == attribute.kind.as_type()).cloned()
        };
        let range = match &self.range {
            Some(range) => Some(part(range)?),
            None => None,
        };
        Some(Key { hash: part(&self.hash)?, range })
    }

    /// The key of an item that is to be stored.
    pub fn of_new(&self, item: &Item) -> Result<Key, Invalid> {
        for attribute in self.attributes() {
            let value = item.get(&attribute.name).ok_or_else(|| {
                Invalid::parameter(format!("Missing the key {} in the item", attribute.name))
            })?;
            check_type(attribute, value)?;
        }
        self.checked(item)
    }

    /// A key that was given to find an item by: exactly the attributes of the schema.
    pub fn of_key(&self, key: &Item) -> Result<Key, Invalid> {
        let fits = |attribute: &KeyAttribute| {
            key.get(&attribute.name).is_some_and(|value| value.kind() == attribute.kind.as_type())
        };
        if key.len() != self.attributes().count() || !self.attributes().all(fits) {
            return Err(Invalid::new("The provided key element does not match the schema"));
        }
        self.checked(key)
    }

    fn checked(&self, item: &Item) -> Result<Key, Invalid> {
        let key = self.of(item).expect("its attributes are there and of the right types");
        check_size(&self.hash, &key.hash, true)?;
        if let (Some(attribute), Some(value)) = (&self.range, &key.range) {
            check_size(attribute, value, false)?;
        }
        Ok(key)
    }

    /// The attributes of the key alone.
    pub fn only(&self, item: &Item) -> Item {
        self.attributes()
            .filter_map(|attribute| Some((attribute.name.clone(), item.get(&attribute.name)?.clone())))
            .collect()
    }
}

fn check_type(attribute: &KeyAttribute, value: &Attr) -> Result<(), Invalid> {
    let (expected, actual) = (attribute.kind.as_type(), value.kind());
    if expected == actual {
        return Ok(());
    }
    Err(Invalid::parameter(format!(
        "Type mismatch for key {} expected: {} actual: {}",
        attribute.name,
        expected.as_str(),
        actual.as_str()
    )))
}

/// Whether a value is one that no key may have: empty.
pub fn is_empty_key(value: &Attr) -> bool {
    matches!(value, Attr::S(text) if text.is_empty()) || matches!(value, Attr::B(bytes) if bytes.is_empty())
}

fn check_size(attribute: &KeyAttribute, value: &Attr, is_hash: bool) -> Result<(), Invalid> {
    if is_empty_key(value) {
        let what = if value.kind() == Type::B { "binary" } else { "string" };
        return Err(Invalid::new(format!(
            "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty {what} \
             value. Key: {}",
            attribute.name
        )));
    }
    let size = value.size();
    if is_hash && size > HASH_BYTES_MAX {
        return Err(Invalid::parameter("Size of hashkey has exceeded the maximum size limit of2048 bytes"));
    }
    if !is_hash && size > RANGE_BYTES_MAX {
        return Err(Invalid::parameter(
            "Aggregated size of all range keys has exceeded the size limit of 1024 bytes",
        ));
    }
    Ok(())
}

/// Whether an index can have a key this long. What is longer is refused by AWS when it is written.
pub fn check_index_size(
    index: &str,
    attribute: &KeyAttribute,
    value: &Attr,
    is_hash: bool,
) -> Result<(), Invalid> {
    let max = if is_hash { HASH_BYTES_MAX } else { RANGE_BYTES_MAX };
    if value.size() <= max {
        return Ok(());
    }
    Err(Invalid::parameter(format!(
        "Size of {} has exceeded the maximum size limit of {max} bytes for index: {index}, key: {}",
        if is_hash { "hashkey" } else { "rangekey" },
        attribute.name
    )))
}

impl Key {
    /// The partition of its hash key.
    pub fn partition(&self) -> u128 {
        partition(&self.hash)
    }

    /// The bytes its range key sorts by.
    pub fn sort(&self) -> Vec<u8> {
        self.range.as_ref().map(sort_bytes).unwrap_or_default()
    }

    /// Its place in a table.
    pub fn place(&self, table: u128) -> ItemKey {
        ItemKey { table, partition: self.partition(), sort: self.sort() }
    }
}

/// The partition of a hash key: the first 16 bytes of SHA-256 over its type and value.
pub fn partition(hash: &Attr) -> u128 {
    let mut bytes = hash.kind().as_str().as_bytes().to_vec();
    bytes.push(0);
    bytes.extend(sort_bytes(hash));
    digest(&bytes)
}

/// The first 16 bytes of SHA-256.
pub fn digest(bytes: &[u8]) -> u128 {
    let sum: [u8; 32] = crypt::sha256(bytes);
    u128::from_be_bytes(*sum.first_chunk().expect("32 bytes begin with 16"))
}

/// Bytes that sort as the values of one type of key do.
pub fn sort_bytes(value: &Attr) -> Vec<u8> {
    match value {
        Attr::S(text) => text.as_bytes().to_vec(),
        Attr::N(number) => number.sortable(),
        Attr::B(bytes) => bytes.to_vec(),
        Attr::Bool(_) | Attr::Null | Attr::Ss(_) | Attr::Ns(_) | Attr::Bs(_) | Attr::L(_) | Attr::M(_) => {
            unreachable!("keys are strings, numbers or bytes")
        }
    }
}

/// What the range key must be to be looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RangeCondition {
    /// This.
    Equal(Attr),
    /// Below this.
    Less(Attr),
    /// This or below.
    LessOrEqual(Attr),
    /// Above this.
    Greater(Attr),
    /// This or above.
    GreaterOrEqual(Attr),
    /// From the one to the other, both included.
    Between(Attr, Attr),
    /// Something that begins so.
    BeginsWith(Attr),
}

impl RangeCondition {
    /// Its operands.
    pub fn operands(&self) -> Vec<&Attr> {
        match self {
            RangeCondition::Equal(value)
            | RangeCondition::Less(value)
            | RangeCondition::LessOrEqual(value)
            | RangeCondition::Greater(value)
            | RangeCondition::GreaterOrEqual(value)
            | RangeCondition::BeginsWith(value) => vec![value],
            RangeCondition::Between(low, high) => vec![low, high],
        }
    }

    /// Whether a range key meets it.
    pub fn holds(&self, range: &Attr) -> bool {
        let order = |value: &Attr| range.order(value);
        match self {
            RangeCondition::Equal(value) => range == value,
            RangeCondition::Less(value) => order(value) == Some(Ordering::Less),
            RangeCondition::LessOrEqual(value) => order(value).is_some_and(Ordering::is_le),
            RangeCondition::Greater(value) => order(value) == Some(Ordering::Greater),
            RangeCondition::GreaterOrEqual(value) => order(value).is_some_and(Ordering::is_ge),
            RangeCondition::Between(low, high) => {
                order(low).is_some_and(Ordering::is_ge) && order(high).is_some_and(Ordering::is_le)
            }
            RangeCondition::BeginsWith(start) => range.begins_with(start),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema() -> KeySchema {
        KeySchema {
            hash: KeyAttribute { name: "h".to_owned(), kind: KeyType::S },
            range: Some(KeyAttribute { name: "r".to_owned(), kind: KeyType::N }),
        }
    }

    fn item(entries: &[(&str, Attr)]) -> Item {
        entries.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
    }

    fn text(text: &str) -> Attr {
        Attr::S(text.to_owned())
    }

    #[test]
    fn an_item_without_its_key_is_refused_by_name() {
        let refused = |entries: &[(&str, Attr)]| schema().of_new(&item(entries)).unwrap_err().0;
        let start = "One or more parameter values were invalid: ";
        assert_eq!(refused(&[]), format!("{start}Missing the key h in the item"));
        assert_eq!(refused(&[("h", text("a"))]), format!("{start}Missing the key r in the item"));
        let both = [("h", text("a")), ("r", text("b"))];
        assert_eq!(refused(&both), format!("{start}Type mismatch for key r expected: N actual: S"));
        let long = [("h", text(&"a".repeat(2_049))), ("r", Attr::N(1.into()))];
        assert!(refused(&long).contains("2048"));
    }

    #[test]
    fn a_key_has_exactly_its_attributes() {
        let no = Err(Invalid::new("The provided key element does not match the schema"));
        let one = Attr::N(1.into());
        assert_eq!(schema().of_key(&item(&[("h", text("a"))])), no);
        assert_eq!(schema().of_key(&item(&[("h", text("a")), ("x", one.clone())])), no);
        assert_eq!(schema().of_key(&item(&[("h", text("a")), ("r", one.clone()), ("x", one.clone())])), no);
        assert!(schema().of_key(&item(&[("h", text("a")), ("r", one)])).is_ok());
    }

    #[test]
    fn equal_texts_of_other_types_lie_in_other_partitions() {
        assert_ne!(partition(&text("1")), partition(&Attr::B(bytes::Bytes::from_static(b"1"))));
    }
}
