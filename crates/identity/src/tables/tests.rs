//! Every key and every value comes back as it was written.

use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use store::TableValue;

use super::*;

fn text() -> impl Strategy<Value = String> {
    "[a-zé/!{}:-]{0,12}"
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    vec(text(), 0..3)
}

fn map() -> impl Strategy<Value = BTreeMap<String, String>> {
    btree_map(text(), text(), 0..3)
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..40)
}

fn account() -> impl Strategy<Value = AccountId> {
    (0u64..1_000_000_000_000).prop_map(|number| AccountId::from_u64(number).unwrap())
}

fn kind() -> impl Strategy<Value = Kind> {
    proptest::sample::select(Kind::ALL.to_vec())
}

fn more() -> impl Strategy<Value = More> {
    let login = (any::<i64>(), bytes(), bytes(), any::<bool>()).prop_map(
        |(created_micros, salt, digest, reset_required)| Login {
            created_micros,
            salt,
            digest,
            reset_required,
        },
    );
    let user = (texts(), texts(), of(login))
        .prop_map(|(groups, keys, login)| More::User(UserMore { groups, keys, login }));
    let role = (text(), of(text()), any::<u32>(), of(text())).prop_map(
        |(trust, description, session_secs_max, service)| {
            More::Role(RoleMore { trust, description, session_secs_max, service })
        },
    );
    prop_oneof![user, role, Just(More::Group)]
}

prop_compose! {
    fn entity()(
        (name, path, id, created_micros) in (text(), text(), text(), any::<i64>()),
        (tags, inline, attached, boundary) in (map(), map(), texts(), of(text())),
        more in more(),
    ) -> EntityRow {
        EntityRow { name, path, id, created_micros, tags, inline, attached, boundary, more }
    }
}

fn actor() -> impl Strategy<Value = Actor> {
    prop_oneof![
        Just(Actor::Root),
        text().prop_map(|id| Actor::User { id }),
        (text(), text(), text()).prop_map(|(id, arn, session)| Actor::Role { id, arn, session }),
        (of(text()), text()).prop_map(|(id, name)| Actor::Federated { id, name }),
    ]
}

prop_compose! {
    fn session()(
        (account, actor, issued_micros, end_micros) in (any::<u64>(), actor(), any::<i64>(), any::<i64>()),
        (secret, token) in (bytes(), bytes()),
        (policy, policy_arns, tags, transitive) in (of(text()), texts(), map(), texts()),
        (source_identity, provider, claims) in (of(text()), of(text()), vec((text(), text()), 0..3)),
        mfa_micros: Option<i64>,
    ) -> SessionRow {
        SessionRow {
            account, actor, issued_micros, end_micros, secret, token, policy, policy_arns, tags, transitive,
            source_identity, provider, claims, mfa_micros,
        }
    }
}

prop_compose! {
    fn password_policy()(
        length_min: i32, symbols: bool, numbers: bool, uppercase: bool, lowercase: bool, users_may_change: bool,
        age_days_max: Option<i32>, reuse_prevention: Option<i32>, hard_expiry: Option<bool>,
    ) -> PasswordPolicy {
        PasswordPolicy {
            length_min, symbols, numbers, uppercase, lowercase, users_may_change, age_days_max, reuse_prevention,
            hard_expiry,
        }
    }
}

prop_compose! {
    fn account_row()(
        changes: u64, created_micros: i64, alias in of(text()), password_policy in of(password_policy()),
        root_keys in texts(), report_micros: Option<i64>, (users, roles, groups) in any::<(u32, u32, u32)>(),
        (policies, profiles) in any::<(u32, u32)>(),
    ) -> AccountRow {
        AccountRow {
            changes, created_micros, alias, password_policy, root_keys, report_micros, users, roles, groups, policies,
            profiles,
        }
    }
}

macro_rules! value_returns {
    ($row:expr, $type:ty) => {
        let row = $row;
        prop_assert_eq!(<$type>::from_bytes(&row.to_bytes()).unwrap(), row)
    };
}

macro_rules! key_returns {
    ($table:ident, $key:expr) => {
        let key = $key;
        prop_assert_eq!($table.read_key(&$table.key(&key)).unwrap(), key)
    };
}

