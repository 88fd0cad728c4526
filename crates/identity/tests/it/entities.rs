//! Users, roles and groups as such.

use super::harness::{allow, policy, trust, world};

#[tokio::test]
async fn names_clash_regardless_of_case_and_keep_the_case_given() {
    let world = world();
    let made = world.iam("CreateUser", &[("UserName", "Alice"), ("Path", "/div/")]).await.ok();
    assert_eq!(made.one("Arn"), "arn:aws:iam::000000000000:user/div/Alice");
    let answer = world.iam("CreateUser", &[("UserName", "aLICE")]).await;
    assert_eq!(answer.refused("EntityAlreadyExists"), "User with name aLICE already exists.");
    assert_eq!(answer.status, 409);
    assert_eq!(world.iam("GetUser", &[("UserName", "alice")]).await.ok().one("UserName"), "Alice");
    let answer = world.iam("GetUser", &[("UserName", "bob")]).await;
    assert_eq!(answer.refused("NoSuchEntity"), "The user with name bob cannot be found.");
    assert_eq!(answer.status, 404);
    let answer = world.iam("CreateUser", &[("UserName", "a b")]).await;
    assert!(
        answer
            .refused("ValidationError")
            .starts_with("1 validation error detected: Value 'a b' at 'userName'")
    );
}

#[tokio::test]
async fn listings_go_on_from_their_marker() {
    let world = world();
    for name in ["c", "A", "b", "E", "d"] {
        world.iam("CreateUser", &[("UserName", name)]).await.ok();
    }
    let mut names = Vec::new();
    let mut marker = String::new();
    loop {
        let members = [("MaxItems", "2"), ("Marker", marker.as_str())];
        let members = if marker.is_empty() { &members[..1] } else { &members[..] };
        let page = world.iam("ListUsers", members).await.ok();
        names.extend(page.all("UserName"));
        assert_eq!(page.one("IsTruncated"), (names.len() < 5).to_string());
        let Some(next) = page.all("Marker").into_iter().next() else { break };
        marker = next;
    }
    assert_eq!(names, ["A", "b", "c", "d", "E"]);
    let answer = world.iam("ListRoles", &[("Marker", &marker)]).await;
    assert_eq!(answer.refused("ValidationError"), "Invalid Marker.");
}

#[tokio::test]
async fn what_hangs_on_an_entity_must_go_first() {
    let world = world();
    let alice = world.user("alice", Some(&allow("s3:*", "*"))).await;
    let attached = [("UserName", "alice"), ("PolicyArn", "arn:aws:iam::aws:policy/IAMFullAccess")];
    world.iam("AttachUserPolicy", &attached).await.ok();
    world.iam("AttachUserPolicy", &attached).await.ok();
    world.iam("CreateLoginProfile", &[("UserName", "alice"), ("Password", "secret-words")]).await.ok();
    let refusal = async || world.iam("DeleteUser", &[("UserName", "alice")]).await.refused("DeleteConflict");
    assert_eq!(refusal().await, "Cannot delete entity, must detach all policies first.");
    world.iam("DetachUserPolicy", &attached).await.ok();
    world.iam("DetachUserPolicy", &attached).await.refused("NoSuchEntity");
    assert_eq!(refusal().await, "Cannot delete entity, must delete policies first.");
    world.iam("DeleteUserPolicy", &[("UserName", "alice"), ("PolicyName", "inline")]).await.ok();
    assert_eq!(refusal().await, "Cannot delete entity, must delete access keys first.");
    world.iam("DeleteAccessKey", &[("UserName", "alice"), ("AccessKeyId", &alice.id)]).await.ok();
    assert_eq!(refusal().await, "Cannot delete entity, must delete login profile first.");
    world.iam("DeleteLoginProfile", &[("UserName", "alice")]).await.ok();
    world.iam("DeleteUser", &[("UserName", "alice")]).await.ok();

    world.role("R", &trust("*"), &allow("s3:*", "*")).await;
    world.iam("DeleteRolePolicy", &[("RoleName", "R"), ("PolicyName", "inline")]).await.ok();
    world.iam("CreateInstanceProfile", &[("InstanceProfileName", "P")]).await.ok();
    let both = [("InstanceProfileName", "P"), ("RoleName", "R")];
    world.iam("AddRoleToInstanceProfile", &both).await.ok();
    world.iam("AddRoleToInstanceProfile", &both).await.refused("LimitExceeded");
    let text = world.iam("DeleteRole", &[("RoleName", "R")]).await.refused("DeleteConflict");
    assert_eq!(text, "Cannot delete entity, must remove roles from instance profile first.");
    world.iam("RemoveRoleFromInstanceProfile", &both).await.ok();
    world.iam("DeleteRole", &[("RoleName", "R")]).await.ok();
}

