//! DeleteResourcePolicy.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target;
use crate::engine::Kinesis;
use crate::shapes::DeleteResourcePolicyInput;

/// Takes the policy of a stream or consumer away.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeleteResourcePolicy.html>
pub(crate) struct DeleteResourcePolicy;

impl Operation for DeleteResourcePolicy {
    type Service = Kinesis;
    type Input = DeleteResourcePolicyInput;
    type Output = ();
    const NAME: &'static str = "DeleteResourcePolicy";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::resource_access(kinesis, call, "kinesis:DeleteResourcePolicy", input.resource_arn.as_ref())
            .await
    }

    async fn run(kinesis: &Kinesis, _: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let arn = input.resource_arn.need();
        if kinesis.delete_policy(&target::governed(&arn)?).await? {
            return Ok(());
        }
        Err(super::fault::no_policy(&arn))
    }
}
