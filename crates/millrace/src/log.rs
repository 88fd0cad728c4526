//! Log lines, to standard error: standard output is for the banner.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::settings::{LogFormat, Settings};

/// From now on what is logged is printed.
pub(crate) fn start(settings: &Settings) {
    let filter =
        EnvFilter::builder().parse(&settings.log_level).expect("`Settings` took the filter, so it parses");
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    match settings.log {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().flatten_event(true).init(),
    }
}
