//! JSON, one document a line.
//!
//! Values are taken as Hive's readers take them: numbers and booleans also out of strings, anything as text where the column is one. What cannot be taken is
//! bad data, and fails the query; null and absent are null.

use std::sync::Arc;

use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::Field;
use futures_util::StreamExt as _;
use ports::{JsonFormat, QueryError};
use serde_json::{Map, Value};

use super::text::{self, Lines};
use super::{BATCH_ROWS, Rows, Source, Wanted, batch};
use crate::read::values::{Strictness, build};

/// The rows of a file.
pub(super) fn rows(source: Source, format: &JsonFormat, wanted: Wanted) -> Result<Rows, QueryError> {
    let keys: Vec<Key> = wanted.schema.fields().iter().map(|field| Key::new(field, format)).collect();
    let ignore_malformed = format.ignore_malformed;
    let path = source.path().to_owned();
    let schema = wanted.schema.clone();
    let take = move |lines: Result<Lines, QueryError>| {
        let lines = lines?;
        let mut documents = Vec::new();
        for line in lines.iter() {
            let line = line.trim_ascii();
            if line.is_empty() {
                continue;
            }
            match serde_json::from_slice::<Map<String, Value>>(line) {
                Ok(document) => documents.push(document),
                Err(_) if ignore_malformed => documents.push(Map::new()),
                Err(error) => {
                    let message = format!("Row is not a valid JSON Object - JSONException: {error} ({path})");
                    return Err(QueryError::new("HIVE_CURSOR_ERROR", message));
                }
            }
        }
        let column = |key: &Key| -> Result<ArrayRef, QueryError> {
            let values: Vec<Option<&Value>> = documents.iter().map(|document| key.find(document)).collect();
            build(key.field.data_type(), &values, Strictness::Json).map_err(|problem| {
                let message =
                    format!("Error parsing field value of column {}: {problem} ({path})", key.field.name());
                QueryError::new("HIVE_BAD_DATA", message)
            })
        };
        let columns = keys.iter().map(column).collect::<Result<Vec<_>, _>>()?;
        batch(&schema, columns, documents.len())
    };
    Ok(text::lines(source, BATCH_ROWS, 0)?.map(take).boxed())
}

/// How a column is found in a document.
struct Key {
    field: Arc<Field>,
    name: String,
    case_sensitive: bool,
    dots: bool,
}

impl Key {
    fn new(field: &Arc<Field>, format: &JsonFormat) -> Self {
        let mapped: Option<&String> = format.mappings.get(field.name());
        Self {
            field: field.clone(),
            name: mapped.unwrap_or(field.name()).clone(),
            case_sensitive: format.case_sensitive,
            dots: format.dots_to_underscores,
        }
    }

    fn find<'v>(&self, document: &'v Map<String, Value>) -> Option<&'v Value> {
        let name = &self.name;
        if let Some(value) = document.get(name) {
            return Some(value);
        }
        let same = |key: &str| {
            let key = if self.dots { key.replace('.', "_") } else { key.to_owned() };
            if self.case_sensitive { key == *name } else { key.eq_ignore_ascii_case(name) }
        };
        document.iter().find(|(key, _)| same(key)).map(|(_, value)| value)
    }
}

/// Fields of an object, whatever the case of their names.
pub(super) fn field_of<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    let exact = object.get(name);
    exact.or_else(|| object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}
