//! The functions a query may call.

use jiff::fmt::strtime;
use regex::{Regex, RegexBuilder};
use serde_json::{Map, Value, json};

use super::eval::{Answers, Env, Fuel, add, as_text, compare, eval, field, is_true};
use super::parse::Expr;
use super::{Failed, SIZE_MAX, failed};

/// What a function works on.
pub(super) struct Context<'a> {
    pub env: &'a Env,
    pub input: &'a Value,
    pub arguments: &'a [Expr],
}

impl Context<'_> {
    /// All answers of an argument.
    fn all(&self, at: usize, fuel: &mut Fuel) -> Result<Answers, Failed> {
        eval(&self.arguments[at], self.env, self.input, fuel)
    }

    /// The first answer of an argument.
    fn first(&self, at: usize, fuel: &mut Fuel) -> Result<Value, Failed> {
        Ok(self.all(at, fuel)?.into_iter().next().unwrap_or(Value::Null))
    }

    fn text(&self, at: usize, fuel: &mut Fuel) -> Result<String, Failed> {
        match self.first(at, fuel)? {
            Value::String(text) => Ok(text),
            other => Err(failed(format!("{} is not a string", type_name(&other)))),
        }
    }

    /// Asks an argument of another value than the input.
    fn ask(&self, at: usize, input: &Value, fuel: &mut Fuel) -> Result<Answers, Failed> {
        eval(&self.arguments[at], self.env, input, fuel)
    }

    fn input_text(&self) -> Result<&str, Failed> {
        match self.input {
            Value::String(text) => Ok(text),
            other => Err(failed(format!(
                "{} ({}) cannot be matched, as it is not a string",
                type_name(other),
                shortened(other)
            ))),
        }
    }

    fn items(&self) -> Result<&[Value], Failed> {
        match self.input {
            Value::Array(items) => Ok(items),
            other => Err(failed(format!("{} is not an array", type_name(other)))),
        }
    }

    fn input_number(&self) -> Result<f64, Failed> {
        self.input.as_f64().ok_or_else(|| failed(format!("{} number required", type_name(self.input))))
    }
}

type Run = fn(&Context<'_>, &mut Fuel) -> Result<Answers, Failed>;

/// A function.
pub(super) struct Function {
    name: &'static str,
    arity: usize,
    pub run: Run,
}

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.name, self.arity)
    }
}

impl PartialEq for Function {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.arity == other.arity
    }
}

/// The function of a name that takes so many arguments.
pub(super) fn find(name: &str, arity: usize) -> Option<&'static Function> {
    ALL.iter().find(|function| function.name == name && function.arity == arity)
}

const fn of(name: &'static str, arity: usize, run: Run) -> Function {
    Function { name, arity, run }
}

fn one(value: impl Into<Value>) -> Result<Answers, Failed> {
    Ok(vec![value.into()])
}

