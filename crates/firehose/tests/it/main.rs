//! The room through its one entrance, over the model of the store, with an S3, a Kinesis, a KMS and a Lambda of the tests' own, and receivers on loopback.

mod control;
mod conversion;
mod delivery;
mod encryption;
mod faults;
mod outside;
mod partitions;
mod receiver;
mod source;
mod tables;
mod transform;
mod world;
