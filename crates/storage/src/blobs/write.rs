//! Streaming a body into a file: one buffer fills while the one before it is written.
//!
//! A blob that fits one buffer is created, written and synced in a single visit to the disk's threads; larger ones are written a
//! mebibyte at a time. The directory is synced beside that, from the moment the file has its name: one after the other they take nearly
//! twice as long. The file belongs to a [`Draft`] until it is complete; a draft that is dropped removes its file, behind
//! any write still under way.

use std::io;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard};

use body::Body;
use store::{BlobError, BlobRef};

use super::buffers::{Buffer, Buffers};
use super::format::{self, FILE_HEADER, FRAME, FRAME_HEADER, STRIDE};
use super::{GATHERED_FRAMES, Inner, SYNC_BYTES, WRITE_FRAMES, dir_of, file_path, first_byte};
use crate::disk::DiskFile;
use crate::pool::Pending;
use crate::space::{Full, Reservation};

impl From<Full> for BlobError {
    fn from(_: Full) -> Self {
        BlobError::Full
    }
}

fn disk_error(error: io::Error) -> BlobError {
    // The guard keeps a reserve, but others fill the same disk.
    if error.kind() == io::ErrorKind::StorageFull {
        BlobError::Full
    } else {
        BlobError::Disk(error.to_string())
    }
}

pub(super) async fn put(blobs: &Arc<Inner>, blob: BlobRef, mut body: Body) -> Result<u64, BlobError> {
    let mut upload = Upload::start(blobs, blob, body.length())?;
    while let Some(piece) = body.next().await {
        let mut piece = piece?;
        while !piece.is_empty() {
            if upload.gathered.is_full() {
                upload.flush(false).await?;
            }
            let taken = upload.gathered.take(&piece);
            bytes::Buf::advance(&mut piece, taken);
        }
    }
    upload.finish().await
}

struct Upload<'b> {
    blobs: &'b Arc<Inner>,
    draft: Draft,
    reservation: Reservation,
    gathered: Gathered,
    /// Bytes still to come, if known.
    length: Option<u64>,
    /// Where in the file the gathered bytes will lie.
    offset: u64,
    writing: Option<Pending<io::Result<()>>>,
    /// A sync of what was written so far.
    syncing: Option<Pending<io::Result<()>>>,
    /// Bytes written since the last sync began.
    unsynced: u64,
    bytes: u64,
}

impl<'b> Upload<'b> {
    fn start(blobs: &'b Arc<Inner>, blob: BlobRef, length: Option<u64>) -> Result<Self, BlobError> {
        let reservation = blobs.space.reserve(length.map_or(0, format::file_bytes))?;
        let draft = Draft::new(blobs, blob);
        let frames = frames_to_gather(blobs, length, 0);
        Ok(Self {
            gathered: Gathered::first(blob, &blobs.write_buffers, frames),
            blobs,
            draft,
            reservation,
            length,
            offset: 0,
            writing: None,
            syncing: None,
            unsynced: 0,
            bytes: 0,
        })
    }

    /// Hands what was gathered to the disk's threads, once they have done with what they were handed before.
    async fn flush(&mut self, last: bool) -> Result<(), BlobError> {
        settle(&mut self.writing).await?;
        self.gathered.seal(last);
        self.bytes += self.gathered.payload;
        let frames = match self.length {
            _ if last => 1,
            length => frames_to_gather(self.blobs, length, self.bytes),
        };
        let next = Gathered::next(&self.gathered, &self.blobs.write_buffers, frames);
        let gathered = std::mem::replace(&mut self.gathered, next);
        let written = gathered.end as u64;
        self.reservation.grow_to(written)?;
        let offset = self.offset;
        self.offset += written;
        if self.unsynced >= SYNC_BYTES {
            settle(&mut self.syncing).await?;
            self.unsynced = 0;
            let file = self.draft.file.clone();
            self.syncing = Some(self.blobs.writers.start(move || sync_so_far(&file)));
        }
        self.unsynced += written;
        let (file, blobs, blob) = (self.draft.file.clone(), self.blobs.clone(), self.draft.blob);
        self.writing = Some(self.blobs.writers.start(move || {
            let file = lock(&file).open(&blobs, blob)?;
            file.write_at(offset, &gathered.buffer.as_ref()[..gathered.end])?;
            if last { file.sync_data() } else { Ok(()) }
        }));
        self.reservation.written(written);
        Ok(())
    }

    async fn finish(mut self) -> Result<u64, BlobError> {
        self.flush(true).await?;
        settle(&mut self.writing).await?;
        settle(&mut self.syncing).await?;
        let mut name_synced = lock(&self.draft.file).take_sync();
        settle(&mut name_synced).await?;
        self.draft.complete = true;
        Ok(self.bytes)
    }
}

fn lock(file: &Mutex<DraftFile>) -> MutexGuard<'_, DraftFile> {
    file.lock().expect("nothing panics while a draft is held")
}

async fn settle(pending: &mut Option<Pending<io::Result<()>>>) -> Result<(), BlobError> {
    match pending.take() {
        Some(pending) => pending.wait().await.map_err(disk_error),
        None => Ok(()),
    }
}

fn sync_so_far(file: &Mutex<DraftFile>) -> io::Result<()> {
    let file = match &*lock(file) {
        DraftFile::Open(file, _) => file.clone(),
        DraftFile::Absent | DraftFile::GivenUp => return Ok(()),
    };
    file.sync_data()
}

