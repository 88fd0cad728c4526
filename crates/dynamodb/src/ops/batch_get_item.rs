//! BatchGetItem.

use std::collections::BTreeMap;

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target::Touched;
use super::values::Given;
use super::{request, target, values};
use crate::engine::capacity::Cost;
use crate::engine::value::item_size;
use crate::engine::{DynamoDb, Invalid};
use crate::shapes::{BatchGetItemInput, BatchGetItemOutput, KeysAndAttributes};

/// Keys of one call (AWS quota).
const KEYS_MAX: usize = 100;
/// Bytes of one answer (AWS quota). What does not fit is to be asked for again.
const BYTES_MAX: usize = 16 << 20;

/// Items under several keys.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html>
pub(crate) struct BatchGetItem;

impl Operation for BatchGetItem {
    type Service = DynamoDb;
    type Input = BatchGetItemInput;
    type Output = BatchGetItemOutput;
    const NAME: &'static str = "BatchGetItem";

    async fn access(db: &DynamoDb, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let mut asked = Vec::new();
        for (table, wanted) in input.request_items.iter().flatten() {
            let keys: Vec<_> = wanted.keys.iter().flatten().map(|key| request::peek(Some(key))).collect();
            let attributes = request::heads(
                wanted.projection_expression.as_deref(),
                wanted.expression_attribute_names.as_ref(),
                wanted.attributes_to_get.as_ref(),
            );
            let touched = Touched { items: keys.iter().collect(), attributes, ..Touched::default() };
            asked.push(target::access_items(db, call, "dynamodb:BatchGetItem", Some(table), touched).await);
        }
        Ok(asked)
    }

    async fn run(db: &DynamoDb, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let requested = input.request_items.need();
        let keys: usize = requested.values().map(|wanted| wanted.keys.as_ref().map_or(0, Vec::len)).sum();
        if keys > KEYS_MAX {
            return Err(Invalid::new("Too many items requested for the BatchGetItem call").into());
        }
        let mut answer = BatchGetItemOutput {
            responses: Some(BTreeMap::new()),
            unprocessed_keys: Some(BTreeMap::new()),
            consumed_capacity: None,
        };
        let mut consumed = Vec::new();
        let mut bytes = 0;
        for (name, wanted) in requested {
            let (found, left, cost) = get(db, call, &name, wanted, &mut bytes).await?;
            call.meter_records(found.len() as u64);
            consumed.extend(request::consumed(input.return_consumed_capacity.as_deref(), &name, &cost));
            if let Some(left) = left {
                answer.unprocessed_keys.get_or_insert_default().insert(name.clone(), left);
            }
            answer.responses.get_or_insert_default().insert(name, found);
        }
        answer.consumed_capacity = Some(consumed).filter(|consumed| !consumed.is_empty());
        Ok(answer)
    }
}

/// Items of one table; and what of the request did not fit.
async fn get(
    db: &DynamoDb,
    call: &Call,
    name: &str,
    wanted: KeysAndAttributes,
    bytes: &mut usize,
) -> Result<(Vec<Given>, Option<KeysAndAttributes>, Cost), Fault> {
    let table = target::table(call, name)?;
    request::one_dialect(
        &[],
        Some(wanted.projection_expression.is_some()),
        &[("AttributesToGet", wanted.attributes_to_get.is_some())],
        (wanted.expression_attribute_names.is_some(), false),
    )?;
    let mut placeholders = request::placeholders(wanted.expression_attribute_names.clone(), None)?;
    let projection = request::projection(
        &mut placeholders,
        wanted.projection_expression.as_deref(),
        wanted.attributes_to_get.clone(),
    )?;
    placeholders.finish()?;
    let keys = wanted.keys.unwrap_or_default().into_iter().map(values::item);
    let keys = keys.collect::<Result<Vec<_>, _>>()?;
    if keys.iter().enumerate().any(|(at, key)| keys[..at].contains(key)) {
        return Err(Invalid::new("Provided list of item keys contains duplicates").into());
    }
    let is_consistent = wanted.consistent_read.unwrap_or(false);
    let (mut found, mut left, mut cost) = (Vec::new(), Vec::new(), Cost::default());
    for key in keys {
        if *bytes >= BYTES_MAX {
            left.push(values::shown(key));
            continue;
        }
        let (item, spent) = db.get_item(&table, &key, is_consistent).await?;
        cost.add(&spent);
        let Some(item) = item else { continue };
        *bytes += item_size(&item);
        let item = match &projection {
            Some(projection) => projection.apply(&item),
            None => item,
        };
        found.push(values::shown(item));
    }
    let left = (!left.is_empty()).then_some(KeysAndAttributes {
        keys: Some(left),
        attributes_to_get: wanted.attributes_to_get,
        consistent_read: wanted.consistent_read,
        projection_expression: wanted.projection_expression,
        expression_attribute_names: wanted.expression_attribute_names,
    });
    Ok((found, left, cost))
}
