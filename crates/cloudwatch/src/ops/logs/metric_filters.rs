//! Metric filters.

use service::Access;
use wire::Need;

use super::{group_access, group_key, limit};
use crate::engine::error::{Error, Why};
use crate::engine::logs::filters::test_pattern;
use crate::ops::{operation, scope};
use crate::shapes::logs::{
    DeleteMetricFilterRequest, DescribeMetricFiltersRequest, DescribeMetricFiltersResponse, MetricFilter,
    MetricFilterMatchRecord, MetricTransformation, PutMetricFilterRequest, TestMetricFilterRequest,
    TestMetricFilterResponse,
};
use crate::tables::logs::{GroupId, GroupKey, MetricFilterRow};

operation! {
    /// Creates or replaces a metric filter. <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html>
    logs PutMetricFilter(PutMetricFilterRequest) -> (),
    asks |call, said| group_access("logs:PutMetricFilter", call, said.log_group_name.as_ref()),
    does |watch, call, given| {
        let mut transformations = given.metric_transformations.need();
        let one = transformations.pop().expect("the model asks for exactly one");
        let dimensions = one.dimensions.unwrap_or_default();
        if one.default_value.is_some() && !dimensions.is_empty() {
            let text = "Invalid metric transformation: dimensions and default value are mutually exclusive properties.";
            Err(Error::invalid(text))?;
        }
        let value = one.metric_value.need();
        if !value.starts_with('$') && value.parse::<f64>().is_err() {
            Err(Error::invalid(format!("Invalid metric transformation: metricValue: '{value}' is not a number or a selector")))?;
        }
        let row = MetricFilterRow {
            pattern: given.filter_pattern.need(),
            namespace: one.metric_namespace.need(),
            metric: one.metric_name.need(),
            value,
            default: one.default_value,
            unit: one.unit,
            dimensions,
            created_millis: call.clock().now().as_millis(),
        };
        let key = group_key(call, &given.log_group_name.need());
        watch.put_metric_filter(&key, &given.filter_name.need(), row).await?
    },
}

operation! {
    /// Deletes a metric filter. <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteMetricFilter.html>
    logs DeleteMetricFilter(DeleteMetricFilterRequest) -> (),
    asks |call, said| group_access("logs:DeleteMetricFilter", call, said.log_group_name.as_ref()),
    does |watch, call, given| {
        let key = group_key(call, &given.log_group_name.need());
        watch.delete_metric_filter(&key, &given.filter_name.need()).await?
    },
}

operation! {
    /// Lists metric filters, by group and name or by the metric they feed.
    /// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeMetricFilters.html>
    logs DescribeMetricFilters(DescribeMetricFiltersRequest) -> DescribeMetricFiltersResponse,
    asks |call, said| group_access("logs:DescribeMetricFilters", call, said.log_group_name.as_ref()),
    does |watch, call, given| {
        let scope = scope(call);
        if given.metric_name.is_some() != given.metric_namespace.is_some() {
            Err(Error::invalid("metricName and metricNamespace must be specified together."))?;
        }
        let groups = match &given.log_group_name {
            Some(name) => {
                let key = group_key(call, name);
                let row = watch.group(&key).await?.value;
                vec![(key, row)]
            }
            None => watch.groups_with_metric_filters(&scope).await?,
        };
        let prefix = given.filter_name_prefix.clone().unwrap_or_default();
        let purpose = format!(
            "DescribeMetricFilters {scope:?} {:?} {prefix} {:?} {:?}",
            given.log_group_name, given.metric_name, given.metric_namespace
        );
        let after = match given.next_token.as_deref() {
            None => None,
            Some(token) => Some(after(&watch.tokens.open(&purpose, token).unwrap_or_default())
                .ok_or_else(|| Error::new(Why::InvalidToken, "The specified nextToken is invalid."))?),
        };
        let limit = limit(given.limit);
        let mut shown = Vec::new();
        for (key, row) in groups {
            let behind = match &after {
                Some((group, _)) if key.name < *group => continue,
                Some((group, filter)) if key.name == *group => Some(filter.as_str()),
                Some(_) | None => None,
            };
            let (filters, _) = watch.metric_filters_of(GroupId(row.id), &prefix, behind, FILTERS_MAX).await?;
            for (name, filter) in filters {
                let fits = given.metric_name.as_ref().is_none_or(|metric| *metric == filter.metric)
                    && given.metric_namespace.as_ref().is_none_or(|namespace| *namespace == filter.namespace);
                if fits {
                    shown.push(self::shown(&key, name, filter));
                }
            }
            if shown.len() > limit {
                break;
            }
        }
        let more = shown.len() > limit;
        shown.truncate(limit);
        let last = shown.last().filter(|_| more).and_then(|filter| {
            Some(format!("{}\n{}", filter.log_group_name.as_ref()?, filter.filter_name.as_ref()?))
        });
        DescribeMetricFiltersResponse {
            metric_filters: Some(shown),
            next_token: last.map(|place| watch.tokens.seal(&purpose, place.as_bytes())),
        }
    },
}

/// Filters of one group: more than there can be.
const FILTERS_MAX: usize = 1_000;

/// The group and the filter after which a listing goes on.
fn after(bytes: &[u8]) -> Option<(String, String)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (group, filter) = text.split_once('\n')?;
    Some((group.to_owned(), filter.to_owned()))
}

fn shown(key: &GroupKey, name: String, filter: MetricFilterRow) -> MetricFilter {
    MetricFilter {
        filter_name: Some(name),
        filter_pattern: Some(filter.pattern),
        metric_transformations: Some(vec![MetricTransformation {
            metric_name: Some(filter.metric),
            metric_namespace: Some(filter.namespace),
            metric_value: Some(filter.value),
            default_value: filter.default,
            dimensions: (!filter.dimensions.is_empty()).then_some(filter.dimensions),
            unit: filter.unit,
        }]),
        creation_time: Some(filter.created_millis),
        log_group_name: Some(key.name.clone()),
        ..MetricFilter::default()
    }
}

operation! {
    /// Says what a pattern makes of messages. <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html>
    logs TestMetricFilter(TestMetricFilterRequest) -> TestMetricFilterResponse,
    asks |call, said| vec![Access::any("logs:TestMetricFilter", call.caller())],
    does |_watch, call, given| {
        let found = test_pattern(&given.filter_pattern.need(), given.log_event_messages.need())?;
        let shown = |(number, message, extracted): (usize, String, _)| MetricFilterMatchRecord {
            event_number: i64::try_from(number).ok(),
            event_message: Some(message),
            extracted_values: Some(extracted),
        };
        TestMetricFilterResponse { matches: Some(found.into_iter().map(shown).collect()) }
    },
}