static ALL: &[Function] = &[
    of("empty", 0, |_, _| Ok(Vec::new())),
    of("null", 0, |_, _| one(Value::Null)),
    of("true", 0, |_, _| one(true)),
    of("false", 0, |_, _| one(false)),
    of("not", 0, |on, _| one(!is_true(on.input))),
    of("error", 0, |on, _| Err(failed(as_text(on.input)))),
    of("error", 1, |on, fuel| Err(failed(as_text(&on.first(0, fuel)?)))),
    of("select", 1, |on, fuel| {
        let chosen = on.all(0, fuel)?;
        Ok(chosen.iter().filter(|answer| is_true(answer)).map(|_| on.input.clone()).collect())
    }),
    of("map", 1, |on, fuel| {
        let mut all = Vec::new();
        for item in members(on.input)? {
            all.extend(on.ask(0, &item, fuel)?);
        }
        one(all)
    }),
    of("recurse", 0, |on, fuel| eval(&Expr::Descend, on.env, on.input, fuel)),
    of("values", 0, |on, _| Ok(if on.input.is_null() { Vec::new() } else { vec![on.input.clone()] })),
    of("nulls", 0, |on, _| only(on, Value::is_null)),
    of("strings", 0, |on, _| only(on, Value::is_string)),
    of("numbers", 0, |on, _| only(on, Value::is_number)),
    of("booleans", 0, |on, _| only(on, Value::is_boolean)),
    of("arrays", 0, |on, _| only(on, Value::is_array)),
    of("objects", 0, |on, _| only(on, Value::is_object)),
    of("scalars", 0, |on, _| only(on, |value| !value.is_array() && !value.is_object())),
    of("type", 0, |on, _| one(type_name(on.input))),
    of("length", 0, |on, _| {
        one(match on.input {
            Value::Null => number(0.0),
            Value::String(text) => number(text.chars().count() as f64),
            Value::Array(items) => number(items.len() as f64),
            Value::Object(members) => number(members.len() as f64),
            Value::Number(value) => number(value.as_f64().unwrap_or(f64::NAN).abs()),
            Value::Bool(_) => return Err(failed("boolean has no length")),
        })
    }),
    of("utf8bytelength", 0, |on, _| one(number(on.input_text()?.len() as f64))),
    of("keys", 0, |on, _| keys(on.input)),
    of("keys_unsorted", 0, |on, _| keys(on.input)),
    of("has", 1, |on, fuel| {
        let key = on.first(0, fuel)?;
        one(match (on.input, &key) {
            (Value::Object(members), Value::String(key)) => members.contains_key(key),
            (Value::Array(items), Value::Number(at)) => {
                at.as_f64().is_some_and(|at| at >= 0.0 && at < items.len() as f64)
            }
            (value, key) => {
                let (value, key) = (type_name(value), type_name(key));
                return Err(failed(format!("Cannot check whether {value} has a {key} key")));
            }
        })
    }),
    of("in", 1, |on, fuel| {
        let object = on.first(0, fuel)?;
        one(match (&object, on.input) {
            (Value::Object(members), Value::String(key)) => members.contains_key(key),
            (Value::Array(items), Value::Number(at)) => {
                at.as_f64().is_some_and(|at| at >= 0.0 && at < items.len() as f64)
            }
            (value, _) => return Err(failed(format!("Cannot check whether {} has a key", type_name(value)))),
        })
    }),
    of("add", 0, |on, fuel| {
        let mut sum = Value::Null;
        for item in members(on.input)? {
            sum = add(&sum, &item, fuel)?;
        }
        one(sum)
    }),
    of("any", 0, |on, _| one(members(on.input)?.iter().any(is_true))),
    of("all", 0, |on, _| one(members(on.input)?.iter().all(is_true))),
    of("any", 1, |on, fuel| quantify(on, members(on.input)?, 0, true, fuel)),
    of("all", 1, |on, fuel| quantify(on, members(on.input)?, 0, false, fuel)),
    of("any", 2, |on, fuel| {
        let items = on.all(0, fuel)?;
        quantify(on, items, 1, true, fuel)
    }),
    of("all", 2, |on, fuel| {
        let items = on.all(0, fuel)?;
        quantify(on, items, 1, false, fuel)
    }),
    of("range", 1, |on, fuel| {
        let to = on.first(0, fuel)?.as_f64().unwrap_or(0.0);
        range(0.0, to, 1.0, fuel)
    }),
    of("range", 2, |on, fuel| {
        let (from, to) =
            (on.first(0, fuel)?.as_f64().unwrap_or(0.0), on.first(1, fuel)?.as_f64().unwrap_or(0.0));
        range(from, to, 1.0, fuel)
    }),
    of("range", 3, |on, fuel| {
        let bound = |at, fuel: &mut Fuel| Ok::<_, Failed>(on.first(at, fuel)?.as_f64().unwrap_or(0.0));
        let (from, to, by) = (bound(0, fuel)?, bound(1, fuel)?, bound(2, fuel)?);
        range(from, to, by, fuel)
    }),
    of("limit", 2, |on, fuel| {
        let count = on.first(0, fuel)?.as_f64().unwrap_or(0.0).max(0.0) as usize;
        let mut all = on.all(1, fuel)?;
        all.truncate(count);
        Ok(all)
    }),
    of("first", 0, |on, _| one(field(on.input, &json!(0))?)),
    of("last", 0, |on, _| one(field(on.input, &json!(-1))?)),
    of("first", 1, |on, fuel| Ok(on.all(0, fuel)?.into_iter().take(1).collect())),
    of("last", 1, |on, fuel| Ok(on.all(0, fuel)?.pop().into_iter().collect())),
    of("nth", 1, |on, fuel| one(field(on.input, &on.first(0, fuel)?)?)),
    of("floor", 0, |on, _| one(number(on.input_number()?.floor()))),
    of("ceil", 0, |on, _| one(number(on.input_number()?.ceil()))),
    of("round", 0, |on, _| one(number(on.input_number()?.round()))),
    of("trunc", 0, |on, _| one(number(on.input_number()?.trunc()))),
    of("fabs", 0, |on, _| one(number(on.input_number()?.abs()))),
    of("sqrt", 0, |on, _| one(number(on.input_number()?.sqrt()))),
    of("log", 0, |on, _| one(number(on.input_number()?.ln()))),
    of("log2", 0, |on, _| one(number(on.input_number()?.log2()))),
    of("log10", 0, |on, _| one(number(on.input_number()?.log10()))),
    of("exp", 0, |on, _| one(number(on.input_number()?.exp()))),
    of("pow", 2, |on, fuel| {
        let base = on.first(0, fuel)?.as_f64().unwrap_or(f64::NAN);
        one(number(base.powf(on.first(1, fuel)?.as_f64().unwrap_or(f64::NAN))))
    }),
    of("tostring", 0, |on, _| one(as_text(on.input))),
    of("tonumber", 0, |on, _| match on.input {
        Value::Number(_) => one(on.input.clone()),
        Value::String(text) => match text.trim().parse::<f64>() {
            Ok(value) if value.is_finite() => one(number(value)),
            _ => Err(failed(format!("{text} cannot be parsed as a number"))),
        },
        other => Err(failed(format!("{} cannot be parsed as a number", type_name(other)))),
    }),
    of("tojson", 0, |on, _| one(to_json(on.input))),
    of("fromjson", 0, |on, fuel| {
        let text = on.input_text()?;
        fuel.spend(text.len() / 64 + 1)?;
        one(serde_json::from_str::<Value>(text).map_err(|error| failed(error.to_string()))?)
    }),
    of("ascii_downcase", 0, |on, _| one(on.input_text()?.to_ascii_lowercase())),
    of("ascii_upcase", 0, |on, _| one(on.input_text()?.to_ascii_uppercase())),
    of("explode", 0, |on, _| {
        one(on.input_text()?.chars().map(|c| number(f64::from(u32::from(c)))).collect::<Vec<_>>())
    }),
    of("implode", 0, |on, _| {
        let code =
            |value: &Value| value.as_f64().and_then(|code| char::from_u32(code as u32)).unwrap_or('\u{fffd}');
        one(on.items()?.iter().map(code).collect::<String>())
    }),
    of("ltrimstr", 1, |on, fuel| {
        let prefix = on.first(0, fuel)?;
        one(match (on.input, &prefix) {
            (Value::String(text), Value::String(prefix)) => {
                Value::from(text.strip_prefix(prefix.as_str()).unwrap_or(text))
            }
            (other, _) => other.clone(),
        })
    }),
    of("rtrimstr", 1, |on, fuel| {
        let suffix = on.first(0, fuel)?;
        one(match (on.input, &suffix) {
            (Value::String(text), Value::String(suffix)) => {
                Value::from(text.strip_suffix(suffix.as_str()).unwrap_or(text))
            }
            (other, _) => other.clone(),
        })
    }),
    of("startswith", 1, |on, fuel| one(on.input_text()?.starts_with(&on.text(0, fuel)?))),
    of("endswith", 1, |on, fuel| one(on.input_text()?.ends_with(&on.text(0, fuel)?))),
    of("trim", 0, |on, _| one(on.input_text()?.trim())),
    of("split", 1, |on, fuel| one(split(on.input_text()?, &on.text(0, fuel)?))),
    of("split", 2, |on, fuel| {
        let pattern = pattern(&on.text(0, fuel)?, &as_flags(on.first(1, fuel)?))?;
        one(pattern.0.split(on.input_text()?).map(Value::from).collect::<Vec<_>>())
    }),
    of("join", 1, |on, fuel| {
        let between = on.text(0, fuel)?;
        let piece = |value: &Value| if value.is_null() { String::new() } else { as_text(value) };
        let pieces: Vec<String> = on.items()?.iter().map(piece).collect();
        let size = pieces.iter().map(|piece| piece.len() + between.len()).sum::<usize>();
        if size > SIZE_MAX {
            return Err(failed("the query makes too large a text"));
        }
        one(pieces.join(&between))
    }),
    of("test", 1, |on, fuel| {
        let (pattern, _) = given_pattern(on, fuel)?;
        one(pattern.is_match(on.input_text()?))
    }),
    of("test", 2, |on, fuel| {
        let (pattern, _) = given_pattern(on, fuel)?;
        one(pattern.is_match(on.input_text()?))
    }),
    of("match", 1, matches),
    of("match", 2, matches),
    of("capture", 1, captures),
    of("capture", 2, captures),
    of("sub", 2, |on, fuel| substitute(on, "", fuel)),
    of("gsub", 2, |on, fuel| substitute(on, "g", fuel)),
    of("sub", 3, |on, fuel| substitute(on, "", fuel)),
    of("gsub", 3, |on, fuel| substitute(on, "g", fuel)),
    of("sort", 0, |on, fuel| {
        let mut items = on.items()?.to_vec();
        fuel.spend(items.len() * 8)?;
        items.sort_by(compare);
        one(items)
    }),
    of("sort_by", 1, |on, fuel| {
        let mut keyed = keyed(on, fuel)?;
        keyed.sort_by(|a, b| compare(&a.0, &b.0));
        one(keyed.into_iter().map(|(_, item)| item).collect::<Vec<_>>())
    }),
    of("unique", 0, |on, fuel| {
        let mut items = on.items()?.to_vec();
        fuel.spend(items.len() * 8)?;
        items.sort_by(compare);
        items.dedup_by(|a, b| compare(a, b).is_eq());
        one(items)
    }),
    of("group_by", 1, |on, fuel| {
        let mut keyed = keyed(on, fuel)?;
        keyed.sort_by(|a, b| compare(&a.0, &b.0));
        let groups = keyed.chunk_by(|a, b| compare(&a.0, &b.0).is_eq());
        one(groups
            .map(|group| group.iter().map(|(_, item)| item.clone()).collect::<Value>())
            .collect::<Vec<_>>())
    }),
    of("min", 0, |on, _| {
        one(on.items()?.iter().min_by(|a, b| compare(a, b)).cloned().unwrap_or(Value::Null))
    }),
    of("max", 0, |on, _| {
        one(on.items()?.iter().max_by(|a, b| compare(a, b)).cloned().unwrap_or(Value::Null))
    }),
    of("min_by", 1, |on, fuel| {
        let keyed = keyed(on, fuel)?;
        one(keyed.into_iter().min_by(|a, b| compare(&a.0, &b.0)).map_or(Value::Null, |(_, item)| item))
    }),
    of("max_by", 1, |on, fuel| {
        let keyed = keyed(on, fuel)?;
        one(keyed.into_iter().max_by(|a, b| compare(&a.0, &b.0)).map_or(Value::Null, |(_, item)| item))
    }),
    of("reverse", 0, |on, _| match on.input {
        Value::String(text) => one(text.chars().rev().collect::<String>()),
        Value::Null => one(Vec::<Value>::new()),
        _ => one(on.items()?.iter().rev().cloned().collect::<Vec<_>>()),
    }),
    of("flatten", 0, |on, fuel| flattened(on, f64::MAX, fuel)),
    of("flatten", 1, |on, fuel| {
        let depth = on.first(0, fuel)?.as_f64().unwrap_or(0.0);
        flattened(on, depth, fuel)
    }),
    of("index", 1, |on, fuel| {
        let what = on.first(0, fuel)?;
        one(match (on.input, &what) {
            (Value::String(text), Value::String(what)) => place(text.find(what.as_str())),
            (Value::Array(items), what) => place(items.iter().position(|item| compare(item, what).is_eq())),
            _ => Value::Null,
        })
    }),
    of("rindex", 1, |on, fuel| {
        let what = on.first(0, fuel)?;
        one(match (on.input, &what) {
            (Value::String(text), Value::String(what)) => place(text.rfind(what.as_str())),
            (Value::Array(items), what) => place(items.iter().rposition(|item| compare(item, what).is_eq())),
            _ => Value::Null,
        })
    }),
    of("contains", 1, |on, fuel| one(contains(on.input, &on.first(0, fuel)?, fuel)?)),
    of("inside", 1, |on, fuel| one(contains(&on.first(0, fuel)?, on.input, fuel)?)),
    of("to_entries", 0, |on, _| one(entries(on.input)?)),
    of("from_entries", 0, |on, _| one(from_entries(on.items()?)?)),
    of("with_entries", 1, |on, fuel| {
        let mut changed = Vec::new();
        for entry in entries(on.input)? {
            changed.extend(on.ask(0, &entry, fuel)?);
        }
        one(from_entries(&changed)?)
    }),
    of("gmtime", 0, |on, _| one(broken_down(on.input_number()?)?)),
    of("mktime", 0, |on, _| one(number(seconds_of(on.input)?.floor()))),
    of("strftime", 1, |on, fuel| {
        let format = on.text(0, fuel)?;
        let time = at(seconds_of(on.input)?)?.to_zoned_datetime(jiff::tz::TimeZone::UTC);
        one(strtime::format(format.as_bytes(), &time).map_err(|error| failed(error.to_string()))?)
    }),
    of("strptime", 1, |on, fuel| {
        let format = on.text(0, fuel)?;
        one(broken_down(parsed(on.input_text()?, &format)?)?)
    }),
    of("todate", 0, |on, _| one(iso(on.input_number()?)?)),
    of("todateiso8601", 0, |on, _| one(iso(on.input_number()?)?)),
    of("fromdate", 0, |on, _| one(number(parsed(on.input_text()?, "%Y-%m-%dT%H:%M:%SZ")?))),
    of("fromdateiso8601", 0, |on, _| one(number(parsed(on.input_text()?, "%Y-%m-%dT%H:%M:%SZ")?))),
];

