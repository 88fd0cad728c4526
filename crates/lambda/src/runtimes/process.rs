//! One helper process with its function below it, from the server's side.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Mutex;

use tokio::net::unix::pipe;

use super::api::Gate;
use super::helper::{self, Spec, descendants};

/// The code of what was killed.
pub(super) const KILLED: i32 = 128 + 9;

/// A running helper. When this is dropped all of it is killed.
pub(super) struct Process {
    child: Option<Child>,
    /// Held for what follows when it goes.
    lifeline: Option<ChildStdin>,
    /// What the function writes. The helper holds it open as long as it lives: when it ends, all is over.
    pub log: pipe::Receiver,
    /// Whether the helper has another one below it, that is the sandbox's first process.
    pub sandboxed: bool,
    /// The runtime's process, once it was looked for.
    main: Option<i32>,
    /// Whether extensions run beside it.
    pub extended: bool,
}

/// What a function's processes use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Memory {
    /// Bytes in memory, shared ones included.
    pub resident: u64,
    /// Of these what is private.
    pub private: u64,
}

impl Process {
    /// Starts the helper. Waits for the fork: not for async threads, but inside the runtime.
    pub fn start(program: &Path, spec: &Spec) -> io::Result<Self> {
        let (reader, writer) = io::pipe()?;
        let mut command = Command::new(program);
        command.args([helper::MARK, "outer"]).env_clear();
        command.stdin(Stdio::piped()).stdout(writer.try_clone()?).stderr(writer);
        let mut child = command.spawn()?;
        // The command holds the writing end of the pipe, whose end is to be the function's.
        drop(command);
        let mut lifeline = child.stdin.take().expect("it was asked for");
        let mut line = serde_json::to_vec(spec).map_err(io::Error::other)?;
        line.push(b'\n');
        lifeline.write_all(&line)?;
        Ok(Self {
            child: Some(child),
            lifeline: Some(lifeline),
            log: pipe::Receiver::from_owned_fd(OwnedFd::from(reader))?,
            sandboxed: spec.sandboxed,
            main: None,
            extended: !spec.extensions.is_empty(),
        })
    }

    /// The helper's process id; zero once it has been waited for.
    pub fn id(&self) -> u32 {
        self.child.as_ref().map_or(0, Child::id)
    }

    /// Waits for the end of a helper whose log has ended, and returns the function's code as a shell tells it.
    pub async fn wait(&mut self) -> i32 {
        let Some(mut child) = self.child.take() else { return KILLED };
        self.lifeline = None;
        let waited = tokio::task::spawn_blocking(move || child.wait()).await;
        waited.ok().and_then(Result::ok).and_then(|status| status.code()).unwrap_or(KILLED)
    }

    /// Whether it still runs.
    pub fn is_alive(&mut self) -> bool {
        self.child.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None)))
    }

    /// What its processes use now.
    pub fn memory(&mut self) -> Memory {
        let all = below(self.id(), self.sandboxed);
        // Extensions are started first, and count too.
        self.main = all.first().copied().filter(|_| !self.extended);
        Memory::of(&all)
    }

    /// The most that the runtime itself has used so far: cheap, since one file tells it.
    pub fn peak(&mut self) -> u64 {
        match self.main {
            Some(pid) => Status::read(pid).bytes("VmHWM:"),
            None => self.memory().resident,
        }
    }
}

/// The function's processes below a helper, the runtime's first.
fn below(helper: u32, sandboxed: bool) -> Vec<i32> {
    let pid = i32::try_from(helper).unwrap_or(0);
    descendants(pid).into_iter().skip(usize::from(sandboxed)).collect()
}

/// What the processes below a helper use now.
pub(super) fn memory_of(helper: u32, sandboxed: bool) -> Memory {
    Memory::of(&below(helper, sandboxed))
}

impl Memory {
    fn of(processes: &[i32]) -> Self {
        let mut sum = Self::default();
        for pid in processes {
            let status = Status::read(*pid);
            sum.resident += status.bytes("VmRSS:");
            sum.private += status.bytes("RssAnon:") + status.bytes("RssShmem:");
        }
        sum
    }
}

/// `/proc/PID/status`.
struct Status(String);

impl Status {
    fn read(pid: i32) -> Self {
        Self(std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default())
    }

    /// A number of kibibytes, as bytes; zero if it is not there.
    fn bytes(&self, name: &str) -> u64 {
        let line = self.0.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
        let number = line.split_ascii_whitespace().next().and_then(|number| number.parse::<u64>().ok());
        number.unwrap_or(0) << 10
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.lifeline = None;
        let Some(mut child) = self.child.take() else { return };
        // It ends at once: it does nothing but wait for that.
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn_blocking(move || child.wait())),
            Err(_) => drop(child.wait()),
        }
    }
}

/// Lets in the processes below one helper.
#[derive(Default)]
pub(super) struct Below(Mutex<Option<u32>>);

impl Below {
    /// Starts a helper. Nobody is judged before it is known which it is.
    pub fn start(&self, program: &Path, spec: &Spec) -> io::Result<Process> {
        let mut known = self.0.lock().expect("nothing panics while the number is held");
        let process = Process::start(program, spec)?;
        *known = Some(process.id());
        Ok(process)
    }
}

impl Gate for Below {
    fn admits(&self, peer: SocketAddr, server: SocketAddr) -> bool {
        let known = *self.0.lock().expect("nothing panics while the number is held");
        let Some(helper) = known.and_then(|id| i32::try_from(id).ok()) else { return false };
        let Some(inode) = socket_inode(peer, server) else { return false };
        let wanted = format!("socket:[{inode}]");
        descendants(helper).into_iter().any(|pid| holds(pid, &wanted))
    }
}

/// Whether a process has this file open.
fn holds(pid: i32, wanted: &str) -> bool {
    let Ok(files) = std::fs::read_dir(format!("/proc/{pid}/fd")) else { return false };
    files
        .flatten()
        .any(|file| std::fs::read_link(file.path()).is_ok_and(|target| target.as_os_str() == wanted))
}

/// The number of the socket that has connected from `local` to `remote`, as the kernel lists it.
fn socket_inode(local: SocketAddr, remote: SocketAddr) -> Option<String> {
    let (SocketAddr::V4(local), SocketAddr::V4(remote)) = (local, remote) else { return None };
    let written = |address: std::net::SocketAddrV4| {
        format!("{:08X}:{:04X}", u32::from_ne_bytes(address.ip().octets()), address.port())
    };
    let (local, remote) = (written(local), written(remote));
    // A runtime that prefers IPv6 sockets still connects to an IPv4 address: then the kernel lists it with the others.
    for (table, mapped) in [("/proc/net/tcp", ""), ("/proc/net/tcp6", "0000000000000000FFFF0000")] {
        let text = std::fs::read_to_string(table).unwrap_or_default();
        for line in text.lines().skip(1) {
            let mut fields = line.split_ascii_whitespace().skip(1);
            let (Some(from), Some(to)) = (fields.next(), fields.next()) else { continue };
            let (Some(from), Some(to)) = (from.strip_prefix(mapped), to.strip_prefix(mapped)) else {
                continue;
            };
            if from == local && to == remote {
                return fields.nth(6).map(str::to_owned);
            }
        }
    }
    None
}
