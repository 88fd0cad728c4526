//! Event source mappings: streams whose records invoke functions. What is read and how far lies with `poller`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use base::{AccountId, Arn, Region, Timestamp};
use ports::{PortError, Principal, ShardStart};
use store::{Check, key_after, settle};
use tokio::sync::watch;

use super::error::{Error, Result, Why, happened};
use super::filters::Filters;
use super::names::Named;
use super::{Engine, TRIES};
use crate::tables::{CURSORS, CursorKey, CursorRow, MAPPINGS, MappingKey, MappingRow};

/// What a mapping is to be, or what of it is to change: what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct MappingChange {
    /// `FunctionName`.
    pub function: Option<Named>,
    /// `Enabled`.
    pub enabled: Option<bool>,
    /// `BatchSize`.
    pub batch_size: Option<u32>,
    /// `MaximumBatchingWindowInSeconds`.
    pub window_secs: Option<u32>,
    /// `ParallelizationFactor`.
    pub lanes: Option<u32>,
    /// `TumblingWindowInSeconds`.
    pub tumbling_secs: Option<u32>,
    /// `MaximumRecordAgeInSeconds`.
    pub age_secs_max: Option<i32>,
    /// `MaximumRetryAttempts`.
    pub retries_max: Option<i32>,
    /// `BisectBatchOnFunctionError`.
    pub bisect: Option<bool>,
    /// `FunctionResponseTypes` has `ReportBatchItemFailures`.
    pub partial: Option<bool>,
    /// Where batches are told that nobody could handle; an empty text takes it away.
    pub on_failure: Option<String>,
    /// `FilterCriteria`.
    pub filters: Option<Vec<String>>,
}

/// Where a new mapping begins.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// `StartingPosition`.
    pub name: String,
    /// `StartingPositionTimestamp`.
    pub at: Option<Timestamp>,
}

impl Beginning {
    fn start(&self) -> ShardStart {
        match (self.name.as_str(), self.at) {
            ("LATEST", _) => ShardStart::Latest,
            ("AT_TIMESTAMP", Some(at)) => ShardStart::At(at),
            _ => ShardStart::TrimHorizon,
        }
    }
}

/// The stream of an ARN that may name a consumer of it.
pub fn stream_of(source: &str) -> Option<Arn> {
    let stream = source.split("/consumer/").next().unwrap_or(source);
    let arn: Arn = stream.parse().ok()?;
    (arn.service() == "kinesis" && arn.resource().starts_with("stream/")).then_some(arn)
}

impl Engine {
    /// Makes a mapping, with a cursor for each shard there is.
    pub async fn create_mapping(
        self: &Arc<Self>,
        account: AccountId,
        region: &Region,
        source: &str,
        beginning: &Beginning,
        change: &MappingChange,
    ) -> Result<(MappingKey, MappingRow)> {
        let stream = stream_of(source).ok_or_else(|| Error::invalid("Unrecognized event source."))?;
        let named = change.function.clone().ok_or_else(|| Error::invalid("Function does not exist"))?;
        let principal = self.mapping_principal(&named).await?;
        let function = named.arn().to_string();
        self.check_not_there(account, region, source, &named).await?;
        let now = self.clock.now();
        let key = MappingKey { account, region: region.clone(), id: self.uuid() };
        let mut row = MappingRow {
            source: source.to_owned(),
            function,
            enabled: true,
            batch_size: 100,
            window_secs: 0,
            lanes: 1,
            starting: beginning.name.clone(),
            starting_at_micros: beginning.at.map(Timestamp::as_micros),
            age_secs_max: -1,
            retries_max: -1,
            bisect: false,
            tumbling_secs: 0,
            partial: false,
            on_failure: None,
            filters: None,
            modified_micros: now.as_micros(),
            tags: Default::default(),
            created_micros: now.as_micros(),
        };
        apply(&mut row, change)?;
        let cannot = |error: PortError| of_source(error, source);
        let mut commit = self.commit();
        for shard in self.records.shards(&principal, &stream).await.map_err(cannot)? {
            let position = self.records.position(&principal, &stream, &shard.id, beginning.start()).await;
            let position = position.map_err(cannot)?;
            for lane in 0..row.lanes {
                let at = CursorKey { mapping: key.id, shard: shard.id.clone(), lane };
                commit.put(CURSORS, &at, &CursorRow { position: position.0, ..CursorRow::default() });
            }
        }
        commit.unchanged(MAPPINGS, &key, None).put(MAPPINGS, &key, &row);
        if !happened(settle(&*self.store, commit).await)? {
            return Err(Error::contended());
        }
        self.start_mapping(key.clone());
        Ok((key, row))
    }

    /// A UUID's bits, version 4.
    fn uuid(&self) -> u128 {
        u128::from_str_radix(&self.random.uuid().replace('-', ""), 16).unwrap_or_else(|_| self.random.u128())
    }

