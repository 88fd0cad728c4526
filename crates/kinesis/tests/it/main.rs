//! Kinesis through the wire: JSON in, JSON out, over a store in memory or on disk.

mod fanout;
mod harness;
mod limits;
mod lists;
mod persistence;
mod reading;
mod refusals;
mod reshard;
mod settings;
mod source;
mod streams;
mod writing;
