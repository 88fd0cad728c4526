//! What requests say a function is to be made of.

use std::collections::BTreeMap;

use bytes::Bytes;
use service::Fault;

use super::fault;
use crate::engine::code::Source;
use crate::engine::error::{Error, Result};
use crate::shapes::{
    CreateFunctionRequest, DeadLetterConfig, Environment, EphemeralStorage, FunctionCode, LoggingConfig,
    SnapStart, TracingConfig, UpdateFunctionCodeRequest, UpdateFunctionConfigurationRequest, VpcConfig,
};
use crate::tables::{Configuration, LayerUse, Logging};

/// Seconds of a function's time (facts section 4.1): the model's own maximum is for managed instances.
const TIMEOUT_SECS_MAX: i32 = 900;
/// Megabytes of memory, and of `/tmp`.
const MEMORY_MB_MAX: i32 = 10_240;
const TMP_MB_MAX: i32 = 10_240;

/// Members that configure a function, each absent if it was not given.
#[derive(Default)]
pub(super) struct Given {
    pub role: Option<String>,
    pub handler: Option<String>,
    pub description: Option<String>,
    pub timeout: Option<i32>,
    pub memory_size: Option<i32>,
    pub vpc_config: Option<VpcConfig>,
    pub environment: Option<Environment>,
    pub runtime: Option<String>,
    pub dead_letter_config: Option<DeadLetterConfig>,
    pub kms_key_arn: Option<String>,
    pub tracing_config: Option<TracingConfig>,
    pub ephemeral_storage: Option<EphemeralStorage>,
    pub snap_start: Option<SnapStart>,
    pub logging_config: Option<LoggingConfig>,
    pub layers: Option<Vec<String>>,
}

macro_rules! take {
    ($input:ident) => {
        Given {
            role: $input.role.take(),
            handler: $input.handler.take(),
            description: $input.description.take(),
            timeout: $input.timeout,
            memory_size: $input.memory_size,
            vpc_config: $input.vpc_config.take(),
            environment: $input.environment.take(),
            runtime: $input.runtime.take(),
            dead_letter_config: $input.dead_letter_config.take(),
            kms_key_arn: $input.kms_key_arn.take(),
            tracing_config: $input.tracing_config.take(),
            ephemeral_storage: $input.ephemeral_storage.take(),
            snap_start: $input.snap_start.take(),
            logging_config: $input.logging_config.take(),
            layers: $input.layers.take(),
        }
    };
}

/// What CreateFunction says.
pub(super) fn created(input: &mut CreateFunctionRequest) -> Result<Given> {
    let others = [
        ("FileSystemConfigs", input.file_system_configs.as_ref().is_some_and(|all| !all.is_empty())),
        ("ImageConfig", input.image_config.is_some()),
        ("TenancyConfig", input.tenancy_config.is_some()),
        ("CapacityProviderConfig", input.capacity_provider_config.is_some()),
        ("DurableConfig", input.durable_config.is_some()),
        ("AcceleratorConfig", input.accelerator_config.is_some()),
        ("PublishTo", input.publish_to.is_some()),
        ("PackageType Image", input.package_type.as_deref() == Some("Image")),
        ("SnapStart PublishedVersions", snaps(input.snap_start.as_ref())),
    ];
    refuse(&others)?;
    Ok(take!(input))
}

/// What UpdateFunctionConfiguration says.
pub(super) fn updated(input: &mut UpdateFunctionConfigurationRequest) -> Result<Given> {
    let others = [
        ("FileSystemConfigs", input.file_system_configs.as_ref().is_some_and(|all| !all.is_empty())),
        ("ImageConfig", input.image_config.is_some()),
        ("CapacityProviderConfig", input.capacity_provider_config.is_some()),
        ("DurableConfig", input.durable_config.is_some()),
        ("AcceleratorConfig", input.accelerator_config.is_some()),
        ("SnapStart PublishedVersions", snaps(input.snap_start.as_ref())),
    ];
    refuse(&others)?;
    Ok(take!(input))
}

/// Whether snapshots are asked for: nothing is ever restored from one here.
fn snaps(given: Option<&SnapStart>) -> bool {
    given.and_then(|snap| snap.apply_on.as_deref()) == Some("PublishedVersions")
}

fn refuse(others: &[(&str, bool)]) -> Result<()> {
    match others.iter().find(|(_, given)| *given) {
        Some((name, _)) => Err(fault::not_available(name)),
        None => Ok(()),
    }
}

/// A configuration before anything was given.
pub(super) fn defaults(architectures: Option<Vec<String>>) -> Configuration {
    Configuration {
        timeout_secs: 3,
        memory_mb: 128,
        tmp_mb: 512,
        architectures: architectures.unwrap_or_else(|| vec!["x86_64".to_owned()]),
        tracing: "PassThrough".to_owned(),
        snap_start: "None".to_owned(),
        ..Configuration::default()
    }
}

impl Given {
    /// Refuses what no constraint of the model tells.
    pub fn check(&self) -> Result<()> {
        at_most("timeout", self.timeout, TIMEOUT_SECS_MAX)?;
        at_most("memorySize", self.memory_size, MEMORY_MB_MAX)?;
        let tmp = self.ephemeral_storage.as_ref().and_then(|tmp| tmp.size);
        at_most("ephemeralStorage.size", tmp, TMP_MB_MAX)?;
        if let Some(runtime) = &self.runtime {
            check_runtime(runtime)?;
        }
        Ok(())
    }

