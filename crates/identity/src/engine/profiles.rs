//! Instance profiles: a role under another name, which some tools want before they start a machine.

use std::collections::BTreeMap;

use base::AccountId;

use super::entities::{check_tags, count_up, merge_tags, remove_tags};
use super::error::{Error, Result, Why};
use super::naming::{self, IdOf};
use super::{Identity, all_rows, limits};
use crate::tables::{Kind, NameKey, PROFILES, ProfileRow};

fn no_profile(name: &str) -> Error {
    Error::new(Why::NoSuchEntity, format!("Instance Profile {name} cannot be found."))
}

impl Identity {
    /// The profile of this name.
    pub async fn profile(&self, account: AccountId, name: &str) -> Result<ProfileRow> {
        let row = PROFILES.get(&*self.store.snapshot(), &NameKey::new(account, name)).await?;
        row.map(|row| row.value).ok_or_else(|| no_profile(name))
    }

    /// All profiles, by name.
    pub async fn profiles(&self, account: AccountId, path_prefix: &str) -> Result<Vec<ProfileRow>> {
        let range = PROFILES.prefix(|key| {
            key.u64(account.as_u64());
        });
        let rows = all_rows(&*self.store, PROFILES, range).await?;
        Ok(rows.into_iter().map(|(_, row)| row).filter(|row| row.path.starts_with(path_prefix)).collect())
    }

    /// The profiles that hold a role.
    pub async fn profiles_of_role(&self, account: AccountId, role: &str) -> Result<Vec<ProfileRow>> {
        let role = role.to_ascii_lowercase();
        let mut all = self.profiles(account, "").await?;
        all.retain(|profile| profile.role.as_ref() == Some(&role));
        Ok(all)
    }

    /// Makes a profile.
    pub async fn create_profile(
        &self,
        account: AccountId,
        name: String,
        path: Option<String>,
        tags: BTreeMap<String, String>,
    ) -> Result<ProfileRow> {
        check_tags(&tags)?;
        let mut draft = self.draft(account).await?;
        let key = NameKey::new(account, &name);
        if PROFILES.get(&*draft.snapshot, &key).await?.is_some() {
            return Err(Error::new(Why::AlreadyExists, format!("Instance Profile {name} already exists.")));
        }
        count_up(&mut draft.home.profiles, "InstanceProfilesPerAccount", limits::PROFILES_MAX)?;
        let row = ProfileRow {
            id: naming::unique_id(&self.random, IdOf::Profile),
            name,
            path: path.unwrap_or_else(|| "/".to_owned()),
            created_micros: draft.now.as_micros(),
            tags,
            role: None,
        };
        draft.put(PROFILES, &key, &row);
        draft.done().await?;
        Ok(row)
    }

    async fn change_profile(
        &self,
        account: AccountId,
        name: &str,
        change: impl FnOnce(&mut ProfileRow) -> Result<()>,
    ) -> Result<()> {
        let mut draft = self.draft(account).await?;
        let mut row = self.profile(account, name).await?;
        change(&mut row)?;
        draft.put(PROFILES, &NameKey::new(account, name), &row);
        draft.done().await
    }

    /// Removes a profile that holds no role.
    pub async fn delete_profile(&self, account: AccountId, name: &str) -> Result<()> {
        let mut draft = self.draft(account).await?;
        if self.profile(account, name).await?.role.is_some() {
            let text = "Cannot delete entity, must remove roles from instance profile first.";
            return Err(Error::new(Why::DeleteConflict, text));
        }
        draft.home.profiles = draft.home.profiles.saturating_sub(1);
        draft.delete(PROFILES, &NameKey::new(account, name));
        draft.done().await
    }

    /// Puts a role into a profile, which holds one at most.
    pub async fn add_role_to_profile(&self, account: AccountId, name: &str, role: &str) -> Result<()> {
        let role = self.entity(account, Kind::Role, role).await?.name.to_ascii_lowercase();
        self.change_profile(account, name, |row| {
            if row.role.is_some() {
                return Err(Error::quota("InstanceSessionsPerInstanceProfile", 1));
            }
            row.role = Some(role);
            Ok(())
        })
        .await
    }

    /// Takes a role out of a profile.
    pub async fn remove_role_from_profile(&self, account: AccountId, name: &str, role: &str) -> Result<()> {
        self.change_profile(account, name, |row| {
            if row.role.as_deref() != Some(role.to_ascii_lowercase().as_str()) {
                return Err(super::entities::no_entity(Kind::Role, role));
            }
            row.role = None;
            Ok(())
        })
        .await
    }

    /// Adds tags to a profile.
    pub async fn tag_profile(
        &self,
        account: AccountId,
        name: &str,
        tags: BTreeMap<String, String>,
    ) -> Result<()> {
        check_tags(&tags)?;
        self.change_profile(account, name, |row| merge_tags(&mut row.tags, tags)).await
    }

    /// Takes tags away.
    pub async fn untag_profile(&self, account: AccountId, name: &str, keys: &[String]) -> Result<()> {
        self.change_profile(account, name, |row| {
            remove_tags(&mut row.tags, keys);
            Ok(())
        })
        .await
    }
}
