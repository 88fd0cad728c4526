//! Access keys for the door: whom a key stands for.
//!
//! Every request asks, so what is derived from rows (the opened secret, the user's ARN) is kept, with the versions of the two rows it was derived from: the
//! key's own and the account's, which every change of a user raises. Each request reads both versions, so a key that was switched
//! off, deleted, or whose user is gone stops working with the commit that says so.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::{AccountId, Arn, Timestamp};
use futures_util::future::BoxFuture;
use ports::{AccessKey, PortError, Principal, PrincipalKind, Principals, Session};
use store::{Snapshot, TableValue, Version};

use super::Identity;
use super::entities;
use super::error::{Error, Result};
use super::naming::named_entity;
use crate::tables::{
    ACCESS_KEYS, ACCOUNTS, AccountKey, Actor, IdKey, KeyRow, KeyStatus, Kind, SESSIONS, SessionRow,
};

/// Keys kept; when there are more it starts anew.
const KEPT_MAX: usize = 10_000;

/// What is known of a key, as of two versions.
#[derive(Clone)]
struct Known {
    row: Version,
    home: Option<Version>,
    key: Arc<AccessKey>,
}

#[derive(Default)]
pub(crate) struct KnownKeys(Mutex<HashMap<String, Known>>);

impl KnownKeys {
    fn get(&self, id: &str, row: Version) -> Option<Known> {
        let known = self.0.lock().expect("nothing panics while the keys are held");
        known.get(id).filter(|known| known.row == row).cloned()
    }

    fn keep(&self, id: &str, known: Known) {
        let mut all = self.0.lock().expect("nothing panics while the keys are held");
        if all.len() >= KEPT_MAX {
            all.clear();
        }
        all.insert(id.to_owned(), known);
    }
}

/// The version of an account's row: the generation of all it has but its sessions. `None` before its first change.
pub(crate) async fn generation(snapshot: &dyn Snapshot, account: AccountId) -> Result<Option<Version>> {
    let key = ACCOUNTS.key(&AccountKey(account));
    Ok(snapshot.get(&key).await?.map(|found| found.version))
}

impl Identity {
    async fn look_up(&self, id: &str) -> Result<Option<AccessKey>> {
        let is_session = id.starts_with("ASIA");
        if !is_session && !id.starts_with("AKIA") {
            return Ok(None);
        }
        let snapshot = self.store.snapshot();
        let row_key = IdKey(id.to_owned());
        let row_key = if is_session { SESSIONS.key(&row_key) } else { ACCESS_KEYS.key(&row_key) };
        let Some(found) = snapshot.get(&row_key).await? else { return Ok(None) };
        if let Some(known) = self.known_keys.get(id, found.version)
            && generation(&*snapshot, known.key.principal.account).await? == known.home
        {
            return Ok(Some((*known.key).clone()));
        }
        let key = if is_session {
            self.session_key(&*snapshot, id, &SessionRow::from_bytes(&found.value)?).await?
        } else {
            self.long_lived_key(&*snapshot, id, &KeyRow::from_bytes(&found.value)?).await?
        };
        let Some(key) = key else { return Ok(None) };
        let home = generation(&*snapshot, key.principal.account).await?;
        let known = Known { row: found.version, home, key: Arc::new(key.clone()) };
        self.known_keys.keep(id, known);
        Ok(Some(key))
    }

    async fn long_lived_key(
        &self,
        snapshot: &dyn Snapshot,
        id: &str,
        row: &KeyRow,
    ) -> Result<Option<AccessKey>> {
        let account = AccountId::from_u64(row.account).unwrap_or(AccountId::DEFAULT);
        let principal = match &row.user {
            None => Some(Principal::root(account)),
            Some(user) => user_principal(snapshot, user).await?,
        };
        let Some(principal) = principal else { return Ok(None) };
        let secret = self.opened_secret(id, &row.secret)?;
        let active = row.status == KeyStatus::Active;
        Ok(Some(AccessKey { id: id.to_owned(), secret, principal, session: None, active }))
    }

