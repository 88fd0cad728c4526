//! Users.

use base::Timestamp;
use ports::PrincipalKind;

use super::shown::{about, about_user, by_name, listed_user, page, tag_list, tags, user, user_name};
use crate::engine::entities::NewEntity;
use crate::engine::naming::entity_arn;
use crate::ops::{Target, operation};
use crate::shapes::iam::*;
use crate::tables::{Kind, More, UserMore};
use wire::Need;

operation! {
    /// Makes a user. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html>
    "iam" CreateUser(CreateUserRequest) -> CreateUserResponse,
    asks |_iam, call, input| {
        let path = input.path.as_deref().unwrap_or("/");
        let name = input.user_name.as_deref().unwrap_or_default();
        let target = Target::of(entity_arn(call.account(), Kind::User, path, name).to_string());
        target.request_tags(input.tags.as_ref()).with_some("iam:PermissionsBoundary", input.permissions_boundary.as_ref())
    },
    does |iam, call, input| {
        let new = NewEntity {
            name: input.user_name.need(),
            path: input.path,
            tags: tags(input.tags)?,
            boundary: input.permissions_boundary,
            more: More::User(UserMore::default()),
        };
        let row = iam.create_entity(call.account(), Kind::User, new).await?;
        CreateUserResponse { user: Some(user(call.account(), &row)) }
    },
}

operation! {
    /// Tells of a user, or of the caller. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html>
    "iam" GetUser(GetUserRequest) -> GetUserResponse,
    asks |iam, call, input| about_user(iam, call, input.user_name.as_ref()).await?,
    does |iam, call, input| {
        let account = call.account();
        if input.user_name.is_none() && call.caller().principal.kind == PrincipalKind::Root {
            let created = Timestamp::from_micros(iam.account(account).await?.created_micros);
            let root = User {
                user_id: Some(account.to_string()),
                arn: Some(format!("arn:aws:iam::{account}:root")),
                create_date: Some(created),
                ..User::default()
            };
            return Ok(GetUserResponse { user: Some(root) });
        }
        let row = iam.entity(account, Kind::User, &user_name(call, input.user_name)?).await?;
        GetUserResponse { user: Some(user(account, &row)) }
    },
}

operation! {
    /// Lists users. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html>
    "iam" ListUsers(ListUsersRequest) -> ListUsersResponse,
    asks |_iam, _call, _input| Target::any(),
    does |iam, call, input| {
        let prefix = input.path_prefix.unwrap_or_default();
        let rows = iam.entities(call.account(), Kind::User, &prefix).await?;
        let shown = page(iam, "users", by_name(rows), input.marker.as_deref(), input.max_items)?;
        ListUsersResponse {
            users: Some(shown.items.iter().map(|row| listed_user(call.account(), row)).collect()),
            is_truncated: shown.is_truncated,
            marker: shown.marker,
        }
    },
}

operation! {
    /// Gives a user another name or path. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html>
    "iam" UpdateUser(UpdateUserRequest) -> (),
    asks |iam, call, input| about(iam, call, Kind::User, input.user_name.as_deref()).await?,
    does |iam, call, input| {
        let name = input.user_name.need();
        iam.rename(call.account(), Kind::User, &name, input.new_user_name, input.new_path).await?
    },
}

operation! {
    /// Removes a user. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html>
    "iam" DeleteUser(DeleteUserRequest) -> (),
    asks |iam, call, input| about(iam, call, Kind::User, input.user_name.as_deref()).await?,
    does |iam, call, input| iam.delete_entity(call.account(), Kind::User, &input.user_name.need()).await?,
}

operation! {
    /// Adds tags to a user. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html>
    "iam" TagUser(TagUserRequest) -> (),
    asks |iam, call, input| {
        about(iam, call, Kind::User, input.user_name.as_deref()).await?.request_tags(input.tags.as_ref())
    },
    does |iam, call, input| {
        iam.tag_entity(call.account(), Kind::User, &input.user_name.need(), tags(input.tags)?).await?
    },
}

operation! {
    /// Takes tags from a user. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html>
    "iam" UntagUser(UntagUserRequest) -> (),
    asks |iam, call, input| {
        about(iam, call, Kind::User, input.user_name.as_deref()).await?.tag_keys(input.tag_keys.as_ref())
    },
    does |iam, call, input| {
        let name = input.user_name.need();
        iam.untag_entity(call.account(), Kind::User, &name, &input.tag_keys.need()).await?
    },
}

operation! {
    /// Lists a user's tags. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html>
    "iam" ListUserTags(ListUserTagsRequest) -> ListUserTagsResponse,
    asks |iam, call, input| about(iam, call, Kind::User, input.user_name.as_deref()).await?,
    does |iam, call, input| {
        let row = iam.entity(call.account(), Kind::User, &input.user_name.need()).await?;
        let all = row.tags.keys().cloned().zip(tag_list(&row.tags));
        let shown = page(iam, "user tags", all, input.marker.as_deref(), input.max_items)?;
        ListUserTagsResponse { tags: Some(shown.items), is_truncated: shown.is_truncated, marker: shown.marker }
    },
}
