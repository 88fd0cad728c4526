//! What was measured, by time: put, read, and rolled up as it ages.
//!
//! | resolution | kept |
//! |---|---|
//! | 1 s, if it was asked for | 3 hours |
//! | 1 min | 15 days |
//! | 5 min | 63 days |
//! | 1 h | 455 days |
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html>, Metrics retention. A row older than its resolution is kept is
//! merged into one of the next by the roll-up; a reader takes it for one of the next already.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use base::Timestamp;
use service::Stop;
use store::{Commit, Row};
use tokio::sync::{Mutex, MutexGuard};

use super::error::Error;
use super::metrics::Metric;
use super::{CloudWatch, TRIES};
use crate::tables::{MetricKey, POINTS, PointKey, PointRow, Scope, Series};

/// Resolutions, finest first, and how long each is kept.
pub const TIERS: [(u32, Duration); 4] = [
    (1, Duration::from_secs(3 * 3_600)),
    (60, Duration::from_secs(15 * 86_400)),
    (300, Duration::from_secs(63 * 86_400)),
    (3_600, Duration::from_secs(455 * 86_400)),
];

/// Rows read at once.
const READ_AT_ONCE: usize = 1_000;
/// Bytes of rows that one commit of a put holds; a larger put is several commits.
const COMMIT_BYTES: usize = 1 << 20;
/// Rows that the roll-up looks at, and moves in one commit.
const LOOKED_AT_ONCE: usize = 64;

/// One thing measured.
#[derive(Clone, PartialEq, Debug)]
pub struct Datum {
    /// Of what.
    pub metric: Metric,
    /// When.
    pub at: Timestamp,
    /// In what unit (`units`).
    pub unit: u8,
    /// Kept by the second at first.
    pub high_resolution: bool,
    /// The samples.
    pub samples: PointRow,
}

/// Puts to the same series (or stream) go one after another: a lock for each of some classes of them, so that they do not lose against each other over
/// and over.
pub(super) struct Stripes([Mutex<()>; STRIPES]);

const STRIPES: usize = 64;

impl Default for Stripes {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Mutex::default()))
    }
}

impl Stripes {
    /// Waits until nobody else of its class goes on.
    pub(super) async fn lock(&self, id: u128) -> MutexGuard<'_, ()> {
        self.0[stripe(Series(id))].lock().await
    }
}

/// The finest resolution that a stretch of time beginning then is still kept at; `None` when it is kept at none.
pub fn resolution_at(start: Timestamp, now: Timestamp) -> Option<u32> {
    let age = now.since(start);
    TIERS.iter().find(|(_, kept)| age <= *kept).map(|(resolution, _)| *resolution)
}

/// The start of the stretch of this length that a time lies in.
pub fn aligned(secs: i64, resolution: u32) -> i64 {
    secs.div_euclid(i64::from(resolution)) * i64::from(resolution)
}

/// Whether a row is finer than it is kept.
fn is_late(key: &PointKey, now: Timestamp) -> bool {
    resolution_at(Timestamp::from_secs(key.start_secs), now).is_none_or(|kept| kept > key.resolution_secs)
}

fn stripe(series: Series) -> usize {
    (series.0 % STRIPES as u128) as usize
}

impl CloudWatch {
    /// Keeps what was measured. Durable when it returns. A failure in between leaves what was committed before it.
    pub async fn put(&self, scope: &Scope, data: Vec<Datum>) -> Result<(), Error> {
        let now = self.clock.now();
        let mut metrics: BTreeMap<Series, Metric> = BTreeMap::new();
        let mut points: BTreeMap<PointKey, PointRow> = BTreeMap::new();
        for datum in data {
            let series = datum.metric.series(scope);
            let finest = if datum.high_resolution { 1 } else { 60 };
            let Some(kept_at) = resolution_at(datum.at, now) else { continue };
            let resolution = kept_at.max(finest);
            let key = PointKey {
                series,
                start_secs: aligned(datum.at.as_secs(), resolution),
                resolution_secs: resolution,
                unit: datum.unit,
            };
            metrics.entry(series).or_insert(datum.metric);
            points.entry(key).or_default().merge(&datum.samples);
        }
        let mut part = BTreeMap::new();
        let mut bytes = 0;
        for (key, samples) in points {
            // A merged row may grow to the bound of values; key and row of the metric come along.
            let dimensions = &metrics[&key.series].dimensions;
            bytes += 256
                + 18 * samples.values.len()
                + dimensions.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>();
            part.insert(key, samples);
            if bytes >= COMMIT_BYTES / 2 {
                self.put_part(scope, &metrics, std::mem::take(&mut part)).await?;
                bytes = 0;
            }
        }
        if part.is_empty() { Ok(()) } else { self.put_part(scope, &metrics, part).await }
    }

