//! DeleteAlias.

use service::{Access, Call, Fault, Operation};

use super::target::{self, to_alias};
use crate::engine::access::Ask;
use crate::engine::{Error, Kms};
use crate::shapes::DeleteAliasRequest;
use wire::Need;

/// Removes an alias. Its key stays.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteAlias.html>
pub(crate) struct DeleteAlias;

impl Operation for DeleteAlias {
    type Service = Kms;
    type Input = DeleteAliasRequest;
    type Output = ();
    const NAME: &'static str = "DeleteAlias";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let alias = target::alias(call, input.alias_name.as_deref().unwrap_or_default());
        let mut asked = vec![to_alias("kms:DeleteAlias", &alias)];
        if alias.service().is_some() {
            // Nobody may, whatever the policies say.
            return Err(Error::AliasReserved(alias).into());
        }
        match kms.alias(&alias).await {
            Ok(row) => {
                if let Ok(key) = kms.key(&alias.target(&row)).await {
                    let ask = Ask { action: "kms:DeleteAlias", ..Ask::default() };
                    asked.push(kms.question(call.caller(), &key, ask).await?);
                }
            }
            Err(Error::NoAlias(_)) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(asked)
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        Ok(kms.delete_alias(&target::alias(call, &input.alias_name.need())).await?)
    }
}
