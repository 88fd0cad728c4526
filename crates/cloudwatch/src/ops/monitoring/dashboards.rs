//! Dashboards.

use base::{Arn, Timestamp};
use service::{Access, Call};
use wire::Need;

use super::alarms::token_text;
use crate::engine::dashboards::Remark;
use crate::ops::operation;
use crate::shapes::cloudwatch::{
    DashboardEntry, DashboardValidationMessage, DeleteDashboardsInput, DeleteDashboardsOutput,
    GetDashboardInput, GetDashboardOutput, ListDashboardsInput, ListDashboardsOutput, PutDashboardInput,
    PutDashboardOutput,
};
use crate::tables::alarms::{DashboardKey, DashboardRow};

/// Dashboards of a page.
const PAGE: usize = 1_000;

pub(super) fn arn(key: &DashboardKey) -> String {
    Arn::global("cloudwatch", key.account, &format!("dashboard/{}", key.name)).to_string()
}

fn key(call: &Call, name: &str) -> DashboardKey {
    DashboardKey { account: call.account(), name: name.to_owned() }
}

fn asked<'n>(action: &'static str, call: &Call, names: impl IntoIterator<Item = &'n String>) -> Vec<Access> {
    let about = |name: &String| Access::owned(action, arn(&key(call, name)), call.account());
    names.into_iter().map(about).collect()
}

operation! {
    /// Creates or replaces a dashboard. <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html>
    ///
    /// Differs: what widgets show is not looked at.
    monitoring PutDashboard(PutDashboardInput) -> PutDashboardOutput,
    asks |call, said| asked("cloudwatch:PutDashboard", call, said.dashboard_name.as_ref()),
    does |watch, call, given| {
        let tags = super::tags::of(given.tags.as_deref());
        let key = key(call, &given.dashboard_name.need());
        let remarks = watch.put_dashboard(&key, given.dashboard_body.need(), tags).await?;
        let shown = |remark: Remark| DashboardValidationMessage {
            data_path: Some(remark.path),
            message: Some(remark.message),
        };
        PutDashboardOutput { dashboard_validation_messages: Some(remarks.into_iter().map(shown).collect()) }
    },
}

operation! {
    /// A dashboard as it was put. <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetDashboard.html>
    monitoring GetDashboard(GetDashboardInput) -> GetDashboardOutput,
    asks |call, said| asked("cloudwatch:GetDashboard", call, said.dashboard_name.as_ref()),
    does |watch, call, given| {
        let key = key(call, &given.dashboard_name.need());
        let row = watch.dashboard(&key).await?.value;
        GetDashboardOutput {
            dashboard_arn: Some(arn(&key)),
            dashboard_body: Some(row.body),
            dashboard_name: Some(key.name),
        }
    },
}

operation! {
    /// Lists dashboards by name. <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListDashboards.html>
    monitoring ListDashboards(ListDashboardsInput) -> ListDashboardsOutput,
    asks |call, said| vec![Access::any("cloudwatch:ListDashboards", call.caller())],
    does |watch, call, given| {
        let prefix = given.dashboard_name_prefix.unwrap_or_default();
        let purpose = format!("ListDashboards {} {prefix}", call.account());
        let after = token_text(watch, &purpose, given.next_token.as_deref())?;
        let (dashboards, more) = watch.list_dashboards(call.account(), &prefix, after.as_deref(), PAGE).await?;
        let last = dashboards.last().filter(|_| more).map(|(name, _)| name.clone());
        let entry = |(name, row): (String, DashboardRow)| DashboardEntry {
            dashboard_arn: Some(arn(&key(call, &name))),
            dashboard_name: Some(name),
            last_modified: Some(Timestamp::from_micros(row.modified_micros)),
            size: i64::try_from(row.body.len()).ok(),
        };
        ListDashboardsOutput {
            dashboard_entries: Some(dashboards.into_iter().map(entry).collect()),
            next_token: last.map(|name| watch.tokens.seal(&purpose, name.as_bytes())),
        }
    },
}

operation! {
    /// Deletes dashboards, all or none. <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteDashboards.html>
    monitoring DeleteDashboards(DeleteDashboardsInput) -> DeleteDashboardsOutput,
    asks |call, said| asked("cloudwatch:DeleteDashboards", call, said.dashboard_names.iter().flatten()),
    does |watch, call, given| {
        watch.delete_dashboards(call.account(), &given.dashboard_names.need()).await?;
        DeleteDashboardsOutput::default()
    },
}
