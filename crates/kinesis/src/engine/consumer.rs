//! Fan-out consumers: who may subscribe to a stream's shards.

use base::{Page, Tags, Timestamp};
use store::{Check, Commit, Row, key_after};

use super::account::CommitmentState;
use super::settings::add_tags;
use super::stream::{Stream, arn};
use super::{ATTEMPTS, Error, Kinesis};
use crate::tables::{AccountKey, CONSUMERS, ConsumerKey, ConsumerRow, Mode, STREAMS, StreamKey};

/// Consumers of a stream, queues included (facts sections 8 and 12).
const CONSUMERS_MAX: usize = 20;
/// The same where the account is committed to a minimum of throughput and the stream is on demand.
const CONSUMERS_MAX_COMMITTED: usize = 50;

/// A consumer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Consumer {
    /// The stream's name.
    pub stream: StreamKey,
    /// Its name.
    pub name: String,
    /// What is kept of it.
    pub row: ConsumerRow,
}

/// Who is meant: by name, or by the ARN, which also tells the second of its registration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConsumerRef {
    /// The stream's name.
    pub stream: StreamKey,
    /// Its name.
    pub name: String,
    /// When it was registered, if the ARN was given.
    pub created_secs: Option<i64>,
}

impl Consumer {
    /// Its ARN: that of the stream, its name and the second of its registration.
    pub fn arn(&self) -> String {
        format!("{}/consumer/{}:{}", arn(&self.stream), self.name, self.created().as_secs())
    }

    /// When it was registered.
    pub fn created(&self) -> Timestamp {
        Timestamp::from_micros(self.row.created_micros)
    }

    /// Whether it may subscribe.
    pub fn is_active(&self, now: Timestamp) -> bool {
        self.row.creating_until_micros.is_none_or(|until| now >= Timestamp::from_micros(until))
    }
}

impl Kinesis {
    /// Registers a consumer.
    pub async fn register_consumer(
        &self,
        key: &StreamKey,
        name: &str,
        tags: Tags,
    ) -> Result<Consumer, Error> {
        let mut checked = Tags::new();
        add_tags(&mut checked, &tags, key)?;
        for _ in 0..ATTEMPTS {
            let now = self.now();
            let stream = self.usable_stream(key).await?;
            let snapshot = self.store.snapshot();
            let consumer_key = ConsumerKey { stream: stream.id(), name: name.to_owned() };
            if CONSUMERS.get(&*snapshot, &consumer_key).await?.is_some() {
                return Err(Error::ConsumerExists { stream: key.clone(), name: name.to_owned() });
            }
            let all = CONSUMERS.prefix(|key| {
                key.u128(stream.id().0);
            });
            let max = consumers_max(self, &stream).await?;
            let others = CONSUMERS.scan(&*snapshot, all, max).await?.len() + stream.row.queues as usize;
            if others >= max {
                return Err(Error::ConsumerQuota(key.clone(), max));
            }
            let row = ConsumerRow {
                created_micros: now.as_micros(),
                creating_until_micros: self.transition_end(now).map(Timestamp::as_micros),
                tags: checked.clone(),
                policy: None,
            };
            let mut commit = Commit::new(self.new_commit_id());
            commit.check(Check::VersionIs(STREAMS.key(key), stream.version));
            commit.unchanged(CONSUMERS, &consumer_key, None);
            commit.put(CONSUMERS, &consumer_key, &row);
            if self.settle(commit).await? {
                return Ok(Consumer { stream: key.clone(), name: name.to_owned(), row });
            }
            self.streams.forget(key);
        }
        Err(Error::Conflict)
    }

