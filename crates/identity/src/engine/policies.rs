//! Managed policies and their versions: an account's own, and AWS's as they are told here.

use std::collections::BTreeMap;

use base::{AccountId, Arn, Timestamp};
use store::Snapshot;

use super::entities::{check_tags, count_up, merge_tags, remove_tags};
use super::error::{Error, Result, Why};
use super::managed::{self, AwsPolicy};
use super::naming::{self, IdOf, PolicyName, parse_policy_arn};
use super::{Identity, all_rows, documents, limits};
use crate::tables::{NameKey, POLICIES, POLICY_VERSIONS, PolicyRow, Use, VersionKey, VersionRow};

/// A managed policy to be made.
#[derive(Clone, Debug)]
pub struct NewPolicy {
    /// Its name.
    pub name: String,
    /// Its path.
    pub path: Option<String>,
    /// The document of its first version.
    pub text: String,
    /// Its description.
    pub description: Option<String>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
}

/// A managed policy, whoever's.
#[derive(Clone, Debug)]
pub struct Managed {
    /// Its name.
    pub name: String,
    /// Its path.
    pub path: String,
    /// Its unique id.
    pub id: String,
    /// Its ARN.
    pub arn: String,
    /// When it was created.
    pub created: Timestamp,
    /// When a version of it was last made.
    pub updated: Timestamp,
    /// Its description.
    pub description: Option<String>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// The number of the version that counts.
    pub default_version: u32,
    /// What it is attached to.
    pub attachments: usize,
    /// What it bounds.
    pub bounds: usize,
}

/// One version of a managed policy.
#[derive(Clone, Debug)]
pub struct PolicyVersion {
    /// Its number.
    pub number: u32,
    /// Its document.
    pub text: String,
    /// When it was made.
    pub created: Timestamp,
    /// Whether it counts.
    pub is_default: bool,
}

/// The row of a policy in a snapshot.
pub(crate) async fn find(
    snapshot: &dyn Snapshot,
    account: AccountId,
    name: &str,
) -> Result<Option<PolicyRow>> {
    Ok(POLICIES.get(snapshot, &NameKey::new(account, name)).await?.map(|row| row.value))
}

/// The document that counts of a policy in a snapshot; `None` if there is no such policy.
pub(crate) async fn default_text(snapshot: &dyn Snapshot, arn_text: &str) -> Result<Option<String>> {
    let (owner, name) = match parse_policy_arn(arn_text) {
        Ok(PolicyName::Aws(name)) => return Ok(managed::find(name).map(|policy| policy.text.to_owned())),
        Ok(PolicyName::Account(owner, name)) => (owner, name),
        Err(_) => return Ok(None),
    };
    let Some(row) = find(snapshot, owner, name).await? else { return Ok(None) };
    if arn(owner, &row).as_str() != arn_text {
        return Ok(None);
    }
    let key = VersionKey { policy: NameKey::new(owner, name), number: row.default_version };
    Ok(POLICY_VERSIONS.get(snapshot, &key).await?.map(|version| version.value.text))
}

/// The ARN of an account's policy.
pub fn arn(account: AccountId, row: &PolicyRow) -> Arn {
    naming::policy_arn(account, &row.path, &row.name)
}

fn not_found(arn: &str) -> Error {
    Error::new(Why::NoSuchEntity, format!("Policy {arn} was not found."))
}

fn no_version(arn: &str, version: &str) -> Error {
    let text = format!("Policy {arn} version {version} does not exist or is not attachable.");
    Error::new(Why::NoSuchEntity, text)
}

/// `v3` is 3.
fn version_number(arn: &str, version: &str) -> Result<u32> {
    version.strip_prefix('v').and_then(|number| number.parse().ok()).ok_or_else(|| no_version(arn, version))
}

/// Which of an account's policies an ARN names. AWS's cannot be changed.
fn own(account: AccountId, arn: &str) -> Result<NameKey> {
    match parse_policy_arn(arn)? {
        PolicyName::Account(owner, name) if owner == account => Ok(NameKey::new(owner, name)),
        PolicyName::Account(..) => Err(not_found(arn)),
        PolicyName::Aws(_) => {
            let text = format!("Policy {arn} is an AWS managed policy and cannot be changed.");
            Err(Error::new(Why::Denied, text))
        }
    }
}

