//! Roles that services assume for their owners: a function's, say.
//!
//! The role must trust the service by its trust policy. A role that nobody has created yet stands for its account, as in every other question
//! (`gate.rs`): its keys are the account's own, and end like those of a session.

use std::collections::BTreeMap;
use std::time::Duration;

use base::{AccountId, Arn, Region};
use ports::{AccessKey, PortError, Principal, PrincipalKind, Session};
use service::{Access, Authorizer, Caller, ResourceRule, ResourceSide};

use super::Identity;
use super::error::Error;
use super::sessions::{NewSession, SessionLimits};
use crate::tables::{Actor, EntityRow};

impl Identity {
    /// Whether a role's trust policy lets a service assume it.
    pub(super) async fn role_trusts(
        &self,
        role: &Arn,
        row: &EntityRow,
        service: &'static str,
    ) -> Result<bool, PortError> {
        let Some(more) = row.role() else { return Ok(false) };
        let document = self.trust_document(&more.trust).map_err(unavailable)?;
        let side = ResourceSide {
            policy: Some(document),
            rule: ResourceRule::TrustPolicy,
            ..ResourceSide::default()
        };
        let account = role.account().parse().unwrap_or(AccountId::DEFAULT);
        let kind = PrincipalKind::Service { name: service.to_owned(), source: None };
        let caller = Caller::internal(Principal::new(account, kind), Region::us_east_1());
        let access = Access::to("sts:AssumeRole", role).under(side);
        Ok(self.allow(&caller, &access).await.is_ok())
    }

    /// Temporary keys of a role for a service.
    pub(super) async fn issue_for(
        &self,
        role: &Arn,
        service: &'static str,
        session: &str,
        duration: Duration,
    ) -> Result<AccessKey, PortError> {
        let found = self.role_by_arn(role.as_str()).await.map_err(unavailable)?;
        let account = role.account().parse().unwrap_or(AccountId::DEFAULT);
        let (actor, kind) = match found {
            Some((_, row)) => {
                if !self.role_trusts(role, &row, service).await? {
                    return Err(PortError::Denied(format!("{role} cannot be assumed by {service}")));
                }
                let (id, session) = (row.id, session.to_owned());
                let actor = Actor::Role { id: id.clone(), arn: role.to_string(), session: session.clone() };
                (actor, PrincipalKind::Role { role: role.clone(), id: Some(id), session })
            }
            None => (Actor::Root, PrincipalKind::Root),
        };
        let new = NewSession {
            account,
            actor,
            duration,
            limits: SessionLimits::default(),
            tags: BTreeMap::new(),
            transitive: Vec::new(),
            source_identity: None,
            provider: None,
            claims: Vec::new(),
            mfa: false,
        };
        let issued = self.issue(new).await.map_err(unavailable)?;
        Ok(AccessKey {
            principal: Principal::new(account, kind).with_session(&issued.id),
            id: issued.id,
            secret: issued.secret,
            session: Some(Session { token: issued.token, expires: issued.expires }),
            active: true,
        })
    }
}

fn unavailable(error: Error) -> PortError {
    PortError::Unavailable(error.to_string())
}
