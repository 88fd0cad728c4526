//! The conformance suite over every engine, and what only a whole store shows.

mod model;
mod power;
