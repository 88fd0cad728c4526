//! The rules of a lifecycle: what AWS checks of them, in its words (facts section 8), and both ways between document and row.

use std::collections::HashSet;

use base::Timestamp;

use super::tagging::tag_pairs;
use crate::engine::Error;
use crate::shapes::{
    self, AbortIncompleteMultipartUpload, LifecycleExpiration, LifecycleRuleAndOperator, LifecycleRuleFilter,
    NoncurrentVersionExpiration, NoncurrentVersionTransition, TRANSITION_STORAGE_CLASS, Tag,
};
use crate::tables::{
    Due, Expiration, LifecycleFilter, LifecycleRule, NoncurrentExpiration, NoncurrentTransition, Transition,
};

/// Rules of a lifecycle (S3 user guide).
const RULES_MAX: usize = 1_000;
/// Characters of a rule's name (facts section 8).
const ID_CHARS_MAX: usize = 255;
/// The largest size a filter may name (facts section 8).
const SIZE_MAX: i64 = 1_099_511_627_776_000;
const DAY_SECS: i64 = 86_400;

/// Checks rules and takes them. `name` makes a name for a rule without one.
pub(super) fn take(
    rules: Vec<shapes::LifecycleRule>,
    name: &mut dyn FnMut() -> String,
) -> Result<Vec<LifecycleRule>, Error> {
    if rules.is_empty() || rules.len() > RULES_MAX {
        return Err(Error::MalformedXml);
    }
    let with_filters = rules.iter().any(|rule| rule.filter.is_some());
    let mut met = HashSet::new();
    let mut taken = Vec::with_capacity(rules.len());
    for rule in rules {
        if with_filters && rule.filter.is_none() && rule.prefix.is_some() {
            let text = "Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.";
            return Err(request(text));
        }
        let rule = take_rule(rule, name)?;
        if !met.insert(rule.id.clone()) {
            let text = "Rule ID must be unique. Found same ID for more than one rule";
            return Err(Error::argument("ID", rule.id, text));
        }
        taken.push(rule);
    }
    check_overlaps(&taken)?;
    Ok(taken)
}

fn take_rule(rule: shapes::LifecycleRule, name: &mut dyn FnMut() -> String) -> Result<LifecycleRule, Error> {
    let enabled = match rule.status.as_deref() {
        Some("Enabled") => true,
        Some("Disabled") => false,
        Some(_) | None => return Err(Error::MalformedXml),
    };
    if rule.filter.is_some() == rule.prefix.is_some() {
        return Err(Error::MalformedXml);
    }
    let id = match rule.id {
        Some(id) if id.chars().count() > ID_CHARS_MAX => {
            return Err(Error::argument("ID", id, "ID length should not exceed allowed limit of 255"));
        }
        Some(id) if !id.is_empty() => id,
        Some(_) | None => name(),
    };
    let taken = LifecycleRule {
        id,
        prefix: rule.prefix,
        filter: rule.filter.map(take_filter).transpose()?,
        enabled,
        transitions: map(rule.transitions, take_transition)?,
        expiration: rule.expiration.map(take_expiration).transpose()?,
        noncurrent_transitions: map(rule.noncurrent_version_transitions, take_noncurrent_transition)?,
        noncurrent_expiration: rule
            .noncurrent_version_expiration
            .map(take_noncurrent_expiration)
            .transpose()?,
        abort_uploads_days: rule.abort_incomplete_multipart_upload.map(take_abort).transpose()?,
    };
    check_actions(&taken)?;
    Ok(taken)
}

fn map<T, U>(list: Option<Vec<T>>, take: impl FnMut(T) -> Result<U, Error>) -> Result<Vec<U>, Error> {
    list.unwrap_or_default().into_iter().map(take).collect()
}

