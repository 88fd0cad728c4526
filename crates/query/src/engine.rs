//! The engine: one statement after another of its life, from text to rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, RecordBatch, StringArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{Field, Schema};
use datafusion::catalog::{
    CatalogProvider, MemTable, MemoryCatalogProvider, MemorySchemaProvider, SchemaProvider, TableProvider,
};
use datafusion::common::DataFusionError;
use datafusion::execution::SessionStateBuilder;
use datafusion::execution::context::SessionContext;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::{FairSpillPool, MemoryPool, TrackConsumersPool};
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::displayable;
use datafusion::prelude::SessionConfig;
use datafusion::sql::parser::Statement;
use datafusion::sql::sqlparser::ast;
use datafusion::sql::sqlparser::tokenizer::{Token, Tokenizer};
use futures_util::future::BoxFuture;
use futures_util::{FutureExt as _, StreamExt as _};
use ports::{
    QueryColumn, QueryEngine, QueryError, QueryProgress, QueryRelation, QueryRow, QueryRun, QueryStatement,
    QueryTables,
};
use tokio::runtime::Runtime;
use tokio::sync::{mpsc, oneshot};

use crate::dialect::{self, Trino};
use crate::resolve::{CATALOG, Found, resolve};
use crate::tables::Table;
use crate::{faults, functions, kinds, render, rewrite};

/// Bytes that all queries together may hold in sorts, joins and groups.
pub(crate) const MEMORY_BYTES: usize = 256 << 20;
/// The stack of a thread: plans are trees, walked by recursion.
const STACK_BYTES: usize = 32 << 20;
/// Pieces of an answer that wait for whoever reads them.
const PIECES: usize = 2;
/// Consumers of memory that a message about too much of it names.
const CONSUMERS_NAMED: std::num::NonZeroUsize = std::num::NonZeroUsize::new(5).expect("it is five");

/// The engine, on threads of its own.
pub struct Engine {
    /// Taken when the engine goes.
    runtime: Option<Runtime>,
    shared: Arc<Shared>,
}

struct Shared {
    environment: Arc<RuntimeEnv>,
    cores: usize,
}

impl Engine {
    /// With a thread for each core. Fails if the system has none to give.
    pub fn new() -> std::io::Result<Self> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(cores)
            .thread_name("query")
            .thread_stack_size(STACK_BYTES)
            .enable_all()
            .build()?;
        let pool: Arc<dyn MemoryPool> =
            Arc::new(TrackConsumersPool::new(FairSpillPool::new(MEMORY_BYTES), CONSUMERS_NAMED));
        let environment = RuntimeEnvBuilder::new()
            .with_memory_pool(pool)
            .with_disk_manager_builder(DiskManagerBuilder::default().with_mode(DiskManagerMode::Disabled))
            .build_arc()
            .map_err(std::io::Error::other)?;
        Ok(Self { runtime: Some(runtime), shared: Arc::new(Shared { environment, cores }) })
    }

    /// Runs something on the engine's threads; whoever waits may go away, and then it is dropped.
    async fn apart<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, QueryError>> + Send + 'static,
    ) -> Result<T, QueryError> {
        let runtime = self.runtime.as_ref().expect("it is taken when the engine goes");
        let (answer, mut answered) = oneshot::channel();
        let (alive, gone) = oneshot::channel::<()>();
        runtime.spawn(async move {
            tokio::select! {
                // Whoever waited is gone.
                _ = gone => {}
                outcome = work => {
                    let _ = answer.send(outcome);
                }
            }
        });
        let outcome = (&mut answered).await;
        drop(alive);
        outcome.unwrap_or_else(|_| {
            Err(QueryError::new("GENERIC_INTERNAL_ERROR", "the query engine met an error"))
        })
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // A runtime must not wait for its threads where nothing may wait.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl QueryEngine for Engine {
    fn check(&self, sql: &str) -> Result<(), QueryError> {
        dialect::check(sql)
    }

    fn run<'a>(
        &'a self,
        statement: QueryStatement,
        tables: Arc<dyn QueryTables>,
    ) -> BoxFuture<'a, Result<QueryRun, QueryError>> {
        let shared = self.shared.clone();
        self.apart(async move {
            let progress = QueryProgress::default();
            let planned = shared.planned(&statement, tables, &progress).await?;
            start(planned, statement, progress).await
        })
        .boxed()
    }

    fn explain<'a>(
        &'a self,
        statement: QueryStatement,
        tables: Arc<dyn QueryTables>,
    ) -> BoxFuture<'a, Result<String, QueryError>> {
        let shared = self.shared.clone();
        self.apart(async move {
            let planned = shared.planned(&statement, tables, &QueryProgress::default()).await?;
            let place = |name: &str| place_of(&statement.sql, name);
            let fault = |error: DataFusionError| faults::fault(&error, &place);
            let optimized = planned.context.state().optimize(&planned.plan).map_err(fault)?;
            let physical = planned.context.state().create_physical_plan(&optimized).await.map_err(fault)?;
            Ok(format!("{}\n\n{}", optimized.display_indent(), displayable(physical.as_ref()).indent(false)))
        })
        .boxed()
    }
}

