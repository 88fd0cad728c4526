//! Rows as IAM shows them, and what the operations share: pages, tags, names of callers.

use std::collections::BTreeMap;

use base::{AccountId, Timestamp};
use ports::PrincipalKind;
use service::{Call, Fault};

use crate::engine::Identity;
use crate::engine::error::{Error, Result, Why};
use crate::engine::policies::{Managed, PolicyVersion as Version};
use crate::engine::{entities, naming};
use crate::ops::Target;
use crate::shapes::iam::{
    AttachedPermissionsBoundary, AttachedPolicy, Group, InstanceProfile, Policy, PolicyVersion, Role,
    RoleLastUsed, Tag, User,
};
use crate::tables::{EntityRow, Kind, ProfileRow};

/// Items on a page unless the request says otherwise.
const PAGE_DEFAULT: usize = 100;

/// A page of a listing.
pub(super) struct Shown<T> {
    pub items: Vec<T>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

/// Cuts a page out of a listing that is in the order of its keys. The marker is the last key, sealed: good for this listing alone.
pub(super) fn page<T>(
    identity: &Identity,
    listing: &str,
    items: impl IntoIterator<Item = (String, T)>,
    marker: Option<&str>,
    items_max: Option<i32>,
) -> std::result::Result<Shown<T>, Fault> {
    let invalid = || Error::new(Why::Invalid, "Invalid Marker.");
    let after = match marker {
        Some(marker) => {
            let opened = identity.tokens.open(listing, marker).map_err(|_| invalid())?;
            Some(String::from_utf8(opened).map_err(|_| invalid())?)
        }
        None => None,
    };
    let limit = items_max.and_then(|max| usize::try_from(max).ok()).unwrap_or(PAGE_DEFAULT);
    let rest = items.into_iter().filter(|(key, _)| after.as_ref().is_none_or(|after| key > after));
    let page = base::Page::take(rest, limit);
    let last = page.items.last().filter(|_| page.more).map(|(key, _)| key.clone());
    Ok(Shown {
        is_truncated: Some(page.more),
        marker: last.map(|key| identity.tokens.seal(listing, key.as_bytes())),
        items: page.items.into_iter().map(|(_, item)| item).collect(),
    })
}

/// Items with a key that keeps the order they come in.
pub(super) fn in_order<T>(items: impl IntoIterator<Item = T>) -> impl Iterator<Item = (String, T)> {
    items.into_iter().enumerate().map(|(place, item)| (format!("{place:08}"), item))
}

/// Rows with their names, in lower case, as keys.
pub(super) fn by_name(rows: Vec<EntityRow>) -> impl Iterator<Item = (String, EntityRow)> {
    rows.into_iter().map(|row| (row.name.to_ascii_lowercase(), row))
}

/// The user that a call is about if it names none: the caller.
pub(super) fn user_name(call: &Call, given: Option<String>) -> Result<String> {
    match (given, &call.caller().principal.kind) {
        (Some(name), _) => Ok(name),
        (None, PrincipalKind::User { user, .. }) => {
            Ok(user.resource().rsplit('/').next().unwrap_or_default().to_owned())
        }
        (
            None,
            PrincipalKind::Root
            | PrincipalKind::Role { .. }
            | PrincipalKind::Federated { .. }
            | PrincipalKind::Service { .. }
            | PrincipalKind::Anonymous,
        ) => Err(Error::new(Why::Invalid, "Must specify userName when calling with non-User credentials")),
    }
}

/// Whose keys a call is about: the named user's, the calling user's, or the calling root's own.
pub(super) fn key_owner(call: &Call, given: Option<String>) -> Result<Option<String>> {
    if given.is_none() && call.caller().principal.kind == PrincipalKind::Root {
        return Ok(None);
    }
    user_name(call, given).map(Some)
}

/// A user, role or group as the thing asked about, with its tags and boundary. Where there is none its path is taken to be `/`.
pub(super) async fn about(
    identity: &Identity,
    call: &Call,
    kind: Kind,
    name: Option<&str>,
) -> std::result::Result<Target, Fault> {
    let name = name.unwrap_or_default();
    let row = match identity.entity(call.account(), kind, name).await {
        Ok(row) => row,
        Err(error) if error.why == Why::NoSuchEntity => {
            return Ok(Target::of(naming::entity_arn(call.account(), kind, "/", name).to_string()));
        }
        Err(error) => return Err(error.into()),
    };
    let target = Target::of(entities::arn(call.account(), kind, &row).to_string());
    Ok(target.tagged(&row.tags).with_some("iam:PermissionsBoundary", row.boundary.as_ref()))
}

/// The user a call is about, who may be the caller.
pub(super) async fn about_user(
    identity: &Identity,
    call: &Call,
    name: Option<&String>,
) -> std::result::Result<Target, Fault> {
    match user_name(call, name.cloned()) {
        Ok(name) => about(identity, call, Kind::User, Some(&name)).await,
        Err(_) => Ok(Target::of(format!("arn:aws:iam::{}:root", call.account()))),
    }
}

/// Tags as a map. Two keys that clash are refused by their number.
pub(super) fn tags(given: Option<Vec<Tag>>) -> Result<BTreeMap<String, String>> {
    let given = given.unwrap_or_default();
    let count = given.len();
    let tags: BTreeMap<String, String> =
        given.into_iter().map(|tag| (tag.key.unwrap_or_default(), tag.value.unwrap_or_default())).collect();
    if tags.len() < count {
        return Err(entities::duplicate_tags());
    }
    Ok(tags)
}

/// Tags as a list; none at all if there are none.
pub(super) fn shown_tags(tags: &BTreeMap<String, String>) -> Option<Vec<Tag>> {
    (!tags.is_empty()).then(|| tag_list(tags))
}

/// Tags as a list.
pub(super) fn tag_list(tags: &BTreeMap<String, String>) -> Vec<Tag> {
    let shown = |(key, value): (&String, &String)| Tag { key: Some(key.clone()), value: Some(value.clone()) };
    tags.iter().map(shown).collect()
}

pub(super) fn boundary(row: &EntityRow) -> Option<AttachedPermissionsBoundary> {
    row.boundary.as_ref().map(|arn| AttachedPermissionsBoundary {
        permissions_boundary_type: Some("Policy".to_owned()),
        permissions_boundary_arn: Some(arn.clone()),
    })
}

/// A user as lists show it.
pub(super) fn listed_user(account: AccountId, row: &EntityRow) -> User {
    User {
        path: Some(row.path.clone()),
        user_name: Some(row.name.clone()),
        user_id: Some(row.id.clone()),
        arn: Some(entities::arn(account, Kind::User, row).to_string()),
        create_date: Some(row.created()),
        ..User::default()
    }
}

/// A user by itself.
pub(super) fn user(account: AccountId, row: &EntityRow) -> User {
    let permissions_boundary = boundary(row);
    User { permissions_boundary, tags: shown_tags(&row.tags), ..listed_user(account, row) }
}

pub(super) fn group(account: AccountId, row: &EntityRow) -> Group {
    Group {
        path: Some(row.path.clone()),
        group_name: Some(row.name.clone()),
        group_id: Some(row.id.clone()),
        arn: Some(entities::arn(account, Kind::Group, row).to_string()),
        create_date: Some(row.created()),
    }
}

/// A role as lists show it.
pub(super) async fn listed_role(identity: &Identity, account: AccountId, row: &EntityRow) -> Result<Role> {
    let more = row.role();
    let trust = match more {
        Some(role) => Some(naming::url_encoded(&identity.shown_trust(&role.trust).await?)),
        None => None,
    };
    Ok(Role {
        path: Some(row.path.clone()),
        role_name: Some(row.name.clone()),
        role_id: Some(row.id.clone()),
        arn: Some(entities::arn(account, Kind::Role, row).to_string()),
        create_date: Some(row.created()),
        assume_role_policy_document: trust,
        description: more.and_then(|role| role.description.clone()),
        max_session_duration: more.and_then(|role| i32::try_from(role.session_secs_max).ok()),
        ..Role::default()
    })
}

/// A role by itself.
pub(super) async fn role(identity: &Identity, account: AccountId, row: &EntityRow) -> Result<Role> {
    Ok(Role {
        permissions_boundary: boundary(row),
        tags: shown_tags(&row.tags),
        role_last_used: Some(RoleLastUsed::default()),
        ..listed_role(identity, account, row).await?
    })
}

/// An instance profile, with its role.
pub(super) async fn profile(
    identity: &Identity,
    account: AccountId,
    row: &ProfileRow,
) -> Result<InstanceProfile> {
    let mut roles = Vec::new();
    if let Some(name) = &row.role {
        let held = identity.entity(account, Kind::Role, name).await?;
        roles.push(Role { max_session_duration: None, ..listed_role(identity, account, &held).await? });
    }
    Ok(InstanceProfile {
        path: Some(row.path.clone()),
        instance_profile_name: Some(row.name.clone()),
        instance_profile_id: Some(row.id.clone()),
        arn: Some(naming::profile_arn(account, &row.path, &row.name).to_string()),
        create_date: Some(Timestamp::from_micros(row.created_micros)),
        roles: Some(roles),
        tags: shown_tags(&row.tags),
    })
}

/// A managed policy as lists show it.
pub(super) fn listed_policy(policy: Managed) -> Policy {
    Policy {
        policy_name: Some(policy.name),
        policy_id: Some(policy.id),
        arn: Some(policy.arn),
        path: Some(policy.path),
        default_version_id: Some(version_id(policy.default_version)),
        attachment_count: i32::try_from(policy.attachments).ok(),
        permissions_boundary_usage_count: i32::try_from(policy.bounds).ok(),
        is_attachable: Some(true),
        create_date: Some(policy.created),
        update_date: Some(policy.updated),
        ..Policy::default()
    }
}

/// A managed policy by itself.
pub(super) fn policy(policy: Managed) -> Policy {
    let (description, tags) = (policy.description.clone(), shown_tags(&policy.tags));
    Policy { description, tags, ..listed_policy(policy) }
}

pub(super) fn version_id(number: u32) -> String {
    format!("v{number}")
}

/// A version of a policy, without its document.
pub(super) fn listed_version(version: &Version) -> PolicyVersion {
    PolicyVersion {
        document: None,
        version_id: Some(version_id(version.number)),
        is_default_version: Some(version.is_default),
        create_date: Some(version.created),
    }
}

pub(super) fn attached(arns: &[String]) -> Vec<AttachedPolicy> {
    let name = |arn: &String| arn.rsplit('/').next().unwrap_or(arn).to_owned();
    let shown = |arn: &String| AttachedPolicy { policy_name: Some(name(arn)), policy_arn: Some(arn.clone()) };
    arns.iter().map(shown).collect()
}
