//! Notifications of a bucket: checked and kept. They are delivered once there are functions to deliver to.

use service::Fault;
use wire::Need;

use super::{bucket_operation, kept, set, unset};
use crate::engine::{Error, S3};
use crate::ops::fault::argument;
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
    /// Differs: there are no queues, topics or functions yet, so that a destination is only taken with
    /// `x-amz-skip-destination-validation`.
    PutBucketNotificationConfiguration: PutBucketNotificationConfigurationRequest => (), "s3:PutBucketNotification";
    |s3, call, input| {
        let name = input.bucket.need();
        let mut configuration = input.notification_configuration.need();
        let skip = input.skip_destination_validation == Some(true);
        check(s3, &mut configuration, skip)?;
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

fn check(s3: &S3, configuration: &mut NotificationConfiguration, skip: bool) -> Result<(), Fault> {
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
        check_destination(s3, destination, skip)?;
    }
    Ok(())
}

fn check_destination(s3: &S3, destination: Destination<'_>, skip: bool) -> Result<(), Fault> {
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
    if skip {
        return Ok(());
    }
    let text = "Unable to validate the following destination configurations";
    let value = match service {
        "sqs" => "The destination queue does not exist",
        "sns" => "The destination topic does not exist",
        _ => "The destination Lambda does not exist",
    };
    Err(Fault::new(400, "InvalidArgument", text).with("ArgumentName1", arn).with("ArgumentValue1", value))
}
