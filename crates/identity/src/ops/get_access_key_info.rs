//! GetAccessKeyInfo.

use base::AccountId;
use service::{Access, Call, Fault, Operation};

use super::Sts;
use crate::shapes::sts::{GetAccessKeyInfoRequest, GetAccessKeyInfoResponse};

/// Says which account an access key belongs to. Any well-formed key is answered.
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html>
/// Differs: AWS reads the account out of the key itself; a key that is not ours is given to the default account.
pub(crate) struct GetAccessKeyInfo;

impl Operation for GetAccessKeyInfo {
    type Service = Sts;
    type Input = GetAccessKeyInfoRequest;
    type Output = GetAccessKeyInfoResponse;
    const NAME: &'static str = "GetAccessKeyInfo";

    async fn access(_: &Sts, call: &Call, _: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![Access::any("sts:GetAccessKeyInfo", call.caller())])
    }

    async fn run(sts: &Sts, _: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let id = input.access_key_id.unwrap_or_default();
        let key = sts.principals.find_key(&id).await.map_err(|error| {
            tracing::warn!(%error, "cannot look up an access key");
            (super::fault::STYLE.internal)()
        })?;
        let account = key.map_or(AccountId::DEFAULT, |key| key.principal.account);
        Ok(GetAccessKeyInfoResponse { account: Some(account.to_string()) })
    }
}
