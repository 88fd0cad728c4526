//! ListDeliveryStreams.

use service::{Access, Call, Fault, Operation};

use super::{Firehose, fault};
use crate::shapes::{ListDeliveryStreamsInput, ListDeliveryStreamsOutput};

/// Names of a page unless the request says otherwise.
const LIMIT_DEFAULT: i32 = 10;

/// Lists delivery streams in alphabetical order.
/// <https://docs.aws.amazon.com/firehose/latest/APIReference/API_ListDeliveryStreams.html>
pub struct ListDeliveryStreams;

impl Operation for ListDeliveryStreams {
    type Service = Firehose;
    type Input = ListDeliveryStreamsInput;
    type Output = ListDeliveryStreamsOutput;
    const NAME: &'static str = "ListDeliveryStreams";

    async fn access(_: &Firehose, call: &Call, _: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![Access::any("firehose:ListDeliveryStreams", call.caller())])
    }

    async fn run(firehose: &Firehose, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let kind = input.delivery_stream_type;
        let limit = input.limit.unwrap_or(LIMIT_DEFAULT).unsigned_abs() as usize;
        let after = input.exclusive_start_delivery_stream_name;
        let listed = firehose
            .engine
            .list(call.account(), call.region(), after.as_deref(), limit, kind.as_deref())
            .await;
        let listed = listed.map_err(fault::of)?;
        Ok(page(listed.names, listed.more))
    }
}

fn page(names: Vec<String>, more: bool) -> ListDeliveryStreamsOutput {
    ListDeliveryStreamsOutput { delivery_stream_names: Some(names), has_more_delivery_streams: Some(more) }
}
