//! Versions of a key: how they are named, how they lie, and how one comes to be on top of the others.
//!
//! ```text
//! OBJECTS   bucket, key             the current version, if it is an object      ┐ at most one of the two: the head
//! MARKERS   bucket, key             the current version, if it is a marker       ┘
//! VERSIONS  bucket, key, version    all others, newest first
//! ```
//! The head is always the greatest version, and if there is any version there is a head. So a bucket is empty when it has no heads, and whoever
//! changes which version is current (puts, marks, removes the head, completes an upload that is older than the head) checks that the head
//! is as it was read and writes it: all changes of a key's stack stand in one order, that of their commits, whatever the clock
//! does. Removing a version below the head touches its row alone.
//!
//! There is one null version at most. It may lie anywhere; if it lies below the head, the head says where (`null_below`), so that nobody has
//! to look for it.
//!
//! A [`VersionId`] is made of the position of the last commit that its writer had seen, so that it is greater than those of all
//! versions and uploads that were there before, and no clock has a say in it. As clients see it, it is 32 characters that show nothing of that: 16 bytes
//! under a mask and 8 bytes by which an id that was never given is told from one that is not there (any more).

use std::collections::HashSet;

use base::Timestamp;
use store::{Check, Key, Row, Snapshot, Version};

use super::{ATTEMPTS_MAX, Draft, Error, S3};
use crate::engine::events::What;
use crate::engine::objects::Place;
use crate::tables::{
    Bucket, EventMore, Id, Kept, MARKERS, Marker, Noncurrent, OBJECTS, Object, ObjectKey, VERSIONS,
    VersionId, VersionKey, Versioning,
};

/// How clients name the version without an id.
const NULL: &str = "null";
/// Characters of an id (facts section 6).
const ID_LEN: usize = 32;
const CHECK_LEN: usize = 8;
/// Versions looked at together for the next head: one does, unless others of the key go in the same commit.
const PROMOTE_PAGE: usize = 8;

impl VersionId {
    /// As clients see it.
    pub fn text(self) -> String {
        if self.is_null() {
            return NULL.to_owned();
        }
        let mut plain = [0; 16];
        plain[..8].copy_from_slice(&self.order.to_be_bytes());
        plain[8..].copy_from_slice(&self.salt.to_be_bytes());
        let check = check_of(&plain);
        let mut bytes = check.to_vec();
        bytes.extend(masked(&plain, &check));
        base64_simd::URL_SAFE_NO_PAD.encode_to_string(bytes).replace('-', ".")
    }

    /// As events tell it: only where every put makes a version, or did.
    pub(super) fn shown(self, versioning: Versioning) -> Option<String> {
        (versioning.ever() && !self.is_null()).then(|| self.text())
    }

    /// What a client names, if it is an id or `null`. The null version has no order here: see [`Wanted`].
    fn parse(text: &str) -> Option<Wanted> {
        if text == NULL {
            return Some(Wanted::Null);
        }
        if text.len() != ID_LEN || text.contains('-') {
            return None;
        }
        let bytes = base64_simd::URL_SAFE_NO_PAD.decode_to_vec(text.replace('.', "-")).ok()?;
        let (check, body) = bytes.split_at_checked(CHECK_LEN)?;
        let plain = masked(body.try_into().ok()?, check);
        let (order, salt) = plain.split_at(8);
        let number = |bytes: &[u8]| bytes.try_into().map(u64::from_be_bytes).ok();
        let version = Self { order: number(order)?, salt: number(salt)? };
        (check == check_of(&plain) && !version.is_null()).then_some(Wanted::Id(version))
    }
}

fn check_of(plain: &[u8; 16]) -> [u8; CHECK_LEN] {
    let digest = crypt::sha256(&[b"s3 version".as_slice(), plain].concat());
    digest[..CHECK_LEN].try_into().expect("a digest is longer")
}

fn masked(bytes: &[u8; 16], check: &[u8]) -> [u8; 16] {
    let mask = crypt::sha256(&[b"s3 version mask".as_slice(), check].concat());
    std::array::from_fn(|at| bytes[at] ^ mask[at])
}

/// Which version of a key a request means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wanted {
    /// The current one.
    #[default]
    Current,
    /// The null version.
    Null,
    /// This one.
    Id(VersionId),
}

impl Wanted {
    /// What a `versionId` means; an empty one is as good as none.
    pub fn parse(text: Option<&str>) -> Result<Self, Error> {
        match text {
            None | Some("") => Ok(Wanted::Current),
            Some(text) => VersionId::parse(text)
                .ok_or_else(|| Error::argument("versionId", text, "Invalid version id specified")),
        }
    }

