//! Inline policies of users, roles and groups.

use wire::Need;

use super::shown::{about, page};
use crate::engine::naming::url_encoded;
use crate::ops::operation;
use crate::shapes::iam::*;
use crate::tables::Kind;

operation! {
    /// Puts an inline policy on a user, or replaces it. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html>
    "iam" PutUserPolicy(PutUserPolicyRequest) -> (),
    asks |iam, call, input| about(iam, call, Kind::User, input.user_name.as_deref()).await?,
    does |iam, call, input| {
        let (name, policy) = (input.user_name.need(), input.policy_name.need());
        iam.put_inline(call.account(), Kind::User, &name, &policy, input.policy_document.need()).await?
    },
}

operation! {
    /// Tells an inline policy of a user. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html>
    "iam" GetUserPolicy(GetUserPolicyRequest) -> GetUserPolicyResponse,
    asks |iam, call, input| about(iam, call, Kind::User, input.user_name.as_deref()).await?,
    does |iam, call, input| {
        let (name, policy) = (input.user_name.need(), input.policy_name.need());
        let text = iam.inline(call.account(), Kind::User, &name, &policy).await?;
        GetUserPolicyResponse {
            user_name: Some(name),
            policy_name: Some(policy),
            policy_document: Some(url_encoded(&text)),
        }
    },
}

operation! {
    /// Removes an inline policy of a user. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html>
    "iam" DeleteUserPolicy(DeleteUserPolicyRequest) -> (),
    asks |iam, call, input| about(iam, call, Kind::User, input.user_name.as_deref()).await?,
    does |iam, call, input| {
        let (name, policy) = (input.user_name.need(), input.policy_name.need());
        iam.delete_inline(call.account(), Kind::User, &name, &policy).await?
    },
}

operation! {
    /// Lists the names of a user's inline policies. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html>
    "iam" ListUserPolicies(ListUserPoliciesRequest) -> ListUserPoliciesResponse,
    asks |iam, call, input| about(iam, call, Kind::User, input.user_name.as_deref()).await?,
    does |iam, call, input| {
        let row = iam.entity(call.account(), Kind::User, &input.user_name.need()).await?;
        let names = row.inline.into_keys().map(|name| (name.clone(), name));
        let shown = page(iam, "inline user policies", names, input.marker.as_deref(), input.max_items)?;
        ListUserPoliciesResponse {
            policy_names: Some(shown.items),
            is_truncated: shown.is_truncated,
            marker: shown.marker,
        }
    },
}

operation! {
    /// Puts an inline policy on a role, or replaces it. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html>
    "iam" PutRolePolicy(PutRolePolicyRequest) -> (),
    asks |iam, call, input| about(iam, call, Kind::Role, input.role_name.as_deref()).await?,
    does |iam, call, input| {
        let (name, policy) = (input.role_name.need(), input.policy_name.need());
        iam.put_inline(call.account(), Kind::Role, &name, &policy, input.policy_document.need()).await?
    },
}

operation! {
    /// Tells an inline policy of a role. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html>
    "iam" GetRolePolicy(GetRolePolicyRequest) -> GetRolePolicyResponse,
    asks |iam, call, input| about(iam, call, Kind::Role, input.role_name.as_deref()).await?,
    does |iam, call, input| {
        let (name, policy) = (input.role_name.need(), input.policy_name.need());
        let text = iam.inline(call.account(), Kind::Role, &name, &policy).await?;
        GetRolePolicyResponse {
            role_name: Some(name),
            policy_name: Some(policy),
            policy_document: Some(url_encoded(&text)),
        }
    },
}

operation! {
    /// Removes an inline policy of a role. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html>
    "iam" DeleteRolePolicy(DeleteRolePolicyRequest) -> (),
    asks |iam, call, input| about(iam, call, Kind::Role, input.role_name.as_deref()).await?,
    does |iam, call, input| {
        let (name, policy) = (input.role_name.need(), input.policy_name.need());
        iam.delete_inline(call.account(), Kind::Role, &name, &policy).await?
    },
}

operation! {
    /// Lists the names of a role's inline policies. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html>
    "iam" ListRolePolicies(ListRolePoliciesRequest) -> ListRolePoliciesResponse,
    asks |iam, call, input| about(iam, call, Kind::Role, input.role_name.as_deref()).await?,
    does |iam, call, input| {
        let row = iam.entity(call.account(), Kind::Role, &input.role_name.need()).await?;
        let names = row.inline.into_keys().map(|name| (name.clone(), name));
        let shown = page(iam, "inline role policies", names, input.marker.as_deref(), input.max_items)?;
        ListRolePoliciesResponse {
            policy_names: Some(shown.items),
            is_truncated: shown.is_truncated,
            marker: shown.marker,
        }
    },
}

operation! {
    /// Puts an inline policy on a group, or replaces it. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutGroupPolicy.html>
    "iam" PutGroupPolicy(PutGroupPolicyRequest) -> (),
    asks |iam, call, input| about(iam, call, Kind::Group, input.group_name.as_deref()).await?,
    does |iam, call, input| {
        let (name, policy) = (input.group_name.need(), input.policy_name.need());
        iam.put_inline(call.account(), Kind::Group, &name, &policy, input.policy_document.need()).await?
    },
}

operation! {
    /// Tells an inline policy of a group. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroupPolicy.html>
    "iam" GetGroupPolicy(GetGroupPolicyRequest) -> GetGroupPolicyResponse,
    asks |iam, call, input| about(iam, call, Kind::Group, input.group_name.as_deref()).await?,
    does |iam, call, input| {
        let (name, policy) = (input.group_name.need(), input.policy_name.need());
        let text = iam.inline(call.account(), Kind::Group, &name, &policy).await?;
        GetGroupPolicyResponse {
            group_name: Some(name),
            policy_name: Some(policy),
            policy_document: Some(url_encoded(&text)),
        }
    },
}

operation! {
    /// Removes an inline policy of a group. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroupPolicy.html>
    "iam" DeleteGroupPolicy(DeleteGroupPolicyRequest) -> (),
    asks |iam, call, input| about(iam, call, Kind::Group, input.group_name.as_deref()).await?,
    does |iam, call, input| {
        let (name, policy) = (input.group_name.need(), input.policy_name.need());
        iam.delete_inline(call.account(), Kind::Group, &name, &policy).await?
    },
}

operation! {
    /// Lists the names of a group's inline policies. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupPolicies.html>
    "iam" ListGroupPolicies(ListGroupPoliciesRequest) -> ListGroupPoliciesResponse,
    asks |iam, call, input| about(iam, call, Kind::Group, input.group_name.as_deref()).await?,
    does |iam, call, input| {
        let row = iam.entity(call.account(), Kind::Group, &input.group_name.need()).await?;
        let names = row.inline.into_keys().map(|name| (name.clone(), name));
        let shown = page(iam, "inline group policies", names, input.marker.as_deref(), input.max_items)?;
        ListGroupPoliciesResponse {
            policy_names: Some(shown.items),
            is_truncated: shown.is_truncated,
            marker: shown.marker,
        }
    },
}
