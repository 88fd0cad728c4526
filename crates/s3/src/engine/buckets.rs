//! Buckets: made, found, listed, deleted.
//!
//! A bucket is deleted only while it is empty, and must be empty when it goes; yet puts into one bucket must not stand in each other's
//! way. So every write into a bucket checks that its row in `OPEN` is there, and changes nothing of it:
//!
//! ```text
//! delete:  looks (empty) → takes OPEN away → looks again (empty) → deletes the bucket, if OPEN is still away
//! put:     commits, if OPEN is there;  if it is not: puts OPEN back together with its object
//! ```
//! A put that commits before OPEN goes is seen by the second look. One that comes after it puts OPEN back, which the last step notices.
//! A deletion that stopped in the middle leaves a bucket that works.

use base::{AccountId, Page, Region};
use store::{Check, Row, Snapshot};

use super::names::{check_bucket_name, check_new_bucket_name, locate};
use super::{ATTEMPTS_MAX, Draft, Error, S3};
use crate::tables::{
    BUCKETS, Bucket, BucketLock, DROPS, Drop, MARKERS, MfaDelete, Name, OBJECTS, OPEN, OWNED, Open, Owned,
    OwnedKey, SETTINGS, Setting, SettingKey, SettingKind, UPLOADS, Versioning,
};

/// What is asked of ListBuckets.
#[derive(Debug, Clone, Default)]
pub struct BucketQuery {
    /// Names that begin with this.
    pub prefix: String,
    /// In this region only.
    pub region: Option<Region>,
    /// After this name.
    pub after: Option<String>,
    /// At most so many.
    pub limit: usize,
}

/// What became of CreateBucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Created {
    /// It was made.
    New(Bucket),
    /// It was there, the caller's own, and us-east-1 says so kindly.
    Already(Bucket),
}

impl S3 {
    /// The bucket of that name.
    pub async fn find_bucket(&self, snapshot: &dyn Snapshot, name: &str) -> Result<Row<Bucket>, Error> {
        let found = BUCKETS.get(snapshot, &Name(name.to_owned())).await?;
        match found {
            Some(row) => Ok(row),
            None => {
                check_bucket_name(name)?;
                Err(Error::NoSuchBucket(name.to_owned()))
            }
        }
    }

    /// Makes a bucket, with what was set of it already.
    pub async fn create_bucket(
        &self,
        name: &str,
        owner: AccountId,
        region: &Region,
        constraint: Option<&str>,
        settings: &[(SettingKind, Setting)],
        lock: bool,
    ) -> Result<Created, Error> {
        check_new_bucket_name(name)?;
        let location = locate(constraint, region)?;
        for _ in 0..ATTEMPTS_MAX {
            let snapshot = self.snapshot();
            if let Some(row) = BUCKETS.get(&*snapshot, &Name(name.to_owned())).await? {
                return already_there(name, owner, region, row.value, settings);
            }
            self.check_bucket_count(&*snapshot, owner).await?;
            let bucket = Bucket {
                id: self.new_id(),
                owner,
                region: location.region.clone(),
                constraint: location.constraint.clone(),
                created: self.now(),
                versioning: if lock { Versioning::Enabled } else { Versioning::Never },
                lock: lock.then_some(BucketLock { default: None }),
                mfa_delete: MfaDelete::Never,
                encryption: self.usual_encryption(),
            };
            let mut draft = self.draft();
            let owned = Owned { created: bucket.created, region: bucket.region.clone() };
            draft
                .commit
                .check(Check::Absent(BUCKETS.key(&Name(name.to_owned()))))
                .put(BUCKETS, &Name(name.to_owned()), &bucket)
                .put(OWNED, &OwnedKey { account: owner, name: name.to_owned() }, &owned)
                .put(OPEN, &bucket.id, &Open {});
            for (kind, setting) in settings {
                let key = SettingKey { bucket: bucket.id, kind: *kind, id: String::new() };
                draft.commit.put(SETTINGS, &key, setting);
            }
            if self.settle(draft).await? {
                return Ok(Created::New(bucket));
            }
        }
        Err(S3::too_contended())
    }

    async fn check_bucket_count(&self, snapshot: &dyn Snapshot, owner: AccountId) -> Result<(), Error> {
        let most = self.settings().buckets_max;
        let range = OWNED.prefix(|key| {
            key.u64(owner.as_u64());
        });
        let scan = store::Scan { start: range.0, end: range.1, reverse: false, limit: most };
        if snapshot.scan(scan).await?.len() >= most { Err(Error::TooManyBuckets) } else { Ok(()) }
    }

