//! The IAM policy language: documents parsed, requests evaluated, decisions explained. Pure: no I/O, no clock, no service.
//!
//! A [`Document`] is checked and compiled once, when it is stored or first read, and evaluated many times: patterns are split into literals,
//! prefixes and globs, numbers, dates and networks are read, actions are in lower case. A [`Question`] then names who asks for what under which
//! circumstances and which policies there are, and [`evaluate`] answers with a [`Decision`] that knows the statement that made it.
//!
//! | to learn | begin at |
//! |---|---|
//! | the decision itself: who must allow, who caps | `evaluate.rs` |
//! | what a statement says about a caller's layers | `principal.rs` |
//! | operators, absent keys | `condition.rs` |
//! | the checks and their order | `parse.rs`, `parse/check.rs`, texts in `malformed.rs` |
//! | wildcards that cannot be made slow | `glob.rs`, `arn.rs` |
//! | what S3 calls public | `bucket.rs` |
//! | what the simulation tells | `explain.rs` |
//!
//! What it does not do: find policies, know which principals exist, know which actions a service has, or choose error codes. Lengths of
//! documents are the services' limits ([`size`] counts for them).
//!
//! Tests: claims beside the code; `tests/it` compares whole decisions with a second evaluator that is written straight from the AWS guide, on
//! random policies and requests; a fuzz target parses and evaluates any text.

mod arn;
mod bucket;
mod condition;
mod context;
mod document;
mod evaluate;
mod explain;
mod glob;
mod json;
mod malformed;
mod memo;
mod parse;
mod principal;
mod value;

pub use context::{Context, Source};
pub use document::{DOCUMENT_BYTES_MAX, Document, Effect, Kind, Position, PrincipalName, Statement, size};
pub use evaluate::{Allowed, Attached, Decision, Denied, Found, Layer, Question, Rule, evaluate};
pub use explain::{Explanation, Verdict, explain};
pub use malformed::Malformed;
pub use principal::{Kin, PrincipalType, Who};
