//! GetFunctionConfiguration.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{Lambda, fault, function_access, named, shown};
use crate::shapes::{FunctionConfiguration, GetFunctionConfigurationRequest};

/// Shows a function. <https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html>
pub struct GetFunctionConfiguration;

impl Operation for GetFunctionConfiguration {
    type Service = Lambda;
    type Input = GetFunctionConfigurationRequest;
    type Output = FunctionConfiguration;
    const NAME: &'static str = "GetFunctionConfiguration";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let name = input.function_name.as_ref();
        Ok(vec![function_access("lambda:GetFunctionConfiguration", call, name, input.qualifier.as_ref())])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = named(call, &input.function_name.need(), input.qualifier.as_deref())?;
        let version =
            lambda.engine.version(&named.key, named.qualifier.as_deref()).await.map_err(fault::of)?;
        Ok(shown::configuration(&version, call.clock().now()))
    }
}
