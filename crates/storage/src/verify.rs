//! Verification: every stored byte that anything still needs, read against its checksum.
//!
//! It takes the directory's lock, so it never runs beside a server, and changes nothing. Rows say what is needed: the index's own files
//! are checked as wholes, the journal is replayed as at a start, and from the rows every run, pack and blob is followed to its bytes. Files that no
//! row names (what a crash left behind) are counted and not judged: the next start removes them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base::{Clock, Random, Timestamp};
use store::{BlobRef, LogId, ReadError, Seq, Volume};

use crate::archive::{self, FileId, Scan};
use crate::blobs::packs::{self, Place};
use crate::blobs::volumes::Volumes;
use crate::blobs::{self, FileAt};
use crate::disk::{Disk, RealDisk};
use crate::engine::OpenError;
use crate::engine::core::Core;
use crate::engine::shared::{Shared, SharedParts};
use crate::format::{Format, FormatError};
use crate::index::flat::Flat;
use crate::index::rows::{self, BlobPlace, BlobRow, Checkpoint, LogRow, Moved, RunPlace, RunRow};
use crate::index::state::State;
use crate::index::tree::Tree;
use crate::index::{Base, Map};
use crate::journal::replay::{Point, replay, torn};
use crate::journal::segments::Segments;
use crate::mover::gather;
use crate::space::Space;

/// Bytes of index blocks kept in memory while rows are read once.
const CACHE_BYTES: u64 = 8 << 20;
/// Problems listed; more are only counted.
const LISTED_MAX: usize = 1_000;

/// What was read, and what is wrong with it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Report {
    /// Rows of the index.
    pub rows: u64,
    /// Frames of the journal.
    pub frames: u64,
    /// Records in the archive.
    pub records: u64,
    /// Blobs.
    pub blobs: u64,
    /// Bytes that were read against a checksum.
    pub bytes: u64,
    /// Files that nothing refers to: the next start removes them.
    pub left_over: u64,
    /// What is worth knowing, and no damage.
    pub notes: Vec<String>,
    /// How many things are damaged.
    pub damaged: u64,
    /// Where and how, as far as they are listed.
    pub problems: Vec<String>,
}

impl Report {
    /// Whether nothing is damaged.
    pub fn is_clean(&self) -> bool {
        self.damaged == 0
    }

