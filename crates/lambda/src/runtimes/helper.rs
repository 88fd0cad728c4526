//! What stands between the server and a function: a process that makes the sandbox, starts the function in it, and ends with it.
//!
//! The server starts itself again under [`MARK`], so that nothing is forked out of a process with threads and no unsafe code is needed:
//!
//! ```text
//! server ── pipe (the life line) ──► outer: new namespaces         ── fork ──► inner: process 1 of them: mounts, limits, no privileges
//!            one line of JSON,          when the life line ends,                      └─► the function's runtime, and whatever it starts
//!            then nothing, for          outer ends, and the kernel
//!            as long as it lives        kills inner and all below
//! ```
//!
//! A process id namespace dies with its first process, so nothing a function forks, however deep, outlives its sandbox; and since the life line
//! ends with the server in any way that can end, `kill -9` of the server leaves nothing behind either.
//!
//! Within: the interpreter's folders, the code at `/var/task`, layers at `/opt` and our bootstrap at `/var/runtime`, all read-only; a `/tmp` in
//! memory with the size asked for; no capabilities, no new privileges, no system calls that a function has no use for, bounded files and processes. As root the function gets a user id of its
//! own, that nobody else has; otherwise all is done in a user namespace. The network is the machine's, as functions are to call services.
//!
//! A trusted function (`--functions trusted`) gets limits only; outer then adopts what the function leaves behind and kills it.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};

use rustix::event::{PollFd, PollFlags};
use rustix::mount::{MountFlags, MountPropagationFlags, UnmountFlags};
use rustix::process::{Pid, PidfdFlags, Resource, Rlimit, Signal, WaitOptions};
use rustix::thread::UnshareFlags;
use serde::{Deserialize, Serialize};

/// The first argument of a process that is a helper.
pub const MARK: &str = "function-environment";
/// The exit code of a helper that could not make the sandbox; what it says on its way out begins with [`COMPLAINT`].
pub const BROKEN: u8 = 71;
/// The exit code of a helper one of whose extensions has failed.
pub const EXTENSION_FAILED: u8 = 72;
/// How a helper's last words begin.
pub const COMPLAINT: &str = "millrace: the sandbox could not be made: ";

/// Bytes of the description of a sandbox: environment variables have 4 KiB, the rest is paths.
const SPEC_BYTES_MAX: usize = 1 << 20;
/// Bytes of the file system that holds mount points alone.
const ROOT_BYTES: u64 = 1 << 20;

/// What a sandbox is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spec {
    /// In namespaces of its own; else with limits only.
    pub sandboxed: bool,
    /// An empty folder, over which the new root is mounted.
    pub root: PathBuf,
    /// Files and folders of the machine that are seen in it, read-only: where they are, and where they are seen.
    pub binds: Vec<(PathBuf, PathBuf)>,
    /// Symbolic links in it, and what they point to.
    pub links: Vec<(PathBuf, PathBuf)>,
    /// Bytes of its `/tmp`.
    pub tmp_bytes: u64,
    /// The number of its first process, about: two environments' processes have other numbers then, which is what programs rely on that make names
    /// of them.
    pub first_process: u32,
    /// The user and group the function runs as, if the server is root.
    pub user: Option<u32>,
    /// The program and its arguments.
    pub program: Vec<String>,
    /// Programs that are started before it, as its extensions: each is a path.
    pub extensions: Vec<String>,
    /// Its environment, all of it.
    pub environment: Vec<(String, String)>,
    /// Where it starts.
    pub working_dir: PathBuf,
    /// Open files.
    pub files_max: u64,
    /// Processes and threads.
    pub processes_max: u64,
    /// Bytes of private memory of one process.
    pub data_bytes_max: u64,
    /// Bytes of one file.
    pub file_bytes_max: u64,
}

/// Serves as a helper if this process was started as one; `None` otherwise. To be asked before anything else, above all before threads.
pub fn helper() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().as_deref() != Some(OsStr::new(MARK)) {
        return None;
    }
    let stage = arguments.next().unwrap_or_default();
    let done = match stage.to_str() {
        Some("outer") => outer(),
        Some("inner") => inner(),
        Some("exec") => exec(),
        Some(_) | None => Err(io::Error::other("no such stage")),
    };
    Some(done.unwrap_or_else(|error| {
        eprintln!("{COMPLAINT}{error}");
        ExitCode::from(BROKEN)
    }))
}

fn context<T, E: Into<io::Error>>(done: Result<T, E>, what: impl FnOnce() -> String) -> io::Result<T> {
    done.map_err(|error| {
        let error = error.into();
        io::Error::new(error.kind(), format!("{}: {error}", what()))
    })
}

