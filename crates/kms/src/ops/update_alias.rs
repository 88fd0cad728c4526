//! UpdateAlias.

use service::{Access, Call, Fault, Operation};

use super::target::{self, to_alias};
use crate::engine::access::Ask;
use crate::engine::{Error, Kms};
use crate::shapes::UpdateAliasRequest;
use wire::Need;

/// Points an alias to another key of the same kind.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateAlias.html>
pub(crate) struct UpdateAlias;

impl Operation for UpdateAlias {
    type Service = Kms;
    type Input = UpdateAliasRequest;
    type Output = ();
    const NAME: &'static str = "UpdateAlias";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let alias = target::alias(call, input.alias_name.as_deref().unwrap_or_default());
        let mut asked = vec![to_alias("kms:UpdateAlias", &alias)];
        if alias.service().is_some() {
            // Nobody may, whatever the policies say.
            return Err(Error::AliasReserved(alias).into());
        }
        match kms.alias(&alias).await {
            Ok(row) => {
                if let Ok(key) = kms.key(&alias.target(&row)).await {
                    let ask = Ask { action: "kms:UpdateAlias", ..Ask::default() };
                    asked.push(kms.question(call.caller(), &key, ask).await?);
                }
            }
            // There is nothing to take it from; the call will be refused.
            Err(Error::NoAlias(_)) => {}
            Err(error) => return Err(error.into()),
        }
        asked.extend(target::own_key(kms, call, input.target_key_id.as_ref(), "kms:UpdateAlias").await?);
        Ok(asked)
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let alias = target::alias(call, &input.alias_name.need());
        crate::engine::alias::check_name(&alias)?;
        let at = target::kept(call)?.key.at.clone();
        Ok(kms.move_alias(&alias, &at).await?)
    }
}
