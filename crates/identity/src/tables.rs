//! What is persisted, and how: every key family of the room.
//!
//! | number | table | key | value | changed by |
//! |---|---|---|---|---|
//! | 0x0120 | accounts | account | [`AccountRow`] | every change of anything the account has, sessions apart |
//! | 0x0121 | entities | account, kind, name | [`EntityRow`] | every change of a user, role or group |
//! | 0x0122 | ids | unique id | [`IdRow`] | creation, renaming and deletion of a user, role or group |
//! | 0x0123 | members | account, group, user | nothing | a user joins or leaves a group |
//! | 0x0124 | policies | account, name | [`PolicyRow`] | every change of a managed policy |
//! | 0x0125 | policy_versions | account, name, number | [`VersionRow`] | creation and deletion of a version |
//! | 0x0126 | attachments | account, policy's ARN, use, kind, name | nothing | a policy is attached, detached, made a boundary |
//! | 0x0127 | profiles | account, name | [`ProfileRow`] | every change of an instance profile |
//! | 0x0128 | access_keys | key id | [`KeyRow`] | every change of a long-lived key |
//! | 0x0129 | sessions | key id | [`SessionRow`] | issue and pruning of temporary credentials |
//! | 0x012a | session_ends | time, key id | nothing | the same |
//! | 0x012b | providers | account, URL | [`ProviderRow`] | every change of an OpenID Connect provider |
//! | 0x012c | key_uses | key id | [`KeyUseRow`] | now and then, if a long-lived key was used |
//! | 0x012d | mfa_devices | account, path and name | [`MfaRow`] | every change of a virtual MFA device, and every code of it that was taken |
//!
//! Names are kept as given inside the value, and in lower case in keys: IAM's names clash regardless of case. The version of an account's row is the
//! generation of everything the account has but its sessions: whoever keeps something derived from these rows keeps that version with
//! it. Secrets are sealed (AES-256-GCM, bound to the key's id); times are microseconds since the epoch.

use std::collections::BTreeMap;

use base::{AccountId, Timestamp};
use minicbor::{Decode, Encode};
use store::{KeyReader, KeyWriter, ReadError, Table, TableKey, TableNumber};

/// Accounts. Owner: `engine/draft.rs`.
pub const ACCOUNTS: Table<AccountKey, AccountRow> = Table::new(TableNumber(0x0120), "identity.accounts");
/// Users, roles and groups. Owner: `engine/entities.rs`.
pub const ENTITIES: Table<EntityKey, EntityRow> = Table::new(TableNumber(0x0121), "identity.entities");
/// Whose a unique id is. Owner: `engine/entities.rs`.
pub const IDS: Table<IdKey, IdRow> = Table::new(TableNumber(0x0122), "identity.ids");
/// Who is in a group. Owner: `engine/groups.rs`.
pub const MEMBERS: Table<MemberKey, Nothing> = Table::new(TableNumber(0x0123), "identity.members");
/// Managed policies. Owner: `engine/policies.rs`.
pub const POLICIES: Table<NameKey, PolicyRow> = Table::new(TableNumber(0x0124), "identity.policies");
/// Their versions. Owner: `engine/policies.rs`.
pub const POLICY_VERSIONS: Table<VersionKey, VersionRow> =
    Table::new(TableNumber(0x0125), "identity.policy_versions");
/// What a managed policy is attached to. Owner: `engine/attachments.rs`.
pub const ATTACHMENTS: Table<AttachmentKey, Nothing> =
    Table::new(TableNumber(0x0126), "identity.attachments");
/// Instance profiles. Owner: `engine/profiles.rs`.
pub const PROFILES: Table<NameKey, ProfileRow> = Table::new(TableNumber(0x0127), "identity.profiles");
/// Long-lived access keys. Owner: `engine/keys.rs`.
pub const ACCESS_KEYS: Table<IdKey, KeyRow> = Table::new(TableNumber(0x0128), "identity.access_keys");
/// Temporary credentials. Owner: `engine/sessions.rs`.
pub const SESSIONS: Table<IdKey, SessionRow> = Table::new(TableNumber(0x0129), "identity.sessions");
/// Sessions by the time of their end. Owner: `engine/sessions.rs`.
pub const SESSION_ENDS: Table<EndKey, Nothing> = Table::new(TableNumber(0x012a), "identity.session_ends");
/// OpenID Connect providers. Owner: `engine/providers.rs`.
pub const PROVIDERS: Table<NameKey, ProviderRow> = Table::new(TableNumber(0x012b), "identity.providers");
/// When long-lived keys were last used. Owner: `engine/uses.rs`.
pub const KEY_USES: Table<IdKey, KeyUseRow> = Table::new(TableNumber(0x012c), "identity.key_uses");
/// Virtual MFA devices. Owner: `engine/mfa.rs`.
pub const MFA_DEVICES: Table<NameKey, MfaRow> = Table::new(TableNumber(0x012d), "identity.mfa_devices");

