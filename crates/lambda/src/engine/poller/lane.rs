//! One lane of a shard: gathers batches and runs them until they are done with.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use base::Timestamp;
use bytes::Bytes;
use ports::{PortError, Principal, ShardPosition, SourceRecord};
use serde_json::{Value, json};
use store::{Check, settle};
use wire::time::{Precision, iso};

use super::super::destinations::{Delivery, Record, response_context};
use super::super::error::{Error, Result, Why, happened, of_port};
use super::super::functions::Version;
use super::super::invoke::{Event, Outcome};
use super::super::mappings::uuid_text;
use super::window::{Closing, Returned, Window};
use super::{BATCH_BYTES_MAX, FRAME_BYTES, PAUSE_MAX, PAUSE_MIN, READ_RECORDS_MAX, Shared};
use crate::tables::{CURSORS, CursorKey, CursorRow, MAPPINGS};

/// One lane of one shard.
pub(super) struct Lane {
    pub shared: Arc<Shared>,
    pub shard: String,
    pub lane: u32,
}

/// Records that were read, and where to go on behind them.
#[derive(Default)]
struct Gathered {
    records: Vec<SourceRecord>,
    next: u64,
    /// From there on, what stands before this sequence number and with it was looked at too.
    after: Option<String>,
    ended: bool,
    /// The window that is open has closed.
    closes: bool,
}

/// Records that are run together, and how often that was tried.
struct Chunk {
    records: Vec<SourceRecord>,
    retries: u32,
    runs: u32,
}

/// Sequence numbers are decimal: the longer is the larger.
fn is_after(sequence: &str, other: &str) -> bool {
    (sequence.len(), sequence) > (other.len(), other)
}

/// Which lane a partition key belongs to.
fn lane_of(key: &str, lanes: u32) -> u32 {
    let digest = crypt::md5(key.as_bytes());
    u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]) % lanes.max(1)
}

impl Lane {
    fn at(&self) -> CursorKey {
        CursorKey { mapping: self.shared.key.id, shard: self.shard.clone(), lane: self.lane }
    }

    /// Reads until the shard's end.
    pub async fn run(&self) -> Result<()> {
        let length = self.shared.row.tumbling_secs;
        loop {
            let cursor = CURSORS.get(&*self.shared.engine.store.snapshot(), &self.at()).await?;
            let Some(mut cursor) = cursor.map(|row| row.value).filter(|row| !row.done) else { return Ok(()) };
            if length == 0 {
                (cursor.state, cursor.window_start_micros) = (None, None);
            }
            let gathered = self.gather(&cursor).await?;
            let Gathered { records, next, after, ended, closes } = gathered;
            if let Some(first) =
                records.first().filter(|_| length > 0 && cursor.window_start_micros.is_none())
            {
                cursor.window_start_micros = Some(Window::of(first.arrival, length).start.as_micros());
            }
            self.work(&mut cursor, records).await?;
            if closes || ended {
                self.close_window(&mut cursor, false).await?;
            }
            let moved = CursorRow { position: next, done: ended, after, ..cursor };
            self.checkpoint(&moved, None).await?;
            if ended {
                return Ok(());
            }
        }
    }

