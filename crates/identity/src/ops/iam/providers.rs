//! OpenID Connect providers.

use base::Timestamp;
use service::Call;
use wire::Need;

use super::shown::{page, shown_tags, tag_list, tags};
use crate::engine::Identity;
use crate::engine::naming::provider_arn;
use crate::engine::providers::NewProvider;
use crate::ops::{Target, operation};
use crate::shapes::iam::*;

/// A provider as the thing asked about, with its tags if there is such a provider.
async fn about(iam: &Identity, call: &Call, arn: Option<&String>) -> Target {
    let arn = arn.cloned().unwrap_or_default();
    let tags = iam.provider(call.account(), &arn).await.map(|provider| provider.tags);
    Target::of(arn).tagged(&tags.unwrap_or_default())
}

operation! {
    /// Makes a provider known. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html>
    /// Differs: the provider is not visited; thumbprints are kept as given.
    "iam" CreateOpenIDConnectProvider(CreateOpenIDConnectProviderRequest) -> CreateOpenIDConnectProviderResponse,
    asks |_iam, call, input| {
        let url = input.url.as_deref().unwrap_or_default();
        let url = url.strip_prefix("https://").unwrap_or(url).trim_end_matches('/');
        Target::of(provider_arn(call.account(), url).to_string()).request_tags(input.tags.as_ref())
    },
    does |iam, call, input| {
        let tags = tags(input.tags)?;
        let new = NewProvider {
            url: input.url.need(),
            clients: input.client_id_list.unwrap_or_default(),
            thumbprints: input.thumbprint_list.unwrap_or_default(),
            tags: tags.clone(),
        };
        let arn = iam.create_provider(call.account(), new).await?;
        CreateOpenIDConnectProviderResponse { open_id_connect_provider_arn: Some(arn), tags: shown_tags(&tags) }
    },
}

operation! {
    /// Tells of a provider. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html>
    "iam" GetOpenIDConnectProvider(GetOpenIDConnectProviderRequest) -> GetOpenIDConnectProviderResponse,
    asks |iam, call, input| about(iam, call, input.open_id_connect_provider_arn.as_ref()).await,
    does |iam, call, input| {
        let row = iam.provider(call.account(), &input.open_id_connect_provider_arn.need()).await?;
        GetOpenIDConnectProviderResponse {
            url: Some(row.url),
            client_id_list: Some(row.clients),
            thumbprint_list: Some(row.thumbprints),
            create_date: Some(Timestamp::from_micros(row.created_micros)),
            tags: shown_tags(&row.tags),
            ..GetOpenIDConnectProviderResponse::default()
        }
    },
}

operation! {
    /// Lists providers. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html>
    "iam" ListOpenIDConnectProviders(ListOpenIDConnectProvidersRequest) -> ListOpenIDConnectProvidersResponse,
    asks |_iam, _call, _input| Target::any(),
    does |iam, call, _input| {
        let rows = iam.providers(call.account()).await?;
        let listed = rows.into_iter().map(|row| OpenIDConnectProviderListEntry {
            arn: Some(provider_arn(call.account(), &row.url).to_string()),
            ..OpenIDConnectProviderListEntry::default()
        });
        ListOpenIDConnectProvidersResponse { open_id_connect_provider_list: Some(listed.collect()) }
    },
}

operation! {
    /// Forgets a provider. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html>
    "iam" DeleteOpenIDConnectProvider(DeleteOpenIDConnectProviderRequest) -> (),
    asks |iam, call, input| about(iam, call, input.open_id_connect_provider_arn.as_ref()).await,
    does |iam, call, input| {
        iam.delete_provider(call.account(), &input.open_id_connect_provider_arn.need()).await?
    },
}

operation! {
    /// Adds an audience. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html>
    "iam" AddClientIDToOpenIDConnectProvider(AddClientIDToOpenIDConnectProviderRequest) -> (),
    asks |iam, call, input| about(iam, call, input.open_id_connect_provider_arn.as_ref()).await,
    does |iam, call, input| {
        let (arn, client) = (input.open_id_connect_provider_arn.need(), input.client_id.need());
        iam.add_client(call.account(), &arn, client).await?
    },
}

operation! {
    /// Removes an audience. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveClientIDFromOpenIDConnectProvider.html>
    "iam" RemoveClientIDFromOpenIDConnectProvider(RemoveClientIDFromOpenIDConnectProviderRequest) -> (),
    asks |iam, call, input| about(iam, call, input.open_id_connect_provider_arn.as_ref()).await,
    does |iam, call, input| {
        let (arn, client) = (input.open_id_connect_provider_arn.need(), input.client_id.need());
        iam.remove_client(call.account(), &arn, &client).await?
    },
}

operation! {
    /// Replaces the thumbprints. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateOpenIDConnectProviderThumbprint.html>
    "iam" UpdateOpenIDConnectProviderThumbprint(UpdateOpenIDConnectProviderThumbprintRequest) -> (),
    asks |iam, call, input| about(iam, call, input.open_id_connect_provider_arn.as_ref()).await,
    does |iam, call, input| {
        let (arn, thumbprints) = (input.open_id_connect_provider_arn.need(), input.thumbprint_list.need());
        iam.set_thumbprints(call.account(), &arn, thumbprints).await?
    },
}

operation! {
    /// Adds tags to a provider. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagOpenIDConnectProvider.html>
    "iam" TagOpenIDConnectProvider(TagOpenIDConnectProviderRequest) -> (),
    asks |iam, call, input| about(iam, call, input.open_id_connect_provider_arn.as_ref()).await.request_tags(input.tags.as_ref()),
    does |iam, call, input| {
        let arn = input.open_id_connect_provider_arn.need();
        iam.tag_provider(call.account(), &arn, tags(input.tags)?).await?
    },
}

operation! {
    /// Takes tags from a provider. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagOpenIDConnectProvider.html>
    "iam" UntagOpenIDConnectProvider(UntagOpenIDConnectProviderRequest) -> (),
    asks |iam, call, input| about(iam, call, input.open_id_connect_provider_arn.as_ref()).await.tag_keys(input.tag_keys.as_ref()),
    does |iam, call, input| {
        let arn = input.open_id_connect_provider_arn.need();
        iam.untag_provider(call.account(), &arn, &input.tag_keys.need()).await?
    },
}

operation! {
    /// Lists a provider's tags. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviderTags.html>
    "iam" ListOpenIDConnectProviderTags(ListOpenIDConnectProviderTagsRequest) -> ListOpenIDConnectProviderTagsResponse,
    asks |iam, call, input| about(iam, call, input.open_id_connect_provider_arn.as_ref()).await,
    does |iam, call, input| {
        let row = iam.provider(call.account(), &input.open_id_connect_provider_arn.need()).await?;
        let all = row.tags.keys().cloned().zip(tag_list(&row.tags));
        let cut = page(iam, "provider tags", all, input.marker.as_deref(), input.max_items)?;
        ListOpenIDConnectProviderTagsResponse {
            tags: Some(cut.items),
            is_truncated: cut.is_truncated,
            marker: cut.marker,
        }
    },
}
