//! Buckets named by the host: `BUCKET.s3.localhost:4566`, `BUCKET.s3.us-east-1.amazonaws.com`, `BUCKET.s3-us-west-2.…`, and what SDKs make
//! of the endpoint `http://localhost:4566` when they prefer hosts: `BUCKET.localhost:4566`; and website endpoints,
//! `BUCKET.s3-website.us-east-1.localhost` and `BUCKET.s3-website-us-east-1.…`; and functions' URLs, `ID.lambda-url.us-east-1.localhost` and
//! `ID.lambda-url.us-east-1.on.aws`. No name is ever looked up.

use std::net::IpAddr;

/// What a host name says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Host<'h> {
    /// Nothing of S3's.
    Plain,
    /// S3's own name, without a bucket.
    S3,
    /// A bucket's name before S3's.
    Bucket(&'h str),
    /// A bucket's name before that of S3's website endpoints.
    Website(&'h str),
    /// A function's URL.
    Function {
        /// The URL's id.
        id: &'h str,
        /// Its region.
        region: &'h str,
    },
}

impl<'h> Host<'h> {
    /// Reads a Host header or authority.
    pub(crate) fn parse(host: &'h str) -> Self {
        let name = without_port(host);
        if name.starts_with('[') || name.parse::<IpAddr>().is_ok() {
            return Host::Plain;
        }
        if let Some(function) = function_url(name) {
            return function;
        }
        // The last label that is S3's wins: a bucket may be called `my.s3.data`.
        let mut end = name.len();
        while end > 0 {
            let start = name[..end].rfind('.').map_or(0, |dot| dot + 1);
            let something_follows = end < name.len();
            if something_follows && is_website_label(&name[start..end]) {
                return Host::Website(if start == 0 { "" } else { &name[..start - 1] });
            }
            if something_follows && is_s3_label(&name[start..end]) {
                return if start == 0 { Host::S3 } else { Host::Bucket(&name[..start - 1]) };
            }
            end = start.saturating_sub(1);
        }
        match name.len().checked_sub(".localhost".len()).map(|at| name.split_at_checked(at)) {
            Some(Some((bucket, tail))) if tail.eq_ignore_ascii_case(".localhost") && !bucket.is_empty() => {
                Host::Bucket(bucket)
            }
            _ => Host::Plain,
        }
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        Some(_) | None => host,
    }
}

/// `s3`, or `s3-` and a region or `fips`; the website, control and accesspoint endpoints are other services.
fn is_s3_label(label: &str) -> bool {
    if label.eq_ignore_ascii_case("s3") {
        return true;
    }
    let Some(region) = label.strip_prefix("s3-") else { return false };
    region == "fips"
        || (region.ends_with(|last: char| last.is_ascii_digit())
            && region.contains('-')
            && !region.starts_with("website"))
}

/// `ID.lambda-url.REGION.` and something behind that: a bucket that is called so would have `s3` behind it.
fn function_url(name: &str) -> Option<Host<'_>> {
    let mut labels = name.splitn(4, '.');
    let (id, mark, region, rest) = (labels.next()?, labels.next()?, labels.next()?, labels.next()?);
    let is_one = mark.eq_ignore_ascii_case("lambda-url")
        && !id.is_empty()
        && !region.is_empty()
        && !rest.is_empty()
        && !is_s3_label(region)
        && !rest.split('.').any(|label| is_s3_label(label) || is_website_label(label));
    is_one.then_some(Host::Function { id, region })
}

/// `s3-website`, or `s3-website-` and a region: endpoints of buckets that are shown as websites.
fn is_website_label(label: &str) -> bool {
    const NAME: &str = "s3-website";
    let Some((name, rest)) = label.split_at_checked(NAME.len()) else { return false };
    name.eq_ignore_ascii_case(NAME) && (rest.is_empty() || rest.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_say_what_they_should() {
        for (host, said) in [
            ("localhost:4566", Host::Plain),
            ("127.0.0.1:4566", Host::Plain),
            ("[::1]:4566", Host::Plain),
            ("s3:4566", Host::Plain),
            ("millrace.s3", Host::Plain),
            ("kinesis.us-east-1.amazonaws.com", Host::Plain),
            ("s3.localhost", Host::S3),
            ("s3.us-east-1.amazonaws.com", Host::S3),
            ("s3-us-west-2.amazonaws.com", Host::S3),
            ("b.s3.localhost:4566", Host::Bucket("b")),
            ("my.s3.data.s3.localhost:4566", Host::Bucket("my.s3.data")),
            ("b.s3.localhost.localstack.cloud:4566", Host::Bucket("b")),
            ("b.s3.eu-central-1.amazonaws.com", Host::Bucket("b")),
            ("a.b.s3-us-west-2.amazonaws.com", Host::Bucket("a.b")),
            ("b.S3.localhost", Host::Bucket("b")),
            ("b.localhost:4566", Host::Bucket("b")),
            ("000000000000.s3-control.us-east-1.amazonaws.com", Host::Plain),
            ("b.s3-website-us-east-1.amazonaws.com", Host::Website("b")),
            ("www.b.com.s3-website.eu-west-1.localhost:4566", Host::Website("www.b.com")),
            ("b.s3-website.localhost.localstack.cloud:4566", Host::Website("b")),
            ("s3-website-us-east-1.amazonaws.com", Host::Website("")),
            ("b.s3-websites.localhost.x", Host::Plain),
            ("abc.lambda-url.eu-west-1.localhost:4566", Host::Function { id: "abc", region: "eu-west-1" }),
            ("abc.lambda-url.us-east-1.on.aws", Host::Function { id: "abc", region: "us-east-1" }),
            (
                "a.lambda-url.us-east-1.localhost.localstack.cloud",
                Host::Function { id: "a", region: "us-east-1" },
            ),
            ("a.lambda-url.localhost", Host::Bucket("a.lambda-url")),
            ("a.lambda-url.b.s3.localhost", Host::Bucket("a.lambda-url.b")),
            ("", Host::Plain),
            (".", Host::Plain),
            (".s3.localhost", Host::Bucket("")),
        ] {
            assert_eq!(Host::parse(host), said, "{host}");
        }
    }
}
