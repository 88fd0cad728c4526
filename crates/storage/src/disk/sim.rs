//! A simulated disk that forgets what was not synced.
//!
//! Everything happens in memory and is recorded. [`SimDisk::power_cuts`] plays the record back and gives, for any moment in it, a disk as
//! it might be found after the power failed then: bytes that were synced are there; of the 4 KiB pages written since, a random subset, each
//! in any of its versions since the last sync, and one of them torn at a 512-byte sector; of the creations and removals in a directory since it
//! was synced, a random beginning. What a real disk does is milder. A killed process, in contrast, leaves everything it wrote, synced or not
//! ([`PowerCuts::kill_at`]). [`pages`] has the files, [`record`] the playing back.
//!
//! A sync can be told to fail, after which the pages it was to write are lost though they read well, as Linux does it. A liar
//! answers every sync without doing it: a test that passes on a liar proves nothing.

mod pages;
mod record;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use base::Random;
use bytes::Bytes;

use super::{Disk, DiskFile};
use pages::Pages;
use record::Op;
pub use record::PowerCuts;

/// A disk in memory. Clones share it.
#[derive(Clone)]
pub struct SimDisk(Arc<Mutex<World>>);

struct World {
    files: HashMap<u64, Pages>,
    names: BTreeMap<String, u64>,
    dirs: BTreeSet<String>,
    locked: BTreeSet<String>,
    next_file: u64,
    record: Vec<Op>,
    syncs: u64,
    sync_to_fail: Option<SyncToFail>,
    /// No file can be made below this directory.
    refused: Option<String>,
    free_bytes: u64,
    total_bytes: u64,
    liar: bool,
}

/// Free space of a new disk: enough for every test that does not say otherwise.
const FREE_BYTES: u64 = 1 << 40;
/// Size of a new disk: small, so that journal segments are.
const TOTAL_BYTES: u64 = 256 << 20;

impl Default for SimDisk {
    fn default() -> Self {
        Self::new()
    }
}

impl SimDisk {
    /// An empty disk.
    pub fn new() -> Self {
        Self::holding(HashMap::new(), BTreeMap::new(), BTreeSet::new(), 0)
    }

    /// An empty disk whose syncs do nothing.
    pub fn liar() -> Self {
        let disk = Self::new();
        disk.lock().liar = true;
        disk
    }

    fn holding(
        files: HashMap<u64, Pages>,
        names: BTreeMap<String, u64>,
        dirs: BTreeSet<String>,
        next_file: u64,
    ) -> Self {
        // What is there at the beginning counts as synced.
        let record = vec![Op::Start { files: files.clone(), names: names.clone(), dirs: dirs.clone() }];
        Self::with_record(files, names, dirs, next_file, record)
    }

    fn with_record(
        files: HashMap<u64, Pages>,
        names: BTreeMap<String, u64>,
        dirs: BTreeSet<String>,
        next_file: u64,
        record: Vec<Op>,
    ) -> Self {
        Self(Arc::new(Mutex::new(World {
            files,
            names,
            dirs,
            locked: BTreeSet::new(),
            next_file,
            record,
            syncs: 0,
            sync_to_fail: None,
            refused: None,
            free_bytes: FREE_BYTES,
            total_bytes: TOTAL_BYTES,
            liar: false,
        })))
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        self.0.lock().expect("nothing panics while the simulated disk is held")
    }

    /// How many operations were recorded so far: a moment that a power cut can be placed at.
    pub fn moment(&self) -> usize {
        self.lock().record.len()
    }

    /// Plays the record back, to cut the power at any moment of it.
    pub fn power_cuts(&self) -> PowerCuts {
        PowerCuts::new(self.lock().record.clone())
    }

    /// How many files and directories were synced so far.
    pub fn syncs(&self) -> u64 {
        self.lock().syncs
    }

    /// Lets the sync of a file after `further` more fail; a random half of what it was to write is lost for good.
    pub fn fail_sync_after(&self, further: u64, random: Random) {
        let mut world = self.lock();
        world.sync_to_fail = Some(SyncToFail { after: world.syncs + further, random, fills_too: true });
    }

    /// Lets the next sync of a file fail that is not one of [`DiskFile::allocate_zeroed`]: what happens beside the caller does not take it.
    pub fn fail_next_sync(&self, random: Random) {
        self.lock().sync_to_fail = Some(SyncToFail { after: 0, random, fills_too: false });
    }

    /// From now on no file can be made whose path begins with this; `None`: any can.
    pub fn refuse_below(&self, path: Option<&str>) {
        self.lock().refused = path.map(str::to_owned);
    }

    /// Sets what [`Disk::free_bytes`] answers.
    pub fn set_free_bytes(&self, free_bytes: u64) {
        self.lock().free_bytes = free_bytes;
    }

    /// Every file's path, sorted.
    pub fn paths(&self) -> Vec<String> {
        self.lock().names.keys().cloned().collect()
    }
}

fn dir_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(dir, _)| dir)
}

