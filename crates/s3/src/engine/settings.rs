//! The settings of buckets: read once, compiled, held in memory for as long as they are those of now.
//!
//! The version of the bucket's row, which every request reads anyway, says whether what is held is current (see
//! [`crate::tables::SETTINGS`]): a change that was acknowledged counts from the next request on, on every node.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use base::Page;
use store::{Check, Row, Scan, Version, key_after};

use super::policy::BucketPolicy;
use super::{ATTEMPTS_MAX, Error, S3};
use crate::tables::{
    Acl, BUCKETS, Bucket, CorsRule, Id, Lifecycle, Logging, Name, Ownership, PublicAccess, SETTINGS, Setting,
    SettingKey, SettingKind, Versioning, Website,
};

/// How many buckets' settings are held. When there are more, all are let go: the buckets in use come back at once.
const HELD_MAX: usize = 4_096;
/// Configurations of one kind that a bucket may have (API pages of inventory, metrics, analytics, Intelligent-Tiering).
pub const CONFIGURATIONS_MAX: usize = 1_000;

/// What was set of a bucket, ready to be used.
#[derive(Debug, Default)]
pub struct BucketSettings {
    /// Its tags.
    pub tags: Option<Vec<(String, String)>>,
    /// Its policy.
    pub policy: Option<BucketPolicy>,
    /// Its public access block, if anything was done about it.
    block: Option<Option<PublicAccess>>,
    /// Who owns its objects, if anything was done about it.
    ownership: Option<Option<Ownership>>,
    /// Its access control list, if it is another than the owner's.
    pub acl: Option<Acl>,
    /// Its rules for scripts of other origins.
    pub cors: Option<Vec<CorsRule>>,
    /// Its website.
    pub website: Option<Website>,
    /// Where its access logs go.
    pub logging: Option<Logging>,
    /// Whether who asks pays.
    pub requester_pays: bool,
    /// Its lifecycle.
    pub lifecycle: Option<Arc<Lifecycle>>,
    /// Whether its tags count in policies, if it was said.
    pub abac: Option<bool>,
}

impl BucketSettings {
    /// The public access block in force: all of it on a bucket where nothing was said. `None` where it was taken away.
    pub fn public_access(&self) -> Option<PublicAccess> {
        self.block.unwrap_or(Some(PublicAccess::ALL))
    }

    /// As [`BucketSettings::public_access`]; where it was taken away, nothing is blocked.
    pub fn blocked(&self) -> PublicAccess {
        self.public_access().unwrap_or_default()
    }

    /// Who owns objects, as it was said or by default. `None` where the rule was taken away: then as `ObjectWriter`.
    pub fn ownership(&self) -> Option<Ownership> {
        self.ownership.unwrap_or(Some(Ownership::BucketOwnerEnforced))
    }

    /// Whether access control lists count.
    pub fn lists_count(&self) -> bool {
        self.ownership() != Some(Ownership::BucketOwnerEnforced)
    }

    fn take(&mut self, setting: Setting) -> Result<(), Error> {
        match setting {
            Setting::Tags(tags) => self.tags = Some(tags),
            Setting::Policy(text) => self.policy = Some(BucketPolicy::stored(&text)?),
            Setting::PublicAccess(block) => self.block = Some(block),
            Setting::Ownership(rule) => self.ownership = Some(rule),
            Setting::Acl(acl) => self.acl = Some(acl),
            Setting::Cors(rules) => self.cors = Some(rules),
            Setting::Website(website) => self.website = Some(website),
            Setting::Logging(logging) => self.logging = Some(logging),
            Setting::RequesterPays(pays) => self.requester_pays = pays,
            Setting::Lifecycle(lifecycle) => self.lifecycle = Some(Arc::new(lifecycle)),
            Setting::Abac(counts) => self.abac = Some(counts),
            // Of a kind that is read when it is asked for.
            Setting::Kept(_) => {}
        }
        Ok(())
    }
}

/// Settings in memory, by bucket, with the version of the bucket's row that they go with.
#[derive(Default)]
pub(super) struct Held(Mutex<HashMap<Id, (Version, Arc<BucketSettings>)>>);

impl Held {
    fn get(&self, bucket: &Row<Bucket>) -> Option<Arc<BucketSettings>> {
        let held = self.0.lock().expect("nothing panics while settings are held");
        let (version, settings) = held.get(&bucket.value.id)?;
        (*version == bucket.version).then(|| settings.clone())
    }

