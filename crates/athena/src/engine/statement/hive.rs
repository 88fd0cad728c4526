//! Hive's statements: what makes, changes and shows databases, tables and partitions.

use std::collections::BTreeMap;

use ports::QueryError;

use super::{Alteration, ColumnDef, NewTable, Parser, PartitionSpec, Statement, StoredAs, TableName};
use crate::engine::lexer::{Kind, mismatch};

impl Parser<'_> {
    fn if_not_exists(&mut self) -> bool {
        self.eat_all(&["IF", "NOT", "EXISTS"])
    }

    fn if_exists(&mut self) -> bool {
        self.eat_all(&["IF", "EXISTS"])
    }

    pub(super) fn create(&mut self) -> Result<Statement, QueryError> {
        self.at += 1;
        let replace = self.eat_all(&["OR", "REPLACE"]);
        if self.eat("VIEW") {
            let view = self.table()?;
            self.expect("AS")?;
            return Ok(Statement::CreateView { view, replace, select: self.rest() });
        }
        if self.eat("DATABASE") || self.eat("SCHEMA") {
            return self.create_database();
        }
        let external = self.eat("EXTERNAL");
        if !self.eat("TABLE") {
            return self.wrong("'DATABASE', 'EXTERNAL', 'OR', 'SCHEMA', 'TABLE', 'VIEW'");
        }
        let if_not_exists = self.if_not_exists();
        let table = self.table()?;
        if !external && (self.peek().is("WITH") || self.peek().is("AS")) {
            return self.create_table_as(table, if_not_exists);
        }
        let new = NewTable { if_not_exists, external, ..NewTable::default() };
        self.create_table(table, new)
    }

    fn create_table_as(&mut self, table: TableName, if_not_exists: bool) -> Result<Statement, QueryError> {
        let properties = if self.eat("WITH") { self.properties()? } else { BTreeMap::new() };
        self.expect("AS")?;
        let rest = self.rest();
        let upper = rest.to_ascii_uppercase();
        let cut =
            |words: &str| upper.ends_with(words).then(|| rest[..rest.len() - words.len()].trim().to_owned());
        let (select, empty) = match (cut("WITH NO DATA"), cut("WITH DATA")) {
            (Some(select), _) => (select, true),
            (None, Some(select)) => (select, false),
            (None, None) => (rest, false),
        };
        Ok(Statement::CreateTableAs { table, if_not_exists, properties, select, empty })
    }

    fn create_database(&mut self) -> Result<Statement, QueryError> {
        let if_not_exists = self.if_not_exists();
        let name = self.name()?;
        let (mut comment, mut location, mut properties) = (None, None, BTreeMap::new());
        loop {
            if self.eat("COMMENT") {
                comment = Some(self.text()?);
            } else if self.eat("LOCATION") {
                location = Some(self.text()?);
            } else if self.eat_all(&["WITH", "DBPROPERTIES"]) {
                properties = self.texts()?;
            } else {
                self.expect_end()?;
                return Ok(Statement::CreateDatabase { name, if_not_exists, comment, location, properties });
            }
        }
    }

    fn create_table(&mut self, table: TableName, mut new: NewTable) -> Result<Statement, QueryError> {
        new.columns = self.columns()?;
        loop {
            if self.eat("COMMENT") {
                new.comment = Some(self.text()?);
            } else if self.eat_all(&["PARTITIONED", "BY"]) {
                new.keys = self.columns()?;
            } else if self.eat_all(&["CLUSTERED", "BY"]) {
                self.expect_mark('(')?;
                let names = self.names()?;
                self.expect("INTO")?;
                let count = self.next().text.parse().unwrap_or(0);
                self.expect("BUCKETS")?;
                new.buckets = Some((names, count));
            } else if self.eat_all(&["ROW", "FORMAT"]) {
                self.row_format(&mut new)?;
            } else if self.eat_all(&["STORED", "AS"]) {
                new.stored_as = Some(self.stored_as()?);
            } else if self.eat_all(&["WITH", "SERDEPROPERTIES"]) {
                new.serde_parameters = self.texts()?;
            } else if self.eat("LOCATION") {
                new.location = Some(self.text()?);
            } else if self.eat("TBLPROPERTIES") {
                new.parameters = self.texts()?;
            } else {
                self.expect_end()?;
                return Ok(Statement::CreateTable { table, new: Box::new(new) });
            }
        }
    }

    fn stored_as(&mut self) -> Result<StoredAs, QueryError> {
        if !self.eat("INPUTFORMAT") {
            return Ok(StoredAs::Format(self.name()?.to_uppercase()));
        }
        let input = self.text()?;
        self.expect("OUTPUTFORMAT")?;
        Ok(StoredAs::Classes { input, output: self.text()? })
    }

    fn row_format(&mut self, new: &mut NewTable) -> Result<(), QueryError> {
        if self.eat("SERDE") {
            new.serde = Some(self.text()?);
            return Ok(());
        }
        self.expect("DELIMITED")?;
        loop {
            let name = if self.eat_all(&["FIELDS", "TERMINATED", "BY"]) {
                "field.delim"
            } else if self.eat_all(&["ESCAPED", "BY"]) {
                "escape.delim"
            } else if self.eat_all(&["COLLECTION", "ITEMS", "TERMINATED", "BY"]) {
                "collection.delim"
            } else if self.eat_all(&["MAP", "KEYS", "TERMINATED", "BY"]) {
                "mapkey.delim"
            } else if self.eat_all(&["LINES", "TERMINATED", "BY"]) {
                "line.delim"
            } else if self.eat_all(&["NULL", "DEFINED", "AS"]) {
                "serialization.null.format"
            } else {
                return Ok(());
            };
            let value = self.text()?;
            if name == "field.delim" {
                new.serde_parameters.insert("serialization.format".to_owned(), value.clone());
            }
            new.serde_parameters.insert(name.to_owned(), value);
        }
    }

    /// `(name type [COMMENT text], …)`.
    fn columns(&mut self) -> Result<Vec<ColumnDef>, QueryError> {
        self.expect_mark('(')?;
        let mut all = Vec::new();
        loop {
            all.push(self.column()?);
            if !self.eat_mark(',') {
                break;
            }
        }
        self.expect_mark(')')?;
        Ok(all)
    }

    fn column(&mut self) -> Result<ColumnDef, QueryError> {
        let name = self.name()?;
        let kind = self.kind()?;
        let comment = if self.eat("COMMENT") { Some(self.text()?) } else { None };
        Ok(ColumnDef { name, kind, comment })
    }

    /// A type as Hive writes it, with what stands in its brackets, without blanks.
    fn kind(&mut self) -> Result<String, QueryError> {
        if !matches!(self.peek().kind, Kind::Word | Kind::Quoted) {
            return self.wrong("<type>");
        }
        let mut kind = self.next().text.to_lowercase();
        if kind == "double" {
            self.eat("PRECISION");
        }
        if !(self.peek().is_mark('<') || self.peek().is_mark('(')) {
            return Ok(kind);
        }
        let mut depth = 0;
        loop {
            let token = self.next();
            match token.kind {
                Kind::Mark('<' | '(') => depth += 1,
                Kind::Mark('>' | ')') => depth -= 1,
                Kind::End => return Err(mismatch(self.sql, &token, "'>'")),
                Kind::Mark(_) | Kind::Word | Kind::Quoted | Kind::Text | Kind::Number => {}
            }
            kind.push_str(&token.text.to_lowercase());
            if depth == 0 {
                return Ok(kind);
            }
        }
    }

    fn names(&mut self) -> Result<Vec<String>, QueryError> {
        let mut all = Vec::new();
        loop {
            all.push(self.name()?);
            if !self.eat_mark(',') {
                break;
            }
        }
        self.expect_mark(')')?;
        Ok(all)
    }

    /// `('name' = 'value', …)`.
    fn texts(&mut self) -> Result<BTreeMap<String, String>, QueryError> {
        self.expect_mark('(')?;
        let mut all = BTreeMap::new();
        loop {
            let name = self.text()?;
            self.expect_mark('=')?;
            let value = if self.peek().kind == Kind::Number { self.next().text } else { self.text()? };
            all.insert(name, value);
            if !self.eat_mark(',') {
                break;
            }
        }
        self.expect_mark(')')?;
        Ok(all)
    }

    pub(super) fn drop(&mut self) -> Result<Statement, QueryError> {
        self.at += 1;
        if self.eat("DATABASE") || self.eat("SCHEMA") {
            let if_exists = self.if_exists();
            let name = self.name()?;
            let cascade = self.eat("CASCADE");
            self.eat("RESTRICT");
            self.expect_end()?;
            return Ok(Statement::DropDatabase { name, if_exists, cascade });
        }
        let view = self.eat("VIEW");
        if !view && !self.eat("TABLE") {
            return self.wrong("'DATABASE', 'SCHEMA', 'TABLE', 'VIEW'");
        }
        let if_exists = self.if_exists();
        let table = self.table()?;
        self.eat("PURGE");
        self.expect_end()?;
        Ok(Statement::Drop { table, if_exists, view })
    }

    pub(super) fn alter(&mut self) -> Result<Statement, QueryError> {
        self.at += 1;
        self.expect("TABLE")?;
        let table = self.table()?;
        let alteration = self.alteration()?;
        self.expect_end()?;
        Ok(Statement::AlterTable { table, alteration })
    }

    fn alteration(&mut self) -> Result<Alteration, QueryError> {
        if self.eat_all(&["ADD", "COLUMNS"]) {
            return Ok(Alteration::AddColumns(self.columns()?));
        }
        if self.eat_all(&["REPLACE", "COLUMNS"]) {
            return Ok(Alteration::ReplaceColumns(self.columns()?));
        }
        if self.eat_all(&["SET", "TBLPROPERTIES"]) {
            return Ok(Alteration::SetProperties(self.texts()?));
        }
        if self.eat_all(&["SET", "LOCATION"]) {
            return Ok(Alteration::SetLocation { partition: None, location: self.text()? });
        }
        if self.eat("CHANGE") {
            self.eat("COLUMN");
            let from = self.name()?;
            return Ok(Alteration::ChangeColumn { from, to: self.column()? });
        }
        if self.eat("ADD") {
            let if_not_exists = self.if_not_exists();
            return Ok(Alteration::AddPartitions { if_not_exists, partitions: self.partitions()? });
        }
        if self.eat("DROP") {
            let if_exists = self.if_exists();
            return Ok(Alteration::DropPartitions { if_exists, partitions: self.partitions()? });
        }
        if !self.peek().is("PARTITION") {
            return self.wrong("'ADD', 'CHANGE', 'DROP', 'PARTITION', 'REPLACE', 'SET'");
        }
        let partition = self.partition()?;
        if self.eat_all(&["RENAME", "TO"]) {
            return Ok(Alteration::RenamePartition { from: partition, to: self.partition()? });
        }
        if self.eat_all(&["SET", "LOCATION"]) {
            return Ok(Alteration::SetLocation { partition: Some(partition), location: self.text()? });
        }
        self.wrong("'RENAME', 'SET'")
    }

    fn partitions(&mut self) -> Result<Vec<PartitionSpec>, QueryError> {
        let mut all = vec![self.partition()?];
        while self.eat_mark(',') || self.peek().is("PARTITION") {
            all.push(self.partition()?);
        }
        Ok(all)
    }

    /// `PARTITION (key = value, …) [LOCATION text]`.
    fn partition(&mut self) -> Result<PartitionSpec, QueryError> {
        self.expect("PARTITION")?;
        self.expect_mark('(')?;
        let mut values = Vec::new();
        loop {
            let key = self.name()?;
            let mut comparison = String::new();
            while let Kind::Mark(mark @ ('=' | '<' | '>' | '!')) = self.peek().kind {
                comparison.push(mark);
                self.at += 1;
            }
            if comparison.is_empty() {
                return self.wrong("'='");
            }
            values.push((key, comparison, self.literal()?));
            if !self.eat_mark(',') {
                break;
            }
        }
        self.expect_mark(')')?;
        let location = if self.eat("LOCATION") { Some(self.text()?) } else { None };
        Ok(PartitionSpec { values, location })
    }

    fn literal(&mut self) -> Result<String, QueryError> {
        match self.peek().kind {
            Kind::Text | Kind::Number | Kind::Quoted => Ok(self.next().text),
            // A typed literal: DATE '2024-01-01'.
            Kind::Word => {
                self.at += 1;
                self.text()
            }
            Kind::Mark('-') => {
                self.at += 1;
                Ok(format!("-{}", self.next().text))
            }
            Kind::Mark(_) | Kind::End => self.wrong("<expression>"),
        }
    }

    pub(super) fn repair(&mut self) -> Result<Statement, QueryError> {
        self.at += 1;
        self.expect("REPAIR")?;
        self.expect("TABLE")?;
        let table = self.table()?;
        self.expect_end()?;
        Ok(Statement::Repair(table))
    }

    pub(super) fn describe(&mut self) -> Result<Statement, QueryError> {
        self.at += 1;
        for word in ["FORMATTED", "EXTENDED", "TABLE"] {
            if self.peek().is(word) && self.ahead(1).kind != Kind::End {
                self.at += 1;
            }
        }
        let table = self.table()?;
        self.expect_end()?;
        Ok(Statement::Describe(table))
    }

    pub(super) fn show(&mut self) -> Result<Statement, QueryError> {
        self.at += 1;
        let views = self.eat("VIEWS");
        let statement = if views || self.eat("TABLES") {
            let database = if self.eat("IN") || self.eat("FROM") { Some(self.name()?) } else { None };
            Statement::ShowTables { database, pattern: self.pattern()?, views }
        } else if self.eat("DATABASES") || self.eat("SCHEMAS") {
            Statement::ShowDatabases { pattern: self.pattern()? }
        } else if self.eat("COLUMNS") {
            Statement::ShowColumns(self.shown_table()?)
        } else if self.eat("PARTITIONS") {
            Statement::ShowPartitions(self.table()?)
        } else if self.eat_all(&["CREATE", "TABLE"]) {
            Statement::ShowCreate { table: self.table()?, view: false }
        } else if self.eat_all(&["CREATE", "VIEW"]) {
            Statement::ShowCreate { table: self.table()?, view: true }
        } else if self.eat("TBLPROPERTIES") {
            let table = self.table()?;
            let property = if self.eat_mark('(') { Some(self.text()?) } else { None };
            if property.is_some() {
                self.expect_mark(')')?;
            }
            Statement::ShowProperties { table, property }
        } else {
            return self.wrong(
                "'COLUMNS', 'CREATE', 'DATABASES', 'PARTITIONS', 'SCHEMAS', 'TABLES', 'TBLPROPERTIES', 'VIEWS'",
            );
        };
        self.expect_end()?;
        Ok(statement)
    }

    fn pattern(&mut self) -> Result<Option<String>, QueryError> {
        self.eat("LIKE");
        if self.peek().kind == Kind::End { Ok(None) } else { self.text().map(Some) }
    }

    /// `{FROM|IN} [database.]table [{FROM|IN} database]`.
    fn shown_table(&mut self) -> Result<TableName, QueryError> {
        if !(self.eat("FROM") || self.eat("IN")) {
            return self.wrong("'FROM', 'IN'");
        }
        let mut table = self.table()?;
        if self.eat("FROM") || self.eat("IN") {
            table.database = Some(self.name()?);
        }
        Ok(table)
    }
}
