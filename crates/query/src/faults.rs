//! What DataFusion says went wrong, as Trino says it.

use datafusion::arrow::error::ArrowError;
use datafusion::common::{DataFusionError, SchemaError};
use datafusion::sql::sqlparser::parser::ParserError;
use ports::QueryError;

/// A failure of ours on its way through DataFusion.
pub(crate) fn external(error: QueryError) -> DataFusionError {
    DataFusionError::External(Box::new(error))
}

/// A text that does not parse.
pub(crate) fn syntax(error: &DataFusionError) -> QueryError {
    let text = match error {
        DataFusionError::SQL(error, _) => match &**error {
            ParserError::TokenizerError(text) | ParserError::ParserError(text) => text.clone(),
            ParserError::RecursionLimitExceeded => "statement is too large (too deeply nested)".to_owned(),
        },
        DataFusionError::Diagnostic(_, inner) | DataFusionError::Context(_, inner) => return syntax(inner),
        other => other.to_string(),
    };
    let (message, at) = split_place(&text);
    let message = match message.strip_prefix("Expected: ").and_then(|rest| rest.split_once(", found: ")) {
        Some((expected, found)) => {
            let found = if found == "EOF" { "<EOF>" } else { found };
            format!("mismatched input '{found}'. Expecting: {expected}")
        }
        None => message.to_owned(),
    };
    match at {
        Some((line, column)) => QueryError::new("SYNTAX_ERROR", message).at(line, column),
        None => QueryError::new("SYNTAX_ERROR", message),
    }
}

/// `… at Line: 1, Column: 8`
fn split_place(text: &str) -> (&str, Option<(u64, u64)>) {
    let Some((message, place)) = text.rsplit_once(" at Line: ") else { return (text, None) };
    let at = place
        .split_once(", Column: ")
        .and_then(|(line, column)| Some((line.parse().ok()?, column.trim().parse().ok()?)));
    match at {
        Some(at) => (message, Some(at)),
        None => (text, None),
    }
}

/// A statement that cannot be planned or run. `place` finds a name in the statement.
pub(crate) fn fault(error: &DataFusionError, place: &dyn Fn(&str) -> Option<(u64, u64)>) -> QueryError {
    match error {
        DataFusionError::External(inner) => match inner.downcast_ref::<QueryError>() {
            Some(error) => error.clone(),
            None => match inner.downcast_ref::<DataFusionError>() {
                Some(error) => fault(error, place),
                None => worded(&inner.to_string(), place),
            },
        },
        DataFusionError::Context(_, inner) | DataFusionError::Diagnostic(_, inner) => fault(inner, place),
        DataFusionError::Shared(inner) => fault(inner, place),
        DataFusionError::Collection(all) => match all.first() {
            Some(first) => fault(first, place),
            None => QueryError::new("GENERIC_INTERNAL_ERROR", "no error"),
        },
        DataFusionError::SchemaError(error, _) => schema(error, place),
        DataFusionError::ResourcesExhausted(_) => QueryError::new(
            "EXCEEDED_MEMORY_LIMIT",
            "Query exhausted resources at this scale factor: it needs more memory than the engine has",
        ),
        DataFusionError::SQL(..) => syntax(error),
        DataFusionError::NotImplemented(text) => QueryError::new("NOT_SUPPORTED", text.clone()),
        DataFusionError::ArrowError(inner, _) => arrow(inner, place),
        DataFusionError::ParquetError(inner) => QueryError::new("HIVE_BAD_DATA", inner.to_string()),
        DataFusionError::Plan(text) | DataFusionError::Execution(text) => worded(text, place),
        other => worded(&other.to_string(), place),
    }
}

fn arrow(error: &ArrowError, place: &dyn Fn(&str) -> Option<(u64, u64)>) -> QueryError {
    match error {
        ArrowError::DivideByZero => QueryError::new("DIVISION_BY_ZERO", "Division by zero"),
        ArrowError::ArithmeticOverflow(text) => QueryError::new("NUMERIC_VALUE_OUT_OF_RANGE", text.clone()),
        ArrowError::CastError(text) | ArrowError::ParseError(text) => {
            QueryError::new("INVALID_CAST_ARGUMENT", text.clone())
        }
        ArrowError::ExternalError(inner) => match inner.downcast_ref::<QueryError>() {
            Some(error) => error.clone(),
            None => match inner.downcast_ref::<DataFusionError>() {
                Some(error) => fault(error, place),
                None => worded(&inner.to_string(), place),
            },
        },
        other => worded(&other.to_string(), place),
    }
}

fn schema(error: &SchemaError, place: &dyn Fn(&str) -> Option<(u64, u64)>) -> QueryError {
    match error {
        SchemaError::FieldNotFound { field, .. } => {
            let full = match &field.relation {
                Some(relation) => format!("{}.{}", relation.table(), field.name),
                None => field.name.clone(),
            };
            let text = format!(
                "Column '{full}' cannot be resolved or requester is not authorized to access requested resources"
            );
            placed(QueryError::new("COLUMN_NOT_FOUND", text), place(&field.name))
        }
        SchemaError::AmbiguousReference { field } => {
            let text = format!("Column '{}' is ambiguous", field.name);
            placed(QueryError::new("AMBIGUOUS_NAME", text), place(&field.name))
        }
        SchemaError::DuplicateQualifiedField { name, .. }
        | SchemaError::DuplicateUnqualifiedField { name } => placed(
            QueryError::new(
                "DUPLICATE_COLUMN_NAME",
                format!("Column name '{name}' specified more than once"),
            ),
            place(name),
        ),
    }
}

fn placed(error: QueryError, at: Option<(u64, u64)>) -> QueryError {
    match at {
        Some((line, column)) => error.at(line, column),
        None => error,
    }
}

/// Errors that DataFusion has no variants for.
fn worded(text: &str, place: &dyn Fn(&str) -> Option<(u64, u64)>) -> QueryError {
    let first = text.lines().next().unwrap_or_default().trim();
    let unknown = first.strip_prefix("Invalid function '").and_then(|rest| rest.split_once('\''));
    if let Some((name, _)) = unknown {
        return placed(
            QueryError::new("SYNTAX_ERROR", format!("Function '{name}' not registered")),
            place(name),
        );
    }
    if first.to_ascii_lowercase().contains("divide by zero") {
        return QueryError::new("DIVISION_BY_ZERO", "Division by zero");
    }
    let code = if first.contains("coerc") || first.contains("type") && first.contains("function") {
        "TYPE_MISMATCH"
    } else if first.starts_with("Cast error") || first.contains("Cannot cast") {
        "INVALID_CAST_ARGUMENT"
    } else {
        "SYNTAX_ERROR"
    };
    QueryError::new(code, first)
}
