//! What a table or a partition is to be, by what its files are.

use std::collections::BTreeMap;

use crate::engine::crawler::classify::{Classified, Format};
use crate::engine::crawler::kinds::Column as Inferred;
use crate::engine::crawler::layout::{Planned, PlannedPartition};
use crate::engine::partitions::NewPartition;
use crate::engine::tables::TableAt;
use crate::shapes::{Column, PartitionInput, SerDeInfo, StorageDescriptor, TableInput};

/// The parameter that says who made a table.
pub(super) const MADE_BY: &str = "UPDATED_BY_CRAWLER";

/// Where a folder lies.
pub(super) fn location(bucket: &str, prefix: &str, path: &[String]) -> String {
    let mut location = format!("s3://{bucket}/{prefix}");
    if !location.ends_with('/') {
        location.push('/');
    }
    for folder in path {
        location.push_str(folder);
        location.push('/');
    }
    location
}

fn parameters(crawler: &str, what: &Classified, objects: u64, bytes: u64) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let mut add = |name: &str, value: String| {
        all.insert(name.to_owned(), value);
    };
    add("CrawlerSchemaSerializerVersion", "1.0".to_owned());
    add("CrawlerSchemaDeserializerVersion", "1.0".to_owned());
    add(MADE_BY, crawler.to_owned());
    add("classification", what.classification.clone());
    add("compressionType", what.compression.to_owned());
    add("typeOfData", "file".to_owned());
    add("objectCount", objects.to_string());
    add("sizeKey", bytes.to_string());
    add("recordCount", what.rows.to_string());
    add("averageRecordSize", (bytes / what.rows.max(1)).to_string());
    match &what.format {
        Format::Csv { delimiter, header, quoted, .. } => {
            add("delimiter", delimiter.to_string());
            add("columnsOrdered", "true".to_owned());
            add("areColumnsQuoted", quoted.to_string());
            if *header {
                add("skip.header.line.count", "1".to_owned());
            }
        }
        Format::Json(Some(path)) => add("jsonPath", path.clone()),
        Format::Grok { pattern, .. } => add("grokPattern", pattern.clone()),
        Format::Avro | Format::Orc | Format::Parquet | Format::Json(None) => {}
    }
    all
}

const TEXT_INPUT: &str = "org.apache.hadoop.mapred.TextInputFormat";
const TEXT_OUTPUT: &str = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";

/// Input format, output format, SerDe and its parameters.
fn serde_of(what: &Classified) -> (&'static str, &'static str, &'static str, BTreeMap<String, String>) {
    let one = |name: &str, value: String| BTreeMap::from([(name.to_owned(), value)]);
    match &what.format {
        Format::Parquet => (
            "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
            "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
            "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
            one("serialization.format", "1".to_owned()),
        ),
        Format::Orc => (
            "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat",
            "org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat",
            "org.apache.hadoop.hive.ql.io.orc.OrcSerde",
            BTreeMap::new(),
        ),
        Format::Avro => (
            "org.apache.hadoop.hive.ql.io.avro.AvroContainerInputFormat",
            "org.apache.hadoop.hive.ql.io.avro.AvroContainerOutputFormat",
            "org.apache.hadoop.hive.serde2.avro.AvroSerDe",
            one("serialization.format", "1".to_owned()),
        ),
        Format::Json(_) => {
            let names: Vec<&str> = what.columns.iter().map(|column| column.name.as_str()).collect();
            (TEXT_INPUT, TEXT_OUTPUT, "org.openx.data.jsonserde.JsonSerDe", one("paths", names.join(",")))
        }
        Format::Csv { delimiter, quote, open_serde: true, .. } => {
            let mut parameters = one("separatorChar", delimiter.to_string());
            parameters.insert("quoteChar".to_owned(), quote.to_string());
            (TEXT_INPUT, TEXT_OUTPUT, "org.apache.hadoop.hive.serde2.OpenCSVSerde", parameters)
        }
        Format::Csv { delimiter, .. } => (
            TEXT_INPUT,
            TEXT_OUTPUT,
            "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
            one("field.delim", delimiter.to_string()),
        ),
        Format::Grok { pattern, custom } => {
            let mut parameters = one("input.format", pattern.clone());
            if !custom.is_empty() {
                parameters.insert("input.grokCustomPatterns".to_owned(), custom.clone());
            }
            (TEXT_INPUT, TEXT_OUTPUT, "com.amazonaws.glue.serde.GrokSerDe", parameters)
        }
    }
}

fn descriptor(
    location: String,
    what: &Classified,
    columns: &[Inferred],
    parameters: BTreeMap<String, String>,
) -> StorageDescriptor {
    let (input, output, library, serde_parameters) = serde_of(what);
    let column = |column: &Inferred| Column {
        name: Some(column.name.clone()),
        r#type: Some(column.kind.text()),
        ..Column::default()
    };
    StorageDescriptor {
        columns: Some(columns.iter().map(column).collect()),
        location: Some(location),
        input_format: Some(input.to_owned()),
        output_format: Some(output.to_owned()),
        compressed: Some(what.compression != "none"),
        number_of_buckets: Some(-1),
        serde_info: Some(SerDeInfo {
            name: None,
            serialization_library: Some(library.to_owned()),
            parameters: Some(serde_parameters),
        }),
        bucket_columns: Some(Vec::new()),
        sort_columns: Some(Vec::new()),
        parameters: Some(parameters),
        stored_as_sub_directories: Some(false),
        ..StorageDescriptor::default()
    }
}

pub(super) fn table_input(crawler: &str, at: &TableAt, location: &str, planned: &Planned) -> TableInput {
    let all = parameters(crawler, &planned.what, planned.objects, planned.bytes);
    let key = |name: &String| Column {
        name: Some(name.clone()),
        r#type: Some("string".to_owned()),
        ..Column::default()
    };
    TableInput {
        name: Some(at.name.clone()),
        owner: Some("owner".to_owned()),
        retention: Some(0),
        storage_descriptor: Some(descriptor(
            location.to_owned(),
            &planned.what,
            &planned.what.columns,
            all.clone(),
        )),
        partition_keys: Some(planned.keys.iter().map(key).collect()),
        table_type: Some("EXTERNAL_TABLE".to_owned()),
        parameters: Some(all),
        ..TableInput::default()
    }
}

pub(super) fn new_partition(
    crawler: &str,
    bucket: &str,
    prefix: &str,
    partition: &PlannedPartition,
    columns: Option<&Vec<Inferred>>,
) -> NewPartition {
    let all = parameters(crawler, &partition.what, partition.objects, partition.bytes);
    let columns = columns.unwrap_or(&partition.what.columns);
    let location = location(bucket, prefix, &partition.path);
    let input = PartitionInput {
        storage_descriptor: Some(descriptor(location, &partition.what, columns, all.clone())),
        parameters: Some(all),
        ..PartitionInput::default()
    };
    NewPartition { values: partition.values.clone(), input: wire::keep(&input) }
}
