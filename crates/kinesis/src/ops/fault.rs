//! How Kinesis words a refusal: the only place that knows codes, statuses and texts (facts sections 1 to 11; wire facts sections 4 and 5).
//!
//! Everything is 400 but the server's own failures, and SerializationException and AccessDeniedException spell `Message` with a capital
//! (the codec sees to that).

use base::Timestamp;
use ports::KeyError;
use service::{Fault, Style, json};

use crate::engine::Error;
use crate::engine::iterator::LIFE_MILLIS;
use crate::engine::shard_id::shard_id;
use crate::engine::stream::arn;
use crate::tables::StreamKey;

/// Kinesis' way of saying what happens before an operation runs.
pub(crate) const STYLE: Style = Style {
    denied: json::denied,
    undecodable: json::undecodable,
    violated: |text| Fault::new(400, "ValidationException", text),
    broken_body: |error| json::broken_body(error, internal),
    not_implemented: |_| Fault::bare(400, "UnknownOperationException"),
    internal,
};

fn internal() -> Fault {
    Fault::new(500, "InternalFailure", "Internal Service Failure")
}

/// A refusal of an argument.
pub(crate) fn invalid_argument(text: impl Into<String>) -> Fault {
    Fault::new(400, "InvalidArgumentException", text)
}

/// As many violations as one refusal names (wire facts section 4).
const CLAUSES_MAX: usize = 10;

/// A refusal in the words of a constraint, for what the model does not say.
fn violation_text(clauses: &[String]) -> String {
    let errors = if clauses.len() == 1 { "error" } else { "errors" };
    format!("{} validation {errors} detected: {}", clauses.len(), clauses.join("; "))
}

/// The clause for a member that is missing.
fn null_clause(path: &str) -> String {
    format!("Value null at '{path}' failed to satisfy constraint: Member must not be null")
}

/// There is no policy to delete.
pub(crate) fn no_policy(arn: &str) -> Fault {
    Fault::new(400, "ResourceNotFoundException", format!("No resource policy found for resource ARN {arn}"))
}

/// A token that was not given, or for something else.
pub(crate) fn bad_token() -> Fault {
    invalid_argument("NextToken is invalid.")
}

/// A token past its 300 seconds.
pub(crate) fn expired_token() -> Fault {
    Fault::new(
        400,
        "ExpiredNextTokenException",
        "The NextToken has expired. Tokens are valid for 300 seconds.",
    )
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        let code = code(&error);
        if let Error::Store(_) | Error::Conflict = error {
            tracing::error!(%error, "kinesis cannot do what it was asked");
            return internal();
        }
        if let Error::Full = error {
            return Fault::new(
                503,
                "ServiceUnavailable",
                "The disk is full: new records are refused until there is space.",
            );
        }
        Fault::new(400, code, text(&error))
    }
}