impl Identity {
    /// Makes a policy with its first version.
    pub async fn create_policy(&self, account: AccountId, new: NewPolicy) -> Result<Managed> {
        documents::check_managed(&new.text)?;
        check_size(&new.text)?;
        check_tags(&new.tags)?;
        let mut draft = self.draft(account).await?;
        if find(&*draft.snapshot, account, &new.name).await?.is_some() {
            let text =
                format!("A policy called {} already exists. Duplicate names are not allowed.", new.name);
            return Err(Error::new(Why::AlreadyExists, text));
        }
        count_up(&mut draft.home.policies, "PoliciesPerAccount", limits::POLICIES_MAX)?;
        let now = draft.now.as_micros();
        let row = PolicyRow {
            id: naming::unique_id(&self.random, IdOf::Policy),
            name: new.name,
            path: new.path.unwrap_or_else(|| "/".to_owned()),
            created_micros: now,
            updated_micros: now,
            description: new.description,
            tags: new.tags,
            default_version: 1,
            next_version: 2,
        };
        let key = NameKey::new(account, &row.name);
        let version = VersionRow { text: new.text, created_micros: now };
        draft.put(POLICIES, &key, &row);
        draft.put(POLICY_VERSIONS, &VersionKey { policy: key, number: 1 }, &version);
        draft.done().await?;
        Ok(shown(account, row, 0, 0))
    }

    async fn own_policy(&self, account: AccountId, policy: &str) -> Result<(NameKey, PolicyRow)> {
        let key = own(account, policy)?;
        let row = POLICIES.get(&*self.store.snapshot(), &key).await?.map(|row| row.value);
        match row.filter(|row| arn(account, row).as_str() == policy) {
            Some(row) => Ok((key, row)),
            None => Err(not_found(policy)),
        }
    }

    /// A policy: the account's or AWS's.
    pub async fn policy(&self, account: AccountId, policy: &str) -> Result<Managed> {
        let attachments = self.attachments(account, policy, Use::Permissions).await?.len();
        let bounds = self.attachments(account, policy, Use::Boundary).await?.len();
        if let PolicyName::Aws(name) = parse_policy_arn(policy)? {
            let policy = managed::find(name).ok_or_else(|| not_found(policy))?;
            return Ok(shown_aws(policy, attachments, bounds));
        }
        let (_, row) = self.own_policy(account, policy).await?;
        Ok(shown(account, row, attachments, bounds))
    }

    /// Policies by name: the account's, AWS's, or both.
    pub async fn policies(
        &self,
        account: AccountId,
        own: bool,
        aws: bool,
        path: &str,
    ) -> Result<Vec<Managed>> {
        let mut all = Vec::new();
        if own {
            let range = POLICIES.prefix(|key| {
                key.u64(account.as_u64());
            });
            for (_, row) in all_rows(&*self.store, POLICIES, range).await? {
                all.push(shown(account, row, 0, 0));
            }
        }
        if aws {
            all.extend(managed::all().iter().map(|policy| shown_aws(policy, 0, 0)));
        }
        all.retain(|policy| policy.path.starts_with(path));
        for policy in &mut all {
            policy.attachments = self.attachments(account, &policy.arn, Use::Permissions).await?.len();
            policy.bounds = self.attachments(account, &policy.arn, Use::Boundary).await?.len();
        }
        Ok(all)
    }

    /// A policy's versions, the newest first.
    pub async fn policy_versions(&self, account: AccountId, policy: &str) -> Result<Vec<PolicyVersion>> {
        if let PolicyName::Aws(name) = parse_policy_arn(policy)? {
            let policy = managed::find(name).ok_or_else(|| not_found(policy))?;
            return Ok(vec![version_of_aws(policy)]);
        }
        let (key, row) = self.own_policy(account, policy).await?;
        let range = POLICY_VERSIONS.prefix(|writer| {
            writer.u64(key.account.as_u64()).text(&key.name);
        });
        let rows = all_rows(&*self.store, POLICY_VERSIONS, range).await?;
        let shown = |(key, version): (VersionKey, VersionRow)| PolicyVersion {
            number: key.number,
            text: version.text,
            created: Timestamp::from_micros(version.created_micros),
            is_default: key.number == row.default_version,
        };
        Ok(rows.into_iter().rev().map(shown).collect())
    }

    /// One version of a policy.
    pub async fn policy_version(
        &self,
        account: AccountId,
        policy: &str,
        version: &str,
    ) -> Result<PolicyVersion> {
        let versions = self.policy_versions(account, policy).await?;
        let number = version_number(policy, version)?;
        let found = versions.into_iter().find(|version| version.number == number);
        found.ok_or_else(|| no_version(policy, version))
    }

    /// Adds a version.
    pub async fn create_policy_version(
        &self,
        account: AccountId,
        policy: &str,
        text: String,
        set_default: bool,
    ) -> Result<PolicyVersion> {
        documents::check_managed(&text)?;
        check_size(&text)?;
        let mut draft = self.draft(account).await?;
        let (key, mut row) = self.own_policy(account, policy).await?;
        if self.policy_versions(account, policy).await?.len() >= limits::VERSIONS_MAX {
            let text = format!(
                "A managed policy can have up to {} versions. Before you create a new version, you must delete an \
                 existing version.",
                limits::VERSIONS_MAX
            );
            return Err(Error::new(Why::LimitExceeded, text));
        }
        let number = row.next_version;
        row.next_version += 1;
        row.updated_micros = draft.now.as_micros();
        if set_default {
            row.default_version = number;
        }
        let version = VersionRow { text: text.clone(), created_micros: draft.now.as_micros() };
        draft.put(POLICIES, &key, &row);
        draft.put(POLICY_VERSIONS, &VersionKey { policy: key, number }, &version);
        let created = draft.now;
        draft.done().await?;
        Ok(PolicyVersion { number, text, created, is_default: set_default })
    }

