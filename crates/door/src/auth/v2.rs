//! Signature Version 2 of S3: what boto3 still presigns with by default in the older regions, with a configured endpoint too.
//!
//! Source: S3 developer guide, "Signing and authenticating REST requests"; wire facts section 8. HMAC-SHA1 over method, Content-MD5,
//! Content-Type, date, the `x-amz-*` headers and the resource, in base64. What a presigner would send as headers stands in the
//! query instead (`x-amz-acl=…`, `content-type=…`), so the query is looked through for them too.

use std::collections::BTreeMap;

use base::Secret;

use super::{Covered, header};
use crate::text::{decode_component, pairs};

/// The parameters that are part of the resource.
const SUBRESOURCES: [&str; 41] = [
    "accelerate",
    "acl",
    "analytics",
    "cors",
    "defaultObjectAcl",
    "delete",
    "encryption",
    "intelligent-tiering",
    "inventory",
    "legal-hold",
    "lifecycle",
    "location",
    "logging",
    "metrics",
    "notification",
    "object-lock",
    "ownershipControls",
    "partNumber",
    "policy",
    "policyStatus",
    "publicAccessBlock",
    "replication",
    "requestPayment",
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "response-content-language",
    "response-content-type",
    "response-expires",
    "restore",
    "retention",
    "select",
    "select-type",
    "storageClass",
    "tagging",
    "torrent",
    "uploadId",
    "uploads",
    "versionId",
    "versioning",
    "versions",
];
/// As above, in the same list of the guide; they sort last.
const WEBSITE: &str = "website";

/// The string to sign. `date` is the Date header (empty with `x-amz-date`), or the expiry of a presigned request.
pub(super) fn string_to_sign(covered: &Covered<'_>, virtual_bucket: Option<&str>, date: &str) -> Vec<u8> {
    let mut amz: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut from_query = [None, None];
    for (name, value) in pairs(covered.query) {
        let name = decode_component(name).to_ascii_lowercase();
        let value = decode_component(value);
        match name.as_str() {
            "content-md5" => from_query[0] = Some(value),
            "content-type" => from_query[1] = Some(value),
            _ if name.starts_with("x-amz-") => {
                push_value(amz.entry(name).or_default(), value.trim().as_bytes())
            }
            _ => {}
        }
    }
    for (name, value) in covered.headers {
        if name.as_str().starts_with("x-amz-") {
            push_value(amz.entry(name.as_str().to_owned()).or_default(), value.as_bytes().trim_ascii());
        }
    }
    let mut out = Vec::with_capacity(256);
    out.extend_from_slice(covered.method.as_bytes());
    for (name, substitute) in ["content-md5", "content-type"].into_iter().zip(&from_query) {
        out.push(b'\n');
        let value = header(covered.headers, name).or(substitute.as_deref()).unwrap_or_default();
        out.extend_from_slice(value.as_bytes());
    }
    out.push(b'\n');
    out.extend_from_slice(date.as_bytes());
    out.push(b'\n');
    for (name, value) in amz {
        out.extend_from_slice(name.as_bytes());
        out.push(b':');
        out.extend_from_slice(&value);
        out.push(b'\n');
    }
    push_resource(&mut out, covered, virtual_bucket);
    out
}

/// The signature over it.
pub(super) fn signature(secret: &Secret, text: &[u8]) -> String {
    base64_simd::STANDARD.encode_to_string(crypt::hmac_sha1(secret.expose(), text))
}

fn push_value(joined: &mut Vec<u8>, value: &[u8]) {
    if !joined.is_empty() {
        joined.push(b',');
    }
    joined.extend_from_slice(value);
}

fn push_resource(out: &mut Vec<u8>, covered: &Covered<'_>, virtual_bucket: Option<&str>) {
    if let Some(bucket) = virtual_bucket {
        out.push(b'/');
        out.extend_from_slice(bucket.as_bytes());
    }
    out.extend_from_slice(if covered.path.is_empty() { b"/" } else { covered.path.as_bytes() });
    let mut named: Vec<(&str, &str)> = pairs(covered.query)
        .filter(|(name, _)| *name == WEBSITE || SUBRESOURCES.binary_search(name).is_ok())
        .collect();
    named.sort_unstable();
    for (index, (name, value)) in named.into_iter().enumerate() {
        out.push(if index == 0 { b'?' } else { b'&' });
        out.extend_from_slice(name.as_bytes());
        if !value.is_empty() {
            out.push(b'=');
            out.extend_from_slice(decode_component(value).as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, HeaderName, HeaderValue};

    // The examples of the developer guide, "Signing and authenticating REST requests".
    const SECRET: &[u8] = b"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    fn sign(method: &str, bucket: &str, target: &str, headers: &[(&str, &str)], date: &str) -> String {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::try_from(*name).unwrap(), HeaderValue::from_str(value).unwrap());
        }
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let covered = Covered { method, path, query, headers: &map, authority: None };
        let bucket = (!bucket.is_empty()).then_some(bucket);
        signature(&Secret::new(SECRET), &string_to_sign(&covered, bucket, date))
    }

    #[test]
    fn the_guide_s_examples_give_their_signatures() {
        assert_eq!(
            sign("GET", "awsexamplebucket1", "/photos/puppy.jpg", &[], "Tue, 27 Mar 2007 19:36:42 +0000"),
            "qgk2+6Sv9/oM7G3qLEjTH1a1l1g="
        );
        assert_eq!(
            sign(
                "PUT",
                "awsexamplebucket1",
                "/photos/puppy.jpg",
                &[("Content-Type", "image/jpeg"), ("Content-Length", "94328")],
                "Tue, 27 Mar 2007 21:15:45 +0000"
            ),
            "iqRzw+ileNPu1fhspnRs8nOjjIA="
        );
        assert_eq!(
            sign(
                "GET",
                "awsexamplebucket1",
                "/?prefix=photos&max-keys=50&marker=puppy",
                &[],
                "Tue, 27 Mar 2007 19:42:41 +0000"
            ),
            "m0WP8eCtspQl5Ahe6L1SozdX9YA="
        );
        assert_eq!(
            sign("GET", "awsexamplebucket1", "/?acl", &[], "Tue, 27 Mar 2007 19:44:46 +0000"),
            "82ZHiFIjc+WbcwFKGUVEQspPn+0="
        );
        assert_eq!(
            sign(
                "GET",
                "",
                "/dictionary/fran%C3%A7ais/pr%c3%a9f%c3%a8re",
                &[],
                "Wed, 28 Mar 2007 01:49:49 +0000"
            ),
            "DNEZGsoieTZ92F3bUfSPQcbGmlM="
        );
    }

    #[test]
    fn the_list_can_be_searched() {
        assert!(SUBRESOURCES.is_sorted() && SUBRESOURCES.last() < Some(&WEBSITE));
    }

    #[test]
    fn headers_that_moved_into_the_query_count() {
        let moved = sign("PUT", "", "/b/k?x-amz-acl=private&content-type=text%2Fplain", &[], "1");
        let sent = sign("PUT", "", "/b/k", &[("x-amz-acl", "private"), ("content-type", "text/plain")], "1");
        assert_eq!(moved, sent);
    }
}
