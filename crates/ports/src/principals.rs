//! Who acts: principals and their access keys.

use std::time::Duration;

use base::{AccountId, Arn, Secret, Timestamp};
use futures_util::future::BoxFuture;

use crate::PortError;

/// On whose behalf something is done.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Principal {
    /// The account it belongs to.
    pub account: AccountId,
    /// What it is.
    pub kind: PrincipalKind,
    /// The temporary key (`ASIA…`) it acts with. The session's own policies, its tags and its code hang on it, so it goes along wherever a room acts for
    /// somebody. `None` for who has none, and for services that act under a role.
    pub session_key: Option<String>,
}

/// What a principal is.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum PrincipalKind {
    /// The account itself: may do everything in its account.
    Root,
    /// An IAM user.
    User {
        /// The user's ARN, with its path.
        user: Arn,
        /// The user's unique id (`AIDA…`): a user made again under the same name is another one.
        id: String,
    },
    /// A role that somebody assumed, or that a service assumed to act for its owner, e.g. Firehose's delivery role.
    Role {
        /// The role's ARN, with its path.
        role: Arn,
        /// The role's unique id (`AROA…`); `None` where a service acts under a role that it knows by its ARN alone.
        id: Option<String>,
        /// The session's name.
        session: String,
    },
    /// A user's federated session (GetFederationToken).
    Federated {
        /// The user whose rights it has a part of.
        user: Arn,
        /// The session's name.
        name: String,
    },
    /// A service acting for itself, e.g. `logging.s3.amazonaws.com` (condition keys `aws:SourceArn`, `aws:SourceAccount`).
    Service {
        /// The service principal.
        name: String,
        /// The resource it acts for.
        source: Option<Arn>,
    },
    /// Nobody in particular: the request carried no credentials.
    Anonymous,
}

impl Principal {
    /// Somebody without a session of their own.
    pub const fn new(account: AccountId, kind: PrincipalKind) -> Self {
        Self { account, kind, session_key: None }
    }

    /// The same, acting with a temporary key.
    pub fn with_session(mut self, key: &str) -> Self {
        self.session_key = Some(key.to_owned());
        self
    }

    /// The account's root.
    pub const fn root(account: AccountId) -> Self {
        Self { account, kind: PrincipalKind::Root, session_key: None }
    }

    /// A request without credentials. Its account owns nothing.
    pub const fn anonymous() -> Self {
        Self { account: AccountId::DEFAULT, kind: PrincipalKind::Anonymous, session_key: None }
    }

    /// The role a service acts under, known by its ARN alone.
    pub fn role(account: AccountId, role: Arn, session: impl Into<String>) -> Self {
        Self::new(account, PrincipalKind::Role { role, id: None, session: session.into() })
    }

    /// Whether the request carried no credentials.
    pub const fn is_anonymous(&self) -> bool {
        matches!(self.kind, PrincipalKind::Anonymous)
    }

    /// The ARN that STS GetCallerIdentity and access denials show; `None` for nobody.
    /// Forms: identity facts section 1 (assumed-role ARNs leave out the role's path).
    pub fn arn(&self) -> Option<Arn> {
        match &self.kind {
            PrincipalKind::Root => Some(Arn::global("iam", self.account, "root")),
            PrincipalKind::User { user, .. } => Some(user.clone()),
            PrincipalKind::Role { role, session, .. } => {
                let name = role.resource().rsplit('/').next().unwrap_or_default();
                Some(Arn::global("sts", self.account, &format!("assumed-role/{name}/{session}")))
            }
            PrincipalKind::Federated { name, .. } => {
                Some(Arn::global("sts", self.account, &format!("federated-user/{name}")))
            }
            PrincipalKind::Service { .. } | PrincipalKind::Anonymous => None,
        }
    }

