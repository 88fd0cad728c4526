//! Where an object's bytes lie: reading them in order, and letting go of them.
//!
//! Bytes are not copied to make an object out of parts, or of objects encrypted alike: contents name blobs, or rows that name pieces of blobs, and the
//! store counts the references. Whoever replaces or deletes an object drops its references in the same commit, unless there are too many
//! for one commit or somebody is reading them: then a row in `DROPS` leaves them to the sweep. Pieces of archived objects are packed
//! ([`super::packing`]); they are never sliced, and read through that where no readable copy was made yet.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use body::{Body, BodyError};
use bytes::Bytes;
use futures_util::stream;
use store::{BlobRef, ReadError, Row, Snapshot, Store};

use super::packing::{Packed, open_packed};
use super::pins::Pin;
use super::sealing::{Opener, open_blob};
use super::versions::Found;
use super::{Draft, Error, S3};
use crate::tables::{
    Contents, DROPS, Drop, Extent, Id, LAYOUTS, Layout, Object, PARTS, Part, PartKey, Run, Seal,
};

/// References one commit drops beside what else it does. Below `Bounds::ENTRIES` with room for the object's own rows.
const DROPPED_AT_ONCE_MAX: usize = 18_000;
/// Part rows fetched at once while reading.
const PARTS_PAGE: usize = 128;
/// Part rows fetched at once where all of them are needed.
pub(super) const ALL_PARTS_PAGE: usize = 1_000;

impl Contents {
    /// The id by which readers and droppers exclude each other; `None` where the store sees to it.
    fn shared_id(&self) -> Option<Id> {
        match self {
            Contents::Empty | Contents::Blob(_) => None,
            Contents::Layout(id) => Some(*id),
            Contents::Parts { upload, .. } => Some(*upload),
        }
    }

    /// How many parts there are; `None` for what was not put in parts.
    pub fn part_count(&self) -> Option<u32> {
        match self {
            Contents::Empty | Contents::Blob(_) | Contents::Layout(_) => None,
            Contents::Parts { runs, .. } => Some(runs.iter().map(|run| run.count).sum()),
        }
    }

    /// The parts' bounds in the object, in order, with their numbers in the upload.
    pub fn part_ranges(&self) -> impl Iterator<Item = (u32, Range<u64>)> + '_ {
        let runs: &[Run] = match self {
            Contents::Parts { runs, .. } => runs,
            Contents::Empty | Contents::Blob(_) | Contents::Layout(_) => &[],
        };
        let numbers =
            runs.iter().flat_map(|run| (run.first..run.first + run.count).map(|number| (number, run.bytes)));
        numbers.scan(0, |start, (number, bytes)| {
            let range = *start..*start + bytes;
            *start = range.end;
            Some((number, range))
        })
    }
}

/// Parts given by number and size, as runs.
pub(super) fn runs_of(parts: impl IntoIterator<Item = (u32, u64)>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (number, bytes) in parts {
        match runs.last_mut() {
            Some(run) if run.bytes == bytes && run.first + run.count == number => run.count += 1,
            Some(_) | None => runs.push(Run { first: number, count: 1, bytes }),
        }
    }
    runs
}

impl S3 {
    /// Bytes `range` of an object that was found. `None` if it was replaced or deleted meanwhile: look again.
    pub async fn read(
        &self,
        found: &Found,
        range: Range<u64>,
        opener: &Opener,
    ) -> Result<Option<Body>, Error> {
        if range.is_empty() {
            return Ok(Some(Body::empty()));
        }
        let object = &found.row.value;
        if let Some(copy) = object.copy() {
            let keys = opener.keys(copy.seal)?;
            return still_there(open_blob(&**self.store(), &keys, copy.blob, object.bytes, range).await);
        }
        self.read_contents(found, range, opener).await
    }

