//! Events as functions are told of them.
//!
//! Source: S3 user guide, "Event message structure"; facts section 11. Tags, lists, lifecycle and tiering have version 2.3, all else 2.1.

use base::Timestamp;
use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};
use wire::time::{Precision, iso};

use super::shared::canonical_id;
use crate::engine::Error;
use crate::engine::events::NotificationRule;
use crate::shapes::NotificationConfiguration;
use crate::tables::{Event, EventMore};

/// What of a key is not escaped, beside letters and digits. A blank becomes `+`.
const KEY: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'*').remove(b' ');

/// The event's JSON: a list of one record.
pub(crate) fn wording(event: &Event) -> Bytes {
    let version = match event.name.split(':').next() {
        Some(
            "ObjectTagging"
            | "ObjectAcl"
            | "LifecycleExpiration"
            | "LifecycleTransition"
            | "IntelligentTiering",
        ) => "2.3",
        Some(_) | None => "2.1",
    };
    let mut object = Map::new();
    let key = utf8_percent_encode(&event.key, KEY).to_string().replace(' ', "+");
    object.insert("key".to_owned(), key.into());
    if let Some(bytes) = event.bytes {
        object.insert("size".to_owned(), bytes.into());
    }
    if let Some(etag) = &event.etag {
        object.insert("eTag".to_owned(), etag.clone().into());
    }
    if let Some(version) = &event.version {
        object.insert("versionId".to_owned(), version.clone().into());
    }
    object.insert("sequencer".to_owned(), event.sequencer.clone().into());
    let mut record = json!({
        "eventVersion": version,
        "eventSource": "aws:s3",
        "awsRegion": event.region.as_str(),
        "eventTime": text(event.time),
        "eventName": event.name,
        "userIdentity": { "principalId": event.cause.principal },
        "requestParameters": { "sourceIPAddress": event.cause.source_ip },
        "responseElements": {
            "x-amz-request-id": event.cause.request_id,
            "x-amz-id-2": event.cause.host_id,
        },
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": event.configuration,
            "bucket": {
                "name": event.bucket,
                "ownerIdentity": { "principalId": canonical_id(event.owner) },
                "arn": format!("arn:aws:s3:::{}", event.bucket),
            },
            "object": Value::Object(object),
        },
    });
    let more = match &event.more {
        EventMore::Nothing => None,
        EventMore::Restored { until, class } => Some((
            "glacierEventData",
            json!({ "restoreEventData": {
                "lifecycleRestorationExpiryTime": text(*until),
                "lifecycleRestoreStorageClass": class,
            } }),
        )),
        EventMore::Moved(class) => Some((
            "lifecycleEventData",
            json!({ "transitionEventData": { "destinationStorageClass": class } }),
        )),
        EventMore::Tiered(tier) => {
            Some(("intelligentTieringEventData", json!({ "destinationAccessTier": tier })))
        }
    };
    if let (Some((name, data)), Some(record)) = (more, record.as_object_mut()) {
        record.insert(name.to_owned(), data);
    }
    json!({ "Records": [record] }).to_string().into()
}

fn text(time: Timestamp) -> String {
    iso(time, Precision::Millis)
}

/// What of a configuration that is kept names functions.
pub(crate) fn read_notifications(document: &[u8]) -> Result<Vec<NotificationRule>, Error> {
    let unreadable = |_| Error::Internal("a notification configuration cannot be read".to_owned());
    let configuration: NotificationConfiguration = wire::kept(document).map_err(unreadable)?;
    let rules = configuration.lambda_function_configurations.into_iter().flatten().map(|one| {
        let filters = one.filter.and_then(|filter| filter.key).and_then(|key| key.filter_rules);
        let mut rule = NotificationRule {
            id: one.id.unwrap_or_default(),
            function: one.lambda_function_arn.unwrap_or_default(),
            events: one.events.unwrap_or_default(),
            ..NotificationRule::default()
        };
        for filter in filters.into_iter().flatten() {
            let value = filter.value.unwrap_or_default();
            match filter.name.as_deref() {
                Some("Prefix") => rule.prefix = value,
                Some("Suffix") => rule.suffix = value,
                Some(_) | None => {}
            }
        }
        rule
    });
    Ok(rules.collect())
}
