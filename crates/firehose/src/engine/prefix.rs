//! S3 prefixes with expressions: parse, refuse as the service refuses, evaluate (Firehose facts section 4).
//!
//! ```text
//! Prefix               absent                 YYYY/MM/dd/HH/
//!                      without expressions    the text, then YYYY/MM/dd/HH/ with no slash between
//!                      with expressions       evaluated, nothing appended
//! ErrorOutputPrefix    absent                 Prefix's text, the error type, /YYYY/MM/dd/HH/
//!                      with expressions       evaluated; must name the error type
//! ```
//!
//! The instant of all `timestamp` expressions is the arrival of the oldest record in the object. Dynamic partitioning's namespaces stand for
//! the keys of the partition, and must be there if and only if it is enabled.

use std::collections::BTreeMap;

use base::Random;
use jiff::ZonedDateTime;

use super::dates::Pattern;

/// The service's bound on an evaluated prefix.
const LENGTH_MAX: usize = 512;
/// What stands for hours in the absence of expressions.
const HOURS: &str = "yyyy/MM/dd/HH/";
/// `!{firehose:random-string}`: eleven characters (facts section 4).
const RANDOM_LENGTH: usize = 11;
const RANDOM_ALPHABET: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";
/// The longest error type, for the bound on the evaluated length.
const ERROR_TYPE_LONGEST: &str = "AmazonOpenSearchService-failed";

/// Which of a destination's two prefixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `Prefix`, where records go.
    Data,
    /// `ErrorOutputPrefix`, where failures go.
    Errors,
}

impl Place {
    /// The member's name, as messages have it.
    pub const fn member(self) -> &'static str {
        match self {
            Place::Data => "Prefix",
            Place::Errors => "ErrorOutputPrefix",
        }
    }
}

/// Why a prefix is refused. The texts are the service's, its typo included.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// A `!{` that opens no `!{namespace:value}`.
    #[error("Invalid expression usage")]
    Usage,
    /// An unknown namespace.
    #[error("Namespace to the left of colon ({0}) is an invalid keyword!")]
    Namespace(String),
    /// A value its namespace does not take.
    #[error("Invalid conversion character used in the value of the expression in {}", .0.member())]
    Value(Place),
    /// Expressions need a place for failures.
    #[error(
        "Ths supplied prefix(es) do not satisfy the following constraint: ErrorOutputPrefix cannot be null or empty when Prefix contains expressions"
    )]
    ErrorsMissing,
    /// Failures of all types would share a place.
    #[error(
        "Ths supplied prefix(es) do not satisfy the following constraint: ErrorOutputPrefix must contain at least one occurrence of !{{firehose:error-output-type}}"
    )]
    ErrorTypeMissing,
    /// Data has no error type.
    #[error(
        "Ths supplied prefix(es) do not satisfy the following constraint: Prefix must not contain any occurrence of !{{firehose:error-output-type}}"
    )]
    ErrorTypeInData,
    /// Partition keys without dynamic partitioning.
    #[error(
        "Dynamic Partitioning Namespaces can only be part of a prefix expression when Dynamic Partitioning is enabled."
    )]
    PartitioningOff,
    /// Dynamic partitioning without partition keys.
    #[error("S3 Prefix should contain Dynamic Partitioning namespaces when Dynamic Partitioning is enabled")]
    PartitionKeysMissing,
    /// Dynamic partitioning needs a place for failures.
    #[error("ErrorOutputPrefix must be set when Dynamic Partitioning is enabled.")]
    PartitionErrorsMissing,
    /// Partition keys among failures.
    #[error("Dynamic Partitioning Namespaces can't be part of an error prefix expression")]
    PartitionInErrors,
    /// Too long once evaluated.
    #[error("Length of evaluated {} cannot be greater than 512", match .0 { Place::Data => "prefix", Place::Errors => "ErrorOutputPrefix" })]
    TooLong(Place),
}

/// A parsed prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefix {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Timestamp(Pattern),
    RandomString,
    ErrorOutputType,
    /// `partitionKeyFromQuery:KEY` or `partitionKeyFromLambda:KEY`.
    PartitionKey(String),
}

