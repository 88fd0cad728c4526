//! Tags of alarms and dashboards.

use std::collections::BTreeMap;

use base::{AccountId, Arn, Region};
use service::{Access, Call};
use wire::Need;

use super::alarms::shown_tags;
use crate::engine::CloudWatch;
use crate::engine::error::{Error, Why};
use crate::ops::operation;
use crate::shapes::cloudwatch::{
    ListTagsForResourceInput, ListTagsForResourceOutput, Tag, TagResourceInput, TagResourceOutput,
    UntagResourceInput, UntagResourceOutput,
};
use crate::tables::Scope;
use crate::tables::alarms::{AlarmKey, DashboardKey};

/// What can have tags.
enum Tagged {
    Alarm(AlarmKey),
    Dashboard(DashboardKey),
}

/// Tags as the engine has them.
pub(super) fn of(given: Option<&[Tag]>) -> BTreeMap<String, String> {
    let pair = |tag: &Tag| Some((tag.key.clone()?, tag.value.clone().unwrap_or_default()));
    given.unwrap_or_default().iter().filter_map(pair).collect()
}

fn named(arn: &str) -> Result<Tagged, Error> {
    let parsed = || -> Option<Tagged> {
        let arn: Arn = arn.parse().ok().filter(|arn: &Arn| arn.service() == "cloudwatch")?;
        let account: AccountId = arn.account().parse().ok()?;
        if let Some(name) = arn.resource().strip_prefix("alarm:") {
            let scope = Scope { account, region: Region::new(arn.region())? };
            return Some(Tagged::Alarm(AlarmKey { scope, name: name.to_owned() }));
        }
        let name = arn.resource().strip_prefix("dashboard/")?;
        Some(Tagged::Dashboard(DashboardKey { account, name: name.to_owned() }))
    };
    parsed().ok_or_else(|| Error::invalid(format!("The value {arn} for parameter ResourceARN is invalid.")))
}

fn asked(action: &'static str, call: &Call, arn: Option<&String>) -> Vec<Access> {
    match arn.and_then(|arn| arn.parse::<Arn>().ok()) {
        Some(arn) => vec![Access::to(action, &arn)],
        None => vec![Access::any(action, call.caller())],
    }
}

/// What is not there is said otherwise here.
fn absent(error: Error) -> Error {
    match error.why {
        Why::NotFound | Why::NoDashboard => Error::new(Why::NoResource, "The named resource does not exist."),
        _ => error,
    }
}

async fn tags(watch: &CloudWatch, tagged: &Tagged) -> Result<BTreeMap<String, String>, Error> {
    match tagged {
        Tagged::Alarm(key) => {
            let row = watch.alarm(key).await?.ok_or_else(|| absent(Error::new(Why::NotFound, "")))?;
            Ok(row.value.tags)
        }
        Tagged::Dashboard(key) => Ok(watch.dashboard(key).await.map_err(absent)?.value.tags),
    }
}

operation! {
    /// The tags of an alarm or a dashboard. <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListTagsForResource.html>
    monitoring ListTagsForResource(ListTagsForResourceInput) -> ListTagsForResourceOutput,
    asks |call, said| asked("cloudwatch:ListTagsForResource", call, said.resource_arn.as_ref()),
    does |watch, call, given| {
        let tags = tags(watch, &named(&given.resource_arn.need())?).await?;
        ListTagsForResourceOutput { tags: Some(shown_tags(tags)) }
    },
}

operation! {
    /// Gives an alarm or a dashboard tags. <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_TagResource.html>
    monitoring TagResource(TagResourceInput) -> TagResourceOutput,
    asks |call, said| {
        let tags = of(said.tags.as_deref());
        let accesses = asked("cloudwatch:TagResource", call, said.resource_arn.as_ref());
        accesses.into_iter().map(|access| access.tagging(&tags)).collect()
    },
    does |watch, call, given| {
        let tags = of(given.tags.as_deref());
        match named(&given.resource_arn.need())? {
            Tagged::Alarm(key) => watch.tag_alarm(&key, &tags).await.map_err(absent)?,
            Tagged::Dashboard(key) => {
                watch.tag_dashboard(&key, |there| there.extend(tags.clone())).await.map_err(absent)?
            }
        }
        TagResourceOutput::default()
    },
}

operation! {
    /// Takes tags from an alarm or a dashboard. <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_UntagResource.html>
    monitoring UntagResource(UntagResourceInput) -> UntagResourceOutput,
    asks |call, said| asked("cloudwatch:UntagResource", call, said.resource_arn.as_ref()),
    does |watch, call, given| {
        let keys = given.tag_keys.need();
        let without = |tags: &mut BTreeMap<String, String>| tags.retain(|key, _| !keys.contains(key));
        match named(&given.resource_arn.need())? {
            Tagged::Alarm(key) => {
                let edit = |row: &mut crate::tables::alarms::AlarmRow| {
                    without(&mut row.tags);
                    Ok(())
                };
                watch.change_alarm(&key, edit).await.map_err(absent)?;
            }
            Tagged::Dashboard(key) => watch.tag_dashboard(&key, without).await.map_err(absent)?,
        }
        UntagResourceOutput::default()
    },
}
