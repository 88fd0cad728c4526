//! What GetObject and HeadObject share: finding the object, judging conditions, choosing the bytes, telling what it is.

use std::ops::Range;

use crypt::Algorithm;
use service::{AuthSource, Call, Fault};

use super::encryption::{CustomerHeaders, check_reads_say_nothing, unlock};
use super::lock::visible;
use super::shared::{
    checksum_text, expiration, named_bucket, not_found, restore_header, version_text, wanted,
};
use crate::engine::conditions::{ReadConditions, Verdict};
use crate::engine::multipart::part_number;
use crate::engine::sealing::Opener;
use crate::engine::sealing::customer::{CustomerKey, Names};
use crate::engine::versions::{Found as Version, Wanted};
use crate::engine::{Error, S3, checksum, range};
use crate::tables::{ChecksumKind, Contents, Lock, Object, PARTS, PartKey};

/// What a read asks for.
pub(super) struct Ask {
    pub bucket: String,
    pub key: String,
    pub conditions: ReadConditions,
    pub range: Option<String>,
    pub part: Option<i32>,
    pub version_id: Option<String>,
    pub checksum: bool,
    /// Whether the bytes are wanted too.
    pub bytes: bool,
    pub customer: CustomerHeaders,
}

/// Takes what both requests have in common.
macro_rules! ask {
    ($input:ident, $bytes:literal) => {
        $crate::ops::reading::Ask {
            bucket: $input.bucket.take().need(),
            key: $input.key.take().need(),
            conditions: $crate::engine::conditions::ReadConditions {
                if_match: $input.if_match.take(),
                if_none_match: $input.if_none_match.take(),
                if_modified_since: $input.if_modified_since,
                if_unmodified_since: $input.if_unmodified_since,
            },
            range: $input.range.take(),
            part: $input.part_number,
            version_id: $input.version_id.take(),
            checksum: $input.checksum_mode.as_deref() == Some("ENABLED"),
            bytes: $bytes,
            customer: $crate::ops::encryption::customer_headers!($input),
        }
    };
}

/// What was found, and which of its bytes are wanted.
pub(super) struct Found {
    pub version: Version,
    /// Its version, where the bucket keeps versions.
    pub version_text: Option<String>,
    /// What its reader may see of its lock.
    pub lock: Lock,
    /// The bytes wanted.
    pub range: Range<u64>,
    /// Whether the answer is 206 with a Content-Range.
    pub partial: bool,
    /// How many parts it has, if one was asked for.
    pub parts_count: Option<u32>,
    /// The checksum to show.
    pub checksum: Option<(Algorithm, String, ChecksumKind)>,
    /// The client has it already.
    pub not_modified: bool,
    /// `x-amz-expiration`: of current versions that were not named.
    pub expiration: Option<String>,
    /// `x-amz-restore`.
    pub restore: Option<String>,
    /// The customer's key that opens it.
    pub customer: Option<CustomerKey>,
    /// What opens its bytes, where they are wanted.
    pub opener: Option<Opener>,
}

