use super::*;

const HEAD: &str = r#"{"Version": "2012-10-17", "Statement": "#;

fn refused(text: &str, kind: Kind) -> String {
    match Document::parse(text, kind) {
        Ok(_) => "taken".to_owned(),
        Err(malformed) => malformed.to_string(),
    }
}

/// What a managed policy of these statements is answered.
fn managed(statements: &str) -> String {
    refused(&format!("{HEAD}{statements}}}"), Kind::Managed)
}

fn trust(statement: &str) -> String {
    refused(&format!("{HEAD}{statement}}}"), Kind::Trust)
}

fn bucket(statement: &str) -> String {
    refused(&format!("{HEAD}{statement}}}"), Kind::Bucket)
}

const SYNTAX: &str = "Syntax errors in policy.";
const LEGACY: &str = "The policy failed legacy parsing";

#[test]
fn the_grammar_is_checked_first() {
    for text in [
        "no json",
        r#"{"Version": "2013-10-17", "Statement": {"Effect": "Allow", "Action": "s3:x", "Resource": "*"}}"#,
        r#"{"Version": "2012-10-17"}"#,
        r#"{"Version": "2012-10-17", "Statement": []}"#,
        r#"{"Version": "2012-10-17", "Statement": ["afd"]}"#,
        r#"{"Version": "2012-10-17", "Id": {}, "Statement": {"Effect": "Allow", "Action": "s3:x", "Resource": "*"}}"#,
        r#"{"Version": "2012-10-17", "Extra": "x", "Statement": {"Effect": "Allow", "Action": "s3:x", "Resource": "*"}}"#,
        r#"{"Version": "2012-10-17", "Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:x", "Resource": "*"}}"#,
    ] {
        assert_eq!(refused(text, Kind::Managed), SYNTAX, "{text}");
    }
    for statement in [
        r#"{"Action": "s3:x", "Resource": "*"}"#,
        r#"{"Effect": "invalid", "Action": "s3:x", "Resource": "*"}"#,
        r#"{"Effect": "Allow", "Action": "s3:x", "Resource": "*", "Extra": 1}"#,
        r#"{"Effect": "Allow", "Action": "s3:x", "Resource": {"a": "*"}}"#,
        r#"{"Effect": "Deny", "Action": "s3:x", "Resource": ["adfdf", {}]}"#,
        r#"{"Effect": "Deny", "Action": [[]], "Resource": "*"}"#,
        r#"{"Effect": "Allow", "NotAction": "s3:x", "Action": [], "Resource": "*"}"#,
        r#"{"Effect": "Allow", "Action": "s3:x", "Resource": "*", "NotResource": "*"}"#,
        r#"{"Sid": {}, "Effect": "Allow", "Action": "s3:x", "Resource": "*"}"#,
        r#"{"Effect": "Allow", "Action": "s3:x", "Resource": "*", "Condition": []}"#,
        r#"{"Effect": "Allow", "Action": "s3:x", "Resource": "*", "Condition": {"a": "b"}}"#,
        r#"{"Effect": "Allow", "Action": "s3:x", "Resource": "*", "Condition": {"DateGreaterThan": {"a": {}}}}"#,
        r#"{"Effect": "Allow", "Action": "s3:x", "Resource": "*", "Condition": {"x": {"a": "1"}}}"#,
        r#"{"Effect": "Allow", "Action": "s3:x", "Resource": "*", "Condition": {"ForAnyValue::StringEqualsIfExists": {"a": "x"}}}"#,
    ] {
        assert_eq!(managed(statement), SYNTAX, "{statement}");
    }
}

#[test]
fn a_managed_policy_needs_the_newer_version_and_others_do_not() {
    let old = r#"{"Statement": {"Effect": "denY", "Action": "s3:x", "Resource": "*"}}"#;
    assert_eq!(refused(old, Kind::Managed), "Policy document must be version 2012-10-17 or greater.");
    assert_eq!(refused(old, Kind::Boundary), "Policy document must be version 2012-10-17 or greater.");
    assert_eq!(refused(old, Kind::Identity), LEGACY);
    let old =
        r#"{"Version": "2008-10-17", "Statement": {"Effect": "Deny", "Action": "s3:x", "Resource": "*"}}"#;
    assert_eq!(refused(old, Kind::Session), "taken");
}

#[test]
fn identity_policies_name_no_principal() {
    let statement = r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:x", "Resource": "*"}"#;
    assert_eq!(managed(statement), "Policy document should not specify a principal.");
}

