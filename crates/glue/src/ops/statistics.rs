//! Operations on column statistics.

use service::Fault;
use wire::Need;

use super::access::{self, table_at};
use super::fault;
use super::operation::operation;
use super::shown::kept;
use crate::engine::statistics::StatisticsOf;
use crate::engine::{Error, Glue};
use crate::shapes::*;

/// Statistics that a call brings: columns and documents.
fn documents(list: Vec<ColumnStatistics>) -> Vec<(String, Vec<u8>)> {
    list.into_iter().map(|one| (one.column_name.clone().unwrap_or_default(), wire::keep(&one))).collect()
}

/// Statistics of columns, and the columns that have none.
async fn found(
    glue: &Glue,
    of: &StatisticsOf,
    columns: &[String],
) -> Result<(Vec<ColumnStatistics>, Vec<ColumnError>), Fault> {
    let (mut list, mut errors) = (Vec::new(), Vec::new());
    for (column, document) in columns.iter().zip(glue.statistics(of, columns).await?) {
        match document {
            Some(document) => list.push(kept(&document)?),
            None => {
                let error = Error::NotFound(format!("Column statistics of column {column} not found"));
                errors.push(ColumnError {
                    column_name: Some(column.clone()),
                    error: Some(fault::detail(&error)),
                });
            }
        }
    }
    Ok((list, errors))
}

/// The table of an input that names one.
macro_rules! at {
    ($call:expr, $input:expr) => {
        table_at($call, $input.catalog_id.as_ref(), $input.database_name.as_ref(), $input.table_name.as_ref())
    };
}

operation! {
    /// Statistics of a table's columns. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetColumnStatisticsForTable.html>
    GetColumnStatisticsForTable(GetColumnStatisticsForTableRequest) -> GetColumnStatisticsForTableResponse;
    access(glue, call, input) { access::table(glue, "glue:GetColumnStatisticsForTable", &at!(call, input)?).await? }
    run(glue, call, input) {
        let of = StatisticsOf { table: at!(call, input)?, partition: None };
        let (list, errors) = found(glue, &of, &input.column_names.need()).await?;
        Ok(GetColumnStatisticsForTableResponse { column_statistics_list: Some(list), errors: Some(errors) })
    }
}

operation! {
    /// Replaces statistics of a table's columns. <https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateColumnStatisticsForTable.html>
    UpdateColumnStatisticsForTable(UpdateColumnStatisticsForTableRequest) -> UpdateColumnStatisticsForTableResponse;
    access(glue, call, input) { access::table(glue, "glue:UpdateColumnStatisticsForTable", &at!(call, input)?).await? }
    run(glue, call, input) {
        let of = StatisticsOf { table: at!(call, input)?, partition: None };
        glue.put_statistics(&of, &documents(input.column_statistics_list.need())).await?;
        Ok(UpdateColumnStatisticsForTableResponse { errors: Some(Vec::new()) })
    }
}

operation! {
    /// Forgets statistics of a table's column. <https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteColumnStatisticsForTable.html>
    DeleteColumnStatisticsForTable(DeleteColumnStatisticsForTableRequest) -> DeleteColumnStatisticsForTableResponse;
    access(glue, call, input) { access::table(glue, "glue:DeleteColumnStatisticsForTable", &at!(call, input)?).await? }
    run(glue, call, input) {
        let of = StatisticsOf { table: at!(call, input)?, partition: None };
        glue.delete_statistics(&of, &input.column_name.need()).await?;
        Ok(DeleteColumnStatisticsForTableResponse::default())
    }
}

operation! {
    /// Statistics of a partition's columns. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetColumnStatisticsForPartition.html>
    GetColumnStatisticsForPartition(GetColumnStatisticsForPartitionRequest) -> GetColumnStatisticsForPartitionResponse;
    access(glue, call, input) { access::table(glue, "glue:GetColumnStatisticsForPartition", &at!(call, input)?).await? }
    run(glue, call, input) {
        let of = StatisticsOf { table: at!(call, input)?, partition: input.partition_values };
        let (list, errors) = found(glue, &of, &input.column_names.need()).await?;
        Ok(GetColumnStatisticsForPartitionResponse { column_statistics_list: Some(list), errors: Some(errors) })
    }
}

operation! {
    /// Replaces statistics of a partition's columns. <https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateColumnStatisticsForPartition.html>
    UpdateColumnStatisticsForPartition(UpdateColumnStatisticsForPartitionRequest) -> UpdateColumnStatisticsForPartitionResponse;
    access(glue, call, input) { access::table(glue, "glue:UpdateColumnStatisticsForPartition", &at!(call, input)?).await? }
    run(glue, call, input) {
        let of = StatisticsOf { table: at!(call, input)?, partition: input.partition_values };
        glue.put_statistics(&of, &documents(input.column_statistics_list.need())).await?;
        Ok(UpdateColumnStatisticsForPartitionResponse { errors: Some(Vec::new()) })
    }
}

operation! {
    /// Forgets statistics of a partition's column. <https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteColumnStatisticsForPartition.html>
    DeleteColumnStatisticsForPartition(DeleteColumnStatisticsForPartitionRequest) -> DeleteColumnStatisticsForPartitionResponse;
    access(glue, call, input) { access::table(glue, "glue:DeleteColumnStatisticsForPartition", &at!(call, input)?).await? }
    run(glue, call, input) {
        let of = StatisticsOf { table: at!(call, input)?, partition: input.partition_values };
        glue.delete_statistics(&of, &input.column_name.need()).await?;
        Ok(DeleteColumnStatisticsForPartitionResponse::default())
    }
}
