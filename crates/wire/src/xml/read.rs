//! The XML reader.

use std::borrow::Cow;

use base::Timestamp;
use bytes::Bytes;

use super::DEPTH_MAX;
use crate::error::DecodeError;
use crate::schema::{At, ITEM, Rules, TimeFormat};
use crate::shape::{Document, Fields, Source, Width};
use crate::time;

type Result<T> = std::result::Result<T, DecodeError>;

const MALFORMED: DecodeError = DecodeError::MalformedXml;

/// Reads a whole document whose root element must be called `root`, and hands a source that stands in the root element to `read`. `strict`: elements that
/// the schema does not have are refused; else they are passed over.
pub(crate) fn read_document(
    bytes: &[u8],
    root: &str,
    rules: &'static Rules,
    strict: bool,
    read: &mut dyn FnMut(&mut dyn Source) -> Result<()>,
) -> Result<()> {
    let text = std::str::from_utf8(bytes).map_err(|_| MALFORMED)?;
    // A control character may come as a reference only.
    if bytes.iter().any(|&byte| byte < b' ' && !matches!(byte, b'\t' | b'\r' | b'\n')) {
        return Err(MALFORMED);
    }
    let mut reader = Reader { text, at: 0, open: Vec::new(), rules, strict, attributes: "", empty: false };
    if text.starts_with('\u{feff}') {
        reader.at = '\u{feff}'.len_utf8();
    }
    reader.pass_between()?;
    let Some(Tag::Start(name)) = reader.tag()? else { return Err(MALFORMED) };
    if local(name) != root {
        return Err(MALFORMED);
    }
    read(&mut reader)?;
    reader.pass_between()?;
    if reader.at < text.len() { Err(MALFORMED) } else { Ok(()) }
}

