//! Authentication at every service but S3: order and words of wire facts section 10.
//!
//! The body is in memory by now, and its hash is what was signed. A client may send `x-amz-content-sha256` as well: a hash must
//! then be that of the body; UNSIGNED-PAYLOAD is not taken from it, since no JSON or Query operation streams.

use std::fmt::Write;

use base::{Region, Timestamp};
use http::header::{AUTHORIZATION, DATE};
use service::{AuthSource, Fault};

use super::canonical::{PathStyle, string_to_sign};
use super::payload::Payload;
use super::scope::{Components, Credential};
use super::{Covered, Gate, Proven, SKEW_LATE_SECS, Token, header, lookup_failed, unsigned};
use crate::date::{self, Dated};
use crate::text::param;

/// These services take a request dated at most this much ahead.
const SKEW_EARLY_SECS: i64 = 5 * 60;
const LATE_SECS: i64 = SKEW_LATE_SECS as i64;
/// The parameters of a presigned query, in the order they are asked for.
const QUERY_PARTS: [&str; 5] =
    ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"];

/// How a family of services spells and numbers what the gate says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Family {
    /// JSON and CBOR: names end in `Exception`, status 400.
    Json,
    /// The same names, status 403: Lambda, Kinesis Video.
    RestJson,
    /// IAM, STS, CloudWatch: names of their own, status 403 (400 for an incomplete signature).
    Query,
}

#[derive(Clone, Copy)]
enum Refused {
    Missing,
    Incomplete,
    Signature,
    UnknownKey,
    Expired,
}

impl Family {
    fn fault(self, refused: Refused, message: impl Into<String>) -> Fault {
        let code = match (self, refused) {
            (Family::Json | Family::RestJson, Refused::Missing) => "MissingAuthenticationTokenException",
            (Family::Json | Family::RestJson, Refused::Incomplete) => "IncompleteSignatureException",
            (Family::Json | Family::RestJson, Refused::Signature) => "InvalidSignatureException",
            (Family::Json | Family::RestJson, Refused::UnknownKey) => "UnrecognizedClientException",
            (Family::Json | Family::RestJson, Refused::Expired) => "ExpiredTokenException",
            (Family::Query, Refused::Missing) => "MissingAuthenticationToken",
            (Family::Query, Refused::Incomplete) => "IncompleteSignature",
            (Family::Query, Refused::Signature) => "SignatureDoesNotMatch",
            (Family::Query, Refused::UnknownKey) => "InvalidClientTokenId",
            (Family::Query, Refused::Expired) => "ExpiredToken",
        };
        let status = match (self, refused) {
            (Family::Json, _) | (Family::Query, Refused::Incomplete) => 400,
            (Family::RestJson | Family::Query, _) => 403,
        };
        Fault::new(status, code, message)
    }
}

/// For which service the scope must be made out.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub family: Family,
    /// The signing name; `None` takes any (the admin calls).
    pub service: Option<&'a str>,
    /// DynamoDB and STS word a missing signature otherwise than Kinesis.
    pub missing: &'a str,
}

struct Claim<'a> {
    algorithm: &'a str,
    credential: &'a str,
    signed_headers: &'a str,
    signature: &'a str,
    dated: Dated<'a>,
    token: Option<&'a str>,
    source: AuthSource,
}

impl Gate {
    /// Finds out who sent a request whose body hashes to `body_hash`.
    pub(crate) async fn general(
        &self,
        asked: Asked<'_>,
        covered: &Covered<'_>,
        body_hash: &[u8; 32],
    ) -> Result<Proven, Fault> {
        let in_query = param(covered.query, "X-Amz-Algorithm");
        let authorization = covered.headers.get(AUTHORIZATION);
        match (authorization, in_query) {
            (Some(_), Some(_)) => Err(asked.family.fault(
                Refused::Signature,
                "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
            )),
            (None, None) => Err(asked.family.fault(Refused::Missing, asked.missing)),
            (Some(value), None) => {
                let text = String::from_utf8_lossy(value.as_bytes());
                self.general_header(asked, covered, &text, body_hash).await
            }
            (None, Some(algorithm)) => self.general_query(asked, covered, &algorithm, body_hash).await,
        }
    }

