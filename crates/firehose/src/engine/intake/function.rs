//! Records sent through a function (Firehose facts section 5, "Lambda transformation").

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use base::Arn;
use bytes::Bytes;
use ports::PortError;
use serde::Deserialize;
use serde_json::Value;

use super::{FunctionStep, Intake, Part, Worked};
use crate::engine::envelope::{Envelope, Failed};

/// Bytes of records of one invocation; a third more in base64, and the rest of the event, stay below the six mebibytes that a payload may have.
const INVOCATION_BYTES_MAX: usize = 4 << 20;
/// Pauses between tries.
const PAUSE_MIN: Duration = Duration::from_secs(1);
const PAUSE_MAX: Duration = Duration::from_secs(30);

/// Where a record stood in a Kinesis stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kinesis {
    /// Its sequence number.
    pub sequence_number: String,
    /// Its partition key.
    pub partition_key: String,
    /// Its shard.
    pub shard: String,
}

/// What a function answers.
#[derive(Deserialize)]
struct Answer {
    records: Vec<Answered>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answered {
    record_id: String,
    result: Option<String>,
    data: Option<String>,
    metadata: Option<Metadata>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    partition_keys: Option<BTreeMap<String, Value>>,
    otf_metadata: Option<BTreeMap<String, Value>>,
}

/// Why a batch as a whole failed.
struct Broken {
    code: &'static str,
    message: String,
    attempts: u32,
}

impl Intake {
    /// Sends records through the function; what it drops is gone, what it fails is among the errors.
    pub(super) async fn transform(
        &self,
        step: &FunctionStep,
        parts: Vec<Part>,
        worked: &mut Worked,
    ) -> Vec<Part> {
        let mut transformed = Vec::with_capacity(parts.len());
        let mut batch: Vec<Part> = Vec::new();
        let mut bytes = 0;
        for part in parts {
            if bytes + part.data.len() > INVOCATION_BYTES_MAX && !batch.is_empty() {
                self.invoke_batch(step, std::mem::take(&mut batch), worked, &mut transformed).await;
                bytes = 0;
            }
            bytes += part.data.len();
            batch.push(part);
        }
        if !batch.is_empty() {
            self.invoke_batch(step, batch, worked, &mut transformed).await;
        }
        transformed
    }

    async fn invoke_batch(
        &self,
        step: &FunctionStep,
        batch: Vec<Part>,
        worked: &mut Worked,
        transformed: &mut Vec<Part>,
    ) {
        let ids: Vec<String> = (0..batch.len()).map(|at| record_id(&batch[at], at)).collect();
        let began = self.timer.clock().monotonic();
        let outcome = self.invoke(step, self.event(&batch, &ids)).await;
        let spent = self.timer.clock().monotonic().saturating_sub(began);
        self.teller.measure("ExecuteProcessing.Duration", "Milliseconds", spent.as_secs_f64() * 1e3);
        self.teller.measure("ExecuteProcessing.Success", "Count", if outcome.is_ok() { 1.0 } else { 0.0 });
        let (answered, attempts) = match outcome {
            Ok(answered) => answered,
            Err(broken) => {
                self.teller.failed(broken.code, &broken.message, Some(&step.arn));
                for part in &batch {
                    self.fail(step, part, broken.attempts, broken.code, &broken.message, worked);
                }
                return;
            }
        };
        let mut by_id: HashMap<String, (Answered, bool)> = HashMap::with_capacity(answered.records.len());
        for record in answered.records {
            match by_id.get_mut(&record.record_id) {
                Some((_, twice)) => *twice = true,
                None => _ = by_id.insert(record.record_id.clone(), (record, false)),
            }
        }
        let mut succeeded = (0, 0);
        for (part, id) in batch.into_iter().zip(&ids) {
            let failure = match by_id.remove(id) {
                None => (
                    "Lambda.MissingRecordId",
                    "One or more record Ids were not returned. Ensure that the Lambda function returns all received record Ids.",
                ),
                Some((_, true)) => (
                    "Lambda.DuplicatedRecordId",
                    "Multiple records were returned with the same record Id. Ensure that the Lambda function returns unique record Ids for each record.",
                ),
                Some((record, false)) => match accept(record, &part) {
                    Ok(Some(part)) => {
                        succeeded = (succeeded.0 + 1, succeeded.1 + part.data.len());
                        transformed.push(part);
                        continue;
                    }
                    Ok(None) => continue,
                    Err(failure) => failure,
                },
            };
            self.fail(step, &part, attempts, failure.0, failure.1, worked);
        }
        self.teller.measure("SucceedProcessing.Records", "Count", f64::from(succeeded.0));
        self.teller.measure("SucceedProcessing.Bytes", "Bytes", succeeded.1 as f64);
    }