/// Finds what a read asks for.
pub(super) async fn find(s3: &S3, call: &Call, ask: &Ask) -> Result<Found, Fault> {
    let wanted = wanted(ask.version_id.as_ref())?;
    check_reads_say_nothing(call)?;
    check_ask(ask)?;
    let bucket_row = named_bucket(s3, call, &ask.bucket).await?;
    let bucket = &bucket_row.value;
    let snapshot = s3.snapshot();
    let version = match s3.find_version(&*snapshot, bucket, &ask.key, wanted).await {
        Ok(version) => version,
        Err(error) => return Err(not_found(call, &ask.bucket, bucket.owner, error).await),
    };
    let object = &version.row.value;
    let customer = ask.customer.parse(call, Names::OBJECT)?;
    // Only who wants the bytes or their checksum needs a KMS key.
    let opener = if ask.bytes || ask.checksum || object.encryption.kms_key().is_none() {
        let unlock = unlock(call, customer.as_ref());
        Some(s3.opener(&object.encryption, &bucket.region, &unlock).await?)
    } else {
        None
    };
    let not_modified = match ask.conditions.judge(object, s3.clock().now()) {
        Verdict::Holds => false,
        Verdict::NotModified => true,
        Verdict::Failed(condition) => return Err(Error::PreconditionFailed(condition.header()).into()),
    };
    if ask.bytes && !not_modified {
        object.check_readable(s3.clock().now(), false)?;
    }
    let whole = 0..object.bytes;
    let lock = visible(call, &ask.bucket, bucket.owner, &ask.key, object.lock).await;
    let mut found = Found {
        version_text: version_text(bucket, object.version),
        lock,
        range: whole.clone(),
        partial: false,
        parts_count: None,
        checksum: None,
        expiration: match wanted {
            Wanted::Current => expiration(s3, &bucket_row, &ask.key, object).await?,
            Wanted::Null | Wanted::Id(_) => None,
        },
        restore: restore_header(object, s3.clock().now()),
        not_modified,
        customer,
        opener,
        version,
    };
    if not_modified {
        return Ok(found);
    }
    let object = &found.version.row.value;
    let mut part = None;
    if let Some(asked) = ask.part {
        let (number, range) = choose_part(object, asked)?;
        found.parts_count = object.contents.part_count();
        found.partial = !range.is_empty();
        found.range = range;
        part = number;
    } else if let Some(header) = &ask.range
        && let Some(range) = range::select(header, object.bytes)?
    {
        part = object.contents.part_ranges().find(|(_, of_part)| *of_part == range).map(|(number, _)| number);
        found.partial = true;
        found.range = range;
    }
    if ask.checksum {
        found.checksum = if found.range == whole {
            object.checksum.map(|checksum| {
                let (algorithm, text) = checksum_text(&checksum, object.etag.parts);
                (algorithm, text, checksum.kind)
            })
        } else {
            checksum_of_part(s3, object, part).await?
        };
    }
    Ok(found)
}

fn check_ask(ask: &Ask) -> Result<(), Error> {
    if let Some(number) = ask.part {
        part_number(i64::from(number))?;
        if ask.range.is_some() {
            let text = "Cannot specify both Range header and partNumber query parameter";
            return Err(Error::Request(text.to_owned()));
        }
    }
    Ok(())
}

/// A part, counted from 1 in the object; what was not put in parts has one. Its number in the upload, and its bytes.
fn choose_part(object: &Object, asked: i32) -> Result<(Option<u32>, Range<u64>), Error> {
    let count = object.contents.part_count().unwrap_or(1);
    let absent = || Error::InvalidPartNumber { count, requested: i64::from(asked) };
    let index = usize::try_from(asked).map_err(|_| absent())?.checked_sub(1).ok_or_else(absent)?;
    if object.contents.part_count().is_none() {
        return if index == 0 { Ok((None, 0..object.bytes)) } else { Err(absent()) };
    }
    let (number, range) = object.contents.part_ranges().nth(index).ok_or_else(absent)?;
    Ok((Some(number), range))
}

async fn checksum_of_part(
    s3: &S3,
    object: &Object,
    number: Option<u32>,
) -> Result<Option<(Algorithm, String, ChecksumKind)>, Error> {
    let (Contents::Parts { upload, .. }, Some(number), Some(whole)) =
        (&object.contents, number, object.checksum)
    else {
        return Ok(None);
    };
    let row = PARTS.get(&*s3.snapshot(), &PartKey { upload: *upload, number }).await?;
    Ok(row.map(|row| (row.value.sum.algorithm(), checksum::text(&row.value.sum), whole.kind)))
}

/// `bytes 0-9/10`.
pub(super) fn content_range(range: &Range<u64>, bytes: u64) -> String {
    format!("bytes {}-{}/{bytes}", range.start, range.end.saturating_sub(1))
}

