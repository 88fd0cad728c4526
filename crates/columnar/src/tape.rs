//! JSON, parsed once: what a document holds, as a flat list of nodes with their places in the text.
//!
//! Strict as RFC 8259 has it. Nothing is copied or decoded before somebody asks for it.

use std::borrow::Cow;

/// How deep documents may be nested.
const DEPTH_MAX: usize = 256;

/// One value, or one key, of a document. Places are bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it stands there.
    Number {
        /// Its first byte.
        start: u32,
        /// The byte behind it.
        end: u32,
    },
    /// A string or a key, without its quotes.
    Text {
        /// Its first byte.
        start: u32,
        /// The byte behind it.
        end: u32,
        /// Whether there is an escape in it.
        escaped: bool,
    },
    /// An array; its elements follow.
    Array {
        /// The index of the node behind it.
        next: u32,
    },
    /// An object; its keys and values follow in turn.
    Object {
        /// The index of the node behind it.
        next: u32,
    },
}

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} at byte {at}")]
pub struct Malformed {
    what: &'static str,
    at: usize,
}

/// The nodes of one text. Reused from text to text.
#[derive(Default, Debug)]
pub struct Tape {
    nodes: Vec<Node>,
}

impl Tape {
    /// Parses the documents of a text, one after another with any white space between, and returns the nodes they begin with.
    pub fn parse(&mut self, text: &str, roots: &mut Vec<usize>) -> Result<(), Malformed> {
        self.nodes.clear();
        roots.clear();
        if u32::try_from(text.len()).is_err() {
            return Err(Malformed { what: "the text is too long", at: 0 });
        }
        let mut parser = Parser { text: text.as_bytes(), at: 0, nodes: &mut self.nodes };
        parser.spaces();
        while parser.at < text.len() {
            roots.push(parser.nodes.len());
            parser.value(0)?;
            parser.spaces();
        }
        Ok(())
    }

    /// The node with this index.
    pub fn node(&self, index: usize) -> Node {
        self.nodes[index]
    }

    /// The index of the node behind this value.
    pub fn after(&self, index: usize) -> usize {
        match self.nodes[index] {
            Node::Array { next } | Node::Object { next } => next as usize,
            Node::Null | Node::Bool(_) | Node::Number { .. } | Node::Text { .. } => index + 1,
        }
    }
}

/// The characters of a string.
pub fn unescaped(text: &str, start: u32, end: u32, escaped: bool) -> Cow<'_, str> {
    let raw = &text[start as usize..end as usize];
    if !escaped {
        return Cow::Borrowed(raw);
    }
    let mut whole = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(place) = rest.find('\\') {
        whole.push_str(&rest[..place]);
        let sign = rest.as_bytes()[place + 1];
        rest = &rest[place + 2..];
        match sign {
            b'b' => whole.push('\u{8}'),
            b'f' => whole.push('\u{c}'),
            b'n' => whole.push('\n'),
            b'r' => whole.push('\r'),
            b't' => whole.push('\t'),
            b'u' => {
                let unit = hex(rest);
                rest = &rest[4..];
                let low =
                    (0xd800..0xdc00).contains(&unit).then(|| rest.strip_prefix("\\u").map(hex)).flatten();
                match low.filter(|low| (0xdc00..0xe000).contains(low)) {
                    Some(low) => {
                        rest = &rest[6..];
                        let point = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                        whole.push(char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER));
                    }
                    None => whole.push(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)),
                }
            }
            other => whole.push(char::from(other)),
        }
    }
    whole.push_str(rest);
    Cow::Owned(whole)
}

/// Four hexadecimal digits, which the parser has seen.
fn hex(text: &str) -> u32 {
    text.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or(0)
}

struct Parser<'t, 'n> {
    text: &'t [u8],
    at: usize,
    nodes: &'n mut Vec<Node>,
}

impl Parser<'_, '_> {
    fn error<T>(&self, what: &'static str) -> Result<T, Malformed> {
        Err(Malformed { what, at: self.at })
    }

    fn spaces(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.text.get(self.at) {
            self.at += 1;
        }
    }

    fn word(&mut self, word: &str, node: Node) -> Result<(), Malformed> {
        if !self.text[self.at..].starts_with(word.as_bytes()) {
            return self.error("no value stands");
        }
        self.at += word.len();
        self.nodes.push(node);
        Ok(())
    }

