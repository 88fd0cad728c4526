//! Dashboards: kept as they are given, if they are JSON.

use std::collections::BTreeMap;

use store::{Row, key_after};

use super::error::{Error, Why};
use super::{CloudWatch, TRIES};
use crate::tables::alarms::{DASHBOARDS, DashboardKey, DashboardRow};
use base::AccountId;

/// Characters of a name.
const NAME_MAX: usize = 255;
/// Widgets of a dashboard (CloudWatch quotas).
const WIDGETS_MAX: usize = 500;

/// Something about a dashboard that is not as it should be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remark {
    /// Where.
    pub path: String,
    /// What.
    pub message: String,
}

fn no_dashboard(names: &[&str]) -> Error {
    Error::new(Why::NoDashboard, format!("Dashboard {} does not exist", names.join(", ")))
}

impl CloudWatch {
    /// Creates or replaces a dashboard. What is wrong with it but does no harm is told.
    pub async fn put_dashboard(
        &self,
        key: &DashboardKey,
        body: String,
        tags: BTreeMap<String, String>,
    ) -> Result<Vec<Remark>, Error> {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
        if key.name.is_empty() || key.name.len() > NAME_MAX || !key.name.chars().all(plain) {
            let text = format!(
                "The value {} for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).",
                key.name
            );
            return Err(Error::new(Why::BadDashboard, text));
        }
        let remarks = check(&body)?;
        for _ in 0..TRIES {
            let seen = DASHBOARDS.get(&*self.store.snapshot(), key).await?;
            let row = DashboardRow {
                body: body.clone(),
                modified_micros: self.clock.now().as_micros(),
                tags: seen.as_ref().map_or_else(|| tags.clone(), |seen| seen.value.tags.clone()),
            };
            let mut commit = self.commit();
            commit.unchanged(DASHBOARDS, key, seen.as_ref()).put(DASHBOARDS, key, &row);
            if self.settle(commit).await? {
                return Ok(remarks);
            }
        }
        Err(Error::contended())
    }

    /// A dashboard.
    pub async fn dashboard(&self, key: &DashboardKey) -> Result<Row<DashboardRow>, Error> {
        DASHBOARDS.get(&*self.store.snapshot(), key).await?.ok_or_else(|| no_dashboard(&[&key.name]))
    }

    /// Dashboards whose names begin so, after a name, at most `limit`, and whether more follow.
    pub async fn list_dashboards(
        &self,
        account: AccountId,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<(String, DashboardRow)>, bool), Error> {
        let (mut start, end) = DASHBOARDS.prefix(|key| {
            key.u64(account.as_u64()).text_start(prefix);
        });
        if let Some(after) = after {
            start = key_after(&DASHBOARDS.key(&DashboardKey { account, name: after.to_owned() })).max(start);
        }
        let mut rows = DASHBOARDS.scan(&*self.store.snapshot(), (start, end), limit + 1).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        Ok((rows.into_iter().map(|(key, row)| (key.name, row.value)).collect(), more))
    }

    /// Deletes dashboards: all, or none if one is not there.
    pub async fn delete_dashboards(&self, account: AccountId, names: &[String]) -> Result<(), Error> {
        for _ in 0..TRIES {
            let snapshot = self.store.snapshot();
            let mut commit = self.commit();
            let mut missing = Vec::new();
            for name in names {
                let key = DashboardKey { account, name: name.clone() };
                match DASHBOARDS.get(&*snapshot, &key).await? {
                    Some(seen) => {
                        commit.unchanged(DASHBOARDS, &key, Some(&seen)).delete(DASHBOARDS, &key);
                    }
                    None => missing.push(name.as_str()),
                }
            }
            if !missing.is_empty() {
                return Err(no_dashboard(&missing));
            }
            if self.settle(commit).await? {
                return Ok(());
            }
        }
        Err(Error::contended())
    }

    /// Changes the tags of a dashboard.
    pub async fn tag_dashboard(
        &self,
        key: &DashboardKey,
        edit: impl Fn(&mut BTreeMap<String, String>),
    ) -> Result<(), Error> {
        for _ in 0..TRIES {
            let seen = self.dashboard(key).await?;
            let mut row = seen.value.clone();
            edit(&mut row.tags);
            let mut commit = self.commit();
            commit.unchanged(DASHBOARDS, key, Some(&seen)).put(DASHBOARDS, key, &row);
            if self.settle(commit).await? {
                return Ok(());
            }
        }
        Err(Error::contended())
    }
}

/// Refuses what is no dashboard, and tells what is odd about one.
fn check(body: &str) -> Result<Vec<Remark>, Error> {
    let refuse = |text: &str| {
        Error::new(Why::BadDashboard, format!("The field DashboardBody must be a valid JSON object: {text}"))
    };
    let value: serde_json::Value = serde_json::from_str(body).map_err(|error| refuse(&error.to_string()))?;
    let Some(object) = value.as_object() else { return Err(refuse("it is no object")) };
    let remark = |path: &str, message: &str| Remark { path: path.to_owned(), message: message.to_owned() };
    let widgets = match object.get("widgets") {
        None => return Ok(vec![remark("/", "The dashboard body should have a field widgets")]),
        Some(widgets) => widgets.as_array().ok_or_else(|| refuse("widgets is no array"))?,
    };
    if widgets.len() > WIDGETS_MAX {
        return Err(refuse(&format!("there are more than {WIDGETS_MAX} widgets")));
    }
    let mut remarks = Vec::new();
    for (index, widget) in widgets.iter().enumerate() {
        for field in ["type", "properties"] {
            if widget.get(field).is_none() {
                remarks.push(remark(
                    &format!("/widgets/{index}"),
                    &format!("The widget should have a field {field}"),
                ));
            }
        }
    }
    Ok(remarks)
}
