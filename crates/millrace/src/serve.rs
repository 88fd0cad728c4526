//! The life of a server: bind, open, wire, say `Ready.`, serve, stop in order.
//!
//! ```text
//! bind ─► open the store ─► clock ─► keys ─► rooms, tasks ─► door ─► banner, Ready. ─► serve
//!                                                                                      │ SIGTERM, SIGINT
//! exit 0 ◄─ close the store ◄─ tasks end ◄─ open requests are answered ◄─ no more accepted ┘
//! ```
//! The port comes first: a second start by mistake touches no data. A failure before `Ready.` is one line on standard error and exit code
//! 1. A journal that failed for good ends the process the same way: only opening the directory anew tells what is durable.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use base::{Clock, Random};
use door::{Certificate, Door, DoorParts, MoveClock, Tls};
use identity::Keyring;
use storage::Embedded;
use store::Store;
use tokio::net::{TcpListener, TcpSocket};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::banner::{Access, Banner};
use crate::keys::{Keys, Rotator};
use crate::settings::Settings;
use crate::{Failure, log, metrics, offset, rooms};

/// Connections that may wait to be accepted.
const BACKLOG: u32 = 4_096;
/// How long open requests may take to be answered when the server stops.
const DRAIN_MAX: Duration = Duration::from_secs(10);
/// How long background work may take to end.
const TASKS_END_MAX: Duration = Duration::from_secs(10);

/// Serves until told to stop.
pub(crate) fn run(settings: &Settings, notes: Vec<String>) -> Result<(), Failure> {
    log::start(settings);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_name("serve").build()?;
    let listener = {
        let _inside = runtime.enter();
        bind(settings.listen)?
    };
    let random = crypt::random();
    // What the directory's clock was moved by stands in the directory; until it is read, the machine's clock serves.
    let clock = Clock::system(Duration::ZERO);
    let store = open_store(settings, &clock, &random)?;
    let served = runtime.block_on(serve(settings, notes, listener, store.clone(), clock, random));
    store.close();
    served
}

fn bind(address: SocketAddr) -> Result<TcpListener, Failure> {
    let bind = || {
        let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(BACKLOG)
    };
    bind().map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!("{address} is in use: another server runs there; choose another with --listen").into()
        }
        _ => format!("cannot listen on {address}: {error}").into(),
    })
}

fn open_store(settings: &Settings, clock: &Clock, random: &Random) -> Result<Arc<Embedded>, Failure> {
    let dir = if settings.ephemeral { std::env::temp_dir() } else { settings.data.clone() };
    let storage = storage::Settings {
        ephemeral: settings.ephemeral,
        volumes: settings.class_volumes.clone(),
        ..storage::Settings::new(dir)
    };
    let parts = storage::Parts { clock: clock.clone(), random: random.clone(), disk: None };
    let store = Embedded::open(storage, parts)?;
    let missing = store.volumes_left_out()?;
    if missing.is_empty() {
        return Ok(store);
    }
    store.close();
    let flags: Vec<String> = missing.iter().map(|volume| format!("--class-volume {volume}=DIR")).collect();
    let text = "keeps objects on volumes that were not named; nothing was changed. Name each as before:";
    Err(format!("data directory `{}` {text} {}", settings.data.display(), flags.join(" ")).into())
}

