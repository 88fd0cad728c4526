//! UpdateAccountSettings.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::account_settings;
use crate::engine::Kinesis;
use crate::shapes::{UpdateAccountSettingsInput, UpdateAccountSettingsOutput};

/// Begins or ends the account's commitment to a minimum of throughput, which warm throughput asks for. It lasts a day at least.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateAccountSettings.html>
pub(crate) struct UpdateAccountSettings;

impl Operation for UpdateAccountSettings {
    type Service = Kinesis;
    type Input = UpdateAccountSettingsInput;
    type Output = UpdateAccountSettingsOutput;
    const NAME: &'static str = "UpdateAccountSettings";

    async fn access(_: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let _ = input;
        Ok(vec![Access::any("kinesis:UpdateAccountSettings", call.caller())])
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let asked = input.minimum_throughput_billing_commitment.need();
        let on = asked.status.as_deref() == Some("ENABLED");
        let settings = kinesis.set_commitment(&account_settings::key(call), on).await?;
        Ok(UpdateAccountSettingsOutput {
            minimum_throughput_billing_commitment: Some(account_settings::commitment(
                &settings,
                kinesis.now(),
            )),
        })
    }
}
