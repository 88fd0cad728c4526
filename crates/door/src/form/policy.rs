//! The policy document of a form: what was signed says what the form may hold.
//!
//! Every field must be covered by a condition but the signature's own and `x-ignore-*`; the bucket is that of the URL, whatever a field says.
//! Source: S3 API reference, "POST policy"; texts as recorded (facts sections 11 and 13).

use base::Timestamp;
use serde_json::Value;
use service::Fault;

use super::Fields;

/// Bytes of a policy (S3: 20 KB).
const POLICY_BYTES_MAX: usize = 20 << 10;
/// Fields that no condition need cover.
const UNCOVERED: [&str; 5] = ["policy", "file", "x-amz-signature", "signature", "awsaccesskeyid"];

/// What a policy says beyond yes: how long the file may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Allowed {
    /// Least and most bytes.
    pub length: Option<(u64, u64)>,
}

/// Holds a form against its policy.
///
/// # Errors
/// What S3 answers: `InvalidPolicyDocument`, or `AccessDenied` with the condition that failed.
pub fn check(policy: &str, fields: &Fields, bucket: &str, now: Timestamp) -> Result<Allowed, Fault> {
    let text = base64_simd::STANDARD.decode_to_vec(policy.trim()).map_err(|_| invalid("Invalid Base64."))?;
    if text.len() > POLICY_BYTES_MAX {
        return Err(invalid("Policy is too large."));
    }
    let document: Value = serde_json::from_slice(&text).map_err(|_| invalid("Invalid JSON."))?;
    let document = document.as_object().ok_or_else(|| invalid("Invalid JSON."))?;
    let expires = document.get("expiration").ok_or_else(|| invalid("Policy missing expiration."))?;
    // In this form alone: `2026-01-03T00:00:00.000Z`.
    let in_form = |text: &&str| text.as_bytes().get(10) == Some(&b'T') && text.ends_with('Z');
    let expires = expires.as_str().filter(in_form).and_then(wire::time::parse_iso);
    let expires = expires.ok_or_else(|| invalid("Invalid 'expiration' value."))?;
    let conditions = document.get("conditions").ok_or_else(|| invalid("Policy missing conditions."))?;
    let conditions =
        conditions.as_array().ok_or_else(|| invalid("Invalid 'conditions' value: must be a List."))?;
    let conditions = conditions.iter().map(Condition::read).collect::<Result<Vec<_>, _>>()?;
    if expires <= now {
        return Err(refused("Policy expired."));
    }
    let mut allowed = Allowed::default();
    for condition in &conditions {
        match condition.test {
            Test::Length(least, most) => allowed.length = Some((least, most)),
            Test::Eq | Test::StartsWith => {
                if !condition.holds(fields, bucket) {
                    return Err(refused(&format!("Policy Condition failed: {}", condition.text())));
                }
            }
        }
    }
    let covered = |name: &str| conditions.iter().any(|condition| condition.field == name);
    let extra: Vec<&str> = fields
        .iter()
        .map(|(name, _)| name)
        .filter(|name| !UNCOVERED.contains(name) && !name.starts_with("x-ignore-") && !covered(name))
        .collect();
    if !extra.is_empty() {
        return Err(refused(&format!("Extra input fields: {}", extra.join(", "))));
    }
    if !covered("bucket") {
        return Err(refused("Extra input fields: bucket"));
    }
    Ok(allowed)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Test {
    Eq,
    StartsWith,
    Length(u64, u64),
}

/// One condition.
struct Condition {
    test: Test,
    /// In lower case.
    field: String,
    /// As the policy spells it.
    spelt: String,
    value: String,
}

impl Condition {
    fn read(condition: &Value) -> Result<Self, Fault> {
        match condition {
            Value::Object(object) => {
                let mut members = object.iter();
                let (Some((name, value)), None) = (members.next(), members.next()) else {
                    return Err(invalid(
                        "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.",
                    ));
                };
                let value = value.as_str();
                let value =
                    value.ok_or_else(|| invalid("Invalid Simple-Condition: value must be a string."))?;
                Ok(Self::of(Test::Eq, name, value))
            }
            Value::Array(items) => Self::read_list(items),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                Err(invalid("Invalid Condition: must be a List or an Object."))
            }
        }
    }

    fn read_list(items: &[Value]) -> Result<Self, Fault> {
        let [operator, first, second] = items else {
            return Err(invalid("Invalid Condition: wrong number of arguments."));
        };
        let operator = operator.as_str().unwrap_or_default().to_ascii_lowercase();
        if operator == "content-length-range" {
            let (Some(least), Some(most)) = (number(first), number(second)) else {
                return Err(invalid("Invalid content-length-range."));
            };
            return Ok(Self::of(Test::Length(least, most), "content-length-range", ""));
        }
        let test = match operator.as_str() {
            "eq" => Test::Eq,
            "starts-with" => Test::StartsWith,
            _ => return Err(invalid(&format!("Invalid Condition: unknown operation '{operator}'."))),
        };
        let (Some(field), Some(value)) = (first.as_str(), second.as_str()) else {
            return Err(invalid("Invalid Condition: arguments must be strings."));
        };
        let name = field.strip_prefix('$').ok_or_else(|| {
            invalid(&format!("Invalid Condition: field '{field}' must begin with a dollar sign."))
        })?;
        Ok(Self::of(test, name, value))
    }

    fn of(test: Test, field: &str, value: &str) -> Self {
        Self { test, field: field.to_ascii_lowercase(), spelt: field.to_owned(), value: value.to_owned() }
    }

    fn holds(&self, fields: &Fields, bucket: &str) -> bool {
        let actual = if self.field == "bucket" { Some(bucket) } else { fields.get(&self.field) };
        match self.test {
            Test::Eq => actual.is_some_and(|actual| actual == self.value),
            Test::StartsWith if self.value.is_empty() => true,
            // Of a list of content types each must begin so.
            Test::StartsWith if self.field == "content-type" => actual.is_some_and(|actual| {
                actual.split(',').all(|one| one.trim().starts_with(self.value.as_str()))
            }),
            Test::StartsWith => actual.is_some_and(|actual| actual.starts_with(self.value.as_str())),
            Test::Length(..) => true,
        }
    }

    /// As a refusal quotes it.
    fn text(&self) -> String {
        let word = match self.test {
            Test::Eq => "eq",
            Test::StartsWith => "starts-with",
            Test::Length(..) => "content-length-range",
        };
        let field = format!("${}", self.spelt);
        let quoted = |text: &str| serde_json::to_string(text).expect("a string is JSON");
        format!("[{}, {}, {}]", quoted(word), quoted(&field), quoted(&self.value))
    }
}

