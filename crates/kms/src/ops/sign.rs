//! Sign.

use service::{Access, Call, Fault, Operation};

use super::signed;
use super::target::{self, Names, check_tokens, dry_run, using};
use crate::engine::Kms;
use crate::engine::access::Ask;
use crate::engine::cipher::check_usage;
use crate::engine::grant::GrantOperation;
use crate::engine::sign::check_signing;
use crate::engine::state::Wanted;
use crate::shapes::{SignRequest, SignResponse};
use crate::tables::Usage;
use wire::Need;

/// Signs a message or its digest. Differs: no Ed25519ph, no SM2, no EXTERNAL_MU.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html>
pub(crate) struct Sign;

impl Operation for Sign {
    type Service = Kms;
    type Input = SignRequest;
    type Output = SignResponse;
    const NAME: &'static str = "Sign";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let ask = Ask {
            more: signed::conditions(input.signing_algorithm.as_ref(), input.message_type.as_ref()),
            ..using("kms:Sign", GrantOperation::Sign)
        };
        target::access(kms, call, input.key_id.as_ref(), Names::Any, ask).await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_tokens(kms, input.grant_tokens.as_ref())?;
        let key = target::kept(call)?.key;
        let algorithm = input.signing_algorithm.need();
        let message = signed::signed(input.message_type.as_deref(), &input.message.need())?;
        key.admit(kms.now(), Wanted::Use)?;
        check_usage(&key, Usage::SignVerify, "Sign")?;
        let signing = check_signing(&key, &algorithm, &message)?;
        dry_run(input.dry_run)?;
        let signature = kms.sign(&key, signing, message).await?;
        kms.note_use(&key.at, Self::NAME, call.request_id());
        Ok(SignResponse {
            key_id: Some(key.arn()),
            signature: Some(signature.into()),
            signing_algorithm: Some(algorithm),
        })
    }
}
