//! What crawlers and classifiers keep.
//!
//! | number | table | key | value | changed by |
//! |---|---|---|---|---|
//! | 0x0920 | crawlers | account, region, name | [`CrawlerRow`] | every change of a crawler, its runs included |
//! | 0x0921 | crawls | crawler id, inverted start | [`CrawlRow`] | a run ends |
//! | 0x0922 | classifiers | account, region, name | [`ClassifierRow`] | every change of a classifier |
//! | 0x0923 | crawler due | time, account, region, name | nothing | with the crawler: when its schedule starts it next |

use minicbor::{Decode, Encode};
use store::{KeyReader, KeyWriter, ReadError, Table, TableKey, TableNumber};

use super::CatalogName;

/// Crawlers. Owner: `engine/crawler.rs`.
pub const CRAWLERS: Table<CatalogName, CrawlerRow> = Table::new(TableNumber(0x0920), "glue.crawlers");
/// Runs that have ended, newest first. Owner: `engine/crawler.rs`.
pub const CRAWLS: Table<CrawlRef, CrawlRow> = Table::new(TableNumber(0x0921), "glue.crawls");
/// Classifiers. Owner: `ops/classifiers.rs`.
pub const CLASSIFIERS: Table<CatalogName, ClassifierRow> =
    Table::new(TableNumber(0x0922), "glue.classifiers");
/// When schedules start crawlers. Owner: `engine/crawler.rs`.
pub const DUE: Table<DueRef, ()> = Table::new(TableNumber(0x0923), "glue.crawler_due");

/// A run of a crawler.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct CrawlRef {
    /// The crawler's id.
    pub crawler: u128,
    /// When it began, as what is left to the end of time, so that newer ones come first.
    pub inverted_micros: i64,
}

/// When a schedule starts a crawler.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct DueRef {
    /// When.
    pub at_micros: i64,
    /// Which.
    pub crawler: CatalogName,
}

/// A crawler.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct CrawlerRow {
    /// Its id.
    #[n(0)]
    pub id: u128,
    /// When it was created.
    #[n(1)]
    pub created_micros: i64,
    /// When it was changed.
    #[n(2)]
    pub updated_micros: i64,
    /// How often it was changed, and one.
    #[n(3)]
    pub version: u64,
    /// Its `CreateCrawler` request, kept.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub input: Vec<u8>,
    /// When it starts by itself.
    #[n(5)]
    pub schedule: Option<ScheduleRow>,
    /// The run that is going on.
    #[n(6)]
    pub run: Option<RunRow>,
    /// The last run that ended.
    #[n(7)]
    pub last: Option<CrawlRow>,
}

/// When a crawler starts by itself.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ScheduleRow {
    /// `cron(..)`.
    #[n(0)]
    pub expression: String,
    /// Whether it is on.
    #[n(1)]
    pub on: bool,
    /// When it is due next; its row in `crawler due`.
    #[n(2)]
    pub due_micros: Option<i64>,
}

/// A run that is going on.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct RunRow {
    /// Its id.
    #[n(0)]
    pub id: String,
    /// When it began.
    #[n(1)]
    pub started_micros: i64,
    /// Whether it is to stop.
    #[n(2)]
    pub stopping: bool,
}

/// A run that has ended.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct CrawlRow {
    /// Its id.
    #[n(0)]
    pub id: String,
    /// When it began.
    #[n(1)]
    pub started_micros: i64,
    /// When it ended.
    #[n(2)]
    pub ended_micros: i64,
    /// How it ended.
    #[n(3)]
    pub outcome: Outcome,
    /// Why it failed.
    #[n(4)]
    pub error: Option<String>,
    /// Tables that it created.
    #[n(5)]
    pub created: u32,
    /// Tables that it changed.
    #[n(6)]
    pub updated: u32,
    /// Tables that it removed or marked as gone.
    #[n(7)]
    pub deleted: u32,
}

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Outcome {
    /// Well.
    #[n(0)]
    Succeeded,
    /// It could not go on.
    #[n(1)]
    Failed,
    /// It was stopped.
    #[n(2)]
    Cancelled,
}

/// A classifier.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ClassifierRow {
    /// When it was created.
    #[n(0)]
    pub created_micros: i64,
    /// When it was changed.
    #[n(1)]
    pub updated_micros: i64,
    /// How often it was changed, and one.
    #[n(2)]
    pub version: u64,
    /// Its `CreateClassifier` request, kept.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub input: Vec<u8>,
}

impl TableKey for CrawlRef {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.crawler).i64(self.inverted_micros);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { crawler: key.u128()?, inverted_micros: key.i64()? })
    }
}

impl TableKey for DueRef {
    fn write(&self, key: &mut KeyWriter) {
        key.i64(self.at_micros);
        self.crawler.write(key);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { at_micros: key.i64()?, crawler: CatalogName::read(key)? })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use store::TableValue;

    use super::*;
    use crate::tables::CatalogRef;

    proptest! {
        #[test]
        fn keys_and_values_round_trip(
            (crawler, at_micros, version) in any::<(u128, i64, u64)>(), (on, stopping) in any::<(bool, bool)>(),
            name in "\\PC{0,8}", account in 0u64..1_000_000_000_000, numbers in any::<(u32, u32, u32)>(),
            outcome in proptest::sample::select(vec![Outcome::Succeeded, Outcome::Failed, Outcome::Cancelled]),
        ) {
            let at = CrawlRef { crawler, inverted_micros: at_micros };
            prop_assert_eq!(CRAWLS.read_key(&CRAWLS.key(&at)).unwrap(), at);
            let catalog = CatalogRef { account: base::AccountId::from_u64(account).unwrap(), region: name.clone() };
            let at = DueRef { at_micros, crawler: CatalogName { catalog, name: name.clone() } };
            prop_assert_eq!(DUE.read_key(&DUE.key(&at)).unwrap(), at.clone());
            prop_assert_eq!(CRAWLERS.read_key(&CRAWLERS.key(&at.crawler)).unwrap(), at.crawler.clone());
            prop_assert_eq!(CLASSIFIERS.read_key(&CLASSIFIERS.key(&at.crawler)).unwrap(), at.crawler);
            let last = CrawlRow {
                id: name.clone(), started_micros: at_micros, ended_micros: at_micros, outcome, error: Some(name.clone()),
                created: numbers.0, updated: numbers.1, deleted: numbers.2,
            };
            prop_assert_eq!(CrawlRow::from_bytes(&last.to_bytes()).unwrap(), last.clone());
            let row = CrawlerRow {
                id: crawler, created_micros: at_micros, updated_micros: at_micros, version, input: vec![1, 2],
                schedule: Some(ScheduleRow { expression: name.clone(), on, due_micros: Some(at_micros) }),
                run: Some(RunRow { id: name, started_micros: at_micros, stopping }), last: Some(last),
            };
            prop_assert_eq!(CrawlerRow::from_bytes(&row.to_bytes()).unwrap(), row);
            let row = ClassifierRow { created_micros: at_micros, updated_micros: at_micros, version, input: vec![1] };
            prop_assert_eq!(ClassifierRow::from_bytes(&row.to_bytes()).unwrap(), row);
        }
    }
}