    /// A page of an account's buckets, by name.
    pub async fn list_buckets(
        &self,
        owner: AccountId,
        query: &BucketQuery,
    ) -> Result<Page<(String, Owned)>, Error> {
        let snapshot = self.snapshot();
        let (mut start, end) = OWNED.prefix(|key| {
            key.u64(owner.as_u64()).text_start(&query.prefix);
        });
        if let Some(after) = &query.after {
            let passed = OWNED.key(&OwnedKey { account: owner, name: after.clone() });
            start = start.max(store::key_after(&passed));
        }
        let mut buckets = Vec::new();
        loop {
            let rows = OWNED.scan(&*snapshot, (start.clone(), end.clone()), query.limit + 1).await?;
            let last = rows.last().map(|(key, _)| OWNED.key(key));
            let ended = rows.len() <= query.limit;
            for (key, row) in rows {
                if query.region.as_ref().is_none_or(|region| *region == row.value.region) {
                    buckets.push((key.name, row.value));
                }
            }
            if buckets.len() > query.limit || ended {
                return Ok(Page::take(buckets, query.limit));
            }
            match last {
                Some(last) => start = store::key_after(&last),
                None => return Ok(Page { items: buckets, more: false }),
            }
        }
    }

    /// Deletes a bucket that holds no objects. Its open uploads and its settings are left to the sweep.
    pub async fn delete_bucket(&self, name: &str) -> Result<(), Error> {
        for _ in 0..ATTEMPTS_MAX {
            let snapshot = self.snapshot();
            let bucket = self.find_bucket(&*snapshot, name).await?;
            if !is_empty(&*snapshot, &bucket.value).await? {
                return Err(not_empty(name, &bucket));
            }
            let mut closing = self.draft();
            closing.commit.check(is_same(name, &bucket)).delete(OPEN, &bucket.value.id);
            if !self.settle(closing).await? {
                continue;
            }
            let snapshot = self.snapshot();
            if !is_empty(&*snapshot, &bucket.value).await? {
                return self.reopen_full_bucket(name, &bucket).await;
            }
            let mut deleting = self.draft();
            deleting
                .commit
                .check(is_same(name, &bucket))
                .check(Check::Absent(OPEN.key(&bucket.value.id)))
                .delete(BUCKETS, &Name(name.to_owned()))
                .delete(OWNED, &OwnedKey { account: bucket.value.owner, name: name.to_owned() });
            if has_more(&*snapshot, &bucket.value).await? {
                deleting.commit.put(DROPS, &bucket.value.id, &Drop::Bucket);
                deleting.sweep = true;
            }
            if self.settle(deleting).await? {
                return Ok(());
            }
        }
        Err(S3::too_contended())
    }

    async fn reopen_full_bucket(&self, name: &str, bucket: &Row<Bucket>) -> Result<(), Error> {
        let mut reopening = self.draft();
        reopening.commit.check(is_same(name, bucket)).check(Check::Absent(OPEN.key(&bucket.value.id))).put(
            OPEN,
            &bucket.value.id,
            &Open {},
        );
        // If it fails, the next put opens the bucket again.
        let _ = self.settle(reopening).await;
        Err(not_empty(name, bucket))
    }

    /// Makes the draft a write into the bucket: it fails if the bucket has gone, or is another than was seen (its versioning was set, say).
    /// On a second attempt a bucket whose deletion has begun is opened again.
    pub(super) async fn enter(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        name: &str,
        bucket: &Row<Bucket>,
        attempt: usize,
    ) -> Result<(), Error> {
        draft.commit.check(is_same(name, bucket));
        self.note_rules(draft, name, bucket).await?;
        let open = OPEN.key(&bucket.value.id);
        if attempt == 0 || snapshot.get(&open).await?.is_some() {
            draft.commit.check(Check::Present(open));
        } else {
            draft.commit.check(Check::Absent(open)).put(OPEN, &bucket.value.id, &Open {});
        }
        Ok(())
    }

