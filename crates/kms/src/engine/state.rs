//! In which state a key is, and what it takes in it: the table of facts section 9.4. Pure.
//!
//! States follow from the row and the time; nothing has to happen at the moment when material expires or a deletion is due. Ours
//! settle at once, so there is no Creating and no Updating.

use base::Timestamp;

use super::Error;
use super::regions::WAITS_FOR_REPLICAS;
use crate::tables::{KeyRef, KeyRow, Origin};

/// The state of a key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum State {
    /// It can be used.
    Enabled,
    /// It is switched off.
    Disabled,
    /// It waits for its deletion.
    PendingDeletion,
    /// It is to be deleted once its replicas are.
    PendingReplicaDeletion,
    /// It has no material.
    PendingImport,
}

impl State {
    /// As AWS calls it.
    pub const fn name(self) -> &'static str {
        match self {
            State::Enabled => "Enabled",
            State::Disabled => "Disabled",
            State::PendingDeletion => "PendingDeletion",
            State::PendingReplicaDeletion => "PendingReplicaDeletion",
            State::PendingImport => "PendingImport",
        }
    }
}

/// What is wanted of a key: the rows of the table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Wanted {
    /// Encrypt, Decrypt, ReEncrypt, GenerateDataKey and kin, CreateGrant, Sign, Verify, GenerateMac, VerifyMac, GetPublicKey,
    /// DeriveSharedSecret, ReplicateKey, UpdatePrimaryRegion.
    Use,
    /// EnableKey, DisableKey.
    Switch,
    /// EnableKeyRotation, DisableKeyRotation.
    SetRotation,
    /// RotateKeyOnDemand.
    Rotate,
    /// GetKeyRotationStatus.
    RotationStatus,
    /// GetParametersForImport, ImportKeyMaterial.
    Import,
    /// DeleteImportedKeyMaterial.
    DeleteMaterial,
    /// ScheduleKeyDeletion.
    Delete,
    /// CancelKeyDeletion.
    CancelDeletion,
    /// CreateAlias, TagResource, UntagResource, UpdateKeyDescription; UpdateAlias for its target.
    Describe,
    /// Whatever only looks, PutKeyPolicy, RetireGrant, RevokeGrant, DeleteAlias.
    Look,
}

/// The state of a key at a time; `None` once it is gone.
pub fn state(row: &KeyRow, now: Timestamp) -> Option<State> {
    if let Some(deletion) = row.deletion {
        if deletion.at_micros == WAITS_FOR_REPLICAS {
            return Some(State::PendingReplicaDeletion);
        }
        return (now.as_micros() < deletion.at_micros).then_some(State::PendingDeletion);
    }
    if !has_material(row, now) {
        return Some(State::PendingImport);
    }
    Some(if row.enabled { State::Enabled } else { State::Disabled })
}

/// Whether all material is there that ciphertexts may need: all but what waits to become current.
fn has_material(row: &KeyRow, now: Timestamp) -> bool {
    let Some(current) = row.current else { return false };
    let needed = row.materials.iter().filter(|material| material.number <= current);
    needed.into_iter().all(|material| {
        material.sealed.is_some() && material.expires_micros.is_none_or(|expires| now.as_micros() < expires)
    })
}

/// Whether a key in this state takes it.
pub fn admit(key: &KeyRef, row: &KeyRow, state: State, wanted: Wanted) -> Result<(), Error> {
    origin(key, row, state, wanted)?;
    let disabled = || Err(Error::Disabled(key.clone()));
    let wrong = || Err(Error::WrongState(key.clone(), state));
    match (wanted, state) {
        (Wanted::Look | Wanted::RotationStatus, _) => Ok(()),
        (Wanted::CancelDeletion, State::PendingDeletion | State::PendingReplicaDeletion) => Ok(()),
        (Wanted::CancelDeletion, State::Enabled | State::Disabled | State::PendingImport) => {
            Err(Error::NotPendingDeletion(key.clone()))
        }
        (_, State::Enabled) => Ok(()),
        (Wanted::Use | Wanted::SetRotation | Wanted::Rotate, State::Disabled) => disabled(),
        (
            Wanted::Switch | Wanted::Import | Wanted::DeleteMaterial | Wanted::Delete | Wanted::Describe,
            State::Disabled,
        ) => Ok(()),
        (Wanted::DeleteMaterial, State::PendingDeletion | State::PendingReplicaDeletion) => Ok(()),
        (
            Wanted::Use
            | Wanted::Switch
            | Wanted::SetRotation
            | Wanted::Rotate
            | Wanted::Import
            | Wanted::Delete
            | Wanted::Describe,
            State::PendingDeletion | State::PendingReplicaDeletion,
        ) => wrong(),
        (Wanted::Use | Wanted::Switch | Wanted::Rotate | Wanted::SetRotation, State::PendingImport) => {
            wrong()
        }
        (
            Wanted::Import | Wanted::DeleteMaterial | Wanted::Delete | Wanted::Describe,
            State::PendingImport,
        ) => Ok(()),
    }
}

/// What depends on where the material comes from, whatever the state, though only after PendingDeletion has been refused.
fn origin(key: &KeyRef, row: &KeyRow, state: State, wanted: Wanted) -> Result<(), Error> {
    let wrong = || Err(Error::WrongOrigin(key.clone(), row.origin));
    match (wanted, row.origin) {
        (Wanted::SetRotation, Origin::External)
            if !matches!(state, State::PendingDeletion | State::PendingReplicaDeletion) =>
        {
            wrong()
        }
        (Wanted::RotationStatus, Origin::External) if state == State::PendingImport => wrong(),
        (Wanted::Import | Wanted::DeleteMaterial, Origin::AwsKms) => wrong(),
        _ => Ok(()),
    }
}
