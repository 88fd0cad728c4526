//! Which stream or consumer a call is about, and what the policies are asked.
//!
//! A stream is named by `StreamName`, by `StreamARN`, or by both; `StreamId` is reserved and ignored (facts section 1).

use base::Arn;
use service::{Access, Call, Fault, ResourceSide};

use super::fault::invalid_argument;
use crate::engine::Kinesis;
use crate::engine::consumer::ConsumerRef;
use crate::engine::policy::{Governed, compiled};
use crate::engine::stream::arn;
use crate::tables::StreamKey;
use crate::tables::queues::{ReaderId, ReaderKey};

/// The stream an ARN names.
pub(crate) fn stream_of(text: &str) -> Option<StreamKey> {
    let arn: Arn = text.parse().ok()?;
    let name = arn.resource().strip_prefix("stream/")?;
    let account = arn.account().parse().ok()?;
    let fits = arn.service() == "kinesis" && !name.is_empty() && !name.contains('/');
    fits.then(|| StreamKey { account, region: arn.region().to_owned(), name: name.to_owned() })
}

/// The consumer an ARN names.
pub(crate) fn consumer_of(text: &str) -> Option<ConsumerRef> {
    let (stream, consumer) = text.split_once("/consumer/")?;
    let (name, created) = consumer.rsplit_once(':')?;
    Some(ConsumerRef {
        stream: stream_of(stream)?,
        name: name.to_owned(),
        created_secs: Some(created.parse().ok()?),
    })
}

/// The queue an ARN names.
pub(crate) fn queue_of(text: &str) -> Option<ReaderKey> {
    reader_of(text, "queue/")
}

/// The channel an ARN names.
pub(crate) fn channel_of(text: &str) -> Option<ReaderKey> {
    reader_of(text, "channel/")
}

fn reader_of(text: &str, kind: &str) -> Option<ReaderKey> {
    let arn: Arn = text.parse().ok()?;
    let id = arn.resource().strip_prefix(kind)?;
    let ours = id.len() == 32 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let id = u128::from_str_radix(id, 16).ok().filter(|_| ours && arn.service() == "kinesis")?;
    let account = arn.account().parse().ok()?;
    Some(ReaderKey { account, region: arn.region().to_owned(), id: ReaderId(id) })
}

/// The stream of that name in the caller's account and region.
pub(crate) fn named(call: &Call, name: &str) -> StreamKey {
    StreamKey { account: call.account(), region: call.region().to_string(), name: name.to_owned() }
}

/// The caller's account and region, for calls that are about no stream in particular.
pub(crate) fn account(call: &Call) -> StreamKey {
    named(call, "")
}

/// What a tag call is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Resource {
    /// A stream.
    Stream(StreamKey),
    /// A fan-out consumer.
    Consumer(ConsumerRef),
    /// A queue.
    Queue(ReaderKey),
    /// A channel.
    Channel(ReaderKey),
}

/// The resource an ARN names.
pub(crate) fn resource(text: &str) -> Result<Resource, Fault> {
    let found = consumer_of(text)
        .map(Resource::Consumer)
        .or_else(|| stream_of(text).map(Resource::Stream))
        .or_else(|| queue_of(text).map(Resource::Queue))
        .or_else(|| channel_of(text).map(Resource::Channel));
    found.ok_or_else(|| {
        invalid_argument(format!(
            "ResourceARN {text} is not the ARN of a stream, a consumer, a queue or a channel."
        ))
    })
}

/// What carries the policy that a call is about.
pub(crate) fn governed(text: &str) -> Result<Governed, Fault> {
    Ok(match resource(text)? {
        Resource::Stream(key) => Governed::Stream(key),
        Resource::Consumer(who) => Governed::Consumer(who),
        Resource::Queue(key) => Governed::Queue(key),
        Resource::Channel(_) => {
            return Err(invalid_argument(format!("{text} is a channel, which carries no resource policy.")));
        }
    })
}

