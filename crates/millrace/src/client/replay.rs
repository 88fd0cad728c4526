//! `millrace replay STREAM --into OTHER`: puts a stretch of a stream into another, at its own pace, or faster.
//!
//! The shards are read side by side and merged by arrival, so that what came first is put first; a child's records follow its parents'. Each is put
//! when its time has come: the distance from the first record, divided by the speed. Data and partition keys are as they were (an aggregate stays
//! one); hash keys that were given explicitly are not told by a stream's readers, and are lost. A record that the target throttles is put again
//! before any that follow, so records of one key keep their order.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, VecDeque};
use std::process::ExitCode;
use std::time::Duration;

use base::Timestamp;
use clap::{Arg, ArgMatches, Command};
use futures_util::stream::{FuturesUnordered, StreamExt};
use serde_json::{Value, json};
use service::Timer;

use super::call::{Error, Kinesis};
use super::reader::{Reader, Record};
use super::shards::{self, Family, From};
use super::tail::stream_input;
use super::{INTERRUPTED, interrupted, options};
use crate::Failure;

/// Records of one PutRecords call, and their bytes: what every server takes.
const BATCH_RECORDS: usize = 500;
const BATCH_BYTES: usize = 4 << 20;
/// The first pause after the target threw records back, and the longest.
const PAUSE_MIN: Duration = Duration::from_millis(100);
const PAUSE_MAX: Duration = Duration::from_secs(5);

/// The command's description.
pub(super) fn command() -> Command {
    Command::new("replay")
        .about("Put a stretch of a Kinesis stream into another stream, at its own pace or faster")
        .after_help(options::CREDENTIALS_HELP)
        .arg(
            Arg::new("stream").value_name("STREAM").required(true).help("The stream to read, by name or ARN"),
        )
        .arg(
            Arg::new("into")
                .long("into")
                .value_name("STREAM")
                .required(true)
                .help("The stream to put into, by name or ARN"),
        )
        .arg(
            Arg::new("from")
                .long("from")
                .value_name("trim|TIME")
                .default_value("trim")
                .help("Where to begin"),
        )
        .arg(
            Arg::new("to")
                .long("to")
                .value_name("TIME")
                .default_value("now")
                .help("Before which time to end"),
        )
        .arg(
            Arg::new("speed")
                .long("speed")
                .value_name("FACTOR|max")
                .default_value("1")
                .help("How many times as fast as the records came; `max`: as fast as it goes"),
        )
        .args(options::shared())
}

/// What was put.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Put {
    records: u64,
    bytes: u64,
}

/// Replays.
pub(super) async fn run(matches: &ArgMatches, timer: &Timer) -> Result<ExitCode, Failure> {
    let kinesis = options::client(matches, timer)?;
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str).unwrap_or_default();
    let now = timer.clock().wall();
    let from = match options::from(text("from"), now)? {
        From::Latest => return Err("--from latest leaves nothing to replay".into()),
        from => from,
    };
    let to = options::time(text("to"), now)?;
    let speed = speed(text("speed"))?;
    let (source, target) = (stream_input(text("stream")), stream_input(text("into")));
    let mut put = Put::default();
    let began = timer.clock().monotonic();
    let done = tokio::select! {
        done = replay(&kinesis, (&source, &target), (from, to, speed), &mut put) => Some(done),
        () = interrupted() => None,
    };
    let secs = timer.clock().monotonic().saturating_sub(began).as_secs_f64();
    let said = match &done {
        Some(Ok(())) => "replayed",
        Some(Err(_)) => "failed after",
        None => "interrupted after",
    };
    eprintln!("millrace: {said} {} records, {} bytes, in {secs:.1} s", put.records, put.bytes);
    match done {
        Some(Ok(())) => Ok(ExitCode::SUCCESS),
        Some(Err(failure)) => Err(failure),
        None => Ok(ExitCode::from(INTERRUPTED)),
    }
}

/// How many times as fast; `None`: as fast as it goes.
fn speed(text: &str) -> Result<Option<f64>, String> {
    if text == "max" {
        return Ok(None);
    }
    let factor = text.parse::<f64>().ok().filter(|factor| factor.is_finite() && *factor > 0.0);
    factor.map(Some).ok_or_else(|| format!("`{text}` is no speed: give a factor above 0, or max"))
}

