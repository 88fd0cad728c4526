//! A second evaluator, written straight from the AWS guide over plain JSON: nothing compiled, nothing clever, everything recursive. It shares no
//! code and no structure with the crate, so that what both get wrong has to be a misreading of the guide.

use std::collections::BTreeMap;

use serde_json::Value;

/// Who asks, by all the names a policy may call them. The layers go from the account inwards.
pub struct Caller {
    pub root: bool,
    pub anonymous: bool,
    /// A service or a web identity: belongs to no account.
    pub outsider: bool,
    pub federated: bool,
    pub account: &'static str,
    pub layers: Vec<Vec<String>>,
}

pub struct Request<'a> {
    pub caller: &'a Caller,
    pub action: &'a str,
    pub resource: &'a str,
    pub owner: &'a str,
    /// Keys in lower case.
    pub context: BTreeMap<String, Vec<String>>,
}

pub struct Policies<'a> {
    pub identity: &'a [Value],
    pub boundary: Option<&'a Value>,
    pub session: Option<&'a [Value]>,
    pub resource: Option<&'a Value>,
    pub granted: bool,
    pub rule: &'a str,
}

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub enum Verdict {
    Allowed,
    Explicit,
    Implicit,
}

pub fn decide(request: &Request<'_>, policies: &Policies<'_>) -> Verdict {
    let caller = request.caller;
    let same = caller.account == request.owner;
    if policies.rule == "RootAlways" && caller.root && same {
        return Verdict::Allowed;
    }
    let session: Option<&[Value]> =
        if caller.federated { Some(policies.session.unwrap_or(&[])) } else { policies.session };
    let everything = policies
        .identity
        .iter()
        .chain(policies.boundary)
        .chain(session.unwrap_or(&[]))
        .chain(policies.resource);
    if everything.into_iter().any(|policy| denies(policy, request)) {
        return Verdict::Explicit;
    }
    // How deep a resource policy reaches: 0 not at all, 1 the account, 2 the role, 3 the caller.
    let reach = policies.resource.map_or(0, |policy| {
        effects(policy, request)
            .iter()
            .filter(|(effect, _)| effect == "Allow")
            .map(|(_, depth)| *depth)
            .max()
            .unwrap_or(0)
    });
    let identity = caller.root || policies.identity.iter().any(|policy| allows(policy, request));
    let boundary = policies.boundary.is_none_or(|policy| allows(policy, request));
    let session = session.is_none_or(|all| all.iter().any(|policy| allows(policy, request)));
    let capped = boundary && session;
    let guarded = policies.rule == "KeyPolicy" || policies.rule == "TrustPolicy";
    let grant_counts = policies.granted && policies.rule != "TrustPolicy";
    let allowed = if caller.anonymous {
        !guarded && (reach > 0 || policies.granted)
    } else if caller.outsider {
        reach > 0 || policies.granted
    } else if guarded {
        match (same, reach) {
            (true, 3) => true,
            (true, _) if grant_counts => true,
            (true, 2) => capped,
            (true, 1) => identity && capped,
            (true, _) => false,
            (false, 0) => grant_counts && identity && capped,
            (false, _) => identity && capped,
        }
    } else if same {
        reach == 3 || (reach == 2 && capped) || (reach < 2 && identity && capped)
    } else {
        identity && capped && (reach > 0 || policies.granted)
    };
    if allowed { Verdict::Allowed } else { Verdict::Implicit }
}

fn denies(policy: &Value, request: &Request<'_>) -> bool {
    effects(policy, request).iter().any(|(effect, _)| effect == "Deny")
}

fn allows(policy: &Value, request: &Request<'_>) -> bool {
    effects(policy, request).iter().any(|(effect, _)| effect == "Allow")
}

