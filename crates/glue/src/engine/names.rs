//! Names: folded to lower case when they are stored and when they are looked up; patterns of names.

use regex::bytes::{Regex, RegexBuilder};

use super::Error;
use crate::tables::{CatalogName, CatalogRef};

/// A name as it is kept.
pub fn fold(name: &str) -> String {
    name.to_lowercase()
}

impl CatalogRef {
    /// Something of this catalog.
    pub fn named(&self, name: &str) -> CatalogName {
        CatalogName { catalog: self.clone(), name: name.to_owned() }
    }

    /// The ARN of a resource of this catalog.
    pub fn arn(&self, resource: &str) -> String {
        format!("arn:aws:glue:{}:{}:{resource}", self.region, self.account)
    }
}

/// A pattern of names, as GetTables and GetUserDefinedFunctions take it: a regular expression on the whole name, without case, in which a
/// star that stands where an expression takes none is any text, as in Hive.
pub struct Pattern(Regex);

impl Pattern {
    /// Reads a pattern.
    pub fn new(text: &str) -> Result<Self, Error> {
        let mut expression = String::with_capacity(text.len() + 8);
        let mut before = None;
        for c in text.chars() {
            if c == '*' && !matches!(before, Some('.' | ')' | ']' | '}' | '\\')) {
                expression.push('.');
            }
            expression.push(c);
            before = Some(c);
        }
        RegexBuilder::new(&format!("^(?:{expression})$"))
            .case_insensitive(true)
            // The tables of Unicode's cases are not built in; names that are not ASCII are matched as they are written.
            .unicode(false)
            .build()
            .map(Self)
            .map_err(|_| Error::Invalid(format!("Invalid pattern: {text}")))
    }

    /// Whether a name is meant.
    pub fn takes(&self, name: &str) -> bool {
        self.0.is_match(name.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_hives_and_regular_expressions() {
        let takes = |pattern: &str, name: &str| Pattern::new(pattern).unwrap().takes(name);
        assert!(takes("alpha.*", "alpha_1") && takes("alpha.*", "alpha"));
        assert!(takes("alpha*", "alpha_1") && takes("*", "x") && takes(".*", "x"));
        assert!(takes("a|b*", "bcd") && !takes("a|b*", "ab"));
        assert!(takes("T_[0-9]*", "t_12") && !takes("t", "tt"));
        assert!(Pattern::new("(").is_err());
    }
}
