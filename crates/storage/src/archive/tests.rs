use std::collections::BTreeMap;
use std::sync::Arc;

use base::Timestamp;
use bytes::Bytes;
use proptest::prelude::*;
use store::{From, Limit, LogId, ReadError, Record, Seq};

use super::read::RunAt;
use super::*;
use crate::SimDisk;
use crate::disk::Disk;

const FILE: FileId = FileId(7 << NUMBER_BITS | 3);
const ALL: Limit = Limit { records: usize::MAX, bytes: usize::MAX };

type Logs = BTreeMap<u128, Vec<Record>>;

fn write(disk: &Arc<dyn Disk>, logs: &Logs) -> (u64, Vec<Run>) {
    let mut writer = ArchiveWriter::create(disk.clone(), FILE).unwrap();
    for (log, records) in logs {
        for record in records {
            writer.add(LogId(*log), record.seq, record.time.as_millis(), &record.payload).unwrap();
        }
    }
    writer.finish().unwrap()
}

fn logs() -> impl Strategy<Value = Logs> {
    let record = (0_i64..3, prop_oneof![5 => 0_usize..2_000, 1 => 0_usize..200_000]);
    let log = (0_u64..1_000, proptest::collection::vec(record, 1..60)).prop_map(|(first, records)| {
        let mut time = 1_000;
        let mut out = Vec::new();
        for (at, (later, length)) in records.into_iter().enumerate() {
            time += later;
            let payload = Bytes::from(vec![at as u8; length]);
            out.push(Record { seq: Seq(first + at as u64), time: Timestamp::from_millis(time), payload });
        }
        out
    });
    proptest::collection::btree_map(any::<u128>(), log, 1..5)
}

fn at(run: &Run) -> RunAt {
    RunAt { file: FILE, offset: run.offset, bytes: run.bytes }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_place_of_any_run_is_found_by_number_and_by_time(logs in logs(), place: prop::sample::Index, records in 1_usize..20, bytes in 0_usize..100_000) {
        let disk: Arc<dyn Disk> = Arc::new(SimDisk::new());
        let (_, runs) = write(&disk, &logs);
        prop_assert_eq!(runs.len(), logs.len());
        let archives = Archives::new(disk);
        for (run, (log, expected)) in runs.iter().zip(&logs) {
            prop_assert_eq!(run.extent.log, LogId(*log));
            prop_assert_eq!(run.extent.first, expected[0].seq);
            let from = &expected[place.index(expected.len())];
            let rest = &expected[(from.seq.0 - expected[0].seq.0) as usize..];
            let read = archives.read(run.extent.log, at(run), From::Seq(from.seq), ALL).unwrap().unwrap();
            prop_assert!(read == rest);
            let rest: Vec<_> = expected.iter().filter(|record| record.time >= from.time).cloned().collect();
            let read = archives.read(run.extent.log, at(run), From::Time(from.time), ALL).unwrap().unwrap();
            prop_assert!(read == rest);
            let limited = archives.read(run.extent.log, at(run), From::Time(from.time), Limit { records, bytes }).unwrap().unwrap();
            let mut total = 0;
            let fitting = rest.iter().take(records).take_while(|record| { total += record.payload.len(); total <= bytes }).count();
            prop_assert!(limited == rest[..fitting.max(1)]);
            let past = archives.read(run.extent.log, at(run), From::Seq(run.extent.end), ALL).unwrap().unwrap();
            prop_assert!(past.is_empty());
        }
    }

    #[test]
    fn a_file_is_understood_without_its_rows(logs in logs()) {
        let disk: Arc<dyn Disk> = Arc::new(SimDisk::new());
        let (bytes, runs) = write(&disk, &logs);
        let scan = Scan::open(&*disk, FILE).unwrap();
        prop_assert_eq!(scan.bytes(), bytes);
        prop_assert_eq!(scan.runs(), &runs[..]);
        let mut found = Logs::new();
        for run in scan.runs() {
            let records = found.entry(run.extent.log.0).or_default();
            scan.run(run).unwrap().records(|seq, time_ms, payload| {
                let payload = Bytes::copy_from_slice(payload);
                records.push(Record { seq, time: Timestamp::from_millis(time_ms), payload });
                Ok(())
            }).unwrap();
        }
        prop_assert!(found == logs);
    }

    #[test]
    fn a_flipped_bit_is_found_and_never_served(logs in logs(), bit: prop::sample::Index) {
        let disk: Arc<dyn Disk> = Arc::new(SimDisk::new());
        let (bytes, runs) = write(&disk, &logs);
        let file = disk.open(&FILE.path()).unwrap();
        let bit = bit.index(bytes as usize * 8) as u64;
        let mut byte = [0];
        file.read_exact_at(bit / 8, &mut byte).unwrap();
        byte[0] ^= 1 << (bit % 8);
        file.write_at(bit / 8, &byte).unwrap();
        // Verification finds it wherever it is.
        let verified = Scan::open(&*disk, FILE).and_then(|scan| {
            for run in scan.runs() {
                scan.run(run)?.records(|_, _, _| Ok(()))?;
            }
            Ok(())
        });
        prop_assert!(matches!(verified, Err(ReadError::Corrupt(_))));
        // A read either meets it or returns what was written.
        let archives = Archives::new(disk);
        for (run, expected) in runs.iter().zip(logs.values()) {
            let read = archives.read(run.extent.log, at(run), From::Seq(Seq(0)), ALL);
            let is_hit = (run.offset..run.offset + run.bytes).contains(&(bit / 8));
            match read {
                Ok(records) => prop_assert!(!is_hit && records.as_ref() == Some(expected)),
                Err(error) => prop_assert!(is_hit && matches!(error, ReadError::Corrupt(_))),
            }
        }
    }
}

#[test]
fn files_are_numbered_within_their_hour() {
    let disk: Arc<dyn Disk> = Arc::new(SimDisk::new());
    assert_eq!(unused(&*disk, 7).unwrap(), FileId::new(7, 0));
    ArchiveWriter::create(disk.clone(), FILE).unwrap().finish().unwrap();
    ArchiveWriter::create(disk.clone(), FileId::new(12, 0)).unwrap().finish().unwrap();
    assert_eq!(unused(&*disk, 7).unwrap(), FileId::new(7, 4));
    assert_eq!(list(&*disk).unwrap(), [FILE, FileId::new(12, 0)]);
    remove(&*disk, FILE).unwrap();
    remove(&*disk, FILE).unwrap();
    assert_eq!(list(&*disk).unwrap(), [FileId::new(12, 0)]);
}
