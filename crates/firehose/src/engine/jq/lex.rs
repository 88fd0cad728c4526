//! The words of a query.

use super::{Malformed, parse};

/// A word.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// `.name` or `."name"` is a dot and what follows; this is the dot alone.
    Dot,
    /// `.name`.
    Field(String),
    /// A name or a keyword.
    Name(String),
    /// `$name`.
    Variable(String),
    /// `@name`.
    Format(String),
    /// A number.
    Number(f64),
    /// A text: literal pieces and, between them, expressions.
    Text(Vec<Piece>),
    /// Any other sign.
    Sign(&'static str),
}

/// Part of a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    /// As it stands.
    Literal(String),
    /// `\(…)`.
    Inner(parse::Expr),
}

const SIGNS: [&str; 30] = [
    "?//", "//=", "..", "==", "!=", "<=", ">=", "//", "|=", "+=", "-=", "*=", "/=", "%=", "|", ",", ":", ";",
    "(", ")", "[", "]", "{", "}", "+", "-", "*", "/", "%", "?",
];

fn wrong(text: &str) -> Malformed {
    Malformed(format!("syntax error: {text}"))
}

/// The words of a text. `depth` counts how deep it is nested in others.
pub(super) fn tokens(text: &str, depth: usize) -> Result<Vec<Token>, Malformed> {
    let mut tokens = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if rest.starts_with('#') {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
            continue;
        }
        let Some(first) = rest.chars().next() else { return Ok(tokens) };
        if first == '"' {
            let (pieces, after) = text_pieces(&rest[1..], depth)?;
            tokens.push(Token::Text(pieces));
            rest = after;
        } else if first == '.' && rest[1..].starts_with(is_name_start) {
            let (name, after) = name(&rest[1..]);
            tokens.push(Token::Field(name.to_owned()));
            rest = after;
        } else if first.is_ascii_digit()
            || (first == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit()))
        {
            let (number, after) = number(rest)?;
            tokens.push(Token::Number(number));
            rest = after;
        } else if matches!(first, '$' | '@') {
            let (name, after) = name(&rest[1..]);
            if name.is_empty() {
                return Err(wrong("a name is missing"));
            }
            let make = if first == '$' { Token::Variable } else { Token::Format };
            tokens.push(make(name.to_owned()));
            rest = after;
        } else if is_name_start(first) {
            let (name, after) = name(rest);
            tokens.push(Token::Name(name.to_owned()));
            rest = after;
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            tokens.push(Token::Sign(sign));
            rest = &rest[sign.len()..];
        } else if first == '.' {
            tokens.push(Token::Dot);
            rest = &rest[1..];
        } else if let Some(sign) = ["<", ">", "="].iter().find(|sign| rest.starts_with(**sign)) {
            tokens.push(Token::Sign(sign));
            rest = &rest[1..];
        } else {
            return Err(wrong(&format!("unexpected character `{first}`")));
        }
    }
}

fn is_name_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_'
}

fn name(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len());
    text.split_at(end)
}

fn number(text: &str) -> Result<(f64, &str), Malformed> {
    let bytes = text.as_bytes();
    let mut end = 0;
    while end < bytes.len() {
        let sign_of_exponent = matches!(bytes[end], b'+' | b'-') && matches!(bytes[end - 1], b'e' | b'E');
        // `1e` must be followed by a digit or a sign; `1end` is not a number but is no query either.
        if bytes[end].is_ascii_digit()
            || matches!(bytes[end], b'.' | b'e' | b'E')
            || (end > 0 && sign_of_exponent)
        {
            end += 1;
        } else {
            break;
        }
    }
    let (digits, after) = text.split_at(end);
    digits.parse().map(|number| (number, after)).map_err(|_| wrong(&format!("`{digits}` is no number")))
}

/// The pieces of a text up to its closing quote, and what follows it.
fn text_pieces(text: &str, depth: usize) -> Result<(Vec<Piece>, &str), Malformed> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    loop {
        let end = rest.find(['"', '\\']).ok_or_else(|| wrong("a text is not closed"))?;
        literal.push_str(&rest[..end]);
        if rest[end..].starts_with('"') {
            if !literal.is_empty() || pieces.is_empty() {
                pieces.push(Piece::Literal(literal));
            }
            return Ok((pieces, &rest[end + 1..]));
        }
        rest = &rest[end + 1..];
        let escape = rest.chars().next().ok_or_else(|| wrong("a text is not closed"))?;
        rest = &rest[escape.len_utf8()..];
        match escape {
            '"' | '\\' | '/' => literal.push(escape),
            'n' => literal.push('\n'),
            't' => literal.push('\t'),
            'r' => literal.push('\r'),
            'b' => literal.push('\u{8}'),
            'f' => literal.push('\u{c}'),
            'u' => {
                let (unit, after) = hex4(rest)?;
                rest = after;
                let low = rest.strip_prefix("\\u").and_then(|after| hex4(after).ok());
                match low {
                    Some((low, after))
                        if (0xd800..0xdc00).contains(&unit) && (0xdc00..0xe000).contains(&low) =>
                    {
                        let code = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                        literal.push(char::from_u32(code).unwrap_or('\u{fffd}'));
                        rest = after;
                    }
                    _ => literal.push(char::from_u32(unit).unwrap_or('\u{fffd}')),
                }
            }
            '(' => {
                let end = closing(rest).ok_or_else(|| wrong("an interpolation is not closed"))?;
                if !literal.is_empty() {
                    pieces.push(Piece::Literal(std::mem::take(&mut literal)));
                }
                pieces.push(Piece::Inner(parse::parse_nested(&rest[..end], depth + 1)?));
                rest = &rest[end + 1..];
            }
            other => return Err(wrong(&format!("unknown escape `\\{other}`"))),
        }
    }
}

fn hex4(text: &str) -> Result<(u32, &str), Malformed> {
    let digits = text.get(..4).ok_or_else(|| wrong("an escape is too short"))?;
    let unit = u32::from_str_radix(digits, 16).map_err(|_| wrong("an escape is no number"))?;
    Ok((unit, &text[4..]))
}

/// Where the bracket that is open at the beginning is closed, texts within passed over.
fn closing(text: &str) -> Option<usize> {
    let mut open = 1usize;
    // For each text we are in: how many brackets were open when its interpolation began.
    let mut in_text = false;
    let mut outer: Vec<usize> = Vec::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match (in_text, c) {
            (true, '"') => in_text = false,
            (true, '\\') => {
                if let Some((_, '(')) = chars.next() {
                    outer.push(open);
                    open = 1;
                    in_text = false;
                }
            }
            (true, _) => {}
            (false, '"') => in_text = true,
            (false, '(') => open += 1,
            (false, ')') => {
                open -= 1;
                if open == 0 {
                    match outer.pop() {
                        Some(before) => {
                            open = before;
                            in_text = true;
                        }
                        None => return Some(at),
                    }
                }
            }
            (false, _) => {}
        }
    }
    None
}
