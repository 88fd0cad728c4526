//! Data keys for what rooms encrypt on behalf of their callers: streams of records, each sealed by itself.
//!
//! Whoever writes gets a data key of their own under the resource's key of KMS, good for five minutes unless told otherwise, as AWS's services do: so KMS is asked
//! rarely, and a key that was disabled, or a caller who lost the right to use it, is noticed within that time. The encrypted data key is a row
//! that the first commit of records under it carries along; a record names its row by number. Reading asks KMS for the data key on behalf of
//! the reader, and remembers the answer as long.
//!
//! The rows are the room's own table ([`DataKeyId`], [`DataKeyRow`]), so that a resource's data keys go with it; [`Vault::sweep`] removes those
//! that no record names any more.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use base::{Arn, Clock, Random, Region, Secret, Timestamp};
use bytes::Bytes;
use crypt::SealKey;
use minicbor::{Decode, Encode};
use ports::{KeyError, KeyService, KeyUse, Principal};
use store::{Commit, CommitId, KeyReader, KeyWriter, ReadError, Refusal, Settled, Store, Table, TableKey};

/// How long a data key is used, and a right to use it believed, as AWS's services do.
pub const DATA_KEY_LIFE: Duration = Duration::from_secs(300);
/// Data keys in memory at the most; beyond it all are dropped and asked for again.
const KEYS_MAX: usize = 10_000;
/// Rows of one pass of the sweep.
const SWEEP_PAGE: usize = 1_000;

/// Key of a room's table of data keys.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct DataKeyId {
    /// The resource.
    pub resource: u128,
    /// The key's number, drawn by chance.
    pub number: u64,
}

/// A data key that records were sealed with, encrypted by KMS.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct DataKeyRow {
    /// What KMS takes to decrypt it.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub ciphertext: Vec<u8>,
    /// When it was made.
    #[n(1)]
    pub made_micros: i64,
}

impl TableKey for DataKeyId {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.resource).u64(self.number);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { resource: key.u128()?, number: key.u64()? })
    }
}

/// On whose behalf records are sealed or opened.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    /// The caller.
    pub principal: &'a Principal,
    /// Where it called.
    pub region: &'a Region,
}

/// What is encrypted.
#[derive(Clone, Copy, Debug)]
pub struct Resource<'a> {
    /// Its id; never used twice.
    pub id: u128,
    /// The encryption context of its data keys.
    pub context: &'a [(String, String)],
}

/// Something sealed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sealed {
    /// The number of its data key.
    pub data_key: u64,
    /// Nonce, ciphertext and tag.
    pub bytes: Bytes,
}

/// Why something cannot be sealed or opened.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum VaultError {
    /// KMS refuses.
    #[error("KMS: {0}")]
    Key(#[from] KeyError),
    /// The data key cannot be read, or what was sealed was altered.
    #[error("{0}")]
    Read(#[from] ReadError),
}

/// A data key that records are about to be sealed with.
pub struct Sealer {
    id: DataKeyId,
    key: Arc<SealKey>,
    table: Table<DataKeyId, DataKeyRow>,
    /// The row, as long as it may not be stored yet.
    row: Option<DataKeyRow>,
}

impl Sealer {
    /// Adds the row that the records' data key is kept in, unless it is stored already.
    pub fn join(&self, commit: &mut Commit) {
        if let Some(row) = &self.row {
            commit.put(self.table, &self.id, row);
        }
    }

    /// Seals.
    pub fn seal(&self, random: &Random, plain: &[u8]) -> Sealed {
        Sealed { data_key: self.id.number, bytes: self.key.seal(random, &bound_to(self.id), plain).into() }
    }
}

/// What is sealed is bound to its resource and its data key.
fn bound_to(id: DataKeyId) -> [u8; 24] {
    let mut bytes = [0; 24];
    bytes[..16].copy_from_slice(&id.resource.to_be_bytes());
    bytes[16..].copy_from_slice(&id.number.to_be_bytes());
    bytes
}

/// A data key at hand.
#[derive(Clone)]
struct Held {
    number: u64,
    key: Arc<SealKey>,
    since: Duration,
    /// Set until the row is known to be stored.
    row: Option<DataKeyRow>,
}

/// Data keys in memory, by who may use them for what.
struct Shelf<K>(Mutex<HashMap<K, Held>>);

impl<K: Eq + Hash> Shelf<K> {
    fn new() -> Self {
        Self(Mutex::default())
    }

    fn held(&self) -> MutexGuard<'_, HashMap<K, Held>> {
        self.0.lock().expect("nothing panics while the keys are held")
    }

    fn find(&self, slot: &K, now: Duration, life: Duration) -> Option<Held> {
        self.held().get(slot).filter(|held| now.saturating_sub(held.since) < life).cloned()
    }

    fn keep(&self, slot: K, held: Held) {
        let mut all = self.held();
        if all.len() >= KEYS_MAX {
            all.clear();
        }
        all.insert(slot, held);
    }
}

