//! Texts with wildcards and variables, compiled once and matched often.
//!
//! `*` is any run of characters, `?` any one. The pieces between stars are sought from the left, each as early as it fits: a match of a
//! later place could only leave less for what follows, so nothing is ever taken back. The work is at most pattern length times text
//! length whatever the pattern, and linear where it has no `?`.
//!
//! A variable's value is put in as plain text: a `*` in a user's name is a star, not a wildcard.

use std::borrow::Cow;

use crate::context::Keys;
use crate::memo::NameHash;

/// A piece of a pattern.
#[derive(Debug, Clone)]
pub(crate) enum Token {
    Text(Box<str>),
    One,
    Many,
    Variable(Variable),
}

/// `${key}` or `${key, 'default'}`.
#[derive(Debug, Clone)]
pub(crate) struct Variable {
    /// The key as written.
    pub name: Box<str>,
    /// The key in lower case.
    pub key: Box<str>,
    pub hash: NameHash,
    pub default: Option<Box<str>>,
}

/// What a text is read for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    /// `*` and `?` are wildcards.
    pub wildcards: bool,
    /// `${…}` is a variable.
    pub variables: bool,
}

/// A compiled text. The common shapes stand apart because they are compared and not searched.
#[derive(Debug, Clone)]
pub(crate) enum Pattern {
    Any,
    Never,
    Literal(Box<str>),
    Prefix(Box<str>),
    Glob(Box<[Token]>),
    Template(Box<[Token]>),
}

/// Splits a text into tokens.
pub(crate) fn tokens(text: &str, reading: Reading) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if reading.variables
            && let Some((inside, after)) = rest.strip_prefix("${").and_then(|inside| inside.split_once('}'))
        {
            rest = after;
            match inside {
                "*" | "?" | "$" => plain.push_str(inside),
                _ => {
                    flush(&mut plain, &mut tokens);
                    tokens.push(Token::Variable(Variable::read(inside)));
                }
            }
            continue;
        }
        rest = &rest[character.len_utf8()..];
        match character {
            '*' if reading.wildcards => {
                flush(&mut plain, &mut tokens);
                if !matches!(tokens.last(), Some(Token::Many)) {
                    tokens.push(Token::Many);
                }
            }
            '?' if reading.wildcards => {
                flush(&mut plain, &mut tokens);
                tokens.push(Token::One);
            }
            other => plain.push(other),
        }
    }
    flush(&mut plain, &mut tokens);
    tokens
}

fn flush(plain: &mut String, tokens: &mut Vec<Token>) {
    if !plain.is_empty() {
        tokens.push(Token::Text(std::mem::take(plain).into()));
    }
}

impl Variable {
    fn read(inside: &str) -> Self {
        let (name, default) = match inside.split_once(',') {
            None => (inside.trim(), None),
            Some((name, default)) => {
                let quoted = default.trim();
                let plain =
                    quoted.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')).unwrap_or(quoted);
                (name.trim(), Some(plain.into()))
            }
        };
        let key = name.to_lowercase();
        Self { name: name.into(), hash: NameHash::of(&key), key: key.into(), default }
    }
}

impl Pattern {
    pub(crate) fn read(text: &str, reading: Reading) -> Self {
        Self::of(tokens(text, reading))
    }

    /// Action patterns: no variables, and in lower case, as the action they are compared with.
    pub(crate) fn read_lower(text: &str) -> Self {
        Self::read(&text.to_ascii_lowercase(), Reading { wildcards: true, variables: false })
    }

    pub(crate) fn of(mut tokens: Vec<Token>) -> Self {
        if tokens.iter().any(|token| matches!(token, Token::Variable(_))) {
            return Self::Template(tokens.into());
        }
        match tokens.as_mut_slice() {
            [] => Self::Literal("".into()),
            [Token::Many] => Self::Any,
            [Token::Text(text)] => Self::Literal(std::mem::take(text)),
            [Token::Text(text), Token::Many] => Self::Prefix(std::mem::take(text)),
            _ => Self::Glob(tokens.into()),
        }
    }

    /// Whether the text fits. A variable that has no value and no default fits nothing.
    pub(crate) fn matches(&self, text: &str, keys: &Keys<'_>) -> bool {
        match self {
            Self::Any => true,
            Self::Never => false,
            Self::Literal(literal) => **literal == *text,
            Self::Prefix(prefix) => text.starts_with(&**prefix),
            Self::Glob(tokens) => fits(tokens, text),
            Self::Template(tokens) => {
                may_fit(tokens, text) && filled(tokens, keys, |filled| fits(filled, text)).unwrap_or(false)
            }
        }
    }

