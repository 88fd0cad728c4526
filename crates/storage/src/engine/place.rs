//! Moving a blob's bytes to another place: another volume, deflated or not.
//!
//! The bytes are written anew, in a file with the next number, and synced with its name. Then one commit changes the blob's row, on the
//! condition that it is as it was read, and leaves a row behind that says what was left; the mover removes that. So a crash at any moment
//! leaves the old place or the new one in the row, both whole until then. A file that no row came to name is removed at the next start. Readers
//! that still hold the old place find it gone, at worst, and look at the row again.

use std::sync::Arc;

use bytes::Bytes;
use store::{
    BlobRef, Check, Commit, CommitError, CommitId, Place, PlaceError, ReadError, Version, Volume, Write,
};

use super::Embedded;
use super::shared::Shared;
use crate::blobs::{Blobs, FileAt, packs};
use crate::index::rows::{self, BlobPlace, BlobRow};

/// How often one begins again because the blob's row was changed, or its bytes moved, meanwhile.
const ATTEMPTS: usize = 100;

impl Embedded {
    /// See [`store::Store::place_blob`].
    pub(super) async fn place(&self, blob: BlobRef, place: Place) -> Result<(), PlaceError> {
        if let Some(volume) = place.volume.filter(|volume| !self.is_volume(*volume)) {
            return Err(PlaceError::NoVolume(volume));
        }
        let permit = self.moves.clone().acquire_owned().await.expect("the permits are never closed");
        let (shared, blobs) = (self.shared.clone(), self.blobs.clone());
        let work = move || {
            let _permit = permit;
            let moving = shared.begin_move(blob).ok_or(PlaceError::Busy)?;
            let moved = Move { shared: &shared, blobs: &blobs, blob, place }.run();
            drop(moving);
            moved.inspect_err(|error| {
                if let PlaceError::Read(error) = error {
                    shared.note_corrupt(error);
                }
            })
        };
        self.blobs.writers().run(work).await
    }

    /// Volumes that blobs may lie on since an earlier start, and that were not named this time.
    pub fn volumes_left_out(&self) -> Result<Vec<Volume>, ReadError> {
        let (start, end) = rows::volumes();
        let scan = store::Scan { start, end, reverse: false, limit: usize::MAX };
        let known = self.shared.state().scan(&scan)?;
        let known = known.iter().filter_map(|(key, _)| rows::volume_of(key));
        Ok(known.filter(|volume| !self.is_volume(*volume)).collect())
    }

    /// See [`store::Store::has_volume`].
    pub(super) fn is_volume(&self, volume: Volume) -> bool {
        self.blobs.volumes().disk(Some(volume)).is_some()
    }
}

/// A blob that is being moved; over when dropped.
pub struct Moving {
    shared: Arc<Shared>,
    blob: BlobRef,
}

impl Moving {
    /// For [`Shared::begin_move`] alone.
    pub(super) fn new(shared: Arc<Shared>, blob: BlobRef) -> Self {
        Self { shared, blob }
    }
}

impl Drop for Moving {
    fn drop(&mut self) {
        self.shared.end_move(self.blob);
    }
}

struct Move<'m> {
    shared: &'m Shared,
    blobs: &'m Blobs,
    blob: BlobRef,
    place: Place,
}

