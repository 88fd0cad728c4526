//! The yard's view from outside: the built binary as a process, and a client that owes nothing to the server's code.
//!
//! * [`Server`] starts `millrace` on a free port with a directory of its own, waits for `Ready.`, and stops it in any way.
//! * [`Client`] signs (Signature Version 4) and speaks plain HTTP/1.1 over one socket a request; [`sign`] is shared with the bench.
//!
//! The tests in `tests/it/` claim what a user relies on: the pipeline, what survives `kill -9`, what the process says when it cannot start.
//! Stock clients (boto3, the AWS CLI, aws-sdk-js) are in `clients/`, run by `cargo xtask test`. No test sleeps: buffers are flushed by
//! moving the clock, and what must be awaited is asked for again until a deadline.

mod client;
pub mod listeners;
pub mod load;
mod server;
pub mod sign;

pub use client::{Answer, Client};
pub use server::{Server, binary};
