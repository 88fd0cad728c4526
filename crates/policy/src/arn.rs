//! ARNs with wildcards: six parts at five colons, each matched by itself, the last taking all that is left.
//!
//! Most ARNs in policies have wildcards in the last part alone. Then the parts need not be told apart: the whole pattern is compared with the
//! whole text, which is what makes twenty statements cheap.

use crate::context::Keys;
use crate::glob::{Pattern, Reading, Token, tokens};

const PARTS: usize = 6;

/// A compiled ARN.
#[derive(Debug, Clone)]
pub(crate) enum ArnPattern {
    Whole(Pattern),
    Parts(Box<[Pattern; PARTS]>),
}

impl ArnPattern {
    /// The Resource of a statement: `*`, or an ARN whose missing parts are `*`. Variables count in the last part only.
    pub fn resource(text: &str, variables: bool) -> Self {
        let mut parts = split(tokens(text, Reading { wildcards: true, variables }));
        if is_any(&parts) {
            return Self::Whole(Pattern::Any);
        }
        while parts.len() < PARTS {
            parts.push(vec![Token::Many]);
        }
        let early_variable =
            parts[..PARTS - 1].iter().flatten().any(|token| matches!(token, Token::Variable(_)));
        if early_variable { Self::Whole(Pattern::Never) } else { Self::of(parts) }
    }

    /// A value of an ARN operator: six parts or `*`.
    pub fn condition(text: &str, variables: bool) -> Self {
        let parts = split(tokens(text, Reading { wildcards: true, variables }));
        match parts.len() {
            _ if is_any(&parts) => Self::Whole(Pattern::Any),
            PARTS => Self::of(parts),
            _ => Self::Whole(Pattern::Never),
        }
    }

    fn of(parts: Vec<Vec<Token>>) -> Self {
        let plain = |part: &Vec<Token>| matches!(part.as_slice(), [] | [Token::Text(_)]);
        if parts[..PARTS - 1].iter().all(plain) {
            return Self::Whole(Pattern::of(join(parts)));
        }
        let mut patterns = parts.into_iter().map(Pattern::of);
        Self::Parts(Box::new(std::array::from_fn(|_| patterns.next().expect("there are six parts"))))
    }

    /// Whether the text, an ARN or `*`, fits.
    pub fn matches(&self, text: &ArnText<'_>, keys: &Keys<'_>) -> bool {
        match (self, &text.parts) {
            (Self::Whole(pattern), _) => pattern.matches(text.whole, keys),
            (Self::Parts(patterns), Some(parts)) => {
                patterns.iter().zip(parts).all(|(pattern, part)| pattern.matches(part, keys))
            }
            (Self::Parts(_), None) => false,
        }
    }

    /// Whether it is one ARN and no more.
    pub fn is_fixed(&self) -> bool {
        match self {
            Self::Whole(pattern) => pattern.is_fixed(),
            Self::Parts(patterns) => patterns.iter().all(Pattern::is_fixed),
        }
    }

    /// The patterns in it, for who looks for variables.
    pub fn patterns(&self) -> &[Pattern] {
        match self {
            Self::Whole(pattern) => std::slice::from_ref(pattern),
            Self::Parts(patterns) => &**patterns,
        }
    }
}

/// A text that patterns are compared with, cut once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ArnText<'a> {
    whole: &'a str,
    parts: Option<[&'a str; PARTS]>,
}

impl<'a> ArnText<'a> {
    pub fn new(whole: &'a str) -> Self {
        let mut parts = [""; PARTS];
        let mut found = 0;
        for (place, part) in parts.iter_mut().zip(whole.splitn(PARTS, ':')) {
            *place = part;
            found += 1;
        }
        Self { whole, parts: (found == PARTS).then_some(parts) }
    }

    /// Whether it has the form of an ARN, as far as conditions care.
    pub fn has_parts(&self) -> bool {
        self.parts.is_some()
    }
}

