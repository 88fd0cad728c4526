//! Streams.

use wire::Need;

use super::{group_arn, group_key, identified, identified_access, limit, name_of_token, stream_access};
use crate::engine::error::{Error, Why};
use crate::engine::logs::streams::StreamPlace;
use crate::ops::operation;
use crate::shapes::logs::{
    CreateLogStreamRequest, DeleteLogStreamRequest, DescribeLogStreamsRequest, DescribeLogStreamsResponse,
    LogStream,
};
use crate::tables::logs::{GroupId, GroupKey, StreamRow};

operation! {
    /// Creates a stream. <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html>
    logs CreateLogStream(CreateLogStreamRequest) -> (),
    asks |call, said| {
        stream_access("logs:CreateLogStream", call, said.log_group_name.as_ref(), said.log_stream_name.as_ref())
    },
    does |watch, call, given| {
        let key = group_key(call, &given.log_group_name.need());
        watch.create_stream(&key, &given.log_stream_name.need()).await?
    },
}

operation! {
    /// Deletes a stream and its events. <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogStream.html>
    logs DeleteLogStream(DeleteLogStreamRequest) -> (),
    asks |call, said| {
        stream_access("logs:DeleteLogStream", call, said.log_group_name.as_ref(), said.log_stream_name.as_ref())
    },
    does |watch, call, given| {
        let key = group_key(call, &given.log_group_name.need());
        watch.delete_stream(&key, &given.log_stream_name.need()).await?
    },
}

operation! {
    /// Lists the streams of a group. <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html>
    logs DescribeLogStreams(DescribeLogStreamsRequest) -> DescribeLogStreamsResponse,
    asks |call, said| {
        let identifier = said.log_group_identifier.as_ref();
        identified_access("logs:DescribeLogStreams", call, said.log_group_name.as_ref(), identifier)
    },
    does |watch, call, given| {
        let key = identified(call, given.log_group_name.as_ref(), given.log_group_identifier.as_ref())?;
        let group = GroupId(watch.group(&key).await?.value.id);
        let by_time = given.order_by.as_deref() == Some("LastEventTime");
        let prefix = given.log_stream_name_prefix.unwrap_or_default();
        if by_time && !prefix.is_empty() {
            Err(Error::invalid("Cannot order by LastEventTime with a logStreamNamePrefix."))?;
        }
        let descending = given.descending.unwrap_or(false);
        let limit = limit(given.limit);
        let purpose = format!("DescribeLogStreams {} {by_time} {descending} {prefix}", group.0);
        let after = given.next_token.as_deref();
        if by_time || descending {
            let after = place_of_token(watch, &purpose, after)?;
            let (streams, more) = match by_time {
                true => watch.list_streams_by_time(group, descending, after.as_ref(), limit).await?,
                false => {
                    let mut all = watch.every_stream(group, &prefix).await?;
                    all.retain(|(name, _)| after.as_ref().is_none_or(|after| *name < after.name));
                    all.reverse();
                    let more = all.len() > limit;
                    all.truncate(limit);
                    (all, more)
                }
            };
            let last = streams.last().filter(|_| more).map(|(name, row)| token_of_place(name, row));
            let next_token = last.map(|place| watch.tokens.seal(&purpose, &place));
            return Ok(page(&key, streams, next_token));
        }
        let after = name_of_token(watch, &purpose, after)?;
        let (streams, more) = watch.list_streams(group, &prefix, after.as_deref(), limit).await?;
        let last = streams.last().filter(|_| more).map(|(name, _)| name.clone());
        page(&key, streams, last.map(|name| watch.tokens.seal(&purpose, name.as_bytes())))
    },
}

fn page(
    key: &GroupKey,
    streams: Vec<(String, StreamRow)>,
    next_token: Option<String>,
) -> DescribeLogStreamsResponse {
    let arn = group_arn(key);
    let shown = |(name, row): (String, StreamRow)| LogStream {
        arn: Some(format!("{arn}:log-stream:{name}")),
        log_stream_name: Some(name),
        creation_time: Some(row.created_millis),
        first_event_timestamp: row.first_millis,
        last_event_timestamp: row.last_millis,
        last_ingestion_time: row.ingested_millis,
        upload_sequence_token: Some(super::events::sequence_token(row.next)),
        // AWS has told nothing else since 2019.
        stored_bytes: Some(0),
    };
    DescribeLogStreamsResponse { log_streams: Some(streams.into_iter().map(shown).collect()), next_token }
}

fn token_of_place(name: &str, row: &StreamRow) -> Vec<u8> {
    let mut bytes = row.last_millis.unwrap_or(i64::MIN).to_be_bytes().to_vec();
    bytes.extend_from_slice(name.as_bytes());
    bytes
}

fn place_of_token(
    watch: &crate::engine::CloudWatch,
    purpose: &str,
    token: Option<&str>,
) -> Result<Option<StreamPlace>, Error> {
    let Some(token) = token else { return Ok(None) };
    let opened = || {
        let bytes = watch.tokens.open(purpose, token).ok()?;
        let (millis, name) = bytes.split_first_chunk()?;
        let name = String::from_utf8(name.to_vec()).ok()?;
        Some(StreamPlace { last_millis: i64::from_be_bytes(*millis), name })
    };
    match opened() {
        Some(place) => Ok(Some(place)),
        None => Err(Error::new(Why::InvalidToken, "The specified nextToken is invalid.")),
    }
}
