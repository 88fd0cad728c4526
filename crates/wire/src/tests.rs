//! Tests over the tables that are checked in, and what the facts say in so many words.
//!
//! `dynamic` is a value of any structure of any table; `round_trips` sends random ones through every codec; the others are exchanges and
//! refusals written from the fact sheets.

mod bindings;
mod constraints;
mod dynamic;
mod exchanges;
mod frames;
mod refusals;
mod round_trips;
mod routes;
pub mod tables;
