//! User metadata: its bound, and how it passes through headers, which are not UTF-8.
//!
//! | in | stored | out |
//! |---|---|---|
//! | `abc` | `abc` | `abc` |
//! | `=?UTF-8?B?YWJj?=` | `abc` | `abc` |
//! | `Ã¶` (the bytes of `ö`, taken as UTF-8) | `ö` | `=?UTF-8?Q?=C3=B6?=` |
//!
//! Recorded by LocalStack on AWS (facts section 1). An encoded word with broken base64 yields replacement characters, and a value with
//! control or replacement characters goes out in base64.

use std::fmt::Write as _;

use super::Error;

/// Bytes of all names and values (S3 user guide, "Working with object metadata").
pub const BYTES_MAX: usize = 2_048;

/// Names in lower case, encoded words decoded if `decoding`, in order of the names.
pub fn take(
    pairs: impl IntoIterator<Item = (String, String)>,
    decoding: bool,
) -> Result<Vec<(String, String)>, Error> {
    let value_of = |value| if decoding { decode(value) } else { value };
    let mut metadata: Vec<(String, String)> =
        pairs.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value_of(value))).collect();
    metadata.sort();
    if metadata.first().is_some_and(|(name, _)| name.is_empty()) {
        return Err(Error::argument("x-amz-meta-", "", "User metadata must have a name."));
    }
    let bytes = metadata.iter().map(|(name, value)| name.len() + value.len()).sum();
    if bytes > BYTES_MAX { Err(Error::MetadataTooLarge(bytes)) } else { Ok(metadata) }
}

/// Characters of a redirect's target (S3 user guide, "Configuring a webpage redirect").
const REDIRECT_MAX: usize = 2_048;

/// Refuses what a website cannot redirect to.
pub fn check_redirect(target: &str) -> Result<(), Error> {
    if target.is_empty() {
        return Err(Error::InvalidRedirect("The website redirect location must be non-empty."));
    }
    if target.chars().count() > REDIRECT_MAX {
        let text = "The length of website redirect location cannot exceed 2,048 characters.";
        return Err(Error::InvalidRedirect(text));
    }
    if !["/", "http://", "https://"].iter().any(|start| target.starts_with(start)) {
        let text = "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.";
        return Err(Error::InvalidRedirect(text));
    }
    Ok(())
}

/// The value as a header can carry it.
pub fn encode(value: &str) -> String {
    if value.is_ascii() && !value.bytes().any(|byte| byte.is_ascii_control()) {
        return value.to_owned();
    }
    if value.chars().any(|char| char.is_control() || char == char::REPLACEMENT_CHARACTER) {
        return format!("=?UTF-8?B?{}?=", base64_simd::STANDARD.encode_to_string(value.as_bytes()));
    }
    let mut word = String::from("=?UTF-8?Q?");
    for byte in value.bytes() {
        match byte {
            b' ' => word.push('_'),
            b'=' | b'?' | b'_' => _ = write!(word, "={byte:02X}"),
            0x21..=0x7e => word.push(char::from(byte)),
            _ => _ = write!(word, "={byte:02X}"),
        }
    }
    word.push_str("?=");
    word
}

/// The value behind an RFC 2047 encoded word; any other value as it is.
fn decode(value: String) -> String {
    decoded(&value).unwrap_or(value)
}

fn decoded(value: &str) -> Option<String> {
    let inner = value.strip_prefix("=?")?.strip_suffix("?=")?;
    let (charset, inner) = inner.split_once('?')?;
    let (encoding, text) = inner.split_once('?')?;
    if !charset.eq_ignore_ascii_case("UTF-8") || text.contains('?') {
        return None;
    }
    let bytes = match encoding {
        "B" | "b" => match base64_simd::STANDARD.decode_to_vec(text) {
            Ok(bytes) => bytes,
            Err(_) => return Some(char::REPLACEMENT_CHARACTER.to_string()),
        },
        "Q" | "q" => unquote(text.as_bytes()),
        _ => return None,
    };
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn unquote(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after) {
            (b'_', _) => bytes.push(b' '),
            (b'=', [high, low, after @ ..]) => match (hex_digit(*high), hex_digit(*low)) {
                (Some(high), Some(low)) => {
                    bytes.push(high << 4 | low);
                    rest = after;
                }
                (None, _) | (_, None) => bytes.push(byte),
            },
            _ => bytes.push(byte),
        }
    }
    bytes
}

fn hex_digit(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn encoded_words_come_in_decoded() {
        for (sent, kept) in [
            ("abc", "abc"),
            ("=?UTF-8?B?YWJj?=", "abc"),
            ("=?UTF-8?Q?f=C3=B6o_bar?=", "föo bar"),
            ("=?UTF-8?B?Y?=", "\u{fffd}"),
            ("=?ISO-8859-1?Q?a?=", "=?ISO-8859-1?Q?a?="),
            ("=?", "=?"),
            ("=?=", "=?="),
            ("=?UTF-8?Q?=4?=", "=4"),
        ] {
            assert_eq!(decode(sent.to_owned()), kept, "{sent}");
        }
    }

    #[test]
    fn what_headers_cannot_carry_goes_out_encoded() {
        assert_eq!(encode("plain _text"), "plain _text");
        assert_eq!(encode("fö o_"), "=?UTF-8?Q?f=C3=B6_o=5F?=");
        assert_eq!(encode("a\u{fffd}"), "=?UTF-8?B?Ye+/vQ==?=");
        assert_eq!(encode("a\nb"), "=?UTF-8?B?YQpi?=");
    }

    #[test]
    fn two_kibibytes_are_the_most() {
        let pair = |bytes: usize| [("Name".to_owned(), "v".repeat(bytes - 4))];
        assert_eq!(take(pair(2_048), true).unwrap()[0].0, "name");
        assert_eq!(take(pair(2_049), true), Err(Error::MetadataTooLarge(2_049)));
    }

    proptest! {
        #[test]
        fn any_value_is_taken_and_can_be_sent(value in "(=\\?UTF-8\\?[BQ]\\?)?.{0,30}(\\?=)?") {
            for (_, kept) in take([("a".to_owned(), value.clone())], true).unwrap() {
                prop_assert!(encode(&kept).bytes().all(|byte| (0x20..0x7f).contains(&byte)));
            }
        }

        #[test]
        fn a_value_survives_the_way_out_and_in(value in "[a-z_ ?=\u{e4}\u{1f600}\n]{0,20}") {
            prop_assume!(!value.starts_with("=?"));
            prop_assert_eq!(decode(encode(&value)), value);
        }
    }
}
