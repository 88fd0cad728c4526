//! Operators and absent keys, each rule a claim.

use base::{AccountId, Arn};

use super::*;
use crate::context::Context;
use crate::{Kin, Who};

/// Whether `{operator: {"k": values}}` holds for a request whose key `k` has these values.
fn holds(operator: &str, values: &[&str], request: &[&str]) -> bool {
    let context = request.iter().fold(Context::new(), |context, value| context.with("K", *value));
    holds_in(operator, values, context)
}

fn holds_in(operator: &str, values: &[&str], context: Context<'_>) -> bool {
    let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
    let condition = Condition::compile(Operator::read(operator).unwrap(), "k", &values, true);
    let user: Arn = "arn:aws:iam::000000000000:user/team/alice".parse().unwrap();
    let who =
        Who { account: AccountId::DEFAULT, kind: Kin::User { arn: &user, id: "AIDAALICE" }, canonical: None };
    condition.holds(&Keys {
        context: &context,
        who: &who,
        owner: AccountId::DEFAULT,
        memo: Default::default(),
    })
}

#[test]
fn values_are_alternatives_and_negated_operators_exclude_them_all() {
    assert!(holds("StringEquals", &["a", "b"], &["b"]));
    assert!(!holds("StringEquals", &["a", "b"], &["B"]));
    assert!(!holds("StringNotEquals", &["a", "b"], &["b"]));
    assert!(holds("StringNotEquals", &["a", "b"], &["c"]));
    assert!(holds("StringEqualsIgnoreCase", &["Straße", "A"], &["a"]));
    assert!(!holds("StringNotEqualsIgnoreCase", &["A"], &["a"]));
    assert!(holds("StringLike", &["home/*"], &["home/x/y"]));
    assert!(!holds("StringLike", &["home/*"], &["Home/x"]));
    assert!(holds("StringNotLike", &["home/*"], &["Home/x"]));
    assert!(!holds("StringEquals", &["h*"], &["home"]), "equals knows no wildcards");
}

#[test]
fn an_absent_key_fails_positive_operators_and_holds_negated_ones() {
    for operator in [
        "StringEquals",
        "StringLike",
        "NumericLessThan",
        "DateEquals",
        "Bool",
        "BinaryEquals",
        "IpAddress",
        "ArnLike",
    ] {
        assert!(!holds(operator, &["1"], &[]), "{operator}");
        assert!(holds(&format!("{operator}IfExists"), &["1"], &[]), "{operator}");
    }
    for operator in [
        "StringNotEquals",
        "StringNotLike",
        "NumericNotEquals",
        "DateNotEquals",
        "NotIpAddress",
        "ArnNotLike",
    ] {
        assert!(holds(operator, &["1"], &[]), "{operator}");
    }
}

#[test]
fn for_all_values_holds_on_nothing_and_for_any_value_does_not() {
    assert!(holds("ForAllValues:StringEquals", &["a", "b"], &["a", "b"]));
    assert!(!holds("ForAllValues:StringEquals", &["a", "b"], &["a", "c"]));
    assert!(holds("ForAllValues:StringEquals", &["a"], &[]));
    assert!(holds("ForAnyValue:StringEquals", &["a"], &["c", "a"]));
    assert!(!holds("ForAnyValue:StringEquals", &["a"], &["c"]));
    assert!(!holds("ForAnyValue:StringEquals", &["a"], &[]));
    assert!(holds("ForAnyValue:StringEqualsIfExists", &["a"], &[]));
    assert!(!holds("ForAllValues:StringNotEquals", &["a"], &["a", "b"]));
    assert!(holds("ForAnyValue:StringNotEquals", &["a"], &["a", "b"]));
    assert!(!holds("ForAnyValue:StringNotEquals", &["a"], &[]));
}

#[test]
fn several_values_without_a_set_operator_count_as_any() {
    assert!(holds("StringEquals", &["a"], &["c", "a"]));
    assert!(!holds("StringNotEquals", &["a"], &["c", "a"]));
}

#[test]
fn numbers_compare_as_numbers() {
    assert!(holds("NumericLessThanEquals", &["10"], &["9.5"]));
    assert!(!holds("NumericLessThan", &["10"], &["10"]));
    assert!(holds("NumericEquals", &["10"], &["10.0"]));
    assert!(holds("NumericGreaterThan", &["9"], &["10"]));
    assert!(holds("NumericNotEquals", &["9"], &["10"]));
    assert!(!holds("NumericNotEquals", &["9"], &["ten"]), "what is no number makes it false, negated or not");
}

