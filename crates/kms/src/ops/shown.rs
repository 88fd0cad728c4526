//! What the engine's things look like on the wire.

use base::{Secret, Tags, Timestamp};
use bytes::Bytes;
use service::Fault;

use crate::engine::access::Conditions;
use crate::engine::grant::Granted;
use crate::engine::keys::Key;
use crate::engine::lifecycle::is_enabled;
use crate::engine::spec::{Encryption, SigningName};
use crate::engine::state::State;
use crate::engine::{Error, Kms};
use crate::shapes;
use crate::tables::{
    ContextConstraint, KeyRef, Manager, MaterialRow, MultiRegionRow, Origin, Party, Spec, Usage,
};
use crypt::Oaep;

/// A key as DescribeKey shows it.
pub(crate) fn metadata(key: &Key, now: Timestamp) -> shapes::KeyMetadata {
    let row = &key.row;
    let state = key.state(now);
    let current = row.materials.iter().find(|material| Some(material.number) == row.current);
    let there = current.filter(|material| material.sealed.is_some() && state != State::PendingImport);
    let imported = there.filter(|_| row.origin == Origin::External);
    let algorithms = Algorithms::of(row.spec, row.usage);
    shapes::KeyMetadata {
        aws_account_id: Some(key.at.account.to_string()),
        key_id: Some(key.at.id.clone()),
        arn: Some(key.arn()),
        creation_date: Some(Timestamp::from_micros(row.created_micros).cut_to_millis()),
        enabled: Some(is_enabled(state)),
        description: Some(row.description.clone()),
        key_usage: Some(row.usage.name().to_owned()),
        key_state: Some(state.name().to_owned()),
        deletion_date: row
            .deletion
            .filter(|_| state == State::PendingDeletion)
            .map(|deletion| Timestamp::from_micros(deletion.at_micros).cut_to_millis()),
        valid_to: imported.and_then(expires),
        origin: Some(row.origin.name().to_owned()),
        custom_key_store_id: None,
        cloud_hsm_cluster_id: None,
        expiration_model: imported.map(expiration_model),
        key_manager: Some(
            match row.manager {
                Manager::Customer => "CUSTOMER",
                Manager::Aws => "AWS",
            }
            .to_owned(),
        ),
        customer_master_key_spec: old_spec(row.spec),
        key_spec: Some(row.spec.name().to_owned()),
        encryption_algorithms: algorithms.encryption,
        signing_algorithms: algorithms.signing,
        key_agreement_algorithms: algorithms.agreement,
        encapsulation_algorithms: None,
        multi_region: Some(row.multi_region.is_some()),
        multi_region_configuration: row.multi_region.as_ref().map(|regions| multi_region(&key.at, regions)),
        pending_deletion_window_in_days: row
            .deletion
            .filter(|_| state == State::PendingReplicaDeletion)
            .and_then(|deletion| i32::try_from(deletion.window_days).ok()),
        mac_algorithms: row.spec.mac().map(|mac| vec![mac.to_owned()]),
        xks_key_configuration: None,
        current_key_material_id: there.filter(|_| row.spec == Spec::Symmetric).map(MaterialRow::shown_id),
    }
}

/// The spec under its old name, which newer ones do not have.
pub(crate) fn old_spec(spec: Spec) -> Option<String> {
    let name = spec.name();
    shapes::CUSTOMER_MASTER_KEY_SPEC.contains(&name).then(|| name.to_owned())
}

fn multi_region(at: &KeyRef, regions: &MultiRegionRow) -> shapes::MultiRegionConfiguration {
    let key = |region: &String| shapes::MultiRegionKey {
        arn: Some(KeyRef { region: region.clone(), ..at.clone() }.arn()),
        region: Some(region.clone()),
    };
    let kind = if regions.primary == at.region { "PRIMARY" } else { "REPLICA" };
    shapes::MultiRegionConfiguration {
        multi_region_key_type: Some(kind.to_owned()),
        primary_key: Some(key(&regions.primary)),
        replica_keys: Some(regions.replicas.iter().map(key).collect()),
    }
}

/// What keys of a kind do their work with.
pub(crate) struct Algorithms {
    /// Encrypt and decrypt.
    pub(crate) encryption: Option<Vec<String>>,
    /// Sign and verify.
    pub(crate) signing: Option<Vec<String>>,
    /// Agree.
    pub(crate) agreement: Option<Vec<String>>,
}

impl Algorithms {
    /// Those of a spec that are for this usage.
    pub(crate) fn of(spec: Spec, usage: Usage) -> Self {
        let all = [Encryption::Symmetric, Encryption::Oaep(Oaep::Sha1), Encryption::Oaep(Oaep::Sha256)];
        let fitting = all.into_iter().filter(|algorithm| algorithm.fits(spec));
        let encryption: Vec<String> = fitting.map(|algorithm| algorithm.name().to_owned()).collect();
        let signing = spec.signing().iter().map(|SigningName(name, _)| (*name).to_owned()).collect();
        Self {
            encryption: (usage == Usage::EncryptDecrypt).then_some(encryption),
            signing: (usage == Usage::SignVerify).then_some(signing),
            agreement: (usage == Usage::KeyAgreement).then(|| vec!["ECDH".to_owned()]),
        }
    }
}

