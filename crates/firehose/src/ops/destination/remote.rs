//! Destinations other than S3 between the wire and the engine. Each shape is taken apart into what all have in common ([`Common`]) and what is its
//! own; an update keeps what is not given. Keys, tokens of HTTP endpoints and passwords are taken and never shown.

use wire::Need;

use super::{
    Given, both_hints, create_bucket, describe_processing, iceberg, logging, logging_of, plain, processing,
    update_bucket,
};
use crate::engine::compression::Compression;
use crate::engine::error::Invalid;
use crate::ops::fault::not_available;
use crate::shapes as wire_shapes;
use crate::shapes::{CreateDeliveryStreamInput, DestinationDescription, UpdateDestinationInput};
use crate::tables::{
    Destination, Hidden, HttpDestination, Logging, Processing, RedshiftDestination, Remote,
    SearchDestination, SearchFlavor, SplunkDestination,
};

/// What requests say alike of all these destinations.
pub(super) struct Common {
    pub role_arn: Option<String>,
    pub hints: Option<(Option<i32>, Option<i32>)>,
    pub retry_secs: Option<i32>,
    pub backup_mode: Option<String>,
    pub s3: Option<Given>,
    pub processing: Option<Processing>,
    pub logging: Option<Logging>,
}

/// What stands unless something is given.
pub(super) struct Defaults {
    pub buffer_secs: u32,
    pub retry_secs: u32,
    pub backup_mode: &'static str,
}

macro_rules! common {
    ($shape:expr, $s3:ident, role $role:expr, hints $hints:expr) => {
        common!($shape, $s3, role $role, hints $hints, backup $shape.s3_backup_mode.clone())
    };
    ($shape:expr, $s3:ident, role $role:expr, hints $hints:expr, backup $backup:expr) => {
        Common {
            role_arn: $role,
            hints: $hints.map(|hints| (hints.size_in_mbs, hints.interval_in_seconds)),
            retry_secs: $shape.retry_options.as_ref().and_then(|retry| retry.duration_in_seconds),
            backup_mode: $backup,
            s3: $shape.$s3.as_ref().map(Given::from),
            processing: $shape.processing_configuration.as_ref().map(processing),
            logging: $shape.cloud_watch_logging_options.as_ref().map(logging_of),
        }
    };
}

impl Common {
    pub(super) fn create(&self, defaults: &Defaults) -> Result<Remote, Invalid> {
        let s3 = self.s3.as_ref().ok_or_else(|| Invalid::new("S3Configuration must not be null"))?;
        let blank = Remote {
            role_arn: None,
            buffer_mb: 5,
            buffer_secs: defaults.buffer_secs,
            retry_secs: defaults.retry_secs,
            backup_mode: defaults.backup_mode.to_owned(),
            s3: create_bucket(s3)?,
            processing: None,
            logging: None,
        };
        self.over(&blank, false)
    }

    pub(super) fn update(&self, current: &Remote) -> Result<Remote, Invalid> {
        self.over(current, true)
    }

    fn over(&self, current: &Remote, with_bucket: bool) -> Result<Remote, Invalid> {
        let mut next = current.clone();
        if let Some(role) = &self.role_arn {
            let _: base::Arn = role.parse().map_err(|_| Invalid(format!("{role} is not a valid ARN")))?;
            next.role_arn = Some(role.clone());
        }
        if let Some((size, interval)) = self.hints {
            (next.buffer_mb, next.buffer_secs) =
                both_hints(size, interval, (next.buffer_mb, next.buffer_secs))?;
        }
        if let Some(secs) = self.retry_secs {
            next.retry_secs = secs.unsigned_abs();
        }
        if let Some(mode) = &self.backup_mode {
            next.backup_mode.clone_from(mode);
        }
        if let (true, Some(s3)) = (with_bucket, &self.s3) {
            next.s3 = update_bucket(&next.s3, s3)?;
        }
        if self.processing.is_some() {
            next.processing.clone_from(&self.processing);
        }
        if self.logging.is_some() {
            next.logging.clone_from(&self.logging);
        }
        Ok(next)
    }
}

fn no_secrets(given: Option<&wire_shapes::SecretsManagerConfiguration>) -> Result<(), Invalid> {
    match given {
        Some(secrets) if secrets.enabled == Some(true) => Err(not_available("SecretsManagerConfiguration")),
        Some(_) | None => Ok(()),
    }
}

