//! What stands for a record that failed, in the objects under the error prefix: one JSON document a line (Firehose facts sections 5 and 6).

use base::Timestamp;
use serde_json::Value;

/// The lines of a failure, member by member in the service's order.
#[derive(Debug, Default)]
pub struct Envelope(String);

impl Envelope {
    /// With what all of them have: how often it was tried, when it came, why it failed, when that was, and the record.
    pub fn new(failure: &Failed<'_>) -> Self {
        let Failed { attempts, arrival, code, message, ended, data } = failure;
        Self::default()
            .with("attemptsMade", *attempts)
            .with("arrivalTimestamp", arrival.as_millis())
            .with("errorCode", *code)
            .with("errorMessage", *message)
            .with("attemptEndingTimestamp", ended.as_millis())
            .with("rawData", base64_simd::STANDARD.encode_to_string(data))
    }

    /// The same as format conversion names it.
    pub fn of_conversion(failure: &Failed<'_>) -> Self {
        let Failed { attempts, arrival, code, message, ended, data } = failure;
        Self::default()
            .with("attemptsMade", *attempts)
            .with("arrivalTimestamp", arrival.as_millis())
            .with("lastErrorCode", *code)
            .with("lastErrorMessage", *message)
            .with("attemptEndingTimestamp", ended.as_millis())
            .with("rawData", base64_simd::STANDARD.encode_to_string(data))
    }

    /// And another member.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        self.0.push_str(&Value::from(name).to_string());
        self.0.push(':');
        self.0.push_str(&value.into().to_string());
        self
    }

    /// The line.
    pub fn line(mut self) -> String {
        self.0.push_str("}\n");
        self.0
    }
}

/// A record that failed.
#[derive(Clone, Copy, Debug)]
pub struct Failed<'a> {
    /// How often it was tried.
    pub attempts: u32,
    /// When it came.
    pub arrival: Timestamp,
    /// `Lambda.FunctionError`.
    pub code: &'a str,
    /// Why, in words.
    pub message: &'a str,
    /// When it was given up.
    pub ended: Timestamp,
    /// The record.
    pub data: &'a [u8],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_json_in_the_services_order() {
        let failed = Failed {
            attempts: 4,
            arrival: Timestamp::from_millis(1_000),
            code: "Lambda.FunctionError",
            message: "said \"no\"",
            ended: Timestamp::from_millis(2_000),
            data: b"abc",
        };
        assert_eq!(
            Envelope::new(&failed).with("lambdaArn", "arn").line(),
            "{\"attemptsMade\":4,\"arrivalTimestamp\":1000,\"errorCode\":\"Lambda.FunctionError\",\"errorMessage\":\"said \\\"no\\\"\",\"attemptEndingTimestamp\":2000,\"rawData\":\"YWJj\",\"lambdaArn\":\"arn\"}\n"
        );
    }
}
