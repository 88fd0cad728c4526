//! Objects and parts made from other objects, by reference where both are encrypted with keys of S3's own (SSE-S3).
//!
//! Then no byte is written again: the copy counts one reference to each blob of its source. But a copy's ETag is the MD5 of its bytes, and
//! its checksum is taken over all of them, also where the source came in parts and has neither; then they are read once to be hashed.
//! Under any other key the bytes are opened, sealed anew and written, in bounded memory.

use std::ops::Range;

use base::Region;
use crypt::Algorithm;
use percent_encoding::percent_decode_str;
use store::{BlobRef, Snapshot};

use super::conditions::ReadConditions;
use super::contents::whole_blob;
use super::events::What;
use super::lock::lock_of_new;
use super::measure::{Measured, Sums, measure};
use super::multipart::{kept_algorithm, slice_of};
use super::objects::{Claims, PUT_BYTES_MAX, Place, Received, Terms};
use super::sealing::{Opener, Sealing, Unlock, seal_body};
use super::versions::{Found, Wanted};
use super::{ATTEMPTS_MAX, Draft, Error, S3, checksum, range};
use crate::tables::{
    Acl, Attributes, Bucket, Checksum, ChecksumKind, Contents, ETag, Encryption, EventMore, Extent, Home, Id,
    LAYOUTS, Layout, Object, Part, Placement, Seal, StorageClass, VersionId,
};

/// Pieces one row names. A source of more is stored as a new blob.
const EXTENTS_MAX: usize = 2_048;

/// An object to copy from.
#[derive(Debug, Clone)]
pub struct Source<'a> {
    /// Where it is.
    pub place: Place<'a>,
    /// Which version of it.
    pub version: Wanted,
    /// Under which conditions.
    pub conditions: ReadConditions,
}

/// What the source is opened with, and what the copy is sealed with.
#[derive(Debug, Clone, Copy)]
pub struct Recoding<'a> {
    /// For the source.
    pub unlock: Unlock<'a>,
    /// For the copy.
    pub sealing: &'a Sealing,
}

/// What becomes of the source's attributes.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// Take these instead (their tags apart).
    pub attributes: Option<Attributes>,
    /// Take these tags instead.
    pub tags: Option<Vec<(String, String)>>,
    /// Take a checksum of this algorithm.
    pub algorithm: Option<Algorithm>,
    /// Something else changes that makes a copy onto itself meaningful (a storage class, a redirect).
    pub others: bool,
    /// The copy's redirect: it is never copied.
    pub redirect: Option<String>,
    /// The copy's storage class: it is never copied.
    pub class: StorageClass,
    /// The copy's access control list: it is never copied.
    pub acl: Option<Acl>,
}

/// What `x-amz-copy-source` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceName {
    /// The bucket.
    pub bucket: String,
    /// The key.
    pub key: String,
    /// The version.
    pub version: Wanted,
}

/// `B/K` or `/B/K`, percent-encoded, with `?versionId=` or without.
pub fn parse_source(source: &str) -> Result<SourceName, Error> {
    const NAME: &str = "x-amz-copy-source";
    let invalid = |text| Error::argument(NAME, source, text);
    let (path, version) = match source.split_once("?versionId=") {
        Some((path, version)) => (path, Some(version)),
        None => (source, None),
    };
    let decode = |text: &str| {
        percent_decode_str(text)
            .decode_utf8()
            .map(std::borrow::Cow::into_owned)
            .map_err(|_| invalid("Invalid copy source encoding"))
    };
    let path = decode(path)?;
    let path = path.strip_prefix('/').unwrap_or(&path);
    let (bucket, key) = match path.split_once('/') {
        Some((bucket, key)) if !bucket.is_empty() && !key.is_empty() => (bucket, key),
        Some(_) | None => return Err(invalid("Invalid copy source object key")),
    };
    let version = Wanted::parse(version)?;
    Ok(SourceName { bucket: bucket.to_owned(), key: key.to_owned(), version })
}

