//! Reading a blob file: large reads, verified, a little ahead of the reader.

use std::collections::VecDeque;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use body::{Body, BodyError};
use bytes::Bytes;
use futures_util::stream;
use store::{BlobRef, ReadError};

use super::buffers::Buffers;
use super::format::{self, FILE_HEADER, FRAME, FRAME_HEADER, Flaw};
use super::{Inner, READ_FRAMES, file_path};
use crate::disk::DiskFile;
use crate::pool::{Pending, Pool};

/// Reads that are under way ahead of what the reader has taken.
const READ_AHEAD: usize = 2;
/// Frames of the first read: a reader that wants little waits for little.
const FIRST_FRAMES: u64 = 4;

/// One piece per frame, or what is wrong.
type Pieces = Result<VecDeque<Bytes>, ReadError>;

pub(super) async fn file(
    blobs: &Arc<Inner>,
    blob: BlobRef,
    bytes: u64,
    range: Range<u64>,
) -> Result<Body, ReadError> {
    let frames = if range.is_empty() {
        // Even so the file must be there and be what it is said to be.
        range.start.min(bytes.saturating_sub(1)) / FRAME..range.start.min(bytes.saturating_sub(1)) / FRAME + 1
    } else {
        range.start / FRAME..range.end.div_ceil(FRAME)
    };
    let length = range.end - range.start;
    let first = frames.start..frames.end.min(frames.start + FIRST_FRAMES);
    let inner = blobs.clone();
    let wanted = range.clone();
    let next = first.end;
    let (source, ready) = blobs
        .readers
        .run(move || {
            let file = inner.disk.open(&file_path(blob)).map_err(|error| open_error(blob, &error))?;
            let source = Source { file, blob, bytes, range: wanted, buffers: inner.read_buffers.clone() };
            source.check_header()?;
            let ready = source.read(first)?;
            Ok::<_, ReadError>((Arc::new(source), ready))
        })
        .await?;
    let reader = Reader {
        source,
        pool: blobs.readers.clone(),
        next: next..frames.end,
        under_way: VecDeque::new(),
        ready,
    };
    let pieces = stream::unfold(reader, |mut reader| async move {
        let piece = reader.piece().await?;
        Some((piece, reader))
    });
    Ok(Body::from_stream(pieces, Some(length)))
}

fn open_error(blob: BlobRef, error: &io::Error) -> ReadError {
    if error.kind() == io::ErrorKind::NotFound {
        ReadError::NoBlob(blob)
    } else {
        ReadError::Disk(error.to_string())
    }
}

/// An open blob file and what of it is wanted.
struct Source {
    file: Arc<dyn DiskFile>,
    blob: BlobRef,
    bytes: u64,
    range: Range<u64>,
    buffers: Buffers,
}

impl Source {
    fn corrupt(&self, flaw: Flaw) -> ReadError {
        ReadError::Corrupt(format!("blob `{:032x}`: {flaw}", self.blob.0))
    }

    fn read_exact(&self, offset: u64, bytes: &mut [u8]) -> Result<(), ReadError> {
        self.file.read_exact_at(offset, bytes).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => self.corrupt(Flaw("the file ends early")),
            _ => ReadError::Disk(error.to_string()),
        })
    }

    fn check_header(&self) -> Result<(), ReadError> {
        let mut header = [0; FILE_HEADER as usize];
        self.read_exact(0, &mut header)?;
        if header == format::blob_file_header(self.blob) {
            Ok(())
        } else {
            Err(self.corrupt(Flaw("the file's header is damaged")))
        }
    }

    /// Reads frames, at most [`READ_FRAMES`], and cuts them to the range.
    fn read(&self, frames: Range<u64>) -> Pieces {
        let start = format::frame_offset(frames.start);
        let last = format::expected_frame(frames.end - 1, self.bytes);
        let end = format::frame_offset(frames.end - 1) + FRAME_HEADER + u64::from(last.length);
        let mut buffer = self.buffers.take();
        self.read_exact(start, &mut buffer.as_mut()[..(end - start) as usize])?;
        let read = buffer.freeze();
        let mut pieces = VecDeque::with_capacity((frames.end - frames.start) as usize);
        for index in frames {
            let expected = format::expected_frame(index, self.bytes);
            let at = (format::frame_offset(index) - start) as usize;
            let payload = at + FRAME_HEADER as usize;
            let end = payload + expected.length as usize;
            format::verify_frame(self.blob, expected, &read[at..end]).map_err(|flaw| self.corrupt(flaw))?;
            let first_byte = index * FRAME;
            let from = self.range.start.saturating_sub(first_byte).min(u64::from(expected.length)) as usize;
            let to = self.range.end.saturating_sub(first_byte).min(u64::from(expected.length)) as usize;
            pieces.push_back(read.slice(payload + from..payload + to));
        }
        Ok(pieces)
    }
}

struct Reader {
    source: Arc<Source>,
    pool: Arc<Pool>,
    /// Frames not asked for yet.
    next: Range<u64>,
    under_way: VecDeque<Pending<Pieces>>,
    ready: VecDeque<Bytes>,
}

impl Reader {
    async fn piece(&mut self) -> Option<Result<Bytes, BodyError>> {
        self.read_ahead();
        if self.ready.is_empty() {
            match self.under_way.pop_front()?.wait().await {
                Ok(pieces) => self.ready = pieces,
                Err(error) => {
                    self.next = 0..0;
                    self.under_way.clear();
                    return Some(Err(BodyError::Storage(error.to_string())));
                }
            }
            self.read_ahead();
        }
        self.ready.pop_front().map(Ok)
    }

    fn read_ahead(&mut self) {
        while !self.next.is_empty() && self.under_way.len() < READ_AHEAD {
            let end = self.next.end.min(self.next.start + READ_FRAMES);
            let frames = self.next.start..end;
            self.next.start = end;
            let source = self.source.clone();
            self.under_way.push_back(self.pool.start(move || source.read(frames)));
        }
    }
}
