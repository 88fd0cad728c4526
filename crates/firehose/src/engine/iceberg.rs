//! Tables of Iceberg, as streams are configured with them: where the catalog is, how records find their table, and what is refused at creation.

use base::{AccountId, Arn, Region};
use ports::{CatalogTable, PortError, Principal, TableRef};

use super::Engine;
use super::error::{Error, Invalid};
use super::intake::Routes;
use crate::tables::{IcebergDestination, StreamKey};

/// How records find their table: if one is configured, those that name none go there.
pub fn routes(destination: &IcebergDestination) -> Routes {
    match destination.tables.as_deref() {
        Some([one]) => Routes { default: Some((one.database.clone(), one.table.clone())) },
        Some(_) | None => Routes::default(),
    }
}

/// A table of the destination's catalog: the stream's own account's and region's, unless another is named.
pub fn table_ref(
    key: &StreamKey,
    destination: &IcebergDestination,
    database: &str,
    table: &str,
) -> Result<TableRef, Invalid> {
    let (catalog, region) = match &destination.catalog_arn {
        None => (key.account, key.region.clone()),
        Some(arn) => catalog(arn)?,
    };
    Ok(TableRef { catalog, region, database: database.to_owned(), table: table.to_owned(), version: None })
}

/// `arn:aws:glue:REGION:ACCOUNT:catalog`.
fn catalog(arn: &str) -> Result<(AccountId, Region), Invalid> {
    let invalid = || Invalid(format!("{arn} is not a valid Glue catalog ARN"));
    let _: Arn = arn.parse().map_err(|_| invalid())?;
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let [_, _, "glue", region, account, resource] = parts[..] else { return Err(invalid()) };
    if resource != "catalog" {
        return Err(Invalid(format!(
            "{arn} is not a catalog of this version of Millrace: it has no S3 table buckets"
        )));
    }
    Ok((account.parse().map_err(|_| invalid())?, Region::new(region).ok_or_else(invalid)?))
}

/// Whether the catalog says that a table is one of Iceberg.
pub fn is_iceberg(table: &CatalogTable) -> bool {
    let kind = table.parameters.get("table_type");
    kind.is_some_and(|kind| kind.eq_ignore_ascii_case("ICEBERG"))
}

impl Engine {
    /// Refuses a catalog that is none, and keys of tables that are not there: with keys, tables must exist before the stream.
    pub(super) async fn check_tables(
        &self,
        key: &StreamKey,
        destination: &IcebergDestination,
    ) -> Result<(), Error> {
        let role = destination.remote.role_arn.clone().unwrap_or_default();
        let principal: Arn = role.parse().map_err(|_| Invalid(format!("{role} is not a valid ARN")))?;
        let principal = Principal::role(key.account, principal, &*key.name);
        if let Some(arn) = &destination.catalog_arn {
            catalog(arn)?;
        }
        for table in destination.tables.iter().flatten() {
            let Some(keys) = table.unique_keys.as_ref().filter(|keys| !keys.is_empty()) else { continue };
            let reference = table_ref(key, destination, &table.database, &table.table)?;
            let catalog = self.catalog.as_ref().ok_or_else(|| Invalid::new("There is no catalog here"))?;
            let found = match catalog.table(&principal, &reference).await {
                Ok(found) => found,
                Err(PortError::Unavailable(why)) => return Err(Error::Unavailable(why)),
                Err(PortError::NotFound { .. } | PortError::Denied(_) | PortError::Invalid { .. }) => {
                    return Err(Invalid(format!(
                        "Role {role} is not authorized to perform: glue:GetTable for the given table or the table does not exist."
                    ))
                    .into());
                }
            };
            let has = |name: &&String| found.columns.iter().any(|column| column.name == name.to_lowercase());
            if !is_iceberg(&found) || !keys.iter().all(|name| has(&name)) {
                return Err(Invalid::new(
                    "The configured unique keys for the table do not match with the fields present in the schema.",
                )
                .into());
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn catalogs_are_those_of_accounts() {
        let (account, region) = catalog("arn:aws:glue:eu-west-1:123456789012:catalog").unwrap();
        assert_eq!((account.to_string().as_str(), region.as_str()), ("123456789012", "eu-west-1"));
        for arn in
            ["arn:aws:glue:eu-west-1:123456789012:catalog/s3tablescatalog/b", "arn:aws:s3:::b", "catalog"]
        {
            assert!(catalog(arn).is_err(), "{arn}");
        }
    }
}