    /// Sets whether a bucket keeps versions, and whether deleting them takes a code (`None`: as it is). What was being written meanwhile begins
    /// again. `shown`: the caller has shown a code.
    pub async fn change_versioning(
        &self,
        name: &str,
        versioning: Versioning,
        mfa_delete: Option<MfaDelete>,
        shown: bool,
    ) -> Result<(), Error> {
        for _ in 0..ATTEMPTS_MAX {
            let found = self.find_bucket(&*self.snapshot(), name).await?;
            if found.value.wants_mfa() && !shown {
                return Err(Error::Denied("Mfa Authentication must be used for this request".to_owned()));
            }
            // What is set of a bucket changes its row: what is read here is as the commit finds it.
            self.check_versioning(&found, versioning, mfa_delete).await?;
            let mfa_delete = mfa_delete.unwrap_or(found.value.mfa_delete);
            let bucket = Bucket { versioning, mfa_delete, ..found.value.clone() };
            if self.replace_bucket(name, &found, &bucket).await? {
                return Ok(());
            }
        }
        Err(S3::too_contended())
    }

    /// Refuses a state of versioning that something else about the bucket excludes.
    pub async fn check_versioning(
        &self,
        bucket: &Row<Bucket>,
        versioning: Versioning,
        mfa_delete: Option<MfaDelete>,
    ) -> Result<(), Error> {
        if mfa_delete == Some(MfaDelete::Enabled) && self.settings_of(bucket).await?.lifecycle.is_some() {
            // What the lifecycle deletes nobody shows a code for.
            let text = "MFA delete cannot be enabled on a bucket with a lifecycle configuration";
            return Err(Error::BucketState(text));
        }
        if versioning == Versioning::Enabled {
            return Ok(());
        }
        if self.setting(bucket.value.id, SettingKind::Replication, "").await?.is_some() {
            let text = "A replication configuration is present on this bucket, so the versioning state cannot be changed.";
            return Err(Error::BucketState(text));
        }
        if bucket.value.lock.is_some() {
            let text = "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.";
            return Err(Error::BucketState(text));
        }
        Ok(())
    }

    /// Changes a bucket's row. `change` is called again if somebody else was faster.
    pub(super) async fn change_bucket(
        &self,
        name: &str,
        change: impl Fn(&mut Bucket) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for _ in 0..ATTEMPTS_MAX {
            let found = self.find_bucket(&*self.snapshot(), name).await?;
            let mut bucket = found.value.clone();
            change(&mut bucket)?;
            if self.replace_bucket(name, &found, &bucket).await? {
                return Ok(());
            }
        }
        Err(S3::too_contended())
    }

    /// Puts a bucket's row in the place of the one that was found. False if somebody else was faster.
    async fn replace_bucket(&self, name: &str, found: &Row<Bucket>, bucket: &Bucket) -> Result<bool, Error> {
        if *bucket == found.value {
            return Ok(true);
        }
        let mut draft = self.draft();
        let key = Name(name.to_owned());
        draft.commit.unchanged(BUCKETS, &key, Some(found)).put(BUCKETS, &key, bucket);
        self.settle(draft).await
    }
}

fn not_empty(name: &str, bucket: &Row<Bucket>) -> Error {
    Error::BucketNotEmpty { bucket: name.to_owned(), versioned: bucket.value.versioning.ever() }
}

/// That the bucket is still as it was read.
pub(super) fn is_same(name: &str, bucket: &Row<Bucket>) -> Check {
    Check::VersionIs(BUCKETS.key(&Name(name.to_owned())), bucket.version)
}

fn already_there(
    name: &str,
    owner: AccountId,
    region: &Region,
    bucket: Bucket,
    settings: &[(SettingKind, Setting)],
) -> Result<Created, Error> {
    // With tags, us-east-1 is as strict as the others (facts section 2).
    let tagged = settings.iter().any(|(kind, _)| *kind == SettingKind::Tags);
    if bucket.owner != owner {
        Err(Error::BucketTaken)
    } else if region.as_str() == "us-east-1" && bucket.region == *region && !tagged {
        Ok(Created::Already(bucket))
    } else {
        Err(Error::BucketOwned(name.to_owned()))
    }
}

/// Whether a bucket has neither objects nor markers. Where there is a version, one of the two is current.
async fn is_empty(snapshot: &dyn Snapshot, bucket: &Bucket) -> Result<bool, Error> {
    let id = bucket.id.0;
    Ok(has_none(snapshot, OBJECTS.prefix(|key| _ = key.u128(id))).await?
        && has_none(snapshot, MARKERS.prefix(|key| _ = key.u128(id))).await?)
}

