//! A consumer of Kafka's protocol, as much of it as reading a topic needs: who leads which partition, where its log begins and ends, the records
//! from an offset on. Positions are rows of ours, so there is no consumer group, no coordinator and no commit to the brokers.
//!
//! ```text
//!   bootstrap ─► Metadata ─► leaders of partitions ─► ListOffsets (creation, new partitions)
//!                                                   ─► Fetch from an offset ─► record batches (kafka/batch.rs)
//! ```
//!
//! Connections go through `outbound`, whose rules judge every address, those that brokers name included; that is why it is our own: a
//! library opens its sockets itself. Versions of requests are the oldest that Kafka 4 still answers and Kafka 0.11 answered already. What transactions
//! aborted is not read. Brokers that want a password (SASL) are not read. Why: [0008](../../../../docs/decisions/0008-kafka-by-hand.md).

mod batch;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Mutex;
use std::time::Duration;

use base::Timestamp;
use bytes::{Buf, BufMut, Bytes, BytesMut};
use outbound::{Client, Connection, Endpoint};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use self::batch::Wanted;

/// The time for connecting, and for an answer beyond what the broker was asked to wait.
const STEP: Duration = Duration::from_secs(10);
/// How long a broker holds back an answer without records, when somebody waits for some.
const WAIT: Duration = Duration::from_secs(5);
/// Bytes of an answer.
const ANSWER_BYTES_MAX: i32 = 64 << 20;
/// Bytes of records that are asked for at a time; a broker sends at least one batch, however large.
const FETCH_BYTES: i32 = 1 << 20;
/// Items of a list in an answer.
const ITEMS_MAX: i32 = 100_000;
/// Partitions of a topic: each has a cursor, and a commit carries all of them.
pub const PARTITIONS_MAX: usize = 5_000;
/// Connections that are kept for each broker.
const KEPT_MAX: usize = 4;
/// Batches without a record that are passed over in one read.
const EMPTY_MAX: usize = 1_000;

/// The number of every request: a connection has one under way at a time.
const NUMBER: i32 = 1;

const FETCH: (i16, i16) = (1, 4);
const LIST_OFFSETS: (i16, i16) = (2, 2);
const METADATA: (i16, i16) = (3, 4);

/// Where in time a partition is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Behind the newest record.
    Latest,
    /// At the oldest.
    Earliest,
    /// At the first record of then or later.
    At(Timestamp),
}

/// Why a topic cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KafkaError {
    /// There is no such topic, or no such partition of it.
    #[error("the topic {0} does not exist")]
    NoTopic(String),
    /// For the moment, or until somebody repairs it.
    #[error("Kafka: {0}")]
    Unreachable(String),
}

fn broken(what: impl std::fmt::Display) -> KafkaError {
    KafkaError::Unreachable(what.to_string())
}

/// A record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KafkaRecord {
    /// Its place.
    pub offset: u64,
    /// Its value; none for what a compacted topic forgets.
    pub value: Option<Bytes>,
    /// When it was made, or appended.
    pub millis: i64,
}

/// What one read returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The records, in order.
    pub records: Vec<KafkaRecord>,
    /// Where to go on.
    pub next: u64,
}

/// Where a cluster is first asked: `host:port,…`, with `SSL://` before those that speak TLS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bootstrap {
    hosts: Vec<(String, u16)>,
    tls: bool,
}

impl Bootstrap {
    /// From its text. The text of an ARN is none: there is no cluster here that it could name.
    pub fn parse(text: &str) -> Option<Self> {
        let mut tls = false;
        let mut hosts = Vec::new();
        for part in text.split(',').map(str::trim) {
            let (secure, rest) = match (part.strip_prefix("SSL://"), part.strip_prefix("PLAINTEXT://")) {
                (Some(rest), _) => (true, rest),
                (None, Some(rest)) => (false, rest),
                (None, None) => (false, part),
            };
            let (host, port) = rest.rsplit_once(':')?;
            let host = host.trim_start_matches('[').trim_end_matches(']');
            if host.is_empty() || host.starts_with("arn:") || host.contains('/') {
                return None;
            }
            tls |= secure;
            hosts.push((host.to_owned(), port.parse().ok()?));
        }
        Some(Self { hosts, tls })
    }
}