async fn serve(
    settings: &Settings,
    notes: Vec<String>,
    listener: TcpListener,
    store: Arc<Embedded>,
    clock: Clock,
    random: Random,
) -> Result<(), Failure> {
    let signals = Signals::listen()?;
    restore_clock(settings, &*store, &clock).await?;
    let keys =
        if settings.ephemeral { Keys::ephemeral(&random) } else { Keys::open(&settings.data, &random)? };
    let (keyring, access) = admit(settings, &keys, &random)?;
    let masters = keys.masters(&random)?;
    let rooms = rooms::open(rooms::Parts {
        settings,
        store: store.clone(),
        clock: clock.clone(),
        random: random.clone(),
        token_key: keys.derive("page tokens"),
        access_key_secrets: keys.derive("access key secrets"),
        kms_root: keys.derive("kms"),
        glue_secrets: keys.derive("glue secrets"),
        endpoint: Some(endpoint(listener.local_addr()?)),
        masters: masters.clone(),
        keyring,
    });
    let principals = rooms.identity.clone();
    let clock_mover = settings.movable_clock.then(|| -> Arc<dyn MoveClock> {
        Arc::new(offset::Mover { store: store.clone(), clock: clock.clone(), random: random.clone() })
    });
    let services = rooms.all.iter().map(|room| room.service().name).collect();
    let tls = Tls::load(&certificate(settings, &keys))?;
    let door = Door::new(DoorParts {
        rooms: rooms.all,
        principals,
        clock,
        region: settings.region.clone(),
        random: random.clone(),
        tls,
        explain: settings.is_loopback(),
        origins: Some(rooms.origins.clone()),
        sites: Some(rooms.sites.clone()),
        urls: Some(rooms.urls.clone()),
        clock_mover,
        key_rotator: Some(Arc::new(Rotator::new(keys, masters, random))),
        more_metrics: Some(metrics::of_store(store.clone())),
    });
    let banner = Banner {
        address: listener.local_addr()?,
        data: (!settings.ephemeral).then(|| settings.data.clone()),
        access,
        account: settings.account,
        region: settings.region.clone(),
        services,
        notes,
    };
    door.set_ready(true);
    banner.print(&mut std::io::stdout().lock())?;

    let mut failure = None;
    let stop = async {
        tokio::select! {
            () = signals.first() => tracing::info!("stopping"),
            why = store.failed() => failure = Some(why),
        }
    };
    door::serve(listener, door, stop, DRAIN_MAX).await;
    if !rooms.tasks.stop(TASKS_END_MAX).await {
        tracing::warn!("background work did not end in time; it goes on at the next start");
    }
    match failure {
        Some(why) => {
            Err(format!("the journal failed ({why}); start again to go on from what is durable").into())
        }
        None => Ok(()),
    }
}

/// Where functions reach this server: on this machine, whatever it listens on.
fn endpoint(listening: SocketAddr) -> String {
    match listening.ip() {
        ip if ip.is_unspecified() => format!("http://127.0.0.1:{}", listening.port()),
        _ => format!("http://{listening}"),
    }
}

/// Moves the clock to where an earlier run left it.
async fn restore_clock(settings: &Settings, store: &dyn Store, clock: &Clock) -> Result<(), Failure> {
    let moved = offset::read(store).await?;
    if moved.is_zero() {
        return Ok(());
    }
    if !settings.movable_clock {
        let days = moved.as_secs_f64() / 86_400.0;
        return Err(format!(
            "data directory `{}` lives {days:.1} days in the future, since its clock was moved; start it with --movable-clock",
            settings.data.display()
        )
        .into());
    }
    clock.advance(moved);
    Ok(())
}

/// Who may come in (product page, "Security checklist", 4).
fn admit(settings: &Settings, keys: &Keys, random: &Random) -> Result<(Keyring, Access), Failure> {
    let account = settings.account;
    let (credentials, access) = match &settings.root {
        Some(given) => (given.clone(), Access::Given(given.access_key_id.clone())),
        None if settings.is_loopback() => {
            return Ok((Keyring::Conventional { account }, Access::Conventional));
        }
        None => {
            let made = keys.root_credentials(random)?;
            let access = if made.fresh {
                Access::Fresh(made.credentials.clone())
            } else {
                Access::Kept(made.credentials.access_key_id.clone())
            };
            (made.credentials, access)
        }
    };
    let keyring = Keyring::Root {
        access_key_id: credentials.access_key_id,
        secret_access_key: credentials.secret_access_key,
        account,
    };
    Ok((keyring, access))
}

/// Adds a version of the master key to a data directory that no server uses.
pub(crate) fn rotate_keys(settings: &Settings) -> Result<usize, Failure> {
    let random = crypt::random();
    // The store's lock keeps servers away meanwhile.
    let store = open_store(settings, &Clock::system(Duration::ZERO), &random)?;
    let rotated = Keys::open(&settings.data, &random).and_then(|keys| keys.rotate_masters(&random));
    store.close();
    Ok(rotated?)
}

fn certificate(settings: &Settings, keys: &Keys) -> Certificate {
    match &settings.tls {
        Some(files) => Certificate::Given { cert: files.cert.clone(), key: files.key.clone() },
        None => keys.certificate(),
    }
}

/// What tells the process to stop.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// From now on neither ends the process by itself.
    fn listen() -> std::io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Returns when one of them came.
    async fn first(mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
