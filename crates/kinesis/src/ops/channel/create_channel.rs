//! CreateChannel.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shown_channel;
use crate::engine::channel::{FRESHNESS_SECS_DEFAULT, Logging, NewChannel};
use crate::engine::{Calls, Error, Kinesis};
use crate::ops::fault::invalid_argument;
use crate::ops::queue::only;
use crate::ops::target::{self, account};
use crate::shapes::{
    ChannelStreamConfiguration, CreateChannelInput, CreateChannelOutput, DeadLetterQueueS3Configuration,
};
use crate::tables::channels::{ChannelCompression, DeadLetters, RecordFormat};
use crate::tables::queues::ReaderName;

/// Delivers the records of a stream to objects in a bucket from now on. Differs: usable at once unless `transitions` are asked for; streaming tables
/// are refused, since there are no table buckets, and
/// storage classes other than STANDARD.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateChannel.html>
pub(crate) struct CreateChannel;

impl Operation for CreateChannel {
    type Service = Kinesis;
    type Input = CreateChannelInput;
    type Output = CreateChannelOutput;
    const NAME: &'static str = "CreateChannel";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        // A channel copies its stream's records: so it is the stream that is asked about.
        let stream = input.stream_configuration_list.iter().flatten().find_map(|one| one.stream_arn.as_ref());
        let asked = target::access(kinesis, call, "kinesis:CreateChannel", None, stream).await?;
        Ok(asked.into_iter().map(|access| access.tagging(input.tags.iter().flatten())).collect())
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        kinesis.take_call(Calls::Readers, &account(call))?;
        let source = only(input.stream_configuration_list.need())?;
        let destination = match (
            input.s3_destination_configuration,
            input.s3_tables_destination_configuration,
        ) {
            (Some(destination), None) => destination,
            (None, Some(tables)) => {
                let table = tables.s3_tables_configuration_list.need().into_iter().next();
                let bucket = table.and_then(|table| table.table_bucket_arn).unwrap_or_default();
                return Err(Error::NoDestination(format!("Table bucket {bucket}")).into());
            }
            (Some(_), Some(_)) | (None, None) => {
                return Err(invalid_argument(
                    "Exactly one of S3DestinationConfiguration and S3TablesDestinationConfiguration must be specified.",
                ));
            }
        };
        let role = input.service_execution_role_arn.need();
        call.allow(Access::pass_role(&*role, call.account(), "kinesis.amazonaws.com")).await?;
        let logs = input.logging_configuration.and_then(|logging| logging.cloud_watch_logs);
        let logging = logs.map(|logs| Logging {
            enabled: logs.enabled.need(),
            group: logs.log_group_name,
            stream: logs.log_stream_name,
        });
        let storage = destination.storage_configuration.need();
        // What S3 takes from other rooms has no class of its own.
        if let Some(class) = storage.storage_class.as_deref().filter(|class| *class != "STANDARD") {
            return Err(invalid_argument(format!(
                "StorageClass {class} is not supported: objects are delivered as STANDARD."
            )));
        }
        let new = NewChannel {
            name: ReaderName {
                account: call.account(),
                region: call.region().to_string(),
                name: input.channel_name.need(),
            },
            role,
            stream: target::stream(call, None, source.stream_arn.as_ref())?,
            format: format_of(&source)?,
            kms_key: input.encryption_configuration.and_then(|encryption| encryption.key_id),
            logging: logging.unwrap_or_default(),
            tags: input.tags.unwrap_or_default(),
            freshness_secs: destination.data_freshness_in_seconds.unwrap_or(FRESHNESS_SECS_DEFAULT),
            bucket: storage.bucket_arn.need(),
            bucket_owner: storage.expected_bucket_owner.need(),
            key_template: storage.output_key_template,
            storage_class: storage.storage_class,
            compression: compression_of(storage.compression_type.as_deref()),
            dead_letters: destination.dead_letter_queue_s3_configuration.map(dead_letters_of),
        };
        let channel = kinesis.create_channel(&new).await?;
        Ok(CreateChannelOutput { channel_description: Some(shown_channel(&channel, kinesis.now())) })
    }
}

/// What the stream's records are; the model has checked the name.
fn format_of(source: &ChannelStreamConfiguration) -> Result<RecordFormat, Fault> {
    let record = source.record_configuration.as_ref();
    match record.and_then(|record| record.record_format_type.as_deref()) {
        Some("STRING") => Ok(RecordFormat::Text),
        Some("BYTE_ARRAY") => Ok(RecordFormat::Bytes),
        Some("GSR_JSON") => Err(invalid_argument(
            "RecordFormatType GSR_JSON is only supported for streaming table destinations.",
        )),
        Some(_) | None => Ok(RecordFormat::Json),
    }
}

/// How objects are packed; the model has checked the name.
fn compression_of(name: Option<&str>) -> ChannelCompression {
    match name {
        Some("GZIP") => ChannelCompression::Gzip,
        Some("ZSTD") => ChannelCompression::Zstd,
        Some(_) | None => ChannelCompression::None,
    }
}

fn dead_letters_of(asked: DeadLetterQueueS3Configuration) -> DeadLetters {
    DeadLetters {
        bucket: asked.bucket_arn.need(),
        bucket_owner: asked.expected_bucket_owner.need(),
        prefix: asked.error_output_prefix,
    }
}
