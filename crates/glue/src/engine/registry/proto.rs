//! Protocol Buffers: one file of syntax 2 or 3, without extensions and groups; and whether data of one file is read by another.

use std::collections::{BTreeMap, BTreeSet};

/// How deep messages may nest.
const DEPTH_MAX: usize = 64;

/// A file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proto {
    /// Its tokens, one blank between: what says the same is the same.
    pub canonical: String,
    messages: BTreeMap<String, BTreeMap<u32, Field>>,
    enums: BTreeSet<String>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Field {
    name: String,
    r#type: String,
    repeated: bool,
    required: bool,
    one_of: Option<String>,
}

impl Proto {
    /// Reads a file. The text of a refusal says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let tokens = tokens(text)?;
        let canonical = tokens.join(" ");
        let mut parser =
            Parser { tokens: &tokens, proto3: false, messages: BTreeMap::new(), enums: BTreeSet::new() };
        parser.file()?;
        let Parser { messages, enums, .. } = parser;
        Ok(Self { canonical, messages, enums })
    }

    /// Whether this file reads what the other wrote: by field numbers, types and labels unchanged, nothing that was written gone as a whole, and
    /// nothing required that was not written.
    pub fn can_read(&self, writer: &Self) -> bool {
        let has_enums = writer.enums.iter().all(|name| self.enums.contains(name));
        has_enums
            && writer.messages.iter().all(|(name, written)| {
                let Some(fields) = self.messages.get(name) else { return false };
                let same = written.iter().all(|(number, written)| {
                    fields.get(number).is_none_or(|field| {
                        let moved_into = field.one_of.is_some() && written.one_of.is_none();
                        field.r#type == written.r#type && field.repeated == written.repeated && !moved_into
                    })
                });
                same && fields.iter().all(|(number, field)| !field.required || written.contains_key(number))
            })
    }
}

