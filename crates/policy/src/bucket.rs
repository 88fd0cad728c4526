//! What S3 wants to know of a bucket's policy beyond its decisions: whether it is about the bucket, and whether it is public.
//! Source: S3 user guide, "The meaning of public"; S3 facts section 11.

use crate::condition::{Base, Condition, Sense, Set, Test, Text};
use crate::document::{Document, Effect, Statement};
use crate::malformed::Malformed;
use crate::principal::Named;
use crate::value::Cidr;

/// The keys that narrow a statement for everyone to somebody in particular, if their values are fixed. In lower case.
const NARROWING: [&str; 15] = [
    "aws:sourcearn",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:sourceowner",
    "aws:sourceaccount",
    "aws:principalarn",
    "aws:principalaccount",
    "aws:principalorgid",
    "aws:principalservicename",
    "aws:userid",
    "aws:username",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
    "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn",
    "aws:sourceorgid",
];

impl Document {
    /// Whether S3 calls the bucket public for this policy: some statement allows everyone, narrowed by no fixed value of who or where from.
    /// Denials do not count: S3 does not weigh statements against each other.
    pub fn is_public(&self) -> bool {
        self.statements.iter().any(Statement::is_public)
    }

    /// Whether every statement is about this bucket, and every action of it fits something it names: actions on objects need objects, the
    /// others the bucket itself.
    pub fn check_bucket(&self, bucket: &str) -> Result<(), Malformed> {
        let arn = format!("arn:aws:s3:::{bucket}");
        self.statements.iter().try_for_each(|statement| statement.check_bucket(&arn))
    }
}

impl Statement {
    /// Whether it lets everyone in ([`Document::is_public`]).
    pub fn is_public(&self) -> bool {
        let everyone = self
            .principals
            .as_ref()
            .is_some_and(|principals| principals.negated || principals.named.contains(&Named::Everyone));
        self.effect == Effect::Allow && everyone && !self.conditions.iter().any(narrows)
    }

    fn check_bucket(&self, arn: &str) -> Result<(), Malformed> {
        let (mut on_bucket, mut on_objects) = (false, false);
        let (_, resources) = self.resources();
        for text in resources {
            match text.strip_prefix(arn) {
                Some("") => on_bucket = true,
                Some(rest) if rest.starts_with('/') => on_objects = true,
                // `bucket*` is the bucket and its objects.
                Some(rest) if rest.starts_with(['*', '?']) => (on_bucket, on_objects) = (true, true),
                Some(_) => return Err(Malformed::InvalidResource),
                // Wildcards before the name's end: taken if it can be this bucket at all.
                None if wild_start(text, arn) => (on_bucket, on_objects) = (true, true),
                None => return Err(Malformed::InvalidResource),
            }
        }
        let (_, mut actions) = self.actions();
        let fits = |action: &str| match is_object_action(action) {
            None => true,
            Some(true) => on_objects,
            Some(false) => on_bucket,
        };
        if actions.all(fits) { Ok(()) } else { Err(Malformed::ActionWithoutResource) }
    }
}

/// Whether the text up to its first wildcard is how the ARN begins.
fn wild_start(text: &str, arn: &str) -> bool {
    let plain = text.split(['*', '?']).next().unwrap_or("");
    plain.len() < text.len() && arn.starts_with(plain)
}

/// Whether an action is about objects; `None` if it is about both or has wildcards.
fn is_object_action(action: &str) -> Option<bool> {
    let name = action.split_once(':').map_or(action, |(_, name)| name).to_ascii_lowercase();
    if name.contains(['*', '?']) {
        return None;
    }
    let bucket_wide = ["objectlockconfiguration", "bucket"].iter().any(|word| name.contains(word));
    let on_objects = name.contains("object")
        || matches!(name.as_str(), "abortmultipartupload" | "listmultipartuploadparts");
    Some(on_objects && !bucket_wide)
}