#[test]
fn the_older_parser_comes_before_sids_and_actions() {
    for statement in [
        r#"{"Effect": "denY", "Action": "s3:x", "Resource": "*"}"#,
        r#"[{"Sid": "a", "Effect": "aLLow", "Action": "s3:x", "Resource": "*"}, {"Sid": "a", "Effect": "Allow"}]"#,
        r#"{"Effect": "Allow", "Action": "s3:x", "Resource": "arn:aws:s3::example_bucket"}"#,
        r#"{"Effect": "Allow", "Resource": "arn:aws:s3::example_bucket"}"#,
        r#"{"Effect": "Allow", "Action": "s3:x", "NotResource": "arn:aws:s3::example_bucket"}"#,
        r#"{"Effect": "Allow", "NotAction": "s3:x", "Resource": "arn:aws::::example_bucket"}"#,
        r#"{"Effect": "Allow", "Action": "s3:x", "Resource": "arn:aws::fdsasf"}"#,
        r#"{"Effect": "allow", "Resource": "arn:aws:s3:us-east-1::example_bucket"}"#,
        r#"{"Effect": "Allow", "Condition": {"DateGreaterThan": {"a": "sdfdsf"}}}"#,
        r#"{"Effect": "Allow", "Action": "s3:x", "Resource": "arn:error:s3:::b", "Condition": {"DateGreaterThan": {"a": "x"}}}"#,
    ] {
        assert_eq!(managed(statement), LEGACY, "{statement}");
    }
}

#[test]
fn sids_are_plain_and_unique() {
    let twice = r#"[{"Sid": "sdf", "Effect": "Allow", "Action": "s3:x", "Resource": "*"}, {"Sid": "sdf", "Effect": "Allow"}]"#;
    assert_eq!(managed(twice), "Statement IDs (SID) in a single policy must be unique.");
    let blank = r#"{"Sid": "a b", "Effect": "Allow", "Action": "s3:x", "Resource": "*"}"#;
    assert!(managed(blank).starts_with("Statement IDs (SID) must be alpha-numeric."));
    let key = r#"{"Sid": "Enable IAM User Permissions", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:root"},
        "Action": "kms:*", "Resource": "*"}"#;
    assert_eq!(refused(&format!("{HEAD}{key}}}"), Kind::Key), "taken");
}