    /// Whether a version is named.
    pub const fn is_named(self) -> bool {
        match self {
            Wanted::Current => false,
            Wanted::Null | Wanted::Id(_) => true,
        }
    }

    /// As clients name it; empty for the current one.
    pub fn text(self) -> String {
        match self {
            Wanted::Current => String::new(),
            Wanted::Null => NULL.to_owned(),
            Wanted::Id(version) => version.text(),
        }
    }

    fn means(self, version: VersionId) -> bool {
        match self {
            Wanted::Current => true,
            Wanted::Null => version.is_null(),
            Wanted::Id(id) => id == version,
        }
    }
}

/// The current version of a key.
#[derive(Debug, Clone)]
pub enum Head {
    /// There is none.
    Nothing,
    /// An object.
    Object(Row<Object>),
    /// A delete marker: there is no current object.
    Marker(Row<Marker>),
}

impl Head {
    /// The current object, if there is one.
    pub fn object(&self) -> Option<&Object> {
        match self {
            Head::Object(row) => Some(&row.value),
            Head::Nothing | Head::Marker(_) => None,
        }
    }

    /// Which version it is.
    pub fn version(&self) -> Option<VersionId> {
        match self {
            Head::Nothing => None,
            Head::Object(row) => Some(row.value.version),
            Head::Marker(row) => Some(row.value.version),
        }
    }

    /// The null version, wherever it lies.
    pub fn null(&self) -> Option<VersionId> {
        let below = self.null_below().map(|order| VersionId { order, salt: 0 });
        self.version().filter(|version| version.is_null()).or(below)
    }

    pub(super) fn null_below(&self) -> Option<u64> {
        match self {
            Head::Nothing => None,
            Head::Object(row) => row.value.null_below,
            Head::Marker(row) => row.value.null_below,
        }
    }

    /// The order of what is put on it by whoever has seen the commits up to this position.
    fn next_order(&self, seen: Version) -> u64 {
        // A head was seen by those who saw its commit, which has a later position than its order. Only in a store that counts positions
        // anew (after a move to another kind) it may be ahead.
        self.version().map_or(seen.0, |version| seen.0.max(version.order + 1))
    }

    /// Adds to the draft that it is still the key's head.
    pub(super) fn unchanged(&self, draft: &mut Draft, at: &ObjectKey, versioning: Versioning) {
        match self {
            Head::Object(row) => _ = draft.commit.unchanged(OBJECTS, at, Some(row)),
            Head::Marker(row) => _ = draft.commit.unchanged(MARKERS, at, Some(row)),
            Head::Nothing => {
                draft.commit.unchanged(OBJECTS, at, None);
                if versioning.ever() {
                    draft.commit.unchanged(MARKERS, at, None);
                }
            }
        }
    }
}

/// A version that is an object, and where it lies.
#[derive(Debug, Clone)]
pub struct Found {
    /// Where.
    pub at: At,
    /// The object, with the version of the row that holds it.
    pub row: Row<Object>,
}

/// A key whose head goes, and where its null version lies below.
pub(super) struct Headless {
    at: ObjectKey,
    null_below: Option<u64>,
}

/// Where a version lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// It is the head.
    Head(ObjectKey),
    /// It lies below, since then.
    Below(VersionKey, Timestamp),
}

impl At {
    /// The bucket.
    pub fn bucket(&self) -> Id {
        match self {
            At::Head(key) => key.bucket,
            At::Below(key, _) => key.bucket,
        }
    }
}

/// What became of a deletion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Deleted {
    /// A marker was made, or was removed.
    pub marker: bool,
    /// The version of the marker that was made, or the one that was removed. `None` where versioning was never set.
    pub version: Option<VersionId>,
}

impl S3 {
    /// The current version of a key.
    pub async fn head(&self, snapshot: &dyn Snapshot, bucket: &Bucket, key: &str) -> Result<Head, Error> {
        let at = ObjectKey { bucket: bucket.id, key: key.to_owned() };
        if let Some(row) = OBJECTS.get(snapshot, &at).await? {
            return Ok(Head::Object(row));
        }
        let marker = if bucket.versioning.ever() { MARKERS.get(snapshot, &at).await? } else { None };
        Ok(marker.map_or(Head::Nothing, Head::Marker))
    }

