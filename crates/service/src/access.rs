//! What an operation touches, and who may do it.

use base::{AccountId, Arn};
use futures_util::future::BoxFuture;
use ports::PrincipalKind;

use crate::call::Caller;

/// One question for the policies: may the caller do this to that, under these circumstances?
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Access {
    /// The IAM action, e.g. `kinesis:PutRecord`.
    pub action: &'static str,
    /// The resource's ARN, or `*` for what has none.
    pub resource: String,
    /// The account that owns the resource; the caller's own for what has none.
    pub owner: AccountId,
    /// Condition keys the service derives from the request, e.g. `s3:prefix`.
    pub context: Vec<(&'static str, String)>,
}

impl Access {
    /// A question about a resource whose ARN names its account.
    pub fn to(action: &'static str, arn: &Arn) -> Self {
        let owner = arn.account().parse().unwrap_or(AccountId::DEFAULT);
        Self { action, resource: arn.to_string(), owner, context: Vec::new() }
    }

    /// A question about a resource whose ARN names no account (a bucket, an object) but whose owner is known.
    pub fn owned(action: &'static str, resource: impl Into<String>, owner: AccountId) -> Self {
        Self { action, resource: resource.into(), owner, context: Vec::new() }
    }

    /// A question about no resource in particular, e.g. `kinesis:ListStreams`.
    pub fn any(action: &'static str, caller: &Caller) -> Self {
        Self { action, resource: "*".to_owned(), owner: caller.principal.account, context: Vec::new() }
    }

    /// Adds a condition key.
    pub fn with(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.context.push((key, value.into()));
        self
    }
}

/// The answer was no.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Denied {
    /// The action asked for.
    pub action: &'static str,
    /// The resource asked for.
    pub resource: String,
    /// Who asked; `None` for nobody.
    pub principal: Option<Arn>,
    /// Why, in AWS's words: `no identity-based policy allows the kinesis:PutRecord action`.
    pub because: String,
}

/// Decides. One for all services; the policy language arrives behind this trait.
pub trait Authorizer: Send + Sync + 'static {
    /// `Ok` if the caller may.
    fn allow<'a>(&'a self, caller: &'a Caller, access: &'a Access) -> BoxFuture<'a, Result<(), Denied>>;
}

/// The account's root may do everything to what its account owns, and nobody else may do anything.
#[derive(Debug, Default)]
pub struct RootOnly;

impl Authorizer for RootOnly {
    fn allow<'a>(&'a self, caller: &'a Caller, access: &'a Access) -> BoxFuture<'a, Result<(), Denied>> {
        let principal = &caller.principal;
        let may = match principal.kind {
            PrincipalKind::Root => principal.account == access.owner,
            PrincipalKind::Role { .. } | PrincipalKind::Anonymous => false,
        };
        Box::pin(std::future::ready(if may {
            Ok(())
        } else {
            Err(Denied {
                action: access.action,
                resource: access.resource.clone(),
                principal: principal.arn(),
                because: if principal.account == access.owner || principal.is_anonymous() {
                    format!("no identity-based policy allows the {} action", access.action)
                } else {
                    format!("no resource-based policy allows the {} action", access.action)
                },
            })
        }))
    }
}