/// The other destinations that a request to create a stream configures: there should be one or none.
pub(in crate::ops) fn create_other(input: &CreateDeliveryStreamInput) -> Vec<Result<Destination, Invalid>> {
    let mut found = Vec::new();
    if let Some(given) = &input.http_endpoint_destination_configuration {
        found.push(http(given));
    }
    if let Some(given) = &input.splunk_destination_configuration {
        found.push(splunk(given));
    }
    if let Some(given) = &input.amazonopensearchservice_destination_configuration {
        found.push(opensearch(given));
    }
    if let Some(given) = &input.elasticsearch_destination_configuration {
        found.push(elasticsearch(given));
    }
    if let Some(given) = &input.amazon_open_search_serverless_destination_configuration {
        found.push(serverless(given));
    }
    if let Some(given) = &input.redshift_destination_configuration {
        found.push(redshift(given));
    }
    if let Some(given) = &input.iceberg_destination_configuration {
        found.push(iceberg::create(given));
    }
    if input.snowflake_destination_configuration.is_some() {
        found.push(Err(not_available("SnowflakeDestinationConfiguration")));
    }
    found
}

fn http(given: &wire_shapes::HttpEndpointDestinationConfiguration) -> Result<Destination, Invalid> {
    no_secrets(given.secrets_manager_configuration.as_ref())?;
    let common =
        common!(given, s3_configuration, role given.role_arn.clone(), hints given.buffering_hints.as_ref());
    let remote =
        common.create(&Defaults { buffer_secs: 300, retry_secs: 300, backup_mode: "FailedDataOnly" })?;
    let endpoint = given.endpoint_configuration.as_ref().need();
    Ok(Destination::Http(HttpDestination {
        remote,
        url: url(endpoint.url.as_ref().need())?,
        name: endpoint.name.clone(),
        access_key: endpoint.access_key.clone().map(Hidden::Plain),
        encoding: given.request_configuration.as_ref().and_then(|request| request.content_encoding.clone()),
        attributes: given.request_configuration.as_ref().and_then(attributes),
    }))
}

/// An address that can be asked at all.
fn url(text: &str) -> Result<String, Invalid> {
    match outbound::Request::new(http::Method::POST, text) {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => Err(Invalid(error.to_string())),
    }
}

fn attributes(request: &wire_shapes::HttpEndpointRequestConfiguration) -> Option<Vec<(String, String)>> {
    let attribute = |given: &wire_shapes::HttpEndpointCommonAttribute| {
        (given.attribute_name.clone().need(), given.attribute_value.clone().unwrap_or_default())
    };
    request.common_attributes.as_ref().map(|all| all.iter().map(attribute).collect())
}

fn splunk(given: &wire_shapes::SplunkDestinationConfiguration) -> Result<Destination, Invalid> {
    no_secrets(given.secrets_manager_configuration.as_ref())?;
    let common = common!(given, s3_configuration, role None, hints given.buffering_hints.as_ref());
    let remote =
        common.create(&Defaults { buffer_secs: 60, retry_secs: 300, backup_mode: "FailedEventsOnly" })?;
    let token = given.hec_token.clone().ok_or_else(|| Invalid::new("HECToken must be specified."))?;
    Ok(Destination::Splunk(SplunkDestination {
        remote,
        endpoint: url(&given.hec_endpoint.clone().need())?,
        kind: given.hec_endpoint_type.clone().need(),
        token: Hidden::Plain(token),
        ack_secs: given.hec_acknowledgment_timeout_in_seconds.map_or(180, i32::unsigned_abs),
    }))
}

const SEARCH: Defaults = Defaults { buffer_secs: 300, retry_secs: 300, backup_mode: "FailedDocumentsOnly" };

/// The address of a cluster: there is no domain here that an ARN could name.
fn cluster(domain: Option<&String>, endpoint: Option<&String>) -> Result<String, Invalid> {
    match (domain, endpoint) {
        (Some(_), Some(_)) => {
            Err(Invalid::new("Only one of DomainARN and ClusterEndpoint may be specified."))
        }
        (Some(domain), None) => {
            Err(Invalid(format!("Domain {domain} does not exist; name the cluster by ClusterEndpoint")))
        }
        (None, Some(endpoint)) => url(endpoint),
        (None, None) => Err(Invalid::new("Either DomainARN or ClusterEndpoint must be specified.")),
    }
}

