//! Uploads in parts, over the model store.

use std::sync::Arc;

use base::{Clock, Random};
use storage::Model;

use super::super::conditions::ReadConditions;
use super::super::copy::{Changes, Source};
use super::super::objects::{Claims, Terms};
use super::super::testing::{recoding, room, room_over};
use super::super::versions::Wanted;
use super::*;
use crate::Settings;
use crate::tables::{OBJECTS, ObjectKey};

const MIB: usize = 1 << 20;

fn place(key: &str) -> Place<'_> {
    Place { bucket: "bucket", key }
}

fn filled(byte: u8, bytes: usize) -> Vec<u8> {
    (0..bytes).map(|at| byte ^ (at >> 9) as u8).collect()
}

impl S3 {
    async fn begin(&self, key: &str, checksum: Option<UploadChecksum>) -> String {
        let encryption = self.managed().encryption;
        self.create_upload(place(key), &Attributes::default(), checksum, None, Lock::default(), &encryption)
            .await
            .unwrap()
            .0
    }

    async fn part(
        &self,
        key: &str,
        upload: &str,
        number: u32,
        bytes: Vec<u8>,
        keep: Algorithm,
    ) -> ClaimedPart {
        let claims = Claims { keep: Some(keep), ..Claims::default() };
        let received = self.receive(bytes.into(), &claims, &self.managed()).await.unwrap();
        let part = self.put_part(place(key), upload, number, &received).await.unwrap();
        ClaimedPart {
            number: i64::from(number),
            etag: ETag::of_bytes(part.md5).quoted(),
            checksums: vec![(keep, checksum::text(&part.sum))],
        }
    }

    async fn whole(&self, key: &str, parts: &[Vec<u8>]) -> Completed {
        let upload = self.begin(key, None).await;
        let mut claimed = Vec::new();
        for (number, bytes) in (1..).zip(parts) {
            claimed.push(self.part(key, &upload, number, bytes.clone(), checksum::DEFAULT).await);
        }
        let completion = Completion { parts: claimed, ..Completion::default() };
        self.complete_upload(place(key), &upload, &completion).await.unwrap()
    }

    async fn range(&self, key: &str, start: u64, end: u64) -> bytes::Bytes {
        let snapshot = self.snapshot();
        let bucket = self.find_bucket(&*snapshot, "bucket").await.unwrap().value;
        let found = self.find_version(&*snapshot, &bucket, key, Wanted::Current).await.unwrap();
        self.read(&found, start..end, &self.plain_opener())
            .await
            .unwrap()
            .unwrap()
            .collect(u64::MAX)
            .await
            .unwrap()
    }
}

fn store() -> Arc<Model> {
    Model::new(Clock::manual(base::Timestamp::from_secs(1_000_000)), Random::seeded(5))
}

#[tokio::test]
async fn parts_become_an_object_and_go_with_it() {
    let store = store();
    let s3 = room_over(&store);
    s3.make("bucket").await;
    let parts = [filled(1, 5 * MIB), filled(2, 5 * MIB), filled(3, 1_000)];
    let upload = s3.begin("key", None).await;
    let mut claimed = Vec::new();
    for (number, bytes) in [2, 4, 7].into_iter().zip(&parts) {
        claimed.push(s3.part("key", &upload, number, bytes.clone(), checksum::DEFAULT).await);
    }
    // Uploaded and not listed: it goes.
    s3.part("key", &upload, 5, filled(9, 10), checksum::DEFAULT).await;
    // The same number again takes the old one's place.
    s3.part("key", &upload, 7, filled(9, 10), checksum::DEFAULT).await;
    s3.part("key", &upload, 7, parts[2].clone(), checksum::DEFAULT).await;
    assert_eq!(store.blob_count(), 4);
    let completion = Completion { parts: claimed, ..Completion::default() };
    let completed = s3.complete_upload(place("key"), &upload, &completion).await.unwrap();
    assert_eq!(store.blob_count(), 3);
    let whole = parts.concat();
    assert!(s3.read_all("bucket", "key").await == whole);
    assert_eq!(completed.checksum, Some(Checksum::full(Algorithm::Crc64Nvme.of(&whole))));
    assert_eq!(completed.etag.parts, Some(3));
    for (start, end) in [(0, 1), (5 * MIB - 1, 5 * MIB + 1), (10 * MIB, 10 * MIB + 1_000), (3, 10 * MIB + 3)]
    {
        assert!(s3.range("key", start as u64, end as u64).await == whole[start..end], "{start}..{end}");
    }
    assert_eq!(s3.complete_upload(place("key"), &upload, &completion).await, Ok(completed));
    s3.remove("bucket", "key").await;
    assert_eq!(store.blob_count(), 0);
}

