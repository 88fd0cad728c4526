//! Operations on tags. What is tagged is named by its ARN, and must be there.

use base::Arn;
use service::{Access, Call, Fault};
use wire::Need;

use super::fault::invalid;
use super::operation::operation;
use crate::engine::registry::SchemaAt;
use crate::engine::{Error, Glue};
use crate::shapes::*;
use crate::tables::crawling::CRAWLERS;
use crate::tables::registry::REGISTRIES;
use crate::tables::{CONNECTIONS, CatalogName, CatalogRef, DATABASES};

/// The resource that a call names.
fn target(call: &Call, arn: Option<&String>) -> Result<CatalogName, Fault> {
    let text = arn.map(String::as_str).unwrap_or_default();
    let wrong = || invalid(format!("Invalid resource ARN: {text}"));
    let arn: Arn = text.parse().map_err(|_| wrong())?;
    if arn.service() != "glue" || arn.region() != call.region().as_str() {
        return Err(wrong());
    }
    let account = arn.account().parse().map_err(|_| wrong())?;
    let catalog = CatalogRef { account, region: arn.region().to_owned() };
    Ok(catalog.named(arn.resource()))
}

fn on(call: &Call, action: &'static str, arn: Option<&String>) -> Result<Vec<Access>, Fault> {
    let at = target(call, arn)?;
    Ok(vec![Access::owned(action, at.catalog.arn(&at.name), at.catalog.account)])
}

/// Whether there is something to be tagged.
async fn require(glue: &Glue, at: &CatalogName) -> Result<(), Fault> {
    let missing = || Error::NotFound(format!("Resource {} not found.", at.catalog.arn(&at.name)));
    let snapshot = glue.snapshot();
    let (kind, name) = at.name.split_once('/').unwrap_or((at.name.as_str(), ""));
    let named = at.catalog.named(name);
    let found = match kind {
        "database" => DATABASES.get(&*snapshot, &named).await.map_err(Error::from)?.is_some(),
        "crawler" => CRAWLERS.get(&*snapshot, &named).await.map_err(Error::from)?.is_some(),
        "registry" => REGISTRIES.get(&*snapshot, &named).await.map_err(Error::from)?.is_some(),
        "schema" => {
            let (registry, schema) = name.split_once('/').unwrap_or((name, ""));
            let (registry, schema) = (registry.to_owned(), schema.to_owned());
            let schema_at = SchemaAt { catalog: at.catalog.clone(), registry, schema, arn: None };
            match glue.find_schema(&*snapshot, &schema_at).await {
                Ok(_) => true,
                Err(Error::NotFound(_)) => false,
                Err(error) => return Err(error.into()),
            }
        }
        "connection" => CONNECTIONS.get(&*snapshot, &named).await.map_err(Error::from)?.is_some(),
        _ => return Err(invalid(format!("Tags are not supported on {}.", at.catalog.arn(&at.name)))),
    };
    if found { Ok(()) } else { Err(missing().into()) }
}

operation! {
    /// Adds tags to something. <https://docs.aws.amazon.com/glue/latest/webapi/API_TagResource.html>
    TagResource(TagResourceRequest) -> TagResourceResponse;
    access(_glue, call, input) {
        let mut asked = on(call, "glue:TagResource", input.resource_arn.as_ref())?;
        let tags = input.tags_to_add.clone().unwrap_or_default();
        asked = asked.into_iter().map(|one| one.tagging(&tags)).collect();
        asked
    }
    run(glue, call, input) {
        let at = target(call, input.resource_arn.as_ref())?;
        require(glue, &at).await?;
        glue.change_tags(&at, &input.tags_to_add.need(), &[]).await?;
        Ok(TagResourceResponse::default())
    }
}

operation! {
    /// Removes tags from something. <https://docs.aws.amazon.com/glue/latest/webapi/API_UntagResource.html>
    UntagResource(UntagResourceRequest) -> UntagResourceResponse;
    access(_glue, call, input) { on(call, "glue:UntagResource", input.resource_arn.as_ref())? }
    run(glue, call, input) {
        let at = target(call, input.resource_arn.as_ref())?;
        require(glue, &at).await?;
        glue.change_tags(&at, &Default::default(), &input.tags_to_remove.need()).await?;
        Ok(UntagResourceResponse::default())
    }
}

operation! {
    /// The tags of something. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetTags.html>
    GetTags(GetTagsRequest) -> GetTagsResponse;
    access(_glue, call, input) { on(call, "glue:GetTags", input.resource_arn.as_ref())? }
    run(glue, call, input) {
        let at = target(call, input.resource_arn.as_ref())?;
        require(glue, &at).await?;
        Ok(GetTagsResponse { tags: Some(glue.tags(&at).await?) })
    }
}
