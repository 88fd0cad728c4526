//! Environments by plan: a warm one if there is one, else a new one; and what bounds them.
//!
//! As many events as the machine is to run at once run at once; further ones wait a while for their turn and are refused then. An environment
//! is used again by the next event of its plan until it has been idle for [`IDLE_TIME_MAX`], its plan was retired, or room is needed.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use base::{Clock, Random};
use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::environment::{Answer, Ended, Environment, Ground, StartError, invalid_entrypoint};
use super::interpreters::{Family, Interpreters};
use super::layout::Layout;
use super::process::memory_of;
use super::{Folder, Invocation, Mode, Plan, Settings};

/// How long an environment may be idle. AWS keeps them for some minutes.
pub const IDLE_TIME_MAX: Duration = Duration::from_secs(5 * 60);
/// How long an event waits for its turn before it is refused.
const TURN_TIME_MAX: Duration = Duration::from_secs(10);
/// The first user id of functions, when the server is root: one for each environment that lives.
const USER_FIRST: u32 = 47_000;
/// Where the numbers of functions' processes begin: well below the least that a machine has (32,768).
const PROCESS_FIRST: u32 = 100;
const PROCESSES: u32 = 20_000;
/// How many environments may live at once: as many user ids are ours.
const ENVIRONMENTS_MAX: usize = 1_000;

/// Why an event was not run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Functions are switched off.
    #[error("functions are switched off (--functions off)")]
    Off,
    /// The machine has nothing to run this with.
    #[error("this machine has no interpreter for the runtime {0}")]
    NoInterpreter(String),
    /// The machine can make no sandboxes.
    #[error("this machine cannot make sandboxes ({0}); --functions trusted runs functions without")]
    NoSandbox(String),
    /// Too many run already.
    #[error("too many functions run at the same time")]
    Busy,
    /// Something failed that should not.
    #[error("the environment could not be started: {0}")]
    Failed(String),
}

/// All environments of the server.
pub struct Pool {
    settings: Settings,
    interpreters: Interpreters,
    prepared: OnceLock<Result<(), String>>,
    system: OnceLock<Layout>,
    turns: Semaphore,
    state: Mutex<State>,
    clock: Clock,
    random: Random,
    roots: AtomicU64,
    is_root: bool,
}

#[derive(Default)]
struct State {
    idle: Vec<Idle>,
    /// User ids in use, by their distance from the first.
    users: Vec<bool>,
}

struct Idle {
    environment: Environment,
    user: User,
    since: Instant,
}

/// A user id, given back when its environment is gone.
struct User {
    pool: std::sync::Weak<Pool>,
    slot: usize,
}

impl Drop for User {
    fn drop(&mut self) {
        let Some(pool) = self.pool.upgrade() else { return };
        let mut state = pool.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(used) = state.users.get_mut(self.slot) {
            *used = false;
        }
    }
}

impl Pool {
    /// An empty pool.
    pub fn new(settings: Settings, clock: Clock, random: Random) -> Arc<Self> {
        Arc::new(Self {
            prepared: OnceLock::new(),
            interpreters: Interpreters::new(settings.search.clone()),
            system: OnceLock::new(),
            turns: Semaphore::new(settings.concurrency_max.clamp(1, ENVIRONMENTS_MAX)),
            state: Mutex::default(),
            clock,
            random,
            roots: AtomicU64::new(0),
            is_root: rustix::process::geteuid().is_root(),
            settings,
        })
    }

    /// Sees to it that functions can be run: the folder of ours is there, made anew, since what an earlier run left in it is of no use.
    pub fn prepare(&self) -> Result<(), Refused> {
        if self.settings.mode == Mode::Off {
            return Err(Refused::Off);
        }
        let prepared =
            self.prepared.get_or_init(|| prepare(&self.settings.scratch).map_err(|error| error.to_string()));
        prepared.clone().map_err(Refused::Failed)
    }

