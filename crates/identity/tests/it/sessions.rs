//! Temporary credentials.

use std::time::Duration;

use super::harness::{OTHER, allow, other_root, policy, root, trust, world, world_over};

const OBJECT: &str = "arn:aws:s3:::b/a/x";

#[tokio::test]
async fn a_session_policy_narrows_a_role() {
    let world = world();
    let alice = world.user("alice", None).await;
    let role = world.role("R", &trust("arn:aws:iam::000000000000:user/alice"), &allow("s3:*", "*")).await;
    let answer = world.assume(&alice, &role, &[]).await.ok();
    assert!(answer.all("PackedPolicySize").is_empty());
    assert_eq!(answer.one("Arn"), "arn:aws:sts::000000000000:assumed-role/R/sess");
    let wide = answer.key();
    world.may(&wide, "s3:PutObject", OBJECT).await.unwrap();
    let narrow = allow("s3:GetObject", "*");
    let answer = world.assume(&alice, &role, &[("Policy", narrow.as_str())]).await.ok();
    assert_eq!(answer.all("PackedPolicySize").len(), 1);
    let denied = world.may(&answer.key(), "s3:PutObject", OBJECT).await.unwrap_err();
    assert_eq!(denied.because, "because no session policy allows the s3:PutObject action");
    assert_eq!(denied.principal.unwrap().as_str(), "arn:aws:sts::000000000000:assumed-role/R/sess");
    let managed = [("PolicyArns.member.1.arn", "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")];
    let reader = world.assume(&alice, &role, &managed).await.ok().key();
    world.may(&reader, "s3:GetObject", OBJECT).await.unwrap();
    world.may(&reader, "s3:PutObject", OBJECT).await.unwrap_err();
}

#[tokio::test]
async fn only_whom_the_trust_names_may_assume_and_a_missing_role_tells_nothing() {
    let world = world();
    let bob = world.user("bob", Some(&allow("sts:*", "*"))).await;
    world.user("alice", None).await;
    let role = world.role("R", &trust("arn:aws:iam::000000000000:user/alice"), &allow("s3:*", "*")).await;
    let missing = "arn:aws:iam::000000000000:role/none";
    for arn in [role.as_str(), missing] {
        for key in [&bob, &root()] {
            let text = world.assume(key, arn, &[]).await.refused("AccessDenied");
            assert!(
                text.ends_with(&format!("is not authorized to perform: sts:AssumeRole on resource: {arn}")),
                "{text}"
            );
        }
    }
    let text = world.assume(&bob, "not an arn at all, no", &[]).await.refused("ValidationError");
    assert_eq!(text, "not an arn at all, no is invalid");
    // Naming the account leaves it to the account's own policies.
    let carol = world.user("carol", None).await;
    let role = world.role("A", &trust("000000000000"), &allow("s3:*", "*")).await;
    world.assume(&carol, &role, &[]).await.refused("AccessDenied");
    world.assume(&bob, &role, &[]).await.ok();
    world.assume(&root(), &role, &[]).await.ok();
}

