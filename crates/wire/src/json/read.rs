//! The JSON reader.

use std::borrow::Cow;

use base::Timestamp;
use bytes::Bytes;

use super::DEPTH_MAX;
use crate::error::DecodeError;
use crate::schema::{At, Field, ITEM, Rules, TimeFormat};
use crate::shape::{Document, Fields, Source, Width};
use crate::time;
use crate::words::{Family, Found, Wanted, wrong_type};

type Result<T> = std::result::Result<T, DecodeError>;

/// Reads a whole request body, which must be one object. No bytes at all are an empty object where nothing is required.
pub(crate) fn read_document(bytes: &[u8], family: Family, into: &mut dyn Fields) -> Result<()> {
    if bytes.is_empty() {
        let wanting = into.schema().fields.iter().any(|field| field.required && field.at == At::Body);
        return if wanting { Err(DecodeError::NotParsable) } else { Ok(()) };
    }
    let mut reader = Reader::new(bytes, family);
    if reader.peek()? != b'{' {
        return Err(DecodeError::NotParsable);
    }
    reader.structure(into)?;
    reader.end()
}

/// Reads a whole text, which must be one value of the member's type.
pub(crate) fn read_value(bytes: &[u8], read: &mut dyn FnMut(&mut dyn Source) -> Result<()>) -> Result<()> {
    let mut reader = Reader::new(bytes, Family::Kinesis);
    reader.peek()?;
    read(&mut reader)?;
    reader.end()
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    family: Family,
    /// The rules of the value to come.
    rules: &'static Rules,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8], family: Family) -> Self {
        let at = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        Self { bytes, at, depth: 0, family, rules: &ITEM }
    }

    /// The next byte that is no blank, not taken.
    fn peek(&mut self) -> Result<u8> {
        while let Some(&byte) = self.bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Ok(byte);
            }
            self.at += 1;
        }
        Err(DecodeError::NotParsable)
    }

    fn end(&mut self) -> Result<()> {
        match self.peek() {
            Ok(_) => Err(DecodeError::NotParsable),
            Err(_) => Ok(()),
        }
    }

    fn take(&mut self, wanted: u8) -> Result<()> {
        if self.peek()? != wanted {
            return Err(DecodeError::NotParsable);
        }
        self.at += 1;
        Ok(())
    }

    /// Whether the list or object that `open` began goes on. Takes the separator or the closing byte.
    fn more(&mut self, first: &mut bool, close: u8) -> Result<bool> {
        let byte = self.peek()?;
        if byte == close {
            self.at += 1;
            self.depth -= 1;
            return Ok(false);
        }
        if !std::mem::take(first) {
            self.take(b',')?;
            self.peek()?;
        }
        Ok(true)
    }

    fn open(&mut self, open: u8) -> Result<()> {
        self.take(open)?;
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(DecodeError::NotParsable);
        }
        Ok(())
    }

    fn word(&mut self, word: &[u8]) -> Result<()> {
        if !self.bytes[self.at..].starts_with(word) {
            return Err(DecodeError::NotParsable);
        }
        self.at += word.len();
        Ok(())
    }

    /// Takes `null` if that is next.
    fn null(&mut self) -> Result<bool> {
        if self.peek()? != b'n' {
            return Ok(false);
        }
        self.word(b"null")?;
        Ok(true)
    }

    /// The bytes between the quotes of a string, and whether they hold escapes.
    fn raw_text(&mut self) -> Result<(&'a [u8], bool)> {
        self.take(b'"')?;
        let start = self.at;
        let mut escaped = false;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let found = memchr::memchr2(b'"', b'\\', rest).ok_or(DecodeError::NotParsable)?;
            self.at += found + 1;
            if rest[found] == b'"' {
                return Ok((&self.bytes[start..self.at - 1], escaped));
            }
            escaped = true;
            self.at += 1;
        }
    }

    fn string(&mut self) -> Result<Cow<'a, str>> {
        let (raw, escaped) = self.raw_text()?;
        if raw.iter().any(|&byte| byte < 0x20) {
            return Err(DecodeError::NotParsable);
        }
        let text = std::str::from_utf8(raw).map_err(|_| DecodeError::NotParsable)?;
        if escaped { unescape(text).map(Cow::Owned) } else { Ok(Cow::Borrowed(text)) }
    }

    /// The text of a number, by JSON's grammar.
    fn number(&mut self) -> Result<&'a str> {
        self.peek()?;
        let rest = &self.bytes[self.at..];
        let digits = |from: usize| rest[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let mut end = usize::from(rest.first() == Some(&b'-'));
        let whole = digits(end);
        let leading_zero = whole > 1 && rest[end] == b'0';
        if whole == 0 || leading_zero {
            return Err(DecodeError::NotParsable);
        }
        end += whole;
        if rest.get(end) == Some(&b'.') {
            let fraction = digits(end + 1);
            if fraction == 0 {
                return Err(DecodeError::NotParsable);
            }
            end += 1 + fraction;
        }
        if matches!(rest.get(end), Some(b'e' | b'E')) {
            end += 1 + usize::from(matches!(rest.get(end + 1), Some(b'+' | b'-')));
            let exponent = digits(end);
            if exponent == 0 {
                return Err(DecodeError::NotParsable);
            }
            end += exponent;
        }
        self.at += end;
        std::str::from_utf8(&rest[..end]).map_err(|_| DecodeError::NotParsable)
    }

    /// Checks and passes over a value nobody wants.
    fn skip(&mut self) -> Result<()> {
        match self.peek()? {
            b'"' => self.string().map(drop),
            b'{' => {
                self.open(b'{')?;
                let mut first = true;
                while self.more(&mut first, b'}')? {
                    self.string()?;
                    self.take(b':')?;
                    self.skip()?;
                }
                Ok(())
            }
            b'[' => {
                self.open(b'[')?;
                let mut first = true;
                while self.more(&mut first, b']')? {
                    self.skip()?;
                }
                Ok(())
            }
            b't' => self.word(b"true"),
            b'f' => self.word(b"false"),
            b'n' => self.word(b"null"),
            _ => self.number().map(drop),
        }
    }

    /// The refusal of the value that is next, which is not `wanted`.
    fn wrong(&mut self, wanted: Wanted) -> DecodeError {
        let Ok(byte) = self.peek() else { return DecodeError::NotParsable };
        // What cannot be parsed at all is refused as such, not for its type.
        if self.skip().is_err() {
            return DecodeError::NotParsable;
        }
        let found = match byte {
            b'"' => Found::Text,
            b't' => Found::True,
            b'f' => Found::False,
            b'n' => Found::Null,
            b'[' => Found::List,
            b'{' => Found::Map,
            _ => Found::Number,
        };
        wrong_type(self.family, found, wanted)
    }
}

