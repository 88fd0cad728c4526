//! Tables: what one is, and how it comes, changes and goes.
//!
//! Every change writes the table's row and checks that it is the one it was decided on. Items are written under the same check, so that
//! whoever writes an item knows every index there is. States settle at once unless `transitions` are asked for: the answers of CreateTable, UpdateTable
//! and DeleteTable say CREATING, UPDATING and DELETING as on AWS, and whoever looks afterwards sees what follows.

mod check;

use base::{AccountId, Arn, Region, Tags, Timestamp};
use store::{Commit, Row};

use super::error::{Error, Invalid};
use super::key::Key;
use super::value::Item;
use super::{ATTEMPTS, DynamoDb};
use crate::tables::{
    Billing, Change, GRAVES, GraveKey, GraveRow, IndexRow, KeyAttribute, KeySchema, NameKey, Projection,
    TABLES, TableRow, Throughput, Transition,
};
use check::{check_changeable, check_indexes, check_new, check_tags};

/// Tables an account may have in a region (AWS quota).
const TABLES_MAX: usize = 2_500;

/// A table as it stands.
#[derive(Clone, Debug)]
pub struct Found {
    /// Whose, where, and its name.
    pub key: NameKey,
    /// Its row.
    pub row: Row<TableRow>,
}

/// What a table or an index can be in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// Not yet usable.
    Creating,
    /// Usable, and changing.
    Updating,
    /// Going.
    Deleting,
    /// Usable.
    Active,
}

impl Status {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Status::Creating => "CREATING",
            Status::Updating => "UPDATING",
            Status::Deleting => "DELETING",
            Status::Active => "ACTIVE",
        }
    }
}

/// An index to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewIndex {
    /// Its name.
    pub name: String,
    /// Whether it shares the table's hash key.
    pub is_local: bool,
    /// Its key.
    pub schema: KeySchema,
    /// What it shows.
    pub projection: Projection,
    /// Capacity, if it is provisioned.
    pub throughput: Throughput,
}

/// A table to be.
#[derive(Clone, Debug)]
pub struct NewTable {
    /// Whose, where, and its name.
    pub key: NameKey,
    /// Its key.
    pub schema: KeySchema,
    /// All attributes of keys, in the order given.
    pub attributes: Vec<KeyAttribute>,
    /// How it is paid for.
    pub billing: Billing,
    /// Capacity, if it is provisioned.
    pub throughput: Throughput,
    /// Its indexes.
    pub indexes: Vec<NewIndex>,
    /// Its tags.
    pub tags: Tags,
    /// Whether DeleteTable is refused.
    pub is_protected: bool,
    /// Whether it is of the class for infrequent access.
    pub is_infrequent: bool,
}

/// A change of one index.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum IndexChange {
    /// A new one.
    Create(NewIndex),
    /// Other capacity.
    Update(String, Throughput),
    /// Gone.
    Delete(String),
}

/// What UpdateTable changes; `None` stays.
#[derive(Clone, Default, Debug)]
pub struct TableChange {
    /// How it is paid for.
    pub billing: Option<Billing>,
    /// Capacity.
    pub throughput: Option<Throughput>,
    /// Attributes that new indexes need.
    pub attributes: Vec<KeyAttribute>,
    /// Indexes.
    pub indexes: Vec<IndexChange>,
    /// Whether DeleteTable is refused.
    pub is_protected: Option<bool>,
    /// Whether it is of the class for infrequent access.
    pub is_infrequent: Option<bool>,
}

impl Found {
    /// Its status now; `None` once its deletion is over.
    pub fn status(&self, now: Timestamp) -> Option<Status> {
        let under_way = self.row.value.transition.filter(|change| change.until_micros > now.as_micros());
        match (self.row.value.transition.map(|change| change.kind), under_way) {
            (Some(Change::Deleting), None) => None,
            (_, Some(Transition { kind: Change::Deleting, .. })) => Some(Status::Deleting),
            (_, Some(Transition { kind: Change::Creating, .. })) => Some(Status::Creating),
            (_, Some(Transition { kind: Change::Updating, .. })) => Some(Status::Updating),
            (_, None) if self.row.value.indexes.iter().any(|index| index.is_backfilling) => {
                Some(Status::Updating)
            }
            (_, None) => Some(Status::Active),
        }
    }

    /// Its ARN.
    pub fn arn(&self) -> Arn {
        arn(&self.key)
    }

