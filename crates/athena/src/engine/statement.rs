//! Which statement a text is. What reads goes to the engine as it stands; what is Hive's is understood here.

mod hive;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use ports::QueryError;

use super::lexer::{Kind, Token, mismatch, tokens};
use crate::tables::StatementKind;

/// A table, by its name and perhaps its database.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableName {
    /// The database; the query's own if absent.
    pub database: Option<String>,
    /// The table, in lower case.
    pub name: String,
}

/// A column of a table that is to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ColumnDef {
    /// Its name, in lower case.
    pub name: String,
    /// Its type, in Hive's words.
    pub kind: String,
    /// What is said of it.
    pub comment: Option<String>,
}

/// `CREATE EXTERNAL TABLE`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NewTable {
    /// Whether it may be there already.
    pub if_not_exists: bool,
    /// Whether the word EXTERNAL is there.
    pub external: bool,
    /// Its columns.
    pub columns: Vec<ColumnDef>,
    /// What it is partitioned by.
    pub keys: Vec<ColumnDef>,
    /// What is said of it.
    pub comment: Option<String>,
    /// Buckets: columns and how many.
    pub buckets: Option<(Vec<String>, i64)>,
    /// The serialization library.
    pub serde: Option<String>,
    /// Its parameters.
    pub serde_parameters: BTreeMap<String, String>,
    /// `PARQUET`, `ORC`, … or the input and the output format.
    pub stored_as: Option<StoredAs>,
    /// Where its files lie.
    pub location: Option<String>,
    /// Its own parameters.
    pub parameters: BTreeMap<String, String>,
}

/// What files of a table are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StoredAs {
    /// A word of Hive's.
    Format(String),
    /// Classes.
    Classes {
        /// That reads.
        input: String,
        /// That writes.
        output: String,
    },
}

/// A partition of ALTER TABLE.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PartitionSpec {
    /// Key, comparison, value.
    pub values: Vec<(String, String, String)>,
    /// Where its files lie.
    pub location: Option<String>,
}

/// What ALTER TABLE does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Alteration {
    /// Adds partitions.
    AddPartitions {
        /// Whether they may be there already.
        if_not_exists: bool,
        /// Which.
        partitions: Vec<PartitionSpec>,
    },
    /// Drops partitions.
    DropPartitions {
        /// Whether they may be missing.
        if_exists: bool,
        /// Which.
        partitions: Vec<PartitionSpec>,
    },
    /// Gives a partition other values.
    RenamePartition {
        /// The one.
        from: PartitionSpec,
        /// Its new values.
        to: PartitionSpec,
    },
    /// Moves the table or a partition to other files.
    SetLocation {
        /// The partition; the table itself if absent.
        partition: Option<PartitionSpec>,
        /// Where to.
        location: String,
    },
    /// Sets parameters.
    SetProperties(BTreeMap<String, String>),
    /// Adds columns.
    AddColumns(Vec<ColumnDef>),
    /// Replaces all columns.
    ReplaceColumns(Vec<ColumnDef>),
    /// Changes a column's name or type.
    ChangeColumn {
        /// The column.
        from: String,
        /// What it becomes.
        to: ColumnDef,
    },
}

/// A statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Statement {
    /// Asks for rows.
    Select(String),
    /// Asks how rows would be found.
    Explain(String),
    /// Adds rows to a table.
    Insert {
        /// The table.
        table: TableName,
        /// The columns that are given; all if empty.
        columns: Vec<String>,
        /// What gives the rows.
        select: String,
    },
    /// Makes a table of rows.
    CreateTableAs {
        /// The table.
        table: TableName,
        /// Whether it may be there already.
        if_not_exists: bool,
        /// What WITH says.
        properties: BTreeMap<String, Property>,
        /// What gives the rows.
        select: String,
        /// Whether it has no rows (`WITH NO DATA`).
        empty: bool,
    },
    /// Makes files of rows.
    Unload {
        /// What gives the rows.
        select: String,
        /// Where to.
        location: String,
        /// What WITH says.
        properties: BTreeMap<String, Property>,
    },
    /// Runs a prepared statement.
    Execute {
        /// Its name.
        name: String,
        /// Literals for its question marks.
        parameters: Vec<String>,
    },
    /// Makes a view.
    CreateView {
        /// The view.
        view: TableName,
        /// Whether one that is there is replaced.
        replace: bool,
        /// Its statement.
        select: String,
    },
    /// Makes a database.
    CreateDatabase {
        /// Its name.
        name: String,
        /// Whether it may be there already.
        if_not_exists: bool,
        /// What is said of it.
        comment: Option<String>,
        /// Where its tables lie.
        location: Option<String>,
        /// Its parameters.
        properties: BTreeMap<String, String>,
    },
    /// Removes a database.
    DropDatabase {
        /// Its name.
        name: String,
        /// Whether it may be missing.
        if_exists: bool,
        /// Whether its tables go with it.
        cascade: bool,
    },
    /// Makes a table of files.
    CreateTable {
        /// The table.
        table: TableName,
        /// What it is.
        new: Box<NewTable>,
    },
    /// Removes a table or a view.
    Drop {
        /// Which.
        table: TableName,
        /// Whether it may be missing.
        if_exists: bool,
        /// Whether it must be a view.
        view: bool,
    },
    /// Changes a table.
    AlterTable {
        /// The table.
        table: TableName,
        /// What is changed.
        alteration: Alteration,
    },
    /// Finds partitions among a table's files.
    Repair(TableName),
    /// Names of tables or views.
    ShowTables {
        /// Whose; the query's own if absent.
        database: Option<String>,
        /// What they match.
        pattern: Option<String>,
        /// Views alone.
        views: bool,
    },
    /// Names of databases.
    ShowDatabases {
        /// What they match.
        pattern: Option<String>,
    },
    /// Names of columns.
    ShowColumns(TableName),
    /// Partitions.
    ShowPartitions(TableName),
    /// The statement that makes a table or a view.
    ShowCreate {
        /// Which.
        table: TableName,
        /// Whether it must be a view.
        view: bool,
    },
    /// Parameters of a table.
    ShowProperties {
        /// Which.
        table: TableName,
        /// One of them alone.
        property: Option<String>,
    },
    /// Columns of a table.
    Describe(TableName),
}