fn only(on: &Context<'_>, is: fn(&Value) -> bool) -> Result<Answers, Failed> {
    Ok(if is(on.input) { vec![on.input.clone()] } else { Vec::new() })
}

fn members(value: &Value) -> Result<Vec<Value>, Failed> {
    match value {
        Value::Array(items) => Ok(items.clone()),
        Value::Object(members) => Ok(members.values().cloned().collect()),
        other => Err(failed(format!("Cannot iterate over {}", type_name(other)))),
    }
}

fn quantify(
    on: &Context<'_>,
    items: Vec<Value>,
    argument: usize,
    wanted: bool,
    fuel: &mut Fuel,
) -> Result<Answers, Failed> {
    for item in items {
        if on.ask(argument, &item, fuel)?.iter().any(|answer| is_true(answer) == wanted) {
            return one(wanted);
        }
    }
    one(!wanted)
}

fn keys(value: &Value) -> Result<Answers, Failed> {
    match value {
        Value::Object(members) => {
            let mut keys: Vec<&String> = members.keys().collect();
            keys.sort();
            one(keys.into_iter().map(|key| Value::from(key.as_str())).collect::<Vec<_>>())
        }
        Value::Array(items) => one((0..items.len()).map(|at| number(at as f64)).collect::<Vec<_>>()),
        other => Err(failed(format!("{} has no keys", type_name(other)))),
    }
}

