//! Rows of queries: begun, moved on, ended, listed.
//!
//! ```text
//! start ─► one commit: query (QUEUED) · history · open · token ─► jobs ─► run ─► one commit: query (SUCCEEDED) · its objects · not open
//!                                                                  stop ─► one commit: query (CANCELLED) · not open, then the job is told
//! ```

use base::{Page, Region};
use ports::{PortError, Principal};
use store::{Commit, Row, key_after};

use super::error::Failure;
use super::groups::{ENGINE_VERSION, PRIMARY};
use super::statement::Statement;
use super::{ATTEMPTS, Athena, Error};
use crate::shapes::{ResultConfiguration, StartQueryExecutionInput};
use crate::tables::{
    DoneRow, HISTORY, HistoryRef, Named, OPEN, Place, QUERIES, QueryRow, QueryState, TOKENS, TokenRow,
    group_prefix,
};

const NO_LOCATION: &str = "No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.";
const BAD_LOCATION: &str = "The S3 location provided to save your query results is invalid. Please check your S3 location is correct and is in the same region and try again. If you continue to see the issue, contact customer support for further assistance.";
const NO_REUSE: &str = "This functionality is not enabled in the selected engine version. Please check the engine version settings or contact AWS support for further assistance.";

/// Who begins a query.
pub struct Starter<'s> {
    /// Where.
    pub place: &'s Place,
    /// Who.
    pub principal: &'s Principal,
    /// Where, again.
    pub region: &'s Region,
}

/// The bucket and the key of `s3://bucket/key`.
pub fn bucket_and_key(location: &str) -> Option<(&str, &str)> {
    let rest = location.strip_prefix("s3://").or_else(|| location.strip_prefix("s3a://"))?;
    let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
    (!bucket.is_empty()).then_some((bucket, key))
}

/// A location as a folder.
pub fn folder(location: &str) -> String {
    if location.ends_with('/') { location.to_owned() } else { format!("{location}/") }
}

impl QueryRow {
    /// What was asked, with the group's settings.
    pub fn asked(&self) -> Result<StartQueryExecutionInput, Error> {
        wire::kept(&self.asked).map_err(|_| Error::Store("a stored query cannot be read".to_owned()))
    }
}

impl Athena {
    /// Begins a query, and returns its id.
    pub async fn start(
        &self,
        by: &Starter<'_>,
        mut asked: StartQueryExecutionInput,
    ) -> Result<String, Error> {
        let digest: [u8; 32] = crypt::sha256(&wire::keep(&asked));
        let token = asked.client_request_token.take();
        if let Some(token) = &token
            && let Some(row) = TOKENS.get(&*self.snapshot(), &by.place.named(token)).await?
        {
            return same_request(row.value, &digest);
        }
        let group = asked.work_group.get_or_insert_with(|| PRIMARY.to_owned()).clone();
        self.settle_configuration(by, &group, &mut asked).await?;
        let sql = asked.query_string.as_deref().unwrap_or_default();
        let statement = self.understood(sql)?;
        let (kind, name) = statement.kind();
        let id = self.random.uuid();
        let at = by.place.named(&id);
        let output = output_of(&asked, &statement, &id)?;
        let admitted = self.jobs.admit(&at, by.principal, by.region, kind)?;
        let row = QueryRow {
            group: group.clone(),
            asked: wire::keep(&asked),
            state: QueryState::Queued,
            reason: None,
            submitted_micros: self.now().as_micros(),
            started_micros: None,
            ended_micros: None,
            kind,
            statement: name.map(str::to_owned),
            output,
            failure: None,
            done: DoneRow::default(),
        };
        let history = HistoryRef {
            place: by.place.clone(),
            group,
            submitted_micros: row.submitted_micros,
            id: id.clone(),
        };
        let mut commit = self.begin();
        commit.put(QUERIES, &at, &row).put(HISTORY, &history, &()).put(OPEN, &at, &());
        if let Some(token) = &token {
            let at = by.place.named(token);
            let began = TokenRow { id: id.clone(), digest: digest.to_vec() };
            commit.unchanged(TOKENS, &at, None).put(TOKENS, &at, &began);
        }
        if self.done(commit).await? {
            admitted.enqueue();
            return Ok(id);
        }
        // Somebody came first with the same token.
        let token = token.ok_or(Error::Conflict)?;
        let row = TOKENS.get(&*self.snapshot(), &by.place.named(&token)).await?;
        row.map_or(Err(Error::Conflict), |row| same_request(row.value, &digest))
    }

