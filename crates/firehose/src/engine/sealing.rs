//! Records at rest: each in a frame that says whether it is sealed.
//!
//! ```text
//! frame   0 | data                                          plain
//!         1 | number of the data key (u64 BE) | sealed      nonce, ciphertext, tag (service::vault)
//! ```
//!
//! A frame is opened by what it says itself, so that encryption may be switched on and off while records wait. The service acts for the
//! stream's account: as on AWS, where it holds a grant, a delivery works whoever put the records. A key that cannot be used refuses puts, and
//! deliveries wait for it.

use std::sync::Arc;
use std::time::Duration;

use base::{Arn, Random, Region};
use bytes::{BufMut, Bytes, BytesMut};
use ports::{KeyError, KeyService, Principal};
use service::vault::{By, Resource, Sealed, Sealer, Vault, VaultError};

use super::Engine;
use super::error::{Error, Invalid};
use crate::tables::{Encryption, StreamId, StreamKey};

/// What the service's own key is called.
const OWN_KEY: &str = "alias/aws/firehose";
/// How long a data key is used. Shorter than other services do: a lost key is to be noticed within a minute.
pub(super) const DATA_KEY_LIFE: Duration = Duration::from_secs(20);
/// Data keys that go with a stream at the most, in one commit.
const KEYS_OF_A_STREAM_MAX: usize = 10_000;

const PLAIN: u8 = 0;
const SEALED: u8 = 1;

/// Opens and closes the frames of one stream.
#[derive(Clone)]
pub struct Frames(Arc<Inner>);

struct Inner {
    vault: Arc<Vault>,
    id: u128,
    region: Region,
    principal: Principal,
    context: Vec<(String, String)>,
}

impl Frames {
    /// The frames of a stream.
    pub fn new(vault: Arc<Vault>, key: &StreamKey, id: StreamId) -> Self {
        let arn = Arn::new("firehose", &key.region, key.account, &format!("deliverystream/{}", key.name));
        Self(Arc::new(Inner {
            vault,
            id: id.0,
            region: key.region.clone(),
            principal: Principal::root(key.account),
            context: vec![("aws:firehose:arn".to_owned(), arn.to_string())],
        }))
    }

    fn resource(&self) -> Resource<'_> {
        Resource { id: self.0.id, context: &self.0.context }
    }

    fn by(&self) -> By<'_> {
        By { principal: &self.0.principal, region: &self.0.region }
    }

    /// What is in a frame.
    pub async fn open(&self, frame: Bytes) -> Result<Bytes, VaultError> {
        let corrupt =
            || VaultError::Read(store::ReadError::Corrupt("a record's frame is malformed".to_owned()));
        match frame.first() {
            Some(&PLAIN) => Ok(frame.slice(1..)),
            Some(&SEALED) => {
                let (number, _) = frame[1..].split_first_chunk::<8>().ok_or_else(corrupt)?;
                let sealed = Sealed { data_key: u64::from_be_bytes(*number), bytes: frame.slice(9..) };
                self.0.vault.open(self.resource(), &sealed, self.by()).await
            }
            _ => Err(corrupt()),
        }
    }

    /// What seals records of a stream that is encrypted like this; `None` for one that is not.
    pub async fn sealer(&self, encryption: Option<&Encryption>) -> Result<Option<Sealer>, VaultError> {
        let Some(encryption) = encryption.filter(|encryption| encryption.enabled) else { return Ok(None) };
        let key = encryption.key_arn.as_deref().unwrap_or(OWN_KEY);
        self.0.vault.sealer(self.resource(), key, self.by()).await.map(Some)
    }

    /// What seals under the service's own key.
    pub async fn own_sealer(&self) -> Result<Sealer, VaultError> {
        self.0.vault.sealer(self.resource(), OWN_KEY, self.by()).await
    }

    /// Opens what was sealed.
    pub async fn open_sealed(&self, sealed: &Sealed) -> Result<Bytes, VaultError> {
        self.0.vault.open(self.resource(), sealed, self.by()).await
    }

    /// Whether a key may be used for the stream, by the service.
    pub async fn usable(&self, key: Option<&str>, caller: Option<&Principal>) -> Result<(), VaultError> {
        let key = key.unwrap_or(OWN_KEY);
        if let Some(principal) = caller {
            let by = By { principal, region: &self.0.region };
            self.0.vault.usable(self.resource(), key, by).await?;
        }
        self.0.vault.usable(self.resource(), key, self.by()).await.map(drop)
    }

    /// Notes that a commit with records of this sealer is durable.
    pub fn stored(&self, sealer: Option<&Sealer>) {
        if let Some(sealer) = sealer {
            self.0.vault.stored(sealer);
        }
    }
}

/// Records in frames, sealed or not. Their order is kept.
pub fn frames(records: &[impl AsRef<[u8]>], sealer: Option<&Sealer>, random: &Random) -> Vec<Bytes> {
    match sealer {
        Some(sealer) => records.iter().map(|record| sealed(sealer, random, record.as_ref())).collect(),
        None => {
            // One allocation for all of them: a batch has hundreds.
            let bytes = records.iter().map(|record| record.as_ref().len() + 1).sum();
            let mut all = BytesMut::with_capacity(bytes);
            records
                .iter()
                .map(|record| {
                    all.put_u8(PLAIN);
                    all.put_slice(record.as_ref());
                    all.split().freeze()
                })
                .collect()
        }
    }
}

fn sealed(sealer: &Sealer, random: &Random, data: &[u8]) -> Bytes {
    let sealed = sealer.seal(random, data);
    let mut frame = BytesMut::with_capacity(9 + sealed.bytes.len());
    frame.put_u8(SEALED);
    frame.put_u64(sealed.data_key);
    frame.put_slice(&sealed.bytes);
    frame.freeze()
}

impl Engine {
    /// The frames of a stream.
    pub(super) fn frames(&self, key: &StreamKey, id: StreamId) -> Frames {
        Frames::new(self.vault.clone(), key, id)
    }

    /// A vault over these keys.
    pub(super) fn vault(
        keys: Arc<dyn KeyService>,
        store: Arc<dyn store::Store>,
        clock: base::Clock,
        random: Random,
    ) -> Arc<Vault> {
        Arc::new(
            Vault::new(keys, store, clock, random, crate::tables::DATA_KEYS, "firehose")
                .with_life(DATA_KEY_LIFE),
        )
    }

    /// Has a commit remove the data keys of a stream with it.
    pub(super) async fn forget_data_keys(
        &self,
        stream: StreamId,
        commit: &mut store::Commit,
    ) -> Result<(), store::ReadError> {
        for (id, _) in self.vault.rows(stream.0, KEYS_OF_A_STREAM_MAX).await? {
            commit.delete(crate::tables::DATA_KEYS, &id);
        }
        Ok(())
    }
}

impl From<VaultError> for Error {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Key(KeyError::Unavailable(why)) => Error::Unavailable(why),
            VaultError::Key(error) => Error::Key(error),
            VaultError::Read(error) => error.into(),
        }
    }
}

/// What a customer may name as a key: the ARN of one.
pub fn key_arn(text: &str) -> Result<(), Invalid> {
    text.parse::<Arn>().map(drop).map_err(|_| Invalid(format!("{text} is not a valid ARN")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_frames_hold_the_records_in_order() {
        let made = frames(&[b"a".as_slice(), b"", b"bc"], None, &Random::seeded(1));
        assert_eq!(made, [b"\0a".as_slice(), b"\0", b"\0bc"]);
    }
}