macro_rules! search {
    ($given:expr, $flavor:expr) => {{
        let given = $given;
        let common =
            common!(given, s3_configuration, role given.role_arn.clone(), hints given.buffering_hints.as_ref());
        Ok(Destination::Search(SearchDestination {
            remote: common.create(&SEARCH)?,
            flavor: $flavor,
            endpoint: cluster(given.domain_arn.as_ref(), given.cluster_endpoint.as_ref())?,
            index: given.index_name.clone().need(),
            type_name: given.type_name.clone(),
            rotation: given.index_rotation_period.clone().unwrap_or_else(|| "OneDay".to_owned()),
            document_ids: given.document_id_options.as_ref().and_then(|ids| ids.default_document_id_format.clone()),
        }))
    }};
}

fn opensearch(
    given: &wire_shapes::AmazonopensearchserviceDestinationConfiguration,
) -> Result<Destination, Invalid> {
    search!(given, SearchFlavor::OpenSearch)
}

fn elasticsearch(given: &wire_shapes::ElasticsearchDestinationConfiguration) -> Result<Destination, Invalid> {
    search!(given, SearchFlavor::Elasticsearch)
}

fn serverless(
    given: &wire_shapes::AmazonOpenSearchServerlessDestinationConfiguration,
) -> Result<Destination, Invalid> {
    let common =
        common!(given, s3_configuration, role given.role_arn.clone(), hints given.buffering_hints.as_ref());
    Ok(Destination::Search(SearchDestination {
        remote: common.create(&SEARCH)?,
        flavor: SearchFlavor::Serverless,
        endpoint: cluster(None, given.collection_endpoint.as_ref())?,
        index: given.index_name.clone().need(),
        type_name: None,
        rotation: "NoRotation".to_owned(),
        document_ids: None,
    }))
}

fn redshift(given: &wire_shapes::RedshiftDestinationConfiguration) -> Result<Destination, Invalid> {
    no_secrets(given.secrets_manager_configuration.as_ref())?;
    let none: Option<&wire_shapes::BufferingHints> = None;
    let common = common!(given, s3_configuration, role given.role_arn.clone(), hints none);
    let remote = common.create(&Defaults { buffer_secs: 300, retry_secs: 3_600, backup_mode: "Disabled" })?;
    if !matches!(remote.s3.compression, Compression::None | Compression::Gzip) {
        return Err(Invalid::new(
            "The compression formats SNAPPY, ZIP and HADOOP_SNAPPY cannot be specified for Redshift destination.",
        ));
    }
    let copy = given.copy_command.as_ref().need();
    let backup = given.s3_backup_configuration.as_ref().map(Given::from);
    let backup = backup.as_ref().map(create_bucket).transpose()?;
    if remote.backup_mode == "Enabled" && backup.is_none() {
        return Err(Invalid::new("S3BackupConfiguration must be specified when S3BackupMode is Enabled."));
    }
    if given.username.is_none() || given.password.is_none() {
        return Err(Invalid::new("Username and Password must be specified."));
    }
    Ok(Destination::Redshift(RedshiftDestination {
        remote,
        jdbc_url: given.cluster_jdbcurl.clone().need(),
        table: copy.data_table_name.clone().need(),
        columns: copy.data_table_columns.clone(),
        options: copy.copy_options.clone(),
        user: given.username.clone(),
        password: given.password.clone().map(Hidden::Plain),
        backup,
    }))
}

/// What a destination's kind is called.
fn kind(destination: &Destination) -> &'static str {
    match destination {
        Destination::S3(_) => "S3",
        Destination::Http(_) => "HttpEndpoint",
        Destination::Splunk(_) => "Splunk",
        Destination::Search(search) => match search.flavor {
            SearchFlavor::OpenSearch => "Amazonopensearchservice",
            SearchFlavor::Elasticsearch => "Elasticsearch",
            SearchFlavor::Serverless => "AmazonOpenSearchServerless",
        },
        Destination::Redshift(_) => "Redshift",
        Destination::Iceberg(_) => "Iceberg",
    }
}

/// The destination is of another kind than the update.
pub(super) fn other_kind(current: &Destination) -> Invalid {
    Invalid(format!(
        "Changing the destination type to or from {} is not supported at this time.",
        kind(current)
    ))
}

