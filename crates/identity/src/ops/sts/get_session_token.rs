//! GetSessionToken.

use std::collections::BTreeMap;
use std::time::Duration;

use ports::PrincipalKind;
use service::{Access, Call, Fault, Operation};

use super::shown::{credentials, duration, is_session, took_code};
use crate::engine::Identity;
use crate::engine::error::{Error, Why};
use crate::engine::sessions::{NewSession, SessionLimits};
use crate::shapes::sts::{GetSessionTokenRequest, GetSessionTokenResponse};
use crate::tables::Actor;

/// Seconds of a user's session unless the request says otherwise, and of the root's at most.
const SECS_DEFAULT: u64 = 43_200;
const ROOT_SECS_MAX: u64 = 3_600;

/// Issues credentials that stand for the calling user for a while. Needs no permission.
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html>
pub(crate) struct GetSessionToken;

impl Operation for GetSessionToken {
    type Service = Identity;
    type Input = GetSessionTokenRequest;
    type Output = GetSessionTokenResponse;
    const NAME: &'static str = "GetSessionToken";

    async fn access(_: &Identity, _: &Call, _: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(Vec::new())
    }

    async fn run(sts: &Identity, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let caller = call.caller();
        let denied = |text: &str| Fault::from(Error::new(Why::Denied, text));
        let actor = match &caller.principal.kind {
            PrincipalKind::Root if !is_session(caller) => Actor::Root,
            PrincipalKind::User { id, .. } if !is_session(caller) => Actor::User { id: id.clone() },
            PrincipalKind::Root
            | PrincipalKind::User { .. }
            | PrincipalKind::Role { .. }
            | PrincipalKind::Federated { .. }
            | PrincipalKind::Service { .. }
            | PrincipalKind::Anonymous => {
                return Err(denied("Cannot call GetSessionToken with session credentials"));
            }
        };
        let mfa = took_code(sts, call, input.serial_number.as_deref(), input.token_code.as_deref()).await?;
        let mut duration = duration(input.duration_seconds, SECS_DEFAULT);
        if actor == Actor::Root {
            duration = duration.min(Duration::from_secs(ROOT_SECS_MAX));
        }
        let new = NewSession {
            account: call.account(),
            actor,
            duration,
            limits: SessionLimits::default(),
            tags: BTreeMap::new(),
            transitive: Vec::new(),
            source_identity: None,
            provider: None,
            claims: Vec::new(),
            mfa,
        };
        let issued = sts.issue(new).await?;
        Ok(GetSessionTokenResponse {
            credentials: Some(credentials(&issued)),
            ..GetSessionTokenResponse::default()
        })
    }
}