    fn problem(&mut self, what: impl fmt::Display) {
        self.damaged += 1;
        if self.problems.len() < LISTED_MAX {
            self.problems.push(what.to_string());
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for note in &self.notes {
            writeln!(f, "note: {note}")?;
        }
        for problem in &self.problems {
            writeln!(f, "damaged: {problem}")?;
        }
        if self.damaged > self.problems.len() as u64 {
            writeln!(f, "damaged: and {} more", self.damaged - self.problems.len() as u64)?;
        }
        write!(
            f,
            "{} rows, {} journal frames, {} archived records, {} blobs, {} bytes read: ",
            self.rows, self.frames, self.records, self.blobs, self.bytes
        )?;
        match self.damaged {
            0 => f.write_str("all is well"),
            1 => f.write_str("1 thing is damaged"),
            more => write!(f, "{more} things are damaged"),
        }
    }
}

/// Verifies a data directory. It must be there, and nobody may have it open. Blobs on volumes are not looked at, which is said.
pub fn verify(dir: &Path) -> Result<Report, OpenError> {
    verify_with(dir, &[])
}

/// As [`verify`], with the volumes of [`crate::Settings::volumes`].
pub fn verify_with(dir: &Path, volumes: &[(String, PathBuf)]) -> Result<Report, OpenError> {
    let name = dir.display().to_string();
    let there = dir
        .metadata()
        .and_then(|meta| if meta.is_dir() { Ok(()) } else { Err(io::ErrorKind::NotADirectory.into()) });
    let disk = there.and_then(|()| RealDisk::new(dir));
    let disk = disk.map_err(|error| OpenError::Disk { dir: name.clone(), error })?;
    verify_any(Arc::new(disk), volumes, false, &name)
}

/// As [`verify`], on any disk, below which the volumes of these names lie; `name` is for messages.
pub fn verify_disk(disk: Arc<dyn Disk>, name: &str, volumes: &[&str]) -> Result<Report, OpenError> {
    let volumes: Vec<_> = volumes.iter().map(|volume| ((*volume).to_owned(), PathBuf::new())).collect();
    verify_any(disk, &volumes, true, name)
}

fn verify_any(
    disk: Arc<dyn Disk>,
    volumes: &[(String, PathBuf)],
    below: bool,
    name: &str,
) -> Result<Report, OpenError> {
    let failed = |error: io::Error| OpenError::Disk { dir: name.to_owned(), error };
    let _lock = disk.lock(crate::engine::open::LOCK).map_err(|error| match error.kind() {
        io::ErrorKind::WouldBlock => OpenError::InUse { dir: name.to_owned() },
        _ => failed(error),
    })?;
    let mut report = Report::default();
    let format = match Format::read(&*disk) {
        Ok(Some(format)) => format,
        Ok(None) => {
            report.problem("the FORMAT file is not there");
            return Ok(report);
        }
        Err(FormatError::Newer { found, newest }) => {
            return Err(OpenError::Newer { dir: name.to_owned(), found, newest });
        }
        Err(FormatError::Damaged) => {
            report.problem("the FORMAT file does not parse");
            return Ok(report);
        }
        Err(FormatError::Disk(error)) => return Err(failed(error)),
    };
    let volumes = crate::engine::volumes::open(&disk, volumes, below, |_, _| Ok(()))?;
    let mut verifier = Verifier { disk, volumes, report };
    verifier.run(format).map_err(failed)?;
    Ok(verifier.report)
}

struct Verifier {
    disk: Arc<dyn Disk>,
    volumes: Volumes,
    report: Report,
}

impl Verifier {
    fn run(&mut self, format: Format) -> io::Result<()> {
        let segments = Arc::new(Segments::open(self.disk.clone(), format.segment_bytes, format.identity)?);
        let base = match self.base() {
            Ok(base) => base,
            Err(what) => {
                self.report.problem(format!("index: {what}"));
                return Ok(());
            }
        };
        let (bytes, problems) = base.verify();
        self.report.bytes += bytes;
        problems.into_iter().for_each(|what| self.report.problem(format!("index: {what}")));
        let state = match self.state(&segments, base) {
            Ok(state) => state,
            Err(error) => {
                self.report.problem(error);
                return Ok(());
            }
        };
        self.journal(&segments, &state)?;
        self.all_rows(&segments, &state)?;
        Ok(())
    }

    fn base(&self) -> Result<Arc<dyn Base>, String> {
        Ok(match self.disk.real_root() {
            Some(root) => Arc::new(
                Tree::open(&root.join(crate::engine::open::INDEX), CACHE_BYTES).map_err(|error| error.0)?,
            ),
            None => Arc::new(Flat::open(self.disk.clone()).map_err(|error| error.0)?),
        })
    }

    /// The rows as a start would find them; if the journal is damaged, as far as it goes.
    fn state(&mut self, segments: &Arc<Segments>, base: Arc<dyn Base>) -> Result<State, ReadError> {
        let view = base.view();
        let checkpoint = match view.get(&rows::CHECKPOINT)?.and_then(|row| row.value) {
            Some(value) => rows::decode(&value)?,
            None => Checkpoint { place: 0, position: 1 },
        };
        let state =
            State { position: checkpoint.position - 1, map: Map::new(), folding: None, view, generation: 0 };
        let shared = Shared::new(SharedParts {
            disk: self.disk.clone(),
            // Nothing is appended, so nothing gets a time or a name.
            clock: Clock::manual(Timestamp::EPOCH),
            random: Random::seeded(0),
            segments: segments.clone(),
            base,
            space: Space::new(self.disk.clone(), 0),
            state: state.clone(),
        });
        let mut core = Core::new(shared, state)?;
        let start = Point { place: checkpoint.place, position: checkpoint.position };
        let replayed = replay(segments, start, |header, frame| {
            core.apply_frame(header, &frame)?;
            core.settle();
            Ok(())
        });
        match replayed {
            Ok(end) => self.torn(segments, end),
            Err(error) => self.report.problem(error),
        }
        Ok(core.state.clone())
    }

    /// Tells of a last frame that was cut off: it is no damage, but a crash in the middle of writing.
    fn torn(&mut self, segments: &Segments, end: Point) {
        match torn(segments, end) {
            Ok(Some(torn)) => self.report.notes.push(format!(
                "the journal's last frame, at place `{}`, was cut off while it was written: its {} commits were acknowledged to nobody, and \
                 the next start drops them",
                torn.place, torn.count
            )),
            Ok(None) => {}
            Err(error) => self.report.problem(format!("journal at place `{}`: {error}", end.place)),
        }
    }

