//! The operations of CloudWatch Logs, and what they have in common.
//!
//! The policies are asked about `log-group:G:log-stream:S`, with nothing for the stream where the call is about the group, as AWS asks: so policies for
//! `log-group:G:*` match all of them. Tags are of `log-group:G` itself.

mod events;
mod groups;
mod metric_filters;
mod streams;
mod subscriptions;
mod tags;

use std::sync::Arc;

use base::Arn;
use service::{Access, Call, Room, RoomParts};

use super::{fault, scope};
use crate::engine::CloudWatch;
use crate::engine::error::{Error, Why};
use crate::shapes::logs as shapes;
use crate::tables::Scope;
use crate::tables::logs::GroupKey;

/// Bytes of a request.
const BODY_BYTES_MAX: u64 = 1 << 20;
/// Bytes of a put: a mebibyte of messages, escaped.
const PUT_BODY_BYTES_MAX: u64 = 8 << 20;
/// Entries of a page unless the request says otherwise.
const LIMIT_DEFAULT: i32 = 50;

pub(crate) fn room(state: Arc<CloudWatch>, parts: RoomParts) -> Room<CloudWatch> {
    Room::new(&shapes::LOGS, fault::LOGS, state, parts, body_bytes_max)
        .op::<groups::CreateLogGroup>()
        .op::<groups::DeleteLogGroup>()
        .op::<groups::DeleteRetentionPolicy>()
        .op::<groups::DescribeLogGroups>()
        .op::<groups::PutLogGroupDeletionProtection>()
        .op::<groups::PutRetentionPolicy>()
        .op::<streams::CreateLogStream>()
        .op::<streams::DeleteLogStream>()
        .op::<streams::DescribeLogStreams>()
        .op::<events::FilterLogEvents>()
        .op::<events::GetLogEvents>()
        .op::<events::PutLogEvents>()
        .op::<metric_filters::DeleteMetricFilter>()
        .op::<metric_filters::DescribeMetricFilters>()
        .op::<metric_filters::PutMetricFilter>()
        .op::<metric_filters::TestMetricFilter>()
        .op::<subscriptions::DeleteSubscriptionFilter>()
        .op::<subscriptions::DescribeSubscriptionFilters>()
        .op::<subscriptions::PutSubscriptionFilter>()
        .op::<tags::ListTagsForResource>()
        .op::<tags::ListTagsLogGroup>()
        .op::<tags::TagLogGroup>()
        .op::<tags::TagResource>()
        .op::<tags::UntagLogGroup>()
        .op::<tags::UntagResource>()
}

fn body_bytes_max(operation: &'static wire::Operation) -> u64 {
    if operation.name == "PutLogEvents" { PUT_BODY_BYTES_MAX } else { BODY_BYTES_MAX }
}

/// The group of the caller's with this name.
fn group_key(call: &Call, name: &str) -> GroupKey {
    GroupKey { scope: scope(call), name: name.to_owned() }
}

/// The group that a name or an identifier (a name, or an ARN) stands for.
fn identified(call: &Call, name: Option<&String>, identifier: Option<&String>) -> Result<GroupKey, Error> {
    match (name, identifier) {
        (Some(_), Some(_)) => {
            let text = "LogGroupName and LogGroupIdentifier are mutually exclusive parameters.";
            Err(Error::invalid(text))
        }
        (Some(name), None) => Ok(group_key(call, name)),
        (None, Some(identifier)) => match group_of_arn(identifier) {
            Some(key) => Ok(key),
            None if identifier.starts_with("arn:") => Err(Error::invalid("Invalid logGroupIdentifier.")),
            None => Ok(group_key(call, identifier)),
        },
        (None, None) => Err(Error::new(
            Why::Validation,
            "1 validation error detected: Value null at 'logGroupName' failed to satisfy constraint: Member must not be null",
        )),
    }
}

/// The group that an ARN names, with or without `:*` behind it.
fn group_of_arn(arn: &str) -> Option<GroupKey> {
    let arn: Arn = arn.parse().ok()?;
    let name = arn.resource().strip_prefix("log-group:")?;
    let name = name.strip_suffix(":*").unwrap_or(name);
    let (account, region) = (arn.account().parse().ok()?, base::Region::new(arn.region())?);
    (arn.service() == "logs" && !name.contains(':'))
        .then(|| GroupKey { scope: Scope { account, region }, name: name.to_owned() })
}

/// `arn:…:log-group:NAME`.
fn group_arn(key: &GroupKey) -> String {
    Arn::new("logs", &key.scope.region, key.scope.account, &format!("log-group:{}", key.name)).to_string()
}

/// The question about a group.
fn group_access(action: &'static str, call: &Call, name: Option<&String>) -> Vec<Access> {
    stream_access(action, call, name, None)
}

/// The question about a group that a name or an identifier stands for.
fn identified_access(
    action: &'static str,
    call: &Call,
    name: Option<&String>,
    identifier: Option<&String>,
) -> Vec<Access> {
    match identified(call, name, identifier) {
        Ok(key) => asked(action, &key, ""),
        Err(_) => vec![Access::any(action, call.caller())],
    }
}

/// The question about a stream of a group.
fn stream_access(
    action: &'static str,
    call: &Call,
    group: Option<&String>,
    stream: Option<&String>,
) -> Vec<Access> {
    match group {
        Some(group) => asked(action, &group_key(call, group), stream.map_or("", String::as_str)),
        None => vec![Access::any(action, call.caller())],
    }
}

fn asked(action: &'static str, key: &GroupKey, stream: &str) -> Vec<Access> {
    let resource = format!("{}:log-stream:{stream}", group_arn(key));
    vec![Access::owned(action, resource, key.scope.account)]
}

/// The number of entries of a page.
fn limit(given: Option<i32>) -> usize {
    given.unwrap_or(LIMIT_DEFAULT).unsigned_abs() as usize
}

/// A page token that holds a name.
fn name_of_token(watch: &CloudWatch, purpose: &str, token: Option<&str>) -> Result<Option<String>, Error> {
    let Some(token) = token else { return Ok(None) };
    let name = watch.tokens.open(purpose, token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    match name {
        Some(name) => Ok(Some(name)),
        None => Err(Error::new(Why::InvalidToken, "The specified nextToken is invalid.")),
    }
}
