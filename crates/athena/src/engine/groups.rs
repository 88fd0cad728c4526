//! Work groups: what queries are begun with, unless they say otherwise.

use store::Row;

use super::{ATTEMPTS, Athena, Error};
use crate::shapes::{EngineVersion, ResultConfiguration, WorkGroupConfiguration};
use crate::tables::{GROUPS, GroupRow, HISTORY, Named, TAGS, TagsRow, group_prefix};

/// The group that is always there.
pub const PRIMARY: &str = "primary";
/// What queries are answered by.
pub const ENGINE_VERSION: &str = "Athena engine version 3";
/// Groups of an account and region (the quota).
const GROUPS_MAX: usize = 1_000;

/// The version of the engine, as it is shown.
pub fn engine_version(selected: Option<&str>) -> EngineVersion {
    EngineVersion {
        selected_engine_version: Some(selected.unwrap_or("AUTO").to_owned()),
        effective_engine_version: Some(ENGINE_VERSION.to_owned()),
    }
}

/// What the group says that is always there (facts section 5).
fn primary() -> GroupRow {
    let configuration = WorkGroupConfiguration {
        result_configuration: Some(ResultConfiguration::default()),
        enforce_work_group_configuration: Some(false),
        publish_cloud_watch_metrics_enabled: Some(false),
        requester_pays_enabled: Some(false),
        engine_version: Some(engine_version(None)),
        enable_minimum_encryption_configuration: Some(false),
        ..WorkGroupConfiguration::default()
    };
    GroupRow {
        enabled: true,
        description: None,
        configuration: wire::keep(&configuration),
        created_micros: 0,
    }
}

impl GroupRow {
    /// Its configuration.
    pub fn configuration(&self) -> Result<WorkGroupConfiguration, Error> {
        wire::kept(&self.configuration)
            .map_err(|_| Error::Store("a stored work group cannot be read".to_owned()))
    }
}

fn missing(name: &str) -> Error {
    Error::invalid(format!("WorkGroup {name} is not found."))
}

impl Athena {
    /// A work group. The row is absent for the one that is always there while nobody has changed it.
    async fn found_group(&self, at: &Named) -> Result<(Option<Row<GroupRow>>, GroupRow), Error> {
        match GROUPS.get(&*self.snapshot(), at).await? {
            Some(row) => Ok((Some(row.clone()), row.value)),
            None if at.name == PRIMARY => Ok((None, primary())),
            None => Err(missing(&at.name)),
        }
    }

    /// A work group.
    pub async fn group(&self, at: &Named) -> Result<GroupRow, Error> {
        Ok(self.found_group(at).await?.1)
    }

    /// All work groups, by name.
    pub async fn groups(&self, place: &crate::tables::Place) -> Result<Vec<(String, GroupRow)>, Error> {
        let range = GROUPS.prefix(crate::tables::place_prefix(place));
        let rows = GROUPS.scan(&*self.snapshot(), range, GROUPS_MAX + 1).await?;
        let mut all: Vec<(String, GroupRow)> =
            rows.into_iter().map(|(at, row)| (at.name, row.value)).collect();
        if !all.iter().any(|(name, _)| name == PRIMARY) {
            all.push((PRIMARY.to_owned(), primary()));
            all.sort_by(|a, b| a.0.cmp(&b.0));
        }
        Ok(all)
    }

    /// Creates a work group, with its tags.
    pub async fn create_group(&self, at: &Named, row: &GroupRow, tags: TagsRow) -> Result<(), Error> {
        if at.name == PRIMARY || GROUPS.get(&*self.snapshot(), at).await?.is_some() {
            return Err(Error::invalid("WorkGroup is already created"));
        }
        if self.groups(&at.place).await?.len() >= GROUPS_MAX {
            return Err(Error::invalid("The number of work groups has reached its limit."));
        }
        let mut commit = self.begin();
        commit.unchanged(GROUPS, at, None).put(GROUPS, at, row);
        if !tags.tags.is_empty() {
            commit.put(TAGS, &at.place.named(&format!("workgroup/{}", at.name)), &tags);
        }
        if self.done(commit).await? { Ok(()) } else { Err(Error::invalid("WorkGroup is already created")) }
    }

    /// Changes a work group.
    pub async fn change_group(
        &self,
        at: &Named,
        change: impl Fn(&mut GroupRow) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let (seen, mut row) = self.found_group(at).await?;
            change(&mut row)?;
            let mut commit = self.begin();
            commit.unchanged(GROUPS, at, seen.as_ref()).put(GROUPS, at, &row);
            if self.done(commit).await? {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }

    /// Deletes a work group, and with it, if that is wanted, what was saved in it. The history of its queries is no longer listed.
    pub async fn delete_group(&self, at: &Named, recursive: bool) -> Result<(), Error> {
        if at.name == PRIMARY {
            return Err(Error::invalid("The primary workgroup cannot be deleted."));
        }
        self.group(at).await?;
        let snapshot = self.snapshot();
        let history = HISTORY.scan(&*snapshot, HISTORY.prefix(group_prefix(&at.place, &at.name)), 1).await?;
        if !recursive && (!history.is_empty() || self.has_saved(at).await?) {
            return Err(Error::invalid(format!("WorkGroup {} is not empty", at.name)));
        }
        self.forget_saved(at).await?;
        self.forget_history(at).await?;
        let mut commit = self.begin();
        commit.delete(GROUPS, at).delete(TAGS, &at.place.named(&format!("workgroup/{}", at.name)));
        self.done(commit).await?;
        Ok(())
    }

    async fn forget_history(&self, at: &Named) -> Result<(), Error> {
        /// Rows of one commit.
        const SLICE: usize = 5_000;
        loop {
            let range = HISTORY.prefix(group_prefix(&at.place, &at.name));
            let rows = HISTORY.scan(&*self.snapshot(), range, SLICE).await?;
            if rows.is_empty() {
                return Ok(());
            }
            let mut commit = self.begin();
            for (key, _) in &rows {
                commit.delete(HISTORY, key);
            }
            self.done(commit).await?;
        }
    }
}
