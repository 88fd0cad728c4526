//! What can be set of a function: concurrency, how asynchronous events are treated, tags.

use std::collections::BTreeMap;

use base::Arn;
use store::{Check, Commit, Row, Table, TableValue, settle};

use super::error::{Error, Result, Why, happened};
use super::functions::check_tags;
use super::names::{self, LATEST, Named, version_number};
use super::{Engine, TRIES};
use crate::tables::{
    ALIASES, FUNCTIONS, FunctionKey, INVOKE_CONFIGS, InvokeConfigRow, PROVISIONED, ProvisionedRow,
    QualifierKey,
};

/// Events at the same time of all functions of an account, and what must stay for those without a reservation (facts section 4.2).
pub const ACCOUNT_CONCURRENCY: u32 = 1_000;
const UNRESERVED_MIN: u32 = 100;

/// A change of how asynchronous events are treated.
#[derive(Clone, Debug, Default)]
pub struct InvokeConfigChange {
    /// `MaximumRetryAttempts`.
    pub retries_max: Option<u32>,
    /// `MaximumEventAgeInSeconds`.
    pub age_secs_max: Option<u32>,
    /// Where success is told; an empty text takes it away.
    pub on_success: Option<String>,
    /// Where failure is told; an empty text takes it away.
    pub on_failure: Option<String>,
}

impl Engine {
    /// Reserves concurrency for a function.
    pub async fn reserve(&self, key: &FunctionKey, reserved: u32) -> Result<()> {
        let others = self.reserved_elsewhere(key).await?;
        if others.saturating_add(reserved) > ACCOUNT_CONCURRENCY - UNRESERVED_MIN {
            return Err(Error::invalid(format!(
                "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum \
                 value of [{UNRESERVED_MIN}]."
            )));
        }
        self.change_row(key, |row| {
            row.reserved = Some(reserved);
            Ok(())
        })
        .await
    }

    /// What functions other than this one have reserved.
    async fn reserved_elsewhere(&self, key: &FunctionKey) -> Result<u32> {
        let (rows, _) = self.list(key.account, &key.region, None, store::Bounds::ENTRIES).await?;
        Ok(rows.iter().filter(|(other, _)| other != key).filter_map(|(_, row)| row.reserved).sum())
    }

    /// Adds tags, replacing the values of those it has.
    pub async fn tag(&self, key: &FunctionKey, tags: &BTreeMap<String, String>) -> Result<()> {
        self.change_row(key, |row| {
            row.tags.extend(tags.clone());
            check_tags(&row.tags)
        })
        .await
    }

    /// Removes tags; those it does not have are passed over.
    pub async fn untag(&self, key: &FunctionKey, names: &[String]) -> Result<()> {
        self.change_row(key, |row| {
            row.tags.retain(|tag, _| !names.contains(tag));
            Ok(())
        })
        .await
    }

    /// The row of something that is set for a qualifier of a function that is there.
    pub(super) async fn setting<V: TableValue>(
        &self,
        table: Table<QualifierKey, V>,
        named: &Named,
    ) -> Result<(QualifierKey, Option<Row<V>>)> {
        let function = self.function(&named.key).await?.value;
        let qualifier = named.qualifier.clone().unwrap_or_else(|| LATEST.to_owned());
        let at = QualifierKey { function: function.id, qualifier };
        let found = table.get(&*self.store.snapshot(), &at).await?;
        Ok((at, found))
    }

    async fn put_setting<V: TableValue>(
        &self,
        table: Table<QualifierKey, V>,
        named: &Named,
        edit: impl Fn(Option<&V>) -> Result<Option<V>>,
    ) -> Result<()> {
        self.put_setting_and(table, named, edit, |_, _, _, _| {}).await
    }

    /// The same, with what else is written then: of the commit, the key, what was there and what is to be.
    pub(super) async fn put_setting_and<V: TableValue>(
        &self,
        table: Table<QualifierKey, V>,
        named: &Named,
        edit: impl Fn(Option<&V>) -> Result<Option<V>>,
        also: impl Fn(&mut Commit, &QualifierKey, Option<&V>, Option<&V>),
    ) -> Result<()> {
        // The version or alias must be there.
        self.version(&named.key, named.qualifier.as_deref()).await?;
        for _ in 0..TRIES {
            let (at, seen) = self.setting(table, named).await?;
            let value = edit(seen.as_ref().map(|row| &row.value))?;
            let mut commit = self.commit();
            commit.check(Check::Present(FUNCTIONS.key(&named.key)));
            if let Some(alias) =
                named.qualifier.as_deref().filter(|name| *name != LATEST && version_number(name).is_none())
            {
                let alias = QualifierKey { function: at.function, qualifier: alias.to_owned() };
                commit.check(Check::Present(ALIASES.key(&alias)));
            }
            commit.unchanged(table, &at, seen.as_ref());
            match &value {
                Some(value) => commit.put(table, &at, value),
                None => commit.delete(table, &at),
            };
            also(&mut commit, &at, seen.as_ref().map(|row| &row.value), value.as_ref());
            if happened(settle(&*self.store, commit).await)? {
                return Ok(());
            }
        }
        Err(Error::contended())
    }

