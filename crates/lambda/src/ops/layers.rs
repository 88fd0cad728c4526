//! Layers: publish, list, get, delete, and who else may use them.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{Lambda, after, fault, given, limit, shown};
use crate::engine::error::Error;
use crate::engine::layers::{
    LayerFilter, NewLayer, layer_access, layer_arn, named_layer, named_version, version_arn,
};
use crate::shapes::{
    AddLayerVersionPermissionRequest, AddLayerVersionPermissionResponse, DeleteLayerVersionRequest,
    GetLayerVersionByArnRequest, GetLayerVersionPolicyRequest, GetLayerVersionPolicyResponse,
    GetLayerVersionRequest, GetLayerVersionResponse, LayerVersionContentOutput, LayerVersionsListItem,
    LayersListItem, ListLayerVersionsRequest, ListLayerVersionsResponse, ListLayersRequest,
    ListLayersResponse, PublishLayerVersionRequest, PublishLayerVersionResponse,
    RemoveLayerVersionPermissionRequest,
};
use crate::tables::{LayerVersionKey, LayerVersionRow};

fn version(call: &Call, layer: Option<&String>, number: Option<i64>) -> LayerVersionKey {
    let layer = named_layer(layer.map(String::as_str).unwrap_or_default(), call.account(), call.region());
    LayerVersionKey { layer, number: number.and_then(|number| u64::try_from(number).ok()).unwrap_or(0) }
}

/// The question about a layer version, with what its own policy says.
async fn version_access(
    lambda: &Lambda,
    action: &'static str,
    at: &LayerVersionKey,
) -> Result<Vec<Access>, Fault> {
    let row = lambda.engine.layer_version(at).await.ok();
    Ok(vec![layer_access(action, at, row.as_ref()).map_err(fault::of)?])
}

fn content(row: &LayerVersionRow) -> LayerVersionContentOutput {
    LayerVersionContentOutput {
        code_sha256: Some(row.code.sha256.clone()),
        code_size: i64::try_from(row.code.bytes).ok(),
        ..LayerVersionContentOutput::default()
    }
}

fn whole(at: &LayerVersionKey, row: LayerVersionRow) -> GetLayerVersionResponse {
    GetLayerVersionResponse {
        content: Some(content(&row)),
        layer_arn: Some(layer_arn(&at.layer).to_string()),
        layer_version_arn: Some(version_arn(at).to_string()),
        description: Some(row.description),
        created_date: Some(shown::modified(row.created_micros)),
        version: i64::try_from(at.number).ok(),
        compatible_architectures: row.architectures,
        compatible_runtimes: row.runtimes,
        license_info: row.license,
    }
}

fn item(at: &LayerVersionKey, row: LayerVersionRow) -> LayerVersionsListItem {
    LayerVersionsListItem {
        layer_version_arn: Some(version_arn(at).to_string()),
        version: i64::try_from(at.number).ok(),
        description: Some(row.description),
        created_date: Some(shown::modified(row.created_micros)),
        compatible_architectures: row.architectures,
        compatible_runtimes: row.runtimes,
        license_info: row.license,
    }
}

/// Publishes a version of a layer. <https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html>
pub struct PublishLayerVersion;

impl Operation for PublishLayerVersion {
    type Service = Lambda;
    type Input = PublishLayerVersionRequest;
    type Output = PublishLayerVersionResponse;
    const NAME: &'static str = "PublishLayerVersion";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let at = version(call, input.layer_name.as_ref(), None);
        Ok(vec![Access::to("lambda:PublishLayerVersion", &layer_arn(&at.layer))])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = named_layer(&input.layer_name.need(), call.account(), call.region());
        let given = input.content.need();
        let source = given::source(given.zip_file, given.s3_bucket, given.s3_key, given.s3_object_version)?;
        let engine = &lambda.engine;
        let principal = &call.caller().principal;
        let content = engine.take_code(principal, call.region(), source).await.map_err(fault::of)?;
        let new = NewLayer {
            key,
            content,
            description: input.description.unwrap_or_default(),
            license: input.license_info,
            runtimes: input.compatible_runtimes,
            architectures: input.compatible_architectures,
        };
        let (at, row) = engine.publish_layer(new).await.map_err(fault::of)?;
        let made = whole(&at, row);
        Ok(PublishLayerVersionResponse {
            content: made.content,
            layer_arn: made.layer_arn,
            layer_version_arn: made.layer_version_arn,
            description: made.description,
            created_date: made.created_date,
            version: made.version,
            compatible_architectures: made.compatible_architectures,
            compatible_runtimes: made.compatible_runtimes,
            license_info: made.license_info,
        })
    }
}

