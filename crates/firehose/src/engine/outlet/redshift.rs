//! Amazon Redshift: objects staged in a bucket, then `COPY` (Firehose facts section 6). A plain PostgreSQL is given the same records by
//! `COPY … FROM STDIN`.
//!
//! ```text
//!   one commit: object + the batch that names it ─► COPY ─done──► move on
//!                                                    ▲  └─not──► wait five minutes, until the retry time is over;
//!                                                    └──────┘    then one commit: manifest under errors/ + move on
//! ```
//!
//! What was staged stays in the bucket. A batch whose COPY was given up can be loaded by hand from its manifest.

use std::time::Duration;

use base::Timestamp;
use body::Body;
use serde_json::json;
use store::Commit;

use super::postgres::{self, Refused, Session, Target};
use super::{Failure, Load, Shop, put_row};
use crate::engine::compression::Compression;
use crate::engine::dates::Pattern;
use crate::engine::delivery::bucket_name;
use crate::engine::delivery::object::{self, Span, Steps};
use crate::engine::delivery::origin::READ_BYTES_MAX;
use crate::engine::delivery::stage::commit_id;
use crate::engine::naming::zoned;
use crate::tables::{Batch, PipeRow, RedshiftDestination};

/// Between tries.
const PAUSE: Duration = Duration::from_secs(300);

impl Shop {
    pub(super) async fn to_redshift(
        &self,
        load: Load,
        redshift: &RedshiftDestination,
    ) -> Result<(), Failure> {
        let (load, batch) = self.staged(load, redshift).await?;
        let staged = batch.staged.clone().unwrap_or_default();
        let retry = Duration::from_secs(u64::from(redshift.remote.retry_secs));
        let deadline = Timestamp::from_micros(batch.begun_micros).plus(retry);
        loop {
            let refused = match self.copy(&load, redshift, &batch, &staged).await? {
                Ok(()) => {
                    self.commit(self.commit_of(&load, batch.to)).await?;
                    self.teller.delivered("Redshift", load.buffered, self.engine.clock.now());
                    return Ok(());
                }
                Err(refused) => refused,
            };
            self.teller.not_delivered("Redshift");
            self.teller.failed(refused.code, &refused.message, None);
            tracing::debug!(
                stream = self.key.name,
                code = refused.code,
                why = refused.message,
                "COPY failed"
            );
            if self.engine.clock.now() >= deadline {
                return self.give_up(&load, redshift, &batch, &staged).await;
            }
            self.timer.sleep(PAUSE.min(retry.max(Duration::from_secs(1)))).await;
        }
    }

    /// Stores the object, and in the same commit the batch that names it.
    async fn staged(&self, mut load: Load, redshift: &RedshiftDestination) -> Result<(Load, Batch), Failure> {
        if let Some(batch) = load.row.value.batch.clone() {
            return Ok((load, batch));
        }
        let s3 = &redshift.remote.s3;
        let key = self.object_key(&load, s3)?;
        let batch = Batch {
            id: self.engine.random.u128(),
            to: load.to,
            begun_micros: self.engine.clock.now().as_micros(),
            staged: Some(key.clone()),
        };
        let row = PipeRow { batch: Some(batch.clone()), ..load.row.value.clone() };
        let mut commit = Commit::new(commit_id(&self.engine));
        put_row(&mut commit, &load, &row);
        let span = Span {
            shard: String::new(),
            from: load.row.value.position,
            to: load.to,
            records: load.buffered.records,
        };
        let entry = self.engine.random.uuid();
        let body =
            object::body(self.origin(&load.row.value), vec![span], Steps::default(), s3.compression, &entry);
        self.put(&load, s3, key, body, s3.compression.content_encoding(), commit).await?;
        let stored = crate::tables::PIPES.get(&*self.engine.store.snapshot(), &load.key).await;
        load.row = stored.map_err(crate::engine::error::Error::from)?.ok_or(Failure::Outdated)?;
        Ok((load, batch))
    }

    /// Leaves the manifest of what was not loaded, and moves on.
    async fn give_up(
        &self,
        load: &Load,
        redshift: &RedshiftDestination,
        batch: &Batch,
        staged: &str,
    ) -> Result<(), Failure> {
        let key = self.manifest_key(redshift, "errors/manifests/", staged);
        let commit = self.commit_of(load, batch.to);
        self.put(load, &redshift.remote.s3, key, manifest(redshift, staged), None, commit).await
    }

    fn manifest_key(&self, redshift: &RedshiftDestination, folder: &str, staged: &str) -> String {
        let prefix = redshift.remote.s3.prefix.as_deref().unwrap_or_default();
        let now = zoned(self.engine.clock.now(), &jiff::tz::TimeZone::UTC);
        let hours = Pattern::parse("yyyy/MM/dd/HH/").expect("the pattern is ours").format(&now);
        let name = staged.rsplit('/').next().unwrap_or(staged);
        format!("{prefix}{folder}{hours}{name}")
    }

