//! The Query protocol's requests: `Action=..&Version=..&Members.member.1.Name=..` in a form or a query string (wire facts 3.3).
//!
//! Pairs are sorted once; a member is then the run of keys under its prefix. Answers are XML and live in `xml`.

use base::Timestamp;
use bytes::Bytes;

use crate::error::DecodeError;
use crate::schema::{At, ITEM, Rules};
use crate::shape::{Document, Fields, Source, Width};
use crate::time;

type Result<T> = std::result::Result<T, DecodeError>;

/// More pairs than this are refused. The longest list of IAM has some hundreds.
const PAIRS_MAX: usize = 10_000;
/// Nesting beyond this is refused (product bounds).
const DEPTH_MAX: usize = 64;

/// Which operation a form or query string asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The value of `Action`.
    pub action: String,
    /// The value of `Version`, if there is one.
    pub version: Option<String>,
}

/// The `Action` and `Version` among these pairs (of [`parse_form`], or of a decoded query string).
pub fn asked(pairs: &[(String, String)]) -> Option<Asked> {
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    Some(Asked { action: value("Action")?, version: value("Version") })
}

/// The pairs of a form body, decoded. Here `+` is a blank. What is no UTF-8 after decoding gets replacement characters.
pub fn parse_form(body: &[u8]) -> Vec<(String, String)> {
    let parts = body.split(|&byte| byte == b'&').filter(|part| !part.is_empty()).take(PAIRS_MAX);
    parts
        .map(|part| {
            let at = memchr::memchr(b'=', part);
            let (key, value) = match at {
                Some(at) => (&part[..at], &part[at + 1..]),
                None => (part, &part[..0]),
            };
            (decode(key), decode(value))
        })
        .collect()
}

fn decode(part: &[u8]) -> String {
    let blanks: Vec<u8> = part.iter().map(|&byte| if byte == b'+' { b' ' } else { byte }).collect();
    percent_encoding::percent_decode(&blanks).decode_utf8_lossy().into_owned()
}

/// Reads an input from the query string and the form body together.
pub(crate) fn read_input(query: &[(String, String)], form: &[u8], into: &mut dyn Fields) -> Result<()> {
    let mut pairs = parse_form(form);
    pairs.extend(query.iter().take(PAIRS_MAX).cloned());
    pairs.sort();
    let mut reader = Reader { pairs: &pairs, name: String::new(), rules: &ITEM, depth: 0 };
    reader.structure(into)
}

struct Reader<'a> {
    /// Sorted by key.
    pairs: &'a [(String, String)],
    /// The key of the value to come; empty at the top.
    name: String,
    /// The rules of the value to come.
    rules: &'static Rules,
    depth: usize,
}

impl<'a> Reader<'a> {
    /// The pairs whose keys begin with `prefix`.
    fn under(&self, prefix: &str) -> &'a [(String, String)] {
        let from = self.pairs.partition_point(|(key, _)| key.as_str() < prefix);
        let count = self.pairs[from..].partition_point(|(key, _)| key.starts_with(prefix));
        &self.pairs[from..from + count]
    }

    fn value(&self) -> &'a str {
        let from = self.pairs.partition_point(|(key, _)| key.as_str() < self.name.as_str());
        match self.pairs.get(from) {
            Some((key, value)) if *key == self.name => value,
            _ => "",
        }
    }

    fn has(&self, name: &str) -> bool {
        let from = self.pairs.partition_point(|(key, _)| key.as_str() < name);
        self.pairs.get(from).is_some_and(|(key, _)| key == name)
            || !self.under(&format!("{name}.")).is_empty()
    }

    /// The indexes that occur after `prefix`, in order: `Names.member.1.Key` has 1 after `Names.member.`.
    fn indexes(&self, prefix: &str) -> Vec<u32> {
        let number = |key: &str| {
            let rest = &key[prefix.len()..];
            let digits = rest.split('.').next().unwrap_or_default();
            let plain = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
            if plain { digits.parse().ok() } else { None }
        };
        let mut indexes: Vec<u32> = self.under(prefix).iter().filter_map(|(key, _)| number(key)).collect();
        indexes.sort_unstable();
        indexes.dedup();
        indexes
    }

    /// Goes down to `name` for the time of `read`.
    fn at(
        &mut self,
        name: String,
        rules: &'static Rules,
        read: &mut dyn FnMut(&mut Self) -> Result<()>,
    ) -> Result<()> {
        if self.depth == DEPTH_MAX {
            return Err(DecodeError::NotParsable);
        }
        let outer = (std::mem::replace(&mut self.name, name), self.rules);
        self.rules = rules;
        self.depth += 1;
        read(self)?;
        self.depth -= 1;
        (self.name, self.rules) = outer;
        Ok(())
    }

    /// The prefix of a list's items: `Names.member.`, or `Names.` if flattened or if the client does it so.
    fn item_prefix(&self, called: &str) -> String {
        let wrapped = format!("{}.{called}.", self.name);
        if self.rules.flat || self.under(&wrapped).is_empty() { format!("{}.", self.name) } else { wrapped }
    }

    fn parsed<T>(&self, parse: impl FnOnce(&str) -> Option<T>) -> Result<T> {
        let value = self.value();
        parse(value).ok_or_else(|| DecodeError::BadValue { name: self.name.clone(), value: value.to_owned() })
    }
}

