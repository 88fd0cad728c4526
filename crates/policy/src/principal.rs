//! Who asks, and whom a policy names.
//!
//! A caller stands in several layers: a role session is the session, its role, and its account. A policy that names an outer layer says less:
//! naming the account only lets the account's own policies decide, naming the role leaves boundaries and session policies in force, naming
//! the session (or the user, who has no layers between) grants by itself. [`Grant`] is that order.

use std::borrow::Cow;

use base::{AccountId, Arn};

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub struct Who<'a> {
    /// The account they belong to. Nobody's (anonymous, web identity) is ignored.
    pub account: AccountId,
    /// What they are.
    pub kind: Kin<'a>,
    /// The account's canonical user id, by which S3's policies may name it.
    pub canonical: Option<&'a str>,
}

/// What a caller is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kin<'a> {
    /// The account's root.
    Root,
    /// An IAM user.
    User {
        /// With its path.
        arn: &'a Arn,
        /// `AIDA…`.
        id: &'a str,
    },
    /// A session of a role.
    Role {
        /// The role, with its path.
        role: &'a Arn,
        /// `AROA…`, if known.
        id: Option<&'a str>,
        /// The session's name.
        session: &'a str,
    },
    /// A user's federated session (GetFederationToken). Without session policies it may nothing.
    Federated {
        /// The user it comes from.
        user: &'a Arn,
        /// That user's `AIDA…`, if known.
        id: Option<&'a str>,
        /// The session's name.
        name: &'a str,
    },
    /// Somebody an identity provider vouches for, before a role is assumed.
    WebIdentity {
        /// The provider's ARN, or its host for those that need none.
        provider: &'a str,
    },
    /// A service for itself.
    Service {
        /// The service principal, e.g. `firehose.amazonaws.com`.
        name: &'a str,
    },
    /// Nobody in particular.
    Anonymous,
}

/// How far being named in a resource's policy reaches; each includes the ones before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grant {
    /// The account may decide.
    Account,
    /// The role may, as far as boundary and session policies go.
    Role,
    /// This very caller may.
    Direct,
}

impl Who<'_> {
    /// The value of `aws:` and this name (in lower case), as far as it follows from who asks.
    pub(crate) fn key(&self, name: &str) -> Option<Cow<'_, str>> {
        match name {
            "principalarn" => match self.kind {
                Kin::Root => Some(Arn::global("iam", self.account, "root").to_string().into()),
                Kin::User { arn, .. } => Some(Cow::Borrowed(arn.as_str())),
                Kin::Role { role, .. } => Some(Cow::Borrowed(role.as_str())),
                Kin::Federated { name, .. } => Some(
                    Arn::global("sts", self.account, &format!("federated-user/{name}")).to_string().into(),
                ),
                Kin::WebIdentity { .. } | Kin::Service { .. } | Kin::Anonymous => None,
            },
            "principalaccount" => match self.kind {
                Kin::Root | Kin::User { .. } | Kin::Role { .. } | Kin::Federated { .. } => {
                    Some(self.account.to_string().into())
                }
                Kin::WebIdentity { .. } | Kin::Service { .. } | Kin::Anonymous => None,
            },
            "principaltype" => match self.kind {
                Kin::Root => Some("Account".into()),
                Kin::User { .. } => Some("User".into()),
                Kin::Role { .. } => Some("AssumedRole".into()),
                Kin::Federated { .. } => Some("FederatedUser".into()),
                Kin::WebIdentity { .. } | Kin::Service { .. } => None,
                Kin::Anonymous => Some("Anonymous".into()),
            },
            "userid" => match self.kind {
                Kin::Root => Some(self.account.to_string().into()),
                Kin::User { id, .. } => Some(id.into()),
                Kin::Role { id: Some(id), session, .. } => Some(format!("{id}:{session}").into()),
                Kin::Federated { name, .. } => Some(format!("{}:{name}", self.account).into()),
                Kin::Role { id: None, .. } | Kin::WebIdentity { .. } | Kin::Service { .. } => None,
                Kin::Anonymous => Some("anonymous".into()),
            },
            "username" => match self.kind {
                Kin::User { arn, .. } => Some(last_part(arn.resource()).into()),
                Kin::Root
                | Kin::Role { .. }
                | Kin::Federated { .. }
                | Kin::WebIdentity { .. }
                | Kin::Service { .. }
                | Kin::Anonymous => None,
            },
            "principalisawsservice" => match self.kind {
                Kin::Service { .. } => Some("true".into()),
                Kin::Root | Kin::User { .. } | Kin::Role { .. } | Kin::Federated { .. } => {
                    Some("false".into())
                }
                Kin::WebIdentity { .. } | Kin::Anonymous => None,
            },
            "principalservicename" => match self.kind {
                Kin::Service { name } => Some(name.into()),
                Kin::Root
                | Kin::User { .. }
                | Kin::Role { .. }
                | Kin::Federated { .. }
                | Kin::WebIdentity { .. }
                | Kin::Anonymous => None,
            },
            _ => None,
        }
    }
}

fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The kind of a principal, as documents spell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrincipalType {
    /// An account, user, role or session; also the bare `*`.
    Aws,
    /// A service.
    Service,
    /// An identity provider.
    Federated,
    /// An account by S3's canonical user id.
    CanonicalUser,
}

impl PrincipalType {
    /// As documents spell it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Aws => "AWS",
            Self::Service => "Service",
            Self::Federated => "Federated",
            Self::CanonicalUser => "CanonicalUser",
        }
    }

    pub(crate) fn read(text: &str) -> Option<Self> {
        [Self::Aws, Self::Service, Self::Federated, Self::CanonicalUser]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }
}

/// One principal a statement names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Named {
    Everyone,
    Account(AccountId),
    User(Box<str>),
    Role(Box<str>),
    RoleSession {
        account: AccountId,
        role: Box<str>,
        session: Box<str>,
    },
    FederatedUser {
        account: AccountId,
        name: Box<str>,
    },
    UniqueId(Box<str>),
    /// A well-formed ARN of what never calls here (a CloudFront origin access identity).
    Stranger,
    Service(Box<str>),
    Provider(Box<str>),
    Canonical(Box<str>),
}

impl Named {
    /// What the text of this kind names; `None` if nothing can be called so. There are no wildcards but the bare `*`.
    pub fn read(kind: PrincipalType, text: &str) -> Option<Self> {
        match kind {
            PrincipalType::Aws => Self::read_aws(text),
            _ if text.is_empty() || text.contains(['*', '?']) => None,
            PrincipalType::Service => text.contains('.').then(|| Self::Service(text.into())),
            PrincipalType::Federated => Some(Self::Provider(text.into())),
            PrincipalType::CanonicalUser => Some(Self::Canonical(text.into())),
        }
    }

    fn read_aws(text: &str) -> Option<Self> {
        if text == "*" {
            return Some(Self::Everyone);
        }
        if let Ok(account) = text.parse() {
            return Some(Self::Account(account));
        }
        if is_unique_id(text) {
            return Some(Self::UniqueId(text.into()));
        }
        if text.contains(['*', '?']) {
            return None;
        }
        let arn: Arn = text.parse().ok()?;
        if !arn.region().is_empty() {
            return None;
        }
        if (arn.service(), arn.account()) == ("iam", "cloudfront") {
            return Some(Self::Stranger);
        }
        let account: AccountId = arn.account().parse().ok()?;
        let (kind, rest) = match arn.resource().split_once('/') {
            None => (arn.resource(), ""),
            Some((kind, rest)) => (kind, rest),
        };
        match (arn.service(), kind, rest) {
            ("iam", "root", "") => Some(Self::Account(account)),
            ("iam", "user", name) if !last_part(name).is_empty() => Some(Self::User(text.into())),
            ("iam", "role", name) if !last_part(name).is_empty() => Some(Self::Role(text.into())),
            ("sts", "assumed-role", both) => {
                let (role, session) = both.split_once('/')?;
                let whole = !role.is_empty() && !session.is_empty() && !session.contains('/');
                whole.then(|| Self::RoleSession { account, role: role.into(), session: session.into() })
            }
            ("sts", "federated-user", name) if !name.is_empty() => {
                Some(Self::FederatedUser { account, name: name.into() })
            }
            _ => None,
        }
    }

