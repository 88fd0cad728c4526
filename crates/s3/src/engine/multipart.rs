//! Uploads in parts: begun, filled, listed, completed, given up.
//!
//! The parts of a completed upload stay where they are: the object's row names the upload and the parts that make it up, as runs of equal
//! size, so that completing ten thousand parts writes no bytes and one row. What was uploaded but not listed goes in the same commit; a part
//! that arrives while its upload is being completed is refused, or, at worst, waits under the upload until the object goes.

use std::collections::BTreeMap;

use base::{Page, Timestamp};
use crypt::{Algorithm, Sum};
use store::{Check, Row, Snapshot};

use super::conditions::WriteCondition;
use super::contents::{all_parts, drop_extents, runs_of};
use super::events::What;
use super::lock::lock_of_new;
use super::objects::{Place, Received};
use super::versions::Head;
use super::{ATTEMPTS_MAX, Draft, Error, S3, checksum, etag};
use crate::tables::{
    Attributes, Bucket, COMPLETED, Checksum, ChecksumKind, Completed, Contents, ETag, Encryption, EventMore,
    Extent, Id, Lock, Object, ObjectKey, PARTS, Part, PartKey, UPLOADS, Upload, UploadChecksum, UploadKey,
    VersionId, Versioning,
};

/// The greatest part number (S3 user guide, "Multipart upload limits").
pub const PART_NUMBER_MAX: u32 = 10_000;
/// How long a completion may be repeated (facts section 14).
pub const COMPLETED_KEPT: std::time::Duration = std::time::Duration::from_secs(24 * 3_600);

/// Uploads of one key that learn of its deletion.
const TOLD_MAX: usize = 1_000;
/// What an upload has seen whose key was deleted since: a version that no key ever has.
const DELETED: VersionId = VersionId { order: u64::MAX, salt: u64::MAX };

/// What CompleteMultipartUpload says.
#[derive(Debug, Clone, Default)]
pub struct Completion {
    /// The parts, in the order sent.
    pub parts: Vec<ClaimedPart>,
    /// The object's checksum, as text.
    pub checksum: Option<(Algorithm, String)>,
    /// The object's kind of checksum, as text.
    pub checksum_kind: Option<String>,
    /// The object's size.
    pub bytes: Option<i64>,
    /// The condition.
    pub condition: WriteCondition,
}

/// One part as CompleteMultipartUpload names it.
#[derive(Debug, Clone)]
pub struct ClaimedPart {
    /// Its number.
    pub number: i64,
    /// Its ETag.
    pub etag: String,
    /// Its checksums, as text.
    pub checksums: Vec<(Algorithm, String)>,
}

/// The part number, if it is one.
pub fn part_number(number: i64) -> Result<u32, Error> {
    let text = "Part number must be an integer between 1 and 10000, inclusive";
    u32::try_from(number)
        .ok()
        .filter(|number| (1..=PART_NUMBER_MAX).contains(number))
        .ok_or_else(|| Error::argument("partNumber", number.to_string(), text))
}

impl S3 {
    /// An upload's id as clients see it: good for its bucket and key alone.
    pub fn upload_text(&self, bucket: Id, key: &str, upload: Id) -> String {
        self.tokens().seal(&upload_purpose(bucket, key), &upload.0.to_be_bytes())
    }

    /// The upload behind an id, if it is one of this bucket and key.
    pub fn upload_id(&self, bucket: Id, key: &str, text: &str) -> Option<Id> {
        let payload = self.tokens().open(&upload_purpose(bucket, key), text).ok()?;
        Some(Id(u128::from_be_bytes(payload.try_into().ok()?)))
    }

