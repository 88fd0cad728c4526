//! GetKeyPolicy.

use service::{Access, Call, Fault, Operation};

use super::target;
use crate::engine::policy::POLICY_NAME;
use crate::engine::{Error, Kms};
use crate::shapes::{GetKeyPolicyRequest, GetKeyPolicyResponse};

/// Returns a key's policy, as it was put.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html>
pub(crate) struct GetKeyPolicy;

impl Operation for GetKeyPolicy {
    type Service = Kms;
    type Input = GetKeyPolicyRequest;
    type Output = GetKeyPolicyResponse;
    const NAME: &'static str = "GetKeyPolicy";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::own_key(kms, call, input.key_id.as_ref(), "kms:GetKeyPolicy").await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let name = input.policy_name.unwrap_or_else(|| POLICY_NAME.to_owned());
        if name != POLICY_NAME {
            return Err(Error::NoPolicy(name).into());
        }
        let policy = kms.policy_to_show(&target::kept(call)?.key.policy).await?;
        Ok(GetKeyPolicyResponse { policy: Some(policy), policy_name: Some(name) })
    }
}
