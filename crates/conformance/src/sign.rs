//! Signature Version 4 as a client makes it, from the specification; written apart from the server's so that they check each other.

use base::{Secret, Timestamp, hex};

/// Whose requests these are.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The access key id.
    pub id: String,
    /// The secret access key.
    pub secret: Secret,
    /// The region of the scope.
    pub region: String,
}

impl Credentials {
    /// `test`/`test` in us-east-1.
    pub fn test() -> Self {
        Self::new("test", "test")
    }

    /// These, in us-east-1.
    pub fn new(id: &str, secret: &str) -> Self {
        Self { id: id.to_owned(), secret: Secret::new(secret), region: "us-east-1".to_owned() }
    }
}

/// A request to be signed: path and query are encoded already, header names are in lower case.
#[derive(Clone, Debug)]
pub struct Unsigned<'a> {
    /// The method.
    pub method: &'a str,
    /// The encoded path.
    pub path: &'a str,
    /// The encoded query, its pairs sorted, without the question mark.
    pub query: &'a str,
    /// All headers to be signed; `host` among them.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: &'a [u8],
    /// The service of the scope.
    pub service: &'a str,
}

/// The whole HTTP/1.1 request, signed by header at that time.
pub fn request(credentials: &Credentials, unsigned: Unsigned<'_>, now: Timestamp) -> Vec<u8> {
    let stamp = stamp(now);
    let digest = hex(&crypt::sha256(unsigned.body));
    let mut headers = unsigned.headers;
    headers.push(("x-amz-content-sha256".to_owned(), digest.clone()));
    headers.push(("x-amz-date".to_owned(), stamp.clone()));
    headers.push(("content-length".to_owned(), unsigned.body.len().to_string()));
    headers.sort();
    let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
    let names = names.join(";");
    let canonical_headers: String = headers.iter().map(|(name, text)| format!("{name}:{text}\n")).collect();
    let canonical = format!(
        "{}\n{}\n{}\n{canonical_headers}\n{names}\n{digest}",
        unsigned.method, unsigned.path, unsigned.query
    );
    let scope = format!("{}/{}/{}/aws4_request", &stamp[..8], credentials.region, unsigned.service);
    let to_sign =
        format!("AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{}", hex(&crypt::sha256(canonical.as_bytes())));
    let key = crypt::sigv4_key(&credentials.secret, &stamp[..8], &credentials.region, unsigned.service);
    let signature = hex(&key.sign(to_sign.as_bytes()));

    let target = if unsigned.query.is_empty() {
        unsigned.path.to_owned()
    } else {
        format!("{}?{}", unsigned.path, unsigned.query)
    };
    let mut request = format!("{} {target} HTTP/1.1\r\n", unsigned.method);
    for (name, text) in &headers {
        request.push_str(&format!("{name}: {text}\r\n"));
    }
    request.push_str(&format!(
        "authorization: AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={names}, Signature={signature}\r\n\r\n",
        credentials.id
    ));
    let mut request = request.into_bytes();
    request.extend_from_slice(unsigned.body);
    request
}

/// A time as signatures have it: `20151231T235959Z`.
fn stamp(time: Timestamp) -> String {
    let secs = time.as_secs();
    let (days, secs) = (secs.div_euclid(86_400), secs.rem_euclid(86_400));
    let (year, month, day) = civil(days);
    format!("{year:04}{month:02}{day:02}T{:02}{:02}{:02}Z", secs / 3_600, secs / 60 % 60, secs % 60)
}

/// Year, month and day of a number of days since 1970-01-01, in the Gregorian calendar: eras of 400 years that begin on 1 March.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day)
}

/// `%`-encodes what signatures want encoded; `/` too unless it separates a path.
pub fn encode(text: &str, keep_slash: bool) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        let plain = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        if plain || (keep_slash && byte == b'/') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_are_those_of_the_calendar() {
        assert_eq!(stamp(Timestamp::EPOCH), "19700101T000000Z");
        assert_eq!(stamp(Timestamp::from_secs(951_827_696)), "20000229T123456Z");
        assert_eq!(stamp(Timestamp::from_secs(1_798_761_599)), "20261231T235959Z");
    }

    // "GET Object" of the S3 guide, "Signature calculations: transferring payload in a single chunk".
    #[test]
    fn the_documented_signature_comes_out() {
        let credentials =
            Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        let now = Timestamp::from_secs(1_369_353_600);
        let unsigned = Unsigned {
            method: "GET",
            path: "/",
            query: "lifecycle=",
            headers: vec![("host".to_owned(), "examplebucket.s3.amazonaws.com".to_owned())],
            body: b"",
            service: "s3",
        };
        let text = String::from_utf8(request(&credentials, unsigned, now)).unwrap();
        assert!(text.starts_with("GET /?lifecycle= HTTP/1.1\r\n"));
        assert!(text.contains("x-amz-date: 20130524T000000Z"));
        // The guide signs no content-length; the scope and the names are what can be compared.
        assert!(text.contains("Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=content-length;host;"));
    }
}
