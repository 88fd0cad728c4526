//! What the engine's tests share: a room over the model store.

use std::sync::LazyLock;

use base::{AccountId, Clock, Random, Region, Secret, Timestamp};
use ports::Principal;
use service::Tokens;
use storage::Model;

use super::S3;
use super::copy::Recoding;
use super::objects::{Claims, Deletion, Place, Terms};
use super::sealing::{Opener, Requester, Sealing, Unlock};
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
    S3::new(store.clone(), clock, Random::seeded(2), tokens, settings, masters(), None)
}

/// Nobody in particular.
static NOBODY: LazyLock<Principal> = LazyLock::new(|| Principal::root(ACCOUNT));

/// A reader without keys.
pub(super) fn unlock() -> Unlock<'static> {
    Unlock { requester: Requester { principal: &NOBODY, signed_v2: false }, customer: None }
}

/// A copy that needs no keys for its source.
pub(super) fn recoding(sealing: &Sealing) -> Recoding<'_> {
    Recoding { unlock: unlock(), sealing }
}

/// A key ring of one version.
pub(super) fn masters() -> super::sealing::Masters {
    super::sealing::Masters::new(&Secret::new([7; 32]))
}

impl S3 {
    /// Opens what S3's own keys open.
    pub(super) fn plain_opener(&self) -> Opener {
        Opener::of_masters(self.masters.clone())
    }

    pub(super) async fn make(&self, bucket: &str) {
        self.create_bucket(bucket, ACCOUNT, &Region::us_east_1(), None, &[], false).await.unwrap();
    }

    pub(super) async fn put_text(&self, bucket: &str, key: &str, text: &str) -> Object {
        let received =
            self.receive(text.to_owned().into(), &Claims::default(), &self.managed()).await.unwrap();
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
        let body = self
            .read(&found, 0..found.row.value.bytes, &self.plain_opener())
            .await
            .unwrap()
            .expect("nothing changes it");
        body.collect(u64::MAX).await.unwrap()
    }
}
