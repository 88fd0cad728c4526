//! Instance profiles.

use wire::Need;

use super::shown::{page, profile, tag_list, tags};
use crate::engine::Identity;
use crate::engine::naming::profile_arn;
use crate::ops::{Target, operation};
use crate::shapes::iam::*;
use crate::tables::{Kind, ProfileRow};
use service::{Access, Call, Fault};

async fn about(iam: &Identity, call: &Call, name: Option<&String>) -> Target {
    let name = name.map(String::as_str).unwrap_or_default();
    match iam.profile(call.account(), name).await {
        Ok(row) => {
            Target::of(profile_arn(call.account(), &row.path, &row.name).to_string()).tagged(&row.tags)
        }
        Err(_) => Target::of(profile_arn(call.account(), "/", name).to_string()),
    }
}

async fn shown(
    iam: &Identity,
    call: &Call,
    rows: Vec<ProfileRow>,
    marker: Option<&str>,
    items_max: Option<i32>,
) -> Result<(Vec<InstanceProfile>, Option<bool>, Option<String>), Fault> {
    let rows = rows.into_iter().map(|row| (row.name.to_ascii_lowercase(), row));
    let cut = page(iam, "instance profiles", rows, marker, items_max)?;
    let mut profiles = Vec::new();
    for row in &cut.items {
        profiles.push(profile(iam, call.account(), row).await?);
    }
    Ok((profiles, cut.is_truncated, cut.marker))
}

operation! {
    /// Makes an instance profile. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html>
    "iam" CreateInstanceProfile(CreateInstanceProfileRequest) -> CreateInstanceProfileResponse,
    asks |_iam, call, input| {
        let path = input.path.as_deref().unwrap_or("/");
        let name = input.instance_profile_name.as_deref().unwrap_or_default();
        Target::of(profile_arn(call.account(), path, name).to_string()).request_tags(input.tags.as_ref())
    },
    does |iam, call, input| {
        let name = input.instance_profile_name.need();
        let row = iam.create_profile(call.account(), name, input.path, tags(input.tags)?).await?;
        CreateInstanceProfileResponse { instance_profile: Some(profile(iam, call.account(), &row).await?) }
    },
}

operation! {
    /// Tells of an instance profile. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetInstanceProfile.html>
    "iam" GetInstanceProfile(GetInstanceProfileRequest) -> GetInstanceProfileResponse,
    asks |iam, call, input| about(iam, call, input.instance_profile_name.as_ref()).await,
    does |iam, call, input| {
        let row = iam.profile(call.account(), &input.instance_profile_name.need()).await?;
        GetInstanceProfileResponse { instance_profile: Some(profile(iam, call.account(), &row).await?) }
    },
}

operation! {
    /// Lists instance profiles. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html>
    "iam" ListInstanceProfiles(ListInstanceProfilesRequest) -> ListInstanceProfilesResponse,
    asks |_iam, _call, _input| Target::any(),
    does |iam, call, input| {
        let rows = iam.profiles(call.account(), &input.path_prefix.unwrap_or_default()).await?;
        let (profiles, is_truncated, marker) =
            shown(iam, call, rows, input.marker.as_deref(), input.max_items).await?;
        ListInstanceProfilesResponse { instance_profiles: Some(profiles), is_truncated, marker }
    },
}

operation! {
    /// Lists the instance profiles that hold a role. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html>
    "iam" ListInstanceProfilesForRole(ListInstanceProfilesForRoleRequest) -> ListInstanceProfilesForRoleResponse,
    asks |iam, call, input| super::shown::about(iam, call, Kind::Role, input.role_name.as_deref()).await?,
    does |iam, call, input| {
        let role = iam.entity(call.account(), Kind::Role, &input.role_name.need()).await?;
        let rows = iam.profiles_of_role(call.account(), &role.name).await?;
        let (profiles, is_truncated, marker) =
            shown(iam, call, rows, input.marker.as_deref(), input.max_items).await?;
        ListInstanceProfilesForRoleResponse { instance_profiles: Some(profiles), is_truncated, marker }
    },
}

operation! {
    /// Removes an instance profile. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteInstanceProfile.html>
    "iam" DeleteInstanceProfile(DeleteInstanceProfileRequest) -> (),
    asks |iam, call, input| about(iam, call, input.instance_profile_name.as_ref()).await,
    does |iam, call, input| iam.delete_profile(call.account(), &input.instance_profile_name.need()).await?,
}

operation! {
    /// Puts a role into an instance profile. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html>
    "iam" AddRoleToInstanceProfile(AddRoleToInstanceProfileRequest) -> (),
    asks |iam, call, input| about(iam, call, input.instance_profile_name.as_ref()).await,
    does |iam, call, input| {
        let (name, role) = (input.instance_profile_name.need(), input.role_name.need());
        let row = iam.entity(call.account(), Kind::Role, &role).await?;
        let arn = crate::engine::entities::arn(call.account(), Kind::Role, &row);
        call.allow(Access::pass_role(arn.as_str(), call.account(), "ec2.amazonaws.com")).await?;
        iam.add_role_to_profile(call.account(), &name, &role).await?
    },
}

operation! {
    /// Takes a role out of an instance profile. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html>
    "iam" RemoveRoleFromInstanceProfile(RemoveRoleFromInstanceProfileRequest) -> (),
    asks |iam, call, input| about(iam, call, input.instance_profile_name.as_ref()).await,
    does |iam, call, input| {
        let (name, role) = (input.instance_profile_name.need(), input.role_name.need());
        iam.remove_role_from_profile(call.account(), &name, &role).await?
    },
}

operation! {
    /// Adds tags to an instance profile. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagInstanceProfile.html>
    "iam" TagInstanceProfile(TagInstanceProfileRequest) -> (),
    asks |iam, call, input| {
        about(iam, call, input.instance_profile_name.as_ref()).await.request_tags(input.tags.as_ref())
    },
    does |iam, call, input| {
        iam.tag_profile(call.account(), &input.instance_profile_name.need(), tags(input.tags)?).await?
    },
}

operation! {
    /// Takes tags from an instance profile. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagInstanceProfile.html>
    "iam" UntagInstanceProfile(UntagInstanceProfileRequest) -> (),
    asks |iam, call, input| {
        about(iam, call, input.instance_profile_name.as_ref()).await.tag_keys(input.tag_keys.as_ref())
    },
    does |iam, call, input| {
        let name = input.instance_profile_name.need();
        iam.untag_profile(call.account(), &name, &input.tag_keys.need()).await?
    },
}

operation! {
    /// Lists an instance profile's tags. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfileTags.html>
    "iam" ListInstanceProfileTags(ListInstanceProfileTagsRequest) -> ListInstanceProfileTagsResponse,
    asks |iam, call, input| about(iam, call, input.instance_profile_name.as_ref()).await,
    does |iam, call, input| {
        let row = iam.profile(call.account(), &input.instance_profile_name.need()).await?;
        let all = row.tags.keys().cloned().zip(tag_list(&row.tags));
        let cut = page(iam, "profile tags", all, input.marker.as_deref(), input.max_items)?;
        ListInstanceProfileTagsResponse { tags: Some(cut.items), is_truncated: cut.is_truncated, marker: cut.marker }
    },
}
