//! Operations of the Schema Registry. Its refusals of names and formats are its own, before the model's (facts section 2); its times are texts.

use base::{Arn, Timestamp};
use service::{Access, Call, Fault};
use wire::Need;
use wire::time::{Precision, iso};

use super::access::catalog;
use super::fault::{code, invalid, text};
use super::operation::operation;
use super::pages;
use crate::engine::registry::versions::{Number, VersionAt};
use crate::engine::registry::{DEFAULT_REGISTRY, NewSchema, SchemaAt, SchemaUpdate, diff};
use crate::engine::tags::TAGS_MAX;
use crate::engine::{Error, Glue};
use crate::shapes::*;
use crate::tables::registry::{
    Compatibility, DataFormat, MetadataRow, SchemaRow, SchemaVersionRow, VersionId,
};
use crate::tables::{CatalogName, CatalogRef};

/// Items of one answer.
const ITEMS_MAX: usize = 100;
/// Characters of a name.
const NAME_LEN_MAX: usize = 255;

fn time(micros: i64) -> Option<String> {
    Some(iso(Timestamp::from_micros(micros), Precision::Millis))
}

/// A name as the registry takes it.
fn check_name(name: &str, parameter: &str) -> Result<(), Fault> {
    if name.is_empty() || name.chars().count() > NAME_LEN_MAX {
        return Err(invalid(format!(
            "The resource name contains too many or too few characters. Parameter Name: {parameter}"
        )));
    }
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '$' | '#' | '.');
    match name.chars().all(fits) {
        true => Ok(()),
        false => Err(invalid(format!(
            "The parameter value contains one or more characters that are not valid. Parameter Name: {parameter}"
        ))),
    }
}

fn check_tags(tags: Option<&base::Tags>) -> Result<(), Fault> {
    match tags {
        Some(tags) if tags.len() > TAGS_MAX => Err(invalid("New Tags cannot be empty or more than 50")),
        Some(_) | None => Ok(()),
    }
}

fn format_of(name: Option<&String>) -> Result<DataFormat, Fault> {
    let format = name.and_then(|name| DataFormat::named(name));
    format.ok_or_else(|| invalid("Data format is not valid."))
}

fn compatibility_of(name: &str) -> Result<Compatibility, Fault> {
    Compatibility::named(name).ok_or_else(|| invalid("Compatibility is not valid."))
}

/// What an ARN names, after `kind/`, in which catalog.
fn named_by_arn(text: &str, kind: &str) -> Result<(CatalogRef, String), Fault> {
    let wrong = || invalid(format!("The ARN is not valid: {text}"));
    let arn: Arn = text.parse().map_err(|_| wrong())?;
    let account = arn.account().parse().map_err(|_| wrong())?;
    let name = arn.resource().strip_prefix(kind).and_then(|rest| rest.strip_prefix('/')).ok_or_else(wrong)?;
    Ok((CatalogRef { account, region: arn.region().to_owned() }, name.to_owned()))
}

/// The registry that a call names.
fn registry_at(call: &Call, id: Option<&RegistryId>) -> Result<CatalogName, Fault> {
    let (name, arn) = id.map_or((None, None), |id| (id.registry_name.as_ref(), id.registry_arn.as_ref()));
    match (name, arn) {
        (Some(name), None) => {
            check_name(name, "registryName")?;
            Ok(catalog(call, None)?.named(name))
        }
        (None, Some(arn)) => {
            let (catalog, name) = named_by_arn(arn, "registry")?;
            Ok(catalog.named(&name))
        }
        (Some(_), Some(_)) | (None, None) => {
            Err(invalid("One of registryName or registryArn has to be provided, both cannot be provided."))
        }
    }
}