    /// The object a request means. A delete marker is an error, of one kind where it is current and of another where it was named.
    pub async fn find_version(
        &self,
        snapshot: &dyn Snapshot,
        bucket: &Bucket,
        key: &str,
        wanted: Wanted,
    ) -> Result<Found, Error> {
        let head = self.head(snapshot, bucket, key).await?;
        if head.version().is_some_and(|version| wanted.means(version)) {
            return match head {
                Head::Object(row) => {
                    Ok(Found { at: At::Head(ObjectKey { bucket: bucket.id, key: key.to_owned() }), row })
                }
                Head::Marker(row) => Err(marked(key, &row.value, wanted)),
                Head::Nothing => Err(Error::NoSuchKey(key.to_owned())),
            };
        }
        if wanted == Wanted::Current {
            return Err(Error::NoSuchKey(key.to_owned()));
        }
        let absent = || Error::NoSuchVersion { key: key.to_owned(), version: wanted.text() };
        let version = below(&head, wanted).ok_or_else(absent)?;
        let at = VersionKey { bucket: bucket.id, key: key.to_owned(), version };
        let Row { version, value } = VERSIONS.get(snapshot, &at).await?.ok_or_else(absent)?;
        match value.what {
            Kept::Object(object) => {
                Ok(Found { at: At::Below(at, value.since), row: Row { version, value: object } })
            }
            Kept::Marker(marker) => Err(marked(key, &marker, wanted)),
        }
    }

    /// Whether an object that was found has the same contents still, and lies where it lay.
    pub(super) async fn is_still_there(&self, snapshot: &dyn Snapshot, found: &Found) -> Result<bool, Error> {
        let contents = &found.row.value.contents;
        Ok(match &found.at {
            At::Head(at) => {
                let row = OBJECTS.get(snapshot, at).await?;
                row.is_some_and(|row| row.value.contents == *contents)
            }
            At::Below(at, _) => match VERSIONS.get(snapshot, at).await?.map(|row| row.value.what) {
                Some(Kept::Object(object)) => object.contents == *contents,
                Some(Kept::Marker(_)) | None => false,
            },
        })
    }

    /// Adds to the draft that an object takes the place on top of its key, as the bucket's versioning has it. Returns it with its version.
    pub(super) async fn put_on_top(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        bucket: &Bucket,
        key: &str,
        head: &Head,
        object: Object,
    ) -> Result<Object, Error> {
        let version = self.next_version(snapshot, bucket.versioning, head);
        self.put_as(snapshot, draft, bucket, key, head, Object { version, ..object }).await
    }

    /// A version that may be put on this head.
    pub(super) fn next_version(
        &self,
        snapshot: &dyn Snapshot,
        versioning: Versioning,
        head: &Head,
    ) -> VersionId {
        let salt = match versioning {
            Versioning::Never | Versioning::Suspended => 0,
            // Zero is the null version's.
            Versioning::Enabled => self.random.u64().max(1),
        };
        VersionId { order: head.next_order(snapshot.position()), salt }
    }

    /// As [`S3::put_on_top`], for an object that has its version. One that is older than the head takes its place below it.
    pub(super) async fn put_as(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        bucket: &Bucket,
        key: &str,
        head: &Head,
        mut object: Object,
    ) -> Result<Object, Error> {
        let at = ObjectKey { bucket: bucket.id, key: key.to_owned() };
        if draft.replicated.is_some() {
            draft.note_replication(bucket.id, key, &mut object, self.now());
        }
        draft.note_home(bucket.id, key, &object);
        if head.version().is_some_and(|version| version > object.version) {
            head.unchanged(draft, &at, bucket.versioning);
            touch(draft, &at, head);
            let at = VersionKey { bucket: bucket.id, key: key.to_owned(), version: object.version };
            let since = head.modified().unwrap_or(object.modified);
            draft.commit.check(Check::Absent(VERSIONS.key(&at)));
            draft.commit.put(VERSIONS, &at, &Noncurrent { what: Kept::Object(object.clone()), since });
            return Ok(object);
        }
        let pushed =
            self.push_down(snapshot, draft, bucket, &at, head, object.version, object.modified).await?;
        if let Head::Marker(_) = head {
            draft.commit.delete(MARKERS, &at);
        }
        object.null_below = pushed;
        draft.commit.put(OBJECTS, &at, &object);
        Ok(object)
    }

    /// Adds to the draft that a delete marker takes the place on top of a key.
    pub(super) async fn put_marker(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        bucket: &Bucket,
        key: &str,
        head: &Head,
    ) -> Result<Marker, Error> {
        let version = self.next_version(snapshot, bucket.versioning, head);
        self.put_marker_as(snapshot, draft, bucket, key, head, version, self.now()).await
    }

