//! What the policies are asked about a request: which actions, on what, under which circumstances, and what the bucket itself says.
//!
//! The bucket's side is its policy and, where lists count, what a list grants the caller; both within the public access block. Condition keys
//! are gathered only when somebody could look at them: a bucket without a policy and a caller without policies of their own cost nothing.
//! Keys of the request are read from its head, as it was signed; those of the object from its row. Source: facts section 12.

use std::borrow::Cow;
use std::sync::Arc;

use base::{AccountId, Timestamp};
use http::{HeaderName, HeaderValue};
use ports::{Principal, PrincipalKind};
use service::{Access, AuthSource, Call, Fault, ResourceRule, ResourceSide};
use store::Row;
use wire::time::parse_iso;

use super::fault::access_denied;
use super::shared::object_arn;
use crate::engine::acl::Asker;
use crate::engine::objects::Place;
use crate::engine::settings::BucketSettings;
use crate::engine::versions::Wanted;
use crate::engine::{Error, S3, tags};
use crate::tables::{Attributes, Bucket, Permission};

/// Headers (or query parameters of presigned requests) that are condition keys under their own name.
const KEYED_HEADERS: [&str; 17] = [
    "x-amz-acl",
    "x-amz-copy-source",
    "x-amz-content-sha256",
    "x-amz-grant-full-control",
    "x-amz-grant-read",
    "x-amz-grant-read-acp",
    "x-amz-grant-write",
    "x-amz-grant-write-acp",
    "x-amz-metadata-directive",
    "x-amz-object-ownership",
    "x-amz-server-side-encryption",
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-server-side-encryption-customer-algorithm",
    "x-amz-storage-class",
    "x-amz-tagging-directive",
    "x-amz-website-redirect-location",
    "x-amz-bucket-namespace",
];
/// Headers that are condition keys under another name.
const RENAMED_HEADERS: [(&str, &str); 5] = [
    ("x-amz-object-lock-mode", "s3:object-lock-mode"),
    ("x-amz-object-lock-legal-hold", "s3:object-lock-legal-hold"),
    ("x-amz-object-lock-retain-until-date", "s3:object-lock-retain-until-date"),
    ("if-match", "s3:if-match"),
    ("if-none-match", "s3:if-none-match"),
];
const REQUEST_CHARGED: HeaderName = HeaderName::from_static("x-amz-request-charged");
const PAYER: &str = "x-amz-request-payer";

type Pairs = Vec<(Cow<'static, str>, String)>;

/// The bucket a request names, as `access` found it.
struct KeptBucket {
    name: String,
    row: Row<Bucket>,
    settings: Arc<BucketSettings>,
}

/// What is asked about.
struct Subject<'a> {
    name: &'a str,
    bucket: &'a Row<Bucket>,
    settings: &'a BucketSettings,
    /// A key of the bucket, and the version asked for.
    key: Option<(&'a str, Option<&'a str>)>,
}

/// Who asks, and how.
#[derive(Clone, Copy)]
struct Asking<'a> {
    principal: &'a Principal,
    /// Whether the request writes an object, so that a list it brings is the new object's own.
    writes: bool,
}

impl<'a> Asking<'a> {
    fn of(call: &'a Call) -> Self {
        let writes = ["acl", "tagging"].iter().all(|name| call.head().query_value(name).is_none());
        Self { principal: &call.caller().principal, writes }
    }
}

/// What another room asks before it puts an object for somebody.
pub(crate) fn put_for_room(
    principal: &Principal,
    place: Place<'_>,
    bucket: &Row<Bucket>,
    settings: &BucketSettings,
) -> Access {
    let subject = Subject { name: place.bucket, bucket, settings, key: Some((place.key, None)) };
    let asking = Asking { principal, writes: true };
    let side = resource_side(asking, &subject, "s3:PutObject", None);
    let arn = object_arn(place.bucket, place.key);
    Access::owned("s3:PutObject", arn, bucket.value.owner)
        .with("s3:ResourceAccount", bucket.value.owner.to_string())
        .under(side)
}

