//! Delivery streams as such: created, described, listed, changed, deleted.
//!
//! A stream is one row, the cursors of its source, and, for Direct PUT, a log; all made by one commit and removed by one. Its state is
//! not stored but follows from the row and the clock: CREATING and DELETING last until a time the row names, and at once unless AWS's delays are asked
//! for (`Settings::transitions`).
//!
//! With a Kinesis source the first positions are decided here, once: LATEST of every shard there is. Shards that come later are children
//! of those, and are read from their beginning.

use std::collections::BTreeMap;
use std::time::Duration;

use base::{AccountId, Arn, Region, Timestamp};
use ports::{PortError, Principal, RecordSource, ShardStart};
use service::vault::Sealer;
use store::{
    Commit, CommitError, CommitId, LogChange, LogId, Lost, Refusal, Row, Seq, Settled, Snapshot, Store,
};

use super::Engine;
use super::error::{Error, Invalid, NotFound};
use super::intake::ROUTE_KEYS;
use super::kafka::{Bootstrap, KafkaError, Moment, Topic};
use super::limits::{STREAMS_MAX, TAGS_MAX};
use super::naming::{self, Naming};
use super::pipes;
use super::prefix::Prefixes;
use super::processing::Steps;
use crate::tables::{
    CURSORS, ConversionWriter, CursorKey, CursorRow, Destination, Encryption, Remote, S3Destination, STREAMS,
    Source, StreamId, StreamKey, StreamRow,
};

/// Keys a stream may be partitioned by.
const PARTITION_KEYS_MAX: usize = 50;

/// How long CREATING and DELETING last when AWS's delays are asked for.
const TRANSITION: Duration = Duration::from_secs(10);
/// How often a change is tried again when another changed the same row first.
const TRIES: usize = 16;
/// Rows read at a time.
const PAGE: usize = 1_000;

/// A stream's state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// Being made: takes no records yet.
    Creating,
    /// Takes records and delivers them.
    Active,
    /// Going: takes and delivers nothing.
    Deleting,
}

impl Status {
    /// `DeliveryStreamStatus`.
    pub const fn name(self) -> &'static str {
        match self {
            Status::Creating => "CREATING",
            Status::Active => "ACTIVE",
            Status::Deleting => "DELETING",
        }
    }
}

/// What a stream is at a time.
pub fn status(row: &StreamRow, now: Timestamp) -> Status {
    if row.deleting_until_micros.is_some() {
        Status::Deleting
    } else if row.creating_until_micros.is_some_and(|until| now.as_micros() < until) {
        Status::Creating
    } else {
        Status::Active
    }
}

/// The one destination's id, as the service gives it.
pub const DESTINATION_ID: &str = "destinationId-000000000001";

/// A stream to be made.
#[derive(Clone, Debug)]
pub struct NewStream {
    /// What it will be called.
    pub key: StreamKey,
    /// Where its records come from.
    pub source: NewSource,
    /// Where they go.
    pub destination: Destination,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// Its encryption at rest, if it is to have one: the customer's key, or the service's own.
    pub encryption: Option<Option<String>>,
    /// Who creates it: they must be allowed to use that key.
    pub caller: Principal,
}

/// Where a new stream's records come from.
#[derive(Clone, Debug)]
pub enum NewSource {
    /// PutRecord and PutRecordBatch.
    Direct {
        /// Echoed.
        throughput_hint_mb: Option<u32>,
    },
    /// A Kinesis data stream.
    Kinesis {
        /// Its ARN.
        stream: Arn,
        /// The role it is read under.
        role: Arn,
    },
    /// A topic of Kafka.
    Kafka {
        /// The addresses of brokers.
        brokers: String,
        /// The topic's name.
        topic: String,
        /// The role that was given.
        role: Arn,
        /// Echoed.
        connectivity: String,
        /// The first records are of then or later; absent: those that come.
        from: Option<Timestamp>,
    },
}

/// The time in which the brokers of a topic must have said what there is, when a stream is created.
const TOPIC_LOOK_UP: Duration = Duration::from_secs(30);

/// A page of names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// In alphabetical order.
    pub names: Vec<String>,
    /// Whether more follow.
    pub more: bool,
}