    /// The index of that name, which can be read.
    pub fn index(&self, name: &str) -> Result<&IndexRow, Error> {
        let found = self.row.value.indexes.iter().find(|index| index.name == name);
        let index = found
            .ok_or_else(|| Invalid::new(format!("The table does not have the specified index: {name}")))?;
        if index.is_backfilling {
            return Err(
                Invalid::new(format!("Cannot read from backfilling global secondary index: {name}")).into()
            );
        }
        Ok(index)
    }

    /// The key that an item must have here.
    pub fn key_of(&self, item: &Item) -> Result<Key, Invalid> {
        self.row.value.schema.of_key(item)
    }
}

/// The ARN of a table.
pub fn arn(key: &NameKey) -> Arn {
    let region = Region::new(&key.region).expect("a region was one when the key was made");
    Arn::new("dynamodb", &region, key.account, &format!("table/{}", key.name))
}

impl DynamoDb {
    /// The table of that name, whatever state it is in.
    pub async fn table(&self, key: &NameKey) -> Result<Option<Found>, Error> {
        let row = TABLES.get(&*self.store.snapshot(), key).await?;
        let found = row.map(|row| Found { key: key.clone(), row });
        Ok(found.filter(|table| table.status(self.now()).is_some()))
    }

    /// As [`DynamoDb::table`], for who asks about tables.
    pub async fn described(&self, key: &NameKey) -> Result<Found, Error> {
        self.table(key).await?.ok_or_else(|| Error::NoTableNamed(key.name.clone()))
    }

    /// The table of that name, whose items can be read and written.
    pub async fn usable(&self, snapshot: &dyn store::Snapshot, key: &NameKey) -> Result<Found, Error> {
        let row = TABLES.get(snapshot, key).await?.ok_or(Error::NoTable)?;
        let found = Found { key: key.clone(), row };
        match found.status(self.now()) {
            Some(Status::Active | Status::Updating) => Ok(found),
            Some(Status::Creating | Status::Deleting) | None => Err(Error::NoTable),
        }
    }

    /// The key of a table whose items can be read and written.
    pub async fn usable_schema(&self, key: &NameKey) -> Result<KeySchema, Error> {
        Ok(self.usable(&*self.store.snapshot(), key).await?.row.value.schema)
    }

    /// Creates a table. Durable when it returns.
    pub async fn create_table(&self, new: NewTable) -> Result<Found, Error> {
        check_new(&new)?;
        let now = self.now();
        let mut indexes = Vec::new();
        for (number, index) in new.indexes.iter().enumerate() {
            let number = u32::try_from(number).expect("the quota of indexes is small");
            indexes.push(index_row(index, number, false));
        }
        let row = TableRow {
            id: self.random.u128(),
            created_micros: now.as_micros(),
            schema: new.schema,
            attributes: new.attributes,
            billing: new.billing,
            throughput: new.throughput,
            next_index: u32::try_from(indexes.len()).expect("the quota of indexes is small"),
            indexes,
            tags: new.tags,
            is_protected: new.is_protected,
            transition: self.transition(Change::Creating, now),
            ttl_attribute: None,
            recovery_days: None,
            on_demand_micros: (new.billing == Billing::OnDemand).then(|| now.as_micros()),
            is_infrequent: new.is_infrequent,
        };
        for _ in 0..ATTEMPTS {
            let snapshot = self.store.snapshot();
            let before = TABLES.get(&*snapshot, &new.key).await?;
            let mut commit = Commit::new(self.new_commit_id());
            commit.unchanged(TABLES, &new.key, before.as_ref());
            if let Some(before) = before {
                let before = Found { key: new.key.clone(), row: before };
                if before.status(now).is_some() {
                    return Err(Error::TableExists(new.key.name));
                }
                self.bury(&mut commit, before.row.value.id, None);
            } else {
                let owned = TABLES.prefix(|key| {
                    key.u64(new.key.account.as_u64()).text(&new.key.region);
                });
                if TABLES.scan(&*snapshot, owned, TABLES_MAX).await?.len() >= TABLES_MAX {
                    return Err(Invalid::new(format!(
                        "Subscriber limit exceeded: There is a limit of {TABLES_MAX} tables per subscriber"
                    ))
                    .into());
                }
            }
            commit.put(TABLES, &new.key, &row);
            if self.settle(commit).await? {
                return self.described(&new.key).await;
            }
        }
        Err(Error::Conflict)
    }

    /// Changes a table's row. `change` may be called several times.
    pub(super) async fn change_table(
        &self,
        key: &NameKey,
        mut change: impl FnMut(&Found, &mut TableRow, &mut Commit) -> Result<(), Error>,
    ) -> Result<Found, Error> {
        for _ in 0..ATTEMPTS {
            let found = self.described(key).await?;
            let mut row = found.row.value.clone();
            let mut commit = Commit::new(self.new_commit_id());
            commit.unchanged(TABLES, key, Some(&found.row));
            change(&found, &mut row, &mut commit)?;
            if row == found.row.value && commit.writes.is_empty() {
                return Ok(found);
            }
            commit.put(TABLES, key, &row);
            if self.settle(commit).await? {
                return self.described(key).await;
            }
        }
        Err(Error::Conflict)
    }