/// Shows a version of a layer. <https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersion.html>
pub struct GetLayerVersion;

impl Operation for GetLayerVersion {
    type Service = Lambda;
    type Input = GetLayerVersionRequest;
    type Output = GetLayerVersionResponse;
    const NAME: &'static str = "GetLayerVersion";

    async fn access(lambda: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let at = version(call, input.layer_name.as_ref(), input.version_number);
        version_access(lambda, "lambda:GetLayerVersion", &at).await
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let at = version(call, input.layer_name.as_ref(), input.version_number);
        Ok(whole(&at, lambda.engine.layer_version(&at).await.map_err(fault::of)?))
    }
}

/// Shows a version of a layer. <https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersionByArn.html>
pub struct GetLayerVersionByArn;

impl Operation for GetLayerVersionByArn {
    type Service = Lambda;
    type Input = GetLayerVersionByArnRequest;
    type Output = GetLayerVersionResponse;
    const NAME: &'static str = "GetLayerVersionByArn";

    async fn access(lambda: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        match input.arn.as_deref().and_then(named_version) {
            Some(at) => version_access(lambda, "lambda:GetLayerVersion", &at).await,
            None => Ok(vec![Access::any("lambda:GetLayerVersion", call.caller())]),
        }
    }

    async fn run(lambda: &Lambda, _: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let arn = input.arn.need();
        let unknown = || fault::of(Error::not_found(format!("Layer version {arn} does not exist.")));
        let at = named_version(&arn).ok_or_else(unknown)?;
        Ok(whole(&at, lambda.engine.layer_version(&at).await.map_err(fault::of)?))
    }
}

/// Removes a version of a layer. <https://docs.aws.amazon.com/lambda/latest/api/API_DeleteLayerVersion.html>
pub struct DeleteLayerVersion;

impl Operation for DeleteLayerVersion {
    type Service = Lambda;
    type Input = DeleteLayerVersionRequest;
    type Output = ();
    const NAME: &'static str = "DeleteLayerVersion";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let at = version(call, input.layer_name.as_ref(), input.version_number);
        Ok(vec![Access::to("lambda:DeleteLayerVersion", &version_arn(&at))])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let at = version(call, input.layer_name.as_ref(), input.version_number);
        lambda.engine.delete_layer_version(&at).await.map_err(fault::of)
    }
}

/// Lists layers, each with its newest version. <https://docs.aws.amazon.com/lambda/latest/api/API_ListLayers.html>
pub struct ListLayers;

impl Operation for ListLayers {
    type Service = Lambda;
    type Input = ListLayersRequest;
    type Output = ListLayersResponse;
    const NAME: &'static str = "ListLayers";

    async fn access(_: &Lambda, call: &Call, _: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![Access::any("lambda:ListLayers", call.caller())])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let filter =
            LayerFilter { runtime: input.compatible_runtime, architecture: input.compatible_architecture };
        let purpose = format!("ListLayers {}", call.region());
        let after = after(lambda, &purpose, input.marker.as_ref())?;
        let page = lambda.engine.layers(
            call.account(),
            call.region(),
            &filter,
            after.as_deref(),
            limit(input.max_items),
        );
        let (rows, more) = page.await.map_err(fault::of)?;
        let last = rows.last().filter(|_| more).map(|(at, _)| at.layer.name.clone());
        let next_marker = last.map(|name| lambda.tokens.seal(&purpose, name.as_bytes()));
        let layers = rows.into_iter().map(|(at, row)| LayersListItem {
            layer_name: Some(at.layer.name.clone()),
            layer_arn: Some(layer_arn(&at.layer).to_string()),
            latest_matching_version: Some(item(&at, row)),
        });
        Ok(ListLayersResponse { next_marker, layers: Some(layers.collect()) })
    }
}

