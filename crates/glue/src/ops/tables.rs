//! Operations on tables.

use service::{Call, Fault};
use wire::Need;

use super::access::{self, database_at, table_at};
use super::fault::{self, invalid};
use super::operation::operation;
use super::{pages, shown};
use crate::engine::Error;
use crate::engine::names::{Pattern, fold};
use crate::engine::tables::{NewIndex, Replace, TableAt};
use crate::shapes::*;
use crate::tables::TableRow;

/// Tables of one answer.
const TABLES_MAX: usize = 100;
/// Tables that one call of GetTables with a pattern looks at before it answers with what it has and a token.
const LOOKS_MAX: usize = 10_000;
/// Tables of one scan of a pattern.
const SCAN: usize = 500;

/// Where the table of an input is.
fn input_at(
    call: &Call,
    id: Option<&String>,
    database: Option<&String>,
    input: Option<&TableInput>,
) -> Result<TableAt, Error> {
    table_at(call, id, database, input.and_then(|input| input.name.as_ref()))
}

/// What cannot be had of open table formats.
fn no_formats(asked: bool) -> Result<(), Fault> {
    match asked {
        true => Err(invalid("OpenTableFormatInput is not supported.")),
        false => Ok(()),
    }
}

operation! {
    /// Creates a table. <https://docs.aws.amazon.com/glue/latest/webapi/API_CreateTable.html>
    /// Differs: metadata of open table formats is written by their clients, never here.
    CreateTable(CreateTableRequest) -> CreateTableResponse;
    access(glue, call, input) {
        let at = input_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), input.table_input.as_ref())?;
        access::table(glue, "glue:CreateTable", &at).await?
    }
    run(glue, call, input) {
        no_formats(input.open_table_format_input.is_some())?;
        let wanted = input.table_input.ok_or_else(|| invalid("TableInput cannot be null."))?;
        let at = input_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), Some(&wanted))?;
        let created_by = call.caller().principal.arn().map(|arn| arn.to_string());
        let indexes: Vec<NewIndex> = input.partition_indexes.unwrap_or_default().into_iter().map(new_index).collect();
        glue.create_table(&at, &shown::new_table(wanted, &at), created_by, &indexes).await?;
        Ok(CreateTableResponse::default())
    }
}

/// An index that a call asks for.
pub(crate) fn new_index(index: PartitionIndex) -> NewIndex {
    NewIndex { name: index.index_name.need(), keys: index.keys.need() }
}

operation! {
    /// A table. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetTable.html>
    GetTable(GetTableRequest) -> GetTableResponse;
    access(glue, call, input) {
        let at = table_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), input.name.as_ref())?;
        access::table(glue, "glue:GetTable", &at).await?
    }
    run(glue, call, input) {
        let at = table_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), input.name.as_ref())?;
        // This call alone says so, whether the table or its database is missing.
        let row = glue.table_row(&at).await.map_err(|error| match error {
            Error::NotFound(_) => Error::NotFound("Entity Not Found".to_owned()),
            other => other,
        })?;
        let only = Only::of(input.attributes_to_get.as_deref())?;
        Ok(GetTableResponse { table: Some(only.shown(&at, &row)?) })
    }
}

/// Which attributes a call asks for.
enum Only {
    All,
    Some { name: bool, kind: bool },
}

impl Only {
    fn of(attributes: Option<&[String]>) -> Result<Self, Fault> {
        let Some(attributes) = attributes else { return Ok(Self::All) };
        if attributes.is_empty() {
            return Err(invalid("AttributesToGet cannot be empty."));
        }
        let has = |name: &str| attributes.iter().any(|attribute| attribute == name);
        let known = ["NAME", "TABLE_TYPE"];
        match attributes.iter().all(|attribute| known.contains(&attribute.as_str())) {
            true => Ok(Self::Some { name: has("NAME"), kind: has("TABLE_TYPE") }),
            false => Ok(Self::All),
        }
    }

    fn shown(&self, at: &TableAt, row: &TableRow) -> Result<Table, Fault> {
        let table = shown::table(at, row, &row.state)?;
        Ok(match self {
            Self::All => table,
            Self::Some { name, kind } => Table {
                name: table.name.filter(|_| *name),
                table_type: table.table_type.filter(|_| *kind),
                ..Table::default()
            },
        })
    }
}

