//! What the engine's tests share: a room over the model store.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

use base::{AccountId, Clock, Random, Region, Secret, Timestamp};
use body::Body;
use futures_util::future::BoxFuture;
use ports::Principal;
use service::Tokens;
use storage::Model;
use store::{
    Batch, BlobError, BlobGuard, BlobRef, Commit, CommitError, CommitId, Committed, Fate, From, Limit, LogId,
    LogState, PlaceError, ReadError, Snapshot, Store, StoredBlob, Tail,
};

use super::copy::Recoding;
use super::objects::{Claims, Deletion, Place, Terms};
use super::sealing::{Opener, Requester, Sealing, Unlock};
use super::versions::Wanted;
use super::{Error, S3};
use crate::Settings;
use crate::tables::{Attributes, Object, Versioning};

pub(super) const ACCOUNT: AccountId = AccountId::DEFAULT;

/// 2026-11-25T00:00:00Z.
const START: Timestamp = Timestamp::from_secs(1_795_564_800);

pub(super) fn room() -> S3 {
    room_over(&Model::new(Clock::manual(START), Random::seeded(1)))
}

pub(super) fn room_over(store: &std::sync::Arc<Model>) -> S3 {
    room_over_with(store.clone(), Clock::manual(START), Settings::default())
}

pub(super) fn room_over_with(store: Arc<dyn Store>, clock: Clock, settings: Settings) -> S3 {
    let tokens = Tokens::new(Secret::new(*b"tokens"));
    S3::new(store, clock, Random::seeded(2), tokens, settings, masters(), None)
}

/// A store that refuses every commit after some.
pub(super) struct Dying {
    inner: Arc<Model>,
    left: AtomicUsize,
}

impl Dying {
    /// Dies after so many commits.
    pub(super) fn after(inner: Arc<Model>, commits: usize) -> Arc<Self> {
        Arc::new(Self { inner, left: AtomicUsize::new(commits) })
    }
}

impl Store for Dying {
    fn commit(&self, commit: Commit) -> BoxFuture<'_, Result<Committed, CommitError>> {
        let lives = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if lives.is_err() {
            return Box::pin(std::future::ready(Err(CommitError::Closed)));
        }
        self.inner.commit(commit)
    }
    fn outcome(&self, id: CommitId) -> BoxFuture<'_, Result<Fate, ReadError>> {
        self.inner.outcome(id)
    }
    fn snapshot(&self) -> Box<dyn Snapshot> {
        self.inner.snapshot()
    }
    fn read(&self, log: LogId, from: From, limit: Limit) -> BoxFuture<'_, Result<Batch, ReadError>> {
        self.inner.read(log, from, limit)
    }
    fn tail(&self, log: LogId) -> BoxFuture<'_, Result<Tail, ReadError>> {
        self.inner.tail(log)
    }
    fn log_state(&self, log: LogId) -> BoxFuture<'_, Result<LogState, ReadError>> {
        self.inner.log_state(log)
    }
    fn put_blob(&self, body: Body) -> BoxFuture<'_, Result<(StoredBlob, BlobGuard), BlobError>> {
        self.inner.put_blob(body)
    }
    fn put_named_blob(
        &self,
        blob: BlobRef,
        body: Body,
    ) -> BoxFuture<'_, Result<(StoredBlob, BlobGuard), BlobError>> {
        self.inner.put_named_blob(blob, body)
    }
    fn get_blob(&self, blob: BlobRef, range: Range<u64>) -> BoxFuture<'_, Result<Body, ReadError>> {
        self.inner.get_blob(blob, range)
    }
    fn place_blob(&self, blob: BlobRef, place: store::Place) -> BoxFuture<'_, Result<(), PlaceError>> {
        self.inner.place_blob(blob, place)
    }
    fn has_volume(&self, volume: store::Volume) -> bool {
        self.inner.has_volume(volume)
    }
    fn full(&self) -> bool {
        self.inner.full()
    }
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
        self.own_opener()
    }

    pub(super) async fn make(&self, bucket: &str) {
        self.create_bucket(bucket, ACCOUNT, &Region::us_east_1(), None, &[], false).await.unwrap();
    }

    pub(super) async fn set_versioning(&self, bucket: &str, versioning: Versioning) -> Result<(), Error> {
        self.change_versioning(bucket, versioning, None, false).await
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
