//! Queues on the wire: what the operations on them have in common.

mod acknowledge_dead_letter_queue_records;
mod acknowledge_queue_records;
mod create_queue;
mod delete_queue;
mod describe_queue;
mod list_queues;
mod receive_dead_letter_queue_records;
mod receive_queue_records;
mod restore_dead_letter_queue_records;
mod update_dead_letter_queue_records_visibility;
mod update_queue;
mod update_queue_records_visibility;

pub(super) use acknowledge_dead_letter_queue_records::AcknowledgeDeadLetterQueueRecords;
pub(super) use acknowledge_queue_records::AcknowledgeQueueRecords;
pub(super) use create_queue::CreateQueue;
pub(super) use delete_queue::DeleteQueue;
pub(super) use describe_queue::DescribeQueue;
pub(super) use list_queues::ListQueues;
pub(super) use receive_dead_letter_queue_records::ReceiveDeadLetterQueueRecords;
pub(super) use receive_queue_records::ReceiveQueueRecords;
pub(super) use restore_dead_letter_queue_records::RestoreDeadLetterQueueRecords;
pub(super) use update_dead_letter_queue_records_visibility::UpdateDeadLetterQueueRecordsVisibility;
pub(super) use update_queue::UpdateQueue;
pub(super) use update_queue_records_visibility::UpdateQueueRecordsVisibility;

use std::time::Duration;

use base::Timestamp;
use service::{Access, Call, Fault};

use super::fault::{STYLE, invalid_argument};
use super::{shown, target};
use crate::engine::Kinesis;
use crate::engine::queue::held::{Failed, Fate};
use crate::engine::queue::receive::{Ask, Received};
use crate::engine::queue::{Attributes, Queue};
use crate::engine::stream::{Status, arn};
use crate::shapes;
use crate::tables::StreamKey;
use crate::tables::queues::{Position, ReaderKey};

/// Seconds a receiver waits, unless it says otherwise (ReceiveQueueRecords, "WaitTimeSeconds").
const WAIT_SECS_DEFAULT: i32 = 9;
/// Records a receiver gets, unless it says otherwise.
const LIMIT_DEFAULT: i32 = 10;

/// The queue that is meant.
fn queue_key(text: &str) -> Result<ReaderKey, Fault> {
    target::queue_of(text)
        .ok_or_else(|| Fault::new(400, "ResourceNotFoundException", format!("Queue {text} not found.")))
}

/// What the policies are asked about a queue.
async fn access(
    kinesis: &Kinesis,
    call: &Call,
    action: &'static str,
    arn: Option<&String>,
) -> Result<Vec<Access>, Fault> {
    let named = arn.and_then(|arn| Some((arn, target::queue_of(arn)?)));
    Ok(vec![match named {
        Some((arn, key)) => target::of_queue(kinesis, action, arn, &key).await,
        None => Access::any(action, call.caller()),
    }])
}

/// A refusal that the model cannot say, in its words.
fn violation(text: &str) -> Fault {
    (STYLE.violated)(format!("1 validation error detected: {text}"))
}

/// What is asked to be set. `BUILT_IN` without a count is refused.
fn attributes(asked: Option<&shapes::QueueAttributes>) -> Result<Attributes, Fault> {
    let Some(asked) = asked else { return Ok(Attributes::default()) };
    let whole = |number: Option<i32>| number.and_then(|number| u32::try_from(number).ok());
    let receives_max = match &asked.dead_letter_configuration {
        None => None,
        Some(dead) if dead.target_type.as_deref() == Some("NONE") => {
            if dead.max_receive_count.is_some() {
                return Err(violation("MaxReceiveCount must not be specified when TargetType is NONE."));
            }
            Some(0)
        }
        Some(dead) => match whole(dead.max_receive_count) {
            Some(max) => Some(max),
            None => return Err(violation("MaxReceiveCount is required when TargetType is BUILT_IN.")),
        },
    };
    Ok(Attributes { visibility_secs: whole(asked.visibility_timeout_seconds), receives_max })
}

/// A queue as DescribeQueue shows it.
fn shown_queue(queue: &Queue, now: Timestamp) -> shapes::QueueDescription {
    let row = &queue.row;
    let creating = queue.status(now) == Status::Creating;
    let (position, asked) = match row.position {
        Position::Latest => ("LATEST", None),
        Position::TrimHorizon => ("TRIM_HORIZON", None),
        Position::AtTime => ("AT_TIMESTAMP", row.asked_micros),
    };
    let timestamp = if creating { asked } else { Some(row.begins_micros) };
    let dead_letters = match row.receives_max {
        0 => {
            shapes::DeadLetterConfiguration { target_type: Some("NONE".to_owned()), max_receive_count: None }
        }
        max => shapes::DeadLetterConfiguration {
            target_type: Some("BUILT_IN".to_owned()),
            max_receive_count: shown::count(max),
        },
    };
    shapes::QueueDescription {
        queue_name: Some(row.name.clone()),
        queue_arn: Some(queue.arn()),
        queue_status: Some(queue.status(now).as_str().to_owned()),
        queue_creation_timestamp: Some(Timestamp::from_micros(row.created_micros)),
        stream_configuration_list: Some(vec![shapes::QueueStreamConfiguration {
            stream_arn: Some(arn(&queue.stream()).to_string()),
            starting_position: Some(shapes::QueueStartingPosition {
                r#type: Some(position.to_owned()),
                timestamp: timestamp.map(Timestamp::from_micros),
            }),
        }]),
        queue_attributes: Some(shapes::QueueAttributes {
            visibility_timeout_seconds: shown::count(row.visibility_secs),
            dead_letter_configuration: Some(dead_letters),
        }),
    }
}

