//! Which shards to read first, and which follow a closed one.
//!
//! First are those that were open where reading begins: a stream's oldest, its newest, or those of a moment. Each is read to its end; its children
//! begin when all of their parents that are read have ended. So a key's records come in their order, whatever is split and merged meanwhile.

use std::collections::{HashMap, HashSet};

use base::Timestamp;
use serde_json::{Value, json};

use super::call::{Error, Kinesis};

/// Where to begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// With the oldest record.
    Trim,
    /// With what comes from now on.
    Latest,
    /// With the first record of this time or later.
    Time(Timestamp),
}

impl From {
    /// The members of GetShardIterator that say so.
    pub(super) fn iterator(self) -> Value {
        match self {
            From::Trim => json!({"ShardIteratorType": "TRIM_HORIZON"}),
            From::Latest => json!({"ShardIteratorType": "LATEST"}),
            From::Time(time) => {
                json!({"ShardIteratorType": "AT_TIMESTAMP", "Timestamp": time.as_millis() as f64 / 1_000.0})
            }
        }
    }

    fn filter(self) -> Value {
        match self {
            From::Trim => json!({"Type": "AT_TRIM_HORIZON"}),
            From::Latest => json!({"Type": "AT_LATEST"}),
            From::Time(time) => {
                json!({"Type": "AT_TIMESTAMP", "Timestamp": time.as_millis() as f64 / 1_000.0})
            }
        }
    }
}

/// A shard, and its parents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shard {
    /// Its id.
    pub id: String,
    /// Its parents' ids.
    pub parents: Vec<String>,
}

/// The shards that were open where reading begins.
pub(super) async fn first(kinesis: &Kinesis, stream: &Value, from: From) -> Result<Vec<Shard>, Error> {
    let mut input = stream.clone();
    input["ShardFilter"] = from.filter();
    listed(kinesis, input).await
}

/// All shards that are still there.
pub(super) async fn all(kinesis: &Kinesis, stream: &Value) -> Result<Vec<Shard>, Error> {
    listed(kinesis, stream.clone()).await
}

async fn listed(kinesis: &Kinesis, mut input: Value) -> Result<Vec<Shard>, Error> {
    let mut shards = Vec::new();
    loop {
        let page = kinesis.call("ListShards", &input).await?;
        shards.extend(page["Shards"].as_array().into_iter().flatten().map(shard));
        match page["NextToken"].as_str() {
            Some(token) => input = json!({"NextToken": token}),
            None => return Ok(shards),
        }
    }
}

fn shard(shown: &Value) -> Shard {
    let parents = ["ParentShardId", "AdjacentParentShardId"].into_iter();
    Shard {
        id: shown["ShardId"].as_str().unwrap_or_default().to_owned(),
        parents: parents.filter_map(|name| shown[name].as_str().map(str::to_owned)).collect(),
    }
}

/// The children that GetRecords names at a shard's end.
pub(super) fn children(answer: &Value) -> Vec<Shard> {
    let children = answer["ChildShards"].as_array().into_iter().flatten();
    children
        .map(|child| Shard {
            id: child["ShardId"].as_str().unwrap_or_default().to_owned(),
            parents: child["ParentShards"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|parent| parent.as_str().map(str::to_owned))
                .collect(),
        })
        .collect()
}

/// Who is read, who has ended, and who waits for a parent.
#[derive(Debug, Default)]
pub(super) struct Family {
    reading: HashSet<String>,
    ended: HashSet<String>,
    waiting: HashMap<String, Vec<String>>,
}

impl Family {
    /// These are read from now on.
    pub(super) fn begin(&mut self, shards: &[Shard]) {
        self.reading.extend(shards.iter().map(|shard| shard.id.clone()));
    }

    /// A shard has ended and these follow. Returns those that may begin.
    pub(super) fn ended(&mut self, shard: &str, children: Vec<Shard>) -> Vec<String> {
        self.reading.remove(shard);
        self.ended.insert(shard.to_owned());
        for child in children {
            if !self.reading.contains(&child.id) && !self.ended.contains(&child.id) {
                self.waiting.insert(child.id, child.parents);
            }
        }
        // A parent that is neither read nor to be read is none to wait for.
        let held: Vec<String> = self.waiting.keys().chain(&self.reading).cloned().collect();
        let ready = |parents: &Vec<String>| parents.iter().all(|parent| !held.contains(parent));
        let ready: Vec<String> =
            self.waiting.iter().filter(|(_, parents)| ready(parents)).map(|(id, _)| id.clone()).collect();
        for id in &ready {
            self.waiting.remove(id);
            self.reading.insert(id.clone());
        }
        ready
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shard(id: &str, parents: &[&str]) -> Shard {
        Shard { id: id.to_owned(), parents: parents.iter().map(|&parent| parent.to_owned()).collect() }
    }

    #[test]
    fn children_of_a_split_begin_at_once_and_of_a_merge_after_both() {
        let mut family = Family::default();
        family.begin(&[shard("0", &[]), shard("1", &[])]);
        let merged = || vec![shard("2", &["0", "1"])];
        assert_eq!(family.ended("0", merged()), Vec::<String>::new());
        assert_eq!(family.ended("1", merged()), ["2"]);
        let mut halves = family.ended("2", vec![shard("3", &["2"]), shard("4", &["2"])]);
        halves.sort();
        assert_eq!(halves, ["3", "4"]);
        // A parent that nobody reads does not keep its child.
        assert_eq!(family.ended("3", vec![shard("5", &["3", "99"])]), ["5"]);
        assert_eq!(family.ended("5", vec![shard("3", &["5"])]), Vec::<String>::new());
    }
}
