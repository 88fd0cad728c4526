//! Inventories: lists of what a bucket holds, delivered into another bucket every day or week.
//!
//! When a configuration is put, the same commit notes when its first list is due; whoever delivers a list notes the next in the commit that
//! delivers the last of its files. So a list that was begun and not ended is begun again, under the same names but for its data, which nothing
//! refers to then. A list is read page by page, each page as the bucket is then: it is no snapshot, as on AWS.
//!
//! ```text
//! [prefix/]SOURCE/ID/data/UUID.csv.gz           one line a version; or UUID.parquet, UUID.orc: one row a version, in files of bounded size
//! [prefix/]SOURCE/ID/2026-11-26T00-00Z/manifest.json       what there is
//! [prefix/]SOURCE/ID/2026-11-26T00-00Z/manifest.checksum   the MD5 of that
//! ```
//! Columns are written by whoever serves `ports::Converter`; where nobody does, such lists are not made.

mod columnar;

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::Duration;

use base::Timestamp;
use body::{Body, BodyError};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::stream;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use store::Row;
use wire::time::{Precision, iso};

use super::events::service_for;
use super::lifecycle::calendar::{Calendar, DAY};
use super::listing::{After, Entry, Listed, PAGE_MAX, Query};
use super::objects::{Claims, Place, Received, Terms};
use super::sealing::Requester;
use super::sealing::wanted::Said;
use super::{ATTEMPTS_MAX, Draft, Error, S3};
use crate::tables::{
    Attributes, Bucket, Encryption, INVENTORIES, Id, Inventory, InventoryKey, Kept, LockMode, Object,
    Setting, SettingKind, StorageClass,
};

/// Lists that are looked at at once.
const PAGE: usize = 64;
/// Lists among which one is looked for that a new one takes the place of.
const KNOWN_MAX: usize = 10_000;
const WEEK_DAYS: u32 = 7;
/// What of a key is not escaped, beside letters and digits.
const KEY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The optional columns, in their order, by the names of configurations and of manifests.
const COLUMNS: [(&str, Column); 16] = [
    ("Size", Column::Size),
    ("LastModifiedDate", Column::Modified),
    ("ETag", Column::ETag),
    ("StorageClass", Column::Class),
    ("IsMultipartUploaded", Column::Multipart),
    ("ReplicationStatus", Column::Replication),
    ("EncryptionStatus", Column::Encryption),
    ("ObjectLockRetainUntilDate", Column::RetainUntil),
    ("ObjectLockMode", Column::LockMode),
    ("ObjectLockLegalHoldStatus", Column::Hold),
    ("IntelligentTieringAccessTier", Column::Tier),
    ("BucketKeyStatus", Column::BucketKey),
    ("ChecksumAlgorithm", Column::Checksum),
    ("ObjectAccessControlList", Column::Nothing),
    ("ObjectOwner", Column::Owner),
    ("LifecycleExpirationDate", Column::Nothing),
];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Column {
    Size,
    Modified,
    ETag,
    Class,
    Multipart,
    Encryption,
    RetainUntil,
    LockMode,
    Hold,
    Tier,
    BucketKey,
    Checksum,
    Owner,
    Replication,
    Nothing,
}

/// What of an inventory's configuration counts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct InventoryRule {
    /// Whether lists are made.
    pub enabled: bool,
    /// Every week; else every day.
    pub weekly: bool,
    /// Older versions and markers too.
    pub all_versions: bool,
    /// Keys that begin with this.
    pub prefix: String,
    /// The ARN of the bucket it goes to.
    pub target: String,
    /// What its keys begin with there.
    pub target_prefix: String,
    /// The optional columns wanted.
    pub columns: Vec<String>,
    /// How it is written.
    pub format: InventoryFormat,
    /// The KMS key it is to be encrypted under.
    pub kms_key: Option<String>,
}

/// How a list is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum InventoryFormat {
    /// Lines, compressed.
    #[default]
    Csv,
    /// Apache Parquet.
    Parquet,
    /// Apache ORC.
    Orc,
}

