//! The services' own keys: `alias/aws/SERVICE`, made when a service first needs one.

use std::sync::Arc;

use super::keys::Key;
use super::lifecycle::NewKey;
use super::name::Named;
use super::policy::service_policy;
use super::{Error, Kms};
use crate::tables::{AliasRef, Origin, Spec, Usage};
use base::Tags;

/// Services whose key stands for encryption by default, and how AWS describes the key.
pub const SERVICES: [(&str, &str); 8] = [
    ("dynamodb", "Default key that protects my DynamoDB data when no other key is defined"),
    ("firehose", "Default key that protects my Firehose data when no other key is defined"),
    ("glue", "Default key that protects my Glue data when no other key is defined"),
    ("kinesis", "Default key that protects my Kinesis data when no other key is defined"),
    ("kinesisvideo", "Default key that protects my Kinesis Video Streams data when no other key is defined"),
    ("lambda", "Default key that protects my Lambda functions when no other key is defined"),
    ("logs", "Default key that protects my CloudWatch Logs data when no other key is defined"),
    ("s3", "Default key that protects my S3 objects when no other key is defined"),
];

impl Kms {
    /// The key that a name stands for; that of a service is made if it does not exist yet. Any number of callers may come at once: they all
    /// get the same key.
    pub async fn named_or_managed(&self, named: &Named) -> Result<Arc<Key>, Error> {
        let found = self.named(named).await;
        match (found, named) {
            (Err(Error::NoAlias(_)), Named::Alias(alias)) => match description(alias) {
                Some((service, description)) => {
                    self.create_managed(alias, managed(alias, service, description)).await
                }
                None => Err(Error::NoAlias(alias.clone())),
            },
            (found, _) => found,
        }
    }
}

fn description(alias: &AliasRef) -> Option<(&'static str, &'static str)> {
    let service = alias.service()?;
    SERVICES.into_iter().find(|(name, _)| *name == service)
}

fn managed(alias: &AliasRef, service: &str, description: &str) -> NewKey {
    NewKey {
        account: alias.account,
        region: alias.region.clone(),
        spec: Spec::Symmetric,
        usage: Usage::EncryptDecrypt,
        origin: Origin::AwsKms,
        description: description.to_owned(),
        policy: service_policy(alias, service),
        tags: Tags::new(),
        multi_region: false,
    }
}
