//! Roles, those linked to services included.

use wire::Need;

use super::shown::{about, by_name, listed_role, page, role, tag_list, tags};
use crate::engine::entities::NewEntity;
use crate::engine::error::{Error, Why};
use crate::engine::naming::entity_arn;
use crate::ops::{Target, operation};
use crate::shapes::iam::*;
use crate::tables::{Kind, More, RoleMore};

/// Seconds of a session unless the role says otherwise.
const SESSION_SECS_DEFAULT: u32 = 3_600;

fn seconds(given: Option<i32>) -> Option<u32> {
    given.and_then(|seconds| u32::try_from(seconds).ok())
}

operation! {
    /// Makes a role. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
    "iam" CreateRole(CreateRoleRequest) -> CreateRoleResponse,
    asks |_iam, call, input| {
        let path = input.path.as_deref().unwrap_or("/");
        let name = input.role_name.as_deref().unwrap_or_default();
        let target = Target::of(entity_arn(call.account(), Kind::Role, path, name).to_string());
        target.request_tags(input.tags.as_ref()).with_some("iam:PermissionsBoundary", input.permissions_boundary.as_ref())
    },
    does |iam, call, input| {
        let account = call.account();
        let new = NewEntity {
            name: input.role_name.need(),
            path: input.path,
            tags: tags(input.tags)?,
            boundary: input.permissions_boundary,
            more: More::Role(RoleMore {
                trust: iam.trust_to_store(&input.assume_role_policy_document.need()).await?,
                description: input.description,
                session_secs_max: seconds(input.max_session_duration).unwrap_or(SESSION_SECS_DEFAULT),
                service: None,
            }),
        };
        let row = iam.create_entity(account, Kind::Role, new).await?;
        let made = role(iam, account, &row).await?;
        let made = Role { max_session_duration: input.max_session_duration, role_last_used: None, ..made };
        CreateRoleResponse { role: Some(made) }
    },
}

operation! {
    /// Tells of a role. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html>
    /// Differs: when it was last used is not told.
    "iam" GetRole(GetRoleRequest) -> GetRoleResponse,
    asks |iam, call, input| about(iam, call, Kind::Role, input.role_name.as_deref()).await?,
    does |iam, call, input| {
        let row = iam.entity(call.account(), Kind::Role, &input.role_name.need()).await?;
        GetRoleResponse { role: Some(role(iam, call.account(), &row).await?) }
    },
}

operation! {
    /// Lists roles. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html>
    "iam" ListRoles(ListRolesRequest) -> ListRolesResponse,
    asks |_iam, _call, _input| Target::any(),
    does |iam, call, input| {
        let prefix = input.path_prefix.unwrap_or_default();
        let rows = iam.entities(call.account(), Kind::Role, &prefix).await?;
        let shown = page(iam, "roles", by_name(rows), input.marker.as_deref(), input.max_items)?;
        let mut roles = Vec::new();
        for row in &shown.items {
            roles.push(listed_role(iam, call.account(), row).await?);
        }
        ListRolesResponse { roles: Some(roles), is_truncated: shown.is_truncated, marker: shown.marker }
    },
}

operation! {
    /// Changes a role's description or longest session. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html>
    "iam" UpdateRole(UpdateRoleRequest) -> UpdateRoleResponse,
    asks |iam, call, input| about(iam, call, Kind::Role, input.role_name.as_deref()).await?,
    does |iam, call, input| {
        let longest = seconds(input.max_session_duration).or(Some(SESSION_SECS_DEFAULT));
        iam.update_role(call.account(), &input.role_name.need(), input.description, longest).await?;
        UpdateRoleResponse::default()
    },
}

operation! {
    /// Changes a role's description. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html>
    "iam" UpdateRoleDescription(UpdateRoleDescriptionRequest) -> UpdateRoleDescriptionResponse,
    asks |iam, call, input| about(iam, call, Kind::Role, input.role_name.as_deref()).await?,
    does |iam, call, input| {
        let row = iam.update_role(call.account(), &input.role_name.need(), input.description, None).await?;
        let changed = role(iam, call.account(), &row).await?;
        UpdateRoleDescriptionResponse { role: Some(Role { role_last_used: None, ..changed }) }
    },
}

operation! {
    /// Says anew who may assume a role. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html>
    "iam" UpdateAssumeRolePolicy(UpdateAssumeRolePolicyRequest) -> (),
    asks |iam, call, input| about(iam, call, Kind::Role, input.role_name.as_deref()).await?,
    does |iam, call, input| {
        iam.set_trust(call.account(), &input.role_name.need(), &input.policy_document.need()).await?
    },
}

