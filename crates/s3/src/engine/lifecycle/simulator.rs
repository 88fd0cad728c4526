//! A lifecycle that walks from midnight to midnight and looks at everything each time: what [`super::judge`] must come to by looking only when
//! told.

use std::collections::BTreeSet;

use base::Timestamp;
use proptest::prelude::*;

use super::calendar::{Calendar, DAY};
use super::judge::{
    Act, CurrentEnd, Hold, Item, Stack, What, Which, first_look, first_look_at_older, judge, next_look,
};
use super::rules::{Aging, Filter, Move, NoncurrentMove, Rule, Rules, When};
use crate::tables::{StorageClass, Versioning};

const CALENDAR: Calendar = Calendar::AWS;
/// 2026-01-15T00:00:00Z.
pub(super) const START: Timestamp = Timestamp::from_secs(1_768_435_200);
pub(super) const KEY: &str = "a/key";

/// A version, newest first in its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Version {
    pub(super) modified: Timestamp,
    pub(super) since: Option<Timestamp>,
    pub(super) null: bool,
    pub(super) object: Option<Object>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Object {
    pub(super) bytes: u64,
    pub(super) tags: Vec<(String, String)>,
    pub(super) class: StorageClass,
    pub(super) locked_until: Option<Timestamp>,
    pub(super) busy_until: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) versioning: Versioning,
    pub(super) versions: Vec<Version>,
}

/// What the walk knows of the rules: read from them anew, line by line.
impl Key {
    pub(super) fn put(&mut self, object: Option<Object>, at: Timestamp) {
        let null = match self.versioning {
            Versioning::Enabled => false,
            Versioning::Never | Versioning::Suspended => {
                self.versions.retain(|version| !version.null);
                true
            }
        };
        if let Some(current) = self.versions.first_mut() {
            current.since.get_or_insert(at);
        }
        self.versions.insert(0, Version { modified: at, since: None, null, object });
    }

    pub(super) fn walk(&mut self, rules: &Rules, midnight: Timestamp) {
        let old_enough = |from: Timestamp, days: u32| midnight >= from.plus(DAY * days);
        let reached = |when: When, from: Timestamp| match when {
            When::Days(days) => old_enough(from, days),
            When::Date(date) => midnight >= date && midnight >= from,
        };
        let count = self.versions.len();
        let mut removed = vec![false; count];
        let mut moved: Vec<Option<StorageClass>> = vec![None; count];
        let mut covered = false;
        for (place, version) in self.versions.iter().enumerate() {
            let free = |until: Option<Timestamp>| until.is_none_or(|until| midnight >= until);
            let mut targets: Vec<StorageClass> = Vec::new();
            for rule in &rules.rules {
                let bytes = version.object.as_ref().map_or(0, |object| object.bytes);
                let tags = version.object.as_ref().map_or(&[][..], |object| &object.tags);
                let filter = &rule.filter;
                let named = KEY.starts_with(&filter.prefix)
                    && filter.tags.iter().all(|tag| tags.contains(tag))
                    && filter.larger_than.is_none_or(|than| bytes > than)
                    && filter.smaller_than.is_none_or(|than| bytes < than);
                if !named {
                    continue;
                }
                let sized = filter.larger_than.is_some() || filter.smaller_than.is_some();
                let locked_until = version.object.as_ref().and_then(|object| object.locked_until);
                match version.since {
                    Some(since) => {
                        let aged =
                            |aging: Aging| old_enough(since, aging.days) && place > aging.newer_kept as usize;
                        if rule.noncurrent_expiration.is_some_and(aged) && free(locked_until) {
                            removed[place] = true;
                        }
                        let moves = rule.noncurrent_moves.iter().filter(|to| aged(to.aging));
                        targets.extend(moves.map(|to| to.class).filter(|class| {
                            bytes >= 131_072 || sized || (rules.archives_take_small && class.is_archive())
                        }));
                    }
                    None => {
                        let expired = rule.expiration.is_some_and(|when| reached(when, version.modified));
                        if version.object.is_none() {
                            if count == 1 && (expired || rule.lone_markers) {
                                removed[place] = true;
                            }
                        } else if expired {
                            match self.versioning {
                                Versioning::Never if free(locked_until) => removed[place] = true,
                                Versioning::Never => {}
                                Versioning::Enabled => covered = true,
                                Versioning::Suspended => covered |= !version.null || free(locked_until),
                            }
                        }
                        let moves = rule.moves.iter().filter(|to| reached(to.when, version.modified));
                        targets.extend(moves.map(|to| to.class).filter(|class| {
                            bytes >= 131_072 || sized || (rules.archives_take_small && class.is_archive())
                        }));
                    }
                }
            }
            if let Some(object) = &version.object
                && free(object.busy_until)
            {
                const ORDER: [StorageClass; 6] = [
                    StorageClass::DeepArchive,
                    StorageClass::Glacier,
                    StorageClass::IntelligentTiering,
                    StorageClass::GlacierIr,
                    StorageClass::OnezoneIa,
                    StorageClass::StandardIa,
                ];
                moved[place] = ORDER
                    .into_iter()
                    .find(|class| targets.contains(class) && object.class.may_move_to(*class));
            }
        }
        // A null version that a marker replaces ends for good: that comes before a move. Else the move comes first.
        let replaced =
            self.versioning == Versioning::Suspended && self.versions.first().is_some_and(|v| v.null);
        let cover = covered && (replaced || moved[0].is_none());
        for place in (0..count).rev() {
            if let Some(object) = &mut self.versions[place].object
                && let Some(class) = moved[place]
                && !removed[place]
                && !(place == 0 && cover)
            {
                object.class = class;
            }
            if removed[place] {
                self.versions.remove(place);
            }
        }
        if cover {
            self.put(None, midnight);
        }
    }

