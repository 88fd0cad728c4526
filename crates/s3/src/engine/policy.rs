//! A bucket's policy: checked when it is put, compiled when it is first used.
//!
//! It is kept with the unique ids of the users and roles that it names and shown with their ARNs (`service::names`).

use std::sync::Arc;

use policy::{Document, Kind, Malformed};
use service::names::{self, Unkeepable};

use super::{Error, S3};

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
    fn take(text: &str, bucket: &str) -> Result<Document, Error> {
        if text.len() > POLICY_BYTES_MAX {
            return Err(Error::MalformedPolicy(
                "Policy exceeds the maximum allowed document size.".to_owned(),
            ));
        }
        let document = Document::parse(text, Kind::Bucket).map_err(malformed)?;
        document.check_bucket(bucket).map_err(malformed)?;
        Ok(document)
    }

    /// Reads a policy that was taken before.
    pub(super) fn stored(text: &str) -> Result<Self, Error> {
        let unreadable =
            |error: Malformed| Error::Internal(format!("a stored policy is unreadable: {error}"));
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

fn malformed(error: Malformed) -> Error {
    Error::MalformedPolicy(error.to_string())
}

impl S3 {
    /// Reads a policy that is being put on the bucket of that name. Fails if it names users or roles that there are not.
    pub async fn policy_to_keep(&self, text: &str, bucket: &str) -> Result<BucketPolicy, Error> {
        let document = BucketPolicy::take(text, bucket)?;
        let Some(principals) = &self.principals else { return Ok(BucketPolicy::of(document)) };
        let kept = names::to_keep(document, &**principals).await.map_err(|error| match error {
            Unkeepable::NoPrincipal { .. } => malformed(Malformed::InvalidBucketPrincipal),
            Unkeepable::Unavailable(error) => Error::Internal(error.to_string()),
        })?;
        Ok(BucketPolicy::of(kept))
    }

    /// A bucket's policy, as it was put.
    pub async fn policy_to_show(&self, policy: &BucketPolicy) -> Result<String, Error> {
        let Some(principals) = &self.principals else { return Ok(policy.document.text().to_owned()) };
        let shown = names::to_show(&policy.document, &**principals).await;
        shown.map_err(|error| Error::Internal(error.to_string()))
    }
}
