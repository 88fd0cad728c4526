//! Users, roles and groups as such: created, listed, renamed, deleted; their inline policies and tags.

use std::collections::BTreeMap;

use base::{AccountId, Arn};
use store::Snapshot;

use super::draft::Draft;
use super::error::{Error, Result, Why};
use super::naming::{self, IdOf};
use super::{Identity, all_rows, documents, limits};
use crate::tables::{
    ATTACHMENTS, AttachmentKey, ENTITIES, EntityKey, EntityRow, IDS, IdKey, IdRow, Kind, MEMBERS, MemberKey,
    MfaHolder, More, Nothing, Use,
};

/// Something to be made.
#[derive(Clone, Debug)]
pub struct NewEntity {
    /// Its name.
    pub name: String,
    /// Its path; `/` if none was given.
    pub path: Option<String>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// The policy that bounds it.
    pub boundary: Option<String>,
    /// What only its kind has.
    pub more: More,
}

/// "The user with name X cannot be found."
pub fn no_entity(kind: Kind, name: &str) -> Error {
    Error::new(Why::NoSuchEntity, format!("The {} with name {name} cannot be found.", kind.noun()))
}

fn taken(kind: Kind, name: &str) -> Error {
    Error::new(Why::AlreadyExists, format!("{} with name {name} already exists.", kind.title()))
}

fn conflict(what: &str) -> Error {
    Error::new(Why::DeleteConflict, format!("Cannot delete entity, must {what} first."))
}

/// What of an account's row counts this kind, and how many there may be.
fn counter<'d>(draft: &'d mut Draft<'_>, kind: Kind) -> (&'d mut u32, &'static str, usize) {
    match kind {
        Kind::User => (&mut draft.home.users, "UsersPerAccount", limits::USERS_MAX),
        Kind::Role => (&mut draft.home.roles, "RolesPerAccount", limits::ROLES_MAX),
        Kind::Group => (&mut draft.home.groups, "GroupsPerAccount", limits::GROUPS_MAX),
    }
}

/// Counts one more, if there may be.
pub(super) fn count_up(counter: &mut u32, quota: &str, max: usize) -> Result<()> {
    if *counter as usize >= max {
        return Err(Error::quota(quota, max));
    }
    *counter += 1;
    Ok(())
}

/// The entity of this name in a snapshot.
pub(crate) async fn find(
    snapshot: &dyn Snapshot,
    account: AccountId,
    kind: Kind,
    name: &str,
) -> Result<Option<EntityRow>> {
    let row = ENTITIES.get(snapshot, &EntityKey::new(account, kind, name)).await?;
    Ok(row.map(|row| row.value))
}

/// The entity with this unique id, and its account.
pub(crate) async fn find_by_id(
    snapshot: &dyn Snapshot,
    id: &str,
) -> Result<Option<(AccountId, Kind, EntityRow)>> {
    let Some(place) = IDS.get(snapshot, &IdKey(id.to_owned())).await? else { return Ok(None) };
    let IdRow { account, kind, name } = place.value;
    let account = AccountId::from_u64(account).unwrap_or(AccountId::DEFAULT);
    let row = ENTITIES.get(snapshot, &EntityKey { account, kind, name }).await?;
    Ok(row.map(|row| (account, kind, row.value)))
}

/// The ARN of an entity.
pub fn arn(account: AccountId, kind: Kind, row: &EntityRow) -> Arn {
    naming::entity_arn(account, kind, &row.path, &row.name)
}

impl Draft<'_> {
    /// The entity of this name; must exist.
    pub(super) async fn entity(&self, kind: Kind, name: &str) -> Result<EntityRow> {
        find(&*self.snapshot, self.account, kind, name).await?.ok_or_else(|| no_entity(kind, name))
    }

    pub(super) fn put_entity(&mut self, kind: Kind, row: &EntityRow) {
        self.put(ENTITIES, &EntityKey::new(self.account, kind, &row.name), row);
    }

    fn put_id(&mut self, kind: Kind, row: &EntityRow) {
        let account = self.account.as_u64();
        let place = IdRow { account, kind, name: row.name.to_ascii_lowercase() };
        self.put(IDS, &IdKey(row.id.clone()), &place);
    }
}