/// A value of WITH.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Property {
    /// A word, a string or a number.
    One(String),
    /// A list of strings.
    Many(Vec<String>),
}

impl Statement {
    /// Understands a text. Errors are the ones that are told at the start.
    pub fn parse(sql: &str) -> Result<Self, QueryError> {
        let sql = sql.trim_end().trim_end_matches(';');
        let mut parser = Parser { sql, tokens: tokens(sql)?, at: 0 };
        parser.statement()
    }

    /// What kind of statement it is, and what it is called, where AWS says so (facts section 5).
    pub fn kind(&self) -> (StatementKind, Option<&'static str>) {
        match self {
            Self::Select(_) | Self::Execute { .. } => (StatementKind::Dml, Some("SELECT")),
            Self::Insert { .. } => (StatementKind::Dml, Some("INSERT")),
            Self::Unload { .. } => (StatementKind::Dml, Some("UNLOAD")),
            Self::Explain(_) => (StatementKind::Utility, Some("EXPLAIN")),
            Self::CreateTableAs { .. } => (StatementKind::Ddl, Some("CREATE_TABLE_AS_SELECT")),
            Self::CreateView { .. } => (StatementKind::Ddl, Some("CREATE_VIEW")),
            Self::CreateDatabase { .. } => (StatementKind::Ddl, Some("CREATE_DATABASE")),
            Self::DropDatabase { .. } => (StatementKind::Ddl, Some("DROP_DATABASE")),
            Self::CreateTable { .. } => (StatementKind::Ddl, Some("CREATE_TABLE")),
            Self::Drop { view: true, .. } => (StatementKind::Ddl, Some("DROP_VIEW")),
            Self::Drop { view: false, .. } => (StatementKind::Ddl, Some("DROP_TABLE")),
            Self::AlterTable { .. } => (StatementKind::Ddl, Some("ALTER_TABLE")),
            Self::Repair(_) => (StatementKind::Ddl, Some("MSCK_REPAIR_TABLE")),
            Self::ShowTables { views: false, .. } => (StatementKind::Utility, Some("SHOW_TABLES")),
            Self::ShowTables { views: true, .. } => (StatementKind::Utility, Some("SHOW_VIEWS")),
            Self::ShowDatabases { .. } => (StatementKind::Utility, Some("SHOW_DATABASES")),
            Self::ShowColumns(_) => (StatementKind::Utility, Some("SHOW_COLUMNS")),
            Self::ShowPartitions(_) => (StatementKind::Utility, Some("SHOW_PARTITIONS")),
            Self::ShowCreate { view: false, .. } => (StatementKind::Utility, Some("SHOW_CREATE_TABLE")),
            Self::ShowCreate { view: true, .. } => (StatementKind::Utility, Some("SHOW_CREATE_VIEW")),
            Self::ShowProperties { .. } => (StatementKind::Utility, Some("SHOW_TBLPROPERTIES")),
            Self::Describe(_) => (StatementKind::Utility, Some("DESCRIBE_TABLE")),
        }
    }

