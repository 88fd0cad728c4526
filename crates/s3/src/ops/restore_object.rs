//! RestoreObject.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::{check_document, named_bucket, not_found, object_access, on_marker, wanted};
use crate::engine::objects::Place;
use crate::engine::restore::{RestoreRequest as Asked, Restoring};
use crate::engine::{Error, S3};
use crate::shapes::{RestoreObjectOutput, RestoreObjectRequest, RestoreRequest};
use crate::tables::RetrievalTier;

/// Brings an archived object back. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html>
///
/// Differs: a restore takes the same time always, within AWS's bounds, and there is always capacity for expedited ones.
pub struct RestoreObject;

impl Operation for RestoreObject {
    type Service = S3;
    type Input = RestoreObjectRequest;
    type Output = RestoreObjectOutput;
    const NAME: &'static str = "RestoreObject";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let expected = input.expected_bucket_owner.as_ref();
        let actions = &["s3:RestoreObject"];
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, actions).await
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_document(call, false)?;
        let asked = wanted(input.version_id.as_ref())?;
        let (bucket, key) = (input.bucket.need(), input.key.need());
        let found = named_bucket(s3, call, &bucket).await?.value;
        // What is not archived is refused before the document is looked at.
        match s3.find_version(&*s3.snapshot(), &found, &key, asked).await {
            Ok(version) => version.row.value.check_archived(s3.clock().now())?,
            Err(error) => return Err(not_found(call, &bucket, found.owner, error).await),
        }
        let request = request(input.restore_request.unwrap_or_default())?;
        let place = Place { bucket: &bucket, key: &key };
        match s3.restore(place, asked, request).await {
            Ok(Restoring::Begun) => call.answer_status(202),
            Ok(Restoring::Extended) => {}
            Err(error) => return Err(on_marker(call, error)),
        }
        Ok(RestoreObjectOutput::default())
    }
}

/// What the document asks for. Of what it may say for other purposes (SELECT, which is closed), nothing is taken.
fn request(document: RestoreRequest) -> Result<Asked, Error> {
    let RestoreRequest {
        days,
        glacier_job_parameters,
        r#type,
        tier,
        description: _,
        select_parameters,
        output_location,
    } = document;
    if r#type.is_some() || tier.is_some() || select_parameters.is_some() || output_location.is_some() {
        return Err(Error::MalformedXml);
    }
    let tier = match glacier_job_parameters {
        Some(parameters) => {
            parameters.tier.as_deref().and_then(RetrievalTier::of_name).ok_or(Error::MalformedXml)?
        }
        None => RetrievalTier::default(),
    };
    Ok(Asked { days, tier })
}
