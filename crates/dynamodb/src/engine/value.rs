//! Attribute values and items as the domain knows them: typed, numbers parsed, sets without duplicates. What exists here is valid.
//!
//! Sizes follow AWS's rules ("DynamoDB item sizes and formats"): they decide what is too large, how long a page is and what capacity costs.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;

use super::number::Number;

/// An item: attributes by name.
pub type Item = BTreeMap<String, Attr>;

/// The largest item: names and values together (AWS quota).
pub const ITEM_BYTES_MAX: usize = 400 << 10;
/// Lists and maps may lie in each other this deep (AWS quota).
pub const DEPTH_MAX: usize = 32;

/// The value of an attribute.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Attr {
    /// A string.
    S(String),
    /// A number.
    N(Number),
    /// Bytes.
    B(Bytes),
    /// A truth value.
    Bool(bool),
    /// Nothing.
    Null,
    /// Strings, each once.
    Ss(BTreeSet<String>),
    /// Numbers, each once.
    Ns(BTreeSet<Number>),
    /// Byte strings, each once.
    Bs(BTreeSet<Bytes>),
    /// Values in order.
    L(Vec<Attr>),
    /// Values by name.
    M(Item),
}

/// The type of a value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Type {
    /// String.
    S,
    /// Number.
    N,
    /// Binary.
    B,
    /// Boolean.
    Bool,
    /// Null.
    Null,
    /// String set.
    Ss,
    /// Number set.
    Ns,
    /// Binary set.
    Bs,
    /// List.
    L,
    /// Map.
    M,
}

impl Type {
    /// Its name on the wire and in expressions.
    pub const fn as_str(self) -> &'static str {
        match self {
            Type::S => "S",
            Type::N => "N",
            Type::B => "B",
            Type::Bool => "BOOL",
            Type::Null => "NULL",
            Type::Ss => "SS",
            Type::Ns => "NS",
            Type::Bs => "BS",
            Type::L => "L",
            Type::M => "M",
        }
    }

    /// Its name where AWS spells it out.
    pub const fn long_name(self) -> &'static str {
        match self {
            Type::S => "STRING",
            Type::N => "NUMBER",
            Type::B => "BINARY",
            Type::Bool => "BOOLEAN",
            Type::Null => "NULL",
            Type::Ss => "STRING_SET",
            Type::Ns => "NUMBER_SET",
            Type::Bs => "BINARY_SET",
            Type::L => "LIST",
            Type::M => "MAP",
        }
    }

    /// The type of that name.
    pub fn named(name: &str) -> Option<Self> {
        [Type::S, Type::N, Type::B, Type::Bool, Type::Null, Type::Ss, Type::Ns, Type::Bs, Type::L, Type::M]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }

    /// Whether its values have an order that comparisons may ask for.
    pub const fn is_ordered(self) -> bool {
        matches!(self, Type::S | Type::N | Type::B)
    }
}

impl Attr {
    /// Its type.
    pub const fn kind(&self) -> Type {
        match self {
            Attr::S(_) => Type::S,
            Attr::N(_) => Type::N,
            Attr::B(_) => Type::B,
            Attr::Bool(_) => Type::Bool,
            Attr::Null => Type::Null,
            Attr::Ss(_) => Type::Ss,
            Attr::Ns(_) => Type::Ns,
            Attr::Bs(_) => Type::Bs,
            Attr::L(_) => Type::L,
            Attr::M(_) => Type::M,
        }
    }

