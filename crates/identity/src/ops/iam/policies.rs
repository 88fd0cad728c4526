//! Managed policies and their versions.

use service::Call;
use wire::Need;

use super::shown::{in_order, listed_policy, listed_version, page, policy, tag_list, tags};
use crate::engine::Identity;
use crate::engine::naming::{policy_arn, url_encoded};
use crate::engine::policies::NewPolicy;
use crate::ops::{Target, operation};
use crate::shapes::iam::*;
use crate::tables::{Kind, Use};

/// A policy as the thing asked about, with its tags if there is such a policy.
async fn about(iam: &Identity, call: &Call, arn: Option<&String>) -> Target {
    let arn = arn.cloned().unwrap_or_default();
    let tags = iam.policy(call.account(), &arn).await.map(|policy| policy.tags);
    Target::of(arn).tagged(&tags.unwrap_or_default())
}

operation! {
    /// Makes a managed policy. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html>
    "iam" CreatePolicy(CreatePolicyRequest) -> CreatePolicyResponse,
    asks |_iam, call, input| {
        let path = input.path.as_deref().unwrap_or("/");
        let name = input.policy_name.as_deref().unwrap_or_default();
        Target::of(policy_arn(call.account(), path, name).to_string()).request_tags(input.tags.as_ref())
    },
    does |iam, call, input| {
        let new = NewPolicy {
            name: input.policy_name.need(),
            path: input.path,
            text: input.policy_document.need(),
            description: input.description,
            tags: tags(input.tags)?,
        };
        let made = policy(iam.create_policy(call.account(), new).await?);
        CreatePolicyResponse { policy: Some(Policy { description: None, ..made }) }
    },
}

operation! {
    /// Tells of a managed policy. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html>
    "iam" GetPolicy(GetPolicyRequest) -> GetPolicyResponse,
    asks |iam, call, input| about(iam, call, input.policy_arn.as_ref()).await,
    does |iam, call, input| {
        GetPolicyResponse { policy: Some(policy(iam.policy(call.account(), &input.policy_arn.need()).await?)) }
    },
}

operation! {
    /// Lists managed policies. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html>
    /// Differs: of AWS's policies those that are known here.
    "iam" ListPolicies(ListPoliciesRequest) -> ListPoliciesResponse,
    asks |_iam, _call, _input| Target::any(),
    does |iam, call, input| {
        let scope = input.scope.as_deref().unwrap_or("All");
        let prefix = input.path_prefix.unwrap_or_default();
        let mut all = iam.policies(call.account(), scope != "AWS", scope != "Local", &prefix).await?;
        let usage = input.policy_usage_filter.as_deref();
        if input.only_attached == Some(true) {
            all.retain(|policy| match usage {
                Some("PermissionsBoundary") => policy.bounds > 0,
                Some(_) => policy.attachments > 0,
                None => policy.attachments + policy.bounds > 0,
            });
        }
        let shown = page(iam, "policies", in_order(all), input.marker.as_deref(), input.max_items)?;
        ListPoliciesResponse {
            policies: Some(shown.items.into_iter().map(listed_policy).collect()),
            is_truncated: shown.is_truncated,
            marker: shown.marker,
        }
    },
}

operation! {
    /// Removes a managed policy. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html>
    "iam" DeletePolicy(DeletePolicyRequest) -> (),
    asks |iam, call, input| about(iam, call, input.policy_arn.as_ref()).await,
    does |iam, call, input| iam.delete_policy(call.account(), &input.policy_arn.need()).await?,
}

operation! {
    /// Adds a version to a managed policy. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html>
    "iam" CreatePolicyVersion(CreatePolicyVersionRequest) -> CreatePolicyVersionResponse,
    asks |iam, call, input| about(iam, call, input.policy_arn.as_ref()).await,
    does |iam, call, input| {
        let (arn, text) = (input.policy_arn.need(), input.policy_document.need());
        let set_default = input.set_as_default.unwrap_or(false);
        let version = iam.create_policy_version(call.account(), &arn, text, set_default).await?;
        CreatePolicyVersionResponse { policy_version: Some(listed_version(&version)) }
    },
}

operation! {
    /// Tells a version of a managed policy. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html>
    "iam" GetPolicyVersion(GetPolicyVersionRequest) -> GetPolicyVersionResponse,
    asks |iam, call, input| about(iam, call, input.policy_arn.as_ref()).await,
    does |iam, call, input| {
        let (arn, version) = (input.policy_arn.need(), input.version_id.need());
        let version = iam.policy_version(call.account(), &arn, &version).await?;
        let document = Some(url_encoded(&version.text));
        GetPolicyVersionResponse { policy_version: Some(PolicyVersion { document, ..listed_version(&version) }) }
    },
}