/// A tag that was taken.
enum Tag<'a> {
    Start(&'a str),
    End,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// The elements whose end tags are to come.
    open: Vec<&'a str>,
    /// The rules of the value to come.
    rules: &'static Rules,
    /// What stands in the start tag last taken, after its name.
    attributes: &'a str,
    /// What the schema does not have is refused.
    strict: bool,
    /// The start tag last taken was `<a/>`: there is no end tag to come.
    empty: bool,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Passes over blanks, comments and processing instructions, where no text may be.
    fn pass_between(&mut self) -> Result<()> {
        loop {
            let rest = self.rest().as_bytes();
            let solid = rest.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
            self.at += solid.unwrap_or(rest.len());
            if !self.pass_remark()? {
                return Ok(());
            }
        }
    }

    /// Passes over one comment or processing instruction, if that is next.
    fn pass_remark(&mut self) -> Result<bool> {
        let rest = self.rest();
        let end = match rest {
            rest if rest.starts_with("<!--") => rest[4..].find("-->").map(|at| at + 7),
            rest if rest.starts_with("<?") => rest.find("?>").map(|at| at + 2),
            _ => return Ok(false),
        };
        self.at += end.ok_or(MALFORMED)?;
        Ok(true)
    }

    /// Takes a start or end tag if one is next. Document types and other declarations are refused.
    fn tag(&mut self) -> Result<Option<Tag<'a>>> {
        let rest = self.rest();
        if !rest.starts_with('<') {
            return Ok(None);
        }
        if let Some(after) = rest.strip_prefix("</") {
            let end = after.find('>').ok_or(MALFORMED)?;
            self.at += end + 3;
            let closed = after[..end].trim_end_matches([' ', '\t', '\r', '\n']);
            return if self.open.pop() == Some(closed) { Ok(Some(Tag::End)) } else { Err(MALFORMED) };
        }
        let end = tag_end(rest).ok_or(MALFORMED)?;
        let inner = &rest[1..end];
        self.at += end + 1;
        let (inner, empty) = match inner.strip_suffix('/') {
            Some(inner) => (inner, true),
            None => (inner, false),
        };
        let blank = |byte: u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
        let split = inner.bytes().position(blank).unwrap_or(inner.len());
        self.attributes = &inner[split..];
        self.empty = empty;
        let name = name(&inner[..split])?;
        check_attributes(self.attributes)?;
        if !empty {
            self.open.push(name);
        }
        if self.open.len() > DEPTH_MAX {
            return Err(MALFORMED);
        }
        Ok(Some(Tag::Start(name)))
    }

    /// The next child element's local name; `None` when the element ends, whose end tag is then taken. Text between children is
    /// refused unless blank.
    fn child(&mut self) -> Result<Option<&'a str>> {
        self.pass_between()?;
        match self.tag()?.ok_or(MALFORMED)? {
            Tag::Start(name) => Ok(Some(local(name))),
            Tag::End => Ok(None),
        }
    }

    /// Goes down into the element whose start tag was just taken and calls `visit` for each child.
    fn children(&mut self, visit: &mut dyn FnMut(&mut Self, &'a str) -> Result<()>) -> Result<()> {
        if std::mem::take(&mut self.empty) {
            return Ok(());
        }
        while let Some(name) = self.child()? {
            visit(self, name)?;
        }
        Ok(())
    }

    /// The element's text; it must have no children.
    fn content(&mut self) -> Result<Cow<'a, str>> {
        if std::mem::take(&mut self.empty) {
            return Ok(Cow::Borrowed(""));
        }
        let mut text: Cow<'a, str> = Cow::Borrowed("");
        loop {
            let rest = self.rest();
            let open = memchr::memchr(b'<', rest.as_bytes()).ok_or(MALFORMED)?;
            append(&mut text, unescape(&rest[..open])?);
            self.at += open;
            let rest = self.rest();
            if let Some(data) = rest.strip_prefix("<![CDATA[") {
                let end = data.find("]]>").ok_or(MALFORMED)?;
                append(&mut text, Cow::Borrowed(&data[..end]));
                self.at += "<![CDATA[".len() + end + "]]>".len();
            } else if !self.pass_remark()? {
                return match self.tag()? {
                    Some(Tag::End) => Ok(text),
                    Some(Tag::Start(_)) | None => Err(MALFORMED),
                };
            }
        }
    }

    /// Checks and passes over an element nobody wants, whose start tag was just taken.
    fn skip(&mut self) -> Result<()> {
        if std::mem::take(&mut self.empty) {
            return Ok(());
        }
        loop {
            let open = memchr::memchr(b'<', self.rest().as_bytes()).ok_or(MALFORMED)?;
            unescape(&self.rest()[..open])?;
            self.at += open;
            if let Some(data) = self.rest().strip_prefix("<![CDATA[") {
                self.at += "<![CDATA[".len() + data.find("]]>").ok_or(MALFORMED)? + "]]>".len();
            } else if !self.pass_remark()? {
                match self.tag()?.ok_or(MALFORMED)? {
                    Tag::Start(_) => self.skip()?,
                    Tag::End => break,
                }
            }
        }
        Ok(())
    }

    /// The value of the attribute of that name in the start tag last taken; prefixes count only by what follows them.
    fn attribute(&self, wire: &str) -> Result<Option<String>> {
        for (name, value) in attributes(self.attributes) {
            if name == wire || name.contains(':') && !name.starts_with("xmlns:") && local(name) == local(wire)
            {
                return Ok(Some(unescape(value)?.into_owned()));
            }
        }
        Ok(None)
    }

    /// The element's text without blanks around it, as the value that `parse` makes of it.
    fn parsed<T>(&mut self, parse: impl FnOnce(&str) -> Option<T>) -> Result<T> {
        parse(self.content()?.trim()).ok_or(MALFORMED)
    }
}