proptest! {
    #[test]
    fn accounts_round_trip(account in account(), row in account_row()) {
        key_returns!(ACCOUNTS, AccountKey(account));
        value_returns!(row, AccountRow);
    }

    #[test]
    fn entities_round_trip(account in account(), kind in kind(), name in text(), row in entity()) {
        key_returns!(ENTITIES, EntityKey { account, kind, name });
        value_returns!(row, EntityRow);
    }

    #[test]
    fn ids_and_members_round_trip(account in account(), kind in kind(), (id, name, group) in (text(), text(), text())) {
        key_returns!(IDS, IdKey(id));
        value_returns!(IdRow { account: account.as_u64(), kind, name: name.clone() }, IdRow);
        key_returns!(MEMBERS, MemberKey { account, group, user: name.clone() });
        value_returns!(Nothing {}, Nothing);
    }

    #[test]
    fn policies_round_trip(
        account in account(), kind in kind(), (name, path, id) in (text(), text(), text()), tags in map(),
        (created_micros, updated_micros, default_version, next_version) in any::<(i64, i64, u32, u32)>(),
        description in of(text()), boundary: bool,
    ) {
        let policy = NameKey { account, name: name.clone() };
        key_returns!(POLICIES, policy.clone());
        key_returns!(POLICY_VERSIONS, VersionKey { policy: policy.clone(), number: next_version });
        value_returns!(VersionRow { text: path.clone(), created_micros }, VersionRow);
        let usage = if boundary { Use::Boundary } else { Use::Permissions };
        key_returns!(ATTACHMENTS, AttachmentKey { account, policy: path.clone(), usage, kind, name: name.clone() });
        value_returns!(
            PolicyRow {
                name: name.clone(), path: path.clone(), id: id.clone(), created_micros, updated_micros,
                description: description.clone(), tags: tags.clone(), default_version, next_version,
            },
            PolicyRow
        );
    }

    #[test]
    fn profiles_and_providers_round_trip(
        account in account(), (name, path, id) in (text(), text(), text()), created_micros: i64, tags in map(),
        role in of(text()), (clients, thumbprints) in (texts(), texts()),
    ) {
        key_returns!(PROFILES, NameKey { account, name: name.clone() });
        key_returns!(PROVIDERS, NameKey { account, name: path.clone() });
        value_returns!(
            ProfileRow { name: name.clone(), path: path.clone(), id: id.clone(), created_micros, tags: tags.clone(), role: role.clone() },
            ProfileRow
        );
        value_returns!(
            ProviderRow {
                url: path.clone(), created_micros, clients: clients.clone(), thumbprints: thumbprints.clone(),
                tags: tags.clone(), plain: role.as_ref().map(|role| role.is_empty()),
            },
            ProviderRow
        );
    }

    #[test]
    fn devices_round_trip(
        account in account(), (name, path) in (text(), text()), (created_micros, enabled_micros, step) in any::<(i64, i64, i64)>(),
        seed in bytes(), user in of(of(text())), tags in map(),
    ) {
        key_returns!(MFA_DEVICES, NameKey { account, name: name.clone() });
        let holder = user.clone().map(|user| user.map_or(MfaHolder::Root, MfaHolder::User));
        value_returns!(
            MfaRow {
                name: name.clone(), path: path.clone(), created_micros, seed: seed.clone(), holder: holder.clone(),
                enabled_micros, step, tags: tags.clone(),
            },
            MfaRow
        );
    }

    #[test]
    fn keys_and_sessions_round_trip(
        id in text(), account: u64, user in of(text()), created_micros: i64, secret in bytes(), session in session(),
        status in proptest::sample::select(KeyStatus::ALL.to_vec()),
    ) {
        key_returns!(ACCESS_KEYS, IdKey(id.clone()));
        key_returns!(SESSIONS, IdKey(id.clone()));
        key_returns!(SESSION_ENDS, EndKey { end_micros: created_micros, id: id.clone() });
        value_returns!(
            KeyRow { account, user: user.clone(), created_micros, status, secret: secret.clone() },
            KeyRow
        );
        value_returns!(session, SessionRow);
        key_returns!(KEY_USES, IdKey(id.clone()));
        value_returns!(KeyUseRow { used_micros: created_micros, service: id.clone(), region: id.clone() }, KeyUseRow);
    }
}

#[test]
fn sessions_lie_in_the_order_of_their_ends() {
    let key = |end_micros| SESSION_ENDS.key(&EndKey { end_micros, id: "ASIA".to_owned() });
    assert!(key(-1) < key(0) && key(0) < key(1));
}