fn range(from: f64, to: f64, by: f64, fuel: &mut Fuel) -> Result<Answers, Failed> {
    let mut all = Vec::new();
    let mut at = from;
    while (by > 0.0 && at < to) || (by < 0.0 && at > to) {
        fuel.spend(1)?;
        all.push(number(at));
        at += by;
    }
    Ok(all)
}

fn keyed(on: &Context<'_>, fuel: &mut Fuel) -> Result<Vec<(Value, Value)>, Failed> {
    let mut keyed = Vec::new();
    for item in on.items()? {
        fuel.spend(8)?;
        keyed.push((Value::Array(on.ask(0, item, fuel)?), item.clone()));
    }
    Ok(keyed)
}

fn flattened(on: &Context<'_>, depth: f64, fuel: &mut Fuel) -> Result<Answers, Failed> {
    fn into(items: &[Value], depth: f64, all: &mut Vec<Value>, fuel: &mut Fuel) -> Result<(), Failed> {
        for item in items {
            fuel.spend(1)?;
            match item {
                Value::Array(inner) if depth > 0.0 => into(inner, depth - 1.0, all, fuel)?,
                other => all.push(other.clone()),
            }
        }
        Ok(())
    }
    let mut all = Vec::new();
    into(on.items()?, depth, &mut all, fuel)?;
    one(all)
}