    fn value(&mut self, depth: usize) -> Result<(), Malformed> {
        if depth > DEPTH_MAX {
            return self.error("values are nested too deep");
        }
        match self.text.get(self.at) {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string(),
            Some(b't') => self.word("true", Node::Bool(true)),
            Some(b'f') => self.word("false", Node::Bool(false)),
            Some(b'n') => self.word("null", Node::Null),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) => self.error("no value stands"),
            None => self.error("the text ends"),
        }
    }

    fn object(&mut self, depth: usize) -> Result<(), Malformed> {
        let place = self.nodes.len();
        self.nodes.push(Node::Null);
        self.at += 1;
        self.spaces();
        if self.text.get(self.at) == Some(&b'}') {
            self.at += 1;
        } else {
            loop {
                if self.text.get(self.at) != Some(&b'"') {
                    return self.error("a key is expected");
                }
                self.string()?;
                self.spaces();
                if self.text.get(self.at) != Some(&b':') {
                    return self.error("':' is expected");
                }
                self.at += 1;
                self.spaces();
                self.value(depth + 1)?;
                if !self.goes_on(b'}', "',' or '}' is expected")? {
                    break;
                }
            }
        }
        self.nodes[place] = Node::Object { next: self.nodes.len() as u32 };
        Ok(())
    }

    fn array(&mut self, depth: usize) -> Result<(), Malformed> {
        let place = self.nodes.len();
        self.nodes.push(Node::Null);
        self.at += 1;
        self.spaces();
        if self.text.get(self.at) == Some(&b']') {
            self.at += 1;
        } else {
            loop {
                self.value(depth + 1)?;
                if !self.goes_on(b']', "',' or ']' is expected")? {
                    break;
                }
            }
        }
        self.nodes[place] = Node::Array { next: self.nodes.len() as u32 };
        Ok(())
    }

    /// Takes a comma and says true, or the closing sign and says false.
    fn goes_on(&mut self, close: u8, what: &'static str) -> Result<bool, Malformed> {
        self.spaces();
        match self.text.get(self.at) {
            Some(b',') => {
                self.at += 1;
                self.spaces();
                Ok(true)
            }
            Some(sign) if *sign == close => {
                self.at += 1;
                Ok(false)
            }
            Some(_) | None => self.error(what),
        }
    }

    fn string(&mut self) -> Result<(), Malformed> {
        self.at += 1;
        let start = self.at;
        let mut escaped = false;
        loop {
            self.at += plain(&self.text[self.at..]);
            match self.text.get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                Some(0..0x20) => return self.error("a control character stands in a string"),
                Some(_) => self.at += 1,
                None => return self.error("a string has no end"),
            }
        }
        self.nodes.push(Node::Text { start: start as u32, end: self.at as u32, escaped });
        self.at += 1;
        Ok(())
    }

    fn escape(&mut self) -> Result<(), Malformed> {
        match self.text.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 2,
            Some(b'u') => {
                let digits = self.text.get(self.at + 2..self.at + 6);
                if !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
                    return self.error("an escape has no four digits");
                }
                self.at += 6;
            }
            Some(_) | None => return self.error("an escape is unknown"),
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Malformed> {
        let start = self.at;
        while self.text.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        if self.at == start { self.error("a digit is expected") } else { Ok(()) }
    }

    fn number(&mut self) -> Result<(), Malformed> {
        let start = self.at;
        if self.text[self.at] == b'-' {
            self.at += 1;
        }
        if self.text.get(self.at) == Some(&b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.text.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.text.get(self.at) {
            self.at += 1;
            if let Some(b'+' | b'-') = self.text.get(self.at) {
                self.at += 1;
            }
            self.digits()?;
        }
        // What follows a number ends it.
        if self.text.get(self.at).is_some_and(|sign| sign.is_ascii_alphanumeric() || *sign == b'.') {
            return self.error("a number is malformed");
        }
        self.nodes.push(Node::Number { start: start as u32, end: self.at as u32 });
        Ok(())
    }
}

/// How many of these bytes are neither quote nor backslash nor control character, in steps of eight: it may stop early.
fn plain(text: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 255;
    const HIGHS: u64 = ONES << 7;
    let (words, _) = text.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let quotes = word ^ (ONES * u64::from(b'"'));
        let slashes = word ^ (ONES * u64::from(b'\\'));
        let has = |zero: u64| zero.wrapping_sub(ONES) & !zero & HIGHS;
        let controls = word.wrapping_sub(ONES * 0x20) & !word & HIGHS;
        let found = has(quotes) | has(slashes) | controls;
        if found != 0 {
            return index * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    words.len() * 8
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(text: &str) -> Result<(Tape, Vec<usize>), Malformed> {
        let (mut tape, mut roots) = (Tape::default(), Vec::new());
        tape.parse(text, &mut roots).map(|()| (tape, roots))
    }

    #[test]
    fn documents_follow_one_another() {
        let (tape, roots) = parsed(" {\"a\":[1,{}]}{}\n[] 7 ").unwrap();
        assert_eq!(roots.len(), 4);
        assert_eq!(tape.after(roots[0]), roots[1]);
        assert_eq!(tape.node(roots[3]), Node::Number { start: 19, end: 20 });
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in [
            "{",
            "}",
            "[1,]",
            "{\"a\"}",
            "{\"a\":}",
            "{a:1}",
            "\"",
            "\"\\x\"",
            "\"\\u12g4\"",
            "01",
            "1.",
            "-",
            "1e",
            "tru",
            "nulll",
            "\"\n\"",
            "[1 2]",
            "{\"a\":1,}",
            "+1",
            "not json at all",
            "1.2.3",
        ] {
            assert!(parsed(text).is_err(), "{text}");
        }
        assert!(parsed(&"[".repeat(100_000)).is_err());
    }

    #[test]
    fn escapes_are_read() {
        let text = r#""a\n\"\\\/\u00e9\ud83d\ude00\ud800x""#;
        let (tape, roots) = parsed(text).unwrap();
        let Node::Text { start, end, escaped } = tape.node(roots[0]) else { panic!("no text") };
        assert_eq!(unescaped(text, start, end, escaped), "a\n\"\\/é😀\u{fffd}x");
    }

    proptest! {
        #[test]
        fn plain_stops_at_the_first_sign_that_is_not(text in "[a-z\"\\\\\u{1}é]{0,40}") {
            let bytes = text.as_bytes();
            let first = bytes.iter().position(|sign| matches!(sign, b'"' | b'\\' | 0..0x20)).unwrap_or(bytes.len());
            let found = plain(bytes);
            prop_assert!(found <= first);
            prop_assert!(found == first || first - found < 8);
        }

        #[test]
        fn nothing_makes_it_panic(text in ".{0,80}") {
            let _ = parsed(&text);
        }
    }
}
