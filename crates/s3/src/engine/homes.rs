//! Where objects' bytes belong, and bringing them there.
//!
//! All bytes arrive in one place. Those of archived objects belong elsewhere, compressed; those of other classes do where a volume of their own
//! is configured. What a row says of its home is where its bytes *are*. Whoever writes a row that belongs elsewhere writes a row of [`MOVES`]
//! in the same commit, and [`S3::arrange`] works these off behind:
//!
//! ```text
//! arrived ─ pack, seal anew, write ─► one commit: new contents, home; old ones let go ─► placed on its volume ─► row of MOVES gone
//! restore ─ unpack, seal, write ────► one commit: the readable copy's blob
//! ```
//! Every arrow ends in a commit that checks what it read, so that it may stop anywhere and go on later. An object put in parts moves part by part,
//! a commit for every [`BATCH_BYTES`]; each of its pieces says itself whether it is packed, so that it is readable in between.
//!
//! Bytes under keys that are not ours (SSE-KMS, DSSE-KMS, SSE-C) cannot be opened behind, so they are neither compressed nor copied: they move
//! as they are, and back for as long as they are restored. Those that are archived as they come are compressed before they are sealed. What is small and has no volume to go to stays where it is.

use body::Body;
use store::{BlobGuard, BlobRef, Place as Spot, PlaceError, ReadError, Row, Snapshot, Store};

use super::buckets::is_same;
use super::contents::drop_extents;
use super::measure::{Gathered, gather};
use super::packing::pack;
use super::sealing::{Sealing, payload_of, plain_bytes, seal_body, seal_small};
use super::versions::{At, Found, Head, rewrite};
use super::{ATTEMPTS_MAX, Draft, Error, S3};
use crate::tables::{
    ARRANGED, ArchiveTier, Arranged, ArrangedTo, BUCKETS, Bucket, Contents, Encryption, Extent, Home, Id,
    Kept, LAYOUTS, Layout, MOVES, Move, MoveKey, Name, OBJECTS, Object, ObjectKey, PARTS, Part, PartKey,
    RestoredCopy, StorageClass, VERSIONS, VersionKey,
};

/// Smaller objects are not worth packing: a block of a disk is as large.
pub const PACKED_BYTES_MIN: u64 = 4 << 10;
/// Plain bytes of parts that move in one commit, at least.
const BATCH_BYTES: u64 = 64 << 20;
/// Parts that move in one commit, at most.
const BATCH_PARTS: usize = 256;
/// Rows of [`MOVES`] read at once.
const PAGE: usize = 256;
/// Objects looked through in one commit, when volumes are added.
const SLICE: usize = 1_000;

impl Home {
    /// Every home that may have a volume of its own.
    pub const OTHERS: [Self; 9] = [
        Self::ReducedRedundancy,
        Self::StandardIa,
        Self::OnezoneIa,
        Self::IntelligentTiering,
        Self::GlacierIr,
        Self::Glacier,
        Self::DeepArchive,
        Self::ArchiveAccess,
        Self::DeepArchiveAccess,
    ];

    /// What its volume is called: AWS's name of the class or tier.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Arrival => "STANDARD",
            Self::ReducedRedundancy => "REDUCED_REDUNDANCY",
            Self::StandardIa => "STANDARD_IA",
            Self::OnezoneIa => "ONEZONE_IA",
            Self::IntelligentTiering => "INTELLIGENT_TIERING",
            Self::GlacierIr => "GLACIER_IR",
            Self::Glacier => "GLACIER",
            Self::DeepArchive => "DEEP_ARCHIVE",
            Self::ArchiveAccess => "ARCHIVE_ACCESS",
            Self::DeepArchiveAccess => "DEEP_ARCHIVE_ACCESS",
        }
    }

    /// Whether bytes are packed there.
    const fn packs(self) -> bool {
        match self {
            Self::Glacier | Self::DeepArchive | Self::ArchiveAccess | Self::DeepArchiveAccess => true,
            Self::Arrival
            | Self::ReducedRedundancy
            | Self::StandardIa
            | Self::OnezoneIa
            | Self::IntelligentTiering
            | Self::GlacierIr => false,
        }
    }
}

