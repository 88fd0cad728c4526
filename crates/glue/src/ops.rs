//! The contents page: one line an operation. What is not here answers "not supported" by itself.
//!
//! Operations on one kind of thing share a file. Helpers beside them: `operation` declares one, `access` says what the policies are asked,
//! `pages` makes page tokens, `shown` makes wire shapes of what is stored, `fault` words refusals.

pub(crate) mod access;
mod classifiers;
mod connections;
pub(crate) mod crawlers;
mod databases;
pub(crate) mod fault;
mod functions;
mod indexes;
mod operation;
mod pages;
mod partitions;
mod registry;
mod search;
mod settings;
pub(crate) mod shown;
mod statistics;
mod tables;
mod tags;
mod versions;

use std::sync::Arc;

use service::{Room, RoomParts};

use crate::engine::Glue;
use crate::shapes::GLUE;

/// The largest body: two view texts of 409,600 characters and parameters of 512,000 fit, in JSON.
const BODY_BYTES_MAX: u64 = 8 << 20;

/// The room over its state.
pub(crate) fn room(state: Arc<Glue>, parts: RoomParts) -> Room<Glue> {
    let room = Room::new(&GLUE, fault::STYLE, state, parts, |_| BODY_BYTES_MAX);
    let room = room
        .op::<databases::CreateDatabase>()
        .op::<databases::DeleteDatabase>()
        .op::<databases::GetDatabase>()
        .op::<databases::GetDatabases>()
        .op::<databases::UpdateDatabase>();
    let room = room
        .op::<tables::BatchDeleteTable>()
        .op::<tables::CreateTable>()
        .op::<tables::DeleteTable>()
        .op::<tables::GetTable>()
        .op::<tables::GetTables>()
        .op::<tables::UpdateTable>()
        .op::<versions::BatchDeleteTableVersion>()
        .op::<versions::DeleteTableVersion>()
        .op::<versions::GetTableVersion>()
        .op::<versions::GetTableVersions>();
    let room = room
        .op::<partitions::BatchCreatePartition>()
        .op::<partitions::BatchDeletePartition>()
        .op::<partitions::BatchGetPartition>()
        .op::<partitions::BatchUpdatePartition>()
        .op::<partitions::CreatePartition>()
        .op::<partitions::DeletePartition>()
        .op::<partitions::GetPartition>()
        .op::<partitions::GetPartitions>()
        .op::<partitions::UpdatePartition>()
        .op::<indexes::CreatePartitionIndex>()
        .op::<indexes::DeletePartitionIndex>()
        .op::<indexes::GetPartitionIndexes>();
    let room = room
        .op::<statistics::DeleteColumnStatisticsForPartition>()
        .op::<statistics::DeleteColumnStatisticsForTable>()
        .op::<statistics::GetColumnStatisticsForPartition>()
        .op::<statistics::GetColumnStatisticsForTable>()
        .op::<statistics::UpdateColumnStatisticsForPartition>()
        .op::<statistics::UpdateColumnStatisticsForTable>()
        .op::<functions::CreateUserDefinedFunction>()
        .op::<functions::DeleteUserDefinedFunction>()
        .op::<functions::GetUserDefinedFunction>()
        .op::<functions::GetUserDefinedFunctions>()
        .op::<functions::UpdateUserDefinedFunction>()
        .op::<connections::BatchDeleteConnection>()
        .op::<connections::CreateConnection>()
        .op::<connections::DeleteConnection>()
        .op::<connections::GetConnection>()
        .op::<connections::GetConnections>()
        .op::<connections::UpdateConnection>()
        .op::<search::SearchTables>();
    let room = room
        .op::<registry::CheckSchemaVersionValidity>()
        .op::<registry::CreateRegistry>()
        .op::<registry::CreateSchema>()
        .op::<registry::DeleteRegistry>()
        .op::<registry::DeleteSchema>()
        .op::<registry::DeleteSchemaVersions>()
        .op::<registry::GetRegistry>()
        .op::<registry::GetSchema>()
        .op::<registry::GetSchemaByDefinition>()
        .op::<registry::GetSchemaVersion>()
        .op::<registry::GetSchemaVersionsDiff>()
        .op::<registry::ListRegistries>()
        .op::<registry::ListSchemas>()
        .op::<registry::ListSchemaVersions>()
        .op::<registry::PutSchemaVersionMetadata>()
        .op::<registry::QuerySchemaVersionMetadata>()
        .op::<registry::RegisterSchemaVersion>()
        .op::<registry::RemoveSchemaVersionMetadata>()
        .op::<registry::UpdateRegistry>()
        .op::<registry::UpdateSchema>();
    let room = room
        .op::<crawlers::BatchGetCrawlers>()
        .op::<crawlers::CreateCrawler>()
        .op::<crawlers::DeleteCrawler>()
        .op::<crawlers::GetCrawler>()
        .op::<crawlers::GetCrawlerMetrics>()
        .op::<crawlers::GetCrawlers>()
        .op::<crawlers::ListCrawlers>()
        .op::<crawlers::ListCrawls>()
        .op::<crawlers::StartCrawler>()
        .op::<crawlers::StartCrawlerSchedule>()
        .op::<crawlers::StopCrawler>()
        .op::<crawlers::StopCrawlerSchedule>()
        .op::<crawlers::UpdateCrawler>()
        .op::<crawlers::UpdateCrawlerSchedule>()
        .op::<classifiers::CreateClassifier>()
        .op::<classifiers::DeleteClassifier>()
        .op::<classifiers::GetClassifier>()
        .op::<classifiers::GetClassifiers>()
        .op::<classifiers::UpdateClassifier>();
    room.op::<settings::CreateSecurityConfiguration>()
        .op::<settings::DeleteResourcePolicy>()
        .op::<settings::DeleteSecurityConfiguration>()
        .op::<settings::GetCatalog>()
        .op::<settings::GetCatalogImportStatus>()
        .op::<settings::GetCatalogs>()
        .op::<settings::GetDataCatalogEncryptionSettings>()
        .op::<settings::GetResourcePolicies>()
        .op::<settings::GetResourcePolicy>()
        .op::<settings::GetSecurityConfiguration>()
        .op::<settings::GetSecurityConfigurations>()
        .op::<settings::ImportCatalogToGlue>()
        .op::<settings::PutDataCatalogEncryptionSettings>()
        .op::<settings::PutResourcePolicy>()
        .op::<tags::GetTags>()
        .op::<tags::TagResource>()
        .op::<tags::UntagResource>()
}