    async fn put_part(
        &self,
        scope: &Scope,
        metrics: &BTreeMap<Series, Metric>,
        part: BTreeMap<PointKey, PointRow>,
    ) -> Result<(), Error> {
        let mut stripes: Vec<usize> = part.keys().map(|key| stripe(key.series)).collect();
        stripes.sort_unstable();
        stripes.dedup();
        let mut held = Vec::with_capacity(stripes.len());
        // In rising order, as everybody takes them.
        for stripe in stripes {
            held.push(self.stripes.0[stripe].lock().await);
        }
        for _ in 0..TRIES {
            let mut commit = self.commit();
            let mut seen = Vec::new();
            let mut told = HashSet::new();
            let snapshot = self.store.snapshot();
            for (key, samples) in &part {
                let before = POINTS.get(&*snapshot, key).await?;
                write_merged(&mut commit, key, before.as_ref(), samples);
                if told.insert(key.series) {
                    seen.extend(self.see(scope, &metrics[&key.series], &mut commit));
                }
            }
            if self.settle(commit).await? {
                self.saw(seen);
                return Ok(());
            }
        }
        Err(Error::contended())
    }

    /// What was measured of a series from `start` to `end` (exclusive), in order, as far as it is kept at `period` or finer.
    pub async fn points(
        &self,
        series: Series,
        start_secs: i64,
        end_secs: i64,
        period_secs: u32,
        unit: Option<u8>,
    ) -> Result<Vec<(PointKey, PointRow)>, Error> {
        let now = self.clock.now();
        let snapshot = self.store.snapshot();
        let key = |start_secs| POINTS.key(&PointKey { series, start_secs, resolution_secs: 0, unit: 0 });
        let (mut start, end) = (key(start_secs), key(end_secs));
        let mut points = Vec::new();
        loop {
            let rows = POINTS.scan(&*snapshot, (start, end.clone()), READ_AT_ONCE).await?;
            let full = rows.len() == READ_AT_ONCE;
            let last = rows.last().map(|(key, _)| store::key_after(&POINTS.key(key)));
            points.extend(rows.into_iter().filter_map(|(key, row)| {
                let kept_at = resolution_at(Timestamp::from_secs(key.start_secs), now)?;
                let resolution = kept_at.max(key.resolution_secs);
                let wanted = resolution <= period_secs && unit.is_none_or(|unit| unit == key.unit);
                wanted.then_some((key, row.value))
            }));
            match last {
                Some(next) if full => start = next,
                Some(_) | None => return Ok(points),
            }
        }
    }

    /// Moves everything that is older than its resolution is kept to the next, for all metrics, and forgets what is older than any.
    pub(crate) async fn roll_up(&self, stop: &Stop) -> Result<(), Error> {
        let mut after: Option<MetricKey> = None;
        while !stop.is_asked() {
            let page = self.every_metric(after.as_ref()).await?;
            let Some((last, _)) = page.last() else { break };
            after = Some(last.clone());
            for (key, row) in page {
                if stop.is_asked() {
                    return Ok(());
                }
                self.roll_up_series(key.series).await?;
                let oldest = self.clock.now().minus(TIERS[TIERS.len() - 1].1);
                if row.seen() < oldest {
                    self.forget_metric(&key, &row).await?;
                }
            }
        }
        Ok(())
    }

    async fn roll_up_series(&self, series: Series) -> Result<(), Error> {
        let _held = self.stripes.0[stripe(series)].lock().await;
        let now = self.clock.now();
        let key = |at: Timestamp| {
            POINTS.key(&PointKey { series, start_secs: at.as_secs(), resolution_secs: 0, unit: 0 })
        };
        let mut from = key(Timestamp::EPOCH);
        for (_, kept) in TIERS.iter().rev() {
            let (start, mut end) = (from, key(now.minus(*kept)));
            from = end.clone();
            // What became late since the last time lies at the newer end: backwards, until a page holds nothing late.
            loop {
                let rows =
                    POINTS.scan_back(&*self.store.snapshot(), (start.clone(), end), LOOKED_AT_ONCE).await?;
                let Some((oldest, _)) = rows.last() else { break };
                end = POINTS.key(oldest);
                let late: Vec<_> = rows.into_iter().filter(|(key, _)| is_late(key, now)).collect();
                if late.is_empty() {
                    break;
                }
                self.move_up(late, now).await?;
            }
        }
        Ok(())
    }

    async fn move_up(&self, due: Vec<(PointKey, Row<PointRow>)>, now: Timestamp) -> Result<(), Error> {
        let mut commit = self.commit();
        let mut targets: BTreeMap<PointKey, PointRow> = BTreeMap::new();
        for (key, row) in &due {
            commit.unchanged(POINTS, key, Some(row)).delete(POINTS, key);
            if let Some(resolution) = resolution_at(Timestamp::from_secs(key.start_secs), now) {
                let start_secs = aligned(key.start_secs, resolution);
                let target = PointKey { start_secs, resolution_secs: resolution, ..*key };
                targets.entry(target).or_default().merge(&row.value);
            }
        }
        let snapshot = self.store.snapshot();
        for (key, samples) in &targets {
            let before = POINTS.get(&*snapshot, key).await?;
            write_merged(&mut commit, key, before.as_ref(), samples);
        }
        // If something is otherwise by now, the next round sees it.
        self.settle(commit).await.map(|_| ())
    }
}

fn write_merged(commit: &mut Commit, key: &PointKey, before: Option<&Row<PointRow>>, samples: &PointRow) {
    let mut row = before.map(|row| row.value.clone()).unwrap_or_default();
    row.merge(samples);
    commit.unchanged(POINTS, key, before).put(POINTS, key, &row);
}
