//! DescribeDeliveryStream.

use base::Timestamp;
use service::{Access, Call, Fault, Operation};

use super::{Firehose, destination, fault, key, stream_access, stream_arn};
use crate::engine::encryption;
use crate::engine::streams::{DESTINATION_ID, status};
use crate::shapes::{
    AuthenticationConfiguration, DeliveryStreamDescription, DeliveryStreamEncryptionConfiguration,
    DescribeDeliveryStreamInput, DescribeDeliveryStreamOutput, DirectPutSourceDescription,
    KinesisStreamSourceDescription, MSKSourceDescription, SourceDescription,
};
use crate::tables::{Source, StreamKey, StreamRow};

/// Shows a delivery stream. <https://docs.aws.amazon.com/firehose/latest/APIReference/API_DescribeDeliveryStream.html>
pub struct DescribeDeliveryStream;

impl Operation for DescribeDeliveryStream {
    type Service = Firehose;
    type Input = DescribeDeliveryStreamInput;
    type Output = DescribeDeliveryStreamOutput;
    const NAME: &'static str = "DescribeDeliveryStream";

    async fn access(_: &Firehose, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        stream_access("firehose:DescribeDeliveryStream", call, input.delivery_stream_name.as_ref())
    }

    async fn run(firehose: &Firehose, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = key(call, input.delivery_stream_name);
        let mut row = firehose.engine.stream(&key).await.map_err(fault::of)?.value;
        let id = row.id();
        // One of them is shown.
        row.destination =
            firehose.engine.with_open_secrets(&key, id, &row.destination).await.map_err(fault::of)?;
        let mut description = describe(&key, &row, call.clock().now());
        // There is one destination; it is passed over when the listing is to start after it.
        let after = input.exclusive_start_destination_id;
        let shown = after.is_none_or(|after| after.as_str() < DESTINATION_ID);
        let destinations = shown.then(|| destination::describe(DESTINATION_ID, &row.destination));
        description.destinations = Some(destinations.into_iter().collect());
        Ok(DescribeDeliveryStreamOutput { delivery_stream_description: Some(description) })
    }
}

fn describe(key: &StreamKey, row: &StreamRow, now: Timestamp) -> DeliveryStreamDescription {
    DeliveryStreamDescription {
        delivery_stream_name: Some(key.name.clone()),
        delivery_stream_arn: Some(stream_arn(key).to_string()),
        delivery_stream_status: Some(status(row, now).name().to_owned()),
        delivery_stream_type: Some(row.source.kind().to_owned()),
        version_id: Some(row.version.to_string()),
        create_timestamp: Some(row.created()),
        last_update_timestamp: row.updated_micros.map(Timestamp::from_micros),
        source: source(row),
        has_more_destinations: Some(false),
        delivery_stream_encryption_configuration: encryption(row, now),
        ..Default::default()
    }
}

/// Streams of Direct PUT say how they are encrypted, also that they are not.
fn encryption(row: &StreamRow, now: Timestamp) -> Option<DeliveryStreamEncryptionConfiguration> {
    let Source::Direct { .. } = row.source else { return None };
    let shown = row.encryption.as_ref();
    let key_type =
        |key: &Option<String>| if key.is_some() { "CUSTOMER_MANAGED_CMK" } else { "AWS_OWNED_CMK" };
    Some(DeliveryStreamEncryptionConfiguration {
        key_arn: shown.and_then(|shown| shown.key_arn.clone()),
        key_type: shown.map(|shown| key_type(&shown.key_arn).to_owned()),
        status: Some(encryption::status(shown, now).name().to_owned()),
        failure_description: None,
    })
}

fn source(row: &StreamRow) -> Option<SourceDescription> {
    match &row.source {
        Source::Direct { throughput_hint_mb: None, .. } => None,
        Source::Direct { throughput_hint_mb: Some(hint), .. } => Some(SourceDescription {
            direct_put_source_description: Some(DirectPutSourceDescription {
                throughput_hint_in_mbs: i32::try_from(*hint).ok(),
            }),
            ..Default::default()
        }),
        Source::Kinesis { stream_arn, role_arn } => Some(SourceDescription {
            kinesis_stream_source_description: Some(KinesisStreamSourceDescription {
                kinesis_stream_arn: Some(stream_arn.clone()),
                role_arn: Some(role_arn.clone()),
                delivery_start_timestamp: Some(row.created()),
            }),
            ..Default::default()
        }),
        Source::Kafka { brokers, topic, role_arn, connectivity, from_micros } => Some(SourceDescription {
            msk_source_description: Some(MSKSourceDescription {
                msk_cluster_arn: Some(brokers.clone()),
                topic_name: Some(topic.clone()),
                authentication_configuration: Some(AuthenticationConfiguration {
                    role_arn: Some(role_arn.clone()),
                    connectivity: Some(connectivity.clone()),
                }),
                delivery_start_timestamp: Some(row.created()),
                read_from_timestamp: from_micros.map(Timestamp::from_micros),
            }),
            ..Default::default()
        }),
    }
}