    /// Has the database take the batch.
    async fn copy(
        &self,
        load: &Load,
        redshift: &RedshiftDestination,
        batch: &Batch,
        staged: &str,
    ) -> Result<Result<(), Refused>, Failure> {
        let target = match target(redshift) {
            Ok(target) => target,
            Err(refused) => return Ok(Err(refused)),
        };
        let mut session = match Session::open(&self.engine.outbound, &self.engine.random, &target).await {
            Ok(session) => session,
            Err(refused) => return Ok(Err(refused)),
        };
        if target.host.contains(".redshift") {
            let key = self.manifest_key(redshift, "manifests/", staged);
            let commit = Commit::new(commit_id(&self.engine));
            self.put(load, &redshift.remote.s3, key.clone(), manifest(redshift, staged), None, commit)
                .await?;
            return Ok(session.execute(&copy_from_bucket(redshift, &key)).await);
        }
        self.copy_from_here(load, redshift, batch, &mut session).await
    }

    /// `COPY … FROM STDIN`, in pieces as they are read.
    async fn copy_from_here(
        &self,
        load: &Load,
        redshift: &RedshiftDestination,
        batch: &Batch,
        session: &mut Session,
    ) -> Result<Result<(), Refused>, Failure> {
        let form = postgres::Form::of(redshift.options.as_deref().unwrap_or_default());
        let mut columns: Vec<String> = redshift
            .columns
            .iter()
            .flat_map(|columns| columns.split(','))
            .map(|column| column.trim().to_owned())
            .filter(|column| !column.is_empty())
            .collect();
        if form.is_json() && columns.is_empty() {
            columns = match session.columns(&redshift.table).await {
                Ok(columns) => columns,
                Err(refused) => return Ok(Err(refused)),
            };
        }
        let list = if columns.is_empty() { String::new() } else { format!(" ({})", columns.join(", ")) };
        let sql = format!("COPY {}{list} FROM STDIN WITH ({})", redshift.table, form.options());
        if let Err(refused) = session.begin_copy(&sql).await {
            return Ok(Err(refused));
        }
        let origin = self.origin(&load.row.value);
        let mut from = load.row.value.position;
        while from < batch.to {
            let records_max = usize::try_from(batch.to - from).unwrap_or(usize::MAX);
            let piece = origin.read("", from, records_max, READ_BYTES_MAX).await?;
            if piece.records.is_empty() || piece.next > batch.to {
                return Err(Failure::Outdated);
            }
            from = piece.next;
            let mut rows = Vec::new();
            for record in &piece.records {
                if let Err(refused) = form.write(&record.data, &columns, &mut rows) {
                    return Ok(Err(refused));
                }
            }
            if let Err(refused) = session.send_copy(&rows).await {
                return Ok(Err(refused));
            }
        }
        Ok(session.end_copy().await)
    }
}

/// `{"entries":[{"url":"s3://…","mandatory":true}]}`.
fn manifest(redshift: &RedshiftDestination, staged: &str) -> Body {
    let bucket = bucket_name(&redshift.remote.s3.bucket_arn);
    let entry = json!({"url": format!("s3://{bucket}/{staged}"), "mandatory": true});
    Body::from(json!({"entries": [entry]}).to_string())
}

fn copy_from_bucket(redshift: &RedshiftDestination, manifest_key: &str) -> String {
    let quoted = |text: &str| text.replace('\'', "''");
    let columns = redshift.columns.as_deref().filter(|columns| !columns.trim().is_empty());
    let columns = columns.map(|columns| format!(" ({columns})")).unwrap_or_default();
    let bucket = bucket_name(&redshift.remote.s3.bucket_arn);
    let role = redshift.remote.role_arn.as_deref().unwrap_or(&redshift.remote.s3.role_arn);
    let gzip = if redshift.remote.s3.compression == Compression::Gzip { " GZIP" } else { "" };
    let options = redshift.options.as_deref().unwrap_or_default();
    let gzip = if options.to_ascii_lowercase().contains("gzip") { "" } else { gzip };
    format!(
        "COPY {}{columns} FROM 's3://{bucket}/{}' CREDENTIALS 'aws_iam_role={}' MANIFEST{gzip} {options}",
        redshift.table,
        quoted(manifest_key),
        quoted(role),
    )
}

/// `jdbc:redshift://HOST:PORT/DATABASE`.
fn target(redshift: &RedshiftDestination) -> Result<Target, Refused> {
    let wrong = || Refused::new("Redshift.InvalidUrl", "The JDBC URL is malformed.");
    let (_, rest) = redshift.jdbc_url.split_once("://").ok_or_else(wrong)?;
    let (address, database) = rest.split_once('/').ok_or_else(wrong)?;
    let (host, port) = address.rsplit_once(':').ok_or_else(wrong)?;
    Ok(Target {
        host: host.to_owned(),
        port: port.parse().map_err(|_| wrong())?,
        database: database.to_owned(),
        user: redshift.user.clone().unwrap_or_default(),
        password: redshift.password.clone().unwrap_or_default(),
    })
}
