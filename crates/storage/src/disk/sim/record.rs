//! The record of what was done to a disk, and what a power cut leaves of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use base::Random;
use bytes::Bytes;

use super::pages::{PAGE, Page, Pages, SECTOR};
use super::{SimDisk, dir_of};

/// One thing that was done.
#[derive(Clone)]
pub(super) enum Op {
    Start {
        files: HashMap<u64, Pages>,
        names: BTreeMap<String, u64>,
        dirs: BTreeSet<String>,
    },
    Create {
        path: String,
        file: u64,
    },
    Remove {
        path: String,
    },
    /// Durable at once.
    CreateDirs {
        dir: String,
    },
    Write {
        file: u64,
        offset: u64,
        bytes: Bytes,
    },
    Extend {
        file: u64,
        len: u64,
    },
    Sync {
        file: u64,
    },
    SyncFailed {
        file: u64,
        seed: u64,
    },
    SyncDir {
        dir: String,
    },
}

impl Op {
    fn is_sync(&self) -> bool {
        match self {
            Op::Sync { .. } | Op::SyncFailed { .. } | Op::SyncDir { .. } => true,
            Op::Start { .. }
            | Op::Create { .. }
            | Op::Remove { .. }
            | Op::CreateDirs { .. }
            | Op::Write { .. }
            | Op::Extend { .. } => false,
        }
    }
}

/// Plays a record forward and cuts the power where it is told.
pub struct PowerCuts {
    record: Vec<Op>,
    at: usize,
    files: HashMap<u64, File>,
    names: BTreeMap<String, u64>,
    /// Names as a process sees them, synced or not.
    names_seen: BTreeMap<String, u64>,
    dirs: BTreeSet<String>,
    /// Creations (`Some`) and removals since the directory was synced.
    names_pending: BTreeMap<String, Vec<(String, Option<u64>)>>,
}

#[derive(Clone, Default)]
struct File {
    synced: Pages,
    current: Pages,
    /// What each page written since the last sync held after each write.
    pending: BTreeMap<u64, Vec<Page>>,
}

impl PowerCuts {
    pub(super) fn new(record: Vec<Op>) -> Self {
        let mut cuts = Self {
            record,
            at: 0,
            files: HashMap::new(),
            names: BTreeMap::new(),
            names_seen: BTreeMap::new(),
            dirs: BTreeSet::new(),
            names_pending: BTreeMap::new(),
        };
        // What was there from the start is there at every moment.
        cuts.play_until(1);
        cuts
    }

    /// The moments just before and just after each sync, and the end, in order.
    pub fn sync_moments(&self) -> Vec<usize> {
        let syncs = self.record.iter().enumerate().filter(|(_, op)| op.is_sync()).map(|(at, _)| at);
        let mut moments: Vec<usize> = syncs.flat_map(|at| [at, at + 1]).collect();
        moments.push(self.record.len());
        moments.dedup();
        moments
    }

    /// The disk as it might be found if the power failed at `moment`. Moments must not go back.
    ///
    /// # Panics
    /// When they do.
    pub fn cut_at(&mut self, moment: usize, random: &Random) -> SimDisk {
        assert!(moment.max(1) >= self.at, "moments go forward: the record is played only once");
        self.play_until(moment);
        self.found(random)
    }

    /// The disk as it is found if the process is killed at `moment`: all that was written is there, and what was not synced may still be
    /// lost when the power fails later. Moments must not go back.
    ///
    /// # Panics
    /// When they do.
    pub fn kill_at(&mut self, moment: usize) -> SimDisk {
        assert!(moment.max(1) >= self.at, "moments go forward: the record is played only once");
        self.play_until(moment);
        let files = self.files.iter().map(|(id, file)| (*id, file.current.clone())).collect();
        let next_file = self.files.keys().max().map_or(0, |last| last + 1);
        let record = self.record[..self.at].to_vec();
        SimDisk::with_record(files, self.names_seen.clone(), self.dirs.clone(), next_file, record)
    }

    fn play_until(&mut self, moment: usize) {
        while self.at < moment.min(self.record.len()) {
            let op = self.record[self.at].clone();
            self.at += 1;
            self.play(op);
        }
    }