/// The value of a row that is there or not.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Nothing {}

/// An account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AccountKey(pub AccountId);

/// What can have policies.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Kind {
    /// A user.
    #[n(0)]
    User,
    /// A role.
    #[n(1)]
    Role,
    /// A group.
    #[n(2)]
    Group,
}

impl Kind {
    /// All there are.
    pub const ALL: [Kind; 3] = [Kind::User, Kind::Role, Kind::Group];

    /// As it stands in ARNs.
    pub const fn noun(self) -> &'static str {
        match self {
            Kind::User => "user",
            Kind::Role => "role",
            Kind::Group => "group",
        }
    }

    /// As it stands at the beginning of a text, and in the names of counters.
    pub const fn title(self) -> &'static str {
        match self {
            Kind::User => "User",
            Kind::Role => "Role",
            Kind::Group => "Group",
        }
    }

    pub(crate) const fn number(self) -> u8 {
        match self {
            Kind::User => 0,
            Kind::Role => 1,
            Kind::Group => 2,
        }
    }

    fn from_number(number: u8) -> Result<Self, ReadError> {
        let found = Self::ALL.into_iter().find(|kind| kind.number() == number);
        found.ok_or_else(|| ReadError::Decode(format!("no kind of entity has the number {number}")))
    }
}

/// A user, role or group by its name.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct EntityKey {
    /// Whose it is.
    pub account: AccountId,
    /// What it is.
    pub kind: Kind,
    /// Its name, in lower case.
    pub name: String,
}

impl EntityKey {
    /// For a name in any case.
    pub fn new(account: AccountId, kind: Kind, name: &str) -> Self {
        Self { account, kind, name: name.to_ascii_lowercase() }
    }
}

/// Something of an account's by its name, in lower case.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct NameKey {
    /// Whose it is.
    pub account: AccountId,
    /// Its name.
    pub name: String,
}

impl NameKey {
    /// For a name in any case.
    pub fn new(account: AccountId, name: &str) -> Self {
        Self { account, name: name.to_ascii_lowercase() }
    }
}

/// A unique id or the id of an access key.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct IdKey(pub String);

/// A user in a group; names in lower case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MemberKey {
    /// Whose they are.
    pub account: AccountId,
    /// The group.
    pub group: String,
    /// The user.
    pub user: String,
}

/// One version of a managed policy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VersionKey {
    /// The policy.
    pub policy: NameKey,
    /// The number of the version, from 1.
    pub number: u32,
}

/// How a managed policy is used.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Use {
    /// It gives permissions.
    Permissions,
    /// It bounds them.
    Boundary,
}

impl Use {
    const fn number(self) -> u8 {
        match self {
            Use::Permissions => 0,
            Use::Boundary => 1,
        }
    }
}

/// A managed policy and what it is attached to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AttachmentKey {
    /// Whose the entity is.
    pub account: AccountId,
    /// The policy's ARN.
    pub policy: String,
    /// How it is used.
    pub usage: Use,
    /// What it is attached to.
    pub kind: Kind,
    /// The entity's name, in lower case.
    pub name: String,
}

/// A session and the time of its end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EndKey {
    /// When it ends.
    pub end_micros: i64,
    /// The id of its key.
    pub id: String,
}

/// An account: what it has one of.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct AccountRow {
    /// Rises with every change.
    #[n(0)]
    pub changes: u64,
    /// When the account was first heard of here.
    #[n(1)]
    pub created_micros: i64,
    /// Its alias.
    #[n(2)]
    pub alias: Option<String>,
    /// What passwords must be like.
    #[n(3)]
    pub password_policy: Option<PasswordPolicy>,
    /// Access keys of the root.
    #[n(4)]
    pub root_keys: Vec<String>,
    /// When a credential report was last made.
    #[n(5)]
    pub report_micros: Option<i64>,
    /// How many users there are.
    #[n(6)]
    pub users: u32,
    /// How many roles.
    #[n(7)]
    pub roles: u32,
    /// How many groups.
    #[n(8)]
    pub groups: u32,
    /// How many managed policies.
    #[n(9)]
    pub policies: u32,
    /// How many instance profiles.
    #[n(10)]
    pub profiles: u32,
}

