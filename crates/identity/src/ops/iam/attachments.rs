//! Managed policies on users, roles and groups, and as boundaries.

use wire::Need;

use super::shown::{about, attached, in_order, page};
use crate::ops::operation;
use crate::shapes::iam::*;
use crate::tables::Kind;

operation! {
    /// Attaches a managed policy to a user. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html>
    "iam" AttachUserPolicy(AttachUserPolicyRequest) -> (),
    asks |iam, call, input| {
        let target = about(iam, call, Kind::User, input.user_name.as_deref()).await?;
        target.with_some("iam:PolicyARN", input.policy_arn.as_ref())
    },
    does |iam, call, input| {
        let name = input.user_name.need();
        iam.attach(call.account(), Kind::User, &name, &input.policy_arn.need()).await?
    },
}

operation! {
    /// Detaches a managed policy from a user. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html>
    "iam" DetachUserPolicy(DetachUserPolicyRequest) -> (),
    asks |iam, call, input| {
        let target = about(iam, call, Kind::User, input.user_name.as_deref()).await?;
        target.with_some("iam:PolicyARN", input.policy_arn.as_ref())
    },
    does |iam, call, input| {
        let name = input.user_name.need();
        iam.detach(call.account(), Kind::User, &name, &input.policy_arn.need()).await?
    },
}

operation! {
    /// Lists the managed policies attached to a user. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html>
    "iam" ListAttachedUserPolicies(ListAttachedUserPoliciesRequest) -> ListAttachedUserPoliciesResponse,
    asks |iam, call, input| about(iam, call, Kind::User, input.user_name.as_deref()).await?,
    does |iam, call, input| {
        let row = iam.entity(call.account(), Kind::User, &input.user_name.need()).await?;
        let all = attached(&row.attached).into_iter().filter(|policy| under(policy, input.path_prefix.as_deref()));
        let shown = page(iam, "attached user policies", in_order(all), input.marker.as_deref(), input.max_items)?;
        ListAttachedUserPoliciesResponse {
            attached_policies: Some(shown.items),
            is_truncated: shown.is_truncated,
            marker: shown.marker,
        }
    },
}

operation! {
    /// Attaches a managed policy to a role. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html>
    "iam" AttachRolePolicy(AttachRolePolicyRequest) -> (),
    asks |iam, call, input| {
        let target = about(iam, call, Kind::Role, input.role_name.as_deref()).await?;
        target.with_some("iam:PolicyARN", input.policy_arn.as_ref())
    },
    does |iam, call, input| {
        let name = input.role_name.need();
        iam.attach(call.account(), Kind::Role, &name, &input.policy_arn.need()).await?
    },
}

operation! {
    /// Detaches a managed policy from a role. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html>
    "iam" DetachRolePolicy(DetachRolePolicyRequest) -> (),
    asks |iam, call, input| {
        let target = about(iam, call, Kind::Role, input.role_name.as_deref()).await?;
        target.with_some("iam:PolicyARN", input.policy_arn.as_ref())
    },
    does |iam, call, input| {
        let name = input.role_name.need();
        iam.detach(call.account(), Kind::Role, &name, &input.policy_arn.need()).await?
    },
}

operation! {
    /// Lists the managed policies attached to a role. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html>
    "iam" ListAttachedRolePolicies(ListAttachedRolePoliciesRequest) -> ListAttachedRolePoliciesResponse,
    asks |iam, call, input| about(iam, call, Kind::Role, input.role_name.as_deref()).await?,
    does |iam, call, input| {
        let row = iam.entity(call.account(), Kind::Role, &input.role_name.need()).await?;
        let all = attached(&row.attached).into_iter().filter(|policy| under(policy, input.path_prefix.as_deref()));
        let shown = page(iam, "attached role policies", in_order(all), input.marker.as_deref(), input.max_items)?;
        ListAttachedRolePoliciesResponse {
            attached_policies: Some(shown.items),
            is_truncated: shown.is_truncated,
            marker: shown.marker,
        }
    },
}

