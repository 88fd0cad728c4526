//! The engine held to the conformance suite, on the real disk and on the simulated one, folded and reopened at random; and what the
//! suite cannot see.

use std::sync::Arc;
use std::time::Duration;

use base::{Clock, Random, Timestamp};
use bytes::Bytes;
use futures_executor::block_on;
use store::{Check, Commit, CommitError, CommitId, Fate, From, Limit, LogChange, LogId, Seq, Store, Write};

use super::{Embedded, OpenError, Parts, Settings};
use crate::disk::{Disk, SimDisk};
use crate::suite::{self, Fixture};

const NOON: Timestamp = Timestamp::from_secs(1_700_000_000);

/// Small enough that every run passes through many segments and folds.
fn small(dir: impl Into<std::path::PathBuf>) -> Settings {
    Settings {
        segment_bytes: Some(256 << 10),
        fold_rows: 200,
        fold_bytes: 1 << 20,
        fresh_bytes: 64 << 10,
        cache_bytes: 1 << 20,
        floor_bytes: Some(0),
        ..Settings::new(dir)
    }
}

struct Opened {
    store: Arc<Embedded>,
    settings: Settings,
    disk: Option<Arc<dyn Disk>>,
    clock: Clock,
    opens: u64,
    _dir: Option<tempfile::TempDir>,
}

impl Opened {
    fn open(settings: &Settings, disk: Option<Arc<dyn Disk>>, clock: &Clock, opens: u64) -> Arc<Embedded> {
        let parts = Parts { clock: clock.clone(), random: Random::seeded(opens), disk };
        Embedded::open(settings.clone(), parts).unwrap()
    }

    fn on_sim() -> Self {
        Self::with(small("sim"), Some(Arc::new(SimDisk::new())), None)
    }

    fn on_real() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self::with(small(dir.path()), None, Some(dir))
    }

    fn with(settings: Settings, disk: Option<Arc<dyn Disk>>, dir: Option<tempfile::TempDir>) -> Self {
        let clock = Clock::manual(NOON);
        let store = Self::open(&settings, disk.clone(), &clock, 0);
        Self { store, settings, disk, clock, opens: 0, _dir: dir }
    }

    /// Counts a blob of these bytes once: a large one in a file, a small one in the commit.
    fn put_blob(&self, id: u128, bytes: &Bytes) -> store::BlobRef {
        let mut commit = self.commit();
        if bytes.len() > store::Bounds::INLINE_BLOB {
            let (stored, guard) = block_on(self.store.put_blob(bytes.clone().into())).unwrap();
            commit.count_blob(stored.blob, 1);
            block_on(self.store.commit(commit)).unwrap();
            drop(guard);
            return stored.blob;
        }
        commit.new_blob(store::BlobRef(id), bytes.clone());
        block_on(self.store.commit(commit)).unwrap();
        store::BlobRef(id)
    }

    fn blob(&self, blob: store::BlobRef, range: std::ops::Range<u64>) -> Result<Bytes, store::ReadError> {
        let body = block_on(self.store.get_blob(blob, range))?;
        block_on(body.collect(u64::MAX)).map_err(|error| store::ReadError::Disk(error.to_string()))
    }

    fn reopen(&mut self) {
        self.store.close();
        self.opens += 1;
        self.store = Self::open(&self.settings, self.disk.clone(), &self.clock, self.opens);
    }

    fn put(&self, key: &str, value: &str) -> Result<store::Committed, CommitError> {
        let mut commit = self.commit();
        commit.writes.push(Write { key: row(key), value: Some(value.to_owned().into()) });
        block_on(self.store.commit(commit))
    }

    fn get(&self, key: &str) -> Option<Bytes> {
        block_on(self.store.snapshot().get(&row(key))).unwrap().map(|found| found.value)
    }

    fn commit(&self) -> Commit {
        Commit::new(CommitId(self.store.shared.own_id()))
    }

    fn create_log(&self, log: LogId) {
        let mut commit = self.commit();
        commit.log(LogChange::Create { log, first: Seq(0) });
        block_on(self.store.commit(commit)).unwrap();
    }

    fn append(&self, log: LogId, records: Vec<Bytes>) -> store::Appended {
        let mut commit = self.commit();
        commit.append(log, records);
        block_on(self.store.commit(commit)).unwrap().appended[0]
    }

    /// All records of a log, read in small pieces.
    fn read_all(&self, log: LogId, from: From) -> Vec<(u64, Bytes)> {
        let mut records = Vec::new();
        let mut from = from;
        loop {
            let batch = block_on(self.store.read(log, from, Limit { records: 7, bytes: 20_000 })).unwrap();
            if batch.records.is_empty() {
                return records;
            }
            from = From::Seq(batch.next);
            records.extend(batch.records.into_iter().map(|record| (record.seq.0, record.payload)));
        }
    }
}

