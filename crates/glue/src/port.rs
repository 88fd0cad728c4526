//! Tables for the other rooms: [`ports::Catalog`], and all operations, [`ports::CatalogCalls`].

use std::sync::Arc;

use base::Region;
use bytes::Bytes;
use futures_util::future::BoxFuture;
use ports::{
    Catalog, CatalogCalls, CatalogColumn, CatalogRefusal, CatalogTable, PortError, Principal, TableChange,
    TableRef,
};
use service::{Access, AnyRoom, Caller, Incoming, Room};
use store::Commit;

use crate::engine::names::fold;
use crate::engine::tables::{Replace, TableAt};
use crate::engine::{Error, Glue};
use crate::ops::{access, fault, shown};
use crate::shapes::{Column, TableInput};
use crate::tables::{CatalogRef, TableRow};

impl Catalog for Glue {
    fn table<'a>(
        &'a self,
        principal: &'a Principal,
        table: &'a TableRef,
    ) -> BoxFuture<'a, Result<CatalogTable, PortError>> {
        Box::pin(async move {
            let at = at(table);
            let version = table.version.as_deref().filter(|version| *version != "LATEST");
            let action = if version.is_some() { "glue:GetTableVersion" } else { "glue:GetTable" };
            let asked = access::table(self, action, &at).await.map_err(error_of)?;
            self.may(principal, table, asked).await?;
            let row = self.table_version(&at, version).await.map_err(error_of)?;
            described(&row)
        })
    }

    fn prepare_update<'a>(
        &'a self,
        principal: &'a Principal,
        table: &'a TableRef,
        version: &'a str,
        change: TableChange,
    ) -> BoxFuture<'a, Result<Commit, PortError>> {
        Box::pin(async move {
            let at = at(table);
            let asked = access::table(self, "glue:UpdateTable", &at).await.map_err(error_of)?;
            self.may(principal, table, asked).await?;
            let found = self.table_row(&at).await.map_err(error_of)?;
            let mut input = input_of(&found)?;
            input.parameters.get_or_insert_default().extend(change.parameters);
            if let Some(columns) = change.columns {
                let column = |(column, parameters): (CatalogColumn, _)| Column {
                    name: Some(column.name),
                    r#type: column.kind,
                    parameters: Some(parameters),
                    ..Column::default()
                };
                let columns = columns.into_iter().map(column).collect();
                input.storage_descriptor.get_or_insert_default().columns = Some(columns);
            }
            let how = Replace { expected: Some(version.to_owned()), skip_archive: true };
            self.prepare_table_update(&at, &shown::new_table(input, &at), &how).await.map_err(error_of)
        })
    }
}

fn at(table: &TableRef) -> TableAt {
    TableAt {
        catalog: CatalogRef { account: table.catalog, region: table.region.to_string() },
        database: fold(&table.database),
        name: fold(&table.table),
    }
}

/// The room, for calls out of other rooms.
pub struct Calls(Arc<Room<Glue>>);

/// The largest answer: a page of a thousand partitions, each with its descriptor.
const ANSWER_BYTES_MAX: u64 = 64 << 20;

impl Calls {
    /// Of this room.
    pub fn new(room: Arc<Room<Glue>>) -> Self {
        Self(room)
    }
}

impl CatalogCalls for Calls {
    fn call<'a>(
        &'a self,
        principal: &'a Principal,
        region: &'a Region,
        operation: &'static str,
        input: String,
    ) -> BoxFuture<'a, Result<Bytes, CatalogRefusal>> {
        Box::pin(async move {
            let internal = |message: &str| CatalogRefusal {
                code: "InternalServiceException".to_owned(),
                message: message.to_owned(),
            };
            let known = self.0.service().operation(operation);
            let known = known.ok_or_else(|| internal("no such operation"))?;
            let id = self.0.state().random.uuid();
            let incoming = Incoming::internal(known, input, principal.clone(), region.clone(), id);
            let answer = self.0.call(incoming).await;
            let body =
                answer.body.collect(ANSWER_BYTES_MAX).await.map_err(|error| internal(&error.to_string()))?;
            if answer.status == 200 {
                return Ok(body);
            }
            let error: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
            let member = |name: &str| error.get(name).and_then(|value| value.as_str()).map(str::to_owned);
            Err(CatalogRefusal {
                code: member("__type").unwrap_or_default(),
                message: member("Message").or_else(|| member("message")).unwrap_or_default(),
            })
        })
    }
}

impl Glue {
    async fn may(
        &self,
        principal: &Principal,
        table: &TableRef,
        asked: Vec<Access>,
    ) -> Result<(), PortError> {
        let caller = Caller::internal(principal.clone(), table.region.clone());
        for access in asked {
            self.authorizer.allow(&caller, &access).await.map_err(|denied| {
                let fault = (fault::STYLE.denied)(&denied);
                PortError::Denied(fault.message.unwrap_or_default())
            })?;
        }
        Ok(())
    }
}

fn error_of(error: Error) -> PortError {
    match error {
        Error::NotFound(message) => PortError::NotFound { code: "EntityNotFoundException", message },
        Error::Conflict | Error::Full | Error::Store(_) | Error::Concurrent(_) => {
            PortError::Unavailable(error.to_string())
        }
        other => PortError::Invalid { code: fault::code(&other), message: fault::text(&other) },
    }
}

fn input_of(row: &TableRow) -> Result<TableInput, PortError> {
    wire::kept(&row.state.input)
        .map_err(|_| PortError::Unavailable("a stored table cannot be read".to_owned()))
}

fn described(row: &TableRow) -> Result<CatalogTable, PortError> {
    let input = input_of(row)?;
    let columns = |columns: Option<Vec<Column>>| -> Vec<CatalogColumn> {
        let column =
            |column: Column| CatalogColumn { name: column.name.unwrap_or_default(), kind: column.r#type };
        columns.into_iter().flatten().map(column).collect()
    };
    let descriptor = input.storage_descriptor.unwrap_or_default();
    let serde = descriptor.serde_info.unwrap_or_default();
    Ok(CatalogTable {
        version: row.state.version.to_string(),
        columns: columns(descriptor.columns),
        partition_keys: columns(input.partition_keys),
        location: descriptor.location,
        input_format: descriptor.input_format,
        serde: serde.serialization_library,
        serde_parameters: serde.parameters.unwrap_or_default(),
        parameters: input.parameters.unwrap_or_default(),
    })
}
