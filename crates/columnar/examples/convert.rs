//! Converts JSON lines of a file to a column file, and says how fast: `convert parquet|orc COMPRESSION "name:type,…" IN OUT`.

use std::process::ExitCode;
use std::time::Instant;

use columnar::Columnar;
use columnar::kind::Kind;
use ports::{
    CatalogColumn, ColumnFormat, Conversion, Converter as _, OrcCompression, ParquetCompression, RecordReader,
};

#[expect(clippy::disallowed_methods, reason = "an example measures real time and writes where it is told to")]
fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [format, compression, columns, from, to] = &words[..] else {
        eprintln!("convert parquet|orc COMPRESSION \"name:type,…\" IN OUT");
        return ExitCode::FAILURE;
    };
    let Ok(Kind::Struct(fields)) = Kind::parse(&format!("struct<{columns}>")) else {
        eprintln!("the columns are not name:type,…");
        return ExitCode::FAILURE;
    };
    // The parser has checked them; the texts are wanted again.
    let texts = split(columns);
    let columns = fields
        .iter()
        .zip(texts)
        .map(|((name, _), kind)| CatalogColumn { name: name.clone(), kind: Some(kind) });
    let conversion = Conversion {
        columns: columns.collect(),
        reader: RecordReader::OpenX {
            case_insensitive: true,
            dots_to_underscores: false,
            mappings: std::collections::BTreeMap::new(),
        },
        format: format_of(format, compression),
    };
    let text = std::fs::read(from).expect("the input is readable");
    let compiled = Columnar.compile(&conversion).expect("the types are sound");
    let started = Instant::now();
    let mut file = compiled.begin();
    let mut refused = 0;
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', &text) {
        let line = &text[start..end];
        start = end + 1;
        if let Err(error) = file.push(line) {
            refused += 1;
            eprintln!("{error}");
        }
    }
    let rows = file.rows();
    let bytes = file.finish().expect("memory is enough").concat();
    let seconds = started.elapsed().as_secs_f64();
    let rate = text.len() as f64 / seconds / 1e6;
    println!("{rows} rows, {refused} refused, {} -> {} bytes, {rate:.1} MB/s", text.len(), bytes.len());
    std::fs::write(to, bytes).expect("the output is writable");
    ExitCode::SUCCESS
}

/// The texts of the types between commas that stand in no brackets.
fn split(columns: &str) -> Vec<String> {
    let mut depth = 0;
    let parts = columns.split(|sign: char| {
        depth += match sign {
            '<' | '(' => 1,
            '>' | ')' => -1,
            _ => 0,
        };
        sign == ',' && depth == 0
    });
    parts.map(|part| part.split_once(':').map_or(String::new(), |(_, kind)| kind.to_owned())).collect()
}

fn format_of(format: &str, compression: &str) -> ColumnFormat {
    if format == "orc" {
        return ColumnFormat::Orc {
            compression: match compression {
                "zlib" => OrcCompression::Zlib,
                "snappy" => OrcCompression::Snappy,
                _ => OrcCompression::None,
            },
            stripe_bytes: 64 << 20,
            row_index_stride: 10_000,
            bloom: None,
            dictionary_threshold: 0.8,
        };
    }
    ColumnFormat::Parquet {
        compression: match compression {
            "gzip" => ParquetCompression::Gzip,
            "snappy" => ParquetCompression::Snappy,
            _ => ParquetCompression::Uncompressed,
        },
        v2: false,
        dictionary: true,
        block_bytes: 256 << 20,
        page_bytes: 1 << 20,
    }
}