async fn replay(
    kinesis: &Kinesis,
    (source, target): (&Value, &Value),
    (from, to, speed): (From, Timestamp, Option<f64>),
    put: &mut Put,
) -> Result<(), Failure> {
    for stream in [source, target] {
        kinesis.call("DescribeStreamSummary", stream).await?;
    }
    let mut merged = Merged::new(kinesis, source, from, to).await?;
    let mut pace: Option<Pace> = None;
    let mut batch = Batch::default();
    while let Some(record) = merged.next().await? {
        let pace = pace.get_or_insert_with(|| Pace::new(kinesis.timer(), record.arrival, speed));
        if let Some(wait) = pace.wait(kinesis.timer(), record.arrival) {
            // What has come due is put before anybody waits.
            batch.send(kinesis, target, put).await?;
            kinesis.timer().sleep(wait).await;
        }
        if !batch.has_room(&record) {
            batch.send(kinesis, target, put).await?;
        }
        batch.add(record);
    }
    Ok(batch.send(kinesis, target, put).await?)
}

/// When which record is due.
struct Pace {
    began: Duration,
    first: Timestamp,
    speed: Option<f64>,
}

impl Pace {
    fn new(timer: &Timer, first: Timestamp, speed: Option<f64>) -> Self {
        Self { began: timer.clock().monotonic(), first, speed }
    }

    /// How long to wait for a record; `None`: it is due.
    fn wait(&self, timer: &Timer, arrival: Timestamp) -> Option<Duration> {
        let due = arrival.since(self.first).as_secs_f64() / self.speed?;
        let passed = timer.clock().monotonic().saturating_sub(self.began).as_secs_f64();
        // Less than a millisecond is not worth a call of its own.
        (due - passed > 0.001).then(|| Duration::from_secs_f64((due - passed).min(86_400.0)))
    }
}

/// Records on their way to one call.
#[derive(Default)]
struct Batch {
    records: Vec<Record>,
    bytes: usize,
}

fn bytes_of(record: &Record) -> usize {
    record.data.len() + record.key.as_ref().map_or(0, String::len)
}

impl Batch {
    fn has_room(&self, record: &Record) -> bool {
        self.records.is_empty()
            || self.records.len() < BATCH_RECORDS && self.bytes + bytes_of(record) <= BATCH_BYTES
    }

    fn add(&mut self, record: Record) {
        self.bytes += bytes_of(&record);
        self.records.push(record);
    }

    /// Puts all of it; what is thrown back is put again.
    async fn send(&mut self, kinesis: &Kinesis, target: &Value, put: &mut Put) -> Result<(), Error> {
        let mut left = std::mem::take(&mut self.records);
        self.bytes = 0;
        let mut pause = PAUSE_MIN;
        while !left.is_empty() {
            let mut input = target.clone();
            input["Records"] = left.iter().map(entry).collect();
            let answer = kinesis.call("PutRecords", &input).await?;
            let failed: Vec<bool> = answer["Records"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|entry| entry.get("ErrorCode").is_some_and(|code| !code.is_null()))
                .collect();
            let before = left.len();
            let mut at = 0;
            left.retain(|record| {
                let failed = failed.get(at).copied().unwrap_or(true);
                at += 1;
                if !failed {
                    put.records += 1;
                    put.bytes += record.data.len() as u64;
                }
                failed
            });
            if !left.is_empty() {
                pause = if left.len() < before { PAUSE_MIN } else { (pause * 2).min(PAUSE_MAX) };
                kinesis.timer().sleep(pause).await;
            }
        }
        Ok(())
    }
}

fn entry(record: &Record) -> Value {
    let mut entry = json!({"Data": base64_simd::STANDARD.encode_to_string(&record.data)});
    // A stream that places records by chance has some without a key; a target may need one.
    entry["PartitionKey"] = record.key.as_deref().unwrap_or(&record.sequence).into();
    entry
}

/// All records of a stretch, by arrival.
struct Merged<'k> {
    kinesis: &'k Kinesis,
    stream: Value,
    to: Timestamp,
    family: Family,
    /// Shards whose next records are at hand, by the arrival of the first of them.
    heap: BinaryHeap<Reverse<(i64, String)>>,
    lanes: HashMap<String, Lane>,
    /// Shards that have to be read before anything can be said.
    hungry: Vec<Lane>,
}

struct Lane {
    reader: Reader,
    buffer: VecDeque<Record>,
    ended: Option<Vec<shards::Shard>>,
    /// Nothing follows that is wanted.
    over: bool,
}

impl<'k> Merged<'k> {
    async fn new(kinesis: &'k Kinesis, stream: &Value, from: From, to: Timestamp) -> Result<Self, Error> {
        let first = shards::first(kinesis, stream, from).await?;
        let mut family = Family::default();
        family.begin(&first);
        let hungry = first.into_iter().map(|shard| Lane::new(stream, shard.id, from)).collect();
        let (heap, lanes) = (BinaryHeap::new(), HashMap::new());
        Ok(Self { kinesis, stream: stream.clone(), to, family, heap, lanes, hungry })
    }

