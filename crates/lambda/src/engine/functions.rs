//! Functions as such: created, read, changed, listed, deleted.
//!
//! With transitions a new function is Pending and a changed one InProgress for a while; the row says until when, and the clock says whether that is
//! over. Its revision is another one then, as on AWS.

use std::collections::BTreeMap;
use std::time::Duration;

use base::{AccountId, Region, Timestamp};
use store::{BlobRef, Check, Commit, Row, Snapshot, key_after, settle};

use super::code::{NewCode, check_unpacked};
use super::error::{Error, Result, Why, happened};
use super::names::{self, LATEST, version_number};
use super::{Engine, TRIES};
use crate::tables::{
    ALIASES, AliasRow, Configuration, FUNCTIONS, FunctionKey, FunctionRow, INVOKE_CONFIGS, POLICIES,
    PROVISIONED, QualifierKey, URLS, VERSIONS, VersionKey,
};

/// How long a function is Pending or InProgress, if that is asked for.
const TRANSITION: Duration = Duration::from_secs(5);
/// Rows read at once.
const PAGE: usize = 100;
/// Tags of one function.
pub const TAGS_MAX: usize = 50;
/// Bytes of environment variables, as JSON (facts section 4.2).
const ENVIRONMENT_BYTES_MAX: usize = 4_096;

/// What a function's state is now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// It is being created.
    Pending,
    /// It can be used; `updating` while a change settles.
    Active {
        /// A change settles.
        updating: bool,
    },
}

/// A function to be.
#[derive(Debug)]
pub struct NewFunction {
    /// What it is called.
    pub key: FunctionKey,
    /// What it is made of, but for its code, time and revision.
    pub configuration: Configuration,
    /// Its code.
    pub code: NewCode,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// Publish its first version at once.
    pub publish: bool,
}

/// A version of a function, as something to show or to run.
#[derive(Clone, Debug)]
pub struct Version {
    /// The function.
    pub key: FunctionKey,
    /// Its row.
    pub row: FunctionRow,
    /// What the version is made of.
    pub configuration: Configuration,
    /// `$LATEST` or a number.
    pub version: String,
    /// What it was named by: `None` for the function as such.
    pub qualifier: Option<String>,
}

impl FunctionRow {
    /// What its state is.
    pub fn state(&self, now: Timestamp) -> State {
        let within = |until: Option<i64>| until.is_some_and(|until| now.as_micros() < until);
        if within(self.creating_until_micros) {
            State::Pending
        } else {
            State::Active { updating: within(self.updating_until_micros) }
        }
    }

    /// The revision of `$LATEST` now.
    pub fn revision(&self, now: Timestamp) -> &str {
        match self.state(now) {
            State::Active { updating: false } => &self.settled_revision,
            State::Pending | State::Active { updating: true } => &self.latest.revision,
        }
    }
}

impl Engine {
    /// The row of a function.
    pub async fn function(&self, key: &FunctionKey) -> Result<Row<FunctionRow>> {
        self.function_in(&*self.store.snapshot(), key).await
    }

    pub(super) async fn function_in(
        &self,
        snapshot: &dyn Snapshot,
        key: &FunctionKey,
    ) -> Result<Row<FunctionRow>> {
        FUNCTIONS.get(snapshot, key).await?.ok_or_else(|| not_found(key, None))
    }

    /// The version that a qualifier stands for now. Of an alias with two versions the first.
    pub async fn version(&self, key: &FunctionKey, qualifier: Option<&str>) -> Result<Version> {
        let snapshot = self.store.snapshot();
        let row = FUNCTIONS.get(&*snapshot, key).await?.ok_or_else(|| not_found(key, qualifier))?.value;
        let alias = match qualifier {
            None | Some(LATEST) => None,
            Some(text) if version_number(text).is_some() => None,
            Some(name) => {
                let at = QualifierKey { function: row.id, qualifier: name.to_owned() };
                Some(ALIASES.get(&*snapshot, &at).await?.ok_or_else(|| not_found(key, qualifier))?.value)
            }
        };
        self.version_of(&*snapshot, key, row, qualifier, alias.as_ref().map(|alias| alias.version.as_str()))
            .await
    }

    /// As [`Engine::version`], where it is already known what an alias points to.
    async fn version_of(
        &self,
        snapshot: &dyn Snapshot,
        key: &FunctionKey,
        row: FunctionRow,
        qualifier: Option<&str>,
        pointed: Option<&str>,
    ) -> Result<Version> {
        let version = pointed.or(qualifier).unwrap_or(LATEST);
        let configuration = match version_number(version) {
            None => row.latest.clone(),
            Some(number) => {
                let at = VersionKey { function: row.id, number };
                let found = VERSIONS.get(snapshot, &at).await?;
                found.ok_or_else(|| not_found(key, qualifier))?.value.configuration
            }
        };
        let (version, qualifier) = (version.to_owned(), qualifier.map(str::to_owned));
        Ok(Version { key: key.clone(), row, configuration, version, qualifier })
    }

