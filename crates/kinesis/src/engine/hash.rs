//! Hash keys and ranges: which shard a record belongs to.
//!
//! A partition key is hashed with MD5 and read as a 128-bit number, big-endian; every open shard holds a range of these numbers,
//! inclusive at both ends, and the open shards of a stream cover all of them without overlap (facts section 4).

use super::Error;

/// A number from 0 to 2^128-1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct HashKey(pub u128);

impl HashKey {
    /// The hash key of a partition key.
    pub fn of(partition_key: &str) -> Self {
        Self(u128::from_be_bytes(crypt::md5(partition_key.as_bytes())))
    }

    /// Reads an explicit hash key. The model's pattern has let only digits through, up to 39 of them.
    pub fn parse_explicit(text: &str) -> Result<Self, Error> {
        text.parse().map(Self).map_err(|_| Error::ExplicitHashKey(text.to_owned()))
    }
}

/// The hash keys of a shard, inclusive at both ends.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct HashRange {
    /// The lowest.
    pub first: u128,
    /// The highest.
    pub last: u128,
}

impl HashRange {
    /// Whether the range holds the key.
    pub fn contains(&self, key: HashKey) -> bool {
        self.first <= key.0 && key.0 <= self.last
    }

    /// `shards` ranges that cover everything: each as wide as 2^128 / `shards` rounded down, the last takes the rest.
    pub fn even(shards: u32) -> Vec<HashRange> {
        assert!(shards > 0, "a stream has at least one shard");
        if shards == 1 {
            return vec![HashRange { first: 0, last: u128::MAX }];
        }
        let parts = u128::from(shards);
        let exact = u128::MAX % parts == parts - 1;
        let step = u128::MAX / parts + u128::from(exact);
        (0..parts)
            .map(|part| HashRange {
                first: part * step,
                last: if part + 1 == parts { u128::MAX } else { (part + 1) * step - 1 },
            })
            .collect()
    }

    /// Whether a split at `key` leaves both halves what AWS asks of them: the key is above first + 1 and below last.
    pub fn splits_at(&self, key: u128) -> bool {
        self.first.checked_add(1).is_some_and(|second| second < key) && key < self.last
    }

    /// The two halves; the upper one begins with `key`, which must lie within and not be the first.
    pub fn split(&self, key: u128) -> (HashRange, HashRange) {
        assert!(
            self.first < key && key <= self.last,
            "a split key lies within the range and is not its first"
        );
        (HashRange { first: self.first, last: key - 1 }, HashRange { first: key, last: self.last })
    }

    /// Where an even split begins its upper half.
    pub fn middle(&self) -> u128 {
        self.first + (self.last - self.first) / 2 + 1
    }

    /// The range of both, if `upper` begins where this one ends.
    pub fn join(&self, upper: &HashRange) -> Option<HashRange> {
        let touches = self.last.checked_add(1) == Some(upper.first);
        touches.then_some(HashRange { first: self.first, last: upper.last })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn three_shards_have_the_ranges_aws_gives() {
        let ranges = HashRange::even(3);
        assert_eq!(ranges[0].last.to_string(), "113427455640312821154458202477256070484");
        assert_eq!(ranges[1].first.to_string(), "113427455640312821154458202477256070485");
        assert_eq!(ranges[2].last, u128::MAX);
    }

    #[test]
    fn a_split_needs_room_on_both_sides() {
        let range = HashRange { first: 10, last: 20 };
        let fits: Vec<u128> = (0..30).filter(|&key| range.splits_at(key)).collect();
        assert_eq!(fits, (12..20).collect::<Vec<_>>());
        assert!(!HashRange { first: u128::MAX, last: u128::MAX }.splits_at(u128::MAX));
    }

    #[test]
    fn the_middle_of_everything_is_two_to_the_127th() {
        assert_eq!(HashRange { first: 0, last: u128::MAX }.middle(), 1 << 127);
    }

    proptest! {
        #[test]
        fn even_ranges_cover_everything_once(shards in 1u32..5_000) {
            let ranges = HashRange::even(shards);
            prop_assert_eq!(ranges.len(), shards as usize);
            prop_assert_eq!(ranges[0].first, 0);
            prop_assert_eq!(ranges[ranges.len() - 1].last, u128::MAX);
            for pair in ranges.windows(2) {
                prop_assert_eq!(pair[0].last + 1, pair[1].first);
            }
            let width = |range: &HashRange| range.last - range.first;
            for range in &ranges[..ranges.len() - 1] {
                prop_assert_eq!(width(range), width(&ranges[0]));
            }
        }

        #[test]
        fn halves_join_to_the_whole(first: u128, last: u128) {
            prop_assume!(first < last);
            let whole = HashRange { first, last };
            let (lower, upper) = whole.split(whole.middle());
            prop_assert_eq!(lower.join(&upper), Some(whole));
            prop_assert_eq!(upper.join(&lower), None);
        }
    }
}