impl InventoryFormat {
    /// All there are.
    const ALL: [Self; 3] = [Self::Csv, Self::Parquet, Self::Orc];

    /// As configurations and manifests name it.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Csv => ("CSV", "CSV"),
            Self::Parquet => ("Parquet", "Parquet"),
            Self::Orc => ("ORC", "ORC"),
        }
    }

    /// By a configuration's name of it.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.names().0 == name)
    }
}

/// Reads a configuration as it is kept, which the engine does not know to do.
pub(crate) type ReadInventory = fn(&[u8]) -> Result<InventoryRule, Error>;

impl S3 {
    /// Adds to the draft when the first list of a configuration is due, whatever was due of one of that name before.
    pub(super) async fn begin_inventory(
        &self,
        draft: &mut Draft,
        bucket: Id,
        name: &str,
        id: &str,
    ) -> Result<(), Error> {
        for (due, _) in INVENTORIES.scan(&*self.snapshot(), INVENTORIES.prefix(|_| {}), KNOWN_MAX).await? {
            if due.bucket == bucket && due.id == id {
                draft.commit.delete(INVENTORIES, &due);
            }
        }
        let at = Calendar::AWS.midnight_after(self.now());
        let key = InventoryKey { at, bucket, id: id.to_owned() };
        draft.commit.put(INVENTORIES, &key, &Inventory { bucket: name.to_owned() });
        draft.inventories = true;
        Ok(())
    }

    /// Woken when there is a new configuration.
    pub(crate) fn inventories_wanted(&self) -> &tokio::sync::Notify {
        &self.inventories
    }

    /// Makes the lists that are due. Returns when the next is. What fails does not keep the rest from it, and is tried again with the next
    /// round; the first error is returned at the end.
    pub(crate) async fn make_inventories(&self, read: ReadInventory) -> Result<Option<Timestamp>, Error> {
        let mut first_error = None;
        let (mut start, end) = INVENTORIES.prefix(|_| {});
        loop {
            let page = INVENTORIES.scan(&*self.snapshot(), (start, end.clone()), PAGE).await?;
            let Some((last, _)) = page.last() else { return first_error.map_or(Ok(None), Err) };
            start = store::key_after(&INVENTORIES.key(last));
            for (key, row) in page {
                if key.at > self.now() {
                    return first_error.map_or(Ok(Some(key.at)), Err);
                }
                if let Err(error) = self.make_inventory(&key, &row, read).await {
                    first_error.get_or_insert(error);
                }
            }
        }
    }

    async fn make_inventory(
        &self,
        key: &InventoryKey,
        row: &Row<Inventory>,
        read: ReadInventory,
    ) -> Result<(), Error> {
        let name = &row.value.bucket;
        let found = match self.find_bucket(&*self.snapshot(), name).await {
            Ok(found) if found.value.id == key.bucket => Some(found),
            Ok(_) | Err(Error::NoSuchBucket(_)) => None,
            Err(error) => return Err(error),
        };
        let rule = match self.setting(key.bucket, SettingKind::Inventory, &key.id).await? {
            Some(Setting::Kept(document)) => Some(read(&document)?),
            Some(_) | None => None,
        };
        let Some((source, rule)) = found.zip(rule) else {
            let mut draft = self.draft();
            draft.commit.unchanged(INVENTORIES, key, Some(row)).delete(INVENTORIES, key);
            return self.settle(draft).await.map(drop);
        };
        let may_write = rule.format == InventoryFormat::Csv || self.converter().is_some();
        let last = if rule.enabled && may_write {
            match self.write_inventory(name, &source, key, &rule).await {
                Ok(last) => Some(last),
                Err(error @ (Error::Full | Error::Unavailable(_))) => return Err(error),
                Err(error) => {
                    tracing::warn!(%error, bucket = name, id = key.id, "an inventory cannot be delivered");
                    None
                }
            }
        } else {
            None
        };
        self.end_inventory(key, row, &rule, last).await
    }

