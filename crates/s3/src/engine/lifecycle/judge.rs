//! What is due of one key, as of one midnight. Pure: versions in, acts out.
//!
//! All versions of a key are judged together, since one depends on others: older versions count the newer ones, a delete marker goes once it
//! is alone. Of what is due at one time a version suffers one act: the end before a move, a move before a marker (S3 user guide, "Conflicting
//! lifecycle actions"); the rest waits for the next midnight. The verdict also says when to look again, so that whoever looks exactly then, in order,
//! however late by the clock, ends where a daily look would have ended.
//!
//! Held against a simulator that goes from day to day and knows none of this ([`super::simulator`]).

use base::Timestamp;

use super::calendar::Calendar;
use super::rules::{Aging, Rule, Rules, Subject};
use crate::tables::StorageClass;

/// All versions of a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stack<'a> {
    /// The key.
    pub key: &'a str,
    /// What happens to a current version that expires.
    pub end: CurrentEnd,
    /// The current version.
    pub current: Option<Item<'a>>,
    /// The others, newest first, with the time since which each is noncurrent.
    pub older: Vec<(Item<'a>, Timestamp)>,
    /// How many older versions lie above these, where only a part of a tall stack is judged.
    pub above: usize,
    /// Whether others lie below these.
    pub more: bool,
}

/// What the end of a current version is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CurrentEnd {
    /// The bucket keeps no versions: the object goes.
    Removed,
    /// Versioning is suspended, and the version is the null version: a marker takes its place, and it goes.
    Replaced,
    /// A delete marker is put over it.
    Covered,
}

/// One version.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Item<'a> {
    /// Its Last-Modified.
    pub modified: Timestamp,
    /// What it is.
    pub what: What<'a>,
}

/// What a version is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What<'a> {
    /// A delete marker.
    Marker,
    /// An object.
    Object {
        /// Its size.
        bytes: u64,
        /// Its tags.
        tags: &'a [(String, String)],
        /// Its storage class.
        class: StorageClass,
        /// What keeps it from being removed, or from all.
        hold: Hold,
        /// A restored copy of it lasts until then: no transition before.
        busy_until: Option<Timestamp>,
    },
}

/// What keeps a version from being removed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hold {
    /// Nothing.
    Free,
    /// A retention until then.
    Until(Timestamp),
    /// A legal hold.
    Forever,
    /// It waits to be replicated: it is neither removed nor moved before, and looked at again when that is over.
    Waiting,
}

/// Which version.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Which {
    /// The current one.
    Current,
    /// This one of the older.
    Older(usize),
}

/// What is done to a version.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Act {
    /// It is removed for good.
    Remove,
    /// It is moved to another class.
    Move(StorageClass),
    /// A delete marker is put over it.
    Cover,
}

impl Act {
    /// The greater wins.
    fn weight(self, end: CurrentEnd) -> u8 {
        match (self, end) {
            (Act::Remove, _) | (Act::Cover, CurrentEnd::Replaced) => u8::MAX,
            (Act::Move(class), _) => 1 + class.preference(),
            (Act::Cover, CurrentEnd::Removed | CurrentEnd::Covered) => 0,
        }
    }
}

/// Something that will be due.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Candidate {
    due: Timestamp,
    act: Act,
}

/// What is due of a key.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Verdict {
    /// At most one act for each version, in the order of [`Which`].
    pub acts: Vec<(Which, Act)>,
}

