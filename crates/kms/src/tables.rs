//! What is persisted, and how: every key family of the room.
//!
//! | number | table | key | value | changed by |
//! |---|---|---|---|---|
//! | 0x0501 | keys | account, region, key id | [`KeyRow`] | every change of a key, of its aliases or of its grants |
//! | 0x0502 | aliases | account, region, name | [`AliasRow`] | aliases come, move and go |
//! | 0x0503 | grants | account, region, key id, grant id | [`GrantRow`] | grants come and go |
//! | 0x0504 | grantees | account, region, key id, principal, grant id | nothing | with their grants |
//! | 0x0505 | retirers | principal, account, region, key id, grant id | nothing | with their grants |
//! | 0x0506 | due | time, account, region, key id | nothing | with their keys: when the next thing happens to a key by itself |
//! | 0x0507 | uses | account, region, key id | [`UseRow`] | uses of a key, a minute late |
//!
//! A key's row is written by every change of what belongs to it, so its version tells whether what is in memory is still right. Key material
//! stands in the row, sealed (`engine/material.rs` draws the bytes). Times are microseconds since the epoch. A table whose rows say
//! nothing is an index.

use base::{AccountId, Tags};
use minicbor::{Decode, Encode};
use store::{KeyReader, KeyWriter, ReadError, Table, TableKey, TableNumber};

/// Keys. Owner: `engine/keys.rs`.
pub const KEYS: Table<KeyRef, KeyRow> = Table::new(TableNumber(0x0501), "kms.keys");
/// Aliases by name. Owner: `engine/alias.rs`.
pub const ALIASES: Table<AliasRef, AliasRow> = Table::new(TableNumber(0x0502), "kms.aliases");
/// Grants of a key. Owner: `engine/grant.rs`.
pub const GRANTS: Table<GrantRef, GrantRow> = Table::new(TableNumber(0x0503), "kms.grants");
/// Grants of a key by who may use them. Owner: `engine/grant.rs`.
pub const GRANTEES: Table<GranteeRef, ()> = Table::new(TableNumber(0x0504), "kms.grantees");
/// Grants by who may retire them. Owner: `engine/grant.rs`.
pub const RETIRERS: Table<RetirerRef, ()> = Table::new(TableNumber(0x0505), "kms.retirers");
/// When a key is to be deleted, rotated, or loses material that expires. Owner: `engine/keys.rs`.
pub const DUE: Table<DueRef, ()> = Table::new(TableNumber(0x0506), "kms.due");

/// When keys were last used. Owner: `engine/uses.rs`.
pub const USES: Table<KeyRef, UseRow> = Table::new(TableNumber(0x0507), "kms.uses");

/// Which key: what its ARN says.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct KeyRef {
    /// Whose it is.
    pub account: AccountId,
    /// Where it is.
    pub region: String,
    /// Its id: a UUID, or `mrk-` and 32 hexadecimal digits.
    pub id: String,
}

/// Which alias: what its ARN says.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct AliasRef {
    /// Whose it is.
    pub account: AccountId,
    /// Where it is.
    pub region: String,
    /// Its name, with `alias/`.
    pub name: String,
}

/// Which grant.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct GrantRef {
    /// Of which key.
    pub key: KeyRef,
    /// Its id: 64 hexadecimal digits.
    pub grant: String,
}

/// One grant of a grantee.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct GranteeRef {
    /// Of which key.
    pub key: KeyRef,
    /// Who may use it.
    pub principal: String,
    /// Its id.
    pub grant: String,
}

/// One grant somebody may retire.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct RetirerRef {
    /// Who may.
    pub principal: String,
    /// Which.
    pub grant: GrantRef,
}

/// When something happens to a key.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct DueRef {
    /// When.
    pub at_micros: i64,
    /// To which.
    pub key: KeyRef,
}

/// A key.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct KeyRow {
    /// What it is made of.
    #[n(0)]
    pub spec: Spec,
    /// What it is for.
    #[n(1)]
    pub usage: Usage,
    /// Where its material comes from.
    #[n(2)]
    pub origin: Origin,
    /// Who manages it.
    #[n(3)]
    pub manager: Manager,
    /// When it was created.
    #[n(4)]
    pub created_micros: i64,
    /// Its description.
    #[n(5)]
    pub description: String,
    /// Whether it is switched on.
    #[n(6)]
    pub enabled: bool,
    /// Its policy, as it was put.
    #[n(7)]
    pub policy: String,
    /// Its tags.
    #[n(8)]
    pub tags: Tags,
    /// Its aliases' names, with `alias/`, sorted.
    #[n(9)]
    pub aliases: Vec<String>,
    /// All its material, by number. Old material decrypts what it encrypted.
    #[n(10)]
    pub materials: Vec<MaterialRow>,
    /// The number of the material that encrypts; `None` until some is imported.
    #[n(11)]
    pub current: Option<u32>,
    /// Set while it waits for its deletion.
    #[n(12)]
    pub deletion: Option<DeletionRow>,
    /// Set while it is rotated by itself.
    #[n(13)]
    pub rotation: Option<RotationRow>,
    /// How often it was rotated on demand.
    #[n(14)]
    pub on_demand_rotations: u32,
    /// How many grants it has.
    #[n(15)]
    pub grants: u32,
    /// Set if it may have replicas in other regions.
    #[n(16)]
    pub multi_region: Option<MultiRegionRow>,
    /// When something happens to it by itself; its row in `due`.
    #[n(17)]
    pub due_micros: Option<i64>,
    /// The public half of a key pair, as a SubjectPublicKeyInfo document.
    #[cbor(n(18), with = "minicbor::bytes")]
    pub public: Option<Vec<u8>>,
}