/// When material expires.
pub(crate) fn expires(material: &MaterialRow) -> Option<Timestamp> {
    material.expires_micros.map(|micros| Timestamp::from_micros(micros).cut_to_millis())
}

/// Whether it does.
pub(crate) fn expiration_model(material: &MaterialRow) -> String {
    match material.expires_micros {
        Some(_) => "KEY_MATERIAL_EXPIRES",
        None => "KEY_MATERIAL_DOES_NOT_EXPIRE",
    }
    .to_owned()
}

/// A grant as the listings show it.
pub(crate) async fn grant(
    kms: &Kms,
    key: &KeyRef,
    granted: Granted,
) -> Result<shapes::GrantListEntry, Fault> {
    let mut row = granted.row;
    row.grantee = kms.party_shown(row.grantee).await?;
    if let Some(retirer) = row.retirer.take() {
        row.retirer = Some(kms.party_shown(retirer).await?);
    }
    let principal = |party: Option<&Party>| match party {
        Some(Party::Principal(arn)) => Some(arn.clone()),
        Some(Party::Service(_)) | None => None,
    };
    let service = |party: Option<&Party>| match party {
        Some(Party::Service(name)) => Some(name.clone()),
        Some(Party::Principal(_)) | None => None,
    };
    let has_constraints = row.context.is_some() || row.source_arn.is_some();
    Ok(shapes::GrantListEntry {
        key_id: Some(key.arn()),
        grant_id: Some(granted.id),
        name: Some(row.name.clone().unwrap_or_default()),
        creation_date: Some(Timestamp::from_micros(row.created_micros).cut_to_secs()),
        grantee_principal: principal(Some(&row.grantee)),
        retiring_principal: principal(row.retirer.as_ref()),
        issuing_account: Some(row.issuer.clone()),
        operations: Some(row.operations().map(|operation| operation.name().to_owned()).collect()),
        constraints: has_constraints.then(|| constraints(row.context.as_ref(), row.source_arn.as_ref())),
        grantee_service_principal: service(Some(&row.grantee)),
        retiring_service_principal: service(row.retirer.as_ref()),
    })
}

fn constraints(context: Option<&ContextConstraint>, source: Option<&String>) -> shapes::GrantConstraints {
    let pairs = |exact: bool| {
        context.filter(|constraint| constraint.exact == exact).map(|constraint| constraint.pairs.clone())
    };
    shapes::GrantConstraints {
        encryption_context_subset: pairs(false),
        encryption_context_equals: pairs(true),
        source_arn: source.cloned(),
    }
}

/// Tags as ListResourceTags shows them.
pub(crate) fn tags<'a>(tags: impl IntoIterator<Item = (&'a String, &'a String)>) -> Vec<shapes::Tag> {
    let tag = |(key, value): (&String, &String)| shapes::Tag {
        tag_key: Some(key.clone()),
        tag_value: Some(value.clone()),
    };
    tags.into_iter().map(tag).collect()
}

/// Tags as calls bring them.
pub(crate) fn tags_of(list: Vec<shapes::Tag>) -> Result<Tags, Fault> {
    let mut tags = Tags::new();
    for tag in list {
        let before = tags.insert(tag.tag_key.unwrap_or_default(), tag.tag_value.unwrap_or_default());
        if before.is_some() {
            return Err(Error::Tags("Duplicate tag keys").into());
        }
    }
    Ok(tags)
}

/// The encryption algorithm of a call: symmetric unless it names another.
pub(crate) fn encryption(name: Option<&String>) -> Result<Encryption, Error> {
    match name {
        None => Ok(Encryption::Symmetric),
        Some(name) => {
            Encryption::named(name).ok_or_else(|| Error::Unsupported(format!("{name} is not supported.")))
        }
    }
}

/// Secret bytes on their way out. The wire has no other form for them.
pub(crate) fn plaintext(secret: &Secret) -> Option<Bytes> {
    Some(Bytes::copy_from_slice(secret.expose()))
}

/// When a key's deletion would end if it began now.
pub(crate) fn window(asked: Option<i32>) -> Result<u32, Fault> {
    use crate::engine::lifecycle::{WINDOW_DAYS, WINDOW_DAYS_DEFAULT};
    let Some(asked) = asked else { return Ok(WINDOW_DAYS_DEFAULT) };
    let bound = |what: &str, bound: u32| {
        let constraint = format!("Member must have value {what} than or equal to {bound}");
        super::fault::violation(Some(&asked.to_string()), "pendingWindowInDays", &constraint)
    };
    match u32::try_from(asked) {
        Ok(days) if days > *WINDOW_DAYS.end() => Err(bound("less", *WINDOW_DAYS.end())),
        Ok(days) if WINDOW_DAYS.contains(&days) => Ok(days),
        Ok(_) | Err(_) => Err(bound("greater", *WINDOW_DAYS.start())),
    }
}

/// The next date of a rotation, as it would be from now.
pub(crate) fn rotation_date(micros: i64) -> Timestamp {
    Timestamp::from_micros(micros).cut_to_millis()
}

/// The condition key of an encryption algorithm.
pub(crate) fn algorithm_condition(name: Option<&String>) -> Conditions {
    let name = name.cloned().unwrap_or_else(|| Encryption::Symmetric.name().to_owned());
    vec![("kms:EncryptionAlgorithm".into(), name)]
}
