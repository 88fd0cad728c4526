//! Avro schemas: read as the specification of Avro 1.11 says, and compared by its rules of schema resolution.
//!
//! Named types stand in a list and are meant by their place in it, so that a type may hold itself. Two schemas are compared pair of types by
//! pair of types; a pair that is being compared already counts as compatible, as in Apache's checker.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

/// A schema.
#[derive(Clone, Debug)]
pub struct Avro {
    named: Vec<Named>,
    root: Type,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Primitive {
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Type {
    Primitive(Primitive),
    Array(Box<Type>),
    Map(Box<Type>),
    Union(Vec<Type>),
    Named(usize),
}

#[derive(Clone, Debug)]
struct Named {
    full_name: String,
    aliases: Vec<String>,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    Record(Vec<Field>),
    Enum {
        symbols: Vec<String>,
        default: Option<String>,
    },
    Fixed(u64),
    /// Named, and not yet read to its end.
    Open,
}

#[derive(Clone, Debug)]
struct Field {
    name: String,
    aliases: Vec<String>,
    r#type: Type,
    has_default: bool,
}

impl Primitive {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Self::Null,
            "boolean" => Self::Boolean,
            "int" => Self::Int,
            "long" => Self::Long,
            "float" => Self::Float,
            "double" => Self::Double,
            "bytes" => Self::Bytes,
            "string" => Self::String,
            _ => return None,
        })
    }

    /// Whether a value of the other type is one of this type too.
    fn takes(self, writer: Self) -> bool {
        use Primitive::{Bytes, Double, Float, Int, Long, String};
        self == writer
            || matches!(
                (self, writer),
                (Long, Int)
                    | (Float, Int | Long)
                    | (Double, Int | Long | Float)
                    | (Bytes, String)
                    | (String, Bytes)
            )
    }
}

impl Avro {
    /// Reads a schema. The text of a refusal says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let mut reader = Reader { named: Vec::new(), by_name: HashMap::new() };
        let root = reader.read(&value, "")?;
        Ok(Self { named: reader.named, root })
    }

    /// Whether this schema reads what the other wrote.
    pub fn can_read(&self, writer: &Self) -> bool {
        Comparison { reader: self, writer, seen: HashSet::new() }.can_read(&self.root, &writer.root)
    }
}

struct Reader {
    named: Vec<Named>,
    by_name: HashMap<String, usize>,
}

fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn full_name(name: &str, namespace: &str) -> String {
    if name.contains('.') || namespace.is_empty() { name.to_owned() } else { format!("{namespace}.{name}") }
}

fn text_of<'v>(object: &'v Map<String, Value>, member: &str) -> Option<&'v str> {
    object.get(member).and_then(Value::as_str)
}

fn texts_of(object: &Map<String, Value>, member: &str) -> Result<Vec<String>, String> {
    let Some(value) = object.get(member) else { return Ok(Vec::new()) };
    let all = value.as_array().ok_or_else(|| format!("{member} is not an array"))?.iter();
    all.map(|one| one.as_str().map(str::to_owned).ok_or_else(|| format!("{member} holds no text"))).collect()
}

impl Reader {
    fn read(&mut self, value: &Value, namespace: &str) -> Result<Type, String> {
        match value {
            Value::String(name) => self.by_text(name, namespace),
            Value::Array(branches) => self.union(branches, namespace),
            Value::Object(object) => self.object(object, namespace),
            Value::Null | Value::Bool(_) | Value::Number(_) => Err(format!("No type: {value}")),
        }
    }

    fn by_text(&self, name: &str, namespace: &str) -> Result<Type, String> {
        if let Some(primitive) = Primitive::named(name) {
            return Ok(Type::Primitive(primitive));
        }
        let found = self.by_name.get(&full_name(name, namespace)).or_else(|| self.by_name.get(name));
        found.map(|place| Type::Named(*place)).ok_or_else(|| format!("Undefined name: \"{name}\""))
    }

