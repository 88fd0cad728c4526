//! S3 destinations between the wire and the engine: what is given at creation or update, and what is shown.
//!
//! Four shapes say the same with small differences. All become [`Given`], in which absent is absent; creation fills in defaults, an update
//! keeps what stands. `ProcessingConfiguration` is replaced as a whole (Firehose facts section 5).

use wire::Need;

use super::fault::not_available;
use crate::engine::buffering::Hints;
use crate::engine::compression::Compression;
use crate::engine::error::Invalid;
use crate::shapes as wire_shapes;
use crate::tables::{Destination, Logging, Processing, Processor, S3Destination};

/// The service's words when there is none, or more than one.
pub(super) const EXACTLY_ONE: &str = "Exactly one destination configuration is supported for a Firehose";

/// Processors of a configuration.
const PROCESSORS_MAX: usize = 5;
/// The least size hint of conversion and of dynamic partitioning.
const LARGE_BUFFER_MB: i32 = 64;
/// The least interval hint of dynamic partitioning.
const PARTITIONING_SECS: i32 = 60;
/// The one processor that is built.
const APPEND_DELIMITER: &str = "AppendDelimiterToRecord";

/// What a request says of an S3 destination.
#[derive(Default)]
pub(super) struct Given {
    role_arn: Option<String>,
    bucket_arn: Option<String>,
    prefix: Option<String>,
    error_output_prefix: Option<String>,
    hints: Option<wire_shapes::BufferingHints>,
    compression: Option<String>,
    encryption: Option<wire_shapes::EncryptionConfiguration>,
    logging: Option<wire_shapes::CloudWatchLoggingOptions>,
    processing: Option<wire_shapes::ProcessingConfiguration>,
    backup_mode: Option<String>,
    backs_up: bool,
    conversion: Option<wire_shapes::DataFormatConversionConfiguration>,
    partitioning: Option<wire_shapes::DynamicPartitioningConfiguration>,
    file_extension: Option<String>,
    time_zone: Option<String>,
}

macro_rules! given_from {
    (plain $shape:ident) => {
        impl From<wire_shapes::$shape> for Given {
            fn from(shape: wire_shapes::$shape) -> Self {
                Self {
                    role_arn: shape.role_arn,
                    bucket_arn: shape.bucket_arn,
                    prefix: shape.prefix,
                    error_output_prefix: shape.error_output_prefix,
                    hints: shape.buffering_hints,
                    compression: shape.compression_format,
                    encryption: shape.encryption_configuration,
                    logging: shape.cloud_watch_logging_options,
                    ..Self::default()
                }
            }
        }
    };
    (extended $shape:ident, $backup:ident) => {
        impl From<wire_shapes::$shape> for Given {
            fn from(shape: wire_shapes::$shape) -> Self {
                Self {
                    role_arn: shape.role_arn,
                    bucket_arn: shape.bucket_arn,
                    prefix: shape.prefix,
                    error_output_prefix: shape.error_output_prefix,
                    hints: shape.buffering_hints,
                    compression: shape.compression_format,
                    encryption: shape.encryption_configuration,
                    logging: shape.cloud_watch_logging_options,
                    processing: shape.processing_configuration,
                    backup_mode: shape.s3_backup_mode,
                    backs_up: shape.$backup.is_some(),
                    conversion: shape.data_format_conversion_configuration,
                    partitioning: shape.dynamic_partitioning_configuration,
                    file_extension: shape.file_extension,
                    time_zone: shape.custom_time_zone,
                }
            }
        }
    };
}

given_from!(plain S3DestinationConfiguration);
given_from!(plain S3DestinationUpdate);
given_from!(extended ExtendedS3DestinationConfiguration, s3_backup_configuration);
given_from!(extended ExtendedS3DestinationUpdate, s3_backup_update);

/// A new destination.
pub(super) fn create(given: &Given) -> Result<Destination, Invalid> {
    let blank = S3Destination {
        role_arn: String::new(),
        bucket_arn: String::new(),
        prefix: None,
        error_output_prefix: None,
        buffer_mb: Hints::S3_DEFAULT_MB,
        buffer_secs: Hints::S3_DEFAULT_SECS,
        compression: Compression::None,
        logging: None,
        processing: None,
        backup_mode: None,
        file_extension: None,
        time_zone: None,
        conversion_enabled: None,
        partitioning_enabled: None,
        kms_key: None,
    };
    apply(&blank, given).map(Destination::S3)
}

/// What an update makes of a destination.
pub(super) fn update(current: &Destination, given: &Given) -> Result<Destination, Invalid> {
    let Destination::S3(current) = current;
    apply(current, given).map(Destination::S3)
}

