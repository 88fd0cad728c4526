//! StopDeliveryStreamEncryption.

use service::{Access, Call, Fault, Operation};

use super::{Firehose, fault, key, stream_access};
use crate::shapes::{StopDeliveryStreamEncryptionInput, StopDeliveryStreamEncryptionOutput};

/// Seals no more records; what is sealed stays so until it is delivered.
/// <https://docs.aws.amazon.com/firehose/latest/APIReference/API_StopDeliveryStreamEncryption.html>
///
/// Differs: DISABLED at once unless transitions are asked for.
pub struct StopDeliveryStreamEncryption;

impl Operation for StopDeliveryStreamEncryption {
    type Service = Firehose;
    type Input = StopDeliveryStreamEncryptionInput;
    type Output = StopDeliveryStreamEncryptionOutput;
    const NAME: &'static str = "StopDeliveryStreamEncryption";

    async fn access(_: &Firehose, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        stream_access("firehose:StopDeliveryStreamEncryption", call, input.delivery_stream_name.as_ref())
    }

    async fn run(firehose: &Firehose, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = key(call, input.delivery_stream_name);
        firehose.engine.stop_encryption(&key).await.map_err(fault::of)?;
        Ok(StopDeliveryStreamEncryptionOutput::default())
    }
}
