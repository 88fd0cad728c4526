//! Couriers: what subscriptions have to send is sent, each subscription's in order and by itself, so that none waits for another's destination.
//!
//! A courier lives while its subscription has something to send. A destination that does not take a message is tried again, after one second, two, …
//! sixty, for a day (as AWS does); a message that it will never take is dropped, which `DeliveryErrors` counts.

use std::collections::HashSet;
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::{AccountId, Region, Timestamp};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use ports::{Measurement, Metrics, PortError, SinkRecord};
use serde_json::{Value, json};
use service::{Stop, Timer};
use store::{From, LogId, Seq, TableValue};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::pattern::Pattern;
use super::reading::Place;
use super::subscriptions::{Destination, role_principal, service_principal};
use crate::engine::CloudWatch;
use crate::engine::error::Error;
use crate::tables::Scope;
use crate::tables::logs::{
    Batch, DELIVERIES, DeliveryKey, DeliveryRow, FilterKey, GroupId, GroupKey, SUBSCRIPTIONS, SubscriptionRow,
};

/// Rows looked at together: those of one stream become one message.
const ROWS_AT_ONCE: usize = 64;
/// Bytes of the events of one message: packed and in base64 it stays below what Kinesis, Firehose and functions take.
const MESSAGE_BYTES_MAX: usize = 512 << 10;
/// Bytes of one put's events, encoded.
const BATCH_BYTES_MAX: usize = 2 << 20;
/// The first pause after a failure, and the longest.
const PAUSE_MIN: Duration = Duration::from_secs(1);
const PAUSE_MAX: Duration = Duration::from_secs(60);
/// How long a message is tried (CloudWatch Logs, user guide: up to 24 hours).
const TRIED_MAX: Duration = Duration::from_secs(24 * 3_600);

/// Subscriptions that have something to send.
#[derive(Default)]
pub(crate) struct Couriers {
    waiting: Mutex<HashSet<u128>>,
    woken: Notify,
}

impl Couriers {
    /// Something is to be sent.
    pub(super) fn wake(&self, filters: Vec<u128>) {
        if filters.is_empty() {
            return;
        }
        self.waiting.lock().expect("nothing panics while the set is held").extend(filters);
        self.woken.notify_one();
    }

    fn take(&self) -> HashSet<u128> {
        std::mem::take(&mut *self.waiting.lock().expect("nothing panics while the set is held"))
    }
}

/// What came of a message.
enum Sent {
    Yes,
    /// It never will be.
    Never(PortError),
    Later(PortError),
}

/// A message that is to be sent.
struct Message {
    text: String,
    events: usize,
    bytes: usize,
}

impl CloudWatch {
    /// Sends what is to be sent until it is time to end.
    pub(crate) async fn run_couriers(self: Arc<Self>, timer: Timer, stop: Stop) -> Result<(), Error> {
        self.find_deliveries().await?;
        let (mut running, mut again) = (HashSet::new(), HashSet::new());
        let mut couriers: JoinSet<u128> = JoinSet::new();
        loop {
            for filter in self.couriers.take() {
                if !running.insert(filter) {
                    // The courier may have looked just before.
                    again.insert(filter);
                    continue;
                }
                let (watch, timer) = (self.clone(), timer.clone());
                couriers.spawn(async move {
                    if let Err(error) = watch.deliver(filter, &timer).await {
                        tracing::warn!(%error, "a subscription's events could not be sent; they are at the next ones' turn");
                    }
                    filter
                });
            }
            tokio::select! {
                () = stop.asked() => return Ok(()),
                () = self.couriers.woken.notified() => {}
                Some(ended) = couriers.join_next() => {
                    let filter = ended.map_err(|crash| Error::unavailable(crash.to_string()))?;
                    running.remove(&filter);
                    if again.remove(&filter) {
                        self.couriers.wake(vec![filter]);
                    }
                }
            }
        }
    }

    /// Finds the subscriptions that an earlier run left something to send.
    async fn find_deliveries(&self) -> Result<(), Error> {
        let (mut start, end) = DELIVERIES.prefix(|_| {});
        loop {
            let page = DELIVERIES.scan(&*self.store.snapshot(), (start, end.clone()), 1).await?;
            let Some((key, _)) = page.first() else { return Ok(()) };
            self.couriers.wake(vec![key.filter]);
            start = DELIVERIES
                .prefix(|writer| {
                    writer.u128(key.filter);
                })
                .1;
        }
    }