/// What passwords must be like. Members as the API has them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct PasswordPolicy {
    /// `MinimumPasswordLength`.
    #[n(0)]
    pub length_min: i32,
    /// `RequireSymbols`.
    #[n(1)]
    pub symbols: bool,
    /// `RequireNumbers`.
    #[n(2)]
    pub numbers: bool,
    /// `RequireUppercaseCharacters`.
    #[n(3)]
    pub uppercase: bool,
    /// `RequireLowercaseCharacters`.
    #[n(4)]
    pub lowercase: bool,
    /// `AllowUsersToChangePassword`.
    #[n(5)]
    pub users_may_change: bool,
    /// `MaxPasswordAge`, in days.
    #[n(6)]
    pub age_days_max: Option<i32>,
    /// `PasswordReusePrevention`.
    #[n(7)]
    pub reuse_prevention: Option<i32>,
    /// `HardExpiry`.
    #[n(8)]
    pub hard_expiry: Option<bool>,
}

/// A user, role or group.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct EntityRow {
    /// Its name, as given.
    #[n(0)]
    pub name: String,
    /// Its path.
    #[n(1)]
    pub path: String,
    /// Its unique id.
    #[n(2)]
    pub id: String,
    /// When it was created.
    #[n(3)]
    pub created_micros: i64,
    /// Its tags.
    #[n(4)]
    pub tags: BTreeMap<String, String>,
    /// Its inline policies: name and document.
    #[n(5)]
    pub inline: BTreeMap<String, String>,
    /// ARNs of the managed policies attached to it, in the order they were attached.
    #[n(6)]
    pub attached: Vec<String>,
    /// The ARN of the policy that bounds it.
    #[n(7)]
    pub boundary: Option<String>,
    /// What only its kind has.
    #[n(8)]
    pub more: More,
}

impl EntityRow {
    /// When it was created.
    pub fn created(&self) -> Timestamp {
        Timestamp::from_micros(self.created_micros)
    }

    /// What only a user has.
    pub fn user(&self) -> Option<&UserMore> {
        match &self.more {
            More::User(user) => Some(user),
            More::Role(_) | More::Group => None,
        }
    }

    /// What only a user has, to change.
    pub fn user_mut(&mut self) -> Option<&mut UserMore> {
        match &mut self.more {
            More::User(user) => Some(user),
            More::Role(_) | More::Group => None,
        }
    }

    /// What only a role has.
    pub fn role(&self) -> Option<&RoleMore> {
        match &self.more {
            More::Role(role) => Some(role),
            More::User(_) | More::Group => None,
        }
    }

    /// What only a role has, to change.
    pub fn role_mut(&mut self) -> Option<&mut RoleMore> {
        match &mut self.more {
            More::Role(role) => Some(role),
            More::User(_) | More::Group => None,
        }
    }
}

/// What only one kind of entity has.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum More {
    /// A user's.
    #[n(0)]
    User(#[n(0)] UserMore),
    /// A role's.
    #[n(1)]
    Role(#[n(0)] RoleMore),
    /// A group has no more.
    #[n(2)]
    Group,
}

/// What only a user has.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct UserMore {
    /// The groups it is in, names in lower case.
    #[n(0)]
    pub groups: Vec<String>,
    /// Ids of its access keys.
    #[n(1)]
    pub keys: Vec<String>,
    /// Its password.
    #[n(2)]
    pub login: Option<Login>,
}

/// A user's password, which nothing here asks for yet: only its digest is kept.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Login {
    /// When it was set first.
    #[n(0)]
    pub created_micros: i64,
    /// Sixteen random bytes.
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    pub salt: Vec<u8>,
    /// HMAC-SHA256 of the salt and the password under the key for secrets.
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    pub digest: Vec<u8>,
    /// Whether it must be changed at the next login.
    #[n(3)]
    pub reset_required: bool,
}

/// What only a role has.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct RoleMore {
    /// Who may assume it: the document, users and roles in it by their unique ids (one that is made again under the same name is another one).
    #[n(0)]
    pub trust: String,
    /// Its description, if one was given.
    #[n(1)]
    pub description: Option<String>,
    /// The longest session, in seconds.
    #[n(2)]
    pub session_secs_max: u32,
    /// The service it is linked to, if it is.
    #[n(3)]
    pub service: Option<String>,
}

/// Whose a unique id is.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct IdRow {
    /// The account's number.
    #[n(0)]
    pub account: u64,
    /// What it is.
    #[n(1)]
    pub kind: Kind,
    /// Its name, in lower case.
    #[n(2)]
    pub name: String,
}

