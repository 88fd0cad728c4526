//! One metering event an operation: rows enough to price it later.
//!
//! Events are summed in memory by hour, account, region, service, operation and error code, and [`Meter::flush`] adds the sums to the
//! rows of the table [`HOURS`] about once a minute. What a full disk refuses is kept for the next time. A crash, or a commit whose outcome
//! stays unknown, loses a minute of a bill that nobody pays; metering never holds up a request.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Mutex;

use base::{AccountId, Region, Timestamp};
use minicbor::{Decode, Encode};
use store::{
    Commit, CommitError, CommitId, KeyReader, KeyWriter, ReadError, Store, Table, TableKey, TableNumber,
};

use crate::tasks::{Stop, TaskError, Timer};

/// What one operation cost.
#[derive(Clone, Debug)]
pub struct Event {
    /// When it began.
    pub time: Timestamp,
    /// The caller's account.
    pub account: AccountId,
    /// The region.
    pub region: Region,
    /// The service.
    pub service: &'static str,
    /// The operation.
    pub operation: &'static str,
    /// The error code; empty for success.
    pub code: Cow<'static, str>,
    /// Bytes of the request's payload.
    pub bytes_in: u64,
    /// Bytes of the answer's payload, where its length is known.
    pub bytes_out: u64,
    /// Records, keys or objects moved.
    pub records: u64,
}

/// What a bill is made of: everything of one kind within one hour.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct HourKey {
    /// Hours since the epoch.
    pub hour: u32,
    /// The caller's account.
    pub account: AccountId,
    /// The region.
    pub region: String,
    /// `service.Operation`.
    pub operation: String,
    /// The error code; empty for success.
    pub code: String,
}

/// The sums.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Sums {
    /// Calls.
    #[n(0)]
    pub calls: u64,
    /// Bytes in.
    #[n(1)]
    pub bytes_in: u64,
    /// Bytes out.
    #[n(2)]
    pub bytes_out: u64,
    /// Records.
    #[n(3)]
    pub records: u64,
}

impl Sums {
    /// Adds, and stays at the top: a declared length may be any number.
    fn add(&mut self, more: &Sums) {
        self.calls = self.calls.saturating_add(more.calls);
        self.bytes_in = self.bytes_in.saturating_add(more.bytes_in);
        self.bytes_out = self.bytes_out.saturating_add(more.bytes_out);
        self.records = self.records.saturating_add(more.records);
    }
}

/// Sums by hour. Owner: `service`. Rows only grow.
pub const HOURS: Table<HourKey, Sums> = Table::new(TableNumber(0x0101), "service.metering_hours");

impl TableKey for HourKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u32(self.hour)
            .u64(self.account.as_u64())
            .text(&self.region)
            .text(&self.operation)
            .text(&self.code);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self {
            hour: key.u32()?,
            account: AccountId::from_u64(key.u64()?).map_err(|_| ReadError::Decode("account".to_owned()))?,
            region: key.text()?,
            operation: key.text()?,
            code: key.text()?,
        })
    }
}

/// At most this many different sums are held; beyond it the smallest loss is to drop the event.
const SUMS_MAX: usize = 50_000;
/// How often sums become rows.
const FLUSH_EVERY: std::time::Duration = std::time::Duration::from_secs(60);
/// Rows of one flush commit.
const FLUSH_ROWS: usize = 1_000;
/// How long an hour's sums are kept: a year to compare with, and the month one is in.
const KEPT_HOURS: u32 = 400 * 24;

/// Takes events, sums them.
#[derive(Debug, Default)]
pub struct Meter(Mutex<HashMap<Kind, Sums>>);

/// What is summed together: as [`HourKey`], but made without an allocation, since every request makes one.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Kind {
    hour: u32,
    account: AccountId,
    region: Region,
    service: &'static str,
    operation: &'static str,
    code: Cow<'static, str>,
}

impl Kind {
    fn row_key(&self) -> HourKey {
        HourKey {
            hour: self.hour,
            account: self.account,
            region: self.region.to_string(),
            operation: format!("{}.{}", self.service, self.operation),
            code: self.code.to_string(),
        }
    }
}

impl Meter {
    /// Adds one event.
    pub fn record(&self, event: Event) {
        let key = Kind {
            hour: u32::try_from(event.time.as_secs() / 3_600).unwrap_or(0),
            account: event.account,
            region: event.region,
            service: event.service,
            operation: event.operation,
            code: event.code,
        };
        let mut sums = self.sums();
        if sums.len() >= SUMS_MAX && !sums.contains_key(&key) {
            return;
        }
        let sum = sums.entry(key).or_default();
        sum.add(&Sums {
            calls: 1,
            bytes_in: event.bytes_in,
            bytes_out: event.bytes_out,
            records: event.records,
        });
    }