    /// Begins an upload.
    pub async fn create_upload(
        &self,
        place: Place<'_>,
        attributes: &Attributes,
        checksum: Option<UploadChecksum>,
        initiator: Option<String>,
        lock: Lock,
        encryption: &Encryption,
    ) -> Result<(String, Option<VersionId>), Error> {
        let initiated = self.now();
        for attempt in 0..ATTEMPTS_MAX {
            let snapshot = self.snapshot();
            let bucket = self.find_bucket(&*snapshot, place.bucket).await?;
            let head = self.head(&*snapshot, &bucket.value, place.key).await?;
            let version = match bucket.value.versioning {
                Versioning::Enabled => Some(self.next_version(&*snapshot, Versioning::Enabled, &head)),
                Versioning::Never | Versioning::Suspended => None,
            };
            let id = self.new_timed_id(initiated);
            let upload = Upload {
                initiated,
                attributes: attributes.clone(),
                checksum,
                seen: head.version(),
                initiator: initiator.clone(),
                version,
                lock: lock_of_new(&bucket.value, lock, initiated)?,
                encryption: encryption.clone(),
            };
            let mut draft = self.draft();
            self.enter(&*snapshot, &mut draft, place.bucket, &bucket, attempt).await?;
            let key = UploadKey { bucket: bucket.value.id, key: place.key.to_owned(), upload: id };
            draft.commit.put(UPLOADS, &key, &upload);
            if self.settle(draft).await? {
                return Ok((self.upload_text(bucket.value.id, place.key, id), version));
            }
        }
        Err(S3::too_contended())
    }

    /// The upload of this key that a client names.
    pub async fn find_upload(
        &self,
        snapshot: &dyn Snapshot,
        bucket: &Bucket,
        key: &str,
        text: &str,
    ) -> Result<(UploadKey, Row<Upload>), Error> {
        let absent = || Error::NoSuchUpload(text.to_owned());
        let upload = self.upload_id(bucket.id, key, text).ok_or_else(absent)?;
        let row_key = UploadKey { bucket: bucket.id, key: key.to_owned(), upload };
        let row = UPLOADS.get(snapshot, &row_key).await?.ok_or_else(absent)?;
        Ok((row_key, row))
    }

    /// Makes received bytes a part. Its checksum must be of [`kept_algorithm`].
    pub async fn put_part(
        &self,
        place: Place<'_>,
        upload_text: &str,
        number: u32,
        received: &Received,
    ) -> Result<Part, Error> {
        for attempt in 0..ATTEMPTS_MAX {
            let (mut draft, key, old) = self.draft_part(place, upload_text, number, attempt).await?;
            let part = Part {
                modified: self.now(),
                bytes: received.measured.bytes,
                md5: received.etag,
                sum: received.measured.sum,
                extents: received.refer_as_part(&mut draft.commit),
            };
            if self.settle_part(draft, &key, old.as_ref(), &part).await? {
                return Ok(part);
            }
        }
        Err(S3::too_contended())
    }

    /// Begins a commit that writes a part.
    pub(super) async fn draft_part(
        &self,
        place: Place<'_>,
        upload_text: &str,
        number: u32,
        attempt: usize,
    ) -> Result<(Draft, PartKey, Option<Row<Part>>), Error> {
        let snapshot = self.snapshot();
        let bucket = self.find_bucket(&*snapshot, place.bucket).await?;
        let (upload_key, _) = self.find_upload(&*snapshot, &bucket.value, place.key, upload_text).await?;
        let key = PartKey { upload: upload_key.upload, number };
        let old = PARTS.get(&*snapshot, &key).await?;
        let mut draft = self.draft();
        self.enter(&*snapshot, &mut draft, place.bucket, &bucket, attempt).await?;
        draft.commit.check(Check::Present(UPLOADS.key(&upload_key)));
        Ok((draft, key, old))
    }

    pub(super) async fn settle_part(
        &self,
        mut draft: Draft,
        key: &PartKey,
        old: Option<&Row<Part>>,
        part: &Part,
    ) -> Result<bool, Error> {
        draft.commit.unchanged(PARTS, key, old).put(PARTS, key, part);
        if let Some(old) = old {
            drop_extents(&mut draft, &old.value.extents);
        }
        self.settle(draft).await
    }

    /// Lets the uploads of a key know that it was deleted: where nothing is left of it, they could not see it otherwise when they are
    /// completed under a condition.
    pub(super) async fn tell_uploads(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut Draft,
        at: &ObjectKey,
    ) -> Result<(), Error> {
        let range = UPLOADS.prefix(|start| _ = start.u128(at.bucket.0).text(&at.key));
        for (key, row) in UPLOADS.scan(snapshot, range, TOLD_MAX).await? {
            let upload = Upload { seen: Some(DELETED), ..row.value.clone() };
            draft.commit.unchanged(UPLOADS, &key, Some(&row)).put(UPLOADS, &key, &upload);
        }
        Ok(())
    }

