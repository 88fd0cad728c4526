//! Alarms.

use base::Timestamp;
use service::{Access, Call};
use wire::Need;

use super::metric_data::queries;
use super::{dimensions, shown_dimensions, shown_metric};
use crate::engine::CloudWatch;
use crate::engine::alarms::HistoryFilter;
use crate::engine::alarms::actions::alarm_arn;
use crate::engine::alarms::judging::Found;
use crate::engine::data::{Asks, MetricStat, Query, check};
use crate::engine::error::{Error, Why};
use crate::engine::metrics::Metric;
use crate::engine::query;
use crate::engine::statistics::Statistic;
use crate::ops::{operation, scope};
use crate::shapes::cloudwatch::{
    AlarmHistoryItem, DeleteAlarmsInput, DescribeAlarmHistoryInput, DescribeAlarmHistoryOutput,
    DescribeAlarmsForMetricInput, DescribeAlarmsForMetricOutput, DescribeAlarmsInput, DescribeAlarmsOutput,
    DisableAlarmActionsInput, EnableAlarmActionsInput, MetricAlarm, MetricDataQuery, MetricStat as ShownStat,
    PutMetricAlarmInput, SetAlarmStateInput, Tag,
};
use crate::tables::alarms::{AlarmKey, AlarmRow, AlarmRule, HistoryKey, State};

/// Alarms of a page unless the request says otherwise, and at the most.
const PAGE: usize = 100;
/// Alarms of one metric.
const FOR_METRIC_MAX: usize = 1_000;
/// Evaluation periods times period: a day for short periods, a week for periods of an hour and more.
const SPAN_SECS_MAX: u64 = 86_400;
const LONG_SPAN_SECS_MAX: u64 = 7 * 86_400;

/// The question about alarms by name.
fn asked<'n>(action: &'static str, call: &Call, names: impl IntoIterator<Item = &'n String>) -> Vec<Access> {
    let about = |name: &String| Access::to(action, &call.arn("cloudwatch", &format!("alarm:{name}")));
    names.into_iter().map(about).collect()
}

/// The question about all alarms.
fn asked_of_all(action: &'static str, call: &Call) -> Vec<Access> {
    vec![Access::to(action, &call.arn("cloudwatch", "alarm:*"))]
}

operation! {
    /// Creates an alarm, or replaces what it watches. <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html>
    ///
    /// Differs: actions on functions are carried out; others stand in the history as failed, since their services are not here. Anomaly
    /// detection, evaluation windows and PromQL criteria are refused.
    monitoring PutMetricAlarm(PutMetricAlarmInput) -> (),
    asks |call, said| asked("cloudwatch:PutMetricAlarm", call, said.alarm_name.as_ref()),
    does |watch, call, given| {
        let key = AlarmKey { scope: scope(call), name: given.alarm_name.clone().need() };
        let tags = super::tags::of(given.tags.as_deref());
        watch.put_alarm(&key, rule(given)?, tags).await?
    },
}