impl Move<'_> {
    fn run(&self) -> Result<(), PlaceError> {
        let mut seen = None;
        for _ in 0..ATTEMPTS {
            let (_, row) = self.row()?;
            if row.place.is_at(self.place) {
                return Ok(());
            }
            let to = FileAt { volume: self.place.volume, blob: self.blob, number: row.place.next_number() };
            match self.copy(&row.place, to) {
                Ok(file_bytes) => {
                    if self.name(row.place, to, file_bytes)? {
                        return Ok(());
                    }
                }
                // It was moved meanwhile, unless its row still says the same.
                Err(PlaceError::Read(error)) if seen == Some(row.place) => {
                    return Err(PlaceError::Read(error));
                }
                Err(PlaceError::Read(_)) => seen = Some(row.place),
                Err(error) => return Err(error),
            }
        }
        Err(PlaceError::Busy)
    }

    fn row(&self) -> Result<(u64, BlobRow), PlaceError> {
        let row = self.shared.state().get(&rows::blob_key(self.blob))?;
        let found =
            row.and_then(|row| Some((row.version, row.value?))).ok_or(ReadError::NoBlob(self.blob))?;
        Ok((found.0, rows::decode(&found.1)?))
    }

    /// Writes the blob anew; returns the bytes of the file.
    fn copy(&self, from: &BlobPlace, to: FileAt) -> Result<u64, PlaceError> {
        let compressed = self.place.compressed;
        match *from {
            BlobPlace::Journal { at, bytes, crc } => {
                self.blobs.copy_bytes(&self.journal(at, bytes, crc)?, to, compressed)
            }
            BlobPlace::Pack { pack, at, bytes, .. } => {
                let place = packs::Place { pack, offset: at };
                let found = self.blobs.read_packed(self.blob, place, u64::from(bytes))?;
                self.blobs.copy_bytes(&found, to, compressed)
            }
            BlobPlace::File { .. } | BlobPlace::Copy { .. } => {
                let file = from.file(self.blob).expect("these places are files");
                self.blobs.copy_file(file, to, compressed)
            }
        }
    }

    fn journal(&self, at: u64, bytes: u32, crc: u32) -> Result<Bytes, ReadError> {
        let lost = || ReadError::Corrupt(format!("blob in the journal at place `{at}`"));
        let (segment, offset) = self.shared.segments.at(at).ok_or_else(lost)?;
        let mut found = vec![0; bytes as usize];
        let failed = |error| ReadError::Disk(format!("journal at place `{at}`: {error}"));
        segment.file().read_exact_at(offset, &mut found).map_err(failed)?;
        if crc32c::crc32c(&found) == crc { Ok(found.into()) } else { Err(lost()) }
    }

    /// Lets the blob's row name the new file. False, and the file is gone, when the bytes were moved meanwhile.
    fn name(&self, from: BlobPlace, to: FileAt, file_bytes: u64) -> Result<bool, PlaceError> {
        let deflated = self.place.compressed.then_some(file_bytes);
        let place = BlobPlace::Copy { volume: to.volume, number: to.number, bytes: from.bytes(), deflated };
        for _ in 0..ATTEMPTS {
            let (version, row) = match self.row() {
                Ok(found) if found.1.place == from => found,
                Ok(_) => {
                    self.forget(to);
                    return Ok(false);
                }
                Err(error) => {
                    self.forget(to);
                    return Err(error);
                }
            };
            match self.shared.commit_own(self.commit(version, BlobRow { place, ..row }, from, to.number)) {
                Ok(_) => {
                    self.shared.mover.ring();
                    return Ok(true);
                }
                // Somebody counted it.
                Err(CommitError::Check { .. }) => {}
                // The row may name the file: only a start can tell.
                Err(CommitError::Unknown(why)) => return Err(PlaceError::Commit(why)),
                Err(error) => {
                    self.forget(to);
                    return Err(PlaceError::Commit(error.to_string()));
                }
            }
        }
        self.forget(to);
        Err(PlaceError::Busy)
    }

    fn commit(&self, version: u64, row: BlobRow, from: BlobPlace, number: u32) -> Commit {
        let key = rows::blob_key(self.blob);
        let mut commit = Commit::new(CommitId(self.shared.own_id()));
        commit.check(Check::VersionIs(key.clone(), Version(version)));
        commit.writes.push(Write { key, value: Some(rows::encode(&row)) });
        match from {
            // The mover leaves it where it is.
            BlobPlace::Journal { .. } => {}
            BlobPlace::Pack { .. } | BlobPlace::File { .. } | BlobPlace::Copy { .. } => {
                let left = rows::left_blob_key(self.blob, number);
                commit.writes.push(Write { key: left, value: Some(rows::encode(&from)) });
            }
        }
        commit
    }

    /// Removes a file that no row names.
    fn forget(&self, file: FileAt) {
        if let Err(error) = self.blobs.remove_file(file) {
            tracing::warn!(%error, file = file.path(), "a copy that is not needed stays until the next start");
        }
    }
}
