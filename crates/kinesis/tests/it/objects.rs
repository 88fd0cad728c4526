//! Buckets of a test: an object is a row, there when its commit is.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use base::{Region, Timestamp};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use ports::{Measurement, Metrics, NewObject, ObjectStore, PortError, PreparedPut, Principal};
use store::{Commit, CommitId, KeyReader, KeyWriter, ReadError, Store, Table, TableKey, TableNumber};

struct Name(String);

impl TableKey for Name {
    fn write(&self, key: &mut KeyWriter) {
        key.text(&self.0);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self(key.text()?))
    }
}

const OBJECTS: Table<Name, Vec<u8>> = Table::new(TableNumber(0x7f20), "test.objects");

/// Where channels deliver to.
#[derive(Default)]
pub(crate) struct Buckets {
    /// Whether every put is refused.
    pub(crate) closed: AtomicBool,
    /// Who put.
    pub(crate) by: Mutex<Vec<Principal>>,
}

impl ObjectStore for Buckets {
    fn prepare_put<'a>(
        &'a self,
        principal: &'a Principal,
        _region: &'a Region,
        object: NewObject,
    ) -> BoxFuture<'a, Result<PreparedPut, PortError>> {
        async move {
            if self.closed.load(Ordering::Relaxed) {
                let message = "The specified bucket does not exist".to_owned();
                return Err(PortError::NotFound { code: "NoSuchBucket", message });
            }
            self.by.lock().unwrap().push(principal.clone());
            let bytes = object.body.collect(1 << 20).await.unwrap();
            let mut commit = Commit::new(CommitId(0));
            let name = Name(format!("{}/{}", object.bucket, object.key));
            commit.put(OBJECTS, &name, &bytes.to_vec());
            Ok(PreparedPut { commit, guard: None, etag: String::new() })
        }
        .boxed()
    }
}

/// All objects: bucket and key, and the bytes.
pub(crate) async fn objects(store: &Arc<dyn Store>) -> Vec<(String, Vec<u8>)> {
    let rows = OBJECTS.scan(&*store.snapshot(), OBJECTS.prefix(|_| {}), 1_000).await.unwrap();
    rows.into_iter().map(|(name, row)| (name.0, row.value)).collect()
}

/// A measurement that was told: metric, dimensions, value.
pub(crate) type Told = (String, Vec<(String, String)>, f64);

/// Keeps what is told.
#[derive(Default)]
pub(crate) struct Listener {
    pub(crate) told: Mutex<Vec<Told>>,
    pub(crate) lines: Mutex<Vec<(String, String, String)>>,
}

impl Metrics for Listener {
    fn record(&self, _: base::AccountId, _: &Region, measurement: Measurement<'_>) {
        assert_eq!(measurement.namespace, "AWS/Kinesis");
        let dimensions =
            measurement.dimensions.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let told = (measurement.name.to_owned(), dimensions.collect(), measurement.value);
        self.told.lock().unwrap().push(told);
    }

    fn log(&self, _: base::AccountId, _: &Region, group: &str, stream: &str, _: Timestamp, message: String) {
        self.lines.lock().unwrap().push((group.to_owned(), stream.to_owned(), message));
    }
}