    /// Reads a batch: as much as its size allows, or as comes within its window; with tumbling windows as lies in the one that is open.
    async fn gather(&self, cursor: &CursorRow) -> Result<Gathered> {
        let shared = &self.shared;
        let (row, length) = (&shared.row, shared.row.tumbling_secs);
        let size = row.batch_size as usize;
        let mut window = Window::open(cursor, length);
        let mut all = Gathered { next: cursor.position, after: cursor.after.clone(), ..Gathered::default() };
        let mut bytes = 0;
        let mut closes: Option<Timestamp> = None;
        loop {
            // Looked at before the read: what arrived in the window is read by then.
            let is_over = window.is_some_and(|window| shared.timer.clock().now() >= window.end);
            let room = BATCH_BYTES_MAX.saturating_sub(bytes);
            let limit = (size - all.records.len()).min(READ_RECORDS_MAX);
            let read = self.read(all.next, limit, room).await?;
            let is_empty = read.records.is_empty();
            for record in read.records {
                let done = all.after.as_ref().is_some_and(|after| !is_after(&record.sequence_number, after));
                if done {
                    continue;
                }
                let is_ours = lane_of(&record.partition_key, row.lanes) == self.lane && self.takes(&record);
                if is_ours && length > 0 {
                    let open = *window.get_or_insert_with(|| Window::of(record.arrival, length));
                    if record.arrival >= open.end {
                        // It opens the next one, and is read again then.
                        all.closes = cursor.window_start_micros.is_some() || !all.records.is_empty();
                        return Ok(all);
                    }
                }
                all.after = Some(record.sequence_number.clone());
                if is_ours {
                    bytes += record.data.len() * 4 / 3 + FRAME_BYTES;
                    all.records.push(record);
                }
            }
            all.next = read.next.0;
            all.after = None;
            all.ended = read.ended;
            let is_full = all.records.len() >= size || bytes >= BATCH_BYTES_MAX || all.ended;
            if is_full {
                return Ok(all);
            }
            if !all.records.is_empty() && closes.is_none() {
                closes =
                    Some(shared.timer.clock().now().plus(Duration::from_secs(u64::from(row.window_secs))));
            }
            // There may be more at once.
            if !is_empty {
                continue;
            }
            if is_over {
                all.closes = true;
                return Ok(all);
            }
            if !all.records.is_empty() && row.window_secs == 0 {
                return Ok(all);
            }
            // What was filtered out is done with: whoever starts anew need not read it again.
            if all.records.is_empty() && all.next > cursor.position {
                return Ok(all);
            }
            let wait = shared.engine.records.wait(&shared.stream, &self.shard, ShardPosition(all.next));
            let until = [closes, window.map(|window| window.end)].into_iter().flatten().min();
            match until {
                None => wait.await.map_err(of_port)?,
                Some(until) => {
                    tokio::select! {
                        woken = wait => woken.map_err(of_port)?,
                        () = shared.timer.sleep_until(until) => {
                            if closes.is_some_and(|closes| closes <= until) {
                                return Ok(all);
                            }
                        }
                    }
                }
            }
        }
    }

    async fn read(&self, from: u64, records: usize, bytes: usize) -> Result<ports::SourceBatch> {
        let shared = &self.shared;
        let (principal, stream) = (&shared.principal, &shared.stream);
        let read =
            shared.engine.records.read(principal, stream, &self.shard, ShardPosition(from), records, bytes);
        read.await.map_err(|error: PortError| of_port(error))
    }

    /// Whether the filters let a record pass.
    fn takes(&self, record: &SourceRecord) -> bool {
        let filters = &self.shared.filters;
        if filters.is_empty() {
            return true;
        }
        let Ok(data) = serde_json::from_slice::<Value>(&record.data) else { return false };
        filters.match_event(&json!({
            "partitionKey": record.partition_key,
            "sequenceNumber": record.sequence_number,
            "approximateArrivalTimestamp": seconds(record.arrival),
            "data": data,
        }))
    }