impl World {
    fn find(&self, path: &str) -> io::Result<u64> {
        self.names.get(path).copied().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn pages(&mut self, file: u64) -> &mut Pages {
        self.files.get_mut(&file).expect("files are kept as long as the disk")
    }

    fn has_dir(&self, dir: &str) -> io::Result<()> {
        if dir.is_empty() || self.dirs.contains(dir) { Ok(()) } else { Err(io::ErrorKind::NotFound.into()) }
    }
}

impl Disk for SimDisk {
    fn open(&self, path: &str) -> io::Result<Arc<dyn DiskFile>> {
        let file = self.lock().find(path)?;
        Ok(Arc::new(SimFile { disk: self.clone(), file }))
    }

    fn create_new(&self, path: &str) -> io::Result<Arc<dyn DiskFile>> {
        let mut world = self.lock();
        world.has_dir(dir_of(path))?;
        if world.refused.as_ref().is_some_and(|refused| path.starts_with(refused.as_str())) {
            return Err(io::Error::other("simulated: the file cannot be made"));
        }
        if world.names.contains_key(path) || world.dirs.contains(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let file = world.next_file;
        world.next_file += 1;
        world.files.insert(file, Pages::default());
        world.names.insert(path.to_owned(), file);
        world.record.push(Op::Create { path: path.to_owned(), file });
        Ok(Arc::new(SimFile { disk: self.clone(), file }))
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        let mut world = self.lock();
        world.find(path)?;
        world.names.remove(path);
        world.record.push(Op::Remove { path: path.to_owned() });
        Ok(())
    }

    fn list(&self, dir: &str) -> io::Result<Vec<String>> {
        let world = self.lock();
        let paths = world.names.keys().chain(&world.dirs);
        let inside = paths.filter(|path| dir_of(path) == dir && !path.is_empty());
        let mut names: Vec<String> = inside
            .map(|path| path.rsplit_once('/').map_or(path.as_str(), |(_, name)| name).to_owned())
            .collect();
        names.sort();
        Ok(names)
    }

    fn create_dir_all(&self, dir: &str) -> io::Result<()> {
        let mut world = self.lock();
        let mut above = dir;
        while !above.is_empty() {
            world.dirs.insert(above.to_owned());
            above = dir_of(above);
        }
        world.record.push(Op::CreateDirs { dir: dir.to_owned() });
        Ok(())
    }

    fn sync_dir(&self, dir: &str) -> io::Result<()> {
        let mut world = self.lock();
        world.has_dir(dir)?;
        world.syncs += 1;
        if !world.liar {
            world.record.push(Op::SyncDir { dir: dir.to_owned() });
        }
        Ok(())
    }

    fn free_bytes(&self) -> io::Result<u64> {
        Ok(self.lock().free_bytes)
    }

    fn total_bytes(&self) -> io::Result<u64> {
        Ok(self.lock().total_bytes)
    }

    fn lock(&self, path: &str) -> io::Result<Box<dyn Send + Sync>> {
        let mut world = SimDisk::lock(self);
        if !world.locked.insert(path.to_owned()) {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        Ok(Box::new(SimLock { disk: self.clone(), path: path.to_owned() }))
    }

    fn real_root(&self) -> Option<&Path> {
        None
    }
}

/// A sync that will fail.
struct SyncToFail {
    /// How many go well before.
    after: u64,
    random: Random,
    fills_too: bool,
}

struct SimLock {
    disk: SimDisk,
    path: String,
}

impl Drop for SimLock {
    fn drop(&mut self) {
        self.disk.lock().locked.remove(&self.path);
    }
}

/// An open file; it outlives its name.
struct SimFile {
    disk: SimDisk,
    file: u64,
}

impl SimFile {
    fn sync(&self, world: &mut World, fills: bool) -> io::Result<()> {
        world.syncs += 1;
        if let Some(fail) = &world.sync_to_fail
            && world.syncs > fail.after
            && (fail.fills_too || !fills)
        {
            let seed = fail.random.u64();
            world.sync_to_fail = None;
            world.record.push(Op::SyncFailed { file: self.file, seed });
            return Err(io::Error::other("simulated: the sync failed"));
        }
        if !world.liar {
            world.record.push(Op::Sync { file: self.file });
        }
        Ok(())
    }
}

impl DiskFile for SimFile {
    fn read_at(&self, offset: u64, bytes: &mut [u8]) -> io::Result<usize> {
        Ok(self.disk.lock().pages(self.file).read(offset, bytes))
    }

    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let mut world = self.disk.lock();
        world.pages(self.file).write(offset, bytes);
        world.record.push(Op::Write { file: self.file, offset, bytes: Bytes::copy_from_slice(bytes) });
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        self.sync(&mut self.disk.lock(), false)
    }

    fn len(&self) -> io::Result<u64> {
        Ok(self.disk.lock().pages(self.file).len())
    }

    fn allocate_zeroed(&self, len: u64) -> io::Result<()> {
        let mut world = self.disk.lock();
        world.pages(self.file).extend(len);
        world.record.push(Op::Extend { file: self.file, len });
        self.sync(&mut world, true)
    }
}

#[cfg(test)]
mod tests;
