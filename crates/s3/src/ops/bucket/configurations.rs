//! The four kinds of configuration a bucket may have many of, each under an id: inventory, metrics, analytics, Intelligent-Tiering.
//!
//! Checked and kept. Lists are sorted by id and come in pages of a hundred.

use service::{Call, Fault, Room};
use wire::{Need, Shape};

use super::{bucket_operation, kept, known, read_kept};
use crate::engine::inventory::{InventoryFormat, InventoryRule};
use crate::engine::lifecycle::rules::{Filter, TieringRule};
use crate::engine::settings::CONFIGURATIONS_MAX;
use crate::engine::{Error, S3};
use crate::ops::fault::no_such_configuration;
use crate::ops::shared::named_bucket;
use crate::shapes::{
    ANALYTICS_S3_EXPORT_FILE_FORMAT, AnalyticsConfiguration, DeleteBucketAnalyticsConfigurationRequest,
    DeleteBucketIntelligentTieringConfigurationRequest, DeleteBucketInventoryConfigurationRequest,
    DeleteBucketMetricsConfigurationRequest, GetBucketAnalyticsConfigurationOutput,
    GetBucketAnalyticsConfigurationRequest, GetBucketIntelligentTieringConfigurationOutput,
    GetBucketIntelligentTieringConfigurationRequest, GetBucketInventoryConfigurationOutput,
    GetBucketInventoryConfigurationRequest, GetBucketMetricsConfigurationOutput,
    GetBucketMetricsConfigurationRequest, INTELLIGENT_TIERING_STATUS, INVENTORY_FORMAT, INVENTORY_FREQUENCY,
    INVENTORY_INCLUDED_OBJECT_VERSIONS, INVENTORY_OPTIONAL_FIELD, IntelligentTieringConfiguration,
    InventoryConfiguration, ListBucketAnalyticsConfigurationsOutput,
    ListBucketAnalyticsConfigurationsRequest, ListBucketIntelligentTieringConfigurationsOutput,
    ListBucketIntelligentTieringConfigurationsRequest, ListBucketInventoryConfigurationsOutput,
    ListBucketInventoryConfigurationsRequest, ListBucketMetricsConfigurationsOutput,
    ListBucketMetricsConfigurationsRequest, MetricsConfiguration, PutBucketAnalyticsConfigurationRequest,
    PutBucketIntelligentTieringConfigurationRequest, PutBucketInventoryConfigurationRequest,
    PutBucketMetricsConfigurationRequest, Tag,
};
use crate::tables::{ArchiveTier, Setting, SettingKind};

/// Configurations of a page (API pages of the four lists).
const PAGE_MAX: usize = 100;
/// Characters of an id (API pages).
const ID_CHARS_MAX: usize = 64;
/// Days of an archive tier: least of either, most of both (S3 user guide, Intelligent-Tiering).
const ARCHIVE_DAYS: (i32, i32, i32) = (90, 180, 730);

/// The operations of this file.
pub(super) fn all(room: Room<S3>) -> Room<S3> {
    room.op::<GetBucketInventoryConfiguration>()
        .op::<PutBucketInventoryConfiguration>()
        .op::<DeleteBucketInventoryConfiguration>()
        .op::<ListBucketInventoryConfigurations>()
        .op::<GetBucketMetricsConfiguration>()
        .op::<PutBucketMetricsConfiguration>()
        .op::<DeleteBucketMetricsConfiguration>()
        .op::<ListBucketMetricsConfigurations>()
        .op::<GetBucketAnalyticsConfiguration>()
        .op::<PutBucketAnalyticsConfiguration>()
        .op::<DeleteBucketAnalyticsConfiguration>()
        .op::<ListBucketAnalyticsConfigurations>()
        .op::<GetBucketIntelligentTieringConfiguration>()
        .op::<PutBucketIntelligentTieringConfiguration>()
        .op::<DeleteBucketIntelligentTieringConfiguration>()
        .op::<ListBucketIntelligentTieringConfigurations>()
}