    /// As [`S3::put_marker`], for a marker that has its version. One that is older than the head takes its place below it.
    #[expect(clippy::too_many_arguments, reason = "what is on top, and what comes on top of it or below")]
    pub(super) async fn put_marker_as(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        bucket: &Bucket,
        key: &str,
        head: &Head,
        version: VersionId,
        modified: Timestamp,
    ) -> Result<Marker, Error> {
        let at = ObjectKey { bucket: bucket.id, key: key.to_owned() };
        if head.version().is_some_and(|newer| newer > version) {
            head.unchanged(draft, &at, bucket.versioning);
            touch(draft, &at, head);
            let marker = Marker { modified, version, null_below: None };
            let at = VersionKey { bucket: bucket.id, key: key.to_owned(), version };
            let since = head.modified().unwrap_or(modified);
            draft.commit.check(Check::Absent(VERSIONS.key(&at)));
            draft.commit.put(VERSIONS, &at, &Noncurrent { what: Kept::Marker(marker), since });
            return Ok(marker);
        }
        let null_below = self.push_down(snapshot, draft, bucket, &at, head, version, modified).await?;
        if let Head::Object(_) = head {
            draft.commit.delete(OBJECTS, &at);
        }
        let marker = Marker { modified, version, null_below };
        draft.commit.put(MARKERS, &at, &marker);
        Ok(marker)
    }

    /// Makes room for a version: the head goes below, or goes if both are the null version, as does the null version elsewhere. Returns where
    /// the null version then lies. The head's own row is left to the caller, who writes the next one.
    #[expect(clippy::too_many_arguments, reason = "what is on top, and what comes on top of it")]
    async fn push_down(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        bucket: &Bucket,
        at: &ObjectKey,
        head: &Head,
        version: VersionId,
        since: Timestamp,
    ) -> Result<Option<u64>, Error> {
        head.unchanged(draft, at, bucket.versioning);
        let mut null_below = head.null_below();
        if version.is_null()
            && let Some(order) = null_below.take()
        {
            let null = VersionId { order, salt: 0 };
            let below = VersionKey { bucket: at.bucket, key: at.key.clone(), version: null };
            self.take_from_below(snapshot, draft, &below).await?;
        }
        let (old, what) = match head {
            Head::Nothing => return Ok(null_below),
            Head::Object(row) => {
                if version.is_null() && row.value.version.is_null() {
                    self.check_lock(&row.value, false)?;
                    self.let_go(snapshot, draft, &row.value).await?;
                    return Ok(null_below);
                }
                let object = Object { null_below: None, ..row.value.clone() };
                (row.value.version, Kept::Object(object))
            }
            Head::Marker(row) => {
                if version.is_null() && row.value.version.is_null() {
                    return Ok(null_below);
                }
                (row.value.version, Kept::Marker(Marker { null_below: None, ..row.value }))
            }
        };
        let below = VersionKey { bucket: at.bucket, key: at.key.clone(), version: old };
        draft.commit.put(VERSIONS, &below, &Noncurrent { what, since });
        Ok(if old.is_null() { Some(old.order) } else { null_below })
    }

    /// Refuses to let go of what is locked.
    fn check_lock(&self, object: &Object, bypass: bool) -> Result<(), Error> {
        if object.lock.protects(self.now(), bypass) { Err(Error::Locked) } else { Ok(()) }
    }

    /// Adds to the draft that a noncurrent version goes for good.
    pub(super) async fn take_from_below(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        at: &VersionKey,
    ) -> Result<(), Error> {
        let row = VERSIONS.get(snapshot, at).await?;
        let row =
            row.ok_or_else(|| Error::Internal(format!("the null version of `{}` is missing", at.key)))?;
        if let Kept::Object(object) = &row.value.what {
            self.check_lock(object, false)?;
        }
        self.drop_below(snapshot, draft, at, &row).await
    }

    async fn drop_below(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        at: &VersionKey,
        row: &Row<Noncurrent>,
    ) -> Result<(), Error> {
        draft.commit.unchanged(VERSIONS, at, Some(row)).delete(VERSIONS, at);
        match &row.value.what {
            Kept::Object(object) => self.let_go(snapshot, draft, object).await,
            Kept::Marker(_) => Ok(()),
        }
    }