#[tokio::test]
async fn across_accounts_both_sides_must_allow() {
    let world = world();
    let theirs = format!("arn:aws:iam::{OTHER}:root");
    let role = world.role("R", &trust(&theirs), &allow("s3:*", "*")).await;
    world.call(&other_root(), "iam", "CreateUser", &[("UserName", "eve")]).await.ok();
    let eve = world.call(&other_root(), "iam", "CreateAccessKey", &[("UserName", "eve")]).await.ok().key();
    world.assume(&eve, &role, &[]).await.refused("AccessDenied");
    let document = allow("sts:AssumeRole", &role);
    let members = [("UserName", "eve"), ("PolicyName", "p"), ("PolicyDocument", document.as_str())];
    world.call(&other_root(), "iam", "PutUserPolicy", &members).await.ok();
    let session = world.assume(&eve, &role, &[]).await.ok().key();
    world.may(&session, "s3:GetObject", OBJECT).await.unwrap();
    world.may(&eve, "s3:GetObject", OBJECT).await.unwrap_err();
    let own = world.role("Own", &trust("000000000000"), &allow("s3:*", "*")).await;
    world.assume(&eve, &own, &[]).await.refused("AccessDenied");
    let nobody = trust("arn:aws:iam::000000000042:user/nobody");
    let members = [("RoleName", "X"), ("AssumeRolePolicyDocument", nobody.as_str())];
    let text = world.iam("CreateRole", &members).await.refused("MalformedPolicyDocument");
    assert_eq!(text, r#"Invalid principal in policy: "AWS":"arn:aws:iam::000000000042:user/nobody""#);
}

#[tokio::test]
async fn a_user_made_again_is_not_the_one_that_was_trusted() {
    let world = world();
    let alice = world.user("alice", None).await;
    let id = world.iam("GetUser", &[("UserName", "alice")]).await.ok().one("UserId");
    let role = world.role("R", &trust("arn:aws:iam::000000000000:user/alice"), &allow("s3:*", "*")).await;
    world.assume(&alice, &role, &[]).await.ok();
    let shown = world.iam("GetRole", &[("RoleName", "R")]).await.ok().one("AssumeRolePolicyDocument");
    assert!(shown.contains("user%2Falice") && !shown.contains(&id), "{shown}");
    world.iam("DeleteAccessKey", &[("UserName", "alice"), ("AccessKeyId", &alice.id)]).await.ok();
    world.iam("DeleteUser", &[("UserName", "alice")]).await.ok();
    let again = world.user("alice", None).await;
    world.assume(&again, &role, &[]).await.refused("AccessDenied");
    let shown = world.iam("GetRole", &[("RoleName", "R")]).await.ok().one("AssumeRolePolicyDocument");
    assert!(shown.contains(&id) && !shown.contains("user%2Falice"), "{shown}");
}

#[tokio::test]
async fn a_session_lives_with_its_role_and_no_longer() {
    let world = world();
    let role = world.role("R", &trust("*"), &allow("s3:GetObject", "*")).await;
    let session = world.assume(&root(), &role, &[]).await.ok().key();
    world.may(&session, "s3:GetObject", OBJECT).await.unwrap();
    // What the role may changes for sessions that are there already.
    let none = allow("kinesis:*", "*");
    let members = [("RoleName", "R"), ("PolicyName", "inline"), ("PolicyDocument", none.as_str())];
    world.iam("PutRolePolicy", &members).await.ok();
    world.may(&session, "s3:GetObject", OBJECT).await.unwrap_err();
    world.may(&session, "kinesis:PutRecord", "*").await.unwrap();
    world.iam("DeleteRolePolicy", &[("RoleName", "R"), ("PolicyName", "inline")]).await.ok();
    world.iam("DeleteRole", &[("RoleName", "R")]).await.ok();
    world.role("R", &trust("*"), &allow("*", "*")).await;
    world.may(&session, "kinesis:PutRecord", "*").await.unwrap_err();
}

#[tokio::test]
async fn sessions_survive_a_restart_and_are_swept_after_their_end() {
    let first = world();
    let role = first.role("R", &trust("*"), &allow("s3:*", "*")).await;
    let session = first.assume(&root(), &role, &[("DurationSeconds", "900")]).await.ok().key();
    let alice = first.user("alice", Some(&allow("s3:*", "*"))).await;
    let again = world_over(first.store.clone(), first.clock.clone(), 99);
    again.may(&session, "s3:GetObject", OBJECT).await.unwrap();
    again.may(&alice, "s3:GetObject", OBJECT).await.unwrap();
    again.clock.pass(Duration::from_secs(901));
    assert!(again.caller(&session).await.is_none());
    assert_eq!(
        again.identity.sweep_sessions().await.unwrap(),
        0,
        "whoever comes late is told that it expired"
    );
    again.clock.pass(Duration::from_secs(24 * 3_600));
    assert_eq!(again.identity.sweep_sessions().await.unwrap(), 1);
    assert!(again.caller(&session).await.is_none());
}

#[tokio::test]
async fn no_secret_and_no_token_is_stored_in_the_clear() {
    let world = world();
    let alice = world.user("alice", None).await;
    let role = world.role("R", &trust("*"), &allow("s3:*", "*")).await;
    let session = world.assume(&root(), &role, &[]).await.ok().key();
    let login = [("UserName", "alice"), ("Password", "correct-horse-battery")];
    world.iam("CreateLoginProfile", &login).await.ok();
    let stored = world.everything_stored().await;
    let holds = |text: &str| stored.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds(&alice.id) && holds(&session.id));
    let token = session.token.as_deref().unwrap();
    for secret in [&*alice.secret, &*session.secret, token, "correct-horse-battery"] {
        assert!(!holds(secret));
    }
}

