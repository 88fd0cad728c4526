//! UpdateDestination.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::destination::{self, Given};
use super::{Firehose, fault, key, pass_role, stream_access};
use crate::engine::error::Invalid;
use crate::engine::streams::DESTINATION_ID;
use crate::shapes::{UpdateDestinationInput, UpdateDestinationOutput};

/// Changes the destination; what is not given stays.
/// <https://docs.aws.amazon.com/firehose/latest/APIReference/API_UpdateDestination.html>
///
/// Records that were put before and are not delivered yet are delivered by the new configuration.
pub struct UpdateDestination;

impl Operation for UpdateDestination {
    type Service = Firehose;
    type Input = UpdateDestinationInput;
    type Output = UpdateDestinationOutput;
    const NAME: &'static str = "UpdateDestination";

    async fn access(_: &Firehose, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        stream_access("firehose:UpdateDestination", call, input.delivery_stream_name.as_ref())
    }

    async fn run(firehose: &Firehose, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        let (role, given) = given(&mut input).map_err(|error| fault::of(error.into()))?;
        if let Some(role) = role {
            pass_role(call, &role).await?;
        }
        let id = input.destination_id.need();
        let key = key(call, input.delivery_stream_name);
        let version = input.current_delivery_stream_version_id.need();
        firehose
            .engine
            .update_destination(&key, &version, |current| {
                if id != DESTINATION_ID {
                    return Err(Invalid(format!("Destination Id {id} not found")));
                }
                destination::update(current, &given)
            })
            .await
            .map_err(fault::of)?;
        Ok(UpdateDestinationOutput::default())
    }
}

/// The one update that is given, and the role it names.
fn given(input: &mut UpdateDestinationInput) -> Result<(Option<String>, Given), Invalid> {
    let others = [
        ("Redshift", input.redshift_destination_update.is_some()),
        ("Elasticsearch", input.elasticsearch_destination_update.is_some()),
        ("Amazonopensearchservice", input.amazonopensearchservice_destination_update.is_some()),
        ("Splunk", input.splunk_destination_update.is_some()),
        ("HttpEndpoint", input.http_endpoint_destination_update.is_some()),
        ("AmazonOpenSearchServerless", input.amazon_open_search_serverless_destination_update.is_some()),
        ("Snowflake", input.snowflake_destination_update.is_some()),
        ("Iceberg", input.iceberg_destination_update.is_some()),
    ];
    let other: Vec<&str> = others.iter().filter(|(_, given)| *given).map(|(name, _)| *name).collect();
    let plain = input.s3_destination_update.take();
    let extended = input.extended_s3_destination_update.take();
    match (plain, extended, &other[..]) {
        (Some(plain), None, []) => Ok((plain.role_arn.clone(), Given::from(plain))),
        (None, Some(extended), []) => Ok((extended.role_arn.clone(), Given::from(extended))),
        (None, None, [other]) => Err(Invalid(format!(
            "Changing the destination type to or from {other} is not supported at this time."
        ))),
        _ => Err(Invalid::new(destination::EXACTLY_ONE)),
    }
}
