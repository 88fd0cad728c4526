//! The tables of alarms and dashboards. See the table in [`super`].

use std::collections::BTreeMap;

use base::AccountId;
use minicbor::{Decode, Encode};
use store::{KeyReader, KeyWriter, ReadError, Table, TableKey, TableNumber};

use super::Scope;
use crate::engine::data::Query;

/// Alarms by name. Owner: `engine/alarms.rs`.
pub const ALARMS: Table<AlarmKey, AlarmRow> = Table::new(TableNumber(0x0703), "cloudwatch.alarms");
/// What happened to alarms, latest last. Owner: `engine/alarms.rs`.
pub const HISTORY: Table<HistoryKey, HistoryRow> =
    Table::new(TableNumber(0x0704), "cloudwatch.alarm_history");
/// Dashboards by name. Owner: `engine/dashboards.rs`.
pub const DASHBOARDS: Table<DashboardKey, DashboardRow> =
    Table::new(TableNumber(0x0705), "cloudwatch.dashboards");

/// What an alarm is called.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct AlarmKey {
    /// Whose it is.
    pub scope: Scope,
    /// Its name.
    pub name: String,
}

/// An alarm: what it watches, and how it stands.
#[derive(Clone, PartialEq, Debug, Encode, Decode)]
pub struct AlarmRow {
    /// What it watches and when it goes off.
    #[n(0)]
    pub rule: AlarmRule,
    /// When that was last set.
    #[n(1)]
    pub configured_micros: i64,
    /// How it stands.
    #[n(2)]
    pub state: State,
    /// Why.
    #[n(3)]
    pub reason: String,
    /// Why, as JSON.
    #[n(4)]
    pub reason_data: Option<String>,
    /// When that was last found.
    #[n(5)]
    pub updated_micros: i64,
    /// When it last became another state.
    #[n(6)]
    pub transitioned_micros: i64,
    /// Its tags.
    #[n(7)]
    pub tags: BTreeMap<String, String>,
}

/// How an alarm stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum State {
    /// Within bounds.
    #[n(0)]
    Ok,
    /// Beyond them.
    #[n(1)]
    Alarm,
    /// Nobody can tell.
    #[n(2)]
    Insufficient,
}

impl State {
    /// As AWS says it.
    pub const fn name(self) -> &'static str {
        match self {
            State::Ok => "OK",
            State::Alarm => "ALARM",
            State::Insufficient => "INSUFFICIENT_DATA",
        }
    }

    /// The state of that name.
    pub fn named(name: &str) -> Option<Self> {
        [State::Ok, State::Alarm, State::Insufficient].into_iter().find(|state| state.name() == name)
    }
}

/// What an alarm watches and when it goes off; as it was given.
#[derive(Clone, PartialEq, Debug, Default, Encode, Decode)]
pub struct AlarmRule {
    /// `AlarmDescription`.
    #[n(0)]
    pub description: Option<String>,
    /// `ActionsEnabled`.
    #[n(1)]
    pub actions_enabled: bool,
    /// `OKActions`.
    #[n(2)]
    pub ok_actions: Vec<String>,
    /// `AlarmActions`.
    #[n(3)]
    pub alarm_actions: Vec<String>,
    /// `InsufficientDataActions`.
    #[n(4)]
    pub insufficient_actions: Vec<String>,
    /// What it watches: one metric, or queries of which one is returned.
    #[n(5)]
    pub queries: Vec<Query>,
    /// Whether it was given as a metric, not as queries.
    #[n(6)]
    pub is_plain: bool,
    /// `EvaluationPeriods`.
    #[n(7)]
    pub evaluation_periods: u32,
    /// `DatapointsToAlarm`.
    #[n(8)]
    pub datapoints_to_alarm: Option<u32>,
    /// `Threshold`.
    #[n(9)]
    pub threshold: Option<f64>,
    /// `ComparisonOperator`.
    #[n(10)]
    pub comparison: String,
    /// `TreatMissingData`.
    #[n(11)]
    pub missing: Option<String>,
    /// `EvaluateLowSampleCountPercentile`.
    #[n(12)]
    pub low_samples: Option<String>,
}

/// A moment of an alarm.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct HistoryKey {
    /// The alarm.
    pub alarm: AlarmKey,
    /// When.
    pub at_micros: i64,
    /// Tells moments of one time apart.
    pub number: u32,
}

/// What happened.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct HistoryRow {
    /// `ConfigurationUpdate`, `StateUpdate` or `Action`.
    #[n(0)]
    pub kind: String,
    /// In words.
    #[n(1)]
    pub summary: String,
    /// As JSON.
    #[n(2)]
    pub data: String,
}

/// What a dashboard is called. Dashboards are of no region.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct DashboardKey {
    /// Whose it is.
    pub account: AccountId,
    /// Its name.
    pub name: String,
}

/// A dashboard.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct DashboardRow {
    /// What it shows, as JSON, as it was given.
    #[n(0)]
    pub body: String,
    /// When it was last changed.
    #[n(1)]
    pub modified_micros: i64,
    /// Its tags.
    #[n(2)]
    pub tags: BTreeMap<String, String>,
}

impl TableKey for AlarmKey {
    fn write(&self, key: &mut KeyWriter) {
        self.scope.write(key);
        key.text(&self.name);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { scope: Scope::read(key)?, name: key.text()? })
    }
}

impl TableKey for HistoryKey {
    fn write(&self, key: &mut KeyWriter) {
        self.alarm.write(key);
        key.i64(self.at_micros).u32(self.number);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { alarm: AlarmKey::read(key)?, at_micros: key.i64()?, number: key.u32()? })
    }
}

impl TableKey for DashboardKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u64(self.account.as_u64()).text(&self.name);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        let account = AccountId::from_u64(key.u64()?).map_err(|_| ReadError::Decode("account".to_owned()))?;
        Ok(Self { account, name: key.text()? })
    }
}