    /// All frames that the mover has not dealt with.
    fn journal(&mut self, segments: &Segments, state: &State) -> io::Result<()> {
        let moved: Moved = match read_row(state, &rows::MOVED) {
            Ok(moved) => moved.unwrap_or_default(),
            Err(error) => {
                self.report.problem(error);
                Moved::default()
            }
        };
        let checkpoint =
            read_row::<Checkpoint>(state, &rows::CHECKPOINT).ok().flatten().map_or(0, |row| row.place);
        for segment in segments.live() {
            let first = segment.number * segments.bytes();
            let end = segment.end() * segments.bytes();
            if end <= moved.place {
                continue;
            }
            match gather::gather(segments, &segment) {
                Ok(mut gathered) => {
                    self.report.frames += gathered.frames;
                    self.report.bytes += gathered.frame_bytes;
                    // The rows say that there was a frame: what looks like the journal's end is not.
                    if (first..=end).contains(&checkpoint)
                        && gathered.end < checkpoint
                        && !gathered.damaged.contains(&gathered.end)
                    {
                        gathered.damaged.push(gathered.end);
                    }
                    for place in gathered.damaged {
                        self.report.problem(format!("journal frame at place `{place}`"));
                    }
                }
                Err(error) => self.report.problem(error),
            }
        }
        Ok(())
    }

    fn all_rows(&mut self, segments: &Segments, state: &State) -> io::Result<()> {
        let mut archives = HashMap::new();
        let mut needed = Needed::default();
        let (low, high) = (bytes::Bytes::new(), bytes::Bytes::from_static(&[0xff; 4]));
        for found in state.range(&low, &high, false) {
            let (key, _, value) = match found {
                Ok(found) => found,
                Err(error) => {
                    self.report.problem(error);
                    return Ok(());
                }
            };
            self.report.rows += 1;
            if let Err(error) = self.row(segments, state, &key, &value, &mut archives, &mut needed) {
                self.report.problem(error);
            }
        }
        self.left_over(&needed)
    }

    /// Follows a row to its bytes.
    fn row(
        &mut self,
        segments: &Segments,
        state: &State,
        key: &[u8],
        value: &[u8],
        archives: &mut HashMap<FileId, Archive>,
        needed: &mut Needed,
    ) -> Result<(), ReadError> {
        match rows::kind_of(key) {
            rows::Kind::Run => {
                let (Some(log), Some(first)) = (rows::run_log(key), rows::run_first(key)) else {
                    return Err(ReadError::Decode("a run's key is too short".to_owned()));
                };
                let run: RunRow = rows::decode(value)?;
                let log_row: Option<LogRow> = read_row(state, &rows::log_key(log))?;
                // What is cut off need not be there: its row goes with the next pass of the mover.
                if log_row.is_none_or(|row| row.deleted || run.end <= row.horizon) {
                    return Ok(());
                }
                let RunPlace::Archive { file, offset, bytes } = run.place else { return Ok(()) };
                let file = FileId(file);
                let archive = archives.entry(file).or_insert_with(|| self.archive(file));
                if archive.runs.get(&(log, Seq(first))) != Some(&(offset, bytes)) && !archive.damaged {
                    return Err(ReadError::Corrupt(format!(
                        "archive file `{}` has not the run at `{offset}`",
                        file.path()
                    )));
                }
                Ok(())
            }
            rows::Kind::Archive => {
                let file = FileId(rows::number_of(key).unwrap_or_default());
                needed.archives.insert(file);
                archives.entry(file).or_insert_with(|| self.archive(file));
                Ok(())
            }
            rows::Kind::Pack => {
                needed.packs.insert(rows::number_of(key).unwrap_or_default());
                Ok(())
            }
            rows::Kind::Blob => {
                let blob = BlobRef(rows::id_of(key).unwrap_or_default());
                let row: BlobRow = rows::decode(value)?;
                self.report.blobs += 1;
                self.report.bytes += row.place.bytes();
                self.blob(segments, blob, row.place, needed)
            }
            rows::Kind::DeadBlob => {
                let place: BlobPlace = rows::decode(value)?;
                let file = rows::dead_blob(key).and_then(|blob| place.file(blob));
                needed.blobs.extend(file.map(|file| file.at));
                Ok(())
            }
            rows::Kind::Other => Ok(()),
        }
    }

