//! The catalog, as whoever asks: its operations by name, their documents as they are.

use std::sync::Arc;

use base::Region;
use ports::{CatalogCalls, CatalogRefusal, Principal};
use serde_json::{Map, Value, json};

/// Tables or databases of one page.
const PAGE: i64 = 100;
/// Partitions of one page.
const PARTITIONS_PAGE: i64 = 1_000;
/// Partitions that one statement works on.
pub const PARTITIONS_MAX: usize = 1_000_000;

/// The catalog.
#[derive(Clone)]
pub struct Catalog {
    calls: Arc<dyn CatalogCalls>,
    principal: Principal,
    region: Region,
}

/// Whether the refusal says that there is no such thing.
pub fn is_missing(refusal: &CatalogRefusal) -> bool {
    refusal.code == "EntityNotFoundException"
}

/// Whether it says that there is one already.
pub fn is_there(refusal: &CatalogRefusal) -> bool {
    refusal.code == "AlreadyExistsException"
}

impl Catalog {
    /// As this principal.
    pub fn new(calls: Arc<dyn CatalogCalls>, principal: Principal, region: Region) -> Self {
        Self { calls, principal, region }
    }

    /// Calls an operation.
    pub async fn call(&self, operation: &'static str, input: Value) -> Result<Value, CatalogRefusal> {
        let answer = self.calls.call(&self.principal, &self.region, operation, input.to_string()).await?;
        serde_json::from_slice(&answer).map_err(|_| CatalogRefusal {
            code: "InternalServiceException".to_owned(),
            message: "the catalog's answer cannot be read".to_owned(),
        })
    }

    /// All pages of a listing, at most `max` items.
    async fn all(
        &self,
        operation: &'static str,
        mut input: Value,
        list: &str,
        page: i64,
        max: usize,
    ) -> Result<Vec<Value>, CatalogRefusal> {
        let mut all = Vec::new();
        input["MaxResults"] = json!(page);
        loop {
            let mut answer = self.call(operation, input.clone()).await?;
            if let Some(Value::Array(items)) = answer.get_mut(list).map(Value::take) {
                all.extend(items);
            }
            match answer.get("NextToken").and_then(Value::as_str) {
                Some(token) if !token.is_empty() && all.len() < max => input["NextToken"] = json!(token),
                _ => return Ok(all),
            }
        }
    }

    /// A table.
    pub async fn table(&self, database: &str, name: &str) -> Result<Value, CatalogRefusal> {
        let answer = self.call("GetTable", json!({"DatabaseName": database, "Name": name})).await?;
        Ok(answer.get("Table").cloned().unwrap_or_default())
    }

    /// A table, if it is there.
    pub async fn find_table(&self, database: &str, name: &str) -> Result<Option<Value>, CatalogRefusal> {
        match self.table(database, name).await {
            Ok(table) => Ok(Some(table)),
            Err(refusal) if is_missing(&refusal) => Ok(None),
            Err(refusal) => Err(refusal),
        }
    }

    /// Tables of a database whose names match a regular expression.
    pub async fn tables(
        &self,
        database: &str,
        expression: Option<&str>,
    ) -> Result<Vec<Value>, CatalogRefusal> {
        let mut input = json!({"DatabaseName": database});
        if let Some(expression) = expression {
            input["Expression"] = json!(expression);
        }
        self.all("GetTables", input, "TableList", PAGE, usize::MAX).await
    }

    /// Names of all databases.
    pub async fn databases(&self) -> Result<Vec<Value>, CatalogRefusal> {
        self.all("GetDatabases", json!({}), "DatabaseList", PAGE, usize::MAX).await
    }

    /// Partitions of a table that meet a condition.
    pub async fn partitions(
        &self,
        database: &str,
        table: &str,
        condition: Option<&str>,
    ) -> Result<Vec<Value>, CatalogRefusal> {
        let mut input = json!({"DatabaseName": database, "TableName": table, "ExcludeColumnSchema": true});
        if let Some(condition) = condition {
            input["Expression"] = json!(condition);
        }
        self.all("GetPartitions", input, "Partitions", PARTITIONS_PAGE, PARTITIONS_MAX).await
    }

    /// Adds partitions, a hundred a call. Those that are there already are left as they are, or refused.
    pub async fn add_partitions(
        &self,
        database: &str,
        table: &str,
        partitions: &[Value],
        may_be_there: bool,
    ) -> Result<(), CatalogRefusal> {
        for some in partitions.chunks(100) {
            let input = json!({"DatabaseName": database, "TableName": table, "PartitionInputList": some});
            let answer = self.call("BatchCreatePartition", input).await?;
            for error in answer.get("Errors").and_then(Value::as_array).into_iter().flatten() {
                let detail = |name: &str| text(&error["ErrorDetail"], name).unwrap_or_default().to_owned();
                let refusal = CatalogRefusal { code: detail("ErrorCode"), message: detail("ErrorMessage") };
                if !(may_be_there && is_there(&refusal)) {
                    return Err(refusal);
                }
            }
        }
        Ok(())
    }

    /// Replaces what a table says, if nobody else has since it was read.
    pub async fn replace_table(&self, database: &str, table: &Value) -> Result<(), CatalogRefusal> {
        let mut input = Map::new();
        input.insert("DatabaseName".to_owned(), json!(database));
        input.insert("TableInput".to_owned(), table_input(table));
        if let Some(version) = table.get("VersionId") {
            input.insert("VersionId".to_owned(), version.clone());
        }
        self.call("UpdateTable", Value::Object(input)).await?;
        Ok(())
    }
}

/// What of a table can be written again.
fn table_input(table: &Value) -> Value {
    const MEMBERS: &[&str] = &[
        "Name",
        "Description",
        "Owner",
        "LastAccessTime",
        "LastAnalyzedTime",
        "Retention",
        "StorageDescriptor",
        "PartitionKeys",
        "ViewOriginalText",
        "ViewExpandedText",
        "TableType",
        "Parameters",
        "TargetTable",
    ];
    let member = |name: &&str| table.get(*name).map(|value| ((*name).to_owned(), value.clone()));
    Value::Object(MEMBERS.iter().filter_map(member).collect())
}

/// A text of a document.
pub fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_str)
}

/// A list of a document.
pub fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A parameter of a table, its name in any case.
pub fn parameter<'v>(table: &'v Value, name: &str) -> Option<&'v str> {
    let all = table.get("Parameters").and_then(Value::as_object)?;
    all.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).and_then(|(_, value)| value.as_str())
}
