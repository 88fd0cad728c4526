//! Whole decisions against a second evaluator (`reference.rs`), on random policies and requests from small vocabularies, so that things meet.

mod reference;

use std::collections::BTreeMap;

use base::{AccountId, Arn};
use policy::{
    Attached, Context, Decision, Denied, Document, Kin, Kind, Question, Rule, Who, evaluate, explain,
};
use proptest::prelude::*;
use proptest::sample::select;
use reference::Verdict;
use serde_json::{Value, json};

const HOME: &str = "111122223333";
const USER: &str = "arn:aws:iam::111122223333:user/team/alice";
const USER_ID: &str = "AIDAEXAMPLEEXAMPLE123";
const ROLE: &str = "arn:aws:iam::111122223333:role/deep/Reader";
const ROLE_ID: &str = "AROAEXAMPLEEXAMPLE123";
const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/Reader/flights";
const GUEST: &str = "arn:aws:sts::111122223333:federated-user/guest";
const ROOT: &str = "arn:aws:iam::111122223333:root";
const PROVIDER: &str = "accounts.google.com";
const SERVICE: &str = "firehose.amazonaws.com";

const CALLERS: [&str; 7] = ["root", "user", "role", "federated", "web", "service", "anonymous"];
const ACTIONS: [&str; 4] = ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "sts:AssumeRole"];
const RESOURCES: [&str; 6] = [
    "arn:aws:s3:::b/k",
    "arn:aws:s3:::b/desk/alice/x",
    "arn:aws:s3:::b",
    "arn:aws:kms:us-east-1:111122223333:key/1",
    "arn:aws:s3:::b/*",
    "*",
];

/// One of the pool or a list of some.
fn some_of(pool: &'static [&'static str]) -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => select(pool).prop_map(|one| json!(one)),
        1 => proptest::collection::vec(select(pool), 1..4).prop_map(|all| json!(all)),
    ]
}

fn actions() -> impl Strategy<Value = Value> {
    some_of(&[
        "s3:GetObject",
        "S3:get*",
        "s3:*",
        "*",
        "s3:?etObject",
        "*:*",
        "s3:*Object*",
        "iam:*",
        "*:Get*",
        "sts:assume?ole",
    ])
}

fn trust_actions() -> impl Strategy<Value = Value> {
    some_of(&["sts:AssumeRole", "sts:*", "*", "sts:TagSession"])
}

fn resources() -> impl Strategy<Value = Value> {
    some_of(&[
        "*",
        "arn:aws:s3:::b/*",
        "arn:aws:s3:::b/desk/${aws:username}/*",
        "arn:aws:s3:::?",
        "arn:aws:s3:::*/k",
        "arn:aws:kms:*:111122223333:key/*",
        "arn:aws:kms:*:*:key/?",
        "arn:aws:s3",
        "arn:aws:s3:::b/${x:absent, 'k'}",
        "arn:aws:s3:::b/${*}",
        "arn:aws:s3:::b/${x:many}",
        "arn:aws:s3:::b",
    ])
}

fn principals() -> impl Strategy<Value = Value> {
    let aws = || some_of(&["*", HOME, ROOT, USER, USER_ID, ROLE, ROLE_ID, SESSION, GUEST, "444455556666"]);
    prop_oneof![
        1 => Just(json!("*")),
        6 => aws().prop_map(|aws| json!({"AWS": aws})),
        1 => Just(json!({"Service": SERVICE})),
        1 => Just(json!({"Federated": PROVIDER, "Service": "lambda.amazonaws.com"})),
        2 => aws().prop_map(|aws| json!({"AWS": aws, "Federated": [PROVIDER]})),
        2 => proptest::collection::vec(select(&[HOME, ROLE, SESSION, USER, GUEST][..]), 3..6).prop_map(|all| json!({"AWS": all})),
    ]
}

