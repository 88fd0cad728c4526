//! The tables: what a service, an operation and a structure look like on the wire.
//!
//! A table is plain constant data, written by `cargo xtask shapes` from the service models and never edited. A field's traits are
//! the words in its brackets (`required`, `len(1, 128)`, `header("x-amz-acl")`): each word is a `const fn` of [`Field`] below,
//! so a table cannot say what no codec understands. Codecs exist once per protocol and read the tables.

use crate::shape::Shape;

/// Which form the bytes have (wire facts section 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// `application/x-amz-json-1.0`, by `X-Amz-Target`.
    Json10,
    /// `application/x-amz-json-1.1`, by `X-Amz-Target`.
    Json11,
    /// `application/x-amz-cbor-1.1`, by `X-Amz-Target`: Kinesis alone, with timestamps in milliseconds.
    KinesisCbor,
    /// Smithy's rpc-v2-cbor, by path, with timestamps in seconds.
    RpcV2Cbor,
    /// JSON bodies; operations by method and path.
    RestJson,
    /// XML bodies; operations by method, path and query: S3.
    RestXml,
    /// A form or query string in, XML out: IAM, STS.
    Query,
}

/// A service as its model states it.
#[derive(Debug)]
pub struct Service {
    /// The name of the room, and of the endpoint: `kinesis`.
    pub name: &'static str,
    /// The service in a credential scope.
    pub signing_name: &'static str,
    /// What stands before the dot in `X-Amz-Target`; empty if the service has no JSON RPC form.
    pub target_prefix: &'static str,
    /// The version of the interface: `2013-12-02`.
    pub version: &'static str,
    /// The protocol its clients prefer.
    pub protocol: Protocol,
    /// The namespace of its XML answers; empty if it has none.
    pub xml_namespace: &'static str,
    /// One endpoint for all regions (S3, IAM, STS in their old form).
    pub global: bool,
    /// Every operation of the model, sorted by name.
    pub operations: &'static [Operation],
    /// The errors the model names, sorted by name.
    pub errors: &'static [ErrorKind],
}

impl Service {
    /// The operation of that name, if the model has it.
    pub fn operation(&self, name: &str) -> Option<&'static Operation> {
        let index = self.operations.binary_search_by(|operation| operation.name.cmp(name)).ok()?;
        Some(&self.operations[index])
    }

    /// Whether it began as a Query service and still serves such clients beside those of its newer protocols (`awsQueryCompatible`:
    /// CloudWatch). Its errors are then known by two names.
    pub const fn is_query_compatible(&self) -> bool {
        !self.target_prefix.is_empty() && !self.xml_namespace.is_empty()
    }

    /// Whether its operations are reached by forms and query strings.
    pub fn speaks_query(&self) -> bool {
        self.protocol == Protocol::Query || self.is_query_compatible()
    }
}

/// An error that the model names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorKind {
    /// The shape's name.
    pub name: &'static str,
    /// The code on the wire; differs from the name in IAM, STS and CloudWatch.
    pub code: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// Whether the sender is to blame.
    pub sender: bool,
}

impl ErrorKind {
    /// An error that is the sender's fault.
    pub const fn sender(name: &'static str, code: &'static str, status: u16) -> Self {
        Self { name, code, status, sender: true }
    }

    /// An error that is the service's fault.
    pub const fn receiver(name: &'static str, code: &'static str, status: u16) -> Self {
        Self { name, code, status, sender: false }
    }
}

/// An operation as its model states it.
#[derive(Debug)]
pub struct Operation {
    /// `PutRecords`.
    pub name: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path template with fixed query keys: `/{Bucket}/{Key+}?tagging`.
    pub uri: &'static str,
    /// The status of success.
    pub status: u16,
    /// What it takes.
    pub input: &'static Structure,
    /// What it gives.
    pub output: &'static Structure,
    /// Query: the element around the members of the answer (`GetCallerIdentityResult`); empty if there is none.
    pub result: &'static str,
    /// REST-XML: the root element of the answer when the output has no payload member.
    pub root: &'static str,
    /// REST-XML: the answer's only body member is itself the root element (GetBucketLocation).
    pub bare: bool,
    /// Clients call it without a signature (AssumeRoleWithWebIdentity).
    pub unsigned: bool,
    /// A twin kept for old clients that shares its URI with a newer operation; never routed to.
    pub retired: bool,
    /// The member that names the algorithm of the request's checksum, if the operation has one.
    pub checksum_member: Option<&'static str>,
    /// The request must carry a checksum (or Content-MD5).
    pub checksum_required: bool,
}

