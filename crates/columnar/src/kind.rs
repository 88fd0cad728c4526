//! Types of columns, as Hive writes them: `array<struct<a:int,b:decimal(10,2)>>`.

use thiserror::Error;

/// How deep types may be nested.
const DEPTH_MAX: usize = 32;
/// The largest precision of a decimal, as Hive has it.
const PRECISION_MAX: u8 = 38;
/// The longest `varchar`, as Hive has it.
const VARCHAR_MAX: u32 = 65_535;
/// The longest `char`, as Hive has it.
const CHAR_MAX: u32 = 255;

/// The type of a column, an element or a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// `boolean`
    Boolean,
    /// `tinyint`
    TinyInt,
    /// `smallint`
    SmallInt,
    /// `int`
    Int,
    /// `bigint`
    BigInt,
    /// `float`
    Float,
    /// `double`
    Double,
    /// `decimal(precision,scale)`
    Decimal(u8, u8),
    /// `string`
    String,
    /// `char(n)`, n characters at the most
    Char(u32),
    /// `varchar(n)`, n characters at the most
    Varchar(u32),
    /// `date`
    Date,
    /// `timestamp`
    Timestamp,
    /// `binary`
    Binary,
    /// `array<element>`
    Array(Box<Kind>),
    /// `map<key,value>`; the key is no container
    Map(Box<Kind>, Box<Kind>),
    /// `struct<name:type,…>`
    Struct(Vec<(String, Kind)>),
    /// A type of Iceberg that Hive has no word for
    Iceberg(IcebergKind),
}

/// Types of Iceberg that Hive has no word for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IcebergKind {
    /// `timestamp` and `timestamptz`: microseconds since 1970
    Micros {
        /// In UTC; else of no zone.
        utc: bool,
    },
    /// `time`: microseconds since midnight
    Time,
    /// `uuid`
    Uuid,
    /// `fixed[n]`
    Fixed(u32),
}

/// What is wrong with the text of a type.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{what} at position {at} of '{text}'")]
pub struct KindError {
    what: &'static str,
    at: usize,
    text: String,
}

impl Kind {
    /// Reads a type. Words are taken in any case; names of fields stay as they are.
    pub fn parse(text: &str) -> Result<Kind, KindError> {
        let mut reader = Reader { text, at: 0 };
        let kind = reader.kind(0)?;
        reader.spaces();
        match reader.at == text.len() {
            true => Ok(kind),
            false => Err(reader.error("something follows the type")),
        }
    }

