//! Where rooms meet: traits, and the plain data that passes through them.
//!
//! No room knows another. What Firehose needs of S3 is [`ObjectStore`], what it needs of Kinesis is [`RecordSource`], what the door needs of
//! identity is [`Principals`]; the binary wires them. Every call carries the [`Principal`] it acts for, so that the room behind the
//! port asks its own authorization question. A port that writes does not write: it returns a [`store::Commit`] fragment, which the
//! caller merges with its own cursor move and commits once.

mod catalog;
mod converter;
mod functions;
mod keys;
mod metrics;
mod objects;
mod origins;
mod principals;
mod query;
mod records;
mod sink;
mod sites;
mod urls;

pub use catalog::{
    Catalog, CatalogCalls, CatalogColumn, CatalogRefusal, CatalogTable, TableChange, TableRef,
};
pub use converter::{
    ColumnFormat, CompiledConversion, CompiledTable, Conversion, ConvertedFile, Converter, NotConverted,
    OrcCompression, ParquetCompression, RecordReader, RowValues, TableColumn, TableFile, TableRows,
    TableWriter,
};
pub use functions::{FunctionAnswer, Functions};
pub use keys::{DataKey, KeyError, KeyService, KeyUse};
pub use metrics::{Measurement, Metrics, NoMetrics};
pub use objects::{ListedObject, NewObject, ObjectPage, ObjectRef, ObjectStore, PreparedPut};
pub use origins::{CrossOrigin, OriginAllowed, OriginAnswer, Origins};
pub use principals::{AccessKey, Principal, PrincipalKind, Principals, Session};
pub use query::{
    CsvFormat, DelimitedFormat, FileFormat, JsonFormat, QueryColumn, QueryEngine, QueryError, QueryFile,
    QueryPart, QueryProgress, QueryRelation, QueryRow, QueryRun, QueryStatement, QueryTable, QueryTables,
    ValueForm,
};
pub use records::{RecordSource, ShardPosition, ShardStart, SourceBatch, SourceRecord, SourceShard};
pub use sink::{RecordSink, SinkRecord};
pub use sites::{SiteRequest, Sites};
pub use urls::{FunctionUrls, UrlName, UrlRequest, UrlTerms};

/// Why a call through a port failed, in terms of what the caller can do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PortError {
    /// What was named does not exist: wait for it, or give up. `code` and `message` are the owning service's.
    #[error("{code}: {message}")]
    NotFound {
        /// The error code AWS answers.
        code: &'static str,
        /// Its text.
        message: String,
    },
    /// The principal may not do this.
    #[error("access denied: {0}")]
    Denied(String),
    /// The request itself is wrong: repeating it cannot help.
    #[error("{code}: {message}")]
    Invalid {
        /// The error code AWS answers.
        code: &'static str,
        /// Its text.
        message: String,
    },
    /// For the moment it cannot be done (no space, a conflict, the disk failed): try again later.
    #[error("unavailable: {0}")]
    Unavailable(String),
}
