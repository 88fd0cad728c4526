//! ListRetirableGrants.

use service::{Access, Call, Fault, Operation};

use super::fault::validation;
use super::list_grants::known;
use super::{pages, shown};
use crate::engine::grant::Granted;
use crate::engine::{Error, Kms};
use crate::shapes::{ListGrantsResponse, ListRetirableGrantsRequest};
use crate::tables::{Party, RETIRERS};

/// Lists the grants that somebody of the caller's account may retire.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListRetirableGrants.html>
pub(crate) struct ListRetirableGrants;

impl Operation for ListRetirableGrants {
    type Service = Kms;
    type Input = ListRetirableGrantsRequest;
    type Output = ListGrantsResponse;
    const NAME: &'static str = "ListRetirableGrants";

    async fn access(_: &Kms, call: &Call, _: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![Access::any("kms:ListRetirableGrants", call.caller())])
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let principal = match (input.retiring_principal, input.retiring_service_principal) {
            (Some(arn), None) => known(kms, Party::Principal(arn)).await?,
            (None, Some(name)) => Party::Service(name),
            (Some(_), Some(_)) | (None, None) => {
                return Err(validation(
                    "Exactly one of RetiringPrincipal and RetiringServicePrincipal must be specified.",
                ));
            }
        };
        let region = call.region().as_str();
        let purpose = format!("kms.ListRetirableGrants/{}/{region}/{}", call.account(), principal.name());
        let limit = pages::limit(input.limit, GRANTS_DEFAULT, GRANTS_MAX)?;
        let after = match &input.marker {
            Some(marker) => {
                let opened = kms.tokens().open(&purpose, marker).map_err(|_| Error::InvalidMarker)?;
                Some(RETIRERS.read_key(&opened).map_err(|_| Error::InvalidMarker)?)
            }
            None => None,
        };
        let page = kms.list_retirable(principal.name(), region, after.as_ref(), limit).await?;
        let last = page.items.last().filter(|_| page.more);
        let next_marker = last.map(|(at, _)| kms.tokens().seal(&purpose, &RETIRERS.key(at)));
        let truncated = Some(page.more);
        let mut grants = Vec::with_capacity(page.items.len());
        for (at, row) in page.items {
            let granted = Granted { id: at.grant.grant, row };
            grants.push(shown::grant(kms, &at.grant.key, granted).await?);
        }
        Ok(ListGrantsResponse { grants: Some(grants), next_marker, truncated })
    }
}

/// Grants of one answer, unless the caller says otherwise, and at most (facts section 9.1).
const GRANTS_DEFAULT: usize = 50;
const GRANTS_MAX: usize = 100;