    fn put(&self, bucket: &Row<Bucket>, settings: Arc<BucketSettings>) {
        let mut held = self.0.lock().expect("nothing panics while settings are held");
        if held.len() >= HELD_MAX {
            held.clear();
        }
        held.insert(bucket.value.id, (bucket.version, settings));
    }
}

impl S3 {
    /// A bucket's settings. Only the first request after a change reads them from the store.
    pub async fn settings_of(&self, bucket: &Row<Bucket>) -> Result<Arc<BucketSettings>, Error> {
        if let Some(settings) = self.held.get(bucket) {
            return Ok(settings);
        }
        // The snapshot is younger than the row. If the settings have changed since, so has the row, and the next request sees both.
        let snapshot = self.snapshot();
        let range = SETTINGS.prefix(|key| _ = key.u128(bucket.value.id.0));
        let end = SETTINGS.prefix(|key| _ = key.u128(bucket.value.id.0).u8(SettingKind::COLD)).0;
        let rows = SETTINGS.scan(&*snapshot, (range.0, end), usize::from(SettingKind::COLD)).await?;
        let mut settings = BucketSettings::default();
        for (_, row) in rows {
            settings.take(row.value)?;
        }
        let settings = Arc::new(settings);
        self.held.put(bucket, settings.clone());
        Ok(settings)
    }

    /// One setting, of a kind that is not held in memory.
    pub async fn setting(&self, bucket: Id, kind: SettingKind, id: &str) -> Result<Option<Setting>, Error> {
        let key = SettingKey { bucket, kind, id: id.to_owned() };
        Ok(SETTINGS.get(&*self.snapshot(), &key).await?.map(|row| row.value))
    }

