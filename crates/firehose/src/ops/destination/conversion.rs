//! `DataFormatConversionConfiguration` between the wire and the engine. An update merges it member by member (Firehose facts section 5).

use crate::engine::error::Invalid;
use crate::shapes as wire_shapes;
use crate::tables::{Conversion, ConversionReader, ConversionSchema, ConversionWriter};

fn positive(number: Option<i32>) -> Option<u32> {
    number.and_then(|number| u32::try_from(number).ok())
}

fn shown(number: Option<u32>) -> Option<i32> {
    number.and_then(|number| i32::try_from(number).ok())
}

/// What is given, by itself.
pub(super) fn given(given: &wire_shapes::DataFormatConversionConfiguration) -> Result<Conversion, Invalid> {
    let deserializer = |input: &wire_shapes::InputFormatConfiguration| match &input.deserializer {
        Some(deserializer) => reader(deserializer),
        None => Err(Invalid::new("Deserializer must not be null")),
    };
    let serializer = |output: &wire_shapes::OutputFormatConfiguration| match &output.serializer {
        Some(serializer) => writer(serializer),
        None => Err(Invalid::new("Serializer must not be null")),
    };
    Ok(Conversion {
        enabled: given.enabled,
        schema: given.schema_configuration.as_ref().map(|schema| ConversionSchema {
            role_arn: schema.role_arn.clone(),
            catalog_id: schema.catalog_id.clone(),
            database: schema.database_name.clone(),
            table: schema.table_name.clone(),
            region: schema.region.clone(),
            version: schema.version_id.clone(),
        }),
        reader: given.input_format_configuration.as_ref().map(deserializer).transpose()?,
        writer: given.output_format_configuration.as_ref().map(serializer).transpose()?,
    })
}

/// What is given, over what stands.
pub(super) fn merge(current: Option<&Conversion>, given: Conversion) -> Conversion {
    let Some(current) = current else { return given };
    let schema = match (&current.schema, given.schema) {
        (Some(stands), Some(given)) => {
            let stands = stands.clone();
            Some(ConversionSchema {
                role_arn: given.role_arn.or(stands.role_arn),
                catalog_id: given.catalog_id.or(stands.catalog_id),
                database: given.database.or(stands.database),
                table: given.table.or(stands.table),
                region: given.region.or(stands.region),
                version: given.version.or(stands.version),
            })
        }
        (stands, given) => given.or_else(|| stands.clone()),
    };
    Conversion {
        enabled: given.enabled.or(current.enabled),
        schema,
        reader: given.reader.or_else(|| current.reader.clone()),
        writer: given.writer.or_else(|| current.writer.clone()),
    }
}

fn reader(given: &wire_shapes::Deserializer) -> Result<ConversionReader, Invalid> {
    match (&given.openx_json_ser_de, &given.hive_json_ser_de) {
        (Some(_), Some(_)) => {
            Err(Invalid::new("More than one deserializer specified. Only one may be chosen."))
        }
        (None, None) => Err(Invalid::new("Deserializer must not be null")),
        (Some(openx), None) => Ok(ConversionReader::OpenX {
            dots_to_underscores: openx.convert_dots_in_json_keys_to_underscores,
            case_insensitive: openx.case_insensitive,
            mappings: openx.column_to_json_key_mappings.clone(),
        }),
        (None, Some(hive)) => {
            Ok(ConversionReader::Hive { timestamp_formats: hive.timestamp_formats.clone() })
        }
    }
}

