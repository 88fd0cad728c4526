//! What a statement comes to: rows, lines, or files; and the objects that hold them.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use base::Region;
use body::{Body, BodyError};
use bytes::Bytes;
use futures_util::StreamExt;
use ports::{
    NewObject, PreparedPut, Principal, QueryColumn, QueryEngine, QueryError, QueryRun, QueryStatement,
    ValueForm,
};

use super::Athena;
use super::catalog::Catalog;
use super::error::Failure;
use super::queries::bucket_and_key;
use super::results::{metadata, write_row};
use super::sources::Sources;
use super::statement::Statement;
use crate::shapes::StartQueryExecutionInput;
use crate::tables::{ColumnRow, DoneRow, Named, Place, QueryRow};

/// The database of a query that names none.
const DEFAULT_DATABASE: &str = "default";

/// Who asks.
#[derive(Clone)]
pub struct Asker {
    /// Who.
    pub principal: Principal,
    /// Where.
    pub region: Region,
    /// Where, as rows have it.
    pub place: Place,
    /// The catalog, for them.
    pub catalog: Catalog,
}

/// What a query has come to, but for its commit.
#[derive(Debug, Default)]
pub struct Answer {
    /// Objects that are prepared.
    pub puts: Vec<PreparedPut>,
    /// What the row will say.
    pub done: DoneRow,
}

/// What a statement that shows something comes to.
#[derive(Debug, Default)]
pub struct Lines {
    /// Names and types of its columns.
    pub columns: Vec<ColumnRow>,
    /// Its lines.
    pub lines: Vec<String>,
}

impl Lines {
    /// Lines of one column.
    pub fn of(name: &str, lines: Vec<String>) -> Self {
        Self { columns: vec![string_column(name)], lines }
    }
}

/// A column of a statement that shows something: its type is `string`.
pub fn string_column(name: &str) -> ColumnRow {
    ColumnRow { name: name.to_owned(), kind: "string".to_owned(), precision: 0, scale: 0 }
}

/// Where a query's names without a database are of.
pub fn database_of(asked: &StartQueryExecutionInput) -> String {
    let context = asked.query_execution_context.as_ref();
    let name = context.and_then(|context| context.database.as_deref()).unwrap_or(DEFAULT_DATABASE);
    // Clients quote it as they do in statements.
    name.trim_matches('`').to_lowercase()
}

/// What a statement that writes files answers with.
pub fn rows_column() -> ColumnRow {
    ColumnRow { name: "rows".to_owned(), kind: "bigint".to_owned(), precision: 19, scale: 0 }
}

/// A column as the row keeps it.
pub fn column_row(column: &QueryColumn) -> ColumnRow {
    ColumnRow {
        name: column.name.clone(),
        kind: column.kind.to_owned(),
        precision: column.precision,
        scale: column.scale,
    }
}

/// Everything that one query is answered with.
pub struct Question<'q> {
    /// Who asks.
    pub asker: &'q Asker,
    /// The row.
    pub row: &'q QueryRow,
    /// What was asked.
    pub asked: &'q StartQueryExecutionInput,
    /// The database of names without one.
    pub database: String,
    /// The id.
    pub id: &'q str,
}

