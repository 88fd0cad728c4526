//! CreateTable.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{definition, shown, target};
use crate::engine::measure::Measure;
use crate::engine::table::{NewTable, Status};
use crate::engine::{DynamoDb, Invalid};
use crate::shapes::{CreateTableInput, CreateTableOutput};
use crate::tables::Billing;

/// Creates a table. Differs: the answer says CREATING as on AWS, but the table is usable at once unless `transitions` are asked for.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html>
pub(crate) struct CreateTable;

impl Operation for CreateTable {
    type Service = DynamoDb;
    type Input = CreateTableInput;
    type Output = CreateTableOutput;
    const NAME: &'static str = "CreateTable";

    async fn access(db: &DynamoDb, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let mut asked = target::access(db, call, "dynamodb:CreateTable", input.table_name.as_ref()).await;
        let tags = definition::tags(input.tags.iter().flatten().map(copy).collect()).unwrap_or_default();
        asked = asked.into_iter().map(|access| access.tagging(&tags)).collect();
        Ok(asked)
    }

    async fn run(db: &DynamoDb, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let name = input.table_name.as_ref().need();
        let key = target::table(call, name)?;
        let is_streamed =
            input.stream_specification.as_ref().is_some_and(|stream| stream.stream_enabled.unwrap_or(false));
        let is_sealed = input.sse_specification.as_ref().is_some_and(|sse| sse.enabled.unwrap_or(false));
        definition::refuse_given(&[
            ("StreamSpecification with StreamEnabled", is_streamed),
            ("SSESpecification with Enabled", is_sealed),
            ("ResourcePolicy", input.resource_policy.is_some()),
            ("OnDemandThroughput", input.on_demand_throughput.is_some()),
            ("WarmThroughput", input.warm_throughput.is_some()),
            ("GlobalTableSourceArn", input.global_table_source_arn.is_some()),
            ("GlobalTableSettingsReplicationMode", input.global_table_settings_replication_mode.is_some()),
            ("VectorIndexes", input.vector_indexes.is_some()),
        ])?;
        Ok(CreateTableOutput { table_description: Some(create(db, key, input).await?) })
    }
}

async fn create(
    db: &DynamoDb,
    key: crate::tables::NameKey,
    input: CreateTableInput,
) -> Result<crate::shapes::TableDescription, Fault> {
    let missing = |member: &str| {
        Invalid::new(format!(
            "1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null"
        ))
    };
    let attributes =
        definition::attributes(input.attribute_definitions.ok_or_else(|| missing("attributeDefinitions"))?)?;
    let billing = input.billing_mode.as_deref().map_or(Billing::Provisioned, definition::billing);
    let throughput = definition::table_throughput(billing, input.provisioned_throughput.as_ref())?;
    let schema = input.key_schema.ok_or_else(|| missing("keySchema"))?;
    let schema = definition::schema(&schema, &attributes, false)?;
    let mut indexes = Vec::new();
    if let Some(locals) = input.local_secondary_indexes {
        if locals.is_empty() {
            return Err(Invalid::parameter("List of LocalSecondaryIndexes is empty").into());
        }
        for index in locals {
            indexes.push(definition::local_index(index, &attributes)?);
        }
    }
    if let Some(globals) = input.global_secondary_indexes {
        if globals.is_empty() {
            return Err(Invalid::parameter("List of GlobalSecondaryIndexes is empty").into());
        }
        for index in globals {
            indexes.push(definition::global_index(index, &attributes, billing)?);
        }
    }
    let created = db
        .create_table(NewTable {
            key,
            schema,
            attributes,
            billing,
            throughput,
            indexes,
            tags: definition::tags(input.tags.unwrap_or_default())?,
            is_protected: input.deletion_protection_enabled.unwrap_or(false),
            is_infrequent: input.table_class.as_deref() == Some("STANDARD_INFREQUENT_ACCESS"),
        })
        .await?;
    Ok(shown::table(&created, Status::Creating, &Measure::default()))
}

fn copy(tag: &crate::shapes::Tag) -> crate::shapes::Tag {
    crate::shapes::Tag { key: tag.key.clone(), value: tag.value.clone() }
}
