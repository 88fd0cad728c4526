//! Object tags: at most ten, from a header in the form of a query string or from a document.
//!
//! Source: S3 user guide, "Categorizing your objects using tags"; texts as recorded (facts section 3).

use percent_encoding::percent_decode;

use super::Error;

/// Tags of one object.
const COUNT_MAX: usize = 10;
/// Tags of one bucket.
const BUCKET_COUNT_MAX: usize = 50;
/// UTF-16 units of a key.
const KEY_UNITS_MAX: usize = 128;
/// UTF-16 units of a value.
const VALUE_UNITS_MAX: usize = 256;

/// Reads `x-amz-tagging`: `a=1&b=2`, sorted by key.
pub fn parse_header(header: &str) -> Result<Vec<(String, String)>, Error> {
    let malformed = || {
        let text = "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name \
                    duplicates.";
        Error::argument("x-amz-tagging", header, text)
    };
    let mut tags = Vec::new();
    for pair in header.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let tag = form_decode(key).zip(form_decode(value)).ok_or_else(malformed)?;
        tags.push(tag);
    }
    tags.sort();
    if tags.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return Err(malformed());
    }
    check_each(&tags)?;
    Ok(tags)
}

/// Takes the tags of a document, sorted by key.
pub fn take(mut tags: Vec<(String, String)>) -> Result<Vec<(String, String)>, Error> {
    tags.sort();
    if let Some(pair) = tags.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        let text = "Cannot provide multiple Tags with the same key";
        return Err(Error::InvalidTag { key: Some(pair[0].0.clone()), text });
    }
    check_each(&tags)?;
    Ok(tags)
}

/// As [`take_for_bucket`], of a bucket that is being made: AWS words one refusal differently there.
pub fn take_for_new_bucket(tags: Vec<(String, String)>) -> Result<Vec<(String, String)>, Error> {
    if let Some((key, _)) = tags.iter().find(|(key, _)| is_reserved(key)) {
        let text = "User-defined tag keys can't start with \"aws:\". This prefix is reserved for system tags. Remove \"aws:\" from \
                    your tag keys and try again.";
        return Err(Error::InvalidTag { key: Some(key.clone()), text });
    }
    take_for_bucket(tags)
}

/// Takes the tags of a bucket, in the order they were given.
pub fn take_for_bucket(tags: Vec<(String, String)>) -> Result<Vec<(String, String)>, Error> {
    let invalid = |key: &str, text| Err(Error::InvalidTag { key: Some(key.to_owned()), text });
    let mut met = std::collections::HashSet::new();
    if let Some((key, _)) = tags.iter().find(|(key, _)| !met.insert(key)) {
        return invalid(key, "Cannot provide multiple Tags with the same key");
    }
    if let Some((key, _)) = tags.iter().find(|(key, _)| is_reserved(key)) {
        return invalid(key, "System tags cannot be added/updated by requester");
    }
    if tags.len() > BUCKET_COUNT_MAX {
        return Err(Error::TooManyBucketTags);
    }
    check_form(&tags)?;
    Ok(tags)
}

fn is_reserved(key: &str) -> bool {
    key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:"))
}

fn check_each(tags: &[(String, String)]) -> Result<(), Error> {
    if tags.len() > COUNT_MAX {
        return Err(Error::TooManyTags);
    }
    if let Some((key, _)) = tags.iter().find(|(key, _)| is_reserved(key)) {
        let text = "Your TagKey cannot be prefixed with aws:";
        return Err(Error::InvalidTag { key: Some(key.clone()), text });
    }
    check_form(tags)
}

fn check_form(tags: &[(String, String)]) -> Result<(), Error> {
    for (key, value) in tags {
        let invalid = |text| Err(Error::InvalidTag { key: Some(key.clone()), text });
        let units = |text: &str| text.encode_utf16().count();
        if key.is_empty() || units(key) > KEY_UNITS_MAX || !key.chars().all(is_allowed) {
            return invalid("The TagKey you have provided is invalid");
        }
        if units(value) > VALUE_UNITS_MAX || !value.chars().all(is_allowed) {
            return invalid("The TagValue you have provided is invalid");
        }
    }
    Ok(())
}

fn is_allowed(char: char) -> bool {
    char.is_alphanumeric() || char.is_whitespace() && !char.is_control() || "_.:/=+-@".contains(char)
}

fn form_decode(text: &str) -> Option<String> {
    // A percent sign that introduces no byte makes the header unparsable; the decoder would let it stand.
    let broken = text.split('%').skip(1).any(|after| {
        let digits = after.as_bytes().get(..2);
        !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    if broken {
        return None;
    }
    let text = text.replace('+', " ");
    percent_decode(text.as_bytes()).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tags(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_header_is_a_query_string() {
        assert_eq!(parse_header("b=2&a=x%20y+z&c"), Ok(tags(&[("a", "x y z"), ("b", "2"), ("c", "")])));
        assert_eq!(parse_header(""), Ok(Vec::new()));
        for header in ["a=1&a=2", "a=%zz", "a=%f", "a=%ff"] {
            assert!(
                matches!(parse_header(header), Err(Error::Argument { name: "x-amz-tagging", .. })),
                "{header}"
            );
        }
    }

    #[test]
    fn a_tag_keeps_the_rules() {
        let refused = |pairs: &[(&str, &str)]| match take(tags(pairs)) {
            Err(Error::InvalidTag { text, .. }) => text,
            other => panic!("not refused: {other:?}"),
        };
        assert_eq!(refused(&[("a", "1"), ("a", "2")]), "Cannot provide multiple Tags with the same key");
        assert_eq!(refused(&[("", "1")]), "The TagKey you have provided is invalid");
        assert_eq!(refused(&[("a!", "1")]), "The TagKey you have provided is invalid");
        assert_eq!(refused(&[(&"k".repeat(129), "1")]), "The TagKey you have provided is invalid");
        assert_eq!(refused(&[("a", &"v".repeat(257))]), "The TagValue you have provided is invalid");
        assert_eq!(refused(&[("aws:a", "1")]), "Your TagKey cannot be prefixed with aws:");
        let eleven: Vec<(String, String)> = (0..11).map(|n| (n.to_string(), String::new())).collect();
        assert_eq!(take(eleven), Err(Error::TooManyTags));
        assert!(take(tags(&[("Größe:/=+-@._ 1", "")])).is_ok());
    }

    proptest! {
        #[test]
        fn what_a_header_gives_keeps_the_rules(header in "([a-cA%0-9+&= é!:]|%[0-9a-f]{2}){0,60}") {
            if let Ok(tags) = parse_header(&header) {
                prop_assert_eq!(take(tags.clone()), Ok(tags));
            }
        }

        #[test]
        fn any_header_is_answered(header in ".{0,60}") {
            let _ = parse_header(&header);
        }
    }
}
