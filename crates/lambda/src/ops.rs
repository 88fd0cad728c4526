//! The contents page: one line an operation. What is missing answers "not implemented" by itself.

mod aliases;
mod concurrency;
mod create_function;
mod delete_function;
mod fault;
mod get_function;
mod get_function_configuration;
mod given;
mod invoke;
mod invoke_async;
mod invoke_configs;
mod layers;
mod list_functions;
mod management;
mod mappings;
mod permissions;
mod shown;
mod tags;
mod update_function_code;
mod update_function_configuration;
mod urls;
mod versions;

use std::sync::Arc;

use base::Arn;
use service::{Access, Call, Fault, Room, Tokens};

use crate::engine::error::Error;
use crate::engine::names::Named;
use crate::engine::{Engine, EngineParts};
use crate::runtimes::Pool;
use crate::{Parts, shapes, tasks};

/// The state of the room.
pub struct Lambda {
    pub(crate) engine: Arc<Engine>,
    tokens: Tokens,
}

pub(crate) fn room(parts: Parts) -> Room<Lambda> {
    let Parts { store, room, random, tokens, tasks, principals, objects, records, metrics, settings } = parts;
    let pool = Pool::new(settings.runtimes.clone(), room.clock.clone(), random.clone());
    let engine = Arc::new(Engine::new(
        EngineParts {
            store,
            clock: room.clock.clone(),
            random,
            authorizer: room.authorizer.clone(),
            principals,
            objects,
            records,
            metrics,
            settings,
            tasks: tasks.clone(),
        },
        pool,
    ));
    tasks::start(&engine, &tasks);
    let state = Arc::new(Lambda { engine, tokens });
    Room::new(&shapes::LAMBDA, fault::STYLE, state, room, body_bytes_max)
        .op::<aliases::CreateAlias>()
        .op::<aliases::DeleteAlias>()
        .op::<aliases::GetAlias>()
        .op::<aliases::ListAliases>()
        .op::<aliases::UpdateAlias>()
        .op::<concurrency::DeleteFunctionConcurrency>()
        .op::<concurrency::DeleteProvisionedConcurrencyConfig>()
        .op::<concurrency::GetAccountSettings>()
        .op::<concurrency::GetFunctionConcurrency>()
        .op::<concurrency::GetProvisionedConcurrencyConfig>()
        .op::<concurrency::ListProvisionedConcurrencyConfigs>()
        .op::<concurrency::PutFunctionConcurrency>()
        .op::<concurrency::PutProvisionedConcurrencyConfig>()
        .op::<create_function::CreateFunction>()
        .op::<delete_function::DeleteFunction>()
        .op::<get_function::GetFunction>()
        .op::<get_function_configuration::GetFunctionConfiguration>()
        .op::<invoke::Invoke>()
        .op::<invoke_async::InvokeAsync>()
        .op::<invoke_async::InvokeWithResponseStream>()
        .op::<invoke_configs::DeleteFunctionEventInvokeConfig>()
        .op::<invoke_configs::GetFunctionEventInvokeConfig>()
        .op::<invoke_configs::ListFunctionEventInvokeConfigs>()
        .op::<invoke_configs::PutFunctionEventInvokeConfig>()
        .op::<invoke_configs::UpdateFunctionEventInvokeConfig>()
        .op::<layers::AddLayerVersionPermission>()
        .op::<layers::DeleteLayerVersion>()
        .op::<layers::GetLayerVersion>()
        .op::<layers::GetLayerVersionByArn>()
        .op::<layers::GetLayerVersionPolicy>()
        .op::<layers::ListLayerVersions>()
        .op::<layers::ListLayers>()
        .op::<layers::PublishLayerVersion>()
        .op::<layers::RemoveLayerVersionPermission>()
        .op::<list_functions::ListFunctions>()
        .op::<management::GetFunctionCodeSigningConfig>()
        .op::<management::GetFunctionRecursionConfig>()
        .op::<management::GetRuntimeManagementConfig>()
        .op::<management::PutFunctionRecursionConfig>()
        .op::<management::PutRuntimeManagementConfig>()
        .op::<mappings::CreateEventSourceMapping>()
        .op::<mappings::DeleteEventSourceMapping>()
        .op::<mappings::GetEventSourceMapping>()
        .op::<mappings::ListEventSourceMappings>()
        .op::<mappings::UpdateEventSourceMapping>()
        .op::<permissions::AddPermission>()
        .op::<permissions::GetPolicy>()
        .op::<permissions::RemovePermission>()
        .op::<tags::ListTags>()
        .op::<tags::TagResource>()
        .op::<tags::UntagResource>()
        .op::<update_function_code::UpdateFunctionCode>()
        .op::<update_function_configuration::UpdateFunctionConfiguration>()
        .op::<urls::CreateFunctionUrlConfig>()
        .op::<urls::DeleteFunctionUrlConfig>()
        .op::<urls::GetFunctionUrlConfig>()
        .op::<urls::ListFunctionUrlConfigs>()
        .op::<urls::UpdateFunctionUrlConfig>()
        .op::<versions::ListVersionsByFunction>()
        .op::<versions::PublishVersion>()
}

