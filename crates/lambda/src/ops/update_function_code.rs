//! UpdateFunctionCode.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{Lambda, fault, function_access, given, named, shown};
use crate::engine::functions::{Version, check_revision};
use crate::engine::names::LATEST;
use crate::shapes::{FunctionConfiguration, UpdateFunctionCodeRequest};

/// Replaces a function's code. <https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html>
pub struct UpdateFunctionCode;

impl Operation for UpdateFunctionCode {
    type Service = Lambda;
    type Input = UpdateFunctionCodeRequest;
    type Output = FunctionConfiguration;
    const NAME: &'static str = "UpdateFunctionCode";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![function_access("lambda:UpdateFunctionCode", call, input.function_name.as_ref(), None)])
    }

    async fn run(lambda: &Lambda, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        let key = named(call, &input.function_name.take().need(), None)?.key;
        let engine = &lambda.engine;
        // Who names a function that is not there learns that before the code is looked at.
        let before = engine.function(&key).await.map_err(fault::of)?.value;
        let now = call.clock().now();
        let source = given::new_code(&mut input)?;
        let principal = &call.caller().principal;
        let code = engine.take_code(principal, call.region(), source).await.map_err(fault::of)?;
        let architectures = input.architectures.take();
        if input.dry_run == Some(true) {
            check_revision(input.revision_id.as_deref(), before.revision(now)).map_err(fault::of)?;
            let mut configuration = before.latest.clone();
            configuration.code = code.code.clone();
            let version =
                Version { configuration, version: LATEST.to_owned(), qualifier: None, key, row: before };
            return Ok(shown::configuration(&version, now));
        }
        let changed = engine
            .change_latest(&key, input.revision_id.as_deref(), Some(&code), |latest| {
                if let Some(architectures) = &architectures {
                    latest.architectures.clone_from(architectures);
                }
                Ok(())
            })
            .await
            .map_err(fault::of)?;
        if input.publish == Some(true) {
            let version = engine.publish(&key, None, None, None).await.map_err(fault::of)?;
            return Ok(shown::configuration(&version, call.clock().now()));
        }
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
