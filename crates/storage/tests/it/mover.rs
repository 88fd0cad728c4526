//! What becomes of segments, archive files, packs and blob files over time.

use std::sync::Arc;
use std::time::Duration;

use base::{Clock, Random, Timestamp};
use bytes::Bytes;
use futures_executor::block_on;
use storage::{Disk, Embedded, Parts, Settings, SimDisk, verify_disk};
use store::{BlobRef, Commit, CommitId, From, Limit, LogChange, LogId, ReadError, Seq, Store};

const SEGMENT: u64 = 128 << 10;
const ALL: Limit = Limit { records: usize::MAX, bytes: usize::MAX };

/// A store on a simulated disk, with small segments.
struct Place {
    disk: SimDisk,
    clock: Clock,
    store: Arc<Embedded>,
    random: Random,
}

impl Place {
    fn new() -> Self {
        let disk = SimDisk::new();
        let clock = Clock::manual(Timestamp::from_secs(1_700_000_000));
        Self { store: Self::open(&disk, &clock), disk, clock, random: Random::seeded(3) }
    }

    fn open(disk: &SimDisk, clock: &Clock) -> Arc<Embedded> {
        let settings = Settings {
            segment_bytes: Some(SEGMENT),
            fold_rows: 500,
            fold_bytes: 512 << 10,
            fresh_bytes: 16 << 10,
            floor_bytes: Some(0),
            ..Settings::new("sim")
        };
        let disk: Arc<dyn Disk> = Arc::new(disk.clone());
        let parts = Parts { clock: clock.clone(), random: Random::seeded(7), disk: Some(disk) };
        Embedded::open(settings, parts).expect("the store opens")
    }

    fn reopen(&mut self) {
        self.store.close();
        self.store = Self::open(&self.disk, &self.clock);
    }

    fn commit(&self, fill: impl FnOnce(&mut Commit)) {
        let mut commit = Commit::new(CommitId(self.random.u128()));
        fill(&mut commit);
        block_on(self.store.commit(commit)).expect("nothing stands against it");
    }

    fn new_logs(&self, count: u128) -> Vec<LogId> {
        let logs: Vec<LogId> = (1..=count).map(LogId).collect();
        self.commit(|commit| {
            for &log in &logs {
                commit.log(LogChange::Create { log, first: Seq(0) });
            }
        });
        logs
    }

    /// Rounds of one record of 500 bytes to each log.
    fn append(&self, logs: &[LogId], rounds: std::ops::Range<u64>) {
        for round in rounds {
            self.clock.pass(Duration::from_millis(10));
            self.commit(|commit| {
                for &log in logs {
                    commit.append(log, vec![record(log, round)]);
                }
            });
        }
    }

    /// Fills segments with rows alone, so that all before is in sealed ones and can be moved.
    fn seal(&self) {
        for number in 0_u8..3 {
            self.commit(|commit| {
                let key = Bytes::from(vec![0x7f, number]);
                commit.writes.push(store::Write { key, value: Some(vec![number; 100_000].into()) });
            });
        }
        self.settle();
    }

    fn settle(&self) {
        block_on(self.store.settle());
    }

    fn seqs(&self, log: LogId, from: From) -> Vec<u64> {
        let batch = block_on(self.store.read(log, from, ALL)).expect("the log is readable");
        for found in &batch.records {
            assert_eq!(found.payload, record(log, found.seq.0), "records come back as they were");
        }
        batch.records.iter().map(|record| record.seq.0).collect()
    }

    fn count(&self, dir: &str) -> usize {
        self.disk.paths().iter().filter(|path| path.starts_with(dir)).count()
    }

    fn raise(&self, logs: &[LogId], to: u64) {
        self.commit(|commit| {
            for &log in logs {
                commit.log(LogChange::Horizon(log, Seq(to)));
            }
        });
        self.settle();
    }

    fn read_blob(&self, blob: BlobRef, bytes: u64) -> Result<Bytes, ReadError> {
        let body = block_on(self.store.get_blob(blob, 0..bytes))?;
        Ok(block_on(body.collect(u64::MAX)).expect("the blob's bytes are readable"))
    }

    fn drop_references(&self, blobs: impl Iterator<Item = BlobRef>) {
        self.commit(|commit| {
            for blob in blobs {
                commit.count_blob(blob, -1);
            }
        });
        self.settle();
    }

    /// What is stored is sound.
    fn verify(self) {
        self.store.close();
        let report = verify_disk(Arc::new(self.disk.clone()), "sim", &[]).expect("the directory is free");
        assert!(report.is_clean(), "{report}");
        assert_eq!(report.left_over, 0, "{report}");
    }
}