    /// Adds the sums to their rows.
    pub async fn flush(&self, store: &dyn Store, next_id: impl Fn() -> CommitId) -> Result<(), TaskError> {
        let mut unsaved: Vec<(Kind, Sums)> = std::mem::take(&mut *self.sums()).into_iter().collect();
        while !unsaved.is_empty() {
            let rest = unsaved.split_off(unsaved.len().min(FLUSH_ROWS));
            let saved = add_to_rows(store, &unsaved, next_id()).await;
            match saved {
                Ok(()) => {}
                Err(FlushError::Refused(error)) => {
                    unsaved.extend(rest);
                    self.put_back(unsaved);
                    return Err(error);
                }
                Err(FlushError::Unknown(error)) => {
                    self.put_back(rest);
                    return Err(error);
                }
            }
            unsaved = rest;
        }
        Ok(())
    }

    fn put_back(&self, unsaved: Vec<(Kind, Sums)>) {
        let mut sums = self.sums();
        for (kind, sum) in unsaved {
            sums.entry(kind).or_default().add(&sum);
        }
    }

    fn sums(&self) -> std::sync::MutexGuard<'_, HashMap<Kind, Sums>> {
        self.0.lock().expect("nothing panics while the sums are held: adding saturates")
    }
}

/// Whether sums that were not saved may be saved later.
enum FlushError {
    /// Certainly nothing was written.
    Refused(TaskError),
    /// They may have been written: saving them again might count them twice.
    Unknown(TaskError),
}

async fn add_to_rows(store: &dyn Store, sums: &[(Kind, Sums)], id: CommitId) -> Result<(), FlushError> {
    let snapshot = store.snapshot();
    let mut commit = Commit::new(id);
    for (kind, sum) in sums {
        let key = kind.row_key();
        let row = HOURS.get(&*snapshot, &key).await.map_err(|error| FlushError::Refused(error.into()))?;
        let mut after = row.map(|row| row.value).unwrap_or_default();
        after.add(sum);
        commit.put(HOURS, &key, &after);
    }
    match store.commit(commit).await {
        Ok(_) => Ok(()),
        Err(error @ CommitError::Unknown(_)) => Err(FlushError::Unknown(error.into())),
        Err(error) => Err(FlushError::Refused(error.into())),
    }
}

/// Deletes the sums of hours before the last [`KEPT_HOURS`], a commit's worth at most: what is left goes the next time.
async fn forget_old_hours(store: &dyn Store, now: Timestamp, id: CommitId) -> Result<(), TaskError> {
    let oldest = u32::try_from(now.as_secs() / 3_600).unwrap_or(u32::MAX).saturating_sub(KEPT_HOURS);
    let (start, _) = HOURS.prefix(|_| ());
    let (end, _) = HOURS.prefix(|key| {
        key.u32(oldest);
    });
    let old = HOURS.scan(&*store.snapshot(), (start, end), FLUSH_ROWS).await?;
    if old.is_empty() {
        return Ok(());
    }
    let mut commit = Commit::new(id);
    for (key, _) in &old {
        commit.delete(HOURS, key);
    }
    store.commit(commit).await?;
    Ok(())
}

/// The task that makes rows of sums, until it is asked to stop; then once more.
pub async fn flush_task(
    meter: std::sync::Arc<Meter>,
    store: std::sync::Arc<dyn Store>,
    random: base::Random,
    timer: Timer,
    stop: Stop,
) -> Result<(), TaskError> {
    loop {
        let ended = stop.unless(timer.sleep(FLUSH_EVERY)).await.is_none();
        let flushed = meter.flush(&*store, || CommitId(random.u128())).await;
        match flushed {
            Ok(()) => {}
            Err(error) if ended => tracing::warn!(%error, "the last minute was not metered"),
            Err(error) => return Err(error),
        }
        if ended {
            return Ok(());
        }
        forget_old_hours(&*store, timer.clock().now(), CommitId(random.u128())).await?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn metering_hours_round_trip(hour: u32, account in 0..=999_999_999_999_u64, text in "\\PC{0,20}", sums: [u64; 4]) {
            let account = AccountId::from_u64(account).unwrap();
            let key = HourKey { hour, account, region: text.clone(), operation: text.clone(), code: text };
            prop_assert_eq!(HOURS.read_key(&HOURS.key(&key)).unwrap(), key);
            let [calls, bytes_in, bytes_out, records] = sums;
            let sums = Sums { calls, bytes_in, bytes_out, records };
            let bytes = minicbor::to_vec(sums).unwrap();
            prop_assert_eq!(minicbor::decode::<Sums>(&bytes).unwrap(), sums);
        }
    }

    #[test]
    fn a_declared_length_of_any_size_is_metered() {
        // Two of these once overflowed the sum, which poisoned the lock for every later request.
        let meter = Meter::default();
        let event = Event {
            time: Timestamp::EPOCH,
            account: AccountId::DEFAULT,
            region: Region::us_east_1(),
            service: "s3",
            operation: "PutObject",
            code: Cow::Borrowed(""),
            bytes_in: u64::MAX,
            bytes_out: 1,
            records: 1,
        };
        meter.record(event.clone());
        meter.record(event);
        let sums: Vec<Sums> = meter.sums().values().copied().collect();
        assert_eq!(sums, [Sums { calls: 2, bytes_in: u64::MAX, bytes_out: 2, records: 2 }]);
    }
}
