//! Resource policies of streams and consumers: kept as they were put, compiled when a stream is read.

use std::sync::Arc;

use policy::{Document, Kind};

use super::consumer::ConsumerRef;
use super::{ATTEMPTS, Error, Kinesis};
use crate::tables::{CONSUMERS, StreamKey};

/// The longest policy, in bytes (Kinesis developer guide, "Resource-based policies": 20 KB).
const POLICY_BYTES_MAX: usize = 20 << 10;

/// What carries a policy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Governed {
    /// A stream.
    Stream(StreamKey),
    /// A fan-out consumer.
    Consumer(ConsumerRef),
}

/// A stored policy, ready to be asked. It was checked before it was stored.
pub fn compiled(text: Option<&str>) -> Option<Arc<Document>> {
    match Document::parse(text?, Kind::Resource) {
        Ok(document) => Some(Arc::new(document)),
        Err(error) => {
            tracing::error!(%error, "a stored resource policy cannot be read and grants nothing");
            None
        }
    }
}

impl Kinesis {
    /// The policy of a stream or consumer, if it has one.
    pub async fn policy(&self, of: &Governed) -> Result<Option<String>, Error> {
        match of {
            Governed::Stream(key) => Ok(self.stream(key).await?.row.policy.clone()),
            Governed::Consumer(who) => Ok(self.consumer(who).await?.row.policy),
        }
    }

    /// Puts a policy in the place of the one before.
    pub async fn put_policy(&self, of: &Governed, text: &str) -> Result<(), Error> {
        if text.len() > POLICY_BYTES_MAX {
            return Err(Error::PolicyTooLong(POLICY_BYTES_MAX));
        }
        Document::parse(text, Kind::Resource).map_err(|malformed| Error::Policy(malformed.to_string()))?;
        self.set_policy(of, Some(text)).await.map(drop)
    }

    /// Takes the policy away. `false`: there was none.
    pub async fn delete_policy(&self, of: &Governed) -> Result<bool, Error> {
        self.set_policy(of, None).await
    }

    async fn set_policy(&self, of: &Governed, text: Option<&str>) -> Result<bool, Error> {
        let text = text.map(str::to_owned);
        let who = match of {
            Governed::Stream(key) => {
                let set = |draft: &mut super::draft::Draft<'_>| {
                    Ok(std::mem::replace(&mut draft.row.policy, text.clone()).is_some())
                };
                return self.change(key, set).await;
            }
            Governed::Consumer(who) => who,
        };
        let key = self.consumer_key(who).await?;
        for _ in 0..ATTEMPTS {
            let found = self.found(who, &key).await?;
            let mut row = found.value.clone();
            row.policy.clone_from(&text);
            let mut commit = store::Commit::new(self.new_commit_id());
            commit.unchanged(CONSUMERS, &key, Some(&found)).put(CONSUMERS, &key, &row);
            if self.settle(commit).await? {
                return Ok(found.value.policy.is_some());
            }
        }
        Err(Error::Conflict)
    }
}