    /// How far this naming reaches for the caller; `None` if it is not about them.
    fn grant(&self, who: &Who<'_>) -> Option<Grant> {
        let direct = |is: bool| is.then_some(Grant::Direct);
        match (self, who.kind) {
            (Self::Everyone, _) => Some(Grant::Direct),
            (
                Self::Account(account),
                Kin::Root | Kin::User { .. } | Kin::Role { .. } | Kin::Federated { .. },
            ) => (*account == who.account).then_some(Grant::Account),
            (
                Self::Canonical(id),
                Kin::Root | Kin::User { .. } | Kin::Role { .. } | Kin::Federated { .. },
            ) => (who.canonical == Some(id)).then_some(Grant::Account),
            (Self::User(text), Kin::User { arn, .. }) => direct(**text == *arn.as_str()),
            // The session is not its user: what the user is given, the session's policies cap.
            (Self::User(text), Kin::Federated { user, .. }) => {
                (**text == *user.as_str()).then_some(Grant::Role)
            }
            (Self::Role(text), Kin::Role { role, .. }) => (**text == *role.as_str()).then_some(Grant::Role),
            (Self::RoleSession { account, role: name, session: only }, Kin::Role { role, session, .. }) => {
                direct(*account == who.account && **name == *last_part(role.resource()) && **only == *session)
            }
            (Self::FederatedUser { account, name: only }, Kin::Federated { name, .. }) => {
                direct(*account == who.account && **only == *name)
            }
            (Self::UniqueId(text), Kin::User { id, .. }) => direct(**text == *id),
            (Self::UniqueId(text), Kin::Role { id, .. } | Kin::Federated { id, .. }) => {
                (id == Some(text)).then_some(Grant::Role)
            }
            (Self::Service(text), Kin::Service { name }) => direct(**text == *name),
            (Self::Provider(text), Kin::WebIdentity { provider }) => direct(**text == *provider),
            (
                Self::Account(_)
                | Self::User(_)
                | Self::Role(_)
                | Self::RoleSession { .. }
                | Self::FederatedUser { .. }
                | Self::UniqueId(_)
                | Self::Stranger
                | Self::Service(_)
                | Self::Provider(_)
                | Self::Canonical(_),
                _,
            ) => None,
        }
    }
}

