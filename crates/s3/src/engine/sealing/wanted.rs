//! What a request asks for: which way of encryption, and under which key. Texts of facts section 9.

use std::collections::BTreeMap;

use super::super::Error;
use super::customer::CustomerKey;
use crate::tables::{BucketEncryption, DefaultEncryption};

const METHOD: &str = "x-amz-server-side-encryption";
/// Bytes of an encryption context (KMS takes 8 KiB as a query's worth; S3 no more in a header).
const CONTEXT_BYTES_MAX: usize = 8 << 10;

/// The way of encryption a write asks for.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// SSE-S3.
    Managed,
    /// SSE-KMS or DSSE-KMS.
    Kms(WantedKey),
    /// SSE-C.
    Customer(CustomerKey),
}

/// A KMS key as a write asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedKey {
    /// Two layers.
    pub dual: bool,
    /// Any name of the key; `aws/s3` if none is named.
    pub key: Option<String>,
    /// What the caller adds to the encryption context.
    pub context: Vec<(String, String)>,
    /// Whether to use a bucket key.
    pub bucket_key: bool,
}

/// The headers of a write, as they were sent.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// `x-amz-server-side-encryption`.
    pub method: Option<String>,
    /// `x-amz-server-side-encryption-aws-kms-key-id`.
    pub key: Option<String>,
    /// `x-amz-server-side-encryption-context`.
    pub context: Option<String>,
    /// `x-amz-server-side-encryption-bucket-key-enabled`.
    pub bucket_key: Option<bool>,
    /// The three headers of SSE-C.
    pub customer: Option<CustomerKey>,
}

impl Said {
    /// What is wanted, by the request or else by the bucket.
    pub fn wanted(self, bucket: &BucketEncryption) -> Result<Wanted, Error> {
        let refused = |text: &str| Err(Error::Argument { name: METHOD, value: None, text: text.to_owned() });
        if let Some(customer) = self.customer {
            if self.method.is_some() || self.key.is_some() {
                return refused(
                    "Server Side Encryption with Customer provided key is incompatible with the encryption method specified",
                );
            }
            return Ok(Wanted::Customer(customer));
        }
        let dual = match self.method.as_deref() {
            None if self.key.is_some() || self.context.is_some() => {
                return refused(
                    "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
                );
            }
            None => return Ok(by_default(bucket, self.bucket_key)),
            Some("AES256") if self.key.is_some() => {
                return refused(
                    "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
                );
            }
            Some("AES256") => return Ok(Wanted::Managed),
            Some("aws:kms") => false,
            Some("aws:kms:dsse") => true,
            Some(_) => return refused("The encryption method specified is not supported"),
        };
        let context = self.context.as_deref().map(parse_context).transpose()?.unwrap_or_default();
        let bucket_key = !dual && self.bucket_key.or(bucket.bucket_key).unwrap_or(false);
        Ok(Wanted::Kms(WantedKey { dual, key: self.key, context, bucket_key }))
    }
}

fn by_default(bucket: &BucketEncryption, bucket_key: Option<bool>) -> Wanted {
    let kms = |dual: bool, key: &Option<String>| {
        let bucket_key = !dual && bucket_key.or(bucket.bucket_key).unwrap_or(false);
        Wanted::Kms(WantedKey { dual, key: key.clone(), context: Vec::new(), bucket_key })
    };
    match &bucket.by_default {
        DefaultEncryption::Managed => Wanted::Managed,
        DefaultEncryption::Kms(key) => kms(false, key),
        DefaultEncryption::Dual(key) => kms(true, key),
    }
}

/// The caller's part of an encryption context: base64 of a JSON object whose values are strings.
pub fn parse_context(text: &str) -> Result<Vec<(String, String)>, Error> {
    let refused = || {
        Error::Argument {
        name: "x-amz-server-side-encryption-context",
        value: None,
        text: "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON which represents a \
               string-string map"
            .to_owned(),
    }
    };
    if text.len() > CONTEXT_BYTES_MAX {
        return Err(refused());
    }
    let json = base64_simd::STANDARD.decode_to_vec(text).map_err(|_| refused())?;
    let map: BTreeMap<String, String> = serde_json::from_slice(&json).map_err(|_| refused())?;
    Ok(map.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(method: &str) -> Said {
        Said { method: Some(method.to_owned()), ..Said::default() }
    }

    fn kms(bucket_key: bool) -> BucketEncryption {
        BucketEncryption {
            by_default: DefaultEncryption::Kms(Some("key".to_owned())),
            bucket_key: Some(bucket_key),
            customer_keys_blocked: true,
        }
    }

    #[test]
    fn the_request_goes_before_the_bucket() {
        assert!(matches!(said("AES256").wanted(&kms(true)), Ok(Wanted::Managed)));
        assert!(matches!(Said::default().wanted(&crate::tables::NEW_BUCKET), Ok(Wanted::Managed)));
        let Ok(Wanted::Kms(key)) = said("aws:kms").wanted(&kms(true)) else { panic!("it is KMS") };
        assert_eq!((key.key, key.bucket_key, key.dual), (None, true, false));
        let Ok(Wanted::Kms(key)) = Said::default().wanted(&kms(true)) else { panic!("it is KMS") };
        assert_eq!((key.key.as_deref(), key.bucket_key), (Some("key"), true));
        let without = Said { bucket_key: Some(false), ..Said::default() };
        let Ok(Wanted::Kms(key)) = without.wanted(&kms(true)) else { panic!("it is KMS") };
        assert!(!key.bucket_key);
        let Ok(Wanted::Kms(key)) = said("aws:kms:dsse").wanted(&kms(true)) else { panic!("it is KMS") };
        assert_eq!((key.dual, key.bucket_key), (true, false));
    }

    #[test]
    fn what_does_not_go_together_is_refused() {
        for method in ["", "aes256", "aws:fsx"] {
            assert!(
                matches!(said(method).wanted(&kms(true)), Err(Error::Argument { name: METHOD, .. })),
                "{method}"
            );
        }
        let key = Some("key".to_owned());
        for method in [None, Some("AES256".to_owned())] {
            let said = Said { method, key: key.clone(), ..Said::default() };
            assert!(matches!(said.wanted(&kms(true)), Err(Error::Argument { name: METHOD, .. })));
        }
    }

    #[test]
    fn a_context_is_a_map_of_strings() {
        let encode = |json: &str| base64_simd::STANDARD.encode_to_string(json);
        assert_eq!(
            parse_context(&encode("{\"b\":\"1\",\"a\":\"2\"}")),
            Ok(vec![("a".to_owned(), "2".to_owned()), ("b".to_owned(), "1".to_owned())])
        );
        for text in ["%", "", &encode("[]"), &encode("{\"a\":1}"), &encode("{\"a\":{}}"), &encode("{")] {
            assert!(parse_context(text).is_err(), "{text}");
        }
    }
}