/// How many frames to gather next: no more than are to come, not many before it is known that many come, and fewer the more uploads there are.
fn frames_to_gather(blobs: &Inner, length: Option<u64>, before: u64) -> u64 {
    let expected = match length {
        Some(length) => length.saturating_sub(before).div_ceil(FRAME),
        None => 4 * before.div_ceil(FRAME),
    };
    let share = GATHERED_FRAMES / blobs.uploads.load(Ordering::Relaxed).max(1);
    expected.clamp(1, share.clamp(1, WRITE_FRAMES))
}

/// Frames that are being gathered in a buffer.
struct Gathered {
    buffer: Buffer,
    blob: BlobRef,
    /// How much of the buffer is used.
    end: usize,
    /// Where the open frame begins.
    frame: usize,
    /// The open frame's index in the blob.
    index: u32,
    frames: u64,
    frames_max: u64,
    payload: u64,
}

impl Gathered {
    fn first(blob: BlobRef, buffers: &Buffers, frames_max: u64) -> Self {
        let mut buffer = buffers.take_at_least((FILE_HEADER + frames_max * STRIDE) as usize);
        buffer.as_mut()[..FILE_HEADER as usize].copy_from_slice(&format::blob_file_header(blob));
        Self::at(blob, buffer, FILE_HEADER as usize, 0, frames_max)
    }

    fn next(before: &Self, buffers: &Buffers, frames_max: u64) -> Self {
        let buffer = buffers.take_at_least((frames_max * STRIDE) as usize);
        Self::at(before.blob, buffer, 0, before.index + 1, frames_max)
    }

    fn at(blob: BlobRef, buffer: Buffer, frame: usize, index: u32, frames_max: u64) -> Self {
        let end = frame + FRAME_HEADER as usize;
        Self { buffer, blob, end, frame, index, frames: 1, frames_max, payload: 0 }
    }

    fn frame_payload(&self) -> usize {
        self.end - self.frame - FRAME_HEADER as usize
    }

    fn is_full(&self) -> bool {
        self.frames == self.frames_max && self.frame_payload() == FRAME as usize
    }

    /// Takes as much of the piece as the open frame has room for.
    fn take(&mut self, piece: &[u8]) -> usize {
        if self.frame_payload() == FRAME as usize {
            self.seal(false);
            self.frame = self.end;
            self.end += FRAME_HEADER as usize;
            self.index += 1;
            self.frames += 1;
        }
        let taken = piece.len().min(FRAME as usize - self.frame_payload());
        self.buffer.as_mut()[self.end..self.end + taken].copy_from_slice(&piece[..taken]);
        self.end += taken;
        self.payload += taken as u64;
        taken
    }

    fn seal(&mut self, last: bool) {
        let (frame, end) = (self.frame, self.end);
        format::seal_frame(self.blob, self.index, last, &mut self.buffer.as_mut()[frame..end]);
    }
}

/// A file that is not complete yet, and goes if it is dropped so.
struct Draft {
    blobs: Arc<Inner>,
    blob: BlobRef,
    file: Arc<Mutex<DraftFile>>,
    complete: bool,
}

enum DraftFile {
    Absent,
    /// It has its name, which is being made durable.
    Open(Arc<dyn DiskFile>, Option<Pending<io::Result<()>>>),
    /// It was given up: nothing may create it any more.
    GivenUp,
}

impl Draft {
    fn new(blobs: &Arc<Inner>, blob: BlobRef) -> Self {
        blobs.uploads.fetch_add(1, Ordering::Relaxed);
        Self { blobs: blobs.clone(), blob, file: Arc::new(Mutex::new(DraftFile::Absent)), complete: false }
    }
}

impl DraftFile {
    /// The sync of the directory, to be waited for once.
    fn take_sync(&mut self) -> Option<Pending<io::Result<()>>> {
        match self {
            DraftFile::Open(_, sync) => sync.take(),
            DraftFile::Absent | DraftFile::GivenUp => None,
        }
    }

    fn open(&mut self, blobs: &Arc<Inner>, blob: BlobRef) -> io::Result<Arc<dyn DiskFile>> {
        match self {
            DraftFile::Open(file, _) => Ok(file.clone()),
            DraftFile::GivenUp => Err(io::ErrorKind::Interrupted.into()),
            DraftFile::Absent => {
                let part = first_byte(blob);
                if !blobs.dirs.lock().expect("nothing panics while the set is held").contains(&part) {
                    blobs.disk.create_dir_all(&dir_of(part))?;
                    blobs.dirs.lock().expect("nothing panics while the set is held").insert(part);
                }
                let file = blobs.disk.create_new(&file_path(blob))?;
                let disk = blobs.disk.clone();
                let sync = blobs.writers.start(move || disk.sync_dir(&dir_of(part)));
                *self = DraftFile::Open(file.clone(), Some(sync));
                Ok(file)
            }
        }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        self.blobs.uploads.fetch_sub(1, Ordering::Relaxed);
        if self.complete {
            return;
        }
        let (blobs, blob, file) = (self.blobs.clone(), self.blob, self.file.clone());
        // Nobody waits: what cannot be removed now is swept after the next start.
        let _ = self.blobs.writers.start(move || {
            let mut state = file.lock().expect("nothing panics while a draft is held");
            if matches!(std::mem::replace(&mut *state, DraftFile::GivenUp), DraftFile::Open(..))
                && let Err(error) = blobs.disk.remove(&file_path(blob))
            {
                tracing::warn!(%error, "a broken upload's file could not be removed");
            }
        });
    }
}
