//! DescribeTimeToLive and UpdateTimeToLive.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target;
use crate::engine::DynamoDb;
use crate::shapes::{
    DescribeTimeToLiveInput, DescribeTimeToLiveOutput, TimeToLiveDescription, TimeToLiveSpecification,
    UpdateTimeToLiveInput, UpdateTimeToLiveOutput,
};

/// Which attribute says when an item expires.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html>
pub(crate) struct DescribeTimeToLive;

impl Operation for DescribeTimeToLive {
    type Service = DynamoDb;
    type Input = DescribeTimeToLiveInput;
    type Output = DescribeTimeToLiveOutput;
    const NAME: &'static str = "DescribeTimeToLive";

    async fn access(db: &DynamoDb, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(target::access(db, call, "dynamodb:DescribeTimeToLive", input.table_name.as_ref()).await)
    }

    async fn run(db: &DynamoDb, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::table(call, &input.table_name.need())?;
        let attribute = db.described(&key).await?.row.value.ttl_attribute;
        let status = if attribute.is_some() { "ENABLED" } else { "DISABLED" };
        let time_to_live_description =
            TimeToLiveDescription { time_to_live_status: Some(status.to_owned()), attribute_name: attribute };
        Ok(DescribeTimeToLiveOutput { time_to_live_description: Some(time_to_live_description) })
    }
}

/// Says by which attribute items expire. The sweep deletes them some minutes later, where AWS takes up to days.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html>
pub(crate) struct UpdateTimeToLive;

impl Operation for UpdateTimeToLive {
    type Service = DynamoDb;
    type Input = UpdateTimeToLiveInput;
    type Output = UpdateTimeToLiveOutput;
    const NAME: &'static str = "UpdateTimeToLive";

    async fn access(db: &DynamoDb, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(target::access(db, call, "dynamodb:UpdateTimeToLive", input.table_name.as_ref()).await)
    }

    async fn run(db: &DynamoDb, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::table(call, &input.table_name.need())?;
        let asked = input.time_to_live_specification.need();
        let (attribute, is_on) = (asked.attribute_name.need(), asked.enabled.need());
        db.set_time_to_live(&key, &attribute, is_on).await?;
        let set = TimeToLiveSpecification { enabled: Some(is_on), attribute_name: Some(attribute) };
        Ok(UpdateTimeToLiveOutput { time_to_live_specification: Some(set) })
    }
}
