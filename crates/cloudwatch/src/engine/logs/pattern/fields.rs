//! Patterns of fields: `[ip, user, ..., status=4*, bytes > 1000]` over messages whose fields are separated by blanks. What stands in quotation marks or
//! brackets is one field.

use std::collections::BTreeMap;

use regex::Regex;

use super::lexer::{Stream, Token, tokens};
use super::{Comparison, Invalid, regex, wildcard};

#[derive(Clone, Debug)]
pub(super) struct Fields {
    before: Vec<Field>,
    /// Behind `...`, which stands for any number of fields.
    after: Option<Vec<Field>>,
}

#[derive(Clone, Debug)]
struct Field {
    name: String,
    condition: Option<Condition>,
}

#[derive(Clone, Debug)]
enum Condition {
    Compare(Comparison, Operand),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
}

#[derive(Clone, Debug)]
enum Operand {
    Text(String),
    Number(f64, String),
    Regex(Regex),
}

pub(super) fn parse(text: &str) -> Result<Fields, Invalid> {
    let inside = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).ok_or(Invalid)?;
    let mut stream = Stream::new(tokens(inside)?);
    let mut fields = Fields { before: Vec::new(), after: None };
    if stream.peek().is_none() {
        return Ok(fields);
    }
    loop {
        if stream.take(&Token::Ellipsis) {
            if fields.after.is_some() {
                return Err(Invalid);
            }
            fields.after = Some(Vec::new());
        } else {
            let field = field(&mut stream)?;
            fields.after.as_mut().unwrap_or(&mut fields.before).push(field);
        }
        if stream.peek().is_none() {
            break;
        }
        stream.expect(&Token::Comma)?;
    }
    stream.end()?;
    Ok(fields)
}

fn field(stream: &mut Stream) -> Result<Field, Invalid> {
    let wrapped = stream.take(&Token::Open);
    let Some(Token::Word(name)) = stream.peek().cloned() else { return Err(Invalid) };
    let named =
        |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | '$' | '#' | '@' | ':');
    if !name.chars().all(named) {
        return Err(Invalid);
    }
    stream.next();
    let condition = match stream.peek() {
        Some(Token::Compare(_)) => Some(either(stream, &name, true)?),
        Some(_) | None => None,
    };
    if wrapped {
        stream.expect(&Token::Close)?;
    }
    Ok(Field { name, condition })
}

/// Conditions on one field, whose name stands before each but the first.
fn either(stream: &mut Stream, name: &str, named: bool) -> Result<Condition, Invalid> {
    let mut left = both(stream, name, named)?;
    while stream.take(&Token::Or) {
        left = Condition::Or(Box::new(left), Box::new(both(stream, name, false)?));
    }
    Ok(left)
}

fn both(stream: &mut Stream, name: &str, named: bool) -> Result<Condition, Invalid> {
    let mut left = one(stream, name, named)?;
    while stream.take(&Token::And) {
        left = Condition::And(Box::new(left), Box::new(one(stream, name, false)?));
    }
    Ok(left)
}

fn one(stream: &mut Stream, name: &str, named: bool) -> Result<Condition, Invalid> {
    if !named && !stream.take_word(name) {
        return Err(Invalid);
    }
    let Some(Token::Compare(comparison)) = stream.next() else { return Err(Invalid) };
    let operand = match stream.next() {
        Some(Token::Quoted(text)) => Operand::Text(text),
        Some(Token::Regex(text)) => Operand::Regex(regex(&text)?),
        Some(Token::Word(text)) => match text.parse::<f64>() {
            Ok(number) => Operand::Number(number, text),
            Err(_) => Operand::Text(text),
        },
        Some(_) | None => return Err(Invalid),
    };
    let of_size = comparison.equality(true).is_none();
    match operand {
        Operand::Text(_) | Operand::Regex(_) if of_size => Err(Invalid),
        operand => Ok(Condition::Compare(comparison, operand)),
    }
}

impl Condition {
    fn holds(&self, value: &str) -> bool {
        match self {
            Condition::And(left, right) => left.holds(value) && right.holds(value),
            Condition::Or(left, right) => left.holds(value) || right.holds(value),
            Condition::Compare(comparison, Operand::Text(pattern)) => {
                comparison.equality(wildcard(pattern, value)).unwrap_or(false)
            }
            Condition::Compare(comparison, Operand::Regex(regex)) => {
                comparison.equality(regex.is_match(value)).unwrap_or(false)
            }
            Condition::Compare(comparison, Operand::Number(number, text)) => match value.parse::<f64>() {
                Ok(value) => comparison.holds(value, *number),
                Err(_) => comparison.equality(value == text).unwrap_or(false),
            },
        }
    }
}

impl Fields {
    /// The fields of a message that the pattern's own stand for; `None` if there are not enough, or too many.
    fn aligned<'f, 'm>(&'f self, message: &'m str) -> Option<Vec<(&'f Field, &'m str)>> {
        let parts = split(message);
        match &self.after {
            None if parts.len() != self.before.len() => None,
            None => Some(self.before.iter().zip(parts).collect()),
            Some(after) => {
                let from = parts.len().checked_sub(after.len()).filter(|from| *from >= self.before.len())?;
                let front = self.before.iter().zip(parts[..from].iter().copied());
                let back = after.iter().zip(parts[from..].iter().copied());
                Some(front.chain(back).collect())
            }
        }
    }

    pub(super) fn matches(&self, message: &str) -> bool {
        self.aligned(message).is_some_and(|fields| {
            fields
                .iter()
                .all(|(field, value)| field.condition.as_ref().is_none_or(|condition| condition.holds(value)))
        })
    }

    pub(super) fn extracted(&self, message: &str) -> BTreeMap<String, String> {
        let fields = self.aligned(message).unwrap_or_default();
        fields.into_iter().map(|(field, value)| (format!("${}", field.name), value.to_owned())).collect()
    }
}

/// A message's fields.
fn split(message: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = message.trim_start();
    while let Some(first) = rest.chars().next() {
        let closing = match first {
            '"' => Some('"'),
            '[' => Some(']'),
            _ => None,
        };
        let wrapped = closing.and_then(|closing| rest[1..].find(closing).map(|at| at + 1));
        let (part, after) = match wrapped {
            Some(end) => (&rest[1..end], &rest[end + 1..]),
            None => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                (&rest[..end], &rest[end..])
            }
        };
        parts.push(part);
        rest = after.trim_start();
    }
    parts
}