fn take_filter(filter: LifecycleRuleFilter) -> Result<LifecycleFilter, Error> {
    let LifecycleRuleFilter { prefix, tag, object_size_greater_than, object_size_less_than, and } = filter;
    let alone = [
        prefix.is_some(),
        tag.is_some(),
        object_size_greater_than.is_some(),
        object_size_less_than.is_some(),
    ]
    .into_iter()
    .filter(|there| *there)
    .count();
    let taken = match and {
        Some(_) if alone > 0 => return Err(Error::MalformedXml),
        None if alone > 1 => return Err(Error::MalformedXml),
        Some(and) => {
            let LifecycleRuleAndOperator { prefix, tags, object_size_greater_than, object_size_less_than } =
                and;
            let taken = LifecycleFilter {
                and: true,
                prefix,
                tags: tag_pairs(tags.unwrap_or_default())?,
                larger_than: size("ObjectSizeGreaterThan", object_size_greater_than)?,
                smaller_than: size("ObjectSizeLessThan", object_size_less_than)?,
            };
            if predicates(&taken) < 2 {
                return Err(Error::MalformedXml);
            }
            taken
        }
        None => LifecycleFilter {
            and: false,
            prefix,
            tags: tag_pairs(tag.into_iter().collect())?,
            larger_than: size("ObjectSizeGreaterThan", object_size_greater_than)?,
            smaller_than: size("ObjectSizeLessThan", object_size_less_than)?,
        },
    };
    let mut keys = HashSet::new();
    if !taken.tags.iter().all(|(key, _)| keys.insert(key)) {
        return Err(request("Duplicate Tag Keys are not allowed."));
    }
    if let (Some(larger), Some(smaller)) = (taken.larger_than, taken.smaller_than)
        && smaller <= larger
    {
        return Err(request("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'."));
    }
    Ok(taken)
}

fn predicates(filter: &LifecycleFilter) -> usize {
    usize::from(filter.prefix.is_some())
        + filter.tags.len()
        + usize::from(filter.larger_than.is_some())
        + usize::from(filter.smaller_than.is_some())
}

/// `ObjectSizeGreaterThan` may be 0, the other not.
fn size(name: &str, size: Option<i64>) -> Result<Option<u64>, Error> {
    let Some(size) = size else { return Ok(None) };
    let least = i64::from(name == "ObjectSizeLessThan");
    if !(least..=SIZE_MAX).contains(&size) {
        return Err(request(format!("'{name}' should be between {least} and {SIZE_MAX}.")));
    }
    Ok(u64::try_from(size).ok())
}

fn positive(days: i32, name: &'static str, action: &str) -> Result<u32, Error> {
    u32::try_from(days).ok().filter(|days| *days > 0).ok_or_else(|| {
        let text = format!("'{name}' for {action} action must be a positive integer");
        Error::argument(name, days.to_string(), text)
    })
}

/// Days and date exclude each other; a date is a midnight.
fn due(days: Option<i32>, date: Option<Timestamp>, action: &str) -> Result<Option<Due>, Error> {
    match (days, date) {
        (Some(_), Some(_)) => Err(Error::MalformedXml),
        (Some(days), None) => {
            // A move may be due at once, an end may not.
            let least = i32::from(action == "Expiration");
            match u32::try_from(days) {
                Ok(valid) if days >= least => Ok(Some(Due::Days(valid))),
                Ok(_) | Err(_) if least == 1 => {
                    positive(days, "Days", action).map(|days| Some(Due::Days(days)))
                }
                Ok(_) | Err(_) => {
                    let text = "'Days' for Transition action must be nonnegative";
                    Err(Error::argument("Days", days.to_string(), text))
                }
            }
        }
        (None, Some(date)) => {
            if date.as_secs().rem_euclid(DAY_SECS) != 0 || date.as_micros() % 1_000_000 != 0 {
                let shown = wire::time::iso(date, wire::time::Precision::Millis);
                return Err(Error::argument("Date", shown, "'Date' must be at midnight GMT"));
            }
            Ok(Some(Due::Date(date)))
        }
        (None, None) => Ok(None),
    }
}