/// A managed policy.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct PolicyRow {
    /// Its name, as given.
    #[n(0)]
    pub name: String,
    /// Its path.
    #[n(1)]
    pub path: String,
    /// Its unique id.
    #[n(2)]
    pub id: String,
    /// When it was created.
    #[n(3)]
    pub created_micros: i64,
    /// When a version of it was last made.
    #[n(4)]
    pub updated_micros: i64,
    /// Its description.
    #[n(5)]
    pub description: Option<String>,
    /// Its tags.
    #[n(6)]
    pub tags: BTreeMap<String, String>,
    /// The version that counts.
    #[n(7)]
    pub default_version: u32,
    /// The number of the next version: numbers are never used again.
    #[n(8)]
    pub next_version: u32,
}

/// One version of a managed policy.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct VersionRow {
    /// The document, as given.
    #[n(0)]
    pub text: String,
    /// When it was made.
    #[n(1)]
    pub created_micros: i64,
}

/// An instance profile.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ProfileRow {
    /// Its name, as given.
    #[n(0)]
    pub name: String,
    /// Its path.
    #[n(1)]
    pub path: String,
    /// Its unique id.
    #[n(2)]
    pub id: String,
    /// When it was created.
    #[n(3)]
    pub created_micros: i64,
    /// Its tags.
    #[n(4)]
    pub tags: BTreeMap<String, String>,
    /// The name of its role, in lower case.
    #[n(5)]
    pub role: Option<String>,
}

/// A long-lived access key.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct KeyRow {
    /// The account's number.
    #[n(0)]
    pub account: u64,
    /// The unique id of the user it is for; `None` for the account's root.
    #[n(1)]
    pub user: Option<String>,
    /// When it was created.
    #[n(2)]
    pub created_micros: i64,
    /// Whether it may be used.
    #[n(3)]
    pub status: KeyStatus,
    /// The secret, sealed.
    #[n(4)]
    #[cbor(with = "minicbor::bytes")]
    pub secret: Vec<u8>,
}

/// Whether a key may be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum KeyStatus {
    /// It may.
    #[n(0)]
    Active,
    /// Its user switched it off.
    #[n(1)]
    Inactive,
    /// Switched off for good.
    #[n(2)]
    Expired,
}

impl KeyStatus {
    /// All there are.
    pub const ALL: [KeyStatus; 3] = [KeyStatus::Active, KeyStatus::Inactive, KeyStatus::Expired];

    /// `Status`.
    pub const fn name(self) -> &'static str {
        match self {
            KeyStatus::Active => "Active",
            KeyStatus::Inactive => "Inactive",
            KeyStatus::Expired => "Expired",
        }
    }
}

/// Temporary credentials.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct SessionRow {
    /// The account's number.
    #[n(0)]
    pub account: u64,
    /// Whom they stand for.
    #[n(1)]
    pub actor: Actor,
    /// When they were issued (`aws:TokenIssueTime`).
    #[n(2)]
    pub issued_micros: i64,
    /// When they end.
    #[n(3)]
    pub end_micros: i64,
    /// The secret, sealed.
    #[n(4)]
    #[cbor(with = "minicbor::bytes")]
    pub secret: Vec<u8>,
    /// The token, sealed.
    #[n(5)]
    #[cbor(with = "minicbor::bytes")]
    pub token: Vec<u8>,
    /// The session policy, if one was given.
    #[n(6)]
    pub policy: Option<String>,
    /// ARNs of managed policies given as session policies.
    #[n(7)]
    pub policy_arns: Vec<String>,
    /// Session tags.
    #[n(8)]
    pub tags: BTreeMap<String, String>,
    /// Which of them a further role session inherits.
    #[n(9)]
    pub transitive: Vec<String>,
    /// Who is behind it (`aws:SourceIdentity`).
    #[n(10)]
    pub source_identity: Option<String>,
    /// The identity provider that vouched (`aws:FederatedProvider`).
    #[n(11)]
    pub provider: Option<String>,
    /// Condition keys of the provider's token, such as `HOST:sub`.
    #[n(12)]
    pub claims: Vec<(String, String)>,
    /// When a code of an MFA device was told, if one was.
    #[n(13)]
    pub mfa_micros: Option<i64>,
}

/// Whom temporary credentials stand for. Users and roles by their unique ids: a name that is made again is another one.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Actor {
    /// The account's root (GetSessionToken).
    #[n(0)]
    Root,
    /// A user (GetSessionToken).
    #[n(1)]
    User {
        /// Its unique id.
        #[n(0)]
        id: String,
    },
    /// A role.
    #[n(2)]
    Role {
        /// Its unique id.
        #[n(0)]
        id: String,
        /// Its ARN when it was assumed.
        #[n(1)]
        arn: String,
        /// The session's name.
        #[n(2)]
        session: String,
    },
    /// A part of a user's rights under another name (GetFederationToken).
    #[n(3)]
    Federated {
        /// The user's unique id; `None` for the root.
        #[n(0)]
        id: Option<String>,
        /// The session's name.
        #[n(1)]
        name: String,
    },
}

