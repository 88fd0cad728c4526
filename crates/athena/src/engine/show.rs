//! Statements that show the catalog. Columns are as wide as Hive makes them: what is shorter is filled with blanks.

use ports::CatalogRefusal;
use regex::Regex;
use serde_json::Value;

use super::Athena;
use super::answer::{Lines, Question, string_column};
use super::catalog::{is_missing, list, text};
use super::error::Failure;
use super::sources::{is_view, view_statement};
use super::statement::{Statement, TableName};

/// The width of a column.
const WIDTH: usize = 20;

/// The database of a name.
pub fn database_of<'t>(question: &'t Question<'_>, table: &'t TableName) -> &'t str {
    table.database.as_deref().unwrap_or(&question.database)
}

/// A refusal about a table.
pub fn about_table(refusal: CatalogRefusal, table: &TableName) -> Failure {
    if is_missing(&refusal) { Failure::no_table(&table.name) } else { refusal.into() }
}

/// A refusal about a database.
pub fn about_database(refusal: CatalogRefusal, name: &str) -> Failure {
    if is_missing(&refusal) { Failure::no_database(name) } else { refusal.into() }
}

/// Hive's patterns: `*` is anything, `|` is or, whatever the case.
fn pattern(text: &str) -> Result<Regex, Failure> {
    let alternatives: Vec<String> = text.split('|').map(|one| one.replace('*', ".*")).collect();
    Regex::new(&format!("^(?i:{})$", alternatives.join("|")))
        .map_err(|_| Failure::ddl(format!("SemanticException Invalid pattern {text}")))
}

fn matching(names: impl Iterator<Item = String>, wanted: Option<&String>) -> Result<Vec<String>, Failure> {
    let wanted = wanted.map(|text| pattern(text)).transpose()?;
    Ok(names.filter(|name| wanted.as_ref().is_none_or(|wanted| wanted.is_match(name))).collect())
}

fn name(value: &Value) -> String {
    text(value, "Name").unwrap_or_default().to_owned()
}

/// Fills up to a column's width.
fn wide(text: &str) -> String {
    format!("{text:WIDTH$}")
}

impl Athena {
    /// A table that must be there.
    pub(crate) async fn table(&self, question: &Question<'_>, table: &TableName) -> Result<Value, Failure> {
        let found = question.asker.catalog.table(database_of(question, table), &table.name).await;
        found.map_err(|refusal| about_table(refusal, table))
    }

    /// What a statement shows.
    pub(crate) async fn shown(
        &self,
        question: &Question<'_>,
        statement: &Statement,
    ) -> Result<Lines, Failure> {
        let catalog = &question.asker.catalog;
        match statement {
            Statement::ShowDatabases { pattern } => {
                let all = catalog.databases().await?;
                Ok(Lines::of("database_name", matching(all.iter().map(name), pattern.as_ref())?))
            }
            Statement::ShowTables { database, pattern, views } => {
                let database = database.as_ref().unwrap_or(&question.database);
                let all = catalog.tables(database, None).await;
                let all = all.map_err(|refusal| about_database(refusal, database))?;
                let wanted = all.iter().filter(|table| !views || is_view(table)).map(name);
                let column = if *views { "views" } else { "tab_name" };
                Ok(Lines::of(column, matching(wanted, pattern.as_ref())?))
            }
            Statement::ShowColumns(table) => {
                let found = self.table(question, table).await?;
                let own = list(&found["StorageDescriptor"], "Columns").iter();
                let names = own.chain(list(&found, "PartitionKeys"));
                Ok(Lines::of("field", names.map(|column| wide(&name(column))).collect()))
            }
            Statement::ShowPartitions(table) => self.partition_lines(question, table).await,
            Statement::ShowProperties { table, property } => {
                let found = self.table(question, table).await?;
                let all = found["Parameters"].as_object().into_iter().flatten();
                let wanted = all.filter(|(key, _)| property.as_ref().is_none_or(|property| property == *key));
                let line = |(key, value): (&String, &Value)| {
                    let value = value.as_str().unwrap_or_default();
                    if property.is_some() { value.to_owned() } else { format!("{key}\t{value}") }
                };
                let columns = vec![string_column("prpt_name"), string_column("prpt_value")];
                Ok(Lines { columns, lines: wanted.map(line).collect() })
            }
            Statement::ShowCreate { table, view } => {
                let found = self.table(question, table).await?;
                let database = database_of(question, table);
                match (view_statement(&found), view) {
                    (Some((sql, _)), _) => {
                        let mut lines = vec![format!("CREATE VIEW {database}.{} AS", table.name)];
                        lines.extend(sql.lines().map(str::to_owned));
                        Ok(Lines::of("Create View", lines))
                    }
                    (None, true) => {
                        Err(Failure::ddl(format!("SemanticException {} is not a view", table.name)))
                    }
                    (None, false) => Ok(Lines::of("createtab_stmt", create_statement(database, &found))),
                }
            }
            Statement::Describe(table) => Ok(described(&self.table(question, table).await?)),
            Statement::Select(_)
            | Statement::Explain(_)
            | Statement::Insert { .. }
            | Statement::CreateTableAs { .. }
            | Statement::Unload { .. }
            | Statement::Execute { .. }
            | Statement::CreateView { .. }
            | Statement::CreateDatabase { .. }
            | Statement::DropDatabase { .. }
            | Statement::CreateTable { .. }
            | Statement::Drop { .. }
            | Statement::AlterTable { .. }
            | Statement::Repair(_) => {
                Err(Failure::system("GENERIC_INTERNAL_ERROR: not a statement that shows"))
            }
        }
    }

