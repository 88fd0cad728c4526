//! Who may: key policies, identity policies and grants together, asked as the real evaluator decides.

use std::collections::HashMap;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use policy::{Attached, Context, Decision, Document, Kin, Kind, Question, Rule, Who, evaluate};
use ports::PrincipalKind;
use serde_json::{Value, json};
use service::{Access, Authorizer, Caller, Denied, ResourceRule};

use crate::harness::{World, account, base64, id_of, root, text, user, user_of, world_under};

/// Evaluates with the identity policies that users have, by name.
struct Policies(HashMap<&'static str, Document>);

impl Authorizer for Policies {
    fn allow<'a>(&'a self, caller: &'a Caller, access: &'a Access) -> BoxFuture<'a, Result<(), Denied>> {
        let principal = &caller.principal;
        let (kin, name) = match &principal.kind {
            PrincipalKind::User { user, id } => {
                (Kin::User { arn: user, id }, user.resource().trim_start_matches("user/"))
            }
            PrincipalKind::Root => (Kin::Root, ""),
            other => panic!("the tests know no {other:?}"),
        };
        let identity: Vec<_> = self
            .0
            .get(name)
            .map(|document| Attached { name: "p", arn: None, document })
            .into_iter()
            .collect();
        let context = Context::of(&access.context);
        let side = &access.resource_side;
        let question = Question {
            who: Who { account: principal.account, kind: kin, canonical: None },
            action: access.action,
            resource: &access.resource,
            owner: access.owner,
            context: &context,
            identity: &identity,
            boundary: None,
            session: None,
            resource_policy: side.policy.as_deref(),
            granted: side.granted,
            rule: match side.rule {
                ResourceRule::KeyPolicy => Rule::KeyPolicy,
                ResourceRule::Usual => Rule::Usual,
                ResourceRule::TrustPolicy => Rule::TrustPolicy,
                ResourceRule::RootAlways => Rule::RootAlways,
            },
        };
        let outcome = match evaluate(&question) {
            Decision::Allowed(_) => Ok(()),
            Decision::Denied(denied) => Err(Denied {
                action: access.action,
                resource: access.resource.clone(),
                principal: principal.arn(),
                because: denied.reason(access.action),
                hint: Some(denied.hint()),
            }),
        };
        Box::pin(std::future::ready(outcome))
    }
}

fn document(statement: Value) -> Document {
    let text = json!({"Version": "2012-10-17", "Statement": [statement]}).to_string();
    Document::parse(&text, Kind::Identity).unwrap()
}

/// `admin` and `foreign` may everything by their own policies, `nobody` nothing, `limited` only with a condition,
/// `creator` only to create.
fn world() -> World {
    let all = || document(json!({"Effect": "Allow", "Action": "kms:*", "Resource": "*"}));
    let limited = document(json!({
        "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*",
        "Condition": {"StringEquals": {"kms:EncryptionContext:team": "blue"}},
    }));
    world_under(Arc::new(Policies(HashMap::from([
        ("admin", all()),
        ("foreign", all()),
        ("limited", limited),
        ("creator", document(json!({"Effect": "Allow", "Action": "kms:CreateKey", "Resource": "*"}))),
    ]))))
}

fn key_policy(statements: &Value) -> String {
    json!({"Version": "2012-10-17", "Statement": statements}).to_string()
}

async fn new_key(world: &World, input: Value) -> String {
    text(&world.call("CreateKey", input).await.ok()["KeyMetadata"]["KeyId"])
}

async fn can_encrypt(world: &World, who: ports::Principal, key: &str) -> bool {
    let input = json!({"KeyId": key, "Plaintext": base64("m")});
    world.call_as(who, "Encrypt", input).await.status == 200
}

#[tokio::test]
async fn the_default_policy_lets_the_account_s_policies_decide() {
    let world = world();
    let key = new_key(&world, json!({})).await;
    assert!(can_encrypt(&world, root(), &key).await);
    assert!(can_encrypt(&world, user("admin"), &key).await);
    let input = json!({"KeyId": key, "Plaintext": base64("m")});
    let refused = world.call_as(user("nobody"), "Encrypt", input).await;
    let hint = "there is no identity-based policy that could allow it";
    assert_eq!(refused.body["Hint"], hint, "why stands beside AWS's text");
    assert_eq!(
        refused.refused("AccessDeniedException"),
        format!(
            "User: arn:aws:iam::000000000000:user/nobody is not authorized to perform: kms:Encrypt on resource: \
             arn:aws:kms:us-east-1:000000000000:key/{key} because no identity-based policy allows the kms:Encrypt action"
        )
    );
}

