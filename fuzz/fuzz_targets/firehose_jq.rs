//! Queries of partition keys: any text is refused or taken, and what is taken answers or fails for any record, within its bounds.
#![no_main]

use firehose::engine::jq::{Query, key_text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|texts: (&str, &str)| {
    let (text, record) = texts;
    let Ok(query) = Query::parse(text) else { return };
    let record = serde_json::from_str(record).unwrap_or(serde_json::Value::Null);
    if let Ok(answer) = query.first(&record) {
        let _ = key_text(&answer);
    }
    let _ = (query.object_keys(), query.plain_paths());
});
