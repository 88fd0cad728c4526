//! Long-lived access keys of users and of an account's root. A secret is shown once, when it is made, and kept sealed: AES-256-GCM under a key for
//! this purpose alone, bound to the key's id, so that a sealed secret cannot be moved to another key.

use base::{AccountId, Secret, Timestamp};

use super::draft::Draft;
use super::entities;
use super::error::{Error, Result, Why};
use super::{Identity, limits, naming};
use crate::tables::{ACCESS_KEYS, EntityRow, IdKey, KEY_USES, KeyRow, KeyStatus, Kind};

/// A key just made.
#[derive(Debug)]
pub struct NewKey {
    /// Its id.
    pub id: String,
    /// Its secret.
    pub secret: Secret,
    /// When it was made.
    pub created: Timestamp,
    /// The user it is for; `None` for the root.
    pub user: Option<String>,
}

/// A key as it is listed.
#[derive(Clone, Debug)]
pub struct ListedKey {
    /// Its id.
    pub id: String,
    /// Whether it may be used.
    pub status: KeyStatus,
    /// When it was made.
    pub created: Timestamp,
}

/// Whose keys: a user's, by name, or the root's.
pub type Owner<'a> = Option<&'a str>;

fn no_key(id: &str) -> Error {
    Error::new(Why::NoSuchEntity, format!("The Access Key with id {id} cannot be found."))
}

/// The owner's keys, to change, with the row to write afterwards.
async fn owned(draft: &Draft<'_>, owner: Owner<'_>) -> Result<(Vec<String>, Option<EntityRow>)> {
    match owner {
        None => Ok((draft.home.root_keys.clone(), None)),
        Some(name) => {
            let row = draft.entity(Kind::User, name).await?;
            Ok((ids_of(&row), Some(row)))
        }
    }
}

fn ids_of(row: &EntityRow) -> Vec<String> {
    row.user().map(|user| user.keys.clone()).unwrap_or_default()
}

fn write_owned(draft: &mut Draft<'_>, keys: Vec<String>, row: Option<EntityRow>) {
    match row {
        None => draft.home.root_keys = keys,
        Some(mut row) => {
            row.user_mut().expect("a user's row has what users have").keys = keys;
            draft.put_entity(Kind::User, &row);
        }
    }
}

impl Identity {
    /// What a secret of this key is bound to.
    pub(super) fn sealed_secret(&self, id: &str, secret: &Secret) -> Vec<u8> {
        self.seal.seal(&self.random, format!("secret {id}").as_bytes(), secret.expose())
    }

    pub(super) fn opened_secret(&self, id: &str, sealed: &[u8]) -> Result<Secret> {
        let opened = self.seal.open(format!("secret {id}").as_bytes(), sealed);
        opened.map(Secret::new).map_err(|error| Error::new(Why::Unavailable, error.to_string()))
    }

    /// Makes a key.
    pub async fn create_key(&self, account: AccountId, owner: Owner<'_>) -> Result<NewKey> {
        let mut draft = self.draft(account).await?;
        let (mut keys, row) = owned(&draft, owner).await?;
        if keys.len() >= limits::KEYS_MAX {
            return Err(Error::quota("AccessKeysPerUser", limits::KEYS_MAX));
        }
        let id = naming::key_id(&self.random);
        let secret = Secret::new(naming::secret(&self.random));
        let user = row.as_ref().map(|row| row.name.clone());
        let key = KeyRow {
            account: account.as_u64(),
            user: row.as_ref().map(|row| row.id.clone()),
            created_micros: draft.now.as_micros(),
            status: KeyStatus::Active,
            secret: self.sealed_secret(&id, &secret),
        };
        keys.push(id.clone());
        write_owned(&mut draft, keys, row);
        draft.put(ACCESS_KEYS, &IdKey(id.clone()), &key);
        let created = draft.now;
        draft.done().await?;
        Ok(NewKey { id, secret, created, user })
    }

    /// The owner's keys, the oldest first.
    pub async fn keys(&self, account: AccountId, owner: Owner<'_>) -> Result<Vec<ListedKey>> {
        let ids = match owner {
            None => self.account(account).await?.root_keys,
            Some(name) => ids_of(&self.entity(account, Kind::User, name).await?),
        };
        let snapshot = self.store.snapshot();
        let mut keys = Vec::new();
        for id in ids {
            if let Some(row) = ACCESS_KEYS.get(&*snapshot, &IdKey(id.clone())).await? {
                let created = Timestamp::from_micros(row.value.created_micros);
                keys.push(ListedKey { id, status: row.value.status, created });
            }
        }
        Ok(keys)
    }

    /// Switches a key on or off.
    pub async fn set_key_status(
        &self,
        account: AccountId,
        owner: Owner<'_>,
        id: &str,
        status: KeyStatus,
    ) -> Result<()> {
        let mut draft = self.draft(account).await?;
        let (keys, _) = owned(&draft, owner).await?;
        let row_key = IdKey(id.to_owned());
        let row = ACCESS_KEYS.get(&*draft.snapshot, &row_key).await?;
        let Some(mut row) = row.map(|row| row.value).filter(|_| keys.iter().any(|key| key == id)) else {
            return Err(no_key(id));
        };
        if row.status == KeyStatus::Expired && status != KeyStatus::Expired {
            let text = format!("The Access Key with id {id} is expired and cannot be changed.");
            return Err(Error::new(Why::Unmodifiable, text));
        }
        row.status = status;
        draft.put(ACCESS_KEYS, &row_key, &row);
        draft.done().await
    }

    /// Removes a key.
    pub async fn delete_key(&self, account: AccountId, owner: Owner<'_>, id: &str) -> Result<()> {
        let mut draft = self.draft(account).await?;
        let (mut keys, row) = owned(&draft, owner).await?;
        let before = keys.len();
        keys.retain(|key| key != id);
        if keys.len() == before {
            return Err(no_key(id));
        }
        write_owned(&mut draft, keys, row);
        draft.delete(ACCESS_KEYS, &IdKey(id.to_owned()));
        draft.delete(KEY_USES, &IdKey(id.to_owned()));
        draft.done().await?;
        self.uses.forget(id);
        Ok(())
    }

    /// The account of a key and the user it is for (`None` for a root), whatever the key's status.
    pub async fn key_owner(&self, id: &str) -> Result<Option<(AccountId, Option<EntityRow>)>> {
        let snapshot = self.store.snapshot();
        let Some(row) = ACCESS_KEYS.get(&*snapshot, &IdKey(id.to_owned())).await? else { return Ok(None) };
        let account = AccountId::from_u64(row.value.account).unwrap_or(AccountId::DEFAULT);
        let user = match &row.value.user {
            Some(id) => entities::find_by_id(&*snapshot, id).await?.map(|(_, _, row)| row),
            None => None,
        };
        Ok(Some((account, user)))
    }
}
