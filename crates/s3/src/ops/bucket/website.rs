//! The website of a bucket. How it is served is in `engine::website` and `ops::website`.

use wire::Need;

use super::{bucket_operation, set, settings, unset};
use crate::engine::Error;
use crate::ops::fault::missing;
use crate::ops::shared::check_document;
use crate::shapes::{
    self, Condition, DeleteBucketWebsiteRequest, ErrorDocument, GetBucketWebsiteOutput,
    GetBucketWebsiteRequest, IndexDocument, PutBucketWebsiteRequest, RedirectAllRequestsTo,
    WebsiteConfiguration,
};
use crate::tables::{Redirect, RedirectAll, RoutingCondition, RoutingRule, Setting, SettingKind, Website};

/// Routing rules of a website (S3 user guide).
const RULES_MAX: usize = 50;

bucket_operation! {
    /// Tells how a bucket is shown as a website. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketWebsite.html>
    GetBucketWebsite: GetBucketWebsiteRequest => GetBucketWebsiteOutput, "s3:GetBucketWebsite";
    |s3, call, input| {
        let name = input.bucket.need();
        let settings = settings(s3, call, &name).await?;
        let text = "The specified bucket does not have a website configuration";
        let website = settings.website.clone().ok_or_else(|| missing("NoSuchWebsiteConfiguration", text, &name))?;
        Ok(GetBucketWebsiteOutput {
            redirect_all_requests_to: website
                .redirect_all
                .map(|to| RedirectAllRequestsTo { host_name: Some(to.host), protocol: to.protocol }),
            index_document: website.index.map(|suffix| IndexDocument { suffix: Some(suffix) }),
            error_document: website.error.map(|key| ErrorDocument { key: Some(key) }),
            routing_rules: website.rules.map(|rules| rules.into_iter().map(show).collect()),
        })
    }
}

bucket_operation! {
    /// Shows a bucket as a website. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html>
    PutBucketWebsite: PutBucketWebsiteRequest => (), "s3:PutBucketWebsite";
    |s3, call, input| {
        check_document(call, false)?;
        let website = take(input.website_configuration.need())?;
        set(s3, &input.bucket.need(), SettingKind::Website, Setting::Website(website)).await?;
        Ok(())
    }
}

bucket_operation! {
    /// Shows it no more. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketWebsite.html>
    DeleteBucketWebsite: DeleteBucketWebsiteRequest => (), "s3:DeleteBucketWebsite";
    |s3, call, input| {
        Ok(unset(s3, call, &input.bucket.need(), SettingKind::Website).await?)
    }
}

fn show(rule: RoutingRule) -> shapes::RoutingRule {
    shapes::RoutingRule {
        condition: rule.condition.map(|condition| Condition {
            http_error_code_returned_equals: condition.status,
            key_prefix_equals: condition.prefix,
        }),
        redirect: Some(shapes::Redirect {
            host_name: rule.redirect.host,
            http_redirect_code: rule.redirect.status,
            protocol: rule.redirect.protocol,
            replace_key_prefix_with: rule.redirect.replace_prefix,
            replace_key_with: rule.redirect.replace_key,
        }),
    }
}

/// What AWS checks, in its order (facts section 11).
fn take(configuration: WebsiteConfiguration) -> Result<Website, Error> {
    let WebsiteConfiguration { error_document, index_document, redirect_all_requests_to, routing_rules } =
        configuration;
    if let Some(to) = redirect_all_requests_to {
        if index_document.is_some() || error_document.is_some() || routing_rules.is_some() {
            let text = "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.";
            return Err(Error::argument("RedirectAllRequestsTo", "not null", text));
        }
        check_protocol(to.protocol.as_deref())?;
        let host = to.host_name.filter(|host| !host.is_empty()).ok_or(Error::MalformedXml)?;
        let redirect_all = Some(RedirectAll { host, protocol: to.protocol });
        return Ok(Website { redirect_all, ..Website::default() });
    }
    let Some(index) = index_document else {
        let text = "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty";
        return Err(Error::argument("IndexDocument", "null", text));
    };
    let suffix = index.suffix.unwrap_or_default();
    if suffix.is_empty() || suffix.contains('/') {
        let text = "The IndexDocument Suffix is not well formed".to_owned();
        let value = Some(suffix).filter(|suffix| !suffix.is_empty());
        return Err(Error::Argument { name: "IndexDocument", value, text });
    }
    let error = match error_document {
        Some(document) => Some(document.key.filter(|key| !key.is_empty()).ok_or(Error::MalformedXml)?),
        None => None,
    };
    let rules = match routing_rules {
        Some(rules) if rules.is_empty() => return Err(Error::MalformedXml),
        Some(rules) if rules.len() > RULES_MAX => {
            let text = format!(
                "{} routing rules provided, the number of routing rules in a website configuration is limited to \
                {RULES_MAX}.",
                rules.len()
            );
            return Err(Error::Request(text));
        }
        Some(rules) => Some(rules.into_iter().map(take_rule).collect::<Result<_, _>>()?),
        None => None,
    };
    Ok(Website { redirect_all: None, index: Some(suffix), error, rules })
}

fn take_rule(rule: shapes::RoutingRule) -> Result<RoutingRule, Error> {
    let redirect = rule.redirect.ok_or(Error::MalformedXml)?;
    let redirect = Redirect {
        host: redirect.host_name,
        protocol: redirect.protocol,
        replace_prefix: redirect.replace_key_prefix_with,
        replace_key: redirect.replace_key_with,
        status: redirect.http_redirect_code,
    };
    if redirect == Redirect::default() {
        return Err(Error::MalformedXml);
    }
    if redirect.replace_prefix.is_some() && redirect.replace_key.is_some() {
        let text = "You can only define ReplaceKeyPrefix or ReplaceKey but not both.";
        return Err(Error::Request(text.to_owned()));
    }
    let condition = rule.condition.map(|condition| RoutingCondition {
        prefix: condition.key_prefix_equals,
        status: condition.http_error_code_returned_equals,
    });
    if condition.as_ref().is_some_and(|condition| *condition == RoutingCondition::default()) {
        let text = "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be \
                    present.";
        return Err(Error::Request(text.to_owned()));
    }
    if let Some(status) = condition.as_ref().and_then(|condition| condition.status.as_ref())
        && !status.parse::<u16>().is_ok_and(|status| (400..600).contains(&status))
    {
        let text =
            format!("The provided HTTP error code ({status}) is not valid. Valid codes are 4XX or 5XX.");
        return Err(Error::Request(text));
    }
    if let Some(status) = &redirect.status
        && !status.parse::<u16>().is_ok_and(|status| (301..400).contains(&status))
    {
        let text = format!(
            "The provided HTTP redirect code ({status}) is not valid. Valid codes are 3XX except 300."
        );
        return Err(Error::Request(text));
    }
    check_protocol(redirect.protocol.as_deref())?;
    Ok(RoutingRule { condition, redirect })
}

fn check_protocol(protocol: Option<&str>) -> Result<(), Error> {
    match protocol {
        None | Some("http" | "https") => Ok(()),
        Some(_) => {
            let text = "Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.";
            Err(Error::Request(text.to_owned()))
        }
    }
}