    fn end(&self) -> CurrentEnd {
        match self.versioning {
            Versioning::Never => CurrentEnd::Removed,
            Versioning::Enabled => CurrentEnd::Covered,
            Versioning::Suspended if self.versions.first().is_some_and(|version| version.null) => {
                CurrentEnd::Replaced
            }
            Versioning::Suspended => CurrentEnd::Covered,
        }
    }

    fn item(version: &Version) -> Item<'_> {
        let what = version.object.as_ref().map_or(What::Marker, |object| What::Object {
            bytes: object.bytes,
            tags: &object.tags,
            class: object.class,
            hold: object.locked_until.map_or(Hold::Free, Hold::Until),
            busy_until: object.busy_until,
        });
        Item { modified: version.modified, what }
    }

    fn stack(&self) -> Stack<'_> {
        let mut stack =
            Stack { key: KEY, end: self.end(), current: None, older: Vec::new(), above: 0, more: false };
        for version in &self.versions {
            match version.since {
                None => stack.current = Some(Self::item(version)),
                Some(since) => stack.older.push((Self::item(version), since)),
            }
        }
        stack
    }

    /// Looks at the key, as of a time, and says when to look again.
    fn look(&mut self, rules: &Rules, at: Timestamp) -> Option<Timestamp> {
        let acts = judge(rules, CALENDAR, &self.stack(), at).acts;
        for (which, act) in acts.into_iter().rev() {
            let place = match which {
                Which::Current => 0,
                Which::Older(index) => index + usize::from(self.versions[0].since.is_none()),
            };
            match act {
                Act::Remove => _ = self.versions.remove(place),
                Act::Move(class) => self.versions[place].object.as_mut().unwrap().class = class,
                Act::Cover => self.put(None, at),
            }
        }
        next_look(rules, CALENDAR, &self.stack(), at)
    }

    /// When the rows that a put wrote want to be looked at: the new one and the one below it.
    fn first_looks(&self, rules: &Rules) -> Vec<Timestamp> {
        let of = |version: &Version| match version.since {
            None => first_look(rules, CALENDAR, KEY, self.end(), &Self::item(version)),
            Some(since) => first_look_at_older(rules, CALENDAR, KEY, &Self::item(version), since),
        };
        self.versions.iter().take(2).filter_map(of).collect()
    }
}

fn class() -> impl Strategy<Value = StorageClass> {
    prop::sample::select(StorageClass::ALL.to_vec())
}

fn when() -> impl Strategy<Value = When> {
    prop_oneof![
        4 => (0u32..40).prop_map(When::Days),
        1 => (0u32..60).prop_map(|days| When::Date(START.minus(DAY * 10).plus(DAY * days))),
    ]
}