    fn fail(
        &self,
        step: &FunctionStep,
        part: &Part,
        attempts: u32,
        code: &str,
        message: &str,
        worked: &mut Worked,
    ) {
        let ended = self.timer.clock().now();
        let failed = Failed { attempts, arrival: part.arrival, code, message, ended, data: &part.data };
        worked
            .errors
            .push((part.arrival, Envelope::new(&failed).with("lambdaArn", step.arn.as_str()).line()));
    }

    /// Asks until the function answers or the tries are used up.
    async fn invoke(&self, step: &FunctionStep, event: Bytes) -> Result<(Answer, u32), Broken> {
        let broken = |code, message: String, attempts| Broken { code, message, attempts };
        let Some(functions) = &self.functions else {
            return Err(broken("Lambda.FunctionError", "There is no Lambda here.".to_owned(), 1));
        };
        let arn: Arn = step
            .arn
            .parse()
            .map_err(|_| broken("Lambda.FunctionError", "The function's ARN is malformed.".to_owned(), 1))?;
        let principal = match step.role.as_deref().map(str::parse) {
            Some(Ok(role)) => ports::Principal::role(self.principal.account, role, session(&self.principal)),
            Some(Err(_)) | None => self.principal.clone(),
        };
        let mut attempts = 0;
        loop {
            attempts += 1;
            let failure = match functions.invoke(&principal, &arn, event.clone()).await {
                Ok(answer) => match answer.error {
                    // What a call that succeeded answers is final, right or wrong.
                    None => match serde_json::from_slice::<Answer>(&answer.payload) {
                        Ok(answered) => return Ok((answered, attempts)),
                        Err(error) => {
                            let message = format!(
                                "The Lambda function's response is not in the expected format: {error}"
                            );
                            return Err(broken("Lambda.InvalidReturnFormat", message, attempts));
                        }
                    },
                    Some(_) => ("Lambda.FunctionError", error_text(&answer.payload)),
                },
                Err(PortError::NotFound { message, .. }) => ("Lambda.FunctionError", message),
                Err(PortError::Denied(why)) => ("Lambda.InvokeAccessDenied", why),
                Err(PortError::Invalid { message, .. }) => {
                    return Err(broken("Lambda.FunctionError", message, attempts));
                }
                Err(PortError::Unavailable(why)) => ("Lambda.TooManyRequests", why),
            };
            if attempts > step.retries {
                return Err(broken(failure.0, failure.1, attempts));
            }
            let pause = PAUSE_MIN.saturating_mul(1 << (attempts - 1).min(16)).min(PAUSE_MAX);
            self.timer.sleep(pause).await;
        }
    }