impl Prefix {
    /// Parses one prefix as given; an absent one is an empty text.
    pub fn parse(text: &str, place: Place, partitioned: bool) -> Result<Self, Invalid> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(start) = rest.find("!{") {
            if start > 0 {
                parts.push(Part::Text(rest[..start].to_owned()));
            }
            let expression = &rest[start + 2..];
            let end = expression.find(['{', '}']).ok_or(Invalid::Usage)?;
            if !expression[end..].starts_with('}') {
                return Err(Invalid::Usage);
            }
            parts.push(parse_expression(&expression[..end], place, partitioned)?);
            rest = &expression[end + 1..];
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Self { parts })
    }

    /// Whether anything is to be evaluated.
    pub fn has_expressions(&self) -> bool {
        self.parts.iter().any(|part| !matches!(part, Part::Text(_)))
    }

    fn names_error_type(&self) -> bool {
        self.parts.contains(&Part::ErrorOutputType)
    }

    fn partition_keys(&self) -> Vec<&str> {
        let keys = self.parts.iter().filter_map(|part| match part {
            Part::PartitionKey(expression) => Some(expression.as_str()),
            Part::Text(_) | Part::Timestamp(_) | Part::RandomString | Part::ErrorOutputType => None,
        });
        keys.collect()
    }

    fn evaluate(
        &self,
        arrival: &ZonedDateTime,
        random: &Random,
        error_type: &str,
        keys: &BTreeMap<String, String>,
    ) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(literal) => text.push_str(literal),
                Part::Timestamp(pattern) => text.push_str(&pattern.format(arrival)),
                Part::RandomString => text.push_str(&random.text(RANDOM_ALPHABET, RANDOM_LENGTH)),
                Part::ErrorOutputType => text.push_str(error_type),
                // A key that is not there was asked for after the record came.
                Part::PartitionKey(expression) => {
                    text.push_str(keys.get(expression).map_or("null", String::as_str))
                }
            }
        }
        text
    }
}

fn parse_expression(expression: &str, place: Place, partitioned: bool) -> Result<Part, Invalid> {
    let (namespace, value) = expression.split_once(':').ok_or(Invalid::Usage)?;
    if namespace.is_empty() || !namespace.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Err(Invalid::Usage);
    }
    match (namespace, value) {
        ("timestamp", "") => Err(Invalid::Value(place)),
        ("timestamp", pattern) => {
            Pattern::parse(pattern).map(Part::Timestamp).map_err(|_| Invalid::Value(place))
        }
        ("firehose", "random-string") => Ok(Part::RandomString),
        ("firehose", "error-output-type") => Ok(Part::ErrorOutputType),
        ("firehose", _) => Err(Invalid::Value(place)),
        ("partitionKeyFromQuery" | "partitionKeyFromLambda", key) => match place {
            Place::Data if !partitioned => Err(Invalid::PartitioningOff),
            Place::Data if key.is_empty() => Err(Invalid::Usage),
            Place::Data => Ok(Part::PartitionKey(expression.to_owned())),
            Place::Errors => Err(Invalid::PartitionInErrors),
        },
        _ => Err(Invalid::Namespace(namespace.to_owned())),
    }
}

/// A destination's two prefixes, known to be good together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefixes {
    data: Prefix,
    errors: Prefix,
}

impl Prefixes {
    /// Parses and checks both. `sample` is any time in the destination's zone: the evaluated length is judged by it.
    pub fn new(
        data: Option<&str>,
        errors: Option<&str>,
        sample: &ZonedDateTime,
        random: &Random,
    ) -> Result<Self, Invalid> {
        Self::checked(data, errors, false, sample, random)
    }

    /// The same for a destination that is dynamically partitioned.
    pub fn partitioned(
        data: Option<&str>,
        errors: Option<&str>,
        sample: &ZonedDateTime,
        random: &Random,
    ) -> Result<Self, Invalid> {
        Self::checked(data, errors, true, sample, random)
    }