fn writer(given: &wire_shapes::Serializer) -> Result<ConversionWriter, Invalid> {
    match (&given.parquet_ser_de, &given.orc_ser_de) {
        (Some(_), Some(_)) => {
            Err(Invalid::new("More than one serializer specified. Only one may be chosen."))
        }
        (None, None) => Err(Invalid::new("Serializer must not be null")),
        (Some(parquet), None) => Ok(ConversionWriter::Parquet {
            block_bytes: positive(parquet.block_size_bytes),
            page_bytes: positive(parquet.page_size_bytes),
            compression: parquet.compression.clone(),
            dictionary: parquet.enable_dictionary_compression,
            padding_bytes_max: positive(parquet.max_padding_bytes),
            version: parquet.writer_version.clone(),
        }),
        (None, Some(orc)) => Ok(ConversionWriter::Orc {
            stripe_bytes: positive(orc.stripe_size_bytes),
            block_bytes: positive(orc.block_size_bytes),
            row_index_stride: positive(orc.row_index_stride),
            padding: orc.enable_padding,
            padding_tolerance: orc.padding_tolerance,
            compression: orc.compression.clone(),
            bloom_columns: orc.bloom_filter_columns.clone(),
            bloom_probability: orc.bloom_filter_false_positive_probability,
            dictionary_threshold: orc.dictionary_key_threshold,
            version: orc.format_version.clone(),
        }),
    }
}

/// As DescribeDeliveryStream shows it: what was given.
pub(super) fn describe(conversion: &Conversion) -> wire_shapes::DataFormatConversionConfiguration {
    wire_shapes::DataFormatConversionConfiguration {
        enabled: conversion.enabled,
        schema_configuration: conversion.schema.as_ref().map(|schema| wire_shapes::SchemaConfiguration {
            role_arn: schema.role_arn.clone(),
            catalog_id: schema.catalog_id.clone(),
            database_name: schema.database.clone(),
            table_name: schema.table.clone(),
            region: schema.region.clone(),
            version_id: schema.version.clone(),
        }),
        input_format_configuration: conversion.reader.as_ref().map(|reader| {
            wire_shapes::InputFormatConfiguration { deserializer: Some(describe_reader(reader)) }
        }),
        output_format_configuration: conversion.writer.as_ref().map(|writer| {
            wire_shapes::OutputFormatConfiguration { serializer: Some(describe_writer(writer)) }
        }),
    }
}

fn describe_reader(reader: &ConversionReader) -> wire_shapes::Deserializer {
    match reader {
        ConversionReader::OpenX { dots_to_underscores, case_insensitive, mappings } => {
            wire_shapes::Deserializer {
                openx_json_ser_de: Some(wire_shapes::OpenXJsonSerDe {
                    convert_dots_in_json_keys_to_underscores: *dots_to_underscores,
                    case_insensitive: *case_insensitive,
                    column_to_json_key_mappings: mappings.clone(),
                }),
                hive_json_ser_de: None,
            }
        }
        ConversionReader::Hive { timestamp_formats } => wire_shapes::Deserializer {
            openx_json_ser_de: None,
            hive_json_ser_de: Some(wire_shapes::HiveJsonSerDe {
                timestamp_formats: timestamp_formats.clone(),
            }),
        },
    }
}

fn describe_writer(writer: &ConversionWriter) -> wire_shapes::Serializer {
    match writer {
        ConversionWriter::Parquet {
            block_bytes,
            page_bytes,
            compression,
            dictionary,
            padding_bytes_max,
            version,
        } => wire_shapes::Serializer {
            parquet_ser_de: Some(wire_shapes::ParquetSerDe {
                block_size_bytes: shown(*block_bytes),
                page_size_bytes: shown(*page_bytes),
                compression: compression.clone(),
                enable_dictionary_compression: *dictionary,
                max_padding_bytes: shown(*padding_bytes_max),
                writer_version: version.clone(),
            }),
            orc_ser_de: None,
        },
        ConversionWriter::Orc {
            stripe_bytes,
            block_bytes,
            row_index_stride,
            padding,
            padding_tolerance,
            compression,
            bloom_columns,
            bloom_probability,
            dictionary_threshold,
            version,
        } => wire_shapes::Serializer {
            parquet_ser_de: None,
            orc_ser_de: Some(wire_shapes::OrcSerDe {
                stripe_size_bytes: shown(*stripe_bytes),
                block_size_bytes: shown(*block_bytes),
                row_index_stride: shown(*row_index_stride),
                enable_padding: *padding,
                padding_tolerance: *padding_tolerance,
                compression: compression.clone(),
                bloom_filter_columns: bloom_columns.clone(),
                bloom_filter_false_positive_probability: *bloom_probability,
                dictionary_key_threshold: *dictionary_threshold,
                format_version: version.clone(),
            }),
        },
    }
}