    fn union(&mut self, branches: &[Value], namespace: &str) -> Result<Type, String> {
        let mut types: Vec<Type> = Vec::new();
        for branch in branches {
            let branch = self.read(branch, namespace)?;
            let is_double = types.iter().any(|there| match (there, &branch) {
                (Type::Array(_), Type::Array(_)) | (Type::Map(_), Type::Map(_)) => true,
                (there, branch) => there == branch,
            });
            match branch {
                Type::Union(_) => return Err("Nested union".to_owned()),
                _ if is_double => return Err("Duplicate in union".to_owned()),
                branch => types.push(branch),
            }
        }
        Ok(Type::Union(types))
    }

    fn object(&mut self, object: &Map<String, Value>, namespace: &str) -> Result<Type, String> {
        let kind = object.get("type").ok_or("No type")?;
        let Some(kind) = kind.as_str() else { return self.read(kind, namespace) };
        match kind {
            "array" => {
                let items = object.get("items").ok_or("Array has no items type")?;
                Ok(Type::Array(Box::new(self.read(items, namespace)?)))
            }
            "map" => {
                let values = object.get("values").ok_or("Map has no values type")?;
                Ok(Type::Map(Box::new(self.read(values, namespace)?)))
            }
            "record" | "error" | "enum" | "fixed" => self.named(kind, object, namespace),
            other => self.by_text(other, namespace),
        }
    }

    fn named(&mut self, kind: &str, object: &Map<String, Value>, outer: &str) -> Result<Type, String> {
        let name = text_of(object, "name").ok_or_else(|| format!("No name in schema: {kind}"))?;
        let namespace = text_of(object, "namespace").unwrap_or(outer);
        let name = full_name(name, namespace);
        if !name.split('.').all(is_name) {
            return Err(format!("Illegal name: {name}"));
        }
        let simple = name.rsplit('.').next().unwrap_or_default();
        if Primitive::named(simple).is_some() {
            return Err(format!("Schemas may not be named after primitives: {simple}"));
        }
        let own = name.rsplit_once('.').map_or("", |(namespace, _)| namespace).to_owned();
        let place = self.named.len();
        if self.by_name.insert(name.clone(), place).is_some() {
            return Err(format!("Can't redefine: {name}"));
        }
        let aliases = texts_of(object, "aliases")?.iter().map(|alias| full_name(alias, &own)).collect();
        self.named.push(Named { full_name: name, aliases, kind: Kind::Open });
        let kind = match kind {
            "enum" => Self::symbols(object)?,
            "fixed" => Kind::Fixed(object.get("size").and_then(Value::as_u64).ok_or("Invalid or no size")?),
            _ => self.fields(object, &own)?,
        };
        self.named[place].kind = kind;
        Ok(Type::Named(place))
    }

    fn symbols(object: &Map<String, Value>) -> Result<Kind, String> {
        if !object.get("symbols").is_some_and(Value::is_array) {
            return Err("Enum has no symbols".to_owned());
        }
        let symbols = texts_of(object, "symbols")?;
        let mut seen = HashSet::new();
        for symbol in &symbols {
            if !is_name(symbol) {
                return Err(format!("Illegal name: {symbol}"));
            }
            if !seen.insert(symbol) {
                return Err(format!("Duplicate enum symbol: {symbol}"));
            }
        }
        let default = text_of(object, "default").map(str::to_owned);
        match default {
            Some(default) if !symbols.contains(&default) => {
                Err(format!("The Enum Default: {default} is not in the enum symbol set"))
            }
            default => Ok(Kind::Enum { symbols, default }),
        }
    }

