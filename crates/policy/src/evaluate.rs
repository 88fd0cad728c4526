//! The decision. Source: identity facts section 6, for keys 9.3.
//!
//! An explicit deny anywhere is final. What is left depends on how far the resource's policy reaches for the caller (`Grant`) and on what kind
//! of policy it is:
//!
//! | | same account | another account |
//! |---|---|---|
//! | usual | a direct grant is final; a role's is capped by boundary and session; otherwise the caller's side decides | both sides |
//! | key policy, trust policy | as usual, but without any grant of the policy: no | both sides |
//! | root | yes (keys: if the policy names the account) | as anyone there |
//! | anonymous, web identity, service | the resource's side alone | |
//!
//! "The caller's side" is an identity policy, and the boundary if there is one, and a session policy if there are any. A federated session
//! without session policies may nothing by itself.

use std::fmt;

use base::AccountId;

use crate::arn::ArnText;
use crate::context::{Context, Keys};
use crate::document::{Ask, Document, Effect, Statement};
use crate::memo::Memo;
use crate::principal::{Grant, Kin, Who};

/// A policy and what it is called.
#[derive(Debug, Clone, Copy)]
pub struct Attached<'a> {
    /// The inline policy's name, the managed policy's name or, in simulations, `PolicyInputList.1`.
    pub name: &'a str,
    /// The managed policy's ARN: AWS ends its denials with it.
    pub arn: Option<&'a str>,
    /// The policy.
    pub document: &'a Document,
}

/// How a resource policy counts beside the identity policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rule {
    /// As most.
    #[default]
    Usual,
    /// A KMS key: without its policy's word identity policies mean nothing, root's included.
    KeyPolicy,
    /// A role's trust policy.
    TrustPolicy,
    /// The bucket policy's own operations: no policy locks the bucket's root out.
    RootAlways,
}

/// May this caller do this to that?
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Who asks.
    pub who: Who<'a>,
    /// The IAM action, e.g. `kinesis:PutRecord`.
    pub action: &'a str,
    /// The resource's ARN, or `*` for what has none.
    pub resource: &'a str,
    /// The account that owns the resource; the caller's own for what has none.
    pub owner: AccountId,
    /// What is known about the request.
    pub context: &'a Context<'a>,
    /// The user's and its groups' policies, or the role's.
    pub identity: &'a [Attached<'a>],
    /// The permissions boundary, if there is one.
    pub boundary: Option<Attached<'a>>,
    /// The session's policies, if it was made with any.
    pub session: Option<&'a [Attached<'a>]>,
    /// The resource's policy, if it has one.
    pub resource_policy: Option<&'a Document>,
    /// Whether something else of the resource allows the caller this: an ACL, a grant of a key. Under [`Rule::Usual`] this is the
    /// account's word, as an ACL's is: it opens the resource to other accounts and to nobody in particular, and leaves the owner's own
    /// users to their policies. Under [`Rule::KeyPolicy`] it is the caller's own.
    pub granted: bool,
    /// How the resource's policy counts.
    pub rule: Rule,
}

/// Where a policy is attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// To the user, its groups, or the role.
    Identity,
    /// To the resource.
    Resource,
    /// As a boundary.
    Boundary,
    /// To the session.
    Session,
    /// To the role, saying who may assume it.
    Trust,
}

/// The statement that decided.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// Where its policy is attached.
    pub layer: Layer,
    /// What its policy is called; empty for a resource's own.
    pub name: &'a str,
    /// Its managed policy's ARN.
    pub arn: Option<&'a str>,
    /// The statement.
    pub statement: &'a Statement,
}