impl Source for Reader<'_> {
    fn bool(&mut self) -> Result<bool> {
        self.parsed(|text| match text {
            _ if text.eq_ignore_ascii_case("true") => Some(true),
            _ if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        })
    }

    fn integer(&mut self, width: Width) -> Result<i64> {
        self.parsed(|text| match width {
            Width::Integer => text.parse::<i32>().ok().map(i64::from),
            Width::Long => text.parse().ok(),
        })
    }

    fn double(&mut self) -> Result<f64> {
        self.parsed(|text| text.parse().ok())
    }

    fn text(&mut self) -> Result<String> {
        self.content().map(Cow::into_owned)
    }

    fn blob(&mut self) -> Result<Bytes> {
        self.parsed(|text| base64_simd::STANDARD.decode_to_vec(text).ok().map(Bytes::from))
    }

    fn time(&mut self) -> Result<Timestamp> {
        let format = self.rules.time;
        self.parsed(|text| match format {
            TimeFormat::Usual | TimeFormat::Iso => time::parse_iso(text),
            TimeFormat::Http => time::parse_http_date(text),
            TimeFormat::Epoch => time::parse_epoch(text),
        })
    }

    fn document(&mut self) -> Result<Document> {
        self.text().map(Document)
    }

    fn structure(&mut self, into: &mut dyn Fields) -> Result<()> {
        let fields = into.schema().fields;
        for (index, field) in fields.iter().enumerate().filter(|(_, field)| field.attr) {
            if let Some(value) = self.attribute(field.wire)? {
                into.slot_mut(index).fill(&mut Attribute(value))?;
            }
        }
        self.children(&mut |reader, name| {
            let index =
                fields.iter().position(|field| field.at == At::Body && !field.attr && field.wire == name);
            match index {
                Some(index) => {
                    reader.rules = &fields[index].rules;
                    into.slot_mut(index).fill(reader)
                }
                None if reader.strict => Err(MALFORMED),
                None => reader.skip(),
            }
        })
    }

    fn list(&mut self, item: &mut dyn FnMut(&mut dyn Source) -> Result<()>) -> Result<()> {
        let rules = self.rules;
        let item_rules = rules.item.unwrap_or(&ITEM);
        if rules.flat {
            self.rules = item_rules;
            item(self)?;
        } else {
            let called = if item_rules.called.is_empty() { "member" } else { item_rules.called };
            self.children(&mut |reader, name| {
                if name != called {
                    return Err(MALFORMED);
                }
                reader.rules = item_rules;
                item(reader)
            })?;
        }
        self.rules = rules;
        Ok(())
    }

    fn map(&mut self, entry: &mut dyn FnMut(String, &mut dyn Source) -> Result<()>) -> Result<()> {
        let rules = self.rules;
        if rules.flat {
            map_entry(self, rules, entry)?;
        } else {
            self.children(&mut |reader, name| match name {
                "entry" => map_entry(reader, rules, entry),
                _ => Err(MALFORMED),
            })?;
        }
        self.rules = rules;
        Ok(())
    }

    fn appends(&self) -> bool {
        self.rules.flat
    }
}

/// Reads `<key>` and `<value>` of an entry, in this order.
fn map_entry(
    reader: &mut Reader<'_>,
    rules: &'static Rules,
    entry: &mut dyn FnMut(String, &mut dyn Source) -> Result<()>,
) -> Result<()> {
    let value_rules = rules.item.unwrap_or(&ITEM);
    let called = |rules: Option<&Rules>, usual| match rules.map_or("", |rules| rules.called) {
        "" => usual,
        called => called,
    };
    let (key_name, value_name) = (called(rules.key, "key"), called(rules.item, "value"));
    let mut key = None;
    reader.children(&mut |reader, name| match name {
        name if name == key_name => {
            key = Some(reader.content()?.into_owned());
            Ok(())
        }
        name if name == value_name => {
            reader.rules = value_rules;
            entry(key.take().ok_or(MALFORMED)?, reader)
        }
        _ => reader.skip(),
    })
}

/// The value of an attribute.
struct Attribute(String);

impl Source for Attribute {
    fn bool(&mut self) -> Result<bool> {
        self.0.parse().map_err(|_| MALFORMED)
    }

    fn integer(&mut self, _width: Width) -> Result<i64> {
        self.0.parse().map_err(|_| MALFORMED)
    }

    fn double(&mut self) -> Result<f64> {
        self.0.parse().map_err(|_| MALFORMED)
    }

    fn text(&mut self) -> Result<String> {
        Ok(std::mem::take(&mut self.0))
    }