/// Headers the query asks for in place of the object's own: for signed requests only.
pub(super) fn check_overrides(call: &Call) -> Result<(), Fault> {
    let overrides = call.head().query.iter().filter(|(name, _)| name.starts_with("response-"));
    for (name, value) in overrides {
        if call.caller().auth == AuthSource::Anonymous {
            let text = "Request specific response headers cannot be used for anonymous GET requests.";
            return Err(Error::Request(text.to_owned()).into());
        }
        // A line end in a header's value would begin a header of the client's own making.
        if value.chars().any(|char| u32::from(char) > 0xff || char.is_control()) {
            let text = "Header value cannot be represented using ISO-8859-1.";
            return Err(Fault::new(400, "InvalidArgument", text)
                .with("ArgumentName", name.clone())
                .with("ArgumentValue", value.clone()));
        }
    }
    Ok(())
}

/// Fills what both outputs have in common.
macro_rules! tell {
    ($output:ident, $call:ident, $found:ident) => {
        let object = &$found.version.row.value;
        let attributes = &object.attributes;
        let or_asked = |name: &str, own: &Option<String>| {
            $call.head().query_value(name).map(str::to_owned).or_else(|| own.clone())
        };
        $crate::ops::encryption::show_encryption!($output, &object.encryption);
        $crate::ops::encryption::show_customer!($output, &$found.customer);
        $output.accept_ranges = Some("bytes".to_owned());
        $output.last_modified = Some($crate::ops::shared::seconds(object.modified));
        $output.etag = Some(object.etag.quoted());
        $output.version_id = $found.version_text.clone();
        $output.object_lock_mode = $found.lock.retention.map(|retention| retention.mode.name().to_owned());
        $output.object_lock_retain_until_date = $found.lock.retention.map(|retention| retention.until);
        $output.object_lock_legal_hold_status =
            $found.lock.hold.map(|hold| $crate::ops::lock::hold_name(hold).to_owned());
        $output.cache_control = or_asked("response-cache-control", &attributes.cache_control);
        $output.content_disposition =
            or_asked("response-content-disposition", &attributes.content_disposition);
        $output.content_encoding = or_asked("response-content-encoding", &attributes.content_encoding);
        $output.content_language = or_asked("response-content-language", &attributes.content_language);
        $output.expires = or_asked("response-expires", &attributes.expires);
        if !$found.not_modified {
            $output.content_type = or_asked("response-content-type", &attributes.content_type)
                .or_else(|| Some("binary/octet-stream".to_owned()));
            $output.content_length = Some($crate::ops::shared::size($found.range.end - $found.range.start));
        }
        $output.website_redirect_location = attributes.redirect.clone();
        $output.storage_class = $crate::ops::shared::class_header(attributes.class);
        $output.expiration = $found.expiration.clone();
        $output.restore = $found.restore.clone();
        $output.replication_status = object.placement.replication.map(|status| status.name().to_owned());
        if !attributes.metadata.is_empty() {
            let encoded =
                |(name, value): &(String, String)| (name.clone(), $crate::engine::metadata::encode(value));
            $output.metadata = Some(attributes.metadata.iter().map(encoded).collect());
        }
        if !attributes.tags.is_empty() {
            $output.tag_count = Some($crate::ops::shared::count(attributes.tags.len()));
        }
        $output.parts_count = $found.parts_count.and_then(|count| i32::try_from(count).ok());
        if $found.partial {
            $output.content_range = Some($crate::ops::reading::content_range(&$found.range, object.bytes));
            $call.answer_status(206);
        }
        if let Some((algorithm, text, kind)) = &$found.checksum {
            $crate::ops::shared::show_checksum!($output, algorithm, text.clone());
            $output.checksum_type = Some(kind.name().to_owned());
        }
        if $found.not_modified {
            $call.answer_status(304);
        }
    };
}

pub(super) use {ask, tell};
