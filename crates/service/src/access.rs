//! What an operation touches, and who may do it.

use std::borrow::Cow;
use std::sync::Arc;

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
    /// Condition keys the service derives from the request and the resource, e.g. `s3:prefix`, `aws:RequestTag/team`. A key that stands
    /// several times has several values (`aws:TagKeys`).
    pub context: Vec<(Cow<'static, str>, String)>,
    /// What the resource itself says about who may use it.
    pub resource_side: ResourceSide,
}

/// What a resource says about who may use it. The room that owns the resource finds it, the authorizer evaluates it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ResourceSide {
    /// Its policy, if it has one.
    pub policy: Option<Arc<policy::Document>>,
    /// Whether something else of the resource allows the caller this: an S3 ACL, a KMS grant.
    pub granted: bool,
    /// What the policy means beside the identity policies.
    pub rule: ResourceRule,
}

/// How a resource policy counts (identity facts section 6).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ResourceRule {
    /// As most: within an account either side suffices, across accounts both must allow.
    #[default]
    Usual,
    /// A KMS key: without its policy's word identity policies mean nothing, root's included.
    KeyPolicy,
    /// A role's trust policy: must allow by itself, and is called so in denials.
    TrustPolicy,
    /// The bucket policy's own operations: no policy locks the bucket's root out.
    RootAlways,
}

impl Access {
    /// A question about a resource whose ARN names its account.
    pub fn to(action: &'static str, arn: &Arn) -> Self {
        let owner = arn.account().parse().unwrap_or(AccountId::DEFAULT);
        Self {
            action,
            resource: arn.to_string(),
            owner,
            context: Vec::new(),
            resource_side: ResourceSide::default(),
        }
    }

    /// A question about a resource whose ARN names no account (a bucket, an object) but whose owner is known.
    pub fn owned(action: &'static str, resource: impl Into<String>, owner: AccountId) -> Self {
        Self {
            action,
            resource: resource.into(),
            owner,
            context: Vec::new(),
            resource_side: ResourceSide::default(),
        }
    }

    /// A question about no resource in particular, e.g. `kinesis:ListStreams`.
    pub fn any(action: &'static str, caller: &Caller) -> Self {
        Self {
            action,
            resource: "*".to_owned(),
            owner: caller.principal.account,
            context: Vec::new(),
            resource_side: ResourceSide::default(),
        }
    }

    /// Whether the caller may hand a role to a service, e.g. `firehose.amazonaws.com`: asked by whatever stores a role (identity facts,
    /// section 6). A role need only be well-formed until IAM knows it, but it is its own account's: nobody passes another account's, the root
    /// neither. `account` is the caller's, for what is no ARN.
    pub fn pass_role(role: impl Into<String>, account: AccountId, service: &'static str) -> Self {
        let role = role.into();
        let owner = role.parse::<Arn>().ok().and_then(|arn| arn.account().parse().ok()).unwrap_or(account);
        Self::owned("iam:PassRole", role, owner).with("iam:PassedToService", service)
    }

    /// Adds a condition key.
    pub fn with(mut self, key: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.context.push((key.into(), value.into()));
        self
    }

    /// Adds the condition keys of a call that gives a resource tags: `aws:RequestTag/K` and `aws:TagKeys`.
    pub fn tagging<'t>(mut self, tags: impl IntoIterator<Item = (&'t String, &'t String)>) -> Self {
        for (key, value) in tags {
            self = self.with(format!("aws:RequestTag/{key}"), value.clone()).with("aws:TagKeys", key.clone());
        }
        self
    }

    /// Adds the condition keys of a resource that has tags: `aws:ResourceTag/K`.
    pub fn tagged<'t>(mut self, tags: impl IntoIterator<Item = (&'t String, &'t String)>) -> Self {
        for (key, value) in tags {
            self = self.with(format!("aws:ResourceTag/{key}"), value.clone());
        }
        self
    }

    /// Adds what the resource says.
    pub fn under(mut self, resource_side: ResourceSide) -> Self {
        self.resource_side = resource_side;
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
    /// Why, in AWS's words: `because no identity-based policy allows the kinesis:PutRecord action`, or `with an explicit deny in a
    /// resource-based policy`.
    pub because: String,
    /// For who develops on this machine, and nowhere else: the policy, statement and line that decided, and what would help. Every room shows it
    /// as it shows further members of an error ([`crate::Style::refusal`]).
    pub hint: Option<String>,
}

/// Decides. One for all services; the policy language arrives behind this trait.
pub trait Authorizer: Send + Sync + 'static {
    /// `Ok` if the caller may.
    fn allow<'a>(&'a self, caller: &'a Caller, access: &'a Access) -> BoxFuture<'a, Result<(), Denied>>;
}

/// The account's root may do everything to what its account owns, so may a role that a service acts under and knows by its ARN alone, and
/// nobody else may do anything.
#[derive(Debug, Default)]
pub struct RootOnly;

impl Authorizer for RootOnly {
    fn allow<'a>(&'a self, caller: &'a Caller, access: &'a Access) -> BoxFuture<'a, Result<(), Denied>> {
        let principal = &caller.principal;
        let may = match principal.kind {
            PrincipalKind::Root | PrincipalKind::Role { id: None, .. } => principal.account == access.owner,
            PrincipalKind::User { .. }
            | PrincipalKind::Role { id: Some(_), .. }
            | PrincipalKind::Federated { .. }
            | PrincipalKind::Service { .. }
            | PrincipalKind::Anonymous => false,
        };
        Box::pin(std::future::ready(if may {
            Ok(())
        } else {
            Err(Denied {
                action: access.action,
                resource: access.resource.clone(),
                principal: principal.arn(),
                because: if principal.account == access.owner || principal.is_anonymous() {
                    format!("because no identity-based policy allows the {} action", access.action)
                } else {
                    format!("because no resource-based policy allows the {} action", access.action)
                },
                hint: None,
            })
        }))
    }
}