    fn fields(&mut self, object: &Map<String, Value>, namespace: &str) -> Result<Kind, String> {
        let fields = object.get("fields").and_then(Value::as_array).ok_or("Record has no fields")?;
        let mut all: Vec<Field> = Vec::with_capacity(fields.len());
        for field in fields {
            let field = field.as_object().ok_or("Record field is not an object")?;
            let name = text_of(field, "name").ok_or("No field name")?.to_owned();
            if !is_name(&name) {
                return Err(format!("Illegal name: {name}"));
            }
            if all.iter().any(|there| there.name == name) {
                return Err(format!("Duplicate field {name}"));
            }
            let r#type = self.read(field.get("type").ok_or("No field type")?, namespace)?;
            let default = field.get("default");
            if let Some(default) = default
                && !self.is_value(&r#type, default)
            {
                return Err(format!("Invalid default for field {name}: {default}"));
            }
            let aliases = texts_of(field, "aliases")?;
            all.push(Field { name, aliases, r#type, has_default: default.is_some() });
        }
        Ok(Kind::Record(all))
    }

    /// Whether a JSON value is a default of a type.
    fn is_value(&self, r#type: &Type, value: &Value) -> bool {
        match r#type {
            Type::Primitive(primitive) => match primitive {
                Primitive::Null => value.is_null(),
                Primitive::Boolean => value.is_boolean(),
                Primitive::Int => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
                Primitive::Long => value.is_i64(),
                Primitive::Float | Primitive::Double => value.is_number(),
                Primitive::Bytes | Primitive::String => value.is_string(),
            },
            Type::Array(items) => {
                value.as_array().is_some_and(|all| all.iter().all(|one| self.is_value(items, one)))
            }
            Type::Map(values) => {
                value.as_object().is_some_and(|all| all.values().all(|one| self.is_value(values, one)))
            }
            Type::Union(branches) => branches.iter().any(|branch| self.is_value(branch, value)),
            Type::Named(place) => match &self.named[*place].kind {
                Kind::Enum { .. } | Kind::Fixed(_) => value.is_string(),
                Kind::Record(fields) => value.as_object().is_some_and(|object| {
                    fields.iter().all(|field| match object.get(&field.name) {
                        Some(value) => self.is_value(&field.r#type, value),
                        None => field.has_default,
                    })
                }),
                Kind::Open => value.is_object(),
            },
        }
    }
}

struct Comparison<'a> {
    reader: &'a Avro,
    writer: &'a Avro,
    seen: HashSet<(usize, usize)>,
}

impl Comparison<'_> {
    fn can_read(&mut self, reader: &Type, writer: &Type) -> bool {
        if let Type::Union(branches) = writer {
            return branches.iter().all(|branch| self.can_read(reader, branch));
        }
        match (reader, writer) {
            (Type::Union(branches), writer) => branches.iter().any(|branch| self.can_read(branch, writer)),
            (Type::Primitive(reader), Type::Primitive(writer)) => reader.takes(*writer),
            (Type::Array(reader), Type::Array(writer)) | (Type::Map(reader), Type::Map(writer)) => {
                self.can_read(reader, writer)
            }
            (Type::Named(reader), Type::Named(writer)) => self.named(*reader, *writer),
            (Type::Primitive(_) | Type::Array(_) | Type::Map(_) | Type::Named(_), _) => false,
        }
    }

    fn named(&mut self, reader_place: usize, writer_place: usize) -> bool {
        let reader_schema = self.reader;
        let writer_schema = self.writer;
        let (reader, writer) = (&reader_schema.named[reader_place], &writer_schema.named[writer_place]);
        let simple = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
        let same_name = simple(&reader.full_name) == simple(&writer.full_name)
            || reader.aliases.contains(&writer.full_name);
        match (&reader.kind, &writer.kind) {
            (Kind::Fixed(reader), Kind::Fixed(writer)) => same_name && reader == writer,
            (Kind::Enum { symbols: reader, default }, Kind::Enum { symbols: writer, .. }) => {
                same_name && (default.is_some() || writer.iter().all(|symbol| reader.contains(symbol)))
            }
            (Kind::Record(reader), Kind::Record(writer)) => {
                if !same_name {
                    return false;
                }
                if !self.seen.insert((reader_place, writer_place)) {
                    return true;
                }
                reader.iter().all(|field| {
                    let written =
                        |there: &&Field| there.name == field.name || field.aliases.contains(&there.name);
                    match writer.iter().find(written) {
                        Some(written) => self.can_read(&field.r#type, &written.r#type),
                        None => field.has_default,
                    }
                })
            }
            (Kind::Record(_) | Kind::Enum { .. } | Kind::Fixed(_) | Kind::Open, _) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(reader: &str, writer: &str) -> bool {
        Avro::parse(reader).unwrap().can_read(&Avro::parse(writer).unwrap())
    }

    fn record(fields: &str) -> String {
        format!(r#"{{"type": "record", "name": "r", "namespace": "n", "fields": [{fields}]}}"#)
    }

    #[test]
    fn a_field_that_was_not_written_needs_a_default() {
        let one = record(r#"{"name": "a", "type": "int"}"#);
        let two = record(r#"{"name": "a", "type": "int"}, {"name": "b", "type": "string"}"#);
        let three = record(r#"{"name": "a", "type": "int"}, {"name": "b", "type": "string", "default": ""}"#);
        let four = record(r#"{"name": "a", "type": "int"}, {"name": "b", "type": ["null", "string"]}"#);
        assert!(!reads(&two, &one) && reads(&three, &one) && reads(&one, &two));
        // A field that may be null has no default by that alone.
        assert!(!reads(&four, &one));
    }

    #[test]
    fn numbers_widen_and_texts_are_bytes() {
        for (reader, writer) in [("long", "int"), ("double", "long"), ("float", "int"), ("string", "bytes")] {
            let (reader, writer) = (format!("\"{reader}\""), format!("\"{writer}\""));
            assert!(reads(&reader, &writer));
        }
        assert!(!reads("\"int\"", "\"long\"") && !reads("\"long\"", "\"float\""));
    }

    #[test]
    fn unions_and_enums_read_what_they_have() {
        assert!(reads(r#"["null", "long"]"#, r#"["null", "int"]"#));
        assert!(reads(r#"["null", "string"]"#, "\"string\""));
        assert!(!reads("\"string\"", r#"["null", "string"]"#));
        let few = r#"{"type": "enum", "name": "e", "symbols": ["A"]}"#;
        let many = r#"{"type": "enum", "name": "e", "symbols": ["A", "B"]}"#;
        let fallen = r#"{"type": "enum", "name": "e", "symbols": ["A"], "default": "A"}"#;
        assert!(reads(many, few) && !reads(few, many) && reads(fallen, many));
    }

    #[test]
    fn a_type_may_hold_itself_and_have_another_name() {
        let list = r#"{"type": "record", "name": "L", "fields": [{"name": "next", "type": ["null", "L"]}]}"#;
        assert!(reads(list, list));
        let renamed = r#"{"type": "record", "name": "M", "aliases": ["L"], "fields": [
            {"name": "following", "aliases": ["next"], "type": ["null", "M"]}]}"#;
        assert!(reads(renamed, list) && !reads(list, renamed));
    }

    #[test]
    fn what_is_no_schema_is_refused() {
        for bad in [
            r#"{"type": "nosuch"}"#,
            "{",
            "7",
            r#"{"type": "record", "name": "r"}"#,
            r#"{"type": "array"}"#,
            r#"["int", "int"]"#,
            r#"["int", ["null"]]"#,
            r#"{"type": "enum", "name": "1", "symbols": []}"#,
            r#"{"type": "record", "name": "r", "fields": [{"name": "a", "type": "int", "default": "x"}]}"#,
            r#"{"type": "record", "name": "r", "fields": [{"name": "a", "type": "int"}, {"name": "a", "type": "int"}]}"#,
        ] {
            assert!(Avro::parse(bad).is_err(), "{bad}");
        }
    }
}