/// Material of a key.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct MaterialRow {
    /// Its number, counted from 1.
    #[n(0)]
    pub number: u32,
    /// Its id, 32 bytes: the same whenever the same material is imported.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub id: Vec<u8>,
    /// When it came.
    #[n(2)]
    pub created_micros: i64,
    /// Itself, sealed; `None` once it is deleted or has expired.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub sealed: Option<Vec<u8>>,
    /// When it expires, if it does.
    #[n(4)]
    pub expires_micros: Option<i64>,
    /// What the importer calls it.
    #[n(5)]
    pub description: Option<String>,
    /// When it became the current one, and why; `None` for the first, and for what waits to become current.
    #[n(6)]
    pub rotated: Option<RotatedRow>,
}

/// How material became the current one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct RotatedRow {
    /// When.
    #[n(0)]
    pub at_micros: i64,
    /// By RotateKeyOnDemand rather than by itself.
    #[n(1)]
    pub on_demand: bool,
}

/// A deletion that waits.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct DeletionRow {
    /// When the key goes.
    #[n(0)]
    pub at_micros: i64,
    /// How many days it waits in all.
    #[n(1)]
    pub window_days: u32,
}

/// Automatic rotation.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct RotationRow {
    /// Days between rotations.
    #[n(0)]
    pub period_days: u32,
    /// When the next is due.
    #[n(1)]
    pub next_micros: i64,
}

/// A key of several regions.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct MultiRegionRow {
    /// The region of the primary key.
    #[n(0)]
    pub primary: String,
    /// The regions of its replicas, sorted. All of them say the same.
    #[n(1)]
    pub replicas: Vec<String>,
}

/// What a key is made of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Spec {
    /// AES-256-GCM.
    #[n(0)]
    Symmetric,
    /// HMAC with SHA-224.
    #[n(1)]
    Hmac224,
    /// HMAC with SHA-256.
    #[n(2)]
    Hmac256,
    /// HMAC with SHA-384.
    #[n(3)]
    Hmac384,
    /// HMAC with SHA-512.
    #[n(4)]
    Hmac512,
    /// RSA with 2,048 bits.
    #[n(5)]
    Rsa2048,
    /// RSA with 3,072 bits.
    #[n(6)]
    Rsa3072,
    /// RSA with 4,096 bits.
    #[n(7)]
    Rsa4096,
    /// NIST P-256.
    #[n(8)]
    P256,
    /// NIST P-384.
    #[n(9)]
    P384,
    /// NIST P-521.
    #[n(10)]
    P521,
    /// secp256k1.
    #[n(11)]
    K256,
    /// Edwards 25519.
    #[n(12)]
    Ed25519,
    /// ML-DSA-44.
    #[n(13)]
    MlDsa44,
    /// ML-DSA-65.
    #[n(14)]
    MlDsa65,
    /// ML-DSA-87.
    #[n(15)]
    MlDsa87,
}

/// What a key is for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Usage {
    /// Encrypt and decrypt.
    #[n(0)]
    EncryptDecrypt,
    /// Sign and verify.
    #[n(1)]
    SignVerify,
    /// Generate and verify message authentication codes.
    #[n(2)]
    GenerateVerifyMac,
    /// Agree on a secret.
    #[n(3)]
    KeyAgreement,
}

/// Where material comes from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Origin {
    /// It was drawn here.
    #[n(0)]
    AwsKms,
    /// Its owner imports it.
    #[n(1)]
    External,
}

/// Who manages a key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Manager {
    /// Its owner.
    #[n(0)]
    Customer,
    /// A service: `alias/aws/SERVICE`.
    #[n(1)]
    Aws,
}

/// An alias.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct AliasRow {
    /// The id of the key it stands for.
    #[n(0)]
    pub key: String,
    /// When it was created.
    #[n(1)]
    pub created_micros: i64,
    /// When it was pointed to its key.
    #[n(2)]
    pub updated_micros: i64,
}

