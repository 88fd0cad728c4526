//! DynamoDB through the wire: JSON in, JSON out, over a store in memory or on disk.

mod concurrency;
mod harness;
mod indexes;
mod items;
mod model;
mod persistence;
mod policies;
mod reading;
mod refusals;
mod tables;
mod transactions;