    /// Everything of one kind that is set for a function, by qualifier.
    pub(super) async fn all_settings<V: TableValue>(
        &self,
        table: Table<QualifierKey, V>,
        key: &FunctionKey,
    ) -> Result<Vec<(String, V)>> {
        let snapshot = self.store.snapshot();
        let function = self.function_in(&*snapshot, key).await?.value;
        let range = table.prefix(|writer| {
            writer.u128(function.id);
        });
        let rows = table.scan(&*snapshot, range, store::Bounds::ENTRIES).await?;
        Ok(rows.into_iter().map(|(at, row)| (at.qualifier, row.value)).collect())
    }

    /// Sets how asynchronous events are treated: anew, or over what is there.
    pub async fn set_invoke_config(
        &self,
        named: &Named,
        change: &InvokeConfigChange,
        anew: bool,
    ) -> Result<InvokeConfigRow> {
        let nothing = change.retries_max.is_none()
            && change.age_secs_max.is_none()
            && change.on_success.is_none()
            && change.on_failure.is_none();
        if nothing {
            return Err(Error::invalid(
                "You must specify at least one of error handling or destination setting.",
            ));
        }
        for target in
            [&change.on_success, &change.on_failure].into_iter().flatten().filter(|target| !target.is_empty())
        {
            check_destination(named, target)?;
        }
        self.put_setting(INVOKE_CONFIGS, named, |before| {
            let mut row = match before {
                Some(before) if !anew => before.clone(),
                None if !anew => return Err(no_invoke_config(named)),
                Some(_) | None => InvokeConfigRow::default(),
            };
            row.retries_max = change.retries_max.or(row.retries_max);
            row.age_secs_max = change.age_secs_max.or(row.age_secs_max);
            for (given, to) in
                [(&change.on_success, &mut row.on_success), (&change.on_failure, &mut row.on_failure)]
            {
                if let Some(given) = given {
                    *to = Some(given.clone()).filter(|given| !given.is_empty());
                }
            }
            row.modified_micros = self.clock.now().as_micros();
            Ok(Some(row))
        })
        .await?;
        self.get_invoke_config(named).await
    }

    /// How asynchronous events are treated.
    pub async fn get_invoke_config(&self, named: &Named) -> Result<InvokeConfigRow> {
        let found = self.setting(INVOKE_CONFIGS, named).await.map(|(_, found)| found);
        let found = found
            .map_err(|error| if error.why == Why::NotFound { no_invoke_config(named) } else { error })?;
        found.map(|row| row.value).ok_or_else(|| no_invoke_config(named))
    }

    /// Takes it away.
    pub async fn delete_invoke_config(&self, named: &Named) -> Result<()> {
        self.get_invoke_config(named).await?;
        self.put_setting(INVOKE_CONFIGS, named, |_| Ok(None)).await
    }

    /// All of a function.
    pub async fn invoke_configs(&self, key: &FunctionKey) -> Result<Vec<(String, InvokeConfigRow)>> {
        self.all_settings(INVOKE_CONFIGS, key).await
    }

    /// Asks for provisioned concurrency. Kept and shown: environments are warm here anyway once they have been used.
    pub async fn provision(&self, named: &Named, requested: u32) -> Result<ProvisionedRow> {
        if named.qualifier.as_deref().is_none_or(|qualifier| qualifier == LATEST) {
            return Err(Error::invalid(
                "Provisioned Concurrency Configs cannot be applied to unpublished function versions.",
            ));
        }
        let row = ProvisionedRow { requested, modified_micros: self.clock.now().as_micros() };
        self.put_setting(PROVISIONED, named, |_| Ok(Some(row))).await?;
        Ok(row)
    }

    /// Provisioned concurrency of a version or alias.
    pub async fn provisioned(&self, named: &Named) -> Result<ProvisionedRow> {
        self.version(&named.key, named.qualifier.as_deref()).await?;
        let (_, found) = self.setting(PROVISIONED, named).await?;
        let none =
            || Error::new(Why::NoProvisioned, "No Provisioned Concurrency Config found for this function");
        found.map(|row| row.value).ok_or_else(none)
    }

    /// Takes it away.
    pub async fn unprovision(&self, named: &Named) -> Result<()> {
        self.put_setting(PROVISIONED, named, |_| Ok(None)).await
    }

    /// All of a function.
    pub async fn all_provisioned(&self, key: &FunctionKey) -> Result<Vec<(String, ProvisionedRow)>> {
        self.all_settings(PROVISIONED, key).await
    }
}

fn no_invoke_config(named: &Named) -> Error {
    let qualifier = named.qualifier.as_deref().unwrap_or(LATEST);
    let arn = names::qualified(&named.key, Some(qualifier));
    Error::not_found(format!("The function {arn} doesn't have an EventInvokeConfig"))
}

fn check_destination(named: &Named, target: &str) -> Result<()> {
    let arn: Arn =
        target.parse().map_err(|_| Error::invalid(format!("The destination ARN {target} is invalid.")))?;
    if !matches!(arn.service(), "lambda" | "s3" | "sqs" | "sns" | "events") {
        return Err(Error::invalid(format!("The destination ARN {target} is invalid.")));
    }
    let own = names::arn(&named.key);
    let is_own = arn.service() == "lambda" && (arn == own || arn.as_str().starts_with(&format!("{own}:")));
    if is_own {
        return Err(Error::invalid("You can't specify the function as a destination for itself."));
    }
    Ok(())
}
