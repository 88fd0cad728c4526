//! Words of a statement, with their places: enough for Hive's DDL, and to see where the SELECT in a statement begins.

use ports::QueryError;

/// What a token is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A word as it stands; keywords are words.
    Word,
    /// A name in backticks or double quotes, without them.
    Quoted,
    /// A string in single quotes, without them and with escapes resolved.
    Text,
    /// A number.
    Number,
    /// One character of punctuation.
    Mark(char),
    /// Nothing more follows.
    End,
}

/// A token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Its text, without quotes.
    pub text: String,
    /// Where it begins in the statement, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

impl Token {
    /// Whether it is this keyword.
    pub fn is(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(word)
    }

    /// Whether it is this mark.
    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }
}

/// The line and the column of a place, both counted from 1.
pub fn place(sql: &str, at: usize) -> (u64, u64) {
    let before = &sql[..at.min(sql.len())];
    let line = before.matches('\n').count() as u64 + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u64 + 1;
    (line, column)
}

/// A syntax error as Athena words it.
pub fn mismatch(sql: &str, token: &Token, expected: &str) -> QueryError {
    let (line, column) = place(sql, token.start);
    let found = if token.kind == Kind::End { "<EOF>" } else { &sql[token.start..token.end] };
    QueryError::new("SYNTAX_ERROR", format!("mismatched input '{found}'. Expecting: {expected}"))
        .at(line, column)
}

/// Takes a statement apart; the last token is [`Kind::End`]. Comments are left out. A quote that is not closed is an error.
pub fn tokens(sql: &str) -> Result<Vec<Token>, QueryError> {
    let bytes = sql.as_bytes();
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(after) = skip_blank(bytes, at) {
        at = after;
        let start = at;
        let byte = bytes[at];
        let (kind, text) = match byte {
            b'\'' => {
                let (text, end) = string(sql, at)?;
                at = end;
                (Kind::Text, text)
            }
            b'"' | b'`' => {
                let (text, end) = quoted(sql, at, byte)?;
                at = end;
                (Kind::Quoted, text)
            }
            b'0'..=b'9' => {
                at = run(bytes, at, |byte| byte.is_ascii_alphanumeric() || byte == b'.');
                (Kind::Number, sql[start..at].to_owned())
            }
            byte if is_word(byte) => {
                at = run(bytes, at, |byte| is_word(byte) || byte.is_ascii_digit() || byte == b'$');
                (Kind::Word, sql[start..at].to_owned())
            }
            _ => {
                let mark = sql[at..].chars().next().expect("a character begins here");
                at += mark.len_utf8();
                (Kind::Mark(mark), mark.to_string())
            }
        };
        all.push(Token { kind, text, start, end: at });
    }
    all.push(Token { kind: Kind::End, text: String::new(), start: sql.len(), end: sql.len() });
    Ok(all)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

fn run(bytes: &[u8], from: usize, within: impl Fn(u8) -> bool) -> usize {
    bytes[from..].iter().position(|byte| !within(*byte)).map_or(bytes.len(), |length| from + length)
}

/// Where the next token begins; `None` at the end.
fn skip_blank(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at = run(bytes, at, |byte| byte.is_ascii_whitespace());
        let rest = bytes.get(at..).filter(|rest| !rest.is_empty())?;
        if rest.starts_with(b"--") {
            at = run(bytes, at, |byte| byte != b'\n');
        } else if rest.starts_with(b"/*") {
            let end = rest.windows(2).skip(2).position(|pair| pair == b"*/");
            at = end.map_or(bytes.len(), |length| at + 2 + length + 2);
        } else {
            return Some(at);
        }
    }
}

/// A name in quotes; the quote itself is written twice.
fn quoted(sql: &str, start: usize, quote: u8) -> Result<(String, usize), QueryError> {
    let bytes = sql.as_bytes();
    let mut text = Vec::new();
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        if *byte == quote {
            if bytes.get(at) != Some(&quote) {
                return Ok((String::from_utf8_lossy(&text).into_owned(), at));
            }
            at += 1;
        }
        text.push(*byte);
    }
    Err(unclosed())
}

/// A string. Hive's escapes are resolved; a quote may be written twice.
fn string(sql: &str, start: usize) -> Result<(String, usize), QueryError> {
    let bytes = sql.as_bytes();
    let mut text = Vec::new();
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match (byte, bytes.get(at)) {
            (b'\'', Some(b'\'')) => {
                text.push(b'\'');
                at += 1;
            }
            (b'\'', _) => return Ok((String::from_utf8_lossy(&text).into_owned(), at)),
            (b'\\', Some(b'0'..=b'3')) if bytes.get(at..at + 3).is_some_and(is_octal) => {
                let digit = |place: usize| bytes[at + place] - b'0';
                text.push(digit(0) * 64 + digit(1) * 8 + digit(2));
                at += 3;
            }
            (b'\\', Some(next)) => {
                match next {
                    b'n' => text.push(b'\n'),
                    b't' => text.push(b'\t'),
                    b'r' => text.push(b'\r'),
                    b'\'' | b'"' | b'\\' => text.push(*next),
                    b'u' if bytes
                        .get(at + 1..at + 5)
                        .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)) =>
                    {
                        let code = u32::from_str_radix(&sql[at + 1..at + 5], 16).unwrap_or(0);
                        let mut room = [0; 4];
                        text.extend(
                            char::from_u32(code).unwrap_or('\u{fffd}').encode_utf8(&mut room).bytes(),
                        );
                        at += 4;
                    }
                    other => text.extend([b'\\', *other]),
                }
                at += 1;
            }
            _ => text.push(*byte),
        }
    }
    Err(unclosed())
}

fn is_octal(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| (b'0'..=b'7').contains(byte))
}

/// What Athena says of a quote that is not closed (facts section 5).
fn unclosed() -> QueryError {
    QueryError::new("SYNTAX_ERROR", "Queries of this type are not supported")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_left_out_and_quotes_resolved() {
        let all = tokens("-- c\nSELECT /* x */ `a``b`, 'it''s\\001\\n', \"q\"").unwrap();
        let texts: Vec<&str> = all.iter().map(|token| token.text.as_str()).collect();
        assert_eq!(texts, ["SELECT", "a`b", ",", "it's\u{1}\n", ",", "q", ""]);
        assert_eq!(place("a\nbc", 3), (2, 2));
    }

    #[test]
    fn an_open_quote_is_refused() {
        assert_eq!(tokens("SELECT 'a").unwrap_err().message, "Queries of this type are not supported");
        assert!(tokens("SELECT `a").is_err());
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_taken_apart_or_refused(sql in "\\PC{0,60}|[-/*'\"`a \n]{0,20}") {
            if let Ok(all) = tokens(&sql) {
                for pair in all.windows(2) {
                    assert!(pair[0].end <= pair[1].start);
                }
            }
        }
    }
}
