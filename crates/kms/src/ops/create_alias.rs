//! CreateAlias.

use service::{Access, Call, Fault, Operation};

use super::target::{self, to_alias};
use crate::engine::Kms;
use crate::shapes::CreateAliasRequest;
use wire::Need;

/// Creates an alias for a key of the same account and region.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html>
pub(crate) struct CreateAlias;

impl Operation for CreateAlias {
    type Service = Kms;
    type Input = CreateAliasRequest;
    type Output = ();
    const NAME: &'static str = "CreateAlias";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let name = input.alias_name.as_deref().unwrap_or_default();
        let mut asked = vec![to_alias("kms:CreateAlias", &target::alias(call, name))];
        asked.extend(target::own_key(kms, call, input.target_key_id.as_ref(), "kms:CreateAlias").await?);
        Ok(asked)
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let alias = target::alias(call, &input.alias_name.need());
        crate::engine::alias::check_name(&alias)?;
        let at = target::kept(call)?.key.at.clone();
        Ok(kms.create_alias(&alias, &at).await?)
    }
}
