//! Functions as answers show them.

use base::Timestamp;
use wire::time::{Precision, iso};

use crate::engine::functions::{State, Version};
use crate::engine::names::{self, LATEST};
use crate::shapes::{
    DeadLetterConfig, EnvironmentResponse, EphemeralStorage, FunctionConfiguration, Layer, LoggingConfig,
    RuntimeVersionConfig, SnapStartResponse, TracingConfigResponse, VpcConfig, VpcConfigResponse,
};
use crate::tables::Configuration;

const CREATING: &str = "The function is being created.";

/// A version, as GetFunctionConfiguration shows it.
pub(super) fn configuration(version: &Version, now: Timestamp) -> FunctionConfiguration {
    let mut shown = listed(version, now);
    let state =
        if version.version == LATEST { version.row.state(now) } else { State::Active { updating: false } };
    match state {
        State::Pending => {
            shown.state = Some("Pending".to_owned());
            shown.state_reason = Some(CREATING.to_owned());
            shown.state_reason_code = Some("Creating".to_owned());
        }
        State::Active { updating } => {
            shown.state = Some("Active".to_owned());
            shown.last_update_status = Some(if updating { "InProgress" } else { "Successful" }.to_owned());
            if updating {
                shown.last_update_status_reason = Some(CREATING.to_owned());
                shown.last_update_status_reason_code = Some("Creating".to_owned());
            }
        }
    }
    let runtime = &version.configuration.runtime;
    let digest = crypt::sha256_hex(runtime.as_bytes());
    shown.runtime_version_config = Some(RuntimeVersionConfig {
        runtime_version_arn: Some(format!("arn:aws:lambda:{}::runtime:{digest}", version.key.region)),
        error: None,
    });
    shown
}

/// A version, as listings show it: without its state.
pub(super) fn listed(version: &Version, now: Timestamp) -> FunctionConfiguration {
    let made_of = &version.configuration;
    let shown_by = version.qualifier.as_deref();
    let is_latest = version.version == LATEST;
    let revision = if is_latest { version.row.revision(now) } else { &made_of.revision };
    FunctionConfiguration {
        function_name: Some(version.key.name.clone()),
        function_arn: Some(names::qualified(&version.key, shown_by).to_string()),
        runtime: Some(made_of.runtime.clone()),
        role: Some(made_of.role.clone()),
        handler: made_of.handler.clone(),
        code_size: i64::try_from(made_of.code.bytes).ok(),
        description: Some(made_of.description.clone()),
        timeout: i32::try_from(made_of.timeout_secs).ok(),
        memory_size: i32::try_from(made_of.memory_mb).ok(),
        last_modified: Some(modified(made_of.modified_micros)),
        code_sha256: Some(made_of.code.sha256.clone()),
        version: Some(version.version.clone()),
        revision_id: Some(revision.to_owned()),
        package_type: Some("Zip".to_owned()),
        architectures: Some(made_of.architectures.clone()),
        ..settings(made_of, &version.key.name)
    }
}

fn settings(made_of: &Configuration, name: &str) -> FunctionConfiguration {
    FunctionConfiguration {
        vpc_config: made_of.vpc.as_deref().map(vpc),
        dead_letter_config: made_of
            .dead_letter
            .clone()
            .map(|target| DeadLetterConfig { target_arn: Some(target) }),
        environment: made_of
            .environment
            .clone()
            .map(|variables| EnvironmentResponse { variables: Some(variables), error: None }),
        kms_key_arn: made_of.kms_key.clone(),
        tracing_config: Some(TracingConfigResponse { mode: Some(made_of.tracing.clone()) }),
        layers: (!made_of.layers.is_empty()).then(|| {
            let layers = made_of.layers.iter().map(|layer| Layer {
                arn: Some(layer.arn.clone()),
                code_size: i64::try_from(layer.code.bytes).ok(),
                ..Layer::default()
            });
            layers.collect()
        }),
        ephemeral_storage: Some(EphemeralStorage { size: i32::try_from(made_of.tmp_mb).ok() }),
        snap_start: Some(SnapStartResponse {
            apply_on: Some(made_of.snap_start.clone()),
            optimization_status: Some("Off".to_owned()),
        }),
        logging_config: Some(LoggingConfig {
            log_format: Some(made_of.logging.format.clone().unwrap_or_else(|| "Text".to_owned())),
            application_log_level: made_of.logging.application_level.clone(),
            system_log_level: made_of.logging.system_level.clone(),
            log_group: Some(made_of.logging.group.clone().unwrap_or_else(|| format!("/aws/lambda/{name}"))),
        }),
        ..FunctionConfiguration::default()
    }
}

fn vpc(kept: &[u8]) -> VpcConfigResponse {
    let given: VpcConfig = wire::kept(kept).unwrap_or_default();
    VpcConfigResponse {
        subnet_ids: Some(given.subnet_ids.unwrap_or_default()),
        security_group_ids: Some(given.security_group_ids.unwrap_or_default()),
        vpc_id: Some(String::new()),
        ipv6_allowed_for_dual_stack: Some(given.ipv6_allowed_for_dual_stack.unwrap_or(false)),
    }
}

/// `2024-05-01T12:00:00.000+0000`.
pub(super) fn modified(micros: i64) -> String {
    iso(Timestamp::from_micros(micros), Precision::Millis).replace('Z', "+0000")
}