/// What became of a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// The new object.
    pub object: Object,
    /// Its version, where the bucket keeps versions.
    pub version: Option<VersionId>,
    /// The source's version, where its bucket keeps versions.
    pub source: Option<VersionId>,
}

/// Contents, how they are encrypted, and where they are.
type Referred = (Contents, Encryption, Home);

/// Whether a copy that is sealed so may refer to the same blobs.
pub(super) fn may_be_referred_to(found: &Found, sealing: &Sealing) -> bool {
    let managed = |encryption: &Encryption| matches!(encryption, Encryption::Managed(_));
    managed(&found.row.value.encryption) && managed(&sealing.encryption)
}

impl S3 {
    /// Copies an object. Durable when it returns.
    pub async fn copy(
        &self,
        source: &Source<'_>,
        target: Place<'_>,
        changes: &Changes,
        terms: &Terms,
        recoding: Recoding<'_>,
    ) -> Result<Copied, Error> {
        // A copy of a named version onto its key makes it current again.
        let onto_itself = source.place.bucket == target.bucket
            && source.place.key == target.key
            && !source.version.is_named();
        if onto_itself && changes.attributes.is_none() && changes.algorithm.is_none() && !changes.others {
            let text = "This copy request is illegal because it is trying to copy an object to itself without changing the \
                        object's metadata, storage class, website redirect location or encryption attributes.";
            return Err(Error::Request(text.to_owned()));
        }
        let mut measured: Option<(store::Version, Measured)> = None;
        let mut rewritten: Option<(store::Version, Received)> = None;
        for attempt in 0..ATTEMPTS_MAX {
            let snapshot = self.snapshot();
            let (found, region, source_version) = self.find_source(&*snapshot, source).await?;
            if found.row.value.bytes > PUT_BYTES_MAX {
                let text = "The specified copy source is larger than the maximum allowable size for a copy source: 5368709120";
                return Err(Error::Request(text.to_owned()));
            }
            let bucket = self.find_bucket(&*snapshot, target.bucket).await?;
            let head = self.head(&*snapshot, &bucket.value, target.key).await?;
            terms.condition.judge_again(attempt, target.key, head.object())?;
            let algorithm = changes.algorithm.unwrap_or_else(|| algorithm_of(&found.row.value));
            let whole = 0..found.row.value.bytes;
            let opener = self.opener(&found.row.value.encryption, &region, &recoding.unlock).await?;
            let mut draft = self.draft();
            self.enter(&*snapshot, &mut draft, target.bucket, &bucket, attempt).await?;
            let now = self.now();
            let lock = lock_of_new(&bucket.value, terms.lock, now)?;
            let attributes = changed(&found.row.value.attributes, changes);
            let object = if !may_be_referred_to(&found, recoding.sealing) {
                let received = match rewritten.take().filter(|(version, _)| *version == found.row.version) {
                    Some((_, received)) => received,
                    None => {
                        let sealing = recoding.sealing;
                        let again =
                            self.seal_again(&found, whole, &opener, algorithm, sealing, attributes.class);
                        let Some(received) = again.await? else { continue };
                        received
                    }
                };
                let object = received.object(&mut draft.commit, now, attributes, lock);
                rewritten = Some((found.row.version, received));
                object
            } else {
                let known = match measured.filter(|(version, _)| *version == found.row.version) {
                    Some((_, measured)) => Some(measured),
                    None => self.measure_range(&found, whole, algorithm, &opener).await?,
                };
                let Some(known) = known else { continue };
                measured = Some((found.row.version, known));

                let target =
                    Object { attributes, placement: Placement::default(), ..found.row.value.clone() };
                let referred = if self.homes.may_share(&found.row.value, &target) {
                    self.refer(&*snapshot, &mut draft, &found, &opener, recoding.sealing).await?
                } else {
                    self.write_anew(&mut draft, &found, &opener, recoding.sealing).await?
                };
                let Some((contents, encryption, home)) = referred else { continue };
                Object {
                    modified: now,
                    bytes: known.bytes,
                    etag: ETag::of_bytes(known.md5),
                    contents,
                    checksum: Some(Checksum::full(known.sum)),
                    attributes: target.attributes,
                    version: VersionId::default(),
                    null_below: None,
                    placement: Placement { home, ..Placement::default() },
                    lock,
                    encryption,
                }
            };
            let object =
                self.put_on_top(&*snapshot, &mut draft, &bucket.value, target.key, &head, object).await?;
            let event = "ObjectCreated:Copy";
            self.note_event(&mut draft, event, target.key, &What::Object(&object), &EventMore::Nothing);
            if self.settle(draft).await? {
                let version = bucket.value.versioning.ever().then_some(object.version);
                return Ok(Copied { object, version, source: source_version });
            }
        }
        Err(S3::too_contended())
    }

