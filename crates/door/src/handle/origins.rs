//! Browsers and scripts of other origins.
//!
//! A bucket answers by its own rules ([`ports::Origins`]). The other services have none: on AWS anything may call them, since the signature
//! decides. Here, while only this machine can reach the server, everybody knows the conventional credentials, so that any page in a browser
//! could sign: then only pages from this machine are let in.

use std::net::IpAddr;

use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use ports::{CrossOrigin, OriginAllowed, OriginAnswer};
use service::Fault;
use wire::Answer;

use super::Stop;
use crate::Door;
use crate::answer::{EXPOSED, bare};
use crate::route::Host;
use crate::text::decode_component;

/// What all answers to scripts depend on.
const VARIES: HeaderValue =
    HeaderValue::from_static("Origin, Access-Control-Request-Headers, Access-Control-Request-Method");

/// A request to S3 from a script.
#[derive(Debug, Clone)]
pub(crate) struct Script {
    bucket: String,
    origin: String,
    method: String,
}

impl Script {
    /// What of a request to S3 tells that a script made it.
    pub(super) fn of(parts: &Parts, bucket: Option<&str>) -> Option<Self> {
        let header = |name: &HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let origin = header(&ORIGIN)?.to_owned();
        // S3 goes by the method that was asked for, where a request says so itself.
        let method = header(&ACCESS_CONTROL_REQUEST_METHOD).unwrap_or(parts.method.as_str());
        Some(Self { bucket: bucket_of(parts, bucket)?, origin, method: method.to_owned() })
    }
}

/// The bucket a request to S3 names.
fn bucket_of(parts: &Parts, named: Option<&str>) -> Option<String> {
    if let Some(bucket) = named {
        return Some(bucket.to_ascii_lowercase());
    }
    let first = parts.uri.path().trim_start_matches('/').split('/').next()?;
    (!first.is_empty()).then(|| decode_component(first).into_owned())
}

impl Door {
    /// Answers the question that a browser asks a bucket before a script's request.
    pub(super) async fn s3_preflight(&self, parts: &Parts, bucket: Option<&str>) -> Result<Answer, Stop> {
        let header = |name: &HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let Some(origin) = header(&ORIGIN) else {
            let text = "Insufficient information. Origin request header needed.";
            return Err(Fault::new(400, "BadRequest", text).into());
        };
        let Some(method) = header(&ACCESS_CONTROL_REQUEST_METHOD) else {
            let text = "Invalid Access-Control-Request-Method: null";
            return Err(Fault::new(400, "BadRequest", text).into());
        };
        let headers = header(&ACCESS_CONTROL_REQUEST_HEADERS);
        let refused = |text: &str, resource: &str| {
            let fault = Fault::new(403, "AccessForbidden", text);
            Stop::Fault(fault.with("Method", method).with("ResourceType", resource))
        };
        let name = bucket_of(parts, bucket).unwrap_or_default();
        let judged = match &self.origins {
            Some(origins) => origins.judge(CrossOrigin { bucket: &name, origin, method, headers }).await,
            None => OriginAnswer::NoRules,
        };
        match judged {
            OriginAnswer::NoBucket => Err(refused("CORSResponse: Bucket not found", "BUCKET")),
            OriginAnswer::NoRules => {
                Err(refused("CORSResponse: CORS is not enabled for this bucket.", "BUCKET"))
            }
            OriginAnswer::Refused => {
                let text = "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request \
                            method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the \
                            resource's CORS spec.";
                Err(refused(text, "OBJECT"))
            }
            OriginAnswer::Allowed(allowed) => {
                let mut answer = bare(200);
                show(&mut answer, &allowed, origin, headers);
                Ok(answer)
            }
        }
    }

    /// Adds to an answer of S3 what a script may do with it.
    pub(super) async fn tell_script(&self, answer: &mut Answer, script: &Script) {
        let Some(origins) = &self.origins else { return };
        let Script { bucket, origin, method } = script;
        if let OriginAnswer::Allowed(allowed) =
            origins.judge(CrossOrigin { bucket, origin, method, headers: None }).await
        {
            show(answer, &allowed, origin, None);
        }
    }

    /// Whether a script from there may call services other than S3.
    pub(crate) fn lets_in(&self, origin: &HeaderValue) -> bool {
        !self.loopback || origin.to_str().is_ok_and(is_loopback_origin)
    }

    /// The origin that other services' answers name, if the script may read them.
    pub(crate) fn allowed_origin(&self, origin: Option<&HeaderValue>) -> Option<HeaderValue> {
        let origin = origin.filter(|origin| self.lets_in(origin))?;
        Some(if self.loopback { origin.clone() } else { HeaderValue::from_static("*") })
    }

    /// Answers the question that a browser asks before it calls a service that is not S3 (wire facts section 12).
    pub(super) fn preflight(&self, headers: &HeaderMap) -> Answer {
        let Some(origin) = self.allowed_origin(headers.get(ORIGIN)) else { return bare(403) };
        let mut answer = bare(200);
        let mut add = |name: HeaderName, value: HeaderValue| answer.headers.push((name, value));
        add(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        add(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("172800"));
        add(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
        for (asked, echoed) in [
            (ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_ALLOW_HEADERS),
            (ACCESS_CONTROL_REQUEST_METHOD, ACCESS_CONTROL_ALLOW_METHODS),
        ] {
            if let Some(value) = headers.get(asked) {
                add(echoed, value.clone());
            }
        }
        answer
    }
}

/// A browser asks before it calls a JSON service; buckets answer for themselves.
pub(super) fn is_preflight(parts: &Parts, host: Host<'_>) -> bool {
    parts.method == Method::OPTIONS && parts.uri.path() == "/" && matches!(host, Host::Plain)
}

fn show(answer: &mut Answer, allowed: &OriginAllowed, origin: &str, headers: Option<&str>) {
    let mut add = |name: HeaderName, text: &str| {
        if let Ok(value) = HeaderValue::try_from(text) {
            answer.headers.push((name, value));
        }
    };
    if allowed.any_origin {
        add(ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    } else {
        add(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        add(ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    }
    add(ACCESS_CONTROL_ALLOW_METHODS, &allowed.methods);
    if let Some(headers) = headers {
        let listed: Vec<String> =
            headers.split(',').map(|header| header.trim().to_ascii_lowercase()).collect();
        add(ACCESS_CONTROL_ALLOW_HEADERS, &listed.join(", "));
    }
    if let Some(exposed) = &allowed.exposed {
        add(ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    }
    if let Some(seconds) = allowed.seconds_max {
        add(ACCESS_CONTROL_MAX_AGE, &seconds.to_string());
    }
    answer.headers.push((VARY, VARIES));
}

/// `http://localhost:3000`, `https://app.localhost`, `http://127.0.0.1`, `http://[::1]:80`.
fn is_loopback_origin(origin: &str) -> bool {
    let Some((_, authority)) = origin.split_once("://") else { return false };
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        Some(_) | None => authority,
    };
    let host = host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_origins_are_told_from_others() {
        for origin in
            ["http://localhost:3000", "https://app.localhost", "http://127.0.0.1", "http://[::1]:80"]
        {
            assert!(is_loopback_origin(origin), "{origin}");
        }
        for origin in [
            "https://example.com",
            "http://localhost.example.com",
            "http://notlocalhost",
            "null",
            "http://10.0.0.1",
            "http://127.0.0.1.example.com",
            "",
        ] {
            assert!(!is_loopback_origin(origin), "{origin}");
        }
    }
}