/// The four operations on a kind.
macro_rules! configurations {
    (
        $kind:ident, $member:ident, $list:ident, $check:ident, $status:literal;
        $get:ident: $get_in:ty => $get_out:ident, $read:literal;
        $put:ident: $put_in:ty, $delete:ident: $delete_in:ty, $write:literal;
        $lists:ident: $list_in:ty => $list_out:ident
    ) => {
        bucket_operation! {
            #[doc = concat!("Gives a configuration. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_", stringify!($get), ".html>")]
            $get: $get_in => $get_out, $read;
            |s3, call, input| {
                let found = kept(s3, call, &input.bucket.need(), SettingKind::$kind, &input.id.need()).await?;
                Ok($get_out { $member: Some(found.ok_or_else(no_such_configuration)?) })
            }
        }

        bucket_operation! {
            #[doc = concat!("Puts a configuration. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_", stringify!($put), ".html>")]
            $put: $put_in => (), $write;
            |s3, call, input| {
                let configuration = input.$member.need();
                let id = input.id.need();
                check_id(&id)?;
                $check(&id, &configuration)?;
                put(s3, &input.bucket.need(), SettingKind::$kind, &id, &configuration).await?;
                call.answer_status($status);
                Ok(())
            }
        }

        bucket_operation! {
            #[doc = concat!("Takes a configuration away. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_", stringify!($delete), ".html>")]
            $delete: $delete_in => (), $write;
            |s3, call, input| {
                delete(s3, call, &input.bucket.need(), SettingKind::$kind, &input.id.need()).await
            }
        }

        bucket_operation! {
            #[doc = concat!("Lists configurations. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_", stringify!($lists), ".html>")]
            $lists: $list_in => $list_out, $read;
            |s3, call, input| {
                let token = input.continuation_token;
                let page = list(s3, call, &input.bucket.need(), SettingKind::$kind, token.as_deref()).await?;
                Ok($list_out {
                    continuation_token: token,
                    $list: Some(page.items).filter(|items| !items.is_empty()),
                    is_truncated: Some(page.next.is_some()),
                    next_continuation_token: page.next,
                })
            }
        }
    };
}

configurations! {
    Inventory, inventory_configuration, inventory_configuration_list, check_inventory, 204;
    GetBucketInventoryConfiguration: GetBucketInventoryConfigurationRequest => GetBucketInventoryConfigurationOutput,
    "s3:GetInventoryConfiguration";
    PutBucketInventoryConfiguration: PutBucketInventoryConfigurationRequest,
    DeleteBucketInventoryConfiguration: DeleteBucketInventoryConfigurationRequest, "s3:PutInventoryConfiguration";
    ListBucketInventoryConfigurations:
    ListBucketInventoryConfigurationsRequest => ListBucketInventoryConfigurationsOutput
}

configurations! {
    Metrics, metrics_configuration, metrics_configuration_list, check_metrics, 204;
    GetBucketMetricsConfiguration: GetBucketMetricsConfigurationRequest => GetBucketMetricsConfigurationOutput,
    "s3:GetMetricsConfiguration";
    PutBucketMetricsConfiguration: PutBucketMetricsConfigurationRequest,
    DeleteBucketMetricsConfiguration: DeleteBucketMetricsConfigurationRequest, "s3:PutMetricsConfiguration";
    ListBucketMetricsConfigurations: ListBucketMetricsConfigurationsRequest => ListBucketMetricsConfigurationsOutput
}

configurations! {
    Analytics, analytics_configuration, analytics_configuration_list, check_analytics, 204;
    GetBucketAnalyticsConfiguration: GetBucketAnalyticsConfigurationRequest => GetBucketAnalyticsConfigurationOutput,
    "s3:GetAnalyticsConfiguration";
    PutBucketAnalyticsConfiguration: PutBucketAnalyticsConfigurationRequest,
    DeleteBucketAnalyticsConfiguration: DeleteBucketAnalyticsConfigurationRequest, "s3:PutAnalyticsConfiguration";
    ListBucketAnalyticsConfigurations:
    ListBucketAnalyticsConfigurationsRequest => ListBucketAnalyticsConfigurationsOutput
}

configurations! {
    Tiering, intelligent_tiering_configuration, intelligent_tiering_configuration_list, check_tiering, 204;
    GetBucketIntelligentTieringConfiguration:
    GetBucketIntelligentTieringConfigurationRequest => GetBucketIntelligentTieringConfigurationOutput,
    "s3:GetIntelligentTieringConfiguration";
    PutBucketIntelligentTieringConfiguration: PutBucketIntelligentTieringConfigurationRequest,
    DeleteBucketIntelligentTieringConfiguration: DeleteBucketIntelligentTieringConfigurationRequest,
    "s3:PutIntelligentTieringConfiguration";
    ListBucketIntelligentTieringConfigurations:
    ListBucketIntelligentTieringConfigurationsRequest => ListBucketIntelligentTieringConfigurationsOutput
}

async fn put<T: Shape>(s3: &S3, name: &str, kind: SettingKind, id: &str, value: &T) -> Result<(), Error> {
    s3.set(name, kind, id, Some(&Setting::Kept(wire::keep(value)))).await
}

async fn delete(s3: &S3, call: &Call, name: &str, kind: SettingKind, id: &str) -> Result<(), Fault> {
    let bucket = named_bucket(s3, call, name).await?;
    if s3.setting(bucket.value.id, kind, id).await?.is_none() {
        return Err(no_such_configuration());
    }
    s3.set(name, kind, id, None).await?;
    call.answer_status(204);
    Ok(())
}

