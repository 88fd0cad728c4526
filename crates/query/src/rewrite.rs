//! From Trino's tree to DataFusion's: names in lower case, parameters filled in, functions by other names, UNNEST beside a table.
//!
//! A function that has another name, or is a combination of others, stands in a table of templates; one that has no counterpart at all is DataFusion's to
//! refuse, by its name.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::LazyLock;

use datafusion::sql::sqlparser::ast::{
    self, CastKind, Expr, FunctionArg, FunctionArgExpr, FunctionArguments, Ident, Select, SelectItem,
    SetExpr, TableFactor, TableWithJoins, Value, VisitMut, VisitorMut,
};
use ports::QueryError;

use crate::dialect::{parse, parse_expression};

/// Name, number of arguments, what stands for it.
const TEMPLATES: &[(&str, usize, &str)] = &[
    ("if", 2, "CASE WHEN $1 THEN $2 END"),
    ("if", 3, "CASE WHEN $1 THEN $2 ELSE $3 END"),
    ("date", 1, "CAST($1 AS DATE)"),
    ("year", 1, "CAST(date_part('year', $1) AS BIGINT)"),
    ("quarter", 1, "CAST(date_part('quarter', $1) AS BIGINT)"),
    ("month", 1, "CAST(date_part('month', $1) AS BIGINT)"),
    ("week", 1, "CAST(date_part('week', $1) AS BIGINT)"),
    ("week_of_year", 1, "CAST(date_part('week', $1) AS BIGINT)"),
    ("day", 1, "CAST(date_part('day', $1) AS BIGINT)"),
    ("day_of_month", 1, "CAST(date_part('day', $1) AS BIGINT)"),
    ("day_of_year", 1, "CAST(date_part('doy', $1) AS BIGINT)"),
    ("doy", 1, "CAST(date_part('doy', $1) AS BIGINT)"),
    ("day_of_week", 1, "CAST((date_part('dow', $1) + 6) % 7 + 1 AS BIGINT)"),
    ("dow", 1, "CAST((date_part('dow', $1) + 6) % 7 + 1 AS BIGINT)"),
    ("hour", 1, "CAST(date_part('hour', $1) AS BIGINT)"),
    ("minute", 1, "CAST(date_part('minute', $1) AS BIGINT)"),
    ("second", 1, "CAST(floor(date_part('second', $1)) AS BIGINT)"),
    ("millisecond", 1, "CAST(date_part('millisecond', $1) AS BIGINT) % 1000"),
    (
        "from_unixtime",
        1,
        "arrow_cast(to_timestamp_millis(CAST($1 * 1000 AS BIGINT)), 'Timestamp(Millisecond, Some(\"UTC\"))')",
    ),
    ("from_unixtime_nanos", 1, "arrow_cast(to_timestamp_nanos($1), 'Timestamp(Nanosecond, Some(\"UTC\"))')"),
    ("from_iso8601_timestamp", 1, "arrow_cast(to_timestamp($1), 'Timestamp(Millisecond, Some(\"UTC\"))')"),
    ("from_iso8601_date", 1, "CAST($1 AS DATE)"),
    ("to_unixtime", 1, "CAST(date_part('epoch', $1) AS DOUBLE)"),
    (
        "to_iso8601",
        1,
        "trino_date_format(arrow_cast($1, 'Timestamp(Microsecond, None)'), '%Y-%m-%dT%H:%i:%s')",
    ),
    ("date_format", 2, "trino_date_format(arrow_cast($1, 'Timestamp(Microsecond, None)'), $2)"),
    ("date_parse", 2, "trino_date_parse($1, $2)"),
    ("date_add", 3, "trino_date_add($1, CAST($2 AS BIGINT), arrow_cast($3, 'Timestamp(Microsecond, None)'))"),
    (
        "date_diff",
        3,
        "trino_date_diff($1, arrow_cast($2, 'Timestamp(Microsecond, None)'), arrow_cast($3, 'Timestamp(Microsecond, None)'))",
    ),
    ("last_day_of_month", 1, "CAST(date_trunc('month', $1) + INTERVAL '1 month' - INTERVAL '1 day' AS DATE)"),
    ("json_extract_scalar", 2, "trino_json_extract_scalar($1, $2)"),
    ("json_extract", 2, "trino_json_extract($1, $2)"),
    ("json_array_length", 1, "trino_json_size($1, '$')"),
    ("json_size", 2, "trino_json_size($1, $2)"),
    ("json_parse", 1, "trino_json_extract($1, '$')"),
    ("json_format", 1, "$1"),
    ("is_json_scalar", 1, "trino_json_extract_scalar($1, '$') IS NOT NULL"),
    ("regexp_extract", 2, "trino_regexp_extract($1, $2, 0)"),
    ("regexp_extract", 3, "trino_regexp_extract($1, $2, CAST($3 AS BIGINT))"),
    ("regexp_replace", 2, "regexp_replace($1, $2, '', 'g')"),
    ("regexp_replace", 3, "trino_regexp_replace($1, $2, $3)"),
    ("split", 2, "string_to_array($1, $2)"),
    ("replace", 2, "replace($1, $2, '')"),
    ("codepoint", 1, "ascii($1)"),
    ("to_utf8", 1, "CAST($1 AS BYTEA)"),
    ("from_utf8", 1, "CAST($1 AS VARCHAR)"),
    ("to_hex", 1, "upper(encode($1, 'hex'))"),
    ("from_hex", 1, "decode($1, 'hex')"),
    ("to_base64", 1, "encode($1, 'base64pad')"),
    ("from_base64", 1, "decode($1, 'base64pad')"),
    ("md5", 1, "decode(md5($1), 'hex')"),
    (
        "url_extract_host",
        1,
        "trino_regexp_extract($1, '^[a-zA-Z][a-zA-Z0-9+.-]*://(?:[^/?#@]*@)?([^/?#:]+)', 1)",
    ),
    ("url_extract_path", 1, "trino_regexp_extract($1, '^[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*([^?#]*)', 1)"),
    ("url_extract_protocol", 1, "trino_regexp_extract($1, '^([a-zA-Z][a-zA-Z0-9+.-]*):', 1)"),
    ("url_extract_query", 1, "trino_regexp_extract($1, '\\?([^#]*)', 1)"),
    ("contains", 2, "array_has($1, $2)"),
    ("array_join", 2, "array_to_string($1, $2)"),
    ("array_join", 3, "array_to_string($1, $2, $3)"),
    ("arrays_overlap", 2, "array_has_any($1, $2)"),
    ("slice", 3, "array_slice($1, $2, $2 + $3 - 1)"),
    ("sequence", 2, "generate_series($1, $2)"),
    ("sequence", 3, "generate_series($1, $2, $3)"),
    ("transform", 2, "array_transform($1, $2)"),
    ("filter", 2, "array_filter($1, $2)"),
    ("any_match", 2, "array_any_match($1, $2)"),
    ("ceiling", 1, "ceil($1)"),
    ("truncate", 1, "trunc($1)"),
    ("sign", 1, "signum($1)"),
    ("mod", 2, "$1 % $2"),
    ("rand", 0, "random()"),
    ("approx_percentile", 2, "approx_percentile_cont($1, $2)"),
    ("arbitrary", 1, "first_value($1)"),
    ("any_value", 1, "first_value($1)"),
    ("count_if", 1, "count(CASE WHEN $1 THEN 1 END)"),
    ("every", 1, "bool_and($1)"),
    ("variance", 1, "var_samp($1)"),
    ("max_by", 2, "first_value($1 ORDER BY $2 DESC NULLS LAST)"),
    ("min_by", 2, "first_value($1 ORDER BY $2 ASC NULLS LAST)"),
    ("geometric_mean", 1, "exp(avg(ln($1)))"),
    ("typeof", 1, "arrow_typeof($1)"),
    ("row", 1, "struct($1)"),
    ("row", 2, "struct($1, $2)"),
    ("row", 3, "struct($1, $2, $3)"),
    ("row", 4, "struct($1, $2, $3, $4)"),
];

