//! The only way out of the process: an HTTP client that refuses addresses nobody meant to reach.