/// Which homes have volumes of their own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Homes(u16);

impl Homes {
    /// Those of a store.
    pub fn of(store: &dyn Store) -> Self {
        let has = |home: &Home| home.name().parse().is_ok_and(|volume| store.has_volume(volume));
        Self(Home::OTHERS.iter().filter(|home| has(home)).fold(0, |set, home| set | 1 << *home as u16))
    }

    /// Whether it has one.
    pub const fn have(self, home: Home) -> bool {
        self.0 & 1 << home as u16 != 0
    }

    /// The names of those that have one.
    pub fn names(self) -> Vec<String> {
        Home::OTHERS.into_iter().filter(|home| self.have(*home)).map(|home| home.name().to_owned()).collect()
    }

    /// Where an object's bytes belong.
    pub fn home_of(self, object: &Object) -> Home {
        let home = match object.attributes.class {
            StorageClass::Standard => Home::Arrival,
            StorageClass::ReducedRedundancy => Home::ReducedRedundancy,
            StorageClass::StandardIa => Home::StandardIa,
            StorageClass::OnezoneIa => Home::OnezoneIa,
            StorageClass::GlacierIr => Home::GlacierIr,
            StorageClass::Glacier => Home::Glacier,
            StorageClass::DeepArchive => Home::DeepArchive,
            // What is being restored comes back for good.
            StorageClass::IntelligentTiering if object.placement.restore.is_some() => {
                Home::IntelligentTiering
            }
            StorageClass::IntelligentTiering => match object.placement.tier {
                None => Home::IntelligentTiering,
                Some(ArchiveTier::Archive) => Home::ArchiveAccess,
                Some(ArchiveTier::DeepArchive) => Home::DeepArchiveAccess,
            },
        };
        let worth_it =
            self.have(home) || (home.packs() && object.bytes >= PACKED_BYTES_MIN && object.is_ours());
        let is_back = home.packs() && !object.is_ours() && object.placement.restore.is_some();
        if worth_it && !is_back && object.bytes > 0 { home } else { Home::Arrival }
    }

    /// Whether a copy may refer to the bytes its source is read from. Bytes of different homes are not shared, lest one drag the other along;
    /// what is packed is written anew anyway.
    pub fn may_share(self, source: &Object, target: &Object) -> bool {
        let (from, to) = (source.placement.home, self.home_of(target));
        source.copy().is_some() || from == to || (from == Home::Arrival && to.packs())
    }

    /// Whether something is to be done about an object: its bytes, or its readable copy.
    pub fn want(self, object: &Object) -> bool {
        self.home_of(object) != object.placement.home || object.wants_copy()
    }
}

impl Object {
    /// Whether its bytes are sealed under keys of S3's own, and can be opened behind.
    const fn is_ours(&self) -> bool {
        match self.encryption {
            Encryption::Managed(_) => true,
            Encryption::Open | Encryption::Kms(_) | Encryption::Dual(..) | Encryption::Customer(_) => false,
        }
    }

    /// Its readable copy, if one was made.
    pub fn copy(&self) -> Option<RestoredCopy> {
        self.placement.restore.and_then(|restore| restore.copy)
    }

    /// Whether it is to have a readable copy and has none.
    fn wants_copy(&self) -> bool {
        let is_restored = self.attributes.class.is_archive() && self.placement.restore.is_some();
        is_restored && self.is_ours() && self.placement.home.packs() && self.copy().is_none()
    }
}

impl Draft {
    /// Notes what is to be done about an object that the draft writes.
    pub(super) fn note_home(&mut self, bucket: Id, key: &str, object: &Object) {
        if !self.homes.want(object) {
            return;
        }
        let Some(name) = self.name.clone() else { return };
        let at = MoveKey { bucket, key: key.to_owned(), version: object.version };
        self.commit.put(MOVES, &at, &Move { bucket: name });
        self.moves = true;
    }
}

