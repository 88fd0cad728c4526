//! The journal's files through the life of a directory: written, cut off, damaged, reused.

use std::sync::Arc;

use bytes::BytesMut;

use super::frame::{Builder, PAGE};
use super::replay::{Point, ReplayError, replay};
use super::segments::{DIR, Segments};
use super::writer::Writer;
use crate::disk::{Disk, SimDisk};

const IDENTITY: u64 = 0x5eed;
const SEGMENT: u64 = 4 * PAGE;
const START: Point = Point { place: 0, position: 1 };

struct Journal {
    disk: SimDisk,
    segments: Arc<Segments>,
    writer: Writer,
    position: u64,
}

impl Journal {
    fn new() -> Self {
        Self::on(SimDisk::new())
    }

    fn on(disk: SimDisk) -> Self {
        let segments = Arc::new(Segments::open(Arc::new(disk.clone()), SEGMENT, IDENTITY).unwrap());
        let writer = Writer::new(segments.clone(), 0).unwrap();
        Self { disk, segments, writer, position: 1 }
    }

    /// Writes a frame of one commit whose id is its position and whose body takes so many pages.
    fn write(&mut self, pages: u64) -> u64 {
        let mut builder = Builder::new(BytesMut::new(), self.position);
        builder.begin(u128::from(self.position));
        let value = vec![0x77; (pages * PAGE - 200) as usize];
        builder.rows([(b"key".as_slice(), Some(&value[..]))].into_iter());
        builder.end();
        self.writer.make_room(pages * PAGE, 0).unwrap();
        let place = self.writer.place();
        let (header, bytes, _) = builder.finish(place, IDENTITY);
        assert_eq!(header.span(), pages * PAGE);
        self.writer.append(&bytes).unwrap();
        self.position += 1;
        place
    }

    /// The positions a new start finds, and where it goes on.
    fn replayed(&self, from: Point) -> Result<(Vec<u64>, Point), ReplayError> {
        let segments = Segments::open(Arc::new(self.disk.clone()), SEGMENT, IDENTITY).unwrap();
        let mut positions = Vec::new();
        let end = replay(&segments, from, |header, _| {
            positions.extend(header.position..header.end());
            Ok(())
        })?;
        Ok((positions, end))
    }

    /// Flips a bit of the byte at a place.
    fn damage(&self, place: u64) {
        let (segment, offset) = self.segments.at(place).unwrap();
        let mut byte = [0];
        segment.file().read_exact_at(offset, &mut byte).unwrap();
        segment.file().write_at(offset, &[byte[0] ^ 0x10]).unwrap();
    }
}

