//! Channels: the records of a stream, delivered to objects in a bucket by the service itself.
//!
//! A channel reads every shard from where it ended when the channel was created (there is no backfill), waits until the oldest undelivered record is
//! as old as its freshness allows, and writes one object; what it delivered and its places in the shards move in one commit ([`deliver`]). So a record
//! is delivered exactly once, where AWS promises at least once. How an object is called is in [`template`], how records become its bytes in [`object`].
//!
//! Differs from AWS: DELETING is over at once; a freshness below 300 seconds is taken where limits are lifted. Streaming tables are refused: there are
//! no table buckets here. `ExpectedBucketOwner` is kept and shown; whether the role may write is what decides. Objects are of the class STANDARD.

pub mod deliver;
mod object;
pub mod template;

use base::{AccountId, Page, Tags, Timestamp};
use store::{Check, Commit, Version, key_after};

use super::queue::{Begin, key_row, reader_arn, reader_status};
use super::settings::add_tags;
use super::stream::Status;
use super::{ATTEMPTS, Error, Kinesis};
use crate::tables::channels::{
    CHANNEL_NAMES, CHANNELS, ChannelCompression, ChannelRow, DeadLetters, RecordFormat, STREAM_CHANNELS,
};
use crate::tables::queues::{OfStream, PLACES, READER_GRAVES, ReaderId, ReaderKey, ReaderName};
use crate::tables::{Change, GraveRow, StreamId, StreamKey};

/// The longest that data waits, unless the channel says otherwise, in seconds.
pub const FRESHNESS_SECS_DEFAULT: i32 = 300;
/// What AWS takes.
const FRESHNESS_SECS: std::ops::RangeInclusive<i32> = 300..=900;
/// Channels of a stream that deliver to buckets (the service's quota at launch).
const CHANNELS_MAX: usize = 1;
/// Rows of one scan of channels.
const CHANNELS_PAGE: usize = 256;

const CHANNEL: &str = "Channel";

/// A channel.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Channel {
    /// Which.
    pub key: ReaderKey,
    /// What is kept of it.
    pub row: ChannelRow,
    /// The commit that wrote the row.
    pub version: Version,
}

/// A channel to be created.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewChannel {
    /// Whose it is, where, and what it shall be called.
    pub name: ReaderName,
    /// The role that writes.
    pub role: String,
    /// The stream.
    pub stream: StreamKey,
    /// What its records are.
    pub format: RecordFormat,
    /// The longest that data may wait, in seconds.
    pub freshness_secs: i32,
    /// The bucket's ARN.
    pub bucket: String,
    /// Whose bucket that is.
    pub bucket_owner: String,
    /// How keys are made.
    pub key_template: Option<String>,
    /// The storage class of objects.
    pub storage_class: Option<String>,
    /// How objects are packed.
    pub compression: ChannelCompression,
    /// Where records go that cannot be delivered.
    pub dead_letters: Option<DeadLetters>,
    /// The key of KMS that objects are encrypted under.
    pub kms_key: Option<String>,
    /// What is told to CloudWatch Logs.
    pub logging: Logging,
    /// Its tags.
    pub tags: Tags,
}

/// What is told to CloudWatch Logs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Logging {
    /// Whether anything is.
    pub enabled: bool,
    /// The group, unless it is the default.
    pub group: Option<String>,
    /// The stream, unless it is the default.
    pub stream: Option<String>,
}

impl Channel {
    /// Its ARN.
    pub fn arn(&self) -> String {
        reader_arn(&self.key, "channel")
    }

    /// Its id, as texts show it.
    pub fn id(&self) -> String {
        format!("{:032x}", self.key.id.0)
    }

    /// Where it stands in its life.
    pub fn status(&self, now: Timestamp) -> Status {
        reader_status(self.row.transition, now)
    }

    /// The name of its stream.
    pub fn stream(&self) -> StreamKey {
        let account = AccountId::from_u64(self.row.stream_account).unwrap_or(self.key.account);
        StreamKey { account, region: self.row.stream_region.clone(), name: self.row.stream_name.clone() }
    }

    /// The log group that is told what goes wrong (CreateChannel, "LogGroupName").
    pub fn log_group(&self) -> String {
        let default = || format!("/aws/kinesis/{}/{}", self.row.name, self.id());
        self.row.log_group.clone().unwrap_or_else(default)
    }

    /// The stream in it.
    pub fn log_stream(&self) -> String {
        self.row.log_stream.clone().unwrap_or_else(|| "DestinationDelivery".to_owned())
    }

