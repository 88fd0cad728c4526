//! DescribeAccountSettings.

use service::{Access, Call, Fault, Operation};

use super::account_settings;
use crate::engine::Kinesis;
use crate::shapes::{DescribeAccountSettingsInput, DescribeAccountSettingsOutput};

/// Tells what the account has agreed to in the region.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeAccountSettings.html>
pub(crate) struct DescribeAccountSettings;

impl Operation for DescribeAccountSettings {
    type Service = Kinesis;
    type Input = DescribeAccountSettingsInput;
    type Output = DescribeAccountSettingsOutput;
    const NAME: &'static str = "DescribeAccountSettings";

    async fn access(_: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let DescribeAccountSettingsInput {} = input;
        Ok(vec![Access::any("kinesis:DescribeAccountSettings", call.caller())])
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let DescribeAccountSettingsInput {} = input;
        let settings = kinesis.account_settings(&account_settings::key(call)).await?;
        Ok(DescribeAccountSettingsOutput {
            minimum_throughput_billing_commitment: Some(account_settings::commitment(
                &settings,
                kinesis.now(),
            )),
        })
    }
}
