//! PutResourcePolicy.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target;
use crate::engine::Kinesis;
use crate::shapes::PutResourcePolicyInput;

/// Says who else may use a stream or consumer.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutResourcePolicy.html>
pub(crate) struct PutResourcePolicy;

impl Operation for PutResourcePolicy {
    type Service = Kinesis;
    type Input = PutResourcePolicyInput;
    type Output = ();
    const NAME: &'static str = "PutResourcePolicy";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::resource_access(kinesis, call, "kinesis:PutResourcePolicy", input.resource_arn.as_ref()).await
    }

    async fn run(kinesis: &Kinesis, _: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let of = target::governed(&input.resource_arn.need())?;
        Ok(kinesis.put_policy(&of, &input.policy.need()).await?)
    }
}
