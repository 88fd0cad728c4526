//! Every room, wired to the store, the clock and each other. A new room is a line here.

use std::sync::Arc;

use base::{Clock, Random, Secret};
use identity::{Identity, Keyring};
use ports::{FunctionUrls, Origins, QueryEngine, Sites};
use service::metering::{self, Meter};
use service::{AnyRoom, RoomParts, Tasks, Timer, Tokens};
use store::Store;

use crate::settings::{Limits, Settings};
use crate::sinks::Sink;

/// What rooms are made of.
pub(crate) struct Parts<'a> {
    /// What can be set.
    pub settings: &'a Settings,
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// The clock the domain lives by.
    pub clock: Clock,
    /// Where ids come from.
    pub random: Random,
    /// What page tokens are sealed with.
    pub token_key: Secret,
    /// What secrets of access keys are sealed with.
    pub access_key_secrets: Secret,
    /// What KMS seals the material of its keys with.
    pub kms_root: Secret,
    /// What Glue seals the passwords of connections with.
    pub glue_secrets: Secret,
    /// The root's keys.
    pub keyring: Keyring,
    /// Where functions reach this server.
    pub endpoint: Option<String>,
    /// What S3 seals objects under.
    pub masters: s3::Masters,
}

/// The rooms, and their background work.
pub(crate) struct Rooms {
    /// Every room, for the door.
    pub all: Vec<Arc<dyn AnyRoom>>,
    /// Who may sign.
    pub identity: Arc<Identity>,
    /// What buckets say to scripts of other origins.
    pub origins: Arc<dyn Origins>,
    /// What shows buckets as websites.
    pub sites: Arc<dyn Sites>,
    /// What serves functions at their URLs.
    pub urls: Arc<dyn FunctionUrls>,
    /// What runs behind them.
    pub tasks: Tasks,
}

/// How functions run, and where.
fn runtimes(settings: &Settings) -> lambda::runtimes::Settings {
    /// Invocations at the same time, for each core: most of them wait for something.
    const CONCURRENCY_PER_CORE: usize = 16;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let folder = if settings.ephemeral {
        std::env::temp_dir().join(format!("millrace-functions-{}", std::process::id()))
    } else {
        settings.data.join("functions")
    };
    lambda::runtimes::Settings {
        mode: settings.functions,
        helper: "/proc/self/exe".into(),
        scratch: std::path::absolute(&folder).unwrap_or(folder),
        concurrency_max: cores * CONCURRENCY_PER_CORE,
        search: std::env::var_os("PATH").iter().flat_map(std::env::split_paths).collect(),
    }
}

/// What answers Athena's statements that read.
#[cfg(feature = "engines")]
fn query_engine() -> Option<Arc<dyn QueryEngine>> {
    match query::Engine::new() {
        Ok(engine) => Some(Arc::new(engine)),
        Err(error) => {
            tracing::error!(%error, "the query engine cannot be started; statements that read will fail");
            None
        }
    }
}

/// Nothing: this binary was built without its engines, and Athena says so.
#[cfg(not(feature = "engines"))]
fn query_engine() -> Option<Arc<dyn QueryEngine>> {
    None
}

