//! What PutItem and DeleteItem have in common: all but what becomes of the item.

use std::collections::BTreeMap;

use service::{Call, Fault};

use super::{request, target, values};
use crate::engine::value::Item;
use crate::engine::write::{Change, ItemWrite};
use crate::engine::{DynamoDb, Invalid};
use crate::shapes::{AttributeValue, ConsumedCapacity, ExpectedAttributeValue};

/// A request, but for the item.
pub(super) struct SingleWrite {
    pub table_name: String,
    pub condition_expression: Option<String>,
    pub expected: Option<BTreeMap<String, ExpectedAttributeValue>>,
    pub conditional_operator: Option<String>,
    pub names: Option<BTreeMap<String, String>>,
    pub values: Option<BTreeMap<String, AttributeValue>>,
    pub return_values: Option<String>,
    pub return_metrics: Option<String>,
    pub return_on_failure: Option<String>,
    pub return_capacity: Option<String>,
}

/// What is answered: the old item if it was asked for, and what it cost.
pub(super) type Written = (Option<BTreeMap<String, AttributeValue>>, Option<ConsumedCapacity>);

impl SingleWrite {
    /// Does it.
    pub async fn run(
        self,
        db: &DynamoDb,
        call: &Call,
        item: BTreeMap<String, AttributeValue>,
        change: fn(Item) -> Change,
    ) -> Result<Written, Fault> {
        let table = target::table(call, &self.table_name)?;
        request::one_dialect(
            &[("ConditionExpression", self.condition_expression.is_some())],
            None,
            &[
                ("Expected", self.expected.is_some()),
                ("ConditionalOperator", self.conditional_operator.is_some()),
            ],
            (self.names.is_some(), self.values.is_some()),
        )?;
        let item = values::item(item)?;
        let wants_old = match self.return_values.as_deref() {
            None | Some("NONE") => false,
            Some("ALL_OLD") => true,
            Some(_) => return Err(Invalid::new("ReturnValues can only be ALL_OLD or NONE").into()),
        };
        request::refuse_metrics(self.return_metrics.as_deref())?;
        let mut placeholders = request::placeholders(self.names, self.values)?;
        let condition = request::condition(
            &mut placeholders,
            self.condition_expression.as_deref(),
            self.expected,
            self.conditional_operator.as_deref(),
        )?;
        placeholders.finish()?;
        let wants_item = request::wants_item(self.return_on_failure.as_deref());
        let write = ItemWrite { table, change: change(item), condition, wants_item };
        let written = db.write_item(&write).await?;
        call.meter_records(1);
        let consumed = request::consumed(self.return_capacity.as_deref(), &write.table.name, &written.cost);
        Ok((written.old.filter(|_| wants_old).map(values::shown), consumed))
    }
}