fn apply(current: &S3Destination, given: &Given) -> Result<S3Destination, Invalid> {
    refuse_what_is_not_built(current, given)?;
    let mut next = current.clone();
    let replace = |place: &mut Option<String>, with: &Option<String>| {
        if with.is_some() {
            place.clone_from(with);
        }
    };
    replace(&mut next.prefix, &given.prefix);
    replace(&mut next.error_output_prefix, &given.error_output_prefix);
    replace(&mut next.backup_mode, &given.backup_mode);
    replace(&mut next.file_extension, &given.file_extension);
    replace(&mut next.time_zone, &given.time_zone);
    if let Some(role) = &given.role_arn {
        let _: base::Arn = role.parse().map_err(|_| Invalid(format!("{role} is not a valid ARN")))?;
        next.role_arn.clone_from(role);
    }
    if let Some(bucket) = &given.bucket_arn {
        next.bucket_arn.clone_from(bucket);
    }
    if let Some(hints) = &given.hints {
        (next.buffer_mb, next.buffer_secs) = both_hints(hints)?;
    }
    if let Some(name) = &given.compression {
        next.compression = Compression::of_name(name)
            .ok_or_else(|| Invalid(format!("CompressionFormat {name} is not supported")))?;
    }
    if let Some(logging) = &given.logging {
        next.logging = Some(Logging {
            enabled: logging.enabled,
            group: logging.log_group_name.clone(),
            stream: logging.log_stream_name.clone(),
        });
    }
    if let Some(encryption) = &given.encryption {
        let kms = encryption.kms_encryption_config.as_ref();
        next.kms_key = kms.and_then(|kms| kms.aws_kms_key_arn.clone());
    }
    if let Some(processing) = &given.processing {
        next.processing = Some(self::processing(processing)?);
    }
    if given.conversion.is_some() {
        next.conversion_enabled = Some(false);
    }
    if given.partitioning.is_some() {
        next.partitioning_enabled = Some(false);
    }
    Ok(next)
}

fn both_hints(hints: &wire_shapes::BufferingHints) -> Result<(u32, u32), Invalid> {
    match (hints.size_in_mbs, hints.interval_in_seconds) {
        (Some(size), Some(interval)) => Ok((size.unsigned_abs(), interval.unsigned_abs())),
        (None, None) => Ok((Hints::S3_DEFAULT_MB, Hints::S3_DEFAULT_SECS)),
        (Some(_), None) | (None, Some(_)) => Err(Invalid::new(
            "Both SizeInMBs and IntervalInSeconds are required to configure buffering hints.",
        )),
    }
}

/// The service's own refusals come first where they are known.
fn refuse_what_is_not_built(current: &S3Destination, given: &Given) -> Result<(), Invalid> {
    if given.backup_mode.as_deref() == Some("Enabled") || given.backs_up {
        return Err(not_available("S3BackupMode Enabled"));
    }
    let size = given.hints.as_ref().and_then(|hints| hints.size_in_mbs);
    let interval = given.hints.as_ref().and_then(|hints| hints.interval_in_seconds);
    // Conversion is on unless it says otherwise, partitioning is off.
    if let Some(conversion) = &given.conversion
        && conversion.enabled != Some(false)
    {
        let compression = given.compression.as_deref().unwrap_or(current.compression.name());
        if compression != Compression::None.name() {
            return Err(Invalid::new(
                "The S3 destination's compression format must be set to UNCOMPRESSED when data format conversion is enabled",
            ));
        }
        if size.is_some_and(|size| size < LARGE_BUFFER_MB) {
            return Err(Invalid::new(
                "BufferingHints.SizeInMBs must be at least 64 when data format conversion is enabled.",
            ));
        }
        return Err(not_available("DataFormatConversionConfiguration"));
    }
    if given.partitioning.as_ref().is_some_and(|partitioning| partitioning.enabled == Some(true)) {
        if size.is_some_and(|size| size < LARGE_BUFFER_MB) {
            return Err(Invalid::new(
                "BufferingHints.SizeInMBs must be at least 64 when Dynamic Partitioning is enabled.",
            ));
        }
        if interval.is_some_and(|interval| interval < PARTITIONING_SECS) {
            return Err(Invalid::new(
                "BufferingHints.IntervalInSeconds must be at least 60 seconds when Dynamic Partitioning is enabled.",
            ));
        }
        return Err(not_available("DynamicPartitioningConfiguration"));
    }
    Ok(())
}

fn processing(given: &wire_shapes::ProcessingConfiguration) -> Result<Processing, Invalid> {
    let processors = given.processors.as_ref().map(|processors| processors.iter().map(processor).collect());
    let processing = Processing { enabled: given.enabled, processors };
    let steps: &[Processor] = processing.processors.as_deref().unwrap_or_default();
    if processing.enabled == Some(true) {
        if !(1..=PROCESSORS_MAX).contains(&steps.len()) {
            return Err(Invalid::new(
                "A maximum of 5 and a minimum of 1 processor is allowed in a processing configuration.",
            ));
        }
        if steps.iter().filter(|step| step.kind == "Lambda").count() > 1 {
            return Err(Invalid::new("Cannot have more than 1 Lambda processor."));
        }
        if let Some(step) = steps.iter().find(|step| step.kind != APPEND_DELIMITER) {
            return Err(not_available(&format!("Processor {}", step.kind)));
        }
    }
    Ok(processing)
}