    fn play(&mut self, op: Op) {
        match op {
            Op::Start { files, names, dirs } => {
                let file =
                    |pages: Pages| File { synced: pages.clone(), current: pages, pending: BTreeMap::new() };
                self.files = files.into_iter().map(|(id, pages)| (id, file(pages))).collect();
                self.names_seen = names.clone();
                self.names = names;
                self.dirs = dirs;
            }
            Op::Create { path, file } => {
                self.files.insert(file, File::default());
                rename(&mut self.names_seen, path.clone(), Some(file));
                self.names_pending.entry(dir_of(&path).to_owned()).or_default().push((path, Some(file)));
            }
            Op::Remove { path } => {
                rename(&mut self.names_seen, path.clone(), None);
                self.names_pending.entry(dir_of(&path).to_owned()).or_default().push((path, None));
            }
            Op::CreateDirs { dir } => {
                let mut above = dir.as_str();
                while !above.is_empty() {
                    self.dirs.insert(above.to_owned());
                    above = dir_of(above);
                }
            }
            Op::Write { file, offset, bytes } => self.file(file).write(offset, &bytes),
            Op::Extend { file, len } => self.file(file).current.extend(len),
            Op::Sync { file } => {
                self.file(file).sync();
            }
            Op::SyncFailed { file, seed } => self.file(file).lose(&Random::seeded(seed)),
            Op::SyncDir { dir } => {
                for (path, file) in self.names_pending.remove(&dir).unwrap_or_default() {
                    rename(&mut self.names, path, file);
                }
            }
        }
    }

    fn file(&mut self, file: u64) -> &mut File {
        self.files.get_mut(&file).expect("the record creates a file before it writes to it")
    }

    fn found(&self, random: &Random) -> SimDisk {
        let mut names = self.names.clone();
        for pending in self.names_pending.values() {
            let kept = below(random, pending.len() as u64 + 1) as usize;
            for (path, file) in &pending[..kept] {
                rename(&mut names, path.clone(), *file);
            }
        }
        let files = names.values().map(|id| (*id, self.files[id].found(random))).collect();
        let next_file = self.files.keys().max().map_or(0, |last| last + 1);
        SimDisk::holding(files, names, self.dirs.clone(), next_file)
    }
}

fn rename(names: &mut BTreeMap<String, u64>, path: String, file: Option<u64>) {
    match file {
        Some(file) => names.insert(path, file),
        None => names.remove(&path),
    };
}

fn below(random: &Random, bound: u64) -> u64 {
    random.u64() % bound
}

impl File {
    fn write(&mut self, offset: u64, bytes: &[u8]) {
        for index in self.current.write(offset, bytes) {
            let page = self.current.page(index).expect("a page just written is there").clone();
            self.pending.entry(index).or_default().push(page);
        }
    }

    /// Pages that a failed sync lost are not written by a later one.
    fn sync(&mut self) {
        for (index, versions) in std::mem::take(&mut self.pending) {
            let newest = versions.last().expect("a pending page has a version");
            self.keep(index, newest.clone());
        }
        self.synced.extend(self.current.len());
    }

    /// A sync failed: some pages got through, the rest read well but are nobody's to write any more.
    fn lose(&mut self, random: &Random) {
        for (index, versions) in std::mem::take(&mut self.pending) {
            let newest = versions.last().expect("a pending page has a version");
            if below(random, 2) == 0 {
                self.keep(index, newest.clone());
            }
        }
    }

    fn keep(&mut self, index: u64, page: Page) {
        let end = self.current.len().min((index + 1) * PAGE as u64);
        self.synced.set_page(index, page);
        self.synced.extend(end);
    }

    fn found(&self, random: &Random) -> Pages {
        let mut found = self.clone();
        let torn = below(random, self.pending.len() as u64 + 1) as usize;
        // Often nothing or everything gets through; most bugs show only in between.
        let odds = below(random, 4);
        for (at, (index, versions)) in self.pending.iter().enumerate() {
            let kept = match odds {
                0 => false,
                1 => true,
                _ => below(random, 2) == 0,
            };
            let version = &versions[below(random, versions.len() as u64) as usize];
            if at == torn {
                found.keep(*index, self.tear(*index, version, random));
            } else if kept {
                let version = if odds == 1 { versions.last().unwrap_or(version) } else { version };
                found.keep(*index, version.clone());
            }
        }
        found.synced
    }

    /// The new page up to some sector, the old one from there.
    fn tear(&self, index: u64, new: &Page, random: &Random) -> Page {
        let mut page = self.synced.page(index).map_or([0; PAGE], |page| **page);
        let cut = below(random, (PAGE / SECTOR) as u64 + 1) as usize * SECTOR;
        page[..cut].copy_from_slice(&new[..cut]);
        page.into()
    }
}