/// Lists versions of a layer, newest first. <https://docs.aws.amazon.com/lambda/latest/api/API_ListLayerVersions.html>
pub struct ListLayerVersions;

impl Operation for ListLayerVersions {
    type Service = Lambda;
    type Input = ListLayerVersionsRequest;
    type Output = ListLayerVersionsResponse;
    const NAME: &'static str = "ListLayerVersions";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let at = version(call, input.layer_name.as_ref(), None);
        Ok(vec![Access::to("lambda:ListLayerVersions", &layer_arn(&at.layer))])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = named_layer(&input.layer_name.need(), call.account(), call.region());
        let filter =
            LayerFilter { runtime: input.compatible_runtime, architecture: input.compatible_architecture };
        let purpose = format!("ListLayerVersions {}", layer_arn(&key));
        let before = after(lambda, &purpose, input.marker.as_ref())?;
        let before = before.map(|text| text.parse::<u64>()).transpose();
        let before = before.map_err(|_| fault::of(Error::invalid("Invalid marker")))?;
        let page = lambda.engine.layer_versions(&key, &filter, before, limit(input.max_items)).await;
        let (rows, more) = page.map_err(fault::of)?;
        let last = rows.last().filter(|_| more).map(|(at, _)| at.number.to_string());
        let next_marker = last.map(|number| lambda.tokens.seal(&purpose, number.as_bytes()));
        let versions = rows.into_iter().map(|(at, row)| item(&at, row)).collect();
        Ok(ListLayerVersionsResponse { next_marker, layer_versions: Some(versions) })
    }
}

/// Lets others use a version of a layer.
/// <https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html>
pub struct AddLayerVersionPermission;

impl Operation for AddLayerVersionPermission {
    type Service = Lambda;
    type Input = AddLayerVersionPermissionRequest;
    type Output = AddLayerVersionPermissionResponse;
    const NAME: &'static str = "AddLayerVersionPermission";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let at = version(call, input.layer_name.as_ref(), input.version_number);
        Ok(vec![Access::to("lambda:AddLayerVersionPermission", &version_arn(&at))])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let at = version(call, input.layer_name.as_ref(), input.version_number);
        let (id, action, who) = (input.statement_id.need(), input.action.need(), input.principal.need());
        let (organization, revision) = (input.organization_id, input.revision_id);
        let added = lambda
            .engine
            .add_layer_permission(&at, &id, &action, &who, organization.as_deref(), revision.as_deref())
            .await;
        let (statement, revision) = added.map_err(fault::of)?;
        Ok(AddLayerVersionPermissionResponse { statement: Some(statement), revision_id: Some(revision) })
    }
}

/// Takes that away. <https://docs.aws.amazon.com/lambda/latest/api/API_RemoveLayerVersionPermission.html>
pub struct RemoveLayerVersionPermission;

impl Operation for RemoveLayerVersionPermission {
    type Service = Lambda;
    type Input = RemoveLayerVersionPermissionRequest;
    type Output = ();
    const NAME: &'static str = "RemoveLayerVersionPermission";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let at = version(call, input.layer_name.as_ref(), input.version_number);
        Ok(vec![Access::to("lambda:RemoveLayerVersionPermission", &version_arn(&at))])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let at = version(call, input.layer_name.as_ref(), input.version_number);
        let (id, revision) = (input.statement_id.need(), input.revision_id);
        lambda.engine.remove_layer_permission(&at, &id, revision.as_deref()).await.map_err(fault::of)
    }
}

/// Shows the policy of a version of a layer.
/// <https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersionPolicy.html>
pub struct GetLayerVersionPolicy;

impl Operation for GetLayerVersionPolicy {
    type Service = Lambda;
    type Input = GetLayerVersionPolicyRequest;
    type Output = GetLayerVersionPolicyResponse;
    const NAME: &'static str = "GetLayerVersionPolicy";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let at = version(call, input.layer_name.as_ref(), input.version_number);
        Ok(vec![Access::to("lambda:GetLayerVersionPolicy", &version_arn(&at))])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let at = version(call, input.layer_name.as_ref(), input.version_number);
        let policy = lambda.engine.layer_policy(&at).await.map_err(fault::of)?;
        Ok(GetLayerVersionPolicyResponse {
            policy: Some(policy.document()),
            revision_id: Some(policy.revision),
        })
    }
}