    /// Runs records until all are done with.
    async fn work(&self, cursor: &mut CursorRow, records: Vec<SourceRecord>) -> Result<()> {
        let mut chunks = VecDeque::from([Chunk { records, retries: 0, runs: 0 }]);
        let mut failures: u32 = 0;
        while let Some(mut chunk) = chunks.pop_front() {
            self.drop_aged(cursor, &mut chunk).await?;
            if chunk.records.is_empty() {
                continue;
            }
            let first = &chunk.records[0];
            self.tell_age(first);
            chunk.runs += 1;
            let mut outcome = match self.invoke(cursor, &chunk.records, Closing::default()).await {
                Ok(outcome) => outcome,
                Err(error) if error.why == Why::NotFound => return Err(error),
                Err(error) => {
                    // No try of the function's: throttled, or the machine failed.
                    tracing::debug!(%error, "a batch could not be run");
                    chunk.runs -= 1;
                    self.pause(&mut failures).await;
                    chunks.push_front(chunk);
                    continue;
                }
            };
            let row = &self.shared.row;
            let returned = cursor.window_start_micros.map(|_| Returned::of(&outcome.payload));
            let too_large = returned == Some(Returned::TooLarge);
            outcome.failed |= too_large || returned == Some(Returned::None);
            let done = if outcome.failed {
                0
            } else if row.partial {
                handled(&outcome.payload, &chunk.records)
            } else {
                chunk.records.len()
            };
            let result = if outcome.failed { "PROBLEM: Function call failed" } else { "OK" };
            self.shared.engine.pollers.came(self.shared.key.id, result);
            if let Some(Returned::State(state)) = returned
                && done > 0
            {
                cursor.state = Some(state);
            }
            if done == chunk.records.len() {
                failures = 0;
                if !chunks.is_empty() {
                    self.done_with(cursor, &chunk.records[done - 1], None).await?;
                }
                continue;
            }
            if done > 0 {
                self.done_with(cursor, &chunk.records[done - 1], None).await?;
                chunk.records.drain(..done);
            }
            if row.bisect && chunk.records.len() > 1 {
                // Halves, and that is no retry; of one that was handled in part what is left is the second.
                let half = if done > 0 { chunk.records.len() } else { chunk.records.len() / 2 };
                let rest = chunk.records.split_off(half);
                if !rest.is_empty() {
                    chunks.push_front(Chunk { records: rest, ..chunk });
                }
                chunks.push_front(Chunk { records: chunk.records, retries: chunk.retries, runs: chunk.runs });
                self.pause(&mut failures).await;
                continue;
            }
            let is_last_try = u32::try_from(row.retries_max).is_ok_and(|max| chunk.retries >= max);
            if is_last_try {
                let last = chunk.records.last().expect("a chunk has records").clone();
                let record = self.failure("RetryAttemptsExhausted", &chunk, Some(&outcome));
                self.done_with(cursor, &last, record).await?;
                if too_large {
                    self.close_window(cursor, true).await?;
                    cursor.window_start_micros =
                        Some(Window::of(last.arrival, row.tumbling_secs).start.as_micros());
                }
                continue;
            }
            chunk.retries += 1;
            chunks.push_front(chunk);
            self.pause(&mut failures).await;
        }
        Ok(())
    }

    /// Tells the function that its window is over, and forgets its state.
    async fn close_window(&self, cursor: &mut CursorRow, early: bool) -> Result<()> {
        if Window::open(cursor, self.shared.row.tumbling_secs).is_none() {
            return Ok(());
        }
        let (mut retries, mut failures) = (0, 0);
        loop {
            match self.invoke(cursor, &[], Closing { is_final: true, early }).await {
                Ok(outcome) if !outcome.failed => break,
                Ok(_) => {
                    self.shared.engine.pollers.came(self.shared.key.id, "PROBLEM: Function call failed");
                    if u32::try_from(self.shared.row.retries_max).is_ok_and(|max| retries >= max) {
                        break;
                    }
                    retries += 1;
                }
                Err(error) if error.why == Why::NotFound => return Err(error),
                Err(error) => tracing::debug!(%error, "a window could not be closed yet"),
            }
            self.pause(&mut failures).await;
        }
        (cursor.state, cursor.window_start_micros) = (None, None);
        Ok(())
    }

    async fn pause(&self, failures: &mut u32) {
        let pause = PAUSE_MIN.saturating_mul(1 << (*failures).min(16)).min(PAUSE_MAX);
        *failures = failures.saturating_add(1);
        self.shared.timer.sleep(pause).await;
    }

    /// What has become too old is not run; it is told.
    async fn drop_aged(&self, cursor: &CursorRow, chunk: &mut Chunk) -> Result<()> {
        let Ok(max) = u64::try_from(self.shared.row.age_secs_max) else { return Ok(()) };
        let oldest = self.shared.timer.clock().now().minus(Duration::from_secs(max));
        let aged = chunk.records.iter().take_while(|record| record.arrival < oldest).count();
        if aged == 0 {
            return Ok(());
        }
        let records: Vec<SourceRecord> = chunk.records.drain(..aged).collect();
        let last = records.last().expect("some have aged").clone();
        let gone = Chunk { records, retries: chunk.retries, runs: chunk.runs.max(1) };
        let record = self.failure("RecordAgeExceeded", &gone, None);
        self.done_with(cursor, &last, record).await
    }

    /// Everything up to this record is done with.
    async fn done_with(&self, cursor: &CursorRow, last: &SourceRecord, told: Option<Record>) -> Result<()> {
        let moved = CursorRow { after: Some(last.sequence_number.clone()), ..cursor.clone() };
        self.checkpoint(&moved, told).await
    }

