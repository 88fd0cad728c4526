//! Encryption of records: sealed before they reach the disk, under data keys that KMS makes.
//!
//! A stream that is encrypted names a key of KMS. Whoever puts records gets a data key of their own under it, good for five minutes, as AWS's
//! service does: so KMS is asked rarely, and a key that was disabled, or a caller who lost the right to use it, is noticed within that time. The
//! encrypted data key is a row that the first commit of records under it carries along; a record names its row by number.
//!
//! Reading asks KMS for the data key on behalf of the reader, and remembers it as long. A row goes when every record that may name it has passed
//! the stream's retention.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::{Region, Timestamp};
use bytes::Bytes;
use crypt::SealKey;
use ports::{DataKey, KeyService, KeyUse, Principal};
use store::{Commit, ReadError};

use super::record::Sealed;
use super::stream::{Stream, arn};
use super::{Error, Kinesis};
use crate::tables::{DATA_KEYS, DataKeyId, DataKeyRow, StreamId, StreamKey};

/// How long a data key is used, and a right to use it believed.
pub(super) const LIFE: Duration = Duration::from_secs(300);
/// Data keys in memory at the most; beyond it all are dropped and asked for again.
const KEYS_MAX: usize = 10_000;

/// On whose behalf records are sealed or opened.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    /// The caller.
    pub principal: &'a Principal,
    /// Where it called.
    pub region: &'a Region,
}

/// A data key at hand.
#[derive(Clone)]
struct Held {
    number: u64,
    key: Arc<SealKey>,
    since: Duration,
}

/// A data key that records are about to be sealed with.
pub(super) struct Sealer {
    stream: StreamId,
    number: u64,
    key: Arc<SealKey>,
    /// The row, as long as it may not be stored yet.
    row: Option<DataKeyRow>,
}

/// By stream, KMS key and caller; with the row until it is known to be stored.
type Sealing = HashMap<(StreamId, String, Principal), (Held, Option<DataKeyRow>)>;

/// Data keys in memory.
pub(super) struct Vault {
    keys: Arc<dyn KeyService>,
    /// What each caller seals with.
    sealing: Mutex<Sealing>,
    /// What each caller may open.
    opening: Mutex<HashMap<(StreamId, u64, Principal), Held>>,
}

impl Vault {
    pub(super) fn new(keys: Arc<dyn KeyService>) -> Self {
        Self { keys, sealing: Mutex::default(), opening: Mutex::default() }
    }

    pub(super) fn keys(&self) -> &dyn KeyService {
        &*self.keys
    }

    /// The row of this data key is stored: commits need not carry it any more.
    fn stored(&self, number: u64) {
        let mut sealing = self.sealing.lock().expect("nothing panics while the keys are held");
        for (held, row) in sealing.values_mut() {
            if held.number == number {
                *row = None;
            }
        }
    }
}

/// The encryption context of a stream.
fn context(key: &StreamKey) -> Vec<(String, String)> {
    vec![("aws:kinesis:arn".to_owned(), arn(key).to_string())]
}

/// What a sealed record is bound to: its stream and its data key.
fn bound_to(stream: StreamId, number: u64) -> [u8; 24] {
    let mut bytes = [0; 24];
    bytes[..16].copy_from_slice(&stream.0.to_be_bytes());
    bytes[16..].copy_from_slice(&number.to_be_bytes());
    bytes
}

impl Sealer {
    /// Adds the row that the records' data key is kept in, unless it is stored already.
    pub(super) fn join(&self, commit: &mut Commit) {
        if let Some(row) = &self.row {
            commit.put(DATA_KEYS, &DataKeyId { stream: self.stream, number: self.number }, row);
        }
    }

    /// Seals a record's key and data.
    pub(super) fn seal(&self, random: &base::Random, plain: &[u8]) -> Sealed {
        let sealed = self.key.seal(random, &bound_to(self.stream, self.number), plain);
        Sealed { data_key: self.number, bytes: sealed.into() }
    }
}

impl Kinesis {
    /// Runs `use_key` with what KMS is told about a stream.
    async fn generate(&self, stream: &StreamKey, key: &str, by: By<'_>) -> Result<DataKey, Error> {
        let context = context(stream);
        let on = KeyUse { principal: by.principal, region: by.region, via: "kinesis", context: &context };
        self.vault.keys().generate(key, on).await.map_err(Error::Key)
    }

    /// The ARN of a key that may be used for a stream: it is there, enabled, and the caller's to use.
    pub(super) async fn usable_key(
        &self,
        stream: &StreamKey,
        key: &str,
        by: By<'_>,
    ) -> Result<String, Error> {
        Ok(self.generate(stream, key, by).await?.key.to_string())
    }