type Templates = HashMap<(&'static str, usize), Expr>;

static COMPILED: LazyLock<Templates> = LazyLock::new(|| {
    let compiled = |(name, count, text): &(&'static str, usize, &'static str)| {
        let expr = parse_expression(text).expect("the templates parse: a test looks at each of them");
        ((*name, *count), expr)
    };
    TEMPLATES.iter().map(compiled).collect()
});

/// Fills the parameters in, in the order of their marks.
pub(crate) fn fill(query: &mut ast::Query, parameters: &[String]) -> Result<(), QueryError> {
    let values = parameters.iter().map(|text| parse_expression(text)).collect::<Result<Vec<Expr>, _>>()?;
    let mut filler = Filler { values, used: 0 };
    let _: ControlFlow<()> = query.visit(&mut filler);
    if filler.used == parameters.len() {
        return Ok(());
    }
    let text =
        format!("Incorrect number of parameters: expected {} but found {}", filler.used, parameters.len());
    Err(QueryError::new("INVALID_PARAMETER_USAGE", text))
}

struct Filler {
    values: Vec<Expr>,
    used: usize,
}

impl VisitorMut for Filler {
    type Break = ();

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        if let Expr::Value(value) = expr
            && let Value::Placeholder(_) = value.value
        {
            if let Some(given) = self.values.get(self.used) {
                *expr = Expr::Nested(Box::new(given.clone()));
            }
            self.used += 1;
        }
        ControlFlow::Continue(())
    }
}

