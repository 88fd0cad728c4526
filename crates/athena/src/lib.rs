//! Athena.
