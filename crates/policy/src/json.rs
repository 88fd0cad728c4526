//! JSON as policies need it: every value knows where in the text it stands, and a repeated key is an error.
//!
//! Strings without escapes borrow from the text. Depth is bounded, so the recursion is; work is linear in the text but for the search for
//! repeated keys, which sorts.

use std::borrow::Cow;
use std::ops::Range;

/// The deepest nesting taken. A policy needs seven: document, statements, statement, condition, operator, key, values.
pub(crate) const DEPTH_MAX: usize = 16;

/// The text is not JSON, or repeats a key, or nests too deeply.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotJson;

/// A value and the bytes of the text it was read from, quotes and brackets included.
#[derive(Debug)]
pub(crate) struct Value<'t> {
    pub span: Range<usize>,
    pub data: Data<'t>,
}

#[derive(Debug)]
pub(crate) enum Data<'t> {
    Null,
    Bool(bool),
    Number(&'t str),
    String(Cow<'t, str>),
    Array(Vec<Value<'t>>),
    Object(Vec<Member<'t>>),
}

/// A member of an object.
#[derive(Debug)]
pub(crate) struct Member<'t> {
    pub name: Cow<'t, str>,
    pub value: Value<'t>,
}

/// Reads the one value that the text is.
pub(crate) fn parse(text: &str) -> Result<Value<'_>, NotJson> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(0)?;
    reader.skip_blank();
    if reader.at == text.len() { Ok(value) } else { Err(NotJson) }
}

/// Writes a string as JSON has it, quotes included.
pub(crate) fn quote(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", control as u32)),
            other => out.push(other),
        }
    }
    out.push('"');
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Result<(), NotJson> {
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(NotJson)
        }
    }

    fn skip_blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value<'t>, NotJson> {
        if depth > DEPTH_MAX {
            return Err(NotJson);
        }
        self.skip_blank();
        let start = self.at;
        let data = match self.peek().ok_or(NotJson)? {
            b'{' => self.object(depth)?,
            b'[' => self.array(depth)?,
            b'"' => Data::String(self.string()?),
            b't' => self.word("true", Data::Bool(true))?,
            b'f' => self.word("false", Data::Bool(false))?,
            b'n' => self.word("null", Data::Null)?,
            _ => self.number()?,
        };
        Ok(Value { span: start..self.at, data })
    }

    fn word(&mut self, word: &str, data: Data<'t>) -> Result<Data<'t>, NotJson> {
        if self.text[self.at..].starts_with(word) {
            self.at += word.len();
            Ok(data)
        } else {
            Err(NotJson)
        }
    }

    fn object(&mut self, depth: usize) -> Result<Data<'t>, NotJson> {
        self.take(b'{')?;
        let mut members: Vec<Member<'t>> = Vec::new();
        self.skip_blank();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Data::Object(members));
        }
        loop {
            self.skip_blank();
            let name = self.string()?;
            self.skip_blank();
            self.take(b':')?;
            let value = self.value(depth + 1)?;
            members.push(Member { name, value });
            self.skip_blank();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => break,
                _ => return Err(NotJson),
            }
        }
        self.at += 1;
        if repeats(&members) { Err(NotJson) } else { Ok(Data::Object(members)) }
    }

    fn array(&mut self, depth: usize) -> Result<Data<'t>, NotJson> {
        self.take(b'[')?;
        let mut items = Vec::new();
        self.skip_blank();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Data::Array(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.skip_blank();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => break,
                _ => return Err(NotJson),
            }
        }
        self.at += 1;
        Ok(Data::Array(items))
    }

    fn string(&mut self) -> Result<Cow<'t, str>, NotJson> {
        self.take(b'"')?;
        let start = self.at;
        let mut unescaped: Option<String> = None;
        let mut run = start;
        loop {
            match self.peek().ok_or(NotJson)? {
                b'"' => {
                    let tail = &self.text[run..self.at];
                    self.at += 1;
                    return Ok(match unescaped {
                        None => Cow::Borrowed(tail),
                        Some(mut text) => {
                            text.push_str(tail);
                            Cow::Owned(text)
                        }
                    });
                }
                b'\\' => {
                    let before = &self.text[run..self.at];
                    self.at += 1;
                    let character = self.escape()?;
                    let text = unescaped.get_or_insert_default();
                    text.push_str(before);
                    text.push(character);
                    run = self.at;
                }
                control if control < b' ' => return Err(NotJson),
                _ => self.at += 1,
            }
        }
    }

    fn escape(&mut self) -> Result<char, NotJson> {
        let byte = self.peek().ok_or(NotJson)?;
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.hex4()?;
                let code = if (0xd800..0xdc00).contains(&first) {
                    self.take(b'\\')?;
                    self.take(b'u')?;
                    let second = self.hex4()?;
                    if !(0xdc00..0xe000).contains(&second) {
                        return Err(NotJson);
                    }
                    0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)
                } else {
                    first
                };
                char::from_u32(code).ok_or(NotJson)?
            }
            _ => return Err(NotJson),
        })
    }

    fn hex4(&mut self) -> Result<u32, NotJson> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4).ok_or(NotJson)?;
        let mut code = 0;
        for digit in digits {
            code = code * 16 + char::from(*digit).to_digit(16).ok_or(NotJson)?;
        }
        self.at += 4;
        Ok(code)
    }

    fn number(&mut self) -> Result<Data<'t>, NotJson> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let whole = self.digits();
        if whole == 0 || (whole > 1 && self.text.as_bytes()[self.at - whole] == b'0') {
            return Err(NotJson);
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            if self.digits() == 0 {
                return Err(NotJson);
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if self.digits() == 0 {
                return Err(NotJson);
            }
        }
        Ok(Data::Number(&self.text[start..self.at]))
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }
}