/// Whether it has uploads or settings.
async fn has_more(snapshot: &dyn Snapshot, bucket: &Bucket) -> Result<bool, Error> {
    let id = bucket.id.0;
    Ok(!has_none(snapshot, UPLOADS.prefix(|key| _ = key.u128(id))).await?
        || !has_none(snapshot, SETTINGS.prefix(|key| _ = key.u128(id))).await?)
}

async fn has_none(snapshot: &dyn Snapshot, (start, end): (store::Key, store::Key)) -> Result<bool, Error> {
    Ok(snapshot.scan(store::Scan { start, end, reverse: false, limit: 1 }).await?.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ACCOUNT, room};
    use super::*;

    #[tokio::test]
    async fn a_bucket_is_made_once_and_listed() {
        let s3 = room();
        let east = Region::us_east_1();
        assert!(matches!(
            s3.create_bucket("one", ACCOUNT, &east, None, &[], false).await,
            Ok(Created::New(_))
        ));
        assert!(matches!(
            s3.create_bucket("one", ACCOUNT, &east, None, &[], false).await,
            Ok(Created::Already(_))
        ));
        let other = AccountId::from_u64(7).unwrap();
        assert_eq!(s3.create_bucket("one", other, &east, None, &[], false).await, Err(Error::BucketTaken));
        let west = Region::new("us-west-2").unwrap();
        s3.create_bucket("two", ACCOUNT, &west, Some("us-west-2"), &[], false).await.unwrap();
        let again = s3.create_bucket("two", ACCOUNT, &west, Some("us-west-2"), &[], false).await;
        assert_eq!(again, Err(Error::BucketOwned("two".to_owned())));
        let list = async |query: BucketQuery| {
            let page = s3.list_buckets(ACCOUNT, &query).await.unwrap();
            (page.items.into_iter().map(|(name, _)| name).collect::<Vec<_>>(), page.more)
        };
        let all = BucketQuery { limit: 10, ..Default::default() };
        assert_eq!(list(all.clone()).await, (vec!["one".to_owned(), "two".to_owned()], false));
        assert_eq!(list(BucketQuery { limit: 1, ..all.clone() }).await, (vec!["one".to_owned()], true));
        let after = Some("one".to_owned());
        assert_eq!(
            list(BucketQuery { after, limit: 1, ..all.clone() }).await,
            (vec!["two".to_owned()], false)
        );
        assert_eq!(list(BucketQuery { region: Some(west), limit: 1, ..all.clone() }).await.0, ["two"]);
        assert_eq!(list(BucketQuery { prefix: "o".to_owned(), ..all }).await.0, ["one"]);
    }

    #[tokio::test]
    async fn a_bucket_with_objects_stays() {
        let s3 = room();
        s3.make("full").await;
        s3.put_text("full", "key", "text").await;
        let full = Error::BucketNotEmpty { bucket: "full".to_owned(), versioned: false };
        assert_eq!(s3.delete_bucket("full").await, Err(full));
        s3.put_text("full", "key", "text").await;
        s3.remove("full", "key").await;
        assert_eq!(s3.delete_bucket("full").await, Ok(()));
        assert_eq!(s3.delete_bucket("full").await, Err(Error::NoSuchBucket("full".to_owned())));
    }

    #[tokio::test]
    async fn a_put_opens_a_bucket_whose_deletion_stopped() {
        let s3 = room();
        s3.make("half").await;
        let bucket = s3.find_bucket(&*s3.snapshot(), "half").await.unwrap();
        let mut closing = s3.draft();
        closing.commit.delete(OPEN, &bucket.value.id);
        assert_eq!(s3.settle(closing).await, Ok(true));
        s3.put_text("half", "key", "text").await;
        let full = Error::BucketNotEmpty { bucket: "half".to_owned(), versioned: false };
        assert_eq!(s3.delete_bucket("half").await, Err(full));
    }

    #[tokio::test]
    async fn a_bucket_made_again_is_empty() {
        let s3 = room();
        s3.make("again").await;
        let before = s3.find_bucket(&*s3.snapshot(), "again").await.unwrap();
        s3.delete_bucket("again").await.unwrap();
        s3.make("again").await;
        let after = s3.find_bucket(&*s3.snapshot(), "again").await.unwrap();
        assert_ne!(before.value.id, after.value.id);
    }
}
