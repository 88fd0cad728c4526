//! StartDeliveryStreamEncryption.

use service::{Access, Call, Fault, Operation};

use super::{Firehose, encryption, fault, key, stream_access};
use crate::shapes::{StartDeliveryStreamEncryptionInput, StartDeliveryStreamEncryptionOutput};

/// Seals records from now on. <https://docs.aws.amazon.com/firehose/latest/APIReference/API_StartDeliveryStreamEncryption.html>
///
/// Differs: ENABLED at once unless transitions are asked for. No grant is made: the service acts for the stream's account, and the caller must
/// be allowed to use the key.
pub struct StartDeliveryStreamEncryption;

impl Operation for StartDeliveryStreamEncryption {
    type Service = Firehose;
    type Input = StartDeliveryStreamEncryptionInput;
    type Output = StartDeliveryStreamEncryptionOutput;
    const NAME: &'static str = "StartDeliveryStreamEncryption";

    async fn access(_: &Firehose, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        stream_access("firehose:StartDeliveryStreamEncryption", call, input.delivery_stream_name.as_ref())
    }

    async fn run(firehose: &Firehose, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key_arn = match &input.delivery_stream_encryption_configuration_input {
            Some(given) => encryption(given).map_err(|error| fault::of(error.into()))?,
            None => None,
        };
        let key = key(call, input.delivery_stream_name);
        firehose.engine.start_encryption(&key, key_arn, &call.caller().principal).await.map_err(fault::of)?;
        Ok(StartDeliveryStreamEncryptionOutput::default())
    }
}
