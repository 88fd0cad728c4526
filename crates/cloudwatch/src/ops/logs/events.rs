//! Events, in and out.

use wire::Need;

use super::{group_key, identified, identified_access, stream_access};
use crate::engine::CloudWatch;
use crate::engine::error::{Error, Why};
use crate::engine::logs::events::NewEvent;
use crate::engine::logs::groups::DAY_MILLIS;
use crate::engine::logs::pattern::Pattern;
use crate::engine::logs::reading::{Event, PAGE, Page, Place, Window};
use crate::ops::operation;
use crate::shapes::logs::{
    FilterLogEventsRequest, FilterLogEventsResponse, FilteredLogEvent, GetLogEventsRequest,
    GetLogEventsResponse, InputLogEvent, OutputLogEvent, PutLogEventsRequest, PutLogEventsResponse,
    RejectedLogEventsInfo,
};
use crate::tables::logs::{GroupId, GroupRow, StreamRow};

operation! {
    /// Takes events. Durable when answered. Sequence tokens are given and ignored, as on AWS since 2023.
    /// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html>
    logs PutLogEvents(PutLogEventsRequest) -> PutLogEventsResponse,
    asks |call, said| {
        stream_access("logs:PutLogEvents", call, said.log_group_name.as_ref(), said.log_stream_name.as_ref())
    },
    does |watch, call, given| {
        let key = group_key(call, &given.log_group_name.need());
        let stream = given.log_stream_name.need();
        let event = |event: InputLogEvent| NewEvent { at_millis: event.timestamp.need(), message: event.message.need() };
        let events: Vec<NewEvent> = given.log_events.need().into_iter().map(event).collect();
        call.meter_records(events.len() as u64);
        let put = watch.put_events(&key, &stream, events).await?;
        let (_, row) = watch.stream(&key, &stream).await?;
        let index = |index: Option<usize>| index.and_then(|index| i32::try_from(index).ok());
        let rejected = RejectedLogEventsInfo {
            too_new_log_event_start_index: index(put.too_new_start),
            too_old_log_event_end_index: index(put.too_old_end),
            expired_log_event_end_index: index(put.expired_end),
        };
        PutLogEventsResponse {
            next_sequence_token: Some(sequence_token(row.value.next)),
            rejected_log_events_info: (put != Default::default()).then_some(rejected),
            rejected_entity_info: None,
        }
    },
}

/// A token in AWS's form.
pub(super) fn sequence_token(next: u64) -> String {
    format!("49{next:054}")
}

operation! {
    /// The events of a stream, a page at a time in either direction.
    /// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html>
    logs GetLogEvents(GetLogEventsRequest) -> GetLogEventsResponse,
    asks |call, said| match identified(call, said.log_group_name.as_ref(), said.log_group_identifier.as_ref()) {
        Ok(key) => super::asked("logs:GetLogEvents", &key, said.log_stream_name.as_deref().unwrap_or_default()),
        Err(_) => identified_access("logs:GetLogEvents", call, None, None),
    },
    does |watch, call, given| {
        let key = identified(call, given.log_group_name.as_ref(), given.log_group_identifier.as_ref())?;
        let group = watch.group(&key).await?.value;
        let (_, row) = watch.stream(&key, &given.log_stream_name.need()).await?;
        let purpose = format!("GetLogEvents {}", row.value.id);
        let token = given.next_token.as_deref().map(|token| open(watch, &purpose, token)).transpose()?;
        let window = Window {
            start_millis: kept_since(watch, &group).max(given.start_time.unwrap_or(0)),
            end_millis: given.end_time.unwrap_or(i64::MAX),
            beyond: token.map(|(_, place)| place),
            limit: given.limit.map_or(PAGE, |limit| limit.unsigned_abs() as usize),
            pattern: None,
        };
        let forward = token.map_or(given.start_from_head.unwrap_or(false), |(forward, _)| forward);
        let streams = [row.value];
        let page = match forward {
            true => watch.events_forward(&streams, window).await?,
            false => {
                let mut page = watch.events_backward(&streams, window).await?;
                page.events.reverse();
                page
            }
        };
        // Where nothing was found both tokens stay where the call was.
        let here = token.map_or(Place::before(window.start_millis), |(_, place)| place);
        let (first, last) = match (page.events.first(), page.events.last()) {
            (Some((first, _)), Some((last, _))) => (*first, *last),
            _ => (here, here),
        };
        GetLogEventsResponse {
            events: Some(page.events.into_iter().map(|(_, event)| shown(event)).collect()),
            next_forward_token: Some(format!("f/{}", watch.tokens.seal(&purpose, &last.to_bytes()))),
            next_backward_token: Some(format!("b/{}", watch.tokens.seal(&purpose, &first.to_bytes()))),
        }
    },
}

