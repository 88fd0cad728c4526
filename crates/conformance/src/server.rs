//! The built binary as a process.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::Client;

/// The binary under test: what `MILLRACE` names, else the one beside this build, which is brought up to date first.
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        if let Some(path) = std::env::var_os("MILLRACE") {
            return path.into();
        }
        let test = std::env::current_exe().expect("a running test has a file");
        let profile =
            test.ancestors().find(|dir| dir.join("deps").is_dir()).expect("tests lie beside `deps`");
        let mut build = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        build.args(["build", "--quiet", "--package", "millrace"]);
        if profile.file_name().is_some_and(|name| name == "release") {
            build.arg("--release");
        }
        let status = build.current_dir(env!("CARGO_MANIFEST_DIR")).status().expect("cargo can be run");
        assert!(status.success(), "the binary does not build");
        profile.join("millrace")
    })
}

/// A running server. Killed when dropped.
pub struct Server {
    process: Child,
    // Kept open: a closed pipe would fail what the server prints later.
    _output: BufReader<ChildStdout>,
    /// Where it listens.
    pub address: SocketAddr,
    /// What it printed before `Ready.`.
    pub banner: Vec<String>,
    /// From its start to `Ready.`.
    pub ready_after: Duration,
}

/// How a process ended that was expected not to serve.
#[derive(Debug)]
pub struct Ended {
    /// Its exit code.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Server {
    /// Starts a server on a free port of loopback, its data under `data`, and waits for `Ready.`.
    #[track_caller]
    pub fn start(data: &Path, options: &[&str]) -> Self {
        Self::start_with(data, options, &[])
    }

    /// As [`Server::start`], with environment variables.
    #[track_caller]
    pub fn start_with(data: &Path, options: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut command = command(data);
        if !options.contains(&"--listen") {
            command.args(["--listen", "127.0.0.1:0"]);
        }
        command
            .args(options)
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit());
        let start = now();
        let mut process = command.spawn().expect("the binary can be run");
        let output = process.stdout.take().expect("standard output is piped");
        let mut output = BufReader::new(output);
        let mut banner = Vec::new();
        loop {
            let mut line = String::new();
            let read = output.read_line(&mut line).expect("standard output can be read");
            assert!(read > 0, "the server ended before it was ready; it printed {banner:?}");
            let line = line.trim_end().to_owned();
            if line == "Ready." {
                break;
            }
            banner.push(line);
        }
        let ready_after = start.elapsed();
        let address = banner
            .iter()
            .find_map(|line| line.split("http://").nth(1)?.split([' ', '/']).next()?.parse().ok())
            .expect("the banner names the address");
        Self { process, _output: output, address, banner, ready_after }
    }

    /// A client with `test`/`test`.
    pub fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    /// As a power failure would, as far as a process can tell.
    pub fn kill(mut self) {
        self.process.kill().expect("a child can be killed");
        self.process.wait().expect("a child can be waited for");
    }

    /// Asks it to stop and waits; returns its exit code.
    pub fn stop(mut self, signal: Signal) -> Option<i32> {
        let pid = i32::try_from(self.process.id()).ok().and_then(Pid::from_raw).expect("a child has an id");
        kill_process(pid, signal).expect("a child can be signalled");
        self.process.wait().expect("a child can be waited for").code()
    }

    /// Runs the binary where it is expected to end by itself.
    pub fn ends(data: &Path, options: &[&str]) -> Ended {
        let mut process = command(data)
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary can be run");
        let mut err = String::new();
        let mut out = String::new();
        // Both are short: neither pipe can fill while the other is read.
        process.stderr.take().expect("piped").read_to_string(&mut err).expect("it prints text");
        process.stdout.take().expect("piped").read_to_string(&mut out).expect("it prints text");
        let code = process.wait().expect("a child can be waited for").code();
        Ended { code, out, err }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The binary in an empty working directory, without what this process's environment would tell it.
fn command(data: &Path) -> Command {
    let mut command = Command::new(binary());
    command.arg("--data").arg(data).current_dir(data.parent().expect("data lies in a directory"));
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        let foreign = ["GATEWAY_LISTEN", "DEBUG", "PERSISTENCE", "SERVICES", "LOCALSTACK_HOST"];
        if name.starts_with("MILLRACE_") || foreign.contains(&&*name) {
            command.env_remove(&*name);
        }
    }
    command
}

#[expect(clippy::disallowed_methods, reason = "the yard measures real time")]
fn now() -> Instant {
    Instant::now()
}
