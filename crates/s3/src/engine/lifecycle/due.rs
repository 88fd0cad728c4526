//! The index of due dates: which rows want to be looked at, and when.
//!
//! Whoever writes into a bucket that has rules enters it with them ([`S3::note_rules`]); when the draft is committed, each row of an object,
//! a marker or an upload in it brings the row that says when to look at its key. A look too many costs one read when its time has come and
//! changes nothing, so that nobody has to find and take back those that others made needless. A look too few would be work never done: so
//! the bucket's row is checked by every write, and a write that does not know the newest rules fails and begins again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use base::Timestamp;
use store::{Row, TableValue, Version};

use super::super::classes::SMALL_BYTES;
use super::super::events::Told;
use super::super::replication::Replicated;
use super::super::settings::CONFIGURATIONS_MAX;
use super::super::{Draft, Error, S3};
use super::calendar::Calendar;
use super::judge::{CurrentEnd, Hold, Item, What, first_look, first_look_at_older};
use super::rules::{Rules, Subject};
use crate::tables::{
    ArchiveTier, Bucket, DUE, DueKey, Id, Kept, Look, MARKERS, Marker, Noncurrent, OBJECTS, Object,
    ReplicationStatus, Setting, SettingKind, StorageClass, UPLOADS, Upload, VERSIONS, Versioning,
};

/// How many buckets' rules are held. When there are more, all are let go: the buckets in use come back at once.
const HELD_MAX: usize = 4_096;

/// Compiled rules in memory, by bucket, with the version of the bucket's row that they go with.
#[derive(Default)]
pub(in super::super) struct HeldRules(Mutex<HashMap<Id, (Version, Arc<Rules>)>>);

impl HeldRules {
    fn get(&self, bucket: &Row<Bucket>) -> Option<Arc<Rules>> {
        let held = self.0.lock().expect("nothing panics while rules are held");
        let (version, rules) = held.get(&bucket.value.id)?;
        (*version == bucket.version).then(|| rules.clone())
    }

    fn put(&self, bucket: &Row<Bucket>, rules: Arc<Rules>) {
        let mut held = self.0.lock().expect("nothing panics while rules are held");
        if held.len() >= HELD_MAX {
            held.clear();
        }
        held.insert(bucket.value.id, (bucket.version, rules));
    }
}

/// A bucket as its lifecycle sees it.
#[derive(Clone)]
pub(in super::super) struct Ruled {
    /// Its name.
    pub name: String,
    /// Its row.
    pub bucket: Row<Bucket>,
    /// Its rules.
    pub rules: Arc<Rules>,
    /// How long its days are.
    pub calendar: Calendar,
}

impl S3 {
    /// A bucket's rules. Only the first request after a change compiles them.
    pub(crate) async fn rules_of(&self, bucket: &Row<Bucket>) -> Result<Arc<Rules>, Error> {
        if let Some(rules) = self.held_rules.get(bucket) {
            return Ok(rules);
        }
        let rules = Arc::new(self.compile_rules(bucket).await?);
        self.held_rules.put(bucket, rules.clone());
        Ok(rules)
    }

    /// The calendar that lifecycle work goes by.
    pub(crate) fn calendar(&self) -> Calendar {
        Calendar::new(self.settings().lifecycle_day)
    }

    async fn compile_rules(&self, bucket: &Row<Bucket>) -> Result<Rules, Error> {
        let settings = self.settings_of(bucket).await?;
        let mut rules = match &settings.lifecycle {
            Some(lifecycle) => Rules::compile(lifecycle)?,
            None => Rules::default(),
        };
        let tierings =
            self.list_settings(bucket.value.id, SettingKind::Tiering, None, CONFIGURATIONS_MAX).await?;
        for (_, setting) in tierings.items {
            if let Setting::Kept(document) = setting {
                rules.tiering.extend((self.read_tiering)(&document)?);
            }
        }
        let notification = self.setting(bucket.value.id, SettingKind::Notification, "").await?;
        if let Some(Setting::Kept(document)) = notification {
            rules.notifications = (self.read_notifications)(&document)?;
        }
        if let Some(Setting::Kept(document)) =
            self.setting(bucket.value.id, SettingKind::Replication, "").await?
        {
            rules.replication = (self.read_replication)(&document)?;
        }
        Ok(rules)
    }