/// Bytes that were written anew, and that nothing refers to yet.
struct Fresh {
    blob: BlobRef,
    /// They travel in the commit.
    inline: Option<bytes::Bytes>,
    /// How many were sealed.
    bytes: u64,
    guard: Option<BlobGuard>,
}

impl Fresh {
    /// As the only piece of what it was written for.
    fn extent(&self, bytes: u64, home: Home, sealing: &Sealing) -> Extent {
        Extent {
            blob: self.blob,
            start: 0,
            bytes,
            seal: sealing.seal(),
            blob_bytes: self.bytes,
            packed: home.packs(),
        }
    }

    fn refer(&mut self, draft: &mut Draft) {
        match self.inline.take() {
            Some(bytes) => _ = draft.commit.new_blob(self.blob, bytes),
            None => _ = draft.commit.count_blob(self.blob, 1),
        }
        draft.guards.extend(self.guard.take());
    }
}

/// What became of a step.
enum Step {
    /// It was done, or somebody else was faster: look again.
    Again,
    /// Nothing is left but to place what is there.
    Settled,
    /// Somebody reads what would go.
    Later,
}

impl S3 {
    /// Brings everything where it belongs. What fails does not keep the rest from it and stays for the next time; the first error is returned
    /// at the end.
    pub(crate) async fn arrange(&self, stop: Option<&service::Stop>) -> Result<(), Error> {
        let mut first_error = None;
        let (mut start, end) = MOVES.prefix(|_| {});
        loop {
            let page = MOVES.scan(&*self.snapshot(), (start, end.clone()), PAGE).await?;
            let Some((last, _)) = page.last() else { return first_error.map_or(Ok(()), Err) };
            start = store::key_after(&MOVES.key(last));
            for (key, row) in page {
                if stop.is_some_and(service::Stop::is_asked) {
                    return Ok(());
                }
                if let Err(error) = self.arrange_one(&key, row).await {
                    first_error.get_or_insert(error);
                }
            }
        }
    }

    async fn arrange_one(&self, key: &MoveKey, first: Row<Move>) -> Result<(), Error> {
        let mut row = Some(first);
        for _ in 0..ATTEMPTS_MAX {
            let Some(seen) = row else { return Ok(()) };
            let snapshot = self.snapshot();
            let ruled = self.find_ruled(&*snapshot, key.bucket, &seen.value.bucket).await?;
            let found = match &ruled {
                Some(ruled) => self.find_exact(&*snapshot, &ruled.bucket.value, key).await?,
                None => None,
            };
            let Some((ruled, found)) = ruled.zip(found) else {
                return self.forget_move(key, &seen).await.map(drop);
            };
            match self.step(&*snapshot, &ruled.name, &ruled.bucket, found.clone()).await? {
                Step::Again => {}
                Step::Later => {
                    return Err(Error::Unavailable("somebody reads what is to be archived".to_owned()));
                }
                Step::Settled if self.place(&*snapshot, &found).await? => {
                    if self.forget_move(key, &seen).await? {
                        return Ok(());
                    }
                }
                Step::Settled => {}
            }
            row = MOVES.get(&*self.snapshot(), key).await?;
        }
        Err(S3::too_contended())
    }

    async fn forget_move(&self, key: &MoveKey, seen: &Row<Move>) -> Result<bool, Error> {
        let mut draft = self.draft();
        draft.commit.unchanged(MOVES, key, Some(seen)).delete(MOVES, key);
        self.settle(draft).await
    }

