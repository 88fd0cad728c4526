//! One environment: a sandbox, the runtime in it, and one event after the other.

use std::collections::BTreeMap;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use base::{Clock, Random};
use bytes::Bytes;
use tokio::io::AsyncReadExt;
use tokio::time::{Instant, MissedTickBehavior};

use super::api::{ANSWER_BYTES_MAX, Api, Report};
use super::extensions::About;
use super::helper::{BROKEN, COMPLAINT, EXTENSION_FAILED, Spec};
use super::interpreters::{Family, Interpreter};
use super::layout::Layout;
use super::log::Lines;
use super::process::{Below, Process};
use super::{Folder, Invocation, Mode, Plan};

/// How long a runtime may take to start before the function's own time runs (facts section 4.4).
const INIT_TIME_MAX: Duration = Duration::from_secs(10);
/// How long extensions have for the end (AWS: two seconds).
const END_TIME_MAX: Duration = Duration::from_secs(2);
/// How often the memory of a busy function is looked at.
const MEMORY_EVERY: Duration = Duration::from_millis(50);
/// Open files, processes (facts section 4.4).
const FILES_MAX: u64 = 1_024;
const PROCESSES_MAX: u64 = 742;
/// What a runtime's reservations may come to beyond the function's memory: they are not in memory, but a limit of addresses counts them.
const RESERVED_BYTES: u64 = 2 << 30;
/// What is read of the log at once.
const LOG_PIECE_BYTES: usize = 16 << 10;
const MIB: u64 = 1 << 20;

/// What came of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What the function returned, or JSON of what went wrong.
    pub payload: Bytes,
    /// How it ended.
    pub ended: Ended,
    /// The end of its log.
    pub tail: Vec<u8>,
    /// How long it took, without the start of its runtime.
    pub duration: Duration,
}

/// How an invocation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The function returned.
    Returned,
    /// It failed, and its environment is as good as before.
    Failed,
    /// Its environment is gone: it took too long, too much memory, or its process ended.
    Died,
}

/// Why there is no environment.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The machine did not do what is needed.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// The function has nothing that could be started; JSON of that, but for the request's id.
    #[error("couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]")]
    NoBootstrap,
}

/// What the pool gives to start an environment.
pub(super) struct Ground<'a> {
    pub mode: Mode,
    pub helper: &'a Path,
    pub interpreter: Interpreter,
    pub system: &'a Layout,
    /// Our bootstraps.
    pub runtime_dir: &'a Path,
    /// An empty folder.
    pub root: Arc<Folder>,
    pub user: Option<u32>,
    pub first_process: u32,
    pub stream: String,
    pub clock: Clock,
    pub random: Random,
}

/// One environment.
pub(super) struct Environment {
    pub plan: Arc<Plan>,
    api: Api,
    process: Process,
    lines: Lines,
    stream: String,
    clock: Clock,
    began: Instant,
    /// How long its runtime took to start, once it has.
    init: Option<Duration>,
    /// The start has been told in a REPORT line.
    told_init: bool,
    memory_max: u64,
    // After the process, in this order: what it sees goes when it has gone.
    _root: Arc<Folder>,
}

/// What happened first.
enum Event {
    Report(Option<Report>),
    Ended(i32),
    Log(usize),
    Tick,
    Late,
}

impl Environment {
    /// Starts the runtime. It says that it is ready by asking for its first event.
    pub async fn start(plan: Arc<Plan>, ground: Ground<'_>) -> Result<Self, StartError> {
        let gate = Arc::new(Below::default());
        let extensions = extensions(plan.layers.as_deref());
        let about = About {
            name: plan.name.clone(),
            version: plan.version.clone(),
            handler: plan.variables.get("_HANDLER").cloned().unwrap_or_default(),
            extensions: extensions.clone(),
        };
        let api = Api::start(gate.clone(), about, ground.random.clone()).await?;
        let began = Instant::now();
        let spec = spec(&plan, &ground, &api.address().to_string(), &extensions)?;
        let helper = ground.helper.to_owned();
        let started = tokio::task::spawn_blocking(move || gate.start(&helper, &spec)).await;
        let process = started.map_err(io::Error::other)??;
        Ok(Self {
            plan,
            api,
            process,
            lines: Lines::default(),
            stream: ground.stream,
            clock: ground.clock,
            began,
            init: None,
            told_init: false,
            memory_max: 0,
            _root: ground.root,
        })
    }