/// How a bucket's objects are called; refuses prefixes and time zones that are wrong.
pub fn naming(
    destination: &S3Destination,
    name: &str,
    version: u64,
    now: Timestamp,
    random: &base::Random,
) -> Result<Naming, Invalid> {
    let zone = naming::time_zone(destination.time_zone.as_deref())?;
    let sample = naming::zoned(now, &zone);
    let partitioned = destination.partitioning_enabled == Some(true);
    let parse = if partitioned { Prefixes::partitioned } else { Prefixes::new };
    let prefixes =
        parse(destination.prefix.as_deref(), destination.error_output_prefix.as_deref(), &sample, random)?;
    Ok(Naming {
        stream: name.to_owned(),
        version,
        zone,
        prefixes,
        extension: destination.file_extension.clone(),
        compression: destination.compression,
        converted: destination.conversion.as_ref().filter(|conversion| conversion.is_on()).and_then(
            |conversion| match conversion.writer.as_ref()? {
                ConversionWriter::Parquet { .. } => Some(".parquet"),
                ConversionWriter::Orc { .. } => Some(".orc"),
            },
        ),
    })
}

/// What a destination must be: its processors and prefixes understood, and what they need of each other there.
pub fn check(
    destination: &Destination,
    name: &str,
    version: u64,
    now: Timestamp,
    random: &base::Random,
) -> Result<(), Invalid> {
    let steps = Steps::new(destination.processing())?;
    let naming = naming(destination.bucket(), name, version, now, random)?;
    if let Destination::Redshift(redshift) = destination
        && (naming.prefixes.has_expressions() || redshift.remote.s3.error_output_prefix.is_some())
    {
        return Err(Invalid::new(
            "Prefix expressions and ErrorOutputPrefix are not supported for Redshift destination.",
        ));
    }
    if let Some(backup) = backup(destination) {
        self::naming(backup, name, version, now, random)?;
    }
    let partitioned = matches!(destination, Destination::S3(s3) if s3.partitioning_enabled == Some(true));
    let Some(query) = &steps.query else {
        let asked = naming.prefixes.partition_keys();
        if asked.iter().any(|key| key.starts_with("partitionKeyFromQuery:")) {
            return Err(Invalid::new(
                "MetadataExtraction processor should be present when S3 Prefix has partitionKeyFromQuery namespace.",
            ));
        }
        if asked.iter().any(|key| key.starts_with("partitionKeyFromLambda:")) && steps.function.is_none() {
            return Err(Invalid::new(
                "Lambda processor should be present when S3 Prefix has partitionKeyFromLambda namespace.",
            ));
        }
        return Ok(());
    };
    if let Destination::Iceberg(_) = destination {
        let keys = query.object_keys().unwrap_or_default();
        let known = |key: &&str| ROUTE_KEYS.contains(key);
        return match keys.iter().find(|key| !known(key)) {
            None => Ok(()),
            Some(key) => Err(Invalid(format!(
                "MetadataExtractionQuery can only contain the keys {} for Iceberg destination, not {key}.",
                ROUTE_KEYS.join(", ")
            ))),
        };
    }
    if !partitioned {
        return Err(Invalid::new(
            "MetadataExtraction processor is only supported when Dynamic Partitioning is enabled.",
        ));
    }
    let asked = naming.prefixes.partition_keys();
    if asked.iter().any(|key| key.starts_with("partitionKeyFromLambda:")) && steps.function.is_none() {
        return Err(Invalid::new(
            "Lambda processor should be present when S3 Prefix has partitionKeyFromLambda namespace.",
        ));
    }
    let keys = query.object_keys().unwrap_or_default();
    if keys.len() > PARTITION_KEYS_MAX {
        return Err(Invalid(format!("A maximum of {PARTITION_KEYS_MAX} dynamic partition keys is allowed.")));
    }
    let used = |key: &&str| asked.contains(&&*format!("partitionKeyFromQuery:{key}"));
    if !keys.iter().all(used) {
        return Err(Invalid::new(
            "MetaDataExtraction JQ Query can't contain keys that are not present in the S3 Prefix expression",
        ));
    }
    Ok(())
}