#[test]
fn dates_compare_in_either_notation() {
    assert!(holds("DateLessThan", &["2026-01-01T00:00:00Z"], &["2025-12-31T23:59:59Z"]));
    assert!(holds("DateGreaterThanEquals", &["1767225600"], &["2026-01-01T00:00:00Z"]));
    assert!(holds("DateNotEquals", &["2026-01-01"], &["2026-01-02"]));
    assert!(!holds("DateEquals", &["2026-01-01"], &["yesterday"]));
}

#[test]
fn truths_bytes_and_addresses_are_compared_as_such() {
    assert!(holds("Bool", &["true"], &["True"]));
    assert!(!holds("Bool", &["true"], &["false"]));
    assert!(!holds("Bool", &["true"], &["1"]));
    assert!(holds("BinaryEquals", &["QmluYXJ5"], &["QmluYXJ5"]));
    assert!(!holds("BinaryEquals", &["QmluYXJ5"], &["Qmlu"]));
    assert!(holds("IpAddress", &["10.0.0.0/8", "2001:db8::/32"], &["2001:db8::1"]));
    assert!(!holds("IpAddress", &["10.0.0.0/8"], &["11.0.0.1"]));
    assert!(holds("NotIpAddress", &["10.0.0.0/8"], &["11.0.0.1"]));
    assert!(!holds("NotIpAddress", &["10.0.0.0/8"], &["unknown"]));
}

#[test]
fn arn_operators_match_part_by_part() {
    for operator in ["ArnEquals", "ArnLike"] {
        assert!(holds(operator, &["arn:aws:s3:::logs-*"], &["arn:aws:s3:::logs-1"]), "{operator}");
        assert!(!holds(operator, &["arn:aws:s3:*:logs-*"], &["arn:aws:s3:::logs-1"]), "{operator}");
    }
    assert!(holds("ArnNotEquals", &["arn:aws:s3:::logs-*"], &["arn:aws:s3:::data"]));
    assert!(!holds("ArnNotLike", &["arn:aws:s3:::logs-*"], &["not an arn"]));
}

#[test]
fn null_asks_whether_the_key_is_there() {
    assert!(holds("Null", &["true"], &[]));
    assert!(!holds("Null", &["true"], &["x"]));
    assert!(holds("Null", &["false"], &["x"]));
    assert!(!holds("Null", &["false"], &[]));
    assert!(Operator::read("NullIfExists").is_none());
}

#[test]
fn variables_take_single_values_and_their_text_has_no_wildcards() {
    assert!(holds("StringLike", &["home/${aws:username}/*"], &["home/alice/x"]));
    assert!(holds("StringEquals", &["${AWS:UserName}"], &["alice"]));
    assert!(!holds("StringEquals", &["${aws:absent}"], &[""]));
    assert!(
        holds("StringNotEquals", &["${aws:absent}"], &["x"]),
        "without the value a negated operator holds"
    );
    assert!(holds("StringEquals", &["${aws:absent, 'x'}"], &["x"]));
    assert!(holds(
        "ArnLike",
        &["arn:aws:iam::${aws:PrincipalAccount}:user/*"],
        &["arn:aws:iam::000000000000:user/x"]
    ));
    assert!(!holds("NumericEquals", &["${aws:n, '1'}"], &["1"]), "numbers take no variables");
    let context = Context::new().with("aws:PrincipalTag/team", "*").with("k", "blue");
    assert!(!holds_in("StringLike", &["${aws:PrincipalTag/team}"], context));
    let context = Context::new().with("aws:TagKeys", "a").with("aws:TagKeys", "b").with("k", "a");
    assert!(!holds_in("StringEquals", &["${aws:TagKeys}"], context));
}

#[test]
fn operators_are_known_by_name() {
    for name in [
        "StringEqualsIfExists",
        "ForAnyValue:StringLike",
        "forallvalues:stringequals",
        "bool",
        "ArnNotEquals",
    ] {
        assert!(Operator::read(name).is_some(), "{name}");
    }
    for name in ["x", "ForAnyValue::StringEquals", "StringEqual", "ForSome:StringEquals", "NumericLike", ""] {
        assert!(Operator::read(name).is_none(), "{name}");
    }
}
