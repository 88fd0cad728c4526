//! What is done with events as they come: metric filters count them or take values out of them.
//!
//! A match becomes a datum at the time of the event, after the events are durable. A crash in between loses the datum, not the event.

use std::collections::BTreeMap;

use base::Timestamp;
use store::{Commit, key_after};

use super::groups::no_group;
use super::pattern::Pattern;
use crate::engine::error::{Error, Why};
use crate::engine::metrics::Metric;
use crate::engine::points::Datum;
use crate::engine::{CloudWatch, units};
use crate::tables::PointRow;
use crate::tables::logs::{
    Batch, FilterKey, GROUPS, GroupId, GroupKey, GroupRow, METRIC_FILTERS, MetricFilterRow,
};

/// Metric filters of a group (CloudWatch Logs quotas).
const METRIC_FILTERS_MAX: usize = 100;
/// Rows of filters removed at once.
const REMOVED_AT_ONCE: usize = 200;

/// Events that were kept just now.
pub(super) struct Arrived<'a> {
    pub(super) group: &'a GroupKey,
    pub(super) group_row: &'a GroupRow,
    pub(super) batch: &'a Batch,
}

impl CloudWatch {
    /// Does what the group's filters want done with events.
    pub(super) async fn arrived(&self, arrived: Arrived<'_>) {
        if arrived.group_row.metric_filters > 0
            && let Err(error) = self.measure(&arrived).await
        {
            tracing::warn!(%error, group = arrived.group.name, "metric filters were not applied");
        }
    }

    async fn measure(&self, arrived: &Arrived<'_>) -> Result<(), Error> {
        let group = GroupId(arrived.group_row.id);
        let mut data = Vec::new();
        for (_, filter) in self.metric_filters_of(group, "", None, METRIC_FILTERS_MAX).await?.0 {
            data.extend(measured(&filter, arrived.batch));
        }
        if data.is_empty() { Ok(()) } else { self.put(&arrived.group.scope, data).await }
    }

    /// Creates or replaces a metric filter.
    pub async fn put_metric_filter(
        &self,
        group: &GroupKey,
        name: &str,
        filter: MetricFilterRow,
    ) -> Result<(), Error> {
        if Pattern::parse(&filter.pattern).is_err() {
            return Err(Error::invalid("Invalid filter pattern"));
        }
        let id = GroupId(self.group(group).await?.value.id);
        let key = FilterKey { group: id, name: name.to_owned() };
        let exists = METRIC_FILTERS.get(&*self.store.snapshot(), &key).await?.is_some();
        self.change_group_with(group, |row, commit| {
            if row.id != id.0 {
                return Err(no_group());
            }
            if !exists {
                if row.metric_filters as usize >= METRIC_FILTERS_MAX {
                    return Err(Error::new(Why::LimitExceeded, "Resource limit exceeded."));
                }
                row.metric_filters += 1;
            }
            commit.put(METRIC_FILTERS, &key, &filter);
            Ok(())
        })
        .await
    }

    /// Deletes a metric filter.
    pub async fn delete_metric_filter(&self, group: &GroupKey, name: &str) -> Result<(), Error> {
        let id = GroupId(self.group(group).await?.value.id);
        let key = FilterKey { group: id, name: name.to_owned() };
        if METRIC_FILTERS.get(&*self.store.snapshot(), &key).await?.is_none() {
            return Err(Error::new(Why::NotFound, "The specified metric filter does not exist."));
        }
        self.change_group_with(group, |row, commit| {
            row.metric_filters = row.metric_filters.saturating_sub(1);
            commit.check(store::Check::Present(METRIC_FILTERS.key(&key))).delete(METRIC_FILTERS, &key);
            Ok(())
        })
        .await
    }

