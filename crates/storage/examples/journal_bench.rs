//! Prints the journal's figures: `cargo run --release -p storage --example journal_bench [DIR] [SECONDS [PART | MIB]]`. A part is one of
//! `batches`, `sustained`, `singles`. With a number of MiB it measures instead how long a directory of that size takes to open.

use std::path::PathBuf;
use std::time::Duration;

use storage::bench::Part;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let dir = arguments.next().map_or_else(|| PathBuf::from("."), PathBuf::from);
    let seconds = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(5.0);
    let time = Duration::from_secs_f64(seconds);
    let last = arguments.next().unwrap_or_default();
    let figures = match (last.parse::<u64>(), Part::named(&last)) {
        (Ok(mebibytes), _) => storage::bench::opening(&dir, mebibytes << 20),
        (Err(_), Some(part)) => storage::bench::run(&dir, time, &[part]),
        (Err(_), None) => storage::bench::run(&dir, time, &Part::ALL),
    };
    for figure in figures {
        let target = figure.target.map_or(String::new(), |target| {
            format!("  (target {target}: {})", if figure.holds() { "holds" } else { "MISSED" })
        });
        println!("{:<66} {:>12.2} {}{target}", figure.name, figure.value, figure.unit);
    }
}