/// Puts UNNEST beside a table into a subquery over it. `kind_of` says what Hive's type a column has, to tell maps from arrays.
pub(crate) fn unnest(
    query: &mut ast::Query,
    kind_of: &dyn Fn(&str) -> Option<String>,
) -> Result<(), QueryError> {
    let mut visitor = Unnester { kind_of, error: None };
    let _ = query.visit(&mut visitor);
    visitor.error.map_or(Ok(()), Err)
}

struct Unnester<'u> {
    kind_of: &'u dyn Fn(&str) -> Option<String>,
    error: Option<QueryError>,
}

impl VisitorMut for Unnester<'_> {
    type Break = ();

    fn pre_visit_select(&mut self, select: &mut Select) -> ControlFlow<()> {
        match self.flatten(select) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                self.error = Some(error);
                ControlFlow::Break(())
            }
        }
    }
}

impl Unnester<'_> {
    fn flatten(&self, select: &mut Select) -> Result<(), QueryError> {
        // `FROM t, UNNEST(a)` is `FROM t CROSS JOIN UNNEST(a)`.
        while select.from.len() > 1
            && let Some(place) = select.from.iter().skip(1).position(|from| is_unnest(&from.relation))
        {
            let unnested = select.from.remove(place + 1);
            let before = &mut select.from[place];
            before.joins.push(ast::Join {
                relation: unnested.relation,
                global: false,
                join_operator: ast::JoinOperator::CrossJoin(ast::JoinConstraint::None),
            });
            before.joins.extend(unnested.joins);
        }
        for place in 0..select.from.len() {
            while let Some(at) = select.from[place].joins.iter().position(|join| is_unnest(&join.relation)) {
                let (inner, outer) = self.folded(&select.from[place], at)?;
                select.from[place] = inner;
                if let Some((from, to)) = outer {
                    let mut renamer = Renamer { from, to };
                    let _: ControlFlow<()> = select.visit(&mut renamer);
                }
            }
        }
        Ok(())
    }

    /// The tables with the UNNEST at `at` as a subquery, and which qualifier becomes which.
    fn folded(
        &self,
        from: &TableWithJoins,
        at: usize,
    ) -> Result<(TableWithJoins, Option<(String, String)>), QueryError> {
        let refused =
            || QueryError::new("NOT_SUPPORTED", "UNNEST is supported beside a single table or subquery only");
        if at != 0 {
            return Err(refused());
        }
        let TableFactor::UNNEST { alias, array_exprs, with_ordinality, .. } = &from.joins[0].relation else {
            return Err(refused());
        };
        let qualifier = match &from.relation {
            TableFactor::Table { alias: Some(alias), .. }
            | TableFactor::Derived { alias: Some(alias), .. } => alias.name.value.to_lowercase(),
            TableFactor::Table { name, .. } => name
                .0
                .last()
                .and_then(|part| part.as_ident())
                .map(|ident| ident.value.to_lowercase())
                .ok_or_else(refused)?,
            _ => return Err(refused()),
        };
        let names: Vec<String> = alias
            .iter()
            .flat_map(|alias| &alias.columns)
            .map(|column| column.name.value.to_lowercase())
            .collect();
        let mut columns = Vec::new();
        let wanted = names.len().saturating_sub(usize::from(*with_ordinality));
        for expr in array_exprs {
            let kind = column_of(expr).and_then(|column| (self.kind_of)(&column)).unwrap_or_default();
            if kind.starts_with("map<") {
                columns.push(format!("unnest(map_keys({expr}))"));
                columns.push(format!("unnest(map_values({expr}))"));
            } else if let Some(fields) =
                kind.strip_prefix("array<struct<").filter(|_| wanted > array_exprs.len())
            {
                for field in struct_fields(fields) {
                    columns.push(format!("get_field(unnest({expr}), '{field}')"));
                }
            } else {
                columns.push(format!("unnest({expr})"));
            }
        }
        if *with_ordinality && let Some(first) = array_exprs.first() {
            columns.push(format!("unnest(range(1, CAST(cardinality({first}) AS BIGINT) + 1))"));
        }
        let named = columns.iter().enumerate().map(|(place, column)| {
            let name = names.get(place).cloned().unwrap_or_else(|| format!("_unnest{place}"));
            format!("{column} AS \"{name}\"")
        });
        let inner = format!("SELECT *, {} FROM {}", named.collect::<Vec<_>>().join(", "), from.relation);
        let text = format!("SELECT * FROM ({inner}) AS \"{qualifier}\"");
        let SetExpr::Select(parsed) = *parse(&text)?.body else { return Err(refused()) };
        let mut all = parsed.from.into_iter().next().ok_or_else(refused)?;
        all.joins = from.joins[1..].to_vec();
        let outer = alias.as_ref().map(|alias| (alias.name.value.to_lowercase(), qualifier));
        Ok((all, outer))
    }
}

