//! Which metrics there are: identities, the rows that list them, and listings.
//!
//! A metric exists from its first datum on. Its row says when it was last seen, but is not written with every datum: only when what it says is older than
//! [`SEEN_STEP`]. Which rows were written lately is remembered in memory, bounded; to forget costs a write, not truth.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use base::Timestamp;
use store::{Commit, Key, key_after};

use super::CloudWatch;
use super::error::{Error, Why};
use crate::tables::{METRICS, MetricKey, MetricRow, Scope, Series};

/// How far a row's last sight may be behind.
const SEEN_STEP: Duration = Duration::from_secs(300);
/// Metrics remembered as written.
const KNOWN_MAX: usize = 100_000;
/// Metrics of a page (CloudWatch, API reference, ListMetrics).
pub const PAGE: usize = 500;
/// Rows looked at for a page; beyond that the page stays short.
const SCANNED_MAX: usize = 10_000;
/// Rows read at once.
const READ_AT_ONCE: usize = 500;
/// What is listed was seen within this time (ListMetrics).
const LISTED_FOR: Duration = Duration::from_secs(14 * 86_400);
/// What is recently active.
const ACTIVE_FOR: Duration = Duration::from_secs(3 * 3_600);

/// A metric as a request names it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Metric {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Names and values, sorted.
    pub dimensions: Vec<(String, String)>,
}

impl Metric {
    /// With dimensions in any order.
    pub fn new(namespace: String, name: String, mut dimensions: Vec<(String, String)>) -> Self {
        dimensions.sort();
        Self { namespace, name, dimensions }
    }

    /// What stands for it in keys.
    pub fn series(&self, scope: &Scope) -> Series {
        let mut text = Vec::with_capacity(128);
        let mut part = |part: &str| {
            text.extend_from_slice(&(part.len() as u32).to_be_bytes());
            text.extend_from_slice(part.as_bytes());
        };
        part(scope.region.as_str());
        part(&self.namespace);
        part(&self.name);
        for (name, value) in &self.dimensions {
            part(name);
            part(value);
        }
        text.extend_from_slice(&scope.account.as_u64().to_be_bytes());
        let digest = crypt::sha256(&text);
        let half = digest.first_chunk::<16>().expect("a digest has 32 bytes");
        Series(u128::from_be_bytes(*half))
    }

    fn key(&self, scope: &Scope) -> MetricKey {
        MetricKey {
            scope: scope.clone(),
            namespace: self.namespace.clone(),
            name: self.name.clone(),
            series: self.series(scope),
        }
    }
}

/// Which rows were written lately, and what they say.
#[derive(Default)]
pub(super) struct Known(Mutex<HashMap<Series, Timestamp>>);

impl Known {
    /// Whether the row has to be written for a sight at `now`.
    fn is_due(&self, series: Series, now: Timestamp) -> bool {
        let known = self.0.lock().expect("nothing panics while the map is held");
        known.get(&series).is_none_or(|seen| now.since(*seen) >= SEEN_STEP)
    }

    fn wrote(&self, series: Series, now: Timestamp) {
        let mut known = self.0.lock().expect("nothing panics while the map is held");
        if known.len() >= KNOWN_MAX {
            known.clear();
        }
        known.insert(series, now);
    }

    fn forget(&self, series: Series) {
        self.0.lock().expect("nothing panics while the map is held").remove(&series);
    }
}

/// What to list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this namespace.
    pub namespace: Option<String>,
    /// Of this name.
    pub name: Option<String>,
    /// That have these dimensions, with this value if one is given.
    pub dimensions: Vec<(String, Option<String>)>,
    /// Seen in the last three hours.
    pub recently_active: bool,
}

impl Filter {
    fn takes(&self, key: &MetricKey, row: &MetricRow) -> bool {
        let has = |(name, value): &(String, Option<String>)| {
            row.dimensions
                .iter()
                .any(|(there, holds)| there == name && value.as_ref().is_none_or(|value| value == holds))
        };
        self.namespace.as_ref().is_none_or(|namespace| *namespace == key.namespace)
            && self.name.as_ref().is_none_or(|name| *name == key.name)
            && self.dimensions.iter().all(has)
    }

