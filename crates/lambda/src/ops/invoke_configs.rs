//! How asynchronous events are treated: Put, Update, Get, Delete and List FunctionEventInvokeConfig.

use base::Timestamp;
use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{Lambda, fault, function_access, named};
use crate::engine::names::{self, LATEST, Named};
use crate::engine::settings::InvokeConfigChange;
use crate::shapes::{
    DeleteFunctionEventInvokeConfigRequest, DestinationConfig, FunctionEventInvokeConfig,
    GetFunctionEventInvokeConfigRequest, ListFunctionEventInvokeConfigsRequest,
    ListFunctionEventInvokeConfigsResponse, OnFailure, OnSuccess, PutFunctionEventInvokeConfigRequest,
    UpdateFunctionEventInvokeConfigRequest,
};
use crate::tables::InvokeConfigRow;

fn shown(named: &Named, row: InvokeConfigRow) -> FunctionEventInvokeConfig {
    let qualifier = named.qualifier.as_deref().unwrap_or(LATEST);
    FunctionEventInvokeConfig {
        last_modified: Some(Timestamp::from_micros(row.modified_micros).cut_to_millis()),
        function_arn: Some(names::qualified(&named.key, Some(qualifier)).to_string()),
        maximum_retry_attempts: row.retries_max.and_then(|max| i32::try_from(max).ok()),
        maximum_event_age_in_seconds: row.age_secs_max.and_then(|max| i32::try_from(max).ok()),
        destination_config: Some(DestinationConfig {
            on_success: Some(OnSuccess { destination: row.on_success }),
            on_failure: Some(OnFailure { destination: row.on_failure }),
        }),
    }
}

fn change(
    retries_max: Option<i32>,
    age_secs_max: Option<i32>,
    destinations: Option<DestinationConfig>,
) -> InvokeConfigChange {
    let number = |given: Option<i32>| given.and_then(|given| u32::try_from(given).ok());
    let destinations = destinations.unwrap_or_default();
    InvokeConfigChange {
        retries_max: number(retries_max),
        age_secs_max: number(age_secs_max),
        on_success: destinations.on_success.map(|to| to.destination.unwrap_or_default()),
        on_failure: destinations.on_failure.map(|to| to.destination.unwrap_or_default()),
    }
}

/// Sets it anew. <https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html>
pub struct PutFunctionEventInvokeConfig;

impl Operation for PutFunctionEventInvokeConfig {
    type Service = Lambda;
    type Input = PutFunctionEventInvokeConfigRequest;
    type Output = FunctionEventInvokeConfig;
    const NAME: &'static str = "PutFunctionEventInvokeConfig";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let (name, qualifier) = (input.function_name.as_ref(), input.qualifier.as_ref());
        Ok(vec![function_access("lambda:PutFunctionEventInvokeConfig", call, name, qualifier)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = named(call, &input.function_name.need(), input.qualifier.as_deref())?;
        let wanted = change(
            input.maximum_retry_attempts,
            input.maximum_event_age_in_seconds,
            input.destination_config,
        );
        let row = lambda.engine.set_invoke_config(&named, &wanted, true).await.map_err(fault::of)?;
        Ok(shown(&named, row))
    }
}

/// Changes it. <https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionEventInvokeConfig.html>
pub struct UpdateFunctionEventInvokeConfig;

impl Operation for UpdateFunctionEventInvokeConfig {
    type Service = Lambda;
    type Input = UpdateFunctionEventInvokeConfigRequest;
    type Output = FunctionEventInvokeConfig;
    const NAME: &'static str = "UpdateFunctionEventInvokeConfig";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let (name, qualifier) = (input.function_name.as_ref(), input.qualifier.as_ref());
        Ok(vec![function_access("lambda:UpdateFunctionEventInvokeConfig", call, name, qualifier)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = named(call, &input.function_name.need(), input.qualifier.as_deref())?;
        let wanted = change(
            input.maximum_retry_attempts,
            input.maximum_event_age_in_seconds,
            input.destination_config,
        );
        let row = lambda.engine.set_invoke_config(&named, &wanted, false).await.map_err(fault::of)?;
        Ok(shown(&named, row))
    }
}

/// Shows it. <https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionEventInvokeConfig.html>
pub struct GetFunctionEventInvokeConfig;

impl Operation for GetFunctionEventInvokeConfig {
    type Service = Lambda;
    type Input = GetFunctionEventInvokeConfigRequest;
    type Output = FunctionEventInvokeConfig;
    const NAME: &'static str = "GetFunctionEventInvokeConfig";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let (name, qualifier) = (input.function_name.as_ref(), input.qualifier.as_ref());
        Ok(vec![function_access("lambda:GetFunctionEventInvokeConfig", call, name, qualifier)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = named(call, &input.function_name.need(), input.qualifier.as_deref())?;
        let row = lambda.engine.get_invoke_config(&named).await.map_err(fault::of)?;
        Ok(shown(&named, row))
    }
}

/// Takes it away. <https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionEventInvokeConfig.html>
pub struct DeleteFunctionEventInvokeConfig;

impl Operation for DeleteFunctionEventInvokeConfig {
    type Service = Lambda;
    type Input = DeleteFunctionEventInvokeConfigRequest;
    type Output = ();
    const NAME: &'static str = "DeleteFunctionEventInvokeConfig";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let (name, qualifier) = (input.function_name.as_ref(), input.qualifier.as_ref());
        Ok(vec![function_access("lambda:DeleteFunctionEventInvokeConfig", call, name, qualifier)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = named(call, &input.function_name.need(), input.qualifier.as_deref())?;
        lambda.engine.delete_invoke_config(&named).await.map_err(fault::of)
    }
}

/// Lists it by qualifier. <https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionEventInvokeConfigs.html>
pub struct ListFunctionEventInvokeConfigs;

impl Operation for ListFunctionEventInvokeConfigs {
    type Service = Lambda;
    type Input = ListFunctionEventInvokeConfigsRequest;
    type Output = ListFunctionEventInvokeConfigsResponse;
    const NAME: &'static str = "ListFunctionEventInvokeConfigs";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let name = input.function_name.as_ref();
        Ok(vec![function_access("lambda:ListFunctionEventInvokeConfigs", call, name, None)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = named(call, &input.function_name.need(), None)?.key;
        let all = lambda.engine.invoke_configs(&key).await.map_err(fault::of)?;
        let configs = all
            .into_iter()
            .map(|(qualifier, row)| shown(&Named { key: key.clone(), qualifier: Some(qualifier) }, row));
        Ok(ListFunctionEventInvokeConfigsResponse {
            function_event_invoke_configs: Some(configs.collect()),
            next_marker: None,
        })
    }
}
