//! Reading the journal again after a start.
//!
//! From the place after the last checkpoint on, frames follow one another: each at the place it states, with the position that comes
//! next. Where none follows, the next segment may go on (a frame that did not fit, or one that was written again after a failed sync).
//! Where that does not either, the journal ends there, or it is damaged. It is damaged if a whole frame with that position or a
//! later one lies anywhere further on: since a frame is written only after the one before it was synced, the missing one had been
//! acknowledged. Otherwise nothing was lost but, at the most, one frame whose commits nobody was told of: a torn tail.
//!
//! Of two copies of a frame the second counts, if it is whole: rows that were committed later name its place, not that of the copy whose sync
//! failed.

use std::io;

use bytes::Bytes;

use super::frame::{Header, Unreadable};
use super::segments::Segments;

/// Where replay starts or ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Point {
    /// The place of the next frame.
    pub place: u64,
    /// The position of the next commit.
    pub position: u64,
}

/// Why replay stopped.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// An acknowledged frame is missing.
    #[error(
        "journal is damaged at place `{place}`: position `{position}` is missing, but position `{later}` follows at place `{later_place}`"
    )]
    Hole {
        /// Where the missing frame should lie.
        place: u64,
        /// The position that is missing.
        position: u64,
        /// A position that was written later.
        later: u64,
        /// Where that lies.
        later_place: u64,
    },
    /// The segment that should be read first is not there.
    #[error("journal is damaged at place `{place}`: its segment is missing")]
    NoSegment {
        /// Where replay should start.
        place: u64,
    },
    /// A frame's checksum holds but it does not parse.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The disk failed.
    #[error("the journal cannot be read: {0}")]
    Disk(#[from] io::Error),
    /// What the caller does with the frames failed.
    #[error("{0}")]
    Apply(String),
}

/// Hands all frames from `start` on to `apply`, in order, and returns where the journal ends.
pub fn replay(
    segments: &Segments,
    start: Point,
    mut apply: impl FnMut(&Header, Bytes) -> Result<(), ReplayError>,
) -> Result<Point, ReplayError> {
    let mut end = start;
    let boundary = start.place.is_multiple_of(segments.bytes());
    if segments.at(start.place).is_none() && !boundary {
        return Err(ReplayError::NoSegment { place: start.place });
    }
    let mut left = Left::default();
    loop {
        let next = match follows(segments, end.place, end.position)? {
            Some(next) if !left.before(segments, end)? => Some(next),
            Some(_) | None => continued(segments, end)?,
        };
        match next {
            Some((header, _)) if header.end() <= end.position => end.place = header.place + header.span(),
            Some((header, frame)) if header.position == end.position => {
                apply(&header, frame)?;
                end = Point { place: header.place + header.span(), position: header.end() };
            }
            Some(_) | None => break,
        }
    }
    match later(segments, end)? {
        Some(header) => Err(ReplayError::Hole {
            place: end.place,
            position: end.position,
            later: header.position,
            later_place: header.place,
        }),
        None => Ok(end),
    }
}

/// The header of the frame that was cut off where the journal ends: there, or at the beginning of a later segment. A frame whose header was cut
/// off too leaves nothing to tell it by.
pub fn torn(segments: &Segments, end: Point) -> io::Result<Option<Header>> {
    let later = segments.live().into_iter().map(|segment| segment.number * segments.bytes());
    let places = std::iter::once(end.place).chain(later.filter(|place| *place > end.place));
    for place in places {
        let found = segments.header_at(place)?.filter(|header| header.position == end.position);
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// At which position segments were left.
#[derive(Default)]
struct Left {
    /// The segment looked at last, and the position of the first frame of the one after it.
    last: Option<(u64, Option<u64>)>,
}

impl Left {
    /// Whether the segment of `end` was left before this position was made durable: then the next segment begins with it.
    fn before(&mut self, segments: &Segments, end: Point) -> io::Result<bool> {
        let Some((segment, _)) = segments.at(end.place) else { return Ok(false) };
        if self.last.is_none_or(|(number, _)| number != segment.number) {
            let first = segments.first_frame_from(segment.end())?;
            self.last = Some((segment.number, first.map(|(header, _)| header.position)));
        }
        Ok(self.last.and_then(|(_, first)| first).is_some_and(|first| first <= end.position))
    }
}

/// The frame at a place, if it brings nothing later than `position`.
fn follows(segments: &Segments, place: u64, position: u64) -> io::Result<Option<(Header, Bytes)>> {
    Ok(segments.read_frame(place)?.filter(|(header, _)| header.position <= position))
}

/// The first frame of the next segment that has one, if it brings nothing later than what comes next. If the segments behind that one begin with
/// the same frame, it was written again there, and the last of them counts.
fn continued(segments: &Segments, end: Point) -> io::Result<Option<(Header, Bytes)>> {
    let mut number = match segments.at(end.place) {
        Some((segment, _)) => segment.end(),
        None => end.place.div_ceil(segments.bytes()),
    };
    let mut last = None;
    while let Some((header, frame)) = segments.first_frame_from(number)?
        && header.position <= end.position
    {
        number = segments.at(header.place).map_or(number + 1, |(segment, _)| segment.end());
        last = Some((header, frame));
    }
    Ok(last)
}

/// A whole frame with the missing position or a later one, anywhere beyond the end.
fn later(segments: &Segments, end: Point) -> io::Result<Option<Header>> {
    for segment in segments.live() {
        let first = segment.number * segments.bytes();
        if segment.end() * segments.bytes() <= end.place {
            continue;
        }
        let from = end.place.max(first);
        let found = segments.find_from(&segment, from, |header| header.position >= end.position)?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}
