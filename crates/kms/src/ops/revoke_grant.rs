//! RevokeGrant.

use service::{Access, Call, Fault, Operation};

use super::target::{self, Names, dry_run};
use crate::engine::Kms;
use crate::engine::access::Ask;
use crate::shapes::RevokeGrantRequest;
use wire::Need;

/// Ends a grant, by who may manage its key.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_RevokeGrant.html>
pub(crate) struct RevokeGrant;

impl Operation for RevokeGrant {
    type Service = Kms;
    type Input = RevokeGrantRequest;
    type Output = ();
    const NAME: &'static str = "RevokeGrant";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let more = vec![("kms:GrantIsForAWSResource".into(), "false".to_owned())];
        let ask = Ask { action: "kms:RevokeGrant", more, ..Ask::default() };
        target::access(kms, call, input.key_id.as_ref(), Names::Key, ask).await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let at = target::kept(call)?.key.at.clone();
        let id = input.grant_id.need();
        kms.grant(&at, &id).await?;
        dry_run(input.dry_run)?;
        Ok(kms.end_grant(&at, &id).await?)
    }
}
