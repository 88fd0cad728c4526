//! What AWS checks after the grammar, in its order.

use super::{Raw, RawStatement};
use crate::condition::Base;
use crate::document::Kind;
use crate::malformed::Malformed;
use crate::value;

/// The partitions that ARNs may name.
const PARTITIONS: [&str; 9] =
    ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc", "*"];

/// What the resource of an IAM ARN begins with.
const IAM_PATHS: [&str; 13] = [
    "user/",
    "federated-user/",
    "role/",
    "group/",
    "instance-profile/",
    "mfa/",
    "server-certificate/",
    "policy/",
    "sms-mfa/",
    "saml-provider/",
    "oidc-provider/",
    "report/",
    "access-report/",
];

const ARN_PARTS: usize = 6;

pub(super) fn all(raw: &Raw<'_>, kind: Kind) -> Result<(), Malformed> {
    if matches!(kind, Kind::Managed | Kind::Boundary) && raw.version != Some("2012-10-17") {
        return Err(Malformed::VersionTooOld);
    }
    let each = |check: fn(&RawStatement<'_>, Kind) -> Result<(), Malformed>| {
        raw.statements.iter().try_for_each(|statement| check(statement, kind))
    };
    each(principal_or_none)?;
    each(no_resource_in_trust)?;
    each(legacy)?;
    sids(raw, kind)?;
    each(some_action)?;
    each(forms_of_resources)?;
    each(forms_of_actions)?;
    each(some_resource)
}

fn principal_or_none(statement: &RawStatement<'_>, kind: Kind) -> Result<(), Malformed> {
    match (kind, statement.principal) {
        (Kind::Identity | Kind::Managed | Kind::Session | Kind::Boundary, Some(_)) => {
            Err(Malformed::PrincipalNotAllowed)
        }
        (Kind::Key, None) => Err(Malformed::NoKeyPrincipals),
        (Kind::Trust | Kind::Bucket | Kind::Resource, None) => Err(Malformed::Missing("Principal")),
        (Kind::Identity | Kind::Managed | Kind::Session | Kind::Boundary, None)
        | (Kind::Trust | Kind::Bucket | Kind::Key | Kind::Resource, Some(_)) => Ok(()),
    }
}

fn no_resource_in_trust(statement: &RawStatement<'_>, kind: Kind) -> Result<(), Malformed> {
    match &statement.resource {
        Some(texts) if kind == Kind::Trust => {
            Err(Malformed::Prohibited(if texts.negated { "NotResource" } else { "Resource" }))
        }
        Some(_) | None => Ok(()),
    }
}

/// An effect in the wrong case, a date that is none, an ARN that lacks its service or one of its parts.
fn legacy(statement: &RawStatement<'_>, kind: Kind) -> Result<(), Malformed> {
    if !matches!(statement.effect, "Allow" | "Deny") {
        let effect = statement.effect.to_owned();
        return Err(if kind == Kind::Bucket { Malformed::InvalidEffect(effect) } else { Malformed::Legacy });
    }
    for condition in &statement.conditions {
        let is_date = matches!(condition.operator.base, Base::Date(_));
        if is_date && condition.values.iter().any(|value| value::date(value).is_none()) {
            return Err(Malformed::Legacy);
        }
    }
    if kind == Kind::Bucket {
        return Ok(());
    }
    for resource in statement.resource.iter().flat_map(|texts| &texts.texts) {
        let parts: Vec<&str> = resource.splitn(ARN_PARTS, ':').collect();
        let known = parts.get(1).is_some_and(|partition| PARTITIONS.contains(partition));
        let no_service = parts.len() >= 4 && parts[2].is_empty();
        let one_short = parts.len() == 5 && parts[4] != "*";
        if known && (no_service || one_short) {
            return Err(Malformed::Legacy);
        }
    }
    Ok(())
}

fn sids(raw: &Raw<'_>, kind: Kind) -> Result<(), Malformed> {
    let mut sids: Vec<&str> =
        raw.statements.iter().filter_map(|statement| statement.sid).filter(|sid| !sid.is_empty()).collect();
    let plain = |sid: &&str| sid.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let any_characters = matches!(kind, Kind::Bucket | Kind::Key | Kind::Resource);
    if !any_characters && !sids.iter().all(plain) {
        return Err(Malformed::InvalidSid);
    }
    sids.sort_unstable();
    if sids.windows(2).any(|pair| pair[0] == pair[1]) { Err(Malformed::DuplicateSid) } else { Ok(()) }
}

fn some_action(statement: &RawStatement<'_>, kind: Kind) -> Result<(), Malformed> {
    let any = statement.action.as_ref().is_some_and(|texts| !texts.texts.is_empty());
    if any {
        return Ok(());
    }
    Err(match kind {
        Kind::Bucket | Kind::Trust => Malformed::Missing("Action"),
        Kind::Identity | Kind::Managed | Kind::Key | Kind::Session | Kind::Boundary | Kind::Resource => {
            Malformed::NoActions
        }
    })
}

fn some_resource(statement: &RawStatement<'_>, kind: Kind) -> Result<(), Malformed> {
    let any = statement.resource.as_ref().is_some_and(|texts| !texts.texts.is_empty());
    if any {
        return Ok(());
    }
    match kind {
        Kind::Trust => Ok(()),
        Kind::Bucket => Err(Malformed::Missing("Resource")),
        Kind::Identity | Kind::Managed | Kind::Key | Kind::Session | Kind::Boundary | Kind::Resource => {
            Err(Malformed::NoResources)
        }
    }
}

