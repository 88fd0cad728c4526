//! Lines of text: as they are, between delimiters, or as CSV. Files whose names end in `.gz` are unpacked on the way.

use std::io::Write as _;
use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field};
use flate2::write::MultiGzDecoder;
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use ports::{CsvFormat, DelimitedFormat, QueryError};
use serde_json::{Map, Value};

use super::values::{Strictness, build};
use super::{BATCH_ROWS, Rows, Source, Wanted, batch};

/// Bytes that are read at once.
const PIECE: u64 = 4 << 20;
/// Bytes that are unpacked at once: a thousand times as many may come out.
const UNPACKED: usize = 16 << 10;
/// The longest line.
const LINE_MAX: usize = 64 << 20;
/// Bytes of the lines of one batch, after which it is closed.
const LINES_BYTES: usize = 8 << 20;

/// Whole lines.
pub(super) struct Lines {
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Lines {
    /// The lines, without their ends.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| {
            let line = &self.text[start..*end];
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            line.strip_suffix(b"\r").unwrap_or(line)
        })
    }
}

enum Unpacked {
    Plain,
    Gzip(Box<MultiGzDecoder<Vec<u8>>>),
}

/// A file on its way to lines.
struct Reader {
    source: Source,
    unpacked: Unpacked,
    /// Where to read on.
    at: u64,
    /// Packed bytes that are read but not unpacked.
    packed: bytes::Bytes,
    /// Bytes of lines that are not given yet.
    text: Vec<u8>,
    /// How far `text` was searched for ends of lines, and where they are.
    searched: usize,
    ends: Vec<usize>,
    /// Lines at the head that are still to be passed over.
    skip: u64,
    rows: usize,
    whole: bool,
    in_quotes: Option<Quotes>,
}

/// Ends of lines within quotes are none.
#[derive(Clone, Copy)]
struct Quotes {
    quote: u8,
    escape: u8,
    open: bool,
    escaped: bool,
}

/// The lines of a file, at most `rows` at a time, without the first `skip`.
pub(super) fn lines(
    source: Source,
    rows: usize,
    skip: u64,
) -> Result<BoxStream<'static, Result<Lines, QueryError>>, QueryError> {
    begin(source, rows, skip, None)
}

fn begin(
    source: Source,
    rows: usize,
    skip: u64,
    in_quotes: Option<Quotes>,
) -> Result<BoxStream<'static, Result<Lines, QueryError>>, QueryError> {
    let name = source.path().rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let unpacked = match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("gz" | "gzip") => Unpacked::Gzip(Box::new(MultiGzDecoder::new(Vec::new()))),
        Some(extension @ ("bz2" | "zst" | "snappy" | "lz4" | "lzo" | "zip" | "deflate" | "hsnappy")) => {
            let message = format!("The compression .{extension} is not read here: {}", source.path());
            return Err(QueryError::new("NOT_SUPPORTED", message));
        }
        Some(_) | None => Unpacked::Plain,
    };
    let reader = Reader {
        source,
        unpacked,
        at: 0,
        packed: bytes::Bytes::new(),
        text: Vec::new(),
        searched: 0,
        ends: Vec::new(),
        skip,
        rows,
        whole: false,
        in_quotes,
    };
    let stream = futures_util::stream::unfold(Some(reader), |reader| async move {
        let mut reader = reader?;
        match reader.next().await {
            Ok(Some(lines)) => Some((Ok(lines), Some(reader))),
            Ok(None) => None,
            Err(error) => Some((Err(error), None)),
        }
    });
    Ok(stream.boxed())
}