    /// This very version, if it is there and an object.
    pub(super) async fn find_exact(
        &self,
        snapshot: &dyn Snapshot,
        bucket: &Bucket,
        key: &MoveKey,
    ) -> Result<Option<Found>, Error> {
        match self.head(snapshot, bucket, &key.key).await? {
            Head::Object(row) if row.value.version == key.version => {
                let at = ObjectKey { bucket: key.bucket, key: key.key.clone() };
                Ok(Some(Found { at: At::Head(at), row }))
            }
            Head::Object(_) | Head::Marker(_) | Head::Nothing => {
                let at = VersionKey { bucket: key.bucket, key: key.key.clone(), version: key.version };
                let Some(Row { version, value }) = VERSIONS.get(snapshot, &at).await? else {
                    return Ok(None);
                };
                Ok(match value.what {
                    Kept::Object(object) => {
                        Some(Found { at: At::Below(at, value.since), row: Row { version, value: object } })
                    }
                    Kept::Marker(_) => None,
                })
            }
        }
    }

    /// Does the next thing there is to do about a version.
    async fn step(
        &self,
        snapshot: &dyn Snapshot,
        name: &str,
        bucket: &Row<Bucket>,
        found: Found,
    ) -> Result<Step, Error> {
        let object = &found.row.value;
        let (home, was) = (self.homes.home_of(object), object.placement.home);
        if home == was && !object.wants_copy() {
            return Ok(Step::Settled);
        }
        let mut draft = self.draft();
        draft.commit.check(is_same(name, bucket));
        self.note_rules(&mut draft, name, bucket).await?;
        if home == was {
            return self.make_copy(draft, &found).await;
        }
        if object.is_ours() && home.packs() != was.packs() {
            return self.move_home(snapshot, draft, &found, home).await;
        }
        // The bytes stay as they are; they are placed elsewhere next.
        let mut object = object.clone();
        object.placement.home = home;
        rewrite(&mut draft, &found, object);
        self.settle(draft).await?;
        Ok(Step::Again)
    }

    /// Writes an object's bytes anew as they are kept in a home.
    async fn move_home(
        &self,
        snapshot: &dyn Snapshot,
        mut draft: Draft,
        found: &Found,
        home: Home,
    ) -> Result<Step, Error> {
        let mut object = found.row.value.clone();
        let sealing = self.managed();
        let contents = &found.row.value.contents;
        match contents {
            Contents::Empty => {}
            Contents::Parts { upload, .. } => {
                return self.move_parts(draft, found, *upload, home, &sealing).await;
            }
            Contents::Blob(_) | Contents::Layout(_) => {
                let opener = self.own_opener();
                let Some(body) = self.read_contents(found, 0..object.bytes, &opener).await? else {
                    return Ok(Step::Again);
                };
                let mut fresh = self.write_fresh(body, home.packs(), &sealing).await?;
                fresh.refer(&mut draft);
                object.contents = if home.packs() {
                    let id = self.new_id();
                    let extents = vec![fresh.extent(object.bytes, home, &sealing)];
                    draft.commit.put(LAYOUTS, &id, &Layout { extents });
                    Contents::Layout(id)
                } else {
                    Contents::Blob(fresh.blob)
                };
                object.encryption = sealing.encryption.clone();
                self.let_go_of_contents(snapshot, &mut draft, contents).await?;
            }
        }
        object.placement.home = home;
        rewrite(&mut draft, found, object);
        self.settle(draft).await?;
        Ok(Step::Again)
    }

    /// Writes some parts of an object anew; after the last its home is the new one.
    async fn move_parts(
        &self,
        mut draft: Draft,
        found: &Found,
        upload: Id,
        home: Home,
        sealing: &Sealing,
    ) -> Result<Step, Error> {
        let mut object = found.row.value.clone();
        let Some((batch, ended)) = self.write_parts(&object, upload, home, sealing).await? else {
            return Ok(Step::Again);
        };
        // Nobody may read on from what goes now.
        let Some(held) = self.pins.claim(upload) else { return Ok(Step::Later) };
        draft.held.push(held);
        for (at, row, mut fresh) in batch {
            fresh.refer(&mut draft);
            drop_extents(&mut draft, &row.value.extents);
            let extents = vec![fresh.extent(row.value.bytes, home, sealing)];
            let part = Part { extents, ..row.value.clone() };
            draft.commit.unchanged(PARTS, &at, Some(&row)).put(PARTS, &at, &part);
        }
        if ended {
            object.placement.home = home;
            object.encryption = sealing.encryption.clone();
        }
        // Written also if nothing of it changes: whoever looked at the parts before begins again.
        rewrite(&mut draft, found, object);
        self.settle(draft).await?;
        Ok(Step::Again)
    }