operation! {
    /// Lists the versions of a managed policy. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html>
    "iam" ListPolicyVersions(ListPolicyVersionsRequest) -> ListPolicyVersionsResponse,
    asks |iam, call, input| about(iam, call, input.policy_arn.as_ref()).await,
    does |iam, call, input| {
        let versions = iam.policy_versions(call.account(), &input.policy_arn.need()).await?;
        let shown = page(iam, "policy versions", in_order(versions), input.marker.as_deref(), input.max_items)?;
        ListPolicyVersionsResponse {
            versions: Some(shown.items.iter().map(listed_version).collect()),
            is_truncated: shown.is_truncated,
            marker: shown.marker,
        }
    },
}

operation! {
    /// Removes a version of a managed policy. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html>
    "iam" DeletePolicyVersion(DeletePolicyVersionRequest) -> (),
    asks |iam, call, input| about(iam, call, input.policy_arn.as_ref()).await,
    does |iam, call, input| {
        let (arn, version) = (input.policy_arn.need(), input.version_id.need());
        iam.delete_policy_version(call.account(), &arn, &version).await?
    },
}

operation! {
    /// Makes another version count. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html>
    "iam" SetDefaultPolicyVersion(SetDefaultPolicyVersionRequest) -> (),
    asks |iam, call, input| about(iam, call, input.policy_arn.as_ref()).await,
    does |iam, call, input| {
        let (arn, version) = (input.policy_arn.need(), input.version_id.need());
        iam.set_default_version(call.account(), &arn, &version).await?
    },
}

operation! {
    /// Lists what a managed policy is attached to. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html>
    "iam" ListEntitiesForPolicy(ListEntitiesForPolicyRequest) -> ListEntitiesForPolicyResponse,
    asks |iam, call, input| about(iam, call, input.policy_arn.as_ref()).await,
    does |iam, call, input| {
        let (account, arn) = (call.account(), input.policy_arn.need());
        iam.policy(account, &arn).await?;
        let mut found = Vec::new();
        let usage = input.policy_usage_filter.as_deref();
        if usage != Some("PermissionsBoundary") {
            found.extend(iam.users_of_policy(account, &arn, Use::Permissions).await?);
        }
        if usage != Some("PermissionsPolicy") {
            found.extend(iam.users_of_policy(account, &arn, Use::Boundary).await?);
        }
        let prefix = input.path_prefix.unwrap_or_default();
        let wanted = input.entity_filter.as_deref().filter(|filter| Kind::ALL.iter().any(|kind| kind.title() == *filter));
        found.retain(|(kind, row)| row.path.starts_with(&prefix) && wanted.is_none_or(|wanted| kind.title() == wanted));
        let shown = page(iam, "policy entities", in_order(found), input.marker.as_deref(), input.max_items)?;
        let (mut users, mut roles, mut groups) = (Vec::new(), Vec::new(), Vec::new());
        for (kind, row) in shown.items {
            let (name, id) = (Some(row.name), Some(row.id));
            match kind {
                Kind::User => users.push(PolicyUser { user_name: name, user_id: id }),
                Kind::Role => roles.push(PolicyRole { role_name: name, role_id: id }),
                Kind::Group => groups.push(PolicyGroup { group_name: name, group_id: id }),
            }
        }
        ListEntitiesForPolicyResponse {
            policy_groups: Some(groups),
            policy_users: Some(users),
            policy_roles: Some(roles),
            is_truncated: shown.is_truncated,
            marker: shown.marker,
        }
    },
}

operation! {
    /// Adds tags to a managed policy. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html>
    "iam" TagPolicy(TagPolicyRequest) -> (),
    asks |iam, call, input| about(iam, call, input.policy_arn.as_ref()).await.request_tags(input.tags.as_ref()),
    does |iam, call, input| iam.tag_policy(call.account(), &input.policy_arn.need(), tags(input.tags)?).await?,
}

operation! {
    /// Takes tags from a managed policy. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagPolicy.html>
    "iam" UntagPolicy(UntagPolicyRequest) -> (),
    asks |iam, call, input| about(iam, call, input.policy_arn.as_ref()).await.tag_keys(input.tag_keys.as_ref()),
    does |iam, call, input| {
        iam.untag_policy(call.account(), &input.policy_arn.need(), &input.tag_keys.need()).await?
    },
}

operation! {
    /// Lists a managed policy's tags. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html>
    "iam" ListPolicyTags(ListPolicyTagsRequest) -> ListPolicyTagsResponse,
    asks |iam, call, input| about(iam, call, input.policy_arn.as_ref()).await,
    does |iam, call, input| {
        let found = iam.policy(call.account(), &input.policy_arn.need()).await?;
        let all = found.tags.keys().cloned().zip(tag_list(&found.tags));
        let shown = page(iam, "policy tags", all, input.marker.as_deref(), input.max_items)?;
        ListPolicyTagsResponse { tags: Some(shown.items), is_truncated: shown.is_truncated, marker: shown.marker }
    },
}
