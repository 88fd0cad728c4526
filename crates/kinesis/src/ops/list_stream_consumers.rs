//! ListStreamConsumers.

use service::{Access, Call, Fault, Operation};

use super::{pages, shown, target};
use crate::engine::{Calls, Kinesis};
use crate::shapes::{ListStreamConsumersInput, ListStreamConsumersOutput};

/// Consumers of one answer, whatever is asked for.
const CONSUMERS_MAX: usize = 100;

/// Lists a stream's fan-out consumers, by name.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListStreamConsumers.html>
pub(crate) struct ListStreamConsumers;

impl Operation for ListStreamConsumers {
    type Service = Kinesis;
    type Input = ListStreamConsumersInput;
    type Output = ListStreamConsumersOutput;
    const NAME: &'static str = "ListStreamConsumers";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::access(kinesis, call, "kinesis:ListStreamConsumers", None, input.stream_arn.as_ref()).await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, None, input.stream_arn.as_ref())?;
        kinesis.take_call(Calls::ListConsumers, &key)?;
        let purpose = format!("kinesis.ListStreamConsumers/{}/{}/{}", key.account, key.region, key.name);
        let now = kinesis.now();
        let token = input.next_token.as_deref();
        let after =
            token.map(|token| pages::open_name(kinesis.tokens(), &purpose, token, now)).transpose()?;
        let limit = input.max_results.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(CONSUMERS_MAX);
        let page = kinesis.list_consumers(&key, after.as_deref(), limit.min(CONSUMERS_MAX)).await?;
        let last = page.items.last().filter(|_| page.more);
        Ok(ListStreamConsumersOutput {
            next_token: last.map(|last| pages::seal_name(kinesis.tokens(), &purpose, &last.name, now)),
            consumers: Some(page.items.iter().map(|consumer| shown::consumer(consumer, now)).collect()),
        })
    }
}
