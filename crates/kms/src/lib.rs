//! Key Management Service: keys that never leave, and what is done with them.

pub mod shapes;
