//! Archives over a store: compressed and apart, readable at any moment, whole wherever the process dies.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use base::{Clock, Random, Secret, Timestamp};
use bytes::Bytes;
use service::Tokens;
use storage::Model;
use store::{Store, Volume};

use super::super::copy::{Changes, Source};
use super::super::multipart::{ClaimedPart, Completion};
use super::super::objects::{Claims, Deletion, Place, Terms};
use super::super::restore::RestoreRequest;
use super::super::testing::{Dying, masters, recoding};
use super::super::versions::Wanted;
use super::super::{Error, S3};
use crate::Settings;
use crate::tables::{Attributes, Contents, Home, Lock, MOVES, Object, Restore, RetrievalTier, StorageClass};

/// 2026-11-25T10:00:00Z.
const START: Timestamp = Timestamp::from_secs(1_795_600_800);
const HOUR: Duration = Duration::from_secs(3_600);

struct World {
    clock: Clock,
    model: Arc<Model>,
    s3: S3,
}

fn text(bytes: usize) -> Bytes {
    (0..bytes).map(|n| (n / 1_000) as u8).collect::<Vec<_>>().into()
}

impl World {
    async fn new(volumes: &[&str]) -> Self {
        let clock = Clock::manual(START);
        let model = Model::new(clock.clone(), Random::seeded(1));
        for volume in volumes {
            model.add_volume(volume.parse().unwrap());
        }
        let s3 = open(&clock, model.clone());
        s3.make("bucket").await;
        Self { clock, model, s3 }
    }

    async fn put(&self, key: &str, class: StorageClass, bytes: Bytes) {
        let received = self.s3.receive(bytes.into(), &Claims::default(), &self.s3.managed()).await.unwrap();
        let attributes = Attributes { class, ..Attributes::default() };
        let place = Place { bucket: "bucket", key };
        self.s3.put(place, None, &received, &attributes, &Terms::default()).await.unwrap();
    }

    async fn put_parts(&self, key: &str, class: StorageClass, parts: &[Bytes]) {
        let (s3, place) = (&self.s3, Place { bucket: "bucket", key });
        let attributes = Attributes { class, ..Attributes::default() };
        let encryption = s3.managed().encryption;
        let begun = s3.create_upload(place, &attributes, None, None, Lock::default(), &encryption).await;
        let upload = begun.unwrap().0;
        let mut completion = Completion::default();
        for (number, bytes) in (1..).zip(parts) {
            let received = s3.receive(bytes.clone().into(), &Claims::default(), &s3.managed()).await.unwrap();
            let part = s3.put_part(place, &upload, number, &received).await.unwrap();
            let etag = crate::tables::ETag::of_bytes(part.md5).bare();
            completion.parts.push(ClaimedPart { number: number.into(), etag, checksums: Vec::new() });
        }
        s3.complete_upload(place, &upload, &completion).await.unwrap();
    }

    async fn copy(&self, from: &str, to: &str, class: StorageClass) -> Result<(), Error> {
        let place = |key| Place { bucket: "bucket", key };
        let source = Source { place: place(from), version: Wanted::Current, conditions: Default::default() };
        let changes = Changes { class, others: true, ..Changes::default() };
        let sealing = self.s3.managed();
        let copied = self.s3.copy(&source, place(to), &changes, &Terms::default(), recoding(&sealing)).await;
        copied.map(drop)
    }

    async fn object(&self, key: &str) -> Object {
        let snapshot = self.s3.snapshot();
        let bucket = self.s3.find_bucket(&*snapshot, "bucket").await.unwrap().value;
        self.s3.find_version(&*snapshot, &bucket, key, Wanted::Current).await.unwrap().row.value
    }

    async fn range(&self, key: &str, from: u64, to: u64) -> Bytes {
        let snapshot = self.s3.snapshot();
        let bucket = self.s3.find_bucket(&*snapshot, "bucket").await.unwrap().value;
        let found = self.s3.find_version(&*snapshot, &bucket, key, Wanted::Current).await.unwrap();
        let body = self.s3.read(&found, from..to, &self.s3.plain_opener()).await.unwrap();
        body.expect("nothing changes it").collect(u64::MAX).await.unwrap()
    }

    async fn restore(&self, key: &str, days: u32) {
        let request = RestoreRequest { days: Some(days as i32), tier: RetrievalTier::Expedited };
        self.s3.restore(Place { bucket: "bucket", key }, Wanted::Current, request).await.unwrap();
    }

    async fn remove(&self, key: &str) {
        self.s3.remove("bucket", key).await;
    }

    /// Works all off, dying after so many commits, again and again.
    async fn arrange_with_deaths(&self, commits: usize) {
        for _ in 0..1_000 {
            let dying = Dying::after(self.model.clone(), commits);
            if open(&self.clock, dying).arrange(None).await.is_ok() {
                return;
            }
        }
        panic!("it never comes to an end");
    }

