//! Tumbling windows: stretches of time, one behind the other, over which a function adds up. What it has so far is the window's state: the function is
//! given it with each batch and returns it anew; it is kept in the lane's cursor, in the commit that the batch is done with.
//!
//! ```text
//!      start                      end = start + length
//!        ├── batch ── batch ── batch ──┤ final call: no records ├── …
//!  state {}      s1       s2       s3            s3             {}
//! ```
//! A record belongs to the window it arrived in. A window closes when its end has come, or when the shard ends.

use std::time::Duration;

use base::Timestamp;
use serde_json::Value;
use wire::time::{Precision, iso};

use crate::tables::CursorRow;

/// Bytes of a state (facts section 4.5).
const STATE_BYTES_MAX: usize = 1 << 20;

/// An open window.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Window {
    pub start: Timestamp,
    pub end: Timestamp,
}

/// Which of a window's calls it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Closing {
    /// The last one.
    pub is_final: bool,
    /// Before its time: the state became too large.
    pub early: bool,
}

impl Window {
    /// The window of this length that a time lies in.
    pub fn of(at: Timestamp, length_secs: u32) -> Self {
        let start =
            Timestamp::from_secs(at.as_secs() - at.as_secs().rem_euclid(i64::from(length_secs.max(1))));
        Self::from(start, length_secs)
    }

    /// The one that a cursor holds open.
    pub fn open(cursor: &CursorRow, length_secs: u32) -> Option<Self> {
        let start = cursor.window_start_micros.filter(|_| length_secs > 0)?;
        Some(Self::from(Timestamp::from_micros(start), length_secs))
    }

    fn from(start: Timestamp, length_secs: u32) -> Self {
        Self { start, end: start.plus(Duration::from_secs(u64::from(length_secs))) }
    }

    /// What the event says of it, behind the records.
    pub fn told(self, state: Option<&str>, shard: &str, source: &str, closing: Closing) -> String {
        let at = |time| iso(time, Precision::Seconds);
        format!(
            ",\"window\":{{\"start\":\"{}\",\"end\":\"{}\"}},\"state\":{},\"shardId\":\"{shard}\",\"eventSourceARN\":{},\
             \"isFinalInvokeForWindow\":{},\"isWindowTerminatedEarly\":{}",
            at(self.start),
            at(self.end),
            state.unwrap_or("{}"),
            Value::from(source),
            closing.is_final,
            closing.early,
        )
    }
}

/// What a function returned of a state.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Returned {
    /// The state so far.
    State(String),
    /// None: the function has failed.
    None,
    /// More than is kept: the same.
    TooLarge,
}

impl Returned {
    pub fn of(answer: &[u8]) -> Self {
        let answer: Value = serde_json::from_slice(answer).unwrap_or_default();
        match answer.get("state") {
            Some(state @ Value::Object(_)) => {
                let text = state.to_string();
                if text.len() > STATE_BYTES_MAX { Self::TooLarge } else { Self::State(text) }
            }
            Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_))
            | None => Self::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_stand_side_by_side() {
        let window = Window::of(Timestamp::from_secs(1_000), 60);
        assert_eq!((window.start.as_secs(), window.end.as_secs()), (960, 1_020));
        assert_eq!(Window::of(window.end, 60).start, window.end);
        assert_eq!(Window::of(Timestamp::from_secs(-1), 60).start.as_secs(), -60);
        let cursor = CursorRow { window_start_micros: Some(960_000_000), ..CursorRow::default() };
        assert_eq!(Window::open(&cursor, 60), Some(window));
        assert_eq!(Window::open(&cursor, 0), None);
    }

    #[test]
    fn a_state_is_an_object_of_a_mebibyte_at_the_most() {
        assert_eq!(Returned::of(br#"{"state":{"n":1}}"#), Returned::State("{\"n\":1}".to_owned()));
        for answer in [&b"null"[..], b"", b"{}", b"{\"state\":3}"] {
            assert_eq!(Returned::of(answer), Returned::None);
        }
        let large = format!("{{\"state\":{{\"x\":\"{}\"}}}}", "y".repeat(STATE_BYTES_MAX));
        assert_eq!(Returned::of(large.as_bytes()), Returned::TooLarge);
    }

    #[test]
    fn an_event_tells_of_its_window() {
        let told = Window::of(Timestamp::EPOCH, 300).told(
            None,
            "s",
            "arn",
            Closing { is_final: true, early: false },
        );
        let event: Value = serde_json::from_str(&format!("{{\"Records\":[]{told}}}")).unwrap();
        assert_eq!(event["window"]["end"], "1970-01-01T00:05:00Z");
        assert_eq!(
            (&event["state"], &event["isFinalInvokeForWindow"]),
            (&Value::Object(Default::default()), &true.into())
        );
    }
}
