//! Access control lists: the operations on those of buckets and objects, and what all writes say of lists in their headers.
//!
//! A list is given in one of three ways, never two: by a short name, by grants in headers, by a document (facts section 11).

use base::AccountId;
use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::{
    bucket_access, check_acl, check_document, named_bucket, named_owner, not_found, object_access,
    object_arn, on_marker, wanted,
};
use crate::engine::acl::canonical_id;
use crate::engine::objects::Place;
use crate::engine::settings::BucketSettings;
use crate::engine::{Error, S3};
use crate::shapes::{
    self, AccessControlPolicy, GetBucketAclOutput, GetBucketAclRequest, GetObjectAclOutput,
    GetObjectAclRequest, PutBucketAclRequest, PutObjectAclOutput, PutObjectAclRequest,
};
use crate::tables::{Acl, Grant, Grantee, Ownership, Permission, Setting, SettingKind};

const GROUPS: [(&str, Grantee); 3] = [
    ("http://acs.amazonaws.com/groups/global/AllUsers", Grantee::AllUsers),
    ("http://acs.amazonaws.com/groups/global/AuthenticatedUsers", Grantee::AuthenticatedUsers),
    ("http://acs.amazonaws.com/groups/s3/LogDelivery", Grantee::LogDelivery),
];

const PERMISSIONS: [(&str, Permission); 5] = [
    ("FULL_CONTROL", Permission::FullControl),
    ("WRITE", Permission::Write),
    ("WRITE_ACP", Permission::WriteAcp),
    ("READ", Permission::Read),
    ("READ_ACP", Permission::ReadAcp),
];

/// Tells a bucket's list. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html>
pub struct GetBucketAcl;

impl Operation for GetBucketAcl {
    type Service = S3;
    type Input = GetBucketAclRequest;
    type Output = GetBucketAclOutput;
    const NAME: &'static str = "GetBucketAcl";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let expected = input.expected_bucket_owner.as_ref();
        bucket_access(s3, call, input.bucket.as_ref(), expected, &["s3:GetBucketAcl"]).await
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let bucket = named_bucket(s3, call, &input.bucket.need()).await?;
        let settings = s3.settings_of(&bucket).await?;
        let acl = in_force(&settings, settings.acl.as_ref(), bucket.value.owner);
        Ok(GetBucketAclOutput { owner: Some(named_owner(s3, acl.owner)), grants: Some(show(s3, &acl)) })
    }
}

/// Replaces a bucket's list. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html>
pub struct PutBucketAcl;

impl Operation for PutBucketAcl {
    type Service = S3;
    type Input = PutBucketAclRequest;
    type Output = ();
    const NAME: &'static str = "PutBucketAcl";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let expected = input.expected_bucket_owner.as_ref();
        bucket_access(s3, call, input.bucket.as_ref(), expected, &["s3:PutBucketAcl"]).await
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_document(call, false)?;
        let name = input.bucket.need();
        let bucket = named_bucket(s3, call, &name).await?;
        let settings = s3.settings_of(&bucket).await?;
        let told = Told {
            canned: input.acl,
            full_control: input.grant_full_control,
            read: input.grant_read,
            write: input.grant_write,
            read_acp: input.grant_read_acp,
            write_acp: input.grant_write_acp,
        };
        let told = told.take(bucket.value.owner, None)?;
        let acl = one_way(call, told, input.access_control_policy, bucket.value.owner)?;
        if !settings.lists_count() {
            return if acl.is_private() && input_is_document(call) { Ok(()) } else { Err(not_supported()) };
        }
        check_public(call, &settings, &acl, "s3:PutBucketAcl", &format!("arn:aws:s3:::{name}"))?;
        let setting = (!acl.is_private()).then_some(Setting::Acl(acl));
        s3.set(&name, SettingKind::Acl, "", setting.as_ref()).await?;
        Ok(())
    }
}

fn input_is_document(call: &Call) -> bool {
    !call.document().is_empty()
}

/// Tells an object's list. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html>
pub struct GetObjectAcl;