fn rule(given: PutMetricAlarmInput) -> Result<AlarmRule, Error> {
    let refused = given.threshold_metric_id.is_some()
        || given.evaluation_window.is_some()
        || given.evaluation_criteria.is_some()
        || given.warm_up_configuration.is_some();
    if refused {
        let text = "Anomaly detection, evaluation windows and evaluation criteria are not available in this version of Millrace";
        return Err(Error::new(Why::Validation, text));
    }
    let missing = |name: &str| Error::new(Why::Validation, format!("The parameter {name} is required."));
    let comparison = given.comparison_operator.clone().ok_or_else(|| missing("ComparisonOperator"))?;
    if !COMPARISONS.contains(&comparison.as_str()) {
        return Err(Error::new(
            Why::Validation,
            format!("The comparison operator {comparison} needs anomaly detection"),
        ));
    }
    let threshold = given.threshold.ok_or_else(|| missing("Threshold"))?;
    let evaluation_periods =
        given.evaluation_periods.ok_or_else(|| missing("EvaluationPeriods"))?.unsigned_abs();
    let datapoints_to_alarm = given.datapoints_to_alarm.map(i32::unsigned_abs);
    if datapoints_to_alarm.is_some_and(|to_alarm| to_alarm > evaluation_periods) {
        let text = "DatapointsToAlarm must be less than or equal to EvaluationPeriods.";
        return Err(Error::new(Why::Validation, text));
    }
    if let Some(missing) = given.treat_missing_data.as_deref()
        && !["breaching", "notBreaching", "ignore", "missing"].contains(&missing)
    {
        let text = format!(
            "Value '{missing}' for parameter TreatMissingData is invalid. Valid values: breaching, notBreaching, ignore, missing"
        );
        return Err(Error::new(Why::Validation, text));
    }
    let is_plain = given.metrics.is_none();
    let description = given.alarm_description.clone();
    let (actions_enabled, low_samples) =
        (given.actions_enabled.unwrap_or(true), given.evaluate_low_sample_count_percentile.clone());
    let ok_actions = given.ok_actions.clone().unwrap_or_default();
    let alarm_actions = given.alarm_actions.clone().unwrap_or_default();
    let insufficient_actions = given.insufficient_data_actions.clone().unwrap_or_default();
    let treat = given.treat_missing_data.clone();
    let queries = watched(given)?;
    let rule = AlarmRule {
        description,
        actions_enabled,
        ok_actions,
        alarm_actions,
        insufficient_actions,
        queries,
        is_plain,
        evaluation_periods,
        datapoints_to_alarm,
        threshold: Some(threshold),
        comparison,
        missing: treat,
        low_samples,
    };
    let period = u64::from(crate::engine::alarms::judging::period(&rule));
    let most = if period >= 3_600 { LONG_SPAN_SECS_MAX } else { SPAN_SECS_MAX };
    if period * u64::from(evaluation_periods) > most {
        let text = "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400), or a week for periods of an hour \
                    and more.";
        return Err(Error::new(Why::Validation, text));
    }
    Ok(rule)
}

const COMPARISONS: [&str; 4] = [
    "GreaterThanOrEqualToThreshold",
    "GreaterThanThreshold",
    "LessThanThreshold",
    "LessThanOrEqualToThreshold",
];

/// What an alarm watches: its metric, or its queries.
fn watched(given: PutMetricAlarmInput) -> Result<Vec<Query>, Error> {
    let validation = |text: &str| Error::new(Why::Validation, text);
    if let Some(metrics) = given.metrics {
        if given.metric_name.is_some()
            || given.namespace.is_some()
            || given.statistic.is_some()
            || given.period.is_some()
        {
            return Err(validation(
                "Metrics list and MetricName, Namespace, Statistic and Period are mutually exclusive parameters.",
            ));
        }
        let queries = queries(metrics, "Metrics")?;
        check(&queries, "Metrics")?;
        if queries.iter().filter(|query| query.returned != Some(false)).count() != 1 {
            return Err(validation("Exactly one element of the metrics list should return data."));
        }
        return Ok(queries);
    }
    let (Some(name), Some(namespace)) = (given.metric_name, given.namespace) else {
        return Err(validation("The parameters MetricName and Namespace must be specified, or Metrics."));
    };
    let statistic = match (given.statistic, given.extended_statistic) {
        (Some(statistic), None) => statistic,
        (None, Some(extended)) if Statistic::extended(&extended).is_some() => extended,
        (None, Some(extended)) => {
            let text = format!("The value {extended} for parameter ExtendedStatistic is not supported.");
            return Err(Error::invalid(text));
        }
        (Some(_), Some(_)) => {
            let text = "Statistic and ExtendedStatistic are mutually exclusive parameters.";
            return Err(Error::combination(text));
        }
        (None, None) => return Err(validation("Either Statistic or ExtendedStatistic must be specified.")),
    };
    let period = given.period.ok_or_else(|| validation("The parameter Period is required."))?;
    let stat = MetricStat {
        namespace,
        name,
        dimensions: dimensions(given.dimensions),
        period_secs: query::period("Period", period)?,
        statistic,
        unit: given.unit,
    };
    Ok(vec![Query {
        id: "m1".to_owned(),
        asks: Asks::Metric(stat),
        label: None,
        returned: Some(true),
        period_secs: None,
    }])
}

