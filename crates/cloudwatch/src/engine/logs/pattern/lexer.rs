//! Words and signs of field and JSON patterns.

use super::terms::quoted;
use super::{Comparison, Invalid};

#[derive(Clone, PartialEq, Debug)]
pub(super) enum Token {
    /// A name, a path, a number, a bare value.
    Word(String),
    /// In quotation marks.
    Quoted(String),
    /// Between percent signs.
    Regex(String),
    Compare(Comparison),
    And,
    Or,
    Open,
    Close,
    Comma,
    Ellipsis,
}

/// Cuts the inside of a pattern into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Invalid> {
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, after) = match first {
            '"' => {
                let (text, after) = quoted(&rest[1..])?;
                (Token::Quoted(text), after)
            }
            '%' => {
                let end = rest[1..].find('%').ok_or(Invalid)? + 1;
                (Token::Regex(rest[1..end].to_owned()), &rest[end + 1..])
            }
            '(' => (Token::Open, &rest[1..]),
            ')' => (Token::Close, &rest[1..]),
            ',' => (Token::Comma, &rest[1..]),
            _ => match sign(rest) {
                Some(found) => found,
                None => word(rest)?,
            },
        };
        out.push(token);
        rest = after.trim_start();
    }
    Ok(out)
}

fn sign(rest: &str) -> Option<(Token, &str)> {
    let signs = [
        ("&&", Token::And),
        ("||", Token::Or),
        ("...", Token::Ellipsis),
        ("!=", Token::Compare(Comparison::NotEqual)),
        ("<=", Token::Compare(Comparison::LessOrEqual)),
        (">=", Token::Compare(Comparison::GreaterOrEqual)),
        ("<", Token::Compare(Comparison::Less)),
        (">", Token::Compare(Comparison::Greater)),
        ("=", Token::Compare(Comparison::Equal)),
    ];
    signs.into_iter().find_map(|(text, token)| Some((token, rest.strip_prefix(text)?)))
}

fn word(rest: &str) -> Result<(Token, &str), Invalid> {
    let mut bracket = false;
    let mut quote = false;
    let mut end = rest.len();
    for (at, letter) in rest.char_indices() {
        match letter {
            '"' if bracket => quote = !quote,
            _ if quote => {}
            '[' => bracket = true,
            ']' => bracket = false,
            '(' | ')' | ',' | '=' | '!' | '<' | '>' | '&' | '|' | '"' | '%' => {
                end = at;
                break;
            }
            _ if letter.is_whitespace() => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    if end == 0 { Err(Invalid) } else { Ok((Token::Word(rest[..end].to_owned()), &rest[end..])) }
}

/// Tokens on their way through a parser.
pub(super) struct Stream {
    tokens: Vec<Token>,
    at: usize,
}

impl Stream {
    pub(super) fn new(tokens: Vec<Token>) -> Self {
        Self { tokens, at: 0 }
    }

    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    pub(super) fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    /// Goes past a token if it is this one.
    pub(super) fn take(&mut self, token: &Token) -> bool {
        let there = self.peek() == Some(token);
        self.at += usize::from(there);
        there
    }

    /// Goes past a word, in any case of letters.
    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let there = matches!(self.peek(), Some(Token::Word(text)) if text.eq_ignore_ascii_case(word));
        self.at += usize::from(there);
        there
    }

    pub(super) fn expect(&mut self, token: &Token) -> Result<(), Invalid> {
        if self.take(token) { Ok(()) } else { Err(Invalid) }
    }

    pub(super) fn end(&self) -> Result<(), Invalid> {
        if self.at == self.tokens.len() { Ok(()) } else { Err(Invalid) }
    }
}