    /// Removes a consumer.
    pub async fn deregister_consumer(&self, who: &ConsumerRef) -> Result<(), Error> {
        let key = self.consumer_key(who).await?;
        for _ in 0..ATTEMPTS {
            let found = self.found(who, &key).await?;
            let mut commit = Commit::new(self.new_commit_id());
            commit.unchanged(CONSUMERS, &key, Some(&found)).delete(CONSUMERS, &key);
            if self.settle(commit).await? {
                self.subscriptions.end(key.stream, &key.name);
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }

    /// A consumer that exists.
    pub async fn consumer(&self, who: &ConsumerRef) -> Result<Consumer, Error> {
        let key = self.consumer_key(who).await?;
        let row = self.found(who, &key).await?.value;
        Ok(Consumer { stream: who.stream.clone(), name: who.name.clone(), row })
    }

    /// The row of the consumer that is meant: one registered under the same name at another time is another.
    pub(super) async fn found(
        &self,
        who: &ConsumerRef,
        key: &ConsumerKey,
    ) -> Result<Row<ConsumerRow>, Error> {
        let row = CONSUMERS.get(&*self.store.snapshot(), key).await?;
        let created_secs =
            |row: &Row<ConsumerRow>| Timestamp::from_micros(row.value.created_micros).as_secs();
        let meant = |row: &Row<ConsumerRow>| who.created_secs.is_none_or(|secs| secs == created_secs(row));
        row.filter(meant).ok_or_else(|| unknown(who))
    }

    /// A stream's consumers, by name, from after `after` on.
    pub async fn list_consumers(
        &self,
        key: &StreamKey,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<Consumer>, Error> {
        let stream = self.stream(key).await?;
        let (mut start, end) = CONSUMERS.prefix(|writer| {
            writer.u128(stream.id().0);
        });
        if let Some(after) = after {
            let key = ConsumerKey { stream: stream.id(), name: after.to_owned() };
            start = key_after(&CONSUMERS.key(&key));
        }
        let rows = CONSUMERS.scan(&*self.store.snapshot(), (start, end), limit + 1).await?;
        let consumers =
            rows.into_iter().map(|(at, row)| Consumer { stream: key.clone(), name: at.name, row: row.value });
        Ok(Page::take(consumers, limit))
    }

    /// How many consumers a stream has.
    pub async fn count_consumers(&self, key: &StreamKey) -> Result<usize, Error> {
        Ok(self.list_consumers(key, None, CONSUMERS_MAX_COMMITTED).await?.items.len())
    }

    /// Changes a consumer's tags.
    pub async fn tag_consumer(&self, who: &ConsumerRef, more: &Tags, remove: &[String]) -> Result<(), Error> {
        let key = self.consumer_key(who).await?;
        for _ in 0..ATTEMPTS {
            let found = self.found(who, &key).await?;
            let mut row = found.value.clone();
            row.tags.retain(|tag, _| !remove.contains(tag));
            add_tags(&mut row.tags, more, &who.stream)?;
            let mut commit = Commit::new(self.new_commit_id());
            commit.unchanged(CONSUMERS, &key, Some(&found)).put(CONSUMERS, &key, &row);
            if self.settle(commit).await? {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }

    pub(super) async fn consumer_key(&self, who: &ConsumerRef) -> Result<ConsumerKey, Error> {
        let stream = self.stream(&who.stream).await?;
        Ok(ConsumerKey { stream: stream.id(), name: who.name.clone() })
    }
}

/// How many consumers and queues a stream may have.
pub(super) async fn consumers_max(kinesis: &Kinesis, stream: &Stream) -> Result<usize, Error> {
    if stream.row.mode == Mode::Provisioned {
        return Ok(CONSUMERS_MAX);
    }
    let account = AccountKey { account: stream.key.account, region: stream.key.region.clone() };
    Ok(match kinesis.account_settings(&account).await?.state(kinesis.now()) {
        CommitmentState::Enabled | CommitmentState::Ending => CONSUMERS_MAX_COMMITTED,
        CommitmentState::Disabled => CONSUMERS_MAX,
    })
}

fn unknown(who: &ConsumerRef) -> Error {
    Error::NoConsumer { stream: who.stream.clone(), name: who.name.clone() }
}
