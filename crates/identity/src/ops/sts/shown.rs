//! What the operations that issue credentials share: session policies, durations, and how credentials are told.

use std::collections::BTreeMap;
use std::time::Duration;

use base::AccountId;
use service::{Call, Caller};

use crate::engine::Identity;
use crate::engine::documents;
use crate::engine::error::{Error, Result, Why};
use crate::engine::limits::{SESSION_ARNS_MAX, SESSION_POLICY_CHARS_MAX, chars};
use crate::engine::sessions::{Issued, SessionLimits};
use crate::shapes::sts::{Credentials, PolicyDescriptorType, Tag};

/// Characters that session policies and tags may have together: what 50 tags and the largest policy come to.
const PACKED_CHARS_MAX: usize = SESSION_POLICY_CHARS_MAX + 50 * (128 + 256);

/// Credentials on the wire.
pub(super) fn credentials(issued: &Issued) -> Credentials {
    let text = |secret: &base::Secret| Some(String::from_utf8_lossy(secret.expose()).into_owned());
    Credentials {
        access_key_id: Some(issued.id.clone()),
        secret_access_key: text(&issued.secret),
        session_token: text(&issued.token),
        expiration: Some(issued.expires),
    }
}

/// Takes the code of an MFA device, if one was told. A wrong one is refused, and so is a device without a code.
pub(super) async fn took_code(
    identity: &Identity,
    call: &Call,
    serial: Option<&str>,
    code: Option<&str>,
) -> Result<bool> {
    let (Some(serial), Some(code)) = (serial, code) else {
        return if serial.is_none() && code.is_none() { Ok(false) } else { Err(wrong_code()) };
    };
    if identity.take_code(&call.caller().principal, serial, code).await? {
        Ok(true)
    } else {
        Err(wrong_code())
    }
}

fn wrong_code() -> Error {
    Error::new(Why::Denied, "MultiFactorAuthentication failed with invalid MFA one time pass code. ")
}

/// Whether temporary credentials signed the call.
pub(super) fn is_session(caller: &Caller) -> bool {
    caller.access_key_id.as_deref().is_some_and(|id| id.starts_with("ASIA"))
}

/// A duration, given or not.
pub(super) fn duration(given: Option<i32>, default_secs: u64) -> Duration {
    Duration::from_secs(given.and_then(|given| u64::try_from(given).ok()).unwrap_or(default_secs))
}

/// The session policies of a request, checked.
pub(super) async fn limits(
    identity: &Identity,
    account: AccountId,
    policy: Option<String>,
    arns: Option<Vec<PolicyDescriptorType>>,
) -> Result<SessionLimits> {
    let arns: Vec<String> = arns.unwrap_or_default().into_iter().filter_map(|given| given.arn).collect();
    if arns.len() > SESSION_ARNS_MAX {
        let text = format!("You cannot specify more than {SESSION_ARNS_MAX} policy ARNs.");
        return Err(Error::new(Why::Invalid, text));
    }
    if let Some(policy) = &policy {
        documents::check_session(policy)?;
    }
    for arn in &arns {
        identity.check_session_policy(account, arn).await?;
    }
    let size = policy.as_deref().map_or(0, chars) + arns.iter().map(String::len).sum::<usize>();
    if size > SESSION_POLICY_CHARS_MAX {
        let percent = size * 100 / SESSION_POLICY_CHARS_MAX;
        let text = format!("Packed size of session policies consumes {percent}% of allotted space.");
        return Err(Error::new(Why::PackedPolicyTooLarge, text));
    }
    Ok(SessionLimits { policy, arns })
}

/// `PackedPolicySize`: absent when there is nothing to pack.
pub(super) fn packed_size(limits: &SessionLimits, tags: &BTreeMap<String, String>) -> Option<i32> {
    let tag_chars: usize = tags.iter().map(|(key, value)| key.len() + value.len()).sum();
    let arn_chars: usize = limits.arns.iter().map(String::len).sum();
    let size = limits.policy.as_deref().map_or(0, chars) + arn_chars + tag_chars;
    (size > 0).then(|| i32::try_from((size * 100).div_ceil(PACKED_CHARS_MAX)).unwrap_or(100))
}

/// Session tags as a map; keys may not clash, whatever their case.
pub(super) fn tags(given: Option<Vec<Tag>>) -> Result<BTreeMap<String, String>> {
    let mut tags = BTreeMap::new();
    for tag in given.unwrap_or_default() {
        let key = tag.key.unwrap_or_default();
        if tags.keys().any(|there: &String| there.to_lowercase() == key.to_lowercase()) {
            let text = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
            return Err(Error::new(Why::InvalidParameter, text));
        }
        tags.insert(key, tag.value.unwrap_or_default());
    }
    Ok(tags)
}
