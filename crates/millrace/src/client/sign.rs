//! Signature Version 4 by header, for POSTs without a query.

use base::{Secret, Timestamp, hex};

/// As whom calls are made.
#[derive(Clone, Debug)]
pub(crate) struct Credentials {
    /// The access key id.
    pub id: String,
    /// The secret access key.
    pub secret: Secret,
    /// The token of temporary credentials.
    pub token: Option<String>,
}

/// One POST to be signed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Post<'a> {
    /// Host and port, as in the address.
    pub host: &'a str,
    /// The path.
    pub path: &'a str,
    /// `X-Amz-Target`.
    pub target: &'a str,
    /// The content type.
    pub content_type: &'a str,
    /// The body.
    pub body: &'a [u8],
    /// The service of the scope.
    pub service: &'a str,
    /// The region of the scope.
    pub region: &'a str,
}

/// The headers that make it a signed request, `Host` apart.
pub(crate) fn headers(
    credentials: &Credentials,
    post: Post<'_>,
    now: Timestamp,
) -> Vec<(&'static str, String)> {
    let stamp = stamp(now);
    let date = &stamp[..8];
    let digest = hex(&crypt::sha256(post.body));
    let mut signed = vec![
        ("content-type", post.content_type.to_owned()),
        ("host", post.host.to_owned()),
        ("x-amz-content-sha256", digest.clone()),
        ("x-amz-date", stamp.clone()),
    ];
    signed.extend(credentials.token.clone().map(|token| ("x-amz-security-token", token)));
    signed.push(("x-amz-target", post.target.to_owned()));
    let names: Vec<&str> = signed.iter().map(|(name, _)| *name).collect();
    let names = names.join(";");
    let lines: String = signed.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
    let canonical = format!("POST\n{}\n\n{lines}\n{names}\n{digest}", post.path);
    let scope = format!("{date}/{}/{}/aws4_request", post.region, post.service);
    let text = format!("AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{}", hex(&crypt::sha256(canonical.as_bytes())));
    let key = crypt::sigv4_key(&credentials.secret, date, post.region, post.service);
    let signature = hex(&key.sign(text.as_bytes()));
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={names}, Signature={signature}",
        credentials.id
    );
    signed.retain(|(name, _)| *name != "host");
    signed.push(("authorization", authorization));
    signed
}

/// A time as signatures have it: `20151231T235959Z`.
fn stamp(time: Timestamp) -> String {
    let time = jiff::Timestamp::from_second(time.as_secs()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    time.strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(token: Option<&str>) -> Vec<(&'static str, String)> {
        let credentials = Credentials {
            id: "AKIDEXAMPLE".to_owned(),
            secret: Secret::new("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
            token: token.map(str::to_owned),
        };
        let post = Post {
            host: "kinesis.us-east-1.amazonaws.com",
            path: "/",
            target: "Kinesis_20131202.ListShards",
            content_type: "application/x-amz-json-1.1",
            body: b"{}",
            service: "kinesis",
            region: "us-east-1",
        };
        headers(&credentials, post, Timestamp::from_secs(1_440_938_160))
    }

    // The signature was made by botocore for the same request.
    #[test]
    fn signatures_are_those_of_another_client() {
        let header = |name: &str| signed(None).into_iter().find(|(of, _)| *of == name).unwrap().1;
        assert_eq!(header("x-amz-date"), "20150830T123600Z");
        let expected = "9f0181889293ab4047e3a44d00192400f7dc63bc48e9f971dc6e86edb45c3334";
        assert!(header("authorization").ends_with(expected), "{}", header("authorization"));
    }

    #[test]
    fn a_token_is_signed_along() {
        let headers = signed(Some("t"));
        let authorization = &headers.iter().find(|(name, _)| *name == "authorization").unwrap().1;
        assert!(authorization.contains("x-amz-date;x-amz-security-token;x-amz-target"));
    }
}
