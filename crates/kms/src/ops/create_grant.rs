//! CreateGrant.

use service::{Access, Call, Fault, Operation};

use super::target::{self, Names, check_tokens, dry_run, using};
use super::{granting, pages};
use crate::engine::Kms;
use crate::engine::access::Ask;
use crate::engine::grant::GrantOperation;
use crate::shapes::{CreateGrantRequest, CreateGrantResponse};
use crate::tables::GrantRef;

/// Allows somebody to use a key past its policy. Differs: the grant works at once.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html>
pub(crate) struct CreateGrant;

impl Operation for CreateGrant {
    type Service = Kms;
    type Input = CreateGrantRequest;
    type Output = CreateGrantResponse;
    const NAME: &'static str = "CreateGrant";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let child = granting::row(call.account(), input).ok();
        let more = granting::conditions(input);
        let ask =
            Ask { child: child.as_ref(), more, ..using("kms:CreateGrant", GrantOperation::CreateGrant) };
        target::access(kms, call, input.key_id.as_ref(), Names::Key, ask).await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_tokens(kms, input.grant_tokens.as_ref())?;
        let at = target::kept(call)?.key.at.clone();
        let mut row = granting::row(call.account(), &input)?;
        row.grantee = kms.party_stored(row.grantee).await?;
        if let Some(retirer) = row.retirer.take() {
            row.retirer = Some(kms.party_stored(retirer).await?);
        }
        if input.dry_run == Some(true) {
            kms.check_grant(&at, &row).await?;
        }
        dry_run(input.dry_run)?;
        let id = kms.create_grant(&at, row).await?;
        let token = pages::seal_grant(kms, &GrantRef { key: at, grant: id.clone() });
        Ok(CreateGrantResponse { grant_token: Some(token), grant_id: Some(id) })
    }
}
