//! The Glue Data Catalog and the Schema Registry.
