//! TagResource.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{definition, target};
use crate::engine::{DynamoDb, Error};
use crate::shapes::{Tag, TagResourceInput};

/// Sets tags of a table.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html>
pub(crate) struct TagResource;

impl Operation for TagResource {
    type Service = DynamoDb;
    type Input = TagResourceInput;
    type Output = ();
    const NAME: &'static str = "TagResource";

    async fn access(db: &DynamoDb, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let asked = target::access(db, call, "dynamodb:TagResource", input.resource_arn.as_ref()).await;
        let copy = |tag: &Tag| Tag { key: tag.key.clone(), value: tag.value.clone() };
        let tags = definition::tags(input.tags.iter().flatten().map(copy).collect()).unwrap_or_default();
        Ok(asked.into_iter().map(|access| access.tagging(&tags)).collect())
    }

    async fn run(db: &DynamoDb, _: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let arn = input.resource_arn.need();
        let key = target::tagged(&arn)?;
        let tags = definition::tags(input.tags.need())?;
        Ok(db.tag_table(&key, &tags, &[]).await.map_err(|error| named_by_arn(error, &arn))?)
    }
}

/// Tag calls name what is not there by its ARN.
pub(crate) fn named_by_arn(error: Error, arn: &str) -> Error {
    match error {
        Error::NoTableNamed(_) => Error::NoResource(arn.to_owned()),
        other => other,
    }
}
