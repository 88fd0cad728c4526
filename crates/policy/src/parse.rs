//! Text to document: first the grammar, then AWS's checks in AWS's order, each over all statements, then the compiling.
//!
//! The order is visible: a document with several faults is refused for the first. It was recorded on AWS (identity facts section 3): grammar,
//! version, principals, what the older parser refuses, Sids, missing actions, forms of resources, forms of actions, missing resources.

mod check;

use std::borrow::Cow;
use std::ops::Range;

use crate::arn::ArnPattern;
use crate::condition::{Condition, Operator};
use crate::document::{DOCUMENT_BYTES_MAX, Document, Effect, Kind, List, Position, Span, Statement};
use crate::glob::Pattern;
use crate::json::{self, Data, Member, Value};
use crate::malformed::Malformed;
use crate::principal::{Named, PrincipalType, Principals};

/// A document whose grammar is right.
pub(super) struct Raw<'t> {
    pub version: Option<&'t str>,
    pub id: Option<&'t str>,
    pub statements: Vec<RawStatement<'t>>,
}

pub(super) struct RawStatement<'t> {
    pub span: Range<usize>,
    pub sid: Option<&'t str>,
    pub effect: &'t str,
    pub principal: Option<(bool, &'t Value<'t>)>,
    pub action: Option<Texts<'t>>,
    pub resource: Option<Texts<'t>>,
    pub conditions: Vec<RawCondition<'t>>,
}

/// A member that is a string or a list of strings, and whether it is the `Not…` one.
pub(super) struct Texts<'t> {
    pub negated: bool,
    pub texts: Vec<&'t str>,
}

pub(super) struct RawCondition<'t> {
    pub operator: Operator,
    pub key: &'t str,
    pub values: Vec<Cow<'t, str>>,
}

pub(crate) fn document(text: &str, kind: Kind) -> Result<Document, Malformed> {
    if text.len() > DOCUMENT_BYTES_MAX {
        return Err(Malformed::TooLarge);
    }
    let not_json = match kind {
        Kind::Trust => Malformed::InvalidJson,
        Kind::Bucket => Malformed::NotJson,
        Kind::Identity | Kind::Managed | Kind::Key | Kind::Session | Kind::Boundary | Kind::Resource => {
            Malformed::Syntax
        }
    };
    if kind == Kind::Bucket && !text.starts_with('{') {
        return Err(not_json);
    }
    let json = json::parse(text).map_err(|_| not_json)?;
    let checked = grammar(&json, kind).and_then(|raw| {
        check::all(&raw, kind)?;
        compile(text, kind, &raw)
    });
    checked.map_err(|malformed| match malformed {
        Malformed::Syntax if kind == Kind::Bucket => Malformed::BucketSyntax,
        other => other,
    })
}

fn members<'t>(value: &'t Value<'t>) -> Result<&'t [Member<'t>], Malformed> {
    if let Data::Object(members) = &value.data { Ok(members) } else { Err(Malformed::Syntax) }
}

fn text_of<'t>(value: &'t Value<'t>) -> Result<&'t str, Malformed> {
    if let Data::String(text) = &value.data { Ok(text) } else { Err(Malformed::Syntax) }
}

fn unknown(name: &str, kind: Kind) -> Malformed {
    if kind == Kind::Bucket { Malformed::UnknownField(name.to_owned()) } else { Malformed::Syntax }
}

/// A member that has to be there: S3 and trust policies say which is not.
fn missing(name: &'static str, kind: Kind) -> Malformed {
    match kind {
        Kind::Bucket | Kind::Trust => Malformed::Missing(name),
        Kind::Identity | Kind::Managed | Kind::Key | Kind::Session | Kind::Boundary | Kind::Resource => {
            Malformed::Syntax
        }
    }
}

