//! An event for a function, and its answer.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::{AccountId, Arn, Region, Timestamp};
use bytes::Bytes;
use ports::{Measurement, Metrics};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::Engine;
use super::error::{Error, Result, Throttle, Why};
use super::functions::{State, Version};
use super::names;
use crate::runtimes::{Answer, Ended, Invocation, LogSink, Piece, Plan, Refused};
use crate::tables::FunctionKey;

/// Bytes of an event that is answered (facts section 4.3).
pub const PAYLOAD_BYTES_MAX: usize = 6_291_456;
/// Bytes of an event that is queued.
pub const EVENT_BYTES_MAX: usize = 1_048_576;
/// Pieces of an answer that nobody has taken yet: a function that writes faster than its caller reads waits.
const PIECES_MAX: usize = 16;
/// Plans that are remembered, so that a busy function's is not made again for each event.
const PLANS_MAX: usize = 512;
/// How long a plan serves: its credentials live twice as long.
const PLAN_TIME: Duration = Duration::from_secs(6 * 3_600);
/// How long a function's credentials live.
const CREDENTIALS_TIME: Duration = Duration::from_secs(12 * 3_600);

/// An event.
#[derive(Clone, Debug)]
pub struct Event {
    /// The request's id, which the function sees.
    pub request_id: String,
    /// JSON.
    pub payload: Bytes,
    /// JSON of the client context.
    pub client_context: Option<String>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What the function returned, or JSON of what went wrong.
    pub payload: Bytes,
    /// The function failed.
    pub failed: bool,
    /// `$LATEST` or a number.
    pub version: String,
    /// The end of the function's log.
    pub tail: Vec<u8>,
}

/// An answer that comes piece by piece, and behind the last one the outcome, whose payload is empty unless it is an error.
pub struct Streamed {
    /// The pieces; closed behind the last.
    pub pieces: mpsc::Receiver<Piece>,
    running: JoinHandle<Result<Outcome>>,
}

impl Streamed {
    /// What came of it, once there are no more pieces.
    pub async fn outcome(self) -> Result<Outcome> {
        drop(self.pieces);
        self.running.await.unwrap_or_else(|error| Err(Error::unavailable(error)))
    }
}

/// Refuses events that are too large or no JSON. Nothing at all is an empty object.
pub fn check_payload(payload: Bytes, queued: bool) -> Result<Bytes> {
    let too_large = |text: String| Err(Error::new(Why::TooLarge, text));
    if payload.len() > PAYLOAD_BYTES_MAX {
        return too_large(format!(
            "Request must be smaller than {PAYLOAD_BYTES_MAX} bytes for the InvokeFunction operation"
        ));
    }
    if queued && payload.len() > EVENT_BYTES_MAX {
        let (bytes, limit) = (payload.len(), EVENT_BYTES_MAX);
        return too_large(format!(
            "{bytes} byte payload is too large for the Event invocation type (limit {limit} bytes)"
        ));
    }
    if payload.is_empty() {
        return Ok(Bytes::from_static(b"{}"));
    }
    if let Err(error) = serde_json::from_slice::<serde::de::IgnoredAny>(&payload) {
        let text =
            format!("Could not parse request body into json: Could not parse payload into json: {error}");
        return Err(Error::new(Why::Content, text));
    }
    Ok(payload)
}

impl Engine {
    /// Runs an event and waits for its answer. What has begun goes on if nobody waits any more.
    pub async fn invoke(self: &Arc<Self>, version: Version, event: Event) -> Result<Outcome> {
        let engine = self.clone();
        let running = tokio::spawn(async move { engine.run(version, event, None).await });
        running.await.unwrap_or_else(|error| Err(Error::unavailable(error)))
    }

    /// Runs an event whose answer is taken piece by piece. No piece comes of one that is refused or fails before it answers.
    pub fn invoke_streamed(self: &Arc<Self>, version: Version, event: Event) -> Streamed {
        let (sender, pieces) = mpsc::channel(PIECES_MAX);
        let engine = self.clone();
        let running = tokio::spawn(async move { engine.run(version, event, Some(sender)).await });
        Streamed { pieces, running }
    }

