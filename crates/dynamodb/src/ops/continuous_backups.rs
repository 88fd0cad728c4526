//! DescribeContinuousBackups and UpdateContinuousBackups.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target;
use crate::engine::DynamoDb;
use crate::engine::table::Found;
use crate::shapes::{
    ContinuousBackupsDescription, DescribeContinuousBackupsInput, DescribeContinuousBackupsOutput,
    PointInTimeRecoveryDescription, UpdateContinuousBackupsInput, UpdateContinuousBackupsOutput,
};

/// How far back AWS recovers, unless it is told otherwise.
const DAYS_DEFAULT: u32 = 35;

/// Whether a table is to be recoverable. Differs: no earlier time is ever offered, for restoring is not built.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html>
pub(crate) struct DescribeContinuousBackups;

impl Operation for DescribeContinuousBackups {
    type Service = DynamoDb;
    type Input = DescribeContinuousBackupsInput;
    type Output = DescribeContinuousBackupsOutput;
    const NAME: &'static str = "DescribeContinuousBackups";

    async fn access(db: &DynamoDb, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(target::access(db, call, "dynamodb:DescribeContinuousBackups", input.table_name.as_ref()).await)
    }

    async fn run(db: &DynamoDb, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::table(call, &input.table_name.need())?;
        let found = db.described(&key).await.map_err(table_not_found)?;
        Ok(DescribeContinuousBackupsOutput { continuous_backups_description: Some(shown(&found)) })
    }
}

/// Says whether a table is to be recoverable. Differs: it is remembered and shown, as KCL and Terraform ask for it; restoring is not built.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html>
pub(crate) struct UpdateContinuousBackups;

impl Operation for UpdateContinuousBackups {
    type Service = DynamoDb;
    type Input = UpdateContinuousBackupsInput;
    type Output = UpdateContinuousBackupsOutput;
    const NAME: &'static str = "UpdateContinuousBackups";

    async fn access(db: &DynamoDb, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(target::access(db, call, "dynamodb:UpdateContinuousBackups", input.table_name.as_ref()).await)
    }

    async fn run(db: &DynamoDb, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::table(call, &input.table_name.need())?;
        let asked = input.point_in_time_recovery_specification.need();
        let days = asked.recovery_period_in_days.and_then(|days| u32::try_from(days).ok());
        let days = asked.point_in_time_recovery_enabled.need().then(|| days.unwrap_or(DAYS_DEFAULT));
        let found = db.set_recovery(&key, days).await.map_err(table_not_found)?;
        Ok(UpdateContinuousBackupsOutput { continuous_backups_description: Some(shown(&found)) })
    }
}

fn shown(found: &Found) -> ContinuousBackupsDescription {
    let days = found.row.value.recovery_days;
    ContinuousBackupsDescription {
        continuous_backups_status: Some("ENABLED".to_owned()),
        point_in_time_recovery_description: Some(PointInTimeRecoveryDescription {
            point_in_time_recovery_status: Some(
                if days.is_some() { "ENABLED" } else { "DISABLED" }.to_owned(),
            ),
            recovery_period_in_days: days.and_then(|days| i32::try_from(days).ok()),
            ..Default::default()
        }),
    }
}

/// These two have an exception of their own.
fn table_not_found(error: crate::engine::Error) -> Fault {
    match error {
        crate::engine::Error::NoTableNamed(name) => {
            Fault::new(400, "TableNotFoundException", format!("Table not found: {name}"))
        }
        other => other.into(),
    }
}
