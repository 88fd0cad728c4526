//! Function URLs: Create, Update, Get, Delete and List FunctionUrlConfig.
//!
//! Differs: where the server knows how this machine reaches it, a URL is shown as one that reaches it, `http://ID.lambda-url.REGION.localhost:PORT/`.

use base::Timestamp;
use service::{Access, Call, Fault, Operation};
use wire::Need;
use wire::time::{Precision, iso};

use super::{Lambda, fault, function_access, named};
use crate::engine::names::{self, LATEST, Named};
use crate::shapes::{
    Cors, CreateFunctionUrlConfigRequest, CreateFunctionUrlConfigResponse, DeleteFunctionUrlConfigRequest,
    FunctionUrlConfig, GetFunctionUrlConfigRequest, GetFunctionUrlConfigResponse,
    ListFunctionUrlConfigsRequest, ListFunctionUrlConfigsResponse, UpdateFunctionUrlConfigRequest,
    UpdateFunctionUrlConfigResponse,
};
use crate::tables::UrlRow;

fn shown(lambda: &Lambda, named: &Named, row: UrlRow) -> FunctionUrlConfig {
    let at = |micros: i64| Some(iso(Timestamp::from_micros(micros), Precision::Millis));
    let qualifier = named.qualifier.as_deref().filter(|qualifier| *qualifier != LATEST);
    FunctionUrlConfig {
        function_url: Some(lambda.engine.url_text(&row.id, &named.key.region)),
        function_arn: Some(names::qualified(&named.key, qualifier).to_string()),
        creation_time: at(row.created_micros),
        last_modified_time: at(row.modified_micros),
        cors: row.cors.as_deref().and_then(|kept| wire::kept::<Cors>(kept).ok()),
        auth_type: Some(row.auth),
        invoke_mode: Some(row.mode),
    }
}

/// Makes a URL. <https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html>
pub struct CreateFunctionUrlConfig;

impl Operation for CreateFunctionUrlConfig {
    type Service = Lambda;
    type Input = CreateFunctionUrlConfigRequest;
    type Output = CreateFunctionUrlConfigResponse;
    const NAME: &'static str = "CreateFunctionUrlConfig";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let (name, qualifier) = (input.function_name.as_ref(), input.qualifier.as_ref());
        let access = function_access("lambda:CreateFunctionUrlConfig", call, name, qualifier);
        let auth = input.auth_type.clone().unwrap_or_default();
        Ok(vec![access.with("lambda:FunctionUrlAuthType", auth)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = named(call, &input.function_name.need(), input.qualifier.as_deref())?;
        let mode = input.invoke_mode.unwrap_or_else(|| "BUFFERED".to_owned());
        let cors = input.cors.as_ref().map(wire::keep);
        let made = lambda.engine.create_url(&named, &input.auth_type.need(), &mode, cors).await;
        let shown = shown(lambda, &named, made.map_err(fault::of)?);
        Ok(CreateFunctionUrlConfigResponse {
            function_url: shown.function_url,
            function_arn: shown.function_arn,
            auth_type: shown.auth_type,
            cors: shown.cors,
            creation_time: shown.creation_time,
            invoke_mode: shown.invoke_mode,
        })
    }
}

/// Shows a URL. <https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionUrlConfig.html>
pub struct GetFunctionUrlConfig;

impl Operation for GetFunctionUrlConfig {
    type Service = Lambda;
    type Input = GetFunctionUrlConfigRequest;
    type Output = GetFunctionUrlConfigResponse;
    const NAME: &'static str = "GetFunctionUrlConfig";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let (name, qualifier) = (input.function_name.as_ref(), input.qualifier.as_ref());
        Ok(vec![function_access("lambda:GetFunctionUrlConfig", call, name, qualifier)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = named(call, &input.function_name.need(), input.qualifier.as_deref())?;
        let shown = shown(lambda, &named, lambda.engine.url(&named).await.map_err(fault::of)?);
        Ok(GetFunctionUrlConfigResponse {
            function_url: shown.function_url,
            function_arn: shown.function_arn,
            auth_type: shown.auth_type,
            cors: shown.cors,
            creation_time: shown.creation_time,
            last_modified_time: shown.last_modified_time,
            invoke_mode: shown.invoke_mode,
        })
    }
}

/// Changes a URL. <https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionUrlConfig.html>
pub struct UpdateFunctionUrlConfig;

impl Operation for UpdateFunctionUrlConfig {
    type Service = Lambda;
    type Input = UpdateFunctionUrlConfigRequest;
    type Output = UpdateFunctionUrlConfigResponse;
    const NAME: &'static str = "UpdateFunctionUrlConfig";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let (name, qualifier) = (input.function_name.as_ref(), input.qualifier.as_ref());
        Ok(vec![function_access("lambda:UpdateFunctionUrlConfig", call, name, qualifier)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = named(call, &input.function_name.need(), input.qualifier.as_deref())?;
        let cors = input.cors.as_ref().map(wire::keep);
        let (auth, mode) = (input.auth_type.as_deref(), input.invoke_mode.as_deref());
        let changed = lambda.engine.update_url(&named, auth, mode, cors).await.map_err(fault::of)?;
        let shown = shown(lambda, &named, changed);
        Ok(UpdateFunctionUrlConfigResponse {
            function_url: shown.function_url,
            function_arn: shown.function_arn,
            auth_type: shown.auth_type,
            cors: shown.cors,
            creation_time: shown.creation_time,
            last_modified_time: shown.last_modified_time,
            invoke_mode: shown.invoke_mode,
        })
    }
}

/// Takes a URL away. <https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionUrlConfig.html>
pub struct DeleteFunctionUrlConfig;

impl Operation for DeleteFunctionUrlConfig {
    type Service = Lambda;
    type Input = DeleteFunctionUrlConfigRequest;
    type Output = ();
    const NAME: &'static str = "DeleteFunctionUrlConfig";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let (name, qualifier) = (input.function_name.as_ref(), input.qualifier.as_ref());
        Ok(vec![function_access("lambda:DeleteFunctionUrlConfig", call, name, qualifier)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = named(call, &input.function_name.need(), input.qualifier.as_deref())?;
        lambda.engine.delete_url(&named).await.map_err(fault::of)
    }
}

/// Lists URLs. <https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionUrlConfigs.html>
pub struct ListFunctionUrlConfigs;

impl Operation for ListFunctionUrlConfigs {
    type Service = Lambda;
    type Input = ListFunctionUrlConfigsRequest;
    type Output = ListFunctionUrlConfigsResponse;
    const NAME: &'static str = "ListFunctionUrlConfigs";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let name = input.function_name.as_ref();
        Ok(vec![function_access("lambda:ListFunctionUrlConfigs", call, name, None)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = named(call, &input.function_name.need(), None)?.key;
        let all = lambda.engine.urls(&key).await.map_err(fault::of)?;
        let urls = all.into_iter().map(|(qualifier, row)| {
            shown(lambda, &Named { key: key.clone(), qualifier: Some(qualifier) }, row)
        });
        Ok(ListFunctionUrlConfigsResponse { function_url_configs: Some(urls.collect()), next_marker: None })
    }
}