/// The schema that a call names.
fn schema_at(call: &Call, id: Option<&SchemaId>) -> Result<SchemaAt, Fault> {
    let none = SchemaId::default();
    let SchemaId { schema_arn, schema_name, registry_name } = id.unwrap_or(&none);
    match (schema_arn, schema_name, registry_name) {
        (Some(arn), None, None) => {
            let (catalog, name) = named_by_arn(arn, "schema")?;
            let (registry, schema) = name.split_once('/').unwrap_or((name.as_str(), ""));
            let (registry, schema) = (registry.to_owned(), schema.to_owned());
            Ok(SchemaAt { catalog, registry, schema, arn: Some(arn.clone()) })
        }
        (None, Some(schema), Some(registry)) => {
            check_name(registry, "registryName")?;
            check_name(schema, "schemaName")?;
            let catalog = catalog(call, None)?;
            Ok(SchemaAt { catalog, registry: registry.clone(), schema: schema.clone(), arn: None })
        }
        (Some(_), _, _) => Err(invalid(
            "One of (registryName and schemaName) or schemaArn has to be provided, both cannot be provided.",
        )),
        (None, _, _) => {
            Err(invalid("At least one of (registryName and schemaName) or schemaArn has to be provided."))
        }
    }
}

/// The version number that a call names.
fn number_of(number: Option<&SchemaVersionNumber>) -> Result<Number, Fault> {
    let (latest, number) = number.map_or((None, None), |one| (one.latest_version, one.version_number));
    match (latest, number) {
        (Some(true), None) => Ok(Number::Latest),
        (Some(true), Some(_)) => Err(invalid("Only one of VersionNumber or LatestVersion is required.")),
        (_, Some(number)) => Ok(Number::Is(u64::try_from(number).unwrap_or(0))),
        (_, None) => Err(invalid("One of version number (or) latest version is required.")),
    }
}

/// The version that a call names, by its id or by schema and number.
fn version_at(
    call: &Call,
    id: Option<&String>,
    schema: Option<&SchemaId>,
    number: Option<&SchemaVersionNumber>,
) -> Result<VersionAt, Fault> {
    match id {
        Some(_) if schema.is_some() || number.is_some() => {
            Err(invalid("No other input parameters can be specified when fetching by SchemaVersionId."))
        }
        Some(id) => {
            let parsed = VersionId::parse(id);
            Ok(VersionAt::Id(parsed.ok_or_else(|| {
                Error::NotFound(format!("Schema version is not found. SchemaVersionId: {id}"))
            })?))
        }
        None => {
            let at = schema_at(call, schema)?;
            Ok(VersionAt::Of(at, number_of(number)?))
        }
    }
}

fn on_registry(action: &'static str, at: &CatalogName) -> Vec<Access> {
    vec![Access::owned(action, at.catalog.arn(&format!("registry/{}", at.name)), at.catalog.account)]
}

fn on_schema(action: &'static str, at: &SchemaAt) -> Vec<Access> {
    let account = at.catalog.account;
    vec![Access::owned(action, at.registry_arn(), account), Access::owned(action, at.arn(), account)]
}

async fn on_version(
    glue: &Glue,
    call: &Call,
    action: &'static str,
    at: &VersionAt,
) -> Result<Vec<Access>, Fault> {
    match at {
        VersionAt::Of(at, _) => Ok(on_schema(action, at)),
        VersionAt::Id(_) => match glue.find_version(&*glue.snapshot(), at).await {
            Ok((_, _, at, _)) => Ok(on_schema(action, &at)),
            Err(Error::NotFound(_)) => Ok(vec![Access::any(action, call.caller())]),
            Err(error) => Err(error.into()),
        },
    }
}

operation! {
    /// Creates a registry. <https://docs.aws.amazon.com/glue/latest/webapi/API_CreateRegistry.html>
    CreateRegistry(CreateRegistryInput) -> CreateRegistryResponse;
    access(_glue, call, input) {
        check_name(input.registry_name.as_deref().unwrap_or_default(), "registryName")?;
        check_tags(input.tags.as_ref())?;
        on_registry("glue:CreateRegistry", &catalog(call, None)?.named(input.registry_name.as_deref().unwrap_or_default()))
    }
    run(glue, call, input) {
        let at = catalog(call, None)?.named(&input.registry_name.need());
        glue.create_registry(&at, input.description.clone(), &input.tags.clone().unwrap_or_default()).await?;
        Ok(CreateRegistryResponse {
            registry_arn: Some(at.catalog.arn(&format!("registry/{}", at.name))),
            registry_name: Some(at.name),
            description: input.description,
            tags: input.tags,
        })
    }
}