/// Where records are kept as they came, if they are.
pub fn backup(destination: &Destination) -> Option<&S3Destination> {
    let on = |remote: &'_ Remote, mode: &str| remote.backup_mode == mode;
    match destination {
        Destination::S3(s3) => s3.backup.as_deref().filter(|_| s3.backup_mode.as_deref() == Some("Enabled")),
        Destination::Http(http) => on(&http.remote, "AllData").then_some(&http.remote.s3),
        Destination::Splunk(splunk) => on(&splunk.remote, "AllEvents").then_some(&splunk.remote.s3),
        Destination::Search(search) => on(&search.remote, "AllDocuments").then_some(&search.remote.s3),
        Destination::Redshift(redshift) => {
            redshift.backup.as_ref().filter(|_| on(&redshift.remote, "Enabled"))
        }
        Destination::Iceberg(iceberg) => on(&iceberg.remote, "AllData").then_some(&iceberg.remote.s3),
    }
}

impl Engine {
    /// The row of a stream.
    pub async fn stream(&self, key: &StreamKey) -> Result<Row<StreamRow>, Error> {
        self.find(&*self.store.snapshot(), key).await
    }

    async fn find(&self, snapshot: &dyn Snapshot, key: &StreamKey) -> Result<Row<StreamRow>, Error> {
        let row = STREAMS.get(snapshot, key).await?;
        Ok(row.ok_or_else(|| NotFound { name: key.name.clone(), account: key.account })?)
    }

    /// Makes a stream. Durable when it returns; the caller starts its delivery.
    pub async fn create(&self, new: NewStream) -> Result<StreamRow, Error> {
        let now = self.clock.now();
        check(&new.destination, &new.key.name, 1, now, &self.random)?;
        self.check_schema(&new.key, &new.destination).await?;
        let snapshot = self.store.snapshot();
        let exists = || Error::AlreadyExists { name: new.key.name.clone(), account: new.key.account };
        if STREAMS.get(&*snapshot, &new.key).await?.is_some() {
            return Err(exists());
        }
        if self.settings.strict_limits {
            self.check_quota(&*snapshot, &new.key).await?;
        }
        let id = StreamId(self.random.u128());
        if let Some(key) = &new.encryption {
            self.frames(&new.key, id).usable(key.as_deref(), Some(&new.caller)).await?;
        }
        let sealer = self.secrets_sealer(&new.key, id, &new.destination).await?;
        let mut commit = Commit::new(CommitId(self.random.u128()));
        if let Some(sealer) = &sealer {
            sealer.join(&mut commit);
        }
        let source = self.create_source(&new, id, &mut commit).await?;
        let row = StreamRow {
            id: id.0,
            created_micros: now.as_micros(),
            updated_micros: None,
            version: 1,
            creating_until_micros: self.settings.transitions.then(|| now.plus(TRANSITION).as_micros()),
            deleting_until_micros: None,
            source,
            destination: self.with_sealed_secrets(&new.destination, sealer.as_ref()),
            tags: new.tags.clone(),
            encryption: new.encryption.clone().map(|key_arn| Encryption {
                enabled: true,
                key_arn,
                until_micros: None,
                changes_micros: Vec::new(),
            }),
        };
        commit.unchanged(STREAMS, &new.key, None).put(STREAMS, &new.key, &row);
        match settle(&*self.store, commit).await {
            Ok(()) => Ok(row),
            Err(CommitError::Check { .. }) => Err(exists()),
            Err(error) => Err(error.into()),
        }
    }

    async fn check_quota(&self, snapshot: &dyn Snapshot, key: &StreamKey) -> Result<(), Error> {
        let range = region_range(key.account, &key.region, "");
        let rows = STREAMS.scan(snapshot, range, STREAMS_MAX).await?;
        if rows.len() < STREAMS_MAX { Ok(()) } else { Err(Error::TooManyStreams { max: STREAMS_MAX }) }
    }