    /// Delivers the last file and notes when the next list is due, in one commit.
    async fn end_inventory(
        &self,
        key: &InventoryKey,
        row: &Row<Inventory>,
        rule: &InventoryRule,
        last: Option<(String, String, Received)>,
    ) -> Result<(), Error> {
        let days: Duration = DAY * if rule.weekly { WEEK_DAYS } else { 1 };
        // Lists that were missed are not made up for.
        let next = Calendar::AWS.day_of(self.now()).max(key.at).plus(days);
        for attempt in 0..ATTEMPTS_MAX {
            let mut draft = match &last {
                Some((bucket, name, received)) => {
                    let place = Place { bucket, key: name };
                    let (attributes, terms) = (Attributes::default(), Terms::default());
                    self.draft_put(place, None, received, &attributes, &terms, attempt).await?.0
                }
                None => self.draft(),
            };
            let next = InventoryKey { at: next, ..key.clone() };
            draft.commit.unchanged(INVENTORIES, key, Some(row)).delete(INVENTORIES, key);
            draft.commit.put(INVENTORIES, &next, &row.value);
            if self.settle(draft).await? {
                return Ok(());
            }
            if INVENTORIES.get(&*self.snapshot(), key).await?.is_none() {
                return Ok(());
            }
        }
        Err(S3::too_contended())
    }

    /// Writes all files of a list but the last: its bucket, key and bytes are returned.
    async fn write_inventory(
        &self,
        name: &str,
        source: &Row<Bucket>,
        key: &InventoryKey,
        rule: &InventoryRule,
    ) -> Result<(String, String, Received), Error> {
        let target = rule.target.rsplit(':').next().unwrap_or_default();
        let prefix = match rule.target_prefix.trim_end_matches('/') {
            "" => String::new(),
            prefix => format!("{prefix}/"),
        };
        let base = format!("{prefix}{name}/{}", key.id);
        let text = iso(key.at, Precision::Seconds);
        let at = format!("{base}/{}Z", text[..16].replace(':', "-"));

        let (files, schema) = match rule.format {
            InventoryFormat::Csv => {
                let data = format!("{base}/data/{}.csv.gz", self.random.uuid());
                let lines = self.lines_of(name, source, rule);
                let file = self.put_for_service(name, source, target, &data, rule, lines).await?;
                let columns = fixed(rule).iter().copied().chain(columns(rule).map(|(name, _)| name));
                (vec![(data, file)], columns.collect::<Vec<_>>().join(", "))
            }
            InventoryFormat::Parquet | InventoryFormat::Orc => {
                let files = self.put_columns(name, source, target, &base, rule).await?;
                (files, columnar::schema(rule))
            }
        };
        let listed: Vec<_> = files
            .iter()
            .map(|(data, file)| {
                serde_json::json!({
                    "key": data,
                    "size": file.measured.bytes,
                    "MD5checksum": base::hex(&file.measured.md5),
                })
            })
            .collect();
        let manifest = serde_json::json!({
            "sourceBucket": name,
            "destinationBucket": rule.target,
            "version": "2016-11-30",
            "creationTimestamp": key.at.as_millis().to_string(),
            "fileFormat": rule.format.names().1,
            "fileSchema": schema,
            "files": listed,
        });
        let manifest = Bytes::from(serde_json::to_vec_pretty(&manifest).unwrap_or_default());
        let sum = base::hex(&crypt::md5(&manifest));
        let place = format!("{at}/manifest.json");
        self.put_for_service(name, source, target, &place, rule, manifest.into()).await?;
        let last = format!("{at}/manifest.checksum");
        let received = self.receive_for_service(name, source, target, &last, rule, sum.into()).await?;
        Ok((target.to_owned(), last, received))
    }

    pub(super) async fn put_for_service(
        &self,
        name: &str,
        source: &Row<Bucket>,
        target: &str,
        key: &str,
        rule: &InventoryRule,
        body: Body,
    ) -> Result<Received, Error> {
        let received = self.receive_for_service(name, source, target, key, rule, body).await?;
        let place = Place { bucket: target, key };
        self.put(place, None, &received, &Attributes::default(), &Terms::default()).await?;
        Ok(received)
    }

