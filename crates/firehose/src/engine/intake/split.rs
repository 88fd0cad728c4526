//! Records that hold several, taken apart.

use bytes::Bytes;
use memchr::memmem;

use crate::engine::processing::Split;

/// The parts of a record, without the white space between them; `None` if it does not come apart, or into too many.
pub fn split(record: &Bytes, by: &Split, parts_max: usize) -> Option<Vec<Bytes>> {
    let parts = match by {
        Split::Json => json_documents(record, parts_max)?,
        Split::Delimited(delimiter) => {
            let finder = memmem::Finder::new(delimiter);
            let mut parts = Vec::new();
            let mut start = 0;
            for at in finder.find_iter(record) {
                // A delimiter that overlaps the one before is part of the data.
                if at >= start {
                    parts.push(&record[start..at]);
                    start = at + delimiter.len();
                }
                if parts.len() > parts_max {
                    return None;
                }
            }
            parts.push(&record[start..]);
            parts.retain(|part| !part.is_empty());
            parts
        }
    };
    (!parts.is_empty() && parts.len() <= parts_max)
        .then(|| parts.into_iter().map(|part| record.slice_ref(part)).collect())
}

/// The JSON documents that follow one another.
fn json_documents(record: &[u8], parts_max: usize) -> Option<Vec<&[u8]>> {
    let mut documents = Vec::new();
    let mut stream = serde_json::Deserializer::from_slice(record).into_iter::<serde::de::IgnoredAny>();
    loop {
        let before = stream.byte_offset();
        match stream.next() {
            None => return Some(documents),
            Some(Err(_)) => return None,
            Some(Ok(_)) => {
                let document = record[before..stream.byte_offset()].trim_ascii();
                // Commas between documents, and lists of them, are no concatenation.
                documents.push(document);
                if documents.len() > parts_max {
                    return None;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(record: &'static [u8], by: &Split) -> Option<Vec<String>> {
        let parts = split(&Bytes::from_static(record), by, 500)?;
        Some(parts.iter().map(|part| String::from_utf8_lossy(part).into_owned()).collect())
    }

    #[test]
    fn json_documents_come_apart_and_lose_what_stands_between() {
        let documents = parts(b"{\"k\":\"a\"}{\"k\":\"}{\"}\n{\"k\":3} ", &Split::Json).unwrap();
        assert_eq!(documents, ["{\"k\":\"a\"}", "{\"k\":\"}{\"}", "{\"k\":3}"]);
        assert_eq!(parts(b"{\"a\":1} oops", &Split::Json), None);
        assert_eq!(parts(b"", &Split::Json), None);
    }

    #[test]
    fn delimiters_of_any_length_part() {
        let by = Split::Delimited(b"##".to_vec());
        assert_eq!(parts(b"a##b###c##", &by).unwrap(), ["a", "b", "#c"]);
        assert_eq!(parts(b"abc", &by).unwrap(), ["abc"]);
    }

    #[test]
    fn a_record_of_too_many_parts_stays_whole() {
        let record = Bytes::from("{}".repeat(501));
        assert_eq!(split(&record, &Split::Json, 500), None);
        assert_eq!(split(&record.slice(..1_000), &Split::Json, 500).unwrap().len(), 500);
        let record = Bytes::from("a,".repeat(501));
        assert_eq!(split(&record, &Split::Delimited(b",".to_vec()), 500), None);
    }
}
