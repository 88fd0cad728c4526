//! What several operations read or write alike: access questions, claims about bodies, attributes, owners, names in listings.

use base::{AccountId, Timestamp};
use crypt::Algorithm;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use service::{Access, AuthSource, Call, Fault};
use store::Row;
use wire::time::http_date;

pub(super) use super::access::{bucket_access, named_bucket, no_such_key, object_access};
use super::fault::broken_body;
pub(super) use crate::engine::acl::canonical_id;
use crate::engine::checksum::{self, Declared};
use crate::engine::copy::parse_source;
use crate::engine::lifecycle::calendar::Calendar;
use crate::engine::lifecycle::rules::Subject;
use crate::engine::objects::{Claims, Received};
use crate::engine::restore::RestoreState;
use crate::engine::sealing::Sealing;
use crate::engine::versions::Wanted;
use crate::engine::{Error, S3, metadata};
use crate::shapes::{Owner, RestoreStatus};
use crate::tables::{Attributes, Bucket, Checksum, Object, StorageClass, VersionId, Versioning};

/// Bytes of a header that holds the hash of the payload, or a word for it.
const CONTENT_SHA256: &str = "x-amz-content-sha256";

/// The questions a copy's source raises.
pub(super) async fn source_access(
    s3: &S3,
    call: &Call,
    source: Option<&str>,
    expected_owner: Option<&String>,
) -> Result<Vec<Access>, Fault> {
    let named = parse_source(source.unwrap_or_default())?;
    let action = if named.version.is_named() { "s3:GetObjectVersion" } else { "s3:GetObject" };
    object_access(s3, call, Some(&named.bucket), Some(&named.key), expected_owner, &[action]).await
}

/// `arn:aws:s3:::bucket/key`.
pub(super) fn object_arn(bucket: &str, key: &str) -> String {
    format!("arn:aws:s3:::{bucket}/{key}")
}

/// Whether a bucket keeps versions.
pub(super) async fn is_versioned(_s3: &S3, bucket: &Row<Bucket>) -> Result<bool, Error> {
    Ok(bucket.value.versioning == Versioning::Enabled)
}

/// The version a request names.
pub(super) fn wanted(version_id: Option<&String>) -> Result<Wanted, Error> {
    Wanted::parse(version_id.map(String::as_str))
}

/// A version as answers name it: where versions are kept, or were once.
pub(super) fn version_text(bucket: &Bucket, version: VersionId) -> Option<String> {
    bucket.versioning.ever().then(|| version.text())
}

/// How a read is answered whose object is not there: [`no_such_key`], or what a delete marker says.
pub(super) async fn not_found(call: &Call, bucket: &str, owner: AccountId, error: Error) -> Fault {
    match error {
        Error::NoSuchKey(key) => no_such_key(call, bucket, owner, &key).await,
        Error::DeleteMarker { ref key, named: false, .. } => {
            let denied = no_such_key(call, bucket, owner, key).await;
            if denied.code == "NoSuchKey" { error.into() } else { denied }
        }
        Error::DeleteMarker { named: true, .. } => on_marker(call, error),
        other => other.into(),
    }
}

/// How markers answer what only objects have: whether the marker was named or is current makes no difference.
pub(super) fn on_marker(call: &Call, error: Error) -> Fault {
    match error {
        Error::DeleteMarker { key, version, modified, named: _ } => {
            let fault: Fault = Error::DeleteMarker { key, version, modified, named: true }.into();
            fault.with("Method", call.head().method.as_str())
        }
        other => other.into(),
    }
}

/// Refuses a header that asks for what is not built: to ignore it would be a lie.
macro_rules! refuse_unbuilt {
    ($input:ident: $($field:ident => $header:literal),* $(,)?) => {
        $(if $input.$field.is_some() {
            return Err($crate::engine::Error::NotImplemented($header).into());
        })*
    };
}

