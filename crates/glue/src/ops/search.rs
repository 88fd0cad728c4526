//! SearchTables.

use base::Timestamp;
use service::Access;
use wire::time::{Precision, iso};

use super::access;
use super::operation::operation;
use super::{pages, shown};
use crate::engine::Error;
use crate::engine::tables::TableAt;
use crate::shapes::*;

/// Tables of one answer.
const RESULTS_MAX: usize = 1_000;
/// Tables that one call looks at before it answers with what it has and a token.
const LOOKS_MAX: usize = 10_000;
/// Databases and tables of one scan.
const SCAN: usize = 200;

operation! {
    /// Tables that a text or properties are found in. <https://docs.aws.amazon.com/glue/latest/webapi/API_SearchTables.html>
    /// Differs: order is kept within each answer.
    SearchTables(SearchTablesRequest) -> SearchTablesResponse;
    access(glue, call, input) {
        access::within(glue, "glue:SearchTables", &access::catalog(call, input.catalog_id.as_ref())?, &[]).await?
    }
    run(glue, call, input) {
        let catalog = access::catalog(call, input.catalog_id.as_ref())?;
        let search = Search::of(&input);
        let of = format!("{}/{:?}/{:?}", catalog.account, input.search_text, input.filters);
        let purpose = pages::purpose(call, "SearchTables", &of);
        let limit = pages::limit(input.max_results, RESULTS_MAX);
        let token = pages::after(glue, &purpose, input.next_token.as_ref())?;
        let (mut database, mut after) = match token.as_deref().and_then(|token| token.split_once('\u{0}')) {
            Some((database, after)) => (Some(database.to_owned()), Some(after.to_owned())),
            None => (None, None),
        };
        let mut found = Vec::new();
        let mut looks = 0;
        let mut next_token = None;
        // The database of the token itself, then those after it.
        let mut resumed = database.clone();
        'databases: loop {
            let name = match resumed.take() {
                Some(name) => name,
                None => {
                    let page = glue.databases(&catalog, database.as_deref(), 1).await?;
                    match page.items.into_iter().next() {
                        Some((at, _)) => at.name,
                        None => break,
                    }
                }
            };
            database = Some(name.clone());
            let database_at = catalog.named(&name);
            loop {
                let page = match glue.table_rows(&database_at, after.as_deref(), SCAN).await {
                    Ok(page) => page,
                    // It was dropped meanwhile.
                    Err(Error::NotFound(_)) => break,
                    Err(error) => return Err(error.into()),
                };
                for (table, row) in page.items {
                    looks += 1;
                    let at = TableAt { catalog: catalog.clone(), database: name.clone(), name: table.clone() };
                    let shown = shown::table(&at, &row, &row.state)?;
                    let hit = search.takes(&shown);
                    let full = found.len() >= limit || looks > LOOKS_MAX;
                    if full && (hit || looks > LOOKS_MAX) {
                        let last = format!("{name}\u{0}{}", after.unwrap_or_default());
                        next_token = Some(pages::seal(glue, &purpose, last.as_bytes()));
                        break 'databases;
                    }
                    let arn = catalog.arn(&format!("table/{name}/{table}"));
                    if hit && call.allow(Access::owned("glue:SearchTables", arn, catalog.account)).await.is_ok() {
                        found.push(shown);
                    }
                    after = Some(table);
                }
                if !page.more {
                    break;
                }
            }
            after = None;
        }
        if let Some(criterion) = input.sort_criteria.and_then(|all| all.into_iter().next()) {
            sort(&mut found, &criterion);
        }
        Ok(SearchTablesResponse { table_list: Some(found), next_token })
    }
}

/// What is searched for.
struct Search {
    text: Option<String>,
    exact: bool,
    filters: Vec<(String, String, String)>,
}

impl Search {
    fn of(input: &SearchTablesRequest) -> Self {
        let text = input.search_text.as_deref().map(str::to_lowercase);
        let exact =
            text.as_deref().and_then(|text| text.strip_prefix('"')?.strip_suffix('"')).map(str::to_owned);
        let filter = |filter: &PropertyPredicate| {
            let part = |part: &Option<String>| part.clone().unwrap_or_default();
            (part(&filter.key).to_lowercase(), part(&filter.value), part(&filter.comparator))
        };
        Self {
            exact: exact.is_some(),
            text: exact.or(text),
            filters: input.filters.iter().flatten().map(filter).collect(),
        }
    }