fn code(error: &Error) -> &'static str {
    match error {
        Error::NoStream(_)
        | Error::NoShard(..)
        | Error::ShardNotFound(..)
        | Error::NoConsumer { .. }
        | Error::NoReader { .. }
        | Error::NoDestination(_) => "ResourceNotFoundException",
        Error::StreamExists(_)
        | Error::ReaderExists { .. }
        | Error::ReaderNotActive { .. }
        | Error::HasReaders { .. }
        | Error::NotActive(..)
        | Error::HasConsumers(_)
        | Error::ConsumerExists { .. }
        | Error::ConsumerNotActive { .. }
        | Error::SubscriptionExists => "ResourceInUseException",
        Error::OnDemand(_) | Error::RecordTooLarge { .. } | Error::NoPartitionKey(_) => "ValidationException",
        Error::ShardClosed(..)
        | Error::NotAdjacent(..)
        | Error::SplitKey { .. }
        | Error::ExplicitHashKey(_)
        | Error::CallTooLarge { .. }
        | Error::Ordering(..)
        | Error::Iterator
        | Error::SequenceOfShard { .. }
        | Error::SequenceForeign { .. }
        | Error::Future { .. }
        | Error::Target { .. }
        | Error::OnDemandOnly(_)
        | Error::NoCommitment
        | Error::KeyTemplate(_)
        | Error::Freshness(_)
        | Error::Policy(_)
        | Error::PolicyTooLong(_)
        | Error::RetentionShort(_)
        | Error::RetentionLong(_)
        | Error::RetentionDirection { .. }
        | Error::TooManyTags(_)
        | Error::ReservedTag(_) => "InvalidArgumentException",
        Error::Key(error) => match error {
            KeyError::NotFound(_) => "KMSNotFoundException",
            KeyError::Disabled(_) => "KMSDisabledException",
            KeyError::InvalidState(_) | KeyError::InvalidUsage(_) => "KMSInvalidStateException",
            KeyError::Denied(_) | KeyError::InvalidCiphertext => "KMSAccessDeniedException",
            KeyError::Unavailable(_) => "KMSThrottlingException",
        },
        Error::MayNotDecrypt(..) => "KMSAccessDeniedException",
        Error::Throttled(..) => "ProvisionedThroughputExceededException",
        Error::IteratorExpired { .. } => "ExpiredIteratorException",
        Error::CalledTooOften(_)
        | Error::ShardQuota { .. }
        | Error::OnDemandQuota(_)
        | Error::CreatingQuota(_)
        | Error::DayQuota { .. }
        | Error::ConsumerQuota(..)
        | Error::ChannelQuota(..)
        | Error::TooMuch(_) => "LimitExceededException",
        Error::InFlight(_) => "ThrottlingException",
        Error::DryRun => "DryRunOperationException",
        Error::Full => "ServiceUnavailable",
        Error::Conflict | Error::Store(_) => "InternalFailure",
    }
}

