//! Tables as clients see them.

use base::Timestamp;

use crate::engine::measure::Measure;
use crate::engine::table::{Found, Status};
use crate::shapes::{
    AttributeDefinition, BillingModeSummary, GlobalSecondaryIndexDescription,
    GlobalSecondaryIndexWarmThroughputDescription, KeySchemaElement, LocalSecondaryIndexDescription,
    Projection as ShownProjection, ProvisionedThroughputDescription, TableClassSummary, TableDescription,
    TableWarmThroughputDescription,
};
use crate::tables::{Billing, IndexRow, KeySchema, Projection, TableRow, Throughput};

/// What a table on demand can take at once (AWS developer guide, "Warm throughput").
const ON_DEMAND_READS: i64 = 12_000;
/// The same for writes.
const ON_DEMAND_WRITES: i64 = 4_000;

/// A table, with its status said to be `status`.
pub(crate) fn table(found: &Found, status: Status, measure: &Measure) -> TableDescription {
    let row = &found.row.value;
    let name = &found.key.name;
    let (warm_reads, warm_writes) = warm(row.billing, row.throughput);
    let of = |local: bool| row.indexes.iter().filter(move |index| index.is_local == local);
    let globals: Vec<_> = of(false).map(|index| global(found, index, measure)).collect();
    let locals: Vec<_> = of(true).map(|index| local(found, index, measure)).collect();
    TableDescription {
        attribute_definitions: Some(
            row.attributes
                .iter()
                .map(|attribute| AttributeDefinition {
                    attribute_name: Some(attribute.name.clone()),
                    attribute_type: Some(attribute.kind.as_type().as_str().to_owned()),
                })
                .collect(),
        ),
        table_name: Some(name.clone()),
        key_schema: Some(schema(&row.schema)),
        table_status: Some(status.as_str().to_owned()),
        creation_date_time: Some(Timestamp::from_micros(row.created_micros).cut_to_millis()),
        provisioned_throughput: Some(throughput(row.throughput)),
        table_size_bytes: Some(signed(measure.bytes)),
        item_count: Some(signed(measure.items)),
        table_arn: Some(found.arn().to_string()),
        table_id: Some(uuid(row.id)),
        billing_mode_summary: billing(row),
        local_secondary_indexes: (!locals.is_empty()).then_some(locals),
        global_secondary_indexes: (!globals.is_empty()).then_some(globals),
        table_class_summary: row.is_infrequent.then(|| TableClassSummary {
            table_class: Some("STANDARD_INFREQUENT_ACCESS".to_owned()),
            ..Default::default()
        }),
        deletion_protection_enabled: Some(row.is_protected),
        warm_throughput: Some(TableWarmThroughputDescription {
            read_units_per_second: Some(warm_reads),
            write_units_per_second: Some(warm_writes),
            status: Some(status.as_str().to_owned()),
        }),
        ..Default::default()
    }
}

fn warm(billing: Billing, throughput: Throughput) -> (i64, i64) {
    match billing {
        Billing::OnDemand => (ON_DEMAND_READS, ON_DEMAND_WRITES),
        Billing::Provisioned => (signed(throughput.read), signed(throughput.write)),
    }
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn throughput(throughput: Throughput) -> ProvisionedThroughputDescription {
    ProvisionedThroughputDescription {
        number_of_decreases_today: Some(0),
        read_capacity_units: Some(signed(throughput.read)),
        write_capacity_units: Some(signed(throughput.write)),
        ..Default::default()
    }
}

/// Tables that never were on demand have no summary (facts section 12.3).
fn billing(row: &TableRow) -> Option<BillingModeSummary> {
    let on_demand_since = row.on_demand_micros?;
    let mode = match row.billing {
        Billing::OnDemand => "PAY_PER_REQUEST",
        Billing::Provisioned => "PROVISIONED",
    };
    Some(BillingModeSummary {
        billing_mode: Some(mode.to_owned()),
        last_update_to_pay_per_request_date_time: Some(
            Timestamp::from_micros(on_demand_since).cut_to_millis(),
        ),
    })
}

fn schema(schema: &KeySchema) -> Vec<KeySchemaElement> {
    let types = ["HASH", "RANGE"];
    schema
        .attributes()
        .zip(types)
        .map(|(attribute, kind)| KeySchemaElement {
            attribute_name: Some(attribute.name.clone()),
            key_type: Some(kind.to_owned()),
        })
        .collect()
}

fn projection(projection: &Projection) -> ShownProjection {
    let (kind, names) = match projection {
        Projection::All => ("ALL", None),
        Projection::KeysOnly => ("KEYS_ONLY", None),
        Projection::Include(names) => ("INCLUDE", Some(names.clone())),
    };
    ShownProjection { projection_type: Some(kind.to_owned()), non_key_attributes: names }
}

fn global(found: &Found, index: &IndexRow, measure: &Measure) -> GlobalSecondaryIndexDescription {
    let (items, bytes) = measure.indexes.get(&index.name).copied().unwrap_or_default();
    let status = if index.is_backfilling { Status::Creating } else { Status::Active };
    let (warm_reads, warm_writes) = warm(found.row.value.billing, index.throughput);
    GlobalSecondaryIndexDescription {
        index_name: Some(index.name.clone()),
        key_schema: Some(schema(&index.schema)),
        projection: Some(projection(&index.projection)),
        index_status: Some(status.as_str().to_owned()),
        backfilling: index.is_backfilling.then_some(true),
        provisioned_throughput: Some(throughput(index.throughput)),
        index_size_bytes: Some(signed(bytes)),
        item_count: Some(signed(items)),
        index_arn: Some(format!("{}/index/{}", found.arn(), index.name)),
        warm_throughput: Some(GlobalSecondaryIndexWarmThroughputDescription {
            read_units_per_second: Some(warm_reads),
            write_units_per_second: Some(warm_writes),
            status: Some(status.as_str().to_owned()),
        }),
        ..Default::default()
    }
}

fn local(found: &Found, index: &IndexRow, measure: &Measure) -> LocalSecondaryIndexDescription {
    let (items, bytes) = measure.indexes.get(&index.name).copied().unwrap_or_default();
    LocalSecondaryIndexDescription {
        index_name: Some(index.name.clone()),
        key_schema: Some(schema(&index.schema)),
        projection: Some(projection(&index.projection)),
        index_size_bytes: Some(signed(bytes)),
        item_count: Some(signed(items)),
        index_arn: Some(format!("{}/index/{}", found.arn(), index.name)),
    }
}

/// An id in the form of a uuid.
fn uuid(id: u128) -> String {
    let hex = format!("{id:032x}");
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
