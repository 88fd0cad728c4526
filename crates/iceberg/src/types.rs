//! Schemas: what a table's rows have, each field with an id that it keeps whatever it is called.

use serde_json::{Map, Value};

use crate::{Error, malformed};

/// How deep types may be nested.
const DEPTH_MAX: usize = 64;

/// A type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// One value.
    Primitive(Primitive),
    /// Fields.
    Struct(Vec<Field>),
    /// Elements.
    List(Box<Field>),
    /// Keys and values.
    Map(Box<(Field, Field)>),
}

/// The type of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Primitive {
    /// `boolean`
    Boolean,
    /// `int`: 32 bits
    Int,
    /// `long`: 64 bits
    Long,
    /// `float`
    Float,
    /// `double`
    Double,
    /// `decimal(P,S)`
    Decimal(u8, u8),
    /// `date`: days since 1970
    Date,
    /// `time`: microseconds since midnight
    Time,
    /// `timestamp`: microseconds, of no zone
    Timestamp,
    /// `timestamptz`: microseconds, in UTC
    TimestampTz,
    /// `string`
    String,
    /// `uuid`
    Uuid,
    /// `fixed[L]`
    Fixed(u32),
    /// `binary`
    Binary,
}

/// A field, an element, a key or a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its id, for good.
    pub id: i32,
    /// What it is called now.
    pub name: String,
    /// It must have a value.
    pub required: bool,
    /// Its type.
    pub kind: Type,
}

/// A schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    /// Its number within the table.
    pub id: i32,
    /// The columns.
    pub fields: Vec<Field>,
    /// The fields that tell rows apart.
    pub identifiers: Vec<i32>,
}

impl Schema {
    /// From its JSON form.
    pub fn parse(json: &Value) -> Result<Self, Error> {
        let object = json.as_object().ok_or_else(|| malformed("a schema is no object"))?;
        let ids = object.get("identifier-field-ids").and_then(Value::as_array);
        Ok(Self {
            // Tables of format version 1 may have a schema without a number.
            id: object.get("schema-id").map_or(Ok(0), int)?,
            fields: fields(object, 0)?,
            identifiers: ids.into_iter().flatten().map(int).collect::<Result<_, _>>()?,
        })
    }

    /// The column of a name.
    pub fn column(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// A field that is a column or lies in structs of one.
    pub fn field(&self, id: i32) -> Option<&Field> {
        fn within(fields: &[Field], id: i32) -> Option<&Field> {
            fields.iter().find_map(|field| match &field.kind {
                _ if field.id == id => Some(field),
                Type::Struct(below) => within(below, id),
                Type::Primitive(_) | Type::List(_) | Type::Map(_) => None,
            })
        }
        within(&self.fields, id)
    }
}

impl Field {
    /// Its type, if it is that of one value.
    pub fn primitive(&self) -> Option<Primitive> {
        match &self.kind {
            Type::Primitive(primitive) => Some(*primitive),
            Type::Struct(_) | Type::List(_) | Type::Map(_) => None,
        }
    }
}

pub(crate) fn int(value: &Value) -> Result<i32, Error> {
    let number = value.as_i64().and_then(|number| i32::try_from(number).ok());
    number.ok_or_else(|| malformed(format!("{value} is no id")))
}

fn fields(object: &Map<String, Value>, depth: usize) -> Result<Vec<Field>, Error> {
    let all = object.get("fields").and_then(Value::as_array);
    let all = all.ok_or_else(|| malformed("a struct has no fields"))?;
    all.iter().map(|field| parse_field(field, depth)).collect()
}

fn parse_field(json: &Value, depth: usize) -> Result<Field, Error> {
    let member = |name: &str| json.get(name).ok_or_else(|| malformed(format!("a field has no {name}")));
    Ok(Field {
        id: int(member("id")?)?,
        name: member("name")?.as_str().ok_or_else(|| malformed("a field's name is no text"))?.to_owned(),
        required: member("required")?.as_bool().unwrap_or(false),
        kind: parse_type(member("type")?, depth + 1)?,
    })
}

fn parse_type(json: &Value, depth: usize) -> Result<Type, Error> {
    if depth > DEPTH_MAX {
        return Err(malformed("types are nested too deep"));
    }
    let object = match json {
        Value::String(text) => return Primitive::parse(text).map(Type::Primitive),
        Value::Object(object) => object,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
            return Err(malformed(format!("{json} is no type")));
        }
    };
    let part = |prefix: &str, required: bool| -> Result<Field, Error> {
        let member =
            |name: String| object.get(&name).ok_or_else(|| malformed(format!("a type has no {name}")));
        Ok(Field {
            id: int(member(format!("{prefix}-id"))?)?,
            name: prefix.to_owned(),
            required: required || member(format!("{prefix}-required"))?.as_bool() == Some(true),
            kind: parse_type(member(prefix.to_owned())?, depth + 1)?,
        })
    };
    match object.get("type").and_then(Value::as_str) {
        Some("struct") => Ok(Type::Struct(fields(object, depth)?)),
        Some("list") => Ok(Type::List(Box::new(part("element", false)?))),
        Some("map") => Ok(Type::Map(Box::new((part("key", true)?, part("value", false)?)))),
        Some(_) | None => Err(malformed(format!("{json} is no type"))),
    }
}