fn row(key: &str) -> Bytes {
    format!("\x7f\x01{key}").into()
}

fn payload(index: u64, bytes: usize) -> Bytes {
    Bytes::from(vec![index as u8; bytes])
}

impl Fixture for Opened {
    fn store(&self) -> Arc<dyn Store> {
        self.store.clone()
    }

    fn clock(&self) -> Clock {
        self.clock.clone()
    }

    fn shake(&mut self, draw: u64) {
        match draw % 4 {
            0 => self.reopen(),
            1 => block_on(self.store.fold()).unwrap(),
            2 => block_on(self.store.settle()),
            _ => {}
        }
    }
}

/// Runs a future that blocks within: `block_on` does not nest.
fn on_tokio(future: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future);
}

#[test]
fn conforms_on_the_simulated_disk() {
    on_tokio(suite::run(Opened::on_sim));
}

#[test]
fn conforms_on_the_real_disk() {
    on_tokio(suite::run(Opened::on_real));
}

#[test]
fn rows_survive_folds_and_reopening() {
    for mut opened in [Opened::on_sim(), Opened::on_real()] {
        for round in 0..5 {
            for index in 0..150 {
                opened.put(&format!("k{index}"), &format!("v{round}-{index}")).unwrap();
            }
            opened.shake(round);
        }
        for index in 0..150 {
            assert_eq!(opened.get(&format!("k{index}")), Some(Bytes::from(format!("v4-{index}"))));
        }
        assert!(opened.store.stats().segments < 12, "segments without records come back");
    }
}

#[test]
fn records_are_read_across_folds_and_reopening() {
    for mut opened in [Opened::on_sim(), Opened::on_real()] {
        let (log, other) = (LogId(1), LogId(2));
        opened.create_log(log);
        opened.create_log(other);
        let mut times = Vec::new();
        for index in 0..120u64 {
            opened.clock.pass(Duration::from_millis(10));
            times.push(opened.append(log, vec![payload(index, 3_000), payload(index, 1)]).time);
            opened.append(other, vec![payload(index, 9_000)]);
            if index % 31 == 30 {
                opened.shake(index);
            }
        }
        let all = opened.read_all(log, From::Seq(Seq(0)));
        assert_eq!(all.len(), 240);
        for (seq, payload) in &all {
            assert_eq!(u64::from(payload[0]), seq / 2);
        }
        for index in [0, 1, 17, 60, 119] {
            let found = opened.read_all(log, From::Time(times[index]));
            assert_eq!(found[..], all[index * 2..], "from time {index}");
            let just_after = times[index].plus(Duration::from_micros(1));
            assert_eq!(opened.read_all(log, From::Time(just_after))[..], all[index * 2 + 2..]);
            let seq = index as u64 * 2 + 1;
            assert_eq!(opened.read_all(log, From::Seq(Seq(seq)))[..], all[index * 2 + 1..]);
        }
        opened.reopen();
        assert_eq!(opened.read_all(log, From::Seq(Seq(0))), all);
        assert_eq!(opened.read_all(other, From::Seq(Seq(0))).len(), 120);
    }
}

#[test]
fn of_commits_in_one_batch_the_first_wins() {
    let opened = Opened::on_sim();
    let commits = (0..20).map(|index| {
        let mut commit = opened.commit();
        commit.check(Check::Absent(row("one")));
        commit.writes.push(Write { key: row("one"), value: Some(Bytes::from(vec![index])) });
        opened.store.commit(commit)
    });
    let results = block_on(futures_util::future::join_all(commits));
    assert!(results[0].is_ok());
    assert!(results[1..].iter().all(|result| *result == Err(CommitError::Check { index: 0 })));
    assert_eq!(opened.get("one"), Some(Bytes::from_static(&[0])));
}

