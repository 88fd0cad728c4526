//! Operations on partitions.

use service::Fault;
use wire::Need;

use super::access::{self, table_at};
use super::fault::{self, invalid};
use super::operation::operation;
use super::{pages, shown};
use crate::engine::expression::Expression;
use crate::engine::partitions::{Change, NewPartition};
use crate::engine::tables::TableAt;
use crate::engine::walk::{Position, Wanted};
use crate::engine::{Error, Glue};
use crate::shapes::*;

/// Partitions of one answer.
const PARTITIONS_MAX: usize = 1_000;

/// The table of an input that names one.
macro_rules! at {
    ($call:expr, $input:expr) => {
        table_at($call, $input.catalog_id.as_ref(), $input.database_name.as_ref(), $input.table_name.as_ref())
    };
}

fn new_partition(mut input: PartitionInput) -> NewPartition {
    let values = input.values.take().unwrap_or_default();
    NewPartition { values, input: wire::keep(&input) }
}

/// A partition that another one becomes; the same if it does not say which.
fn update(values: Vec<String>, input: PartitionInput) -> Change {
    let mut to = new_partition(input);
    if to.values.is_empty() {
        to.values.clone_from(&values);
    }
    Change::Update { values, to }
}

/// Makes changes of a batch, and returns those that failed, each with what it was about.
async fn batch(
    glue: &Glue,
    at: &TableAt,
    changes: Vec<Change>,
) -> Result<Vec<(Vec<String>, ErrorDetail)>, Fault> {
    let about: Vec<Vec<String>> = changes.iter().map(|change| change.about().clone()).collect();
    let outcomes = glue.change_partitions(at, changes).await?;
    let failed = about.into_iter().zip(outcomes);
    Ok(failed.filter_map(|(values, error)| Some((values, fault::detail(&error?)))).collect())
}

impl Change {
    /// The values of the partition it is about.
    fn about(&self) -> &Vec<String> {
        match self {
            Change::Create(new) => &new.values,
            Change::Update { values, .. } | Change::Delete(values) => values,
        }
    }
}

fn partition_errors(failed: Vec<(Vec<String>, ErrorDetail)>) -> Option<Vec<PartitionError>> {
    let error =
        |(values, detail)| PartitionError { partition_values: Some(values), error_detail: Some(detail) };
    Some(failed.into_iter().map(error).collect())
}

operation! {
    /// Creates a partition. <https://docs.aws.amazon.com/glue/latest/webapi/API_CreatePartition.html>
    CreatePartition(CreatePartitionRequest) -> CreatePartitionResponse;
    access(glue, call, input) { access::table(glue, "glue:CreatePartition", &at!(call, input)?).await? }
    run(glue, call, input) {
        let at = at!(call, input)?;
        glue.change_partition(&at, Change::Create(new_partition(input.partition_input.need()))).await?;
        Ok(CreatePartitionResponse::default())
    }
}

operation! {
    /// Creates partitions. <https://docs.aws.amazon.com/glue/latest/webapi/API_BatchCreatePartition.html>
    BatchCreatePartition(BatchCreatePartitionRequest) -> BatchCreatePartitionResponse;
    access(glue, call, input) { access::table(glue, "glue:BatchCreatePartition", &at!(call, input)?).await? }
    run(glue, call, input) {
        let at = at!(call, input)?;
        let inputs = input.partition_input_list.need().into_iter();
        let failed = batch(glue, &at, inputs.map(|input| Change::Create(new_partition(input))).collect()).await?;
        Ok(BatchCreatePartitionResponse { errors: partition_errors(failed) })
    }
}

operation! {
    /// A partition. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartition.html>
    GetPartition(GetPartitionRequest) -> GetPartitionResponse;
    access(glue, call, input) { access::table(glue, "glue:GetPartition", &at!(call, input)?).await? }
    run(glue, call, input) {
        let at = at!(call, input)?;
        let row = glue.partition(&at, &input.partition_values.need()).await?;
        Ok(GetPartitionResponse { partition: Some(shown::partition(&at, row)?) })
    }
}

operation! {
    /// Those of some partitions that are there. <https://docs.aws.amazon.com/glue/latest/webapi/API_BatchGetPartition.html>
    BatchGetPartition(BatchGetPartitionRequest) -> BatchGetPartitionResponse;
    access(glue, call, input) { access::table(glue, "glue:BatchGetPartition", &at!(call, input)?).await? }
    run(glue, call, input) {
        let at = at!(call, input)?;
        let asked = input.partitions_to_get.need().into_iter().map(|list| list.values.need());
        let rows = glue.partitions_of(&at, &asked.collect::<Vec<_>>()).await?;
        let partitions: Result<Vec<_>, Fault> = rows.into_iter().map(|row| shown::partition(&at, row)).collect();
        Ok(BatchGetPartitionResponse { partitions: Some(partitions?), unprocessed_keys: Some(Vec::new()) })
    }
}

