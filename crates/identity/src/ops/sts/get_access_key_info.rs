//! GetAccessKeyInfo.

use base::AccountId;
use ports::Principals;
use wire::Need;

use crate::ops::{Target, operation};
use crate::shapes::sts::{GetAccessKeyInfoRequest, GetAccessKeyInfoResponse};

operation! {
    /// Says which account an access key belongs to. Any well-formed key is answered.
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html>
    /// Differs: AWS reads the account out of the key itself; a key that is not ours is given to the default account.
    "sts" GetAccessKeyInfo(GetAccessKeyInfoRequest) -> GetAccessKeyInfoResponse,
    asks |_sts, _call, _input| Target::any(),
    does |sts, _call, input| {
        let key = sts.find_key(&input.access_key_id.need()).await.map_err(|error| {
            tracing::warn!(%error, "cannot look up an access key");
            (crate::ops::fault::STYLE.internal)()
        })?;
        let account = key.map_or(AccountId::DEFAULT, |key| key.principal.account);
        GetAccessKeyInfoResponse { account: Some(account.to_string()) }
    },
}