/// The answer.
#[derive(Debug, Clone, Copy)]
pub enum Decision<'a> {
    /// Yes.
    Allowed(Allowed<'a>),
    /// No.
    Denied(Denied<'a>),
}

/// Why yes.
#[derive(Debug, Clone, Copy)]
pub enum Allowed<'a> {
    /// This statement says so.
    By(Found<'a>),
    /// The caller is the account's root, and nothing forbids it.
    Root,
    /// Something of the resource other than its policy says so.
    Granted,
}

/// Why not.
#[derive(Debug, Clone, Copy)]
pub enum Denied<'a> {
    /// This statement forbids it.
    Explicit(Found<'a>),
    /// No statement of these policies allows it.
    Implicit {
        /// The first that would have had to.
        layer: Layer,
        /// How many policies there are.
        policies: usize,
    },
}

impl Decision<'_> {
    /// Whether the answer is yes.
    pub const fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed(_))
    }
}

impl Layer {
    /// As AWS's texts name it, with its article where one stands.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Identity => ("identity-based policy", "an identity-based policy"),
            Self::Resource => ("resource-based policy", "a resource-based policy"),
            Self::Boundary => ("permissions boundary", "a permissions boundary"),
            Self::Session => ("session policy", "a session policy"),
            Self::Trust => ("role trust policy", "the role trust policy"),
        }
    }
}

impl Denied<'_> {
    /// AWS's words, with their leading `because` or `with`: `because no identity-based policy allows the kinesis:PutRecord action`,
    /// `with an explicit deny in a resource-based policy`. A managed policy's ARN follows after a colon.
    pub fn reason(&self, action: &str) -> String {
        match self {
            Self::Implicit { layer, .. } => {
                format!("because no {} allows the {action} action", layer.words().0)
            }
            Self::Explicit(found) => {
                let place = found.layer.words().1;
                match found.arn {
                    Some(arn) => format!("with an explicit deny in {place}: {arn}"),
                    None => format!("with an explicit deny in {place}"),
                }
            }
        }
    }

    /// One sentence for who develops on this machine: the deciding policy, statement and line.
    pub fn hint(&self) -> String {
        match self {
            Self::Explicit(found) => format!("{found} denies it"),
            Self::Implicit { layer, policies: 0 } => {
                format!("there is no {} that could allow it", layer.words().0)
            }
            Self::Implicit { layer, policies: 1 } => {
                format!("no statement of the one {} allows it", layer.words().0)
            }
            Self::Implicit { layer: Layer::Identity, policies } => {
                format!("no statement of the {policies} identity-based policies allows it")
            }
            Self::Implicit { layer, policies } => {
                format!("no statement of {policies} ({}) allows it", layer.words().0)
            }
        }
    }

    /// The layer that decided.
    pub const fn layer(&self) -> Layer {
        match self {
            Self::Explicit(found) => found.layer,
            Self::Implicit { layer, .. } => *layer,
        }
    }
}

/// ``statement `DenyAll` at line 4 of the identity-based policy `team` ``.
impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let statement = self.statement;
        match statement.sid() {
            Some(sid) => write!(f, "statement `{sid}`")?,
            None => write!(f, "statement {}", statement.index() + 1)?,
        }
        write!(f, " at line {} of the {}", statement.start().line, self.layer.words().0)?;
        if self.name.is_empty() { Ok(()) } else { write!(f, " `{}`", self.name) }
    }
}

/// Decides.
///
/// ```
/// use policy::{Attached, Context, Document, Kin, Kind, Question, Rule, Who, evaluate};
///
/// let text = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/*"}}"#;
/// let document = Document::parse(text, Kind::Identity).unwrap();
/// let user = "arn:aws:iam::000000000000:user/alice".parse().unwrap();
/// let account = base::AccountId::DEFAULT;
/// let question = Question {
///     who: Who { account, kind: Kin::User { arn: &user, id: "AIDAALICE" }, canonical: None },
///     action: "s3:GetObject",
///     resource: "arn:aws:s3:::b/k",
///     owner: account,
///     context: &Context::new(),
///     identity: &[Attached { name: "read", arn: None, document: &document }],
///     boundary: None,
///     session: None,
///     resource_policy: None,
///     granted: false,
///     rule: Rule::Usual,
/// };
/// assert!(evaluate(&question).is_allowed());
/// assert!(!evaluate(&Question { action: "s3:PutObject", ..question }).is_allowed());
/// ```
pub fn evaluate<'a>(question: &Question<'a>) -> Decision<'a> {
    Evaluation::of(question).decide()
}