impl Athena {
    /// Answers a query.
    pub async fn answered(&self, asker: &Asker, at: &Named, row: &QueryRow) -> Result<Answer, Failure> {
        let asked = row.asked()?;
        let sql = asked.query_string.clone().unwrap_or_default();
        let question = Question { asker, row, asked: &asked, database: database_of(&asked), id: &at.name };
        if let Some(catalog) =
            asked.query_execution_context.as_ref().and_then(|context| context.catalog.as_deref())
            && !catalog.eq_ignore_ascii_case("awsdatacatalog")
        {
            return Err(Failure::argument(format!(
                "SYNTAX_ERROR: line 1:1: Catalog {catalog} does not exist"
            )));
        }
        let statement = Statement::parse(&sql)?;
        let parameters = asked.execution_parameters.clone().unwrap_or_default();
        match statement {
            Statement::Select(select) => self.rows(&question, select, parameters).await,
            Statement::Execute { name, parameters: given } => {
                let member = at.place.member(&row.group, &name);
                let prepared = self.prepared(&member).await?;
                let parameters = if given.is_empty() { parameters } else { given };
                match Statement::parse(&prepared.sql)? {
                    Statement::Select(select) => self.rows(&question, select, parameters).await,
                    _ => Err(Failure::argument(
                        "NOT_SUPPORTED: Only SELECT statements can be executed when prepared",
                    )),
                }
            }
            Statement::Explain(select) => {
                let statement = self.statement_of(&question, select, parameters, ValueForm::Text);
                let text = self.engine()?.explain(statement, self.sources(&question)).await?;
                let lines = text.lines().map(str::to_owned).collect();
                let mut lines = Lines::of("Query Plan", lines);
                "varchar".clone_into(&mut lines.columns[0].kind);
                self.lines(&question, lines).await
            }
            Statement::Insert { .. } | Statement::CreateTableAs { .. } | Statement::Unload { .. } => {
                self.written(&question, statement, parameters).await
            }
            Statement::ShowTables { .. }
            | Statement::ShowDatabases { .. }
            | Statement::ShowColumns(_)
            | Statement::ShowPartitions(_)
            | Statement::ShowCreate { .. }
            | Statement::ShowProperties { .. }
            | Statement::Describe(_) => {
                let lines = self.shown(&question, &statement).await?;
                self.lines(&question, lines).await
            }
            Statement::CreateView { .. }
            | Statement::CreateDatabase { .. }
            | Statement::DropDatabase { .. }
            | Statement::CreateTable { .. }
            | Statement::Drop { .. }
            | Statement::AlterTable { .. }
            | Statement::Repair(_) => {
                let lines = self.changed(&question, statement).await?;
                self.lines(&question, Lines { columns: Vec::new(), lines }).await
            }
        }
    }

    /// What answers statements that read.
    pub(crate) fn engine(&self) -> Result<&Arc<dyn QueryEngine>, Failure> {
        let none = || {
            Failure::system(
                "GENERIC_INTERNAL_ERROR: This server was built without its query engine (the feature `engines`); statements that read cannot be answered",
            )
        };
        self.engine.as_ref().ok_or_else(none)
    }

    pub(crate) fn sources(&self, question: &Question<'_>) -> Arc<Sources> {
        Arc::new(Sources::new(self.objects.clone(), question.asker.clone()))
    }

    pub(crate) fn statement_of(
        &self,
        question: &Question<'_>,
        sql: String,
        parameters: Vec<String>,
        form: ValueForm,
    ) -> QueryStatement {
        QueryStatement { sql, parameters, database: question.database.clone(), form }
    }

    /// The rows of a SELECT, as an object.
    async fn rows(
        &self,
        question: &Question<'_>,
        sql: String,
        parameters: Vec<String>,
    ) -> Result<Answer, Failure> {
        let statement = self.statement_of(question, sql, parameters, ValueForm::Text);
        let run = self.engine()?.run(statement, self.sources(question)).await?;
        let columns: Vec<ColumnRow> = run.columns.iter().map(column_row).collect();
        let cutoff = self.cutoff(question).await?;
        let progress = run.progress.clone();
        let told = Told::default();
        let body = rows_body(run, cutoff, &told);
        let put = self.put(question, &question.row.output, "text/csv", body).await;
        if let Some(error) = told.error() {
            return Err(error.into());
        }
        let beside = format!("{}.metadata", question.row.output);
        let metadata =
            self.put(question, &beside, "application/octet-stream", metadata(&columns).into()).await?;
        let done = DoneRow {
            columns,
            updated: None,
            manifest: None,
            bytes_in: progress.bytes(),
            rows_in: progress.rows(),
            bytes_out: told.bytes.load(Ordering::Relaxed),
            rows_out: told.rows.load(Ordering::Relaxed),
        };
        Ok(Answer { puts: vec![put?, metadata], done })
    }