fn conditions() -> impl Strategy<Value = Value> {
    let strings = ["String", "StringNot"];
    let mut operators: Vec<String> = Vec::new();
    for base in strings {
        operators.extend(["Equals", "EqualsIgnoreCase", "Like"].map(|end| format!("{base}{end}")));
    }
    for base in ["Numeric", "Date"] {
        let ends = ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"];
        operators.extend(ends.map(|end| format!("{base}{end}")));
    }
    let rest = [
        "Bool",
        "BinaryEquals",
        "IpAddress",
        "NotIpAddress",
        "ArnEquals",
        "ArnLike",
        "ArnNotEquals",
        "ArnNotLike",
        "Null",
    ];
    operators.extend(rest.map(str::to_owned));
    operators.retain(|operator| !operator.contains("NotEqualsLike"));
    let operator = (select(operators), any::<bool>(), select(&["", "", "ForAllValues:", "ForAnyValue:"][..]))
        .prop_map(|(base, if_exists, set)| match (base.as_str(), if_exists) {
            ("Null", _) => base,
            (_, true) => format!("{set}{base}IfExists"),
            (_, false) => format!("{set}{base}"),
        });
    let key = select(
        &[
            "aws:username",
            "aws:PrincipalType",
            "x:One",
            "X:one",
            "x:absent",
            "x:many",
            "aws:userid",
            "aws:PrincipalArn",
        ][..],
    );
    let values = some_of(&VALUES);
    let dates = some_of(&DATES);
    let one = (operator, key, values, dates).prop_map(|(operator, key, values, dates)| {
        let values = if operator.contains("Date") { dates } else { values };
        (operator, json!({key: values}))
    });
    proptest::collection::vec(one, 0..3).prop_map(|all| Value::Object(all.into_iter().collect()))
}

const DATES: [&str; 5] =
    ["2026-01-01T00:00:00Z", "2026-01-01T02:00:00+02:00", "1767225600", "2026-01-02", "10"];

const VALUES: [&str; 24] = [
    "alice",
    "Alice",
    "al*",
    "?lice",
    "*",
    "",
    "true",
    "false",
    "1",
    "10",
    "9.5",
    "-3",
    "10.0.0.0/8",
    "10.1.2.3",
    "2001:db8::/32",
    "QUJD",
    "QUI=",
    "arn:aws:iam::*:role/*",
    "arn:aws:iam::111122223333:user/${aws:username}",
    "${aws:username}",
    "${x:one}",
    "${x:absent, 'alice'}",
    "${x:absent}",
    "${*}${x:many}",
];

const GIVEN: [&str; 15] = [
    "alice",
    "ALICE",
    "*",
    "",
    "true",
    "false",
    "1",
    "10",
    "9.5",
    "10.1.2.3",
    "2001:db8::1",
    "QUJD",
    ROLE,
    "1767225600",
    "2026-01-02",
];

fn statement(principal: bool, trust: bool) -> impl Strategy<Value = Value> {
    let actions = if trust { trust_actions().boxed() } else { actions().boxed() };
    (any::<(bool, bool, bool, bool)>(), actions, resources(), principals(), conditions(), 0..3).prop_map(
        move |(
            (deny, not_action, not_resource, not_principal),
            action,
            resource,
            who,
            condition,
            conditional,
        )| {
            let mut statement = json!({"Effect": if deny { "Deny" } else { "Allow" }});
            // The Not forms match nearly everything; rare, they leave room for the rest.
            let rarely = |is: bool| is && conditional == 0;
            statement[if rarely(not_action) { "NotAction" } else { "Action" }] = action;
            if !trust {
                statement[if rarely(not_resource) { "NotResource" } else { "Resource" }] = resource;
            }
            if principal {
                statement[if rarely(not_principal) { "NotPrincipal" } else { "Principal" }] = who;
            }
            if conditional == 1 {
                statement["Condition"] = condition;
            }
            statement
        },
    )
}

fn document(principal: bool, trust: bool) -> impl Strategy<Value = Value> {
    let version = select(&["2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17"][..]);
    (version, proptest::collection::vec(statement(principal, trust), 1..4))
        .prop_map(|(version, statements)| json!({"Version": version, "Statement": statements}))
}

#[derive(Debug, Clone)]
struct Case {
    caller: &'static str,
    home: bool,
    action: &'static str,
    resource: &'static str,
    one: Option<&'static str>,
    many: Vec<&'static str>,
    identity: Vec<Value>,
    boundary: Option<Value>,
    session: Option<Vec<Value>>,
    own: Option<Value>,
    granted: bool,
    rule: &'static str,
}

