//! UntagDeliveryStream.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{Firehose, fault, key, stream_access};
use crate::shapes::{UntagDeliveryStreamInput, UntagDeliveryStreamOutput};

/// Removes tags. <https://docs.aws.amazon.com/firehose/latest/APIReference/API_UntagDeliveryStream.html>
pub struct UntagDeliveryStream;

impl Operation for UntagDeliveryStream {
    type Service = Firehose;
    type Input = UntagDeliveryStreamInput;
    type Output = UntagDeliveryStreamOutput;
    const NAME: &'static str = "UntagDeliveryStream";

    async fn access(_: &Firehose, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        stream_access("firehose:UntagDeliveryStream", call, input.delivery_stream_name.as_ref())
    }

    async fn run(firehose: &Firehose, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = key(call, input.delivery_stream_name);
        firehose.engine.untag(&key, &input.tag_keys.need()).await.map_err(fault::of)?;
        Ok(UntagDeliveryStreamOutput::default())
    }
}