    /// A statement, as far as it can be judged without looking at a table.
    fn understood(&self, sql: &str) -> Result<Statement, Error> {
        let malformed = |error: ports::QueryError| Error::Malformed(error.text());
        let statement = Statement::parse(sql).map_err(malformed)?;
        if let (Some(engine), Some(select)) = (&self.engine, statement.select()) {
            engine.check(select).map_err(malformed)?;
        }
        Ok(statement)
    }

    /// Lays the group's settings over what was asked, or under it, and refuses what cannot be.
    async fn settle_configuration(
        &self,
        by: &Starter<'_>,
        group: &str,
        asked: &mut StartQueryExecutionInput,
    ) -> Result<(), Error> {
        let row = self.group(&by.place.named(group)).await?;
        if !row.enabled {
            return Err(Error::invalid(format!("WorkGroup {group} is disabled.")));
        }
        let configuration = row.configuration()?;
        let theirs = configuration.result_configuration.unwrap_or_default();
        let enforced = configuration.enforce_work_group_configuration == Some(true);
        let own = asked.result_configuration.take().filter(|_| !enforced).unwrap_or_default();
        let effective = ResultConfiguration {
            output_location: own.output_location.or(theirs.output_location),
            encryption_configuration: own.encryption_configuration.or(theirs.encryption_configuration),
            expected_bucket_owner: own.expected_bucket_owner.or(theirs.expected_bucket_owner),
            acl_configuration: own.acl_configuration.or(theirs.acl_configuration),
        };
        let location = effective.output_location.as_deref().ok_or_else(|| Error::invalid(NO_LOCATION))?;
        let (bucket, _) = bucket_and_key(location)
            .ok_or_else(|| Error::invalid("outputLocation is not a valid S3 path."))?;
        let option =
            effective.encryption_configuration.as_ref().and_then(|said| said.encryption_option.as_deref());
        if option == Some("CSE_KMS") {
            return Err(Error::invalid("CSE_KMS is not supported here."));
        }
        let reuse = asked
            .result_reuse_configuration
            .as_ref()
            .and_then(|reuse| reuse.result_reuse_by_age_configuration.as_ref());
        let version = configuration.engine_version.and_then(|version| version.selected_engine_version);
        if reuse.is_some_and(|reuse| reuse.enabled == Some(true))
            && version.is_some_and(|version| version != "AUTO" && version != ENGINE_VERSION)
        {
            return Err(Error::invalid(NO_REUSE));
        }
        let listed = self.objects.list(by.principal, by.region, bucket, "", None).await;
        if let Err(PortError::NotFound { .. }) = listed {
            return Err(Error::invalid(BAD_LOCATION));
        }
        asked.result_configuration = Some(effective);
        Ok(())
    }

    /// A query.
    pub async fn query(&self, at: &Named) -> Result<QueryRow, Error> {
        let row = QUERIES.get(&*self.snapshot(), at).await?;
        let missing = || Error::invalid(format!("QueryExecution {} was not found", at.name));
        row.map(|row| row.value).ok_or_else(missing)
    }

    /// Queries of a group, the newest first.
    pub async fn query_ids(
        &self,
        place: &Place,
        group: &str,
        after: Option<(i64, String)>,
        limit: usize,
    ) -> Result<Page<(i64, String)>, Error> {
        let (mut start, end) = HISTORY.prefix(group_prefix(place, group));
        if let Some((submitted_micros, id)) = after {
            let last = HistoryRef { place: place.clone(), group: group.to_owned(), submitted_micros, id };
            start = key_after(&HISTORY.key(&last));
        }
        let rows = HISTORY.scan(&*self.snapshot(), (start, end), limit + 1).await?;
        Ok(Page::take(rows.into_iter().map(|(key, _)| (key.submitted_micros, key.id)), limit))
    }