/// The last use of a key.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct UseRow {
    /// When.
    #[n(0)]
    pub used_micros: i64,
    /// The operation.
    #[n(1)]
    pub operation: String,
    /// The id of an event that would tell of it.
    #[n(2)]
    pub event: String,
    /// The request's id.
    #[n(3)]
    pub request: String,
}

/// A grant.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct GrantRow {
    /// Its name, if it has one.
    #[n(0)]
    pub name: Option<String>,
    /// When it was created.
    #[n(1)]
    pub created_micros: i64,
    /// Who may use it.
    #[n(2)]
    pub grantee: Party,
    /// Who may retire it.
    #[n(3)]
    pub retirer: Option<Party>,
    /// The ARN of the account it was issued in.
    #[n(4)]
    pub issuer: String,
    /// What it allows: one bit each, in the order of `engine/grant.rs`.
    #[n(5)]
    pub operations: u32,
    /// What the encryption context must hold, if anything.
    #[n(6)]
    pub context: Option<ContextConstraint>,
    /// The resource a service must act for, if any.
    #[n(7)]
    pub source_arn: Option<String>,
}

/// Somebody a grant names.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Party {
    /// A user, a role, a session, an account, by ARN.
    #[n(0)]
    Principal(#[n(0)] String),
    /// A service, by its principal.
    #[n(1)]
    Service(#[n(0)] String),
}

/// What a grant asks of the encryption context.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ContextConstraint {
    /// Whether there may be nothing else.
    #[n(0)]
    pub exact: bool,
    /// The pairs.
    #[n(1)]
    pub pairs: Tags,
}

impl Party {
    /// The ARN or the service's name.
    pub fn name(&self) -> &str {
        match self {
            Party::Principal(name) | Party::Service(name) => name,
        }
    }
}

fn read_account(key: &mut KeyReader<'_>) -> Result<AccountId, ReadError> {
    AccountId::from_u64(key.u64()?)
        .map_err(|_| ReadError::Decode("account has more than twelve digits".to_owned()))
}

impl TableKey for KeyRef {
    fn write(&self, key: &mut KeyWriter) {
        key.u64(self.account.as_u64()).text(&self.region).text(&self.id);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { account: read_account(key)?, region: key.text()?, id: key.text()? })
    }
}

impl TableKey for AliasRef {
    fn write(&self, key: &mut KeyWriter) {
        key.u64(self.account.as_u64()).text(&self.region).text(&self.name);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { account: read_account(key)?, region: key.text()?, name: key.text()? })
    }
}

impl TableKey for GrantRef {
    fn write(&self, key: &mut KeyWriter) {
        self.key.write(key);
        key.text(&self.grant);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { key: KeyRef::read(key)?, grant: key.text()? })
    }
}

impl TableKey for GranteeRef {
    fn write(&self, key: &mut KeyWriter) {
        self.key.write(key);
        key.text(&self.principal).text(&self.grant);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { key: KeyRef::read(key)?, principal: key.text()?, grant: key.text()? })
    }
}

impl TableKey for RetirerRef {
    fn write(&self, key: &mut KeyWriter) {
        key.text(&self.principal);
        self.grant.write(key);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { principal: key.text()?, grant: GrantRef::read(key)? })
    }
}

