//! What the door counts, in Prometheus' text form.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Upper edges of the latency histogram, in microseconds.
const EDGES_MICROS: [u64; 14] = [
    250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000,
    30_000_000,
];

type Key = (&'static str, &'static str, u16);

/// The door's counters. Names come from the tables alone, so there are only so many series.
#[derive(Default)]
pub(crate) struct Metrics {
    requests: Mutex<BTreeMap<Key, u64>>,
    latencies: Mutex<BTreeMap<&'static str, Histogram>>,
    pub connections: AtomicU64,
    pub connections_total: AtomicU64,
    pub panics: AtomicU64,
    pub bytes_in: AtomicU64,
    pub bytes_out: AtomicU64,
}

#[derive(Default)]
struct Histogram {
    buckets: [u64; EDGES_MICROS.len()],
    count: u64,
    sum_micros: u64,
}

impl Metrics {
    pub(crate) fn request(
        &self,
        service: &'static str,
        operation: &'static str,
        status: u16,
        took: Duration,
    ) {
        let mut requests = self.requests.lock().expect("nothing panics while counters are held");
        *requests.entry((service, operation, status)).or_default() += 1;
        drop(requests);
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let mut latencies = self.latencies.lock().expect("nothing panics while counters are held");
        let histogram = latencies.entry(service).or_default();
        if let Some(bucket) = EDGES_MICROS.iter().position(|edge| micros <= *edge) {
            histogram.buckets[bucket] += 1;
        }
        histogram.count += 1;
        histogram.sum_micros = histogram.sum_micros.saturating_add(micros);
    }

    pub(crate) fn render(&self) -> String {
        let mut out = String::new();
        self.write(&mut out).expect("text takes text");
        out
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        let name = "millrace_requests_total";
        writeln!(out, "# HELP {name} Requests answered.\n# TYPE {name} counter")?;
        for ((service, operation, status), count) in
            self.requests.lock().expect("nothing panics while counters are held").iter()
        {
            writeln!(
                out,
                "{name}{{service=\"{service}\",operation=\"{operation}\",status=\"{status}\"}} {count}"
            )?;
        }
        let name = "millrace_request_seconds";
        writeln!(
            out,
            "# HELP {name} From the head to the last byte of the answer.\n# TYPE {name} histogram"
        )?;
        for (service, histogram) in
            self.latencies.lock().expect("nothing panics while counters are held").iter()
        {
            let mut below = 0;
            for (edge, count) in EDGES_MICROS.iter().zip(histogram.buckets) {
                below += count;
                let edge = *edge as f64 / 1e6;
                writeln!(out, "{name}_bucket{{service=\"{service}\",le=\"{edge}\"}} {below}")?;
            }
            writeln!(out, "{name}_bucket{{service=\"{service}\",le=\"+Inf\"}} {}", histogram.count)?;
            writeln!(out, "{name}_sum{{service=\"{service}\"}} {}", histogram.sum_micros as f64 / 1e6)?;
            writeln!(out, "{name}_count{{service=\"{service}\"}} {}", histogram.count)?;
        }
        for (name, kind, help, value) in [
            ("millrace_connections", "gauge", "Connections open.", &self.connections),
            ("millrace_connections_total", "counter", "Connections accepted.", &self.connections_total),
            ("millrace_panics_total", "counter", "Handlers that panicked.", &self.panics),
            ("millrace_received_bytes_total", "counter", "Bytes of request payloads.", &self.bytes_in),
            ("millrace_sent_bytes_total", "counter", "Bytes of answer payloads.", &self.bytes_out),
        ] {
            let value = value.load(Ordering::Relaxed);
            writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_add_up_by_service_operation_and_status() {
        let metrics = Metrics::default();
        metrics.request("s3", "GetObject", 200, Duration::from_micros(300));
        metrics.request("s3", "GetObject", 200, Duration::from_secs(60));
        metrics.request("s3", "GetObject", 404, Duration::from_micros(100));
        let text = metrics.render();
        assert!(
            text.contains(
                "millrace_requests_total{service=\"s3\",operation=\"GetObject\",status=\"200\"} 2\n"
            )
        );
        assert!(
            text.contains(
                "millrace_requests_total{service=\"s3\",operation=\"GetObject\",status=\"404\"} 1\n"
            )
        );
        assert!(text.contains("millrace_request_seconds_bucket{service=\"s3\",le=\"0.0005\"} 2\n"));
        assert!(text.contains("millrace_request_seconds_bucket{service=\"s3\",le=\"+Inf\"} 3\n"));
        assert!(text.contains("\nmillrace_connections 0\n"));
    }
}