operation! {
    /// Partitions, all or those that meet an expression. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html>
    /// Differs: with an index the order is the index's; a call that has looked at many partitions in vain answers with a token.
    GetPartitions(GetPartitionsRequest) -> GetPartitionsResponse;
    access(glue, call, input) { access::table(glue, "glue:GetPartitions", &at!(call, input)?).await? }
    run(glue, call, input) {
        let at = at!(call, input)?;
        let snapshot = glue.snapshot();
        let table = glue.find_table(&*snapshot, &at).await?.row.value;
        let text = input.expression.as_deref().unwrap_or_default();
        let expression = Expression::compile(text, &table.state.keys)?;
        let segment = input.segment.map(segment).transpose()?;
        let purpose = format!("glue.GetPartitions/{:032x}/{segment:?}/{text}", table.id);
        let from = match pages::open(glue, &purpose, input.next_token.as_ref())? {
            Some(opened) => Some(Position::from_bytes(&opened).ok_or_else(|| invalid("Invalid NextToken."))?),
            None => None,
        };
        let limit = pages::limit(input.max_results, PARTITIONS_MAX);
        let wanted = Wanted { expression: expression.as_ref(), segment, from, limit };
        let found = glue.walk(&*snapshot, &table, wanted).await?;
        call.meter_records(found.rows.len() as u64);
        let mut partitions = Vec::with_capacity(found.rows.len());
        for row in found.rows {
            let mut partition = shown::partition(&at, row)?;
            if input.exclude_column_schema == Some(true)
                && let Some(descriptor) = &mut partition.storage_descriptor
            {
                descriptor.columns = None;
            }
            partitions.push(partition);
        }
        let next_token = found.next.map(|next| pages::seal(glue, &purpose, &next.to_bytes()));
        Ok(GetPartitionsResponse { partitions: Some(partitions), next_token })
    }
}

/// The segment of a call: which, of how many.
fn segment(segment: Segment) -> Result<(u32, u32), Fault> {
    let number = |asked: Option<i32>| u32::try_from(asked.need()).unwrap_or(0);
    let (which, of) = (number(segment.segment_number), number(segment.total_segments));
    match which < of {
        true => Ok((which, of)),
        false => Err(Error::invalid("SegmentNumber must be less than TotalSegments.").into()),
    }
}

operation! {
    /// Replaces a partition; other values rename it. <https://docs.aws.amazon.com/glue/latest/webapi/API_UpdatePartition.html>
    UpdatePartition(UpdatePartitionRequest) -> UpdatePartitionResponse;
    access(glue, call, input) { access::table(glue, "glue:UpdatePartition", &at!(call, input)?).await? }
    run(glue, call, input) {
        let at = at!(call, input)?;
        let change = update(input.partition_value_list.need(), input.partition_input.need());
        glue.change_partition(&at, change).await?;
        Ok(UpdatePartitionResponse::default())
    }
}

operation! {
    /// Replaces partitions. <https://docs.aws.amazon.com/glue/latest/webapi/API_BatchUpdatePartition.html>
    BatchUpdatePartition(BatchUpdatePartitionRequest) -> BatchUpdatePartitionResponse;
    access(glue, call, input) { access::table(glue, "glue:BatchUpdatePartition", &at!(call, input)?).await? }
    run(glue, call, input) {
        let at = at!(call, input)?;
        let entries = input.entries.need().into_iter();
        let changes = entries.map(|entry| update(entry.partition_value_list.need(), entry.partition_input.need()));
        let failed = batch(glue, &at, changes.collect()).await?;
        let error = |(values, detail)| BatchUpdatePartitionFailureEntry {
            partition_value_list: Some(values),
            error_detail: Some(detail),
        };
        Ok(BatchUpdatePartitionResponse { errors: Some(failed.into_iter().map(error).collect()) })
    }
}

operation! {
    /// Deletes a partition. <https://docs.aws.amazon.com/glue/latest/webapi/API_DeletePartition.html>
    DeletePartition(DeletePartitionRequest) -> DeletePartitionResponse;
    access(glue, call, input) { access::table(glue, "glue:DeletePartition", &at!(call, input)?).await? }
    run(glue, call, input) {
        let at = at!(call, input)?;
        glue.change_partition(&at, Change::Delete(input.partition_values.need())).await?;
        Ok(DeletePartitionResponse::default())
    }
}

operation! {
    /// Deletes partitions. <https://docs.aws.amazon.com/glue/latest/webapi/API_BatchDeletePartition.html>
    BatchDeletePartition(BatchDeletePartitionRequest) -> BatchDeletePartitionResponse;
    access(glue, call, input) { access::table(glue, "glue:BatchDeletePartition", &at!(call, input)?).await? }
    run(glue, call, input) {
        let at = at!(call, input)?;
        let lists = input.partitions_to_delete.need().into_iter();
        let failed = batch(glue, &at, lists.map(|list| Change::Delete(list.values.need())).collect()).await?;
        Ok(BatchDeletePartitionResponse { errors: partition_errors(failed) })
    }
}
