//! The room through its one entrance, over the model of the store, with an S3 and a Kinesis of the tests' own.

mod control;
mod delivery;
mod faults;
mod source;
mod world;
