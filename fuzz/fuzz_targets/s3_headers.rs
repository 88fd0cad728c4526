//! The small languages in S3's headers: ranges, copy sources, tags, metadata, ETags, checksums, names. Any text is refused or understood.
#![no_main]

use base::Region;
use libfuzzer_sys::fuzz_target;
use s3::engine::{checksum, copy, etag, metadata, names, range, tags};

fuzz_target!(|texts: (&str, u64)| {
    let (text, bytes) = texts;
    if let Ok(Some(selected)) = range::select(text, bytes) {
        assert!(selected.start < selected.end && selected.end <= bytes);
    }
    if let Ok(selected) = range::select_copy(text, bytes) {
        assert!(selected.start < selected.end && selected.end <= bytes);
    }
    if let Ok(copy::SourceName { bucket, key, .. }) = copy::parse_source(text) {
        assert!(!bucket.is_empty() && !bucket.contains('/') && !key.is_empty());
    }
    if let Ok(read) = tags::parse_header(text) {
        assert_eq!(tags::take(read.clone()), Ok(read));
    }
    for (_, kept) in metadata::take([("name".to_owned(), text.to_owned())], true).unwrap_or_default() {
        assert!(metadata::encode(&kept).bytes().all(|byte| (0x20..0x7f).contains(&byte)));
    }
    let _ = (etag::strip(text), checksum::parse_content_md5(text), checksum::algorithm_of_header(text));
    let _ = (names::check_new_bucket_name(text), names::check_key(text));
    let _ = names::locate(Some(text), &Region::us_east_1());
});