    /// The event a function is given.
    fn event(&self, batch: &[Part], ids: &[String]) -> Bytes {
        let bytes: usize = batch.iter().map(|part| part.data.len()).sum();
        let mut event = String::with_capacity(bytes * 4 / 3 + batch.len() * 256 + 512);
        let text = |text: &str| Value::from(text).to_string();
        event.push_str(&format!(
            "{{\"invocationId\":{},\"deliveryStreamArn\":{},",
            text(&self.teller.uuid()),
            text(self.stream_arn.as_str()),
        ));
        if let Some(source) = &self.source_arn {
            event.push_str(&format!("\"sourceKinesisStreamArn\":{},", text(source)));
        }
        event.push_str(&format!("\"region\":{},\"records\":[", text(self.region.as_str())));
        for (at, (part, id)) in batch.iter().zip(ids).enumerate() {
            let arrival = part.arrival.as_millis();
            let comma = if at == 0 { "" } else { "," };
            event.push_str(&format!(
                "{comma}{{\"recordId\":\"{id}\",\"approximateArrivalTimestamp\":{arrival},\"data\":\""
            ));
            base64_simd::STANDARD.encode_append(&part.data, &mut event);
            event.push('"');
            if let Some(kinesis) = &part.kinesis {
                event.push_str(&format!(
                    ",\"kinesisRecordMetadata\":{{\"sequenceNumber\":{},\"subsequenceNumber\":{},\"partitionKey\":{},\"shardId\":{},\"approximateArrivalTimestamp\":{arrival}}}",
                    text(&kinesis.sequence_number),
                    part.sub_sequence.unwrap_or(0),
                    text(&kinesis.partition_key),
                    text(&kinesis.shard),
                ));
            }
            event.push('}');
        }
        event.push_str("]}");
        event.into()
    }
}

fn session(principal: &ports::Principal) -> String {
    match &principal.kind {
        ports::PrincipalKind::Role { session, .. } => session.clone(),
        ports::PrincipalKind::Root
        | ports::PrincipalKind::User { .. }
        | ports::PrincipalKind::Federated { .. }
        | ports::PrincipalKind::Service { .. }
        | ports::PrincipalKind::Anonymous => "firehose".to_owned(),
    }
}

/// A record's id within an invocation: digits, as the service's are.
fn record_id(part: &Part, at: usize) -> String {
    format!("{:016}{at:040}", part.arrival.as_micros())
}

/// What a function's answer for one record means: the record as it is now, nothing, or a failure.
fn accept(answered: Answered, part: &Part) -> Result<Option<Part>, (&'static str, &'static str)> {
    let malformed = (
        "Lambda.InvalidReturnFormat",
        "The Lambda function returned a record in an invalid format: result must be Ok, Dropped or ProcessingFailed, and data base64.",
    );
    match answered.result.as_deref() {
        Some("Ok") => {
            let data = answered.data.ok_or(malformed)?;
            let data = base64_simd::STANDARD.decode_to_vec(data.as_bytes()).map_err(|_| malformed)?;
            let (keys, route) = match answered.metadata {
                Some(metadata) => (texts(metadata.partition_keys), texts(metadata.otf_metadata)),
                None => Default::default(),
            };
            Ok(Some(Part { data: data.into(), keys, route, ..part.clone() }))
        }
        Some("Dropped") => Ok(None),
        Some("ProcessingFailed") => {
            Err(("Lambda.ProcessingFailedStatus", "ProcessingFailed status set for record"))
        }
        Some(_) | None => Err(malformed),
    }
}

fn texts(values: Option<BTreeMap<String, Value>>) -> BTreeMap<String, String> {
    let text = |(name, value): (String, Value)| Some((name, crate::engine::jq::key_text(&value)?));
    values.into_iter().flatten().filter_map(text).collect()
}

/// What a function says of its own failure.
fn error_text(payload: &[u8]) -> String {
    let document: Option<Value> = serde_json::from_slice(payload).ok();
    let message = document.as_ref().and_then(|document| document["errorMessage"].as_str());
    match message {
        Some(message) => {
            format!("The Lambda function was successfully invoked but it returned an error result: {message}")
        }
        None => "The Lambda function was successfully invoked but it returned an error result.".to_owned(),
    }
}
