//! Cases of blobs: bytes, ranges, references and guards.

use body::{Body, BodyError};
use bytes::Bytes;
use futures_util::stream;
use store::{BlobError, BlobRef, Bounds, CommitError, Place, PlaceError, ReadError, StoredBlob, Volume};

use super::{Bench, put};

/// Bytes that differ wherever they are cut.
fn sample(len: usize) -> Bytes {
    (0..len).map(|at| (at ^ (at >> 8) ^ (at >> 16)) as u8).collect::<Vec<u8>>().into()
}

/// A body that comes in pieces of odd sizes.
fn in_pieces(bytes: &Bytes, mut ending: Vec<Result<Bytes, BodyError>>) -> Body {
    let mut pieces = Vec::new();
    let (mut at, mut size) = (0, 1);
    while at < bytes.len() {
        let end = bytes.len().min(at + size);
        pieces.push(Ok(bytes.slice(at..end)));
        at = end;
        size = (size * 3 + 1) % 100_000;
    }
    pieces.append(&mut ending);
    Body::from_stream(stream::iter(pieces), None)
}

impl Bench {
    async fn put_and_count(&self, bytes: &Bytes) -> StoredBlob {
        let (stored, guard) =
            self.store.put_blob(in_pieces(bytes, Vec::new())).await.expect("there is space");
        self.commit(|commit| {
            commit.count_blob(stored.blob, 1);
        })
        .await;
        drop(guard);
        stored
    }

    async fn count(&self, counts: &[(BlobRef, i32)]) -> Result<store::Committed, CommitError> {
        self.try_commit(|commit| commit.counts.extend_from_slice(counts)).await
    }
}

pub(super) async fn a_small_blob_travels_in_its_commit(bench: Bench) {
    let bytes = sample(Bounds::INLINE_BLOB);
    let blob = BlobRef(5);
    bench
        .commit(|commit| {
            commit.new_blob(blob, bytes.clone());
            commit.writes.push(put("object", "5"));
        })
        .await;
    assert!(bench.is_live(blob).await);
    assert_eq!(bench.read_blob(blob, 0, bytes.len() as u64).await, Ok(bytes.clone()));
    assert_eq!(bench.read_blob(blob, 100, 103).await, Ok(bytes.slice(100..103)));
    let refused = bench
        .try_commit(|commit| {
            commit.new_blob(BlobRef(6), bytes.clone());
            commit.check(store::Check::Absent(super::key("object")));
        })
        .await;
    assert_eq!(refused, Err(CommitError::Check { index: 0 }));
    assert_eq!(bench.read_blob(BlobRef(6), 0, 1).await, Err(ReadError::NoBlob(BlobRef(6))));
}

pub(super) async fn a_large_blob_is_read_back_whole_and_in_ranges(bench: Bench) {
    for len in [Bounds::INLINE_BLOB + 1, 128 << 10, (3 << 20) + 12_345] {
        let bytes = sample(len);
        let stored = bench.put_and_count(&bytes).await;
        assert_eq!(stored.bytes, len as u64);
        let whole = bench.store.get_blob(stored.blob, 0..stored.bytes).await.expect("the blob is there");
        assert_eq!(whole.length(), Some(stored.bytes));
        let read = whole.collect(u64::MAX).await.expect("the blob's bytes are readable");
        assert!(read == bytes, "a blob of {len} bytes comes back as it was");
        let frame = 64 << 10;
        for (start, end) in
            [(0, 1), (len - 1, len), (frame - 1, frame + 1), (frame, len), (1, len - 1), (frame, frame)]
        {
            let read = bench.read_blob(stored.blob, start as u64, end as u64).await;
            assert!(read == Ok(bytes.slice(start..end)), "bytes {start}..{end} of {len}");
        }
    }
}

pub(super) async fn a_small_blob_may_be_put_too(bench: Bench) {
    let bytes = sample(1_000);
    let stored = bench.put_and_count(&bytes).await;
    assert_eq!(bench.read_blob(stored.blob, 0, 1_000).await, Ok(bytes));
}

pub(super) async fn an_empty_blob_has_an_empty_range(bench: Bench) {
    let stored = bench.put_and_count(&Bytes::new()).await;
    assert_eq!(stored.bytes, 0);
    assert_eq!(bench.read_blob(stored.blob, 0, 0).await, Ok(Bytes::new()));
    bench
        .commit(|commit| {
            commit.new_blob(BlobRef(8), Bytes::new());
        })
        .await;
    assert_eq!(bench.read_blob(BlobRef(8), 0, 0).await, Ok(Bytes::new()));
}

pub(super) async fn a_range_beyond_the_end_is_refused(bench: Bench) {
    let large = bench.put_and_count(&sample(100_000)).await.blob;
    assert_eq!(bench.read_blob(large, 0, 100_001).await, Err(ReadError::Range { bytes: 100_000 }));
    assert_eq!(bench.read_blob(large, 200_000, 200_000).await, Err(ReadError::Range { bytes: 100_000 }));
    #[expect(clippy::reversed_empty_ranges, reason = "this is what the case is about")]
    let reversed = bench.store.get_blob(large, 2..1).await.err();
    assert_eq!(reversed, Some(ReadError::Range { bytes: 100_000 }));
    bench
        .commit(|commit| {
            commit.new_blob(BlobRef(8), sample(10));
        })
        .await;
    assert_eq!(bench.read_blob(BlobRef(8), 5, 11).await, Err(ReadError::Range { bytes: 10 }));
}

pub(super) async fn an_unknown_blob_is_not_found(bench: Bench) {
    assert_eq!(bench.read_blob(BlobRef(1), 0, 0).await, Err(ReadError::NoBlob(BlobRef(1))));
    assert!(!bench.is_live(BlobRef(1)).await);
}