#[tokio::test]
async fn durations_are_bounded_by_the_role_and_by_chaining() {
    let world = world();
    let trusting = trust("*");
    let members =
        [("RoleName", "R"), ("AssumeRolePolicyDocument", trusting.as_str()), ("MaxSessionDuration", "7200")];
    let role = world.iam("CreateRole", &members).await.ok().one("Arn");
    world.assume(&root(), &role, &[("DurationSeconds", "7200")]).await.ok();
    let text = world.assume(&root(), &role, &[("DurationSeconds", "7201")]).await.refused("ValidationError");
    assert_eq!(text, "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    let session = world.assume(&root(), &role, &[]).await.ok().key();
    world.assume(&session, &role, &[("DurationSeconds", "3600")]).await.ok();
    let text = world.assume(&session, &role, &[("DurationSeconds", "3601")]).await.refused("ValidationError");
    assert_eq!(
        text,
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."
    );
}

#[tokio::test]
async fn transitive_tags_are_handed_down_and_cannot_be_replaced() {
    let world = world();
    let document = policy(
        r#"{"Effect":"Allow","Action":["s3:GetObject","sts:AssumeRole","sts:TagSession"],"Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"blue"}}}"#,
    );
    let role = world.role("R", &trust("*"), &document).await;
    let tag = [("Tags.member.1.Key", "Team"), ("Tags.member.1.Value", "blue")];
    let keys = [("TransitiveTagKeys.member.1", "team")];
    let text = world.assume(&root(), &role, &keys).await.refused("InvalidParameterValue");
    assert_eq!(text, "The specified transitive tag key must be included in the requested tags.");
    let first = world.assume(&root(), &role, &[&tag[..], &keys[..]].concat()).await.ok().key();
    let second = world.assume(&first, &role, &[]).await.ok().key();
    world.may(&second, "s3:GetObject", OBJECT).await.unwrap();
    let other = [("Tags.member.1.Key", "TEAM"), ("Tags.member.1.Value", "red")];
    let text = world.assume(&second, &role, &other).await.refused("InvalidParameterValue");
    assert!(text.starts_with("One of the specified transitive tag keys can't be set"), "{text}");
    let plain = world.assume(&root(), &role, &[]).await.ok().key();
    world.may(&plain, "s3:GetObject", OBJECT).await.unwrap_err();
}

#[tokio::test]
async fn an_external_id_must_be_the_one_that_was_agreed() {
    let world = world();
    let trusting = policy(
        r#"{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"agreed"}}}"#,
    );
    let role = world.role("R", &trusting, &allow("s3:*", "*")).await;
    world.assume(&root(), &role, &[]).await.refused("AccessDenied");
    world.assume(&root(), &role, &[("ExternalId", "other")]).await.refused("AccessDenied");
    world.assume(&root(), &role, &[("ExternalId", "agreed")]).await.ok();
    // Tags and source identities are rights of their own.
    let more = [("ExternalId", "agreed"), ("SourceIdentity", "alice")];
    let text = world.assume(&root(), &role, &more).await.refused("AccessDenied");
    assert!(text.contains("sts:SetSourceIdentity"), "{text}");
}

#[tokio::test]
async fn a_users_session_may_what_the_user_may_but_not_iam() {
    let world = world();
    let alice = world.user("alice", Some(&allow("*", "*"))).await;
    let session = world.call(&alice, "sts", "GetSessionToken", &[]).await.ok().key();
    world.may(&session, "s3:GetObject", OBJECT).await.unwrap();
    world.call(&session, "iam", "ListUsers", &[]).await.refused("AccessDenied");
    world.call(&session, "sts", "GetSessionToken", &[]).await.refused("AccessDenied");
    let who = world.call(&session, "sts", "GetCallerIdentity", &[]).await.ok();
    assert_eq!(who.one("Arn"), "arn:aws:iam::000000000000:user/alice");
}

#[tokio::test]
async fn a_federated_session_may_only_what_its_policy_allows_of_the_users_rights() {
    let world = world();
    let document =
        policy(r#"{"Effect":"Allow","Action":["s3:GetObject","sts:GetFederationToken"],"Resource":"*"}"#);
    let alice = world.user("alice", Some(&document)).await;
    let bare = world.call(&alice, "sts", "GetFederationToken", &[("Name", "fed")]).await.ok().key();
    world.may(&bare, "s3:GetObject", OBJECT).await.unwrap_err();
    let wide = allow("s3:*", "*");
    let members = [("Name", "fed"), ("Policy", wide.as_str())];
    let answer = world.call(&alice, "sts", "GetFederationToken", &members).await.ok();
    assert_eq!(answer.one("FederatedUserId"), "000000000000:fed");
    world.may(&answer.key(), "s3:GetObject", OBJECT).await.unwrap();
    world.may(&answer.key(), "s3:PutObject", OBJECT).await.unwrap_err();
    world.call(&answer.key(), "iam", "ListUsers", &[]).await.refused("AccessDenied");
}
