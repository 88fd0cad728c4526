//! What IAM's simulation tells: the decision, the statements that made it, and the condition keys that were asked for and not given.

use crate::Decision;
use crate::document::Effect;
use crate::evaluate::{Attached, Found, Layer, Question, evaluate, resource_layer};

/// A decision in the words of SimulatePrincipalPolicy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Allowed.
    Allowed,
    /// Nothing allows it.
    ImplicitDeny,
    /// Something denies it.
    ExplicitDeny,
}

impl Verdict {
    /// `allowed`, `implicitDeny`, `explicitDeny`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::ImplicitDeny => "implicitDeny",
            Self::ExplicitDeny => "explicitDeny",
        }
    }
}

/// A decision and how it came about.
#[derive(Debug, Clone)]
pub struct Explanation<'a> {
    /// The answer.
    pub decision: Decision<'a>,
    /// The same in the simulation's words.
    pub verdict: Verdict,
    /// The statements that decide: all that deny, or else all that allow. Of an implicit deny, what allows without sufficing.
    pub matched: Vec<Found<'a>>,
    /// The condition keys the policies mention and the request lacks, as they are written.
    pub missing: Vec<String>,
    /// Whether the boundary allows it; `None` without one (PermissionsBoundaryDecisionDetail).
    pub boundary_allows: Option<bool>,
}

/// Decides and tells why.
pub fn explain<'a>(question: &Question<'a>) -> Explanation<'a> {
    let decision = evaluate(question);
    let own = question.resource_policy.map(|document| Attached { name: "", arn: None, document });
    let layers: [(Layer, &[Attached<'a>]); 4] = [
        (Layer::Identity, question.identity),
        (resource_layer(question.rule), own.as_slice()),
        (Layer::Boundary, question.boundary.as_slice()),
        (Layer::Session, question.session.unwrap_or(&[])),
    ];
    let ask = question.ask();
    let mut matched: Vec<Found<'a>> = Vec::new();
    let mut missing: Vec<String> = Vec::new();
    for (layer, policies) in layers {
        for policy in policies {
            for statement in policy.document.statements() {
                if statement.applies(&ask).is_some() {
                    matched.push(Found { layer, name: policy.name, arn: policy.arn, statement });
                }
                statement.each_key(&mut |name, key| {
                    if !ask.keys.has(key) && !missing.iter().any(|known| known.to_lowercase() == key) {
                        missing.push(name.to_owned());
                    }
                });
            }
        }
    }
    let denies = |found: &Found<'a>| found.statement.effect() == Effect::Deny;
    let denied = matched.iter().any(denies);
    let in_boundary = |found: &Found<'a>| found.layer == Layer::Boundary;
    let boundary_allows = question.boundary.map(|_| {
        let of_boundary = || matched.iter().filter(|found| in_boundary(found));
        of_boundary().any(|found| !denies(found)) && !of_boundary().any(denies)
    });
    matched.retain(|found| if denied { denies(found) } else { !in_boundary(found) });
    let verdict = match (decision.is_allowed(), denied) {
        (true, _) => Verdict::Allowed,
        (false, true) => Verdict::ExplicitDeny,
        (false, false) => Verdict::ImplicitDeny,
    };
    Explanation { decision, verdict, matched, missing, boundary_allows }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Context, Document, Kin, Kind, Rule, Who};
    use base::{AccountId, Arn};

    fn document(statements: &str) -> Document {
        Document::parse(&format!(r#"{{"Version": "2012-10-17", "Statement": {statements}}}"#), Kind::Identity)
            .unwrap()
    }

    #[test]
    fn denials_name_the_denying_statements_alone_and_allowances_all_that_allow() {
        let one = document(
            r#"[{"Sid": "A", "Effect": "Allow", "Action": "s3:*", "Resource": "*"},
                {"Sid": "B", "Effect": "Allow", "Action": "s3:Get*", "Resource": "*"},
                {"Sid": "C", "Effect": "Deny", "Action": "s3:Delete*", "Resource": "*",
                 "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}}]"#,
        );
        let user: Arn = "arn:aws:iam::000000000000:user/a".parse().unwrap();
        let context = Context::new();
        let identity = [Attached { name: "PolicyInputList.1", arn: None, document: &one }];
        let question = Question {
            who: Who {
                account: AccountId::DEFAULT,
                kind: Kin::User { arn: &user, id: "AIDA" },
                canonical: None,
            },
            action: "s3:GetObject",
            resource: "arn:aws:s3:::b/k",
            owner: AccountId::DEFAULT,
            context: &context,
            identity: &identity,
            boundary: None,
            session: None,
            resource_policy: None,
            granted: false,
            rule: Rule::Usual,
        };
        let sids = |explanation: &Explanation<'_>| -> Vec<String> {
            explanation.matched.iter().map(|found| found.statement.sid().unwrap().to_owned()).collect()
        };
        let explanation = explain(&question);
        assert_eq!(explanation.verdict.as_str(), "allowed");
        assert_eq!(sids(&explanation), ["A", "B"]);
        assert_eq!(explanation.missing, ["aws:MultiFactorAuthPresent"]);
        let context = Context::new().with("aws:MultiFactorAuthPresent", "false");
        let explanation = explain(&Question { action: "s3:DeleteObject", context: &context, ..question });
        assert_eq!(explanation.verdict.as_str(), "explicitDeny");
        assert_eq!(sids(&explanation), ["C"]);
        assert!(explanation.missing.is_empty());
        let explanation = explain(&Question { action: "iam:GetUser", ..question });
        assert_eq!(explanation.verdict.as_str(), "implicitDeny");
        assert_eq!(explanation.boundary_allows, None);
        let none = document(r#"{"Effect": "Allow", "Action": "iam:*", "Resource": "*"}"#);
        let boundary = Some(Attached { name: "edge", arn: None, document: &none });
        let explanation = explain(&Question { boundary, ..question });
        assert_eq!((explanation.verdict, explanation.boundary_allows), (Verdict::ImplicitDeny, Some(false)));
    }
}
