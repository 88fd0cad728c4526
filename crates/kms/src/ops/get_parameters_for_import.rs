//! GetParametersForImport.

use service::{Access, Call, Fault, Operation};

use super::target::{self, Names};
use crate::engine::access::Ask;
use crate::engine::import::Wrapping;
use crate::engine::{Error, Kms};
use crate::shapes::{GetParametersForImportRequest, GetParametersForImportResponse};
use crypt::PairKind;
use wire::Need;

/// Makes a wrapping key and a token for the import of key material. Differs: no SM2, no PKCS #1 v1.5.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GetParametersForImport.html>
pub(crate) struct GetParametersForImport;

impl Operation for GetParametersForImport {
    type Service = Kms;
    type Input = GetParametersForImportRequest;
    type Output = GetParametersForImportResponse;
    const NAME: &'static str = "GetParametersForImport";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let algorithm =
            input.wrapping_algorithm.iter().map(|name| ("kms:WrappingAlgorithm".into(), name.clone()));
        let spec = input.wrapping_key_spec.iter().map(|name| ("kms:WrappingKeySpec".into(), name.clone()));
        let more = algorithm.chain(spec).collect();
        let ask = Ask { action: "kms:GetParametersForImport", more, ..Ask::default() };
        target::access(kms, call, input.key_id.as_ref(), Names::OwnKey, ask).await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let at = target::kept(call)?.key.at.clone();
        let unsupported = |name: &str| Error::Unsupported(format!("{name} is not supported."));
        let algorithm = input.wrapping_algorithm.need();
        let wrapping = Wrapping::named(&algorithm).ok_or_else(|| unsupported(&algorithm))?;
        let spec = input.wrapping_key_spec.need();
        let kind = match spec.as_str() {
            "RSA_2048" => PairKind::Rsa2048,
            "RSA_3072" => PairKind::Rsa3072,
            "RSA_4096" => PairKind::Rsa4096,
            _ => return Err(unsupported(&spec).into()),
        };
        let parameters = kms.import_parameters(&at, wrapping, kind).await?;
        Ok(GetParametersForImportResponse {
            key_id: Some(at.arn()),
            import_token: Some(parameters.token.into()),
            public_key: Some(parameters.public.into()),
            parameters_valid_to: Some(parameters.valid_until.cut_to_millis()),
        })
    }
}
