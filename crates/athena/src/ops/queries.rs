//! Operations on queries.

use base::Timestamp;
use ports::QueryRow as Values;
use service::Fault;
use wire::Need;

use super::access::{self, group_name, place};
use super::operation::operation;
use super::pages;
use crate::engine::Error;
use crate::engine::groups::engine_version;
use crate::engine::queries::Starter;
use crate::shapes::*;
use crate::tables::{ColumnRow, QueryRow, QueryState, StatementKind};

/// Rows of one answer, the names included.
const ROWS_MAX: usize = 1_000;
/// Queries of one answer.
const QUERIES_MAX: usize = 50;

operation! {
    /// Begins a query. <https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html>
    /// Differs: results are not reused, whatever is asked.
    StartQueryExecution(StartQueryExecutionInput) -> StartQueryExecutionOutput;
    access(_athena, call, input) {
        access::group(call, "athena:StartQueryExecution", group_name(input.work_group.as_ref()))
    }
    run(athena, call, input) {
        let place = place(call);
        let starter = Starter { place: &place, principal: &call.caller().principal, region: call.region() };
        let id = athena.start(&starter, input).await?;
        Ok(StartQueryExecutionOutput { query_execution_id: Some(id) })
    }
}

operation! {
    /// A query. <https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryExecution.html>
    GetQueryExecution(GetQueryExecutionInput) -> GetQueryExecutionOutput;
    access(athena, call, input) {
        access::query(athena, call, "athena:GetQueryExecution", &ids(input.query_execution_id.clone())).await?
    }
    run(athena, call, input) {
        let id = input.query_execution_id.need();
        let row = athena.query(&place(call).named(&id)).await?;
        Ok(GetQueryExecutionOutput { query_execution: Some(shown(&id, &row, athena.now())?) })
    }
}