    /// As whom a mapping reads: the function's role.
    pub(super) async fn mapping_principal(&self, named: &Named) -> Result<Principal> {
        let version = self.version(&named.key, named.qualifier.as_deref()).await.map_err(|error| {
            if error.why == Why::NotFound { Error::invalid("Function does not exist") } else { error }
        })?;
        let role: Arn = version
            .configuration
            .role
            .parse()
            .map_err(|_| Error::invalid("the function's role is no ARN"))?;
        Ok(Principal::role(named.key.account, role, &*named.key.name))
    }

    async fn check_not_there(
        &self,
        account: AccountId,
        region: &Region,
        source: &str,
        named: &Named,
    ) -> Result<()> {
        let function = named.arn().to_string();
        for (key, row) in self.mappings(account, region, None, store::Bounds::ENTRIES).await?.0 {
            if row.source == source && row.function == function {
                return Err(Error::conflict(format!(
                    "The event source arn (\" {source} \") and function (\" {} \") provided mapping already exists. Please update or delete the \
                     existing mapping with UUID {}",
                    named.key.name,
                    uuid_text(key.id)
                )));
            }
        }
        Ok(())
    }

    /// Mappings in the order of their ids, after this one; and whether more follow.
    pub async fn mappings(
        &self,
        account: AccountId,
        region: &Region,
        after: Option<u128>,
        limit: usize,
    ) -> Result<(Vec<(MappingKey, MappingRow)>, bool)> {
        let snapshot = self.store.snapshot();
        let (start, end) = MAPPINGS.prefix(|key| {
            key.u64(account.as_u64()).text(region.as_str());
        });
        let start = match after {
            Some(id) => key_after(&MAPPINGS.key(&MappingKey { account, region: region.clone(), id })),
            None => start,
        };
        let mut rows = MAPPINGS.scan(&*snapshot, (start, end), limit.saturating_add(1)).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        Ok((rows.into_iter().map(|(key, row)| (key, row.value)).collect(), more))
    }

    /// A mapping.
    pub async fn mapping(&self, key: &MappingKey) -> Result<MappingRow> {
        let found = MAPPINGS.get(&*self.store.snapshot(), key).await?;
        let none = || Error::not_found("The resource you requested does not exist.");
        found.map(|row| row.value).ok_or_else(none)
    }

    /// Changes a mapping.
    pub async fn update_mapping(
        self: &Arc<Self>,
        key: &MappingKey,
        change: &MappingChange,
    ) -> Result<MappingRow> {
        if let Some(named) = &change.function {
            self.mapping_principal(named).await?;
        }
        for _ in 0..TRIES {
            let snapshot = self.store.snapshot();
            let none = || Error::not_found("The resource you requested does not exist.");
            let seen = MAPPINGS.get(&*snapshot, key).await?.ok_or_else(none)?;
            let mut row = seen.value.clone();
            apply(&mut row, change)?;
            row.modified_micros = self.clock.now().as_micros();
            let mut commit = self.commit();
            commit.unchanged(MAPPINGS, key, Some(&seen)).put(MAPPINGS, key, &row);
            if row.lanes != seen.value.lanes {
                self.relane(&mut commit, key.id, row.lanes).await?;
            }
            if happened(settle(&*self.store, commit).await)? {
                self.pollers.touch(key.id);
                return Ok(row);
            }
        }
        Err(Error::contended())
    }

    /// Other lanes read a shard from where the slowest of the old ones was.
    async fn relane(&self, commit: &mut store::Commit, mapping: u128, lanes: u32) -> Result<()> {
        let snapshot = self.store.snapshot();
        let range = CURSORS.prefix(|key| {
            key.u128(mapping);
        });
        let mut slowest: HashMap<String, CursorRow> = HashMap::new();
        for (key, row) in CURSORS.scan(&*snapshot, range, store::Bounds::ENTRIES).await? {
            commit.unchanged(CURSORS, &key, Some(&row)).delete(CURSORS, &key);
            let bare =
                CursorRow { position: row.value.position, done: row.value.done, ..CursorRow::default() };
            let entry = slowest.entry(key.shard).or_insert(bare);
            if row.value.position <= entry.position {
                let done = entry.done && row.value.done;
                // What was done of a batch, and of a window, was done by one lane alone.
                *entry = CursorRow { position: row.value.position, done, ..CursorRow::default() };
            }
        }
        for (shard, row) in slowest {
            for lane in 0..lanes {
                commit.put(CURSORS, &CursorKey { mapping, shard: shard.clone(), lane }, &row);
            }
        }
        Ok(())
    }

    /// Removes a mapping. Returns what it was.
    pub async fn delete_mapping(&self, key: &MappingKey) -> Result<MappingRow> {
        let row = self.mapping(key).await?;
        let mut commit = self.commit();
        commit.check(Check::Present(MAPPINGS.key(key))).delete(MAPPINGS, key);
        happened(settle(&*self.store, commit).await)?;
        self.pollers.touch(key.id);
        self.clear_cursors(key.id).await?;
        Ok(row)
    }

