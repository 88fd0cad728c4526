//! Authentication at S3: header, presigned query, either version; the order and the words are those of wire facts section 9.

use base::Region;
use http::header::{AUTHORIZATION, DATE};
use service::{AuthSource, Fault};

use super::canonical::{PathStyle, string_to_sign};
use super::payload::{Payload, WORDS};
use super::scope::{Components, Credential};
use super::{
    ChunkSeed, Covered, Gate, Proven, SKEW_LATE_SECS, Signature, Token, header, lookup_failed, unsigned, v2,
};
use crate::date::{self, Dated};
use crate::text::{pairs, param};

/// What every malformed `Authorization` header is told first.
const MALFORMED_HEADER: &str = "The authorization header is malformed; ";
/// The same for a presigned query.
const MALFORMED_QUERY: &str = "Error parsing the X-Amz-Credential parameter; ";
/// A presigned request may be dated this much ahead.
const PRESIGN_EARLY_SECS: i64 = 15 * 60;
/// The longest life of a presigned request, by the API reference.
const PRESIGN_EXPIRES_MAX: i64 = 604_800;
/// The parameters that make a query a presigned one, all required.
const QUERY_PARTS: [&str; 6] = [
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Signature",
    "X-Amz-Date",
    "X-Amz-SignedHeaders",
    "X-Amz-Expires",
];
const ECDSA: &str = "AWS4-ECDSA-P256-SHA256";

/// One claim of a V4 signature, from either place.
struct Claim<'a> {
    credential: Credential<'a>,
    signed_headers: &'a str,
    signature: &'a str,
    /// As the string to sign has it.
    date: &'a str,
    payload_line: &'a str,
    payload: Payload,
    token: Option<&'a str>,
    source: AuthSource,
}

impl Gate {
    /// Finds out who sent a request to S3. `virtual_bucket` is the bucket named by the host, which V2 signs as part of the path.
    pub(crate) async fn s3(
        &self,
        covered: &Covered<'_>,
        virtual_bucket: Option<&str>,
    ) -> Result<Proven, Fault> {
        let authorization = covered.headers.get(AUTHORIZATION);
        let mut markers = (false, false);
        for (name, _) in pairs(covered.query) {
            markers.0 |= name == "X-Amz-Algorithm";
            markers.1 |= name == "Signature" || name == "AWSAccessKeyId";
        }
        match (authorization, markers) {
            (None, (false, false)) => anonymous(covered),
            (Some(value), (false, false)) => {
                let text =
                    value.to_str().map_err(|_| unsupported(&String::from_utf8_lossy(value.as_bytes())))?;
                self.s3_header(covered, virtual_bucket, text).await
            }
            (None, (true, false)) => self.s3_query_v4(covered).await,
            (None, (false, true)) => self.s3_query_v2(covered, virtual_bucket).await,
            (value, (_, _)) => Err(several(value)),
        }
    }

    async fn s3_header(
        &self,
        covered: &Covered<'_>,
        virtual_bucket: Option<&str>,
        authorization: &str,
    ) -> Result<Proven, Fault> {
        let Some((scheme, rest)) = authorization.split_once(' ') else {
            return Err(argument(
                "Authorization header is invalid -- one and only one ' ' (space) required",
                authorization,
            ));
        };
        match scheme {
            "AWS4-HMAC-SHA256" => self.s3_header_v4(covered, rest).await,
            "AWS" => self.s3_header_v2(covered, virtual_bucket, rest).await,
            ECDSA => Err(asymmetric()),
            _ => Err(unsupported(authorization)),
        }
    }

