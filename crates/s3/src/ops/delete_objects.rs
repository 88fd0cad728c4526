//! DeleteObjects.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::access::ask_about_key;
use super::lock::{check_bypass_header, may_bypass};
use super::shared::{bucket_access, check_document, named_bucket, wanted};
use crate::engine::names::check_key;
use crate::engine::objects::Deletion;
use crate::engine::versions::{Deleted, Wanted};
use crate::engine::{Error, S3};
use crate::shapes::{self, DeleteObjectsOutput, DeleteObjectsRequest, DeletedObject, ObjectIdentifier};
use crate::tables::VersionId;

/// Deletes up to a thousand keys. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html>
///
/// All that may be deleted goes in one commit.
pub struct DeleteObjects;

/// Keys of one request.
const KEYS_MAX: usize = 1_000;

impl Operation for DeleteObjects {
    type Service = S3;
    type Input = DeleteObjectsRequest;
    type Output = DeleteObjectsOutput;
    const NAME: &'static str = "DeleteObjects";

    /// Each key is asked about on its own, and answered on its own.
    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        bucket_access(s3, call, input.bucket.as_ref(), input.expected_bucket_owner.as_ref(), &[]).await
    }

    async fn run(s3: &S3, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        check_document(call, true)?;
        let bucket = input.bucket.take().need();
        let found = named_bucket(s3, call, &bucket).await?.value;
        let (owner, header) = (found.owner, input.bypass_governance_retention);
        check_bypass_header(&found, header)?;
        let delete = input.delete.take().need();
        let keys = delete.objects.need();
        if keys.is_empty() || keys.len() > KEYS_MAX || keys.iter().any(|key| key.key.as_deref() == Some("")) {
            return Err(Error::MalformedXml.into());
        }
        call.meter_records(keys.len() as u64);

        // One code is for all that is asked.
        let names_version =
            |key: &ObjectIdentifier| key.version_id.as_deref().is_some_and(|id| !id.is_empty());
        let no_code = if found.wants_mfa() && keys.iter().any(names_version) {
            s3.check_mfa(&call.caller().principal, input.mfa.as_deref()).await.err()
        } else {
            None
        };
        let mut output = DeleteObjectsOutput::default();
        let mut deletions = Vec::with_capacity(keys.len());
        for key in keys {
            match judge(s3, call, &bucket, &key).await {
                Ok(version) if version.is_named() && no_code.is_some() => {
                    let fault = no_code.clone().map(Fault::from).need();
                    output.errors.get_or_insert_default().push(error(key.key.need(), key.version_id, &fault));
                }
                Ok(version) => {
                    let (name, if_match) = (key.key.need(), key.etag);
                    let bypass = version.is_named() && may_bypass(call, &bucket, owner, &name, header).await;
                    deletions.push(Deletion { key: name, version, if_match, bypass });
                }
                Err(fault) => {
                    output.errors.get_or_insert_default().push(error(key.key.need(), key.version_id, &fault))
                }
            }
        }
        let answers = s3.delete(&bucket, &deletions).await?;
        for (deletion, answer) in deletions.into_iter().zip(answers) {
            match answer {
                Ok(_) if delete.quiet == Some(true) => {}
                Ok(done) => output.deleted.get_or_insert_default().push(line(deletion, done)),
                Err(refused) => {
                    let version = deletion.version.is_named().then(|| deletion.version.text());
                    output.errors.get_or_insert_default().push(error(deletion.key, version, &refused.into()));
                }
            }
        }
        Ok(output)
    }
}

/// What became of one of the keys. A marker is named apart from the version that was asked for.
fn line(deletion: Deletion, done: Deleted) -> DeletedObject {
    let marker = done.version.filter(|_| done.marker).map(VersionId::text);
    DeletedObject {
        key: Some(deletion.key),
        version_id: deletion.version.is_named().then(|| deletion.version.text()),
        delete_marker: done.marker.then_some(true),
        delete_marker_version_id: marker,
    }
}

/// Whether one of the keys may be deleted; and which version of it.
async fn judge(s3: &S3, call: &Call, bucket: &str, key: &ObjectIdentifier) -> Result<Wanted, Fault> {
    let name = key.key.as_deref().unwrap_or_default();
    let named = key.version_id.as_deref().is_some_and(|version| !version.is_empty());
    let action = if named { "s3:DeleteObjectVersion" } else { "s3:DeleteObject" };
    let version = key.version_id.as_deref().filter(|_| named);
    ask_about_key(s3, call, bucket, name, version, action).await?;
    check_key(name)?;
    if key.last_modified_time.is_some() || key.size.is_some() {
        return Err(Error::NotImplemented("x-amz-if-match-size").into());
    }
    wanted(key.version_id.as_ref()).map_err(|_| {
        let version = key.version_id.clone().unwrap_or_default();
        Error::NoSuchVersion { key: name.to_owned(), version }.into()
    })
}

fn error(key: String, version_id: Option<String>, fault: &Fault) -> shapes::Error {
    shapes::Error {
        key: Some(key),
        version_id,
        code: Some(fault.code.to_string()),
        message: fault.message.clone(),
    }
}