/// The effects of the statements that apply, and how deep each reaches.
fn effects(policy: &Value, request: &Request<'_>) -> Vec<(String, usize)> {
    let variables = policy["Version"] == "2012-10-17";
    let statements = match &policy["Statement"] {
        Value::Array(items) => items.clone(),
        one => vec![one.clone()],
    };
    let mut all = Vec::new();
    for statement in statements {
        let effect = statement["Effect"].as_str().unwrap().to_owned();
        if !about_action(&statement, request.action) || !about_resource(&statement, request, variables) {
            continue;
        }
        let depth = depth(&statement, request.caller, effect == "Deny");
        if depth > 0 && conditions_hold(&statement, request, variables) {
            all.push((effect, depth));
        }
    }
    all
}

fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(strings).collect(),
        Value::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}

fn about_action(statement: &Value, action: &str) -> bool {
    let lower = action.to_lowercase();
    let hit = |key: &str| {
        strings(&statement[key])
            .iter()
            .any(|pattern| like(&parse(&pattern.to_lowercase(), true, None), &lower))
    };
    if statement.get("Action").is_some() { hit("Action") } else { !hit("NotAction") }
}

fn about_resource(statement: &Value, request: &Request<'_>, variables: bool) -> bool {
    let hit = |key: &str| {
        strings(&statement[key]).iter().any(|pattern| {
            if pattern == "*" {
                return true;
            }
            let mut parts = cut(pattern);
            while parts.len() < 6 {
                parts.push("*".to_owned());
            }
            let given: Vec<&str> = request.resource.splitn(6, ':').collect();
            given.len() == 6
                && parts.iter().zip(&given).all(|(part, text)| {
                    let context = variables.then_some(&request.context);
                    fill(part, true, context).is_some_and(|pieces| like(&pieces, text))
                })
        })
    };
    match (statement.get("Resource"), statement.get("NotResource")) {
        (Some(_), _) => hit("Resource"),
        (_, Some(_)) => !hit("NotResource"),
        _ => true,
    }
}

/// Parts of an ARN: at the first five colons outside of `${…}`.
fn cut(pattern: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut inside = false;
    for character in pattern.chars() {
        inside = match character {
            '{' if parts.last().unwrap().ends_with('$') => true,
            '}' => false,
            _ => inside,
        };
        if character == ':' && !inside && parts.len() < 6 {
            parts.push(String::new());
        } else {
            parts.last_mut().unwrap().push(character);
        }
    }
    parts
}

#[derive(Clone)]
enum Piece {
    Char(char),
    One,
    Many,
}

type Keys = BTreeMap<String, Vec<String>>;

/// A pattern whose variables all have values; without a context there are none.
fn parse(pattern: &str, wildcards: bool, context: Option<&Keys>) -> Vec<Piece> {
    fill(pattern, wildcards, context).unwrap_or_default()
}

fn fill(pattern: &str, wildcards: bool, context: Option<&Keys>) -> Option<Vec<Piece>> {
    if pattern.is_empty() {
        return Some(Vec::new());
    }
    if let (Some(context), Some(rest)) = (context, pattern.strip_prefix("${")) {
        let end = rest.find('}').unwrap();
        let (inside, after) = (&rest[..end], &rest[end + 1..]);
        let text = if ["*", "?", "$"].contains(&inside) {
            inside.to_owned()
        } else {
            let (key, default) = match inside.split_once(", ") {
                Some((key, quoted)) => (key, Some(quoted.trim_matches('\'').to_owned())),
                None => (inside, None),
            };
            match context.get(&key.to_lowercase()) {
                Some(values) if values.len() == 1 => values[0].clone(),
                _ => default?,
            }
        };
        let mut pieces: Vec<Piece> = text.chars().map(Piece::Char).collect();
        pieces.extend(fill(after, wildcards, Some(context))?);
        return Some(pieces);
    }
    let first = pattern.chars().next().unwrap();
    let piece = match first {
        '*' if wildcards => Piece::Many,
        '?' if wildcards => Piece::One,
        other => Piece::Char(other),
    };
    let mut pieces = vec![piece];
    pieces.extend(fill(&pattern[first.len_utf8()..], wildcards, context)?);
    Some(pieces)
}

