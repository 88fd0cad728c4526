//! Operations on metadata: the Glue Data Catalog, as Athena's clients see it. The catalog asks the policies its own questions beside ours.

use std::collections::BTreeMap;

use base::{Page, Timestamp};
use ports::CatalogRefusal;
use serde_json::{Value, json};
use service::{Access, Call, Fault};
use wire::Need;

use super::access;
use super::operation::operation;
use super::pages;
use crate::engine::catalog::{Catalog, list, text};
use crate::engine::{Athena, Error};
use crate::shapes::*;

/// The one data catalog.
const AWS_DATA_CATALOG: &str = "AwsDataCatalog";
/// Databases or tables of one answer.
const PAGE_MAX: usize = 50;

fn catalog(athena: &Athena, call: &Call) -> Catalog {
    Catalog::new(athena.catalog.clone(), call.caller().principal.clone(), call.region().clone())
}

/// A refusal of the catalog as it comes through Athena (facts section 5).
fn refused(call: &Call, refusal: &CatalogRefusal) -> Fault {
    let CatalogRefusal { code, message } = refusal;
    if code == "AccessDeniedException" {
        return Error::Denied(message.clone()).into();
    }
    let first = if code == "EntityNotFoundException" { "Entity Not Found" } else { message };
    Error::Metadata(format!(
        "{first} (Service: AmazonDataCatalog; Status Code: 400; Error Code: {code}; Request ID: {}; Proxy: null)",
        call.request_id()
    ))
    .into()
}

fn require_catalog(name: Option<&String>) -> Result<(), Fault> {
    match name {
        Some(name) if !name.eq_ignore_ascii_case(AWS_DATA_CATALOG) => {
            Err(Error::invalid(format!("DataCatalog {name} was not found")).into())
        }
        Some(_) | None => Ok(()),
    }
}

operation! {
    /// A data catalog; there is one. <https://docs.aws.amazon.com/athena/latest/APIReference/API_GetDataCatalog.html>
    GetDataCatalog(GetDataCatalogInput) -> GetDataCatalogOutput;
    access(_athena, call, input) { access::catalog(call, "athena:GetDataCatalog", input.name.as_ref()) }
    run(_athena, call, input) {
        require_catalog(input.name.as_ref())?;
        let catalog = DataCatalog {
            name: Some(AWS_DATA_CATALOG.to_owned()),
            r#type: Some("GLUE".to_owned()),
            parameters: Some(BTreeMap::from([("catalog-id".to_owned(), call.account().to_string())])),
            ..DataCatalog::default()
        };
        Ok(GetDataCatalogOutput { data_catalog: Some(catalog) })
    }
}

operation! {
    /// Data catalogs. <https://docs.aws.amazon.com/athena/latest/APIReference/API_ListDataCatalogs.html>
    ListDataCatalogs(ListDataCatalogsInput) -> ListDataCatalogsOutput;
    access(_athena, call, _input) { vec![Access::any("athena:ListDataCatalogs", call.caller())] }
    run(_athena, _call, _input) {
        let summary = DataCatalogSummary {
            catalog_name: Some(AWS_DATA_CATALOG.to_owned()),
            r#type: Some("GLUE".to_owned()),
            ..DataCatalogSummary::default()
        };
        Ok(ListDataCatalogsOutput { data_catalogs_summary: Some(vec![summary]), next_token: None })
    }
}

operation! {
    /// A database. <https://docs.aws.amazon.com/athena/latest/APIReference/API_GetDatabase.html>
    GetDatabase(GetDatabaseInput) -> GetDatabaseOutput;
    access(_athena, call, input) { access::catalog(call, "athena:GetDatabase", input.catalog_name.as_ref()) }
    run(athena, call, input) {
        require_catalog(input.catalog_name.as_ref())?;
        let asked = json!({"Name": input.database_name.need()});
        let found = catalog(athena, call).call("GetDatabase", asked).await.map_err(|error| refused(call, &error))?;
        Ok(GetDatabaseOutput { database: Some(database(&found["Database"])) })
    }
}

operation! {
    /// Databases. <https://docs.aws.amazon.com/athena/latest/APIReference/API_ListDatabases.html>
    ListDatabases(ListDatabasesInput) -> ListDatabasesOutput;
    access(_athena, call, input) { access::catalog(call, "athena:ListDatabases", input.catalog_name.as_ref()) }
    run(athena, call, input) {
        require_catalog(input.catalog_name.as_ref())?;
        let purpose = pages::purpose(call, "ListDatabases", "");
        let all = catalog(athena, call).databases().await.map_err(|error| refused(call, &error))?;
        let after = pages::open(athena, &purpose, input.next_token.as_ref())?;
        let (page, next) = page(athena, &purpose, all, after, input.max_results);
        Ok(ListDatabasesOutput { database_list: Some(page.iter().map(database).collect()), next_token: next })
    }
}

