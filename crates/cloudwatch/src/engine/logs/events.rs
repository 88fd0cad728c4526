//! Events put into a stream.

use bytes::Bytes;
use store::{LogId, TableValue};

use super::filters::Arrived;
use super::groups::DAY_MILLIS;
use crate::engine::error::{Error, Why};
use crate::engine::{CloudWatch, TRIES};
use crate::tables::Scope;
use crate::tables::logs::{BATCHES, Batch, BatchKey, BatchRow, GROUPS, GroupKey, STREAMS, StreamId};

/// Bytes of a put: the messages' and [`EVENT_BYTES`] each (CloudWatch Logs, API reference, PutLogEvents).
const PUT_BYTES_MAX: usize = 1_048_576;
/// What an event counts beside its message.
pub const EVENT_BYTES: usize = 26;
/// From the first to the last event of a put.
const PUT_SPAN_MILLIS_MAX: i64 = DAY_MILLIS;
/// How far back events may lie.
const PAST_MILLIS_MAX: i64 = 14 * DAY_MILLIS;
/// How far ahead.
pub const AHEAD_MILLIS_MAX: i64 = 2 * 3_600_000;

/// An event to be put.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewEvent {
    /// When it happened, in milliseconds.
    pub at_millis: i64,
    /// What it says.
    pub message: String,
}

/// What became of a put.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Put {
    /// Events before this one are older than the group keeps them.
    pub expired_end: Option<usize>,
    /// Events before this one are too old.
    pub too_old_end: Option<usize>,
    /// Events from this one on lie too far ahead.
    pub too_new_start: Option<usize>,
}

impl CloudWatch {
    /// Keeps events, which come in the order of their times. Durable when it returns.
    pub async fn put_events(
        &self,
        group: &GroupKey,
        stream: &str,
        events: Vec<NewEvent>,
    ) -> Result<Put, Error> {
        check(&events)?;
        self.put_checked(group, stream, events).await
    }

    async fn put_checked(
        &self,
        group: &GroupKey,
        stream: &str,
        mut events: Vec<NewEvent>,
    ) -> Result<Put, Error> {
        let (_, row) = self.stream(group, stream).await?;
        let held = self.log_stripes.lock(row.value.id).await;
        let mut kept: Option<(Put, Vec<NewEvent>)> = None;
        for _ in 0..TRIES {
            let (key, seen) = self.stream(group, stream).await?;
            let group_row = self.group(group).await?;
            let now_millis = self.clock.now().as_millis();
            let (put, taken) = kept.get_or_insert_with(|| {
                let put = judge(&events, group_row.value.retention_days, now_millis);
                let end = put.too_new_start.unwrap_or(events.len());
                let start = put.expired_end.max(put.too_old_end).unwrap_or(0).min(end);
                events.truncate(end);
                (put, events.split_off(start))
            });
            let (Some(first), Some(last)) = (taken.first(), taken.last()) else { return Ok(*put) };
            let (first_millis, last_millis) = (first.at_millis, last.at_millis);
            let mut row = seen.value.clone();
            let number = row.next;
            row.next += 1;
            row.first_millis = Some(row.first_millis.map_or(first_millis, |first| first.min(first_millis)));
            row.last_millis = Some(row.last_millis.map_or(last_millis, |last| last.max(last_millis)));
            row.ingested_millis = Some(now_millis);
            row.span_millis = row.span_millis.max(last_millis - first_millis);
            row.bytes += taken.iter().map(|event| (event.message.len() + EVENT_BYTES) as u64).sum::<u64>();
            let batch = Batch {
                ingested_millis: now_millis,
                events: taken.iter().map(|event| (event.at_millis, event.message.clone())).collect(),
            };
            let mut commit = self.commit();
            let batch_key = BatchKey { stream: StreamId(row.id), first_millis, number };
            let batch_row =
                BatchRow { last_millis, count: u32::try_from(batch.events.len()).unwrap_or(u32::MAX) };
            commit
                .check(store::Check::Present(GROUPS.key(group)))
                .unchanged(STREAMS, &key, Some(&seen))
                .put(STREAMS, &key, &row)
                .put(BATCHES, &batch_key, &batch_row)
                .append(LogId(row.id), vec![encoded(&batch)]);
            let noted =
                self.note_deliveries(&mut commit, group, &group_row.value, stream, &batch_key).await?;
            if self.settle(commit).await? {
                drop(held);
                self.couriers.wake(noted);
                self.arrived(Arrived { group, group_row: &group_row.value, batch: &batch }).await;
                return Ok(*put);
            }
        }
        Err(Error::contended())
    }