    async fn create_source(
        &self,
        new: &NewStream,
        id: StreamId,
        commit: &mut Commit,
    ) -> Result<Source, Error> {
        match &new.source {
            NewSource::Direct { throughput_hint_mb } => {
                let log = LogId(self.random.u128());
                commit.log(LogChange::Create { log, first: Seq(0) });
                let key = CursorKey { stream: id, shard: String::new() };
                commit.put(CURSORS, &key, &CursorRow::default());
                Ok(Source::Direct { log: log.0, throughput_hint_mb: *throughput_hint_mb, framed: Some(true) })
            }
            NewSource::Kinesis { stream, role } => {
                let principal = Principal::role(new.key.account, role.clone(), &*new.key.name);
                for (shard, row) in first_positions(&*self.records, &principal, stream).await? {
                    commit.put(CURSORS, &CursorKey { stream: id, shard }, &row);
                }
                Ok(Source::Kinesis { stream_arn: stream.to_string(), role_arn: role.to_string() })
            }
            NewSource::Kafka { brokers, topic, role, connectivity, from } => {
                let Some(bootstrap) = Bootstrap::parse(brokers) else {
                    return Err(Invalid(format!(
                        "{brokers} names no cluster: give the addresses of brokers, host:port, in place of an ARN"
                    ))
                    .into());
                };
                let reader = Topic::new(self.outbound.clone(), bootstrap, topic.clone());
                let refused = |error: KafkaError| Error::from(Invalid(error.to_string()));
                let moment = from.map_or(Moment::Latest, Moment::At);
                let looked_up = tokio::time::timeout(TOPIC_LOOK_UP, async {
                    let partitions = reader.partitions().await?;
                    reader.offsets(&partitions, moment).await
                });
                let positions = looked_up
                    .await
                    .map_err(|_| Invalid(format!("the topic {topic} could not be looked up in time")))?;
                for (partition, position) in positions.map_err(refused)? {
                    let key = CursorKey { stream: id, shard: partition.to_string() };
                    commit.put(CURSORS, &key, &CursorRow { position, done: false });
                }
                Ok(Source::Kafka {
                    brokers: brokers.clone(),
                    topic: topic.clone(),
                    role_arn: role.to_string(),
                    connectivity: connectivity.clone(),
                    from_micros: from.map(Timestamp::as_micros),
                })
            }
        }
    }

    /// Names in alphabetical order, after `after`, of one kind of source if asked for.
    pub async fn list(
        &self,
        account: AccountId,
        region: &Region,
        after: Option<&str>,
        limit: usize,
        kind: Option<&str>,
    ) -> Result<Names, Error> {
        let snapshot = self.store.snapshot();
        let mut after = after.map(str::to_owned);
        let mut names = Vec::new();
        loop {
            let range = region_range(account, region, after.as_deref().unwrap_or_default());
            let page = STREAMS.scan(&*snapshot, range, PAGE).await?;
            let last = page.len() < PAGE;
            for (key, row) in page {
                after = Some(key.name.clone());
                if kind.is_some_and(|wanted| wanted != row.value.source.kind()) {
                    continue;
                }
                if names.len() == limit {
                    return Ok(Names { names, more: true });
                }
                names.push(key.name);
            }
            if last {
                return Ok(Names { names, more: false });
            }
        }
    }

    /// Replaces the destination by what `change` makes of it, if the version is the one given. Returns nothing: the new version shows in
    /// the description.
    pub async fn update_destination(
        &self,
        key: &StreamKey,
        version: &str,
        change: impl Fn(&Destination) -> Result<Destination, Invalid>,
    ) -> Result<(), Error> {
        let now = self.clock.now();
        // What the catalog says is asked before, since it takes time; the row may be another by then, and the version says so.
        let seen = self.stream(key).await?.value;
        if seen.version.to_string() == version {
            self.check_schema(key, &change(&seen.destination)?).await?;
        }
        let next = change(&seen.destination).unwrap_or_else(|_| seen.destination.clone());
        let sealer = self.secrets_sealer(key, seen.id(), &next).await?;
        self.change_joined_by(key, sealer.as_ref(), |row| {
            if row.version.to_string() != version {
                return Err(Error::VersionMismatch {
                    name: key.name.clone(),
                    current: row.version,
                    given: version.to_owned(),
                });
            }
            let destination = change(&row.destination)?;
            check(&destination, &key.name, row.version + 1, now, &self.random)?;
            if row.id != seen.id {
                return Err(Error::Contended { name: key.name.clone() });
            }
            row.destination = self.with_sealed_secrets(&destination, sealer.as_ref());
            row.version += 1;
            row.updated_micros = Some(now.as_micros());
            Ok(())
        })
        .await
    }

