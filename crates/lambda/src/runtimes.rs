//! Functions as child processes: interpreters, sandboxes, the Runtime API, warm environments. Knows no API of AWS but that one.
//!
//! ```text
//! pool          environments by plan: a warm one, or a new one; bounds; idle ones end
//!   environment one sandbox with its process: an event in, an answer out; time, memory, log
//!     api       the Runtime API it speaks, on a loopback port of its own
//!     extensions  programs beside the runtime
//!     helper    the process between: namespaces, mounts, limits; syscalls: what a function may not ask of the kernel
//! interpreters  what the machine has for a runtime
//! layout        what of the machine a sandbox sees
//! log           lines out of the pipe; what the function wrote last
//! ```
//! A [`Plan`] says all that an environment is made of. Two invocations of one plan may share an environment, one after the other; whatever
//! changes a function makes another plan.

pub mod api;
pub mod environment;
pub mod extensions;
pub mod helper;
pub mod interpreters;
pub mod layout;
pub mod log;
pub mod pool;
mod process;
mod syscalls;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use base::Timestamp;
use bytes::Bytes;
use tokio::sync::mpsc;

pub use environment::{Answer, Ended};
pub use pool::{Pool, Refused};

/// How functions are run (`--functions`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
    /// In sandboxes; refused where the machine cannot make any.
    #[default]
    Sandboxed,
    /// As processes with limits but with the server's own view of the machine: for machines without namespaces whose functions are one's own.
    Trusted,
    /// Not at all.
    Off,
}

/// Runs functions somewhere, somehow.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How.
    pub mode: Mode,
    /// The program that serves as helper ([`helper::helper`]).
    pub helper: PathBuf,
    /// A folder of our own for unpacked code and mount points. Nothing in it is needed after a restart.
    pub scratch: PathBuf,
    /// Invocations at the same time, over all functions.
    pub concurrency_max: usize,
    /// Folders to look for interpreters in, as in `PATH`.
    pub search: Vec<PathBuf>,
}

/// A folder that goes when nobody uses it any more.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Takes charge of this folder.
    pub fn new(path: PathBuf) -> Arc<Self> {
        Arc::new(Self { path })
    }

    /// Where it is.
    pub fn path(&self) -> &std::path::Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let path = std::mem::take(&mut self.path);
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn_blocking(move || std::fs::remove_dir_all(path))),
            Err(_) => drop(std::fs::remove_dir_all(path)),
        }
    }
}

/// All that an environment is made of.
#[derive(Debug)]
pub struct Plan {
    /// Tells plans apart: same number, same plan.
    pub id: u128,
    /// What it is a version of; environments of one group can be retired together.
    pub group: u128,
    /// The function's name, for messages.
    pub name: String,
    /// `python3.13`, `nodejs22.x`, `provided.al2023`.
    pub runtime: String,
    /// The unpacked code.
    pub code: Arc<Folder>,
    /// The unpacked layers, one over the other.
    pub layers: Option<Arc<Folder>>,
    /// The version, as its log lines and its environment say it.
    pub version: String,
    /// Variables that the function is given, beside those every function has.
    pub variables: BTreeMap<String, String>,
    /// Megabytes of memory.
    pub memory_mb: u32,
    /// Megabytes of `/tmp`.
    pub tmp_mb: u32,
    /// How long one invocation may take.
    pub timeout: Duration,
    /// Where its log goes.
    pub sink: Arc<dyn LogSink>,
}

/// Where a function's log goes.
pub trait LogSink: Send + Sync + std::fmt::Debug + 'static {
    /// Takes one line of the log of this environment (the log stream).
    fn line(&self, stream: &str, at: Timestamp, text: String);
}

/// A piece of an answer that is handed on while the function still writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// It begins: its content type, if the function says one.
    Head(Option<String>),
    /// It goes on.
    Bytes(Bytes),
}

/// One event for a function.
#[derive(Clone, Debug)]
pub struct Invocation {
    /// The request's id, which the function sees.
    pub request_id: String,
    /// The event.
    pub payload: Bytes,
    /// The ARN it was invoked by.
    pub arn: String,
    /// JSON of the client context, if there is one.
    pub client_context: Option<String>,
    /// `X-Amzn-Trace-Id`.
    pub trace_id: String,
    /// Who takes the answer piece by piece; the answer that is returned is empty then. It is closed when the answer is over, well or not.
    pub pieces: Option<mpsc::Sender<Piece>>,
}
