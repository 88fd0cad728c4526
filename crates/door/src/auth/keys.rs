//! Access keys and signing keys at hand.
//!
//! Deriving a signing key costs four HMACs, more than the signature itself, and a day's key serves thousands of requests. The
//! cache is keyed by the whole `Credential` text and remembers the secret the key was derived from, so that a key that was changed
//! or deleted is never honoured: whether it exists is asked of [`Principals`] every time. Only what verified goes in, so strangers cannot push
//! others out; when it is full it starts anew.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use base::Secret;
use crypt::HmacKey;
use ports::{AccessKey, PortError, Principals};

use super::scope::Credential;

/// How many signing keys are kept: one per access key, day, region and service in use.
const SIGNING_KEYS_MAX: usize = 4096;

pub(crate) struct Keys {
    principals: Arc<dyn Principals>,
    signing: Mutex<HashMap<Box<str>, (Secret, HmacKey)>>,
}

impl Keys {
    pub(crate) fn new(principals: Arc<dyn Principals>) -> Self {
        Self { principals, signing: Mutex::default() }
    }

    /// The key with this id, if there is one and it is active.
    pub(crate) async fn find(&self, access_key_id: &str) -> Result<Option<AccessKey>, PortError> {
        // No id is longer (IAM: 16 to 128 characters), and none is empty.
        const ID_LENGTH_MAX: usize = 128;
        if access_key_id.is_empty() || access_key_id.len() > ID_LENGTH_MAX {
            return Ok(None);
        }
        let key = self.principals.find_key(access_key_id).await?;
        Ok(key.filter(|key| key.active))
    }

    /// The signing key for this scope, derived unless it is at hand. The flag says whether it was.
    pub(crate) fn signing_key(&self, credential: &Credential<'_>, secret: &Secret) -> (HmacKey, bool) {
        let kept = self.signing.lock().expect("nothing panics while the keys are held");
        if let Some((of, key)) = kept.get(credential.text)
            && crypt::same(of.expose(), secret.expose())
        {
            return (key.clone(), true);
        }
        drop(kept);
        (crypt::sigv4_key(secret, credential.date, credential.region, credential.service), false)
    }

    /// Keeps a key that verified.
    pub(crate) fn keep(&self, credential: &Credential<'_>, secret: &Secret, key: &HmacKey) {
        let mut kept = self.signing.lock().expect("nothing panics while the keys are held");
        if kept.len() >= SIGNING_KEYS_MAX {
            kept.clear();
        }
        kept.insert(credential.text.into(), (secret.clone(), key.clone()));
    }
}
