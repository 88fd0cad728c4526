//! GetFederationToken.

use ports::PrincipalKind;
use wire::Need;

use super::shown::{credentials, duration, is_session, limits, packed_size, tags};
use crate::engine::error::{Error, Why};
use crate::engine::sessions::NewSession;
use crate::ops::{Target, operation};
use crate::shapes::sts::{FederatedUser, GetFederationTokenRequest, GetFederationTokenResponse};
use crate::tables::Actor;

/// Seconds of a user's session unless the request says otherwise, and of the root's at most.
const SECS_DEFAULT: u64 = 43_200;
const ROOT_SECS_MAX: u64 = 3_600;

operation! {
    /// Issues credentials with a part of the calling user's rights: what the session policies allow of them, and nothing without one.
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html>
    "sts" GetFederationToken(GetFederationTokenRequest) -> GetFederationTokenResponse,
    asks |_sts, call, input| {
        let name = input.name.as_deref().unwrap_or("*");
        let mut target = Target::of(format!("arn:aws:sts::{}:federated-user/{name}", call.account()));
        for tag in input.tags.iter().flatten() {
            target = target.request_tag(tag.key.as_deref(), tag.value.as_deref());
        }
        target
    },
    does |sts, call, input| {
        let caller = call.caller();
        let id = match &caller.principal.kind {
            PrincipalKind::Root if !is_session(caller) => None,
            PrincipalKind::User { id, .. } if !is_session(caller) => Some(id.clone()),
            PrincipalKind::Root
            | PrincipalKind::User { .. }
            | PrincipalKind::Role { .. }
            | PrincipalKind::Federated { .. }
            | PrincipalKind::Service { .. }
            | PrincipalKind::Anonymous => {
                let text = "Cannot call GetFederationToken with session credentials";
                return Err(Error::new(Why::Denied, text).into());
            }
        };
        let mut duration = duration(input.duration_seconds, SECS_DEFAULT);
        if id.is_none() {
            duration = duration.min(std::time::Duration::from_secs(ROOT_SECS_MAX));
        }
        let (name, tags) = (input.name.need(), tags(input.tags)?);
        let limits = limits(sts, call.account(), input.policy, input.policy_arns).await?;
        let packed_policy_size = packed_size(&limits, &tags);
        let new = NewSession {
            account: call.account(),
            actor: Actor::Federated { id, name: name.clone() },
            duration,
            limits,
            tags,
            transitive: Vec::new(),
            source_identity: None,
            provider: None,
            claims: Vec::new(),
            mfa: false,
        };
        let issued = sts.issue(new).await?;
        GetFederationTokenResponse {
            credentials: Some(credentials(&issued)),
            federated_user: Some(FederatedUser {
                federated_user_id: Some(format!("{}:{name}", call.account())),
                arn: Some(format!("arn:aws:sts::{}:federated-user/{name}", call.account())),
            }),
            packed_policy_size,
            ..GetFederationTokenResponse::default()
        }
    },
}