fn repeats(members: &[Member<'_>]) -> bool {
    let mut names: Vec<&str> = members.iter().map(|member| member.name.as_ref()).collect();
    names.sort_unstable();
    names.windows(2).any(|pair| pair[0] == pair[1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn string_of(text: &str) -> Option<String> {
        match parse(text).ok()?.data {
            Data::String(text) => Some(text.into_owned()),
            _ => None,
        }
    }

    #[test]
    fn a_repeated_key_is_refused_however_it_is_written() {
        assert!(parse(r#"{"a": 1, "a": 2}"#).is_err());
        assert!(parse(r#"{"a": 1, "\u0061": 2}"#).is_err());
        assert!(parse(r#"{"a": {"a": 1}}"#).is_ok());
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse(&nested(DEPTH_MAX)).is_ok());
        assert!(parse(&nested(100_000)).is_err());
    }

    #[test]
    fn escapes_are_read_and_half_a_pair_is_refused() {
        assert_eq!(string_of(r#""a\n\u00e9\ud83d\ude00\/""#).as_deref(), Some("a\né😀/"));
        assert_eq!(string_of(r#""\ud83d""#), None);
        assert_eq!(string_of(r#""\ude00""#), None);
        assert_eq!(string_of("\"a\nb\""), None);
    }

    #[test]
    fn values_know_their_bytes() {
        let text = r#" {"a": [1, "x"]} "#;
        let value = parse(text).unwrap();
        assert_eq!(&text[value.span.clone()], r#"{"a": [1, "x"]}"#);
        let Data::Object(members) = value.data else { panic!("an object") };
        assert_eq!(&text[members[0].value.span.clone()], r#"[1, "x"]"#);
    }

    proptest! {
        #[test]
        fn takes_what_serde_takes_but_for_repeated_keys(text in r#"[\[\]{}:,"a1\\u0 .eE+-]{0,24}|true|null|"[^"]{0,8}""#) {
            let serde = serde_json::from_str::<serde_json::Value>(&text).is_ok();
            let ours = parse(&text).is_ok();
            // Only the repeated key, the depth and numbers past f64 may differ, each to one side.
            prop_assert!(ours == serde || (text.contains('{') && !ours) || (text.contains(['e', 'E']) && ours), "{text}");
        }

        #[test]
        fn what_is_quoted_is_read_again(text in "\\PC{0,20}|[\\x00-\\x20\"\\\\]{0,8}") {
            let mut quoted = String::new();
            quote(&text, &mut quoted);
            prop_assert_eq!(string_of(&quoted), Some(text));
        }
    }
}
