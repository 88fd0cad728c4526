//! Versions that came since the last look, so that to replicate them nobody goes over all that waits: of that, much may wait for long.

use std::collections::BTreeSet;
use std::sync::Mutex;

use crate::tables::MoveKey;

/// Versions held at most. Beyond it all that waits is gone over, once.
const HELD_MAX: usize = 10_000;
const SOUND: &str = "nothing panics while versions are held";

/// What is to be replicated next. Only a short cut: what is in it is in `REPLICATIONS` as well.
#[derive(Default)]
pub(in super::super) struct Fresh(Mutex<Held>);

#[derive(Default)]
struct Held {
    keys: BTreeSet<MoveKey>,
    is_lost: bool,
}

impl Fresh {
    pub(super) fn add(&self, keys: Vec<MoveKey>) {
        let mut held = self.0.lock().expect(SOUND);
        for key in keys {
            if held.keys.len() < HELD_MAX {
                held.keys.insert(key);
            } else {
                held.is_lost = true;
            }
        }
    }

    /// All of them, and whether there were more than are held.
    pub(super) fn take(&self) -> (BTreeSet<MoveKey>, bool) {
        let held = std::mem::take(&mut *self.0.lock().expect(SOUND));
        (held.keys, held.is_lost)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::{Id, VersionId};

    #[test]
    fn what_is_too_much_to_hold_is_told() {
        let key = |n: usize| MoveKey { bucket: Id(1), key: n.to_string(), version: VersionId::default() };
        let fresh = Fresh::default();
        fresh.add((0..HELD_MAX).map(key).collect());
        fresh.add(vec![key(0)]);
        fresh.add(vec![key(HELD_MAX)]);
        let (keys, is_lost) = fresh.take();
        assert_eq!((keys.len(), is_lost), (HELD_MAX, true));
        assert_eq!(fresh.take(), (BTreeSet::new(), false));
    }
}