impl Operation {
    /// A row of a service's operation table, `POST /` answering 200.
    pub const fn new(name: &'static str, input: &'static Structure, output: &'static Structure) -> Self {
        Self {
            name,
            method: "POST",
            uri: "/",
            status: 200,
            input,
            output,
            result: "",
            root: "",
            bare: false,
            unsigned: false,
            retired: false,
            checksum_member: None,
            checksum_required: false,
        }
    }

    /// Bound to another method, path and status.
    pub const fn http(mut self, method: &'static str, uri: &'static str, status: u16) -> Self {
        self.method = method;
        self.uri = uri;
        self.status = status;
        self
    }

    /// See [`Operation::result`].
    pub const fn result(mut self, element: &'static str) -> Self {
        self.result = element;
        self
    }

    /// See [`Operation::root`].
    pub const fn root(mut self, element: &'static str) -> Self {
        self.root = element;
        self
    }

    /// See [`Operation::bare`].
    pub const fn bare(mut self) -> Self {
        self.bare = true;
        self
    }

    /// See [`Operation::unsigned`].
    pub const fn unsigned(mut self) -> Self {
        self.unsigned = true;
        self
    }

    /// See [`Operation::retired`].
    pub const fn retired(mut self) -> Self {
        self.retired = true;
        self
    }

    /// See [`Operation::checksum_member`].
    pub const fn checksum(mut self, member: &'static str) -> Self {
        self.checksum_member = Some(member);
        self
    }

    /// See [`Operation::checksum_required`].
    pub const fn checksum_required(mut self) -> Self {
        self.checksum_required = true;
        self
    }
}

/// Declares a service's operations, sorted by name, as the constant `OPERATIONS`.
#[macro_export]
macro_rules! operations {
    ($($name:literal $input:ty => $output:ty $([$($word:ident $(($($arg:tt)*))?)*])? ;)*) => {
        const OPERATIONS: &[$crate::Operation] = &[
            $($crate::Operation::new($name, $crate::schema::<$input>(), $crate::schema::<$output>())
                $($(.$word($($($arg)*)?))*)?,)*
        ];
    };
}

/// Declares the errors that a service's model names (name, code, status, who is to blame), as the constant `ERRORS`.
#[macro_export]
macro_rules! errors {
    ($($name:literal $code:literal $status:literal $side:ident;)*) => {
        const ERRORS: &[$crate::ErrorKind] = &[$($crate::ErrorKind::$side($name, $code, $status)),*];
    };
}

/// The schema of a type, for operation tables.
pub const fn schema<S: Shape>() -> &'static Structure {
    S::SCHEMA
}

/// The name of what stands for no structure.
pub(crate) const UNIT: &str = "()";

/// A structure of the model.
#[derive(Debug)]
pub struct Structure {
    /// Its name in the model.
    pub name: &'static str,
    /// Its members in the model's order, which is the order of XML elements too.
    pub fields: &'static [Field],
    /// Exactly one member is present.
    pub union: bool,
    /// A union of events.
    pub event_stream: bool,
}

impl Structure {
    /// A structure with these members.
    pub const fn new(name: &'static str, fields: &'static [Field]) -> Self {
        Self { name, fields, union: false, event_stream: false }
    }

    /// Whether this stands for no structure at all: an operation without input or output.
    pub fn is_unit(&self) -> bool {
        self.fields.is_empty() && self.name == UNIT
    }

    /// See [`Structure::union`].
    pub const fn union(mut self) -> Self {
        self.union = true;
        self
    }

    /// See [`Structure::event_stream`].
    pub const fn event_stream(mut self) -> Self {
        self.event_stream = true;
        self
    }

    /// The index of the member that makes up the whole body, if there is one.
    pub fn payload(&self) -> Option<usize> {
        self.fields.iter().position(|field| matches!(field.at, At::Payload))
    }

    /// The index of the member that is a [`body::Body`] or [`body::Events`], if there is one.
    pub fn stream(&self) -> Option<usize> {
        self.fields.iter().position(|field| matches!(field.kind, Kind::Body | Kind::Events))
    }

    /// Whether any member travels in the body.
    pub fn has_body(&self) -> bool {
        self.fields.iter().any(|field| matches!(field.at, At::Body | At::Payload))
    }