    fn blob(&mut self) -> Result<Bytes> {
        base64_simd::STANDARD.decode_to_vec(&self.0).map(Bytes::from).map_err(|_| MALFORMED)
    }

    fn time(&mut self) -> Result<Timestamp> {
        time::parse_iso(&self.0).ok_or(MALFORMED)
    }

    fn document(&mut self) -> Result<Document> {
        self.text().map(Document)
    }

    fn structure(&mut self, _into: &mut dyn Fields) -> Result<()> {
        Err(MALFORMED)
    }

    fn list(&mut self, _item: &mut dyn FnMut(&mut dyn Source) -> Result<()>) -> Result<()> {
        Err(MALFORMED)
    }

    fn map(&mut self, _entry: &mut dyn FnMut(String, &mut dyn Source) -> Result<()>) -> Result<()> {
        Err(MALFORMED)
    }
}

/// What follows the prefix of a name.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// A name that could be one. The models' names are all ASCII; others are unknown anyway.
fn name(text: &str) -> Result<&str> {
    let fits = |byte: u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'_' | b'-' | b'.') || !byte.is_ascii()
    };
    let begins = text.starts_with(|letter: char| letter.is_alphabetic() || letter == '_');
    if begins && text.bytes().all(fits) { Ok(text) } else { Err(MALFORMED) }
}

/// Where the start tag that begins `rest` ends: the first `>` outside quotes.
fn tag_end(rest: &str) -> Option<usize> {
    // Most tags have no attributes.
    let end = memchr::memchr(b'>', rest.as_bytes())?;
    if memchr::memchr2(b'"', b'\'', &rest.as_bytes()[..end]).is_none() {
        return Some(end);
    }
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if byte == open => quote = None,
            _ => {}
        }
    }
    None
}

/// The attributes of a start tag, which [`check_attributes`] has found well-formed.
fn attributes(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (name, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next()?;
        let (value, after) = after[1..].split_once(quote)?;
        rest = after;
        Some((name.trim(), value))
    })
}

fn check_attributes(text: &str) -> Result<()> {
    let mut rest = text;
    loop {
        let trimmed = rest.trim_start();
        if trimmed.is_empty() {
            return Ok(());
        }
        if trimmed.len() == rest.len() {
            return Err(MALFORMED);
        }
        let (key, after) = trimmed.split_once('=').ok_or(MALFORMED)?;
        name(key.trim_end())?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\'')).ok_or(MALFORMED)?;
        let (value, after) = after[1..].split_once(quote).ok_or(MALFORMED)?;
        if value.contains('<') {
            return Err(MALFORMED);
        }
        unescape(value)?;
        rest = after;
    }
}

fn append<'a>(text: &mut Cow<'a, str>, more: Cow<'a, str>) {
    if text.is_empty() {
        *text = more;
    } else if !more.is_empty() {
        text.to_mut().push_str(&more);
    }
}

/// Resolves references and brings line ends to `\n`. A carriage return that was meant is written `&#13;`.
fn unescape(text: &str) -> Result<Cow<'_, str>> {
    if memchr::memchr2(b'&', b'\r', text.as_bytes()).is_none() {
        return Ok(Cow::Borrowed(text));
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr2(b'&', b'\r', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if text.as_bytes()[text.len() - rest.len() - 1] == b'\r' {
            out.push('\n');
            rest = rest.strip_prefix('\n').unwrap_or(rest);
            continue;
        }
        let (reference, after) = rest.split_once(';').ok_or(MALFORMED)?;
        out.push(referred(reference).ok_or(MALFORMED)?);
        rest = after;
    }
    out.push_str(rest);
    Ok(Cow::Owned(out))
}

/// The character that `&reference;` stands for. Control characters are taken though XML 1.0 lacks them: S3 writes them so.
fn referred(reference: &str) -> Option<char> {
    match reference {
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "amp" => return Some('&'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => {}
    }
    let number = reference.strip_prefix('#')?;
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    let plain = digits.len() <= 8 && digits.chars().all(|digit| digit.is_digit(radix));
    if !plain {
        return None;
    }
    u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).filter(|&letter| letter != '\0')
}
