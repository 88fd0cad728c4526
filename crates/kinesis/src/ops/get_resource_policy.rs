//! GetResourcePolicy.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target;
use crate::engine::Kinesis;
use crate::shapes::{GetResourcePolicyInput, GetResourcePolicyOutput};

/// The policy of a stream or consumer; `{}` if it has none.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetResourcePolicy.html>
pub(crate) struct GetResourcePolicy;

impl Operation for GetResourcePolicy {
    type Service = Kinesis;
    type Input = GetResourcePolicyInput;
    type Output = GetResourcePolicyOutput;
    const NAME: &'static str = "GetResourcePolicy";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::resource_access(kinesis, call, "kinesis:GetResourcePolicy", input.resource_arn.as_ref()).await
    }

    async fn run(kinesis: &Kinesis, _: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let of = target::governed(&input.resource_arn.need())?;
        let policy = kinesis.shown_policy(&of).await?.unwrap_or_else(|| "{}".to_owned());
        Ok(GetResourcePolicyOutput { policy: Some(policy) })
    }
}