    fn takes(&self, table: &Table) -> bool {
        let found = self.text.as_ref().is_none_or(|text| {
            texts(table).iter().any(|there| {
                let there = there.to_lowercase();
                if self.exact { there == *text } else { there.contains(text.as_str()) }
            })
        });
        found && self.filters.iter().all(|(key, value, comparator)| meets(table, key, value, comparator))
    }
}

/// Everything of a table that is searched.
fn texts(table: &Table) -> Vec<&str> {
    let mut texts: Vec<&str> = Vec::new();
    texts.extend(table.name.as_deref());
    texts.extend(table.database_name.as_deref());
    texts.extend(table.description.as_deref());
    let columns = table.storage_descriptor.iter().flat_map(|descriptor| descriptor.columns.iter().flatten());
    for column in columns.chain(table.partition_keys.iter().flatten()) {
        texts.extend(column.name.as_deref());
        texts.extend(column.comment.as_deref());
    }
    for (name, value) in table.parameters.iter().flatten() {
        texts.extend([name.as_str(), value.as_str()]);
    }
    texts
}

/// Whether a property of a table meets a filter: a time compares, a text has the value among its words.
fn meets(table: &Table, key: &str, value: &str, comparator: &str) -> bool {
    let time = match key {
        "createtime" => table.create_time,
        "updatetime" | "lastupdatedtime" => table.update_time,
        "lastaccesstime" => table.last_access_time,
        _ => None,
    };
    if let Some(time) = time {
        return compares(time, value, comparator);
    }
    let own = match key {
        "name" | "tablename" => table.name.as_deref(),
        "database" | "databasename" => table.database_name.as_deref(),
        "description" => table.description.as_deref(),
        "owner" => table.owner.as_deref(),
        "tabletype" => table.table_type.as_deref(),
        "createdby" => table.created_by.as_deref(),
        _ => None,
    };
    let has = |text: &str| {
        let mut words = text.split(|c: char| c.is_ascii_punctuation() || c.is_whitespace());
        text.eq_ignore_ascii_case(value) || words.any(|word| word.eq_ignore_ascii_case(value))
    };
    match own {
        Some(text) => has(text),
        None if key == "columnname" => {
            let descriptor = table.storage_descriptor.iter();
            let columns = descriptor.flat_map(|descriptor| descriptor.columns.iter().flatten());
            columns
                .chain(table.partition_keys.iter().flatten())
                .any(|column| column.name.as_deref().is_some_and(has))
        }
        None => {
            table.parameters.iter().flatten().any(|(name, there)| name.to_lowercase() == key && has(there))
        }
    }
}

fn compares(time: Timestamp, value: &str, comparator: &str) -> bool {
    let shown = match value.parse::<i64>() {
        Ok(_) => format!("{:020}", time.as_secs()),
        Err(_) => iso(time, Precision::Seconds),
    };
    let value = value.parse::<i64>().map_or_else(|_| value.to_owned(), |secs| format!("{secs:020}"));
    match comparator {
        "GREATER_THAN" => shown > value,
        "GREATER_THAN_EQUALS" => shown >= value,
        "LESS_THAN" => shown < value,
        "LESS_THAN_EQUALS" => shown <= value,
        // EQUALS, and what names none.
        _ => shown == value,
    }
}

fn sort(tables: &mut [Table], criterion: &SortCriterion) {
    let field = criterion.field_name.as_deref().unwrap_or_default().to_lowercase();
    let key = |table: &Table| match field.as_str() {
        "databasename" | "database" => (table.database_name.clone().unwrap_or_default(), 0),
        "updatetime" => (String::new(), table.update_time.map_or(0, Timestamp::as_micros)),
        "createtime" => (String::new(), table.create_time.map_or(0, Timestamp::as_micros)),
        _ => (table.name.clone().unwrap_or_default(), 0),
    };
    tables.sort_by_key(key);
    if criterion.sort.as_deref() == Some("DESC") {
        tables.reverse();
    }
}
