//! Verify.

use service::{Access, Call, Fault, Operation};

use super::signed;
use super::target::{self, Names, check_tokens, dry_run, using};
use crate::engine::Kms;
use crate::engine::access::Ask;
use crate::engine::cipher::check_usage;
use crate::engine::grant::GrantOperation;
use crate::engine::sign::check_signing;
use crate::engine::state::Wanted;
use crate::shapes::{VerifyRequest, VerifyResponse};
use crate::tables::Usage;
use wire::Need;

/// Tells whether a signature is that of a message. Differs as Sign does.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_Verify.html>
pub(crate) struct Verify;

impl Operation for Verify {
    type Service = Kms;
    type Input = VerifyRequest;
    type Output = VerifyResponse;
    const NAME: &'static str = "Verify";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let ask = Ask {
            more: signed::conditions(input.signing_algorithm.as_ref(), input.message_type.as_ref()),
            ..using("kms:Verify", GrantOperation::Verify)
        };
        target::access(kms, call, input.key_id.as_ref(), Names::Any, ask).await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_tokens(kms, input.grant_tokens.as_ref())?;
        let key = target::kept(call)?.key;
        let algorithm = input.signing_algorithm.need();
        let message = signed::signed(input.message_type.as_deref(), &input.message.need())?;
        key.admit(kms.now(), Wanted::Use)?;
        check_usage(&key, Usage::SignVerify, "Verify")?;
        let signing = check_signing(&key, &algorithm, &message)?;
        kms.verify(&key, signing, message, input.signature.need().to_vec()).await?;
        dry_run(input.dry_run)?;
        kms.note_use(&key.at, Self::NAME, call.request_id());
        Ok(VerifyResponse {
            key_id: Some(key.arn()),
            signature_valid: Some(true),
            signing_algorithm: Some(algorithm),
        })
    }
}
