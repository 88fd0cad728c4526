//! CreateDeliveryStream.

use base::Arn;
use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::destination::{self, Given};
use super::{Firehose, encryption, fault, key, pass_role, stream_access, stream_arn};
use crate::engine::error::Invalid;
use crate::engine::streams::{NewSource, NewStream};
use crate::shapes::{CreateDeliveryStreamInput, CreateDeliveryStreamOutput};
use crate::tables::Destination;
use crate::tasks::start_delivery;

/// Makes a delivery stream. <https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html>
///
/// Differs: ACTIVE at once unless transitions are asked for; a missing Kinesis stream is refused at once; what is not built is refused
/// with InvalidArgumentException.
pub struct CreateDeliveryStream;

impl Operation for CreateDeliveryStream {
    type Service = Firehose;
    type Input = CreateDeliveryStreamInput;
    type Output = CreateDeliveryStreamOutput;
    const NAME: &'static str = "CreateDeliveryStream";

    async fn access(_: &Firehose, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let name = input.delivery_stream_name.as_ref();
        let mut access = stream_access("firehose:CreateDeliveryStream", call, name)?;
        if input.tags.is_some() {
            access.extend(stream_access("firehose:TagDeliveryStream", call, name)?);
        }
        Ok(access)
    }

    async fn run(firehose: &Firehose, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        let source = source(&input).map_err(|error| fault::of(error.into()))?;
        let destination = destination(&input).map_err(|error| fault::of(error.into()))?;
        for role in destination.roles() {
            pass_role(call, role).await?;
        }
        match &source {
            NewSource::Direct { .. } => {}
            NewSource::Kinesis { role, .. } | NewSource::Kafka { role, .. } => {
                pass_role(call, role.as_str()).await?;
            }
        }
        let encryption = match (&input.delivery_stream_encryption_configuration_input, &source) {
            (Some(given), NewSource::Direct { .. }) => {
                Some(encryption(given).map_err(|error| fault::of(error.into()))?)
            }
            (Some(_), NewSource::Kinesis { .. } | NewSource::Kafka { .. }) => {
                return Err(fault::invalid(
                    "DeliveryStreamEncryptionConfigurationInput is only applicable for DirectPut stream type",
                ));
            }
            (None, _) => None,
        };
        let tags = input.tags.take().unwrap_or_default();
        let tags = tags.into_iter().map(|tag| (tag.key.need(), tag.value.unwrap_or_default())).collect();
        let key = key(call, input.delivery_stream_name);
        let new = NewStream {
            key: key.clone(),
            source,
            destination,
            tags,
            encryption,
            caller: call.caller().principal.clone(),
        };
        let arn = stream_arn(&key).to_string();
        let (engine, tasks) = (firehose.engine.clone(), firehose.tasks.clone());
        // On a task of its own: a client that goes away while the stream is committed must not leave it without its delivery.
        let created = tokio::spawn(async move {
            let row = engine.create(new).await?;
            start_delivery(&engine, &tasks, key, row.id());
            Ok(())
        });
        match created.await {
            Ok(created) => created.map_err(fault::of)?,
            Err(crash) if crash.is_panic() => std::panic::resume_unwind(crash.into_panic()),
            // The runtime is going down: whether it was committed is not known.
            Err(_) => {
                return Err(Fault::new(503, "ServiceUnavailableException", "The server is stopping."));
            }
        }
        Ok(CreateDeliveryStreamOutput { delivery_stream_arn: Some(arn) })
    }
}

fn source(input: &CreateDeliveryStreamInput) -> Result<NewSource, Invalid> {
    let kinesis = input.kinesis_stream_source_configuration.as_ref();
    let direct = input.direct_put_source_configuration.as_ref();
    match input.delivery_stream_type.as_deref().unwrap_or("DirectPut") {
        "DirectPut" => {
            if kinesis.is_some() {
                return Err(Invalid::new(
                    "KinesisSourceStreamConfig is only applicable for KinesisStreamAsSource stream type",
                ));
            }
            refuse_other_sources(input)?;
            let hint = direct.and_then(|direct| direct.throughput_hint_in_mbs);
            Ok(NewSource::Direct { throughput_hint_mb: hint.and_then(|hint| u32::try_from(hint).ok()) })
        }
        "KinesisStreamAsSource" => {
            if direct.is_some() {
                return Err(Invalid::new(
                    "DirectPutSourceConfig is only applicable for DirectPut stream type",
                ));
            }
            refuse_other_sources(input)?;
            let kinesis = kinesis.ok_or_else(|| {
                Invalid::new("KinesisSourceStreamConfig is required for KinesisStreamAsSource stream type")
            })?;
            Ok(NewSource::Kinesis {
                stream: arn(kinesis.kinesis_stream_arn.as_ref().need())?,
                role: arn(kinesis.role_arn.as_ref().need())?,
            })
        }
        "MSKAsSource" => {
            if direct.is_some() {
                return Err(Invalid::new(
                    "DirectPutSourceConfig is only applicable for DirectPut stream type",
                ));
            }
            if kinesis.is_some() {
                return Err(Invalid::new(
                    "KinesisSourceStreamConfig is only applicable for KinesisStreamAsSource stream type",
                ));
            }
            let kafka = input.msk_source_configuration.as_ref();
            let kafka = kafka
                .ok_or_else(|| Invalid::new("MSKSourceConfig is required for MSKAsSource stream type"))?;
            let authentication = kafka.authentication_configuration.as_ref().need();
            Ok(NewSource::Kafka {
                brokers: kafka.msk_cluster_arn.clone().need(),
                topic: kafka.topic_name.clone().need(),
                role: arn(authentication.role_arn.as_ref().need())?,
                connectivity: authentication.connectivity.clone().need(),
                from: kafka.read_from_timestamp,
            })
        }
        other => Err(fault::not_available(&format!("DeliveryStreamType {other}"))),
    }
}

fn refuse_other_sources(input: &CreateDeliveryStreamInput) -> Result<(), Invalid> {
    if input.msk_source_configuration.is_some() {
        return Err(Invalid::new("MSKSourceConfig is only applicable for MSKAsSource stream type"));
    }
    if input.database_source_configuration.is_some() {
        return Err(Invalid::new("DatabaseSourceConfig is only applicable for DatabaseAsSource stream type"));
    }
    Ok(())
}

fn arn(text: &str) -> Result<Arn, Invalid> {
    text.parse().map_err(|_| Invalid(format!("{text} is not a valid ARN")))
}

fn destination(input: &CreateDeliveryStreamInput) -> Result<Destination, Invalid> {
    let plain = input.s3_destination_configuration.as_ref();
    let extended = input.extended_s3_destination_configuration.as_ref();
    let mut all = destination::create_other(input);
    all.extend(plain.map(|plain| destination::create(&Given::from(plain))));
    all.extend(extended.map(|extended| destination::create(&Given::from(extended))));
    match (all.pop(), all.is_empty()) {
        (Some(one), true) => one,
        (Some(_), false) | (None, _) => Err(Invalid::new(destination::EXACTLY_ONE)),
    }
}
