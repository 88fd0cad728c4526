//! Which metrics there are.

use service::Access;
use wire::Need;

use super::shown_metric;
use crate::engine::metrics::Filter;
use crate::ops::{operation, scope};
use crate::shapes::cloudwatch::{DimensionFilter, ListMetricsInput, ListMetricsOutput};

operation! {
    /// Lists the metrics of the last two weeks. <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html>
    ///
    /// Differs: a metric is listed as soon as its first datum was taken. There are no linked accounts.
    monitoring ListMetrics(ListMetricsInput) -> ListMetricsOutput,
    asks |call, said| vec![Access::any("cloudwatch:ListMetrics", call.caller())],
    does |watch, call, given| {
        let part = |filter: DimensionFilter| (filter.name.need(), filter.value);
        let filter = Filter {
            namespace: given.namespace,
            name: given.metric_name,
            dimensions: given.dimensions.unwrap_or_default().into_iter().map(part).collect(),
            recently_active: given.recently_active.is_some(),
        };
        let token = given.next_token.filter(|token| !token.is_empty());
        let (metrics, next_token) = watch.list_metrics(&scope(call), &filter, token.as_deref()).await?;
        ListMetricsOutput {
            metrics: Some(metrics.into_iter().map(shown_metric).collect()),
            next_token,
            owning_accounts: None,
        }
    },
}
