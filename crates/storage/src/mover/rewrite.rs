//! Writing anew what lives of a file that is more than half dead.

use std::collections::HashSet;

use store::{LogId, ReadError, Seq, Write};

use super::{MoveError, MovedBlob, Mover, archive_rows, delete};
use crate::archive::{self, ArchiveWriter, FileId, Scan};
use crate::blobs::packs::{PackScan, Place};
use crate::index::rows::{self, BlobPlace, BlobRow, LogRow, RunPlace, RunRow};
use crate::index::state::State;

impl Mover {
    /// Rewrites one archive file or pack. False when none is more than half dead.
    pub fn rewrite_one(&mut self) -> Result<bool, MoveError> {
        if let Some(file) = self.half_dead.pop_first() {
            self.unless_damaged(|mover| mover.rewrite_archive(file))?;
            return Ok(true);
        }
        if let Some(pack) = self.half_dead_packs.pop_first() {
            self.unless_damaged(|mover| mover.rewrite_pack(pack))?;
            return Ok(true);
        }
        Ok(false)
    }

    /// A damaged file stays as it is: what can still be read of it is read where it lies.
    fn unless_damaged(
        &mut self,
        rewrite: impl FnOnce(&mut Self) -> Result<(), MoveError>,
    ) -> Result<(), MoveError> {
        match rewrite(self) {
            Err(MoveError::Read(error @ ReadError::Corrupt(_))) => {
                self.shared.note_corrupt(&error);
                Ok(())
            }
            other => other,
        }
    }

    fn rewrite_archive(&mut self, file: FileId) -> Result<(), MoveError> {
        let state = self.shared.state();
        if state.get(&rows::archive_key(file.0))?.is_none() {
            return Ok(());
        }
        let scan = Scan::open(&*self.shared.disk, file)?;
        let id = self.unused_file(file.hour())?;
        let mut writer = ArchiveWriter::create(self.shared.disk.clone(), id)?;
        let named = copy_live(&state, &scan, file, &mut writer)?;
        let (_, runs) = writer.finish()?;
        let mut writes: Vec<Write> = Vec::new();
        if runs.is_empty() {
            archive::remove(&*self.shared.disk, id)?;
        } else {
            writes = archive_rows(id, &runs);
        }
        let kept: HashSet<(LogId, Seq)> = runs.iter().map(|run| (run.extent.log, run.extent.first)).collect();
        let cut = named.into_iter().filter(|run| !kept.contains(run));
        writes.extend(cut.map(|(log, first)| delete(rows::run_key(log, first.0))));
        // Last, in case these are several commits: as long as any row may name the old file, its own row is there.
        writes.push(delete(rows::archive_key(file.0)));
        self.commit_rows(writes)?;
        self.remove_archive(file)
    }

    fn rewrite_pack(&mut self, number: u64) -> Result<(), MoveError> {
        let state = self.shared.state();
        if state.get(&rows::pack_key(number))?.is_none() {
            return Ok(());
        }
        let mut scan = PackScan::open(&*self.shared.disk, number)?;
        let mut pack = self.new_pack()?;
        let mut moved = Vec::new();
        while let Some(entry) = scan.next_entry()? {
            let Place { offset, .. } = entry.place;
            let Some(value) = state.get(&rows::blob_key(entry.blob))?.and_then(|row| row.value) else {
                continue;
            };
            let row: BlobRow = rows::decode(&value)?;
            if let BlobPlace::Pack { pack: of, at, bytes, crc } = row.place
                && (of, at) == (number, offset)
            {
                let to = pack.add(entry.blob, &entry.bytes)?;
                moved.push(MovedBlob { blob: entry.blob, from: offset, to, bytes, crc });
            }
        }
        self.finish_pack(pack, &moved, |place| match *place {
            BlobPlace::Pack { pack, at, .. } if pack == number => Some(at),
            BlobPlace::Pack { .. }
            | BlobPlace::Journal { .. }
            | BlobPlace::File { .. }
            | BlobPlace::Copy { .. } => None,
        })?;
        self.commit_rows(vec![delete(rows::pack_key(number))])?;
        self.remove_pack(number)
    }
}

/// Copies what lives of a file; returns the runs that rows name, by log and first number.
fn copy_live(
    state: &State,
    scan: &Scan,
    file: FileId,
    writer: &mut ArchiveWriter,
) -> Result<Vec<(LogId, Seq)>, MoveError> {
    let mut named = Vec::new();
    for entry in scan.runs() {
        let (log, first) = (entry.extent.log, entry.extent.first);
        let Some(value) = state.get(&rows::run_key(log, first.0))?.and_then(|row| row.value) else {
            continue;
        };
        let run: RunRow = rows::decode(&value)?;
        let lies_here = match run.place {
            RunPlace::Archive { file: of, offset, .. } => (of, offset) == (file.0, entry.offset),
            RunPlace::Journal { .. } => false,
        };
        if !lies_here {
            continue;
        }
        named.push((log, first));
        let Some(value) = state.get(&rows::log_key(log))?.and_then(|row| row.value) else { continue };
        let row: LogRow = rows::decode(&value)?;
        if row.deleted || run.end <= row.horizon {
            continue;
        }
        let mut written = Ok(());
        scan.run(entry)?.records(|seq, time_ms, payload| {
            if seq.0 >= row.horizon && written.is_ok() {
                written = writer.add(log, seq, time_ms, payload);
            }
            Ok(())
        })?;
        written?;
    }
    Ok(named)
}
