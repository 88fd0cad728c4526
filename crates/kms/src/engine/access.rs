//! What the authorizer is asked about a key (facts sections 8, 9.3 and 13).

use std::borrow::Cow;

use service::{Access, Caller, Denied, ResourceRule, ResourceSide};

use super::context::Context;
use super::grant::{GrantOperation, Need};
use super::keys::Key;
use super::{Error, Kms};
use crate::tables::{GrantRow, KeyRef, Origin};

/// Condition keys and their values.
pub type Conditions = Vec<(Cow<'static, str>, String)>;

/// What is wanted of a key, as far as policies and grants ask.
#[derive(Clone, Debug, Default)]
pub struct Ask<'a> {
    /// The IAM action.
    pub action: &'static str,
    /// What a grant would have to allow; `None` if none can.
    pub by_grant: Option<GrantOperation>,
    /// The encryption context, for operations that take one.
    pub context: Option<&'a Context>,
    /// The grant that is to be made.
    pub child: Option<&'a GrantRow>,
    /// The alias the key was called by.
    pub alias: Option<&'a str>,
    /// The service that calls, e.g. `s3`.
    pub via: Option<&'a str>,
    /// Further condition keys.
    pub more: Conditions,
}

impl Kms {
    /// The question whether somebody may do something with a key.
    pub async fn question(&self, caller: &Caller, key: &Key, ask: Ask<'_>) -> Result<Access, Error> {
        let granted = match ask.by_grant {
            Some(operation) => {
                let need = Need { operation, context: ask.context, child: ask.child };
                self.granted(key, &caller.principal, need).await?
            }
            None => false,
        };
        let side = ResourceSide { policy: Some(key.policy.clone()), granted, rule: ResourceRule::KeyPolicy };
        let mut access = Access::owned(ask.action, key.arn(), key.at.account).under(side);
        access.context = conditions(caller, key, &ask);
        access.context.extend(ask.more);
        Ok(access)
    }

    /// Asks it.
    pub async fn allow(&self, caller: &Caller, access: &Access) -> Result<(), Error> {
        let asked = self.authorizer.allow(caller, access).await;
        asked.map_err(|denied| Error::Denied { text: refusal(&denied), hint: denied.hint })
    }
}

/// Condition keys that follow from the caller alone.
pub fn caller_conditions(caller: &Caller) -> Conditions {
    vec![("kms:CallerAccount".into(), caller.principal.account.to_string())]
}

fn conditions(caller: &Caller, key: &Key, ask: &Ask<'_>) -> Conditions {
    let row = &key.row;
    let mut conditions = caller_conditions(caller);
    let mut add = |name: &'static str, value: String| conditions.push((name.into(), value));
    add("kms:KeySpec", row.spec.name().to_owned());
    add("kms:KeyUsage", row.usage.name().to_owned());
    add("kms:KeyOrigin", row.origin.name().to_owned());
    add("kms:MultiRegion", row.multi_region.is_some().to_string());
    if let Some(regions) = &row.multi_region {
        let kind = if regions.primary == key.at.region { "PRIMARY" } else { "REPLICA" };
        add("kms:MultiRegionKeyType", kind.to_owned());
    }
    for alias in &row.aliases {
        add("kms:ResourceAliases", alias.clone());
    }
    if let Some(alias) = ask.alias {
        add("kms:RequestAlias", alias.to_owned());
    }
    if let Some(service) = ask.via {
        add("kms:ViaService", format!("{service}.{}.amazonaws.com", key.at.region));
    }
    for (name, _) in ask.context.into_iter().flatten() {
        add("kms:EncryptionContextKeys", name.clone());
    }
    for (name, value) in ask.context.into_iter().flatten() {
        conditions.push((format!("kms:EncryptionContext:{name}").into(), value.clone()));
    }
    for (tag, value) in &row.tags {
        conditions.push((format!("aws:ResourceTag/{tag}").into(), value.clone()));
    }
    conditions
}

/// A refusal in AWS's words. Whoever comes from another account does not learn whether the key exists (facts section 7).
pub fn refusal(denied: &Denied) -> String {
    let account = |arn: &str| arn.split(':').nth(4).map(str::to_owned);
    let own = denied.principal.as_ref().map(|arn| arn.account().to_owned());
    let is_foreign = denied.resource != "*" && own.is_some() && account(&denied.resource) != own;
    let who = denied.principal.as_ref().map_or("anonymous", |arn| arn.as_str());
    if is_foreign {
        return hidden(who, denied.action);
    }
    format!(
        "User: {who} is not authorized to perform: {} on resource: {} {}",
        denied.action, denied.resource, denied.because
    )
}

/// The refusal of what does not exist, or is not to be known to.
pub fn hidden(who: &str, action: &str) -> String {
    format!(
        "User: {who} is not authorized to perform: {action} on this resource because the resource does not exist in this Region, no \
         resource-based policies allow access, or a resource-based policy explicitly denies access"
    )
}

/// The refusal of another account's key that cannot be had.
pub fn hidden_from(caller: &Caller, action: &str) -> Error {
    let arn = caller.principal.arn();
    let text = hidden(arn.as_ref().map_or("anonymous", |arn| arn.as_str()), action);
    Error::Denied { text, hint: None }
}

/// Whether a key is of another account than the caller's.
pub fn is_foreign(caller: &Caller, at: &KeyRef) -> bool {
    caller.principal.account != at.account
}

/// Condition keys of a key that is to be created.
pub fn creation_conditions(spec: &str, usage: &str, origin: Origin, multi_region: bool) -> Conditions {
    vec![
        ("kms:KeySpec".into(), spec.to_owned()),
        ("kms:KeyUsage".into(), usage.to_owned()),
        ("kms:KeyOrigin".into(), origin.name().to_owned()),
        ("kms:MultiRegion".into(), multi_region.to_string()),
    ]
}
