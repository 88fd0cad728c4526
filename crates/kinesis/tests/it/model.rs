//! The whole room against a plain model: puts, splits, merges, retention, time that passes and power that fails, with reads from random places in
//! between. Order, completeness and the rules of closed shards.
//!
//! The store is the real engine on a simulated disk. A power cut falls into the middle of the last call: what it did is there whole or not at all, and
//! all that was acknowledged before it is there.
//!
//! `KINESIS_MODEL_SEEDS=100 KINESIS_MODEL_FIRST=7` runs a hundred seeds from the seventh on; `KINESIS_MODEL_STEPS` says how long each is.

use std::sync::Arc;
use std::time::Duration;

use base::{Clock, Random, Timestamp};
use serde_json::{Value, json};
use storage::{Disk, Embedded, Parts, SimDisk};

use crate::harness::{START, World, base64, number, numbers, text, world_over};

/// Seeds of the everyday test.
const SEEDS: u64 = 3;
/// Steps of one seed.
const STEPS: u64 = 120;

#[derive(Clone, Debug, PartialEq)]
struct Record {
    sequence: String,
    key: String,
    data: String,
    micros: i64,
}

#[derive(Clone, Debug, PartialEq)]
struct Shard {
    first: u128,
    last: u128,
    parents: Vec<u32>,
    children: Vec<u32>,
    closed_micros: Option<i64>,
    records: Vec<Record>,
}

impl Shard {
    fn is_open(&self) -> bool {
        self.children.is_empty()
    }
}

/// What there should be.
#[derive(Clone, Debug)]
struct Plain {
    /// By number.
    shards: Vec<Shard>,
    hours: i64,
    trimmed_micros: i64,
}

impl Plain {
    fn horizon(&self, now: Timestamp) -> i64 {
        self.trimmed_micros.max(now.as_micros() - self.hours * 3_600_000_000)
    }

    fn open(&self) -> Vec<u32> {
        let mut open: Vec<u32> =
            (0..).zip(&self.shards).filter(|(_, shard)| shard.is_open()).map(|(number, _)| number).collect();
        open.sort_by_key(|number| self.shards[*number as usize].first);
        open
    }

    fn listed(&self, now: Timestamp) -> Vec<u32> {
        let horizon = self.horizon(now);
        let kept = |shard: &Shard| shard.closed_micros.is_none_or(|at| at >= horizon);
        (0..).zip(&self.shards).filter(|(_, shard)| kept(shard)).map(|(number, _)| number).collect()
    }

    fn shard_of(&self, key: &str) -> u32 {
        let hash = u128::from_be_bytes(crypt::md5(key.as_bytes()));
        let holds = |number: &u32| {
            let shard = &self.shards[*number as usize];
            (shard.first..=shard.last).contains(&hash)
        };
        self.open().into_iter().find(holds).expect("open shards hold every key")
    }

    fn close(&mut self, numbers: &[u32], ranges: &[(u128, u128)], now: Timestamp) {
        let first = self.shards.len() as u32;
        let children: Vec<u32> = (first..first + ranges.len() as u32).collect();
        for number in numbers {
            let shard = &mut self.shards[*number as usize];
            shard.children = children.clone();
            shard.closed_micros = Some(now.cut_to_millis().as_micros());
        }
        for (first, last) in ranges {
            let (parents, children) = (numbers.to_vec(), Vec::new());
            let shard = Shard {
                first: *first,
                last: *last,
                parents,
                children,
                closed_micros: None,
                records: Vec::new(),
            };
            self.shards.push(shard);
        }
    }

    /// The records a reader at this place gets.
    fn from(&self, shard: u32, place: usize, now: Timestamp) -> &[Record] {
        let records = &self.shards[shard as usize].records;
        let horizon = self.horizon(now);
        let kept = records.iter().position(|record| record.micros >= horizon).unwrap_or(records.len());
        &records[place.max(kept)..]
    }
}

struct Run {
    random: Random,
    clock: Clock,
    disk: SimDisk,
    store: Arc<Embedded>,
    world: World,
    plain: Plain,
    puts: u64,
    cuts: u64,
}

