//! Kinesis through the wire: JSON in, JSON out, over a store in memory or on disk.

mod channels;
mod encryption;
mod fanout;
mod harness;
mod keys;
mod limits;
mod lists;
mod model;
mod objects;
mod on_demand;
mod persistence;
mod policies;
mod queues;
mod reading;
mod refusals;
mod reshard;
mod settings;
mod source;
mod streams;
mod telling;
mod writing;