    /// A page of the settings of one kind, by id.
    pub async fn list_settings(
        &self,
        bucket: Id,
        kind: SettingKind,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<(String, Setting)>, Error> {
        let (mut start, end) = SETTINGS.prefix(|key| _ = key.u128(bucket.0).u8(kind.number()));
        if let Some(after) = after {
            start = key_after(&SETTINGS.key(&SettingKey { bucket, kind, id: after.to_owned() }));
        }
        let rows = SETTINGS.scan(&*self.snapshot(), (start, end), limit + 1).await?;
        Ok(Page::take(rows.into_iter().map(|(key, row)| (key.id, row.value)), limit))
    }

    /// Sets something of a bucket, or unsets it. Durable when it returns.
    pub async fn set(
        &self,
        name: &str,
        kind: SettingKind,
        id: &str,
        setting: Option<&Setting>,
    ) -> Result<(), Error> {
        for _ in 0..ATTEMPTS_MAX {
            let snapshot = self.snapshot();
            let bucket = self.find_bucket(&*snapshot, name).await?;
            let key = SettingKey { bucket: bucket.value.id, kind, id: id.to_owned() };
            if setting.is_some() {
                check_setting(&bucket.value, kind)?;
            }
            if kind.number() > SettingKind::COLD && !id.is_empty() && setting.is_some() {
                self.check_configuration_count(&*snapshot, &key).await?;
            }
            let row_key = Name(name.to_owned());
            let mut draft = self.draft();
            draft.commit.check(Check::VersionIs(BUCKETS.key(&row_key), bucket.version)).put(
                BUCKETS,
                &row_key,
                &bucket.value,
            );
            match setting {
                Some(setting) => draft.commit.put(SETTINGS, &key, setting),
                None => draft.commit.delete(SETTINGS, &key),
            };
            if kind == SettingKind::Inventory && setting.is_some() {
                self.begin_inventory(&mut draft, bucket.value.id, name, id).await?;
            }
            if matches!(kind, SettingKind::Lifecycle | SettingKind::Tiering) {
                self.begin_spread(&mut draft, bucket.value.id, name);
            }
            if self.settle(draft).await? {
                return Ok(());
            }
        }
        Err(S3::too_contended())
    }

    async fn check_configuration_count(
        &self,
        snapshot: &dyn store::Snapshot,
        key: &SettingKey,
    ) -> Result<(), Error> {
        if SETTINGS.get(snapshot, key).await?.is_some() {
            return Ok(());
        }
        let (start, end) = SETTINGS.prefix(|start| _ = start.u128(key.bucket.0).u8(key.kind.number()));
        let scan = Scan { start, end, reverse: false, limit: CONFIGURATIONS_MAX };
        if snapshot.scan(scan).await?.len() >= CONFIGURATIONS_MAX {
            return Err(Error::TooManyConfigurations);
        }
        Ok(())
    }
}

/// Refuses what the state of a bucket excludes.
pub fn check_setting(bucket: &Bucket, kind: SettingKind) -> Result<(), Error> {
    if kind == SettingKind::Lifecycle && bucket.wants_mfa() {
        let text = "A lifecycle configuration cannot be set on a bucket with MFA delete enabled";
        return Err(Error::BucketState(text));
    }
    if kind == SettingKind::Replication && bucket.versioning != Versioning::Enabled {
        let text = "Versioning must be 'Enabled' on the bucket to apply a replication configuration";
        return Err(Error::Request(text.to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::room;
    use super::*;
    use crate::tables::MfaDelete;

    /// As of two requests of which each was judged before the other one committed.
    #[tokio::test]
    async fn what_excludes_each_other_is_asked_in_the_commit() {
        let s3 = room();
        s3.make("bucket").await;
        let lifecycle = Setting::Lifecycle(Lifecycle { rules: Vec::new(), archives_take_small: false });
        let mfa = async |state| s3.change_versioning("bucket", Versioning::Enabled, Some(state), true).await;
        let set = async |kind, setting| s3.set("bucket", kind, "", setting).await;
        set(SettingKind::Lifecycle, Some(&lifecycle)).await.unwrap();
        assert!(matches!(mfa(MfaDelete::Enabled).await, Err(Error::BucketState(_))));
        set(SettingKind::Lifecycle, None).await.unwrap();
        mfa(MfaDelete::Enabled).await.unwrap();
        let refused = set(SettingKind::Lifecycle, Some(&lifecycle)).await;
        assert!(matches!(refused, Err(Error::BucketState(_))));
        mfa(MfaDelete::Disabled).await.unwrap();

        let replication = Setting::Kept(Vec::new());
        set(SettingKind::Replication, Some(&replication)).await.unwrap();
        let suspended = s3.set_versioning("bucket", Versioning::Suspended).await;
        assert!(matches!(suspended, Err(Error::BucketState(_))));
        set(SettingKind::Replication, None).await.unwrap();
        s3.set_versioning("bucket", Versioning::Suspended).await.unwrap();
        let refused = set(SettingKind::Replication, Some(&replication)).await;
        assert!(matches!(refused, Err(Error::Request(_))));
    }

    #[tokio::test]
    async fn a_change_counts_at_once_and_ends_with_the_bucket() {
        let s3 = room();
        s3.make("bucket").await;
        let settings = async || {
            let bucket = s3.find_bucket(&*s3.snapshot(), "bucket").await.unwrap();
            s3.settings_of(&bucket).await.unwrap()
        };
        assert_eq!(settings().await.public_access(), Some(PublicAccess::ALL));
        assert!(!settings().await.lists_count());
        let removed = Setting::PublicAccess(None);
        s3.set("bucket", SettingKind::PublicAccess, "", Some(&removed)).await.unwrap();
        assert_eq!(settings().await.public_access(), None);
        let tags = Setting::Tags(vec![("a".to_owned(), "1".to_owned())]);
        s3.set("bucket", SettingKind::Tags, "", Some(&tags)).await.unwrap();
        assert_eq!(settings().await.tags.as_ref().map(Vec::len), Some(1));
        assert!(Arc::ptr_eq(&settings().await, &settings().await), "nothing changed: nothing is read again");
        s3.set("bucket", SettingKind::Tags, "", None).await.unwrap();
        assert_eq!(settings().await.tags, None);

        s3.delete_bucket("bucket").await.unwrap();
        s3.sweep_drops().await.unwrap();
        let (start, end) = SETTINGS.prefix(|_| {});
        let left = s3.snapshot().scan(Scan { start, end, reverse: false, limit: 1 }).await.unwrap();
        assert!(left.is_empty(), "settings go with their bucket");
    }

    #[tokio::test]
    async fn configurations_come_in_pages_by_id() {
        let s3 = room();
        s3.make("bucket").await;
        let id = s3.find_bucket(&*s3.snapshot(), "bucket").await.unwrap().value.id;
        for name in ["b", "a", "c"] {
            let kept = Setting::Kept(name.as_bytes().to_vec());
            s3.set("bucket", SettingKind::Metrics, name, Some(&kept)).await.unwrap();
        }
        let page = s3.list_settings(id, SettingKind::Metrics, Some("a"), 1).await.unwrap();
        assert_eq!((page.items[0].0.as_str(), page.items.len(), page.more), ("b", 1, true));
        let none = s3.list_settings(id, SettingKind::Inventory, None, 10).await.unwrap();
        assert!(none.items.is_empty() && !none.more);
    }
}
