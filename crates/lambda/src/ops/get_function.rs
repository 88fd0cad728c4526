//! GetFunction.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{Lambda, fault, function_access, named, shown};
use crate::shapes::{Concurrency, FunctionCodeLocation, GetFunctionRequest, GetFunctionResponse};

/// Shows a function, its tags and where its code is. <https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html>
pub struct GetFunction;

impl Operation for GetFunction {
    type Service = Lambda;
    type Input = GetFunctionRequest;
    type Output = GetFunctionResponse;
    const NAME: &'static str = "GetFunction";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let name = input.function_name.as_ref();
        Ok(vec![function_access("lambda:GetFunction", call, name, input.qualifier.as_ref())])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = named(call, &input.function_name.need(), input.qualifier.as_deref())?;
        let version =
            lambda.engine.version(&named.key, named.qualifier.as_deref()).await.map_err(fault::of)?;
        let tags = Some(version.row.tags.clone()).filter(|tags| !tags.is_empty());
        let reserved = version.row.reserved.and_then(|reserved| i32::try_from(reserved).ok());
        Ok(GetFunctionResponse {
            configuration: Some(shown::configuration(&version, call.clock().now())),
            code: Some(FunctionCodeLocation {
                repository_type: Some("S3".to_owned()),
                ..FunctionCodeLocation::default()
            }),
            tags,
            tags_error: None,
            concurrency: reserved
                .map(|reserved| Concurrency { reserved_concurrent_executions: Some(reserved) }),
        })
    }
}