    async fn run(
        self: Arc<Self>,
        version: Version,
        event: Event,
        pieces: Option<mpsc::Sender<Piece>>,
    ) -> Result<Outcome> {
        if version.row.state(self.clock.now()) == State::Pending {
            let text = "The operation cannot be performed at this time. The function is currently in the following state: Pending";
            return Err(Error::conflict(text));
        }
        let told = Told { engine: &self, key: &version.key, qualifier: version.qualifier.as_deref() };
        let Some(running) = self.running.begin(version.row.id, version.row.reserved) else {
            told.count("Throttles", 1.0);
            return Err(throttled(Throttle::Reserved));
        };
        told.count("ConcurrentExecutions", running.count as f64);
        self.pool.prepare().map_err(of_pool)?;
        let plan = self.plan(&version).await?;
        let invocation = Invocation {
            trace_id: trace_id(
                self.clock.wall(),
                &base::hex(&self.random.bytes::<12>()),
                &base::hex(&self.random.bytes::<8>()),
            ),
            request_id: event.request_id,
            payload: event.payload,
            arn: names::qualified(&version.key, version.qualifier.as_deref()).to_string(),
            client_context: event.client_context,
            pieces,
        };
        let answered = self.pool.invoke(plan, invocation).await;
        drop(running);
        let answer = answered.map_err(|refused| {
            if refused == Refused::Busy {
                told.count("Throttles", 1.0);
            }
            of_pool(refused)
        })?;
        let Answer { payload, ended, tail, duration } = answer;
        let failed = ended != Ended::Returned;
        told.count("Invocations", 1.0);
        told.count("Errors", f64::from(u8::from(failed)));
        told.measure("Duration", "Milliseconds", duration.as_secs_f64() * 1_000.0);
        Ok(Outcome { payload, failed, version: version.version, tail })
    }

    /// What an environment of a version is made of.
    async fn plan(&self, version: &Version) -> Result<Arc<Plan>> {
        let id = self.plan_id(version);
        if let Some(plan) = self.plans.get(id) {
            return Ok(plan);
        }
        let configuration = &version.configuration;
        let (code, layers) = self.unpacked(configuration).await?;
        let plan = Arc::new(Plan {
            id,
            group: version.row.id,
            name: version.key.name.clone(),
            runtime: configuration.runtime.clone(),
            code,
            layers,
            version: version.version.clone(),
            variables: self.variables(version).await?,
            memory_mb: configuration.memory_mb,
            tmp_mb: configuration.tmp_mb,
            timeout: Duration::from_secs(u64::from(configuration.timeout_secs)),
            sink: Arc::new(Sink {
                metrics: self.metrics.clone(),
                account: version.key.account,
                region: version.key.region.clone(),
                group: log_group(version),
            }),
        });
        self.plans.put(plan.clone());
        Ok(plan)
    }

    fn plan_id(&self, version: &Version) -> u128 {
        let epoch = self.clock.now().as_secs() / i64::try_from(PLAN_TIME.as_secs()).unwrap_or(1);
        let text =
            format!("{:x} {} {} {epoch}", version.row.id, version.version, version.configuration.revision);
        let digest = crypt::sha256(text.as_bytes());
        u128::from_be_bytes(digest[..16].try_into().expect("a digest is longer than that"))
    }

    /// A function's plans are of the past: its idle environments end.
    pub(super) fn forget_plans(&self, function: u128) {
        self.plans.forget(function);
        self.pool.retire(function, None);
    }

    async fn variables(&self, version: &Version) -> Result<BTreeMap<String, String>> {
        let configuration = &version.configuration;
        let mut all = configuration.environment.clone().unwrap_or_default();
        if let Some(endpoint) = &self.settings.endpoint {
            // A function that is to call something else says so itself.
            all.entry("AWS_ENDPOINT_URL".to_owned()).or_insert_with(|| endpoint.clone());
        }
        let mut set = |name: &str, value: &str| drop(all.insert(name.to_owned(), value.to_owned()));
        set("_HANDLER", configuration.handler.as_deref().unwrap_or_default());
        set("AWS_REGION", version.key.region.as_str());
        set("AWS_DEFAULT_REGION", version.key.region.as_str());
        set("AWS_LAMBDA_FUNCTION_NAME", &version.key.name);
        set("AWS_LAMBDA_FUNCTION_VERSION", &version.version);
        set("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", &configuration.memory_mb.to_string());
        set("AWS_LAMBDA_LOG_GROUP_NAME", &log_group(version));
        set("AWS_LAMBDA_LOG_FORMAT", configuration.logging.format.as_deref().unwrap_or("Text"));
        if let Some(level) = &configuration.logging.application_level {
            set("AWS_LAMBDA_LOG_LEVEL", level);
        }
        let role: Arn = configuration.role.parse().map_err(|_| Error::invalid(CANNOT_ASSUME))?;
        let session = &version.key.name;
        let assumed = self.principals.assume_for(&role, SERVICE, session, CREDENTIALS_TIME).await;
        if let Some(key) = assumed.map_err(super::error::of_port)? {
            set("AWS_ACCESS_KEY_ID", &key.id);
            set("AWS_SECRET_ACCESS_KEY", &String::from_utf8_lossy(key.secret.expose()));
            if let Some(token) = key.session {
                set("AWS_SESSION_TOKEN", &String::from_utf8_lossy(token.token.expose()));
            }
        }
        Ok(all)
    }
}