impl Identity {
    /// The entity of this name; must exist.
    pub async fn entity(&self, account: AccountId, kind: Kind, name: &str) -> Result<EntityRow> {
        let found = find(&*self.store.snapshot(), account, kind, name).await?;
        found.ok_or_else(|| no_entity(kind, name))
    }

    /// Makes a user, role or group.
    pub async fn create_entity(&self, account: AccountId, kind: Kind, new: NewEntity) -> Result<EntityRow> {
        let mut draft = self.draft(account).await?;
        if find(&*draft.snapshot, account, kind, &new.name).await?.is_some() {
            return Err(taken(kind, &new.name));
        }
        check_tags(&new.tags)?;
        let (count, quota, max) = counter(&mut draft, kind);
        count_up(count, quota, max)?;
        let mut row = EntityRow {
            id: naming::unique_id(&self.random, IdOf::Entity(kind)),
            name: new.name,
            path: new.path.unwrap_or_else(|| "/".to_owned()),
            created_micros: draft.now.as_micros(),
            tags: new.tags,
            inline: BTreeMap::new(),
            attached: Vec::new(),
            boundary: None,
            more: new.more,
        };
        if let Some(boundary) = new.boundary {
            self.bound(&mut draft, kind, &mut row, Some(boundary)).await?;
        }
        draft.put_entity(kind, &row);
        draft.put_id(kind, &row);
        draft.done().await?;
        Ok(row)
    }

    /// All of a kind, by name.
    pub async fn entities(
        &self,
        account: AccountId,
        kind: Kind,
        path_prefix: &str,
    ) -> Result<Vec<EntityRow>> {
        let range = ENTITIES.prefix(|key| {
            key.u64(account.as_u64()).u8(kind.number());
        });
        let rows = all_rows(&*self.store, ENTITIES, range).await?;
        Ok(rows.into_iter().map(|(_, row)| row).filter(|row| row.path.starts_with(path_prefix)).collect())
    }

    /// Removes a user, role or group that nothing hangs on.
    pub async fn delete_entity(&self, account: AccountId, kind: Kind, name: &str) -> Result<()> {
        let draft = self.draft(account).await?;
        let row = draft.entity(kind, name).await?;
        if let Some(role) = row.role()
            && role.service.is_some()
        {
            let text = format!(
                "Cannot perform the operation on the protected role '{}' - this role is only modifiable by AWS",
                row.name
            );
            return Err(Error::new(Why::Unmodifiable, text));
        }
        self.check_deletable(account, kind, &row).await?;
        self.remove(draft, kind, &row).await
    }

    /// Removes what was found deletable.
    pub(super) async fn remove(&self, mut draft: Draft<'_>, kind: Kind, row: &EntityRow) -> Result<()> {
        let (count, ..) = counter(&mut draft, kind);
        *count = count.saturating_sub(1);
        let account = draft.account;
        draft.delete(ENTITIES, &EntityKey::new(account, kind, &row.name));
        draft.delete(IDS, &IdKey(row.id.clone()));
        if let Some(policy) = &row.boundary {
            draft.delete(ATTACHMENTS, &attachment(account, policy, Use::Boundary, kind, &row.name));
        }
        draft.done().await
    }

    async fn check_deletable(&self, account: AccountId, kind: Kind, row: &EntityRow) -> Result<()> {
        match kind {
            Kind::Role if !self.profiles_of_role(account, &row.name).await?.is_empty() => {
                return Err(conflict("remove roles from instance profile"));
            }
            Kind::Group if !self.members(account, &row.name).await?.is_empty() => {
                return Err(conflict("remove users from group"));
            }
            Kind::User | Kind::Role | Kind::Group => {}
        }
        if !row.attached.is_empty() {
            return Err(conflict("detach all policies"));
        }
        if !row.inline.is_empty() {
            return Err(conflict("delete policies"));
        }
        let Some(user) = row.user() else { return Ok(()) };
        if !user.keys.is_empty() {
            return Err(conflict("delete access keys"));
        }
        if !user.groups.is_empty() {
            return Err(conflict("remove users from group"));
        }
        if user.login.is_some() {
            return Err(conflict("delete login profile"));
        }
        if !self.devices_of(account, &MfaHolder::User(row.id.clone())).await?.is_empty() {
            return Err(conflict("deactivate MFA devices"));
        }
        Ok(())
    }