    /// Parts whose bytes were written anew, and whether they are the last. `None` if the object changes meanwhile.
    async fn write_parts(
        &self,
        object: &Object,
        upload: Id,
        home: Home,
        sealing: &Sealing,
    ) -> Result<Option<(Vec<(PartKey, Row<Part>, Fresh)>, bool)>, Error> {
        let Some(_pin) = self.pins.pin(upload) else {
            self.pins.settled(upload).await;
            return Ok(None);
        };
        let opener = self.own_opener();
        let mut batch = Vec::new();
        let mut batch_bytes = 0;
        for (number, _) in object.contents.part_ranges() {
            let at = PartKey { upload, number };
            let Some(row) = PARTS.get(&*self.snapshot(), &at).await? else { return Ok(None) };
            if row.value.extents.iter().all(|extent| extent.packed == home.packs()) {
                continue;
            }
            if batch.len() >= BATCH_PARTS || batch_bytes >= BATCH_BYTES {
                return Ok(Some((batch, false)));
            }
            batch_bytes += row.value.bytes;
            let body = self.read_pieces(row.value.extents.clone(), row.value.bytes, &opener);
            let fresh = self.write_fresh(body, home.packs(), sealing).await?;
            batch.push((at, row, fresh));
        }
        Ok(Some((batch, true)))
    }

    /// Makes the readable copy of an archived object.
    async fn make_copy(&self, mut draft: Draft, found: &Found) -> Result<Step, Error> {
        let mut object = found.row.value.clone();
        let (sealing, opener) = (self.managed(), self.own_opener());
        let Some(body) = self.read_contents(found, 0..object.bytes, &opener).await? else {
            return Ok(Step::Again);
        };
        let mut fresh = self.write_fresh(body, false, &sealing).await?;
        fresh.refer(&mut draft);
        if let Some(restore) = &mut object.placement.restore {
            restore.copy = Some(RestoredCopy { blob: fresh.blob, seal: sealing.seal() });
        }
        rewrite(&mut draft, found, object);
        self.settle(draft).await?;
        Ok(Step::Again)
    }

    /// Writes bytes, packed or not, and sealed.
    async fn write_fresh(&self, body: Body, packed: bool, sealing: &Sealing) -> Result<Fresh, Error> {
        let body = if packed { pack(body) } else { body };
        let blob = BlobRef(self.random.u128());
        let layers = sealing.keys.layers();
        Ok(match gather(body, payload_of(layers)).await? {
            Gathered::Whole(bytes) => {
                let inline = Some(seal_small(&sealing.keys, blob, &bytes));
                Fresh { blob, inline, bytes: bytes.len() as u64, guard: None }
            }
            Gathered::Stream(body) => {
                let sealed = seal_body(&sealing.keys, blob, body);
                let (stored, guard) = self.store().put_named_blob(blob, sealed).await?;
                Fresh { blob, inline: None, bytes: plain_bytes(layers, stored.bytes), guard: Some(guard) }
            }
        })
    }

    /// Brings the blobs of an object to the volume of its home. False if it changed meanwhile.
    async fn place(&self, snapshot: &dyn Snapshot, found: &Found) -> Result<bool, Error> {
        let object = &found.row.value;
        let home = object.placement.home;
        if self.homes == Homes::default() {
            return Ok(true);
        }
        let spot = match home {
            Home::Arrival => Spot::default(),
            other => self.store().place_for(other.name(), false),
        };
        for extent in self.kept_extents(snapshot, object).await? {
            match self.store().place_blob(extent.blob, spot).await {
                Ok(()) => {}
                Err(PlaceError::Read(ReadError::NoBlob(_))) => return Ok(false),
                Err(PlaceError::Full) => return Err(Error::Full),
                Err(
                    error @ (PlaceError::Read(_)
                    | PlaceError::NoVolume(_)
                    | PlaceError::Busy
                    | PlaceError::Disk(_)
                    | PlaceError::Commit(_)),
                ) => return Err(Error::Unavailable(error.to_string())),
            }
        }
        Ok(true)
    }

