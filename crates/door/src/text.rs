//! Percent-encoding as AWS signs it, and queries as they were sent.

use std::borrow::Cow;

const HEX_UPPER: &[u8; 16] = b"0123456789ABCDEF";

/// RFC 3986's unreserved characters: the only ones a signature leaves as they are.
pub(crate) const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Appends `%XX` for the byte.
pub(crate) fn push_escape(out: &mut Vec<u8>, byte: u8) {
    out.extend_from_slice(&[b'%', HEX_UPPER[usize::from(byte >> 4)], HEX_UPPER[usize::from(byte & 15)]]);
}

/// Appends the bytes, all but the unreserved escaped.
pub(crate) fn push_encoded(out: &mut Vec<u8>, bytes: impl IntoIterator<Item = u8>) {
    for byte in bytes {
        if is_unreserved(byte) { out.push(byte) } else { push_escape(out, byte) }
    }
}

/// The bytes behind percent-encoding. A `%` that no two digits follow stands for itself; `+` is a blank when `plus_is_blank`.
pub(crate) fn decoded(text: &str, plus_is_blank: bool) -> impl Iterator<Item = u8> {
    let mut rest = text.as_bytes();
    std::iter::from_fn(move || {
        let (&byte, tail) = rest.split_first()?;
        rest = tail;
        match byte {
            b'%' => {
                let escaped =
                    tail.first_chunk::<2>().and_then(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?));
                if escaped.is_some() {
                    rest = &tail[2..];
                }
                Some(escaped.unwrap_or(b'%'))
            }
            b'+' if plus_is_blank => Some(b' '),
            _ => Some(byte),
        }
    })
}

/// The decoded text of a query component; what is no UTF-8 is replaced.
pub(crate) fn decode_component(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| byte == b'%' || byte == b'+') {
        return Cow::Borrowed(text);
    }
    let bytes: Vec<u8> = decoded(text, true).collect();
    Cow::Owned(
        String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned()),
    )
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

/// The `name=value` pairs of a query or form as they were sent, still encoded; a name alone has the value "".
pub(crate) fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// The first value of this name, decoded.
pub(crate) fn param<'q>(query: &'q str, name: &str) -> Option<Cow<'q, str>> {
    pairs(query).find(|(key, _)| decode_component(key) == name).map(|(_, value)| decode_component(value))
}

/// Splits `text` at `separator` and trims blanks from the parts.
pub(crate) fn trimmed_parts(text: &str, separator: char) -> impl Iterator<Item = &str> {
    text.split(separator).map(|part| part.trim_matches([' ', '\t']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encode(text: &str) -> String {
        let mut out = Vec::new();
        push_encoded(&mut out, decoded(text, true));
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn encoding_is_normal_whatever_was_sent() {
        assert_eq!(encode("a%20b+c%2b%7E~%zz%"), "a%20b%20c%2B~~%25zz%25");
        assert_eq!(encode("%e1%88%b4"), "%E1%88%B4");
    }

    #[test]
    fn the_first_value_counts_and_names_are_decoded() {
        let query = "a=1&X%2DAmz-Date=2%2F3&a=4&flag";
        assert_eq!(param(query, "a").as_deref(), Some("1"));
        assert_eq!(param(query, "X-Amz-Date").as_deref(), Some("2/3"));
        assert_eq!(param(query, "flag").as_deref(), Some(""));
        assert_eq!(param(query, "b"), None);
    }
}