/// `AIDA`, `AROA` and their kin: what AWS shows where a principal was deleted.
fn is_unique_id(text: &str) -> bool {
    (16..=128).contains(&text.len())
        && ["AIDA", "AROA", "AGPA", "AIPA"].iter().any(|prefix| text.starts_with(prefix))
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// The Principal or NotPrincipal of a statement.
#[derive(Debug, Clone)]
pub(crate) struct Principals {
    pub negated: bool,
    pub named: Box<[Named]>,
}

impl Principals {
    /// How far the element reaches for the caller; `None` if the statement is not about them.
    ///
    /// `NotPrincipal` spares a caller from a Deny only if every layer in which they stand is listed (session, role and account); from an
    /// Allow any layer keeps them out.
    pub fn grant(&self, who: &Who<'_>, deny: bool) -> Option<Grant> {
        if !self.negated {
            return self.named.iter().filter_map(|named| named.grant(who)).max();
        }
        let layers = [Grant::Account, Grant::Role, Grant::Direct];
        let needed: &[Grant] = match who.kind {
            Kin::Root => &layers[..1],
            Kin::User { .. } => &[Grant::Account, Grant::Direct],
            Kin::Role { .. } | Kin::Federated { .. } => &layers,
            Kin::WebIdentity { .. } | Kin::Service { .. } | Kin::Anonymous => &layers[2..],
        };
        let listed = |layer: Grant| self.named.iter().any(|named| named.grant(who) == Some(layer));
        let everyone = self.named.contains(&Named::Everyone);
        let spared = everyone
            || if deny {
                needed.iter().all(|layer| listed(*layer))
            } else {
                needed.iter().any(|layer| listed(*layer))
            };
        (!spared).then_some(Grant::Direct)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account() -> AccountId {
        "111122223333".parse().unwrap()
    }

    fn read(text: &str) -> Option<Named> {
        Named::read(PrincipalType::Aws, text)
    }

    #[test]
    fn an_account_has_two_spellings_and_wildcards_are_no_principals() {
        assert_eq!(read("111122223333"), Some(Named::Account(account())));
        assert_eq!(read("arn:aws:iam::111122223333:root"), Some(Named::Account(account())));
        assert_eq!(read("*"), Some(Named::Everyone));
        for text in [
            "arn:aws:iam::111122223333:user/*",
            "arn:aws:iam::111122223333:role/?",
            "arn:aws:iam::111122223333:group/x",
            "arn:aws:iam::111122223333:user/",
            "arn:aws:sts::111122223333:assumed-role/r",
            "arn:aws:s3:::bucket",
            "11112222333",
            "alice",
            "",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(Named::read(PrincipalType::Service, "*"), None);
    }

    #[test]
    fn a_role_session_is_named_without_the_path_of_its_role() {
        let role: Arn = "arn:aws:iam::111122223333:role/deep/path/Reader".parse().unwrap();
        let who = Who {
            account: account(),
            kind: Kin::Role { role: &role, id: Some("AROAEXAMPLEEXAMPLE123"), session: "s" },
            canonical: None,
        };
        let grant = |text: &str| read(text).unwrap().grant(&who);
        assert_eq!(grant("arn:aws:sts::111122223333:assumed-role/Reader/s"), Some(Grant::Direct));
        assert_eq!(grant("arn:aws:sts::111122223333:assumed-role/Reader/other"), None);
        assert_eq!(grant("arn:aws:iam::111122223333:role/deep/path/Reader"), Some(Grant::Role));
        assert_eq!(grant("arn:aws:iam::111122223333:role/Reader"), None);
        assert_eq!(grant("AROAEXAMPLEEXAMPLE123"), Some(Grant::Role));
        assert_eq!(grant("111122223333"), Some(Grant::Account));
        assert_eq!(
            who.key("principalarn").as_deref(),
            Some("arn:aws:iam::111122223333:role/deep/path/Reader")
        );
        assert_eq!(who.key("username"), None);
    }

    #[test]
    fn not_principal_spares_only_who_is_listed_in_every_layer() {
        let role: Arn = "arn:aws:iam::111122223333:role/R".parse().unwrap();
        let who = Who {
            account: account(),
            kind: Kin::Role { role: &role, id: None, session: "s" },
            canonical: None,
        };
        let listed = |texts: &[&str]| Principals {
            negated: true,
            named: texts.iter().map(|text| read(text).unwrap()).collect(),
        };
        let session = "arn:aws:sts::111122223333:assumed-role/R/s";
        let role = "arn:aws:iam::111122223333:role/R";
        assert_eq!(listed(&[session, role, "111122223333"]).grant(&who, true), None);
        assert_eq!(listed(&[session, role]).grant(&who, true), Some(Grant::Direct));
        assert_eq!(listed(&[role, "111122223333"]).grant(&who, true), Some(Grant::Direct));
        assert_eq!(listed(&[role]).grant(&who, false), None);
        assert_eq!(listed(&["444455556666"]).grant(&who, false), Some(Grant::Direct));
        assert_eq!(listed(&["*"]).grant(&who, true), None);
    }
}