impl Operation for GetObjectAcl {
    type Service = S3;
    type Input = GetObjectAclRequest;
    type Output = GetObjectAclOutput;
    const NAME: &'static str = "GetObjectAcl";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let action = if input.version_id.is_some() { "s3:GetObjectVersionAcl" } else { "s3:GetObjectAcl" };
        let expected = input.expected_bucket_owner.as_ref();
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, &[action]).await
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let asked = wanted(input.version_id.as_ref())?;
        let (name, key) = (input.bucket.need(), input.key.need());
        let bucket = named_bucket(s3, call, &name).await?;
        let of = bucket.value.owner;
        let version = match s3.find_version(&*s3.snapshot(), &bucket.value, &key, asked).await {
            Ok(version) => version,
            Err(error) => return Err(not_found(call, &name, of, error).await),
        };
        let settings = s3.settings_of(&bucket).await?;
        let acl = in_force(&settings, version.row.value.attributes.acl.as_ref(), of);
        let grants = Some(show(s3, &acl));
        Ok(GetObjectAclOutput {
            owner: Some(named_owner(s3, acl.owner)),
            grants,
            ..GetObjectAclOutput::default()
        })
    }
}

/// Replaces an object's list. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html>
pub struct PutObjectAcl;

impl Operation for PutObjectAcl {
    type Service = S3;
    type Input = PutObjectAclRequest;
    type Output = PutObjectAclOutput;
    const NAME: &'static str = "PutObjectAcl";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let action = if input.version_id.is_some() { "s3:PutObjectVersionAcl" } else { "s3:PutObjectAcl" };
        let expected = input.expected_bucket_owner.as_ref();
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, &[action]).await
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_document(call, false)?;
        let asked = wanted(input.version_id.as_ref())?;
        let (name, key) = (input.bucket.need(), input.key.need());
        let bucket = named_bucket(s3, call, &name).await?;
        let of = bucket.value.owner;
        let found = s3.find_version(&*s3.snapshot(), &bucket.value, &key, asked).await;
        let found = found.map_err(|error| on_marker(call, error))?;
        let settings = s3.settings_of(&bucket).await?;
        let object_owner = in_force(&settings, found.row.value.attributes.acl.as_ref(), of).owner;
        let told = Told {
            canned: input.acl,
            full_control: input.grant_full_control,
            read: input.grant_read,
            write: input.grant_write,
            read_acp: input.grant_read_acp,
            write_acp: input.grant_write_acp,
        };
        let harmless = told.canned.as_deref() == Some("bucket-owner-full-control");
        let told = told.take(object_owner, Some(of))?;
        let acl = one_way(call, told, input.access_control_policy, object_owner)?;
        if !settings.lists_count() {
            let says_nothing = acl.is_private() && (harmless || input_is_document(call));
            return if says_nothing { Ok(PutObjectAclOutput::default()) } else { Err(not_supported()) };
        }
        check_public(call, &settings, &acl, "s3:PutObjectAcl", &object_arn(&name, &key))?;
        let acl = kept(acl, of);
        s3.set_acl(Place { bucket: &name, key: &key }, asked, acl.as_ref()).await?;
        Ok(PutObjectAclOutput::default())
    }
}

/// The list that a new object will have; `None` for the bucket's owner's alone.
pub(super) async fn of_new_object(
    s3: &S3,
    call: &Call,
    place: Place<'_>,
    told: Told,
) -> Result<Option<Acl>, Fault> {
    let bucket = named_bucket(s3, call, place.bucket).await?;
    let settings = s3.settings_of(&bucket).await?;
    if !settings.lists_count() {
        let own = !call.caller().principal.is_anonymous() && call.account() == bucket.value.owner;
        check_acl(told.canned.as_deref(), told.has_grants(), own)?;
        return Ok(None);
    }
    let of = bucket.value.owner;
    // What nobody puts is the bucket's owner's.
    let writer = if call.caller().principal.is_anonymous() { of } else { call.account() };
    // The model's writes lack this one; on an object it grants nothing, and it is shown.
    let write = call.head().headers.get("x-amz-grant-write").and_then(|value| value.to_str().ok());
    let told = Told { write: told.write.or_else(|| write.map(str::to_owned)), ..told };
    let gives_away = told.canned.as_deref() == Some("bucket-owner-full-control");
    let preferred = settings.ownership() == Some(Ownership::BucketOwnerPreferred) && gives_away;
    let object_owner = if preferred { of } else { writer };
    let acl = told.take(object_owner, Some(of))?.unwrap_or_else(|| Acl::private(object_owner));
    check_public(call, &settings, &acl, "s3:PutObject", &object_arn(place.bucket, place.key))?;
    Ok(kept(acl, of))
}

