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
use super::deflate::{self, ENTRY};
use super::format::{self, FILE_HEADER, FRAME, FRAME_HEADER, Flaw, STRIDE};
use super::volumes::Volumes;
use super::{BlobFile, FileAt, Inner, READ_FRAMES};
use crate::disk::DiskFile;
use crate::pool::{Pending, Pool};

/// Reads that are under way ahead of what the reader has taken.
const READ_AHEAD: usize = 2;
/// Frames of the first read: a reader that wants little waits for little.
const FIRST_FRAMES: u64 = 4;

/// One piece per frame, or what is wrong.
type Pieces = Result<VecDeque<Bytes>, ReadError>;

pub(super) async fn file(blobs: &Arc<Inner>, file: BlobFile, range: Range<u64>) -> Result<Body, ReadError> {
    let frames = if range.is_empty() {
        // Even so the file must be there and be what it is said to be.
        let last = file.bytes.saturating_sub(1);
        range.start.min(last) / FRAME..range.start.min(last) / FRAME + 1
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
            let source = Source::open(&inner.volumes, file, wanted, inner.read_buffers.clone())?;
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

/// The frames of a file, one after the other.
pub(super) struct Frames {
    source: Source,
    ready: VecDeque<Bytes>,
}

impl Frames {
    pub(super) fn open(blobs: &Inner, file: BlobFile) -> Result<Self, ReadError> {
        let source = Source::open(&blobs.volumes, file, 0..file.bytes, blobs.read_buffers.clone())?;
        Ok(Self { source, ready: VecDeque::new() })
    }

    /// The frame at `index`, which follows the one before.
    pub(super) fn next(&mut self, index: u64) -> Result<Bytes, ReadError> {
        if self.ready.is_empty() {
            let count = format::frame_count(self.source.of.bytes);
            self.ready = self.source.read(index..count.min(index + READ_FRAMES))?;
        }
        Ok(self.ready.pop_front().expect("a frame was read, or that failed"))
    }
}

/// See [`super::check_file`].
pub(super) fn check(volumes: &Volumes, file: BlobFile) -> Result<(), ReadError> {
    let buffers = Buffers::new((READ_FRAMES * STRIDE) as usize);
    let source = Source::open(volumes, file, 0..file.bytes, buffers)?;
    let length = source.file.len().map_err(|error| ReadError::Disk(error.to_string()))?;
    if length != file.deflated.unwrap_or(format::file_bytes(file.bytes)) {
        return Err(source.corrupt(Flaw("the file is not as long as its row says")));
    }
    let count = format::frame_count(file.bytes);
    let mut next = 0;
    while next < count {
        let end = count.min(next + READ_FRAMES);
        source.read(next..end)?;
        next = end;
    }
    Ok(())
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
    of: BlobFile,
    range: Range<u64>,
    buffers: Buffers,
}

impl Source {
    fn open(volumes: &Volumes, of: BlobFile, range: Range<u64>, buffers: Buffers) -> Result<Self, ReadError> {
        let FileAt { volume, blob, .. } = of.at;
        let Some(disk) = volumes.disk(volume) else {
            let name = volume.map_or_else(String::new, |volume| volume.to_string());
            return Err(ReadError::Disk(format!("volume `{name}` is not configured")));
        };
        let file = disk.open(&of.at.path()).map_err(|error| open_error(blob, &error))?;
        let source = Self { file, of, range, buffers };
        source.check_header()?;
        Ok(source)
    }

    fn corrupt(&self, flaw: Flaw) -> ReadError {
        ReadError::Corrupt(format!("blob `{:032x}`: {flaw}", self.of.at.blob.0))
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
        let blob = self.of.at.blob;
        let expected = match self.of.deflated {
            Some(_) => deflate::file_header(blob),
            None => format::blob_file_header(blob),
        };
        if header == expected { Ok(()) } else { Err(self.corrupt(Flaw("the file's header is damaged"))) }
    }

    /// Reads frames, at most [`READ_FRAMES`], and cuts them to the range.
    fn read(&self, frames: Range<u64>) -> Pieces {
        let first = frames.start;
        let payloads = match self.of.deflated {
            Some(file_bytes) => self.deflated(frames, file_bytes)?,
            None => self.plain(frames)?,
        };
        let cut = |(index, payload): (u64, Bytes)| {
            let (first_byte, length) = (index * FRAME, payload.len() as u64);
            let from = self.range.start.saturating_sub(first_byte).min(length) as usize;
            let to = self.range.end.saturating_sub(first_byte).min(length) as usize;
            payload.slice(from..to)
        };
        Ok((first..).zip(payloads).map(cut).collect())
    }

    fn plain(&self, frames: Range<u64>) -> Result<Vec<Bytes>, ReadError> {
        let BlobFile { at, bytes, .. } = self.of;
        let start = format::frame_offset(frames.start);
        let last = format::expected_frame(frames.end - 1, bytes);
        let end = format::frame_offset(frames.end - 1) + FRAME_HEADER + u64::from(last.length);
        let mut buffer = self.buffers.take();
        self.read_exact(start, &mut buffer.as_mut()[..(end - start) as usize])?;
        let read = buffer.freeze();
        let mut payloads = Vec::with_capacity((frames.end - frames.start) as usize);
        for index in frames {
            let expected = format::expected_frame(index, bytes);
            let offset = (format::frame_offset(index) - start) as usize;
            let payload = offset + FRAME_HEADER as usize;
            let end = payload + expected.length as usize;
            format::verify_frame(at.blob, expected, &read[offset..end]).map_err(|flaw| self.corrupt(flaw))?;
            payloads.push(read.slice(payload..end));
        }
        Ok(payloads)
    }

    fn deflated(&self, frames: Range<u64>, file_bytes: u64) -> Result<Vec<Bytes>, ReadError> {
        let BlobFile { at, bytes, .. } = self.of;
        let offsets = self.offsets(&frames, file_bytes)?;
        let (start, end) = (offsets[0], offsets[offsets.len() - 1]);
        let mut buffer = self.buffers.take();
        let room = (end - start) as usize;
        let into = buffer.as_mut().get_mut(..room).ok_or_else(|| self.misplaced())?;
        self.read_exact(start, into)?;
        let read = buffer.freeze();
        let mut payloads = Vec::with_capacity(offsets.len() - 1);
        for (index, ends) in frames.zip(offsets.windows(2)) {
            let frame = read.slice((ends[0] - start) as usize..(ends[1] - start) as usize);
            let expected = format::expected_frame(index, bytes);
            let plain = deflate::inflate(at.blob, expected, frame).map_err(|flaw| self.corrupt(flaw))?;
            payloads.push(plain);
        }
        Ok(payloads)
    }

    /// Where deflated frames begin, and where the last of them ends.
    fn offsets(&self, frames: &Range<u64>, file_bytes: u64) -> Result<Vec<u64>, ReadError> {
        let list = deflate::list_offset(self.of.bytes, file_bytes).ok_or_else(|| self.misplaced())?;
        let is_last = frames.end == format::frame_count(self.of.bytes);
        let entries = frames.end - frames.start + u64::from(!is_last);
        let mut bytes = vec![0; (entries * ENTRY) as usize];
        self.read_exact(list + frames.start * ENTRY, &mut bytes)?;
        let (entries, _) = bytes.as_chunks();
        let mut offsets: Vec<u64> = entries.iter().map(|entry| u64::from_le_bytes(*entry)).collect();
        offsets.extend(is_last.then_some(list));
        let rises = offsets.windows(2).all(|pair| pair[0] < pair[1]);
        if rises && offsets[0] >= FILE_HEADER { Ok(offsets) } else { Err(self.misplaced()) }
    }

    fn misplaced(&self) -> ReadError {
        self.corrupt(Flaw("the list of frames is damaged"))
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