    pub(in super::super) async fn ruled(&self, name: &str, bucket: &Row<Bucket>) -> Result<Ruled, Error> {
        let rules = self.rules_of(bucket).await?;
        Ok(Ruled { name: name.to_owned(), bucket: bucket.clone(), rules, calendar: self.calendar() })
    }

    /// Lets the rows that the draft will have written bring their looks.
    pub(in super::super) async fn note_rules(
        &self,
        draft: &mut Draft,
        name: &str,
        bucket: &Row<Bucket>,
    ) -> Result<(), Error> {
        draft.name = Some(name.to_owned());
        let rules = self.rules_of(bucket).await?;
        if !rules.notifications.is_empty() {
            draft.told = Some(Told { name: name.to_owned(), bucket: bucket.clone(), rules: rules.clone() });
        }
        if rules.replication.is_some() {
            draft.replicated = Some(Replicated { name: name.to_owned(), rules: rules.clone() });
        }
        if !rules.is_empty() {
            draft.ruled = Some(self.ruled(name, bucket).await?);
        }
        Ok(())
    }
}

impl Draft {
    /// Adds the looks of all rows in the draft. What is due already is due now.
    pub(in super::super) fn write_looks(&mut self, now: Timestamp) {
        let Some(ruled) = self.ruled.take() else { return };
        let id = ruled.bucket.value.id;
        let mut looks = Vec::new();
        for write in &self.commit.writes {
            looks.extend(look_of(&ruled, &write.key, write.value.as_deref(), now));
        }
        for (key, upload, at) in looks {
            let at = at.max(now);
            self.due |= at == now;
            let due = DueKey { at, bucket: id, key, upload };
            self.commit.put(DUE, &due, &Look { bucket: ruled.name.clone() });
        }
    }
}

/// When the key of a row that is written wants to be looked at.
fn look_of(
    ruled: &Ruled,
    key: &[u8],
    value: Option<&[u8]>,
    now: Timestamp,
) -> Option<(String, Id, Timestamp)> {
    const FRESH: &str = "a row that was just written reads back";
    let number = u16::from_be_bytes(key.get(..2)?.try_into().expect("two bytes were taken"));
    if number == OBJECTS.number().0 {
        let object = Object::from_bytes(value?).expect(FRESH);
        let at = OBJECTS.read_key(key).expect(FRESH);
        let look = ruled.look_at_head(&at.key, &Kept::Object(object))?;
        Some((at.key, Id(0), look))
    } else if number == MARKERS.number().0 {
        let marker = Marker::from_bytes(value?).expect(FRESH);
        let at = MARKERS.read_key(key).expect(FRESH);
        let look = ruled.look_at_head(&at.key, &Kept::Marker(marker))?;
        Some((at.key, Id(0), look))
    } else if number == VERSIONS.number().0 {
        let at = VERSIONS.read_key(key).expect(FRESH);
        let look = match value {
            Some(value) => {
                let row = Noncurrent::from_bytes(value).expect(FRESH);
                ruled.look_at_older(&at.key, &row)?
            }
            // A marker above may be alone now.
            None if ruled.rules.ends_markers(&at.key) => ruled.calendar.midnight_from(now),
            None => return None,
        };
        Some((at.key, Id(0), look))
    } else if number == UPLOADS.number().0 {
        let upload = Upload::from_bytes(value?).expect(FRESH);
        let at = UPLOADS.read_key(key).expect(FRESH);
        let (look, _) = ruled.rules.abort(&at.key, upload.initiated, ruled.calendar)?;
        Some((at.key, at.upload, look))
    } else {
        None
    }
}

