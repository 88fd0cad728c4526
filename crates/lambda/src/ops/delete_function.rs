//! DeleteFunction.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{Lambda, fault, function_access, named};
use crate::engine::error::Error;
use crate::engine::names::version_number;
use crate::shapes::{DeleteFunctionRequest, DeleteFunctionResponse};

/// Removes a function, or one of its versions. <https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html>
pub struct DeleteFunction;

impl Operation for DeleteFunction {
    type Service = Lambda;
    type Input = DeleteFunctionRequest;
    type Output = DeleteFunctionResponse;
    const NAME: &'static str = "DeleteFunction";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let name = input.function_name.as_ref();
        Ok(vec![function_access("lambda:DeleteFunction", call, name, input.qualifier.as_ref())])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = named(call, &input.function_name.need(), input.qualifier.as_deref())?;
        let engine = &lambda.engine;
        match named.qualifier.as_deref() {
            None => engine.delete(&named.key).await.map_err(fault::of)?,
            Some(qualifier) if qualifier.starts_with('$') || version_number(qualifier).is_some() => {
                engine.delete_version(&named.key, qualifier).await.map_err(fault::of)?;
            }
            Some(_) => {
                let text = "Deletion of aliases is not currently supported.";
                return Err(fault::of(Error::invalid(text)));
            }
        }
        Ok(DeleteFunctionResponse { status_code: Some(204) })
    }
}