operation! {
    /// A registry. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetRegistry.html>
    GetRegistry(GetRegistryInput) -> GetRegistryResponse;
    access(_glue, call, input) { on_registry("glue:GetRegistry", &registry_at(call, input.registry_id.as_ref())?) }
    run(glue, call, input) {
        let at = registry_at(call, input.registry_id.as_ref())?;
        let row = glue.registry(&at).await?;
        Ok(GetRegistryResponse {
            registry_arn: Some(at.catalog.arn(&format!("registry/{}", at.name))),
            registry_name: Some(at.name),
            description: row.description,
            status: Some("AVAILABLE".to_owned()),
            created_time: time(row.created_micros),
            updated_time: time(row.updated_micros),
        })
    }
}

operation! {
    /// Registries by name. <https://docs.aws.amazon.com/glue/latest/webapi/API_ListRegistries.html>
    ListRegistries(ListRegistriesInput) -> ListRegistriesResponse;
    access(_glue, call, _input) { vec![Access::any("glue:ListRegistries", call.caller())] }
    run(glue, call, input) {
        let at = catalog(call, None)?;
        let purpose = pages::purpose(call, "ListRegistries", "");
        let after = pages::after(glue, &purpose, input.next_token.as_ref())?;
        let page = glue.registries(&at, after.as_deref(), pages::limit(input.max_results, ITEMS_MAX)).await?;
        let next_token = pages::next(glue, &purpose, &page, |(name, _)| name.clone());
        let item = |(name, row): (String, crate::tables::registry::RegistryRow)| RegistryListItem {
            registry_arn: Some(at.arn(&format!("registry/{name}"))),
            registry_name: Some(name),
            description: row.description,
            status: Some("AVAILABLE".to_owned()),
            created_time: time(row.created_micros),
            updated_time: time(row.updated_micros),
        };
        Ok(ListRegistriesResponse { registries: Some(page.items.into_iter().map(item).collect()), next_token })
    }
}

operation! {
    /// Changes a registry's description. <https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateRegistry.html>
    UpdateRegistry(UpdateRegistryInput) -> UpdateRegistryResponse;
    access(_glue, call, input) { on_registry("glue:UpdateRegistry", &registry_at(call, input.registry_id.as_ref())?) }
    run(glue, call, input) {
        let at = registry_at(call, input.registry_id.as_ref())?;
        glue.update_registry(&at, &input.description.need()).await?;
        let registry_arn = Some(at.catalog.arn(&format!("registry/{}", at.name)));
        Ok(UpdateRegistryResponse { registry_name: Some(at.name), registry_arn })
    }
}

operation! {
    /// Deletes a registry and its schemas. <https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteRegistry.html>
    DeleteRegistry(DeleteRegistryInput) -> DeleteRegistryResponse;
    access(_glue, call, input) { on_registry("glue:DeleteRegistry", &registry_at(call, input.registry_id.as_ref())?) }
    run(glue, call, input) {
        let at = registry_at(call, input.registry_id.as_ref())?;
        glue.delete_registry(&at).await?;
        let registry_arn = Some(at.catalog.arn(&format!("registry/{}", at.name)));
        Ok(DeleteRegistryResponse { registry_name: Some(at.name), registry_arn, status: Some("DELETING".to_owned()) })
    }
}

/// Where a schema is to be made: without a registry in the default one.
fn new_schema_at(call: &Call, input: &CreateSchemaInput) -> Result<SchemaAt, Fault> {
    let schema = input.schema_name.clone().unwrap_or_default();
    check_name(&schema, "schemaName")?;
    let registry = match &input.registry_id {
        Some(id) => registry_at(call, Some(id))?,
        None => catalog(call, None)?.named(DEFAULT_REGISTRY),
    };
    Ok(SchemaAt { catalog: registry.catalog, registry: registry.name, schema, arn: None })
}

