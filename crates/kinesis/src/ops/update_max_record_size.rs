//! UpdateMaxRecordSize.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target;
use crate::engine::Kinesis;
use crate::engine::lifecycle::RECORD_KIB_DEFAULT;
use crate::shapes::UpdateMaxRecordSizeInput;

/// Sets the largest record a stream takes.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateMaxRecordSize.html>
pub(crate) struct UpdateMaxRecordSize;

impl Operation for UpdateMaxRecordSize {
    type Service = Kinesis;
    type Input = UpdateMaxRecordSizeInput;
    type Output = ();
    const NAME: &'static str = "UpdateMaxRecordSize";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::access(kinesis, call, "kinesis:UpdateMaxRecordSize", None, input.stream_arn.as_ref()).await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, None, input.stream_arn.as_ref())?;
        let kib = u32::try_from(input.max_record_size_in_kib.need()).unwrap_or(RECORD_KIB_DEFAULT);
        Ok(kinesis.set_record_size(&key, kib).await?)
    }
}
