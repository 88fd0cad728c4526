//! ListShards.

use base::Page;
use service::{Access, Call, Fault, Operation};

use super::fault::invalid_argument;
use super::{pages, shown, target};
use crate::engine::listing::Filter;
use crate::engine::shard_id::parse_shard_id;
use crate::engine::stream::Status;
use crate::engine::{Calls, Error, Kinesis};
use crate::shapes::{ListShardsInput, ListShardsOutput, ShardFilter};
use crate::tables::StreamKey;

/// Shards of one answer, whatever is asked for.
const SHARDS_MAX: usize = 1_000;

/// Lists a stream's shards, filtered, page by page.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListShards.html>
pub(crate) struct ListShards;

impl Operation for ListShards {
    type Service = Kinesis;
    type Input = ListShardsInput;
    type Output = ListShardsOutput;
    const NAME: &'static str = "ListShards";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![match which(kinesis, call, input) {
            Ok(page) => target::of_stream(kinesis, "kinesis:ListShards", &page.key).await,
            Err(_) => Access::any("kinesis:ListShards", call.caller()),
        }])
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let page = which(kinesis, call, &input)?;
        kinesis.take_call(Calls::ListShards, &page.key)?;
        let stream = kinesis.stream(&page.key).await?;
        let now = kinesis.now();
        let creating = stream.status(now) == Some(Status::Creating);
        let shards = stream.filtered(page.filter, now).filter(|_| !creating);
        let following = shards.filter(|shard| page.after.is_none_or(|after| shard.number > after));
        let limit = input.max_results.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(SHARDS_MAX);
        let found = Page::take(following, limit.min(SHARDS_MAX));
        let last = found.items.last().filter(|_| found.more);
        let next_token = last.map(|shard| {
            let next = pages::ShardsPage { after: Some(shard.number), ..page.clone() };
            next.seal(kinesis.tokens(), now)
        });
        Ok(ListShardsOutput { shards: Some(found.items.into_iter().map(shown::shard).collect()), next_token })
    }
}

/// The page that is meant: the first one of a stream, or the one a token stands for.
fn which(kinesis: &Kinesis, call: &Call, input: &ListShardsInput) -> Result<pages::ShardsPage, Fault> {
    let together =
        |what: &str| invalid_argument(format!("NextToken and {what} cannot be provided together."));
    let Some(token) = &input.next_token else {
        if input.stream_name.is_none() && input.stream_arn.is_none() {
            return Err(invalid_argument("Either NextToken or StreamName should be provided."));
        }
        let key = target::stream(call, input.stream_name.as_ref(), input.stream_arn.as_ref())?;
        let filter = input.shard_filter.as_ref().map_or(Ok(Filter::All), |asked| filter(asked, &key))?;
        let after = input.exclusive_start_shard_id.as_deref().map(|id| number(id, &key)).transpose()?;
        return Ok(pages::ShardsPage { key, filter, after });
    };
    if input.stream_name.is_some() {
        return Err(together("StreamName"));
    }
    if input.exclusive_start_shard_id.is_some() {
        return Err(together("ExclusiveStartShardId"));
    }
    if input.stream_creation_timestamp.is_some() {
        return Err(together("StreamCreationTimestamp"));
    }
    pages::ShardsPage::open(kinesis.tokens(), token, kinesis.now())
}

fn filter(asked: &ShardFilter, key: &StreamKey) -> Result<Filter, Fault> {
    let kind = asked.r#type.as_deref().unwrap_or_default();
    let time = || {
        let lacking =
            || invalid_argument(format!("Timestamp must be provided for the shard filter type {kind}."));
        asked.timestamp.ok_or_else(lacking)
    };
    match kind {
        "AT_TRIM_HORIZON" => Ok(Filter::AtTrimHorizon),
        "AT_LATEST" => Ok(Filter::AtLatest),
        "AT_TIMESTAMP" => Ok(Filter::AtTime(time()?)),
        "FROM_TIMESTAMP" => Ok(Filter::FromTime(time()?)),
        "AFTER_SHARD_ID" => {
            let lacking =
                || invalid_argument("ShardId must be provided for the shard filter type AFTER_SHARD_ID.");
            Ok(Filter::AfterShard(number(asked.shard_id.as_deref().ok_or_else(lacking)?, key)?))
        }
        // FROM_TRIM_HORIZON, the last the model allows: whatever is not expired.
        _ => Ok(Filter::All),
    }
}

fn number(shard_id: &str, key: &StreamKey) -> Result<u32, Fault> {
    Ok(parse_shard_id(shard_id).ok_or_else(|| Error::ShardNotFound(key.clone(), shard_id.to_owned()))?)
}
