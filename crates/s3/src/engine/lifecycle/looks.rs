//! Looking at keys whose time has come, and doing what is due.
//!
//! Looks are taken in the order of their times, those of one time together in commits of many keys. Each commit takes its looks away, writes
//! what they did and the next looks: so whatever happens in between, a look is either still there or was carried out whole. A key that somebody
//! is writing to is left out of its commit and looked at alone.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use base::Timestamp;
use futures_util::{StreamExt, TryStreamExt, stream};
use service::Stop;
use store::{Key, Row, Snapshot};

use super::super::buckets::is_same;
use super::super::contents::leave_to_sweep;
use super::super::events::{Told, What};
use super::super::versions::Head;
use super::super::{ATTEMPTS_MAX, Draft, Error, S3};
use super::due::{Ruled, item};
use super::judge::{Act, CurrentEnd, Stack, Which, judge, next_look};
use crate::tables::{
    BUCKETS, DUE, Drop, DueKey, EventMore, Id, Kept, Look, MARKERS, Marker, Name, Noncurrent, OBJECTS,
    ObjectKey, Stamp, StorageClass, UPLOADS, Upload, UploadKey, VERSIONS, VersionId, VersionKey,
};

/// Looks taken from the index at once.
const PAGE: usize = 256;
/// Keys read at once.
const READS_MAX: usize = 16;
/// Older versions of a key judged at once. A taller stack is judged in pieces, the oldest first.
const TALL: usize = 1_000;
/// Rows and references a commit is filled up to, below `Bounds::ENTRIES` with room for one more stack.
const FULL: usize = 8_000;

/// What a look found.
enum Seen {
    /// Nothing that is left to do: the bucket or the upload is gone.
    Nothing,
    /// The versions of a key.
    Key(Pile),
    /// More versions than are judged at once.
    TallKey,
    /// An upload.
    Upload(UploadKey, Row<Upload>),
}

/// The versions of a key, or a piece of them.
#[derive(Clone)]
struct Pile {
    head: Head,
    older: Vec<(VersionKey, Row<Noncurrent>)>,
    above: usize,
    more: bool,
}

impl S3 {
    /// Brings everything up to now. Returns when to come again at the latest.
    pub(crate) async fn lifecycle_round(&self, stop: &Stop) -> Result<Timestamp, Error> {
        self.spread_rules(Some(stop)).await?;
        let now = self.now();
        let stamps = self.accesses_wait_until();
        let midnight = self.calendar().midnight_after(now);
        if stamps.is_some_and(|until| until <= now) || self.next_due().await?.is_some_and(|due| due <= now) {
            // Who was read today is not archived today.
            self.flush_accesses().await?;
        }
        self.do_due(Some(stop)).await?;
        let next = self.next_due().await?;
        Ok(next.into_iter().chain(self.accesses_wait_until()).fold(midnight, Timestamp::min))
    }

    /// When the first look is due.
    async fn next_due(&self) -> Result<Option<Timestamp>, Error> {
        let first = DUE.scan(&*self.snapshot(), DUE.prefix(|_| {}), 1).await?;
        Ok(first.first().map(|(key, _)| key.at))
    }

    /// Does all that is due, in order. What fails does not keep the rest from it; the first error
    /// is returned at the end.
    pub(crate) async fn do_due(&self, stop: Option<&Stop>) -> Result<(), Error> {
        let mut first_error = None;
        let (mut start, _) = DUE.prefix(|_| {});
        loop {
            let now = self.now();
            let end = DUE.prefix(|key| _ = key.i64(now.as_micros().saturating_add(1))).0;
            let page = DUE.scan(&*self.snapshot(), (start.clone(), end), PAGE).await?;
            let Some(at) = page.first().map(|(key, _)| key.at) else { break };
            if stop.is_some_and(Stop::is_asked) {
                break;
            }
            // What a look writes is due later than itself, and may come before the rest of the page.
            let looks: Vec<(DueKey, Row<Look>)> =
                page.into_iter().take_while(|(key, _)| key.at == at).collect();
            if let Some((last, _)) = looks.last() {
                start = store::key_after(&DUE.key(last));
            }
            if let Err(error) = self.look_together(looks).await {
                first_error.get_or_insert(error);
            }
        }
        self.run.tell();
        first_error.map_or(Ok(()), Err)
    }