/// Whether a condition restricts to fixed values of who or where from. Operators that hold without the key restrict nothing.
fn narrows(condition: &Condition) -> bool {
    let operator = condition.operator;
    if operator.if_exists || operator.set == Set::ForAll {
        return false;
    }
    let fixed = match (&condition.test, operator.base) {
        (Test::Networks(networks), Base::Ip(Sense::Is)) => {
            return &*condition.key == "aws:sourceip"
                && !networks.iter().any(|network| Cidr::is_broad(*network));
        }
        (
            Test::Text(patterns),
            Base::String(Text::Equals | Text::EqualsIgnoreCase | Text::Like, Sense::Is),
        ) => patterns.iter().all(|pattern| pattern.is_fixed()),
        (Test::Arns(arns), Base::Arn(Sense::Is)) => arns.iter().all(|arn| arn.is_fixed()),
        (
            Test::Text(_)
            | Test::Numbers(_)
            | Test::Dates(_)
            | Test::Bytes(_)
            | Test::Networks(_)
            | Test::Arns(_)
            | Test::Absent { .. },
            _,
        ) => false,
    };
    let key = &*condition.key;
    fixed && NARROWING.contains(&key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;

    fn document(statement: &str) -> Document {
        Document::parse(&format!(r#"{{"Version": "2012-10-17", "Statement": {statement}}}"#), Kind::Bucket)
            .unwrap()
    }

    fn is_public(condition: &str) -> bool {
        document(&format!(
            r#"{{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": {condition}}}"#
        ))
        .is_public()
    }

    #[test]
    fn everyone_is_public_unless_fixed_values_say_who() {
        assert!(is_public("{}"));
        assert!(!is_public(r#"{"StringEquals": {"aws:SourceAccount": "000000000000"}}"#));
        assert!(!is_public(r#"{"ArnLike": {"aws:SourceArn": "arn:aws:s3:::other"}}"#));
        assert!(!is_public(r#"{"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "10.0.0.0/8"]}}"#));
        assert!(is_public(r#"{"IpAddress": {"aws:SourceIp": "0.0.0.0/1"}}"#));
        assert!(is_public(r#"{"StringLike": {"aws:SourceArn": "arn:aws:s3:::*"}}"#));
        assert!(is_public(r#"{"StringEquals": {"aws:SourceAccount": "${aws:PrincipalTag/a}"}}"#));
        assert!(is_public(r#"{"StringNotEquals": {"aws:SourceAccount": "000000000000"}}"#));
        assert!(is_public(r#"{"StringEqualsIfExists": {"aws:SourceAccount": "000000000000"}}"#));
        assert!(is_public(r#"{"ForAllValues:StringEquals": {"aws:SourceAccount": "000000000000"}}"#));
        assert!(is_public(r#"{"StringEquals": {"aws:UserAgent": "x"}}"#));
    }

    #[test]
    fn named_principals_and_denials_are_not_public() {
        let rest = r#""Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*""#;
        assert!(
            !document(&format!(r#"{{"Effect": "Allow", "Principal": {{"AWS": "000000000000"}}, {rest}}}"#))
                .is_public()
        );
        assert!(!document(&format!(r#"{{"Effect": "Deny", "Principal": "*", {rest}}}"#)).is_public());
        assert!(
            document(&format!(
                r#"{{"Effect": "Allow", "Principal": {{"AWS": ["000000000000", "*"]}}, {rest}}}"#
            ))
            .is_public()
        );
    }

    #[test]
    fn a_policy_is_about_its_bucket() {
        let check = |action: &str, resource: &str| {
            let text = format!(
                r#"{{"Effect": "Allow", "Principal": "*", "Action": {action}, "Resource": {resource}}}"#
            );
            document(&text).check_bucket("b").map_err(|malformed| malformed.to_string())
        };
        assert_eq!(check(r#""s3:GetObject""#, r#""arn:aws:s3:::b/*""#), Ok(()));
        assert_eq!(
            check(r#"["s3:GetObject", "s3:ListBucket"]"#, r#"["arn:aws:s3:::b/*", "arn:aws:s3:::b"]"#),
            Ok(())
        );
        assert_eq!(check(r#""s3:*""#, r#""arn:aws:s3:::b""#), Ok(()));
        assert_eq!(check(r#""s3:GetObject""#, r#""arn:aws:s3:::b*""#), Ok(()));
        assert_eq!(check(r#""s3:GetObject""#, r#""arn:aws:s3:::*""#), Ok(()));
        assert_eq!(check(r#""s3:GetObject""#, r#""*""#), Ok(()));
        assert_eq!(
            check(r#""s3:GetObject""#, r#""arn:aws:s3:::bc/*""#),
            Err("Policy has invalid resource".to_owned())
        );
        assert_eq!(
            check(r#""s3:GetObject""#, r#""arn:aws:s3:::other/*""#),
            Err("Policy has invalid resource".to_owned())
        );
        let does_not_apply = Err("Action does not apply to any resource(s) in statement".to_owned());
        assert_eq!(check(r#""s3:GetObject""#, r#""arn:aws:s3:::b""#), does_not_apply);
        assert_eq!(check(r#""s3:ListBucket""#, r#""arn:aws:s3:::b/*""#), does_not_apply);
        assert_eq!(check(r#"["s3:GetObject", "s3:ListBucket"]"#, r#""arn:aws:s3:::b/*""#), does_not_apply);
        assert_eq!(
            check(r#""s3:GetBucketObjectLockConfiguration""#, r#""arn:aws:s3:::b/*""#),
            does_not_apply
        );
    }
}
