//! Who may do what.

use policy::{Document, Kind};
use service::names::{canonical_user, to_keep};
use service::{Access, Authorizer, ResourceSide};

use super::harness::{Key, World, allow, other_root, policy, root, trust, world};

const OBJECT: &str = "arn:aws:s3:::b/a/x";

#[tokio::test]
async fn a_user_may_what_its_policies_allow_and_nothing_else() {
    let world = world();
    let alice = world.user("alice", Some(&allow("s3:GetObject", "arn:aws:s3:::b/a/*"))).await;
    world.may(&alice, "s3:GetObject", OBJECT).await.unwrap();
    let denied = world.may(&alice, "s3:PutObject", OBJECT).await.unwrap_err();
    assert_eq!(denied.because, "because no identity-based policy allows the s3:PutObject action");
    assert_eq!(denied.principal.unwrap().as_str(), "arn:aws:iam::000000000000:user/alice");
    world.may(&alice, "s3:GetObject", "arn:aws:s3:::b/b/x").await.unwrap_err();
    world.may(&root(), "s3:PutObject", OBJECT).await.unwrap();
    let elsewhere = world.may(&other_root(), "s3:GetObject", OBJECT).await.unwrap_err();
    assert_eq!(elsewhere.because, "because no resource-based policy allows the s3:GetObject action");
}

