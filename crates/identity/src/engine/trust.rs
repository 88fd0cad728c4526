//! Who may assume a role.
//!
//! A trust policy is stored with the unique ids of the users and roles it names, and shown with their ARNs as long as they exist. So a user that is
//! deleted and made again under the same name is not the one that was trusted, and the policy then shows an id that nobody has (identity facts,
//! section 1).

use std::collections::HashMap;
use std::sync::Arc;

use base::AccountId;
use policy::{Document, Kind as DocumentKind, Malformed};
use service::names::is_unique_id;
use store::Snapshot;

use super::error::{Error, Result, Why};
use super::{Identity, entities, limits, naming};
use crate::tables::{EntityRow, Kind};

impl Identity {
    /// The text to store for a trust policy as it was given: principals that are users and roles by their unique ids, which must exist.
    pub(super) async fn stored_trust(&self, snapshot: &dyn Snapshot, text: &str) -> Result<String> {
        let document = Document::parse(text, DocumentKind::Trust)?;
        if limits::chars(text) > limits::TRUST_CHARS_MAX {
            return Err(Error::quota("ACLSizePerRole", limits::TRUST_CHARS_MAX));
        }
        let mut ids = HashMap::new();
        for name in document.principals() {
            let missing = || {
                let value = name.value.to_owned();
                Malformed::InvalidPrincipal { kind: name.kind.as_str(), value }
            };
            if is_unique_id(name.value) && entities::find_by_id(snapshot, name.value).await?.is_none() {
                return Err(missing().into());
            }
            let Some((account, kind @ (Kind::User | Kind::Role), entity)) = naming::named_entity(name.value)
            else {
                continue;
            };
            let row = entities::find(snapshot, account, kind, entity).await?;
            let row = row.filter(|row| entities::arn(account, kind, row).as_str() == name.value);
            ids.insert(name.value.to_owned(), row.ok_or_else(missing)?.id);
        }
        Ok(document.with_principals(|name| ids.get(name.value).cloned()))
    }

    /// As [`Identity::stored_trust`], as of now.
    pub async fn trust_to_store(&self, text: &str) -> Result<String> {
        self.stored_trust(&*self.store.snapshot(), text).await
    }

    /// A stored trust policy as it is shown.
    pub async fn shown_trust(&self, stored: &str) -> Result<String> {
        let document = self.trust_document(stored)?;
        let snapshot = self.store.snapshot();
        let mut arns = HashMap::new();
        for name in document.principals().filter(|name| is_unique_id(name.value)) {
            if let Some((account, kind, row)) = entities::find_by_id(&*snapshot, name.value).await? {
                arns.insert(name.value.to_owned(), entities::arn(account, kind, &row).to_string());
            }
        }
        Ok(document.with_principals(|name| arns.get(name.value).cloned()))
    }

    /// A stored trust policy, parsed.
    pub(crate) fn trust_document(&self, stored: &str) -> Result<Arc<Document>> {
        self.documents.parsed(stored, DocumentKind::Trust)
    }

    /// The role that an ARN names, with its account. `None` if there is none whose ARN is exactly this.
    pub(crate) async fn role_by_arn(&self, arn: &str) -> Result<Option<(AccountId, EntityRow)>> {
        let Some((account, Kind::Role, name)) = naming::named_entity(arn) else { return Ok(None) };
        let row = entities::find(&*self.store.snapshot(), account, Kind::Role, name).await?;
        Ok(row
            .filter(|row| entities::arn(account, Kind::Role, row).as_str() == arn)
            .map(|row| (account, row)))
    }

    /// Replaces a role's trust policy.
    pub async fn set_trust(&self, account: AccountId, role: &str, text: &str) -> Result<()> {
        let mut draft = self.draft(account).await?;
        let mut row = draft.entity(Kind::Role, role).await?;
        let stored = self.stored_trust(&*draft.snapshot, text).await?;
        row.role_mut().expect("a role's row has what roles have").trust = stored;
        draft.put_entity(Kind::Role, &row);
        draft.done().await
    }

    /// Changes what of a role can be changed otherwise.
    pub async fn update_role(
        &self,
        account: AccountId,
        role: &str,
        description: Option<String>,
        session_secs_max: Option<u32>,
    ) -> Result<EntityRow> {
        self.change_entity(account, Kind::Role, role, |row| {
            let more = row.role_mut().expect("a role's row has what roles have");
            if description.is_some() {
                more.description = description;
            }
            more.session_secs_max = session_secs_max.unwrap_or(more.session_secs_max);
            Ok(row.clone())
        })
        .await
    }

