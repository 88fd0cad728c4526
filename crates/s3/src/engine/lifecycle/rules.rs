//! A bucket's lifecycle, ready to be asked: only what counts, in types that cannot be wrong.

use base::Timestamp;

use super::super::Error;
use super::super::classes::SMALL_BYTES;
use super::super::events::NotificationRule;
use super::super::replication::ReplicationRules;
use super::calendar::Calendar;
use crate::tables::{Due, Lifecycle, LifecycleRule, StorageClass};

/// What happens to a bucket's objects by themselves.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Rules {
    /// The enabled rules of its lifecycle, in order.
    pub rules: Vec<Rule>,
    /// Whether small objects go into the archive classes (`varies_by_storage_class`).
    pub archives_take_small: bool,
    /// The enabled Intelligent-Tiering configurations.
    pub tiering: Vec<TieringRule>,
    /// Who is told of what happens.
    pub notifications: Vec<NotificationRule>,
    /// Where it is replicated to.
    pub replication: Option<ReplicationRules>,
}

/// One rule.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Rule {
    /// Its name.
    pub id: String,
    /// Which objects.
    pub filter: Filter,
    /// Moves of current versions.
    pub moves: Vec<Move>,
    /// The end of current versions.
    pub expiration: Option<When>,
    /// Whether delete markers go that have no versions below.
    pub lone_markers: bool,
    /// Moves of older versions.
    pub noncurrent_moves: Vec<NoncurrentMove>,
    /// The end of older versions.
    pub noncurrent_expiration: Option<Aging>,
    /// Days after which uploads end that were not completed.
    pub abort_days: Option<u32>,
}

/// Which objects: all that is named must hold.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// The key begins with this.
    pub prefix: String,
    /// The object has these tags, among others.
    pub tags: Vec<(String, String)>,
    /// It has more bytes.
    pub larger_than: Option<u64>,
    /// It has fewer bytes.
    pub smaller_than: Option<u64>,
}

/// When current versions are due.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    /// So many days after their Last-Modified.
    Days(u32),
    /// From a day on.
    Date(Timestamp),
}

/// A move of current versions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Move {
    /// When.
    pub when: When,
    /// Where to.
    pub class: StorageClass,
}

/// When older versions are due.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Aging {
    /// So many days after they were replaced.
    pub days: u32,
    /// And not while fewer newer ones lie between them and the current version.
    pub newer_kept: u32,
}

/// A move of older versions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoncurrentMove {
    /// When.
    pub aging: Aging,
    /// Where to.
    pub class: StorageClass,
}

/// An Intelligent-Tiering configuration: the opt-in archive tiers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TieringRule {
    /// Which objects; sizes are not asked.
    pub filter: Filter,
    /// Days without access after which an object goes into `ARCHIVE_ACCESS`.
    pub archive_days: Option<u32>,
    /// Days without access after which an object goes into `DEEP_ARCHIVE_ACCESS`.
    pub deep_archive_days: Option<u32>,
}

/// What rules ask of a version. A delete marker has no bytes and no tags.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Subject<'a> {
    /// Its key.
    pub key: &'a str,
    /// Its size.
    pub bytes: u64,
    /// Its tags.
    pub tags: &'a [(String, String)],
}

impl Rule {
    fn compile(rule: &LifecycleRule) -> Result<Self, Error> {
        let filter = rule.filter.clone().unwrap_or_default();
        let when = |due| match due {
            Due::Days(days) => When::Days(days),
            Due::Date(date) => When::Date(date),
        };
        let moves = rule
            .transitions
            .iter()
            .map(|to| Ok(Move { when: to.due.map_or(When::Days(0), when), class: class(&to.class)? }));
        let noncurrent_moves = rule.noncurrent_transitions.iter().map(|to| {
            let aging = Aging { days: to.days, newer_kept: to.newer_kept.unwrap_or(0) };
            Ok(NoncurrentMove { aging, class: class(&to.class)? })
        });
        Ok(Self {
            id: rule.id.clone(),
            filter: Filter {
                prefix: rule.prefix.clone().or(filter.prefix).unwrap_or_default(),
                tags: filter.tags,
                larger_than: filter.larger_than,
                smaller_than: filter.smaller_than,
            },
            moves: moves.collect::<Result<_, Error>>()?,
            expiration: rule.expiration.and_then(|expiration| expiration.due).map(when),
            lone_markers: rule.expiration.is_some_and(|expiration| expiration.lone_markers == Some(true)),
            noncurrent_moves: noncurrent_moves.collect::<Result<_, Error>>()?,
            noncurrent_expiration: rule
                .noncurrent_expiration
                .map(|end| Aging { days: end.days, newer_kept: end.newer_kept.unwrap_or(0) }),
            abort_days: rule.abort_uploads_days,
        })
    }
}

