//! TransactWriteItems.

use std::collections::BTreeMap;

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target::Touched;
use super::values::Given;
use super::{request, target, values};
use crate::engine::transact::Token;
use crate::engine::write::{Change, ItemWrite};
use crate::engine::{DynamoDb, Invalid};
use crate::shapes::{TransactWriteItem, TransactWriteItemsInput, TransactWriteItemsOutput};

/// Writes up to a hundred items, all or none. Durable when it answers.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html>
pub(crate) struct TransactWriteItems;

impl Operation for TransactWriteItems {
    type Service = DynamoDb;
    type Input = TransactWriteItemsInput;
    type Output = TransactWriteItemsOutput;
    const NAME: &'static str = "TransactWriteItems";

    async fn access(db: &DynamoDb, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let mut asked = Vec::new();
        for item in input.transact_items.iter().flatten() {
            for (action, table, key) in touched(item) {
                let key = request::peek(key);
                let touched = Touched { items: vec![&key], ..Touched::default() };
                asked.push(target::access_items(db, call, action, table, touched).await);
            }
        }
        Ok(asked)
    }

    async fn run(db: &DynamoDb, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        request::refuse_metrics(input.return_item_collection_metrics.as_deref())?;
        // What makes the request another one: everything but the token itself.
        let token = input.client_request_token.clone();
        let request = wire::keep(&TransactWriteItemsInput { client_request_token: None, ..input });
        let input: TransactWriteItemsInput =
            wire::kept(&request).map_err(|error| Invalid::new(error.to_string()))?;
        let token = token.map(|token| Token {
            key: target::named(call, &token),
            request: crypt::sha256(&request).to_vec(),
        });
        let items = input.transact_items.need();
        let count = items.len() as u64;
        let writes = items.into_iter().map(|item| write(call, item)).collect::<Result<Vec<_>, _>>()?;
        let costs = db.transact(&writes, token.as_ref()).await?;
        call.meter_records(count);
        Ok(TransactWriteItemsOutput {
            consumed_capacity: request::consumed_together(input.return_consumed_capacity.as_deref(), &costs),
            ..Default::default()
        })
    }
}

type Asked<'i> = (&'static str, Option<&'i String>, Option<&'i Given>);

fn touched(item: &TransactWriteItem) -> Vec<Asked<'_>> {
    let mut all: Vec<Asked<'_>> = Vec::new();
    if let Some(check) = &item.condition_check {
        all.push(("dynamodb:ConditionCheckItem", check.table_name.as_ref(), check.key.as_ref()));
    }
    if let Some(put) = &item.put {
        all.push(("dynamodb:PutItem", put.table_name.as_ref(), put.item.as_ref()));
    }
    if let Some(update) = &item.update {
        all.push(("dynamodb:UpdateItem", update.table_name.as_ref(), update.key.as_ref()));
    }
    if let Some(delete) = &item.delete {
        all.push(("dynamodb:DeleteItem", delete.table_name.as_ref(), delete.key.as_ref()));
    }
    all
}

/// What all four kinds have in common.
struct Common {
    table: Option<String>,
    condition: Option<String>,
    update: Option<String>,
    names: Option<BTreeMap<String, String>>,
    values: Option<Given>,
    on_failure: Option<String>,
}

fn write(call: &Call, item: TransactWriteItem) -> Result<ItemWrite, Invalid> {
    let exactly_one = || Invalid::new("TransactItems can only contain one of Check, Put, Update or Delete");
    let kinds =
        [item.condition_check.is_some(), item.put.is_some(), item.update.is_some(), item.delete.is_some()];
    if kinds.iter().filter(|is_there| **is_there).count() != 1 {
        return Err(exactly_one());
    }
    if let Some(check) = item.condition_check {
        let key = values::item(check.key.unwrap_or_default())?;
        let common = Common {
            table: check.table_name,
            condition: check.condition_expression,
            update: None,
            names: check.expression_attribute_names,
            values: check.expression_attribute_values,
            on_failure: check.return_values_on_condition_check_failure,
        };
        return common.write(call, |_| Change::Check(key));
    }
    if let Some(put) = item.put {
        let item = values::item(put.item.unwrap_or_default())?;
        let common = Common {
            table: put.table_name,
            condition: put.condition_expression,
            update: None,
            names: put.expression_attribute_names,
            values: put.expression_attribute_values,
            on_failure: put.return_values_on_condition_check_failure,
        };
        return common.write(call, |_| Change::Put(item));
    }
    if let Some(update) = item.update {
        let key = values::item(update.key.unwrap_or_default())?;
        let common = Common {
            table: update.table_name,
            condition: update.condition_expression,
            update: update.update_expression,
            names: update.expression_attribute_names,
            values: update.expression_attribute_values,
            on_failure: update.return_values_on_condition_check_failure,
        };
        return common.write(call, |update| Change::Update(key, update));
    }
    let delete = item.delete.ok_or_else(exactly_one)?;
    let key = values::item(delete.key.unwrap_or_default())?;
    let common = Common {
        table: delete.table_name,
        condition: delete.condition_expression,
        update: None,
        names: delete.expression_attribute_names,
        values: delete.expression_attribute_values,
        on_failure: delete.return_values_on_condition_check_failure,
    };
    common.write(call, |_| Change::Delete(key))
}

impl Common {
    fn write(
        self,
        call: &Call,
        change: impl FnOnce(crate::engine::expression::Update) -> Change,
    ) -> Result<ItemWrite, Invalid> {
        let table = target::table(call, &self.table.unwrap_or_default())?;
        let mut expressions = vec![("ConditionExpression", self.condition.is_some())];
        if self.update.is_some() {
            expressions.insert(0, ("UpdateExpression", true));
        }
        request::one_dialect(&expressions, None, &[], (self.names.is_some(), self.values.is_some()))?;
        let mut placeholders = request::placeholders(self.names, self.values)?;
        let update = match &self.update {
            Some(text) => placeholders.update(text)?,
            None => Default::default(),
        };
        let condition = request::condition(&mut placeholders, self.condition.as_deref(), None, None)?;
        placeholders.finish()?;
        let wants_item = request::wants_item(self.on_failure.as_deref());
        Ok(ItemWrite { table, change: change(update), condition, wants_item })
    }
}