/// What a receiver asks for; the model has checked the numbers.
fn ask(dead: bool, limit: Option<i32>, wait: Option<i32>, visibility: Option<i32>) -> Ask {
    let whole = |number: i32| u32::try_from(number).unwrap_or(0);
    Ask {
        dead,
        limit: whole(limit.unwrap_or(LIMIT_DEFAULT)) as usize,
        wait: Duration::from_secs(u64::from(whole(wait.unwrap_or(WAIT_SECS_DEFAULT)))),
        visibility_secs: visibility.map(whole),
    }
}

/// Receives, and shows what came.
async fn received(
    kinesis: &Kinesis,
    call: &Call,
    arn: &str,
    ask: Ask,
) -> Result<Vec<shapes::QueueRecord>, Fault> {
    let records = kinesis.receive(&queue_key(arn)?, ask, shown::by(call)).await?;
    call.meter_records(records.len() as u64);
    let record = |record: Received| shapes::QueueRecord {
        receipt_handle: Some(record.receipt.seal(kinesis.tokens())),
        record_id: Some(record.id),
        partition_key: Some(record.partition_key).filter(|key| !key.is_empty()),
        data: Some(record.data),
        approximate_arrival_timestamp: Some(record.arrival),
        first_receive_timestamp: Some(record.first),
        receive_count: shown::count(record.receives),
    };
    Ok(records.into_iter().map(record).collect())
}

/// An entry that failed: its handle, a code and a text.
struct FailedEntry {
    handle: String,
    code: &'static str,
    text: &'static str,
}

/// Does to each record what is asked. Returns the handles of those that went well, and those that did not.
async fn settle(
    kinesis: &Kinesis,
    arn: &str,
    dead: bool,
    entries: Vec<(String, Fate)>,
) -> Result<(Vec<String>, Vec<FailedEntry>), Fault> {
    let asked: Vec<(&str, Fate)> = entries.iter().map(|(handle, fate)| (handle.as_str(), *fate)).collect();
    let outcomes = kinesis.settle_records(&queue_key(arn)?, dead, &asked).await?;
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    for ((handle, _), outcome) in entries.into_iter().zip(outcomes) {
        match outcome {
            Ok(()) => done.push(handle),
            Err(Failed::NotOurs) => {
                let text = "The receipt handle is not valid for this queue and operation.";
                failed.push(FailedEntry { handle, code: "InvalidArgumentException", text });
            }
            Err(Failed::NotHeld) => {
                let text = "The record is not in flight under this receipt handle.";
                failed.push(FailedEntry { handle, code: "ResourceNotFoundException", text });
            }
        }
    }
    Ok((done, failed))
}

/// A queue or channel belongs to exactly one stream.
pub(super) fn only<T>(mut list: Vec<T>) -> Result<T, Fault> {
    match (list.pop(), list.is_empty()) {
        (Some(one), true) => Ok(one),
        (_, _) => Err(violation("StreamConfigurationList must contain exactly one entry.")),
    }
}

/// A stream that a listing is limited to.
struct StreamFilter {
    stream: StreamKey,
    created: Option<Timestamp>,
}

impl StreamFilter {
    /// What is asked for.
    fn of(arn: Option<&String>, created: Option<Timestamp>) -> Result<Self, Fault> {
        let arn = arn.map(String::as_str).unwrap_or_default();
        let stream = target::stream_of(arn)
            .ok_or_else(|| invalid_argument(format!("StreamARN {arn} is not the ARN of a stream.")))?;
        Ok(Self { stream, created })
    }

    /// Whether a queue of this stream passes. Clients hand back a creation time that they read from an answer, to the second or the millisecond.
    fn passes(&self, stream: &StreamKey, created_micros: i64) -> bool {
        let created = Timestamp::from_micros(created_micros);
        let same = |asked: Timestamp| {
            asked.as_millis() == created.as_millis() || asked == Timestamp::from_secs(created.as_secs())
        };
        *stream == self.stream && self.created.is_none_or(same)
    }
}

/// What says whether a queue or channel of a stream passes at least one of these filters; all pass where there are none.
pub(super) fn passes_any(
    filters: impl Iterator<Item = (Option<String>, Option<Timestamp>)>,
) -> Result<impl Fn(&StreamKey, i64) -> bool, Fault> {
    let filters: Vec<StreamFilter> =
        filters.map(|(arn, created)| StreamFilter::of(arn.as_ref(), created)).collect::<Result<_, _>>()?;
    Ok(move |stream: &StreamKey, created_micros: i64| {
        filters.is_empty() || filters.iter().any(|filter| filter.passes(stream, created_micros))
    })
}