/// A statement that is understood.
struct Planned {
    context: SessionContext,
    plan: LogicalPlan,
    columns: Vec<QueryColumn>,
}

/// Where a name first stands in a statement.
fn place_of(sql: &str, name: &str) -> Option<(u64, u64)> {
    let tokens = Tokenizer::new(&Trino, sql).tokenize_with_location().ok()?;
    let found = tokens.iter().find(|token| match &token.token {
        Token::Word(word) => word.value.eq_ignore_ascii_case(name),
        _ => false,
    });
    found.map(|token| (token.span.start.line, token.span.start.column))
}

impl Shared {
    fn context(&self, database: &str) -> SessionContext {
        let mut config = SessionConfig::new()
            .with_target_partitions(self.cores)
            .with_default_catalog_and_schema(CATALOG, database)
            .with_create_default_catalog_and_schema(false)
            .with_information_schema(false);
        let options = config.options_mut();
        options.sql_parser.parse_float_as_decimal = true;
        options.sql_parser.map_string_types_to_utf8view = false;
        options.sql_parser.enable_ident_normalization = true;
        let mut state = SessionStateBuilder::new()
            .with_config(config)
            .with_runtime_env(self.environment.clone())
            .with_default_features();
        let scalars = state.scalar_functions().get_or_insert_default();
        scalars.extend(functions::all().into_iter().map(Arc::new));
        SessionContext::new_with_state(state.build())
    }

    /// Plans a statement over the tables that it names.
    async fn planned(
        &self,
        statement: &QueryStatement,
        tables: Arc<dyn QueryTables>,
        progress: &QueryProgress,
    ) -> Result<Planned, QueryError> {
        let mut query = dialect::parse(&statement.sql)?;
        rewrite::fill(&mut query, &statement.parameters)?;
        let names = rewrite::names(&query);
        let mut found = Found::new();
        resolve(&mut query, &statement.database, &tables, &mut found, 0).await?;
        let kinds = column_kinds(&found);
        rewrite::unnest(&mut query, &|column| kinds.get(column).cloned().flatten())?;
        rewrite::rewrite(&mut query);
        let context = self.context(&statement.database);
        register(&context, found, &tables, progress)?;
        let place = |name: &str| place_of(&statement.sql, name);
        let parsed = Statement::Statement(Box::new(ast::Statement::Query(Box::new(query))));
        let plan = context.state().statement_to_plan(parsed).await;
        let plan = plan.map_err(|error| faults::fault(&error, &place))?;
        let columns = columns_of(&plan, names);
        Ok(Planned { context, plan, columns })
    }
}

/// Hive's types of columns, by name; none where tables disagree.
fn column_kinds(found: &Found) -> BTreeMap<String, Option<String>> {
    let mut kinds: BTreeMap<String, Option<String>> = BTreeMap::new();
    for relation in found.values() {
        let QueryRelation::Table(table) = relation else { continue };
        for column in &table.columns {
            let kind = column.kind.as_ref().map(|kind| kind.to_lowercase());
            let there = kinds.entry(column.name.clone()).or_insert_with(|| kind.clone());
            if *there != kind {
                *there = None;
            }
        }
    }
    kinds
}