    /// Makes the role of a service's own. Its trust names the service alone.
    pub async fn create_linked_role(
        &self,
        account: AccountId,
        service: &str,
        suffix: Option<&str>,
        description: Option<String>,
    ) -> Result<EntityRow> {
        let Some(name) = linked_role_name(service) else {
            let text = format!("Service {service} is not known or has no service-linked role.");
            return Err(Error::new(Why::UnknownService, text));
        };
        let name = match suffix {
            Some(suffix) => format!("{name}_{suffix}"),
            None => name,
        };
        if entities::find(&*self.store.snapshot(), account, Kind::Role, &name).await?.is_some() {
            let text = format!(
                "Service role name {name} has been taken in this account, please try a different suffix."
            );
            return Err(Error::new(Why::InvalidInput, text));
        }
        let trust = format!(
            "{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Action\":[\"sts:AssumeRole\"],\"Effect\":\"Allow\",\
             \"Principal\":{{\"Service\":[\"{service}\"]}}}}]}}"
        );
        let new = entities::NewEntity {
            name,
            path: Some(format!("/aws-service-role/{service}/")),
            tags: Default::default(),
            boundary: None,
            more: crate::tables::More::Role(crate::tables::RoleMore {
                trust,
                description,
                session_secs_max: 3_600,
                service: Some(service.to_owned()),
            }),
        };
        self.create_entity(account, Kind::Role, new).await
    }

    /// Removes the role of a service's own. Returns the id of the task, which is done at once.
    pub async fn delete_linked_role(&self, account: AccountId, name: &str) -> Result<String> {
        let draft = self.draft(account).await?;
        let row = draft.entity(Kind::Role, name).await?;
        let Some(service) = row.role().and_then(|role| role.service.clone()) else {
            return Err(Error::new(Why::InvalidInput, format!("Role {name} is not a service-linked role.")));
        };
        let task = format!("task/aws-service-role/{service}/{}/{}", row.name, self.random.uuid());
        self.remove(draft, Kind::Role, &row).await?;
        Ok(task)
    }
}

/// `lambda.amazonaws.com` has `AWSServiceRoleForLambda`. Services that SDKs and tools set up get AWS's spelling, others their name's.
fn linked_role_name(service: &str) -> Option<String> {
    const SPELLED: [(&str, &str); 12] = [
        ("autoscaling", "AutoScaling"),
        ("dynamodb.application-autoscaling", "ApplicationAutoScaling_DynamoDBTable"),
        ("elasticloadbalancing", "ElasticLoadBalancing"),
        ("es", "AmazonElasticsearchService"),
        ("opensearchservice", "AmazonOpenSearchService"),
        ("kafka", "Kafka"),
        ("lakeformation", "LakeFormationDataAccess"),
        ("lambda", "Lambda"),
        ("replication.dynamodb", "DynamoDBReplication"),
        ("kinesisreplication.dynamodb", "DynamoDBKinesisDataStreamsReplication"),
        ("rds", "RDS"),
        ("sso", "SSO"),
    ];
    let base = service.strip_suffix(".amazonaws.com")?;
    if base.is_empty() || !base.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte)) {
        return None;
    }
    if let Some((_, name)) = SPELLED.iter().find(|(known, _)| *known == base) {
        return Some(format!("AWSServiceRoleFor{name}"));
    }
    let words = base.split(['.', '-']).filter(|word| !word.is_empty());
    let camel: String = words.map(|word| word[..1].to_ascii_uppercase() + &word[1..]).collect();
    Some(format!("AWSServiceRoleFor{camel}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linked_roles_are_spelled_as_aws_does() {
        let name = |service| linked_role_name(service);
        assert_eq!(name("lambda.amazonaws.com").as_deref(), Some("AWSServiceRoleForLambda"));
        assert_eq!(name("es.amazonaws.com").as_deref(), Some("AWSServiceRoleForAmazonElasticsearchService"));
        assert_eq!(name("custom-resource.amazonaws.com").as_deref(), Some("AWSServiceRoleForCustomResource"));
        assert_eq!(name("lambda"), None);
        assert_eq!(name("a/b.amazonaws.com"), None);
    }
}