#[tokio::test]
async fn an_aborted_upload_leaves_nothing() {
    let store = store();
    let s3 = room_over(&store);
    s3.make("bucket").await;
    let upload = s3.begin("key", None).await;
    s3.part("key", &upload, 1, filled(1, 100_000), checksum::DEFAULT).await;
    s3.abort_upload(place("key"), &upload).await.unwrap();
    assert_eq!(store.blob_count(), 0);
    let gone = Err(Error::NoSuchUpload(upload.clone()));
    assert_eq!(s3.abort_upload(place("key"), &upload).await.map(|_| ()), gone);
    let received = s3.receive(vec![1].into(), &Claims::default(), &s3.managed()).await.unwrap();
    assert_eq!(s3.put_part(place("key"), &upload, 1, &received).await.map(|_| ()), gone);
}

#[tokio::test]
async fn an_upload_is_good_for_its_key_alone() {
    let s3 = room();
    s3.make("bucket").await;
    let upload = s3.begin("key", None).await;
    assert_eq!(s3.abort_upload(place("other"), &upload).await, Err(Error::NoSuchUpload(upload.clone())));
    assert_eq!(s3.abort_upload(place("key"), "x").await, Err(Error::NoSuchUpload("x".to_owned())));
}

#[tokio::test]
async fn a_wrong_list_of_parts_changes_nothing() {
    let s3 = room();
    s3.make("bucket").await;
    let upload = s3.begin("key", None).await;
    let small = s3.part("key", &upload, 1, filled(1, 10), checksum::DEFAULT).await;
    let last = s3.part("key", &upload, 2, filled(2, 10), checksum::DEFAULT).await;
    let complete = async |parts: Vec<ClaimedPart>| {
        let completion = Completion { parts, ..Completion::default() };
        s3.complete_upload(place("key"), &upload, &completion).await.unwrap_err()
    };
    assert!(matches!(complete(Vec::new()).await, Error::Request(_)));
    assert!(matches!(complete(vec![last.clone(), small.clone()]).await, Error::InvalidPartOrder(_)));
    assert!(matches!(complete(vec![small.clone(), small.clone()]).await, Error::InvalidPartOrder(_)));
    assert!(matches!(complete(vec![small.clone(), last.clone()]).await, Error::PartTooSmall { part: 1, .. }));
    let absent = ClaimedPart { number: 3, ..last.clone() };
    assert!(matches!(complete(vec![absent]).await, Error::InvalidPart { part: 3, .. }));
    let other = ClaimedPart { etag: "\"x\"".to_owned(), ..last.clone() };
    assert!(matches!(complete(vec![other]).await, Error::InvalidPart { part: 2, .. }));
    let sized = Completion { parts: vec![last], bytes: Some(11), ..Completion::default() };
    assert!(matches!(s3.complete_upload(place("key"), &upload, &sized).await, Err(Error::Request(_))));
}