fn tokens(text: &str) -> Result<Vec<String>, String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else { return Ok(tokens) };
        if rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
            continue;
        }
        if rest.starts_with("/*") {
            let end = rest.find("*/").ok_or("A comment does not end")?;
            rest = &rest[end + 2..];
            continue;
        }
        let length = if first == '"' || first == '\'' {
            let mut escaped = false;
            let end = rest.char_indices().skip(1).find(|(_, c)| {
                let ends = *c == first && !escaped;
                escaped = *c == '\\' && !escaped;
                ends
            });
            end.ok_or("A text does not end")?.0 + 1
        } else if first.is_ascii_alphanumeric() || first == '_' || first == '.' {
            let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
            rest.find(|c| !is_part(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        tokens.push(rest[..length].to_owned());
        rest = &rest[length..];
    }
}

struct Parser<'t> {
    tokens: &'t [String],
    proto3: bool,
    messages: BTreeMap<String, BTreeMap<u32, Field>>,
    enums: BTreeSet<String>,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> &'t str {
        self.tokens.first().map_or("", String::as_str)
    }

    fn next(&mut self) -> Result<&'t str, String> {
        let (first, rest) = self.tokens.split_first().ok_or("Unexpected end of file")?;
        self.tokens = rest;
        Ok(first)
    }

    fn expect(&mut self, wanted: &str) -> Result<(), String> {
        match self.next()? {
            found if found == wanted => Ok(()),
            found => Err(format!("Expected {wanted}, found {found}")),
        }
    }

    fn name(&mut self) -> Result<&'t str, String> {
        let name = self.next()?;
        let fits = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && !name.contains('.');
        if fits { Ok(name) } else { Err(format!("Expected a name, found {name}")) }
    }

    /// A type's name: of parts, each a name.
    fn type_name(&mut self) -> Result<&'t str, String> {
        let name = self.next()?;
        let parts = name.strip_prefix('.').unwrap_or(name).split('.');
        let is_name = |part: &str| part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        if parts.clone().all(is_name) { Ok(name) } else { Err(format!("Expected a type, found {name}")) }
    }

    /// Whatever comes until a semicolon, blocks in braces whole.
    fn skip_statement(&mut self) -> Result<(), String> {
        let mut depth = 0usize;
        loop {
            match self.next()? {
                "{" => depth += 1,
                "}" => {
                    depth = depth.checked_sub(1).ok_or("Unexpected }")?;
                }
                ";" if depth == 0 => return Ok(()),
                _ => {}
            }
        }
    }

    fn skip_block(&mut self) -> Result<(), String> {
        self.expect("{")?;
        let mut depth = 1usize;
        while depth > 0 {
            match self.next()? {
                "{" => depth += 1,
                "}" => depth -= 1,
                _ => {}
            }
        }
        Ok(())
    }

    fn file(&mut self) -> Result<(), String> {
        let mut package = String::new();
        if self.peek() == "syntax" {
            self.next()?;
            self.expect("=")?;
            match self.next()?.trim_matches(['"', '\'']) {
                "proto3" => self.proto3 = true,
                "proto2" => {}
                other => return Err(format!("Syntax {other} is not supported")),
            }
            self.expect(";")?;
        }
        while !self.tokens.is_empty() {
            match self.peek() {
                ";" => {
                    self.next()?;
                }
                "package" => {
                    self.next()?;
                    package = self.type_name()?.to_owned();
                    self.expect(";")?;
                }
                "import" | "option" => self.skip_statement()?,
                "message" => self.message(&package, 0)?,
                "enum" => self.r#enum(&package)?,
                "service" => {
                    self.next()?;
                    self.name()?;
                    self.skip_block()?;
                }
                "extend" => return Err("Extensions are not supported".to_owned()),
                other => return Err(format!("Unexpected {other}")),
            }
        }
        match self.messages.is_empty() {
            true => Err("There is no message".to_owned()),
            false => Ok(()),
        }
    }

    fn message(&mut self, scope: &str, depth: usize) -> Result<(), String> {
        if depth > DEPTH_MAX {
            return Err("Messages nest too deep".to_owned());
        }
        self.expect("message")?;
        let name = join(scope, self.name()?);
        self.expect("{")?;
        let mut fields = BTreeMap::new();
        while self.peek() != "}" {
            match self.peek() {
                ";" => {
                    self.next()?;
                }
                "message" => self.message(&name, depth + 1)?,
                "enum" => self.r#enum(&name)?,
                "option" | "reserved" => self.skip_statement()?,
                "extensions" | "extend" => return Err("Extensions are not supported".to_owned()),
                "oneof" => {
                    self.next()?;
                    let one_of = self.name()?.to_owned();
                    self.expect("{")?;
                    while self.peek() != "}" {
                        match self.peek() {
                            ";" => {
                                self.next()?;
                            }
                            "option" => self.skip_statement()?,
                            _ => self.field(&mut fields, Some(&one_of))?,
                        }
                    }
                    self.expect("}")?;
                }
                _ => self.field(&mut fields, None)?,
            }
        }
        self.expect("}")?;
        match self.messages.insert(name.clone(), fields) {
            Some(_) => Err(format!("{name} is defined twice")),
            None => Ok(()),
        }
    }

    fn field(&mut self, fields: &mut BTreeMap<u32, Field>, one_of: Option<&str>) -> Result<(), String> {
        let label = self.peek();
        let is_label = matches!(label, "repeated" | "optional" | "required");
        if is_label {
            self.next()?;
        }
        if label == "required" && self.proto3 {
            return Err("Required fields are not allowed in proto3".to_owned());
        }
        let r#type = if self.peek() == "map" && self.tokens.get(1).is_some_and(|next| next == "<") {
            self.next()?;
            self.expect("<")?;
            let key = self.type_name()?;
            self.expect(",")?;
            let value = self.type_name()?;
            self.expect(">")?;
            format!("map<{key},{value}>")
        } else {
            match self.type_name()? {
                "group" => return Err("Groups are not supported".to_owned()),
                name if !is_label && !self.proto3 && one_of.is_none() => {
                    return Err(format!("Expected required, optional or repeated before {name}"));
                }
                name => name.trim_start_matches('.').to_owned(),
            }
        };
        let name = self.name()?.to_owned();
        self.expect("=")?;
        let number = self.next()?;
        let number = number.parse::<u32>().ok().filter(|number| (1..1 << 29).contains(number));
        let number = number.ok_or_else(|| format!("{name} has no field number"))?;
        self.skip_statement()?;
        let field = Field {
            repeated: label == "repeated" || r#type.starts_with("map<"),
            required: label == "required",
            one_of: one_of.map(str::to_owned),
            name,
            r#type,
        };
        if fields.values().any(|there| there.name == field.name) {
            return Err(format!("{} is defined twice", field.name));
        }
        match fields.insert(number, field) {
            Some(there) => Err(format!("Field number {number} is that of {} already", there.name)),
            None => Ok(()),
        }
    }

    fn r#enum(&mut self, scope: &str) -> Result<(), String> {
        self.expect("enum")?;
        let name = join(scope, self.name()?);
        self.expect("{")?;
        let mut values = 0;
        while self.peek() != "}" {
            match self.peek() {
                ";" => {
                    self.next()?;
                }
                "option" | "reserved" => self.skip_statement()?,
                _ => {
                    self.name()?;
                    self.expect("=")?;
                    self.skip_statement()?;
                    values += 1;
                }
            }
        }
        self.expect("}")?;
        if values == 0 {
            return Err(format!("{name} has no values"));
        }
        match self.enums.insert(name.clone()) {
            true => Ok(()),
            false => Err(format!("{name} is defined twice")),
        }
    }
}