impl<'a> Item<'a> {
    fn subject(&self, key: &'a str) -> Subject<'a> {
        match self.what {
            What::Marker => Subject { key, bytes: 0, tags: &[] },
            What::Object { bytes, tags, .. } => Subject { key, bytes, tags },
        }
    }

    fn class(&self) -> Option<(u64, StorageClass)> {
        match self.what {
            What::Marker => None,
            What::Object { bytes, class, .. } => Some((bytes, class)),
        }
    }

    /// When it may be removed that is due at a time; `None` for never.
    fn removable(&self, due: Timestamp, calendar: Calendar) -> Option<Timestamp> {
        match self.what {
            What::Marker | What::Object { hold: Hold::Free, .. } => Some(due),
            What::Object { hold: Hold::Until(until), .. } => Some(due.max(calendar.midnight_from(until))),
            What::Object { hold: Hold::Forever | Hold::Waiting, .. } => None,
        }
    }

    /// When it may be moved that is due at a time; `None` for not as it is.
    fn movable(&self, due: Timestamp, calendar: Calendar) -> Option<Timestamp> {
        match self.what {
            What::Object { hold: Hold::Waiting, .. } => None,
            What::Object { busy_until: Some(until), .. } => Some(due.max(calendar.midnight_from(until))),
            What::Object { busy_until: None, .. } | What::Marker => Some(due),
        }
    }
}

/// What is due of a key at a time.
pub fn judge(rules: &Rules, calendar: Calendar, stack: &Stack<'_>, at: Timestamp) -> Verdict {
    let mut acts = Vec::new();
    let mut met = Vec::new();
    for which in stack.all() {
        met.clear();
        stack.candidates(rules, calendar, which, &mut met);
        let due = met.iter().filter(|candidate| candidate.due <= at).map(|candidate| candidate.act);
        if let Some(act) = due.max_by_key(|act| act.weight(stack.end)) {
            acts.push((which, act));
        }
    }
    Verdict { acts }
}

/// When to look at a key again after all that was due at a time is done. What was put off is due at the next midnight.
pub fn next_look(rules: &Rules, calendar: Calendar, after: &Stack<'_>, at: Timestamp) -> Option<Timestamp> {
    let mut met = Vec::new();
    for which in after.all() {
        after.candidates(rules, calendar, which, &mut met);
    }
    let put_off = calendar.midnight_after(at);
    met.iter().map(|candidate| if candidate.due > at { candidate.due } else { put_off }).min()
}

/// When a current version wants to be looked at, at the earliest, whatever lies below it.
pub fn first_look(
    rules: &Rules,
    calendar: Calendar,
    key: &str,
    end: CurrentEnd,
    item: &Item<'_>,
) -> Option<Timestamp> {
    let mut met = Vec::new();
    let stack = Stack { key, end, current: Some(*item), older: Vec::new(), above: 0, more: false };
    stack.candidates(rules, calendar, Which::Current, &mut met);
    met.iter().map(|candidate| candidate.due).min()
}

/// When an older version wants to be looked at, at the earliest. Where newer ones are counted, its coming is itself a reason to look: it may
/// be the one that others waited for.
pub fn first_look_at_older(
    rules: &Rules,
    calendar: Calendar,
    key: &str,
    item: &Item<'_>,
    since: Timestamp,
) -> Option<Timestamp> {
    let mut met = Vec::new();
    older_candidates(rules, calendar, key, item, since, usize::MAX, &mut met);
    let due = met.iter().map(|candidate| candidate.due).min();
    let counted = rules.counts_newer(key).then(|| calendar.midnight_from(since));
    due.into_iter().chain(counted).min()
}

impl Stack<'_> {
    fn all(&self) -> impl Iterator<Item = Which> {
        let current = self.current.is_some().then_some(Which::Current);
        current.into_iter().chain((0..self.older.len()).map(Which::Older))
    }

    fn candidates(&self, rules: &Rules, calendar: Calendar, which: Which, met: &mut Vec<Candidate>) {
        match (which, &self.current) {
            (Which::Current, Some(current)) => self.current_candidates(rules, calendar, current, met),
            (Which::Current, None) => {}
            (Which::Older(index), _) => {
                let (item, since) = &self.older[index];
                older_candidates(rules, calendar, self.key, item, *since, self.above + index, met);
            }
        }
    }

    fn current_candidates(
        &self,
        rules: &Rules,
        calendar: Calendar,
        item: &Item<'_>,
        met: &mut Vec<Candidate>,
    ) {
        let alone = self.older.is_empty() && !self.more;
        for rule in rules.of(&item.subject(self.key)) {
            let expires = rule.expiration.map(|when| when.due(item.modified, calendar));
            match item.what {
                What::Marker => {
                    let lone = rule.lone_markers.then(|| calendar.midnight_from(item.modified));
                    let due = expires.into_iter().chain(lone).min().filter(|_| alone);
                    met.extend(due.map(|due| Candidate { due, act: Act::Remove }));
                }
                What::Object { bytes, class, .. } => {
                    met.extend(expires.and_then(|due| self.end_of(item, due, calendar)));
                    let moves = rule.moves.iter().filter(|to| rules.may_move(rule, bytes, class, to.class));
                    met.extend(moves.filter_map(|to| {
                        let due = item.movable(to.when.due(item.modified, calendar), calendar)?;
                        Some(Candidate { due, act: Act::Move(to.class) })
                    }));
                }
            }
        }
    }