/// What a write asks of its object's lock. Event holds are not built.
macro_rules! lock {
    ($input:ident, $call:ident) => {{
        $crate::ops::shared::refuse_unbuilt!($input:
            object_lock_event_hold => "x-amz-object-lock-event-hold",
            object_lock_event_hold_duration_days => "x-amz-object-lock-event-hold-duration-days",
            object_lock_event_hold_duration_years => "x-amz-object-lock-event-hold-duration-years");
        $crate::ops::lock::asked_lock(
            $input.object_lock_mode.as_deref(),
            $input.object_lock_retain_until_date,
            $input.object_lock_legal_hold_status.as_deref(),
            $call.clock().now(),
        )
    }};
}

/// The checksums a structure carries as text, by algorithm.
macro_rules! checksum_texts {
    ($holder:expr) => {
        [
            (crypt::Algorithm::Crc32, &$holder.checksum_crc32),
            (crypt::Algorithm::Crc32c, &$holder.checksum_crc32c),
            (crypt::Algorithm::Crc64Nvme, &$holder.checksum_crc64nvme),
            (crypt::Algorithm::Sha1, &$holder.checksum_sha1),
            (crypt::Algorithm::Sha256, &$holder.checksum_sha256),
            (crypt::Algorithm::Sha512, &$holder.checksum_sha512),
            (crypt::Algorithm::Md5, &$holder.checksum_md5),
            (crypt::Algorithm::XxHash64, &$holder.checksum_xxhash64),
            (crypt::Algorithm::XxHash3, &$holder.checksum_xxhash3),
            (crypt::Algorithm::XxHash128, &$holder.checksum_xxhash128),
        ]
    };
}

/// The source of a copy: what was named, under the conditions of the headers.
macro_rules! source {
    ($input:ident, $named:ident) => {
        $crate::engine::copy::Source {
            place: $crate::engine::objects::Place { bucket: &$named.bucket, key: &$named.key },
            version: $named.version,
            conditions: $crate::engine::conditions::ReadConditions {
                if_match: $input.copy_source_if_match.take(),
                if_none_match: $input.copy_source_if_none_match.take(),
                if_modified_since: $input.copy_source_if_modified_since,
                if_unmodified_since: $input.copy_source_if_unmodified_since,
            },
        }
    };
}

/// Puts a checksum's text into the member of its algorithm.
macro_rules! show_checksum {
    ($holder:expr, $algorithm:expr, $text:expr) => {
        match $algorithm {
            crypt::Algorithm::Crc32 => $holder.checksum_crc32 = Some($text),
            crypt::Algorithm::Crc32c => $holder.checksum_crc32c = Some($text),
            crypt::Algorithm::Crc64Nvme => $holder.checksum_crc64nvme = Some($text),
            crypt::Algorithm::Sha1 => $holder.checksum_sha1 = Some($text),
            crypt::Algorithm::Sha256 => $holder.checksum_sha256 = Some($text),
            crypt::Algorithm::Sha512 => $holder.checksum_sha512 = Some($text),
            crypt::Algorithm::Md5 => $holder.checksum_md5 = Some($text),
            crypt::Algorithm::XxHash64 => $holder.checksum_xxhash64 = Some($text),
            crypt::Algorithm::XxHash3 => $holder.checksum_xxhash3 = Some($text),
            crypt::Algorithm::XxHash128 => $holder.checksum_xxhash128 = Some($text),
        }
    };
}

/// What a write says of its object.
macro_rules! attributes {
    ($input:ident, $call:ident) => {
        $crate::ops::shared::finish_attributes(
            $call,
            $crate::tables::Attributes {
                content_type: $input.content_type.take(),
                content_encoding: $input.content_encoding.take(),
                content_disposition: $input.content_disposition.take(),
                content_language: $input.content_language.take(),
                cache_control: $input.cache_control.take(),
                expires: $input.expires.take(),
                redirect: $input.website_redirect_location.take(),
                metadata: $input.metadata.take().unwrap_or_default().into_iter().collect(),
                tags: Vec::new(),
                class: $crate::ops::shared::storage_class($input.storage_class.as_deref())?,
                acl: None,
            },
            $input.tagging.as_deref(),
        )
    };
}

