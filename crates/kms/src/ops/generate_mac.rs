//! GenerateMac.

use service::{Access, Call, Fault, Operation};

use super::target::{self, Names, check_tokens, dry_run, using};
use crate::engine::Kms;
use crate::engine::access::Ask;
use crate::engine::cipher::check_usage;
use crate::engine::grant::GrantOperation;
use crate::engine::sign::check_mac;
use crate::engine::state::Wanted;
use crate::shapes::{GenerateMacRequest, GenerateMacResponse};
use crate::tables::Usage;
use wire::Need;

/// Makes the HMAC of a message.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html>
pub(crate) struct GenerateMac;

impl Operation for GenerateMac {
    type Service = Kms;
    type Input = GenerateMacRequest;
    type Output = GenerateMacResponse;
    const NAME: &'static str = "GenerateMac";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let algorithm = input.mac_algorithm.iter().map(|name| ("kms:MacAlgorithm".into(), name.clone()));
        let ask = Ask { more: algorithm.collect(), ..using("kms:GenerateMac", GrantOperation::GenerateMac) };
        target::access(kms, call, input.key_id.as_ref(), Names::Any, ask).await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_tokens(kms, input.grant_tokens.as_ref())?;
        let key = target::kept(call)?.key;
        let algorithm = input.mac_algorithm.need();
        let message = input.message.need();
        key.admit(kms.now(), Wanted::Use)?;
        check_usage(&key, Usage::GenerateVerifyMac, "GenerateMac")?;
        check_mac(&key, &algorithm)?;
        dry_run(input.dry_run)?;
        let mac = kms.mac(&key, &message)?;
        kms.note_use(&key.at, Self::NAME, call.request_id());
        Ok(GenerateMacResponse {
            mac: Some(mac.into()),
            mac_algorithm: Some(algorithm),
            key_id: Some(key.arn()),
        })
    }
}