/// A topic of a cluster.
pub struct Topic {
    client: Client,
    bootstrap: Bootstrap,
    name: String,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// The leaders' addresses, by partition.
    leaders: HashMap<i32, (String, u16)>,
    idle: HashMap<(String, u16), Vec<Connection>>,
}

impl Topic {
    /// A topic that is not asked about yet.
    pub fn new(client: Client, bootstrap: Bootstrap, name: String) -> Self {
        Self { client, bootstrap, name, known: Mutex::default() }
    }

    /// The numbers of its partitions.
    pub async fn partitions(&self) -> Result<Vec<i32>, KafkaError> {
        let leaders = self.ask_for_leaders().await?;
        if leaders.len() > PARTITIONS_MAX {
            let (name, count) = (&self.name, leaders.len());
            return Err(broken(format!(
                "the topic {name} has {count} partitions; at most {PARTITIONS_MAX} are read"
            )));
        }
        let mut numbers: Vec<i32> = leaders.keys().copied().collect();
        numbers.sort_unstable();
        self.held().leaders = leaders;
        Ok(numbers)
    }

    /// Where a moment stands in a partition.
    pub async fn offset(&self, partition: i32, moment: Moment) -> Result<u64, KafkaError> {
        let found = self.offsets(&[partition], moment).await?;
        found.get(&partition).copied().ok_or_else(|| KafkaError::NoTopic(self.name.clone()))
    }

    /// Where a moment stands in each of these partitions. Each leader is asked once.
    pub async fn offsets(&self, of: &[i32], moment: Moment) -> Result<BTreeMap<i32, u64>, KafkaError> {
        let time = match moment {
            Moment::Latest => -1,
            Moment::Earliest => -2,
            Moment::At(at) => at.as_millis().max(0),
        };
        let mut by_leader: BTreeMap<(String, u16), BTreeSet<i32>> = BTreeMap::new();
        for partition in of {
            by_leader.entry(self.leader(*partition).await?).or_default().insert(*partition);
        }
        let (mut found, mut later) = (BTreeMap::new(), Vec::new());
        for (leader, asked) in by_leader {
            let mut body = BytesMut::new();
            body.put_i32(-1);
            // Behind a transaction that is open nothing is read either.
            body.put_i8(1);
            body.put_i32(1);
            put_text(&mut body, &self.name);
            body.put_i32(asked.len() as i32);
            for partition in &asked {
                body.put_i32(*partition);
                body.put_i64(time);
            }
            let mut answer = self.ask_leader(&leader, LIST_OFFSETS, body.freeze(), STEP).await?;
            for (partition, offset) in self.listed(&mut answer)? {
                match (asked.contains(&partition), offset, moment) {
                    (false, _, _) => return Err(broken("an answer is about another partition")),
                    // Nothing is as late as that: what comes next is.
                    (true, -1, Moment::At(_)) => later.push(partition),
                    (true, offset, _) => {
                        let offset =
                            u64::try_from(offset).map_err(|_| broken("a partition has no offset"))?;
                        found.insert(partition, offset);
                    }
                }
            }
        }
        if !later.is_empty() {
            found.extend(Box::pin(self.offsets(&later, Moment::Latest)).await?);
        }
        match of.iter().all(|partition| found.contains_key(partition)) {
            true => Ok(found),
            false => Err(KafkaError::NoTopic(self.name.clone())),
        }
    }

    /// Partitions and their offsets.
    fn listed(&self, answer: &mut Answer) -> Result<Vec<(i32, i64)>, KafkaError> {
        let mut listed = Vec::new();
        answer.number_i32()?;
        for _ in 0..answer.items()? {
            answer.text()?;
            for _ in 0..answer.items()? {
                let (partition, error) = (answer.number_i32()?, answer.number_i16()?);
                self.judge(error)?;
                answer.number_i64()?;
                listed.push((partition, answer.number_i64()?));
            }
        }
        Ok(listed)
    }