    /// Copies bytes of an object into a part. `range` is the header as it was sent; without it the whole object.
    pub async fn copy_part(
        &self,
        source: &Source<'_>,
        header: Option<&str>,
        target: Place<'_>,
        upload_text: &str,
        number: u32,
        recoding: Recoding<'_>,
    ) -> Result<(Part, Option<VersionId>), Error> {
        for attempt in 0..ATTEMPTS_MAX {
            let snapshot = self.snapshot();
            let bucket = self.find_bucket(&*snapshot, target.bucket).await?;
            let (_, upload) = self.find_upload(&*snapshot, &bucket.value, target.key, upload_text).await?;
            let (found, region, source_version) = self.find_source(&*snapshot, source).await?;
            let size = found.row.value.bytes;
            let range = header.map_or(Ok(0..size), |header| range::select_copy(header, size))?;
            if range.end - range.start > PUT_BYTES_MAX {
                return Err(Error::EntityTooLarge(range.end - range.start));
            }
            let kept = kept_algorithm(&upload.value);
            let opener = self.opener(&found.row.value.encryption, &region, &recoding.unlock).await?;
            if !may_be_referred_to(&found, recoding.sealing) {
                let class = upload.value.attributes.class;
                let again = self.seal_again(&found, range, &opener, kept, recoding.sealing, class).await?;
                let Some(received) = again else { continue };
                let part = self.put_part(target, upload_text, number, &received).await?;
                return Ok((part, source_version));
            }
            let Some(measured) = self.measure_range(&found, range.clone(), kept, &opener).await? else {
                continue;
            };
            let pieces = self.extents(&*snapshot, &found.row.value, usize::MAX).await?.unwrap_or_default();
            let is_packed = pieces.iter().any(|piece| piece.packed);
            let mut extents = if is_packed { Vec::new() } else { slice_of(&pieces, range.start, range.end) };
            let (mut draft, key, old) = self.draft_part(target, upload_text, number, attempt).await?;
            if is_packed || extents.len() > EXTENTS_MAX {
                let again = self.store_again(&mut draft, &found, range, &opener, recoding.sealing).await?;
                let Some(extent) = again else { continue };
                extents = vec![extent];
            } else {
                count_up(&mut draft, &extents);
            }
            let part = Part {
                modified: self.now(),
                bytes: measured.bytes,
                md5: measured.md5,
                sum: measured.sum,
                extents,
            };
            if self.settle_part(draft, &key, old.as_ref(), &part).await? {
                return Ok((part, source_version));
            }
        }
        Err(S3::too_contended())
    }

    /// The source, its bucket's region, and its version where its bucket keeps versions.
    async fn find_source(
        &self,
        snapshot: &dyn Snapshot,
        source: &Source<'_>,
    ) -> Result<(Found, Region, Option<VersionId>), Error> {
        let bucket: Bucket = self.find_bucket(snapshot, source.place.bucket).await?.value;
        let found = self.find_version(snapshot, &bucket, source.place.key, source.version).await;
        let found = found.map_err(|error| match error {
            Error::DeleteMarker { named: true, .. } => Error::Request(
                "The source of a copy request may not specifically refer to a delete marker by version id."
                    .to_owned(),
            ),
            Error::DeleteMarker { key, .. } => Error::NoSuchKey(key),
            other => other,
        })?;
        source.conditions.judge_copy_source(&found.row.value, self.now())?;
        found.row.value.check_readable(self.now(), true)?;
        self.note_access(source.place.bucket, &found);
        let version = bucket.versioning.ever().then_some(found.row.value.version);
        Ok((found, bucket.region, version))
    }

