//! What the journal's thread knows of a segment that it writes: where each stretch of records and each small blob lies in it.
//!
//! The mover needs just that to take the segment apart, and would otherwise read and verify all of it to find out, as it does with one
//! that an earlier process began. Each part carries a checksum of its own, by which it is verified when the mover fetches it. Notes are kept in
//! memory alone, up to a bound: a segment of very many small parts goes without.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard};

use store::{BlobRef, LogId};

/// Parts of one segment that are noted; of one that has more nothing is.
const PARTS_MAX: usize = 32_768;

/// Records appended to one log by one commit.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    /// The log.
    pub log: LogId,
    /// The first record's number.
    pub first: u64,
    /// How many records there are; not zero.
    pub count: u32,
    /// Their time in milliseconds.
    pub time_ms: i64,
    /// The place of the records' lengths, four bytes each, and of the payloads behind them.
    pub at: u64,
    /// Bytes of both.
    pub bytes: u32,
    /// CRC32C of both.
    pub crc: u32,
}

impl Stretch {
    /// The number after the last record's.
    pub fn end(&self) -> u64 {
        self.first + u64::from(self.count)
    }

    /// The payloads from their lengths and themselves.
    pub fn payloads<'p>(&self, bytes: &'p [u8]) -> impl Iterator<Item = &'p [u8]> + use<'p> {
        let (lengths, mut rest) = bytes.split_at(self.count as usize * 4);
        let (lengths, _) = lengths.as_chunks::<4>();
        lengths.iter().map(move |length| {
            let (payload, after) = rest.split_at(u32::from_le_bytes(*length) as usize);
            rest = after;
            payload
        })
    }
}

/// A small blob in the segment.
#[derive(Clone, Copy, Debug)]
pub struct SmallBlob {
    /// Its name.
    pub blob: BlobRef,
    /// The place of its first byte.
    pub at: u64,
    /// Its size.
    pub bytes: u32,
    /// CRC32C of its bytes.
    pub crc: u32,
}

/// Parts of a frame or a segment.
#[derive(Clone, Default, Debug)]
pub struct Notes {
    /// Records, in the order in which they lie there.
    pub stretches: Vec<Stretch>,
    /// Small blobs, in the order in which they lie there.
    pub blobs: Vec<SmallBlob>,
}

impl Notes {
    fn len(&self) -> usize {
        self.stretches.len() + self.blobs.len()
    }

    /// Adds those of a frame that lies at `place`, whose own places count from its beginning.
    fn add(&mut self, place: u64, frame: &Notes) {
        self.stretches.extend(frame.stretches.iter().map(|part| Stretch { at: place + part.at, ..*part }));
        self.blobs.extend(frame.blobs.iter().map(|part| SmallBlob { at: place + part.at, ..*part }));
    }
}

/// The notes of segments, by their numbers.
#[derive(Default)]
pub struct SegmentNotes(Mutex<HashMap<u64, Notes>>);

impl SegmentNotes {
    /// Notes a frame of the segment `number` that is durable. `is_first`: it is the segment's first.
    pub fn add(&self, number: u64, is_first: bool, place: u64, frame: &Notes) {
        let mut all = self.lock();
        if is_first {
            all.insert(number, Notes::default());
        }
        // Without its first frame a segment is not known whole.
        let Some(notes) = all.get_mut(&number) else { return };
        if notes.len() + frame.len() > PARTS_MAX {
            all.remove(&number);
        } else {
            notes.add(place, frame);
        }
    }

    /// Takes all that is noted of a segment, if it is all there is.
    pub fn take(&self, number: u64) -> Option<Notes> {
        self.lock().remove(&number)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<u64, Notes>> {
        self.0.lock().expect("nothing panics while notes are held")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(blobs: usize) -> Notes {
        let blob = SmallBlob { blob: BlobRef(1), at: 64, bytes: 1, crc: 2 };
        Notes { stretches: Vec::new(), blobs: vec![blob; blobs] }
    }

    #[test]
    fn a_segment_is_noted_from_its_first_frame_on_or_not_at_all() {
        let notes = SegmentNotes::default();
        notes.add(1, false, 5_000, &frame(1));
        assert!(notes.take(1).is_none());
        notes.add(2, true, 8_000, &frame(1));
        notes.add(2, false, 9_000, &frame(1));
        let places: Vec<u64> = notes.take(2).unwrap().blobs.iter().map(|blob| blob.at).collect();
        assert_eq!(places, [8_064, 9_064]);
        assert!(notes.take(2).is_none(), "what is taken is gone");
    }

    #[test]
    fn a_segment_of_too_many_parts_is_not_noted() {
        let notes = SegmentNotes::default();
        notes.add(1, true, 0, &frame(PARTS_MAX));
        notes.add(1, false, 1, &frame(1));
        notes.add(1, false, 2, &frame(1));
        assert!(notes.take(1).is_none());
    }
}
