//! The gate's refusals, row by row (wire facts sections 9 and 10), and what it lets through.

use std::sync::Arc;
use std::time::Duration;

use base::{AccountId, Clock, Secret, Timestamp};
use body::{Body, BodyError, Refusal};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::stream;
use http::{HeaderMap, HeaderName, HeaderValue};
use ports::{AccessKey, PortError, Principal, Principals, Session};
use service::{AuthSource, Fault};

use super::canonical::{PathStyle, string_to_sign};
use super::general::{Asked, Family};
use super::scope::Credential;
use super::{Covered, Gate, Payload, Proven, v2, verified};
use crate::date;

const NOW: Timestamp = Timestamp::from_secs(1_369_353_600); // 2013-05-24T00:00:00Z
const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

struct Book;

impl Principals for Book {
    fn find_key<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Option<AccessKey>, PortError>> {
        let session = |expires| Some(Session { token: Secret::new(*b"token"), expires });
        let key = |session, active| AccessKey {
            id: id.to_owned(),
            secret: Secret::new(*b"secret"),
            principal: Principal::root(AccountId::DEFAULT),
            session,
            active,
        };
        let found = match id {
            "AK" => Some(key(None, true)),
            "INACTIVE" => Some(key(None, false)),
            "SESSION" => Some(key(session(NOW.plus(Duration::from_secs(60))), true)),
            "EXPIRED" => Some(key(session(NOW), true)),
            _ => None,
        };
        Box::pin(std::future::ready(Ok(found)))
    }
}

fn gate() -> Gate {
    Gate::new(Arc::new(Book), Clock::manual(NOW), false)
}

/// A request that is signed right unless a test spoils it.
#[derive(Clone)]
struct Sent {
    method: &'static str,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    id: &'static str,
    secret: &'static str,
    time: Timestamp,
    scope: Option<String>,
    service: &'static str,
    payload: String,
    /// Not among the signed headers.
    unsigned: Vec<&'static str>,
    algorithm: &'static str,
}

impl Sent {
    fn s3() -> Self {
        Self {
            method: "GET",
            path: "/b/k".into(),
            query: String::new(),
            headers: vec![("host".into(), "h:1".into())],
            id: "AK",
            secret: "secret",
            time: NOW,
            scope: None,
            service: "s3",
            payload: EMPTY.into(),
            unsigned: Vec::new(),
            algorithm: "AWS4-HMAC-SHA256",
        }
    }

    fn json() -> Self {
        Self { method: "POST", path: "/".into(), service: "kinesis", ..Self::s3() }
            .with("x-amz-target", "K.ListStreams")
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(key, _)| key != name);
        self
    }

    fn set(mut self, name: &str, value: &str) -> Self {
        self = self.without(name);
        self.with(name, value)
    }

    fn map(&self) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in &self.headers {
            map.append(HeaderName::try_from(name).unwrap(), HeaderValue::from_str(value).unwrap());
        }
        map
    }

    fn scope(&self) -> String {
        let day = date::basic(self.time)[..8].to_owned();
        self.scope.clone().unwrap_or(format!("{}/{day}/us-east-1/{}/aws4_request", self.id, self.service))
    }

    fn signed_headers(&self) -> String {
        let mut names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        names.retain(|name| !self.unsigned.contains(name));
        names.sort_unstable();
        names.dedup();
        names.join(";")
    }

    fn signature(&self, signed_headers: &str, payload: &str) -> String {
        let map = self.map();
        let covered = self.covered(&map);
        let style = if self.service == "s3" { PathStyle::AsSent } else { PathStyle::Folded };
        let request = covered.canonical_request(style, signed_headers, payload);
        let scope = self.scope();
        let signed_scope = Credential::parse(&scope).map_or("", |credential| credential.scope()).to_owned();
        let text = string_to_sign(&date::basic(self.time), &signed_scope, &request);
        let mut parts = signed_scope.split('/');
        let mut next = || parts.next().unwrap_or_default();
        let (day, region, service) = (next(), next(), next());
        let key = crypt::sigv4_key(&Secret::new(self.secret), day, region, service);
        base::hex(&key.sign(text.as_bytes()))
    }

    /// Signs in the header.
    fn sign(mut self) -> Self {
        if self.service == "s3" && !self.headers.iter().any(|(name, _)| name == "x-amz-content-sha256") {
            let payload = self.payload.clone();
            self = self.with("x-amz-content-sha256", &payload);
        }
        if !self.headers.iter().any(|(name, _)| name == "x-amz-date") {
            let date = date::basic(self.time);
            self = self.with("x-amz-date", &date);
        }
        let names = self.signed_headers();
        let signature = self.signature(&names, &self.payload.clone());
        let value = format!(
            "{} Credential={}, SignedHeaders={names}, Signature={signature}",
            self.algorithm,
            self.scope()
        );
        self.with("authorization", &value)
    }

    /// Signs in the query; `more` comes before the signature.
    fn presign(mut self, expires: &str, more: &str) -> Self {
        let names = self.signed_headers();
        let scope = self.scope().replace('/', "%2F");
        let date = date::basic(self.time);
        let glue = if self.query.is_empty() { "" } else { "&" };
        self.query += &format!(
            "{glue}X-Amz-Algorithm={}&X-Amz-Credential={scope}&X-Amz-Date={date}&X-Amz-Expires={expires}\
             &X-Amz-SignedHeaders={}{more}",
            self.algorithm,
            names.replace(';', "%3B")
        );
        let payload = if self.service == "s3" { "UNSIGNED-PAYLOAD" } else { EMPTY };
        let signature = self.signature(&names, payload);
        self.query += &format!("&X-Amz-Signature={signature}");
        self
    }

    fn covered<'a>(&'a self, map: &'a HeaderMap) -> Covered<'a> {
        Covered { method: self.method, path: &self.path, query: &self.query, headers: map, authority: None }
    }

    fn edit(mut self, name: &str, edit: impl Fn(&str) -> String) -> Self {
        for (key, value) in &mut self.headers {
            if key == name {
                *value = edit(value);
            }
        }
        self
    }

    async fn at_s3(&self) -> Result<Proven, Fault> {
        gate().s3(&self.covered(&self.map()), None).await
    }

    async fn at(&self, family: Family) -> Result<Proven, Fault> {
        let asked = Asked { family, service: Some(self.service), missing: "Missing Authentication Token" };
        gate().general(asked, &self.covered(&self.map()), &crypt::sha256(b"")).await
    }
}

