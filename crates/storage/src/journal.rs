//! The journal: the one place where a commit becomes durable.
//!
//! It is one endless sequence of bytes, cut into segments that are files of one size, zero-filled and reused in place. A *place* is
//! an offset in that sequence, so it names a byte for good; segment number `place / segment size` says which file has it while it has it.
//! Commits travel in [`frame`]s, one per sync. Because a frame states its own place, what an earlier life of a file left behind is told from
//! what was written since, and because it states its positions, a hole is told from the end.
//!
//! [`segments`] owns the files, [`writer`] appends and survives a failed sync, [`replay`] reads it all again at start.

pub mod frame;
pub mod notes;
pub mod replay;
pub mod segments;
#[cfg(test)]
mod tests;
pub mod writer;