fn grammar<'t>(json: &'t Value<'t>, kind: Kind) -> Result<Raw<'t>, Malformed> {
    let (mut version, mut id, mut statement) = (None, None, None);
    for Member { name, value } in members(json)? {
        match &**name {
            "Version" => version = Some(text_of(value)?),
            "Id" => id = Some(text_of(value)?),
            "Statement" => statement = Some(value),
            other => return Err(unknown(other, kind)),
        }
    }
    if version.is_some_and(|version| !matches!(version, "2012-10-17" | "2008-10-17")) {
        return Err(if kind == Kind::Bucket { Malformed::InvalidVersion } else { Malformed::Syntax });
    }
    let statement = statement.ok_or_else(|| missing("Statement", kind))?;
    let statements = match &statement.data {
        Data::Array(items) if items.is_empty() => return Err(missing("Statement", kind)),
        Data::Array(items) => items.iter().map(|item| raw_statement(item, kind)).collect::<Result<_, _>>()?,
        Data::Null | Data::Bool(_) | Data::Number(_) | Data::String(_) | Data::Object(_) => {
            vec![raw_statement(statement, kind)?]
        }
    };
    Ok(Raw { version, id, statements })
}

fn raw_statement<'t>(value: &'t Value<'t>, kind: Kind) -> Result<RawStatement<'t>, Malformed> {
    let mut effect = None;
    let mut raw = RawStatement {
        span: value.span.clone(),
        sid: None,
        effect: "",
        principal: None,
        action: None,
        resource: None,
        conditions: Vec::new(),
    };
    for Member { name, value } in members(value)? {
        match &**name {
            "Sid" => raw.sid = Some(text_of(value)?),
            "Effect" => effect = Some(text_of(value)?),
            "Principal" => only(&mut raw.principal, (false, value))?,
            "NotPrincipal" => only(&mut raw.principal, (true, value))?,
            "Action" => only(&mut raw.action, texts(value, false)?)?,
            "NotAction" => only(&mut raw.action, texts(value, true)?)?,
            "Resource" => only(&mut raw.resource, texts(value, false)?)?,
            "NotResource" => only(&mut raw.resource, texts(value, true)?)?,
            "Condition" => raw.conditions = conditions(value)?,
            other => return Err(unknown(other, kind)),
        }
    }
    raw.effect = effect.ok_or_else(|| missing("Effect", kind))?;
    let known = |word: &str| raw.effect.eq_ignore_ascii_case(word);
    if !known("Allow") && !known("Deny") {
        let effect = raw.effect.to_owned();
        return Err(if kind == Kind::Bucket { Malformed::InvalidEffect(effect) } else { Malformed::Syntax });
    }
    Ok(raw)
}

/// A member and its `Not…` exclude each other.
fn only<T>(place: &mut Option<T>, value: T) -> Result<(), Malformed> {
    if place.replace(value).is_some() { Err(Malformed::Syntax) } else { Ok(()) }
}

fn texts<'t>(value: &'t Value<'t>, negated: bool) -> Result<Texts<'t>, Malformed> {
    let texts = match &value.data {
        Data::Array(items) => items.iter().map(text_of).collect::<Result<_, _>>()?,
        Data::Null | Data::Bool(_) | Data::Number(_) | Data::String(_) | Data::Object(_) => {
            vec![text_of(value)?]
        }
    };
    Ok(Texts { negated, texts })
}

fn conditions<'t>(value: &'t Value<'t>) -> Result<Vec<RawCondition<'t>>, Malformed> {
    let mut all = Vec::new();
    for Member { name, value } in members(value)? {
        let keys = members(value)?;
        if keys.is_empty() {
            // AWS takes any name for an operator that has nothing to do.
            continue;
        }
        let operator = Operator::read(name).ok_or(Malformed::Syntax)?;
        for Member { name, value } in keys {
            let values = match &value.data {
                Data::Array(items) => items.iter().map(scalar).collect::<Result<_, _>>()?,
                Data::Null | Data::Bool(_) | Data::Number(_) | Data::String(_) | Data::Object(_) => {
                    vec![scalar(value)?]
                }
            };
            all.push(RawCondition { operator, key: name, values });
        }
    }
    Ok(all)
}

/// Values may be written without quotes: `true`, `5`.
fn scalar<'t>(value: &'t Value<'t>) -> Result<Cow<'t, str>, Malformed> {
    match &value.data {
        Data::String(text) => Ok(Cow::Borrowed(text)),
        Data::Number(text) => Ok(Cow::Borrowed(text)),
        Data::Bool(truth) => Ok(Cow::Borrowed(if *truth { "true" } else { "false" })),
        Data::Null | Data::Array(_) | Data::Object(_) => Err(Malformed::Syntax),
    }
}

