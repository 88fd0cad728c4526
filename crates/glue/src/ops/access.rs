//! What the policies are asked: every resource on the way down, the catalog first, each under the catalog's resource policy (identity facts
//! section 13). The first that is missing is named.

use base::AccountId;
use service::{Access, Call, ResourceSide};

use crate::engine::names::fold;
use crate::engine::tables::TableAt;
use crate::engine::{Error, Glue};
use crate::tables::{CatalogName, CatalogRef};

/// The catalog a call is about: the caller's own unless it names another account's. Every other name is that of no catalog.
pub(crate) fn catalog(call: &Call, id: Option<&String>) -> Result<CatalogRef, Error> {
    let account = match id {
        None => call.account(),
        Some(id) => {
            id.parse::<AccountId>().map_err(|_| Error::NotFound(format!("Catalog {id} not found.")))?
        }
    };
    Ok(CatalogRef { account, region: call.region().to_string() })
}

/// A database of a call.
pub(crate) fn database_at(
    call: &Call,
    id: Option<&String>,
    name: Option<&String>,
) -> Result<CatalogName, Error> {
    Ok(catalog(call, id)?.named(&fold(name.map(String::as_str).unwrap_or_default())))
}

/// A table of a call.
pub(crate) fn table_at(
    call: &Call,
    id: Option<&String>,
    database: Option<&String>,
    name: Option<&String>,
) -> Result<TableAt, Error> {
    Ok(TableAt {
        catalog: catalog(call, id)?,
        database: fold(database.map(String::as_str).unwrap_or_default()),
        name: fold(name.map(String::as_str).unwrap_or_default()),
    })
}

/// The questions about resources of a catalog, the catalog itself before them.
pub(crate) async fn within(
    glue: &Glue,
    action: &'static str,
    catalog: &CatalogRef,
    resources: &[String],
) -> Result<Vec<Access>, Error> {
    let policy = glue.policy(catalog).await?;
    let side = ResourceSide { policy, ..ResourceSide::default() };
    let ask =
        |resource: &str| Access::owned(action, catalog.arn(resource), catalog.account).under(side.clone());
    let mut asked = vec![ask("catalog")];
    asked.extend(resources.iter().map(|resource| ask(resource)));
    Ok(asked)
}

/// The questions about a database.
pub(crate) async fn database(
    glue: &Glue,
    action: &'static str,
    at: &CatalogName,
) -> Result<Vec<Access>, Error> {
    within(glue, action, &at.catalog, &[format!("database/{}", at.name)]).await
}

/// The questions about a database and all that is in it.
pub(crate) async fn whole_database(
    glue: &Glue,
    action: &'static str,
    at: &CatalogName,
) -> Result<Vec<Access>, Error> {
    let name = &at.name;
    let resources =
        [format!("database/{name}"), format!("table/{name}/*"), format!("userDefinedFunction/{name}/*")];
    within(glue, action, &at.catalog, &resources).await
}

/// The questions about a table.
pub(crate) async fn table(glue: &Glue, action: &'static str, at: &TableAt) -> Result<Vec<Access>, Error> {
    let (database, name) = (&at.database, &at.name);
    within(glue, action, &at.catalog, &[format!("database/{database}"), format!("table/{database}/{name}")])
        .await
}

/// The question about something of the account that is in no catalog.
pub(crate) fn other(call: &Call, action: &'static str, resource: &str) -> Vec<Access> {
    vec![Access::to(action, &call.arn("glue", resource))]
}