    /// Carries out UpdateTable. A new index is entered by the backfill afterwards.
    pub async fn update_table(&self, key: &NameKey, change: &TableChange) -> Result<Found, Error> {
        let now = self.now();
        let updated = self
            .change_table(key, |found, row, commit| {
                check_changeable(found, now)?;
                self.apply(found, row, commit, change, now)
            })
            .await?;
        if change.indexes.iter().any(|index| matches!(index, IndexChange::Create(_) | IndexChange::Delete(_)))
        {
            self.work.notify_one();
        }
        Ok(updated)
    }

    fn apply(
        &self,
        found: &Found,
        row: &mut TableRow,
        commit: &mut Commit,
        change: &TableChange,
        now: Timestamp,
    ) -> Result<(), Error> {
        if let Some(billing) = change.billing {
            row.billing = billing;
            if billing == Billing::OnDemand {
                row.throughput = Throughput::default();
                row.indexes.iter_mut().for_each(|index| index.throughput = Throughput::default());
                row.on_demand_micros = Some(now.as_micros());
            }
        }
        if let Some(throughput) = change.throughput {
            if row.billing == Billing::OnDemand {
                return Err(Invalid::parameter(
                    "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
                )
                .into());
            }
            if change.billing.is_none() && throughput == found.row.value.throughput {
                return Err(Invalid::new(format!(
                    "The provisioned throughput for the table will not change. The requested value equals the current value. \
                     Current ReadCapacityUnits provisioned for the table: {}. Requested ReadCapacityUnits: {}. Current \
                     WriteCapacityUnits provisioned for the table: {}. Requested WriteCapacityUnits: {}. Refer to the Amazon \
                     DynamoDB Developer Guide for current limits and how to request higher limits.",
                    throughput.read, throughput.read, throughput.write, throughput.write
                ))
                .into());
            }
            row.throughput = throughput;
        }
        row.is_protected = change.is_protected.unwrap_or(row.is_protected);
        row.is_infrequent = change.is_infrequent.unwrap_or(row.is_infrequent);
        for attribute in &change.attributes {
            match row.attributes.iter_mut().find(|known| known.name == attribute.name) {
                Some(known) if known.kind != attribute.kind => {
                    let used = row.schema.has(&attribute.name)
                        || row.indexes.iter().any(|index| index.schema.has(&attribute.name));
                    if used {
                        return Err(Invalid::parameter(format!(
                            "Cannot redefine the type of attribute {}, which a key uses",
                            attribute.name
                        ))
                        .into());
                    }
                    known.kind = attribute.kind;
                }
                Some(_) => {}
                None => row.attributes.push(attribute.clone()),
            }
        }
        for index in &change.indexes {
            self.apply_index(found, row, commit, index)?;
        }
        check_indexes(&row.schema, &row.indexes)?;
        // Attributes that no key needs any more are forgotten, as on AWS.
        let needed = |attribute: &KeyAttribute| {
            row.schema.has(&attribute.name)
                || row.indexes.iter().any(|index| index.schema.has(&attribute.name))
        };
        let kept: Vec<KeyAttribute> = row.attributes.iter().filter(|one| needed(one)).cloned().collect();
        row.attributes = kept;
        row.transition = self.transition(Change::Updating, now);
        Ok(())
    }

    fn apply_index(
        &self,
        found: &Found,
        row: &mut TableRow,
        commit: &mut Commit,
        change: &IndexChange,
    ) -> Result<(), Error> {
        let at = |row: &TableRow, name: &str| {
            row.indexes.iter().position(|index| !index.is_local && index.name == name)
        };
        match change {
            IndexChange::Create(new) => {
                if row.indexes.iter().any(|index| index.name == new.name) {
                    return Err(Error::IndexExists(new.name.clone()));
                }
                if found.row.value.indexes.iter().any(|index| index.is_backfilling) {
                    return Err(Error::OneIndexAtATime);
                }
                row.indexes.push(index_row(new, row.next_index, true));
                row.next_index += 1;
            }
            IndexChange::Update(name, throughput) => {
                let at = at(row, name).ok_or_else(|| Error::NoIndex(name.clone()))?;
                row.indexes[at].throughput = *throughput;
            }
            IndexChange::Delete(name) => {
                let at = at(row, name).ok_or_else(|| Error::NoIndex(name.clone()))?;
                let gone = row.indexes.remove(at);
                self.bury(commit, row.id, Some(gone.number));
            }
        }
        Ok(())
    }