    /// Sends what one subscription has to send.
    async fn deliver(&self, filter: u128, timer: &Timer) -> Result<(), Error> {
        let range = DELIVERIES.prefix(|key| {
            key.u128(filter);
        });
        loop {
            let rows = DELIVERIES.scan(&*self.store.snapshot(), range.clone(), ROWS_AT_ONCE).await?;
            let Some((first, delivery)) = rows.first() else { return Ok(()) };
            let of_one: Vec<DeliveryKey> =
                rows.iter().map(|(key, _)| *key).take_while(|key| key.stream == first.stream).collect();
            let taken = self.deliver_some(&of_one, &delivery.value, timer).await?;
            let mut commit = self.commit();
            for key in &of_one[..taken] {
                commit.delete(DELIVERIES, key);
            }
            self.settle(commit).await?;
        }
    }

    /// Sends what stands in rows of one stream, from the first on. How many it was done with: at least one.
    async fn deliver_some(
        &self,
        keys: &[DeliveryKey],
        delivery: &DeliveryRow,
        timer: &Timer,
    ) -> Result<usize, Error> {
        let DeliveryRow { scope: (account, region), group: (group, group_name), filter, stream } = delivery;
        let (Ok(account), Some(region)) = (AccountId::from_u64(*account), Region::new(region)) else {
            return Ok(keys.len());
        };
        let group_key = GroupKey { scope: Scope { account, region }, name: group_name.clone() };
        let filter_key = FilterKey { group: GroupId(*group), name: filter.clone() };
        let mut taken = 0;
        let mut events: Vec<(Place, String)> = Vec::new();
        let mut bytes = 0;
        for key in keys {
            let batch = self.batch_of(key).await?;
            taken += 1;
            for (index, (at_millis, message)) in
                (0_u32..).zip(batch.map_or_else(Vec::new, |batch| batch.events))
            {
                bytes += message.len();
                events.push((Place { at_millis, stream: key.stream.0, number: key.number, index }, message));
            }
            if bytes >= MESSAGE_BYTES_MAX {
                break;
            }
        }
        let mut pause = PAUSE_MIN;
        let mut sent = 0;
        loop {
            // Read anew each time: the subscription may have been changed, which is what a failure asks for.
            let row = SUBSCRIPTIONS.get(&*self.store.snapshot(), &filter_key).await?;
            let Some(row) = row.map(|row| row.value).filter(|row| row.id == keys[0].filter) else {
                return Ok(keys.len());
            };
            let messages = messages(&group_key, stream, filter, &row, &events);
            let mut later = None;
            for message in messages.iter().skip(sent) {
                match self.send_message(&group_key, filter, &row, keys[0].stream.0, message).await {
                    Sent::Yes => sent += 1,
                    Sent::Never(error) => {
                        self.tell(&group_key, filter, &row, "DeliveryErrors", 1.0);
                        tracing::warn!(%error, group = group_name, filter, "events of a subscription are dropped");
                        sent += 1;
                    }
                    Sent::Later(error) => {
                        later = Some(error);
                        break;
                    }
                }
            }
            let Some(error) = later else { return Ok(taken) };
            let given_up = Timestamp::from_micros(keys[0].at_micros).plus(TRIED_MAX);
            self.tell(&group_key, filter, &row, "DeliveryThrottling", 1.0);
            if self.clock.now() >= given_up {
                self.tell(&group_key, filter, &row, "DeliveryErrors", 1.0);
                tracing::warn!(%error, group = group_name, filter, "events of a subscription could not be sent for a day");
                return Ok(taken);
            }
            tracing::debug!(%error, group = group_name, filter, "events of a subscription are sent later");
            timer.sleep(pause).await;
            pause = (pause * 2).min(PAUSE_MAX);
        }
    }