    /// Removes a version that is not the default.
    pub async fn delete_policy_version(&self, account: AccountId, policy: &str, version: &str) -> Result<()> {
        let mut draft = self.draft(account).await?;
        let (key, row) = self.own_policy(account, policy).await?;
        let number = self.policy_version(account, policy, version).await?.number;
        if number == row.default_version {
            let text = "Cannot delete the default version of a policy.";
            return Err(Error::new(Why::DeleteConflict, text));
        }
        draft.delete(POLICY_VERSIONS, &VersionKey { policy: key, number });
        draft.done().await
    }

    /// Makes another version count.
    pub async fn set_default_version(&self, account: AccountId, policy: &str, version: &str) -> Result<()> {
        let mut draft = self.draft(account).await?;
        let (key, mut row) = self.own_policy(account, policy).await?;
        row.default_version = self.policy_version(account, policy, version).await?.number;
        row.updated_micros = draft.now.as_micros();
        draft.put(POLICIES, &key, &row);
        draft.done().await
    }

    /// Removes a policy that is attached to nothing and has only its default version.
    pub async fn delete_policy(&self, account: AccountId, policy: &str) -> Result<()> {
        let mut draft = self.draft(account).await?;
        let (key, row) = self.own_policy(account, policy).await?;
        let used = |usage| self.attachments(account, policy, usage);
        if !used(Use::Permissions).await?.is_empty() || !used(Use::Boundary).await?.is_empty() {
            return Err(Error::new(Why::DeleteConflict, "Cannot delete a policy attached to entities."));
        }
        if self.policy_versions(account, policy).await?.len() > 1 {
            let text = "This policy has more than one version. Before you delete a policy, you must delete the policy's \
                        versions. The default version is deleted with the policy.";
            return Err(Error::new(Why::DeleteConflict, text));
        }
        draft.delete(POLICIES, &key);
        draft.delete(POLICY_VERSIONS, &VersionKey { policy: key, number: row.default_version });
        draft.home.policies = draft.home.policies.saturating_sub(1);
        draft.done().await
    }

    /// Adds tags to a policy.
    pub async fn tag_policy(
        &self,
        account: AccountId,
        policy: &str,
        tags: BTreeMap<String, String>,
    ) -> Result<()> {
        check_tags(&tags)?;
        let mut draft = self.draft(account).await?;
        let (key, mut row) = self.own_policy(account, policy).await?;
        merge_tags(&mut row.tags, tags)?;
        draft.put(POLICIES, &key, &row);
        draft.done().await
    }

    /// Takes tags away.
    pub async fn untag_policy(&self, account: AccountId, policy: &str, keys: &[String]) -> Result<()> {
        let mut draft = self.draft(account).await?;
        let (key, mut row) = self.own_policy(account, policy).await?;
        remove_tags(&mut row.tags, keys);
        draft.put(POLICIES, &key, &row);
        draft.done().await
    }
}

fn check_size(text: &str) -> Result<()> {
    if limits::chars(text) > limits::MANAGED_CHARS_MAX {
        return Err(Error::quota("PolicySize", limits::MANAGED_CHARS_MAX));
    }
    Ok(())
}

fn shown(account: AccountId, row: PolicyRow, attachments: usize, bounds: usize) -> Managed {
    Managed {
        arn: arn(account, &row).to_string(),
        name: row.name,
        path: row.path,
        id: row.id,
        created: Timestamp::from_micros(row.created_micros),
        updated: Timestamp::from_micros(row.updated_micros),
        description: row.description,
        tags: row.tags,
        default_version: row.default_version,
        attachments,
        bounds,
    }
}

fn shown_aws(policy: &AwsPolicy, attachments: usize, bounds: usize) -> Managed {
    Managed {
        arn: format!("arn:aws:iam::aws:policy/{}", policy.path_and_name),
        name: policy.name().to_owned(),
        path: policy.path(),
        id: policy.id.to_owned(),
        created: Timestamp::from_secs(managed::CREATED_SECS),
        updated: Timestamp::from_secs(managed::CREATED_SECS),
        description: Some(policy.description.to_owned()),
        tags: BTreeMap::new(),
        default_version: 1,
        attachments,
        bounds,
    }
}

fn version_of_aws(policy: &AwsPolicy) -> PolicyVersion {
    PolicyVersion {
        number: 1,
        text: policy.text.to_owned(),
        created: Timestamp::from_secs(managed::CREATED_SECS),
        is_default: true,
    }
}