    /// Takes looks of one time, in as few commits as there may be.
    async fn look_together(&self, looks: Vec<(DueKey, Row<Look>)>) -> Result<(), Error> {
        let snapshot = self.snapshot();
        let mut buckets: HashMap<Id, Option<Ruled>> = HashMap::new();
        for (key, row) in &looks {
            if let Entry::Vacant(free) = buckets.entry(key.bucket) {
                free.insert(self.find_ruled(&*snapshot, key.bucket, &row.value.bucket).await?);
            }
        }
        let read = |(key, _): (DueKey, Row<Look>)| {
            let (snapshot, ruled) = (&*snapshot, buckets[&key.bucket].as_ref());
            async move { Ok::<_, Error>((self.see(snapshot, ruled, &key).await?, key)) }
        };
        let seen: Vec<(Seen, DueKey)> =
            stream::iter(looks).map(read).buffered(READS_MAX).try_collect().await?;

        let mut batch = Batch::default();
        let mut first_error = None;
        for (seen, key) in seen {
            if let (Seen::TallKey, Some(ruled)) = (&seen, &buckets[&key.bucket]) {
                if let Err(error) = self.look_at_tall(ruled, &key).await {
                    first_error.get_or_insert(error);
                }
                continue;
            }
            let draft = batch.draft.get_or_insert_with(|| self.draft());
            self.carry_out(&*snapshot, draft, buckets[&key.bucket].as_ref(), &key, seen).await?;
            batch.keys.push(key);
            if draft.commit.writes.len().max(draft.commit.counts.len()) >= FULL {
                self.settle_looks(&mut batch).await?;
            }
        }
        self.settle_looks(&mut batch).await?;
        first_error.map_or(Ok(()), Err)
    }

    async fn settle_looks(&self, batch: &mut Batch) -> Result<(), Error> {
        let Some(draft) = batch.draft.take() else { return Ok(()) };
        let keys = std::mem::take(&mut batch.keys);
        if self.settle(draft).await? {
            return Ok(());
        }
        for key in keys {
            self.look_alone(&key).await?;
        }
        Ok(())
    }

    /// Takes one look, however often others are faster.
    async fn look_alone(&self, key: &DueKey) -> Result<(), Error> {
        for _ in 0..ATTEMPTS_MAX {
            let snapshot = self.snapshot();
            let Some(look) = DUE.get(&*snapshot, key).await? else { return Ok(()) };
            let ruled = self.find_ruled(&*snapshot, key.bucket, &look.value.bucket).await?;
            let seen = self.see(&*snapshot, ruled.as_ref(), key).await?;
            let mut draft = self.draft();
            match (&seen, &ruled) {
                (Seen::TallKey, Some(ruled)) => return self.look_at_tall(ruled, key).await,
                (Seen::Nothing | Seen::Key(_) | Seen::TallKey | Seen::Upload(..), _) => {
                    self.carry_out(&*snapshot, &mut draft, ruled.as_ref(), key, seen).await?;
                }
            }
            if self.settle(draft).await? {
                return Ok(());
            }
        }
        Err(S3::too_contended())
    }

    /// The bucket of that name, if it is the one that is meant.
    pub(in super::super) async fn find_ruled(
        &self,
        snapshot: &dyn Snapshot,
        id: Id,
        name: &str,
    ) -> Result<Option<Ruled>, Error> {
        match BUCKETS.get(snapshot, &Name(name.to_owned())).await? {
            Some(bucket) if bucket.value.id == id => Ok(Some(self.ruled(name, &bucket).await?)),
            Some(_) | None => Ok(None),
        }
    }