    /// Which of two is the greater; `None` unless both are strings, numbers or bytes alike.
    pub fn order(&self, other: &Attr) -> Option<Ordering> {
        match (self, other) {
            (Attr::S(a), Attr::S(b)) => Some(a.as_bytes().cmp(b.as_bytes())),
            (Attr::N(a), Attr::N(b)) => Some(a.cmp(b)),
            (Attr::B(a), Attr::B(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }

    /// Bytes it counts for.
    pub fn size(&self) -> usize {
        match self {
            Attr::S(text) => text.len(),
            Attr::N(number) => number.size(),
            Attr::B(bytes) => bytes.len(),
            Attr::Bool(_) | Attr::Null => 1,
            Attr::Ss(set) => set.iter().map(String::len).sum(),
            Attr::Ns(set) => set.iter().map(|number| number.size()).sum(),
            Attr::Bs(set) => set.iter().map(Bytes::len).sum(),
            Attr::L(list) => 3 + list.iter().map(|value| 1 + value.size()).sum::<usize>(),
            Attr::M(map) => 3 + map.iter().map(|(name, value)| 1 + name.len() + value.size()).sum::<usize>(),
        }
    }

    /// How deep lists and maps lie in it: a scalar is 0.
    pub fn depth(&self) -> usize {
        match self {
            Attr::L(list) => 1 + list.iter().map(Attr::depth).max().unwrap_or(0),
            Attr::M(map) => 1 + map.values().map(Attr::depth).max().unwrap_or(0),
            Attr::S(_)
            | Attr::N(_)
            | Attr::B(_)
            | Attr::Bool(_)
            | Attr::Null
            | Attr::Ss(_)
            | Attr::Ns(_)
            | Attr::Bs(_) => 0,
        }
    }

    /// What `size()` in an expression says: characters of a string, bytes, elements; nothing for other types.
    pub fn measure(&self) -> Option<usize> {
        match self {
            Attr::S(text) => Some(text.chars().count()),
            Attr::B(bytes) => Some(bytes.len()),
            Attr::Ss(set) => Some(set.len()),
            Attr::Ns(set) => Some(set.len()),
            Attr::Bs(set) => Some(set.len()),
            Attr::L(list) => Some(list.len()),
            Attr::M(map) => Some(map.len()),
            Attr::N(_) | Attr::Bool(_) | Attr::Null => None,
        }
    }

    /// Whether a string or byte string begins with another.
    pub fn begins_with(&self, start: &Attr) -> bool {
        match (self, start) {
            (Attr::S(text), Attr::S(start)) => text.starts_with(start.as_str()),
            (Attr::B(bytes), Attr::B(start)) => bytes.starts_with(start),
            _ => false,
        }
    }

    /// Whether a string holds a part, or a set or list an element.
    pub fn contains(&self, part: &Attr) -> bool {
        match (self, part) {
            (Attr::S(text), Attr::S(part)) => text.contains(part.as_str()),
            (Attr::B(bytes), Attr::B(part)) => {
                part.is_empty() || bytes.windows(part.len()).any(|window| window == &part[..])
            }
            (Attr::Ss(set), Attr::S(part)) => set.contains(part),
            (Attr::Ns(set), Attr::N(part)) => set.contains(part),
            (Attr::Bs(set), Attr::B(part)) => set.contains(part),
            (Attr::L(list), part) => list.contains(part),
            _ => false,
        }
    }
}

/// Bytes an item counts for.
pub fn item_size(item: &Item) -> usize {
    item.iter().map(|(name, value)| name.len() + value.size()).sum()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::engine::number::tests::numbers;
    use proptest::collection::{btree_map, btree_set, vec};
    use proptest::prelude::*;

    /// Any value of a few levels.
    pub(crate) fn attrs() -> impl Strategy<Value = Attr> {
        let blobs = || vec(any::<u8>(), 0..6).prop_map(Bytes::from);
        let leaf = prop_oneof![
            "\\PC{0,6}".prop_map(Attr::S),
            numbers().prop_map(Attr::N),
            blobs().prop_map(Attr::B),
            any::<bool>().prop_map(Attr::Bool),
            Just(Attr::Null),
            btree_set("[a-c]{0,2}", 1..4).prop_map(Attr::Ss),
            btree_set(numbers(), 1..4).prop_map(Attr::Ns),
            btree_set(blobs(), 1..4).prop_map(Attr::Bs),
        ];
        leaf.prop_recursive(3, 16, 4, |inner| {
            prop_oneof![
                vec(inner.clone(), 0..4).prop_map(Attr::L),
                btree_map("[a-c]{1,2}", inner, 0..4).prop_map(Attr::M),
            ]
        })
    }

    pub(crate) fn items() -> impl Strategy<Value = Item> {
        btree_map("[a-d]{1,2}", attrs(), 0..5)
    }

    #[test]
    fn sizes_are_those_of_the_guide() {
        let item = Item::from([
            ("id".to_owned(), Attr::S("abc".to_owned())),
            ("n".to_owned(), Attr::N("1234".parse().unwrap())),
            ("flag".to_owned(), Attr::Bool(true)),
            ("list".to_owned(), Attr::L(vec![Attr::Null])),
        ]);
        assert_eq!(item_size(&item), (2 + 3) + (1 + 3) + (4 + 1) + (4 + 3 + 2));
    }

    #[test]
    fn depth_counts_containers() {
        assert_eq!(Attr::Null.depth(), 0);
        assert_eq!(Attr::L(vec![Attr::M(Item::new())]).depth(), 2);
    }

    #[test]
    fn types_are_found_by_their_names() {
        for kind in ["S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M"] {
            assert_eq!(Type::named(kind).unwrap().as_str(), kind);
        }
        assert_eq!(Type::named("X"), None);
    }
}
