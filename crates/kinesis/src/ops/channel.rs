//! Channels on the wire: what the operations on them have in common.

mod create_channel;
mod delete_channel;
mod describe_channel;
mod list_channels;
mod update_channel;

pub(super) use create_channel::CreateChannel;
pub(super) use delete_channel::DeleteChannel;
pub(super) use describe_channel::DescribeChannel;
pub(super) use list_channels::ListChannels;
pub(super) use update_channel::UpdateChannel;

use base::Timestamp;
use service::{Access, Call, Fault};

use super::{shown, target};
use crate::engine::Kinesis;
use crate::engine::channel::Channel;
use crate::engine::stream::arn;
use crate::shapes;
use crate::tables::channels::{ChannelCompression, RecordFormat};
use crate::tables::queues::ReaderKey;

/// The channel that is meant.
fn channel_key(text: &str) -> Result<ReaderKey, Fault> {
    target::channel_of(text)
        .ok_or_else(|| Fault::new(400, "ResourceNotFoundException", format!("Channel {text} not found.")))
}

/// What the policies are asked about a channel.
async fn access(
    kinesis: &Kinesis,
    call: &Call,
    action: &'static str,
    arn: Option<&String>,
) -> Result<Vec<Access>, Fault> {
    let named = arn.and_then(|arn| Some((arn, target::channel_of(arn)?)));
    Ok(vec![match named {
        Some((arn, key)) => target::of_channel(kinesis, action, arn, &key).await,
        None => Access::any(action, call.caller()),
    }])
}

/// A channel as DescribeChannel shows it.
fn shown_channel(channel: &Channel, now: Timestamp) -> shapes::ChannelDescription {
    let row = &channel.row;
    let letters = channel.dead_letters();
    let format = match row.format {
        RecordFormat::Json => "JSON",
        RecordFormat::Text => "STRING",
        RecordFormat::Bytes => "BYTE_ARRAY",
    };
    let compression = match row.compression {
        ChannelCompression::None => "NONE",
        ChannelCompression::Gzip => "GZIP",
        ChannelCompression::Zstd => "ZSTD",
    };
    shapes::ChannelDescription {
        channel_name: Some(row.name.clone()),
        channel_arn: Some(channel.arn()),
        channel_id: Some(channel.id()),
        channel_status: Some(channel.status(now).as_str().to_owned()),
        channel_status_reason: None,
        channel_creation_timestamp: Some(Timestamp::from_micros(row.created_micros)),
        service_execution_role_arn: Some(row.role.clone()),
        stream_configuration_list: Some(vec![shapes::ChannelStreamDescription {
            stream_arn: Some(arn(&channel.stream()).to_string()),
            stream_creation_timestamp: Some(Timestamp::from_micros(row.stream_created_micros)),
            record_configuration: Some(shapes::RecordConfiguration {
                record_format_type: Some(format.to_owned()),
                gsr_schema_arn: None,
            }),
        }]),
        s3_destination_configuration: Some(shapes::S3DestinationDescription {
            data_freshness_in_seconds: shown::count(row.freshness_secs),
            dead_letter_queue_s3_configuration: Some(shapes::DeadLetterQueueS3Configuration {
                bucket_arn: Some(letters.bucket),
                expected_bucket_owner: Some(letters.bucket_owner),
                error_output_prefix: letters.prefix,
            }),
            storage_configuration: Some(shapes::S3StorageConfiguration {
                bucket_arn: Some(row.bucket.clone()),
                expected_bucket_owner: Some(row.bucket_owner.clone()),
                output_key_template: row.key_template.clone(),
                storage_class: Some(row.storage_class.clone().unwrap_or_else(|| "STANDARD".to_owned())),
                compression_type: Some(compression.to_owned()),
            }),
        }),
        s3_tables_destination_configuration: None,
        encryption_configuration: row.kms_key.clone().map(|key| shapes::ChannelEncryptionConfiguration {
            encryption_type: Some("KMS".to_owned()),
            key_id: Some(key),
        }),
        logging_configuration: Some(shapes::ChannelLoggingConfiguration {
            cloud_watch_logs: Some(shapes::CloudWatchLogs {
                enabled: Some(row.logs),
                log_group_name: row.logs.then(|| channel.log_group()),
                log_stream_name: row.logs.then(|| channel.log_stream()),
            }),
        }),
    }
}