    /// Keeps lines of a service's own, in a group and a stream that are made if they are not there.
    pub(crate) async fn report_events(
        &self,
        scope: &Scope,
        group: &str,
        stream: &str,
        mut events: Vec<NewEvent>,
    ) -> Result<(), Error> {
        let group = GroupKey { scope: scope.clone(), name: group.to_owned() };
        events.sort_by_key(|event| event.at_millis);
        let mut rest = events;
        while !rest.is_empty() {
            let more = rest.split_off(fitting(&rest));
            match self.put_events(&group, stream, rest.clone()).await {
                Err(error) if error.why == Why::NotFound => {
                    let there = |made: Result<(), Error>| match made {
                        Err(error) if error.why == Why::Exists => Ok(()),
                        other => other,
                    };
                    there(self.create_group(&group, Default::default()).await)?;
                    there(self.create_stream(&group, stream).await)?;
                    self.put_events(&group, stream, rest).await?;
                }
                other => {
                    other?;
                }
            }
            rest = more;
        }
        Ok(())
    }
}

/// How many of these events one put takes: at least one.
fn fitting(events: &[NewEvent]) -> usize {
    let mut bytes = 0;
    let first = events.first().map_or(0, |event| event.at_millis);
    let fits = |event: &&NewEvent| {
        bytes += event.message.len() + EVENT_BYTES;
        bytes <= PUT_BYTES_MAX && event.at_millis - first <= PUT_SPAN_MILLIS_MAX
    };
    events.iter().take_while(fits).count().max(1)
}

fn encoded(batch: &Batch) -> Bytes {
    batch.to_bytes()
}

/// What a put must be, whatever the stream is.
fn check(events: &[NewEvent]) -> Result<(), Error> {
    let bytes: usize = events.iter().map(|event| event.message.len() + EVENT_BYTES).sum();
    if bytes > PUT_BYTES_MAX {
        return Err(Error::invalid(format!(
            "Upload too large: {bytes} bytes exceeds limit of {PUT_BYTES_MAX}"
        )));
    }
    if !events.is_sorted_by_key(|event| event.at_millis) {
        let text = "Log events in a single PutLogEvents request must be in chronological order.";
        return Err(Error::invalid(text));
    }
    match (events.first(), events.last()) {
        (Some(first), Some(last)) if last.at_millis - first.at_millis > PUT_SPAN_MILLIS_MAX => {
            Err(Error::invalid(
                "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.",
            ))
        }
        (Some(_) | None, _) => Ok(()),
    }
}

fn judge(events: &[NewEvent], retention_days: Option<u32>, now_millis: i64) -> Put {
    let before =
        |millis: i64| Some(events.partition_point(|event| event.at_millis < millis)).filter(|end| *end > 0);
    let ahead = events.partition_point(|event| event.at_millis <= now_millis + AHEAD_MILLIS_MAX);
    let kept = retention_days.map(|days| now_millis - i64::from(days) * DAY_MILLIS);
    Put {
        expired_end: kept.and_then(before),
        too_old_end: before(now_millis - PAST_MILLIS_MAX),
        too_new_start: (ahead < events.len()).then_some(ahead),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(times: &[i64]) -> Vec<NewEvent> {
        times.iter().map(|at_millis| NewEvent { at_millis: *at_millis, message: "m".to_owned() }).collect()
    }

    #[test]
    fn what_is_too_old_expired_or_too_new_is_told() {
        let now = 100 * DAY_MILLIS;
        let put = judge(
            &events(&[now - 15 * DAY_MILLIS, now - 4 * DAY_MILLIS, now, now + 3 * 3_600_000]),
            Some(3),
            now,
        );
        assert_eq!(put, Put { expired_end: Some(2), too_old_end: Some(1), too_new_start: Some(3) });
        assert_eq!(judge(&events(&[now]), None, now), Put::default());
    }

    #[test]
    fn a_put_is_in_order_of_a_day_and_of_a_mebibyte_at_the_most() {
        assert!(check(&events(&[2, 1])).unwrap_err().text.contains("chronological order"));
        assert!(check(&events(&[0, DAY_MILLIS + 1])).unwrap_err().text.contains("24 hours"));
        let large = NewEvent { at_millis: 0, message: "x".repeat(PUT_BYTES_MAX - EVENT_BYTES + 1) };
        assert!(check(&[large]).unwrap_err().text.starts_with("Upload too large: 1048577 bytes"));
    }

    #[test]
    fn lines_of_a_service_are_cut_into_puts_that_fit() {
        let lines = events(&[0, 1, DAY_MILLIS + 2]);
        assert_eq!(fitting(&lines), 2);
        let large = NewEvent { at_millis: 0, message: "x".repeat(2 * PUT_BYTES_MAX) };
        assert_eq!(fitting(&[large.clone(), large]), 1);
    }
}