operation! {
    /// Creates a schema, with its first version. <https://docs.aws.amazon.com/glue/latest/webapi/API_CreateSchema.html>
    CreateSchema(CreateSchemaInput) -> CreateSchemaResponse;
    access(_glue, call, input) {
        let at = new_schema_at(call, input)?;
        format_of(input.data_format.as_ref())?;
        input.compatibility.as_deref().map(compatibility_of).transpose()?;
        check_tags(input.tags.as_ref())?;
        on_schema("glue:CreateSchema", &at)
    }
    run(glue, call, input) {
        let at = new_schema_at(call, &input)?;
        let format = format_of(input.data_format.as_ref())?;
        let compatibility = input.compatibility.as_deref().map(compatibility_of).transpose()?;
        let new = NewSchema {
            format,
            compatibility: compatibility.unwrap_or(Compatibility::Backward),
            description: input.description,
            tags: input.tags.clone().unwrap_or_default(),
            definition: input.schema_definition,
        };
        let (row, version) = glue.create_schema(&at, &new).await?;
        let number = |number: u64| Some(number.cast_signed()).filter(|number| *number > 0);
        Ok(CreateSchemaResponse {
            registry_arn: Some(at.registry_arn()),
            schema_arn: Some(at.arn()),
            registry_name: Some(at.registry),
            schema_name: Some(at.schema),
            description: row.description,
            data_format: Some(format.name().to_owned()),
            compatibility: Some(row.compatibility.name().to_owned()),
            schema_checkpoint: number(row.checkpoint),
            latest_schema_version: number(row.latest),
            next_schema_version: number(row.next),
            schema_status: Some("AVAILABLE".to_owned()),
            tags: input.tags,
            schema_version_id: version.map(VersionId::text),
            schema_version_status: version.map(|_| "AVAILABLE".to_owned()),
        })
    }
}

operation! {
    /// A schema. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetSchema.html>
    GetSchema(GetSchemaInput) -> GetSchemaResponse;
    access(_glue, call, input) { on_schema("glue:GetSchema", &schema_at(call, input.schema_id.as_ref())?) }
    run(glue, call, input) {
        let at = schema_at(call, input.schema_id.as_ref())?;
        let row = glue.schema(&at).await?;
        let number = |number: u64| Some(number.cast_signed()).filter(|number| *number > 0);
        Ok(GetSchemaResponse {
            registry_arn: Some(at.registry_arn()),
            schema_arn: Some(at.arn()),
            registry_name: Some(at.registry),
            schema_name: Some(at.schema),
            description: row.description,
            data_format: Some(row.format.name().to_owned()),
            compatibility: Some(row.compatibility.name().to_owned()),
            schema_checkpoint: number(row.checkpoint),
            latest_schema_version: number(row.latest),
            next_schema_version: number(row.next),
            schema_status: Some("AVAILABLE".to_owned()),
            created_time: time(row.created_micros),
            updated_time: time(row.updated_micros),
        })
    }
}