    /// A page of an upload's parts, after a number.
    pub async fn list_parts(
        &self,
        snapshot: &dyn Snapshot,
        upload: Id,
        after: u32,
        limit: usize,
    ) -> Result<Page<(u32, Part)>, Error> {
        let start = PARTS.key(&PartKey { upload, number: after.saturating_add(1) });
        let end = PARTS.key(&PartKey { upload, number: u32::MAX });
        let rows = PARTS.scan(snapshot, (start, end), limit + 1).await?;
        Ok(Page::take(rows.into_iter().map(|(key, row)| (key.number, row.value)), limit))
    }

    /// Gives an upload up: its parts go. Returns what it was.
    pub async fn abort_upload(&self, place: Place<'_>, upload_text: &str) -> Result<Upload, Error> {
        for _ in 0..ATTEMPTS_MAX {
            let snapshot = self.snapshot();
            let bucket = self.find_bucket(&*snapshot, place.bucket).await?;
            let (key, row) = self.find_upload(&*snapshot, &bucket.value, place.key, upload_text).await?;
            let mut draft = self.draft();
            draft.commit.unchanged(UPLOADS, &key, Some(&row)).delete(UPLOADS, &key);
            self.let_go_of_parts(&*snapshot, &mut draft, key.upload).await?;
            if self.settle(draft).await? {
                self.drop_late_parts(key.upload).await?;
                return Ok(row.value);
            }
        }
        Err(S3::too_contended())
    }

    /// Parts that were committed between the look at an upload and its end: none can follow now.
    async fn drop_late_parts(&self, upload: Id) -> Result<(), Error> {
        let snapshot = self.snapshot();
        let mut draft = self.draft();
        self.let_go_of_parts(&*snapshot, &mut draft, upload).await?;
        if !draft.commit.writes.is_empty() {
            self.settle(draft).await?;
        }
        Ok(())
    }

    /// Makes an object of an upload's parts. Durable when it returns. May be repeated for a day.
    pub async fn complete_upload(
        &self,
        place: Place<'_>,
        upload_text: &str,
        completion: &Completion,
    ) -> Result<Completed, Error> {
        for attempt in 0..ATTEMPTS_MAX {
            let snapshot = self.snapshot();
            let bucket = self.find_bucket(&*snapshot, place.bucket).await?;
            let found = self.find_upload(&*snapshot, &bucket.value, place.key, upload_text).await;
            let (upload_key, upload) = match found {
                Ok(found) => found,
                Err(absent) => {
                    let again =
                        self.completed_before(&*snapshot, &bucket.value, place.key, upload_text).await?;
                    return again.ok_or(absent);
                }
            };
            let parts: BTreeMap<u32, Row<Part>> = all_parts(&*snapshot, upload_key.upload)
                .await?
                .into_iter()
                .map(|(key, row)| (key.number, row))
                .collect();
            let chosen =
                choose(&parts, completion, &upload.value, upload_text, self.settings().part_bytes_min)?;
            let checksum = judge_checksum(&chosen, completion, upload.value.checksum)?;
            let head = self.head(&*snapshot, &bucket.value, place.key).await?;
            judge_condition(&completion.condition, place.key, &head, &upload.value)?;

            let mut draft = self.draft();
            self.enter(&*snapshot, &mut draft, place.bucket, &bucket, attempt).await?;
            draft.commit.unchanged(UPLOADS, &upload_key, Some(&upload)).delete(UPLOADS, &upload_key);
            for (number, row) in &parts {
                let key = PartKey { upload: upload_key.upload, number: *number };
                draft.commit.unchanged(PARTS, &key, Some(row));
                if !chosen.iter().any_number(*number) {
                    self.let_go_of_extents(&mut draft, &row.value.extents);
                    draft.commit.delete(PARTS, &key);
                }
            }
            let md5s: Vec<[u8; 16]> = chosen.iter().map(|(_, part)| part.md5).collect();
            let object = Object {
                modified: upload.value.initiated,
                bytes: chosen.iter().map(|(_, part)| part.bytes).sum(),
                etag: ETag::of_parts(&md5s),
                contents: Contents::Parts {
                    upload: upload_key.upload,
                    runs: runs_of(chosen.iter().map(|(number, part)| (*number, part.bytes))),
                },
                checksum: Some(checksum),
                attributes: upload.value.attributes.clone(),
                version: upload
                    .value
                    .version
                    .unwrap_or_else(|| self.next_version(&*snapshot, bucket.value.versioning, &head)),
                null_below: None,
                placement: crate::tables::Placement::default(),
                lock: upload.value.lock,
                encryption: upload.value.encryption.clone(),
            };
            let object = self.put_as(&*snapshot, &mut draft, &bucket.value, place.key, &head, object).await?;
            let completed = Completed {
                time: self.now(),
                bucket: bucket.value.id,
                key: place.key.to_owned(),
                etag: object.etag,
                checksum: object.checksum,
                version: bucket.value.versioning.ever().then_some(object.version),
                encryption: object.encryption.clone(),
            };
            draft.commit.put(COMPLETED, &upload_key.upload, &completed);
            let event = "ObjectCreated:CompleteMultipartUpload";
            self.note_event(&mut draft, event, place.key, &What::Object(&object), &EventMore::Nothing);
            if self.settle(draft).await? {
                return Ok(completed);
            }
        }
        Err(S3::too_contended())
    }