impl Run {
    async fn new(seed: u64) -> Self {
        let clock = Clock::manual(START);
        let random = Random::seeded(seed);
        let disk = SimDisk::new();
        let (store, world) = opened(&disk, &clock, &random).await;
        world.create("s", 2).await;
        let half = u128::MAX / 2;
        let shard = |first, last| Shard {
            first,
            last,
            parents: Vec::new(),
            children: Vec::new(),
            closed_micros: None,
            records: Vec::new(),
        };
        let shards = vec![shard(0, half), shard(half + 1, u128::MAX)];
        let plain = Plain { shards, hours: 24, trimmed_micros: 0 };
        Self { random, clock, disk, store, world, plain, puts: 0, cuts: 0 }
    }

    fn below(&self, bound: u64) -> u64 {
        self.random.u64() % bound
    }

    fn one_of(&self, numbers: &[u32]) -> u32 {
        numbers[self.below(numbers.len() as u64) as usize]
    }

    /// One step. What it does to the model is done after the call: `None` if the call does nothing that lasts.
    async fn step(&mut self) {
        match self.below(20) {
            0..9 => self.with_cut(Step::Put).await,
            9 => self.with_cut(Step::Split).await,
            10 => self.with_cut(Step::Merge).await,
            11 => self.with_cut(Step::Retention).await,
            12..14 => {
                let by = Duration::from_millis(self.below(8 * 3_600_000));
                self.world.pass(by).await;
            }
            _ => self.read().await,
        }
    }

    /// A call that changes something; now and then the power fails in its middle.
    async fn with_cut(&mut self, step: Step) {
        let before = (self.plain.clone(), self.disk.moment());
        match step {
            Step::Put => self.put().await,
            Step::Split => self.split().await,
            Step::Merge => self.merge().await,
            Step::Retention => self.retention().await,
        }
        if self.below(12) > 0 {
            return;
        }
        self.cuts += 1;
        let (from, to) = (before.1, self.disk.moment());
        let moment = from + self.below((to - from) as u64 + 1) as usize;
        let cut = self.disk.power_cuts().cut_at(moment, &self.random);
        assert!(self.world.tasks.stop(Duration::from_secs(5)).await);
        let old = self.store.clone();
        tokio::task::spawn_blocking(move || old.close()).await.unwrap();
        self.disk = cut;
        let (store, world) = opened(&self.disk, &self.clock, &self.random).await;
        (self.store, self.world) = (store, world);
        // The last call happened or it did not; everything before it did.
        let after = std::mem::replace(&mut self.plain, before.0);
        if !self.is_as_said().await {
            self.plain = after;
            assert!(
                self.is_as_said().await,
                "what is there is neither what was before nor what was after the call"
            );
        }
    }

    async fn put(&mut self) {
        let count = 1 + self.below(12);
        let mut records = Vec::new();
        for _ in 0..count {
            self.puts += 1;
            let key = format!("k{}", self.below(30));
            let data = format!("{}:{}", self.puts, "x".repeat(self.below(2_000) as usize));
            records.push((key, data));
        }
        let entries: Vec<Value> =
            records.iter().map(|(key, data)| json!({"PartitionKey": key, "Data": base64(data)})).collect();
        let answer = self.world.call("PutRecords", json!({"StreamName": "s", "Records": entries})).await.ok();
        let micros = self.clock.now().as_micros();
        for ((key, data), put) in records.into_iter().zip(answer["Records"].as_array().unwrap()) {
            let shard = number(&put["ShardId"]);
            assert_eq!(shard, self.plain.shard_of(&key), "a key goes where its hash belongs");
            let sequence = text(&put["SequenceNumber"]);
            let shard = &mut self.plain.shards[shard as usize];
            assert!(shard.records.last().is_none_or(|last| greater(&sequence, &last.sequence)));
            shard.records.push(Record { sequence, key, data, micros });
        }
    }

