//! Who is reading an object made of pieces, so that its pieces stay until the last reader is done.
//!
//! A single blob needs none of this: the store keeps it readable as long as a reader holds it open. An object of thousands of
//! parts is opened part by part, and an overwrite in between must not take the rest away. So a reader pins the id of the contents, and whoever
//! drops them either gets the id for itself for the length of its commit, or leaves them to the sweep, which waits for the readers.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex};

use tokio::sync::Notify;

use crate::tables::Id;

/// Contents in use by this process.
pub(super) struct Pins {
    uses: Mutex<HashMap<Id, Use>>,
    settled: Notify,
    sweep: Arc<Notify>,
}

enum Use {
    /// So many read it; somebody else waits to drop it.
    Read {
        readers: usize,
        wanted: bool,
    },
    Dropped,
}

/// A reader's hold on contents.
pub(super) struct Pin {
    pins: Arc<Pins>,
    id: Id,
}

/// A dropper's hold on contents that nobody reads.
pub(super) struct Dropping {
    pins: Arc<Pins>,
    id: Id,
}

impl Pins {
    /// `sweep` is woken when the last reader of something that was to be dropped is done.
    pub(super) fn new(sweep: Arc<Notify>) -> Self {
        Self { uses: Mutex::default(), settled: Notify::new(), sweep }
    }

    /// Holds the contents for reading. `None` while somebody drops them: wait for [`Pins::settled`] and look again whether they are there.
    pub(super) fn pin(self: &Arc<Self>, id: Id) -> Option<Pin> {
        let mut uses = self.lock();
        match uses.entry(id).or_insert(Use::Read { readers: 0, wanted: false }) {
            Use::Read { readers, .. } => *readers += 1,
            Use::Dropped => return None,
        }
        Some(Pin { pins: self.clone(), id })
    }

    /// Holds the contents for dropping. `None` while somebody reads or drops them.
    pub(super) fn claim(self: &Arc<Self>, id: Id) -> Option<Dropping> {
        let mut uses = self.lock();
        match uses.entry(id) {
            Entry::Occupied(mut held) => {
                if let Use::Read { wanted, .. } = held.get_mut() {
                    *wanted = true;
                }
                None
            }
            Entry::Vacant(free) => {
                free.insert(Use::Dropped);
                Some(Dropping { pins: self.clone(), id })
            }
        }
    }

    /// Returns when nobody drops the contents (any more).
    pub(super) async fn settled(&self, id: Id) {
        loop {
            let settled = self.settled.notified();
            if !matches!(self.lock().get(&id), Some(Use::Dropped)) {
                return;
            }
            settled.await;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Id, Use>> {
        self.uses.lock().expect("nothing panics while the uses are held")
    }
}

impl Drop for Pin {
    fn drop(&mut self) {
        let mut uses = self.pins.lock();
        if let Some(Use::Read { readers, wanted }) = uses.get_mut(&self.id) {
            *readers -= 1;
            if *readers == 0 {
                let wanted = *wanted;
                uses.remove(&self.id);
                if wanted {
                    self.pins.sweep.notify_one();
                }
            }
        }
    }
}

impl Drop for Dropping {
    fn drop(&mut self) {
        self.pins.lock().remove(&self.id);
        self.pins.settled.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn readers_and_droppers_exclude_each_other() {
        let pins = Arc::new(Pins::new(Arc::new(Notify::new())));
        let (one, two) = (pins.pin(Id(1)).unwrap(), pins.pin(Id(1)).unwrap());
        assert!(pins.claim(Id(1)).is_none());
        drop(one);
        assert!(pins.claim(Id(1)).is_none());
        drop(two);
        let dropping = pins.claim(Id(1)).unwrap();
        assert!(pins.pin(Id(1)).is_none() && pins.pin(Id(2)).is_some());
        let waiting = tokio::spawn({
            let pins = pins.clone();
            async move { pins.settled(Id(1)).await }
        });
        tokio::task::yield_now().await;
        drop(dropping);
        waiting.await.unwrap();
        assert!(pins.pin(Id(1)).is_some());
    }
}