fn like(pieces: &[Piece], text: &str) -> bool {
    let rest = |text: &str| text.chars().next().map(|first| text[first.len_utf8()..].to_owned());
    match pieces.first() {
        None => text.is_empty(),
        Some(Piece::Many) => like(&pieces[1..], text) || rest(text).is_some_and(|rest| like(pieces, &rest)),
        Some(Piece::One) => rest(text).is_some_and(|rest| like(&pieces[1..], &rest)),
        Some(Piece::Char(character)) => {
            text.starts_with(*character) && like(&pieces[1..], &rest(text).unwrap())
        }
    }
}

/// 0: not about the caller; else how deep.
fn depth(statement: &Value, caller: &Caller, deny: bool) -> usize {
    let names = |element: &Value| match element {
        Value::Object(kinds) => kinds.values().flat_map(strings).collect(),
        other => strings(other),
    };
    let deepest = 3;
    let layers = caller.layers.len();
    if let Some(element) = statement.get("Principal") {
        let names: Vec<String> = names(element);
        if names.iter().any(|name| name == "*") {
            return deepest;
        }
        let hit = |layer: &Vec<String>| layer.iter().any(|name| names.contains(name));
        let innermost = (0..layers).rev().find(|index| hit(&caller.layers[*index]));
        return match innermost {
            None => 0,
            // The account is always the outermost, the caller the innermost, whether or not a role stands between.
            Some(_) if caller.outsider => deepest,
            Some(0) => 1,
            Some(index) if index == layers - 1 => deepest,
            Some(_) => 2,
        };
    }
    if let Some(element) = statement.get("NotPrincipal") {
        let names: Vec<String> = names(element);
        let listed = |layer: &Vec<String>| layer.iter().any(|name| names.contains(name));
        let spared = names.iter().any(|name| name == "*")
            || if deny { caller.layers.iter().all(listed) } else { caller.layers.iter().any(listed) };
        return if spared { 0 } else { deepest };
    }
    deepest
}

fn conditions_hold(statement: &Value, request: &Request<'_>, variables: bool) -> bool {
    let Some(Value::Object(operators)) = statement.get("Condition") else { return true };
    operators.iter().all(|(operator, keys)| {
        let Value::Object(keys) = keys else { panic!("a map") };
        keys.iter().all(|(key, values)| {
            let given = request.context.get(&key.to_lowercase()).cloned().unwrap_or_default();
            holds(operator, &strings(values), &given, variables.then_some(&request.context))
        })
    })
}

fn holds(operator: &str, policy: &[String], given: &[String], context: Option<&Keys>) -> bool {
    let (set, operator) = operator.split_once(':').map_or(("", operator), |(set, rest)| (set, rest));
    let (operator, if_exists) =
        operator.strip_suffix("IfExists").map_or((operator, false), |rest| (rest, true));
    if operator == "Null" {
        return policy.iter().any(|wanted| {
            (wanted == "true") == given.is_empty() && ["true", "false"].contains(&wanted.as_str())
        });
    }
    let negated = operator.contains("Not");
    if given.is_empty() {
        return if_exists || set == "ForAllValues" || (set.is_empty() && negated);
    }
    // For each value of the request: is it like one of the policy's?
    let likes: Vec<Option<bool>> = given
        .iter()
        .map(|given| {
            readable(operator, given)
                .then(|| policy.iter().any(|policy| compare(operator, policy, given, context)))
        })
        .collect();
    let good = |like: &Option<bool>| *like == Some(!negated);
    match set {
        "ForAnyValue" => likes.iter().any(good),
        "ForAllValues" => likes.iter().all(good),
        _ if likes.contains(&None) => false,
        _ if negated => likes.iter().all(good),
        _ => likes.iter().any(good),
    }
}

