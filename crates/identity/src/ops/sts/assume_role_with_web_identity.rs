//! AssumeRoleWithWebIdentity.

use base::AccountId;
use service::{Access, Call, Fault, Operation, ResourceRule, ResourceSide};
use wire::Need;

use super::assume_role::assumed;
use super::shown::{credentials, duration, limits, packed_size};
use crate::engine::Identity;
use crate::engine::error::{Error, Why};
use crate::engine::naming::provider_arn;
use crate::engine::sessions::NewSession;
use crate::engine::web_identity::{Token, no_provider};
use crate::shapes::sts::{AssumeRoleWithWebIdentityRequest, AssumeRoleWithWebIdentityResponse};
use crate::tables::{Actor, EntityRow};

/// Seconds of a session unless the request says otherwise.
const SECS_DEFAULT: u64 = 3_600;

/// Issues credentials that stand for a role, to whom an identity provider vouches for. The call itself is not signed.
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>
/// Differs: every provider must be registered, those that AWS knows by itself too; thumbprints are kept and not compared, for a provider's
/// certificate must be one that public authorities, or those the operator names, vouch for.
pub(crate) struct AssumeRoleWithWebIdentity;

impl Operation for AssumeRoleWithWebIdentity {
    type Service = Identity;
    type Input = AssumeRoleWithWebIdentityRequest;
    type Output = AssumeRoleWithWebIdentityResponse;
    const NAME: &'static str = "AssumeRoleWithWebIdentity";

    async fn access(_: &Identity, _: &Call, _: &Self::Input) -> Result<Vec<Access>, Fault> {
        // Nobody signed. Who may is for the trust policy to say, about what the verified token says.
        Ok(Vec::new())
    }

    async fn run(identity: &Identity, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let token = Token::read(&input.web_identity_token.need())?;
        let arn = input.role_arn.need();
        let Some((account, row)) = identity.role_by_arn(&arn).await? else {
            return Err(not_authorized());
        };
        let provider_arn = provider_arn(account, token.provider_url()).to_string();
        let Ok(provider) = identity.provider(account, &provider_arn).await else {
            return Err(no_provider(&token).into());
        };
        identity.verify_token(&provider, &token).await?;
        let session = input.role_session_name.need();
        trusts(identity, call, (account, &row), &token, &provider_arn, &session)?;
        let longest = row.role().map_or(SECS_DEFAULT, |role| u64::from(role.session_secs_max));
        let duration = duration(input.duration_seconds, SECS_DEFAULT);
        if duration.as_secs() > longest {
            let text = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
            return Err(Error::new(Why::Invalid, text).into());
        }
        let limits = limits(identity, account, input.policy, input.policy_arns).await?;
        let packed_policy_size = packed_size(&limits, &token.tags);
        let (audience, claims) = (token.audience().cloned(), token.conditions());
        let Token { issuer, subject, tags, transitive, source_identity, .. } = token;
        let new = NewSession {
            account,
            actor: Actor::Role { id: row.id.clone(), arn, session: session.clone() },
            duration,
            limits,
            tags,
            transitive,
            source_identity: source_identity.clone(),
            provider: Some(provider_arn),
            claims,
            mfa: false,
        };
        let issued = identity.issue(new).await?;
        Ok(AssumeRoleWithWebIdentityResponse {
            credentials: Some(credentials(&issued)),
            subject_from_web_identity_token: Some(subject),
            assumed_role_user: Some(assumed(account, &row, &session)),
            packed_policy_size,
            provider: Some(issuer),
            audience,
            source_identity,
            ..AssumeRoleWithWebIdentityResponse::default()
        })
    }
}

/// A refusal that does not tell whether the role is there.
fn not_authorized() -> Fault {
    Error::new(Why::Denied, "Not authorized to perform sts:AssumeRoleWithWebIdentity").into()
}

/// Fails unless the role's trust policy lets in whom the token is about, with what the token brings.
fn trusts(
    identity: &Identity,
    call: &Call,
    (account, row): (AccountId, &EntityRow),
    token: &Token,
    provider: &str,
    session: &str,
) -> Result<(), Fault> {
    let trust = &row.role().ok_or_else(not_authorized)?.trust;
    let side = ResourceSide {
        policy: Some(identity.trust_document(trust)?),
        granted: false,
        rule: ResourceRule::TrustPolicy,
    };
    let mut actions = vec!["sts:AssumeRoleWithWebIdentity"];
    if !token.tags.is_empty() {
        actions.push("sts:TagSession");
    }
    if token.source_identity.is_some() {
        actions.push("sts:SetSourceIdentity");
    }
    let role = crate::engine::entities::arn(account, crate::tables::Kind::Role, row);
    for action in actions {
        let mut access = Access::to(action, &role).with("sts:RoleSessionName", session).tagging(&token.tags);
        for key in &token.transitive {
            access = access.with("sts:TransitiveTagKeys", key.clone());
        }
        if let Some(source) = &token.source_identity {
            access = access.with("sts:SourceIdentity", source.clone());
        }
        for (name, value) in token.conditions() {
            access = access.with(name, value);
        }
        let access = access.with("aws:FederatedProvider", provider).tagged(&row.tags).under(side.clone());
        if let Err(denied) = identity.trusts_provider(call.caller(), &access, provider) {
            return Err(not_authorized().hinted(denied.hint.as_deref()));
        }
    }
    Ok(())
}
