//! Who is in which group. A membership is a row of its own, for the group's side, and a name in the user's row, for the user's.

use base::AccountId;

use super::entities::{find, no_entity};
use super::error::{Error, Result};
use super::{Identity, all_rows, limits};
use crate::tables::{EntityRow, Kind, MEMBERS, MemberKey, Nothing};

impl Identity {
    /// A group's users, by name.
    pub async fn members(&self, account: AccountId, group: &str) -> Result<Vec<EntityRow>> {
        let range = MEMBERS.prefix(|key| {
            key.u64(account.as_u64()).text(&group.to_ascii_lowercase());
        });
        let snapshot = self.store.snapshot();
        let mut users = Vec::new();
        for (member, _) in all_rows(&*self.store, MEMBERS, range).await? {
            users.extend(find(&*snapshot, account, Kind::User, &member.user).await?);
        }
        Ok(users)
    }

    /// The groups that a user is in, by name.
    pub async fn groups_of(&self, account: AccountId, user: &str) -> Result<Vec<EntityRow>> {
        let snapshot = self.store.snapshot();
        let row = find(&*snapshot, account, Kind::User, user).await?;
        let row = row.ok_or_else(|| no_entity(Kind::User, user))?;
        let mut groups = Vec::new();
        for group in row.user().map(|user| user.groups.as_slice()).unwrap_or_default() {
            groups.extend(find(&*snapshot, account, Kind::Group, group).await?);
        }
        groups.sort_by_cached_key(|group| group.name.to_ascii_lowercase());
        Ok(groups)
    }

    /// Puts a user into a group; fine if it is there.
    pub async fn join(&self, account: AccountId, group: &str, user: &str) -> Result<()> {
        let mut draft = self.draft(account).await?;
        let group = draft.entity(Kind::Group, group).await?.name.to_ascii_lowercase();
        let mut row = draft.entity(Kind::User, user).await?;
        let user = row.name.to_ascii_lowercase();
        let more = row.user_mut().expect("a user's row has what users have");
        if more.groups.contains(&group) {
            return Ok(());
        }
        if more.groups.len() >= limits::GROUPS_PER_USER_MAX {
            return Err(Error::quota("GroupsPerUser", limits::GROUPS_PER_USER_MAX));
        }
        more.groups.push(group.clone());
        draft.put_entity(Kind::User, &row);
        draft.put(MEMBERS, &MemberKey { account, group, user }, &Nothing {});
        draft.done().await
    }

    /// Takes a user out of a group; fine if it is not in it.
    pub async fn leave(&self, account: AccountId, group: &str, user: &str) -> Result<()> {
        let mut draft = self.draft(account).await?;
        let group = draft.entity(Kind::Group, group).await?.name.to_ascii_lowercase();
        let mut row = draft.entity(Kind::User, user).await?;
        let user = row.name.to_ascii_lowercase();
        let more = row.user_mut().expect("a user's row has what users have");
        more.groups.retain(|there| *there != group);
        draft.put_entity(Kind::User, &row);
        draft.delete(MEMBERS, &MemberKey { account, group, user });
        draft.done().await
    }
}
