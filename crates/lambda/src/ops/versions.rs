//! PublishVersion, ListVersionsByFunction.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{Lambda, after, fault, function_access, limit, named, shown};
use crate::engine::error::Error;
use crate::engine::functions::Version;
use crate::engine::names::LATEST;
use crate::shapes::{
    FunctionConfiguration, ListVersionsByFunctionRequest, ListVersionsByFunctionResponse,
    PublishVersionRequest,
};

/// Publishes `$LATEST` under the next number. <https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html>
pub struct PublishVersion;

impl Operation for PublishVersion {
    type Service = Lambda;
    type Input = PublishVersionRequest;
    type Output = FunctionConfiguration;
    const NAME: &'static str = "PublishVersion";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![function_access("lambda:PublishVersion", call, input.function_name.as_ref(), None)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = named(call, &input.function_name.need(), None)?.key;
        let description = input.description.as_deref().filter(|description| !description.is_empty());
        let sha256 = input.code_sha256.as_deref().filter(|sha256| !sha256.is_empty());
        let version = lambda.engine.publish(&key, description, sha256, input.revision_id.as_deref()).await;
        Ok(shown::configuration(&version.map_err(fault::of)?, call.clock().now()))
    }
}

/// Lists `$LATEST` and the published versions.
/// <https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html>
pub struct ListVersionsByFunction;

impl Operation for ListVersionsByFunction {
    type Service = Lambda;
    type Input = ListVersionsByFunctionRequest;
    type Output = ListVersionsByFunctionResponse;
    const NAME: &'static str = "ListVersionsByFunction";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![function_access("lambda:ListVersionsByFunction", call, input.function_name.as_ref(), None)])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = named(call, &input.function_name.need(), None)?.key;
        let row = lambda.engine.function(&key).await.map_err(fault::of)?.value;
        let now = call.clock().now();
        let purpose = format!("ListVersionsByFunction {:x}", row.id);
        let after = after(lambda, &purpose, input.marker.as_ref())?;
        let number = after.as_deref().map(str::parse::<u64>).transpose();
        let number = number.map_err(|_| fault::of(Error::invalid("Invalid marker")))?;
        let mut room = limit(input.max_items);
        let mut versions = Vec::new();
        if number.is_none() {
            let qualifier = Some(LATEST.to_owned());
            let (configuration, version) = (row.latest.clone(), LATEST.to_owned());
            let latest = Version { key: key.clone(), configuration, version, qualifier, row: row.clone() };
            versions.push(shown::listed(&latest, now));
            room -= 1;
        }
        let page =
            lambda.engine.published(&key, &row, number.unwrap_or(0), room + 1).await.map_err(fault::of)?;
        let last = page
            .iter()
            .take(room)
            .next_back()
            .map_or_else(|| "0".to_owned(), |version| version.version.clone());
        let next_marker = (page.len() > room).then(|| lambda.tokens.seal(&purpose, last.as_bytes()));
        versions.extend(page.iter().take(room).map(|version| shown::listed(version, now)));
        Ok(ListVersionsByFunctionResponse { next_marker, versions: Some(versions) })
    }
}
