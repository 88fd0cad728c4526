//! S3 through the wire: paths, headers and XML in, the same out, over a store in memory and on disk.

mod access;
mod buckets;
mod checksums;
mod copies;
mod disk;
mod encryption;
mod harness;
mod lifecycle;
mod listings;
mod locks;
mod mfa;
mod needles;
mod objects;
mod port;
mod races;
mod replication;
mod restores;
mod settings;
mod sites;
mod uploads;
mod versions;