impl Ruled {
    /// What the end of a current version is.
    pub(super) fn end(&self, head: Option<&Kept>) -> CurrentEnd {
        match (self.bucket.value.versioning, head) {
            (Versioning::Never, _) => CurrentEnd::Removed,
            (Versioning::Suspended, Some(Kept::Object(object))) if object.version.is_null() => {
                CurrentEnd::Replaced
            }
            (Versioning::Enabled | Versioning::Suspended, _) => CurrentEnd::Covered,
        }
    }

    /// When a current version wants to be looked at.
    pub(super) fn look_at_head(&self, key: &str, head: &Kept) -> Option<Timestamp> {
        let look = first_look(&self.rules, self.calendar, key, self.end(Some(head)), &item(head));
        look.into_iter().chain(self.own_look(key, head)).min()
    }

    /// When an older version wants to be looked at.
    pub(super) fn look_at_older(&self, key: &str, row: &Noncurrent) -> Option<Timestamp> {
        let look = first_look_at_older(&self.rules, self.calendar, key, &item(&row.what), row.since);
        look.into_iter().chain(self.own_look(key, &row.what)).min()
    }

    /// When a version wants to be looked at for the sake of its restore or its archive tier.
    pub(super) fn own_look(&self, key: &str, version: &Kept) -> Option<Timestamp> {
        let Kept::Object(object) = version else { return None };
        let ripe = object.placement.ripe_at(object.attributes.class);
        let [archive, deep] = self.tiers(key, object);
        [ripe, archive, deep].into_iter().flatten().min()
    }

    /// When an object goes into the archive tiers it is not in yet.
    fn tiers(&self, key: &str, object: &Object) -> [Option<Timestamp>; 2] {
        let stays = object.attributes.class != StorageClass::IntelligentTiering
            || object.bytes < SMALL_BYTES
            || object.placement.replication == Some(ReplicationStatus::Pending)
            || object.placement.restore.is_some();
        if stays || self.rules.tiering.is_empty() {
            return [None, None];
        }
        let subject = Subject { key, bytes: object.bytes, tags: &object.attributes.tags };
        let (archive, deep) = self.rules.archive_days(&subject);
        let used = object.placement.last_used(object.modified);
        let due = |days: Option<u32>| days.map(|days| self.calendar.due(used, days));
        match object.placement.tier {
            None => [due(archive), due(deep)],
            Some(ArchiveTier::Archive) => [None, due(deep)],
            Some(ArchiveTier::DeepArchive) => [None, None],
        }
    }

    /// The archive tier an object goes into at a time.
    pub(super) fn tier_at(&self, key: &str, object: &Object, at: Timestamp) -> Option<ArchiveTier> {
        let [archive, deep] = self.tiers(key, object);
        let is_due = |due: Option<Timestamp>| due.is_some_and(|due| due <= at);
        if is_due(deep) {
            Some(ArchiveTier::DeepArchive)
        } else {
            is_due(archive).then_some(ArchiveTier::Archive)
        }
    }
}

/// A version as it is judged.
pub(super) fn item(version: &Kept) -> Item<'_> {
    match version {
        Kept::Marker(marker) => Item { modified: marker.modified, what: What::Marker },
        Kept::Object(object) => Item {
            modified: object.modified,
            what: What::Object {
                bytes: object.bytes,
                tags: &object.attributes.tags,
                class: object.attributes.class,
                hold: hold(object),
                busy_until: object.placement.busy_until(),
            },
        },
    }
}

fn hold(object: &Object) -> Hold {
    if object.placement.replication == Some(ReplicationStatus::Pending) {
        return Hold::Waiting;
    }
    match (object.lock.hold, object.lock.retention) {
        (Some(true), _) => Hold::Forever,
        (Some(false) | None, Some(retention)) => Hold::Until(retention.until),
        (Some(false) | None, None) => Hold::Free,
    }
}
