use std::sync::Arc;

use base::Random;
use body::{Body, BodyError};
use bytes::Bytes;
use futures_executor::block_on;
use futures_util::stream::{self, StreamExt};
use proptest::prelude::*;
use store::{BlobError, BlobRef, ReadError};

use super::packs::{PackScan, PackWriter};
use super::*;
use crate::{RealDisk, SimDisk};

struct Setup {
    blobs: Blobs,
    disk: Arc<dyn Disk>,
    _dir: tempfile::TempDir,
}

fn setup() -> Setup {
    let dir = tempfile::tempdir().unwrap();
    let disk: Arc<dyn Disk> = Arc::new(RealDisk::new(dir.path()).unwrap());
    let space = Space::new(disk.clone(), 0);
    Setup {
        blobs: Blobs::new(disk.clone(), Volumes::new(disk.clone()), space, Random::seeded(1)),
        disk,
        _dir: dir,
    }
}

fn sample(len: u64) -> Bytes {
    (0..len).map(|at| (at ^ (at >> 8) ^ (at >> 16)) as u8).collect::<Vec<u8>>().into()
}

fn uploaded(blob: BlobRef, bytes: u64) -> BlobFile {
    BlobFile { at: FileAt { volume: None, blob, number: 0 }, bytes, deflated: None }
}

impl Setup {
    fn put(&self, bytes: &Bytes) -> BlobRef {
        let blob = self.blobs.name();
        let step = bytes.len().div_ceil(7).max(1);
        let pieces: Vec<_> = bytes.chunks(step).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
        let stored = block_on(self.blobs.put(blob, Body::from_stream(stream::iter(pieces), None)));
        assert_eq!(stored, Ok(bytes.len() as u64));
        blob
    }

    fn read(&self, blob: BlobRef, bytes: u64, range: Range<u64>) -> Result<Bytes, ReadError> {
        let body = block_on(self.blobs.read_file(uploaded(blob, bytes), range))?;
        block_on(body.collect(u64::MAX)).map_err(|error| ReadError::Corrupt(error.to_string()))
    }

    fn read_file(&self, file: BlobFile, range: Range<u64>) -> Result<Bytes, ReadError> {
        let body = block_on(self.blobs.read_file(file, range))?;
        block_on(body.collect(u64::MAX)).map_err(|error| ReadError::Corrupt(error.to_string()))
    }

    /// Copies an uploaded blob to a file with the next number.
    fn copy(&self, blob: BlobRef, bytes: u64, compressed: bool) -> BlobFile {
        let to = FileAt { number: 1, ..uploaded(blob, bytes).at };
        let file_bytes = self.blobs.copy_file(uploaded(blob, bytes), to, compressed).unwrap();
        BlobFile { at: to, bytes, deflated: compressed.then_some(file_bytes) }
    }

    fn flip(&self, path: &str, bit: u64) {
        let file = self.disk.open(path).unwrap();
        let mut byte = [0];
        file.read_exact_at(bit / 8, &mut byte).unwrap();
        byte[0] ^= 1 << (bit % 8);
        file.write_at(bit / 8, &byte).unwrap();
    }

    fn files(&self) -> usize {
        (0..=255).map(|part| self.blobs.list_files(part).unwrap().len()).sum()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_range_of_any_blob_comes_back(len in 0_u64..3_000_000, cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 5)) {
        let setup = setup();
        let bytes = sample(len);
        let blob = setup.put(&bytes);
        prop_assert_eq!(setup.disk.open(&file_path(blob)).unwrap().len().unwrap(), format::file_bytes(len));
        for (a, b) in cuts {
            let (a, b) = (a.index(len as usize + 1), b.index(len as usize + 1));
            let (start, end) = (a.min(b), a.max(b));
            prop_assert!(setup.read(blob, len, start as u64..end as u64) == Ok(bytes.slice(start..end)));
        }
    }