/// Bytes of a request: code comes in base64; an event somewhat over its bound still gets the service's own refusal.
fn body_bytes_max(operation: &'static wire::Operation) -> u64 {
    match operation.name {
        "CreateFunction" | "UpdateFunctionCode" | "PublishLayerVersion" => 96 << 20,
        "Invoke" | "InvokeAsync" | "InvokeWithResponseStream" => 16 << 20,
        _ => 1 << 20,
    }
}

/// The function a request names, with the qualifier beside it.
fn named(call: &Call, name: &str, qualifier: Option<&str>) -> Result<Named, Fault> {
    Named::read(name, qualifier, call.account(), call.region()).map_err(fault::of)
}

/// The question about a function, asked before its name is known to be well-formed.
fn function_access(
    action: &'static str,
    call: &Call,
    name: Option<&String>,
    qualifier: Option<&String>,
) -> Access {
    let named = name.and_then(|name| Named::parse(name, call.account(), call.region()));
    match named {
        Some(mut named) => {
            named.qualifier = named.qualifier.or_else(|| qualifier.cloned());
            Access::to(action, &named.arn())
        }
        None => Access::any(action, call.caller()),
    }
}

/// The question whether the caller may hand a role to the service, and whether the role trusts it.
async fn pass_role(lambda: &Lambda, call: &Call, role: &str) -> Result<(), Fault> {
    call.allow(Access::pass_role(role, call.account(), crate::engine::invoke::SERVICE)).await?;
    let cannot = || fault::of(Error::invalid(crate::engine::invoke::CANNOT_ASSUME));
    let arn: Arn = role.parse().map_err(|_| cannot())?;
    let trusted = lambda.engine.principals.trusts(&arn, crate::engine::invoke::SERVICE).await;
    match trusted.map_err(|error| fault::of(crate::engine::error::of_port(error)))? {
        true => Ok(()),
        false => Err(cannot()),
    }
}

/// Where a listing goes on: after the name in its marker.
fn after(lambda: &Lambda, purpose: &str, marker: Option<&String>) -> Result<Option<String>, Fault> {
    let Some(marker) = marker.filter(|marker| !marker.is_empty()) else { return Ok(None) };
    let opened = lambda.tokens.open(purpose, marker).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    opened.map(Some).ok_or_else(|| fault::of(Error::invalid("Invalid marker")))
}

/// How many items a page has: what was asked, at most what the service gives.
fn limit(asked: Option<i32>) -> usize {
    /// Items of a page (facts section 4.2).
    const ITEMS_MAX: usize = 50;
    asked.and_then(|asked| usize::try_from(asked).ok()).unwrap_or(ITEMS_MAX).clamp(1, ITEMS_MAX)
}
