//! The room through its one entrance, over the model of the store.

mod crawlers;
mod databases;
mod harness;
mod others;
mod partitions;
mod port;
mod registry;
mod tables;