#[tokio::test]
async fn a_composite_needs_the_checksum_of_each_part() {
    let s3 = room();
    s3.make("bucket").await;
    let checksum = UploadChecksum::choose(Some("SHA256"), None).unwrap();
    let upload = s3.begin("key", checksum).await;
    let part = s3.part("key", &upload, 1, b"abc".to_vec(), Algorithm::Sha256).await;
    let complete = async |part: ClaimedPart, kind: Option<&str>| {
        let completion =
            Completion { parts: vec![part], checksum_kind: kind.map(str::to_owned), ..Completion::default() };
        s3.complete_upload(place("key"), &upload, &completion).await
    };
    let bare = ClaimedPart { checksums: Vec::new(), ..part.clone() };
    assert!(
        matches!(complete(bare, None).await, Err(Error::Request(text)) if text.contains("missing for part 1"))
    );
    let wrong = (Algorithm::Sha256, checksum::text(&Algorithm::Sha256.of(b"")));
    let wrong = ClaimedPart { checksums: vec![wrong], ..part.clone() };
    assert!(matches!(complete(wrong, None).await, Err(Error::WrongPartChecksum { part: 1, .. })));
    assert!(matches!(complete(part.clone(), Some("FULL_OBJECT")).await, Err(Error::Request(_))));
    let completed = complete(part, Some("COMPOSITE")).await.unwrap();
    let expected = Algorithm::Sha256.of(Algorithm::Sha256.of(b"abc").as_bytes());
    assert_eq!(completed.checksum.unwrap().sum, expected);
    assert!(completed.checksum.unwrap().text(completed.etag.parts).ends_with("-1"));
}

#[tokio::test]
async fn a_key_written_meanwhile_conflicts_with_a_condition() {
    let s3 = room();
    s3.make("bucket").await;
    let upload = s3.begin("key", None).await;
    let part = s3.part("key", &upload, 1, b"abc".to_vec(), checksum::DEFAULT).await;
    s3.put_text("bucket", "key", "between").await;
    let condition = WriteCondition::IfAbsent;
    let conditional = Completion { parts: vec![part], condition, ..Completion::default() };
    let refused = s3.complete_upload(place("key"), &upload, &conditional).await;
    assert!(matches!(refused, Err(Error::ConditionalConflict { condition: "If-None-Match", .. })));
    let plain = Completion { condition: WriteCondition::Always, ..conditional };
    assert!(s3.complete_upload(place("key"), &upload, &plain).await.is_ok());
}

#[tokio::test]
async fn a_copy_is_made_of_references_and_outlives_its_source() {
    let store = store();
    let s3 = room_over(&store);
    s3.make("bucket").await;
    let parts = [filled(1, 5 * MIB), filled(2, 70_000)];
    let whole = parts.concat();
    s3.whole("source", &parts).await;
    let source =
        Source { place: place("source"), version: Wanted::Current, conditions: ReadConditions::default() };
    let always = Terms::default();
    let copy =
        s3.copy(&source, place("copy"), &Changes::default(), &always, recoding(&s3.managed())).await.unwrap();
    assert_eq!(copy.object.etag, ETag::of_bytes(crypt::md5(&whole)));
    assert_eq!(store.blob_count(), 2);
    let again = Source { place: place("copy"), ..source.clone() };
    s3.copy(&again, place("second"), &Changes::default(), &always, recoding(&s3.managed())).await.unwrap();
    s3.remove("bucket", "source").await;
    s3.remove("bucket", "copy").await;
    assert!(s3.read_all("bucket", "second").await == whole);
    s3.remove("bucket", "second").await;
    assert_eq!(store.blob_count(), 0);
}

