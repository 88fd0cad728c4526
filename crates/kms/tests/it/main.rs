//! KMS through the wire: JSON in, JSON out, over a store in memory or on disk.

mod aliases;
mod asymmetric;
mod deletion;
mod encryption;
mod grants;
mod harness;
mod imports;
mod keys;
mod persistence;
mod policies;
mod port;
mod regions;
mod rotation;
mod states;