    /// Where records go that cannot be delivered: as it was said, else into the same bucket.
    pub fn dead_letters(&self) -> DeadLetters {
        let default = || format!("kinesis-channel/errors/{}/{}/", self.row.name, self.id());
        match &self.row.dead_letters {
            Some(said) => {
                DeadLetters { prefix: Some(said.prefix.clone().unwrap_or_else(default)), ..said.clone() }
            }
            None => DeadLetters {
                bucket: self.row.bucket.clone(),
                bucket_owner: self.row.bucket_owner.clone(),
                prefix: Some(default()),
            },
        }
    }
}

impl Kinesis {
    /// Creates a channel. It delivers what is put from now on.
    pub async fn create_channel(&self, new: &NewChannel) -> Result<Channel, Error> {
        let mut tags = Tags::new();
        add_tags(&mut tags, &new.tags, &new.stream)?;
        let freshness_secs = self.freshness(new.freshness_secs)?;
        if let Some(template) = &new.key_template {
            template::Template::parse(template).map_err(Error::KeyTemplate)?;
        }
        for _ in 0..ATTEMPTS {
            if CHANNEL_NAMES.get(&*self.store.snapshot(), &new.name).await?.is_some() {
                return Err(Error::ReaderExists { what: CHANNEL, name: new.name.name.clone() });
            }
            let stream = self.readable_stream(&new.stream, "Channels").await?;
            if self.strict() && stream.row.channels as usize >= CHANNELS_MAX {
                return Err(Error::ChannelQuota(new.stream.clone(), CHANNELS_MAX));
            }
            let key = ReaderKey {
                account: new.name.account,
                region: new.name.region.clone(),
                id: ReaderId(self.random.u128()),
            };
            let places = self.first_places(&stream, key.id, Begin::Latest).await?;
            let row = ChannelRow {
                name: new.name.name.clone(),
                created_micros: self.now().as_micros(),
                role: new.role.clone(),
                stream: stream.row.id,
                stream_account: stream.key.account.as_u64(),
                stream_region: stream.key.region.clone(),
                stream_name: stream.key.name.clone(),
                stream_created_micros: stream.row.created_micros,
                format: new.format,
                freshness_secs,
                bucket: new.bucket.clone(),
                bucket_owner: new.bucket_owner.clone(),
                key_template: new.key_template.clone(),
                storage_class: new.storage_class.clone(),
                compression: new.compression,
                dead_letters: new.dead_letters.clone(),
                kms_key: new.kms_key.clone(),
                logs: new.logging.enabled,
                log_group: new.logging.group.clone(),
                log_stream: new.logging.stream.clone(),
                tags: tags.clone(),
                transition: self.transition(Change::Creating),
            };
            let mut drawn = false;
            let created = self
                .change(&new.stream, |draft| {
                    draft.require_active()?;
                    if draft.stream.version != stream.version || std::mem::replace(&mut drawn, true) {
                        return Ok(false);
                    }
                    draft.row.channels += 1;
                    let mut commit = Commit::new(self.new_commit_id());
                    commit.check(Check::Absent(CHANNEL_NAMES.key(&new.name)));
                    commit.put(CHANNEL_NAMES, &new.name, &key.id.0).put(CHANNELS, &key, &row);
                    let of = OfStream { stream: stream.id(), reader: key.id };
                    commit.put(STREAM_CHANNELS, &of, &key_row(&key));
                    for (key, row) in &places {
                        commit.put(PLACES, key, row);
                    }
                    draft.also(commit);
                    Ok(true)
                })
                .await?;
            if created {
                self.channels_changed.send_modify(|generation| *generation += 1);
                return self.channel(&key).await;
            }
        }
        Err(Error::Conflict)
    }

    fn freshness(&self, secs: i32) -> Result<u32, Error> {
        let fits = if self.strict() {
            FRESHNESS_SECS.contains(&secs)
        } else {
            (1..=*FRESHNESS_SECS.end()).contains(&secs)
        };
        u32::try_from(secs).ok().filter(|_| fits).ok_or(Error::Freshness(secs))
    }

    /// A channel that exists.
    pub async fn channel(&self, key: &ReaderKey) -> Result<Channel, Error> {
        let row = CHANNELS.get(&*self.store.snapshot(), key).await?;
        let row = row.ok_or_else(|| Error::NoReader { what: CHANNEL, arn: reader_arn(key, "channel") })?;
        Ok(Channel { key: key.clone(), row: row.value, version: row.version })
    }

    /// Changes a channel's freshness, what it tells CloudWatch Logs, or both.
    pub async fn update_channel(
        &self,
        key: &ReaderKey,
        freshness_secs: Option<i32>,
        logging: Option<&Logging>,
    ) -> Result<Channel, Error> {
        let freshness = freshness_secs.map(|secs| self.freshness(secs)).transpose()?;
        let channel = self
            .change_channel(key, |channel| {
                let status = channel.status(self.now());
                if status != Status::Active {
                    return Err(Error::ReaderNotActive { what: CHANNEL, arn: channel.arn(), status });
                }
                let row = &mut channel.row;
                row.freshness_secs = freshness.unwrap_or(row.freshness_secs);
                if let Some(logging) = logging {
                    row.logs = logging.enabled;
                    row.log_group = logging.group.clone().or(row.log_group.take());
                    row.log_stream = logging.stream.clone().or(row.log_stream.take());
                }
                row.transition = self.transition(Change::Updating);
                Ok(())
            })
            .await?;
        self.channels_changed.send_modify(|generation| *generation += 1);
        Ok(channel)
    }

