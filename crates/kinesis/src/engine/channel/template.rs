//! How a channel calls its objects (Developer Guide, "S3 output key template for Amazon S3 delivery").
//!
//! Variables are `!{name}`; a file extension of one's own is `!{extension:.txt}`. Times are those of the oldest record in the object, in UTC. A suffix
//! that no other object has is always added: before the extension where the template ends with one, else at the end.

use base::Timestamp;

/// What stands where no template is given.
const DEFAULT: &str = "kinesis-channel/!{channel-name}/!{channel-id}/!{yyyy}/!{MM}/!{dd}/!{HH}/!{channel-name}-!{channel-id}-!{yyyy}-!{MM}-!{dd}-!{HH}-!{mm}!{extension}";
/// S3's own bound on keys, in bytes.
const KEY_MAX: usize = 1_024;

/// A template, taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Template(Vec<Part>);

#[derive(Clone, PartialEq, Eq, Debug)]
enum Part {
    Literal(String),
    ChannelName,
    ChannelId,
    StreamName,
    /// A format of the time.
    Time(&'static str),
    /// The extension that goes with format and compression, or one's own.
    Extension(Option<String>),
}

/// What the variables stand for.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The channel's name.
    pub channel: &'a str,
    /// Its id.
    pub id: &'a str,
    /// The stream's name.
    pub stream: &'a str,
    /// When the oldest record arrived.
    pub time: Timestamp,
    /// The extension that goes with format and compression.
    pub extension: &'a str,
    /// What no other object has.
    pub suffix: &'a str,
}

impl Template {
    /// Takes a template apart, or says why it is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.starts_with('/') || text.ends_with('/') {
            return Err("it must neither begin nor end with a slash.".to_owned());
        }
        if text.split('/').any(|part| part == "." || part == "..") {
            return Err("it must not contain the path segments . or ...".to_owned());
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((literal, after)) = rest.split_once("!{") {
            let (name, after) = after.split_once('}').ok_or("a variable is not closed.")?;
            push_literal(&mut parts, literal)?;
            parts.push(variable(name)?);
            rest = after;
        }
        push_literal(&mut parts, rest)?;
        Ok(Self(parts))
    }

    /// The template that stands where none is given.
    pub fn default_template() -> Self {
        Self::parse(DEFAULT).expect("the template is a constant")
    }

    /// The key of an object.
    pub fn key(&self, names: Names<'_>) -> String {
        let mut key = String::new();
        let last = self.0.len().saturating_sub(1);
        let mut suffixed = false;
        for (at, part) in self.0.iter().enumerate() {
            match part {
                Part::Literal(text) => key.push_str(text),
                Part::ChannelName => key.push_str(names.channel),
                Part::ChannelId => key.push_str(names.id),
                Part::StreamName => key.push_str(names.stream),
                Part::Time(format) => key.push_str(&time(names.time, format)),
                Part::Extension(own) => {
                    if at == last {
                        key.push('-');
                        key.push_str(names.suffix);
                        suffixed = true;
                    }
                    key.push_str(own.as_deref().unwrap_or(names.extension));
                }
            }
        }
        if !suffixed {
            key.push('-');
            key.push_str(names.suffix);
        }
        shortened(key, names.suffix)
    }
}

/// A key that would be too long loses its middle, never the suffix.
fn shortened(key: String, suffix: &str) -> String {
    if key.len() <= KEY_MAX {
        return key;
    }
    // Templates and names are ASCII: the model says so.
    let kept: String = key.chars().take(KEY_MAX - suffix.len() - 1).collect();
    format!("{kept}-{suffix}")
}

fn push_literal(parts: &mut Vec<Part>, text: &str) -> Result<(), String> {
    if text.contains(['{', '}']) {
        return Err("braces may only enclose variables.".to_owned());
    }
    if !text.is_empty() {
        parts.push(Part::Literal(text.to_owned()));
    }
    Ok(())
}

fn variable(name: &str) -> Result<Part, String> {
    Ok(match name {
        "channel-name" => Part::ChannelName,
        "channel-id" => Part::ChannelId,
        "stream-name" => Part::StreamName,
        "yyyy" => Part::Time("%Y"),
        "yy" => Part::Time("%y"),
        "MM" => Part::Time("%m"),
        "dd" => Part::Time("%d"),
        "HH" => Part::Time("%H"),
        "mm" => Part::Time("%M"),
        "extension" => Part::Extension(None),
        other => match other.strip_prefix("extension:") {
            Some(own) => Part::Extension(Some(own.to_owned())),
            None => return Err(format!("!{{{other}}} is not a variable.")),
        },
    })
}

fn time(time: Timestamp, format: &str) -> String {
    let time = jiff::Timestamp::from_second(time.as_secs()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    time.strftime(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NAMES: Names<'static> = Names {
        channel: "orders",
        id: "c1",
        stream: "s",
        time: Timestamp::from_secs(1_783_141_199),
        extension: ".json.gz",
        suffix: "u9",
    };

    #[test]
    fn the_default_tells_channel_and_hour_twice() {
        assert_eq!(
            Template::default_template().key(NAMES),
            "kinesis-channel/orders/c1/2026/07/04/04/orders-c1-2026-07-04-04-59-u9.json.gz"
        );
    }

    #[test]
    fn every_variable_is_known_and_nothing_else_is() {
        let template = Template::parse("x/!{stream-name}/!{yy}!{extension:.log}").unwrap();
        assert_eq!(template.key(NAMES), "x/s/26-u9.log");
        assert_eq!(Template::parse("plain").unwrap().key(NAMES), "plain-u9");
        for wrong in ["!{kafka-offset}", "!{yyyy", "/x", "x/", "a/../b", "a{b}", "!{}"] {
            assert!(Template::parse(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn whatever_parses_gives_a_key_that_s3_takes(text in "[a-z!{}/:.-]{1,40}", channel in "[a-z]{1,128}") {
            if let Ok(template) = Template::parse(&text) {
                let key = template.key(Names { channel: &channel, ..NAMES });
                prop_assert!(!key.is_empty() && key.len() <= KEY_MAX && key.contains("u9"));
            }
        }

        #[test]
        fn long_keys_are_cut_and_stay_apart(count in 8usize..20) {
            let template = Template::parse(&"!{channel-name}".repeat(count)).unwrap();
            let channel = "n".repeat(128);
            let key = |suffix| template.key(Names { channel: &channel, suffix, ..NAMES });
            prop_assert!(key("aaaa").len() <= KEY_MAX);
            prop_assert_ne!(key("aaaa"), key("bbbb"));
        }
    }
}
