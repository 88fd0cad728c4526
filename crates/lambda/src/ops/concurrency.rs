//! Reserved and provisioned concurrency, and the account's settings.

use base::Timestamp;
use service::{Access, Call, Fault, Operation};
use wire::Need;
use wire::time::{Precision, iso};

use super::{Lambda, fault, function_access, named};
use crate::engine::code::{UNZIPPED_BYTES_MAX, ZIPPED_BYTES_MAX};
use crate::engine::error::{Error, Why};
use crate::engine::names;
use crate::engine::settings::ACCOUNT_CONCURRENCY;
use crate::shapes::{
    AccountLimit, AccountUsage, Concurrency, DeleteFunctionConcurrencyRequest,
    DeleteProvisionedConcurrencyConfigRequest, GetAccountSettingsRequest, GetAccountSettingsResponse,
    GetFunctionConcurrencyRequest, GetFunctionConcurrencyResponse, GetProvisionedConcurrencyConfigRequest,
    GetProvisionedConcurrencyConfigResponse, ListProvisionedConcurrencyConfigsRequest,
    ListProvisionedConcurrencyConfigsResponse, ProvisionedConcurrencyConfigListItem,
    PutFunctionConcurrencyRequest, PutProvisionedConcurrencyConfigRequest,
    PutProvisionedConcurrencyConfigResponse,
};

/// Bytes of code of an account (facts section 4.2).
const CODE_BYTES_MAX: i64 = 80_530_636_800;

/// Reserves concurrency. <https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html>
pub struct PutFunctionConcurrency;

impl Operation for PutFunctionConcurrency {
    type Service = Lambda;
    type Input = PutFunctionConcurrencyRequest;
    type Output = Concurrency;
    const NAME: &'static str = "PutFunctionConcurrency";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![function_access("lambda:PutFunctionConcurrency", call, input.function_name.as_ref(), None)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = named(call, &input.function_name.need(), None)?.key;
        let reserved = input.reserved_concurrent_executions.need();
        lambda.engine.function(&key).await.map_err(fault::of)?;
        let count = u32::try_from(reserved).unwrap_or(0);
        lambda.engine.reserve(&key, count).await.map_err(fault::of)?;
        Ok(Concurrency { reserved_concurrent_executions: Some(reserved) })
    }
}

/// Shows it. <https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html>
pub struct GetFunctionConcurrency;

impl Operation for GetFunctionConcurrency {
    type Service = Lambda;
    type Input = GetFunctionConcurrencyRequest;
    type Output = GetFunctionConcurrencyResponse;
    const NAME: &'static str = "GetFunctionConcurrency";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![function_access("lambda:GetFunctionConcurrency", call, input.function_name.as_ref(), None)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = named(call, &input.function_name.need(), None)?.key;
        let row = lambda.engine.function(&key).await.map_err(fault::of)?.value;
        let reserved_concurrent_executions = row.reserved.and_then(|reserved| i32::try_from(reserved).ok());
        Ok(GetFunctionConcurrencyResponse { reserved_concurrent_executions })
    }
}

/// Takes it away. <https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionConcurrency.html>
pub struct DeleteFunctionConcurrency;

impl Operation for DeleteFunctionConcurrency {
    type Service = Lambda;
    type Input = DeleteFunctionConcurrencyRequest;
    type Output = ();
    const NAME: &'static str = "DeleteFunctionConcurrency";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![function_access(
            "lambda:DeleteFunctionConcurrency",
            call,
            input.function_name.as_ref(),
            None,
        )])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = named(call, &input.function_name.need(), None)?.key;
        let changed = lambda.engine.change_row(&key, |row| {
            row.reserved = None;
            Ok(())
        });
        changed.await.map_err(fault::of)
    }
}

fn modified(micros: i64) -> String {
    iso(Timestamp::from_micros(micros), Precision::Seconds).replace('Z', "+0000")
}

/// Asks for provisioned concurrency.
/// <https://docs.aws.amazon.com/lambda/latest/api/API_PutProvisionedConcurrencyConfig.html>
/// Differs: it is kept and shown as READY; environments are warm once they have been used.
pub struct PutProvisionedConcurrencyConfig;