fn compile(text: &str, kind: Kind, raw: &Raw<'_>) -> Result<Document, Malformed> {
    let variables = raw.version == Some("2012-10-17");
    let mut lines = Lines { text, at: 0, position: Position { line: 1, column: 1 } };
    let mut spans = Vec::new();
    let mut statements = Vec::with_capacity(raw.statements.len());
    for (index, raw) in raw.statements.iter().enumerate() {
        let principals = match raw.principal {
            Some((negated, value)) => Some(principals(value, negated, index, kind, &mut spans)?),
            None => None,
        };
        let start = lines.forward(raw.span.start);
        let end = lines.forward(raw.span.end);
        statements.push(Statement {
            index,
            sid: raw.sid.map(Into::into),
            effect: if raw.effect == "Allow" { Effect::Allow } else { Effect::Deny },
            start,
            end,
            principals,
            actions: list(raw.action.as_ref(), Pattern::read_lower),
            resources: raw
                .resource
                .as_ref()
                .map(|texts| list(Some(texts), |text| ArnPattern::resource(text, variables))),
            conditions: compile_conditions(&raw.conditions, variables),
        });
    }
    Ok(Document {
        kind,
        text: text.into(),
        id: raw.id.map(Into::into),
        statements: statements.into(),
        spans: spans.into(),
    })
}

fn list<P>(texts: Option<&Texts<'_>>, compile: impl Fn(&str) -> P) -> List<P> {
    let all: &[&str] = texts.map_or(&[], |texts| &texts.texts);
    List {
        negated: texts.is_some_and(|texts| texts.negated),
        patterns: all.iter().map(|text| compile(text)).collect(),
        texts: all.iter().map(|text| (*text).into()).collect(),
    }
}

fn compile_conditions(raw: &[RawCondition<'_>], variables: bool) -> Box<[Condition]> {
    let compile = |raw: &RawCondition<'_>| {
        let values: Vec<String> = raw.values.iter().map(|value| value.clone().into_owned()).collect();
        Condition::compile(raw.operator, raw.key, &values, variables)
    };
    let mut conditions: Vec<Condition> = raw.iter().map(compile).collect();
    conditions.sort_by_key(Condition::cost);
    conditions.into()
}

fn principals(
    value: &Value<'_>,
    negated: bool,
    statement: usize,
    kind: Kind,
    spans: &mut Vec<Span>,
) -> Result<Principals, Malformed> {
    let mut named = Vec::new();
    let mut take = |kind_of: PrincipalType, value: &Value<'_>| {
        let text = text_of(value).map_err(|syntax| check::principal_shape(kind, syntax))?;
        let read = Named::read(kind_of, text)
            .filter(|_| kind_of != PrincipalType::CanonicalUser || kind == Kind::Bucket);
        named.push(read.ok_or_else(|| check::invalid_principal(kind, kind_of.as_str(), text))?);
        spans.push(Span { statement, negated, kind: kind_of, value: text.into(), bytes: value.span.clone() });
        Ok::<_, Malformed>(())
    };
    match &value.data {
        Data::String(text) if text == "*" => take(PrincipalType::Aws, value)?,
        Data::String(text) => return Err(check::invalid_principal(kind, "AWS", text)),
        Data::Object(members) => {
            for Member { name, value } in members {
                let kind_of = PrincipalType::read(name);
                let kind_of = kind_of.ok_or_else(|| check::principal_shape(kind, Malformed::Syntax))?;
                match &value.data {
                    Data::Array(items) => items.iter().try_for_each(|item| take(kind_of, item))?,
                    Data::Null | Data::Bool(_) | Data::Number(_) | Data::String(_) | Data::Object(_) => {
                        take(kind_of, value)?;
                    }
                }
            }
        }
        Data::Null | Data::Bool(_) | Data::Number(_) | Data::Array(_) => {
            return Err(check::principal_shape(kind, Malformed::Syntax));
        }
    }
    if named.is_empty() {
        return Err(check::no_principals(kind));
    }
    Ok(Principals { negated, named: named.into() })
}

/// Counts lines and columns while going forward.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    position: Position,
}

impl Lines<'_> {
    fn forward(&mut self, to: usize) -> Position {
        for character in self.text[self.at..to].chars() {
            if character == '\n' {
                self.position = Position { line: self.position.line + 1, column: 1 };
            } else {
                self.position.column += 1;
            }
        }
        self.at = to;
        self.position
    }
}

#[cfg(test)]
mod tests;