fn place(at: Option<usize>) -> Value {
    at.map_or(Value::Null, |at| number(at as f64))
}

fn contains(value: &Value, part: &Value, fuel: &mut Fuel) -> Result<bool, Failed> {
    fuel.spend(1)?;
    Ok(match (value, part) {
        (Value::String(text), Value::String(part)) => text.contains(part.as_str()),
        (Value::Array(items), Value::Array(parts)) => {
            for part in parts {
                let mut found = false;
                for item in items {
                    found = found || contains(item, part, fuel)?;
                }
                if !found {
                    return Ok(false);
                }
            }
            true
        }
        (Value::Object(members), Value::Object(parts)) => {
            for (key, part) in parts {
                match members.get(key) {
                    Some(member) if contains(member, part, fuel)? => {}
                    _ => return Ok(false),
                }
            }
            true
        }
        (value, part) => compare(value, part).is_eq(),
    })
}

fn entries(value: &Value) -> Result<Vec<Value>, Failed> {
    match value {
        Value::Object(members) => {
            Ok(members.iter().map(|(key, value)| json!({"key": key, "value": value})).collect())
        }
        other => Err(failed(format!("{} has no keys", type_name(other)))),
    }
}

fn from_entries(entries: &[Value]) -> Result<Value, Failed> {
    let mut object = Map::new();
    for entry in entries {
        let member = |names: [&str; 4]| {
            let found = names.iter().find_map(|name| entry.get(name).filter(|value| !value.is_null()));
            found.cloned().unwrap_or(Value::Null)
        };
        let key = as_text(&member(["key", "k", "name", "Name"]));
        object.insert(key, member(["value", "v", "Value", "V"]));
    }
    Ok(Value::Object(object))
}

