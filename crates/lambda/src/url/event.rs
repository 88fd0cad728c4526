//! A request as an event: payload format 2.0.
//! <https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-request-payload>

use std::collections::BTreeMap;

use base::Timestamp;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, COOKIE, HOST};
use http::{HeaderMap, Version};
use ports::{PrincipalKind, UrlRequest};
use serde_json::{Map, Value, json};

/// The event. `now` is of the wall clock; `signed`: the URL wants signatures.
pub(super) fn of(request: &UrlRequest, now: Timestamp, signed: bool) -> Value {
    let UrlRequest { url, headers, .. } = request;
    let domain = request.host.rsplit_once(':').map_or(&*request.host, |(name, _)| name);
    let text = |name| headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let account = if signed { request.principal.account.to_string() } else { "anonymous".to_owned() };
    let mut context = json!({
        "accountId": account,
        "apiId": url.id,
        "domainName": domain,
        "domainPrefix": url.id,
        "http": {
            "method": request.method.as_str(),
            "path": request.path,
            "protocol": protocol(request.version),
            "sourceIp": request.source_ip.to_string(),
            "userAgent": text(http::header::USER_AGENT),
        },
        "requestId": request.request_id,
        "routeKey": "$default",
        "stage": "$default",
        "time": common_log_time(now),
        "timeEpoch": now.as_millis(),
    });
    if signed {
        context["authorizer"] = json!({ "iam": signer(request) });
    }
    let mut event = json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": request.path,
        "rawQueryString": request.query,
        "headers": shown_headers(request),
        "requestContext": context,
        "isBase64Encoded": false,
    });
    let cookies = cookies(headers);
    if !cookies.is_empty() {
        event["cookies"] = Value::from(cookies);
    }
    let parameters = parameters(&request.query);
    if !parameters.is_empty() {
        event["queryStringParameters"] = json!(parameters);
    }
    if !request.body.is_empty() {
        let (body, encoded) = body(&request.body, text(CONTENT_TYPE).as_deref());
        event["body"] = Value::from(body);
        event["isBase64Encoded"] = Value::from(encoded);
    }
    event
}

fn protocol(version: Version) -> &'static str {
    match version {
        Version::HTTP_2 => "HTTP/2.0",
        Version::HTTP_10 => "HTTP/1.0",
        _ => "HTTP/1.1",
    }
}

/// `12/Mar/2020:19:03:58 +0000`.
fn common_log_time(now: Timestamp) -> String {
    let at = jiff::Timestamp::from_second(now.as_secs()).unwrap_or_default();
    at.strftime("%d/%b/%Y:%H:%M:%S +0000").to_string()
}

/// Who signed.
fn signer(request: &UrlRequest) -> Value {
    let principal = &request.principal;
    json!({
        "accessKey": request.access_key_id,
        "accountId": principal.account.to_string(),
        "callerId": principal.user_id(),
        "cognitoIdentity": null,
        "principalOrgId": null,
        "userArn": match principal.kind {
            PrincipalKind::Anonymous | PrincipalKind::Service { .. } => None,
            PrincipalKind::Root
            | PrincipalKind::User { .. }
            | PrincipalKind::Role { .. }
            | PrincipalKind::Federated { .. } => principal.arn().map(|arn| arn.to_string()),
        },
        "userId": principal.user_id(),
    })
}

/// Headers by their lower-case names, several values of one joined by commas; cookies stand apart. What a proxy of AWS's adds is added.
fn shown_headers(request: &UrlRequest) -> Map<String, Value> {
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in &request.headers {
        if name == COOKIE {
            continue;
        }
        let value = String::from_utf8_lossy(value.as_bytes());
        all.entry(name.as_str().to_owned())
            .and_modify(|there| {
                there.push(',');
                there.push_str(&value);
            })
            .or_insert_with(|| value.into_owned());
    }
    all.entry(HOST.as_str().to_owned()).or_insert_with(|| request.host.clone());
    let port =
        request.host.rsplit_once(':').map_or(if request.secure { "443" } else { "80" }, |(_, port)| port);
    let forwarded = match all.get("x-forwarded-for") {
        Some(before) => format!("{before}, {}", request.source_ip),
        None => request.source_ip.to_string(),
    };
    all.insert("x-forwarded-for".to_owned(), forwarded);
    all.insert("x-forwarded-port".to_owned(), port.to_owned());
    all.insert("x-forwarded-proto".to_owned(), if request.secure { "https" } else { "http" }.to_owned());
    all.into_iter().map(|(name, value)| (name, Value::from(value))).collect()
}

