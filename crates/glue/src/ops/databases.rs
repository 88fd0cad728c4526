//! Operations on databases.

use wire::Need;

use super::access::{self, database_at};
use super::fault::invalid;
use super::operation::operation;
use super::{pages, shown};
use crate::engine::names::fold;
use crate::shapes::*;
use crate::tables::CatalogName;

/// Databases of one answer.
const DATABASES_MAX: usize = 100;

operation! {
    /// Creates a database. <https://docs.aws.amazon.com/glue/latest/webapi/API_CreateDatabase.html>
    CreateDatabase(CreateDatabaseRequest) -> CreateDatabaseResponse;
    access(glue, call, input) {
        let name = input.database_input.as_ref().and_then(|input| input.name.as_ref());
        let at = database_at(call, input.catalog_id.as_ref(), name)?;
        access::database(glue, "glue:CreateDatabase", &at).await?
    }
    run(glue, call, input) {
        let mut wanted = input.database_input.need();
        let at = database_at(call, input.catalog_id.as_ref(), wanted.name.as_ref())?;
        wanted.name = Some(at.name.clone());
        glue.create_database(&at, wire::keep(&wanted), &input.tags.unwrap_or_default()).await?;
        Ok(CreateDatabaseResponse::default())
    }
}

operation! {
    /// A database. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetDatabase.html>
    GetDatabase(GetDatabaseRequest) -> GetDatabaseResponse;
    access(glue, call, input) {
        let at = database_at(call, input.catalog_id.as_ref(), input.name.as_ref())?;
        access::database(glue, "glue:GetDatabase", &at).await?
    }
    run(glue, call, input) {
        let at = database_at(call, input.catalog_id.as_ref(), input.name.as_ref())?;
        let row = glue.database(&at).await?;
        Ok(GetDatabaseResponse { database: Some(shown::database(&at, &row)?) })
    }
}

operation! {
    /// Databases by name. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetDatabases.html>
    /// Differs: nothing is shared from elsewhere, so `FOREIGN` and `FEDERATED` find nothing.
    GetDatabases(GetDatabasesRequest) -> GetDatabasesResponse;
    access(glue, call, input) {
        let at = database_at(call, input.catalog_id.as_ref(), Some(&"*".to_owned()))?;
        access::database(glue, "glue:GetDatabases", &at).await?
    }
    run(glue, call, input) {
        let catalog = access::catalog(call, input.catalog_id.as_ref())?;
        let names_only = match &input.attributes_to_get {
            Some(all) if all.is_empty() => return Err(invalid("AttributesToGet cannot be empty.")),
            Some(all) => all.iter().all(|attribute| attribute == "NAME"),
            None => false,
        };
        if matches!(input.resource_share_type.as_deref(), Some("FOREIGN" | "FEDERATED")) {
            return Ok(GetDatabasesResponse { database_list: Some(Vec::new()), next_token: None });
        }
        let purpose = pages::purpose(call, "GetDatabases", &catalog.account.to_string());
        let after = pages::after(glue, &purpose, input.next_token.as_ref())?;
        let limit = pages::limit(input.max_results, DATABASES_MAX);
        let page = glue.databases(&catalog, after.as_deref(), limit).await?;
        let next_token = pages::next(glue, &purpose, &page, |(at, _)| at.name.clone());
        let one = |(at, row): &(CatalogName, _)| match names_only {
            true => Ok(Database { name: Some(at.name.clone()), ..Database::default() }),
            false => shown::database(at, row),
        };
        let list: Result<Vec<_>, service::Fault> = page.items.iter().map(one).collect();
        Ok(GetDatabasesResponse { database_list: Some(list?), next_token })
    }
}

operation! {
    /// Replaces what a database says; another name renames it. <https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateDatabase.html>
    UpdateDatabase(UpdateDatabaseRequest) -> UpdateDatabaseResponse;
    access(glue, call, input) {
        let at = database_at(call, input.catalog_id.as_ref(), input.name.as_ref())?;
        access::database(glue, "glue:UpdateDatabase", &at).await?
    }
    run(glue, call, input) {
        let at = database_at(call, input.catalog_id.as_ref(), input.name.as_ref())?;
        let mut wanted = input.database_input.need();
        let name = fold(wanted.name.as_deref().unwrap_or_default());
        wanted.name = Some(name.clone());
        if name != at.name {
            let to = CatalogName { name: name.clone(), ..at.clone() };
            for asked in access::database(glue, "glue:UpdateDatabase", &to).await? {
                call.allow(asked).await?;
            }
        }
        glue.update_database(&at, &name, wire::keep(&wanted)).await?;
        Ok(UpdateDatabaseResponse::default())
    }
}

operation! {
    /// Deletes a database and all that is in it. <https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteDatabase.html>
    DeleteDatabase(DeleteDatabaseRequest) -> DeleteDatabaseResponse;
    access(glue, call, input) {
        let at = database_at(call, input.catalog_id.as_ref(), input.name.as_ref())?;
        access::whole_database(glue, "glue:DeleteDatabase", &at).await?
    }
    run(glue, call, input) {
        let at = database_at(call, input.catalog_id.as_ref(), input.name.as_ref())?;
        glue.delete_database(&at).await?;
        Ok(DeleteDatabaseResponse::default())
    }
}
