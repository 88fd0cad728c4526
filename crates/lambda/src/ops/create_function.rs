//! CreateFunction.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{Lambda, fault, function_access, given, named, pass_role, shown};
use crate::engine::error::{Error, Why};
use crate::engine::functions::NewFunction;
use crate::engine::names::NAME_CHARS_MAX;
use crate::shapes::{CreateFunctionRequest, FunctionConfiguration};

/// Makes a function. <https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html>
///
/// Differs: Active at once unless transitions are asked for; images, file systems, capacity providers and durable executions are refused.
pub struct CreateFunction;

impl Operation for CreateFunction {
    type Service = Lambda;
    type Input = CreateFunctionRequest;
    type Output = FunctionConfiguration;
    const NAME: &'static str = "CreateFunction";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let mut access = function_access("lambda:CreateFunction", call, input.function_name.as_ref(), None);
        if let Some(tags) = &input.tags {
            access = access.tagging(tags);
        }
        for layer in input.layers.iter().flatten() {
            access = access.with("lambda:Layer", layer.clone());
        }
        let mut all = vec![access];
        if input.tags.as_ref().is_some_and(|tags| !tags.is_empty()) {
            all.push(function_access("lambda:TagResource", call, input.function_name.as_ref(), None));
        }
        Ok(all)
    }

    async fn run(lambda: &Lambda, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        let name = input.function_name.take().need();
        let mut named = named(call, &name, None)?;
        named.qualifier = None;
        if named.key.name.chars().count() > NAME_CHARS_MAX {
            let text = format!(
                "1 validation error detected: Value '{name}' at 'functionName' failed to satisfy constraint: Member must have length less \
                 than or equal to {NAME_CHARS_MAX}"
            );
            return Err(fault::of(Error::new(Why::Violation, text)));
        }
        let given = given::created(&mut input).map_err(fault::of)?;
        given.check().map_err(fault::of)?;
        if given.runtime.is_none() || given.handler.is_none() {
            let text = "Runtime and Handler are mandatory parameters for functions created with deployment packages.";
            return Err(fault::of(Error::invalid(text)));
        }
        pass_role(lambda, call, given.role.as_deref().unwrap_or_default()).await?;
        let engine = &lambda.engine;
        let mut configuration = given::defaults(input.architectures.take());
        let arns = given.layers.as_deref().unwrap_or_default();
        let layers = engine.layer_uses(call.caller(), arns).await.map_err(fault::of)?;
        given.apply(&mut configuration, Some(&layers));
        let source = given::code(input.code.take().need())?;
        let principal = &call.caller().principal;
        let code = engine.take_code(principal, call.region(), source).await.map_err(fault::of)?;
        let new = NewFunction {
            key: named.key,
            configuration,
            code,
            tags: input.tags.take().unwrap_or_default(),
            publish: input.publish.unwrap_or(false),
        };
        let made = engine.create(new).await.map_err(fault::of)?;
        Ok(shown::configuration(&made, call.clock().now()))
    }
}
