//! From a patched model to the text of its table.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::names;
use crate::json::Json;

/// The table of a service.
pub fn render(service: &str, version: &str, model: &Json) -> Result<String, String> {
    let model = Model::new(model)?;
    let mut out = format!(
        "//! The tables of `{service}`, written by `cargo xtask shapes` from botocore {version}; never edited.\n\n\
         use wire::prelude::*;\n\n"
    );
    render_service(&mut out, service, &model)?;
    for name in &model.reached {
        let shape = model.shape(name)?;
        if shape.text_of("type") == Some("structure") {
            render_structure(&mut out, &model, name, shape)?;
        }
    }
    for name in &model.reached {
        let shape = model.shape(name)?;
        if let Some(values) = shape.get("enum") {
            let values: Vec<String> = values.items().iter().filter_map(Json::text).map(quote).collect();
            let constant = names::constant(name);
            writeln!(
                out,
                "/// The values of `{name}`.\npub const {constant}: &[&str] = &[{}];",
                values.join(", ")
            )
            .expect("strings take all");
        }
    }
    Ok(out)
}

/// A model and what its operations reach.
struct Model<'a> {
    root: &'a Json,
    shapes: BTreeMap<&'a str, &'a Json>,
    operations: BTreeMap<&'a str, &'a Json>,
    /// Every shape that an operation reaches, sorted.
    reached: BTreeSet<&'a str>,
    /// Structures that hold themselves but through a list or map: (holder, held).
    boxed: BTreeSet<(&'a str, &'a str)>,
    /// Java patterns with look-around, and the same without.
    patterns: BTreeMap<&'a str, &'a str>,
    /// The operations whose shapes are wanted, where the patches name them; the others are declared without any.
    only: Option<BTreeSet<&'a str>>,
}

impl<'a> Model<'a> {
    fn new(root: &'a Json) -> Result<Self, String> {
        let table = |name| -> BTreeMap<&'a str, &'a Json> {
            let entries = root.get(name).map(Json::entries).unwrap_or_default();
            entries.iter().map(|(name, value)| (name.as_str(), value)).collect()
        };
        let patterns = root.get("patterns").map(Json::entries).unwrap_or_default();
        let patterns = patterns.iter().filter_map(|(from, to)| Some((from.as_str(), to.text()?))).collect();
        let mut model = Self {
            root,
            shapes: table("shapes"),
            operations: table("operations"),
            reached: BTreeSet::new(),
            boxed: BTreeSet::new(),
            patterns,
            only: root.get("only").map(|only| only.items().iter().filter_map(Json::text).collect()),
        };
        if let Some(name) = model.only.iter().flatten().find(|name| !model.operations.contains_key(*name)) {
            return Err(format!("no operation `{name}`"));
        }
        let wanted = model.operations.iter().filter(|(name, _)| model.wants(name));
        let operations: Vec<&Json> = wanted.map(|(_, operation)| *operation).collect();
        for operation in operations {
            for side in ["input", "output"] {
                if let Some(name) = operation.get(side).and_then(|side| side.text_of("shape")) {
                    model.reach(name)?;
                }
            }
        }
        model.find_boxed()?;
        Ok(model)
    }

    fn wants(&self, operation: &str) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(operation))
    }

    fn shape(&self, name: &str) -> Result<&'a Json, String> {
        self.shapes.get(name).copied().ok_or_else(|| format!("no shape `{name}`"))
    }

    fn reach(&mut self, name: &'a str) -> Result<(), String> {
        if !self.reached.insert(name) {
            return Ok(());
        }
        let shape = self.shape(name)?;
        let members = shape.get("members").map(Json::entries).unwrap_or_default();
        let members = members.iter().map(|(_, member)| member);
        let parts = ["member", "key", "value"].into_iter().filter_map(|part| shape.get(part));
        for part in members.chain(parts) {
            self.reach(part.text_of("shape").ok_or_else(|| format!("`{name}` has a member without shape"))?)?;
        }
        Ok(())
    }

    /// The structures that are members of this one, without a list or map between.
    fn held(&self, name: &'a str) -> Result<Vec<&'a str>, String> {
        let members = self.shape(name)?.get("members").map(Json::entries).unwrap_or_default();
        let mut held = Vec::new();
        for (_, member) in members {
            let target = member.text_of("shape").unwrap_or_default();
            if self.shape(target)?.text_of("type") == Some("structure") {
                held.push(target);
            }
        }
        Ok(held)
    }

    fn find_boxed(&mut self) -> Result<(), String> {
        for &holder in &self.reached.clone() {
            for held in self.held(holder)? {
                let mut seen = BTreeSet::new();
                let mut open = vec![held];
                while let Some(name) = open.pop() {
                    if name == holder {
                        self.boxed.insert((holder, held));
                        break;
                    }
                    if seen.insert(name) {
                        open.extend(self.held(name)?);
                    }
                }
            }
        }
        Ok(())
    }

    fn metadata(&self, name: &str) -> Option<&'a str> {
        self.root.get("metadata")?.text_of(name)
    }
}

