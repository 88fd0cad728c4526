//! One flipped bit in each kind of file, on the real disk: it is found, and never served.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use base::{Clock, Random, Timestamp};
use bytes::Bytes;
use futures_executor::block_on;
use storage::{Embedded, OpenError, Parts, Settings, verify};
use store::{BlobRef, Commit, CommitId, From, Limit, LogChange, LogId, ReadError, Record, Seq, Store, Write};

/// Bits flipped in each file.
const FLIPS: u64 = 4;
const LOGS: u128 = 4;
const RECORDS: u64 = 120;
const BLOBS: u128 = 40;

fn settings(dir: &Path) -> Settings {
    Settings {
        segment_bytes: Some(256 << 10),
        fold_rows: 100,
        fold_bytes: 512 << 10,
        fresh_bytes: 0,
        floor_bytes: Some(0),
        ..Settings::new(dir)
    }
}

fn open(dir: &Path) -> Result<Arc<Embedded>, OpenError> {
    let clock = Clock::manual(Timestamp::from_secs(1_700_000_000));
    Embedded::open(settings(dir), Parts { clock, random: Random::seeded(5), disk: None })
}

fn key(number: u64) -> Bytes {
    [&[0x7f, 1][..], &number.to_be_bytes()].concat().into()
}

fn payload(log: u128, seq: u64) -> Bytes {
    let mut bytes = vec![log as u8; 900];
    bytes[..8].copy_from_slice(&seq.to_le_bytes());
    bytes.into()
}

/// What the directory holds.
struct Contents {
    large: BlobRef,
}

impl Contents {
    /// Fills a directory so that there is something of every kind: records and small blobs moved and not moved yet, a large blob,
    /// rows in the tree.
    fn write(dir: &Path) -> Self {
        let store = open(dir).unwrap();
        let random = Random::seeded(9);
        let commit = |fill: &mut dyn FnMut(&mut Commit)| {
            let mut commit = Commit::new(CommitId(random.u128()));
            fill(&mut commit);
            block_on(store.commit(commit)).unwrap();
        };
        commit(&mut |commit| {
            for log in 1..=LOGS {
                commit.log(LogChange::Create { log: LogId(log), first: Seq(0) });
            }
        });
        let (stored, guard) = block_on(store.put_blob(large().into())).unwrap();
        commit(&mut |commit| {
            commit.count_blob(stored.blob, 1);
        });
        drop(guard);
        for seq in 0..RECORDS {
            commit(&mut |commit| {
                commit.writes.push(Write { key: key(seq), value: Some(payload(0, seq)) });
                for log in 1..=LOGS {
                    commit.append(LogId(log), vec![payload(log, seq)]);
                }
                if u128::from(seq) < BLOBS {
                    commit.new_blob(BlobRef(u128::from(seq)), payload(77, seq));
                }
            });
        }
        block_on(store.settle());
        commit(&mut |commit| {
            commit.new_blob(BlobRef(BLOBS), payload(77, BLOBS as u64));
            commit.append(LogId(1), vec![payload(1, RECORDS)]);
        });
        store.close();
        Self { large: stored.blob }
    }

    /// Reads everything: whatever is not as it was written must be answered as corrupt. Returns how much was.
    fn read(&self, store: &Embedded) -> usize {
        let mut corrupt = 0;
        let mut note = |error: ReadError, what: &str| match error {
            ReadError::Corrupt(_) => corrupt += 1,
            other => panic!("{what}: {other}"),
        };
        let snapshot = store.snapshot();
        for seq in 0..RECORDS {
            match block_on(snapshot.get(&key(seq))) {
                Ok(found) => assert!(found.is_some_and(|row| row.value == payload(0, seq)), "row {seq}"),
                Err(error) => note(error, "a row"),
            }
        }
        for log in 1..=LOGS {
            let end = if log == 1 { RECORDS + 1 } else { RECORDS };
            for seq in 0..end {
                let limit = Limit { records: 1, bytes: 0 };
                match block_on(store.read(LogId(log), From::Seq(Seq(seq)), limit)) {
                    Ok(batch) => {
                        let found: Vec<(u64, Bytes)> = batch
                            .records
                            .into_iter()
                            .map(|Record { seq, payload, .. }| (seq.0, payload))
                            .collect();
                        assert!(found == [(seq, payload(log, seq))], "record {seq} of log {log}");
                    }
                    Err(error) => note(error, "a record"),
                }
            }
        }
        for number in 0..=BLOBS {
            match read_blob(store, BlobRef(number), 900) {
                Ok(bytes) => assert!(bytes == payload(77, number as u64), "blob {number}"),
                Err(error) => note(error, "a small blob"),
            }
        }
        match read_blob(store, self.large, large().len() as u64) {
            Ok(bytes) => assert!(bytes == large()),
            Err(error) => note(error, "a large blob"),
        }
        corrupt
    }
}

