//! Destinations between the wire and the engine: what is given at creation or update, and what is shown. Here S3; the others are in `remote`,
//! conversion in `conversion`.
//!
//! Four shapes say the same with small differences. All become [`Given`], in which absent is absent; creation fills in defaults, an update
//! keeps what stands. `ProcessingConfiguration` is replaced as a whole (Firehose facts section 5).

mod conversion;
mod iceberg;
mod remote;

use wire::Need;

use crate::engine::buffering::Hints;
use crate::engine::compression::Compression;
use crate::engine::error::Invalid;
use crate::shapes as wire_shapes;
use crate::tables::{Conversion, Destination, Logging, Processing, Processor, S3Destination};

/// The service's words when there is none, or more than one.
pub(super) const EXACTLY_ONE: &str = "Exactly one destination configuration is supported for a Firehose";

/// The size hint of conversion and of dynamic partitioning, unless told otherwise.
const LARGE_BUFFER_DEFAULT_MB: u32 = 128;
/// The least size hint of dynamic partitioning.
const PARTITIONING_MB_MIN: u32 = 64;
/// The least interval hint of dynamic partitioning.
const PARTITIONING_SECS_MIN: u32 = 60;
/// How long writing a partition is tried unless told otherwise; it is tried until it succeeds, and this is echoed.
const PARTITIONING_RETRY_SECS_MAX: u32 = 7_200;

pub(super) use remote::{create_other, update_other};

/// What a request says of an S3 destination.
#[derive(Default)]
pub(super) struct Given {
    role_arn: Option<String>,
    bucket_arn: Option<String>,
    prefix: Option<String>,
    error_output_prefix: Option<String>,
    /// Size and interval.
    hints: Option<(Option<i32>, Option<i32>)>,
    compression: Option<String>,
    /// The key of KMS, or none.
    encryption: Option<Option<String>>,
    logging: Option<Logging>,
    processing: Option<Processing>,
    backup_mode: Option<String>,
    backup: Option<Box<Given>>,
    conversion: Option<Result<Conversion, Invalid>>,
    /// Whether it is enabled, and the retry duration.
    partitioning: Option<(Option<bool>, Option<i32>)>,
    file_extension: Option<String>,
    time_zone: Option<String>,
}

macro_rules! given_from {
    (plain $shape:ident) => {
        impl From<&wire_shapes::$shape> for Given {
            fn from(shape: &wire_shapes::$shape) -> Self {
                given_from!(common shape)
            }
        }
    };
    (extended $shape:ident, $backup:ident) => {
        impl From<&wire_shapes::$shape> for Given {
            fn from(shape: &wire_shapes::$shape) -> Self {
                let partitioning = shape.dynamic_partitioning_configuration.as_ref();
                Self {
                    processing: shape.processing_configuration.as_ref().map(processing),
                    backup_mode: shape.s3_backup_mode.clone(),
                    backup: shape.$backup.as_ref().map(|backup| Box::new(Given::from(backup))),
                    conversion: shape.data_format_conversion_configuration.as_ref().map(conversion::given),
                    partitioning: partitioning.map(|given| {
                        (given.enabled, given.retry_options.as_ref().and_then(|retry| retry.duration_in_seconds))
                    }),
                    file_extension: shape.file_extension.clone(),
                    time_zone: shape.custom_time_zone.clone(),
                    ..given_from!(common shape)
                }
            }
        }
    };
    (common $shape:ident) => {
        Self {
            role_arn: $shape.role_arn.clone(),
            bucket_arn: $shape.bucket_arn.clone(),
            prefix: $shape.prefix.clone(),
            error_output_prefix: $shape.error_output_prefix.clone(),
            hints: $shape.buffering_hints.as_ref().map(|hints| (hints.size_in_mbs, hints.interval_in_seconds)),
            compression: $shape.compression_format.clone(),
            encryption: $shape.encryption_configuration.as_ref().map(|encryption| {
                encryption.kms_encryption_config.as_ref().and_then(|kms| kms.aws_kms_key_arn.clone())
            }),
            logging: $shape.cloud_watch_logging_options.as_ref().map(logging_of),
            ..Self::default()
        }
    };
}