fn render_service(out: &mut String, service: &str, model: &Model) -> Result<(), String> {
    let endpoint = model.metadata("endpointPrefix").ok_or("no endpointPrefix")?;
    let protocol = match (model.metadata("protocol"), model.metadata("jsonVersion")) {
        (Some("json"), Some("1.0")) => "Json10",
        (Some("json"), _) => "Json11",
        (Some("rest-json"), _) => "RestJson",
        (Some("rest-xml"), _) => "RestXml",
        (Some("query"), _) => "Query",
        (Some("smithy-rpc-v2-cbor"), _) => "RpcV2Cbor",
        (other, _) => return Err(format!("protocol {other:?}")),
    };
    writeln!(
        out,
        "/// The service `{service}`.\npub static {}: wire::Service = wire::Service {{\n    name: {},\n    \
         signing_name: {},\n    target_prefix: {},\n    version: {},\n    protocol: wire::Protocol::{protocol},\n    \
         xml_namespace: {},\n    global: {},\n    operations: OPERATIONS,\n    \
         errors: ERRORS,\n}};\n\nwire::operations! {{",
        names::constant(service),
        quote(service),
        quote(model.metadata("signingName").unwrap_or(endpoint)),
        quote(model.metadata("targetPrefix").unwrap_or_default()),
        quote(model.metadata("apiVersion").unwrap_or_default()),
        quote(model.metadata("xmlNamespace").unwrap_or_default()),
        model.metadata("globalEndpoint").is_some(),
    )
    .expect("strings take all");
    for (name, operation) in &model.operations {
        let row = match model.wants(name) {
            true => operation_row(name, operation),
            false => format!("{} () => ()", quote(name)),
        };
        writeln!(out, "    {row};").expect("strings take all");
    }
    out.push_str("}\n\nwire::errors! {\n");
    for (name, shape) in model.shapes.iter().filter(|(_, shape)| shape.is("exception")) {
        writeln!(out, "    {};", error_row(name, shape)).expect("strings take all");
    }
    out.push_str("}\n\n");
    Ok(())
}