    async fn s3_header_v4(&self, covered: &Covered<'_>, rest: &str) -> Result<Proven, Fault> {
        let Some(payload_line) = header(covered.headers, "x-amz-content-sha256") else {
            return Err(Fault::new(
                400,
                "InvalidRequest",
                "Missing required header for this request: x-amz-content-sha256",
            ));
        };
        let payload = readable_payload(payload_line)?;
        let sent = header(covered.headers, "x-amz-date").or_else(|| header(covered.headers, DATE.as_str()));
        let Some((sent, dated)) = sent.and_then(|sent| Some((sent, Dated::parse(sent)?))) else {
            return Err(no_date());
        };
        self.check_skew(sent, dated.time)?;
        let components = Components::parse(rest);
        let (Some(credential), Some(signed_headers), Some(signature)) =
            (components.credential, components.signed_headers, components.signature)
        else {
            return Err(malformed(
                MALFORMED_HEADER,
                "the authorization header requires three components: Credential, SignedHeaders, and Signature.",
            ));
        };
        let credential = scope(MALFORMED_HEADER, "AuthorizationHeaderMalformed", credential)?;
        if credential.date != &dated.basic[..8] {
            return Err(malformed(
                MALFORMED_HEADER,
                "Invalid credential date. Date is not the same as X-Amz-Date.",
            ));
        }
        self.s3_prove(
            covered,
            Claim {
                credential,
                signed_headers,
                signature,
                date: &dated.basic,
                payload_line,
                payload,
                token: header(covered.headers, "x-amz-security-token"),
                source: AuthSource::HeaderV4,
            },
        )
        .await
    }

    async fn s3_query_v4(&self, covered: &Covered<'_>) -> Result<Proven, Fault> {
        let get = |name| param(covered.query, name);
        let algorithm = get("X-Amz-Algorithm").unwrap_or_default();
        if algorithm == ECDSA {
            return Err(asymmetric());
        }
        if algorithm != "AWS4-HMAC-SHA256" {
            return Err(query_fault(
                "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"",
            ));
        }
        if QUERY_PARTS.iter().any(|name| get(name).is_none_or(|value| value.is_empty())) {
            return Err(query_fault(
                "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, \
                 X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
            ));
        }
        let dated = get("X-Amz-Date").unwrap_or_default();
        let Some(time) = date::parse_basic(&dated) else {
            return Err(query_fault(
                "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"",
            ));
        };
        let expires = presign_expires(&get("X-Amz-Expires").unwrap_or_default())?;
        let now = self.wall();
        if time.as_secs() - now.as_secs() > PRESIGN_EARLY_SECS {
            return Err(denied("Request is not yet valid")
                .with("X-Amz-Expires", expires.to_string())
                .with("Expires", date::extended(base::Timestamp::from_secs(time.as_secs() + expires)))
                .with("ServerTime", date::extended(now)));
        }
        // A life of no seconds is over at once, within the same second too.
        if expires == 0 || now.as_secs() > time.as_secs() + expires {
            return Err(denied("Request has expired")
                .with("X-Amz-Expires", expires.to_string())
                .with("Expires", date::extended(base::Timestamp::from_secs(time.as_secs() + expires)))
                .with("ServerTime", date::extended(now)));
        }
        let credential_text = get("X-Amz-Credential").unwrap_or_default();
        let credential = scope(MALFORMED_QUERY, "AuthorizationQueryParametersError", &credential_text)?;
        if credential.date != &dated[..8] {
            return Err(query_fault(format!(
                "Invalid credential date \"{}\". This date is not the same as X-Amz-Date: \"{}\".",
                credential.date,
                &dated[..8]
            )));
        }
        let payload_line = header(covered.headers, "x-amz-content-sha256").unwrap_or("UNSIGNED-PAYLOAD");
        let token = get("X-Amz-Security-Token");
        self.s3_prove(
            covered,
            Claim {
                credential,
                signed_headers: &get("X-Amz-SignedHeaders").unwrap_or_default(),
                signature: &get("X-Amz-Signature").unwrap_or_default(),
                date: &dated,
                payload_line,
                payload: readable_payload(payload_line)?,
                token: token.as_deref(),
                source: AuthSource::QueryV4,
            },
        )
        .await
    }

