//! ListKeyPolicies.

use service::{Access, Call, Fault, Operation};

use super::target;
use crate::engine::Kms;
use crate::engine::policy::POLICY_NAME;
use crate::shapes::{ListKeyPoliciesRequest, ListKeyPoliciesResponse};

/// Lists the names of a key's policies: there is one.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyPolicies.html>
pub(crate) struct ListKeyPolicies;

impl Operation for ListKeyPolicies {
    type Service = Kms;
    type Input = ListKeyPoliciesRequest;
    type Output = ListKeyPoliciesResponse;
    const NAME: &'static str = "ListKeyPolicies";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::own_key(kms, call, input.key_id.as_ref(), "kms:ListKeyPolicies").await
    }

    async fn run(_: &Kms, call: &Call, _: Self::Input) -> Result<Self::Output, Fault> {
        target::kept(call)?;
        Ok(ListKeyPoliciesResponse {
            policy_names: Some(vec![POLICY_NAME.to_owned()]),
            next_marker: None,
            truncated: Some(false),
        })
    }
}
