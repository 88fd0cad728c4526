//! What a file is: the user's classifiers first, then those that are built in, by what is in the file and never by its name.

use std::io::Read;

use super::csv::{self, Options};
use super::grok::{BUILT_IN, Grok};
use super::kinds::Column;
use super::{headers, json};

/// Bytes that are looked at of a file, and of what it unpacks to.
pub const HEAD_BYTES: u64 = 1 << 20;
/// Share of lines that a pattern must take.
const TAKES_PERCENT: usize = 90;

/// A classifier of the user's.
#[derive(Clone, Debug)]
pub enum Custom {
    /// A pattern of lines: its classification, itself, and what it is made of.
    Grok {
        /// The classification.
        classification: String,
        /// The pattern.
        pattern: String,
        /// Patterns it names.
        custom: String,
    },
    /// Where the rows of a JSON file are.
    Json {
        /// A path.
        path: String,
    },
    /// How a file of separated values is written.
    Csv {
        /// How.
        options: Options,
        /// Read by the SerDe that knows quotes.
        open_serde: bool,
    },
    /// Rows of XML, which are not read here.
    Xml,
}

/// What a file turned out to be.
#[derive(Clone, PartialEq, Debug)]
pub struct Classified {
    /// Its classification.
    pub classification: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// `none`, `gzip`.
    pub compression: &'static str,
    /// How it is read.
    pub format: Format,
    /// Rows that were seen, or that the file says it has.
    pub rows: u64,
}

/// How a file is read.
#[derive(Clone, PartialEq, Debug)]
pub enum Format {
    /// Apache Avro.
    Avro,
    /// Apache ORC.
    Orc,
    /// Apache Parquet.
    Parquet,
    /// Objects of JSON; the path of the rows if there is one.
    Json(Option<String>),
    /// Separated values.
    Csv {
        /// The separator.
        delimiter: char,
        /// The quote.
        quote: char,
        /// Whether the first line is a header.
        header: bool,
        /// Whether values are quoted.
        quoted: bool,
        /// Read by the SerDe that knows quotes.
        open_serde: bool,
    },
    /// Lines of a pattern.
    Grok {
        /// The pattern.
        pattern: String,
        /// Patterns it names.
        custom: String,
    },
}

/// The pieces of a file that are needed.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Its beginning.
    pub head: Vec<u8>,
    /// Its end, if that was read.
    pub tail: Vec<u8>,
    /// Whether the beginning is all of it.
    pub whole: bool,
}

/// Whether a file's footer is wanted, by its beginning.
pub fn has_footer(head: &[u8]) -> bool {
    head.starts_with(b"PAR1") || head.starts_with(b"ORC")
}

/// Says what a file is; `None` if nobody knows.
pub fn classify(sample: &Sample, custom: &[Custom]) -> Option<Classified> {
    let plain = |classification: &str, format: Format, header: headers::Header| Classified {
        classification: classification.to_owned(),
        columns: header.columns,
        compression: "none",
        format,
        rows: header.rows.unwrap_or(0),
    };
    let (text, whole, compression) = unpacked(sample)?;
    for one in custom {
        if let Some(found) = by_custom(one, &text, whole, compression) {
            return Some(found);
        }
    }
    if let Some(header) = headers::avro(&sample.head) {
        return Some(plain("avro", Format::Avro, header));
    }
    if sample.head.starts_with(b"ORC") {
        return headers::orc(&sample.tail).map(|header| plain("orc", Format::Orc, header));
    }
    if sample.head.starts_with(b"PAR1") {
        return headers::parquet(&sample.tail).map(|header| plain("parquet", Format::Parquet, header));
    }
    let text = text.as_str();
    if let Some(found) = json::infer(text, whole, None) {
        return Some(Classified {
            classification: "json".to_owned(),
            columns: found.columns,
            compression,
            format: Format::Json(None),
            rows: found.rows as u64,
        });
    }
    for (classification, pattern) in BUILT_IN {
        if let Some(found) = by_grok(classification, pattern, "", text, whole, compression) {
            return Some(found);
        }
    }
    by_csv(text, whole, compression, &Options::default(), false)
}

