//! Resource policies of streams, consumers and queues: kept as they were put, compiled when a stream is read.
//!
//! Where one names users or roles it is kept with their unique ids and shown with their ARNs ([`service::names`]). Policies of before that stand
//! as they were put, and are judged by the ARNs in them.

use std::sync::Arc;

use policy::{Document, Kind};
use service::names::{self, Unkeepable};

use super::consumer::ConsumerRef;
use super::{ATTEMPTS, Error, Kinesis};
use crate::tables::queues::ReaderKey;
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
    /// A queue.
    Queue(ReaderKey),
}

/// What stands for a policy that cannot be read: its denials are not known, so nobody may do anything. The account's root may replace it.
const UNREADABLE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "TheStoredPolicyCannotBeRead", "Effect": "Deny", "Principal": "*", "Resource": "*", "NotAction": "kinesis:*ResourcePolicy"},
    {"Sid": "OnlyRootMayReplaceIt", "Effect": "Deny", "Principal": "*", "Resource": "*", "Action": "kinesis:*ResourcePolicy",
     "Condition": {"StringNotEquals": {"aws:PrincipalType": "Account"}}}
  ]
}"#;

/// A stored policy, ready to be asked. It was checked before it was stored; if it is unreadable all the same, everything is denied.
pub fn compiled(text: Option<&str>) -> Option<Arc<Document>> {
    let document = Document::parse(text?, Kind::Resource).unwrap_or_else(|error| {
        tracing::error!(%error, "a stored resource policy cannot be read: everything under it is denied");
        Document::parse(UNREADABLE, Kind::Resource).expect("the document is a constant")
    });
    Some(Arc::new(document))
}

impl Kinesis {
    /// The policy of a stream or consumer as it is shown, if it has one.
    pub async fn shown_policy(&self, of: &Governed) -> Result<Option<String>, Error> {
        let Some(text) = self.policy(of).await? else { return Ok(None) };
        match Document::parse(&text, Kind::Resource) {
            Ok(document) if document.principals().any(|name| names::is_unique_id(name.value)) => {
                let shown = names::to_show(&document, &*self.principals).await;
                shown.map(Some).map_err(|error| Error::Store(error.to_string()))
            }
            // What cannot be read is shown to whoever is to mend it.
            Ok(_) | Err(_) => Ok(Some(text)),
        }
    }

    /// The policy of a stream or consumer as it is kept, if it has one.
    async fn policy(&self, of: &Governed) -> Result<Option<String>, Error> {
        match of {
            Governed::Stream(key) => Ok(self.stream(key).await?.row.policy.clone()),
            Governed::Consumer(who) => Ok(self.consumer(who).await?.row.policy),
            Governed::Queue(key) => Ok(self.queue(key).await?.row.policy),
        }
    }

    /// Puts a policy in the place of the one before.
    pub async fn put_policy(&self, of: &Governed, text: &str) -> Result<(), Error> {
        if text.len() > POLICY_BYTES_MAX {
            return Err(Error::PolicyTooLong(POLICY_BYTES_MAX));
        }
        let document = Document::parse(text, Kind::Resource)
            .map_err(|malformed| Error::Policy(malformed.to_string()))?;
        let named = document.principals().any(|name| names::is_entity(name.value));
        let kept = names::to_keep(document, &*self.principals).await.map_err(|error| match error {
            Unkeepable::NoPrincipal { .. } => Error::Policy(error.to_string()),
            Unkeepable::Unavailable(why) => Error::Store(why.to_string()),
        })?;
        let kept = if named { kept.with_principals(|_| None) } else { text.to_owned() };
        self.set_policy(of, Some(&kept)).await.map(drop)
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
            Governed::Queue(key) => return self.set_queue_policy(key, text).await,
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

#[cfg(test)]
mod tests {
    use base::{AccountId, Arn};
    use policy::{Context, Kin, Question, Rule, Who, evaluate};

    use super::*;

    /// Whether a caller whose own policies allow everything may do this under a policy that cannot be read.
    fn may(kind: Kin<'_>, action: &str) -> bool {
        let all =
            r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
        let all = Document::parse(all, Kind::Identity).unwrap();
        let document = compiled(Some("{")).unwrap();
        let context = Context::new();
        let question = Question {
            who: Who { account: AccountId::DEFAULT, kind, canonical: None },
            action,
            resource: "arn:aws:kinesis:us-east-1:000000000000:stream/s",
            owner: AccountId::DEFAULT,
            context: &context,
            identity: &[policy::Attached { name: "all", arn: None, document: &all }],
            boundary: None,
            session: None,
            resource_policy: Some(&document),
            granted: false,
            rule: Rule::Usual,
        };
        evaluate(&question).is_allowed()
    }

    #[test]
    fn an_unreadable_policy_denies_everything_until_root_replaces_it() {
        let arn: Arn = "arn:aws:iam::000000000000:user/a".parse().unwrap();
        let user = Kin::User { arn: &arn, id: "AIDA" };
        for action in ["kinesis:PutRecord", "kinesis:GetRecords", "kinesis:PutResourcePolicy"] {
            assert!(!may(user, action), "{action}");
        }
        assert!(!may(Kin::Root, "kinesis:GetRecords"));
        assert!(
            may(Kin::Root, "kinesis:PutResourcePolicy") && may(Kin::Root, "kinesis:DeleteResourcePolicy")
        );
        assert_eq!(compiled(None), None);
    }
}
