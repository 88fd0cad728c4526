//! GetPublicKey.

use service::{Access, Call, Fault, Operation};

use super::shown::{self, Algorithms};
use super::target::{self, Names, check_tokens, using};
use crate::engine::grant::GrantOperation;
use crate::engine::state::Wanted;
use crate::engine::{Error, Kms};
use crate::shapes::{GetPublicKeyRequest, GetPublicKeyResponse};

/// Returns the public half of a key pair.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GetPublicKey.html>
pub(crate) struct GetPublicKey;

impl Operation for GetPublicKey {
    type Service = Kms;
    type Input = GetPublicKeyRequest;
    type Output = GetPublicKeyResponse;
    const NAME: &'static str = "GetPublicKey";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let ask = using("kms:GetPublicKey", GrantOperation::GetPublicKey);
        target::access(kms, call, input.key_id.as_ref(), Names::Any, ask).await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_tokens(kms, input.grant_tokens.as_ref())?;
        let key = target::kept(call)?.key;
        key.admit(kms.now(), Wanted::Use)?;
        let row = &key.row;
        let public = row.public.clone().ok_or_else(|| Error::NoPublicKey(key.at.clone(), row.spec))?;
        let algorithms = Algorithms::of(row.spec, row.usage);
        Ok(GetPublicKeyResponse {
            key_id: Some(key.arn()),
            public_key: Some(public.into()),
            customer_master_key_spec: shown::old_spec(row.spec),
            key_spec: Some(row.spec.name().to_owned()),
            key_usage: Some(row.usage.name().to_owned()),
            encryption_algorithms: algorithms.encryption,
            signing_algorithms: algorithms.signing,
            key_agreement_algorithms: algorithms.agreement,
            encapsulation_algorithms: None,
        })
    }
}
