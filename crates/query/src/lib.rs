//! Batch SQL over tables of files, in Trino's dialect, on DataFusion ([0006](../../docs/decisions/0006-query-engine.md)).
//!
//! ```text
//! text ─ dialect: parse ─ resolve: names → tables, views laid open ─ rewrite: Trino's functions → DataFusion's
//!      ─ DataFusion: plan ─ tables: partitions pruned, files shared out ─ read: Parquet · ORC · JSON · text, by ranges ─ DataFusion: run
//!      ─ render: values as Trino writes them, or as JSON
//! ```
//!
//! It knows no AWS: catalog and files are behind [`ports::QueryTables`]. It runs on threads of its own, so that a long computation never keeps a request
//! waiting, and in bounded memory (`engine::MEMORY_BYTES`); nothing spills to the disk, since what is encrypted at rest must not lie there in plain.
//! No type of Arrow or DataFusion leaves the crate.

mod dialect;
mod engine;
mod faults;
mod functions;
mod kinds;
mod prune;
mod read;
mod render;
mod resolve;
mod rewrite;
mod tables;

pub use engine::Engine;