/// What the policies are asked about a resource.
pub(crate) async fn resource_access(
    kinesis: &Kinesis,
    call: &Call,
    action: &'static str,
    text: Option<&String>,
) -> Result<Vec<Access>, Fault> {
    let found = text.and_then(|text| resource(text).ok().map(|resource| (text, resource)));
    Ok(vec![match found {
        Some((_, Resource::Stream(key))) => of_stream(kinesis, action, &key).await,
        Some((text, Resource::Consumer(who))) => of_consumer(kinesis, action, text.clone(), &who).await,
        Some((text, Resource::Queue(key))) => of_queue(kinesis, action, text, &key).await,
        Some((text, Resource::Channel(key))) => of_channel(kinesis, action, text, &key).await,
        None => Access::any(action, call.caller()),
    }])
}

/// The stream that name and ARN mean together.
pub(crate) fn stream(call: &Call, name: Option<&String>, arn: Option<&String>) -> Result<StreamKey, Fault> {
    match (name, arn) {
        (Some(name), None) => Ok(named(call, name)),
        (name, Some(arn)) => {
            let key = stream_of(arn)
                .ok_or_else(|| invalid_argument(format!("StreamARN {arn} is not the ARN of a stream.")))?;
            if name.is_some_and(|name| *name != key.name) {
                return Err(invalid_argument("StreamName and StreamARN do not name the same stream."));
            }
            Ok(key)
        }
        (None, None) => Err(invalid_argument("Either StreamName or StreamARN should be provided.")),
    }
}

/// The consumer that is meant by its ARN, or by its name and its stream's ARN.
pub(crate) fn consumer(
    consumer_arn: Option<&String>,
    stream_arn: Option<&String>,
    name: Option<&String>,
) -> Result<ConsumerRef, Fault> {
    match (consumer_arn, stream_arn, name) {
        (Some(arn), _, _) => consumer_of(arn)
            .ok_or_else(|| invalid_argument(format!("ConsumerARN {arn} is not the ARN of a consumer."))),
        (None, Some(stream), Some(name)) => {
            let stream = stream_of(stream)
                .ok_or_else(|| invalid_argument(format!("StreamARN {stream} is not the ARN of a stream.")))?;
            Ok(ConsumerRef { stream, name: name.clone(), created_secs: None })
        }
        (None, _, _) => {
            Err(invalid_argument("Either ConsumerARN or both StreamARN and ConsumerName should be provided."))
        }
    }
}

/// What the policies are asked about a stream. A call that names none, or wrongly, is about nothing in particular: it will be refused.
pub(crate) async fn access(
    kinesis: &Kinesis,
    call: &Call,
    action: &'static str,
    name: Option<&String>,
    arn: Option<&String>,
) -> Result<Vec<Access>, Fault> {
    Ok(vec![match stream(call, name, arn) {
        Ok(key) => of_stream(kinesis, action, &key).await,
        Err(_) => Access::any(action, call.caller()),
    }])
}

/// What the policies are asked about a stream that may be there, with what it says itself: its policy and its tags.
pub(crate) async fn of_stream(kinesis: &Kinesis, action: &'static str, key: &StreamKey) -> Access {
    let access = to_stream(action, key);
    match kinesis.stream(key).await {
        Ok(stream) => access
            .tagged(&stream.row.tags)
            .under(ResourceSide { policy: stream.policy().cloned(), ..ResourceSide::default() }),
        // That it is not there is told to those who may do this.
        Err(_) => access,
    }
}

async fn of_consumer(kinesis: &Kinesis, action: &'static str, arn: String, who: &ConsumerRef) -> Access {
    let access = Access::owned(action, arn, who.stream.account);
    match kinesis.consumer(who).await {
        Ok(consumer) => access.tagged(&consumer.row.tags).under(ResourceSide {
            policy: compiled(consumer.row.policy.as_deref()),
            ..ResourceSide::default()
        }),
        Err(_) => access,
    }
}