    /// As [`S3::read`], whether there is a readable copy or not.
    pub(super) async fn read_contents(
        &self,
        found: &Found,
        range: Range<u64>,
        opener: &Opener,
    ) -> Result<Option<Body>, Error> {
        let object = &found.row.value;
        let contents = &object.contents;
        if let Contents::Blob(blob) = contents {
            let keys = opener.keys(object.encryption.seal())?;
            return still_there(open_blob(&**self.store(), &keys, *blob, object.bytes, range).await);
        }
        let Some(id) = contents.shared_id() else {
            return Err(Error::Internal("an object without contents has a size".to_owned()));
        };
        let Some(pin) = self.pins.pin(id) else {
            self.pins.settled(id).await;
            return Ok(None);
        };
        // Only from here on do the pieces stay: what was found before may have gone.
        let snapshot = self.snapshot();
        if !self.is_still_there(&*snapshot, found).await? {
            return Ok(None);
        }
        let mut reader = Reader {
            store: self.store().clone(),
            opener: opener.clone(),
            _pin: Some(pin),
            parts: None,
            queue: VecDeque::new(),
            skip: range.start,
            left: range.end - range.start,
            open: None,
        };
        match contents {
            Contents::Layout(id) => reader.queue = layout(&*snapshot, *id).await?.into(),
            Contents::Parts { upload, runs } => {
                reader.parts = Some(PartCursor::new(*upload, runs, &mut reader.skip))
            }
            Contents::Empty | Contents::Blob(_) => {}
        }
        Ok(Some(reader.into_body()))
    }

    /// All bytes of pieces that stay while they are read.
    pub(super) fn read_pieces(&self, pieces: Vec<Extent>, bytes: u64, opener: &Opener) -> Body {
        let reader = Reader {
            store: self.store().clone(),
            opener: opener.clone(),
            _pin: None,
            parts: None,
            queue: pieces.into(),
            skip: 0,
            left: bytes,
            open: None,
        };
        reader.into_body()
    }

    /// All pieces in which an object's bytes are kept, in order.
    pub(super) async fn kept_extents(
        &self,
        snapshot: &dyn Snapshot,
        object: &Object,
    ) -> Result<Vec<Extent>, Error> {
        let bare = Object { placement: crate::tables::Placement::default(), ..object.clone() };
        Ok(self.extents(snapshot, &bare, usize::MAX).await?.unwrap_or_default())
    }

    /// All pieces an object is read from, in order; `None` if there are more than `most`.
    pub(super) async fn extents(
        &self,
        snapshot: &dyn Snapshot,
        object: &Object,
        most: usize,
    ) -> Result<Option<Vec<Extent>>, Error> {
        if let Some(copy) = object.copy() {
            return Ok(Some(vec![whole_blob(copy.blob, object.bytes, copy.seal)]));
        }
        let extents = match &object.contents {
            Contents::Empty => Vec::new(),
            Contents::Blob(blob) => vec![whole_blob(*blob, object.bytes, object.encryption.seal())],
            Contents::Layout(id) => layout(snapshot, *id).await?,
            Contents::Parts { upload, runs } => {
                let mut cursor = PartCursor::new(*upload, runs, &mut 0);
                let mut extents = Vec::new();
                while extents.len() <= most {
                    let page = cursor.page(snapshot, ALL_PARTS_PAGE).await?;
                    if page.is_empty() {
                        break;
                    }
                    extents.extend(page.into_iter().flat_map(|part| part.extents));
                }
                extents
            }
        };
        Ok((extents.len() <= most).then_some(extents))
    }

    /// Adds to the draft that nothing refers to what an object has any more.
    pub(super) async fn let_go(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        object: &Object,
    ) -> Result<(), Error> {
        if let Some(copy) = object.copy() {
            draft.commit.count_blob(copy.blob, -1);
        }
        self.let_go_of_contents(snapshot, draft, &object.contents).await
    }

    /// Adds to the draft that nothing refers to these contents any more.
    pub(super) async fn let_go_of_contents(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        contents: &Contents,
    ) -> Result<(), Error> {
        match contents {
            Contents::Empty => {}
            Contents::Blob(blob) => _ = draft.commit.count_blob(*blob, -1),
            Contents::Layout(id) => match self.pins.claim(*id) {
                Some(held) => {
                    draft.held.push(held);
                    let extents = layout(snapshot, *id).await?;
                    if has_room(draft, extents.len()) {
                        drop_extents(draft, &extents);
                        draft.commit.delete(LAYOUTS, id);
                    } else {
                        leave_to_sweep(draft, *id, Drop::Layout);
                    }
                }
                None => leave_to_sweep(draft, *id, Drop::Layout),
            },
            Contents::Parts { upload, .. } => match self.pins.claim(*upload) {
                Some(held) => {
                    draft.held.push(held);
                    self.let_go_of_parts(snapshot, draft, *upload).await?;
                }
                None => leave_to_sweep(draft, *upload, Drop::Parts),
            },
        }
        Ok(())
    }