// ---- texts and patterns

/// Parts of a text.
pub(super) fn split(text: &str, by: &str) -> Value {
    if text.is_empty() {
        return Value::Array(Vec::new());
    }
    if by.is_empty() {
        return text.chars().map(|c| Value::from(c.to_string())).collect();
    }
    text.split(by).map(Value::from).collect()
}

fn as_flags(value: Value) -> String {
    match value {
        Value::String(text) => text,
        _ => String::new(),
    }
}

fn pattern(text: &str, flags: &str) -> Result<(Regex, bool), Failed> {
    /// Bytes of a compiled pattern.
    const PATTERN_BYTES_MAX: usize = 1 << 20;
    let mut builder = RegexBuilder::new(text);
    builder.size_limit(PATTERN_BYTES_MAX).dfa_size_limit(PATTERN_BYTES_MAX);
    let mut everywhere = false;
    for flag in flags.chars() {
        match flag {
            'g' => everywhere = true,
            'i' => _ = builder.case_insensitive(true),
            'x' => _ = builder.ignore_whitespace(true),
            's' => _ = builder.dot_matches_new_line(true),
            'n' | 'l' | 'p' => {}
            other => return Err(failed(format!("{other} is not a valid modifier string"))),
        }
    }
    let regex = builder.build().map_err(|_| failed(format!("{text} (at offset 0) is not a valid regex")))?;
    Ok((regex, everywhere))
}

/// The pattern of a function's first arguments: a text, or `[text, flags]`; then flags.
fn given_pattern(on: &Context<'_>, fuel: &mut Fuel) -> Result<(Regex, bool), Failed> {
    // Compiling a pattern costs as much as many steps.
    fuel.spend(1_000)?;
    let (text, mut flags) = match on.first(0, fuel)? {
        Value::String(text) => (text, String::new()),
        Value::Array(both) => {
            let mut both = both.into_iter();
            (as_flags(both.next().unwrap_or_default()), as_flags(both.next().unwrap_or_default()))
        }
        other => {
            return Err(failed(format!("{} cannot be matched, as it is not a string", type_name(&other))));
        }
    };
    if on.arguments.len() == 2 {
        flags = as_flags(on.first(1, fuel)?);
    }
    pattern(&text, &flags)
}

fn chars_before(text: &str, at: usize) -> Value {
    number(text[..at].chars().count() as f64)
}