fn cookies(headers: &HeaderMap) -> Vec<String> {
    let lines =
        headers.get_all(COOKIE).iter().map(|line| String::from_utf8_lossy(line.as_bytes()).into_owned());
    let all = lines.flat_map(|line| line.split(';').map(|one| one.trim().to_owned()).collect::<Vec<_>>());
    all.filter(|one| !one.is_empty()).collect()
}

/// The pairs of a query, decoded; several values of one name are joined by commas.
fn parameters(query: &str) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = decoded(value);
        all.entry(decoded(name))
            .and_modify(|there| {
                there.push(',');
                there.push_str(&value);
            })
            .or_insert(value);
    }
    all
}

/// Without `%XX` and with blanks for `+`.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = bytes.get(at + 1..at + 3).and_then(|two| std::str::from_utf8(two).ok());
        match (byte, hex.and_then(|two| u8::from_str_radix(two, 16).ok())) {
            (b'%', Some(value)) => {
                plain.push(value);
                at += 3;
                continue;
            }
            (b'+', _) => plain.push(b' '),
            (byte, _) => plain.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&plain).into_owned()
}

/// The body as text where its type is one of text, else in base64.
fn body(bytes: &Bytes, content_type: Option<&str>) -> (String, bool) {
    let content_type = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    let content_type = content_type.to_ascii_lowercase();
    let is_text = content_type.starts_with("text/")
        || content_type.ends_with("+json")
        || content_type.ends_with("+xml")
        || matches!(
            &*content_type,
            "application/json" | "application/xml" | "application/javascript" | "application/graphql"
        );
    match std::str::from_utf8(bytes) {
        Ok(text) if is_text => (text.to_owned(), false),
        Ok(_) | Err(_) => (base64_simd::STANDARD.encode_to_string(bytes), true),
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use http::{HeaderValue, Method};
    use ports::{Principal, UrlName};

    use super::*;

    fn request(query: &str, content_type: &'static str, body: &'static [u8]) -> UrlRequest {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        headers.append(COOKIE, HeaderValue::from_static("a=1; b=2"));
        headers.append("x-many", HeaderValue::from_static("1"));
        headers.append("x-many", HeaderValue::from_static("2"));
        UrlRequest {
            url: UrlName { id: "abc".to_owned(), region: "us-east-1".to_owned() },
            method: Method::POST,
            version: Version::HTTP_11,
            path: "/a%20b".to_owned(),
            query: query.to_owned(),
            host: "abc.lambda-url.us-east-1.localhost:4566".to_owned(),
            headers,
            body: Bytes::from_static(body),
            principal: Principal::anonymous(),
            access_key_id: None,
            source_ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
            secure: false,
            request_id: "r".to_owned(),
        }
    }

    #[test]
    fn a_request_is_told_in_format_two() {
        let event = of(
            &request("x=1&x=2&y=%C3%A4+b&z", "application/json", b"{}"),
            Timestamp::from_secs(1_583_348_638),
            false,
        );
        assert_eq!(event["version"], "2.0");
        assert_eq!(event["rawPath"], "/a%20b");
        assert_eq!(event["queryStringParameters"], json!({ "x": "1,2", "y": "ä b", "z": "" }));
        assert_eq!(event["cookies"], json!(["a=1", "b=2"]));
        assert_eq!(event["headers"]["x-many"], "1,2");
        assert_eq!(event["headers"]["x-forwarded-port"], "4566");
        assert_eq!(event["headers"].get("cookie"), None);
        assert_eq!(event["requestContext"]["accountId"], "anonymous");
        assert_eq!(event["requestContext"]["domainName"], "abc.lambda-url.us-east-1.localhost");
        assert_eq!(event["requestContext"]["time"], "04/Mar/2020:19:03:58 +0000");
        assert_eq!((&event["body"], &event["isBase64Encoded"]), (&json!("{}"), &json!(false)));
    }

    #[test]
    fn bodies_that_are_no_text_come_in_base64() {
        for (content_type, encoded) in [
            ("text/plain; charset=utf-8", false),
            ("application/vnd.api+json", false),
            ("application/x-www-form-urlencoded", true),
            ("application/octet-stream", true),
        ] {
            let event = of(&request("", content_type, b"a=b"), Timestamp::EPOCH, false);
            assert_eq!(event["isBase64Encoded"], encoded, "{content_type}");
            assert_eq!(event["body"], if encoded { "YT1i" } else { "a=b" });
            assert_eq!(event.get("queryStringParameters"), None);
        }
        assert_eq!(of(&request("", "text/plain", b""), Timestamp::EPOCH, false).get("body"), None);
    }

    #[test]
    fn broken_escapes_stay_as_they_are() {
        assert_eq!(decoded("%zz%4"), "%zz%4");
    }
}
