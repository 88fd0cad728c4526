//! What the engine's tests share: a room over the model store.

use base::{AccountId, Clock, Random, Region, Secret, Timestamp};
use service::Tokens;
use storage::Model;

use super::S3;
use super::objects::{Claims, Deletion, Place, Terms};
use super::versions::Wanted;
use crate::Settings;
use crate::tables::{Attributes, Object};

pub(super) const ACCOUNT: AccountId = AccountId::DEFAULT;

/// 2026-11-25T00:00:00Z.
const START: Timestamp = Timestamp::from_secs(1_795_564_800);

pub(super) fn room() -> S3 {
    room_over(&Model::new(Clock::manual(START), Random::seeded(1)))
}

pub(super) fn room_over(store: &std::sync::Arc<Model>) -> S3 {
    room_over_with(store, Clock::manual(START), Settings::default())
}

pub(super) fn room_over_with(store: &std::sync::Arc<Model>, clock: Clock, settings: Settings) -> S3 {
    let tokens = Tokens::new(Secret::new(*b"tokens"));
    S3::new(store.clone(), clock, Random::seeded(2), tokens, settings)
}

impl S3 {
    pub(super) async fn make(&self, bucket: &str) {
        self.create_bucket(bucket, ACCOUNT, &Region::us_east_1(), None, &[], false).await.unwrap();
    }

    pub(super) async fn put_text(&self, bucket: &str, key: &str, text: &str) -> Object {
        let received = self.receive(text.to_owned().into(), &Claims::default()).await.unwrap();
        let attributes = Attributes::default();
        self.put(Place { bucket, key }, None, &received, &attributes, &Terms::default()).await.unwrap()
    }

    pub(super) async fn remove(&self, bucket: &str, key: &str) {
        let deletion = Deletion { key: key.to_owned(), ..Deletion::default() };
        self.delete(bucket, &[deletion]).await.unwrap()[0].clone().unwrap();
    }

    pub(super) async fn read_all(&self, bucket: &str, key: &str) -> bytes::Bytes {
        let snapshot = self.snapshot();
        let bucket = self.find_bucket(&*snapshot, bucket).await.unwrap().value;
        let found = self.find_version(&*snapshot, &bucket, key, Wanted::Current).await.unwrap();
        let body = self.read(&found, 0..found.row.value.bytes).await.unwrap().expect("nothing changes it");
        body.collect(u64::MAX).await.unwrap()
    }
}