/// A room's data keys.
pub struct Vault {
    keys: Arc<dyn KeyService>,
    store: Arc<dyn Store>,
    clock: Clock,
    random: Random,
    table: Table<DataKeyId, DataKeyRow>,
    via: &'static str,
    life: Duration,
    sealing: Shelf<(u128, String, Principal)>,
    opening: Shelf<(u128, u64, Principal)>,
}

impl Vault {
    /// The vault of the service `via` (as [`KeyUse::via`]), whose data keys are rows of `table`.
    pub fn new(
        keys: Arc<dyn KeyService>,
        store: Arc<dyn Store>,
        clock: Clock,
        random: Random,
        table: Table<DataKeyId, DataKeyRow>,
        via: &'static str,
    ) -> Self {
        let (sealing, opening) = (Shelf::new(), Shelf::new());
        Self { keys, store, clock, random, table, via, life: DATA_KEY_LIFE, sealing, opening }
    }

    /// With another time for which a data key is used.
    pub fn with_life(mut self, life: Duration) -> Self {
        self.life = life;
        self
    }

    /// The ARN of a key that may be used for a resource: it is there, enabled, and the caller's to use.
    pub async fn usable(&self, resource: Resource<'_>, key: &str, by: By<'_>) -> Result<Arn, VaultError> {
        Ok(self.keys.generate(key, self.on(resource, by)).await?.key)
    }

    /// What the caller's records are sealed with, under this key of KMS.
    pub async fn sealer(&self, resource: Resource<'_>, key: &str, by: By<'_>) -> Result<Sealer, VaultError> {
        let now = self.clock.monotonic();
        let slot = (resource.id, key.to_owned(), by.principal.clone());
        let held = match self.sealing.find(&slot, now, self.life) {
            Some(held) => held,
            None => {
                let made = self.keys.generate(key, self.on(resource, by)).await?;
                let row =
                    DataKeyRow { ciphertext: made.ciphertext, made_micros: self.clock.now().as_micros() };
                let key = scheduled(&made.plaintext)?;
                let held = Held { number: self.random.u64(), key, since: now, row: Some(row) };
                self.sealing.keep(slot, held.clone());
                held
            }
        };
        let id = DataKeyId { resource: resource.id, number: held.number };
        Ok(Sealer { id, key: held.key, table: self.table, row: held.row })
    }

    /// Notes that a commit which [`Sealer::join`] took part in is durable: later ones need not carry the row.
    pub fn stored(&self, sealer: &Sealer) {
        if sealer.row.is_none() {
            return;
        }
        for held in self.sealing.held().values_mut().filter(|held| held.number == sealer.id.number) {
            held.row = None;
        }
    }

    /// Opens on behalf of a reader.
    pub async fn open(
        &self,
        resource: Resource<'_>,
        sealed: &Sealed,
        by: By<'_>,
    ) -> Result<Bytes, VaultError> {
        let id = DataKeyId { resource: resource.id, number: sealed.data_key };
        let key = self.opener(resource, id, by).await?;
        let plain = key.open(&bound_to(id), &sealed.bytes);
        let plain = plain.map_err(|_| ReadError::Corrupt("something sealed is not authentic".to_owned()))?;
        Ok(plain.into())
    }