    #[test]
    fn any_range_of_a_copy_comes_back_deflated_or_not(len in 0_u64..1_500_000, compressed: bool, noisy: bool, cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 5)) {
        let setup = setup();
        let bytes = if noisy { sample(len) } else { vec![b'a'; len as usize].into() };
        let blob = setup.put(&bytes);
        let copy = setup.copy(blob, len, compressed);
        prop_assert_eq!(check_file(setup.blobs.volumes(), copy), Ok(()));
        if compressed && !noisy && len > 4_096 {
            let file_bytes = setup.disk.open(&copy.at.path()).unwrap().len().unwrap();
            prop_assert!(file_bytes < len / 10);
        }
        for (a, b) in cuts {
            let (a, b) = (a.index(len as usize + 1), b.index(len as usize + 1));
            let (start, end) = (a.min(b), a.max(b));
            prop_assert!(setup.read_file(copy, start as u64..end as u64) == Ok(bytes.slice(start..end)));
        }
    }

    #[test]
    fn a_flipped_bit_in_a_copy_is_found_and_never_served(len in 0_u64..300_000, bit: prop::sample::Index) {
        let setup = setup();
        let bytes = sample(len);
        let blob = setup.put(&bytes);
        let copy = setup.copy(blob, len, true);
        let file_bytes = copy.deflated.unwrap();
        setup.flip(&copy.at.path(), bit.index(file_bytes as usize * 8) as u64);
        prop_assert!(check_file(setup.blobs.volumes(), copy).is_err());
        let read = setup.read_file(copy, 0..len);
        prop_assert!(read.is_err() || read == Ok(bytes));
    }

    #[test]
    fn a_flipped_bit_in_a_blob_file_is_never_served(len in 0_u64..300_000, bit: prop::sample::Index) {
        let setup = setup();
        let blob = setup.put(&sample(len));
        setup.flip(&file_path(blob), bit.index(format::file_bytes(len) as usize * 8) as u64);
        let read = setup.read(blob, len, 0..len);
        prop_assert!(matches!(read, Err(ReadError::Corrupt(_))));
    }

    #[test]
    fn a_flipped_bit_in_a_pack_is_never_served(len in 0_u64..70_000, bit: prop::sample::Index) {
        let setup = setup();
        let len = len.min(format::FRAME);
        let blob = BlobRef(9);
        let mut pack = PackWriter::create(setup.disk.clone(), 3).unwrap();
        let place = pack.add(blob, &sample(len)).unwrap();
        pack.finish().unwrap();
        let entry = packs::entry_bytes(len);
        setup.flip(&packs::path(3), place.offset * 8 + bit.index(entry as usize * 8) as u64);
        let read = block_on(setup.blobs.read_pack(blob, place, len, 0..len)).err();
        prop_assert!(matches!(read, Some(ReadError::Corrupt(_))), "{:?}", read);
        let mut scan = PackScan::open(&*setup.disk, 3).unwrap();
        prop_assert!(scan.next_entry().is_err());
    }
}

#[test]
fn a_truncated_file_is_found_out() {
    let setup = setup();
    let bytes = sample(200_000);
    let blob = setup.put(&bytes);
    let shorter = setup.put(&sample(100_000));
    let path = setup.disk.real_root().unwrap().join(file_path(shorter));
    let target = setup.disk.real_root().unwrap().join(file_path(blob));
    std::fs::copy(path, target).unwrap();
    assert!(matches!(setup.read(blob, 200_000, 0..200_000), Err(ReadError::Corrupt(_))));
}

#[test]
fn a_broken_body_leaves_no_file() {
    let setup = setup();
    let piece = sample(3_000_000);
    let body = Body::from_stream(stream::iter([Ok(piece), Err(BodyError::Idle)]), None);
    let blob = setup.blobs.name();
    assert_eq!(block_on(setup.blobs.put(blob, body)), Err(BlobError::Body(BodyError::Idle)));
    // The removal runs on another thread.
    while setup.files() > 0 {
        std::thread::yield_now();
    }
}

#[test]
fn an_upload_that_is_dropped_leaves_no_file() {
    let setup = setup();
    let piece = sample(5_000_000);
    let body = Body::from_stream(stream::iter([Ok(piece)]).chain(stream::pending()), None);
    let blob = setup.blobs.name();
    {
        let mut put = Box::pin(setup.blobs.put(blob, body));
        for _ in 0..1_000 {
            assert!(block_on(futures_util::future::poll_immediate(&mut put)).is_none());
            std::thread::yield_now();
        }
    }
    while setup.files() > 0 {
        std::thread::yield_now();
    }
}