    /// The version that an event for this qualifier goes to: of an alias with two versions one by their weights.
    pub async fn version_to_run(&self, key: &FunctionKey, qualifier: Option<&str>) -> Result<Version> {
        let named = match qualifier {
            Some(name) if name != LATEST && version_number(name).is_none() => name,
            _ => return self.version(key, qualifier).await,
        };
        let snapshot = self.store.snapshot();
        let row = FUNCTIONS.get(&*snapshot, key).await?.ok_or_else(|| not_found(key, qualifier))?.value;
        let at = QualifierKey { function: row.id, qualifier: named.to_owned() };
        let alias = ALIASES.get(&*snapshot, &at).await?.ok_or_else(|| not_found(key, qualifier))?.value;
        let version = self.routed(&alias).to_owned();
        self.version_of(&*snapshot, key, row, qualifier, Some(&version)).await
    }

    fn routed<'a>(&self, alias: &'a AliasRow) -> &'a str {
        match &alias.additional {
            Some((version, millionths)) if self.random.u64() % 1_000_000 < u64::from(*millionths) => version,
            Some(_) | None => &alias.version,
        }
    }

    /// Makes a function.
    pub async fn create(&self, new: NewFunction) -> Result<Version> {
        let taken = || Error::conflict(format!("Function already exist: {}", new.key.name));
        let snapshot = self.store.snapshot();
        if FUNCTIONS.get(&*snapshot, &new.key).await?.is_some() {
            return Err(taken());
        }
        check(&new.configuration, new.code.code.unpacked_bytes)?;
        check_tags(&new.tags)?;
        let now = self.clock.now();
        let mut latest = new.configuration;
        latest.code = new.code.code.clone();
        latest.modified_micros = now.as_micros();
        latest.revision = self.random.uuid();
        let mut row = FunctionRow {
            id: self.random.u128(),
            latest,
            next_version: 1,
            tags: new.tags,
            reserved: None,
            creating_until_micros: self.settings.transitions.then(|| now.plus(TRANSITION).as_micros()),
            updating_until_micros: None,
            settled_revision: self.random.uuid(),
            recursion: None,
            update_runtime_on: None,
        };
        let mut commit = self.commit();
        commit.unchanged(FUNCTIONS, &new.key, None);
        new.code.count(&mut commit);
        count_layers(&mut commit, &row.latest, 1);
        let version =
            if new.publish { self.add_version(&mut commit, &mut row, None) } else { LATEST.to_owned() };
        commit.put(FUNCTIONS, &new.key, &row);
        if !happened(settle(&*self.store, commit).await)? {
            return Err(taken());
        }
        let qualifier = new.publish.then(|| version.clone());
        Ok(Version { key: new.key, configuration: row.latest.clone(), row, version, qualifier })
    }

    /// Adds the row of a new version to a commit that puts the function's row.
    pub(super) fn add_version(
        &self,
        commit: &mut Commit,
        row: &mut FunctionRow,
        description: Option<String>,
    ) -> String {
        let number = row.next_version;
        row.next_version += 1;
        let mut configuration = row.latest.clone();
        configuration.revision = self.random.uuid();
        let latest_description = configuration.description.clone();
        configuration.description = description.unwrap_or(configuration.description);
        commit.count_blob(BlobRef(configuration.code.blob), 1);
        count_layers(commit, &configuration, 1);
        commit.put(
            VERSIONS,
            &VersionKey { function: row.id, number },
            &crate::tables::VersionRow { configuration, latest_description },
        );
        number.to_string()
    }

    /// Changes what `$LATEST` is made of. `revision`, if it is given, must be the latest.
    pub async fn change_latest(
        &self,
        key: &FunctionKey,
        revision: Option<&str>,
        code: Option<&NewCode>,
        edit: impl Fn(&mut Configuration) -> Result<()>,
    ) -> Result<Row<FunctionRow>> {
        for _ in 0..TRIES {
            let seen = self.function(key).await?;
            let now = self.clock.now();
            check_revision(revision, seen.value.revision(now))?;
            self.must_be_settled(key, &seen.value)?;
            let mut row = seen.value.clone();
            edit(&mut row.latest)?;
            let mut commit = self.commit();
            commit.unchanged(FUNCTIONS, key, Some(&seen));
            if let Some(code) = code {
                code.count(&mut commit);
                commit.count_blob(BlobRef(row.latest.code.blob), -1);
                row.latest.code = code.code.clone();
            }
            check(&row.latest, row.latest.code.unpacked_bytes)?;
            count_layers(&mut commit, &row.latest, 1);
            count_layers(&mut commit, &seen.value.latest, -1);
            row.latest.modified_micros = now.as_micros();
            row.latest.revision = self.random.uuid();
            row.settled_revision = self.random.uuid();
            row.updating_until_micros = self.settings.transitions.then(|| now.plus(TRANSITION).as_micros());
            commit.put(FUNCTIONS, key, &row);
            if happened(settle(&*self.store, commit).await)? {
                self.forget_plans(row.id);
                return self.function(key).await;
            }
        }
        Err(Error::contended())
    }

    /// Refuses to change what has not settled.
    pub(super) fn must_be_settled(&self, key: &FunctionKey, row: &FunctionRow) -> Result<()> {
        let refusal = |why: String| {
            Err(Error::conflict(format!("The operation cannot be performed at this time. {why}")))
        };
        match row.state(self.clock.now()) {
            State::Pending => refusal("The function is currently in the following state: Pending".to_owned()),
            State::Active { updating: true } => {
                refusal(format!("An update is in progress for resource: {}", names::arn(key)))
            }
            State::Active { updating: false } => Ok(()),
        }
    }

    /// Changes a function's row but for what it is made of.
    pub async fn change_row<T>(
        &self,
        key: &FunctionKey,
        edit: impl Fn(&mut FunctionRow) -> Result<T>,
    ) -> Result<T> {
        for _ in 0..TRIES {
            let seen = self.function(key).await?;
            let mut row = seen.value.clone();
            let done = edit(&mut row)?;
            let mut commit = self.commit();
            commit.unchanged(FUNCTIONS, key, Some(&seen)).put(FUNCTIONS, key, &row);
            if happened(settle(&*self.store, commit).await)? {
                return Ok(done);
            }
        }
        Err(Error::contended())
    }

    /// Functions in order of their names, after `after`, and whether more follow.
    pub async fn list(
        &self,
        account: AccountId,
        region: &Region,
        after: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<(FunctionKey, FunctionRow)>, bool)> {
        let snapshot = self.store.snapshot();
        let (start, end) = FUNCTIONS.prefix(|key| {
            key.u64(account.as_u64()).text(region.as_str());
        });
        let start = match after {
            Some(name) => {
                let key = FunctionKey { account, region: region.clone(), name: name.to_owned() };
                key_after(&FUNCTIONS.key(&key))
            }
            None => start,
        };
        let mut rows = FUNCTIONS.scan(&*snapshot, (start, end), limit.saturating_add(1)).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        Ok((rows.into_iter().map(|(key, row)| (key, row.value)).collect(), more))
    }

    /// Removes a function with all that belongs to it.
    pub async fn delete(&self, key: &FunctionKey) -> Result<()> {
        let seen = self.function(key).await?;
        let id = seen.value.id;
        let mut commit = self.commit();
        commit.unchanged(FUNCTIONS, key, Some(&seen)).delete(FUNCTIONS, key);
        release(&mut commit, &seen.value.latest);
        if !happened(settle(&*self.store, commit).await)? {
            return Err(Error::contended());
        }
        self.forget_plans(id);
        self.clear(id).await
    }

    /// Removes what belongs to a function that is gone: nothing of it can be reached any more, so it may take several commits.
    async fn clear(&self, id: u128) -> Result<()> {
        loop {
            let snapshot = self.store.snapshot();
            let range = VERSIONS.prefix(|key| {
                key.u128(id);
            });
            let versions = VERSIONS.scan(&*snapshot, range, PAGE).await?;
            if versions.is_empty() {
                break;
            }
            let mut commit = self.commit();
            for (key, row) in &versions {
                commit.unchanged(VERSIONS, key, Some(row)).delete(VERSIONS, key);
                release(&mut commit, &row.value.configuration);
            }
            happened(settle(&*self.store, commit).await)?;
        }
        let snapshot = self.store.snapshot();
        let mut commit = self.commit();
        for (start, end) in [
            ALIASES.prefix(|key| {
                key.u128(id);
            }),
            POLICIES.prefix(|key| {
                key.u128(id);
            }),
            INVOKE_CONFIGS.prefix(|key| {
                key.u128(id);
            }),
            PROVISIONED.prefix(|key| {
                key.u128(id);
            }),
            URLS.prefix(|key| {
                key.u128(id);
            }),
        ] {
            let scan = store::Scan { start, end, reverse: false, limit: store::Bounds::ENTRIES / 8 };
            for (key, _) in snapshot.scan(scan).await? {
                commit.writes.push(store::Write { key, value: None });
            }
        }
        happened(settle(&*self.store, commit).await)?;
        Ok(())
    }

    /// Removes one version.
    pub async fn delete_version(&self, key: &FunctionKey, qualifier: &str) -> Result<()> {
        if qualifier == LATEST {
            return Err(Error::invalid("$LATEST version cannot be deleted without deleting the function."));
        }
        let number = version_number(qualifier)
            .ok_or_else(|| Error::invalid("Deletion of aliases is not currently supported."))?;
        let function = self.function(key).await?;
        let at = VersionKey { function: function.value.id, number };
        let snapshot = self.store.snapshot();
        let Some(seen) = VERSIONS.get(&*snapshot, &at).await? else { return Ok(()) };
        let range = ALIASES.prefix(|writer| {
            writer.u128(at.function);
        });
        for (alias, row) in ALIASES.scan(&*snapshot, range, store::Bounds::ENTRIES).await? {
            let points = row.value.version == qualifier
                || row.value.additional.as_ref().is_some_and(|(version, _)| version == qualifier);
            if points {
                return Err(Error::conflict(format!(
                    "Unable to delete version because the following aliases reference it: [{}]",
                    alias.qualifier
                )));
            }
        }
        let mut commit = self.commit();
        commit.unchanged(VERSIONS, &at, Some(&seen)).delete(VERSIONS, &at);
        commit.check(Check::Present(FUNCTIONS.key(key)));
        release(&mut commit, &seen.value.configuration);
        commit.delete(POLICIES, &QualifierKey { function: at.function, qualifier: qualifier.to_owned() });
        commit.delete(PROVISIONED, &QualifierKey { function: at.function, qualifier: qualifier.to_owned() });
        commit
            .delete(INVOKE_CONFIGS, &QualifierKey { function: at.function, qualifier: qualifier.to_owned() });
        happened(settle(&*self.store, commit).await)?;
        Ok(())
    }
}