pub(super) async fn a_guard_keeps_a_blob_and_no_guard_does_not(bench: Bench) {
    let bytes = sample(100_000);
    let (stored, guard) = bench.store.put_blob(bytes.clone().into()).await.expect("there is space");
    assert!(bench.is_live(stored.blob).await);
    assert!(bench.read_blob(stored.blob, 0, 100_000).await == Ok(bytes));
    drop(guard);
    assert!(!bench.is_live(stored.blob).await);
    assert_eq!(bench.count(&[(stored.blob, 1)]).await, Err(CommitError::Blob(stored.blob)));
}

pub(super) async fn a_counted_blob_outlives_its_guard(bench: Bench) {
    let bytes = sample(100_000);
    let stored = bench.put_and_count(&bytes).await;
    assert!(bench.is_live(stored.blob).await);
    assert!(bench.read_blob(stored.blob, 0, 100_000).await == Ok(bytes));
}

pub(super) async fn a_blob_dies_with_its_last_reference(bench: Bench) {
    let large = bench.put_and_count(&sample(100_000)).await.blob;
    let small = BlobRef(8);
    bench
        .commit(|commit| {
            commit.new_blob(small, sample(10));
        })
        .await;
    for blob in [large, small] {
        bench.count(&[(blob, 1)]).await.expect("it is live");
        bench.count(&[(blob, -1)]).await.expect("it is live");
        assert!(bench.is_live(blob).await, "one reference is left");
        bench.count(&[(blob, -1)]).await.expect("it is live");
        assert!(!bench.is_live(blob).await);
        assert_eq!(bench.read_blob(blob, 0, 1).await, Err(ReadError::NoBlob(blob)));
        assert_eq!(bench.count(&[(blob, 1)]).await, Err(CommitError::Blob(blob)));
    }
}

pub(super) async fn counts_of_one_commit_are_summed(bench: Bench) {
    let blob = bench.put_and_count(&sample(100_000)).await.blob;
    bench.count(&[(blob, -1), (blob, 1)]).await.expect("the sum is one reference");
    assert!(bench.is_live(blob).await);
    assert_eq!(
        bench.count(&[(blob, -2)]).await,
        Err(CommitError::Blob(blob)),
        "there is no second reference to drop"
    );
    assert!(bench.is_live(blob).await);
    bench.count(&[(blob, 2), (blob, -3)]).await.expect("the sum is no reference");
    assert!(!bench.is_live(blob).await);
}

pub(super) async fn a_count_of_an_unknown_blob_refuses_the_commit(bench: Bench) {
    let refused = bench
        .try_commit(|commit| {
            commit.count_blob(BlobRef(99), 1);
            commit.writes.push(put("a", "1"));
        })
        .await;
    assert_eq!(refused, Err(CommitError::Blob(BlobRef(99))));
    assert_eq!(bench.value("a").await, None);
}

pub(super) async fn a_broken_body_is_not_stored(bench: Bench) {
    for len in [10, 1 << 20] {
        let body = in_pieces(&sample(len), vec![Err(BodyError::Incomplete)]);
        let refused = bench.store.put_blob(body).await.err();
        assert_eq!(refused, Some(BlobError::Body(BodyError::Incomplete)));
    }
}

pub(super) async fn an_open_body_outlives_its_blob(bench: Bench) {
    let bytes = sample(2 << 20);
    let stored = bench.put_and_count(&bytes).await;
    let small = BlobRef(8);
    bench
        .commit(|commit| {
            commit.new_blob(small, sample(1_000));
        })
        .await;
    let large_body = bench.store.get_blob(stored.blob, 0..stored.bytes).await.expect("the blob is there");
    let small_body = bench.store.get_blob(small, 0..1_000).await.expect("the blob is there");
    bench.count(&[(stored.blob, -1), (small, -1)]).await.expect("both are live");
    assert!(!bench.is_live(stored.blob).await);
    assert!(large_body.collect(u64::MAX).await == Ok(bytes));
    assert_eq!(small_body.collect(u64::MAX).await, Ok(sample(1_000)));
}

pub(super) async fn a_blob_is_the_same_wherever_it_is_placed(bench: Bench) {
    let small = (BlobRef(5), sample(3_000));
    bench
        .commit(|commit| {
            commit.new_blob(small.0, small.1.clone());
        })
        .await;
    let bytes = sample(150_000);
    let large = (bench.put_and_count(&bytes).await.blob, bytes);
    let nowhere: Volume = "NOWHERE".parse().expect("it is a name");
    assert!(!bench.store.has_volume(nowhere));
    for (blob, bytes) in [small, large] {
        let refused = bench.store.place_blob(blob, Place { volume: Some(nowhere), compressed: true }).await;
        assert_eq!(refused, Err(PlaceError::NoVolume(nowhere)));
        for compressed in [true, true, false] {
            bench.store.place_blob(blob, Place { volume: None, compressed }).await.expect("there is space");
            assert!(bench.is_live(blob).await);
            assert_eq!(bench.read_blob(blob, 0, bytes.len() as u64).await, Ok(bytes.clone()));
            assert_eq!(bench.read_blob(blob, 1_000, 2_500).await, Ok(bytes.slice(1_000..2_500)));
        }
        bench.count(&[(blob, 1)]).await.expect("it is there");
        bench.count(&[(blob, -2)]).await.expect("it is there");
        assert!(!bench.is_live(blob).await);
    }
    let gone = bench.store.place_blob(BlobRef(5), Place { volume: None, compressed: true }).await;
    assert_eq!(gone, Err(PlaceError::Read(ReadError::NoBlob(BlobRef(5)))));
}
