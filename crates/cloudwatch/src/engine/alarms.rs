//! Alarms: set, listed, evaluated, and what happened to them.
//!
//! ```text
//! judging    from datapoints to a state and a reason (pure)
//! actions    what is done when an alarm becomes another state
//! ```
//! A task evaluates all alarms by the minute of the clock. A state that was set by hand lasts until then, as on AWS. Every change of an alarm writes a row
//! of its history in the same commit; history is kept for thirty days.

pub mod actions;
pub mod judging;

use std::collections::BTreeMap;
use std::time::Duration;

use base::{TagSet, Timestamp};
use serde_json::{Value, json};
use service::Stop;
use store::{Commit, Row, key_after};

use self::judging::Found;
use super::error::{Error, Why};
use super::points::aligned;
use super::query::Range;
use super::{CloudWatch, TRIES};
use crate::tables::Scope;
use crate::tables::alarms::{ALARMS, AlarmKey, AlarmRow, AlarmRule, HISTORY, HistoryKey, HistoryRow, State};

/// Tags of an alarm.
const TAGS_MAX: usize = 50;
/// Rows read at once.
const READ_AT_ONCE: usize = 500;
/// How long history is kept (CloudWatch, API reference, DescribeAlarmHistory).
const HISTORY_FOR: Duration = Duration::from_secs(30 * 86_400);
/// Characters of what history holds of an alarm.
const HISTORY_DATA_MAX: usize = 4_095;

/// Which moments of alarms to list.
#[derive(Clone, Debug, Default)]
pub struct HistoryFilter {
    /// Of this alarm; of all if absent.
    pub alarm: Option<String>,
    /// Of this kind.
    pub kind: Option<String>,
    /// Not before.
    pub start_micros: Option<i64>,
    /// Not after.
    pub end_micros: Option<i64>,
    /// Earliest first.
    pub ascending: bool,
}

impl CloudWatch {
    /// Creates an alarm, or sets what it watches.
    pub async fn put_alarm(
        &self,
        key: &AlarmKey,
        rule: AlarmRule,
        tags: BTreeMap<String, String>,
    ) -> Result<(), Error> {
        check_tags(&tags)?;
        for _ in 0..TRIES {
            let seen = ALARMS.get(&*self.store.snapshot(), key).await?;
            let now = self.clock.now().as_micros();
            let row = match &seen {
                Some(seen) => AlarmRow { rule: rule.clone(), configured_micros: now, ..seen.value.clone() },
                None => AlarmRow {
                    rule: rule.clone(),
                    configured_micros: now,
                    state: State::Insufficient,
                    reason: "Unchecked: Initial alarm creation".to_owned(),
                    reason_data: None,
                    updated_micros: now,
                    transitioned_micros: now,
                    tags: tags.clone(),
                },
            };
            let mut commit = self.commit();
            commit.unchanged(ALARMS, key, seen.as_ref()).put(ALARMS, key, &row);
            let (kind, verb) = if seen.is_some() { ("Update", "updated") } else { ("Create", "created") };
            let data = json!({"version": "1.0", "type": kind, "alarmName": key.name});
            self.remember(
                &mut commit,
                key,
                "ConfigurationUpdate",
                format!("Alarm \"{}\" {verb}", key.name),
                &data,
            );
            if self.settle(commit).await? {
                return Ok(());
            }
        }
        Err(Error::contended())
    }

    fn remember(&self, commit: &mut Commit, alarm: &AlarmKey, kind: &str, summary: String, data: &Value) {
        let number = (self.random.u64() & u64::from(u32::MAX)) as u32;
        let key = HistoryKey { alarm: alarm.clone(), at_micros: self.clock.now().as_micros(), number };
        let mut data = data.to_string();
        if data.len() > HISTORY_DATA_MAX {
            data = json!({"version": "1.0"}).to_string();
        }
        let summary = summary.chars().take(255).collect();
        commit.put(HISTORY, &key, &HistoryRow { kind: kind.to_owned(), summary, data });
    }

    /// An alarm; `None` if there is none of that name.
    pub async fn alarm(&self, key: &AlarmKey) -> Result<Option<Row<AlarmRow>>, Error> {
        Ok(ALARMS.get(&*self.store.snapshot(), key).await?)
    }

