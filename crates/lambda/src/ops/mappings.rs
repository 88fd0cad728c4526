//! Event source mappings: Create, Update, Get, List and Delete EventSourceMapping.

use base::{Arn, Timestamp};
use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{Lambda, after, fault, named};
use crate::engine::error::{Error, Why};
use crate::engine::mappings::{Beginning, MappingChange, uuid_id, uuid_text};
use crate::engine::names::Named;
use crate::shapes::{
    CreateEventSourceMappingRequest, DeleteEventSourceMappingRequest, DestinationConfig,
    EventSourceMappingConfiguration, Filter, FilterCriteria, GetEventSourceMappingRequest,
    ListEventSourceMappingsRequest, ListEventSourceMappingsResponse, OnFailure,
    UpdateEventSourceMappingRequest,
};
use crate::tables::{MappingKey, MappingRow};

/// Mappings of a page (facts section 4.5).
const ITEMS_MAX: usize = 100;

fn mapping_arn(key: &MappingKey) -> Arn {
    Arn::new("lambda", &key.region, key.account, &format!("event-source-mapping:{}", uuid_text(key.id)))
}

fn key(call: &Call, uuid: &str) -> Result<MappingKey, Fault> {
    let unknown = || fault::of(Error::not_found("The resource you requested does not exist."));
    let id = uuid_id(uuid).ok_or_else(unknown)?;
    Ok(MappingKey { account: call.account(), region: call.region().clone(), id })
}

/// A function of the caller's account: a mapping acts under its role and runs it, which nobody may have another account's do.
fn own(call: &Call, name: &str) -> Result<Named, Fault> {
    let function = named(call, name, None)?;
    if function.key.account != call.account() {
        return Err(fault::of(Error::not_found(format!("Function not found: {}", function.arn()))));
    }
    Ok(function)
}

/// The question about a mapping, with the function it is for.
async fn access(
    lambda: &Lambda,
    action: &'static str,
    call: &Call,
    uuid: Option<&String>,
) -> Result<Vec<Access>, Fault> {
    let Some(key) = uuid.and_then(|uuid| key(call, uuid).ok()) else {
        return Ok(vec![Access::any(action, call.caller())]);
    };
    let mut access = Access::to(action, &mapping_arn(&key));
    if let Ok(row) = lambda.engine.mapping(&key).await {
        access = access.with("lambda:FunctionArn", row.function).tagged(&row.tags);
    }
    Ok(vec![access])
}

fn shown(lambda: &Lambda, key: &MappingKey, row: MappingRow, state: &str) -> EventSourceMappingConfiguration {
    let number = |number: u32| i32::try_from(number).ok();
    let filters = row.filters.map(|patterns| FilterCriteria {
        filters: Some(patterns.into_iter().map(|pattern| Filter { pattern: Some(pattern) }).collect()),
    });
    let responses = if row.partial { vec!["ReportBatchItemFailures".to_owned()] } else { Vec::new() };
    EventSourceMappingConfiguration {
        uuid: Some(uuid_text(key.id)),
        starting_position: Some(row.starting),
        starting_position_timestamp: row.starting_at_micros.map(Timestamp::from_micros),
        batch_size: number(row.batch_size),
        maximum_batching_window_in_seconds: number(row.window_secs),
        parallelization_factor: number(row.lanes),
        event_source_arn: Some(row.source),
        filter_criteria: filters,
        function_arn: Some(row.function),
        last_modified: Some(Timestamp::from_micros(row.modified_micros).cut_to_millis()),
        last_processing_result: Some(lambda.engine.processing_result(key.id)),
        state: Some(state.to_owned()),
        state_transition_reason: Some("User action".to_owned()),
        destination_config: Some(DestinationConfig {
            on_success: None,
            on_failure: Some(OnFailure { destination: row.on_failure }),
        }),
        maximum_record_age_in_seconds: Some(row.age_secs_max),
        bisect_batch_on_function_error: Some(row.bisect),
        maximum_retry_attempts: Some(row.retries_max),
        tumbling_window_in_seconds: number(row.tumbling_secs),
        function_response_types: Some(responses),
        event_source_mapping_arn: Some(mapping_arn(key).to_string()),
        ..EventSourceMappingConfiguration::default()
    }
}

