//! The IAM policy language: documents parsed, requests evaluated, decisions explained. Pure: no I/O, no clock, no service.

/// A policy document, checked and ready to be evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document(());