/// The list that is written into the object's row: none for the bucket's owner's alone.
fn kept(acl: Acl, bucket_owner: AccountId) -> Option<Acl> {
    (acl.owner != bucket_owner || !acl.is_private()).then_some(acl)
}

/// What a write says of its object's list.
macro_rules! told_list {
    ($input:ident) => {
        $crate::ops::acl::Told {
            canned: $input.acl.take(),
            full_control: $input.grant_full_control.take(),
            read: $input.grant_read.take(),
            write: None,
            read_acp: $input.grant_read_acp.take(),
            write_acp: $input.grant_write_acp.take(),
        }
    };
}

pub(super) use told_list;

/// The list that counts: the owner's alone, where lists do not count.
pub(super) fn in_force(settings: &BucketSettings, acl: Option<&Acl>, owner: AccountId) -> Acl {
    match acl {
        Some(acl) if settings.lists_count() => acl.clone(),
        Some(_) | None => Acl::private(owner),
    }
}

/// The lines of a list.
pub(super) fn show(s3: &S3, acl: &Acl) -> Vec<shapes::Grant> {
    let owner = named_owner(s3, acl.owner);
    let show = |grant: &Grant| {
        let mut grantee = show_grantee(&grant.grantee);
        if grantee.id == owner.id {
            grantee.display_name.clone_from(&owner.display_name);
        }
        let permission = Some(permission_name(grant.permission).to_owned());
        shapes::Grant { grantee: Some(grantee), permission }
    };
    acl.grants.iter().map(show).collect()
}

pub(super) fn show_grantee(grantee: &Grantee) -> shapes::Grantee {
    if let Grantee::Canonical(id) = grantee {
        let r#type = Some("CanonicalUser".to_owned());
        return shapes::Grantee { id: Some(id.clone()), r#type, ..shapes::Grantee::default() };
    }
    let (uri, _) = GROUPS.iter().find(|(_, group)| group == grantee).expect("every other grantee is a group");
    shapes::Grantee {
        uri: Some((*uri).to_owned()),
        r#type: Some("Group".to_owned()),
        ..shapes::Grantee::default()
    }
}

pub(super) fn permission_name(permission: Permission) -> &'static str {
    PERMISSIONS
        .iter()
        .find(|(_, of)| *of == permission)
        .map(|(name, _)| *name)
        .expect("every permission has a name")
}

pub(super) fn permission_of(name: &str) -> Option<Permission> {
    PERMISSIONS.iter().find(|(of, _)| *of == name).map(|(_, permission)| *permission)
}

/// Reads a grantee of a document.
pub(super) fn take_grantee(grantee: shapes::Grantee) -> Result<Grantee, Error> {
    match grantee.r#type.as_deref() {
        Some("CanonicalUser") => canonical(grantee.id.ok_or(Error::MalformedAcl)?),
        Some("Group") => group(&grantee.uri.ok_or(Error::MalformedAcl)?),
        Some("AmazonCustomerByEmail") => Err(Error::UnresolvableGrant),
        Some(_) | None => Err(Error::MalformedAcl),
    }
}

fn canonical(id: String) -> Result<Grantee, Error> {
    const ID_CHARS: usize = 64;
    if id.len() == ID_CHARS && id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        Ok(Grantee::Canonical(id))
    } else {
        Err(Error::argument("CanonicalUser/ID", id, "Invalid id"))
    }
}

fn group(uri: &str) -> Result<Grantee, Error> {
    let found = GROUPS.iter().find(|(of, _)| *of == uri);
    found
        .map(|(_, group)| group.clone())
        .ok_or_else(|| Error::argument("Group/URI", uri, "Invalid group uri"))
}

/// Reads a document.
fn take_document(policy: AccessControlPolicy, owner: AccountId) -> Result<Acl, Fault> {
    let named = policy.owner.and_then(|owner| owner.id).ok_or(Error::MalformedAcl)?;
    if named != canonical_id(owner) {
        return Err(super::fault::access_denied());
    }
    let grants = policy.grants.unwrap_or_default().into_iter().map(|grant| {
        let permission = grant.permission.as_deref().and_then(permission_of).ok_or(Error::MalformedAcl)?;
        let grantee = take_grantee(grant.grantee.ok_or(Error::MalformedAcl)?)?;
        Ok(Grant { grantee, permission })
    });
    let acl = Acl { owner, grants: grants.collect::<Result<_, Error>>()? };
    acl.check()?;
    Ok(acl)
}