/// Whether a token leads forward, and from where.
fn open(watch: &CloudWatch, purpose: &str, token: &str) -> Result<(bool, Place), Error> {
    let (forward, sealed) = match (token.strip_prefix("f/"), token.strip_prefix("b/")) {
        (Some(sealed), _) => (true, sealed),
        (None, Some(sealed)) => (false, sealed),
        (None, None) => return Err(Error::new(Why::InvalidToken, "The specified nextToken is invalid.")),
    };
    Ok((forward, watch.place_of(purpose, sealed)?))
}

/// Since when events of a group are shown.
fn kept_since(watch: &CloudWatch, group: &GroupRow) -> i64 {
    group.retention_days.map_or(0, |days| watch.clock.now().as_millis() - i64::from(days) * DAY_MILLIS)
}

fn shown(event: Event) -> OutputLogEvent {
    OutputLogEvent {
        timestamp: Some(event.at_millis),
        message: Some(event.message),
        ingestion_time: Some(event.ingested_millis),
    }
}

operation! {
    /// The events of a group that match a pattern, in the order of their times.
    /// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html>
    logs FilterLogEvents(FilterLogEventsRequest) -> FilterLogEventsResponse,
    asks |call, said| {
        let identifier = said.log_group_identifier.as_ref();
        identified_access("logs:FilterLogEvents", call, said.log_group_name.as_ref(), identifier)
    },
    does |watch, call, given| {
        let key = identified(call, given.log_group_name.as_ref(), given.log_group_identifier.as_ref())?;
        let group = watch.group(&key).await?.value;
        if given.log_stream_names.is_some() && given.log_stream_name_prefix.is_some() {
            let text = "LogStreamNames and LogStreamNamePrefix are mutually exclusive parameters.";
            Err(Error::invalid(text))?;
        }
        let pattern = Pattern::parse(given.filter_pattern.as_deref().unwrap_or_default());
        let pattern = pattern.map_err(|invalid| Error::invalid(invalid.to_string()))?;
        let id = GroupId(group.id);
        let (start, end) = (given.start_time.unwrap_or(0), given.end_time.unwrap_or(i64::MAX - 1));
        let purpose = format!(
            "FilterLogEvents {} {start} {end} {:?} {:?} {:?}",
            group.id, given.filter_pattern, given.log_stream_names, given.log_stream_name_prefix
        );
        let streams: Vec<(String, StreamRow)> = match &given.log_stream_names {
            Some(names) => {
                let mut found = Vec::new();
                for name in names {
                    found.push((name.clone(), watch.stream(&key, name).await?.1.value));
                }
                found
            }
            None => watch.every_stream(id, given.log_stream_name_prefix.as_deref().unwrap_or_default()).await?,
        };
        let window = Window {
            start_millis: kept_since(watch, &group).max(start),
            // The end is of the range here.
            end_millis: end.saturating_add(1),
            beyond: given.next_token.as_deref().map(|token| watch.place_of(&purpose, token)).transpose()?,
            limit: given.limit.map_or(PAGE, |limit| limit.unsigned_abs() as usize),
            pattern: Some(&pattern),
        };
        let overlaps = |row: &StreamRow| {
            row.last_millis.is_some_and(|last| last >= window.start_millis)
                && row.first_millis.is_some_and(|first| first < window.end_millis)
        };
        let (names, rows): (Vec<_>, Vec<_>) = streams.into_iter().filter(|(_, row)| overlaps(row)).unzip();
        let Page { events, more } = watch.events_forward(&rows, window).await?;
        let shown = |(place, event): (Place, Event)| FilteredLogEvent {
            log_stream_name: Some(names[event.lane].clone()),
            timestamp: Some(event.at_millis),
            message: Some(event.message),
            ingestion_time: Some(event.ingested_millis),
            event_id: Some(place.id()),
        };
        FilterLogEventsResponse {
            events: Some(events.into_iter().map(shown).collect()),
            // AWS leaves it empty since 2020.
            searched_log_streams: Some(Vec::new()),
            next_token: more.map(|place| watch.tokens.seal(&purpose, &place.to_bytes())),
        }
    },
}
