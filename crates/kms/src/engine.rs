//! The domain: keys, their material, and who may do what with it. No wire types, no HTTP.
//!
//! ```text
//! spec · state · name · context · blob    what keys are, what they take when, what they are called, ciphertexts (pure)
//! material    drawn, sealed for the disk, opened into memory
//! keys        the keys in memory, by id; a change on its way to a commit       cache      what both it and aliases are kept in
//! lifecycle   create, describe, switch, delete                                 alias      names that move
//! policy      key policies                                                     managed    the services' own keys
//! principals  users and roles in both, kept by their ids
//! grant       what is allowed past the policy                                  access     what the authorizer is asked
//! cipher      encrypt, decrypt, data keys                                      sign       signatures, codes, agreement
//! rotation    new material for old keys                                        import     material from outside
//! due         what happens to keys by itself                                   regions     keys that are in several regions
//! uses        when keys were last used
//! ```
//!
//! **Changes.** Every change of a key, its aliases or its grants writes the key's row, and its commit checks that the row is the one it was decided
//! on; a conflict decides again ([`Kms::change`]). So a row's version says whether anything about a key has changed.
//!
//! **Speed.** Encrypting for another service is on its hot path. A key's row, its policy parsed, its material opened and the grants that
//! were asked for are in memory; a use reads nothing from the store but, once a second, the row's version.
//!
//! **Time.** States follow from rows and the time. What must happen by itself (a deletion, a rotation, the end of imported material) stands in
//! an index by time; one task does what is due and sleeps until the next.

pub mod access;
pub mod alias;
pub mod blob;
mod cache;
pub mod cipher;
pub mod context;
pub mod due;
mod error;
pub mod grant;
pub mod import;
pub mod keys;
pub mod lifecycle;
pub mod managed;
pub mod material;
pub mod name;
pub mod policy;
pub mod principals;
pub mod regions;
pub mod rotation;
pub mod sign;
pub mod spec;
pub mod state;
mod uses;

use std::sync::Arc;

use base::{Clock, Random, Secret, Timestamp};
use ports::Principals;
use service::{Authorizer, Tokens};
use store::{CommitId, Store};
use tokio::sync::Notify;

use crate::tables::{AliasRef, AliasRow, KeyRef};
use cache::Cache;
pub use error::Error;
use keys::Key;
use material::Roots;

/// How often a change is decided again before it is given up. A conflict needs another change of the same key in between.
const ATTEMPTS: u32 = 16;

/// The service: all keys of all accounts and regions.
pub struct Kms {
    store: Arc<dyn Store>,
    clock: Clock,
    random: Random,
    tokens: Tokens,
    roots: Roots,
    authorizer: Arc<dyn Authorizer>,
    principals: Arc<dyn Principals>,
    keys: Cache<KeyRef, Key>,
    aliases: Cache<AliasRef, AliasRow>,
    uses: uses::Uses,
    /// Wakes the task when something may be due earlier than it thinks.
    due: Notify,
}

impl Kms {
    /// Over this store. Reads and writes nothing yet. `root` is what the data directory derives for KMS alone.
    pub fn new(
        store: Arc<dyn Store>,
        clock: Clock,
        random: Random,
        tokens: Tokens,
        root: &Secret,
        authorizer: Arc<dyn Authorizer>,
        principals: Arc<dyn Principals>,
    ) -> Arc<Self> {
        Arc::new(Self {
            store,
            clock,
            random,
            tokens,
            roots: Roots::new(root),
            authorizer,
            principals,
            keys: Cache::default(),
            aliases: Cache::default(),
            uses: uses::Uses::default(),
            due: Notify::new(),
        })
    }

    /// What page tokens are sealed with.
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// Where random bytes come from.
    pub fn random(&self) -> &Random {
        &self.random
    }

    /// Now, by the clock the domain lives by.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn new_commit_id(&self) -> CommitId {
        CommitId(self.random.u128())
    }
}
