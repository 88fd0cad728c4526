//! From text to a tree.

use super::{DEPTH_MAX, wrong};
use crate::engine::error::Error;

/// An expression.
#[derive(Clone, PartialEq, Debug)]
pub enum Expression {
    /// `5.2`
    Number(f64),
    /// `"text"`, as some functions take it.
    Text(String),
    /// `m1`, or a word that a function takes (`REPEAT`).
    Name(String),
    /// `[m1, m2]`
    Array(Vec<Expression>),
    /// `-m1`
    Negative(Box<Expression>),
    /// `!m1`
    Not(Box<Expression>),
    /// `m1 + m2`
    Binary(Operator, Box<Expression>, Box<Expression>),
    /// `SUM(m1, m2)`
    Call(String, Vec<Expression>),
}

/// What stands between two values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operator {
    /// `||`, `OR`
    Or,
    /// `&&`, `AND`
    And,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `^`
    Power,
}

impl Operator {
    /// How tightly it binds.
    fn strength(self) -> u8 {
        match self {
            Operator::Or => 1,
            Operator::And => 2,
            Operator::Equal
            | Operator::NotEqual
            | Operator::Less
            | Operator::LessOrEqual
            | Operator::Greater
            | Operator::GreaterOrEqual => 3,
            Operator::Add | Operator::Subtract => 4,
            Operator::Multiply | Operator::Divide => 5,
            Operator::Power => 6,
        }
    }
}

#[derive(Clone, PartialEq, Debug)]
enum Token {
    Number(f64),
    Text(String),
    Name(String),
    Operator(Operator),
    Not,
    Open,
    Close,
    OpenArray,
    CloseArray,
    Comma,
}

/// Reads an expression.
pub fn parse(text: &str) -> Result<Expression, Error> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, text };
    let expression = parser.binary(0, 0)?;
    if parser.at == parser.tokens.len() { Ok(expression) } else { Err(parser.wrong()) }
}

fn syntax(text: &str) -> Error {
    wrong(format!("Error in expression '{text}': syntax error"))
}

fn tokens(text: &str) -> Result<Vec<Token>, Error> {
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '0'..='9' | '.' => number(rest).ok_or_else(|| syntax(text))?,
            '"' | '\'' => {
                let end = rest[1..].find(first).ok_or_else(|| syntax(text))?;
                (Token::Text(rest[1..=end].to_owned()), end + 2)
            }
            _ if first.is_ascii_alphabetic() || first == '_' => {
                let end = rest
                    .find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
                    .unwrap_or(rest.len());
                let word = &rest[..end];
                let token = match word {
                    "AND" => Token::Operator(Operator::And),
                    "OR" => Token::Operator(Operator::Or),
                    _ => Token::Name(word.to_owned()),
                };
                (token, end)
            }
            _ => sign(rest).ok_or_else(|| syntax(text))?,
        };
        out.push(token);
        rest = rest[length..].trim_start();
    }
    Ok(out)
}

fn number(rest: &str) -> Option<(Token, usize)> {
    let mut end = 0;
    let bytes = rest.as_bytes();
    while end < bytes.len() {
        let exponent_sign =
            matches!(bytes[end], b'+' | b'-') && end > 0 && matches!(bytes[end - 1], b'e' | b'E');
        if !(bytes[end].is_ascii_digit() || matches!(bytes[end], b'.' | b'e' | b'E') || exponent_sign) {
            break;
        }
        end += 1;
    }
    Some((Token::Number(rest[..end].parse().ok()?), end))
}

fn sign(rest: &str) -> Option<(Token, usize)> {
    let signs = [
        ("&&", Token::Operator(Operator::And)),
        ("||", Token::Operator(Operator::Or)),
        ("==", Token::Operator(Operator::Equal)),
        ("!=", Token::Operator(Operator::NotEqual)),
        ("<=", Token::Operator(Operator::LessOrEqual)),
        (">=", Token::Operator(Operator::GreaterOrEqual)),
        ("<", Token::Operator(Operator::Less)),
        (">", Token::Operator(Operator::Greater)),
        ("+", Token::Operator(Operator::Add)),
        ("-", Token::Operator(Operator::Subtract)),
        ("*", Token::Operator(Operator::Multiply)),
        ("/", Token::Operator(Operator::Divide)),
        ("^", Token::Operator(Operator::Power)),
        ("!", Token::Not),
        ("(", Token::Open),
        (")", Token::Close),
        ("[", Token::OpenArray),
        ("]", Token::CloseArray),
        (",", Token::Comma),
    ];
    signs.into_iter().find(|(text, _)| rest.starts_with(text)).map(|(text, token)| (token, text.len()))
}

struct Parser<'t> {
    tokens: Vec<Token>,
    at: usize,
    text: &'t str,
}

impl Parser<'_> {
    fn wrong(&self) -> Error {
        syntax(self.text)
    }

    fn take(&mut self, token: &Token) -> bool {
        let there = self.tokens.get(self.at) == Some(token);
        self.at += usize::from(there);
        there
    }

    /// Operators that bind more tightly than `strength`.
    fn binary(&mut self, strength: u8, depth: usize) -> Result<Expression, Error> {
        if depth > DEPTH_MAX {
            return Err(self.wrong());
        }
        let mut left = self.unary(depth)?;
        while let Some(Token::Operator(operator)) = self.tokens.get(self.at).cloned() {
            if operator.strength() <= strength {
                break;
            }
            self.at += 1;
            let right = self.binary(operator.strength(), depth + 1)?;
            left = Expression::Binary(operator, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn unary(&mut self, depth: usize) -> Result<Expression, Error> {
        if depth > DEPTH_MAX {
            return Err(self.wrong());
        }
        if self.take(&Token::Operator(Operator::Subtract)) {
            return Ok(Expression::Negative(Box::new(self.unary(depth + 1)?)));
        }
        if self.take(&Token::Not) {
            return Ok(Expression::Not(Box::new(self.unary(depth + 1)?)));
        }
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        match token {
            Some(Token::Number(number)) => Ok(Expression::Number(number)),
            Some(Token::Text(text)) => Ok(Expression::Text(text)),
            Some(Token::Open) => {
                let inner = self.binary(0, depth + 1)?;
                if self.take(&Token::Close) { Ok(inner) } else { Err(self.wrong()) }
            }
            Some(Token::OpenArray) => Ok(Expression::Array(self.list(&Token::CloseArray, depth)?)),
            Some(Token::Name(name)) if self.take(&Token::Open) => {
                Ok(Expression::Call(name, self.list(&Token::Close, depth)?))
            }
            Some(Token::Name(name)) => Ok(Expression::Name(name)),
            Some(_) | None => Err(self.wrong()),
        }
    }

    fn list(&mut self, end: &Token, depth: usize) -> Result<Vec<Expression>, Error> {
        let mut items = Vec::new();
        if self.take(end) {
            return Ok(items);
        }
        loop {
            items.push(self.binary(0, depth + 1)?);
            if self.take(end) {
                return Ok(items);
            }
            if !self.take(&Token::Comma) {
                return Err(self.wrong());
            }
        }
    }
}