    /// Records from an offset on, at most `count`, in about `bytes`. None if there are none yet.
    pub async fn read(
        &self,
        partition: i32,
        from: u64,
        count: usize,
        bytes: usize,
    ) -> Result<Fetched, KafkaError> {
        let bytes = bytes.clamp(1, FETCH_BYTES as usize);
        let mut next = from;
        for _ in 0..EMPTY_MAX {
            let wanted = Wanted { from: next, count, bytes };
            let Some((records, behind)) = self.fetch(partition, wanted, Duration::ZERO).await? else {
                // The retention was faster.
                next = self.offset(partition, Moment::Earliest).await?.max(next);
                if next == from {
                    return Err(broken("the partition is shorter than what was read of it"));
                }
                continue;
            };
            match records.last() {
                Some(last) => return Ok(Fetched { next: last.offset + 1, records }),
                // Batches that say only how transactions ended.
                None if behind > next => next = behind,
                None => return Ok(Fetched { records, next: from }),
            }
        }
        Ok(Fetched { records: Vec::new(), next: from })
    }

    /// Returns when a record stands at or behind the offset, or after a while.
    pub async fn wait(&self, partition: i32, from: u64) -> Result<(), KafkaError> {
        loop {
            match self.fetch(partition, Wanted { from, count: 1, bytes: 1 }, WAIT).await? {
                Some((records, behind)) if records.is_empty() && behind <= from => {}
                Some(_) | None => return Ok(()),
            }
        }
    }

    /// One request: the records, and the offset behind all batches that were read; `None` if the offset is out of range.
    async fn fetch(
        &self,
        partition: i32,
        wanted: Wanted,
        wait: Duration,
    ) -> Result<Option<(Vec<KafkaRecord>, u64)>, KafkaError> {
        let mut body = BytesMut::new();
        body.put_i32(-1);
        body.put_i32(wait.as_millis() as i32);
        body.put_i32(1);
        let bytes = i32::try_from(wanted.bytes).unwrap_or(FETCH_BYTES).clamp(1, FETCH_BYTES);
        body.put_i32(bytes);
        body.put_i8(1);
        body.put_i32(1);
        put_text(&mut body, &self.name);
        body.put_i32(1);
        body.put_i32(partition);
        body.put_i64(wanted.from as i64);
        body.put_i32(bytes);
        let leader = self.leader(partition).await?;
        let mut answer = self.ask_leader(&leader, FETCH, body.freeze(), STEP + wait).await?;
        answer.number_i32()?;
        let Some(error) = answer.one_partition(partition)? else {
            return Err(KafkaError::NoTopic(self.name.clone()));
        };
        const OUT_OF_RANGE: i16 = 1;
        if error == OUT_OF_RANGE {
            return Ok(None);
        }
        self.judge(error)?;
        answer.number_i64()?;
        answer.number_i64()?;
        let mut aborted = Vec::new();
        for _ in 0..answer.items()? {
            aborted.push((answer.number_i64()?, answer.number_i64()?));
        }
        let batches = answer.bytes()?;
        if batches.is_empty() {
            return Ok(Some((Vec::new(), wanted.from)));
        }
        // Unpacking takes its time.
        let read = tokio::task::spawn_blocking(move || batch::read(batches, wanted, aborted));
        read.await.map_err(broken)?.map(Some)
    }

    /// What a code says: nothing, no such topic, or something that may pass.
    fn judge(&self, code: i16) -> Result<(), KafkaError> {
        match code {
            0 => Ok(()),
            3 => Err(KafkaError::NoTopic(self.name.clone())),
            code => {
                // Another may lead by now.
                self.held().leaders.clear();
                Err(broken(format!("the broker answers with error {code}")))
            }
        }
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().expect("nothing panics while the connections are held")
    }

