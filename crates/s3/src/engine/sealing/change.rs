//! Putting an object that is there under another KMS key.
//!
//! An object under a KMS key keeps its own key, which is sealed anew. One under the master key has none of its own: its bytes are opened,
//! sealed under a new key and written again, part by part where it was put in parts, in bounded memory. ETag, version and times stay.

use store::{Row, Snapshot};

use super::super::objects::Place;
use super::super::versions::{Found, Wanted, rewrite};
use super::super::{ATTEMPTS_MAX, Draft, Error, S3};
use super::using::{Requester, Sealing, Unlock, one};
use super::wanted::WantedKey;
use crate::tables::{Bucket, Contents, Encryption, Home, Object, PARTS, Part, PartKey, Placement, Restore};

impl S3 {
    /// Puts a version under a KMS key. Durable when it returns.
    pub async fn change_encryption(
        &self,
        place: Place<'_>,
        version: Wanted,
        key: &WantedKey,
        requester: Requester<'_>,
    ) -> Result<(), Error> {
        for attempt in 0..ATTEMPTS_MAX {
            let snapshot = self.snapshot();
            let bucket = self.find_bucket(&*snapshot, place.bucket).await?;
            let found = self.find_version(&*snapshot, &bucket.value, place.key, version).await?;
            let object = &found.row.value;
            if object.lock.protects(self.now(), false) {
                return Err(Error::Locked);
            }
            let mut draft = self.draft();
            self.enter(&*snapshot, &mut draft, place.bucket, &bucket, attempt).await?;
            let changed = match &object.encryption {
                Encryption::Kms(kept) => {
                    let own = self.key_from_kms(kept, &bucket.value.region, requester).await?;
                    let made = self.key_under_kms(&bucket.value, place, key, requester, Some(&own)).await?;
                    Some(Object { encryption: Encryption::Kms(made.1), ..object.clone() })
                }
                Encryption::Open | Encryption::Managed(_) => {
                    let (own, kept) = self.key_under_kms(&bucket.value, place, key, requester, None).await?;
                    let sealing = Sealing { encryption: Encryption::Kms(kept), keys: one(&own) };
                    self.write_again(&*snapshot, &mut draft, &bucket, &found, &sealing, requester).await?
                }
                Encryption::Dual(..) | Encryption::Customer(_) => {
                    let text = "Objects encrypted with DSSE-KMS or SSE-C cannot be put under another key.";
                    return Err(Error::Request(text.to_owned()));
                }
            };
            let Some(object) = changed else { continue };
            rewrite(&mut draft, &found, object);
            if self.settle(draft).await? {
                return Ok(());
            }
        }
        Err(S3::too_contended())
    }

    /// The object with its bytes sealed anew. `None` if it changed meanwhile.
    async fn write_again(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        bucket: &Row<Bucket>,
        found: &Found,
        sealing: &Sealing,
        requester: Requester<'_>,
    ) -> Result<Option<Object>, Error> {
        let object = &found.row.value;
        let unlock = Unlock { requester, customer: None };
        let opener = self.opener(&object.encryption, &bucket.value.region, &unlock).await?;
        let contents = match &object.contents {
            Contents::Empty => Contents::Empty,
            Contents::Blob(_) | Contents::Layout(_) => {
                match self.store_again(draft, found, 0..object.bytes, &opener, sealing).await? {
                    Some(extent) => Contents::Blob(extent.blob),
                    None => return Ok(None),
                }
            }
            Contents::Parts { upload, runs } => {
                let new = self.new_id();
                for (number, range) in object.contents.part_ranges() {
                    let old = PartKey { upload: *upload, number };
                    let Some(part) = PARTS.get(snapshot, &old).await? else { return Ok(None) };
                    let extents = if range.is_empty() {
                        Vec::new()
                    } else {
                        match self.store_again(draft, found, range, &opener, sealing).await? {
                            Some(extent) => vec![extent],
                            None => return Ok(None),
                        }
                    };
                    let part = Part { extents, ..part.value };
                    draft.commit.put(PARTS, &PartKey { upload: new, number }, &part);
                }
                Contents::Parts { upload: new, runs: runs.clone() }
            }
        };
        self.let_go(snapshot, draft, object).await?;
        // What was written now is where all bytes arrive, and a readable copy was under the old key.
        let restore = object.placement.restore.map(|restore| Restore { copy: None, ..restore });
        let placement = Placement { home: Home::Arrival, restore, ..object.placement };
        Ok(Some(Object { contents, placement, encryption: sealing.encryption.clone(), ..object.clone() }))
    }
}
