//! IAM's quotas (identity facts, section 3): AWS's figures.

/// Users of an account.
pub const USERS_MAX: usize = 5_000;
/// Groups of an account.
pub const GROUPS_MAX: usize = 300;
/// Roles of an account.
pub const ROLES_MAX: usize = 1_000;
/// Managed policies of an account.
pub const POLICIES_MAX: usize = 1_500;
/// Instance profiles of an account.
pub const PROFILES_MAX: usize = 1_000;
/// OpenID Connect providers of an account.
pub const PROVIDERS_MAX: usize = 100;
/// MFA devices of a user or the root (IAM user guide, quotas).
pub const DEVICES_PER_USER_MAX: usize = 8;
/// Virtual MFA devices of an account: as many as users.
pub const DEVICES_MAX: usize = USERS_MAX;
/// Access keys of a user.
pub const KEYS_MAX: usize = 2;
/// Groups that a user is in.
pub const GROUPS_PER_USER_MAX: usize = 10;
/// Managed policies attached to a user, role or group.
pub const ATTACHED_MAX: usize = 10;
/// Versions of a managed policy.
pub const VERSIONS_MAX: usize = 5;
/// Tags of anything.
pub const TAGS_MAX: usize = 50;
/// Audiences of an OpenID Connect provider.
pub const CLIENTS_MAX: usize = 100;
/// Thumbprints of an OpenID Connect provider.
pub const THUMBPRINTS_MAX: usize = 5;
/// Characters of a managed policy, without white space.
pub const MANAGED_CHARS_MAX: usize = 6_144;
/// Characters of a trust policy, without white space.
pub const TRUST_CHARS_MAX: usize = 2_048;
/// Characters of all inline policies of a user, without white space.
pub const USER_INLINE_CHARS_MAX: usize = 2_048;
/// The same of a role.
pub const ROLE_INLINE_CHARS_MAX: usize = 10_240;
/// The same of a group.
pub const GROUP_INLINE_CHARS_MAX: usize = 5_120;
/// Characters of a session policy and the ARNs beside it.
pub const SESSION_POLICY_CHARS_MAX: usize = 2_048;
/// ARNs of managed policies as session policies.
pub const SESSION_ARNS_MAX: usize = 10;

/// Characters that count against a quota.
pub fn chars(document: &str) -> usize {
    document.chars().filter(|letter| !letter.is_whitespace()).count()
}
