//! GenerateRandom.

use service::{Access, Call, Fault, Operation};

use super::fault::validation;
use super::shown;
use super::target::check_recipient;
use crate::engine::{Error, Kms};
use crate::shapes::{GenerateRandomRequest, GenerateRandomResponse};
use base::Secret;

/// Returns random bytes. Differs: none from custom key stores, no Nitro recipients.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateRandom.html>
pub(crate) struct GenerateRandom;

impl Operation for GenerateRandom {
    type Service = Kms;
    type Input = GenerateRandomRequest;
    type Output = GenerateRandomResponse;
    const NAME: &'static str = "GenerateRandom";

    async fn access(_: &Kms, call: &Call, _: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![Access::any("kms:GenerateRandom", call.caller())])
    }

    async fn run(kms: &Kms, _: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_recipient(input.recipient.as_ref())?;
        if input.custom_key_store_id.is_some() {
            return Err(Error::Unsupported(super::NO_KEY_STORES.to_owned()).into());
        }
        let length = input.number_of_bytes.and_then(|bytes| usize::try_from(bytes).ok());
        let length = length.ok_or_else(|| validation("NumberOfBytes is required."))?;
        let mut bytes = vec![0; length];
        kms.random().fill(&mut bytes);
        let bytes = Secret::new(bytes);
        Ok(GenerateRandomResponse { plaintext: shown::plaintext(&bytes), ciphertext_for_recipient: None })
    }
}
