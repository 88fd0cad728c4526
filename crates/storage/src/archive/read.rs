//! Reading a run by number or time, and a whole file from end to end.

use std::io;
use std::sync::Arc;

use base::Timestamp;
use bytes::Bytes;
use store::{From, Limit, LogId, ReadError, Record, Seq};

use super::FileId;
use super::format::{self, BlockEntry, Flaw, FooterEntry, HEADER, INDEX_TAIL, Index};
use crate::disk::{Disk, DiskFile};
use crate::recent::Recent;

/// Files kept open.
const OPEN_MAX: usize = 64;
/// Indexes kept; one of a log that filled a whole segment has about 28 KiB.
const INDEXES_MAX: usize = 128;
/// Bytes read from the end of a run, which nearly always hold its index.
const TAIL_READ: u64 = 4096;

/// The archive's files, for reading.
pub struct Archives {
    disk: Arc<dyn Disk>,
    open: Recent<FileId, Arc<dyn DiskFile>>,
    indexes: Recent<(FileId, u64), Arc<Index>>,
}

/// Where a run lies, as its row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunAt {
    /// The file.
    pub file: FileId,
    /// Where in it the run begins.
    pub offset: u64,
    /// Its bytes.
    pub bytes: u64,
}

impl Archives {
    /// The archive on this disk.
    pub fn new(disk: Arc<dyn Disk>) -> Self {
        Self { disk, open: Recent::new(OPEN_MAX), indexes: Recent::new(INDEXES_MAX) }
    }

    /// Forgets a file that is about to be removed.
    pub fn close(&self, file: FileId) {
        self.open.retain(|open| *open != file);
        self.indexes.retain(|(of, _)| *of != file);
    }

    /// The records of a run from a place on, as many as the limit allows, at least one if one follows. Empty when all lie before
    /// the place. `None` when the file is not there any more: then its rows have changed too. Blocks.
    pub fn read(
        &self,
        log: LogId,
        run: RunAt,
        from: From,
        limit: Limit,
    ) -> Result<Option<Vec<Record>>, ReadError> {
        let corrupt = |flaw: Flaw| corrupt(run.file, run.offset, flaw);
        let file = match self.open.get_or(run.file, || self.disk.open(&run.file.path())) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(ReadError::Disk(error.to_string())),
        };
        let index = self.indexes.get_or((run.file, run.offset), || read_index(&*file, run).map(Arc::new))?;
        if index.extent.log != log {
            return Err(corrupt(Flaw("another log's records lie there")));
        }
        let mut taken = Taken { limit, bytes: 0, records: Vec::new() };
        let first = index.blocks.partition_point(|block| !begins_after(block, from)).saturating_sub(1);
        for block in &index.blocks[first..] {
            let bytes = read_block(&*file, run, log, block)?;
            let mut seq = block.first;
            for record in format::records(&bytes) {
                let (time_ms, payload) = record.map_err(corrupt)?;
                let time = Timestamp::from_millis(time_ms);
                let is_wanted = match from {
                    From::Seq(from) => seq >= from,
                    From::Time(from) => time >= from,
                };
                if is_wanted && !taken.take(Record { seq, time, payload: bytes.slice(payload) }) {
                    return Ok(Some(taken.records));
                }
                seq = seq.next();
            }
        }
        Ok(Some(taken.records))
    }
}

/// Whether what is looked for lies before the block. A record of the very time looked for may end the block before.
fn begins_after(block: &BlockEntry, from: From) -> bool {
    match from {
        From::Seq(seq) => block.first > seq,
        From::Time(time) => Timestamp::from_millis(block.first_ms) >= time,
    }
}

struct Taken {
    limit: Limit,
    bytes: usize,
    records: Vec<Record>,
}

impl Taken {
    /// Takes the record if the limit allows it.
    fn take(&mut self, record: Record) -> bool {
        let bytes = self.bytes + record.payload.len();
        let fits = bytes <= self.limit.bytes && self.records.len() < self.limit.records;
        if fits || self.records.is_empty() {
            self.bytes = bytes;
            self.records.push(record);
            return true;
        }
        false
    }
}

fn corrupt(file: FileId, offset: u64, flaw: Flaw) -> ReadError {
    ReadError::Corrupt(format!("archive file `{}` at `{offset}`: {flaw}", file.path()))
}

fn read_exact(file: &dyn DiskFile, run: RunAt, offset: u64, bytes: &mut [u8]) -> Result<(), ReadError> {
    file.read_exact_at(offset, bytes).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => corrupt(run.file, offset, Flaw("the file ends early")),
        _ => ReadError::Disk(error.to_string()),
    })
}

