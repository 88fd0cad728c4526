//! Kinesis Data Streams: streams of records, in shards, kept for a while, read by whoever comes.
//!
//! ```text
//! shapes      the tables of the wire, generated
//! ops         the contents page; one file an operation; ops/fault.rs words refusals
//! engine      the domain
//! tables      what is persisted
//! source      a stream as Firehose and its kin read it
//! tasks       the sweep, the delivery of channels
//! ```
//!
//! Differs from AWS: states settle at once unless `transitions` are asked for; rates are kept only where limits are strict; on-demand
//! streams keep their four shards (there is nothing to scale for); a shard that was split or merged takes no more records at all, where AWS
//! goes on for up to a second; no `StreamId` is given out; channels deliver to buckets, not to streaming tables.

mod engine;
mod ops;
pub mod shapes;
mod source;
pub mod tables;
mod tasks;

use std::sync::Arc;

use base::Random;
use ports::{KeyService, Metrics, ObjectStore, Principals};
use service::{Room, RoomParts, Tasks, Tokens};
use store::Store;

use engine::Others;
pub use engine::{Kinesis, Limits, Settings};

/// What the room is made of.
pub struct Parts {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// What every room is given.
    pub room: RoomParts,
    /// Makes ids.
    pub random: Random,
    /// Seals iterators and page tokens.
    pub tokens: Tokens,
    /// Runs the sweep.
    pub tasks: Tasks,
    /// How the room is set.
    pub settings: Settings,
    /// Makes and opens the data keys of encrypted streams.
    pub keys: Arc<dyn KeyService>,
    /// Knows whom policies name.
    pub principals: Arc<dyn Principals>,
    /// Takes what channels deliver.
    pub objects: Arc<dyn ObjectStore>,
    /// Is told the service's own metrics.
    pub metrics: Arc<dyn Metrics>,
}

/// Opens the room and starts its background work. `room.state()` is the [`ports::RecordSource`].
pub fn room(parts: Parts) -> Room<Kinesis> {
    let Parts { store, room, random, tokens, tasks: runner, settings, keys, principals, objects, metrics } =
        parts;
    let timer = runner.timer().clone();
    let others = Others { authorizer: room.authorizer.clone(), keys, principals, objects, metrics };
    let kinesis = Kinesis::new(store, timer, random, tokens, settings, others);
    tasks::start(&kinesis, &runner);
    ops::room(kinesis, room)
}
