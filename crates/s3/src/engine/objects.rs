//! Objects: received, put, found, changed, deleted.

use std::collections::HashSet;

use body::Body;
use bytes::Bytes;
use crypt::Algorithm;
use store::{BlobGuard, BlobRef, Commit, Row, Snapshot};

use super::checksum::{self, Declared};
use super::conditions::WriteCondition;
use super::measure::{Gathered, Measured, Sums, gather, measure};
use super::{ATTEMPTS_MAX, Draft, Error, S3};
use crate::tables::{Attributes, Bucket, Checksum, Contents, ETag, Extent, OBJECTS, Object, ObjectKey};

/// Bytes of one PUT, one part, one copy (S3 user guide, "Uploading objects").
pub const PUT_BYTES_MAX: u64 = 5 << 30;

/// Bytes that have arrived whole and unharmed, and that nothing refers to yet.
#[derive(Debug)]
pub struct Received {
    data: Data,
    /// What they are.
    pub measured: Measured,
    guard: Option<BlobGuard>,
}

#[derive(Debug)]
enum Data {
    Empty,
    /// Travels in the commit.
    Inline(BlobRef, Bytes),
    /// Stored already.
    Stored(BlobRef),
}

impl Received {
    /// Adds one reference to the bytes.
    pub(super) fn refer(&self, commit: &mut Commit) -> Contents {
        match &self.data {
            Data::Empty => Contents::Empty,
            Data::Inline(blob, bytes) => {
                commit.new_blob(*blob, bytes.clone());
                Contents::Blob(*blob)
            }
            Data::Stored(blob) => {
                commit.count_blob(*blob, 1);
                Contents::Blob(*blob)
            }
        }
    }

    /// As [`Received::refer`], for a part.
    pub(super) fn refer_as_part(&self, commit: &mut Commit) -> Vec<Extent> {
        match self.refer(commit) {
            Contents::Blob(blob) => vec![Extent { blob, start: 0, bytes: self.measured.bytes }],
            Contents::Empty | Contents::Layout(_) | Contents::Parts { .. } => Vec::new(),
        }
    }
}

/// What a client says of the bytes it sends.
#[derive(Debug, Clone)]
pub struct Claims {
    /// Their MD5.
    pub md5: Option<[u8; 16]>,
    /// Their checksum.
    pub checksum: Declared,
    /// The algorithm of the checksum to keep; by default the declared one's, or CRC64NVME.
    pub keep: Option<Algorithm>,
}

impl Default for Claims {
    fn default() -> Self {
        Self { md5: None, checksum: Declared::Nothing, keep: None }
    }
}

impl Claims {
    fn sums(&self) -> Sums {
        let declared = self.checksum.algorithm();
        let keep = self.keep.or(declared).unwrap_or(checksum::DEFAULT);
        Sums { keep, other: declared.filter(|algorithm| *algorithm != keep) }
    }
}

/// A key in a bucket of that name.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The bucket's name.
    pub bucket: &'a str,
    /// The key.
    pub key: &'a str,
}

/// A key to delete, and the ETag it must have.
#[derive(Debug, Clone)]
pub struct Deletion {
    /// The key.
    pub key: String,
    /// `If-Match`.
    pub if_match: Option<String>,
}