    /// What header and query have in common: rows 12 to 14.
    async fn s3_prove(&self, covered: &Covered<'_>, claim: Claim<'_>) -> Result<Proven, Fault> {
        if matches!(claim.payload, Payload::StreamingEcdsa | Payload::StreamingEcdsaTrailer) {
            return Err(asymmetric());
        }
        let missing = unsigned(covered, claim.signed_headers);
        if !missing.is_empty() {
            return Err(denied("There were headers present in the request which were not signed")
                .with("HeadersNotSigned", missing.join(", ")));
        }
        let credential = claim.credential;
        let key = self.find_s3_key(credential.access_key_id, claim.token).await?;
        let request = covered.canonical_request(PathStyle::AsSent, claim.signed_headers, claim.payload_line);
        let text = string_to_sign(claim.date, credential.scope(), &request);
        let signature = self.check(&credential, &key.secret, &text, claim.signature);
        if !signature.matches {
            return Err(mismatch(&key.id, &text, claim.signature, Some(&request)));
        }
        let signed_chunks = matches!(claim.payload, Payload::Streaming | Payload::StreamingTrailer);
        Ok(Proven {
            principal: key.principal,
            access_key_id: Some(key.id),
            source: claim.source,
            region: Region::new(credential.region),
            payload: claim.payload,
            chunks: signed_chunks.then(|| ChunkSeed {
                key: signature.key,
                date: claim.date.to_owned(),
                scope: credential.scope().to_owned(),
                signature: claim.signature.to_owned(),
            }),
            signed_at: date::parse_basic(claim.date),
        })
    }

    async fn s3_header_v2(
        &self,
        covered: &Covered<'_>,
        virtual_bucket: Option<&str>,
        rest: &str,
    ) -> Result<Proven, Fault> {
        let Some((access_key_id, signature)) = rest.trim().split_once(':') else {
            return Err(argument(
                "AWS authorization header is invalid.  Expected AwsAccessKeyId:signature",
                rest,
            ));
        };
        let amz_date = header(covered.headers, "x-amz-date");
        let sent = amz_date.or_else(|| header(covered.headers, DATE.as_str()));
        let Some((sent, time)) = sent.and_then(|sent| Some((sent, date::parse_header(sent)?))) else {
            return Err(no_date());
        };
        self.check_skew(sent, time)?;
        let dated = if amz_date.is_some() { "" } else { sent };
        let text = v2::string_to_sign(covered, virtual_bucket, dated);
        let token = header(covered.headers, "x-amz-security-token");
        self.s3_prove_v2(covered, access_key_id, signature, &text, token, AuthSource::HeaderV2).await
    }

    async fn s3_query_v2(
        &self,
        covered: &Covered<'_>,
        virtual_bucket: Option<&str>,
    ) -> Result<Proven, Fault> {
        let get = |name| param(covered.query, name).filter(|value| !value.is_empty());
        let (Some(access_key_id), Some(signature), Some(expires)) =
            (get("AWSAccessKeyId"), get("Signature"), get("Expires"))
        else {
            return Err(denied(
                "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters",
            ));
        };
        let Ok(until) = expires.parse::<i64>() else {
            return Err(denied(format!("Invalid date (should be seconds since epoch): {expires}")));
        };
        let now = self.wall();
        if now.as_secs() > until {
            return Err(denied("Request has expired")
                .with("Expires", date::extended(base::Timestamp::from_secs(until)))
                .with("ServerTime", date::extended(now)));
        }
        let text = v2::string_to_sign(covered, virtual_bucket, &expires);
        let token = param(covered.query, "x-amz-security-token")
            .or_else(|| header(covered.headers, "x-amz-security-token").map(Into::into));
        self.s3_prove_v2(covered, &access_key_id, &signature, &text, token.as_deref(), AuthSource::QueryV2)
            .await
    }