    /// The pattern as one plain text: its variables filled in, if it has no wildcards and all have values.
    pub(crate) fn plain<'p>(&'p self, keys: &'p Keys<'_>) -> Option<Cow<'p, str>> {
        match self {
            Self::Literal(literal) => Some(Cow::Borrowed(literal)),
            Self::Template(tokens) => {
                let joined = filled(tokens, keys, |filled| {
                    let mut plain = String::new();
                    for piece in filled {
                        let Filled::Text(text) = piece else { return None };
                        plain.push_str(text);
                    }
                    Some(plain)
                });
                joined.flatten().map(Cow::Owned)
            }
            Self::Any | Self::Never | Self::Prefix(_) | Self::Glob(_) => None,
        }
    }

    /// Whether it fits one text only, whoever asks: no wildcard, no variable.
    pub(crate) fn is_fixed(&self) -> bool {
        match self {
            Self::Literal(_) | Self::Never => true,
            Self::Any | Self::Prefix(_) | Self::Glob(_) | Self::Template(_) => false,
        }
    }

    /// The variables in it.
    pub(crate) fn variables(&self) -> impl Iterator<Item = &Variable> {
        let tokens: &[Token] = match self {
            Self::Template(tokens) => tokens,
            Self::Any | Self::Never | Self::Literal(_) | Self::Prefix(_) | Self::Glob(_) => &[],
        };
        tokens.iter().filter_map(|token| match token {
            Token::Variable(variable) => Some(variable),
            Token::Text(_) | Token::One | Token::Many => None,
        })
    }
}

/// What a token comes to when it is compared.
enum Piece<'a> {
    Text(&'a str),
    One,
    Many,
    /// Cannot be compared: fits nothing.
    Never,
}

/// A token whose variable has its value.
enum Filled<'a> {
    Text(Cow<'a, str>),
    One,
    Many,
}

trait AsPiece {
    fn piece(&self) -> Piece<'_>;
}

impl AsPiece for Token {
    fn piece(&self) -> Piece<'_> {
        match self {
            Self::Text(text) => Piece::Text(text),
            Self::One => Piece::One,
            Self::Many => Piece::Many,
            Self::Variable(_) => Piece::Never,
        }
    }
}

impl AsPiece for Filled<'_> {
    fn piece(&self) -> Piece<'_> {
        match self {
            Self::Text(text) => Piece::Text(text),
            Self::One => Piece::One,
            Self::Many => Piece::Many,
        }
    }
}

/// Tokens that are filled in where they stand; longer patterns need room of their own.
const FILLED_MAX: usize = 8;

/// Does something with the tokens once their variables have values; `None` if one has no value and no default.
fn filled<'t, T>(
    tokens: &'t [Token],
    keys: &'t Keys<'_>,
    work: impl FnOnce(&[Filled<'t>]) -> T,
) -> Option<T> {
    if tokens.len() > FILLED_MAX {
        let all: Option<Vec<Filled<'t>>> = tokens.iter().map(|token| fill(token, keys)).collect();
        return Some(work(&all?));
    }
    let mut places = [const { Filled::One }; FILLED_MAX];
    for (place, token) in places.iter_mut().zip(tokens) {
        *place = fill(token, keys)?;
    }
    Some(work(&places[..tokens.len()]))
}

fn fill<'t>(token: &'t Token, keys: &'t Keys<'_>) -> Option<Filled<'t>> {
    Some(match token {
        Token::Text(text) => Filled::Text(Cow::Borrowed(text)),
        Token::One => Filled::One,
        Token::Many => Filled::Many,
        Token::Variable(variable) => {
            let default = || variable.default.as_deref().map(Cow::Borrowed);
            Filled::Text(keys.variable(&variable.key, variable.hash).or_else(default)?)
        }
    })
}

/// Whether the ends fit that are known before any variable is looked up.
fn may_fit(tokens: &[Token], text: &str) -> bool {
    let start = match tokens.first() {
        Some(Token::Text(plain)) => text.starts_with(&**plain),
        Some(Token::One | Token::Many | Token::Variable(_)) | None => true,
    };
    start
        && match tokens.last() {
            Some(Token::Text(plain)) => text.ends_with(&**plain),
            Some(Token::One | Token::Many | Token::Variable(_)) | None => true,
        }
}

