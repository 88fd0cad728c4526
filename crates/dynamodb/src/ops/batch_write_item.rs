//! BatchWriteItem.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target::Touched;
use super::{request, target, values};
use crate::engine::capacity::Cost;
use crate::engine::write::{Change, ItemWrite};
use crate::engine::{DynamoDb, Invalid};
use crate::shapes::{BatchWriteItemInput, BatchWriteItemOutput, WriteRequest};
use crate::tables::KeySchema;

/// Writes of one call (AWS quota).
const WRITES_MAX: usize = 25;

/// Puts and deletes several items, each by itself. Durable when it answers.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html>
pub(crate) struct BatchWriteItem;

impl Operation for BatchWriteItem {
    type Service = DynamoDb;
    type Input = BatchWriteItemInput;
    type Output = BatchWriteItemOutput;
    const NAME: &'static str = "BatchWriteItem";

    async fn access(db: &DynamoDb, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let mut asked = Vec::new();
        for (table, writes) in input.request_items.iter().flatten() {
            let item = |write: &WriteRequest| {
                let put = write.put_request.as_ref().and_then(|put| put.item.as_ref());
                let delete = write.delete_request.as_ref().and_then(|delete| delete.key.as_ref());
                request::peek(put.or(delete))
            };
            let items: Vec<_> = writes.iter().map(item).collect();
            let touched = Touched { items: items.iter().collect(), ..Touched::default() };
            asked.push(target::access_items(db, call, "dynamodb:BatchWriteItem", Some(table), touched).await);
        }
        Ok(asked)
    }

    async fn run(db: &DynamoDb, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let requested = input.request_items.need();
        request::refuse_metrics(input.return_item_collection_metrics.as_deref())?;
        let count: usize = requested.values().map(Vec::len).sum();
        if count > WRITES_MAX {
            return Err(Invalid::new("Too many items requested for the BatchWriteItem call").into());
        }
        let mut writes = Vec::new();
        for (name, requests) in requested {
            let table = target::table(call, &name)?;
            let snapshot_schema = db.usable_schema(&table).await?;
            let changes = requests.into_iter().map(change).collect::<Result<Vec<_>, _>>()?;
            check_distinct(&snapshot_schema, &changes)?;
            for change in changes {
                writes.push(ItemWrite { table: table.clone(), change, condition: None, wants_item: false });
            }
        }
        let mut costs: BTreeMap<String, Cost> = BTreeMap::new();
        for (write, written) in
            writes.iter().zip(join_all(writes.iter().map(|write| db.write_item(write))).await)
        {
            costs.entry(write.table.name.clone()).or_default().add(&written?.cost);
        }
        call.meter_records(count as u64);
        let asked = input.return_consumed_capacity.as_deref();
        let consumed: Vec<_> =
            costs.iter().filter_map(|(table, cost)| request::consumed(asked, table, cost)).collect();
        Ok(BatchWriteItemOutput {
            unprocessed_items: Some(BTreeMap::new()),
            consumed_capacity: Some(consumed).filter(|consumed| !consumed.is_empty()),
            ..Default::default()
        })
    }
}

fn change(request: WriteRequest) -> Result<Change, Invalid> {
    match (request.put_request, request.delete_request) {
        (Some(put), None) => Ok(Change::Put(values::item(put.item.unwrap_or_default())?)),
        (None, Some(delete)) => Ok(Change::Delete(values::item(delete.key.unwrap_or_default())?)),
        (Some(_), Some(_)) | (None, None) => Err(Invalid::new(
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
        )),
    }
}

/// Every key is checked before anything is written, and none may stand twice.
fn check_distinct(schema: &KeySchema, changes: &[Change]) -> Result<(), Invalid> {
    let mut keys = Vec::with_capacity(changes.len());
    for change in changes {
        let key = match change {
            Change::Put(item) => schema.of_new(item)?,
            Change::Delete(key) | Change::Update(key, _) | Change::Check(key) => schema.of_key(key)?,
        };
        if keys.contains(&key) {
            return Err(Invalid::new("Provided list of item keys contains duplicates"));
        }
        keys.push(key);
    }
    Ok(())
}