operation! {
    /// A table. <https://docs.aws.amazon.com/athena/latest/APIReference/API_GetTableMetadata.html>
    GetTableMetadata(GetTableMetadataInput) -> GetTableMetadataOutput;
    access(_athena, call, input) { access::catalog(call, "athena:GetTableMetadata", input.catalog_name.as_ref()) }
    run(athena, call, input) {
        require_catalog(input.catalog_name.as_ref())?;
        let (database, name) = (input.database_name.need(), input.table_name.need());
        let found = catalog(athena, call).table(&database, &name).await.map_err(|error| refused(call, &error))?;
        Ok(GetTableMetadataOutput { table_metadata: Some(table(&found)) })
    }
}

operation! {
    /// Tables of a database. <https://docs.aws.amazon.com/athena/latest/APIReference/API_ListTableMetadata.html>
    ListTableMetadata(ListTableMetadataInput) -> ListTableMetadataOutput;
    access(_athena, call, input) { access::catalog(call, "athena:ListTableMetadata", input.catalog_name.as_ref()) }
    run(athena, call, input) {
        require_catalog(input.catalog_name.as_ref())?;
        let database = input.database_name.need();
        let expression = input.expression.as_deref().filter(|text| !text.is_empty());
        let purpose = pages::purpose(call, "ListTableMetadata", &database);
        let all = catalog(athena, call).tables(&database, expression).await;
        let all = all.map_err(|error| refused(call, &error))?;
        let after = pages::open(athena, &purpose, input.next_token.as_ref())?;
        let (page, next) = page(athena, &purpose, all, after, input.max_results);
        Ok(ListTableMetadataOutput { table_metadata_list: Some(page.iter().map(table).collect()), next_token: next })
    }
}

/// A page of things with names, which come in the order of their names.
fn page(
    athena: &Athena,
    purpose: &str,
    all: Vec<Value>,
    after: Option<String>,
    max: Option<i32>,
) -> (Vec<Value>, Option<String>) {
    let name = |value: &Value| text(value, "Name").unwrap_or_default().to_owned();
    let rest = all.into_iter().filter(|value| after.as_ref().is_none_or(|after| name(value) > *after));
    let page = Page::take(rest, pages::limit(max, PAGE_MAX));
    let next = page.items.last().filter(|_| page.more).map(|last| pages::seal(athena, purpose, &name(last)));
    (page.items, next)
}

fn some(value: &Value, name: &str) -> Option<String> {
    text(value, name).map(str::to_owned)
}

fn parameters(value: &Value) -> BTreeMap<String, String> {
    let all = value.get("Parameters").and_then(Value::as_object).into_iter().flatten();
    all.filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned()))).collect()
}

fn database(value: &Value) -> Database {
    let parameters = parameters(value);
    Database {
        name: some(value, "Name"),
        description: some(value, "Description"),
        parameters: (!parameters.is_empty()).then_some(parameters),
    }
}

fn columns(value: &Value, name: &str) -> Option<Vec<Column>> {
    let column = |column: &Value| Column {
        name: text(column, "Name").map(str::to_lowercase),
        r#type: some(column, "Type"),
        comment: some(column, "Comment"),
    };
    Some(list(value, name).iter().map(column).collect())
}

fn time(value: &Value, name: &str) -> Option<Timestamp> {
    let seconds = value.get(name)?.as_f64()?;
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of our own times fit")]
    Some(Timestamp::from_millis((seconds * 1_000.0).round() as i64))
}

fn table(value: &Value) -> TableMetadata {
    let descriptor = &value["StorageDescriptor"];
    let mut parameters = parameters(value);
    let mut also = |key: &str, said: Option<&str>| {
        if let Some(said) = said {
            parameters.insert(key.to_owned(), said.to_owned());
        }
    };
    also("location", text(descriptor, "Location"));
    also("inputformat", text(descriptor, "InputFormat"));
    also("outputformat", text(descriptor, "OutputFormat"));
    let serde = &descriptor["SerdeInfo"];
    also("serde.serialization.lib", text(serde, "SerializationLibrary"));
    for (key, said) in serde.get("Parameters").and_then(Value::as_object).into_iter().flatten() {
        also(&format!("serde.param.{key}"), said.as_str());
    }
    TableMetadata {
        name: some(value, "Name"),
        create_time: time(value, "CreateTime"),
        last_access_time: time(value, "LastAccessTime").or(Some(Timestamp::EPOCH)),
        table_type: Some(some(value, "TableType").unwrap_or_default()),
        columns: columns(descriptor, "Columns"),
        partition_keys: columns(value, "PartitionKeys"),
        parameters: Some(parameters),
    }
}
