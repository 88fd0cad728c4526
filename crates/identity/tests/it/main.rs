//! IAM, STS and the gate through the wire: forms in, XML out, over a store in memory.

mod entities;
mod gate;
mod harness;
mod mfa;
mod policies;
mod sessions;
mod web;