#[tokio::test]
async fn without_the_account_in_the_policy_identity_policies_mean_nothing() {
    let world = world();
    let only = key_policy(&json!([
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:user/nobody"}, "Action": "kms:*", "Resource": "*"},
    ]));
    let input = json!({"Policy": only, "BypassPolicyLockoutSafetyCheck": true});
    let key = new_key(&world, input).await;
    assert!(can_encrypt(&world, user("nobody"), &key).await);
    assert!(!can_encrypt(&world, user("admin"), &key).await);
    assert!(!can_encrypt(&world, root(), &key).await, "root has no way round a key policy");
}

#[tokio::test]
async fn nobody_locks_themselves_out_unless_they_insist() {
    let world = world();
    let lock = key_policy(&json!([
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:user/nobody"}, "Action": "kms:Encrypt", "Resource": "*"},
    ]));
    let text = "The new key policy will not allow you to update the key policy in the future.";
    let refused = world.call("CreateKey", json!({"Policy": lock})).await;
    assert_eq!(refused.refused("MalformedPolicyDocumentException"), text);
    let key = new_key(&world, json!({})).await;
    let put = json!({"KeyId": key, "Policy": lock});
    let refused = world.call("PutKeyPolicy", put.clone()).await;
    assert_eq!(refused.refused("MalformedPolicyDocumentException"), text);
    let mut insist = put;
    insist["BypassPolicyLockoutSafetyCheck"] = json!(true);
    world.call("PutKeyPolicy", insist).await.ok();
    world.call("GetKeyPolicy", json!({"KeyId": key})).await.refused("AccessDeniedException");
}

/// Somebody who may create keys and nothing else leaves them to the account.
#[tokio::test]
async fn the_account_s_root_is_enough_against_a_lockout() {
    let world = world();
    let made = world.call_as(user("creator"), "CreateKey", json!({})).await.ok();
    let key = text(&made["KeyMetadata"]["KeyId"]);
    let policy = json!({"KeyId": key});
    world.call_as(user("creator"), "GetKeyPolicy", policy.clone()).await.refused("AccessDeniedException");
    world.call("GetKeyPolicy", policy).await.ok();
}

#[tokio::test]
async fn policies_are_kept_as_they_were_put() {
    let world = world();
    let key = new_key(&world, json!({})).await;
    let before = world.call("GetKeyPolicy", json!({"KeyId": key, "PolicyName": "default"})).await.ok();
    let before: Value = serde_json::from_str(&text(&before["Policy"])).unwrap();
    assert_eq!(before["Id"], "key-default-1");
    assert_eq!(before["Statement"][0]["Principal"]["AWS"], "arn:aws:iam::000000000000:root");
    let mine = format!(" {}\n", before);
    world.call("PutKeyPolicy", json!({"KeyId": key, "Policy": mine})).await.ok();
    assert_eq!(world.call("GetKeyPolicy", json!({"KeyId": key})).await.ok()["Policy"], mine);
    let names = world.call("ListKeyPolicies", json!({"KeyId": key})).await.ok();
    assert_eq!(names["PolicyNames"], json!(["default"]));
    world.call("GetKeyPolicy", json!({"KeyId": key, "PolicyName": "x"})).await.refused("NotFoundException");
    for broken in ["{", "[]", r#"{"Statement":[{"Effect":"Allow"}]}"#] {
        let input = json!({"KeyId": key, "Policy": broken});
        world.call("PutKeyPolicy", input).await.refused("MalformedPolicyDocumentException");
    }
}