    /// Lines, as an object.
    async fn lines(&self, question: &Question<'_>, lines: Lines) -> Result<Answer, Failure> {
        let mut text = String::new();
        for line in &lines.lines {
            text.push_str(line);
            text.push('\n');
        }
        let bytes_out = text.len() as u64;
        let put = self.put(question, &question.row.output, "text/plain", text.into()).await?;
        let beside = format!("{}.metadata", question.row.output);
        let metadata = metadata(&lines.columns);
        let metadata = self.put(question, &beside, "application/octet-stream", metadata.into()).await?;
        let done = DoneRow {
            columns: lines.columns,
            bytes_out,
            rows_out: lines.lines.len() as u64,
            ..DoneRow::default()
        };
        Ok(Answer { puts: vec![put, metadata], done })
    }

    /// How many bytes the group lets a query read.
    pub(crate) async fn cutoff(&self, question: &Question<'_>) -> Result<u64, Failure> {
        let group = self.group(&question.asker.place.named(&question.row.group)).await?;
        let cutoff = group.configuration()?.bytes_scanned_cutoff_per_query;
        Ok(cutoff.and_then(|bytes| u64::try_from(bytes).ok()).unwrap_or(u64::MAX))
    }

    /// Prepares an object, as whoever asks, encrypted as the query says.
    pub(crate) async fn put(
        &self,
        question: &Question<'_>,
        location: &str,
        content_type: &str,
        body: Body,
    ) -> Result<PreparedPut, Failure> {
        let (bucket, key) = bucket_and_key(location)
            .ok_or_else(|| Failure::location(format!("Invalid S3 location: {location}")))?;
        let configuration = question.asked.result_configuration.as_ref();
        let encryption = configuration.and_then(|said| said.encryption_configuration.as_ref());
        let kms = encryption.filter(|said| said.encryption_option.as_deref() == Some("SSE_KMS"));
        let object = NewObject {
            bucket: bucket.to_owned(),
            key: key.to_owned(),
            body,
            content_type: Some(content_type.to_owned()),
            content_encoding: None,
            metadata: Vec::new(),
            kms_key: kms.and_then(|said| said.kms_key.clone()),
        };
        let asker = question.asker;
        let put = self.objects.prepare_put(&asker.principal, &asker.region, object).await;
        put.map_err(|error| Failure::not_writable(&error))
    }
}

/// What a body that is being read tells beside its bytes.
#[derive(Clone, Debug, Default)]
pub struct Told {
    error: Arc<Mutex<Option<QueryError>>>,
    /// Bytes so far.
    pub bytes: Arc<AtomicU64>,
    /// Rows so far.
    pub rows: Arc<AtomicU64>,
}

impl Told {
    /// Why the body broke off, if it did.
    pub fn error(&self) -> Option<QueryError> {
        self.error.lock().expect("nothing panics while the error is held").take()
    }

    fn fail(&self, error: QueryError) -> BodyError {
        let text = error.to_string();
        *self.error.lock().expect("nothing panics while the error is held") = Some(error);
        BodyError::Storage(text)
    }
}

/// Fails when more was read than the group allows.
pub fn within(cutoff: u64, read: u64) -> Result<(), QueryError> {
    if read > cutoff {
        return Err(QueryError::new(
            "EXCEEDED_SCAN_LIMIT",
            "Query exhausted the bytes scanned limit of its workgroup",
        ));
    }
    Ok(())
}

/// A result as it is written: the names, then the rows as they come.
fn rows_body(run: QueryRun, cutoff: u64, told: &Told) -> Body {
    let names = run.columns.iter().map(|column| Some(column.name.clone())).collect();
    let mut head = Vec::new();
    write_row(&mut head, &names);
    let (count, progress) = (told.clone(), run.progress);
    count.bytes.fetch_add(head.len() as u64, Ordering::Relaxed);
    let rows = run.rows.map(move |piece| {
        let piece = within(cutoff, progress.bytes()).and(piece).map_err(|error| count.fail(error))?;
        let mut text = Vec::new();
        for row in &piece {
            write_row(&mut text, row);
        }
        count.rows.fetch_add(piece.len() as u64, Ordering::Relaxed);
        count.bytes.fetch_add(text.len() as u64, Ordering::Relaxed);
        Ok(Bytes::from(text))
    });
    let head = futures_util::stream::once(std::future::ready(Ok(Bytes::from(head))));
    Body::from_stream(head.chain(rows), None)
}
