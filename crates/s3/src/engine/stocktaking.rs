//! What buckets hold, told to CloudWatch once a day: `BucketSizeBytes` by kind of storage, and `NumberOfObjects`.
//!
//! Every bucket is looked through at midnight, page by page, as it is then. Nothing is kept: a round that was broken off is left out, and the next comes at
//! the next midnight. Versions, markers and the parts of open uploads count, as on AWS. Kinds and what archives cost beside the bytes: S3 user guide,
//! "Amazon S3 metrics and dimensions".

use std::collections::BTreeMap;
use std::sync::Arc;

use base::Timestamp;
use ports::{Measurement, Metrics};
use service::Stop;

use super::lifecycle::calendar::Calendar;
use super::{Error, S3};
use crate::tables::{
    ArchiveTier, BUCKETS, Bucket, Id, Kept, MARKERS, OBJECTS, Object, PARTS, StorageClass, UPLOADS, VERSIONS,
};

/// Rows looked at without letting others go on.
const PAGE: usize = 1_000;
/// Bytes that an archived object costs beside its own: in its class, and in `STANDARD`.
const ARCHIVED_BYTES: (u64, u64) = (32 << 10, 8 << 10);
/// Bytes that are counted at least, in the classes for what is seldom read.
const SELDOM_BYTES_MIN: u64 = 128 << 10;

/// Bytes by kind of storage, and things.
#[derive(Default)]
struct Stock {
    bytes: BTreeMap<&'static str, u64>,
    things: u64,
}

impl Stock {
    fn add(&mut self, kind: &'static str, bytes: u64) {
        *self.bytes.entry(kind).or_default() += bytes;
    }

    fn object(&mut self, object: &Object) {
        self.things += 1;
        let (own, small, archive) = kinds(object);
        self.add(own, object.bytes);
        if let Some(small) = small.filter(|_| object.bytes < SELDOM_BYTES_MIN) {
            self.add(small, SELDOM_BYTES_MIN - object.bytes);
        }
        if let Some((there, standard)) = archive {
            self.add(there, ARCHIVED_BYTES.0);
            self.add(standard, ARCHIVED_BYTES.1);
        }
    }
}

/// Under which names an object's bytes count; where it counts for more than it has; what its archiving costs.
const fn kinds(
    object: &Object,
) -> (&'static str, Option<&'static str>, Option<(&'static str, &'static str)>) {
    let glacier = Some(("GlacierObjectOverhead", "GlacierS3ObjectOverhead"));
    let deep = Some(("DeepArchiveObjectOverhead", "DeepArchiveS3ObjectOverhead"));
    match object.attributes.class {
        StorageClass::Standard => ("StandardStorage", None, None),
        StorageClass::ReducedRedundancy => ("ReducedRedundancyStorage", None, None),
        StorageClass::StandardIa => ("StandardIAStorage", Some("StandardIASizeOverhead"), None),
        StorageClass::OnezoneIa => ("OneZoneIAStorage", Some("OneZoneIASizeOverhead"), None),
        StorageClass::GlacierIr => ("GlacierInstantRetrievalStorage", Some("GlacierIRSizeOverhead"), None),
        StorageClass::Glacier => ("GlacierStorage", None, glacier),
        StorageClass::DeepArchive => ("DeepArchiveStorage", None, deep),
        StorageClass::IntelligentTiering => match object.placement.tier {
            None => ("IntelligentTieringFAStorage", None, None),
            Some(ArchiveTier::Archive) => ("IntelligentTieringAAStorage", None, None),
            Some(ArchiveTier::DeepArchive) => ("IntelligentTieringDAAStorage", None, None),
        },
    }
}

impl S3 {
    /// Who is told what buckets hold. Set once, when the room is made.
    pub fn tell_stock_to(&self, metrics: Arc<dyn Metrics>) {
        let _ = self.metrics.set(metrics);
    }