given_from!(plain S3DestinationConfiguration);
given_from!(plain S3DestinationUpdate);
given_from!(extended ExtendedS3DestinationConfiguration, s3_backup_configuration);
given_from!(extended ExtendedS3DestinationUpdate, s3_backup_update);

impl Given {
    /// The role it names.
    pub(super) fn role_arn(&self) -> Option<&String> {
        self.role_arn.as_ref()
    }
}

fn blank() -> S3Destination {
    S3Destination {
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
        partitioning_retry_secs: None,
        backup: None,
        conversion: None,
    }
}

/// A new destination.
pub(super) fn create(given: &Given) -> Result<Destination, Invalid> {
    Ok(Destination::S3(create_bucket(given)?))
}

/// A new bucket, as a destination or beside one.
fn create_bucket(given: &Given) -> Result<S3Destination, Invalid> {
    let mut blank = blank();
    let converts = matches!(&given.conversion, Some(Ok(conversion)) if conversion.is_on());
    if converts || partitions(given) {
        blank.buffer_mb = LARGE_BUFFER_DEFAULT_MB;
    }
    let mut made = apply(&blank, given)?;
    if given.partitioning.is_some() {
        made.partitioning_enabled = Some(partitions(given));
        check_partitioning(&made)?;
    }
    Ok(made)
}

fn partitions(given: &Given) -> bool {
    matches!(given.partitioning, Some((Some(true), _)))
}

/// What an update makes of a destination.
pub(super) fn update(current: &Destination, given: &Given) -> Result<Destination, Invalid> {
    match current {
        Destination::S3(current) => Ok(Destination::S3(update_bucket(current, given)?)),
        Destination::Http(_)
        | Destination::Splunk(_)
        | Destination::Search(_)
        | Destination::Redshift(_)
        | Destination::Iceberg(_) => Err(remote::other_kind(current)),
    }
}

fn update_bucket(current: &S3Destination, given: &Given) -> Result<S3Destination, Invalid> {
    let was = current.partitioning_enabled == Some(true);
    match &given.partitioning {
        Some(_) if partitions(given) && !was => {
            return Err(Invalid::new(
                "Dynamic Partitioning can only be enabled when a delivery stream is created.",
            ));
        }
        Some((Some(false), _)) if was => {
            return Err(Invalid::new("Dynamic Partitioning cannot be disabled once it is enabled."));
        }
        Some(_) | None => {}
    }
    if current.backup_mode.as_deref() == Some("Enabled") && given.backup_mode.as_deref() == Some("Disabled") {
        return Err(Invalid::new("S3 backup mode cannot be disabled once it is enabled."));
    }
    let next = apply(current, given)?;
    if was {
        check_partitioning(&next)?;
    }
    Ok(next)
}

fn check_partitioning(next: &S3Destination) -> Result<(), Invalid> {
    if next.partitioning_enabled != Some(true) {
        return Ok(());
    }
    if next.buffer_mb < PARTITIONING_MB_MIN {
        return Err(Invalid::new(
            "BufferingHints.SizeInMBs must be at least 64 when Dynamic Partitioning is enabled.",
        ));
    }
    if next.buffer_secs < PARTITIONING_SECS_MIN {
        return Err(Invalid::new(
            "BufferingHints.IntervalInSeconds must be at least 60 seconds when Dynamic Partitioning is enabled.",
        ));
    }
    Ok(())
}

fn apply(current: &S3Destination, given: &Given) -> Result<S3Destination, Invalid> {
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
    if let Some((size, interval)) = given.hints {
        (next.buffer_mb, next.buffer_secs) = both_hints(size, interval, (next.buffer_mb, next.buffer_secs))?;
    }
    if let Some(name) = &given.compression {
        next.compression = Compression::of_name(name)
            .ok_or_else(|| Invalid(format!("CompressionFormat {name} is not supported")))?;
    }
    if given.logging.is_some() {
        next.logging.clone_from(&given.logging);
    }
    if let Some(kms_key) = &given.encryption {
        next.kms_key.clone_from(kms_key);
    }
    if given.processing.is_some() {
        next.processing.clone_from(&given.processing);
    }
    if let Some(given) = &given.conversion {
        next.conversion = Some(conversion::merge(current.conversion.as_ref(), given.clone()?));
        next.conversion_enabled = None;
    }
    if let Some((_, secs)) = given.partitioning {
        next.partitioning_retry_secs = secs
            .map(|secs| secs.unsigned_abs().min(PARTITIONING_RETRY_SECS_MAX))
            .or(next.partitioning_retry_secs);
    }
    if let Some(given) = &given.backup {
        let backup = match &next.backup {
            Some(backup) => apply(backup, given)?,
            None => create_bucket(given)?,
        };
        next.backup = Some(Box::new(backup));
    }
    if next.backup_mode.as_deref() == Some("Enabled") && next.backup.is_none() {
        return Err(Invalid::new("S3BackupConfiguration must be specified when S3BackupMode is Enabled."));
    }
    Ok(next)
}

