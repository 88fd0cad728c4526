//! Row groups of a Parquet file that a query need not read: those whose least and greatest values cannot meet what is asked.

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, BooleanArray, UInt64Array};
use datafusion::arrow::datatypes::{Field, Schema};
use datafusion::common::pruning::PruningStatistics;
use datafusion::common::{Column, DFSchema, ScalarValue};
use datafusion::logical_expr::execution_props::ExecutionProps;
use datafusion::logical_expr::physical_planning_context::PhysicalPlanningContext;
use datafusion::logical_expr::utils::conjunction;
use datafusion::parquet::arrow::arrow_reader::ArrowReaderMetadata;
use datafusion::parquet::arrow::arrow_reader::statistics::StatisticsConverter;
use datafusion::physical_expr::create_physical_expr;
use datafusion::physical_optimizer::pruning::PruningPredicateBuilder;

use super::Wanted;

/// The row groups to read; `None` for all. Whatever is not certain is read.
pub(super) fn kept(metadata: &ArrowReaderMetadata, wanted: &Wanted) -> Option<Vec<usize>> {
    let schema = Arc::new(Schema::new(wanted.all.clone()));
    let known = DFSchema::try_from(schema.as_ref().clone()).ok()?;
    let of_file = |filter: &&datafusion::logical_expr::Expr| {
        // Only columns of the same type in file and table: a cast could change the order of values.
        filter.column_refs().iter().all(|column| {
            let table = schema.field_with_name(&column.name);
            let file = file_field(metadata, &column.name);
            matches!((table, file), (Ok(table), Some(file)) if table.data_type() == file.data_type())
        })
    };
    let filters = wanted.filters.iter().filter(of_file).map(|filter| unqualified(filter.clone()));
    let filter = conjunction(filters)?;
    let filter =
        create_physical_expr(&filter, &known, &ExecutionProps::new(), &PhysicalPlanningContext::default())
            .ok()?;
    let predicate = PruningPredicateBuilder::new().with_file_schema(schema).try_build(filter).ok()?;
    let keep = predicate.prune(&Groups { metadata }).ok()?;
    Some(keep.iter().enumerate().filter(|(_, keep)| **keep).map(|(at, _)| at).collect())
}

/// A column of the file, whatever the case of its name.
fn file_field<'m>(metadata: &'m ArrowReaderMetadata, name: &str) -> Option<&'m Arc<Field>> {
    let mut all = metadata.schema().fields().iter();
    all.clone()
        .find(|field| field.name() == name)
        .or_else(|| all.find(|field| field.name().eq_ignore_ascii_case(name)))
}

/// The same condition with its columns' names alone.
fn unqualified(filter: datafusion::logical_expr::Expr) -> datafusion::logical_expr::Expr {
    use datafusion::common::tree_node::{Transformed, TreeNode};
    use datafusion::logical_expr::Expr;
    let bare = |expr: Expr| match expr {
        Expr::Column(column) => Ok(Transformed::yes(Expr::Column(Column::new_unqualified(column.name)))),
        other => Ok(Transformed::no(other)),
    };
    filter.clone().transform(bare).map(|changed| changed.data).unwrap_or(filter)
}

struct Groups<'g> {
    metadata: &'g ArrowReaderMetadata,
}

impl Groups<'_> {
    fn converter(&self, column: &Column) -> Option<StatisticsConverter<'_>> {
        let field = file_field(self.metadata, &column.name)?;
        StatisticsConverter::try_new(field.name(), self.metadata.schema(), self.metadata.parquet_schema())
            .ok()
    }
}

impl PruningStatistics for Groups<'_> {
    fn min_values(&self, column: &Column) -> Option<ArrayRef> {
        self.converter(column)?.row_group_mins(self.metadata.metadata().row_groups()).ok()
    }

    fn max_values(&self, column: &Column) -> Option<ArrayRef> {
        self.converter(column)?.row_group_maxes(self.metadata.metadata().row_groups()).ok()
    }

    fn num_containers(&self) -> usize {
        self.metadata.metadata().num_row_groups()
    }

    fn null_counts(&self, column: &Column) -> Option<ArrayRef> {
        let counts =
            self.converter(column)?.row_group_null_counts(self.metadata.metadata().row_groups()).ok()?;
        Some(Arc::new(counts))
    }

    fn row_counts(&self) -> Option<ArrayRef> {
        let rows = self.metadata.metadata().row_groups().iter();
        let rows = rows.map(|group| u64::try_from(group.num_rows()).ok());
        Some(Arc::new(rows.collect::<UInt64Array>()))
    }

    fn contained(&self, _: &Column, _: &std::collections::HashSet<ScalarValue>) -> Option<BooleanArray> {
        None
    }
}
