//! Engine errors and what precedes an operation, as S3 answers them: the only place that knows codes, statuses and texts.
//!
//! Source of the texts: facts sections 2-5 and 13, wire facts sections 7 and 9; a code nobody has recorded says what it means.

use base::Timestamp;
use body::{BodyError, Refusal};
use http::{HeaderName, HeaderValue};
use ports::KeyError;
use service::{Denied, Fault, Style};
use wire::DecodeError;

use crate::engine::Error;
use crate::engine::checksum::name_of;
use crate::engine::names::KEY_BYTES_MAX;
use crate::engine::objects::PUT_BYTES_MAX;
use crate::tables::{ArchiveTier, StorageClass, VersionId};

const MALFORMED: &str =
    "The XML you provided was not well-formed or did not validate against our published schema";

/// How S3 words what happens before an operation runs.
pub(crate) const STYLE: Style = Style {
    denied,
    undecodable,
    violated: |_| malformed_xml(),
    broken_body: |error| broken_body(error, None),
    not_implemented: |operation| {
        not_implemented_header("").with("additionalMessage", format!("{} is not implemented", operation.name))
    },
    internal,
};

fn denied(denied: &Denied) -> Fault {
    let text = match &denied.principal {
        Some(who) => format!(
            "User: {who} is not authorized to perform: {} on resource: \"{}\" {}",
            denied.action, denied.resource, denied.because
        ),
        None => "Access Denied".to_owned(),
    };
    Fault::new(403, "AccessDenied", text)
}

/// `AccessDenied` without an explanation.
pub(super) fn access_denied() -> Fault {
    Fault::new(403, "AccessDenied", "Access Denied")
}

fn internal() -> Fault {
    Fault::new(500, "InternalError", "We encountered an internal error. Please try again.")
}

pub(super) fn malformed_xml() -> Fault {
    Fault::new(400, "MalformedXML", MALFORMED)
}

fn undecodable(error: &DecodeError) -> Fault {
    match error {
        DecodeError::NotParsable | DecodeError::WrongType(_) | DecodeError::MalformedXml => malformed_xml(),
        DecodeError::TooLarge => too_large_a_document(),
        DecodeError::BadValue { name, value } => bad_value(name, value),
    }
}

fn bad_value(name: &str, value: &str) -> Fault {
    let not_a_count = |name| {
        argument(name, Some(value), &format!("Provided {name} not an integer or within integer range"))
    };
    match name {
        "max-keys" => not_a_count("max-keys"),
        "max-uploads" => not_a_count("max-uploads"),
        "max-parts" => not_a_count("max-parts"),
        "max-buckets" => not_a_count("max-buckets"),
        "part-number-marker" => not_a_count("part-number-marker"),
        "partNumber" => argument(
            "partNumber",
            Some(value),
            "Part number must be an integer between 1 and 10000, inclusive",
        ),
        name => Fault::new(400, "InvalidArgument", format!("Invalid value for {name}"))
            .with("ArgumentName", name)
            .with("ArgumentValue", value),
    }
}

fn too_large_a_document() -> Fault {
    Fault::new(400, "MaxMessageLengthExceeded", "Your request was too big.")
}