struct Listed<T> {
    items: Vec<T>,
    next: Option<String>,
}

async fn list<T: Shape>(
    s3: &S3,
    call: &Call,
    name: &str,
    kind: SettingKind,
    token: Option<&str>,
) -> Result<Listed<T>, Fault> {
    let bucket = named_bucket(s3, call, name).await?.value.id;
    let scope = format!("s3 settings {:x} {}", bucket.0, kind.number());
    let after = match token {
        Some(token) => {
            let wrong = || {
                Error::argument("continuation-token", token, "The continuation token provided is incorrect")
            };
            let opened = s3.tokens().open(&scope, token).map_err(|_| wrong())?;
            Some(String::from_utf8(opened).map_err(|_| wrong())?)
        }
        None => None,
    };
    let page = s3.list_settings(bucket, kind, after.as_deref(), PAGE_MAX).await?;
    let next = page.items.last().filter(|_| page.more).map(|(id, _)| s3.tokens().seal(&scope, id.as_bytes()));
    let items = page.items.into_iter().map(|(_, setting)| read_kept(setting)).collect::<Result<_, _>>()?;
    Ok(Listed { items, next })
}

fn check_id(id: &str) -> Result<(), Error> {
    let fits = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.');
    if id.is_empty() || id.chars().count() > ID_CHARS_MAX || !id.chars().all(fits) {
        return Err(Error::argument("id", id, "The specified configuration ID is not valid."));
    }
    Ok(())
}

fn check_same_id(asked: &str, id: Option<&String>) -> Result<(), Fault> {
    match id {
        None => Err(Error::MalformedXml.into()),
        Some(id) if id != asked => {
            Err(Fault::new(400, "IdMismatch", "Document ID does not match the specified configuration ID."))
        }
        Some(_) => Ok(()),
    }
}

fn check_bucket_arn(arn: Option<&String>) -> Result<(), Fault> {
    match arn.map(|arn| arn.strip_prefix("arn:aws:s3:::")) {
        None => Err(Error::MalformedXml.into()),
        Some(Some(name)) if !name.is_empty() => Ok(()),
        Some(_) => Err(Fault::new(400, "InvalidS3DestinationBucket", "Invalid bucket ARN.")),
    }
}

fn required<'t>(value: Option<&'t String>, words: &[&str]) -> Result<&'t str, Error> {
    let value = value.ok_or(Error::MalformedXml)?;
    known(Some(value), words)?;
    Ok(value)
}

fn check_inventory(id: &str, configuration: &InventoryConfiguration) -> Result<(), Fault> {
    let destination = configuration.destination.as_ref().and_then(|to| to.s3_bucket_destination.as_ref());
    let destination = destination.ok_or(Error::MalformedXml)?;
    let schedule = configuration.schedule.as_ref().ok_or(Error::MalformedXml)?;
    if configuration.is_enabled.is_none() {
        return Err(Error::MalformedXml.into());
    }
    required(destination.format.as_ref(), INVENTORY_FORMAT)?;
    check_bucket_arn(destination.bucket.as_ref())?;
    check_same_id(id, configuration.id.as_ref())?;
    required(configuration.included_object_versions.as_ref(), INVENTORY_INCLUDED_OBJECT_VERSIONS)?;
    required(schedule.frequency.as_ref(), INVENTORY_FREQUENCY)?;
    for field in configuration.optional_fields.iter().flatten() {
        known(Some(field), INVENTORY_OPTIONAL_FIELD)?;
    }
    Ok(())
}

/// A filter has one predicate, or an `And` of two or more.
fn check_filter(alone: usize, and: Option<(bool, Option<&Vec<Tag>>)>) -> Result<(), Error> {
    let joined = and.map(|(prefix, tags)| usize::from(prefix) + tags.map_or(0, Vec::len));
    match (alone, joined) {
        (1, None) => Ok(()),
        (0, Some(2..)) => Ok(()),
        (_, _) => Err(Error::MalformedXml),
    }
}

fn check_metrics(id: &str, configuration: &MetricsConfiguration) -> Result<(), Fault> {
    if let Some(filter) = &configuration.filter {
        let alone = usize::from(filter.prefix.is_some())
            + usize::from(filter.tag.is_some())
            + usize::from(filter.access_point_arn.is_some());
        let and = filter.and.as_ref();
        let and = and.map(|and| (and.prefix.is_some() || and.access_point_arn.is_some(), and.tags.as_ref()));
        check_filter(alone, and)?;
    }
    check_same_id(id, configuration.id.as_ref())
}