fn told(refused: Result<Proven, Fault>) -> (u16, String, String) {
    let fault = refused.expect_err("it must be refused");
    (fault.status, fault.code.into_owned(), fault.message.unwrap_or_default())
}

#[track_caller]
fn assert_told(refused: Result<Proven, Fault>, status: u16, code: &str, message: &str) {
    assert_eq!(told(refused), (status, code.to_owned(), message.to_owned()));
}

const MISMATCH: &str = "The request signature we calculated does not match the signature you provided. Check your key and signing method.";

#[tokio::test]
async fn a_signed_s3_request_is_its_signer_s() {
    let proven = Sent::s3().sign().at_s3().await.unwrap();
    assert_eq!(proven.principal, Principal::root(AccountId::DEFAULT));
    assert_eq!(proven.source, AuthSource::HeaderV4);
    assert_eq!(proven.payload, Payload::Hash(crypt::sha256(b"")));
    let awkward = Sent {
        path: "/b/a%20b//../%2F+\u{fc}".into(),
        query: "prefix=a%20b&list-type=2".into(),
        ..Sent::s3()
    };
    awkward.sign().at_s3().await.unwrap();
}

#[tokio::test]
async fn any_region_will_do() {
    for region in ["us-east-1", "eu-central-1", "mars-north-7"] {
        let sent = Sent { scope: Some(format!("AK/20130524/{region}/s3/aws4_request")), ..Sent::s3() };
        assert_eq!(sent.sign().at_s3().await.unwrap().region.unwrap().as_str(), region);
        let sent = Sent { scope: Some(format!("AK/20130524/{region}/kinesis/aws4_request")), ..Sent::json() };
        assert_eq!(sent.sign().at(Family::Json).await.unwrap().region.unwrap().as_str(), region);
    }
}

#[tokio::test]
async fn no_credentials_at_s3_is_anonymous() {
    assert!(Sent::s3().at_s3().await.unwrap().principal.is_anonymous());
    let signature_alone = Sent { query: "X-Amz-Signature=ab".into(), ..Sent::s3() };
    assert!(signature_alone.at_s3().await.unwrap().principal.is_anonymous());
}

#[tokio::test]
async fn s3_takes_one_way_of_signing_only() {
    const ONE: &str = "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string \
                       parameter or the Authorization header should be specified";
    let both = Sent::s3().sign().presign("60", "");
    assert_told(both.at_s3().await, 400, "InvalidArgument", ONE);
    let two = Sent { query: "Signature=a&X-Amz-Algorithm=b".into(), ..Sent::s3() };
    assert_told(two.at_s3().await, 400, "InvalidArgument", ONE);
}