    /// Gives a user or group another name or path. Its unique id, keys, groups and policies stay.
    pub async fn rename(
        &self,
        account: AccountId,
        kind: Kind,
        name: &str,
        new_name: Option<String>,
        new_path: Option<String>,
    ) -> Result<()> {
        let mut draft = self.draft(account).await?;
        let mut row = draft.entity(kind, name).await?;
        let old = row.name.clone();
        let new = new_name.unwrap_or_else(|| old.clone());
        if !new.eq_ignore_ascii_case(&old) && find(&*draft.snapshot, account, kind, &new).await?.is_some() {
            return Err(taken(kind, &new));
        }
        draft.delete(ENTITIES, &EntityKey::new(account, kind, &old));
        self.move_attachments(&mut draft, kind, &row, &new);
        self.move_members(&mut draft, kind, &row, &new).await?;
        row.name = new;
        row.path = new_path.unwrap_or(row.path);
        draft.put_entity(kind, &row);
        draft.put_id(kind, &row);
        draft.done().await
    }

    fn move_attachments(&self, draft: &mut Draft<'_>, kind: Kind, row: &EntityRow, new: &str) {
        let account = draft.account;
        let uses = row.attached.iter().map(|policy| (policy, Use::Permissions));
        for (policy, usage) in uses.chain(row.boundary.iter().map(|policy| (policy, Use::Boundary))) {
            draft.delete(ATTACHMENTS, &attachment(account, policy, usage, kind, &row.name));
            draft.put(ATTACHMENTS, &attachment(account, policy, usage, kind, new), &Nothing {});
        }
    }

    async fn move_members(
        &self,
        draft: &mut Draft<'_>,
        kind: Kind,
        row: &EntityRow,
        new: &str,
    ) -> Result<()> {
        let account = draft.account;
        let (old, new) = (row.name.to_ascii_lowercase(), new.to_ascii_lowercase());
        for group in row.user().map(|user| user.groups.clone()).unwrap_or_default() {
            draft.delete(MEMBERS, &MemberKey { account, group: group.clone(), user: old.clone() });
            draft.put(MEMBERS, &MemberKey { account, group, user: new.clone() }, &Nothing {});
        }
        if kind != Kind::Group || old == new {
            return Ok(());
        }
        for mut member in self.members(account, &old).await? {
            let user = member.name.to_ascii_lowercase();
            draft.delete(MEMBERS, &MemberKey { account, group: old.clone(), user: user.clone() });
            draft.put(MEMBERS, &MemberKey { account, group: new.clone(), user }, &Nothing {});
            let more = member.user_mut().expect("only users are members");
            more.groups.iter_mut().filter(|group| **group == old).for_each(|group| group.clone_from(&new));
            draft.put_entity(Kind::User, &member);
        }
        Ok(())
    }

    /// Changes what an entity's row holds by itself.
    pub(super) async fn change_entity<T>(
        &self,
        account: AccountId,
        kind: Kind,
        name: &str,
        change: impl FnOnce(&mut EntityRow) -> Result<T>,
    ) -> Result<T> {
        let mut draft = self.draft(account).await?;
        let mut row = draft.entity(kind, name).await?;
        let changed = change(&mut row)?;
        draft.put_entity(kind, &row);
        draft.done().await?;
        Ok(changed)
    }

    /// Adds tags, or changes them.
    pub async fn tag_entity(
        &self,
        account: AccountId,
        kind: Kind,
        name: &str,
        tags: BTreeMap<String, String>,
    ) -> Result<()> {
        check_tags(&tags)?;
        self.change_entity(account, kind, name, |row| merge_tags(&mut row.tags, tags)).await
    }

