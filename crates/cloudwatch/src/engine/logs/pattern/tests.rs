//! The examples of AWS's page, and that nothing panics.

use proptest::prelude::*;

use super::*;

#[track_caller]
fn check(pattern: &str, message: &str, expected: bool) {
    let parsed = Pattern::parse(pattern).unwrap_or_else(|_| panic!("{pattern}"));
    assert_eq!(parsed.matches(message), expected, "{pattern} on {message}");
}

#[test]
fn terms() {
    for (pattern, message, expected) in [
        ("", "anything", true),
        ("ERROR", "[ERROR 400] BAD REQUEST", true),
        ("ERROR", "error", false),
        ("ERROR ARGUMENTS", "[ERROR 419] MISSING ARGUMENTS", true),
        ("ERROR ARGUMENTS", "[ERROR 400] BAD REQUEST", false),
        ("?ERROR ?ARGUMENTS", "only ARGUMENTS", true),
        ("?ERROR ?ARGUMENTS", "neither", false),
        ("ERROR -ARGUMENTS", "[ERROR 419] MISSING ARGUMENTS", false),
        ("ERROR -ARGUMENTS", "[ERROR 400] BAD REQUEST", true),
        ("\"INTERNAL SERVER ERROR\"", "[ERROR 500] INTERNAL SERVER ERROR", true),
        ("\"[ERROR\"", "[ERROR 500]", true),
        ("\"a \\\"b\\\"\"", "say a \"b\" c", true),
        ("%ERR[A-Z]{2}%", "ERROR", true),
        ("%AUTHORIZED.*[0-9]%", "AUTHORIZED none", false),
        ("ERROR ?WARN", "ERROR", true),
    ] {
        check(pattern, message, expected);
    }
}

#[test]
fn fields() {
    let line = "127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] \"GET /index.html HTTP/1.0\" 404 1534";
    for (pattern, expected) in [
        ("[ip, id, user, timestamp, request, status_code, bytes]", true),
        ("[ip, id, user, timestamp, request, status_code=4*, bytes]", true),
        ("[ip, id, user, timestamp, request, status_code=5*, bytes]", false),
        ("[ip, id, user, timestamp, request, status_code = 404 || status_code = 410, bytes > 1000]", true),
        ("[..., status_code=4*, bytes]", true),
        ("[ip=127.0.0.1, ...]", true),
        ("[ip!=127.0.0.1, ...]", false),
        ("[ip, ..., bytes>1000 && bytes<1500]", false),
        ("[ip, user]", false),
        ("[ip, id, user, timestamp, request = *html*, status_code, bytes]", true),
        ("[ip, id, user, timestamp, request, status_code = %4[0-9]{2}%, bytes]", true),
    ] {
        check(pattern, line, expected);
    }
    let pattern = Pattern::parse("[ip, ..., status, bytes]").unwrap();
    let extracted = pattern.extracted(line);
    assert_eq!(extracted.get("$bytes").map(String::as_str), Some("1534"));
    assert_eq!(pattern.select("$status", line).as_deref(), Some("404"));
}

#[test]
fn json() {
    let event = r#"{"eventType":"UpdateTrail","sourceIPAddress":"111.111.111.111","arrayKey":["value","another value"],
        "objectList":[{"name":"a","id":1},{"name":"b","id":2}],"SomeObject":null,"ThisFlag":true,"requests":{"bytes":"1200","n":-2.5}}"#;
    for (pattern, expected) in [
        (r#"{ $.eventType = "UpdateTrail" }"#, true),
        (r#"{ $.eventType = UpdateTrail }"#, true),
        (r#"{ $.eventType = "Update*" }"#, true),
        (r#"{ $.eventType != "UpdateTrail" }"#, false),
        (r#"{ $.sourceIPAddress != 123.123.* }"#, true),
        (r#"{ $.arrayKey[0] = "value" }"#, true),
        (r#"{ $.arrayKey[*] = "another value" }"#, true),
        (r#"{ $.objectList[1].id = 2 }"#, true),
        (r#"{ $.objectList[1].id > 2 }"#, false),
        (r#"{ $.requests.n <= -2.5 }"#, true),
        (r#"{ $.requests.bytes > 1000 }"#, true),
        (r#"{ $.SomeObject IS NULL }"#, true),
        (r#"{ $.SomeOtherObject NOT EXISTS }"#, true),
        (r#"{ $.eventType EXISTS }"#, true),
        (r#"{ $.ThisFlag IS TRUE }"#, true),
        (r#"{ $.ThisFlag IS FALSE }"#, false),
        (r#"{ ($.eventType = "x" || $.objectList[0].name = "a") && $.ThisFlag IS TRUE }"#, true),
        (r#"{ $.eventType = %Up.*Trail% }"#, true),
        (r#"{ $["eventType"] = "UpdateTrail" }"#, true),
        (r#"{$.eventType="UpdateTrail"}"#, true),
    ] {
        check(pattern, event, expected);
    }
    check("{ $.a = 1 }", "no json", false);
    let pattern = Pattern::parse("{ $.requests.n < 0 }").unwrap();
    assert_eq!(pattern.extracted(event).get("$.requests.n").map(String::as_str), Some("-2.5"));
    assert_eq!(pattern.select("$.eventType", event).as_deref(), Some("UpdateTrail"));
}

#[test]
fn what_is_no_pattern_is_refused() {
    for pattern in [
        "{",
        "{}",
        "{ $.a }",
        "{ $.a = }",
        "{ a = 1 }",
        "{ $.a > \"x\" }",
        "{ ($.a = 1 }",
        "[",
        "[a,,b]",
        "[a=]",
        "[..., ...]",
        "\"open",
        "%open",
        "%(%",
        "{ $.a = 1 && }",
        "[a > b]",
    ] {
        assert_eq!(Pattern::parse(pattern).err(), Some(Invalid), "{pattern}");
    }
    assert!(Pattern::parse(&"x".repeat(1_025)).is_err());
    let deep = format!("{{ {}$.a = 1{} }}", "(".repeat(500), ")".repeat(500));
    assert!(Pattern::parse(&deep).is_err());
}

proptest! {
    #[test]
    fn no_pattern_and_no_message_panics(
        pattern in "([\\[\\]{}(),\"%=!<>&|?.*$é-]|\\.\\.\\.|a|\\$\\.a|1| |IS|NOT|EXISTS|NULL){0,24}",
        message in "([\\[\\]{}\",:é]|a|1| ){0,24}",
    ) {
        if let Ok(parsed) = Pattern::parse(&pattern) {
            let _ = parsed.matches(&message);
            let _ = parsed.extracted(&message);
            let _ = parsed.select("$.a", &message);
        }
    }

    #[test]
    fn a_wildcard_matches_what_it_was_made_of(parts in proptest::collection::vec("[ab]{0,3}", 1..4), fill in "[abc]{0,4}") {
        let (pattern, text) = (parts.join("*"), parts.join(&fill));
        prop_assert!(parts.len() == 1 || wildcard(&pattern, &text));
        prop_assert!(wildcard(&text, &text));
    }
}
