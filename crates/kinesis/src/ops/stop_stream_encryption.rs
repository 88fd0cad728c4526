//! StopStreamEncryption.

use service::{Access, Call, Fault, Operation};

use super::fault::invalid_argument;
use super::target;
use crate::engine::Kinesis;
use crate::shapes::StopStreamEncryptionInput;

/// Stops encrypting. Records that are there stay encrypted, and readable as long as their key is.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_StopStreamEncryption.html>
pub(crate) struct StopStreamEncryption;

impl Operation for StopStreamEncryption {
    type Service = Kinesis;
    type Input = StopStreamEncryptionInput;
    type Output = ();
    const NAME: &'static str = "StopStreamEncryption";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let (name, arn) = (input.stream_name.as_ref(), input.stream_arn.as_ref());
        target::access(kinesis, call, "kinesis:StopStreamEncryption", name, arn).await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, input.stream_name.as_ref(), input.stream_arn.as_ref())?;
        if input.encryption_type.as_deref() != Some("KMS") {
            return Err(invalid_argument("EncryptionType must be KMS."));
        }
        Ok(kinesis.stop_encryption(&key).await?)
    }
}