operation! {
    /// Schemas of a registry, or of all registries. <https://docs.aws.amazon.com/glue/latest/webapi/API_ListSchemas.html>
    ListSchemas(ListSchemasInput) -> ListSchemasResponse;
    access(_glue, call, input) {
        match &input.registry_id {
            Some(id) => on_registry("glue:ListSchemas", &registry_at(call, Some(id))?),
            None => vec![Access::any("glue:ListSchemas", call.caller())],
        }
    }
    run(glue, call, input) {
        let one = input.registry_id.as_ref().map(|id| registry_at(call, Some(id))).transpose()?;
        let catalog = one.as_ref().map_or_else(|| catalog(call, None), |one| Ok(one.catalog.clone()))?;
        let of = one.as_ref().map_or("", |one| one.name.as_str());
        let purpose = pages::purpose(call, "ListSchemas", of);
        let token = pages::after(glue, &purpose, input.next_token.as_ref())?;
        let (mut registry, mut after) = match token.as_deref().and_then(|token| token.split_once('/')) {
            Some((registry, after)) => (Some(registry.to_owned()), Some(after.to_owned())),
            None => (one.as_ref().map(|one| one.name.clone()), None),
        };
        let limit = pages::limit(input.max_results, ITEMS_MAX);
        let mut list = Vec::new();
        let mut begun = registry.is_some();
        loop {
            if !begun {
                // The next registry in order, unless one was named.
                let page = glue.registries(&catalog, registry.as_deref(), 1).await?;
                match page.items.into_iter().next().filter(|_| one.is_none()) {
                    Some((name, _)) => registry = Some(name),
                    None => return Ok(ListSchemasResponse { schemas: Some(list), next_token: None }),
                }
            }
            let at = catalog.named(registry.as_deref().unwrap_or_default());
            let page = glue.schemas(&at, after.as_deref(), limit - list.len()).await?;
            for (name, row) in page.items {
                list.push(schema_item(&at, &name, row));
                after = Some(name);
            }
            if page.more {
                let last = format!("{}/{}", at.name, after.unwrap_or_default());
                let next_token = Some(pages::seal(glue, &purpose, last.as_bytes()));
                return Ok(ListSchemasResponse { schemas: Some(list), next_token });
            }
            if one.is_some() {
                return Ok(ListSchemasResponse { schemas: Some(list), next_token: None });
            }
            if list.len() >= limit {
                // What follows begins with the next registry.
                let last = format!("{}/{}", at.name, after.unwrap_or_default());
                let next_token = Some(pages::seal(glue, &purpose, last.as_bytes()));
                return Ok(ListSchemasResponse { schemas: Some(list), next_token });
            }
            begun = false;
            after = None;
        }
    }
}

fn schema_item(registry: &CatalogName, name: &str, row: SchemaRow) -> SchemaListItem {
    SchemaListItem {
        registry_name: Some(registry.name.clone()),
        schema_name: Some(name.to_owned()),
        schema_arn: Some(registry.catalog.arn(&format!("schema/{}/{name}", registry.name))),
        description: row.description,
        schema_status: Some("AVAILABLE".to_owned()),
        created_time: time(row.created_micros),
        updated_time: time(row.updated_micros),
    }
}

operation! {
    /// Changes a schema's description, compatibility or checkpoint. <https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateSchema.html>
    UpdateSchema(UpdateSchemaInput) -> UpdateSchemaResponse;
    access(_glue, call, input) {
        input.compatibility.as_deref().map(compatibility_of).transpose()?;
        on_schema("glue:UpdateSchema", &schema_at(call, input.schema_id.as_ref())?)
    }
    run(glue, call, input) {
        let at = schema_at(call, input.schema_id.as_ref())?;
        if input.compatibility.is_some() && input.schema_version_number.is_none() {
            return Err(invalid("SchemaVersionNumber is required when Compatibility is provided."));
        }
        let number = input.schema_version_number.as_ref();
        let update = SchemaUpdate {
            description: input.description,
            compatibility: input.compatibility.as_deref().map(compatibility_of).transpose()?,
            checkpoint: number.map(|number| number_of(Some(number))).transpose()?,
        };
        glue.update_schema(&at, &update).await?;
        let schema_arn = Some(at.arn());
        Ok(UpdateSchemaResponse { schema_arn, schema_name: Some(at.schema), registry_name: Some(at.registry) })
    }
}

operation! {
    /// Deletes a schema and its versions. <https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteSchema.html>
    DeleteSchema(DeleteSchemaInput) -> DeleteSchemaResponse;
    access(_glue, call, input) { on_schema("glue:DeleteSchema", &schema_at(call, input.schema_id.as_ref())?) }
    run(glue, call, input) {
        let at = schema_at(call, input.schema_id.as_ref())?;
        glue.delete_schema(&at).await?;
        let (schema_arn, status) = (Some(at.arn()), Some("DELETING".to_owned()));
        Ok(DeleteSchemaResponse { schema_arn, schema_name: Some(at.schema), status })
    }
}

