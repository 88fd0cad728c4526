//! What a client says about its signature, before anything of it is believed.

use crate::text::trimmed_parts;

/// `AKID/YYYYMMDD/REGION/SERVICE/aws4_request`, split.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Credential<'a> {
    /// The whole text.
    pub text: &'a str,
    pub access_key_id: &'a str,
    pub date: &'a str,
    pub region: &'a str,
    pub service: &'a str,
    pub terminal: &'a str,
}

impl<'a> Credential<'a> {
    /// `None` unless there are exactly five parts.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split('/');
        let credential = Self {
            text,
            access_key_id: parts.next()?,
            date: parts.next()?,
            region: parts.next()?,
            service: parts.next()?,
            terminal: parts.next()?,
        };
        parts.next().is_none().then_some(credential)
    }

    /// What the string to sign names: everything but the key id.
    pub(crate) fn scope(&self) -> &'a str {
        &self.text[self.access_key_id.len() + 1..]
    }
}

/// The three components of a V4 `Authorization` header, whichever are there.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Components<'a> {
    pub credential: Option<&'a str>,
    pub signed_headers: Option<&'a str>,
    pub signature: Option<&'a str>,
}

impl<'a> Components<'a> {
    /// Reads what follows the algorithm. A component that is there twice counts as the last; unknown ones are passed over.
    pub(crate) fn parse(rest: &'a str) -> Self {
        let mut components = Self::default();
        for part in trimmed_parts(rest, ',') {
            match part.split_once('=') {
                Some(("Credential", value)) => components.credential = Some(value),
                Some(("SignedHeaders", value)) => components.signed_headers = Some(value),
                Some(("Signature", value)) => components.signature = Some(value),
                Some(_) | None => {}
            }
        }
        components
    }
}

/// The service that a request's credential scope names, from header or query; for routing only, nothing is verified.
pub(crate) fn claimed_service<'a>(
    authorization: Option<&'a str>,
    credential_param: Option<&'a str>,
) -> Option<&'a str> {
    let credential = match authorization {
        Some(header) => Components::parse(header.split_once(' ')?.1).credential?,
        None => credential_param?,
    };
    Credential::parse(credential).map(|credential| credential.service)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_has_five_parts() {
        let credential = Credential::parse("AK/20260101/us-east-1/s3/aws4_request").unwrap();
        assert_eq!(credential.access_key_id, "AK");
        assert_eq!(credential.service, "s3");
        assert_eq!(credential.scope(), "20260101/us-east-1/s3/aws4_request");
        assert_eq!(Credential::parse("AK/20260101/us-east-1/s3"), None);
        assert_eq!(Credential::parse("AK/20260101/us-east-1/s3/aws4_request/x"), None);
    }

    #[test]
    fn components_come_in_any_order_and_spacing() {
        let expected =
            Components { credential: Some("C/d"), signed_headers: Some("host"), signature: Some("ab") };
        assert_eq!(Components::parse("Credential=C/d, SignedHeaders=host, Signature=ab"), expected);
        assert_eq!(Components::parse("Signature=ab,Credential=C/d,SignedHeaders=host"), expected);
        assert_eq!(Components::parse("Credential=C/d").signature, None);
    }

    #[test]
    fn the_claimed_service_is_read_from_header_or_query() {
        let header =
            "AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/kinesis/aws4_request, SignedHeaders=host";
        assert_eq!(claimed_service(Some(header), None), Some("kinesis"));
        assert_eq!(claimed_service(None, Some("AK/20260101/us-east-1/sts/aws4_request")), Some("sts"));
        assert_eq!(claimed_service(Some("AWS AK:sig"), None), None);
        assert_eq!(claimed_service(None, None), None);
    }
}
