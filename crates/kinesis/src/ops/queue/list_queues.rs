//! ListQueues.

use base::Timestamp;
use service::{Access, Call, Fault, Operation};

use super::passes_any;
use crate::engine::queue::Queue;
use crate::engine::stream::arn;
use crate::engine::{Calls, Kinesis};
use crate::ops::pages;
use crate::ops::target::account;
use crate::shapes::{ListQueuesInput, ListQueuesOutput, QueueStreamIdentifier, QueueSummary};

/// Queues of one answer, whatever is asked for.
const QUEUES_MAX: usize = 100;
const PURPOSE: &str = "kinesis.ListQueues";

/// Lists the queues of an account in a region, by name.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListQueues.html>
pub(crate) struct ListQueues;

impl Operation for ListQueues {
    type Service = Kinesis;
    type Input = ListQueuesInput;
    type Output = ListQueuesOutput;
    const NAME: &'static str = "ListQueues";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let _ = (kinesis, input);
        Ok(vec![Access::any("kinesis:ListQueues", call.caller())])
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let account = account(call);
        kinesis.take_call(Calls::Readers, &account)?;
        let filters = input.stream_filter.unwrap_or_default().into_iter();
        let passes = passes_any(filters.map(|filter| (filter.stream_arn, filter.stream_creation_timestamp)))?;
        let now = kinesis.now();
        let purpose = format!("{PURPOSE}/{}/{}", account.account, account.region);
        let token = input.next_token.as_deref();
        let after =
            token.map(|token| pages::open_name(kinesis.tokens(), &purpose, token, now)).transpose()?;
        let limit = input.max_results.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(QUEUES_MAX);
        let wanted = |queue: &Queue| passes(&queue.stream(), queue.row.stream_created_micros);
        let of = (account.account, account.region.as_str());
        let page = kinesis.list_queues(of, wanted, after.as_deref(), limit.min(QUEUES_MAX)).await?;
        let last = page.items.last().filter(|_| page.more);
        Ok(ListQueuesOutput {
            next_token: last.map(|last| pages::seal_name(kinesis.tokens(), &purpose, &last.row.name, now)),
            queue_summaries: Some(page.items.iter().map(|queue| summary(queue, now)).collect()),
        })
    }
}

fn summary(queue: &Queue, now: Timestamp) -> QueueSummary {
    QueueSummary {
        queue_name: Some(queue.row.name.clone()),
        queue_arn: Some(queue.arn()),
        queue_status: Some(queue.status(now).as_str().to_owned()),
        queue_creation_timestamp: Some(Timestamp::from_micros(queue.row.created_micros)),
        streams: Some(vec![QueueStreamIdentifier {
            stream_arn: Some(arn(&queue.stream()).to_string()),
            stream_creation_timestamp: Some(Timestamp::from_micros(queue.row.stream_created_micros)),
        }]),
    }
}
