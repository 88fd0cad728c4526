//! DescribeKey.

use service::{Access, Call, Fault, Operation};

use super::shown;
use super::target::{self, Names, check_tokens, using};
use crate::engine::Kms;
use crate::engine::grant::GrantOperation;
use crate::shapes::{DescribeKeyRequest, DescribeKeyResponse};

/// Describes a key. A service's own key is made if it is asked for by its alias.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html>
pub(crate) struct DescribeKey;

impl Operation for DescribeKey {
    type Service = Kms;
    type Input = DescribeKeyRequest;
    type Output = DescribeKeyResponse;
    const NAME: &'static str = "DescribeKey";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let ask = using("kms:DescribeKey", GrantOperation::DescribeKey);
        target::access(kms, call, input.key_id.as_ref(), Names::AnyOrManaged, ask).await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_tokens(kms, input.grant_tokens.as_ref())?;
        let found = target::kept(call)?;
        Ok(DescribeKeyResponse { key_metadata: Some(shown::metadata(&found.key, kms.now())) })
    }
}