fn forms_of_resources(statement: &RawStatement<'_>, kind: Kind) -> Result<(), Malformed> {
    let mut all = statement.resource.iter().flat_map(|texts| &texts.texts);
    all.try_for_each(|resource| {
        if kind == Kind::Bucket { bucket_resource(resource) } else { form_of_resource(resource) }
    })
}

/// Which bucket it has to be is the room's to check ([`crate::Document::check_bucket`]).
fn bucket_resource(resource: &str) -> Result<(), Malformed> {
    let is_s3 = resource == "*" || resource.split(':').nth(2) == Some("s3");
    if is_s3 { Ok(()) } else { Err(Malformed::InvalidResource) }
}

fn form_of_resource(resource: &str) -> Result<(), Malformed> {
    if resource == "*" {
        return Ok(());
    }
    let given: Vec<&str> = resource.splitn(ARN_PARTS, ':').collect();
    if given.len() < 2 {
        return Err(Malformed::NotArn(resource.to_owned()));
    }
    let part = |index: usize| given.get(index).copied().unwrap_or("*");
    let partition = part(1);
    if !PARTITIONS.contains(&partition) {
        let rest: Vec<&str> = (1..ARN_PARTS).map(part).collect();
        let resource = format!("arn:{}", rest.join(":"));
        return Err(Malformed::InvalidPartition { partition: partition.to_owned(), resource });
    }
    let service = part(2);
    if service.is_empty() || service.contains(['*', '?']) {
        return Err(Malformed::VendorNotQualified);
    }
    let has_region = given.len() > 3 && !matches!(part(3), "" | "*");
    match service {
        "iam" if has_region => Err(Malformed::IamRegion(resource.to_owned())),
        "iam" if given.len() == ARN_PARTS && !is_iam_path(part(5)) => Err(Malformed::IamPath),
        // Access points have a region, and an account.
        "s3" if has_region && matches!(part(4), "" | "*") => Err(Malformed::S3Region(resource.to_owned())),
        _ => Ok(()),
    }
}

/// Begins as IAM's resources do, as far as it is told before the first wildcard or variable.
fn is_iam_path(path: &str) -> bool {
    let plain = path.split(['*', '?', '$']).next().unwrap_or("");
    let open = plain.len() < path.len();
    IAM_PATHS.iter().any(|start| plain.starts_with(start) || (open && start.starts_with(plain)))
}

fn forms_of_actions(statement: &RawStatement<'_>, kind: Kind) -> Result<(), Malformed> {
    let mut all = statement.action.iter().flat_map(|texts| &texts.texts);
    all.try_for_each(|action| form_of_action(action, kind))
}

fn form_of_action(action: &str, kind: Kind) -> Result<(), Malformed> {
    if action == "*" {
        return Ok(());
    }
    let (vendor, colons) = match action.split_once(':') {
        None => ("", 0),
        Some((vendor, rest)) => (vendor, 1 + rest.matches(':').count()),
    };
    if kind == Kind::Bucket {
        let known = colons == 1 && vendor.eq_ignore_ascii_case("s3");
        return if known { Ok(()) } else { Err(Malformed::InvalidAction) };
    }
    if colons == 0 || vendor.is_empty() {
        return Err(Malformed::NoVendor);
    }
    if colons > 1 {
        return Err(Malformed::TwoColons);
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    if vendor != "*" && !vendor.bytes().all(plain) {
        return Err(Malformed::InvalidVendor(vendor.to_owned()));
    }
    if kind == Kind::Trust && !vendor.eq_ignore_ascii_case("sts") {
        return Err(Malformed::NotAssumeRole);
    }
    Ok(())
}

/// A principal that cannot be one.
pub(super) fn invalid_principal(kind: Kind, kind_of: &'static str, value: &str) -> Malformed {
    match kind {
        Kind::Bucket => Malformed::InvalidBucketPrincipal,
        Kind::Key => Malformed::InvalidKeyPrincipal,
        Kind::Identity | Kind::Managed | Kind::Trust | Kind::Session | Kind::Boundary | Kind::Resource => {
            Malformed::InvalidPrincipal { kind: kind_of, value: value.to_owned() }
        }
    }
}

/// A principal element of the wrong form.
pub(super) fn principal_shape(kind: Kind, otherwise: Malformed) -> Malformed {
    match kind {
        Kind::Bucket => Malformed::InvalidBucketPrincipal,
        Kind::Key => Malformed::InvalidKeyPrincipal,
        Kind::Identity | Kind::Managed | Kind::Trust | Kind::Session | Kind::Boundary | Kind::Resource => {
            otherwise
        }
    }
}

/// A principal element that lists nobody.
pub(super) fn no_principals(kind: Kind) -> Malformed {
    match kind {
        Kind::Bucket => Malformed::InvalidBucketPrincipal,
        Kind::Key => Malformed::NoKeyPrincipals,
        Kind::Identity | Kind::Managed | Kind::Trust | Kind::Session | Kind::Boundary | Kind::Resource => {
            Malformed::NoPrincipals
        }
    }
}