    /// Takes tags away; fine if they are not there.
    pub async fn untag_entity(
        &self,
        account: AccountId,
        kind: Kind,
        name: &str,
        keys: &[String],
    ) -> Result<()> {
        self.change_entity(account, kind, name, |row| {
            remove_tags(&mut row.tags, keys);
            Ok(())
        })
        .await
    }

    /// Puts an inline policy, or replaces it.
    pub async fn put_inline(
        &self,
        account: AccountId,
        kind: Kind,
        name: &str,
        policy: &str,
        text: String,
    ) -> Result<()> {
        documents::check_identity(&text)?;
        self.change_entity(account, kind, name, |row| {
            row.inline.insert(policy.to_owned(), text);
            let max = match kind {
                Kind::User => limits::USER_INLINE_CHARS_MAX,
                Kind::Role => limits::ROLE_INLINE_CHARS_MAX,
                Kind::Group => limits::GROUP_INLINE_CHARS_MAX,
            };
            if row.inline.values().map(|text| limits::chars(text)).sum::<usize>() > max {
                let (noun, name) = (kind.noun(), &row.name);
                let text = format!("Maximum policy size of {max} bytes exceeded for {noun} {name}");
                return Err(Error::new(Why::LimitExceeded, text));
            }
            Ok(())
        })
        .await
    }

    /// An inline policy's document.
    pub async fn inline(&self, account: AccountId, kind: Kind, name: &str, policy: &str) -> Result<String> {
        let row = self.entity(account, kind, name).await?;
        row.inline.get(policy).cloned().ok_or_else(|| no_inline(kind, policy))
    }

    /// Removes an inline policy.
    pub async fn delete_inline(
        &self,
        account: AccountId,
        kind: Kind,
        name: &str,
        policy: &str,
    ) -> Result<()> {
        self.change_entity(account, kind, name, |row| {
            row.inline.remove(policy).map(|_| ()).ok_or_else(|| no_inline(kind, policy))
        })
        .await
    }
}

fn no_inline(kind: Kind, policy: &str) -> Error {
    Error::new(Why::NoSuchEntity, format!("The {} policy with name {policy} cannot be found.", kind.noun()))
}

pub(super) fn attachment(
    account: AccountId,
    policy: &str,
    usage: Use,
    kind: Kind,
    name: &str,
) -> AttachmentKey {
    AttachmentKey { account, policy: policy.to_owned(), usage, kind, name: name.to_ascii_lowercase() }
}

/// Refuses keys that clash regardless of case, or that are AWS's own.
pub fn check_tags(tags: &BTreeMap<String, String>) -> Result<()> {
    let mut keys: Vec<String> = tags.keys().map(|key| key.to_lowercase()).collect();
    keys.sort();
    if keys.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(duplicate_tags());
    }
    if keys.iter().any(|key| key.starts_with("aws:")) {
        return Err(Error::new(
            Why::InvalidInput,
            "Tag keys beginning with aws: are reserved for system use.",
        ));
    }
    Ok(())
}

/// "Duplicate tag keys found."
pub fn duplicate_tags() -> Error {
    let text = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
    Error::new(Why::InvalidInput, text)
}

/// Adds tags; keys are the same regardless of case, and the newer spelling stays.
pub(super) fn merge_tags(tags: &mut BTreeMap<String, String>, new: BTreeMap<String, String>) -> Result<()> {
    for (key, value) in new {
        tags.retain(|there, _| there.to_lowercase() != key.to_lowercase());
        tags.insert(key, value);
    }
    if tags.len() > limits::TAGS_MAX {
        let text = "The number of tags has reached the maximum limit.";
        return Err(Error::new(Why::LimitExceeded, text));
    }
    Ok(())
}

pub(super) fn remove_tags(tags: &mut BTreeMap<String, String>, keys: &[String]) {
    tags.retain(|there, _| !keys.iter().any(|key| key.to_lowercase() == there.to_lowercase()));
}
