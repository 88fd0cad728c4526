//! Out of a pipe into a table of Iceberg: data files, manifests, metadata, the catalog's new address of it, and the pipe's position, all in one
//! commit. So a row is in the table exactly once, whatever happens between, and no search for traces of an earlier try is needed.
//!
//! ```text
//!   catalog: version, address of the metadata ─► metadata ─► rows written to files, by partition     (iceberg/files.rs)
//!        ▲                                                        │
//!        │ another writer was first                               ▼
//!        └──────────────────── one commit: files + manifests + metadata + UpdateTable of that version + position + failures
//! ```
//!
//! Whoever else commits to the table meanwhile moves the catalog's version; then ours fails as a whole and is tried again on the table as it is then,
//! with the same data files. What the table itself refuses (it is not there, it is none of Iceberg's, the role may not) is tried again for the retry
//! duration, as long as the stream is configured so; then the records are filed among the errors.

mod files;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use base::Timestamp;
use body::Body;
use bytes::Bytes;
use futures_util::stream;
use iceberg::commit::{Change, Draw};
use iceberg::manifest::DataFile;
use iceberg::metadata::{METADATA_BYTES_MAX, Table};
use ports::{NewObject, ObjectRef, PortError, PreparedPut, Principal, TableChange, TableRef};
use store::Commit;

use self::files::Made;
use super::bucket::blocking;
use super::{Failure, Load, Shop};
use crate::engine::envelope::{Envelope, Failed};
use crate::engine::error::Error;
use crate::engine::iceberg::{is_iceberg, table_ref};
use crate::engine::intake::{DATABASE, TABLE};
use crate::tables::{IcebergDestination, PIPES, PipeKey, PipeKind};

/// What failures are filed under.
pub(super) const FAILED: &str = "iceberg-failed";
/// The key of an errors' pipe that has a prefix of its own.
pub(super) const ERROR_PREFIX: &str = "S3ErrorOutputPrefix";
/// How often a commit is tried at once when others commit to the same table.
const TRIES: usize = 20;

/// Why a table took nothing.
pub(super) enum Refused {
    /// It, or what leads to it, is not as it must be: somebody has to do something about it.
    Table { code: &'static str, message: String },
    /// Something of ours.
    Failure(Failure),
}

impl<E: Into<Failure>> From<E> for Refused {
    fn from(error: E) -> Self {
        Refused::Failure(error.into())
    }
}

fn refused(code: &'static str, message: impl Into<String>) -> Refused {
    Refused::Table { code, message: message.into() }
}

fn unread(what: &str, error: PortError) -> Refused {
    match error {
        PortError::NotFound { message, .. } => refused("Iceberg.FileNotFound", format!("{what}: {message}")),
        PortError::Denied(why) => refused("S3.AccessDenied", format!("{what}: {why}")),
        PortError::Invalid { message, .. } => refused("Iceberg.InvalidTable", format!("{what}: {message}")),
        error @ PortError::Unavailable(_) => Refused::Failure(error.into()),
    }
}

impl From<iceberg::Error> for Refused {
    fn from(error: iceberg::Error) -> Self {
        match error {
            iceberg::Error::Malformed(message) => refused("Iceberg.InvalidTable", message),
            iceberg::Error::Unsupported(message) => refused("Iceberg.UnsupportedTable", message),
        }
    }
}

/// A table as it is at the moment.
struct Found {
    version: String,
    location: String,
    table: Arc<Table>,
    manifests: Option<Bytes>,
}

/// What all of a delivery needs.
struct Work<'s> {
    shop: &'s Shop,
    destination: &'s IcebergDestination,
    reference: TableRef,
    principal: Principal,
}

impl Shop {
    /// Adds a load's records to their table.
    pub(super) async fn to_iceberg(
        &self,
        load: Load,
        destination: &IcebergDestination,
    ) -> Result<(), Failure> {
        let keys = &load.row.value.keys;
        let name = |key: &str| keys.get(key).cloned().unwrap_or_default();
        let (database, table) = (name(DATABASE), name(TABLE));
        let reference = table_ref(&self.key, destination, &database, &table)
            .map_err(|error| Failure::Engine(Error::Invalid(error)))?;
        let role = destination.remote.role_arn.as_deref().unwrap_or_default();
        let work = Work { shop: self, destination, reference, principal: self.principal(role)? };
        let outcome = {
            let _permit = self.engine.deliveries.acquire().await.expect("the semaphore is never closed");
            work.write(&load).await
        };
        match outcome {
            Ok((rows, failed)) => {
                self.teller.delivered("Iceberg", load.buffered, self.engine.clock.now());
                self.teller.measure("DeliveryToIceberg.SuccessfulRowCount", "Count", rows as f64);
                self.teller.measure("DeliveryToIceberg.FailedRowCount", "Count", failed as f64);
                Ok(())
            }
            Err(Refused::Failure(failure)) => Err(failure),
            Err(Refused::Table { code, message }) => work.later(load, code, message).await,
        }
    }
}