impl Reader {
    async fn next(&mut self) -> Result<Option<Lines>, QueryError> {
        loop {
            self.search();
            let enough =
                self.ends.len() >= self.rows || self.ends.last().is_some_and(|end| *end >= LINES_BYTES);
            if enough || self.whole {
                let lines = self.take();
                if !lines.ends.is_empty() {
                    return Ok(Some(lines));
                }
                if self.whole && self.text.is_empty() {
                    return Ok(None);
                }
                continue;
            }
            let longest = self.text.len() - self.ends.last().copied().unwrap_or(0);
            if longest > LINE_MAX {
                let message = format!("A line is longer than {LINE_MAX} bytes: {}", self.source.path());
                return Err(QueryError::new("HIVE_BAD_DATA", message));
            }
            self.fill().await?;
        }
    }

    /// Notes the ends of lines that have come.
    fn search(&mut self) {
        while self.searched < self.text.len() && self.ends.len() < self.rows {
            let byte = self.text[self.searched];
            self.searched += 1;
            if let Some(quotes) = &mut self.in_quotes {
                if std::mem::take(&mut quotes.escaped) {
                    continue;
                }
                if byte == quotes.escape && quotes.escape != quotes.quote {
                    quotes.escaped = true;
                    continue;
                }
                if byte == quotes.quote {
                    quotes.open = !quotes.open;
                }
                if quotes.open {
                    continue;
                }
            }
            if byte == b'\n' {
                self.ends.push(self.searched);
            }
        }
        // The last line may have no end.
        let last = self.ends.last().copied().unwrap_or(0);
        if self.whole
            && self.searched == self.text.len()
            && last < self.text.len()
            && self.ends.len() < self.rows
        {
            self.ends.push(self.text.len());
        }
    }

    /// Gives the lines whose ends were noted.
    fn take(&mut self) -> Lines {
        let end = self.ends.last().copied().unwrap_or(0);
        let rest = self.text.split_off(end);
        let text = std::mem::replace(&mut self.text, rest);
        self.searched -= end;
        let mut ends = std::mem::take(&mut self.ends);
        let skipped = usize::try_from(self.skip).unwrap_or(usize::MAX).min(ends.len());
        self.skip -= skipped as u64;
        let mut lines = Lines { text, ends: Vec::new() };
        if skipped > 0 {
            let from = ends[skipped - 1];
            lines.text.drain(..from);
            ends.drain(..skipped);
            ends.iter_mut().for_each(|end| *end -= from);
        }
        lines.ends = ends;
        lines
    }

    async fn fill(&mut self) -> Result<(), QueryError> {
        if self.packed.is_empty() {
            self.packed = self.source.bytes(self.at..self.at + PIECE).await?;
            self.at += self.packed.len() as u64;
            if self.packed.is_empty() {
                self.whole = true;
                if let Unpacked::Gzip(unpacked) = &mut self.unpacked {
                    unpacked.try_finish().map_err(|error| corrupt(&self.source, &error))?;
                    self.text.append(unpacked.get_mut());
                }
                return Ok(());
            }
        }
        match &mut self.unpacked {
            Unpacked::Plain => self.text.extend_from_slice(&std::mem::take(&mut self.packed)),
            Unpacked::Gzip(unpacked) => {
                let some = self.packed.split_to(self.packed.len().min(UNPACKED));
                unpacked.write_all(&some).map_err(|error| corrupt(&self.source, &error))?;
                self.text.append(unpacked.get_mut());
            }
        }
        Ok(())
    }
}

fn corrupt(source: &Source, error: &std::io::Error) -> QueryError {
    QueryError::new("HIVE_CURSOR_ERROR", format!("Error reading {}: {error}", source.path()))
}

/// Columns of fields that come by place.
struct ByPlace {
    fields: Vec<Arc<Field>>,
    numbers: Vec<usize>,
    wanted: Wanted,
    path: String,
    strictness: Strictness,
}