fn read_index(file: &dyn DiskFile, run: RunAt) -> Result<Index, ReadError> {
    let flawed = |flaw: Flaw| corrupt(run.file, run.offset, flaw);
    let mut tail = vec![0; run.bytes.min(TAIL_READ) as usize];
    let run_end = run.offset.saturating_add(run.bytes);
    read_exact(file, run, run_end - tail.len() as u64, &mut tail)?;
    let length = Index::len_from_tail(&tail).map_err(flawed)?;
    if length as u64 > run.bytes {
        return Err(flawed(Flaw("a run is too short for its index")));
    }
    if length > tail.len() {
        tail = vec![0; length];
        read_exact(file, run, run_end - length as u64, &mut tail)?;
    }
    Index::decode(&tail[tail.len() - length..]).map_err(flawed)
}

fn read_block(file: &dyn DiskFile, run: RunAt, log: LogId, block: &BlockEntry) -> Result<Bytes, ReadError> {
    let mut bytes = vec![0; block.length as usize];
    read_exact(file, run, run.offset + u64::from(block.offset), &mut bytes)?;
    if format::block_crc(log, block.first, &bytes) != block.crc {
        return Err(corrupt(run.file, run.offset, Flaw("a block fails its checksum")));
    }
    Ok(bytes.into())
}

/// A file that is read from end to end: to verify it, or to take out what lives.
pub struct Scan {
    id: FileId,
    file: Arc<dyn DiskFile>,
    runs: Vec<FooterEntry>,
    bytes: u64,
}

/// A run of a file that is scanned, its index verified.
pub struct ScannedRun<'s> {
    scan: &'s Scan,
    run: RunAt,
    index: Index,
}

impl Scan {
    /// Opens a file and verifies its header and footer.
    pub fn open(disk: &dyn Disk, id: FileId) -> Result<Self, ReadError> {
        let failed = |error: io::Error| ReadError::Disk(format!("archive file `{}`: {error}", id.path()));
        let file = disk.open(&id.path()).map_err(failed)?;
        let bytes = file.len().map_err(failed)?;
        let flawed = |flaw: Flaw| corrupt(id, 0, flaw);
        let mut header = [0; HEADER];
        let is_whole = bytes >= HEADER as u64 && file.read_exact_at(0, &mut header).is_ok();
        if !is_whole || header != format::header(id.0) {
            return Err(flawed(Flaw("the header is damaged")));
        }
        let whole = RunAt { file: id, offset: 0, bytes };
        let mut tail = [0; INDEX_TAIL];
        let tail = &mut tail[..(bytes.min(format::FOOTER_TAIL as u64)) as usize];
        read_exact(&*file, whole, bytes - tail.len() as u64, tail)?;
        let length = format::footer_len(tail).map_err(flawed)?;
        if (length + HEADER) as u64 > bytes {
            return Err(flawed(Flaw("the file is too short for its footer")));
        }
        let mut footer = vec![0; length];
        read_exact(&*file, whole, bytes - length as u64, &mut footer)?;
        let runs = format::decode_footer(&footer).map_err(flawed)?;
        let ends = runs.last().map_or(HEADER as u64, |run| run.offset.saturating_add(run.bytes));
        if ends != bytes - length as u64 {
            return Err(flawed(Flaw("the footer does not cover the file")));
        }
        Ok(Self { id, file, runs, bytes })
    }

    /// Bytes of the file.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What the footer says of the runs.
    pub fn runs(&self) -> &[FooterEntry] {
        &self.runs
    }

    /// One of the runs, its index verified.
    pub fn run(&self, entry: &FooterEntry) -> Result<ScannedRun<'_>, ReadError> {
        let run = RunAt { file: self.id, offset: entry.offset, bytes: entry.bytes };
        let index = read_index(&*self.file, run)?;
        if index.extent != entry.extent {
            return Err(corrupt(self.id, run.offset, Flaw("a run is not what the footer says")));
        }
        Ok(ScannedRun { scan: self, run, index })
    }
}

impl ScannedRun<'_> {
    /// Shows every record to `visit`, with its number and time, each block verified before.
    pub fn records(
        &self,
        mut visit: impl FnMut(Seq, i64, &[u8]) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let log = self.index.extent.log;
        let mut seq = self.index.extent.first;
        for block in &self.index.blocks {
            let bytes = read_block(&*self.scan.file, self.run, log, block)?;
            for record in format::records(&bytes) {
                let (time_ms, payload) =
                    record.map_err(|flaw| corrupt(self.run.file, self.run.offset, flaw))?;
                visit(seq, time_ms, &bytes[payload])?;
                seq = seq.next();
            }
        }
        if seq == self.index.extent.end {
            Ok(())
        } else {
            Err(corrupt(self.run.file, self.run.offset, Flaw("a run has not as many records as it says")))
        }
    }
}