/// Whole numbers, also in quotes.
fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

fn invalid(text: &str) -> Fault {
    Fault::new(400, "InvalidPolicyDocument", format!("Invalid Policy: {text}"))
}

fn refused(text: &str) -> Fault {
    Fault::new(403, "AccessDenied", format!("Invalid according to Policy: {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_secs(1_767_323_045);

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        let mut fields = Fields::default();
        for (name, value) in pairs {
            fields.push(name, (*value).to_owned());
        }
        fields
    }

    fn checked(policy: &str, pairs: &[(&str, &str)]) -> Result<Allowed, (u16, String)> {
        let encoded = base64_simd::STANDARD.encode_to_string(policy);
        check(&encoded, &fields(pairs), "b", NOW)
            .map_err(|fault| (fault.status, fault.message.unwrap_or_default()))
    }

    fn policy(conditions: &str) -> String {
        format!(
            r#"{{"expiration": "2026-01-03T00:00:00Z", "conditions": [{{"bucket": "b"}}, {conditions}]}}"#
        )
    }

    #[test]
    fn conditions_hold_or_say_which_does_not() {
        let all =
            policy(r#"["starts-with", "$Key", "p/"], {"acl": "private"}, ["content-length-range", 1, "9"]"#);
        let form = [("KEY", "p/k"), ("acl", "private"), ("x-ignore-this", ""), ("policy", ""), ("file", "")];
        assert_eq!(checked(&all, &form), Ok(Allowed { length: Some((1, 9)) }));
        let told = |text: &str| Err((403, format!("Invalid according to Policy: {text}")));
        let wrong = [("key", "q/k"), ("acl", "private")];
        assert_eq!(checked(&all, &wrong), told(r#"Policy Condition failed: ["starts-with", "$Key", "p/"]"#));
        let wrong = [("key", "p/k"), ("acl", "public")];
        assert_eq!(checked(&all, &wrong), told(r#"Policy Condition failed: ["eq", "$acl", "private"]"#));
        let more = [("key", "p/k"), ("acl", "private"), ("x-amz-meta-a", "1")];
        assert_eq!(checked(&all, &more), told("Extra input fields: x-amz-meta-a"));
        let elsewhere = r#"{"expiration": "2026-01-03T00:00:00Z", "conditions": [{"bucket": "other"}]}"#;
        assert_eq!(checked(elsewhere, &[]), told(r#"Policy Condition failed: ["eq", "$bucket", "other"]"#));
        let nowhere = r#"{"expiration": "2026-01-03T00:00:00Z", "conditions": []}"#;
        assert_eq!(checked(nowhere, &[]), told("Extra input fields: bucket"));
        let late = r#"{"expiration": "2026-01-01T00:00:00Z", "conditions": [{"bucket": "b"}]}"#;
        assert_eq!(checked(late, &[]), told("Policy expired."));
    }

    #[test]
    fn what_is_no_policy_is_refused() {
        for text in [
            "",
            "[]",
            "{}",
            r#"{"conditions": []}"#,
            r#"{"expiration": "2026-01-03T00:00:00Z"}"#,
            r#"{"expiration": "soon", "conditions": []}"#,
            r#"{"expiration": "2026-01-03 00:00:00+00:00", "conditions": [{"bucket": "b"}]}"#,
            r#"{"expiration": "2026-01-03T00:00:00Z", "conditions": {}}"#,
            r#"{"expiration": "2026-01-03T00:00:00Z", "conditions": [{}]}"#,
            r#"{"expiration": "2026-01-03T00:00:00Z", "conditions": [{"a": "1", "b": "2"}]}"#,
            r#"{"expiration": "2026-01-03T00:00:00Z", "conditions": [["content-length-range", -1, 0]]}"#,
            r#"{"expiration": "2026-01-03T00:00:00Z", "conditions": [["ends-with", "$key", ""]]}"#,
        ] {
            let refused = checked(text, &[]).unwrap_err();
            assert_eq!(refused.0, 400, "{text}: {refused:?}");
        }
    }
}
