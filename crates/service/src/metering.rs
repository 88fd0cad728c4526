//! One metering event an operation: rows enough to price it later.
//!
//! Events are summed in memory by hour, account, region, service, operation and error code, and handed out by
//! [`Meter::drain`], which a task writes into the table [`HOURS`] about once a minute. A crash may lose the last minute of a bill that
//! nobody pays; it never holds up a request.

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
    /// When it ended.
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
        let mut sums = self.0.lock().expect("nothing panics while the sums are held");
        if sums.len() >= SUMS_MAX && !sums.contains_key(&key) {
            return;
        }
        let sum = sums.entry(key).or_default();
        sum.calls += 1;
        sum.bytes_in += event.bytes_in;
        sum.bytes_out += event.bytes_out;
        sum.records += event.records;
    }

    /// Hands out what was summed since the last time.
    pub fn drain(&self) -> Vec<(HourKey, Sums)> {
        let mut sums = self.0.lock().expect("nothing panics while the sums are held");
        let taken = std::mem::take(&mut *sums);
        drop(sums);
        let row = |(kind, sums): (Kind, Sums)| {
            let key = HourKey {
                hour: kind.hour,
                account: kind.account,
                region: kind.region.to_string(),
                operation: format!("{}.{}", kind.service, kind.operation),
                code: kind.code.into_owned(),
            };
            (key, sums)
        };
        taken.into_iter().map(row).collect()
    }

    /// Adds the sums to their rows.
    pub async fn flush(&self, store: &dyn Store, next_id: impl Fn() -> CommitId) -> Result<(), TaskError> {
        let drained = self.drain();
        for sums in drained.chunks(FLUSH_ROWS) {
            let snapshot = store.snapshot();
            let mut commit = Commit::new(next_id());
            for (key, sum) in sums {
                let before = HOURS.get(&*snapshot, key).await?.map(|row| row.value).unwrap_or_default();
                let after = Sums {
                    calls: before.calls + sum.calls,
                    bytes_in: before.bytes_in + sum.bytes_in,
                    bytes_out: before.bytes_out + sum.bytes_out,
                    records: before.records + sum.records,
                };
                commit.put(HOURS, key, &after);
            }
            match store.commit(commit).await {
                Ok(_) | Err(CommitError::Full | CommitError::Closed) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
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
        meter.flush(&*store, || CommitId(random.u128())).await?;
        if ended {
            return Ok(());
        }
    }
}
