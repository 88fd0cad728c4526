//! Policy documents: any text is refused or taken as every kind, and what is taken is evaluated, explained and written again alike.
#![no_main]

use base::AccountId;
use libfuzzer_sys::fuzz_target;
use policy::{Attached, Context, Document, Kin, Kind, Question, Rule, Who, evaluate, explain};

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

fuzz_target!(|texts: (&str, &str, &str, &str)| {
    let (text, action, resource, value) = texts;
    let user = "arn:aws:iam::000000000000:user/alice".parse().expect("it is an ARN");
    for kind in KINDS {
        let document = match Document::parse(text, kind) {
            Ok(document) => document,
            Err(malformed) => {
                assert!(!malformed.to_string().is_empty());
                continue;
            }
        };
        assert_eq!(document.with_principals(|_| None), text);
        let same = document.with_principals(|name| Some(name.value.to_owned()));
        let again = Document::parse(&same, kind).expect("its own principals are taken again");
        assert!(again.principals().eq(document.principals()));
        let _ = (document.is_public(), document.check_bucket("b"));
        let context = document.context_keys().into_iter().fold(Context::new(), |context, key| context.with(key, value));
        let attached = [Attached { name: "p", arn: None, document: &document }];
        let own = kind.has_principals();
        for who in [Kin::Root, Kin::User { arn: &user, id: "AIDAALICE" }, Kin::Anonymous] {
            let question = Question {
                who: Who { account: AccountId::DEFAULT, kind: who, canonical: None },
                action,
                resource,
                owner: AccountId::DEFAULT,
                context: &context,
                identity: if own { &[] } else { &attached },
                boundary: None,
                session: None,
                resource_policy: own.then_some(&document),
                granted: false,
                rule: Rule::Usual,
            };
            assert_eq!(evaluate(&question).is_allowed(), explain(&question).decision.is_allowed());
        }
    }
});