operation! {
    /// Lists alarms by name. <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html>
    ///
    /// Differs: there are metric alarms only.
    monitoring DescribeAlarms(DescribeAlarmsInput) -> DescribeAlarmsOutput,
    asks |call, said| asked_of_all("cloudwatch:DescribeAlarms", call),
    does |watch, call, given| {
        if given.alarm_names.is_some() && given.alarm_name_prefix.is_some() {
            let text = "AlarmNamePrefix and AlarmNames are mutually exclusive parameters.";
            Err(Error::combination(text))?;
        }
        let scope = scope(call);
        let of_metrics = given.alarm_types.as_ref().is_none_or(|types| types.iter().any(|kind| kind == "MetricAlarm"));
        let prefix = given.alarm_name_prefix.clone().unwrap_or_default();
        let purpose = format!(
            "DescribeAlarms {scope:?} {prefix} {:?} {:?} {:?}",
            given.alarm_names, given.state_value, given.action_prefix
        );
        let after = token_text(watch, &purpose, given.next_token.as_deref())?;
        let limit = given.max_records.map_or(PAGE, |most| most.unsigned_abs() as usize);
        let passes = |key: &AlarmKey, row: &AlarmRow| {
            let rule = &row.rule;
            let actions = rule.ok_actions.iter().chain(&rule.alarm_actions).chain(&rule.insufficient_actions);
            of_metrics
                && given.alarm_names.as_ref().is_none_or(|names| names.contains(&key.name))
                && given.state_value.as_ref().is_none_or(|state| state == row.state.name())
                && given
                    .action_prefix
                    .as_ref()
                    .is_none_or(|prefix| actions.into_iter().any(|action| action.starts_with(prefix.as_str())))
        };
        let (alarms, more) = watch.list_alarms(&scope, &prefix, after.as_deref(), limit, passes).await?;
        let last = alarms.last().filter(|_| more).map(|(key, _)| key.name.clone());
        DescribeAlarmsOutput {
            metric_alarms: Some(alarms.into_iter().map(|(key, row)| shown(&key, row)).collect()),
            composite_alarms: Some(Vec::new()),
            log_alarms: None,
            next_token: last.map(|name| watch.tokens.seal(&purpose, name.as_bytes())),
        }
    },
}