    async fn see(&self, snapshot: &dyn Snapshot, ruled: Option<&Ruled>, key: &DueKey) -> Result<Seen, Error> {
        let Some(ruled) = ruled else { return Ok(Seen::Nothing) };
        if key.upload != Id(0) {
            let at = UploadKey { bucket: key.bucket, key: key.key.clone(), upload: key.upload };
            let row = UPLOADS.get(snapshot, &at).await?;
            return Ok(row.map_or(Seen::Nothing, |row| Seen::Upload(at, row)));
        }
        let head = self.head(snapshot, &ruled.bucket.value, &key.key).await?;
        let mut older = Vec::new();
        if ruled.bucket.value.versioning.ever() {
            older = VERSIONS.scan(snapshot, versions(key), TALL + 1).await?;
        }
        Ok(match (&head, older.len()) {
            (Head::Nothing, _) => Seen::Nothing,
            (Head::Object(_) | Head::Marker(_), 0..=TALL) => {
                Seen::Key(Pile { head, older, above: 0, more: false })
            }
            (Head::Object(_) | Head::Marker(_), _) => Seen::TallKey,
        })
    }

    /// Adds to the draft all that a look comes to.
    async fn carry_out(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        ruled: Option<&Ruled>,
        key: &DueKey,
        seen: Seen,
    ) -> Result<(), Error> {
        draft.commit.delete(DUE, key);
        let next = match (seen, ruled) {
            (Seen::Key(pile), Some(ruled)) => {
                self.carry_out_pile(snapshot, draft, ruled, key, pile, true).await?
            }
            (Seen::Upload(at, row), Some(ruled)) => {
                match ruled.rules.abort(&key.key, row.value.initiated, ruled.calendar) {
                    Some((due, _)) if due <= key.at => {
                        draft.tally.of(&ruled.name).uploads_aborted += 1;
                        draft.commit.unchanged(UPLOADS, &at, Some(&row)).delete(UPLOADS, &at);
                        // Parts that arrive now are left to the sweep as well.
                        leave_to_sweep(draft, at.upload, Drop::Parts);
                        None
                    }
                    Some((due, _)) => Some(due),
                    None => None,
                }
            }
            (Seen::Nothing | Seen::TallKey | Seen::Key(_) | Seen::Upload(..), _) => None,
        };
        if let (Some(at), Some(ruled)) = (next, ruled) {
            let look = Look { bucket: ruled.name.clone() };
            draft.commit.put(DUE, &DueKey { at, ..key.clone() }, &look);
        }
        Ok(())
    }

    /// Adds to the draft what is due of a key's versions. Returns when to look again.
    async fn carry_out_pile(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        ruled: &Ruled,
        key: &DueKey,
        pile: Pile,
        with_head: bool,
    ) -> Result<Option<Timestamp>, Error> {
        let mut work = Work::new(ruled, key, &pile, with_head);
        work.tell_restored();
        work.ripen();
        work.judge();
        work.tier();
        if work.has_changes() {
            self.write_work(snapshot, draft, &pile, &mut work).await?;
        }
        Ok(work.next_look(self.now()))
    }

