//! Scan.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target::Touched;
use super::{request, target, values};
use crate::engine::expression::{Parameter, Projection};
use crate::engine::read::{Range, Reading, Wanted};
use crate::engine::{DynamoDb, Invalid, legacy};
use crate::shapes::{ScanInput, ScanOutput};

/// All items of a table or an index, or one of several parts of them.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html>
pub(crate) struct Scan;

impl Operation for Scan {
    type Service = DynamoDb;
    type Input = ScanInput;
    type Output = ScanOutput;
    const NAME: &'static str = "Scan";

    async fn access(db: &DynamoDb, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let attributes = request::heads(
            input.projection_expression.as_deref(),
            input.expression_attribute_names.as_ref(),
            input.attributes_to_get.as_ref(),
        );
        let touched = Touched { items: Vec::new(), attributes, index: input.index_name.as_deref() };
        let table = input.table_name.as_ref();
        Ok(vec![target::access_items(db, call, "dynamodb:Scan", table, touched).await])
    }

    async fn run(db: &DynamoDb, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let table = target::table(call, &input.table_name.need())?;
        request::one_dialect(
            &[("FilterExpression", input.filter_expression.is_some())],
            Some(input.projection_expression.is_some()),
            &[
                ("AttributesToGet", input.attributes_to_get.is_some()),
                ("ScanFilter", input.scan_filter.is_some()),
                ("ConditionalOperator", input.conditional_operator.is_some()),
            ],
            (input.expression_attribute_names.is_some(), input.expression_attribute_values.is_some()),
        )?;
        let segment = segment(input.segment, input.total_segments)?;
        let after = input.exclusive_start_key.map(values::item).transpose()?;
        let mut placeholders =
            request::placeholders(input.expression_attribute_names, input.expression_attribute_values)?;
        let operator = input.conditional_operator.as_deref();
        let filter = match (&input.filter_expression, input.scan_filter.filter(|filter| !filter.is_empty())) {
            (Some(text), _) => Some(placeholders.condition(Parameter::Filter, text)?),
            (None, Some(filter)) => {
                Some(legacy::filter(request::conditions(filter)?, request::junction(operator))?)
            }
            (None, None) => None,
        };
        let projection = request::projection(
            &mut placeholders,
            input.projection_expression.as_deref(),
            input.attributes_to_get,
        )?;
        placeholders.finish()?;
        let reading = Reading {
            table,
            wanted: wanted(input.select.as_deref(), projection, input.index_name.is_some())?,
            index: input.index_name,
            filter,
            limit: input.limit.and_then(|limit| usize::try_from(limit).ok()),
            after,
            is_consistent: input.consistent_read.unwrap_or(false),
        };
        let page = db.read_page(&reading, &Range::Scan { segment }).await?;
        call.meter_records(page.count as u64);
        let asked = input.return_consumed_capacity.as_deref();
        let is_count = input.select.as_deref() == Some("COUNT");
        Ok(ScanOutput {
            items: (!is_count).then(|| page.items.into_iter().map(values::shown).collect()),
            count: i32::try_from(page.count).ok(),
            scanned_count: i32::try_from(page.scanned).ok(),
            last_evaluated_key: page.last.map(values::shown),
            consumed_capacity: request::consumed(asked, &reading.table.name, &page.cost),
        })
    }
}

fn segment(segment: Option<i32>, total: Option<i32>) -> Result<Option<(u32, u32)>, Invalid> {
    match (segment, total) {
        (None, None) => Ok(None),
        (Some(_), None) => Err(Invalid::new(
            "The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
        )),
        (None, Some(_)) => Err(Invalid::new(
            "The Segment parameter is required but was not present in the request when parameter TotalSegments is present",
        )),
        (Some(segment), Some(total)) if segment >= total => Err(Invalid::new(format!(
            "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: {segment} is not less than \
             TotalSegments: {total}"
        ))),
        (Some(segment), Some(total)) => {
            Ok(Some((u32::try_from(segment).unwrap_or(0), u32::try_from(total).unwrap_or(1))))
        }
    }
}

/// What of the items is wanted, by Select and the projection.
pub(crate) fn wanted(
    select: Option<&str>,
    projection: Option<Projection>,
    of_index: bool,
) -> Result<Wanted, Invalid> {
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
