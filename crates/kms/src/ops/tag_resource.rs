//! TagResource.

use service::{Access, Call, Fault, Operation};

use super::shown;
use super::target::{self, Names};
use crate::engine::Kms;
use crate::engine::access::Ask;
use crate::shapes::TagResourceRequest;
use wire::Need;

/// Sets tags of a key.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html>
pub(crate) struct TagResource;

impl Operation for TagResource {
    type Service = Kms;
    type Input = TagResourceRequest;
    type Output = ();
    const NAME: &'static str = "TagResource";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let mut more = Vec::new();
        for tag in input.tags.iter().flatten() {
            let (key, value) =
                (tag.tag_key.clone().unwrap_or_default(), tag.tag_value.clone().unwrap_or_default());
            more.push((format!("aws:RequestTag/{key}").into(), value));
            more.push(("aws:TagKeys".into(), key));
        }
        let ask = Ask { action: "kms:TagResource", more, ..Ask::default() };
        target::access(kms, call, input.key_id.as_ref(), Names::OwnKey, ask).await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let at = target::kept(call)?.key.at.clone();
        let tags = shown::tags_of(input.tags.need())?;
        Ok(kms.tag(&at, &tags).await?)
    }
}