#[test]
fn resources_are_refused_in_aws_words_before_actions() {
    let answer = |resource: &str| {
        managed(&format!(r#"{{"Effect": "Allow", "Action": "s:3:ListBucket", "Resource": "{resource}"}}"#))
    };
    for (resource, text) in [
        ("sdfsadf", "Resource sdfsadf must be in ARN format or \"*\"."),
        ("", "Resource  must be in ARN format or \"*\"."),
        ("a:bsdfdsafsad", "Partition \"bsdfdsafsad\" is not valid for resource \"arn:bsdfdsafsad:*:*:*:*\"."),
        ("a:b:cadfsdf", "Partition \"b\" is not valid for resource \"arn:b:cadfsdf:*:*:*\"."),
        ("a:b:c:d:e:f:g:h", "Partition \"b\" is not valid for resource \"arn:b:c:d:e:f:g:h\"."),
        (
            "aws:s3:::example_bucket",
            "Partition \"s3\" is not valid for resource \"arn:s3:::example_bucket:*\".",
        ),
        ("arn:aws", "Resource vendor must be fully qualified and cannot contain regexes."),
        ("arn:aws:s*:::b", "Resource vendor must be fully qualified and cannot contain regexes."),
        (
            "arn:aws:iam:us-east-1::example_bucket",
            "IAM resource arn:aws:iam:us-east-1::example_bucket cannot contain region information.",
        ),
        (
            "arn:aws:s3:us-east-1::example_bucket",
            "Resource arn:aws:s3:us-east-1::example_bucket can not contain region information.",
        ),
    ] {
        assert_eq!(answer(resource), text);
    }
    assert!(
        answer("arn:aws:iam:::example_bucket")
            .starts_with("IAM resource path must either be \"*\" or start with user/, ")
    );
    let two = r#"{"Effect": "Allow", "Action": "s3:x", "Resource": ["arn:error:s3:::example_bucket", "arn:error:s3::example_bucket"]}"#;
    assert_eq!(
        managed(two),
        "Partition \"error\" is not valid for resource \"arn:error:s3:::example_bucket\"."
    );
}

#[test]
fn actions_are_refused_in_aws_words_before_missing_resources() {
    let answer = |action: &str| managed(&format!(r#"{{"Effect": "Allow", "Action": "{action}"}}"#));
    assert_eq!(
        answer("invalid"),
        "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
    );
    assert_eq!(answer(""), "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
    assert_eq!(answer("a a:ListBucket"), "Vendor a a is not valid");
    assert_eq!(answer("s3:List:Bucket"), "Actions/Condition can contain only one colon.");
    assert_eq!(answer("s3:ListBucket"), "Policy statement must contain resources.");
    assert_eq!(
        managed(r#"{"Effect": "Allow", "Action": "s3:x", "Resource": []}"#),
        "Policy statement must contain resources."
    );
    for statement in [
        r#"{"Effect": "Allow"}"#,
        r#"{"Effect": "Allow", "Action": [], "Resource": "*"}"#,
        r#"[{"Effect": "Deny"}, {"Effect": "Allow", "Action": "s3:x", "Resource": "*"}]"#,
    ] {
        assert_eq!(managed(statement), "Policy statement must contain actions.", "{statement}");
    }
}

#[test]
fn what_aws_takes_is_taken() {
    for statement in [
        r#"{"Effect": "Allow", "Action": "iam: asdf safdsf af ", "Resource": "arn:aws:s3:::example_bucket"}"#,
        r#"{"Effect": "Allow", "Action": "*", "Resource": ["arn:aws:s3:::example_bucket", "*"]}"#,
        r#"{"Effect": "Allow", "Action": "*:*", "Resource": "arn:aws:iam:::user/example_bucket"}"#,
        r#"{"Effect": "Allow", "Action": "s3.s-x:ListBucket", "Resource": "arn:aws:fdsasf"}"#,
        r#"{"Effect": "Allow", "Action": "s3:x", "Resource": "arn:aws:cloudwatch:us-east-1::example_bucket"}"#,
        r#"{"Effect": "Allow", "Action": "s3:x", "Resource": "*", "Condition": {"DateGreaterThan": {"a": []}}}"#,
        r#"{"Effect": "Allow", "Action": "s3:x", "Resource": "*", "Condition": {"x": {}, "y": {}}}"#,
        r#"{"Effect": "Allow", "Action": "s3:x", "Resource": "*", "Condition": {"DateGreaterThan": {"a": "01T"}}}"#,
        r#"{"Effect": "Allow", "Action": "s3:x", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": true}}}"#,
        r#"{"Effect": "Allow", "NotAction": "s3:x", "NotResource": "*"}"#,
        r#"{"Effect": "Allow", "Action": "iam:x", "Resource": "arn:aws:iam::*:user/${aws:username}"}"#,
        r#"{"Effect": "Allow", "Action": "iam:x", "Resource": "arn:aws:iam::*:*"}"#,
    ] {
        assert_eq!(managed(statement), "taken", "{statement}");
    }
}

#[test]
fn trust_policies_have_principals_and_no_resources() {
    assert_eq!(refused("{", Kind::Trust), "This policy contains invalid Json");
    let good =
        r#"{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}"#;
    assert_eq!(trust(good), "taken");
    assert_eq!(
        trust(&good.replace("sts:AssumeRole\"", "sts:AssumeRole\", \"Resource\": \"*\"")),
        "Has prohibited field Resource"
    );
    assert_eq!(
        trust(r#"{"Effect": "Allow", "Action": "sts:AssumeRole"}"#),
        "Missing required field Principal"
    );
    assert_eq!(
        trust(&good.replace("sts:AssumeRole", "s3:GetObject")),
        "AssumeRole policy may only specify STS AssumeRole actions"
    );
    let wild = r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:user/*"}, "Action": "sts:AssumeRole"}"#;
    assert_eq!(trust(wild), "Invalid principal in policy: \"AWS\":\"arn:aws:iam::000000000000:user/*\"");
    assert!(
        trust(r#"{"Effect": "Allow", "Principal": {"AWS": []}, "Action": "sts:AssumeRole"}"#)
            .contains("no principals!")
    );
}

#[test]
fn bucket_policies_are_refused_in_the_words_of_s3() {
    assert_eq!(refused("x", Kind::Bucket), "Policies must be valid JSON and the first byte must be '{'");
    assert_eq!(refused(" {}", Kind::Bucket), "Policies must be valid JSON and the first byte must be '{'");
    assert_eq!(refused("{}", Kind::Bucket), "Missing required field Statement");
    let good =
        r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}"#;
    assert_eq!(bucket(good), "taken");
    assert_eq!(bucket(&good.replace(r#""Principal": "*", "#, "")), "Missing required field Principal");
    assert_eq!(bucket(&good.replace(r#""Action": "s3:GetObject", "#, "")), "Missing required field Action");
    assert_eq!(
        bucket(&good.replace(r#", "Resource": "arn:aws:s3:::b/*""#, "")),
        "Missing required field Resource"
    );
    assert_eq!(bucket(&good.replace("Allow", "hello")), "Invalid effect: hello");
    assert_eq!(bucket(&good.replace("\"*\"", "\"bob\"")), "Invalid principal in policy");
    assert_eq!(bucket(&good.replace("s3:GetObject", "ec2:Run")), "Policy has invalid action");
    assert_eq!(bucket(&good.replace("arn:aws:s3:::b/*", "arn:aws:sqs:::b")), "Policy has invalid resource");
    assert_eq!(bucket(&good.replace("Effect", "Effekt")), "Unknown field Effekt");
    assert_eq!(bucket(&good.replace("\"s3:GetObject\"", "{}")), "Invalid policy syntax.");
}

#[test]
fn key_policies_say_that_a_principal_is_wrong() {
    let key = |principal: &str| {
        let statement = format!(r#"{{"Effect": "Allow", {principal} "Action": "kms:*", "Resource": "*"}}"#);
        refused(&format!("{HEAD}{statement}}}"), Kind::Key)
    };
    assert_eq!(
        key(r#""Principal": {"AWS": "nobody"},"#),
        "Policy contains a statement with one or more invalid principals."
    );
    assert_eq!(key(""), "Policy contains a statement with no principal.");
}

#[test]
fn a_document_of_any_size_is_refused_and_not_read() {
    assert_eq!(
        Document::parse(&" ".repeat(DOCUMENT_BYTES_MAX + 1), Kind::Identity),
        Err(Malformed::TooLarge)
    );
}
