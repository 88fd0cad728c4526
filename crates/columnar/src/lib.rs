//! JSON records to Parquet and ORC files, as Firehose converts them. It knows no AWS: what it is asked is [`ports::Conversion`].
//!
//! A record is parsed once, into a [`tape`]; [`read`] puts it into [`column`]s by the table's types, with the coercions of the SerDe; the columns of a
//! block become a row group ([`parquet_file`]) or a stripe ([`orc`]). A record that does not fit is taken back, and the file goes on.
//!
//! | module | |
//! |---|---|
//! | [`kind`] | types as Hive writes them |
//! | [`tape`] | JSON, parsed once |
//! | [`read`], [`moment`] | values from JSON, dates and times |
//! | [`column`] | values in memory |
//! | [`parquet_file`] | Parquet, by the library of Apache |
//! | [`table`] | files of Iceberg tables: Parquet, its columns marked with ids |
//! | [`orc`] | ORC, by our own hand: no library writes nested types |

pub mod column;
mod file;
pub mod kind;
pub mod moment;
pub mod orc;
pub mod parquet_file;
pub mod read;
pub mod table;
pub mod tape;

pub use file::Columnar;
