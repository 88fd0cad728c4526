//! JSON: objects in a row or a line each, or one array of them.

use serde_json::Value;

use super::kinds::{Column, Kind, union};

/// What was found.
#[derive(Clone, PartialEq, Debug)]
pub struct Json {
    /// The columns.
    pub columns: Vec<Column>,
    /// How many rows were looked at.
    pub rows: usize,
}

/// Looks at the beginning of a file; `whole` if that is all of it. `path` picks the rows (`$[*]`, `$.a[*].b`).
pub fn infer(text: &str, whole: bool, path: Option<&str>) -> Option<Json> {
    let mut rows: Vec<Value> = Vec::new();
    let mut documents = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    for document in &mut documents {
        match document {
            Ok(document) => rows.push(document),
            // A file that was cut breaks off in its last document.
            Err(error) if error.is_eof() && !whole && !rows.is_empty() => break,
            Err(_) => return None,
        }
    }
    if let Some(path) = path {
        rows = rows.iter().flat_map(|row| picked(row, path)).cloned().collect();
    }
    if rows.is_empty() {
        return None;
    }
    let mut columns = Vec::new();
    let count = rows.len();
    for row in rows {
        match kind_of(&row) {
            Kind::Struct(found) => columns = union(columns, found),
            array @ Kind::Array(_) if path.is_none() => {
                columns = union(columns, vec![Column { name: "array".to_owned(), kind: array }]);
            }
            _ => return None,
        }
    }
    Some(Json { columns, rows: count })
}

fn kind_of(value: &Value) -> Kind {
    match value {
        Value::Null => Kind::Unknown,
        Value::Bool(_) => Kind::Boolean,
        Value::Number(number) => match number.as_i64() {
            Some(number) if i32::try_from(number).is_ok() => Kind::Int,
            Some(_) => Kind::Long,
            None => Kind::Double,
        },
        Value::String(_) => Kind::Text,
        Value::Array(items) => {
            let items = items.iter().map(kind_of).fold(Kind::Unknown, Kind::or);
            Kind::Array(Box::new(items))
        }
        Value::Object(members) => {
            let column =
                |(name, value): (&String, &Value)| Column { name: name.to_lowercase(), kind: kind_of(value) };
            Kind::Struct(union(Vec::new(), members.iter().map(column).collect()))
        }
    }
}

/// The values that a path picks: members by name, and all items of an array by `[*]`.
fn picked<'v>(value: &'v Value, path: &str) -> Vec<&'v Value> {
    let mut found = vec![value];
    let path = path.trim().strip_prefix('$').unwrap_or(path);
    for step in path.replace("[*]", ".*").split('.').filter(|step| !step.is_empty()) {
        found = found
            .into_iter()
            .flat_map(|value| match (step, value) {
                ("*", Value::Array(items)) => items.iter().collect(),
                ("*", Value::Object(members)) => members.values().collect(),
                (name, value) => value.get(name).into_iter().collect::<Vec<_>>(),
            })
            .collect();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, whole: bool, path: Option<&str>) -> Option<Vec<String>> {
        let json = infer(text, whole, path)?;
        Some(json.columns.iter().map(|column| format!("{}:{}", column.name, column.kind.text())).collect())
    }

    #[test]
    fn rows_are_joined() {
        let text =
            "{\"a\": 1, \"b\": {\"c\": [1, 2.5]}}\n{\"a\": null, \"d\": \"x\", \"b\": {\"e\": true}}\n";
        let found = shown(text, true, None).unwrap();
        assert_eq!(found, ["a:int", "b:struct<c:array<double>,e:boolean>", "d:string"]);
        assert_eq!(
            shown("[{\"a\": 1}, {\"a\": 3000000000}]", true, None).unwrap(),
            ["array:array<struct<a:bigint>>"]
        );
        assert_eq!(shown("[{\"a\": 1}, {\"b\": 2}]", true, Some("$[*]")).unwrap(), ["a:int", "b:int"]);
        assert_eq!(shown("{\"r\": [{\"q\": {\"a\": 1}}]}", true, Some("$.r[*].q")).unwrap(), ["a:int"]);
        assert_eq!(shown("{\"a\": 1}\n{\"a\": ", false, None).unwrap(), ["a:int"]);
        assert_eq!(shown("a,b", true, None), None);
        assert_eq!(shown("{\"a\": 1}\n{\"a\": ", true, None), None);
    }
}