/// There is no such function, version or alias.
pub fn not_found(key: &FunctionKey, qualifier: Option<&str>) -> Error {
    Error::not_found(format!("Function not found: {}", names::qualified(key, qualifier)))
}

/// Refuses a revision that is not the latest.
pub fn check_revision(given: Option<&str>, latest: &str) -> Result<()> {
    match given {
        Some(given) if given != latest => Err(Error::new(
            Why::Precondition,
            "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
        )),
        Some(_) | None => Ok(()),
    }
}

/// Refuses tags that are too many.
pub fn check_tags(tags: &BTreeMap<String, String>) -> Result<()> {
    if tags.len() > TAGS_MAX {
        return Err(Error::invalid("Number of tags exceeds resource tag limit."));
    }
    Ok(())
}

/// Layers are counted by every configuration that uses them.
fn count_layers(commit: &mut Commit, configuration: &Configuration, by: i32) {
    for layer in &configuration.layers {
        commit.count_blob(BlobRef(layer.code.blob), by);
    }
}

/// A configuration is gone: its code and layers are named once less.
fn release(commit: &mut Commit, configuration: &Configuration) {
    commit.count_blob(BlobRef(configuration.code.blob), -1);
    count_layers(commit, configuration, -1);
}

/// What of a configuration no constraint of the model tells.
fn check(configuration: &Configuration, unpacked_bytes: u64) -> Result<()> {
    let layers = configuration.layers.iter().map(|layer| layer.code.unpacked_bytes);
    check_unpacked(layers.fold(unpacked_bytes, u64::saturating_add))?;
    if let Some(variables) = &configuration.environment {
        check_environment(variables)?;
    }
    Ok(())
}

fn check_environment(variables: &BTreeMap<String, String>) -> Result<()> {
    const BEGIN: &str = "Lambda was unable to configure your environment variables because the environment variables you have provided";
    let reserved: Vec<&str> = variables.keys().map(String::as_str).filter(|name| is_reserved(name)).collect();
    if !reserved.is_empty() {
        return Err(Error::invalid(format!(
            "{BEGIN} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: {}",
            reserved.join(", ")
        )));
    }
    let measured = serde_json::to_string(variables).map_err(Error::unavailable)?;
    if measured.len() > ENVIRONMENT_BYTES_MAX {
        return Err(Error::invalid(format!("{BEGIN} exceeded the 4KB limit. String measured: {measured}")));
    }
    Ok(())
}

/// Variables that functions may not set (facts section 4.2).
fn is_reserved(name: &str) -> bool {
    const RESERVED: &[&str] = &[
        "_HANDLER",
        "_X_AMZN_TRACE_ID",
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
        "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_LAMBDA_RUNTIME_API",
        "LAMBDA_TASK_ROOT",
        "LAMBDA_RUNTIME_DIR",
    ];
    RESERVED.contains(&name)
}
