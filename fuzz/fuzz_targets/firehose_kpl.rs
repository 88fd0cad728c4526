//! Records of the Kinesis Producer Library: any message under a right digest is taken apart or left whole, and never panics.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|message: &[u8]| {
    let record = [b"\xf3\x89\x9a\xc2", message, &crypt::md5(message)].concat();
    let length = record.len();
    let parts = firehose::engine::kpl::de_aggregate(record.into());
    assert!(parts.iter().map(|part| part.len()).sum::<usize>() <= length, "parts overlap");
});
