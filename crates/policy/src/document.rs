//! A document as it is after parsing: compiled statements, and enough of the text to point into it and to write it anew.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::arn::{ArnPattern, ArnText};
use crate::condition::Condition;
use crate::context::Keys;
use crate::glob::Pattern;
use crate::json;
use crate::malformed::Malformed;
use crate::parse;
use crate::principal::{Grant, PrincipalType, Principals};

/// The longest document any service takes, in bytes (KMS's model; the others' limits are lower and theirs to check).
pub const DOCUMENT_BYTES_MAX: usize = 131_072;

/// What a document is for: which members it may have, and whose texts refuse it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Inline in a user, group or role.
    Identity,
    /// A managed policy: as inline, but the version must be 2012-10-17.
    Managed,
    /// Who may assume a role.
    Trust,
    /// An S3 bucket policy.
    Bucket,
    /// A KMS key policy.
    Key,
    /// Passed when a session is made.
    Session,
    /// A managed policy as a permissions boundary.
    Boundary,
    /// A resource policy of another service: Kinesis, Lambda, Glue.
    Resource,
}

impl Kind {
    /// Whether statements name principals.
    pub const fn has_principals(self) -> bool {
        match self {
            Self::Identity | Self::Managed | Self::Session | Self::Boundary => false,
            Self::Trust | Self::Bucket | Self::Key | Self::Resource => true,
        }
    }
}

/// A policy document, checked and ready to be evaluated. Two are equal if their texts and kinds are.
#[derive(Clone)]
pub struct Document {
    pub(crate) kind: Kind,
    pub(crate) text: Arc<str>,
    pub(crate) id: Option<Box<str>>,
    pub(crate) statements: Box<[Statement]>,
    pub(crate) spans: Box<[Span]>,
}

/// A place in a document's text, counted from one, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// What a statement does to what it matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Allows, if nothing denies.
    Allow,
    /// Denies, whatever allows.
    Deny,
}

/// One statement.
#[derive(Debug, Clone)]
pub struct Statement {
    pub(crate) index: usize,
    pub(crate) sid: Option<Box<str>>,
    pub(crate) effect: Effect,
    pub(crate) start: Position,
    pub(crate) end: Position,
    pub(crate) principals: Option<Principals>,
    pub(crate) actions: List<Pattern>,
    pub(crate) resources: Option<List<ArnPattern>>,
    pub(crate) conditions: Box<[Condition]>,
}

/// Action or NotAction, Resource or NotResource, with the texts they were compiled from.
#[derive(Debug, Clone)]
pub(crate) struct List<P> {
    pub negated: bool,
    pub patterns: Box<[P]>,
    pub texts: Box<[Box<str>]>,
}

/// Where in the text a principal stands.
#[derive(Debug, Clone)]
pub(crate) struct Span {
    pub statement: usize,
    pub negated: bool,
    pub kind: PrincipalType,
    pub value: Box<str>,
    pub bytes: Range<usize>,
}

/// A principal that a document names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrincipalName<'a> {
    /// The statement's place, from zero.
    pub statement: usize,
    /// Whether it stands in NotPrincipal.
    pub negated: bool,
    /// Its kind.
    pub kind: PrincipalType,
    /// Its text: `*`, an account id, an ARN, a unique id, a service, a provider.
    pub value: &'a str,
}

/// What is asked of every statement.
pub(crate) struct Ask<'a> {
    /// In lower case.
    pub action: String,
    pub resource: ArnText<'a>,
    pub keys: Keys<'a>,
}

impl Document {
    /// Checks a document as AWS does, in its order, and compiles it.
    pub fn parse(text: &str, kind: Kind) -> Result<Self, Malformed> {
        parse::document(text, kind)
    }

    /// The text it was parsed from.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it is for.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Its Id, if it has one.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Its statements, in their order.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// The principals it names, in their order.
    pub fn principals(&self) -> impl Iterator<Item = PrincipalName<'_>> {
        self.spans.iter().map(Span::name)
    }

    /// The text with some principals exchanged: ARNs for unique ids when it is stored, the reverse when it is shown. `exchange` gives the
    /// new text of a principal, or `None` to leave it. Everything else stays as it was written, blanks included.
    pub fn with_principals(&self, mut exchange: impl FnMut(PrincipalName<'_>) -> Option<String>) -> String {
        let mut out = String::with_capacity(self.text.len());
        let mut copied = 0;
        for span in &self.spans {
            let Some(new) = exchange(span.name()) else { continue };
            out.push_str(&self.text[copied..span.bytes.start]);
            json::quote(&new, &mut out);
            copied = span.bytes.end;
        }
        out.push_str(&self.text[copied..]);
        out
    }

    /// The condition keys it mentions, in conditions and variables, each once and as it is written (GetContextKeysFor…).
    pub fn context_keys(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for statement in &self.statements {
            statement.each_key(&mut |name, key| {
                if !names.iter().any(|known| known.to_lowercase() == key) {
                    names.push(name.to_owned());
                }
            });
        }
        names
    }
}

/// How many characters of a document count against IAM's limits: all but white space.
pub fn size(text: &str) -> usize {
    text.chars().filter(|character| !character.is_whitespace()).count()
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} policy {}", self.kind, self.text)
    }
}

impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.text == other.text
    }
}

impl Eq for Document {}

impl Span {
    fn name(&self) -> PrincipalName<'_> {
        PrincipalName {
            statement: self.statement,
            negated: self.negated,
            kind: self.kind,
            value: &self.value,
        }
    }
}

impl Statement {
    /// Its place in the document, from zero.
    pub fn index(&self) -> usize {
        self.index
    }

    /// Its Sid, if it has one.
    pub fn sid(&self) -> Option<&str> {
        self.sid.as_deref()
    }

    /// What it does.
    pub fn effect(&self) -> Effect {
        self.effect
    }

    /// Its opening brace.
    pub fn start(&self) -> Position {
        self.start
    }

    /// Just past its closing brace.
    pub fn end(&self) -> Position {
        self.end
    }

    /// The texts of its Action or NotAction (then true).
    pub fn actions(&self) -> (bool, impl Iterator<Item = &str>) {
        (self.actions.negated, self.actions.texts.iter().map(|text| &**text))
    }

    /// The texts of its Resource or NotResource (then true); none in trust policies.
    pub fn resources(&self) -> (bool, impl Iterator<Item = &str>) {
        let texts: &[Box<str>] = self.resources.as_ref().map_or(&[], |list| &list.texts);
        (self.resources.as_ref().is_some_and(|list| list.negated), texts.iter().map(|text| &**text))
    }

    /// Whether action and resource are meant.
    pub(crate) fn covers(&self, ask: &Ask<'_>) -> bool {
        let action = |pattern: &Pattern| pattern.matches(&ask.action, &ask.keys);
        if self.actions.patterns.iter().any(action) == self.actions.negated {
            return false;
        }
        let Some(resources) = &self.resources else { return true };
        let resource = |pattern: &ArnPattern| pattern.matches(&ask.resource, &ask.keys);
        resources.patterns.iter().any(resource) != resources.negated
    }

    /// How far the statement reaches for who asks; `None` if it does not apply.
    pub(crate) fn applies(&self, ask: &Ask<'_>) -> Option<Grant> {
        if !self.covers(ask) {
            return None;
        }
        let grant = match &self.principals {
            None => Grant::Direct,
            Some(principals) => principals.grant(ask.keys.who, self.effect == Effect::Deny)?,
        };
        self.conditions.iter().all(|condition| condition.holds(&ask.keys)).then_some(grant)
    }

    /// Calls `found` with every key the statement mentions: as written, and in lower case.
    pub(crate) fn each_key(&self, found: &mut dyn FnMut(&str, &str)) {
        for condition in &self.conditions {
            found(&condition.name, &condition.key);
        }
        let resources = self.resources.iter().flat_map(|list| &list.patterns);
        let in_resources = resources.flat_map(|arn| arn.patterns()).flat_map(|pattern| pattern.variables());
        for variable in self.conditions.iter().flat_map(Condition::variables).chain(in_resources) {
            found(&variable.name, &variable.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUST: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam::000000000000:user/a", "*"], "Service": "lambda.amazonaws.com"},
     "Action": "sts:AssumeRole"},
    {"Sid": "Second", "Effect": "Deny", "NotPrincipal": {"AWS": "000000000000"}, "Action": "sts:*"}
  ]
}"#;

    #[test]
    fn principals_are_listed_and_exchanged_and_all_else_stays() {
        let document = Document::parse(TRUST, Kind::Trust).unwrap();
        let values: Vec<_> =
            document.principals().map(|name| (name.statement, name.negated, name.value)).collect();
        assert_eq!(
            values,
            [
                (0, false, "arn:aws:iam::000000000000:user/a"),
                (0, false, "*"),
                (0, false, "lambda.amazonaws.com"),
                (1, true, "000000000000"),
            ]
        );
        assert_eq!(document.with_principals(|_| None), TRUST);
        let stored = document.with_principals(|name| {
            name.value.ends_with("user/a").then(|| "AIDAEXAMPLEEXAMPLE123".to_owned())
        });
        assert_eq!(stored, TRUST.replace("arn:aws:iam::000000000000:user/a", "AIDAEXAMPLEEXAMPLE123"));
        assert!(Document::parse(&stored, Kind::Trust).is_ok());
    }

    #[test]
    fn statements_know_where_they_stand() {
        let document = Document::parse(TRUST, Kind::Trust).unwrap();
        let second = &document.statements()[1];
        assert_eq!(second.sid(), Some("Second"));
        assert_eq!(second.start(), Position { line: 6, column: 5 });
        assert_eq!(second.end(), Position { line: 6, column: 100 });
    }

    #[test]
    fn keys_are_listed_once_as_first_written() {
        let text = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/${aws:username}",
            "Condition": {"StringLike": {"s3:prefix": "${aws:PrincipalTag/Team, 'x'}/*"}, "Bool": {"AWS:UserName": "true"}}}]}"#;
        let document = Document::parse(text, Kind::Identity).unwrap();
        assert_eq!(document.context_keys(), ["AWS:UserName", "s3:prefix", "aws:PrincipalTag/Team"]);
    }

    #[test]
    fn white_space_does_not_count() {
        assert_eq!(size("{ \"a\":\n\t\"b c\" }"), 10);
    }
}