fn class(name: &str) -> Result<StorageClass, Error> {
    StorageClass::of_name(name)
        .ok_or_else(|| Error::Internal(format!("a rule moves objects to the unknown class `{name}`")))
}

impl Filter {
    /// Whether it names the version.
    pub fn names(&self, subject: &Subject<'_>) -> bool {
        subject.key.starts_with(&self.prefix)
            && self.tags.iter().all(|tag| subject.tags.contains(tag))
            && self.larger_than.is_none_or(|bytes| subject.bytes > bytes)
            && self.smaller_than.is_none_or(|bytes| subject.bytes < bytes)
    }

    /// Whether it says something of sizes: then no other bound of sizes counts.
    fn bounds_sizes(&self) -> bool {
        self.larger_than.is_some() || self.smaller_than.is_some()
    }
}

impl When {
    /// When a version of this Last-Modified is due. A day in the past goes on: what comes later is due at its next midnight.
    pub fn due(self, modified: Timestamp, calendar: Calendar) -> Timestamp {
        match self {
            When::Days(days) => calendar.due(modified, days),
            When::Date(date) => date.max(calendar.midnight_from(modified)),
        }
    }
}

impl Rules {
    /// What of a lifecycle counts.
    pub fn compile(lifecycle: &Lifecycle) -> Result<Self, Error> {
        let enabled = lifecycle.rules.iter().filter(|rule| rule.enabled);
        Ok(Self {
            rules: enabled.map(Rule::compile).collect::<Result<_, _>>()?,
            archives_take_small: lifecycle.archives_take_small,
            tiering: Vec::new(),
            notifications: Vec::new(),
            replication: None,
        })
    }

    /// Whether nothing ever happens by itself.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.tiering.is_empty()
    }

    /// The rules that name a version.
    pub fn of<'r>(&'r self, subject: &Subject<'_>) -> impl Iterator<Item = &'r Rule> {
        self.rules.iter().filter(|rule| rule.filter.names(subject))
    }

    /// Whether a rule may move a version of this class and size to another class.
    pub(super) fn may_move(&self, rule: &Rule, bytes: u64, from: StorageClass, to: StorageClass) -> bool {
        let is_large_enough = bytes >= SMALL_BYTES
            || rule.filter.bounds_sizes()
            || (self.archives_take_small && to.is_archive());
        from.may_move_to(to) && is_large_enough
    }

    /// When a current version expires, and by which rule: the earliest, and of equals the first.
    pub fn expiration(
        &self,
        subject: &Subject<'_>,
        modified: Timestamp,
        calendar: Calendar,
    ) -> Option<(Timestamp, &str)> {
        self.of(subject)
            .filter_map(|rule| Some((rule.expiration?.due(modified, calendar), rule.id.as_str())))
            .min_by_key(|(due, _)| *due)
    }

    /// When an upload is given up, and by which rule.
    pub fn abort(&self, key: &str, initiated: Timestamp, calendar: Calendar) -> Option<(Timestamp, &str)> {
        self.rules
            .iter()
            .filter(|rule| key.starts_with(&rule.filter.prefix))
            .filter_map(|rule| Some((calendar.due(initiated, rule.abort_days?), rule.id.as_str())))
            .min_by_key(|(due, _)| *due)
    }

    /// Days without access after which an object goes into `ARCHIVE_ACCESS` and `DEEP_ARCHIVE_ACCESS`.
    pub fn archive_days(&self, subject: &Subject<'_>) -> (Option<u32>, Option<u32>) {
        let of = |days: fn(&TieringRule) -> Option<u32>| {
            self.tiering.iter().filter(|rule| rule.filter.names(subject)).filter_map(days).min()
        };
        (of(|rule| rule.archive_days), of(|rule| rule.deep_archive_days))
    }
}
