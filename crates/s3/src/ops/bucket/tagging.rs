//! The tags of a bucket.

use wire::Need;

use super::{bucket_operation, set, settings, unset};
use crate::engine::{Error, tags};
use crate::ops::fault::missing;
use crate::ops::shared::check_document;
use crate::shapes::{
    DeleteBucketTaggingRequest, GetBucketTaggingOutput, GetBucketTaggingRequest, PutBucketTaggingRequest, Tag,
};
use crate::tables::{Setting, SettingKind};

bucket_operation! {
    /// Tells a bucket's tags. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html>
    GetBucketTagging: GetBucketTaggingRequest => GetBucketTaggingOutput, "s3:GetBucketTagging";
    |s3, call, input| {
        let name = input.bucket.need();
        let settings = settings(s3, call, &name).await?;
        let tags = settings.tags.as_ref().ok_or_else(|| missing("NoSuchTagSet", "The TagSet does not exist", &name))?;
        let shown = tags.iter().map(|(key, value)| Tag { key: Some(key.clone()), value: Some(value.clone()) });
        Ok(GetBucketTaggingOutput { tag_set: Some(shown.collect()) })
    }
}

bucket_operation! {
    /// Replaces a bucket's tags. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html>
    PutBucketTagging: PutBucketTaggingRequest => (), "s3:PutBucketTagging";
    |s3, call, input| {
        check_document(call, false)?;
        let tags = tags::take_for_bucket(tag_pairs(input.tagging.need().tag_set.need())?)?;
        set(s3, &input.bucket.need(), SettingKind::Tags, Setting::Tags(tags)).await?;
        call.answer_status(204);
        Ok(())
    }
}

bucket_operation! {
    /// Takes a bucket's tags away. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketTagging.html>
    DeleteBucketTagging: DeleteBucketTaggingRequest => (), "s3:PutBucketTagging";
    |s3, call, input| {
        Ok(unset(s3, call, &input.bucket.need(), SettingKind::Tags).await?)
    }
}

/// Tags as pairs; each needs both halves.
pub(in crate::ops) fn tag_pairs(tags: Vec<Tag>) -> Result<Vec<(String, String)>, Error> {
    let pair = |tag: Tag| Some((tag.key?, tag.value?));
    tags.into_iter().map(|tag| pair(tag).ok_or(Error::MalformedXml)).collect()
}
