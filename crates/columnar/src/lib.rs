//! JSON records to Parquet and ORC files.