    /// Metric filters of a group whose names begin so, after a name, at most `limit`, and whether more follow.
    pub async fn metric_filters_of(
        &self,
        group: GroupId,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<(String, MetricFilterRow)>, bool), Error> {
        let (mut start, end) = METRIC_FILTERS.prefix(|key| {
            key.u128(group.0).text_start(prefix);
        });
        if let Some(after) = after {
            start = key_after(&METRIC_FILTERS.key(&FilterKey { group, name: after.to_owned() })).max(start);
        }
        let mut rows = METRIC_FILTERS.scan(&*self.store.snapshot(), (start, end), limit + 1).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        Ok((rows.into_iter().map(|(key, row)| (key.name, row.value)).collect(), more))
    }

    /// Groups of a scope that have metric filters, for listings over all of them.
    pub async fn groups_with_metric_filters(
        &self,
        scope: &crate::tables::Scope,
    ) -> Result<Vec<(GroupKey, GroupRow)>, Error> {
        let range = GROUPS.prefix(|key| scope.write(key));
        let rows = GROUPS.scan(&*self.store.snapshot(), range, GROUPS_MAX).await?;
        let having = |(_, row): &(GroupKey, store::Row<GroupRow>)| row.value.metric_filters > 0;
        Ok(rows.into_iter().filter(having).map(|(key, row)| (key, row.value)).collect())
    }

    /// Adds the removal of some filters of a group that is gone. True if there were any.
    pub(super) async fn clear_filters(&self, group: GroupId, commit: &mut Commit) -> Result<bool, Error> {
        let range = METRIC_FILTERS.prefix(|key| {
            key.u128(group.0);
        });
        let rows = METRIC_FILTERS.scan(&*self.store.snapshot(), range, REMOVED_AT_ONCE).await?;
        for (key, _) in &rows {
            commit.delete(METRIC_FILTERS, key);
        }
        let subscriptions = self.clear_subscriptions(group, commit).await?;
        Ok(!rows.is_empty() || subscriptions)
    }
}

/// Groups looked through for metric filters of a whole account.
const GROUPS_MAX: usize = 10_000;

/// What a metric filter makes of a batch: a datum for each event that matches and has a value.
fn measured(filter: &MetricFilterRow, batch: &Batch) -> Vec<Datum> {
    let Ok(pattern) = Pattern::parse(&filter.pattern) else { return Vec::new() };
    let unit = units::number(filter.unit.as_deref().unwrap_or("None"));
    let datum = |at_millis: i64, value: f64, dimensions: Vec<(String, String)>| Datum {
        metric: Metric::new(filter.namespace.clone(), filter.metric.clone(), dimensions),
        at: Timestamp::from_millis(at_millis),
        unit,
        high_resolution: false,
        samples: PointRow::of_value(value, 1.0),
    };
    let mut data = Vec::new();
    for (at_millis, message) in &batch.events {
        if !pattern.matches(message) {
            continue;
        }
        let text = match filter.value.starts_with('$') {
            true => pattern.select(&filter.value, message),
            false => Some(filter.value.clone()),
        };
        let number = text.and_then(|text| text.trim().parse::<f64>().ok()).filter(|value| value.is_finite());
        let dimensions = filter
            .dimensions
            .iter()
            .filter_map(|(name, selector)| Some((name.clone(), pattern.select(selector, message)?)))
            .collect::<Vec<_>>();
        if let Some(value) = number.filter(|_| dimensions.len() == filter.dimensions.len()) {
            data.push(datum(*at_millis, value, dimensions));
        }
    }
    match (data.is_empty(), filter.default, batch.events.first()) {
        (true, Some(default), Some((at_millis, _))) => vec![datum(*at_millis, default, Vec::new())],
        _ => data,
    }
}

/// A message that matched: its number, what it says, and what the pattern names of it.
pub type Match = (usize, String, BTreeMap<String, String>);

/// What a pattern makes of messages: number, message, and what it names.
pub fn test_pattern(pattern: &str, messages: Vec<String>) -> Result<Vec<Match>, Error> {
    let pattern = Pattern::parse(pattern).map_err(|invalid| Error::invalid(invalid.to_string()))?;
    let numbered = messages.into_iter().enumerate().filter(|(_, message)| pattern.matches(message));
    Ok(numbered
        .map(|(index, message)| {
            let extracted = pattern.extracted(&message);
            (index + 1, message, extracted)
        })
        .collect())
}