#[tokio::test]
async fn a_deny_of_a_group_wins_and_ends_when_the_user_leaves() {
    let world = world();
    let alice = world.user("alice", Some(&allow("s3:*", "*"))).await;
    world.iam("CreateGroup", &[("GroupName", "G")]).await.ok();
    let deny = policy(r#"{"Sid":"NoReads","Effect":"Deny","Action":"s3:Get*","Resource":"*"}"#);
    let members = [("GroupName", "G"), ("PolicyName", "no"), ("PolicyDocument", deny.as_str())];
    world.iam("PutGroupPolicy", &members).await.ok();
    world.may(&alice, "s3:GetObject", OBJECT).await.unwrap();
    world.iam("AddUserToGroup", &[("GroupName", "g"), ("UserName", "alice")]).await.ok();
    let denied = world.may(&alice, "s3:GetObject", OBJECT).await.unwrap_err();
    assert_eq!(denied.because, "with an explicit deny in an identity-based policy");
    assert_eq!(
        denied.hint.unwrap(),
        "Statement `NoReads` at line 1 of the identity-based policy `no` denies it. Hint: change or remove that statement; nothing that \
         allows can outweigh it."
    );
    world.iam("RemoveUserFromGroup", &[("GroupName", "G"), ("UserName", "alice")]).await.ok();
    world.may(&alice, "s3:GetObject", OBJECT).await.unwrap();
}

#[tokio::test]
async fn a_boundary_caps_and_a_managed_policy_counts_from_its_default_version() {
    let world = world();
    let alice = world.user("alice", Some(&allow("s3:*", "*"))).await;
    let document = allow("s3:GetObject", "*");
    let members = [("PolicyName", "edge"), ("PolicyDocument", document.as_str())];
    let arn = world.iam("CreatePolicy", &members).await.ok().one("Arn");
    let members = [("UserName", "alice"), ("PermissionsBoundary", arn.as_str())];
    world.iam("PutUserPermissionsBoundary", &members).await.ok();
    world.may(&alice, "s3:GetObject", OBJECT).await.unwrap();
    let denied = world.may(&alice, "s3:PutObject", OBJECT).await.unwrap_err();
    assert_eq!(denied.because, "because no permissions boundary allows the s3:PutObject action");
    let wider = allow("s3:*", "*");
    let members = [("PolicyArn", arn.as_str()), ("PolicyDocument", wider.as_str()), ("SetAsDefault", "true")];
    world.iam("CreatePolicyVersion", &members).await.ok();
    world.may(&alice, "s3:PutObject", OBJECT).await.unwrap();
    world.iam("DeleteUserPermissionsBoundary", &[("UserName", "alice")]).await.ok();
    let again = world.iam("DeleteUserPermissionsBoundary", &[("UserName", "alice")]).await;
    again.refused("NoSuchEntity");
}

#[tokio::test]
async fn a_key_that_is_switched_off_or_deleted_stops_working_at_once() {
    let world = world();
    let alice = world.user("alice", None).await;
    assert!(world.caller(&alice).await.is_some());
    let key = [("UserName", "alice"), ("AccessKeyId", alice.id.as_str()), ("Status", "Inactive")];
    world.iam("UpdateAccessKey", &key).await.ok();
    assert!(world.caller(&alice).await.is_none());
    let key = [("UserName", "alice"), ("AccessKeyId", alice.id.as_str()), ("Status", "Active")];
    world.iam("UpdateAccessKey", &key).await.ok();
    assert!(world.caller(&alice).await.is_some());
    world.iam("DeleteAccessKey", &key[..2]).await.ok();
    assert!(world.caller(&alice).await.is_none());
    world.iam("DeleteUser", &[("UserName", "alice")]).await.ok();
}

#[tokio::test]
async fn a_deleted_user_may_nothing_and_its_sessions_end() {
    let world = world();
    let alice = world.user("alice", Some(&allow("s3:*", "*"))).await;
    let session = world.call(&alice, "sts", "GetSessionToken", &[]).await.ok().key();
    world.may(&session, "s3:GetObject", OBJECT).await.unwrap();
    let caller = world.caller(&alice).await.unwrap();
    world.iam("DeleteAccessKey", &[("UserName", "alice"), ("AccessKeyId", &alice.id)]).await.ok();
    world.iam("DeleteUserPolicy", &[("UserName", "alice"), ("PolicyName", "inline")]).await.ok();
    world.iam("DeleteUser", &[("UserName", "alice")]).await.ok();
    assert!(world.caller(&alice).await.is_none() && world.caller(&session).await.is_none());
    // A request that was authenticated a moment before asks in vain, also if the name is taken again.
    world.user("alice", Some(&allow("s3:*", "*"))).await;
    use service::Authorizer;
    let access = service::Access::owned("s3:GetObject", OBJECT, base::AccountId::DEFAULT);
    assert!(world.identity.allow(&caller, &access).await.is_err());
}

#[tokio::test]
async fn tags_of_the_principal_stand_in_policies() {
    let world = world();
    let document = policy(
        r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/${aws:PrincipalTag/team}/${aws:username}/*",
            "Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"},"Bool":{"aws:SecureTransport":"false"}}}"#,
    );
    let alice = world.user("alice", Some(&document)).await;
    world.may(&alice, "s3:GetObject", "arn:aws:s3:::b/blue/alice/k").await.unwrap_err();
    let tag = [("UserName", "alice"), ("Tags.member.1.Key", "Team"), ("Tags.member.1.Value", "blue")];
    world.iam("TagUser", &tag).await.ok();
    world.may(&alice, "s3:GetObject", "arn:aws:s3:::b/blue/alice/k").await.unwrap();
    world.may(&alice, "s3:GetObject", "arn:aws:s3:::b/blue/bob/k").await.unwrap_err();
}

#[tokio::test]
async fn a_room_that_acts_for_a_session_stays_within_it() {
    let world = world();
    let role = world.role("R", &trust("000000000000"), &allow("s3:*", "*")).await;
    let narrow = allow("s3:GetObject", "*");
    let key = world.assume(&root(), &role, &[("Policy", &narrow)]).await.ok().key();
    let principal = world.caller(&key).await.unwrap().principal;
    let caller = service::Caller::internal(principal, base::Region::us_east_1());
    let access = |action| Access::owned(action, OBJECT, base::AccountId::DEFAULT);
    world.identity.allow(&caller, &access("s3:GetObject")).await.unwrap();
    let denied = world.identity.allow(&caller, &access("s3:PutObject")).await.unwrap_err();
    assert_eq!(denied.because, "because no session policy allows the s3:PutObject action");
}

#[tokio::test]
async fn an_unknown_role_of_another_account_acts_for_that_account_alone() {
    let world = world();
    assert!(world.role_may("arn:aws:iam::000000000000:role/nobody", "s3:GetObject", OBJECT).await);
    assert!(!world.role_may("arn:aws:iam::000000000042:role/nobody", "s3:GetObject", OBJECT).await);
}

#[tokio::test]
async fn a_role_that_a_service_was_given_acts_for_its_account_until_iam_knows_it() {
    let world = world();
    let arn = "arn:aws:iam::000000000000:role/delivery";
    assert!(world.role_may(arn, "s3:PutObject", OBJECT).await);
    let made = world.role("delivery", &trust("*"), &allow("s3:PutObject", "arn:aws:s3:::b/a/*")).await;
    assert_eq!(made, arn);
    assert!(world.role_may(arn, "s3:PutObject", OBJECT).await);
    assert!(!world.role_may(arn, "s3:PutObject", "arn:aws:s3:::b/c").await);
    // Another path is another role.
    assert!(
        world.role_may("arn:aws:iam::000000000000:role/p/delivery", "s3:PutObject", "arn:aws:s3:::b/c").await
    );
}

#[tokio::test]
async fn a_user_without_iam_rights_cannot_give_itself_any() {
    let world = world();
    let alice = world.user("alice", Some(&allow("s3:*", "*"))).await;
    let everything = allow("*", "*");
    for (operation, members) in [
        ("CreateAccessKey", vec![]),
        ("CreateAccessKey", vec![("UserName", "alice")]),
        (
            "PutUserPolicy",
            vec![("UserName", "alice"), ("PolicyName", "x"), ("PolicyDocument", everything.as_str())],
        ),
        ("CreateUser", vec![("UserName", "evil")]),
        ("ListUsers", vec![]),
        ("GetUser", vec![]),
    ] {
        let answer = world.call(&alice, "iam", operation, &members).await;
        let text = answer.refused("AccessDenied");
        assert!(text.contains(&format!("perform: iam:{operation} on resource: ")), "{text}");
        assert_eq!(answer.status, 403);
    }
    let own = allow("iam:GetUser", "arn:aws:iam::*:user/${aws:username}");
    let members = [("UserName", "alice"), ("PolicyName", "own"), ("PolicyDocument", own.as_str())];
    world.iam("PutUserPolicy", &members).await.ok();
    world.call(&alice, "iam", "GetUser", &[]).await.ok();
    world.user("bob", None).await;
    world.call(&alice, "iam", "GetUser", &[("UserName", "bob")]).await.refused("AccessDenied");
}

#[tokio::test]
async fn passing_a_role_is_a_right_of_its_own() {
    let world = world();
    let role = world.role("R", &trust("*"), &allow("s3:*", "*")).await;
    let document = policy(&format!(
        r#"{{"Effect":"Allow","Action":"iam:PassRole","Resource":"{role}","Condition":{{"StringEquals":{{"iam:PassedToService":"firehose.amazonaws.com"}}}}}}"#
    ));
    let alice = world.user("alice", Some(&document)).await;
    use service::{Access, Authorizer};
    let caller = world.caller(&alice).await.unwrap();
    let account = base::AccountId::DEFAULT;
    let to = |service| Access::pass_role(role.as_str(), account, service);
    assert!(world.identity.allow(&caller, &to("firehose.amazonaws.com")).await.is_ok());
    assert!(world.identity.allow(&caller, &to("lambda.amazonaws.com")).await.is_err());
}

#[tokio::test]
async fn who_manages_users_can_be_held_to_a_boundary_and_to_tags() {
    let world = world();
    let document = allow("s3:*", "*");
    let edge = world
        .iam("CreatePolicy", &[("PolicyName", "edge"), ("PolicyDocument", &document)])
        .await
        .ok()
        .one("Arn");
    let document = policy(&format!(
        r#"{{"Effect":"Allow","Action":["iam:CreateUser","iam:PutUserPolicy","iam:PutUserPermissionsBoundary"],"Resource":"*",
            "Condition":{{"StringEquals":{{"iam:PermissionsBoundary":"{edge}"}}}}}},
           {{"Effect":"Allow","Action":"iam:DeleteUser","Resource":"*","Condition":{{"StringEquals":{{"iam:ResourceTag/team":"blue"}}}}}}"#
    ));
    let admin = world.user("admin", Some(&document)).await;
    let call =
        async |operation: &str, members: &[(&str, &str)]| world.call(&admin, "iam", operation, members).await;
    call("CreateUser", &[("UserName", "free")]).await.refused("AccessDenied");
    call("CreateUser", &[("UserName", "bound"), ("PermissionsBoundary", &edge)]).await.ok();
    let everything = allow("*", "*");
    let put = |name| [("UserName", name), ("PolicyName", "p"), ("PolicyDocument", everything.as_str())];
    call("PutUserPolicy", &put("bound")).await.ok();
    call("PutUserPolicy", &put("admin")).await.refused("AccessDenied");
    let other =
        [("UserName", "bound"), ("PermissionsBoundary", "arn:aws:iam::aws:policy/AdministratorAccess")];
    call("PutUserPermissionsBoundary", &other).await.refused("AccessDenied");
    call("DeleteUser", &[("UserName", "bound")]).await.refused("AccessDenied");
    let tag = [("UserName", "bound"), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "blue")];
    world.iam("TagUser", &tag).await.ok();
    call("DeleteUser", &[("UserName", "bound")]).await.refused("DeleteConflict");
}

#[tokio::test]
async fn unique_ids_follow_the_principal_and_not_the_name() {
    use ports::Principals;
    let world = world();
    let arn = "arn:aws:iam::000000000000:user/alice";
    assert_eq!(world.identity.unique_id(arn).await.unwrap(), None);
    world.iam("CreateUser", &[("UserName", "alice")]).await.ok();
    let id = world.identity.unique_id(arn).await.unwrap().unwrap();
    world.iam("UpdateUser", &[("UserName", "alice"), ("NewUserName", "bob")]).await.ok();
    assert_eq!(world.identity.unique_id(arn).await.unwrap(), None);
    let now = world.identity.arn_of(&id).await.unwrap();
    assert_eq!(now.as_deref(), Some("arn:aws:iam::000000000000:user/bob"));
}

/// Whether the key may read an object of a bucket of the other account, under a bucket policy that allows this principal, as it is kept.
async fn reads_under(world: &World, key: &Key, kept: &Document) -> bool {
    let side = ResourceSide { policy: Some(std::sync::Arc::new(kept.clone())), ..ResourceSide::default() };
    let owner = "000000000042".parse().unwrap();
    let access = Access::owned("s3:GetObject", OBJECT, owner).under(side);
    world.identity.allow(&world.caller(key).await.unwrap(), &access).await.is_ok()
}

fn bucket_policy(principal: &str) -> Document {
    let statement =
        format!(r#"{{"Effect":"Allow","Principal":{principal},"Action":"s3:GetObject","Resource":"*"}}"#);
    Document::parse(&policy(&statement), Kind::Bucket).unwrap()
}

#[tokio::test]
async fn a_canonical_user_is_the_account_and_nobody_else() {
    let world = world();
    let alice = world.user("alice", Some(&allow("s3:*", "*"))).await;
    let powerless = world.user("bob", None).await;
    let of = |account: &str| {
        let id = canonical_user(account.parse().unwrap());
        bucket_policy(&format!(r#"{{"CanonicalUser":"{id}"}}"#))
    };
    assert!(reads_under(&world, &alice, &of("000000000000")).await);
    assert!(reads_under(&world, &root(), &of("000000000000")).await);
    assert!(!reads_under(&world, &alice, &of("000000000043")).await);
    assert!(!reads_under(&world, &powerless, &of("000000000000")).await, "the account's own policies decide");
}

#[tokio::test]
async fn a_policy_that_is_kept_means_the_user_and_not_the_name() {
    let world = world();
    let all = allow("s3:*", "*");
    let alice = world.user("alice", Some(&all)).await;
    let named = bucket_policy(r#"{"AWS":"arn:aws:iam::000000000000:user/alice"}"#);
    let kept = to_keep(named, &*world.identity).await.unwrap();
    assert!(reads_under(&world, &alice, &kept).await);
    // Her federated session is hers, as far as its own policies go.
    let may = allow("sts:GetFederationToken", "*");
    let put = [("UserName", "alice"), ("PolicyName", "federate"), ("PolicyDocument", may.as_str())];
    world.iam("PutUserPolicy", &put).await.ok();
    let members = [("Name", "guest"), ("Policy", all.as_str())];
    let guest = world.call(&alice, "sts", "GetFederationToken", &members).await;
    assert!(reads_under(&world, &guest.ok().key(), &kept).await);
    let renamed = [("UserName", "alice"), ("NewUserName", "alicia")];
    world.iam("UpdateUser", &renamed).await.ok();
    assert!(reads_under(&world, &alice, &kept).await, "she is called otherwise and is still herself");
    let again = world.user("alice", Some(&all)).await;
    assert!(!reads_under(&world, &again, &kept).await, "the name alone opens nothing");
}