fn check_analytics(id: &str, configuration: &AnalyticsConfiguration) -> Result<(), Fault> {
    if let Some(filter) = &configuration.filter {
        let alone = usize::from(filter.prefix.is_some()) + usize::from(filter.tag.is_some());
        check_filter(alone, filter.and.as_ref().map(|and| (and.prefix.is_some(), and.tags.as_ref())))?;
    }
    let analysis = configuration.storage_class_analysis.as_ref().ok_or(Error::MalformedXml)?;
    if let Some(export) = &analysis.data_export {
        let destination = export.destination.as_ref().and_then(|to| to.s3_bucket_destination.as_ref());
        let destination = destination.ok_or(Error::MalformedXml)?;
        required(destination.format.as_ref(), ANALYTICS_S3_EXPORT_FILE_FORMAT)?;
        check_bucket_arn(destination.bucket.as_ref())?;
    }
    check_same_id(id, configuration.id.as_ref())
}

fn check_tiering(id: &str, configuration: &IntelligentTieringConfiguration) -> Result<(), Fault> {
    if configuration.id.as_deref() != Some(id) {
        return Err(Error::MalformedXml.into());
    }
    required(configuration.status.as_ref(), INTELLIGENT_TIERING_STATUS)?;
    if let Some(filter) = &configuration.filter {
        let alone = usize::from(filter.prefix.is_some()) + usize::from(filter.tag.is_some());
        check_filter(alone, filter.and.as_ref().map(|and| (and.prefix.is_some(), and.tags.as_ref())))?;
    }
    let tierings = configuration.tierings.as_deref().unwrap_or_default();
    if tierings.is_empty() {
        return Err(Error::MalformedXml.into());
    }
    let (archive_min, deep_min, most) = ARCHIVE_DAYS;
    let mut met = Vec::new();
    for tiering in tierings {
        let tier = tiering.access_tier.as_deref().unwrap_or_default();
        let least = match tier {
            "ARCHIVE_ACCESS" => archive_min,
            "DEEP_ARCHIVE_ACCESS" => deep_min,
            _ => return Err(Error::MalformedXml.into()),
        };
        let days = tiering.days.ok_or(Error::MalformedXml)?;
        if !(least..=most).contains(&days) || met.contains(&tier) {
            let text = format!("'Days' for access tier '{tier}' must be between {least} and {most}");
            return Err(Error::argument("Days", days.to_string(), text).into());
        }
        met.push(tier);
    }
    Ok(())
}

/// What an inventory's configuration that is kept says.
pub(crate) fn read_inventory(document: &[u8]) -> Result<InventoryRule, Error> {
    let kept: InventoryConfiguration = read_kept(Setting::Kept(document.to_vec()))?;
    let target = kept.destination.unwrap_or_default().s3_bucket_destination.unwrap_or_default();
    let kms = target.encryption.and_then(|encryption| encryption.sse_kms);
    Ok(InventoryRule {
        enabled: kept.is_enabled == Some(true),
        weekly: kept.schedule.unwrap_or_default().frequency.as_deref() == Some("Weekly"),
        all_versions: kept.included_object_versions.as_deref() == Some("All"),
        prefix: kept.filter.and_then(|filter| filter.prefix).unwrap_or_default(),
        target: target.bucket.unwrap_or_default(),
        target_prefix: target.prefix.unwrap_or_default(),
        columns: kept.optional_fields.unwrap_or_default(),
        format: target.format.as_deref().and_then(InventoryFormat::of_name).unwrap_or_default(),
        kms_key: kms.and_then(|kms| kms.key_id),
    })
}

/// What a configuration that is kept says; `None` where it is disabled.
pub(crate) fn read_tiering(document: &[u8]) -> Result<Option<TieringRule>, Error> {
    let kept: IntelligentTieringConfiguration = read_kept(Setting::Kept(document.to_vec()))?;
    if kept.status.as_deref() != Some("Enabled") {
        return Ok(None);
    }
    let filter = kept.filter.unwrap_or_default();
    let (prefix, tags) = match filter.and {
        Some(and) => (and.prefix, and.tags.unwrap_or_default()),
        None => (filter.prefix, filter.tag.into_iter().collect()),
    };
    let pair = |tag: Tag| (tag.key.unwrap_or_default(), tag.value.unwrap_or_default());
    let tierings = kept.tierings.unwrap_or_default();
    let days = |name: &str| {
        let found = tierings.iter().find(|tiering| tiering.access_tier.as_deref() == Some(name));
        found.and_then(|tiering| u32::try_from(tiering.days?).ok())
    };
    Ok(Some(TieringRule {
        filter: Filter {
            prefix: prefix.unwrap_or_default(),
            tags: tags.into_iter().map(pair).collect(),
            ..Filter::default()
        },
        archive_days: days(ArchiveTier::Archive.name()),
        deep_archive_days: days(ArchiveTier::DeepArchive.name()),
    }))
}

const _: () = assert!(PAGE_MAX < CONFIGURATIONS_MAX);
