//! From datapoints to a state and a reason.
//!
//! An alarm looks at its evaluation periods and some more before them. If that many datapoints are there, the latest count and nothing is missing. Otherwise what
//! is missing is taken as `TreatMissingData` says. Source: "Using Amazon CloudWatch alarms", Configuring how alarms treat missing data, whose tables are
//! the test below.

use base::Timestamp;
use serde_json::json;
use wire::time::{Precision, iso};

use crate::engine::data::Asks;
use crate::engine::math::Series;
use crate::tables::alarms::{AlarmRow, AlarmRule, State};

/// Periods looked at before the evaluation periods.
pub const MORE_PERIODS: u32 = 2;
/// The period of an alarm whose queries tell none.
const PERIOD_DEFAULT: u32 = 60;

/// What was found, and why.
#[derive(Clone, PartialEq, Debug)]
pub struct Found {
    /// The state.
    pub state: State,
    /// Why.
    pub reason: String,
    /// Why, as JSON.
    pub reason_data: Option<String>,
}

/// The period of the series that an alarm watches.
pub fn period(rule: &AlarmRule) -> u32 {
    let own =
        rule.queries.iter().find(|query| query.returned != Some(false)).and_then(|query| match &query.asks {
            Asks::Metric(stat) => Some(stat.period_secs),
            Asks::Expression(_) => query.period_secs,
        });
    let any = rule.queries.iter().filter_map(|query| match &query.asks {
        Asks::Metric(stat) => Some(stat.period_secs),
        Asks::Expression(_) => query.period_secs,
    });
    own.or(any.max()).unwrap_or(PERIOD_DEFAULT)
}

/// Whether a value is beyond the threshold.
fn breaches(comparison: &str, value: f64, threshold: f64) -> bool {
    match comparison {
        "GreaterThanOrEqualToThreshold" => value >= threshold,
        "GreaterThanThreshold" => value > threshold,
        "LessThanThreshold" => value < threshold,
        "LessThanOrEqualToThreshold" => value <= threshold,
        _ => false,
    }
}

fn in_words(comparison: &str) -> &'static str {
    match comparison {
        "GreaterThanOrEqualToThreshold" => "greater than or equal to",
        "GreaterThanThreshold" => "greater than",
        "LessThanThreshold" => "less than",
        _ => "less than or equal to",
    }
}

/// The state that follows from how many datapoints are there and beyond the threshold; `None` leaves the state as it is.
fn state(there: usize, beyond: usize, periods: usize, to_alarm: usize, missing: &str) -> Option<State> {
    let alarm = |yes: bool| Some(if yes { State::Alarm } else { State::Ok });
    if there >= periods {
        return alarm(beyond >= to_alarm);
    }
    let absent = periods - there;
    match missing {
        "breaching" => alarm(beyond + absent >= to_alarm),
        "notBreaching" => alarm(beyond >= to_alarm),
        _ if there == 0 => (missing != "ignore").then_some(State::Insufficient),
        "ignore" if beyond >= to_alarm => Some(State::Alarm),
        "ignore" => (beyond < to_alarm.min(there)).then_some(State::Ok),
        _ => alarm(beyond >= to_alarm.min(there)),
    }
}

/// Judges the datapoints of a range; `None` leaves the state as it is.
pub fn judge(
    row: &AlarmRow,
    series: &Series,
    start_secs: i64,
    end_secs: i64,
    now: Timestamp,
) -> Option<Found> {
    let rule = &row.rule;
    let periods = rule.evaluation_periods as usize;
    let to_alarm = rule.datapoints_to_alarm.unwrap_or(rule.evaluation_periods) as usize;
    let threshold = rule.threshold.unwrap_or_default();
    let all: Vec<(i64, f64)> =
        series.points.range(start_secs..end_secs).map(|(at, value)| (*at, *value)).collect();
    let latest = &all[all.len().saturating_sub(periods)..];
    let beyond: Vec<&(i64, f64)> =
        latest.iter().filter(|(_, value)| breaches(&rule.comparison, *value, threshold)).collect();
    let missing = rule.missing.as_deref().unwrap_or("missing");
    let state = state(latest.len(), beyond.len(), periods, to_alarm, missing)?;
    let reason = reason(row, latest, &beyond, state, threshold);
    let recent: Vec<f64> = latest.iter().map(|(_, value)| *value).collect();
    let evaluated: Vec<_> = latest
        .iter()
        .rev()
        .map(|(at, value)| json!({"timestamp": long_time(Timestamp::from_secs(*at)), "value": value}))
        .collect();
    let mut data = json!({
        "version": "1.0",
        "queryDate": long_time(now),
        "period": period(rule),
        "recentDatapoints": recent,
        "threshold": threshold,
        "evaluatedDatapoints": evaluated,
    });
    if let Some((first, _)) = latest.first() {
        data["startDate"] = json!(long_time(Timestamp::from_secs(*first)));
    }
    if let [query] = &rule.queries[..]
        && let Asks::Metric(stat) = &query.asks
    {
        data["statistic"] = json!(stat.statistic);
    }
    // The time of the question alone is no news.
    let unchanged = state == row.state && told(row.reason_data.as_deref()) == Some((recent, evaluated));
    let reason_data = if unchanged { row.reason_data.clone() } else { Some(data.to_string()) };
    Some(Found { state, reason, reason_data })
}

/// What an earlier reason was about.
fn told(data: Option<&str>) -> Option<(Vec<f64>, Vec<serde_json::Value>)> {
    let data: serde_json::Value = serde_json::from_str(data?).ok()?;
    let recent = data["recentDatapoints"].as_array()?.iter().filter_map(serde_json::Value::as_f64).collect();
    Some((recent, data["evaluatedDatapoints"].as_array()?.clone()))
}