fn join(scope: &str, name: &str) -> String {
    if scope.is_empty() { name.to_owned() } else { format!("{scope}.{name}") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn reads(reader: &str, writer: &str) -> bool {
        let file = |body: &str| Proto::parse(&format!("syntax = \"proto2\"; package p; {body}")).unwrap();
        file(reader).can_read(&file(writer))
    }

    #[test]
    fn files_of_both_syntaxes_are_read() {
        let text = "// about\nsyntax = \"proto3\";\npackage a.b;\nimport \"google/protobuf/timestamp.proto\";\n\
            option java_package = \"x\";\n/* more */ message M { int32 a = 1 [deprecated = true]; repeated string b = 2; \
            map<string, N> c = 3; oneof d { N e = 4; bytes f = 5; } message N { reserved 2, 4 to 9; optional .a.b.E g = 1; } }\n\
            enum E { option allow_alias = true; Z = 0; Y = 0; }\nservice S { rpc Do (M) returns (M) { option x = 1; } }";
        let proto = Proto::parse(text).unwrap();
        assert_eq!(proto.messages.keys().collect::<Vec<_>>(), ["a.b.M", "a.b.M.N"]);
        assert_eq!(proto.messages["a.b.M"].len(), 5);
        for bad in [
            "",
            "message",
            "message M {",
            "message M { int32 a = 1; }",
            "syntax = \"proto3\"; message M { int32 a = 0; }",
            "syntax = \"proto3\"; message M { int32 a = 1; int32 b = 1; }",
            "syntax = \"proto4\";",
        ] {
            assert!(Proto::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_was_written_is_read_by_number() {
        let one = "message M { optional int32 a = 1; }";
        assert!(reads("message M { optional int32 renamed = 1; optional string b = 2; }", one));
        assert!(!reads("message M { optional string a = 1; }", one));
        assert!(!reads("message M { repeated int32 a = 1; }", one));
        assert!(!reads("message M { optional int32 a = 1; required int32 b = 2; }", one));
        assert!(reads(one, "message M { optional int32 a = 1; required int32 b = 2; }"));
        assert!(!reads("message M { oneof o { int32 a = 1; } }", one));
        assert!(!reads("message N { optional int32 a = 1; }", one));
        assert!(!reads(one, "message M { optional int32 a = 1; } enum E { A = 0; }"));
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "[a-zM{}=;<>\"'/* 0-9.\n]{0,60}") {
            let _ = Proto::parse(&text);
            let _ = Proto::parse(&format!("syntax = \"proto3\"; message M {{ {text}"));
        }
    }
}
