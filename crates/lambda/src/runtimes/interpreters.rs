//! What the machine has to run a runtime with.
//!
//! `python3.13` is the first `python3.13` of the search path, else whatever `python3` there is; `nodejs22.x` the first `node`. A name may stand
//! for a script that chooses (pyenv), so the interpreter is asked where it really is and which folders it needs. `provided.*` needs none.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

/// Interpreters that are asked for one runtime.
const CANDIDATES_MAX: usize = 8;

/// A family of runtimes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Family {
    /// `python3.x`.
    Python,
    /// `nodejsN.x`.
    Node,
    /// `provided.*`: the code brings an executable `bootstrap`.
    Provided,
}

impl Family {
    /// The family of a runtime; `None` for those that are not run here.
    pub fn of(runtime: &str) -> Option<Self> {
        match runtime {
            _ if runtime.starts_with("python3.") => Some(Self::Python),
            _ if runtime.starts_with("nodejs") => Some(Self::Node),
            _ if runtime.starts_with("provided") => Some(Self::Provided),
            _ => None,
        }
    }
}

/// An interpreter, and what of the machine it needs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Interpreter {
    /// What it runs.
    pub family: Family,
    /// The executable.
    pub program: PathBuf,
    /// Folders that it reads, beside the machine's libraries.
    pub folders: Vec<PathBuf>,
    /// What it says it is, e.g. `3.11`.
    pub version: String,
}

/// Finds interpreters, each once.
#[derive(Debug)]
pub struct Interpreters {
    search: Vec<PathBuf>,
    found: Mutex<HashMap<String, Option<Interpreter>>>,
}

impl Interpreters {
    /// Looks in these folders.
    pub fn new(search: Vec<PathBuf>) -> Self {
        Self { search, found: Mutex::default() }
    }

    /// The interpreter for a runtime; `None` if the machine has none. Runs what it finds to ask it: not for async threads. What was not found
    /// is looked for again.
    pub fn find(&self, runtime: &str) -> Option<Interpreter> {
        let known =
            self.found.lock().expect("nothing panics while the map is held").get(runtime).cloned().flatten();
        if known.is_some() {
            return known;
        }
        let found = match Family::of(runtime)? {
            Family::Python => self.python(runtime),
            Family::Node => self.node(),
            Family::Provided => Some(Interpreter {
                family: Family::Provided,
                program: PathBuf::from("bootstrap"),
                folders: Vec::new(),
                version: String::new(),
            }),
        };
        self.found
            .lock()
            .expect("nothing panics while the map is held")
            .insert(runtime.to_owned(), found.clone());
        found
    }

    fn candidates<'a>(&'a self, name: &'a str) -> impl Iterator<Item = PathBuf> + 'a {
        self.search.iter().map(move |folder| folder.join(name)).filter(|path| path.is_file())
    }

    fn python(&self, runtime: &str) -> Option<Interpreter> {
        const ASK: &str = "import sys, site, importlib.util\nprint('%d.%d' % sys.version_info[:2])\nprint(sys.executable)\n\
                           print(importlib.util.find_spec('boto3') is not None)\n\
                           print(chr(10).join(dict.fromkeys([sys.base_prefix, sys.prefix] + sys.path[1:] + site.getsitepackages())))";
        let mut names = vec![runtime, "python3"];
        names.dedup();
        let candidates = names.iter().flat_map(|name| self.candidates(name)).take(CANDIDATES_MAX);
        let read = |said: String| {
            let mut lines = said.lines();
            let version = lines.next()?.to_owned();
            let program = PathBuf::from(lines.next()?);
            let has_sdk = lines.next()? == "True";
            let folders = lines.map(PathBuf::from).filter(|path| path.is_dir()).collect();
            Some((Interpreter { family: Family::Python, program, folders, version }, has_sdk))
        };
        let mut first = None;
        for (found, has_sdk) in candidates.filter_map(|path| read(ask(&path, &["-c", ASK])?)) {
            // AWS's runtimes bring the SDK along: an interpreter that has it comes before one that has not.
            if has_sdk {
                return Some(found);
            }
            first = first.or(Some(found));
        }
        first
    }

    fn node(&self) -> Option<Interpreter> {
        const ASK: &str = "console.log(process.versions.node); console.log(process.execPath)";
        let said = self.candidates("node").find_map(|path| ask(&path, &["-e", ASK]))?;
        let mut lines = said.lines();
        let version = lines.next()?.to_owned();
        let program = PathBuf::from(lines.next()?);
        // An installation of its own (nvm, a tarball) has its libraries beside the folder of programs.
        let folders = program.parent().and_then(Path::parent).map(Path::to_owned).into_iter().collect();
        Some(Interpreter { family: Family::Node, program, folders, version })
    }
}

/// What a program prints; `None` if it fails.
fn ask(program: &Path, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stderr(Stdio::null());
    let output = command.output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}