impl TableKey for DueRef {
    fn write(&self, key: &mut KeyWriter) {
        key.i64(self.at_micros);
        self.key.write(key);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { at_micros: key.i64()?, key: KeyRef::read(key)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::{btree_map, vec};
    use proptest::option;
    use proptest::prelude::*;
    use store::TableValue;

    fn key_refs() -> impl Strategy<Value = KeyRef> {
        (0u64..1_000_000_000_000, "[a-z0-9-]{1,12}", "\\PC{0,12}").prop_map(|(account, region, id)| KeyRef {
            account: AccountId::from_u64(account).unwrap(),
            region,
            id,
        })
    }

    fn grant_refs() -> impl Strategy<Value = GrantRef> {
        (key_refs(), "[0-9a-f]{0,8}").prop_map(|(key, grant)| GrantRef { key, grant })
    }

    fn parties() -> impl Strategy<Value = Party> {
        prop_oneof!["\\PC{0,20}".prop_map(Party::Principal), "[a-z.]{0,20}".prop_map(Party::Service)]
    }

    prop_compose! {
        fn materials()(
            number: u32, id in vec(any::<u8>(), 32), created_micros: i64, sealed in option::of(vec(any::<u8>(), 0..80)),
            expires_micros: Option<i64>, description in option::of("\\PC{0,8}"), rotated in option::of((any::<i64>(), any::<bool>())),
        ) -> MaterialRow {
            let rotated = rotated.map(|(at_micros, on_demand)| RotatedRow { at_micros, on_demand });
            MaterialRow { number, id, created_micros, sealed, expires_micros, description, rotated }
        }
    }

    prop_compose! {
        fn keys()(
            spec in prop_oneof![Just(Spec::Symmetric), Just(Spec::Hmac512), Just(Spec::Rsa4096), Just(Spec::MlDsa87)],
            usage in prop_oneof![Just(Usage::EncryptDecrypt), Just(Usage::SignVerify), Just(Usage::KeyAgreement)],
            (external, managed, enabled, created_micros) in any::<(bool, bool, bool, i64)>(),
            (description, policy) in ("\\PC{0,8}", "\\PC{0,8}"),
            tags in btree_map("[a-z]{1,8}", "\\PC{0,8}", 0..4),
            aliases in vec("alias/[a-z]{1,8}", 0..3),
            materials in vec(materials(), 0..3),
            (current, deletion, rotation) in any::<(Option<u32>, Option<(i64, u32)>, Option<(u32, i64)>)>(),
            (on_demand_rotations, grants, due_micros) in any::<(u32, u32, Option<i64>)>(),
            multi_region in option::of(("[a-z]{1,8}", vec("[a-z]{1,8}", 0..3))),
            public in option::of(vec(any::<u8>(), 0..80)),
        ) -> KeyRow {
            KeyRow {
                spec, usage, enabled, created_micros, description, policy, tags, aliases, materials, current,
                origin: if external { Origin::External } else { Origin::AwsKms },
                manager: if managed { Manager::Aws } else { Manager::Customer },
                deletion: deletion.map(|(at_micros, window_days)| DeletionRow { at_micros, window_days }),
                rotation: rotation.map(|(period_days, next_micros)| RotationRow { period_days, next_micros }),
                on_demand_rotations, grants, due_micros,
                multi_region: multi_region.map(|(primary, replicas)| MultiRegionRow { primary, replicas }),
                public,
            }
        }
    }

    prop_compose! {
        fn grants()(
            name in option::of("\\PC{0,8}"), created_micros: i64, grantee in parties(), retirer in option::of(parties()),
            issuer in "\\PC{0,8}", operations: u32, source_arn in option::of("\\PC{0,8}"),
            context in option::of((any::<bool>(), btree_map("[a-z]{1,8}", "\\PC{0,8}", 0..4))),
        ) -> GrantRow {
            let context = context.map(|(exact, pairs)| ContextConstraint { exact, pairs });
            GrantRow { name, created_micros, grantee, retirer, issuer, operations, context, source_arn }
        }
    }

    proptest! {
        #[test]
        fn every_row_round_trips(key in keys(), grant in grants(), alias in ("\\PC{0,8}", any::<i64>(), any::<i64>())) {
            prop_assert_eq!(KeyRow::from_bytes(&key.to_bytes()).unwrap(), key.clone());
            prop_assert_eq!(GrantRow::from_bytes(&grant.to_bytes()).unwrap(), grant.clone());
            let alias = AliasRow { key: alias.0, created_micros: alias.1, updated_micros: alias.2 };
            prop_assert_eq!(AliasRow::from_bytes(&alias.to_bytes()).unwrap(), alias);
            let used = UseRow {
                used_micros: grant.created_micros,
                operation: grant.issuer.clone(),
                event: key.description.clone(),
                request: key.policy.clone(),
            };
            prop_assert_eq!(UseRow::from_bytes(&used.to_bytes()).unwrap(), used);
        }

        #[test]
        fn every_key_round_trips(key in key_refs(), grant in grant_refs(), principal in "\\PC{0,12}", at_micros: i64) {
            prop_assert_eq!(KEYS.read_key(&KEYS.key(&key)).unwrap(), key.clone());
            prop_assert_eq!(USES.read_key(&USES.key(&key)).unwrap(), key.clone());
            let alias = AliasRef { account: key.account, region: key.region.clone(), name: key.id.clone() };
            prop_assert_eq!(ALIASES.read_key(&ALIASES.key(&alias)).unwrap(), alias);
            prop_assert_eq!(GRANTS.read_key(&GRANTS.key(&grant)).unwrap(), grant.clone());
            let grantee = GranteeRef { key: key.clone(), principal: principal.clone(), grant: grant.grant.clone() };
            prop_assert_eq!(GRANTEES.read_key(&GRANTEES.key(&grantee)).unwrap(), grantee);
            let retirer = RetirerRef { principal, grant };
            prop_assert_eq!(RETIRERS.read_key(&RETIRERS.key(&retirer)).unwrap(), retirer);
            let due = DueRef { at_micros, key };
            prop_assert_eq!(DUE.read_key(&DUE.key(&due)).unwrap(), due);
        }
    }
}