#[tokio::test]
async fn a_user_and_a_group_keep_what_they_have_under_another_name() {
    let world = world();
    let alice = world.user("alice", Some(&allow("s3:*", "*"))).await;
    world.iam("CreateGroup", &[("GroupName", "old")]).await.ok();
    world.iam("AddUserToGroup", &[("GroupName", "old"), ("UserName", "alice")]).await.ok();
    let id = world.iam("GetUser", &[("UserName", "alice")]).await.ok().one("UserId");
    let renamed = [("UserName", "alice"), ("NewUserName", "Alicia"), ("NewPath", "/x/")];
    world.iam("UpdateUser", &renamed).await.ok();
    world.iam("UpdateGroup", &[("GroupName", "old"), ("NewGroupName", "new")]).await.ok();
    world.iam("GetUser", &[("UserName", "alice")]).await.refused("NoSuchEntity");
    let who = world.call(&alice, "sts", "GetCallerIdentity", &[]).await.ok();
    assert_eq!(
        (who.one("Arn"), who.one("UserId")),
        ("arn:aws:iam::000000000000:user/x/Alicia".to_owned(), id)
    );
    world.may(&alice, "s3:GetObject", "arn:aws:s3:::b/k").await.unwrap();
    assert_eq!(world.iam("GetGroup", &[("GroupName", "new")]).await.ok().all("UserName"), ["Alicia"]);
    let groups = world.iam("ListGroupsForUser", &[("UserName", "alicia")]).await.ok();
    assert_eq!(groups.all("GroupName"), ["new"]);
    world.iam("GetGroup", &[("GroupName", "old")]).await.refused("NoSuchEntity");
}

