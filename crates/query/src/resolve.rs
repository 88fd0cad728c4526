//! Which tables a statement reads. Views are laid open where they are named: what they read is read as whoever asks.

use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use datafusion::sql::sqlparser::ast::{
    self, Ident, ObjectName, ObjectNamePart, TableAlias, TableFactor, Visit, VisitMut, Visitor, VisitorMut,
};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use ports::{QueryError, QueryRelation, QueryTables};

use crate::dialect::parse;

/// How deep views may stand on views.
const VIEWS_MAX: usize = 16;
/// The name that the catalog goes by.
pub(crate) const CATALOG: &str = "awsdatacatalog";

/// Tables by database and name.
pub(crate) type Found = BTreeMap<(String, String), QueryRelation>;

/// Finds everything that a statement names. Names come out with their database.
pub(crate) fn resolve<'a>(
    query: &'a mut ast::Query,
    database: &'a str,
    tables: &'a Arc<dyn QueryTables>,
    found: &'a mut Found,
    depth: usize,
) -> BoxFuture<'a, Result<(), QueryError>> {
    async move {
        if depth > VIEWS_MAX {
            return Err(QueryError::new("VIEW_IS_RECURSIVE", "Statement would create a recursive view"));
        }
        let mut views = BTreeMap::new();
        for (name, parts) in relations(query) {
            let (of, table) = split(&name, &parts, database)?;
            let key = (of.clone(), table.clone());
            if found.contains_key(&key) || views.contains_key(&key) {
                continue;
            }
            match tables.relation(&of, &table).await? {
                Some(QueryRelation::View { sql, database }) => {
                    let mut inner = parse(&sql)?;
                    resolve(&mut inner, &database, tables, found, depth + 1).await?;
                    views.insert(key, inner);
                }
                Some(relation) => {
                    found.insert(key, relation);
                }
                None => {
                    let message = format!("Table '{CATALOG}.{of}.{table}' does not exist");
                    let error = QueryError::new("TABLE_NOT_FOUND", message);
                    return Err(match place(&name) {
                        Some((line, column)) => error.at(line, column),
                        None => error,
                    });
                }
            }
        }
        let ctes = cte_names(query);
        let mut qualifier = Qualifier { database, views: &views, ctes: &ctes };
        let _: ControlFlow<()> = query.visit(&mut qualifier);
        Ok(())
    }
    .boxed()
}

fn place(name: &ObjectName) -> Option<(u64, u64)> {
    let span = name.0.first()?.as_ident()?.span;
    (span.start.line > 0).then_some((span.start.line, span.start.column))
}

fn parts_of(name: &ObjectName) -> Vec<String> {
    name.0.iter().filter_map(|part| part.as_ident()).map(|ident| ident.value.to_lowercase()).collect()
}

/// The database and the table of a name.
fn split(name: &ObjectName, parts: &[String], database: &str) -> Result<(String, String), QueryError> {
    match parts {
        [table] => Ok((database.to_owned(), table.clone())),
        [of, table] => Ok((of.clone(), table.clone())),
        [catalog, of, table] if catalog == CATALOG => Ok((of.clone(), table.clone())),
        [catalog, ..] => {
            let error = QueryError::new("SYNTAX_ERROR", format!("Catalog {catalog} does not exist"));
            Err(match place(name) {
                Some((line, column)) => error.at(line, column),
                None => error,
            })
        }
        [] => Err(QueryError::new("SYNTAX_ERROR", "a table without a name")),
    }
}

fn cte_names(query: &ast::Query) -> HashSet<String> {
    struct Names(HashSet<String>);
    impl Visitor for Names {
        type Break = ();
        fn pre_visit_query(&mut self, query: &ast::Query) -> ControlFlow<()> {
            for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
                self.0.insert(cte.alias.name.value.to_lowercase());
            }
            ControlFlow::Continue(())
        }
    }
    let mut names = Names(HashSet::new());
    let _: ControlFlow<()> = query.visit(&mut names);
    names.0
}

/// The tables that a statement names, without those that it defines itself.
fn relations(query: &ast::Query) -> Vec<(ObjectName, Vec<String>)> {
    struct Tables(Vec<(ObjectName, Vec<String>)>);
    impl Visitor for Tables {
        type Break = ();
        fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
            if let TableFactor::Table { name, args: None, .. } = factor {
                self.0.push((name.clone(), parts_of(name)));
            }
            ControlFlow::Continue(())
        }
    }
    let ctes = cte_names(query);
    let mut tables = Tables(Vec::new());
    let _: ControlFlow<()> = query.visit(&mut tables);
    tables.0.retain(|(_, parts)| !(parts.len() == 1 && ctes.contains(&parts[0])));
    tables.0
}

/// Gives names their database, and puts views in the place of their names.
struct Qualifier<'q> {
    database: &'q str,
    views: &'q BTreeMap<(String, String), ast::Query>,
    ctes: &'q HashSet<String>,
}

impl VisitorMut for Qualifier<'_> {
    type Break = ();

    // After what is inside: a view that was laid open has its names already.
    fn post_visit_table_factor(&mut self, factor: &mut TableFactor) -> ControlFlow<()> {
        let TableFactor::Table { name, alias, args: None, .. } = factor else {
            return ControlFlow::Continue(());
        };
        let parts = parts_of(name);
        if parts.len() == 1 && self.ctes.contains(&parts[0]) {
            return ControlFlow::Continue(());
        }
        let Ok((of, table)) = split(name, &parts, self.database) else { return ControlFlow::Continue(()) };
        let key = (of, table);
        let ident = |text: &str| Ident::with_quote('"', text);
        if let Some(view) = self.views.get(&key) {
            let alias = alias.take().unwrap_or(TableAlias {
                explicit: true,
                name: ident(&key.1),
                columns: Vec::new(),
                at: None,
            });
            *factor = TableFactor::Derived {
                lateral: false,
                subquery: Box::new(view.clone()),
                alias: Some(alias),
                sample: None,
            };
        } else {
            let qualified = [CATALOG, &key.0, &key.1].map(|text| ObjectNamePart::Identifier(ident(text)));
            *name = ObjectName(qualified.into());
            // Columns may be qualified by the table alone.
            alias.get_or_insert(TableAlias {
                explicit: true,
                name: ident(&key.1),
                columns: Vec::new(),
                at: None,
            });
        }
        ControlFlow::Continue(())
    }
}