/// `"PutRecord" PutRecordInput => PutRecordOutput [http("GET", "/", 200)]`.
fn operation_row(name: &str, operation: &Json) -> String {
    let side = |side| {
        let shape = operation.get(side).and_then(|side| side.text_of("shape"));
        shape.map_or_else(|| "()".to_owned(), names::r#type)
    };
    let mut words = Vec::new();
    let http = operation.get("http");
    let method = http.and_then(|http| http.text_of("method")).unwrap_or("POST");
    let uri = http.and_then(|http| http.text_of("requestUri")).unwrap_or("/");
    let status = http.and_then(|http| http.get("responseCode")).and_then(Json::number).unwrap_or(200.0);
    if (method, uri, status) != ("POST", "/", 200.0) {
        words.push(format!("http({}, {}, {status})", quote(method), quote(uri)));
    }
    let output = operation.get("output");
    for (trait_name, word) in [("resultWrapper", "result"), ("root", "root")] {
        if let Some(element) = output.and_then(|output| output.text_of(trait_name)) {
            words.push(format!("{word}({})", quote(element)));
        }
    }
    let unsigned = operation.text_of("authtype") == Some("none");
    let checksum = operation.get("httpChecksum");
    if let Some(member) = checksum.and_then(|checksum| checksum.text_of("requestAlgorithmMember")) {
        words.push(format!("checksum({})", quote(member)));
    }
    let flags = [
        (output.is_some_and(|output| output.is("bare")), "bare"),
        (unsigned, "unsigned"),
        (operation.is("retired"), "retired"),
        (checksum.is_some_and(|checksum| checksum.is("requestChecksumRequired")), "checksum_required"),
    ];
    words.extend(flags.iter().filter(|(set, _)| *set).map(|(_, word)| (*word).to_owned()));
    let words = if words.is_empty() { String::new() } else { format!(" [{}]", words.join(" ")) };
    format!("{} {} => {}{words}", quote(name), side("input"), side("output"))
}

/// `"NoSuchKey" "NoSuchKey" 404 sender`.
fn error_row(name: &str, shape: &Json) -> String {
    let error = shape.get("error");
    let code = error.and_then(|error| error.text_of("code")).unwrap_or(name);
    let fault = shape.is("fault");
    let usual = if fault { 500.0 } else { 400.0 };
    let status = error.and_then(|error| error.get("httpStatusCode")).and_then(Json::number).unwrap_or(usual);
    let side = if fault || status >= 500.0 { "receiver" } else { "sender" };
    format!("{} {} {status} {side}", quote(name), quote(code))
}

fn render_structure(out: &mut String, model: &Model, name: &str, shape: &Json) -> Result<(), String> {
    let mut marks = Vec::new();
    if shape.is("union") {
        marks.push("union");
    }
    if shape.is("eventstream") {
        marks.push("event_stream");
    }
    let marks = if marks.is_empty() { String::new() } else { format!(" [{}]", marks.join(" ")) };
    writeln!(out, "wire::shape! {{ {}{marks}", names::r#type(name)).expect("strings take all");
    let members = shape.get("members").map(Json::entries).unwrap_or_default();
    for (index, (member_name, member)) in members.iter().enumerate() {
        let row = field_row(model, (name, shape), (member_name, member))
            .map_err(|problem| format!("{name}.{member_name}: {problem}"))?;
        writeln!(out, "    {index} {} {row};", quote(member_name)).expect("strings take all");
    }
    out.push_str("}\n\n");
    Ok(())
}

/// `stream_name: String [required len(1, 128)]`.
fn field_row(
    model: &Model,
    (holder, structure): (&str, &Json),
    (name, member): (&str, &Json),
) -> Result<String, String> {
    let target = member.text_of("shape").ok_or("no shape")?;
    let shape = model.shape(target)?;
    let payload = structure.text_of("payload") == Some(name);
    let streaming = member.is("streaming") || shape.is("streaming");
    let r#type = if shape.is("eventstream") {
        "Events".to_owned()
    } else if payload && streaming {
        "Body".to_owned()
    } else if model.boxed.contains(&(holder, target)) {
        format!("Box<{}>", names::r#type(target))
    } else {
        rust_type(model, target)?
    };
    let mut words = location_words(name, member, payload);
    let required = structure.get("required").map(Json::items).unwrap_or_default();
    if required.iter().any(|required| required.text() == Some(name)) {
        words.insert(0, "required".to_owned());
    }
    if member.is("xmlAttribute") {
        words.push("attr".to_owned());
    }
    if member.is("idempotencyToken") {
        words.push("token".to_owned());
    }
    if member.is("flattened") && !shape.is("flattened") {
        words.push("flat".to_owned());
    }
    if member.get("timestampFormat").is_some() {
        words.extend(time_word(member));
        words.extend(rule_words(model, target, shape, false)?);
    } else {
        words.extend(rule_words(model, target, shape, true)?);
    }
    let words = if words.is_empty() { String::new() } else { format!(" [{}]", words.join(" ")) };
    Ok(format!("{}: {type}{words}", names::field(name)))
}

fn location_words(name: &str, member: &Json, payload: bool) -> Vec<String> {
    let wire = member.text_of("locationName");
    let named = |word: &str| vec![format!("{word}({})", quote(wire.unwrap_or(name)))];
    match member.text_of("location") {
        Some("header") => named("header"),
        Some("headers") => named("headers"),
        Some("querystring") if wire.is_none() => vec!["query_map".to_owned()],
        Some("querystring") => named("query"),
        Some("uri") => named("label"),
        Some("statusCode") => vec!["status".to_owned()],
        _ => {
            let mut words = Vec::new();
            if wire.is_some_and(|wire| wire != name) {
                words.extend(named("name"));
            }
            if payload {
                words.push("payload".to_owned());
            }
            if member.is("eventheader") {
                words.push("event_header".to_owned());
            }
            if member.is("eventpayload") {
                words.push("event_payload".to_owned());
            }
            words
        }
    }
}

fn rust_type(model: &Model, name: &str) -> Result<String, String> {
    let shape = model.shape(name)?;
    let inner = |part: &str| {
        let target = shape.get(part).and_then(|part| part.text_of("shape"));
        rust_type(model, target.ok_or_else(|| format!("`{name}` has no {part}"))?)
    };
    Ok(match shape.text_of("type") {
        Some("structure") if shape.is("document") => "Document".to_owned(),
        Some("structure") => names::r#type(name),
        Some("string" | "character") => "String".to_owned(),
        Some("boolean") => "bool".to_owned(),
        Some("integer" | "short" | "byte") => "i32".to_owned(),
        Some("long") => "i64".to_owned(),
        Some("float") => "f32".to_owned(),
        Some("double" | "bigdecimal") => "f64".to_owned(),
        Some("blob") => "Bytes".to_owned(),
        Some("timestamp") => "Timestamp".to_owned(),
        Some("list") => format!("Vec<{}>", inner("member")?),
        Some("map") => format!("BTreeMap<String, {}>", inner("value")?),
        other => return Err(format!("`{name}` is of type {other:?}")),
    })
}

/// The words of a shape's constraints and spelling.
fn rule_words(model: &Model, name: &str, shape: &Json, time: bool) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    words.extend(bound_words(shape));
    if let Some(pattern) = shape.text_of("pattern") {
        words.push(match model.patterns.get(pattern) {
            Some(equivalent) => format!("like_as({}, {})", raw(pattern), raw(equivalent)),
            None => {
                check_pattern(pattern)?;
                format!("like({})", raw(pattern))
            }
        });
    }
    if shape.get("enum").is_some() {
        words.push(format!("one_of({})", names::constant(name)));
    }
    if shape.is("sensitive") {
        words.push("sensitive".to_owned());
    }
    if time {
        words.extend(time_word(shape));
    }
    if shape.is("flattened") {
        words.push("flat".to_owned());
    }
    for (part, word, usual) in
        [("member", "each", "member"), ("value", "each", "value"), ("key", "keys", "key")]
    {
        let Some(part) = shape.get(part) else { continue };
        let target = part.text_of("shape").ok_or("no shape")?;
        let mut chain = String::new();
        if let Some(called) = part.text_of("locationName").filter(|called| *called != usual) {
            chain += &format!(".called({})", quote(called));
        }
        for inner in rule_words(model, target, model.shape(target)?, true)? {
            chain += &if inner.ends_with(')') { format!(".{inner}") } else { format!(".{inner}()") };
        }
        if !chain.is_empty() {
            words.push(format!("{word}(&ITEM{chain})"));
        }
    }
    Ok(words)
}

fn time_word(shape: &Json) -> Option<String> {
    let word = match shape.text_of("timestampFormat")? {
        "iso8601" => "iso",
        "rfc822" => "http_date",
        "unixTimestamp" => "epoch",
        _ => return None,
    };
    Some(word.to_owned())
}

/// `len(1, 128)` or `range(1, 10000)`: the model has one pair of traits for both.
fn bound_words(shape: &Json) -> Option<String> {
    let kind = shape.text_of("type")?;
    if kind == "structure" || kind == "boolean" || kind == "timestamp" {
        return None;
    }
    let counts = matches!(kind, "string" | "blob" | "list" | "map");
    let bound = |name| shape.get(name).and_then(Json::number).map(|number| number.floor() as i64);
    let (both, least, most) = if counts { ("len", "len_min", "len_max") } else { ("range", "min", "max") };
    let shortest = |min: i64| !(counts && min <= 0);
    match (bound("min"), bound("max")) {
        (Some(min), Some(max)) if shortest(min) => Some(format!("{both}({min}, {max})")),
        (_, Some(max)) => Some(format!("{most}({max})")),
        (Some(min), None) if shortest(min) => Some(format!("{least}({min})")),
        (_, None) => None,
    }
}

/// A pattern that the codecs' matcher does not know would match everything.
fn check_pattern(pattern: &str) -> Result<(), String> {
    match wire::Pattern::new(pattern).is_understood() {
        true => Ok(()),
        false => Err(format!("pattern {pattern} needs an equivalent in the patches")),
    }
}

fn quote(text: &str) -> String {
    format!("{text:?}")
}

fn raw(text: &str) -> String {
    let mut fence = String::new();
    while text.contains(&format!("\"{fence}")) {
        fence.push('#');
    }
    match text.contains('\\') || !fence.is_empty() {
        true => format!("r{fence}\"{text}\"{fence}"),
        false => format!("\"{text}\""),
    }
}
