//! The public access block of a bucket.

use wire::Need;

use super::{bucket_operation, set, settings};
use crate::ops::fault::missing;
use crate::ops::shared::check_document;
use crate::shapes::{
    DeletePublicAccessBlockRequest, GetPublicAccessBlockOutput, GetPublicAccessBlockRequest,
    PublicAccessBlockConfiguration, PutPublicAccessBlockRequest,
};
use crate::tables::{PublicAccess, Setting, SettingKind};

bucket_operation! {
    /// Tells what is blocked. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html>
    GetPublicAccessBlock: GetPublicAccessBlockRequest => GetPublicAccessBlockOutput, "s3:GetBucketPublicAccessBlock";
    |s3, call, input| {
        let name = input.bucket.need();
        let text = "The public access block configuration was not found";
        let block = settings(s3, call, &name).await?.public_access();
        let block = block.ok_or_else(|| missing("NoSuchPublicAccessBlockConfiguration", text, &name))?;
        let shown = PublicAccessBlockConfiguration {
            block_public_acls: Some(block.block_acls),
            ignore_public_acls: Some(block.ignore_acls),
            block_public_policy: Some(block.block_policy),
            restrict_public_buckets: Some(block.restrict_buckets),
        };
        Ok(GetPublicAccessBlockOutput { public_access_block_configuration: Some(shown) })
    }
}

bucket_operation! {
    /// Says what is blocked; what is left out is not. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html>
    PutPublicAccessBlock: PutPublicAccessBlockRequest => (), "s3:PutBucketPublicAccessBlock";
    |s3, call, input| {
        check_document(call, false)?;
        let asked = input.public_access_block_configuration.need();
        let block = PublicAccess {
            block_acls: asked.block_public_acls.unwrap_or(false),
            ignore_acls: asked.ignore_public_acls.unwrap_or(false),
            block_policy: asked.block_public_policy.unwrap_or(false),
            restrict_buckets: asked.restrict_public_buckets.unwrap_or(false),
        };
        set(s3, &input.bucket.need(), SettingKind::PublicAccess, Setting::PublicAccess(Some(block))).await?;
        Ok(())
    }
}

bucket_operation! {
    /// Blocks nothing. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeletePublicAccessBlock.html>
    DeletePublicAccessBlock: DeletePublicAccessBlockRequest => (), "s3:PutBucketPublicAccessBlock";
    |s3, call, input| {
        set(s3, &input.bucket.need(), SettingKind::PublicAccess, Setting::PublicAccess(None)).await?;
        call.answer_status(204);
        Ok(())
    }
}