#[tokio::test]
async fn quotas_are_aws_s() {
    let world = world();
    world.user("alice", None).await;
    world.iam("CreateAccessKey", &[("UserName", "alice")]).await.ok();
    let text = world.iam("CreateAccessKey", &[("UserName", "alice")]).await.refused("LimitExceeded");
    assert_eq!(text, "Cannot exceed quota for AccessKeysPerUser: 2");
    let sid = |number: usize| {
        format!(r#"{{"Sid":"S{number}","Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}"#)
    };
    let many: Vec<String> = (0..200).map(sid).collect();
    let large = policy(&many.join(","));
    let text = world.iam("CreatePolicy", &[("PolicyName", "P"), ("PolicyDocument", &large)]).await;
    assert_eq!(text.refused("LimitExceeded"), "Cannot exceed quota for PolicySize: 6144");
    let trusting: Vec<String> = (0..40)
        .map(|number| format!(r#"{{"Sid":"S{number}","Effect":"Allow","Principal":{{"AWS":"*"}},"Action":"sts:AssumeRole"}}"#))
        .collect();
    let members = [("RoleName", "R"), ("AssumeRolePolicyDocument", &*policy(&trusting.join(",")))];
    let text = world.iam("CreateRole", &members).await.refused("LimitExceeded");
    assert_eq!(text, "Cannot exceed quota for ACLSizePerRole: 2048");
    let members = [("UserName", "alice"), ("PolicyName", "p"), ("PolicyDocument", large.as_str())];
    world.iam("PutUserPolicy", &members).await.refused("LimitExceeded");
    let group = |number| format!("g{number}");
    for number in 0..11 {
        world.iam("CreateGroup", &[("GroupName", &group(number))]).await.ok();
        let joined =
            world.iam("AddUserToGroup", &[("GroupName", &group(number)), ("UserName", "alice")]).await;
        match number {
            10 => assert_eq!(joined.refused("LimitExceeded"), "Cannot exceed quota for GroupsPerUser: 10"),
            _ => drop(joined.ok()),
        }
    }
    let summary = world.iam("GetAccountSummary", &[]).await.ok();
    assert!(summary.xml.contains("<key>Groups</key><value>11</value>"), "{}", summary.xml);
}

#[tokio::test]
async fn the_root_and_users_manage_their_own_keys_without_a_name() {
    let world = world();
    let of_root = world.iam("CreateAccessKey", &[]).await.ok().key();
    let who = world.call(&of_root, "sts", "GetCallerIdentity", &[]).await.ok();
    assert_eq!(who.one("Arn"), "arn:aws:iam::000000000000:root");
    assert_eq!(world.iam("ListAccessKeys", &[]).await.ok().one("AccessKeyId"), of_root.id);
    world.iam("DeleteAccessKey", &[("AccessKeyId", &of_root.id)]).await.ok();
    assert!(world.caller(&of_root).await.is_none());
    let alice = world.user("alice", Some(&allow("iam:*", "*"))).await;
    let second = world.call(&alice, "iam", "CreateAccessKey", &[]).await.ok();
    assert_eq!(second.one("UserName"), "alice");
    let used = world.iam("GetAccessKeyLastUsed", &[("AccessKeyId", &alice.id)]).await.ok();
    assert_eq!((used.one("ServiceName"), used.one("UserName")), ("iam".to_owned(), "alice".to_owned()));
    let unused = world.iam("GetAccessKeyLastUsed", &[("AccessKeyId", &second.key().id)]).await.ok();
    assert_eq!((unused.one("ServiceName"), unused.one("Region")), ("N/A".to_owned(), "N/A".to_owned()));
    let foreign = [("UserName", "alice"), ("AccessKeyId", of_root.id.as_str())];
    let text = world.iam("DeleteAccessKey", &foreign).await.refused("NoSuchEntity");
    assert_eq!(text, format!("The Access Key with id {} cannot be found.", of_root.id));
}

#[tokio::test]
async fn tags_clash_regardless_of_case() {
    let world = world();
    let twice = [
        ("UserName", "alice"),
        ("Tags.member.1.Key", "a"),
        ("Tags.member.1.Value", "1"),
        ("Tags.member.2.Key", "A"),
        ("Tags.member.2.Value", "2"),
    ];
    let text = world.iam("CreateUser", &twice).await.refused("InvalidInput");
    assert_eq!(text, "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    world.iam("CreateUser", &twice[..3]).await.ok();
    world.iam("TagUser", &[twice[0], ("Tags.member.1.Key", "A"), ("Tags.member.1.Value", "2")]).await.ok();
    let tags = world.iam("ListUserTags", &[("UserName", "alice")]).await.ok();
    assert_eq!((tags.all("Key"), tags.all("Value")), (vec!["A".to_owned()], vec!["2".to_owned()]));
    world.iam("UntagUser", &[("UserName", "alice"), ("TagKeys.member.1", "a")]).await.ok();
    assert!(world.iam("ListUserTags", &[("UserName", "alice")]).await.ok().all("Key").is_empty());
}

#[tokio::test]
async fn a_role_is_told_as_aws_tells_it() {
    let world = world();
    let trusting = trust("*");
    let members = [("RoleName", "R"), ("AssumeRolePolicyDocument", trusting.as_str()), ("Description", "d")];
    let made = world.iam("CreateRole", &members).await.ok();
    assert!(made.all("MaxSessionDuration").is_empty() && !made.xml.contains("RoleLastUsed"));
    let got = world.iam("GetRole", &[("RoleName", "R")]).await.ok();
    assert_eq!(got.one("MaxSessionDuration"), "3600");
    assert!(got.xml.contains("RoleLastUsed"), "{}", got.xml);
    let listed = world.iam("ListRoles", &[]).await.ok();
    assert!(!listed.xml.contains("RoleLastUsed") && listed.one("Description") == "d");
    let linked = [("AWSServiceName", "lambda.amazonaws.com")];
    let made = world.iam("CreateServiceLinkedRole", &linked).await.ok();
    assert_eq!(
        made.one("Arn"),
        "arn:aws:iam::000000000000:role/aws-service-role/lambda.amazonaws.com/AWSServiceRoleForLambda"
    );
    world.iam("CreateServiceLinkedRole", &linked).await.refused("InvalidInput");
    world.iam("DeleteRole", &[("RoleName", "AWSServiceRoleForLambda")]).await.refused("UnmodifiableEntity");
    let gone = world.iam("DeleteServiceLinkedRole", &[("RoleName", "AWSServiceRoleForLambda")]).await.ok();
    let task = gone.one("DeletionTaskId");
    let status = world.iam("GetServiceLinkedRoleDeletionStatus", &[("DeletionTaskId", &task)]).await.ok();
    assert_eq!(status.one("Status"), "SUCCEEDED");
}