/// Builds every room and starts the background work. Wants a running tokio.
pub(crate) fn open(parts: Parts<'_>) -> Rooms {
    let Parts {
        settings,
        store,
        clock,
        random,
        token_key,
        access_key_secrets,
        kms_root,
        glue_secrets,
        keyring,
        endpoint,
        masters,
    } = parts;
    let tasks = Tasks::new(Timer::new(clock.clone()));
    let tokens = Tokens::new(token_key);
    let meter = Arc::new(Meter::default());
    let outbound = outbound::Client::new(settings.outbound.clone().with_loopback(settings.is_loopback()));
    let identity = identity::open(identity::Parts {
        store: store.clone(),
        clock: clock.clone(),
        random: random.clone(),
        keyring,
        secrets: access_key_secrets,
        tokens: tokens.clone(),
        outbound: outbound.clone(),
        explain: settings.is_loopback(),
    });
    identity::start(&identity, &tasks);
    let room = RoomParts { clock, authorizer: identity.clone(), meter: meter.clone() };

    let iam = identity::iam(identity.clone(), room.clone());
    let sts = identity::sts(identity.clone(), room.clone());
    // Before the rooms that tell of themselves: its state is their `ports::Metrics`.
    let cloudwatch = cloudwatch::open(cloudwatch::Parts {
        store: store.clone(),
        clock: room.clock.clone(),
        random: random.clone(),
        tokens: tokens.clone(),
    });
    cloudwatch::start(&cloudwatch, &tasks);
    let monitoring = cloudwatch::monitoring(cloudwatch.clone(), room.clone());
    let logs = cloudwatch::logs(cloudwatch.clone(), room.clone());
    // Before the rooms that encrypt: its state is their `ports::KeyService`.
    let kms = kms::room(kms::Parts {
        store: store.clone(),
        room: room.clone(),
        random: random.clone(),
        principals: identity.clone(),
        tokens: tokens.clone(),
        tasks: tasks.clone(),
        root: kms_root,
    });
    let s3 = s3::room(s3::Parts {
        store: store.clone(),
        room: room.clone(),
        random: random.clone(),
        tokens: tokens.clone(),
        tasks: tasks.clone(),
        settings: s3::Settings {
            bucket_defaults: settings.bucket_defaults,
            lifecycle_day: settings.lifecycle_day,
            ..s3::Settings::default()
        },
        masters,
        principals: Some(identity.clone()),
        kms: Some(kms.state().clone()),
    });
    let s3 = Arc::new(s3);
    let kinesis = kinesis::room(kinesis::Parts {
        keys: kms.state().clone(),
        principals: identity.clone(),
        objects: s3.state().clone(),
        metrics: cloudwatch.clone(),
        store: store.clone(),
        room: room.clone(),
        random: random.clone(),
        tokens: tokens.clone(),
        tasks: tasks.clone(),
        settings: kinesis::Settings {
            limits: match settings.limits {
                Limits::Strict => kinesis::Limits::Strict,
                Limits::Off => kinesis::Limits::Off,
            },
            transitions: settings.transitions,
            ..kinesis::Settings::default()
        },
    });
    let dynamodb = dynamodb::room(dynamodb::Parts {
        store: store.clone(),
        room: room.clone(),
        random: random.clone(),
        tasks: tasks.clone(),
        settings: dynamodb::Settings { transitions: settings.transitions },
    });
    let lambda = lambda::room(lambda::Parts {
        store: store.clone(),
        room: room.clone(),
        random: random.clone(),
        tokens: tokens.clone(),
        tasks: tasks.clone(),
        principals: identity.clone(),
        objects: s3.state().clone(),
        records: kinesis.state().clone(),
        metrics: cloudwatch.clone(),
        settings: lambda::Settings {
            runtimes: runtimes(settings),
            endpoint,
            transitions: settings.transitions,
        },
    });
    // Before the rooms that read tables: its state is their `ports::Catalog`.
    let glue = glue::room(glue::Parts {
        store: store.clone(),
        room: room.clone(),
        random: random.clone(),
        tokens: tokens.clone(),
        tasks: tasks.clone(),
        principals: identity.clone(),
        objects: s3.state().clone(),
        metrics: cloudwatch.clone(),
        secrets: glue_secrets,
    });
    s3.state().tell_by(lambda.state().clone());
    s3.state().convert_by(Arc::new(columnar::Columnar));
    s3.state().tell_stock_to(cloudwatch.clone());
    let glue = Arc::new(glue);
    let athena = athena::room(athena::Parts {
        store: store.clone(),
        room: room.clone(),
        random: random.clone(),
        tokens: tokens.clone(),
        tasks: tasks.clone(),
        catalog: Arc::new(glue::Calls::new(glue.clone())),
        objects: s3.state().clone(),
        converter: Arc::new(columnar::Columnar),
        engine: query_engine(),
    });
    let firehose = firehose::room(firehose::Parts {
        store: store.clone(),
        room,
        random: random.clone(),
        tokens,
        tasks: tasks.clone(),
        neighbours: firehose::Neighbours {
            objects: s3.state().clone(),
            records: kinesis.state().clone(),
            keys: kms.state().clone(),
            functions: Some(lambda.state().clone()),
            catalog: Some(glue.state().clone()),
            converter: Some(Arc::new(columnar::Columnar)),
            metrics: cloudwatch.clone(),
            outbound,
        },
        settings: firehose::Settings {
            strict_limits: settings.limits == Limits::Strict,
            transitions: settings.transitions,
        },
    });
    let origins = s3.state().clone();
    let front = Arc::new(s3::Front::new(s3));
    let urls = lambda.state().clone();
    let (kinesis, firehose) = (Arc::new(kinesis), Arc::new(firehose));
    cloudwatch.connect(cloudwatch::Sinks {
        functions: Some(lambda.state().clone()),
        streams: Some(Sink::new(kinesis.clone(), random.clone())),
        delivery_streams: Some(Sink::new(firehose.clone(), random.clone())),
    });
    let all: Vec<Arc<dyn AnyRoom>> = vec![
        front.clone(),
        kinesis,
        firehose,
        glue,
        Arc::new(athena),
        Arc::new(iam),
        Arc::new(sts),
        Arc::new(kms),
        Arc::new(dynamodb),
        Arc::new(monitoring),
        Arc::new(logs),
        Arc::new(lambda),
    ];

    let timer = tasks.timer().clone();
    tasks.start("metering", move |stop| {
        metering::flush_task(meter.clone(), store.clone(), random.clone(), timer.clone(), stop)
    });
    Rooms { all, identity, origins, sites: front, urls, tasks }
}