    /// Adds to the draft the rows that differ from what was found.
    async fn write_work(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        pile: &Pile,
        work: &mut Work<'_>,
    ) -> Result<(), Error> {
        let (ruled, key) = (work.ruled, work.key);
        let at = ObjectKey { bucket: key.bucket, key: key.key.clone() };
        draft.told = ruled.told();
        draft.commit.check(is_same(&ruled.name, &ruled.bucket));
        pile.head.unchanged(draft, &at, ruled.bucket.value.versioning);
        let mut null_below = pile.head.null_below();
        let mut marker = None;
        if work.covered {
            let version = self.next_version(snapshot, ruled.bucket.value.versioning, &pile.head);
            marker = Some(Marker { modified: key.at, version, null_below: None });
            if version.is_null()
                && !work.end_null_version()
                && let Some(order) = null_below
            {
                // It lies in another piece of a tall stack.
                let null = VersionId { order, salt: 0 };
                let below = VersionKey { bucket: key.bucket, key: key.key.clone(), version: null };
                self.take_from_below(snapshot, draft, &below).await?;
                null_below = None;
            }
        }
        for ((place, row), entry) in pile.older.iter().zip(&work.older) {
            match &entry.now {
                Some(now) if *now == row.value => {}
                Some(now) => {
                    if is_moved(&row.value.what, &now.what) {
                        draft.tally.of(&ruled.name).transitioned += 1;
                    }
                    self.note_changes(draft, key, &row.value.what, &now.what);
                    drop_ended_copy(draft, &row.value.what, &now.what);
                    note_home(draft, ruled, key, &now.what);
                    draft.commit.unchanged(VERSIONS, place, Some(row)).put(VERSIONS, place, now);
                }
                None => {
                    draft.tally.of(&ruled.name).versions_expired += 1;
                    let event = "LifecycleExpiration:Delete";
                    self.note_event(draft, event, &key.key, &What::Gone(place.version), &EventMore::Nothing);
                    draft.commit.unchanged(VERSIONS, place, Some(row)).delete(VERSIONS, place);
                    if place.version.is_null() {
                        null_below = None;
                    }
                    self.let_go_of(snapshot, draft, &row.value.what).await?;
                }
            }
        }
        let found = kept(&pile.head);
        match (&work.head, marker) {
            (Some(head), Some(mut marker)) => {
                let version = version_of(head);
                draft.tally.of(&ruled.name).expired += 1;
                let event = "LifecycleExpiration:DeleteMarkerCreated";
                self.note_event(draft, event, &key.key, &What::Marker(&marker), &EventMore::Nothing);
                if !(marker.version.is_null() && version.is_null()) {
                    if let Some(found) = &found {
                        drop_ended_copy(draft, found, head);
                    }
                    note_home(draft, ruled, key, head);
                    let below = VersionKey { bucket: key.bucket, key: key.key.clone(), version };
                    let what = without_null_below(head.clone());
                    draft.commit.put(VERSIONS, &below, &Noncurrent { what, since: key.at });
                    marker.null_below = if version.is_null() { Some(version.order) } else { null_below };
                } else if let Some(found) = &found {
                    self.let_go_of(snapshot, draft, found).await?;
                }
                draft.commit.delete(OBJECTS, &at).put(MARKERS, &at, &marker);
                work.cover_with(marker);
            }
            (Some(head), None) => {
                let head = with_null_below(head.clone(), null_below);
                if found.as_ref() != Some(&head) {
                    if let Some(found) = &found {
                        if is_moved(found, &head) {
                            draft.tally.of(&ruled.name).transitioned += 1;
                        }
                        self.note_changes(draft, key, found, &head);
                        drop_ended_copy(draft, found, &head);
                    }
                    note_home(draft, ruled, key, &head);
                    match &head {
                        Kept::Object(object) => draft.commit.put(OBJECTS, &at, object),
                        Kept::Marker(marker) => draft.commit.put(MARKERS, &at, marker),
                    };
                }
            }
            (None, _) if work.with_head => match &found {
                Some(Kept::Object(object)) => {
                    draft.tally.of(&ruled.name).expired += 1;
                    let (event, what) = ("LifecycleExpiration:Delete", What::Gone(object.version));
                    self.note_event(draft, event, &key.key, &what, &EventMore::Nothing);
                    draft.commit.delete(OBJECTS, &at);
                    self.let_go(snapshot, draft, object).await?;
                }
                Some(Kept::Marker(marker)) => {
                    draft.tally.of(&ruled.name).markers_expired += 1;
                    let (event, what) = ("LifecycleExpiration:Delete", What::Gone(marker.version));
                    self.note_event(draft, event, &key.key, &what, &EventMore::Nothing);
                    draft.commit.delete(MARKERS, &at);
                }
                None => {}
            },
            (None, _) => {
                if null_below != pile.head.null_below()
                    && let Some(found) = found
                {
                    match with_null_below(found, null_below) {
                        Kept::Object(object) => draft.commit.put(OBJECTS, &at, &object),
                        Kept::Marker(marker) => draft.commit.put(MARKERS, &at, &marker),
                    };
                }
            }
        }
        Ok(())
    }