/// A body that broke off or was refused. `declared` is the payload hash the client sent, where it is known.
pub(super) fn broken_body(error: &BodyError, declared: Option<&str>) -> Fault {
    const IDLE: &str = "Your socket connection to the server was not read from or written to within the timeout period. Idle \
                        connections will be closed.";
    match error {
        BodyError::Incomplete | BodyError::Refused(Refusal::Malformed) => {
            Fault::new(400, "IncompleteBody", "The request body terminated unexpectedly")
        }
        BodyError::Idle => Fault::new(400, "RequestTimeout", IDLE),
        BodyError::TooLarge { .. } => too_large_a_document(),
        BodyError::Refused(Refusal::Signature) => Fault::new(
            403,
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
        ),
        BodyError::Refused(Refusal::ChunkTooSmall { chunk, bytes }) => {
            let text = "Only the last chunk is allowed to have a size less than 8192 bytes";
            Fault::new(403, "InvalidChunkSizeError", text)
                .with("Chunk", chunk.to_string())
                .with("BadChunkSize", bytes.to_string())
        }
        BodyError::Refused(Refusal::Trailer) => malformed_trailer(),
        BodyError::Refused(Refusal::PayloadHash { computed }) => {
            let text = "The provided 'x-amz-content-sha256' header does not match what was computed.";
            let fault = Fault::new(400, "XAmzContentSHA256Mismatch", text);
            let fault = declared
                .into_iter()
                .fold(fault, |fault, hash| fault.with("ClientComputedContentSHA256", hash));
            fault.with("S3ComputedContentSHA256", base::hex(computed))
        }
        BodyError::Storage(text) => {
            tracing::error!(text, "stored bytes are unreadable");
            internal()
        }
    }
}

fn malformed_trailer() -> Fault {
    let text = "The request contained trailing data that was not well-formed or did not conform to our published schema.";
    Fault::new(400, "MalformedTrailerError", text)
}

/// What is in an archive is not read before it was restored.
fn archived(class: StorageClass, tier: Option<ArchiveTier>, as_source: bool) -> Fault {
    let text = match (as_source, tier) {
        (false, None) => "The operation is not valid for the object's storage class",
        (false, Some(_)) => "The operation is not valid for the object's access tier",
        (true, None) => "Operation is not valid for the source object's storage class",
        (true, Some(_)) => "Operation is not valid for the source object's access tier",
    };
    let fault = Fault::new(403, "InvalidObjectState", text).with("StorageClass", class.name());
    tier.into_iter().fold(fault, |fault, tier| fault.with("AccessTier", tier.name()))
}

pub(super) fn argument(name: &'static str, value: Option<&str>, text: &str) -> Fault {
    let fault = Fault::new(400, "InvalidArgument", text).with("ArgumentName", name);
    value.into_iter().fold(fault, |fault, value| fault.with("ArgumentValue", value))
}

/// What the public access block forbids, said as a policy would say it.
pub(super) fn blocked(call: &service::Call, action: &str, resource: &str, because: &str) -> Fault {
    match call.caller().principal.arn() {
        Some(who) => Fault::new(
            403,
            "AccessDenied",
            format!(
                "User: {who} is not authorized to perform: {action} on resource: \"{resource}\" {because}"
            ),
        ),
        None => access_denied(),
    }
}

/// A setting that a bucket does not have.
pub(super) fn missing(code: &'static str, text: &str, bucket: &str) -> Fault {
    Fault::new(404, code, text).with("BucketName", bucket)
}

/// A configuration that a bucket does not have.
pub(super) fn no_such_configuration() -> Fault {
    Fault::new(404, "NoSuchConfiguration", "The specified configuration does not exist.")
}

pub(super) fn request(text: impl Into<String>) -> Fault {
    Fault::new(400, "InvalidRequest", text)
}

fn not_implemented_header(header: &str) -> Fault {
    let text = "A header you provided implies functionality that is not implemented";
    let fault = Fault::new(501, "NotImplemented", text);
    if header.is_empty() { fault } else { fault.with("Header", header) }
}

/// Where the current version is a delete marker there is no such key; one that was named may be deleted and nothing else.
fn delete_marker(key: String, version: VersionId, modified: Timestamp, named: bool) -> Fault {
    let header = |fault: Fault, name: &'static str, value: String| {
        let value = HeaderValue::try_from(value).expect("ids and dates are ASCII");
        fault.header(HeaderName::from_static(name), value)
    };
    let fault = if named {
        let text = "The specified method is not allowed against this resource.";
        let fault = Fault::new(405, "MethodNotAllowed", text).with("ResourceType", "DeleteMarker");
        let fault = header(fault, "allow", "DELETE".to_owned());
        header(fault, "last-modified", wire::time::http_date(modified))
    } else {
        Fault::new(404, "NoSuchKey", "The specified key does not exist.").with("Key", key)
    };
    let fault = header(fault, "x-amz-delete-marker", "true".to_owned());
    header(fault, "x-amz-version-id", version.text())
}

