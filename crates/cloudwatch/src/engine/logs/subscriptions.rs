//! Subscriptions: events of a group are sent on to a stream, a delivery stream or a function.
//!
//! ```text
//! put → one commit: the events, and for each subscription a row that they are to be sent → couriers
//!                                    … send → the row goes
//! ```
//! So what was acknowledged is sent, at least once, also after a crash. How it is sent is [`super::couriers`]' to say.

use base::Arn;
use ports::{Principal, PrincipalKind, SinkRecord};
use serde_json::json;
use store::{Commit, key_after};

use super::groups::no_group;
use super::pattern::Pattern;
use crate::engine::CloudWatch;
use crate::engine::error::{Error, Why};
use crate::tables::Scope;
use crate::tables::logs::{
    BatchKey, DELIVERIES, DeliveryKey, DeliveryRow, FilterKey, GroupId, GroupKey, GroupRow, SUBSCRIPTIONS,
    SubscriptionRow,
};

/// Subscriptions of a group (identity facts, section 11).
const SUBSCRIPTIONS_MAX: u32 = 2;
/// Rows of subscriptions removed at once.
const REMOVED_AT_ONCE: usize = 200;
/// Who invokes functions for subscriptions.
const SERVICE: &str = "logs.amazonaws.com";
/// The session of the roles under which events are sent.
const SESSION: &str = "CloudWatchLogs";

/// Where a subscription leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Destination {
    /// A stream of Kinesis, under a role.
    Stream(Arn, Arn),
    /// A stream of Firehose, under a role.
    DeliveryStream(Arn, Arn),
    /// A function, which lets the service in by its own policy.
    Function(Arn),
}

impl Destination {
    /// Reads what a request names.
    pub fn read(destination: &str, role: Option<&str>) -> Result<Self, Error> {
        let invalid = |text: String| Err(Error::invalid(text));
        let Ok(arn) = destination.parse::<Arn>() else {
            return invalid("Invalid destinationArn.".to_owned());
        };
        let vendor = arn.service().to_owned();
        let role = match role.map(str::parse::<Arn>) {
            Some(Ok(role)) => Some(role),
            Some(Err(_)) => return invalid("Invalid roleArn.".to_owned()),
            None => None,
        };
        match (&*vendor, role) {
            ("kinesis", Some(role)) => Ok(Self::Stream(arn, role)),
            ("firehose", Some(role)) => Ok(Self::DeliveryStream(arn, role)),
            ("lambda", None) => Ok(Self::Function(arn)),
            ("kinesis" | "firehose", None) => {
                invalid(format!("destinationArn for vendor {vendor} cannot be used without roleArn"))
            }
            ("lambda", Some(_)) => {
                invalid(format!("destinationArn for vendor {vendor} cannot be used with roleArn"))
            }
            _ => invalid(format!(
                "PutSubscriptionFilter operation cannot work with destinationArn for vendor {vendor}"
            )),
        }
    }

    /// How metrics call its kind.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Stream(..) => "Kinesis",
            Self::DeliveryStream(..) => "Firehose",
            Self::Function(_) => "Lambda",
        }
    }
}

/// As whom a function is invoked.
pub(super) fn service_principal(group: &GroupKey) -> Principal {
    let GroupKey { scope, name } = group;
    let source = Arn::new("logs", &scope.region, scope.account, &format!("log-group:{name}:*"));
    let kind = PrincipalKind::Service { name: SERVICE.to_owned(), source: Some(source) };
    Principal::new(scope.account, kind)
}

/// As whom records are put.
pub(super) fn role_principal(scope: &Scope, role: &Arn) -> Principal {
    Principal::role(scope.account, role.clone(), SESSION)
}

impl CloudWatch {
    /// Creates or replaces a subscription, once its destination has taken a message that tries it.
    pub async fn put_subscription(
        &self,
        group: &GroupKey,
        name: &str,
        mut row: SubscriptionRow,
    ) -> Result<(), Error> {
        if Pattern::parse(&row.pattern).is_err() {
            return Err(Error::invalid("Invalid filter pattern"));
        }
        let destination = Destination::read(&row.destination, row.role.as_deref())?;
        let id = GroupId(self.group(group).await?.value.id);
        let key = FilterKey { group: id, name: name.to_owned() };
        let seen = SUBSCRIPTIONS.get(&*self.store.snapshot(), &key).await?;
        match &seen {
            Some(seen) => (row.id, row.created_millis) = (seen.value.id, seen.value.created_millis),
            None => {
                let there = self.group(group).await?.value.subscriptions;
                if there >= SUBSCRIPTIONS_MAX {
                    return Err(too_many());
                }
                row.id = self.random.u128();
            }
        }
        self.try_out(group, &destination).await?;
        self.change_group_with(group, |group_row, commit| {
            if group_row.id != id.0 {
                return Err(no_group());
            }
            if seen.is_none() {
                if group_row.subscriptions >= SUBSCRIPTIONS_MAX {
                    return Err(too_many());
                }
                group_row.subscriptions += 1;
            }
            commit.put(SUBSCRIPTIONS, &key, &row);
            Ok(())
        })
        .await
    }

