//! What survives: the embedded [`store::Store`].
//!
//! One synced journal per data directory is the only commit point; everything else on disk can be derived from it or is named
//! by it. A commit travels through [`journal`] (one frame and one `fdatasync` for all commits that came in while the last sync
//! ran), is applied to the memtable of [`index`], and only then acknowledged. `docs/formats.md` draws every byte.
//!
//! Only this crate writes and syncs files, and only through [`Disk`], which a test can replace by a simulated one.

mod archive;
pub mod bench;
mod blobs;
mod disk;
mod engine;
mod format;
mod index;
mod journal;
mod model;
mod mover;
mod pool;
mod recent;
mod space;
pub mod suite;
mod verify;

pub use disk::{Disk, DiskFile, PowerCuts, RealDisk, SimDisk};
pub use engine::{Embedded, OpenError, Parts, Settings, Stats};
pub use model::{Mishap, Model};
pub use verify::{Report, verify, verify_disk, verify_with};