fn class(class: Option<String>) -> Result<String, Error> {
    class.filter(|class| TRANSITION_STORAGE_CLASS.contains(&class.as_str())).ok_or(Error::MalformedXml)
}

fn take_transition(transition: shapes::Transition) -> Result<Transition, Error> {
    Ok(Transition {
        due: due(transition.days, transition.date, "Transition")?,
        class: class(transition.storage_class)?,
    })
}

fn take_expiration(expiration: LifecycleExpiration) -> Result<Expiration, Error> {
    let LifecycleExpiration { date, days, expired_object_delete_marker: lone_markers } = expiration;
    let due = due(days, date, "Expiration")?;
    match (due, lone_markers) {
        (Some(_), Some(_)) | (None, None) => Err(Error::MalformedXml),
        (due, lone_markers) => Ok(Expiration { due, lone_markers }),
    }
}

fn newer_kept(count: Option<i32>) -> Result<Option<u32>, Error> {
    let Some(count) = count else { return Ok(None) };
    match u32::try_from(count) {
        Ok(valid) if valid > 0 => Ok(Some(valid)),
        Ok(_) | Err(_) => {
            let text =
                "'NewerNoncurrentVersions' for NoncurrentVersionExpiration action must be a positive integer";
            Err(Error::argument("NewerNoncurrentVersions", count.to_string(), text))
        }
    }
}

fn take_noncurrent_transition(
    transition: NoncurrentVersionTransition,
) -> Result<NoncurrentTransition, Error> {
    let days = transition.noncurrent_days.ok_or(Error::MalformedXml)?;
    let days = u32::try_from(days).map_err(|_| {
        let text = "'NoncurrentDays' for NoncurrentVersionTransition action must be nonnegative";
        Error::argument("NoncurrentDays", days.to_string(), text)
    })?;
    Ok(NoncurrentTransition {
        days,
        class: class(transition.storage_class)?,
        newer_kept: newer_kept(transition.newer_noncurrent_versions)?,
    })
}

fn take_noncurrent_expiration(
    expiration: NoncurrentVersionExpiration,
) -> Result<NoncurrentExpiration, Error> {
    let days = expiration.noncurrent_days.ok_or(Error::MalformedXml)?;
    Ok(NoncurrentExpiration {
        days: positive(days, "NoncurrentDays", "NoncurrentVersionExpiration")?,
        newer_kept: newer_kept(expiration.newer_noncurrent_versions)?,
    })
}

fn take_abort(abort: AbortIncompleteMultipartUpload) -> Result<u32, Error> {
    let days = abort.days_after_initiation.ok_or(Error::MalformedXml)?;
    positive(days, "DaysAfterInitiation", "AbortIncompleteMultipartUpload")
}

/// What the actions of one rule may not be together.
fn check_actions(rule: &LifecycleRule) -> Result<(), Error> {
    let acts = !rule.transitions.is_empty()
        || rule.expiration.is_some()
        || !rule.noncurrent_transitions.is_empty()
        || rule.noncurrent_expiration.is_some()
        || rule.abort_uploads_days.is_some();
    if !acts {
        return Err(request("At least one action needs to be specified in a rule"));
    }
    let filter = rule.filter.as_ref();
    let has_tags = filter.is_some_and(|filter| !filter.tags.is_empty());
    let has_sizes =
        filter.is_some_and(|filter| filter.larger_than.is_some() || filter.smaller_than.is_some());
    let markers = rule.expiration.is_some_and(|expiration| expiration.lone_markers.is_some());
    for (there, action) in [
        (rule.abort_uploads_days.is_some(), "AbortIncompleteMultipartUpload"),
        (markers, "ExpiredObjectDeleteMarker"),
    ] {
        if there && has_tags {
            return Err(request(format!("{action} cannot be specified with Tags.")));
        }
        if there && has_sizes {
            return Err(request(format!("{action} cannot be specified with Object Size.")));
        }
    }
    if filter.is_none() {
        let keeps_newer =
            rule.noncurrent_transitions.iter().any(|transition| transition.newer_kept.is_some())
                || rule.noncurrent_expiration.is_some_and(|expiration| expiration.newer_kept.is_some());
        if keeps_newer {
            return Err(request("Filter element can only be used in Lifecycle V2."));
        }
    }
    check_times(rule)?;
    check_noncurrent_times(rule)
}

