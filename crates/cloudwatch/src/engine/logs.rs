//! CloudWatch Logs.
//!
//! ```text
//! groups     groups as such            pattern   the language that filters events (pure)
//! streams    streams of a group        events    put
//! reading    events in the order of their times, over one stream or many
//! filters    what is done with events as they come: metrics
//! subscriptions   who is sent events, and that they are to be        couriers   sent
//! ```
//!
//! What one call puts is one record of the stream's log, its events in the order of their times, and one row that says from when to when they are
//! and where the record is. Readers merge records by those rows: they need not come in order, and mostly do. A stream's row says how long its longest
//! record is, hence how far back a reader has to look.

pub(crate) mod couriers;
pub mod events;
pub mod filters;
pub mod groups;
pub mod pattern;
pub mod reading;
pub mod streams;
pub mod subscriptions;