    /// Notes what has become of a version that stays.
    fn note_changes(&self, draft: &mut Draft, key: &DueKey, was: &Kept, now: &Kept) {
        let (Kept::Object(was), Kept::Object(now)) = (was, now) else { return };
        let mut note = |event: &str, more: EventMore| {
            self.note_event(draft, event, &key.key, &What::Object(now), &more);
        };
        let class = now.attributes.class;
        if let Some(restore) = was.placement.restore {
            let told_now = now.placement.restore.is_some_and(|restore| restore.told);
            let is_back = now.placement.restore.is_none() && class == StorageClass::IntelligentTiering;
            if !restore.told && (told_now || is_back) {
                let until = restore.until.map_or(restore.ready, |Stamp(until)| until);
                let class = was.attributes.class.name().to_owned();
                note("ObjectRestore:Completed", EventMore::Restored { until, class });
            }
            if now.placement.restore.is_none() && was.attributes.class.is_archive() {
                note("ObjectRestore:Delete", EventMore::Nothing);
            }
        }
        if was.attributes.class != class {
            note("LifecycleTransition", EventMore::Moved(class.name().to_owned()));
        }
        match now.placement.tier {
            Some(tier) if was.placement.tier != Some(tier) => {
                note("IntelligentTiering", EventMore::Tiered(tier.name().to_owned()));
            }
            Some(_) | None => {}
        }
    }

    async fn let_go_of(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        version: &Kept,
    ) -> Result<(), Error> {
        match version {
            Kept::Object(object) => self.let_go(snapshot, draft, object).await,
            Kept::Marker(_) => Ok(()),
        }
    }

    /// Looks at a key with very many versions: from its oldest versions upwards, so that those above, which are counted, are still there.
    async fn look_at_tall(&self, ruled: &Ruled, key: &DueKey) -> Result<(), Error> {
        let snapshot = self.snapshot();
        let (start, end) = versions(key);
        let mut starts: Vec<Key> = vec![start];
        loop {
            let from = starts.last().expect("it begins with one").clone();
            let page = VERSIONS.scan(&*snapshot, (from, end.clone()), TALL).await?;
            match page.last() {
                Some((last, _)) if page.len() == TALL => {
                    starts.push(store::key_after(&VERSIONS.key(last)));
                }
                Some(_) | None => break,
            }
        }
        drop(snapshot);
        let mut next: Option<Timestamp> = None;
        for (index, from) in starts.iter().enumerate().rev() {
            let to = starts.get(index + 1).unwrap_or(&end).clone();
            let mut tries = 0..ATTEMPTS_MAX;
            loop {
                tries.next().ok_or_else(S3::too_contended)?;
                let snapshot = self.snapshot();
                let head = self.head(&*snapshot, &ruled.bucket.value, &key.key).await?;
                let older = VERSIONS.scan(&*snapshot, (from.clone(), to.clone()), usize::MAX).await?;
                let below = VERSIONS.scan(&*snapshot, (to.clone(), end.clone()), 1).await?;
                let pile = Pile { head, older, above: index * TALL, more: !below.is_empty() };
                let mut draft = self.draft();
                let first = index == 0;
                let look = self.carry_out_pile(&*snapshot, &mut draft, ruled, key, pile, first).await?;
                let soonest = next.into_iter().chain(look).min();
                if first {
                    draft.commit.delete(DUE, key);
                    if let Some(at) = soonest {
                        let look = Look { bucket: ruled.name.clone() };
                        draft.commit.put(DUE, &DueKey { at, ..key.clone() }, &look);
                    }
                }
                if draft.commit.writes.is_empty() || self.settle(draft).await? {
                    next = soonest;
                    break;
                }
            }
        }
        Ok(())
    }
}