    /// Takes a file in as S3's own, if the target lets S3 put it there for the bucket.
    async fn receive_for_service(
        &self,
        name: &str,
        source: &Row<Bucket>,
        target: &str,
        key: &str,
        rule: &InventoryRule,
        body: Body,
    ) -> Result<Received, Error> {
        let principal = service_for(name, source.value.owner);
        let place = Place { bucket: target, key };
        let may = self.check_may_put(&principal, &source.value.region, place).await;
        let bucket = may.map_err(|error| Error::Denied(error.to_string()))?;
        let method = rule.kms_key.is_some().then(|| "aws:kms".to_owned());
        let said = Said { method, key: rule.kms_key.clone(), ..Said::default() };
        let wanted = said.wanted(bucket.encryption())?;
        let requester = Requester { principal: &principal, signed_v2: false };
        let sealing = self.sealing(&bucket, place, &wanted, requester).await?;
        self.receive(body, &Claims::default(), &sealing).await
    }

    /// The compressed lines of a list, made as they are read.
    fn lines_of(&self, name: &str, source: &Row<Bucket>, rule: &InventoryRule) -> Body {
        let lines = Lines {
            s3: self.me(),
            name: name.to_owned(),
            bucket: source.value.clone(),
            rule: rule.clone(),
            pages: Pages { after: Some(After::Nothing) },
            encoder: Some(GzEncoder::new(Vec::new(), Compression::default())),
        };
        let pieces = stream::try_unfold(lines, |mut lines| async move {
            Ok(lines.next().await?.map(|piece| (piece, lines)))
        });
        Body::from_stream(pieces, None)
    }
}

/// A list being made.
struct Lines {
    s3: std::sync::Arc<S3>,
    name: String,
    bucket: Bucket,
    rule: InventoryRule,
    pages: Pages,
    /// `None` when all is written.
    encoder: Option<GzEncoder<Vec<u8>>>,
}

impl Lines {
    async fn next(&mut self) -> Result<Option<Bytes>, BodyError> {
        let failed = |error: &dyn std::fmt::Display| BodyError::Storage(error.to_string());
        loop {
            let page = self.pages.next(&self.s3, &self.bucket, &self.rule).await;
            let Some(page) = page.map_err(|error| failed(&error))? else { break };
            let mut text = String::new();
            for (key, listed) in page {
                self.line(&mut text, &key, &listed);
            }
            let Some(encoder) = &mut self.encoder else { return Ok(None) };
            encoder.write_all(text.as_bytes()).map_err(|error| failed(&error))?;
            let piece = std::mem::take(encoder.get_mut());
            if !piece.is_empty() {
                return Ok(Some(piece.into()));
            }
        }
        let Some(encoder) = self.encoder.take() else { return Ok(None) };
        Ok(Some(encoder.finish().map_err(|error| failed(&error))?.into()))
    }

    fn line(&self, text: &mut String, key: &str, listed: &Listed) {
        let object = match &listed.what {
            Kept::Object(object) => Some(object),
            Kept::Marker(_) => None,
        };
        let key = utf8_percent_encode(key, KEY);
        _ = write!(text, "\"{}\",\"{key}\"", self.name);
        if self.rule.all_versions {
            let version = listed.version();
            let version = if version.is_null() { String::new() } else { version.text() };
            _ = write!(text, ",\"{version}\",\"{}\",\"{}\"", listed.latest, object.is_none());
        }
        for (_, column) in columns(&self.rule) {
            let modified = match &listed.what {
                Kept::Object(object) => object.modified,
                Kept::Marker(marker) => marker.modified,
            };
            let field = match (column, object) {
                (Column::Modified, _) => iso(modified, Precision::Millis),
                (Column::Owner, None) => super::acl::canonical_id(self.bucket.owner),
                (column, Some(object)) => field(&self.bucket, *column, object),
                (_, None) => String::new(),
            };
            _ = write!(text, ",\"{field}\"");
        }
        text.push('\n');
    }
}

/// What of a bucket is listed, page by page.
struct Pages {
    /// Where the next page begins; `None` when there is none.
    after: Option<After>,
}

