//! What is done when an alarm becomes another state: functions are invoked. Other actions (topics, instances, scaling) have no service here; that they were due stands
//! in the alarm's history.

use base::{Arn, Timestamp};
use ports::{Principal, PrincipalKind};
use serde_json::{Value, json};

use super::judging::long_time;
use crate::engine::CloudWatch;
use crate::engine::data::Asks;
use crate::engine::error::Error;
use crate::tables::alarms::{AlarmKey, AlarmRow, State};

/// Who invokes functions for alarms.
const SERVICE: &str = "lambda.alarms.cloudwatch.amazonaws.com";

impl CloudWatch {
    /// Does what an alarm's new state asks for.
    pub(super) async fn act(&self, key: &AlarmKey, before: &AlarmRow, row: &AlarmRow) -> Result<(), Error> {
        let actions = match row.state {
            State::Ok => &row.rule.ok_actions,
            State::Alarm => &row.rule.alarm_actions,
            State::Insufficient => &row.rule.insufficient_actions,
        };
        for action in actions {
            let why_not = self.act_once(key, before, row, action).await.err();
            let (state, summary) = match &why_not {
                None => ("Succeeded", format!("Successfully executed action {action}")),
                Some(why) => {
                    ("Failed", format!("Failed to execute action {action}. Received error: \"{why}\""))
                }
            };
            let mut data = json!({
                "actionState": state, "stateUpdateTimestamp": row.transitioned_micros / 1_000,
                "notificationResource": action, "publishedMessage": Value::Null,
            });
            if let Some(why) = why_not {
                data["error"] = json!(why);
            }
            // The next action is due all the same.
            if let Err(error) = self.remember_action(key, summary, &data).await {
                tracing::warn!(%error, action, "what became of an alarm's action was not noted");
            }
        }
        Ok(())
    }

    async fn act_once(
        &self,
        key: &AlarmKey,
        before: &AlarmRow,
        row: &AlarmRow,
        action: &str,
    ) -> Result<(), String> {
        let arn: Arn = action.parse().map_err(|_| "The action is no ARN".to_owned())?;
        let functions = self.sinks.get().and_then(|sinks| sinks.functions.clone());
        match (arn.service(), functions) {
            ("lambda", Some(functions)) => {
                let source = alarm_arn(key).parse().ok();
                let kind = PrincipalKind::Service { name: SERVICE.to_owned(), source };
                let principal = Principal::new(key.scope.account, kind);
                let payload = event(key, before, row).to_string();
                functions.enqueue(&principal, &arn, payload.into()).await.map_err(|error| error.to_string())
            }
            (service, _) => Err(format!("The service {service} is not available here")),
        }
    }
}

/// `arn:aws:cloudwatch:…:alarm:NAME`
pub fn alarm_arn(key: &AlarmKey) -> String {
    Arn::new("cloudwatch", &key.scope.region, key.scope.account, &format!("alarm:{}", key.name)).to_string()
}

/// What a function is told.
/// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions.html>
fn event(key: &AlarmKey, before: &AlarmRow, row: &AlarmRow) -> Value {
    let state = |row: &AlarmRow, micros: i64| {
        let mut told = json!({
            "value": row.state.name(), "reason": row.reason, "timestamp": long_time(Timestamp::from_micros(micros)),
        });
        if let Some(data) = &row.reason_data {
            told["reasonData"] = json!(data);
        }
        told
    };
    let metrics: Vec<Value> = row
        .rule
        .queries
        .iter()
        .map(|query| match &query.asks {
            Asks::Metric(stat) => {
                let dimensions: serde_json::Map<String, Value> =
                    stat.dimensions.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
                json!({
                    "id": query.id, "returnData": query.returned.unwrap_or(true),
                    "metricStat": {
                        "metric": {"namespace": stat.namespace, "name": stat.name, "dimensions": dimensions},
                        "period": stat.period_secs, "stat": stat.statistic,
                    },
                })
            }
            Asks::Expression(text) => {
                json!({"id": query.id, "expression": text, "returnData": query.returned.unwrap_or(true)})
            }
        })
        .collect();
    json!({
        "source": "aws.cloudwatch",
        "alarmArn": alarm_arn(key),
        "accountId": key.scope.account.to_string(),
        "time": long_time(Timestamp::from_micros(row.transitioned_micros)),
        "region": key.scope.region.as_str(),
        "alarmData": {
            "alarmName": key.name,
            "state": state(row, row.transitioned_micros),
            "previousState": state(before, before.transitioned_micros),
            "configuration": {"description": row.rule.description, "metrics": metrics},
        },
    })
}
