//! The contents page: every operation that is built. The rest answers `NotImplemented` by itself.
//!
//! [`fault`] alone knows codes, statuses and texts; [`shared`] holds what several operations read or write alike.

mod abort_multipart_upload;
pub(crate) mod access;
mod acl;
mod bucket;
mod bucket_encryption;
mod complete_multipart_upload;
mod copy_object;
mod create_bucket;
mod create_multipart_upload;
mod delete_bucket;
mod delete_object;
mod delete_object_tagging;
mod delete_objects;
mod encryption;
pub(crate) mod events;
mod fault;
mod get_bucket_location;
mod get_bucket_versioning;
mod get_object;
mod get_object_attributes;
mod get_object_legal_hold;
mod get_object_lock_configuration;
mod get_object_retention;
mod get_object_tagging;
mod head_bucket;
mod head_object;
mod list_buckets;
mod list_multipart_uploads;
mod list_object_versions;
mod list_objects;
mod list_objects_v2;
mod list_parts;
mod listing;
mod lock;
pub(crate) mod logged;
mod post_object;
mod put_bucket_versioning;
mod put_object;
mod put_object_legal_hold;
mod put_object_lock_configuration;
mod put_object_retention;
mod put_object_tagging;
mod reading;
mod restore_object;
mod shared;
mod update_object_encryption;
mod upload_part;
mod upload_part_copy;

use service::Room;

pub(crate) use bucket::configurations::{read_inventory, read_tiering};
pub(crate) use bucket::replication::read_replication;
pub(crate) use fault::STYLE;

use crate::S3;

/// The room with every operation that is built.
pub(crate) fn all(room: Room<S3>) -> Room<S3> {
    bucket::all(buckets(objects(uploads(room))))
}

fn buckets(room: Room<S3>) -> Room<S3> {
    room.op::<list_buckets::ListBuckets>()
        .op::<create_bucket::CreateBucket>()
        .op::<head_bucket::HeadBucket>()
        .op::<delete_bucket::DeleteBucket>()
        .op::<get_bucket_location::GetBucketLocation>()
        .op::<get_bucket_versioning::GetBucketVersioning>()
        .op::<put_bucket_versioning::PutBucketVersioning>()
        .op::<acl::GetBucketAcl>()
        .op::<acl::PutBucketAcl>()
        .op::<list_objects::ListObjects>()
        .op::<list_objects_v2::ListObjectsV2>()
        .op::<list_object_versions::ListObjectVersions>()
        .op::<bucket_encryption::GetBucketEncryption>()
        .op::<bucket_encryption::PutBucketEncryption>()
        .op::<bucket_encryption::DeleteBucketEncryption>()
        .op::<get_object_lock_configuration::GetObjectLockConfiguration>()
        .op::<put_object_lock_configuration::PutObjectLockConfiguration>()
}

fn objects(room: Room<S3>) -> Room<S3> {
    room.op::<put_object::PutObject>()
        .op::<post_object::PostObject>()
        .op::<get_object::GetObject>()
        .op::<update_object_encryption::UpdateObjectEncryption>()
        .op::<head_object::HeadObject>()
        .op::<delete_object::DeleteObject>()
        .op::<delete_objects::DeleteObjects>()
        .op::<copy_object::CopyObject>()
        .op::<restore_object::RestoreObject>()
        .op::<get_object_attributes::GetObjectAttributes>()
        .op::<acl::GetObjectAcl>()
        .op::<acl::PutObjectAcl>()
        .op::<get_object_retention::GetObjectRetention>()
        .op::<put_object_retention::PutObjectRetention>()
        .op::<get_object_legal_hold::GetObjectLegalHold>()
        .op::<put_object_legal_hold::PutObjectLegalHold>()
        .op::<get_object_tagging::GetObjectTagging>()
        .op::<put_object_tagging::PutObjectTagging>()
        .op::<delete_object_tagging::DeleteObjectTagging>()
}

fn uploads(room: Room<S3>) -> Room<S3> {
    room.op::<create_multipart_upload::CreateMultipartUpload>()
        .op::<upload_part::UploadPart>()
        .op::<upload_part_copy::UploadPartCopy>()
        .op::<complete_multipart_upload::CompleteMultipartUpload>()
        .op::<abort_multipart_upload::AbortMultipartUpload>()
        .op::<list_parts::ListParts>()
        .op::<list_multipart_uploads::ListMultipartUploads>()
}

/// The bound of a document (product page, bounds): lists of parts and of keys are longer than others.
pub(crate) fn document_bytes_max(operation: &'static wire::Operation) -> u64 {
    match operation.name {
        "CompleteMultipartUpload" => 4 << 20,
        "DeleteObjects" => 2 << 20,
        _ => 1 << 20,
    }
}
