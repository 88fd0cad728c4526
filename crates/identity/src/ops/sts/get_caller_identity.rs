//! GetCallerIdentity.

use service::{Access, Call, Fault, Operation};

use crate::engine::Identity;
use crate::shapes::sts::{GetCallerIdentityRequest, GetCallerIdentityResponse};

/// Says who signed the request. Needs no permission, and no policy can deny it.
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>
pub(crate) struct GetCallerIdentity;

impl Operation for GetCallerIdentity {
    type Service = Identity;
    type Input = GetCallerIdentityRequest;
    type Output = GetCallerIdentityResponse;
    const NAME: &'static str = "GetCallerIdentity";

    async fn access(_: &Identity, _: &Call, _: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(Vec::new())
    }

    async fn run(_: &Identity, call: &Call, _: Self::Input) -> Result<Self::Output, Fault> {
        let principal = &call.caller().principal;
        Ok(GetCallerIdentityResponse {
            user_id: Some(principal.user_id()),
            account: Some(principal.account.to_string()),
            arn: principal.arn().map(|arn| arn.to_string()),
        })
    }
}