    /// Adds to the draft that a version goes for good, if it is there. One that is locked is refused before anything is added. `bypass`: see
    /// [`crate::tables::Lock::protects`].
    pub(super) async fn remove_version(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        bucket: &Bucket,
        key: &str,
        wanted: Wanted,
        bypass: bool,
    ) -> Result<Option<Deleted>, Error> {
        let head = self.head(snapshot, bucket, key).await?;
        let at = ObjectKey { bucket: bucket.id, key: key.to_owned() };
        if let Some(version) = head.version().filter(|version| wanted.means(*version)) {
            let marker = match &head {
                Head::Object(row) => {
                    self.check_lock(&row.value, bypass)?;
                    self.let_go(snapshot, draft, &row.value).await?;
                    if !bucket.versioning.ever() {
                        self.tell_uploads(snapshot, draft, &at).await?;
                    }
                    draft.commit.delete(OBJECTS, &at);
                    false
                }
                Head::Marker(_) => {
                    draft.commit.delete(MARKERS, &at);
                    true
                }
                Head::Nothing => false,
            };
            head.unchanged(draft, &at, bucket.versioning);
            if bucket.versioning.ever() {
                draft.headless.push(Headless { at, null_below: head.null_below() });
            }
            return Ok(Some(Deleted { marker, version: Some(version) }));
        }
        let Some(version) = below(&head, wanted) else { return Ok(None) };
        let below = VersionKey { bucket: bucket.id, key: key.to_owned(), version };
        let Some(row) = VERSIONS.get(snapshot, &below).await? else { return Ok(None) };
        let marker = match &row.value.what {
            Kept::Object(object) => {
                self.check_lock(object, bypass)?;
                false
            }
            Kept::Marker(_) => true,
        };
        self.drop_below(snapshot, draft, &below, &row).await?;
        if version.is_null() {
            head.unchanged(draft, &at, bucket.versioning);
            touch(draft, &at, &head.without_null_below());
        }
        Ok(Some(Deleted { marker, version: Some(version) }))
    }

    /// Adds to the draft that where the head goes the newest version below that stays becomes the head. Called once, when all else that goes
    /// is in the draft.
    pub(super) async fn promote_all(&self, snapshot: &dyn Snapshot, draft: &mut Draft) -> Result<(), Error> {
        if draft.headless.is_empty() {
            return Ok(());
        }
        let going: HashSet<Key> = draft
            .commit
            .writes
            .iter()
            .filter(|write| write.value.is_none())
            .map(|write| write.key.clone())
            .collect();
        for headless in std::mem::take(&mut draft.headless) {
            self.promote(snapshot, draft, &headless.at, headless.null_below, &going).await?;
        }
        Ok(())
    }

    async fn promote(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        at: &ObjectKey,
        null_below: Option<u64>,
        going: &HashSet<Key>,
    ) -> Result<(), Error> {
        let (mut start, end) = VERSIONS.prefix(|key| _ = key.u128(at.bucket.0).text(&at.key));
        let (below, row) = loop {
            let page = VERSIONS.scan(snapshot, (start, end.clone()), PROMOTE_PAGE).await?;
            let last = page.last().map(|(key, _)| VERSIONS.key(key));
            let ended = page.len() < PROMOTE_PAGE;
            match page.into_iter().find(|(key, _)| !going.contains(&VERSIONS.key(key))) {
                Some(found) => break found,
                None => match last.filter(|_| !ended) {
                    Some(last) => start = store::key_after(&last),
                    None => return Ok(()),
                },
            }
        };
        draft.commit.unchanged(VERSIONS, &below, Some(&row)).delete(VERSIONS, &below);
        let null_below = null_below.filter(|_| !below.version.is_null());
        match row.value.what {
            Kept::Object(object) => draft.commit.put(OBJECTS, at, &Object { null_below, ..object }),
            Kept::Marker(marker) => draft.commit.put(MARKERS, at, &Marker { null_below, ..marker }),
        };
        Ok(())
    }

    /// Changes what is said about a version: its tags, its lock. `change` is called again if somebody else was faster. Returns the version as
    /// it is then.
    pub async fn amend(
        &self,
        place: Place<'_>,
        wanted: Wanted,
        change: impl Fn(&mut Object) -> Result<(), Error>,
    ) -> Result<Object, Error> {
        self.amend_telling(place, wanted, None, change).await
    }

