//! The store's figures in Prometheus' text form, which the door appends to its own.

use std::fmt::Write;
use std::sync::Arc;

use door::MoreMetrics;
use storage::{Embedded, Stats};

/// Appends the figures of this store.
pub(crate) fn of_store(store: Arc<Embedded>) -> MoreMetrics {
    Box::new(move |out| render(&store.stats(), out))
}

fn render(stats: &Stats, out: &mut String) {
    let counters = [
        ("commits_total", "Commits that succeeded", stats.commits),
        ("commits_refused_total", "Commits that were refused", stats.refused),
        ("journal_syncs_total", "Syncs of the journal: one a frame", stats.syncs),
        ("journal_syncs_failed_total", "Syncs of the journal that failed", stats.syncs_failed),
        ("journal_bytes_total", "Bytes of frames, padding included", stats.journal_bytes),
        (
            "journal_micros_total",
            "Microseconds spent in writes and syncs of the journal",
            stats.journal_micros,
        ),
        ("folds_total", "Folds of the memtable into the index", stats.folds),
        ("corrupt_reads_total", "Stored bytes that failed their checksum when read", stats.corrupt_reads),
    ];
    let gauges = [
        ("memtable_rows", "Rows in the memtable", stats.memtable_rows),
        ("journal_segments", "Journal segments in use", stats.segments),
        ("journal_spares", "Journal segments that lie ready", stats.spares),
        ("commits_parked", "Commits that wait because the mover or a fold has fallen behind", stats.parked),
        ("logs_in_memory", "Logs whose ends are in memory", stats.logs),
        ("index_bytes", "Bytes of the index on disk", stats.index_bytes),
        ("disk_free_bytes", "Free bytes of the disk", stats.free_bytes),
        ("journal_failed", "1 once the journal has failed for good", u64::from(stats.failed)),
    ];
    for (kind, figures) in [("counter", &counters[..]), ("gauge", &gauges[..])] {
        for (name, help, value) in figures {
            let name = format!("millrace_storage_{name}");
            writeln!(out, "# HELP {name} {help}.\n# TYPE {name} {kind}\n{name} {value}")
                .expect("a String takes all that is written");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_its_help_and_kind() {
        let mut out = String::new();
        render(&Stats { commits: 7, failed: true, ..Stats::default() }, &mut out);
        assert!(
            out.contains("# TYPE millrace_storage_commits_total counter\nmillrace_storage_commits_total 7\n")
        );
        assert!(
            out.contains("# TYPE millrace_storage_journal_failed gauge\nmillrace_storage_journal_failed 1\n")
        );
    }
}