    /// What bytes of an object are, read only if that is not known. `None` if it changed meanwhile.
    async fn measure_range(
        &self,
        found: &Found,
        range: Range<u64>,
        algorithm: Algorithm,
        opener: &Opener,
    ) -> Result<Option<Measured>, Error> {
        let object = &found.row.value;
        let kept = object.checksum.filter(|checksum| {
            checksum.sum.algorithm() == algorithm && checksum.kind == ChecksumKind::FullObject
        });
        let told = object.encryption.shows_md5() && object.etag.parts.is_none();
        if let (Some(kept), true, true) = (kept, told, range == (0..object.bytes)) {
            return Ok(Some(Measured {
                bytes: object.bytes,
                md5: object.etag.md5,
                sum: kept.sum,
                other: None,
            }));
        }
        let Some(body) = self.read(found, range, opener).await? else { return Ok(None) };
        let (mut body, pending) = measure(body, Sums::from(algorithm));
        while let Some(piece) = body.next().await {
            piece?;
        }
        Ok(Some(pending.finish().await?))
    }

    /// Writes all of an object's bytes as a new blob; and says as [`S3::refer`] does what came of it.
    pub(super) async fn write_anew(
        &self,
        draft: &mut Draft,
        found: &Found,
        opener: &Opener,
        sealing: &Sealing,
    ) -> Result<Option<Referred>, Error> {
        let bytes = found.row.value.bytes;
        let encryption = sealing.encryption.clone();
        if bytes == 0 {
            return Ok(Some((Contents::Empty, encryption, Home::Arrival)));
        }
        let extent = self.store_again(draft, found, 0..bytes, opener, sealing).await?;
        Ok(extent.map(|extent| (Contents::Blob(extent.blob), encryption, Home::Arrival)))
    }

    /// Adds references to all of an object's bytes; and says how they are encrypted and where they are. `None` if it changed meanwhile.
    pub(super) async fn refer(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        found: &Found,
        opener: &Opener,
        sealing: &Sealing,
    ) -> Result<Option<Referred>, Error> {
        let object = &found.row.value;
        let home = object.placement.home;
        if let Some(copy) = object.copy() {
            draft.commit.count_blob(copy.blob, 1);
            let encryption = match copy.seal {
                Seal::Master(version) => Encryption::Managed(version),
                Seal::Open | Seal::Own => object.encryption.clone(),
            };
            return Ok(Some((Contents::Blob(copy.blob), encryption, Home::Arrival)));
        }
        if let Contents::Blob(blob) = object.contents {
            draft.commit.count_blob(blob, 1);
            return Ok(Some((Contents::Blob(blob), object.encryption.clone(), home)));
        }
        let extents = self.extents(snapshot, object, EXTENTS_MAX).await?;
        match extents.filter(|extents| object.bytes > 0 && !extents.iter().any(|piece| piece.packed)) {
            Some(extents) => {
                count_up(draft, &extents);
                let id = Id(self.random.u128());
                draft.commit.put(LAYOUTS, &id, &Layout { extents });
                Ok(Some((Contents::Layout(id), object.encryption.clone(), home)))
            }
            None => self.write_anew(draft, found, opener, sealing).await,
        }
    }

