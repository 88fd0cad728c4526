//! What a sealed segment holds: where each stretch of records and each small blob lies in it.
//!
//! Every frame is verified once, and what is found in it is remembered with a checksum of its own, so that it can be fetched again one
//! by one, sorted by log, without holding the segment in memory. Of a segment that this process wrote from its beginning the journal's
//! thread knows all that already: see [`crate::journal::notes`].

use bytes::Bytes;

use super::MoveError;
use crate::journal::frame::{self, Header, Section, Unreadable};
use crate::journal::notes::{Notes, SmallBlob, Stretch};
use crate::journal::segments::{Segment, Segments};

/// What a segment holds.
#[derive(Default)]
pub struct Gathered {
    /// Sorted by log and number.
    pub stretches: Vec<Stretch>,
    /// In the order in which they lie there.
    pub blobs: Vec<SmallBlob>,
    /// Places where a frame should be and is not.
    pub damaged: Vec<u64>,
    /// Whole frames.
    pub frames: u64,
    /// Their bytes.
    pub frame_bytes: u64,
    /// The place after the last of them.
    pub end: u64,
}

/// Reads a sealed segment.
pub fn gather(segments: &Segments, segment: &Segment) -> Result<Gathered, MoveError> {
    let mut gathered = Gathered::default();
    let mut place = segment.number * segments.bytes();
    let end = segment.end() * segments.bytes();
    let mut position = None;
    while place < end {
        if let Some((header, frame)) = segments.read_frame_in(segment, place)? {
            gathered.take(&header, &frame)?;
            position = Some(header.end());
            gathered.frames += 1;
            gathered.frame_bytes += header.span();
            place += header.span();
        } else if let Some(further) = segments.find_from(segment, place, |_| true)? {
            gathered.damaged.push(place);
            place = further.place;
        } else {
            break;
        }
    }
    gathered.end = place;
    // A segment without any whole frame may be one in which nothing could be synced.
    let next = segments.first_frame_from(segment.end())?.map(|(header, _)| header.position);
    if position.zip(next).is_some_and(|(position, next)| position < next) {
        gathered.damaged.push(place);
    }
    gathered.sort();
    Ok(gathered)
}

impl Gathered {
    /// What the journal's thread noted of a segment while it wrote it: then there is no need to read all of it.
    pub fn noted(notes: Notes) -> Self {
        let mut gathered = Self { stretches: notes.stretches, blobs: notes.blobs, ..Self::default() };
        gathered.sort();
        gathered
    }

    /// Of two copies of one stretch (a frame that was written again after a failed sync) the first comes first.
    fn sort(&mut self) {
        self.stretches.sort_by_key(|stretch| (stretch.log, stretch.first, stretch.at));
    }

    fn take(&mut self, header: &Header, frame: &Bytes) -> Result<(), Unreadable> {
        let unreadable = || Unreadable { place: header.place };
        for entry in frame::entries(frame, header) {
            for section in entry?.sections() {
                match section.ok_or_else(unreadable)? {
                    Section::Append(append) => {
                        let lengths = append.count as usize * 4;
                        let mut payloads = append.payloads(0);
                        let Some(first) = payloads.next() else { continue };
                        let end = payloads.last().map_or(first.end, |last| last.end);
                        let whole = &frame[first.start - lengths..end];
                        self.stretches.push(Stretch {
                            log: append.log,
                            first: append.first.0,
                            count: append.count,
                            time_ms: append.time_ms,
                            at: header.place + (first.start - lengths) as u64,
                            bytes: whole.len() as u32,
                            crc: crc32c::crc32c(whole),
                        });
                    }
                    Section::Blob { blob, at, bytes } => self.blobs.push(SmallBlob {
                        blob,
                        at: header.place + at as u64,
                        bytes: bytes.len() as u32,
                        crc: crc32c::crc32c(bytes),
                    }),
                    Section::Rows(_) | Section::Log(_) | Section::Count { .. } => {}
                }
            }
        }
        Ok(())
    }
}

/// Reads bytes of a segment again that were found by [`gather`].
pub fn fetch(
    segments: &Segments,
    segment: &Segment,
    at: u64,
    bytes: u32,
    crc: u32,
    buffer: &mut Vec<u8>,
) -> Result<(), MoveError> {
    buffer.resize(bytes as usize, 0);
    segment.file().read_exact_at(at - segment.number * segments.bytes(), buffer)?;
    if crc32c::crc32c(buffer) == crc { Ok(()) } else { Err(MoveError::Changed { place: at }) }
}