    async fn split(&mut self) {
        let open = self.plain.open();
        if open.len() > 8 {
            return self.merge().await;
        }
        let parent = self.one_of(&open);
        let (first, last) =
            (self.plain.shards[parent as usize].first, self.plain.shards[parent as usize].last);
        if last - first < 4 {
            return;
        }
        let at = first + 2 + self.random.u128() % (last - first - 3);
        let input = json!({"StreamName": "s", "ShardToSplit": format!("shardId-{parent}"), "NewStartingHashKey": at.to_string()});
        self.world.call("SplitShard", input).await.ok();
        let now = self.clock.now();
        self.plain.close(&[parent], &[(first, at - 1), (at, last)], now);
    }

    async fn merge(&mut self) {
        let open = self.plain.open();
        if open.len() < 2 {
            return;
        }
        let place = self.below(open.len() as u64 - 1) as usize;
        let (lower, upper) = (open[place], open[place + 1]);
        let input = json!({"StreamName": "s", "ShardToMerge": format!("shardId-{lower}"), "AdjacentShardToMerge": format!("shardId-{upper}")});
        self.world.call("MergeShards", input).await.ok();
        let range = (self.plain.shards[lower as usize].first, self.plain.shards[upper as usize].last);
        let now = self.clock.now();
        self.plain.close(&[lower, upper], &[range], now);
    }

    async fn retention(&mut self) {
        let hours = 24 + self.below(48) as i64;
        let operation = if hours >= self.plain.hours { "Increase" } else { "Decrease" };
        let operation = format!("{operation}StreamRetentionPeriod");
        self.world.call(&operation, json!({"StreamName": "s", "RetentionPeriodHours": hours})).await.ok();
        let shorter = hours.min(self.plain.hours);
        let trimmed = self.clock.now().as_micros() - shorter * 3_600_000_000;
        self.plain.trimmed_micros = self.plain.trimmed_micros.max(trimmed);
        self.plain.hours = hours;
    }

