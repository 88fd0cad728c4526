//! `millrace tail` and `millrace replay`: clients of Kinesis over the wire, of this server or any other that speaks it.
//!
//! ```text
//! call       one signed call, tried again where that can help         sign    Signature Version 4
//! shards     which shards to read, and what follows a closed one      decode  what is in a record: GZIP, KPL aggregates, JSON
//! reader     one shard, page by page, over expired iterators          filter  which records are meant
//! tail       follows a stream                                         replay  puts a stretch of a stream into another, at its pace or faster
//! ```
//! They know nothing of the server they are built with: no data directory, no store. Whom they ask and as whom is said by options and by the
//! variables that AWS's tools read.

pub(crate) mod call;
mod decode;
mod filter;
mod options;
mod reader;
mod replay;
mod shards;
mod sign;
mod tail;

use std::process::ExitCode;

use base::Clock;
use clap::{ArgMatches, Command};
use service::Timer;

use crate::Failure;

/// The exit code of what was interrupted before it was done (128 and the number of SIGINT), as shells have it.
const INTERRUPTED: u8 = 130;

/// The two commands' descriptions.
pub(crate) fn commands() -> [Command; 2] {
    [tail::command(), replay::command()]
}

/// Runs `tail` or `replay`, if it is one of them.
pub(crate) fn run(name: &str, matches: &ArgMatches) -> Option<Result<ExitCode, Failure>> {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build();
    let timer = Timer::new(Clock::system(std::time::Duration::ZERO));
    let run = async {
        match name {
            "tail" => tail::run(matches, &timer).await,
            _ => replay::run(matches, &timer).await,
        }
    };
    matches!(name, "tail" | "replay").then(|| runtime()?.block_on(run))
}

/// Returns when the user or the system asks the process to end.
async fn interrupted() {
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