    /// What the caller's records are sealed with; `None` for a stream that is not encrypted.
    pub(super) async fn sealer(&self, stream: &Stream, by: By<'_>) -> Result<Option<Sealer>, Error> {
        let Some(encryption) = &stream.row.encryption else { return Ok(None) };
        let now = self.clock.monotonic();
        let slot = (stream.id(), encryption.arn.clone(), by.principal.clone());
        let held = {
            let sealing = self.vault.sealing.lock().expect("nothing panics while the keys are held");
            sealing.get(&slot).filter(|(held, _)| now.saturating_sub(held.since) < LIFE).cloned()
        };
        let (held, row) = match held {
            Some(found) => found,
            None => {
                let made = self.generate(&stream.key, &encryption.arn, by).await?;
                let key = SealKey::new(&made.plaintext);
                let key =
                    key.ok_or_else(|| Error::Store("KMS gave a data key of another size".to_owned()))?;
                let held = Held { number: self.random.u64(), key: Arc::new(key), since: now };
                let made_micros = self.now().as_micros();
                let row = DataKeyRow { ciphertext: made.ciphertext, made_micros };
                let mut sealing = self.vault.sealing.lock().expect("nothing panics while the keys are held");
                if sealing.len() >= KEYS_MAX {
                    sealing.clear();
                }
                sealing.insert(slot, (held.clone(), Some(row.clone())));
                (held, Some(row))
            }
        };
        Ok(Some(Sealer { stream: stream.id(), number: held.number, key: held.key, row }))
    }

    /// Notes that a commit with records under this data key is durable.
    pub(super) fn sealed_and_stored(&self, sealer: &Sealer) {
        if sealer.row.is_some() {
            self.vault.stored(sealer.number);
        }
    }

    /// Opens a record on behalf of its reader.
    pub(super) async fn open_record(
        &self,
        stream: &Stream,
        sealed: &Sealed,
        by: By<'_>,
    ) -> Result<Bytes, Error> {
        let key = self.opener(stream, sealed.data_key, by).await?;
        let plain = key.open(&bound_to(stream.id(), sealed.data_key), &sealed.bytes);
        let plain = plain.map_err(|_| ReadError::Corrupt("a sealed record is not authentic".to_owned()))?;
        Ok(plain.into())
    }

    async fn opener(&self, stream: &Stream, number: u64, by: By<'_>) -> Result<Arc<SealKey>, Error> {
        let now = self.clock.monotonic();
        let slot = (stream.id(), number, by.principal.clone());
        {
            let opening = self.vault.opening.lock().expect("nothing panics while the keys are held");
            if let Some(held) = opening.get(&slot).filter(|held| now.saturating_sub(held.since) < LIFE) {
                return Ok(held.key.clone());
            }
        }
        let id = DataKeyId { stream: stream.id(), number };
        let row = DATA_KEYS.get(&*self.store.snapshot(), &id).await?;
        let row = row.ok_or_else(|| ReadError::Corrupt(format!("data key `{number:016x}` is missing")))?;
        let context = context(&stream.key);
        let on = KeyUse { principal: by.principal, region: by.region, via: "kinesis", context: &context };
        let plain = self.vault.keys().decrypt(&row.value.ciphertext, on).await;
        let plain = plain.map_err(|error| match error {
            ports::KeyError::Denied(_) => {
                let who = by.principal.arn().map_or_else(|| "anonymous".to_owned(), |arn| arn.to_string());
                Error::MayNotDecrypt(who, stream.key.clone())
            }
            other => Error::Key(other),
        })?;
        let key = SealKey::new(&plain);
        let key = Arc::new(key.ok_or_else(|| Error::Store("a data key has another size".to_owned()))?);
        let mut opening = self.vault.opening.lock().expect("nothing panics while the keys are held");
        if opening.len() >= KEYS_MAX {
            opening.clear();
        }
        opening.insert(slot, Held { number, key: key.clone(), since: now });
        Ok(key)
    }

    /// Removes the data keys of a stream that no record names any more: those that were last used before `horizon`. A page at most.
    pub(super) async fn sweep_data_keys(&self, stream: StreamId, horizon: Timestamp) -> Result<(), Error> {
        const PAGE: usize = 1_000;
        let range = DATA_KEYS.prefix(|key| {
            key.u128(stream.0);
        });
        let rows = DATA_KEYS.scan(&*self.store.snapshot(), range, PAGE).await?;
        let mut commit = Commit::new(self.new_commit_id());
        for (id, row) in rows {
            // Twice its life: a commit under it may have waited.
            if Timestamp::from_micros(row.value.made_micros).plus(LIFE * 2) < horizon {
                commit.delete(DATA_KEYS, &id);
            }
        }
        if commit.writes.is_empty() {
            return Ok(());
        }
        self.settle(commit).await.map(drop)
    }
}
