//! UpdatePrimaryRegion.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target::{self, Names};
use crate::engine::Kms;
use crate::engine::access::Ask;
use crate::engine::regions::in_region;
use crate::shapes::UpdatePrimaryRegionRequest;

/// Makes a replica of a multi-Region key the primary key, and the primary a replica.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdatePrimaryRegion.html>
pub(crate) struct UpdatePrimaryRegion;

const ACTION: &str = "kms:UpdatePrimaryRegion";

impl Operation for UpdatePrimaryRegion {
    type Service = Kms;
    type Input = UpdatePrimaryRegionRequest;
    type Output = ();
    const NAME: &'static str = "UpdatePrimaryRegion";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let region = input.primary_region.clone().unwrap_or_default();
        let ask = || {
            let more = vec![("kms:PrimaryRegion".into(), region.clone())];
            Ask { action: ACTION, more, ..Ask::default() }
        };
        let mut asked = target::access(kms, call, input.key_id.as_ref(), Names::OwnKey, ask()).await?;
        // The replica that is to be the primary must allow it too.
        if let Ok(found) = target::kept(call)
            && found.key.at.region != region
            && let Ok(next) = kms.key(&in_region(&found.key.at, &region)).await
        {
            asked.push(kms.question(call.caller(), &next, ask()).await?);
        }
        Ok(asked)
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<(), Fault> {
        let at = target::kept(call)?.key.at.clone();
        Ok(kms.move_primary(&at, &input.primary_region.need()).await?)
    }
}