pub(super) use {attributes, checksum_texts, lock, refuse_unbuilt, show_checksum, source};

/// The rules of what [`attributes!`] took.
pub(super) fn finish_attributes(
    call: &Call,
    mut attributes: Attributes,
    tagging: Option<&str>,
) -> Result<Attributes, Error> {
    // A presigned header and a form's field are taken literally (facts section 1).
    let is_form = call.head().method == http::Method::POST && call.head().query_value("uploads").is_none();
    let decode = !is_form && !matches!(call.caller().auth, AuthSource::QueryV4 | AuthSource::QueryV2);
    attributes.metadata = metadata::take(std::mem::take(&mut attributes.metadata), decode)?;
    if let Some(redirect) = &attributes.redirect {
        metadata::check_redirect(redirect)?;
    }
    attributes.content_encoding = attributes.content_encoding.and_then(|encoding| without_chunked(&encoding));
    if let Some(tagging) = tagging {
        attributes.tags = crate::engine::tags::parse_header(tagging)?;
    }
    Ok(attributes)
}

/// `aws-chunked` is how the bytes travelled, not what they are.
fn without_chunked(encoding: &str) -> Option<String> {
    if !encoding.contains("aws-chunked") {
        return Some(encoding.to_owned());
    }
    let kept: Vec<&str> = encoding
        .split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty() && *word != "aws-chunked")
        .collect();
    (!kept.is_empty()).then(|| kept.join(","))
}

/// The storage class of a write.
pub(super) fn storage_class(class: Option<&str>) -> Result<StorageClass, Error> {
    let Some(name) = class else { return Ok(StorageClass::default()) };
    StorageClass::of_name(name).ok_or_else(|| Error::InvalidStorageClass(name.to_owned()))
}

/// A storage class's name.
pub(super) const fn class_name(class: StorageClass) -> &'static str {
    class.name()
}

/// The header of a storage class: `STANDARD` is not told.
pub(super) fn class_header(class: StorageClass) -> Option<String> {
    (class != StorageClass::Standard).then(|| class.name().to_owned())
}

/// `x-amz-expiration` of a current object: when its bucket's lifecycle ends it, and by which rule.
pub(super) async fn expiration(
    s3: &S3,
    bucket: &Row<Bucket>,
    key: &str,
    object: &Object,
) -> Result<Option<String>, Error> {
    let rules = s3.rules_of(bucket).await?;
    let subject = Subject { key, bytes: object.bytes, tags: &object.attributes.tags };
    // Told in days of 24 hours, however long those of the lifecycle are.
    let expires = rules.expiration(&subject, object.modified, Calendar::AWS);
    Ok(expires.map(|(at, rule)| format!("expiry-date=\"{}\", rule-id=\"{rule}\"", http_date(at))))
}

/// `x-amz-restore` of an object, while a restore runs and while the copy is there.
pub(super) fn restore_header(object: &Object, now: Timestamp) -> Option<String> {
    match object.placement.restore_state(now) {
        RestoreState::None => None,
        RestoreState::Ongoing => Some("ongoing-request=\"true\"".to_owned()),
        RestoreState::Restored(until) => {
            Some(format!("ongoing-request=\"false\", expiry-date=\"{}\"", http_date(until)))
        }
    }
}

/// `RestoreStatus` of an object in a listing that was asked for it.
pub(super) fn restore_status(object: &Object, now: Timestamp) -> Option<RestoreStatus> {
    match object.placement.restore_state(now) {
        RestoreState::None => None,
        RestoreState::Ongoing => {
            Some(RestoreStatus { is_restore_in_progress: Some(true), restore_expiry_date: None })
        }
        RestoreState::Restored(until) => {
            Some(RestoreStatus { is_restore_in_progress: Some(false), restore_expiry_date: Some(until) })
        }
    }
}

