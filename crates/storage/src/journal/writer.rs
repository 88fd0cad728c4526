//! Appending to the journal: one write and one sync a frame.
//!
//! A failed sync is final for the segment it happened in: the kernel may have marked the lost pages clean, so that a second sync that
//! succeeds proves nothing. The owner then calls [`Writer::leave`] and writes the same commits again, at a new place, in a new file.

use std::io;
use std::sync::Arc;

use super::segments::{Segment, Segments};

/// The end of the journal.
pub struct Writer {
    segments: Arc<Segments>,
    segment: Segment,
    offset: u64,
}

impl Writer {
    /// Goes on at `place`, which is where replay ended.
    pub fn new(segments: Arc<Segments>, place: u64) -> io::Result<Self> {
        let (segment, offset) = match segments.at(place) {
            Some(found) => found,
            None => {
                let number = place.div_ceil(segments.bytes());
                (segments.take(number, 0)?, 0)
            }
        };
        Ok(Self { segments, segment, offset })
    }

    /// Where the next frame will lie.
    pub fn place(&self) -> u64 {
        self.segment.number * self.segments.bytes() + self.offset
    }

    /// How far the segment is written.
    pub fn used(&self) -> u64 {
        self.offset
    }

    /// The segment being written.
    pub fn number(&self) -> u64 {
        self.segment.number
    }

    /// Bytes left in the segment.
    pub fn room(&self) -> u64 {
        // A segment that spans several numbers holds one frame and no more.
        if self.segment.span > 1 && self.offset > 0 {
            return 0;
        }
        (self.segment.span * self.segments.bytes()).saturating_sub(self.offset)
    }

    /// Moves on to a new segment if a frame of `need` bytes does not fit into this one, and sees to it that `need` bytes, and up to
    /// `wish` as far as the segment has them, may be written. An error leaves all as it was, but for the segment.
    pub fn make_room(&mut self, need: u64, wish: u64) -> io::Result<()> {
        if self.room() < need {
            self.roll(need)?;
        }
        self.segments.fill(&self.segment, self.offset + self.room().min(wish.max(need)))
    }

    /// Writes a frame at [`Writer::place`] and makes it durable. After an error the segment must be left.
    pub fn append(&mut self, frame: &[u8]) -> io::Result<()> {
        let end = self.offset + frame.len() as u64;
        assert!(frame.len() as u64 <= self.room(), "the caller made room");
        self.segment.file().write_at(self.offset, frame)?;
        self.segment.file().sync_data()?;
        self.offset = end;
        Ok(())
    }

    /// Leaves a segment whose sync failed, for good.
    pub fn leave(&mut self, need: u64) -> io::Result<()> {
        self.roll(need)?;
        self.segments.fill(&self.segment, need)
    }

    fn roll(&mut self, need: u64) -> io::Result<()> {
        self.segment = self.segments.take(self.segment.end(), need)?;
        self.offset = 0;
        Ok(())
    }
}
