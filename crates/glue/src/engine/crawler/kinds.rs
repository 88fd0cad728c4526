//! The types of columns that are inferred: what they have in common, and how Hive writes them.

/// A column.
#[derive(Clone, PartialEq, Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: Kind,
}

/// A type.
#[derive(Clone, PartialEq, Debug)]
pub enum Kind {
    /// Nothing has been seen yet.
    Unknown,
    /// `boolean`.
    Boolean,
    /// `int`.
    Int,
    /// `bigint`.
    Long,
    /// `double`.
    Double,
    /// `string`.
    Text,
    /// Any other type of Hive's, as it is written.
    Other(String),
    /// `array<..>`.
    Array(Box<Kind>),
    /// `map<string,..>`.
    Map(Box<Kind>),
    /// `struct<..>`.
    Struct(Vec<Column>),
}

impl Kind {
    /// As Hive writes it.
    pub fn text(&self) -> String {
        match self {
            Kind::Unknown | Kind::Text => "string".to_owned(),
            Kind::Boolean => "boolean".to_owned(),
            Kind::Int => "int".to_owned(),
            Kind::Long => "bigint".to_owned(),
            Kind::Double => "double".to_owned(),
            Kind::Other(text) => text.clone(),
            Kind::Array(items) => format!("array<{}>", items.text()),
            Kind::Map(values) => format!("map<string,{}>", values.text()),
            Kind::Struct(columns) => {
                let parts: Vec<String> =
                    columns.iter().map(|column| format!("{}:{}", column.name, column.kind.text())).collect();
                format!("struct<{}>", parts.join(","))
            }
        }
    }

    /// The type that has room for both.
    pub fn or(self, other: Kind) -> Kind {
        match (self, other) {
            (a, b) if a == b => a,
            (Kind::Unknown, kind) | (kind, Kind::Unknown) => kind,
            (Kind::Int, Kind::Long) | (Kind::Long, Kind::Int) => Kind::Long,
            (Kind::Int | Kind::Long, Kind::Double) | (Kind::Double, Kind::Int | Kind::Long) => Kind::Double,
            (Kind::Array(a), Kind::Array(b)) => Kind::Array(Box::new(a.or(*b))),
            (Kind::Map(a), Kind::Map(b)) => Kind::Map(Box::new(a.or(*b))),
            (Kind::Struct(a), Kind::Struct(b)) => Kind::Struct(union(a, b)),
            (_, _) => Kind::Text,
        }
    }
}

/// The columns of both, in the order in which they were seen.
pub fn union(mut all: Vec<Column>, more: Vec<Column>) -> Vec<Column> {
    for column in more {
        match all.iter_mut().find(|there| there.name == column.name) {
            Some(there) => there.kind = std::mem::replace(&mut there.kind, Kind::Unknown).or(column.kind),
            None => all.push(column),
        }
    }
    all
}

/// How alike two lists of columns are: shared names of all names.
pub fn likeness(a: &[Column], b: &[Column]) -> f64 {
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let shared = a.iter().filter(|column| b.iter().any(|there| there.name == column.name)).count();
    shared as f64 / a.len().max(b.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_widen_to_what_has_room() {
        let column = |name: &str, kind: Kind| Column { name: name.into(), kind };
        assert_eq!(Kind::Int.or(Kind::Double), Kind::Double);
        assert_eq!(Kind::Int.or(Kind::Boolean), Kind::Text);
        let a = Kind::Struct(vec![column("a", Kind::Int)]);
        let b = Kind::Struct(vec![column("b", Kind::Text), column("a", Kind::Long)]);
        assert_eq!(a.or(b).text(), "struct<a:bigint,b:string>");
        assert_eq!(
            Kind::Array(Box::new(Kind::Unknown)).or(Kind::Array(Box::new(Kind::Int))).text(),
            "array<int>"
        );
    }
}
