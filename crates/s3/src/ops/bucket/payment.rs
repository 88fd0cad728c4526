//! Who pays for requests to a bucket.

use wire::Need;

use super::{bucket_operation, set, settings};
use crate::engine::Error;
use crate::ops::shared::check_document;
use crate::shapes::{
    GetBucketRequestPaymentOutput, GetBucketRequestPaymentRequest, PutBucketRequestPaymentRequest,
};
use crate::tables::{Setting, SettingKind};

bucket_operation! {
    /// Tells who pays. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketRequestPayment.html>
    GetBucketRequestPayment: GetBucketRequestPaymentRequest => GetBucketRequestPaymentOutput, "s3:GetBucketRequestPayment";
    |s3, call, input| {
        let pays = settings(s3, call, &input.bucket.need()).await?.requester_pays;
        let payer = if pays { "Requester" } else { "BucketOwner" };
        Ok(GetBucketRequestPaymentOutput { payer: Some(payer.to_owned()) })
    }
}

bucket_operation! {
    /// Says who pays: other accounts must then agree with `x-amz-request-payer`.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketRequestPayment.html>
    PutBucketRequestPayment: PutBucketRequestPaymentRequest => (), "s3:PutBucketRequestPayment";
    |s3, call, input| {
        check_document(call, false)?;
        let pays = match input.request_payment_configuration.need().payer.as_deref() {
            Some("Requester") => true,
            Some("BucketOwner") => false,
            Some(_) | None => return Err(Error::MalformedXml.into()),
        };
        set(s3, &input.bucket.need(), SettingKind::Payment, Setting::RequesterPays(pays)).await?;
        Ok(())
    }
}
