//! Conditional requests: which of them hold.
//!
//! Reads follow RFC 9110's order, with S3's reading of it: a strong condition that holds hides the weaker one beside it (facts section
//! 3). Writes know two conditions only: `If-None-Match: *` and `If-Match` with one ETag. Copy sources never answer 304.

use base::Timestamp;

use super::Error;
use crate::tables::Object;

/// The conditions of a read, as they were sent.
#[derive(Debug, Clone, Default)]
pub struct ReadConditions {
    /// `If-Match`.
    pub if_match: Option<String>,
    /// `If-None-Match`.
    pub if_none_match: Option<String>,
    /// `If-Modified-Since`.
    pub if_modified_since: Option<Timestamp>,
    /// `If-Unmodified-Since`.
    pub if_unmodified_since: Option<Timestamp>,
}

/// What the conditions of a read lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Go on.
    Holds,
    /// The client has it already.
    NotModified,
    /// This condition does not hold.
    Failed(Condition),
}

/// Which condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// `If-Match`.
    Match,
    /// `If-None-Match`.
    NoneMatch,
    /// `If-Modified-Since`.
    ModifiedSince,
    /// `If-Unmodified-Since`.
    UnmodifiedSince,
}

impl Condition {
    /// Its header.
    pub const fn header(self) -> &'static str {
        match self {
            Condition::Match => "If-Match",
            Condition::NoneMatch => "If-None-Match",
            Condition::ModifiedSince => "If-Modified-Since",
            Condition::UnmodifiedSince => "If-Unmodified-Since",
        }
    }

    /// Its header for copy sources.
    pub const fn copy_header(self) -> &'static str {
        match self {
            Condition::Match => "x-amz-copy-source-If-Match",
            Condition::NoneMatch => "x-amz-copy-source-If-None-Match",
            Condition::ModifiedSince => "x-amz-copy-source-If-Modified-Since",
            Condition::UnmodifiedSince => "x-amz-copy-source-If-Unmodified-Since",
        }
    }
}

impl ReadConditions {
    /// Whether there are any: most reads have none.
    pub fn any(&self) -> bool {
        self.if_match.is_some()
            || self.if_none_match.is_some()
            || self.if_modified_since.is_some()
            || self.if_unmodified_since.is_some()
    }

    /// Judges a read of the object at this time.
    pub fn judge(&self, object: &Object, now: Timestamp) -> Verdict {
        if !self.any() {
            return Verdict::Holds;
        }
        let modified = object.modified.as_secs();
        match (&self.if_match, self.if_unmodified_since) {
            (Some(list), _) if !object.etag.is_in(list) => return Verdict::Failed(Condition::Match),
            (None, Some(since)) if modified > since.as_secs() => {
                return Verdict::Failed(Condition::UnmodifiedSince);
            }
            (Some(_) | None, _) => {}
        }
        // A time in the future says nothing.
        let since = self.if_modified_since.filter(|since| since.as_secs() <= now.as_secs());
        match (&self.if_none_match, since) {
            (Some(list), _) if object.etag.is_in(list) => Verdict::NotModified,
            (None, Some(since)) if modified <= since.as_secs() => Verdict::NotModified,
            (Some(_) | None, _) => Verdict::Holds,
        }
    }

    /// Judges the object as the source of a copy: what would be "not modified" fails.
    pub fn judge_copy_source(&self, object: &Object, now: Timestamp) -> Result<(), Error> {
        let failed = |condition: Condition| Err(Error::PreconditionFailed(condition.copy_header()));
        match self.judge(object, now) {
            Verdict::Holds => Ok(()),
            Verdict::NotModified if self.if_none_match.is_some() => failed(Condition::NoneMatch),
            Verdict::NotModified => failed(Condition::ModifiedSince),
            Verdict::Failed(condition) => failed(condition),
        }
    }
}

/// The condition of a write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum WriteCondition {
    /// None.
    #[default]
    Always,
    /// Only if there is no object under the key.
    IfAbsent,
    /// Only if the object under the key has this ETag.
    IfMatch(String),
}

impl WriteCondition {
    /// Reads the two headers of a write.
    pub fn parse(if_match: Option<&str>, if_none_match: Option<&str>) -> Result<Self, Error> {
        const REFUSED: &str = "We don't accept the provided value of";
        let unsupported = |header, text| Err(Error::UnsupportedCondition { header, text });
        match (if_match, if_none_match) {
            (Some(_), Some(_)) => unsupported(
                "If-Match,If-None-Match",
                "Multiple conditional request headers present in the request".to_owned(),
            ),
            (None, None) => Ok(WriteCondition::Always),
            (None, Some("*")) => Ok(WriteCondition::IfAbsent),
            (None, Some(_)) => {
                unsupported("If-None-Match", format!("{REFUSED} If-None-Match header for this API"))
            }
            (Some("*"), None) => unsupported("If-Match", format!("{REFUSED} If-Match header for this API")),
            (Some(etag), None) => Ok(WriteCondition::IfMatch(etag.to_owned())),
        }
    }