fn record(log: LogId, seq: u64) -> Bytes {
    let mut bytes = vec![log.0 as u8; 500];
    bytes[..8].copy_from_slice(&seq.to_le_bytes());
    bytes.into()
}

fn blob_bytes(number: u128) -> Bytes {
    vec![number as u8; 3_000 + number as usize].into()
}

#[test]
fn records_are_read_alike_before_and_after_they_moved() {
    let mut place = Place::new();
    let logs = place.new_logs(5);
    let start = place.clock.now();
    place.append(&logs, 0..1_000);
    place.settle();
    assert!(place.count("archive/") > 5, "{:?}", place.disk.paths());
    for _ in 0..2 {
        for &log in &logs {
            assert_eq!(place.seqs(log, From::Seq(Seq(0))), (0..1_000).collect::<Vec<_>>());
            assert_eq!(place.seqs(log, From::Seq(Seq(777))), (777..1_000).collect::<Vec<_>>());
            let time = start.plus(Duration::from_millis(10 * 301));
            assert_eq!(place.seqs(log, From::Time(time)), (300..1_000).collect::<Vec<_>>());
        }
        place.reopen();
        place.settle();
    }
    place.verify();
}

#[test]
fn segments_come_back() {
    let place = Place::new();
    let logs = place.new_logs(3);
    place.append(&logs, 0..4_000);
    place.settle();
    block_on(place.store.fold()).expect("the disk is well");
    assert!(place.count("journal/") < 16, "of {} segments", 4_000 * 4096 / SEGMENT);
    place.verify();
}

#[test]
fn an_idle_logs_last_records_move_too() {
    let mut place = Place::new();
    let logs = place.new_logs(4);
    place.append(&logs, 0..3);
    place.append(&logs[..1], 3..600);
    place.settle();
    for &log in &logs[1..] {
        assert_eq!(place.seqs(log, From::Seq(Seq(0))), [0, 1, 2]);
    }
    // They go on after they had moved, and after a start.
    place.reopen();
    place.append(&logs[1..], 3..5);
    place.append(&logs[..1], 600..900);
    place.settle();
    place.append(&logs[1..], 5..6);
    for &log in &logs[1..] {
        assert_eq!(place.seqs(log, From::Seq(Seq(0))), [0, 1, 2, 3, 4, 5]);
        assert_eq!(place.seqs(log, From::Time(place.clock.now())), [5]);
    }
    assert_eq!(place.seqs(logs[0], From::Seq(Seq(0))).len(), 900);
    place.verify();
}

#[test]
fn what_the_horizon_cuts_off_is_removed() {
    let place = Place::new();
    let logs = place.new_logs(3);
    place.append(&logs, 0..600);
    place.seal();
    let before = place.count("archive/");
    assert!(before > 3);
    // One log still needs every file.
    place.raise(&logs[..1], 600);
    place.raise(&logs[1..2], 300);
    assert_eq!(place.count("archive/"), before);
    assert_eq!(place.seqs(logs[1], From::Seq(Seq(0))), (300..600).collect::<Vec<_>>());
    assert_eq!(place.seqs(logs[2], From::Seq(Seq(0))), (0..600).collect::<Vec<_>>());
    place.raise(&logs[1..], 600);
    assert_eq!(place.count("archive/"), 0, "{:?}", place.disk.paths());
    for &log in &logs {
        assert!(place.seqs(log, From::Seq(Seq(0))).is_empty());
    }
    place.append(&logs, 600..601);
    assert_eq!(place.seqs(logs[0], From::Seq(Seq(0))), [600]);
    place.verify();
}

#[test]
fn a_deleted_logs_records_are_removed() {
    let place = Place::new();
    let logs = place.new_logs(2);
    place.append(&logs, 0..400);
    place.seal();
    place.append(&logs, 400..402);
    place.commit(|commit| {
        commit.log(LogChange::Delete(logs[0]));
    });
    place.seal();
    assert_eq!(place.seqs(logs[1], From::Seq(Seq(0))), (0..402).collect::<Vec<_>>());
    place.commit(|commit| {
        commit.log(LogChange::Delete(logs[1]));
    });
    place.settle();
    assert_eq!(place.count("archive/"), 0, "{:?}", place.disk.paths());
    place.verify();
}

