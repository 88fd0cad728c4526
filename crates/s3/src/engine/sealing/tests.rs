//! Sealed blobs: whole and in ranges against their plaintext, and under every kind of tampering.

use std::sync::Arc;

use base::{Clock, Random, Timestamp};
use body::Body;
use bytes::Bytes;
use crypt::HmacKey;
use futures_util::stream;
use proptest::prelude::*;
use storage::Model;
use store::{BlobRef, Store};

use super::frames::{open_blob, payload_of, seal_body, seal_small, sealed_bytes};
use super::{Keys, Masters};

const FRAME: usize = 64 << 10;
const BLOB: BlobRef = BlobRef(77);

fn keys(layers: u64) -> Keys {
    match layers {
        0 => Keys::Open,
        1 => Keys::One(HmacKey::new(b"one")),
        _ => Keys::Two { inner: HmacKey::new(b"one"), outer: HmacKey::new(b"two") },
    }
}

fn plain(bytes: usize) -> Vec<u8> {
    (0..bytes).map(|at| (at.wrapping_mul(31) ^ (at >> 8)) as u8).collect()
}

fn in_pieces(bytes: &[u8], size: usize, told: bool) -> Body {
    let pieces: Vec<_> = bytes.chunks(size.max(1)).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    Body::from_stream(stream::iter(pieces), told.then_some(bytes.len() as u64))
}

async fn sealed(layers: u64, blob: BlobRef, bytes: &[u8]) -> Bytes {
    seal_body(&keys(layers), blob, in_pieces(bytes, 10_000, true)).collect(u64::MAX).await.unwrap()
}

fn store() -> Arc<Model> {
    Model::new(Clock::manual(Timestamp::EPOCH), Random::seeded(1))
}

/// What a reader gets of a blob with these sealed bytes; `None` if it is refused, at once or on the way.
async fn read(
    layers: u64,
    sealed: impl Into<Bytes>,
    bytes: u64,
    range: std::ops::Range<u64>,
) -> Option<Bytes> {
    let store = store();
    let _guard = store.put_named(BLOB, sealed.into());
    let body = open_blob(&*store, &keys(layers), BLOB, bytes, range).await.ok()?;
    body.collect(u64::MAX).await.ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_range_of_a_sealed_blob_is_that_of_its_plaintext(
        layers in 1u64..3, size in prop_oneof![1usize..40, 65_500usize..65_540, 131_000usize..131_080, 1usize..400_000],
        piece in prop_oneof![1usize..50, 10_000usize..200_000], told: bool, from in 0u64..1_000, to in 0u64..=1_000,
    ) {
        let piece = if size > 10_000 { piece.max(997) } else { piece };
        let bytes = plain(size);
        let whole = bytes.len() as u64;
        let (from, to) = ((whole * from / 1_000).min(whole - 1), whole * to / 1_000);
        let range = from..to.max(from + 1);
        futures_executor::block_on(async {
            let store = store();
            let body = seal_body(&keys(layers), BLOB, in_pieces(&bytes, piece, told));
            if told {
                assert_eq!(body.length(), Some(sealed_bytes(layers, whole)));
            }
            let (stored, _guard) = store.put_named_blob(BLOB, body).await.unwrap();
            assert_eq!(stored.bytes, sealed_bytes(layers, whole));
            let opened = open_blob(&*store, &keys(layers), BLOB, whole, range.clone()).await.unwrap();
            assert_eq!(opened.length(), Some(range.end - range.start));
            let opened = opened.collect(u64::MAX).await.unwrap();
            assert!(opened == bytes[range.start as usize..range.end as usize]);
        });
    }

    #[test]
    fn no_bit_of_a_sealed_blob_may_change(
        layers in 1u64..3, size in prop_oneof![1usize..40, 65_500usize..65_540, 131_000usize..131_080], at: prop::sample::Index
    ) {
        futures_executor::block_on(async {
            let mut bytes = sealed(layers, BLOB, &plain(size)).await.to_vec();
            let bit = at.index(bytes.len() * 8);
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(read(layers, bytes, size as u64, 0..size as u64).await, None);
        });
    }
}

#[tokio::test]
async fn frames_swapped_repeated_cut_off_or_added_are_refused() {
    let size = 3 * payload_of(1) as usize;
    let whole = size as u64;
    let good = sealed(1, BLOB, &plain(size)).await;
    assert!(read(1, good.clone(), whole, 0..whole).await.is_some_and(|read| read == plain(size)));
    let frames: Vec<&[u8]> = good.chunks(FRAME).collect();
    let swapped = [frames[1], frames[0], frames[2]].concat();
    assert_eq!(read(1, swapped, whole, 0..whole).await, None);
    let repeated = [frames[0], frames[0], frames[2]].concat();
    assert_eq!(read(1, repeated, whole, 0..whole).await, None);
    // The end cut off, also where the row was made to say so.
    let cut = [frames[0], frames[1]].concat();
    assert_eq!(read(1, cut.clone(), whole, 0..whole).await, None);
    let less = 2 * payload_of(1);
    assert_eq!(read(1, cut, less, 0..less).await, None);
    // The last frame stands for one in the middle.
    let added = [frames[0], frames[1], frames[2], frames[2]].concat();
    let more = 4 * payload_of(1);
    assert_eq!(read(1, added, more, 0..more).await, None);
    let tail = good.slice(..good.len() - 1);
    assert_eq!(read(1, tail, whole - 1, 0..whole - 1).await, None);
}

