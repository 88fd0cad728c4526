//! UpdateFunctionConfiguration.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{Lambda, fault, function_access, given, named, pass_role, shown};
use crate::engine::functions::Version;
use crate::engine::names::LATEST;
use crate::shapes::{FunctionConfiguration, UpdateFunctionConfigurationRequest};

/// Changes what a function is made of, but for its code.
/// <https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html>
pub struct UpdateFunctionConfiguration;

impl Operation for UpdateFunctionConfiguration {
    type Service = Lambda;
    type Input = UpdateFunctionConfigurationRequest;
    type Output = FunctionConfiguration;
    const NAME: &'static str = "UpdateFunctionConfiguration";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let name = input.function_name.as_ref();
        let mut access = function_access("lambda:UpdateFunctionConfiguration", call, name, None);
        for layer in input.layers.iter().flatten() {
            access = access.with("lambda:Layer", layer.clone());
        }
        Ok(vec![access])
    }

    async fn run(lambda: &Lambda, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        let key = named(call, &input.function_name.take().need(), None)?.key;
        let engine = &lambda.engine;
        engine.function(&key).await.map_err(fault::of)?;
        let given = given::updated(&mut input).map_err(fault::of)?;
        given.check().map_err(fault::of)?;
        if let Some(role) = &given.role {
            pass_role(lambda, call, role).await?;
        }
        let layers = match &given.layers {
            Some(arns) => Some(engine.layer_uses(call.caller(), arns).await.map_err(fault::of)?),
            None => None,
        };
        let changed = engine
            .change_latest(&key, input.revision_id.as_deref(), None, |latest| {
                given.apply(latest, layers.as_ref());
                Ok(())
            })
            .await
            .map_err(fault::of)?;
        let row = changed.value;
        let version = Version {
            configuration: row.latest.clone(),
            version: LATEST.to_owned(),
            qualifier: None,
            key,
            row,
        };
        Ok(shown::configuration(&version, call.clock().now()))
    }
}