    async fn session_key(
        &self,
        snapshot: &dyn Snapshot,
        id: &str,
        row: &SessionRow,
    ) -> Result<Option<AccessKey>> {
        let account = AccountId::from_u64(row.account).unwrap_or(AccountId::DEFAULT);
        let principal = match &row.actor {
            Actor::Root => Some(Principal::root(account)),
            Actor::User { id } => user_principal(snapshot, id).await?,
            Actor::Role { id, arn, session } => arn.parse().ok().map(|role| {
                let kind = PrincipalKind::Role { role, id: Some(id.clone()), session: session.clone() };
                Principal::new(account, kind)
            }),
            Actor::Federated { id, name } => {
                let user = match id {
                    None => Some(Arn::global("iam", account, "root")),
                    Some(id) => user_arn(snapshot, id).await?.map(|(_, arn)| arn),
                };
                let kind = |user| PrincipalKind::Federated { user, name: name.clone() };
                user.map(|user| Principal::new(account, kind(user)))
            }
        };
        let Some(principal) = principal else { return Ok(None) };
        Ok(Some(AccessKey {
            id: id.to_owned(),
            secret: self.opened_secret(id, &row.secret)?,
            principal: principal.with_session(id),
            session: Some(Session {
                token: self.opened_token(id, &row.token)?,
                expires: Timestamp::from_micros(row.end_micros),
            }),
            active: true,
        }))
    }
}

async fn user_arn(snapshot: &dyn Snapshot, id: &str) -> Result<Option<(AccountId, Arn)>> {
    let found = entities::find_by_id(snapshot, id).await?;
    Ok(found.map(|(account, _, row)| (account, entities::arn(account, Kind::User, &row))))
}

async fn user_principal(snapshot: &dyn Snapshot, id: &str) -> Result<Option<Principal>> {
    let found = user_arn(snapshot, id).await?;
    Ok(found.map(|(account, user)| Principal::new(account, PrincipalKind::User { user, id: id.to_owned() })))
}

impl Principals for Identity {
    fn find_key<'a>(&'a self, access_key_id: &'a str) -> Found<'a, AccessKey> {
        if let Some(root) = self.keyring.find(access_key_id) {
            return Box::pin(std::future::ready(Ok(Some(root))));
        }
        Box::pin(async move { self.look_up(access_key_id).await.map_err(unavailable) })
    }

    fn unique_id<'a>(&'a self, arn: &'a str) -> Found<'a, String> {
        Box::pin(async move {
            let Some((account, kind @ (Kind::User | Kind::Role), name)) = named_entity(arn) else {
                return Ok(None);
            };
            let row =
                entities::find(&*self.store.snapshot(), account, kind, name).await.map_err(unavailable)?;
            let row = row.filter(|row| entities::arn(account, kind, row).as_str() == arn);
            Ok(row.map(|row| row.id))
        })
    }

    fn assume_for<'a>(
        &'a self,
        role: &'a Arn,
        service: &'static str,
        session: &'a str,
        duration: Duration,
    ) -> Found<'a, AccessKey> {
        Box::pin(async move { self.issue_for(role, service, session, duration).await.map(Some) })
    }

    fn trusts<'a>(
        &'a self,
        role: &'a Arn,
        service: &'static str,
    ) -> BoxFuture<'a, std::result::Result<bool, PortError>> {
        Box::pin(async move {
            let found = self.role_by_arn(role.as_str()).await.map_err(unavailable)?;
            match found {
                Some((_, row)) => self.role_trusts(role, &row, service).await,
                None => Ok(true),
            }
        })
    }

    fn take_code<'a>(
        &'a self,
        principal: &'a Principal,
        serial: &'a str,
        code: &'a str,
    ) -> BoxFuture<'a, std::result::Result<bool, PortError>> {
        Box::pin(async move { Identity::take_code(self, principal, serial, code).await.map_err(unavailable) })
    }

    fn arn_of<'a>(&'a self, unique_id: &'a str) -> Found<'a, String> {
        Box::pin(async move {
            let found =
                entities::find_by_id(&*self.store.snapshot(), unique_id).await.map_err(unavailable)?;
            Ok(found.map(|(account, kind, row)| entities::arn(account, kind, &row).to_string()))
        })
    }
}

/// What a port answers.
type Found<'a, T> = BoxFuture<'a, std::result::Result<Option<T>, PortError>>;

fn unavailable(error: Error) -> PortError {
    PortError::Unavailable(error.to_string())
}