impl Work<'_> {
    /// Has the table take the load, and returns how many records are rows now and how many failures.
    async fn write(&self, load: &Load) -> Result<(u64, u64), Refused> {
        let mut made: Option<Made> = None;
        for _ in 0..TRIES {
            let found = self.find().await?;
            let fresh = match made.take() {
                Some(made) if made.fits(&found.table)? => made,
                Some(_) | None => self.files(load, &found.table).await?,
            };
            if self.commit(load, &found, &fresh).await? {
                return Ok((fresh.records, fresh.errors.len() as u64));
            }
            // Ours alone moves the pipe; if it was moved, the stream is not as it was.
            let row = PIPES.get(&*self.shop.engine.store.snapshot(), &load.key).await.map_err(Error::from)?;
            if row.is_none_or(|row| row.version != load.row.version) {
                return Err(Failure::Outdated.into());
            }
            made = Some(fresh);
        }
        Err(Failure::Object(PortError::Unavailable("other writers commit to the table".to_owned())).into())
    }

    async fn find(&self) -> Result<Found, Refused> {
        let name = format!("{}.{}", self.reference.database, self.reference.table);
        let Some(catalog) = &self.shop.engine.catalog else {
            return Err(refused("Iceberg.GlueTableNotFound", "There is no catalog here"));
        };
        let found = match catalog.table(&self.principal, &self.reference).await {
            Ok(found) => found,
            Err(PortError::NotFound { message, .. }) => {
                return Err(refused(
                    "Iceberg.GlueTableNotFound",
                    format!("The table {name} does not exist: {message}"),
                ));
            }
            Err(PortError::Denied(why)) => return Err(refused("Glue.AccessDenied", why)),
            Err(error @ (PortError::Invalid { .. } | PortError::Unavailable(_))) => return Err(error.into()),
        };
        let location = found.parameters.get("metadata_location").filter(|_| is_iceberg(&found)).cloned();
        let location = location
            .ok_or_else(|| refused("Iceberg.InvalidTable", format!("{name} is no table of Iceberg")))?;
        let bytes = self.read(&location).await?;
        let table = Arc::new(blocking(move || Table::parse(&bytes)).await??);
        let manifests = match table.manifest_list()? {
            Some(list) => Some(self.read(list).await?),
            None => None,
        };
        Ok(Found { version: found.version, location, table, manifests })
    }

    async fn read(&self, address: &str) -> Result<Bytes, Refused> {
        let (bucket, key) = place(address)?;
        let object = ObjectRef { bucket, key, version: None };
        let engine = &self.shop.engine;
        let read = engine.objects.read(&self.principal, &self.shop.key.region, object, METADATA_BYTES_MAX);
        read.await.map_err(|error| unread(address, error))
    }

    async fn prepare(&self, address: &str, pieces: Vec<Bytes>) -> Result<PreparedPut, Refused> {
        let (bucket, key) = place(address)?;
        let length = pieces.iter().map(|piece| piece.len() as u64).sum();
        let object = NewObject {
            bucket,
            key,
            body: Body::from_stream(stream::iter(pieces.into_iter().map(Ok)), Some(length)),
            content_type: Some("application/octet-stream".to_owned()),
            content_encoding: None,
            metadata: Vec::new(),
            kms_key: None,
        };
        let engine = &self.shop.engine;
        let prepared = engine.objects.prepare_put(&self.principal, &self.shop.key.region, object).await;
        prepared.map_err(|error| unread(address, error))
    }

    /// Everything in one commit. False if the table was changed meanwhile.
    async fn commit(&self, load: &Load, found: &Found, made: &Made) -> Result<bool, Refused> {
        let mut commit = self.shop.commit_of(load, made.to);
        let written = self.file(&mut commit, made.errors.clone()).await?;
        let mut guards = Vec::new();
        if !made.files.is_empty() {
            let random = &self.shop.engine.random;
            let draw = Draw {
                // Positive, and not zero.
                snapshot: ((random.u64() >> 1) | 1) as i64,
                uuid: random.uuid(),
                metadata_uuid: random.uuid(),
                now_millis: self.shop.engine.clock.now().as_millis(),
            };
            let (data, deletes): (Vec<DataFile>, Vec<DataFile>) = made
                .files
                .iter()
                .map(|(file, _)| file.clone())
                .partition(|file| file.content == iceberg::manifest::Content::Data);
            let summary = BTreeMap::from([("delivery-stream".to_owned(), self.shop.key.name.clone())]);
            let change = Change { data, deletes, deletes_everywhere: made.everywhere, summary };
            let (table, location) = (found.table.clone(), found.location.clone());
            let manifests = found.manifests.clone();
            let snapshot = blocking(move || {
                iceberg::commit::commit(&table, &location, manifests.as_deref(), &change, &draw)
            })
            .await??;
            for (file, pieces) in &made.files {
                let prepared = self.prepare(&file.path, pieces.clone()).await?;
                commit = commit.and(prepared.commit);
                guards.push(prepared.guard);
            }
            for (address, bytes) in snapshot.files {
                let prepared = self.prepare(&address, vec![bytes.into()]).await?;
                commit = commit.and(prepared.commit);
                guards.push(prepared.guard);
            }
            let Some(update) = self.update(found, snapshot.metadata).await? else { return Ok(false) };
            commit = commit.and(update);
        }
        let outcome = self.shop.commit_with(commit, written).await;
        drop(guards);
        match outcome {
            Ok(()) => Ok(true),
            Err(Failure::Outdated) => Ok(false),
            Err(failure) => Err(failure.into()),
        }
    }

    /// What makes the metadata the table's. `None` if the table was changed meanwhile.
    async fn update(&self, found: &Found, metadata: String) -> Result<Option<Commit>, Refused> {
        let parameters = BTreeMap::from([
            ("metadata_location".to_owned(), metadata),
            ("previous_metadata_location".to_owned(), found.location.clone()),
        ]);
        let change = TableChange { parameters, columns: None };
        let Some(catalog) = &self.shop.engine.catalog else { return Ok(None) };
        match catalog.prepare_update(&self.principal, &self.reference, &found.version, change).await {
            Ok(commit) => Ok(Some(commit)),
            Err(PortError::Unavailable(_)) => Ok(None),
            Err(PortError::Denied(why)) => Err(refused("Glue.AccessDenied", why)),
            Err(error @ (PortError::NotFound { .. } | PortError::Invalid { .. })) => {
                Err(refused("Iceberg.GlueTableNotFound", error.to_string()))
            }
        }
    }

    /// Has a commit file failures, and returns the pipe they go to.
    async fn file(
        &self,
        commit: &mut Commit,
        errors: Vec<(Timestamp, String)>,
    ) -> Result<Vec<PipeKey>, Failure> {
        let (database, table) = (&self.reference.database, &self.reference.table);
        let configured = self.destination.table(database, table);
        let prefix =
            configured.and_then(|table| table.error_prefix.clone()).filter(|prefix| !prefix.is_empty());
        let (name, keys) = match prefix {
            Some(prefix) => {
                let keys = BTreeMap::from([(ERROR_PREFIX.to_owned(), prefix)]);
                (format!("{FAILED}:{}", crate::engine::pipes::partition_name(&keys)), keys)
            }
            None => (FAILED.to_owned(), BTreeMap::new()),
        };
        self.shop.file_under(commit, &name, keys, errors).await?;
        Ok(vec![PipeKey { stream: self.shop.id, kind: PipeKind::Errors, name }])
    }

    /// The table refuses: tried again for the retry duration, then the records are filed among the errors.
    async fn later(&self, load: Load, code: &'static str, message: String) -> Result<(), Failure> {
        let (load, batch) = self.shop.begin_batch(load).await?;
        let retry = Duration::from_secs(u64::from(self.destination.remote.retry_secs));
        let now = self.shop.engine.clock.now();
        if now < Timestamp::from_micros(batch.begun_micros).plus(retry) {
            return Err(Failure::Table { code, message });
        }
        self.shop.teller.failed(code, &message, None);
        let docs = self.shop.docs(&load, batch.to).await?;
        let line = |doc: &super::remote::Doc| {
            let arrival = doc.record.arrival;
            let data = &doc.record.data;
            let failed = Failed { attempts: 1, arrival, code, message: &message, ended: now, data };
            (arrival, Envelope::new(&failed).line())
        };
        let errors: Vec<_> = docs.iter().map(line).collect();
        self.shop.teller.measure("DeliveryToIceberg.FailedRowCount", "Count", errors.len() as f64);
        let mut commit = self.shop.commit_of(&load, batch.to);
        let written = self.file(&mut commit, errors).await?;
        self.shop.commit_with(commit, written).await
    }

    async fn files(&self, load: &Load, table: &Table) -> Result<Made, Refused> {
        let configured = self.destination.table(&self.reference.database, &self.reference.table);
        let keys = configured.and_then(|table| table.unique_keys.clone()).filter(|keys| !keys.is_empty());
        let Some(converter) = &self.shop.engine.converter else {
            return Err(refused("Iceberg.UnsupportedTable", "Nothing writes column files here"));
        };
        let converter: &Arc<dyn ports::Converter> = converter;
        let append_only = self.destination.append_only == Some(true);
        files::make(self.shop, load, table, keys, append_only, converter).await
    }
}

/// Bucket and key of `s3://bucket/key`.
fn place(address: &str) -> Result<(String, String), Refused> {
    let rest = ["s3://", "s3a://", "s3n://"].iter().find_map(|scheme| address.strip_prefix(scheme));
    match rest.and_then(|rest| rest.split_once('/')) {
        Some((bucket, key)) if !bucket.is_empty() && !key.is_empty() => {
            Ok((bucket.to_owned(), key.to_owned()))
        }
        Some(_) | None => {
            Err(refused("Iceberg.InvalidTable", format!("{address} is no address of an object")))
        }
    }
}