/// What an update of one of these destinations makes of what stands.
pub(in crate::ops) fn update_other(
    current: &Destination,
    input: &UpdateDestinationInput,
) -> Result<Destination, Invalid> {
    let keep = |given: &Option<String>, current: &str| given.clone().unwrap_or_else(|| current.to_owned());
    match current {
        Destination::Http(http) => {
            let given = input.http_endpoint_destination_update.as_ref().ok_or_else(|| other_kind(current))?;
            no_secrets(given.secrets_manager_configuration.as_ref())?;
            let common =
                common!(given, s3_update, role given.role_arn.clone(), hints given.buffering_hints.as_ref());
            let mut next = HttpDestination { remote: common.update(&http.remote)?, ..http.clone() };
            if let Some(endpoint) = &given.endpoint_configuration {
                next.url = url(endpoint.url.as_ref().need())?;
                next.name = endpoint.name.clone().or(next.name);
                next.access_key = endpoint.access_key.clone().map(Hidden::Plain).or(next.access_key);
            }
            if let Some(request) = &given.request_configuration {
                next.encoding = request.content_encoding.clone().or(next.encoding);
                next.attributes = attributes(request).or(next.attributes);
            }
            Ok(Destination::Http(next))
        }
        Destination::Splunk(splunk) => {
            let given = input.splunk_destination_update.as_ref().ok_or_else(|| other_kind(current))?;
            no_secrets(given.secrets_manager_configuration.as_ref())?;
            let common = common!(given, s3_update, role None, hints given.buffering_hints.as_ref());
            Ok(Destination::Splunk(SplunkDestination {
                remote: common.update(&splunk.remote)?,
                endpoint: url(&keep(&given.hec_endpoint, &splunk.endpoint))?,
                kind: keep(&given.hec_endpoint_type, &splunk.kind),
                token: given.hec_token.clone().map_or_else(|| splunk.token.clone(), Hidden::Plain),
                ack_secs: given
                    .hec_acknowledgment_timeout_in_seconds
                    .map_or(splunk.ack_secs, i32::unsigned_abs),
            }))
        }
        Destination::Search(search) => {
            update_search(search, input).unwrap_or_else(|| Err(other_kind(current)))
        }
        Destination::Redshift(redshift) => {
            let given = input.redshift_destination_update.as_ref().ok_or_else(|| other_kind(current))?;
            no_secrets(given.secrets_manager_configuration.as_ref())?;
            let none: Option<&wire_shapes::BufferingHints> = None;
            let common = common!(given, s3_update, role given.role_arn.clone(), hints none);
            let mut next =
                RedshiftDestination { remote: common.update(&redshift.remote)?, ..redshift.clone() };
            next.jdbc_url = keep(&given.cluster_jdbcurl, &next.jdbc_url);
            if let Some(copy) = &given.copy_command {
                next.table = copy.data_table_name.clone().need();
                next.columns.clone_from(&copy.data_table_columns);
                next.options.clone_from(&copy.copy_options);
            }
            next.user = given.username.clone().or(next.user);
            next.password = given.password.clone().map(Hidden::Plain).or(next.password);
            if let Some(backup) = given.s3_backup_update.as_ref().map(Given::from) {
                next.backup = Some(match &next.backup {
                    Some(stands) => update_bucket(stands, &backup)?,
                    None => create_bucket(&backup)?,
                });
            }
            Ok(Destination::Redshift(next))
        }
        Destination::Iceberg(iceberg) => {
            let given = input.iceberg_destination_update.as_ref().ok_or_else(|| other_kind(current))?;
            iceberg::update(iceberg, given)
        }
        Destination::S3(_) => Err(given_kind(input)),
    }
}

/// The kind of destination that an update names.
fn given_kind(input: &UpdateDestinationInput) -> Invalid {
    let kinds = [
        ("Redshift", input.redshift_destination_update.is_some()),
        ("Elasticsearch", input.elasticsearch_destination_update.is_some()),
        ("Amazonopensearchservice", input.amazonopensearchservice_destination_update.is_some()),
        ("Splunk", input.splunk_destination_update.is_some()),
        ("HttpEndpoint", input.http_endpoint_destination_update.is_some()),
        ("AmazonOpenSearchServerless", input.amazon_open_search_serverless_destination_update.is_some()),
        ("Snowflake", input.snowflake_destination_update.is_some()),
        ("Iceberg", input.iceberg_destination_update.is_some()),
    ];
    let kind = kinds.iter().find(|(_, given)| *given).map_or("S3", |(kind, _)| kind);
    Invalid(format!("Changing the destination type to or from {kind} is not supported at this time."))
}

