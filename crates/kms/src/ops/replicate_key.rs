//! ReplicateKey.

use base::Tags;
use service::{Access, Call, Fault, Operation};

use super::create_key::check_lockout;
use super::target::Names;
use super::{shown, target};
use crate::engine::Kms;
use crate::engine::access::{Ask, caller_conditions, creation_conditions};
use crate::engine::policy::default_policy;
use crate::engine::regions::{NewReplica, in_region};
use crate::shapes::{ReplicateKeyRequest, ReplicateKeyResponse};

/// Makes a replica of a multi-Region primary key in another region. It can be used at once.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ReplicateKey.html>
pub(crate) struct ReplicateKey;

impl Operation for ReplicateKey {
    type Service = Kms;
    type Input = ReplicateKeyRequest;
    type Output = ReplicateKeyResponse;
    const NAME: &'static str = "ReplicateKey";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let region = input.replica_region.clone().unwrap_or_default();
        let more = vec![("kms:ReplicaRegion".into(), region.clone())];
        let ask = Ask { action: "kms:ReplicateKey", more, ..Ask::default() };
        let mut asked = target::access(kms, call, input.key_id.as_ref(), Names::OwnKey, ask).await?;
        // In the replica's region it is a key that is created.
        let mut create = Access::any("kms:CreateKey", call.caller()).with("aws:RequestedRegion", region);
        create.context.extend(caller_conditions(call.caller()));
        if let Ok(found) = target::kept(call) {
            let row = &found.key.row;
            create.context.extend(creation_conditions(row.spec.name(), row.usage.name(), row.origin, true));
        }
        let bypass = input.bypass_policy_lockout_safety_check.unwrap_or_default();
        create = create.with("kms:BypassPolicyLockoutSafetyCheck", bypass.to_string());
        for tag in input.tags.iter().flatten() {
            let key = tag.tag_key.clone().unwrap_or_default();
            let value = tag.tag_value.clone().unwrap_or_default();
            create = create.with(format!("aws:RequestTag/{key}"), value).with("aws:TagKeys", key);
        }
        asked.push(create.clone());
        if input.tags.as_ref().is_some_and(|tags| !tags.is_empty()) {
            asked.push(Access { action: "kms:TagResource", ..create });
        }
        Ok(asked)
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let at = target::kept(call)?.key.at.clone();
        let region = input.replica_region.unwrap_or_default();
        let tags: Tags = shown::tags_of(input.tags.unwrap_or_default())?;
        let text = input.policy.unwrap_or_else(|| default_policy(call.account()));
        let policy = kms.policy_to_keep(&text).await?;
        if input.bypass_policy_lockout_safety_check != Some(true) {
            check_lockout(kms, call, &in_region(&at, &region), policy.clone()).await?;
        }
        let new = NewReplica {
            region,
            description: input.description.unwrap_or_default(),
            policy: policy.text().to_owned(),
            tags,
        };
        let key = kms.replicate(&at, new).await?;
        Ok(ReplicateKeyResponse {
            replica_key_metadata: Some(shown::metadata(&key, kms.now())),
            replica_policy: Some(kms.policy_to_show(&key.policy).await?),
            replica_tags: Some(shown::tags(&key.row.tags)),
        })
    }
}
