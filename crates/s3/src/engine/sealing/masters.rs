//! The versions of the master key, under which everything of SSE-S3 is sealed.
//!
//! New blobs are sealed under the newest; what is older stays under the version its row names. The keys come from the data directory's
//! `keys/` and are never written by this room.

use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

use base::Secret;
use crypt::HmacKey;
use store::ReadError;

/// A key ring. Clones share it: a version that is added serves at once.
#[derive(Clone)]
pub struct Masters(Arc<RwLock<BTreeMap<u32, HmacKey>>>);

/// The newest version.
#[derive(Debug, Clone)]
pub struct Current {
    /// Which it is.
    pub version: u32,
    pub(super) key: HmacKey,
}

impl Masters {
    /// A ring whose first version has the number 1.
    pub fn new(first: &Secret) -> Self {
        Self(Arc::new(RwLock::new(BTreeMap::from([(1, HmacKey::new(first.expose()))]))))
    }

    /// Adds a version. One that is there already stays as it is.
    pub fn add(&self, version: u32, key: &Secret) {
        let key = HmacKey::new(key.expose());
        self.0.write().expect("nothing panics while the ring is held").entry(version).or_insert(key);
    }

    /// The newest version.
    pub fn current(&self) -> Current {
        let ring = self.0.read().expect("nothing panics while the ring is held");
        let (version, key) = ring.last_key_value().expect("a ring begins with a version and loses none");
        Current { version: *version, key: key.clone() }
    }

    /// A version that some row names.
    pub(super) fn get(&self, version: u32) -> Result<HmacKey, ReadError> {
        let ring = self.0.read().expect("nothing panics while the ring is held");
        let missing = || ReadError::Corrupt(format!("version `{version}` of the master key is missing"));
        ring.get(&version).cloned().ok_or_else(missing)
    }
}

impl std::fmt::Debug for Masters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Masters(..)")
    }
}
