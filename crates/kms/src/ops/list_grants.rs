//! ListGrants.

use service::{Access, Call, Fault, Operation};

use super::target::{self, Names};
use super::{pages, shown};
use crate::engine::Kms;
use crate::engine::access::Ask;
use crate::engine::grant::Granted;
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
            (Some(arn), _) => Some(Party::Principal(arn)),
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
        Ok(ListGrantsResponse {
            grants: Some(page.items.iter().map(|grant| shown::grant(&at, grant)).collect()),
            next_marker,
            truncated: Some(page.more),
        })
    }
}

/// Grants of one answer, unless the caller says otherwise, and at most (facts section 9.1).
const GRANTS_DEFAULT: usize = 50;
const GRANTS_MAX: usize = 100;
