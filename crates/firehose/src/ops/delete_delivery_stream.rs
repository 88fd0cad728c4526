//! DeleteDeliveryStream.

use service::{Access, Call, Fault, Operation};

use super::{Firehose, fault, key, stream_access};
use crate::shapes::{DeleteDeliveryStreamInput, DeleteDeliveryStreamOutput};

/// Deletes a delivery stream with whatever it has not delivered.
/// <https://docs.aws.amazon.com/firehose/latest/APIReference/API_DeleteDeliveryStream.html>
///
/// Differs: gone at once unless transitions are asked for. `AllowForceDelete` changes nothing, since no deletion fails for a lost key.
pub struct DeleteDeliveryStream;

impl Operation for DeleteDeliveryStream {
    type Service = Firehose;
    type Input = DeleteDeliveryStreamInput;
    type Output = DeleteDeliveryStreamOutput;
    const NAME: &'static str = "DeleteDeliveryStream";

    async fn access(_: &Firehose, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        stream_access("firehose:DeleteDeliveryStream", call, input.delivery_stream_name.as_ref())
    }

    async fn run(firehose: &Firehose, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = key(call, input.delivery_stream_name);
        firehose.engine.delete(&key).await.map_err(fault::of)?;
        Ok(DeleteDeliveryStreamOutput::default())
    }
}