    async fn partition_lines(&self, question: &Question<'_>, table: &TableName) -> Result<Lines, Failure> {
        let found = self.table(question, table).await?;
        let keys: Vec<String> = list(&found, "PartitionKeys").iter().map(name).collect();
        if keys.is_empty() {
            let text = format!("SemanticException Table {} is not a partitioned table", table.name);
            return Err(Failure::ddl(text));
        }
        let all = question.asker.catalog.partitions(database_of(question, table), &table.name, None).await?;
        let line = |partition: &Value| {
            let values = list(partition, "Values").iter().map(|value| value.as_str().unwrap_or_default());
            let pairs: Vec<String> =
                keys.iter().zip(values).map(|(key, value)| format!("{key}={value}")).collect();
            pairs.join("/")
        };
        Ok(Lines::of("partition", all.iter().map(line).collect()))
    }
}

/// Columns of a table, and its keys once more (facts section 5).
fn described(table: &Value) -> Lines {
    let line = |column: &Value| {
        let of = |name: &str| wide(text(column, name).unwrap_or_default());
        format!("{}\t{}\t{}", of("Name"), of("Type"), of("Comment"))
    };
    let own = list(&table["StorageDescriptor"], "Columns");
    let keys = list(table, "PartitionKeys");
    let mut lines: Vec<String> = own.iter().chain(keys).map(line).collect();
    if !keys.is_empty() {
        let blank = "\t \t ".to_owned();
        lines.push(blank.clone());
        lines.push("# Partition Information\t \t ".to_owned());
        lines.push(format!("{}\t{}\t{}", wide("# col_name"), wide("data_type"), wide("comment")));
        lines.push(blank);
        lines.extend(keys.iter().map(line));
    }
    let columns = ["col_name", "data_type", "comment"].map(string_column).into();
    Lines { columns, lines }
}

/// A text as Hive quotes it.
fn quoted(text: &str) -> String {
    let mut all = String::from("'");
    for character in text.chars() {
        match character {
            '\'' => all.push_str("\\'"),
            '\\' => all.push_str("\\\\"),
            '\n' => all.push_str("\\n"),
            '\t' => all.push_str("\\t"),
            control if (control as u32) < 32 => all.push_str(&format!("\\u{:04X}", control as u32)),
            other => all.push(other),
        }
    }
    all.push('\'');
    all
}