/// The text of an error.
pub(crate) fn text(error: &Error) -> String {
    match error {
        Error::NoStream(stream) => format!("{} not found.", capital(stream)),
        Error::StreamExists(stream) => format!("{} already exists.", capital(stream)),
        Error::NotActive(stream, status) => {
            format!("{} not ACTIVE, instead in state {}", capital(stream), status.as_str())
        }
        Error::OnDemand(stream) => {
            format!("Request is invalid. {} is in On-Demand mode.", capital(stream))
        }
        Error::HasConsumers(stream) => format!(
            "DeleteStream can't delete {} because there are consumers associated with this data stream. To delete {} anyway, set the \
             EnforceConsumerDeletion parameter to true in the DeleteStream call.",
            arn(stream),
            stream.name
        ),
        Error::NoShard(stream, shard) => {
            format!("Shard {} in {} does not exist", shard_id(*shard), small(stream))
        }
        Error::ShardNotFound(stream, shard) => format!("Could not find shard {shard} in {}.", small(stream)),
        Error::ShardClosed(stream, shard) => format!(
            "Shard {} in {} has already been merged or split, and thus is not eligible for merging or splitting.",
            shard_id(*shard),
            small(stream)
        ),
        Error::NotAdjacent(stream, a, b) => format!(
            "Shards {} and {} in {} are not an adjacent pair of shards eligible for merging",
            shard_id(*a),
            shard_id(*b),
            small(stream)
        ),
        Error::SplitKey { stream, shard, key, range } => format!(
            "NewStartingHashKey {key} used in SplitShard() on shard {} in {} is not both greater than one plus the shard's \
             StartingHashKey {} and less than the shard's EndingHashKey {}.",
            shard_id(*shard),
            small(stream),
            range.first,
            range.last
        ),
        Error::NoPartitionKey(records) => {
            let path = |index: &Option<usize>| match index {
                Some(index) => format!("records.{}.member.partitionKey", index + 1),
                None => "partitionKey".to_owned(),
            };
            let clauses: Vec<_> = records.iter().take(CLAUSES_MAX).map(|index| null_clause(&path(index))).collect();
            violation_text(&clauses)
        }
        Error::Key(error) => error.to_string(),
        Error::MayNotDecrypt(who, stream) => {
            format!("User {who} is not authorized to decrypt records in stream {}", stream.name)
        }
        Error::Policy(why) => why.clone(),
        Error::PolicyTooLong(max) => format!("The resource policy is longer than {max} bytes."),
        Error::OnDemandOnly(what) => format!("{what} is only supported for streams in ON_DEMAND mode."),
        Error::NoCommitment => "WarmThroughputMiBps requires MinimumThroughputBillingCommitment to be ENABLED in the account's settings.".to_owned(),
        Error::ExplicitHashKey(value) => format!(
            "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was {value}"
        ),
        Error::RecordTooLarge { index, bytes: _, max } => {
            let path = index.map_or("data".to_owned(), |index| format!("records.{}.member.data", index + 1));
            format!(
                "1 validation error detected: Value at '{path}' failed to satisfy constraint: Member must have length less than or equal to {max}"
            )
        }
        Error::CallTooLarge { bytes: _ } => "Records size exceeds 10 MB limit".to_owned(),
        Error::Ordering(stream, number) => format!(
            "ExclusiveMinimumSequenceNumber {number} used in PutRecord on {} is invalid.",
            small(stream)
        ),
        Error::Throttled(stream, shard) => {
            format!("Rate exceeded for shard {} in {}.", shard_id(*shard), small(stream))
        }
        Error::CalledTooOften(stream) if stream.name.is_empty() => {
            format!("Rate exceeded for account {}.", stream.account)
        }
        Error::CalledTooOften(stream) => format!("Rate exceeded for {}.", small(stream)),
        Error::Iterator => "Invalid ShardIterator.".to_owned(),
        Error::IteratorExpired { issued, now } => format!(
            "Iterator expired. The iterator was created at time {} while right now it is {} which is further in the future than the \
             tolerated delay of {LIFE_MILLIS} milliseconds.",
            java_date(*issued),
            java_date(*now)
        ),
        Error::SequenceOfShard { encoded, used } => format!(
            "Invalid StartingSequenceNumber. It encodes {}, while it was used in a call to a shard with {}",
            shard_id(*encoded),
            shard_id(*used)
        ),
        Error::SequenceForeign { stream, shard, number, well_formed } => {
            let why = if *well_formed { " because it did not come from this stream" } else { "" };
            format!(
                "StartingSequenceNumber {number} used in GetShardIterator on shard {} in {} is invalid{why}.",
                shard_id(*shard),
                small(stream)
            )
        }
        Error::Future { asked, now } => format!(
            "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: {}, \
             currentTimestampInMillis: {}",
            asked.as_millis(),
            now.as_millis()
        ),
        Error::ShardQuota { stream, current, limit, more } => format!(
            "This request would exceed the shard limit for the account {} in {}. Current shard count for the account: {current}. Limit: \
             {limit}. Number of additional shards that would have resulted from this request: {more}. Refer to the AWS Service Limits page \
             (https://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits and how to request higher limits.",
            stream.account, stream.region
        ),
        Error::OnDemandQuota(limit) => format!(
            "This request would exceed the limit of {limit} data streams in on-demand mode for this account and Region."
        ),
        Error::CreatingQuota(limit) => {
            format!("No more than {limit} streams may be in state CREATING at once.")
        }
        Error::Target { stream: _, current, target } => format!(
            "UpdateShardCount cannot change the shard count from {current} to {target}: the target must be at least 1, at most twice and at \
             least half the current shard count, and at most 10000."
        ),
        Error::DayQuota { stream, what, limit } => format!(
            "{} has reached the limit of {limit} {what} calls in a rolling 24-hour period.",
            capital(stream)
        ),
        Error::RetentionShort(hours) => format!(
            "Minimum allowed retention period is 24 hours. Requested retention period ({hours} hours) is too short."
        ),
        Error::RetentionLong(hours) => format!(
            "Maximum allowed retention period is 8760 hours. Requested retention period ({hours} hours) is too long."
        ),
        Error::RetentionDirection { stream, asked, existing, increase } => {
            let (than, other) = if *increase { ("shorter", "Decrease") } else { ("longer", "Increase") };
            format!(
                "Requested retention period ({asked} hours) for stream {} can not be {than} than existing retention period ({existing} hours). \
                 Use {other}RetentionPeriod API.",
                stream.name
            )
        }
        // The number is AWS's own: the text was never changed when the limit became 50.
        Error::TooManyTags(stream) => format!(
            "Failed to add tags to stream {} under account {} because a given stream cannot have more than 10 tags associated with it.",
            stream.name, stream.account
        ),
        Error::ReservedTag(key) => {
            format!("Tag key {key} begins with aws:, which only AWS itself may set.")
        }
        Error::NoConsumer { stream, name } => {
            format!("Consumer {name} under {} not found.", small(stream))
        }
        Error::ConsumerExists { stream, name } => {
            format!("Consumer {name} under {} already exists.", small(stream))
        }
        Error::ConsumerNotActive { stream, name, created } => format!(
            "Consumer {name} with creation timestamp {created} under stream: {} , account {} is not in ACTIVE status.",
            stream.name, stream.account
        ),
        Error::ConsumerQuota(stream, limit) => {
            format!("{} cannot have more than {limit} consumers.", capital(stream))
        }
        Error::NoReader { what, arn } => format!("{what} {arn} not found."),
        Error::ReaderExists { what, name } => format!("{what} {name} already exists."),
        Error::ReaderNotActive { what, arn, status } => {
            format!("{what} {arn} not ACTIVE, instead in state {}", status.as_str())
        }
        Error::HasReaders { stream, what } => format!(
            "{} has {what}. Delete them before you delete the stream or switch its capacity mode to PROVISIONED.",
            capital(stream)
        ),
        Error::InFlight(limit) => {
            format!("The queue has {limit} records in flight. Acknowledge records before you receive more.")
        }
        Error::ChannelQuota(stream, limit) => {
            format!("{} cannot have more than {limit} channels of this type.", capital(stream))
        }
        Error::KeyTemplate(why) => format!("OutputKeyTemplate is invalid: {why}"),
        Error::Freshness(secs) => {
            format!("DataFreshnessInSeconds {secs} is invalid: it must be between 300 and 900.")
        }
        Error::NoDestination(what) => format!("{what} not found."),
        Error::SubscriptionExists => "Another active subscription exists for this consumer".to_owned(),
        Error::TooMuch(_) => "The request would change more shards than can be changed at once.".to_owned(),
        Error::DryRun => "Request would have succeeded, but DryRun flag is set.".to_owned(),
        Error::Full => "The disk is full.".to_owned(),
        Error::Conflict | Error::Store(_) => "Internal Service Failure".to_owned(),
    }
}

