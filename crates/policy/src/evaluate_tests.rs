//! Who must allow and who caps, each rule a claim.

use base::Arn;

use super::*;
use crate::Kind;

const HOME: &str = "111122223333";
const AWAY: &str = "444455556666";
const USER: &str = "arn:aws:iam::111122223333:user/team/alice";
const ROLE: &str = "arn:aws:iam::111122223333:role/deep/Reader";
const ROLE_SESSION: &str = "arn:aws:sts::111122223333:assumed-role/Reader/flights";
const BUCKET: &str = "arn:aws:s3:::b/k";

/// Everything a question borrows, so that a test says only what it is about.
struct Scene {
    kin: Caller,
    owner: &'static str,
    action: &'static str,
    resource: &'static str,
    identity: Option<Document>,
    boundary: Option<Document>,
    session: Option<Document>,
    policy: Option<Document>,
    granted: bool,
    rule: Rule,
}

#[derive(Clone, Copy)]
enum Caller {
    Root,
    User,
    Role,
    Federated,
    Web,
    Service,
    Nobody,
}

fn document(kind: Kind, statements: &str) -> Document {
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": {statements}}}"#);
    Document::parse(&text, kind).unwrap_or_else(|malformed| panic!("{malformed}: {text}"))
}

/// A statement about everything.
fn says(effect: &str) -> String {
    format!(r#"{{"Effect": "{effect}", "Action": "*", "Resource": "*"}}"#)
}

/// A statement of a resource policy.
fn names(effect: &str, principal: &str, resource: bool) -> String {
    let (action, rest) = if resource { ("*", r#", "Resource": "*""#) } else { ("sts:*", "") };
    format!(r#"{{"Effect": "{effect}", "Principal": {principal}, "Action": "{action}"{rest}}}"#)
}

fn aws(arn: &str) -> String {
    format!(r#"{{"AWS": "{arn}"}}"#)
}

impl Scene {
    fn of(kin: Caller) -> Self {
        Self {
            kin,
            owner: HOME,
            action: "s3:GetObject",
            resource: BUCKET,
            identity: None,
            boundary: None,
            session: None,
            policy: None,
            granted: false,
            rule: Rule::Usual,
        }
    }

    fn away(mut self) -> Self {
        self.owner = AWAY;
        self
    }

    fn identity(mut self, effect: &str) -> Self {
        self.identity = Some(document(Kind::Identity, &says(effect)));
        self
    }

    fn boundary(mut self, effect: &str) -> Self {
        self.boundary = Some(document(Kind::Boundary, &says(effect)));
        self
    }

    fn silent_boundary(mut self) -> Self {
        let statement = r#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}"#;
        self.boundary = Some(document(Kind::Boundary, statement));
        self
    }

    fn session(mut self, effect: &str) -> Self {
        self.session = Some(document(Kind::Session, &says(effect)));
        self
    }

    fn silent_session(mut self) -> Self {
        let statement = r#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}"#;
        self.session = Some(document(Kind::Session, statement));
        self
    }

    fn bucket(mut self, effect: &str, principal: &str) -> Self {
        let statement = names(effect, principal, true).replace(r#""Action": "*""#, r#""Action": "s3:*""#);
        self.policy = Some(document(Kind::Bucket, &statement));
        self
    }

    fn key(mut self, effect: &str, principal: &str) -> Self {
        (self.rule, self.action) = (Rule::KeyPolicy, "kms:Decrypt");
        self.policy = Some(document(Kind::Key, &names(effect, principal, true)));
        self
    }

    fn trust(mut self, effect: &str, principal: &str) -> Self {
        (self.rule, self.action, self.resource) =
            (Rule::TrustPolicy, "sts:AssumeRole", "arn:aws:iam::111122223333:role/x");
        self.policy = Some(document(Kind::Trust, &names(effect, principal, false)));
        self
    }

    fn granted(mut self) -> Self {
        self.granted = true;
        self
    }

    fn rule(mut self, rule: Rule) -> Self {
        self.rule = rule;
        self
    }

    fn ask<T>(&self, see: impl FnOnce(Decision<'_>, &str) -> T) -> T {
        let (user, role): (Arn, Arn) = (USER.parse().unwrap(), ROLE.parse().unwrap());
        let kind = match self.kin {
            Caller::Root => Kin::Root,
            Caller::User => Kin::User { arn: &user, id: "AIDAEXAMPLEEXAMPLE123" },
            Caller::Role => Kin::Role { role: &role, id: Some("AROAEXAMPLEEXAMPLE123"), session: "flights" },
            Caller::Federated => Kin::Federated { user: &user, id: Some("AIDAALICE"), name: "guest" },
            Caller::Web => Kin::WebIdentity { provider: "accounts.google.com" },
            Caller::Service => Kin::Service { name: "firehose.amazonaws.com" },
            Caller::Nobody => Kin::Anonymous,
        };
        let attached = |name, document| Attached { name, arn: None, document };
        let identity: Vec<_> = self.identity.iter().map(|document| attached("team", document)).collect();
        let session: Vec<_> = self.session.iter().map(|document| attached("session", document)).collect();
        let boundary = self.boundary.as_ref().map(|document| Attached {
            name: "edge",
            arn: Some("arn:aws:iam::111122223333:policy/edge"),
            document,
        });
        let context = Context::new();
        let question = Question {
            who: Who { account: HOME.parse().unwrap(), kind, canonical: Some("canonical") },
            action: self.action,
            resource: self.resource,
            owner: self.owner.parse().unwrap(),
            context: &context,
            identity: &identity,
            boundary,
            session: self.session.as_ref().map(|_| session.as_slice()),
            resource_policy: self.policy.as_ref(),
            granted: self.granted,
            rule: self.rule,
        };
        see(evaluate(&question), self.action)
    }

    fn may(&self) -> bool {
        self.ask(|decision, _| decision.is_allowed())
    }

    fn because(&self) -> String {
        self.ask(|decision, action| match decision {
            Decision::Allowed(_) => "allowed".to_owned(),
            Decision::Denied(denied) => denied.reason(action),
        })
    }
}

#[test]
fn nothing_is_allowed_by_silence_and_a_deny_anywhere_is_final() {
    use Caller::User;
    assert!(!Scene::of(User).may());
    assert!(Scene::of(User).identity("Allow").may());
    assert!(!Scene::of(User).identity("Deny").bucket("Allow", &aws(USER)).may());
    assert!(!Scene::of(User).identity("Allow").bucket("Deny", "\"*\"").may());
    assert!(!Scene::of(User).identity("Allow").boundary("Deny").may());
    assert!(!Scene::of(User).identity("Allow").session("Deny").may());
}

#[test]
fn within_the_account_naming_the_user_or_session_is_final_past_boundary_and_session() {
    use Caller::{Federated, Role, User};
    for (kin, principal) in [
        (User, aws(USER)),
        (User, aws("AIDAEXAMPLEEXAMPLE123")),
        (Role, aws(ROLE_SESSION)),
        (Federated, aws("arn:aws:sts::111122223333:federated-user/guest")),
        (User, "\"*\"".to_owned()),
        (Role, aws("*")),
    ] {
        let scene = Scene::of(kin).bucket("Allow", &principal).silent_boundary().silent_session();
        assert!(scene.may(), "{principal}");
        assert!(!Scene::of(kin).bucket("Allow", &principal).boundary("Deny").may(), "{principal}");
    }
}

#[test]
fn within_the_account_naming_the_role_is_capped_by_boundary_and_session() {
    use Caller::Role;
    for principal in [aws(ROLE), aws("AROAEXAMPLEEXAMPLE123")] {
        assert!(Scene::of(Role).bucket("Allow", &principal).may());
        let scene = Scene::of(Role).bucket("Allow", &principal).silent_boundary();
        assert_eq!(scene.because(), "because no permissions boundary allows the s3:GetObject action");
        let scene = Scene::of(Role).bucket("Allow", &principal).boundary("Allow").silent_session();
        assert_eq!(scene.because(), "because no session policy allows the s3:GetObject action");
    }
}

#[test]
fn naming_the_account_grants_nothing_by_itself_at_home() {
    use Caller::{Role, User};
    for principal in
        [aws(HOME), aws("arn:aws:iam::111122223333:root"), r#"{"CanonicalUser": "canonical"}"#.to_owned()]
    {
        assert!(!Scene::of(User).bucket("Allow", &principal).may(), "{principal}");
        assert!(Scene::of(User).bucket("Allow", &principal).identity("Allow").may(), "{principal}");
        assert!(!Scene::of(Role).bucket("Allow", &principal).may(), "{principal}");
    }
}

#[test]
fn boundary_and_session_cap_what_identity_policies_allow() {
    use Caller::{Role, User};
    assert!(Scene::of(User).identity("Allow").boundary("Allow").may());
    assert!(!Scene::of(User).boundary("Allow").may(), "a boundary allows nothing");
    assert!(!Scene::of(Role).session("Allow").may(), "nor does a session policy");
    assert!(Scene::of(Role).identity("Allow").may(), "a session without policies is not capped");
    let scene = Scene::of(User).identity("Allow").silent_boundary();
    assert_eq!(scene.because(), "because no permissions boundary allows the s3:GetObject action");
    let scene = Scene::of(Role).identity("Allow").boundary("Allow").silent_session();
    assert_eq!(scene.because(), "because no session policy allows the s3:GetObject action");
}

#[test]
fn a_federated_session_without_policies_may_nothing_by_itself() {
    use Caller::Federated;
    let scene = Scene::of(Federated).identity("Allow");
    assert_eq!(scene.because(), "because no session policy allows the s3:GetObject action");
    assert!(Scene::of(Federated).identity("Allow").session("Allow").may());
    assert!(!Scene::of(Federated).session("Allow").may());
    assert!(!Scene::of(Federated).bucket("Allow", &aws(USER)).may(), "the session is not its user");
    assert!(Scene::of(Federated).bucket("Allow", &aws(USER)).session("Allow").may());
}

#[test]
fn across_accounts_both_sides_must_allow() {
    use Caller::{Role, Root, User};
    for (kin, principal) in
        [(User, aws(USER)), (User, aws(HOME)), (Role, aws(ROLE)), (Role, aws(ROLE_SESSION)), (User, aws("*"))]
    {
        let open = || Scene::of(kin).away().bucket("Allow", &principal);
        assert_eq!(open().because(), "because no identity-based policy allows the s3:GetObject action");
        assert!(open().identity("Allow").may(), "{principal}");
        assert!(!open().identity("Allow").silent_boundary().may(), "{principal}");
        assert!(!open().identity("Allow").silent_session().may(), "{principal}");
    }
    let scene = Scene::of(User).away().identity("Allow");
    assert_eq!(scene.because(), "because no resource-based policy allows the s3:GetObject action");
    assert!(Scene::of(User).away().identity("Allow").granted().may());
    assert!(!Scene::of(User).away().granted().may());
    assert!(Scene::of(Root).away().bucket("Allow", &aws(HOME)).may(), "root needs no identity policy");
    assert!(!Scene::of(Root).away().may());
}

#[test]
fn root_may_everything_at_home_but_what_a_resource_policy_denies() {
    use Caller::{Root, User};
    assert!(Scene::of(Root).may());
    assert_eq!(
        Scene::of(Root).bucket("Deny", "\"*\"").because(),
        "with an explicit deny in a resource-based policy"
    );
    assert!(Scene::of(Root).bucket("Deny", "\"*\"").rule(Rule::RootAlways).may());
    assert!(!Scene::of(Root).away().bucket("Deny", "\"*\"").rule(Rule::RootAlways).may());
    assert!(!Scene::of(User).identity("Allow").bucket("Deny", "\"*\"").rule(Rule::RootAlways).may());
}

#[test]
fn an_acl_opens_to_others_and_leaves_the_owners_users_to_their_policies() {
    use Caller::{Nobody, User};
    assert!(Scene::of(Nobody).granted().may());
    assert!(!Scene::of(User).granted().may());
    assert!(!Scene::of(Nobody).granted().bucket("Deny", "\"*\"").may());
}

#[test]
fn nobody_may_what_a_resource_says_to_everyone_and_never_what_must_be_signed() {
    use Caller::Nobody;
    assert!(Scene::of(Nobody).bucket("Allow", "\"*\"").may());
    assert!(Scene::of(Nobody).bucket("Allow", &aws("*")).may());
    assert!(!Scene::of(Nobody).bucket("Allow", &aws(HOME)).may());
    assert_eq!(
        Scene::of(Nobody).because(),
        "because no resource-based policy allows the s3:GetObject action"
    );
    assert!(!Scene::of(Nobody).key("Allow", "\"*\"").may());
    assert!(!Scene::of(Nobody).trust("Allow", "\"*\"").may());
}

#[test]
fn services_and_providers_may_what_a_resource_says_to_them() {
    use Caller::{Service, Web};
    let firehose = r#"{"Service": "firehose.amazonaws.com"}"#;
    assert!(Scene::of(Service).away().bucket("Allow", firehose).may());
    assert!(!Scene::of(Service).bucket("Allow", r#"{"Service": "lambda.amazonaws.com"}"#).may());
    assert!(Scene::of(Service).trust("Allow", firehose).may());
    assert!(Scene::of(Service).key("Allow", firehose).may());
    let google = r#"{"Federated": "accounts.google.com"}"#;
    assert!(Scene::of(Web).away().trust("Allow", google).may());
    assert!(!Scene::of(Web).trust("Allow", firehose).may());
    assert_eq!(
        Scene::of(Web).trust("Allow", firehose).because(),
        "because no role trust policy allows the sts:AssumeRole action"
    );
}

#[test]
fn without_the_key_policys_word_identity_policies_mean_nothing() {
    use Caller::{Role, Root, User};
    let other = aws("arn:aws:iam::111122223333:user/other");
    let scene = Scene::of(User).key("Allow", &other).identity("Allow");
    assert_eq!(scene.because(), "because no resource-based policy allows the kms:Decrypt action");
    let scene = Scene::of(User).key("Allow", &other);
    assert_eq!(scene.because(), "because no identity-based policy allows the kms:Decrypt action");
    assert!(!Scene::of(Root).key("Allow", &other).may(), "root does not bypass the key policy");
    assert!(Scene::of(Root).key("Allow", &aws(HOME)).may());
    assert!(Scene::of(User).key("Allow", &aws(USER)).may());
    assert!(!Scene::of(User).key("Allow", &aws(HOME)).may());
    assert!(Scene::of(User).key("Allow", &aws(HOME)).identity("Allow").may());
    assert!(!Scene::of(User).key("Allow", &aws(HOME)).identity("Allow").silent_boundary().may());
    assert!(Scene::of(Role).key("Allow", &aws(ROLE)).may());
    assert!(!Scene::of(Role).key("Allow", &aws(ROLE)).silent_session().may());
}

#[test]
fn a_grant_of_a_key_suffices_at_home_and_needs_the_callers_policy_from_elsewhere() {
    use Caller::User;
    let other = aws("arn:aws:iam::111122223333:user/other");
    assert!(Scene::of(User).key("Allow", &other).granted().may());
    assert!(
        Scene::of(User).key("Allow", &aws(HOME)).granted().may(),
        "beside a policy that names the account, too"
    );
    assert!(Scene::of(Caller::Role).key("Allow", &aws(ROLE)).silent_session().granted().may());
    assert!(!Scene::of(User).key("Deny", &aws(USER)).granted().may(), "grants never override a deny");
    assert!(!Scene::of(User).away().key("Allow", &other).granted().may());
    assert!(Scene::of(User).away().key("Allow", &other).granted().identity("Allow").may());
    assert!(Scene::of(User).away().key("Allow", &aws(HOME)).identity("Allow").may());
    assert!(!Scene::of(User).away().key("Allow", &aws(HOME)).may());
}

#[test]
fn a_trust_policy_must_allow_by_itself() {
    use Caller::User;
    let other = aws("arn:aws:iam::111122223333:user/other");
    assert!(Scene::of(User).trust("Allow", &aws(USER)).may(), "naming the user suffices at home");
    assert!(
        !Scene::of(User).trust("Allow", &aws(HOME)).may(),
        "naming the account needs the caller's policy"
    );
    assert!(Scene::of(User).trust("Allow", &aws(HOME)).identity("Allow").may());
    let scene = Scene::of(User).trust("Allow", &other).identity("Allow");
    assert_eq!(scene.because(), "because no role trust policy allows the sts:AssumeRole action");
    assert_eq!(
        Scene::of(User).trust("Deny", "\"*\"").because(),
        "with an explicit deny in the role trust policy"
    );
    assert!(!Scene::of(User).away().trust("Allow", &aws(USER)).may());
    assert!(Scene::of(User).away().trust("Allow", &aws(USER)).identity("Allow").may());
    assert!(
        !Scene::of(User).trust("Allow", &other).identity("Allow").granted().may(),
        "roles know no grants"
    );
}

#[test]
fn reasons_read_as_aws_writes_them_and_hints_point_at_the_statement() {
    use Caller::User;
    assert_eq!(Scene::of(User).because(), "because no identity-based policy allows the s3:GetObject action");
    assert_eq!(
        Scene::of(User).identity("Deny").because(),
        "with an explicit deny in an identity-based policy"
    );
    let managed = "with an explicit deny in a permissions boundary: arn:aws:iam::111122223333:policy/edge";
    assert_eq!(Scene::of(User).boundary("Deny").because(), managed);
    assert_eq!(Scene::of(User).session("Deny").because(), "with an explicit deny in a session policy");
    let hint = |scene: Scene| {
        scene.ask(|decision, _| match decision {
            Decision::Allowed(Allowed::By(found)) => found.to_string(),
            Decision::Allowed(Allowed::Root | Allowed::Granted) => String::new(),
            Decision::Denied(denied) => denied.hint(),
        })
    };
    assert_eq!(
        hint(Scene::of(User).identity("Deny")),
        "statement 1 at line 1 of the identity-based policy `team` denies it"
    );
    assert_eq!(
        hint(Scene::of(User).identity("Allow")),
        "statement 1 at line 1 of the identity-based policy `team`"
    );
    assert_eq!(hint(Scene::of(User)), "there is no identity-based policy that could allow it");
    let mut scene = Scene::of(User);
    scene.identity = Some(document(
        Kind::Identity,
        r#"{"Sid": "A", "Effect": "Allow", "Action": "ec2:*", "Resource": "*"}"#,
    ));
    assert_eq!(hint(scene), "no statement of the one identity-based policy allows it");
}

/// Whether an identity policy of this one statement allows the action on the resource.
fn one(statement: &str, action: &'static str, resource: &'static str) -> bool {
    let mut scene = Scene::of(Caller::User);
    scene.identity = Some(document(Kind::Identity, statement));
    (scene.action, scene.resource) = (action, resource);
    scene.may()
}

#[test]
fn actions_are_blind_to_case_and_resources_are_not() {
    let statement =
        r#"{"Effect": "Allow", "Action": ["S3:get*", "kinesis:Put?ecord"], "Resource": "arn:aws:s3:::b/K"}"#;
    assert!(one(statement, "s3:GetObject", "arn:aws:s3:::b/K"));
    assert!(!one(statement, "s3:GetObject", "arn:aws:s3:::b/k"));
    assert!(one(statement, "kinesis:PutRecord", "arn:aws:s3:::b/K"));
    assert!(!one(statement, "kinesis:PutRecords", "arn:aws:s3:::b/K"));
    assert!(!one(statement, "s3express:GetObject", "arn:aws:s3:::b/K"));
}

#[test]
fn not_action_and_not_resource_are_all_the_others() {
    let statement = r#"{"Effect": "Allow", "NotAction": "iam:*", "NotResource": "arn:aws:s3:::secret/*"}"#;
    assert!(one(statement, "s3:GetObject", "arn:aws:s3:::b/k"));
    assert!(!one(statement, "iam:GetUser", "arn:aws:s3:::b/k"));
    assert!(!one(statement, "s3:GetObject", "arn:aws:s3:::secret/k"));
    assert!(one(statement, "kinesis:ListStreams", "*"));
}

#[test]
fn what_has_no_resource_is_matched_by_the_star_alone() {
    let action = "kinesis:ListStreams";
    assert!(one(r#"{"Effect": "Allow", "Action": "kinesis:*", "Resource": "*"}"#, action, "*"));
    assert!(!one(
        r#"{"Effect": "Allow", "Action": "kinesis:*", "Resource": "arn:aws:kinesis:*:*:stream/*"}"#,
        action,
        "*"
    ));
}

#[test]
fn variables_are_text_in_the_older_version() {
    let statement =
        r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/${aws:username}/*"}"#;
    assert!(one(statement, "s3:GetObject", "arn:aws:s3:::b/alice/x"));
    assert!(!one(statement, "s3:GetObject", "arn:aws:s3:::b/bob/x"));
    let old = format!(r#"{{"Statement": {statement}}}"#);
    let mut scene = Scene::of(Caller::User);
    scene.identity = Some(Document::parse(&old, Kind::Identity).unwrap());
    scene.resource = "arn:aws:s3:::b/alice/x";
    assert!(!scene.may());
    scene.resource = "arn:aws:s3:::b/${aws:username}/x";
    assert!(scene.may());
}

#[test]
fn of_several_conditions_all_must_hold() {
    let statement = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {
        "StringEquals": {"aws:PrincipalType": "User", "aws:username": ["bob", "alice"]}, "Null": {"aws:SourceVpc": "true"}}}"#;
    assert!(one(statement, "s3:GetObject", BUCKET));
    assert!(!one(&statement.replace("[\"bob\", \"alice\"]", "\"bob\""), "s3:GetObject", BUCKET));
    assert!(!one(&statement.replace("\"true\"", "\"false\""), "s3:GetObject", BUCKET));
}
