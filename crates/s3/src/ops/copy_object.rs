//! CopyObject.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::acl::{of_new_object, told_list};
use super::encryption::{choose, show_customer, show_encryption, source_headers, unlock, write_headers};
use super::lock::lock_actions;
use super::shared::{
    attributes, checksum_text, expiration, lock, named_bucket, object_access, seconds, show_checksum, source,
    source_access,
};
use crate::engine::conditions::WriteCondition;
use crate::engine::copy::{Changes, Recoding, parse_source};
use crate::engine::names::check_key;
use crate::engine::objects::{Place, Terms};
use crate::engine::sealing::customer::Names;
use crate::engine::{Error, S3, checksum, tags};
use crate::shapes::{CopyObjectOutput, CopyObjectRequest, CopyObjectResult};
use crate::tables::VersionId;

/// Makes an object out of another. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html>
///
/// Where both are SSE-S3 no byte is written: the copy refers to the source's blobs. Under any other key they are sealed anew.
pub struct CopyObject;

impl Operation for CopyObject {
    type Service = S3;
    type Input = CopyObjectRequest;
    type Output = CopyObjectOutput;
    const NAME: &'static str = "CopyObject";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let expected = input.expected_bucket_owner.as_ref();
        let mut actions = vec!["s3:PutObject"];
        actions.extend(lock_actions(
            input.object_lock_mode.is_some() || input.object_lock_retain_until_date.is_some(),
            input.object_lock_legal_hold_status.is_some(),
        ));
        let mut asked =
            object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, &actions).await?;
        let expected = input.expected_source_bucket_owner.as_ref();
        asked.extend(source_access(s3, call, input.copy_source.as_deref(), expected).await?);
        Ok(asked)
    }

    async fn run(s3: &S3, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        let list = told_list!(input);
        let encryption = write_headers!(input);
        let source_customer = source_headers!(input);
        let named = parse_source(input.copy_source.as_deref().unwrap_or_default())?;
        let (bucket, key) = (input.bucket.take().need(), input.key.take().need());
        check_key(&key)?;
        let condition = WriteCondition::parse(input.if_match.as_deref(), input.if_none_match.as_deref())?;
        let terms = Terms { condition, lock: lock!(input, call)?, by_form: false };
        let mut changes = changes(call, &mut input)?;
        changes.others |= encryption.says_something();
        changes.acl = of_new_object(s3, call, Place { bucket: &bucket, key: &key }, list).await?;
        let source = source!(input, named);
        let place = Place { bucket: &bucket, key: &key };
        let bucket_row = named_bucket(s3, call, &bucket).await?;
        let chosen = choose(s3, call, &bucket_row.value, place, encryption).await?;
        let source_customer = source_customer.parse(call, Names::SOURCE)?;
        let recoding = Recoding { unlock: unlock(call, source_customer.as_ref()), sealing: &chosen.sealing };
        let copied = s3.copy(&source, place, &changes, &terms, recoding).await?;

        let object = copied.object;
        let mut result = CopyObjectResult {
            etag: Some(object.etag.quoted()),
            last_modified: Some(seconds(object.modified)),
            ..CopyObjectResult::default()
        };
        if let Some(checksum) = &object.checksum {
            let (algorithm, text) = checksum_text(checksum, None);
            show_checksum!(result, algorithm, text);
            result.checksum_type = Some(checksum.kind.name().to_owned());
        }
        let mut output = CopyObjectOutput {
            expiration: expiration(s3, &named_bucket(s3, call, &bucket).await?, &key, &object).await?,
            copy_object_result: Some(result),
            version_id: copied.version.map(VersionId::text),
            copy_source_version_id: copied.source.map(VersionId::text),
            ..CopyObjectOutput::default()
        };
        show_encryption!(output, &object.encryption);
        show_customer!(output, &chosen.customer);
        output.sse_kms_encryption_context = chosen.context;
        Ok(output)
    }
}

fn changes(call: &Call, input: &mut CopyObjectRequest) -> Result<Changes, Fault> {
    let replaces = |name: &'static str, directive: Option<&str>, text: &str| match directive {
        None | Some("COPY") => Ok(false),
        Some("REPLACE") => Ok(true),
        Some(other) => Err(Error::argument(name, other, text)),
    };
    let metadata = input.metadata_directive.as_deref();
    let metadata = replaces("x-amz-metadata-directive", metadata, "Unknown metadata directive.")?;
    let tagging = input.tagging_directive.as_deref();
    let tagging = replaces("x-amz-tagging-directive", tagging, "Unknown tagging directive.")?;
    let redirect = input.website_redirect_location.clone();
    let others = input.storage_class.is_some() || redirect.is_some();
    let tags = match (tagging, input.tagging.take()) {
        (true, header) => Some(tags::parse_header(&header.unwrap_or_default())?),
        (false, _) => None,
    };
    let attributes = attributes!(input, call)?;
    Ok(Changes {
        class: attributes.class,
        attributes: metadata.then_some(attributes),
        tags,
        algorithm: input.checksum_algorithm.as_deref().map(checksum::algorithm_of).transpose()?,
        others,
        redirect,
        acl: None,
    })
}