    /// The events of one put, if they are still kept.
    async fn batch_of(&self, key: &DeliveryKey) -> Result<Option<Batch>, Error> {
        let limit = store::Limit { records: 1, bytes: BATCH_BYTES_MAX };
        let read = match self.store.read(LogId(key.stream.0), From::Seq(Seq(key.number)), limit).await {
            Ok(read) => read,
            Err(store::ReadError::NoLog(_)) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        match read.records.first().filter(|record| record.seq.0 == key.number) {
            Some(record) => Ok(Some(Batch::from_bytes(&record.payload)?)),
            None => Ok(None),
        }
    }

    async fn send_message(
        &self,
        group: &GroupKey,
        filter: &str,
        row: &SubscriptionRow,
        stream: u128,
        message: &Message,
    ) -> Sent {
        let destination = match Destination::read(&row.destination, row.role.as_deref()) {
            Ok(destination) => destination,
            Err(error) => return Sent::Later(PortError::Unavailable(error.text)),
        };
        let partition_key = match row.distribution.as_deref() {
            Some("Random") => self.random.uuid(),
            Some(_) | None => format!("{stream:032x}"),
        };
        let record = SinkRecord { partition_key, data: packed(&message.text) };
        match self.send(group, &destination, record).await {
            Ok(()) => {
                self.tell(group, filter, row, "ForwardedLogEvents", message.events as f64);
                self.tell(group, filter, row, "ForwardedBytes", message.bytes as f64);
                Sent::Yes
            }
            Err(error @ PortError::Invalid { .. }) => Sent::Never(error),
            Err(error @ (PortError::NotFound { .. } | PortError::Denied(_) | PortError::Unavailable(_))) => {
                Sent::Later(error)
            }
        }
    }

    /// Hands a packed message to its destination.
    pub(super) async fn send(
        &self,
        group: &GroupKey,
        destination: &Destination,
        record: SinkRecord,
    ) -> Result<(), PortError> {
        let closed = || PortError::Unavailable("the destination's service is not open yet".to_owned());
        let sinks = self.sinks.get().ok_or_else(closed)?;
        match destination {
            Destination::Stream(stream, role) => {
                let sink = sinks.streams.as_ref().ok_or_else(closed)?;
                sink.put(&role_principal(&group.scope, role), stream, record).await
            }
            Destination::DeliveryStream(stream, role) => {
                let sink = sinks.delivery_streams.as_ref().ok_or_else(closed)?;
                sink.put(&role_principal(&group.scope, role), stream, record).await
            }
            Destination::Function(function) => {
                let functions = sinks.functions.as_ref().ok_or_else(closed)?;
                let event =
                    json!({ "awslogs": { "data": base64_simd::STANDARD.encode_to_string(&record.data) } });
                functions.enqueue(&service_principal(group), function, event.to_string().into()).await
            }
        }
    }

    fn tell(&self, group: &GroupKey, filter: &str, row: &SubscriptionRow, name: &'static str, value: f64) {
        let kind = Destination::read(&row.destination, row.role.as_deref()).map_or("", |to| to.kind());
        let dimensions = [("LogGroupName", &*group.name), ("DestinationType", kind), ("FilterName", filter)];
        let unit = if name == "ForwardedBytes" { "Bytes" } else { "Count" };
        let measurement = Measurement { namespace: "AWS/Logs", name, dimensions: &dimensions, unit, value };
        self.record(group.scope.account, &group.scope.region, measurement);
    }
}

/// The messages of events: those that match, none larger than a message may be.
fn messages(
    group: &GroupKey,
    stream: &str,
    filter: &str,
    row: &SubscriptionRow,
    events: &[(Place, String)],
) -> Vec<Message> {
    let Ok(pattern) = Pattern::parse(&row.pattern) else { return Vec::new() };
    let mut all = Vec::new();
    let (mut some, mut bytes): (Vec<Value>, usize) = (Vec::new(), 0);
    let whole = |some: Vec<Value>, bytes: usize| Message {
        events: some.len(),
        bytes,
        text: json!({
            "messageType": "DATA_MESSAGE",
            "owner": group.scope.account.to_string(),
            "logGroup": group.name,
            "logStream": stream,
            "subscriptionFilters": [filter],
            "logEvents": some,
        })
        .to_string(),
    };
    for (place, message) in events.iter().filter(|(_, message)| pattern.matches(message)) {
        if bytes + message.len() > MESSAGE_BYTES_MAX && !some.is_empty() {
            all.push(whole(std::mem::take(&mut some), bytes));
            bytes = 0;
        }
        bytes += message.len();
        some.push(json!({ "id": place.id(), "timestamp": place.at_millis, "message": message }));
    }
    if !some.is_empty() {
        all.push(whole(some, bytes));
    }
    all
}

/// A message as it is sent: in gzip.
pub(super) fn packed(message: &str) -> Bytes {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(message.as_bytes()).expect("memory takes bytes");
    packer.finish().expect("memory takes bytes").into()
}
