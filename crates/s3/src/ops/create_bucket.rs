//! CreateBucket.

use ports::PrincipalKind;
use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::acl::Told;
use super::bucket::{ownership, tagging};
use super::shared::check_document;
use crate::BucketDefaults;
use crate::engine::buckets::Created;
use crate::engine::names::check_new_bucket_name;
use crate::engine::{Error, S3, tags};
use crate::shapes::{CreateBucketConfiguration, CreateBucketOutput, CreateBucketRequest};
use crate::tables::{Acl, Ownership, PublicAccess, Setting, SettingKind};

/// Makes a bucket. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html>
///
/// What is set along with it is in the commit that makes it. Differs: directory buckets are not built.
pub struct CreateBucket;

impl Operation for CreateBucket {
    type Service = S3;
    type Input = CreateBucketRequest;
    type Output = CreateBucketOutput;
    const NAME: &'static str = "CreateBucket";

    async fn access(_s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let name = input.bucket.as_deref().unwrap_or_default();
        check_new_bucket_name(name)?;
        let mut actions = vec!["s3:CreateBucket"];
        let grants = [
            &input.acl,
            &input.grant_full_control,
            &input.grant_read,
            &input.grant_read_acp,
            &input.grant_write,
            &input.grant_write_acp,
        ];
        if grants.iter().any(|header| header.is_some()) {
            actions.push("s3:PutBucketAcl");
        }
        if input.object_lock_enabled_for_bucket == Some(true) {
            actions.extend(["s3:PutBucketObjectLockConfiguration", "s3:PutBucketVersioning"]);
        }
        if input.object_ownership.is_some() {
            actions.push("s3:PutBucketOwnershipControls");
        }
        // Others' policies may ask where it is to be, which only the document says: they are asked when that is read.
        let asked = if asks_for_location(call) { actions.split_off(1) } else { actions };
        let arn = format!("arn:aws:s3:::{name}");
        Ok(asked.into_iter().map(|action| Access::owned(action, arn.clone(), call.account())).collect())
    }

    async fn run(s3: &S3, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        check_document(call, false)?;
        let lock = input.object_lock_enabled_for_bucket == Some(true);
        let mut configuration = input.create_bucket_configuration.take().unwrap_or_default();
        check_configuration(&configuration)?;
        let name = input.bucket.take().need();
        if asks_for_location(call) {
            let access = Access::owned("s3:CreateBucket", format!("arn:aws:s3:::{name}"), call.account());
            let constraint = configuration.location_constraint.clone().unwrap_or_default();
            call.allow(access.with("s3:LocationConstraint", constraint)).await?;
        }
        let mut settings = access_settings(s3, call, &mut input)?;
        if let Some(tags) = configuration.tags.take().filter(|tags| !tags.is_empty()) {
            let tags = tags::take_for_new_bucket(tagging::tag_pairs(tags)?)?;
            let arn = format!("arn:aws:s3:::{name}");
            call.allow(Access::owned("s3:TagResource", arn, call.account())).await?;
            settings.push((SettingKind::Tags, Setting::Tags(tags)));
        }
        let constraint = configuration.location_constraint.as_deref();
        let created =
            s3.create_bucket(&name, call.account(), call.region(), constraint, &settings, lock).await?;
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

/// Whether the caller has policies that may ask where a bucket is to be.
fn asks_for_location(call: &Call) -> bool {
    match call.caller().principal.kind {
        PrincipalKind::User { .. } | PrincipalKind::Role { .. } | PrincipalKind::Federated { .. } => true,
        PrincipalKind::Root | PrincipalKind::Service { .. } | PrincipalKind::Anonymous => false,
    }
}

/// Ownership, public access and list of a new bucket. What is as on every bucket by default has no row.
fn access_settings(
    s3: &S3,
    call: &Call,
    input: &mut CreateBucketRequest,
) -> Result<Vec<(SettingKind, Setting)>, Fault> {
    let asked = match input.object_ownership.as_deref() {
        None => None,
        Some(word) => Some(ownership::of_word(word).ok_or_else(|| {
            let text = format!("Invalid x-amz-object-ownership header: {word}");
            Error::Argument { name: "x-amz-object-ownership", value: None, text }
        })?),
    };
    let (usual, block) = match s3.settings().bucket_defaults {
        BucketDefaults::Aws => (Ownership::BucketOwnerEnforced, Some(PublicAccess::ALL)),
        BucketDefaults::Legacy => (Ownership::ObjectWriter, None),
    };
    let ownership = asked.unwrap_or(usual);
    let told = Told {
        canned: input.acl.take(),
        full_control: input.grant_full_control.take(),
        read: input.grant_read.take(),
        write: input.grant_write.take(),
        read_acp: input.grant_read_acp.take(),
        write_acp: input.grant_write_acp.take(),
    };
    let acl = told.take(call.account(), None)?.filter(|acl| !acl.is_private());
    check_list(acl.as_ref(), ownership, block)?;
    let mut settings = Vec::new();
    if ownership != Ownership::BucketOwnerEnforced {
        settings.push((SettingKind::Ownership, Setting::Ownership(Some(ownership))));
    }
    if block.is_none() {
        settings.push((SettingKind::PublicAccess, Setting::PublicAccess(block)));
    }
    settings.extend(acl.map(|acl| (SettingKind::Acl, Setting::Acl(acl))));
    match input.bucket_namespace.as_deref() {
        None | Some("global") => Ok(settings),
        Some(_) => Err(Error::NotImplemented("x-amz-bucket-namespace").into()),
    }
}

fn check_list(acl: Option<&Acl>, ownership: Ownership, block: Option<PublicAccess>) -> Result<(), Fault> {
    let Some(acl) = acl else { return Ok(()) };
    if ownership == Ownership::BucketOwnerEnforced {
        return Err(ownership::list_under_enforced());
    }
    if acl.is_public() && block.is_some_and(|block| block.block_acls) {
        let text = "Bucket cannot have public ACLs set with BlockPublicAccess enabled";
        return Err(Fault::new(400, "InvalidBucketAclWithBlockPublicAccessError", text));
    }
    Ok(())
}

/// Directory buckets.
fn check_configuration(configuration: &CreateBucketConfiguration) -> Result<(), Fault> {
    if configuration.location.is_some() || configuration.bucket.is_some() {
        return Err(Error::NotImplemented("CreateBucketConfiguration.Location").into());
    }
    Ok(())
}
