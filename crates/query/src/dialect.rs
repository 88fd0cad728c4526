//! From text to a syntax tree: what Trino's grammar shares with the parser's generic dialect, which is nearly all of it.

use std::any::TypeId;

use datafusion::sql::parser::{DFParserBuilder, Statement};
use datafusion::sql::sqlparser::ast;
use datafusion::sql::sqlparser::dialect::{Dialect, GenericDialect};
use datafusion::sql::sqlparser::tokenizer::{Token, Tokenizer};
use ports::QueryError;

use crate::faults;

/// Operators of one statement: a chain of them is as deep a tree as it is long, and trees are walked and dropped by recursion.
const OPERATORS_MAX: usize = 5_000;
/// How deep brackets may be nested.
const DEPTH_MAX: usize = 100;
/// The stack of the thread that a statement is looked at on.
const STACK_BYTES: usize = 64 << 20;

/// Trino's dialect.
#[derive(Debug)]
pub(crate) struct Trino;

impl Dialect for Trino {
    fn dialect(&self) -> TypeId {
        TypeId::of::<GenericDialect>()
    }

    fn is_identifier_start(&self, character: char) -> bool {
        character.is_alphabetic() || character == '_'
    }

    fn is_identifier_part(&self, character: char) -> bool {
        character.is_alphanumeric() || character == '_' || character == '$' || character == '@'
    }

    fn is_delimited_identifier_start(&self, character: char) -> bool {
        character == '"' || character == '`'
    }

    fn supports_filter_during_aggregation(&self) -> bool {
        true
    }

    fn supports_within_after_array_aggregation(&self) -> bool {
        true
    }

    fn supports_group_by_expr(&self) -> bool {
        true
    }

    fn supports_lambda_functions(&self) -> bool {
        true
    }

    fn supports_array_typedef_without_element_type(&self) -> bool {
        false
    }

    fn supports_window_clause_named_window_reference(&self) -> bool {
        true
    }

    fn supports_nested_comments(&self) -> bool {
        true
    }
}

fn has_long_chains(sql: &str) -> bool {
    let Ok(tokens) = Tokenizer::new(&Trino, sql).tokenize() else { return false };
    let is_operator = |token: &&Token| match token {
        Token::Plus | Token::Minus | Token::Mul | Token::Div | Token::Mod | Token::StringConcat => true,
        Token::Eq | Token::Neq | Token::Lt | Token::Gt | Token::LtEq | Token::GtEq | Token::Period => true,
        Token::Word(word) => {
            let word = word.value.to_ascii_uppercase();
            matches!(
                word.as_str(),
                "AND" | "OR" | "NOT" | "UNION" | "EXCEPT" | "INTERSECT" | "JOIN" | "CASE" | "IS"
            )
        }
        _ => false,
    };
    tokens.iter().filter(is_operator).count() > OPERATORS_MAX
}

/// One statement that reads.
pub(crate) fn parse(sql: &str) -> Result<ast::Query, QueryError> {
    if has_long_chains(sql) {
        let message = format!("statement is too large (more than {OPERATORS_MAX} operators)");
        return Err(QueryError::new("SYNTAX_ERROR", message));
    }
    let parser = DFParserBuilder::new(sql).with_dialect(&Trino).with_recursion_limit(DEPTH_MAX).build();
    let parsed = parser.and_then(|mut parser| parser.parse_statements());
    let mut statements = parsed.map_err(|error| faults::syntax(&error))?;
    let nothing = || QueryError::new("SYNTAX_ERROR", "mismatched input '<EOF>'. Expecting: <query>").at(1, 1);
    let only_one = || QueryError::new("SYNTAX_ERROR", "Only one sql statement is allowed.");
    let first = statements.pop_front().ok_or_else(nothing)?;
    if !statements.is_empty() {
        return Err(only_one());
    }
    match first {
        Statement::Statement(statement) => match *statement {
            ast::Statement::Query(query) => Ok(*query),
            _ => Err(QueryError::new("SYNTAX_ERROR", "Queries of this type are not supported")),
        },
        _ => Err(QueryError::new("SYNTAX_ERROR", "Queries of this type are not supported")),
    }
}

/// One expression: a parameter.
pub(crate) fn parse_expression(sql: &str) -> Result<ast::Expr, QueryError> {
    let parser = DFParserBuilder::new(sql).with_dialect(&Trino).with_recursion_limit(DEPTH_MAX).build();
    let parsed = parser.and_then(|mut parser| parser.parse_into_expr());
    parsed.map(|parsed| parsed.expr).map_err(|error| faults::syntax(&error))
}

/// Whether a text is a statement: on a thread with room for deep trees, whoever asks.
pub(crate) fn check(sql: &str) -> Result<(), QueryError> {
    let look = || parse(sql).map(drop);
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().name("query check".to_owned()).stack_size(STACK_BYTES);
        match builder.spawn_scoped(scope, look) {
            Ok(thread) => thread.join().unwrap_or_else(|_| {
                Err(QueryError::new("SYNTAX_ERROR", "Queries of this type are not supported"))
            }),
            Err(_) => Err(QueryError::new("GENERIC_INTERNAL_ERROR", "no thread can be started")),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_have_their_place() {
        let error = check("SELECT FROM t WHERE").unwrap_err();
        assert_eq!(error.code, "SYNTAX_ERROR");
        assert!(error.at.is_some(), "{error}");
        assert!(check("SELECT 1; SELECT 2").is_err());
        assert!(check("DROP TABLE t").is_err());
    }

    #[test]
    fn deep_and_long_statements_are_refused_and_harm_nothing() {
        let long = format!("SELECT {}", vec!["1"; 20_000].join("+"));
        assert!(check(&long).is_err());
        let deep = format!("SELECT {}1{}", "(".repeat(50_000), ")".repeat(50_000));
        assert!(check(&deep).is_err());
        let list = format!("SELECT 1 WHERE 1 IN ({})", vec!["1"; 20_000].join(","));
        assert!(check(&list).is_ok());
    }
}
