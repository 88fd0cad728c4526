//! The models' patterns, which are Java's: matched against whole strings, by the `regex` crate.
//!
//! | Java | here |
//! |---|---|
//! | `\d \w \s` and kin are ASCII | written out |
//! | `.` stops at every line end | written out |
//! | a supplementary character is a pair of surrogates | the character |
//! | `[\w-.]`: a dash after a class is a dash | escaped |
//! | look-around | not known; the patches of `cargo xtask shapes` say such a pattern otherwise |

use std::collections::HashMap;
use std::sync::{OnceLock, RwLock};

use regex::Regex;

/// A pattern of a model, ready to match whole strings.
#[derive(Debug)]
pub struct Pattern {
    /// What the string must not match.
    not: Option<Regex>,
    /// What it must match. `None` if the pattern is beyond us, which the generator refuses: then everything matches.
    must: Option<Regex>,
}

impl Pattern {
    /// From a model's pattern, or from a patch's, which may begin with `!NOT!`: the string must not match NOT.
    pub fn new(pattern: &str) -> Self {
        let (not, must) = match pattern.strip_prefix('!').and_then(|rest| rest.split_once('!')) {
            Some((not, must)) => (Some(not), must),
            None => (None, pattern),
        };
        let compile = |pattern: &str| Regex::new(&format!(r"\A(?:{})\z", from_java(pattern))).ok();
        Self { not: not.and_then(compile), must: compile(must) }
    }

    /// Whether the pattern could be read.
    pub fn is_understood(&self) -> bool {
        self.must.is_some()
    }

    /// Whether the whole string matches.
    pub fn matches(&self, text: &str) -> bool {
        let refused = self.not.as_ref().is_some_and(|not| not.is_match(text));
        !refused && self.must.as_ref().is_none_or(|must| must.is_match(text))
    }
}

fn from_java(pattern: &str) -> String {
    let pattern = pattern.replace(r"\uD800\uDC00-\uDBFF\uDFFF", r"\x{10000}-\x{10FFFF}");
    let pattern = pattern.replace(r"\p{Print}", r"[\x20-\x7E]");
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut letters = pattern.chars().peekable();
    let mut in_class = 0_usize;
    let mut after_class = false;
    while let Some(letter) = letters.next() {
        let was_class = std::mem::take(&mut after_class);
        match letter {
            '\\' => {
                let written_out = letters.peek().and_then(|letter| match letter {
                    'd' => Some("[0-9]"),
                    'w' => Some("[0-9A-Za-z_]"),
                    's' => Some(r"[ \t\n\x0B\f\r]"),
                    'D' => Some("[^0-9]"),
                    'W' => Some("[^0-9A-Za-z_]"),
                    'S' => Some(r"[^ \t\n\x0B\f\r]"),
                    _ => None,
                });
                after_class = written_out.is_some();
                match written_out {
                    Some(class) => out.push_str(class),
                    None => {
                        out.push('\\');
                        out.extend(letters.peek());
                    }
                }
                letters.next();
            }
            '[' => {
                in_class += 1;
                out.push('[');
            }
            ']' => {
                in_class = in_class.saturating_sub(1);
                out.push(']');
            }
            '-' if was_class && in_class > 0 => out.push_str(r"\-"),
            '.' if in_class == 0 => out.push_str(r"[^\n\r\u{85}\u{2028}\u{2029}]"),
            other => out.push(other),
        }
    }
    out
}

/// A compiled pattern, made once. Patterns are constants of the tables, so there are only so many.
pub(crate) fn pattern_of(pattern: &'static str) -> &'static Pattern {
    static PATTERNS: OnceLock<RwLock<HashMap<&'static str, &'static Pattern>>> = OnceLock::new();
    let patterns = PATTERNS.get_or_init(RwLock::default);
    if let Some(known) = patterns.read().expect("nobody panics while holding it").get(pattern) {
        return known;
    }
    let mut patterns = patterns.write().expect("nobody panics while holding it");
    patterns.entry(pattern).or_insert_with(|| Box::leak(Box::new(Pattern::new(pattern))))
}