    /// Adds to the draft that the pieces of a part go that is in no object. What does not fit in becomes a layout of its own for the sweep.
    pub(super) fn let_go_of_extents(&self, draft: &mut Draft, extents: &[Extent]) {
        if has_room(draft, extents.len()) {
            drop_extents(draft, extents);
        } else {
            let id = self.new_id();
            draft.commit.put(LAYOUTS, &id, &Layout { extents: extents.to_vec() });
            leave_to_sweep(draft, id, Drop::Layout);
        }
    }

    /// Adds to the draft that all parts of an upload go.
    pub(super) async fn let_go_of_parts(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        upload: Id,
    ) -> Result<(), Error> {
        let parts = all_parts(snapshot, upload).await?;
        let references: usize = parts.iter().map(|(_, part)| part.value.extents.len()).sum();
        if !has_room(draft, references.max(parts.len())) {
            leave_to_sweep(draft, upload, Drop::Parts);
            return Ok(());
        }
        for (key, part) in parts {
            drop_extents(draft, &part.value.extents);
            draft.commit.delete(PARTS, &key);
        }
        Ok(())
    }
}

/// The piece that is a blob of its own.
pub(super) const fn whole_blob(blob: BlobRef, bytes: u64, seal: Seal) -> Extent {
    Extent { blob, start: 0, bytes, seal, blob_bytes: bytes, packed: false }
}

