//! S3: buckets and objects over the REST-XML interface of 2006-03-01.
//!
//! ```text
//! shapes/    the wire's structures, generated
//! ops.rs     the contents page; one file an operation; ops/fault.rs alone knows codes and statuses
//! engine/    buckets, objects, versions, uploads, listings, conditions, checksums: no wire types
//! tables.rs  what is kept
//! tasks.rs   the lifecycle, the sweep
//! port.rs    S3 for other rooms
//! origins.rs which scripts of other origins may use a bucket
//! front.rs   what stands before the room: the access log, and (site.rs) buckets as websites
//! ```
//!
//! What differs from AWS: one endpoint serves all regions and never redirects; a bucket's location is remembered, its bytes are here. Completed
//! uploads, and copies within SSE-S3, are references to blobs: nothing is written twice. Customers' keys (SSE-C) are taken over plain HTTP from this
//! machine itself. Archived bytes are compressed and may lie on a volume of their own;
//! those under keys that are not S3's own are compressed only where they come straight into an archive.

pub mod engine;
pub mod front;
mod ops;
mod origins;
mod port;
pub mod shapes;
mod site;
pub mod tables;
mod tasks;

use std::sync::Arc;
use std::time::Duration;

use base::Random;
use ports::{KeyService, Principals};
use service::{Room, RoomParts, Tasks, Tokens};
use store::Store;

pub use engine::S3;
pub use engine::sealing::Masters;
pub use front::Front;
pub use tables::Home;

/// What the room is made of.
pub struct Parts {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// What every room is given.
    pub room: RoomParts,
    /// Names buckets, blobs and uploads.
    pub random: Random,
    /// Seals page tokens and upload ids.
    pub tokens: Tokens,
    /// Runs the sweep.
    pub tasks: Tasks,
    /// The versions of the key that SSE-S3 seals under.
    pub masters: Masters,
    /// Knows the users and roles that bucket policies name; without it they are kept by their ARNs.
    pub principals: Option<Arc<dyn Principals>>,
    /// Keeps the keys of SSE-KMS; without it, it is not implemented.
    pub kms: Option<Arc<dyn KeyService>>,
    /// Bounds that may be set otherwise.
    pub settings: Settings,
}

/// Bounds that an installation may set otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Buckets of one account. AWS: 10,000.
    pub buckets_max: usize,
    /// Bytes of a part that is not the last. AWS: 5 MiB.
    pub part_bytes_min: u64,
    /// How new buckets are.
    pub bucket_defaults: BucketDefaults,
    /// How long a day of the lifecycle lasts. AWS: 24 hours; suites have less time.
    pub lifecycle_day: Duration,
}

/// How new buckets are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BucketDefaults {
    /// As on AWS today: no access control lists, nothing public, no SSE-C.
    #[default]
    Aws,
    /// As before April 2023: lists count, who puts an object owns it, public access is open, SSE-C is allowed, owners have names.
    Legacy,
}

impl BucketDefaults {
    /// Whether owners are shown with names beside their ids.
    pub(crate) const fn shows_names(self) -> bool {
        match self {
            BucketDefaults::Aws => false,
            BucketDefaults::Legacy => true,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            buckets_max: 10_000,
            part_bytes_min: 5 << 20,
            bucket_defaults: BucketDefaults::Aws,
            lifecycle_day: engine::lifecycle::calendar::DAY,
        }
    }
}

/// The room, its sweep running.
pub fn room(parts: Parts) -> Room<S3> {
    let Parts { store, room, random, tokens, tasks, masters, principals, kms, settings } = parts;
    let state = S3::new(store, room.clock.clone(), random, tokens, settings, masters, kms);
    let state = state.under(room.authorizer.clone(), principals).reading_tiering_by(ops::read_tiering);
    let state = state.reading_notifications_by(ops::events::read_notifications);
    let state = state.reading_replication_by(ops::read_replication).shared();
    tasks::start(&state, &tasks);
    ops::all(Room::new(&shapes::S3, ops::STYLE, state, room, ops::document_bytes_max))
}
