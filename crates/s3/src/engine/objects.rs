//! Objects: received, put, found, changed, deleted.

use std::collections::{HashMap, HashSet};

use base::Timestamp;
use body::Body;
use bytes::Bytes;
use crypt::Algorithm;
use store::{BlobGuard, BlobRef, Commit, Row, Snapshot};

use super::buckets::is_same;
use super::checksum::{self, Declared};
use super::conditions::WriteCondition;
use super::contents::whole_blob;
use super::events::What;
use super::homes::PACKED_BYTES_MIN;
use super::lock::lock_of_new;
use super::measure::{Gathered, Measured, Sums, gather, measure};
use super::packing::pack;
use super::sealing::{Sealing, payload_of, plain_bytes, seal_body, seal_small};
use super::versions::{Deleted, Head, Wanted};
use super::{ATTEMPTS_MAX, Draft, Error, S3};
use crate::tables::{
    Acl, Attributes, Bucket, Checksum, Contents, ETag, Encryption, EventMore, Extent, Id, LAYOUTS, Layout,
    Lock, Object, VersionId, Versioning,
};

/// Bytes of one PUT, one part, one copy (S3 user guide, "Uploading objects").
pub const PUT_BYTES_MAX: u64 = 5 << 30;

/// Bytes that have arrived whole and unharmed, and that nothing refers to yet.
#[derive(Debug)]
pub struct Received {
    data: Data,
    /// What they are.
    pub measured: Measured,
    /// How they are encrypted.
    pub encryption: Encryption,
    /// What ETags call them: their MD5, or something drawn where that would say too much.
    pub etag: [u8; 16],
    /// They were packed before they were sealed: the layout that says so, and how many bytes that made.
    packed: Option<(Id, u64)>,
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
        let Some(blob) = self.count(commit) else { return Contents::Empty };
        match self.packed {
            None => Contents::Blob(blob),
            Some((layout, _)) => {
                commit.put(LAYOUTS, &layout, &Layout { extents: vec![self.extent(blob)] });
                Contents::Layout(layout)
            }
        }
    }

    fn count(&self, commit: &mut Commit) -> Option<BlobRef> {
        match &self.data {
            Data::Empty => None,
            Data::Inline(blob, bytes) => {
                commit.new_blob(*blob, bytes.clone());
                Some(*blob)
            }
            Data::Stored(blob) => {
                commit.count_blob(*blob, 1);
                Some(*blob)
            }
        }
    }

    /// The bytes as one piece.
    fn extent(&self, blob: BlobRef) -> Extent {
        let plain = whole_blob(blob, self.measured.bytes, self.encryption.seal());
        match self.packed {
            None => plain,
            Some((_, blob_bytes)) => Extent { blob_bytes, packed: true, ..plain },
        }
    }

    /// An object of these bytes, to which the commit adds the reference. Which version it is says who puts it.
    pub(super) fn object(
        &self,
        commit: &mut Commit,
        modified: Timestamp,
        attributes: Attributes,
        lock: Lock,
    ) -> Object {
        Object {
            modified,
            bytes: self.measured.bytes,
            etag: ETag::of_bytes(self.etag),
            contents: self.refer(commit),
            checksum: Some(Checksum::full(self.measured.sum)),
            attributes,
            encryption: self.encryption.clone(),
            version: VersionId::default(),
            null_below: None,
            placement: crate::tables::Placement::default(),
            lock,
        }
    }

    /// Hands over what keeps the bytes until the commit is over.
    pub(super) fn kept_by(self, mut draft: Draft) -> Draft {
        draft.guards.extend(self.guard);
        draft
    }

    /// As [`Received::refer`], for a part.
    pub(super) fn refer_as_part(&self, commit: &mut Commit) -> Vec<Extent> {
        self.count(commit).map(|blob| self.extent(blob)).into_iter().collect()
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
    /// The bytes are to be packed before they are sealed: see [`Sealing::packs`].
    pub pack: bool,
}

