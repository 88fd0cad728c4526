//! What is kept and shown and changes nothing here: recursion, runtime management, code signing.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{Lambda, fault, function_access, named};
use crate::engine::names;
use crate::shapes::{
    GetFunctionCodeSigningConfigRequest, GetFunctionCodeSigningConfigResponse,
    GetFunctionRecursionConfigRequest, GetFunctionRecursionConfigResponse, GetRuntimeManagementConfigRequest,
    GetRuntimeManagementConfigResponse, PutFunctionRecursionConfigRequest,
    PutFunctionRecursionConfigResponse, PutRuntimeManagementConfigRequest,
    PutRuntimeManagementConfigResponse,
};

/// Shows whether recursion is stopped.
/// <https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionRecursionConfig.html>
pub struct GetFunctionRecursionConfig;

impl Operation for GetFunctionRecursionConfig {
    type Service = Lambda;
    type Input = GetFunctionRecursionConfigRequest;
    type Output = GetFunctionRecursionConfigResponse;
    const NAME: &'static str = "GetFunctionRecursionConfig";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![function_access(
            "lambda:GetFunctionRecursionConfig",
            call,
            input.function_name.as_ref(),
            None,
        )])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = named(call, &input.function_name.need(), None)?.key;
        let row = lambda.engine.function(&key).await.map_err(fault::of)?.value;
        let recursive_loop = Some(row.recursion.unwrap_or_else(|| "Terminate".to_owned()));
        Ok(GetFunctionRecursionConfigResponse { recursive_loop })
    }
}

/// Sets it. <https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionRecursionConfig.html>
pub struct PutFunctionRecursionConfig;

impl Operation for PutFunctionRecursionConfig {
    type Service = Lambda;
    type Input = PutFunctionRecursionConfigRequest;
    type Output = PutFunctionRecursionConfigResponse;
    const NAME: &'static str = "PutFunctionRecursionConfig";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![function_access(
            "lambda:PutFunctionRecursionConfig",
            call,
            input.function_name.as_ref(),
            None,
        )])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = named(call, &input.function_name.need(), None)?.key;
        let wanted = input.recursive_loop.need();
        let changed = lambda.engine.change_row(&key, |row| {
            row.recursion = Some(wanted.clone());
            Ok(())
        });
        changed.await.map_err(fault::of)?;
        Ok(PutFunctionRecursionConfigResponse { recursive_loop: Some(wanted) })
    }
}

/// Shows when runtimes are updated.
/// <https://docs.aws.amazon.com/lambda/latest/api/API_GetRuntimeManagementConfig.html>
pub struct GetRuntimeManagementConfig;

impl Operation for GetRuntimeManagementConfig {
    type Service = Lambda;
    type Input = GetRuntimeManagementConfigRequest;
    type Output = GetRuntimeManagementConfigResponse;
    const NAME: &'static str = "GetRuntimeManagementConfig";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let (name, qualifier) = (input.function_name.as_ref(), input.qualifier.as_ref());
        Ok(vec![function_access("lambda:GetRuntimeManagementConfig", call, name, qualifier)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = named(call, &input.function_name.need(), input.qualifier.as_deref())?;
        let found = lambda.engine.version(&named.key, named.qualifier.as_deref()).await.map_err(fault::of)?;
        Ok(GetRuntimeManagementConfigResponse {
            update_runtime_on: Some(found.row.update_runtime_on.unwrap_or_else(|| "Auto".to_owned())),
            function_arn: Some(names::qualified(&named.key, named.qualifier.as_deref()).to_string()),
            runtime_version_arn: None,
        })
    }
}

/// Sets it. <https://docs.aws.amazon.com/lambda/latest/api/API_PutRuntimeManagementConfig.html>
pub struct PutRuntimeManagementConfig;

impl Operation for PutRuntimeManagementConfig {
    type Service = Lambda;
    type Input = PutRuntimeManagementConfigRequest;
    type Output = PutRuntimeManagementConfigResponse;
    const NAME: &'static str = "PutRuntimeManagementConfig";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let (name, qualifier) = (input.function_name.as_ref(), input.qualifier.as_ref());
        Ok(vec![function_access("lambda:PutRuntimeManagementConfig", call, name, qualifier)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = named(call, &input.function_name.need(), input.qualifier.as_deref())?;
        let wanted = input.update_runtime_on.need();
        let changed = lambda.engine.change_row(&named.key, |row| {
            row.update_runtime_on = Some(wanted.clone());
            Ok(())
        });
        changed.await.map_err(fault::of)?;
        Ok(PutRuntimeManagementConfigResponse {
            update_runtime_on: Some(wanted),
            function_arn: Some(names::qualified(&named.key, named.qualifier.as_deref()).to_string()),
            runtime_version_arn: input.runtime_version_arn,
        })
    }
}

/// Shows the code signing of a function: there is none.
/// <https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionCodeSigningConfig.html>
pub struct GetFunctionCodeSigningConfig;

impl Operation for GetFunctionCodeSigningConfig {
    type Service = Lambda;
    type Input = GetFunctionCodeSigningConfigRequest;
    type Output = GetFunctionCodeSigningConfigResponse;
    const NAME: &'static str = "GetFunctionCodeSigningConfig";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let name = input.function_name.as_ref();
        Ok(vec![function_access("lambda:GetFunctionCodeSigningConfig", call, name, None)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = named(call, &input.function_name.need(), None)?.key;
        lambda.engine.function(&key).await.map_err(fault::of)?;
        Ok(GetFunctionCodeSigningConfigResponse {
            code_signing_config_arn: None,
            function_name: Some(key.name),
        })
    }
}