    fn range(&self, scope: &Scope) -> (Key, Key) {
        METRICS.prefix(|key| {
            scope.write(key);
            if let Some(namespace) = &self.namespace {
                key.text(namespace);
                if let Some(name) = &self.name {
                    key.text(name);
                }
            }
        })
    }

    /// What a page token is good for.
    fn purpose(&self, scope: &Scope) -> String {
        format!("ListMetrics {} {} {self:?}", scope.account, scope.region)
    }
}

impl CloudWatch {
    /// Adds the row of a metric to a commit, if it is time to write it.
    pub(super) fn see(&self, scope: &Scope, metric: &Metric, commit: &mut Commit) -> Option<Series> {
        let now = self.clock.now();
        let key = metric.key(scope);
        if !self.known.is_due(key.series, now) {
            return None;
        }
        let row = MetricRow { dimensions: metric.dimensions.clone(), seen_micros: now.as_micros() };
        commit.put(METRICS, &key, &row);
        Some(key.series)
    }

    /// Says that rows which [`CloudWatch::see`] added were written.
    pub(super) fn saw(&self, series: impl IntoIterator<Item = Series>) {
        let now = self.clock.now();
        series.into_iter().for_each(|series| self.known.wrote(series, now));
    }

    /// A page of metrics, and the token of the next.
    pub async fn list_metrics(
        &self,
        scope: &Scope,
        filter: &Filter,
        token: Option<&str>,
    ) -> Result<(Vec<Metric>, Option<String>), Error> {
        let purpose = filter.purpose(scope);
        let (mut start, end) = filter.range(scope);
        if let Some(token) = token {
            let after = self.tokens.open(&purpose, token);
            let after = after.map_err(|_| Error::new(Why::InvalidToken, "Request token is invalid"))?;
            start = key_after(&after);
        }
        let kept_for = if filter.recently_active { ACTIVE_FOR } else { LISTED_FOR };
        // The row may be behind by a step.
        let since = self.clock.now().minus(kept_for + SEEN_STEP);
        let snapshot = self.store.snapshot();
        let mut listed = Vec::new();
        let mut scanned = 0;
        loop {
            let rows = METRICS.scan(&*snapshot, (start.clone(), end.clone()), READ_AT_ONCE).await?;
            let more = rows.len() == READ_AT_ONCE;
            scanned += rows.len();
            for (key, row) in rows {
                start = key_after(&METRICS.key(&key));
                if row.value.seen() < since || !filter.takes(&key, &row.value) {
                    continue;
                }
                let last = METRICS.key(&key);
                listed.push(Metric {
                    namespace: key.namespace,
                    name: key.name,
                    dimensions: row.value.dimensions,
                });
                if listed.len() == PAGE {
                    return Ok((listed, Some(self.tokens.seal(&purpose, &last))));
                }
            }
            if !more {
                return Ok((listed, None));
            }
            if scanned >= SCANNED_MAX {
                // The key before where it goes on: without the byte that `key_after` put behind it.
                let last = start.slice(..start.len() - 1);
                return Ok((listed, Some(self.tokens.seal(&purpose, &last))));
            }
        }
    }

    /// Metrics of every account, for the roll-up: a page of keys and rows after a key.
    pub(super) async fn every_metric(
        &self,
        after: Option<&MetricKey>,
    ) -> Result<Vec<(MetricKey, MetricRow)>, Error> {
        let (start, end) = METRICS.prefix(|_| {});
        let start = after.map_or(start, |key| key_after(&METRICS.key(key)));
        let rows = METRICS.scan(&*self.store.snapshot(), (start, end), READ_AT_ONCE).await?;
        Ok(rows.into_iter().map(|(key, row)| (key, row.value)).collect())
    }

    /// Removes the row of a metric that holds nothing any more, unless a datum came.
    pub(super) async fn forget_metric(&self, key: &MetricKey, row: &MetricRow) -> Result<(), Error> {
        let snapshot = self.store.snapshot();
        let Some(seen) = METRICS.get(&*snapshot, key).await? else { return Ok(()) };
        if seen.value != *row {
            return Ok(());
        }
        let mut commit = self.commit();
        commit.unchanged(METRICS, key, Some(&seen)).delete(METRICS, key);
        self.known.forget(key.series);
        self.settle(commit).await.map(|_| ())
    }
}
