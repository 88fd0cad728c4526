//! UpdateDestination.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::destination::{self, Given};
use super::{Firehose, fault, key, pass_role, stream_access};
use crate::engine::error::Invalid;
use crate::engine::streams::DESTINATION_ID;
use crate::shapes::{UpdateDestinationInput, UpdateDestinationOutput};
use crate::tables::Destination;

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

    async fn run(firehose: &Firehose, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let given = given(&input).map_err(|error| fault::of(error.into()))?;
        for role in roles(&input, given.as_ref()) {
            pass_role(call, &role).await?;
        }
        let id = input.destination_id.clone().need();
        let key = key(call, input.delivery_stream_name.clone());
        let version = input.current_delivery_stream_version_id.clone().need();
        let change = |current: &Destination| {
            if id != DESTINATION_ID {
                return Err(Invalid(format!("Destination Id {id} not found")));
            }
            match &given {
                Some(given) => destination::update(current, given),
                None => destination::update_other(current, &input),
            }
        };
        // Roles may also come with processors, backups and tables. Of a row that changes meanwhile the version is another.
        let seen = firehose.engine.stream(&key).await.map_err(fault::of)?.value.destination;
        if let Ok(next) = change(&seen) {
            for role in next.roles().difference(&seen.roles()) {
                pass_role(call, role).await?;
            }
        }
        firehose.engine.update_destination(&key, &version, change).await.map_err(fault::of)?;
        Ok(UpdateDestinationOutput::default())
    }
}

/// What is given of an S3 destination; `None` if it is another that is updated.
fn given(input: &UpdateDestinationInput) -> Result<Option<Given>, Invalid> {
    let others = [
        input.redshift_destination_update.is_some(),
        input.elasticsearch_destination_update.is_some(),
        input.amazonopensearchservice_destination_update.is_some(),
        input.splunk_destination_update.is_some(),
        input.http_endpoint_destination_update.is_some(),
        input.amazon_open_search_serverless_destination_update.is_some(),
        input.snowflake_destination_update.is_some(),
        input.iceberg_destination_update.is_some(),
    ];
    let plain = input.s3_destination_update.as_ref();
    let extended = input.extended_s3_destination_update.as_ref();
    match (plain, extended, others.iter().filter(|given| **given).count()) {
        (Some(plain), None, 0) => Ok(Some(Given::from(plain))),
        (None, Some(extended), 0) => Ok(Some(Given::from(extended))),
        (None, None, 1) => Ok(None),
        _ => Err(Invalid::new(destination::EXACTLY_ONE)),
    }
}

/// The roles that an update names.
fn roles(input: &UpdateDestinationInput, given: Option<&Given>) -> Vec<String> {
    let mut roles: Vec<Option<String>> = vec![given.and_then(|given| given.role_arn().cloned())];
    roles.push(input.http_endpoint_destination_update.as_ref().and_then(|update| update.role_arn.clone()));
    roles.push(input.iceberg_destination_update.as_ref().and_then(|update| update.role_arn.clone()));
    roles.push(input.redshift_destination_update.as_ref().and_then(|update| update.role_arn.clone()));
    roles.push(input.elasticsearch_destination_update.as_ref().and_then(|update| update.role_arn.clone()));
    roles.push(
        input.amazonopensearchservice_destination_update.as_ref().and_then(|update| update.role_arn.clone()),
    );
    roles.push(
        input
            .amazon_open_search_serverless_destination_update
            .as_ref()
            .and_then(|update| update.role_arn.clone()),
    );
    let buckets = [
        input.http_endpoint_destination_update.as_ref().and_then(|update| update.s3_update.as_ref()),
        input.splunk_destination_update.as_ref().and_then(|update| update.s3_update.as_ref()),
        input.redshift_destination_update.as_ref().and_then(|update| update.s3_update.as_ref()),
        input.elasticsearch_destination_update.as_ref().and_then(|update| update.s3_update.as_ref()),
        input
            .amazonopensearchservice_destination_update
            .as_ref()
            .and_then(|update| update.s3_update.as_ref()),
        input
            .amazon_open_search_serverless_destination_update
            .as_ref()
            .and_then(|update| update.s3_update.as_ref()),
    ];
    roles.extend(buckets.into_iter().flatten().map(|bucket| bucket.role_arn.clone()));
    roles.into_iter().flatten().collect()
}
