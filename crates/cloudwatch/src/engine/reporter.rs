//! What the other services tell of themselves: gathered in memory, written down by the minute.
//!
//! To tell costs a hash and a short lock. Measurements of a minute are put together where they are and become points when it is over, all in
//! one go; lines of logs are written after a moment. Both are bounded: what does not fit is dropped and counted, and the count is logged. What was told
//! in the last minute is lost when the process is killed, as it would be lost on the way to CloudWatch.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use base::{AccountId, Region, Timestamp};
use ports::{Measurement, Metrics};
use service::{Stop, Timer};
use tokio::sync::Notify;

use super::CloudWatch;
use super::error::Error;
use super::logs::events::NewEvent;
use super::metrics::Metric;
use super::points::{Datum, aligned};
use super::units;
use crate::tables::{PointRow, Scope};

/// Maps of measurements, so that services do not wait for each other.
const SHARDS: usize = 16;
/// Series and minutes of one map.
const GATHERED_MAX: usize = 4_000;
/// Samples of a series kept as they came, before they are put together.
const LOOSE_MAX: usize = 256;
/// Lines that wait.
const LINES_MAX: usize = 10_000;
/// Their bytes.
const LINES_BYTES_MAX: usize = 8 << 20;
/// The length of a minute.
const MINUTE: Duration = Duration::from_secs(60);
/// How long lines wait for company.
const LINES_WAIT: Duration = Duration::from_secs(1);

/// What was told and is not written down yet.
pub(super) struct Reporter {
    hasher: RandomState,
    gathered: [Mutex<HashMap<u64, Gathered>>; SHARDS],
    lines: Mutex<Lines>,
    /// Wakes the task that writes lines.
    told: Notify,
    dropped: AtomicU64,
}

impl Default for Reporter {
    fn default() -> Self {
        Self {
            hasher: RandomState::new(),
            gathered: std::array::from_fn(|_| Mutex::default()),
            lines: Mutex::default(),
            told: Notify::new(),
            dropped: AtomicU64::new(0),
        }
    }
}

/// A minute of a series.
struct Gathered {
    scope: Scope,
    metric: Metric,
    unit: u8,
    minute_secs: i64,
    samples: PointRow,
    loose: Vec<f64>,
}

impl Gathered {
    fn add(&mut self, value: f64) {
        self.loose.push(value);
        if self.loose.len() >= LOOSE_MAX {
            self.put_together();
        }
    }

    fn put_together(&mut self) {
        self.loose.sort_by(f64::total_cmp);
        let mut all = PointRow::default();
        for same in self.loose.chunk_by(|a, b| a == b) {
            let (value, count) = (same[0], same.len() as f64);
            all.count += count;
            all.sum += value * count;
            all.values.push((value, count));
        }
        if let (Some(first), Some(last)) = (self.loose.first(), self.loose.last()) {
            (all.min, all.max) = (*first, *last);
        }
        self.samples.merge(&all);
        self.loose.clear();
    }
}

#[derive(Default)]
struct Lines {
    waiting: Vec<Line>,
    bytes: usize,
}

struct Line {
    scope: Scope,
    group: String,
    stream: String,
    event: NewEvent,
}

impl Reporter {
    fn record(&self, now: Timestamp, scope: (AccountId, &Region), measured: Measurement<'_>) {
        if !measured.value.is_finite() {
            return;
        }
        let minute_secs = aligned(now.as_secs(), 60);
        let id = (scope, measured.namespace, measured.name, measured.dimensions, measured.unit, minute_secs);
        let hash = self.hasher.hash_one(id);
        let shard = &self.gathered[(hash % SHARDS as u64) as usize];
        let mut gathered = shard.lock().expect("nothing panics while the map is held");
        if let Some(known) = gathered.get_mut(&hash) {
            return known.add(measured.value);
        }
        if gathered.len() >= GATHERED_MAX {
            self.dropped.fetch_add(1, Ordering::Relaxed);
            return;
        }
        let pair = |(name, value): &(&'static str, &str)| ((*name).to_owned(), (*value).to_owned());
        let dimensions = measured.dimensions.iter().map(pair).collect();
        let mut new = Gathered {
            scope: Scope { account: scope.0, region: scope.1.clone() },
            metric: Metric::new(measured.namespace.to_owned(), measured.name.to_owned(), dimensions),
            unit: units::number(measured.unit),
            minute_secs,
            samples: PointRow::default(),
            loose: Vec::new(),
        };
        new.add(measured.value);
        gathered.insert(hash, new);
    }

    /// Takes out what was gathered: all of it, or that of minutes which are over.
    fn take(&self, before_secs: Option<i64>) -> HashMap<Scope, Vec<Datum>> {
        let mut data: HashMap<Scope, Vec<Datum>> = HashMap::new();
        for shard in &self.gathered {
            let mut gathered = shard.lock().expect("nothing panics while the map is held");
            let over = |one: &Gathered| before_secs.is_none_or(|before| one.minute_secs < before);
            for (_, mut one) in gathered.extract_if(|_, one| over(one)) {
                one.put_together();
                data.entry(one.scope).or_default().push(Datum {
                    metric: one.metric,
                    at: Timestamp::from_secs(one.minute_secs),
                    unit: one.unit,
                    high_resolution: false,
                    samples: one.samples,
                });
            }
        }
        data
    }

    fn log(&self, line: Line) {
        let mut lines = self.lines.lock().expect("nothing panics while lines are held");
        let bytes = line.event.message.len();
        if lines.waiting.len() >= LINES_MAX || lines.bytes + bytes > LINES_BYTES_MAX {
            self.dropped.fetch_add(1, Ordering::Relaxed);
            return;
        }
        lines.bytes += bytes;
        lines.waiting.push(line);
        drop(lines);
        self.told.notify_one();
    }

    fn take_lines(&self) -> Vec<Line> {
        std::mem::take(&mut *self.lines.lock().expect("nothing panics while lines are held")).waiting
    }
}

impl Metrics for CloudWatch {
    fn record(&self, account: AccountId, region: &Region, measurement: Measurement<'_>) {
        self.reporter.record(self.clock.now(), (account, region), measurement);
    }