/// A KMS key that cannot be used: KMS's code and text, marked as KMS's.
fn key_fault(error: KeyError) -> Fault {
    match error {
        KeyError::NotFound(text) => Fault::new(400, "KMS.NotFoundException", text),
        KeyError::Disabled(text) => Fault::new(400, "KMS.DisabledException", text),
        KeyError::InvalidState(text) => Fault::new(400, "KMS.KMSInvalidStateException", text),
        KeyError::InvalidUsage(text) => Fault::new(400, "KMS.InvalidKeyUsageException", text),
        KeyError::Denied(text) => Fault::new(403, "AccessDenied", text),
        KeyError::InvalidCiphertext => Fault::new(400, "KMS.InvalidCiphertextException", ""),
        KeyError::Unavailable(text) => {
            tracing::warn!(text, "a key could not be used for now");
            Fault::new(503, "ServiceUnavailable", "Please reduce your request rate.")
        }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        let bad_digest = |text: String| Fault::new(400, "BadDigest", text);
        let lower = |algorithm| name_of(algorithm).to_ascii_lowercase();
        match error {
            Error::NoSuchBucket(name) => {
                Fault::new(404, "NoSuchBucket", "The specified bucket does not exist")
                    .with("BucketName", name)
            }
            Error::InvalidBucketName(name) => {
                Fault::new(400, "InvalidBucketName", "The specified bucket is not valid.")
                    .with("BucketName", name)
            }
            Error::BucketOwned(name) => {
                let text =
                    "Your previous request to create the named bucket succeeded and you already own it.";
                Fault::new(409, "BucketAlreadyOwnedByYou", text).with("BucketName", name)
            }
            Error::BucketNotEmpty { bucket, versioned } => {
                let text = "The bucket you tried to delete is not empty";
                let more = if versioned { ". You must delete all versions in the bucket." } else { "" };
                Fault::new(409, "BucketNotEmpty", format!("{text}{more}")).with("BucketName", bucket)
            }
            Error::MalformedPolicy(text) => Fault::new(400, "MalformedPolicy", text),
            Error::MalformedAcl => Fault::new(400, "MalformedACLError", MALFORMED),
            Error::UnresolvableGrant => {
                let text = "The e-mail address you provided does not match any account on record.";
                Fault::new(400, "UnresolvableGrantByEmailAddress", text)
            }
            Error::TooManyBucketTags => {
                Fault::new(400, "BadRequest", "Bucket tag count cannot be greater than 50")
            }
            Error::TooManyConfigurations => {
                let text = "You are attempting to create a new configuration but have already reached the 1,000-configuration limit.";
                Fault::new(400, "TooManyConfigurations", text)
            }
            Error::BucketState(text) => Fault::new(409, "InvalidBucketState", text),
            Error::Locked => {
                Fault::new(403, "AccessDenied", "Access Denied because object protected by object lock.")
            }
            Error::NoLock => {
                let text = "The specified object does not have a ObjectLock configuration";
                Fault::new(404, "NoSuchObjectLockConfiguration", text)
            }
            Error::InvalidLocation(constraint) => {
                let text = "The specified location-constraint is not valid";
                Fault::new(400, "InvalidLocationConstraint", text).with("LocationConstraint", constraint)
            }
            Error::IllegalLocation(constraint) => Fault::new(
                400,
                "IllegalLocationConstraintException",
                format!(
                    "The {constraint} location constraint is incompatible for the region specific endpoint this request was sent to."
                ),
            ),
            Error::TooManyBuckets => {
                Fault::new(400, "TooManyBuckets", "You have attempted to create more buckets than allowed")
            }
            Error::BucketTaken => Fault::new(
                409,
                "BucketAlreadyExists",
                "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please \
                 select a different name and try again.",
            ),
            Error::NoSuchKey(key) => {
                Fault::new(404, "NoSuchKey", "The specified key does not exist.").with("Key", key)
            }
            Error::NoSuchVersion { key, version } => {
                Fault::new(404, "NoSuchVersion", "The specified version does not exist.")
                    .with("Key", key)
                    .with("VersionId", version)
            }
            Error::DeleteMarker { key, version, modified, named } => {
                delete_marker(key, version, modified, named)
            }
            Error::KeyTooLong(bytes) => Fault::new(400, "KeyTooLongError", "Your key is too long")
                .with("Size", bytes.to_string())
                .with("MaxSizeAllowed", KEY_BYTES_MAX.to_string()),
            Error::MetadataTooLarge(bytes) => {
                let text = "Your metadata headers exceed the maximum allowed metadata size";
                Fault::new(400, "MetadataTooLarge", text)
                    .with("Size", bytes.to_string())
                    .with("MaxSizeAllowed", crate::engine::metadata::BYTES_MAX.to_string())
            }
            Error::InvalidRedirect(text) => Fault::new(400, "InvalidRedirectLocation", text),
            Error::EntityTooLarge(bytes) => {
                Fault::new(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size")
                    .with("ProposedSize", bytes.to_string())
                    .with("MaxSizeAllowed", PUT_BYTES_MAX.to_string())
            }
            Error::InvalidStorageClass(class) => {
                Fault::new(400, "InvalidStorageClass", "The storage class you specified is not valid")
                    .with("StorageClassRequested", class)
            }
            Error::Archived { class, tier, as_source } => archived(class, tier, as_source),
            Error::NotArchived => {
                let text = "Restore is not allowed for the object's current storage class";
                Fault::new(403, "InvalidObjectState", text)
            }
            Error::InActiveTier => {
                let text = "This action is not allowed against this storage tier.";
                Fault::new(403, "ObjectAlreadyInActiveTierError", text)
            }
            Error::RestoreInProgress => {
                Fault::new(409, "RestoreAlreadyInProgress", "Object restore is already in progress")
            }
            Error::InvalidTag { key, text } => {
                let fault = Fault::new(400, "InvalidTag", text);
                key.into_iter().fold(fault, |fault, key| fault.with("TagKey", key))
            }
            Error::TooManyTags => Fault::new(400, "BadRequest", "Object tags cannot be greater than 10"),
            Error::InvalidRange { bytes, requested } => {
                Fault::new(416, "InvalidRange", "The requested range is not satisfiable")
                    .with("ActualObjectSize", bytes.to_string())
                    .with("RangeRequested", requested)
            }
            Error::InvalidPartNumber { count, requested } => {
                Fault::new(416, "InvalidPartNumber", "The requested partnumber is not satisfiable")
                    .with("ActualPartCount", count.to_string())
                    .with("PartNumberRequested", requested.to_string())
            }
            Error::InvalidMd5(text) => {
                Fault::new(400, "InvalidDigest", "The Content-MD5 you specified was invalid.")
                    .with("Content-MD5", text)
            }
            Error::WrongMd5 { expected, calculated } => {
                bad_digest("The Content-MD5 you specified did not match what we received.".to_owned())
                    .with("ExpectedDigest", base::hex(&expected))
                    .with("CalculatedDigest", base64_simd::STANDARD.encode_to_string(calculated))
            }
            Error::SeveralChecksums => {
                request("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.")
            }
            Error::UnknownAlgorithm => request(
                "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, \
                 SHA1, SHA256]",
            ),
            Error::InvalidChecksum { algorithm, trailing } => {
                let kind = if trailing { "trailing header" } else { "header" };
                request(format!("Value for x-amz-checksum-{} {kind} is invalid.", lower(algorithm)))
            }
            Error::WrongChecksum(sum) => bad_digest(format!(
                "The {} you specified did not match the calculated checksum.",
                name_of(sum.algorithm())
            )),
            Error::WrongPartChecksum { algorithm, part } => bad_digest(format!(
                "The {} you specified for part {part} did not match what we received.",
                lower(algorithm)
            )),
            Error::WrongObjectChecksum { algorithm } => bad_digest(format!(
                "The {} you specified did not match the calculated checksum.",
                lower(algorithm)
            )),
            Error::MalformedTrailer => malformed_trailer(),
            Error::NoSuchUpload(upload) => {
                let text = "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or \
                            completed.";
                Fault::new(404, "NoSuchUpload", text).with("UploadId", upload)
            }
            Error::InvalidPart { upload, part, etag } => {
                let text = "One or more of the specified parts could not be found.  The part may not have been uploaded, or the \
                            specified entity tag may not match the part's entity tag.";
                Fault::new(400, "InvalidPart", text)
                    .with("UploadId", upload)
                    .with("PartNumber", part.to_string())
                    .with("ETag", etag)
            }
            Error::InvalidPartOrder(upload) => {
                let text =
                    "The list of parts was not in ascending order. Parts must be ordered by part number.";
                Fault::new(400, "InvalidPartOrder", text).with("UploadId", upload)
            }
            Error::PartTooSmall { part, bytes, bytes_min, etag } => Fault::new(
                400,
                "EntityTooSmall",
                "Your proposed upload is smaller than the minimum allowed size",
            )
            .with("ProposedSize", bytes.to_string())
            .with("MinSizeAllowed", bytes_min.to_string())
            .with("PartNumber", part.to_string())
            .with("ETag", etag),
            Error::PreconditionFailed(condition) => {
                let text = "At least one of the pre-conditions you specified did not hold";
                Fault::new(412, "PreconditionFailed", text).with("Condition", condition)
            }
            Error::ConditionalConflict { condition, key } => {
                let text = "The conditional request cannot succeed due to a conflicting operation against this resource.";
                Fault::new(409, "ConditionalRequestConflict", text)
                    .with("Condition", condition)
                    .with("Key", key)
            }
            Error::UnsupportedCondition { header, text } => {
                not_implemented_header(header).with("additionalMessage", text)
            }
            Error::InvalidEncryptionAlgorithm(algorithm) => Fault::new(
                400,
                "InvalidEncryptionAlgorithmError",
                "The Encryption request you specified is not valid. Supported value: AES256.",
            )
            .with("ArgumentName", "x-amz-server-side-encryption")
            .with("ArgumentValue", algorithm),
            Error::Denied(text) => Fault::new(403, "AccessDenied", text),
            Error::Key(error) => key_fault(error),
            Error::NotImplemented(header) => not_implemented_header(header),
            Error::Argument { name, value, text } => argument(name, value.as_deref(), &text),
            Error::Request(text) => request(text),
            Error::MalformedXml => malformed_xml(),
            Error::Body(error) => broken_body(&error, None),
            Error::Aborted => {
                let text = "A conflicting conditional operation is currently in progress against this resource. Please try again.";
                Fault::new(409, "OperationAborted", text)
            }
            // AWS has no full disks. 503 is what its clients retry, and what other S3 servers say.
            Error::Full => Fault::new(
                503,
                "ServiceUnavailable",
                "There is no space left for new data. Reads and deletes go on. Please try again later.",
            ),
            Error::Unavailable(text) => {
                tracing::warn!(text, "an operation could not be done for now");
                Fault::new(503, "SlowDown", "Please reduce your request rate.")
            }
            Error::Internal(text) => {
                tracing::error!(text, "an operation failed");
                internal()
            }
        }
    }
}