operation! {
    /// Removes a role. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html>
    "iam" DeleteRole(DeleteRoleRequest) -> (),
    asks |iam, call, input| about(iam, call, Kind::Role, input.role_name.as_deref()).await?,
    does |iam, call, input| iam.delete_entity(call.account(), Kind::Role, &input.role_name.need()).await?,
}

operation! {
    /// Adds tags to a role. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html>
    "iam" TagRole(TagRoleRequest) -> (),
    asks |iam, call, input| {
        about(iam, call, Kind::Role, input.role_name.as_deref()).await?.request_tags(input.tags.as_ref())
    },
    does |iam, call, input| {
        iam.tag_entity(call.account(), Kind::Role, &input.role_name.need(), tags(input.tags)?).await?
    },
}

operation! {
    /// Takes tags from a role. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagRole.html>
    "iam" UntagRole(UntagRoleRequest) -> (),
    asks |iam, call, input| {
        about(iam, call, Kind::Role, input.role_name.as_deref()).await?.tag_keys(input.tag_keys.as_ref())
    },
    does |iam, call, input| {
        let name = input.role_name.need();
        iam.untag_entity(call.account(), Kind::Role, &name, &input.tag_keys.need()).await?
    },
}

operation! {
    /// Lists a role's tags. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html>
    "iam" ListRoleTags(ListRoleTagsRequest) -> ListRoleTagsResponse,
    asks |iam, call, input| about(iam, call, Kind::Role, input.role_name.as_deref()).await?,
    does |iam, call, input| {
        let row = iam.entity(call.account(), Kind::Role, &input.role_name.need()).await?;
        let all = row.tags.keys().cloned().zip(tag_list(&row.tags));
        let shown = page(iam, "role tags", all, input.marker.as_deref(), input.max_items)?;
        ListRoleTagsResponse { tags: Some(shown.items), is_truncated: shown.is_truncated, marker: shown.marker }
    },
}

operation! {
    /// Makes the role of a service's own. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html>
    /// Differs: no policy is attached to it; services here that need such a role do not ask for one.
    "iam" CreateServiceLinkedRole(CreateServiceLinkedRoleRequest) -> CreateServiceLinkedRoleResponse,
    asks |_iam, call, input| {
        let service = input.aws_service_name.clone().unwrap_or_default();
        let path = format!("/aws-service-role/{service}/");
        Target::of(entity_arn(call.account(), Kind::Role, &path, "*").to_string()).with("iam:AWSServiceName", service)
    },
    does |iam, call, input| {
        let (service, suffix) = (input.aws_service_name.need(), input.custom_suffix.as_deref());
        let row = iam.create_linked_role(call.account(), &service, suffix, input.description).await?;
        let made = role(iam, call.account(), &row).await?;
        let made = Role { max_session_duration: None, role_last_used: None, ..made };
        CreateServiceLinkedRoleResponse { role: Some(made) }
    },
}

operation! {
    /// Removes the role of a service's own. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html>
    /// Differs: it is done at once.
    "iam" DeleteServiceLinkedRole(DeleteServiceLinkedRoleRequest) -> DeleteServiceLinkedRoleResponse,
    asks |iam, call, input| about(iam, call, Kind::Role, input.role_name.as_deref()).await?,
    does |iam, call, input| {
        let task = iam.delete_linked_role(call.account(), &input.role_name.need()).await?;
        DeleteServiceLinkedRoleResponse { deletion_task_id: Some(task) }
    },
}

operation! {
    /// Tells how far a deletion has come: it was done at once.
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLinkedRoleDeletionStatus.html>
    "iam" GetServiceLinkedRoleDeletionStatus(GetServiceLinkedRoleDeletionStatusRequest)
        -> GetServiceLinkedRoleDeletionStatusResponse,
    asks |_iam, _call, _input| Target::any(),
    does |_iam, _call, input| {
        let task = input.deletion_task_id.need();
        let parts: Vec<&str> = task.split('/').collect();
        if !matches!(parts[..], ["task", "aws-service-role", _, _, _]) {
            return Err(Error::new(Why::NoSuchEntity, format!("Deletion task {task} cannot be found.")).into());
        }
        GetServiceLinkedRoleDeletionStatusResponse { status: Some("SUCCEEDED".to_owned()), reason: None }
    },
}