fn check_times(rule: &LifecycleRule) -> Result<(), Error> {
    let shown = shown_filter(rule);
    let mut classes = HashSet::new();
    if !rule.transitions.iter().all(|transition| classes.insert(&transition.class)) {
        let text = format!(
            "'StorageClass' must be different for 'Transition' actions in same 'Rule' with filter '{shown}'"
        );
        return Err(request(text));
    }
    let expiration = rule.expiration.and_then(|expiration| expiration.due);
    let dues = rule.transitions.iter().filter_map(|transition| transition.due).chain(expiration);
    let (mut by_days, mut by_date) = (false, false);
    for due in dues {
        match due {
            Due::Days(_) => by_days = true,
            Due::Date(_) => by_date = true,
        }
    }
    if by_days && by_date {
        return Err(request(format!(
            "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for filter '{shown}'"
        )));
    }
    for transition in &rule.transitions {
        let (name, early) = match (transition.due, expiration) {
            (Some(Due::Days(moved)), Some(Due::Days(ends))) => ("Days", ends <= moved),
            (Some(Due::Date(moved)), Some(Due::Date(ends))) => ("Date", ends <= moved),
            (_, _) => continue,
        };
        if early {
            let than = if name == "Days" { "greater" } else { "later" };
            let text = format!(
                "'{name}' in the Expiration action for filter '{shown}' must be {than} than '{name}' in the Transition action"
            );
            return Err(Error::Argument { name, value: None, text });
        }
    }
    Ok(())
}

fn check_noncurrent_times(rule: &LifecycleRule) -> Result<(), Error> {
    let mut classes = HashSet::new();
    if !rule.noncurrent_transitions.iter().all(|transition| classes.insert(&transition.class)) {
        let shown = shown_filter(rule);
        return Err(request(format!(
            "'StorageClass' must be different for 'NoncurrentVersionTransition' actions in same 'Rule' with filter '{shown}'"
        )));
    }
    let Some(ends) = rule.noncurrent_expiration else { return Ok(()) };
    if rule.noncurrent_transitions.iter().any(|transition| ends.days <= transition.days) {
        let text = "'NoncurrentDays' in the NoncurrentVersionExpiration action must be greater than 'NoncurrentDays' in the \
                    NoncurrentVersionTransition action";
        return Err(Error::Argument { name: "NoncurrentDays", value: None, text: text.to_owned() });
    }
    Ok(())
}

/// Rules of the old form may not be about the same objects in the same way.
fn check_overlaps(rules: &[LifecycleRule]) -> Result<(), Error> {
    for (index, rule) in rules.iter().enumerate() {
        for other in &rules[..index] {
            let (Some(prefix), Some(earlier)) = (&rule.prefix, &other.prefix) else { continue };
            if !prefix.starts_with(earlier.as_str()) && !earlier.starts_with(prefix.as_str()) {
                continue;
            }
            let both = [
                (rule.expiration.is_some() && other.expiration.is_some(), "Expiration"),
                (!rule.transitions.is_empty() && !other.transitions.is_empty(), "Transition"),
            ];
            if let Some((_, action)) = both.iter().find(|(both, _)| *both) {
                return Err(request(format!(
                    "Found overlapping prefixes '{earlier}' and '{prefix}' for same action type '{action}'"
                )));
            }
        }
    }
    Ok(())
}