    /// Changes a channel's tags.
    pub async fn tag_channel(&self, key: &ReaderKey, more: &Tags, remove: &[String]) -> Result<(), Error> {
        self.change_channel(key, |channel| {
            channel.row.tags.retain(|tag, _| !remove.contains(tag));
            let stream = channel.stream();
            add_tags(&mut channel.row.tags, more, &stream)
        })
        .await
        .map(drop)
    }

    async fn change_channel(
        &self,
        key: &ReaderKey,
        mut change: impl FnMut(&mut Channel) -> Result<(), Error> + Send,
    ) -> Result<Channel, Error> {
        for _ in 0..ATTEMPTS {
            let mut channel = self.channel(key).await?;
            change(&mut channel)?;
            let mut commit = Commit::new(self.new_commit_id());
            commit.check(Check::VersionIs(CHANNELS.key(key), channel.version));
            commit.put(CHANNELS, key, &channel.row);
            if self.settle(commit).await? {
                return Ok(channel);
            }
        }
        Err(Error::Conflict)
    }

    /// Deletes a channel. What it delivered stays.
    pub async fn delete_channel(&self, key: &ReaderKey) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let channel = self.channel(key).await?;
            let name = ReaderName {
                account: key.account,
                region: key.region.clone(),
                name: channel.row.name.clone(),
            };
            let of = OfStream { stream: StreamId(channel.row.stream), reader: key.id };
            let mut drawn = false;
            let gone = self
                .change(&channel.stream(), |draft| {
                    if std::mem::replace(&mut drawn, true) {
                        return Ok(false);
                    }
                    draft.row.channels = draft.row.channels.saturating_sub(1);
                    let mut commit = Commit::new(self.new_commit_id());
                    commit.check(Check::VersionIs(CHANNELS.key(key), channel.version));
                    commit.delete(CHANNELS, key).delete(CHANNEL_NAMES, &name).delete(STREAM_CHANNELS, &of);
                    let grave = GraveRow { deleted_micros: draft.now.as_micros() };
                    commit.put(READER_GRAVES, &key.id, &grave);
                    draft.also(commit);
                    Ok(true)
                })
                .await?;
            if gone {
                self.channels_changed.send_modify(|generation| *generation += 1);
                self.deleted.notify_one();
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }

    /// An account's channels in a region that are wanted, by name, from after `after` on.
    pub async fn list_channels(
        &self,
        of: (AccountId, &str),
        wanted: impl Fn(&Channel) -> bool + Send,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<Channel>, Error> {
        let (account, region) = of;
        let snapshot = self.store.snapshot();
        let (mut start, end) = CHANNEL_NAMES.prefix(|key| {
            key.u64(account.as_u64()).text(region);
        });
        let past = |name: &str| {
            let name = ReaderName { account, region: region.to_owned(), name: name.to_owned() };
            key_after(&CHANNEL_NAMES.key(&name))
        };
        if let Some(after) = after {
            start = past(after);
        }
        let mut found = Vec::new();
        while found.len() <= limit {
            let names = CHANNEL_NAMES.scan(&*snapshot, (start, end.clone()), CHANNELS_PAGE).await?;
            let Some((last, _)) = names.last() else { break };
            start = past(&last.name);
            for (_, id) in &names {
                let key = ReaderKey { account, region: region.to_owned(), id: ReaderId(id.value) };
                if let Some(row) = CHANNELS.get(&*snapshot, &key).await? {
                    let channel = Channel { key, row: row.value, version: row.version };
                    found.extend(Some(channel).filter(&wanted));
                }
            }
        }
        Ok(Page::take(found, limit))
    }

    /// Every channel there is, for the task that delivers.
    pub(super) async fn all_channels(&self) -> Result<Vec<ReaderKey>, Error> {
        let snapshot = self.store.snapshot();
        let (mut start, end) = CHANNELS.prefix(|_| {});
        let mut keys = Vec::new();
        loop {
            let rows = CHANNELS.scan(&*snapshot, (start, end.clone()), CHANNELS_PAGE).await?;
            let Some((last, _)) = rows.last() else { return Ok(keys) };
            start = key_after(&CHANNELS.key(last));
            keys.extend(rows.into_iter().map(|(key, _)| key));
        }
    }
}