/// The text that a token holds.
pub(super) fn token_text(
    watch: &CloudWatch,
    purpose: &str,
    token: Option<&str>,
) -> Result<Option<String>, Error> {
    let Some(token) = token.filter(|token| !token.is_empty()) else { return Ok(None) };
    let text = watch.tokens.open(purpose, token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    match text {
        Some(text) => Ok(Some(text)),
        None => Err(Error::new(Why::InvalidToken, "The next token is invalid")),
    }
}

operation! {
    /// Lists the alarms that watch a metric.
    /// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmsForMetric.html>
    monitoring DescribeAlarmsForMetric(DescribeAlarmsForMetricInput) -> DescribeAlarmsForMetricOutput,
    asks |call, said| vec![Access::any("cloudwatch:DescribeAlarmsForMetric", call.caller())],
    does |watch, call, given| {
        let wanted = Metric::new(given.namespace.need(), given.metric_name.need(), dimensions(given.dimensions));
        let statistic = given.statistic.or(given.extended_statistic);
        let period = given.period.map(i32::unsigned_abs);
        let unit = given.unit;
        let passes = |_: &AlarmKey, row: &AlarmRow| {
            row.rule.is_plain
                && row.rule.queries.iter().any(|query| match &query.asks {
                    Asks::Expression(_) => false,
                    Asks::Metric(stat) => {
                        Metric::new(stat.namespace.clone(), stat.name.clone(), stat.dimensions.clone()) == wanted
                            && statistic.as_ref().is_none_or(|statistic| *statistic == stat.statistic)
                            && period.is_none_or(|period| period == stat.period_secs)
                            && unit.as_ref().is_none_or(|unit| stat.unit.as_ref() == Some(unit))
                    }
                })
        };
        let (alarms, _) = watch.list_alarms(&scope(call), "", None, FOR_METRIC_MAX, passes).await?;
        DescribeAlarmsForMetricOutput {
            metric_alarms: Some(alarms.into_iter().map(|(key, row)| shown(&key, row)).collect()),
        }
    },
}

operation! {
    /// Puts an alarm into a state until it is evaluated again.
    /// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html>
    monitoring SetAlarmState(SetAlarmStateInput) -> (),
    asks |call, said| asked("cloudwatch:SetAlarmState", call, said.alarm_name.as_ref()),
    does |watch, call, given| {
        if let Some(data) = &given.state_reason_data
            && serde_json::from_str::<serde_json::Value>(data).is_err()
        {
            Err(Error::new(Why::InvalidFormat, "StateReasonData is not valid JSON"))?;
        }
        let found = Found {
            state: State::named(&given.state_value.need()).expect("the model names the states"),
            reason: given.state_reason.need(),
            reason_data: given.state_reason_data,
        };
        let key = AlarmKey { scope: scope(call), name: given.alarm_name.need() };
        let done = watch.set_state(&key, found).await?;
        done.ok_or_else(|| Error::new(Why::NotFound, "Unknown"))?
    },
}

operation! {
    /// Lets alarms act. <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_EnableAlarmActions.html>
    monitoring EnableAlarmActions(EnableAlarmActionsInput) -> (),
    asks |call, said| asked("cloudwatch:EnableAlarmActions", call, said.alarm_names.iter().flatten()),
    does |watch, call, given| {
        watch.change_alarms(&scope(call), &given.alarm_names.need(), |row| row.rule.actions_enabled = true).await?
    },
}

operation! {
    /// Keeps alarms from acting. <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DisableAlarmActions.html>
    monitoring DisableAlarmActions(DisableAlarmActionsInput) -> (),
    asks |call, said| asked("cloudwatch:DisableAlarmActions", call, said.alarm_names.iter().flatten()),
    does |watch, call, given| {
        watch.change_alarms(&scope(call), &given.alarm_names.need(), |row| row.rule.actions_enabled = false).await?
    },
}

operation! {
    /// Deletes alarms. Names of none are passed over. <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html>
    monitoring DeleteAlarms(DeleteAlarmsInput) -> (),
    asks |call, said| asked("cloudwatch:DeleteAlarms", call, said.alarm_names.iter().flatten()),
    does |watch, call, given| watch.delete_alarms(&scope(call), &given.alarm_names.need()).await?,
}

operation! {
    /// What happened to alarms, for thirty days. <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html>
    monitoring DescribeAlarmHistory(DescribeAlarmHistoryInput) -> DescribeAlarmHistoryOutput,
    asks |call, said| match &said.alarm_name {
        Some(name) => asked("cloudwatch:DescribeAlarmHistory", call, [name]),
        None => asked_of_all("cloudwatch:DescribeAlarmHistory", call),
    },
    does |watch, call, given| {
        let scope = scope(call);
        let of_metrics = given.alarm_types.as_ref().is_none_or(|types| types.iter().any(|kind| kind == "MetricAlarm"));
        let filter = HistoryFilter {
            alarm: given.alarm_name,
            kind: given.history_item_type,
            start_micros: given.start_date.map(Timestamp::as_micros),
            end_micros: given.end_date.map(Timestamp::as_micros),
            ascending: given.scan_by.as_deref() == Some("TimestampAscending"),
        };
        let purpose = format!("DescribeAlarmHistory {scope:?} {filter:?}");
        let after = token_text(watch, &purpose, given.next_token.as_deref())?;
        let after = after.and_then(|text| {
            let (at, number) = text.split_once(' ')?;
            let alarm = AlarmKey { scope: scope.clone(), name: String::new() };
            Some(HistoryKey { alarm, at_micros: at.parse().ok()?, number: number.parse().ok()? })
        });
        let limit = given.max_records.map_or(PAGE, |most| most.unsigned_abs() as usize);
        let (items, last) = match of_metrics {
            true => watch.history(&scope, &filter, after, limit).await?,
            false => (Vec::new(), None),
        };
        let item = |(key, row): (HistoryKey, crate::tables::alarms::HistoryRow)| AlarmHistoryItem {
            alarm_name: Some(key.alarm.name),
            alarm_type: Some("MetricAlarm".to_owned()),
            timestamp: Some(Timestamp::from_micros(key.at_micros)),
            history_item_type: Some(row.kind),
            history_summary: Some(row.summary),
            history_data: Some(row.data),
            ..AlarmHistoryItem::default()
        };
        DescribeAlarmHistoryOutput {
            alarm_history_items: Some(items.into_iter().map(item).collect()),
            next_token: last.map(|key| watch.tokens.seal(&purpose, format!("{} {}", key.at_micros, key.number).as_bytes())),
        }
    },
}

/// An alarm as it is shown.
fn shown(key: &AlarmKey, row: AlarmRow) -> MetricAlarm {
    let rule = row.rule;
    let mut shown = MetricAlarm {
        alarm_name: Some(key.name.clone()),
        alarm_arn: Some(alarm_arn(key)),
        alarm_description: rule.description,
        alarm_configuration_updated_timestamp: Some(Timestamp::from_micros(row.configured_micros)),
        actions_enabled: Some(rule.actions_enabled),
        ok_actions: Some(rule.ok_actions),
        alarm_actions: Some(rule.alarm_actions),
        insufficient_data_actions: Some(rule.insufficient_actions),
        state_value: Some(row.state.name().to_owned()),
        state_reason: Some(row.reason.chars().take(1_023).collect()),
        state_reason_data: row.reason_data,
        state_updated_timestamp: Some(Timestamp::from_micros(row.updated_micros)),
        state_transitioned_timestamp: Some(Timestamp::from_micros(row.transitioned_micros)),
        evaluation_periods: i32::try_from(rule.evaluation_periods).ok(),
        datapoints_to_alarm: rule.datapoints_to_alarm.and_then(|points| i32::try_from(points).ok()),
        threshold: rule.threshold,
        comparison_operator: Some(rule.comparison),
        treat_missing_data: rule.missing,
        evaluate_low_sample_count_percentile: rule.low_samples,
        ..MetricAlarm::default()
    };
    let mut queries = rule.queries;
    match queries.pop() {
        Some(Query { asks: Asks::Metric(stat), .. }) if rule.is_plain => {
            let plain = Statistic::plain(&stat.statistic).is_some();
            let (statistic, extended) =
                if plain { (Some(stat.statistic), None) } else { (None, Some(stat.statistic)) };
            shown.namespace = Some(stat.namespace);
            shown.metric_name = Some(stat.name);
            shown.dimensions = Some(shown_dimensions(stat.dimensions));
            shown.period = i32::try_from(stat.period_secs).ok();
            shown.unit = stat.unit;
            shown.statistic = statistic;
            shown.extended_statistic = extended;
        }
        last => {
            queries.extend(last);
            shown.metrics = Some(queries.into_iter().map(shown_query).collect());
        }
    }
    shown
}

fn shown_query(query: Query) -> MetricDataQuery {
    let mut shown = MetricDataQuery {
        id: Some(query.id),
        label: query.label,
        return_data: query.returned,
        period: query.period_secs.and_then(|period| i32::try_from(period).ok()),
        ..MetricDataQuery::default()
    };
    match query.asks {
        Asks::Expression(text) => shown.expression = Some(text),
        Asks::Metric(stat) => {
            shown.metric_stat = Some(ShownStat {
                metric: Some(shown_metric(Metric::new(stat.namespace, stat.name, stat.dimensions))),
                period: i32::try_from(stat.period_secs).ok(),
                stat: Some(stat.statistic),
                unit: stat.unit,
            });
        }
    }
    shown
}

/// Tags as they are shown.
pub(super) fn shown_tags(tags: std::collections::BTreeMap<String, String>) -> Vec<Tag> {
    tags.into_iter().map(|(key, value)| Tag { key: Some(key), value: Some(value) }).collect()
}
