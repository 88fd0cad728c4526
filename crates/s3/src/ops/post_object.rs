//! PostObject.

use body::{Body, BodyError};
use bytes::Bytes;
use crypt::Algorithm;
use futures_util::stream::unfold;
use http::{HeaderName, HeaderValue};
use service::{Access, Call, Fault, Operation};
use wire::{Need, Payload, Protocol};

use super::acl::{Told as AclTold, of_new_object};
use super::bucket::tagging::tag_pairs;
use super::encryption::{choose, show_customer, show_encryption, write_headers};
use super::lock::{asked_lock, lock_actions};
use super::shared::{attributes, checksum_text, claims, in_url, named_bucket, object_access, receive};
use crate::engine::conditions::WriteCondition;
use crate::engine::lock::check_bucket_lock;
use crate::engine::names::check_key;
use crate::engine::objects::{Claims, PUT_BYTES_MAX, Place, Terms};
use crate::engine::{Error, S3, tags};
use crate::shapes::{PostObjectOutput, PostObjectRequest, PutObjectTaggingRequest, S3 as MODEL};
use crate::tables::Lock;

/// Stores an object that a browser's form brings. <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-UsingHTTPPOST.html>
///
/// The door has read the form, held it against its policy, and made headers of its fields; what is left is a put, and how it is answered.
pub struct PostObject;

/// By this header the door tells which sizes the policy allows; no field of a form can make it.
const LENGTH_RANGE: &str = "content-length-range";
/// By this one, how long the file should be.
const FILE_LENGTH: &str = "x-millrace-file-length";

impl Operation for PostObject {
    type Service = S3;
    type Input = PostObjectRequest;
    type Output = PostObjectOutput;
    const NAME: &'static str = "PostObject";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let mut actions = vec!["s3:PutObject"];
        if input.tagging.is_some() {
            actions.push("s3:PutObjectTagging");
        }
        actions.extend(lock_actions(
            input.object_lock_mode.is_some() || input.object_lock_retain_until_date.is_some(),
            input.object_lock_legal_hold_status.is_some(),
        ));
        let expected = input.expected_bucket_owner.as_ref();
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, &actions).await
    }

    async fn run(s3: &S3, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        let list = AclTold { canned: input.acl.take(), ..AclTold::default() };
        let told = Told::of(&mut input);
        let (bucket, key) = (input.bucket.take().need(), input.key.take().need());
        let place = Place { bucket: &bucket, key: &key };
        check_key(&key)?;
        let tags = input.tagging.take().map(|document| read_tags(&document)).transpose()?;
        let range = length_range(call);
        check_length(range, number(call, FILE_LENGTH))?;
        let mut attributes = attributes!(input, call)?;
        attributes.tags = tags.unwrap_or_default();
        attributes.acl = of_new_object(s3, call, place, list).await?;
        let texts = [
            (Algorithm::Crc32, &input.checksum_crc32),
            (Algorithm::Crc32c, &input.checksum_crc32c),
            (Algorithm::Crc64Nvme, &input.checksum_crc64nvme),
            (Algorithm::Sha1, &input.checksum_sha1),
            (Algorithm::Sha256, &input.checksum_sha256),
        ];
        let claims = claims(call, input.content_md5.as_deref(), &texts, input.checksum_algorithm.as_deref())?;
        let found = named_bucket(s3, call, &bucket).await?;
        let terms =
            Terms { by_form: true, condition: WriteCondition::Always, lock: told_lock(&input, call)? };
        if terms.lock != Lock::default() {
            check_bucket_lock(&found.value)?;
        }

        let chosen = choose(s3, call, &found.value, place, write_headers!(input)).await?;
        let most = range.map_or(PUT_BYTES_MAX, |(_, most)| most.min(PUT_BYTES_MAX));
        let body = at_most(input.body.take().unwrap_or_default(), most);
        let claims = Claims { pack: chosen.sealing.packs(attributes.class), ..claims };
        let received = receive(s3, call, body, &claims, &chosen.sealing).await;
        let received = received.map_err(|fault| too_large(fault, range))?;
        check_length(range, Some(received.measured.bytes))?;
        let object = s3.put(place, Some(found), &received, &attributes, &terms).await?;

        let mut output = told.answer(call, place, &object.etag.quoted());
        output.version_id = (!object.version.is_null()).then(|| object.version.text());
        show_encryption!(output, &object.encryption);
        show_customer!(output, &chosen.customer);
        output.sse_kms_encryption_context = chosen.context;
        if let Some(checksum) = &object.checksum {
            let (algorithm, text) = checksum_text(checksum, None);
            match algorithm {
                Algorithm::Crc32 => output.checksum_crc32 = Some(text),
                Algorithm::Crc32c => output.checksum_crc32c = Some(text),
                Algorithm::Crc64Nvme => output.checksum_crc64nvme = Some(text),
                Algorithm::Sha1 => output.checksum_sha1 = Some(text),
                Algorithm::Sha256 => output.checksum_sha256 = Some(text),
                // No field of a form names these.
                Algorithm::Sha512
                | Algorithm::Md5
                | Algorithm::XxHash64
                | Algorithm::XxHash3
                | Algorithm::XxHash128 => {}
            }
            output.checksum_type = Some(checksum.kind.name().to_owned());
        }
        Ok(output)
    }
}

/// How the form wants to be answered.
struct Told {
    redirect: Option<String>,
    status: Option<String>,
}

impl Told {
    fn of(input: &mut PostObjectRequest) -> Self {
        Self {
            redirect: input.success_action_redirect.take().or_else(|| input.redirect.take()),
            status: input.success_action_status.take(),
        }
    }

