//! CreateStream.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::fault::invalid_argument;
use super::target::account;
use super::{shown, target};
use crate::engine::lifecycle::{NewStream, ON_DEMAND_SHARDS, RECORD_KIB_DEFAULT};
use crate::engine::{Calls, Kinesis};
use crate::shapes::CreateStreamInput;
use crate::tables::Mode;

/// Creates a stream. Differs: usable at once unless `transitions` are asked for.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html>
pub(crate) struct CreateStream;

impl Operation for CreateStream {
    type Service = Kinesis;
    type Input = CreateStreamInput;
    type Output = ();
    const NAME: &'static str = "CreateStream";

    async fn access(_: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let name = input.stream_name.as_deref().unwrap_or_default();
        let access = target::to_stream("kinesis:CreateStream", &target::named(call, name));
        Ok(vec![access.tagging(input.tags.iter().flatten())])
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::named(call, &input.stream_name.need());
        kinesis.take_call(Calls::Create, &account(call))?;
        let shard_count = input.shard_count.and_then(|count| u32::try_from(count).ok());
        // Neither a mode nor a count: on demand.
        let mode = match &input.stream_mode_details {
            Some(details) => shown::mode_of(details),
            None if shard_count.is_some() => Mode::Provisioned,
            None => Mode::OnDemand,
        };
        let shards = match (mode, shard_count) {
            (Mode::OnDemand, None) => ON_DEMAND_SHARDS,
            (Mode::OnDemand, Some(_)) => {
                return Err(invalid_argument(
                    "ShardCount must not be specified for a stream in ON_DEMAND mode.",
                ));
            }
            (Mode::Provisioned, Some(count)) => count,
            (Mode::Provisioned, None) => {
                return Err(invalid_argument(
                    "ShardCount must be specified for a stream in PROVISIONED mode.",
                ));
            }
        };
        let record_kib_max = input.max_record_size_in_kib.and_then(|size| u32::try_from(size).ok());
        let record_kib_max = record_kib_max.unwrap_or(RECORD_KIB_DEFAULT);
        let tags = input.tags.unwrap_or_default();
        let distribution = shown::distribution_of(input.record_distribution_strategy.as_deref());
        let warm_mib = shown::mib_of(input.warm_throughput_mi_bps);
        let new = NewStream { key, mode, shards, tags, record_kib_max, distribution, warm_mib };
        Ok(kinesis.create_stream(new).await?)
    }
}
