//! PutKeyPolicy.

use service::{Access, Call, Fault, Operation};

use super::create_key::check_lockout;
use super::target::{self, Names};
use crate::engine::access::Ask;
use crate::engine::policy::POLICY_NAME;
use crate::engine::{Error, Kms};
use crate::shapes::PutKeyPolicyRequest;
use wire::Need;

/// Sets a key's policy.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html>
pub(crate) struct PutKeyPolicy;

impl Operation for PutKeyPolicy {
    type Service = Kms;
    type Input = PutKeyPolicyRequest;
    type Output = ();
    const NAME: &'static str = "PutKeyPolicy";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let bypass = input.bypass_policy_lockout_safety_check.unwrap_or_default();
        let more = vec![("kms:BypassPolicyLockoutSafetyCheck".into(), bypass.to_string())];
        let ask = Ask { action: "kms:PutKeyPolicy", more, ..Ask::default() };
        target::access(kms, call, input.key_id.as_ref(), Names::OwnKey, ask).await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        if let Some(name) = input.policy_name.filter(|name| name != POLICY_NAME) {
            return Err(Error::NoPolicy(name).into());
        }
        let at = target::kept(call)?.key.at.clone();
        let policy = kms.policy_to_keep(&input.policy.need()).await?;
        if input.bypass_policy_lockout_safety_check != Some(true) {
            check_lockout(kms, call, &at, policy.clone()).await?;
        }
        Ok(kms.put_policy(&at, policy.text()).await?)
    }
}