    async fn moves_left(&self) -> usize {
        MOVES.scan(&*self.s3.snapshot(), MOVES.prefix(|_| {}), 10).await.unwrap().len()
    }
}

/// Every process draws other numbers.
fn open(clock: &Clock, store: Arc<dyn Store>) -> S3 {
    static SEED: AtomicU64 = AtomicU64::new(2);
    let random = Random::seeded(SEED.fetch_add(1, Ordering::Relaxed));
    let (tokens, settings) =
        (Tokens::new(Secret::new(*b"tokens")), Settings { part_bytes_min: 1, ..Settings::default() });
    S3::new(store, clock.clone(), random, tokens, settings, masters(), None)
}

#[tokio::test]
async fn archived_bytes_are_compressed_and_a_restored_copy_comes_and_goes() {
    let world = World::new(&[]).await;
    let bytes = text(3_000_000);
    world.put("key", StorageClass::Glacier, bytes.clone()).await;
    world.s3.arrange(None).await.unwrap();
    let object = world.object("key").await;
    assert_eq!((object.placement.home, world.moves_left().await), (Home::Glacier, 0));
    let kept = world.s3.kept_extents(&*world.s3.snapshot(), &object).await.unwrap();
    assert!(kept.iter().all(|extent| extent.packed && extent.blob_bytes < 60_000), "{kept:?}");
    assert_eq!(world.model.blob_count(), 1);

    world.restore("key", 1).await;
    world.clock.advance(HOUR);
    // Before the copy was made the archive itself is read.
    assert_eq!(world.range("key", 0, 3_000_000).await, bytes);
    assert_eq!(world.range("key", 1_048_570, 2_097_200).await, bytes.slice(1_048_570..2_097_200));
    world.s3.arrange(None).await.unwrap();
    let copy = world.object("key").await.copy();
    assert!(copy.is_some() && world.model.blob_count() == 2);
    assert_eq!(world.range("key", 999, 2_500_000).await, bytes.slice(999..2_500_000));
    // A copy of it is read from what is readable, not from the archive.
    world.copy("key", "other", StorageClass::Standard).await.unwrap();
    assert_eq!(world.model.blob_count(), 2);

    world.clock.advance(HOUR * 48);
    world.s3.do_due(None).await.unwrap();
    assert_eq!(world.object("key").await.placement.restore, None);
    assert_eq!(world.range("other", 0, 3_000_000).await, bytes);
    world.remove("other").await;
    assert_eq!(world.model.blob_count(), 1);
    world.remove("key").await;
    assert_eq!(world.model.blob_count(), 0);
}

#[tokio::test]
async fn a_copy_that_shared_its_bytes_keeps_them_when_the_other_is_archived() {
    let world = World::new(&[]).await;
    let bytes = text(300_000);
    world.put("warm", StorageClass::Standard, bytes.clone()).await;
    world.copy("warm", "cold", StorageClass::DeepArchive).await.unwrap();
    assert_eq!(world.model.blob_count(), 1);
    world.s3.arrange(None).await.unwrap();
    assert_eq!(world.model.blob_count(), 2);
    world.remove("cold").await;
    assert_eq!(world.range("warm", 0, 300_000).await, bytes);
    assert_eq!(world.model.blob_count(), 1);
}

#[tokio::test]
async fn parts_move_one_by_one_and_are_read_in_between() {
    let world = World::new(&["GLACIER"]).await;
    let parts = [text(200_000), text(5), text(1_500_000), Bytes::new()];
    let whole: Bytes = parts.concat().into();
    for deaths in [1, 2, 3] {
        world.put_parts("key", StorageClass::Glacier, &parts).await;
        world.restore("key", 1).await;
        world.clock.advance(HOUR);
        world.arrange_with_deaths(deaths).await;
        assert_eq!(world.moves_left().await, 0);
        let object = world.object("key").await;
        let kept = world.s3.kept_extents(&*world.s3.snapshot(), &object).await.unwrap();
        let volume: Option<Volume> = "GLACIER".parse().ok();
        for extent in &kept {
            assert!(extent.packed);
            assert_eq!(world.model.place_of(extent.blob).unwrap().volume, volume);
        }
        assert!(object.copy().is_some());
        let length = whole.len() as u64;
        assert_eq!(world.range("key", 0, length).await, whole);
        let bare = Restore { copy: None, ..object.placement.restore.unwrap() };
        let place = Place { bucket: "bucket", key: "key" };
        let read = world.s3.amend(place, Wanted::Current, |object| {
            // Only to read the archive itself; the copy's reference is put back below.
            object.placement.restore = Some(bare);
            Ok(())
        });
        read.await.unwrap();
        assert_eq!(world.range("key", 199_990, 200_100).await, whole.slice(199_990..200_100));
        let again = world.s3.amend(place, Wanted::Current, |changed| {
            changed.placement.restore = object.placement.restore;
            Ok(())
        });
        again.await.unwrap();
        world.s3.arrange(None).await.unwrap();
        world.remove("key").await;
        assert_eq!(world.model.blob_count(), 0);
    }
}