/// How a refusal names the rule's filter: `(prefix=P and tag: key=K, value=V)`.
fn shown_filter(rule: &LifecycleRule) -> String {
    let filter = rule.filter.as_ref();
    let prefix = rule.prefix.as_deref().or_else(|| filter.and_then(|filter| filter.prefix.as_deref()));
    let mut parts = Vec::new();
    let has_others = filter.is_some_and(|filter| predicates(filter) > usize::from(filter.prefix.is_some()));
    if prefix.is_some() || !has_others {
        parts.push(format!("prefix={}", prefix.unwrap_or_default()));
    }
    if let Some(filter) = filter {
        parts.extend(filter.tags.iter().map(|(key, value)| format!("tag: key={key}, value={value}")));
        parts.extend(filter.larger_than.map(|bytes| format!("ObjectSizeGreaterThan={bytes}")));
        parts.extend(filter.smaller_than.map(|bytes| format!("ObjectSizeLessThan={bytes}")));
    }
    format!("({})", parts.join(" and "))
}

fn request(text: impl Into<String>) -> Error {
    Error::Request(text.into())
}

/// The document of a rule.
pub(super) fn show(rule: &LifecycleRule) -> shapes::LifecycleRule {
    let days = |days: u32| i32::try_from(days).ok();
    let halves = |due: Option<Due>| match due {
        Some(Due::Days(after)) => (days(after), None),
        Some(Due::Date(date)) => (None, Some(date)),
        None => (None, None),
    };
    let transition = |transition: &Transition| {
        let (days, date) = halves(transition.due);
        shapes::Transition { date, days, storage_class: Some(transition.class.clone()) }
    };
    let noncurrent = |transition: &NoncurrentTransition| NoncurrentVersionTransition {
        noncurrent_days: days(transition.days),
        storage_class: Some(transition.class.clone()),
        newer_noncurrent_versions: transition.newer_kept.and_then(days),
    };
    shapes::LifecycleRule {
        expiration: rule.expiration.map(|expiration| {
            let (days, date) = halves(expiration.due);
            LifecycleExpiration { date, days, expired_object_delete_marker: expiration.lone_markers }
        }),
        id: Some(rule.id.clone()),
        prefix: rule.prefix.clone(),
        filter: rule.filter.as_ref().map(show_filter),
        status: Some(if rule.enabled { "Enabled" } else { "Disabled" }.to_owned()),
        transitions: some(rule.transitions.iter().map(transition).collect()),
        noncurrent_version_transitions: some(rule.noncurrent_transitions.iter().map(noncurrent).collect()),
        noncurrent_version_expiration: rule.noncurrent_expiration.map(|expiration| {
            NoncurrentVersionExpiration {
                noncurrent_days: days(expiration.days),
                newer_noncurrent_versions: expiration.newer_kept.and_then(days),
            }
        }),
        abort_incomplete_multipart_upload: rule
            .abort_uploads_days
            .map(|after| AbortIncompleteMultipartUpload { days_after_initiation: days(after) }),
    }
}

fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    Some(list).filter(|list| !list.is_empty())
}

fn show_filter(filter: &LifecycleFilter) -> LifecycleRuleFilter {
    let size = |bytes: Option<u64>| bytes.and_then(|bytes| i64::try_from(bytes).ok());
    let tags: Vec<Tag> = filter
        .tags
        .iter()
        .map(|(key, value)| Tag { key: Some(key.clone()), value: Some(value.clone()) })
        .collect();
    if filter.and {
        let and = LifecycleRuleAndOperator {
            prefix: filter.prefix.clone(),
            tags: some(tags),
            object_size_greater_than: size(filter.larger_than),
            object_size_less_than: size(filter.smaller_than),
        };
        return LifecycleRuleFilter { and: Some(and), ..LifecycleRuleFilter::default() };
    }
    LifecycleRuleFilter {
        prefix: filter.prefix.clone(),
        tag: tags.into_iter().next(),
        object_size_greater_than: size(filter.larger_than),
        object_size_less_than: size(filter.smaller_than),
        and: None,
    }
}
