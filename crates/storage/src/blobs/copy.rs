//! Writing a blob anew at another place: frame by frame, in bounded memory, synced with its name. Nothing of it counts before a row names it.

use std::io;

use bytes::Bytes;
use store::{PlaceError, ReadError};

use super::deflate::{self, Deflater};
use super::format::{self, FRAME_HEADER};
use super::{FileAt, Inner, SYNC_BYTES, dir_of, first_byte};
use crate::disk::{Disk, DiskFile};
use crate::space::Reservation;

/// Bytes gathered before they are written at once.
const WRITE_BYTES: usize = 1 << 20;

/// Writes the file `to` of a blob of `bytes` bytes, which `frame` returns one by one, verified. Returns the bytes of the file. On an error
/// nothing is kept. Blocks.
pub(super) fn write(
    blobs: &Inner,
    to: FileAt,
    bytes: u64,
    compressed: bool,
    frame: impl FnMut(u64) -> Result<Bytes, ReadError>,
) -> Result<u64, PlaceError> {
    let no_volume = || PlaceError::NoVolume(to.volume.expect("the data directory is always there"));
    let disk = blobs.volumes.disk(to.volume).ok_or_else(no_volume)?;
    let space = blobs.volumes.space(to.volume).unwrap_or(&blobs.space);
    let reservation = space.reserve(format::file_bytes(bytes)).map_err(|_| PlaceError::Full)?;
    let file = create(&**disk, to).map_err(of_disk)?;
    let mut copy = Copy { file: &*file, gathered: Vec::new(), written: 0, unsynced: 0, reservation };
    let written = copy.all(to, bytes, compressed, frame);
    let durable = written.and_then(|written| {
        file.sync_data().and_then(|()| disk.sync_dir(&dir_of(first_byte(to.blob)))).map_err(of_disk)?;
        Ok(written)
    });
    if durable.is_err()
        && let Err(error) = disk.remove(&to.path())
    {
        tracing::warn!(%error, file = to.path(), "an unfinished copy stays until the next start");
    }
    durable
}

fn create(disk: &dyn Disk, to: FileAt) -> io::Result<std::sync::Arc<dyn DiskFile>> {
    disk.create_dir_all(&dir_of(first_byte(to.blob)))?;
    match disk.create_new(&to.path()) {
        // An earlier attempt broke off: no row ever named it.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            disk.remove(&to.path())?;
            disk.create_new(&to.path())
        }
        other => other,
    }
}

fn of_disk(error: io::Error) -> PlaceError {
    if error.kind() == io::ErrorKind::StorageFull {
        PlaceError::Full
    } else {
        PlaceError::Disk(error.to_string())
    }
}

struct Copy<'f> {
    file: &'f dyn DiskFile,
    gathered: Vec<u8>,
    written: u64,
    unsynced: u64,
    reservation: Reservation,
}

impl Copy<'_> {
    fn all(
        &mut self,
        to: FileAt,
        bytes: u64,
        compressed: bool,
        mut frame: impl FnMut(u64) -> Result<Bytes, ReadError>,
    ) -> Result<u64, PlaceError> {
        let blob = to.blob;
        let header = if compressed { deflate::file_header(blob) } else { format::blob_file_header(blob) };
        self.gathered.extend_from_slice(&header);
        let mut deflater = compressed.then(Deflater::new);
        let mut list = Vec::new();
        for index in 0..format::frame_count(bytes) {
            let expected = format::expected_frame(index, bytes);
            let payload = frame(index)?;
            assert_eq!(payload.len() as u64, u64::from(expected.length), "frames were verified");
            let start = self.gathered.len();
            list.extend_from_slice(&(self.written + start as u64).to_le_bytes());
            match &mut deflater {
                Some(deflater) => {
                    deflater.frame(blob, expected.index, expected.last, &payload, &mut self.gathered);
                }
                None => {
                    self.gathered.extend_from_slice(&[0; FRAME_HEADER as usize]);
                    self.gathered.extend_from_slice(&payload);
                    format::seal_frame(blob, expected.index, expected.last, &mut self.gathered[start..]);
                }
            }
            if self.gathered.len() >= WRITE_BYTES {
                self.flush().map_err(of_disk)?;
            }
        }
        if compressed {
            self.gathered.extend_from_slice(&list);
        }
        self.flush().map_err(of_disk)?;
        Ok(self.written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let bytes = self.gathered.len() as u64;
        self.file.write_at(self.written, &self.gathered)?;
        self.gathered.clear();
        self.written += bytes;
        self.unsynced += bytes;
        self.reservation.written(bytes);
        if self.unsynced >= SYNC_BYTES {
            self.file.sync_data()?;
            self.unsynced = 0;
        }
        Ok(())
    }
}