/// Reads the first line, byte by byte, so that nothing after it is taken.
fn read_spec(from: &mut impl Read) -> io::Result<(Spec, Vec<u8>)> {
    let mut line = Vec::new();
    let mut byte = [0];
    while line.len() < SPEC_BYTES_MAX {
        from.read_exact(&mut byte)?;
        if byte[0] == b'\n' {
            let spec = serde_json::from_slice(&line).map_err(io::Error::other)?;
            return Ok((spec, line));
        }
        line.push(byte[0]);
    }
    Err(io::Error::other("its description is too long"))
}

fn outer() -> io::Result<ExitCode> {
    let mut lifeline = io::stdin().lock();
    let (spec, mut line) = read_spec(&mut lifeline)?;
    drop(lifeline);
    let mut child = if spec.sandboxed {
        unshare()?;
        line.push(b'\n');
        start("inner", &line)?
    } else {
        rustix::process::set_child_subreaper(Some(rustix::process::getpid()))?;
        line.push(b'\n');
        start("exec", &line)?
    };
    let ended = wait_or_lose(&mut child)?;
    if !spec.sandboxed {
        kill_descendants();
    }
    // What is left of a sandbox the kernel kills when this process ends.
    Ok(ExitCode::from(ended.map_or(128 + 9, code_of)))
}

/// Waits for the child to end; `None` if the life line ended first. Without a thread: a process that has asked for a namespace of process ids cannot
/// start any.
fn wait_or_lose(child: &mut Child) -> io::Result<Option<ExitStatus>> {
    let ended = rustix::process::pidfd_open(Pid::from_child(child), PidfdFlags::empty())?;
    let lifeline = io::stdin();
    loop {
        let mut watched = [PollFd::new(&ended, PollFlags::IN), PollFd::new(&lifeline, PollFlags::IN)];
        match rustix::event::poll(&mut watched, None) {
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => continue,
            Err(error) => return Err(error.into()),
        }
        let [child_ended, line_ended] = watched.map(|one| !one.revents().is_empty());
        if child_ended {
            return child.wait().map(Some);
        }
        // Nothing is ever written to it after the description: to be readable is to have ended.
        if line_ended && lifeline.lock().read(&mut [0; 64])? == 0 {
            return Ok(None);
        }
    }
}

/// New namespaces for what is forked from now on; with one of users if we are not root.
#[expect(deprecated, reason = "unsound only for the table of open files, which is not asked for")]
fn unshare() -> io::Result<()> {
    let user = rustix::process::geteuid();
    let group = rustix::process::getegid();
    let mut flags = UnshareFlags::NEWNS | UnshareFlags::NEWPID | UnshareFlags::NEWIPC | UnshareFlags::NEWUTS;
    if !user.is_root() {
        flags |= UnshareFlags::NEWUSER;
    }
    context(rustix::thread::unshare(flags), || "namespaces are refused".to_owned())?;
    if !user.is_root() {
        write("/proc/self/setgroups", "deny")?;
        write("/proc/self/uid_map", &format!("0 {} 1", user.as_raw()))?;
        write("/proc/self/gid_map", &format!("0 {} 1", group.as_raw()))?;
    }
    Ok(())
}

fn write(path: &str, text: &str) -> io::Result<()> {
    let written =
        fs::OpenOptions::new().write(true).open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    context(written, || path.to_owned())
}

/// Starts this program again for another stage, and gives it the description.
fn start(stage: &str, line: &[u8]) -> io::Result<Child> {
    let mut command = Command::new("/proc/self/exe");
    command.arg0("millrace-function").args([MARK, stage]).stdin(Stdio::piped());
    let mut child = context(command.spawn(), || format!("stage {stage}"))?;
    let mut pipe = child.stdin.take().expect("it was asked for");
    context(pipe.write_all(line), || format!("stage {stage}"))?;
    Ok(child)
}

/// A process's end as a shell tells it.
fn code_of(status: ExitStatus) -> u8 {
    let code = status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or(9));
    u8::try_from(code & 0xff).unwrap_or(u8::MAX)
}

fn die_with_parent() -> io::Result<()> {
    Ok(rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?)
}