    /// Reads a whole archive file.
    fn archive(&mut self, file: FileId) -> Archive {
        let mut archive = Archive::default();
        let scan = match Scan::open(&*self.disk, file) {
            Ok(scan) => scan,
            Err(error) => {
                self.report.problem(error);
                archive.damaged = true;
                return archive;
            }
        };
        self.report.bytes += scan.bytes();
        for run in scan.runs() {
            archive.runs.insert((run.extent.log, run.extent.first), (run.offset, run.bytes));
            let records = &mut self.report.records;
            let read = scan.run(run).and_then(|run| {
                run.records(|_, _, _| {
                    *records += 1;
                    Ok(())
                })
            });
            if let Err(error) = read {
                self.report.problem(error);
            }
        }
        archive
    }

    fn blob(
        &self,
        segments: &Segments,
        blob: BlobRef,
        place: BlobPlace,
        needed: &mut Needed,
    ) -> Result<(), ReadError> {
        let at = |error: io::Error| ReadError::Corrupt(format!("blob `{:032x}`: {error}", blob.0));
        match place {
            BlobPlace::Journal { at: place, bytes, crc } => {
                let lost =
                    || ReadError::Corrupt(format!("blob `{:032x}` in the journal at `{place}`", blob.0));
                let (segment, offset) = segments.at(place).ok_or_else(lost)?;
                let mut found = vec![0; bytes as usize];
                segment.file().read_exact_at(offset, &mut found).map_err(at)?;
                if crc32c::crc32c(&found) == crc { Ok(()) } else { Err(lost()) }
            }
            BlobPlace::Pack { pack, at: offset, bytes, .. } => {
                let file = self.disk.open(&packs::path(pack)).map_err(at)?;
                packs::read_entry(&*file, blob, Place { pack, offset }, u64::from(bytes)).map(|_| ())
            }
            BlobPlace::File { .. } | BlobPlace::Copy { .. } => {
                let file = place.file(blob).expect("these places are files");
                needed.blobs.insert(file.at);
                match file.at.volume.filter(|volume| self.volumes.disk(Some(*volume)).is_none()) {
                    Some(volume) => {
                        *needed.elsewhere.entry(volume).or_default() += 1;
                        Ok(())
                    }
                    None => blobs::check_file(&self.volumes, file),
                }
            }
        }
    }

    fn left_over(&mut self, needed: &Needed) -> io::Result<()> {
        let archives = archive::list(&*self.disk)?;
        let packs = packs::list(&*self.disk)?;
        self.report.left_over +=
            archives.iter().filter(|file| !needed.archives.contains(file)).count() as u64;
        self.report.left_over += packs.iter().filter(|pack| !needed.packs.contains(pack)).count() as u64;
        for part in 0..=u8::MAX {
            let files = blobs::list_files(&self.volumes, part)?;
            self.report.left_over += files.iter().filter(|file| !needed.blobs.contains(file)).count() as u64;
        }
        for (volume, blobs) in &needed.elsewhere {
            self.report.problem(format!("volume `{volume}` was not given: its {blobs} blobs were not read"));
        }
        // A pack's frames were read one by one from the rows; what is left of it is its header.
        for pack in packs.iter().filter(|pack| needed.packs.contains(pack)) {
            if let Err(error) = packs::PackScan::open(&*self.disk, *pack) {
                self.report.problem(error);
            }
        }
        Ok(())
    }
}

/// What a whole archive file has.
#[derive(Default)]
struct Archive {
    runs: HashMap<(LogId, Seq), (u64, u64)>,
    damaged: bool,
}

/// Files that rows name.
#[derive(Default)]
struct Needed {
    archives: BTreeSet<FileId>,
    packs: BTreeSet<u64>,
    blobs: BTreeSet<FileAt>,
    /// Blobs on volumes that are not there.
    elsewhere: BTreeMap<Volume, u64>,
}

fn read_row<V: for<'b> minicbor::Decode<'b, ()>>(state: &State, key: &[u8]) -> Result<Option<V>, ReadError> {
    let value = state.get(key)?.and_then(|row| row.value);
    value.map(|value| rows::decode(&value)).transpose()
}
