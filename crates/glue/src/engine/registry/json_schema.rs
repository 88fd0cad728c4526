//! JSON: its canonical text, and what of a JSON Schema is looked at (drafts 04, 06 and 07).

use serde_json::Value;

const TYPES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];
/// Keywords whose value is a schema.
const SCHEMAS: [&str; 6] =
    ["additionalProperties", "additionalItems", "not", "contains", "propertyNames", "if"];
/// Keywords whose value is a map of schemas.
const MAPS: [&str; 4] = ["properties", "patternProperties", "definitions", "$defs"];
/// Keywords whose value is a list of schemas.
const LISTS: [&str; 3] = ["allOf", "anyOf", "oneOf"];
/// Keywords whose value is a count.
const COUNTS: [&str; 6] =
    ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];

/// The text without white space, its members in order. What is not JSON is left as it is.
pub fn canonical(text: &str) -> String {
    match serde_json::from_str::<Value>(text) {
        Ok(value) => {
            let mut out = String::with_capacity(text.len());
            write(&value, &mut out);
            out
        }
        Err(_) => text.to_owned(),
    }
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|a, b| a.0.cmp(b.0));
            out.push('{');
            for (at, (name, value)) in members.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(name.as_str()).to_string());
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            out.push_str(&value.to_string())
        }
    }
}

/// Whether a text is a JSON Schema; says why it is not.
pub fn check(text: &str) -> Result<(), String> {
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if let Some(draft) = value.get("$schema") {
        let known = ["draft-04", "draft-06", "draft-07"];
        let draft = draft.as_str().unwrap_or_default();
        if !known.iter().any(|known| draft.contains(known)) {
            return Err(format!("$schema {draft} is not supported"));
        }
    }
    schema(&value, "#")
}

fn schema(value: &Value, at: &str) -> Result<(), String> {
    let members = match value {
        Value::Bool(_) => return Ok(()),
        Value::Object(members) => members,
        Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            return Err(format!("{at}: expected a schema, found {value}"));
        }
    };
    for (name, value) in members {
        let here = format!("{at}/{name}");
        let wrong = |expected: &str| Err(format!("{here}: expected {expected}"));
        match name.as_str() {
            "type" => {
                let is_type = |value: &Value| value.as_str().is_some_and(|name| TYPES.contains(&name));
                let fits = is_type(value)
                    || value.as_array().is_some_and(|all| !all.is_empty() && all.iter().all(is_type));
                if !fits {
                    return wrong("a type");
                }
            }
            "items" => match value {
                Value::Array(all) => all.iter().try_for_each(|one| schema(one, &here))?,
                one => schema(one, &here)?,
            },
            "required" if !value.is_array() => return wrong("an array"),
            "enum" if !value.is_array() => return wrong("an array"),
            "pattern" if !value.is_string() => return wrong("a text"),
            name if SCHEMAS.contains(&name) => schema(value, &here)?,
            name if MAPS.contains(&name) => {
                let Some(all) = value.as_object() else { return wrong("an object") };
                all.values().try_for_each(|one| schema(one, &here))?;
            }
            name if LISTS.contains(&name) => {
                let Some(all) = value.as_array() else { return wrong("an array") };
                all.iter().try_for_each(|one| schema(one, &here))?;
            }
            name if COUNTS.contains(&name) && !value.is_u64() => return wrong("a count"),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_order_say_nothing() {
        assert_eq!(
            canonical("{ \"b\": [1, 2.5],\n\"a\": {\"d\": null, \"c\": \"x\"} }"),
            "{\"a\":{\"c\":\"x\",\"d\":null},\"b\":[1,2.5]}"
        );
    }

    #[test]
    fn schemas_are_told_from_what_is_none() {
        let good = r#"{"$schema": "http://json-schema.org/draft-07/schema#", "type": "object",
            "properties": {"a": {"type": ["integer", "null"]}, "b": {"items": {"type": "string"}}}, "required": ["a"]}"#;
        assert_eq!(check(good), Ok(()));
        for bad in [
            "{",
            "7",
            r#"{"type": "text"}"#,
            r#"{"properties": []}"#,
            r#"{"properties": {"a": {"type": 3}}}"#,
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