    fn end_of(&self, item: &Item<'_>, due: Timestamp, calendar: Calendar) -> Option<Candidate> {
        match self.end {
            CurrentEnd::Removed => Some(Candidate { due: item.removable(due, calendar)?, act: Act::Remove }),
            CurrentEnd::Replaced => Some(Candidate { due: item.removable(due, calendar)?, act: Act::Cover }),
            CurrentEnd::Covered => Some(Candidate { due, act: Act::Cover }),
        }
    }
}

fn older_candidates(
    rules: &Rules,
    calendar: Calendar,
    key: &str,
    item: &Item<'_>,
    since: Timestamp,
    newer: usize,
    met: &mut Vec<Candidate>,
) {
    let due = |aging: Aging| (newer >= aging.newer_kept as usize).then(|| calendar.due(since, aging.days));
    for rule in rules.of(&item.subject(key)) {
        let end = rule.noncurrent_expiration.and_then(due).and_then(|due| item.removable(due, calendar));
        met.extend(end.map(|due| Candidate { due, act: Act::Remove }));
        let Some((bytes, class)) = item.class() else { continue };
        for to in &rule.noncurrent_moves {
            if rules.may_move(rule, bytes, class, to.class) {
                let due = due(to.aging).and_then(|due| item.movable(due, calendar));
                met.extend(due.map(|due| Candidate { due, act: Act::Move(to.class) }));
            }
        }
    }
}

impl Rules {
    /// Whether older versions of the key may wait for newer ones.
    fn counts_newer(&self, key: &str) -> bool {
        let counts = |rule: &Rule| {
            let ends = rule.noncurrent_expiration.iter().copied();
            let moves = rule.noncurrent_moves.iter().map(|to| to.aging);
            ends.chain(moves).any(|aging| aging.newer_kept > 0)
        };
        self.rules.iter().any(|rule| key.starts_with(&rule.filter.prefix) && counts(rule))
    }