/// When, where and for what a key was last used.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct KeyUseRow {
    /// When.
    #[n(0)]
    pub used_micros: i64,
    /// The prefix of the service's actions.
    #[n(1)]
    pub service: String,
    /// The region.
    #[n(2)]
    pub region: String,
}

/// An OpenID Connect provider.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ProviderRow {
    /// Its URL, without the scheme.
    #[n(0)]
    pub url: String,
    /// When it was created.
    #[n(1)]
    pub created_micros: i64,
    /// The audiences it may vouch for.
    #[n(2)]
    pub clients: Vec<String>,
    /// Thumbprints of its certificates.
    #[n(3)]
    pub thumbprints: Vec<String>,
    /// Its tags.
    #[n(4)]
    pub tags: BTreeMap<String, String>,
    /// Whether its URL is `http:`, which only providers of this machine have.
    #[n(5)]
    pub plain: Option<bool>,
}

/// A virtual MFA device.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct MfaRow {
    /// Its name.
    #[n(0)]
    pub name: String,
    /// Its path.
    #[n(1)]
    pub path: String,
    /// When it was created.
    #[n(2)]
    pub created_micros: i64,
    /// The seed, sealed.
    #[n(3)]
    #[cbor(with = "minicbor::bytes")]
    pub seed: Vec<u8>,
    /// Whose it is, if it is somebody's.
    #[n(4)]
    pub holder: Option<MfaHolder>,
    /// Since when.
    #[n(5)]
    pub enabled_micros: i64,
    /// The step of the last code that was taken.
    #[n(6)]
    pub step: i64,
    /// Its tags.
    #[n(7)]
    pub tags: BTreeMap<String, String>,
}

/// Whose an MFA device is.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum MfaHolder {
    /// The root's.
    #[n(0)]
    Root,
    /// The user's with this unique id.
    #[n(1)]
    User(#[n(0)] String),
}

fn read_account(key: &mut KeyReader<'_>) -> Result<AccountId, ReadError> {
    AccountId::from_u64(key.u64()?).map_err(|_| ReadError::Decode("account".to_owned()))
}

impl TableKey for AccountKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u64(self.0.as_u64());
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self(read_account(key)?))
    }
}

impl TableKey for EntityKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u64(self.account.as_u64()).u8(self.kind.number()).text(&self.name);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { account: read_account(key)?, kind: Kind::from_number(key.u8()?)?, name: key.text()? })
    }
}

impl TableKey for NameKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u64(self.account.as_u64()).text(&self.name);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { account: read_account(key)?, name: key.text()? })
    }
}

impl TableKey for IdKey {
    fn write(&self, key: &mut KeyWriter) {
        key.text(&self.0);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self(key.text()?))
    }
}

impl TableKey for MemberKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u64(self.account.as_u64()).text(&self.group).text(&self.user);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { account: read_account(key)?, group: key.text()?, user: key.text()? })
    }
}

impl TableKey for VersionKey {
    fn write(&self, key: &mut KeyWriter) {
        self.policy.write(key);
        key.u32(self.number);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { policy: NameKey::read(key)?, number: key.u32()? })
    }
}

impl AttachmentKey {
    /// The beginning that all uses of one kind of a policy share.
    pub fn write_use(account: AccountId, policy: &str, usage: Use, key: &mut KeyWriter) {
        key.u64(account.as_u64()).text(policy).u8(usage.number());
    }
}

impl TableKey for AttachmentKey {
    fn write(&self, key: &mut KeyWriter) {
        Self::write_use(self.account, &self.policy, self.usage, key);
        key.u8(self.kind.number()).text(&self.name);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        let account = read_account(key)?;
        let policy = key.text()?;
        let usage = match key.u8()? {
            0 => Use::Permissions,
            1 => Use::Boundary,
            other => return Err(ReadError::Decode(format!("no use of a policy has the number {other}"))),
        };
        Ok(Self { account, policy, usage, kind: Kind::from_number(key.u8()?)?, name: key.text()? })
    }
}

impl TableKey for EndKey {
    fn write(&self, key: &mut KeyWriter) {
        key.i64(self.end_micros).text(&self.id);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { end_micros: key.i64()?, id: key.text()? })
    }
}

#[cfg(test)]
mod tests;
