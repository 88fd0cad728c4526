//! PutObject.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::acl::{of_new_object, told_list};
use super::encryption::{choose, show_customer, show_encryption, write_headers};
use super::lock::lock_actions;
use super::shared::{
    attributes, checksum_text, checksum_texts, claims, expiration, lock, named_bucket, object_access,
    receive, refuse_unbuilt, show_checksum,
};
use crate::engine::checksum::Declared;
use crate::engine::conditions::WriteCondition;
use crate::engine::lock::check_bucket_lock;
use crate::engine::names::check_key;
use crate::engine::objects::{Claims, Place, Terms};
use crate::engine::{Error, S3};
use crate::shapes::{PutObjectOutput, PutObjectRequest};
use crate::tables::{Bucket, Lock};

/// Stores an object. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html>
///
/// Up to 64 KiB the bytes travel in the commit; more are streamed into a blob first.
pub struct PutObject;

impl Operation for PutObject {
    type Service = S3;
    type Input = PutObjectRequest;
    type Output = PutObjectOutput;
    const NAME: &'static str = "PutObject";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let mut actions = vec!["s3:PutObject"];
        actions.extend(input.tagging.as_ref().map(|_| "s3:PutObjectTagging"));
        actions.extend(lock_actions(
            input.object_lock_mode.is_some() || input.object_lock_retain_until_date.is_some(),
            input.object_lock_legal_hold_status.is_some(),
        ));
        let expected = input.expected_bucket_owner.as_ref();
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, &actions).await
    }

    async fn run(s3: &S3, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        let list = told_list!(input);
        refuse_unbuilt!(input: write_offset_bytes => "x-amz-write-offset-bytes");
        let (bucket, key) = (input.bucket.take().need(), input.key.take().need());
        let place = Place { bucket: &bucket, key: &key };
        check_key(&key)?;
        let condition = WriteCondition::parse(input.if_match.as_deref(), input.if_none_match.as_deref())?;
        let mut attributes = attributes!(input, call)?;
        attributes.acl = of_new_object(s3, call, place, list).await?;
        let texts = checksum_texts!(input);
        let claims = claims(call, input.content_md5.as_deref(), &texts, input.checksum_algorithm.as_deref())?;
        let bucket_row = named_bucket(s3, call, &bucket).await?;
        let terms = Terms { condition, lock: lock!(input, call)?, by_form: false };
        check_lock(&bucket_row.value, terms.lock, &claims)?;
        let encryption = write_headers!(input);
        s3.check_condition(place, &terms.condition).await?;
        let chosen = choose(s3, call, &bucket_row.value, place, encryption).await?;

        let claims = Claims { pack: chosen.sealing.packs(attributes.class), ..claims };
        let body = input.body.take().unwrap_or_default();
        let received = receive(s3, call, body, &claims, &chosen.sealing).await?;
        let object = s3.put(place, Some(bucket_row.clone()), &received, &attributes, &terms).await?;

        let mut output = PutObjectOutput {
            etag: Some(object.etag.quoted()),
            expiration: expiration(s3, &bucket_row, &key, &object).await?,
            // While versioning is suspended this answer alone does not name the null version (facts section 6).
            version_id: (!object.version.is_null()).then(|| object.version.text()),
            ..PutObjectOutput::default()
        };
        show_encryption!(output, &object.encryption);
        show_customer!(output, &chosen.customer);
        output.sse_kms_encryption_context = chosen.context;
        if let Some(checksum) = &object.checksum {
            let (algorithm, text) = checksum_text(checksum, None);
            show_checksum!(output, algorithm, text);
            output.checksum_type = Some(checksum.kind.name().to_owned());
        }
        Ok(output)
    }
}

/// An object that will be locked must arrive unharmed, so its sender has to declare a checksum.
fn check_lock(bucket: &Bucket, asked: Lock, claims: &Claims) -> Result<(), Error> {
    if asked.is_any() {
        check_bucket_lock(bucket)?;
    }
    let locked = asked.is_any() || bucket.lock.is_some_and(|lock| lock.default.is_some());
    if locked && claims.md5.is_none() && claims.checksum == Declared::Nothing {
        let text = "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters";
        return Err(Error::Request(text.to_owned()));
    }
    Ok(())
}
