//! GetAccountAuthorizationDetails: everything that says who may do what.

use service::{Call, Fault};

use super::shown::{attached, boundary, in_order, listed_role, listed_version, page, profile, shown_tags};
use crate::engine::Identity;
use crate::engine::entities;
use crate::engine::naming::url_encoded;
use crate::engine::policies::Managed;
use crate::ops::{Target, operation};
use crate::shapes::iam::*;
use crate::tables::{EntityRow, Kind};

/// One item of the four lists, in the order in which they are told.
enum Item {
    Entity(Kind, EntityRow),
    Policy(Managed),
}

operation! {
    /// Tells of all users, groups, roles and policies. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>
    "iam" GetAccountAuthorizationDetails(GetAccountAuthorizationDetailsRequest) -> GetAccountAuthorizationDetailsResponse,
    asks |_iam, _call, _input| Target::any(),
    does |iam, call, input| {
        let items = items(iam, call, input.filter.unwrap_or_default()).await?;
        let cut = page(iam, "authorization details", in_order(items), input.marker.as_deref(), input.max_items)?;
        let (mut users, mut groups, mut roles, mut policies) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for item in cut.items {
            match item {
                Item::Entity(Kind::User, row) => users.push(user(iam, call, &row).await?),
                Item::Entity(Kind::Group, row) => groups.push(group(call, &row)),
                Item::Entity(Kind::Role, row) => roles.push(role(iam, call, &row).await?),
                Item::Policy(managed) => policies.push(policy(iam, call, managed).await?),
            }
        }
        GetAccountAuthorizationDetailsResponse {
            user_detail_list: Some(users),
            group_detail_list: Some(groups),
            role_detail_list: Some(roles),
            policies: Some(policies),
            is_truncated: cut.is_truncated,
            marker: cut.marker,
        }
    },
}

async fn items(iam: &Identity, call: &Call, filter: Vec<String>) -> Result<Vec<Item>, Fault> {
    let wanted = |name: &str| filter.is_empty() || filter.iter().any(|given| given == name);
    let mut items = Vec::new();
    for (kind, name) in [(Kind::User, "User"), (Kind::Group, "Group"), (Kind::Role, "Role")] {
        if wanted(name) {
            let rows = iam.entities(call.account(), kind, "").await?;
            items.extend(rows.into_iter().map(|row| Item::Entity(kind, row)));
        }
    }
    let (own, aws) = (wanted("LocalManagedPolicy"), wanted("AWSManagedPolicy"));
    let mut policies = iam.policies(call.account(), own, aws, "").await?;
    // Of AWS's policies only those that are in use.
    policies.retain(|policy| {
        !policy.arn.starts_with("arn:aws:iam::aws:") || policy.attachments + policy.bounds > 0
    });
    items.extend(policies.into_iter().map(Item::Policy));
    Ok(items)
}

fn inline(row: &EntityRow) -> Option<Vec<PolicyDetail>> {
    let shown = |(name, text): (&String, &String)| PolicyDetail {
        policy_name: Some(name.clone()),
        policy_document: Some(url_encoded(text)),
    };
    (!row.inline.is_empty()).then(|| row.inline.iter().map(shown).collect())
}

async fn user(iam: &Identity, call: &Call, row: &EntityRow) -> Result<UserDetail, Fault> {
    let groups = iam.groups_of(call.account(), &row.name).await?;
    Ok(UserDetail {
        path: Some(row.path.clone()),
        user_name: Some(row.name.clone()),
        user_id: Some(row.id.clone()),
        arn: Some(entities::arn(call.account(), Kind::User, row).to_string()),
        create_date: Some(row.created()),
        user_policy_list: inline(row),
        group_list: Some(groups.into_iter().map(|group| group.name).collect()),
        attached_managed_policies: Some(attached(&row.attached)),
        permissions_boundary: boundary(row),
        tags: shown_tags(&row.tags),
    })
}

fn group(call: &Call, row: &EntityRow) -> GroupDetail {
    GroupDetail {
        path: Some(row.path.clone()),
        group_name: Some(row.name.clone()),
        group_id: Some(row.id.clone()),
        arn: Some(entities::arn(call.account(), Kind::Group, row).to_string()),
        create_date: Some(row.created()),
        group_policy_list: inline(row),
        attached_managed_policies: Some(attached(&row.attached)),
    }
}

async fn role(iam: &Identity, call: &Call, row: &EntityRow) -> Result<RoleDetail, Fault> {
    let listed = listed_role(iam, call.account(), row).await?;
    let mut profiles = Vec::new();
    for held in iam.profiles_of_role(call.account(), &row.name).await? {
        profiles.push(profile(iam, call.account(), &held).await?);
    }
    Ok(RoleDetail {
        path: listed.path,
        role_name: listed.role_name,
        role_id: listed.role_id,
        arn: listed.arn,
        create_date: listed.create_date,
        assume_role_policy_document: listed.assume_role_policy_document,
        instance_profile_list: Some(profiles),
        role_policy_list: Some(inline(row).unwrap_or_default()),
        attached_managed_policies: Some(attached(&row.attached)),
        permissions_boundary: boundary(row),
        tags: shown_tags(&row.tags),
        role_last_used: Some(RoleLastUsed::default()),
    })
}

async fn policy(iam: &Identity, call: &Call, managed: Managed) -> Result<ManagedPolicyDetail, Fault> {
    let versions = iam.policy_versions(call.account(), &managed.arn).await?;
    let shown = versions.iter().map(|version| PolicyVersion {
        document: Some(url_encoded(&version.text)),
        ..listed_version(version)
    });
    Ok(ManagedPolicyDetail {
        policy_version_list: Some(shown.collect()),
        policy_name: Some(managed.name),
        policy_id: Some(managed.id),
        arn: Some(managed.arn),
        path: Some(managed.path),
        default_version_id: Some(format!("v{}", managed.default_version)),
        attachment_count: i32::try_from(managed.attachments).ok(),
        permissions_boundary_usage_count: i32::try_from(managed.bounds).ok(),
        is_attachable: Some(true),
        description: managed.description,
        create_date: Some(managed.created),
        update_date: Some(managed.updated),
    })
}