    /// Sends the message that tries a destination out.
    async fn try_out(&self, group: &GroupKey, destination: &Destination) -> Result<(), Error> {
        let said = match destination {
            Destination::Stream(..) => "CWL CONTROL MESSAGE: Checking health of destination Kinesis stream.",
            Destination::DeliveryStream(..) => {
                "CWL CONTROL MESSAGE: Checking health of destination Firehose."
            }
            Destination::Function(function) => {
                let functions = self.sinks.get().and_then(|sinks| sinks.functions.clone());
                let functions = functions.ok_or_else(|| Error::unavailable("functions are not open yet"))?;
                return functions.check(&service_principal(group), function).await.map_err(|error| {
                    tracing::debug!(%error, %function, "a subscription's function may not be invoked");
                    Error::invalid(
                        "Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.",
                    )
                });
            }
        };
        let message = json!({
            "messageType": "CONTROL_MESSAGE",
            "owner": "CloudwatchLogs",
            "logGroup": "",
            "logStream": "",
            "subscriptionFilters": [],
            "logEvents": [{ "id": "", "timestamp": self.clock.now().as_millis(), "message": said }],
        });
        let record = SinkRecord {
            partition_key: self.random.uuid(),
            data: super::couriers::packed(&message.to_string()),
        };
        self.send(group, destination, record).await.map_err(|error| {
            tracing::debug!(%error, ?destination, "a subscription's destination took no message");
            let kind = match destination {
                Destination::Stream(..) => ("Kinesis", "kinesis"),
                Destination::DeliveryStream(..) | Destination::Function(_) => ("Firehose", "Firehose"),
            };
            Error::invalid(format!(
                "Could not deliver test message to specified {} stream. Check if the given {} stream is in ACTIVE state.",
                kind.0, kind.1
            ))
        })
    }

    /// Deletes a subscription. What was to be sent by it is not sent any more.
    pub async fn delete_subscription(&self, group: &GroupKey, name: &str) -> Result<(), Error> {
        let id = GroupId(self.group(group).await?.value.id);
        let key = FilterKey { group: id, name: name.to_owned() };
        if SUBSCRIPTIONS.get(&*self.store.snapshot(), &key).await?.is_none() {
            return Err(Error::new(Why::NotFound, "The specified subscription filter does not exist."));
        }
        self.change_group_with(group, |row, commit| {
            row.subscriptions = row.subscriptions.saturating_sub(1);
            commit.check(store::Check::Present(SUBSCRIPTIONS.key(&key))).delete(SUBSCRIPTIONS, &key);
            Ok(())
        })
        .await
    }

    /// Subscriptions of a group whose names begin so, after a name, at most `limit`, and whether more follow.
    pub async fn subscriptions_of(
        &self,
        group: GroupId,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<(String, SubscriptionRow)>, bool), Error> {
        let (mut start, end) = SUBSCRIPTIONS.prefix(|key| {
            key.u128(group.0).text_start(prefix);
        });
        if let Some(after) = after {
            start = key_after(&SUBSCRIPTIONS.key(&FilterKey { group, name: after.to_owned() })).max(start);
        }
        let mut rows = SUBSCRIPTIONS.scan(&*self.store.snapshot(), (start, end), limit + 1).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        Ok((rows.into_iter().map(|(key, row)| (key.name, row.value)).collect(), more))
    }

    /// Adds to a commit that keeps events that they are to be sent. The subscriptions that have something to send then.
    pub(super) async fn note_deliveries(
        &self,
        commit: &mut Commit,
        group: &GroupKey,
        group_row: &GroupRow,
        stream: &str,
        batch: &BatchKey,
    ) -> Result<Vec<u128>, Error> {
        if group_row.subscriptions == 0 {
            return Ok(Vec::new());
        }
        let id = GroupId(group_row.id);
        let (all, _) = self.subscriptions_of(id, "", None, SUBSCRIPTIONS_MAX as usize).await?;
        let mut noted = Vec::with_capacity(all.len());
        for (filter, row) in all {
            let key = DeliveryKey {
                filter: row.id,
                at_micros: self.clock.now().as_micros(),
                stream: batch.stream,
                number: batch.number,
            };
            let delivery = DeliveryRow {
                scope: (group.scope.account.as_u64(), group.scope.region.as_str().to_owned()),
                group: (group_row.id, group.name.clone()),
                filter,
                stream: stream.to_owned(),
            };
            commit.put(DELIVERIES, &key, &delivery);
            noted.push(row.id);
        }
        Ok(noted)
    }

    /// Adds the removal of some subscriptions of a group that is gone. True if there were any.
    pub(super) async fn clear_subscriptions(
        &self,
        group: GroupId,
        commit: &mut Commit,
    ) -> Result<bool, Error> {
        let range = SUBSCRIPTIONS.prefix(|key| {
            key.u128(group.0);
        });
        let rows = SUBSCRIPTIONS.scan(&*self.store.snapshot(), range, REMOVED_AT_ONCE).await?;
        for (key, _) in &rows {
            commit.delete(SUBSCRIPTIONS, key);
        }
        Ok(!rows.is_empty())
    }
}

fn too_many() -> Error {
    Error::new(Why::LimitExceeded, "Resource limit exceeded.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_read_as_the_service_reads_them() {
        let role = Some("arn:aws:iam::000000000000:role/r");
        let refused = |destination: &str, role| Destination::read(destination, role).unwrap_err().text;
        let kinesis = "arn:aws:kinesis:us-east-1:000000000000:stream/s";
        assert!(matches!(Destination::read(kinesis, role), Ok(Destination::Stream(..))));
        assert_eq!(
            refused(kinesis, None),
            "destinationArn for vendor kinesis cannot be used without roleArn"
        );
        let function = "arn:aws:lambda:us-east-1:000000000000:function:f";
        assert!(matches!(Destination::read(function, None), Ok(Destination::Function(_))));
        assert_eq!(refused(function, role), "destinationArn for vendor lambda cannot be used with roleArn");
        assert!(refused("arn:aws:s3:::b", role).ends_with("for vendor s3"));
        assert_eq!(refused("x", None), "Invalid destinationArn.");
    }
}
