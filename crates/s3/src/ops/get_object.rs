//! GetObject.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::reading::{ask, check_overrides, find, tell};
use super::shared::object_access;
use crate::engine::{Error, S3};
use crate::shapes::{GetObjectOutput, GetObjectRequest};

/// Gives an object's bytes, or a range of them. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html>
pub struct GetObject;

/// How often an object may be replaced between finding and opening it.
const LOOKS_MAX: usize = 100;

impl Operation for GetObject {
    type Service = S3;
    type Input = GetObjectRequest;
    type Output = GetObjectOutput;
    const NAME: &'static str = "GetObject";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let action = if input.version_id.is_some() { "s3:GetObjectVersion" } else { "s3:GetObject" };
        let expected = input.expected_bucket_owner.as_ref();
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, &[action]).await
    }

    async fn run(s3: &S3, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        check_overrides(call)?;
        let ask = ask!(input, true);
        for _ in 0..LOOKS_MAX {
            let found = find(s3, call, &ask).await?;
            let body = match &found.opener {
                Some(opener) if !found.not_modified => {
                    s3.note_access(&ask.bucket, &found.version);
                    match s3.read(&found.version, found.range.clone(), opener).await? {
                        Some(body) => body,
                        None => continue,
                    }
                }
                Some(_) | None => body::Body::empty(),
            };
            let mut output = GetObjectOutput { body: Some(body), ..GetObjectOutput::default() };
            tell!(output, call, found);
            return Ok(output);
        }
        Err(Error::Unavailable("the object is being replaced all the time".to_owned()).into())
    }
}
