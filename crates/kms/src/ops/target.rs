//! Which key a call is about, and what the policies are asked.
//!
//! `access` finds the key once and keeps it for `run`; a key that is not there is kept as the refusal that it will be, so that the model's
//! constraints come first, as on AWS. Crypto operations take aliases and other accounts' keys, management operations neither (facts section
//! 9.1): an alias may point elsewhere tomorrow.

use std::sync::Arc;

use service::{Access, Call, Fault};

use crate::engine::access::{Ask, hidden_from, is_foreign};
use crate::engine::grant::GrantOperation;
use crate::engine::keys::Key;
use crate::engine::name::Named;
use crate::engine::{Error, Kms};
use crate::shapes::RecipientInfo;
use crate::tables::AliasRef;

/// The longest `KeyId` the model takes.
const KEY_ID_LEN_MAX: usize = 2_048;

/// How a key may be named.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Names {
    /// By any of the four forms, in any account.
    Any,
    /// By any of the four forms, in any account; a service's key is made if need be.
    AnyOrManaged,
    /// By id or key ARN, in any account.
    Key,
    /// By id or key ARN of the caller's own account.
    OwnKey,
}

/// A key as it was found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The key.
    pub(crate) key: Arc<Key>,
    /// The alias it was called by.
    pub(crate) alias: Option<String>,
}

/// The key that a text names.
pub(crate) async fn find(
    kms: &Kms,
    call: &Call,
    text: &str,
    names: Names,
    action: &'static str,
) -> Result<Found, Error> {
    let named = Named::parse(text, call.account(), call.region())?;
    let alias = match (&named, names) {
        (Named::Alias(alias), Names::Any | Names::AnyOrManaged) => Some(alias.name.clone()),
        (Named::Alias(_), Names::Key | Names::OwnKey) => return Err(Error::InvalidKeyId(text.to_owned())),
        (Named::Key(at), Names::OwnKey) if is_foreign(call.caller(), at) => {
            return Err(hidden_from(call.caller(), action));
        }
        (Named::Key(_), _) => None,
    };
    let found = match names {
        Names::AnyOrManaged => kms.named_or_managed(&named).await,
        Names::Any | Names::Key | Names::OwnKey => kms.named(&named).await,
    };
    match found {
        Ok(key) => Ok(Found { key, alias }),
        // Whether another account has a key is that account's business.
        Err(Error::NoKey(at)) if is_foreign(call.caller(), &at) => Err(hidden_from(call.caller(), action)),
        Err(Error::NoAlias(at)) if at.account != call.account() => Err(hidden_from(call.caller(), action)),
        Err(error) => Err(error),
    }
}

/// Finds the key of a call and asks whether it may be used so. What was found is kept for [`kept`].
pub(crate) async fn access(
    kms: &Kms,
    call: &Call,
    text: Option<&String>,
    names: Names,
    ask: Ask<'_>,
) -> Result<Vec<Access>, Fault> {
    let action = ask.action;
    let Some(text) = text.filter(|text| (1..=KEY_ID_LEN_MAX).contains(&text.len())) else {
        // The model's constraints refuse it.
        return Ok(vec![Access::any(action, call.caller())]);
    };
    let found = find(kms, call, text, names, action).await;
    let asked = match &found {
        Ok(found) => {
            let ask = Ask { alias: found.alias.as_deref(), ..ask };
            vec![kms.question(call.caller(), &found.key, ask).await?]
        }
        Err(_) => Vec::new(),
    };
    call.keep(found);
    Ok(asked)
}

/// The question of a management operation about one key of the caller's own.
pub(crate) async fn own_key(
    kms: &Kms,
    call: &Call,
    text: Option<&String>,
    action: &'static str,
) -> Result<Vec<Access>, Fault> {
    access(kms, call, text, Names::OwnKey, Ask { action, ..Ask::default() }).await
}

/// The question of an operation that uses a key.
pub(crate) fn using<'a>(action: &'static str, operation: GrantOperation) -> Ask<'a> {
    Ask { action, by_grant: Some(operation), ..Ask::default() }
}

/// The key that `access` found.
pub(crate) fn kept(call: &Call) -> Result<Found, Fault> {
    match call.kept::<Result<Found, Error>>() {
        Some(Ok(found)) => Ok(found.clone()),
        Some(Err(error)) => Err(error.clone().into()),
        None => Err(super::fault::violation(None, "keyId", "Member must not be null")),
    }
}

/// The alias of this name, of the caller's account and region.
pub(crate) fn alias(call: &Call, name: &str) -> AliasRef {
    AliasRef { account: call.account(), region: call.region().to_string(), name: name.to_owned() }
}

/// The question about an alias itself.
pub(crate) fn to_alias(action: &'static str, alias: &AliasRef) -> Access {
    Access::owned(action, alias.arn(), alias.account)
}

/// Checks grant tokens: they must be ours, though they change nothing.
pub(crate) fn check_tokens(kms: &Kms, tokens: Option<&Vec<String>>) -> Result<(), Fault> {
    for token in tokens.into_iter().flatten() {
        super::pages::open_grant(kms, token)?;
    }
    Ok(())
}

/// Refuses answers for Nitro enclaves.
pub(crate) fn check_recipient(recipient: Option<&RecipientInfo>) -> Result<(), Fault> {
    match recipient {
        Some(_) => Err(Error::Unsupported("Recipient is not supported.".to_owned()).into()),
        None => Ok(()),
    }
}

/// Ends an operation that was only to be tried.
pub(crate) fn dry_run(asked: Option<bool>) -> Result<(), Fault> {
    if asked == Some(true) { Err(Error::DryRun.into()) } else { Ok(()) }
}