    /// When stock is taken next.
    pub(crate) fn next_stocktaking(&self) -> Timestamp {
        Calendar::AWS.midnight_after(self.now())
    }

    /// Looks through all buckets, and tells what they hold.
    pub(crate) async fn take_stock(&self, stop: &Stop) -> Result<(), Error> {
        let Some(metrics) = self.metrics.get() else { return Ok(()) };
        let (mut start, end) = BUCKETS.prefix(|_| {});
        loop {
            let page = BUCKETS.scan(&*self.snapshot(), (start, end.clone()), PAGE).await?;
            let Some((last, _)) = page.last() else { return Ok(()) };
            start = store::key_after(&BUCKETS.key(last));
            for (name, row) in page {
                let Some(stock) = self.stock_of(row.value.id, stop).await? else { return Ok(()) };
                tell(&**metrics, &name.0, &row.value, &stock);
            }
        }
    }

    /// What a bucket holds; `None` if it is to stop.
    async fn stock_of(&self, bucket: Id, stop: &Stop) -> Result<Option<Stock>, Error> {
        let mut stock = Stock::default();
        let within = |key: &mut store::KeyWriter| _ = key.u128(bucket.0);
        let (mut at, end) = OBJECTS.prefix(within);
        loop {
            let rows = OBJECTS.scan(&*self.snapshot(), (at, end.clone()), PAGE).await?;
            let Some((last, _)) = rows.last() else { break };
            at = store::key_after(&OBJECTS.key(last));
            rows.iter().for_each(|(_, row)| stock.object(&row.value));
            if self.pause(stop).await {
                return Ok(None);
            }
        }
        let (mut at, end) = VERSIONS.prefix(within);
        loop {
            let rows = VERSIONS.scan(&*self.snapshot(), (at, end.clone()), PAGE).await?;
            let Some((last, _)) = rows.last() else { break };
            at = store::key_after(&VERSIONS.key(last));
            for (_, row) in &rows {
                match &row.value.what {
                    Kept::Object(object) => stock.object(object),
                    Kept::Marker(_) => stock.things += 1,
                }
            }
            if self.pause(stop).await {
                return Ok(None);
            }
        }
        let (mut at, end) = MARKERS.prefix(within);
        loop {
            let rows = MARKERS.scan(&*self.snapshot(), (at, end.clone()), PAGE).await?;
            let Some((last, _)) = rows.last() else { break };
            at = store::key_after(&MARKERS.key(last));
            stock.things += rows.len() as u64;
            if self.pause(stop).await {
                return Ok(None);
            }
        }
        let uploads = UPLOADS.scan(&*self.snapshot(), UPLOADS.prefix(within), usize::MAX).await?;
        for (key, _) in uploads {
            let parts = PARTS.prefix(|start| _ = start.u128(key.upload.0));
            for (_, part) in PARTS.scan(&*self.snapshot(), parts, usize::MAX).await? {
                stock.things += 1;
                stock.add("StandardStorage", part.value.bytes);
            }
        }
        Ok(Some(stock))
    }

    /// Lets others go on. Whether it is to stop.
    async fn pause(&self, stop: &Stop) -> bool {
        tokio::task::yield_now().await;
        stop.is_asked()
    }
}

fn tell(metrics: &dyn Metrics, name: &str, bucket: &Bucket, stock: &Stock) {
    let record = |name_of: &'static str, kind: &str, unit: &'static str, value: u64| {
        let dimensions = [("BucketName", name), ("StorageType", kind)];
        #[expect(clippy::cast_precision_loss, reason = "metrics are of this precision")]
        let value = value as f64;
        let measurement =
            Measurement { namespace: "AWS/S3", name: name_of, dimensions: &dimensions, unit, value };
        metrics.record(bucket.owner, &bucket.region, measurement);
    };
    for (kind, bytes) in &stock.bytes {
        record("BucketSizeBytes", kind, "Bytes", *bytes);
    }
    record("NumberOfObjects", "AllStorageTypes", "Count", stock.things);
}