impl Question<'_> {
    pub(crate) fn ask(&self) -> Ask<'_> {
        Ask {
            action: self.action.to_ascii_lowercase(),
            resource: ArnText::new(self.resource),
            keys: Keys { context: self.context, who: &self.who, owner: self.owner, memo: Memo::default() },
        }
    }
}

/// What the policies of one layer say.
#[derive(Clone, Copy)]
struct Said<'a> {
    policies: usize,
    deny: Option<Found<'a>>,
    allow: Option<(Grant, Found<'a>)>,
}

struct Evaluation<'a> {
    who: Who<'a>,
    owner: AccountId,
    granted: bool,
    rule: Rule,
    identity: Said<'a>,
    boundary: Option<Said<'a>>,
    session: Option<Said<'a>>,
    resource: Said<'a>,
}

impl<'a> Evaluation<'a> {
    fn of(question: &Question<'a>) -> Self {
        let ask = question.ask();
        // A federated session that came without policies has none that allow.
        let session = match question.who.kind {
            Kin::Federated { .. } => Some(question.session.unwrap_or(&[])),
            Kin::Root
            | Kin::User { .. }
            | Kin::Role { .. }
            | Kin::WebIdentity { .. }
            | Kin::Service { .. }
            | Kin::Anonymous => question.session,
        };
        let own = question.resource_policy.map(|document| Attached { name: "", arn: None, document });
        let layer = resource_layer(question.rule);
        Self {
            who: question.who,
            owner: question.owner,
            granted: question.granted,
            rule: question.rule,
            identity: said(question.identity, Layer::Identity, &ask),
            boundary: question.boundary.map(|boundary| said(&[boundary], Layer::Boundary, &ask)),
            session: session.map(|session| said(session, Layer::Session, &ask)),
            resource: said(own.as_slice(), layer, &ask),
        }
    }