impl Source for Reader<'_> {
    fn bool(&mut self) -> Result<bool> {
        match self.peek()? {
            b't' => self.word(b"true").map(|()| true),
            b'f' => self.word(b"false").map(|()| false),
            _ => Err(self.wrong(Wanted::Bool)),
        }
    }

    fn integer(&mut self, width: Width) -> Result<i64> {
        if !matches!(self.peek()?, b'-' | b'0'..=b'9') {
            return Err(self.wrong(match width {
                Width::Integer => Wanted::Integer,
                Width::Long => Wanted::Long,
            }));
        }
        let text = self.number()?;
        match text.parse() {
            Ok(value) => Ok(value),
            // A fraction is cut off, an exponent carried out, a giant brought into range.
            Err(_) => Ok(text.parse::<f64>().map_err(|_| DecodeError::NotParsable)?.floor() as i64),
        }
    }

    fn double(&mut self) -> Result<f64> {
        match self.peek()? {
            b'-' | b'0'..=b'9' => self.number()?.parse().map_err(|_| DecodeError::NotParsable),
            b'"' => {
                let start = self.at;
                let text = self.string()?;
                match text.as_ref() {
                    "NaN" => Ok(f64::NAN),
                    "Infinity" => Ok(f64::INFINITY),
                    "-Infinity" => Ok(f64::NEG_INFINITY),
                    _ => {
                        self.at = start;
                        Err(self.wrong(Wanted::Double))
                    }
                }
            }
            _ => Err(self.wrong(Wanted::Double)),
        }
    }

    fn text(&mut self) -> Result<String> {
        if self.peek()? != b'"' {
            return Err(self.wrong(Wanted::Text));
        }
        self.string().map(Cow::into_owned)
    }

    fn blob(&mut self) -> Result<Bytes> {
        if self.peek()? != b'"' {
            return Err(self.wrong(Wanted::Blob));
        }
        let (raw, escaped) = self.raw_text()?;
        if !escaped {
            return match base64_simd::STANDARD.decode_to_vec(raw) {
                Ok(bytes) => Ok(bytes.into()),
                Err(_) => Err(not_base64(std::str::from_utf8(raw).map_err(|_| DecodeError::NotParsable)?)),
            };
        }
        let text = unescape(std::str::from_utf8(raw).map_err(|_| DecodeError::NotParsable)?)?;
        base64_simd::STANDARD.decode_to_vec(&text).map(Bytes::from).map_err(|_| not_base64(&text))
    }

    fn time(&mut self) -> Result<Timestamp> {
        match self.peek()? {
            b'-' | b'0'..=b'9' => time::parse_epoch(self.number()?).ok_or(DecodeError::NotParsable),
            b'"' if self.rules.time != TimeFormat::Usual => {
                let start = self.at;
                let text = self.string()?;
                let read = match self.rules.time {
                    TimeFormat::Http => time::parse_http_date(&text),
                    TimeFormat::Iso | TimeFormat::Usual | TimeFormat::Epoch => time::parse_iso(&text),
                };
                read.ok_or_else(|| {
                    self.at = start;
                    self.wrong(Wanted::Time)
                })
            }
            _ => Err(self.wrong(Wanted::Time)),
        }
    }

    fn document(&mut self) -> Result<Document> {
        self.peek()?;
        let start = self.at;
        self.skip()?;
        let text = std::str::from_utf8(&self.bytes[start..self.at]).map_err(|_| DecodeError::NotParsable)?;
        Ok(Document(text.to_owned()))
    }

    fn structure(&mut self, into: &mut dyn Fields) -> Result<()> {
        if self.null()? {
            return Ok(());
        }
        if self.peek()? != b'{' {
            return Err(self.wrong(Wanted::Structure));
        }
        self.open(b'{')?;
        let fields = into.schema().fields;
        let mut first = true;
        let mut expected = 0;
        while self.more(&mut first, b'}')? {
            let key = self.string()?;
            self.take(b':')?;
            match find(fields, expected, &key) {
                Some(index) if !self.null()? => {
                    expected = index + 1;
                    self.rules = &fields[index].rules;
                    into.slot_mut(index).fill(self)?;
                }
                Some(_) => {}
                None => self.skip()?,
            }
        }
        Ok(())
    }

    fn list(&mut self, item: &mut dyn FnMut(&mut dyn Source) -> Result<()>) -> Result<()> {
        if self.peek()? != b'[' {
            return Err(self.wrong(Wanted::List));
        }
        let rules = self.rules.item.unwrap_or(&ITEM);
        self.open(b'[')?;
        let mut first = true;
        while self.more(&mut first, b']')? {
            self.rules = rules;
            item(self)?;
        }
        Ok(())
    }

    fn map(&mut self, entry: &mut dyn FnMut(String, &mut dyn Source) -> Result<()>) -> Result<()> {
        if self.peek()? != b'{' {
            return Err(self.wrong(Wanted::Map));
        }
        let rules = self.rules.item.unwrap_or(&ITEM);
        self.open(b'{')?;
        let mut first = true;
        while self.more(&mut first, b'}')? {
            let key = self.string()?.into_owned();
            self.take(b':')?;
            if !self.null()? {
                self.rules = rules;
                entry(key, self)?;
            }
        }
        Ok(())
    }
}