    fn log(
        &self,
        account: AccountId,
        region: &Region,
        group: &str,
        stream: &str,
        at: Timestamp,
        message: String,
    ) {
        if message.is_empty() {
            return;
        }
        let scope = Scope { account, region: region.clone() };
        let event = NewEvent { at_millis: at.as_millis(), message };
        self.reporter.log(Line { scope, group: group.to_owned(), stream: stream.to_owned(), event });
    }
}

impl CloudWatch {
    /// Writes down every minute when it is over, and what is left when it is time to end.
    pub(crate) async fn write_measurements(&self, timer: &Timer, stop: &Stop) -> Result<(), Error> {
        loop {
            let next = Timestamp::from_secs(aligned(self.clock.now().as_secs(), 60)).plus(MINUTE);
            if stop.unless(timer.sleep_until(next)).await.is_none() {
                return self.write_gathered(None).await;
            }
            self.write_gathered(Some(aligned(self.clock.now().as_secs(), 60))).await?;
        }
    }

    /// Writes down what was measured: all of it, or that of minutes which began before a time.
    pub(crate) async fn write_gathered(&self, before_secs: Option<i64>) -> Result<(), Error> {
        for (scope, data) in self.reporter.take(before_secs) {
            // One account's failure costs no other its minute.
            if let Err(error) = self.put(&scope, data).await {
                tracing::warn!(%error, account = %scope.account, "measurements of the services' own were not written");
            }
        }
        let dropped = self.reporter.dropped.swap(0, Ordering::Relaxed);
        if dropped > 0 {
            tracing::warn!(dropped, "measurements and lines of the services' own did not fit");
        }
        Ok(())
    }

    /// Writes lines down as they come, and what is left when it is time to end.
    pub(crate) async fn write_lines(&self, timer: &Timer, stop: &Stop) -> Result<(), Error> {
        loop {
            let more = async {
                self.reporter.told.notified().await;
                timer.sleep(LINES_WAIT).await;
            };
            let ends = stop.unless(more).await.is_none();
            self.write_waiting_lines().await?;
            if ends {
                return Ok(());
            }
        }
    }

    /// Writes down the lines that wait.
    pub(crate) async fn write_waiting_lines(&self) -> Result<(), Error> {
        let mut batches: HashMap<(Scope, String, String), Vec<NewEvent>> = HashMap::new();
        for line in self.reporter.take_lines() {
            batches.entry((line.scope, line.group, line.stream)).or_default().push(line.event);
        }
        for ((scope, group, stream), events) in batches {
            if let Err(error) = self.report_events(&scope, &group, &stream, events).await {
                tracing::warn!(%error, group, stream, "lines of a service's own were not written");
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured<'a>(stream: &'a [(&'static str, &'a str)], value: f64) -> Measurement<'a> {
        Measurement {
            namespace: "AWS/Kinesis",
            name: "IncomingBytes",
            dimensions: stream,
            unit: "Bytes",
            value,
        }
    }

    #[test]
    fn a_minute_of_a_series_is_one_datum() {
        let reporter = Reporter::default();
        let region = Region::us_east_1();
        for second in 0..120 {
            let now = Timestamp::from_secs(6_000 + second);
            reporter.record(
                now,
                (AccountId::DEFAULT, &region),
                measured(&[("StreamName", "s")], second as f64),
            );
        }
        let data = reporter.take(Some(6_060)).into_values().flatten().collect::<Vec<_>>();
        assert_eq!(data.len(), 1);
        let samples = &data[0].samples;
        assert_eq!((samples.count, samples.sum, samples.min, samples.max), (60.0, 1_770.0, 0.0, 59.0));
        let rest = reporter.take(None).into_values().flatten().collect::<Vec<_>>();
        assert_eq!((rest.len(), rest[0].samples.min), (1, 60.0));
        assert!(reporter.take(None).is_empty());
    }

    #[test]
    fn what_does_not_fit_is_dropped_and_counted() {
        let reporter = Reporter::default();
        let region = Region::us_east_1();
        let many = SHARDS * GATHERED_MAX + 10_000;
        for number in 0..many {
            let name = number.to_string();
            let dimensions = [("StreamName", name.as_str())];
            reporter.record(Timestamp::EPOCH, (AccountId::DEFAULT, &region), measured(&dimensions, 1.0));
        }
        let kept: usize = reporter.take(None).values().map(Vec::len).sum();
        assert_eq!(kept as u64 + reporter.dropped.load(Ordering::Relaxed), many as u64);
        assert!(kept <= SHARDS * GATHERED_MAX);
    }
}