/// The beginning of a file as text, out of what it is packed in.
fn unpacked(sample: &Sample) -> Option<(String, bool, &'static str)> {
    let (bytes, whole, compression) = if sample.head.starts_with(&[0x1f, 0x8b]) {
        let mut out = Vec::new();
        let mut limited = flate2::read::MultiGzDecoder::new(&sample.head[..]).take(HEAD_BYTES);
        // What was cut breaks off; what came before counts.
        let ended = limited.read_to_end(&mut out).is_ok();
        let all = ended && (out.len() as u64) < HEAD_BYTES && sample.whole;
        (out, all, "gzip")
    } else {
        (sample.head.clone(), sample.whole, "none")
    };
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            // Only a character that was cut in two may be missing.
            let is_cut = !whole && bytes.len() - valid < 4;
            let kept = if is_cut { &bytes[..valid] } else { &[][..] };
            String::from_utf8_lossy(kept).into_owned()
        }
    };
    Some((text.trim_start_matches('\u{feff}').to_owned(), whole, compression))
}

fn by_custom(custom: &Custom, text: &str, whole: bool, compression: &'static str) -> Option<Classified> {
    match custom {
        Custom::Grok { classification, pattern, custom } => {
            by_grok(classification, pattern, custom, text, whole, compression)
        }
        Custom::Json { path } => {
            let found = json::infer(text, whole, Some(path))?;
            Some(Classified {
                classification: "json".to_owned(),
                columns: found.columns,
                compression,
                format: Format::Json(Some(path.clone())),
                rows: found.rows as u64,
            })
        }
        Custom::Csv { options, open_serde } => by_csv(text, whole, compression, options, *open_serde),
        Custom::Xml => None,
    }
}

fn by_grok(
    classification: &str,
    pattern: &str,
    custom: &str,
    text: &str,
    whole: bool,
    compression: &'static str,
) -> Option<Classified> {
    let grok = Grok::new(pattern, custom).ok()?;
    let (taken, lines) = grok.takes(text, whole);
    let takes = lines > 0 && taken * 100 >= lines * TAKES_PERCENT;
    takes.then(|| Classified {
        classification: classification.to_owned(),
        columns: grok.columns().to_vec(),
        compression,
        format: Format::Grok { pattern: pattern.to_owned(), custom: custom.to_owned() },
        rows: lines as u64,
    })
}

fn by_csv(
    text: &str,
    whole: bool,
    compression: &'static str,
    options: &Options,
    open_serde: bool,
) -> Option<Classified> {
    let csv = csv::infer(text, whole, options)?;
    Some(Classified {
        classification: "csv".to_owned(),
        compression,
        format: Format::Csv {
            delimiter: csv.delimiter,
            quote: csv.quote,
            header: csv.header,
            quoted: csv.quoted,
            open_serde,
        },
        rows: csv.rows as u64,
        columns: csv.columns,
    })
}

impl Classified {
    /// Whether files of both may be one table: read alike, with mostly the same columns.
    pub fn is_like(&self, other: &Self, percent: f64) -> bool {
        let same_format = match (&self.format, &other.format) {
            (Format::Csv { delimiter: a, .. }, Format::Csv { delimiter: b, .. }) => a == b,
            (a, b) => a == b,
        };
        self.classification == other.classification
            && same_format
            && self.compression == other.compression
            && super::kinds::likeness(&self.columns, &other.columns) * 100.0 >= percent
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn of(bytes: &[u8]) -> Option<Classified> {
        classify(&Sample { head: bytes.to_vec(), tail: Vec::new(), whole: true }, &[])
    }

    #[test]
    fn files_are_known_by_what_is_in_them() {
        assert_eq!(of(b"{\"a\": 1}").unwrap().classification, "json");
        assert_eq!(of(b"a,b\n1,2\n").unwrap().classification, "csv");
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(b"a,b\n1,2\n").unwrap();
        let found = of(&packed.finish().unwrap()).unwrap();
        assert_eq!((found.classification.as_str(), found.compression), ("csv", "gzip"));
        assert_eq!(of(&[0xff, 0xfe, 0x00, 0x80, 0x91]), None);
        assert_eq!(of(b"just words\n"), None);
        let line = "Jan  5 10:00:00 host app[7]: started\n";
        assert_eq!(of(line.as_bytes()).unwrap().classification, "linux_kernel");
    }
}