    fn answer(self, call: &Call, place: Place<'_>, etag: &str) -> PostObjectOutput {
        let host = call.head().headers.get(http::header::HOST).and_then(|host| host.to_str().ok());
        let path = format!("{}/{}", in_url(place.bucket), in_path(place.key));
        let location = format!("http://{}/{path}", host.unwrap_or("localhost"));
        let mut output =
            PostObjectOutput { etag_header: Some(etag.to_owned()), ..PostObjectOutput::default() };
        if let Some(target) = self.redirect.as_deref().and_then(|url| redirected(url, place, etag)) {
            call.answer_status(303);
            call.answer_empty();
            call.answer_header(http::header::LOCATION, target);
            return output;
        }
        output.location_header = Some(location.clone());
        match self.status.as_deref() {
            Some("201") => {
                call.answer_status(201);
                output.location = Some(location);
                output.bucket = Some(place.bucket.to_owned());
                output.key = Some(place.key.to_owned());
                output.etag = Some(etag.to_owned());
            }
            Some("200") => {
                call.answer_status(200);
                call.answer_empty();
            }
            Some(_) | None => {
                call.answer_status(204);
                call.answer_empty();
            }
        }
        output
    }
}

/// The redirect's URL with what was stored, if it is a URL.
fn redirected(url: &str, place: Place<'_>, etag: &str) -> Option<HeaderValue> {
    let is_url = url.starts_with("http://") || url.starts_with("https://");
    let joint = if url.contains('?') { '&' } else { '?' };
    let query = format!("bucket={}&key={}&etag={}", in_url(place.bucket), in_url(place.key), in_url(etag));
    let target = HeaderValue::try_from(format!("{url}{joint}{query}"));
    target.ok().filter(|_| is_url)
}

/// A key in a path: its slashes stay.
fn in_path(key: &str) -> String {
    key.split('/').map(in_url).collect::<Vec<_>>().join("/")
}

/// Tags come as the document of PutObjectTagging. Another document holds none; what is no document is refused.
fn read_tags(document: &str) -> Result<Vec<(String, String)>, Error> {
    let operation = MODEL.operation("PutObjectTagging").expect("the model has it");
    let mut read = PutObjectTaggingRequest::default();
    let head = wire::Head {
        method: http::Method::PUT,
        path: String::new(),
        query: Vec::new(),
        headers: http::HeaderMap::new(),
        labels: Vec::new(),
    };
    let bytes = Bytes::copy_from_slice(document.as_bytes());
    match wire::decode_body(Protocol::RestXml, operation, &head, &mut read, Payload::Whole(bytes)) {
        Ok(()) => {
            let set = read.tagging.and_then(|tagging| tagging.tag_set).unwrap_or_default();
            tags::take(tag_pairs(set)?)
        }
        Err(_) if document.trim_start().starts_with('<') && !document.contains("<Tagging") => Ok(Vec::new()),
        Err(_) => Err(Error::MalformedXml),
    }
}

fn told_lock(input: &PostObjectRequest, call: &Call) -> Result<Lock, Error> {
    let mode = input.object_lock_mode.as_deref();
    let hold = input.object_lock_legal_hold_status.as_deref();
    asked_lock(mode, input.object_lock_retain_until_date, hold, call.clock().now())
}

fn header<'c>(call: &'c Call, name: &str) -> Option<&'c str> {
    call.head().headers.get(name)?.to_str().ok()
}

fn number(call: &Call, name: &'static str) -> Option<u64> {
    header(call, HeaderName::from_static(name).as_str())?.parse().ok()
}

fn length_range(call: &Call) -> Option<(u64, u64)> {
    let (least, most) = header(call, LENGTH_RANGE)?.split_once(',')?;
    Some((least.parse().ok()?, most.parse().ok()?))
}

fn check_length(range: Option<(u64, u64)>, bytes: Option<u64>) -> Result<(), Fault> {
    let (Some((least, most)), Some(bytes)) = (range, bytes) else { return Ok(()) };
    let refused = |code: &'static str, text: &str, name, bound: u64| {
        Err(Fault::new(400, code, text).with("ProposedSize", bytes.to_string()).with(name, bound.to_string()))
    };
    if bytes > most {
        let text = "Your proposed upload exceeds the maximum allowed size";
        return refused("EntityTooLarge", text, "MaxSizeAllowed", most);
    }
    if bytes < least {
        let text = "Your proposed upload is smaller than the minimum allowed size";
        return refused("EntityTooSmall", text, "MinSizeAllowed", least);
    }
    Ok(())
}

/// A body of which more than this is not taken.
fn at_most(body: Body, most: u64) -> Body {
    let stream = unfold(Some((body, 0_u64)), move |state| async move {
        let (mut body, taken) = state?;
        match body.next().await? {
            Ok(piece) => {
                let taken = taken + piece.len() as u64;
                if taken > most {
                    return Some((Err(BodyError::TooLarge { limit: most }), None));
                }
                Some((Ok(piece), Some((body, taken))))
            }
            Err(error) => Some((Err(error), None)),
        }
    });
    Body::from_stream(stream, None)
}

/// What [`at_most`] stopped, in the words of a form.
fn too_large(fault: Fault, range: Option<(u64, u64)>) -> Fault {
    let most = range.map_or(PUT_BYTES_MAX, |(_, most)| most.min(PUT_BYTES_MAX));
    if fault.code != "MaxMessageLengthExceeded" {
        return fault;
    }
    check_length(Some((0, most)), Some(most.saturating_add(1))).err().unwrap_or(fault)
}
