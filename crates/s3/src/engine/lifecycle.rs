//! What happens to objects by themselves: transitions, expiration, uploads given up, restored copies that end, archive tiers.
//!
//! The work is found by an index of due dates, never by looking through a bucket: wherever a row of an object, a marker or an upload is
//! written, the same commit writes when to look at its key. A look judges all versions of the key as of the time it was due, carries out
//! what is due, and writes the next look, all in one commit. So it may stop anywhere and go on later, and a clock that leaps a year ends
//! where a daily walk would have ended: looks are taken in the order in which they are due, each as of its own time.
//!
//! | module | what it knows |
//! |---|---|
//! | [`calendar`] | days and midnights |
//! | [`rules`] | a bucket's rules, compiled; filters; what headers tell |
//! | [`judge`] | what is due of one key: pure |
//! | [`access`] | when objects were last read |
//! | [`due`] | the index of due dates, written beside the rows |
//! | [`looks`] | looking at what is due, and doing it |
//! | [`tally`] | what was done, for the log |
//! | [`spread`] | giving the rows that are there the looks that new rules want |

pub(super) mod access;
pub mod calendar;
pub(super) mod due;
#[cfg(test)]
mod engine_tests;
pub mod judge;
mod looks;
pub mod rules;
#[cfg(test)]
mod simulator;
mod spread;
pub(super) mod tally;