impl Default for Claims {
    fn default() -> Self {
        Self { md5: None, checksum: Declared::Nothing, keep: None, pack: false }
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

/// A key, or a version of it, to delete.
#[derive(Debug, Clone, Default)]
pub struct Deletion {
    /// The key.
    pub key: String,
    /// The version that goes for good. Without one, the current object goes, or is marked as deleted where versions are kept.
    pub version: Wanted,
    /// `If-Match`: the ETag it must have.
    pub if_match: Option<String>,
    /// A governance retention does not count: the caller asks so, and may.
    pub bypass: bool,
}

/// What a write asks beside its bytes and attributes.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// Under which condition it happens.
    pub condition: WriteCondition,
    /// What is to keep the object from being deleted.
    pub lock: Lock,
    /// It comes by a browser's form.
    pub by_form: bool,
}

impl S3 {
    /// Takes a body in, sealed, and holds it against what was declared. Small ones stay in memory, larger ones are durable when this returns.
    pub async fn receive(&self, body: Body, claims: &Claims, sealing: &Sealing) -> Result<Received, Error> {
        if let Some(length) = body.length().filter(|length| *length > PUT_BYTES_MAX) {
            return Err(Error::EntityTooLarge(length));
        }
        let sums = claims.sums();
        let trailers = body.trailers();
        let blob = BlobRef(self.random.u128());
        let payload = payload_of(sealing.keys.layers());
        let mut packed_bytes = None;
        let (data, measured, guard) = match gather(body, payload).await? {
            Gathered::Whole(mut bytes) => {
                let measured = Measured::of(&bytes, sums);
                if claims.pack && measured.bytes >= PACKED_BYTES_MIN {
                    let packed = pack(bytes.clone().into()).collect(u64::MAX).await?;
                    // What does not become smaller stays as it was, within one frame.
                    if packed.len() < bytes.len() {
                        packed_bytes = Some(packed.len() as u64);
                        bytes = packed;
                    }
                }
                let data = if bytes.is_empty() {
                    Data::Empty
                } else {
                    Data::Inline(blob, seal_small(&sealing.keys, blob, &bytes))
                };
                (data, measured, None)
            }
            Gathered::Stream(body) => {
                let (body, pending) = measure(body, sums);
                let body = if claims.pack { pack(body) } else { body };
                let sealed = seal_body(&sealing.keys, blob, body);
                let (stored, guard) = self.store().put_named_blob(blob, sealed).await?;
                packed_bytes = claims.pack.then(|| plain_bytes(sealing.keys.layers(), stored.bytes));
                let measured = pending.finish().await?;
                if measured.bytes > PUT_BYTES_MAX {
                    return Err(Error::EntityTooLarge(measured.bytes));
                }
                (Data::Stored(blob), measured, Some(guard))
            }
        };
        let etag = if sealing.encryption.shows_md5() { measured.md5 } else { self.random.bytes() };
        let packed = packed_bytes.map(|bytes| (self.new_id(), bytes));
        let encryption = sealing.encryption.clone();
        let received = Received { data, measured, encryption, etag, packed, guard };
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

    /// Whether a write of this condition could succeed now: asked before a body is taken in.
    pub async fn check_condition(&self, place: Place<'_>, condition: &WriteCondition) -> Result<(), Error> {
        if *condition == WriteCondition::Always {
            return Ok(());
        }
        let snapshot = self.snapshot();
        let bucket = self.find_bucket(&*snapshot, place.bucket).await?;
        let head = self.head(&*snapshot, &bucket.value, place.key).await?;
        condition.judge(place.key, head.object())
    }

    /// Makes received bytes the object under a key. Durable when it returns. `found` is the bucket, if it was looked up already.
    pub async fn put(
        &self,
        place: Place<'_>,
        mut found: Option<Row<Bucket>>,
        received: &Received,
        attributes: &Attributes,
        terms: &Terms,
    ) -> Result<Object, Error> {
        for attempt in 0..ATTEMPTS_MAX {
            let found = found.take();
            let (draft, object) = self.draft_put(place, found, received, attributes, terms, attempt).await?;
            if self.settle(draft).await? {
                return Ok(object);
            }
        }
        Err(S3::too_contended())
    }

    pub(super) async fn draft_put(
        &self,
        place: Place<'_>,
        found: Option<Row<Bucket>>,
        received: &Received,
        attributes: &Attributes,
        terms: &Terms,
        attempt: usize,
    ) -> Result<(Draft, Object), Error> {
        let snapshot = self.snapshot();
        let bucket = match found {
            Some(found) => found,
            None => self.find_bucket(&*snapshot, place.bucket).await?,
        };
        let head = self.head(&*snapshot, &bucket.value, place.key).await?;
        terms.condition.judge_again(attempt, place.key, head.object())?;
        let mut draft = self.draft();
        self.enter(&*snapshot, &mut draft, place.bucket, &bucket, attempt).await?;
        let modified = self.now();
        let lock = lock_of_new(&bucket.value, terms.lock, modified)?;
        let object = received.object(&mut draft.commit, modified, attributes.clone(), lock);
        let object = self.put_on_top(&*snapshot, &mut draft, &bucket.value, place.key, &head, object).await?;
        let event = if terms.by_form { "ObjectCreated:Post" } else { "ObjectCreated:Put" };
        self.note_event(&mut draft, event, place.key, &What::Object(&object), &EventMore::Nothing);
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
        let (mut draft, object) =
            self.draft_put(place, None, &received, attributes, &Terms::default(), 1).await?;
        draft.write_looks(self.now());
        // What is due at once is met by the next look at whatever is due.
        let Draft { commit, held, guards, sweep, replicates, .. } = draft;
        let wake = sweep.then(|| self.sweep.clone());
        let replicating = if replicates.is_empty() { None } else { self.me.get().cloned() };
        let guard = BlobGuard::new(move || {
            drop((held, guards, received.guard));
            if let Some(wake) = wake {
                wake.notify_one();
            }
            if let Some(s3) = replicating.and_then(|s3| s3.upgrade()) {
                s3.replicate_soon(replicates);
            }
        });
        Ok((commit, guard, object))
    }

    /// Gives an object other tags.
    pub async fn set_tags(
        &self,
        place: Place<'_>,
        wanted: Wanted,
        tags: &[(String, String)],
    ) -> Result<Object, Error> {
        let event = if tags.is_empty() { "ObjectTagging:Delete" } else { "ObjectTagging:Put" };
        self.amend_telling(place, wanted, Some(event), |object| {
            object.attributes.tags = tags.to_vec();
            Ok(())
        })
        .await
    }

    /// Gives an object another access control list; `None` for the bucket's owner's alone.
    pub async fn set_acl(
        &self,
        place: Place<'_>,
        wanted: Wanted,
        acl: Option<&Acl>,
    ) -> Result<Object, Error> {
        self.amend_telling(place, wanted, Some("ObjectAcl:Put"), |object| {
            object.attributes.acl = acl.cloned();
            Ok(())
        })
        .await
    }

    /// Deletes keys, those that are not there included. One answer for each, in order.
    pub async fn delete(
        &self,
        bucket: &str,
        deletions: &[Deletion],
    ) -> Result<Vec<Result<Deleted, Error>>, Error> {
        let mut answers: Vec<Option<Result<Deleted, Error>>> = vec![None; deletions.len()];
        for round in rounds(deletions) {
            let now: Vec<&Deletion> = round.iter().map(|at| &deletions[*at]).collect();
            for (at, answer) in round.into_iter().zip(self.delete_round(bucket, &now).await?) {
                answers[at] = Some(answer);
            }
        }
        Ok(answers.into_iter().flatten().collect())
    }

    /// Deletes in one commit; of one key several versions by their ids, or one thing.
    async fn delete_round(
        &self,
        bucket: &str,
        deletions: &[&Deletion],
    ) -> Result<Vec<Result<Deleted, Error>>, Error> {
        for attempt in 0..ATTEMPTS_MAX {
            let snapshot = self.snapshot();
            let found = self.find_bucket(&*snapshot, bucket).await?;
            let mut draft = self.draft();
            self.note_rules(&mut draft, bucket, &found).await?;
            let mut answers = Vec::with_capacity(deletions.len());
            for deletion in deletions {
                answers.push(self.draft_deletion(&*snapshot, &mut draft, &found.value, deletion).await?);
            }
            self.promote_all(&*snapshot, &mut draft).await?;
            if draft.commit.writes.is_empty() {
                return Ok(answers);
            }
            // Rows move when they are marked or come up; a thousand of the largest are too much for one commit.
            if deletions.len() > 1 && draft.commit.within_bounds().is_err() {
                drop(draft);
                return self.delete_one_by_one(bucket, deletions).await;
            }
            let marks = found.value.versioning.ever() && deletions.iter().any(|one| !one.version.is_named());
            if marks {
                self.enter(&*snapshot, &mut draft, bucket, &found, attempt).await?;
            } else {
                draft.commit.check(is_same(bucket, &found));
            }
            if self.settle(draft).await? {
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
        deletions: &[&Deletion],
    ) -> Result<Vec<Result<Deleted, Error>>, Error> {
        let mut answers = Vec::with_capacity(deletions.len());
        for deletion in deletions {
            answers.extend(Box::pin(self.delete_round(bucket, &[deletion])).await?);
        }
        Ok(answers)
    }

    /// Adds a deletion to the draft. The inner error refuses this one alone; nothing of it is in the draft then.
    async fn draft_deletion(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        bucket: &Bucket,
        deletion: &Deletion,
    ) -> Result<Result<Deleted, Error>, Error> {
        let key = deletion.key.as_str();
        let if_match = deletion.if_match.as_deref();
        if if_match.is_some() {
            let head = self.head(snapshot, bucket, key).await?;
            if let Err(refused) = WriteCondition::judge_delete(if_match, head.object()) {
                return Ok(Err(refused));
            }
        }
        let removes = deletion.version.is_named() || bucket.versioning == Versioning::Never;
        if removes {
            let removed = match self
                .remove_version(snapshot, draft, bucket, key, deletion.version, deletion.bypass)
                .await
            {
                // It was judged before anything was drafted.
                Err(Error::Locked) => return Ok(Err(Error::Locked)),
                removed => removed?,
            };
            if let Some(Deleted { version: Some(version), .. }) = removed {
                let event = "ObjectRemoved:Delete";
                self.note_event(draft, event, key, &What::Gone(version), &EventMore::Nothing);
            }
            let version = match (deletion.version, removed) {
                (Wanted::Current, _) => None,
                (Wanted::Null, _) => Some(VersionId::default()),
                (Wanted::Id(version), _) => Some(version),
            };
            return Ok(Ok(Deleted { marker: removed.is_some_and(|removed| removed.marker), version }));
        }
        let head: Head = self.head(snapshot, bucket, key).await?;
        let marker = self.put_marker(snapshot, draft, bucket, key, &head).await?;
        draft.note_marker(bucket.id, key, &marker);
        let event = "ObjectRemoved:DeleteMarkerCreated";
        self.note_event(draft, event, key, &What::Marker(&marker), &EventMore::Nothing);
        Ok(Ok(Deleted { marker: true, version: Some(marker.version) }))
    }
}

/// Deletions in rounds, so that what happens to one key happens in the order asked. Versions that are named by different ids go together.
fn rounds(deletions: &[Deletion]) -> Vec<Vec<usize>> {
    /// The last round of a key, and the ids in it; none if the round holds something else.
    struct Last {
        round: usize,
        ids: HashSet<VersionId>,
    }
    let mut met: HashMap<&str, Last> = HashMap::new();
    let mut rounds: Vec<Vec<usize>> = Vec::new();
    for (at, deletion) in deletions.iter().enumerate() {
        let id = match deletion.version {
            Wanted::Id(version) => Some(version),
            Wanted::Current | Wanted::Null => None,
        };
        let last = met.get_mut(deletion.key.as_str());
        let round = match (last, id) {
            (None, id) => {
                met.insert(&deletion.key, Last { round: 0, ids: id.into_iter().collect() });
                0
            }
            (Some(last), Some(id)) if !last.ids.is_empty() && !last.ids.contains(&id) => {
                last.ids.insert(id);
                last.round
            }
            (Some(last), id) => {
                *last = Last { round: last.round + 1, ids: id.into_iter().collect() };
                last.round
            }
        };
        if round == rounds.len() {
            rounds.push(Vec::new());
        }
        rounds[round].push(at);
    }
    rounds
}
