//! The REST protocols, S3's XML and the JSON of Lambda and Kinesis Video: which operation a method, path and query mean, and which
//! members travel outside the body.

mod bind;
mod route;

pub(crate) use bind::{read_head, read_payload, write_output};
pub use route::route;
