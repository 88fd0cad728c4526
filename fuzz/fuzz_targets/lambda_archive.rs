//! Archives of code: what they name stays within, what they unpack to is what they say; patterns of filters.
#![no_main]

use lambda::engine::filters::Filters;
use lambda::engine::zip::Archive;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Ok(archive) = Archive::read(data) {
        let _ = (archive.files(), archive.unpacked_bytes());
    }
    if let Ok(text) = std::str::from_utf8(data)
        && let Ok(filters) = Filters::parse(&[text.to_owned()])
    {
        let _ = filters.match_event(&serde_json::json!({ "data": { "a": 1, "b": ["x"] }, "partitionKey": "k" }));
    }
});