fn case() -> impl Strategy<Value = Case> {
    let request = (select(&CALLERS[..]), any::<bool>(), select(&ACTIONS[..]), select(&RESOURCES[..]));
    let keys =
        (proptest::option::of(select(&GIVEN[..])), proptest::collection::vec(select(&GIVEN[..]), 0..4));
    let rule = select(&["Usual", "Usual", "KeyPolicy", "TrustPolicy", "RootAlways"][..]);
    let own = rule.prop_flat_map(|rule| {
        let trust = rule == "TrustPolicy";
        (Just(rule), proptest::option::weighted(0.8, document(true, trust)))
    });
    let plain = || document(false, false);
    let policies = (
        proptest::collection::vec(plain(), 0..3),
        proptest::option::weighted(0.3, plain()),
        proptest::option::weighted(0.3, proptest::collection::vec(plain(), 1..3)),
        own,
        proptest::bool::weighted(0.15),
    );
    (request, keys, policies).prop_map(
        |(
            (caller, home, action, resource),
            (one, many),
            (identity, boundary, session, (rule, own), granted),
        )| {
            let action = if rule == "TrustPolicy" { "sts:AssumeRole" } else { action };
            Case {
                caller,
                home,
                action,
                resource,
                one,
                many,
                identity,
                boundary,
                session,
                own,
                granted,
                rule,
            }
        },
    )
}

/// The caller as the second evaluator sees them, and the keys that follow from who they are.
fn caller(name: &str) -> (reference::Caller, Vec<(&'static str, &'static str)>) {
    let account = vec![HOME.to_owned(), ROOT.to_owned()];
    let layer = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let (layers, keys) = match name {
        "root" => {
            (vec![account], vec![("principaltype", "Account"), ("userid", HOME), ("principalarn", ROOT)])
        }
        "user" => (
            vec![account, layer(&[USER, USER_ID])],
            vec![
                ("principaltype", "User"),
                ("userid", USER_ID),
                ("username", "alice"),
                ("principalarn", USER),
            ],
        ),
        "role" => (
            vec![account, layer(&[ROLE, ROLE_ID]), layer(&[SESSION])],
            vec![
                ("principaltype", "AssumedRole"),
                ("userid", "AROAEXAMPLEEXAMPLE123:flights"),
                ("principalarn", ROLE),
            ],
        ),
        "federated" => (
            vec![account, layer(&[USER]), layer(&[GUEST])],
            vec![
                ("principaltype", "FederatedUser"),
                ("userid", "111122223333:guest"),
                ("principalarn", GUEST),
            ],
        ),
        "web" => (vec![layer(&[PROVIDER])], vec![]),
        "service" => (vec![layer(&[SERVICE])], vec![]),
        _ => (vec![layer(&[])], vec![("principaltype", "Anonymous"), ("userid", "anonymous")]),
    };
    let caller = reference::Caller {
        root: name == "root",
        anonymous: name == "anonymous",
        outsider: ["web", "service", "anonymous"].contains(&name),
        federated: name == "federated",
        account: HOME,
        layers,
    };
    (caller, keys)
}

impl Case {
    fn reference(&self) -> Verdict {
        let (caller, derived) = caller(self.caller);
        let mut context: BTreeMap<String, Vec<String>> =
            derived.into_iter().map(|(key, value)| (format!("aws:{key}"), vec![value.to_owned()])).collect();
        for (key, values) in self.keys() {
            context.entry(key.to_owned()).or_default().push(values.to_owned());
        }
        let request = reference::Request {
            caller: &caller,
            action: self.action,
            resource: self.resource,
            owner: self.owner(),
            context,
        };
        let policies = reference::Policies {
            identity: &self.identity,
            boundary: self.boundary.as_ref(),
            session: self.session.as_deref(),
            resource: self.own.as_ref(),
            granted: self.granted,
            rule: self.rule,
        };
        reference::decide(&request, &policies)
    }

    fn keys(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let many = self.many.clone().into_iter().map(|value| ("x:many", value));
        self.one.into_iter().map(|value| ("x:one", value)).chain(many)
    }