    async fn ask_for_leaders(&self) -> Result<HashMap<i32, (String, u16)>, KafkaError> {
        let mut body = BytesMut::new();
        body.put_i32(1);
        put_text(&mut body, &self.name);
        body.put_u8(0);
        let body = body.freeze();
        let mut last = broken("no broker is named");
        for host in &self.bootstrap.hosts {
            match self.ask(host, METADATA, body.clone(), STEP).await {
                Ok(answer) => return self.leaders(answer),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    fn leaders(&self, mut answer: Answer) -> Result<HashMap<i32, (String, u16)>, KafkaError> {
        answer.number_i32()?;
        let mut brokers = HashMap::new();
        for _ in 0..answer.items()? {
            let id = answer.number_i32()?;
            let host = answer.text()?.unwrap_or_default();
            let port = u16::try_from(answer.number_i32()?).map_err(|_| broken("a broker has no port"))?;
            answer.text()?;
            brokers.insert(id, (host, port));
        }
        answer.text()?;
        answer.number_i32()?;
        let mut leaders = HashMap::new();
        for _ in 0..answer.items()? {
            let error = answer.number_i16()?;
            let name = answer.text()?.unwrap_or_default();
            answer.number_i8()?;
            if name == self.name {
                self.judge(error)?;
            }
            for _ in 0..answer.items()? {
                answer.number_i16()?;
                let (number, leader) = (answer.number_i32()?, answer.number_i32()?);
                for _ in 0..2 {
                    for _ in 0..answer.items()? {
                        answer.number_i32()?;
                    }
                }
                // A partition without a leader is one all the same: reading it fails until it has one.
                let address = brokers.get(&leader).cloned().or_else(|| self.bootstrap.hosts.first().cloned());
                if let (true, Some(address)) = (name == self.name, address) {
                    leaders.insert(number, address);
                }
            }
        }
        if leaders.is_empty() { Err(KafkaError::NoTopic(self.name.clone())) } else { Ok(leaders) }
    }

    /// Who leads a partition.
    async fn leader(&self, partition: i32) -> Result<(String, u16), KafkaError> {
        let known = self.held().leaders.get(&partition).cloned();
        if let Some(leader) = known {
            return Ok(leader);
        }
        self.partitions().await?;
        let leader = self.held().leaders.get(&partition).cloned();
        leader.ok_or_else(|| broken(format!("there is no partition {partition}")))
    }

    async fn ask_leader(
        &self,
        leader: &(String, u16),
        kind: (i16, i16),
        body: Bytes,
        time: Duration,
    ) -> Result<Answer, KafkaError> {
        let answer = self.ask(leader, kind, body, time).await;
        if answer.is_err() {
            self.held().leaders.clear();
        }
        answer
    }

    /// One request and its answer, on a connection that was kept or a new one.
    async fn ask(
        &self,
        to: &(String, u16),
        (kind, version): (i16, i16),
        body: Bytes,
        time: Duration,
    ) -> Result<Answer, KafkaError> {
        let mut request = BytesMut::with_capacity(body.len() + 64);
        request.put_i32(0);
        request.put_i16(kind);
        request.put_i16(version);
        request.put_i32(NUMBER);
        put_text(&mut request, "millrace-firehose");
        request.put_slice(&body);
        let length = request.len() as i32 - 4;
        request[..4].copy_from_slice(&length.to_be_bytes());
        let asking = async {
            let kept = self.held().idle.get_mut(to).and_then(Vec::pop);
            // The broker may have closed it meanwhile; then it is asked anew.
            if let Some(connection) = kept
                && let Ok(answered) = exchange(connection, &request).await
            {
                return Ok(answered);
            }
            let endpoint =
                Endpoint { host: to.0.clone(), port: to.1, tls: self.bootstrap.tls, timeout: STEP };
            exchange(self.client.connect(&endpoint).await.map_err(broken)?, &request).await
        };
        let outcome =
            tokio::time::timeout(time, asking).await.map_err(|_| broken("the broker does not answer"))?;
        let (connection, answer) = outcome?;
        let mut held = self.held();
        let idle = held.idle.entry(to.clone()).or_default();
        if idle.len() < KEPT_MAX {
            idle.push(connection);
        }
        Ok(answer)
    }
}

/// Sends a request and waits for its answer.
async fn exchange(mut connection: Connection, request: &[u8]) -> Result<(Connection, Answer), KafkaError> {
    connection.write_all(request).await.map_err(broken)?;
    let length = connection.read_i32().await.map_err(broken)?;
    if !(4..=ANSWER_BYTES_MAX).contains(&length) {
        return Err(broken(format!("an answer has {length} bytes")));
    }
    let mut answer = vec![0; length as usize];
    connection.read_exact(&mut answer).await.map_err(broken)?;
    let mut answer = Answer(answer.into());
    if answer.number_i32()? != NUMBER {
        return Err(broken("an answer is to another question"));
    }
    Ok((connection, answer))
}

fn put_text(body: &mut BytesMut, text: &str) {
    body.put_i16(text.len() as i16);
    body.put_slice(text.as_bytes());
}

/// An answer, read from its beginning.
struct Answer(Bytes);

macro_rules! number {
    ($name:ident, $kind:ty, $get:ident) => {
        fn $name(&mut self) -> Result<$kind, KafkaError> {
            if self.0.remaining() < size_of::<$kind>() {
                return Err(broken("an answer is cut"));
            }
            Ok(self.0.$get())
        }
    };
}

impl Answer {
    number!(number_i8, i8, get_i8);
    number!(number_i16, i16, get_i16);
    number!(number_i32, i32, get_i32);
    number!(number_i64, i64, get_i64);

    fn take(&mut self, length: i32) -> Result<Option<Bytes>, KafkaError> {
        match usize::try_from(length) {
            Ok(length) if length <= self.0.len() => Ok(Some(self.0.split_to(length))),
            Ok(_) => Err(broken("an answer is cut")),
            Err(_) => Ok(None),
        }
    }

    fn text(&mut self) -> Result<Option<String>, KafkaError> {
        let length = i32::from(self.number_i16()?);
        Ok(self.take(length)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    fn bytes(&mut self) -> Result<Bytes, KafkaError> {
        let length = self.number_i32()?;
        Ok(self.take(length)?.unwrap_or_default())
    }

    /// How many items of a list follow.
    fn items(&mut self) -> Result<i32, KafkaError> {
        match self.number_i32()? {
            -1 => Ok(0),
            count @ 0..=ITEMS_MAX => Ok(count),
            count => Err(broken(format!("a list has {count} items"))),
        }
    }

    /// Goes to what is said of the one partition that was asked for, and returns its error.
    fn one_partition(&mut self, partition: i32) -> Result<Option<i16>, KafkaError> {
        if self.items()? == 0 {
            return Ok(None);
        }
        self.text()?;
        if self.items()? == 0 {
            return Ok(None);
        }
        match self.number_i32()? == partition {
            true => self.number_i16().map(Some),
            false => Err(broken("an answer is about another partition")),
        }
    }
}

/// A broker of one topic.
#[cfg(test)]
pub(in crate::engine) mod testing {
    use std::sync::{Arc, Mutex};

    use bytes::{Buf, BufMut, Bytes, BytesMut};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use super::{Bootstrap, LIST_OFFSETS, METADATA, Topic, put_text};

    #[derive(Clone, Default)]
    pub(in crate::engine) struct Broker {
        pub partitions: Arc<Mutex<Vec<i32>>>,
        /// The kinds of requests that came.
        pub asked: Arc<Mutex<Vec<i16>>>,
        /// Connections are closed after each answer.
        pub closes: bool,
        port: u16,
    }

    impl Broker {
        pub(in crate::engine) async fn start(
            partitions: impl IntoIterator<Item = i32>,
            closes: bool,
        ) -> Self {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let partitions = Arc::new(Mutex::new(partitions.into_iter().collect()));
            let port = listener.local_addr().unwrap().port();
            let broker = Self { partitions, closes, port, ..Self::default() };
            let serving = broker.clone();
            tokio::spawn(async move {
                while let Ok((connection, _)) = listener.accept().await {
                    tokio::spawn(serving.clone().serve(connection));
                }
            });
            broker
        }

        pub(in crate::engine) fn topic(&self) -> Topic {
            let client = outbound::Client::new(outbound::Rules::public().with_loopback(true));
            Topic::new(client, Bootstrap::parse(&self.address()).unwrap(), "t".to_owned())
        }

        pub(in crate::engine) fn address(&self) -> String {
            format!("127.0.0.1:{}", self.port)
        }

        async fn serve(self, mut connection: TcpStream) {
            while let Ok(length) = connection.read_i32().await {
                let mut request = vec![0; length as usize];
                connection.read_exact(&mut request).await.unwrap();
                let mut request = Bytes::from(request);
                let kind = request.get_i16();
                request.get_i16();
                let number = request.get_i32();
                let client = request.get_i16() as usize;
                request.advance(client);
                self.asked.lock().unwrap().push(kind);
                let mut answer = BytesMut::new();
                answer.put_i32(number);
                match kind {
                    kind if kind == METADATA.0 => self.metadata(&mut answer),
                    kind if kind == LIST_OFFSETS.0 => offsets(&mut request, &mut answer),
                    kind => panic!("a request of kind {kind}"),
                }
                connection.write_i32(answer.len() as i32).await.unwrap();
                connection.write_all(&answer).await.unwrap();
                if self.closes {
                    return;
                }
            }
        }

        fn metadata(&self, answer: &mut BytesMut) {
            answer.put_i32(0);
            answer.put_i32(1);
            answer.put_i32(1);
            put_text(answer, "127.0.0.1");
            answer.put_i32(i32::from(self.port));
            answer.put_i16(-1);
            answer.put_i16(-1);
            answer.put_i32(1);
            answer.put_i32(1);
            answer.put_i16(0);
            put_text(answer, "t");
            answer.put_i8(0);
            let partitions = self.partitions.lock().unwrap();
            answer.put_i32(partitions.len() as i32);
            for partition in &*partitions {
                answer.put_i16(0);
                answer.put_i32(*partition);
                answer.put_i32(1);
                answer.put_i64(0);
            }
        }
    }

    /// The newest record of partition 7 stands before 107, the oldest at 0. There is none as late as any moment.
    fn offsets(request: &mut Bytes, answer: &mut BytesMut) {
        request.advance(4 + 1 + 4);
        let name = request.get_i16() as usize;
        request.advance(name);
        let count = request.get_i32();
        answer.put_i32(0);
        answer.put_i32(1);
        put_text(answer, "t");
        answer.put_i32(count);
        for _ in 0..count {
            let (partition, time) = (request.get_i32(), request.get_i64());
            answer.put_i32(partition);
            answer.put_i16(0);
            answer.put_i64(-1);
            answer.put_i64(match time {
                -1 => i64::from(partition) + 100,
                -2 => 0,
                _ => -1,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brokers_are_named_by_their_addresses() {
        let parsed = Bootstrap::parse("a:9092, SSL://b.c:9093").unwrap();
        assert_eq!((parsed.hosts.len(), parsed.tls), (2, true));
        assert_eq!(Bootstrap::parse("[::1]:9092").unwrap().hosts[0].0, "::1");
        for wrong in ["", "a", "a:x", "arn:aws:kafka:us-east-1:000000000000:cluster/c/1", "http://a:1/"] {
            assert!(Bootstrap::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[tokio::test]
    async fn a_leader_is_asked_once_for_all_its_partitions() {
        let broker = testing::Broker::start(0..500, false).await;
        let topic = broker.topic();
        let partitions = topic.partitions().await.unwrap();
        let at = Moment::At(Timestamp::from_millis(5));
        let found = topic.offsets(&partitions, at).await.unwrap();
        assert_eq!((found.len(), found[&7]), (500, 107));
        // Once at that moment, where there is nothing, and once behind all.
        assert_eq!(*broker.asked.lock().unwrap(), [METADATA.0, LIST_OFFSETS.0, LIST_OFFSETS.0]);
        assert!(topic.offset(500, Moment::Latest).await.is_err());
    }

    #[tokio::test]
    async fn a_topic_of_too_many_partitions_is_refused() {
        let broker = testing::Broker::start(0..PARTITIONS_MAX as i32 + 1, false).await;
        let refused = broker.topic().partitions().await.unwrap_err().to_string();
        assert!(refused.contains("5001 partitions"), "{refused}");
    }

    #[tokio::test]
    async fn a_connection_that_was_closed_meanwhile_is_made_anew() {
        let broker = testing::Broker::start(0..1, true).await;
        let topic = broker.topic();
        for _ in 0..5 {
            assert_eq!(topic.offset(0, Moment::Latest).await, Ok(100));
        }
    }
}
