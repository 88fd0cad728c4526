//! Managed policies on users, roles and groups, and as boundaries of users and roles.

use base::AccountId;

use super::draft::Draft;
use super::entities::attachment;
use super::error::{Error, Result, Why};
use super::naming::{PolicyName, parse_policy_arn};
use super::{Identity, all_rows, limits, managed, policies};
use crate::tables::{ATTACHMENTS, AttachmentKey, EntityRow, Kind, Nothing, Use};

impl Identity {
    /// Attaches a policy; fine if it is attached.
    pub async fn attach(&self, account: AccountId, kind: Kind, name: &str, policy: &str) -> Result<()> {
        parse_policy_arn(policy)?;
        let mut draft = self.draft(account).await?;
        let mut row = draft.entity(kind, name).await?;
        self.check_attachable(&draft, policy).await?;
        if row.attached.iter().any(|there| there == policy) {
            return Ok(());
        }
        if row.attached.len() >= limits::ATTACHED_MAX {
            let quota = format!("PoliciesPer{}", kind.title());
            return Err(Error::quota(&quota, limits::ATTACHED_MAX));
        }
        row.attached.push(policy.to_owned());
        draft.put_entity(kind, &row);
        draft.put(ATTACHMENTS, &attachment(account, policy, Use::Permissions, kind, &row.name), &Nothing {});
        draft.done().await
    }

    /// Detaches a policy.
    pub async fn detach(&self, account: AccountId, kind: Kind, name: &str, policy: &str) -> Result<()> {
        parse_policy_arn(policy)?;
        let mut draft = self.draft(account).await?;
        let mut row = draft.entity(kind, name).await?;
        let before = row.attached.len();
        row.attached.retain(|there| there != policy);
        if row.attached.len() == before {
            return Err(Error::new(Why::NoSuchEntity, format!("Policy {policy} was not found.")));
        }
        draft.put_entity(kind, &row);
        draft.delete(ATTACHMENTS, &attachment(account, policy, Use::Permissions, kind, &row.name));
        draft.done().await
    }

    /// Bounds a user or role by a policy, or no more.
    pub async fn set_boundary(
        &self,
        account: AccountId,
        kind: Kind,
        name: &str,
        policy: Option<String>,
    ) -> Result<()> {
        let mut draft = self.draft(account).await?;
        let mut row = draft.entity(kind, name).await?;
        if policy.is_none() && row.boundary.is_none() {
            let text = format!("{} {} does not have a permissions boundary.", kind.title(), row.name);
            return Err(Error::new(Why::NoSuchEntity, text));
        }
        self.bound(&mut draft, kind, &mut row, policy).await?;
        draft.put_entity(kind, &row);
        draft.done().await
    }

    /// Changes the boundary in a row that the caller writes.
    pub(super) async fn bound(
        &self,
        draft: &mut Draft<'_>,
        kind: Kind,
        row: &mut EntityRow,
        policy: Option<String>,
    ) -> Result<()> {
        let account = draft.account;
        if let Some(policy) = &policy {
            if parse_policy_arn(policy).is_err() {
                let text = format!("Value ({policy}) for parameter PermissionsBoundary is invalid.");
                return Err(Error::new(Why::Invalid, text));
            }
            self.check_attachable(draft, policy).await?;
        }
        if let Some(old) = &row.boundary {
            draft.delete(ATTACHMENTS, &attachment(account, old, Use::Boundary, kind, &row.name));
        }
        if let Some(new) = &policy {
            draft.put(ATTACHMENTS, &attachment(account, new, Use::Boundary, kind, &row.name), &Nothing {});
        }
        row.boundary = policy;
        Ok(())
    }

    async fn check_attachable(&self, draft: &Draft<'_>, policy: &str) -> Result<()> {
        let exists = match parse_policy_arn(policy)? {
            PolicyName::Aws(name) => managed::find(name).is_some(),
            PolicyName::Account(owner, name) => {
                let row = policies::find(&*draft.snapshot, owner, name).await?;
                owner == draft.account && row.is_some_and(|row| policies::arn(owner, &row).as_str() == policy)
            }
        };
        if exists {
            return Ok(());
        }
        let text = format!("Policy {policy} does not exist or is not attachable.");
        Err(Error::new(Why::NoSuchEntity, text))
    }

    /// What a policy is attached to or bounds.
    pub async fn attachments(
        &self,
        account: AccountId,
        policy: &str,
        usage: Use,
    ) -> Result<Vec<AttachmentKey>> {
        let range = ATTACHMENTS.prefix(|key| AttachmentKey::write_use(account, policy, usage, key));
        let rows = all_rows(&*self.store, ATTACHMENTS, range).await?;
        Ok(rows.into_iter().map(|(key, _)| key).collect())
    }
}
