//! The room through its one entrance, over the model of the store, with a Kinesis of the tests' own and functions in real processes.

mod control;
mod events;
mod running;
mod streams;
mod urls;
mod world;
