//! (to be built)

pub mod engine;
pub mod shapes;
pub mod tables;