impl Pages {
    /// The next versions that a rule lists, by key; `None` at the end.
    async fn next(
        &mut self,
        s3: &S3,
        bucket: &Bucket,
        rule: &InventoryRule,
    ) -> Result<Option<Vec<(String, Listed)>>, Error> {
        let Some(after) = self.after.take() else { return Ok(None) };
        let query = Query { prefix: rule.prefix.clone(), after, limit: PAGE_MAX, ..Query::default() };
        let snapshot = s3.snapshot();
        let listing = s3.list_versions(&*snapshot, bucket, &query).await?;
        self.after = match listing.entries.last() {
            Some(Entry::Item(key, listed)) if listing.more => {
                Some(After::Version(key.clone(), listed.version()))
            }
            Some(_) | None => None,
        };
        let wanted =
            |listed: &Listed| rule.all_versions || (listed.latest && matches!(listed.what, Kept::Object(_)));
        let items = listing.entries.into_iter().filter_map(|entry| match entry {
            Entry::Item(key, listed) if wanted(&listed) => Some((key, listed)),
            Entry::Item(..) | Entry::Prefix(_) => None,
        });
        Ok(Some(items.collect()))
    }
}

/// A column of an object, as lines have it.
fn field(bucket: &Bucket, column: Column, object: &Object) -> String {
    let retention = object.lock.retention;
    match column {
        Column::Size => object.bytes.to_string(),
        Column::Modified => iso(object.modified, Precision::Millis),
        Column::ETag => object.etag.bare(),
        Column::Class => object.attributes.class.name().to_owned(),
        Column::Multipart => object.etag.parts.is_some().to_string(),
        Column::Encryption => match &object.encryption {
            Encryption::Open => "NOT-SSE",
            Encryption::Managed(_) => "SSE-S3",
            Encryption::Kms(_) => "SSE-KMS",
            Encryption::Dual(..) => "DSSE-KMS",
            Encryption::Customer(_) => "SSE-C",
        }
        .to_owned(),
        Column::RetainUntil => {
            retention.map(|retention| iso(retention.until, Precision::Millis)).unwrap_or_default()
        }
        Column::LockMode => {
            retention.map(|retention| LockMode::name(retention.mode).to_owned()).unwrap_or_default()
        }
        Column::Hold => match object.lock.hold {
            Some(true) => "ON".to_owned(),
            Some(false) | None => "OFF".to_owned(),
        },
        Column::Tier => match (object.attributes.class, object.placement.tier) {
            (StorageClass::IntelligentTiering, Some(tier)) => tier.name().to_owned(),
            (StorageClass::IntelligentTiering, None) => "FREQUENT".to_owned(),
            (_, _) => String::new(),
        },
        Column::BucketKey => match object.encryption.kms_key() {
            Some(key) if key.bucket_key => "ENABLED".to_owned(),
            Some(_) | None => "DISABLED".to_owned(),
        },
        Column::Checksum => object
            .checksum
            .map(|checksum| super::checksum::name_of(checksum.sum.algorithm()).to_owned())
            .unwrap_or_default(),
        Column::Replication => {
            object.placement.replication.map(|status| status.name().to_owned()).unwrap_or_default()
        }
        Column::Owner => {
            let owner = object.attributes.acl.as_ref().map_or(bucket.owner, |acl| acl.owner);
            super::acl::canonical_id(owner)
        }
        Column::Nothing => String::new(),
    }
}

/// The columns that every list of a kind has.
const fn fixed(rule: &InventoryRule) -> &'static [&'static str] {
    if rule.all_versions {
        &["Bucket", "Key", "VersionId", "IsLatest", "IsDeleteMarker"]
    } else {
        &["Bucket", "Key"]
    }
}

fn columns(rule: &InventoryRule) -> impl Iterator<Item = (&'static str, &'static Column)> + '_ {
    let wanted = |(name, _): &&(&str, Column)| rule.columns.iter().any(|column| column == name);
    COLUMNS.iter().filter(wanted).map(|(name, column)| (*name, column))
}