#[tokio::test]
async fn s3_header_rows_1_to_5() {
    let with = |value: &str| Sent::s3().with("authorization", value);
    assert_told(
        with("AWS4-HMAC-SHA256").at_s3().await,
        400,
        "InvalidArgument",
        "Authorization header is invalid -- one and only one ' ' (space) required",
    );
    for scheme in ["Bearer x", "AWS4-HMAC-SHA1 x", "AWS4-HMAC-SHA256X x", "none x"] {
        assert_told(with(scheme).at_s3().await, 400, "InvalidArgument", "Unsupported Authorization Type");
    }
    let (status, code, _) = told(with("AWS4-ECDSA-P256-SHA256 x").at_s3().await);
    assert_eq!((status, code.as_str()), (400, "InvalidRequest"));
    assert_told(
        Sent::s3().sign().without("x-amz-content-sha256").at_s3().await,
        400,
        "InvalidRequest",
        "Missing required header for this request: x-amz-content-sha256",
    );
    let bad = Sent::s3().sign().set("x-amz-content-sha256", "abc").at_s3().await;
    assert_told(bad, 400, "InvalidArgument", super::payload::WORDS);
    const NO_DATE: &str = "AWS authentication requires a valid Date or x-amz-date header";
    assert_told(Sent::s3().sign().without("x-amz-date").at_s3().await, 403, "AccessDenied", NO_DATE);
    assert_told(Sent::s3().sign().set("x-amz-date", "now").at_s3().await, 403, "AccessDenied", NO_DATE);
    for seconds in [-901, 901] {
        let time = Timestamp::from_secs(NOW.as_secs() + seconds);
        let fault = Sent { time, ..Sent::s3() }.sign().at_s3().await.expect_err("too old or too new");
        assert_eq!((fault.status, &*fault.code), (403, "RequestTimeTooSkewed"));
        let names: Vec<_> = fault.members.iter().map(|member| (member.name, member.value.as_str())).collect();
        let sent = date::basic(time);
        assert_eq!(
            names,
            [
                ("RequestTime", sent.as_str()),
                ("ServerTime", "2013-05-24T00:00:00Z"),
                ("MaxAllowedSkewMilliseconds", "900000")
            ]
        );
    }
    for seconds in [-900, 900] {
        Sent { time: Timestamp::from_secs(NOW.as_secs() + seconds), ..Sent::s3() }
            .sign()
            .at_s3()
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn s3_header_rows_6_to_11() {
    const P: &str = "The authorization header is malformed; ";
    let malformed = |message: &str| (400, "AuthorizationHeaderMalformed".to_owned(), format!("{P}{message}"));
    let cut =
        Sent::s3().sign().edit("authorization", |value| value.split(", Signature").next().unwrap().into());
    assert_eq!(
        told(cut.at_s3().await),
        malformed(
            "the authorization header requires three components: Credential, SignedHeaders, and Signature."
        )
    );
    for (scope, message) in [
        (
            "AK/20130524/us-east-1/s3",
            "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".",
        ),
        (
            "AK/2013-05-24/us-east-1/s3/aws4_request",
            "incorrect date format \"2013-05-24\". This date in the credential must be in the format \"yyyyMMdd\".",
        ),
        ("AK/20130524//s3/aws4_request", "a non-empty region must be provided in the credential."),
        ("AK/20130524/US EAST/s3/aws4_request", "the region 'US EAST' is wrong; expecting 'us-east-1'"),
        (
            "AK/20130524/us-east-1/ec2/aws4_request",
            "incorrect service \"ec2\". This endpoint belongs to \"s3\".",
        ),
        (
            "AK/20130524/us-east-1/s3/aws5_request",
            "incorrect terminal \"aws5_request\". This endpoint uses \"aws4_request\".",
        ),
        (
            "AK/20130523/us-east-1/s3/aws4_request",
            "Invalid credential date. Date is not the same as X-Amz-Date.",
        ),
    ] {
        let sent = Sent { scope: Some(scope.into()), ..Sent::s3() }.sign();
        assert_eq!(told(sent.at_s3().await), malformed(message), "{scope}");
    }
}

#[tokio::test]
async fn s3_header_rows_12_to_14() {
    for (name, value) in [("x-amz-acl", "private"), ("content-md5", "x"), ("x-amz-security-token", "t")] {
        let fault = Sent::s3().sign().with(name, value).at_s3().await.expect_err("not signed");
        assert_eq!((fault.status, &*fault.code), (403, "AccessDenied"));
        assert_eq!(fault.members[0].value, name);
    }
    let no_host = Sent { unsigned: vec!["host"], ..Sent::s3() }.sign();
    assert_eq!(no_host.at_s3().await.expect_err("not signed").members[0].value, "host");
    for id in ["NOBODY", "INACTIVE", ""] {
        let sent = Sent { id, ..Sent::s3() }.sign();
        assert_told(
            sent.at_s3().await,
            403,
            "InvalidAccessKeyId",
            "The AWS Access Key Id you provided does not exist in our records.",
        );
    }
    let wrong = Sent { secret: "wrong", ..Sent::s3() }.sign();
    let fault = wrong.at_s3().await.expect_err("wrong secret");
    let names: Vec<_> = fault.members.iter().map(|member| member.name).collect();
    assert_eq!(
        names,
        [
            "AWSAccessKeyId",
            "StringToSign",
            "SignatureProvided",
            "StringToSignBytes",
            "CanonicalRequest",
            "CanonicalRequestBytes"
        ]
    );
    assert_told(wrong.at_s3().await, 403, "SignatureDoesNotMatch", MISMATCH);
    let right = Sent::s3().sign();
    for spoilt in [
        Sent { method: "DELETE", ..right.clone() },
        Sent { path: "/b/other".into(), ..right.clone() },
        Sent { query: "acl".into(), ..right.clone() },
        right.clone().set("host", "evil"),
        right.clone().edit("authorization", |value| value[..value.len() - 1].into()),
        right.clone().edit("authorization", |value| format!("{value}00")),
        right.clone().edit("authorization", |value| {
            value.split("Signature=").next().unwrap().to_owned() + "Signature="
        }),
    ] {
        assert_told(spoilt.at_s3().await, 403, "SignatureDoesNotMatch", MISMATCH);
    }
}

#[tokio::test]
async fn session_tokens_are_judged() {
    let s3 = |id, token: &str| Sent { id, ..Sent::s3() }.with("x-amz-security-token", token).sign();
    s3("SESSION", "token").at_s3().await.unwrap();
    let code = |refused| told(refused).1;
    assert_eq!(code(s3("SESSION", "forged").at_s3().await), "InvalidToken");
    assert_eq!(code(Sent { id: "SESSION", ..Sent::s3() }.sign().at_s3().await), "InvalidAccessKeyId");
    assert_eq!(code(s3("AK", "token").at_s3().await), "InvalidToken");
    assert_eq!(code(s3("EXPIRED", "token").at_s3().await), "ExpiredToken");
    let json = |id, token: &str| Sent { id, ..Sent::json() }.with("x-amz-security-token", token).sign();
    json("SESSION", "token").at(Family::Json).await.unwrap();
    assert_eq!(code(json("SESSION", "forged").at(Family::Json).await), "UnrecognizedClientException");
    assert_eq!(code(json("EXPIRED", "token").at(Family::Json).await), "ExpiredTokenException");
    assert_eq!(code(json("EXPIRED", "token").at(Family::Query).await), "ExpiredToken");
}

#[tokio::test]
async fn a_presigned_s3_request_is_good_for_its_time() {
    let proven = Sent::s3().presign("60", "").at_s3().await.unwrap();
    assert_eq!((proven.source, proven.payload), (AuthSource::QueryV4, Payload::Unsigned));
    Sent::s3().presign("604800", "").at_s3().await.unwrap();
    Sent { time: Timestamp::from_secs(NOW.as_secs() - 60), ..Sent::s3() }
        .presign("60", "")
        .at_s3()
        .await
        .unwrap();
    let session = Sent { id: "SESSION", ..Sent::s3() };
    session.presign("60", "&X-Amz-Security-Token=token").at_s3().await.unwrap();
}

#[tokio::test]
async fn presigned_s3_refusals_in_their_order() {
    const CODE: &str = "AuthorizationQueryParametersError";
    let bad = |message: &str| (400, CODE.to_owned(), message.to_owned());
    let other = Sent { algorithm: "AWS4-HMAC-SHA1", ..Sent::s3() };
    assert_eq!(
        told(other.presign("60", "").at_s3().await),
        bad("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"")
    );
    let parts = "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, \
                 X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.";
    let cut = Sent { query: "X-Amz-Algorithm=AWS4-HMAC-SHA256".into(), ..Sent::s3() };
    assert_eq!(told(cut.at_s3().await), bad(parts));
    let mut dated = Sent::s3().presign("60", "");
    dated.query = dated.query.replace("20130524T000000Z", "2013-05-24");
    assert_eq!(
        told(dated.at_s3().await),
        bad("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
    );
    let week = "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than \
                604800 seconds";
    for (expires, message) in [
        ("abc", "X-Amz-Expires should be a number"),
        ("-", "X-Amz-Expires should be a number"),
        ("-1", "X-Amz-Expires must be non-negative"),
        ("604801", week),
        ("99999999999999999999", week),
    ] {
        assert_eq!(told(Sent::s3().presign(expires, "").at_s3().await), bad(message), "{expires}");
    }
    let at = |seconds: i64| Sent { time: Timestamp::from_secs(NOW.as_secs() + seconds), ..Sent::s3() };
    assert_told(at(901).presign("60", "").at_s3().await, 403, "AccessDenied", "Request is not yet valid");
    assert_told(at(-61).presign("60", "").at_s3().await, 403, "AccessDenied", "Request has expired");
    assert_told(at(0).presign("0", "").at_s3().await, 403, "AccessDenied", "Request has expired");
    let scope = |scope: &str| Sent { scope: Some(scope.into()), ..Sent::s3() }.presign("60", "");
    assert_eq!(
        told(scope("AK/20130524/us-east-1/ec2/aws4_request").at_s3().await),
        bad(
            "Error parsing the X-Amz-Credential parameter; incorrect service \"ec2\". This endpoint belongs to \"s3\"."
        )
    );
    assert_eq!(
        told(scope("AK/20130523/us-east-1/s3/aws4_request").at_s3().await),
        bad("Invalid credential date \"20130523\". This date is not the same as X-Amz-Date: \"20130524\".")
    );
    let unsigned = Sent::s3().presign("60", "").with("x-amz-acl", "public-read");
    assert_eq!(told(unsigned.at_s3().await).1, "AccessDenied");
    let mut added = Sent::s3().presign("60", "");
    added.query += "&response-content-type=text%2Fhtml";
    assert_eq!(told(added.at_s3().await).1, "SignatureDoesNotMatch");
    let moved = Sent { method: "PUT", ..Sent::s3().presign("60", "") };
    assert_eq!(told(moved.at_s3().await).1, "SignatureDoesNotMatch");
}

fn v2_sent(method: &'static str, expires: &str) -> Sent {
    let sent = Sent { method, ..Sent::s3() };
    let text = {
        let map = sent.map();
        v2::string_to_sign(&sent.covered(&map), None, expires)
    };
    let signature = v2::signature(&Secret::new(*b"secret"), &text);
    let escaped = signature.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    Sent { query: format!("AWSAccessKeyId=AK&Signature={escaped}&Expires={expires}"), ..sent }
}

#[tokio::test]
async fn version_2_is_verified_in_query_and_header() {
    let expires = (NOW.as_secs() + 60).to_string();
    let proven = v2_sent("GET", &expires).at_s3().await.unwrap();
    assert_eq!(proven.source, AuthSource::QueryV2);
    let other = Sent { method: "DELETE", ..v2_sent("GET", &expires) };
    assert_told(other.at_s3().await, 403, "SignatureDoesNotMatch", MISMATCH);
    assert_told(v2_sent("GET", "1").at_s3().await, 403, "AccessDenied", "Request has expired");
    assert_told(
        v2_sent("GET", "soon").at_s3().await,
        403,
        "AccessDenied",
        "Invalid date (should be seconds since epoch): soon",
    );
    let cut = Sent { query: "AWSAccessKeyId=AK&Expires=1".into(), ..Sent::s3() };
    assert_told(
        cut.at_s3().await,
        403,
        "AccessDenied",
        "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters",
    );
    let date = "Fri, 24 May 2013 00:00:00 GMT";
    let sent = Sent::s3().with("date", date);
    let text = v2::string_to_sign(&sent.covered(&sent.map()), None, date);
    let value = format!("AWS AK:{}", v2::signature(&Secret::new(*b"secret"), &text));
    let signed = sent.with("authorization", &value);
    assert_eq!(signed.at_s3().await.unwrap().source, AuthSource::HeaderV2);
    let altered = Sent { path: "/b/other".into(), ..signed.clone() };
    assert_told(altered.at_s3().await, 403, "SignatureDoesNotMatch", MISMATCH);
    assert_eq!(told(signed.with("x-amz-acl", "public-read").at_s3().await).1, "SignatureDoesNotMatch");
}

#[tokio::test]
async fn json_rows_1_to_5() {
    let both = Sent::json().sign().presign("60", "");
    assert_told(
        both.at(Family::Json).await,
        400,
        "InvalidSignatureException",
        "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    );
    assert_told(
        Sent::json().at(Family::Json).await,
        400,
        "MissingAuthenticationTokenException",
        "Missing Authentication Token",
    );
    let with = |value: &str| Sent::json().with("authorization", value);
    assert_told(
        with("X").at(Family::Json).await,
        400,
        "IncompleteSignatureException",
        "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. \
         Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a \
         'X-Amz-Date' or a 'Date' header. Authorization=X",
    );
    let no_date = Sent::json().sign().without("x-amz-date");
    let (_, code, message) = told(no_date.at(Family::Json).await);
    assert_eq!(code, "IncompleteSignatureException");
    assert!(message.starts_with(
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization="
    ));
    assert_told(
        Sent::json().sign().set("x-amz-date", "now").at(Family::Json).await,
        400,
        "IncompleteSignatureException",
        "Date must be in ISO-8601 'basic format'. Got 'now'. See http://en.wikipedia.org/wiki/ISO_8601",
    );
}

#[tokio::test]
async fn json_rows_6_to_11() {
    let at =
        |seconds: i64| Sent { time: Timestamp::from_secs(NOW.as_secs() + seconds), ..Sent::json() }.sign();
    assert_told(
        at(-901).at(Family::Json).await,
        400,
        "InvalidSignatureException",
        "Signature expired: 20130523T234459Z is now earlier than 20130523T234500Z (20130524T000000Z - 15 min.)",
    );
    assert_told(
        at(301).at(Family::Json).await,
        400,
        "InvalidSignatureException",
        "Signature not yet current: 20130524T000501Z is still later than 20130524T000500Z (20130524T000000Z + 5 min.)",
    );
    at(-900).at(Family::Json).await.unwrap();
    at(300).at(Family::Json).await.unwrap();
    for (header, named) in [("host", "Host"), ("x-amz-target", "X-Amz-Target")] {
        let sent = Sent { unsigned: vec![header], ..Sent::json() }.sign();
        let message = format!("'{named}' must be a 'SignedHeader' in the AWS Authorization.");
        assert_told(sent.at(Family::Json).await, 400, "InvalidSignatureException", &message);
    }
    let other = Sent { algorithm: "AWS4-ECDSA-P256-SHA256", ..Sent::json() }.sign();
    assert_told(
        other.at(Family::Json).await,
        400,
        "IncompleteSignatureException",
        "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256' (only AWS4-HMAC-SHA256 for now).",
    );
    let scoped = |scope: &str| Sent { scope: Some(scope.into()), ..Sent::json() }.sign();
    assert_told(
        scoped("a/b/c").at(Family::Json).await,
        400,
        "IncompleteSignatureException",
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b/c'",
    );
    assert_told(
        scoped("AK/b/C/d/e").at(Family::Json).await,
        400,
        "InvalidSignatureException",
        "Credential should be scoped to a valid region. Credential should be scoped to correct service: 'kinesis'. \
         Credential should be scoped with a valid terminator: 'aws4_request', not 'e'. Date in Credential scope does not \
         match YYYYMMDD from ISO-8601 version of date from HTTP: 'b' != '20130524', from '20130524T000000Z'. ",
    );
}

#[tokio::test]
async fn json_rows_12_to_15_and_their_names_in_other_families() {
    const INVALID: &str = "The security token included in the request is invalid.";
    const WRONG: &str = "The request signature we calculated does not match the signature you provided. Check your AWS \
                         Secret Access Key and signing method. Consult the service documentation for details.";
    let nobody = Sent { id: "NOBODY", ..Sent::json() }.sign();
    assert_told(nobody.at(Family::Json).await, 400, "UnrecognizedClientException", INVALID);
    assert_told(nobody.at(Family::RestJson).await, 403, "UnrecognizedClientException", INVALID);
    assert_told(nobody.at(Family::Query).await, 403, "InvalidClientTokenId", INVALID);
    let wrong = Sent { secret: "wrong", ..Sent::json() }.sign();
    assert_told(wrong.at(Family::Json).await, 400, "InvalidSignatureException", WRONG);
    assert_told(wrong.at(Family::RestJson).await, 403, "InvalidSignatureException", WRONG);
    assert_told(wrong.at(Family::Query).await, 403, "SignatureDoesNotMatch", WRONG);
    let cut = Sent { query: "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=c".into(), ..Sent::json() };
    assert_told(
        cut.at(Family::Query).await,
        400,
        "IncompleteSignature",
        "AWS query-string parameters must include 'X-Amz-Signature'. AWS query-string parameters must include \
         'X-Amz-SignedHeaders'. AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string \
         parameters.",
    );
    let get =
        Sent { method: "GET", query: "Action=GetCallerIdentity&Version=2011-06-15".into(), ..Sent::json() };
    let get = Sent { service: "sts", ..get }.without("x-amz-target").presign("60", "");
    assert_eq!(get.at(Family::Query).await.unwrap().source, AuthSource::QueryV4);
}

#[tokio::test]
async fn a_json_body_is_what_was_signed() {
    let asked = Asked { family: Family::Json, service: Some("kinesis"), missing: "" };
    let sent = Sent::json().sign();
    let refused = gate().general(asked, &sent.covered(&sent.map()), &crypt::sha256(b"{}")).await;
    assert_eq!(told(refused).1, "InvalidSignatureException");
    // A declared hash is not believed, nor is the word that would leave the body out.
    for declared in [EMPTY, "UNSIGNED-PAYLOAD"] {
        let sent =
            Sent { payload: declared.into(), ..Sent::json() }.with("x-amz-content-sha256", declared).sign();
        let refused = gate().general(asked, &sent.covered(&sent.map()), &crypt::sha256(b"{}")).await;
        assert_eq!(told(refused).1, "InvalidSignatureException", "{declared}");
    }
    Sent::json().with("x-amz-content-sha256", EMPTY).sign().at(Family::Json).await.unwrap();
}

#[tokio::test]
async fn the_canonical_string_is_shown_only_where_the_gate_explains() {
    let sent = Sent { secret: "wrong", ..Sent::json() }.sign();
    let asked = Asked { family: Family::Json, service: Some("kinesis"), missing: "" };
    let gate = Gate::new(Arc::new(Book), Clock::manual(NOW), true);
    let (_, _, message) = told(gate.general(asked, &sent.covered(&sent.map()), &crypt::sha256(b"")).await);
    assert!(
        message
            .contains("\n\nThe Canonical String for this request should have been\n'POST\n/\n\nhost:h:1\n")
    );
    assert!(
        message.contains("\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20130524T000000Z\n")
    );
}

#[tokio::test]
async fn a_changed_secret_is_noticed_though_the_signing_key_was_kept() {
    let gate = gate();
    let scope = "AK/20130524/us-east-1/s3/aws4_request";
    let credential = Credential::parse(scope).unwrap();
    let old = Secret::new(*b"old");
    let (key, kept) = gate.keys.signing_key(&credential, &old);
    assert!(!kept);
    gate.keys.keep(&credential, &old, &key);
    assert!(gate.keys.signing_key(&credential, &old).1);
    assert!(!gate.keys.signing_key(&credential, &Secret::new(*b"new")).1);
}

// "Signature calculations for the Authorization header: transferring payload in multiple chunks" in the S3 API reference: 66,560 bytes
// of `a` in chunks of 64 KiB, 1 KiB and 0.
const SEED: &str = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";
const CHUNKS: [(usize, &str); 3] = [
    (65_536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"),
    (1_024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"),
    (0, "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"),
];

fn documented_chunks(spoil: impl Fn(usize, &mut Vec<u8>)) -> Body {
    let mut wire = Vec::new();
    for (index, (size, signature)) in CHUNKS.into_iter().enumerate() {
        let mut chunk = format!("{size:x};chunk-signature={signature}\r\n").into_bytes();
        chunk.extend(std::iter::repeat_n(b'a', size));
        chunk.extend_from_slice(b"\r\n");
        spoil(index, &mut chunk);
        wire.extend_from_slice(&chunk);
    }
    let seed = super::ChunkSeed {
        key: crypt::sigv4_key(
            &Secret::new(*b"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            "20130524",
            "us-east-1",
            "s3",
        ),
        date: "20130524T000000Z".into(),
        scope: "20130524/us-east-1/s3/aws4_request".into(),
        signature: SEED.into(),
    };
    let pieces: Vec<_> = wire.chunks(1_000).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    verified(Body::from_stream(stream::iter(pieces), None), Payload::Streaming, Some(seed), 66_560, &[])
}

#[tokio::test]
async fn documented_chunk_signatures_hold() {
    let body = documented_chunks(|_, _| {});
    assert_eq!(body.length(), Some(66_560));
    assert_eq!(body.collect(1 << 20).await.unwrap(), vec![b'a'; 66_560]);
}

#[tokio::test]
async fn every_spoilt_chunk_is_refused() {
    let refused = Err(BodyError::Refused(Refusal::Signature));
    for spoilt in 0..3 {
        let body = documented_chunks(|index, chunk| {
            if index == spoilt {
                let at = chunk.iter().position(|byte| *byte == b'=').unwrap() + 1;
                chunk[at] = if chunk[at] == b'0' { b'1' } else { b'0' };
            }
        });
        assert_eq!(body.collect(1 << 20).await, refused, "signature of chunk {spoilt}");
    }
    let body = documented_chunks(|index, chunk| {
        if index == 0 {
            chunk[1_000] = b'b';
        }
    });
    assert_eq!(body.collect(1 << 20).await, refused, "data");
    let body = documented_chunks(|index, chunk| {
        if index == 2 {
            chunk.clear();
        }
    });
    assert_eq!(body.collect(1 << 20).await, Err(BodyError::Incomplete), "no last chunk");
}

#[tokio::test]
async fn signed_chunks_without_a_seed_are_never_believed() {
    for payload in [
        Payload::Streaming,
        Payload::StreamingTrailer,
        Payload::StreamingEcdsa,
        Payload::StreamingEcdsaTrailer,
    ] {
        let body = verified(Body::from(b"0\r\n\r\n".to_vec()), payload, None, 0, &[]);
        assert_eq!(body.collect(10).await, Err(BodyError::Refused(Refusal::Signature)), "{payload:?}");
    }
}

#[tokio::test]
async fn a_declared_hash_must_be_that_of_the_bytes() {
    let declared = Payload::Hash(crypt::sha256(b"good"));
    let good = verified(Body::from(b"good".to_vec()), declared, None, 0, &[]);
    assert_eq!(good.collect(10).await.unwrap(), b"good".as_slice());
    for altered in [b"evil".to_vec(), Vec::new()] {
        let computed = crypt::sha256(&altered);
        let body = if altered.is_empty() { Body::empty() } else { Body::from(altered) };
        let refused = verified(body, declared, None, 0, &[]).collect(10).await;
        assert_eq!(refused, Err(BodyError::Refused(Refusal::PayloadHash { computed })));
    }
}

#[tokio::test]
async fn an_unsigned_trailer_is_handed_on() {
    let wire = b"5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n".to_vec();
    let promised = ["x-amz-checksum-crc32"];
    let body = verified(Body::from(wire), Payload::StreamingUnsignedTrailer, None, 5, &promised);
    let trailers = body.trailers().expect("there are some");
    assert_eq!(body.collect(10).await.unwrap(), b"hello".as_slice());
    assert_eq!(trailers.get("x-amz-checksum-crc32").as_deref(), Some("NhCmhg=="));
}

// The trailer example of "Signature calculations for trailing headers" in the S3 API reference.
#[tokio::test]
async fn the_documented_trailer_signature_holds() {
    let chunks = [
        (65_536, "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2"),
        (1_024, "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7"),
        (0, "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992"),
    ];
    let seed = super::ChunkSeed {
        key: crypt::sigv4_key(
            &Secret::new(*b"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            "20130524",
            "us-east-1",
            "s3",
        ),
        date: "20130524T000000Z".into(),
        scope: "20130524/us-east-1/s3/aws4_request".into(),
        signature: "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e".into(),
    };
    let body = |trailer_signature: &str| {
        let mut wire = Vec::new();
        for (size, signature) in chunks {
            wire.extend_from_slice(format!("{size:x};chunk-signature={signature}\r\n").as_bytes());
            wire.extend(std::iter::repeat_n(b'a', size));
            if size > 0 {
                wire.extend_from_slice(b"\r\n");
            }
        }
        wire.extend_from_slice(b"x-amz-checksum-crc32c:sOO8/Q==\r\n");
        wire.extend_from_slice(format!("x-amz-trailer-signature:{trailer_signature}\r\n\r\n").as_bytes());
        let promised = ["x-amz-checksum-crc32c"];
        verified(Body::from(wire), Payload::StreamingTrailer, Some(seed.clone()), 66_560, &promised)
    };
    let right = "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435";
    assert_eq!(body(right).collect(1 << 20).await.unwrap().len(), 66_560);
    let refused = body(&"0".repeat(64)).collect(1 << 20).await;
    assert_eq!(refused, Err(BodyError::Refused(Refusal::Signature)));
}

proptest::proptest! {
    #[test]
    fn whatever_is_sent_the_gate_answers(
        authorization in "\\PC{0,80}|AWS4-HMAC-SHA256 [ -~]{0,80}|AWS [ -~]{0,20}|AWS4-HMAC-SHA256 Credential=AK/20130524/[ -~]{0,9}/s3/aws4_request, SignedHeaders=[a-z;]{0,9}, Signature=[0-9a-f]{0,9}",
        path in "/[ -~]{0,30}",
        query in "[ -~]{0,60}|X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=\\PC{0,16}&[ -~]{0,30}|AWSAccessKeyId=AK&Signature=[ -~]{0,9}&Expires=-?[0-9]{0,20}",
        date in "\\PC{0,20}|[0-9]{8}T[0-9]{6}Z|[A-Z][a-z]{2}, [0-9]{1,3} [A-Z][a-z]{2} [0-9]{1,9} [0-9:]{1,9} GMT",
        hash in "[ -~]{0,20}|UNSIGNED-PAYLOAD",
    ) {
        let mut map = HeaderMap::new();
        for (name, value) in [("authorization", &authorization), ("x-amz-date", &date), ("x-amz-content-sha256", &hash)] {
            if let Ok(value) = HeaderValue::from_str(value) {
                map.insert(HeaderName::from_static(name), value);
            }
        }
        let both = Covered { method: "GET", path: &path, query: &query, headers: &map, authority: None };
        let none = HeaderMap::new();
        let in_query = Covered { headers: &none, ..both };
        let in_header = Covered { query: "", ..both };
        let asked = Asked { family: Family::Json, service: Some("s3"), missing: "" };
        for covered in [both, in_query, in_header] {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let anonymous = |proven: Proven| proven.principal.is_anonymous();
            proptest::prop_assert!(runtime.block_on(gate().s3(&covered, None)).map_or(true, anonymous));
            proptest::prop_assert!(runtime.block_on(gate().general(asked, &covered, &[0; 32])).is_err());
        }
    }
}
