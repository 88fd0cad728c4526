//! From method, path and query to the operation.
//!
//! A model gives each operation a template, `/{Bucket}/{Key+}?tagging`. Several operations may fit one request, since all of S3's share
//! two paths; the one that claims most of it wins: literal segments first, then query keys (fixed ones, and members that are
//! required), then the copy source. A sub-resource that no operation of this method claims means that there is none:
//! `PUT ?uploads` must never become a PutObject.

use std::collections::HashMap;
use std::sync::{OnceLock, RwLock};

use http::{HeaderMap, Method};

use crate::schema::{At, Operation, Protocol, Service};

/// The header that makes a PUT a copy.
const COPY_SOURCE: &str = "x-amz-copy-source";

/// A routed request: the operation, and its labels, decoded.
type Routed = (&'static Operation, Vec<(&'static str, String)>);

/// The labels of a path, as sent.
type RawLabels<'p> = Vec<(&'static str, &'p str)>;

/// The operation that a request means, with the labels of its path decoded once; `None` if the service has none for it.
pub fn route(
    service: &'static Service,
    method: &Method,
    path: &str,
    query: &[(String, String)],
    headers: &HeaderMap,
) -> Option<Routed> {
    let table = table(service);
    let copies = headers.contains_key(COPY_SOURCE);
    let mut best: Option<(Claim, &Route, RawLabels<'_>)> = None;
    let (_, routes) = table.routes.iter().find(|(of, _)| *of == method.as_str())?;
    for route in routes {
        let Some(claim) = route.claim(query, copies) else { continue };
        if best.as_ref().is_some_and(|(rival, _, _)| *rival >= claim) {
            continue;
        }
        if let Some(labels) = route.labels(path) {
            best = Some((claim, route, labels));
        }
    }
    let (_, route, labels) = best?;
    let foreign =
        |key: &String| route.shape.subresources(table).contains(&key.as_str()) && !route.claims(key);
    if query.iter().any(|(key, _)| foreign(key)) {
        return None;
    }
    let mut decoded = Vec::with_capacity(labels.len());
    for (name, raw) in labels {
        let text = percent_encoding::percent_decode_str(raw).decode_utf8().ok()?;
        decoded.push((name, text.into_owned()));
    }
    Some((route.operation, decoded))
}

/// How much of a request a route claims; the greater wins.
type Claim = (usize, usize, bool);

struct Route {
    operation: &'static Operation,
    segments: Vec<Segment>,
    /// How many segments are literal.
    literals: usize,
    shape: Shape,
    /// Fixed keys of the template, with the value where it fixes one.
    fixed: Vec<(&'static str, Option<&'static str>)>,
    /// Keys of required members.
    required: Vec<&'static str>,
    /// Keys of all members.
    members: Vec<&'static str>,
    copy_source: bool,
}

#[derive(Clone, Copy)]
enum Segment {
    Literal(&'static str),
    Label(&'static str),
    Greedy(&'static str),
}

/// Paths whose sub-resources are one family: those of a bucket, those of a key.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Shape(usize);

impl Shape {
    fn subresources(self, table: &Table) -> &[&'static str] {
        table.subresources.get(self.0).map(Vec::as_slice).unwrap_or_default()
    }
}

struct Table {
    /// By method.
    routes: Vec<(&'static str, Vec<Route>)>,
    /// Fixed keys without a value, by the number of segments of the paths they occur with.
    subresources: Vec<Vec<&'static str>>,
}

/// A service's routes, made once.
fn table(service: &'static Service) -> &'static Table {
    static TABLES: OnceLock<RwLock<HashMap<usize, &'static Table>>> = OnceLock::new();
    let tables = TABLES.get_or_init(RwLock::default);
    let key = std::ptr::from_ref(service) as usize;
    if let Some(table) = tables.read().expect("nobody panics while holding it").get(&key) {
        return table;
    }
    let mut tables = tables.write().expect("nobody panics while holding it");
    tables.entry(key).or_insert_with(|| Box::leak(Box::new(Table::new(service))))
}

impl Table {
    fn new(service: &'static Service) -> Self {
        let routes: Vec<Route> =
            service.operations.iter().filter(|operation| !operation.retired).map(Route::new).collect();
        let longest = routes.iter().map(|route| route.shape.0).max().unwrap_or(0);
        let mut subresources = vec![Vec::new(); longest + 1];
        if service.protocol == Protocol::RestXml {
            for route in &routes {
                let keys = route.fixed.iter().filter(|(_, value)| value.is_none()).map(|(key, _)| *key);
                // An upload id selects an operation as a sub-resource does, though the model has it as a member.
                let ids = route.required.iter().copied().filter(|key| *key == "uploadId");
                subresources[route.shape.0].extend(keys.chain(ids));
            }
        }
        let mut by_method: Vec<(&'static str, Vec<Route>)> = Vec::new();
        for route in routes {
            let method = route.operation.method;
            match by_method.iter_mut().find(|(of, _)| *of == method) {
                Some((_, of_method)) => of_method.push(route),
                None => by_method.push((method, vec![route])),
            }
        }
        Self { routes: by_method, subresources }
    }
}

impl Route {
    fn new(operation: &'static Operation) -> Self {
        let (path, query) = operation.uri.split_once('?').unwrap_or((operation.uri, ""));
        let segments: Vec<Segment> =
            path.split('/').filter(|segment| !segment.is_empty()).map(Segment::new).collect();
        let fixed = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| match pair.split_once('=') {
            Some((key, value)) => (key, Some(value)),
            None => (pair, None),
        });
        let members = || operation.input.fields.iter().filter(|field| field.at == At::Query);
        Self {
            operation,
            literals: segments.iter().filter(|segment| matches!(segment, Segment::Literal(_))).count(),
            shape: Shape(segments.len()),
            segments,
            fixed: fixed.collect(),
            required: members().filter(|field| field.required).map(|field| field.wire).collect(),
            members: members().map(|field| field.wire).collect(),
            copy_source: operation
                .input
                .fields
                .iter()
                .any(|field| field.required && field.at == At::Header && field.wire == COPY_SOURCE),
        }
    }

    /// What this route claims of a request; `None` if the request lacks what it needs.
    fn claim(&self, query: &[(String, String)], copies: bool) -> Option<Claim> {
        let has = |key: &str, value: Option<&str>| {
            query.iter().any(|(name, given)| name == key && value.is_none_or(|value| value == given))
        };
        let fixed = self.fixed.iter().all(|(key, value)| has(key, *value));
        let required = self.required.iter().all(|key| has(key, None));
        let copy = copies || !self.copy_source;
        (fixed && required && copy).then_some((
            self.literals,
            self.fixed.len() + self.required.len(),
            self.copy_source,
        ))
    }

    fn claims(&self, key: &str) -> bool {
        self.fixed.iter().any(|(fixed, _)| *fixed == key) || self.members.contains(&key)
    }

    /// The labels of a path that fits, as sent. A slash at the end is nobody's, except a greedy label's.
    fn labels<'p>(&self, path: &'p str) -> Option<RawLabels<'p>> {
        let mut rest = path.strip_prefix('/').unwrap_or(path);
        let mut labels = Vec::with_capacity(2);
        for segment in &self.segments {
            let (part, after) = rest.split_once('/').unwrap_or((rest, ""));
            match *segment {
                Segment::Literal(literal) if literal == part => {}
                Segment::Literal(_) => return None,
                Segment::Label(_) | Segment::Greedy(_) if rest.is_empty() => return None,
                Segment::Label(_) if part.is_empty() => return None,
                Segment::Label(name) => labels.push((name, part)),
                Segment::Greedy(name) => {
                    labels.push((name, rest));
                    rest = "";
                    continue;
                }
            }
            rest = after;
        }
        rest.is_empty().then_some(labels)
    }
}

impl Segment {
    fn new(text: &'static str) -> Self {
        match text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
            Some(label) => match label.strip_suffix('+') {
                Some(label) => Segment::Greedy(label),
                None => Segment::Label(label),
            },
            None => Segment::Literal(text),
        }
    }
}