    async fn s3_prove_v2(
        &self,
        covered: &Covered<'_>,
        access_key_id: &str,
        signature: &str,
        text: &[u8],
        token: Option<&str>,
        source: AuthSource,
    ) -> Result<Proven, Fault> {
        let payload = optional_payload(covered)?;
        let key = self.find_s3_key(access_key_id, token).await?;
        let expected = v2::signature(&key.secret, text);
        if !crypt::same(expected.as_bytes(), signature.as_bytes()) {
            return Err(mismatch(&key.id, &String::from_utf8_lossy(text), signature, None));
        }
        Ok(Proven {
            principal: key.principal,
            access_key_id: Some(key.id),
            source,
            region: None,
            payload,
            chunks: None,
            signed_at: None,
        })
    }

    fn check_skew(&self, sent: &str, time: base::Timestamp) -> Result<(), Fault> {
        let now = self.wall();
        if now.as_secs().abs_diff(time.as_secs()) <= SKEW_LATE_SECS {
            return Ok(());
        }
        Err(Fault::new(
            403,
            "RequestTimeTooSkewed",
            "The difference between the request time and the current time is too large.",
        )
        .with("RequestTime", sent)
        .with("ServerTime", date::extended(now))
        .with("MaxAllowedSkewMilliseconds", (SKEW_LATE_SECS * 1000).to_string()))
    }

    pub(super) async fn find_s3_key(&self, id: &str, token: Option<&str>) -> Result<ports::AccessKey, Fault> {
        let found = self.keys.find(id).await.map_err(lookup_failed)?;
        // S3 does not know a temporary key that comes without any token.
        let Some(key) = found.filter(|key| key.session.is_none() || token.is_some()) else {
            return Err(Fault::new(
                403,
                "InvalidAccessKeyId",
                "The AWS Access Key Id you provided does not exist in our records.",
            )
            .with("AWSAccessKeyId", id));
        };
        match Token::judge(&key, token, self.clock.now()) {
            Token::Good => Ok(key),
            Token::Wrong => {
                Err(Fault::new(400, "InvalidToken", "The provided token is malformed or otherwise invalid.")
                    .with("Token-0", token.unwrap_or_default()))
            }
            Token::Expired => Err(Fault::new(400, "ExpiredToken", "The provided token has expired.")
                .with("Token-0", token.unwrap_or_default())),
        }
    }

    /// Compares in constant time and keeps the key if it was right.
    pub(super) fn check(
        &self,
        credential: &Credential<'_>,
        secret: &base::Secret,
        text: &str,
        signature: &str,
    ) -> Signature {
        let (key, kept) = self.keys.signing_key(credential, secret);
        let matches = crypt::same(base::hex(&key.sign(text.as_bytes())).as_bytes(), signature.as_bytes());
        if matches && !kept {
            self.keys.keep(credential, secret, &key);
        }
        Signature { key, matches }
    }
}

/// Signed in more than one way.
pub(crate) fn several(authorization: Option<&http::HeaderValue>) -> Fault {
    let text = "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the \
                Authorization header should be specified";
    let shown = authorization.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    Fault::new(400, "InvalidArgument", text)
        .with("ArgumentName", "Authorization")
        .with("ArgumentValue", shown.unwrap_or_default())
}

fn anonymous(covered: &Covered<'_>) -> Result<Proven, Fault> {
    optional_payload(covered).map(Proven::anonymous)
}

/// Where no V4 signature is: the header may still say how the payload is framed. Signed chunks have nothing to hang on.
fn optional_payload(covered: &Covered<'_>) -> Result<Payload, Fault> {
    let Some(line) = header(covered.headers, "x-amz-content-sha256") else { return Ok(Payload::Unsigned) };
    match readable_payload(line)? {
        Payload::Streaming | Payload::StreamingTrailer => {
            Err(denied("Chunk signatures require a request signed by AWS Signature Version 4"))
        }
        Payload::StreamingEcdsa | Payload::StreamingEcdsaTrailer => Err(asymmetric()),
        payload @ (Payload::Hash(_) | Payload::Unsigned | Payload::StreamingUnsignedTrailer) => Ok(payload),
    }
}

