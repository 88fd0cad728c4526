//! What is done to records on their way, understood once from a stream's configuration (Firehose facts section 5).
//!
//! The order is the service's, whatever order the processors are listed in: KPL aggregates apart, CloudWatch Logs unpacked, sub-records apart,
//! the function, partition keys, a delimiter behind each record. Conversion and compression come with the object.

use std::sync::Arc;
use std::time::Duration;

use super::error::Invalid;
use super::jq::Query;
use crate::tables::{Destination, Processing, Processor};

/// Processors of a configuration.
const PROCESSORS_MAX: usize = 5;
/// Retries of a function unless told otherwise, and at the most.
const RETRIES_DEFAULT: u32 = 3;
const RETRIES_MAX: u32 = 300;
/// Bounds of a function's buffer, in mebibytes and seconds.
const FUNCTION_MB_MIN: f64 = 0.2;
const FUNCTION_MB_MAX: f64 = 3.0;
const FUNCTION_SECS_MAX: u64 = 900;

/// How a record is taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Split {
    /// JSON documents, one after another.
    Json,
    /// By this delimiter.
    Delimited(Vec<u8>),
}

/// A function records are sent through.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionStep {
    /// Its ARN, as given.
    pub arn: String,
    /// The role it is invoked under, if another than the destination's.
    pub role: Option<String>,
    /// Tries after the first.
    pub retries: u32,
    /// Bytes of a batch.
    pub bytes: u64,
    /// How long a batch is waited for.
    pub interval: Duration,
}

/// All that is done to records.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Steps {
    /// Unpack records of CloudWatch Logs.
    pub decompress: bool,
    /// Keep the log events' messages alone.
    pub messages: bool,
    /// Take records apart.
    pub split: Option<Split>,
    /// Send them through a function.
    pub function: Option<FunctionStep>,
    /// Ask each for its keys.
    pub query: Option<Arc<Query>>,
    /// A newline after each record.
    pub delimit: bool,
}

fn parameter<'a>(step: &'a Processor, name: &str) -> Option<&'a str> {
    let all = step.parameters.as_deref().unwrap_or_default();
    all.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

impl Steps {
    /// Understands a configuration, or says in the service's words why it cannot.
    pub fn new(processing: Option<&Processing>) -> Result<Self, Invalid> {
        let mut steps = Self::default();
        let Some(processing) = processing.filter(|processing| processing.enabled == Some(true)) else {
            return Ok(steps);
        };
        let processors: &[Processor] = processing.processors.as_deref().unwrap_or_default();
        if !(1..=PROCESSORS_MAX).contains(&processors.len()) {
            return Err(Invalid::new(
                "A maximum of 5 and a minimum of 1 processor is allowed in a processing configuration.",
            ));
        }
        let count = |kind: &str| processors.iter().filter(|step| step.kind == kind).count();
        if count("Lambda") > 1 {
            return Err(Invalid::new("Cannot have more than 1 Lambda processor."));
        }
        if let Some(twice) = processors.iter().find(|step| count(&step.kind) > 1) {
            return Err(Invalid(format!("Cannot have more than 1 {} processor.", twice.kind)));
        }
        for step in processors {
            steps.add(step)?;
        }
        if count("CloudWatchLogProcessing") > 0 && !steps.decompress {
            return Err(Invalid::new(
                "Decompression processor must be present when CloudWatchLogProcessing processor is enabled.",
            ));
        }
        Ok(steps)
    }

    fn add(&mut self, step: &Processor) -> Result<(), Invalid> {
        match step.kind.as_str() {
            "AppendDelimiterToRecord" => self.delimit = true,
            "Decompression" => match parameter(step, "CompressionFormat") {
                Some("GZIP") => self.decompress = true,
                _ => {
                    return Err(Invalid::new(
                        "CompressionFormat of the Decompression processor must be GZIP.",
                    ));
                }
            },
            "CloudWatchLogProcessing" => match parameter(step, "DataMessageExtraction") {
                Some("true") => self.messages = true,
                Some("false") | None => {}
                Some(_) => {
                    return Err(Invalid::new("DataMessageExtraction must be either true or false."));
                }
            },
            "RecordDeAggregation" => self.split = Some(split(step)?),
            "MetadataExtraction" => self.query = Some(Arc::new(query(step)?)),
            "Lambda" => self.function = Some(function(step)?),
            other => return Err(Invalid(format!("Processor type {other} is not supported."))),
        }
        Ok(())
    }

    /// Whether a stream's records pass through pipes: whatever is more than a newline behind each.
    pub fn is_staged(&self, destination: &Destination) -> bool {
        let Destination::S3(s3) = destination else { return true };
        self.decompress
            || self.split.is_some()
            || self.function.is_some()
            || self.query.is_some()
            || s3.partitioning_enabled == Some(true)
            || s3.backup_mode.as_deref() == Some("Enabled")
            || s3.conversion.as_ref().is_some_and(crate::tables::Conversion::is_on)
    }
}

fn split(step: &Processor) -> Result<Split, Invalid> {
    match parameter(step, "SubRecordType") {
        Some("JSON") => Ok(Split::Json),
        Some("DELIMITED") => {
            let delimiter = parameter(step, "Delimiter")
                .ok_or_else(|| Invalid::new("Delimiter should be present for DELIMITED SubRecordType."))?;
            let bytes = base64_simd::STANDARD.decode_to_vec(delimiter.as_bytes());
            match bytes {
                Ok(bytes) if !bytes.is_empty() => Ok(Split::Delimited(bytes)),
                _ => Err(Invalid::new("Delimiter must be base64 encoded.")),
            }
        }
        _ => Err(Invalid::new("SubRecordType must be either JSON or DELIMITED.")),
    }
}