fn update_search(
    search: &SearchDestination,
    input: &UpdateDestinationInput,
) -> Option<Result<Destination, Invalid>> {
    macro_rules! over {
        ($given:expr) => {{
            let given = $given;
            let common = common!(given, s3_update, role given.role_arn.clone(), hints given.buffering_hints.as_ref(), backup None);
            let next = || {
                let mut next = SearchDestination { remote: common.update(&search.remote)?, ..search.clone() };
                if given.domain_arn.is_some() || given.cluster_endpoint.is_some() {
                    next.endpoint = cluster(given.domain_arn.as_ref(), given.cluster_endpoint.as_ref())?;
                }
                next.index = given.index_name.clone().unwrap_or(next.index);
                next.type_name = given.type_name.clone().or(next.type_name);
                next.rotation = given.index_rotation_period.clone().unwrap_or(next.rotation);
                let ids = given.document_id_options.as_ref();
                next.document_ids = ids.and_then(|ids| ids.default_document_id_format.clone()).or(next.document_ids);
                Ok(Destination::Search(next))
            };
            next()
        }};
    }
    match search.flavor {
        SearchFlavor::OpenSearch => {
            input.amazonopensearchservice_destination_update.as_ref().map(|given| over!(given))
        }
        SearchFlavor::Elasticsearch => input.elasticsearch_destination_update.as_ref().map(|given| over!(given)),
        SearchFlavor::Serverless => input.amazon_open_search_serverless_destination_update.as_ref().map(|given| {
            let common = common!(given, s3_update, role given.role_arn.clone(), hints given.buffering_hints.as_ref(), backup None);
            let mut next = SearchDestination { remote: common.update(&search.remote)?, ..search.clone() };
            if given.collection_endpoint.is_some() {
                next.endpoint = cluster(None, given.collection_endpoint.as_ref())?;
            }
            next.index = given.index_name.clone().unwrap_or(next.index);
            Ok(Destination::Search(next))
        }),
    }
}

pub(super) fn number(value: u32) -> Option<i32> {
    i32::try_from(value).ok()
}

pub(super) use common;

macro_rules! hints {
    ($shape:ident, $remote:expr) => {
        Some(wire_shapes::$shape {
            size_in_mbs: number($remote.buffer_mb),
            interval_in_seconds: number($remote.buffer_secs),
        })
    };
}

macro_rules! retry {
    ($shape:ident, $remote:expr) => {
        Some(wire_shapes::$shape { duration_in_seconds: number($remote.retry_secs) })
    };
}

pub(super) use hints;
pub(super) use retry;

pub(super) fn shown_processing(remote: &Remote) -> Option<wire_shapes::ProcessingConfiguration> {
    let role = remote.role_arn.as_deref().unwrap_or(&remote.s3.role_arn);
    remote.processing.as_ref().map(|processing| describe_processing(processing, role))
}

/// As DescribeDeliveryStream shows it.
pub(super) fn describe(destination: &Destination) -> DestinationDescription {
    let mut shown = DestinationDescription::default();
    match destination {
        Destination::S3(_) => {}
        Destination::Http(http) => shown.http_endpoint_destination_description = Some(describe_http(http)),
        Destination::Splunk(splunk) => shown.splunk_destination_description = Some(describe_splunk(splunk)),
        Destination::Search(search) => describe_search(search, &mut shown),
        Destination::Redshift(redshift) => {
            shown.redshift_destination_description = Some(describe_redshift(redshift));
        }
        Destination::Iceberg(iceberg) => {
            shown.iceberg_destination_description = Some(iceberg::describe(iceberg));
        }
    }
    shown
}

fn describe_http(http: &HttpDestination) -> wire_shapes::HttpEndpointDestinationDescription {
    let remote = &http.remote;
    let attribute = |(name, value): &(String, String)| wire_shapes::HttpEndpointCommonAttribute {
        attribute_name: Some(name.clone()),
        attribute_value: Some(value.clone()),
    };
    wire_shapes::HttpEndpointDestinationDescription {
        endpoint_configuration: Some(wire_shapes::HttpEndpointDescription {
            url: Some(http.url.clone()),
            name: http.name.clone(),
        }),
        buffering_hints: hints!(HttpEndpointBufferingHints, remote),
        cloud_watch_logging_options: remote.logging.as_ref().map(logging),
        request_configuration: Some(wire_shapes::HttpEndpointRequestConfiguration {
            content_encoding: Some(http.encoding.clone().unwrap_or_else(|| "NONE".to_owned())),
            common_attributes: http.attributes.as_ref().map(|all| all.iter().map(attribute).collect()),
        }),
        processing_configuration: shown_processing(remote),
        role_arn: remote.role_arn.clone(),
        retry_options: retry!(HttpEndpointRetryOptions, remote),
        s3_backup_mode: Some(remote.backup_mode.clone()),
        s3_destination_description: Some(plain(&remote.s3)),
        secrets_manager_configuration: None,
    }
}

