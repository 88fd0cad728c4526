//! Records in, files out: what Parquet's own reader finds in them, and how an ORC file is laid out.

mod iceberg;
mod orc;
mod parquet;

use std::collections::BTreeMap;

use bytes::Bytes;
use columnar::Columnar;
use ports::{
    CatalogColumn, ColumnFormat, Conversion, ConvertedFile, Converter as _, NotConverted, OrcCompression,
    ParquetCompression, RecordReader,
};

fn parquet_format() -> ColumnFormat {
    ColumnFormat::Parquet {
        compression: ParquetCompression::Snappy,
        v2: false,
        dictionary: true,
        block_bytes: 256 << 20,
        page_bytes: 1 << 20,
    }
}

fn orc_format(compression: OrcCompression) -> ColumnFormat {
    ColumnFormat::Orc {
        compression,
        stripe_bytes: 64 << 20,
        row_index_stride: 1_000,
        bloom: None,
        dictionary_threshold: 0.8,
    }
}

fn open_x() -> RecordReader {
    RecordReader::OpenX { case_insensitive: true, dots_to_underscores: false, mappings: BTreeMap::new() }
}

fn hive(formats: &[&str]) -> RecordReader {
    RecordReader::Hive { timestamp_formats: formats.iter().map(|format| (*format).to_owned()).collect() }
}

fn begin(
    columns: &[(&str, &str)],
    reader: RecordReader,
    format: ColumnFormat,
) -> Result<Box<dyn ConvertedFile>, NotConverted> {
    let column = |(name, kind): &(&str, &str)| CatalogColumn {
        name: (*name).to_owned(),
        kind: Some((*kind).to_owned()),
    };
    let conversion = Conversion { columns: columns.iter().map(column).collect(), reader, format };
    Ok(Columnar.compile(&conversion)?.begin())
}

fn whole(file: Box<dyn ConvertedFile>) -> Bytes {
    file.finish().expect("the columns are sound").concat().into()
}
