//! GetBucketEncryption, PutBucketEncryption, DeleteBucketEncryption.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::{bucket_access, check_document, named_bucket};
use crate::engine::{Error, S3};
use crate::shapes::{
    BlockedEncryptionTypes, DeleteBucketEncryptionRequest, GetBucketEncryptionOutput,
    GetBucketEncryptionRequest, PutBucketEncryptionRequest, ServerSideEncryptionByDefault,
    ServerSideEncryptionConfiguration, ServerSideEncryptionRule,
};
use crate::tables::{BucketEncryption, DefaultEncryption};

/// How a bucket's objects are encrypted. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html>
pub struct GetBucketEncryption;

impl Operation for GetBucketEncryption {
    type Service = S3;
    type Input = GetBucketEncryptionRequest;
    type Output = GetBucketEncryptionOutput;
    const NAME: &'static str = "GetBucketEncryption";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let expected = input.expected_bucket_owner.as_ref();
        bucket_access(s3, call, input.bucket.as_ref(), expected, &["s3:GetEncryptionConfiguration"]).await
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let bucket = named_bucket(s3, call, &input.bucket.need()).await?.value;
        let configuration =
            ServerSideEncryptionConfiguration { rules: Some(vec![shown(bucket.encryption())]) };
        Ok(GetBucketEncryptionOutput { server_side_encryption_configuration: Some(configuration) })
    }
}

/// Says how a bucket's objects are encrypted from now on. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html>
///
/// Whether a KMS key exists is not asked before it is used, as on AWS.
pub struct PutBucketEncryption;

impl Operation for PutBucketEncryption {
    type Service = S3;
    type Input = PutBucketEncryptionRequest;
    type Output = ();
    const NAME: &'static str = "PutBucketEncryption";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let expected = input.expected_bucket_owner.as_ref();
        bucket_access(s3, call, input.bucket.as_ref(), expected, &["s3:PutEncryptionConfiguration"]).await
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_document(call, false)?;
        let name = input.bucket.need();
        let bucket = named_bucket(s3, call, &name).await?.value;
        let rules = input.server_side_encryption_configuration.need().rules.unwrap_or_default();
        let [rule] = <[ServerSideEncryptionRule; 1]>::try_from(rules).map_err(|_| Error::MalformedXml)?;
        let said = said(rule, bucket.encryption().customer_keys_blocked)?;
        Ok(s3.set_bucket_encryption(&name, Some(&said)).await?)
    }
}

/// Goes back to what new buckets have. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html>
pub struct DeleteBucketEncryption;

impl Operation for DeleteBucketEncryption {
    type Service = S3;
    type Input = DeleteBucketEncryptionRequest;
    type Output = ();
    const NAME: &'static str = "DeleteBucketEncryption";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let expected = input.expected_bucket_owner.as_ref();
        bucket_access(s3, call, input.bucket.as_ref(), expected, &["s3:PutEncryptionConfiguration"]).await
    }

    async fn run(s3: &S3, _call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        Ok(s3.set_bucket_encryption(&input.bucket.need(), None).await?)
    }
}

fn shown(encryption: &BucketEncryption) -> ServerSideEncryptionRule {
    let (algorithm, key) = match &encryption.by_default {
        DefaultEncryption::Managed => ("AES256", &None),
        DefaultEncryption::Kms(key) => ("aws:kms", key),
        DefaultEncryption::Dual(key) => ("aws:kms:dsse", key),
    };
    let blocked = if encryption.customer_keys_blocked { "SSE-C" } else { "NONE" };
    ServerSideEncryptionRule {
        apply_server_side_encryption_by_default: Some(ServerSideEncryptionByDefault {
            sse_algorithm: Some(algorithm.to_owned()),
            kms_master_key_id: key.clone(),
        }),
        bucket_key_enabled: Some(encryption.bucket_key.unwrap_or(false)),
        blocked_encryption_types: Some(BlockedEncryptionTypes {
            encryption_type: Some(vec![blocked.to_owned()]),
        }),
    }
}

/// What a rule says. `blocked` is what holds if it does not speak of customers' keys.
fn said(rule: ServerSideEncryptionRule, blocked: bool) -> Result<BucketEncryption, Error> {
    let by_default = match rule.apply_server_side_encryption_by_default {
        None => DefaultEncryption::Managed,
        Some(said) => {
            let key = said.kms_master_key_id;
            match said.sse_algorithm.as_deref() {
                Some("AES256") if key.is_some() => {
                    let text = "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse";
                    return Err(Error::Argument {
                        name: "ApplyServerSideEncryptionByDefault",
                        value: None,
                        text: text.to_owned(),
                    });
                }
                Some("AES256") => DefaultEncryption::Managed,
                Some("aws:kms") => DefaultEncryption::Kms(key),
                Some("aws:kms:dsse") => DefaultEncryption::Dual(key),
                Some(_) | None => return Err(Error::MalformedXml),
            }
        }
    };
    let types = rule.blocked_encryption_types.and_then(|blocked| blocked.encryption_type);
    let customer_keys_blocked = match types.as_deref() {
        None | Some([]) => blocked,
        Some([only]) if only == "NONE" => false,
        Some([only]) if only == "SSE-C" => true,
        Some(_) => return Err(Error::MalformedXml),
    };
    Ok(BucketEncryption { by_default, bucket_key: rule.bucket_key_enabled, customer_keys_blocked })
}
