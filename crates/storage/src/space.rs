//! The guard before a full disk: new data is refused while there is still room for what must go on.
//!
//! Below a floor of free space (one mover pass, one fold, one compaction) commits and uploads get `Full`, so that no engine ever
//! meets ENOSPC; reads and deletes go on. Uploads reserve before they write, so that many at once cannot promise the same bytes.
//! The file system is asked each time, so that space that comes back is seen at once. Only the journal asks once in a few frames while far
//! more than the floor is free, since the question costs as much as a small commit.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use crate::disk::Disk;

/// Who may still write, and how much.
pub struct Space {
    disk: Arc<dyn Disk>,
    floor: u64,
    reserved: AtomicU64,
    /// How often more [`Space::full_lately`] may answer without asking.
    unasked: AtomicU32,
}

/// So much more than the floor is far from it: nobody writes it between a few commits.
const FAR: u64 = 1 << 30;
/// How often the last answer is good for, far from the floor.
const ANSWERS: u32 = 15;

/// Bytes promised to one upload, given back when dropped.
pub struct Reservation {
    space: Arc<Space>,
    bytes: u64,
}

/// There is not enough free space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the disk is full")]
pub struct Full;

impl Space {
    /// Refuses new data while fewer than `floor` bytes are free.
    pub fn new(disk: Arc<dyn Disk>, floor: u64) -> Arc<Self> {
        Arc::new(Self { disk, floor, reserved: AtomicU64::new(0), unasked: AtomicU32::new(0) })
    }

    /// Whether new data is refused.
    pub fn full(&self) -> bool {
        !self.fits(0)
    }

    /// As [`Space::full`], but an answer of far more than the floor is good for a few times.
    pub fn full_lately(&self) -> bool {
        let known =
            self.unasked.fetch_update(Ordering::AcqRel, Ordering::Acquire, |left| left.checked_sub(1));
        known.is_err() && !self.fits(0)
    }

    fn fits(&self, reserved: u64) -> bool {
        match self.disk.free_bytes() {
            Ok(free) => {
                let needed = self.floor.saturating_add(reserved);
                let answers = if free >= needed.saturating_add(FAR) { ANSWERS } else { 0 };
                self.unasked.store(answers, Ordering::Release);
                free >= needed
            }
            Err(error) => {
                tracing::error!(%error, "free space is unknown: new data is refused");
                false
            }
        }
    }

    /// Promises `bytes` to the caller, who is about to write them.
    pub fn reserve(self: &Arc<Self>, bytes: u64) -> Result<Reservation, Full> {
        let reserved = self.reserved.fetch_add(bytes, Ordering::AcqRel).saturating_add(bytes);
        // Dropped on the way out if it does not fit.
        let reservation = Reservation { space: self.clone(), bytes };
        if self.fits(reserved) { Ok(reservation) } else { Err(Full) }
    }
}

impl Reservation {
    /// Makes it cover `bytes` at the least.
    pub fn grow_to(&mut self, bytes: u64) -> Result<(), Full> {
        if bytes > self.bytes {
            let mut more = self.space.reserve(bytes - self.bytes)?;
            self.bytes = bytes;
            more.bytes = 0;
        }
        Ok(())
    }

    /// Bytes of it were written: the file system counts them from now on.
    pub fn written(&mut self, bytes: u64) {
        let bytes = bytes.min(self.bytes);
        self.bytes -= bytes;
        self.space.reserved.fetch_sub(bytes, Ordering::AcqRel);
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.space.reserved.fetch_sub(self.bytes, Ordering::AcqRel);
    }
}
