//! The one gate: every request passes it, and nothing reaches a room without the caller it yields.
//!
//! One enum over where a signature stands ([`AuthSource`]) times one over how the payload is covered ([`Payload`]); two orders of
//! questions, because S3 and the rest ask them differently and clients can see it (wire facts sections 9 and 10): [`s3`] and
//! [`general`]. A signature is always verified; a request without any is anonymous, which only S3 takes, for its policies to judge.
//!
//! Time here is the wall clock, which clients share; session tokens end by the movable clock. Region: any, for every service.

mod canonical;
mod chunks;
mod form;
mod general;
mod keys;
mod payload;
mod s3;
mod scope;
#[cfg(test)]
mod tests;
mod v2;

use std::sync::Arc;

use base::{Clock, Region, Timestamp};
use crypt::HmacKey;
use http::HeaderMap;
use ports::{AccessKey, PortError, Principal, Principals};
use service::{AuthSource, Fault};

use canonical::AUTHORITY;
pub(crate) use canonical::Covered;
pub(crate) use chunks::{ChunkSeed, verified};
pub(crate) use general::{Asked, Family};
pub(crate) use payload::Payload;
pub(crate) use s3::several;
pub(crate) use scope::claimed_service;

use keys::Keys;

/// A request may be signed this long before it arrives.
pub(crate) const SKEW_LATE_SECS: u64 = 15 * 60;

/// The gate's parts.
pub(crate) struct Gate {
    keys: Keys,
    clock: Clock,
    /// Whether a failed signature shows what was expected to be signed (on loopback).
    explain: bool,
}

/// What the gate found out.
#[derive(Debug)]
pub(crate) struct Proven {
    pub principal: Principal,
    pub access_key_id: Option<String>,
    pub source: AuthSource,
    /// The region of the credential scope; `None` where there is none.
    pub region: Option<Region>,
    pub payload: Payload,
    /// What chunk signatures hang on, when there are any.
    pub chunks: Option<ChunkSeed>,
    /// When it was signed, by its own word.
    pub signed_at: Option<Timestamp>,
}

impl Proven {
    pub(crate) fn anonymous(payload: Payload) -> Self {
        Self {
            principal: Principal::anonymous(),
            access_key_id: None,
            source: AuthSource::Anonymous,
            region: None,
            payload,
            chunks: None,
            signed_at: None,
        }
    }
}

impl Gate {
    pub(crate) fn new(principals: Arc<dyn Principals>, clock: Clock, explain: bool) -> Self {
        Self { keys: Keys::new(principals), clock, explain }
    }

    fn wall(&self) -> Timestamp {
        self.clock.wall()
    }
}

/// Where a session stands: the check is the same everywhere, the words are not.
enum Token {
    Good,
    Wrong,
    Expired,
}

impl Token {
    /// Judges the token that came with the request against the key it is for.
    fn judge(key: &AccessKey, presented: Option<&str>, now: Timestamp) -> Self {
        match (&key.session, presented) {
            (None, None) => Token::Good,
            (Some(session), Some(token)) if crypt::same(session.token.expose(), token.as_bytes()) => {
                if session.expires <= now {
                    Token::Expired
                } else {
                    Token::Good
                }
            }
            (None, Some(_)) | (Some(_), _) => Token::Wrong,
        }
    }
}

/// What a derived signature is compared with, and what it was made of.
struct Signature {
    key: HmacKey,
    matches: bool,
}

/// The text of a header, if it is there and readable.
fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// The headers that must have been signed and were not, in the order they came.
fn unsigned<'h>(covered: &'h Covered<'_>, signed_headers: &str) -> Vec<&'h str> {
    let is_signed = |name: &str| signed_headers.split(';').any(|signed| signed.eq_ignore_ascii_case(name));
    let mut missing = Vec::new();
    // aws-sdk-js signs HTTP/2's pseudo-header under its own name.
    let host_is_signed = is_signed("host") || (covered.authority.is_some() && is_signed(AUTHORITY));
    if !host_is_signed {
        missing.push("host");
    }
    for name in covered.headers.keys().map(http::HeaderName::as_str) {
        let must = name == "content-md5" || (name.starts_with("x-amz-") && name != "x-amz-content-sha256");
        if must && !is_signed(name) {
            missing.push(name);
        }
    }
    missing
}

/// The keys could not be looked up.
fn lookup_failed(error: PortError) -> Fault {
    tracing::error!(%error, "access keys cannot be looked up");
    Fault::new(503, "ServiceUnavailable", "Service is unable to handle request.")
}