    /// The index of the member of that model name.
    pub fn member(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}

/// What a member holds.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// `bool`.
    Bool,
    /// `i32`.
    Integer,
    /// `i64`.
    Long,
    /// `f32`.
    Float,
    /// `f64`.
    Double,
    /// `String`.
    Text,
    /// `bytes::Bytes`.
    Blob,
    /// `base::Timestamp`.
    Time,
    /// A JSON value without a schema.
    Document,
    /// A nested structure; the function gives its schema, so that structures may be recursive.
    Structure(fn() -> &'static Structure),
    /// `Vec` of this.
    List(&'static Kind),
    /// `BTreeMap<String, _>` to this.
    Map(&'static Kind),
    /// A streaming blob.
    Body,
    /// A stream of events.
    Events,
}

/// Where in the message a member travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// In the body, among the others.
    Body,
    /// It is the body.
    Payload,
    /// In the header of the member's wire name.
    Header,
    /// In all headers that begin with the wire name; what follows is the map's key.
    Headers,
    /// In the query string, under the wire name.
    Query,
    /// In the query string: every pair that no other member claims.
    QueryMap,
    /// In the path, where the template says so.
    Label,
    /// It is the HTTP status.
    Status,
    /// In a header of the event's frame.
    EventHeader,
    /// It is the event's payload.
    EventPayload,
}

/// The form of a timestamp, where the model departs from the protocol's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeFormat {
    /// The protocol's own.
    Usual,
    /// `2015-01-01T00:00:00Z`.
    Iso,
    /// `Thu, 01 Jan 2015 00:00:00 GMT`.
    Http,
    /// Seconds since the epoch.
    Epoch,
}

/// What a value must satisfy and how it is spelt; of a member, of a list's items, of a map's keys and values.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// Least length: characters, bytes or entries.
    pub len_min: Option<u64>,
    /// Greatest length.
    pub len_max: Option<u64>,
    /// Least value of a number.
    pub min: Option<i64>,
    /// Greatest value of a number.
    pub max: Option<i64>,
    /// The model's pattern, which the whole string must match.
    pub pattern: Option<&'static str>,
    /// The same pattern without Java's look-around, where it has some; empty = as the pattern.
    pub pattern_as: &'static str,
    /// The only values allowed; empty = all.
    pub one_of: &'static [&'static str],
    /// Never shown in messages or logs.
    pub sensitive: bool,
    /// The form of a timestamp.
    pub time: TimeFormat,
    /// XML and Query: what an item, a key or a value is called; empty = `member`, `key`, `value`.
    pub called: &'static str,
    /// XML and Query: items follow one another without an element around them.
    pub flat: bool,
    /// XML: a structure's members follow one another without an element around them, so that lists of several kinds may mingle.
    pub bare: bool,
    /// The rules of a list's items or a map's values.
    pub item: Option<&'static Rules>,
    /// The rules of a map's keys.
    pub key: Option<&'static Rules>,
}

/// No rules: where a table's rules for items, keys and values begin.
pub const ITEM: Rules = Rules {
    len_min: None,
    len_max: None,
    min: None,
    max: None,
    pattern: None,
    pattern_as: "",
    one_of: &[],
    sensitive: false,
    time: TimeFormat::Usual,
    called: "",
    flat: false,
    bare: false,
    item: None,
    key: None,
};

impl Rules {
    /// Length from `min` to `max`.
    pub const fn len(mut self, min: u64, max: u64) -> Self {
        self.len_min = Some(min);
        self.len_max = Some(max);
        self
    }

    /// Length of at least `min`.
    pub const fn len_min(mut self, min: u64) -> Self {
        self.len_min = Some(min);
        self
    }

    /// Length of at most `max`.
    pub const fn len_max(mut self, max: u64) -> Self {
        self.len_max = Some(max);
        self
    }

    /// Value from `min` to `max`.
    pub const fn range(mut self, min: i64, max: i64) -> Self {
        self.min = Some(min);
        self.max = Some(max);
        self
    }

    /// Value of at least `min`.
    pub const fn min(mut self, min: i64) -> Self {
        self.min = Some(min);
        self
    }

    /// Value of at most `max`.
    pub const fn max(mut self, max: i64) -> Self {
        self.max = Some(max);
        self
    }

    /// The whole string matches the pattern.
    pub const fn like(mut self, pattern: &'static str) -> Self {
        self.pattern = Some(pattern);
        self
    }

    /// The whole string matches `pattern`, which `equivalent` says without look-around.
    pub const fn like_as(mut self, pattern: &'static str, equivalent: &'static str) -> Self {
        self.pattern = Some(pattern);
        self.pattern_as = equivalent;
        self
    }