impl Source for Reader<'_> {
    fn bool(&mut self) -> Result<bool> {
        self.parsed(|text| match text {
            _ if text.eq_ignore_ascii_case("true") => Some(true),
            _ if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        })
    }

    fn integer(&mut self, width: Width) -> Result<i64> {
        self.parsed(|text| match width {
            Width::Integer => text.parse::<i32>().ok().map(i64::from),
            Width::Long => text.parse().ok(),
        })
    }

    fn double(&mut self) -> Result<f64> {
        self.parsed(|text| text.parse().ok())
    }

    fn text(&mut self) -> Result<String> {
        Ok(self.value().to_owned())
    }

    fn blob(&mut self) -> Result<Bytes> {
        self.parsed(|text| base64_simd::STANDARD.decode_to_vec(text).ok().map(Bytes::from))
    }

    fn time(&mut self) -> Result<Timestamp> {
        self.parsed(|text| time::parse_iso(text).or_else(|| time::parse_epoch(text)))
    }

    fn document(&mut self) -> Result<Document> {
        self.text().map(Document)
    }

    fn structure(&mut self, into: &mut dyn Fields) -> Result<()> {
        for (index, field) in into.schema().fields.iter().enumerate() {
            let name = match self.name.as_str() {
                "" => field.wire.to_owned(),
                outer => format!("{outer}.{}", field.wire),
            };
            if field.at == At::Body && self.has(&name) {
                self.at(name, &field.rules, &mut |reader| into.slot_mut(index).fill(reader))?;
            }
        }
        Ok(())
    }

    fn list(&mut self, item: &mut dyn FnMut(&mut dyn Source) -> Result<()>) -> Result<()> {
        let rules = self.rules.item.unwrap_or(&ITEM);
        let prefix = self.item_prefix(if rules.called.is_empty() { "member" } else { rules.called });
        for index in self.indexes(&prefix) {
            self.at(format!("{prefix}{index}"), rules, &mut |reader| item(reader))?;
        }
        Ok(())
    }

    fn map(&mut self, entry: &mut dyn FnMut(String, &mut dyn Source) -> Result<()>) -> Result<()> {
        let rules = self.rules;
        let prefix = self.item_prefix("entry");
        let called = |rules: Option<&'static Rules>, usual: &'static str| match rules
            .map_or("", |rules| rules.called)
        {
            "" => usual,
            called => called,
        };
        let (key_name, value_name) = (called(rules.key, "key"), called(rules.item, "value"));
        for index in self.indexes(&prefix) {
            let mut key = String::new();
            self.at(format!("{prefix}{index}.{key_name}"), &ITEM, &mut |reader| {
                key = reader.value().to_owned();
                Ok(())
            })?;
            let name = format!("{prefix}{index}.{value_name}");
            self.at(name, rules.item.unwrap_or(&ITEM), &mut |reader| {
                entry(std::mem::take(&mut key), reader)
            })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    crate::shape! { Tag
        0 "Key" key: String;
        1 "Value" value: String;
    }
    crate::shape! { AssumeRoleInput
        0 "RoleArn" role_arn: String;
        1 "DurationSeconds" duration_seconds: i32;
        2 "Tags" tags: Vec<Tag>;
        3 "PolicyArns" policy_arns: Vec<String>;
        4 "Flat" flat: Vec<String> [flat];
        5 "Context" context: BTreeMap<String, String>;
    }

    fn read(form: &str) -> Result<AssumeRoleInput> {
        let mut input = AssumeRoleInput::default();
        read_input(&[], form.as_bytes(), &mut input).map(|()| input)
    }

    #[test]
    fn members_lists_and_maps_are_found_under_their_prefixes() {
        let input = read(
            "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam&DurationSeconds=900&Tags.member.2.Key=b&\
             Tags.member.10.Key=c&Tags.member.1.Key=a+x&Tags.member.1.Value=1&PolicyArns=&Flat.1=x&Flat.2=y&\
             Context.entry.1.key=k&Context.entry.1.value=v",
        )
        .expect("well-formed");
        let tags: Vec<_> =
            input.tags.expect("there").into_iter().map(|tag| tag.key.expect("there")).collect();
        assert_eq!(tags, ["a x", "b", "c"]);
        assert_eq!(input.role_arn.as_deref(), Some("arn:aws:iam"));
        assert_eq!(input.duration_seconds, Some(900));
        assert_eq!(input.policy_arns, Some(Vec::new()));
        assert_eq!(input.flat, Some(vec!["x".to_owned(), "y".to_owned()]));
        assert_eq!(input.context.expect("there").get("k").map(String::as_str), Some("v"));
    }

    #[test]
    fn a_word_where_a_number_belongs_is_named() {
        let refused = read("DurationSeconds=soon").expect_err("no number");
        assert_eq!(refused, DecodeError::BadValue { name: "DurationSeconds".into(), value: "soon".into() });
    }

    #[test]
    fn action_and_version_are_told() {
        let pairs = parse_form(b"Version=2011-06-15&Action=GetCallerIdentity");
        let asked = asked(&pairs).expect("both there");
        assert_eq!(
            (asked.action.as_str(), asked.version.as_deref()),
            ("GetCallerIdentity", Some("2011-06-15"))
        );
    }

    proptest! {
        #[test]
        fn any_form_is_read_or_refused(form in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut input = AssumeRoleInput::default();
            let _ = read_input(&[], &form, &mut input);
        }

        #[test]
        fn forms_of_our_words_are_read_or_refused(form in "((Tags|Flat|Context|RoleArn|member|entry|key|Key|[0-9]{1,12}|=|&|\\.|%|\\+){0,30})") {
            let mut input = AssumeRoleInput::default();
            let _ = read_input(&[], form.as_bytes(), &mut input);
        }
    }
}
