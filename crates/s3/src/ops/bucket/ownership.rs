//! Who owns the objects of a bucket.

use service::Fault;
use wire::Need;

use super::{bucket_operation, set, settings};
use crate::engine::Error;
use crate::ops::fault::missing;
use crate::ops::shared::check_document;
use crate::shapes::{
    DeleteBucketOwnershipControlsRequest, GetBucketOwnershipControlsOutput,
    GetBucketOwnershipControlsRequest, OwnershipControls, OwnershipControlsRule,
    PutBucketOwnershipControlsRequest,
};
use crate::tables::{Ownership, Setting, SettingKind};

bucket_operation! {
    /// Tells who owns objects. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html>
    GetBucketOwnershipControls: GetBucketOwnershipControlsRequest => GetBucketOwnershipControlsOutput,
    "s3:GetBucketOwnershipControls";
    |s3, call, input| {
        let name = input.bucket.need();
        let text = "The bucket ownership controls were not found";
        let ownership = settings(s3, call, &name).await?.ownership();
        let ownership = ownership.ok_or_else(|| missing("OwnershipControlsNotFoundError", text, &name))?;
        let rule = OwnershipControlsRule { object_ownership: Some(word(ownership).to_owned()) };
        let shown = OwnershipControls { rules: Some(vec![rule]) };
        Ok(GetBucketOwnershipControlsOutput { ownership_controls: Some(shown) })
    }
}

bucket_operation! {
    /// Says who owns objects. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html>
    PutBucketOwnershipControls: PutBucketOwnershipControlsRequest => (), "s3:PutBucketOwnershipControls";
    |s3, call, input| {
        check_document(call, false)?;
        let name = input.bucket.need();
        let rules = input.ownership_controls.need().rules.need();
        let [rule] = &rules[..] else { return Err(Error::MalformedXml.into()) };
        let ownership = rule.object_ownership.as_deref().and_then(of_word).ok_or(Error::MalformedXml)?;
        let has_list = settings(s3, call, &name).await?.acl.is_some();
        if ownership == Ownership::BucketOwnerEnforced && has_list {
            return Err(list_under_enforced());
        }
        set(s3, &name, SettingKind::Ownership, Setting::Ownership(Some(ownership))).await?;
        Ok(())
    }
}

bucket_operation! {
    /// Takes the rule away: who puts an object owns it. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketOwnershipControls.html>
    DeleteBucketOwnershipControls: DeleteBucketOwnershipControlsRequest => (), "s3:PutBucketOwnershipControls";
    |s3, call, input| {
        set(s3, &input.bucket.need(), SettingKind::Ownership, Setting::Ownership(None)).await?;
        call.answer_status(204);
        Ok(())
    }
}

/// A list that grants others something, and ownership under which no list counts.
pub(in crate::ops) fn list_under_enforced() -> Fault {
    let text = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting";
    Fault::new(400, "InvalidBucketAclWithObjectOwnership", text)
}

const fn word(ownership: Ownership) -> &'static str {
    match ownership {
        Ownership::BucketOwnerEnforced => "BucketOwnerEnforced",
        Ownership::BucketOwnerPreferred => "BucketOwnerPreferred",
        Ownership::ObjectWriter => "ObjectWriter",
    }
}

/// An ownership by AWS's word for it.
pub(in crate::ops) fn of_word(text: &str) -> Option<Ownership> {
    [Ownership::BucketOwnerEnforced, Ownership::BucketOwnerPreferred, Ownership::ObjectWriter]
        .into_iter()
        .find(|ownership| word(*ownership) == text)
}
