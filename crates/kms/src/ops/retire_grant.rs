//! RetireGrant.

use service::{Access, Call, Fault, Operation};

use super::fault::validation;
use super::pages;
use super::target::{self, Names, dry_run};
use crate::engine::access::{Ask, hidden_from};
use crate::engine::grant::may_retire;
use crate::engine::{Error, Kms};
use crate::shapes::RetireGrantRequest;
use crate::tables::GrantRef;
use service::{ResourceRule, ResourceSide};

/// Ends a grant, by those it names or its account. It decides itself who may; a policy can only deny.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_RetireGrant.html>
pub(crate) struct RetireGrant;

impl Operation for RetireGrant {
    type Service = Kms;
    type Input = RetireGrantRequest;
    type Output = ();
    const NAME: &'static str = "RetireGrant";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let named = match (&input.grant_token, &input.key_id, &input.grant_id) {
            (Some(token), _, _) => pages::open_grant(kms, token),
            (None, Some(key), Some(id)) => {
                let found = target::find(kms, call, key, Names::Key, "kms:RetireGrant").await;
                found
                    .map(|found| GrantRef { key: found.key.at.clone(), grant: id.clone() })
                    .map_err(Fault::from)
            }
            (None, _, _) => {
                Err(validation("Either a grant token, or both a key ARN and a grant ID must be specified."))
            }
        };
        let named = match named {
            Ok(named) => named,
            Err(fault) => {
                call.keep::<Result<GrantRef, Fault>>(Err(fault));
                return Ok(vec![Access::any("kms:RetireGrant", call.caller())]);
            }
        };
        let (key, grant) = match (kms.key(&named.key).await, kms.grant(&named.key, &named.grant).await) {
            (Ok(key), Ok(grant)) => (key, grant),
            (Err(error), _) | (_, Err(error)) => {
                call.keep::<Result<GrantRef, Fault>>(Err(error.into()));
                return Ok(Vec::new());
            }
        };
        let principal = &call.caller().principal;
        let names = kms.names(principal).await?;
        if !may_retire(&grant.row, &named.key, principal, &names) {
            return Err(hidden_from(call.caller(), "kms:RetireGrant").into());
        }
        let ask = Ask { action: "kms:RetireGrant", ..Ask::default() };
        let asked = kms.question(call.caller(), &key, ask).await?;
        let side =
            ResourceSide { policy: Some(key.policy.clone()), granted: true, rule: ResourceRule::KeyPolicy };
        call.keep::<Result<GrantRef, Fault>>(Ok(named));
        Ok(vec![asked.under(side)])
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = call.kept::<Result<GrantRef, Fault>>().cloned();
        let named = named.unwrap_or_else(|| Err(Error::InvalidGrantId.into()))?;
        dry_run(input.dry_run)?;
        Ok(kms.end_grant(&named.key, &named.grant).await?)
    }
}
