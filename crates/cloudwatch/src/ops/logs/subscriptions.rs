//! Subscription filters.

use service::Access;
use wire::Need;

use super::{group_access, group_key, limit, name_of_token};
use crate::engine::logs::subscriptions::Destination;
use crate::ops::operation;
use crate::shapes::logs::{
    DeleteSubscriptionFilterRequest, DescribeSubscriptionFiltersRequest, DescribeSubscriptionFiltersResponse,
    PutSubscriptionFilterRequest, SubscriptionFilter,
};
use crate::tables::logs::{GroupId, SubscriptionRow};

operation! {
    /// Sends a group's events on, or changes how. <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html>
    ///
    /// Differs: destinations are streams, delivery streams and functions, and no destinations of CloudWatch Logs; what transformers and system
    /// fields would add is not added.
    logs PutSubscriptionFilter(PutSubscriptionFilterRequest) -> (),
    asks |call, said| {
        let mut asked = group_access("logs:PutSubscriptionFilter", call, said.log_group_name.as_ref());
        if let Some(destination) = &said.destination_arn {
            asked = asked.into_iter().map(|one| one.with("logs:DestinationArn", destination.clone())).collect();
        }
        if let Some(role) = &said.role_arn {
            asked.push(Access::pass_role(role, call.account(), "logs.amazonaws.com"));
        }
        asked
    },
    does |watch, call, given| {
        let destination = given.destination_arn.need();
        Destination::read(&destination, given.role_arn.as_deref())?;
        let row = SubscriptionRow {
            id: 0,
            pattern: given.filter_pattern.need(),
            destination,
            role: given.role_arn,
            distribution: given.distribution,
            created_millis: call.clock().now().as_millis(),
        };
        let key = group_key(call, &given.log_group_name.need());
        watch.put_subscription(&key, &given.filter_name.need(), row).await?
    },
}

operation! {
    /// Ends a subscription. <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteSubscriptionFilter.html>
    logs DeleteSubscriptionFilter(DeleteSubscriptionFilterRequest) -> (),
    asks |call, said| group_access("logs:DeleteSubscriptionFilter", call, said.log_group_name.as_ref()),
    does |watch, call, given| {
        let key = group_key(call, &given.log_group_name.need());
        watch.delete_subscription(&key, &given.filter_name.need()).await?
    },
}

operation! {
    /// Lists the subscriptions of a group.
    /// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeSubscriptionFilters.html>
    logs DescribeSubscriptionFilters(DescribeSubscriptionFiltersRequest) -> DescribeSubscriptionFiltersResponse,
    asks |call, said| group_access("logs:DescribeSubscriptionFilters", call, said.log_group_name.as_ref()),
    does |watch, call, given| {
        let key = group_key(call, &given.log_group_name.need());
        let group = GroupId(watch.group(&key).await?.value.id);
        let prefix = given.filter_name_prefix.unwrap_or_default();
        let purpose = format!("DescribeSubscriptionFilters {} {prefix}", group.0);
        let after = name_of_token(watch, &purpose, given.next_token.as_deref())?;
        let (filters, more) =
            watch.subscriptions_of(group, &prefix, after.as_deref(), limit(given.limit)).await?;
        let last = filters.last().filter(|_| more).map(|(name, _)| name.clone());
        let shown = filters.into_iter().map(|(name, row)| SubscriptionFilter {
            filter_name: Some(name),
            log_group_name: Some(key.name.clone()),
            filter_pattern: Some(row.pattern),
            distribution: Some(row.distribution.unwrap_or_else(|| "ByLogStream".to_owned())),
            destination_arn: Some(row.destination),
            role_arn: row.role,
            creation_time: Some(row.created_millis),
            ..SubscriptionFilter::default()
        });
        DescribeSubscriptionFiltersResponse {
            subscription_filters: Some(shown.collect()),
            next_token: last.map(|name| watch.tokens.seal(&purpose, name.as_bytes())),
        }
    },
}
