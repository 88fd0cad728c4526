//! A bucket's policy: checked when it is put, compiled when it is first used.

use std::sync::Arc;

use policy::{Document, Kind};

use super::Error;

/// Bytes of a policy (S3 user guide).
pub const POLICY_BYTES_MAX: usize = 20 * 1024;

/// A bucket's policy, ready to be evaluated.
#[derive(Debug)]
pub struct BucketPolicy {
    /// The document; its text is as it was put.
    pub document: Arc<Document>,
    /// Whether it lets everybody in, in the sense of the public access block.
    pub is_public: bool,
    /// Whether it asks about circumstances.
    pub has_conditions: bool,
    /// Whether it asks for tags of objects.
    pub asks_for_tags: bool,
}

impl BucketPolicy {
    /// Reads a policy that is being put on the bucket of that name.
    pub fn take(text: &str, bucket: &str) -> Result<Self, Error> {
        if text.len() > POLICY_BYTES_MAX {
            return Err(Error::MalformedPolicy(
                "Policy exceeds the maximum allowed document size.".to_owned(),
            ));
        }
        let malformed = |error: policy::Malformed| Error::MalformedPolicy(error.to_string());
        let document = Document::parse(text, Kind::Bucket).map_err(malformed)?;
        document.check_bucket(bucket).map_err(malformed)?;
        Ok(Self::of(document))
    }

    /// Reads a policy that was taken before.
    pub(super) fn stored(text: &str) -> Result<Self, Error> {
        let unreadable =
            |error: policy::Malformed| Error::Internal(format!("a stored policy is unreadable: {error}"));
        Ok(Self::of(Document::parse(text, Kind::Bucket).map_err(unreadable)?))
    }

    fn of(document: Document) -> Self {
        let keys = document.context_keys();
        let asks_for_tags =
            keys.iter().any(|key| key.to_ascii_lowercase().starts_with("s3:existingobjecttag"));
        Self {
            is_public: document.is_public(),
            has_conditions: !keys.is_empty(),
            asks_for_tags,
            document: Arc::new(document),
        }
    }
}
