//! ListTagsOfResource.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::tag_resource::named_by_arn;
use super::target;
use crate::engine::{DynamoDb, Invalid};
use crate::shapes::{ListTagsOfResourceInput, ListTagsOfResourceOutput, Tag};

/// Lists the tags of a table: all in one page, for there are fifty at most.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html>
pub(crate) struct ListTagsOfResource;

impl Operation for ListTagsOfResource {
    type Service = DynamoDb;
    type Input = ListTagsOfResourceInput;
    type Output = ListTagsOfResourceOutput;
    const NAME: &'static str = "ListTagsOfResource";

    async fn access(db: &DynamoDb, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(target::access(db, call, "dynamodb:ListTagsOfResource", input.resource_arn.as_ref()).await)
    }

    async fn run(db: &DynamoDb, _: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        if input.next_token.is_some() {
            return Err(Invalid::new("Invalid NextToken").into());
        }
        let arn = input.resource_arn.need();
        let key = target::tagged(&arn)?;
        let found = db.described(&key).await.map_err(|error| named_by_arn(error, &arn))?;
        let tag = |(key, value): (String, String)| Tag { key: Some(key), value: Some(value) };
        Ok(ListTagsOfResourceOutput {
            tags: Some(found.row.value.tags.into_iter().map(tag).collect()),
            next_token: None,
        })
    }
}