fn status(available: bool) -> Option<String> {
    Some(if available { "AVAILABLE" } else { "FAILURE" }.to_owned())
}

operation! {
    /// Registers a definition as the next version, or finds the one that says the same. <https://docs.aws.amazon.com/glue/latest/webapi/API_RegisterSchemaVersion.html>
    RegisterSchemaVersion(RegisterSchemaVersionInput) -> RegisterSchemaVersionResponse;
    access(_glue, call, input) { on_schema("glue:RegisterSchemaVersion", &schema_at(call, input.schema_id.as_ref())?) }
    run(glue, call, input) {
        let at = schema_at(call, input.schema_id.as_ref())?;
        let (id, row) = glue.register_version(&at, &input.schema_definition.need()).await?;
        Ok(RegisterSchemaVersionResponse {
            schema_version_id: Some(id.text()),
            version_number: Some(row.number.cast_signed()),
            status: status(row.available),
        })
    }
}

operation! {
    /// A version. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetSchemaVersion.html>
    GetSchemaVersion(GetSchemaVersionInput) -> GetSchemaVersionResponse;
    access(glue, call, input) {
        let at = version_at(call, input.schema_version_id.as_ref(), input.schema_id.as_ref(), input.schema_version_number.as_ref())?;
        on_version(glue, call, "glue:GetSchemaVersion", &at).await?
    }
    run(glue, call, input) {
        let at = version_at(call, input.schema_version_id.as_ref(), input.schema_id.as_ref(), input.schema_version_number.as_ref())?;
        let (id, row, at, schema) = glue.find_version(&*glue.snapshot(), &at).await?;
        Ok(GetSchemaVersionResponse {
            schema_version_id: Some(id.text()),
            schema_arn: Some(at.arn()),
            data_format: Some(schema.row.value.format.name().to_owned()),
            version_number: Some(row.value.number.cast_signed()),
            status: status(row.value.available),
            created_time: time(row.value.created_micros),
            schema_definition: Some(row.value.definition),
        })
    }
}

operation! {
    /// The version that says something. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetSchemaByDefinition.html>
    GetSchemaByDefinition(GetSchemaByDefinitionInput) -> GetSchemaByDefinitionResponse;
    access(_glue, call, input) { on_schema("glue:GetSchemaByDefinition", &schema_at(call, input.schema_id.as_ref())?) }
    run(glue, call, input) {
        let at = schema_at(call, input.schema_id.as_ref())?;
        let (id, row) = glue.version_by_definition(&at, &input.schema_definition.need()).await?;
        let format = glue.schema(&at).await?.format;
        Ok(GetSchemaByDefinitionResponse {
            schema_version_id: Some(id.text()),
            schema_arn: Some(at.arn()),
            data_format: Some(format.name().to_owned()),
            status: status(row.available),
            created_time: time(row.created_micros),
        })
    }
}

operation! {
    /// Versions of a schema, oldest first. <https://docs.aws.amazon.com/glue/latest/webapi/API_ListSchemaVersions.html>
    ListSchemaVersions(ListSchemaVersionsInput) -> ListSchemaVersionsResponse;
    access(_glue, call, input) { on_schema("glue:ListSchemaVersions", &schema_at(call, input.schema_id.as_ref())?) }
    run(glue, call, input) {
        let at = schema_at(call, input.schema_id.as_ref())?;
        let purpose = pages::purpose(call, "ListSchemaVersions", &at.arn());
        let token = pages::after(glue, &purpose, input.next_token.as_ref())?;
        let after = token.as_deref().and_then(|token| {
            let (number, id) = token.split_once('/')?;
            Some((number.parse().ok()?, id.parse().ok()?))
        });
        let limit = pages::limit(input.max_results, ITEMS_MAX);
        let page = glue.versions(&at, after, limit).await?;
        let next_token = pages::next(glue, &purpose, &page, |(at, _)| format!("{}/{}", at.number, at.version));
        let item = |(number, row): &(crate::tables::registry::NumberRef, crate::tables::registry::NumberRow)| SchemaVersionListItem {
            schema_arn: Some(at.arn()),
            schema_version_id: Some(VersionId(number.version).text()),
            version_number: Some(number.number.cast_signed()),
            status: status(row.available),
            created_time: time(row.created_micros),
        };
        Ok(ListSchemaVersionsResponse { schemas: Some(page.items.iter().map(item).collect()), next_token })
    }
}

