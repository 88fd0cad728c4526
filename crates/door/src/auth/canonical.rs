//! The canonical request and the string to sign of Signature Version 4, rebuilt from what came over the wire.
//!
//! Source: IAM user guide, "Create a signed AWS API request"; wire facts section 8. S3 takes the path as it was sent, percent-encoding made
//! normal once and nothing folded: a key may be `a//../b`. Everyone else folds dot segments and double slashes and then encodes once more.
//! A pure function over the head; the payload's line comes from the caller.

use http::HeaderMap;
use http::header::HOST;

use crate::text::{decoded, is_unreserved, pairs, push_encoded, push_escape};

/// How a service reads the path when it verifies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PathStyle {
    /// As sent, encoding made normal.
    AsSent,
    /// Folded, then encoded once more.
    Folded,
}

/// HTTP/2's pseudo-header for the host. aws-sdk-js lists it by this name among the signed headers.
pub(crate) const AUTHORITY: &str = ":authority";

/// What a signature covers.
#[derive(Clone, Copy)]
pub(crate) struct Covered<'a> {
    pub method: &'a str,
    /// Raw, as sent.
    pub path: &'a str,
    /// Raw, as sent, without the question mark.
    pub query: &'a str,
    pub headers: &'a HeaderMap,
    /// HTTP/2's `:authority`, which stands for the Host header.
    pub authority: Option<&'a str>,
}

impl Covered<'_> {
    /// The canonical request. `signed_headers` as the client listed them; `payload` is its last line.
    pub(crate) fn canonical_request(&self, style: PathStyle, signed_headers: &str, payload: &str) -> Vec<u8> {
        let mut out = Vec::with_capacity(1024 + self.query.len());
        out.extend_from_slice(self.method.as_bytes());
        out.push(b'\n');
        match style {
            PathStyle::AsSent => push_path_as_sent(&mut out, self.path),
            PathStyle::Folded => push_path_folded(&mut out, self.path),
        }
        out.push(b'\n');
        push_query(&mut out, self.query);
        out.push(b'\n');
        for name in signed_headers.split(';') {
            self.push_header(&mut out, name);
        }
        out.push(b'\n');
        out.extend_from_slice(signed_headers.as_bytes());
        out.push(b'\n');
        out.extend_from_slice(payload.as_bytes());
        out
    }

    fn push_header(&self, out: &mut Vec<u8>, name: &str) {
        out.extend(name.bytes().map(|byte| byte.to_ascii_lowercase()));
        out.push(b':');
        let mut values = self.headers.get_all(name).iter().peekable();
        if values.peek().is_none() && (name.eq_ignore_ascii_case(HOST.as_str()) || name == AUTHORITY) {
            out.extend_from_slice(self.authority.unwrap_or_default().as_bytes());
        }
        for (index, value) in values.enumerate() {
            if index > 0 {
                out.push(b',');
            }
            push_trimmed(out, value.as_bytes());
        }
        out.push(b'\n');
    }
}

/// The string to sign.
pub(crate) fn string_to_sign(date: &str, scope: &str, canonical_request: &[u8]) -> String {
    format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", crypt::sha256_hex(canonical_request))
}

/// Blanks around the value vanish, runs of blanks inside become one.
fn push_trimmed(out: &mut Vec<u8>, value: &[u8]) {
    let value = value.trim_ascii();
    if !value.windows(2).any(|pair| pair == b"  ") {
        return out.extend_from_slice(value);
    }
    let mut previous = 0;
    for &byte in value {
        if byte != b' ' || previous != b' ' {
            out.push(byte);
        }
        previous = byte;
    }
}

fn push_path_as_sent(out: &mut Vec<u8>, path: &str) {
    if path.is_empty() {
        return out.push(b'/');
    }
    let mut rest = path.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        if byte == b'/' || is_unreserved(byte) {
            out.push(byte);
            rest = tail;
            continue;
        }
        // One escape or one byte; an escaped slash stays escaped, so that it remains part of a name.
        let one = if byte == b'%' && tail.len() >= 2 { 3 } else { 1 };
        let (unit, after) = rest.split_at(one);
        let mut bytes = decoded(std::str::from_utf8(unit).unwrap_or("\u{fffd}"), false);
        match (bytes.next(), bytes.next()) {
            (Some(single), None) if is_unreserved(single) => out.push(single),
            (Some(single), None) => push_escape(out, single),
            _ => {
                push_escape(out, byte);
                rest = tail;
                continue;
            }
        }
        rest = after;
    }
}

fn push_path_folded(out: &mut Vec<u8>, path: &str) {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    for segment in &segments {
        out.push(b'/');
        push_encoded(out, segment.bytes());
    }
    let trailing = path.ends_with('/') || path.ends_with("/.") || path.ends_with("/..");
    if segments.is_empty() || trailing {
        out.push(b'/');
    }
}

