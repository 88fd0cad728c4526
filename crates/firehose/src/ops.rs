//! The contents page: one line an operation. What is missing answers "not implemented" by itself.

mod create_delivery_stream;
mod delete_delivery_stream;
mod describe_delivery_stream;
mod destination;
mod fault;
mod list_delivery_streams;
mod list_tags_for_delivery_stream;
mod put_record;
mod put_record_batch;
mod start_delivery_stream_encryption;
mod stop_delivery_stream_encryption;
mod tag_delivery_stream;
mod untag_delivery_stream;
mod update_destination;

use std::sync::Arc;

use base::Arn;
use service::{Access, Call, Fault, Room, Tasks};
use wire::Need;

use crate::engine::error::Invalid;
use crate::engine::{Engine, sealing};
use crate::shapes;
use crate::tables::StreamKey;
use crate::{Parts, tasks};

/// The state of the room.
pub struct Firehose {
    engine: Arc<Engine>,
    tasks: Tasks,
}

pub(crate) fn room(parts: Parts) -> Room<Firehose> {
    let Parts { store, room, random, tokens: _, tasks, neighbours, settings } = parts;
    let engine = Arc::new(Engine::new(store, room.clock.clone(), random, neighbours, settings));
    tasks::start_all(&engine, &tasks);
    let state = Arc::new(Firehose { engine, tasks });
    Room::new(&shapes::FIREHOSE, fault::STYLE, state, room, body_bytes_max)
        .op::<create_delivery_stream::CreateDeliveryStream>()
        .op::<delete_delivery_stream::DeleteDeliveryStream>()
        .op::<describe_delivery_stream::DescribeDeliveryStream>()
        .op::<list_delivery_streams::ListDeliveryStreams>()
        .op::<list_tags_for_delivery_stream::ListTagsForDeliveryStream>()
        .op::<put_record::PutRecord>()
        .op::<put_record_batch::PutRecordBatch>()
        .op::<start_delivery_stream_encryption::StartDeliveryStreamEncryption>()
        .op::<stop_delivery_stream_encryption::StopDeliveryStreamEncryption>()
        .op::<tag_delivery_stream::TagDeliveryStream>()
        .op::<untag_delivery_stream::UntagDeliveryStream>()
        .op::<update_destination::UpdateDestination>()
}

/// Bytes of a request. Data is base64, a third larger; a batch or record somewhat over its quota still gets the service's own refusal.
fn body_bytes_max(operation: &'static wire::Operation) -> u64 {
    match operation.name {
        "PutRecordBatch" => 16 << 20,
        "PutRecord" => 4 << 20,
        _ => 1 << 20,
    }
}

/// The key of a stream of the caller's.
fn key(call: &Call, name: Option<String>) -> StreamKey {
    StreamKey { account: call.account(), region: call.region().clone(), name: name.need() }
}

fn stream_arn(key: &StreamKey) -> Arn {
    Arn::new("firehose", &key.region, key.account, &format!("deliverystream/{}", key.name))
}

/// The question about a stream, asked before its name is known to be well-formed.
fn stream_access(action: &'static str, call: &Call, name: Option<&String>) -> Result<Vec<Access>, Fault> {
    Ok(vec![match name {
        Some(name) => Access::to(action, &call.arn("firehose", &format!("deliverystream/{name}"))),
        None => Access::any(action, call.caller()),
    }])
}

/// The key that records are to be sealed under: a customer's, or the service's own.
fn encryption(given: &shapes::DeliveryStreamEncryptionConfigurationInput) -> Result<Option<String>, Invalid> {
    match (given.key_type.as_deref(), &given.key_arn) {
        (Some("CUSTOMER_MANAGED_CMK"), Some(arn)) => {
            sealing::key_arn(arn)?;
            Ok(Some(arn.clone()))
        }
        (Some("CUSTOMER_MANAGED_CMK"), None) => {
            Err(Invalid::new("KeyARN must be specified when KeyType is CUSTOMER_MANAGED_CMK."))
        }
        (_, Some(_)) => Err(Invalid::new("KeyARN must not be specified when KeyType is AWS_OWNED_CMK.")),
        (_, None) => Ok(None),
    }
}

/// The question whether the caller may hand a role to the service. A role need only be well-formed until IAM knows it.
async fn pass_role(call: &Call, role: &str) -> Result<(), Fault> {
    call.allow(Access::pass_role(role, call.account(), "firehose.amazonaws.com")).await
}
