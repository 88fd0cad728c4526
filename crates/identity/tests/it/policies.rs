//! Managed policies, simulation, and the account as a whole.

use super::harness::{allow, policy, world};

#[tokio::test]
async fn versions_come_and_go_and_numbers_are_never_used_again() {
    let world = world();
    let document = allow("s3:GetObject", "*");
    let made = world.iam("CreatePolicy", &[("PolicyName", "P"), ("PolicyDocument", &document)]).await.ok();
    assert_eq!(
        (made.one("DefaultVersionId"), made.one("AttachmentCount")),
        ("v1".to_owned(), "0".to_owned())
    );
    let arn = made.one("Arn");
    let version = [("PolicyArn", arn.as_str()), ("PolicyDocument", document.as_str())];
    for number in 2..=5 {
        let made = world.iam("CreatePolicyVersion", &version).await.ok();
        assert_eq!(
            (made.one("VersionId"), made.one("IsDefaultVersion")),
            (format!("v{number}"), "false".to_owned())
        );
    }
    let text = world.iam("CreatePolicyVersion", &version).await.refused("LimitExceeded");
    assert!(text.starts_with("A managed policy can have up to 5 versions."), "{text}");
    let named = |version| [("PolicyArn", arn.as_str()), ("VersionId", version)];
    world.iam("DeletePolicyVersion", &named("v1")).await.refused("DeleteConflict");
    world.iam("DeletePolicyVersion", &named("v5")).await.ok();
    assert_eq!(world.iam("CreatePolicyVersion", &version).await.ok().one("VersionId"), "v6");
    world.iam("SetDefaultPolicyVersion", &named("v6")).await.ok();
    let listed = world.iam("ListPolicyVersions", &[("PolicyArn", &arn)]).await.ok();
    assert_eq!(listed.all("VersionId"), ["v6", "v4", "v3", "v2", "v1"]);
    let got = world.iam("GetPolicyVersion", &named("v6")).await.ok();
    assert!(got.one("Document").starts_with("%7B%22Version%22%3A%222012-10-17%22"));
    world.iam("DeletePolicy", &[("PolicyArn", &arn)]).await.refused("DeleteConflict");
}

#[tokio::test]
async fn a_policy_knows_what_it_is_attached_to() {
    let world = world();
    let document = allow("s3:GetObject", "*");
    let arn = world
        .iam("CreatePolicy", &[("PolicyName", "P"), ("PolicyDocument", &document)])
        .await
        .ok()
        .one("Arn");
    world.user("alice", None).await;
    world.iam("CreateGroup", &[("GroupName", "G")]).await.ok();
    world.iam("AttachUserPolicy", &[("UserName", "alice"), ("PolicyArn", &arn)]).await.ok();
    world.iam("AttachGroupPolicy", &[("GroupName", "G"), ("PolicyArn", &arn)]).await.ok();
    let entities = world.iam("ListEntitiesForPolicy", &[("PolicyArn", &arn)]).await.ok();
    assert_eq!(
        (entities.all("UserName"), entities.all("GroupName")),
        (vec!["alice".to_owned()], vec!["G".to_owned()])
    );
    assert_eq!(world.iam("GetPolicy", &[("PolicyArn", &arn)]).await.ok().one("AttachmentCount"), "2");
    let text = world.iam("DeletePolicy", &[("PolicyArn", &arn)]).await.refused("DeleteConflict");
    assert_eq!(text, "Cannot delete a policy attached to entities.");
    let attached = world.iam("ListPolicies", &[("OnlyAttached", "true")]).await.ok();
    assert_eq!(attached.all("PolicyName"), ["P"]);
    let aws = world.iam("ListPolicies", &[("Scope", "AWS"), ("PathPrefix", "/service-role/")]).await.ok();
    assert!(aws.all("PolicyName").contains(&"AWSGlueServiceRole".to_owned()));
    let missing = [("UserName", "alice"), ("PolicyArn", "arn:aws:iam::000000000000:policy/None")];
    let text = world.iam("AttachUserPolicy", &missing).await.refused("NoSuchEntity");
    assert_eq!(text, "Policy arn:aws:iam::000000000000:policy/None does not exist or is not attachable.");
    let text = world
        .iam("GetPolicy", &[("PolicyArn", "nonsense, but long enough")])
        .await
        .refused("ValidationError");
    assert_eq!(text, "Invalid ARN:  Could not be parsed!");
}

