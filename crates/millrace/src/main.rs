//! The binary: reads the settings, opens the store, wires the rooms to each other and to the door, serves, and stops in order.
//!
//! This is the only place that knows all rooms. It makes the handles everything else is given (clock, randomness, store, keys) and
//! holds no logic of any service. Tested end to end, as a process, by `conformance`.

mod banner;
mod cli;
mod client;
mod config_show;
mod keys;
mod log;
mod metrics;
mod offset;
mod operations;
mod rooms;
mod serve;
mod settings;
mod sinks;

use std::io::Write;
use std::process::ExitCode;

use cli::{Cli, Task};
use settings::Settings;
use settings::layers::{Gathered, Layers};

/// Bodies of a megabyte come and go thousands of times a second: the system's allocator gives their pages back and takes them again each time,
/// which cost a fifth of the CPU of PutRecords (docs/decisions/0002-dependencies.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Why the process ends without having done what it was asked to. Printed as one line; the exit code is 1.
type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> ExitCode {
    // Before anything else: what runs functions is this program again.
    if let Some(code) = lambda::helper() {
        return code;
    }
    match run() {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("millrace: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode, Failure> {
    let matches = cli::from_process();
    if let Some((name, inner)) = matches.subcommand()
        && let Some(done) = client::run(name, inner)
    {
        return done;
    }
    let cli = Cli::from_matches(&matches);
    let task = cli.task;
    let gathered = gather(cli)?;
    let settings = Settings::new(&gathered)?;
    match task {
        Task::Serve => serve::run(&settings, gathered.notes)?,
        Task::ConfigShow { origin } => {
            config_show::print(&gathered, origin, &mut std::io::stdout().lock())?;
        }
        Task::Operations => {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(operations::print(&settings, &mut std::io::stdout().lock()))?;
        }
        Task::KeysRotate => {
            let version = serve::rotate_keys(&settings)?;
            writeln!(
                std::io::stdout().lock(),
                "version {version} of the master key serves from the next start on"
            )?;
        }
        Task::Verify => return verify(&settings),
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads every stored byte against its checksum; exit code 1 if anything is damaged.
fn verify(settings: &Settings) -> Result<ExitCode, Failure> {
    let report = storage::verify_with(&settings.data, &settings.class_volumes)?;
    writeln!(std::io::stdout().lock(), "{report}")?;
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn gather(cli: Cli) -> Result<Gathered, Failure> {
    let environment = std::env::vars_os()
        .filter_map(|(name, text)| Some((name.into_string().ok()?, text.into_string().ok()?)))
        .collect();
    let working_dir = std::env::current_dir()?;
    Ok(Layers { flags: cli.flags, config: cli.config, environment, working_dir }.gather()?)
}
