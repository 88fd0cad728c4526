//! What a stream tells about itself: metrics of `AWS/Firehose`, and lines in the log stream its destination names (Firehose facts section 7).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use base::{Clock, Random, Timestamp};
use ports::{Measurement, Metrics};
use serde_json::json;

use super::buffering::Buffered;
use crate::tables::{Destination, Logging, StreamKey};

/// The metrics of a destination: records, bytes, success, freshness.
fn names(place: &'static str) -> [&'static str; 4] {
    match place {
        "Backup" => {
            ["BackupToS3.Records", "BackupToS3.Bytes", "BackupToS3.Success", "BackupToS3.DataFreshness"]
        }
        "HttpEndpoint" => [
            "DeliveryToHttpEndpoint.Records",
            "DeliveryToHttpEndpoint.Bytes",
            "DeliveryToHttpEndpoint.Success",
            "DeliveryToHttpEndpoint.DataFreshness",
        ],
        "Splunk" => [
            "DeliveryToSplunk.Records",
            "DeliveryToSplunk.Bytes",
            "DeliveryToSplunk.Success",
            "DeliveryToSplunk.DataFreshness",
        ],
        "AmazonOpenSearchService" => [
            "DeliveryToAmazonOpenSearchService.Records",
            "DeliveryToAmazonOpenSearchService.Bytes",
            "DeliveryToAmazonOpenSearchService.Success",
            "DeliveryToAmazonOpenSearchService.DataFreshness",
        ],
        "Redshift" => [
            "DeliveryToRedshift.Records",
            "DeliveryToRedshift.Bytes",
            "DeliveryToRedshift.Success",
            "DeliveryToRedshift.DataFreshness",
        ],
        "Iceberg" => [
            "DeliveryToIceberg.IncomingRowCount",
            "DeliveryToIceberg.Bytes",
            "DeliveryToIceberg.Success",
            "DeliveryToIceberg.DataFreshness",
        ],
        _ => [
            "DeliveryToS3.Records",
            "DeliveryToS3.Bytes",
            "DeliveryToS3.Success",
            "DeliveryToS3.DataFreshness",
        ],
    }
}

/// Tells of one stream. Clones share it.
#[derive(Clone)]
pub struct Teller(Arc<Inner>);

struct Inner {
    metrics: Arc<dyn Metrics>,
    clock: Clock,
    random: Random,
    key: StreamKey,
    arn: String,
    version: u64,
    destination: String,
    logging: Option<Logging>,
    failures: AtomicU64,
}

impl Teller {
    /// For a stream as it is configured.
    pub fn new(
        metrics: Arc<dyn Metrics>,
        clock: Clock,
        random: Random,
        key: &StreamKey,
        version: u64,
        destination: &Destination,
    ) -> Self {
        let arn =
            base::Arn::new("firehose", &key.region, key.account, &format!("deliverystream/{}", key.name));
        let place = match destination {
            Destination::S3(s3) => s3.bucket_arn.clone(),
            Destination::Http(http) => http.url.clone(),
            Destination::Splunk(splunk) => splunk.endpoint.clone(),
            Destination::Search(search) => search.endpoint.clone(),
            Destination::Redshift(redshift) => redshift.jdbc_url.clone(),
            Destination::Iceberg(iceberg) => iceberg.catalog_arn.clone().unwrap_or_default(),
        };
        Self(Arc::new(Inner {
            metrics,
            clock,
            random,
            key: key.clone(),
            arn: arn.to_string(),
            version,
            destination: place,
            logging: destination.logging().cloned(),
            failures: AtomicU64::new(0),
        }))
    }

    /// Adds to a metric.
    pub fn measure(&self, name: &'static str, unit: &'static str, value: f64) {
        let dimensions = [("DeliveryStreamName", self.0.key.name.as_str())];
        let measurement =
            Measurement { namespace: "AWS/Firehose", name, dimensions: &dimensions, unit, value };
        self.0.metrics.record(self.0.key.account, &self.0.key.region, measurement);
    }

    /// Says that something failed. Frequent failures are sampled.
    pub fn failed(&self, code: &str, message: &str, processor: Option<&str>) {
        let count = self.0.failures.fetch_add(1, Ordering::Relaxed) + 1;
        let sampled = count <= 10 || count.is_power_of_two();
        let Some(logging) = self.0.logging.as_ref().filter(|logging| logging.enabled == Some(true)) else {
            return;
        };
        let (Some(group), Some(stream), true) = (&logging.group, &logging.stream, sampled) else { return };
        let mut line = json!({
            "deliveryStreamARN": self.0.arn,
            "destination": self.0.destination,
            "deliveryStreamVersionId": self.0.version,
            "message": message,
            "errorCode": code,
        });
        if let Some(processor) = processor {
            line["processor"] = processor.into();
        }
        let now = self.0.clock.now();
        self.0.metrics.log(self.0.key.account, &self.0.key.region, group, stream, now, line.to_string());
    }

    /// Says what reached a destination: `S3`, `HttpEndpoint`, …
    pub fn delivered(&self, place: &'static str, buffered: Buffered, now: Timestamp) {
        let age = buffered.oldest.map_or(0.0, |oldest| now.since(oldest).as_secs_f64());
        let [records, bytes, success, freshness] = names(place);
        self.measure(records, "Count", buffered.records as f64);
        self.measure(bytes, "Bytes", buffered.bytes as f64);
        self.measure(success, "Count", 1.0);
        self.measure(freshness, "Seconds", age);
    }

    /// Says that a destination did not take something.
    pub fn not_delivered(&self, place: &'static str) {
        self.measure(names(place)[2], "Count", 0.0);
    }

    /// A new id.
    pub fn uuid(&self) -> String {
        self.0.random.uuid()
    }
}