fn is_unnest(factor: &TableFactor) -> bool {
    matches!(factor, TableFactor::UNNEST { .. })
}

/// The column that an expression is.
fn column_of(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Identifier(ident) => Some(ident.value.to_lowercase()),
        Expr::CompoundIdentifier(idents) => idents.last().map(|ident| ident.value.to_lowercase()),
        _ => None,
    }
}

/// Names of the fields of `a:int,b:struct<…>>>`.
fn struct_fields(text: &str) -> Vec<String> {
    let (mut names, mut depth, mut name, mut in_name) = (Vec::new(), 0, String::new(), true);
    for character in text.chars() {
        match character {
            '<' | '(' => depth += 1,
            '>' if depth == 0 => break,
            '>' | ')' => depth -= 1,
            ':' if depth == 0 && in_name => {
                names.push(std::mem::take(&mut name));
                in_name = false;
            }
            ',' if depth == 0 => in_name = true,
            other if in_name => name.push(other),
            _ => {}
        }
    }
    names
}

/// Gives a qualifier another name.
struct Renamer {
    from: String,
    to: String,
}

impl VisitorMut for Renamer {
    type Break = ();

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        if let Expr::CompoundIdentifier(idents) = expr
            && let Some(first) = idents.first_mut()
            && first.value.eq_ignore_ascii_case(&self.from)
        {
            first.value.clone_from(&self.to);
            first.quote_style = Some('"');
        }
        ControlFlow::Continue(())
    }
}

/// What the columns of an answer are called; `None` for a star.
pub(crate) fn names(query: &ast::Query) -> Option<Vec<Option<String>>> {
    let mut body = &*query.body;
    loop {
        match body {
            SetExpr::Select(select) => {
                let name = |(at, item): (usize, &SelectItem)| match item {
                    SelectItem::UnnamedExpr(expr) => {
                        Some(simple_name(expr).unwrap_or_else(|| format!("_col{at}")))
                    }
                    SelectItem::ExprWithAlias { alias, .. } => Some(alias.value.clone()),
                    SelectItem::ExprWithAliases { .. }
                    | SelectItem::QualifiedWildcard(..)
                    | SelectItem::Wildcard(_) => None,
                };
                return Some(select.projection.iter().enumerate().map(name).collect());
            }
            SetExpr::Query(query) => body = &query.body,
            SetExpr::SetOperation { left, .. } => body = left,
            SetExpr::Values(values) => {
                let width = values.rows.first().map_or(0, |row| row.content.len());
                return Some((0..width).map(|at| Some(format!("_col{at}"))).collect());
            }
            SetExpr::Insert(_)
            | SetExpr::Update(_)
            | SetExpr::Delete(_)
            | SetExpr::Merge(_)
            | SetExpr::Table(_) => {
                return None;
            }
        }
    }
}

/// The name of a column or of a field.
fn simple_name(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Identifier(ident) => Some(ident.value.clone()),
        Expr::CompoundIdentifier(idents) => idents.last().map(|ident| ident.value.clone()),
        _ => None,
    }
}

/// Makes the tree DataFusion's.
pub(crate) fn rewrite(query: &mut ast::Query) {
    let _: ControlFlow<()> = query.visit(&mut Rewriter);
}

struct Rewriter;

