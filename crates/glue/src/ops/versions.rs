//! Operations on versions of tables.

use wire::Need;

use super::access::{self, table_at};
use super::fault::{self, invalid};
use super::operation::operation;
use super::{pages, shown};
use crate::engine::Error;
use crate::shapes::*;

/// Versions of one answer.
const VERSIONS_MAX: usize = 100;

operation! {
    /// A version of a table; the current one if none is named. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetTableVersion.html>
    GetTableVersion(GetTableVersionRequest) -> GetTableVersionResponse;
    access(glue, call, input) {
        let at = table_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), input.table_name.as_ref())?;
        access::table(glue, "glue:GetTableVersion", &at).await?
    }
    run(glue, call, input) {
        let at = table_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), input.table_name.as_ref())?;
        let row = glue.table_version(&at, input.version_id.as_deref()).await?;
        let version_id = Some(row.state.version.to_string());
        let table = Some(shown::table(&at, &row, &row.state)?);
        Ok(GetTableVersionResponse { table_version: Some(TableVersion { table, version_id }) })
    }
}

operation! {
    /// Versions of a table, newest first, the current one included. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetTableVersions.html>
    GetTableVersions(GetTableVersionsRequest) -> GetTableVersionsResponse;
    access(glue, call, input) {
        let at = table_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), input.table_name.as_ref())?;
        access::table(glue, "glue:GetTableVersions", &at).await?
    }
    run(glue, call, input) {
        let at = table_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), input.table_name.as_ref())?;
        let purpose = pages::purpose(call, "GetTableVersions", &format!("{}/{}/{}", at.catalog.account, at.database, at.name));
        let before = pages::after(glue, &purpose, input.next_token.as_ref())?;
        let before = before.map(|text| text.parse::<u64>()).transpose().map_err(|_| invalid("Invalid NextToken."))?;
        let limit = pages::limit(input.max_results, VERSIONS_MAX);
        let (row, page) = glue.table_versions(&at, before, limit).await?;
        let next_token = pages::next(glue, &purpose, &page, |state| state.version.to_string());
        let mut versions = Vec::with_capacity(page.items.len());
        for state in &page.items {
            let table = Some(shown::table(&at, &row, state)?);
            versions.push(TableVersion { table, version_id: Some(state.version.to_string()) });
        }
        Ok(GetTableVersionsResponse { table_versions: Some(versions), next_token })
    }
}

operation! {
    /// Forgets an older version of a table. <https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteTableVersion.html>
    DeleteTableVersion(DeleteTableVersionRequest) -> DeleteTableVersionResponse;
    access(glue, call, input) {
        let at = table_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), input.table_name.as_ref())?;
        access::table(glue, "glue:DeleteTableVersion", &at).await?
    }
    run(glue, call, input) {
        let at = table_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), input.table_name.as_ref())?;
        let errors = glue.delete_versions(&at, &[input.version_id.need()]).await?;
        match errors.into_iter().next() {
            Some((_, error)) => Err(error.into()),
            None => Ok(DeleteTableVersionResponse::default()),
        }
    }
}

operation! {
    /// Forgets older versions of a table. <https://docs.aws.amazon.com/glue/latest/webapi/API_BatchDeleteTableVersion.html>
    BatchDeleteTableVersion(BatchDeleteTableVersionRequest) -> BatchDeleteTableVersionResponse;
    access(glue, call, input) {
        let at = table_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), input.table_name.as_ref())?;
        access::table(glue, "glue:BatchDeleteTableVersion", &at).await?
    }
    run(glue, call, input) {
        let at = table_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), input.table_name.as_ref())?;
        let errors = glue.delete_versions(&at, &input.version_ids.need()).await?;
        let error = |(version, error): (String, Error)| TableVersionError {
            table_name: Some(at.name.clone()),
            version_id: Some(version),
            error_detail: Some(fault::detail(&error)),
        };
        Ok(BatchDeleteTableVersionResponse { errors: Some(errors.into_iter().map(error).collect()) })
    }
}