    /// Looks through all objects once for each set of volumes, for those that belong elsewhere now. In slices; it may stop anywhere.
    pub(crate) async fn arrange_volumes(&self, stop: Option<&service::Stop>) -> Result<(), Error> {
        let volumes = self.homes.names();
        loop {
            if stop.is_some_and(service::Stop::is_asked) {
                return Ok(());
            }
            let snapshot = self.snapshot();
            let row = ARRANGED.get(&*snapshot, &Id(0)).await?;
            let at = match row.as_ref().map(|row| &row.value) {
                Some(arranged) if arranged.volumes == volumes => match &arranged.at {
                    Some(at) => at.clone(),
                    None => return Ok(()),
                },
                Some(_) | None => ArrangedTo::default(),
            };
            let mut draft = self.draft();
            let at = self.arrange_slice(&*snapshot, &mut draft, at).await?;
            let next = Arranged { volumes: volumes.clone(), at };
            draft.commit.unchanged(ARRANGED, &Id(0), row.as_ref()).put(ARRANGED, &Id(0), &next);
            self.settle(draft).await?;
        }
    }

    /// Notes what some objects want, from a place on. Returns where to go on.
    async fn arrange_slice(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        at: ArrangedTo,
    ) -> Result<Option<ArrangedTo>, Error> {
        let (_, end) = BUCKETS.prefix(|_| {});
        let start = BUCKETS.key(&Name(at.bucket.clone()));
        let page = BUCKETS.scan(snapshot, (start, end), 2).await?;
        let mut page = page.into_iter();
        let Some((Name(name), bucket)) = page.next() else { return Ok(None) };
        let at = if name == at.bucket { at } else { ArrangedTo { bucket: name, ..ArrangedTo::default() } };
        draft.name = Some(at.bucket.clone());
        let id = bucket.value.id;
        let after = |(start, end): (store::Key, store::Key)| {
            (if at.passed.is_empty() { start } else { store::key_after(&at.passed) }, end)
        };
        let note = |draft: &mut Draft, key: &str, object: &Object| {
            let home = self.homes.home_of(object);
            if home != Home::Arrival && self.homes.have(home) {
                let at = MoveKey { bucket: id, key: key.to_owned(), version: object.version };
                let name = draft.name.clone().unwrap_or_default();
                draft.commit.put(MOVES, &at, &Move { bucket: name });
            } else {
                draft.note_home(id, key, object);
            }
        };
        let passed = if at.older {
            let range = after(VERSIONS.prefix(|key| _ = key.u128(id.0)));
            let rows = VERSIONS.scan(snapshot, range, SLICE).await?;
            for (key, row) in &rows {
                if let Kept::Object(object) = &row.value.what {
                    note(draft, &key.key, object);
                }
            }
            rows.last().map(|(key, _)| VERSIONS.key(key).to_vec())
        } else {
            let range = after(OBJECTS.prefix(|key| _ = key.u128(id.0)));
            let rows = OBJECTS.scan(snapshot, range, SLICE).await?;
            for (key, row) in &rows {
                note(draft, &key.key, &row.value);
            }
            rows.last().map(|(key, _)| OBJECTS.key(key).to_vec())
        };
        Ok(match (passed, at.older) {
            (Some(passed), _) => Some(ArrangedTo { passed, ..at }),
            (None, false) => Some(ArrangedTo { older: true, passed: Vec::new(), ..at }),
            (None, true) => {
                page.next().map(|(Name(bucket), _)| ArrangedTo { bucket, ..ArrangedTo::default() })
            }
        })
    }
}

#[cfg(test)]
#[path = "homes_tests.rs"]
mod tests;
