//! The objects that answers become, and how they are read back in pages.
//!
//! ```text
//! rows    "a","b"\n  every value in quotes, a quote twice; null is nothing at all; the first line holds the names     OUT/ID.csv
//! lines   one a line, columns separated by tabs                                                                    OUT/ID.txt
//! ```
//! A page is found again by the byte at which it begins, so that page one thousand costs what page one does.

use bytes::Bytes;
use ports::{ObjectRef, PortError, Principal, QueryRow as Values};
use serde_json::json;

use super::queries::bucket_and_key;
use super::{Athena, Error};
use crate::tables::{ColumnRow, QueryRow};

/// Bytes read at once.
const READ_BYTES: u64 = 1 << 20;
/// The longest row that is shown.
const ROW_BYTES_MAX: usize = 32 << 20;

/// Writes a line of a result of rows.
pub fn write_row(out: &mut Vec<u8>, values: &Values) {
    for (at, value) in values.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        let Some(value) = value else { continue };
        out.push(b'"');
        for piece in value.split_inclusive('"') {
            out.extend_from_slice(piece.as_bytes());
            if piece.ends_with('"') {
                out.push(b'"');
            }
        }
        out.push(b'"');
    }
    out.push(b'\n');
}

/// One row of a text, and how many bytes it takes; `None` if it is not whole.
fn read_row(text: &[u8]) -> Option<(Values, usize)> {
    let (mut values, mut at) = (Vec::new(), 0);
    loop {
        let value = if text.get(at)? == &b'"' {
            let mut value = Vec::new();
            at += 1;
            loop {
                let quote = at + text.get(at..)?.iter().position(|byte| *byte == b'"')?;
                value.extend_from_slice(&text[at..quote]);
                at = quote + 1;
                // What follows a quote decides what it is, so it must be here.
                if text.get(at)? != &b'"' {
                    break Some(String::from_utf8_lossy(&value).into_owned());
                }
                value.push(b'"');
                at += 1;
            }
        } else {
            None
        };
        values.push(value);
        match text.get(at)? {
            b',' => at += 1,
            _ => return Some((values, at + 1)),
        }
    }
}

/// One line of a text, and how many bytes it takes.
fn read_line(text: &[u8]) -> Option<(Values, usize)> {
    let end = text.iter().position(|byte| *byte == b'\n')?;
    Some((vec![Some(String::from_utf8_lossy(&text[..end]).into_owned())], end + 1))
}

/// What stands beside a result: its columns. AWS's own is an undocumented binary that clients only delete.
pub fn metadata(columns: &[ColumnRow]) -> Bytes {
    let column = |column: &ColumnRow| json!({"name": column.name, "type": column.kind, "precision": column.precision, "scale": column.scale});
    json!({"columns": columns.iter().map(column).collect::<Vec<_>>()}).to_string().into()
}

/// A page of a result.
#[derive(Debug, Default)]
pub struct ResultPage {
    /// Its rows.
    pub rows: Vec<Values>,
    /// Where the next one begins.
    pub next: Option<u64>,
}

impl Athena {
    /// Rows of a query's result from a byte on, as whoever asks reads them.
    pub async fn result_page(
        &self,
        principal: &Principal,
        region: &base::Region,
        query: &QueryRow,
        from: u64,
        limit: usize,
    ) -> Result<ResultPage, Error> {
        let is_rows = query.output.ends_with(".csv");
        if !is_rows && !query.output.ends_with(".txt") {
            return Ok(ResultPage::default());
        }
        let (bucket, key) = bucket_and_key(&query.output)
            .ok_or_else(|| Error::Store("a stored location cannot be read".to_owned()))?;
        let object = ObjectRef { bucket: bucket.to_owned(), key: key.to_owned(), version: None };
        let mut page = ResultPage::default();
        let (mut text, mut begin, mut whole) = (Vec::new(), 0, false);
        let mut position = from;
        loop {
            let read = if is_rows { read_row(&text[begin..]) } else { read_line(&text[begin..]) };
            if let Some((values, bytes)) = read {
                if page.rows.len() == limit {
                    page.next = Some(position);
                    return Ok(page);
                }
                page.rows.push(values);
                begin += bytes;
                position += bytes as u64;
                continue;
            }
            if whole {
                return Ok(page);
            }
            text.drain(..begin);
            begin = 0;
            if text.len() > ROW_BYTES_MAX {
                return Err(Error::invalid("A row of the result is too long to be shown."));
            }
            let start = position + text.len() as u64;
            let range = start..start + READ_BYTES;
            let piece = self.objects.read_range(principal, region, object.clone(), range).await;
            let piece = piece.map_err(|error| unreadable(&error))?;
            whole = (piece.len() as u64) < READ_BYTES;
            text.extend_from_slice(&piece);
        }
    }
}

fn unreadable(error: &PortError) -> Error {
    match error {
        PortError::NotFound { .. } => {
            Error::invalid("Query results are not found: the object that held them has been deleted.")
        }
        PortError::Denied(text) => Error::Denied(text.clone()),
        PortError::Invalid { message, .. } => Error::invalid(message.clone()),
        PortError::Unavailable(text) => Error::Store(text.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_and_empty_differ_by_quotes() {
        let mut out = Vec::new();
        write_row(&mut out, &vec![Some("a\"b\nc".to_owned()), None, Some(String::new()), None]);
        assert_eq!(out, b"\"a\"\"b\nc\",,\"\",\n");
    }

    proptest::proptest! {
        #[test]
        fn rows_come_back(values in proptest::collection::vec(proptest::option::of("[a\",\n\\PC]{0,6}"), 1..5)) {
            let mut out = Vec::new();
            write_row(&mut out, &values);
            let length = out.len();
            // Whatever is missing at the end, it is not taken for a row.
            for cut in 0..length {
                assert!(read_row(&out[..cut]).is_none() || out[cut - 1] == b'\n');
            }
            out.extend_from_slice(b"\"next\"\n");
            assert_eq!(read_row(&out), Some((values, length)));
        }
    }
}
