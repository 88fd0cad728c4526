//! One shard, page by page. An iterator that expired is made anew after the last record.

use base::Timestamp;
use serde_json::{Value, json};

use super::call::{Error, Kinesis};
use super::shards::{self, From, Shard};

/// Records of one page.
const PAGE_MAX: u32 = 1_000;

/// A record of a stream.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Record {
    /// Its shard.
    pub shard: String,
    /// Its number.
    pub sequence: String,
    /// Its partition key.
    pub key: Option<String>,
    /// When it arrived.
    pub arrival: Timestamp,
    /// Its bytes.
    pub data: Vec<u8>,
}

/// What a page holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Page {
    /// Records, in order.
    pub records: Vec<Record>,
    /// Nothing was left when it was read.
    pub at_tip: bool,
    /// The shard is closed and read to its end: these follow.
    pub ended: Option<Vec<Shard>>,
}

/// A reader of one shard.
pub(super) struct Reader {
    /// The shard's id.
    pub shard: String,
    stream: Value,
    from: From,
    iterator: Option<String>,
    last: Option<String>,
}

impl Reader {
    /// From there on.
    pub(super) fn new(stream: &Value, shard: String, from: From) -> Self {
        Self { shard, stream: stream.clone(), from, iterator: None, last: None }
    }

    /// The next page. After one that has ended there is none.
    pub(super) async fn page(&mut self, kinesis: &Kinesis) -> Result<Page, Error> {
        loop {
            let iterator = match &self.iterator {
                Some(iterator) => iterator.clone(),
                None => self.new_iterator(kinesis).await?,
            };
            let input = json!({"ShardIterator": iterator, "Limit": PAGE_MAX});
            match kinesis.call("GetRecords", &input).await {
                Ok(answer) => return self.took(kinesis, &answer).await,
                Err(error) if error.is("ExpiredIteratorException") => self.iterator = None,
                Err(error) => return Err(error),
            }
        }
    }

    async fn new_iterator(&self, kinesis: &Kinesis) -> Result<String, Error> {
        let mut input = self.stream.clone();
        input["ShardId"] = self.shard.as_str().into();
        let place = match &self.last {
            Some(last) => {
                json!({"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "StartingSequenceNumber": last})
            }
            None => self.from.iterator(),
        };
        for (name, value) in place.as_object().into_iter().flatten() {
            input[name] = value.clone();
        }
        let answer = kinesis.call("GetShardIterator", &input).await?;
        let iterator = answer["ShardIterator"].as_str();
        iterator.map(str::to_owned).ok_or_else(|| Error::Strange("no ShardIterator".to_owned()))
    }

    async fn took(&mut self, kinesis: &Kinesis, answer: &Value) -> Result<Page, Error> {
        let records = answer["Records"].as_array().into_iter().flatten();
        let records = records.map(|shown| self.record(shown)).collect::<Result<Vec<_>, _>>()?;
        if let Some(last) = records.last() {
            self.last = Some(last.sequence.clone());
        }
        self.iterator = answer["NextShardIterator"].as_str().map(str::to_owned);
        let ended = match (&self.iterator, answer["ChildShards"].as_array()) {
            (Some(_), _) => None,
            (None, Some(_)) => Some(shards::children(answer)),
            // Servers that do not name the children have them in their list.
            (None, None) => {
                let all = shards::all(kinesis, &self.stream).await?;
                Some(all.into_iter().filter(|shard| shard.parents.contains(&self.shard)).collect())
            }
        };
        let at_tip = answer["MillisBehindLatest"].as_i64().unwrap_or(0) == 0;
        Ok(Page { records, at_tip, ended })
    }

    fn record(&self, shown: &Value) -> Result<Record, Error> {
        let data = shown["Data"].as_str().unwrap_or_default();
        let data = base64_simd::STANDARD.decode_to_vec(data);
        Ok(Record {
            shard: self.shard.clone(),
            sequence: shown["SequenceNumber"].as_str().unwrap_or_default().to_owned(),
            key: shown["PartitionKey"].as_str().map(str::to_owned),
            arrival: arrival(&shown["ApproximateArrivalTimestamp"]),
            data: data.map_err(|_| Error::Strange("a record's data is not base64".to_owned()))?,
        })
    }
}

/// Seconds, with a fraction of milliseconds.
fn arrival(shown: &Value) -> Timestamp {
    Timestamp::from_millis((shown.as_f64().unwrap_or(0.0) * 1_000.0).round() as i64)
}