operation! {
    /// Deletes versions: one, or a range. <https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteSchemaVersions.html>
    DeleteSchemaVersions(DeleteSchemaVersionsInput) -> DeleteSchemaVersionsResponse;
    access(_glue, call, input) { on_schema("glue:DeleteSchemaVersions", &schema_at(call, input.schema_id.as_ref())?) }
    run(glue, call, input) {
        let at = schema_at(call, input.schema_id.as_ref())?;
        let range = input.versions.need();
        let (from, to) = range.split_once('-').unwrap_or((&range, &range));
        let number = |text: &str| text.trim().parse::<u64>().map_err(|_| invalid("The range of versions is not valid."));
        let errors = glue.delete_schema_versions(&at, number(from)?, number(to)?).await?;
        let error = |(number, error): (u64, Error)| SchemaVersionErrorItem {
            version_number: Some(number.cast_signed()),
            error_details: Some(ErrorDetails {
                error_code: Some(code(&error).to_owned()),
                error_message: Some(text(&error)),
            }),
        };
        Ok(DeleteSchemaVersionsResponse { schema_version_errors: Some(errors.into_iter().map(error).collect()) })
    }
}

operation! {
    /// Whether a definition is one. <https://docs.aws.amazon.com/glue/latest/webapi/API_CheckSchemaVersionValidity.html>
    CheckSchemaVersionValidity(CheckSchemaVersionValidityInput) -> CheckSchemaVersionValidityResponse;
    access(_glue, call, input) {
        format_of(input.data_format.as_ref())?;
        vec![Access::any("glue:CheckSchemaVersionValidity", call.caller())]
    }
    run(_glue, _call, input) {
        let format = format_of(input.data_format.as_ref())?;
        let error = format.canonical(&input.schema_definition.need()).err();
        Ok(CheckSchemaVersionValidityResponse { valid: Some(error.is_none()), error })
    }
}

operation! {
    /// What two versions differ in. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetSchemaVersionsDiff.html>
    GetSchemaVersionsDiff(GetSchemaVersionsDiffInput) -> GetSchemaVersionsDiffResponse;
    access(_glue, call, input) { on_schema("glue:GetSchemaVersionsDiff", &schema_at(call, input.schema_id.as_ref())?) }
    run(glue, call, input) {
        let at = schema_at(call, input.schema_id.as_ref())?;
        let snapshot = glue.snapshot();
        let first = VersionAt::Of(at.clone(), number_of(input.first_schema_version_number.as_ref())?);
        let second = VersionAt::Of(at, number_of(input.second_schema_version_number.as_ref())?);
        let first = glue.find_version(&*snapshot, &first).await?.1.value.definition;
        let second = glue.find_version(&*snapshot, &second).await?.1.value.definition;
        Ok(GetSchemaVersionsDiffResponse { diff: Some(diff::unified(&first, &second)) })
    }
}

/// The key and value that a call notes.
fn note(pair: MetadataKeyValuePair) -> Result<(String, String), Fault> {
    match (pair.metadata_key, pair.metadata_value) {
        (Some(key), Some(value)) => Ok((key, value)),
        (_, _) => Err(invalid("MetadataKey and MetadataValue are required.")),
    }
}

