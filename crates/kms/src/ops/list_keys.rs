//! ListKeys.

use service::{Access, Call, Fault, Operation};

use super::pages;
use crate::engine::Kms;
use crate::shapes::KeyListEntry;
use crate::shapes::{ListKeysRequest, ListKeysResponse};
use crate::tables::KeyRef;

/// Lists the account's keys in the region. Differs: no keys are shared through RAM.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html>
pub(crate) struct ListKeys;

impl Operation for ListKeys {
    type Service = Kms;
    type Input = ListKeysRequest;
    type Output = ListKeysResponse;
    const NAME: &'static str = "ListKeys";

    async fn access(_: &Kms, call: &Call, _: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![Access::any("kms:ListKeys", call.caller())])
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let owners = input.resource_owners.unwrap_or_default();
        if !owners.is_empty() && !owners.iter().any(|owner| owner == "SELF") {
            return Ok(ListKeysResponse {
                keys: Some(Vec::new()),
                next_marker: None,
                truncated: Some(false),
            });
        }
        let purpose = format!("kms.ListKeys/{}/{}", call.account(), call.region());
        let after = pages::after(kms, &purpose, input.marker.as_ref())?;
        let limit = pages::limit(input.limit, KEYS_DEFAULT, KEYS_MAX)?;
        let page = kms.list_keys(call.account(), call.region().as_str(), after.as_deref(), limit).await?;
        let next_marker = pages::next(kms, &purpose, &page, |at| at.id.clone());
        let entry = |at: &KeyRef| KeyListEntry { key_id: Some(at.id.clone()), key_arn: Some(at.arn()) };
        Ok(ListKeysResponse {
            keys: Some(page.items.iter().map(entry).collect()),
            next_marker,
            truncated: Some(page.more),
        })
    }
}

/// Keys of one answer, unless the caller says otherwise, and at most (facts section 9.1).
const KEYS_DEFAULT: usize = 100;
const KEYS_MAX: usize = 1_000;
