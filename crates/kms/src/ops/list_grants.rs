//! ListGrants.

use service::{Access, Call, Fault, Operation};

use super::target::{self, Names};
use super::{pages, shown};
use crate::engine::access::Ask;
use crate::engine::grant::Granted;
use crate::engine::{Error, Kms};
use crate::shapes::{ListGrantsRequest, ListGrantsResponse};
use crate::tables::Party;

/// Lists a key's grants.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html>
pub(crate) struct ListGrants;

impl Operation for ListGrants {
    type Service = Kms;
    type Input = ListGrantsRequest;
    type Output = ListGrantsResponse;
    const NAME: &'static str = "ListGrants";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let more = vec![("kms:GrantIsForAWSResource".into(), "false".to_owned())];
        let ask = Ask { action: "kms:ListGrants", more, ..Ask::default() };
        target::access(kms, call, input.key_id.as_ref(), Names::Key, ask).await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let at = target::kept(call)?.key.at.clone();
        let grantee = match (input.grantee_principal, input.grantee_service_principal) {
            (Some(arn), _) => Some(known(kms, Party::Principal(arn)).await?),
            (None, Some(name)) => Some(Party::Service(name)),
            (None, None) => None,
        };
        let purpose = format!("kms.ListGrants/{}", at.arn());
        let after = pages::after(kms, &purpose, input.marker.as_ref())?;
        let limit = pages::limit(input.limit, GRANTS_DEFAULT, GRANTS_MAX)?;
        let id = input.grant_id;
        let passes = |grant: &Granted| {
            id.as_ref().is_none_or(|id| *id == grant.id)
                && grantee.as_ref().is_none_or(|grantee| *grantee == grant.row.grantee)
        };
        let page = kms.list_grants(&at, after.as_deref(), limit, passes).await?;
        let next_marker = pages::next(kms, &purpose, &page, |grant| grant.id.clone());
        let more = page.more;
        let mut grants = Vec::with_capacity(page.items.len());
        for grant in page.items {
            grants.push(shown::grant(kms, &at, grant).await?);
        }
        Ok(ListGrantsResponse { grants: Some(grants), next_marker, truncated: Some(more) })
    }
}

/// Grants of one answer, unless the caller says otherwise, and at most (facts section 9.1).
const GRANTS_DEFAULT: usize = 50;
const GRANTS_MAX: usize = 100;

/// Somebody as grants name them; whoever does not exist has none.
pub(crate) async fn known(kms: &Kms, party: Party) -> Result<Party, Fault> {
    match kms.party_stored(party).await {
        Err(Error::NoPrincipal(arn)) => Ok(Party::Principal(arn)),
        other => Ok(other?),
    }
}