/// Whether a version is in another class now.
fn is_moved(was: &Kept, now: &Kept) -> bool {
    match (was, now) {
        (Kept::Object(was), Kept::Object(now)) => was.attributes.class != now.attributes.class,
        (Kept::Object(_) | Kept::Marker(_), _) => false,
    }
}

impl Ruled {
    /// The bucket, if it wants events told.
    fn told(&self) -> Option<Told> {
        let told =
            || Told { name: self.name.clone(), bucket: self.bucket.clone(), rules: self.rules.clone() };
        (!self.rules.notifications.is_empty()).then(told)
    }
}

/// A commit of several looks.
#[derive(Default)]
struct Batch {
    draft: Option<Draft>,
    keys: Vec<DueKey>,
}

/// What becomes of a pile.
struct Work<'a> {
    ruled: &'a Ruled,
    key: &'a DueKey,
    /// The head as it becomes; `None` where it goes, or where this piece is without it.
    head: Option<Kept>,
    with_head: bool,
    was_head: Option<Kept>,
    older: Vec<Older>,
    above: usize,
    more: bool,
    /// A marker is put over the head.
    covered: bool,
}

/// An older version.
struct Older {
    was: Noncurrent,
    /// As it becomes; `None` where it goes.
    now: Option<Noncurrent>,
}

impl<'a> Work<'a> {
    fn new(ruled: &'a Ruled, key: &'a DueKey, pile: &Pile, with_head: bool) -> Self {
        let head = kept(&pile.head).filter(|_| with_head);
        let entry = |row: &Row<Noncurrent>| Older { was: row.value.clone(), now: Some(row.value.clone()) };
        Self {
            ruled,
            key,
            was_head: head.clone(),
            head,
            with_head,
            older: pile.older.iter().map(|(_, row)| entry(row)).collect(),
            above: pile.above,
            more: pile.more,
            covered: false,
        }
    }

    fn versions(&mut self) -> impl Iterator<Item = &mut Kept> {
        let older = self.older.iter_mut().filter_map(|entry| entry.now.as_mut().map(|now| &mut now.what));
        self.head.iter_mut().chain(older)
    }

    /// Where events are told: notes of restores that they are there.
    fn tell_restored(&mut self) {
        if self.ruled.rules.notifications.is_empty() {
            return;
        }
        let at = self.key.at;
        for version in self.versions() {
            if let Kept::Object(object) = version
                && object.attributes.class.is_archive()
                && let Some(restore) = &mut object.placement.restore
                && restore.ready <= at
            {
                restore.told = true;
            }
        }
    }

    /// Clears away restores that are over.
    fn ripen(&mut self) {
        let at = self.key.at;
        for version in self.versions() {
            if let Kept::Object(object) = version {
                object.placement = object.placement.ripened(object.attributes.class, at);
            }
        }
    }

    fn judge(&mut self) {
        let acts = judge(&self.ruled.rules, self.ruled.calendar, &self.stack(), self.key.at).acts;
        for (which, act) in acts {
            match (which, act) {
                (Which::Current, Act::Remove) => self.head = None,
                (Which::Current, Act::Cover) => self.covered = true,
                (Which::Current, Act::Move(class)) => move_to(self.head.as_mut(), class, self.key.at),
                (Which::Older(index), Act::Remove) => self.older[index].now = None,
                (Which::Older(index), Act::Move(class)) => {
                    let now = self.older[index].now.as_mut();
                    move_to(now.map(|now| &mut now.what), class, self.key.at);
                }
                // Only current versions are covered.
                (Which::Older(_), Act::Cover) => {}
            }
        }
    }

    /// Puts into archive tiers what nobody has read for long.
    fn tier(&mut self) {
        let (ruled, key) = (self.ruled, self.key);
        for version in self.versions() {
            if let Kept::Object(object) = version
                && let Some(tier) = ruled.tier_at(&key.key, object, key.at)
            {
                object.placement.tier = Some(tier);
            }
        }
    }

    fn has_changes(&self) -> bool {
        self.covered
            || self.head != self.was_head
            || self.older.iter().any(|entry| entry.now.as_ref() != Some(&entry.was))
    }