    /// The id that STS GetCallerIdentity shows (`aws:userid`): the account's number for root. Forms: identity facts section 1.
    pub fn user_id(&self) -> String {
        match &self.kind {
            PrincipalKind::Root => self.account.to_string(),
            PrincipalKind::User { id, .. } => id.clone(),
            PrincipalKind::Role { id: Some(id), session, .. } => format!("{id}:{session}"),
            PrincipalKind::Role { role, id: None, session } => format!("{}:{session}", role.resource()),
            PrincipalKind::Federated { name, .. } => format!("{}:{name}", self.account),
            PrincipalKind::Service { name, .. } => name.clone(),
            PrincipalKind::Anonymous => "anonymous".to_owned(),
        }
    }
}

/// An access key and whom it stands for.
#[derive(Clone, Debug)]
pub struct AccessKey {
    /// The id, e.g. `AKIA…` or `test`.
    pub id: String,
    /// What signatures are made with.
    pub secret: Secret,
    /// Whom it stands for.
    pub principal: Principal,
    /// For temporary keys: the token that must come with them.
    pub session: Option<Session>,
    /// Inactive keys are refused as if unknown.
    pub active: bool,
}

/// What makes a temporary key temporary.
#[derive(Clone, Debug)]
pub struct Session {
    /// The token every request must carry.
    pub token: Secret,
    /// From then on the key is refused.
    pub expires: Timestamp,
}

/// Finds whom an access key stands for. The only way by which the door learns a secret.
pub trait Principals: Send + Sync + 'static {
    /// The key with this id; `None` if there is none.
    fn find_key<'a>(&'a self, access_key_id: &'a str) -> BoxFuture<'a, Result<Option<AccessKey>, PortError>>;

    /// The unique id (`AIDA…`, `AROA…`) of the user or role that has exactly this ARN; `None` if there is none. A room that stores a policy
    /// stores ids instead of such ARNs, so that a name which is taken again is not the principal that was meant (identity facts, section 1).
    fn unique_id<'a>(&'a self, arn: &'a str) -> BoxFuture<'a, Result<Option<String>, PortError>> {
        let _ = arn;
        Box::pin(std::future::ready(Ok(None)))
    }

    /// Temporary keys of a role that a service assumes for its owner, e.g. `lambda.amazonaws.com` a function's. A role that nobody has created
    /// yet stands for its account, as everywhere. `None`: keys are not issued here. Fails with `Denied` if the role does not trust the service.
    fn assume_for<'a>(
        &'a self,
        role: &'a Arn,
        service: &'static str,
        session: &'a str,
        duration: Duration,
    ) -> BoxFuture<'a, Result<Option<AccessKey>, PortError>> {
        let _ = (role, service, session, duration);
        Box::pin(std::future::ready(Ok(None)))
    }

    /// Whether a service may assume a role: its trust policy says so, or nobody has created it yet.
    fn trusts<'a>(&'a self, role: &'a Arn, service: &'static str) -> BoxFuture<'a, Result<bool, PortError>> {
        let _ = (role, service);
        Box::pin(std::future::ready(Ok(true)))
    }

    /// Whether a code is one that the MFA device with this serial number shows now, and the device is the principal's. A code counts once.
    fn take_code<'a>(
        &'a self,
        principal: &'a Principal,
        serial: &'a str,
        code: &'a str,
    ) -> BoxFuture<'a, Result<bool, PortError>> {
        let _ = (principal, serial, code);
        Box::pin(std::future::ready(Ok(false)))
    }

    /// The ARN of the user or role with this unique id, to show a stored policy by; `None` if it is gone.
    fn arn_of<'a>(&'a self, unique_id: &'a str) -> BoxFuture<'a, Result<Option<String>, PortError>> {
        let _ = unique_id;
        Box::pin(std::future::ready(Ok(None)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_session_leaves_out_the_path() {
        let role = "arn:aws:iam::000000000000:role/service/deep/Firehose".parse().unwrap();
        let principal = Principal::role(AccountId::DEFAULT, role, "flights");
        let arn = principal.arn().unwrap();
        assert_eq!(arn.as_str(), "arn:aws:sts::000000000000:assumed-role/Firehose/flights");
    }
}
