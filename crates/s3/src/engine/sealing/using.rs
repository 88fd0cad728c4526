//! Choosing the keys a write seals with, and finding those a read opens with.

use base::{Region, Secret};
use crypt::HmacKey;
use ports::Principal;
use store::ReadError;

use super::super::objects::Place;
use super::super::{ATTEMPTS_MAX, Error, S3};
use super::customer::CustomerKey;
use super::wanted::Wanted;
use super::{Keys, Masters};
use crate::BucketDefaults;
use crate::tables::{BUCKETS, Bucket, BucketEncryption, Encryption, NEW_BUCKET, Name, Seal, StorageClass};

/// On whose behalf keys are used.
#[derive(Debug, Clone, Copy)]
pub struct Requester<'a> {
    /// Who.
    pub principal: &'a Principal,
    /// Whether the request was signed with version 2, which goes without KMS keys.
    pub signed_v2: bool,
}

impl Requester<'_> {
    pub(super) fn check_signature(&self) -> Result<(), Error> {
        if self.signed_v2 {
            let text = "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.";
            return Err(Error::Argument { name: "Authorization", value: None, text: text.to_owned() });
        }
        Ok(())
    }
}

/// What a reader has to open an object with.
#[derive(Debug, Clone, Copy)]
pub struct Unlock<'a> {
    /// On whose behalf.
    pub requester: Requester<'a>,
    /// The customer's key, if one was sent.
    pub customer: Option<&'a CustomerKey>,
}

/// What an object's new bytes are sealed with, and what its row says about it.
#[derive(Debug, Clone)]
pub struct Sealing {
    /// For the object's row.
    pub encryption: Encryption,
    pub(in super::super) keys: Keys,
}

impl Sealing {
    /// Whether bytes of this class are packed as they come: those that go into an archive under keys which nobody has later.
    pub const fn packs(&self, class: StorageClass) -> bool {
        let is_ours = matches!(self.encryption, Encryption::Open | Encryption::Managed(_));
        class.is_archive() && !is_ours
    }

    /// For the rows of blobs sealed with this.
    pub const fn seal(&self) -> Seal {
        self.encryption.seal()
    }
}

/// What an object's bytes are opened with.
#[derive(Debug, Clone)]
pub struct Opener {
    masters: Masters,
    own: Keys,
}

impl Opener {
    /// Opens what S3's own keys open.
    pub(in super::super) const fn of_masters(masters: Masters) -> Self {
        Self { masters, own: Keys::Open }
    }

    pub(in super::super) fn keys(&self, seal: Seal) -> Result<Keys, ReadError> {
        match (seal, &self.own) {
            (Seal::Open, _) => Ok(Keys::Open),
            (Seal::Master(version), _) => self.masters.get(version).map(Keys::One),
            (Seal::Own, Keys::Open) => {
                Err(ReadError::Corrupt("a blob is sealed under its object's key, which has none".to_owned()))
            }
            (Seal::Own, own) => Ok(own.clone()),
        }
    }
}

impl S3 {
    /// Opens what S3's own keys open.
    pub(in super::super) fn own_opener(&self) -> Opener {
        Opener::of_masters(self.masters.clone())
    }

    /// SSE-S3, under the newest version of the master key.
    pub fn managed(&self) -> Sealing {
        let current = self.masters.current();
        Sealing { encryption: Encryption::Managed(current.version), keys: Keys::One(current.key) }
    }

    /// What a new object is sealed with. KMS makes its key where it is wanted so, on behalf of the requester.
    pub async fn sealing(
        &self,
        bucket: &Bucket,
        place: Place<'_>,
        wanted: &Wanted,
        requester: Requester<'_>,
    ) -> Result<Sealing, Error> {
        match wanted {
            Wanted::Managed => Ok(self.managed()),
            Wanted::Customer(customer) => {
                let (key, kept) = customer.draw(&self.random);
                Ok(Sealing { encryption: Encryption::Customer(kept), keys: one(&key) })
            }
            Wanted::Kms(wanted) => {
                let (key, kept) = self.key_under_kms(bucket, place, wanted, requester, None).await?;
                Ok(if wanted.dual {
                    let outer = self.masters.current();
                    Sealing { encryption: Encryption::Dual(kept, outer.version), keys: two(&key, outer.key) }
                } else {
                    Sealing { encryption: Encryption::Kms(kept), keys: one(&key) }
                })
            }
        }
    }