fn is_any(parts: &[Vec<Token>]) -> bool {
    matches!(parts, [only] if matches!(only.as_slice(), [Token::Many]))
}

/// Cuts at the first five colons of plain text. Colons of variables' names do not count.
fn split(tokens: Vec<Token>) -> Vec<Vec<Token>> {
    let mut parts = vec![Vec::new()];
    for token in tokens {
        let Token::Text(text) = token else {
            parts.last_mut().expect("there is always a part").push(token);
            continue;
        };
        let mut rest = &*text;
        while parts.len() < PARTS {
            let Some((before, after)) = rest.split_once(':') else { break };
            push_text(&mut parts, before);
            parts.push(Vec::new());
            rest = after;
        }
        push_text(&mut parts, rest);
    }
    parts
}

fn push_text(parts: &mut [Vec<Token>], text: &str) {
    if !text.is_empty() {
        parts.last_mut().expect("there is always a part").push(Token::Text(text.into()));
    }
}

fn join(parts: Vec<Vec<Token>>) -> Vec<Token> {
    let mut joined = Vec::new();
    let mut plain = String::new();
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            plain.push(':');
        }
        for token in part {
            match token {
                Token::Text(text) => plain.push_str(&text),
                other => {
                    if !plain.is_empty() {
                        joined.push(Token::Text(std::mem::take(&mut plain).into()));
                    }
                    joined.push(other);
                }
            }
        }
    }
    if !plain.is_empty() {
        joined.push(Token::Text(plain.into()));
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resource(pattern: &str, text: &str) -> bool {
        Keys::with_none(|keys| ArnPattern::resource(pattern, true).matches(&ArnText::new(text), keys))
    }

    fn condition(pattern: &str, text: &str) -> bool {
        Keys::with_none(|keys| ArnPattern::condition(pattern, true).matches(&ArnText::new(text), keys))
    }

    #[test]
    fn wildcards_stay_within_their_part_but_for_the_last() {
        assert!(resource("arn:aws:s3:::b/*", "arn:aws:s3:::b/a/b:c"));
        assert!(resource("arn:aws:kinesis:*:*:stream/s", "arn:aws:kinesis:us-east-1:000000000000:stream/s"));
        assert!(!resource("arn:aws:kinesis:*:stream/s", "arn:aws:kinesis:us-east-1:000000000000:stream/s"));
        assert!(resource(
            "arn:aws:lambda:*:*:function:f*",
            "arn:aws:lambda:us-east-1:000000000000:function:f:1"
        ));
        assert!(!resource("arn:aws:s3:::B/x", "arn:aws:s3:::b/x"));
    }

    #[test]
    fn a_star_alone_is_everything_and_missing_parts_are_stars() {
        assert!(resource("*", "*"));
        assert!(resource("*", "arn:aws:s3:::b"));
        assert!(!resource("arn:aws:s3:::*", "*"));
        assert!(resource("arn:aws:s3", "arn:aws:s3:::b/k"));
        assert!(!resource("arn:aws:s3", "arn:aws:sqs:::b/k"));
    }

    #[test]
    fn variables_count_in_the_last_part_only() {
        assert!(resource("arn:aws:s3:::b/${x:y, 'z'}", "arn:aws:s3:::b/z"));
        assert!(!resource("arn:aws:s3:::b/${x:y}", "arn:aws:s3:::b/"));
        assert!(!resource("arn:aws:s3::${x:y, '1'}:b", "arn:aws:s3::1:b"));
        assert!(condition("arn:aws:iam::${x:y, '1'}:role/r", "arn:aws:iam::1:role/r"));
    }

    #[test]
    fn arn_operators_want_six_parts() {
        assert!(condition("arn:aws:iam::*:role/*", "arn:aws:iam::000000000000:role/a/b"));
        assert!(!condition("arn:aws:iam::*", "arn:aws:iam::000000000000:role/a/b"));
        assert!(condition("*", "arn:aws:iam::000000000000:role/a/b"));
    }
}