    /// Whether it holds others.
    pub fn is_container(&self) -> bool {
        match self {
            Kind::Array(_) | Kind::Map(..) | Kind::Struct(_) => true,
            Kind::Boolean
            | Kind::TinyInt
            | Kind::SmallInt
            | Kind::Int
            | Kind::BigInt
            | Kind::Float
            | Kind::Double
            | Kind::Decimal(..)
            | Kind::String
            | Kind::Char(_)
            | Kind::Varchar(_)
            | Kind::Date
            | Kind::Timestamp
            | Kind::Binary
            | Kind::Iceberg(_) => false,
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn error(&self, what: &'static str) -> KindError {
        KindError { what, at: self.at, text: self.text.to_owned() }
    }

    fn spaces(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    fn takes(&mut self, sign: char) -> bool {
        self.spaces();
        let takes = self.text[self.at..].starts_with(sign);
        if takes {
            self.at += sign.len_utf8();
        }
        takes
    }

    fn expect(&mut self, sign: char, what: &'static str) -> Result<(), KindError> {
        if self.takes(sign) { Ok(()) } else { Err(self.error(what)) }
    }

    fn word(&mut self) -> &'t str {
        self.spaces();
        let rest = &self.text[self.at..];
        let end = rest.find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_').unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// The name of a field: all up to the colon.
    fn name(&mut self) -> Result<&'t str, KindError> {
        self.spaces();
        let rest = &self.text[self.at..];
        let end = rest.find([':', ',', '<', '>']).unwrap_or(rest.len());
        let name = rest[..end].trim().trim_matches('`');
        if name.is_empty() {
            return Err(self.error("a field has no name"));
        }
        self.at += end;
        Ok(name)
    }

    fn number<N: std::str::FromStr>(&mut self) -> Result<N, KindError> {
        let word = self.word();
        word.parse().map_err(|_| self.error("a number is expected"))
    }

    /// `(n)` behind `char` and `varchar`.
    fn length(&mut self, most: u32) -> Result<u32, KindError> {
        self.expect('(', "a length is expected")?;
        let length: u32 = self.number()?;
        self.expect(')', "')' is expected")?;
        if (1..=most).contains(&length) { Ok(length) } else { Err(self.error("the length is out of range")) }
    }

    fn decimal(&mut self) -> Result<Kind, KindError> {
        if !self.takes('(') {
            return Ok(Kind::Decimal(10, 0));
        }
        let precision: u8 = self.number()?;
        let scale: u8 = if self.takes(',') { self.number()? } else { 0 };
        self.expect(')', "')' is expected")?;
        match (1..=PRECISION_MAX).contains(&precision) && scale <= precision {
            true => Ok(Kind::Decimal(precision, scale)),
            false => Err(self.error("precision or scale is out of range")),
        }
    }

    fn fields(&mut self, depth: usize) -> Result<Kind, KindError> {
        let mut fields = Vec::new();
        loop {
            let name = self.name()?.to_owned();
            self.expect(':', "':' is expected")?;
            fields.push((name, self.kind(depth)?));
            if !self.takes(',') {
                break;
            }
        }
        Ok(Kind::Struct(fields))
    }

    fn kind(&mut self, depth: usize) -> Result<Kind, KindError> {
        if depth > DEPTH_MAX {
            return Err(self.error("types are nested too deep"));
        }
        let start = self.at;
        let word = self.word().to_ascii_lowercase();
        let kind = match word.as_str() {
            "boolean" => Kind::Boolean,
            "tinyint" | "byte" => Kind::TinyInt,
            "smallint" | "short" => Kind::SmallInt,
            "int" | "integer" => Kind::Int,
            "bigint" | "long" => Kind::BigInt,
            "float" => Kind::Float,
            "double" => Kind::Double,
            "decimal" | "numeric" => self.decimal()?,
            "string" => Kind::String,
            "char" => Kind::Char(self.length(CHAR_MAX)?),
            "varchar" => Kind::Varchar(self.length(VARCHAR_MAX)?),
            "date" => Kind::Date,
            "timestamp" => Kind::Timestamp,
            "binary" => Kind::Binary,
            "array" | "map" | "struct" => {
                self.expect('<', "'<' is expected")?;
                let kind = match word.as_str() {
                    "array" => Kind::Array(Box::new(self.kind(depth + 1)?)),
                    "map" => {
                        let key = self.kind(depth + 1)?;
                        if key.is_container() {
                            return Err(self.error("a key of a map is no container"));
                        }
                        self.expect(',', "',' is expected")?;
                        Kind::Map(Box::new(key), Box::new(self.kind(depth + 1)?))
                    }
                    _ => self.fields(depth + 1)?,
                };
                self.expect('>', "'>' is expected")?;
                kind
            }
            _ => {
                self.at = start;
                return Err(self.error("no type of Hive stands"));
            }
        };
        Ok(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_read_as_hive_writes_them() {
        assert_eq!(Kind::parse("INT"), Ok(Kind::Int));
        assert_eq!(Kind::parse(" decimal( 12 , 3 ) "), Ok(Kind::Decimal(12, 3)));
        assert_eq!(Kind::parse("decimal"), Ok(Kind::Decimal(10, 0)));
        let nested = Kind::parse("array<struct<A:int,b c:map<string,varchar(3)>>>").unwrap();
        let map = Kind::Map(Box::new(Kind::String), Box::new(Kind::Varchar(3)));
        let fields = vec![("A".to_owned(), Kind::Int), ("b c".to_owned(), map)];
        assert_eq!(nested, Kind::Array(Box::new(Kind::Struct(fields))));
    }

    #[test]
    fn what_is_no_type_is_refused_with_its_position() {
        for text in [
            "",
            "set<int>",
            "uniontype<int>",
            "array<int",
            "array<int>>",
            "struct<>",
            "struct<:int>",
            "map<array<int>,int>",
            "decimal(39,1)",
            "decimal(3,4)",
            "char(0)",
            "varchar",
            "int int",
        ] {
            assert!(Kind::parse(text).is_err(), "{text}");
        }
        let deep = format!("{}int{}", "array<".repeat(50), ">".repeat(50));
        assert!(Kind::parse(&deep).is_err());
        assert_eq!(
            Kind::parse("set<int>").unwrap_err().to_string(),
            "no type of Hive stands at position 0 of 'set<int>'"
        );
    }
}