fn readable(operator: &str, given: &str) -> bool {
    match family(operator) {
        "Numeric" => given.parse::<f64>().is_ok(),
        "Date" => seconds(given).is_some(),
        "Bool" => ["true", "false"].contains(&given),
        "Ip" => given.parse::<std::net::IpAddr>().is_ok(),
        "Arn" => given.split(':').count() >= 6,
        "Binary" => given == "QUJD" || given == "QUI=",
        _ => true,
    }
}

fn family(operator: &str) -> &'static str {
    ["Numeric", "Date", "Bool", "Ip", "Arn", "Binary"]
        .into_iter()
        .find(|family| operator.contains(family))
        .unwrap_or("String")
}

/// Seconds, or one of the dates that the tests use.
fn seconds(text: &str) -> Option<f64> {
    match text {
        "2026-01-01T00:00:00Z" | "2026-01-01T02:00:00+02:00" | "1767225600" => Some(1_767_225_600.0),
        "2026-01-02" => Some(1_767_312_000.0),
        other => other.parse().ok(),
    }
}

/// Positive sense.
fn compare(operator: &str, policy: &str, given: &str, context: Option<&Keys>) -> bool {
    let filled = |wildcards: bool| fill(policy, wildcards, context);
    match family(operator) {
        "Numeric" => match (given.parse::<f64>(), policy.parse::<f64>()) {
            (Ok(given), Ok(policy)) => order(operator, given, policy),
            _ => false,
        },
        "Date" => match (seconds(given), seconds(policy)) {
            (Some(given), Some(policy)) => order(operator, given, policy),
            _ => false,
        },
        "Bool" => filled(false).is_some_and(|pieces| like(&pieces, given)),
        "Binary" => policy == given,
        "Ip" => in_network(policy, given),
        "Arn" => {
            if policy == "*" {
                return true;
            }
            let (parts, given) = (cut(policy), given.splitn(6, ':').collect::<Vec<_>>());
            parts.len() == 6
                && parts
                    .iter()
                    .zip(given)
                    .all(|(part, text)| fill(part, true, context).is_some_and(|pieces| like(&pieces, text)))
        }
        _ if operator.contains("Like") => filled(true).is_some_and(|pieces| like(&pieces, given)),
        _ if operator.contains("IgnoreCase") => {
            let lower = |pieces: Vec<Piece>| -> Vec<Piece> {
                pieces
                    .into_iter()
                    .map(|piece| match piece {
                        Piece::Char(character) => Piece::Char(character.to_ascii_lowercase()),
                        other => other,
                    })
                    .collect()
            };
            filled(false).is_some_and(|pieces| like(&lower(pieces), &given.to_ascii_lowercase()))
        }
        _ => filled(false).is_some_and(|pieces| like(&pieces, given)),
    }
}

fn order(operator: &str, given: f64, policy: f64) -> bool {
    if operator.ends_with("LessThanEquals") {
        given <= policy
    } else if operator.ends_with("LessThan") {
        given < policy
    } else if operator.ends_with("GreaterThanEquals") {
        given >= policy
    } else if operator.ends_with("GreaterThan") {
        given > policy
    } else {
        given == policy
    }
}

/// Bit by bit.
fn in_network(network: &str, address: &str) -> bool {
    let bits = |text: &str| -> Option<Vec<bool>> {
        let bytes = match text.parse().ok()? {
            std::net::IpAddr::V4(address) => address.octets().to_vec(),
            std::net::IpAddr::V6(address) => address.octets().to_vec(),
        };
        Some(bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1)).collect())
    };
    let (base, length) =
        network.split_once('/').map_or((network, None), |(base, length)| (base, Some(length)));
    let (Some(base), Some(address)) = (bits(base), bits(address)) else { return false };
    let length = length.map_or(base.len(), |length| length.parse().unwrap());
    base.len() == address.len() && base.iter().zip(&address).take(length).all(|(a, b)| a == b)
}