#[tokio::test]
async fn a_part_may_be_a_range_of_an_object_in_parts() {
    let store = store();
    let s3 = room_over(&store);
    s3.make("bucket").await;
    let parts = [filled(1, 5 * MIB), filled(2, 70_000)];
    let whole = parts.concat();
    s3.whole("source", &parts).await;
    let source =
        Source { place: place("source"), version: Wanted::Current, conditions: ReadConditions::default() };
    let upload = s3.begin("target", None).await;
    let (start, end) = (5 * MIB - 10, 5 * MIB + 20);
    let header = format!("bytes={start}-{}", end - 1);
    let (part, _) = s3
        .copy_part(&source, Some(&header), place("target"), &upload, 1, recoding(&s3.managed()))
        .await
        .unwrap();
    assert_eq!(part.md5, crypt::md5(&whole[start..end]));
    let claimed = ClaimedPart { number: 1, etag: ETag::of_bytes(part.md5).bare(), checksums: Vec::new() };
    let completion = Completion { parts: vec![claimed], ..Completion::default() };
    s3.complete_upload(place("target"), &upload, &completion).await.unwrap();
    s3.remove("bucket", "source").await;
    assert!(s3.read_all("bucket", "target").await == whole[start..end]);
    s3.remove("bucket", "target").await;
    assert_eq!(store.blob_count(), 0);
}

#[tokio::test]
async fn a_reader_of_an_object_in_parts_gets_it_whole_whatever_happens() {
    let store = store();
    let s3 = room_over(&store);
    s3.make("bucket").await;
    let parts = [filled(1, 5 * MIB), filled(2, 5 * MIB), filled(3, 70_000)];
    s3.whole("key", &parts).await;
    let snapshot = s3.snapshot();
    let bucket = s3.find_bucket(&*snapshot, "bucket").await.unwrap().value;
    let found = s3.find_version(&*snapshot, &bucket, "key", Wanted::Current).await.unwrap();
    let key = ObjectKey { bucket: bucket.id, key: "key".to_owned() };
    let mut body = s3.read(&found, 0..found.row.value.bytes, &s3.plain_opener()).await.unwrap().unwrap();
    let first = body.next().await.unwrap().unwrap();
    s3.put_text("bucket", "key", "").await;
    assert!(OBJECTS.get(&*s3.snapshot(), &key).await.unwrap().unwrap().version != found.row.version);
    let rest = body.collect(u64::MAX).await.unwrap();
    assert!([first, rest].concat() == parts.concat());
    assert!(
        s3.read(&found, 0..1, &s3.plain_opener()).await.unwrap().is_none(),
        "what was found before is gone"
    );
    s3.sweep_drops().await.unwrap();
    assert_eq!(store.blob_count(), 0);
}

#[tokio::test]
async fn parts_are_paged_by_number() {
    let s3 = room();
    s3.make("bucket").await;
    let upload = s3.begin("key", None).await;
    for number in [1, 3, 10_000] {
        s3.part("key", &upload, number, vec![1], checksum::DEFAULT).await;
    }
    let bucket = s3.find_bucket(&*s3.snapshot(), "bucket").await.unwrap().value;
    let id = s3.upload_id(bucket.id, "key", &upload).unwrap();
    let list = async |after, limit| {
        let page = s3.list_parts(&*s3.snapshot(), id, after, limit).await.unwrap();
        (page.items.iter().map(|(number, _)| *number).collect::<Vec<_>>(), page.more)
    };
    assert_eq!(list(0, 2).await, (vec![1, 3], true));
    assert_eq!(list(3, 2).await, (vec![10_000], false));
    assert_eq!(list(10_000, 2).await, (vec![], false));
    assert_eq!(Settings::default().part_bytes_min, 5 << 20);
}

#[test]
fn a_slice_of_extents_is_their_bytes() {
    let extent = |blob, start, bytes| Extent {
        blob: store::BlobRef(blob),
        start,
        bytes,
        seal: crate::tables::Seal::Open,
        blob_bytes: 0,
        packed: false,
    };
    let extents = [extent(1, 100, 10), extent(2, 0, 5), extent(3, 7, 10)];
    assert_eq!(slice_of(&extents, 8, 16), [extent(1, 108, 2), extent(2, 0, 5), extent(3, 7, 1)]);
    assert_eq!(slice_of(&extents, 10, 15), [extent(2, 0, 5)]);
    assert_eq!(slice_of(&extents, 3, 3), []);
}