impl Operation for PutProvisionedConcurrencyConfig {
    type Service = Lambda;
    type Input = PutProvisionedConcurrencyConfigRequest;
    type Output = PutProvisionedConcurrencyConfigResponse;
    const NAME: &'static str = "PutProvisionedConcurrencyConfig";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let (name, qualifier) = (input.function_name.as_ref(), input.qualifier.as_ref());
        Ok(vec![function_access("lambda:PutProvisionedConcurrencyConfig", call, name, qualifier)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = named(call, &input.function_name.need(), input.qualifier.as_deref())?;
        let requested = input.provisioned_concurrent_executions.need();
        let count = u32::try_from(requested).unwrap_or(0);
        let row = lambda.engine.provision(&named, count).await.map_err(fault::of)?;
        Ok(PutProvisionedConcurrencyConfigResponse {
            requested_provisioned_concurrent_executions: Some(requested),
            allocated_provisioned_concurrent_executions: Some(0),
            available_provisioned_concurrent_executions: Some(0),
            status: Some("IN_PROGRESS".to_owned()),
            status_reason: None,
            last_modified: Some(modified(row.modified_micros)),
        })
    }
}

/// Shows it. <https://docs.aws.amazon.com/lambda/latest/api/API_GetProvisionedConcurrencyConfig.html>
pub struct GetProvisionedConcurrencyConfig;

impl Operation for GetProvisionedConcurrencyConfig {
    type Service = Lambda;
    type Input = GetProvisionedConcurrencyConfigRequest;
    type Output = GetProvisionedConcurrencyConfigResponse;
    const NAME: &'static str = "GetProvisionedConcurrencyConfig";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let (name, qualifier) = (input.function_name.as_ref(), input.qualifier.as_ref());
        Ok(vec![function_access("lambda:GetProvisionedConcurrencyConfig", call, name, qualifier)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = named(call, &input.function_name.need(), input.qualifier.as_deref())?;
        let row = lambda.engine.provisioned(&named).await.map_err(fault::of)?;
        let requested = i32::try_from(row.requested).ok();
        Ok(GetProvisionedConcurrencyConfigResponse {
            requested_provisioned_concurrent_executions: requested,
            available_provisioned_concurrent_executions: requested,
            allocated_provisioned_concurrent_executions: requested,
            status: Some("READY".to_owned()),
            status_reason: None,
            last_modified: Some(modified(row.modified_micros)),
        })
    }
}

/// Takes it away. <https://docs.aws.amazon.com/lambda/latest/api/API_DeleteProvisionedConcurrencyConfig.html>
pub struct DeleteProvisionedConcurrencyConfig;

impl Operation for DeleteProvisionedConcurrencyConfig {
    type Service = Lambda;
    type Input = DeleteProvisionedConcurrencyConfigRequest;
    type Output = ();
    const NAME: &'static str = "DeleteProvisionedConcurrencyConfig";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let (name, qualifier) = (input.function_name.as_ref(), input.qualifier.as_ref());
        Ok(vec![function_access("lambda:DeleteProvisionedConcurrencyConfig", call, name, qualifier)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = named(call, &input.function_name.need(), input.qualifier.as_deref())?;
        lambda.engine.unprovision(&named).await.map_err(fault::of)
    }
}

/// Lists it. <https://docs.aws.amazon.com/lambda/latest/api/API_ListProvisionedConcurrencyConfigs.html>
pub struct ListProvisionedConcurrencyConfigs;

impl Operation for ListProvisionedConcurrencyConfigs {
    type Service = Lambda;
    type Input = ListProvisionedConcurrencyConfigsRequest;
    type Output = ListProvisionedConcurrencyConfigsResponse;
    const NAME: &'static str = "ListProvisionedConcurrencyConfigs";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let name = input.function_name.as_ref();
        Ok(vec![function_access("lambda:ListProvisionedConcurrencyConfigs", call, name, None)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = named(call, &input.function_name.need(), None)?.key;
        let all = lambda.engine.all_provisioned(&key).await.map_err(fault::of)?;
        let shown = all.into_iter().map(|(qualifier, row)| {
            let requested = i32::try_from(row.requested).ok();
            ProvisionedConcurrencyConfigListItem {
                function_arn: Some(names::qualified(&key, Some(&qualifier)).to_string()),
                requested_provisioned_concurrent_executions: requested,
                available_provisioned_concurrent_executions: requested,
                allocated_provisioned_concurrent_executions: requested,
                status: Some("READY".to_owned()),
                status_reason: None,
                last_modified: Some(modified(row.modified_micros)),
            }
        });
        Ok(ListProvisionedConcurrencyConfigsResponse {
            provisioned_concurrency_configs: Some(shown.collect()),
            next_marker: None,
        })
    }
}

/// Shows limits and use of the account. <https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html>
pub struct GetAccountSettings;

impl Operation for GetAccountSettings {
    type Service = Lambda;
    type Input = GetAccountSettingsRequest;
    type Output = GetAccountSettingsResponse;
    const NAME: &'static str = "GetAccountSettings";

    async fn access(_: &Lambda, call: &Call, _: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![Access::any("lambda:GetAccountSettings", call.caller())])
    }

    async fn run(lambda: &Lambda, call: &Call, _: Self::Input) -> Result<Self::Output, Fault> {
        let all = lambda.engine.list(call.account(), call.region(), None, store::Bounds::ENTRIES).await;
        let (rows, _) = all.map_err(fault::of)?;
        let reserved: u32 = rows.iter().filter_map(|(_, row)| row.reserved).sum();
        let bytes: u64 = rows.iter().map(|(_, row)| row.latest.code.bytes).sum();
        let whole = |number: u64| i64::try_from(number).ok();
        let too_many = || fault::of(Error::new(Why::Unavailable, "more concurrency than there is"));
        let unreserved = ACCOUNT_CONCURRENCY.checked_sub(reserved).ok_or_else(too_many)?;
        Ok(GetAccountSettingsResponse {
            account_limit: Some(AccountLimit {
                total_code_size: Some(CODE_BYTES_MAX),
                code_size_unzipped: whole(UNZIPPED_BYTES_MAX),
                code_size_zipped: whole(ZIPPED_BYTES_MAX),
                concurrent_executions: i32::try_from(ACCOUNT_CONCURRENCY).ok(),
                unreserved_concurrent_executions: i32::try_from(unreserved).ok(),
            }),
            account_usage: Some(AccountUsage {
                total_code_size: whole(bytes),
                function_count: i64::try_from(rows.len()).ok(),
            }),
        })
    }
}
