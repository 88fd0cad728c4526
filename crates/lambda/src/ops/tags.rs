//! TagResource, UntagResource, ListTags.

use std::collections::BTreeMap;

use base::Arn;
use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{Lambda, fault};
use crate::engine::error::Error;
use crate::engine::mappings::uuid_id;
use crate::engine::names::Named;
use crate::shapes::{ListTagsRequest, ListTagsResponse, TagResourceRequest, UntagResourceRequest};
use crate::tables::{FunctionKey, MappingKey};

/// What has tags.
enum Tagged {
    Function(FunctionKey),
    Mapping(MappingKey),
}

fn tagged(call: &Call, arn: &str) -> Result<Tagged, Fault> {
    let unknown = || fault::of(Error::invalid(format!("The resource {arn} cannot have tags.")));
    let parsed: Arn = arn.parse().map_err(|_| unknown())?;
    if let Some(id) = parsed.resource().strip_prefix("event-source-mapping:").and_then(uuid_id) {
        return Ok(Tagged::Mapping(MappingKey {
            account: call.account(),
            region: call.region().clone(),
            id,
        }));
    }
    let named = Named::read(arn, None, call.account(), call.region()).map_err(fault::of)?;
    if named.qualifier.is_some() {
        let text = "Tags on function aliases and versions are not supported. Please specify a function ARN.";
        return Err(fault::of(Error::invalid(text)));
    }
    Ok(Tagged::Function(named.key))
}

fn access(action: &'static str, call: &Call, arn: Option<&String>) -> Access {
    match arn.and_then(|arn| arn.parse::<Arn>().ok()) {
        Some(arn) => Access::to(action, &arn),
        None => Access::any(action, call.caller()),
    }
}

/// Adds tags. <https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html>
pub struct TagResource;

impl Operation for TagResource {
    type Service = Lambda;
    type Input = TagResourceRequest;
    type Output = ();
    const NAME: &'static str = "TagResource";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let asked = access("lambda:TagResource", call, input.resource.as_ref());
        Ok(vec![asked.tagging(input.tags.iter().flatten())])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let tags = input.tags.need();
        match tagged(call, &input.resource.need())? {
            Tagged::Function(key) => lambda.engine.tag(&key, &tags).await.map_err(fault::of),
            Tagged::Mapping(key) => {
                lambda.engine.tag_mapping(&key, |all| all.extend(tags.clone())).await.map_err(fault::of)
            }
        }
    }
}

/// Removes tags. <https://docs.aws.amazon.com/lambda/latest/api/API_UntagResource.html>
pub struct UntagResource;

impl Operation for UntagResource {
    type Service = Lambda;
    type Input = UntagResourceRequest;
    type Output = ();
    const NAME: &'static str = "UntagResource";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let mut asked = access("lambda:UntagResource", call, input.resource.as_ref());
        for key in input.tag_keys.iter().flatten() {
            asked = asked.with("aws:TagKeys", key.clone());
        }
        Ok(vec![asked])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let names = input.tag_keys.need();
        match tagged(call, &input.resource.need())? {
            Tagged::Function(key) => lambda.engine.untag(&key, &names).await.map_err(fault::of),
            Tagged::Mapping(key) => {
                let without =
                    |all: &mut BTreeMap<String, String>| all.retain(|name, _| !names.contains(name));
                lambda.engine.tag_mapping(&key, without).await.map_err(fault::of)
            }
        }
    }
}

/// Lists tags. <https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html>
pub struct ListTags;

impl Operation for ListTags {
    type Service = Lambda;
    type Input = ListTagsRequest;
    type Output = ListTagsResponse;
    const NAME: &'static str = "ListTags";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![access("lambda:ListTags", call, input.resource.as_ref())])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let tags = match tagged(call, &input.resource.need())? {
            Tagged::Function(key) => lambda.engine.function(&key).await.map_err(fault::of)?.value.tags,
            Tagged::Mapping(key) => lambda.engine.mapping(&key).await.map_err(fault::of)?.tags,
        };
        Ok(ListTagsResponse { tags: Some(tags) })
    }
}
