//! Rows in memory, with what was made of them.
//!
//! An entry stays right in two ways. Every change made here forgets it when its commit is over ([`Forget`], also if the caller went away
//! meanwhile). And it is compared with its row's version once a second, which bounds how long a change of another node, or one whose caller was
//! dropped at the worst moment, can stay unseen.
//!
//! Who loads a row while it is being changed must not put the old one back: each change moves `generation` on, and an entry is taken only if no
//! change was noted since before it was read.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use store::Version;

/// At most this many entries are kept; beyond it all are dropped and read again as they are needed.
const ENTRIES_MAX: usize = 10_000;
/// How long an entry is believed without a look at its row.
const BELIEVED: Duration = Duration::from_secs(1);

pub(super) struct Cache<K, V> {
    entries: RwLock<HashMap<K, Arc<Entry<V>>>>,
    generation: AtomicU64,
}

pub(super) struct Entry<V> {
    value: Arc<V>,
    version: Version,
    /// When it was last compared with its row, in milliseconds of the monotonic clock.
    checked_millis: AtomicU64,
}

/// What is remembered of a row.
pub(super) enum Remembered<V> {
    /// Nothing.
    No,
    /// This, and it may be believed.
    Yes(Arc<V>),
    /// This, if the row still has this version.
    If(Arc<V>, Version),
}

impl<K, V> Default for Cache<K, V> {
    fn default() -> Self {
        Self { entries: RwLock::default(), generation: AtomicU64::new(0) }
    }
}

impl<K: Hash + Eq + Clone, V> Cache<K, V> {
    /// What is remembered. Of several that ask when it is time to look at the row, one is told to; the others go on as before.
    pub(super) fn get(&self, key: &K, now: Duration) -> Remembered<V> {
        let entries = self.entries.read().expect("nothing panics while the entries are held");
        let Some(entry) = entries.get(key) else { return Remembered::No };
        let now = millis(now);
        let checked = entry.checked_millis.load(Ordering::Relaxed);
        if now.saturating_sub(checked) <= millis(BELIEVED) {
            return Remembered::Yes(entry.value.clone());
        }
        let mine = entry.checked_millis.compare_exchange(checked, now, Ordering::Relaxed, Ordering::Relaxed);
        match mine {
            Ok(_) => Remembered::If(entry.value.clone(), entry.version),
            Err(_) => Remembered::Yes(entry.value.clone()),
        }
    }

    /// To be asked before a row is read that [`Cache::insert`] then puts in.
    pub(super) fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    pub(super) fn insert(&self, key: &K, value: Arc<V>, version: Version, generation: u64, now: Duration) {
        let mut entries = self.entries.write().expect("nothing panics while the entries are held");
        if self.generation.load(Ordering::Acquire) != generation {
            return;
        }
        if entries.len() >= ENTRIES_MAX && !entries.contains_key(key) {
            entries.clear();
        }
        let checked_millis = AtomicU64::new(millis(now));
        entries.insert(key.clone(), Arc::new(Entry { value, version, checked_millis }));
    }

    pub(super) fn forget(&self, key: &K) {
        let mut entries = self.entries.write().expect("nothing panics while the entries are held");
        self.generation.fetch_add(1, Ordering::AcqRel);
        entries.remove(key);
    }

    /// Forgets the entry when the guard is dropped.
    pub(super) fn forget_after<'a>(&'a self, key: &'a K) -> Forget<'a, K, V> {
        Forget { cache: self, key }
    }
}

/// Forgets an entry when dropped: after its change, however that ended.
pub(super) struct Forget<'a, K: Hash + Eq + Clone, V> {
    cache: &'a Cache<K, V>,
    key: &'a K,
}

impl<K: Hash + Eq + Clone, V> Drop for Forget<'_, K, V> {
    fn drop(&mut self) {
        self.cache.forget(self.key);
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_believed_for_a_second_and_then_checked_by_one() {
        let cache = Cache::<u8, &str>::default();
        cache.insert(&1, Arc::new("one"), Version(7), cache.generation(), Duration::ZERO);
        assert!(matches!(cache.get(&1, Duration::from_millis(900)), Remembered::Yes(_)));
        assert!(matches!(cache.get(&1, Duration::from_secs(2)), Remembered::If(_, Version(7))));
        assert!(matches!(cache.get(&1, Duration::from_secs(2)), Remembered::Yes(_)));
        assert!(matches!(cache.get(&2, Duration::ZERO), Remembered::No));
    }

    #[test]
    fn what_was_read_before_a_change_is_not_put_back() {
        let cache = Cache::<u8, &str>::default();
        let before = cache.generation();
        drop(cache.forget_after(&2));
        cache.insert(&1, Arc::new("old"), Version(1), before, Duration::ZERO);
        assert!(matches!(cache.get(&1, Duration::ZERO), Remembered::No));
    }
}