    /// As [`S3::amend`], which is told as this event.
    pub(super) async fn amend_telling(
        &self,
        place: Place<'_>,
        wanted: Wanted,
        event: Option<&str>,
        change: impl Fn(&mut Object) -> Result<(), Error>,
    ) -> Result<Object, Error> {
        for attempt in 0..ATTEMPTS_MAX {
            let snapshot = self.snapshot();
            let bucket = self.find_bucket(&*snapshot, place.bucket).await?;
            let found = self.find_version(&*snapshot, &bucket.value, place.key, wanted).await?;
            let mut object = found.row.value.clone();
            change(&mut object)?;
            let mut draft = self.draft();
            self.enter(&*snapshot, &mut draft, place.bucket, &bucket, attempt).await?;
            if let Some(event) = event {
                self.note_event(&mut draft, event, place.key, &What::Object(&object), &EventMore::Nothing);
            }
            draft.note_change(bucket.value.id, place.key, &mut object, self.now());
            rewrite(&mut draft, &found, object.clone());
            if self.settle(draft).await? {
                return Ok(object);
            }
        }
        Err(S3::too_contended())
    }
}

impl Head {
    fn modified(&self) -> Option<Timestamp> {
        match self {
            Head::Nothing => None,
            Head::Object(row) => Some(row.value.modified),
            Head::Marker(row) => Some(row.value.modified),
        }
    }

    fn without_null_below(&self) -> Self {
        match self {
            Head::Nothing => Head::Nothing,
            Head::Object(row) => {
                let value = Object { null_below: None, ..row.value.clone() };
                Head::Object(Row { version: row.version, value })
            }
            Head::Marker(row) => {
                let value = Marker { null_below: None, ..row.value };
                Head::Marker(Row { version: row.version, value })
            }
        }
    }
}

/// Adds to the draft that an object that was found becomes `object`, where it lies.
pub(super) fn rewrite(draft: &mut Draft, found: &Found, object: Object) {
    let key = match &found.at {
        At::Head(at) => &at.key,
        At::Below(at, _) => &at.key,
    };
    draft.note_home(found.at.bucket(), key, &object);
    match &found.at {
        At::Head(at) => _ = draft.commit.unchanged(OBJECTS, at, Some(&found.row)).put(OBJECTS, at, &object),
        At::Below(at, since) => {
            let same: Version = found.row.version;
            draft.commit.check(Check::VersionIs(VERSIONS.key(at), same));
            draft.commit.put(VERSIONS, at, &Noncurrent { what: Kept::Object(object), since: *since });
        }
    }
}

/// Writes a head as it is, so that whoever read it before begins again.
fn touch(draft: &mut Draft, at: &ObjectKey, head: &Head) {
    match head {
        Head::Nothing => {}
        Head::Object(row) => _ = draft.commit.put(OBJECTS, at, &row.value),
        Head::Marker(row) => _ = draft.commit.put(MARKERS, at, &row.value),
    }
}

/// Where a version lies that is not the head.
fn below(head: &Head, wanted: Wanted) -> Option<VersionId> {
    match wanted {
        Wanted::Current => None,
        Wanted::Null => head.null_below().map(|order| VersionId { order, salt: 0 }),
        Wanted::Id(version) => Some(version),
    }
}

fn marked(key: &str, marker: &Marker, wanted: Wanted) -> Error {
    Error::DeleteMarker {
        key: key.to_owned(),
        version: marker.version,
        modified: marker.modified,
        named: wanted.is_named(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_id_is_thirty_two_characters_and_finds_back(order: u64, salt in 1u64..) {
            let version = VersionId { order, salt };
            let text = version.text();
            prop_assert_eq!(text.len(), ID_LEN);
            prop_assert!(text.chars().all(|char| char.is_ascii_alphanumeric() || char == '.' || char == '_'));
            prop_assert_eq!(Wanted::parse(Some(&text)), Ok(Wanted::Id(version)));
        }

        #[test]
        fn what_is_no_id_is_told(text in "[A-Za-z0-9._]{0,40}") {
            prop_assume!(!text.is_empty() && text != "null");
            let parsed = Wanted::parse(Some(&text));
            let refused = matches!(parsed, Err(Error::Argument { name: "versionId", .. }));
            prop_assert!(refused);
        }
    }

    #[test]
    fn null_and_nothing_are_what_they_say() {
        assert_eq!(Wanted::parse(None), Ok(Wanted::Current));
        assert_eq!(Wanted::parse(Some("")), Ok(Wanted::Current));
        assert_eq!(Wanted::parse(Some("null")), Ok(Wanted::Null));
        assert_eq!(VersionId { order: 7, salt: 0 }.text(), "null");
    }
}