/// When a listing is to tell of restores: the time it tells them for.
pub(super) fn tells_restores(s3: &S3, attributes: Option<&Vec<String>>) -> Option<Timestamp> {
    let asked = attributes.is_some_and(|all| all.iter().any(|name| name == "RestoreStatus"));
    asked.then(|| s3.clock().now())
}

/// Buckets are their owner's (`BucketOwnerEnforced`): only lists that say what is so anyway are taken. `own`: it is the owner who writes.
///
/// Differs: AWS refuses the owner's `private` too, as it has since 2023; rclone before 1.61 sends it with every object.
pub(super) fn check_acl(acl: Option<&str>, grants: bool, own: bool) -> Result<(), Fault> {
    let known = crate::shapes::OBJECT_CANNED_ACL;
    match acl {
        None | Some("bucket-owner-full-control") if !grants => Ok(()),
        Some("private") if own && !grants => Ok(()),
        Some(acl) if !known.contains(&acl) => Err(Error::argument("x-amz-acl", acl, "").into()),
        Some(_) | None => {
            Err(Fault::new(400, "AccessControlListNotSupported", "The bucket does not allow ACLs"))
        }
    }
}

/// What a write claims about its body: Content-MD5, a checksum, or the promise of one in the trailer.
pub(super) fn claims(
    call: &Call,
    content_md5: Option<&str>,
    texts: &[(Algorithm, &Option<String>)],
    named: Option<&str>,
) -> Result<Claims, Error> {
    if let Some(named) = named {
        checksum::algorithm_of(named)?;
    }
    let headers = &call.head().headers;
    let mut declared = Declared::Nothing;
    let mut count = 0;
    for (algorithm, text) in texts {
        let Some(text) = text else { continue };
        let sum = checksum::parse(*algorithm, text);
        let sum = sum.ok_or(Error::InvalidChecksum { algorithm: *algorithm, trailing: false })?;
        declared = Declared::Sum(sum);
        count += 1;
    }
    for trailer in headers.get_all("x-amz-trailer") {
        for name in trailer.to_str().unwrap_or_default().split(',').map(str::trim) {
            if name.starts_with("x-amz-checksum-") {
                let algorithm = checksum::algorithm_of_header(name).ok_or(Error::UnknownAlgorithm)?;
                declared = Declared::Trailing(algorithm);
                count += 1;
            }
        }
    }
    if count > 1 {
        return Err(Error::SeveralChecksums);
    }
    let md5 = content_md5.map(checksum::parse_content_md5).transpose()?;
    Ok(Claims { md5, checksum: declared, keep: None, pack: false })
}

/// Takes a write's body in.
pub(super) async fn receive(
    s3: &S3,
    call: &Call,
    body: body::Body,
    claims: &Claims,
    sealing: &Sealing,
) -> Result<Received, Fault> {
    s3.receive(body, claims, sealing).await.map_err(|error| match error {
        Error::Body(error) => {
            let declared = call.head().headers.get(CONTENT_SHA256).and_then(|value| value.to_str().ok());
            broken_body(&error, declared)
        }
        other => other.into(),
    })
}

/// Holds a document against the checksums its head declares. `required`: it must declare one.
pub(super) fn check_document(call: &Call, required: bool) -> Result<(), Fault> {
    let headers = &call.head().headers;
    let document = call.document();
    let mut met = headers.contains_key("x-amz-trailer");
    if let Some(md5) = headers.get("content-md5").and_then(|value| value.to_str().ok()) {
        met = true;
        let expected = checksum::parse_content_md5(md5)?;
        let calculated = crypt::md5(document);
        if expected != calculated {
            return Err(Error::WrongMd5 { expected, calculated }.into());
        }
    }
    for (name, value) in headers {
        let Some(algorithm) = checksum::algorithm_of_header(name.as_str()) else { continue };
        met = true;
        let sum = value.to_str().ok().and_then(|text| checksum::parse(algorithm, text));
        let sum = sum.ok_or(Error::InvalidChecksum { algorithm, trailing: false })?;
        if algorithm.of(document) != sum {
            return Err(Error::WrongChecksum(sum).into());
        }
    }
    if required && !met {
        let text = "Missing required header for this request: Content-MD5 OR x-amz-checksum-*";
        return Err(Error::Request(text.to_owned()).into());
    }
    Ok(())
}

