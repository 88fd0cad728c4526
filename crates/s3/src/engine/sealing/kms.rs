//! Objects' keys that KMS keeps: SSE-KMS, DSSE-KMS, and bucket keys.
//!
//! Without a bucket key the data key that KMS makes is the object's. With one, KMS makes a data key for the bucket, which is held in memory for
//! a while and serves all objects that the same requester writes meanwhile; each object's own key is drawn and sealed under it. An object that is put
//! under another KMS key keeps its own, sealed under the new data key. Reading asks
//! KMS every time, so that a key that was disabled or whose policy changed takes effect at once (AWS may go on for minutes).

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use base::{Region, Secret, Timestamp};
use crypt::{HmacKey, SealKey};
use ports::{DataKey, KeyError, KeyUse};
use store::ReadError;

use super::super::{Error, S3};
use super::using::Requester;
use super::wanted::WantedKey;
use crate::tables::{Bucket, Id, KmsKey};

/// The service that encrypts, as `kms:ViaService` names it.
const VIA: &str = "s3";
/// The key that serves where none is named.
const DEFAULT_KEY: &str = "alias/aws/s3";
/// The name of the one entry every encryption context has.
const ARN: &str = "aws:s3:arn";
/// What an object's key is sealed in the context of, so that it is nothing else.
const CONTEXT: &[u8] = b"object key under a data key";
/// How long a bucket key serves. AWS says no more than that it is short-lived.
const WINDOW: Duration = Duration::from_secs(60);
/// Bucket keys in memory.
const HELD_MAX: usize = 1_000;

/// The bucket keys in use.
#[derive(Default)]
pub struct BucketKeys(Mutex<HashMap<UsedBy, Held>>);

/// For whom and for what a bucket key was made.
#[derive(PartialEq, Eq, Hash)]
struct UsedBy {
    bucket: Id,
    requester: String,
    key: String,
    context: Vec<(String, String)>,
}

#[derive(Clone)]
struct Held {
    plaintext: Secret,
    ciphertext: Vec<u8>,
    arn: String,
    made: Timestamp,
}

impl Held {
    fn of(key: DataKey, made: Timestamp) -> Self {
        Self { plaintext: key.plaintext, ciphertext: key.ciphertext, arn: key.key.to_string(), made }
    }
}

impl BucketKeys {
    fn get(&self, by: &UsedBy, now: Timestamp) -> Option<Held> {
        let held = self.lock();
        // A clock that was set back must not make a key serve for ever.
        held.get(by).filter(|held| now >= held.made && now.since(held.made) < WINDOW).cloned()
    }

    fn hold(&self, by: UsedBy, key: Held) {
        let mut held = self.lock();
        if held.len() >= HELD_MAX {
            let now = key.made;
            held.retain(|_, held| now.since(held.made) < WINDOW);
        }
        if held.len() >= HELD_MAX {
            held.clear();
        }
        held.insert(by, key);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<UsedBy, Held>> {
        self.0.lock().expect("nothing panics while the bucket keys are held")
    }
}

impl S3 {
    /// An object's key under a KMS key; returns it, and what is kept of it. `own` is the key of an object that has one already.
    pub(super) async fn key_under_kms(
        &self,
        bucket: &Bucket,
        place: super::super::objects::Place<'_>,
        wanted: &WantedKey,
        requester: Requester<'_>,
        own: Option<&Secret>,
    ) -> Result<(Secret, KmsKey), Error> {
        let key = wanted.key.as_deref().unwrap_or(DEFAULT_KEY);
        let arn = if wanted.bucket_key {
            format!("arn:aws:s3:::{}", place.bucket)
        } else {
            format!("arn:aws:s3:::{}/{}", place.bucket, place.key)
        };
        let mut context: Vec<(String, String)> =
            wanted.context.iter().filter(|(name, _)| name != ARN).cloned().collect();
        context.push((ARN.to_owned(), arn));
        context.sort();
        let held = if wanted.bucket_key {
            self.bucket_key(bucket, key, &context, requester).await?
        } else {
            let made = self.generate(key, &context, &bucket.region, requester).await?;
            Held::of(made, self.now())
        };
        let (own, under_data_key) = match own {
            None if !wanted.bucket_key => (held.plaintext, None),
            own => {
                let own = own.cloned().unwrap_or_else(|| Secret::new(self.random.bytes::<32>()));
                let sealed = cipher(&held.plaintext).seal(&self.random, CONTEXT, own.expose());
                (own, Some(sealed))
            }
        };
        let kept = KmsKey {
            arn: held.arn,
            data_key: held.ciphertext,
            context,
            under_data_key,
            bucket_key: wanted.bucket_key,
        };
        Ok((own, kept))
    }

    async fn bucket_key(
        &self,
        bucket: &Bucket,
        key: &str,
        context: &[(String, String)],
        requester: Requester<'_>,
    ) -> Result<Held, Error> {
        let principal = requester.principal;
        let who = principal.arn().map_or_else(String::new, |arn| arn.to_string());
        let by = UsedBy {
            bucket: bucket.id,
            requester: format!("{} {who}", principal.account),
            key: key.to_owned(),
            context: context.to_vec(),
        };
        let now = self.now();
        if let Some(held) = self.bucket_keys.get(&by, now) {
            return Ok(held);
        }
        let made = self.generate(key, context, &bucket.region, requester).await?;
        let held = Held::of(made, now);
        self.bucket_keys.hold(by, held.clone());
        Ok(held)
    }

    async fn generate(
        &self,
        key: &str,
        context: &[(String, String)],
        region: &Region,
        requester: Requester<'_>,
    ) -> Result<DataKey, Error> {
        requester.check_signature()?;
        let on = KeyUse { principal: requester.principal, region, via: VIA, context };
        let made = self.kms()?.generate(key, on).await?;
        if made.plaintext.expose().len() == 32 {
            Ok(made)
        } else {
            Err(Error::Internal("KMS made a data key of another length".to_owned()))
        }
    }

    /// The object's key, from what was kept of it.
    pub(super) async fn key_from_kms(
        &self,
        kept: &KmsKey,
        region: &Region,
        requester: Requester<'_>,
    ) -> Result<Secret, Error> {
        requester.check_signature()?;
        let on = KeyUse { principal: requester.principal, region, via: VIA, context: &kept.context };
        let data_key = self.kms()?.decrypt(&kept.data_key, on).await?;
        let Some(sealed) = &kept.under_data_key else { return Ok(data_key) };
        let opened = cipher(&data_key).open(CONTEXT, sealed);
        opened.map(Secret::new).map_err(|_| {
            ReadError::Corrupt("an object's key is not authentic under its data key".to_owned()).into()
        })
    }

    fn kms(&self) -> Result<&dyn ports::KeyService, Error> {
        self.kms.as_deref().ok_or(Error::NotImplemented("x-amz-server-side-encryption"))
    }
}

fn cipher(data_key: &Secret) -> SealKey {
    SealKey::derived(&HmacKey::new(data_key.expose()), CONTEXT)
}

impl From<KeyError> for Error {
    fn from(error: KeyError) -> Self {
        Error::Key(error)
    }
}
