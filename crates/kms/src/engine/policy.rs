//! Key policies: the default, the services', and reading them.

use std::sync::Arc;

use base::AccountId;

use super::{Error, Kms};
use crate::tables::{AliasRef, KeyRef};

/// The only name a key's policy has.
pub const POLICY_NAME: &str = "default";
/// Bytes of a key policy (AWS; the model allows four times as many).
const POLICY_BYTES_MAX: usize = 32_768;

/// The policy of a key that is created without one: the account decides by its identity policies.
pub fn default_policy(account: AccountId) -> String {
    format!(
        r#"{{
  "Version" : "2012-10-17",
  "Id" : "key-default-1",
  "Statement" : [ {{
    "Sid" : "Enable IAM User Permissions",
    "Effect" : "Allow",
    "Principal" : {{
      "AWS" : "arn:aws:iam::{account}:root"
    }},
    "Action" : "kms:*",
    "Resource" : "*"
  }} ]
}}"#
    )
}

/// The policy of a service's own key: whoever of the account comes through the service; the account itself only looks.
pub fn service_policy(alias: &AliasRef, service: &str) -> String {
    let AliasRef { account, region, .. } = alias;
    format!(
        r#"{{
  "Version" : "2012-10-17",
  "Id" : "auto-{service}-1",
  "Statement" : [ {{
    "Sid" : "Allow access through {service} for all principals in the account that are authorized to use {service}",
    "Effect" : "Allow",
    "Principal" : {{
      "AWS" : "*"
    }},
    "Action" : [ "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:CreateGrant", "kms:DescribeKey" ],
    "Resource" : "*",
    "Condition" : {{
      "StringEquals" : {{
        "kms:ViaService" : "{service}.{region}.amazonaws.com",
        "kms:CallerAccount" : "{account}"
      }}
    }}
  }}, {{
    "Sid" : "Allow direct access to key metadata to the account",
    "Effect" : "Allow",
    "Principal" : {{
      "AWS" : "arn:aws:iam::{account}:root"
    }},
    "Action" : [ "kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant" ],
    "Resource" : "*"
  }} ]
}}"#
    )
}

/// Reads a policy that somebody puts.
pub(super) fn parse(text: &str) -> Result<::policy::Document, Error> {
    if text.len() > POLICY_BYTES_MAX {
        return Err(Error::Quota(format!("The policy exceeds the limit of {POLICY_BYTES_MAX} bytes.")));
    }
    ::policy::Document::parse(text, ::policy::Kind::Key)
        .map_err(|why| Error::MalformedPolicy(why.to_string()))
}

/// Reads a policy that is kept.
pub(super) fn parsed(text: &str) -> Result<Arc<::policy::Document>, Error> {
    let document = ::policy::Document::parse(text, ::policy::Kind::Key);
    document.map(Arc::new).map_err(|why| Error::Store(format!("a stored key policy is unreadable: {why}")))
}

impl Kms {
    /// Sets the policy of a key. The caller has seen to it that nobody is locked out.
    pub async fn put_policy(&self, at: &KeyRef, text: &str) -> Result<(), Error> {
        self.change(at, |draft| {
            text.clone_into(&mut draft.row.policy);
            Ok(())
        })
        .await
    }
}
