//! The domain of IAM and STS: no wire types, no HTTP, no codes.
//!
//! ```text
//! draft        one change of an account, made by one commit
//! entities     users, roles and groups: created, listed, renamed, deleted; inline policies, tags
//! groups       who is in which               policies     managed policies and their versions
//! attachments  managed policies on entities  managed      … those of AWS
//! keys         long-lived access keys        uses         … when they were last used
//! sessions     temporary credentials         actors       whom they stand for, with what rights
//! trust        who may assume a role         documents    policies, parsed once
//! profiles     instance profiles             providers    OpenID Connect
//! web_identity tokens of those                key_sets     … and their keys
//! mfa          devices and their codes
//! account      alias, passwords, counters    lookup       access keys for the door
//! simulate     what would be allowed         naming       ids and ARNs
//! limits       quotas                        error        why not
//! ```

pub mod account;
pub mod actors;
pub mod attachments;
pub mod documents;
pub mod draft;
pub mod entities;
pub mod error;
pub mod groups;
pub mod key_sets;
pub mod keys;
pub mod limits;
pub mod lookup;
pub mod managed;
pub mod mfa;
pub mod naming;
pub mod policies;
pub mod profiles;
pub mod providers;
pub mod service_roles;
pub mod sessions;
pub mod simulate;
pub mod trust;
pub mod uses;
pub mod web_identity;

use std::sync::Arc;

use base::{Clock, Random, Secret};
use crypt::SealKey;
use service::Tokens;
use store::{Store, Table, TableKey, TableValue};

use self::actors::Actors;
use self::documents::Documents;
use self::error::Result;
use self::key_sets::KeySets;
use self::lookup::KnownKeys;
use self::uses::Uses;
use crate::Keyring;

/// The state of both rooms, the authorizer's knowledge, and the door's access keys.
pub struct Identity {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    pub(crate) keyring: Keyring,
    pub(crate) tokens: Tokens,
    pub(crate) sealing: Secret,
    pub(crate) seal: SealKey,
    pub(crate) writers: tokio::sync::Mutex<()>,
    pub(crate) documents: Documents,
    pub(crate) actors: Actors,
    pub(crate) known_keys: KnownKeys,
    pub(crate) uses: Uses,
    pub(crate) guesses: mfa::Guesses,
    pub(crate) key_sets: KeySets,
    pub(crate) outbound: outbound::Client,
    pub(crate) explain: bool,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identity").field("keyring", &self.keyring).finish_non_exhaustive()
    }
}

/// Rows read at a time.
const PAGE: usize = 1_000;

/// All rows of a range, in the order of their keys. Quotas bound how many an account has.
pub(crate) async fn all_rows<K: TableKey, V: TableValue>(
    store: &dyn Store,
    table: Table<K, V>,
    range: (store::Key, store::Key),
) -> Result<Vec<(K, V)>> {
    let snapshot = store.snapshot();
    let (mut start, end) = range;
    let mut all = Vec::new();
    loop {
        let page = table.scan(&*snapshot, (start, end.clone()), PAGE).await?;
        let full = page.len() == PAGE;
        all.extend(page.into_iter().map(|(key, row)| (key, row.value)));
        match all.last() {
            Some((last, _)) if full => start = store::key_after(&table.key(last)),
            Some(_) | None => return Ok(all),
        }
    }
}