/// Put and Remove of a note: one operation but for their names and what becomes of the note.
macro_rules! note_operation {
    ($(#[$doc:meta])* $name:ident($input:ident) -> $output:ident, $action:literal, $is_put:literal) => {
        operation! {
            $(#[$doc])*
            $name($input) -> $output;
            access(glue, call, input) {
                let at = version_at(call, input.schema_version_id.as_ref(), input.schema_id.as_ref(), input.schema_version_number.as_ref())?;
                on_version(glue, call, $action, &at).await?
            }
            run(glue, call, input) {
                let at = version_at(call, input.schema_version_id.as_ref(), input.schema_id.as_ref(), input.schema_version_number.as_ref())?;
                let (key, value) = note(input.metadata_key_value.need())?;
                let (id, row, at, schema) = glue.note(&at, &key, &value, $is_put).await?;
                Ok($output {
                    schema_arn: Some(at.arn()),
                    schema_name: Some(at.schema),
                    registry_name: Some(at.registry),
                    latest_version: Some(schema.latest == row.number && row.available),
                    version_number: Some(row.number.cast_signed()),
                    schema_version_id: Some(id.text()),
                    metadata_key: Some(key),
                    metadata_value: Some(value),
                })
            }
        }
    };
}

note_operation! {
    /// Notes something about a version. <https://docs.aws.amazon.com/glue/latest/webapi/API_PutSchemaVersionMetadata.html>
    PutSchemaVersionMetadata(PutSchemaVersionMetadataInput) -> PutSchemaVersionMetadataResponse,
    "glue:PutSchemaVersionMetadata", true
}

note_operation! {
    /// Forgets a note about a version. <https://docs.aws.amazon.com/glue/latest/webapi/API_RemoveSchemaVersionMetadata.html>
    RemoveSchemaVersionMetadata(RemoveSchemaVersionMetadataInput) -> RemoveSchemaVersionMetadataResponse,
    "glue:RemoveSchemaVersionMetadata", false
}

operation! {
    /// What is noted about a version. <https://docs.aws.amazon.com/glue/latest/webapi/API_QuerySchemaVersionMetadata.html>
    QuerySchemaVersionMetadata(QuerySchemaVersionMetadataInput) -> QuerySchemaVersionMetadataResponse;
    access(glue, call, input) {
        let at = version_at(call, input.schema_version_id.as_ref(), input.schema_id.as_ref(), input.schema_version_number.as_ref())?;
        on_version(glue, call, "glue:QuerySchemaVersionMetadata", &at).await?
    }
    run(glue, call, input) {
        let at = version_at(call, input.schema_version_id.as_ref(), input.schema_id.as_ref(), input.schema_version_number.as_ref())?;
        let (id, row, _, _) = glue.find_version(&*glue.snapshot(), &at).await?;
        let wanted = input.metadata_list.unwrap_or_default();
        Ok(QuerySchemaVersionMetadataResponse {
            metadata_info_map: Some(notes(&row.value, &wanted)),
            schema_version_id: Some(id.text()),
            next_token: None,
        })
    }
}

/// The notes about a version by key: the newest value, and older ones beside it.
fn notes(
    row: &SchemaVersionRow,
    wanted: &[MetadataKeyValuePair],
) -> std::collections::BTreeMap<String, MetadataInfo> {
    let is_wanted = |note: &MetadataRow| {
        let matches = |pair: &MetadataKeyValuePair| {
            pair.metadata_key.as_ref().is_none_or(|key| *key == note.key)
                && pair.metadata_value.as_ref().is_none_or(|value| *value == note.value)
        };
        wanted.is_empty() || wanted.iter().any(matches)
    };
    let mut all: std::collections::BTreeMap<String, MetadataInfo> = std::collections::BTreeMap::new();
    for note in row.metadata.iter().filter(|note| is_wanted(note)) {
        let info = all.entry(note.key.clone()).or_default();
        if let Some(older) = info.metadata_value.replace(note.value.clone()) {
            let created_time = info.created_time.take();
            let older = OtherMetadataValueListItem { metadata_value: Some(older), created_time };
            info.other_metadata_value_list.get_or_insert_default().push(older);
        }
        info.created_time = time(note.created_micros);
    }
    all
}