#[test]
fn an_idle_log_leaves_memory_and_goes_on_where_it_was() {
    let opened = Opened::on_sim();
    opened.create_log(LogId(9));
    opened.append(LogId(9), vec![payload(1, 10)]);
    for round in 0..40 {
        opened.create_log(LogId(100 + round));
        opened.append(LogId(100 + round), vec![payload(2, 4_000)]);
        block_on(opened.store.fold()).unwrap();
    }
    assert!(opened.store.shared.logs.get(LogId(9)).is_none(), "an idle log costs its row alone");
    assert!(opened.store.stats().logs < 40);
    assert_eq!(opened.append(LogId(9), vec![payload(3, 10)]).first, Seq(1));
    assert_eq!(opened.read_all(LogId(9), From::Seq(Seq(0))).len(), 2);
}

#[test]
fn a_failed_sync_loses_nothing() {
    let disk = SimDisk::new();
    let mut opened = Opened::with(small("sim"), Some(Arc::new(disk.clone())), None);
    opened.create_log(LogId(1));
    for round in 0..6u64 {
        opened.put(&format!("before{round}"), "x").unwrap();
        // The mover syncs too.
        block_on(opened.store.settle());
        disk.fail_next_sync(Random::seeded(round));
        let mut commit = opened.commit();
        let mut large = vec![round as u8; 20_000];
        large[0] = 7;
        commit.append(LogId(1), vec![large.into()]);
        commit.new_blob(store::BlobRef(u128::from(round)), payload(round, 5_000));
        commit
            .writes
            .push(Write { key: row(&format!("with{round}")), value: Some(Bytes::from_static(b"y")) });
        block_on(opened.store.commit(commit)).unwrap();
        assert_eq!(opened.store.stats().syncs_failed, if round < 3 { round + 1 } else { round - 2 });
        opened.put(&format!("after{round}"), "z").unwrap();
        if round == 2 {
            opened.reopen();
        }
    }
    for _ in 0..2 {
        for round in 0..6 {
            for key in ["before", "with", "after"] {
                assert!(opened.get(&format!("{key}{round}")).is_some(), "{key}{round}");
            }
            let blob = block_on(opened.store.get_blob(store::BlobRef(round), 0..5_000)).unwrap();
            assert_eq!(block_on(blob.collect(5_000)).unwrap(), payload(round as u64, 5_000));
        }
        assert_eq!(opened.read_all(LogId(1), From::Seq(Seq(0))).len(), 6);
        opened.reopen();
    }
}

#[test]
fn outcomes_are_known_after_a_reopen_and_for_a_day() {
    let mut opened = Opened::on_sim();
    let mut commit = opened.commit();
    let id = commit.id;
    commit.writes.push(Write { key: row("a"), value: Some(Bytes::from_static(b"b")) });
    block_on(opened.store.commit(commit)).unwrap();
    let fate = |opened: &Opened, id| block_on(opened.store.outcome(id)).unwrap();
    assert_eq!(fate(&opened, id), Fate::Committed);
    assert_eq!(fate(&opened, CommitId(12)), Fate::Absent);
    for _ in 0..2 {
        opened.reopen();
        assert_eq!(fate(&opened, id), Fate::Committed);
    }
    opened.clock.advance(Duration::from_secs(25 * 3600));
    for round in 0..3 {
        opened.put("other", &round.to_string()).unwrap();
        block_on(opened.store.fold()).unwrap();
    }
    assert_ne!(fate(&opened, id), Fate::Committed, "ids are kept for a day, not for ever");
}

#[test]
fn a_full_disk_refuses_data_and_takes_deletes() {
    let disk = SimDisk::new();
    let settings = Settings { floor_bytes: Some(1 << 20), ..small("sim") };
    let opened = Opened::with(settings, Some(Arc::new(disk.clone())), None);
    opened.put("a", "1").unwrap();
    disk.set_free_bytes(1 << 19);
    assert!(opened.store.full());
    assert_eq!(opened.put("b", "2"), Err(CommitError::Full));
    let mut delete = opened.commit();
    delete.writes.push(Write { key: row("a"), value: None });
    block_on(opened.store.commit(delete)).unwrap();
    assert_eq!(opened.get("a"), None);
    disk.set_free_bytes(1 << 30);
    opened.put("b", "2").unwrap();
}

#[test]
fn a_closed_store_refuses_and_closes_twice() {
    let opened = Opened::on_sim();
    opened.put("a", "1").unwrap();
    opened.store.close();
    opened.store.close();
    assert_eq!(opened.put("b", "2"), Err(CommitError::Closed));
}

#[test]
fn a_directory_in_use_is_refused_in_one_line() {
    let opened = Opened::on_real();
    let parts = Parts { clock: opened.clock.clone(), random: Random::seeded(1), disk: None };
    let refused = Embedded::open(opened.settings.clone(), parts).err().unwrap();
    assert!(matches!(refused, OpenError::InUse { .. }));
    assert!(refused.to_string().ends_with("is in use by another process"));
}

