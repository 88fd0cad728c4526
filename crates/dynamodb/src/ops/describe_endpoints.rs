//! DescribeEndpoints.

use http::header::HOST;
use service::{Access, Call, Fault, Operation};

use crate::engine::DynamoDb;
use crate::shapes::{DescribeEndpointsRequest, DescribeEndpointsResponse, Endpoint};

/// How long the answer holds: as on AWS.
const CACHE_MINUTES: i64 = 1_440;

/// Where to send requests: where this one came.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeEndpoints.html>
pub(crate) struct DescribeEndpoints;

impl Operation for DescribeEndpoints {
    type Service = DynamoDb;
    type Input = DescribeEndpointsRequest;
    type Output = DescribeEndpointsResponse;
    const NAME: &'static str = "DescribeEndpoints";

    async fn access(_: &DynamoDb, call: &Call, _: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![Access::any("dynamodb:DescribeEndpoints", call.caller())])
    }

    async fn run(_: &DynamoDb, call: &Call, _: Self::Input) -> Result<Self::Output, Fault> {
        let host = call.head().headers.get(HOST).and_then(|host| host.to_str().ok());
        let address = match host {
            Some(host) => host.to_owned(),
            None => format!("dynamodb.{}.amazonaws.com", call.region()),
        };
        let endpoint = Endpoint { address: Some(address), cache_period_in_minutes: Some(CACHE_MINUTES) };
        Ok(DescribeEndpointsResponse { endpoints: Some(vec![endpoint]) })
    }
}
