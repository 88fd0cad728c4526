//! CreateKey.

use std::sync::Arc;

use base::Tags;
use ports::Principal;
use service::{Access, Call, Caller, Fault, Operation, ResourceRule, ResourceSide};

use super::fault::validation;
use super::shown;
use crate::engine::access::{caller_conditions, creation_conditions};
use crate::engine::lifecycle::NewKey;
use crate::engine::policy::default_policy;
use crate::engine::{Error, Kms};
use crate::shapes::{CreateKeyRequest, CreateKeyResponse};
use crate::tables::{KeyRef, Origin, Spec, Usage};

/// Creates a key. Differs: no custom key stores, no SM2, no ML-KEM.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html>
pub(crate) struct CreateKey;

impl Operation for CreateKey {
    type Service = Kms;
    type Input = CreateKeyRequest;
    type Output = CreateKeyResponse;
    const NAME: &'static str = "CreateKey";

    async fn access(_: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let mut create = Access::any("kms:CreateKey", call.caller());
        create.context = caller_conditions(call.caller());
        let spec = asked_spec(input);
        let usage = input.key_usage.as_deref().unwrap_or(Usage::EncryptDecrypt.name());
        let origin =
            if input.origin.as_deref() == Some("EXTERNAL") { Origin::External } else { Origin::AwsKms };
        let multi_region = input.multi_region.unwrap_or_default();
        create.context.extend(creation_conditions(spec, usage, origin, multi_region));
        let bypass = input.bypass_policy_lockout_safety_check.unwrap_or_default();
        create = create.with("kms:BypassPolicyLockoutSafetyCheck", bypass.to_string());
        let mut asked = Vec::new();
        for tag in input.tags.iter().flatten() {
            let key = tag.tag_key.clone().unwrap_or_default();
            let value = tag.tag_value.clone().unwrap_or_default();
            create = create.with(format!("aws:RequestTag/{key}"), value).with("aws:TagKeys", key);
        }
        if input.tags.as_ref().is_some_and(|tags| !tags.is_empty()) {
            asked.push(Access { action: "kms:TagResource", ..create.clone() });
        }
        asked.insert(0, create);
        Ok(asked)
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let (spec, usage) = kind(&input)?;
        let origin = origin(&input)?;
        let tags: Tags = shown::tags_of(input.tags.unwrap_or_default())?;
        let multi_region = input.multi_region.unwrap_or_default();
        let at = KeyRef {
            account: call.account(),
            region: call.region().to_string(),
            id: kms.new_key_id(multi_region),
        };
        let text = input.policy.unwrap_or_else(|| default_policy(call.account()));
        let policy = kms.policy_to_keep(&text).await?;
        if input.bypass_policy_lockout_safety_check != Some(true) {
            check_lockout(kms, call, &at, policy.clone()).await?;
        }
        let new = NewKey {
            account: at.account,
            region: at.region.clone(),
            spec,
            usage,
            origin,
            description: input.description.unwrap_or_default(),
            policy: policy.text().to_owned(),
            tags,
            multi_region,
        };
        let key = kms.create_key(at.id, new).await?;
        Ok(CreateKeyResponse { key_metadata: Some(shown::metadata(&key, kms.now())) })
    }
}

/// Fails unless the caller, or at least the account's root, could set the key's policy under this one.
pub(crate) async fn check_lockout(
    kms: &Kms,
    call: &Call,
    at: &KeyRef,
    policy: Arc<policy::Document>,
) -> Result<(), Fault> {
    let side = ResourceSide { policy: Some(policy), granted: false, rule: ResourceRule::KeyPolicy };
    let mut access = Access::owned("kms:PutKeyPolicy", at.arn(), at.account).under(side);
    access.context = caller_conditions(call.caller());
    if call.allow(access.clone()).await.is_ok() {
        return Ok(());
    }
    let root = Caller::internal(Principal::root(at.account), call.region().clone());
    kms.allow(&root, &access).await.map_err(|_| Error::PolicyLockout.into())
}

fn asked_spec(input: &CreateKeyRequest) -> &str {
    let asked = input.key_spec.as_deref().or(input.customer_master_key_spec.as_deref());
    asked.unwrap_or(Spec::Symmetric.name())
}

fn kind(input: &CreateKeyRequest) -> Result<(Spec, Usage), Fault> {
    if let (Some(spec), Some(old)) = (&input.key_spec, &input.customer_master_key_spec)
        && spec != old
    {
        return Err(validation("KeySpec and CustomerMasterKeySpec cannot have different values."));
    }
    let name = asked_spec(input);
    let spec =
        Spec::named(name).ok_or_else(|| Error::Unsupported(format!("KeySpec {name} is not supported.")))?;
    let usage = match input.key_usage.as_deref() {
        Some(name) => Usage::named(name).ok_or_else(|| Error::UsageOfSpec(name.to_owned(), spec.name()))?,
        None if spec == Spec::Symmetric => Usage::EncryptDecrypt,
        None => {
            return Err(validation(
                "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.",
            ));
        }
    };
    if !spec.usages().contains(&usage) {
        return Err(Error::UsageOfSpec(usage.name().to_owned(), spec.name()).into());
    }
    Ok((spec, usage))
}

fn origin(input: &CreateKeyRequest) -> Result<Origin, Fault> {
    let stores = || Fault::from(Error::Unsupported(super::NO_KEY_STORES.to_owned()));
    if input.custom_key_store_id.is_some() || input.xks_key_id.is_some() {
        return Err(stores());
    }
    match input.origin.as_deref() {
        None | Some("AWS_KMS") => Ok(Origin::AwsKms),
        Some("EXTERNAL") => Ok(Origin::External),
        Some(_) => Err(stores()),
    }
}