    /// Moves the cursor, together with what the destination is told.
    async fn checkpoint(&self, moved: &CursorRow, told: Option<Record>) -> Result<()> {
        let engine = &self.shared.engine;
        let mut deliveries = Vec::new();
        if let (Some(record), Some(target)) = (&told, &self.shared.row.on_failure) {
            deliveries.extend(engine.deliver(target, record).await);
        }
        let mut commit = engine.commit();
        commit.check(Check::Present(MAPPINGS.key(&self.shared.key)));
        commit.check(Check::Present(CURSORS.key(&self.at())));
        commit.put(CURSORS, &self.at(), moved);
        let (commit, _, _guards) = Delivery::merge(commit, deliveries);
        if happened(settle(&*engine.store, commit).await)? {
            return Ok(());
        }
        Err(Error::conflict("the mapping or its destination was changed"))
    }

    async fn version(&self) -> Result<Version> {
        let named = &self.shared.named;
        self.shared.engine.version_to_run(&named.key, named.qualifier.as_deref()).await
    }

    async fn invoke(
        &self,
        cursor: &CursorRow,
        records: &[SourceRecord],
        closing: Closing,
    ) -> Result<Outcome> {
        let version = self.version().await?;
        let mut event = self.event(&version.configuration.role, records);
        if let Some(window) = Window::open(cursor, self.shared.row.tumbling_secs) {
            let told = window.told(cursor.state.as_deref(), &self.shard, &self.shared.row.source, closing);
            event.insert_str(event.len() - 1, &told);
        }
        let payload = Bytes::from(event);
        let request_id = self.shared.engine.random.uuid();
        self.shared.engine.invoke(version, Event { request_id, payload, client_context: None }).await
    }

    /// The event of a batch (facts section 4.5).
    fn event(&self, role: &str, records: &[SourceRecord]) -> String {
        let shared = &self.shared;
        let quoted = |text: &str| Value::from(text).to_string();
        let (role, region, source) =
            (quoted(role), quoted(shared.key.region.as_str()), quoted(&shared.row.source));
        let mut event = String::from("{\"Records\":[");
        for (index, record) in records.iter().enumerate() {
            if index > 0 {
                event.push(',');
            }
            let data = base64_simd::STANDARD.encode_to_string(&record.data);
            event.push_str(&format!(
                "{{\"kinesis\":{{\"kinesisSchemaVersion\":\"1.0\",\"partitionKey\":{},\"sequenceNumber\":\"{}\",\"data\":\"{data}\",\
                 \"approximateArrivalTimestamp\":{}}},\"eventSource\":\"aws:kinesis\",\"eventVersion\":\"1.0\",\"eventID\":\"{}:{}\",\
                 \"eventName\":\"aws:kinesis:record\",\"invokeIdentityArn\":{role},\"awsRegion\":{region},\"eventSourceARN\":{source}}}",
                quoted(&record.partition_key),
                record.sequence_number,
                seconds(record.arrival),
                self.shard,
                record.sequence_number,
            ));
        }
        event.push_str("]}");
        event
    }

    /// What is told of records that are given up.
    fn failure(&self, condition: &str, chunk: &Chunk, outcome: Option<&Outcome>) -> Option<Record> {
        let shared = &self.shared;
        let engine = &shared.engine;
        let target = shared.row.on_failure.as_ref()?;
        let (first, last) = (chunk.records.first()?, chunk.records.last()?);
        let PrincipalParts { role } = PrincipalParts::of(&shared.principal);
        let mut body = json!({
            "requestContext": {
                "requestId": engine.random.uuid(),
                "functionArn": shared.row.function,
                "condition": condition,
                "approximateInvokeCount": chunk.runs,
            },
            "version": "1.0",
            "timestamp": iso(shared.timer.clock().now(), Precision::Millis),
            "KinesisBatchInfo": {
                "shardId": self.shard,
                "startSequenceNumber": first.sequence_number,
                "endSequenceNumber": last.sequence_number,
                "approximateArrivalOfFirstRecord": iso(first.arrival, Precision::Millis),
                "approximateArrivalOfLastRecord": iso(last.arrival, Precision::Millis),
                "batchSize": chunk.records.len(),
                "streamArn": shared.row.source,
            },
        });
        if let Some(outcome) = outcome {
            let mut context: Value = serde_json::from_str(&response_context(outcome)).unwrap_or_default();
            if !outcome.failed {
                context["functionError"] = Value::Null;
            }
            body["responseContext"] = context;
        }
        let event = self.event(&role, &chunk.records);
        if target.starts_with("arn:aws:s3:") {
            body["payload"] = Value::from(event.clone());
        }
        Some(Record {
            account: shared.key.account,
            region: shared.key.region.clone(),
            role,
            function: shared.named.key.name.clone(),
            folder: format!("aws/lambda/{}/{}", uuid_text(shared.key.id), self.shard),
            body: body.to_string(),
        })
    }