    /// Lays what was given over a configuration. Members that hold others replace them whole.
    pub fn apply(&self, configuration: &mut Configuration, layers: Option<&Vec<LayerUse>>) {
        let Self { role, handler, description, runtime, .. } = self;
        let set = |to: &mut String, from: &Option<String>| {
            if let Some(from) = from {
                to.clone_from(from);
            }
        };
        set(&mut configuration.role, role);
        set(&mut configuration.description, description);
        set(&mut configuration.runtime, runtime);
        if handler.is_some() {
            configuration.handler.clone_from(handler);
        }
        let number = |given: Option<i32>| given.and_then(|given| u32::try_from(given).ok());
        configuration.timeout_secs = number(self.timeout).unwrap_or(configuration.timeout_secs);
        configuration.memory_mb = number(self.memory_size).unwrap_or(configuration.memory_mb);
        let tmp = self.ephemeral_storage.as_ref().and_then(|tmp| tmp.size);
        configuration.tmp_mb = number(tmp).unwrap_or(configuration.tmp_mb);
        if let Some(environment) = &self.environment {
            configuration.environment = Some(environment.variables.clone().unwrap_or_default())
                .filter(|all: &BTreeMap<_, _>| !all.is_empty());
        }
        if let Some(vpc) = &self.vpc_config {
            configuration.vpc = Some(wire::keep(vpc));
        }
        if let Some(dead_letter) = &self.dead_letter_config {
            configuration.dead_letter = dead_letter.target_arn.clone().filter(|arn| !arn.is_empty());
        }
        if let Some(key) = &self.kms_key_arn {
            configuration.kms_key = Some(key.clone()).filter(|key| !key.is_empty());
        }
        set(
            &mut configuration.tracing,
            &self.tracing_config.as_ref().and_then(|tracing| tracing.mode.clone()),
        );
        set(&mut configuration.snap_start, &self.snap_start.as_ref().and_then(|snap| snap.apply_on.clone()));
        if let Some(logging) = &self.logging_config {
            configuration.logging = Logging {
                format: logging.log_format.clone(),
                application_level: logging.application_log_level.clone(),
                system_level: logging.system_log_level.clone(),
                group: logging.log_group.clone(),
            };
        }
        if let Some(layers) = layers {
            configuration.layers.clone_from(layers);
        }
    }
}

fn at_most(name: &str, given: Option<i32>, max: i32) -> Result<()> {
    match given {
        Some(value) if value > max => Err(Error::new(
            crate::engine::error::Why::Violation,
            format!(
                "1 validation error detected: Value '{value}' at '{name}' failed to satisfy constraint: Member must have value less than or \
                 equal to {max}"
            ),
        )),
        Some(_) | None => Ok(()),
    }
}

/// Runtimes that are of the past (facts section 4.2).
fn check_runtime(runtime: &str) -> Result<()> {
    const PAST: &[&str] = &[
        "nodejs",
        "nodejs4.3",
        "nodejs4.3-edge",
        "nodejs6.10",
        "nodejs8.10",
        "nodejs10.x",
        "nodejs12.x",
        "nodejs14.x",
        "python2.7",
        "python3.6",
        "python3.7",
        "java8",
        "go1.x",
        "provided",
        "ruby2.5",
        "ruby2.7",
        "dotnetcore1.0",
        "dotnetcore2.0",
        "dotnetcore2.1",
        "dotnetcore3.1",
    ];
    if PAST.contains(&runtime) {
        return Err(Error::invalid(format!(
            "The runtime parameter of {runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use \
             a supported runtime while creating or updating functions."
        )));
    }
    Ok(())
}

/// Where CreateFunction's code comes from.
pub(super) fn code(code: FunctionCode) -> std::result::Result<Source, Fault> {
    if code.image_uri.is_some() {
        return Err(fault::of(fault::not_available("ImageUri")));
    }
    source(code.zip_file, code.s3_bucket, code.s3_key, code.s3_object_version)
}

/// Where UpdateFunctionCode's code comes from.
pub(super) fn new_code(input: &mut UpdateFunctionCodeRequest) -> std::result::Result<Source, Fault> {
    if input.image_uri.is_some() {
        return Err(fault::of(fault::not_available("ImageUri")));
    }
    source(input.zip_file.take(), input.s3_bucket.take(), input.s3_key.take(), input.s3_object_version.take())
}

/// Where code or content comes from.
pub(super) fn source(
    zip: Option<Bytes>,
    bucket: Option<String>,
    key: Option<String>,
    version: Option<String>,
) -> std::result::Result<Source, Fault> {
    match (zip, bucket, key) {
        (Some(zip), None, None) => Ok(Source::Inline(zip)),
        (None, Some(bucket), Some(key)) => Ok(Source::Object { bucket, key, version }),
        (Some(_), _, _) => Err(fault::of(Error::invalid(
            "Please do not provide other FunctionCode parameters when providing a ZipFile.",
        ))),
        (None, _, _) => Err(fault::of(Error::invalid("Please provide a source for function code."))),
    }
}
