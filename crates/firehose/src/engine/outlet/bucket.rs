//! Out of a pipe into a bucket: an object and the pipe's position, in one commit.

use body::Body;
use futures_util::stream;
use ports::{ConvertedFile, NewObject};

use super::{Failure, Load, Shop};
use crate::engine::compression::Compression;
use crate::engine::convert::{CONVERSION_FAILED, Ready};
use crate::engine::delivery::bucket_name;
use crate::engine::delivery::object::{self, Span, Steps};
use crate::engine::delivery::origin::READ_BYTES_MAX;
use crate::engine::envelope::{Envelope, Failed};
use crate::engine::error::Error;
use crate::engine::streams;
use crate::tables::{Conversion, PipeKind, S3Destination};

/// A file that was made of records, and what was left out of it.
struct File {
    body: Option<Body>,
    errors: Vec<(base::Timestamp, String)>,
    rows: u64,
}

impl Shop {
    /// Delivers records as they are, or lines of failures.
    pub(super) async fn to_bucket(&self, load: Load, s3: &S3Destination) -> Result<(), Failure> {
        let is_errors = load.key.kind == PipeKind::Errors;
        let compression = if is_errors { Compression::None } else { s3.compression };
        let span = Span {
            shard: String::new(),
            from: load.row.value.position,
            to: load.to,
            records: load.buffered.records,
        };
        let entry = self.engine.random.uuid();
        let body =
            object::body(self.origin(&load.row.value), vec![span], Steps::default(), compression, &entry);
        let key = self.object_key(&load, s3)?;
        let commit = self.commit_of(&load, load.to);
        self.put(&load, s3, key, body, compression.content_encoding(), commit).await
    }

    /// The key of the object that is made of a load.
    pub(super) fn object_key(&self, load: &Load, s3: &S3Destination) -> Result<String, Failure> {
        let engine = &self.engine;
        let now = self.delivery_time();
        let arrival = load.buffered.oldest.unwrap_or(now);
        let naming = streams::naming(s3, &self.key.name, self.row.version, now, &engine.random)
            .map_err(Error::from)?;
        Ok(match load.key.kind {
            // Behind a colon a pipe's name says whose failures they are.
            PipeKind::Errors => {
                let error_type = load.key.name.split(':').next().unwrap_or_default();
                naming.of_errors(error_type, arrival, now, &engine.random)
            }
            PipeKind::Records | PipeKind::Backup => {
                naming.of_partition(&load.row.value.keys, arrival, now, &engine.random)
            }
        })
    }

    /// Stores an object and commits it with what else is to happen.
    pub(super) async fn put(
        &self,
        load: &Load,
        s3: &S3Destination,
        key: String,
        body: Body,
        encoding: Option<&str>,
        commit: store::Commit,
    ) -> Result<(), Failure> {
        let _permit = self.engine.deliveries.acquire().await.expect("the semaphore is never closed");
        let principal = self.principal(&s3.role_arn)?;
        let object = NewObject {
            bucket: bucket_name(&s3.bucket_arn).to_owned(),
            key,
            body,
            content_type: Some("application/octet-stream".to_owned()),
            content_encoding: encoding.map(str::to_owned),
            metadata: Vec::new(),
            kms_key: s3.kms_key.clone(),
        };
        let prepared = self.engine.objects.prepare_put(&principal, &self.key.region, object).await?;
        let outcome = self.commit(commit.and(prepared.commit)).await;
        drop(prepared.guard);
        outcome?;
        let place = if load.key.kind == PipeKind::Backup { "Backup" } else { "S3" };
        if load.key.kind != PipeKind::Errors {
            self.teller.delivered(place, load.buffered, self.engine.clock.now());
        }
        Ok(())
    }

    /// Delivers records as a column file; what does not fit the table is filed among the errors.
    pub(super) async fn convert_to_bucket(
        &self,
        load: Load,
        s3: &S3Destination,
        conversion: &Conversion,
    ) -> Result<(), Failure> {
        let ready = self.engine.conversion(&self.key, conversion).await?;
        let file = {
            let _permit = self.engine.deliveries.acquire().await.expect("the semaphore is never closed");
            self.convert(&load, &ready).await?
        };
        let failed = file.errors.len();
        self.teller.measure("SucceedConversion.Records", "Count", file.rows as f64);
        if failed > 0 {
            self.teller.measure("FailedConversion.Records", "Count", failed as f64);
        }
        let mut commit = self.commit_of(&load, load.to);
        self.file(&mut commit, CONVERSION_FAILED, file.errors).await?;
        match file.body {
            Some(body) => {
                let key = self.object_key(&load, s3)?;
                // A converted file has this encoding whatever is in it, as the service's have.
                self.put(&load, s3, key, body, Some(converted_encoding(conversion)), commit).await
            }
            None => self.commit(commit).await,
        }
    }

    async fn convert(&self, load: &Load, ready: &Ready) -> Result<File, Failure> {
        let origin = self.origin(&load.row.value);
        let mut file: Box<dyn ConvertedFile> = ready.compiled.begin();
        let mut errors = Vec::new();
        let mut from = load.row.value.position;
        while from < load.to {
            let records_max = usize::try_from(load.to - from).unwrap_or(usize::MAX);
            let piece = origin.read("", from, records_max, READ_BYTES_MAX).await?;
            if piece.records.is_empty() || piece.next > load.to {
                return Err(Failure::Outdated);
            }
            from = piece.next;
            let records = piece.records;
            let (back, failed) = blocking(move || {
                let mut failed = Vec::new();
                for record in records {
                    if let Err(why) = file.push(&record.data) {
                        failed.push((record, why));
                    }
                }
                (file, failed)
            })
            .await?;
            file = back;
            let ended = self.engine.clock.now();
            for (record, why) in failed {
                let failed = Failed {
                    attempts: 1,
                    arrival: record.arrival,
                    code: why.code,
                    message: &why.message,
                    ended,
                    data: &record.data,
                };
                let line = Envelope::of_conversion(&failed)
                    .with("sequenceNumber", record.note.sequence_number.clone())
                    .with("subSequenceNumber", record.note.sub_sequence)
                    .with("dataCatalogTable", self.catalog_table(ready))
                    .line();
                errors.push((record.arrival, line));
            }
        }
        let rows = file.rows();
        if rows == 0 {
            return Ok(File { body: None, errors, rows });
        }
        let pieces =
            blocking(move || file.finish()).await?.map_err(|error| Failure::File(error.to_string()))?;
        let length = pieces.iter().map(|piece| piece.len() as u64).sum();
        let body = Body::from_stream(stream::iter(pieces.into_iter().map(Ok)), Some(length));
        Ok(File { body: Some(body), errors, rows })
    }

    fn catalog_table(&self, ready: &Ready) -> serde_json::Value {
        serde_json::json!({
            "catalogId": ready.table.catalog.to_string(),
            "databaseName": ready.table.database,
            "tableName": ready.table.table,
            "region": ready.table.region.as_str(),
            "versionId": ready.table.version.as_deref().filter(|version| *version != "LATEST").unwrap_or(&ready.version),
            "roleArn": ready.role_arn,
        })
    }
}

/// The `Content-Encoding` of a converted file.
fn converted_encoding(conversion: &Conversion) -> &'static str {
    use crate::tables::ConversionWriter;
    match conversion.writer {
        Some(ConversionWriter::Parquet { .. } | ConversionWriter::Orc { .. }) | None => "hadoop-snappy",
    }
}

/// Computes where it holds nobody up.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Failure::File(error.to_string()))
}