fn reason(
    row: &AlarmRow,
    latest: &[(i64, f64)],
    beyond: &[&(i64, f64)],
    state: State,
    threshold: f64,
) -> String {
    let rule = &row.rule;
    let periods = rule.evaluation_periods;
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    if latest.is_empty() {
        return match (state, rule.missing.as_deref()) {
            (State::Insufficient, _) => {
                let count = periods as usize;
                let verb = if count == 1 { "was" } else { "were" };
                format!("Insufficient Data: {count} datapoint{} {verb} unknown.", plural(count))
            }
            (_, missing) => format!(
                "Threshold Crossed: no datapoints were received for {periods} period{} and {periods} missing datapoint{} {} treated as [{}].",
                plural(periods as usize),
                plural(periods as usize),
                if periods == 1 { "was" } else { "were" },
                if missing == Some("breaching") { "Breaching" } else { "NonBreaching" },
            ),
        };
    }
    let to_alarm = rule.datapoints_to_alarm.unwrap_or(periods) as usize;
    let (shown, verb): (Vec<&(i64, f64)>, &str) = match state {
        State::Alarm => (beyond.to_vec(), ""),
        State::Ok | State::Insufficient => {
            (latest.iter().filter(|point| !beyond.contains(point)).collect(), "not ")
        }
    };
    let list: Vec<String> = shown
        .iter()
        .rev()
        .map(|(at, value)| format!("{} ({})", number(*value), short_time(Timestamp::from_secs(*at))))
        .collect();
    let way = match state {
        State::Alarm => "OK -> ALARM",
        State::Ok | State::Insufficient => "ALARM -> OK",
    };
    let least = match state {
        State::Alarm => to_alarm,
        State::Ok | State::Insufficient => (periods as usize).saturating_sub(to_alarm) + 1,
    };
    format!(
        "Threshold Crossed: {} out of the last {periods} datapoints [{}] {} {verb}{} the threshold ({}) (minimum {least} datapoint{} for {way} transition).",
        shown.len(),
        list.join(", "),
        if shown.len() == 1 { "was" } else { "were" },
        in_words(&rule.comparison),
        number(threshold),
        plural(least),
    )
}

/// `10.0`, as Java shows numbers.
fn number(value: f64) -> String {
    if value == value.trunc() && value.abs() < 1e7 { format!("{value:.1}") } else { value.to_string() }
}

/// `2026-01-02T03:04:05.678+0000`
pub fn long_time(at: Timestamp) -> String {
    iso(at, Precision::Millis).replace('Z', "+0000")
}

/// `02/01/26 03:04:05`
fn short_time(at: Timestamp) -> String {
    let text = iso(at, Precision::Seconds);
    let (date, time) = text.trim_end_matches('Z').split_once('T').unwrap_or_default();
    let mut parts = date.rsplitn(3, '-');
    let (day, month) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let year = parts.next().map_or("", |year| &year[year.len().saturating_sub(2)..]);
    format!("{day}/{month}/{year} {time}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_counts_as_aws_tables_have_it() {
        use State::{Alarm, Insufficient, Ok};
        // Datapoints (X beyond, 0 not, - missing), periods, to alarm; missing, ignore, breaching, notBreaching.
        let tables: [(&str, usize, usize, [Option<State>; 4]); 10] = [
            ("0-X-X", 3, 3, [Some(Ok), Some(Ok), Some(Ok), Some(Ok)]),
            ("----0", 3, 3, [Some(Ok), Some(Ok), Some(Ok), Some(Ok)]),
            ("-----", 3, 3, [Some(Insufficient), None, Some(Alarm), Some(Ok)]),
            ("0XX-X", 3, 3, [Some(Alarm), Some(Alarm), Some(Alarm), Some(Alarm)]),
            ("--X--", 3, 3, [Some(Alarm), None, Some(Alarm), Some(Ok)]),
            ("0-X-X", 3, 2, [Some(Alarm), Some(Alarm), Some(Alarm), Some(Alarm)]),
            ("00X0X", 3, 2, [Some(Alarm), Some(Alarm), Some(Alarm), Some(Alarm)]),
            ("0-X--", 3, 2, [Some(Ok), Some(Ok), Some(Alarm), Some(Ok)]),
            ("----0", 3, 2, [Some(Ok), Some(Ok), Some(Alarm), Some(Ok)]),
            ("---X-", 3, 2, [Some(Alarm), None, Some(Alarm), Some(Ok)]),
        ];
        for (points, periods, to_alarm, expected) in tables {
            let all: Vec<char> = points.chars().filter(|point| *point != '-').collect();
            let latest = &all[all.len().saturating_sub(periods)..];
            let beyond = latest.iter().filter(|point| **point == 'X').count();
            for (missing, expected) in ["missing", "ignore", "breaching", "notBreaching"].iter().zip(expected)
            {
                let found = state(latest.len(), beyond, periods, to_alarm, missing);
                assert_eq!(found, expected, "{points} {to_alarm} of {periods} {missing}");
            }
        }
    }

    #[test]
    fn times_are_shown_as_aws_shows_them() {
        let at = Timestamp::from_millis(1_709_210_096_789);
        assert_eq!(long_time(at), "2024-02-29T12:34:56.789+0000");
        assert_eq!(short_time(at), "29/02/24 12:34:56");
        assert_eq!(long_time(Timestamp::EPOCH), "1970-01-01T00:00:00.000+0000");
    }
}
