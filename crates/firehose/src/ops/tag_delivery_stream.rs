//! TagDeliveryStream.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{Firehose, fault, key, stream_access};
use crate::shapes::{TagDeliveryStreamInput, TagDeliveryStreamOutput};

/// Adds tags, or gives those there are new values.
/// <https://docs.aws.amazon.com/firehose/latest/APIReference/API_TagDeliveryStream.html>
pub struct TagDeliveryStream;

impl Operation for TagDeliveryStream {
    type Service = Firehose;
    type Input = TagDeliveryStreamInput;
    type Output = TagDeliveryStreamOutput;
    const NAME: &'static str = "TagDeliveryStream";

    async fn access(_: &Firehose, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        stream_access("firehose:TagDeliveryStream", call, input.delivery_stream_name.as_ref())
    }

    async fn run(firehose: &Firehose, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = key(call, input.delivery_stream_name);
        let tags = input.tags.need().into_iter();
        let tags = tags.map(|tag| (tag.key.need(), tag.value.unwrap_or_default())).collect();
        firehose.engine.tag(&key, &tags).await.map_err(fault::of)?;
        Ok(TagDeliveryStreamOutput::default())
    }
}