/// What is asked before something is replicated under a role: of the source, or of the target.
pub(crate) fn replication_for_room(
    role: &Principal,
    place: Place<'_>,
    bucket: &Row<Bucket>,
    settings: &BucketSettings,
    action: &'static str,
) -> Access {
    let subject = Subject { name: place.bucket, bucket, settings, key: Some((place.key, None)) };
    let side = resource_side(Asking { principal: role, writes: false }, &subject, action, None);
    let arn = object_arn(place.bucket, place.key);
    Access::owned(action, arn, bucket.value.owner)
        .with("s3:ResourceAccount", bucket.value.owner.to_string())
        .under(side)
}

/// What another room asks before it reads an object for somebody.
pub(crate) fn read_for_room(
    principal: &Principal,
    place: Place<'_>,
    version: Option<&str>,
    bucket: &Row<Bucket>,
    settings: &BucketSettings,
) -> Access {
    let action = if version.is_some() { "s3:GetObjectVersion" } else { "s3:GetObject" };
    let subject = Subject { name: place.bucket, bucket, settings, key: Some((place.key, version)) };
    let side = resource_side(Asking { principal, writes: false }, &subject, action, None);
    let arn = object_arn(place.bucket, place.key);
    Access::owned(action, arn, bucket.value.owner)
        .with("s3:ResourceAccount", bucket.value.owner.to_string())
        .under(side)
}

/// What another room asks before it lists a bucket for somebody.
pub(crate) fn list_for_room(
    principal: &Principal,
    name: &str,
    bucket: &Row<Bucket>,
    settings: &BucketSettings,
    prefix: &str,
) -> Access {
    let subject = Subject { name, bucket, settings, key: None };
    let side = resource_side(Asking { principal, writes: false }, &subject, "s3:ListBucket", None);
    Access::owned("s3:ListBucket", format!("arn:aws:s3:::{name}"), bucket.value.owner)
        .with("s3:ResourceAccount", bucket.value.owner.to_string())
        .with("s3:prefix", prefix.to_owned())
        .under(side)
}