    /// Whether delete markers of the key may go once they are alone.
    pub fn ends_markers(&self, key: &str) -> bool {
        self.rules.iter().any(|rule| {
            key.starts_with(&rule.filter.prefix) && (rule.lone_markers || rule.expiration.is_some())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::calendar::DAY;
    use super::super::rules::{Filter, Move, When};
    use super::*;

    /// 2026-01-15T10:30:00Z.
    const PUT: Timestamp = Timestamp::from_secs(1_768_473_000);
    const CALENDAR: Calendar = Calendar::AWS;

    fn object(class: StorageClass) -> Item<'static> {
        let what = What::Object { bytes: 1 << 20, tags: &[], class, hold: Hold::Free, busy_until: None };
        Item { modified: PUT, what }
    }

    fn rules(rule: Rule) -> Rules {
        Rules { rules: vec![rule], ..Rules::default() }
    }

    fn to(days: u32, class: StorageClass) -> Move {
        Move { when: When::Days(days), class }
    }

    fn current(item: Item<'static>, end: CurrentEnd) -> Stack<'static> {
        Stack { key: "key", end, current: Some(item), older: Vec::new(), above: 0, more: false }
    }

    #[test]
    fn the_end_comes_before_a_move_and_a_move_before_a_marker() {
        let rules = rules(Rule {
            moves: vec![to(1, StorageClass::Glacier), to(1, StorageClass::StandardIa)],
            expiration: Some(When::Days(1)),
            ..Rule::default()
        });
        let due = CALENDAR.due(PUT, 1);
        let act = |end, at| judge(&rules, CALENDAR, &current(object(StorageClass::Standard), end), at).acts;
        let early = due.minus(std::time::Duration::from_secs(1));
        assert!(act(CurrentEnd::Removed, early).is_empty());
        assert_eq!(act(CurrentEnd::Removed, due), [(Which::Current, Act::Remove)]);
        assert_eq!(act(CurrentEnd::Replaced, due), [(Which::Current, Act::Cover)]);
        assert_eq!(act(CurrentEnd::Covered, due), [(Which::Current, Act::Move(StorageClass::Glacier))]);
        // The marker waits a day.
        let moved = current(object(StorageClass::Glacier), CurrentEnd::Covered);
        assert_eq!(next_look(&rules, CALENDAR, &moved, due), Some(due.plus(DAY)));
    }

    #[test]
    fn small_objects_stay_unless_a_size_is_said() {
        let mut rule = Rule { moves: vec![to(0, StorageClass::Glacier)], ..Rule::default() };
        let small = Item {
            modified: PUT,
            what: What::Object {
                bytes: 5,
                tags: &[],
                class: StorageClass::Standard,
                hold: Hold::Free,
                busy_until: None,
            },
        };
        let moves = |rules: &Rules| {
            !judge(rules, CALENDAR, &current(small, CurrentEnd::Removed), PUT.plus(DAY)).acts.is_empty()
        };
        assert!(!moves(&rules(rule.clone())));
        assert!(moves(&Rules { archives_take_small: true, ..rules(rule.clone()) }));
        rule.filter = Filter { larger_than: Some(4), ..Filter::default() };
        assert!(moves(&rules(rule.clone())));
        rule.filter.larger_than = Some(5);
        assert!(!moves(&rules(rule)));
    }

    #[test]
    fn locked_versions_stay_and_are_covered() {
        let expires = rules(Rule {
            expiration: Some(When::Days(1)),
            noncurrent_expiration: Some(Aging { days: 1, newer_kept: 0 }),
            ..Rule::default()
        });
        let locked = |hold| Item {
            modified: PUT,
            what: What::Object { bytes: 5, tags: &[], class: StorageClass::Standard, hold, busy_until: None },
        };
        let at = CALENDAR.due(PUT, 1);
        let until = Hold::Until(at.plus(DAY * 9));
        let covered = current(locked(until), CurrentEnd::Covered);
        assert_eq!(judge(&expires, CALENDAR, &covered, at).acts, [(Which::Current, Act::Cover)]);
        let below = |hold| Stack {
            key: "key",
            end: CurrentEnd::Covered,
            current: Some(Item { modified: PUT, what: What::Marker }),
            older: vec![(locked(hold), PUT)],
            above: 0,
            more: false,
        };
        assert!(judge(&expires, CALENDAR, &below(until), at).acts.is_empty());
        assert_eq!(next_look(&expires, CALENDAR, &below(until), at), Some(at.plus(DAY * 9)));
        assert_eq!(next_look(&expires, CALENDAR, &below(Hold::Forever), at), None);
    }

    #[test]
    fn older_versions_wait_for_newer_ones() {
        let keeps =
            rules(Rule { noncurrent_expiration: Some(Aging { days: 1, newer_kept: 2 }), ..Rule::default() });
        let mut stack = current(object(StorageClass::Standard), CurrentEnd::Covered);
        stack.older = vec![(object(StorageClass::Standard), PUT); 4];
        let acts = judge(&keeps, CALENDAR, &stack, CALENDAR.due(PUT, 1)).acts;
        assert_eq!(acts, [(Which::Older(2), Act::Remove), (Which::Older(3), Act::Remove)]);
        let first = first_look_at_older(&keeps, CALENDAR, "key", &object(StorageClass::Standard), PUT);
        assert_eq!(first, Some(CALENDAR.midnight_from(PUT)));
    }

    #[test]
    fn a_marker_goes_once_it_is_alone() {
        let rules = rules(Rule {
            lone_markers: true,
            noncurrent_expiration: Some(Aging { days: 1, newer_kept: 0 }),
            ..Rule::default()
        });
        let marker = Item { modified: PUT, what: What::Marker };
        let mut stack = current(marker, CurrentEnd::Covered);
        stack.older = vec![(object(StorageClass::Standard), PUT)];
        let at = CALENDAR.due(PUT, 1);
        assert_eq!(judge(&rules, CALENDAR, &stack, at).acts, [(Which::Older(0), Act::Remove)]);
        stack.older.clear();
        assert_eq!(next_look(&rules, CALENDAR, &stack, at), Some(at.plus(DAY)));
        assert_eq!(judge(&rules, CALENDAR, &stack, at.plus(DAY)).acts, [(Which::Current, Act::Remove)]);
    }
}
