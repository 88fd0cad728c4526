//! Writing an archive file: run by run, block by block, in bounded memory.

use std::io;
use std::sync::Arc;

use store::{LogId, Seq};

use super::FileId;
use super::format::{self, BLOCK, BlockEntry, Extent, FooterEntry, Index};
use crate::disk::{Disk, DiskFile};

/// Bytes gathered before they are written at once.
const WRITE_BYTES: usize = 1 << 20;
/// Bytes after which they are synced: the journal's own syncs never wait behind more.
const SYNC_BYTES: usize = 4 << 20;

/// A run that was written. It counts once the file is finished and a row names it.
pub type Run = FooterEntry;

/// An archive file that is being written. Nothing of it counts before [`ArchiveWriter::finish`]; dropped before, it is removed.
pub struct ArchiveWriter {
    disk: Arc<dyn Disk>,
    id: FileId,
    file: Arc<dyn DiskFile>,
    gathered: Vec<u8>,
    written: u64,
    unsynced: usize,
    runs: Vec<FooterEntry>,
    open: Option<OpenRun>,
    finished: bool,
}

struct OpenRun {
    offset: u64,
    index: Index,
    /// Where in the gathered bytes the block begins that is open.
    block: usize,
    block_first: (Seq, i64),
}

impl ArchiveWriter {
    /// Creates the file.
    pub fn create(disk: Arc<dyn Disk>, id: FileId) -> io::Result<Self> {
        disk.create_dir_all(&id.dir())?;
        let file = disk.create_new(&id.path())?;
        let gathered = format::header(id.0).to_vec();
        Ok(Self {
            disk,
            id,
            file,
            gathered,
            written: 0,
            unsynced: 0,
            runs: Vec::new(),
            open: None,
            finished: false,
        })
    }

    /// Bytes so far, without the run that is open.
    pub fn bytes(&self) -> u64 {
        self.written + self.gathered.len() as u64
    }

    /// Adds a record to the run that is open, or begins one: of another log, or after a gap in the numbers.
    pub fn add(&mut self, log: LogId, seq: Seq, time_ms: i64, payload: &[u8]) -> io::Result<()> {
        let goes_on =
            self.open.as_ref().is_some_and(|run| run.index.extent.log == log && run.index.extent.end == seq);
        if !goes_on {
            self.close_run()?;
            let extent = Extent { log, first: seq, end: seq, first_ms: time_ms, last_ms: time_ms };
            self.open = Some(OpenRun {
                offset: self.bytes(),
                index: Index { extent, blocks: Vec::new() },
                block: self.gathered.len(),
                block_first: (seq, time_ms),
            });
        }
        let run = self.open.as_mut().expect("it was opened above");
        if run.block == self.gathered.len() {
            run.block_first = (seq, time_ms);
        }
        format::put_record(&mut self.gathered, time_ms, payload);
        run.index.extent.end = seq.next();
        run.index.extent.last_ms = time_ms;
        if self.gathered.len() - run.block >= BLOCK {
            self.close_block()?;
        }
        Ok(())
    }

    fn close_block(&mut self) -> io::Result<()> {
        let Some(run) = self.open.as_mut().filter(|run| run.block < self.gathered.len()) else {
            return Ok(());
        };
        let (first, first_ms) = run.block_first;
        let block = &self.gathered[run.block..];
        let begin = self.written + run.block as u64;
        run.index.blocks.push(BlockEntry {
            offset: u32::try_from(begin - run.offset).expect("a run is no larger than a few segments"),
            length: block.len() as u32,
            first,
            first_ms,
            crc: format::block_crc(run.index.extent.log, first, block),
        });
        self.flush_if_large()
    }

    /// Closes the run that is open.
    fn close_run(&mut self) -> io::Result<()> {
        self.close_block()?;
        let Some(run) = self.open.take() else { return Ok(()) };
        self.gathered.extend_from_slice(&run.index.encode());
        let bytes = self.bytes() - run.offset;
        self.runs.push(FooterEntry { extent: run.index.extent, offset: run.offset, bytes });
        self.flush_if_large()
    }

    /// Between blocks.
    fn flush_if_large(&mut self) -> io::Result<()> {
        if self.gathered.len() >= WRITE_BYTES {
            self.flush()?;
        }
        if let Some(run) = &mut self.open {
            run.block = self.gathered.len();
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.write_at(self.written, &self.gathered)?;
        self.written += self.gathered.len() as u64;
        self.unsynced += self.gathered.len();
        self.gathered.clear();
        if self.unsynced >= SYNC_BYTES {
            self.file.sync_data()?;
            self.unsynced = 0;
        }
        Ok(())
    }

    /// Closes the file and makes it durable. Returns its size and its runs, in the order they were added.
    pub fn finish(mut self) -> io::Result<(u64, Vec<Run>)> {
        self.close_run()?;
        let footer = format::encode_footer(&self.runs);
        self.gathered.extend_from_slice(&footer);
        self.flush()?;
        self.file.sync_data()?;
        self.disk.sync_dir(&self.id.dir())?;
        self.finished = true;
        Ok((self.written, std::mem::take(&mut self.runs)))
    }
}

impl Drop for ArchiveWriter {
    fn drop(&mut self) {
        if !self.finished
            && let Err(error) = super::remove(&*self.disk, self.id)
        {
            tracing::warn!(%error, file = self.id.path(), "an unfinished file stays until the next start");
        }
    }
}
