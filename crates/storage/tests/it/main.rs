//! The conformance suite over every engine, and what only a whole store shows.

mod bits;
mod model;
mod mover;
mod power;
mod settle;