    async fn opener(
        &self,
        resource: Resource<'_>,
        id: DataKeyId,
        by: By<'_>,
    ) -> Result<Arc<SealKey>, VaultError> {
        let now = self.clock.monotonic();
        let slot = (id.resource, id.number, by.principal.clone());
        if let Some(held) = self.opening.find(&slot, now, self.life) {
            return Ok(held.key);
        }
        let row = self.table.get(&*self.store.snapshot(), &id).await?;
        let missing = || ReadError::Corrupt(format!("data key `{:016x}` is missing", id.number));
        let row = row.ok_or_else(missing)?;
        let plain = self.keys.decrypt(&row.value.ciphertext, self.on(resource, by)).await?;
        let key = scheduled(&plain)?;
        self.opening.keep(slot, Held { number: id.number, key: key.clone(), since: now, row: None });
        Ok(key)
    }

    fn on<'a>(&self, resource: Resource<'a>, by: By<'a>) -> KeyUse<'a> {
        KeyUse { principal: by.principal, region: by.region, via: self.via, context: resource.context }
    }

    /// Removes the data keys of a resource that were last used before `horizon`: no record names them any more. A page at most.
    pub async fn sweep(&self, resource: u128, horizon: Timestamp) -> Result<(), SweepError> {
        let rows = self.rows(resource, SWEEP_PAGE).await?;
        let mut commit = Commit::new(CommitId(self.random.u128()));
        for (id, row) in rows {
            // Twice its life: a commit under it may have waited.
            if Timestamp::from_micros(row.made_micros).plus(self.life * 2) < horizon {
                commit.delete(self.table, &id);
            }
        }
        if commit.writes.is_empty() {
            return Ok(());
        }
        match store::settle(&*self.store, commit).await {
            Settled::Done(_) | Settled::Happened | Settled::Lost(_) | Settled::Absent(_) => Ok(()),
            Settled::Refused(refusal) => Err(refusal.into()),
            Settled::Unknown(why) => Err(SweepError::Unknown(why)),
        }
    }

    /// A resource's data keys, at most `limit`: to be deleted with it.
    pub async fn rows(
        &self,
        resource: u128,
        limit: usize,
    ) -> Result<Vec<(DataKeyId, DataKeyRow)>, ReadError> {
        let range = self.table.prefix(|key| {
            key.u128(resource);
        });
        let rows = self.table.scan(&*self.store.snapshot(), range, limit).await?;
        Ok(rows.into_iter().map(|(id, row)| (id, row.value)).collect())
    }
}

/// Why a pass of the sweep failed. The next one tries again.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum SweepError {
    /// The rows cannot be read.
    #[error("{0}")]
    Read(#[from] ReadError),
    /// The store takes no commit.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// Nobody knows whether the rows are gone.
    #[error("{0}")]
    Unknown(String),
}

fn scheduled(plaintext: &Secret) -> Result<Arc<SealKey>, VaultError> {
    let key = SealKey::new(plaintext);
    key.map(Arc::new).ok_or_else(|| KeyError::Unavailable("a data key is not of 32 bytes".to_owned()).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use store::TableNumber;

    const TABLE: Table<DataKeyId, DataKeyRow> = Table::new(TableNumber(0xfffe), "test.data_keys");

    proptest! {
        #[test]
        fn data_keys_round_trip(resource: u128, number: u64, ciphertext: Vec<u8>, made_micros: i64) {
            let id = DataKeyId { resource, number };
            prop_assert_eq!(TABLE.read_key(&TABLE.key(&id)).unwrap(), id);
            let row = DataKeyRow { ciphertext, made_micros };
            let bytes = minicbor::to_vec(&row).unwrap();
            prop_assert_eq!(minicbor::decode::<DataKeyRow>(&bytes).unwrap(), row);
        }
    }

    #[test]
    fn what_was_sealed_for_one_resource_opens_for_no_other() {
        let random = Random::seeded(1);
        let key = Arc::new(SealKey::new(&Secret::new([7; 32])).unwrap());
        let id = DataKeyId { resource: 1, number: 2 };
        let sealer = Sealer { id, key: key.clone(), table: TABLE, row: None };
        let sealed = sealer.seal(&random, b"hush");
        assert_eq!(key.open(&bound_to(id), &sealed.bytes).unwrap(), b"hush");
        for other in [DataKeyId { resource: 9, ..id }, DataKeyId { number: 9, ..id }] {
            assert!(key.open(&bound_to(other), &sealed.bytes).is_err());
        }
    }
}