    /// How old the oldest record is that is run now.
    fn tell_age(&self, first: &SourceRecord) {
        let shared = &self.shared;
        let age = shared.timer.clock().now().since(first.arrival).as_secs_f64() * 1_000.0;
        let dimensions = [("FunctionName", shared.named.key.name.as_str())];
        let measurement = ports::Measurement {
            namespace: "AWS/Lambda",
            name: "IteratorAge",
            dimensions: &dimensions,
            unit: "Milliseconds",
            value: age,
        };
        shared.engine.metrics.record(shared.key.account, &shared.key.region, measurement);
    }
}

/// The role of a principal that reads for a mapping.
struct PrincipalParts {
    role: String,
}

impl PrincipalParts {
    fn of(principal: &Principal) -> Self {
        match &principal.kind {
            ports::PrincipalKind::Role { role, .. } => Self { role: role.to_string() },
            ports::PrincipalKind::Root
            | ports::PrincipalKind::User { .. }
            | ports::PrincipalKind::Federated { .. }
            | ports::PrincipalKind::Service { .. }
            | ports::PrincipalKind::Anonymous => Self { role: String::new() },
        }
    }
}

/// Seconds with milliseconds, as the event has them.
fn seconds(at: Timestamp) -> f64 {
    at.as_millis() as f64 / 1_000.0
}

/// How many records from the first on a function that reports failures has handled (facts section 4.5).
fn handled(answer: &[u8], records: &[SourceRecord]) -> usize {
    let all = records.len();
    let value = match serde_json::from_slice::<Value>(answer) {
        Ok(value) => value,
        Err(_) => return 0,
    };
    let failures = match &value {
        Value::Null => return all,
        Value::String(text) if text.is_empty() => return all,
        Value::Object(fields) => match fields.get("batchItemFailures") {
            None | Some(Value::Null) => return all,
            Some(Value::Array(failures)) => failures,
            Some(Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_)) => return 0,
        },
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => return 0,
    };
    let mut lowest = all;
    for failure in failures {
        let named = failure.get("itemIdentifier").and_then(Value::as_str).filter(|id| !id.is_empty());
        let at = named.and_then(|id| records.iter().position(|record| record.sequence_number == id));
        match at {
            Some(at) => lowest = lowest.min(at),
            None => return 0,
        }
    }
    lowest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(count: u64) -> Vec<SourceRecord> {
        let record = |n: u64| SourceRecord {
            sequence_number: (90 + n).to_string(),
            partition_key: "k".to_owned(),
            data: Bytes::new(),
            arrival: Timestamp::EPOCH,
        };
        (0..count).map(record).collect()
    }

    #[test]
    fn reports_of_failures_are_read_as_the_service_reads_them() {
        let records = records(4);
        for (answer, wanted) in [
            ("null", 4),
            ("\"\"", 4),
            ("{}", 4),
            ("{\"batchItemFailures\":null}", 4),
            ("{\"batchItemFailures\":[]}", 4),
            ("{\"batchItemFailures\":[{\"itemIdentifier\":\"92\"},{\"itemIdentifier\":\"91\"}]}", 1),
            ("{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}", 0),
            ("{\"batchItemFailures\":[{\"itemIdentifier\":null}]}", 0),
            ("{\"batchItemFailures\":[{}]}", 0),
            ("{\"batchItemFailures\":[{\"itemIdentifier\":\"17\"}]}", 0),
            ("no json", 0),
        ] {
            assert_eq!(handled(answer.as_bytes(), &records), wanted, "{answer}");
        }
    }

    #[test]
    fn sequence_numbers_are_compared_as_numbers() {
        assert!(is_after("100", "99") && !is_after("99", "100") && !is_after("99", "99"));
    }

    #[test]
    fn every_key_has_one_lane() {
        assert!((0..100).all(|n| lane_of(&n.to_string(), 7) < 7));
        assert_eq!(lane_of("a", 1), 0);
    }
}
