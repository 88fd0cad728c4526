//! Firehose's prefix expressions and Java's date patterns: any text is refused or evaluated, and never panics.
#![no_main]

use base::{Random, Timestamp};
use firehose::engine::naming::{time_zone, zoned};
use firehose::engine::prefix::Prefixes;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|texts: (&str, &str, u32)| {
    let (data, errors, secs) = texts;
    let random = Random::seeded(1);
    let zone = time_zone(None).expect("UTC is a time zone");
    let time = zoned(Timestamp::from_secs(i64::from(secs)), &zone);
    if let Ok(prefixes) = Prefixes::new(Some(data), Some(errors), &time, &random) {
        prefixes.data(&time, &random);
        prefixes.errors(&time, &random, "processing-failed");
    }
});
