//! Identity: who is calling, and what they may. The rooms of IAM and STS, the one authorizer of the house, and the access keys behind the door.
//!
//! ```text
//! src/keyring.rs    root keys, as the settings give them
//! src/gate.rs       service::Authorizer: every question of every room
//! src/shapes/       wire shapes of IAM and STS, generated
//! src/ops.rs        the contents page of both                src/ops/fault.rs  engine error → fault
//! src/engine/       the domain: entities, policies, keys, sessions, rights; no wire types
//! src/tables.rs     every persisted key family
//! ```
//! Both rooms share one state, [`Identity`], which is also what the door asks for keys (`ports::Principals`) and every room for permission
//! (`service::Authorizer`): what IAM acknowledged counts for the next request, everywhere.
//!
//! Differs from AWS: changes count at once (AWS is eventually consistent). The root may be known by the conventional credentials `test`/`test`
//! while only this machine reaches the server. A role that a service was given need not exist in IAM; until it does, it acts with its
//! account's rights. No SAML, server certificates or organizations. Of AWS's managed policies there are those that the services here need.
//! While only this machine reaches the server, identity providers of this machine may be registered by an `http:` address.

pub mod engine;
mod gate;
mod keyring;
mod ops;
pub mod shapes;
pub mod tables;

use std::sync::Arc;

use base::{Clock, Random, Secret};
use crypt::SealKey;
use service::{Room, RoomParts, Tasks, Tokens};
use store::Store;

pub use engine::Identity;
pub use keyring::Keyring;

/// What the rooms are made of.
pub struct Parts {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// The clock the domain lives by.
    pub clock: Clock,
    /// Randomness for ids, secrets and nonces.
    pub random: Random,
    /// Root keys.
    pub keyring: Keyring,
    /// The key that secrets are sealed with: 32 bytes, for this purpose alone.
    pub secrets: Secret,
    /// Page tokens.
    pub tokens: Tokens,
    /// The way to identity providers, whose keys verify web identities.
    pub outbound: outbound::Client,
    /// Whether denials say which statement decided (on loopback).
    pub explain: bool,
}

/// The state behind both rooms.
///
/// # Panics
/// If the key for secrets does not have 32 bytes.
pub fn open(parts: Parts) -> Arc<Identity> {
    let Parts { store, clock, random, keyring, secrets, tokens, outbound, explain } = parts;
    let seal = SealKey::new(&secrets).expect("the key for secrets has 32 bytes");
    Arc::new(Identity {
        store,
        clock,
        random,
        keyring,
        tokens,
        sealing: secrets,
        seal,
        writers: tokio::sync::Mutex::default(),
        documents: Default::default(),
        actors: Default::default(),
        known_keys: Default::default(),
        uses: Default::default(),
        guesses: Default::default(),
        key_sets: Default::default(),
        outbound,
        explain,
    })
}

/// The room of IAM.
pub fn iam(identity: Arc<Identity>, parts: RoomParts) -> Room<Identity> {
    ops::iam::room(identity, parts)
}

/// The room of STS.
pub fn sts(identity: Arc<Identity>, parts: RoomParts) -> Room<Identity> {
    ops::sts::room(identity, parts)
}

/// Starts what runs behind the rooms: ended sessions are swept, uses of keys written down.
pub fn start(identity: &Arc<Identity>, tasks: &Tasks) {
    let (identity, timer) = (identity.clone(), tasks.timer().clone());
    tasks.start("identity upkeep", move |stop| {
        let (identity, timer) = (identity.clone(), timer.clone());
        async move { identity.upkeep(timer, stop).await }
    });
}