impl Primitive {
    /// From the format's word for it.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let unknown = || Error::Unsupported(format!("the type {text} is not known"));
        let within =
            |open: &str, close: char| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) = within("decimal(", ')') {
            let (precision, scale) = inner.split_once(',').ok_or_else(unknown)?;
            let number = |text: &str| text.trim().parse::<u8>().map_err(|_| unknown());
            let (precision, scale) = (number(precision)?, number(scale)?);
            return match (1..=38).contains(&precision) && scale <= precision {
                true => Ok(Self::Decimal(precision, scale)),
                false => Err(unknown()),
            };
        }
        if let Some(inner) = within("fixed[", ']') {
            return inner.trim().parse().map(Self::Fixed).map_err(|_| unknown());
        }
        Ok(match text {
            "boolean" => Self::Boolean,
            "int" => Self::Int,
            "long" => Self::Long,
            "float" => Self::Float,
            "double" => Self::Double,
            "date" => Self::Date,
            "time" => Self::Time,
            "timestamp" => Self::Timestamp,
            "timestamptz" => Self::TimestampTz,
            "string" => Self::String,
            "uuid" => Self::Uuid,
            "binary" => Self::Binary,
            _ => return Err(unknown()),
        })
    }
}

/// Bytes that a decimal of so many digits takes at the most.
pub fn decimal_bytes(precision: u8) -> usize {
    (1..=16).find(|bytes| 10_u128.pow(u32::from(precision)) <= 1_u128 << (8 * bytes - 1)).unwrap_or(16)
}

/// A decimal by itself: its unscaled value in as few bytes as it needs.
pub fn decimal_value(unscaled: i128) -> Vec<u8> {
    let bytes = unscaled.to_be_bytes();
    let fill = if unscaled < 0 { 0xff } else { 0 };
    let mut start = 0;
    while start < 15 && bytes[start] == fill && (bytes[start + 1] ^ fill) & 0x80 == 0 {
        start += 1;
    }
    bytes[start..].to_vec()
}

/// The unscaled value of a decimal by itself.
pub fn decimal_of(bytes: &[u8]) -> i128 {
    let negative = bytes.first().is_some_and(|first| first & 0x80 != 0);
    let mut whole = [if negative { 0xff } else { 0 }; 16];
    let length = bytes.len().min(16);
    whole[16 - length..].copy_from_slice(&bytes[bytes.len() - length..]);
    i128::from_be_bytes(whole)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn schemas_are_read() {
        let schema = Schema::parse(&json!({
            "type": "struct", "schema-id": 3, "identifier-field-ids": [1],
            "fields": [
                {"id": 1, "name": "id", "required": true, "type": "long"},
                {"id": 2, "name": "s", "required": false, "type": {"type": "struct", "fields": [
                    {"id": 3, "name": "d", "required": false, "type": "decimal(10, 2)"}]}},
                {"id": 4, "name": "l", "required": false,
                 "type": {"type": "list", "element-id": 5, "element-required": true, "element": "fixed[4]"}},
                {"id": 6, "name": "m", "required": false, "type": {"type": "map", "key-id": 7, "key": "string",
                 "value-id": 8, "value-required": false, "value": "timestamptz"}},
            ],
        }))
        .unwrap();
        assert_eq!((schema.id, &schema.identifiers[..]), (3, &[1][..]));
        assert_eq!(schema.field(3).unwrap().primitive(), Some(Primitive::Decimal(10, 2)));
        assert_eq!(schema.field(5), None);
        let Type::Map(entry) = &schema.fields[3].kind else { panic!("no map") };
        assert!(entry.0.required && !entry.1.required);
        for wrong in [
            json!([]),
            json!({"type": "struct"}),
            json!({"fields": [{"id": 1, "name": "a", "required": true, "type": "int96"}]}),
        ] {
            assert!(Schema::parse(&wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn decimals_take_as_few_bytes_as_they_need() {
        assert_eq!(decimal_value(0), [0]);
        assert_eq!(decimal_value(127), [0x7f]);
        assert_eq!(decimal_value(128), [0, 0x80]);
        assert_eq!(decimal_value(-128), [0x80]);
        assert_eq!(decimal_value(-129), [0xff, 0x7f]);
        assert_eq!((decimal_bytes(9), decimal_bytes(18), decimal_bytes(38)), (4, 8, 16));
    }

    proptest! {
        #[test]
        fn decimals_round_trip(unscaled: i128) {
            prop_assert_eq!(decimal_of(&decimal_value(unscaled)), unscaled);
        }
    }
}
