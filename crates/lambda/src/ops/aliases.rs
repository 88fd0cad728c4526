//! CreateAlias, UpdateAlias, GetAlias, ListAliases, DeleteAlias.

use std::collections::BTreeMap;

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{Lambda, after, fault, function_access, limit, named};
use crate::engine::aliases::AliasChange;
use crate::engine::names;
use crate::shapes::{
    AliasConfiguration, AliasRoutingConfiguration, CreateAliasRequest, DeleteAliasRequest, GetAliasRequest,
    ListAliasesRequest, ListAliasesResponse, UpdateAliasRequest,
};
use crate::tables::{AliasRow, FunctionKey};

fn routing(given: Option<AliasRoutingConfiguration>) -> Option<Vec<(String, f64)>> {
    given.map(|routing| routing.additional_version_weights.unwrap_or_default().into_iter().collect())
}

fn shown(key: &FunctionKey, name: &str, row: AliasRow) -> AliasConfiguration {
    let routing = row.additional.map(|(version, millionths)| AliasRoutingConfiguration {
        additional_version_weights: Some(BTreeMap::from([(version, f64::from(millionths) / 1_000_000.0)])),
    });
    AliasConfiguration {
        alias_arn: Some(names::qualified(key, Some(name)).to_string()),
        name: Some(name.to_owned()),
        function_version: Some(row.version),
        description: Some(row.description),
        routing_config: routing,
        revision_id: Some(row.revision),
    }
}

/// Makes an alias. <https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html>
pub struct CreateAlias;

impl Operation for CreateAlias {
    type Service = Lambda;
    type Input = CreateAliasRequest;
    type Output = AliasConfiguration;
    const NAME: &'static str = "CreateAlias";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![function_access("lambda:CreateAlias", call, input.function_name.as_ref(), None)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = named(call, &input.function_name.need(), None)?.key;
        let name = input.name.need();
        let wanted = AliasChange {
            version: input.function_version,
            description: input.description,
            additional: routing(input.routing_config),
        };
        let made = lambda.engine.create_alias(&key, &name, &wanted).await.map_err(fault::of)?;
        Ok(shown(&key, &name, made))
    }
}

/// Changes an alias. <https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html>
pub struct UpdateAlias;

impl Operation for UpdateAlias {
    type Service = Lambda;
    type Input = UpdateAliasRequest;
    type Output = AliasConfiguration;
    const NAME: &'static str = "UpdateAlias";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![function_access(
            "lambda:UpdateAlias",
            call,
            input.function_name.as_ref(),
            input.name.as_ref(),
        )])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = named(call, &input.function_name.need(), None)?.key;
        let name = input.name.need();
        let wanted = AliasChange {
            version: input.function_version,
            description: input.description,
            additional: routing(input.routing_config),
        };
        let revision = input.revision_id.as_deref();
        let changed = lambda.engine.update_alias(&key, &name, &wanted, revision).await.map_err(fault::of)?;
        Ok(shown(&key, &name, changed))
    }
}

/// Shows an alias. <https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html>
pub struct GetAlias;

impl Operation for GetAlias {
    type Service = Lambda;
    type Input = GetAliasRequest;
    type Output = AliasConfiguration;
    const NAME: &'static str = "GetAlias";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![function_access("lambda:GetAlias", call, input.function_name.as_ref(), input.name.as_ref())])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = named(call, &input.function_name.need(), None)?.key;
        let name = input.name.need();
        let found = lambda.engine.alias(&key, &name).await.map_err(fault::of)?;
        Ok(shown(&key, &name, found.value))
    }
}

/// Lists aliases in alphabetical order. <https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html>
pub struct ListAliases;

impl Operation for ListAliases {
    type Service = Lambda;
    type Input = ListAliasesRequest;
    type Output = ListAliasesResponse;
    const NAME: &'static str = "ListAliases";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![function_access("lambda:ListAliases", call, input.function_name.as_ref(), None)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = named(call, &input.function_name.need(), None)?.key;
        let purpose = format!("ListAliases {}", names::arn(&key));
        let after = after(lambda, &purpose, input.marker.as_ref())?;
        let of_version = input.function_version.as_deref();
        let page = lambda.engine.aliases(&key, of_version, after.as_deref(), limit(input.max_items)).await;
        let (rows, more) = page.map_err(fault::of)?;
        let next_marker =
            rows.last().filter(|_| more).map(|(name, _)| lambda.tokens.seal(&purpose, name.as_bytes()));
        let aliases = rows.into_iter().map(|(name, row)| shown(&key, &name, row)).collect();
        Ok(ListAliasesResponse { next_marker, aliases: Some(aliases) })
    }
}

/// Removes an alias. <https://docs.aws.amazon.com/lambda/latest/api/API_DeleteAlias.html>
pub struct DeleteAlias;

impl Operation for DeleteAlias {
    type Service = Lambda;
    type Input = DeleteAliasRequest;
    type Output = ();
    const NAME: &'static str = "DeleteAlias";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![function_access(
            "lambda:DeleteAlias",
            call,
            input.function_name.as_ref(),
            input.name.as_ref(),
        )])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = named(call, &input.function_name.need(), None)?.key;
        lambda.engine.delete_alias(&key, &input.name.need()).await.map_err(fault::of)
    }
}
