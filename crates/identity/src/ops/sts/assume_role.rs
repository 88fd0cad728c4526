//! AssumeRole.

use std::collections::BTreeMap;

use service::{Access, Call, Fault, Operation, ResourceRule, ResourceSide};
use wire::Need;

use super::shown::{credentials, duration, is_session, limits, packed_size, tags, took_code};
use crate::engine::Identity;
use crate::engine::error::{Error, Why};
use crate::engine::naming;
use crate::engine::sessions::NewSession;
use crate::shapes::sts::{AssumeRoleRequest, AssumeRoleResponse, AssumedRoleUser};
use crate::tables::{Actor, EntityRow, Kind, SessionRow};

/// Seconds of a session unless the request says otherwise.
const SECS_DEFAULT: u64 = 3_600;
/// The longest session of a role that a role assumes.
const CHAINED_SECS_MAX: u64 = 3_600;

/// Issues credentials that stand for a role, to whom its trust policy lets.
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
/// Differs: the account's root may assume roles that trust it.
pub(crate) struct AssumeRole;

impl Operation for AssumeRole {
    type Service = Identity;
    type Input = AssumeRoleRequest;
    type Output = AssumeRoleResponse;
    const NAME: &'static str = "AssumeRole";

    async fn access(identity: &Identity, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let Some(arn) = &input.role_arn else {
            return Ok(vec![Access::any("sts:AssumeRole", call.caller())]);
        };
        let is_role = matches!(naming::named_entity(arn), Some((_, Kind::Role, _)));
        let Some(role) = arn.parse().ok().filter(|_| is_role) else {
            return Err(Error::new(Why::Invalid, format!("{arn} is invalid")).into());
        };
        let found = identity.role_by_arn(arn).await?;
        let mut side = ResourceSide { rule: ResourceRule::TrustPolicy, ..ResourceSide::default() };
        if let Some(more) = found.as_ref().and_then(|(_, row)| row.role()) {
            side.policy = Some(identity.trust_document(&more.trust)?);
        }
        let mut actions = vec!["sts:AssumeRole"];
        if input.tags.as_ref().is_some_and(|tags| !tags.is_empty()) {
            actions.push("sts:TagSession");
        }
        if input.source_identity.is_some() {
            actions.push("sts:SetSourceIdentity");
        }
        let mfa =
            took_code(identity, call, input.serial_number.as_deref(), input.token_code.as_deref()).await?;
        let row = found.as_ref().map(|(_, row)| row);
        let asked = |action| {
            let access = about(Access::to(action, &role), input, row).under(side.clone());
            if mfa { access.with("aws:MultiFactorAuthPresent", "true") } else { access }
        };
        let asked = actions.into_iter().map(asked).collect();
        call.keep(Asked { found, mfa });
        Ok(asked)
    }

    async fn run(identity: &Identity, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let arn = input.role_arn.need();
        let Some((Some((account, row)), mfa)) =
            call.kept::<Asked>().map(|asked| (asked.found.clone(), asked.mfa))
        else {
            return Err(Error::new(Why::Denied, format!("{arn} cannot be assumed")).into());
        };
        let calling = match call.caller().access_key_id.as_deref().filter(|_| is_session(call.caller())) {
            Some(id) => identity.session(id).await?,
            None => None,
        };
        let longest = row.role().map_or(SECS_DEFAULT, |role| u64::from(role.session_secs_max));
        let duration = duration(input.duration_seconds, SECS_DEFAULT);
        let is_chained = calling.as_ref().is_some_and(|session| matches!(session.actor, Actor::Role { .. }));
        if is_chained && duration.as_secs() > CHAINED_SECS_MAX {
            let text = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";
            return Err(Error::new(Why::Invalid, text).into());
        }
        if duration.as_secs() > longest {
            let text = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
            return Err(Error::new(Why::Invalid, text).into());
        }
        let (tags, transitive) =
            session_tags(tags(input.tags)?, input.transitive_tag_keys.unwrap_or_default(), calling.as_ref())?;
        let limits = limits(identity, account, input.policy, input.policy_arns).await?;
        let packed_policy_size = packed_size(&limits, &tags);
        let session = input.role_session_name.need();
        let inherited = calling.and_then(|session| session.source_identity);
        let source_identity = input.source_identity.or(inherited);
        let new = NewSession {
            account,
            actor: Actor::Role { id: row.id.clone(), arn, session: session.clone() },
            duration,
            limits,
            tags,
            transitive,
            source_identity: source_identity.clone(),
            provider: None,
            claims: Vec::new(),
            mfa,
        };
        let issued = identity.issue(new).await?;
        Ok(AssumeRoleResponse {
            credentials: Some(credentials(&issued)),
            assumed_role_user: Some(assumed(account, &row, &session)),
            packed_policy_size,
            source_identity,
            ..AssumeRoleResponse::default()
        })
    }
}

/// What was found out before the policies were asked.
struct Asked {
    found: Option<(base::AccountId, EntityRow)>,
    mfa: bool,
}

/// Who the session is.
pub(super) fn assumed(account: base::AccountId, row: &EntityRow, session: &str) -> AssumedRoleUser {
    AssumedRoleUser {
        assumed_role_id: Some(format!("{}:{session}", row.id)),
        arn: Some(format!("arn:aws:sts::{account}:assumed-role/{}/{session}", row.name)),
    }
}

/// The condition keys of the request.
fn about(mut access: Access, input: &AssumeRoleRequest, row: Option<&EntityRow>) -> Access {
    let keys = [
        ("sts:ExternalId", &input.external_id),
        ("sts:RoleSessionName", &input.role_session_name),
        ("sts:SourceIdentity", &input.source_identity),
    ];
    for (key, value) in keys {
        if let Some(value) = value {
            access = access.with(key, value.clone());
        }
    }
    for key in input.transitive_tag_keys.iter().flatten() {
        access = access.with("sts:TransitiveTagKeys", key.clone());
    }
    for tag in input.tags.iter().flatten() {
        let key = tag.key.clone().unwrap_or_default();
        access = access.with(format!("aws:RequestTag/{key}"), tag.value.clone().unwrap_or_default());
        access = access.with("aws:TagKeys", key);
    }
    for (key, value) in row.iter().flat_map(|row| &row.tags) {
        access = access.with(format!("aws:ResourceTag/{key}"), value.clone());
        access = access.with(format!("iam:ResourceTag/{key}"), value.clone());
    }
    access
}

/// The tags of the new session: those given, and what the calling session hands down.
fn session_tags(
    mut tags: BTreeMap<String, String>,
    mut transitive: Vec<String>,
    calling: Option<&SessionRow>,
) -> Result<(BTreeMap<String, String>, Vec<String>), Error> {
    let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
    if transitive.iter().any(|key| !tags.keys().any(|there| same(there, key))) {
        let text = "The specified transitive tag key must be included in the requested tags.";
        return Err(Error::new(Why::InvalidParameter, text));
    }
    let Some(calling) = calling else { return Ok((tags, transitive)) };
    for key in &calling.transitive {
        if tags.keys().any(|there| same(there, key)) {
            let text = "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag \
                        key from the calling session.";
            return Err(Error::new(Why::InvalidParameter, text));
        }
        let found = calling.tags.iter().find(|(there, _)| same(there, key));
        tags.extend(found.map(|(key, value)| (key.clone(), value.clone())));
        transitive.push(key.clone());
    }
    Ok((tags, transitive))
}
