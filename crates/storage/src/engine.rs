//! The embedded engine: one thread that owns the journal, and what reads beside it.
//!
//! [`queue`] takes commits from all callers; [`turn`] is the life of the journal's thread: it takes what has come, lets [`core`] decide and
//! apply each commit, writes one frame, publishes the new state and answers. [`logs`] are the ends of logs that somebody appends to,
//! reads or watches; [`records`] reads what is older. [`fold`] moves the memtable into the base. [`open`] finds all of it again.

pub mod core;
pub mod fold;
pub mod keeper;
pub mod logs;
pub mod open;
pub mod place;
pub mod queue;
pub mod records;
pub mod shared;
pub mod store_impl;
#[cfg(test)]
mod tests;
pub mod turn;
pub mod volumes;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use base::{Clock, Random};
use store::ReadError;
use tokio::sync::Semaphore;

use crate::archive::Archives;
use crate::blobs::Blobs;
use crate::disk::Disk;
use crate::pool::Pool;
use shared::Shared;

/// Where data lies and how much of what is kept. Plain data; the defaults suit a server.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The data directory; created if need be.
    pub dir: PathBuf,
    /// Use a fresh directory below `dir` and remove it when the store is closed.
    pub ephemeral: bool,
    /// Bytes of a journal segment of a new directory, a multiple of 4 KiB. Default: a 64th of the disk, 4 to 64 MiB.
    pub segment_bytes: Option<u64>,
    /// Rows in the memtable at which it is folded.
    pub fold_rows: usize,
    /// Bytes of frames after which the memtable is folded: what a start replays at the most.
    pub fold_bytes: u64,
    /// Bytes of fresh frames kept for readers of logs.
    pub fresh_bytes: usize,
    /// Bytes of index blocks kept in memory.
    pub cache_bytes: u64,
    /// Bytes of commits that may wait; further ones wait before they are queued.
    pub queue_bytes: usize,
    /// Free space below which new data is refused. Default: room for one mover pass, fold and compaction.
    pub floor_bytes: Option<u64>,
    /// Volumes that blobs may be placed on besides the data directory ([`store::Store::place_blob`]): a name, see [`store::Volume`], and a
    /// directory, created if need be the first time. Each belongs to this data directory alone from then on. An ephemeral store keeps them
    /// below its own directory.
    pub volumes: Vec<(String, PathBuf)>,
}

impl Settings {
    /// The defaults, for a directory.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self {
            dir: dir.into(),
            ephemeral: false,
            segment_bytes: None,
            fold_rows: 16_000,
            fold_bytes: 64 << 20,
            fresh_bytes: 32 << 20,
            cache_bytes: 64 << 20,
            queue_bytes: 64 << 20,
            floor_bytes: None,
            volumes: Vec::new(),
        }
    }
}

/// What the engine is given.
pub struct Parts {
    /// Gives records their times.
    pub clock: Clock,
    /// Names blobs and the directory.
    pub random: Random,
    /// The disk. Default: the machine's, at `Settings::dir`.
    pub disk: Option<Arc<dyn Disk>>,
}

/// Why a data directory could not be opened. One clear line each.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process, or another store of this one, has it.
    #[error("data directory `{dir}` is in use by another process")]
    InUse {
        /// The directory.
        dir: String,
    },
    /// A newer version wrote it.
    #[error(
        "data directory `{dir}` has format {found}, this version reads up to {newest}: use a newer millrace"
    )]
    Newer {
        /// The directory.
        dir: String,
        /// Its format.
        found: u32,
        /// The newest format that is read.
        newest: u32,
    },
    /// Stored bytes are damaged, so that what was acknowledged cannot all be served.
    #[error("data directory `{dir}` is damaged: {what}")]
    Damaged {
        /// The directory.
        dir: String,
        /// What is, and where.
        what: String,
    },
    /// A volume is not what it should be.
    #[error("volume `{name}` at `{dir}` cannot be used: {what}")]
    Volume {
        /// Its name.
        name: String,
        /// Where it should be.
        dir: String,
        /// What is wrong with it.
        what: String,
    },
    /// The disk failed.
    #[error("data directory `{dir}` cannot be opened: {error}")]
    Disk {
        /// The directory.
        dir: String,
        /// How.
        error: std::io::Error,
    },
}