impl S3 {
    /// Takes a body in and holds it against what was declared. Small ones stay in memory, larger ones are durable when this returns.
    pub async fn receive(&self, body: Body, claims: &Claims) -> Result<Received, Error> {
        if let Some(length) = body.length().filter(|length| *length > PUT_BYTES_MAX) {
            return Err(Error::EntityTooLarge(length));
        }
        let sums = claims.sums();
        let trailers = body.trailers();
        let received = match gather(body).await? {
            Gathered::Whole(bytes) => {
                let measured = Measured::of(&bytes, sums);
                let data = if bytes.is_empty() {
                    Data::Empty
                } else {
                    Data::Inline(BlobRef(self.random.u128()), bytes)
                };
                Received { data, measured, guard: None }
            }
            Gathered::Stream(body) => {
                let (body, pending) = measure(body, sums);
                let (stored, guard) = self.store().put_blob(body).await?;
                let measured = pending.finish().await?;
                if measured.bytes > PUT_BYTES_MAX {
                    return Err(Error::EntityTooLarge(measured.bytes));
                }
                Received { data: Data::Stored(stored.blob), measured, guard: Some(guard) }
            }
        };
        if let Some(expected) = claims.md5.filter(|md5| *md5 != received.measured.md5) {
            return Err(Error::WrongMd5 { expected, calculated: received.measured.md5 });
        }
        let declared = match claims.checksum {
            Declared::Nothing => None,
            Declared::Sum(sum) => Some(sum),
            Declared::Trailing(algorithm) => {
                let name = format!("x-amz-checksum-{}", checksum::name_of(algorithm).to_ascii_lowercase());
                let text =
                    trailers.and_then(|trailers| trailers.get(&name)).ok_or(Error::MalformedTrailer)?;
                let sum = checksum::parse(algorithm, &text);
                Some(sum.ok_or(Error::InvalidChecksum { algorithm, trailing: true })?)
            }
        };
        match declared {
            Some(declared) if received.measured.sum_of(declared.algorithm()) != Some(declared) => {
                Err(Error::WrongChecksum(declared))
            }
            Some(_) | None => Ok(received),
        }
    }

    /// The object under a key.
    pub async fn find_object(
        &self,
        snapshot: &dyn Snapshot,
        bucket: &Bucket,
        key: &str,
    ) -> Result<Option<Row<Object>>, Error> {
        Ok(OBJECTS.get(snapshot, &ObjectKey { bucket: bucket.id, key: key.to_owned() }).await?)
    }

    /// Whether a write of this condition could succeed now: asked before a body is taken in.
    pub async fn check_condition(&self, place: Place<'_>, condition: &WriteCondition) -> Result<(), Error> {
        if *condition == WriteCondition::Always {
            return Ok(());
        }
        let snapshot = self.snapshot();
        let bucket = self.find_bucket(&*snapshot, place.bucket).await?;
        let current = self.find_object(&*snapshot, &bucket.value, place.key).await?;
        condition.judge(place.key, current.as_ref().map(|row| &row.value))
    }

    /// Makes received bytes the object under a key. Durable when it returns. `found` is the bucket, if it was looked up already.
    pub async fn put(
        &self,
        place: Place<'_>,
        mut found: Option<Row<Bucket>>,
        received: &Received,
        attributes: &Attributes,
        condition: &WriteCondition,
    ) -> Result<Object, Error> {
        for attempt in 0..ATTEMPTS_MAX {
            let found = found.take();
            let (draft, object) =
                self.draft_put(place, found, received, attributes, condition, attempt).await?;
            if self.settle(draft).await? {
                return Ok(object);
            }
        }
        Err(S3::too_contended())
    }

    async fn draft_put(
        &self,
        place: Place<'_>,
        found: Option<Row<Bucket>>,
        received: &Received,
        attributes: &Attributes,
        condition: &WriteCondition,
        attempt: usize,
    ) -> Result<(Draft, Object), Error> {
        let snapshot = self.snapshot();
        let bucket = match found {
            Some(found) => found,
            None => self.find_bucket(&*snapshot, place.bucket).await?,
        };
        let current = self.find_object(&*snapshot, &bucket.value, place.key).await?;
        condition.judge(place.key, current.as_ref().map(|row| &row.value))?;
        let mut draft = self.draft();
        self.enter(&*snapshot, &mut draft, place.bucket, &bucket, attempt).await?;
        let object = Object {
            modified: self.now(),
            bytes: received.measured.bytes,
            etag: ETag::of_bytes(received.measured.md5),
            contents: received.refer(&mut draft.commit),
            checksum: Some(Checksum::full(received.measured.sum)),
            attributes: attributes.clone(),
        };
        self.replace(&*snapshot, &mut draft, &bucket.value, place.key, current.as_ref(), &object).await?;
        Ok((draft, object))
    }

    /// As [`S3::put`], but returns the commit instead of committing. The guard must live until it is over.
    pub(crate) async fn prepare(
        &self,
        place: Place<'_>,
        received: Received,
        attributes: &Attributes,
    ) -> Result<(Commit, BlobGuard, Object), Error> {
        // As a second attempt, so that a bucket whose deletion stopped half-way takes the object at once.
        let (draft, object) =
            self.draft_put(place, None, &received, attributes, &WriteCondition::Always, 1).await?;
        let Draft { commit, held, guards, sweep } = draft;
        let wake = sweep.then(|| self.sweep.clone());
        let guard = BlobGuard::new(move || {
            drop((held, guards, received.guard));
            if let Some(wake) = wake {
                wake.notify_one();
            }
        });
        Ok((commit, guard, object))
    }