    fn checked(
        data: Option<&str>,
        errors: Option<&str>,
        partitioned: bool,
        sample: &ZonedDateTime,
        random: &Random,
    ) -> Result<Self, Invalid> {
        let prefixes = Self {
            data: Prefix::parse(data.unwrap_or_default(), Place::Data, partitioned)?,
            errors: Prefix::parse(errors.unwrap_or_default(), Place::Errors, false)?,
        };
        if partitioned && prefixes.partition_keys().is_empty() {
            return Err(Invalid::PartitionKeysMissing);
        }
        if partitioned && prefixes.errors.parts.is_empty() {
            return Err(Invalid::PartitionErrorsMissing);
        }
        if prefixes.data.names_error_type() {
            return Err(Invalid::ErrorTypeInData);
        }
        if prefixes.data.has_expressions() && prefixes.errors.parts.is_empty() {
            return Err(Invalid::ErrorsMissing);
        }
        if prefixes.errors.has_expressions() && !prefixes.errors.names_error_type() {
            return Err(Invalid::ErrorTypeMissing);
        }
        if prefixes.data(sample, random).chars().count() > LENGTH_MAX {
            return Err(Invalid::TooLong(Place::Data));
        }
        let errors_given = !prefixes.errors.parts.is_empty();
        if errors_given && prefixes.errors(sample, random, ERROR_TYPE_LONGEST).chars().count() > LENGTH_MAX {
            return Err(Invalid::TooLong(Place::Errors));
        }
        Ok(prefixes)
    }

    /// What stands before an object's name.
    pub fn data(&self, arrival: &ZonedDateTime, random: &Random) -> String {
        self.of_partition(arrival, random, &BTreeMap::new())
    }

    /// What stands before the name of a partition's object.
    pub fn of_partition(
        &self,
        arrival: &ZonedDateTime,
        random: &Random,
        keys: &BTreeMap<String, String>,
    ) -> String {
        let mut text = self.data.evaluate(arrival, random, "", keys);
        if !self.data.has_expressions() {
            text.push_str(&hours(arrival));
        }
        text
    }

    /// Whether anything in either is to be evaluated.
    pub fn has_expressions(&self) -> bool {
        self.data.has_expressions() || self.errors.has_expressions()
    }

    /// The expressions of partition keys, in their order, e.g. `partitionKeyFromQuery:customer`.
    pub fn partition_keys(&self) -> Vec<&str> {
        self.data.partition_keys()
    }

    /// What stands before the name of an object of failures, e.g. of type `processing-failed`.
    pub fn errors(&self, arrival: &ZonedDateTime, random: &Random, error_type: &str) -> String {
        if self.errors.parts.is_empty() {
            let data = self.data.evaluate(arrival, random, "", &BTreeMap::new());
            return format!("{data}{error_type}/{}", hours(arrival));
        }
        let mut text = self.errors.evaluate(arrival, random, error_type, &BTreeMap::new());
        if !self.errors.has_expressions() {
            text.push_str(error_type);
            text.push('/');
            text.push_str(&hours(arrival));
        }
        text
    }
}