    /// Adds tags, replacing the values of those it has.
    pub async fn tag(&self, key: &StreamKey, tags: &BTreeMap<String, String>) -> Result<(), Error> {
        self.change(key, |row| {
            row.tags.extend(tags.clone());
            if row.tags.len() > TAGS_MAX {
                return Err(Error::TooManyTags { max: TAGS_MAX });
            }
            Ok(())
        })
        .await
    }

    /// Removes tags; those it does not have are passed over.
    pub async fn untag(&self, key: &StreamKey, keys: &[String]) -> Result<(), Error> {
        self.change(key, |row| {
            row.tags.retain(|tag, _| !keys.contains(tag));
            Ok(())
        })
        .await
    }

    /// Changes the row of an active stream.
    pub(super) async fn change(
        &self,
        key: &StreamKey,
        edit: impl Fn(&mut StreamRow) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.change_joined_by(key, None, edit).await
    }

    /// The same, together with the data key of what was sealed for it.
    async fn change_joined_by(
        &self,
        key: &StreamKey,
        sealer: Option<&Sealer>,
        edit: impl Fn(&mut StreamRow) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for _ in 0..TRIES {
            let seen = self.stream(key).await?;
            self.must_be_active(key, &seen.value)?;
            let mut row = seen.value.clone();
            edit(&mut row)?;
            let mut commit = Commit::new(CommitId(self.random.u128()));
            commit.unchanged(STREAMS, key, Some(&seen)).put(STREAMS, key, &row);
            if let Some(sealer) = sealer {
                sealer.join(&mut commit);
            }
            match settle(&*self.store, commit).await {
                Ok(()) => {
                    self.watches.touch(row.id());
                    return Ok(());
                }
                Err(CommitError::Check { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Error::Contended { name: key.name.clone() })
    }

    fn must_be_active(&self, key: &StreamKey, row: &StreamRow) -> Result<(), Error> {
        match status(row, self.clock.now()) {
            Status::Active => Ok(()),
            other @ (Status::Creating | Status::Deleting) => {
                Err(Error::NotActive { name: key.name.clone(), status: other.name() })
            }
        }
    }

    /// Deletes a stream and whatever it has not delivered.
    pub async fn delete(&self, key: &StreamKey) -> Result<(), Error> {
        for _ in 0..TRIES {
            let seen = self.stream(key).await?;
            match status(&seen.value, self.clock.now()) {
                Status::Deleting => return Ok(()),
                Status::Creating => {
                    return Err(Error::NotActive { name: key.name.clone(), status: Status::Creating.name() });
                }
                Status::Active => {}
            }
            let done = if self.settings.transitions {
                self.begin_deletion(key, &seen).await
            } else {
                self.remove(key, &seen).await
            };
            match done {
                Ok(()) => {
                    self.throttles.forget(seen.value.id());
                    self.watches.touch(seen.value.id());
                    return Ok(());
                }
                Err(CommitError::Check { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Error::Contended { name: key.name.clone() })
    }

    async fn begin_deletion(&self, key: &StreamKey, seen: &Row<StreamRow>) -> Result<(), CommitError> {
        let mut row = seen.value.clone();
        row.deleting_until_micros = Some(self.clock.now().plus(TRANSITION).as_micros());
        let mut commit = Commit::new(CommitId(self.random.u128()));
        commit.unchanged(STREAMS, key, Some(seen)).put(STREAMS, key, &row);
        if let Some(log) = row.source.log() {
            commit.log(LogChange::Seal(log));
        }
        settle(&*self.store, commit).await
    }

    /// Removes all rows and the log of a stream, in one commit.
    pub(super) async fn remove(&self, key: &StreamKey, seen: &Row<StreamRow>) -> Result<(), CommitError> {
        let mut commit = Commit::new(CommitId(self.random.u128()));
        commit.unchanged(STREAMS, key, Some(seen)).delete(STREAMS, key);
        if let Some(log) = seen.value.source.log() {
            commit.log(LogChange::Delete(log));
        }
        let unread = |error: store::ReadError| CommitError::Unknown(error.to_string());
        let (snapshot, id) = (self.store.snapshot(), seen.value.id());
        for (cursor, _) in cursors(&*snapshot, id).await.map_err(unread)? {
            commit.delete(CURSORS, &cursor);
        }
        for (pipe, row) in pipes::all(&*snapshot, id).await.map_err(unread)? {
            pipes::remove(&mut commit, &pipe, &row);
        }
        self.forget_data_keys(id, &mut commit).await.map_err(unread)?;
        settle(&*self.store, commit).await
    }

    /// Every stream of every account and region, a page at a time.
    pub async fn every_stream(&self, after: Option<&StreamKey>) -> Result<Vec<(StreamKey, StreamId)>, Error> {
        let (start, end) = STREAMS.prefix(|_| {});
        let start = after.map_or(start, |key| store::key_after(&STREAMS.key(key)));
        let rows = STREAMS.scan(&*self.store.snapshot(), (start, end), PAGE).await?;
        Ok(rows.into_iter().map(|(key, row)| (key, row.value.id())).collect())
    }
}

/// A stream's cursors. As many as its source has shards, which Kinesis bounds at 20,000 and a commit carries.
pub(super) async fn cursors(
    snapshot: &dyn Snapshot,
    stream: StreamId,
) -> Result<Vec<(CursorKey, Row<CursorRow>)>, store::ReadError> {
    let (mut start, end) = CURSORS.prefix(|key| {
        key.u128(stream.0);
    });
    let mut all = Vec::new();
    loop {
        let page = CURSORS.scan(snapshot, (start, end.clone()), PAGE).await?;
        let last = page.len() < PAGE;
        all.extend(page);
        match all.last() {
            Some((key, _)) if !last => start = store::key_after(&CURSORS.key(key)),
            Some(_) | None => return Ok(all),
        }
    }
}

/// Where a new stream begins in each shard of its source: after what is there now.
async fn first_positions(
    records: &dyn RecordSource,
    principal: &Principal,
    stream: &Arn,
) -> Result<Vec<(String, CursorRow)>, Error> {
    let mut rows = Vec::new();
    for shard in records.shards(principal, stream).await.map_err(refused_source)? {
        let latest = records.position(principal, stream, &shard.id, ShardStart::Latest);
        let position = latest.await.map_err(refused_source)?.0;
        rows.push((shard.id, CursorRow { position, done: shard.closed }));
    }
    Ok(rows)
}

fn refused_source(error: PortError) -> Error {
    match error {
        PortError::NotFound { message, .. } | PortError::Invalid { message, .. } => Invalid(message).into(),
        PortError::Denied(why) => Invalid(why).into(),
        PortError::Unavailable(why) => Error::Unavailable(why),
    }
}

fn region_range(account: AccountId, region: &Region, after: &str) -> (store::Key, store::Key) {
    let (start, end) = STREAMS.prefix(|key| {
        key.u64(account.as_u64()).text(region.as_str());
    });
    if after.is_empty() {
        return (start, end);
    }
    let key = StreamKey { account, region: region.clone(), name: after.to_owned() };
    (store::key_after(&STREAMS.key(&key)), end)
}

/// Commits. What is lost is handed on as the error it came from; an unknown outcome that stays unknown too.
pub(super) async fn settle(store: &dyn Store, commit: Commit) -> Result<(), CommitError> {
    match store::settle(store, commit).await {
        Settled::Done(_) | Settled::Happened => Ok(()),
        Settled::Lost(Lost::Check(index)) => Err(CommitError::Check { index }),
        Settled::Lost(Lost::Log(log)) => Err(CommitError::Log(log)),
        Settled::Lost(Lost::Blob(blob)) => Err(CommitError::Blob(blob)),
        Settled::Refused(Refusal::Full) => Err(CommitError::Full),
        Settled::Refused(Refusal::TooLarge(what)) => Err(CommitError::TooLarge(what)),
        Settled::Refused(Refusal::Closed) => Err(CommitError::Closed),
        Settled::Absent(why) | Settled::Unknown(why) => Err(CommitError::Unknown(why)),
    }
}
