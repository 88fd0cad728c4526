//! UntagResource.

use base::Tags;
use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::tag_resource::named_by_arn;
use super::target;
use crate::engine::DynamoDb;
use crate::shapes::UntagResourceInput;

/// Removes tags of a table; fine if there are none.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html>
pub(crate) struct UntagResource;

impl Operation for UntagResource {
    type Service = DynamoDb;
    type Input = UntagResourceInput;
    type Output = ();
    const NAME: &'static str = "UntagResource";

    async fn access(db: &DynamoDb, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let asked = target::access(db, call, "dynamodb:UntagResource", input.resource_arn.as_ref()).await;
        let with_keys = |access: Access| {
            let keys = input.tag_keys.iter().flatten();
            keys.fold(access, |access, key| access.with("aws:TagKeys", key.clone()))
        };
        Ok(asked.into_iter().map(with_keys).collect())
    }

    async fn run(db: &DynamoDb, _: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let arn = input.resource_arn.need();
        let key = target::tagged(&arn)?;
        let removed = db.tag_table(&key, &Tags::new(), &input.tag_keys.need()).await;
        Ok(removed.map_err(|error| named_by_arn(error, &arn))?)
    }
}