    /// One of these strings.
    pub const fn one_of(mut self, values: &'static [&'static str]) -> Self {
        self.one_of = values;
        self
    }

    /// Never shown.
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// A timestamp in ISO 8601.
    pub const fn iso(mut self) -> Self {
        self.time = TimeFormat::Iso;
        self
    }

    /// A timestamp in the form of HTTP's `Date`.
    pub const fn http_date(mut self) -> Self {
        self.time = TimeFormat::Http;
        self
    }

    /// A timestamp in seconds since the epoch.
    pub const fn epoch(mut self) -> Self {
        self.time = TimeFormat::Epoch;
        self
    }

    /// What an item, a key or a value is called.
    pub const fn called(mut self, name: &'static str) -> Self {
        self.called = name;
        self
    }

    /// Items without an element around them.
    pub const fn flat(mut self) -> Self {
        self.flat = true;
        self
    }

    /// A structure's members without an element around them.
    pub const fn bare(mut self) -> Self {
        self.bare = true;
        self
    }

    /// The rules of items or values.
    pub const fn each(mut self, rules: &'static Rules) -> Self {
        self.item = Some(rules);
        self
    }

    /// The rules of keys.
    pub const fn keys(mut self, rules: &'static Rules) -> Self {
        self.key = Some(rules);
        self
    }

    /// Whether anything is to be checked here or below (but for nested structures, which have their own tables).
    pub(crate) const fn checks(&self) -> bool {
        self.len_min.is_some()
            || self.len_max.is_some()
            || self.min.is_some()
            || self.max.is_some()
            || self.pattern.is_some()
            || !self.one_of.is_empty()
    }
}

/// A member of a structure.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in the model.
    pub name: &'static str,
    /// Its name on the wire: JSON key, element, header, query key or label.
    pub wire: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Where it travels.
    pub at: At,
    /// Absence is refused.
    pub required: bool,
    /// XML: an attribute of the structure's element.
    pub attr: bool,
    /// SDKs fill it with a uuid by themselves.
    pub token: bool,
    /// Its constraints and spelling.
    pub rules: Rules,
}

/// Words that a field shares with the rules of items: each passes through.
macro_rules! pass_through {
    ($($word:ident ($($arg:ident: $type:ty),*))*) => {$(
        #[doc = concat!("See [`Rules::", stringify!($word), "`].")]
        pub const fn $word(mut self, $($arg: $type),*) -> Self {
            self.rules = self.rules.$word($($arg),*);
            self
        }
    )*};
}

impl Field {
    /// An optional member in the body, called on the wire as in the model.
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, wire: name, kind, at: At::Body, required: false, attr: false, token: false, rules: ITEM }
    }

    /// See [`Field::required`].
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Called otherwise on the wire.
    pub const fn name(mut self, wire: &'static str) -> Self {
        self.wire = wire;
        self
    }

    const fn located(mut self, at: At, wire: &'static str) -> Self {
        self.at = at;
        self.wire = wire;
        self
    }

    /// See [`At::Header`].
    pub const fn header(self, wire: &'static str) -> Self {
        self.located(At::Header, wire)
    }

    /// See [`At::Headers`].
    pub const fn headers(self, prefix: &'static str) -> Self {
        self.located(At::Headers, prefix)
    }

    /// See [`At::Query`].
    pub const fn query(self, wire: &'static str) -> Self {
        self.located(At::Query, wire)
    }

    /// See [`At::QueryMap`].
    pub const fn query_map(mut self) -> Self {
        self.at = At::QueryMap;
        self
    }

    /// See [`At::Label`].
    pub const fn label(self, wire: &'static str) -> Self {
        self.located(At::Label, wire)
    }

    /// See [`At::Payload`].
    pub const fn payload(mut self) -> Self {
        self.at = At::Payload;
        self
    }

    /// See [`At::Status`].
    pub const fn status(mut self) -> Self {
        self.at = At::Status;
        self
    }

    /// See [`At::EventHeader`].
    pub const fn event_header(mut self) -> Self {
        self.at = At::EventHeader;
        self
    }

    /// See [`At::EventPayload`].
    pub const fn event_payload(mut self) -> Self {
        self.at = At::EventPayload;
        self
    }

    /// See [`Field::attr`].
    pub const fn attr(mut self) -> Self {
        self.attr = true;
        self
    }

    /// See [`Field::token`].
    pub const fn token(mut self) -> Self {
        self.token = true;
        self
    }

    pass_through! {
        len(min: u64, max: u64)
        len_min(min: u64)
        len_max(max: u64)
        range(min: i64, max: i64)
        min(min: i64)
        max(max: i64)
        like(pattern: &'static str)
        like_as(pattern: &'static str, equivalent: &'static str)
        one_of(values: &'static [&'static str])
        sensitive()
        iso()
        http_date()
        epoch()
        flat()
        each(rules: &'static Rules)
        keys(rules: &'static Rules)
    }
}