    fn decide(&self) -> Decision<'a> {
        let same_account = self.who.account == self.owner;
        if self.rule == Rule::RootAlways && self.who.kind == Kin::Root && same_account {
            return Decision::Allowed(Allowed::Root);
        }
        let layers = [Some(self.identity), Some(self.resource), self.boundary, self.session];
        if let Some(found) = layers.into_iter().flatten().find_map(|said| said.deny) {
            return Decision::Denied(Denied::Explicit(found));
        }
        let answer = match self.who.kind {
            Kin::Anonymous | Kin::WebIdentity { .. } | Kin::Service { .. } => self.outsider(),
            Kin::Root | Kin::User { .. } | Kin::Role { .. } | Kin::Federated { .. } => match self.rule {
                Rule::Usual | Rule::RootAlways if same_account => self.at_home(),
                Rule::Usual | Rule::RootAlways => self.callers_side().and_then(|_| self.resource_side()),
                Rule::KeyPolicy | Rule::TrustPolicy => self.guarded(same_account),
            },
        };
        match answer {
            Ok(allowed) => Decision::Allowed(allowed),
            Err(denied) => Decision::Denied(denied),
        }
    }

    /// Within the account that owns the resource.
    fn at_home(&self) -> Result<Allowed<'a>, Denied<'a>> {
        match self.resource.allow {
            Some((Grant::Direct, found)) => Ok(Allowed::By(found)),
            Some((Grant::Role, found)) => self.caps().map(|()| Allowed::By(found)),
            Some((Grant::Account, _)) | None => self.callers_side(),
        }
    }

    /// A policy without whose word nothing goes: a key's, a role's trust.
    fn guarded(&self, same_account: bool) -> Result<Allowed<'a>, Denied<'a>> {
        let granted = self.granted && self.rule == Rule::KeyPolicy;
        let grant = match self.resource.allow {
            Some((Grant::Direct, found)) => (Grant::Direct, Allowed::By(found)),
            // The policy naming the account takes nothing away from a grant.
            Some(_) | None if granted => (Grant::Direct, Allowed::Granted),
            Some((grant, found)) => (grant, Allowed::By(found)),
            None => return Err(self.guard_silent(same_account)),
        };
        if !same_account {
            return self.callers_side().map(|_| grant.1);
        }
        match grant {
            (Grant::Direct, allowed) => Ok(allowed),
            (Grant::Role, allowed) => self.caps().map(|()| allowed),
            (Grant::Account, _) => self.callers_side(),
        }
    }

    /// Whom to name when the guarding policy says nothing: within the account the caller's own side if that is silent too.
    fn guard_silent(&self, same_account: bool) -> Denied<'a> {
        let own_side = self.callers_side().err().filter(|_| same_account && self.rule == Rule::KeyPolicy);
        own_side.unwrap_or_else(|| implicit(resource_layer(self.rule), Some(self.resource)))
    }

    /// Who belongs to no account that could speak for them.
    fn outsider(&self) -> Result<Allowed<'a>, Denied<'a>> {
        let guarded = matches!(self.rule, Rule::KeyPolicy | Rule::TrustPolicy);
        // Even a guarded policy that names everyone means everyone who signs.
        if self.who.kind == Kin::Anonymous && guarded {
            return Err(implicit(resource_layer(self.rule), Some(self.resource)));
        }
        self.resource_side()
    }

    fn resource_side(&self) -> Result<Allowed<'a>, Denied<'a>> {
        match self.resource.allow {
            Some((_, found)) => Ok(Allowed::By(found)),
            None if self.granted => Ok(Allowed::Granted),
            None => Err(implicit(resource_layer(self.rule), Some(self.resource))),
        }
    }

    fn callers_side(&self) -> Result<Allowed<'a>, Denied<'a>> {
        let allowed = match (self.who.kind, self.identity.allow) {
            (Kin::Root, _) => Allowed::Root,
            (_, Some((_, found))) => Allowed::By(found),
            (_, None) => return Err(implicit(Layer::Identity, Some(self.identity))),
        };
        self.caps().map(|()| allowed)
    }

    /// Boundary and session policies: they allow nothing, but what they do not allow is not.
    fn caps(&self) -> Result<(), Denied<'a>> {
        for (layer, said) in [(Layer::Boundary, self.boundary), (Layer::Session, self.session)] {
            if said.is_some_and(|said| said.allow.is_none()) {
                return Err(implicit(layer, said));
            }
        }
        Ok(())
    }
}

fn implicit<'a>(layer: Layer, said: Option<Said<'a>>) -> Denied<'a> {
    Denied::Implicit { layer, policies: said.map_or(0, |said| said.policies) }
}

pub(crate) fn resource_layer(rule: Rule) -> Layer {
    match rule {
        Rule::Usual | Rule::KeyPolicy | Rule::RootAlways => Layer::Resource,
        Rule::TrustPolicy => Layer::Trust,
    }
}

/// One pass over the statements of a layer. It ends at the first deny, which is all that counts then; an allow is not looked at when none
/// could reach further than the one already found.
fn said<'a>(policies: &[Attached<'a>], layer: Layer, ask: &Ask<'_>) -> Said<'a> {
    let mut said = Said { policies: policies.len(), deny: None, allow: None };
    for policy in policies {
        for statement in policy.document.statements() {
            let allow = statement.effect() == Effect::Allow;
            if allow && matches!(said.allow, Some((Grant::Direct, _))) {
                continue;
            }
            let Some(grant) = statement.applies(ask) else { continue };
            let found = Found { layer, name: policy.name, arn: policy.arn, statement };
            if !allow {
                said.deny = Some(found);
                return said;
            }
            if said.allow.is_none_or(|(before, _)| before < grant) {
                said.allow = Some((grant, found));
            }
        }
    }
    said
}

#[cfg(test)]
#[path = "evaluate_tests.rs"]
mod tests;