fn logging_of(given: &wire_shapes::CloudWatchLoggingOptions) -> Logging {
    Logging {
        enabled: given.enabled,
        group: given.log_group_name.clone(),
        stream: given.log_stream_name.clone(),
    }
}

/// Both hints, or neither.
fn both_hints(size: Option<i32>, interval: Option<i32>, current: (u32, u32)) -> Result<(u32, u32), Invalid> {
    match (size, interval) {
        (Some(size), Some(interval)) => Ok((size.unsigned_abs(), interval.unsigned_abs())),
        (None, None) => Ok(current),
        (Some(_), None) | (None, Some(_)) => Err(Invalid::new(
            "Both SizeInMBs and IntervalInSeconds are required to configure buffering hints.",
        )),
    }
}

/// As it was given; the engine says whether it is understood.
fn processing(given: &wire_shapes::ProcessingConfiguration) -> Processing {
    let processors = given.processors.as_ref().map(|processors| processors.iter().map(processor).collect());
    Processing { enabled: given.enabled, processors }
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

/// A destination as DescribeDeliveryStream shows it. S3 in the extended form, mirrored in the plain one.
pub(super) fn describe(id: &str, destination: &Destination) -> wire_shapes::DestinationDescription {
    let mut shown = match destination {
        Destination::S3(s3) => wire_shapes::DestinationDescription {
            s3_destination_description: Some(plain(s3)),
            extended_s3_destination_description: Some(extended(s3)),
            ..Default::default()
        },
        Destination::Http(_)
        | Destination::Splunk(_)
        | Destination::Search(_)
        | Destination::Redshift(_)
        | Destination::Iceberg(_) => remote::describe(destination),
    };
    shown.destination_id = Some(id.to_owned());
    shown
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
        processing_configuration: s3
            .processing
            .as_ref()
            .map(|shown| describe_processing(shown, &s3.role_arn)),
        s3_backup_mode: Some(s3.backup_mode.clone().unwrap_or_else(|| "Disabled".to_owned())),
        s3_backup_description: s3.backup.as_deref().map(plain),
        data_format_conversion_configuration: match &s3.conversion {
            Some(shown) => Some(conversion::describe(shown)),
            None => s3.conversion_enabled.map(|enabled| wire_shapes::DataFormatConversionConfiguration {
                enabled: Some(enabled),
                ..Default::default()
            }),
        },
        dynamic_partitioning_configuration: s3.partitioning_enabled.map(|enabled| {
            wire_shapes::DynamicPartitioningConfiguration {
                enabled: Some(enabled),
                retry_options: s3
                    .partitioning_retry_secs
                    .map(|secs| wire_shapes::RetryOptions { duration_in_seconds: i32::try_from(secs).ok() }),
            }
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

/// As it was given, a function with the defaults that the service fills in.
fn describe_processing(processing: &Processing, role: &str) -> wire_shapes::ProcessingConfiguration {
    let filled = |step: &Processor| {
        let mut step = step.clone();
        if step.kind == "Lambda" {
            let parameters = step.parameters.get_or_insert_default();
            for (name, value) in [
                ("NumberOfRetries", "3"),
                ("RoleArn", role),
                ("BufferSizeInMBs", "1"),
                ("BufferIntervalInSeconds", "60"),
            ] {
                if !parameters.iter().any(|(given, _)| given == name) {
                    parameters.push((name.to_owned(), value.to_owned()));
                }
            }
        }
        step
    };
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
        processors: processing
            .processors
            .as_ref()
            .map(|all| all.iter().map(|step| processor(&filled(step))).collect()),
    }
}