fn settled(row: &MappingRow) -> &'static str {
    if row.enabled { "Enabled" } else { "Disabled" }
}

fn whole(given: Option<i32>) -> Option<u32> {
    given.and_then(|given| u32::try_from(given).ok())
}

fn patterns(given: Option<FilterCriteria>) -> Option<Vec<String>> {
    given.map(|criteria| {
        criteria
            .filters
            .unwrap_or_default()
            .into_iter()
            .map(|filter| filter.pattern.unwrap_or_default())
            .collect()
    })
}

fn partial(given: Option<Vec<String>>) -> Option<bool> {
    given.map(|types| types.iter().any(|kind| kind == "ReportBatchItemFailures"))
}

/// What a request asks of a mapping: creation and change ask the same under the same names, in shapes of their own.
macro_rules! change {
    ($input:ident, $function:expr) => {
        MappingChange {
            function: $function,
            enabled: $input.enabled,
            batch_size: whole($input.batch_size),
            window_secs: whole($input.maximum_batching_window_in_seconds),
            lanes: whole($input.parallelization_factor),
            tumbling_secs: whole($input.tumbling_window_in_seconds),
            age_secs_max: $input.maximum_record_age_in_seconds,
            retries_max: $input.maximum_retry_attempts,
            bisect: $input.bisect_batch_on_function_error,
            partial: partial($input.function_response_types),
            on_failure: $input
                .destination_config
                .and_then(|config| config.on_failure)
                .map(|to| to.destination.unwrap_or_default()),
            filters: patterns($input.filter_criteria),
        }
    };
}

/// Lets a stream's records invoke a function.
/// <https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html>
///
/// Differs: Kinesis data streams only; LATEST is where the stream is now. What cannot be handled is told to buckets; queues and topics, which AWS takes
/// too, are stored, and what is meant for them goes to the server's log and the metric DestinationDeliveryFailures.
pub struct CreateEventSourceMapping;

impl Operation for CreateEventSourceMapping {
    type Service = Lambda;
    type Input = CreateEventSourceMappingRequest;
    type Output = EventSourceMappingConfiguration;
    const NAME: &'static str = "CreateEventSourceMapping";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let mut access = Access::any("lambda:CreateEventSourceMapping", call.caller());
        let name = input.function_name.as_deref().unwrap_or_default();
        if let Some(named) = Named::parse(name, call.account(), call.region()) {
            access = access.with("lambda:FunctionArn", named.arn().to_string());
        }
        if let Some(tags) = &input.tags {
            access = access.tagging(tags);
        }
        Ok(vec![access])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let Some(source) = input.event_source_arn else {
            return Err(fault::of(Error::invalid("Unrecognized event source.")));
        };
        let starting = input.starting_position.ok_or_else(|| {
            let text = "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.";
            fault::of(Error::invalid(text))
        })?;
        let beginning = Beginning { name: starting, at: input.starting_position_timestamp };
        if beginning.name == "AT_TIMESTAMP" && beginning.at.is_none() {
            let text = "StartingPositionTimestamp is required when StartingPosition is AT_TIMESTAMP.";
            return Err(fault::of(Error::invalid(text)));
        }
        let function = own(call, &input.function_name.need())?;
        let change = change!(input, Some(function));
        let engine = &lambda.engine;
        let made = engine.create_mapping(call.account(), call.region(), &source, &beginning, &change).await;
        let (key, row) = made.map_err(fault::of)?;
        if let Some(tags) = input.tags.filter(|tags| !tags.is_empty()) {
            engine.tag_mapping(&key, |all| all.extend(tags.clone())).await.map_err(fault::of)?;
        }
        Ok(shown(lambda, &key, row, "Creating"))
    }
}

/// Changes a mapping. <https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html>
pub struct UpdateEventSourceMapping;

impl Operation for UpdateEventSourceMapping {
    type Service = Lambda;
    type Input = UpdateEventSourceMappingRequest;
    type Output = EventSourceMappingConfiguration;
    const NAME: &'static str = "UpdateEventSourceMapping";