#[test]
fn damage_in_the_journal_is_refused_with_its_place() {
    let disk = SimDisk::new();
    let opened = Opened::with(small("sim"), Some(Arc::new(disk.clone())), None);
    for index in 0..5 {
        opened.put("a", &index.to_string()).unwrap();
    }
    // As a crash leaves it: without the fold that closing ends with.
    let crashed = disk.power_cuts().cut_at(disk.moment(), &Random::seeded(3));
    let file = crashed.open("journal/00000000").unwrap();
    let mut byte = [0];
    file.read_exact_at(2 * 4096 + 90, &mut byte).unwrap();
    file.write_at(2 * 4096 + 90, &[byte[0] ^ 1]).unwrap();
    let parts =
        Parts { clock: opened.clock.clone(), random: Random::seeded(1), disk: Some(Arc::new(crashed)) };
    let refused = Embedded::open(small("sim"), parts).err().unwrap().to_string();
    assert!(refused.contains("journal is damaged at place `8192`"), "{refused}");
}

#[test]
fn an_ephemeral_store_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    let settings = Settings { ephemeral: true, ..small(dir.path()) };
    let opened = Opened::with(settings, None, None);
    opened.put("a", "1").unwrap();
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    opened.store.close();
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn a_snapshot_keeps_its_rows_through_folds_and_compactions() {
    let opened = Opened::on_real();
    for index in 0..300 {
        opened.put(&format!("k{index:03}"), "old").unwrap();
    }
    block_on(opened.store.fold()).unwrap();
    let snapshot = opened.store.snapshot();
    for round in 0..8 {
        for index in 0..300 {
            opened.put(&format!("k{index:03}"), &format!("new{round}")).unwrap();
        }
        block_on(opened.store.fold()).unwrap();
    }
    let scan = store::Scan { start: row("k"), end: row("l"), reverse: true, limit: 1_000 };
    let found = block_on(snapshot.scan(scan)).unwrap();
    assert_eq!(found.len(), 300);
    assert!(found.iter().all(|(_, row)| row.value == "old"));
    assert_eq!(found[0].0, row("k299"));
}

#[test]
fn commits_do_not_wait_for_ever_for_a_mover_that_fails() {
    let disk = SimDisk::new();
    let opened = Opened::with(small("sim"), Some(Arc::new(disk.clone())), None);
    opened.create_log(LogId(1));
    disk.refuse_below(Some("archive/"));
    let append = || {
        let mut commit = opened.commit();
        commit.append(LogId(1), vec![vec![7; 60_000].into()]);
        opened.store.commit(commit)
    };
    let results = block_on(async {
        let commits: Vec<_> = (0..80).map(|_| append()).collect();
        let failing = async {
            for _ in 0..4 {
                opened.store.settle().await;
            }
        };
        futures_util::future::join(futures_util::future::join_all(commits), failing).await.0
    });
    assert!(results.iter().any(Result::is_ok), "there is room for some");
    assert!(results.iter().all(|result| result.is_ok() || *result == Err(CommitError::Full)));
    assert!(results.contains(&Err(CommitError::Full)), "the others are told");
    assert_eq!(opened.put("a", "b"), Err(CommitError::Full));
    assert_eq!(opened.store.stats().parked, 0);
    disk.refuse_below(None);
    block_on(opened.store.settle());
    block_on(append()).unwrap();
    opened.put("a", "b").unwrap();
}

#[test]
fn a_blob_whose_file_is_gone_is_damage() {
    let disk = SimDisk::new();
    let opened = Opened::with(small("sim"), Some(Arc::new(disk.clone())), None);
    let (stored, guard) = block_on(opened.store.put_blob(vec![5; 100_000].into())).unwrap();
    let mut commit = opened.commit();
    commit.count_blob(stored.blob, 1);
    block_on(opened.store.commit(commit)).unwrap();
    drop(guard);
    let path = disk.paths().into_iter().find(|path| path.starts_with("blobs/")).unwrap();
    disk.remove(&path).unwrap();
    let read = block_on(opened.store.get_blob(stored.blob, 0..10));
    assert!(matches!(read, Err(store::ReadError::Corrupt(_))), "to try again would not help");
    assert_eq!(opened.store.stats().corrupt_reads, 1);
    let unknown = block_on(opened.store.get_blob(store::BlobRef(1), 0..0));
    assert_eq!(unknown.err(), Some(store::ReadError::NoBlob(store::BlobRef(1))));
}

