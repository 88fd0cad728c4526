//! Groups as such: created, listed, changed, deleted.
//!
//! Deletion removes the group's row at once, and with it everything in it from sight; what its streams hold is removed by a task, which a row under [`GRAVES`]
//! tells what to do.

use std::collections::BTreeMap;

use base::TagSet;
use service::Stop;
use store::{Commit, LogChange, LogId, Row, Snapshot, key_after};

use crate::engine::error::{Error, Why};
use crate::engine::{CloudWatch, TRIES};
use crate::tables::Scope;
use crate::tables::logs::{
    BATCHES, BatchKey, GRAVES, GROUPS, GraveKey, GroupId, GroupKey, GroupRow, STREAMS, StreamId, StreamKey,
    StreamRow,
};

/// Tags of a group.
const TAGS_MAX: usize = 50;
/// Rows read at once.
const READ_AT_ONCE: usize = 1_000;
/// Rows that one commit of the removal takes.
const REMOVED_AT_ONCE: usize = 1_000;
/// What can be set (CloudWatch Logs, API reference, PutRetentionPolicy).
const RETENTIONS: [i32; 23] = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
    3654,
];

/// What a group is to be.
#[derive(Clone, Debug, Default)]
pub struct NewGroup {
    /// The key it is created with.
    pub kms_key: Option<String>,
    /// Its class.
    pub class: Option<String>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// Whether it is not to be deleted.
    pub protected: bool,
}

/// Which groups to list.
#[derive(Clone, Debug, Default)]
pub struct GroupFilter {
    /// Whose names begin so.
    pub prefix: Option<String>,
    /// Whose names hold this.
    pub pattern: Option<String>,
    /// Of this class.
    pub class: Option<String>,
}

pub(crate) fn no_group() -> Error {
    Error::new(Why::NotFound, "The specified log group does not exist.")
}

impl CloudWatch {
    /// Creates a group.
    pub async fn create_group(&self, key: &GroupKey, new: NewGroup) -> Result<(), Error> {
        check_tags(&new.tags)?;
        let row = GroupRow {
            id: self.random.u128(),
            created_millis: self.clock.now().as_millis(),
            retention_days: None,
            kms_key: new.kms_key,
            class: new.class.unwrap_or_else(|| "STANDARD".to_owned()),
            tags: new.tags,
            protected: new.protected,
            metric_filters: 0,
            subscriptions: 0,
        };
        let exists = || Error::new(Why::Exists, "The specified log group already exists");
        if GROUPS.get(&*self.store.snapshot(), key).await?.is_some() {
            return Err(exists());
        }
        let mut commit = self.commit();
        commit.unchanged(GROUPS, key, None).put(GROUPS, key, &row);
        if self.settle(commit).await? { Ok(()) } else { Err(exists()) }
    }

    /// A group.
    pub async fn group(&self, key: &GroupKey) -> Result<Row<GroupRow>, Error> {
        GROUPS.get(&*self.store.snapshot(), key).await?.ok_or_else(no_group)
    }

    /// Groups by name after a name, at most `limit`, and whether more follow.
    pub async fn list_groups(
        &self,
        scope: &Scope,
        filter: &GroupFilter,
        after: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<(GroupKey, GroupRow)>, bool), Error> {
        let (mut start, end) = GROUPS.prefix(|key| {
            scope.write(key);
            key.text_start(filter.prefix.as_deref().unwrap_or_default());
        });
        if let Some(after) = after {
            start =
                key_after(&GROUPS.key(&GroupKey { scope: scope.clone(), name: after.to_owned() })).max(start);
        }
        let snapshot = self.store.snapshot();
        let mut listed = Vec::new();
        loop {
            let rows = GROUPS.scan(&*snapshot, (start.clone(), end.clone()), READ_AT_ONCE).await?;
            let full = rows.len() == READ_AT_ONCE;
            for (key, row) in rows {
                start = key_after(&GROUPS.key(&key));
                let takes = filter.pattern.as_ref().is_none_or(|part| key.name.contains(part.as_str()))
                    && filter.class.as_ref().is_none_or(|class| *class == row.value.class);
                if !takes {
                    continue;
                }
                if listed.len() == limit {
                    return Ok((listed, true));
                }
                listed.push((key, row.value));
            }
            if !full {
                return Ok((listed, false));
            }
        }
    }

    /// Changes a group's row.
    pub async fn change_group(
        &self,
        key: &GroupKey,
        edit: impl Fn(&mut GroupRow) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.change_group_with(key, |row, _| edit(row)).await
    }

