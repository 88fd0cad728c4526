//! StartStreamEncryption.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::fault::invalid_argument;
use super::{shown, target};
use crate::engine::Kinesis;
use crate::shapes::StartStreamEncryptionInput;

/// Encrypts the records that are put from now on, under a key of KMS.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_StartStreamEncryption.html>
pub(crate) struct StartStreamEncryption;

impl Operation for StartStreamEncryption {
    type Service = Kinesis;
    type Input = StartStreamEncryptionInput;
    type Output = ();
    const NAME: &'static str = "StartStreamEncryption";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let (name, arn) = (input.stream_name.as_ref(), input.stream_arn.as_ref());
        target::access(kinesis, call, "kinesis:StartStreamEncryption", name, arn).await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, input.stream_name.as_ref(), input.stream_arn.as_ref())?;
        if input.encryption_type.as_deref() != Some("KMS") {
            return Err(invalid_argument("EncryptionType must be KMS."));
        }
        Ok(kinesis.start_encryption(&key, &input.key_id.need(), shown::by(call)).await?)
    }
}