    async fn access(lambda: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        access(lambda, "lambda:UpdateEventSourceMapping", call, input.uuid.as_ref()).await
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = key(call, &input.uuid.need())?;
        let function = input.function_name.as_deref().map(|name| own(call, name)).transpose()?;
        let change = change!(input, function);
        let before = lambda.engine.mapping(&key).await.map_err(fault::of)?;
        let row = lambda.engine.update_mapping(&key, &change).await.map_err(fault::of)?;
        let state = match (before.enabled, row.enabled) {
            (true, false) => "Disabling",
            (false, true) => "Enabling",
            (true, true) | (false, false) => "Updating",
        };
        Ok(shown(lambda, &key, row, state))
    }
}

/// Shows a mapping. <https://docs.aws.amazon.com/lambda/latest/api/API_GetEventSourceMapping.html>
pub struct GetEventSourceMapping;

impl Operation for GetEventSourceMapping {
    type Service = Lambda;
    type Input = GetEventSourceMappingRequest;
    type Output = EventSourceMappingConfiguration;
    const NAME: &'static str = "GetEventSourceMapping";

    async fn access(lambda: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        access(lambda, "lambda:GetEventSourceMapping", call, input.uuid.as_ref()).await
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = key(call, &input.uuid.need())?;
        let row = lambda.engine.mapping(&key).await.map_err(fault::of)?;
        let state = settled(&row);
        Ok(shown(lambda, &key, row, state))
    }
}

/// Lists mappings. <https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html>
pub struct ListEventSourceMappings;

impl Operation for ListEventSourceMappings {
    type Service = Lambda;
    type Input = ListEventSourceMappingsRequest;
    type Output = ListEventSourceMappingsResponse;
    const NAME: &'static str = "ListEventSourceMappings";

    async fn access(_: &Lambda, call: &Call, _: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![Access::any("lambda:ListEventSourceMappings", call.caller())])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let purpose = format!("ListEventSourceMappings {}", call.region());
        let after = after(lambda, &purpose, input.marker.as_ref())?;
        let after = after.as_deref().and_then(uuid_id);
        let limit = whole(input.max_items).map_or(ITEMS_MAX, |max| max as usize).clamp(1, ITEMS_MAX);
        let named = input.function_name.as_deref().map(|name| named(call, name, None)).transpose()?;
        let of = named.map(|named| named.arn().to_string());
        if let Some(arn) = input.event_source_arn.as_deref().filter(|arn| arn.parse::<Arn>().is_err()) {
            return Err(fault::of(Error::new(Why::Invalid, format!("{arn} is not a valid ARN"))));
        }
        let all = lambda.engine.mappings(call.account(), call.region(), after, store::Bounds::ENTRIES).await;
        let wanted = |row: &MappingRow| {
            of.as_ref().is_none_or(|of| row.function == *of || row.function.starts_with(&format!("{of}:")))
                && input.event_source_arn.as_ref().is_none_or(|source| row.source == *source)
        };
        let mut found: Vec<(MappingKey, MappingRow)> =
            all.map_err(fault::of)?.0.into_iter().filter(|(_, row)| wanted(row)).collect();
        let more = found.len() > limit;
        found.truncate(limit);
        let last = found.last().filter(|_| more).map(|(key, _)| uuid_text(key.id));
        let next_marker = last.map(|id| lambda.tokens.seal(&purpose, id.as_bytes()));
        let mappings = found.into_iter().map(|(key, row)| {
            let state = settled(&row);
            shown(lambda, &key, row, state)
        });
        Ok(ListEventSourceMappingsResponse { next_marker, event_source_mappings: Some(mappings.collect()) })
    }
}

/// Removes a mapping. <https://docs.aws.amazon.com/lambda/latest/api/API_DeleteEventSourceMapping.html>
pub struct DeleteEventSourceMapping;

impl Operation for DeleteEventSourceMapping {
    type Service = Lambda;
    type Input = DeleteEventSourceMappingRequest;
    type Output = EventSourceMappingConfiguration;
    const NAME: &'static str = "DeleteEventSourceMapping";

    async fn access(lambda: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        access(lambda, "lambda:DeleteEventSourceMapping", call, input.uuid.as_ref()).await
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = key(call, &input.uuid.need())?;
        let row = lambda.engine.delete_mapping(&key).await.map_err(fault::of)?;
        Ok(shown(lambda, &key, row, "Deleting"))
    }
}