#[test]
fn a_file_more_than_half_dead_is_written_anew() {
    let place = Place::new();
    let logs = place.new_logs(4);
    place.append(&logs, 0..400);
    place.seal();
    let bytes = |place: &Place| -> u64 {
        let paths = place.disk.paths();
        let archive = paths.iter().filter(|path| path.starts_with("archive/"));
        archive.map(|path| place.disk.open(path).unwrap().len().unwrap()).sum()
    };
    let before = bytes(&place);
    place.raise(&logs[..3], 400);
    assert!(bytes(&place) < before / 3, "{} of {before}", bytes(&place));
    assert_eq!(place.seqs(logs[3], From::Seq(Seq(0))), (0..400).collect::<Vec<_>>());
    place.raise(&logs[3..], 250);
    assert_eq!(place.seqs(logs[3], From::Seq(Seq(0))), (250..400).collect::<Vec<_>>());
    place.verify();
}

#[test]
fn small_blobs_move_into_packs_and_die_there() {
    let mut place = Place::new();
    let blobs: Vec<u128> = (1..=300).collect();
    for chunk in blobs.chunks(10) {
        place.commit(|commit| {
            for &number in chunk {
                commit.new_blob(BlobRef(number), blob_bytes(number));
            }
        });
    }
    place.seal();
    let packs = place.count("packs/");
    assert!(packs > 3);
    for _ in 0..2 {
        for &number in &blobs {
            let bytes = blob_bytes(number);
            assert_eq!(place.read_blob(BlobRef(number), bytes.len() as u64), Ok(bytes));
        }
        place.reopen();
    }
    // Two of three in every pack: all are written anew.
    place.drop_references(blobs.iter().filter(|number| **number % 3 != 0).map(|number| BlobRef(*number)));
    let total: u64 = place
        .disk
        .paths()
        .iter()
        .filter(|path| path.starts_with("packs/"))
        .map(|path| place.disk.open(path).unwrap().len().unwrap())
        .sum();
    assert!(total < 100 * 3_500, "{total} bytes for a hundred blobs of about 3,150");
    for &number in &blobs {
        let bytes = blob_bytes(number);
        let read = place.read_blob(BlobRef(number), bytes.len() as u64);
        let expected = if number % 3 == 0 { Ok(bytes) } else { Err(ReadError::NoBlob(BlobRef(number))) };
        assert_eq!(read, expected);
    }
    place.drop_references(blobs.iter().filter(|number| **number % 3 == 0).map(|number| BlobRef(*number)));
    assert_eq!(place.count("packs/"), 0, "{:?}", place.disk.paths());
    place.verify();
}

#[test]
fn a_large_blobs_file_goes_with_its_last_reference() {
    let place = Place::new();
    let (stored, guard) = block_on(place.store.put_blob(Bytes::from(vec![5; 200_000]).into())).unwrap();
    place.commit(|commit| {
        commit.count_blob(stored.blob, 2);
    });
    place.drop_references([stored.blob].into_iter());
    assert_eq!(place.count("blobs/"), 1);
    // The guard still keeps it, and it may be counted again.
    place.drop_references([stored.blob].into_iter());
    assert_eq!(place.count("blobs/"), 1);
    place.commit(|commit| {
        commit.count_blob(stored.blob, 1);
    });
    drop(guard);
    place.settle();
    assert_eq!(place.count("blobs/"), 1);
    place.drop_references([stored.blob].into_iter());
    assert_eq!(place.count("blobs/"), 0);
    place.verify();
}

#[test]
fn files_that_no_row_names_are_removed_at_the_next_start() {
    let mut place = Place::new();
    place.store.close();
    let orphans = ["archive/5/000003", "packs/00000000000000aa", "blobs/00/00000000000000000000000000000001"];
    for path in orphans {
        let (dir, _) = path.rsplit_once('/').unwrap();
        place.disk.create_dir_all(dir).unwrap();
        place.disk.create_new(path).unwrap();
    }
    let report = verify_disk(Arc::new(place.disk.clone()), "sim", &[]).expect("the directory is free");
    assert!(report.is_clean() && report.left_over == 3, "{report}");
    place.store = Place::open(&place.disk, &place.clock);
    place.settle();
    while orphans.iter().any(|orphan| place.disk.paths().iter().any(|path| path == orphan)) {
        std::thread::yield_now();
    }
    place.verify();
}

#[test]
fn a_directory_in_use_is_not_verified() {
    let place = Place::new();
    let refused = verify_disk(Arc::new(place.disk.clone()), "sim", &[]).expect_err("the store has it open");
    assert_eq!(refused.to_string(), "data directory `sim` is in use by another process");
}
