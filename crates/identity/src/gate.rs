//! The one authorizer of the house: every question that any room asks is answered here, by the policies.
//!
//! ```text
//! root, its own account, no resource policy ───────────────────────────────► yes, without looking anything up
//! everyone else ─► rights of the caller (kept until its account changes) ─► policy::evaluate ─► yes | Denied, in AWS's words
//! ```
//! Condition keys are computed when a policy asks for one: from what the room said about the request, from the connection and the
//! signature, and from what is known of the principal.
//!
//! Differs from AWS: a role that a service was given and that IAM does not know acts with its account's rights, so that a delivery stream
//! needs no IAM to be tried; as soon as the role is created, its policies count. There are no service control policies.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context as Wake, Poll};

use base::{Arn, Timestamp};
use futures_util::future::BoxFuture;
use policy::{
    Attached, Context, Decision, Document, Kin, Layer, PrincipalType, Question, Rule, Source, Who, evaluate,
};
use ports::PrincipalKind;
use service::names::canonical_user;
use service::{Access, AuthSource, Authorizer, Caller, Denied, ResourceRule};
use wire::time::{Precision, iso};

use crate::engine::Identity;
use crate::engine::actors::Rights;

/// An answer that is there at once. It has no size, so that boxing it allocates nothing.
struct Yes;

impl Future for Yes {
    type Output = Result<(), Denied>;

    fn poll(self: Pin<&mut Self>, _: &mut Wake<'_>) -> Poll<Self::Output> {
        Poll::Ready(Ok(()))
    }
}

impl Authorizer for Identity {
    fn allow<'a>(&'a self, caller: &'a Caller, access: &'a Access) -> BoxFuture<'a, Result<(), Denied>> {
        self.note_use(caller, access);
        if is_root_at_home(caller, access) {
            return Box::pin(Yes);
        }
        Box::pin(self.judge(caller, access))
    }
}

/// Whether no policy can say no.
fn is_root_at_home(caller: &Caller, access: &Access) -> bool {
    let side = &access.resource_side;
    let no_policy = match side.rule {
        ResourceRule::Usual => side.policy.is_none(),
        ResourceRule::RootAlways => true,
        ResourceRule::KeyPolicy | ResourceRule::TrustPolicy => false,
    };
    no_policy && caller.principal.kind == PrincipalKind::Root && caller.principal.account == access.owner
}

impl Identity {
    /// A denial that no statement decided.
    fn unanswered(&self, caller: &Caller, access: &Access, hint: &str) -> Denied {
        Denied {
            action: access.action,
            resource: access.resource.clone(),
            principal: caller.principal.arn(),
            because: format!("because no identity-based policy allows the {} action", access.action),
            hint: self.explain.then(|| hint.to_owned()),
        }
    }

    fn note_use(&self, caller: &Caller, access: &Access) {
        if let Some(id) = caller.access_key_id.as_deref().filter(|id| id.starts_with("AKIA")) {
            let service = access.action.split(':').next().unwrap_or_default();
            self.uses.note(id, self.clock.now(), service, caller.region.as_str());
        }
    }

    /// Whether a role trusts a provider with this; nobody signed for it.
    pub(crate) fn trusts_provider(
        &self,
        caller: &Caller,
        access: &Access,
        provider: &str,
    ) -> Result<(), Denied> {
        let rights = Rights::default();
        let circumstances =
            Circumstances { caller, rights: &rights, wall: self.clock.wall(), now: self.clock.now() };
        let context = Context::of(&access.context).behind(&circumstances).at(self.clock.now());
        let who = Who { account: access.owner, kind: Kin::WebIdentity { provider }, canonical: None };
        let question = Question {
            who,
            action: access.action,
            resource: &access.resource,
            owner: access.owner,
            context: &context,
            identity: &[],
            boundary: None,
            session: None,
            resource_policy: access.resource_side.policy.as_deref(),
            granted: false,
            rule: rule(access.resource_side.rule),
        };
        self.told(evaluate(&question), caller, access)
    }

    fn told(&self, decision: Decision<'_>, caller: &Caller, access: &Access) -> Result<(), Denied> {
        match decision {
            Decision::Allowed(_) => Ok(()),
            Decision::Denied(denied) => Err(Denied {
                action: access.action,
                resource: access.resource.clone(),
                principal: caller.principal.arn(),
                because: denied.reason(access.action),
                hint: self.explain.then(|| hint(&denied, access)),
            }),
        }
    }