operation! {
    /// Tables of a database by name. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetTables.html>
    GetTables(GetTablesRequest) -> GetTablesResponse;
    access(glue, call, input) {
        let at = table_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), Some(&"*".to_owned()))?;
        access::table(glue, "glue:GetTables", &at).await?
    }
    run(glue, call, input) {
        let database = database_at(call, input.catalog_id.as_ref(), input.database_name.as_ref())?;
        let pattern = input.expression.as_deref().filter(|text| !text.is_empty()).map(Pattern::new).transpose()?;
        let only = Only::of(input.attributes_to_get.as_deref())?;
        let of = format!("{}/{}/{}", database.catalog.account, database.name, input.expression.as_deref().unwrap_or_default());
        let purpose = pages::purpose(call, "GetTables", &of);
        let mut after = pages::after(glue, &purpose, input.next_token.as_ref())?;
        if input.resource_share_type.as_deref() == Some("FEDERATED") {
            glue.database(&database).await?;
            return Ok(GetTablesResponse { table_list: Some(Vec::new()), next_token: None });
        }
        let limit = pages::limit(input.max_results, TABLES_MAX);
        let mut list = Vec::new();
        let mut looks = 0;
        let next_token = loop {
            let wanted = if pattern.is_some() { SCAN } else { limit };
            let page = glue.table_rows(&database, after.as_deref(), wanted).await?;
            let mut is_full = false;
            for (name, row) in page.items {
                looks += 1;
                if pattern.as_ref().is_some_and(|pattern| !pattern.takes(&name)) {
                    after = Some(name);
                    continue;
                }
                if list.len() >= limit {
                    is_full = true;
                    break;
                }
                let at = TableAt { catalog: database.catalog.clone(), database: database.name.clone(), name: name.clone() };
                list.push(only.shown(&at, &row)?);
                after = Some(name);
            }
            let done = is_full || (pattern.is_none() && list.len() >= limit) || looks >= LOOKS_MAX;
            let goes_on = is_full || page.more;
            if !goes_on {
                break None;
            }
            if done {
                break after.map(|after| pages::seal(glue, &purpose, after.as_bytes()));
            }
        };
        Ok(GetTablesResponse { table_list: Some(list), next_token })
    }
}

operation! {
    /// Replaces a table, under an optimistic lock if a version is given. <https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateTable.html>
    UpdateTable(UpdateTableRequest) -> UpdateTableResponse;
    access(glue, call, input) {
        let named = input.table_input.as_ref().and_then(|table| table.name.as_ref()).or(input.name.as_ref());
        let at = table_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), named)?;
        access::table(glue, "glue:UpdateTable", &at).await?
    }
    run(glue, call, input) {
        no_formats(input.update_open_table_format_input.is_some())?;
        let wanted = input.table_input.ok_or_else(|| invalid("TableInput cannot be null."))?;
        let at = input_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), Some(&wanted))?;
        let how = Replace { expected: input.version_id, skip_archive: input.skip_archive == Some(true) };
        glue.update_table(&at, &shown::new_table(wanted, &at), &how).await?;
        Ok(UpdateTableResponse::default())
    }
}

operation! {
    /// Deletes a table. <https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteTable.html>
    DeleteTable(DeleteTableRequest) -> DeleteTableResponse;
    access(glue, call, input) {
        let at = table_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), input.name.as_ref())?;
        access::table(glue, "glue:DeleteTable", &at).await?
    }
    run(glue, call, input) {
        let at = table_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), input.name.as_ref())?;
        glue.delete_table(&at).await?;
        Ok(DeleteTableResponse::default())
    }
}

operation! {
    /// Deletes tables. <https://docs.aws.amazon.com/glue/latest/webapi/API_BatchDeleteTable.html>
    BatchDeleteTable(BatchDeleteTableRequest) -> BatchDeleteTableResponse;
    access(glue, call, input) {
        let at = database_at(call, input.catalog_id.as_ref(), input.database_name.as_ref())?;
        let mut resources = vec![format!("database/{}", at.name)];
        let names = input.tables_to_delete.iter().flatten();
        resources.extend(names.map(|name| format!("table/{}/{}", at.name, fold(name))));
        access::within(glue, "glue:BatchDeleteTable", &at.catalog, &resources).await?
    }
    run(glue, call, input) {
        let at = database_at(call, input.catalog_id.as_ref(), input.database_name.as_ref())?;
        let names: Vec<String> = input.tables_to_delete.need().iter().map(|name| fold(name)).collect();
        let errors = glue.delete_tables(&at, &names).await?;
        let error = |(name, error): (String, Error)| TableError {
            table_name: Some(name),
            error_detail: Some(fault::detail(&error)),
        };
        Ok(BatchDeleteTableResponse { errors: Some(errors.into_iter().map(error).collect()) })
    }
}