#[tokio::test]
async fn policies_name_users_that_exist_and_keep_them_by_id() {
    let world = world();
    let naming = |name: &str| {
        key_policy(&json!([
            {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:root"}, "Action": "kms:*", "Resource": "*"},
            {"Effect": "Allow", "Principal": {"AWS": format!("arn:aws:iam::000000000000:user/{name}")}, "Action": "kms:Encrypt",
             "Resource": "*"},
        ]))
    };
    let refused = world.call("CreateKey", json!({"Policy": naming("ghost")})).await;
    assert_eq!(
        refused.refused("MalformedPolicyDocumentException"),
        "Policy contains a statement with one or more invalid principals."
    );
    let key = new_key(&world, json!({"Policy": naming("nobody")})).await;
    assert!(can_encrypt(&world, user("nobody"), &key).await);
    let shown =
        async |key: &str| text(&world.call("GetKeyPolicy", json!({"KeyId": key})).await.ok()["Policy"]);
    assert_eq!(shown(&key).await, naming("nobody"));
    // Somebody else who has taken the name is not who was meant.
    let mut successor = user("nobody");
    let ports::PrincipalKind::User { id, .. } = &mut successor.kind else { unreachable!() };
    *id = id_of("successor");
    assert!(!can_encrypt(&world, successor.clone(), &key).await);
    let grant = json!({
        "KeyId": key, "GranteePrincipal": "arn:aws:iam::000000000000:user/nobody", "Operations": ["Encrypt"],
    });
    world.call("CreateGrant", grant).await.ok();
    assert!(!can_encrypt(&world, successor, &key).await);
    let gone = new_key(&world, json!({"Policy": naming("gone")})).await;
    assert!(shown(&gone).await.contains(&id_of("gone")));
    let ghost = json!({
        "KeyId": key, "GranteePrincipal": "arn:aws:iam::000000000000:user/ghost", "Operations": ["Encrypt"],
    });
    world.call("CreateGrant", ghost).await.refused("InvalidArnException");
}

#[tokio::test]
async fn another_account_needs_both_sides() {
    let world = world();
    let other = account(42);
    let share = key_policy(&json!([
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:root"}, "Action": "kms:*", "Resource": "*"},
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000042:root"}, "Action": ["kms:Encrypt", "kms:Decrypt"], "Resource": "*"},
    ]));
    let key = new_key(&world, json!({"Policy": share})).await;
    let arn = crate::harness::arn(&key);
    assert!(can_encrypt(&world, user_of(other, "foreign"), &arn).await);
    assert!(!can_encrypt(&world, user_of(other, "nobody"), &arn).await);
    assert!(!can_encrypt(&world, user_of(other, "foreign"), &key).await, "an id is one of the own account");
    let input = json!({"KeyId": arn, "KeySpec": "AES_256"});
    let refused = world.call_as(user_of(other, "foreign"), "GenerateDataKey", input).await;
    assert_eq!(
        refused.refused("AccessDeniedException"),
        "User: arn:aws:iam::000000000042:user/foreign is not authorized to perform: kms:GenerateDataKey on this resource because the resource \
         does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access"
    );
    let input = json!({"KeyId": arn});
    world.call_as(user_of(other, "foreign"), "DisableKey", input).await.refused("AccessDeniedException");
}

#[tokio::test]
async fn the_encryption_context_is_a_condition() {
    let world = world();
    let key = new_key(&world, json!({})).await;
    let seal = async |context: &Value| {
        let input = json!({"KeyId": key, "Plaintext": base64("m"), "EncryptionContext": context});
        world.call("Encrypt", input).await.ok()["CiphertextBlob"].clone()
    };
    for (team, allowed) in [("blue", true), ("red", false)] {
        let context = json!({"team": team});
        let input = json!({"CiphertextBlob": seal(&context).await, "EncryptionContext": context});
        assert_eq!(world.call_as(user("limited"), "Decrypt", input).await.status == 200, allowed, "{team}");
    }
}

#[tokio::test]
async fn conditions_tell_service_alias_and_tags() {
    let world = world();
    let statement = |condition: Value| {
        key_policy(&json!([
            {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:root"}, "Action": "kms:*", "Resource": "*"},
            {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:user/nobody"}, "Action": "kms:Encrypt", "Resource": "*",
             "Condition": condition},
        ]))
    };
    let try_with = async |condition: Value, name: &str, alias: Option<&str>| {
        let input = json!({"Policy": statement(condition), "Tags": [{"TagKey": "team", "TagValue": "blue"}]});
        let key = new_key(&world, input).await;
        if let Some(alias) = alias {
            world.call("CreateAlias", json!({"AliasName": alias, "TargetKeyId": key})).await.ok();
        }
        let name = if name.is_empty() { key } else { name.to_owned() };
        can_encrypt(&world, user("nobody"), &name).await
    };
    let equals = |key: &str, value: &str| json!({"StringEquals": {key: value}});
    assert!(try_with(equals("aws:ResourceTag/team", "blue"), "", None).await);
    assert!(!try_with(equals("aws:ResourceTag/team", "red"), "", None).await);
    assert!(try_with(equals("kms:RequestAlias", "alias/q"), "alias/q", Some("alias/q")).await);
    assert!(!try_with(equals("kms:RequestAlias", "alias/r"), "", Some("alias/r")).await, "called by its id");
    let any_alias = json!({"ForAnyValue:StringEquals": {"kms:ResourceAliases": "alias/s"}});
    assert!(try_with(any_alias, "", Some("alias/s")).await);
    assert!(!try_with(equals("kms:ViaService", "s3.us-east-1.amazonaws.com"), "", None).await);
    assert!(try_with(equals("kms:KeySpec", "SYMMETRIC_DEFAULT"), "", None).await);
    assert!(try_with(equals("kms:CallerAccount", "000000000000"), "", None).await);
}

#[tokio::test]
async fn a_grant_allows_what_no_policy_does_and_never_past_a_deny() {
    let world = world();
    let key = new_key(&world, json!({})).await;
    let grantee = "arn:aws:iam::000000000000:user/nobody";
    assert!(!can_encrypt(&world, user("nobody"), &key).await);
    let input = json!({"KeyId": key, "GranteePrincipal": grantee, "Operations": ["Encrypt"]});
    let made = world.call("CreateGrant", input).await.ok();
    assert!(can_encrypt(&world, user("nobody"), &key).await, "at once");
    let input = json!({"KeyId": key, "KeySpec": "AES_256"});
    world.call_as(user("nobody"), "GenerateDataKey", input).await.refused("AccessDeniedException");
    world.call("RevokeGrant", json!({"KeyId": key, "GrantId": made["GrantId"]})).await.ok();
    assert!(!can_encrypt(&world, user("nobody"), &key).await);
    let deny = key_policy(&json!([
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:root"}, "Action": "kms:*", "Resource": "*"},
        {"Effect": "Deny", "Principal": {"AWS": grantee}, "Action": "kms:Encrypt", "Resource": "*"},
    ]));
    let key = new_key(&world, json!({"Policy": deny})).await;
    let input = json!({"KeyId": key, "GranteePrincipal": grantee, "Operations": ["Encrypt"]});
    world.call("CreateGrant", input).await.ok();
    assert!(!can_encrypt(&world, user("nobody"), &key).await);
}

#[tokio::test]
async fn a_grantee_hands_on_no_more_than_it_has() {
    let world = world();
    let key = new_key(&world, json!({})).await;
    let grantee = "arn:aws:iam::000000000000:user/nobody";
    let input = json!({
        "KeyId": key, "GranteePrincipal": grantee, "Operations": ["Encrypt", "CreateGrant"],
        "Constraints": {"EncryptionContextSubset": {"a": "1"}},
    });
    world.call("CreateGrant", input).await.ok();
    let child = async |operations: Value, constraints: Value| {
        let input = json!({
            "KeyId": key, "GranteePrincipal": "arn:aws:iam::000000000000:user/third", "Operations": operations,
            "Constraints": constraints,
        });
        world.call_as(user("nobody"), "CreateGrant", input).await.status == 200
    };
    let tight = json!({"EncryptionContextSubset": {"a": "1", "b": "2"}});
    assert!(child(json!(["Encrypt"]), tight.clone()).await);
    assert!(!child(json!(["Encrypt", "Decrypt"]), tight).await);
    assert!(!child(json!(["Encrypt"]), json!({})).await, "the constraint is handed on");
    let encrypt = async |context: Value| {
        let input = json!({"KeyId": key, "Plaintext": base64("m"), "EncryptionContext": context});
        world.call_as(user("third"), "Encrypt", input).await.status == 200
    };
    assert!(encrypt(json!({"a": "1", "b": "2", "c": "3"})).await);
    assert!(!encrypt(json!({"a": "1"})).await);
}

#[tokio::test]
async fn a_grant_is_retired_by_those_it_names_and_its_account() {
    let world = world();
    let key = new_key(&world, json!({})).await;
    let make = async |more: Value| {
        let mut input = json!({
            "KeyId": key, "GranteePrincipal": "arn:aws:iam::000000000000:user/grantee", "Operations": ["Encrypt"],
        });
        for (name, value) in more.as_object().unwrap() {
            input[name] = value.clone();
        }
        world.call("CreateGrant", input).await.ok()
    };
    let retire = async |who, made: &Value| {
        world.call_as(who, "RetireGrant", json!({"GrantToken": made["GrantToken"]})).await
    };
    let plain = make(json!({})).await;
    retire(user("grantee"), &plain).await.refused("AccessDeniedException");
    retire(user("nobody"), &plain).await.refused("AccessDeniedException");
    retire(root(), &plain).await.ok();
    retire(root(), &plain).await.refused("NotFoundException");
    let retirer = json!({"RetiringPrincipal": "arn:aws:iam::000000000000:user/nobody"});
    retire(user("nobody"), &make(retirer).await).await.ok();
    let own = make(json!({"Operations": ["Encrypt", "RetireGrant"]})).await;
    let input = json!({"KeyId": crate::harness::arn(&key), "GrantId": own["GrantId"]});
    world.call_as(user("grantee"), "RetireGrant", input).await.ok();
}