/// An account as the owner of something.
pub(super) fn owner(account: AccountId) -> Owner {
    Owner { id: Some(canonical_id(account)), ..Owner::default() }
}

/// As [`owner`], with the name that AWS showed until November 2025, where buckets are made as they were then.
pub(super) fn named_owner(s3: &S3, account: AccountId) -> Owner {
    let display_name = s3.settings().bucket_defaults.shows_names().then(|| account.to_string());
    Owner { display_name, ..owner(account) }
}

/// S3 tells times in whole seconds, also where the form has milliseconds.
pub(super) fn seconds(time: Timestamp) -> Timestamp {
    time.cut_to_secs()
}

/// A size as the wire has it.
pub(super) fn size(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

/// What stays as it is with `encoding-type=url`, beside letters and digits.
const LISTED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'*').remove(b'/');
/// What stays as it is in a URL's path segment.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// How a listing writes its keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Spelling {
    Plain,
    Url,
}

impl Spelling {
    /// From `encoding-type`.
    pub(super) fn of(encoding_type: Option<&str>) -> Result<Self, Error> {
        match encoding_type {
            None => Ok(Spelling::Plain),
            Some("url") => Ok(Spelling::Url),
            Some(other) => {
                Err(Error::argument("encoding-type", other, "Invalid Encoding Method specified in Request"))
            }
        }
    }

    pub(super) fn write(self, text: &str) -> String {
        match self {
            Spelling::Plain => text.to_owned(),
            Spelling::Url => utf8_percent_encode(text, LISTED).to_string(),
        }
    }

    /// The answer's `EncodingType`.
    pub(super) fn name(self) -> Option<String> {
        match self {
            Spelling::Plain => None,
            Spelling::Url => Some("url".to_owned()),
        }
    }
}

/// A key in a URL, its slashes included.
pub(super) fn in_url(key: &str) -> String {
    utf8_percent_encode(key, SEGMENT).to_string()
}

/// How many entries a page may have: `asked` within 0 to 1,000.
pub(super) fn page_limit(name: &'static str, asked: Option<i32>) -> Result<usize, Error> {
    let most = crate::engine::listing::PAGE_MAX;
    match asked {
        None => Ok(most),
        Some(asked) => usize::try_from(asked).map(|asked| asked.min(most)).map_err(|_| {
            let text = format!("Argument {name} must be an integer between 0 and 2147483647");
            Error::argument(name, asked.to_string(), text)
        }),
    }
}

/// A count as the wire has it.
pub(super) fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// The name and value of an answer's checksum of a whole object.
pub(super) fn checksum_text(checksum: &Checksum, parts: Option<u32>) -> (Algorithm, String) {
    (checksum.sum.algorithm(), checksum.text(parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aws_chunked_is_no_encoding() {
        assert_eq!(without_chunked("aws-chunked"), None);
        assert_eq!(without_chunked("aws-chunked,gzip"), Some("gzip".to_owned()));
        assert_eq!(without_chunked("gzip, aws-chunked, br"), Some("gzip,br".to_owned()));
        assert_eq!(without_chunked("gzip"), Some("gzip".to_owned()));
    }

    #[test]
    fn listed_keys_keep_their_slashes() {
        assert_eq!(Spelling::Url.write("a/b=c %2F+é*~"), "a/b%3Dc%20%252F%2B%C3%A9*%7E");
        assert_eq!(Spelling::Plain.write("a b"), "a b");
    }
}