    /// Removes the cursors of a mapping that is gone: there may be more than one commit takes.
    pub(super) async fn clear_cursors(&self, mapping: u128) -> Result<()> {
        let range = CURSORS.prefix(|writer| {
            writer.u128(mapping);
        });
        loop {
            let rows =
                CURSORS.scan(&*self.store.snapshot(), range.clone(), store::Bounds::ENTRIES / 2).await?;
            if rows.is_empty() {
                return Ok(());
            }
            let mut commit = self.commit();
            for (cursor, _) in rows {
                commit.delete(CURSORS, &cursor);
            }
            happened(settle(&*self.store, commit).await)?;
        }
    }

    /// Changes the tags of a mapping.
    pub async fn tag_mapping(
        &self,
        key: &MappingKey,
        edit: impl Fn(&mut std::collections::BTreeMap<String, String>),
    ) -> Result<()> {
        for _ in 0..TRIES {
            let none = || Error::not_found("The resource you requested does not exist.");
            let seen = MAPPINGS.get(&*self.store.snapshot(), key).await?.ok_or_else(none)?;
            let mut row = seen.value.clone();
            edit(&mut row.tags);
            super::functions::check_tags(&row.tags)?;
            let mut commit = self.commit();
            commit.unchanged(MAPPINGS, key, Some(&seen)).put(MAPPINGS, key, &row);
            if happened(settle(&*self.store, commit).await)? {
                return Ok(());
            }
        }
        Err(Error::contended())
    }

    /// What came of a mapping's last batch.
    pub fn processing_result(&self, mapping: u128) -> String {
        self.pollers.result(mapping)
    }
}

/// A mapping's id as it is shown.
pub fn uuid_text(id: u128) -> String {
    let digits = format!("{id:032x}");
    format!("{}-{}-{}-{}-{}", &digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..])
}

/// The id of a UUID.
pub fn uuid_id(text: &str) -> Option<u128> {
    u128::from_str_radix(&text.replace('-', ""), 16).ok()
}

fn apply(row: &mut MappingRow, change: &MappingChange) -> Result<()> {
    if let Some(named) = &change.function {
        row.function = named.arn().to_string();
    }
    if let Some(filters) = &change.filters {
        Filters::parse(filters)?;
        row.filters = Some(filters.clone()).filter(|filters| !filters.is_empty());
    }
    if let Some(target) = &change.on_failure {
        let is_known = target.is_empty()
            || target.parse::<Arn>().is_ok_and(|arn| matches!(arn.service(), "s3" | "sqs" | "sns"));
        if !is_known {
            return Err(Error::invalid(format!("The destination ARN {target} is invalid.")));
        }
        row.on_failure = Some(target.clone()).filter(|target| !target.is_empty());
    }
    row.enabled = change.enabled.unwrap_or(row.enabled);
    row.batch_size = change.batch_size.unwrap_or(row.batch_size);
    row.window_secs = change.window_secs.unwrap_or(row.window_secs);
    row.lanes = change.lanes.unwrap_or(row.lanes);
    row.age_secs_max = change.age_secs_max.unwrap_or(row.age_secs_max);
    row.retries_max = change.retries_max.unwrap_or(row.retries_max);
    row.tumbling_secs = change.tumbling_secs.unwrap_or(row.tumbling_secs);
    row.bisect = change.bisect.unwrap_or(row.bisect);
    row.partial = change.partial.unwrap_or(row.partial);
    Ok(())
}

fn of_source(error: PortError, source: &str) -> Error {
    match error {
        PortError::NotFound { .. } => Error::invalid(format!("Stream not found: {source}")),
        PortError::Denied(_) => Error::invalid(format!(
            "Cannot access stream {source}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, ListShards, and \
             ListStreams Actions on your stream in IAM."
        )),
        other @ (PortError::Invalid { .. } | PortError::Unavailable(_)) => super::error::of_port(other),
    }
}

/// Pollers that run: who wakes them, and what came of their last batches.
#[derive(Default)]
pub(super) struct Pollers {
    watched: Mutex<HashMap<u128, watch::Sender<()>>>,
    results: Mutex<HashMap<u128, &'static str>>,
}

impl Pollers {
    /// Begins to watch a mapping; `None` if somebody does already.
    pub fn begin(&self, mapping: u128) -> Option<watch::Receiver<()>> {
        let mut watched = self.watched.lock().expect("nothing panics while the watches are held");
        if watched.contains_key(&mapping) {
            return None;
        }
        let (sender, receiver) = watch::channel(());
        watched.insert(mapping, sender);
        Some(receiver)
    }

    fn touch(&self, mapping: u128) {
        let watched = self.watched.lock().expect("nothing panics while the watches are held");
        if let Some(sender) = watched.get(&mapping) {
            sender.send_replace(());
        }
    }

    pub fn end(&self, mapping: u128) {
        self.watched.lock().expect("nothing panics while the watches are held").remove(&mapping);
        self.results.lock().expect("nothing panics while the results are held").remove(&mapping);
    }

    /// What came of a batch.
    pub fn came(&self, mapping: u128, result: &'static str) {
        self.results.lock().expect("nothing panics while the results are held").insert(mapping, result);
    }

    fn result(&self, mapping: u128) -> String {
        let results = self.results.lock().expect("nothing panics while the results are held");
        results.get(&mapping).copied().unwrap_or("No records processed").to_owned()
    }
}
