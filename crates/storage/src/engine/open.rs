//! Opening a data directory: take the lock, know the format, open the base, replay the journal from its checkpoint, start the threads.

use std::io;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use tokio::sync::Semaphore;

use super::core::Core;
use super::shared::{Shared, SharedParts};
use super::store_impl::permits;
use super::turn::{Limits, Turn};
use super::{Embedded, OpenError, Parts, Settings, Threads, fold, keeper, volumes};
use crate::archive::Archives;
use crate::blobs::Blobs;
use crate::disk::{Disk, RealDisk};
use crate::format::{Format, FormatError};
use crate::index::flat::Flat;
use crate::index::rows::{self, Checkpoint};
use crate::index::state::State;
use crate::index::tree::Tree;
use crate::index::{Base, BaseError, Map};
use crate::journal::frame::PAGE;
use crate::journal::replay::{Point, ReplayError, replay};
use crate::journal::segments::Segments;
use crate::journal::writer::Writer;
use crate::mover;
use crate::space::Space;

/// The file whose lock says that the directory is in use.
pub const LOCK: &str = "LOCK";

/// The directory of the tree, and that of its tables in it.
pub const INDEX: &str = "index";
const TABLES: &str = "tables";

/// What a crash in the middle of a change of the tree leaves behind begins with this.
const TEMPORARY: &str = ".tmp";

/// Bounds of a segment's size.
const SEGMENT_MIN: u64 = 4 << 20;
const SEGMENT_MAX: u64 = 64 << 20;

/// Blobs that are moved to another place at once: each keeps a processor busy while it deflates.
const MOVES: usize = 2;

/// Small segments are folded more often, so that few of them wait for it.
const FOLD_SEGMENTS: u64 = 4;

/// A segment is this part of the disk.
const SEGMENTS_PER_DISK: u64 = 64;

/// The floor of free space: two segments, and a part of the disk for a fold and a compaction, between these bounds.
const FLOOR_PART: u64 = 32;
const FLOOR_MIN: u64 = 16 << 20;
const FLOOR_MAX: u64 = 256 << 20;

/// Turns what can go wrong into one clear line.
struct Named(String);

impl Named {
    fn disk(&self, error: io::Error) -> OpenError {
        OpenError::Disk { dir: self.0.clone(), error }
    }

    fn damaged(&self, what: impl std::fmt::Display) -> OpenError {
        OpenError::Damaged { dir: self.0.clone(), what: what.to_string() }
    }

    fn format(&self, error: FormatError) -> OpenError {
        match error {
            FormatError::Newer { found, newest } => OpenError::Newer { dir: self.0.clone(), found, newest },
            FormatError::Damaged => self.damaged("its FORMAT file does not parse"),
            FormatError::Disk(error) => self.disk(error),
        }
    }

    fn replay(&self, error: ReplayError) -> OpenError {
        match error {
            ReplayError::Disk(error) => self.disk(error),
            other => self.damaged(other),
        }
    }
}

/// See [`Embedded::open`].
pub fn open(settings: Settings, parts: Parts) -> Result<Arc<Embedded>, OpenError> {
    let named = Named(settings.dir.display().to_string());
    let (disk, temporary) = disk_of(&settings, &parts).map_err(|error| named.disk(error))?;
    let lock = disk.lock(LOCK).map_err(|error| match error.kind() {
        io::ErrorKind::WouldBlock => OpenError::InUse { dir: named.0.clone() },
        _ => named.disk(error),
    })?;
    let total = disk.total_bytes().map_err(|error| named.disk(error))?;
    let fresh = || Format {
        identity: parts.random.u64(),
        segment_bytes: settings
            .segment_bytes
            .unwrap_or_else(|| (total / SEGMENTS_PER_DISK).clamp(SEGMENT_MIN, SEGMENT_MAX) / PAGE * PAGE),
    };
    let format = Format::read_or_create(&*disk, fresh).map_err(|error| named.format(error))?;
    let segments = Segments::open(disk.clone(), format.segment_bytes, format.identity);
    let segments = Arc::new(segments.map_err(|error| named.disk(error))?);
    let base =
        base_of(&disk, &settings).map_err(|BaseError(error)| named.damaged(format!("index: {error}")))?;
    let floor = settings
        .floor_bytes
        .unwrap_or_else(|| (total / FLOOR_PART).clamp(FLOOR_MIN, FLOOR_MAX) + 2 * format.segment_bytes);
    let space = Space::new(disk.clone(), floor);

    let view = base.view();
    let checkpoint = match view.get(&rows::CHECKPOINT).map_err(|error| named.damaged(error))? {
        Some(row) => rows::decode(&row.value.unwrap_or_default()).map_err(|error| named.damaged(error))?,
        None => Checkpoint { place: 0, position: 1 },
    };
    let position = checkpoint.position - 1;
    let state = State { position, map: Map::new(), folding: None, view, generation: 0 };
    let shared = Shared::new(SharedParts {
        disk: disk.clone(),
        clock: parts.clock,
        random: parts.random.clone(),
        segments: segments.clone(),
        base,
        space: space.clone(),
        state: state.clone(),
    });
    let mut core = Core::new(shared.clone(), state).map_err(|error| named.damaged(error))?;
    let start = Point { place: checkpoint.place, position: checkpoint.position };
    let mut replayed = 0;
    let mut last_frame = None;
    let end = replay(&segments, start, |header, frame| {
        replayed += header.span();
        core.apply_frame(header, &frame)?;
        core.settle();
        last_frame = Some((header.place, frame));
        Ok(())
    });
    let end = end.map_err(|error| named.replay(error))?;
    if let Some((place, frame)) = last_frame {
        keep(&segments, place, &frame).map_err(|error| named.disk(error))?;
    }
    core.publish(None);
    let last = end.place.checked_sub(1).map(|last| last / segments.bytes());
    segments.wipe_above(last).map_err(|error| named.disk(error))?;
    let writer = Writer::new(segments, end.place).map_err(|error| named.disk(error))?;

    let limits = Limits {
        fold_rows: settings.fold_rows,
        fold_bytes: settings.fold_bytes.min(FOLD_SEGMENTS * format.segment_bytes),
        fresh_bytes: settings.fresh_bytes,
        fold_at_end: temporary.is_none(),
    };
    let below = parts.disk.is_some() || settings.ephemeral;
    let mut remembered = Vec::new();
    let volumes = volumes::open(&disk, &settings.volumes, below, |volume, at| {
        remembered.extend(volumes::claim(&core.state, format.identity, &parts.random, volume, &**at)?);
        Ok(())
    })?;
    let blobs = Arc::new(Blobs::new(disk.clone(), volumes, space, parts.random));
    let turn = Turn::new(shared.clone(), core, writer, limits, start.place, replayed);
    let archives = Arc::new(Archives::new(disk));
    let threads = start_threads(turn, &shared, &blobs, &archives).map_err(|error| named.disk(error))?;
    let (journal, others) = threads;
    let permits = permits(settings.queue_bytes);
    let store = Arc::new(Embedded {
        readers: blobs.readers(),
        archives,
        blobs,
        shared,
        permits,
        queued: Arc::new(Semaphore::new(permits)),
        moves: Arc::new(Semaphore::new(MOVES)),
        threads: Mutex::new(Some(Threads { journal, others, temporary, lock })),
    });
    volumes::remember(&store.shared, remembered).map_err(|what| named.disk(io::Error::other(what)))?;
    Ok(store)
}