fn aging() -> impl Strategy<Value = Aging> {
    (0u32..20, prop_oneof![2 => Just(0u32), 1 => 1u32..4])
        .prop_map(|(days, newer_kept)| Aging { days, newer_kept })
}

pub(super) fn rule() -> impl Strategy<Value = Rule> {
    let filter = (
        prop::sample::select(vec!["", "a/", "b/"]),
        prop::option::weighted(0.2, Just(("t".to_owned(), "1".to_owned()))),
        prop::option::weighted(0.2, 0u64..200_000),
        prop::option::weighted(0.2, 0u64..200_000),
    )
        .prop_map(|(prefix, tag, larger_than, smaller_than)| Filter {
            prefix: prefix.to_owned(),
            tags: tag.into_iter().collect(),
            larger_than,
            smaller_than,
        });
    let moves = prop::collection::vec((when(), class()), 0..3)
        .prop_map(|all| all.into_iter().map(|(when, class)| Move { when, class }).collect());
    let noncurrent_moves = prop::collection::vec((aging(), class()), 0..2)
        .prop_map(|all| all.into_iter().map(|(aging, class)| NoncurrentMove { aging, class }).collect());
    (
        filter,
        moves,
        prop::option::weighted(0.4, when()),
        prop::bool::weighted(0.3),
        noncurrent_moves,
        prop::option::weighted(0.5, aging()),
    )
        .prop_map(
            |(filter, moves, expiration, lone_markers, noncurrent_moves, noncurrent_expiration)| Rule {
                id: String::new(),
                filter,
                moves,
                expiration,
                lone_markers,
                noncurrent_moves,
                noncurrent_expiration,
                abort_days: None,
            },
        )
}

/// Something a client does, hours after the last thing.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    Put(Object),
    Delete,
    Nothing,
}

pub(super) fn deed() -> impl Strategy<Value = (u32, Deed)> {
    let object = (
        prop::sample::select(vec![0u64, 1_000, 131_071, 131_072, 190_000]),
        prop::bool::ANY,
        class(),
        prop::option::weighted(0.2, 0u32..60),
        prop::option::weighted(0.2, 0u32..60),
    )
        .prop_map(|(bytes, tagged, class, locked, busy)| Object {
            bytes,
            tags: if tagged { vec![("t".to_owned(), "1".to_owned())] } else { Vec::new() },
            class,
            locked_until: locked.map(|days| START.plus(DAY * days)),
            busy_until: busy.map(|days| START.plus(DAY * days)),
        });
    let deed =
        prop_oneof![3 => object.prop_map(Deed::Put), 1 => Just(Deed::Delete), 2 => Just(Deed::Nothing)];
    (0u32..500, deed)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn looking_when_told_ends_where_a_daily_walk_ends(
        rules in prop::collection::vec(rule(), 1..4),
        archives_take_small: bool,
        versioning in prop::sample::select(vec![Versioning::Never, Versioning::Enabled, Versioning::Suspended]),
        deeds in prop::collection::vec(deed(), 1..10),
    ) {
        let rules = Rules { rules, archives_take_small, ..Rules::default() };
        let mut walked = Key { versioning, versions: Vec::new() };
        let mut looked = walked.clone();
        let mut looks: BTreeSet<Timestamp> = BTreeSet::new();
        let mut midnight = START;
        let mut now = START;
        for (hours, deed) in deeds {
            now = now.plus(std::time::Duration::from_secs(u64::from(hours) * 3_600 + 7));
            while midnight <= now {
                walked.walk(&rules, midnight);
                midnight = midnight.plus(DAY);
            }
            // The clock leaps: everything that was due meanwhile is looked at in order.
            while let Some(at) = looks.first().copied().filter(|at| *at <= now) {
                looks.remove(&at);
                looks.extend(looked.look(&rules, at));
            }
            prop_assert_eq!(&looked, &walked, "at {:?}", now);
            match deed {
                Deed::Put(object) => {
                    walked.put(Some(object.clone()), now);
                    looked.put(Some(object), now);
                }
                Deed::Delete if versioning.ever() => {
                    walked.put(None, now);
                    looked.put(None, now);
                }
                Deed::Delete | Deed::Nothing => continue,
            }
            let first = looked.first_looks(&rules).into_iter().map(|due| due.max(now));
            looks.extend(first);
        }
    }
}
