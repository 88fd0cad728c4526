//! Wire shapes of what is stored.

use base::Timestamp;
use service::Fault;

use super::fault::unreadable;
use crate::engine::tables::{NewTable, TableAt};
use crate::shapes::{
    Column, DataLakePrincipal, Database, DatabaseInput, Partition, PartitionInput, PrincipalPermissions,
    StorageDescriptor, Table, TableInput, ViewDefinition, ViewDefinitionInput, ViewRepresentation,
    ViewRepresentationInput,
};
use crate::tables::{CatalogName, DatabaseRow, KeyColumn, PartitionRow, TableRow, TableState};

/// A stored document.
pub(crate) fn kept<S: wire::Shape>(document: &[u8]) -> Result<S, Fault> {
    wire::kept(document).map_err(|_| unreadable())
}

/// A time as Glue shows it: to the millisecond.
pub(crate) fn time(micros: i64) -> Timestamp {
    Timestamp::from_micros(micros).cut_to_millis()
}

/// A database.
pub(crate) fn database(at: &CatalogName, row: &DatabaseRow) -> Result<Database, Fault> {
    let input: DatabaseInput = kept(&row.input)?;
    Ok(Database {
        name: Some(at.name.clone()),
        description: input.description,
        location_uri: input.location_uri,
        parameters: input.parameters,
        create_time: Some(time(row.created_micros)),
        create_table_default_permissions: Some(
            input.create_table_default_permissions.unwrap_or_else(everybody),
        ),
        target_database: input.target_database,
        catalog_id: Some(at.catalog.account.to_string()),
        federated_database: input.federated_database,
    })
}

/// What a database says of the permissions of its tables unless it was told otherwise.
pub(crate) fn everybody() -> Vec<PrincipalPermissions> {
    let principal =
        DataLakePrincipal { data_lake_principal_identifier: Some("IAM_ALLOWED_PRINCIPALS".to_owned()) };
    vec![PrincipalPermissions { principal: Some(principal), permissions: Some(vec!["ALL".to_owned()]) }]
}

/// What a call says a table is to be; its name is folded.
pub(crate) fn new_table(mut input: TableInput, at: &TableAt) -> NewTable {
    input.name = Some(at.name.clone());
    let key = |column: &Column| KeyColumn {
        name: column.name.clone().unwrap_or_default(),
        kind: column.r#type.clone(),
    };
    let keys = input.partition_keys.iter().flatten().map(key).collect();
    NewTable { keys, input: wire::keep(&input) }
}

/// A table, as one of its versions has it.
pub(crate) fn table(at: &TableAt, row: &TableRow, state: &TableState) -> Result<Table, Fault> {
    let input: TableInput = kept(&state.input)?;
    let is_view = input.view_definition.is_some();
    Ok(Table {
        name: Some(at.name.clone()),
        database_name: Some(at.database.clone()),
        description: input.description,
        owner: input.owner,
        create_time: Some(time(row.created_micros)),
        update_time: Some(time(state.updated_micros)),
        last_access_time: input.last_access_time,
        last_analyzed_time: input.last_analyzed_time,
        retention: Some(input.retention.unwrap_or(0)),
        storage_descriptor: input.storage_descriptor.map(filled),
        partition_keys: Some(input.partition_keys.unwrap_or_default()),
        view_original_text: input.view_original_text,
        view_expanded_text: input.view_expanded_text,
        table_type: input.table_type,
        parameters: input.parameters,
        created_by: row.created_by.clone(),
        is_registered_with_lake_formation: Some(false),
        target_table: input.target_table,
        catalog_id: Some(at.catalog.account.to_string()),
        version_id: Some(state.version.to_string()),
        federated_table: input.federated_table,
        view_definition: input.view_definition.map(view),
        is_multi_dialect_view: Some(is_view),
        ..Table::default()
    })
}

/// A descriptor with what AWS fills in (facts section 1.3).
fn filled(mut descriptor: StorageDescriptor) -> StorageDescriptor {
    descriptor.columns.get_or_insert_default();
    descriptor.bucket_columns.get_or_insert_default();
    descriptor.sort_columns.get_or_insert_default();
    descriptor.input_format.get_or_insert_default();
    descriptor.compressed.get_or_insert(false);
    descriptor.number_of_buckets.get_or_insert(0);
    descriptor.stored_as_sub_directories.get_or_insert(false);
    descriptor
}

fn view(input: ViewDefinitionInput) -> ViewDefinition {
    let representation = |input: ViewRepresentationInput| ViewRepresentation {
        dialect: input.dialect,
        dialect_version: input.dialect_version,
        view_original_text: input.view_original_text,
        view_expanded_text: input.view_expanded_text,
        validation_connection: input.validation_connection,
        is_stale: None,
    };
    ViewDefinition {
        is_protected: input.is_protected,
        is_managed: input.is_managed,
        definer: input.definer,
        view_version_id: input.view_version_id,
        view_version_token: input.view_version_token,
        refresh_seconds: input.refresh_seconds,
        last_refresh_type: input.last_refresh_type,
        sub_objects: input.sub_objects,
        sub_object_version_ids: input.sub_object_version_ids,
        sub_objects_statistics: input.sub_objects_statistics,
        representations: input.representations.map(|all| all.into_iter().map(representation).collect()),
        spark_pipeline_info: input.spark_pipeline_info,
    }
}

/// A partition.
pub(crate) fn partition(at: &TableAt, row: PartitionRow) -> Result<Partition, Fault> {
    let input: PartitionInput = kept(&row.input)?;
    Ok(Partition {
        values: Some(row.values),
        database_name: Some(at.database.clone()),
        table_name: Some(at.name.clone()),
        creation_time: Some(time(row.created_micros)),
        last_access_time: input.last_access_time,
        storage_descriptor: input.storage_descriptor,
        parameters: input.parameters,
        last_analyzed_time: input.last_analyzed_time,
        catalog_id: Some(at.catalog.account.to_string()),
    })
}