operation! {
    /// Queries. <https://docs.aws.amazon.com/athena/latest/APIReference/API_BatchGetQueryExecution.html>
    BatchGetQueryExecution(BatchGetQueryExecutionInput) -> BatchGetQueryExecutionOutput;
    access(athena, call, input) {
        let ids = input.query_execution_ids.clone().unwrap_or_default();
        access::query(athena, call, "athena:BatchGetQueryExecution", &ids).await?
    }
    run(athena, call, input) {
        let (mut found, mut missing) = (Vec::new(), Vec::new());
        for id in input.query_execution_ids.need() {
            match athena.query(&place(call).named(&id)).await {
                Ok(row) => found.push(shown(&id, &row, athena.now())?),
                Err(Error::Invalid(text)) => missing.push(UnprocessedQueryExecutionId {
                    query_execution_id: Some(id),
                    error_code: Some("INVALID_INPUT".to_owned()),
                    error_message: Some(text),
                }),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(BatchGetQueryExecutionOutput {
            query_executions: Some(found),
            unprocessed_query_execution_ids: Some(missing),
        })
    }
}

operation! {
    /// Ids of a group's queries, the newest first. <https://docs.aws.amazon.com/athena/latest/APIReference/API_ListQueryExecutions.html>
    ListQueryExecutions(ListQueryExecutionsInput) -> ListQueryExecutionsOutput;
    access(_athena, call, input) {
        access::group(call, "athena:ListQueryExecutions", group_name(input.work_group.as_ref()))
    }
    run(athena, call, input) {
        let group = group_name(input.work_group.as_ref());
        athena.group(&place(call).named(group)).await?;
        let purpose = pages::purpose(call, "ListQueryExecutions", group);
        let after = pages::open(athena, &purpose, input.next_token.as_ref())?;
        let after = after.and_then(|text| {
            let (time, id) = text.split_once(' ')?;
            Some((time.parse().ok()?, id.to_owned()))
        });
        let limit = pages::limit(input.max_results, QUERIES_MAX);
        let page = athena.query_ids(&place(call), group, after, limit).await?;
        let last = page.items.last().filter(|_| page.more);
        Ok(ListQueryExecutionsOutput {
            next_token: last.map(|(time, id)| pages::seal(athena, &purpose, &format!("{time} {id}"))),
            query_execution_ids: Some(page.items.into_iter().map(|(_, id)| id).collect()),
        })
    }
}

operation! {
    /// Stops a query. <https://docs.aws.amazon.com/athena/latest/APIReference/API_StopQueryExecution.html>
    StopQueryExecution(StopQueryExecutionInput) -> StopQueryExecutionOutput;
    access(athena, call, input) {
        access::query(athena, call, "athena:StopQueryExecution", &ids(input.query_execution_id.clone())).await?
    }
    run(athena, call, input) {
        athena.stop(&place(call).named(&input.query_execution_id.need())).await?;
        Ok(StopQueryExecutionOutput::default())
    }
}

operation! {
    /// Rows of a query's result. <https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html>
    GetQueryResults(GetQueryResultsInput) -> GetQueryResultsOutput;
    access(athena, call, input) {
        access::query(athena, call, "athena:GetQueryResults", &ids(input.query_execution_id.clone())).await?
    }
    run(athena, call, input) {
        let id = input.query_execution_id.need();
        let row = athena.query(&place(call).named(&id)).await?;
        ready(&row)?;
        let purpose = pages::purpose(call, "GetQueryResults", &id);
        let from = pages::open(athena, &purpose, input.next_token.as_ref())?;
        let from: u64 = from.and_then(|text| text.parse().ok()).unwrap_or(0);
        let limit = pages::limit(input.max_results, ROWS_MAX);
        let principal = &call.caller().principal;
        let page = athena.result_page(principal, call.region(), &row, from, limit).await?;
        call.meter_records(page.rows.len() as u64);
        let info = row.done.columns.iter().map(column_info).collect();
        Ok(GetQueryResultsOutput {
            update_count: Some(row.done.updated.unwrap_or(0)),
            result_set: Some(ResultSet {
                rows: Some(page.rows.into_iter().map(shown_row).collect()),
                result_set_metadata: Some(ResultSetMetadata { column_info: Some(info) }),
            }),
            next_token: page.next.map(|next| pages::seal(athena, &purpose, &next.to_string())),
        })
    }
}

operation! {
    /// What a query took. <https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryRuntimeStatistics.html>
    /// Differs: stages are not told.
    GetQueryRuntimeStatistics(GetQueryRuntimeStatisticsInput) -> GetQueryRuntimeStatisticsOutput;
    access(athena, call, input) {
        access::query(athena, call, "athena:GetQueryRuntimeStatistics", &ids(input.query_execution_id.clone())).await?
    }
    run(athena, call, input) {
        let row = athena.query(&place(call).named(&input.query_execution_id.need())).await?;
        let times = Times::of(&row, athena.now());
        let count = |number: u64| i64::try_from(number).ok();
        let timeline = QueryRuntimeStatisticsTimeline {
            query_queue_time_in_millis: Some(times.queued),
            engine_execution_time_in_millis: Some(times.engine),
            total_execution_time_in_millis: Some(times.queued + times.engine),
            ..QueryRuntimeStatisticsTimeline::default()
        };
        let rows = QueryRuntimeStatisticsRows {
            input_rows: count(row.done.rows_in),
            input_bytes: count(row.done.bytes_in),
            output_bytes: count(row.done.bytes_out),
            output_rows: count(row.done.rows_out),
        };
        let statistics =
            QueryRuntimeStatistics { timeline: Some(timeline), rows: Some(rows), output_stage: None };
        Ok(GetQueryRuntimeStatisticsOutput { query_runtime_statistics: Some(statistics) })
    }
}

fn ids(id: Option<String>) -> Vec<String> {
    id.into_iter().collect()
}

/// Whether there is a result.
fn ready(row: &QueryRow) -> Result<(), Error> {
    match row.state {
        QueryState::Succeeded => Ok(()),
        QueryState::Queued | QueryState::Running => {
            Err(Error::invalid(format!("Query has not yet finished. Current state: {}", row.state.as_str())))
        }
        QueryState::Failed | QueryState::Cancelled => Err(Error::invalid(format!(
            "Query did not finish successfully. Final query state: {}",
            row.state.as_str()
        ))),
    }
}

fn shown_row(values: Values) -> Row {
    let datum = |value| Datum { var_char_value: value };
    Row { data: Some(values.into_iter().map(datum).collect()) }
}

fn column_info(column: &ColumnRow) -> ColumnInfo {
    let text = |text: &str| Some(text.to_owned());
    let case_sensitive = matches!(column.kind.as_str(), "varchar" | "char" | "json" | "string");
    ColumnInfo {
        catalog_name: text("hive"),
        schema_name: text(""),
        table_name: text(""),
        name: text(&column.name),
        label: text(&column.name),
        r#type: text(&column.kind),
        precision: Some(column.precision),
        scale: Some(column.scale),
        nullable: text("UNKNOWN"),
        case_sensitive: Some(case_sensitive),
    }
}

/// How long a query waited and worked, in milliseconds.
struct Times {
    queued: i64,
    engine: i64,
}

impl Times {
    fn of(row: &QueryRow, now: Timestamp) -> Self {
        let end = row.ended_micros.unwrap_or_else(|| now.as_micros());
        let started = row.started_micros.unwrap_or(end);
        Self {
            queued: ((started - row.submitted_micros) / 1_000).max(0),
            engine: ((end - started) / 1_000).max(0),
        }
    }
}

/// A query as it is shown.
fn shown(id: &str, row: &QueryRow, now: Timestamp) -> Result<QueryExecution, Fault> {
    let asked = row.asked()?;
    let time = |micros: i64| Timestamp::from_micros(micros).cut_to_millis();
    let times = Times::of(row, now);
    let failure = row.failure.as_ref().map(|failure| AthenaError {
        error_category: Some(failure.category),
        error_type: Some(failure.kind),
        retryable: Some(failure.retryable),
        error_message: Some(failure.message.clone()),
    });
    let mut configuration = asked.result_configuration.unwrap_or_default();
    configuration.output_location = Some(row.output.clone());
    let statistics = QueryExecutionStatistics {
        engine_execution_time_in_millis: Some(times.engine),
        data_scanned_in_bytes: i64::try_from(row.done.bytes_in).ok(),
        data_manifest_location: row.done.manifest.clone(),
        total_execution_time_in_millis: Some(times.queued + times.engine),
        query_queue_time_in_millis: Some(times.queued),
        service_pre_processing_time_in_millis: Some(0),
        query_planning_time_in_millis: (row.kind == StatementKind::Dml).then_some(0),
        service_processing_time_in_millis: Some(0),
        result_reuse_information: Some(ResultReuseInformation { reused_previous_result: Some(false) }),
        dpu_count: None,
    };
    Ok(QueryExecution {
        query_execution_id: Some(id.to_owned()),
        query: asked.query_string,
        statement_type: Some(row.kind.as_str().to_owned()),
        substatement_type: row.statement.clone(),
        managed_query_results_configuration: None,
        result_configuration: Some(configuration),
        result_reuse_configuration: Some(asked.result_reuse_configuration.unwrap_or_else(no_reuse)),
        query_execution_context: Some(asked.query_execution_context.unwrap_or_default()),
        status: Some(QueryExecutionStatus {
            state: Some(row.state.as_str().to_owned()),
            state_change_reason: row.reason.clone(),
            submission_date_time: Some(time(row.submitted_micros)),
            completion_date_time: row.ended_micros.map(time),
            athena_error: failure,
        }),
        statistics: Some(statistics),
        work_group: Some(row.group.clone()),
        engine_version: Some(engine_version(None)),
        execution_parameters: asked.execution_parameters,
        query_results_s3_access_grants_configuration: None,
    })
}

fn no_reuse() -> ResultReuseConfiguration {
    let by_age = ResultReuseByAgeConfiguration { enabled: Some(false), max_age_in_minutes: None };
    ResultReuseConfiguration { result_reuse_by_age_configuration: Some(by_age) }
}
