//! What an object is called: evaluated prefix, then `NAME-VERSION-YYYY-MM-DD-HH-MM-SS-<uuid>`, then the extension (Firehose facts section 4).
//!
//! The time in the suffix is that of delivery, in the destination's time zone. The uuid is a version 7, whose first digits are the
//! delivery's milliseconds: objects of one second list in the order they were delivered in. AWS's uuids are random there, and
//! nothing but the form is promised.

use std::collections::BTreeMap;

use base::{Random, Timestamp};
use jiff::tz::TimeZone;

use super::compression::Compression;
use super::dates::Pattern;
use super::prefix::Prefixes;

/// The name of a time zone is not known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("CustomTimeZone {0} is not a valid time zone")]
pub struct UnknownTimeZone(pub String);

/// The zone a destination's times are told in: UTC unless it names another.
pub fn time_zone(name: Option<&str>) -> Result<TimeZone, UnknownTimeZone> {
    match name {
        None | Some("" | "UTC") => Ok(TimeZone::UTC),
        Some(name) => TimeZone::get(name).map_err(|_| UnknownTimeZone(name.to_owned())),
    }
}

/// A point in time in a zone.
pub fn zoned(time: Timestamp, zone: &TimeZone) -> jiff::ZonedDateTime {
    let within = jiff::Timestamp::from_microsecond(time.as_micros()).unwrap_or(jiff::Timestamp::MAX);
    within.to_zoned_datetime(zone.clone())
}

/// How a destination calls its objects.
#[derive(Clone, Debug)]
pub struct Naming {
    /// The delivery stream's name.
    pub stream: String,
    /// Its version.
    pub version: u64,
    /// The zone of all times.
    pub zone: TimeZone,
    /// What stands before the name.
    pub prefixes: Prefixes,
    /// `FileExtension`, which replaces that of the compression.
    pub extension: Option<String>,
    /// The body's container.
    pub compression: Compression,
    /// The extension of converted files, in place of the compression's.
    pub converted: Option<&'static str>,
}

impl Naming {
    /// The key of an object whose oldest record arrived at `arrival` and which is delivered at `delivery`.
    pub fn key(&self, arrival: Timestamp, delivery: Timestamp, random: &Random) -> String {
        self.of_partition(&BTreeMap::new(), arrival, delivery, random)
    }

    /// The key of a partition's object.
    pub fn of_partition(
        &self,
        keys: &BTreeMap<String, String>,
        arrival: Timestamp,
        delivery: Timestamp,
        random: &Random,
    ) -> String {
        let prefix = self.prefixes.of_partition(&zoned(arrival, &self.zone), random, keys);
        let extension = self.extension.as_deref().filter(|extension| !extension.is_empty());
        let default = self.converted.unwrap_or_else(|| self.compression.extension());
        format!("{prefix}{}{}", self.name(delivery, random), extension.unwrap_or(default))
    }

    /// The key of an object of failures; it has no extension.
    pub fn of_errors(
        &self,
        error_type: &str,
        arrival: Timestamp,
        delivery: Timestamp,
        random: &Random,
    ) -> String {
        let prefix = self.prefixes.errors(&zoned(arrival, &self.zone), random, error_type);
        format!("{prefix}{}", self.name(delivery, random))
    }

    fn name(&self, delivery: Timestamp, random: &Random) -> String {
        let suffix = Pattern::parse("yyyy-MM-dd-HH-mm-ss")
            .expect("the pattern is ours")
            .format(&zoned(delivery, &self.zone));
        format!("{}-{}-{suffix}-{}", self.stream, self.version, uuid7(delivery, random))
    }
}

/// A UUID of version 7.
fn uuid7(time: Timestamp, random: &Random) -> String {
    let millis = u128::try_from(time.as_millis()).unwrap_or(0) & ((1 << 48) - 1);
    let mut bits = (millis << 80) | (random.u128() >> 48);
    bits = (bits & !(0xf << 76)) | (0x7 << 76);
    bits = (bits & !(0x3 << 62)) | (0x2 << 62);
    let digits = format!("{bits:032x}");
    format!("{}-{}-{}-{}-{}", &digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn naming(zone: Option<&str>, extension: Option<&str>, compression: Compression) -> Naming {
        let zone = time_zone(zone).unwrap();
        let sample = zoned(Timestamp::EPOCH, &zone);
        Naming {
            stream: "flights".to_owned(),
            version: 3,
            zone,
            prefixes: Prefixes::new(None, None, &sample, &Random::seeded(1)).unwrap(),
            extension: extension.map(str::to_owned),
            compression,
            converted: None,
        }
    }

    const ARRIVAL: Timestamp = Timestamp::from_secs(1_783_141_199);
    const DELIVERY: Timestamp = Timestamp::from_secs(1_783_141_499);

    #[test]
    fn prefix_tells_arrival_and_suffix_delivery() {
        let key = naming(None, None, Compression::None).key(ARRIVAL, DELIVERY, &Random::seeded(1));
        assert!(key.starts_with("2026/07/04/04/flights-3-2026-07-04-05-04-59-"), "{key}");
        assert_eq!(key.len(), "2026/07/04/04/flights-3-2026-07-04-05-04-59-".len() + 36);
    }

    #[test]
    fn a_time_zone_moves_both() {
        let key =
            naming(Some("Asia/Tokyo"), None, Compression::None).key(ARRIVAL, DELIVERY, &Random::seeded(1));
        assert!(key.starts_with("2026/07/04/13/flights-3-2026-07-04-14-04-59-"), "{key}");
        assert_eq!(time_zone(Some("Asia/Atlantis")), Err(UnknownTimeZone("Asia/Atlantis".to_owned())));
    }

    #[test]
    fn an_extension_replaces_that_of_the_compression() {
        let random = Random::seeded(1);
        assert!(naming(None, None, Compression::Gzip).key(ARRIVAL, DELIVERY, &random).ends_with(".gz"));
        let key = naming(None, Some(".log"), Compression::Gzip).key(ARRIVAL, DELIVERY, &random);
        assert!(key.ends_with(".log") && !key.contains(".gz"), "{key}");
        assert!(naming(None, Some(""), Compression::Gzip).key(ARRIVAL, DELIVERY, &random).ends_with(".gz"));
    }

    #[test]
    fn keys_of_one_second_list_in_the_order_of_delivery() {
        let naming = naming(None, None, Compression::None);
        let random = Random::seeded(9);
        let keys: Vec<String> = (0..50)
            .map(|n| naming.key(ARRIVAL, DELIVERY.plus(std::time::Duration::from_millis(n)), &random))
            .collect();
        assert!(keys.is_sorted());
        assert_eq!(&keys[0][keys[0].len() - 22..keys[0].len() - 21], "7");
    }
}
