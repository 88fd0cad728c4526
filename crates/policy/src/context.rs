//! Condition keys: what is known about a request.
//!
//! Most requests meet no policy that asks for one, so nothing is computed before it is asked for. Values come, in this order, from what the
//! room said ([`Context::of`], [`Context::with`]), from the question itself (who asks, whose the resource is, what time it is), and from a
//! [`Source`] that computes them on demand. Names are blind to case, tag keys behind the `/` included; a linear search over a handful of
//! pairs is faster than a map that has to be built.

use std::borrow::Cow;
use std::net::IpAddr;

use base::{AccountId, Timestamp};

use crate::memo::{Lone, Memo, NameHash};
use crate::principal::Who;
use crate::value;

/// Computes condition keys on demand.
pub trait Source {
    /// Calls `found` with each value of the key whose name, in lower case, is `key` (`aws:sourceip`, `aws:principaltag/team`); not at all
    /// if the request has no such key.
    fn values(&self, key: &str, found: &mut dyn FnMut(&str));
}

/// The condition keys of one request. A key that stands several times has several values.
#[derive(Default)]
pub struct Context<'a> {
    pairs: &'a [(Cow<'static, str>, String)],
    own: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    source: Option<&'a dyn Source>,
    now: Option<Timestamp>,
}

impl<'a> Context<'a> {
    /// No keys but those that the question itself answers.
    pub fn new() -> Self {
        Self::default()
    }

    /// These keys, borrowed.
    pub fn of(pairs: &'a [(Cow<'static, str>, String)]) -> Self {
        Self { pairs, ..Self::default() }
    }

    /// Adds a value of a key.
    pub fn with(mut self, key: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) -> Self {
        self.own.push((key.into(), value.into()));
        self
    }

    /// Whatever is not given and does not follow from the question is asked of this.
    pub fn behind(mut self, source: &'a dyn Source) -> Self {
        self.source = Some(source);
        self
    }

    /// When the request came: `aws:CurrentTime`, `aws:EpochTime`.
    pub fn at(mut self, now: Timestamp) -> Self {
        self.now = Some(now);
        self
    }
}

impl std::fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map()
            .entries(self.pairs.iter().map(|(k, v)| (k, v)))
            .entries(self.own.iter().map(|(k, v)| (k, v)))
            .finish()
    }
}

/// The keys of one question: its context, and what it says itself.
pub(crate) struct Keys<'a> {
    pub context: &'a Context<'a>,
    pub who: &'a Who<'a>,
    pub owner: AccountId,
    pub memo: Memo,
}

