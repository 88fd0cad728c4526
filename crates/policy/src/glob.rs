//! Texts with wildcards and variables, compiled once and matched often.
//!
//! `*` is any run of characters, `?` any one. The pieces between stars are sought from the left, each as early as it fits: a match of a
//! later place could only leave less for what follows, so nothing is ever taken back. The work is at most pattern length times text
//! length whatever the pattern, and linear where it has no `?`.
//!
//! A variable's value is put in as plain text: a `*` in a user's name is a star, not a wildcard.

use crate::context::Keys;

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

/// Whether letters of either case are the same. ASCII only: what is matched so is names of actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Exact,
    Blind,
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
        Self { name: name.into(), key: name.to_lowercase().into(), default }
    }
}

impl Pattern {
    pub(crate) fn read(text: &str, reading: Reading) -> Self {
        Self::of(tokens(text, reading))
    }

    /// Action patterns: no variables, letters of either case.
    pub(crate) fn read_blind(text: &str) -> Self {
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
    pub(crate) fn matches(&self, text: &str, case: Case, keys: &Keys<'_>) -> bool {
        match self {
            Self::Any => true,
            Self::Never => false,
            Self::Literal(literal) => match case {
                Case::Exact => **literal == *text,
                Case::Blind => literal.eq_ignore_ascii_case(text),
            },
            Self::Prefix(prefix) => strip_text(text, prefix, case).is_some(),
            Self::Glob(tokens) => fits(tokens, text, case),
            Self::Template(tokens) => fill(tokens, keys).is_some_and(|filled| fits(&filled, text, case)),
        }
    }

    /// The pattern as one plain text: its variables filled in, if it has no wildcards and all have values.
    pub(crate) fn plain(&self, keys: &Keys<'_>) -> Option<String> {
        let mut plain = String::new();
        match self {
            Self::Literal(literal) => plain.push_str(literal),
            Self::Template(tokens) => {
                for token in fill(tokens, keys)? {
                    let Token::Text(text) = token else { return None };
                    plain.push_str(&text);
                }
            }
            Self::Any | Self::Never | Self::Prefix(_) | Self::Glob(_) => return None,
        }
        Some(plain)
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

fn fill(tokens: &[Token], keys: &Keys<'_>) -> Option<Vec<Token>> {
    tokens
        .iter()
        .map(|token| match token {
            Token::Variable(variable) => {
                let value =
                    keys.single(&variable.key).or_else(|| variable.default.as_deref().map(str::to_owned));
                value.map(|value| Token::Text(value.into()))
            }
            Token::Text(_) | Token::One | Token::Many => Some(token.clone()),
        })
        .collect()
}

fn fits(tokens: &[Token], text: &str, case: Case) -> bool {
    let mut segments = tokens.split(|token| matches!(token, Token::Many));
    let first = segments.next().expect("splitting gives at least one slice");
    let Some(mut rest) = strip_start(text, first, case) else { return false };
    let Some(last) = segments.next_back() else { return rest.is_empty() };
    for segment in segments {
        match find(rest, segment, case) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    ends_with(rest, last, case)
}

fn strip_text<'t>(text: &'t str, prefix: &str, case: Case) -> Option<&'t str> {
    match case {
        Case::Exact => text.strip_prefix(prefix),
        Case::Blind => {
            let start = text.get(..prefix.len())?;
            start.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
        }
    }
}

fn strip_start<'t>(text: &'t str, segment: &[Token], case: Case) -> Option<&'t str> {
    let mut rest = text;
    for token in segment {
        rest = match token {
            Token::Text(plain) => strip_text(rest, plain, case)?,
            Token::One => {
                let mut characters = rest.chars();
                characters.next()?;
                characters.as_str()
            }
            Token::Many | Token::Variable(_) => return None,
        };
    }
    Some(rest)
}

fn ends_with(text: &str, segment: &[Token], case: Case) -> bool {
    let mut rest = text;
    for token in segment.iter().rev() {
        let left = match token {
            Token::Text(plain) => {
                let at = rest.len().checked_sub(plain.len());
                let cut = at.and_then(|at| rest.split_at_checked(at));
                cut.filter(|(_, end)| strip_text(end, plain, case).is_some()).map(|(left, _)| left)
            }
            Token::One => {
                let mut characters = rest.chars();
                characters.next_back().map(|_| characters.as_str())
            }
            Token::Many | Token::Variable(_) => None,
        };
        match left {
            Some(left) => rest = left,
            None => return false,
        }
    }
    true
}

/// What follows the first place where the segment fits.
fn find<'t>(text: &'t str, segment: &[Token], case: Case) -> Option<&'t str> {
    if let ([Token::Text(plain)], Case::Exact) = (segment, case) {
        return text.split_once(&**plain).map(|(_, after)| after);
    }
    let mut rest = text;
    loop {
        if let Some(after) = strip_start(rest, segment, case) {
            return Some(after);
        }
        let mut characters = rest.chars();
        characters.next()?;
        rest = characters.as_str();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn matches(pattern: &str, text: &str) -> bool {
        let reading = Reading { wildcards: true, variables: false };
        Keys::with_none(|keys| Pattern::read(pattern, reading).matches(text, Case::Exact, keys))
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
        assert!(Keys::with_none(|keys| pattern.matches("a*?$b", Case::Exact, keys)));
        assert!(!Keys::with_none(|keys| pattern.matches("axy$b", Case::Exact, keys)));
        let pattern = Pattern::read("home/${aws:username, 'no*body'}/*", reading);
        assert!(Keys::with_none(|keys| pattern.matches("home/no*body/x", Case::Exact, keys)));
        assert!(!Keys::with_none(|keys| pattern.matches("home/noXbody/x", Case::Exact, keys)));
        let pattern = Pattern::read("home/${aws:username}/*", reading);
        assert!(!Keys::with_none(|keys| pattern.matches("home//x", Case::Exact, keys)));
    }

    proptest! {
        #[test]
        fn agrees_with_the_plain_definition(pattern in "[ab*?é]{0,8}", text in "[abé]{0,10}") {
            let (p, t): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
            prop_assert_eq!(matches(&pattern, &text), naive(&p, &t));
        }
    }
}