    /// Deletes a table with all that is in it. Returns it as it was.
    pub async fn delete_table(&self, key: &NameKey) -> Result<Found, Error> {
        let now = self.now();
        for _ in 0..ATTEMPTS {
            let found = self.described(key).await?;
            check_changeable(&found, now)?;
            if found.row.value.is_protected {
                return Err(Invalid::new(format!(
                    "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first. \
                     Table: {}",
                    key.name
                ))
                .into());
            }
            let mut commit = Commit::new(self.new_commit_id());
            commit.unchanged(TABLES, key, Some(&found.row));
            match self.transition(Change::Deleting, now) {
                Some(transition) => {
                    let row = TableRow { transition: Some(transition), ..found.row.value.clone() };
                    commit.put(TABLES, key, &row);
                }
                None => {
                    commit.delete(TABLES, key);
                    self.bury(&mut commit, found.row.value.id, None);
                }
            }
            if self.settle(commit).await? {
                self.work.notify_one();
                return Ok(found);
            }
        }
        Err(Error::Conflict)
    }

    /// Leaves the rows of a table or an index to the sweep.
    pub(super) fn bury(&self, commit: &mut Commit, table: u128, index: Option<u32>) {
        let grave = GraveRow { deleted_micros: self.now().as_micros() };
        commit.put(GRAVES, &GraveKey { table, index }, &grave);
    }

    /// Tables by name, at most `limit` after the one named; and whether there are more.
    pub async fn list_tables(
        &self,
        account: AccountId,
        region: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<String>, bool), Error> {
        let (mut start, end) = TABLES.prefix(|key| {
            key.u64(account.as_u64()).text(region);
        });
        if let Some(after) = after {
            let after = NameKey { account, region: region.to_owned(), name: after.to_owned() };
            start = store::key_after(&TABLES.key(&after));
        }
        let now = self.now();
        let mut names = Vec::new();
        let snapshot = self.store.snapshot();
        loop {
            let rows = TABLES.scan(&*snapshot, (start.clone(), end.clone()), limit + 1).await?;
            let is_last = rows.len() <= limit;
            if let Some((key, _)) = rows.last() {
                start = store::key_after(&TABLES.key(key));
            }
            for (key, row) in rows {
                if (Found { key: key.clone(), row }).status(now).is_some() {
                    names.push(key.name);
                }
            }
            if is_last || names.len() > limit {
                break;
            }
        }
        let more = names.len() > limit;
        names.truncate(limit);
        Ok((names, more))
    }

    /// Adds and removes tags.
    pub async fn tag_table(&self, key: &NameKey, set: &Tags, remove: &[String]) -> Result<(), Error> {
        self.change_table(key, |_, row, _| {
            for name in remove {
                row.tags.remove(name);
            }
            row.tags.extend(set.iter().map(|(name, value)| (name.clone(), value.clone())));
            check_tags(&row.tags)
        })
        .await
        .map(drop)
    }

    /// Remembers whether and how far back the table is to be recoverable.
    pub async fn set_recovery(&self, key: &NameKey, days: Option<u32>) -> Result<Found, Error> {
        self.change_table(key, |_, row, _| {
            row.recovery_days = days;
            Ok(())
        })
        .await
    }

    /// Sets or clears the attribute by which items expire.
    pub async fn set_time_to_live(&self, key: &NameKey, attribute: &str, is_on: bool) -> Result<(), Error> {
        self.change_table(key, |_, row, _| {
            match (&row.ttl_attribute, is_on) {
                (Some(_), true) => return Err(Invalid::new("TimeToLive is already enabled").into()),
                (None, false) => return Err(Invalid::new("TimeToLive is already disabled").into()),
                (Some(known), false) if known != attribute => {
                    return Err(Invalid::new(format!(
                        "TimeToLive is active on a different AttributeName: current AttributeName is {known}"
                    ))
                    .into());
                }
                (Some(_), false) => row.ttl_attribute = None,
                (None, true) => row.ttl_attribute = Some(attribute.to_owned()),
            }
            Ok(())
        })
        .await?;
        self.work.notify_one();
        Ok(())
    }
}

fn index_row(index: &NewIndex, number: u32, is_backfilling: bool) -> IndexRow {
    IndexRow {
        number,
        name: index.name.clone(),
        is_local: index.is_local,
        schema: index.schema.clone(),
        projection: index.projection.clone(),
        throughput: index.throughput,
        is_backfilling,
    }
}