    /// The bytes it may use, its helper's process id, and whether that makes a sandbox.
    pub fn helper(&self) -> (u64, u32, bool) {
        (u64::from(self.plan.memory_mb) * MIB, self.process.id(), self.process.sandboxed)
    }

    /// Whether extensions run beside its runtime.
    pub fn is_extended(&self) -> bool {
        self.process.extended
    }

    /// Whether its process still runs.
    pub fn is_alive(&mut self) -> bool {
        self.process.is_alive()
    }

    /// Runs one event. `Err`: the sandbox could not be made, and why.
    pub async fn invoke(&mut self, invocation: Invocation) -> Result<Answer, String> {
        let request_id = invocation.request_id.clone();
        self.lines.begin();
        self.memory_max = 0;
        // A runtime that is still starting has its own time for that first.
        let begun = Instant::now();
        let mut deadline = match self.init {
            Some(_) => begun + self.plan.timeout,
            None => begun + INIT_TIME_MAX + self.plan.timeout,
        };
        let mut taken = self.init.is_some().then_some(begun);
        let mut logged_start = false;
        if taken.is_some() {
            self.log_start(&request_id);
            logged_start = true;
        }
        self.api.offer(invocation, self.deadline_ms(deadline));
        let mut ticks = tokio::time::interval(MEMORY_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ticks.reset();
        let mut piece = vec![0; LOG_PIECE_BYTES];
        let (payload, ended) = loop {
            let event = self.next_event(deadline, &mut ticks, &mut piece).await;
            match event {
                Event::Log(count) => self.take_log(&piece, count),
                Event::Tick => {
                    let memory = self.process.memory();
                    self.memory_max = self.memory_max.max(memory.resident);
                    if memory.private > u64::from(self.plan.memory_mb) * MIB {
                        break (
                            died(
                                &request_id,
                                "Runtime.OutOfMemory",
                                "Runtime exited with error: signal: killed",
                            ),
                            Ended::Died,
                        );
                    }
                }
                Event::Late => {
                    let text = format!("Task timed out after {:.2} seconds", self.plan.timeout.as_secs_f64());
                    self.drain_log(&mut piece);
                    let at = base_iso(self.clock.now());
                    self.own_line(&format!("{at} {request_id} {text}\n"));
                    break (died(&request_id, "Sandbox.Timedout", &text), Ended::Died);
                }
                Event::Ended(code) => {
                    self.drain_log(&mut piece);
                    if code == i32::from(BROKEN)
                        && let Some(complaint) = self.complaint()
                    {
                        return Err(complaint);
                    }
                    let is_extension = code == i32::from(EXTENSION_FAILED);
                    let kind = if is_extension { "Extension.Crash" } else { "Runtime.ExitError" };
                    let text = if is_extension { "an extension ended".to_owned() } else { exit_text(code) };
                    break (died(&request_id, kind, &text), Ended::Died);
                }
                Event::Report(report) => {
                    match report {
                        Some(Report::Ready) => {
                            self.init = Some(self.began.elapsed());
                            self.drain_log(&mut piece);
                            deadline = Instant::now() + self.plan.timeout;
                        }
                        Some(Report::Taken) => {
                            if !std::mem::replace(&mut logged_start, true) {
                                self.drain_log(&mut piece);
                                self.log_start(&request_id);
                                taken = Some(Instant::now());
                            }
                        }
                        Some(Report::Response { request_id: id, body }) if id == request_id => {
                            let text = if body.is_empty() { Bytes::from_static(b"null") } else { body };
                            break (text, Ended::Returned);
                        }
                        Some(Report::TooLarge { request_id: id }) if id == request_id => {
                            break (too_large(), Ended::Failed);
                        }
                        Some(Report::Error { request_id: id, body, kind }) if id == request_id => {
                            break (error_body(body, kind), Ended::Failed);
                        }
                        Some(Report::InitError { body, kind }) => {
                            break (error_body(body, kind), Ended::Died);
                        }
                        // Of an event that is over.
                        Some(Report::Response { .. } | Report::TooLarge { .. } | Report::Error { .. }) => {}
                        None => break (died(&request_id, "Runtime.ExitError", &exit_text(0)), Ended::Died),
                    }
                }
            }
        };
        let duration = taken.unwrap_or(begun).elapsed();
        self.drain_log(&mut piece);
        if !logged_start {
            self.log_start(&request_id);
        }
        if ended != Ended::Died {
            self.memory_max = self.memory_max.max(self.process.peak());
        }
        self.log_end(&request_id, duration);
        Ok(Answer { payload, ended, tail: self.lines.tail(), duration })
    }

    /// Tells extensions that it is over, and gives them a moment.
    pub async fn end(mut self, reason: &str) {
        let deadline = self.clock.wall().plus(END_TIME_MAX);
        if !self.api.shutdown(reason, u64::try_from(deadline.as_millis()).unwrap_or(0)) {
            return;
        }
        let mut piece = vec![0; LOG_PIECE_BYTES];
        let ended = async {
            // What is still said goes to the log; its end is that of the last process.
            while let Ok(count @ 1..) = self.process.log.read(&mut piece).await {
                let (plan, stream, now) = (&self.plan, &self.stream, self.clock.now());
                self.lines.take(&piece[..count], |line| plan.sink.line(stream, now, line));
            }
        };
        let _ = tokio::time::timeout(END_TIME_MAX, ended).await;
    }

    async fn next_event(
        &mut self,
        deadline: Instant,
        ticks: &mut tokio::time::Interval,
        piece: &mut [u8],
    ) -> Event {
        let log = &mut self.process.log;
        let first = async {
            tokio::select! {
                biased;
                report = self.api.report() => Event::Report(report),
                read = log.read(piece) => Event::Log(read.unwrap_or(0)),
                _ = ticks.tick() => Event::Tick,
            }
        };
        match tokio::time::timeout_at(deadline, first).await {
            // Nobody holds the log any more: the process has ended.
            Ok(Event::Log(0)) => {
                let waited = tokio::time::timeout_at(deadline, self.process.wait()).await;
                waited.map_or(Event::Late, Event::Ended)
            }
            Ok(event) => event,
            Err(_) => Event::Late,
        }
    }

    /// The deadline as the runtime is told it: by the wall clock, which the function shares.
    fn deadline_ms(&self, deadline: Instant) -> u64 {
        let left = deadline.saturating_duration_since(Instant::now());
        let at = self.clock.wall().plus(left.min(self.plan.timeout));
        u64::try_from(at.as_millis()).unwrap_or(0)
    }

    fn take_log(&mut self, piece: &[u8], count: usize) {
        let bytes = &piece[..count];
        let (plan, stream, now) = (&self.plan, &self.stream, self.clock.now());
        self.lines.take(bytes, |line| plan.sink.line(stream, now, line));
    }

    /// Takes what stands in the pipe.
    fn drain_log(&mut self, piece: &mut [u8]) {
        /// Pieces: a process that goes on writing must not hold up the answer.
        const PIECES_MAX: usize = 64;
        for _ in 0..PIECES_MAX {
            match self.process.log.try_read(piece) {
                Ok(count) if count > 0 => self.take_log(piece, count),
                Ok(_) | Err(_) => break,
            }
        }
        let (plan, stream, now) = (&self.plan, &self.stream, self.clock.now());
        self.lines.finish(|line| plan.sink.line(stream, now, line));
    }

    fn own_line(&mut self, text: &str) {
        self.lines.own(text.trim_end_matches('\n'));
        self.plan.sink.line(&self.stream, self.clock.now(), text.to_owned());
    }

    fn log_start(&mut self, request_id: &str) {
        let text = format!("START RequestId: {request_id} Version: {}\n", self.plan.version);
        self.own_line(&text);
    }

    fn log_end(&mut self, request_id: &str, duration: Duration) {
        self.own_line(&format!("END RequestId: {request_id}\n"));
        let millis = duration.as_secs_f64() * 1_000.0;
        let init = self.init.filter(|_| !std::mem::replace(&mut self.told_init, true));
        let billed = (millis + init.map_or(0.0, |init| init.as_secs_f64() * 1_000.0)).ceil();
        let used = self.memory_max.div_ceil(MIB).max(1);
        let mut text = format!(
            "REPORT RequestId: {request_id}\tDuration: {millis:.2} ms\tBilled Duration: {billed:.0} ms\tMemory Size: {} MB\tMax Memory Used: {used} MB\t",
            self.plan.memory_mb
        );
        if let Some(init) = init {
            text.push_str(&format!("Init Duration: {:.2} ms\t", init.as_secs_f64() * 1_000.0));
        }
        text.push('\n');
        self.own_line(&text);
    }

    /// What the helper said on its way out.
    fn complaint(&self) -> Option<String> {
        let tail = String::from_utf8_lossy(&self.lines.tail()).into_owned();
        tail.lines().find_map(|line| line.strip_prefix(COMPLAINT)).map(str::to_owned)
    }
}

fn base_iso(at: base::Timestamp) -> String {
    wire::time::iso(at, wire::time::Precision::Millis)
}

/// JSON of an end that the runtime itself could not tell.
fn died(request_id: &str, kind: &str, text: &str) -> Bytes {
    let message = format!("RequestId: {request_id} Error: {text}");
    Bytes::from(format!("{{\"errorType\":{},\"errorMessage\":{}}}", quoted(kind), quoted(&message)))
}

/// The same for what could not be started at all.
pub(super) fn invalid_entrypoint(request_id: &str) -> Bytes {
    died(
        request_id,
        "Runtime.InvalidEntrypoint",
        "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]",
    )
}

fn too_large() -> Bytes {
    let text =
        format!("Response payload size exceeded maximum allowed payload size ({ANSWER_BYTES_MAX} bytes).");
    Bytes::from(format!(
        "{{\"errorType\":\"Function.ResponseSizeTooLarge\",\"errorMessage\":{}}}",
        quoted(&text)
    ))
}

/// An error's body goes to the caller as it is; one without a body is told by its kind.
fn error_body(body: Bytes, kind: Option<String>) -> Bytes {
    if !body.is_empty() {
        return body;
    }
    Bytes::from(format!("{{\"errorType\":{}}}", quoted(kind.as_deref().unwrap_or("Runtime.Unknown"))))
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn exit_text(code: i32) -> String {
    match code {
        0 => "Runtime exited without providing a reason".to_owned(),
        129..=159 => format!("Runtime exited with error: signal: {}", signal_name(code - 128)),
        code => format!("Runtime exited with error: exit status {code}"),
    }
}

/// A signal as Go's library, which AWS's text comes from, calls it.
fn signal_name(signal: i32) -> String {
    let name = match signal {
        1 => "hangup",
        2 => "interrupt",
        3 => "quit",
        4 => "illegal instruction",
        6 => "aborted",
        7 => "bus error",
        8 => "floating point exception",
        9 => "killed",
        11 => "segmentation fault",
        13 => "broken pipe",
        15 => "terminated",
        24 => "CPU time limit exceeded",
        25 => "file size limit exceeded",
        31 => "bad system call",
        other => return format!("signal {other}"),
    };
    name.to_owned()
}

/// Where things are: as on AWS in a sandbox, where they lie without one.
struct Places {
    task: String,
    runtime: String,
    layers: String,
    tmp: PathBuf,
}

/// The names of the programs in `/opt/extensions`, in their order.
fn extensions(layers: Option<&Folder>) -> Vec<String> {
    let Some(layers) = layers else { return Vec::new() };
    let Ok(folder) = std::fs::read_dir(layers.path().join("extensions")) else { return Vec::new() };
    let is_program = |entry: &std::fs::DirEntry| {
        entry.path().metadata().is_ok_and(|kind| kind.is_file() && kind.permissions().mode() & 0o111 != 0)
    };
    let mut names: Vec<String> = folder
        .flatten()
        .filter(is_program)
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

fn spec(plan: &Plan, ground: &Ground<'_>, api: &str, extensions: &[String]) -> Result<Spec, StartError> {
    let sandboxed = ground.mode == Mode::Sandboxed;
    let text = |path: &Path| path.display().to_string();
    let places = if sandboxed {
        let (task, runtime, layers) = ("/var/task".to_owned(), "/var/runtime".to_owned(), "/opt".to_owned());
        Places { task, runtime, layers, tmp: PathBuf::from("/tmp") }
    } else {
        let layers =
            plan.layers.as_ref().map_or_else(|| "/nonexistent".to_owned(), |folder| text(folder.path()));
        let (task, runtime) = (text(plan.code.path()), text(ground.runtime_dir));
        Places { task, runtime, layers, tmp: ground.root.path().to_owned() }
    };
    let mut layout = Layout::default();
    if sandboxed {
        layout = ground.system.clone();
        for folder in &ground.interpreter.folders {
            layout.show(folder);
        }
        layout.show_at(plan.code.path(), "/var/task");
        layout.show_at(ground.runtime_dir, "/var/runtime");
        if let Some(layers) = &plan.layers {
            layout.binds.retain(|(_, to)| !to.starts_with("/opt"));
            layout.show_at(layers.path(), "/opt");
        }
    }
    let program = program(plan, &ground.interpreter, &places)?;
    let environment = variables(plan, &ground.interpreter, &places, api, &ground.stream);
    let tmp_bytes = u64::from(plan.tmp_mb) * MIB;
    Ok(Spec {
        sandboxed,
        root: ground.root.path().to_owned(),
        binds: layout.binds,
        links: layout.links,
        tmp_bytes,
        first_process: ground.first_process,
        user: ground.user,
        program,
        extensions: extensions.iter().map(|name| format!("{}/extensions/{name}", places.layers)).collect(),
        environment: environment.into_iter().collect(),
        working_dir: PathBuf::from(&places.task),
        files_max: FILES_MAX,
        processes_max: PROCESSES_MAX,
        data_bytes_max: u64::from(plan.memory_mb) * MIB + RESERVED_BYTES,
        // In a sandbox there is nothing to be written to but that.
        file_bytes_max: if sandboxed { u64::MAX } else { tmp_bytes },
    })
}

fn program(plan: &Plan, interpreter: &Interpreter, places: &Places) -> Result<Vec<String>, StartError> {
    let executable = interpreter.program.display().to_string();
    let plain = match interpreter.family {
        Family::Python => vec![executable, format!("{}/bootstrap.py", places.runtime)],
        Family::Node => {
            // Nine tenths of the memory are the heap's, as on AWS.
            let heap = plan.memory_mb - plan.memory_mb / 10;
            vec![
                executable,
                format!("--max-old-space-size={heap}"),
                format!("{}/bootstrap.cjs", places.runtime),
            ]
        }
        Family::Provided => {
            let is_there = |folder: &Path| folder.join("bootstrap").is_file();
            if is_there(plan.code.path()) {
                return Ok(vec![format!("{}/bootstrap", places.task)]);
            }
            if plan.layers.as_ref().is_some_and(|layers| is_there(layers.path())) {
                return Ok(vec![format!("{}/bootstrap", places.layers)]);
            }
            return Err(StartError::NoBootstrap);
        }
    };
    match plan.variables.get("AWS_LAMBDA_EXEC_WRAPPER") {
        Some(wrapper) => Ok([vec![wrapper.clone()], plain].concat()),
        None => Ok(plain),
    }
}

/// All variables (facts section 4.4): those of the plan win where a function may set them.
fn variables(
    plan: &Plan,
    interpreter: &Interpreter,
    places: &Places,
    api: &str,
    stream: &str,
) -> BTreeMap<String, String> {
    let Places { task, runtime, layers, tmp } = places;
    let mut all = BTreeMap::new();
    let mut set = |name: &str, value: String| drop(all.insert(name.to_owned(), value));
    set("TZ", ":UTC".to_owned());
    set("LANG", "en_US.UTF-8".to_owned());
    let programs = interpreter.program.parent().filter(|folder| folder.is_absolute());
    let programs = programs.map(|folder| format!("{}:", folder.display())).unwrap_or_default();
    set("PATH", format!("{programs}/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:{layers}/bin"));
    set("LD_LIBRARY_PATH", format!("{runtime}:{runtime}/lib:{task}:{task}/lib:{layers}/lib"));
    match interpreter.family {
        Family::Python => {
            let version = &interpreter.version;
            set(
                "PYTHONPATH",
                format!("{layers}/python/lib/python{version}/site-packages:{layers}/python:{runtime}"),
            );
        }
        Family::Node => {
            let major = interpreter.version.split('.').next().unwrap_or_default();
            let versioned = format!("{layers}/nodejs/node{major}/node_modules");
            set(
                "NODE_PATH",
                format!("{versioned}:{layers}/nodejs/node_modules:{runtime}/node_modules:{runtime}:{task}"),
            );
        }
        Family::Provided => {}
    }
    if tmp != Path::new("/tmp") {
        set("TMPDIR", tmp.display().to_string());
    }
    all.extend(plan.variables.clone());
    let mut set = |name: &str, value: String| drop(all.insert(name.to_owned(), value));
    set("AWS_LAMBDA_RUNTIME_API", api.to_owned());
    set("AWS_LAMBDA_LOG_STREAM_NAME", stream.to_owned());
    set("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand".to_owned());
    set("LAMBDA_TASK_ROOT", task.clone());
    set("LAMBDA_RUNTIME_DIR", runtime.clone());
    set("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR".to_owned());
    if interpreter.family != Family::Provided {
        set("AWS_EXECUTION_ENV", format!("AWS_Lambda_{}", plan.runtime));
    }
    all
}
