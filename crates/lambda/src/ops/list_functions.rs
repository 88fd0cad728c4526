//! ListFunctions.

use service::{Access, Call, Fault, Operation};

use super::{Lambda, after, fault, limit, shown};
use crate::engine::functions::Version;
use crate::engine::names::LATEST;
use crate::shapes::{ListFunctionsRequest, ListFunctionsResponse};

/// Lists functions in alphabetical order. <https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html>
pub struct ListFunctions;

impl Operation for ListFunctions {
    type Service = Lambda;
    type Input = ListFunctionsRequest;
    type Output = ListFunctionsResponse;
    const NAME: &'static str = "ListFunctions";

    async fn access(_: &Lambda, call: &Call, _: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![Access::any("lambda:ListFunctions", call.caller())])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let all_versions = input.function_version.as_deref() == Some("ALL");
        let purpose = format!("ListFunctions {}", call.region());
        let after = after(lambda, &purpose, input.marker.as_ref())?;
        let engine = &lambda.engine;
        let page = engine.list(call.account(), call.region(), after.as_deref(), limit(input.max_items)).await;
        let (rows, more) = page.map_err(fault::of)?;
        let now = call.clock().now();
        let next_marker =
            rows.last().filter(|_| more).map(|(key, _)| lambda.tokens.seal(&purpose, key.name.as_bytes()));
        let mut functions = Vec::new();
        for (key, row) in rows {
            let qualifier = all_versions.then(|| LATEST.to_owned());
            let latest = Version {
                configuration: row.latest.clone(),
                version: LATEST.to_owned(),
                qualifier,
                key,
                row,
            };
            functions.push(shown::listed(&latest, now));
            if all_versions {
                let published =
                    engine.published(&latest.key, &latest.row, 0, usize::MAX).await.map_err(fault::of)?;
                functions.extend(published.iter().map(|version| shown::listed(version, now)));
            }
        }
        Ok(ListFunctionsResponse { next_marker, functions: Some(functions) })
    }
}
