//! PutBucketVersioning.

use ports::PrincipalKind;
use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::{bucket_access, check_document, named_bucket};
use crate::engine::{Error, S3};
use crate::shapes::PutBucketVersioningRequest;
use crate::tables::{MfaDelete, Versioning};

/// Sets whether a bucket keeps versions. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html>
///
/// Holds from the answer on, where AWS asks for fifteen minutes' patience. MFA delete is the owner's root's to set, with a device of its own.
pub struct PutBucketVersioning;

impl Operation for PutBucketVersioning {
    type Service = S3;
    type Input = PutBucketVersioningRequest;
    type Output = ();
    const NAME: &'static str = "PutBucketVersioning";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let actions = &["s3:PutBucketVersioning"];
        bucket_access(s3, call, input.bucket.as_ref(), input.expected_bucket_owner.as_ref(), actions).await
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<(), Fault> {
        check_document(call, false)?;
        let configuration = input.versioning_configuration.need();
        let versioning = match configuration.status.as_deref() {
            Some("Enabled") => Versioning::Enabled,
            Some("Suspended") => Versioning::Suspended,
            Some(_) => return Err(Error::MalformedXml.into()),
            None => {
                let text = "The Versioning element must be specified";
                return Err(Fault::new(400, "IllegalVersioningConfigurationException", text));
            }
        };
        let asked = match configuration.mfa_delete.as_deref() {
            None => None,
            Some("Disabled") => Some(MfaDelete::Disabled),
            Some("Enabled") => Some(MfaDelete::Enabled),
            Some(_) => return Err(Error::MalformedXml.into()),
        };
        let name = input.bucket.need();
        let bucket = named_bucket(s3, call, &name).await?;
        // Before a code is taken, which counts once; it is asked again as the state is changed.
        s3.check_versioning(&bucket, versioning, asked).await?;
        let wants_code = bucket.value.wants_mfa() || asked == Some(MfaDelete::Enabled);
        if wants_code {
            let principal = &call.caller().principal;
            let is_owner = principal.kind == PrincipalKind::Root && principal.account == bucket.value.owner;
            if asked.is_some() && !is_owner {
                let text = "This operation may only be performed by the bucket owner";
                return Err(Error::Denied(text.to_owned()).into());
            }
            s3.check_mfa(principal, input.mfa.as_deref()).await?;
        }
        Ok(s3.change_versioning(&name, versioning, asked, wants_code).await?)
    }
}