    async fn general_header(
        &self,
        asked: Asked<'_>,
        covered: &Covered<'_>,
        authorization: &str,
        body_hash: &[u8; 32],
    ) -> Result<Proven, Fault> {
        let (algorithm, rest) = authorization.split_once(' ').unwrap_or((authorization, ""));
        let components = Components::parse(rest);
        let sent = header(covered.headers, "x-amz-date").or_else(|| header(covered.headers, DATE.as_str()));
        let (Some(credential), Some(signature), Some(signed_headers), Some(sent)) =
            (components.credential, components.signature, components.signed_headers, sent)
        else {
            return Err(incomplete(asked.family, &components, sent.is_none(), authorization));
        };
        let claim = Claim {
            algorithm,
            credential,
            signed_headers,
            signature,
            dated: dated(asked.family, sent)?,
            token: header(covered.headers, "x-amz-security-token"),
            source: AuthSource::HeaderV4,
        };
        self.general_prove(asked, covered, claim, body_hash).await
    }

    async fn general_query(
        &self,
        asked: Asked<'_>,
        covered: &Covered<'_>,
        algorithm: &str,
        body_hash: &[u8; 32],
    ) -> Result<Proven, Fault> {
        let get = |name| param(covered.query, name).filter(|value| !value.is_empty());
        let mut message = String::new();
        for name in QUERY_PARTS.into_iter().filter(|name| get(name).is_none()) {
            write!(message, "AWS query-string parameters must include '{name}'. ").expect("text takes text");
        }
        if !message.is_empty() {
            message.push_str("Re-examine the query-string parameters.");
            return Err(asked.family.fault(Refused::Incomplete, message));
        }
        let token = get("X-Amz-Security-Token");
        let sent = get("X-Amz-Date").unwrap_or_default();
        let claim = Claim {
            algorithm,
            credential: &get("X-Amz-Credential").unwrap_or_default(),
            signed_headers: &get("X-Amz-SignedHeaders").unwrap_or_default(),
            signature: &get("X-Amz-Signature").unwrap_or_default(),
            dated: dated(asked.family, &sent)?,
            token: token.as_deref(),
            source: AuthSource::QueryV4,
        };
        self.general_prove(asked, covered, claim, body_hash).await
    }

    /// Rows 6 to 14.
    async fn general_prove(
        &self,
        asked: Asked<'_>,
        covered: &Covered<'_>,
        claim: Claim<'_>,
        body_hash: &[u8; 32],
    ) -> Result<Proven, Fault> {
        let family = asked.family;
        self.check_age(family, &claim.dated)?;
        if let Some(name) = unsigned(covered, claim.signed_headers).first() {
            return Err(family.fault(
                Refused::Signature,
                format!("'{}' must be a 'SignedHeader' in the AWS Authorization.", title_case(name)),
            ));
        }
        if claim.algorithm != "AWS4-HMAC-SHA256" {
            return Err(family.fault(
                Refused::Incomplete,
                format!(
                    "Unsupported AWS 'algorithm': '{}' (only AWS4-HMAC-SHA256 for now).",
                    claim.algorithm
                ),
            ));
        }
        let (credential, region) = scope(asked, claim.credential, &claim.dated.basic)?;
        let Some(key) = self.keys.find(credential.access_key_id).await.map_err(lookup_failed)? else {
            return Err(
                family.fault(Refused::UnknownKey, "The security token included in the request is invalid.")
            );
        };
        let token = Token::judge(&key, claim.token, self.clock.now());
        if matches!(token, Token::Wrong) {
            return Err(
                family.fault(Refused::UnknownKey, "The security token included in the request is invalid.")
            );
        }
        let request = covered.canonical_request(
            PathStyle::Folded,
            claim.signed_headers,
            &payload_line(covered, body_hash),
        );
        let text = string_to_sign(&claim.dated.basic, credential.scope(), &request);
        if !self.check(&credential, &key.secret, &text, claim.signature).matches {
            return Err(family.fault(Refused::Signature, self.mismatch(&request, &text)));
        }
        if matches!(token, Token::Expired) {
            return Err(
                family.fault(Refused::Expired, "The security token included in the request is expired")
            );
        }
        Ok(Proven {
            principal: key.principal,
            access_key_id: Some(key.id),
            source: claim.source,
            region: Some(region),
            payload: Payload::Hash(*body_hash),
            chunks: None,
            signed_at: Some(claim.dated.time),
        })
    }