#[test]
fn a_full_disk_refuses_before_anything_is_written() {
    let disk = SimDisk::new();
    let blobs = Blobs::new(
        Arc::new(disk.clone()),
        Volumes::new(Arc::new(disk.clone())),
        Space::new(Arc::new(disk.clone()), 10 << 20),
        Random::seeded(1),
    );
    disk.set_free_bytes(14 << 20);
    let much = Body::from_stream(stream::pending(), Some(5 << 20));
    assert_eq!(block_on(blobs.put(blobs.name(), much)), Err(BlobError::Full));
    assert_eq!(block_on(blobs.put(blobs.name(), sample(3 << 20).into())), Ok(3 << 20));
    disk.set_free_bytes(9 << 20);
    let unknown = Body::from_stream(stream::iter([Ok(sample(1_000))]), None);
    assert_eq!(block_on(blobs.put(blobs.name(), unknown)), Err(BlobError::Full));
    disk.set_free_bytes(11 << 20);
    assert_eq!(block_on(blobs.put(blobs.name(), sample(100_000).into())), Ok(100_000));
}

#[test]
fn uploads_at_once_cannot_promise_the_same_space() {
    let disk = SimDisk::new();
    let space = Space::new(Arc::new(disk.clone()), 10 << 20);
    disk.set_free_bytes(14 << 20);
    let mut first = space.reserve(3 << 20).unwrap();
    assert!(space.reserve(3 << 20).is_err());
    first.written(2 << 20);
    assert!(space.reserve(3 << 20).is_ok());
    assert!(first.grow_to(5 << 20).is_err());
    drop(first);
    assert!(space.reserve(4 << 20).is_ok());
    assert!(!space.full());
    disk.set_free_bytes(10 << 20);
    assert!(!space.full());
    disk.set_free_bytes((10 << 20) - 1);
    assert!(space.full());
}

#[test]
fn a_missing_file_is_no_blob() {
    let setup = setup();
    let blob = setup.put(&sample(100_000));
    setup.blobs.remove_file(uploaded(blob, 0).at).unwrap();
    setup.blobs.remove_file(uploaded(blob, 0).at).unwrap();
    assert_eq!(setup.read(blob, 100_000, 0..1), Err(ReadError::NoBlob(blob)));
}

#[test]
fn a_pack_gives_back_what_was_put_in() {
    let setup = setup();
    let mut pack = PackWriter::create(setup.disk.clone(), 77).unwrap();
    let blobs: Vec<_> = (0..100_u64).map(|n| (BlobRef(u128::from(n)), sample(n * 650))).collect();
    let places: Vec<_> = blobs.iter().map(|(blob, bytes)| pack.add(*blob, bytes).unwrap()).collect();
    let len = pack.finish().unwrap();
    for ((blob, bytes), place) in blobs.iter().zip(&places) {
        let (start, end) = (bytes.len() as u64 / 3, bytes.len() as u64);
        let body = block_on(setup.blobs.read_pack(*blob, *place, end, start..end)).unwrap();
        assert!(block_on(body.collect(u64::MAX)) == Ok(bytes.slice(start as usize..)));
        assert!(block_on(setup.blobs.read_pack(BlobRef(1 << 99), *place, end, 0..end)).is_err());
    }
    let mut scan = PackScan::open(&*setup.disk, 77).unwrap();
    assert_eq!(setup.disk.open(&packs::path(77)).unwrap().len().unwrap(), len);
    for ((blob, bytes), place) in blobs.iter().zip(&places) {
        let entry = scan.next_entry().unwrap().unwrap();
        assert!((entry.blob, entry.place, &entry.bytes) == (*blob, *place, bytes));
    }
    assert!(scan.next_entry().unwrap().is_none());
    setup.blobs.remove_pack(77).unwrap();
    let gone = block_on(setup.blobs.read_pack(blobs[5].0, places[5], 3_250, 0..1)).err();
    assert_eq!(gone, Some(ReadError::NoBlob(blobs[5].0)));
}
