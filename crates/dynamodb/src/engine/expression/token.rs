//! Words and signs of an expression, each with its place in the text, for refusals that quote it.

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A name, a function or a keyword.
    Word,
    /// `#name`.
    Name,
    /// `:value`.
    Value,
    /// Digits.
    Number,
    /// One of `( ) [ ] . , = <> < <= > >= + -`.
    Sign,
    /// What no expression holds.
    Strange,
    /// After the last.
    End,
}

/// A word or sign.
#[derive(Clone, Copy, Debug)]
pub struct Token<'t> {
    /// What it is.
    pub kind: Kind,
    /// What it reads.
    pub text: &'t str,
    /// Where it begins in the whole.
    pub start: usize,
    /// The whole.
    whole: &'t str,
}

impl<'t> Token<'t> {
    /// Whether it is this keyword, in any case.
    pub fn is_word(&self, keyword: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(keyword)
    }

    /// Whether it is this sign.
    pub fn is_sign(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.text == sign
    }

    /// How a refusal calls it.
    pub fn shown(&self) -> &'t str {
        if self.kind == Kind::End { "<EOF>" } else { self.text }
    }

    /// The text from the beginning of `first` to the end of `last`.
    pub fn span(first: &Token<'t>, last: &Token<'t>) -> &'t str {
        &first.whole[first.start..last.start + last.text.len()]
    }
}

/// All tokens of a text; the last one is the end.
pub fn tokens(whole: &str) -> Vec<Token<'_>> {
    let bytes = whole.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if matches!(bytes[at], b' ' | b'\t' | b'\r' | b'\n') {
            at += 1;
            continue;
        }
        let (kind, length) = next(&whole[at..]);
        tokens.push(Token { kind, text: &whole[at..at + length], start: at, whole });
        at += length;
    }
    tokens.push(Token { kind: Kind::End, text: "", start: bytes.len(), whole });
    tokens
}

/// The kind and length of what a text begins with; it is neither empty nor begins with a blank.
fn next(rest: &str) -> (Kind, usize) {
    let bytes = rest.as_bytes();
    let in_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let word = |from: usize| from + bytes[from..].iter().take_while(|byte| in_word(byte)).count();
    match bytes[0] {
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => (Kind::Word, word(1)),
        b'0'..=b'9' => (Kind::Number, bytes.iter().take_while(|byte| byte.is_ascii_digit()).count()),
        b'#' if word(1) > 1 => (Kind::Name, word(1)),
        b':' if word(1) > 1 => (Kind::Value, word(1)),
        b'<' if matches!(bytes.get(1), Some(b'=' | b'>')) => (Kind::Sign, 2),
        b'>' if bytes.get(1) == Some(&b'=') => (Kind::Sign, 2),
        b'(' | b')' | b'[' | b']' | b'.' | b',' | b'=' | b'<' | b'>' | b'+' | b'-' => (Kind::Sign, 1),
        _ => (Kind::Strange, rest.chars().next().map_or(1, char::len_utf8)),
    }
}