/// The statement that would make a table again, in lines.
fn create_statement(database: &str, table: &Value) -> Vec<String> {
    let mut lines = vec![format!("CREATE EXTERNAL TABLE `{database}.{}`(", name(table))];
    let columns = |lines: &mut Vec<String>, all: &[Value]| {
        for (at, column) in all.iter().enumerate() {
            let comment = text(column, "Comment").filter(|comment| !comment.is_empty());
            let comment = comment.map(|comment| format!(" COMMENT {}", quoted(comment))).unwrap_or_default();
            let end = if at + 1 == all.len() { ")" } else { ", " };
            let kind = text(column, "Type").unwrap_or_default();
            lines.push(format!("  `{}` {kind}{comment}{end}", name(column)));
        }
    };
    let pairs = |lines: &mut Vec<String>, all: &Value| {
        let all: Vec<(&String, &Value)> = all.as_object().into_iter().flatten().collect();
        for (at, (key, value)) in all.iter().enumerate() {
            let end = if at + 1 == all.len() { ")" } else { ", " };
            lines.push(format!("  {}={}{end}", quoted(key), quoted(value.as_str().unwrap_or_default())));
        }
    };
    let is_empty = |value: &Value| value.as_object().is_none_or(serde_json::Map::is_empty);
    let descriptor = &table["StorageDescriptor"];
    columns(&mut lines, list(descriptor, "Columns"));
    if let Some(comment) = text(table, "Description") {
        lines.push(format!("COMMENT {}", quoted(comment)));
    }
    let keys = list(table, "PartitionKeys");
    if !keys.is_empty() {
        lines.push("PARTITIONED BY ( ".to_owned());
        columns(&mut lines, keys);
    }
    let serde = &descriptor["SerdeInfo"];
    if let Some(library) = text(serde, "SerializationLibrary") {
        lines.push("ROW FORMAT SERDE ".to_owned());
        lines.push(format!("  {} ", quoted(library)));
        if !is_empty(&serde["Parameters"]) {
            lines.push("WITH SERDEPROPERTIES ( ".to_owned());
            pairs(&mut lines, &serde["Parameters"]);
        }
    }
    if let Some(input) = text(descriptor, "InputFormat").filter(|input| !input.is_empty()) {
        lines.push("STORED AS INPUTFORMAT ".to_owned());
        lines.push(format!("  {} ", quoted(input)));
        lines.push("OUTPUTFORMAT ".to_owned());
        lines.push(format!("  {}", quoted(text(descriptor, "OutputFormat").unwrap_or_default())));
    }
    if let Some(location) = text(descriptor, "Location") {
        lines.push("LOCATION".to_owned());
        lines.push(format!("  {}", quoted(location)));
    }
    if !is_empty(&table["Parameters"]) {
        lines.push("TBLPROPERTIES (".to_owned());
        pairs(&mut lines, &table["Parameters"]);
    }
    lines
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::statement::Statement;

    #[test]
    fn keys_are_described_twice() {
        let table = json!({"StorageDescriptor": {"Columns": [{"Name": "number_of_rows", "Type": "int"}]}, "PartitionKeys": [{"Name": "p", "Type": "string"}]});
        let lines = described(&table).lines;
        assert_eq!(lines[0], "number_of_rows      \tint                 \t                    ");
        assert_eq!(lines.len(), 7);
        assert_eq!(lines[1], lines[6]);
    }

    #[test]
    fn the_statement_that_is_shown_makes_the_table_again() {
        let table = json!({"Name": "t", "Description": "it's", "StorageDescriptor": {"Columns": [{"Name": "a", "Type": "array<int>"}, {"Name": "b", "Type": "string", "Comment": "c"}],
            "Location": "s3://b/t/", "InputFormat": "i", "OutputFormat": "o", "SerdeInfo": {"SerializationLibrary": "s", "Parameters": {"field.delim": "\t"}}},
            "PartitionKeys": [{"Name": "p", "Type": "string"}], "Parameters": {"x": "y", "z": "1"}});
        let sql = create_statement("db", &table).join("\n");
        let Ok(Statement::CreateTable { table, new }) = Statement::parse(&sql) else { panic!("{sql}") };
        assert_eq!(table.database.as_deref(), Some("db"));
        assert_eq!(new.columns[0].kind, "array<int>");
        assert_eq!(new.serde_parameters["field.delim"], "\t");
        assert_eq!(new.comment.as_deref(), Some("it's"));
    }

    #[test]
    fn stars_match_anything() {
        assert!(pattern("a*|b").unwrap().is_match("ABC"));
        assert!(!pattern("a*|b").unwrap().is_match("bc"));
    }
}