    async fn completed_before(
        &self,
        snapshot: &dyn Snapshot,
        bucket: &Bucket,
        key: &str,
        upload_text: &str,
    ) -> Result<Option<Completed>, Error> {
        let Some(upload) = self.upload_id(bucket.id, key, upload_text) else { return Ok(None) };
        let row = COMPLETED.get(snapshot, &upload).await?;
        Ok(row.map(|row| row.value).filter(|completed| self.now().since(completed.time) <= COMPLETED_KEPT))
    }
}

/// The algorithm of an upload's parts' checksums.
pub fn kept_algorithm(upload: &Upload) -> Algorithm {
    upload.checksum.map_or(checksum::DEFAULT, |checksum| checksum.algorithm)
}

/// Refuses a part whose declared checksum is of another algorithm than the upload's.
pub fn check_part_algorithm(upload: &Upload, declared: Option<Algorithm>) -> Result<(), Error> {
    let expected = upload.checksum.map(|checksum| checksum.algorithm);
    match (expected, declared) {
        (Some(expected), Some(actual)) if expected != actual => Err(Error::Request(format!(
            "Checksum Type mismatch occurred, expected checksum Type: {}, actual checksum Type: {}",
            checksum::name_of(expected).to_ascii_lowercase(),
            checksum::name_of(actual).to_ascii_lowercase()
        ))),
        (Some(_) | None, _) => Ok(()),
    }
}

fn upload_purpose(bucket: Id, key: &str) -> String {
    format!("upload {:032x} {key}", bucket.0)
}

/// Numbers met in ascending order, each once.
trait Numbers {
    fn any_number(&self, number: u32) -> bool;
}

impl Numbers for std::slice::Iter<'_, (u32, &Part)> {
    fn any_number(&self, number: u32) -> bool {
        self.as_slice().binary_search_by_key(&number, |(number, _)| *number).is_ok()
    }
}

/// The parts a completion lists, if they are those uploaded.
fn choose<'p>(
    parts: &'p BTreeMap<u32, Row<Part>>,
    completion: &Completion,
    upload: &Upload,
    upload_text: &str,
    part_bytes_min: u64,
) -> Result<Vec<(u32, &'p Part)>, Error> {
    if completion.parts.is_empty() {
        return Err(Error::Request("You must specify at least one part".to_owned()));
    }
    if completion.parts.windows(2).any(|pair| pair[0].number >= pair[1].number) {
        return Err(Error::InvalidPartOrder(upload_text.to_owned()));
    }
    let mut chosen = Vec::with_capacity(completion.parts.len());
    for claimed in &completion.parts {
        let number = u32::try_from(claimed.number).unwrap_or(u32::MAX);
        let part = parts.get(&number).map(|row| &row.value);
        let part = part.filter(|part| ETag::of_bytes(part.md5).is(&claimed.etag)).ok_or_else(|| {
            Error::InvalidPart {
                upload: upload_text.to_owned(),
                part: claimed.number,
                etag: etag::strip(&claimed.etag).to_owned(),
            }
        })?;
        check_claimed_sum(claimed, number, part, upload, upload_text)?;
        chosen.push((number, part));
    }
    let last = chosen.len() - 1;
    if let Some((number, part)) = chosen[..last].iter().find(|(_, part)| part.bytes < part_bytes_min) {
        return Err(Error::PartTooSmall {
            part: *number,
            bytes: part.bytes,
            bytes_min: part_bytes_min,
            etag: ETag::of_bytes(part.md5).bare(),
        });
    }
    let bytes: u64 = chosen.iter().map(|(_, part)| part.bytes).sum();
    match completion.bytes {
        Some(said) if u64::try_from(said) != Ok(bytes) => Err(Error::Request(format!(
            "The provided 'x-amz-mp-object-size' header value {said} does not match what was computed: {bytes}"
        ))),
        Some(_) | None => Ok(chosen),
    }
}