#[tokio::test]
async fn what_is_no_policy_is_refused_in_aws_s_words() {
    let world = world();
    world.user("alice", None).await;
    let put = async |document: &str| {
        let members = [("UserName", "alice"), ("PolicyName", "p"), ("PolicyDocument", document)];
        world.iam("PutUserPolicy", &members).await.refused("MalformedPolicyDocument")
    };
    assert_eq!(put("nope").await, "Syntax errors in policy.");
    let principal = policy(r#"{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}"#);
    assert_eq!(put(&principal).await, "Policy document should not specify a principal.");
    assert_eq!(put(&allow("s3:*", "b")).await, "Resource b must be in ARN format or \"*\".");
    let members = [("RoleName", "R"), ("AssumeRolePolicyDocument", "nope")];
    let text = world.iam("CreateRole", &members).await.refused("MalformedPolicyDocument");
    assert_eq!(text, "This policy contains invalid Json");
}

#[tokio::test]
async fn a_simulation_answers_as_the_gate_would() {
    let world = world();
    let document = policy(
        r#"{"Effect":"Allow","Action":"s3:*","Resource":"*"},
           {"Effect":"Deny","Action":"s3:DeleteObject","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"false"}}}"#,
    );
    world.user("alice", Some(&document)).await;
    let members = [
        ("PolicySourceArn", "arn:aws:iam::000000000000:user/alice"),
        ("ActionNames.member.1", "s3:GetObject"),
        ("ActionNames.member.2", "s3:DeleteObject"),
        ("ActionNames.member.3", "kinesis:PutRecord"),
        ("ContextEntries.member.1.ContextKeyName", "aws:MultiFactorAuthPresent"),
        ("ContextEntries.member.1.ContextKeyValues.member.1", "false"),
        ("ContextEntries.member.1.ContextKeyType", "boolean"),
    ];
    let answer = world.iam("SimulatePrincipalPolicy", &members).await.ok();
    assert_eq!(answer.all("EvalDecision"), ["allowed", "explicitDeny", "implicitDeny"]);
    let keys = world.iam("GetContextKeysForPrincipalPolicy", &members[..1]).await.ok();
    assert!(keys.xml.contains("<member>aws:MultiFactorAuthPresent</member>"), "{}", keys.xml);
    let custom = [("PolicyInputList.member.1", document.as_str()), ("ActionNames.member.1", "s3:PutObject")];
    assert_eq!(world.iam("SimulateCustomPolicy", &custom).await.ok().one("EvalDecision"), "allowed");
}

#[tokio::test]
async fn an_account_has_one_alias_one_password_policy_and_one_report() {
    let world = world();
    world.iam("CreateAccountAlias", &[("AccountAlias", "mill")]).await.ok();
    assert!(world.iam("ListAccountAliases", &[]).await.ok().xml.contains("<member>mill</member>"));
    world.iam("DeleteAccountAlias", &[("AccountAlias", "race")]).await.refused("NoSuchEntity");
    world.iam("DeleteAccountAlias", &[("AccountAlias", "mill")]).await.ok();
    let text = world.iam("GetAccountPasswordPolicy", &[]).await.refused("NoSuchEntity");
    assert_eq!(text, "The Password Policy with domain name 000000000000 cannot be found.");
    world.iam("UpdateAccountPasswordPolicy", &[("MinimumPasswordLength", "12")]).await.ok();
    assert_eq!(world.iam("GetAccountPasswordPolicy", &[]).await.ok().one("MinimumPasswordLength"), "12");
    world.user("alice", None).await;
    let short = [("UserName", "alice"), ("Password", "short")];
    world.iam("CreateLoginProfile", &short).await.refused("PasswordPolicyViolation");
    world.iam("GetCredentialReport", &[]).await.refused("ReportNotPresent");
    world.iam("GenerateCredentialReport", &[]).await.ok();
    world.iam("GetCredentialReport", &[]).await.ok();
    world.clock.pass(std::time::Duration::from_secs(4 * 3_600 + 1));
    world.iam("GetCredentialReport", &[]).await.refused("ReportExpired");
}

#[tokio::test]
async fn the_details_of_an_account_hold_everything_that_says_who_may_do_what() {
    let world = world();
    world.user("alice", Some(&allow("s3:*", "*"))).await;
    world.role("R", &super::harness::trust("*"), &allow("s3:*", "*")).await;
    world
        .iam("AttachRolePolicy", &[("RoleName", "R"), ("PolicyArn", "arn:aws:iam::aws:policy/IAMFullAccess")])
        .await
        .ok();
    let all = world.iam("GetAccountAuthorizationDetails", &[]).await.ok();
    assert_eq!((all.all("UserName"), all.all("RoleName")), (vec!["alice".to_owned()], vec!["R".to_owned()]));
    assert!(all.xml.contains("<Arn>arn:aws:iam::aws:policy/IAMFullAccess</Arn>"));
    let roles = world.iam("GetAccountAuthorizationDetails", &[("Filter.member.1", "Role")]).await.ok();
    assert!(roles.all("UserName").is_empty() && roles.all("RoleName") == ["R"]);
}
