//! The few things used last: open files and parsed indexes that are worth keeping, and no more than so many.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard};

/// At most so many values by key; the one used longest ago goes first.
pub struct Recent<K, V> {
    kept_max: usize,
    /// The one used last stands last. A list, since there are few.
    kept: Mutex<VecDeque<(K, V)>>,
}

impl<K: PartialEq, V: Clone> Recent<K, V> {
    /// Keeps at most `kept_max` values.
    pub fn new(kept_max: usize) -> Self {
        Self { kept_max, kept: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<(K, V)>> {
        self.kept.lock().expect("nothing panics while the list is held")
    }

    /// The value kept under the key.
    pub fn get(&self, key: &K) -> Option<V> {
        let mut kept = self.lock();
        let at = kept.iter().rposition(|(found, _)| found == key)?;
        let entry = kept.remove(at)?;
        let value = entry.1.clone();
        kept.push_back(entry);
        Some(value)
    }

    /// The value kept under the key, or the one that `make` makes, which is kept from now on. Two callers may make it at once.
    pub fn get_or<E>(&self, key: K, make: impl FnOnce() -> Result<V, E>) -> Result<V, E> {
        if let Some(value) = self.get(&key) {
            return Ok(value);
        }
        let value = make()?;
        let mut kept = self.lock();
        if kept.len() >= self.kept_max {
            kept.pop_front();
        }
        kept.push_back((key, value.clone()));
        Ok(value)
    }

    /// Keeps only what `is_wanted` wants.
    pub fn retain(&self, is_wanted: impl Fn(&K) -> bool) {
        self.lock().retain(|(key, _)| is_wanted(key));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_used_longest_ago_goes_first() {
        let recent = Recent::new(2);
        let made = |key: u32| recent.get_or(key, || Err::<u32, ()>(())).is_err();
        let put = |key: u32| recent.get_or(key, || Ok::<_, ()>(key)).unwrap();
        put(1);
        put(2);
        put(1);
        put(3);
        assert!(!made(1) && made(2) && !made(3));
        recent.retain(|key| *key != 3);
        assert!(made(3));
    }
}
