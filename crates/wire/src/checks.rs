//! Constraint checks, in AWS's exact words (wire facts section 4).
//!
//! ```text
//! 2 validation errors detected: Value null at 'records.1.member.data' failed to satisfy constraint: Member must not be null; Value '' at
//! 'streamName' failed to satisfy constraint: Member must have length greater than or equal to 1
//! ```
//! The checks know the table alone; what AWS checks beyond its model is the room's.

use std::fmt::Write as _;

use base::Timestamp;
use bytes::Bytes;

use crate::pattern::pattern_of;
use crate::schema::{ITEM, Rules};
use crate::shape::{Document, Entries, Fields, Items, Shape, Sink, Value};
use crate::time;

/// AWS names no more than ten.
const CLAUSES_MAX: usize = 10;
/// A refused value is quoted only so far: it may be a megabyte. AWS quotes all of it.
const QUOTED_BYTES_MAX: usize = 2_048;

/// The text of the refusal, if the input breaks constraints of its table.
pub fn violations<I: Shape>(input: &I) -> Option<String> {
    find_violations(input)
}

fn find_violations(input: &dyn Fields) -> Option<String> {
    let mut check = Check { clauses: Vec::new(), path: Vec::new(), rules: &ITEM };
    check.structure(input);
    let count = check.clauses.len();
    if count == 0 {
        return None;
    }
    let s = if count == 1 { "" } else { "s" };
    Some(format!("{count} validation error{s} detected: {}", check.clauses.join("; ")))
}

/// The path of the first required member that is absent, in the model's spelling (`Delete.Objects`): what REST-XML answers
/// MalformedXML for.
pub fn missing<I: Shape>(input: &I) -> Option<String> {
    let mut search = Missing { path: Vec::new(), found: None };
    search.structure(input);
    search.found
}

#[derive(Clone)]
enum Part {
    Name(&'static str),
    Index(usize),
    Key(String),
}

struct Check {
    clauses: Vec<String>,
    path: Vec<Part>,
    /// The rules of the value to come.
    rules: &'static Rules,
}

impl Check {
    fn full(&self) -> bool {
        self.clauses.len() >= CLAUSES_MAX
    }

    /// `records.1.member.partitionKey`: the first letter of every name lowered.
    fn path_text(&self) -> String {
        let mut text = String::new();
        for part in &self.path {
            if !text.is_empty() {
                text.push('.');
            }
            match part {
                Part::Name(name) => {
                    let mut letters = name.chars();
                    text.extend(letters.next().map(|first| first.to_ascii_lowercase()));
                    text.push_str(letters.as_str());
                }
                Part::Index(index) => write!(text, "{}.member", index + 1).expect("strings take all"),
                Part::Key(key) => write!(text, "{key}.member").expect("strings take all"),
            }
        }
        text
    }

    fn refuse(&mut self, value: Option<&dyn Value>, constraint: &str) {
        if self.full() {
            return;
        }
        let shown = match value {
            None => "Value null".to_owned(),
            Some(_) if self.rules.sensitive => "Value".to_owned(),
            Some(value) => format!("Value '{}'", quoted(value)),
        };
        let path = self.path_text();
        self.clauses.push(format!("{shown} at '{path}' failed to satisfy constraint: {constraint}"));
    }

    /// One clause for each constraint that `measure` breaks.
    fn measure(&mut self, value: &dyn Value, measure: &Measure<'_>) {
        for constraint in broken(self.rules, measure) {
            self.refuse(Some(value), &constraint);
        }
    }

    /// Goes into a value inside a list or map. What the rules say of it is told by the list or map, so only structures, and
    /// lists and maps with structures in them, have something to say of their own.
    fn inside(&mut self, part: Part, value: &dyn Value) {
        if self.full() {
            return;
        }
        let outer = self.rules;
        self.path.push(part);
        value.write(&mut Inside(self));
        self.path.pop();
        self.rules = outer;
    }
}

impl Sink for Check {
    fn integer(&mut self, value: i64) {
        self.measure(&value, &Measure::Number(value as f64));
    }

    fn float(&mut self, value: f32) {
        self.measure(&value, &Measure::Number(f64::from(value)));
    }

    fn double(&mut self, value: f64) {
        self.measure(&value, &Measure::Number(value));
    }

    fn text(&mut self, value: &str) {
        if self.rules.checks() && broken(self.rules, &Measure::Text(value)).next().is_some() {
            self.measure(&value.to_owned(), &Measure::Text(value));
        }
    }

    fn blob(&mut self, value: &Bytes) {
        self.measure(value, &Measure::Length(value.len() as u64));
    }

    fn structure(&mut self, value: &dyn Fields) {
        let outer = self.rules;
        for (index, field) in value.schema().fields.iter().enumerate() {
            if self.full() {
                return;
            }
            self.path.push(Part::Name(field.name));
            self.rules = &field.rules;
            match value.slot(index).value() {
                Some(member) => member.write(self),
                None if field.required => self.refuse(None, "Member must not be null"),
                None => {}
            }
            self.path.pop();
        }
        self.rules = outer;
    }

