//! The part of DynamoDB that consumers of streams keep their leases and locks in.

pub mod shapes;