fn inner() -> io::Result<ExitCode> {
    die_with_parent()?;
    let (spec, _) = read_spec(&mut io::stdin().lock())?;
    build_root(&spec)?;
    // A machine that does not let this be set (a container's) has all begin at 2.
    let _ = write("/proc/sys/kernel/ns_last_pid", &spec.first_process.to_string());
    limit(&spec)?;
    drop_privileges()?;
    context(super::syscalls::refuse(), || "system calls".to_owned())?;
    let extensions = start_extensions(&spec)?;
    let child =
        context(command(&spec, &spec.program).spawn(), || spec.program.first().cloned().unwrap_or_default())?;
    let pid = Pid::from_child(&child);
    // As the first process of its namespace it takes in what others leave behind.
    loop {
        match rustix::process::wait(WaitOptions::empty()) {
            Ok(Some((ended, status))) if ended == pid => {
                return Ok(ExitCode::from(code_of(ExitStatus::from_raw(status.as_raw()))));
            }
            Ok(Some((ended, status))) if status.as_raw() != 0 && extensions.contains(&ended) => {
                return Ok(ExitCode::from(EXTENSION_FAILED));
            }
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

fn exec() -> io::Result<ExitCode> {
    die_with_parent()?;
    let (spec, _) = read_spec(&mut io::stdin().lock())?;
    limit(&spec)?;
    rustix::thread::set_no_new_privs(true)?;
    start_extensions(&spec)?;
    Err(command(&spec, &spec.program).exec())
}

/// Starts what runs beside the function.
fn start_extensions(spec: &Spec) -> io::Result<Vec<Pid>> {
    let start = |program: &String| {
        let started = command(spec, std::slice::from_ref(program)).spawn();
        context(started, || program.clone()).map(|child| Pid::from_child(&child))
    };
    spec.extensions.iter().map(start).collect()
}

fn command(spec: &Spec, program: &[String]) -> Command {
    let mut command = Command::new(program.first().map(String::as_str).unwrap_or_default());
    command.args(program.iter().skip(1)).env_clear().envs(spec.environment.iter().cloned());
    command.current_dir(&spec.working_dir).stdin(Stdio::null());
    if let Some(user) = spec.user {
        command.uid(user).gid(user);
    }
    command
}

fn limit(spec: &Spec) -> io::Result<()> {
    /// Bytes of a stack, as on AWS.
    const STACK_BYTES: u64 = 8 << 20;
    let limits = [
        (Resource::Nofile, spec.files_max),
        (Resource::Nproc, spec.processes_max),
        (Resource::Data, spec.data_bytes_max),
        (Resource::Fsize, spec.file_bytes_max),
        (Resource::Stack, STACK_BYTES),
        (Resource::Core, 0),
    ];
    for (resource, value) in limits {
        // A hard limit below ours cannot be raised: then it is ours.
        let hard = rustix::process::getrlimit(resource).maximum.unwrap_or(u64::MAX);
        let value = value.min(hard);
        let limit = Rlimit { current: Some(value), maximum: Some(value) };
        context(rustix::process::setrlimit(resource, limit), || format!("limit {resource:?}"))?;
    }
    Ok(())
}

/// No capability can be had any more, by whatever is executed from here on.
fn drop_privileges() -> io::Result<()> {
    rustix::thread::set_no_new_privs(true)?;
    if rustix::process::geteuid().is_root() {
        for capability in rustix::thread::CapabilitySet::all().iter() {
            // A capability that the kernel does not know is none.
            let _ = rustix::thread::remove_capability_from_bounding_set(capability);
        }
    }
    Ok(())
}

fn build_root(spec: &Spec) -> io::Result<()> {
    let private = MountPropagationFlags::PRIVATE | MountPropagationFlags::REC;
    context(rustix::mount::mount_change("/", private), || "private mounts".to_owned())?;
    let root = &spec.root;
    mount_memory(root, ROOT_BYTES, "0755", MountFlags::NOSUID | MountFlags::NODEV)?;
    for (from, to) in &spec.binds {
        bind(root, from, to)?;
    }
    for (at, target) in &spec.links {
        let at = within(root, at);
        if let Some(folder) = at.parent() {
            fs::create_dir_all(folder)?;
        }
        std::os::unix::fs::symlink(target, &at)?;
    }
    let tmp = folder(root, "tmp")?;
    mount_memory(&tmp, spec.tmp_bytes, "1777", MountFlags::NOSUID | MountFlags::NODEV)?;
    devices(root)?;
    let proc = folder(root, "proc")?;
    let quiet = MountFlags::NOSUID | MountFlags::NODEV | MountFlags::NOEXEC;
    // Where the machine hides parts of its own (a container's), the kernel refuses another one: functions do without.
    let _ = rustix::mount::mount("proc", &proc, "proc", quiet, None);
    std::env::set_current_dir(root)?;
    context(rustix::process::pivot_root(".", "."), || "pivot_root".to_owned())?;
    context(rustix::mount::unmount(".", UnmountFlags::DETACH), || "the old root".to_owned())?;
    std::env::set_current_dir("/")?;
    let flags = MountFlags::BIND | MountFlags::RDONLY | MountFlags::NOSUID | MountFlags::NODEV;
    context(rustix::mount::mount_remount("/", flags, ""), || "a read-only root".to_owned())
}

fn within(root: &Path, path: &Path) -> PathBuf {
    root.join(path.strip_prefix("/").unwrap_or(path))
}

fn folder(root: &Path, name: &str) -> io::Result<PathBuf> {
    let path = root.join(name);
    context(fs::create_dir_all(&path), || path.display().to_string())?;
    Ok(path)
}

fn mount_memory(at: &Path, bytes: u64, mode: &str, flags: MountFlags) -> io::Result<()> {
    let options =
        std::ffi::CString::new(format!("size={bytes},mode={mode}")).expect("numbers hold no zero byte");
    context(rustix::mount::mount("tmpfs", at, "tmpfs", flags, Some(options.as_c_str())), || {
        format!("memory at {}", at.display())
    })
}

/// Shows a file or folder of the machine, read-only.
fn bind(root: &Path, from: &Path, to: &Path) -> io::Result<()> {
    let at = within(root, to);
    let what = || format!("{} at {}", from.display(), to.display());
    let kind = context(fs::metadata(from), what)?;
    if kind.is_dir() {
        context(fs::create_dir_all(&at), what)?;
    } else {
        if let Some(folder) = at.parent() {
            context(fs::create_dir_all(folder), what)?;
        }
        context(fs::File::create(&at), what)?;
    }
    context(rustix::mount::mount_bind_recursive(from, &at), what)?;
    let mut flags = MountFlags::BIND | MountFlags::RDONLY | MountFlags::NOSUID | kept_flags(&at);
    if !to.starts_with("/dev") {
        flags |= MountFlags::NODEV;
    }
    context(rustix::mount::mount_remount(&at, flags, ""), what)
}

/// What a mount forbids already: in a user namespace that must not be taken away.
fn kept_flags(at: &Path) -> MountFlags {
    use rustix::fs::StatVfsMountFlags as Seen;
    let Ok(seen) = rustix::fs::statvfs(at) else { return MountFlags::empty() };
    let pairs = [
        (Seen::NODEV, MountFlags::NODEV),
        (Seen::NOEXEC, MountFlags::NOEXEC),
        (Seen::NOATIME, MountFlags::NOATIME),
        (Seen::NODIRATIME, MountFlags::NODIRATIME),
        (Seen::RELATIME, MountFlags::RELATIME),
    ];
    pairs
        .into_iter()
        .filter(|(seen_flag, _)| seen.f_flag.contains(*seen_flag))
        .map(|(_, flag)| flag)
        .collect()
}

fn devices(root: &Path) -> io::Result<()> {
    folder(root, "dev")?;
    for name in ["null", "zero", "full", "random", "urandom"] {
        let path = PathBuf::from("/dev").join(name);
        if path.exists() {
            let at = within(root, &path);
            context(fs::File::create(&at), || at.display().to_string())?;
            context(rustix::mount::mount_bind(&path, &at), || path.display().to_string())?;
        }
    }
    for (name, target) in [
        ("fd", "/proc/self/fd"),
        ("stdin", "/proc/self/fd/0"),
        ("stdout", "/proc/self/fd/1"),
        ("stderr", "/proc/self/fd/2"),
    ] {
        std::os::unix::fs::symlink(target, root.join("dev").join(name))?;
    }
    Ok(())
}

/// Kills whatever descends from this process, until nothing does: each round finds what the last one's victims left behind.
fn kill_descendants() {
    /// Rounds: a function that forks faster than it is killed is stopped by its limit of processes.
    const ROUNDS_MAX: usize = 1_000;
    let own = rustix::process::getpid();
    for _ in 0..ROUNDS_MAX {
        let found = descendants(own.as_raw_pid());
        if found.is_empty() {
            return;
        }
        for pid in found.into_iter().filter_map(Pid::from_raw) {
            let _ = rustix::process::kill_process(pid, Signal::KILL);
            let _ = rustix::process::waitpid(Some(pid), WaitOptions::NOHANG);
        }
        while let Ok(Some(_)) = rustix::process::wait(WaitOptions::NOHANG) {}
    }
}

/// The processes below one, nearest first.
pub(super) fn descendants(pid: i32) -> Vec<i32> {
    let mut found = Vec::new();
    let mut open = vec![pid];
    while let Some(pid) = open.pop() {
        let Ok(tasks) = fs::read_dir(format!("/proc/{pid}/task")) else { continue };
        for task in tasks.flatten() {
            let text = fs::read_to_string(task.path().join("children")).unwrap_or_default();
            let children = text.split_ascii_whitespace().filter_map(|pid| pid.parse::<i32>().ok());
            for child in children {
                found.push(child);
                open.push(child);
            }
        }
    }
    found
}