    fn list(&mut self, value: &dyn Items) {
        let rules = self.rules;
        let shown = ListValue(value);
        self.measure(&shown, &Measure::Length(value.len() as u64));
        if let Some(item) = rules.item.filter(|item| item.checks()) {
            let breaks = |index: &usize| breaks(item, value.item(*index));
            if (0..value.len()).any(|index| breaks(&index)) {
                let all = constraints(item).join(", ");
                self.refuse(Some(&shown), &format!("Member must satisfy constraint: [{all}]"));
            }
        }
        for index in 0..value.len() {
            self.rules = rules.item.unwrap_or(&ITEM);
            self.inside(Part::Index(index), value.item(index));
        }
        self.rules = rules;
    }

    fn map(&mut self, value: &dyn Entries) {
        let rules = self.rules;
        let shown = MapValue(value);
        self.measure(&shown, &Measure::Length(value.len() as u64));
        for (which, part_rules) in [("keys", rules.key), ("value", rules.item)] {
            let Some(part_rules) = part_rules.filter(|rules| rules.checks()) else { continue };
            let mut broke = false;
            value.each(&mut |key, value| {
                broke |= match which {
                    "keys" => broken(part_rules, &Measure::Text(key)).next().is_some(),
                    _ => breaks(part_rules, value),
                };
            });
            if broke {
                let all = constraints(part_rules).join(", ");
                self.refuse(Some(&shown), &format!("Map {which} must satisfy constraint: [{all}]"));
            }
        }
        value.each(&mut |key, value| {
            self.rules = rules.item.unwrap_or(&ITEM);
            self.inside(Part::Key(key.to_owned()), value);
        });
        self.rules = rules;
    }
}

/// A check of what lies inside a list's item or a map's value.
struct Inside<'a>(&'a mut Check);

impl Sink for Inside<'_> {
    fn structure(&mut self, value: &dyn Fields) {
        self.0.structure(value);
    }

    fn list(&mut self, value: &dyn Items) {
        let rules = self.0.rules;
        for index in 0..value.len() {
            self.0.rules = rules.item.unwrap_or(&ITEM);
            self.0.inside(Part::Index(index), value.item(index));
        }
    }

    fn map(&mut self, value: &dyn Entries) {
        let rules = self.0.rules;
        value.each(&mut |key, value| {
            self.0.rules = rules.item.unwrap_or(&ITEM);
            self.0.inside(Part::Key(key.to_owned()), value);
        });
    }
}

/// What of a value constraints look at.
enum Measure<'a> {
    Text(&'a str),
    /// Bytes or entries.
    Length(u64),
    Number(f64),
}

/// The constraints that a measure breaks.
fn broken<'a>(rules: &'static Rules, measure: &'a Measure<'a>) -> impl Iterator<Item = String> + 'a {
    let all = [
        Constraint::Pattern,
        Constraint::Enum,
        Constraint::LenMax,
        Constraint::LenMin,
        Constraint::Max,
        Constraint::Min,
    ];
    all.into_iter().filter_map(move |constraint| constraint.broken(rules, measure))
}

/// Every constraint of the rules, in words.
fn constraints(rules: &'static Rules) -> Vec<String> {
    use Constraint as C;
    let all = [C::LenMax, C::LenMin, C::Max, C::Min, C::Pattern, C::Enum];
    all.into_iter().filter_map(|constraint| constraint.words(rules)).collect()
}

#[derive(Clone, Copy)]
enum Constraint {
    LenMin,
    LenMax,
    Min,
    Max,
    Pattern,
    Enum,
}

impl Constraint {
    fn words(self, rules: &Rules) -> Option<String> {
        let length = "Member must have length";
        let value = "Member must have value";
        Some(match self {
            Constraint::LenMin => format!("{length} greater than or equal to {}", rules.len_min?),
            Constraint::LenMax => format!("{length} less than or equal to {}", rules.len_max?),
            Constraint::Min => format!("{value} greater than or equal to {}", rules.min?),
            Constraint::Max => format!("{value} less than or equal to {}", rules.max?),
            Constraint::Pattern => {
                format!("Member must satisfy regular expression pattern: {}", rules.pattern?)
            }
            Constraint::Enum if rules.one_of.is_empty() => return None,
            Constraint::Enum => format!("Member must satisfy enum value set: [{}]", rules.one_of.join(", ")),
        })
    }

    fn broken(self, rules: &'static Rules, measure: &Measure<'_>) -> Option<String> {
        let length = || match measure {
            Measure::Text(text) => Some(text.chars().count() as u64),
            Measure::Length(length) => Some(*length),
            Measure::Number(_) => None,
        };
        let number = || match measure {
            Measure::Number(number) => Some(*number),
            Measure::Text(_) | Measure::Length(_) => None,
        };
        let text = || match measure {
            Measure::Text(text) => Some(*text),
            Measure::Length(_) | Measure::Number(_) => None,
        };
        let broken = match self {
            Constraint::LenMin => length()? < rules.len_min?,
            Constraint::LenMax => length()? > rules.len_max?,
            Constraint::Min => number()? < rules.min? as f64,
            Constraint::Max => number()? > rules.max? as f64,
            Constraint::Pattern => {
                let pattern = rules.pattern?;
                let meant = if rules.pattern_as.is_empty() { pattern } else { rules.pattern_as };
                !pattern_of(meant).matches(text()?)
            }
            Constraint::Enum => !rules.one_of.is_empty() && !rules.one_of.contains(&text()?),
        };
        if broken { self.words(rules) } else { None }
    }
}

