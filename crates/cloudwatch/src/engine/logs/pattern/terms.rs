//! Patterns of words: all of those without a sign, none of those with `-`, and any of those with `?` if there are no others.

use regex::Regex;

use super::{Invalid, regex};

#[derive(Clone, Debug)]
pub(super) struct Terms {
    required: Vec<Term>,
    excluded: Vec<Term>,
    optional: Vec<Term>,
}

#[derive(Clone, Debug)]
enum Term {
    Text(String),
    Regex(Regex),
}

impl Term {
    fn is_in(&self, message: &str) -> bool {
        match self {
            Term::Text(text) => message.contains(text.as_str()),
            Term::Regex(regex) => regex.is_match(message),
        }
    }
}

pub(super) fn parse(text: &str) -> Result<Terms, Invalid> {
    let mut terms = Terms { required: Vec::new(), excluded: Vec::new(), optional: Vec::new() };
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (into, after) = match first {
            '-' => (&mut terms.excluded, &rest[1..]),
            '?' => (&mut terms.optional, &rest[1..]),
            _ => (&mut terms.required, rest),
        };
        let (term, after) = term(after)?;
        into.push(term);
        rest = after.trim_start();
    }
    Ok(terms)
}

fn term(text: &str) -> Result<(Term, &str), Invalid> {
    match text.chars().next() {
        Some('"') => {
            let (quoted, rest) = quoted(&text[1..])?;
            Ok((Term::Text(quoted), rest))
        }
        Some('%') => {
            let end = text[1..].find('%').ok_or(Invalid)? + 1;
            Ok((Term::Regex(regex(&text[1..end])?), &text[end + 1..]))
        }
        Some(_) => {
            let end = text.find(char::is_whitespace).unwrap_or(text.len());
            let word = &text[..end];
            // Everything but letters, digits and underscores has to be quoted.
            let plain = |letter: char| {
                letter.is_alphanumeric()
                    || matches!(
                        letter,
                        '_' | '.' | ':' | '/' | '-' | '#' | '@' | '=' | ',' | ';' | '*' | '$' | '+'
                    )
            };
            if word.chars().all(plain) {
                Ok((Term::Text(word.to_owned()), &text[end..]))
            } else {
                Err(Invalid)
            }
        }
        None => Err(Invalid),
    }
}

/// The text up to the closing quote, and what follows.
pub(super) fn quoted(text: &str) -> Result<(String, &str), Invalid> {
    let mut out = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Ok((out, &text[at + 1..])),
            '\\' => match letters.next() {
                Some((_, escaped)) => out.push(escaped),
                None => return Err(Invalid),
            },
            other => out.push(other),
        }
    }
    Err(Invalid)
}

impl Terms {
    pub(super) fn matches(&self, message: &str) -> bool {
        let all = self.required.iter().all(|term| term.is_in(message));
        let none = !self.excluded.iter().any(|term| term.is_in(message));
        // Beside other terms those with `?` count for nothing.
        let alone = self.required.is_empty() && self.excluded.is_empty();
        let any = !alone || self.optional.is_empty() || self.optional.iter().any(|term| term.is_in(message));
        all && none && any
    }
}
