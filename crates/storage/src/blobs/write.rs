//! Streaming a body into a file: one buffer fills while the one before it is written.
//!
//! A blob that fits one buffer is created, written and synced in a single visit to the disk's threads; larger ones are written a
//! mebibyte at a time. The directory is synced beside that, from the moment the file has its name: one after the other they take nearly
//! twice as long. The file belongs to a [`Draft`] until it is complete; a draft that is dropped removes its file, behind
//! any write still under way.

use std::io;
use std::sync::{Arc, Mutex};

use body::Body;
use store::{BlobError, BlobRef};

use super::buffers::Buffer;
use super::format::{self, FILE_HEADER, FRAME, FRAME_HEADER};
use super::{Inner, WRITE_FRAMES, dir_of, file_path, first_byte};
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
    /// Where in the file the gathered bytes will lie.
    offset: u64,
    under_way: Option<Pending<io::Result<()>>>,
    bytes: u64,
}

impl<'b> Upload<'b> {
    fn start(blobs: &'b Arc<Inner>, blob: BlobRef, length: Option<u64>) -> Result<Self, BlobError> {
        let reservation = blobs.space.reserve(length.map_or(0, format::file_bytes))?;
        Ok(Self {
            blobs,
            draft: Draft::new(blobs, blob),
            reservation,
            gathered: Gathered::first(blob, blobs.write_buffers.take()),
            offset: 0,
            under_way: None,
            bytes: 0,
        })
    }

    /// Hands what was gathered to the disk's threads, once they have done with what they were handed before.
    async fn flush(&mut self, last: bool) -> Result<(), BlobError> {
        let next = Gathered::next(&self.gathered, self.blobs.write_buffers.take());
        let mut gathered = std::mem::replace(&mut self.gathered, next);
        gathered.seal(last);
        let written = gathered.end as u64;
        self.reservation.grow_to(written)?;
        self.settle().await?;
        self.bytes += gathered.payload;
        let (offset, file) = (self.offset, self.draft.file.clone());
        self.offset += written;
        let blobs = self.blobs.clone();
        let blob = self.draft.blob;
        self.under_way = Some(self.blobs.writers.start(move || {
            let mut state = file.lock().expect("nothing panics while a draft is held");
            let file = state.open(&blobs, blob)?;
            file.write_at(offset, &gathered.buffer.as_ref()[..gathered.end])?;
            if last { file.sync_data() } else { Ok(()) }
        }));
        self.reservation.written(written);
        Ok(())
    }

    async fn settle(&mut self) -> Result<(), BlobError> {
        match self.under_way.take() {
            Some(under_way) => under_way.wait().await.map_err(disk_error),
            None => Ok(()),
        }
    }

    async fn finish(mut self) -> Result<u64, BlobError> {
        self.flush(true).await?;
        self.settle().await?;
        let name_synced = self.draft.file.lock().expect("nothing panics while a draft is held").take_sync();
        name_synced.wait().await.map_err(disk_error)?;
        self.draft.complete = true;
        Ok(self.bytes)
    }
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
    payload: u64,
}

impl Gathered {
    fn first(blob: BlobRef, mut buffer: Buffer) -> Self {
        buffer.as_mut()[..FILE_HEADER as usize].copy_from_slice(&format::blob_file_header(blob));
        Self::at(blob, buffer, FILE_HEADER as usize, 0)
    }

    fn next(before: &Self, buffer: Buffer) -> Self {
        Self::at(before.blob, buffer, 0, before.index + 1)
    }

    fn at(blob: BlobRef, buffer: Buffer, frame: usize, index: u32) -> Self {
        Self { buffer, blob, end: frame + FRAME_HEADER as usize, frame, index, frames: 1, payload: 0 }
    }

    fn frame_payload(&self) -> usize {
        self.end - self.frame - FRAME_HEADER as usize
    }

    fn is_full(&self) -> bool {
        self.frames == WRITE_FRAMES && self.frame_payload() == FRAME as usize
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
        Self { blobs: blobs.clone(), blob, file: Arc::new(Mutex::new(DraftFile::Absent)), complete: false }
    }
}

impl DraftFile {
    /// The sync of the directory, to wait for once.
    fn take_sync(&mut self) -> Pending<io::Result<()>> {
        match self {
            DraftFile::Open(_, sync) => sync.take().expect("an upload finishes once"),
            DraftFile::Absent | DraftFile::GivenUp => unreachable!("a file that was written is open"),
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