fn matches(on: &Context<'_>, fuel: &mut Fuel) -> Result<Answers, Failed> {
    let (pattern, everywhere) = given_pattern(on, fuel)?;
    let text = on.input_text()?;
    let mut all = Vec::new();
    for found in pattern.captures_iter(text) {
        fuel.spend(10)?;
        let whole = found.get(0).expect("group 0 is the match itself");
        let group = |(at, name): (usize, Option<&str>)| {
            let part = found.get(at);
            json!({
                "offset": part.map_or_else(|| number(-1.0), |part| chars_before(text, part.start())),
                "length": number(part.map_or(0, |part| part.as_str().chars().count()) as f64),
                "string": part.map(|part| part.as_str()),
                "name": name,
            })
        };
        all.push(json!({
            "offset": chars_before(text, whole.start()),
            "length": number(whole.as_str().chars().count() as f64),
            "string": whole.as_str(),
            "captures": pattern.capture_names().enumerate().skip(1).map(group).collect::<Vec<_>>(),
        }));
        if !everywhere {
            break;
        }
    }
    Ok(all)
}

fn named_groups(pattern: &Regex, found: &regex::Captures<'_>) -> Value {
    let names = pattern.capture_names().flatten();
    let group =
        |name: &str| (name.to_owned(), found.name(name).map_or(Value::Null, |part| part.as_str().into()));
    Value::Object(names.map(group).collect())
}

fn captures(on: &Context<'_>, fuel: &mut Fuel) -> Result<Answers, Failed> {
    let (pattern, everywhere) = given_pattern(on, fuel)?;
    let all = pattern.captures_iter(on.input_text()?).map(|found| named_groups(&pattern, &found));
    Ok(all.take(if everywhere { usize::MAX } else { 1 }).collect())
}

fn substitute(on: &Context<'_>, flags: &str, fuel: &mut Fuel) -> Result<Answers, Failed> {
    fuel.spend(1_000)?;
    let more = if on.arguments.len() == 3 { as_flags(on.first(2, fuel)?) } else { String::new() };
    let (pattern, everywhere) = pattern(&on.text(0, fuel)?, &format!("{flags}{more}"))?;
    let text = on.input_text()?;
    let mut result = String::new();
    let mut last = 0;
    for found in pattern.captures_iter(text) {
        fuel.spend(10)?;
        let whole = found.get(0).expect("group 0 is the match itself");
        let with = on.ask(1, &named_groups(&pattern, &found), fuel)?.into_iter().next();
        result.push_str(&text[last..whole.start()]);
        result.push_str(&with.map(|with| as_text(&with)).unwrap_or_default());
        last = whole.end();
        if result.len() > SIZE_MAX {
            return Err(failed("the query makes too large a text"));
        }
        if !everywhere {
            break;
        }
    }
    result.push_str(&text[last..]);
    one(result)
}

// ---- times

fn at(seconds: f64) -> Result<jiff::Timestamp, Failed> {
    let micros = (seconds * 1e6).round();
    // A float beyond the range saturates, and is refused as out of range.
    jiff::Timestamp::from_microsecond(micros as i64).map_err(|error| failed(error.to_string()))
}

/// Seconds since the epoch, or jq's broken-down time.
fn seconds_of(value: &Value) -> Result<f64, Failed> {
    match value {
        Value::Number(value) => Ok(value.as_f64().unwrap_or(0.0)),
        Value::Array(parts) => {
            let part = |at: usize| parts.get(at).and_then(Value::as_f64).unwrap_or(0.0);
            let date = jiff::civil::Date::new(part(0) as i16, part(1) as i8 + 1, part(2) as i8);
            let date = date.map_err(|_| failed("gmtime() requires an array of 6 numbers"))?;
            let time = date.at(part(3) as i8, part(4) as i8, 0, 0).to_zoned_datetime(jiff::tz::TimeZone::UTC);
            let time = time.map_err(|error| failed(error.to_string()))?;
            Ok(time.timestamp().as_second() as f64 + part(5))
        }
        _ => Err(failed("strftime/1 requires parsed datetime inputs")),
    }
}

fn broken_down(seconds: f64) -> Result<Value, Failed> {
    let time = at(seconds)?.to_zoned_datetime(jiff::tz::TimeZone::UTC);
    let fraction = seconds - seconds.floor();
    let parts = [
        f64::from(time.year()),
        f64::from(time.month() - 1),
        f64::from(time.day()),
        f64::from(time.hour()),
        f64::from(time.minute()),
        f64::from(time.second()) + fraction,
        f64::from(time.weekday().to_sunday_zero_offset()),
        f64::from(time.day_of_year() - 1),
    ];
    Ok(parts.into_iter().map(number).collect())
}

