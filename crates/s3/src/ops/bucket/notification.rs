//! Notifications of a bucket: checked and kept. Those to functions are delivered ([`crate::engine::events`]); there are no queues and topics here,
//! so that such destinations fail AWS's validation, and are kept where that is skipped. EventBridge is kept.

use ports::{PortError, Principal};
use service::Fault;
use wire::Need;

use super::{bucket_operation, kept, set, unset};
use crate::engine::events::service_for;
use crate::engine::{Error, S3};
use crate::ops::fault::argument;
use crate::ops::shared::named_bucket;
use crate::shapes::{
    EVENT, GetBucketNotificationConfigurationRequest, NotificationConfiguration,
    NotificationConfigurationFilter, PutBucketNotificationConfigurationRequest,
};
use crate::tables::{Setting, SettingKind};

bucket_operation! {
    /// Tells who is notified of what; nothing where it was never said.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html>
    GetBucketNotificationConfiguration:
    GetBucketNotificationConfigurationRequest => NotificationConfiguration, "s3:GetBucketNotification";
    |s3, call, input| {
        let found = kept(s3, call, &input.bucket.need(), SettingKind::Notification, "").await?;
        Ok(found.unwrap_or_default())
    }
}

bucket_operation! {
    /// Says who is notified of what. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html>
    ///
    /// Differs: there are no queues and topics, so that such a destination is only taken with `x-amz-skip-destination-validation`.
    PutBucketNotificationConfiguration: PutBucketNotificationConfigurationRequest => (), "s3:PutBucketNotification";
    |s3, call, input| {
        let name = input.bucket.need();
        let mut configuration = input.notification_configuration.need();
        let skip = input.skip_destination_validation == Some(true);
        let bucket = named_bucket(s3, call, &name).await?.value;
        check(s3, &mut configuration)?;
        if !skip {
            check_destinations(s3, &service_for(&name, bucket.owner), &configuration).await?;
        }
        if configuration.slots_empty() {
            unset(s3, call, &name, SettingKind::Notification).await?;
            call.answer_status(200);
            return Ok(());
        }
        set(s3, &name, SettingKind::Notification, Setting::Kept(wire::keep(&configuration))).await?;
        Ok(())
    }
}

impl NotificationConfiguration {
    fn slots_empty(&self) -> bool {
        self.topic_configurations.is_none()
            && self.queue_configurations.is_none()
            && self.lambda_function_configurations.is_none()
            && self.event_bridge_configuration.is_none()
    }
}

/// A destination of any of the three kinds.
struct Destination<'a> {
    service: &'static str,
    element: &'static str,
    arn: &'a str,
    id: &'a mut Option<String>,
    events: &'a [String],
    filter: Option<&'a mut NotificationConfigurationFilter>,
}

fn check(s3: &S3, configuration: &mut NotificationConfiguration) -> Result<(), Fault> {
    let mut destinations = Vec::new();
    macro_rules! gather {
        ($list:ident, $arn:ident, $service:literal, $element:literal) => {
            for one in configuration.$list.iter_mut().flatten() {
                destinations.push(Destination {
                    service: $service,
                    element: $element,
                    arn: one.$arn.as_deref().unwrap_or_default(),
                    id: &mut one.id,
                    events: one.events.as_deref().unwrap_or_default(),
                    filter: one.filter.as_mut(),
                });
            }
        };
    }
    gather!(topic_configurations, topic_arn, "sns", "Topic");
    gather!(queue_configurations, queue_arn, "sqs", "Queue");
    gather!(lambda_function_configurations, lambda_function_arn, "lambda", "CloudFunction");
    for destination in destinations {
        check_destination(s3, destination)?;
    }
    Ok(())
}

/// Every destination must be there and take events; all that are not are named together, as on AWS.
async fn check_destinations(
    s3: &S3,
    teller: &Principal,
    configuration: &NotificationConfiguration,
) -> Result<(), Fault> {
    let mut wrong: Vec<(&str, &str)> = Vec::new();
    let topics = configuration.topic_configurations.iter().flatten();
    wrong.extend(
        topics.filter_map(|one| Some((one.topic_arn.as_deref()?, "The destination topic does not exist"))),
    );
    let queues = configuration.queue_configurations.iter().flatten();
    wrong.extend(
        queues.filter_map(|one| Some((one.queue_arn.as_deref()?, "The destination queue does not exist"))),
    );
    for one in configuration.lambda_function_configurations.iter().flatten() {
        let Some(name) = one.lambda_function_arn.as_deref() else { continue };
        let Ok(function) = name.parse::<base::Arn>() else { continue };
        let text = match s3.functions() {
            None => "The destination Lambda does not exist",
            Some(functions) => match functions.check(teller, &function).await {
                Ok(()) | Err(PortError::Unavailable(_)) => continue,
                Err(PortError::Denied(_)) => "Not authorized to invoke function",
                Err(PortError::NotFound { .. } | PortError::Invalid { .. }) => {
                    "The destination Lambda does not exist"
                }
            },
        };
        wrong.push((name, text));
    }
    if wrong.is_empty() {
        return Ok(());
    }
    let text = "Unable to validate the following destination configurations";
    let mut fault = Fault::new(400, "InvalidArgument", text);
    for ((arn, text), (name, value)) in wrong.into_iter().zip(NUMBERED) {
        let text = if text.starts_with("Not") { format!("{text} [{arn}]") } else { text.to_owned() };
        fault = fault.with(name, arn).with(value, text);
    }
    Err(fault)
}

/// How arguments are called of which several are wrong; more are not named.
const NUMBERED: [(&str, &str); 5] = [
    ("ArgumentName1", "ArgumentValue1"),
    ("ArgumentName2", "ArgumentValue2"),
    ("ArgumentName3", "ArgumentValue3"),
    ("ArgumentName4", "ArgumentValue4"),
    ("ArgumentName5", "ArgumentValue5"),
];

fn check_destination(s3: &S3, destination: Destination<'_>) -> Result<(), Fault> {
    let Destination { service, element, arn, id, events, filter } = destination;
    if id.is_none() {
        *id = Some(s3.new_name());
    }
    let parsed: Option<base::Arn> = arn.parse().ok();
    if parsed.is_none_or(|arn| arn.service() != service) {
        return Err(argument(element, Some(arn), "The ARN could not be parsed"));
    }
    if events.is_empty() {
        return Err(Error::MalformedXml.into());
    }
    if let Some(event) = events.iter().find(|event| !EVENT.contains(&event.as_str())) {
        return Err(argument("Event", Some(event), "The event is not supported for notifications"));
    }
    for rule in filter
        .into_iter()
        .flat_map(|filter| filter.key.iter_mut())
        .flat_map(|key| key.filter_rules.iter_mut().flatten())
    {
        let name = rule.name.as_deref().unwrap_or_default();
        rule.name = Some(match name.to_ascii_lowercase().as_str() {
            "prefix" => "Prefix".to_owned(),
            "suffix" => "Suffix".to_owned(),
            _ => {
                let text = "filter rule name must be either prefix or suffix";
                return Err(argument("FilterRule.Name", Some(name), text));
            }
        });
        if rule.value.is_none() {
            return Err(argument("FilterRule.Value", Some(""), "filter value cannot be empty"));
        }
    }
    Ok(())
}
