//! S3: buckets and objects over the REST-XML interface of 2006-03-01.
//!
//! ```text
//! shapes/    the wire's structures, generated
//! ops.rs     the contents page; one file an operation; ops/fault.rs alone knows codes and statuses
//! engine/    buckets, objects, uploads, listings, conditions, checksums: no wire types
//! tables.rs  what is kept
//! tasks.rs   the sweep
//! ```
//!
//! What differs from AWS: one endpoint serves all regions and never redirects; a bucket's location is remembered, its bytes are here. Copies and
//! completed uploads are references to blobs: nothing is written twice. What is not built yet answers `NotImplemented`: versions,
//! policies, encryption, lifecycle, other storage classes and object lock.

pub mod engine;
pub mod shapes;
pub mod tables;
mod tasks;

pub use engine::S3;

/// Bounds that an installation may set otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Buckets of one account. AWS: 10,000.
    pub buckets_max: usize,
    /// Bytes of a part that is not the last. AWS: 5 MiB.
    pub part_bytes_min: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { buckets_max: 10_000, part_bytes_min: 5 << 20 }
    }
}
