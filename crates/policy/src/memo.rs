//! What was found out of a request's keys while its policies are evaluated.
//!
//! Policies of one request ask for the same few keys again and again: the address, the user's name, a count. Each is looked up and read once.
//! Names are compared by a digest first, and then whole, since whoever writes one policy must not be able to answer for a key of another. What
//! does not fit into the few places is looked up anew each time.

use std::cell::OnceCell;
use std::net::IpAddr;

/// Keys remembered.
const PLACES: usize = 8;

/// The digest of a key's name, made when a policy is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NameHash(u64);

impl NameHash {
    /// Of a name in lower case: FNV-1a.
    pub fn of(name: &str) -> Self {
        let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(name.bytes().fold(0xcbf2_9ce4_8422_2325, mix))
    }
}

/// What a key of one value comes to as a type that conditions compare.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Lone<T> {
    /// The request has no such key.
    Absent,
    /// It has several values, or none could be read as one.
    Several,
    /// Its value; `None` if it is not of the type.
    One(Option<T>),
}

/// What is known of one key.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Its only value, as variables take it.
    pub single: OnceCell<Option<Box<str>>>,
    /// Its only value as an address.
    pub address: OnceCell<Lone<IpAddr>>,
    /// Its only value as a number.
    pub number: OnceCell<Lone<f64>>,
}

#[derive(Debug)]
struct Place {
    hash: NameHash,
    name: Box<str>,
    known: Known,
}

/// The places.
#[derive(Debug, Default)]
pub(crate) struct Memo([OnceCell<Place>; PLACES]);

impl Memo {
    /// The place of a key; `None` if all are taken by others.
    pub fn of(&self, name: &str, hash: NameHash) -> Option<&Known> {
        for cell in &self.0 {
            let place = cell.get_or_init(|| Place { hash, name: name.into(), known: Known::default() });
            if place.hash == hash && *place.name == *name {
                return Some(&place.known);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_its_own_place_whatever_its_digest() {
        let memo = Memo::default();
        let hash = NameHash::of("a");
        memo.of("a", hash).unwrap().single.set(Some("x".into())).unwrap();
        // As if two names had one digest.
        assert!(memo.of("b", hash).unwrap().single.get().is_none());
        assert_eq!(memo.of("a", hash).unwrap().single.get().unwrap().as_deref(), Some("x"));
        for name in ["c", "d", "e", "f", "g", "h"] {
            assert!(memo.of(name, NameHash::of(name)).is_some());
        }
        assert!(memo.of("i", NameHash::of("i")).is_none());
    }
}