/// What the policies are asked about a queue that may be there.
pub(crate) async fn of_queue(kinesis: &Kinesis, action: &'static str, arn: &str, key: &ReaderKey) -> Access {
    let access = Access::owned(action, arn, key.account);
    match kinesis.queue(key).await {
        Ok(queue) => access
            .tagged(&queue.row.tags)
            .under(ResourceSide { policy: compiled(queue.row.policy.as_deref()), ..ResourceSide::default() }),
        Err(_) => access,
    }
}

/// What the policies are asked about a channel that may be there.
pub(crate) async fn of_channel(
    kinesis: &Kinesis,
    action: &'static str,
    arn: &str,
    key: &ReaderKey,
) -> Access {
    let access = Access::owned(action, arn, key.account);
    match kinesis.channel(key).await {
        Ok(channel) => access.tagged(&channel.row.tags),
        Err(_) => access,
    }
}

/// What the policies are asked about a stream that is not there yet.
pub(crate) fn to_stream(action: &'static str, key: &StreamKey) -> Access {
    Access::owned(action, arn(key).as_str(), key.account)
}

/// What the policies are asked about a consumer.
pub(crate) async fn to_consumer(
    kinesis: &Kinesis,
    call: &Call,
    action: &'static str,
    who: Result<ConsumerRef, Fault>,
    arn_given: Option<&String>,
) -> Result<Vec<Access>, Fault> {
    Ok(vec![match who {
        Ok(who) => {
            let by_name = || format!("{}/consumer/{}", arn(&who.stream), who.name);
            of_consumer(kinesis, action, arn_given.cloned().unwrap_or_else(by_name), &who).await
        }
        Err(_) => Access::any(action, call.caller()),
    }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_name_streams_and_consumers() {
        let stream = stream_of("arn:aws:kinesis:eu-west-1:000000000042:stream/flights").unwrap();
        assert_eq!((stream.region.as_str(), stream.name.as_str()), ("eu-west-1", "flights"));
        assert_eq!(stream.account.as_u64(), 42);
        let consumer =
            consumer_of("arn:aws:kinesis:eu-west-1:000000000042:stream/flights/consumer/fast:1700000000");
        let expected = ConsumerRef { stream, name: "fast".to_owned(), created_secs: Some(1_700_000_000) };
        assert_eq!(consumer, Some(expected));
    }

    #[test]
    fn queues_and_channels_are_named_by_their_ids() {
        let id = "0123456789abcdef0123456789abcdef";
        let queue = queue_of(&format!("arn:aws:kinesis:eu-west-1:000000000042:queue/{id}")).unwrap();
        assert_eq!((queue.region.as_str(), queue.account.as_u64()), ("eu-west-1", 42));
        assert_eq!(queue.id.0, 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef);
        assert_eq!(channel_of(&format!("arn:aws:kinesis:eu-west-1:000000000042:channel/{id}")), Some(queue));
        for other in
            ["queue/name", "queue/0123456789ABCDEF0123456789abcdef", "queue/+123456789abcdef0123456789abcdef"]
        {
            assert_eq!(queue_of(&format!("arn:aws:kinesis:eu-west-1:000000000042:{other}")), None, "{other}");
        }
    }

    #[test]
    fn other_texts_name_none() {
        for text in [
            "flights",
            "arn:aws:s3:::flights",
            "arn:aws:kinesis:eu-west-1:000000000042:queue/flights",
            "arn:aws:kinesis:eu-west-1:42:stream/flights",
            "arn:aws:kinesis:eu-west-1:000000000042:stream/",
            "arn:aws:kinesis:eu-west-1:000000000042:stream/a/b",
        ] {
            assert_eq!(stream_of(text), None, "{text}");
            assert_eq!(consumer_of(text), None, "{text}");
        }
    }
}