operation! {
    /// Attaches a managed policy to a group. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachGroupPolicy.html>
    "iam" AttachGroupPolicy(AttachGroupPolicyRequest) -> (),
    asks |iam, call, input| {
        let target = about(iam, call, Kind::Group, input.group_name.as_deref()).await?;
        target.with_some("iam:PolicyARN", input.policy_arn.as_ref())
    },
    does |iam, call, input| {
        let name = input.group_name.need();
        iam.attach(call.account(), Kind::Group, &name, &input.policy_arn.need()).await?
    },
}

operation! {
    /// Detaches a managed policy from a group. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachGroupPolicy.html>
    "iam" DetachGroupPolicy(DetachGroupPolicyRequest) -> (),
    asks |iam, call, input| {
        let target = about(iam, call, Kind::Group, input.group_name.as_deref()).await?;
        target.with_some("iam:PolicyARN", input.policy_arn.as_ref())
    },
    does |iam, call, input| {
        let name = input.group_name.need();
        iam.detach(call.account(), Kind::Group, &name, &input.policy_arn.need()).await?
    },
}

operation! {
    /// Lists the managed policies attached to a group. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedGroupPolicies.html>
    "iam" ListAttachedGroupPolicies(ListAttachedGroupPoliciesRequest) -> ListAttachedGroupPoliciesResponse,
    asks |iam, call, input| about(iam, call, Kind::Group, input.group_name.as_deref()).await?,
    does |iam, call, input| {
        let row = iam.entity(call.account(), Kind::Group, &input.group_name.need()).await?;
        let all = attached(&row.attached).into_iter().filter(|policy| under(policy, input.path_prefix.as_deref()));
        let shown = page(iam, "attached group policies", in_order(all), input.marker.as_deref(), input.max_items)?;
        ListAttachedGroupPoliciesResponse {
            attached_policies: Some(shown.items),
            is_truncated: shown.is_truncated,
            marker: shown.marker,
        }
    },
}

operation! {
    /// Bounds the permissions of a user. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html>
    "iam" PutUserPermissionsBoundary(PutUserPermissionsBoundaryRequest) -> (),
    asks |iam, call, input| {
        let target = about(iam, call, Kind::User, input.user_name.as_deref()).await?;
        target.instead("iam:PermissionsBoundary", input.permissions_boundary.as_ref())
    },
    does |iam, call, input| {
        let (name, boundary) = (input.user_name.need(), input.permissions_boundary.need());
        iam.set_boundary(call.account(), Kind::User, &name, Some(boundary)).await?
    },
}

operation! {
    /// Bounds the permissions of a user no more. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html>
    "iam" DeleteUserPermissionsBoundary(DeleteUserPermissionsBoundaryRequest) -> (),
    asks |iam, call, input| about(iam, call, Kind::User, input.user_name.as_deref()).await?,
    does |iam, call, input| iam.set_boundary(call.account(), Kind::User, &input.user_name.need(), None).await?,
}

operation! {
    /// Bounds the permissions of a role. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html>
    "iam" PutRolePermissionsBoundary(PutRolePermissionsBoundaryRequest) -> (),
    asks |iam, call, input| {
        let target = about(iam, call, Kind::Role, input.role_name.as_deref()).await?;
        target.instead("iam:PermissionsBoundary", input.permissions_boundary.as_ref())
    },
    does |iam, call, input| {
        let (name, boundary) = (input.role_name.need(), input.permissions_boundary.need());
        iam.set_boundary(call.account(), Kind::Role, &name, Some(boundary)).await?
    },
}

operation! {
    /// Bounds the permissions of a role no more. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html>
    "iam" DeleteRolePermissionsBoundary(DeleteRolePermissionsBoundaryRequest) -> (),
    asks |iam, call, input| about(iam, call, Kind::Role, input.role_name.as_deref()).await?,
    does |iam, call, input| iam.set_boundary(call.account(), Kind::Role, &input.role_name.need(), None).await?,
}

/// Whether a policy's path begins so.
fn under(policy: &AttachedPolicy, prefix: Option<&str>) -> bool {
    let arn = policy.policy_arn.as_deref().unwrap_or_default();
    let path_and_name = arn.split_once(":policy").map_or("", |(_, rest)| rest);
    prefix.is_none_or(|prefix| path_and_name.starts_with(prefix))
}
