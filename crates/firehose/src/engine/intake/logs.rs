//! Records that CloudWatch Logs sent: gzip, with `messageType`, `owner`, `logGroup`, `logStream` and `logEvents` in it.

use std::io::Read;

use bytes::Bytes;
use flate2::read::MultiGzDecoder;
use serde_json::Value;

/// Bytes of an unpacked record.
const UNPACKED_BYTES_MAX: u64 = 8 << 20;

/// What is in a record; `None` if it is a control message. With `messages`, the log events' messages alone, a newline behind each.
pub fn unpack(record: &[u8], messages: bool) -> Result<Option<Bytes>, String> {
    let mut unpacked = Vec::new();
    let mut decoder = MultiGzDecoder::new(record).take(UNPACKED_BYTES_MAX + 1);
    decoder
        .read_to_end(&mut unpacked)
        .map_err(|_| "The record is not compressed by gzip, as those of CloudWatch Logs are".to_owned())?;
    if unpacked.len() as u64 > UNPACKED_BYTES_MAX {
        return Err("The record is too large once decompressed".to_owned());
    }
    let document: Value = serde_json::from_slice(&unpacked)
        .map_err(|_| "The record is not one of CloudWatch Logs".to_owned())?;
    match document["messageType"].as_str() {
        Some("DATA_MESSAGE") => {}
        Some("CONTROL_MESSAGE") => return Ok(None),
        _ => return Err("The record is not one of CloudWatch Logs".to_owned()),
    }
    if !messages {
        return Ok(Some(unpacked.into()));
    }
    let mut lines = String::new();
    for event in document["logEvents"].as_array().into_iter().flatten() {
        lines.push_str(event["message"].as_str().unwrap_or_default());
        lines.push('\n');
    }
    Ok(Some(lines.into()))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn packed(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn log_events_are_unpacked_whole_or_as_messages() {
        let text = r#"{"messageType":"DATA_MESSAGE","logEvents":[{"id":"1","message":"a"},{"id":"2","message":"b"}]}"#;
        assert_eq!(unpack(&packed(text), false).unwrap().unwrap(), text);
        assert_eq!(unpack(&packed(text), true).unwrap().unwrap(), "a\nb\n");
        assert_eq!(unpack(&packed(r#"{"messageType":"CONTROL_MESSAGE"}"#), true), Ok(None));
    }

    #[test]
    fn what_is_not_of_cloudwatch_logs_fails() {
        assert!(unpack(b"plain", false).is_err());
        assert!(unpack(&packed("not json"), false).is_err());
        assert!(unpack(&packed("{\"a\":1}"), false).is_err());
        assert!(unpack(&packed(&"x".repeat(9 << 20)), false).is_err());
    }
}