    fn check_age(&self, family: Family, dated: &Dated<'_>) -> Result<(), Fault> {
        let now = self.wall();
        let (at, now_secs) = (dated.time.as_secs(), now.as_secs());
        let edge = |seconds| date::basic(Timestamp::from_secs(seconds));
        let message = if at < now_secs - LATE_SECS {
            format!(
                "Signature expired: {} is now earlier than {} ({} - 15 min.)",
                dated.basic,
                edge(now_secs - LATE_SECS),
                date::basic(now)
            )
        } else if at > now_secs + SKEW_EARLY_SECS {
            format!(
                "Signature not yet current: {} is still later than {} ({} + 5 min.)",
                dated.basic,
                edge(now_secs + SKEW_EARLY_SECS),
                date::basic(now)
            )
        } else {
            return Ok(());
        };
        Err(family.fault(Refused::Signature, message))
    }

    fn mismatch(&self, request: &[u8], text: &str) -> String {
        let mut message = "The request signature we calculated does not match the signature you provided. Check your \
                           AWS Secret Access Key and signing method. Consult the service documentation for details."
            .to_owned();
        if self.explain {
            let request = String::from_utf8_lossy(request);
            write!(
                message,
                "\n\nThe Canonical String for this request should have been\n'{request}'\n\n\
                 The String-to-Sign should have been\n'{text}'\n"
            )
            .expect("text takes text");
        }
        message
    }
}

/// Rows 3 and 4, joined as AWS joins them.
fn incomplete(family: Family, components: &Components<'_>, no_date: bool, authorization: &str) -> Fault {
    let mut message = String::new();
    for (name, value) in [
        ("Credential", components.credential),
        ("Signature", components.signature),
        ("SignedHeaders", components.signed_headers),
    ] {
        if value.is_none() {
            write!(message, "Authorization header requires '{name}' parameter. ").expect("text takes text");
        }
    }
    if no_date {
        message.push_str(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ",
        );
    }
    write!(message, "Authorization={authorization}").expect("text takes text");
    family.fault(Refused::Incomplete, message)
}

fn dated(family: Family, sent: &str) -> Result<Dated<'_>, Fault> {
    Dated::parse(sent).ok_or_else(|| {
        family.fault(
            Refused::Incomplete,
            format!(
                "Date must be in ISO-8601 'basic format'. Got '{sent}'. See http://en.wikipedia.org/wiki/ISO_8601"
            ),
        )
    })
}

/// Rows 9 to 11. What is wrong with the scope's values is told all at once.
fn scope<'c>(asked: Asked<'_>, text: &'c str, basic: &str) -> Result<(Credential<'c>, Region), Fault> {
    let Some(credential) = Credential::parse(text) else {
        return Err(asked.family.fault(
            Refused::Incomplete,
            format!(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got \
                 '{text}'"
            ),
        ));
    };
    let region = region_of(asked, credential.region);
    let mut message = String::new();
    if region.is_none() {
        message.push_str("Credential should be scoped to a valid region. ");
    }
    if let Some(service) = asked.service
        && credential.service != service
    {
        write!(message, "Credential should be scoped to correct service: '{service}'. ")
            .expect("text takes text");
    }
    if credential.terminal != "aws4_request" {
        write!(
            message,
            "Credential should be scoped with a valid terminator: 'aws4_request', not '{}'. ",
            credential.terminal
        )
        .expect("text takes text");
    }
    if credential.date != &basic[..8] {
        write!(
            message,
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{}' != \
             '{}', from '{basic}'. ",
            credential.date,
            &basic[..8]
        )
        .expect("text takes text");
    }
    match region {
        Some(region) if message.is_empty() => Ok((credential, region)),
        Some(_) | None => Err(asked.family.fault(Refused::Signature, message)),
    }
}

/// IAM and STS are everywhere: clients that were told the region `""` sign for none, and mean the one where these are on AWS.
fn region_of(asked: Asked<'_>, named: &str) -> Option<Region> {
    let is_global = matches!(asked.service, Some("iam" | "sts"));
    if named.is_empty() && is_global { Some(Region::us_east_1()) } else { Region::new(named) }
}

/// A declared hash counts only if it is the body's; the signature is then over the header as it was spelt.
fn payload_line(covered: &Covered<'_>, body_hash: &[u8; 32]) -> String {
    let declared = header(covered.headers, "x-amz-content-sha256");
    match declared.map(|line| (line, Payload::parse(line))) {
        Some((line, Some(Payload::Hash(hash)))) if hash == *body_hash => line.to_owned(),
        Some(_) | None => base::hex(body_hash),
    }
}

/// `x-amz-target` as AWS writes it in messages: `X-Amz-Target`.
fn title_case(name: &str) -> String {
    let mut start = true;
    name.chars()
        .map(|letter| {
            let shown = if start { letter.to_ascii_uppercase() } else { letter };
            start = letter == '-';
            shown
        })
        .collect()
}
