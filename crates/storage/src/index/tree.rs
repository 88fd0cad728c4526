//! The base on a real disk: one `lsm-tree`, used for sorted runs alone.
//!
//! Its own memtable and sequence numbers for single writes are not used: a fold is one `ingestion`, which the crate makes durable and visible
//! at once. Each view holds a *bound*, the sequence number after the last fold; compaction evicts nothing that a live bound can see. After each
//! fold and each compaction a new bound is taken for new views, so that the old files can go as soon as the old views do.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

use bytes::{Bytes, BytesMut};
use lsm_tree::checksum::ChecksummedWriter;
use lsm_tree::compaction::Leveled;
use lsm_tree::config::PinningPolicy;
use lsm_tree::{AbstractTree, AnyTree, Cache, Config, DescriptorTable, Guard, SequenceNumberCounter};
use store::ReadError;

use super::{Base, BaseError, Map, Row, RowIter, View};

/// Open files of the tree.
const DESCRIPTORS: usize = 128;
/// Merges of levels in one call of [`Base::compact`].
const MERGES: usize = 4;
/// Bytes of a table: small enough that a merge on a small disk needs little space.
const TABLE_BYTES: u64 = 32 << 20;

/// The tree and the bounds of its views.
pub struct Tree {
    tree: AnyTree,
    next: SequenceNumberCounter,
    visible: SequenceNumberCounter,
    bounds: Arc<Bounds>,
    current: Mutex<Arc<Bound>>,
    cache_bytes: u64,
}

/// The live bounds and how many hold each.
type Bounds = Mutex<BTreeMap<u64, usize>>;

struct Bound {
    at: u64,
    bounds: Arc<Bounds>,
}

impl Bound {
    fn new(at: u64, bounds: &Arc<Bounds>) -> Arc<Self> {
        *lock(bounds).entry(at).or_default() += 1;
        Arc::new(Self { at, bounds: bounds.clone() })
    }
}