fn processor(given: &wire_shapes::Processor) -> Processor {
    let parameter = |given: &wire_shapes::ProcessorParameter| {
        (given.parameter_name.clone().need(), given.parameter_value.clone().need())
    };
    Processor {
        kind: given.r#type.clone().need(),
        parameters: given.parameters.as_ref().map(|all| all.iter().map(parameter).collect()),
    }
}

/// A destination as DescribeDeliveryStream shows it: in the extended form, mirrored in the plain one.
pub(super) fn describe(id: &str, destination: &Destination) -> wire_shapes::DestinationDescription {
    let Destination::S3(s3) = destination;
    wire_shapes::DestinationDescription {
        destination_id: Some(id.to_owned()),
        s3_destination_description: Some(plain(s3)),
        extended_s3_destination_description: Some(extended(s3)),
        ..Default::default()
    }
}

fn plain(s3: &S3Destination) -> wire_shapes::S3DestinationDescription {
    wire_shapes::S3DestinationDescription {
        role_arn: Some(s3.role_arn.clone()),
        bucket_arn: Some(s3.bucket_arn.clone()),
        prefix: s3.prefix.clone(),
        error_output_prefix: s3.error_output_prefix.clone(),
        buffering_hints: Some(hints(s3)),
        compression_format: Some(s3.compression.name().to_owned()),
        encryption_configuration: Some(encryption(s3)),
        cloud_watch_logging_options: s3.logging.as_ref().map(logging),
    }
}

fn extended(s3: &S3Destination) -> wire_shapes::ExtendedS3DestinationDescription {
    wire_shapes::ExtendedS3DestinationDescription {
        role_arn: Some(s3.role_arn.clone()),
        bucket_arn: Some(s3.bucket_arn.clone()),
        prefix: s3.prefix.clone(),
        error_output_prefix: s3.error_output_prefix.clone(),
        buffering_hints: Some(hints(s3)),
        compression_format: Some(s3.compression.name().to_owned()),
        encryption_configuration: Some(encryption(s3)),
        cloud_watch_logging_options: s3.logging.as_ref().map(logging),
        processing_configuration: s3.processing.as_ref().map(describe_processing),
        s3_backup_mode: Some(s3.backup_mode.clone().unwrap_or_else(|| "Disabled".to_owned())),
        s3_backup_description: None,
        data_format_conversion_configuration: s3.conversion_enabled.map(|enabled| {
            wire_shapes::DataFormatConversionConfiguration { enabled: Some(enabled), ..Default::default() }
        }),
        dynamic_partitioning_configuration: s3.partitioning_enabled.map(|enabled| {
            wire_shapes::DynamicPartitioningConfiguration { enabled: Some(enabled), ..Default::default() }
        }),
        file_extension: s3.file_extension.clone(),
        custom_time_zone: s3.time_zone.clone(),
    }
}

fn hints(s3: &S3Destination) -> wire_shapes::BufferingHints {
    wire_shapes::BufferingHints {
        size_in_mbs: i32::try_from(s3.buffer_mb).ok(),
        interval_in_seconds: i32::try_from(s3.buffer_secs).ok(),
    }
}

fn encryption(s3: &S3Destination) -> wire_shapes::EncryptionConfiguration {
    match &s3.kms_key {
        Some(key) => wire_shapes::EncryptionConfiguration {
            no_encryption_config: None,
            kms_encryption_config: Some(wire_shapes::KMSEncryptionConfig {
                aws_kms_key_arn: Some(key.clone()),
            }),
        },
        None => wire_shapes::EncryptionConfiguration {
            no_encryption_config: Some("NoEncryption".to_owned()),
            kms_encryption_config: None,
        },
    }
}

fn logging(logging: &Logging) -> wire_shapes::CloudWatchLoggingOptions {
    wire_shapes::CloudWatchLoggingOptions {
        enabled: logging.enabled,
        log_group_name: logging.group.clone(),
        log_stream_name: logging.stream.clone(),
    }
}

fn describe_processing(processing: &Processing) -> wire_shapes::ProcessingConfiguration {
    let parameter = |(name, value): &(String, String)| wire_shapes::ProcessorParameter {
        parameter_name: Some(name.clone()),
        parameter_value: Some(value.clone()),
    };
    let processor = |step: &Processor| wire_shapes::Processor {
        r#type: Some(step.kind.clone()),
        parameters: step.parameters.as_ref().map(|all| all.iter().map(parameter).collect()),
    };
    wire_shapes::ProcessingConfiguration {
        enabled: processing.enabled,
        processors: processing.processors.as_ref().map(|all| all.iter().map(processor).collect()),
    }
}
