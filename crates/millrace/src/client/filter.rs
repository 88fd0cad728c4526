//! Which records are meant: those that hold a text, or JSON in which a path has a value.
//!
//! | filter | passes |
//! |---|---|
//! | `refund` | the text is somewhere in the record |
//! | `.user.id=42`, `user.id=42` | the member has this value: a number, `true`, `false`, `null`, or a text with or without quotes |
//! | `.items[0].sku="a b"` | lists are counted from 0 |
//! | `.error` | the member is there, and neither `null` nor `false` |
//! | `text:a=b` | the text, where it would read as a path |

use serde_json::Value;

/// A filter.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Filter {
    /// The text is in the record.
    Text(String),
    /// The path leads to this value, or to anything at all.
    Path(Vec<Step>, Option<Wanted>),
}

/// One step into a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// The member of that name.
    Member(String),
    /// The item at that place.
    Item(usize),
}

/// The value that is wanted.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wanted {
    /// As JSON, if it is.
    json: Option<Value>,
    /// As it was given.
    text: String,
}

impl Filter {
    /// Reads a filter.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if let Some(text) = text.strip_prefix("text:") {
            return Ok(Filter::Text(text.to_owned()));
        }
        let (path, wanted) = match text.split_once('=') {
            Some((path, value)) => (path.trim_end(), Some(value)),
            None => (text, None),
        };
        let dotted = path.starts_with('.');
        if !dotted && (wanted.is_none() || !is_path(path)) {
            return Ok(Filter::Text(text.to_owned()));
        }
        let wanted = wanted.map(|value| {
            let value = value.strip_prefix('=').unwrap_or(value).trim();
            Wanted { json: serde_json::from_str(value).ok(), text: value.to_owned() }
        });
        Ok(Filter::Path(steps(path.strip_prefix('.').unwrap_or(path))?, wanted))
    }

    /// Whether a record passes.
    pub(super) fn passes(&self, data: &[u8]) -> bool {
        match self {
            Filter::Text(text) => contains(data, text.as_bytes()),
            Filter::Path(steps, wanted) => serde_json::from_slice::<Value>(data).is_ok_and(|value| {
                let found = steps.iter().try_fold(&value, |value, step| match step {
                    Step::Member(name) => value.get(name),
                    Step::Item(at) => value.get(at),
                });
                found.is_some_and(|found| {
                    wanted.as_ref().map_or_else(|| truthy(found), |wanted| wanted.is(found))
                })
            }),
        }
    }
}

impl Wanted {
    fn is(&self, found: &Value) -> bool {
        match (&self.json, found) {
            (_, Value::String(text)) => *text == self.text || self.json.as_ref() == Some(found),
            (Some(Value::Number(a)), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
            (Some(wanted), found) => wanted == found,
            (None, _) => false,
        }
    }
}

fn truthy(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false))
}

fn contains(data: &[u8], text: &[u8]) -> bool {
    text.is_empty() || data.windows(text.len()).any(|window| window == text)
}

/// Whether a text without a leading dot reads as a path.
fn is_path(text: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']');
    !text.is_empty() && text.chars().all(plain) && steps(text).is_ok()
}

fn steps(path: &str) -> Result<Vec<Step>, String> {
    let wrong = || format!("`.{path}` is no path: write it as .a.b[0].c");
    let mut steps = Vec::new();
    for part in path.split('.').filter(|_| !path.is_empty()) {
        let (name, mut rest) = part.split_at(part.find('[').unwrap_or(part.len()));
        if name.is_empty() && rest.is_empty() {
            return Err(wrong());
        }
        if !name.is_empty() {
            steps.push(Step::Member(name.to_owned()));
        }
        while !rest.is_empty() {
            let (index, after) =
                rest.strip_prefix('[').and_then(|rest| rest.split_once(']')).ok_or_else(wrong)?;
            steps.push(Step::Item(index.parse().map_err(|_| wrong())?));
            rest = after;
        }
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_passes_what_it_says() {
        let record =
            br#"{"user":{"id":42,"name":"Ada L"},"items":[{"sku":"a b"}],"ok":true,"error":null,"n":1.0}"#;
        for yes in [
            "Ada",
            ".user.id=42",
            "user.id=42",
            ".user.id==42",
            ".user.name=Ada L",
            ".user.name=\"Ada L\"",
            ".items[0].sku=a b",
            ".ok",
            ".ok=true",
            ".error=null",
            ".n=1",
            "text:\"id\":42",
            ".",
            "",
        ] {
            assert!(Filter::parse(yes).unwrap().passes(record), "{yes}");
        }
        for no in
            ["ada", ".user.id=43", ".user.id=\"42\"", ".error", ".missing", ".items[1].sku=a b", ".ok=false"]
        {
            assert!(!Filter::parse(no).unwrap().passes(record), "{no}");
        }
        assert!(!Filter::parse(".a=1").unwrap().passes(b"not json"));
        assert!(Filter::parse("what is a=b?").unwrap().passes(b"x what is a=b? y"));
    }

    #[test]
    fn what_is_no_path_is_told() {
        for wrong in [".a..b=1", ".a[", ".a[x]=1", ".a]b[=1"] {
            assert!(Filter::parse(wrong).is_err(), "{wrong}");
        }
    }
}