fn check_claimed_sum(
    claimed: &ClaimedPart,
    number: u32,
    part: &Part,
    upload: &Upload,
    upload_text: &str,
) -> Result<(), Error> {
    let kept = part.sum.algorithm();
    let said = claimed.checksums.iter().find(|(algorithm, _)| *algorithm == kept);
    match (said, upload.checksum) {
        (Some((algorithm, text)), _) if checksum::parse(*algorithm, text) != Some(part.sum) => {
            Err(Error::WrongPartChecksum { algorithm: *algorithm, part: number })
        }
        (Some(_), _) => Ok(()),
        (None, Some(UploadChecksum { algorithm, kind: ChecksumKind::Composite }))
            if claimed.checksums.is_empty() =>
        {
            let name = checksum::name_of(algorithm).to_ascii_lowercase();
            Err(Error::Request(format!(
                "The upload was created using a {name} checksum. The complete request must include the checksum for each part. \
                 It was missing for part {number} in the request."
            )))
        }
        (None, Some(_)) if !claimed.checksums.is_empty() => Err(Error::InvalidPart {
            upload: upload_text.to_owned(),
            part: claimed.number,
            etag: etag::strip(&claimed.etag).to_owned(),
        }),
        (None, Some(_) | None) => Ok(()),
    }
}

/// The object's checksum, if it is the one the completion states.
fn judge_checksum(
    chosen: &[(u32, &Part)],
    completion: &Completion,
    upload: Option<UploadChecksum>,
) -> Result<Checksum, Error> {
    let mode = upload.map_or("null", |checksum| checksum.kind.name());
    if completion.checksum_kind.as_deref().is_some_and(|said| said != mode) {
        return Err(Error::Request(format!(
            "The upload was created using the {mode} checksum mode. The complete request must use the same checksum mode."
        )));
    }
    let kind = upload.map_or(ChecksumKind::FullObject, |checksum| checksum.kind);
    let sums: Vec<(Sum, u64)> = chosen.iter().map(|(_, part)| (part.sum, part.bytes)).collect();
    let computed = checksum::of_parts(kind, &sums)
        .ok_or_else(|| Error::Internal("the parts' checksums do not make one of the object".to_owned()))?;
    if let Some((algorithm, text)) = &completion.checksum {
        let bare = text.split_once('-').map_or(text.as_str(), |(bare, _)| bare);
        if *algorithm == computed.sum.algorithm() && checksum::parse(*algorithm, bare) != Some(computed.sum) {
            return Err(Error::WrongObjectChecksum { algorithm: *algorithm });
        }
    }
    Ok(computed)
}

/// Judges a conditional completion: a key that was written or deleted since the upload began is a conflict, whatever it holds now.
fn judge_condition(condition: &WriteCondition, key: &str, head: &Head, upload: &Upload) -> Result<(), Error> {
    let Some(header) = condition.header() else { return Ok(()) };
    if head.version() != upload.seen {
        return Err(Error::ConditionalConflict { condition: header, key: key.to_owned() });
    }
    condition.judge(key, head.object())
}

/// When an upload that is asked about began.
pub fn initiated(upload: &Upload) -> Timestamp {
    upload.initiated
}

/// A piece of a list of extents: what bytes `start..end` of their sequence are.
pub(super) fn slice_of(extents: &[Extent], start: u64, end: u64) -> Vec<Extent> {
    let mut sliced = Vec::new();
    let mut at = 0;
    for extent in extents {
        let (from, to) = (start.max(at), end.min(at + extent.bytes));
        if from < to {
            sliced.push(Extent { start: extent.start + (from - at), bytes: to - from, ..*extent });
        }
        at += extent.bytes;
    }
    sliced
}

#[cfg(test)]
#[path = "multipart_tests.rs"]
mod tests;