fn fits(tokens: &[impl AsPiece], text: &str) -> bool {
    let mut segments = tokens.split(|token| matches!(token.piece(), Piece::Many));
    let first = segments.next().expect("splitting gives at least one slice");
    let Some(mut rest) = strip_start(text, first) else { return false };
    let Some(last) = segments.next_back() else { return rest.is_empty() };
    for segment in segments {
        match find(rest, segment) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    ends_with(rest, last)
}

fn strip_start<'t>(text: &'t str, segment: &[impl AsPiece]) -> Option<&'t str> {
    let mut rest = text;
    for token in segment {
        rest = match token.piece() {
            Piece::Text(plain) => rest.strip_prefix(plain)?,
            Piece::One => {
                let mut characters = rest.chars();
                characters.next()?;
                characters.as_str()
            }
            Piece::Many | Piece::Never => return None,
        };
    }
    Some(rest)
}

fn ends_with(text: &str, segment: &[impl AsPiece]) -> bool {
    let mut rest = text;
    for token in segment.iter().rev() {
        let left = match token.piece() {
            Piece::Text(plain) => rest.strip_suffix(plain),
            Piece::One => {
                let mut characters = rest.chars();
                characters.next_back().map(|_| characters.as_str())
            }
            Piece::Many | Piece::Never => None,
        };
        match left {
            Some(left) => rest = left,
            None => return false,
        }
    }
    true
}

/// What follows the first place where the segment fits.
fn find<'t>(text: &'t str, segment: &[impl AsPiece]) -> Option<&'t str> {
    let start = match segment.first().map(AsPiece::piece) {
        Some(Piece::Text(plain)) => plain,
        Some(Piece::One | Piece::Many | Piece::Never) | None => "",
    };
    let mut rest = text;
    loop {
        rest = &rest[place(rest, start)?..];
        if let Some(after) = strip_start(rest, segment) {
            return Some(after);
        }
        let mut characters = rest.chars();
        characters.next()?;
        rest = characters.as_str();
    }
}

/// The first occurrence. The standard search is linear but takes longer to prepare than a short text takes to be found.
fn place(text: &str, plain: &str) -> Option<usize> {
    const SHORT_BYTES: usize = 24;
    if plain.len() > SHORT_BYTES || plain.is_empty() {
        return text.find(plain);
    }
    let (first, rest) = (plain.as_bytes()[0], &plain.as_bytes()[1..]);
    let bytes = text.as_bytes();
    let last = bytes.len().checked_sub(plain.len())?;
    (0..=last).find(|at| bytes[*at] == first && bytes[at + 1..at + plain.len()] == *rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn matches(pattern: &str, text: &str) -> bool {
        let reading = Reading { wildcards: true, variables: false };
        Keys::with_none(|keys| Pattern::read(pattern, reading).matches(text, keys))
    }

    /// The plain definition, exponential and obviously right.
    fn naive(pattern: &[char], text: &[char]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some(('*', rest)) => (0..=text.len()).any(|skip| naive(rest, &text[skip..])),
            Some(('?', rest)) => !text.is_empty() && naive(rest, &text[1..]),
            Some((c, rest)) => text.first() == Some(c) && naive(rest, &text[1..]),
        }
    }

    #[test]
    fn a_question_mark_is_one_character_and_not_one_byte() {
        assert!(matches("a?b", "aéb"));
        assert!(matches("*?", "é"));
        assert!(!matches("a??b", "aéb"));
    }

    #[test]
    fn hostile_patterns_end() {
        let pattern = format!("{}b", "*a?".repeat(600));
        assert!(!matches(&pattern, &"a".repeat(2_000)));
    }

    #[test]
    fn escapes_are_plain_characters_and_variables_have_defaults() {
        let reading = Reading { wildcards: true, variables: true };
        let pattern = Pattern::read("a${*}${?}${$}b", reading);
        assert!(Keys::with_none(|keys| pattern.matches("a*?$b", keys)));
        assert!(!Keys::with_none(|keys| pattern.matches("axy$b", keys)));
        let pattern = Pattern::read("home/${aws:username, 'no*body'}/*", reading);
        assert!(Keys::with_none(|keys| pattern.matches("home/no*body/x", keys)));
        assert!(!Keys::with_none(|keys| pattern.matches("home/noXbody/x", keys)));
        let pattern = Pattern::read("home/${aws:username}/*", reading);
        assert!(!Keys::with_none(|keys| pattern.matches("home//x", keys)));
    }

    proptest! {
        #[test]
        fn agrees_with_the_plain_definition(pattern in "[ab*?é]{0,8}", text in "[abé]{0,10}") {
            let (p, t): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
            prop_assert_eq!(matches(&pattern, &text), naive(&p, &t));
        }
    }
}
