//! The rules of replication: which versions go where.

use super::super::lifecycle::rules::Subject;
use crate::tables::{Encryption, Object, StorageClass};

/// What of a replication configuration counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReplicationRules {
    /// The ARN of the role it is done under.
    pub role: String,
    /// The enabled rules.
    pub rules: Vec<ReplicationRule>,
}

/// One rule.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ReplicationRule {
    /// The higher counts, where two name the same target.
    pub priority: i32,
    /// Which versions.
    pub wanted: Selection,
    /// And which of them not.
    pub unwanted: Vec<Selection>,
    /// The name of the bucket they go to.
    pub target: String,
    /// The account that must own it.
    pub account: Option<String>,
    /// Their class there; as it is here, where none is named.
    pub class: Option<StorageClass>,
    /// Delete markers too.
    pub markers: bool,
    /// Those under KMS keys too; and the key of the replicas.
    pub kms: Option<String>,
    /// The target's owner owns them there.
    pub gives_away: bool,
}

/// Which versions: all that is named must hold.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Selection {
    /// The key begins with this.
    pub prefix: String,
    /// The object has these tags, among others.
    pub tags: Vec<(String, String)>,
}

impl Selection {
    fn names(&self, subject: &Subject<'_>) -> bool {
        subject.key.starts_with(&self.prefix) && self.tags.iter().all(|tag| subject.tags.contains(tag))
    }
}

impl ReplicationRules {
    /// The rules that a version goes by: one for each target.
    fn of<'r>(&'r self, subject: &Subject<'_>, kind: Kind) -> Vec<&'r ReplicationRule> {
        let mut found: Vec<&ReplicationRule> = Vec::new();
        for rule in &self.rules {
            let named = rule.wanted.names(subject) && !rule.unwanted.iter().any(|no| no.names(subject));
            let takes = match kind {
                Kind::Plain => true,
                Kind::UnderKms => rule.kms.is_some(),
                // Rules that ask for tags say nothing of markers, which have none.
                Kind::Marker => rule.markers && rule.wanted.tags.is_empty(),
            };
            if !named || !takes {
                continue;
            }
            match found.iter_mut().find(|there| there.target == rule.target) {
                Some(there) if there.priority >= rule.priority => {}
                Some(there) => *there = rule,
                None => found.push(rule),
            }
        }
        found
    }

    pub(super) fn of_object<'r>(&'r self, key: &str, object: &Object) -> Vec<&'r ReplicationRule> {
        if object.attributes.class.is_archive() {
            return Vec::new();
        }
        let kind = match object.encryption {
            Encryption::Kms(_) | Encryption::Dual(..) => Kind::UnderKms,
            Encryption::Open | Encryption::Managed(_) | Encryption::Customer(_) => Kind::Plain,
        };
        self.of(&Subject { key, bytes: object.bytes, tags: &object.attributes.tags }, kind)
    }

    pub(super) fn of_marker<'r>(&'r self, key: &str) -> Vec<&'r ReplicationRule> {
        self.of(&Subject { key, bytes: 0, tags: &[] }, Kind::Marker)
    }
}

/// What a version is, as rules tell it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    UnderKms,
    Marker,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(target: &str, priority: i32, prefix: &str) -> ReplicationRule {
        let wanted = Selection { prefix: prefix.to_owned(), tags: Vec::new() };
        ReplicationRule { priority, wanted, target: target.to_owned(), ..ReplicationRule::default() }
    }

    fn subject<'a>(key: &'a str, tags: &'a [(String, String)]) -> Subject<'a> {
        Subject { key, bytes: 1, tags }
    }

    #[test]
    fn each_target_has_the_rule_of_the_highest_priority() {
        let rules = vec![rule("a", 1, ""), rule("a", 2, "logs/"), rule("b", 1, "logs/")];
        let rules = ReplicationRules { role: String::new(), rules };
        let named = |key| {
            let found = rules.of(&subject(key, &[]), Kind::Plain);
            found.into_iter().map(|rule| (rule.target.as_str(), rule.priority)).collect::<Vec<_>>()
        };
        assert_eq!(named("x"), [("a", 1)]);
        assert_eq!(named("logs/x"), [("a", 2), ("b", 1)]);
    }

    #[test]
    fn tags_kinds_and_exceptions_narrow_a_rule() {
        let tag = ("a".to_owned(), "1".to_owned());
        let mut tagged = rule("t", 1, "");
        tagged.wanted.tags = vec![tag.clone()];
        tagged.markers = true;
        let mut wide = rule("w", 1, "");
        wide.unwanted = vec![Selection { prefix: "tmp/".to_owned(), tags: Vec::new() }];
        wide.markers = true;
        wide.kms = Some("key".to_owned());
        let rules = ReplicationRules { role: String::new(), rules: vec![tagged, wide] };
        let named = |key, tags: &[(String, String)], kind| {
            let found = rules.of(&subject(key, tags), kind);
            found.into_iter().map(|rule| rule.target.clone()).collect::<Vec<_>>()
        };
        assert_eq!(named("k", &[], Kind::Plain), ["w"]);
        assert_eq!(named("k", std::slice::from_ref(&tag), Kind::Plain), ["t", "w"]);
        assert_eq!(named("tmp/k", std::slice::from_ref(&tag), Kind::Plain), ["t"]);
        assert_eq!(named("k", &[tag], Kind::UnderKms), ["w"]);
        assert_eq!(named("k", &[], Kind::Marker), ["w"]);
    }
}