    /// Adds to the draft that `object` takes the place of what was found under the key.
    pub(super) async fn replace(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        bucket: &Bucket,
        key: &str,
        current: Option<&Row<Object>>,
        object: &Object,
    ) -> Result<(), Error> {
        let row_key = ObjectKey { bucket: bucket.id, key: key.to_owned() };
        draft.commit.unchanged(OBJECTS, &row_key, current).put(OBJECTS, &row_key, object);
        if let Some(current) = current {
            self.let_go(snapshot, draft, &current.value.contents).await?;
        }
        Ok(())
    }

    /// Gives an object other tags.
    pub async fn set_tags(&self, place: Place<'_>, tags: &[(String, String)]) -> Result<(), Error> {
        for attempt in 0..ATTEMPTS_MAX {
            let snapshot = self.snapshot();
            let bucket = self.find_bucket(&*snapshot, place.bucket).await?;
            let found = self.find_object(&*snapshot, &bucket.value, place.key).await?;
            let found = found.ok_or_else(|| Error::NoSuchKey(place.key.to_owned()))?;
            let mut draft = self.draft();
            self.enter(&*snapshot, &mut draft, place.bucket, &bucket, attempt).await?;
            let mut object = found.value.clone();
            object.attributes.tags = tags.to_vec();
            let row_key = ObjectKey { bucket: bucket.value.id, key: place.key.to_owned() };
            draft.commit.unchanged(OBJECTS, &row_key, Some(&found)).put(OBJECTS, &row_key, &object);
            if self.settle(draft).await? {
                return Ok(());
            }
        }
        Err(S3::too_contended())
    }

    /// Deletes keys, those that are not there included. One answer for each, in order.
    pub async fn delete(
        &self,
        bucket: &str,
        deletions: &[Deletion],
    ) -> Result<Vec<Result<(), Error>>, Error> {
        for attempt in 0..ATTEMPTS_MAX {
            let snapshot = self.snapshot();
            let found = self.find_bucket(&*snapshot, bucket).await?;
            let mut draft = self.draft();
            let mut answers = Vec::with_capacity(deletions.len());
            let mut met = HashSet::new();
            for deletion in deletions {
                // A key that stands twice is deleted once.
                answers.push(match met.insert(deletion.key.as_str()) {
                    true => self.draft_deletion(&*snapshot, &mut draft, &found.value, deletion).await?,
                    false => Ok(()),
                });
            }
            if draft.commit.writes.is_empty() || self.settle(draft).await? {
                return Ok(answers);
            }
            // Many keys at once conflict with many writers; one by one they get through.
            if attempt > 2 && deletions.len() > 1 {
                return self.delete_one_by_one(bucket, deletions).await;
            }
        }
        Err(S3::too_contended())
    }

    async fn delete_one_by_one(
        &self,
        bucket: &str,
        deletions: &[Deletion],
    ) -> Result<Vec<Result<(), Error>>, Error> {
        let mut answers = Vec::with_capacity(deletions.len());
        for deletion in deletions {
            let one = Box::pin(self.delete(bucket, std::slice::from_ref(deletion))).await?;
            answers.extend(one);
        }
        Ok(answers)
    }

    async fn draft_deletion(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        bucket: &Bucket,
        deletion: &Deletion,
    ) -> Result<Result<(), Error>, Error> {
        let current = self.find_object(snapshot, bucket, &deletion.key).await?;
        let if_match = deletion.if_match.as_deref();
        if let Err(refused) = WriteCondition::judge_delete(if_match, current.as_ref().map(|row| &row.value)) {
            return Ok(Err(refused));
        }
        let Some(current) = current else { return Ok(Ok(())) };
        let row_key = ObjectKey { bucket: bucket.id, key: deletion.key.clone() };
        draft.commit.unchanged(OBJECTS, &row_key, Some(&current)).delete(OBJECTS, &row_key);
        self.let_go(snapshot, draft, &current.value.contents).await?;
        Ok(Ok(()))
    }
}
