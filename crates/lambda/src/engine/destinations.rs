//! Where the outcome of asynchronous events and the batches that nobody could handle are told: to another function or to a bucket, in the same
//! commit in which the event or the cursor moves. Queues, topics and buses are not in the house: what is meant for them is told to the log.

use base::{AccountId, Arn, Region, Timestamp};
use body::Body;
use bytes::Bytes;
use ports::{NewObject, PortError, Principal};
use serde_json::Value;
use service::{Access, Caller};
use store::{BlobGuard, Commit};
use wire::time::{Precision, iso};

use super::Engine;
use super::error::{Error, Result, Why};
use super::events::Queued;
use super::invoke::{EVENT_BYTES_MAX, Event, Outcome};
use super::names::Named;
use crate::tables::{EventRow, FunctionKey};

/// What is to be told.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub account: AccountId,
    pub region: Region,
    /// The function's role, by which it is told.
    pub role: String,
    /// The function's name.
    pub function: String,
    /// Where in a bucket it is put.
    pub folder: String,
    /// JSON of what happened.
    pub body: String,
}

/// What a destination adds to the commit.
pub(super) struct Delivery {
    commit: Commit,
    guard: Option<BlobGuard>,
    wake: Option<(u128, FunctionKey)>,
}

impl Delivery {
    /// All in one commit; the functions that have an event then, and what must live until it is over.
    pub fn merge(
        mut commit: Commit,
        deliveries: Vec<Delivery>,
    ) -> (Commit, Vec<(u128, FunctionKey)>, Vec<BlobGuard>) {
        let (mut woken, mut guards) = (Vec::new(), Vec::new());
        for delivery in deliveries {
            commit = commit.and(delivery.commit);
            woken.extend(delivery.wake);
            guards.extend(delivery.guard);
        }
        (commit, woken, guards)
    }
}

impl Engine {
    /// What telling it adds to the commit; nothing if it cannot be told, which the log says.
    pub(super) async fn deliver(&self, target: &str, record: &Record) -> Option<Delivery> {
        match self.try_deliver(target, record).await {
            Ok(delivery) => Some(delivery),
            Err(error) => {
                tracing::warn!(function = record.function, target, %error, "the outcome of an event could not be told");
                let dimensions = [("FunctionName", record.function.as_str())];
                let measurement = ports::Measurement {
                    namespace: "AWS/Lambda",
                    name: "DestinationDeliveryFailures",
                    dimensions: &dimensions,
                    unit: "Count",
                    value: 1.0,
                };
                self.metrics.record(record.account, &record.region, measurement);
                None
            }
        }
    }

    async fn try_deliver(&self, target: &str, record: &Record) -> Result<Delivery> {
        let arn: Arn = target.parse().map_err(|_| Error::invalid(format!("`{target}` is no ARN")))?;
        let role: Arn = record.role.parse().map_err(|_| Error::invalid("the function's role is no ARN"))?;
        let principal = Principal::role(record.account, role, &*record.function);
        match arn.service() {
            "lambda" => self.deliver_to_function(target, &principal, record).await,
            "s3" => self.deliver_to_bucket(arn.resource(), &principal, record).await,
            other => Err(Error::invalid(format!(
                "destinations of `{other}` are not available in this version of Millrace"
            ))),
        }
    }

    async fn deliver_to_function(
        &self,
        target: &str,
        principal: &Principal,
        record: &Record,
    ) -> Result<Delivery> {
        let named = Named::read(target, None, record.account, &record.region)?;
        let access = self.invoke_access(&named).await?;
        self.allow(principal, &record.region, &access).await?;
        let version = self.version_to_run(&named.key, named.qualifier.as_deref()).await?;
        if record.body.len() > EVENT_BYTES_MAX {
            return Err(Error::new(Why::TooLarge, "what happened is larger than an event may be"));
        }
        let payload = Bytes::from(record.body.clone());
        let event = Event { request_id: self.random.uuid(), payload, client_context: None };
        let Queued { commit, function, key, guard } = self.queued(&version, event).await?;
        Ok(Delivery { commit, guard, wake: Some((function, key)) })
    }

    async fn deliver_to_bucket(
        &self,
        bucket: &str,
        principal: &Principal,
        record: &Record,
    ) -> Result<Delivery> {
        let now = iso(self.clock.now(), Precision::Seconds);
        let (date, time) = now.trim_end_matches('Z').split_once('T').unwrap_or((&now, ""));
        let (folder, day, time) = (&record.folder, date.replace('-', "/"), time.replace(':', "."));
        let object = NewObject {
            bucket: bucket.to_owned(),
            key: format!("{folder}/{day}/{date}T{time}-{}", self.random.uuid()),
            body: Body::from(record.body.clone()),
            content_type: Some("application/json".to_owned()),
            content_encoding: None,
            metadata: Vec::new(),
            kms_key: None,
        };
        let prepared = self.objects.prepare_put(principal, &record.region, object).await;
        let prepared = prepared.map_err(|error: PortError| super::error::of_port(error))?;
        Ok(Delivery { commit: prepared.commit, guard: prepared.guard, wake: None })
    }

    /// Asks the policies for a principal of ours.
    pub(crate) async fn allow(&self, principal: &Principal, region: &Region, access: &Access) -> Result<()> {
        let caller = Caller::internal(principal.clone(), region.clone());
        self.authorizer.allow(&caller, access).await.map_err(|denied| {
            let who = denied.principal.as_ref().map_or("a service", |arn| arn.as_str());
            let text = format!(
                "User: {who} is not authorized to perform: {} on resource: {} {}",
                denied.action, denied.resource, denied.because
            );
            Error::new(Why::Denied, text)
        })
    }
}

/// JSON, or the text itself if it is none.
fn json_of(bytes: &[u8]) -> String {
    match serde_json::from_slice::<serde::de::IgnoredAny>(bytes) {
        Ok(_) => String::from_utf8_lossy(bytes).into_owned(),
        Err(_) => Value::from(String::from_utf8_lossy(bytes).into_owned()).to_string(),
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// What is told of an event (facts section 4.3).
pub(super) fn event_body(
    now: Timestamp,
    row: &EventRow,
    arn: &str,
    payload: &[u8],
    condition: &str,
    runs: u32,
    outcome: Option<&Outcome>,
) -> String {
    let mut body = format!(
        "{{\"version\":\"1.0\",\"timestamp\":{},\"requestContext\":{{\"requestId\":{},\"functionArn\":{},\"condition\":{},\
         \"approximateInvokeCount\":{runs}}},\"requestPayload\":{}",
        quoted(&iso(now, Precision::Millis)),
        quoted(&row.request_id),
        quoted(arn),
        quoted(condition),
        json_of(payload)
    );
    if let Some(outcome) = outcome {
        body.push_str(&format!(
            ",\"responseContext\":{},\"responsePayload\":{}",
            response_context(outcome),
            json_of(&outcome.payload)
        ));
    }
    body.push('}');
    body
}

/// `responseContext`.
pub(super) fn response_context(outcome: &Outcome) -> String {
    let error = if outcome.failed { ",\"functionError\":\"Unhandled\"" } else { "" };
    format!("{{\"statusCode\":200,\"executedVersion\":{}{error}}}", quoted(&outcome.version))
}