    /// What the engine would be asked, if anything.
    pub fn select(&self) -> Option<&str> {
        match self {
            Self::Select(select)
            | Self::Explain(select)
            | Self::Insert { select, .. }
            | Self::CreateTableAs { select, .. }
            | Self::Unload { select, .. }
            | Self::CreateView { select, .. } => Some(select),
            Self::Execute { .. }
            | Self::CreateDatabase { .. }
            | Self::DropDatabase { .. }
            | Self::CreateTable { .. }
            | Self::Drop { .. }
            | Self::AlterTable { .. }
            | Self::Repair(_)
            | Self::ShowTables { .. }
            | Self::ShowDatabases { .. }
            | Self::ShowColumns(_)
            | Self::ShowPartitions(_)
            | Self::ShowCreate { .. }
            | Self::ShowProperties { .. }
            | Self::Describe(_) => None,
        }
    }

    /// Whether its result has the ending `.csv`; others are `.txt` (facts section 5).
    pub fn has_rows(&self) -> bool {
        matches!(self, Self::Select(_) | Self::Execute { .. })
    }
}

/// Reads a statement's tokens in order.
struct Parser<'s> {
    sql: &'s str,
    tokens: Vec<Token>,
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> &Token {
        &self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    fn ahead(&self, by: usize) -> &Token {
        &self.tokens[(self.at + by).min(self.tokens.len() - 1)]
    }

    fn next(&mut self) -> Token {
        let token = self.peek().clone();
        self.at += 1;
        token
    }

    /// Takes a keyword if it stands here.
    fn eat(&mut self, word: &str) -> bool {
        let is = self.peek().is(word);
        self.at += usize::from(is);
        is
    }

    /// Takes keywords if they all stand here.
    fn eat_all(&mut self, words: &[&str]) -> bool {
        let are = words.iter().enumerate().all(|(by, word)| self.ahead(by).is(word));
        self.at += if are { words.len() } else { 0 };
        are
    }

    fn eat_mark(&mut self, mark: char) -> bool {
        let is = self.peek().is_mark(mark);
        self.at += usize::from(is);
        is
    }

    fn wrong<T>(&self, expected: &str) -> Result<T, QueryError> {
        Err(mismatch(self.sql, self.peek(), expected))
    }

    fn expect(&mut self, word: &str) -> Result<(), QueryError> {
        if self.eat(word) { Ok(()) } else { self.wrong(&format!("'{}'", word.to_uppercase())) }
    }

    fn expect_mark(&mut self, mark: char) -> Result<(), QueryError> {
        if self.eat_mark(mark) { Ok(()) } else { self.wrong(&format!("'{mark}'")) }
    }

    fn expect_end(&mut self) -> Result<(), QueryError> {
        if self.peek().kind == Kind::End { Ok(()) } else { self.wrong("<EOF>") }
    }

    /// A name, in lower case as the catalog has it.
    fn name(&mut self) -> Result<String, QueryError> {
        match self.peek().kind {
            Kind::Word | Kind::Quoted => Ok(self.next().text.to_lowercase()),
            Kind::Text | Kind::Number | Kind::Mark(_) | Kind::End => self.wrong("<identifier>"),
        }
    }

    fn text(&mut self) -> Result<String, QueryError> {
        match self.peek().kind {
            Kind::Text => Ok(self.next().text),
            // Hive takes double quotes as well.
            Kind::Quoted => Ok(self.next().text),
            Kind::Word | Kind::Number | Kind::Mark(_) | Kind::End => self.wrong("<string>"),
        }
    }

    /// `[catalog.][database.]table`.
    fn table(&mut self) -> Result<TableName, QueryError> {
        let mut parts = vec![self.name()?];
        while parts.len() < 3 && self.eat_mark('.') {
            parts.push(self.name()?);
        }
        // One quoted name may hold the database too: `db.table` in backticks.
        if parts.len() == 1
            && let Some((database, name)) = parts[0].split_once('.')
        {
            return Ok(TableName { database: Some(database.to_owned()), name: name.to_owned() });
        }
        let name = parts.pop().expect("there is at least one");
        Ok(TableName { database: parts.pop(), name })
    }

    /// The text from here to the end.
    fn rest(&mut self) -> String {
        let start = self.peek().start;
        self.at = self.tokens.len() - 1;
        self.sql[start..].trim().to_owned()
    }

    /// The text of what stands in brackets from here on, which are passed.
    fn bracketed(&mut self) -> Result<String, QueryError> {
        self.expect_mark('(')?;
        let start = self.peek().start;
        let mut depth = 1;
        loop {
            let token = self.next();
            match token.kind {
                Kind::Mark('(') => depth += 1,
                Kind::Mark(')') => depth -= 1,
                Kind::End => return Err(mismatch(self.sql, &token, "')'")),
                Kind::Mark(_) | Kind::Word | Kind::Quoted | Kind::Text | Kind::Number => {}
            }
            if depth == 0 {
                return Ok(self.sql[start..token.start].trim().to_owned());
            }
        }
    }

    fn statement(&mut self) -> Result<Statement, QueryError> {
        let first = self.peek().text.to_ascii_uppercase();
        let select = |parser: &mut Self| Ok(Statement::Select(parser.rest()));
        match (&self.peek().kind, first.as_str()) {
            (Kind::Mark('('), _) => select(self),
            (Kind::Word, "SELECT" | "WITH" | "VALUES" | "TABLE") => select(self),
            (Kind::Word, "EXPLAIN") => self.explain(),
            (Kind::Word, "INSERT") => self.insert(),
            (Kind::Word, "UNLOAD") => self.unload(),
            (Kind::Word, "EXECUTE") => self.execute(),
            (Kind::Word, "CREATE") => self.create(),
            (Kind::Word, "DROP") => self.drop(),
            (Kind::Word, "ALTER") => self.alter(),
            (Kind::Word, "MSCK") => self.repair(),
            (Kind::Word, "SHOW") => self.show(),
            (Kind::Word, "DESCRIBE" | "DESC") => self.describe(),
            (Kind::Word, "MERGE" | "UPDATE" | "DELETE" | "OPTIMIZE" | "VACUUM" | "PREPARE" | "DEALLOCATE" | "GRANT") => {
                Err(QueryError::new("NOT_SUPPORTED", "Queries of this type are not supported"))
            }
            _ => self.wrong(
                "'ALTER', 'CREATE', 'DESCRIBE', 'DROP', 'EXECUTE', 'EXPLAIN', 'INSERT', 'MSCK', 'SELECT', 'SHOW', 'UNLOAD', 'VALUES', 'WITH'",
            ),
        }
    }

    fn explain(&mut self) -> Result<Statement, QueryError> {
        self.at += 1;
        self.eat("ANALYZE");
        if self.peek().is_mark('(') {
            self.bracketed()?;
        }
        Ok(Statement::Explain(self.rest()))
    }

    fn insert(&mut self) -> Result<Statement, QueryError> {
        self.at += 1;
        self.expect("INTO")?;
        let table = self.table()?;
        let mut columns = Vec::new();
        // Columns in brackets, unless what stands in them is the statement itself.
        if self.peek().is_mark('(') && !(self.ahead(1).is("SELECT") || self.ahead(1).is("WITH")) {
            self.at += 1;
            loop {
                columns.push(self.name()?);
                if !self.eat_mark(',') {
                    break;
                }
            }
            self.expect_mark(')')?;
        }
        Ok(Statement::Insert { table, columns, select: self.rest() })
    }

    fn unload(&mut self) -> Result<Statement, QueryError> {
        self.at += 1;
        let select = self.bracketed()?;
        self.expect("TO")?;
        let location = self.text()?;
        let properties = if self.eat("WITH") { self.properties()? } else { BTreeMap::new() };
        self.expect_end()?;
        Ok(Statement::Unload { select, location, properties })
    }

    fn execute(&mut self) -> Result<Statement, QueryError> {
        self.at += 1;
        let name = match self.peek().kind {
            Kind::Word | Kind::Quoted => self.next().text,
            Kind::Text | Kind::Number | Kind::Mark(_) | Kind::End => return self.wrong("<identifier>"),
        };
        let mut parameters = Vec::new();
        if self.eat("USING") {
            loop {
                let start = self.peek().start;
                let mut depth = 0;
                while self.peek().kind != Kind::End && (depth > 0 || !self.peek().is_mark(',')) {
                    depth += i32::from(self.peek().is_mark('(')) - i32::from(self.peek().is_mark(')'));
                    self.at += 1;
                }
                parameters.push(self.sql[start..self.peek().start].trim().to_owned());
                if !self.eat_mark(',') {
                    break;
                }
            }
        }
        self.expect_end()?;
        Ok(Statement::Execute { name, parameters })
    }

    /// `(name = value, …)`.
    fn properties(&mut self) -> Result<BTreeMap<String, Property>, QueryError> {
        let mut all = BTreeMap::new();
        self.expect_mark('(')?;
        loop {
            let name = self.name()?;
            self.expect_mark('=')?;
            let value = if self.eat("ARRAY") || self.peek().is_mark('[') {
                self.expect_mark('[')?;
                let mut list = Vec::new();
                while !self.eat_mark(']') {
                    list.push(self.text()?);
                    self.eat_mark(',');
                }
                Property::Many(list)
            } else {
                match self.peek().kind {
                    Kind::Text | Kind::Number | Kind::Word | Kind::Quoted => Property::One(self.next().text),
                    Kind::Mark(_) | Kind::End => return self.wrong("<expression>"),
                }
            };
            all.insert(name, value);
            if !self.eat_mark(',') {
                break;
            }
        }
        self.expect_mark(')')?;
        Ok(all)
    }
}