impl ByPlace {
    fn batch(&self, rows: &[Vec<Value>]) -> Result<datafusion::arrow::array::RecordBatch, QueryError> {
        let column = |(field, at): (&Arc<Field>, &usize)| {
            let values: Vec<Option<&Value>> = rows.iter().map(|row| row.get(*at)).collect();
            build(field.data_type(), &values, self.strictness).map_err(|problem| {
                let message = format!(
                    "Error parsing field value of column {}: {problem} ({})",
                    field.name(),
                    self.path
                );
                QueryError::new("HIVE_BAD_DATA", message)
            })
        };
        let columns = self.fields.iter().zip(&self.numbers).map(column).collect::<Result<Vec<_>, _>>()?;
        batch(&self.wanted.schema, columns, rows.len())
    }

    fn of(wanted: Wanted, path: String, strictness: Strictness) -> Self {
        let fields = wanted.schema.fields().iter().cloned().collect();
        Self { fields, numbers: wanted.numbers.clone(), wanted, path, strictness }
    }
}

/// The rows of a file of LazySimpleSerDe.
pub(super) fn delimited(
    source: Source,
    format: &DelimitedFormat,
    wanted: Wanted,
) -> Result<Rows, QueryError> {
    let (format, skip) = (format.clone(), format.skip_lines);
    let kinds: Vec<DataType> = wanted.all.iter().map(|field| field.data_type().clone()).collect();
    let mut needed = vec![false; kinds.len()];
    wanted.numbers.iter().for_each(|at| needed[*at] = true);
    let by_place = ByPlace::of(wanted, source.path().to_owned(), Strictness::Lazy);
    let take = move |lines: Result<Lines, QueryError>| {
        let lines = lines?;
        let row = |line: &[u8]| -> Vec<Value> {
            let fields = split(line, format.field, format.escape);
            let value = |(at, field): (usize, &[u8])| match kinds.get(at) {
                Some(kind) if needed[at] => delimited_value(field, kind, &format, 0),
                _ => Value::Null,
            };
            fields.into_iter().enumerate().map(value).collect()
        };
        let rows: Vec<Vec<Value>> = lines.iter().map(row).collect();
        by_place.batch(&rows)
    };
    Ok(lines(source, BATCH_ROWS, skip)?.map(take).boxed())
}

/// Parts between delimiters.
fn split(text: &[u8], delimiter: u8, escape: Option<u8>) -> Vec<&[u8]> {
    let (mut parts, mut start, mut escaped) = (Vec::new(), 0, false);
    for (at, byte) in text.iter().enumerate() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        if Some(*byte) == escape {
            escaped = true;
        } else if *byte == delimiter {
            parts.push(&text[start..at]);
            start = at + 1;
        }
    }
    parts.push(&text[start..]);
    parts
}