fn query(step: &Processor) -> Result<Query, Invalid> {
    if parameter(step, "JsonParsingEngine") != Some("JQ-1.6") {
        return Err(Invalid::new("JsonParsingEngine must be JQ-1.6."));
    }
    let text = parameter(step, "MetadataExtractionQuery").ok_or_else(|| {
        Invalid::new("MetadataExtractionQuery must be present for MetadataExtraction processor.")
    })?;
    let query = Query::parse(text)
        .map_err(|error| Invalid(format!("MetadataExtractionQuery is not a valid JQ expression: {error}")))?;
    if query.object_keys().is_none() {
        return Err(Invalid::new(
            "MetadataExtractionQuery must be a JQ expression that constructs an object.",
        ));
    }
    Ok(query)
}

fn function(step: &Processor) -> Result<FunctionStep, Invalid> {
    let arn = parameter(step, "LambdaArn")
        .ok_or_else(|| Invalid::new("LambdaArn must be present for Lambda processor."))?;
    let parsed: base::Arn = arn.parse().map_err(|_| Invalid(format!("{arn} is not a valid Lambda ARN")))?;
    if !parsed.as_str().contains(":lambda:") {
        return Err(Invalid(format!("{arn} is not a valid Lambda ARN")));
    }
    let retries = match parameter(step, "NumberOfRetries") {
        None => RETRIES_DEFAULT,
        Some(text) => text
            .parse()
            .ok()
            .filter(|retries| *retries <= RETRIES_MAX)
            .ok_or_else(|| Invalid::new("NumberOfRetries must be an integer between 0 and 300."))?,
    };
    let size = parameter(step, "BufferSizeInMBs");
    let interval = parameter(step, "BufferIntervalInSeconds");
    let (mb, secs) = match (size, interval) {
        (None, None) => (1.0, 60),
        (Some(size), Some(interval)) => {
            let mb = size.parse().ok().filter(|mb| (FUNCTION_MB_MIN..=FUNCTION_MB_MAX).contains(mb));
            let mb = mb.ok_or_else(|| Invalid::new("BufferSizeInMBs must be between 0.2 and 3."))?;
            let secs = interval.parse().ok().filter(|secs| *secs <= FUNCTION_SECS_MAX);
            let secs =
                secs.ok_or_else(|| Invalid::new("BufferIntervalInSeconds must be between 0 and 900."))?;
            (mb, secs)
        }
        (Some(_), None) | (None, Some(_)) => {
            return Err(Invalid::new(
                "Both BufferSizeInMBs and BufferIntervalInSeconds are required to configure buffering hints for Lambda processor.",
            ));
        }
    };
    Ok(FunctionStep {
        arn: arn.to_owned(),
        role: parameter(step, "RoleArn").map(str::to_owned),
        retries,
        // At most three mebibytes, so the float is small and whole enough.
        bytes: (mb * 1_048_576.0) as u64,
        interval: Duration::from_secs(secs),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(processors: &[(&str, &[(&str, &str)])]) -> Result<Steps, Invalid> {
        let processor = |(kind, parameters): &(&str, &[(&str, &str)])| Processor {
            kind: (*kind).to_owned(),
            parameters: Some(
                parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            ),
        };
        let processors = processors.iter().map(processor).collect();
        Steps::new(Some(&Processing { enabled: Some(true), processors: Some(processors) }))
    }

    const ARN: &str = "arn:aws:lambda:us-east-1:000000000000:function:f";

    #[test]
    fn processing_that_is_not_enabled_does_nothing() {
        let processing = Processing { enabled: None, processors: None };
        assert_eq!(Steps::new(Some(&processing)), Ok(Steps::default()));
        assert_eq!(Steps::new(None), Ok(Steps::default()));
    }

    #[test]
    fn a_function_has_its_bounds() {
        let function = steps(&[("Lambda", &[("LambdaArn", ARN)])]).unwrap().function.unwrap();
        assert_eq!((function.retries, function.bytes, function.interval.as_secs()), (3, 1 << 20, 60));
        for wrong in [
            [("LambdaArn", ARN), ("NumberOfRetries", "301")].as_slice(),
            &[("LambdaArn", ARN), ("BufferSizeInMBs", "1")],
            &[("LambdaArn", ARN), ("BufferSizeInMBs", "0.1"), ("BufferIntervalInSeconds", "1")],
            &[("LambdaArn", ARN), ("BufferSizeInMBs", "3.1"), ("BufferIntervalInSeconds", "1")],
            &[("LambdaArn", ARN), ("BufferSizeInMBs", "1"), ("BufferIntervalInSeconds", "901")],
            &[("LambdaArn", "f")],
            &[],
        ] {
            assert!(steps(&[("Lambda", wrong)]).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn processors_that_do_not_fit_together_are_refused() {
        let function: (&str, &[(&str, &str)]) = ("Lambda", &[("LambdaArn", ARN)]);
        assert!(steps(&[]).is_err());
        assert!(steps(&[function, function]).unwrap_err().0.contains("more than 1 Lambda"));
        assert!(steps(&[("RecordDeAggregation", &[("SubRecordType", "DELIMITED")])]).is_err());
        assert!(steps(&[("CloudWatchLogProcessing", &[("DataMessageExtraction", "true")])]).is_err());
        assert!(steps(&[("MetadataExtraction", &[("MetadataExtractionQuery", "{a:.a}")])]).is_err());
        let query = [("MetadataExtractionQuery", "{a:.a}"), ("JsonParsingEngine", "JQ-1.6")];
        assert!(steps(&[("MetadataExtraction", &query)]).is_ok());
    }
}
