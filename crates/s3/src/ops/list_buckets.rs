//! ListBuckets.

use base::Region;
use service::{Access, Call, Fault, Operation};

use super::shared::{named_owner, seconds};
use crate::engine::buckets::BucketQuery;
use crate::engine::{Error, S3};
use crate::shapes::{Bucket, ListBucketsOutput, ListBucketsRequest};

/// Lists the caller's buckets by name. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html>
pub struct ListBuckets;

/// Buckets of one page, and what is given unless less is asked for.
const PAGE_MAX: i32 = 10_000;

impl Operation for ListBuckets {
    type Service = S3;
    type Input = ListBucketsRequest;
    type Output = ListBucketsOutput;
    const NAME: &'static str = "ListBuckets";

    async fn access(_s3: &S3, call: &Call, _input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![Access::any("s3:ListAllMyBuckets", call.caller())])
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let limit = input.max_buckets.unwrap_or(PAGE_MAX);
        if !(1..=PAGE_MAX).contains(&limit) {
            let text = "Argument max-buckets must be an integer between 1 and 10000";
            return Err(Error::argument("max-buckets", limit.to_string(), text).into());
        }
        let region = input.bucket_region.as_deref().map(region).transpose()?;
        let purpose = format!("ListBuckets {}", call.account());
        let after = match input.continuation_token.as_deref().filter(|token| !token.is_empty()) {
            None => None,
            Some(token) => Some(open(s3, &purpose, token)?),
        };
        let any_parameter = input.max_buckets.is_some()
            || input.prefix.is_some()
            || input.bucket_region.is_some()
            || input.continuation_token.is_some();
        let query = BucketQuery {
            prefix: input.prefix.clone().unwrap_or_default(),
            region,
            after,
            limit: usize::try_from(limit).unwrap_or(1),
        };
        let page = s3.list_buckets(call.account(), &query).await?;
        let last = page.items.last().filter(|_| page.more).map(|(name, _)| name.clone());
        let buckets = page.items.into_iter().map(|(name, owned)| Bucket {
            bucket_arn: Some(format!("arn:aws:s3:::{name}")),
            name: Some(name),
            creation_date: Some(seconds(owned.created)),
            bucket_region: any_parameter.then(|| owned.region.to_string()),
        });
        Ok(ListBucketsOutput {
            buckets: Some(buckets.collect()),
            owner: Some(named_owner(s3, call.account())),
            continuation_token: last.map(|name| s3.tokens().seal(&purpose, name.as_bytes())),
            prefix: input.prefix,
        })
    }
}

fn region(name: &str) -> Result<Region, Error> {
    let known = crate::engine::names::is_region(name);
    Region::new(name).filter(|_| known).ok_or_else(|| Error::Argument {
        name: "bucket-region",
        value: None,
        text: format!("Argument value {name} is not a valid AWS Region"),
    })
}

fn open(s3: &S3, purpose: &str, token: &str) -> Result<String, Error> {
    let payload = s3.tokens().open(purpose, token).ok();
    payload.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(|| Error::Argument {
        name: "continuation-token",
        value: None,
        text: "The continuation token provided is incorrect".to_owned(),
    })
}