/// A process that was killed may have left a frame that was written and not synced, or whose sync failed, after which it reads well and is
/// nowhere else. It counts from now on, so it must stay: written again, since a sync alone need not write what the kernel calls clean.
fn keep(segments: &Segments, place: u64, frame: &[u8]) -> io::Result<()> {
    let Some((segment, offset)) = segments.at(place) else { return Ok(()) };
    segment.file().write_at(offset, frame)?;
    segment.file().sync_data()
}

fn disk_of(settings: &Settings, parts: &Parts) -> io::Result<(Arc<dyn Disk>, Option<tempfile::TempDir>)> {
    if let Some(disk) = &parts.disk {
        return Ok((disk.clone(), None));
    }
    if !settings.ephemeral {
        return Ok((Arc::new(RealDisk::new(&settings.dir)?), None));
    }
    // The directory above must be there; it is only where the temporary one goes.
    std::fs::create_dir_all(&settings.dir)?;
    let temporary = tempfile::Builder::new().prefix("millrace-").tempdir_in(&settings.dir)?;
    Ok((Arc::new(RealDisk::new(temporary.path())?), Some(temporary)))
}

fn base_of(disk: &Arc<dyn Disk>, settings: &Settings) -> Result<Arc<dyn Base>, BaseError> {
    Ok(match disk.real_root() {
        Some(root) => {
            let tree = Tree::open(&root.join(INDEX), settings.cache_bytes)?;
            // A process that was killed may have put a new version of the tree in place, and not yet made its name durable.
            disk.sync_dir(&format!("{INDEX}/{TABLES}"))?;
            disk.sync_dir(INDEX)?;
            for name in disk.list(INDEX)?.iter().filter(|name| name.starts_with(TEMPORARY)) {
                disk.remove(&format!("{INDEX}/{name}"))?;
            }
            Arc::new(tree)
        }
        None => Arc::new(Flat::open(disk.clone())?),
    })
}

type Started = (JoinHandle<()>, Vec<JoinHandle<()>>);

fn start_threads(
    turn: Turn,
    shared: &Arc<Shared>,
    blobs: &Arc<Blobs>,
    archives: &Arc<Archives>,
) -> io::Result<Started> {
    let journal = spawn("journal", shared, move || turn.run())?;
    let (folding, compacting, keeping) = (shared.clone(), shared.clone(), shared.clone());
    let (moving, mover_blobs, archives) = (shared.clone(), blobs.clone(), archives.clone());
    let blobs = blobs.clone();
    let others = vec![
        spawn("index-fold", shared, move || behind(|| fold::fold_thread(&folding)))?,
        spawn("index-compact", shared, move || behind(|| fold::compact_thread(&compacting)))?,
        spawn("keeper", shared, move || behind(|| keeper::keeper_thread(&keeping, &blobs)))?,
        spawn("mover", shared, move || behind(|| mover::mover_thread(&moving, &mover_blobs, &archives)))?,
    ];
    Ok((journal, others))
}

/// So much less a thread counts, in steps of the system's scheduler, than one that somebody waits for. When it falls behind, commits wait for
/// it, and it has the processor to itself.
const NICE: i32 = 5;

/// Works behind what callers wait for.
fn behind(life: impl FnOnce()) {
    if let Err(error) = rustix::process::nice(NICE) {
        tracing::debug!(%error, "background work has the priority of everything else");
    }
    life();
}

/// Starts a thread. One that panics takes the engine with it: nothing is committed any more, and whoever waits is told, rather than that
/// commits wait for work that nobody does.
fn spawn(
    name: &'static str,
    shared: &Arc<Shared>,
    life: impl FnOnce() + Send + 'static,
) -> io::Result<JoinHandle<()>> {
    let shared = shared.clone();
    std::thread::Builder::new().name(name.to_owned()).spawn(move || {
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(life)).is_err() {
            shared.failure.set(format!("the thread `{name}` panicked"));
            shared.queue.close();
        }
    })
}