    /// What an object's bytes are opened with, if the reader may. `region` is the bucket's: where its KMS keys are.
    pub async fn opener(
        &self,
        encryption: &Encryption,
        region: &Region,
        unlock: &Unlock<'_>,
    ) -> Result<Opener, Error> {
        if unlock.customer.is_some() && !matches!(encryption, Encryption::Customer(_)) {
            return Err(Error::Request(
                "The encryption parameters are not applicable to this object.".to_owned(),
            ));
        }
        let own = match encryption {
            Encryption::Open | Encryption::Managed(_) => Keys::Open,
            Encryption::Kms(_) | Encryption::Dual(..) => self.own_keys(encryption, region, unlock).await?,
            Encryption::Customer(kept) => one(&customer_opens(kept, unlock.customer)?),
        };
        Ok(Opener { masters: self.masters.clone(), own })
    }

    /// What more bytes of an upload are sealed with: as it was begun.
    pub async fn sealing_of_upload(
        &self,
        encryption: &Encryption,
        region: &Region,
        unlock: &Unlock<'_>,
    ) -> Result<Sealing, Error> {
        let keys = match (encryption, unlock.customer) {
            (Encryption::Customer(kept), Some(customer)) => {
                let key = customer.open(kept).ok_or_else(|| {
                    let text = "The provided encryption parameters did not match the ones used originally.";
                    Error::Request(text.to_owned())
                })?;
                one(&key)
            }
            (Encryption::Customer(_), None) | (_, Some(_)) => {
                let text = "The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate \
                            encryption parameters.";
                return Err(Error::Request(text.to_owned()));
            }
            (Encryption::Open | Encryption::Managed(_), None) => return Ok(self.managed()),
            (Encryption::Kms(_) | Encryption::Dual(..), None) => {
                self.own_keys(encryption, region, unlock).await?
            }
        };
        Ok(Sealing { encryption: encryption.clone(), keys })
    }

    /// How new buckets are encrypted, where that is not as on AWS today.
    pub(in super::super) fn usual_encryption(&self) -> Option<BucketEncryption> {
        match self.settings().bucket_defaults {
            BucketDefaults::Aws => None,
            BucketDefaults::Legacy => {
                Some(BucketEncryption { customer_keys_blocked: false, ..NEW_BUCKET.clone() })
            }
        }
    }

    /// Says how a bucket's objects are encrypted from now on; `None`: as in new buckets.
    pub async fn set_bucket_encryption(
        &self,
        name: &str,
        encryption: Option<&BucketEncryption>,
    ) -> Result<(), Error> {
        let encryption = encryption.cloned().or_else(|| self.usual_encryption());
        for _ in 0..ATTEMPTS_MAX {
            let found = self.find_bucket(&*self.snapshot(), name).await?;
            let key = Name(name.to_owned());
            let bucket = Bucket { encryption: encryption.clone(), ..found.value.clone() };
            let mut draft = self.draft();
            draft.commit.unchanged(BUCKETS, &key, Some(&found)).put(BUCKETS, &key, &bucket);
            if self.settle(draft).await? {
                return Ok(());
            }
        }
        Err(S3::too_contended())
    }

    async fn own_keys(
        &self,
        encryption: &Encryption,
        region: &Region,
        unlock: &Unlock<'_>,
    ) -> Result<Keys, Error> {
        match encryption {
            Encryption::Kms(kept) => Ok(one(&self.key_from_kms(kept, region, unlock.requester).await?)),
            Encryption::Dual(kept, version) => {
                let outer = self.masters.get(*version)?;
                Ok(two(&self.key_from_kms(kept, region, unlock.requester).await?, outer))
            }
            Encryption::Open | Encryption::Managed(_) | Encryption::Customer(_) => Ok(Keys::Open),
        }
    }
}

/// The object's key, if the customer brought the right one.
fn customer_opens(kept: &[u8], customer: Option<&CustomerKey>) -> Result<Secret, Error> {
    let Some(customer) = customer else {
        let text = "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve \
                    the object.";
        return Err(Error::Request(text.to_owned()));
    };
    customer.open(kept).ok_or_else(|| {
        let text = "Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.";
        Error::Denied(text.to_owned())
    })
}

pub(super) fn one(key: &Secret) -> Keys {
    Keys::One(HmacKey::new(key.expose()))
}

fn two(key: &Secret, outer: HmacKey) -> Keys {
    Keys::Two { inner: HmacKey::new(key.expose()), outer }
}

impl Bucket {
    /// How the bucket's objects are encrypted.
    pub fn encryption(&self) -> &BucketEncryption {
        self.encryption.as_ref().unwrap_or(&NEW_BUCKET)
    }
}