    /// Changes a group's row and what goes with it, in one commit.
    pub(crate) async fn change_group_with(
        &self,
        key: &GroupKey,
        edit: impl Fn(&mut GroupRow, &mut Commit) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for _ in 0..TRIES {
            let seen = self.group(key).await?;
            let mut commit = self.commit();
            let mut row = seen.value.clone();
            edit(&mut row, &mut commit)?;
            commit.unchanged(GROUPS, key, Some(&seen)).put(GROUPS, key, &row);
            if self.settle(commit).await? {
                return Ok(());
            }
        }
        Err(Error::contended())
    }

    /// Sets for how long events are kept; for ever if absent.
    pub async fn set_retention(&self, key: &GroupKey, days: Option<i32>) -> Result<(), Error> {
        let days = match days {
            None => None,
            Some(days) if RETENTIONS.contains(&days) => Some(days.unsigned_abs()),
            Some(days) => {
                let all: Vec<String> = RETENTIONS.iter().map(i32::to_string).collect();
                return Err(Error::new(
                    Why::Validation,
                    format!(
                        "1 validation error detected: Value '{days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum \
                         value set: [{}]",
                        all.join(", ")
                    ),
                ));
            }
        };
        self.change_group(key, |row| {
            row.retention_days = days;
            Ok(())
        })
        .await
    }

    /// Gives a group tags.
    pub async fn tag_group(&self, key: &GroupKey, tags: &BTreeMap<String, String>) -> Result<(), Error> {
        self.change_group(key, |row| {
            row.tags.extend(tags.clone());
            check_tags(&row.tags)
        })
        .await
    }

    /// Takes tags from a group.
    pub async fn untag_group(&self, key: &GroupKey, keys: &[String]) -> Result<(), Error> {
        self.change_group(key, |row| {
            row.tags.retain(|tag, _| !keys.contains(tag));
            Ok(())
        })
        .await
    }

    /// Deletes a group and everything in it.
    pub async fn delete_group(&self, key: &GroupKey) -> Result<(), Error> {
        for _ in 0..TRIES {
            let seen = self.group(key).await?;
            if seen.value.protected {
                let text = "The log group has deletion protection enabled. Disable it before deleting the log group.";
                return Err(Error::new(Why::Validation, text));
            }
            let mut commit = self.commit();
            commit.unchanged(GROUPS, key, Some(&seen)).delete(GROUPS, key).put(
                GRAVES,
                &GraveKey::Group(GroupId(seen.value.id)),
                &0,
            );
            if self.settle(commit).await? {
                self.buried.notify_one();
                return Ok(());
            }
        }
        Err(Error::contended())
    }

    /// Removes what is left of everything deleted.
    pub(crate) async fn clear_graves(&self, stop: &Stop) -> Result<(), Error> {
        while !stop.is_asked() {
            let graves = GRAVES.scan(&*self.store.snapshot(), GRAVES.prefix(|_| {}), 1).await?;
            let Some((grave, _)) = graves.first() else { return Ok(()) };
            let emptied = match grave {
                GraveKey::Group(group) => self.clear_group(*group).await?,
                GraveKey::Stream(stream) => self.clear_stream(*stream).await?,
            };
            if emptied {
                let mut commit = self.commit();
                commit.delete(GRAVES, grave);
                self.settle(commit).await?;
            }
        }
        Ok(())
    }

    /// Removes some streams, and filters, of a group that is gone. True if nothing is left.
    async fn clear_group(&self, group: GroupId) -> Result<bool, Error> {
        let range = STREAMS.prefix(|key| {
            key.u128(group.0);
        });
        let streams = STREAMS.scan(&*self.store.snapshot(), range, REMOVED_AT_ONCE).await?;
        let mut commit = self.commit();
        for (key, row) in &streams {
            bury(&mut commit, key, row);
        }
        let filters = self.clear_filters(group, &mut commit).await?;
        if streams.is_empty() && !filters {
            return Ok(true);
        }
        self.settle(commit).await?;
        Ok(false)
    }

    /// Removes some rows of a stream that is gone. True if nothing is left.
    async fn clear_stream(&self, stream: StreamId) -> Result<bool, Error> {
        let range = BATCHES.prefix(|key| {
            key.u128(stream.0);
        });
        let rows = BATCHES.scan(&*self.store.snapshot(), range, REMOVED_AT_ONCE).await?;
        if rows.is_empty() {
            return Ok(true);
        }
        let mut commit = self.commit();
        for (key, _) in &rows {
            commit.delete(BATCHES, key);
        }
        self.settle(commit).await?;
        Ok(false)
    }

