//! CloudWatch's operations, and what they have in common.

mod alarms;
mod dashboards;
mod data;
mod listing;
mod metric_data;
mod statistics;
mod tags;

use std::sync::Arc;

use service::{Room, RoomParts};
use wire::Need;

use super::fault;
use crate::engine::CloudWatch;
use crate::engine::metrics::Metric;
use crate::shapes::cloudwatch as shapes;

/// Bytes of a request (CloudWatch, API reference, PutMetricData: 1 MB), and of what gzip makes of it.
const BODY_BYTES_MAX: u64 = 1 << 20;
/// What a body of that size may hold once unpacked; the door has seen to the size on the wire by then.
const UNPACKED_BYTES_MAX: u64 = 16 << 20;

pub(crate) fn room(state: Arc<CloudWatch>, parts: RoomParts) -> Room<CloudWatch> {
    Room::new(&shapes::CLOUDWATCH, fault::MONITORING, state, parts, body_bytes_max)
        .op::<alarms::DeleteAlarms>()
        .op::<alarms::DescribeAlarmHistory>()
        .op::<alarms::DescribeAlarms>()
        .op::<alarms::DescribeAlarmsForMetric>()
        .op::<alarms::DisableAlarmActions>()
        .op::<alarms::EnableAlarmActions>()
        .op::<alarms::PutMetricAlarm>()
        .op::<alarms::SetAlarmState>()
        .op::<dashboards::DeleteDashboards>()
        .op::<dashboards::GetDashboard>()
        .op::<dashboards::ListDashboards>()
        .op::<dashboards::PutDashboard>()
        .op::<metric_data::GetMetricData>()
        .op::<statistics::GetMetricStatistics>()
        .op::<listing::ListMetrics>()
        .op::<data::PutMetricData>()
        .op::<tags::ListTagsForResource>()
        .op::<tags::TagResource>()
        .op::<tags::UntagResource>()
}

fn body_bytes_max(operation: &'static wire::Operation) -> u64 {
    if operation.name == "PutMetricData" { UNPACKED_BYTES_MAX } else { BODY_BYTES_MAX }
}

/// Dimensions as the engine has them.
fn dimensions(given: Option<Vec<shapes::Dimension>>) -> Vec<(String, String)> {
    let pair = |dimension: shapes::Dimension| (dimension.name.need(), dimension.value.need());
    given.unwrap_or_default().into_iter().map(pair).collect()
}

/// Dimensions as they are shown.
fn shown_dimensions(dimensions: Vec<(String, String)>) -> Vec<shapes::Dimension> {
    let shown = |(name, value)| shapes::Dimension { name: Some(name), value: Some(value) };
    dimensions.into_iter().map(shown).collect()
}

/// A metric as it is shown.
fn shown_metric(metric: Metric) -> shapes::Metric {
    shapes::Metric {
        namespace: Some(metric.namespace),
        metric_name: Some(metric.name),
        dimensions: Some(shown_dimensions(metric.dimensions)),
    }
}
