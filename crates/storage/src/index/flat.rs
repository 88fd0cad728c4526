//! The base on a simulated disk: all rows in memory, and one file that a fold replaces by the next.
//!
//! It exists so that folds, checkpoints and the reuse of segments can be crashed at every write through [`Disk`], which the tree's own I/O does
//! not pass. A file counts once its checksum holds; the one before it is removed only after it was synced.
//!
//! ```text
//!     magic u64 | rows u64 | key length u32, value length u32, version u64, key, value | … | crc32c u32 of all before
//! ```

use std::sync::{Arc, Mutex};

use bytes::{Buf, BufMut, Bytes};
use store::ReadError;

use super::{Base, BaseError, Map, Row, RowIter, View};
use crate::disk::Disk;

const DIR: &str = "index";
const MAGIC: u64 = u64::from_le_bytes(*b"MRFLAT01");

/// All rows, in memory.
pub struct Flat {
    disk: Arc<dyn Disk>,
    current: Mutex<Current>,
}

struct Current {
    number: u64,
    rows: Map,
}

impl Flat {
    /// Reads the latest whole file.
    pub fn open(disk: Arc<dyn Disk>) -> Result<Self, BaseError> {
        disk.create_dir_all(DIR)?;
        let mut numbers: Vec<u64> = disk.list(DIR)?.iter().filter_map(|name| name.parse().ok()).collect();
        numbers.sort_unstable();
        let mut current = Current { number: numbers.last().copied().unwrap_or(0), rows: Map::new() };
        for number in numbers.iter().rev() {
            let file = disk.open(&path(*number))?;
            let mut bytes = vec![0; file.len()? as usize];
            file.read_exact_at(0, &mut bytes)?;
            if let Some(rows) = parse(&bytes) {
                // A process that was killed may have written it, and not yet made it durable.
                file.sync_data()?;
                disk.sync_dir(DIR)?;
                current.rows = rows;
                break;
            }
        }
        Ok(Self { disk, current: Mutex::new(current) })
    }
}

fn path(number: u64) -> String {
    format!("{DIR}/{number:08}")
}

fn write(rows: &Map) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.put_u64_le(MAGIC);
    bytes.put_u64_le(rows.len() as u64);
    for (key, row) in rows.iter() {
        let value = row.value.as_deref().unwrap_or_default();
        bytes.put_u32_le(key.len() as u32);
        bytes.put_u32_le(value.len() as u32);
        bytes.put_u64_le(row.version);
        bytes.put_slice(key);
        bytes.put_slice(value);
    }
    let crc = crc32c::crc32c(&bytes);
    bytes.put_u32_le(crc);
    bytes
}

fn parse(bytes: &[u8]) -> Option<Map> {
    let (mut input, crc) = bytes.split_last_chunk()?;
    if crc32c::crc32c(input) != u32::from_le_bytes(*crc) || input.try_get_u64_le().ok()? != MAGIC {
        return None;
    }
    let count = input.try_get_u64_le().ok()?;
    let mut rows = Map::new();
    for _ in 0..count {
        let key = input.try_get_u32_le().ok()? as usize;
        let value = input.try_get_u32_le().ok()? as usize;
        let version = input.try_get_u64_le().ok()?;
        let key = Bytes::copy_from_slice(input.split_off(..key)?);
        let value = Some(Bytes::copy_from_slice(input.split_off(..value)?));
        rows.insert(key, Row { version, value });
    }
    Some(rows)
}

impl Base for Flat {
    fn view(&self) -> Arc<dyn View> {
        Arc::new(FlatView(self.current.lock().expect("a fold does not panic").rows.clone()))
    }

    fn fold(&self, rows: &Map) -> Result<(), BaseError> {
        let mut current = self.current.lock().expect("a fold does not panic");
        let mut all = current.rows.clone();
        for (key, row) in rows.iter() {
            match row.value {
                Some(_) => all.insert(key.clone(), row.clone()),
                None => all.remove(key),
            };
        }
        // A number is used once, also when the file fails.
        current.number += 1;
        let number = current.number;
        let file = self.disk.create_new(&path(number))?;
        file.write_at(0, &write(&all))?;
        file.sync_data()?;
        self.disk.sync_dir(DIR)?;
        current.rows = all;
        for name in self.disk.list(DIR)? {
            if name.parse().is_ok_and(|old: u64| old < number) {
                self.disk.remove(&format!("{DIR}/{name}"))?;
            }
        }
        self.disk.sync_dir(DIR)?;
        Ok(())
    }

    fn compact(&self) -> Result<bool, BaseError> {
        Ok(false)
    }

    fn disk_bytes(&self) -> u64 {
        0
    }

    fn verify(&self) -> (u64, Vec<String>) {
        // Its only file was read and checked when it was opened.
        (0, Vec::new())
    }
}

struct FlatView(Map);

impl View for FlatView {
    fn get(&self, key: &[u8]) -> Result<Option<Row>, ReadError> {
        Ok(self.0.get(key).cloned())
    }

    fn range(&self, start: &[u8], end: &[u8], reverse: bool) -> RowIter {
        let (start, end) = (Bytes::copy_from_slice(start), Bytes::copy_from_slice(end));
        super::state::in_map(self.0.clone(), &start, &end, reverse)
    }

    fn in_memory(&self) -> bool {
        true
    }
}
