//! ListResourceTags.

use service::{Access, Call, Fault, Operation};

use super::{pages, shown, target};
use crate::engine::Kms;
use crate::shapes::{ListResourceTagsRequest, ListResourceTagsResponse};
use base::Page;

/// Lists a key's tags.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html>
pub(crate) struct ListResourceTags;

impl Operation for ListResourceTags {
    type Service = Kms;
    type Input = ListResourceTagsRequest;
    type Output = ListResourceTagsResponse;
    const NAME: &'static str = "ListResourceTags";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::own_key(kms, call, input.key_id.as_ref(), "kms:ListResourceTags").await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::kept(call)?.key;
        let purpose = format!("kms.ListResourceTags/{}", key.arn());
        let after = pages::after(kms, &purpose, input.marker.as_ref())?;
        let limit = pages::limit(input.limit, TAGS_DEFAULT, TAGS_DEFAULT)?;
        let beyond = |tag: &str| after.as_deref().is_none_or(|after| tag > after);
        let page = Page::take(key.row.tags.iter().filter(|(tag, _)| beyond(tag)), limit);
        let next_marker = pages::next(kms, &purpose, &page, |(tag, _)| (*tag).clone());
        Ok(ListResourceTagsResponse {
            tags: Some(shown::tags(page.items)),
            next_marker,
            truncated: Some(page.more),
        })
    }
}

/// Tags of one answer: as many as a key can have (facts section 9.1).
const TAGS_DEFAULT: usize = 50;