fn register(
    context: &SessionContext,
    found: Found,
    tables: &Arc<dyn QueryTables>,
    progress: &QueryProgress,
) -> Result<(), QueryError> {
    let internal = |error: DataFusionError| QueryError::new("GENERIC_INTERNAL_ERROR", error.to_string());
    let catalog = Arc::new(MemoryCatalogProvider::new());
    for ((database, name), relation) in found {
        let schema: Arc<dyn SchemaProvider> = match catalog.schema(&database) {
            Some(schema) => schema,
            None => {
                let schema = Arc::new(MemorySchemaProvider::new());
                catalog.register_schema(&database, schema.clone()).map_err(internal)?;
                schema
            }
        };
        let provider: Arc<dyn TableProvider> = match relation {
            QueryRelation::Table(table) => Arc::new(Table::new(table, tables.clone(), progress.clone())?),
            QueryRelation::Rows { columns, rows } => rows_table(&columns, &rows)?,
            // Laid open before.
            QueryRelation::View { .. } => continue,
        };
        schema.register_table(name, provider).map_err(internal)?;
    }
    context.register_catalog(CATALOG, catalog);
    Ok(())
}

/// A table of rows that are known.
fn rows_table(
    columns: &[ports::CatalogColumn],
    rows: &[QueryRow],
) -> Result<Arc<dyn TableProvider>, QueryError> {
    let internal = |error: DataFusionError| QueryError::new("GENERIC_INTERNAL_ERROR", error.to_string());
    let mut fields = Vec::new();
    let mut arrays: Vec<ArrayRef> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let kind = kinds::of_hive(column.kind.as_deref().unwrap_or("string"))?;
        let texts: StringArray = rows.iter().map(|row| row.get(at).cloned().flatten()).collect();
        arrays.push(cast(&texts, &kind).map_err(|error| internal(error.into()))?);
        fields.push(Field::new(column.name.clone(), kind, true));
    }
    let schema = Arc::new(Schema::new(fields));
    let batch = RecordBatch::try_new(schema.clone(), arrays).map_err(|error| internal(error.into()))?;
    Ok(Arc::new(MemTable::try_new(schema, vec![vec![batch]]).map_err(internal)?))
}

/// Columns by the names that the statement gave them.
fn columns_of(plan: &LogicalPlan, names: Option<Vec<Option<String>>>) -> Vec<QueryColumn> {
    let fields = plan.schema().fields();
    let stars = names.iter().flatten().filter(|name| name.is_none()).count();
    let fixed = names.iter().flatten().count() - stars;
    let names = names
        .filter(|_| if stars == 0 { fixed == fields.len() } else { stars == 1 && fixed <= fields.len() });
    let mut named: Vec<Option<String>> = Vec::with_capacity(fields.len());
    for name in names.unwrap_or_else(|| vec![None; fields.len()]) {
        match name {
            Some(name) => named.push(Some(name)),
            None if stars == 1 => named.extend(std::iter::repeat_n(None, fields.len() - fixed)),
            None => named.push(None),
        }
    }
    named.resize(fields.len(), None);
    let column = |(field, name): (&Arc<Field>, Option<String>)| {
        kinds::column(name.unwrap_or_else(|| field.name().clone()), field.data_type())
    };
    fields.iter().zip(named).map(column).collect()
}

/// Begins to answer. Rows are rendered where they are computed; whoever reads them holds a few pieces at the most.
async fn start(
    planned: Planned,
    statement: QueryStatement,
    progress: QueryProgress,
) -> Result<QueryRun, QueryError> {
    let Planned { context, plan, columns } = planned;
    let sql = statement.sql;
    let fault = {
        let sql = sql.clone();
        move |error: DataFusionError| faults::fault(&error, &|name| place_of(&sql, name))
    };
    let state = context.state();
    let optimized = state.optimize(&plan).map_err(&fault)?;
    let physical = state.create_physical_plan(&optimized).await.map_err(&fault)?;
    let mut batches =
        datafusion::physical_plan::execute_stream(physical, state.task_ctx()).map_err(&fault)?;
    let (give, take) = mpsc::channel::<Result<Vec<QueryRow>, QueryError>>(PIECES);
    let form = statement.form;
    tokio::spawn(async move {
        loop {
            let batch = tokio::select! {
                // Nobody reads any more.
                () = give.closed() => return,
                batch = batches.next() => batch,
            };
            let Some(batch) = batch else { return };
            let piece = batch.and_then(|batch| render::rows(&batch, form)).map_err(&fault);
            let failed = piece.is_err();
            if give.send(piece).await.is_err() || failed {
                return;
            }
        }
    });
    let rows = futures_util::stream::unfold(take, |mut take| async move { Some((take.recv().await?, take)) });
    Ok(QueryRun { columns, rows: rows.boxed(), progress })
}