    /// Judges a write over the key's current object.
    pub fn judge(&self, key: &str, current: Option<&Object>) -> Result<(), Error> {
        match (self, current) {
            (WriteCondition::Always, _) | (WriteCondition::IfAbsent, None) => Ok(()),
            (WriteCondition::IfAbsent, Some(_)) => {
                Err(Error::PreconditionFailed(Condition::NoneMatch.header()))
            }
            (WriteCondition::IfMatch(_), None) => Err(Error::NoSuchKey(key.to_owned())),
            (WriteCondition::IfMatch(etag), Some(object)) if object.etag.is(etag) => Ok(()),
            (WriteCondition::IfMatch(_), Some(_)) => {
                Err(Error::PreconditionFailed(Condition::Match.header()))
            }
        }
    }

    /// As [`WriteCondition::judge`], where the write was begun `attempt` times before: what held then and does not hold any more was lost in a
    /// race, and that is another answer.
    pub fn judge_again(&self, attempt: usize, key: &str, current: Option<&Object>) -> Result<(), Error> {
        match (self.judge(key, current), self.header()) {
            (Err(_), Some(condition)) if attempt > 0 => {
                Err(Error::ConditionalConflict { condition, key: key.to_owned() })
            }
            (judged, _) => judged,
        }
    }

    /// Judges a delete of the key's current object, where `If-Match` may be `*` too.
    pub fn judge_delete(if_match: Option<&str>, current: Option<&Object>) -> Result<(), Error> {
        match (if_match, current) {
            (None, _) => Ok(()),
            (Some(list), Some(object)) if object.etag.is_in(list) => Ok(()),
            (Some(_), Some(_) | None) => Err(Error::PreconditionFailed(Condition::Match.header())),
        }
    }

    /// Its header; `None` for none.
    pub const fn header(&self) -> Option<&'static str> {
        match self {
            WriteCondition::Always => None,
            WriteCondition::IfAbsent => Some("If-None-Match"),
            WriteCondition::IfMatch(_) => Some("If-Match"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::{Attributes, Contents, ETag, Lock, VersionId};

    fn object() -> Object {
        Object {
            modified: Timestamp::from_millis(1_000_500),
            bytes: 0,
            etag: ETag::of_bytes(crypt::md5(b"")),
            contents: Contents::Empty,
            checksum: None,
            attributes: Attributes::default(),
            version: VersionId::default(),
            null_below: None,
            placement: crate::tables::Placement::default(),
            lock: Lock::default(),
            encryption: crate::tables::Encryption::Open,
        }
    }

    const NOW: Timestamp = Timestamp::from_secs(5_000);

    fn etag() -> Option<String> {
        Some(object().etag.quoted())
    }

    #[test]
    fn a_strong_condition_hides_the_weak_one() {
        let held = ReadConditions {
            if_match: etag(),
            if_unmodified_since: Some(Timestamp::from_secs(1)),
            ..Default::default()
        };
        assert_eq!(held.judge(&object(), NOW), Verdict::Holds);
        let other = ReadConditions {
            if_none_match: Some("\"other\"".to_owned()),
            if_modified_since: Some(Timestamp::from_secs(4_000)),
            ..Default::default()
        };
        assert_eq!(other.judge(&object(), NOW), Verdict::Holds);
    }

    #[test]
    fn each_condition_alone() {
        let judge = |conditions: ReadConditions| conditions.judge(&object(), NOW);
        let at = |secs| Some(Timestamp::from_secs(secs));
        let d = ReadConditions::default;
        assert_eq!(
            judge(ReadConditions { if_match: Some("x".to_owned()), ..d() }),
            Verdict::Failed(Condition::Match)
        );
        assert_eq!(judge(ReadConditions { if_none_match: etag(), ..d() }), Verdict::NotModified);
        assert_eq!(judge(ReadConditions { if_modified_since: at(1_000), ..d() }), Verdict::NotModified);
        assert_eq!(judge(ReadConditions { if_modified_since: at(999), ..d() }), Verdict::Holds);
        assert_eq!(judge(ReadConditions { if_modified_since: at(5_001), ..d() }), Verdict::Holds);
        assert_eq!(judge(ReadConditions { if_unmodified_since: at(1_000), ..d() }), Verdict::Holds);
        assert_eq!(
            judge(ReadConditions { if_unmodified_since: at(999), ..d() }),
            Verdict::Failed(Condition::UnmodifiedSince)
        );
    }

    #[test]
    fn a_copy_source_is_never_not_modified() {
        let unchanged = ReadConditions { if_none_match: etag(), ..Default::default() };
        let failed = Err(Error::PreconditionFailed("x-amz-copy-source-If-None-Match"));
        assert_eq!(unchanged.judge_copy_source(&object(), NOW), failed);
    }

    #[test]
    fn writes_know_two_conditions() {
        assert_eq!(WriteCondition::parse(None, Some("*")), Ok(WriteCondition::IfAbsent));
        assert!(matches!(WriteCondition::parse(None, Some("x")), Err(Error::UnsupportedCondition { .. })));
        assert!(matches!(WriteCondition::parse(Some("*"), None), Err(Error::UnsupportedCondition { .. })));
        assert!(matches!(
            WriteCondition::parse(Some("x"), Some("*")),
            Err(Error::UnsupportedCondition { .. })
        ));
        let matches = WriteCondition::parse(Some("d41d8cd98f00b204e9800998ecf8427e"), None).unwrap();
        assert_eq!(matches.judge("k", Some(&object())), Ok(()));
        assert_eq!(matches.judge("k", None), Err(Error::NoSuchKey("k".to_owned())));
        assert_eq!(
            WriteCondition::IfAbsent.judge("k", Some(&object())),
            Err(Error::PreconditionFailed("If-None-Match"))
        );
    }
}
