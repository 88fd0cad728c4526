//! The domain of the room: delivery streams, and how what they are given becomes objects. No wire types, no HTTP.
pub mod buffering;
pub mod compression;
pub mod dates;
pub mod kpl;
pub mod naming;
pub mod prefix;
