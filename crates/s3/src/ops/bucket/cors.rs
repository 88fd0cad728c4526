//! Which scripts of other origins may use a bucket. How a request is judged by these rules is in `engine::cors`.

use wire::Need;

use super::{bucket_operation, set, settings, unset};
use crate::engine::Error;
use crate::ops::fault::missing;
use crate::ops::shared::check_document;
use crate::shapes::{
    CORSRule, DeleteBucketCorsRequest, GetBucketCorsOutput, GetBucketCorsRequest, PutBucketCorsRequest,
};
use crate::tables::{CorsRule, Setting, SettingKind};

/// Rules of a bucket (API page of PutBucketCors).
const RULES_MAX: usize = 100;
/// The methods a rule may allow.
const METHODS: [&str; 5] = ["GET", "PUT", "POST", "DELETE", "HEAD"];

bucket_operation! {
    /// Tells the rules. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html>
    GetBucketCors: GetBucketCorsRequest => GetBucketCorsOutput, "s3:GetBucketCORS";
    |s3, call, input| {
        let name = input.bucket.need();
        let settings = settings(s3, call, &name).await?;
        let text = "The CORS configuration does not exist";
        let rules = settings.cors.as_ref().ok_or_else(|| missing("NoSuchCORSConfiguration", text, &name))?;
        let show = |rule: &CorsRule| CORSRule {
            id: rule.id.clone(),
            allowed_headers: rule.headers.clone(),
            allowed_methods: Some(rule.methods.clone()),
            allowed_origins: Some(rule.origins.clone()),
            expose_headers: rule.exposed.clone(),
            max_age_seconds: rule.seconds_max,
        };
        Ok(GetBucketCorsOutput { cors_rules: Some(rules.iter().map(show).collect()) })
    }
}

bucket_operation! {
    /// Replaces the rules. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html>
    PutBucketCors: PutBucketCorsRequest => (), "s3:PutBucketCORS";
    |s3, call, input| {
        check_document(call, false)?;
        let rules = input.cors_configuration.need().cors_rules.need();
        if rules.is_empty() || rules.len() > RULES_MAX {
            return Err(Error::MalformedXml.into());
        }
        let rules = rules.into_iter().map(take).collect::<Result<Vec<_>, _>>()?;
        set(s3, &input.bucket.need(), SettingKind::Cors, Setting::Cors(rules)).await?;
        Ok(())
    }
}

bucket_operation! {
    /// Takes the rules away. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketCors.html>
    DeleteBucketCors: DeleteBucketCorsRequest => (), "s3:PutBucketCORS";
    |s3, call, input| {
        Ok(unset(s3, call, &input.bucket.need(), SettingKind::Cors).await?)
    }
}

fn take(rule: CORSRule) -> Result<CorsRule, Error> {
    let rule = CorsRule {
        id: rule.id,
        headers: rule.allowed_headers,
        methods: rule.allowed_methods.unwrap_or_default(),
        origins: rule.allowed_origins.unwrap_or_default(),
        exposed: rule.expose_headers,
        seconds_max: rule.max_age_seconds,
    };
    if rule.methods.is_empty() || rule.origins.is_empty() {
        return Err(Error::MalformedXml);
    }
    if let Some(method) = rule.methods.iter().find(|method| !METHODS.contains(&method.as_str())) {
        let text = format!("Found unsupported HTTP method in CORS config. Unsupported method is {method}");
        return Err(Error::Request(text));
    }
    let stars = |text: &&String| text.matches('*').count() > 1;
    if let Some(origin) = rule.origins.iter().find(stars) {
        return Err(Error::Request(format!(
            "AllowedOrigin \"{origin}\" can not have more than one wildcard."
        )));
    }
    if let Some(header) = rule.headers.iter().flatten().find(stars) {
        return Err(Error::Request(format!(
            "AllowedHeader \"{header}\" can not have more than one wildcard."
        )));
    }
    if let Some(header) = rule.exposed.iter().flatten().find(|header| header.contains('*')) {
        return Err(Error::Request(format!(
            "ExposeHeader \"{header}\" contains wildcard. We currently do not support wildcard for ExposeHeader."
        )));
    }
    Ok(rule)
}
