//! The contents page: one line an operation. What is not here answers "not implemented" by itself.
//!
//! Helpers beside the operations: `fault` words refusals, `target` finds out which key a call is about, `shown` makes wire shapes of the
//! engine's things, `pages` makes markers and grant tokens; `data_keys`, `signed` and `granting` are what a few operations share.

mod cancel_key_deletion;
mod create_alias;
mod create_grant;
mod create_key;
mod data_keys;
mod decrypt;
mod delete_alias;
mod delete_imported_key_material;
mod derive_shared_secret;
mod describe_key;
mod disable_key;
mod disable_key_rotation;
mod enable_key;
mod enable_key_rotation;
mod encrypt;
pub(crate) mod fault;
mod generate_data_key;
mod generate_data_key_pair;
mod generate_data_key_pair_without_plaintext;
mod generate_data_key_without_plaintext;
mod generate_mac;
mod generate_random;
mod get_key_last_usage;
mod get_key_policy;
mod get_key_rotation_status;
mod get_parameters_for_import;
mod get_public_key;
mod granting;
mod import_key_material;
mod key_stores;
mod list_aliases;
mod list_grants;
mod list_key_policies;
mod list_key_rotations;
mod list_keys;
mod list_resource_tags;
mod list_retirable_grants;
mod pages;
mod put_key_policy;
mod re_encrypt;
mod replicate_key;
mod retire_grant;
mod revoke_grant;
mod rotate_key_on_demand;
mod schedule_key_deletion;
mod shown;
mod sign;
mod signed;
mod tag_resource;
mod target;
mod untag_resource;
mod update_alias;
mod update_key_description;
mod update_primary_region;
mod verify;
mod verify_mac;

use std::sync::Arc;

use base::Tags;
use service::{Room, RoomParts};

use crate::engine::Kms;
use crate::shapes::KMS;

/// The largest body: an import brings two blobs of 6 KiB, a key policy 128 KiB, an attestation document 256 KiB, in base64.
const BODY_BYTES_MAX: u64 = 1 << 20;
/// The context of a call that gives none.
static NO_CONTEXT: Tags = Tags::new();
/// What whoever asks for a custom key store is told.
const NO_KEY_STORES: &str = "Custom key stores are not supported.";

/// The room over its state.
pub(crate) fn room(state: Arc<Kms>, parts: RoomParts) -> Room<Kms> {
    Room::new(&KMS, fault::STYLE, state, parts, |_| BODY_BYTES_MAX)
        .op::<cancel_key_deletion::CancelKeyDeletion>()
        .op::<key_stores::ConnectCustomKeyStore>()
        .op::<create_alias::CreateAlias>()
        .op::<key_stores::CreateCustomKeyStore>()
        .op::<create_grant::CreateGrant>()
        .op::<create_key::CreateKey>()
        .op::<decrypt::Decrypt>()
        .op::<delete_alias::DeleteAlias>()
        .op::<key_stores::DeleteCustomKeyStore>()
        .op::<delete_imported_key_material::DeleteImportedKeyMaterial>()
        .op::<derive_shared_secret::DeriveSharedSecret>()
        .op::<key_stores::DescribeCustomKeyStores>()
        .op::<describe_key::DescribeKey>()
        .op::<disable_key::DisableKey>()
        .op::<disable_key_rotation::DisableKeyRotation>()
        .op::<key_stores::DisconnectCustomKeyStore>()
        .op::<enable_key::EnableKey>()
        .op::<enable_key_rotation::EnableKeyRotation>()
        .op::<encrypt::Encrypt>()
        .op::<generate_data_key::GenerateDataKey>()
        .op::<generate_data_key_pair::GenerateDataKeyPair>()
        .op::<generate_data_key_pair_without_plaintext::GenerateDataKeyPairWithoutPlaintext>()
        .op::<generate_data_key_without_plaintext::GenerateDataKeyWithoutPlaintext>()
        .op::<generate_mac::GenerateMac>()
        .op::<generate_random::GenerateRandom>()
        .op::<get_key_last_usage::GetKeyLastUsage>()
        .op::<get_key_policy::GetKeyPolicy>()
        .op::<get_key_rotation_status::GetKeyRotationStatus>()
        .op::<get_parameters_for_import::GetParametersForImport>()
        .op::<get_public_key::GetPublicKey>()
        .op::<import_key_material::ImportKeyMaterial>()
        .op::<list_aliases::ListAliases>()
        .op::<list_grants::ListGrants>()
        .op::<list_key_policies::ListKeyPolicies>()
        .op::<list_key_rotations::ListKeyRotations>()
        .op::<list_keys::ListKeys>()
        .op::<list_resource_tags::ListResourceTags>()
        .op::<list_retirable_grants::ListRetirableGrants>()
        .op::<put_key_policy::PutKeyPolicy>()
        .op::<re_encrypt::ReEncrypt>()
        .op::<replicate_key::ReplicateKey>()
        .op::<retire_grant::RetireGrant>()
        .op::<revoke_grant::RevokeGrant>()
        .op::<rotate_key_on_demand::RotateKeyOnDemand>()
        .op::<schedule_key_deletion::ScheduleKeyDeletion>()
        .op::<sign::Sign>()
        .op::<tag_resource::TagResource>()
        .op::<untag_resource::UntagResource>()
        .op::<update_alias::UpdateAlias>()
        .op::<key_stores::UpdateCustomKeyStore>()
        .op::<update_key_description::UpdateKeyDescription>()
        .op::<update_primary_region::UpdatePrimaryRegion>()
        .op::<verify::Verify>()
        .op::<verify_mac::VerifyMac>()
}
