//! Ranges of bytes, as `Range` and `x-amz-copy-source-range` state them.
//!
//! S3 ignores a `Range` it cannot read, and several ranges at once, and answers the whole object (facts section 3). The copy range
//! is strict: `bytes=first-last` or nothing.

use std::ops::Range;

use super::Error;

/// One readable range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// From this byte to that one, inclusive, or to the end.
    From(u64, Option<u64>),
    /// The last bytes.
    Last(u64),
}

/// The bytes a `Range` header selects of an object of `bytes` bytes; `None` if the header is to be ignored.
/// Fails with [`Error::InvalidRange`] when no byte lies in the range.
pub fn select(header: &str, bytes: u64) -> Result<Option<Range<u64>>, Error> {
    let Some(wanted) = read(header) else { return Ok(None) };
    let range = match wanted {
        Wanted::From(first, last) => first..last.map_or(bytes, |last| last.saturating_add(1).min(bytes)),
        Wanted::Last(count) => bytes - count.min(bytes)..bytes,
    };
    if range.is_empty() {
        return Err(Error::InvalidRange { bytes, requested: header.to_owned() });
    }
    Ok(Some(range))
}

fn read(header: &str) -> Option<Wanted> {
    let (unit, spec) = header.trim().split_once('=')?;
    let (first, last) = spec.split_once('-')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    match (number(first.trim()), number(last.trim())) {
        (Number::Absent, Number::Is(count)) => Some(Wanted::Last(count)),
        (Number::Is(first), Number::Absent) => Some(Wanted::From(first, None)),
        (Number::Is(first), Number::Is(last)) if first <= last => Some(Wanted::From(first, Some(last))),
        _ => None,
    }
}

enum Number {
    Absent,
    Is(u64),
    Not,
}

fn number(text: &str) -> Number {
    if text.is_empty() {
        Number::Absent
    } else if text.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number beyond 64 bits is beyond every object, too.
        Number::Is(text.parse().unwrap_or(u64::MAX))
    } else {
        Number::Not
    }
}

/// The bytes an `x-amz-copy-source-range` selects of a source of `bytes` bytes.
pub fn select_copy(header: &str, bytes: u64) -> Result<Range<u64>, Error> {
    const NAME: &str = "x-amz-copy-source-range";
    const FORM: &str = "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the \
                        zero-based offsets of the first and last bytes to copy";
    let parts = header.strip_prefix("bytes=").and_then(|spec| spec.split_once('-'));
    let Some((Number::Is(first), Number::Is(last))) =
        parts.map(|(first, last)| (number(first), number(last)))
    else {
        return Err(Error::argument(NAME, header, FORM));
    };
    if first > last {
        return Err(Error::argument(NAME, header, FORM));
    }
    if first >= bytes {
        return Err(Error::Request(
            "The specified copy range is invalid for the source object size".to_owned(),
        ));
    }
    if last >= bytes {
        let text = format!("Range specified is not valid for source object of size: {bytes}");
        return Err(Error::argument(NAME, header, text));
    }
    Ok(first..last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn recorded_ranges_of_ten_bytes() {
        // LocalStack's AWS-validated test_get_object_range.
        for (header, range) in [
            ("bytes=0-8", 0..9),
            ("bytes=0-0", 0..1),
            ("bytes=4-", 4..10),
            ("bytes=-7", 3..10),
            ("bytes=0-100", 0..10),
        ] {
            assert_eq!(select(header, 10), Ok(Some(range)), "{header}");
        }
        assert_eq!(select("bytes=-15", 10), Ok(Some(0..10)));
        for header in
            ["bytes=1-0", "bytes=-", "bytes=0--1", "bytes=0-1,3-4", "pages=0-1", "bytes", "bytes=a-b"]
        {
            assert_eq!(select(header, 10), Ok(None), "{header}");
        }
        for header in ["bytes=-0", "bytes=10-", "bytes=200-300", "bytes=99999999999999999999999-"] {
            let refused = Error::InvalidRange { bytes: 10, requested: header.to_owned() };
            assert_eq!(select(header, 10), Err(refused), "{header}");
        }
        assert!(select("bytes=0-", 0).is_err());
    }

    #[test]
    fn a_copy_range_is_strict() {
        assert_eq!(select_copy("bytes=0-9", 10), Ok(0..10));
        for header in ["bytes=0-", "bytes=-3", "0-3", "bytes=3-0", "bytes=0-1,2-3", "bytes=0--1"] {
            assert!(
                matches!(select_copy(header, 10), Err(Error::Argument { ref text, .. }) if text.starts_with("The x-amz")),
                "{header}"
            );
        }
        assert!(
            matches!(select_copy("bytes=0-10", 10), Err(Error::Argument { ref text, .. }) if text.ends_with("size: 10"))
        );
        assert!(matches!(select_copy("bytes=10-10", 10), Err(Error::Request(_))));
    }

    proptest! {
        #[test]
        fn a_selected_range_lies_within_the_object(header in "bytes=[0-9]{0,3}-[0-9]{0,3}", bytes in 0u64..1000) {
            if let Ok(Some(range)) = select(&header, bytes) {
                prop_assert!(range.start < range.end && range.end <= bytes);
            }
        }

        #[test]
        fn any_header_is_answered(header in ".{0,40}", bytes: u64) {
            let _ = select(&header, bytes);
            let _ = select_copy(&header, bytes);
        }
    }
}