/// The index of the body member of that wire name. Clients send members in the order of the model, mostly, so the search begins after the
/// last one found.
pub(crate) fn find(fields: &'static [Field], expected: usize, key: &str) -> Option<usize> {
    let is = |field: &Field| field.wire == key && field.at == At::Body;
    let split = expected.min(fields.len());
    let after = fields[split..].iter().position(is).map(|index| index + split);
    after.or_else(|| fields[..split].iter().position(is))
}

fn unescape(text: &str) -> Result<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let escape = *rest.as_bytes().get(at + 1).ok_or(DecodeError::NotParsable)?;
        let mut taken = 2;
        match escape {
            b'"' | b'\\' | b'/' => out.push(char::from(escape)),
            b'b' => out.push('\u{8}'),
            b'f' => out.push('\u{c}'),
            b'n' => out.push('\n'),
            b'r' => out.push('\r'),
            b't' => out.push('\t'),
            b'u' => {
                let unit = hex_unit(rest, at + 2)?;
                taken = 6;
                let low = if (0xd800..0xdc00).contains(&unit) && rest.get(at + 6..at + 8) == Some("\\u") {
                    Some(hex_unit(rest, at + 8)?).filter(|low| (0xdc00..0xe000).contains(low))
                } else {
                    None
                };
                let code = match low {
                    Some(low) => {
                        taken = 12;
                        0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00)
                    }
                    None => unit,
                };
                // Half a surrogate pair is no character.
                out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            _ => return Err(DecodeError::NotParsable),
        }
        rest = &rest[at + taken..];
    }
    out.push_str(rest);
    Ok(out)
}

fn hex_unit(text: &str, at: usize) -> Result<u32> {
    let digits = text.get(at..at + 4).ok_or(DecodeError::NotParsable)?;
    match digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        true => u32::from_str_radix(digits, 16).map_err(|_| DecodeError::NotParsable),
        false => Err(DecodeError::NotParsable),
    }
}

/// What Coral says of a string that is no base64. The string is quoted only so far: it may be a megabyte.
fn not_base64(text: &str) -> DecodeError {
    const QUOTED_CHARS_MAX: usize = 1_024;
    let quoted: String = text.chars().take(QUOTED_CHARS_MAX).collect();
    let strange =
        text.chars().find(|letter| !matches!(letter, 'A'..='Z' | 'a'..='z' | '0'..='9' | '+' | '/' | '='));
    let reason = if !text.len().is_multiple_of(4) {
        format!("Base64 encoded length is expected a multiple of 4 bytes but found: {}", text.len())
    } else if let Some(strange) = strange {
        format!("Invalid Base64 character: '{strange}'")
    } else if text.trim_end_matches('=').contains('=') || text.ends_with("===") {
        "Invalid Base64 character: '='".to_owned()
    } else {
        "Invalid last non-pad Base64 character dectected".to_owned()
    };
    DecodeError::WrongType(format!("'{quoted}' can not be converted to a Blob: {reason}"))
}