/// Figures for metrics. Counters rise from the start of the process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Commits that succeeded.
    pub commits: u64,
    /// Commits that were refused.
    pub refused: u64,
    /// Syncs of the journal: one a frame.
    pub syncs: u64,
    /// Syncs of the journal that failed.
    pub syncs_failed: u64,
    /// Bytes of frames, padding included.
    pub journal_bytes: u64,
    /// Microseconds spent in writes and syncs of the journal.
    pub journal_micros: u64,
    /// Folds that finished.
    pub folds: u64,
    /// Stored bytes that failed their checksum when read.
    pub corrupt_reads: u64,
    /// Commits that wait because the mover or a fold has fallen behind.
    pub parked: u64,
    /// The position of the last commit.
    pub position: u64,
    /// Rows in the memtable.
    pub memtable_rows: u64,
    /// Journal segments in use.
    pub segments: u64,
    /// Journal segments that lie ready.
    pub spares: u64,
    /// Logs whose ends are in memory.
    pub logs: u64,
    /// Bytes of the index on disk.
    pub index_bytes: u64,
    /// Free bytes of the disk.
    pub free_bytes: u64,
    /// The journal failed for good: nothing is committed any more.
    pub failed: bool,
}

/// The embedded store of one data directory.
pub struct Embedded {
    shared: Arc<Shared>,
    blobs: Arc<Blobs>,
    archives: Arc<Archives>,
    readers: Arc<Pool>,
    /// Permits for moving blobs.
    moves: Arc<Semaphore>,
    /// Permits for bytes of commits that wait, and how many there are in all.
    queued: Arc<Semaphore>,
    permits: usize,
    threads: Mutex<Option<Threads>>,
}

struct Threads {
    journal: JoinHandle<()>,
    others: Vec<JoinHandle<()>>,
    temporary: Option<tempfile::TempDir>,
    lock: Box<dyn Send + Sync>,
}

impl Embedded {
    /// Opens a data directory, or makes a new one. All that was acknowledged is there on return.
    pub fn open(settings: Settings, parts: Parts) -> Result<Arc<Self>, OpenError> {
        open::open(settings, parts)
    }

    /// Lets what is queued finish, folds, and stops all threads. Commits that come later are refused. Blocks; twice is fine.
    pub fn close(&self) {
        let threads = self.threads.lock().expect("closing does not panic").take();
        let Some(threads) = threads else { return };
        self.shared.queue.close();
        self.shared.folds.begin_close();
        // A thread that panicked has said so already, and there is nothing left to save.
        let _ = threads.journal.join();
        self.shared.folds.close();
        self.shared.keeper.close();
        self.shared.mover.close();
        for thread in threads.others {
            let _ = thread.join();
        }
        drop(threads.lock);
        if let Some(temporary) = threads.temporary
            && let Err(error) = temporary.close()
        {
            tracing::warn!(%error, "the ephemeral data directory could not be removed");
        }
    }

    /// Figures for metrics.
    pub fn stats(&self) -> Stats {
        self.shared.stats()
    }

    /// Whether the journal's segment and the next one are filled with zeros, so that no sync has to change metadata. For benchmarks.
    pub fn segments_ready(&self) -> bool {
        self.shared.segments.are_ready()
    }

    /// Waits until the journal has failed for good, and says how. The process should then end: nothing can be committed any more,
    /// and only reading the directory anew tells what is durable.
    pub async fn failed(&self) -> String {
        self.shared.failure.wait().await
    }

    /// Moves all that can be moved out of sealed segments, and lets go what nobody can read any more, and waits for it. For tests.
    pub async fn settle(&self) {
        self.shared.mover.settle().await;
    }

    /// Folds the memtable into the index now, and waits for it. For tests and for shutting down.
    pub async fn fold(&self) -> Result<(), ReadError> {
        self.shared.fold_now().await
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        self.close();
    }
}