fn parsed(text: &str, format: &str) -> Result<f64, Failed> {
    let wrong = || failed(format!("date \"{text}\" does not match format \"{format}\""));
    let parsed = strtime::parse(format.as_bytes(), text.as_bytes()).map_err(|_| wrong())?;
    if let Ok(instant) = parsed.to_timestamp() {
        return Ok(instant.as_second() as f64);
    }
    let date = parsed.to_date().map_err(|_| wrong())?;
    let time = parsed.to_time().unwrap_or_default();
    let zoned = date.to_datetime(time).to_zoned_datetime(jiff::tz::TimeZone::UTC).map_err(|_| wrong())?;
    Ok(zoned.timestamp().as_second() as f64)
}

fn iso(seconds: f64) -> Result<String, Failed> {
    let time = at(seconds.floor())?.to_zoned_datetime(jiff::tz::TimeZone::UTC);
    strtime::format("%Y-%m-%dT%H:%M:%SZ", &time).map_err(|error| failed(error.to_string()))
}

// ---- values

/// A number, without a fraction where it has none.
pub(super) fn number(value: f64) -> Value {
    /// Up to here every whole double is an integer that JSON readers take as one.
    const WHOLE_MAX: f64 = 1e17;
    if value.fract() == 0.0 && value.abs() < WHOLE_MAX {
        return Value::from(value as i64);
    }
    // jq shows what is not a number as null, and infinities as the largest number.
    let finite = if value.is_nan() { return Value::Null } else { value.clamp(f64::MIN, f64::MAX) };
    serde_json::Number::from_f64(finite).map_or(Value::Null, Value::Number)
}

/// JSON without spaces.
pub(super) fn to_json(value: &Value) -> String {
    match value {
        Value::Number(found) => number(found.as_f64().unwrap_or(f64::NAN)).to_string(),
        other => other.to_string(),
    }
}

/// What a value is.
pub(super) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// A value for a message.
pub(super) fn shortened(value: &Value) -> String {
    const CHARS_MAX: usize = 10;
    let text = to_json(value);
    if text.chars().count() <= CHARS_MAX {
        text
    } else {
        text.chars().take(CHARS_MAX).chain("...".chars()).collect()
    }
}

/// Whether there is such an `@format`.
pub(super) fn is_format(name: &str) -> bool {
    matches!(name, "text" | "json" | "html" | "uri" | "csv" | "tsv" | "sh" | "base64" | "base64d")
}

/// A value in an `@format`.
pub(super) fn format(name: &str, value: &Value) -> Result<String, Failed> {
    let text = || as_text(value);
    Ok(match name {
        "json" => to_json(value),
        "html" => text()
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('\'', "&#39;")
            .replace('"', "&quot;"),
        "uri" => {
            let mut escaped = String::new();
            for byte in text().bytes() {
                if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
                    escaped.push(char::from(byte));
                } else {
                    escaped.push_str(&format!("%{byte:02X}"));
                }
            }
            escaped
        }
        "csv" | "tsv" => {
            let Value::Array(items) = value else {
                return Err(failed(format!(
                    "{} cannot be {name}-formatted, only an array can be",
                    type_name(value)
                )));
            };
            let cell = |item: &Value| match (name, item) {
                (_, Value::Null) => String::new(),
                ("csv", Value::String(text)) => format!("\"{}\"", text.replace('"', "\"\"")),
                (_, Value::String(text)) => {
                    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
                }
                (_, other) => to_json(other),
            };
            items.iter().map(cell).collect::<Vec<_>>().join(if name == "csv" { "," } else { "\t" })
        }
        "sh" => {
            let quoted = |item: &Value| match item {
                Value::String(text) => format!("'{}'", text.replace('\'', "'\\''")),
                other => to_json(other),
            };
            match value {
                Value::Array(items) => items.iter().map(quoted).collect::<Vec<_>>().join(" "),
                other => quoted(other),
            }
        }
        "base64" => base64_simd::STANDARD.encode_to_string(text().as_bytes()),
        "base64d" => {
            let text = text();
            let bytes = base64_simd::STANDARD_NO_PAD.decode_to_vec(text.trim_end_matches('=').as_bytes());
            let bytes =
                bytes.map_err(|_| failed(format!("{} is not valid base64 data", shortened(value))))?;
            String::from_utf8_lossy(&bytes).into_owned()
        }
        _ => text(),
    })
}
