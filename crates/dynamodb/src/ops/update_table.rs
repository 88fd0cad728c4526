//! UpdateTable.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{definition, shown, target};
use crate::engine::table::{IndexChange, Status, TableChange};
use crate::engine::{DynamoDb, Error, Invalid};
use crate::shapes::{
    CreateGlobalSecondaryIndexAction, GlobalSecondaryIndex, GlobalSecondaryIndexUpdate, UpdateTableInput,
    UpdateTableOutput,
};
use crate::tables::{Billing, KeyAttribute};

/// Changes a table: its capacity, its protection, its global indexes. Differs: streams, replicas and encryption keys are refused.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html>
pub(crate) struct UpdateTable;

impl Operation for UpdateTable {
    type Service = DynamoDb;
    type Input = UpdateTableInput;
    type Output = UpdateTableOutput;
    const NAME: &'static str = "UpdateTable";

    async fn access(db: &DynamoDb, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(target::access(db, call, "dynamodb:UpdateTable", input.table_name.as_ref()).await)
    }

    async fn run(db: &DynamoDb, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::table(call, input.table_name.as_ref().need())?;
        refuse_not_built(&input)?;
        if !changes_something(&input) {
            return Err(Invalid::new(
                "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or \
                 SSESpecification or ReplicaUpdates is required",
            )
            .into());
        }
        let found = db.described(&key).await?;
        let known = &found.row.value;
        let billing = input.billing_mode.as_deref().map(definition::billing);
        let throughput = match (billing, &input.provisioned_throughput) {
            (Some(billing), given) => match billing {
                // What is on demand already may be told so again, and what is provisioned keeps what it has.
                Billing::Provisioned if given.is_none() && known.billing == Billing::Provisioned => None,
                Billing::Provisioned | Billing::OnDemand => {
                    Some(definition::table_throughput(billing, given.as_ref())?)
                        .filter(|_| billing == Billing::Provisioned)
                }
            },
            (None, Some(given)) => Some(definition::throughput(given)?),
            (None, None) => None,
        };
        let attributes = definition::attributes(input.attribute_definitions.unwrap_or_default())?;
        // An index may use attributes that were defined before.
        let mut defined: Vec<KeyAttribute> = attributes.clone();
        defined.extend(
            known.attributes.iter().filter(|old| !attributes.iter().any(|new| new.name == old.name)).cloned(),
        );
        let now_billing = billing.unwrap_or(known.billing);
        let updates = input.global_secondary_index_updates.unwrap_or_default();
        let indexes = updates
            .into_iter()
            .map(|update| index_change(update, &defined, now_billing))
            .collect::<Result<Vec<_>, _>>()?;
        one_change_each(&indexes)?;
        let change = TableChange {
            billing,
            throughput,
            attributes,
            indexes,
            is_protected: input.deletion_protection_enabled,
            is_infrequent: input.table_class.map(|class| class == "STANDARD_INFREQUENT_ACCESS"),
        };
        let updated = db.update_table(&key, &change).await?;
        let measure = db.measure(&updated.row.value).await?;
        Ok(UpdateTableOutput { table_description: Some(shown::table(&updated, Status::Updating, &measure)) })
    }
}

fn refuse_not_built(input: &UpdateTableInput) -> Result<(), Error> {
    let is_streamed =
        input.stream_specification.as_ref().is_some_and(|stream| stream.stream_enabled.unwrap_or(false));
    let is_sealed = input.sse_specification.as_ref().is_some_and(|sse| sse.enabled.unwrap_or(false));
    definition::refuse_given(&[
        ("StreamSpecification with StreamEnabled", is_streamed),
        ("SSESpecification with Enabled", is_sealed),
        ("ReplicaUpdates", input.replica_updates.is_some()),
        ("MultiRegionConsistency", input.multi_region_consistency.is_some()),
        ("GlobalTableWitnessUpdates", input.global_table_witness_updates.is_some()),
        ("OnDemandThroughput", input.on_demand_throughput.is_some()),
        ("WarmThroughput", input.warm_throughput.is_some()),
        ("GlobalTableSettingsReplicationMode", input.global_table_settings_replication_mode.is_some()),
        ("DisassociationProtectionEnabled", input.disassociation_protection_enabled.is_some()),
        ("VectorIndexUpdates", input.vector_index_updates.is_some()),
    ])?;
    Ok(())
}

fn changes_something(input: &UpdateTableInput) -> bool {
    input.provisioned_throughput.is_some()
        || input.billing_mode.is_some()
        || input.global_secondary_index_updates.as_ref().is_some_and(|updates| !updates.is_empty())
        || input.stream_specification.is_some()
        || input.sse_specification.is_some()
        || input.table_class.is_some()
        || input.deletion_protection_enabled.is_some()
}

fn index_change(
    update: GlobalSecondaryIndexUpdate,
    attributes: &[KeyAttribute],
    billing: Billing,
) -> Result<IndexChange, Invalid> {
    match (update.create, update.update, update.delete) {
        (Some(create), None, None) => {
            Ok(IndexChange::Create(definition::global_index(as_index(create), attributes, billing)?))
        }
        (None, Some(update), None) => {
            definition::refuse_given(&[
                ("OnDemandThroughput", update.on_demand_throughput.is_some()),
                ("WarmThroughput", update.warm_throughput.is_some()),
            ])?;
            let throughput = definition::throughput(&update.provisioned_throughput.unwrap_or_default())?;
            Ok(IndexChange::Update(update.index_name.unwrap_or_default(), throughput))
        }
        (None, None, Some(delete)) => Ok(IndexChange::Delete(delete.index_name.unwrap_or_default())),
        (None, None, None) => Err(Invalid::parameter(
            "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not \
             be null",
        )),
        (Some(_), Some(_), _) | (Some(_), _, Some(_)) | (_, Some(_), Some(_)) => Err(Invalid::parameter(
            "Only one of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete may \
             be given",
        )),
    }
}

fn as_index(create: CreateGlobalSecondaryIndexAction) -> GlobalSecondaryIndex {
    GlobalSecondaryIndex {
        index_name: create.index_name,
        key_schema: create.key_schema,
        projection: create.projection,
        provisioned_throughput: create.provisioned_throughput,
        on_demand_throughput: create.on_demand_throughput,
        warm_throughput: create.warm_throughput,
    }
}

fn one_change_each(changes: &[IndexChange]) -> Result<(), Error> {
    let name = |change: &IndexChange| match change {
        IndexChange::Create(index) => index.name.clone(),
        IndexChange::Update(name, _) | IndexChange::Delete(name) => name.clone(),
    };
    for (at, change) in changes.iter().enumerate() {
        if changes[..at].iter().any(|earlier| name(earlier) == name(change)) {
            return Err(Invalid::parameter(format!(
                "Only one global secondary index update per index is allowed simultaneously. Index: {}",
                name(change)
            ))
            .into());
        }
    }
    let online = |change: &&IndexChange| matches!(change, IndexChange::Create(_) | IndexChange::Delete(_));
    if changes.iter().filter(online).count() > 1 {
        return Err(Error::OneIndexAtATime);
    }
    Ok(())
}
