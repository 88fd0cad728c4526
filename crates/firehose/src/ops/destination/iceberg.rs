//! Tables of Iceberg between the wire and the engine.

use wire::Need;

use super::remote::{Common, Defaults, common, hints, number, retry, shown_processing};
use super::{Given, logging, logging_of, plain, processing};
use crate::engine::error::Invalid;
use crate::ops::fault::not_available;
use crate::shapes as wire_shapes;
use crate::tables::{Destination, IcebergDestination, IcebergTable};

/// A new destination.
pub(super) fn create(given: &wire_shapes::IcebergDestinationConfiguration) -> Result<Destination, Invalid> {
    let common =
        common!(given, s3_configuration, role given.role_arn.clone(), hints given.buffering_hints.as_ref());
    let catalog = given.catalog_configuration.as_ref().need();
    let made = IcebergDestination {
        remote: common.create(&Defaults {
            buffer_secs: 300,
            retry_secs: 300,
            backup_mode: "FailedDataOnly",
        })?,
        catalog_arn: catalog.catalog_arn.clone(),
        warehouse: catalog.warehouse_location.clone(),
        tables: given.destination_table_configuration_list.as_deref().map(tables),
        append_only: given.append_only,
        evolves: given.schema_evolution_configuration.as_ref().and_then(|given| given.enabled),
        creates: given.table_creation_configuration.as_ref().and_then(|given| given.enabled),
    };
    checked(made).map(Destination::Iceberg)
}

/// What an update makes of what stands. `AppendOnly` is said at creation only.
pub(super) fn update(
    current: &IcebergDestination,
    given: &wire_shapes::IcebergDestinationUpdate,
) -> Result<Destination, Invalid> {
    let common =
        common!(given, s3_configuration, role given.role_arn.clone(), hints given.buffering_hints.as_ref());
    let mut next = IcebergDestination { remote: common.update(&current.remote)?, ..current.clone() };
    if let Some(catalog) = &given.catalog_configuration {
        next.catalog_arn = catalog.catalog_arn.clone().or(next.catalog_arn);
        next.warehouse = catalog.warehouse_location.clone().or(next.warehouse);
    }
    if let Some(given) = &given.destination_table_configuration_list {
        next.tables = Some(tables(given));
    }
    if let Some(given) = &given.schema_evolution_configuration {
        next.evolves = given.enabled;
    }
    if let Some(given) = &given.table_creation_configuration {
        next.creates = given.enabled;
    }
    checked(next).map(Destination::Iceberg)
}

fn checked(made: IcebergDestination) -> Result<IcebergDestination, Invalid> {
    if made.evolves == Some(true) {
        return Err(not_available("SchemaEvolutionConfiguration"));
    }
    if made.creates == Some(true) {
        return Err(not_available("TableCreationConfiguration"));
    }
    Ok(made)
}

fn tables(given: &[wire_shapes::DestinationTableConfiguration]) -> Vec<IcebergTable> {
    let sources = |spec: &wire_shapes::PartitionSpec| {
        let fields = spec.identity.iter().flatten();
        fields.filter_map(|field| field.source_name.clone()).collect()
    };
    let table = |given: &wire_shapes::DestinationTableConfiguration| IcebergTable {
        database: given.destination_database_name.clone().need(),
        table: given.destination_table_name.clone().need(),
        unique_keys: given.unique_keys.clone(),
        error_prefix: given.s3_error_output_prefix.clone(),
        partition: given.partition_spec.as_ref().map(sources),
    };
    given.iter().map(table).collect()
}

/// As DescribeDeliveryStream shows it.
pub(super) fn describe(iceberg: &IcebergDestination) -> wire_shapes::IcebergDestinationDescription {
    let remote = &iceberg.remote;
    let field = |name: &String| wire_shapes::PartitionField { source_name: Some(name.clone()) };
    let table = |table: &IcebergTable| wire_shapes::DestinationTableConfiguration {
        destination_table_name: Some(table.table.clone()),
        destination_database_name: Some(table.database.clone()),
        unique_keys: table.unique_keys.clone(),
        partition_spec: table
            .partition
            .as_ref()
            .map(|names| wire_shapes::PartitionSpec { identity: Some(names.iter().map(field).collect()) }),
        s3_error_output_prefix: table.error_prefix.clone(),
    };
    wire_shapes::IcebergDestinationDescription {
        destination_table_configuration_list: iceberg
            .tables
            .as_ref()
            .map(|tables| tables.iter().map(table).collect()),
        schema_evolution_configuration: iceberg
            .evolves
            .map(|enabled| wire_shapes::SchemaEvolutionConfiguration { enabled: Some(enabled) }),
        table_creation_configuration: iceberg
            .creates
            .map(|enabled| wire_shapes::TableCreationConfiguration { enabled: Some(enabled) }),
        buffering_hints: hints!(BufferingHints, remote),
        cloud_watch_logging_options: remote.logging.as_ref().map(logging),
        processing_configuration: shown_processing(remote),
        s3_backup_mode: Some(remote.backup_mode.clone()),
        retry_options: retry!(RetryOptions, remote),
        role_arn: remote.role_arn.clone(),
        append_only: iceberg.append_only,
        catalog_configuration: Some(wire_shapes::CatalogConfiguration {
            catalog_arn: iceberg.catalog_arn.clone(),
            warehouse_location: iceberg.warehouse.clone(),
        }),
        s3_destination_description: Some(plain(&remote.s3)),
    }
}