    async fn judge(&self, caller: &Caller, access: &Access) -> Result<(), Denied> {
        let rights = match &caller.principal.kind {
            PrincipalKind::User { .. } | PrincipalKind::Role { .. } | PrincipalKind::Federated { .. } => {
                match self.rights(caller).await {
                    Ok(rights) => Some(rights),
                    Err(error) => {
                        tracing::error!(%error, "the rights of a caller cannot be read");
                        return Err(self.unanswered(caller, access, UNREADABLE));
                    }
                }
            }
            PrincipalKind::Root | PrincipalKind::Service { .. } | PrincipalKind::Anonymous => None,
        };
        let none = Rights::default();
        let rights = rights.as_deref().unwrap_or(&none);
        if rights.gone {
            return Err(self.unanswered(caller, access, GONE));
        }
        if is_kept_from_sessions(caller, access, rights) {
            return Err(self.unanswered(caller, access, KEPT_FROM_SESSIONS));
        }
        let identity: Vec<Attached<'_>> = rights.identity.iter().map(|held| held.attached()).collect();
        let session: Option<Vec<Attached<'_>>> =
            rights.session.as_ref().map(|all| all.iter().map(|held| held.attached()).collect());
        let now = self.clock.now();
        let circumstances = Circumstances { caller, rights, wall: self.clock.wall(), now: self.clock.now() };
        let context = Context::of(&access.context).behind(&circumstances).at(now);
        // Most policies name nobody by S3's ids of accounts, and digests are dear.
        let canonical = access.resource_side.policy.as_deref().is_some_and(names_canonical_users);
        let canonical = canonical.then(|| canonical_user(rights.account.unwrap_or(caller.principal.account)));
        let question = Question {
            who: Who { canonical: canonical.as_deref(), ..who(caller, rights) },
            action: access.action,
            resource: &access.resource,
            owner: access.owner,
            context: &context,
            identity: &identity,
            boundary: rights.boundary.as_ref().map(|held| held.attached()),
            session: session.as_deref(),
            resource_policy: access.resource_side.policy.as_deref(),
            granted: access.resource_side.granted,
            rule: rule(access.resource_side.rule),
        };
        self.told(evaluate(&question), caller, access)
    }
}

/// A user's session may not call IAM without a code of an MFA device, nor STS but to assume a role (identity facts, section 4).
fn is_kept_from_sessions(caller: &Caller, access: &Access, rights: &Rights) -> bool {
    let from_user = match &caller.principal.kind {
        PrincipalKind::User { .. } => rights.temporary.is_some(),
        PrincipalKind::Federated { .. } => true,
        PrincipalKind::Root
        | PrincipalKind::Role { .. }
        | PrincipalKind::Service { .. }
        | PrincipalKind::Anonymous => false,
    };
    let has_code = rights.temporary.as_ref().is_some_and(|temporary| temporary.mfa.is_some());
    let federated = matches!(caller.principal.kind, PrincipalKind::Federated { .. });
    let assumes = matches!(access.action, "sts:AssumeRole" | "sts:TagSession" | "sts:SetSourceIdentity");
    // PassRole is asked by other services, on behalf of whoever calls them.
    let iam = access.action.starts_with("iam:") && access.action != "iam:PassRole" && !has_code;
    let sts = access.action.starts_with("sts:") && (federated || !assumes);
    from_user && (iam || sts)
}

/// Whether it names an account by S3's canonical user id.
fn names_canonical_users(document: &Document) -> bool {
    document.principals().any(|name| name.kind == PrincipalType::CanonicalUser)
}

const GONE: &str = "The caller has no rights at all: its user or role is gone, or one of its policies cannot be read. Hint: look whether the \
                    role of these credentials still exists, and sign with others if not.";
const KEPT_FROM_SESSIONS: &str = "Temporary credentials of a user may not call IAM, nor STS but to assume a role. Hint: sign this call with the \
                                  user's own access key, or assume a role.";
const UNREADABLE: &str = "The caller's policies cannot be read. Hint: the server's log says why.";

/// One sentence of cause, and what would help.
fn hint(denied: &policy::Denied<'_>, access: &Access) -> String {
    let Access { action, resource, .. } = access;
    let cause = denied.hint();
    let advice = match (denied, denied.layer()) {
        (policy::Denied::Explicit(_), _) => {
            "change or remove that statement; nothing that allows can outweigh it".to_owned()
        }
        (policy::Denied::Implicit { .. }, Layer::Identity) => {
            format!("give the caller a policy that allows `{action}` on `{resource}`")
        }
        (policy::Denied::Implicit { .. }, Layer::Resource) => {
            format!("put a policy on the resource that allows the caller `{action}`")
        }
        (policy::Denied::Implicit { .. }, Layer::Boundary) => {
            format!(
                "a boundary caps what other policies allow, so it must allow `{action}` on `{resource}` too"
            )
        }
        (policy::Denied::Implicit { .. }, Layer::Session) => {
            format!(
                "the session was made with policies that cap it; make one whose policies allow `{action}` on `{resource}` too"
            )
        }
        (policy::Denied::Implicit { .. }, Layer::Trust) => {
            format!("let the role's trust policy allow the caller `{action}`")
        }
    };
    let mut letters = cause.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).chain(". Hint: ".chars()).chain(advice.chars()).chain(['.']).collect()
}

const fn rule(rule: ResourceRule) -> Rule {
    match rule {
        ResourceRule::Usual => Rule::Usual,
        ResourceRule::KeyPolicy => Rule::KeyPolicy,
        ResourceRule::TrustPolicy => Rule::TrustPolicy,
        ResourceRule::RootAlways => Rule::RootAlways,
    }
}