#[tokio::test]
async fn dying_at_any_commit_leaves_an_object_whole() {
    for versions in [1, 2] {
        let world = World::new(&["DEEP_ARCHIVE", "STANDARD_IA"]).await;
        let bytes = text(100_000);
        for _ in 0..versions {
            world.put("deep", StorageClass::DeepArchive, bytes.clone()).await;
            world.put("rare", StorageClass::StandardIa, bytes.clone()).await;
            world.put("small", StorageClass::DeepArchive, text(10)).await;
        }
        world.arrange_with_deaths(1).await;
        assert_eq!(world.range("deep", 0, 100_000).await, bytes);
        assert_eq!(world.range("rare", 0, 100_000).await, bytes);
        assert_eq!(world.range("small", 0, 10).await, text(10));
        let rare = world.object("rare").await;
        let Contents::Blob(blob) = rare.contents else { panic!("it is not packed") };
        assert_eq!(world.model.place_of(blob).unwrap().volume, "STANDARD_IA".parse().ok());
        assert_eq!(world.model.blob_count(), 3);
        for key in ["deep", "rare", "small"] {
            world.remove(key).await;
        }
        assert_eq!(world.model.blob_count(), 0);
    }
}

#[tokio::test]
async fn a_volume_that_is_added_later_takes_what_belongs_there() {
    let world = World::new(&[]).await;
    world.put("key", StorageClass::Glacier, text(200_000)).await;
    world.put("rare", StorageClass::OnezoneIa, text(10)).await;
    world.s3.arrange_volumes(None).await.unwrap();
    world.s3.arrange(None).await.unwrap();
    world.model.add_volume("GLACIER".parse().unwrap());
    world.model.add_volume("ONEZONE_IA".parse().unwrap());
    let s3 = open(&world.clock, world.model.clone());
    s3.arrange_volumes(None).await.unwrap();
    assert_eq!(world.moves_left().await, 2);
    s3.arrange_volumes(None).await.unwrap();
    s3.arrange(None).await.unwrap();
    for (key, volume) in [("key", "GLACIER"), ("rare", "ONEZONE_IA")] {
        let kept = s3.kept_extents(&*s3.snapshot(), &world.object(key).await).await.unwrap();
        assert_eq!(world.model.place_of(kept[0].blob).unwrap().volume, volume.parse().ok());
    }
}

#[tokio::test]
async fn what_is_deleted_meanwhile_is_forgotten() {
    let world = World::new(&[]).await;
    world.put("key", StorageClass::Glacier, text(200_000)).await;
    let deletion = Deletion { key: "key".to_owned(), ..Deletion::default() };
    world.s3.delete("bucket", &[deletion]).await.unwrap()[0].clone().unwrap();
    world.s3.arrange(None).await.unwrap();
    assert_eq!((world.moves_left().await, world.model.blob_count()), (0, 0));
}

#[tokio::test]
async fn bytes_under_keys_that_nobody_has_later_are_packed_as_they_come() {
    let world = World::new(&[]).await;
    for (key, bytes) in [("small", 6_000), ("large", 300_000)] {
        let plain = text(bytes);
        let claims = Claims { pack: true, ..Claims::default() };
        let received = world.s3.receive(plain.clone().into(), &claims, &world.s3.managed()).await.unwrap();
        let (attributes, place) = (Attributes::default(), Place { bucket: "bucket", key });
        let put = world.s3.put(place, None, &received, &attributes, &Terms::default()).await.unwrap();
        assert_eq!((put.bytes, put.etag.md5), (bytes as u64, crypt::md5(&plain)));
        let extents = world.s3.kept_extents(&*world.s3.snapshot(), &put).await.unwrap();
        assert!(extents[0].packed && extents[0].blob_bytes < bytes as u64 / 2, "{extents:?}");
        assert_eq!(world.s3.read_all("bucket", key).await, plain);
        let (from, to) = (bytes as u64 / 2, bytes as u64 - 7);
        assert_eq!(world.range(key, from, to).await, plain.slice(from as usize..to as usize));
        world.copy(key, "copy", StorageClass::Standard).await.unwrap();
        assert_eq!(world.s3.read_all("bucket", "copy").await, plain);
        world.remove(key).await;
        assert_eq!(world.s3.read_all("bucket", "copy").await, plain);
    }
}
