//! Scan.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::page::Page;
use super::target::Touched;
use super::{request, target};
use crate::engine::read::Range;
use crate::engine::{DynamoDb, Invalid};
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
        let given = Page {
            index: input.index_name,
            select: input.select,
            start: input.exclusive_start_key,
            limit: input.limit,
            is_consistent: input.consistent_read,
            filter_expression: input.filter_expression,
            filter: input.scan_filter,
            operator: input.conditional_operator,
            projection_expression: input.projection_expression,
            attributes: input.attributes_to_get,
            return_capacity: input.return_consumed_capacity,
        };
        let placeholders =
            request::placeholders(input.expression_attribute_names, input.expression_attribute_values)?;
        let shown = given.read(db, call, table, placeholders, Range::Scan { segment }).await?;
        Ok(ScanOutput {
            items: shown.items,
            count: shown.count,
            scanned_count: shown.scanned_count,
            last_evaluated_key: shown.last_evaluated_key,
            consumed_capacity: shown.consumed_capacity,
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