/// Whether a list's item or a map's value breaks its rules.
fn breaks(rules: &'static Rules, value: &dyn Value) -> bool {
    let mut probe = Probe { rules, breaks: false };
    value.write(&mut probe);
    probe.breaks
}

struct Probe {
    rules: &'static Rules,
    breaks: bool,
}

impl Probe {
    fn measure(&mut self, measure: &Measure<'_>) {
        self.breaks = broken(self.rules, measure).next().is_some();
    }
}

impl Sink for Probe {
    fn integer(&mut self, value: i64) {
        self.measure(&Measure::Number(value as f64));
    }

    fn float(&mut self, value: f32) {
        self.measure(&Measure::Number(f64::from(value)));
    }

    fn double(&mut self, value: f64) {
        self.measure(&Measure::Number(value));
    }

    fn text(&mut self, value: &str) {
        self.measure(&Measure::Text(value));
    }

    fn blob(&mut self, value: &Bytes) {
        self.measure(&Measure::Length(value.len() as u64));
    }

    fn list(&mut self, value: &dyn Items) {
        self.measure(&Measure::Length(value.len() as u64));
    }

    fn map(&mut self, value: &dyn Entries) {
        self.measure(&Measure::Length(value.len() as u64));
    }
}

/// A value as AWS quotes it, which is how Java prints it.
fn quoted(value: &dyn Value) -> String {
    let mut quote = Quote(String::new());
    value.write(&mut quote);
    let mut text = quote.0;
    if text.len() > QUOTED_BYTES_MAX {
        let cut = (0..=QUOTED_BYTES_MAX).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        text.truncate(cut);
    }
    text
}

struct Quote(String);

impl Sink for Quote {
    fn bool(&mut self, value: bool) {
        self.0.push_str(if value { "true" } else { "false" });
    }

    fn integer(&mut self, value: i64) {
        self.0.push_str(itoa::Buffer::new().format(value));
    }

    fn float(&mut self, value: f32) {
        self.0.push_str(zmij::Buffer::new().format(value));
    }

    fn double(&mut self, value: f64) {
        self.0.push_str(zmij::Buffer::new().format(value));
    }

    fn text(&mut self, value: &str) {
        self.0.push_str(value);
    }

    fn blob(&mut self, value: &Bytes) {
        let length = value.len();
        self.0.push_str(&format!("java.nio.HeapByteBuffer[pos=0 lim={length} cap={length}]"));
    }

    fn time(&mut self, value: Timestamp) {
        self.0.push_str(&time::iso(value, time::Precision::Seconds));
    }

    fn document(&mut self, json: &Document) {
        self.0.push_str(&json.0);
    }

    fn structure(&mut self, value: &dyn Fields) {
        // Java prints an object's class and hash, which tells as little.
        self.0.push_str(value.schema().name);
    }

    fn list(&mut self, value: &dyn Items) {
        self.0.push('[');
        for index in 0..value.len() {
            if self.0.len() > QUOTED_BYTES_MAX {
                break;
            }
            if index > 0 {
                self.0.push_str(", ");
            }
            value.item(index).write(self);
        }
        self.0.push(']');
    }

    fn map(&mut self, value: &dyn Entries) {
        self.0.push('{');
        let mut separator = "";
        value.each(&mut |key, value| {
            if self.0.len() <= QUOTED_BYTES_MAX {
                self.0.push_str(separator);
                self.0.push_str(key);
                self.0.push('=');
                value.write(self);
                separator = ", ";
            }
        });
        self.0.push('}');
    }
}

/// A list met as such, to be quoted.
struct ListValue<'a>(&'a dyn Items);

impl Value for ListValue<'_> {
    fn write(&self, sink: &mut dyn Sink) {
        sink.list(self.0);
    }
}

/// A map met as such, to be quoted.
struct MapValue<'a>(&'a dyn Entries);

impl Value for MapValue<'_> {
    fn write(&self, sink: &mut dyn Sink) {
        sink.map(self.0);
    }
}

struct Missing {
    path: Vec<&'static str>,
    found: Option<String>,
}

impl Sink for Missing {
    fn structure(&mut self, value: &dyn Fields) {
        for (index, field) in value.schema().fields.iter().enumerate() {
            if self.found.is_some() {
                return;
            }
            self.path.push(field.name);
            match value.slot(index).value() {
                Some(member) => member.write(self),
                None if field.required => self.found = Some(self.path.join(".")),
                None => {}
            }
            self.path.pop();
        }
    }

    fn list(&mut self, value: &dyn Items) {
        for index in 0..value.len() {
            value.item(index).write(self);
        }
    }

    fn map(&mut self, value: &dyn Entries) {
        value.each(&mut |_, value| value.write(self));
    }
}
