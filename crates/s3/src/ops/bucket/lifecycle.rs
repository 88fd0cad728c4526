//! The lifecycle of a bucket, as it is written: it reads back exactly as it was put, with only a name made for rules without one.

use wire::Need;

use super::{bucket_operation, lifecycle_rules, set, settings, unset};
use crate::engine::Error;
use crate::engine::settings::check_setting;
use crate::ops::fault::missing;
use crate::ops::shared::{check_document, named_bucket};
use crate::shapes::{
    DeleteBucketLifecycleRequest, GetBucketLifecycleConfigurationOutput,
    GetBucketLifecycleConfigurationRequest, PutBucketLifecycleConfigurationOutput,
    PutBucketLifecycleConfigurationRequest,
};
use crate::tables::{Lifecycle, Setting, SettingKind};

const ALL_CLASSES: &str = "all_storage_classes_128K";
const BY_CLASS: &str = "varies_by_storage_class";

bucket_operation! {
    /// Tells the rules. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html>
    GetBucketLifecycleConfiguration:
    GetBucketLifecycleConfigurationRequest => GetBucketLifecycleConfigurationOutput, "s3:GetLifecycleConfiguration";
    |s3, call, input| {
        let name = input.bucket.need();
        let settings = settings(s3, call, &name).await?;
        let text = "The lifecycle configuration does not exist";
        let lifecycle = settings.lifecycle.as_ref().ok_or_else(|| missing("NoSuchLifecycleConfiguration", text, &name))?;
        Ok(GetBucketLifecycleConfigurationOutput {
            rules: Some(lifecycle.rules.iter().map(lifecycle_rules::show).collect()),
            transition_default_minimum_object_size: Some(minimum(lifecycle.archives_take_small).to_owned()),
        })
    }
}

bucket_operation! {
    /// Replaces the rules. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html>
    PutBucketLifecycleConfiguration:
    PutBucketLifecycleConfigurationRequest => PutBucketLifecycleConfigurationOutput, "s3:PutLifecycleConfiguration";
    |s3, call, input| {
        check_document(call, false)?;
        let archives_take_small = match input.transition_default_minimum_object_size.as_deref() {
            None | Some(ALL_CLASSES) => false,
            Some(BY_CLASS) => true,
            Some(other) => {
                return Err(Error::Request(format!("Invalid TransitionDefaultMinimumObjectSize found: {other}")).into());
            }
        };
        let name = input.bucket.need();
        check_setting(&named_bucket(s3, call, &name).await?.value, SettingKind::Lifecycle)?;
        let rules = input.lifecycle_configuration.ok_or(Error::MalformedXml)?.rules.unwrap_or_default();
        let rules = lifecycle_rules::take(rules, &mut || made_id(&s3.new_name()))?;
        let lifecycle = Lifecycle { rules, archives_take_small };
        set(s3, &name, SettingKind::Lifecycle, Setting::Lifecycle(lifecycle)).await?;
        let transition_default_minimum_object_size = Some(minimum(archives_take_small).to_owned());
        Ok(PutBucketLifecycleConfigurationOutput { transition_default_minimum_object_size })
    }
}

bucket_operation! {
    /// Takes the rules away. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketLifecycle.html>
    DeleteBucketLifecycle: DeleteBucketLifecycleRequest => (), "s3:PutLifecycleConfiguration";
    |s3, call, input| {
        Ok(unset(s3, call, &input.bucket.need(), SettingKind::Lifecycle).await?)
    }
}

const fn minimum(archives_take_small: bool) -> &'static str {
    if archives_take_small { BY_CLASS } else { ALL_CLASSES }
}

/// The name S3 makes for a rule: 48 characters, base64 of a UUID's text (facts section 8).
fn made_id(uuid: &str) -> String {
    base64_simd::STANDARD.encode_to_string(uuid)
}