fn unescaped(text: &[u8], escape: Option<u8>) -> String {
    let Some(escape) = escape.filter(|escape| text.contains(escape)) else {
        return String::from_utf8_lossy(text).into_owned();
    };
    let (mut plain, mut escaped) = (Vec::with_capacity(text.len()), false);
    for byte in text {
        if !std::mem::take(&mut escaped) && *byte == escape {
            escaped = true;
        } else {
            plain.push(*byte);
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

/// The delimiter of a level of nesting: elements first, then keys, then Hive's control characters.
fn delimiter(format: &DelimitedFormat, level: usize) -> u8 {
    match level {
        0 => format.element,
        1 => format.key,
        deeper => u8::try_from(deeper + 2).unwrap_or(8),
    }
}

fn delimited_value(text: &[u8], kind: &DataType, format: &DelimitedFormat, level: usize) -> Value {
    if text == format.null.as_bytes() {
        return Value::Null;
    }
    match kind {
        DataType::List(element) => {
            if text.is_empty() {
                return Value::Array(Vec::new());
            }
            let parts = split(text, delimiter(format, level), format.escape);
            let value = |part: &[u8]| delimited_value(part, element.data_type(), format, level + 1);
            Value::Array(parts.into_iter().map(value).collect())
        }
        DataType::Struct(fields) => {
            let parts = split(text, delimiter(format, level), format.escape);
            let value = |(part, field): (&[u8], &Arc<Field>)| {
                delimited_value(part, field.data_type(), format, level + 1)
            };
            Value::Array(parts.into_iter().zip(fields).map(value).collect())
        }
        DataType::Map(entries, _) => {
            let DataType::Struct(fields) = entries.data_type() else { return Value::Null };
            let mut all = Map::new();
            if text.is_empty() {
                return Value::Object(all);
            }
            for entry in split(text, delimiter(format, level), format.escape) {
                let parts = split(entry, delimiter(format, level + 1), format.escape);
                let value =
                    parts.get(1).map(|part| delimited_value(part, fields[1].data_type(), format, level + 2));
                all.insert(unescaped(parts[0], format.escape), value.unwrap_or(Value::Null));
            }
            Value::Object(all)
        }
        _ => Value::String(unescaped(text, format.escape)),
    }
}

/// The rows of a file of OpenCSVSerde. An empty field is an empty text, and null in a column of any other type.
pub(super) fn csv(source: Source, format: &CsvFormat, wanted: Wanted) -> Result<Rows, QueryError> {
    let format = format.clone();
    let by_place = ByPlace::of(wanted, source.path().to_owned(), Strictness::Csv);
    let quotes = Quotes { quote: format.quote, escape: format.escape, open: false, escaped: false };
    let skip = format.skip_lines;
    let take = move |lines: Result<Lines, QueryError>| {
        let lines = lines?;
        let rows: Vec<Vec<Value>> = lines.iter().map(|line| csv_fields(line, &format)).collect();
        by_place.batch(&rows)
    };
    Ok(begin(source, BATCH_ROWS, skip, Some(quotes))?.map(take).boxed())
}

fn csv_fields(line: &[u8], format: &CsvFormat) -> Vec<Value> {
    let (mut fields, mut field, mut open) = (Vec::new(), Vec::new(), false);
    let mut bytes = line.iter().peekable();
    let text =
        |field: &mut Vec<u8>| Value::String(String::from_utf8_lossy(&std::mem::take(field)).into_owned());
    while let Some(byte) = bytes.next() {
        if *byte == format.escape && format.escape != format.quote {
            field.extend(bytes.next());
        } else if *byte == format.quote {
            if open && bytes.peek() == Some(&&format.quote) {
                field.push(format.quote);
                bytes.next();
            } else {
                open = !open;
            }
        } else if *byte == format.separator && !open {
            fields.push(text(&mut field));
        } else {
            field.push(*byte);
        }
    }
    fields.push(text(&mut field));
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_separators_and_quotes() {
        let format = CsvFormat { separator: b',', quote: b'"', escape: b'\\', skip_lines: 0 };
        let fields = csv_fields(br#""a,b","c""d",,e\"f"#, &format);
        assert_eq!(fields, ["a,b", "c\"d", "", "e\"f"].map(|text| Value::String(text.to_owned())));
    }

    #[test]
    fn nested_values_have_delimiters_of_their_own() {
        let format = DelimitedFormat {
            field: b',',
            element: b'|',
            key: b':',
            escape: Some(b'\\'),
            null: "\\N".to_owned(),
            skip_lines: 0,
        };
        let kind = crate::kinds::of_hive("map<string,int>").unwrap();
        assert_eq!(delimited_value(b"a:1|b:2", &kind, &format, 0), serde_json::json!({"a": "1", "b": "2"}));
        let kind = crate::kinds::of_hive("array<struct<x:int,y:string>>").unwrap();
        assert_eq!(delimited_value(b"1:a|\\N", &kind, &format, 0), serde_json::json!([["1", "a"], null]));
        assert_eq!(split(b"a\\,b,c", b',', Some(b'\\')), [&b"a\\,b"[..], b"c"]);
        assert_eq!(unescaped(b"a\\,b", Some(b'\\')), "a,b");
    }
}
