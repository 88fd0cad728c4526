//! (to be built)
fn main() {}