#[tokio::test]
async fn a_frame_of_another_blob_or_another_key_is_refused() {
    let size = payload_of(1) as usize + 10;
    let good = sealed(1, BLOB, &plain(size)).await;
    // An older version of the object has another blob, though its bytes and its key may be the same.
    let older = sealed(1, BlobRef(78), &plain(size)).await;
    let replayed = [&older[..FRAME], &good[FRAME..]].concat();
    assert_eq!(read(1, replayed, size as u64, 0..size as u64).await, None);
    assert_eq!(read(1, older, size as u64, 0..1).await, None);
    let store = store();
    let _guard = store.put_named(BLOB, good);
    let other = Keys::One(HmacKey::new(b"other"));
    assert!(open_blob(&*store, &other, BLOB, size as u64, 0..1).await.is_err());
}

#[tokio::test]
async fn two_layers_need_both_keys() {
    let bytes = Bytes::from(plain(1_000));
    let sealed = seal_small(&keys(2), BLOB, &bytes);
    assert_eq!(sealed.len(), 1_032);
    for (inner, outer) in [("one", "other"), ("other", "two"), ("two", "one")] {
        let keys = Keys::Two { inner: HmacKey::new(inner.as_bytes()), outer: HmacKey::new(outer.as_bytes()) };
        let store = store();
        let _guard = store.put_named(BLOB, sealed.clone());
        assert!(open_blob(&*store, &keys, BLOB, 1_000, 0..1_000).await.is_err());
    }
    assert_eq!(read(2, sealed, 1_000, 0..1_000).await, Some(bytes));
}

#[tokio::test]
async fn a_range_opens_only_the_frames_it_touches() {
    let size = 3 * payload_of(1) as usize;
    let mut bytes = sealed(1, BLOB, &plain(size)).await.to_vec();
    bytes[10] ^= 1;
    let from = payload_of(1);
    let read = read(1, bytes, size as u64, from..from + 5).await;
    assert!(read.is_some_and(|read| read == plain(size)[from as usize..from as usize + 5]));
}

#[test]
fn new_blobs_are_under_the_newest_version() {
    let masters = Masters::new(&base::Secret::new([1; 32]));
    let shared = masters.clone();
    assert_eq!(masters.current().version, 1);
    shared.add(2, &base::Secret::new([2; 32]));
    assert_eq!(masters.current().version, 2);
    assert!(masters.get(1).is_ok() && masters.get(3).is_err());
}

/// What objects written before there was encryption are, and what becomes of them.
mod before {
    use super::super::super::conditions::ReadConditions;
    use super::super::super::copy::{Changes, Source};
    use super::super::super::objects::{Claims, Place, Terms};
    use super::super::super::testing::{recoding, room_over};
    use super::super::super::versions::Wanted;
    use super::super::Sealing;
    use super::*;
    use crate::tables::{Attributes, Encryption};

    #[tokio::test]
    async fn unsealed_objects_are_readable_and_their_copies_sealed() {
        let store = store();
        let s3 = room_over(&store);
        s3.make("bucket").await;
        let unsealed = Sealing { encryption: Encryption::Open, keys: Keys::Open };
        for (key, copy, size) in [("small", "small copy", 5_000), ("large", "large copy", 200_000)] {
            let received = s3.receive(plain(size).into(), &Claims::default(), &unsealed).await.unwrap();
            let place = Place { bucket: "bucket", key };
            let always = Terms::default();
            s3.put(place, None, &received, &Attributes::default(), &always).await.unwrap();
            assert!(s3.read_all("bucket", key).await == plain(size));
            let blobs = store.blob_count();
            let source = Source { place, conditions: ReadConditions::default(), version: Wanted::Current };
            let target = Place { bucket: "bucket", key: copy };
            let copied =
                s3.copy(&source, target, &Changes::default(), &always, recoding(&s3.managed())).await;
            assert_eq!(copied.unwrap().object.encryption, Encryption::Managed(1));
            drop(received);
            assert_eq!(store.blob_count(), blobs + 1, "the copy has bytes of its own");
            assert!(s3.read_all("bucket", copy).await == plain(size));
        }
    }

    #[tokio::test]
    async fn what_is_under_an_older_version_stays_readable() {
        let store = store();
        let s3 = room_over(&store);
        s3.make("bucket").await;
        s3.put_text("bucket", "older", "text").await;
        s3.masters.add(2, &base::Secret::new([9; 32]));
        let newer = s3.put_text("bucket", "newer", "text").await;
        assert_eq!(newer.encryption, Encryption::Managed(2));
        for key in ["older", "newer"] {
            assert_eq!(s3.read_all("bucket", key).await, "text");
        }
        // A copy by reference stays under the version of its bytes.
        let source = Source {
            place: Place { bucket: "bucket", key: "older" },
            conditions: ReadConditions::default(),
            version: Wanted::Current,
        };
        let target = Place { bucket: "bucket", key: "copy" };
        let always = Terms::default();
        let copied = s3.copy(&source, target, &Changes::default(), &always, recoding(&s3.managed())).await;
        assert_eq!(copied.unwrap().object.encryption, Encryption::Managed(1));
        assert_eq!(s3.read_all("bucket", "copy").await, "text");
    }
}
