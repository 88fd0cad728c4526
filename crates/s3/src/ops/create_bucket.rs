//! CreateBucket.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::{check_document, refuse_unbuilt};
use crate::engine::buckets::Created;
use crate::engine::names::check_new_bucket_name;
use crate::engine::{Error, S3};
use crate::shapes::{BUCKET_CANNED_ACL, CreateBucketConfiguration, CreateBucketOutput, CreateBucketRequest};

/// Makes a bucket. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html>
///
/// Differs: tags, object lock and other ownerships than the owner's are not built yet.
pub struct CreateBucket;

impl Operation for CreateBucket {
    type Service = S3;
    type Input = CreateBucketRequest;
    type Output = CreateBucketOutput;
    const NAME: &'static str = "CreateBucket";

    async fn access(_s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let name = input.bucket.as_deref().unwrap_or_default();
        check_new_bucket_name(name)?;
        Ok(vec![Access::owned("s3:CreateBucket", format!("arn:aws:s3:::{name}"), call.account())])
    }

    async fn run(s3: &S3, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        check_document(call, false)?;
        if input.object_lock_enabled_for_bucket == Some(true) {
            return Err(Error::NotImplemented("x-amz-bucket-object-lock-enabled").into());
        }
        check_ownership(&input)?;
        let configuration = input.create_bucket_configuration.take().unwrap_or_default();
        check_configuration(&configuration)?;
        let name = input.bucket.take().need();
        let constraint = configuration.location_constraint.as_deref();
        let created = s3.create_bucket(&name, call.account(), call.region(), constraint).await?;
        let bucket = match created {
            Created::New(bucket) | Created::Already(bucket) => bucket,
        };
        let location = if bucket.region.as_str() == "us-east-1" {
            format!("/{name}")
        } else {
            format!("http://{name}.s3.amazonaws.com/")
        };
        Ok(CreateBucketOutput { location: Some(location), bucket_arn: Some(format!("arn:aws:s3:::{name}")) })
    }
}

fn check_ownership(input: &CreateBucketRequest) -> Result<(), Fault> {
    refuse_unbuilt!(input:
        grant_full_control => "x-amz-grant-full-control",
        grant_read => "x-amz-grant-read",
        grant_read_acp => "x-amz-grant-read-acp",
        grant_write => "x-amz-grant-write",
        grant_write_acp => "x-amz-grant-write-acp");
    match input.object_ownership.as_deref() {
        None | Some("BucketOwnerEnforced") => {}
        Some("BucketOwnerPreferred" | "ObjectWriter") => {
            return Err(Error::NotImplemented("x-amz-object-ownership").into());
        }
        Some(other) => {
            let text = format!("Invalid x-amz-object-ownership header: {other}");
            return Err(Error::Argument { name: "x-amz-object-ownership", value: None, text }.into());
        }
    }
    match input.acl.as_deref() {
        None | Some("private") => {}
        Some(acl) if !BUCKET_CANNED_ACL.contains(&acl) => {
            return Err(Error::argument("x-amz-acl", acl, "").into());
        }
        Some(_) => {
            let text = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting";
            return Err(Fault::new(400, "InvalidBucketAclWithObjectOwnership", text));
        }
    }
    match input.bucket_namespace.as_deref() {
        None | Some("global") => Ok(()),
        Some(_) => Err(Error::NotImplemented("x-amz-bucket-namespace").into()),
    }
}

/// Directory buckets, and tags at creation.
fn check_configuration(configuration: &CreateBucketConfiguration) -> Result<(), Fault> {
    if configuration.location.is_some() || configuration.bucket.is_some() {
        return Err(Error::NotImplemented("CreateBucketConfiguration.Location").into());
    }
    if configuration.tags.as_ref().is_some_and(|tags| !tags.is_empty()) {
        return Err(Error::NotImplemented("CreateBucketConfiguration.Tags").into());
    }
    Ok(())
}