impl Drop for Bound {
    fn drop(&mut self) {
        let mut bounds = lock(&self.bounds);
        if let Some(count) = bounds.get_mut(&self.at) {
            *count -= 1;
            if *count == 0 {
                bounds.remove(&self.at);
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().expect("nothing panics while bounds are held")
}

impl Tree {
    /// Opens or creates the tree in a directory.
    pub fn open(dir: &Path, cache_bytes: u64) -> Result<Self, BaseError> {
        check_manifest(dir)?;
        let next = SequenceNumberCounter::default();
        let visible = SequenceNumberCounter::default();
        let config = Config::new(dir, next.clone(), visible.clone())
            .use_cache(Arc::new(Cache::with_capacity_bytes(cache_bytes)))
            .use_descriptor_table(Some(Arc::new(DescriptorTable::new(DESCRIPTORS))))
            .index_block_partitioning_policy(PinningPolicy::all(true))
            .filter_block_partitioning_policy(PinningPolicy::all(true));
        let tree = config.open()?;
        // Views of an earlier run are gone, so a number may come twice; within a run none does. A bound of zero would keep
        // everything for ever.
        let highest = tree.get_highest_persisted_seqno().unwrap_or(0);
        next.set(highest + 1);
        visible.set(highest + 1);
        let bounds = Arc::new(Bounds::default());
        let current = Mutex::new(Bound::new(visible.get(), &bounds));
        Ok(Self { tree, next, visible, bounds, current, cache_bytes })
    }

    fn move_bound(&self) {
        *lock(&self.current) = Bound::new(self.visible.get(), &self.bounds);
    }
}

/// Verifies the file that lists the tree's tables, which the crate itself reads without looking at its checksum.
///
/// ```text
/// current    | version u64 | xxh3 of file v<version> u128 | 0 u8 |
/// ```
fn check_manifest(dir: &Path) -> Result<(), BaseError> {
    let current = match std::fs::read(dir.join("current")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        other => other?,
    };
    let damaged = || BaseError("its list of tables fails its checksum".to_owned());
    let (version, rest) = current.split_first_chunk().ok_or_else(damaged)?;
    let (checksum, kind) = rest.split_first_chunk().ok_or_else(damaged)?;
    let name = format!("v{}", u64::from_le_bytes(*version));
    let mut file = match std::fs::File::open(dir.join(name)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(damaged()),
        other => other?,
    };
    let mut summed = ChecksummedWriter::new(io::sink());
    io::copy(&mut file, &mut summed)?;
    let is_right = summed.checksum().into_u128() == u128::from_le_bytes(*checksum);
    if is_right && kind == [0] { Ok(()) } else { Err(damaged()) }
}

impl Base for Tree {
    fn view(&self) -> Arc<dyn View> {
        // All blocks of a tree that fits into half the cache are taken to be in it, or in the system's.
        let in_memory = self.tree.disk_space() <= self.cache_bytes / 2;
        Arc::new(TreeView { bound: lock(&self.current).clone(), tree: self.tree.clone(), in_memory })
    }

    fn fold(&self, rows: &Map) -> Result<(), BaseError> {
        let mut run = self.tree.ingestion()?;
        let mut buffer = BytesMut::new();
        for (key, row) in rows.iter() {
            match &row.value {
                Some(value) => {
                    buffer.clear();
                    buffer.extend_from_slice(&row.version.to_le_bytes());
                    buffer.extend_from_slice(value);
                    run.write(&key[..], &buffer[..])?;
                }
                None => run.write_tombstone(&key[..])?,
            }
        }
        run.finish()?;
        self.move_bound();
        Ok(())
    }

    fn compact(&self) -> Result<bool, BaseError> {
        let strategy = Arc::new(Leveled::default().with_table_target_size(TABLE_BYTES));
        let before = self.next.get();
        for _ in 0..MERGES {
            let start = self.next.get();
            let oldest = lock(&self.bounds).first_key_value().map_or(0, |(at, _)| *at);
            self.tree.compact(strategy.clone(), oldest)?;
            if self.next.get() == start {
                break;
            }
            self.move_bound();
        }
        Ok(self.next.get() != before)
    }

    fn disk_bytes(&self) -> u64 {
        self.tree.disk_space()
    }

    fn verify(&self) -> (u64, Vec<String>) {
        let mut bytes = 0;
        let mut problems = Vec::new();
        for table in self.tree.current_version().iter_tables() {
            let mut summed = ChecksummedWriter::new(io::sink());
            let read =
                std::fs::File::open(&**table.path).and_then(|mut file| io::copy(&mut file, &mut summed));
            match read {
                Ok(read) if summed.checksum() == table.checksum() => bytes += read,
                Ok(_) => problems.push(format!("`{}` fails its checksum", table.path.display())),
                Err(error) => problems.push(format!("`{}`: {error}", table.path.display())),
            }
        }
        (bytes, problems)
    }
}

struct TreeView {
    tree: AnyTree,
    bound: Arc<Bound>,
    in_memory: bool,
}

fn failed(error: lsm_tree::Error) -> ReadError {
    match error {
        lsm_tree::Error::Io(error) => ReadError::Disk(format!("index: {error}")),
        other => ReadError::Corrupt(format!("index: {other}")),
    }
}

fn row(bytes: &[u8]) -> Result<Row, ReadError> {
    match bytes.split_first_chunk() {
        Some((version, value)) => {
            Ok(Row { version: u64::from_le_bytes(*version), value: Some(Bytes::copy_from_slice(value)) })
        }
        None => Err(ReadError::Corrupt("index: a value has no version".to_owned())),
    }
}

impl View for TreeView {
    fn get(&self, key: &[u8]) -> Result<Option<Row>, ReadError> {
        match self.tree.get(key, self.bound.at).map_err(failed)? {
            Some(value) => row(&value).map(Some),
            None => Ok(None),
        }
    }

    fn range(&self, start: &[u8], end: &[u8], reverse: bool) -> RowIter {
        let mut range = self.tree.range(start..end, self.bound.at, None);
        // The bound must live as long as the iterator.
        let bound = self.bound.clone();
        Box::new(std::iter::from_fn(move || {
            let _live = &bound;
            let guard = if reverse { range.next_back() } else { range.next() }?;
            Some(
                guard
                    .into_inner()
                    .map_err(failed)
                    .and_then(|(key, value)| Ok((Bytes::copy_from_slice(&key), row(&value)?))),
            )
        }))
    }

    fn in_memory(&self) -> bool {
        self.in_memory
    }
}