/// Who assumes functions' roles.
pub const SERVICE: &str = "lambda.amazonaws.com";
/// What a role is refused for that does not trust Lambda.
pub const CANNOT_ASSUME: &str = "The role defined for the function cannot be assumed by Lambda.";

/// The log group of a function.
pub fn log_group(version: &Version) -> String {
    let given = version.configuration.logging.group.clone();
    given.unwrap_or_else(|| format!("/aws/lambda/{}", version.key.name))
}

fn trace_id(now: Timestamp, random: &str, parent: &str) -> String {
    format!("Root=1-{:08x}-{random};Parent={parent};Sampled=0", now.as_secs())
}

fn throttled(which: Throttle) -> Error {
    Error::new(Why::Throttled(which), "Rate Exceeded.")
}

fn of_pool(refused: Refused) -> Error {
    match refused {
        Refused::Busy => throttled(Throttle::Account),
        Refused::Off | Refused::NoInterpreter(_) | Refused::NoSandbox(_) => {
            Error::new(Why::Runtime, refused.to_string())
        }
        Refused::Failed(_) => Error::unavailable(refused),
    }
}

/// What is told of a function.
struct Told<'a> {
    engine: &'a Engine,
    key: &'a FunctionKey,
    qualifier: Option<&'a str>,
}

impl Told<'_> {
    fn count(&self, name: &'static str, value: f64) {
        self.measure(name, "Count", value);
    }

    /// For the function, for the qualifier it was invoked by, and for all functions together.
    fn measure(&self, name: &'static str, unit: &'static str, value: f64) {
        let function = ("FunctionName", self.key.name.as_str());
        let qualified = self.qualifier.map(|qualifier| format!("{}:{qualifier}", self.key.name));
        let mut told = vec![vec![], vec![function]];
        if let Some(resource) = &qualified {
            told.push(vec![function, ("Resource", resource.as_str())]);
        }
        for dimensions in told {
            let measurement =
                Measurement { namespace: "AWS/Lambda", name, dimensions: &dimensions, unit, value };
            self.engine.metrics.record(self.key.account, &self.key.region, measurement);
        }
    }
}

/// Plans by their numbers.
#[derive(Default)]
pub(super) struct Plans(Mutex<HashMap<u128, Arc<Plan>>>);

impl Plans {
    fn get(&self, id: u128) -> Option<Arc<Plan>> {
        self.0.lock().expect("nothing panics while the plans are held").get(&id).cloned()
    }

    fn put(&self, plan: Arc<Plan>) {
        let mut dropped = Vec::new();
        let mut plans = self.0.lock().expect("nothing panics while the plans are held");
        if plans.len() >= PLANS_MAX {
            dropped.extend(plans.drain());
        }
        plans.insert(plan.id, plan);
        drop(plans);
    }

    fn forget(&self, group: u128) {
        let mut plans = self.0.lock().expect("nothing panics while the plans are held");
        let gone: Vec<(u128, Arc<Plan>)> = plans.extract_if(|_, plan| plan.group == group).collect();
        drop(plans);
        drop(gone);
    }
}

/// How many events of each function run.
#[derive(Default)]
pub(super) struct Running(Arc<Mutex<HashMap<u128, u32>>>);

struct Run {
    counts: Arc<Mutex<HashMap<u128, u32>>>,
    function: u128,
    count: u32,
}

impl Running {
    /// Counts one more; `None` if there are as many as there may be.
    fn begin(&self, function: u128, max: Option<u32>) -> Option<Run> {
        let mut counts = self.0.lock().expect("nothing panics while the counts are held");
        let count = counts.get(&function).copied().unwrap_or(0);
        if max.is_some_and(|max| count >= max) {
            return None;
        }
        counts.insert(function, count + 1);
        Some(Run { counts: self.0.clone(), function, count: count + 1 })
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        let mut counts = self.counts.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        match counts.get_mut(&self.function) {
            Some(count) if *count > 1 => *count -= 1,
            Some(_) | None => drop(counts.remove(&self.function)),
        }
    }
}

/// A function's log goes to CloudWatch Logs.
struct Sink {
    metrics: Arc<dyn Metrics>,
    account: AccountId,
    region: Region,
    group: String,
}

impl std::fmt::Debug for Sink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sink({})", self.group)
    }
}

impl LogSink for Sink {
    fn line(&self, stream: &str, at: Timestamp, text: String) {
        self.metrics.log(self.account, &self.region, &self.group, stream, at, text);
    }
}