    /// Lets go of events that are kept no longer, in all groups.
    pub(crate) async fn expire_events(&self, stop: &Stop) -> Result<(), Error> {
        let mut after: Option<GroupKey> = None;
        while !stop.is_asked() {
            let (start, end) = GROUPS.prefix(|_| {});
            let start = after.as_ref().map_or(start, |key| key_after(&GROUPS.key(key)));
            let groups = GROUPS.scan(&*self.store.snapshot(), (start, end), READ_AT_ONCE).await?;
            let Some((last, _)) = groups.last() else { return Ok(()) };
            after = Some(last.clone());
            for (_, row) in groups {
                if let Some(days) = row.value.retention_days {
                    self.expire_group(GroupId(row.value.id), days, stop).await?;
                }
            }
        }
        Ok(())
    }

    async fn expire_group(&self, group: GroupId, days: u32, stop: &Stop) -> Result<(), Error> {
        let cut_millis = self.clock.now().as_millis() - i64::from(days) * DAY_MILLIS;
        let mut after: Option<StreamKey> = None;
        while !stop.is_asked() {
            let (start, end) = STREAMS.prefix(|key| {
                key.u128(group.0);
            });
            let start = after.as_ref().map_or(start, |key| key_after(&STREAMS.key(key)));
            let streams = STREAMS.scan(&*self.store.snapshot(), (start, end), READ_AT_ONCE).await?;
            let Some((last, _)) = streams.last() else { return Ok(()) };
            after = Some(last.clone());
            for (_, row) in streams {
                self.expire_stream(&row.value, cut_millis).await?;
            }
        }
        Ok(())
    }

    /// Removes the rows of records whose last event is older than the cut, and raises the log's horizon over the records that came so long ago that no
    /// event of theirs can be younger.
    async fn expire_stream(&self, stream: &StreamRow, cut_millis: i64) -> Result<(), Error> {
        if stream.first_millis.is_none_or(|first| first >= cut_millis) {
            return Ok(());
        }
        let id = StreamId(stream.id);
        loop {
            let (start, _) = BATCHES.prefix(|key| {
                key.u128(id.0);
            });
            let end = BATCHES.key(&BatchKey { stream: id, first_millis: cut_millis, number: 0 });
            let rows = BATCHES.scan(&*self.store.snapshot(), (start, end), REMOVED_AT_ONCE).await?;
            let mut commit = self.commit();
            let mut removed = 0;
            for (key, _) in rows.iter().filter(|(_, row)| row.value.last_millis < cut_millis) {
                commit.delete(BATCHES, key);
                removed += 1;
            }
            if removed == 0 {
                break;
            }
            self.settle(commit).await?;
            if rows.len() < REMOVED_AT_ONCE {
                break;
            }
        }
        // Events lie at most two hours ahead of when they came.
        let came = base::Timestamp::from_millis(cut_millis - super::events::AHEAD_MILLIS_MAX);
        let limit = store::Limit { records: 1, bytes: 1 };
        let Ok(kept) = self.store.read(LogId(stream.id), store::From::Time(came), limit).await else {
            return Ok(());
        };
        let horizon = kept.records.first().map_or(kept.next, |record| record.seq);
        if horizon > kept.state.horizon {
            let mut commit = self.commit();
            commit.log(LogChange::Horizon(LogId(stream.id), horizon));
            self.settle(commit).await?;
        }
        Ok(())
    }
}

/// Milliseconds of a day.
pub(crate) const DAY_MILLIS: i64 = 86_400_000;

/// Removes a stream's row and log, and leaves a grave for the rest.
pub(super) fn bury(commit: &mut Commit, key: &StreamKey, row: &Row<StreamRow>) {
    commit
        .unchanged(STREAMS, key, Some(row))
        .delete(STREAMS, key)
        .put(GRAVES, &GraveKey::Stream(StreamId(row.value.id)), &0)
        .log(LogChange::Delete(LogId(row.value.id)));
}

fn check_tags(tags: &BTreeMap<String, String>) -> Result<(), Error> {
    if tags.len() > TAGS_MAX {
        return Err(Error::new(
            Why::TooManyTags,
            format!("The number of tags exceeds the maximum of {TAGS_MAX}."),
        ));
    }
    match tags.reserved_key() {
        Some(key) => Err(Error::invalid(format!("Tag keys beginning with aws: are reserved: {key}"))),
        None => Ok(()),
    }
}

impl CloudWatch {
    /// The group behind an id or a name, for readers that hold a snapshot.
    pub(super) async fn group_in(&self, snapshot: &dyn Snapshot, key: &GroupKey) -> Result<GroupRow, Error> {
        Ok(GROUPS.get(snapshot, key).await?.ok_or_else(no_group)?.value)
    }
}