/// The questions a request about a bucket raises: the bucket must exist, belong to whom the client expects, and each action be allowed.
pub(super) async fn bucket_access(
    s3: &S3,
    call: &Call,
    bucket: Option<&String>,
    expected_owner: Option<&String>,
    actions: &[&'static str],
) -> Result<Vec<Access>, Fault> {
    let name = bucket.map(String::as_str).unwrap_or_default();
    let (bucket, settings) = find(s3, call, name, expected_owner).await?;
    let subject = Subject { name, bucket: &bucket, settings: &settings, key: None };
    questions(s3, call, &subject, actions).await
}

/// As [`bucket_access`], about a key.
pub(super) async fn object_access(
    s3: &S3,
    call: &Call,
    bucket: Option<&String>,
    key: Option<&String>,
    expected_owner: Option<&String>,
    actions: &[&'static str],
) -> Result<Vec<Access>, Fault> {
    let name = bucket.map(String::as_str).unwrap_or_default();
    let key = key.map(String::as_str).unwrap_or_default();
    let (bucket, settings) = find(s3, call, name, expected_owner).await?;
    let version = call.head().query_value("versionId");
    let subject = Subject { name, bucket: &bucket, settings: &settings, key: Some((key, version)) };
    // A write that says who may use what it writes needs the right to say so.
    let with_list = actions.contains(&"s3:PutObject")
        && KEYED_HEADERS.iter().any(|name| {
            (*name == "x-amz-acl" || name.starts_with("x-amz-grant-"))
                && header_or_query(call, name).is_some()
        });
    let more: &[&'static str] = if with_list { &["s3:PutObjectAcl"] } else { &[] };
    questions(s3, call, &subject, &[actions, more].concat()).await
}

/// Asks one more question about a key, while the operation runs. `version`: where the question is about a version.
pub(super) async fn ask_about_key(
    s3: &S3,
    call: &Call,
    name: &str,
    key: &str,
    version: Option<&str>,
    action: &'static str,
) -> Result<(), Fault> {
    ask_with(s3, call, name, Some((key, version)), action, Vec::new()).await
}

/// As [`ask_about_key`], about a bucket or a key, with condition keys of the body.
pub(super) async fn ask_with(
    s3: &S3,
    call: &Call,
    name: &str,
    key: Option<(&str, Option<&str>)>,
    action: &'static str,
    more: Pairs,
) -> Result<(), Fault> {
    let bucket = named_bucket(s3, call, name).await?;
    let settings = s3.settings_of(&bucket).await?;
    let subject = Subject { name, bucket: &bucket, settings: &settings, key };
    for mut access in questions(s3, call, &subject, &[action]).await? {
        access.context.extend(more.iter().cloned());
        call.allow(access).await?;
    }
    Ok(())
}

/// The bucket a request names: as `access` found it. What happened to it since shows when a write checks that it is open.
pub(super) async fn named_bucket(s3: &S3, call: &Call, name: &str) -> Result<Row<Bucket>, Error> {
    match call.kept::<KeptBucket>() {
        Some(kept) if kept.name == name => Ok(kept.row.clone()),
        Some(_) | None => s3.find_bucket(&*s3.snapshot(), name).await,
    }
}

/// Tells a missing key from a forbidden one: only who may list the bucket learns that the key is not there.
pub(super) async fn no_such_key(call: &Call, bucket: &str, owner: AccountId, key: &str) -> Fault {
    let mut list = Access::owned("s3:ListBucket", format!("arn:aws:s3:::{bucket}"), owner);
    if let Some(kept) = call.kept::<KeptBucket>().filter(|kept| kept.name == bucket) {
        let subject = Subject { name: bucket, bucket: &kept.row, settings: &kept.settings, key: None };
        list.resource_side = resource_side(Asking::of(call), &subject, "s3:ListBucket", None);
        if somebody_looks(call, &kept.settings) {
            list.context = gather(call, &subject, None);
            // Who may list what begins like this key learns of it.
            list.context.push((Cow::Borrowed("s3:prefix"), key.to_owned()));
        }
    }
    match call.allow(list).await {
        Ok(()) => Error::NoSuchKey(key.to_owned()).into(),
        Err(denied) => denied,
    }
}

/// One more question about a key of the bucket that the request names, for what shows only while the operation runs.
pub(super) fn about_key(
    call: &Call,
    bucket: &str,
    owner: AccountId,
    key: &str,
    action: &'static str,
) -> Access {
    let mut access = Access::owned(action, object_arn(bucket, key), owner);
    if let Some(kept) = call.kept::<KeptBucket>().filter(|kept| kept.name == bucket) {
        let version = call.head().query_value("versionId");
        let key = Some((key, version));
        let subject = Subject { name: bucket, bucket: &kept.row, settings: &kept.settings, key };
        access.resource_side = resource_side(Asking::of(call), &subject, action, None);
        if somebody_looks(call, &kept.settings) {
            access.context = gather(call, &subject, None);
        }
    }
    access
}

/// Finds the bucket, and keeps it for `run`.
async fn find(
    s3: &S3,
    call: &Call,
    name: &str,
    expected_owner: Option<&String>,
) -> Result<(Row<Bucket>, Arc<BucketSettings>), Fault> {
    let found = s3.find_bucket(&*s3.snapshot(), name).await?;
    if let Some(expected) = expected_owner {
        let account: AccountId = expected.parse().map_err(|_| {
            let text = format!(
                "The value of the expected bucket owner parameter must be an AWS Account ID... [{expected}]"
            );
            Fault::new(400, "InvalidBucketOwnerAWSAccountID", text)
        })?;
        if account != found.value.owner {
            return Err(access_denied());
        }
    }
    let settings = s3.settings_of(&found).await?;
    check_payer(call, &found.value, &settings)?;
    call.keep(KeptBucket { name: name.to_owned(), row: found.clone(), settings: settings.clone() });
    Ok((found, settings))
}

/// Where who asks pays, others than the owner's people must say that they know.
fn check_payer(call: &Call, bucket: &Bucket, settings: &BucketSettings) -> Result<(), Fault> {
    if !settings.requester_pays || is_own(&call.caller().principal, bucket) {
        return Ok(());
    }
    let said = header_or_query(call, PAYER).is_some_and(|payer| payer.eq_ignore_ascii_case("requester"));
    if !said || call.caller().principal.is_anonymous() {
        return Err(access_denied());
    }
    call.answer_header(REQUEST_CHARGED, HeaderValue::from_static("requester"));
    Ok(())
}

/// Whether somebody of the bucket's own account asks.
fn is_own(principal: &Principal, bucket: &Bucket) -> bool {
    match principal.kind {
        PrincipalKind::Root
        | PrincipalKind::User { .. }
        | PrincipalKind::Role { .. }
        | PrincipalKind::Federated { .. } => principal.account == bucket.owner,
        PrincipalKind::Service { .. } | PrincipalKind::Anonymous => false,
    }
}

async fn questions(
    s3: &S3,
    call: &Call,
    subject: &Subject<'_>,
    actions: &[&'static str],
) -> Result<Vec<Access>, Fault> {
    if actions.is_empty() {
        return Ok(Vec::new());
    }
    let settings = subject.settings;
    let looked_at = somebody_looks(call, settings);
    let tags_asked = looked_at
        && (settings.policy.as_ref().is_some_and(|policy| policy.asks_for_tags) || has_policies(call));
    let found = match subject.key {
        Some((key, version)) if settings.lists_count() || tags_asked => {
            attributes_of(s3, subject.bucket, key, version).await?
        }
        Some(_) | None => None,
    };
    let resource = match subject.key {
        Some((key, _)) => object_arn(subject.name, key),
        None => format!("arn:aws:s3:::{}", subject.name),
    };
    let context = if looked_at { gather(call, subject, found.as_ref()) } else { Pairs::new() };
    let asks = actions.iter().map(|action| {
        let owner = owner_of(subject, found.as_ref(), action);
        let mut access = Access::owned(action, resource.clone(), owner);
        access.resource_side = resource_side(Asking::of(call), subject, action, found.as_ref());
        access.context = context.clone();
        access
    });
    Ok(asks.collect())
}

/// What is said of an object, if it is there.
async fn attributes_of(
    s3: &S3,
    bucket: &Row<Bucket>,
    key: &str,
    version: Option<&str>,
) -> Result<Option<Attributes>, Error> {
    let Ok(wanted) = Wanted::parse(version) else { return Ok(None) };
    match s3.find_version(&*s3.snapshot(), &bucket.value, key, wanted).await {
        Ok(found) => Ok(Some(found.row.value.attributes)),
        Err(Error::NoSuchKey(_) | Error::NoSuchVersion { .. } | Error::DeleteMarker { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whose the resource is. Who put an object may own it.
fn owner_of(subject: &Subject<'_>, found: Option<&Attributes>, action: &str) -> AccountId {
    let acl = found.and_then(|found| found.acl.as_ref()).filter(|_| subject.settings.lists_count());
    match acl {
        Some(acl) if list_of_object(action).is_some() => acl.owner,
        Some(_) | None => subject.bucket.value.owner,
    }
}

/// The permission of an object's list that lets somebody do this.
fn list_of_object(action: &str) -> Option<Permission> {
    match action {
        "s3:GetObject" | "s3:GetObjectVersion" => Some(Permission::Read),
        "s3:GetObjectAcl" | "s3:GetObjectVersionAcl" => Some(Permission::ReadAcp),
        "s3:PutObjectAcl" | "s3:PutObjectVersionAcl" => Some(Permission::WriteAcp),
        _ => None,
    }
}

/// The permission of a bucket's list that lets somebody do this.
fn list_of_bucket(action: &str) -> Option<Permission> {
    match action {
        "s3:ListBucket" | "s3:ListBucketVersions" | "s3:ListBucketMultipartUploads" => Some(Permission::Read),
        "s3:PutObject"
        | "s3:DeleteObject"
        | "s3:DeleteObjectVersion"
        | "s3:AbortMultipartUpload"
        | "s3:ListMultipartUploadParts" => Some(Permission::Write),
        "s3:GetBucketAcl" => Some(Permission::ReadAcp),
        "s3:PutBucketAcl" => Some(Permission::WriteAcp),
        _ => None,
    }
}

/// What the bucket says, within the public access block.
fn resource_side(
    asker: Asking<'_>,
    subject: &Subject<'_>,
    action: &str,
    found: Option<&Attributes>,
) -> ResourceSide {
    let rule = match action {
        "s3:GetBucketPolicy" | "s3:PutBucketPolicy" | "s3:DeleteBucketPolicy" => ResourceRule::RootAlways,
        _ => ResourceRule::Usual,
    };
    let settings = subject.settings;
    let policy = settings.policy.as_ref();
    let is_service = matches!(asker.principal.kind, PrincipalKind::Service { .. });
    let restricted = policy.is_some_and(|policy| policy.is_public)
        && settings.blocked().restrict_buckets
        && !is_own(asker.principal, &subject.bucket.value)
        && !is_service;
    if restricted {
        return ResourceSide { policy: None, granted: false, rule };
    }
    let granted = settings.lists_count() && is_granted(asker, subject, action, found);
    ResourceSide { policy: policy.map(|policy| policy.document.clone()), granted, rule }
}

fn is_granted(asking: Asking<'_>, subject: &Subject<'_>, action: &str, found: Option<&Attributes>) -> bool {
    let principal = asking.principal;
    let asker = match &principal.kind {
        PrincipalKind::Anonymous => Asker::Anonymous,
        PrincipalKind::Service { name, .. } if name == "logging.s3.amazonaws.com" => Asker::LogDelivery,
        PrincipalKind::Root
        | PrincipalKind::User { .. }
        | PrincipalKind::Role { .. }
        | PrincipalKind::Federated { .. }
        | PrincipalKind::Service { .. } => Asker::Account(principal.account),
    };
    let ignore_public = subject.settings.blocked().ignore_acls;
    let object = found.and_then(|found| found.acl.as_ref());
    if let (Some(acl), Some(permission)) = (object, list_of_object(action)) {
        return acl.grants(asker, permission, ignore_public);
    }
    // A write may say who reads what it writes, and tag it: what it writes is its own.
    let of_write = asking.writes && matches!(action, "s3:PutObjectAcl" | "s3:PutObjectTagging");
    // Who may list the bucket learns that a key is not there.
    let of_nothing = found.is_none() && list_of_object(action) == Some(Permission::Read);
    let permission = match (of_write, of_nothing) {
        (true, _) => Some(Permission::Write),
        (false, true) => Some(Permission::Read),
        (false, false) => list_of_bucket(action),
    };
    let bucket = subject.settings.acl.as_ref();
    bucket.zip(permission).is_some_and(|(acl, permission)| acl.grants(asker, permission, ignore_public))
}

/// Whether the caller may have policies of their own.
fn has_policies(call: &Call) -> bool {
    match call.caller().principal.kind {
        PrincipalKind::User { .. } | PrincipalKind::Role { .. } | PrincipalKind::Federated { .. } => true,
        PrincipalKind::Root | PrincipalKind::Service { .. } | PrincipalKind::Anonymous => false,
    }
}

/// Whether any policy could look at condition keys.
fn somebody_looks(call: &Call, settings: &BucketSettings) -> bool {
    settings.policy.as_ref().is_some_and(|policy| policy.has_conditions) || has_policies(call)
}

/// The condition keys of a request.
fn gather(call: &Call, subject: &Subject<'_>, found: Option<&Attributes>) -> Pairs {
    let mut pairs = Pairs::new();
    let mut add = |name: &'static str, value: String| pairs.push((Cow::Borrowed(name), value));
    of_signature(call, &mut add);
    add("s3:ResourceAccount", subject.bucket.value.owner.to_string());
    for (parameter, name) in [
        ("prefix", "s3:prefix"),
        ("delimiter", "s3:delimiter"),
        ("max-keys", "s3:max-keys"),
        ("versionId", "s3:VersionId"),
    ] {
        if let Some(value) = call.head().query_value(parameter) {
            add(name, value.to_owned());
        }
    }
    for (header, name) in RENAMED_HEADERS {
        if let Some(value) = header_or_query(call, header) {
            add(name, value.to_owned());
        }
    }
    if let Some(until) = header_or_query(call, "x-amz-object-lock-retain-until-date").and_then(parse_iso) {
        add("s3:object-lock-remaining-retention-days", remaining_days(until, call.clock().now()));
    }
    if let Some((_, _)) = subject.key {
        let makes =
            call.head().query_value("partNumber").is_none() && call.head().query_value("uploads").is_none();
        add("s3:ObjectCreationOperation", makes.to_string());
    }
    for header in KEYED_HEADERS {
        if let Some(value) = header_or_query(call, header) {
            pairs.push((Cow::Owned(format!("s3:{header}")), value.to_owned()));
        }
    }
    if let Some(header) = header_or_query(call, "x-amz-tagging")
        && let Ok(asked) = tags::parse_header(header)
    {
        pairs.extend(request_tags(&asked));
    }
    for (key, value) in found.map(|found| found.tags.as_slice()).unwrap_or_default() {
        pairs.push((Cow::Owned(format!("s3:ExistingObjectTag/{key}")), value.clone()));
    }
    if subject.settings.abac == Some(true) {
        for (key, value) in subject.settings.tags.iter().flatten() {
            pairs.push((Cow::Owned(format!("s3:BucketTag/{key}")), value.clone()));
            pairs.push((Cow::Owned(format!("aws:ResourceTag/{key}")), value.clone()));
        }
    }
    pairs
}

/// The condition key of a retention: days that are left of it, the one that has begun counted.
pub(super) fn remaining_days(until: Timestamp, now: Timestamp) -> String {
    const DAY_SECS: u64 = 86_400;
    until.since(now).as_secs().div_ceil(DAY_SECS).to_string()
}

/// The condition keys of tags that a request brings for an object.
pub(super) fn request_tags(tags: &[(String, String)]) -> Pairs {
    let each = |(key, value): &(String, String)| {
        [
            (Cow::Owned(format!("s3:RequestObjectTag/{key}")), value.clone()),
            (Cow::Borrowed("s3:RequestObjectTagKeys"), key.clone()),
        ]
    };
    tags.iter().flat_map(each).collect()
}

/// How and when the request was signed.
fn of_signature(call: &Call, add: &mut impl FnMut(&'static str, String)) {
    let caller = call.caller();
    let (kind, version) = match caller.auth {
        AuthSource::Anonymous | AuthSource::Internal => return,
        AuthSource::HeaderV4 => ("REST-HEADER", "AWS4-HMAC-SHA256"),
        AuthSource::QueryV4 => ("REST-QUERY-STRING", "AWS4-HMAC-SHA256"),
        AuthSource::FormV4 => ("POST", "AWS4-HMAC-SHA256"),
        AuthSource::HeaderV2 => ("REST-HEADER", "AWS"),
        AuthSource::QueryV2 => ("REST-QUERY-STRING", "AWS"),
        AuthSource::FormV2 => ("POST", "AWS"),
    };
    add("s3:authType", kind.to_owned());
    add("s3:signatureversion", version.to_owned());
    if let Some(signed) = caller.signed_at {
        let age = call.clock().wall().since(signed);
        add("s3:signatureAge", age.as_millis().to_string());
    }
}

/// A header's value; a presigned request may carry it in the query.
fn header_or_query<'c>(call: &'c Call, name: &str) -> Option<&'c str> {
    let head = call.head();
    let header = head.headers.get(name).and_then(|value| value.to_str().ok());
    header.or_else(|| if name.starts_with("x-amz-") { head.query_value(name) } else { None })
}