fn lower(ident: &mut Ident) {
    ident.value = ident.value.to_lowercase();
    ident.quote_style = Some('"');
}

impl VisitorMut for Rewriter {
    type Break = ();

    fn pre_visit_query(&mut self, query: &mut ast::Query) -> ControlFlow<()> {
        for cte in query.with.iter_mut().flat_map(|with| &mut with.cte_tables) {
            lower(&mut cte.alias.name);
            cte.alias.columns.iter_mut().for_each(|column| lower(&mut column.name));
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &mut Select) -> ControlFlow<()> {
        let mut seen: Vec<String> = Vec::new();
        for (at, item) in select.projection.iter_mut().enumerate() {
            if let SelectItem::ExprWithAlias { alias, .. } = item {
                lower(alias);
            }
            let SelectItem::UnnamedExpr(expr) = item else { continue };
            let name = simple_name(expr).map(|name| name.to_lowercase());
            let is_plain = matches!(expr, Expr::Identifier(_));
            // A second column of a name gets another one here; the answer has the first again.
            let alias = match name {
                Some(name) if is_plain && seen.contains(&name) => format!("{name}__{at}"),
                Some(name) => {
                    if is_plain {
                        seen.push(name);
                    }
                    continue;
                }
                None => format!("_col{at}"),
            };
            let alias = Ident::with_quote('"', alias);
            *item = SelectItem::ExprWithAlias { expr: expr.clone(), alias };
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &mut TableFactor) -> ControlFlow<()> {
        if let TableFactor::Table { alias: Some(alias), .. }
        | TableFactor::Derived { alias: Some(alias), .. }
        | TableFactor::UNNEST { alias: Some(alias), .. }
        | TableFactor::NestedJoin { alias: Some(alias), .. } = factor
        {
            lower(&mut alias.name);
            alias.columns.iter_mut().for_each(|column| lower(&mut column.name));
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_relation(&mut self, relation: &mut ast::ObjectName) -> ControlFlow<()> {
        for part in &mut relation.0 {
            if let ast::ObjectNamePart::Identifier(ident) = part {
                lower(ident);
            }
        }
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        match expr {
            Expr::Identifier(ident) => lower(ident),
            Expr::CompoundIdentifier(idents) => idents.iter_mut().for_each(lower),
            // With an exponent a number is a double, without one a decimal.
            Expr::Value(ast::ValueWithSpan { value: Value::Number(number, _), .. })
                if number.contains(['e', 'E']) =>
            {
                let text = format!("CAST('{number}' AS DOUBLE)");
                *expr = parse_expression(&text).expect("it parses");
            }
            Expr::Cast { data_type, .. } => *data_type = cast_type(data_type.clone()),
            Expr::TypedString(typed) => typed.data_type = cast_type(typed.data_type.clone()),
            Expr::Function(function) => {
                if let Some(other) = replaced(function) {
                    *expr = other;
                }
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

/// A type as DataFusion calls it.
fn cast_type(kind: ast::DataType) -> ast::DataType {
    use ast::DataType;
    match kind {
        DataType::Varbinary(_) => DataType::Bytea,
        DataType::Timestamp(_, zone) => DataType::Timestamp(None, zone),
        DataType::Time(_, zone) => DataType::Time(None, zone),
        DataType::JSON => DataType::Varchar(None),
        other => other,
    }
}

/// What stands for a call, if anything else does.
fn replaced(function: &ast::Function) -> Option<Expr> {
    let name = function.name.0.last()?.as_ident()?.value.to_lowercase();
    let FunctionArguments::List(list) = &function.args else { return None };
    let arguments: Option<Vec<&Expr>> = list
        .args
        .iter()
        .map(|argument| match argument {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Some(expr),
            _ => None,
        })
        .collect();
    let arguments = arguments?;
    match (name.as_str(), arguments.as_slice()) {
        // TRY around a cast is the cast that gives null; around anything else nothing changes.
        ("try", [Expr::Cast { expr, data_type, array, format, .. }]) => Some(Expr::Cast {
            kind: CastKind::TryCast,
            expr: expr.clone(),
            data_type: data_type.clone(),
            array: *array,
            format: format.clone(),
        }),
        ("try", [other]) => Some((*other).clone()),
        ("element_at", [from, at]) => {
            let is_place = match at {
                Expr::Value(value) => matches!(value.value, Value::Number(..)),
                Expr::UnaryOp { .. } => true,
                _ => false,
            };
            let text =
                if is_place { "array_element($1, $2)" } else { "array_element(map_extract($1, $2), 1)" };
            let template = parse_expression(text).expect("it parses");
            Some(substituted(&template, &[*from, *at]))
        }
        _ => {
            let key = COMPILED.keys().find(|(there, count)| *there == name && *count == arguments.len())?;
            let mut whole = substituted(&COMPILED[key], &arguments);
            // What is added to a day gives a day.
            if name == "date_add" && arguments.last().is_some_and(|moment| is_date(moment)) {
                whole = substituted(&parse_expression("CAST($1 AS DATE)").expect("it parses"), &[&whole]);
            }
            // A window or a filter belongs to the function that stands for this one.
            if let Expr::Function(made) = &mut whole {
                made.over.clone_from(&function.over);
                made.filter.clone_from(&function.filter);
            }
            Some(Expr::Nested(Box::new(whole)))
        }
    }
}

/// Whether an expression shows that it is a date.
fn is_date(expr: &Expr) -> bool {
    match expr {
        Expr::Nested(inner) => is_date(inner),
        Expr::Cast { data_type, .. } => *data_type == ast::DataType::Date,
        Expr::TypedString(typed) => typed.data_type == ast::DataType::Date,
        Expr::Function(function) => function.name.to_string().to_lowercase().contains("current_date"),
        _ => false,
    }
}

fn substituted(template: &Expr, arguments: &[&Expr]) -> Expr {
    let mut whole = template.clone();
    let _: ControlFlow<()> = whole.visit(&mut Substituter { arguments });
    whole
}

struct Substituter<'s> {
    arguments: &'s [&'s Expr],
}

impl VisitorMut for Substituter<'_> {
    type Break = ();

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        if let Expr::Value(value) = expr
            && let Value::Placeholder(name) = &value.value
            && let Some(argument) = name.strip_prefix('$').and_then(|number| number.parse::<usize>().ok())
            && let Some(argument) = self.arguments.get(argument.wrapping_sub(1))
        {
            // A lambda must stand as it is; anything else keeps its brackets.
            *expr = match argument {
                Expr::Lambda(_) | Expr::Value(_) | Expr::Identifier(_) | Expr::CompoundIdentifier(_) => {
                    (*argument).clone()
                }
                other => Expr::Nested(Box::new((*other).clone())),
            };
        }
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(sql: &str) -> String {
        let mut query = parse(sql).unwrap();
        unnest(&mut query, &|_| None).unwrap();
        rewrite(&mut query);
        query.to_string()
    }

    #[test]
    fn every_template_parses() {
        assert_eq!(COMPILED.len(), TEMPLATES.len());
    }

    #[test]
    fn functions_go_by_their_other_names() {
        assert_eq!(
            rewritten("SELECT year(D) FROM t"),
            "SELECT (CAST(date_part('year', \"d\") AS BIGINT)) AS \"_col0\" FROM \"t\""
        );
        assert!(rewritten("SELECT try(CAST(a AS INT))").contains("TRY_CAST"));
        assert!(rewritten("SELECT element_at(m, 'k')").contains("map_extract"));
    }

    #[test]
    fn columns_keep_the_names_that_they_were_given() {
        let names = |sql: &str| names(&parse(sql).unwrap()).unwrap();
        let some = |name: &str| Some(name.to_owned());
        assert_eq!(
            names("SELECT a, t.B, count(*), 1 AS X, * FROM t"),
            [some("a"), some("B"), some("_col2"), some("X"), None]
        );
        assert_eq!(names("SELECT 1 AS a UNION SELECT 2"), [some("a")]);
    }

    #[test]
    fn unnest_beside_a_table_becomes_a_subquery() {
        let sql = rewritten("SELECT t.id, u.e FROM t CROSS JOIN UNNEST(t.arr) AS u(e) WHERE u.e > 1");
        assert!(sql.contains("unnest(\"t\".\"arr\")") && sql.contains("WHERE \"t\".\"e\" > 1"), "{sql}");
    }

    #[test]
    fn parameters_are_counted() {
        let mut query = parse("SELECT ? WHERE a = ?").unwrap();
        assert!(fill(&mut query, &["1".to_owned()]).is_err());
        let mut query = parse("SELECT ? WHERE a = ?").unwrap();
        fill(&mut query, &["1".to_owned(), "'x'".to_owned()]).unwrap();
        assert_eq!(query.to_string(), "SELECT (1) WHERE a = ('x')");
    }
}