    fn owner(&self) -> &'static str {
        if self.home { HOME } else { "444455556666" }
    }

    fn ours(&self) -> Verdict {
        let parse = |value: &Value, kind: Kind| {
            let text = value.to_string();
            Document::parse(&text, kind).unwrap_or_else(|malformed| panic!("{malformed}: {text}"))
        };
        let identity: Vec<Document> =
            self.identity.iter().map(|value| parse(value, Kind::Identity)).collect();
        let boundary = self.boundary.as_ref().map(|value| parse(value, Kind::Session));
        let session: Option<Vec<Document>> =
            self.session.as_ref().map(|all| all.iter().map(|value| parse(value, Kind::Session)).collect());
        let kind = if self.rule == "TrustPolicy" { Kind::Trust } else { Kind::Resource };
        let own = self.own.as_ref().map(|value| parse(value, kind));
        let attached = |document| Attached { name: "p", arn: None, document };
        let identity: Vec<_> = identity.iter().map(attached).collect();
        let session: Option<Vec<_>> = session.as_ref().map(|all| all.iter().map(attached).collect());
        let context = self.keys().fold(Context::new(), |context, (key, value)| context.with(key, value));
        let (user, role): (Arn, Arn) = (USER.parse().unwrap(), ROLE.parse().unwrap());
        let kind = match self.caller {
            "root" => Kin::Root,
            "user" => Kin::User { arn: &user, id: USER_ID },
            "role" => Kin::Role { role: &role, id: Some(ROLE_ID), session: "flights" },
            "federated" => Kin::Federated { user: &user, id: None, name: "guest" },
            "web" => Kin::WebIdentity { provider: PROVIDER },
            "service" => Kin::Service { name: SERVICE },
            _ => Kin::Anonymous,
        };
        let account: AccountId = HOME.parse().unwrap();
        let question = Question {
            who: Who { account, kind, canonical: None },
            action: self.action,
            resource: self.resource,
            owner: self.owner().parse().unwrap(),
            context: &context,
            identity: &identity,
            boundary: boundary.as_ref().map(attached),
            session: session.as_deref(),
            resource_policy: own.as_ref(),
            granted: self.granted,
            rule: match self.rule {
                "KeyPolicy" => Rule::KeyPolicy,
                "TrustPolicy" => Rule::TrustPolicy,
                "RootAlways" => Rule::RootAlways,
                _ => Rule::Usual,
            },
        };
        let verdict = match evaluate(&question) {
            Decision::Allowed(_) => Verdict::Allowed,
            Decision::Denied(Denied::Explicit(_)) => Verdict::Explicit,
            Decision::Denied(Denied::Implicit { .. }) => Verdict::Implicit,
        };
        let explained = match explain(&question).verdict {
            policy::Verdict::Allowed => Verdict::Allowed,
            policy::Verdict::ExplicitDeny => Verdict::Explicit,
            policy::Verdict::ImplicitDeny => Verdict::Implicit,
        };
        assert_eq!(explained, verdict, "what is explained is what is decided");
        verdict
    }
}

/// A document, a place in it and what to put there in place of some characters.
fn mutated() -> impl Strategy<Value = String> {
    let scrap = select(
        &[
            "",
            "\"",
            "{",
            "}",
            "[",
            "]",
            "\\",
            "\\u0041",
            "null",
            "1e999",
            "${",
            "}",
            "*",
            "?",
            ":",
            "arn:",
            "é",
            "\u{0}",
            "Not",
            "ForAnyValue:",
            ",",
        ][..],
    );
    let edit = (any::<prop::sample::Index>(), 0..6_usize, scrap);
    (document(true, false), proptest::collection::vec(edit, 0..4)).prop_map(|(document, edits)| {
        let mut text: Vec<char> = document.to_string().chars().collect();
        for (at, gone, scrap) in edits {
            let at = at.index(text.len() + 1);
            let end = (at + gone).min(text.len());
            text.splice(at..end, scrap.chars());
        }
        text.into_iter().collect()
    })
}

const KINDS: [Kind; 8] = [
    Kind::Identity,
    Kind::Managed,
    Kind::Trust,
    Kind::Bucket,
    Kind::Key,
    Kind::Session,
    Kind::Boundary,
    Kind::Resource,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn any_text_is_refused_or_taken_and_written_again_alike(text in mutated()) {
        for kind in KINDS {
            let Ok(document) = Document::parse(&text, kind) else { continue };
            prop_assert!(serde_json::from_str::<Value>(&text).is_ok() || text.contains("1e999"));
            prop_assert_eq!(document.with_principals(|_| None), text.clone());
            let same = document.with_principals(|name| Some(name.value.to_owned()));
            let again = Document::parse(&same, kind).unwrap();
            prop_assert!(again.principals().eq(document.principals()));
            let _ = (document.is_public(), document.check_bucket("b"), document.context_keys());
        }
    }

    #[test]
    fn decides_as_the_guide_reads(case in case()) {
        prop_assert_eq!(case.ours(), case.reference());
    }
}

#[test]
fn the_cases_reach_every_verdict() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut counts = [0_usize; 3];
    for _ in 0..500 {
        let case = case().new_tree(&mut runner).unwrap().current();
        counts[case.reference() as usize] += 1;
    }
    assert!(counts.iter().all(|count| *count > 25), "{counts:?}");
}