    /// Reads a shard from a random place to its tip or its end.
    async fn read(&mut self) {
        let now = self.clock.now();
        let shard = self.one_of(&self.plain.listed(now));
        let records = &self.plain.shards[shard as usize].records;
        let any = (!records.is_empty()).then(|| self.below(records.len() as u64) as usize);
        let (place, start) = match (self.below(5), any) {
            (0, Some(at)) => {
                let sequence = &records[at].sequence;
                (at, json!({"ShardIteratorType": "AT_SEQUENCE_NUMBER", "StartingSequenceNumber": sequence}))
            }
            (1, Some(at)) => {
                let sequence = &records[at].sequence;
                (
                    at + 1,
                    json!({"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "StartingSequenceNumber": sequence}),
                )
            }
            (2, Some(at)) => {
                let millis = records[at].micros.div_euclid(1_000) + self.below(3) as i64 - 1;
                let millis = millis.min(now.as_millis());
                let place = records.iter().position(|record| record.micros >= millis * 1_000);
                let seconds = millis as f64 / 1_000.0;
                (
                    place.unwrap_or(records.len()),
                    json!({"ShardIteratorType": "AT_TIMESTAMP", "Timestamp": seconds}),
                )
            }
            (3, _) => (records.len(), json!({"ShardIteratorType": "LATEST"})),
            (_, _) => (0, json!({"ShardIteratorType": "TRIM_HORIZON"})),
        };
        let limit = 1 + self.below(40);
        let expected: Vec<Record> = self.plain.from(shard, place, now).to_vec();
        let (found, children) = self.read_all(shard, start, limit).await;
        assert_eq!(found, expected, "shard {shard} from {place}");
        let mut closed = self.plain.shards[shard as usize].children.clone();
        closed.sort_unstable();
        assert_eq!(children.unwrap_or_default(), closed, "a closed shard's end names its children");
    }

    /// All that follows a place, and the children if the shard has ended.
    async fn read_all(&self, shard: u32, start: Value, limit: u64) -> (Vec<Record>, Option<Vec<u32>>) {
        let mut iterator = self.world.iterator("s", shard, start).await;
        let mut found = Vec::new();
        loop {
            let input = json!({"ShardIterator": iterator, "Limit": limit});
            let answer = self.world.call("GetRecords", input).await.ok();
            let records = answer["Records"].as_array().unwrap();
            assert!(records.len() as u64 <= limit);
            found.extend(records.iter().map(record));
            match answer["NextShardIterator"].as_str() {
                Some(next) => {
                    assert!(
                        answer.get("ChildShards").is_none_or(Value::is_null),
                        "an open end names no children"
                    );
                    if answer["MillisBehindLatest"] == 0 && records.is_empty() {
                        return (found, None);
                    }
                    iterator = next.to_owned();
                }
                None => {
                    let children = answer["ChildShards"].as_array().expect("an end names children");
                    let mut children = numbers(children);
                    children.sort_unstable();
                    return (found, Some(children));
                }
            }
        }
    }

    /// Whether everything is as the model says: shards, what they descend from, and every record.
    async fn is_as_said(&self) -> bool {
        let now = self.clock.now();
        let listed = self.world.shards("s").await;
        if numbers(&listed) != self.plain.listed(now) {
            return false;
        }
        let hours = self.world.summary("s").await["RetentionPeriodHours"].as_i64().unwrap();
        if hours != self.plain.hours {
            return false;
        }
        for shown in &listed {
            let shard = number(&shown["ShardId"]);
            let plain = &self.plain.shards[shard as usize];
            let parents: Vec<u32> = ["ParentShardId", "AdjacentParentShardId"]
                .iter()
                .filter(|name| shown[**name].is_string())
                .map(|name| number(&shown[*name]))
                .collect();
            assert_eq!(parents, plain.parents);
            let start = json!({"ShardIteratorType": "TRIM_HORIZON"});
            let (found, children) = self.read_all(shard, start, 10_000).await;
            if found != self.plain.from(shard, 0, now) || children.is_some() == plain.is_open() {
                return false;
            }
        }
        true
    }
}

#[derive(Clone, Copy)]
enum Step {
    Put,
    Split,
    Merge,
    Retention,
}

async fn opened(disk: &SimDisk, clock: &Clock, random: &Random) -> (Arc<Embedded>, World) {
    let settings = storage::Settings {
        segment_bytes: Some(256 << 10),
        fold_rows: 200,
        fold_bytes: 1 << 20,
        fresh_bytes: 64 << 10,
        cache_bytes: 1 << 20,
        floor_bytes: Some(0),
        ..storage::Settings::new("sim")
    };
    let disk: Arc<dyn Disk> = Arc::new(disk.clone());
    let parts = Parts { clock: clock.clone(), random: Random::seeded(random.u64()), disk: Some(disk) };
    let store = tokio::task::spawn_blocking(move || Embedded::open(settings, parts).unwrap()).await.unwrap();
    let world = world_over(store.clone(), clock.clone(), kinesis::Settings::default(), random.u64());
    (store, world)
}

fn record(shown: &Value) -> Record {
    let data = base64_simd::STANDARD.decode_to_vec(text(&shown["Data"])).unwrap();
    let seconds = shown["ApproximateArrivalTimestamp"].as_f64().unwrap();
    Record {
        sequence: text(&shown["SequenceNumber"]),
        key: text(&shown["PartitionKey"]),
        data: String::from_utf8(data).unwrap(),
        // Whole milliseconds: the model's clock moves by them alone.
        micros: (seconds * 1_000.0).round() as i64 * 1_000,
    }
}

/// Sequence numbers compare as numbers.
fn greater(a: &str, b: &str) -> bool {
    (a.len(), a) > (b.len(), b)
}

fn variable(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().map_or(default, |text| text.parse().expect("a number"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_happens_the_room_is_as_a_plain_model_says() {
    let first = variable("KINESIS_MODEL_FIRST", 1);
    for seed in first..first + variable("KINESIS_MODEL_SEEDS", SEEDS) {
        println!("seed {seed}");
        let mut run = Run::new(seed).await;
        for _ in 0..variable("KINESIS_MODEL_STEPS", STEPS) {
            run.step().await;
        }
        assert!(run.is_as_said().await, "seed {seed}");
        println!("{} puts, {} power cuts, {} shards", run.puts, run.cuts, run.plain.shards.len());
        assert!(run.world.tasks.stop(Duration::from_secs(5)).await);
        let store = run.store.clone();
        tokio::task::spawn_blocking(move || store.close()).await.unwrap();
    }
}