    /// Stops a query that has not ended. One that has stays as it is.
    pub async fn stop(&self, at: &Named) -> Result<(), Error> {
        self.query(at).await?;
        let now = self.now().as_micros();
        self.move_on(at, self.begin(), |row| {
            row.state = QueryState::Cancelled;
            row.reason = Some("Query cancelled by user".to_owned());
            row.ended_micros = Some(now);
        })
        .await?;
        self.jobs.stop(at);
        Ok(())
    }

    /// Changes a query that has not ended, together with what else the commit has. False if it has ended, or if what the commit relies on is gone.
    pub(crate) async fn move_on(
        &self,
        at: &Named,
        with: Commit,
        change: impl FnOnce(&mut QueryRow),
    ) -> Result<bool, Error> {
        let Some(row) = self.open_row(at).await? else { return Ok(false) };
        let mut changed = row.value.clone();
        change(&mut changed);
        let mut commit = with;
        commit.unchanged(QUERIES, at, Some(&row)).put(QUERIES, at, &changed);
        if changed.state.is_end() {
            commit.delete(OPEN, at);
        }
        self.done(commit).await
    }

    async fn open_row(&self, at: &Named) -> Result<Option<Row<QueryRow>>, Error> {
        let row = QUERIES.get(&*self.snapshot(), at).await?;
        Ok(row.filter(|row| !row.value.state.is_end()))
    }

    /// Fails a query that has not ended.
    pub(crate) async fn fail(
        &self,
        at: &Named,
        failure: &Failure,
        done: Option<DoneRow>,
    ) -> Result<(), Error> {
        let now = self.now().as_micros();
        for _ in 0..ATTEMPTS {
            let (failure, done) = (failure.clone(), done.clone());
            let changed = self
                .move_on(at, self.begin(), |row| {
                    row.state = QueryState::Failed;
                    row.reason = Some(failure.reason.clone());
                    row.failure = Some(failure.row());
                    row.ended_micros = Some(now);
                    row.done = done.unwrap_or_default();
                })
                .await?;
            if changed || self.open_row(at).await?.is_none() {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }

    /// Fails what an earlier process has left: nobody knows any more what those queries may.
    pub(crate) async fn fail_interrupted(&self) -> Result<(), Error> {
        /// Rows of one look.
        const SLICE: usize = 1_000;
        let (mut start, end) = OPEN.prefix(|_| {});
        loop {
            let rows = OPEN.scan(&*self.snapshot(), (start.clone(), end.clone()), SLICE).await?;
            let Some((last, _)) = rows.last() else { return Ok(()) };
            start = key_after(&OPEN.key(last));
            for (at, _) in &rows {
                if !self.jobs.knows(at) {
                    let reason = "GENERIC_INTERNAL_ERROR: The query was interrupted: the server was stopped before it had ended. Please run it again.";
                    self.fail(at, &Failure::system(reason), None).await?;
                }
            }
        }
    }
}

/// What a token has begun, if the request is the same.
fn same_request(row: TokenRow, digest: &[u8; 32]) -> Result<String, Error> {
    match row.digest == digest {
        true => Ok(row.id),
        false => Err(Error::invalid("Idempotent parameters do not match")),
    }
}

/// Where the result will be (facts section 5).
fn output_of(asked: &StartQueryExecutionInput, statement: &Statement, id: &str) -> Result<String, Error> {
    let configuration = asked.result_configuration.as_ref();
    let location = configuration.and_then(|said| said.output_location.as_deref());
    let out = folder(location.ok_or_else(|| Error::invalid(NO_LOCATION))?);
    Ok(match statement {
        Statement::CreateTableAs { .. } => format!("{out}tables/{id}"),
        Statement::Insert { .. } | Statement::Unload { .. } => format!("{out}{id}"),
        statement if statement.has_rows() => format!("{out}{id}.csv"),
        _ => format!("{out}{id}.txt"),
    })
}