fn hours(time: &ZonedDateTime) -> String {
    Pattern::parse(HOURS).expect("the pattern is ours").format(time)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sample() -> ZonedDateTime {
        "2026-07-04T05:06:07+00:00[UTC]".parse().unwrap()
    }

    fn both(data: &str, errors: &str) -> Result<Prefixes, Invalid> {
        Prefixes::new(Some(data), Some(errors), &sample(), &Random::seeded(1))
    }

    fn data(prefix: &str) -> String {
        both(prefix, "e/!{firehose:error-output-type}/").unwrap().data(&sample(), &Random::seeded(1))
    }

    #[test]
    fn hours_follow_a_prefix_without_expressions() {
        assert_eq!(data(""), "2026/07/04/05/");
        assert_eq!(data("legacy"), "legacy2026/07/04/05/");
        assert_eq!(data("a/"), "a/2026/07/04/05/");
    }

    #[test]
    fn nothing_follows_a_prefix_with_expressions() {
        assert_eq!(data("y=!{timestamp:yyyy}/!{timestamp:'D'DDD}-!{timestamp:HH}/"), "y=2026/D185-05/");
        let random = data("r/!{firehose:random-string}-!{firehose:random-string}");
        let (first, second) = random["r/".len()..].split_once('-').unwrap();
        assert_eq!((first.len(), second.len()), (11, 11));
        assert_ne!(first, second);
    }

    #[test]
    fn failures_have_their_own_place() {
        let time = sample();
        let random = Random::seeded(1);
        let at = |data: &str, errors| {
            Prefixes::new(Some(data), errors, &time, &random).unwrap().errors(
                &time,
                &random,
                "processing-failed",
            )
        };
        assert_eq!(at("d/", None), "d/processing-failed/2026/07/04/05/");
        assert_eq!(at("d/", Some("e/")), "e/processing-failed/2026/07/04/05/");
        assert_eq!(
            at("d/", Some("e/!{timestamp:yyyy}/!{firehose:error-output-type}/")),
            "e/2026/processing-failed/"
        );
    }

    #[test]
    fn refusals_have_the_services_words() {
        let good = "e/!{firehose:error-output-type}/";
        let cases = [
            (
                "a/!{timestamp:yyyy}/",
                "",
                "Ths supplied prefix(es) do not satisfy the following constraint: ErrorOutputPrefix cannot be null or empty when Prefix contains expressions",
            ),
            (
                "a/!{firehose:random-string}",
                "",
                "Ths supplied prefix(es) do not satisfy the following constraint: ErrorOutputPrefix cannot be null or empty when Prefix contains expressions",
            ),
            (
                "",
                "e/!{timestamp:yyyy}",
                "Ths supplied prefix(es) do not satisfy the following constraint: ErrorOutputPrefix must contain at least one occurrence of !{firehose:error-output-type}",
            ),
            (
                "!{firehose:error-output-type}/",
                good,
                "Ths supplied prefix(es) do not satisfy the following constraint: Prefix must not contain any occurrence of !{firehose:error-output-type}",
            ),
            ("a!{", good, "Invalid expression usage"),
            ("a!{timestamp:yyyy", good, "Invalid expression usage"),
            ("a!{timestamp}", good, "Invalid expression usage"),
            ("a!{timestamp:!{timestamp:yyyy}}", good, "Invalid expression usage"),
            ("a!{:x}", good, "Invalid expression usage"),
            ("a!{date:yyyy}", good, "Namespace to the left of colon (date) is an invalid keyword!"),
            (
                "a!{timestamp:yyyyTHH}",
                good,
                "Invalid conversion character used in the value of the expression in Prefix",
            ),
            (
                "a!{firehose:uuid}",
                good,
                "Invalid conversion character used in the value of the expression in Prefix",
            ),
            (
                "",
                "e!{timestamp:pp}",
                "Invalid conversion character used in the value of the expression in ErrorOutputPrefix",
            ),
            (
                "k=!{partitionKeyFromQuery:k}/",
                good,
                "Dynamic Partitioning Namespaces can only be part of a prefix expression when Dynamic Partitioning is enabled.",
            ),
            (
                "",
                "k=!{partitionKeyFromLambda:k}/",
                "Dynamic Partitioning Namespaces can't be part of an error prefix expression",
            ),
        ];
        for (prefix, errors, expected) in cases {
            assert_eq!(both(prefix, errors).unwrap_err().to_string(), expected, "{prefix} {errors}");
        }
    }

    #[test]
    fn length_counts_once_evaluated() {
        assert!(both(&"p".repeat(512 - HOURS.len()), "").is_ok());
        assert_eq!(
            both(&"p".repeat(513 - HOURS.len()), "").unwrap_err().to_string(),
            "Length of evaluated prefix cannot be greater than 512"
        );
        let errors = format!("{}!{{firehose:error-output-type}}", "e".repeat(500));
        assert_eq!(
            both("", &errors).unwrap_err().to_string(),
            "Length of evaluated ErrorOutputPrefix cannot be greater than 512"
        );
    }

    #[test]
    fn a_lone_bang_or_brace_is_text() {
        assert_eq!(data("a!b{c}d"), "a!b{c}d2026/07/04/05/");
    }

    proptest! {
        #[test]
        fn any_text_is_refused_or_evaluated(
            data in "([a-z/]|!\\{|\\}|timestamp:|firehose:|random-string|error-output-type|[a-zA-Z':\\[\\]#é-]){0,20}",
            errors in "(e/)?(!\\{firehose:error-output-type\\})?([a-z!{}:/]){0,10}",
        ) {
            if let Ok(prefixes) = both(&data, &errors) {
                let evaluated = prefixes.data(&sample(), &Random::seeded(1));
                prop_assert!(evaluated.chars().count() <= LENGTH_MAX && !evaluated.contains("!{"), "{evaluated}");
                let shown = prefixes.errors(&sample(), &Random::seeded(1), "processing-failed");
                prop_assert!(shown.contains("processing-failed"), "{shown}");
            }
        }
    }
}
