//! The vocabulary every floor shares: who (account), where (region, ARN), when (timestamp, clock), how many (sizes, pages) and
//! the handles for the three things a test must own: the clock, randomness and ids.
//!
//! No async, no I/O, nothing of any one service. A type starts life beside its only user and moves here when a second
//! room needs it, not before.

mod arn;
mod bounds;
mod clock;
mod ids;
mod tags;

pub use arn::{AccountId, Arn, InvalidAccountId, InvalidArn, Region};
pub use bounds::{ByteSize, Page};
pub use clock::{Clock, Listener, Timestamp};
pub use ids::{Random, Secret, hex};
pub use tags::{TagSet, Tags};