#[test]
fn frames_are_replayed_in_order_over_segments() {
    let mut journal = Journal::new();
    for pages in [1, 2, 2, 1, 3, 4, 1] {
        journal.write(pages);
    }
    let (positions, end) = journal.replayed(START).unwrap();
    assert_eq!(positions, [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(end, Point { place: journal.writer.place(), position: 8 });
}

#[test]
fn replay_starts_at_the_checkpoint() {
    let mut journal = Journal::new();
    journal.write(1);
    let place = journal.write(1) + PAGE;
    journal.write(1);
    assert_eq!(journal.replayed(Point { place, position: 3 }).unwrap().0, [3]);
    // At the end of a segment the next one goes on.
    journal.write(1);
    journal.write(1);
    assert_eq!(journal.replayed(Point { place: SEGMENT, position: 5 }).unwrap().0, [5]);
}

#[test]
fn a_damaged_last_frame_is_a_torn_tail() {
    let mut journal = Journal::new();
    journal.write(1);
    let last = journal.write(2);
    journal.damage(last + PAGE + 7);
    let (positions, end) = journal.replayed(START).unwrap();
    assert_eq!(positions, [1]);
    assert_eq!(end, Point { place: last, position: 2 });
    let torn = super::replay::torn(&journal.segments, end).unwrap().unwrap();
    assert_eq!((torn.place, torn.position, torn.count), (last, 2, 1));
    let sound = super::replay::torn(&journal.segments, Point { place: last, position: 3 });
    assert_eq!(sound.unwrap(), None, "what was written before is no torn frame");
}

#[test]
fn a_damaged_frame_that_others_follow_is_named() {
    for damaged in [1, 2, 3] {
        let mut journal = Journal::new();
        let places: Vec<u64> = (0..6).map(|_| journal.write(1)).collect();
        // The header of one, the body of another.
        journal.damage(places[damaged] + if damaged == 2 { 3 } else { 200 });
        let Err(ReplayError::Hole { place, position, later, .. }) = journal.replayed(START) else {
            panic!("a hole is not overlooked");
        };
        assert_eq!((place, position, later), (places[damaged], damaged as u64 + 1, damaged as u64 + 2));
    }
}

#[test]
fn a_damaged_first_frame_of_a_segment_is_named() {
    for offset in [3, 200] {
        let mut journal = Journal::new();
        let places: Vec<u64> = (0..6).map(|_| journal.write(1)).collect();
        assert_eq!(places[4], SEGMENT);
        journal.damage(SEGMENT + offset);
        let Err(ReplayError::Hole { position: 5, later: 6, .. }) = journal.replayed(START) else {
            panic!("a hole is not overlooked");
        };
    }
}

#[test]
fn what_an_earlier_life_of_a_segment_left_is_not_replayed() {
    let mut journal = Journal::new();
    for _ in 0..8 {
        journal.write(1);
    }
    assert_eq!(journal.segments.recycle_below(2), 2);
    // The next segment is written over the first one's file, and not to its end.
    let place = journal.write(1);
    journal.write(2);
    assert_eq!(place, 2 * SEGMENT);
    assert_eq!(journal.disk.paths().len(), 2, "no new file was made");
    let (positions, end) = journal.replayed(Point { place, position: 9 }).unwrap();
    assert_eq!(positions, [9, 10]);
    assert_eq!(end, Point { place: place + 3 * PAGE, position: 11 });
}

#[test]
fn a_frame_larger_than_a_segment_has_a_file_of_its_own() {
    let mut journal = Journal::new();
    journal.write(1);
    let place = journal.write(10);
    assert_eq!(place, SEGMENT);
    let next = journal.write(1);
    assert_eq!(next, 4 * SEGMENT);
    assert_eq!(journal.replayed(START).unwrap().0, [1, 2, 3]);
    // Such a file is removed, not reused.
    let before = journal.disk.paths().len();
    journal.segments.recycle_below(4);
    journal.segments.trim(false).unwrap();
    assert_eq!(journal.disk.paths().len(), before - 1);
}

#[test]
fn a_frame_written_again_in_the_next_segment_counts_once() {
    for first_is_damaged in [false, true] {
        let mut journal = Journal::new();
        journal.write(1);
        let failed = journal.write(1);
        // As after a failed sync: the same position again, in a segment of its own.
        journal.position -= 1;
        journal.writer.leave(PAGE).unwrap();
        journal.write(1);
        journal.write(1);
        if first_is_damaged {
            journal.damage(failed + 100);
        }
        assert_eq!(journal.replayed(START).unwrap().0, [1, 2, 3]);
    }
}

#[test]
fn a_segment_in_which_nothing_could_be_synced_is_passed_over() {
    for first_is_damaged in [false, true] {
        let mut journal = Journal::new();
        journal.write(1);
        let failed = journal.write(1);
        for _ in 0..2 {
            journal.position -= 1;
            journal.writer.leave(2 * PAGE).unwrap();
            journal.write(2);
        }
        journal.write(1);
        // Of the first copy all is there, or not; of the second the header alone.
        journal.damage(SEGMENT + PAGE + 5);
        if first_is_damaged {
            journal.damage(failed + 100);
        }
        let mut places = Vec::new();
        let segments = Segments::open(Arc::new(journal.disk.clone()), SEGMENT, IDENTITY).unwrap();
        let replayed = replay(&segments, START, |header, _| {
            places.push(header.place);
            Ok(())
        });
        assert_eq!(replayed.unwrap().position, 4);
        assert_eq!(places, [0, 2 * SEGMENT, 2 * SEGMENT + 2 * PAGE], "the copy that was synced counts");
    }
}

#[test]
fn a_frame_that_began_a_segment_and_was_written_again_counts_where_it_was_synced() {
    for copies in 1..=3 {
        let mut journal = Journal::new();
        // A page stays free behind it, into which the next does not fit.
        journal.write(3);
        let mut synced = journal.write(2);
        for _ in 0..copies {
            journal.position -= 1;
            journal.writer.leave(2 * PAGE).unwrap();
            synced = journal.write(2);
        }
        let after = journal.write(1);
        let mut places = Vec::new();
        let segments = Segments::open(Arc::new(journal.disk.clone()), SEGMENT, IDENTITY).unwrap();
        let replayed = replay(&segments, START, |header, _| {
            places.push(header.place);
            Ok(())
        });
        assert_eq!(replayed.unwrap().position, 4);
        assert_eq!(places, [0, synced, after]);
    }
}

#[test]
fn a_torn_frame_in_a_new_segment_never_claims_it_again() {
    let mut journal = Journal::new();
    journal.write(3);
    let torn = journal.write(2);
    assert_eq!(torn, SEGMENT);
    journal.damage(torn + PAGE + 9);
    let segments = Arc::new(Segments::open(Arc::new(journal.disk.clone()), SEGMENT, IDENTITY).unwrap());
    let end = replay(&segments, START, |_, _| Ok(())).unwrap();
    assert_eq!(end, Point { place: 3 * PAGE, position: 2 });
    segments.wipe_above(Some(0)).unwrap();
    let writer = Writer::new(segments.clone(), end.place).unwrap();
    let mut journal = Journal { segments, writer, position: 2, disk: journal.disk };
    assert_eq!(journal.write(1), 3 * PAGE);
    assert_eq!(journal.write(1), SEGMENT);
    assert_eq!(journal.replayed(START).unwrap().0, [1, 2, 3]);
}

#[test]
fn a_file_that_was_never_used_is_known_by_its_first_page() {
    let mut journal = Journal::new();
    journal.write(1);
    while journal.segments.prepare(PAGE).unwrap() {}
    assert_eq!(journal.segments.counts(), (1, 1));
    let path = format!("{DIR}/00000001");
    let spare = journal.disk.open(&path).unwrap();
    // A frame behind that page is of no life of it: it is not looked for.
    let mut frame = vec![0; PAGE as usize];
    journal.disk.open(&format!("{DIR}/00000000")).unwrap().read_exact_at(0, &mut frame).unwrap();
    spare.write_at(PAGE, &frame).unwrap();
    assert_eq!(journal.replayed(START).unwrap().0, [1]);
    let segments = Segments::open(Arc::new(journal.disk.clone()), SEGMENT, IDENTITY).unwrap();
    assert_eq!(segments.counts(), (1, 1));
    // Of another directory it would say nothing.
    let segments = Segments::open(Arc::new(journal.disk.clone()), SEGMENT, IDENTITY + 1).unwrap();
    assert_eq!(segments.counts(), (0, 2));
}

#[test]
fn spares_beyond_those_that_are_kept_go_when_it_is_quiet() {
    let mut journal = Journal::new();
    for _ in 0..6 {
        journal.write(4);
    }
    journal.segments.recycle_below(5);
    journal.segments.trim(false).unwrap();
    assert_eq!(journal.segments.counts(), (1, 5));
    journal.segments.trim(true).unwrap();
    assert_eq!(journal.segments.counts(), (1, 3));
    assert_eq!(journal.disk.paths().iter().filter(|path| path.starts_with(DIR)).count(), 4);
    journal.write(1);
    assert_eq!(journal.segments.counts(), (2, 2));
}

#[test]
fn a_missing_segment_is_named() {
    let mut journal = Journal::new();
    let place = journal.write(1) + PAGE;
    journal.disk.remove(&format!("{DIR}/00000000")).unwrap();
    let missing = journal.replayed(Point { place, position: 2 });
    assert!(matches!(missing, Err(ReplayError::NoSegment { place: PAGE })));
}