impl Keys<'_> {
    /// As [`Keys::single`], looked up once for all policies of the request.
    pub fn variable(&self, key: &str, hash: NameHash) -> Option<Cow<'_, str>> {
        match self.memo.of(key, hash) {
            Some(known) => {
                let found = || self.single(key).map(|value| value.into_owned().into_boxed_str());
                known.single.get_or_init(found).as_deref().map(Cow::Borrowed)
            }
            None => self.single(key),
        }
    }

    /// The key's value as an address, if it has exactly one.
    pub fn address(&self, key: &str, hash: NameHash) -> Lone<IpAddr> {
        let read = || self.lone(key, |value| value.parse().ok());
        self.memo.of(key, hash).map_or_else(read, |known| *known.address.get_or_init(read))
    }

    /// The key's value as a number, if it has exactly one.
    pub fn number(&self, key: &str, hash: NameHash) -> Lone<f64> {
        let read = || self.lone(key, value::number);
        self.memo.of(key, hash).map_or_else(read, |known| *known.number.get_or_init(read))
    }

    fn lone<T>(&self, key: &str, read: impl Fn(&str) -> Option<T>) -> Lone<T> {
        let (mut found, mut count) = (None, 0_usize);
        let present = self.each(key, &mut |value| {
            count += 1;
            found = read(value);
        });
        match count {
            1 => Lone::One(found),
            _ if present => Lone::Several,
            _ => Lone::Absent,
        }
    }

    /// Calls `found` with each value of the key (in lower case); says whether there was any.
    pub fn each(&self, key: &str, found: &mut dyn FnMut(&str)) -> bool {
        let mut any = false;
        for (_, value) in self.context.pairs.iter().filter(|(name, _)| same_name(name, key)) {
            any = true;
            found(value);
        }
        for (_, value) in self.context.own.iter().filter(|(name, _)| same_name(name, key)) {
            any = true;
            found(value);
        }
        if any {
            return true;
        }
        if let Some(value) = self.derived(key) {
            found(&value);
            return true;
        }
        if let Some(source) = self.context.source {
            source.values(key, &mut |value| {
                any = true;
                found(value);
            });
        }
        any
    }

    /// The key's value, if it has exactly one: variables take no others.
    pub fn single(&self, key: &str) -> Option<Cow<'_, str>> {
        let pairs = self
            .context
            .pairs
            .iter()
            .filter(|(name, _)| same_name(name, key))
            .map(|(_, value)| value.as_str());
        let own = self.context.own.iter().filter(|(name, _)| same_name(name, key)).map(|(_, value)| &**value);
        let mut said = pairs.chain(own);
        if let Some(value) = said.next() {
            return if said.next().is_some() { None } else { Some(Cow::Borrowed(value)) };
        }
        if let Some(value) = self.derived(key) {
            return Some(value);
        }
        let (mut value, mut count) = (None, 0);
        self.context.source?.values(key, &mut |text| {
            count += 1;
            value = Some(Cow::Owned(text.to_owned()));
        });
        value.filter(|_| count == 1)
    }

    /// The time of the request, if that is what the key asks for and nobody said otherwise.
    pub fn now(&self, key: &str) -> Option<Timestamp> {
        let asked = key == "aws:currenttime" || key == "aws:epochtime";
        let plain = asked && !self.said(key);
        self.context.now.filter(|_| plain).map(Timestamp::cut_to_secs)
    }

    fn said(&self, key: &str) -> bool {
        let pairs = self.context.pairs.iter().any(|(name, _)| same_name(name, key));
        pairs || self.context.own.iter().any(|(name, _)| same_name(name, key))
    }

    /// Whether the key is there.
    pub fn has(&self, key: &str) -> bool {
        self.each(key, &mut |_| ())
    }

    fn derived(&self, key: &str) -> Option<Cow<'_, str>> {
        let name = key.strip_prefix("aws:")?;
        match name {
            "currenttime" => self.context.now.map(|now| value::iso(now).into()),
            "epochtime" => self.context.now.map(|now| now.as_secs().to_string().into()),
            "resourceaccount" => Some(self.owner.to_string().into()),
            _ => self.who.key(name),
        }
    }

    /// The keys of a request about which nothing is known, for tests of what needs none.
    #[cfg(test)]
    pub fn with_none<T>(ask: impl FnOnce(&Keys<'_>) -> T) -> T {
        let context = Context::new();
        let who = Who { account: AccountId::DEFAULT, kind: crate::Kin::Anonymous, canonical: None };
        ask(&Keys { context: &context, who: &who, owner: AccountId::DEFAULT, memo: Memo::default() })
    }
}

/// Whether a name is this key, which is in lower case.
fn same_name(name: &str, key: &str) -> bool {
    if name.len() == key.len() && name.eq_ignore_ascii_case(key) {
        return true;
    }
    !name.is_ascii() && name.to_lowercase() == key
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kin;

    struct Team;

    impl Source for Team {
        fn values(&self, key: &str, found: &mut dyn FnMut(&str)) {
            if key == "aws:principaltag/team" {
                found("blue");
            }
        }
    }

    #[test]
    fn names_are_blind_to_case_and_what_the_room_said_comes_first() {
        let pairs = [(Cow::Borrowed("aws:RequestTag/Küche"), "x".to_owned())];
        let context = Context::of(&pairs).with("aws:TagKeys", "a").with("AWS:tagkeys", "b").behind(&Team);
        let who = Who { account: AccountId::DEFAULT, kind: Kin::Root, canonical: None };
        let keys = Keys { context: &context, who: &who, owner: AccountId::DEFAULT, memo: Memo::default() };
        assert_eq!(keys.single("aws:requesttag/küche").as_deref(), Some("x"));
        let mut tag_keys = Vec::new();
        assert!(keys.each("aws:tagkeys", &mut |value| tag_keys.push(value.to_owned())));
        assert_eq!(tag_keys, ["a", "b"]);
        assert_eq!(keys.single("aws:tagkeys"), None, "a variable takes no key of several values");
        assert_eq!(keys.single("aws:principaltag/team").as_deref(), Some("blue"));
        assert_eq!(keys.single("aws:resourceaccount").as_deref(), Some("000000000000"));
        assert_eq!(keys.single("aws:principaltype").as_deref(), Some("Account"));
        assert!(!keys.has("aws:currenttime"));
    }
}
