//! The door: what stands between a socket and a room.
//!
//! One port takes HTTP/1.1, HTTP/2 with prior knowledge, and TLS ([`serve`]). A request passes, in this order, the bounds, the route, the gate
//! and the room; rooms know AWS, only the door knows HTTP. It decides nothing that depends on a service's state.
//!
//! | module | one line |
//! |---|---|
//! | `serve` | accept, tell protocols apart, drain |
//! | `conn` | one connection's bytes and phase |
//! | `handle` | one request from head to answer |
//! | `route` | which room, which operation: pure |
//! | `auth` | the one gate: who sent it |
//! | `form` | browsers' uploads |
//! | `upload` | request bodies, bounded and drained |
//! | `answer` | headers, ids, access log |
//! | `admin` | health, metrics, the clock |
//!
//! Tested by tables beside each module, and over real sockets with a toy room in `tests/it`.

mod admin;
mod answer;
mod auth;
pub mod bounds;
mod conn;
mod date;
pub mod form;
mod handle;
mod metrics;
mod route;
mod serve;
mod text;
mod tls;
mod upload;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use base::{Clock, Random, Region};
use ports::{FunctionUrls, Origins, Principals, Sites};
use service::AnyRoom;

pub use admin::{MoveClock, RotateKeys};
pub use serve::serve;
pub use tls::{Certificate, CertificateError, Tls};

/// Appends further metrics in Prometheus' text form.
pub type MoreMetrics = Box<dyn Fn(&mut String) + Send + Sync>;

/// What a door is made of.
pub struct DoorParts {
    /// The rooms behind it.
    pub rooms: Vec<Arc<dyn AnyRoom>>,
    /// Who may sign.
    pub principals: Arc<dyn Principals>,
    /// The clock; signatures and dates read its wall time.
    pub clock: Clock,
    /// The region of requests that name none.
    pub region: Region,
    /// Where ids come from.
    pub random: Random,
    /// The certificate for TLS.
    pub tls: Tls,
    /// Whether failed signatures explain themselves: on loopback only.
    pub explain: bool,
    /// What buckets say to scripts of other origins.
    pub origins: Option<Arc<dyn Origins>>,
    /// Shows buckets as websites.
    pub sites: Option<Arc<dyn Sites>>,
    /// Serves functions at their URLs.
    pub urls: Option<Arc<dyn FunctionUrls>>,
    /// Moves the clock; only with `--movable-clock`.
    pub clock_mover: Option<Arc<dyn MoveClock>>,
    /// Adds versions of the keys that objects are sealed under.
    pub key_rotator: Option<Arc<dyn RotateKeys>>,
    /// Metrics of what is not the door's.
    pub more_metrics: Option<MoreMetrics>,
}

/// The door, ready to be put behind a listener.
pub struct Door {
    table: route::Table,
    gate: auth::Gate,
    clock: Clock,
    region: Region,
    random: Random,
    tls: Tls,
    /// Whether only this machine can reach the server: then everybody knows the credentials.
    loopback: bool,
    origins: Option<Arc<dyn Origins>>,
    sites: Option<Arc<dyn Sites>>,
    urls: Option<Arc<dyn FunctionUrls>>,
    clock_mover: Option<Arc<dyn MoveClock>>,
    key_rotator: Option<Arc<dyn RotateKeys>>,
    more_metrics: Option<MoreMetrics>,
    metrics: metrics::Metrics,
    documents: upload::Documents,
    date: answer::DateLine,
    ready: AtomicBool,
}

impl Door {
    /// Puts the parts together. `/_millrace/ready` says no until [`Door::set_ready`].
    pub fn new(parts: DoorParts) -> Arc<Self> {
        let gate = auth::Gate::new(parts.principals, parts.clock.clone(), parts.explain);
        Arc::new(Self {
            table: route::Table::new(parts.rooms),
            gate,
            clock: parts.clock,
            region: parts.region,
            random: parts.random,
            tls: parts.tls,
            loopback: parts.explain,
            origins: parts.origins,
            sites: parts.sites,
            urls: parts.urls,
            clock_mover: parts.clock_mover,
            key_rotator: parts.key_rotator,
            more_metrics: parts.more_metrics,
            metrics: metrics::Metrics::default(),
            documents: upload::Documents::default(),
            date: answer::DateLine::default(),
            ready: AtomicBool::new(false),
        })
    }

    /// Says whether the server can do its work.
    pub fn set_ready(&self, ready: bool) {
        self.ready.store(ready, Ordering::Release);
    }
}

impl std::fmt::Debug for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Door(..)")
    }
}