/// Decoded, encoded, sorted; the signature itself is left out.
fn push_query(out: &mut Vec<u8>, query: &str) {
    if query.is_empty() {
        return;
    }
    let mut sorted: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    for (name, value) in pairs(query) {
        let (mut encoded_name, mut encoded_value) =
            (Vec::with_capacity(name.len()), Vec::with_capacity(value.len()));
        push_encoded(&mut encoded_name, decoded(name, true));
        if encoded_name == b"X-Amz-Signature" {
            continue;
        }
        push_encoded(&mut encoded_value, decoded(value, true));
        sorted.push((encoded_name, encoded_value));
    }
    sorted.sort_unstable();
    for (index, (name, value)) in sorted.iter().enumerate() {
        if index > 0 {
            out.push(b'&');
        }
        out.extend_from_slice(name);
        out.push(b'=');
        out.extend_from_slice(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Secret;
    use http::{HeaderName, HeaderValue};

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.append(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        }
        map
    }

    fn path(style: PathStyle, path: &str) -> String {
        let mut out = Vec::new();
        match style {
            PathStyle::AsSent => push_path_as_sent(&mut out, path),
            PathStyle::Folded => push_path_folded(&mut out, path),
        }
        String::from_utf8(out).unwrap()
    }

    // The example of the IAM user guide ("Elements of an AWS API request signature"): ListUsers in August 2015.
    #[test]
    fn the_iam_example_gives_its_signature() {
        let map = headers(&[
            ("content-type", "application/x-www-form-urlencoded; charset=utf-8"),
            ("host", "iam.amazonaws.com"),
            ("x-amz-date", "20150830T123600Z"),
        ]);
        let covered = Covered {
            method: "GET",
            path: "/",
            query: "Action=ListUsers&Version=2010-05-08",
            headers: &map,
            authority: None,
        };
        let request = covered.canonical_request(
            PathStyle::Folded,
            "content-type;host;x-amz-date",
            &crypt::sha256_hex(b""),
        );
        assert_eq!(
            crypt::sha256_hex(&request),
            "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59"
        );
        let text = string_to_sign("20150830T123600Z", "20150830/us-east-1/iam/aws4_request", &request);
        let secret = Secret::new(*b"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        let key = crypt::sigv4_key(&secret, "20150830", "us-east-1", "iam");
        assert_eq!(
            base::hex(&key.sign(text.as_bytes())),
            "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
        );
    }

    // "Signature Calculations for the Authorization Header" in the S3 API reference: GET Object with a range.
    #[test]
    fn the_s3_example_gives_its_signature() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let map = headers(&[
            ("host", "examplebucket.s3.amazonaws.com"),
            ("range", "bytes=0-9"),
            ("x-amz-content-sha256", empty),
            ("x-amz-date", "20130524T000000Z"),
        ]);
        let covered = Covered { method: "GET", path: "/test.txt", query: "", headers: &map, authority: None };
        let request =
            covered.canonical_request(PathStyle::AsSent, "host;range;x-amz-content-sha256;x-amz-date", empty);
        let text = string_to_sign("20130524T000000Z", "20130524/us-east-1/s3/aws4_request", &request);
        let secret = Secret::new(*b"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        let key = crypt::sigv4_key(&secret, "20130524", "us-east-1", "s3");
        assert_eq!(
            base::hex(&key.sign(text.as_bytes())),
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        );
    }

    #[test]
    fn s3_paths_stay_as_sent_but_for_their_encoding() {
        for (sent, canonical) in [
            ("/b/a//../c", "/b/a//../c"),
            ("/b/a%2fb", "/b/a%2Fb"),
            ("/b/%7Ea%2Db", "/b/~a-b"),
            ("/b/a+b*c", "/b/a%2Bb%2Ac"),
            ("/b/50%", "/b/50%25"),
            ("/b/%zz", "/b/%25zz"),
            ("/b/\u{fc}", "/b/%C3%BC"),
            ("", "/"),
        ] {
            assert_eq!(path(PathStyle::AsSent, sent), canonical, "{sent}");
        }
    }

    #[test]
    fn other_paths_are_folded_and_encoded_again() {
        for (sent, canonical) in [
            ("/", "/"),
            ("", "/"),
            ("//", "/"),
            ("/a/./b/../c", "/a/c"),
            ("/../../x/", "/x/"),
            ("/functions/arn%3Aaws", "/functions/arn%253Aaws"),
        ] {
            assert_eq!(path(PathStyle::Folded, sent), canonical, "{sent}");
        }
    }

    #[test]
    fn queries_are_sorted_by_name_then_value() {
        let mut out = Vec::new();
        push_query(&mut out, "b=2&a=2&a=10&X-Amz-Signature=x&flag&c=%e1%88%b4+");
        assert_eq!(String::from_utf8(out).unwrap(), "a=10&a=2&b=2&c=%E1%88%B4%20&flag=");
    }

    #[test]
    fn header_values_are_trimmed_and_joined() {
        let map = headers(&[("my-header1", "  a   b  c "), ("my-header1", "d")]);
        let covered = Covered { method: "GET", path: "/", query: "", headers: &map, authority: Some("h:1") };
        let request = covered.canonical_request(PathStyle::Folded, "host;my-header1", "p");
        let text = String::from_utf8(request).unwrap();
        assert_eq!(text, "GET\n/\n\nhost:h:1\nmy-header1:a b c,d\n\nhost;my-header1\np");
        let request = covered.canonical_request(PathStyle::Folded, ":authority", "p");
        assert_eq!(String::from_utf8(request).unwrap(), "GET\n/\n\n:authority:h:1\n\n:authority\np");
    }
}