fn readable_payload(line: &str) -> Result<Payload, Fault> {
    Payload::parse(line).ok_or_else(|| {
        Fault::new(400, "InvalidArgument", WORDS)
            .with("ArgumentName", "x-amz-content-sha256")
            .with("ArgumentValue", line)
    })
}

/// Rows 7 to 10: the scope's form. Any region will do.
pub(super) fn scope<'c>(prefix: &str, code: &'static str, text: &'c str) -> Result<Credential<'c>, Fault> {
    let fault = |message: String| Fault::new(400, code, format!("{prefix}{message}"));
    let Some(credential) = Credential::parse(text) else {
        return Err(fault(
            "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\"."
                .into(),
        ));
    };
    if !date::is_day(credential.date) {
        return Err(fault(format!(
            "incorrect date format \"{}\". This date in the credential must be in the format \"yyyyMMdd\".",
            credential.date
        )));
    }
    if credential.region.is_empty() {
        return Err(fault("a non-empty region must be provided in the credential.".into()));
    }
    if Region::new(credential.region).is_none() {
        return Err(fault(format!("the region '{}' is wrong; expecting 'us-east-1'", credential.region))
            .with("Region", "us-east-1"));
    }
    if credential.service != "s3" {
        return Err(fault(format!(
            "incorrect service \"{}\". This endpoint belongs to \"s3\".",
            credential.service
        )));
    }
    if credential.terminal != "aws4_request" {
        return Err(fault(format!(
            "incorrect terminal \"{}\". This endpoint uses \"aws4_request\".",
            credential.terminal
        )));
    }
    Ok(credential)
}

fn presign_expires(text: &str) -> Result<i64, Fault> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(query_fault("X-Amz-Expires should be a number"));
    }
    // More digits than fit are too many seconds all the same.
    let seconds = digits.parse::<i64>().unwrap_or(i64::MAX);
    if negative && seconds > 0 {
        return Err(query_fault("X-Amz-Expires must be non-negative"));
    }
    if seconds > PRESIGN_EXPIRES_MAX {
        return Err(query_fault(
            "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less \
             than 604800 seconds",
        ));
    }
    Ok(seconds)
}

/// Row 14, with everything AWS shows of what it expected to be signed; it is all the client's own.
pub(super) fn mismatch(id: &str, text: &str, provided: &str, canonical_request: Option<&[u8]>) -> Fault {
    let fault = Fault::new(
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your key and signing \
         method.",
    )
    .with("AWSAccessKeyId", id)
    .with("StringToSign", text)
    .with("SignatureProvided", provided)
    .with("StringToSignBytes", spaced_hex(text.as_bytes()));
    match canonical_request {
        Some(request) => fault
            .with("CanonicalRequest", String::from_utf8_lossy(request))
            .with("CanonicalRequestBytes", spaced_hex(request)),
        None => fault,
    }
}

fn spaced_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}

fn argument(message: &str, value: &str) -> Fault {
    Fault::new(400, "InvalidArgument", message)
        .with("ArgumentName", "Authorization")
        .with("ArgumentValue", value)
}

fn unsupported(authorization: &str) -> Fault {
    argument("Unsupported Authorization Type", authorization)
}

fn asymmetric() -> Fault {
    Fault::new(
        400,
        "InvalidRequest",
        "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
    )
}

fn malformed(prefix: &str, message: &str) -> Fault {
    Fault::new(400, "AuthorizationHeaderMalformed", format!("{prefix}{message}"))
}

fn query_fault(message: impl Into<String>) -> Fault {
    Fault::new(400, "AuthorizationQueryParametersError", message)
}

fn denied(message: impl Into<String>) -> Fault {
    Fault::new(403, "AccessDenied", message)
}

fn no_date() -> Fault {
    denied("AWS authentication requires a valid Date or x-amz-date header")
}