/// What headers say of a list.
#[derive(Default)]
pub(super) struct Told {
    pub canned: Option<String>,
    pub full_control: Option<String>,
    pub read: Option<String>,
    pub write: Option<String>,
    pub read_acp: Option<String>,
    pub write_acp: Option<String>,
}

impl Told {
    /// Whether headers grant something.
    fn has_grants(&self) -> bool {
        let headers = [&self.full_control, &self.read, &self.write, &self.read_acp, &self.write_acp];
        headers.iter().any(|header| header.is_some())
    }

    /// The list that the headers make, if they make one. `bucket_owner`: of an object, in a bucket of that owner.
    pub(super) fn take(
        self,
        owner: AccountId,
        bucket_owner: Option<AccountId>,
    ) -> Result<Option<Acl>, Error> {
        let has_grants = self.has_grants();
        let by_header = [
            (self.full_control, Permission::FullControl),
            (self.read, Permission::Read),
            (self.write, Permission::Write),
            (self.read_acp, Permission::ReadAcp),
            (self.write_acp, Permission::WriteAcp),
        ];
        match self.canned {
            Some(_) if has_grants => {
                let text = "Specifying both Canned ACLs and Header Grants is not allowed";
                Err(Error::Request(text.to_owned()))
            }
            Some(name) => match Acl::canned(&name, owner, bucket_owner) {
                Some(acl) => Ok(Some(acl)),
                None => Err(Error::argument("x-amz-acl", name, "")),
            },
            None if has_grants => {
                let mut grants = Vec::new();
                for (header, permission) in by_header {
                    for grantee in header.iter().flat_map(|header| header.split(',')) {
                        grants.push(Grant { grantee: header_grantee(grantee)?, permission });
                    }
                }
                let acl = Acl { owner, grants };
                acl.check()?;
                Ok(Some(acl))
            }
            None => Ok(None),
        }
    }
}

/// `id="…"`, `uri="…"`, `emailAddress="…"`.
fn header_grantee(text: &str) -> Result<Grantee, Error> {
    let malformed = || Error::argument("x-amz-grant", text.trim(), "Argument format not recognized");
    let (kind, value) = text.trim().split_once('=').ok_or_else(malformed)?;
    let value = value.trim().trim_matches('"');
    match kind.trim().to_ascii_lowercase().as_str() {
        "id" => canonical(value.to_owned()).map_err(|_| Error::argument("id", value, "Invalid id")),
        "uri" => group(value).map_err(|_| Error::argument("uri", value, "Invalid group uri")),
        "emailaddress" => Err(Error::UnresolvableGrant),
        _ => Err(malformed()),
    }
}

/// Headers or a document, and one of the two.
pub(super) fn one_way(
    call: &Call,
    told: Option<Acl>,
    document: Option<AccessControlPolicy>,
    owner: AccountId,
) -> Result<Acl, Fault> {
    match (told, document) {
        (Some(_), Some(_)) => {
            Err(Fault::new(400, "UnexpectedContent", "This request does not support content"))
        }
        (Some(acl), None) => Ok(acl),
        (None, Some(document)) => take_document(document, owner),
        (None, None) if call.document().is_empty() => {
            Err(Fault::new(400, "MissingSecurityHeader", "Your request was missing a required header")
                .with("MissingHeaderName", "x-amz-acl"))
        }
        (None, None) => Err(Error::MalformedAcl.into()),
    }
}

/// What ownership `BucketOwnerEnforced` says to lists.
pub(super) fn not_supported() -> Fault {
    Fault::new(400, "AccessControlListNotSupported", "The bucket does not allow ACLs")
}

/// A public list, where those are blocked.
pub(super) fn check_public(
    call: &Call,
    settings: &BucketSettings,
    acl: &Acl,
    action: &str,
    resource: &str,
) -> Result<(), Fault> {
    if !acl.is_public() || !settings.blocked().block_acls {
        return Ok(());
    }
    Err(super::fault::blocked(
        call,
        action,
        resource,
        "because public access control lists (ACLs) are prevented by the BlockPublicAcls setting in S3 Block Public Access.",
    ))
}