/// A blob's bytes; `None` where it is gone.
fn still_there(opened: Result<Body, ReadError>) -> Result<Option<Body>, Error> {
    match opened {
        Ok(body) => Ok(Some(body)),
        Err(ReadError::NoBlob(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Whether so many more references and rows may go in the same commit. More are left to the sweep.
fn has_room(draft: &Draft, more: usize) -> bool {
    draft.commit.counts.len().max(draft.commit.writes.len()) + more <= DROPPED_AT_ONCE_MAX
}

pub(super) fn drop_extents(draft: &mut Draft, extents: &[Extent]) {
    for extent in extents {
        draft.commit.count_blob(extent.blob, -1);
    }
}

pub(super) fn leave_to_sweep(draft: &mut Draft, id: Id, what: Drop) {
    draft.commit.put(DROPS, &id, &what);
    draft.sweep = true;
}

async fn layout(snapshot: &dyn Snapshot, id: Id) -> Result<Vec<Extent>, Error> {
    let row = LAYOUTS.get(snapshot, &id).await?;
    row.map(|row| row.value.extents)
        .ok_or_else(|| Error::Internal(format!("layout `{:032x}` is missing", id.0)))
}

/// Every part of an upload, in order.
pub(super) async fn all_parts(
    snapshot: &dyn Snapshot,
    upload: Id,
) -> Result<Vec<(PartKey, Row<Part>)>, Error> {
    let mut all: Vec<(PartKey, Row<Part>)> = Vec::new();
    let (mut start, end) = PARTS.prefix(|key| {
        key.u128(upload.0);
    });
    loop {
        let page = PARTS.scan(snapshot, (start, end.clone()), ALL_PARTS_PAGE).await?;
        let ended = page.len() < ALL_PARTS_PAGE;
        all.extend(page);
        match all.last() {
            Some((last, _)) if !ended => start = store::key_after(&PARTS.key(last)),
            Some(_) | None => return Ok(all),
        }
    }
}

/// Walks the parts that make up an object.
struct PartCursor {
    upload: Id,
    /// What is left, in order.
    runs: VecDeque<Run>,
}

impl PartCursor {
    /// Stands before the part that holds byte `skip`, which becomes the number of bytes to skip in that part.
    fn new(upload: Id, runs: &[Run], skip: &mut u64) -> Self {
        let mut runs: VecDeque<Run> = runs.iter().copied().collect();
        while let Some(run) = runs.front_mut() {
            let whole = run.bytes * u64::from(run.count);
            if *skip >= whole {
                *skip -= whole;
                runs.pop_front();
                continue;
            }
            let parts = u32::try_from(*skip / run.bytes).expect("it is below the run's number of parts");
            *skip %= run.bytes;
            run.first += parts;
            run.count -= parts;
            break;
        }
        Self { upload, runs }
    }

    /// The next parts, at most `limit` and at least one; none at the end.
    async fn page(&mut self, snapshot: &dyn Snapshot, limit: usize) -> Result<Vec<Part>, ReadError> {
        let Some(run) = self.runs.front_mut() else { return Ok(Vec::new()) };
        let key = |number| PARTS.key(&PartKey { upload: self.upload, number });
        let range = (key(run.first), key(run.first + run.count));
        let rows = PARTS.scan(snapshot, range, limit.min(run.count as usize)).await?;
        let consecutive = rows
            .iter()
            .zip(run.first..)
            .all(|((key, row), number)| key.number == number && row.value.bytes == run.bytes);
        if rows.is_empty() || !consecutive {
            return Err(ReadError::Corrupt(format!("parts of upload `{:032x}` are missing", self.upload.0)));
        }
        let taken = u32::try_from(rows.len()).expect("it is at most the run's number of parts");
        run.first += taken;
        run.count -= taken;
        if run.count == 0 {
            self.runs.pop_front();
        }
        Ok(rows.into_iter().map(|(_, row)| row.value).collect())
    }
}

/// Reads pieces one after another, opening each when its turn comes.
struct Reader {
    store: Arc<dyn Store>,
    opener: Opener,
    _pin: Option<Pin>,
    parts: Option<PartCursor>,
    queue: VecDeque<Extent>,
    skip: u64,
    left: u64,
    open: Option<Body>,
}

impl Reader {
    fn into_body(self) -> Body {
        let length = self.left;
        let pieces = stream::try_unfold(self, |mut reader| async move {
            Ok(reader.next().await?.map(|piece| (piece, reader)))
        });
        Body::from_stream(pieces, Some(length))
    }

    async fn next(&mut self) -> Result<Option<Bytes>, BodyError> {
        let unreadable = |error: ReadError| BodyError::Storage(error.to_string());
        while self.left > 0 {
            if let Some(body) = &mut self.open {
                match body.next().await.transpose()? {
                    Some(piece) => {
                        self.left = self.left.saturating_sub(piece.len() as u64);
                        return Ok(Some(piece));
                    }
                    None => self.open = None,
                }
                continue;
            }
            let Some(extent) = self.queue.pop_front() else {
                self.fetch().await.map_err(unreadable)?;
                continue;
            };
            if self.skip >= extent.bytes {
                self.skip -= extent.bytes;
                continue;
            }
            let start = extent.start + self.skip;
            let end = (extent.start + extent.bytes).min(start + self.left);
            self.skip = 0;
            let keys = self.opener.keys(extent.seal).map_err(unreadable)?;
            let body = if extent.packed {
                let (blob, packed_bytes, bytes) = (extent.blob, extent.blob_bytes, extent.bytes);
                open_packed(&*self.store, &keys, Packed { blob, packed_bytes, bytes }, start..end).await
            } else {
                open_blob(&*self.store, &keys, extent.blob, extent.blob_bytes, start..end).await
            };
            self.open = Some(body.map_err(unreadable)?);
        }
        Ok(None)
    }

    /// A snapshot of its own for each page: a slow reader must not hold an old one.
    async fn fetch(&mut self) -> Result<(), ReadError> {
        let ended = || ReadError::Corrupt("an object's pieces are shorter than the object".to_owned());
        let cursor = self.parts.as_mut().ok_or_else(ended)?;
        let page = cursor.page(&*self.store.snapshot(), PARTS_PAGE).await?;
        if page.is_empty() {
            return Err(ended());
        }
        self.queue.extend(page.into_iter().flat_map(|part| part.extents));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn equal_neighbours_make_a_run() {
        let parts = [(1, 5), (2, 5), (4, 5), (5, 3)];
        let runs = runs_of(parts);
        assert_eq!(runs.len(), 3);
        let contents = Contents::Parts { upload: Id(1), runs };
        assert_eq!(contents.part_count(), Some(4));
        let ranges: Vec<_> = contents.part_ranges().collect();
        assert_eq!(ranges, [(1, 0..5), (2, 5..10), (4, 10..15), (5, 15..18)]);
    }

    proptest! {
        #[test]
        fn a_cursor_stands_where_its_byte_is(sizes in prop::collection::vec(0u64..4, 1..20), at in 0u64..60) {
            let parts: Vec<(u32, u64)> = (1..).zip(sizes.iter().copied()).collect();
            let mut skip = at;
            let cursor = PartCursor::new(Id(1), &runs_of(parts.clone()), &mut skip);
            let total: u64 = sizes.iter().sum();
            match cursor.runs.front() {
                None => prop_assert!(at >= total),
                Some(run) => {
                    let before: u64 = parts.iter().filter(|(number, _)| *number < run.first).map(|(_, bytes)| bytes).sum();
                    prop_assert_eq!(before + skip, at);
                    prop_assert!(skip < run.bytes);
                }
            }
        }
    }
}