fn large() -> Bytes {
    (0..300_000_u32).map(|at| (at >> 3) as u8).collect::<Vec<u8>>().into()
}

fn read_blob(store: &Embedded, blob: BlobRef, bytes: u64) -> Result<Bytes, ReadError> {
    let body = block_on(store.get_blob(blob, 0..bytes))?;
    // A body breaks off at the first frame that fails its checksum.
    block_on(body.collect(u64::MAX)).map_err(|error| ReadError::Corrupt(error.to_string()))
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn copy(from: &Path, to: &Path) {
    for file in files(from) {
        let target = to.join(file.strip_prefix(from).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(&file, target).unwrap();
    }
}

/// A bit of the first copy of these bytes in a file.
fn bit_of(path: &Path, wanted: &[u8]) -> Option<u64> {
    let bytes = std::fs::read(path).unwrap();
    bytes.windows(wanted.len()).position(|window| window == wanted).map(|at| (at as u64 + 100) * 8)
}

fn flip(path: &Path, bit: u64) {
    use std::os::unix::fs::FileExt;
    let file = std::fs::File::options().read(true).write(true).open(path).unwrap();
    let mut byte = [0];
    file.read_exact_at(&mut byte, bit / 8).unwrap();
    byte[0] ^= 1 << (bit % 8);
    file.write_all_at(&byte, bit / 8).unwrap();
}

#[test]
fn a_flipped_bit_in_any_file_is_found_and_never_served() {
    let whole = tempfile::tempdir().unwrap();
    let contents = Contents::write(whole.path());
    let report = verify(whole.path()).unwrap();
    assert!(report.is_clean() && report.records > 0 && report.blobs == BLOBS as u64 + 2, "{report}");
    let random = Random::seeded(11);
    let mut kinds = std::collections::BTreeMap::<String, (u32, u32)>::new();
    for file in files(whole.path()) {
        let name = file.strip_prefix(whole.path()).unwrap();
        let bits = file.metadata().unwrap().len() * 8;
        if bits == 0 {
            continue;
        }
        let kind = name.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
        let mut drawn: Vec<u64> = (0..FLIPS).map(|_| random.u64() % bits).collect();
        // Most of the journal is space that is written over before it is read again: what is not is sure to be tried.
        drawn.extend(bit_of(&file, &payload(1, RECORDS)));
        for bit in drawn {
            let damaged = tempfile::tempdir().unwrap();
            copy(whole.path(), damaged.path());
            flip(&damaged.path().join(name), bit);
            let is_found = match verify(damaged.path()) {
                Ok(report) => !report.is_clean(),
                Err(_) => true,
            };
            // Space that is written over before it is read again is in the journal alone.
            assert!(is_found || kind == "journal", "verify finds a bit in {}", name.display());
            let is_met = match open(damaged.path()) {
                Ok(store) => contents.read(&store) > 0,
                Err(OpenError::Damaged { .. }) => true,
                Err(error) => panic!("{}: {error}", name.display()),
            };
            assert!(is_found || !is_met, "what a reader meets in {} is found by verify", name.display());
            let (found, met) = kinds.entry(kind.clone()).or_default();
            *found += u32::from(is_found);
            *met += u32::from(is_met);
        }
    }
    for kind in ["FORMAT", "archive", "blobs", "index", "journal", "packs"] {
        let (found, met) = kinds.get(kind).copied().unwrap_or_default();
        assert!(found > 0 && met > 0, "there were bits to find in {kind}: {kinds:?}");
    }
}