fn describe_splunk(splunk: &SplunkDestination) -> wire_shapes::SplunkDestinationDescription {
    let remote = &splunk.remote;
    wire_shapes::SplunkDestinationDescription {
        hec_endpoint: Some(splunk.endpoint.clone()),
        hec_endpoint_type: Some(splunk.kind.clone()),
        // The service shows it.
        hec_token: Some(splunk.token.text().to_owned()),
        hec_acknowledgment_timeout_in_seconds: number(splunk.ack_secs),
        retry_options: retry!(SplunkRetryOptions, remote),
        s3_backup_mode: Some(remote.backup_mode.clone()),
        s3_destination_description: Some(plain(&remote.s3)),
        processing_configuration: shown_processing(remote),
        cloud_watch_logging_options: remote.logging.as_ref().map(logging),
        buffering_hints: hints!(SplunkBufferingHints, remote),
        secrets_manager_configuration: None,
    }
}

fn describe_search(search: &SearchDestination, shown: &mut DestinationDescription) {
    let remote = &search.remote;
    macro_rules! description {
        ($shape:ident, $hints:ident, $retry:ident) => {
            Some(wire_shapes::$shape {
                role_arn: remote.role_arn.clone(),
                cluster_endpoint: Some(search.endpoint.clone()),
                index_name: Some(search.index.clone()),
                type_name: search.type_name.clone(),
                index_rotation_period: Some(search.rotation.clone()),
                buffering_hints: hints!($hints, remote),
                retry_options: retry!($retry, remote),
                s3_backup_mode: Some(remote.backup_mode.clone()),
                s3_destination_description: Some(plain(&remote.s3)),
                processing_configuration: shown_processing(remote),
                cloud_watch_logging_options: remote.logging.as_ref().map(logging),
                document_id_options: search.document_ids.as_ref().map(|format| {
                    wire_shapes::DocumentIdOptions { default_document_id_format: Some(format.clone()) }
                }),
                ..Default::default()
            })
        };
    }
    match search.flavor {
        SearchFlavor::OpenSearch => {
            shown.amazonopensearchservice_destination_description = description!(
                AmazonopensearchserviceDestinationDescription,
                AmazonopensearchserviceBufferingHints,
                AmazonopensearchserviceRetryOptions
            );
        }
        SearchFlavor::Elasticsearch => {
            shown.elasticsearch_destination_description = description!(
                ElasticsearchDestinationDescription,
                ElasticsearchBufferingHints,
                ElasticsearchRetryOptions
            );
        }
        SearchFlavor::Serverless => {
            shown.amazon_open_search_serverless_destination_description =
                Some(wire_shapes::AmazonOpenSearchServerlessDestinationDescription {
                    role_arn: remote.role_arn.clone(),
                    collection_endpoint: Some(search.endpoint.clone()),
                    index_name: Some(search.index.clone()),
                    buffering_hints: hints!(AmazonOpenSearchServerlessBufferingHints, remote),
                    retry_options: retry!(AmazonOpenSearchServerlessRetryOptions, remote),
                    s3_backup_mode: Some(remote.backup_mode.clone()),
                    s3_destination_description: Some(plain(&remote.s3)),
                    processing_configuration: shown_processing(remote),
                    cloud_watch_logging_options: remote.logging.as_ref().map(logging),
                    ..Default::default()
                });
        }
    }
}

fn describe_redshift(redshift: &RedshiftDestination) -> wire_shapes::RedshiftDestinationDescription {
    let remote = &redshift.remote;
    wire_shapes::RedshiftDestinationDescription {
        role_arn: remote.role_arn.clone(),
        cluster_jdbcurl: Some(redshift.jdbc_url.clone()),
        copy_command: Some(wire_shapes::CopyCommand {
            data_table_name: Some(redshift.table.clone()),
            data_table_columns: redshift.columns.clone(),
            copy_options: redshift.options.clone(),
        }),
        username: redshift.user.clone(),
        retry_options: retry!(RedshiftRetryOptions, remote),
        s3_destination_description: Some(plain(&remote.s3)),
        processing_configuration: shown_processing(remote),
        s3_backup_mode: Some(remote.backup_mode.clone()),
        s3_backup_description: redshift.backup.as_ref().map(plain),
        cloud_watch_logging_options: remote.logging.as_ref().map(logging),
        secrets_manager_configuration: None,
    }
}