    /// Alarms of a scope that pass, by name after a name, at most `limit`, and whether more follow.
    pub async fn list_alarms(
        &self,
        scope: &Scope,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
        passes: impl Fn(&AlarmKey, &AlarmRow) -> bool,
    ) -> Result<(Vec<(AlarmKey, AlarmRow)>, bool), Error> {
        let (mut start, end) = ALARMS.prefix(|key| {
            scope.write(key);
            key.text_start(prefix);
        });
        if let Some(after) = after {
            let after = AlarmKey { scope: scope.clone(), name: after.to_owned() };
            start = key_after(&ALARMS.key(&after)).max(start);
        }
        let snapshot = self.store.snapshot();
        let mut listed = Vec::new();
        loop {
            let rows = ALARMS.scan(&*snapshot, (start.clone(), end.clone()), READ_AT_ONCE).await?;
            let full = rows.len() == READ_AT_ONCE;
            for (key, row) in rows {
                start = key_after(&ALARMS.key(&key));
                if !passes(&key, &row.value) {
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

    /// Changes alarms that are there; others are passed over.
    pub async fn change_alarms(
        &self,
        scope: &Scope,
        names: &[String],
        edit: impl Fn(&mut AlarmRow),
    ) -> Result<(), Error> {
        for name in names {
            let key = AlarmKey { scope: scope.clone(), name: name.clone() };
            self.change_alarm(&key, |row| {
                edit(row);
                Ok(())
            })
            .await
            .or_else(|error| if error.why == Why::NotFound { Ok(()) } else { Err(error) })?;
        }
        Ok(())
    }

    /// Changes an alarm.
    pub async fn change_alarm(
        &self,
        key: &AlarmKey,
        edit: impl Fn(&mut AlarmRow) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for _ in 0..TRIES {
            let seen = self.alarm(key).await?.ok_or_else(|| Error::new(Why::NotFound, "Unknown"))?;
            let mut row = seen.value.clone();
            edit(&mut row)?;
            let mut commit = self.commit();
            commit.unchanged(ALARMS, key, Some(&seen)).put(ALARMS, key, &row);
            if self.settle(commit).await? {
                return Ok(());
            }
        }
        Err(Error::contended())
    }

    /// Gives an alarm tags.
    pub async fn tag_alarm(&self, key: &AlarmKey, tags: &BTreeMap<String, String>) -> Result<(), Error> {
        self.change_alarm(key, |row| {
            row.tags.extend(tags.clone());
            check_tags(&row.tags)
        })
        .await
    }

    /// Deletes alarms that are there. Their history stays as long as any.
    pub async fn delete_alarms(&self, scope: &Scope, names: &[String]) -> Result<(), Error> {
        for name in names {
            let key = AlarmKey { scope: scope.clone(), name: name.clone() };
            for _ in 0..TRIES {
                let Some(seen) = self.alarm(&key).await? else { break };
                let mut commit = self.commit();
                commit.unchanged(ALARMS, &key, Some(&seen)).delete(ALARMS, &key);
                let data = json!({"version": "1.0", "type": "Delete", "alarmName": key.name});
                let summary = format!("Alarm \"{}\" deleted", key.name);
                self.remember(&mut commit, &key, "ConfigurationUpdate", summary, &data);
                if self.settle(commit).await? {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Puts an alarm into a state, and does what is to be done then. `None` if there is no such alarm.
    pub async fn set_state(&self, key: &AlarmKey, found: Found) -> Result<Option<()>, Error> {
        for _ in 0..TRIES {
            let Some(seen) = self.alarm(key).await? else { return Ok(None) };
            if self.become_state(key, &seen, found.clone()).await? {
                return Ok(Some(()));
            }
        }
        Err(Error::contended())
    }

    async fn become_state(&self, key: &AlarmKey, seen: &Row<AlarmRow>, found: Found) -> Result<bool, Error> {
        let now = self.clock.now();
        let before = &seen.value;
        let changes = before.state != found.state;
        let mut row = before.clone();
        row.state = found.state;
        row.reason = found.reason;
        row.reason_data = found.reason_data;
        row.updated_micros = now.as_micros();
        let mut commit = self.commit();
        if changes {
            row.transitioned_micros = now.as_micros();
            let told = |row: &AlarmRow| {
                let mut told = json!({"stateValue": row.state.name(), "stateReason": row.reason});
                if let Some(data) = row.reason_data.as_ref().and_then(|data| serde_json::from_str(data).ok())
                {
                    let data: Value = data;
                    told["stateReasonData"] = data;
                }
                told
            };
            let data = json!({"version": "1.0", "oldState": told(before), "newState": told(&row)});
            let summary = format!("Alarm updated from {} to {}", before.state.name(), row.state.name());
            self.remember(&mut commit, key, "StateUpdate", summary, &data);
        }
        commit.unchanged(ALARMS, key, Some(seen)).put(ALARMS, key, &row);
        if !self.settle(commit).await? {
            return Ok(false);
        }
        if changes && row.rule.actions_enabled {
            self.act(key, before, &row).await?;
        }
        Ok(true)
    }

    /// Notes what became of an action.
    pub(super) async fn remember_action(
        &self,
        key: &AlarmKey,
        summary: String,
        data: &Value,
    ) -> Result<(), Error> {
        let mut commit = self.commit();
        self.remember(&mut commit, key, "Action", summary, data);
        self.settle(commit).await.map(|_| ())
    }

    /// Evaluates every alarm once.
    pub(crate) async fn evaluate_alarms(&self, stop: &Stop) -> Result<(), Error> {
        let mut after: Option<AlarmKey> = None;
        while !stop.is_asked() {
            let (start, end) = ALARMS.prefix(|_| {});
            let start = after.as_ref().map_or(start, |key| key_after(&ALARMS.key(key)));
            let rows = ALARMS.scan(&*self.store.snapshot(), (start, end), READ_AT_ONCE).await?;
            let Some((last, _)) = rows.last() else { return Ok(()) };
            after = Some(last.clone());
            for (key, seen) in rows {
                if stop.is_asked() {
                    return Ok(());
                }
                if let Err(error) = self.evaluate_alarm(&key, &seen).await {
                    tracing::warn!(%error, alarm = key.name, "an alarm could not be evaluated");
                }
            }
        }
        Ok(())
    }

    async fn evaluate_alarm(&self, key: &AlarmKey, seen: &Row<AlarmRow>) -> Result<(), Error> {
        let row = &seen.value;
        let period = judging::period(&row.rule);
        let now = self.clock.now();
        let end = aligned(now.as_secs(), period.min(60));
        let length = i64::from(period) * i64::from(row.rule.evaluation_periods + judging::MORE_PERIODS);
        let range = |period_secs| {
            let start = Timestamp::from_secs(end - length);
            Range::new(start, Timestamp::from_secs(end), period_secs, now)
        };
        let answers = self.answer(&key.scope, &row.rule.queries, range).await?;
        let series = answers.into_iter().next().map(|answer| answer.series).unwrap_or_default();
        let found = judging::judge(row, &series, end - length, end, now);
        match found {
            Some(found) if found.state != row.state || found.reason_data != row.reason_data => {
                // Somebody else's change is seen the next time.
                self.become_state(key, seen, found).await.map(|_| ())
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Moments of alarms, at most `limit`, and the key of the last if more follow.
    pub async fn history(
        &self,
        scope: &Scope,
        filter: &HistoryFilter,
        after: Option<HistoryKey>,
        limit: usize,
    ) -> Result<(Vec<(HistoryKey, HistoryRow)>, Option<HistoryKey>), Error> {
        let range = HISTORY.prefix(|key| {
            scope.write(key);
            if let Some(alarm) = &filter.alarm {
                key.text(alarm);
            }
        });
        let since = self.clock.now().minus(HISTORY_FOR).as_micros();
        let (start, end) =
            (filter.start_micros.unwrap_or(i64::MIN).max(since), filter.end_micros.unwrap_or(i64::MAX));
        // Of however many moments only those of the page are held: the alarms' lie one behind the other, not in the order of time.
        let mut page: BTreeMap<(i64, u32, String), HistoryRow> = BTreeMap::new();
        let place = |key: &HistoryKey| (key.at_micros, key.number);
        let is_behind = |key: &HistoryKey| {
            after.as_ref().is_none_or(|after| match filter.ascending {
                true => place(key) > place(after),
                false => place(key) < place(after),
            })
        };
        let snapshot = self.store.snapshot();
        let (mut from, to) = range;
        loop {
            let rows = HISTORY.scan(&*snapshot, (from, to.clone()), READ_AT_ONCE).await?;
            let full = rows.len() == READ_AT_ONCE;
            let last = rows.last().map(|(key, _)| key_after(&HISTORY.key(key)));
            for (key, row) in rows {
                let wanted = (start..=end).contains(&key.at_micros)
                    && filter.kind.as_ref().is_none_or(|kind| *kind == row.value.kind)
                    && is_behind(&key);
                if wanted {
                    page.insert((key.at_micros, key.number, key.alarm.name), row.value);
                    if page.len() > limit + 1 {
                        if filter.ascending {
                            page.pop_last()
                        } else {
                            page.pop_first()
                        };
                    }
                }
            }
            match last {
                Some(next) if full => from = next,
                Some(_) | None => break,
            }
        }
        let key = |(at_micros, number, name)| HistoryKey {
            alarm: AlarmKey { scope: scope.clone(), name },
            at_micros,
            number,
        };
        let mut all: Vec<(HistoryKey, HistoryRow)> =
            page.into_iter().map(|(at, row)| (key(at), row)).collect();
        if !filter.ascending {
            all.reverse();
        }
        let more = all.len() > limit;
        all.truncate(limit);
        let last = all.last().filter(|_| more).map(|(key, _)| key.clone());
        Ok((all, last))
    }

    /// Removes history that is kept no longer.
    pub(crate) async fn expire_history(&self, stop: &Stop) -> Result<(), Error> {
        let since = self.clock.now().minus(HISTORY_FOR).as_micros();
        let (mut from, to) = HISTORY.prefix(|_| {});
        while !stop.is_asked() {
            let rows = HISTORY.scan(&*self.store.snapshot(), (from, to.clone()), READ_AT_ONCE).await?;
            let Some((last, _)) = rows.last() else { return Ok(()) };
            from = key_after(&HISTORY.key(last));
            let mut commit = self.commit();
            for (key, _) in rows.iter().filter(|(key, _)| key.at_micros < since) {
                commit.delete(HISTORY, key);
            }
            if !commit.writes.is_empty() {
                self.settle(commit).await?;
            }
        }
        Ok(())
    }
}

fn check_tags(tags: &BTreeMap<String, String>) -> Result<(), Error> {
    if tags.len() > TAGS_MAX {
        return Err(Error::invalid(format!("The number of tags exceeds the maximum of {TAGS_MAX}.")));
    }
    match tags.reserved_key() {
        Some(_) => Err(Error::invalid("Tag keys must not begin with aws:")),
        None => Ok(()),
    }
}