    /// A null marker comes on top: the null version goes, if it is here.
    fn end_null_version(&mut self) -> bool {
        let null = self.older.iter_mut().find(|entry| version_of(&entry.was.what).is_null());
        null.map(|entry| entry.now = None).is_some()
    }

    /// The pile as it is with the marker on it.
    fn cover_with(&mut self, marker: Marker) {
        let head = self.head.replace(Kept::Marker(marker));
        if let Some(head) = head
            && !(marker.version.is_null() && version_of(&head).is_null())
        {
            let now = Noncurrent { what: head, since: self.key.at };
            self.older.insert(0, Older { was: now.clone(), now: Some(now) });
        }
    }

    fn stack(&self) -> Stack<'_> {
        let left = self.older.iter().filter_map(|entry| entry.now.as_ref());
        Stack {
            key: &self.key.key,
            end: self.end(),
            current: self.head.as_ref().map(item),
            older: left.map(|now| (item(&now.what), now.since)).collect(),
            above: self.above,
            more: self.more,
        }
    }

    fn end(&self) -> CurrentEnd {
        self.ruled.end(self.head.as_ref())
    }

    /// When to look again. Never at the same time: what a look leaves undone is undone for a reason.
    fn next_look(&self, now: Timestamp) -> Option<Timestamp> {
        let at = self.key.at;
        let due = next_look(&self.ruled.rules, self.ruled.calendar, &self.stack(), at);
        let left = self.older.iter().filter_map(|entry| entry.now.as_ref()).map(|now| &now.what);
        let own = self.head.iter().chain(left).filter_map(|kept| self.ruled.own_look(&self.key.key, kept));
        debug_assert!(at <= now, "looks are taken when their time has come");
        due.into_iter().chain(own.filter(|own| *own > at)).min()
    }
}

fn move_to(version: Option<&mut Kept>, class: StorageClass, at: Timestamp) {
    if let Some(Kept::Object(object)) = version {
        object.attributes.class = class;
        object.placement.restore = None;
        object.placement.tier = None;
        object.placement.moved = Some(Stamp(at));
        object.placement.accessed = (class == StorageClass::IntelligentTiering).then_some(Stamp(at));
    }
}

/// Adds to the draft that a readable copy goes whose time is over.
fn drop_ended_copy(draft: &mut Draft, was: &Kept, now: &Kept) {
    let copy = |version: &Kept| match version {
        Kept::Object(object) => object.copy(),
        Kept::Marker(_) => None,
    };
    if let Some(ended) = copy(was).filter(|was| copy(now) != Some(*was)) {
        draft.commit.count_blob(ended.blob, -1);
    }
}

/// Notes where a version's bytes belong now.
fn note_home(draft: &mut Draft, ruled: &Ruled, key: &DueKey, version: &Kept) {
    if let Kept::Object(object) = version {
        draft.name = Some(ruled.name.clone());
        draft.note_home(key.bucket, &key.key, object);
    }
}

fn versions(key: &DueKey) -> (Key, Key) {
    VERSIONS.prefix(|start| _ = start.u128(key.bucket.0).text(&key.key))
}

fn kept(head: &Head) -> Option<Kept> {
    match head {
        Head::Nothing => None,
        Head::Object(row) => Some(Kept::Object(row.value.clone())),
        Head::Marker(row) => Some(Kept::Marker(row.value)),
    }
}

fn version_of(version: &Kept) -> VersionId {
    match version {
        Kept::Object(object) => object.version,
        Kept::Marker(marker) => marker.version,
    }
}

fn with_null_below(version: Kept, null_below: Option<u64>) -> Kept {
    match version {
        Kept::Object(object) => Kept::Object(crate::tables::Object { null_below, ..object }),
        Kept::Marker(marker) => Kept::Marker(Marker { null_below, ..marker }),
    }
}

fn without_null_below(version: Kept) -> Kept {
    with_null_below(version, None)
}