fn slow(compressed: bool) -> store::Place {
    store::Place { volume: "SLOW".parse().ok(), compressed }
}

fn with_volume() -> Settings {
    Settings { volumes: vec![("SLOW".to_owned(), "elsewhere".into())], ..small("sim") }
}

#[test]
fn a_blob_is_read_alike_wherever_it_is_placed() {
    let disk = SimDisk::new();
    let mut opened = Opened::with(with_volume(), Some(Arc::new(disk.clone())), None);
    let large: Bytes = (0..200_000u32).map(|n| (n / 1_000) as u8).collect::<Vec<_>>().into();
    let small: Bytes = (0..5_000u32).map(|n| (n / 100) as u8).collect::<Vec<_>>().into();
    let blobs = [(opened.put_blob(1, &large), large), (opened.put_blob(2, &small), small)];
    let places =
        [slow(true), slow(false), store::Place::default(), store::Place { volume: None, compressed: true }];
    for place in places {
        for (blob, _) in &blobs {
            block_on(opened.store.place_blob(*blob, place)).unwrap();
            block_on(opened.store.place_blob(*blob, place)).unwrap();
        }
        block_on(opened.store.settle());
        for (blob, bytes) in &blobs {
            let whole = bytes.len() as u64;
            assert_eq!(opened.blob(*blob, 0..whole).unwrap(), bytes);
            assert_eq!(opened.blob(*blob, 3_000..4_100).unwrap(), bytes.slice(3_000..4_100));
        }
        let files = disk.paths().iter().filter(|path| path.contains("blobs/")).count();
        // At home a small blob may still be in the journal or in a pack.
        assert!(files <= 2, "what was left is gone: {:?}", disk.paths());
        opened.reopen();
    }
    assert_eq!(opened.store.stats().corrupt_reads, 0);
    opened.store.close();
    let report = crate::verify_disk(Arc::new(disk.clone()), "sim", &["SLOW"]).unwrap();
    assert!(report.is_clean() && report.left_over == 0, "{report}");
    opened.reopen();
    for (blob, _) in &blobs {
        let mut commit = opened.commit();
        commit.count_blob(*blob, -1);
        block_on(opened.store.commit(commit)).unwrap();
    }
    block_on(opened.store.settle());
    assert!(!disk.paths().iter().any(|path| path.contains("blobs/")), "{:?}", disk.paths());
}

#[test]
fn a_volume_must_be_known_and_be_there() {
    let disk = SimDisk::new();
    let mut opened = Opened::with(with_volume(), Some(Arc::new(disk.clone())), None);
    let bytes = payload(3, 100_000);
    let blob = opened.put_blob(1, &bytes);
    let other: store::Volume = "OTHER".parse().unwrap();
    let place = store::Place { volume: Some(other), compressed: false };
    let refused = block_on(opened.store.place_blob(blob, place));
    assert_eq!(refused, Err(store::PlaceError::NoVolume(other)));
    assert!(!opened.store.has_volume(other) && opened.store.has_volume("SLOW".parse().unwrap()));
    let nothing = block_on(opened.store.place_blob(store::BlobRef(9), slow(true)));
    assert!(matches!(nothing, Err(store::PlaceError::Read(store::ReadError::NoBlob(_)))));
    block_on(opened.store.place_blob(blob, slow(true))).unwrap();
    // Not configured any more: it is not there, but nothing is damaged.
    assert_eq!(opened.store.volumes_left_out(), Ok(vec![]));
    opened.settings.volumes.clear();
    opened.reopen();
    assert_eq!(opened.store.volumes_left_out(), Ok(vec!["SLOW".parse().unwrap()]));
    assert!(matches!(opened.blob(blob, 0..10), Err(store::ReadError::Disk(_))));
    opened.store.close();
    let report = crate::verify_disk(Arc::new(disk.clone()), "sim", &[]).unwrap();
    assert_eq!(report.damaged, 1, "what was not read is not well: {report}");
    // Not mounted: refused, rather than taken for empty.
    for path in disk.paths().iter().filter(|path| path.starts_with("volumes/")) {
        disk.remove(path).unwrap();
    }
    let parts = Parts { clock: opened.clock.clone(), random: Random::seeded(9), disk: Some(Arc::new(disk)) };
    let refused = Embedded::open(with_volume(), parts).err();
    assert!(matches!(refused, Some(OpenError::Volume { .. })), "{refused:?}");
}
