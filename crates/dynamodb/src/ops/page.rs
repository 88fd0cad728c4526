//! What Query and Scan have in common: a page of items, all but where they are looked for.

use std::collections::BTreeMap;

use service::{Call, Fault};

use super::{request, values};
use crate::engine::expression::{Parameter, Placeholders, Projection};
use crate::engine::read::{Range, Reading, Wanted};
use crate::engine::{DynamoDb, Invalid, legacy};
use crate::shapes::{AttributeValue, Condition, ConsumedCapacity};
use crate::tables::NameKey;

/// What a request says of the page it wants.
pub(super) struct Page {
    pub index: Option<String>,
    pub select: Option<String>,
    pub start: Option<BTreeMap<String, AttributeValue>>,
    pub limit: Option<i32>,
    pub is_consistent: Option<bool>,
    pub filter_expression: Option<String>,
    pub filter: Option<BTreeMap<String, Condition>>,
    pub operator: Option<String>,
    pub projection_expression: Option<String>,
    pub attributes: Option<Vec<String>>,
    pub return_capacity: Option<String>,
}

/// The page, as both answer it.
pub(super) struct Shown {
    pub items: Option<Vec<BTreeMap<String, AttributeValue>>>,
    pub count: Option<i32>,
    pub scanned_count: Option<i32>,
    pub last_evaluated_key: Option<BTreeMap<String, AttributeValue>>,
    pub consumed_capacity: Option<ConsumedCapacity>,
}

impl Page {
    /// Reads it. `placeholders` may have been used for keys; none may be left over afterwards.
    pub async fn read(
        self,
        db: &DynamoDb,
        call: &Call,
        table: NameKey,
        mut placeholders: Placeholders,
        range: Range,
    ) -> Result<Shown, Fault> {
        let after = self.start.map(values::item).transpose()?;
        let filter = match (&self.filter_expression, self.filter.filter(|filter| !filter.is_empty())) {
            (Some(text), _) => Some(placeholders.condition(Parameter::Filter, text)?),
            (None, Some(filter)) => {
                let junction = request::junction(self.operator.as_deref());
                Some(legacy::filter(request::conditions(filter)?, junction)?)
            }
            (None, None) => None,
        };
        let projection =
            request::projection(&mut placeholders, self.projection_expression.as_deref(), self.attributes)?;
        placeholders.finish()?;
        let reading = Reading {
            table,
            wanted: wanted(self.select.as_deref(), projection, self.index.is_some())?,
            index: self.index,
            filter,
            limit: self.limit.and_then(|limit| usize::try_from(limit).ok()),
            after,
            is_consistent: self.is_consistent.unwrap_or(false),
        };
        let page = db.read_page(&reading, &range).await?;
        call.meter_records(page.count as u64);
        let is_count = self.select.as_deref() == Some("COUNT");
        Ok(Shown {
            items: (!is_count).then(|| page.items.into_iter().map(values::shown).collect()),
            count: i32::try_from(page.count).ok(),
            scanned_count: i32::try_from(page.scanned).ok(),
            last_evaluated_key: page.last.map(values::shown),
            consumed_capacity: request::consumed(
                self.return_capacity.as_deref(),
                &reading.table.name,
                &page.cost,
            ),
        })
    }
}

/// What of the items is wanted, by Select and the projection.
fn wanted(select: Option<&str>, projection: Option<Projection>, of_index: bool) -> Result<Wanted, Invalid> {
    match (select, projection) {
        (Some("SPECIFIC_ATTRIBUTES") | None, Some(projection)) => Ok(Wanted::Parts(projection)),
        (Some("SPECIFIC_ATTRIBUTES"), None) => Err(Invalid::parameter(
            "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
        )),
        (Some(select), Some(_)) => Err(Invalid::parameter(format!(
            "Cannot specify the ProjectionExpression or AttributesToGet when choosing to get {select}"
        ))),
        (Some("ALL_PROJECTED_ATTRIBUTES"), None) if !of_index => Err(Invalid::parameter(
            "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName",
        )),
        (Some("COUNT"), None) => Ok(Wanted::Count),
        (Some("ALL_ATTRIBUTES"), None) => Ok(Wanted::All),
        (Some(_) | None, None) => Ok(Wanted::Shown),
    }
}
