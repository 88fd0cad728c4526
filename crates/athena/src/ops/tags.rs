//! Operations on tags. What is tagged is named by its ARN, and must be there.

use base::{Arn, Tags};
use service::{Access, Call, Fault};
use wire::Need;

use super::operation::operation;
use crate::engine::Error;
use crate::engine::tags::checked;
use crate::shapes::*;
use crate::tables::{Named, Place};

/// A list of tags as a map; the last of a key counts.
pub(super) fn map(tags: Option<&[Tag]>) -> Tags {
    let pair = |tag: &Tag| (tag.key.clone().unwrap_or_default(), tag.value.clone().unwrap_or_default());
    tags.into_iter().flatten().map(pair).collect()
}

/// The resource that a call names.
fn target(call: &Call, arn: Option<&String>) -> Result<(Arn, Named), Fault> {
    let text = arn.map(String::as_str).unwrap_or_default();
    let wrong = || Fault::from(Error::invalid(format!("Invalid resource ARN: {text}")));
    let arn: Arn = text.parse().map_err(|_| wrong())?;
    let is_ours = arn.service() == "athena" && arn.region() == call.region().as_str();
    let kind = arn.resource().split('/').next().unwrap_or_default();
    if !is_ours || !matches!(kind, "workgroup" | "datacatalog") {
        return Err(wrong());
    }
    let account = arn.account().parse().map_err(|_| wrong())?;
    let place = Place { account, region: arn.region().to_owned() };
    let named = place.named(arn.resource());
    Ok((arn, named))
}

fn asked(call: &Call, action: &'static str, arn: Option<&String>) -> Result<Vec<Access>, Fault> {
    Ok(vec![Access::to(action, &target(call, arn)?.0)])
}

operation! {
    /// Adds tags. <https://docs.aws.amazon.com/athena/latest/APIReference/API_TagResource.html>
    TagResource(TagResourceInput) -> TagResourceOutput;
    access(_athena, call, input) {
        let tags = map(input.tags.as_deref());
        let asked = asked(call, "athena:TagResource", input.resource_arn.as_ref())?;
        asked.into_iter().map(|one| one.tagging(&tags)).collect()
    }
    run(athena, call, input) {
        let (_, at) = target(call, input.resource_arn.as_ref())?;
        let new = checked(map(input.tags.as_deref()))?;
        athena.change_tags(&at, |tags| tags.extend(new.clone())).await?;
        Ok(TagResourceOutput::default())
    }
}

operation! {
    /// Removes tags. <https://docs.aws.amazon.com/athena/latest/APIReference/API_UntagResource.html>
    UntagResource(UntagResourceInput) -> UntagResourceOutput;
    access(_athena, call, input) {
        let asked = asked(call, "athena:UntagResource", input.resource_arn.as_ref())?;
        let keys = input.tag_keys.iter().flatten();
        keys.fold(asked, |asked, key| asked.into_iter().map(|one| one.with("aws:TagKeys", key.clone())).collect())
    }
    run(athena, call, input) {
        let (_, at) = target(call, input.resource_arn.as_ref())?;
        let keys = input.tag_keys.need();
        athena.change_tags(&at, |tags| tags.retain(|key, _| !keys.contains(key))).await?;
        Ok(UntagResourceOutput::default())
    }
}

operation! {
    /// Tags of a resource. <https://docs.aws.amazon.com/athena/latest/APIReference/API_ListTagsForResource.html>
    ListTagsForResource(ListTagsForResourceInput) -> ListTagsForResourceOutput;
    access(_athena, call, input) { asked(call, "athena:ListTagsForResource", input.resource_arn.as_ref())? }
    run(athena, call, input) {
        let (_, at) = target(call, input.resource_arn.as_ref())?;
        let tags = athena.tags(&at).await?.into_iter();
        let tag = |(key, value)| Tag { key: Some(key), value: Some(value) };
        Ok(ListTagsForResourceOutput { tags: Some(tags.map(tag).collect()), next_token: None })
    }
}
