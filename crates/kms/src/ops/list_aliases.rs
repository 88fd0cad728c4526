//! ListAliases.

use service::{Access, Call, Fault, Operation};

use super::pages;
use super::target::{self, Names};
use crate::engine::Kms;
use crate::engine::alias::Listed;
use crate::shapes::AliasListEntry;
use crate::shapes::{ListAliasesRequest, ListAliasesResponse};
use base::Timestamp;

/// Lists the account's aliases in the region, or those of one key. Those of services stand there before they stand for a key.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html>
pub(crate) struct ListAliases;

impl Operation for ListAliases {
    type Service = Kms;
    type Input = ListAliasesRequest;
    type Output = ListAliasesResponse;
    const NAME: &'static str = "ListAliases";

    async fn access(_: &Kms, call: &Call, _: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![Access::any("kms:ListAliases", call.caller())])
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = match &input.key_id {
            Some(text) => Some(target::find(kms, call, text, Names::OwnKey, "kms:ListAliases").await?.key),
            None => None,
        };
        let of = key.as_ref().map_or_else(String::new, |key| key.arn());
        let purpose = format!("kms.ListAliases/{}/{}/{of}", call.account(), call.region());
        let after = pages::after(kms, &purpose, input.marker.as_ref())?;
        let limit = pages::limit(input.limit, ALIASES_DEFAULT, ALIASES_MAX)?;
        let (account, region) = (call.account(), call.region().as_str());
        let page = kms.list_aliases(account, region, key.as_deref(), after.as_deref(), limit).await?;
        let next_marker = pages::next(kms, &purpose, &page, |listed| listed.at.name.clone());
        Ok(ListAliasesResponse {
            aliases: Some(page.items.iter().map(entry).collect()),
            next_marker,
            truncated: Some(page.more),
        })
    }
}

/// Aliases of one answer, unless the caller says otherwise, and at most (facts section 9.1).
const ALIASES_DEFAULT: usize = 50;
const ALIASES_MAX: usize = 100;

fn entry(listed: &Listed) -> AliasListEntry {
    let row = listed.row.as_ref();
    let time = |micros: i64| Timestamp::from_micros(micros).cut_to_millis();
    AliasListEntry {
        alias_name: Some(listed.at.name.clone()),
        alias_arn: Some(listed.at.arn()),
        target_key_id: row.map(|row| row.key.clone()),
        creation_date: row.map(|row| time(row.created_micros)),
        last_updated_date: row.map(|row| time(row.updated_micros)),
    }
}
