//! Apache Iceberg tables as files: their metadata read and continued, manifests written, partitions computed. Pure bytes to bytes; who stores
//! them, and which pointer says what a table is now, is somebody else's.
//!
//! A change of a table is new files and nothing else: data files, a manifest that lists them, a list of all manifests, and a metadata file
//! that names the list. [`commit::commit`] makes the last three out of the metadata as it was. What makes the new metadata the table's is one
//! conditional write of its address.
//!
//! | module | |
//! |---|---|
//! | [`types`] | schemas: fields, their ids and types |
//! | [`transform`] | how partitions follow from values |
//! | [`avro`] | object container files, which manifests are |
//! | [`manifest`] | manifests and lists of them |
//! | [`metadata`] | a table's metadata |
//! | [`commit`] | a snapshot more |
//!
//! A value by itself is bytes in the format's single-value form (appendix D of its specification): so bounds, partitions and keys are compared and
//! kept without knowing types. Format versions 1 and 2 are written; 3 is refused, since its rows have numbers that writers must hand out.
//!
//! Why not a library: [0007](../../../docs/decisions/0007-iceberg-by-hand.md).

pub mod avro;
pub mod commit;
pub mod manifest;
pub mod metadata;
pub mod transform;
pub mod types;

/// Why a table's files cannot be understood or continued.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// They are no Iceberg files, or are damaged.
    #[error("{0}")]
    Malformed(String),
    /// They are of a kind that is not written here.
    #[error("{0}")]
    Unsupported(String),
}

pub(crate) fn malformed(what: impl Into<String>) -> Error {
    Error::Malformed(what.into())
}