    async fn next(&mut self) -> Result<Option<Record>, Error> {
        loop {
            self.feed().await?;
            let Some(Reverse((_, shard))) = self.heap.pop() else { return Ok(None) };
            let mut lane = self.lanes.remove(&shard).expect("a shard in the heap has a lane");
            let Some(record) = lane.buffer.pop_front() else { continue };
            self.keep(lane);
            if record.arrival < self.to {
                return Ok(Some(record));
            }
            // Later records of this shard are later still, and its children's too.
            if let Some(mut lane) = self.lanes.remove(&shard) {
                self.heap.retain(|Reverse((_, other))| *other != shard);
                lane.buffer.clear();
            }
            self.hungry.retain(|lane| lane.reader.shard != shard);
        }
    }

    /// Puts a lane where it belongs: among those with records, those to be read, or with its children in its place.
    fn keep(&mut self, lane: Lane) {
        if let Some(first) = lane.buffer.front() {
            self.heap.push(Reverse((first.arrival.as_millis(), lane.reader.shard.clone())));
            self.lanes.insert(lane.reader.shard.clone(), lane);
        } else if let Some(children) = lane.ended {
            for id in self.family.ended(&lane.reader.shard, children) {
                self.hungry.push(Lane::new(&self.stream, id, From::Trim));
            }
        } else if !lane.over {
            self.hungry.push(lane);
        }
    }

    /// Reads every shard of which nothing is at hand.
    async fn feed(&mut self) -> Result<(), Error> {
        while !self.hungry.is_empty() {
            let kinesis = self.kinesis;
            let mut reads: FuturesUnordered<_> =
                std::mem::take(&mut self.hungry).into_iter().map(|lane| lane.read(kinesis)).collect();
            let mut read = Vec::new();
            while let Some(lane) = reads.next().await {
                read.push(lane?);
            }
            drop(reads);
            read.into_iter().for_each(|lane| self.keep(lane));
        }
        Ok(())
    }
}

impl Lane {
    fn new(stream: &Value, shard: String, from: From) -> Self {
        let reader = Reader::new(stream, shard, from);
        Self { reader, buffer: VecDeque::new(), ended: None, over: false }
    }

    async fn read(mut self, kinesis: &Kinesis) -> Result<Self, Error> {
        let page = self.reader.page(kinesis).await?;
        self.buffer.extend(page.records);
        self.ended = page.ended;
        // What comes after the tip comes after `to`, which is not later than now.
        self.over = page.at_tip && self.ended.is_none();
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Clock;

    #[test]
    fn speeds_are_factors_or_max() {
        assert_eq!(speed("10"), Ok(Some(10.0)));
        assert_eq!(speed("0.5"), Ok(Some(0.5)));
        assert_eq!(speed("max"), Ok(None));
        for wrong in ["0", "-1", "fast", "inf", "NaN"] {
            assert!(speed(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_record_is_due_at_its_distance_divided_by_the_speed() {
        let clock = Clock::manual(Timestamp::from_secs(1_000));
        let timer = Timer::new(clock.clone());
        let at = |secs: i64| Timestamp::from_secs(500 + secs);
        let pace = Pace::new(&timer, at(0), Some(10.0));
        assert_eq!(pace.wait(&timer, at(0)), None);
        assert_eq!(pace.wait(&timer, at(20)), Some(Duration::from_secs(2)));
        clock.pass(Duration::from_secs(2));
        assert_eq!(pace.wait(&timer, at(20)), None);
        assert_eq!(Pace::new(&timer, at(0), None).wait(&timer, at(1_000)), None);
    }

    #[test]
    fn a_batch_is_what_every_server_takes() {
        let record = |bytes: usize| Record {
            shard: String::new(),
            sequence: "1".to_owned(),
            key: None,
            arrival: Timestamp::EPOCH,
            data: vec![0; bytes],
        };
        let mut batch = Batch::default();
        assert!(batch.has_room(&record(10 << 20)), "a single large record goes by itself");
        batch.add(record(3 << 20));
        assert!(!batch.has_room(&record(2 << 20)) && batch.has_room(&record(1 << 20)));
        let mut batch = Batch::default();
        (0..500).for_each(|_| batch.add(record(1)));
        assert!(!batch.has_room(&record(1)));
        assert_eq!(entry(&record(0))["PartitionKey"], "1");
    }
}