fn capital(stream: &StreamKey) -> String {
    format!("Stream {} under account {}", stream.name, stream.account)
}

fn small(stream: &StreamKey) -> String {
    format!("stream {} under account {}", stream.name, stream.account)
}

/// As Java prints a date: `Thu Jan 22 01:22:02 UTC 2015`.
fn java_date(time: Timestamp) -> String {
    let time = jiff::Timestamp::from_second(time.as_secs()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    time.strftime("%a %b %d %H:%M:%S UTC %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::AccountId;

    fn stream() -> StreamKey {
        StreamKey { account: AccountId::DEFAULT, region: "us-east-1".to_owned(), name: "s".to_owned() }
    }

    #[test]
    fn dates_are_java_s() {
        assert_eq!(java_date(Timestamp::from_secs(1_421_889_722)), "Thu Jan 22 01:22:02 UTC 2015");
    }

    #[test]
    fn texts_are_those_of_aws() {
        assert_eq!(text(&Error::NoStream(stream())), "Stream s under account 000000000000 not found.");
        assert_eq!(
            text(&Error::NoShard(stream(), 5)),
            "Shard shardId-000000000005 in stream s under account 000000000000 does not exist"
        );
        let wrong_way =
            Error::RetentionDirection { stream: stream(), asked: 25, existing: 48, increase: true };
        assert_eq!(
            text(&wrong_way),
            "Requested retention period (25 hours) for stream s can not be shorter than existing retention period (48 hours). Use \
             DecreaseRetentionPeriod API."
        );
    }

    #[test]
    fn a_full_disk_is_the_servers_fault_and_to_be_tried_again() {
        let fault = Fault::from(Error::Full);
        assert_eq!((fault.status, &*fault.code), (503, "ServiceUnavailable"));
    }
}
