//! Prints the journal's figures: `cargo run --release -p storage --example journal_bench [DIR] [SECONDS [MIB]]`. With a number of
//! MiB it measures instead how long a directory of that size takes to open.

use std::path::PathBuf;
use std::time::Duration;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let dir = arguments.next().map_or_else(|| PathBuf::from("."), PathBuf::from);
    let seconds = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(5.0);
    let figures = match arguments.next().and_then(|text| text.parse::<u64>().ok()) {
        Some(mebibytes) => storage::bench::opening(&dir, mebibytes << 20),
        None => storage::bench::run(&dir, Duration::from_secs_f64(seconds)),
    };
    for figure in figures {
        let target = figure.target.map_or(String::new(), |target| {
            format!("  (target {target}: {})", if figure.holds() { "holds" } else { "MISSED" })
        });
        println!("{:<55} {:>12.2} {}{target}", figure.name, figure.value, figure.unit);
    }
}
