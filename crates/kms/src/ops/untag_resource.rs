//! UntagResource.

use service::{Access, Call, Fault, Operation};

use super::target::{self, Names};
use crate::engine::Kms;
use crate::engine::access::Ask;
use crate::shapes::UntagResourceRequest;
use wire::Need;

/// Removes tags of a key.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html>
pub(crate) struct UntagResource;

impl Operation for UntagResource {
    type Service = Kms;
    type Input = UntagResourceRequest;
    type Output = ();
    const NAME: &'static str = "UntagResource";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let keys = input.tag_keys.iter().flatten();
        let more = keys.map(|key| ("aws:TagKeys".into(), key.clone())).collect();
        let ask = Ask { action: "kms:UntagResource", more, ..Ask::default() };
        target::access(kms, call, input.key_id.as_ref(), Names::OwnKey, ask).await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let at = target::kept(call)?.key.at.clone();
        Ok(kms.untag(&at, &input.tag_keys.need()).await?)
    }
}