    /// A new folder of ours under this name.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.settings.scratch.join(name)
    }

    /// Whether functions can be run at all.
    pub fn is_on(&self) -> bool {
        self.settings.mode != Mode::Off
    }

    /// Runs an event.
    pub async fn invoke(
        self: &Arc<Self>,
        plan: Arc<Plan>,
        invocation: Invocation,
    ) -> Result<Answer, Refused> {
        self.prepare()?;
        let turn = tokio::time::timeout(TURN_TIME_MAX, self.turns.acquire()).await;
        let _turn = turn.map_err(|_| Refused::Busy)?.expect("the semaphore is never closed");
        let (mut environment, user) = match self.take_idle(plan.id) {
            Some(idle) => (idle.environment, idle.user),
            None => match self.start(plan).await? {
                Started::Yes(environment, user) => (*environment, user),
                Started::NoBootstrap => {
                    let payload = invalid_entrypoint(&invocation.request_id);
                    let (tail, duration) = (Vec::new(), Duration::ZERO);
                    return Ok(Answer { payload, ended: Ended::Died, tail, duration });
                }
            },
        };
        let answer = environment.invoke(invocation).await.map_err(|why| match self.settings.mode {
            Mode::Sandboxed => Refused::NoSandbox(why),
            Mode::Trusted | Mode::Off => Refused::Failed(why),
        })?;
        if answer.ended != Ended::Died {
            self.give_back(environment, user);
        } else {
            end(environment, user, "failure");
        }
        Ok(answer)
    }

    /// Ends the idle environments of a group that are not of this plan; of all its plans for `None`.
    pub fn retire(&self, group: u128, but: Option<u128>) {
        self.end_idle(|idle| idle.environment.plan.group == group && Some(idle.environment.plan.id) != but);
    }

    /// Ends environments that have been idle for long, and those that have grown beyond their memory meanwhile. Reads what the kernel tells of
    /// them: not for async threads.
    pub fn sweep(&self) {
        let idle: Vec<(u64, u32, bool)> = {
            let state = self.state.lock().expect("nothing panics while the state is held");
            state.idle.iter().map(|idle| idle.environment.helper()).collect()
        };
        let is_too_large =
            |(limit, helper, sandboxed): &(u64, u32, bool)| memory_of(*helper, *sandboxed).private > *limit;
        let large: Vec<u32> =
            idle.iter().filter(|one| is_too_large(one)).map(|(_, helper, _)| *helper).collect();
        self.end_idle(|idle| {
            idle.since.elapsed() > IDLE_TIME_MAX || large.contains(&idle.environment.helper().1)
        });
    }

    /// Ends all that are idle.
    pub fn clear(&self) {
        self.end_idle(|_| true);
    }

    /// How many environments wait for work.
    pub fn idle_count(&self) -> usize {
        self.state.lock().expect("nothing panics while the state is held").idle.len()
    }

    fn end_idle(&self, ends: impl Fn(&Idle) -> bool) {
        let ended: Vec<Idle> = {
            let mut state = self.state.lock().expect("nothing panics while the state is held");
            state.idle.extract_if(.., |idle| ends(idle)).collect()
        };
        for Idle { environment, user, .. } in ended {
            end(environment, user, "spindown");
        }
    }

    fn take_idle(&self, plan: u128) -> Option<Idle> {
        loop {
            let mut idle = {
                let mut state = self.state.lock().expect("nothing panics while the state is held");
                let at = state.idle.iter().rposition(|idle| idle.environment.plan.id == plan)?;
                state.idle.remove(at)
            };
            if idle.environment.is_alive() {
                return Some(idle);
            }
        }
    }

    fn give_back(&self, environment: Environment, user: User) {
        let mut ended = Vec::new();
        let mut state = self.state.lock().expect("nothing panics while the state is held");
        state.idle.push(Idle { environment, user, since: Instant::now() });
        let over = state.idle.len().saturating_sub(self.settings.concurrency_max);
        ended.extend(state.idle.drain(..over));
        drop(state);
        for Idle { environment, user, .. } in ended {
            end(environment, user, "spindown");
        }
    }

    async fn start(self: &Arc<Self>, plan: Arc<Plan>) -> Result<Started, Refused> {
        let failed = |error: io::Error| Refused::Failed(error.to_string());
        let (pool, runtime) = (self.clone(), plan.runtime.clone());
        let found = tokio::task::spawn_blocking(move || {
            pool.system.get_or_init(Layout::system);
            pool.interpreters.find(&runtime)
        });
        let interpreter = found.await.map_err(|error| Refused::Failed(error.to_string()))?;
        let interpreter = interpreter.ok_or_else(|| Refused::NoInterpreter(plan.runtime.clone()))?;
        if interpreter.family == Family::Python && !plan.runtime.ends_with(&interpreter.version) {
            tracing::debug!(
                function = plan.name,
                wanted = plan.runtime,
                found = interpreter.version,
                "another version of the interpreter serves"
            );
        }
        let user = self.user()?;
        let root = self.folder(&format!("root-{}", self.roots.fetch_add(1, Ordering::Relaxed)));
        std::fs::create_dir_all(&root).map_err(failed)?;
        // What is trusted runs as the server does: another user might not even see the interpreter.
        let own_user = self.is_root && self.settings.mode == Mode::Sandboxed;
        let user_id = own_user.then(|| USER_FIRST + u32::try_from(user.slot).unwrap_or(0));
        let ground = Ground {
            mode: self.settings.mode,
            helper: &self.settings.helper,
            interpreter,
            system: self.system.get_or_init(Layout::system),
            runtime_dir: &self.folder(RUNTIME_DIR),
            root: Folder::new(root),
            user: user_id,
            first_process: PROCESS_FIRST + u32::from_le_bytes(self.random.bytes()) % PROCESSES,
            stream: self.stream(&plan.version),
            clock: self.clock.clone(),
            random: self.random.clone(),
        };
        match Environment::start(plan, ground).await {
            Ok(environment) => Ok(Started::Yes(Box::new(environment), user)),
            Err(StartError::NoBootstrap) => Ok(Started::NoBootstrap),
            Err(StartError::Io(error)) => Err(failed(error)),
        }
    }

    /// A log stream's name: `YYYY/MM/DD/[VERSION]HEX`.
    fn stream(&self, version: &str) -> String {
        let date = wire::time::iso(self.clock.now(), wire::time::Precision::Seconds);
        let date = date.split('T').next().unwrap_or_default().replace('-', "/");
        format!("{date}/[{version}]{}", base::hex(&self.random.bytes::<16>()))
    }

    fn user(self: &Arc<Self>) -> Result<User, Refused> {
        let mut state = self.state.lock().expect("nothing panics while the state is held");
        let slot = match state.users.iter().position(|used| !used) {
            Some(slot) => slot,
            None if state.users.len() < ENVIRONMENTS_MAX * 2 => {
                state.users.push(false);
                state.users.len() - 1
            }
            None => return Err(Refused::Busy),
        };
        state.users[slot] = true;
        Ok(User { pool: Arc::downgrade(self), slot })
    }
}

/// Ends an environment; one with extensions by and by.
fn end(environment: Environment, user: User, reason: &'static str) {
    let is_extended = environment.is_extended();
    match tokio::runtime::Handle::try_current() {
        Ok(runtime) if is_extended => {
            runtime.spawn(async move {
                environment.end(reason).await;
                drop(user);
            });
        }
        Ok(_) | Err(_) => drop((environment, user)),
    }
}

enum Started {
    Yes(Box<Environment>, User),
    NoBootstrap,
}

const RUNTIME_DIR: &str = "runtime";

/// Makes the folder anew, with our bootstraps in it.
#[expect(clippy::disallowed_methods, reason = "not data: what runs functions, made anew at every start")]
fn prepare(scratch: &std::path::Path) -> io::Result<()> {
    match std::fs::remove_dir_all(scratch) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let runtime = scratch.join(RUNTIME_DIR);
    std::fs::create_dir_all(&runtime)?;
    std::fs::write(runtime.join("bootstrap.py"), include_str!("bootstrap.py"))?;
    std::fs::write(runtime.join("bootstrap.cjs"), include_str!("bootstrap.cjs"))
}