    /// Adds references to all of an object's bytes as they are, packed or not, under keys that nobody needs for it.
    pub(super) async fn refer_unopened(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        object: &Object,
    ) -> Result<Contents, Error> {
        match &object.contents {
            Contents::Empty => Ok(Contents::Empty),
            Contents::Blob(blob) => {
                draft.commit.count_blob(*blob, 1);
                Ok(Contents::Blob(*blob))
            }
            Contents::Layout(_) | Contents::Parts { .. } => {
                let bare = Object { placement: Placement::default(), ..object.clone() };
                let extents = self.extents(snapshot, &bare, EXTENTS_MAX).await?.ok_or_else(|| {
                    Error::Request(format!(
                        "an object of more than {EXTENTS_MAX} pieces cannot be referred to"
                    ))
                })?;
                count_up(draft, &extents);
                let id = Id(self.random.u128());
                draft.commit.put(LAYOUTS, &id, &Layout { extents });
                Ok(Contents::Layout(id))
            }
        }
    }

    /// Writes bytes of an object as a new blob. `None` if it changed meanwhile.
    pub(super) async fn store_again(
        &self,
        draft: &mut Draft,
        found: &Found,
        range: Range<u64>,
        opener: &Opener,
        sealing: &Sealing,
    ) -> Result<Option<Extent>, Error> {
        let bytes = range.end - range.start;
        let Some(body) = self.read(found, range, opener).await? else { return Ok(None) };
        let blob = BlobRef(self.random.u128());
        let sealed = seal_body(&sealing.keys, blob, body);
        let (_, guard) = self.store().put_named_blob(blob, sealed).await?;
        draft.commit.count_blob(blob, 1);
        draft.guards.push(guard);
        Ok(Some(whole_blob(blob, bytes, sealing.seal())))
    }

    /// Takes bytes of an object in as if they came from a client, sealed anew. `None` if it changed meanwhile.
    pub(super) async fn seal_again(
        &self,
        found: &Found,
        range: Range<u64>,
        opener: &Opener,
        algorithm: Algorithm,
        sealing: &Sealing,
        class: StorageClass,
    ) -> Result<Option<Received>, Error> {
        let Some(body) = self.read(found, range, opener).await? else { return Ok(None) };
        let pack = sealing.packs(class);
        let claims = Claims { keep: Some(algorithm), pack, ..Claims::default() };
        Ok(Some(self.receive(body, &claims, sealing).await?))
    }
}

fn count_up(draft: &mut Draft, extents: &[Extent]) {
    for extent in extents {
        draft.commit.count_blob(extent.blob, 1);
    }
}

/// The algorithm a copy keeps of its source.
pub(super) fn algorithm_of(object: &Object) -> Algorithm {
    object.checksum.map_or(checksum::DEFAULT, |checksum| checksum.sum.algorithm())
}

fn changed(source: &Attributes, changes: &Changes) -> Attributes {
    let mut attributes = changes.attributes.clone().unwrap_or_else(|| source.clone());
    attributes.tags = changes.tags.clone().unwrap_or_else(|| source.tags.clone());
    attributes.redirect = changes.redirect.clone();
    attributes.class = changes.class;
    attributes.acl = changes.acl.clone();
    attributes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_copy_source_is_a_path_percent_encoded_once() {
        let parse = |text: &str| parse_source(text).map(|source| (source.bucket, source.key));
        assert_eq!(parse("b/k"), Ok(("b".to_owned(), "k".to_owned())));
        assert_eq!(parse("/b/k%2Fl/%20%252F+"), Ok(("b".to_owned(), "k/l/ %2F+".to_owned())));
        assert_eq!(parse("b%2Fk?versionId=null"), Ok(("b".to_owned(), "k".to_owned())));
        for text in ["", "b", "b/", "/", "//k", "b/%ff"] {
            assert!(matches!(parse(text), Err(Error::Argument { name: "x-amz-copy-source", .. })), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_source_is_a_bucket_and_a_key_or_refused(source in ".{0,60}") {
            if let Ok(SourceName { bucket, key, .. }) = parse_source(&source) {
                prop_assert!(!bucket.is_empty() && !bucket.contains('/') && !key.is_empty());
            }
        }
    }
}
