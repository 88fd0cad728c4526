//! Key Management Service: keys that never leave, and what is done with them.
//!
//! ```text
//! shapes      the tables of the wire, generated
//! ops         the contents page; one file an operation; ops/fault.rs words refusals
//! engine      the domain
//! tables      what is persisted
//! port        data keys for S3 and its kin: ports::KeyService
//! tasks       what happens to keys by itself: deletions, rotations, the end of imported material
//! ```
//!
//! Key material never touches the disk in the open: it is sealed under a key that the data directory derives for KMS alone, tied to its place.
//!
//! Differs from AWS: everything takes effect at once, grants included. Not built: custom key stores (refused by name), Nitro recipients, SM2,
//! ML-KEM, Ed25519ph, EXTERNAL_MU.

mod engine;
mod ops;
mod port;
pub mod shapes;
pub mod tables;
mod tasks;

use std::sync::Arc;

use base::{Random, Secret};
use ports::Principals;
use service::{Room, RoomParts, Tasks, Tokens};
use store::Store;

pub use engine::Kms;
pub use engine::blob::{Blob, InvalidCiphertext};
pub use engine::context::Context;

/// What the room is made of.
pub struct Parts {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// What every room is given.
    pub room: RoomParts,
    /// Makes ids, material and salts.
    pub random: Random,
    /// Knows users and roles, whom policies and grants name.
    pub principals: Arc<dyn Principals>,
    /// Seals page tokens and grant tokens.
    pub tokens: Tokens,
    /// Runs what is due.
    pub tasks: Tasks,
    /// The key that the data directory derives for KMS alone: all material is sealed under it.
    pub root: Secret,
}

/// Opens the room and starts its background work. `room.state()` is the [`ports::KeyService`].
pub fn room(parts: Parts) -> Room<Kms> {
    let Parts { store, room, random, principals, tokens, tasks: runner, root } = parts;
    let (clock, authorizer) = (room.clock.clone(), room.authorizer.clone());
    let kms = Kms::new(store, clock, random, tokens, &root, authorizer, principals);
    tasks::start(&kms, &runner);
    ops::room(kms, room)
}