/// The caller, as the evaluation wants it.
pub(crate) fn who<'a>(caller: &'a Caller, rights: &'a Rights) -> Who<'a> {
    let kind = match &caller.principal.kind {
        PrincipalKind::Root => Kin::Root,
        PrincipalKind::User { user, id } => Kin::User { arn: user, id },
        PrincipalKind::Role { role, id, session } => {
            Kin::Role { role, id: id.as_deref().or(rights.id.as_deref()), session }
        }
        PrincipalKind::Federated { user, name } => Kin::Federated { user, id: rights.id.as_deref(), name },
        PrincipalKind::Service { name, .. } => Kin::Service { name },
        PrincipalKind::Anonymous => Kin::Anonymous,
    };
    Who { account: rights.account.unwrap_or(caller.principal.account), kind, canonical: None }
}

/// What is known of a request beside what the room says.
struct Circumstances<'a> {
    caller: &'a Caller,
    rights: &'a Rights,
    /// Signatures are dated by the wall clock.
    wall: Timestamp,
    now: Timestamp,
}

impl Source for Circumstances<'_> {
    fn values(&self, key: &str, found: &mut dyn FnMut(&str)) {
        if let Some(name) = key.strip_prefix("aws:") {
            self.global(name, found);
        } else if let Some(name) = key.strip_prefix("s3:") {
            self.signature(name, found);
        } else if let Some(temporary) = &self.rights.temporary {
            for (_, value) in temporary.claims.iter().filter(|(claim, _)| claim == key) {
                found(value);
            }
        }
    }
}

impl Circumstances<'_> {
    fn global(&self, name: &str, found: &mut dyn FnMut(&str)) {
        let caller = self.caller;
        let internal = caller.auth == AuthSource::Internal;
        let truth = |truth: bool| if truth { "true" } else { "false" };
        match name {
            "sourceip" if !internal => found(&caller.source_ip.to_canonical().to_string()),
            "securetransport" => found(truth(caller.secure)),
            "useragent" => caller.user_agent.iter().for_each(|value| found(value)),
            "referer" => caller.referer.iter().for_each(|value| found(value)),
            "requestedregion" => found(caller.region.as_str()),
            "viaawsservice" => found(truth(internal)),
            "sourcearn" => self.service_source().iter().for_each(|arn| found(arn.as_str())),
            // ARNs of buckets name no account: then it is the one that the service acts for.
            "sourceaccount" => match self.service_source().map(Arn::account) {
                Some("") => found(&caller.principal.account.to_string()),
                Some(account) => found(account),
                None => {}
            },
            _ => self.of_principal(name, found),
        }
    }

    fn service_source(&self) -> Option<&Arn> {
        match &self.caller.principal.kind {
            PrincipalKind::Service { source, .. } => source.as_ref(),
            PrincipalKind::Root
            | PrincipalKind::User { .. }
            | PrincipalKind::Role { .. }
            | PrincipalKind::Federated { .. }
            | PrincipalKind::Anonymous => None,
        }
    }

    fn of_principal(&self, name: &str, found: &mut dyn FnMut(&str)) {
        if let Some(tag) = name.strip_prefix("principaltag/") {
            self.rights.tags.get(tag).iter().for_each(|value| found(value));
            return;
        }
        let Some(temporary) = &self.rights.temporary else { return };
        match name {
            "tokenissuetime" => found(&iso(temporary.issued, Precision::Seconds)),
            "multifactorauthpresent" => found(if temporary.mfa.is_some() { "true" } else { "false" }),
            "multifactorauthage" => {
                let told = temporary.mfa.map(|told| self.now.since(told).as_secs().to_string());
                told.iter().for_each(|age| found(age));
            }
            "sourceidentity" => temporary.source_identity.iter().for_each(|value| found(value)),
            "federatedprovider" => temporary.provider.iter().for_each(|value| found(value)),
            _ => {}
        }
    }

    /// How a request to S3 was signed.
    fn signature(&self, name: &str, found: &mut dyn FnMut(&str)) {
        let (kind, version) = match self.caller.auth {
            AuthSource::Anonymous | AuthSource::Internal => return,
            AuthSource::HeaderV4 => ("REST-HEADER", "AWS4-HMAC-SHA256"),
            AuthSource::QueryV4 => ("REST-QUERY-STRING", "AWS4-HMAC-SHA256"),
            AuthSource::FormV4 => ("POST", "AWS4-HMAC-SHA256"),
            AuthSource::HeaderV2 => ("REST-HEADER", "AWS"),
            AuthSource::QueryV2 => ("REST-QUERY-STRING", "AWS"),
            AuthSource::FormV2 => ("POST", "AWS"),
        };
        match name {
            "authtype" => found(kind),
            "signatureversion" => found(version),
            "signatureage" => {
                let age = self.caller.signed_at.map(|signed| self.wall.since(signed).as_millis());
                age.iter().for_each(|age| found(&age.to_string()));
            }
            _ => {}
        }
    }
}
